"""A text as a network reads it: symbol ids, and what was done to the text on the way."""

import hashlib
import os
import stat
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.language import mark, phrase
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
from rnn_tui.text.encoding_scores import Bytes
from rnn_tui.text.file_formats import as_word
from rnn_tui.text.hangul.syllables import keep_apart
from rnn_tui.text.indexing import index_bytes, index_letters, index_text
from rnn_tui.text.reading import (
    DECODED,
    read_bounded,
    reading,
    require_size,
    within_memory,
)
from rnn_tui.text.steady import ENDING
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import IntArray, Normalize, Units, Vocab

# A network of the usual size (LSTM 2 x 128, 50 streams of 50 time steps) then takes 760 MB and 1 to
# 5 s an update on two cores; with 2,000 symbols 0.2 s. No language's text comes near it.
MAX_SYMBOLS = 20_000


NO_HANGUL = mark("There are no Hangul syllables to take apart: --units jamo changes nothing.")
AS_THEY_ARE = mark(
    "Bytes are read as they are: --encoding, --errors and --normalize change nothing."
)


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

    def with_vocab(self, vocab: Vocab) -> "Corpus":
        """Return the same text in the ids of a vocabulary that may hold more symbols.

        Raises:
            UnknownSymbolError: It does not hold all symbols of the text.
        """
        if vocab.symbols == self.vocab.symbols:
            return self
        ids = vocab.translate(self.ids, self.vocab)
        ids.setflags(write=False)
        return replace(self, ids=ids, vocab=vocab)


def read_corpus(path: str | os.PathLike[str], options: TextOptions | None = None) -> Corpus:
    """Read a text file.

    Raises:
        InputError: It cannot be read or trained on; one line says what, where and what to do.
    """
    if not os.fspath(path):
        raise InputError("the text's name is empty; name a text file")
    path = Path(path)
    name = visible(str(path))
    with reading(name):
        _require_file(path, name)
        file = path.open("rb")
    with file:
        corpus = corpus_from_stream(file, str(path), options)
    return replace(corpus, name=visible(path.name), path=str(path.resolve()))


def _require_file(path: Path, name: str) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise InputError(f"{name}: is a directory; name a text file in it")
    if not stat.S_ISREG(mode):  # it might never end
        raise InputError(
            f"{name}: is a pipe or a device; a part of it: head -c 1000000 {as_word(name)}"
            " | rnn-tui -"
        )
    if not os.access(path, os.R_OK):
        raise PermissionError


def corpus_from_stream(
    stream: BufferedReader, name: str, options: TextOptions | None = None
) -> Corpus:
    """Read all of a stream; what is no text, or does not end, is refused early.

    Args:
        stream: A file, a pipe or standard input.
        name: What to call it; need not be safe to paint.
        options: How bytes become symbols.

    Raises:
        InputError: It is not the text it should be, nothing to train on, or too much.
    """
    options, shown = options or TextOptions(), visible(name)

    def judge(head: Bytes) -> None:
        if options.units != "byte":
            refuse_binary(head, shown, options.encoding)

    return corpus_from_bytes(read_bounded(stream, shown, judge), name, options)


def corpus_from_bytes(data: Bytes, name: str, options: TextOptions | None = None) -> Corpus:
    """Make a corpus of bytes that are already here.

    Args:
        data: The text, encoded; a bytearray is used up.
        name: What to call it; need not be safe to paint.
        options: How bytes become symbols.

    Raises:
        InputError: The bytes are not the text they should be, or nothing to train on.
    """
    with within_memory(visible(name)):
        return _corpus(data, visible(name), options or TextOptions())


def _corpus(data: Bytes, name: str, options: TextOptions) -> Corpus:
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
        require_size(name, len(data), DECODED)
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
            phrase(
                "Hangul is read letter by letter: {characters} characters, {letters} letters; a "
                "dot below ({example}) ends a syllable.",
                characters=f"{len(text):,}",
                letters=f"{len(ids):,}",
                example=f"ㄴ{ENDING}",
            )
        ]
    if places:
        notes.append(
            phrase(
                "The text spells syllables with separate letters: {count} marks keep them apart. "
                "--normalize NFC joins them first.",
                count=f"{places:,}",
            )
        )
    return ids, symbols, tuple(notes)


def _check(ids: IntArray, symbols: tuple[str, ...], name: str) -> None:
    if len(ids) < 2:
        characters = "no character" if not len(ids) else "only one character"
        raise InputError(f"{name}: has {characters}; a text needs at least 2 characters")
    require_few(symbols, name)
    half = next((s for s in symbols if "\ud800" <= s <= "\udfff"), "")
    if half:
        raise InputError(
            f"{name}: decodes to U+{ord(half):04X}, half a character (a lone surrogate);"
            " mend the file, or read it as bytes: --units byte"
        )


def require_few(symbols: tuple[str, ...], name: str) -> None:
    """Refuse more symbols than a network is made for."""
    if len(symbols) > MAX_SYMBOLS:
        raise InputError(
            f"{name}: has {len(symbols):,} different characters, more than {MAX_SYMBOLS:,};"
            " is it text? --units byte needs 256 at most"
        )
