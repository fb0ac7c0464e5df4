import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.errors import InputError
from rnn_tui.text import streams as streams_module
from rnn_tui.text.streams import Streams, fit
from rnn_tui.text.vocab import IntArray

SIZES = st.tuples(st.integers(2, 200), st.integers(1, 60), st.integers(1, 30))


def epoch(streams: Streams) -> list[tuple[IntArray, IntArray]]:
    return [streams.window(i) for i in range(streams.windows_per_epoch)]


@given(SIZES, st.booleans())
def test_every_stream_is_read_once_and_targets_are_one_further(
    sizes: tuple[int, int, int], large: bool
) -> None:
    length, steps, batch = sizes
    steps, batch, _ = fit(length, steps, batch)
    ids = np.arange(length, dtype=np.uint8)
    streams = Streams(ids, steps, batch)
    if large:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(streams_module, "WIDEN_AT_MOST", 0)
            streams = Streams(ids, steps, batch)
    windows = epoch(streams)
    each = (length - 1) // batch
    x = np.concatenate([x for x, _ in windows])
    y = np.concatenate([y for _, y in windows])
    assert x.T.ravel().tolist() == list(range(batch * each))
    assert np.array_equal(y, x + 1)
    assert all(x.dtype == y.dtype == np.intp for x, y in windows)
    assert {len(x) for x, _ in windows[:-1]} <= {steps}
    assert 1 <= len(windows[-1][0]) <= steps
    assert length - 1 - batch * each < batch


def test_windows_by_hand() -> None:
    """Thirteen characters, two streams of six, windows of four: a full one and one of two."""
    streams = Streams(np.arange(20, 33, dtype=np.uint16), 4, 2)
    (x, y), (last_x, last_y) = epoch(streams)
    assert x.T.tolist() == [[20, 21, 22, 23], [26, 27, 28, 29]]
    assert y.T.tolist() == [[21, 22, 23, 24], [27, 28, 29, 30]]
    assert last_x.T.tolist() == [[24, 25], [30, 31]]
    assert last_y.T.tolist() == [[25, 26], [31, 32]]


@pytest.mark.parametrize("limit", [0, 1_000])
def test_windows_cannot_be_written_to_nor_asked_for_outside_the_epoch(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams_module, "WIDEN_AT_MOST", limit)
    streams = Streams(np.arange(9, dtype=np.uint8), 3, 2)
    for array in streams.window(1):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 0
    for index in (-1, 2):
        with pytest.raises(IndexError):
            streams.window(index)


def test_a_stretch_of_a_text_works_as_a_text() -> None:
    ids = np.arange(100, dtype=np.uint8)
    x, _ = Streams(ids[40:71:2], 5, 3).window(0)
    assert x.T.tolist() == [[40, 42, 44, 46, 48], [50, 52, 54, 56, 58], [60, 62, 64, 66, 68]]


def test_too_many_streams_are_refused() -> None:
    with pytest.raises(InputError, match="5 characters are too few for 7 streams"):
        Streams(np.zeros(5, np.uint8), 3, 7)


@given(SIZES)
def test_fitted_sizes_always_work_and_never_grow(sizes: tuple[int, int, int]) -> None:
    length, asked_steps, asked_batch = sizes
    steps, batch, notes = fit(length, asked_steps, asked_batch)
    assert 1 <= steps <= asked_steps
    assert 1 <= batch <= asked_batch
    assert steps * batch <= length - 1
    assert bool(notes) == ((steps, batch) != (asked_steps, asked_batch))


def test_what_shrank_is_said() -> None:
    assert fit(5, 4, 1) == (4, 1, ())
    assert fit(100_000, 50, 50) == (50, 50, ())
    assert fit(5, 25, 50) == (
        4,
        1,
        (
            "The text is short (5 characters): windows shrink from 25 to 4 time steps,"
            " the batch shrinks from 50 to 1 streams.",
        ),
    )
    assert fit(1_001, 50, 50) == (
        50,
        20,
        ("The text is short (1,001 characters): the batch shrinks from 50 to 20 streams.",),
    )
    with pytest.raises(InputError, match="at least 2"):
        fit(1, 4, 1)
