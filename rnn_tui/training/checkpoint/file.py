"""One safetensors file with all of a run: nothing is pickled, nothing in it is executed.

docs/checkpoint.md describes the format; parameters carry PyTorch's names
(`models.torch_names`) where PyTorch has the network.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import safetensors

from rnn_tui.errors import InputError
from rnn_tui.models.protocol import Model
from rnn_tui.models.registry import build, spec_of
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.corpus import Corpus, TextOptions
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import UnknownSymbolError, Vocab
from rnn_tui.training.checkpoint.atomic import require_writable
from rnn_tui.training.checkpoint.container import CHECKPOINT, read, write
from rnn_tui.training.checkpoint.soundness import (
    fill,
    require_columns,
    require_fit,
    require_numbers,
)
from rnn_tui.training.divergence import Watch
from rnn_tui.training.history import History
from rnn_tui.training.settings.choose import check
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.from_json import fields_from, is_a
from rnn_tui.training.trainer import Trainer

KEYS = frozenset(
    {"format", "version", "config", "vocabulary", "text", "corpus", "numbers", "digest"}
)
"""The metadata of a checkpoint; nothing else belongs there."""
PARTS = ("optimizer.", "state.", "history.")
"""How the arrays are called that are not the network's."""


@dataclass(frozen=True, eq=False, slots=True)
class Checkpoint:
    """What a file says, checked: the shapes fit the settings, the settings can be used."""

    config: Config
    vocab: Vocab
    options: TextOptions
    corpus_name: str
    corpus_path: str
    """Where the text was; empty where it had no file. Not safe to paint."""
    corpus_sha256: str
    tensors: Parameters
    numbers: dict[str, Any]
    """Counters and the history's scalars."""
    notes: tuple[str, ...] = ()
    """What to say in the place of where it goes on: it has been put on another text."""

    @property
    def update(self) -> int:
        """Updates done when it was written."""
        return int(self.numbers["update"])

    def model(self) -> Model:
        """Return the network, ready to sample and predict."""
        model = build(self.config, len(self.vocab))
        spec_of(self.config).restore(self.tensors, model.parameters)
        return model

    def require_text(self) -> None:
        """Refuse to go on where no text is known, as after an import without one.

        Raises:
            InputError: It learned from a text that nobody named.
        """
        if not self.corpus_sha256:
            raise InputError(
                "this checkpoint was imported without its text; import it with --corpus TEXT"
            )

    def own_text(self, corpus: Corpus) -> Corpus:
        """Return the text that the network learned from, in the network's ids.

        Raises:
            InputError: The corpus is another one, or has changed.
        """
        self.require_text()
        try:
            if corpus.sha256 == self.corpus_sha256:
                return corpus.with_vocab(self.vocab)
        except UnknownSymbolError:  # it is read in another way
            pass
        raise InputError(
            f"this checkpoint belongs to {visible(self.corpus_name)!r}, whose text differs "
            f"from {visible(corpus.name)!r}; give the same file, unchanged"
        )

    def trainer(self, corpus: Corpus) -> Trainer:
        """Return a trainer that goes on where the file was written.

        Raises:
            InputError: The corpus is not the one the network learned from.
        """
        corpus = self.own_text(corpus)
        try:
            require_fit(self.config, len(corpus.ids))
            require_columns(self.tensors)
            trainer = Trainer(self.config, corpus)
            restore(trainer, self.tensors, self.numbers)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise InputError(f"damaged checkpoint ({visible(str(error))[:200]})") from None
        return trainer


def save(path: str | os.PathLike[str], trainer: Trainer) -> None:
    """Write the whole state of a run; the file is replaced whole or not at all.

    A validation under way goes on, and is no part of it; whoever opens the file begins it anew.
    It can take minutes, and a process that is told to end has seconds.

    Raises:
        InputError: The file cannot be written; what stood there is untouched.
    """
    write(Path(path), CHECKPOINT, tensors_of(trainer), metadata_of(trainer))


def require_target(path: Path) -> None:
    """Find out before training whether `save` could write there without destroying anything.

    Raises:
        InputError: It cannot be written, or something else than a checkpoint is there.
    """
    require_writable(path)
    try:
        if not path.exists() or not path.stat().st_size:
            return
        with safetensors.safe_open(path, framework="np") as file:
            ours = (file.metadata() or {}).get("format") == CHECKPOINT.format
    except Exception:  # whatever the reader says to a file that is none of its kind
        ours = False
    if not ours:
        where = visible(str(path))
        raise InputError(f"{where}: holds something else than a checkpoint; name another file")


def tensors_of(trainer: Trainer) -> Parameters:
    """Every array of a run, by the names docs/checkpoint.md lists."""
    spec = spec_of(trainer.config)
    tensors = dict(spec.stored(trainer.model.parameters))
    tensors |= {name: np.ascontiguousarray(part) for name, part in carried(trainer).items()}
    for name, column in trainer.history.columns().items():
        tensors[f"history.{name}"] = column
    return tensors


