"""The panels of a race."""
