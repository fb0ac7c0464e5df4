"""The completion scripts, in the shells that are installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from rnn_tui.cli import COMMANDS, main
from tests.cli.forked import run_forked

ROOT = Path(__file__).parents[2]
SHELLS = ("bash", "zsh", "fish")

BASH = """
source "$1"
shift
complete -p rnn-tui
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
compopt() { :; }
_shtab_rnn_tui
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "source $argv[1]; complete -C $argv[2] | cut -f 1"

CASES = [
    ("rnn-tui tr", {"train"}),
    ("rnn-tui corpora/hello.txt --ce", {"--cell"}),
    ("rnn-tui corpora/hello.txt --cell ", {"rnn", "lstm", "gru"}),
    ("rnn-tui train corpora/hello.t", {"corpora/hello.txt"}),
    ("rnn-tui train hel", {"hello"}),
    ("rnn-tui kor", {"korean"}),
    ("rnn-tui eval net.safetensors tide", {"tidebook"}),
    ("rnn-tui help", {"help"}),
    ("rnn-tui help pre", {"predict", "presets"}),
    ("rnn-tui sample net.safetensors --top", {"--top-k", "--top-p"}),
    ("rnn-tui eval net.safetensors corpora/hello.t", {"corpora/hello.txt"}),
    ("rnn-tui learn ga", {"gates"}),
    ("rnn-tui learn --check va", {"vanishing"}),
    ("rnn-tui learn corpora/hello.t", {"corpora/hello.txt"}),
    ("rnn-tui train --resume corpora/hello.t", {"corpora/hello.txt"}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the scripts of all shells are."""
    folder = tmp_path_factory.mktemp("completion")
    every = run_forked([["--print-completion", shell] for shell in SHELLS])
    for shell, done in zip(SHELLS, every, strict=True):
        assert (done.returncode, done.stderr) == (0, b"")
        (folder / f"_rnn-tui.{shell}").write_bytes(done.stdout)
    return folder


def script(shell: str, folder: Path) -> Path:
    """The script as a file; skips where the shell is not installed."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    return folder / f"_rnn-tui.{shell}"


def output(*command: str) -> list[str]:
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60, input=""
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_accepts_its_script(shell: str, folder: Path) -> None:
    assert output(shell, "-n", str(script(shell, folder))) == []


def test_bash(folder: Path) -> None:
    path = str(script("bash", folder))
    for line, expected in CASES:
        defined, *found = output("bash", "-c", BASH, "bash", path, *line.split(" "))
        assert set(found) == expected, line
        assert "-o default" in defined  # else no corpus is offered where commands are


def test_fish(folder: Path) -> None:
    path = str(script("fish", folder))
    for line, expected in [*CASES, ("rnn-tui corpora/hello.t", {"corpora/hello.txt"})]:
        assert set(output("fish", "--no-config", "-c", FISH, path, line)) == expected, line


@pytest.mark.parametrize("way", ["eval", "fpath"])
def test_zsh_knows_it_after_compinit(way: str, folder: Path, tmp_path: Path) -> None:
    """As docs/commands.md has it for `~/.zshrc`, and from a file."""
    file = Path(shutil.copy(script("zsh", folder), tmp_path / "_rnn-tui"))
    init = "autoload -Uz compinit && compinit -D -u"
    lines = {
        "eval": f'{init}; eval "$(cat {file})"',
        "fpath": f"fpath=({tmp_path} $fpath); {init}",
    }
    (found,) = output("zsh", "-f", "-c", f"{lines[way]}; print -r -- $_comps[rnn-tui]")
    assert found == ("_rnn-tui" if way == "fpath" else "_shtab_rnn_tui")


def test_zsh_hears_of_files_beside_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """What is put into the library's text finds its place there."""
    with pytest.raises(SystemExit):
        main(["--print-completion", "zsh"])
    text = capsys.readouterr().out
    assert "_describe 'rnn-tui commands' _commands\n  _shtab_rnn_tui_texts\n" in text
    assert "_shtab_rnn_tui_texts() { _files; compadd hello " in text
    assert "        *) _arguments -C -s $_shtab_rnn_tui_options ;;\n      esac" in text
    for name in COMMANDS:
        assert f"        {name}) _arguments -C -s $_shtab_rnn_tui_{name}_options ;;" in text


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        main(["--print-completion", "csh"])
    assert exit.value.code == 2
    assert "'csh' is none of bash, zsh, fish" in capsys.readouterr().err
