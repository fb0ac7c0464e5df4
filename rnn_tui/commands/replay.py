"""`rnn-tui replay FILE`: a run played back from its log."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from rnn_tui.commands.options.parser import Parser, number, path
from rnn_tui.commands.options.shared import add_charset, add_config, add_fps, frames_per_second
from rnn_tui.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.replay.session import Replay
    from rnn_tui.tui.messages import Listener

NAME = "replay"
DOES = "play a run back on the screen, from its log"
MORE = (
    "FILE was written by --log. The screen's keys (rnn-tui keys lists them) stand still and go on, "
    "show the next record, go back and forward, change the pace. A log holds losses, knobs and "
    "samples, no network: the other panels stay empty."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("file", type=path, metavar="FILE", help="a log (--log FILE writes one)")
    number(parser, "--speed", float, "updates a second; 0: as fast as it went (0)")
    add_fps(parser)
    parser.add_argument("--theme", metavar="NAME", help="a Textual theme, such as textual-light")
    parser.add_argument("--paused", action="store_true", help="stand still at first")
    add_charset(parser)
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui replay FILE`: a run played back from its log."""
    from functools import partial

    from rnn_tui.charsets.choice import charset_of
    from rnn_tui.keys.in_force import keys_in_force
    from rnn_tui.replay.session import Replay, open_log
    from rnn_tui.tui.terminal.terminal import require_terminal

    fps = frames_per_second(options)
    speed = options.speed or 0.0
    if not 0 <= speed < float("inf"):
        raise InputError(f"--speed is a number from 0, not {speed:g}")
    player, infos = open_log(options.file)
    player.paused, player.speed = options.paused, speed
    require_terminal()
    from rnn_tui.tui.app import RnnApp
    from rnn_tui.tui.launch import run_screen

    def make_session(listener: "Listener") -> "Replay":
        return Replay(player, listener, infos=infos)

    make_app = partial(
        RnnApp,
        make_session,
        fps=fps,
        theme=options.theme,
        keys=keys_in_force(options.settings),
        charset=options.charset or charset_of(sys.stderr.encoding, os.environ),
    )
    return run_screen(make_app)
