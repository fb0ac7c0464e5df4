"""What sequences of a terminal look like, whole, begun, and as a tail that comes late."""

import re

PASTE_BEGINS, PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
# CSI, X10 mouse, the Linux console's F1 to F5, rxvt's shift+delete (`[3$`); SS3; OSC; DCS; APC of
# kitty's pictures.
BEGUN = re.compile(
    rb"\x1b(?:\[(?:(?!\d+\$)[0-?]*[ -/]*|\[|M[ -\xff]{0,2})|O[0-9;]*"
    rb"|\](?:[0-9][^\x00-\x1f]*\x1b?)?|P(?:[0-9!$+<-?|][^\x00-\x1f]*\x1b?)?"
    rb"|_(?:G[^\x00-\x1f]*\x1b?)?)?"
)
WHOLE = re.compile(
    rb"\x1b(?:\[(?:\d+\$|(?![M\[])[0-?]*[ -/]*[@-~]|M[ -\xff]{3}|\[[A-E])|O[0-9;]*[@-~]"
    rb"|\][0-9][^\x00-\x1f]*(?:\x07|\x1b\\)|[P_][!-~][^\x00-\x1f]*\x1b\\|[ -NQ-Z\\^`-\x7f])"
)
_ALONE = re.compile(rb"\x1b(?:\[<[^Mm]*[Mm]|.+[^0-9:;<=>?a-z])", re.DOTALL)


def late_tail(cut: bytes, data: bytes) -> int:
    """Return how many bytes of what was read at once are the tail of a sequence that was given up.

    Nobody types so fast that several keys arrive at once and happen to be what was missing. A tail
    of a single byte is one only where the sequence was plainly begun and no key here is like it.

    Args:
        cut: What had come of the sequence, at least its `ESC`; of a paste the mark that begins it,
            and what had come of the mark that ends it.
        data: The first bytes after the silence.
    """
    if cut.startswith(PASTE_BEGINS):
        rest = cut[len(PASTE_BEGINS) :]
        at = (rest + data).find(PASTE_ENDS)
        return at + len(PASTE_ENDS) - len(rest) if at >= 0 else 0
    whole = WHOLE.match(cut + data)
    end = whole.end() if whole else len(cut + data) if BEGUN.fullmatch(cut + data) else 0
    length = end - len(cut)
    if length == 1:
        return int(whole is not None and len(cut) > 2 and bool(_ALONE.fullmatch(whole.group())))
    plain = end > 3 or (whole is not None and (cut + data)[end - 1 : end].isupper())
    return length if length > 0 and plain else 0


def begun_mark(pasted: bytes | bytearray) -> bytes:
    """Return what stands at the end of it of the mark that ends a paste."""
    return next(
        mark
        for length in range(len(PASTE_ENDS) - 1, -1, -1)
        if pasted.endswith(mark := PASTE_ENDS[:length])
    )
