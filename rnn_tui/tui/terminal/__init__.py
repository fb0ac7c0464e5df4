"""The terminal: what it sends, what it can show, and how it is left behind."""
