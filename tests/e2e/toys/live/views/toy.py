"""How long the weights are."""

import numpy as np
from rnn_tui.protocol.toy import Toy, ToyView

from rnn_tui.live.run import Run


def answer(run: Run, view: ToyView) -> Toy:
    """Measure the parameters."""
    parameters = run.trainer.model.parameters
    norms = {name: float(np.linalg.norm(array)) for name, array in parameters.items()}
    ordered = sorted(norms.items(), key=lambda pair: pair[1], reverse=view.longest_first)
    return Toy(tuple(ordered[: view.most]))
