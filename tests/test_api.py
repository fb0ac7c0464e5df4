"""What `rnn_tui` exports, and the few lines its docstring and the README show."""

import re
import textwrap
from pathlib import Path

import pytest

import rnn_tui

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", rnn_tui.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(rnn_tui, name)
    assert value.__doc__ if not isinstance(value, dict) else value


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = rnn_tui.nonesuch


def run(code: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "example", "exec"), {})
    return capsys.readouterr().out


def test_the_example_in_the_docstring(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rnn_tui.__doc__ is not None
    code = textwrap.dedent(rnn_tui.__doc__.split("screen:\n", 1)[1])
    assert run(code, capsys, monkeypatch) == "ello\n"


def test_the_example_in_the_readme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert blocks
    for code in blocks:
        assert run(code, capsys, monkeypatch)
