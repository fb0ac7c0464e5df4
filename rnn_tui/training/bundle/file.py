"""A bundle: one file with a moment, its past, its text, and what lies on the desk.

It is a checkpoint of that moment with more in it (docs/bundles.md), and read as one first.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rnn_tui.nn.cell import Parameters
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.bundle import text
from rnn_tui.training.bundle.past import CURVE, stored_past
from rnn_tui.training.bundle.states import PREFIX
from rnn_tui.training.checkpoint.container import BUNDLE, Metadata, read, write
from rnn_tui.training.checkpoint.file import Checkpoint, checked, metadata_of, tensors_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.timeline import Timeline

OWN = (text.NAME, CURVE, PREFIX)
"""How its arrays begin that are not the checkpoint's."""
KEY = "bundle"
"""Its text that is not the checkpoint's: JSON."""


@dataclass(frozen=True, eq=False, slots=True)
class Bundle:
    """What a file says; of the past and the desk nothing is checked before it is opened."""

    checkpoint: Checkpoint
    """Of the moment."""
    tensors: Parameters
    """Of the past and the desk."""
    past: dict[str, Any]
    desk: dict[str, Any]
    """All that whoever trains and whoever looks wants to find again."""


def write_bundle(
    path: Path, timeline: Timeline, config: Config, desk: dict[str, Any], tensors: Parameters
) -> None:
    """Write the moment that a run stands at; the file is replaced whole or not at all.

    Args:
        path: Where.
        timeline: The past, and the trainer.
        config: Its settings as they are to be found again.
        desk: What lies on the desk, as JSON has it.
        tensors: Arrays of that, under names that begin with `CURVE`.

    Raises:
        InputError: It cannot be written, or the text is too long.
    """
    trainer = timeline.trainer
    arrays, past = stored_past(timeline)
    arrays |= text.text_of(trainer.corpus) | tensors | tensors_of(trainer)
    metadata = metadata_of(trainer)
    metadata["config"] = json.dumps(asdict(config))
    metadata[KEY] = json.dumps({"past": past, "desk": desk})
    write(path, BUNDLE, arrays, metadata)


def read_bundle(path: Path) -> tuple[Bundle, Corpus]:
    """Read a bundle, and the text in it.

    Raises:
        InputError: The file is missing, not a bundle, damaged, of a newer version, or at odds
            with itself; the message says which.
    """
    return read(path, BUNDLE, _made)


def _made(metadata: Metadata, tensors: Parameters) -> tuple[Bundle, Corpus]:
    content = json.loads(metadata[KEY])
    own = {name: array for name, array in tensors.items() if name.startswith(OWN)}
    checkpoint = checked(
        {key: value for key, value in metadata.items() if key != KEY},
        {name: array for name, array in tensors.items() if name not in own},
    )
    corpus = text.corpus_from(own.pop(text.NAME), checkpoint)
    return Bundle(checkpoint, own, content["past"], content["desk"]), corpus
