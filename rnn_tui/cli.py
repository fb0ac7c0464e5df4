"""The command line: arguments become a corpus and a `Config`, and a front end takes over.

Neither Textual nor NumPy is imported before it is needed: `--help` answers at once.
"""

import argparse
import dataclasses
import errno
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.arguments import NEWEST, parse
from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible
from rnn_tui.threads import one_thread
from rnn_tui.training.config import Config

if TYPE_CHECKING:
    from rnn_tui.text.corpus import Corpus, TextOptions
    from rnn_tui.training.checkpoint import Checkpoint
    from rnn_tui.worker.job import Keeping
    from rnn_tui.worker.replies import Message

HELLO_PACE = 12.0
"""Updates a second of the `hello` preset on the screen: learned in five to ten seconds, where
full speed would take a hundredth of one and nobody would have seen it."""


NO_ROOM = (
    "this does not fit into memory; try a smaller --hidden-size, --num-layers, --seq-length "
    "or --batch-size"
)
"""What to say where NumPy gets no room for its arrays."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after the program's name; those of the process when None.

    Returns:
        The exit code: 0 done, 2 something given cannot be used, 128 + n after signal n.
    """
    one_thread()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A question mark where the terminal's encoding has no such letter, not an exception.
        sys.stdout.reconfigure(errors="replace")
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        return FRONT_ENDS[options.command](options)
    except InputError as error:
        print(f"rnn-tui: {error}", file=sys.stderr)
        return 2
    except MemoryError:
        print(f"rnn-tui: {NO_ROOM}", file=sys.stderr)
        return 2
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EIO):
            raise
        # The reader has had enough, or the disk; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return 141
        print(f"rnn-tui: cannot write standard output: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def open_screen(options: argparse.Namespace) -> int:
    """`rnn-tui CORPUS`: the screen."""
    from rnn_tui.tui.terminal import require_terminal

    require_terminal(stdin_is_corpus=options.corpus == "-")
    # Collections amid the imports and the first layout cost a tenth of the time to the first
    # frame and free little; the screen enables them again.
    gc.disable()
    if not 1 <= options.fps <= 60:
        raise InputError(f"--fps is a number from 1 to 60, not {options.fps}")
    require_checkpoint(options)
    order = prepare(options)
    config, changed = order.config, overrides(options)
    if config.preset == "hello" and options.speed is None:
        config = dataclasses.replace(config, speed=HELLO_PACE)
        changed["speed"] = HELLO_PACE
    from rnn_tui.tui.app import run_screen
    from rnn_tui.worker.session import Session

    sessions: list[Session] = []

    def make_session(listener: Callable[["Message"], None]) -> Session:
        session = Session(
            config,
            order.corpus,
            listener,
            paused=options.paused,
            notes=order.notes if order.checkpoint else kept_notes(options, order),
            checkpoint=order.checkpoint,
            overrides=changed,
            keeping=keeping(options, order.corpus),
        )
        sessions.append(session)
        return session

    code = run_screen(
        make_session,
        order.corpus.name,
        fps=options.fps,
        theme=options.theme,
        checkpoint=options.checkpoint,
    )
    for sentence in (said for session in sessions for said in session.parting):
        print(f"rnn-tui: {sentence}", file=sys.stderr)
    return code


def require_checkpoint(options: argparse.Namespace) -> None:
    """Refuse a file that cannot be saved to before hours went by, and a rhythm without a file."""
    if options.checkpoint_every is not None and options.checkpoint is None:
        raise InputError("--checkpoint-every needs --checkpoint FILE")
    if options.checkpoint_every is not None and options.checkpoint_every < 1:
        raise InputError("--checkpoint-every is a number from 1")
    if options.checkpoint is not None:
        from rnn_tui.training.checkpoint import require_target

        require_target(options.checkpoint)


def keeping(options: argparse.Namespace, corpus: "Corpus") -> "Keeping":
    """What the worker saves without being asked for."""
    from datetime import datetime

    from rnn_tui.worker.job import Keeping
    from rnn_tui.worker.shelf import path_for

    stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}"
    file = None if options.no_autosave else path_for(corpus, stamp)
    return Keeping(file, options.checkpoint, options.checkpoint_every)


def kept_notes(options: argparse.Namespace, order: "Order") -> tuple[str, ...]:
    """The notes of a new run, and how to go on with an earlier one of the same text."""
    from rnn_tui.worker.shelf import newest

    if options.no_autosave or newest(order.corpus.sha256) is None:
        return order.notes
    offer = "An earlier run of this text is kept: start with --resume to go on with it."
    return (offer, *order.notes)


def train(options: argparse.Namespace) -> int:
    """`rnn-tui train CORPUS`: the same training without a screen."""
    require_checkpoint(options)
    order = prepare(options)
    config = order.config
    if config.updates is None and config.epochs is None and config.until_loss is None:
        raise InputError("train needs to know when to stop: --updates, --epochs or --until-loss")
    from rnn_tui.plain.train import Plan, run
    from rnn_tui.training.resume import resume
    from rnn_tui.training.trainer import Trainer

    if order.checkpoint is None:
        trainer, notes = Trainer(config, order.corpus), order.notes
    else:
        trainer, notes = resume(order.checkpoint, order.corpus, overrides(options))
    plan = Plan(options.json, options.checkpoint, options.checkpoint_every, notes)
    return run(trainer, plan)


