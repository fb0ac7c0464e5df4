"""Weights turned by hand: what can be asked for, and what it makes of a network's parameters."""
