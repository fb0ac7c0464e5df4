"""A run played back from its log."""
