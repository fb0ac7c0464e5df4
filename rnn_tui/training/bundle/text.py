"""The text in a bundle: its ids, which have to be such as reading a text gives."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.corpus import MAX_SYMBOLS, Corpus
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab, smallest_type
from rnn_tui.training.checkpoint.file import Checkpoint

NAME = "text.ids"
MOST = 32 << 20
"""Symbols: a file to be handed round."""


def text_of(corpus: Corpus) -> Parameters:
    """Return the ids (N,) by their stored name.

    Raises:
        InputError: There are too many.
    """
    if len(corpus.ids) > MOST:
        raise InputError(
            f"a bundle has its text in it, and {len(corpus.ids):,} symbols are too many "
            f"(at most {MOST:,})"
        )
    return {NAME: np.ascontiguousarray(corpus.ids)}


def corpus_from(ids: npt.NDArray[Any], checkpoint: Checkpoint) -> Corpus:
    """Return the text, checked; ValueError for what no text can be."""
    vocab = checkpoint.vocab
    require_symbols(vocab)
    if ids.ndim != 1 or ids.dtype != smallest_type(len(vocab)) or not 2 <= len(ids) <= MOST:
        raise ValueError(f"{NAME} is {ids.dtype} {ids.shape}")
    if ids.max() >= len(vocab):
        raise ValueError("the text is at odds with its vocabulary")
    if not re.fullmatch("[0-9a-f]{64}", checkpoint.corpus_sha256):  # files are named after it
        raise ValueError("the text's digest is none")
    ids.setflags(write=False)
    return Corpus(
        visible(checkpoint.corpus_name),
        ids,
        vocab,
        checkpoint.options,
        (),
        checkpoint.corpus_sha256,
        checkpoint.corpus_path,
    )


def require_symbols(vocab: Vocab) -> None:
    """Refuse symbols that no text can have; a checkpoint's are compared with those of its text."""
    codes = [ord(symbol) for symbol in vocab.symbols]
    if len(codes) > MAX_SYMBOLS or any(0xD800 <= code < 0xE000 for code in codes):
        raise ValueError("the vocabulary is none of a text")
    if vocab.units == "byte" and max(codes, default=0) > 0xFF:
        raise ValueError("the vocabulary is none of bytes")
