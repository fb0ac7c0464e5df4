"""From a network that PyTorch trained, and its vocabulary, to a run that can go on."""

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, TextOptions
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab, smallest_type
from rnn_tui.training.torch_names import from_torch
from rnn_tui.training.torch_weights import TorchNetwork
from rnn_tui.training.trainer import Trainer


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
