"""The pictures of the screen Memory."""
