"""Clipping by norm and by value."""

import numpy as np
import pytest

from rnn_tui.nn.clip import clip_norm, clip_value


def test_a_long_gradient_is_shortened() -> None:
    g = np.array([3.0, 4.0])
    assert clip_norm(g, 1.0) == 5.0
    assert g == pytest.approx([0.6, 0.8], rel=1e-6)
    assert np.linalg.norm(g) < 1.0


def test_a_short_gradient_stays() -> None:
    g = np.array([3.0, 4.0])
    assert clip_norm(g, 5.1) == 5.0
    assert g.tolist() == [3.0, 4.0]


def test_values_are_cut_at_the_limit() -> None:
    g = np.array([-7.0, -1.0, 0.5, 9.0], np.float32)
    clip_value(g, 2.0)
    assert g.tolist() == [-2.0, -1.0, 0.5, 2.0]
    assert g.dtype == np.float32


def test_a_gradient_that_is_no_number_says_so() -> None:
    g = np.array([np.nan, 1.0])
    assert np.isnan(clip_norm(g, 1.0))
    assert clip_norm(np.array([np.inf, 1.0]), 1.0) == np.inf
