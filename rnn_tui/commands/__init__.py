"""The commands, one module each: its name, what it does, its options, and how it is run."""
