"""One update by plain loops, of a network without a hidden state in its first window."""

from typing import Any

import numpy as np

from rnn_tui.models.plain_windows import cnn, dense
from tests.live.plain_update import PlainUpdate, Sequence
from tests.nn.oracle import Array, Arrays


class PlainWindow(PlainUpdate):
    """What a walk through such an update has to show."""

    def _run(self, x: Array, y: Array, start: Any) -> Sequence:
        del start  # nothing was read before
        made, T, config = Sequence(x, y), len(x), self.config
        W, relu = self.weights["linear.weight"], config.activation == "relu"
        one_hot = np.eye(len(W))[x]
        if config.network == "cnn":
            run: Any = cnn(self.weights, one_hot, relu=relu)
        else:
            run = dense(self.weights, one_hot, config.context, relu=relu)
        made.logits = np.array([run.y[t] for t in range(T)])
        made.probs = np.exp(made.logits) / np.exp(made.logits).sum(axis=1, keepdims=True)
        made.losses = -np.log(made.probs[np.arange(T), y])
        made.dlogits = (made.probs - np.eye(len(W))[y]) / (T * self.B)
        made.inputs = [one_hot, *([h[t] for t in range(T)] for h in run.h[:-1])]  # type: ignore[list-item]
        dh = {t: W.T @ made.dlogits[t] for t in range(T)}
        through, around = dh, None
        for layer in reversed(range(len(run.h))):
            a, h = run.a[layer], run.h[layer]
            slope = {t: (a[t] > 0) * 1.0 if relu else 1 - np.tanh(a[t]) ** 2 for t in range(T)}
            da = {t: dh[t] * slope[t] for t in range(T)}
            found = {"a": a, "h": h, "dh": dh, "slope": slope, "da": da, "through": through}
            found |= {"around": around} if around else {}
            found["dh_next"] = {t: np.zeros(len(dh[t])) for t in range(T)}
            made.layers.insert(0, found)
            made.dh_above.insert(0, np.array([dh[t] for t in range(T)]))
            through = {t: np.zeros(len(da[t])) for t in range(T)}
            for t in range(T):
                for tap, back in self.taps(layer):
                    if t >= back and layer:
                        through[t - back] += tap.T @ da[t]
            residual = config.network == "cnn" and layer
            around = dh if residual else None
            dh = {t: through[t] + dh[t] for t in dh} if residual else through
        return made

    def taps(self, layer: int) -> list[tuple[Array, int]]:
        """The weights by what they read, the furthest first, and how many time steps back it is."""
        if self.config.network == "cnn":
            W = self.weights[f"conv.{layer}.weight"]
            k = W.shape[2]
            return [(W[:, :, j], (k - 1 - j) * 2**layer) for j in range(k)]
        W = self.weights[f"hidden.{layer}.weight"]
        if layer:
            return [(W, 0)]
        K = self.config.context
        return [(block, K - 1 - j) for j, block in enumerate(np.split(W, K, axis=1))]

    def terms(self, sequence: Sequence, layer: int, t: int) -> list[Array]:
        """What each tap adds."""
        return [
            tap @ sequence.inputs[layer][t - back] if t >= back else np.zeros(len(tap))
            for tap, back in self.taps(layer)
        ]

    def _added(self, sequence: Sequence, t: int, layer: int | None) -> Arrays:
        if layer is None:
            return super()._added(sequence, t, layer)
        da, kind = sequence.layers[layer]["da"][t], self.config.network
        name = f"{'conv' if kind == 'cnn' else 'hidden'}.{layer}"
        blocks = [
            np.outer(da, sequence.inputs[layer][t - back]) if t >= back else np.zeros_like(tap)
            for tap, back in self.taps(layer)
        ]
        dW = np.stack(blocks, axis=2) if kind == "cnn" else np.concatenate(blocks, axis=1)
        return {f"{name}.weight": dW, f"{name}.bias": da}
