"""`rnn-tui replay RUN`: a run played back from its log or its record."""

import argparse
from typing import TYPE_CHECKING

from rnn_tui.commands.options.appearance import add_appearance, appearance
from rnn_tui.commands.options.parser import Parser, name, number
from rnn_tui.commands.options.shared import add_config
from rnn_tui.errors import InputError
from rnn_tui.language import phrase

if TYPE_CHECKING:
    from rnn_tui.protocol.session import Listener
    from rnn_tui.replay.session import Replay

NAME = "replay"
DOES = "play a run back on the screen, from its log or its record"
MORE = (
    "RUN is a file that --log wrote, or a run that rnn-tui runs lists: its name, its id, or the "
    "beginning of that. The screen's keys (rnn-tui keys lists them) stand still and go on, "
    "show the next record, go back and forward, change the pace. A log holds losses, knobs and "
    "samples, no network: the other panels stay empty."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("run", type=name, metavar="RUN", help="a log, or the name of a run")
    number(parser, "--speed", float, "updates a second; 0: as fast as it went (0)")
    add_appearance(parser)
    parser.add_argument("--paused", action="store_true", help="stand still at first")
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui replay RUN`: a run played back from its log or its record."""
    from functools import partial

    from rnn_tui.records.find import file_or_record
    from rnn_tui.replay.session import Replay, open_log
    from rnn_tui.tui.terminal.terminal import require_terminal

    look = appearance(options)
    speed = options.speed or 0.0
    if not 0 <= speed < float("inf"):
        raise InputError(phrase("--speed is a number from 0, not {speed}", speed=f"{speed:g}"))
    player, infos = open_log(file_or_record(options.run))
    player.paused, player.speed = options.paused, speed
    require_terminal()
    from rnn_tui.tui.app import RnnApp
    from rnn_tui.tui.launch import run_screen

    def make_session(listener: "Listener") -> "Replay":
        return Replay(player, listener, infos=infos)

    return run_screen(partial(RnnApp, make_session, **look))
