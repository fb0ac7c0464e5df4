"""Panels of screen 3: one update laid open."""
