"""What is to be trained, from the options."""

import argparse
import contextlib
import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.commands.options.shared import NEWEST
from rnn_tui.commands.options.waiting import ask_to_type, said_while_slow
from rnn_tui.errors import InputError
from rnn_tui.slips import near
from rnn_tui.text.built_in import BUILT_IN, built_in, file_or_built_in, is_there
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:
    from rnn_tui.text.corpus import Corpus, TextOptions
    from rnn_tui.training.checkpoint.file import Checkpoint


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """What is to be trained."""

    corpus: "Corpus"
    config: Config
    notes: tuple[str, ...]
    """What was chosen or changed unasked."""
    checkpoint: "Checkpoint | None" = None
    """Where to go on; its settings are in `config`, as far as the options do not change them."""
    file: "Path | None" = None
    """From where the checkpoint came."""


def prepare(options: argparse.Namespace) -> Order:
    """Read the corpus and settle the settings, or take both from the checkpoint."""
    require_text(options)
    if options.resume is not None:
        return prepare_to_resume(options)
    from rnn_tui.text.decoding import TRIFLES
    from rnn_tui.training.settings.choose import choose_config

    corpus = read(options.corpus, text_options(options))
    config, notes = choose_config(corpus, options.preset, overrides(options))
    # Trifles last: a narrow screen shows the first note alone, and there may be nothing to learn
    told = sorted(corpus.notes + notes, key=lambda note: note in TRIFLES)
    return Order(corpus, config, tuple(told))


def require_text(options: argparse.Namespace) -> None:
    """Refuse to train on nothing."""
    if options.corpus is None and options.resume is None:
        raise InputError(
            "CORPUS is missing: a text file to learn, a built-in text such as hello "
            "(rnn-tui corpora), or --resume FILE"
        )


def text_options(options: argparse.Namespace) -> "TextOptions":
    """How the command line wants the text read."""
    from rnn_tui.text.corpus import TextOptions

    return TextOptions(
        units=options.units,
        encoding=options.encoding,
        normalize=options.normalize,
        errors=options.errors,
    )


def prepare_to_resume(options: argparse.Namespace) -> Order:
    """Read the checkpoint and its text; refuse at once what cannot be changed on the way."""
    from rnn_tui.text.corpus import TextOptions
    from rnn_tui.training.checkpoint.file import load
    from rnn_tui.training.checkpoint.resume import resumed_config
    from rnn_tui.training.settings.choose import idle_threads

    file = newest_kept(options) if options.resume == Path(NEWEST) else options.resume
    checkpoint = load(file)
    checkpoint.require_text()
    if options.corpus is None and not checkpoint.corpus_path:
        raise InputError("the checkpoint's text came from standard input; name it: CORPUS")
    corpus = read(options.corpus or where_it_is_now(checkpoint.corpus_path), checkpoint.options)
    checkpoint.require_same(corpus)
    asked, stored = text_options(options), checkpoint.options
    if asked not in (TextOptions(), stored):
        raise InputError(
            "--units, --encoding, --normalize and --errors cannot be changed on the way: the "
            f"checkpoint was trained with {stored.units}, {visible(stored.encoding)}, "
            f"{stored.normalize}, {stored.errors}"
        )
    config = resumed_config(checkpoint.config, overrides(options))
    return Order(corpus, config, idle_threads(config), checkpoint, file)


def where_it_is_now(path: str) -> str:
    """A checkpoint's text; a built-in one moves with the program."""
    file = Path(path)
    moved = file.parent.name == "corpora" and not file.exists()
    now = built_in(file.stem) if moved else None
    return str(now) if now else path


def newest_kept(options: argparse.Namespace) -> Path:
    """The newest run that was kept by itself, of the corpus if one is named."""
    from rnn_tui.saving.autosave_files import folder, newest
    from rnn_tui.text.corpus import TextOptions

    source = options.corpus
    if source == "-" or (source and is_pipe(source)):
        raise InputError("--resume needs a FILE where the text comes from standard input")
    # As bytes any text can be read; the checkpoint knows what it is to be read as.
    file = newest(read(source, TextOptions(units="byte")).sha256 if source else None)
    if file is None:
        of = f" of {visible(source)}" if source else ""
        raise InputError(f"no run{of} is kept in {visible(str(folder()))}; name one: --resume FILE")
    return file


def read(source: str, options: "TextOptions") -> "Corpus":
    """The corpus from a file, from a built-in text, or from standard input for `-`."""
    from rnn_tui.text.corpus import corpus_from_stream, read_corpus
    from rnn_tui.text.decoding import STANDARD_INPUT
    from rnn_tui.text.reading import reading

    if source != "-":
        path = file_or_built_in(source)
        if not is_there(str(path)) and (hint := near(path.stem, BUILT_IN, cutoff=0.75)):
            raise InputError(f"{visible(source)}: there is no such file; {hint}")
        if is_pipe(source):  # <(cat TEXT): gone once it is read, as standard input is
            with said_while_slow("the pipe"):
                with reading(visible(source)):  # which lasts until somebody writes
                    pipe = path.open("rb")
                with pipe:
                    return corpus_from_stream(pipe, source, options)
        return read_corpus(path, options)
    typed = sys.stdin.isatty()
    if typed and not sys.stderr.isatty():
        raise InputError("- reads the text from standard input; pipe one in: cat TEXT | rnn-tui -")
    if typed:
        ask_to_type()
    slow = contextlib.nullcontext() if typed else said_while_slow(STANDARD_INPUT)
    with slow, open(sys.stdin.fileno(), "rb", closefd=False) as stream:
        return corpus_from_stream(stream, STANDARD_INPUT, options)


def is_pipe(source: str) -> bool:
    """Whether a name is that of a pipe, as a shell gives one for `<(cat TEXT)`."""
    try:
        return Path(source).is_fifo()
    except (OSError, ValueError):
        return False


def overrides(options: argparse.Namespace) -> dict[str, object]:
    """The fields of `Config` that were given on the command line."""
    names = {field.name for field in dataclasses.fields(Config)} - {"preset"}
    given = {
        name: value for name, value in vars(options).items() if name in names and value is not None
    }
    return given | (
        {"clip_norm": None, "clip_value": None} if getattr(options, "no_clip", False) else {}
    )


def require_checkpoint(options: argparse.Namespace) -> None:
    """Refuse a file that cannot be saved to before hours went by, and a rhythm without a file."""
    if options.checkpoint is not None and getattr(options, "no_save", False):
        raise InputError("--no-save and --checkpoint exclude each other; leave out one of them")
    saved_back = options.resume is not None and not getattr(options, "no_save", True)
    if options.checkpoint_every is not None and options.checkpoint is None and not saved_back:
        raise InputError("--checkpoint-every needs --checkpoint FILE")
    if options.checkpoint_every is not None and options.checkpoint_every < 1:
        raise InputError(f"--checkpoint-every is at least 1, not {options.checkpoint_every}")
    if options.checkpoint is not None:
        from rnn_tui.training.checkpoint.file import require_target

        require_target(options.checkpoint)


def require_log(options: argparse.Namespace) -> None:
    """Refuse a file that no log can be appended to, and one that a checkpoint would replace."""
    if options.log is not None:
        if options.checkpoint and options.checkpoint.resolve() == options.log.resolve():
            raise InputError(
                f"--log and --checkpoint are the same file, {visible(str(options.log))}; "
                "name another for one of them"
            )
        from rnn_tui.runlog.file import require_log_target

        require_log_target(options.log)
