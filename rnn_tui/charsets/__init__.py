"""Terminals that cannot show every character: what is painted there instead. No Textual."""
