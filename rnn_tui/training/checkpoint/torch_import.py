"""From a network that PyTorch trained, and its vocabulary, to a run that can go on."""

from dataclasses import replace

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.models.registry import spec_of
from rnn_tui.text.corpus import Corpus, TextOptions
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab, smallest_type
from rnn_tui.training.checkpoint.torch_network import TorchNetwork
from rnn_tui.training.checkpoint.torch_vocabulary import is_special
from rnn_tui.training.trainer import Trainer


def without_text(name: str, symbols: tuple[str, ...], options: TextOptions) -> Corpus:
    """Make what stands for a text that is not given: every symbol once; nothing goes on from it."""
    ids = np.arange(len(symbols), dtype=smallest_type(len(symbols)))
    vocab = Vocab(symbols, options.units, options.normalize)
    return Corpus(visible(name), ids, vocab, options, (), "")


def without_special(
    network: TorchNetwork, symbols: tuple[str, ...]
) -> tuple[TorchNetwork, tuple[str, ...]]:
    """Return the network and its vocabulary without entries such as `<pad>`, which no text holds.

    Their columns are never read. Without their rows the probabilities of the others add up to 1.

    Raises:
        InputError: The vocabulary has another size than the network.
    """
    if len(symbols) != network.vocab_size:
        raise InputError(
            f"the vocabulary has {len(symbols):,} symbols, the network {network.vocab_size:,}"
        )
    ids = [id for id, symbol in enumerate(symbols) if not is_special(symbol)]
    if not ids:
        raise InputError("the vocabulary has no character")
    kept = replace(network, vocab_size=len(ids), parameters=network.reordered(ids))
    return kept, tuple(symbols[id] for id in ids)


def require_fit(symbols: tuple[str, ...], corpus: Corpus) -> None:
    """Refuse a text with other symbols than the network's.

    Raises:
        InputError: They do not fit; the message says what is too much or missing.
    """
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
    spec_of(trainer.config).restore(network.reordered(ids), trainer.model.parameters)
