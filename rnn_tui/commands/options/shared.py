"""Options that several commands share."""

import argparse
import os
from typing import get_args

from rnn_tui.charsets.names import Charset
from rnn_tui.commands.options.parser import Parser, name, number, path
from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.nn.names import Activation, CellName, DTypeName, OptimizerName, ScheduleName, networks
from rnn_tui.training.settings.names import PresetName

NEWEST = "\0"
"""No file can have this name; it stands for `--resume` without a file."""


def add_corpus(parser: Parser) -> None:
    """Add the text, how it becomes symbols, and the run that goes on with it."""
    add_corpus_name(parser)
    parser.add_argument(
        "--resume",
        nargs="?",
        const=NEWEST,
        type=path,
        metavar="FILE",
        help="go on from a checkpoint; CORPUS may be left out while its text is where it was, and "
        "may be another text: then what was learned begins a run of its own on that, new symbols "
        "are added, and FILE stays as it is. Without FILE: from the newest run that was kept by "
        "itself, of CORPUS if it is named",
    )
    add_text_options(parser)


def add_corpus_name(parser: Parser) -> None:
    """Add the text."""
    parser.add_argument(
        "corpus",
        nargs="?",
        type=name,
        metavar="CORPUS",
        help="a text file, a built-in text (rnn-tui corpora), or - for standard input",
    )


def add_text_options(parser: Parser) -> None:
    """Add how bytes become symbols."""
    text = parser.add_argument_group("text")
    text.add_argument(
        "--units",
        choices=("char", "byte", "jamo"),
        default="char",
        help="symbols (char); jamo takes Hangul syllables apart into their letters",
    )
    text.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the file (utf-8)")
    text.add_argument(
        "--errors",
        choices=("strict", "replace", "skip"),
        default="strict",
        help="bytes that are not in the encoding: refuse the text (strict), put � for them, or "
        "leave them out; how many is said",
    )
    text.add_argument(
        "--normalize",
        choices=("NFC", "NFD", "none"),
        default="none",
        help="Unicode normalization (none)",
    )


def add_record(group: argparse._ActionsContainer) -> None:
    """Add whether a record of the run is kept."""
    group.add_argument(
        "--no-record",
        action="store_true",
        help="keep no record of the run (a small log without anything of the text, in the user's "
        "data folder, for rnn-tui runs; no-record = true in the settings: never)",
    )
    group.add_argument(
        "--record", dest="no_record", action="store_false", help="whatever the settings say"
    )


def add_config(parser: Parser) -> None:
    """Add the user's settings; `cli.parse` fills in what they say."""
    parser.add_argument(
        "--config",
        type=path,
        metavar="FILE",
        help="settings in TOML instead of those in the user's configuration folder",
    )


def add_charset(group: argparse._ActionsContainer) -> None:
    """Add what the terminal can show."""
    group.add_argument(
        "--charset",
        choices=get_args(Charset),
        help="characters to paint with (ascii where the locale is C or not UTF-8 and on the Linux "
        "console, else unicode); narrow: none that East Asian terminals may make two columns wide",
    )
    group.add_argument(
        "--ascii", dest="charset", action="store_const", const="ascii", help="--charset ascii"
    )


def add_fps(group: argparse._ActionsContainer) -> None:
    """Add how often the screen is painted."""
    group.add_argument(
        "--fps", type=int, metavar="N", help="frames a second, at most (12; over ssh 5)"
    )


def frames_per_second(options: argparse.Namespace) -> int:
    """As asked for with `add_fps`, else what the line allows.

    Raises:
        InputError: It is none.
    """
    from rnn_tui.tui.terminal.terminal import default_fps

    fps = default_fps(os.environ) if options.fps is None else int(options.fps)
    if not 1 <= fps <= 60:
        raise InputError(phrase("--fps is a number from 1 to 60, not {fps}", fps=fps))
    return fps


def add_checkpoint_file(parser: Parser) -> None:
    """Add the trained network."""
    parser.add_argument("file", type=path, metavar="FILE", help="a checkpoint (.safetensors)")


def add_training_options(parser: Parser) -> None:
    """Everything in `Config`; what is left out is chosen from the text."""
    add_network_options(parser.add_argument_group("network (default: chosen from the text)"))
    add_learning_options(parser.add_argument_group("learning (default: chosen from the text)"))
    stop = parser.add_argument_group("when to stop, and what to keep")
    add_stop_options(stop)
    stop.add_argument(
        "--checkpoint",
        type=path,
        metavar="FILE",
        help="save there at the end, be it by a signal or a closed terminal",
    )
    number(stop, "--checkpoint-every", int, "and every so many updates")
    stop.add_argument(
        "--keep",
        choices=("newest", "best"),
        help="best: beside it, as FILE with .best before its suffix, keep the checkpoint with the "
        "lowest validation loss (newest)",
    )
    stop.add_argument(
        "--log",
        type=path,
        metavar="FILE",
        help="append what happens to it, as JSON lines; rnn-tui replay FILE plays it back",
    )
    stop.add_argument(
        "--tensorboard",
        type=path,
        metavar="FOLDER",
        help="note the same for TensorBoard, in a new folder in this one; needs the extra "
        "tensorboard: pip install 'rnn-tui[tensorboard]'",
    )
    add_pace_options(parser.add_argument_group("pace and samples"))


