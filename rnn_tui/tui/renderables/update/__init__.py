"""One update in letters, numbers and blocks."""
