"""The first window of a text, read from an empty memory: what a network computes there."""

from functools import cached_property

import numpy as np

from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.forward import ForwardStep, LayerForward, forward_step
from rnn_tui.lessons.values import ExpressionError
from rnn_tui.models.recurrent import CharModel
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.loss import log_softmax, softmax
from rnn_tui.training.trainer import Trainer


class FirstWindow:
    """The first stream's first window, each part of it computed once and when it is asked for."""

    def __init__(self, trainer: Trainer) -> None:
        """Look at a trainer, which is left as it is."""
        self._trainer = trainer
        x, y = trainer.streams.window(0)
        self.read: list[int] = x[:, 0].tolist()
        """Ids, one for each time step."""
        self.targets: list[int] = y[:, 0].tolist()

    @property
    def recurrent(self) -> CharModel:
        """Return the network, which has to have a hidden state."""
        model, config = self._trainer.model, self._trainer.config
        if not isinstance(model, CharModel):
            raise ExpressionError(
                f"this network, {spec_of(config).title(config)}, has no hidden state"
            )
        return model

    @cached_property
    def logits(self) -> FloatArray:
        """Return what comes out (T, V)."""
        model = self._trainer.model
        found, _ = model.forward(np.array(self.read)[:, None], model.zero_state(1))
        return np.array(found[:, 0], np.float64)

    @property
    def probs(self) -> FloatArray:
        """Return the probabilities made of that (T, V)."""
        return softmax(self.logits)

    @property
    def losses(self) -> FloatArray:
        """Return −ln p of the targets (T,)."""
        return -log_softmax(self.logits)[np.arange(len(self.targets)), self.targets]

    @cached_property
    def steps(self) -> list[ForwardStep[LayerForward]]:
        """Return each time step with what the hidden layer does in it."""
        model = self.recurrent
        state, found = model.zero_state(1), []
        for id, target in zip(self.read, self.targets, strict=True):
            step, state = forward_step(model, id, target, state)
            found.append(step)
        return found

    @cached_property
    def gradients(self) -> Parameters:
        """Return those of the mean loss."""
        twin = self._trainer.model.twin()
        x, y = self._trainer.streams.window(0)
        twin.loss_and_grads(x[:, :1], y[:, :1], twin.zero_state(1))
        return twin.gradients

    @cached_property
    def arrives(self) -> FloatArray:
        """Return ‖∂L_t/∂h_k‖ (T, T); 0 where k > t."""
        found = flow(self.recurrent, np.array(self.read), np.array(self.targets))
        return np.where(np.isnan(found.h[0]), 0.0, found.h[0])
