"""Hangul syllables and the letters they are written with."""
