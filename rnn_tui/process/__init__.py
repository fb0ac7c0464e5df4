"""The worker's process: its start, its pipe, signals, and going on after a fault."""
