"""`rnn-tui import WEIGHTS OUT`: a network that was trained in PyTorch."""

import argparse
from typing import TYPE_CHECKING

from rnn_tui.commands.options.parser import Parser, number, path
from rnn_tui.commands.options.shared import add_learning_options, add_text_options
from rnn_tui.errors import InputError, reason
from rnn_tui.language import phrase
from rnn_tui.standard_streams import complain

if TYPE_CHECKING:
    from rnn_tui.training.checkpoint.torch_file import WeightsFile

NAME = "import"
DOES = "make a checkpoint of weights that were trained in PyTorch"
MORE = (
    "WEIGHTS is a model saved with safetensors.torch.save_model: an nn.RNN, nn.LSTM or nn.GRU "
    "of one or more layers and a linear layer, or a dense network (nn.Linear) or a causal CNN "
    "(nn.Conv1d) like rnn-tui's, under any names. With --corpus the screen and train go on from "
    "OUT; without, OUT is for sample, predict, eval and export."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("weights", type=path, metavar="WEIGHTS", help="a .safetensors file")
    parser.add_argument("out", type=path, metavar="OUT", help="the checkpoint to write")
    parser.add_argument(
        "--vocab",
        type=path,
        metavar="FILE",
        help="the vocabulary: JSON (a list of characters, characters with their ids, or ids with "
        "their characters), or a text with each character once, in the order of ids; may be left "
        "out where WEIGHTS carries one",
    )
    parser.add_argument("--corpus", metavar="TEXT", help="the text it learned from")
    parser.add_argument(
        "--activation",
        choices=("tanh", "relu"),
        help="the nonlinearity of an nn.RNN, a dense network or a CNN; weights do not tell, tanh "
        "is assumed and said",
    )
    add_text_options(parser)
    number(parser, "--seed", int, "same seed, same numbers (0)")
    add_learning_options(parser.add_argument_group("learning (default: chosen from the text)"))


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui import WEIGHTS OUT`: a network that was trained in PyTorch."""
    from dataclasses import replace

    from rnn_tui.commands.options.order import overrides
    from rnn_tui.commands.options.text_source import Source, read, text_options
    from rnn_tui.models.registry import spec_of
    from rnn_tui.text.visible import visible
    from rnn_tui.training.checkpoint.file import require_target, save
    from rnn_tui.training.checkpoint.torch_file import read_weights
    from rnn_tui.training.checkpoint.torch_import import (
        put_in,
        require_fit,
        without_special,
        without_text,
    )
    from rnn_tui.training.checkpoint.torch_vocabulary import read_vocabulary
    from rnn_tui.training.checkpoint.torch_weights import recognized
    from rnn_tui.training.settings.choose import choose_config
    from rnn_tui.training.trainer import Trainer

    if options.out.exists() and options.weights.exists() and options.out.samefile(options.weights):
        raise InputError(
            phrase("{file}: holds the weights; name another file", file=visible(str(options.out)))
        )
    require_target(options.out)
    file = read_weights(options.weights)
    try:
        network = recognized(file.tensors)
    except InputError as error:
        raise InputError(
            phrase("{file}: {why}", file=visible(str(options.weights)), why=reason(error))
        ) from None
    size = network.vocab_size
    entries = read_vocabulary(options.vocab, size) if options.vocab else file.vocabulary
    if entries is None:
        raise InputError(phrase("--vocab FILE is missing: which symbol is which id"))
    network, symbols = without_special(network, entries)
    text = text_options(options)
    if options.corpus is None:
        corpus = without_text(options.weights.name, symbols, text)
    else:
        corpus = read(Source(options.corpus, text))
    require_fit(symbols, corpus)
    chosen = told_by(file) | overrides(options) | network.settings
    config, _ = choose_config(corpus, None, chosen)
    spec = spec_of(config)
    trainer = Trainer(replace(config, preset="auto"), corpus)
    put_in(network, symbols, trainer)
    save(options.out, trainer)
    told = (
        f"{spec.title(config)} {spec.size(config)}, {network.vocab_size:,} symbols, {config.dtype}"
    )
    print(f"{told}: saved to {visible(str(options.out))}")
    if special := [visible(entry) for entry in entries if entry not in symbols]:
        complain(
            f"left out, as no text holds them: {', '.join(special)}; the probabilities of the "
            f"other {len(symbols):,} symbols add up to 1 without them"
        )
    if network.tied:
        complain(
            "the embedding is the output layer's weight (tied): the probabilities stay what they "
            "were, but training on changes the two apart"
        )
    if network.assumed and file.network != config.network:
        complain(f"weights do not tell how they are used: {network.assumed} assumed")
    if "activation" in spec.settings(config) and "activation" not in chosen:
        complain(
            "weights do not tell the nonlinearity: tanh is assumed; if it was relu, import again "
            "with --activation relu"
        )
    return 0


def told_by(file: "WeightsFile") -> dict[str, object]:
    """Return the settings that a file carries beside its weights."""
    return {} if file.activation is None else {"activation": file.activation}
