"""How fast the smallest network learns on the screen."""

import argparse

from rnn_tui.training.settings.config import Config

HELLO_PACE = 12.0
"""Updates a second of the `hello` preset on the screen: learned in four to nine seconds, where
full speed would take a hundredth of one and nobody would have seen it."""


def pace_of(config: Config, options: argparse.Namespace) -> float:
    """Return updates a second at most on the screen: `hello` at a pace one can follow."""
    follow = config.preset == "hello" and options.speed is None
    return HELLO_PACE if follow else config.speed
