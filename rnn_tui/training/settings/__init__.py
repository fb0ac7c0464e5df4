"""What decides a run, and how it is chosen."""
