"""Panels of screen 2: the network unrolled in time, and what its numbers are made of."""
