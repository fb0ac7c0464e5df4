"""The text that a command is given: from a file, a built-in one, a pipe or standard input."""

import argparse
import contextlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.commands.options.sources import TEXT
from rnn_tui.commands.options.waiting import ask_to_type, said_while_slow
from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.slips import near
from rnn_tui.text.built_in import BUILT_IN, built_in, file_or_built_in, is_there
from rnn_tui.text.visible import visible

if TYPE_CHECKING:
    from rnn_tui.text.corpus import Corpus, TextOptions
    from rnn_tui.training.checkpoint.file import Checkpoint


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text is, and how it is to be read."""

    name: str
    """A file, a built-in text, or `-` for standard input."""
    options: "TextOptions"


def source_of(
    options: argparse.Namespace, checkpoint: "Checkpoint | None", *, other: bool = False
) -> Source:
    """Return the text of the command line, or else the checkpoint's; read as that read it.

    Args:
        options: Of the call.
        checkpoint: Where to go on; None: a new run.
        other: Whether a text that is named may be another one, in another encoding.

    Raises:
        InputError: No text is named, or the checkpoint's cannot be read in another way.
    """
    if checkpoint is None:
        return Source(options.corpus, text_options(options))
    if options.corpus is None and not checkpoint.corpus_path:
        raise InputError(phrase("the checkpoint's text came from standard input; name it: CORPUS"))
    stored = checkpoint.options
    asked = replace(
        stored, **{name: getattr(options, name) for name in TEXT & set(options.sources)}
    )
    free = other and options.corpus is not None
    if asked != (replace(stored, encoding=asked.encoding, errors=asked.errors) if free else stored):
        raise read_otherwise(stored)
    return Source(options.corpus or where_it_is_now(checkpoint.corpus_path), asked)


def read_otherwise(stored: "TextOptions") -> InputError:
    """Return what to say where a text is to be read in another way than it was learned."""
    return InputError(
        phrase(
            "--units, --encoding, --normalize and --errors cannot be changed on the way: the "
            "checkpoint was trained with {units}, {encoding}, {normalize}, {errors}",
            units=stored.units,
            encoding=visible(stored.encoding),
            normalize=stored.normalize,
            errors=stored.errors,
        )
    )


def text_options(options: argparse.Namespace) -> "TextOptions":
    """Return how the command line wants the text read."""
    from rnn_tui.text.corpus import TextOptions

    return TextOptions(
        units=options.units,
        encoding=options.encoding,
        normalize=options.normalize,
        errors=options.errors,
    )


def where_it_is_now(path: str) -> str:
    """Return a checkpoint's text; a built-in one moves with the program."""
    file = Path(path)
    moved = file.parent.name == "corpora" and not file.exists()
    now = built_in(file.stem) if moved else None
    return str(now) if now else path


def read(source: Source) -> "Corpus":
    """Return the corpus from a file, from a built-in text, or from standard input for `-`."""
    if source.name == "-":
        return read_standard_input(source.options)
    path = file_or_built_in(source.name)
    if not is_there(str(path)) and (hint := near(path.stem, BUILT_IN, cutoff=0.75)):
        raise InputError(f"{visible(source.name)}: there is no such file; {hint}")
    if is_pipe(source.name):  # <(cat TEXT): gone once it is read, as standard input is
        return read_pipe(path, source)
    from rnn_tui.text.corpus import read_corpus

    return read_corpus(path, source.options)


def read_pipe(path: Path, source: Source) -> "Corpus":
    """Return the corpus from a named pipe, which lasts until somebody has written it."""
    from rnn_tui.text.corpus import corpus_from_stream
    from rnn_tui.text.reading import reading

    with said_while_slow("the pipe"):
        with reading(visible(source.name)):
            pipe = path.open("rb")
        with pipe:
            return corpus_from_stream(pipe, source.name, source.options)


def read_standard_input(options: "TextOptions") -> "Corpus":
    """Return the corpus from standard input, which may be a keyboard."""
    from rnn_tui.text.corpus import corpus_from_stream
    from rnn_tui.text.decoding import STANDARD_INPUT

    typed = sys.stdin.isatty()
    if typed and not sys.stderr.isatty():
        raise InputError(
            phrase("- reads the text from standard input; pipe one in: cat TEXT | rnn-tui -")
        )
    if typed:
        ask_to_type()
    slow = contextlib.nullcontext() if typed else said_while_slow(STANDARD_INPUT)
    with slow, open(sys.stdin.fileno(), "rb", closefd=False) as stream:
        return corpus_from_stream(stream, STANDARD_INPUT, options)


def is_pipe(source: str) -> bool:
    """Return whether a name is that of a pipe, as a shell gives one for `<(cat TEXT)`."""
    try:
        return Path(source).is_fifo()
    except (OSError, ValueError):
        return False
