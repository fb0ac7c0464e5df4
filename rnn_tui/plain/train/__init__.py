"""Training without a screen."""
