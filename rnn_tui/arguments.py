"""The options of every command; the only module that knows argparse."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from rnn_tui import __version__
from rnn_tui.text.visible import visible
from rnn_tui.training.config import Activation, CellName, DTypeName, OptimizerName
from rnn_tui.training.presets import PRESETS

COMMANDS = {
    "train": "train without a screen",
    "sample": "let a trained network write",
    "predict": "what a trained network expects after a prefix",
    "eval": "how well a trained network knows a text",
    "gradcheck": "compare the gradients with numerical ones",
}
"""Commands and what they do; anything else in first place is a corpus for the screen."""

NEWEST = Path()
"""Stands for `--resume` without a file."""


class Parser(argparse.ArgumentParser):
    """Argparse with errors of one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more; leave with exit code 2."""
        self.exit(2, f"{self.prog}: {visible(message)} (see {self.prog} --help)\n")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one call; `command` says which, `screen` where none is named."""
    command = arguments[0] if arguments and arguments[0] in COMMANDS else "screen"
    rest = arguments if command == "screen" else arguments[1:]
    parser = PARSERS[command]()
    options = parser.parse_args(rest)
    if command in ("screen", "train") and options.corpus is None and options.resume is None:
        parser.error("CORPUS is missing: a text file to learn, or --resume FILE")
    options.command = command
    return options


def screen_parser() -> Parser:
    """`rnn-tui CORPUS`."""
    listing = "\n".join(f"  {name:10} {text}" for name, text in COMMANDS.items())
    parser = Parser(
        prog="rnn-tui",
        description="Watch a recurrent neural network learn a text, in your terminal.",
        epilog=f"commands (COMMAND --help tells more):\n{listing}\n\n"
        "On the screen, ? explains every panel and key. A corpus named like a command: ./train",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"rnn-tui {__version__}")
    add_corpus(parser)
    add_training_options(parser)
    screen = parser.add_argument_group("screen")
    screen.add_argument("--fps", type=int, default=12, metavar="N", help="frames a second (12)")
    screen.add_argument("--theme", metavar="NAME", help="a Textual theme, such as textual-light")
    screen.add_argument(
        "--no-autosave",
        action="store_true",
        help="do not keep runs by themselves (done once a minute and at the end, after ten seconds "
        "of training; in the user's state folder, the newest 20, at most 512 MB)",
    )
    screen.add_argument("--paused", action="store_true", help="stand still until space is pressed")
    return parser


def train_parser() -> Parser:
    """`rnn-tui train CORPUS`."""
    parser = command_parser("train", "Stops by --updates, --epochs or --until-loss.")
    add_corpus(parser)
    add_training_options(parser)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line on standard output"
    )
    return parser


def sample_parser() -> Parser:
    """`rnn-tui sample FILE`."""
    parser = command_parser("sample", "The text goes to standard output as it is written.")
    add_checkpoint_file(parser)
    parser.add_argument("--prefix", default="", metavar="TEXT", help="what it reads first")
    parser.add_argument(
        "--length", type=int, default=500, metavar="N", help="symbols to write (500)"
    )
    parser.add_argument(
        "--temperature",
        type=float,
        default=0.8,
        metavar="X",
        help="below 1 bolder, above 1 more adventurous, 0 always the likeliest (0.8)",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="same seed, same text (0)")
    return parser


