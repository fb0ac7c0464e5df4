"""Text made safe to paint: nothing in it can move the cursor, turn the line round or vanish."""

import re

# Written out because asking unicodedata about 1,114,112 code points takes 0.15 s at import; a test
# compares it with the Unicode categories. ZWJ and ZWNJ stay: emoji and Persian are spelled with
# them. Soft hyphen and the tag characters go: no two terminals agree on their width.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_REPLACEMENT = "\ufffd"
# How Python keeps bytes of arguments and file names that the locale has no characters for (PEP 383)
_UNREAD = re.compile("[\udc80-\udcff]+")
_PICTURES = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\n": "\u21b5",  # the arrow of the Enter key; U+240A's two letters are too small to read
    "\x7f": "\u2421",
}


def visible(text: str) -> str:
    """Replace every character that a terminal would obey or hide, one for one.

    C0 controls and DEL become their pictures (newline U+21B5, tab U+2409, escape U+241B, …); C1,
    bidi and other invisible format controls, line separators, the BOM and lone surrogates become
    U+FFFD. The length stays the same, but for bytes that the locale could not read: where they are
    UTF-8, the character they spell is shown, so that a file's name is known again.
    """
    if text.isprintable():  # 5 ns a character, and nearly always true
        return text
    return _UNSAFE.sub(_picture, _UNREAD.sub(_as_utf8, text))


def _as_utf8(match: re.Match[str]) -> str:
    return match[0].encode(errors="surrogateescape").decode(errors="surrogateescape")


def _picture(match: re.Match[str]) -> str:
    return _PICTURES.get(match[0], _REPLACEMENT)
