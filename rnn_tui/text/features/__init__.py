"""What can be said of every symbol of a text, from the text alone."""