def predict_parser() -> Parser:
    """`rnn-tui predict FILE PREFIX`."""
    parser = command_parser("predict", "Probabilities of the next symbol, likeliest first.")
    add_checkpoint_file(parser)
    parser.add_argument("prefix", metavar="PREFIX", help="the text so far")
    parser.add_argument(
        "--top", type=int, default=10, metavar="K", help="symbols to list, at most (10)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def eval_parser() -> Parser:
    """`rnn-tui eval FILE TEXT`."""
    parser = command_parser("eval", "Loss in nats, bits and perplexity per character.")
    add_checkpoint_file(parser)
    parser.add_argument("text", type=Path, metavar="TEXT", help="the text file to read")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def gradcheck_parser() -> Parser:
    """`rnn-tui gradcheck`."""
    parser = command_parser(
        "gradcheck",
        "In float64, on the first window of the text: backpropagation through time against what "
        "the loss does when a weight is moved a little.",
    )
    parser.add_argument("corpus", nargs="?", metavar="CORPUS", help='a text file ("hello")')
    add_text_options(parser)
    add_network_options(parser.add_argument_group("network (default: chosen from the text)"))
    window = parser.add_argument_group("window")
    number(window, "--seq-length", int, "time steps", "T")
    number(window, "--batch-size", int, "streams side by side", "B")
    number(window, "--updates", int, "train so many updates first (0)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


PARSERS = {
    "screen": screen_parser,
    "train": train_parser,
    "sample": sample_parser,
    "predict": predict_parser,
    "eval": eval_parser,
    "gradcheck": gradcheck_parser,
}


def command_parser(command: str, more: str) -> Parser:
    """A parser for one command, described as in the list of commands."""
    does = COMMANDS[command]
    return Parser(prog=f"rnn-tui {command}", description=f"{does[0].upper()}{does[1:]}. {more}")


def add_corpus(parser: Parser) -> None:
    """The text and how it becomes symbols."""
    parser.add_argument(
        "corpus", nargs="?", metavar="CORPUS", help="a text file, or - for standard input"
    )
    parser.add_argument(
        "--resume",
        nargs="?",
        const=NEWEST,
        type=Path,
        metavar="FILE",
        help="go on from a checkpoint; CORPUS may be left out while its text is where it was. "
        "Without FILE: from the newest run that was kept by itself, of CORPUS if it is named",
    )
    add_text_options(parser)


def add_text_options(parser: Parser) -> None:
    """How bytes become symbols."""
    text = parser.add_argument_group("text")
    text.add_argument("--units", choices=("char", "byte"), default="char", help="symbols (char)")
    text.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the file (utf-8)")
    text.add_argument(
        "--normalize",
        choices=("NFC", "NFD", "none"),
        default="none",
        help="Unicode normalization (none)",
    )


def add_checkpoint_file(parser: Parser) -> None:
    """The trained network."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a checkpoint (.safetensors)")


def add_training_options(parser: Parser) -> None:
    """Everything in `Config`; what is left out is chosen from the text."""
    add_network_options(parser.add_argument_group("network (default: chosen from the text)"))
    add_learning_options(parser.add_argument_group("learning (default: chosen from the text)"))
    stop = parser.add_argument_group("when to stop, and what to keep")
    number(stop, "--updates", int, "stop after so many updates")
    number(stop, "--epochs", int, "stop after so many passes over the text")
    number(stop, "--until-loss", float, "stop once the smoothed loss is this low")
    stop.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="save there at the end, be it by a signal or a closed terminal",
    )
    number(stop, "--checkpoint-every", int, "and every so many updates")
    pace = parser.add_argument_group("pace and samples")
    number(pace, "--speed", float, "at most so many updates a second; 0: no limit")
    number(pace, "--temperature", float, "of the samples (0.8)")
    number(pace, "--sample-every", int, "updates between two samples")


def add_network_options(group: argparse._ArgumentGroup) -> None:
    """What is trained."""
    group.add_argument("--preset", choices=tuple(PRESETS), help="start from these settings")
    group.add_argument("--cell", choices=get_args(CellName), help="the recurrence")
    group.add_argument(
        "--activation", choices=get_args(Activation), help="the vanilla cell's function"
    )
    number(group, "--hidden-size", int, "hidden units of a layer")
    number(group, "--num-layers", int, "layers")
    group.add_argument("--dtype", choices=get_args(DTypeName), help="precision")
    number(group, "--seed", int, "same seed, same numbers (0)")


def add_learning_options(group: argparse._ArgumentGroup) -> None:
    """How it is trained."""
    number(group, "--seq-length", int, "time steps of truncated backpropagation", "T")
    number(group, "--batch-size", int, "streams side by side", "B")
    group.add_argument("--optimizer", choices=get_args(OptimizerName))
    number(group, "--learning-rate", float, "step size")
    number(group, "--lr-decay", float, "factor on the learning rate")
    number(group, "--lr-decay-every", int, "epochs between two decays")
    number(group, "--lr-decay-after", int, "epochs before the decay sets in")
    clip = group.add_mutually_exclusive_group()
    number(clip, "--clip-norm", float, "largest norm of the whole gradient")
    number(clip, "--clip-value", float, "largest absolute gradient of one weight")
    clip.add_argument("--no-clip", action="store_true", help="leave the gradient as it is")
    number(group, "--val-fraction", float, "share of the text, its end, kept for validation")


def number(
    group: argparse._ActionsContainer,
    name: str,
    kind: type[int] | type[float],
    text: str,
    letter: str = "",
) -> None:
    """Add an option that takes a number."""
    group.add_argument(name, type=kind, help=text, metavar=letter or ("N" if kind is int else "X"))
