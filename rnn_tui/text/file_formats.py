"""Files that hold text but are not text themselves: what they are, and how to get at it."""

import re
import shlex
from typing import NamedTuple

Bytes = bytes | bytearray


class Format(NamedTuple):
    """A kind of file, known by the bytes it begins with."""

    signature: re.Pattern[bytes]
    name: str
    """With its article."""
    reader: str
    """The command that writes the text of `{file}` to standard output; empty: there is none."""
    otherwise: str = "save it as plain text"
    """What to do where there is no such command."""


def _format(signature: bytes, name: str, reader: str = "", otherwise: str = "") -> Format:
    found = re.compile(signature, re.DOTALL)
    return Format(found, name, reader, otherwise) if otherwise else Format(found, name, reader)


_COLUMN = "save a column of it as plain text"
_TAR = rb".{257}ustar"
# A program that is given its file as < FILE does not care what the name ends in. PK is ZIP, and
# what word processors write; the names inside stand in the first bytes.
FORMATS = (
    _format(rb"\x1f\x8b\x08", "compressed with gzip", "gzip -dc < {file}"),
    _format(rb"BZh[1-9]1AY&SY", "compressed with bzip2", "bzip2 -dc < {file}"),
    _format(rb"\xfd7zXZ\x00", "compressed with xz", "xz -dc < {file}"),
    _format(rb"\x28\xb5\x2f\xfd", "compressed with zstd", "zstd -dc < {file}"),
    _format(rb"\x04\x22\x4d\x18", "compressed with lz4", "lz4 -dc < {file}"),
    _format(
        rb"PK\x03\x04(.{0,4000}PK\x03\x04)?.{26}word/", "a Word document", "pandoc -t plain {file}"
    ),
    _format(
        rb"PK\x03\x04.{0,60}application/epub", "an EPUB book", "pandoc -f epub -t plain {file}"
    ),
    _format(
        rb"PK\x03\x04.{0,60}application/vnd\.oasis\.opendocument\.text",
        "an OpenDocument text",
        "pandoc -f odt -t plain {file}",
    ),
    _format(rb"PK\x03\x04(.{0,4000}PK\x03\x04)?.{26}xl/", "a spreadsheet", otherwise=_COLUMN),
    _format(
        rb"PK\x03\x04.{0,60}application/vnd\.oasis\.opendocument\.spreadsheet",
        "a spreadsheet",
        otherwise=_COLUMN,
    ),
    _format(rb"PK\x03\x04(.{0,4000}PK\x03\x04)?.{26}ppt/", "a PowerPoint presentation"),
    _format(rb"PK\x03\x04", "a ZIP archive", "unzip -p {file}"),
    _format(rb"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z x -so {file}"),
    _format(_TAR, "a tar archive", "tar -xOf {file}"),
    _format(rb"%PDF-\d", "a PDF document", "pdftotext {file} -"),
    _format(
        rb".{4}\x00{4}\{\"",
        "a .safetensors file",
        otherwise="a run goes on with --resume {file}, a bundle opens with --bundle {file}",
    ),
    _format(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office program"),
)


def format_of(data: Bytes) -> Format | None:
    """Return the kind of file that these bytes are the beginning of, if they are no text."""
    head = bytes(data[:4096])
    return next((kind for kind in FORMATS if kind.signature.match(head)), None)


def described(kind: Format, file: str) -> str:
    """Return what a file is and how to read it, as the end of a sentence.

    Args:
        kind: What it is.
        file: Its name, safe to paint; empty: it comes from standard input.
    """
    name = as_word(file) if file else "FILE"
    if not kind.reader:
        return f"is {kind.name}, not text: {kind.otherwise.format(file=name)}"
    reader = kind.reader if file else kind.reader.replace(" < {file}", "")
    return f"is {kind.name}, not text; its text: {reader.format(file=name)} | rnn-tui -"


def as_word(file: str) -> str:
    """Spell a file's name as a word for a shell; with a dash in front it would be an option."""
    return shlex.quote(f"./{file}" if file.startswith("-") else file)
