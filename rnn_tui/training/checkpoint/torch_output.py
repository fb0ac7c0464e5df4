"""The linear layer and the embedding of a network from PyTorch, also where one matrix is both."""

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.text.visible import visible


def output_of(
    rest: Parameters, hidden: int, width: int
) -> tuple[FloatArray, FloatArray, FloatArray | None]:
    """Find the output layer's weight and bias, and an embedding if there is one, in the rest.

    Args:
        rest: All tensors but the recurrent layers'.
        hidden: Hidden units.
        width: How much the first layer reads: symbols, or the embedding's columns.

    Raises:
        InputError: There is no such pair in it, or more than that.
    """
    matrices = sorted(name for name, tensor in rest.items() if tensor.ndim == 2)
    embeddings = [name for name in matrices if bias_of(name) not in rest]
    outputs = [name for name in matrices if bias_of(name) in rest]
    biases = [name for name, tensor in rest.items() if tensor.ndim == 1 and name.endswith("bias")]
    if len(matrices) == 1 and serves_twice(matrices[0], rest[matrices[0]], width):
        embeddings = outputs = matrices
    elif not outputs and embeddings:  # Linear(bias=False)
        named = [name for name in embeddings if "emb" not in name.lower()]
        outputs = [name for name in named if rest[name].shape[1] == hidden]
        embeddings = [name for name in embeddings if name not in outputs]
    if len(outputs) != 1 or len(embeddings) > 1:
        names = ", ".join(map(visible, matrices)) or "none"
        raise InputError(
            "besides the recurrent layers there must be one linear layer, and at most an "
            f"embedding; the matrices found: {names}"
        )
    (output,) = outputs
    weight = rest[output]
    # A tied matrix may be stored as the embedding's, the bias under the linear layer's name.
    its_bias = biases[0] if embeddings == outputs and len(biases) == 1 else bias_of(output)
    bias = rest.get(its_bias, np.zeros(len(weight), weight.dtype))
    strange = rest.keys() - {output, its_bias, *embeddings}
    if strange:
        raise InputError(f"rnn-tui's networks have nothing like {visible(min(strange))}")
    return weight, bias, rest[embeddings[0]] if embeddings else None


def serves_twice(name: str, matrix: FloatArray, width: int) -> bool:
    """Return whether the only matrix is embedding and output in one (tied).

    A first layer that reads one-hot symbols has a column for each; one that has a column for each
    column of the matrix reads that. With as many of one as of the other only the name can tell.
    """
    size, columns = matrix.shape
    return columns == width and (size != width or "emb" in name.lower())


def is_tied(weight: FloatArray, embedding: FloatArray | None) -> bool:
    """Return whether the embedding holds the output layer's numbers."""
    return embedding is not None and np.array_equal(weight, embedding)


def bias_of(weight: str) -> str:
    """Return the name of the bias beside a weight."""
    return f"{weight.removesuffix('weight')}bias"


def multiplied_in(embedding: FloatArray, weight: FloatArray) -> FloatArray:
    """W_ih Eᵀ (G·H, V): a column for every symbol, as if it were read one-hot."""
    if embedding.shape[1] != weight.shape[1]:
        raise InputError(f"the embedding is {shape(embedding)}, the layer after it {shape(weight)}")
    return np.asarray(weight @ embedding.T)


def shape(tensor: FloatArray) -> str:
    """As PyTorch writes it."""
    return str(tuple(tensor.shape))
