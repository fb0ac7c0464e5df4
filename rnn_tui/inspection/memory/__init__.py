"""What a network remembers of what it has read, made readable."""
