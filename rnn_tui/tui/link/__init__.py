"""Between the worker's snapshots and the screen."""
