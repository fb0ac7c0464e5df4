"""`rnn-tui CORPUS`: the screen."""

import argparse
import gc
from typing import TYPE_CHECKING

from rnn_tui.commands.options.appearance import add_appearance, appearance
from rnn_tui.commands.options.parser import Parser, path
from rnn_tui.commands.options.shared import (
    add_config,
    add_corpus,
    add_record,
    add_training_options,
)
from rnn_tui.language import mark
from rnn_tui.text.built_in import FIRST, built_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rnn_tui.commands.options.order import Order
    from rnn_tui.commands.runs.joining import Joining
    from rnn_tui.process.session import Session
    from rnn_tui.process.spawn import SpawnedWorker
    from rnn_tui.protocol.job import Keeping
    from rnn_tui.protocol.session import Listener
    from rnn_tui.race.entrant import Entrant
    from rnn_tui.text.corpus import Corpus

NAME = "screen"
DOES = "watch a recurrent neural network learn a text, in your terminal"
MORE = ""


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_corpus(parser)
    parser.add_argument(
        "--bundle",
        type=path,
        metavar="FILE",
        help="open a moment as the key W left it there: with its text, its past, what was typed "
        "and the screen it was left on; nothing else about the run is to be said",
    )
    add_training_options(parser)
    add_config(parser)
    screen = parser.add_argument_group("screen")
    add_appearance(screen)
    screen.add_argument(
        "--no-autosave",
        action="store_true",
        help="do not keep runs by themselves (done once a minute and at the end, after ten seconds "
        "of training; in the user's state folder, the newest 20, at most 512 MB)",
    )
    add_record(screen)
    screen.add_argument("--paused", action="store_true", help="stand still at first")
    for option, name in (("--autosave", "no_autosave"), ("--no-paused", "paused")):
        undo = "whatever the settings say"
        screen.add_argument(option, dest=name, action="store_false", help=undo)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui CORPUS`: the screen."""
    from dataclasses import replace

    from rnn_tui.commands.options.order import prepare
    from rnn_tui.commands.options.targets import require_checkpoint, require_log
    from rnn_tui.commands.runs.leaving import report_after_close
    from rnn_tui.commands.runs.worker import prepare_worker, start_worker
    from rnn_tui.limits import require_files
    from rnn_tui.tui.terminal.terminal import require_terminal, take_keyboard

    require_terminal(stdin_is_corpus=options.corpus == "-")
    require_files()
    if options.corpus is None and options.resume is None and options.bundle is None:
        options.corpus = str(built_in(FIRST))  # whatever is called so in this folder
    # Collections amid the imports and the first layout cost a tenth of the time to the first
    # frame and free little; the screen enables them again.
    gc.disable()
    look = appearance(options)
    prepare_worker()
    require_checkpoint(options)
    require_log(options)
    order = prepare(options)
    take_keyboard()
    spawned = start_worker()
    from rnn_tui.models.registry import name_of
    from rnn_tui.process.session import Session
    from rnn_tui.process.shared_text import share
    from rnn_tui.race.entrant import Entrant
    from rnn_tui.race.session import Race
    from rnn_tui.tui.app import RnnApp
    from rnn_tui.tui.launch import run_screen

    # The worker gets this very memory; the copy that was read is let go here.
    order = replace(order, corpus=share(order.corpus))
    sessions: list[Session] = []
    joining: list[Joining] = []

    def make(entrant: "Entrant", listener: "Listener") -> "Session":
        if not sessions:
            sessions.append(session_for(options, order, listener, spawned))
            return sessions[-1]
        return joining[0].session(entrant, listener)

    def make_session(listener: "Listener") -> Race:
        one = Entrant(name_of(order.config), order.config, order.notes)
        return Race([one], make, listener, others=others)

    def others() -> "Sequence[Entrant]":
        from rnn_tui.commands.runs.joining import Joining

        if not joining:
            joining.append(Joining(options, order, sessions[0]))
        return joining[0].rivals()

    apps: list[RnnApp] = []

    def make_app() -> RnnApp:
        scene, file = order.scene, options.checkpoint
        apps.append(RnnApp(make_session, checkpoint=file, lessons=True, scene=scene, **look))
        return apps[0]

    code = run_screen(make_app)
    code = report_after_close(code, options, order, sessions[0] if sessions else None)
    for race in joining:
        race.report()
    if code == 0 and apps[0].to_lessons:
        from rnn_tui.commands.runs.lessons import play

        return play(look)
    return code


def session_for(
    options: argparse.Namespace,
    order: "Order",
    listener: "Listener",
    spawned: "SpawnedWorker | None" = None,
) -> "Session":
    """Return the worker and the way to it, not started; `hello` at a pace one can follow."""
    from dataclasses import replace

    from rnn_tui.commands.runs.pace import pace_of
    from rnn_tui.process.session import Session

    if order.bundle is not None:
        return Session(
            order.config,
            order.corpus,
            listener,
            paused=True,
            checkpoint=order.checkpoint,
            bundle=order.bundle,
            spawned=spawned,
        )
    config, changed = order.config, dict(order.changed)
    if (pace := pace_of(config, options)) != config.speed:
        config = replace(config, speed=pace)
        changed["speed"] = pace
    return Session(
        config,
        order.corpus,
        listener,
        paused=options.paused,
        notes=order.notes if order.checkpoint else kept_notes(options, order),
        checkpoint=order.checkpoint,
        overrides=changed,
        keeping=keeping(options, order.corpus, order.file),
        spawned=spawned,
    )


def keeping(
    options: argparse.Namespace, corpus: "Corpus", resumed: "Path | None" = None
) -> "Keeping":
    """Return what the worker saves without being asked for.

    Args:
        options: Of the call.
        corpus: The text.
        resumed: The checkpoint from which the run goes on; None: it is new.
    """
    from rnn_tui.commands.runs.recording import recording
    from rnn_tui.protocol.job import Keeping
    from rnn_tui.saving.autosave_files import fresh_path

    file = None if options.no_autosave else fresh_path(corpus)
    best = options.keep == "best"
    return Keeping(
        file,
        options.checkpoint,
        options.checkpoint_every,
        best=best,
        log=options.log,
        tensorboard=options.tensorboard,
        record=recording(options, resumed),
    )


def kept_notes(options: argparse.Namespace, order: "Order") -> tuple[str, ...]:
    """Return the notes of a new run, and how to go on with an earlier one of the same text."""
    from rnn_tui.saving.autosave_files import newest

    if options.no_autosave or newest(order.corpus.sha256) is None:
        return order.notes
    offer = mark("An earlier run of this text is kept: start with --resume to go on with it.")
    return (offer, *order.notes)
