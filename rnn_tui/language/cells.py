"""How many columns our own words take; Hangul takes two."""


def cells(text: str) -> int:
    """Return the columns of a word of ours."""
    import unicodedata  # `--help` needs none

    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, width: int) -> str:
    """Return a word with blanks after it up to `width` columns."""
    return text + " " * (width - cells(text))
