"""Files that hold text: each is named, and the command that is advised gives the text back."""

import bz2
import gzip
import io
import lzma
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes, read_corpus
from rnn_tui.text.decoding import STANDARD_INPUT

TEXT = "모든 인간은 태어날 때부터 자유로우며\n그 존엄과 권리에 있어 동등하다.\n" * 7


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("text.txt")
        entry.size = len(TEXT.encode())
        archive.addfile(entry, io.BytesIO(TEXT.encode()))
    return buffer.getvalue()


def by_program(program: str) -> bytes:
    if not shutil.which(program):
        pytest.skip(f"there is no {program}")
    done = subprocess.run([program, "-c"], input=TEXT.encode(), capture_output=True, check=True)
    return done.stdout


@pytest.mark.parametrize("name", ["text", "it's two; words", "-dash"])
@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz", "zstd", "lz4", "unzip", "tar"])
def test_the_advised_command_gives_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    data = {
        "gzip": lambda: gzip.compress(TEXT.encode()),
        "bzip2": lambda: bz2.compress(TEXT.encode()),
        "xz": lambda: lzma.compress(TEXT.encode()),
        "unzip": lambda: zipped(text=TEXT),
        "tar": tarred,
    }.get(kind, lambda: by_program(kind))()
    Path(name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_corpus(name)
    said, _, command = str(caught.value).partition("; its text: ")
    assert said.startswith(f"{name}: is ")
    assert command.startswith(kind)
    assert command.endswith(" | rnn-tui -")
    if not shutil.which(kind):
        pytest.skip(f"there is no {kind}")
    command = command.removesuffix(" | rnn-tui -")
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    assert done.stdout.decode() == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "x"}), "a Word document"),
        (zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "x"}), "a spreadsheet"),
        (b"%PDF-1.7\n%\xe2\xe3\nplain enough to pass for text\n" * 9, "pdftotext 'my file' -"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as plain text"),
        (b"\x58\x01" + bytes(6) + b'{"__metadata__":{}}', "--resume 'my file'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_documents_are_named(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match="not text") as caught:
        corpus_from_bytes(data, "my file")
    assert said in str(caught.value)


def test_from_standard_input_there_is_no_name() -> None:
    with pytest.raises(InputError, match=r"gzip, not text; its text: gzip -dc \| rnn-tui -$"):
        corpus_from_bytes(gzip.compress(b"text" * 9), STANDARD_INPUT)
    with pytest.raises(
        InputError, match=r"archive, not text; its text: unzip -p FILE \| rnn-tui -$"
    ):
        corpus_from_bytes(zipped(text="text"), STANDARD_INPUT)


def test_who_asks_for_bytes_gets_them() -> None:
    data = gzip.compress(TEXT.encode())
    assert len(corpus_from_bytes(data, "data", TextOptions(units="byte")).ids) == len(data)


def test_what_only_looks_so_is_text() -> None:
    for text in ("PKZIP is a program\n", "BZh91 is a name\n", "7z x -so\n", "%PDF\n"):
        assert corpus_from_bytes(text.encode(), "text").notes is not None
    gzip_in_utf_16 = b"\x1f\x8b\x08\x4e" * 9
    assert corpus_from_bytes(gzip_in_utf_16, "text", TextOptions(encoding="utf-16-le")).vocab