def carried(trainer: Trainer) -> Parameters:
    """Return slots and state, which the next update goes on from, by their stored names."""
    names = spec_of(trainer.config).state(trainer.config)
    return {f"optimizer.{name}": slot for name, slot in trainer.optimizer.slots.items()} | {
        f"state.{index}.{name}": part
        for index, layer in enumerate(trainer.state)
        for name, part in zip(names, layer, strict=True)
    }


def metadata_of(trainer: Trainer) -> dict[str, str]:
    """Everything of a run that is not an array, as JSON texts."""
    corpus = trainer.corpus
    numbers = {
        "update": trainer.update,
        "base_rate": trainer.base_rate,
        "watch": trainer.watch,
        "validating": trainer.validating,
        "optimizer_count": trainer.optimizer.count,
        "history": trainer.history.scalars(),
    }
    if trainer.seconds:  # not by `train`, whose files are the same from run to run
        numbers["seconds"] = trainer.seconds
    return {
        "format": CHECKPOINT.format,
        "version": str(CHECKPOINT.version),
        "config": json.dumps(asdict(trainer.config)),
        "vocabulary": json.dumps(corpus.vocab.symbols),
        "text": json.dumps(asdict(corpus.options)),
        "corpus": json.dumps(
            {
                "name": corpus.name,
                "path": corpus.path,
                "length": len(corpus.ids),
                "sha256": corpus.sha256,
            }
        ),
        "numbers": json.dumps(numbers),
    }


def restore(trainer: Trainer, tensors: Parameters, numbers: dict[str, Any]) -> None:
    """Put a stored state into a new trainer of the same settings."""
    spec = spec_of(trainer.config)
    spec.restore(tensors, trainer.model.parameters)
    trainer.update = numbers["update"]
    trainer.seconds = numbers.get("seconds", 0.0)
    trainer.base_rate = numbers["base_rate"]
    trainer.watch = numbers.get("watch", "all")
    trainer.optimizer.count = numbers["optimizer_count"]
    parts = carried(trainer)
    there = {name for name in tensors if name.startswith(("optimizer.", "state."))}
    if odd := there ^ parts.keys():
        name = min(odd)
        raise ValueError(f"{name} is missing" if name in parts else f"it has no use for {name!r}")
    for name, part in parts.items():
        fill(name, part, tensors[name])
    columns = {
        name.removeprefix("history."): value
        for name, value in tensors.items()
        if name.startswith("history.")
    }
    trainer.history = History.from_parts(columns, numbers["history"])
    if numbers.get("validating"):
        trainer.begin_validation()


def load(path: str | os.PathLike[str]) -> Checkpoint:
    """Read a checkpoint.

    Raises:
        InputError: The file is missing, not a checkpoint, damaged, of a newer version, or at
            odds with itself; the message says which.
    """
    return read(Path(path), CHECKPOINT, checked)


def checked(metadata: dict[str, str], tensors: Parameters) -> Checkpoint:
    """Make sense of a file's parts; any exception means that it cannot be trusted."""
    if strange := metadata.keys() - KEYS:  # a damaged "digest" too: it would not be missed
        raise ValueError(f"it has no use for {min(strange)!r}")
    config = check(fields_from(Config, json.loads(metadata["config"])))
    options = fields_from(TextOptions, json.loads(metadata["text"]))
    symbols = tuple(str(symbol) for symbol in json.loads(metadata["vocabulary"]))
    corpus, numbers = json.loads(metadata["corpus"]), json.loads(metadata["numbers"])
    if len(set(symbols)) != len(symbols) or not all(len(symbol) == 1 for symbol in symbols):
        raise ValueError("the vocabulary is not a list of different characters")
    require_shapes(config, len(symbols), tensors)
    require_numbers(numbers)
    if not is_a(numbers.get("watch", "all"), Watch):
        raise ValueError("what it watches is not known")
    History.from_parts({}, numbers["history"])
    return Checkpoint(
        config,
        Vocab(symbols, options.units, options.normalize),
        options,
        str(corpus["name"]),
        str(corpus.get("path", "")),
        str(corpus["sha256"]),
        tensors,
        numbers,
    )


def require_shapes(config: Config, vocab_size: int, tensors: Parameters) -> None:
    """Compare every array with what the settings call for, before anything is allocated."""
    network = {name for name in tensors if not name.startswith(PARTS)}
    for name, shape in spec_of(config).shapes(config, vocab_size):
        if name not in network or tensors[name].shape != shape:
            there = tensors[name].shape if name in network else "nothing"
            raise ValueError(f"{name} should be {shape}, found {there}")
        if tensors[name].dtype != np.dtype(config.dtype):
            raise ValueError(f"{name} should be {config.dtype}, found {tensors[name].dtype}")
        network.remove(name)
    if network:
        raise ValueError(f"it has no use for {min(network)!r}")
