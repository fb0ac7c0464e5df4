"""From bytes to text, strictly, and the small repairs that every text file needs."""

import codecs
import unicodedata
import warnings
from typing import Literal

from rnn_tui.errors import InputError
from rnn_tui.language import mark, phrase
from rnn_tui.text.encoding_scores import Bytes, decoded
from rnn_tui.text.encodings import by_bom, hidden_in_ascii, likely_encodings
from rnn_tui.text.file_formats import described, format_of
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Normalize

Errors = Literal["strict", "replace", "skip"]
"""What becomes of bytes that are not in the encoding: refused, U+FFFD, or nothing."""

STANDARD_INPUT = "standard input"
"""What a text is called that has no file."""
ONE_LINE = mark("The final newline was dropped: a one-line text ends with its last character.")
NO_MARK = mark("The byte order mark at the start was dropped.")
NEWLINES = mark("Carriage returns became plain newlines.")
TRIFLES = (ONE_LINE, NO_MARK, NEWLINES)
"""What is told last: there is nothing to do about it."""
# Characters of UTF-8 for each fault. corpora/korean.txt in CP949 has by chance 1,227 for 8,035.
_FEW = 4
# Bytes for each fault in a text of ASCII: an é among many lines of English, or a slip of the disk.
_RARE = 1_000
_CONTROLS = bytes({*range(0x20)} - {*b"\b\t\n\f\r\x1b"})


def refuse_binary(data: Bytes, name: str, encoding: str) -> None:
    """Raise InputError where the bytes are no text, or one in an encoding that was not named."""
    believed = _name(encoding).startswith(("utf-16", "utf-32"))  # any bytes are text in these
    if not believed and (kind := format_of(data)):
        raise InputError(f"{name}: {described(kind, '' if name == STANDARD_INPUT else name)}")
    if _is_binary(data, encoding):
        raise InputError(f"{name}: looks binary; {_advice(data, encoding)}")


def is_plain(data: Bytes, encoding: str) -> bool:
    """Return whether every byte is a character as it stands, and none needs to be mended."""
    return _name(encoding) in ("utf-8", "ascii") and data.isascii() and b"\r" not in data


def decode(
    data: Bytes, name: str, encoding: str, errors: Errors = "strict"
) -> tuple[str, tuple[str, ...]]:
    """Turn bytes into text.

    Returns:
        The text, and how many faulty places were replaced or skipped, where there were any.

    Raises:
        InputError: The encoding is unknown or not that of these bytes; likely ones are named.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unicode_escape has opinions about backslashes
            if errors == "strict":
                return data.decode(encoding), ()
            return _mended(data, encoding, errors)
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start:,}"
        cut = error.reason == "unexpected end of data"
    except (LookupError, ValueError):
        raise InputError(
            f"unknown encoding {visible(encoding)!r}; try utf-8, cp949, shift_jis or latin-1"
        ) from None
    what = "ends within a character" if cut else f"is not {visible(encoding).upper()}"
    raise InputError(f"{name}: {what}: {where}; {_advice(data, encoding)}")


def looks_like_another(data: Bytes, encoding: str) -> tuple[str, ...]:
    """Return a note on a text that can be read as ASCII but spells other characters in it."""
    hidden = hidden_in_ascii(data) if _name(encoding) in ("utf-8", "ascii") else None
    if not hidden or not data.isascii():
        return ()
    return (
        phrase(
            "It looks like {encoding}, “{line}”, but is read as ASCII; to read it so: --encoding "
            "{encoding}.",
            encoding=hidden.encoding,
            line=visible(hidden.line),
        ),
    )


def _mended(data: Bytes, encoding: str, errors: Errors) -> tuple[str, tuple[str, ...]]:
    replaced, skipped = data.decode(encoding, "replace"), data.decode(encoding, "ignore")
    count = len(replaced) - len(skipped)
    if not count:
        return replaced, ()
    one, replacing = count == 1, errors == "replace"
    said = {
        (True, True): mark("1 place that is not {encoding} was replaced by �."),
        (True, False): mark("1 place that is not {encoding} was skipped."),
        (False, True): mark("{count} places that are not {encoding} were replaced by �."),
        (False, False): mark("{count} places that are not {encoding} were skipped."),
    }
    named = visible(encoding).upper()
    note = phrase(said[one, replacing], count=f"{count:,}", encoding=named)
    return (replaced if replacing else skipped), (note,)


def _advice(data: Bytes, encoding: str) -> str:
    """Return which encodings are likely, a line of the text in each, and the option that reads it.

    The option alone: whichever command was typed, it is that one which takes it.
    """
    places, beyond = _faults(data) if _name(encoding) == "utf-8" else (0, 0)
    if places and beyond >= _FEW * places:
        are = "place is" if places == 1 else "places are"
        return f"{places:,} {are} not, the rest is; to read it, add --errors replace (or skip)"
    if _name(encoding) != "utf-8" and not data.isascii() and decoded(data, "utf-8"):
        return "it is UTF-8: leave out --encoding, or add --encoding utf-8"
    likely = [guess for guess in likely_encodings(data) if guess.encoding != _name(encoding)]
    if not likely:
        return "networks of bytes (--units byte) read anything"
    guesses = " or ".join(f"{guess.encoding} [{visible(guess.line)}]" for guess in likely)
    rare = 0 < places * _RARE <= len(data)
    instead = f", or --errors replace ({places:,} of {len(data):,} bytes)" if rare else ""
    return f"likely {guesses}: add --encoding {likely[0].encoding}{instead}"


def _faults(data: Bytes) -> tuple[int, int]:
    """Return how many places are not UTF-8, and how many characters beyond ASCII are."""
    skipped = data.decode("utf-8", "ignore")
    places = len(data.decode("utf-8", "replace")) - len(skipped)
    return places, len(skipped) - len(skipped.encode("ascii", "ignore"))


def prepare(text: str, normalize: Normalize = "none") -> tuple[str, tuple[str, ...]]:
    """Mend what editors and systems leave in a text: BOM, line ends, the newline after one line.

    Returns:
        The text, and a sentence for each thing that changed.
    """
    notes = []
    if text.startswith("\ufeff"):
        text = text[1:]
        notes.append(NO_MARK)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes.append(NEWLINES)
    if normalize != "none" and not unicodedata.is_normalized(normalize, text):
        before, text = len(text), unicodedata.normalize(normalize, text)
        note = phrase(
            "{form} turned {before} characters into {after}.",
            form=normalize,
            before=f"{before:,}",
            after=f"{len(text):,}",
        )
        notes.append(note)
    if text.find("\n") == len(text) - 1 >= 0:
        text = text[:-1]
        notes.append(ONE_LINE)
    return text, tuple(notes)


def without_final_newline(data: Bytes) -> memoryview:
    """Strip a one-line text of the newline at its end; leave any others as they are."""
    end = len(data) - data.endswith(b"\n")
    end -= data.endswith(b"\r", 0, end)
    one_line = data.find(b"\n", 0, end) < 0 and data.find(b"\r", 0, end) < 0
    return memoryview(data)[: end if one_line else len(data)]


def _is_binary(data: Bytes, encoding: str) -> bool:
    # In compressed data 1 byte in 10 is a control that no text uses. UTF-16 and UTF-32 are full of
    # zeros as well, so whoever asks for them is believed.
    if by_bom(data) or _name(encoding).startswith(("utf-16", "utf-32")):
        return False
    head = data[: 1 << 16]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls >= max(8, len(head) // 12) or head.count(0) >= max(2, len(head) // 4)


def _name(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return ""
