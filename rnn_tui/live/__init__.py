"""A run as the worker drives it: updates, pace, samples, and what the screen looks at."""
