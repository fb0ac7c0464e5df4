"""Letters of other scripts spelled in Latin ones, for terminals that have no others."""

from rnn_tui.text.steady import ALONE, ENDING

_OWN = {
    "ー": "--",
    **{"ㅇ": "'-", "ㅇ" + ENDING: "ng"},
    **{"ㅒ": "yE", "ㅕ": "yO", "ㅙ": "wE"},
    **{letter + ENDING: "-" + plain for letter, plain in zip("ㄲㅆㅊ", "KSC", strict=True)},
}
"""Where there is no usual spelling, or its two columns are those of another letter."""

_SEAT = "\u25cc"
"""What a mark sits on that stands alone."""
_PAD = "-"
"""Stands in the second column of a wide letter; a blank there would part words."""


def romanize(text: str) -> str:
    """Spell a text in Latin letters, as long as that takes; empty where nobody knows how."""
    # Only now: most texts need none of it, and it holds 345 kB of data
    from anyascii import anyascii

    plain = anyascii(text)
    named = len(plain) > 2 and plain[0] == plain[-1] == ":"  # as emoji are
    return plain.strip(":" if named else " ")


def fit(grapheme: str, width: int) -> str:
    """Spell what is painted as one in `width` columns, by its first and its last Latin letter.

    The two ends tell more apart than the first two letters do: the 11,172 syllables of Hangul
    have 323 such spellings against 173. A letter that begins a syllable is `k-`, the same one
    at its end `-k`, in no syllable `K-`.
    """
    if grapheme.isspace() or not width:
        return " " * width
    letter = grapheme.replace(ALONE, "")
    plain = _OWN.get(letter) or romanize(letter.removeprefix(_SEAT)) or romanize(letter)
    if not plain:
        return "?" * width
    if letter != grapheme:
        plain = plain.upper()
    if len(plain) > width:
        return plain[:1] if width == 1 else plain[0] + plain[-1]
    if ENDING in letter:
        return plain.rjust(width, _PAD)
    return plain.ljust(width, _PAD if plain[-1].isalnum() else " ")
