"""A text as a network reads it: symbol ids, and what was done to the text on the way."""

import hashlib
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.limits import reached
from rnn_tui.text.decoding import (
    ONE_LINE,
    Errors,
    decode,
    is_plain,
    looks_like_another,
    prepare,
    refuse_binary,
    without_final_newline,
)
from rnn_tui.text.encodings import Bytes
from rnn_tui.text.hangul import keep_apart
from rnn_tui.text.indexing import index_bytes, index_letters, index_text
from rnn_tui.text.steady import ENDING
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import IntArray, Normalize, Units, Vocab

MAX_BYTES = 1 << 31
# A network of the usual size (LSTM 2 x 128, 50 streams of 50 time steps) then takes 760 MB and 1 to
# 5 s an update on two cores; with 2,000 symbols 0.2 s. No language's text comes near it.
MAX_SYMBOLS = 20_000


NO_HANGUL = "There are no Hangul syllables to take apart: --units jamo changes nothing."
AS_THEY_ARE = "Bytes are read as they are: --encoding, --errors and --normalize change nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOptions:
    """How bytes become symbols."""

    units: Units = "char"
    encoding: str = "utf-8"
    normalize: Normalize = "none"
    errors: Errors = "strict"


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """A text to learn, as ids."""

    name: str
    """Safe to paint."""
    ids: IntArray
    """(N,), read-only, of the smallest unsigned type."""
    vocab: Vocab
    options: TextOptions
    notes: tuple[str, ...]
    """What was done to the text without being asked for, in whole sentences."""
    sha256: str
    """Of the bytes as they were, in hexadecimal."""
    path: str = ""
    """Where the file was; empty where the bytes came from elsewhere. Not safe to paint."""


def read_corpus(path: str | os.PathLike[str], options: TextOptions | None = None) -> Corpus:
    """Read a text file.

    Raises:
        InputError: It cannot be read or trained on; one line says what, where and what to do.
    """
    path = Path(path)
    name = visible(str(path))
    try:
        data = _read(path, name)
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file") from None
    except PermissionError:
        raise InputError(f"{name}: may not be read; check its permissions (ls -l)") from None
    except MemoryError:
        raise InputError(f"{name}: does not fit into memory; train on a part of it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = reached(error) or visible(str(getattr(error, "strerror", None) or error))
        raise InputError(f"{name}: cannot be read: {reason}") from None
    corpus = corpus_from_bytes(data, str(path), options)
    return replace(corpus, name=visible(path.name), path=str(path.resolve()))


def _read(path: Path, name: str) -> bytearray:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{name}: is a directory; name a text file in it")
    if not stat.S_ISREG(status.st_mode):  # a pipe or a device might never end
        raise InputError(f"{name}: is a pipe or a device; name - instead, and < {name}")
    if status.st_size > MAX_BYTES:
        raise InputError(
            f"{name}: {status.st_size / 1e9:,.1f} GB are too much; train on a part of it,"
            " up to 2 GB (head -c 2000000000)"
        )
    if not os.access(path, os.R_OK):
        raise PermissionError
    if not status.st_size:  # some files of the system do not say how long they are
        return bytearray(path.read_bytes())
    data = bytearray(status.st_size)
    with path.open("rb", buffering=0) as file:
        filled = 0
        while count := file.readinto(memoryview(data)[filled:]):
            filled += count
    del data[filled:]  # it may have become shorter in the meantime
    return data


def corpus_from_bytes(data: Bytes, name: str, options: TextOptions | None = None) -> Corpus:
    """Make a corpus of bytes that are already here.

    Args:
        data: The text, encoded; a bytearray is used up.
        name: What to call it; need not be safe to paint.
        options: How bytes become symbols.

    Raises:
        InputError: The bytes are not the text they should be, or nothing to train on.
    """
    options = options or TextOptions()
    name = visible(name)
    if not data:
        raise InputError(f"{name}: is empty; a text needs at least 2 characters")
    if options.units == "jamo" and options.normalize == "NFD":
        raise InputError("--normalize NFD takes syllables apart already; leave out --units jamo")
    digest = hashlib.sha256(data).hexdigest()
    notes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    if options.units != "byte":
        refuse_binary(data, name, options.encoding)
        said = looks_like_another(data, options.encoding)
    if options.units == "byte" or is_plain(data, options.encoding):
        body = without_final_newline(data)
        ids, symbols = index_bytes(body)
        notes = (ONE_LINE,) * (len(body) < len(data)) + (NO_HANGUL,) * (options.units == "jamo")
        if options.units == "byte" and options != TextOptions(units="byte"):
            notes += (AS_THEY_ARE,)
    else:
        decoded, faults = decode(data, name, options.encoding, options.errors)
        text, notes = prepare(decoded, options.normalize)
        notes = faults + notes
        if options.units == "jamo":
            ids, symbols, more = _letters(text)
            notes += more
        else:
            ids, symbols = index_text(text)
    _check(ids, symbols, name)
    ids.setflags(write=False)
    vocab = Vocab(symbols, options.units, options.normalize)
    return Corpus(name, ids, vocab, options, said + notes, digest)


def _letters(text: str) -> tuple[IntArray, tuple[str, ...], tuple[str, ...]]:
    marked, places = keep_apart(text)
    ids, symbols = index_letters(marked)
    taken = len(ids) - len(marked)
    if not taken:
        notes = [NO_HANGUL]
    else:
        notes = [
            f"Hangul is read letter by letter: {len(text):,} characters, {len(ids):,} letters;"
            f" a dot below (ㄴ{ENDING}) ends a syllable."
        ]
    if places:
        notes.append(
            f"The text spells syllables with separate letters: {places:,} marks keep them apart."
            " --normalize NFC joins them first."
        )
    return ids, symbols, tuple(notes)


def _check(ids: IntArray, symbols: tuple[str, ...], name: str) -> None:
    if len(ids) < 2:
        characters = "no character" if not len(ids) else "only one character"
        raise InputError(f"{name}: has {characters}; a text needs at least 2 characters")
    if len(symbols) > MAX_SYMBOLS:
        raise InputError(
            f"{name}: has {len(symbols):,} different characters, more than {MAX_SYMBOLS:,};"
            " is it text? --units byte needs 256 at most"
        )
    half = next((s for s in symbols if "\ud800" <= s <= "\udfff"), "")
    if half:
        raise InputError(
            f"{name}: decodes to U+{ord(half):04X}, half a character (a lone surrogate);"
            " mend the file, or read it as bytes: --units byte"
        )
