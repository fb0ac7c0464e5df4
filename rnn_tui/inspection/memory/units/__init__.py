"""What each unit of a network follows in a text."""
