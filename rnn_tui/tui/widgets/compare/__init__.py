"""The panels that compare runs."""
