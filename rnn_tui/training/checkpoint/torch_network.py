"""A network as PyTorch had it, under the names that checkpoints have."""

from dataclasses import dataclass

from rnn_tui.nn.cell import Parameters


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class TorchNetwork:
    """What weights tell of the network they belong to."""

    settings: dict[str, object]
    """The fields of `NetworkConfig` that they decide."""
    vocab_size: int
    parameters: Parameters
    first: str
    """The weight that reads one-hot symbols: (rows, places·V) or (rows, V, taps)."""
    tied: bool = False
    """The embedding was the output layer's weight; here they are two."""
    assumed: str = ""
    """What they do not tell, in words."""

    def reordered(self, ids: list[int]) -> Parameters:
        """Return the parameters for a vocabulary whose symbol k is this one's symbol `ids[k]`."""
        first = self.parameters[self.first]
        if first.ndim == 3:
            read = first[:, ids]
        else:
            by_place = first.reshape(len(first), -1, self.vocab_size)
            read = by_place[:, :, ids].reshape(len(first), -1)
        moved = {name: self.parameters[name][ids] for name in ("linear.weight", "linear.bias")}
        return self.parameters | moved | {self.first: read}
