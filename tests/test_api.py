"""What `rnn_tui` exports, and the few lines its docstring and the README show."""

import re
import textwrap
from importlib.util import find_spec
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


def test_the_recipes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "recipes.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 8
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    notebook: dict[str, object] = {}
    said = []
    for number, code in enumerate(blocks):
        if "import pandas" in code and find_spec("pandas") is None:
            continue
        exec(compile(code, f"recipe {number}", "exec"), notebook)
        said.append(capsys.readouterr().out)
    assert all(said)
    assert "('h', 'e', 'l', 'o')" in said[0]
    assert said[3].startswith("hello")
    assert "p" in said[-1]


def test_the_recipes_name_everything() -> None:
    table = (ROOT / "docs" / "recipes.md").read_text().split("## ")[0]
    assert set(re.findall(r"`(\w+)`", table)) - {"rnn_tui"} == set(rnn_tui.__all__)


def test_names_are_listed_for_completion() -> None:
    assert set(rnn_tui.__all__) <= set(dir(rnn_tui))
