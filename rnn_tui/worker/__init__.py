"""The trainer in a process of its own; the only place that knows processes."""
