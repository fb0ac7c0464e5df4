"""`rnn-tui serve CORPUS`: the screen in a browser, for a class."""

import argparse
import sys
from typing import TYPE_CHECKING

from rnn_tui.commands import screen
from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.shared import NEWEST
from rnn_tui.commands.runs import viewer
from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible

if TYPE_CHECKING:
    from rnn_tui.web.program import Begin

NAME = "serve"
DOES = "show the screen in a browser, to each viewer a run of their own"
MORE = (
    "For a class: without --host only this machine can open it. Whoever opens it trains on this "
    "machine, with the settings given here, and can change what the keys change; nothing is saved, "
    "neither by its key nor by itself. Needs the extra web: pip install 'rnn-tui[web]'."
)
MISSING = (
    "serve needs the extra web: pip install 'rnn-tui[web]'"
    " (in a clone: .venv/bin/pip install '.[web]')"
)
PORTS = range(1, 65536)
PRELOADED = "rnn_tui.commands.runs.preloaded"
"""The module that imports all a viewer's program needs; only the process it is forked from does."""


def add_options(parser: Parser) -> None:
    """Add its options: what the screen does, and where to serve it."""
    screen.add_options(parser)
    group = parser.add_argument_group("web")
    group.add_argument(
        "--host", default="127.0.0.1", metavar="NAME", help="where to listen (127.0.0.1)"
    )
    group.add_argument("--port", type=int, default=8000, metavar="N", help="at which port (8000)")
    group.add_argument(
        "--viewers", type=int, default=30, metavar="N", help="at most so many at once (30)"
    )
    group.add_argument(
        "--allow-host",
        metavar="NAMES",
        help="names or addresses by which others reach this machine, such as a proxy's, with "
        "commas between (its own are known)",
    )


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui serve CORPUS`: the screen in a browser, for a class."""
    check(options)
    try:
        from rnn_tui.web.memory import room
        from rnn_tui.web.server import ClassServer, ServeOptions
    except ModuleNotFoundError as error:
        raise InputError(MISSING) from error
    from rnn_tui.commands.options.order import prepare
    from rnn_tui.limits import require_files

    require_files()
    order = prepare(options)  # what is wrong with it shows now and here
    name = visible(order.corpus.name)
    server = ClassServer(
        ServeOptions(
            words=words(options),
            title=f"rnn-tui · {name}",
            host=options.host,
            port=options.port,
            most=options.viewers,
            memory=room(order.config, order.corpus),
            allowed=allowed(options),
        ),
        begin_programs(),
    )
    try:
        server.run(meaning(options, name))
    except OSError as error:
        where = visible(f"{options.host}:{options.port}")
        raise InputError(
            f"cannot listen on {where}: {error.strerror}; try another --port or --host"
        ) from error
    return 0


def begin_programs() -> "Begin":
    """Return what starts the program of a viewer; where one can fork, most of it is there then."""
    from rnn_tui.web.program import begin, surroundings

    if sys.platform != "linux":
        return begin
    from rnn_tui.process.nursery import Nursery

    return Nursery(viewer.main, PRELOADED, surroundings(80, 24)).begin


def check(options: argparse.Namespace) -> None:
    """Refuse what viewers cannot share."""
    from rnn_tui.commands.options.text_source import is_pipe

    if options.corpus == "-" or (options.corpus and is_pipe(options.corpus)):
        raise InputError("serve reads the text once for every viewer: name a file, not -")
    for name in ("checkpoint", "checkpoint_every", "log"):
        if getattr(options, name, None) is not None:
            option = name.replace("_", "-")
            raise InputError(f"--{option} has no place here: viewers write nothing to this machine")
    if options.port not in PORTS:
        raise InputError(f"--port is a number from 1 to 65535, not {options.port}")
    if options.viewers < 1:
        raise InputError(f"--viewers is at least 1, not {options.viewers}")
    for name in allowed(options):
        if not is_host(name):
            raise InputError(
                "--allow-host is a name or an address, without http:// and port, not "
                f"{visible(name)!r}"
            )


def allowed(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the names that visitors may call this machine by, beside its own."""
    names = (options.allow_host or "").split(",")
    return tuple(name.strip() for name in names if name.strip())


def is_host(name: str) -> bool:
    """Return whether it is what a URL has between its slashes and its port."""
    import ipaddress

    try:
        return bool(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return not set(name) & set("/:@?#[]*\\ ")


def words(options: argparse.Namespace) -> list[str]:
    """Return the program of one viewer: the screen with the same options, saving nothing."""
    parser = Parser("rnn-tui")
    screen.add_options(parser)
    given = [
        spelled(action, getattr(options, action.dest))
        for action in parser._actions
        if action.option_strings and options.sources.get(action.dest) == "command line"
    ]
    corpus = [] if options.corpus is None else ["--", options.corpus]
    return [*viewer.PROGRAM, "--no-autosave", *filter(None, given), *corpus]


def spelled(action: argparse.Action, value: object) -> str:
    """Return an option as it was given; empty for one that takes back another one's default."""
    option = action.option_strings[0]
    if action.nargs == 0:
        return option if value is action.const and action.dest != "no_autosave" else ""
    return option if action.nargs == "?" and str(value) == NEWEST else f"{option}={value}"


def meaning(options: argparse.Namespace, name: str) -> str:
    """Return what it means that the server is open, and to whom."""
    here = options.host in ("127.0.0.1", "localhost", "::1")
    who = "this machine only" if here else "EVERYBODY who reaches this machine, without a password"
    return (
        f"rnn-tui: {name} at http://{options.host}:{options.port}, open to {who}.\n"
        f"Each viewer trains a network of their own here (at most {options.viewers} at once); "
        "nothing is saved. Ctrl+C ends it."
    )
