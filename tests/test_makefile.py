"""`make run` from a bare clone: its environment is made, made anew where it does not fit, or the
reason why it cannot be is one line. The Python is real; its pip is a stand-in that fetches nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(
    shutil.which("make") is None or sys.platform == "win32", reason="needs make"
)

PYTHON = f"""#!/bin/sh
case "$*" in
*"< (3, 11)"*) [ -z "$OLD" ] || exit 1 ;;
*ensurepip*) [ -z "$NO_ENSUREPIP" ] || exit 1 ;;
*"version_info[:2]"*) [ -z "$VERSION" ] || {{ echo "$VERSION"; exit; }} ;;
*"-m venv"*)
    echo venv >> "$LOG"
    for folder; do :; done
    {sys.executable} -m venv --clear --without-pip "$folder" || exit
    cp -r "$(dirname "$0")/pip" "$folder"/lib/python3*/site-packages/
    exit ;;
esac
exec {sys.executable} "$@"
"""
PIP = """
import os, signal, sys
from pathlib import Path

with open(os.environ["LOG"], "a") as log:
    print("pip", *sys.argv[1:], file=log)
if os.environ.get("INSTALLING") == "interrupted":
    os.kill(os.getppid(), signal.SIGKILL)
if os.environ.get("INSTALLING") == "fails":
    sys.exit("no network")
site = Path(__file__).parents[1]
(site / "rnn_tui.pth").write_text(os.getcwd())
program = Path(sys.executable).parent / "rnn-tui"
program.write_text("#!/bin/sh\\necho opened\\n")
program.chmod(0o755)
"""


class Clone:
    """A clone with the real Makefile, a Python beside it, and a log of what was made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder / "clone", folder / "log"
        self.python = folder / "python"
        for part in ("Makefile", "pyproject.toml", "scripts/dependency_group.py"):
            (self.folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part, self.folder / part)
        (self.folder / "rnn_tui").mkdir()
        (self.folder / "rnn_tui" / "__init__.py").touch()
        (folder / "pip").mkdir()
        (folder / "pip" / "__main__.py").write_text(PIP)
        self.python.write_text(PYTHON)
        self.python.chmod(0o755)

    def make(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run make; the Python is the default one unless it is named in the words."""
        makefile = (ROOT / "Makefile").read_text("utf-8")
        makefile = makefile.replace("PYTHON ?= python3", f"PYTHON ?= {self.python}")
        (self.folder / "Makefile").write_text(makefile, "utf-8")
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHON", "VENV", "PYTHONPATH", "MFLAGS")
            and not name.startswith("MAKE")  # these tests may be run by a make of their own
        }
        return subprocess.run(
            ["make", *words],
            cwd=self.folder, env={**inherited, "LOG": str(self.log), **variables},
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def opens(self, *words: str, **variables: str) -> None:
        """The screen comes up."""
        done = self.make("run", *words, **variables)
        assert (done.returncode, done.stdout) == (0, "opened\n"), done.stderr

    @property
    def environments(self) -> int:
        """How many were made."""
        return self.log.read_text().splitlines().count("venv")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.mark.parametrize(
    ("variables", "words", "line"),
    [
        ({"NO_ENSUREPIP": "1"}, (), "has no ensurepip, which environments need: apt install "),
        ({"OLD": "1"}, (), "rnn-tui needs Python 3.11 or newer, which "),
        ({}, ("PYTHON=no-such-python",), "which no-such-python is not: make run PYTHON="),
    ],
)
def test_what_is_missing_is_one_line_and_nothing_is_left(
    clone: Clone, variables: dict[str, str], words: tuple[str, ...], line: str
) -> None:
    done = clone.make("run", *words, **variables)
    assert done.returncode == 2
    said, *rest = done.stderr.splitlines()
    assert line in said
    assert [word.partition(":")[0] for word in rest] == ["make"]
    assert not (clone.folder / ".venv").exists()


def test_it_is_made_once(clone: Clone) -> None:
    clone.opens()
    clone.opens()
    assert [line.split()[0] for line in clone.log.read_text().splitlines()] == ["venv", "pip"]
    clone.opens(f"PYTHON={clone.python}")
    assert clone.environments == 1


def rename(clone: Clone) -> None:
    clone.folder = clone.folder.rename(clone.folder.with_name("a clone's other name"))


def copy(clone: Clone) -> None:
    clone.folder = Path(
        shutil.copytree(clone.folder, clone.folder.with_name("copy"), symlinks=True)
    )


def upgrade(clone: Clone) -> None:
    (library,) = (clone.folder / ".venv" / "lib").glob("python3*")
    library.rename(library.with_name("python3.10"))


def lose_python(clone: Clone) -> None:
    python = clone.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/no/python/here")


def test_one_that_does_not_fit_any_more_is_made_anew(clone: Clone) -> None:
    clone.opens()
    for made, change in enumerate((rename, copy, upgrade, lose_python), 2):
        change(clone)
        clone.opens()
        assert clone.environments == made, change
        clone.opens()
        assert clone.environments == made, change


def test_a_python_that_is_named_has_to_be_the_one_in_it(clone: Clone) -> None:
    clone.opens()
    clone.opens(VERSION="(3, 99)")  # of the default one: what is there is good enough
    assert clone.environments == 1
    clone.opens(f"PYTHON={clone.python}", VERSION="(3, 99)")
    assert clone.environments == 2


def test_installing_that_was_interrupted_is_begun_anew_and_a_failure_repeated(
    clone: Clone,
) -> None:
    clone.opens()
    (clone.folder / ".venv" / ".run").unlink()
    assert clone.make("run", INSTALLING="interrupted").returncode == 2
    clone.opens()
    assert clone.environments == 2
    (clone.folder / ".venv" / ".run").unlink()
    failed = clone.make("run", INSTALLING="fails")
    assert (failed.returncode, "no network" in failed.stderr) == (2, True)
    clone.opens()
    assert clone.environments == 2


def test_an_environment_without_the_package_is_begun_anew(clone: Clone) -> None:
    assert clone.make("run", INSTALLING="fails").returncode == 2
    clone.opens()
    assert clone.environments == 2


def test_tools_that_cannot_be_read_are_no_success(clone: Clone) -> None:
    (clone.folder / "pyproject.toml").write_text("[project]\n")
    assert clone.make(".venv/.dev").returncode == 2
    assert not (clone.folder / ".venv" / ".dev").exists()
    shutil.copy(ROOT / "pyproject.toml", clone.folder)
    assert clone.make(".venv/.dev").returncode == 0
    assert "--requirement .venv/dev.txt" in clone.log.read_text()
