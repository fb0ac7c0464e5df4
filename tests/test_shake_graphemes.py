"""The judge of `python -m shake.graphemes` judged; its short form is in `tests/e2e`."""

import pytest

from shake import graphemes


def test_every_script_and_emoji_are_among_them() -> None:
    everything = set(graphemes.graphemes())
    assert {"한", "ก", "का"[1], "👍🏿", "❤️", "1️⃣", "🇰🇷", "ក", "\u302e"} <= everything
    assert len(everything) > 100_000


@pytest.mark.parametrize("off", [-1, 1])
def test_a_border_elsewhere_is_noticed(monkeypatch: pytest.MonkeyPatch, off: int) -> None:
    monkeypatch.setattr(graphemes, "columns", lambda _, rows: [102] * (len(rows) - 1) + [102 + off])
    monkeypatch.setattr(graphemes, "graphemes", lambda: list("abcdefghijklmnopqrstuvwxyz" * 2))
    tried, wrong = graphemes.shake(["tmux"], 5, 0)
    assert tried == 5
    assert len(wrong) == 1
    assert f"ends at {102 + off}, not 102" in wrong[0]
