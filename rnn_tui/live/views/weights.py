"""The weights themselves, as the screen shows them."""

import numpy as np

from rnn_tui.inspection.names import layer_of
from rnn_tui.inspection.weight_axes import Axis, axes, grid_shape
from rnn_tui.live.run import Run
from rnn_tui.live.turning import forget_bias, last_update, weights_before
from rnn_tui.live.views.update_matrices import MOST_CELLS, flat
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.flat import views
from rnn_tui.protocol.weights import Sheet, WeightsSeen, WeightsView
from rnn_tui.training.trainer import Trainer

SMALL = 400
"""Weights of a network that has all of them on the screen at once, where there is room."""


def answer(run: Run, view: WeightsView) -> WeightsSeen:
    """Return the page of a parameter that the marked weight is on."""
    trainer = run.trainer
    config, parameters = trainer.config, trainer.model.parameters
    names = tuple(parameters)
    number = min(max(view.number, 0), len(names) - 1)
    name, array = names[number], parameters[names[number]]
    rows, _ = axes(name, config, trainer.model.vocab_size)
    matrix = grid(array, rows)
    place = _within(view.row, matrix.shape[0]), _within(view.column, matrix.shape[1])
    layers = _layers(run)
    pages = [_page(grid(layer[name], rows), place, view) for layer in layers]
    return WeightsSeen(
        names=names,
        shapes=tuple(array.shape for array in parameters.values()),
        number=number,
        shape=(matrix.shape[0], matrix.shape[1]),
        first=pages[0][1],
        page=Sheet(*(page.astype(np.float64) for page, _ in pages)),
        limit=float(np.abs(matrix).max()),
        limit_before=float(np.abs(layers[-2][name]).max()),
        most=float(np.abs(layers[-1][name]).max()),
        place=place,
        value=float(matrix[place]),
        whole=_whole(trainer, layers),
        update=trainer.update,
        keeping=_keeping(trainer, name),
    )


def _layers(run: Run) -> tuple[Parameters, ...]:
    """Return all weights, one for each of what a sheet has."""
    parameters, timeline = run.trainer.model.parameters, run.timeline
    unknown = np.full_like(run.trainer.model.flat, np.nan)
    turned = weights_before(timeline)
    update = last_update(timeline) or (unknown, unknown)
    others = (unknown if turned is None else turned, *update)
    return parameters, *(views(flat, parameters) for flat in others)


def _whole(trainer: Trainer, layers: tuple[Parameters, ...]) -> tuple[Sheet, ...]:
    """Return all parameters of a small network."""
    model, config = trainer.model, trainer.config
    if model.flat.size > SMALL:
        return ()
    rows = {name: axes(name, config, model.vocab_size)[0] for name in model.parameters}
    return tuple(
        Sheet(*(grid(layer[name], rows[name]).astype(np.float64) for layer in layers))
        for name in model.parameters
    )


def grid(array: FloatArray, rows: Axis) -> FloatArray:
    """Lay a parameter flat: a bias with a row for each gate, a convolution's taps side by side."""
    return flat(array) if array.ndim > 1 else array.reshape(grid_shape(array.shape, rows))


def _page(
    matrix: FloatArray, place: tuple[int, int], view: WeightsView
) -> tuple[FloatArray, tuple[int, int]]:
    """Return a part of a matrix: it stands still until the mark leaves it."""
    first, parts = [], []
    for at, most, size in zip(place, (view.rows, view.columns), matrix.shape, strict=True):
        count = min(max(most, 1), MOST_CELLS, size)
        start = min(at // count * count, size - count)
        first.append(start)
        parts.append(slice(start, start + count))
    return matrix[parts[0], parts[1]], (first[0], first[1])


def _keeping(trainer: Trainer, name: str) -> float:
    config, layer = trainer.config, layer_of(name)
    layer = config.num_layers - 1 if layer is None else layer
    return forget_bias(trainer, layer) if spec_of(config).keeping(config, layer) else np.nan


def _within(at: int, size: int) -> int:
    return min(max(at, 0), size - 1)
