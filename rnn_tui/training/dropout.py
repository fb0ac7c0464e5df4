"""Dropout: while a network learns, some of what a layer gives to the one above is left out.

    m = [u ≥ p] / (1 - p)                         u from 0 to 1, by chance, for every value
    h′ = m ⊙ h,  dh = m ⊙ dh′                     the mean of m is 1

Between recurrent layers only, as PyTorch's `nn.LSTM(dropout=p)` has it: nothing is left out of what
a layer hands on in time, nor of what the last one gives to the output. m depends on seed and number
of the update alone, so that a run that is gone on with or goes back has the same.

Source: Srivastava et al. (2014), "Dropout"; where, in a recurrent network: Zaremba et al. (2014).
"""

from typing import TYPE_CHECKING

import numpy as np

from rnn_tui.models.registry import spec_of
from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:  # the screen asks whether anything is dropped, before it has a network
    from rnn_tui.models.protocol import Model
    from rnn_tui.nn.cell import FloatArray
    from rnn_tui.nn.stack import Masks

DRAWN = 1
"""Behind seed and update, so that no sample is drawn from the same random numbers."""


def drops(config: Config) -> bool:
    """Return whether anything is left out."""
    return config.dropout > 0 and "dropout" in spec_of(config).settings(config)


def dropping(model: "Model", masks: "Masks") -> "Model":
    """Return the network with these masks in it; without any it is the same."""
    return model.dropping(masks) if masks else model


def masks_of(config: Config, update: int, sizes: tuple[int, ...]) -> "Masks":
    """Return m of an update, for a window of these sizes (T, B)."""
    if not drops(config):
        return ()
    # As float32 whatever the network's: the same values are left out in a more exact copy of it.
    rng = np.random.default_rng([config.seed, update, DRAWN])
    u = rng.random((config.num_layers - 1, *sizes, config.hidden_size), np.float32)
    m: FloatArray = (u >= config.dropout).astype(config.dtype)
    m *= 1 / (1 - config.dropout)
    return tuple(m)
