"""The window that lays a network open, by what the network is made of."""

from rnn_tui.inspection.windows.looking_back import LookingBackWindow
from rnn_tui.inspection.windows.recurrent import RecurrentWindow
from rnn_tui.inspection.windows.window import Window
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cell import IntArray


def window_of(
    config: NetworkConfig, model: Model, x: IntArray, y: IntArray, start: ModelState, sequence: int
) -> Window:
    """Lay a network open in one window.

    Args:
        config: That it is built from.
        model: The network.
        x: Ids read (T, B).
        y: Ids that come next (T, B).
        start: The state before.
        sequence: Which one of the batch.

    Raises:
        TypeError: It has nothing to lay open; whoever asks has to ask its `features` first.
    """
    if isinstance(model, LookingBack):
        return LookingBackWindow(model, x, y, start, sequence, spec_of(config).taps(config))
    return RecurrentWindow(recurrent(model), x, y, start, sequence, config.activation)
