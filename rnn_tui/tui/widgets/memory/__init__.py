"""The panels of the screen Memory."""
