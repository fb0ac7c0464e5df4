import sys

import pytest

from rnn_tui.plain.output import for_terminal


def test_an_output_that_the_shell_has_closed_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as after >&-
    assert for_terminal("a\x1b[2J\n") == "a\x1b[2J\n"
