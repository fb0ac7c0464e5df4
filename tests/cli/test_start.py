"""What the program loads before it is needed, and what it says of itself."""

import subprocess
import sys

import pytest

import rnn_tui

HEAVY = ("numpy", "textual", "rich", "safetensors", "asyncio", "multiprocessing")
SLOW = ("dataclasses", "inspect", "pathlib", "shutil", "tomllib", "platformdirs", "unicodedata")
"""Each alone takes a tenth of the time in which `--help` is to answer, or more."""


def modules_after(code: str) -> set[str]:
    """Names of the modules a clean interpreter holds after running `code`, whatever it prints."""
    tells = "print('\\n'.join(sys.modules), file=sys.stderr)"
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\n{tells}"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(option: str) -> None:
    loaded = modules_after(f"from rnn_tui.cli import main; main(['{option}'])")
    assert "rnn_tui.cli" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert (loaded - modules_after("pass")).isdisjoint(SLOW)


def test_training_without_a_screen_loads_no_textual() -> None:
    loaded = modules_after(
        "from rnn_tui.cli import main; main(['train', 'corpora/hello.txt', '--updates', '1'])"
    )
    assert "rnn_tui.plain.train.run" in loaded
    assert "textual" not in loaded


def test_the_package_itself_is_light() -> None:
    assert modules_after("import rnn_tui").isdisjoint(HEAVY)


def test_the_first_frame_waits_for_no_other_screen() -> None:
    loaded = modules_after("import rnn_tui.tui.app, rnn_tui.tui.screens.train")
    others = {f"rnn_tui.tui.screens.{name}" for name in ("unrolled", "backprop", "gradients")}
    later = {"rnn_tui.tui.screens.help", "rnn_tui.tui.widgets.find_bar", "rnn_tui.nn.cell"}
    later |= {f"rnn_tui.tui.{layer}.unrolled" for layer in ("renderables", "widgets")}
    assert loaded.isdisjoint(others | later)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from rnn_tui.cli import main

    with pytest.raises(SystemExit) as exit:
        main(["--version"])
    assert exit.value.code == 0
    assert capsys.readouterr().out == f"rnn-tui {rnn_tui.__version__}\n"


def test_help_names_every_option_and_command(capsys: pytest.CaptureFixture[str]) -> None:
    from rnn_tui.cli import COMMANDS, main

    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for word in (*COMMANDS, "--preset", "--cell", "--until-loss", "--fps", "--units", "--no-clip"):
        assert word in text
