"""What `--bundle FILE` opens: all of it is in the file, and nothing beside it is to be said."""

import argparse

from rnn_tui.commands.options.sources import IN_BUNDLES
from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.live.prepared import require_sound
from rnn_tui.protocol.scene import Scene
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.bundle.file import Bundle, read_bundle


def opened(options: argparse.Namespace) -> tuple[Bundle, Corpus, Scene]:
    """Read the bundle; a run that begins with it is not kept by itself.

    Raises:
        InputError: It cannot be opened, or the options say what is in it.
    """
    for name in sorted(IN_BUNDLES & options.sources.keys()):
        option = "CORPUS" if name == "corpus" else f"--{name.replace('_', '-')}"
        raise InputError(
            phrase(
                "{option} has no place beside --bundle, which has its text and settings in it",
                option=option,
            )
        )
    options.no_autosave = True
    bundle, corpus = read_bundle(options.bundle)
    return bundle, corpus, require_sound(bundle, corpus, visible(str(options.bundle)))
