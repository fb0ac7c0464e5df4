"""A network that learned fewer symbols, put into one of the same settings for more.

An axis along symbols is V long, or a whole number of times V where a layer sees several places at
once, the symbols innermost (`models.dense`). Which axes those are is where the two networks' shapes
differ; so nothing needs to be known of a kind of network.
"""

from collections.abc import Mapping

from rnn_tui.nn.cell import FloatArray, Parameters


def put_into(grown: Parameters, known: Mapping[str, FloatArray], before: int, now: int) -> None:
    """Copy all that is known; what belongs to new symbols stays as it is.

    Args:
        grown: Arrays by name, those of `now` symbols.
        known: Arrays of the same names, those of `before` symbols, which are the first of `now`.
        before: V of what is known.
        now: V of what is filled.

    Raises:
        ValueError: The arrays are of different networks.
    """
    for name, array in grown.items():
        _put(array, known[name], before, now)


def _put(array: FloatArray, known: FloatArray, before: int, now: int) -> None:
    sizes = [*zip(known.shape, array.shape, strict=True)]
    places = [1 if old == new else old // before for old, new in sizes]
    for number, (old, new) in zip(places, sizes, strict=True):
        if old != new and (old, new) != (number * before, number * now):
            raise ValueError(f"{old} of {before} symbols cannot be {new} of {now}")
    inside = _by_place(known, places)
    _by_place(array, places)[tuple(map(slice, inside.shape))] = inside


def _by_place(array: FloatArray, places: list[int]) -> FloatArray:
    """Return a view with two axes for each: places, and what is at one."""
    sizes = zip(places, array.shape, strict=True)
    return array.reshape([size for number, all_ in sizes for size in (number, all_ // number)])
