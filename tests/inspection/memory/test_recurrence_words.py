"""What W_hh does to what is remembered, in words."""

import pytest

from rnn_tui.inspection.memory.recurrence import Recurrence
from rnn_tui.inspection.memory.recurrence_words import LITTLE, sentences
from rnn_tui.training.settings.presets import PRESETS


@pytest.mark.parametrize("radius", [0.0, 0.9 * LITTLE, 1.1 * LITTLE, 0.5])
def test_where_nothing_is_left_after_a_step_no_half_life_is_told(radius: float) -> None:
    found = Recurrence((radius,), 0.5, 0.5)
    said = sentences(found, PRESETS["hello"])[0]
    assert ("nothing of what is in h is left after one step" in said) == (radius < LITTLE)
    assert ("to half in" in said) == (radius >= LITTLE)
