"""`rnn-tui train CORPUS`: the same training without a screen."""

import argparse

from rnn_tui.charsets.streams import keep_to_ascii
from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.shared import (
    add_charset,
    add_config,
    add_corpus,
    add_record,
    add_training_options,
)
from rnn_tui.errors import InputError
from rnn_tui.language import phrase

NAME = "train"
DOES = "train without a screen"
MORE = (
    "Stops by --updates, --epochs, --until-loss or --patience, whichever holds first, counted from "
    "the very start; after --resume the checkpoint's own hold too, unless given anew. "
    "Exit codes: 0 done, 2 something given cannot be used, 3 training diverged, 128 + n after "
    "signal n."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_corpus(parser)
    add_training_options(parser)
    add_config(parser)
    add_charset(parser)
    parser.add_argument(
        "--no-save",
        action="store_true",
        help="save nothing; without it, a run that goes on from FILE is saved back to FILE at the "
        "end, or to --checkpoint where that is another",
    )
    add_record(parser)
    parser.add_argument(
        "--on-divergence",
        choices=("stop", "rewind"),
        default="stop",
        help="when an update would not be finite or the loss is far above blind guessing: stop "
        "before it with exit code 3 (stop), or go back 50 updates and on with half the learning "
        "rate, five times at most",
    )
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line on standard output"
    )


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui train CORPUS`: the same training without a screen."""
    from rnn_tui.commands.options.order import prepare
    from rnn_tui.commands.options.targets import require_checkpoint, require_log
    from rnn_tui.commands.runs.recording import recording
    from rnn_tui.commands.runs.saving import target

    keep_to_ascii(options.charset)
    require_checkpoint(options)
    require_log(options)
    order = prepare(options)
    config = order.config
    if (config.updates, config.epochs, config.until_loss, config.patience) == (None,) * 4:
        raise InputError(
            phrase(
                "train needs to know when to stop: --updates, --epochs, --until-loss or --patience"
            )
        )
    from rnn_tui.plain.train.run import Plan, train
    from rnn_tui.training.checkpoint.resume import resume
    from rnn_tui.training.trainer import Trainer

    if order.checkpoint is None:
        trainer, notes = Trainer(config, order.corpus), order.notes
    else:
        trainer, notes = resume(order.checkpoint, order.corpus, order.changed)
    plan = Plan(
        options.json,
        target(options, order),
        options.checkpoint_every,
        options.no_save,
        notes,
        options.on_divergence == "rewind",
        options.log,
        options.tensorboard,
        options.keep == "best",
        recording(options, order.file),
    )
    return train(trainer, plan)
