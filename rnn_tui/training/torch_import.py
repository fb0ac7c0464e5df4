"""From a `state_dict` in a safetensors file, and a vocabulary, to a run that can go on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import safetensors

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.corpus import Corpus, TextOptions
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab, smallest_type
from rnn_tui.training.checkpoint import FORMAT
from rnn_tui.training.torch_names import from_torch
from rnn_tui.training.torch_weights import TorchNetwork
from rnn_tui.training.trainer import Trainer


@dataclass(frozen=True, eq=False, slots=True)
class WeightsFile:
    """What is in a file: tensors, and the vocabulary if it carries one."""

    tensors: Parameters
    vocabulary: tuple[str, ...] | None


def read_weights(path: Path) -> WeightsFile:
    """Read a safetensors file.

    Raises:
        InputError: It cannot be read, is another format, or holds numbers of another type.
    """
    where = visible(str(path))
    try:
        with safetensors.safe_open(path, framework="np") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            metadata = file.metadata() or {}
    except FileNotFoundError:
        raise InputError(f"{where}: no such file") from None
    except Exception as error:  # whatever the reader says to a file that is none of its kind
        raise InputError(
            f"{where}: cannot be read ({visible(str(error))[:200]}); in PyTorch: "
            'safetensors.torch.save_file(model.state_dict(), "weights.safetensors")'
        ) from None
    if metadata.get("format") == FORMAT:
        raise InputError(f"{where}: is a checkpoint already; use it as it is")
    for name, tensor in tensors.items():
        if tensor.dtype not in (np.float32, np.float64, np.float16):
            raise InputError(f"{where}: {visible(name)} is {tensor.dtype}; save the model as float")
        if not np.isfinite(tensor).all():
            raise InputError(f"{where}: {visible(name)} holds numbers that are not finite")
    given = metadata.get("vocabulary")
    return WeightsFile(tensors, None if given is None else listed(given, where))


def read_vocabulary(path: Path, size: int) -> tuple[str, ...]:
    """The symbols in the order of ids: from JSON (.json), or from a text that holds each once.

    Args:
        path: The file.
        size: How many the network has; tells whether a newline at the end is one of them.

    Raises:
        InputError: It cannot be read, or is no vocabulary.
    """
    where = visible(str(path))
    try:
        text = path.read_bytes().decode()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"{where}: cannot be read ({visible(str(reason))})") from None
    if path.suffix.lower() == ".json":
        return listed(text, where)
    if len(text) == size + 1:
        text = text.removesuffix("\n")
    if len(set(text)) < len(text):
        twice = visible(next(symbol for symbol in text if text.count(symbol) > 1))
        raise InputError(
            f"{where}: {twice} is there twice; each symbol once, in the order of ids, or a .json "
            "file: a list, or symbols with their ids"
        )
    return tuple(text)


def listed(text: str, where: str) -> tuple[str, ...]:
    """The symbols of a JSON list, or of an object with an id for each."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: is not JSON ({visible(str(error))})") from None
    symbols = in_order(found) if isinstance(found, dict) else found
    if not isinstance(symbols, list) or not all(
        isinstance(s, str) and len(s) == 1 for s in symbols
    ):
        raise InputError(
            f'{where}: a vocabulary is a list of single characters, ["h", "e"], or gives each its '
            'id, {"h": 0, "e": 1}'
        )
    if len(set(symbols)) < len(symbols):
        raise InputError(f"{where}: a symbol is there twice")
    return tuple(symbols)


def in_order(ids: dict[str, Any]) -> list[str] | None:
    """The symbols by their ids; None where these do not count up from 0."""
    counted = {value: symbol for symbol, value in ids.items() if isinstance(value, int)}
    if sorted(counted) != list(range(len(ids))):
        return None
    return [counted[id] for id in range(len(ids))]


def without_text(name: str, symbols: tuple[str, ...], options: TextOptions) -> Corpus:
    """What stands for the text where none is given: every symbol once. Nothing goes on from it."""
    ids = np.arange(len(symbols), dtype=smallest_type(len(symbols)))
    vocab = Vocab(symbols, options.units, options.normalize)
    return Corpus(visible(name), ids, vocab, options, (), "")


def require_fit(network: TorchNetwork, symbols: tuple[str, ...], corpus: Corpus) -> None:
    """Refuse a vocabulary of another size, and a text with other symbols.

    Raises:
        InputError: They do not fit; the message says what is too much or missing.
    """
    if len(symbols) != network.vocab_size:
        raise InputError(
            f"the vocabulary has {len(symbols):,} symbols, the network {network.vocab_size:,}"
        )
    here, there = set(corpus.vocab.symbols), set(symbols)
    for strange, what in (
        (here - there, "the network has never seen: {}"),
        (there - here, "the text lacks symbols that the network knows: {}"),
    ):
        if strange:
            names = ", ".join(visible(symbol) for symbol in sorted(strange)[:8])
            raise InputError(f"{corpus.name}: {what.format(names)}")


def put_in(network: TorchNetwork, symbols: tuple[str, ...], trainer: Trainer) -> None:
    """Give a new trainer the weights, its vocabulary's order being another."""
    place = {symbol: id for id, symbol in enumerate(symbols)}
    ids = [place[symbol] for symbol in trainer.corpus.vocab.symbols]
    from_torch(network.reordered(ids), trainer.model.parameters)
