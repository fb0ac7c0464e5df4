"""Letters of other scripts spelled in Latin ones, for terminals that have no others."""

from rnn_tui.text.visible import ALONE, ENDING

_HANGUL = {
    **{"ㅇ": "'", "ㅇ" + ENDING: "ng"},
    **{"ㅒ": "yE", "ㅕ": "yO", "ㅙ": "wE"},
    **{letter + ENDING: "-" + plain for letter, plain in zip("ㄲㅆㅊ", "KSC", strict=True)},
}
"""Where two columns of the usual spelling are those of another letter."""

_PAD = "-"
"""Stands in the second column of a wide letter; a blank there would part words."""


def romanize(text: str) -> str:
    """Spell a text in Latin letters, as long as that takes; empty where nobody knows how."""
    # Only now: most texts need none of it, and it holds 345 kB of data
    from anyascii import anyascii

    return anyascii(text).strip(" :")  # emoji come as `:name:`


def fit(grapheme: str, width: int) -> str:
    """Spell what is painted as one in `width` columns, by its first and its last Latin letter.

    The two ends tell more apart than the first two letters do: the 11,172 syllables of Hangul
    have 323 such spellings against 173. A letter that begins a syllable is `k-`, the same one
    at its end `-k`, in no syllable `K-`.
    """
    letter = grapheme.replace(ALONE, "")
    plain = _HANGUL.get(letter) or romanize(letter)
    if not plain:
        return "?" * width
    if letter != grapheme:
        plain = plain.upper()
    if len(plain) > width:
        return plain[:1] if width == 1 else plain[0] + plain[-1]
    return plain.rjust(width, _PAD) if ENDING in letter else plain.ljust(width, _PAD)