def sample(options: argparse.Namespace) -> int:
    """`rnn-tui sample FILE`: let the network write."""
    from rnn_tui.plain.results import print_sample
    from rnn_tui.training.checkpoint import load

    return print_sample(
        load(options.file), options.prefix, options.length, options.temperature, options.seed
    )


def predict(options: argparse.Namespace) -> int:
    """`rnn-tui predict FILE PREFIX`: what comes next."""
    from rnn_tui.plain.results import print_prediction
    from rnn_tui.training.checkpoint import load

    return print_prediction(load(options.file), options.prefix, options.top, options.json)


def evaluate(options: argparse.Namespace) -> int:
    """`rnn-tui eval FILE TEXT`: how well the network knows a text."""
    from rnn_tui.plain.results import print_evaluation
    from rnn_tui.training.checkpoint import load

    checkpoint = load(options.file)
    corpus = read(str(options.text), checkpoint.options)
    return print_evaluation(checkpoint, corpus, options.json)


def gradcheck(options: argparse.Namespace) -> int:
    """`rnn-tui gradcheck`: are the gradients right?"""
    from rnn_tui.plain.gradients import print_gradcheck
    from rnn_tui.text.corpus import corpus_from_bytes
    from rnn_tui.training.choose import choose_config
    from rnn_tui.training.trainer import Trainer

    given = {name: value for name, value in overrides(options).items() if name != "updates"}
    if options.corpus is None:
        corpus = corpus_from_bytes(b"hello", "hello", text_options(options))
    else:
        corpus = read(options.corpus, text_options(options))
    config, _ = choose_config(corpus, options.preset, given)
    updates = options.updates or 0
    if updates < 0:
        raise InputError(f"--updates must not be negative, not {updates}")
    return print_gradcheck(Trainer(config, corpus), updates, options.json)


FRONT_ENDS = {
    "screen": open_screen,
    "train": train,
    "sample": sample,
    "predict": predict,
    "eval": evaluate,
    "gradcheck": gradcheck,
}


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """What is to be trained."""

    corpus: "Corpus"
    config: Config
    notes: tuple[str, ...]
    """What was chosen or changed unasked."""
    checkpoint: "Checkpoint | None" = None
    """Where to go on; its settings are in `config`, as far as the options do not change them."""


def prepare(options: argparse.Namespace) -> Order:
    """Read the corpus and settle the settings, or take both from the checkpoint."""
    if options.resume is not None:
        return prepare_to_resume(options)
    from rnn_tui.training.choose import choose_config

    corpus = read(options.corpus, text_options(options))
    config, notes = choose_config(corpus, options.preset, overrides(options))
    return Order(corpus, config, corpus.notes + notes)


def text_options(options: argparse.Namespace) -> "TextOptions":
    """How the command line wants the text read."""
    from rnn_tui.text.corpus import TextOptions

    return TextOptions(units=options.units, encoding=options.encoding, normalize=options.normalize)


def prepare_to_resume(options: argparse.Namespace) -> Order:
    """Read the checkpoint and its text; refuse at once what cannot be changed on the way."""
    from rnn_tui.text.corpus import TextOptions
    from rnn_tui.training.checkpoint import load
    from rnn_tui.training.resume import resumed_config

    file = options.resume
    checkpoint = load(newest_kept(options) if file == NEWEST else file)
    if options.corpus is None and not checkpoint.corpus_path:
        raise InputError("the checkpoint's text came from standard input; name it: CORPUS")
    corpus = read(options.corpus or checkpoint.corpus_path, checkpoint.options)
    checkpoint.require_same(corpus)
    asked, stored = text_options(options), checkpoint.options
    if asked not in (TextOptions(), stored):
        raise InputError(
            "--units, --encoding and --normalize cannot be changed on the way: the checkpoint was "
            f"trained with {stored.units}, {visible(stored.encoding)}, {stored.normalize}"
        )
    config = resumed_config(checkpoint.config, overrides(options))
    return Order(corpus, config, (), checkpoint)


def newest_kept(options: argparse.Namespace) -> Path:
    """The newest run that was kept by itself, of the corpus if one is named."""
    from rnn_tui.text.corpus import TextOptions
    from rnn_tui.worker.shelf import folder, newest

    source = options.corpus
    if source == "-":
        raise InputError("--resume needs a FILE where the text comes from standard input")
    # As bytes any text can be read; the checkpoint knows what it is to be read as.
    file = newest(read(source, TextOptions(units="byte")).sha256 if source else None)
    if file is None:
        of = f" of {visible(source)}" if source else ""
        raise InputError(f"no run{of} is kept in {visible(str(folder()))}; name one: --resume FILE")
    return file


def read(source: str, options: "TextOptions") -> "Corpus":
    """The corpus from a file, or from standard input for `-`."""
    from rnn_tui.text.corpus import corpus_from_bytes, read_corpus

    if source != "-":
        return read_corpus(Path(source), options)
    if sys.stdin.isatty():
        raise InputError("- reads the text from standard input; pipe one in: cat TEXT | rnn-tui -")
    return corpus_from_bytes(sys.stdin.buffer.read(), "standard input", options)


def overrides(options: argparse.Namespace) -> dict[str, object]:
    """The fields of `Config` that were given on the command line."""
    names = {field.name for field in dataclasses.fields(Config)} - {"preset"}
    given = {
        name: value for name, value in vars(options).items() if name in names and value is not None
    }
    return given | (
        {"clip_norm": None, "clip_value": None} if getattr(options, "no_clip", False) else {}
    )
