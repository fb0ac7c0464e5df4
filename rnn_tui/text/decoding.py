"""From bytes to text, strictly, and the small repairs that every text file needs."""

import codecs
import shlex
import unicodedata
import warnings

from rnn_tui.errors import InputError
from rnn_tui.text.encodings import Bytes, by_bom, likely_encodings
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Normalize

STANDARD_INPUT = "standard input"
"""What a text is called that has no file."""
ONE_LINE = "The final newline was dropped: a one-line text ends with its last character."
_CONTROLS = bytes({*range(0x20)} - {*b"\b\t\n\f\r\x1b"})


def refuse_binary(data: Bytes, name: str, encoding: str) -> None:
    """Raise InputError where the bytes are no text, or one in an encoding that was not named."""
    if _is_binary(data, encoding):
        raise InputError(f"{name}: looks binary; {_advice(data, name, encoding)}")


def is_plain(data: Bytes, encoding: str) -> bool:
    """Whether every byte is a character as it stands, and none needs to be mended."""
    return _name(encoding) in ("utf-8", "ascii") and data.isascii() and b"\r" not in data


def decode(data: Bytes, name: str, encoding: str) -> str:
    """Turn bytes into text, strictly.

    Raises:
        InputError: The encoding is unknown or not that of these bytes; likely ones are named.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unicode_escape has opinions about backslashes
            return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start:,}"
        cut = error.reason == "unexpected end of data"
    except (LookupError, ValueError):
        raise InputError(
            f"unknown encoding {visible(encoding)!r}; try utf-8, cp949, shift_jis or latin-1"
        ) from None
    what = "ends within a character" if cut else f"is not {visible(encoding).upper()}"
    raise InputError(f"{name}: {what}: {where}; {_advice(data, name, encoding)}")


def _advice(data: Bytes, name: str, encoding: str) -> str:
    """Which encodings are likely, and the command that reads the text."""
    source = "- < TEXT" if name == STANDARD_INPUT else shlex.quote(name)
    likely = [found for found in likely_encodings(data) if _name(found) != _name(encoding)]
    if not likely:
        return f"as bytes: rnn-tui {source} --units byte"
    return f"likely {' or '.join(likely)}: rnn-tui {source} --encoding {likely[0]}"


def prepare(text: str, normalize: Normalize = "none") -> tuple[str, tuple[str, ...]]:
    """Mend what editors and systems leave in a text: BOM, line ends, the newline after one line.

    Returns:
        The text, and a sentence for each thing that changed.
    """
    notes = []
    if text.startswith("\ufeff"):
        text = text[1:]
        notes.append("The byte order mark at the start was dropped.")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes.append("Carriage returns became plain newlines.")
    if normalize != "none" and not unicodedata.is_normalized(normalize, text):
        before, text = len(text), unicodedata.normalize(normalize, text)
        notes.append(f"{normalize} turned {before:,} characters into {len(text):,}.")
    if text.find("\n") == len(text) - 1 >= 0:
        text = text[:-1]
        notes.append(ONE_LINE)
    return text, tuple(notes)


def without_final_newline(data: Bytes) -> memoryview:
    """The bytes of a one-line text without the newline at its end; any others as they are."""
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