def add_stop_options(stop: argparse._ArgumentGroup) -> None:
    """Add when to stop."""
    number(stop, "--updates", int, "stop after so many updates")
    number(stop, "--epochs", int, "stop after so many passes over the text")
    number(stop, "--until-loss", float, "stop once the smoothed loss is this low")
    number(stop, "--patience", int, "stop once so many validations in a row are not the best yet")
    number(stop, "--floor", float, "the least loss possible on this text, to be drawn as a line")


def add_pace_options(pace: argparse._ArgumentGroup) -> None:
    """Add how fast it goes, and how often it writes."""
    number(pace, "--speed", float, "at most so many updates a second; 0: no limit")
    number(pace, "--temperature", float, "of the samples (0.8)")
    number(pace, "--sample-every", int, "updates between two samples")


def add_network_options(group: argparse._ArgumentGroup) -> None:
    """Add what is trained."""
    group.add_argument("--preset", choices=get_args(PresetName), help="start from these settings")
    network = group.add_mutually_exclusive_group()
    network.add_argument("--network", choices=networks(), help="which network learns")
    network.add_argument("--cell", choices=get_args(CellName), help="the same, for a recurrent one")
    group.add_argument(
        "--activation",
        choices=get_args(Activation),
        help="of the rnn, the dense network and the CNN",
    )
    number(group, "--hidden-size", int, "hidden units of a layer, a CNN's channels")
    number(group, "--num-layers", int, "layers")
    number(group, "--dropout", float, DROPOUT, "P")
    number(group, "--forget-bias", float, FORGET_BIAS, "B")
    number(group, "--context", int, "symbols that the dense network sees", "K")
    number(group, "--kernel-size", int, "time steps that a convolution of the CNN takes", "K")
    group.add_argument("--dtype", choices=get_args(DTypeName), help="precision")
    number(group, "--seed", int, "same seed, same numbers (0)")


DROPOUT = (
    "leave out this part of what a recurrent layer gives to the one above, other values in every "
    "update, while training only; what the last layer gives to the output is never left out (0)"
)

FORGET_BIAS = (
    "what the bias of the gate that keeps begins with, an LSTM's f or a GRU's z: 1 keeps more from "
    "the start (like all others, by chance about 0)"
)

LR_DECAY = (
    "factor on the learning rate; 1: none (for long texts 0.5 every 5 epochs, less often where "
    "more than 35 epochs are asked for, so that the last rate is at least a hundredth of the first)"
)

WEIGHT_DECAY = (
    "every update begins by taking this part of it, times the learning rate, from each parameter, "
    "as AdamW does, with any optimizer (0)"
)


def add_learning_options(group: argparse._ArgumentGroup) -> None:
    """Add how it is trained."""
    number(group, "--seq-length", int, "time steps of truncated backpropagation", "T")
    number(group, "--batch-size", int, "streams side by side", "B")
    number(group, "--threads", int, "learn from so many parts of the batch side by side (1)")
    group.add_argument("--optimizer", choices=get_args(OptimizerName))
    number(group, "--rmsprop-alpha", float, "how much of its mean square RMSprop keeps (0.99)", "A")
    number(group, "--learning-rate", float, "step size")
    number(group, "--warmup", int, "updates in which the learning rate rises to its value (0)")
    group.add_argument(
        "--lr-schedule",
        choices=get_args(ScheduleName),
        help="how the learning rate goes on: constant, down in steps by --lr-decay, or along half "
        "a cosine to 0 at the end, which --updates or --epochs says (step)",
    )
    number(group, "--lr-decay", float, LR_DECAY)
    number(group, "--lr-decay-every", int, "epochs between two decays")
    number(group, "--lr-decay-after", int, "epochs before the decay sets in")
    number(group, "--weight-decay", float, WEIGHT_DECAY)
    clip = group.add_mutually_exclusive_group()
    number(clip, "--clip-norm", float, "largest norm of the whole gradient")
    number(clip, "--clip-value", float, "largest absolute gradient of one weight")
    clip.add_argument("--no-clip", action="store_true", help="leave the gradient as it is")
    number(group, "--val-fraction", float, "share of the text, its end, kept for validation")
