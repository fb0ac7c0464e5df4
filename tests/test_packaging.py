"""What a stranger who installs the package gets, and what those who work on it get besides."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("group", ["dev", "oracle"])
def test_the_makefile_reads_a_group_as_it_stands(group: str) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "dependency_group.py"), group]
    done = subprocess.run(script, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == PROJECT["dependency-groups"][group]
    assert f"dependency_group.py {group} >" in (ROOT / "Makefile").read_text("utf-8")


def test_tools_for_work_on_it_are_no_extras() -> None:
    extras = {"web", "onnx", "tensorboard", "cluster"}
    assert set(PROJECT["project"]["optional-dependencies"]) == extras


def test_what_is_used_from_the_inside_has_an_upper_bound() -> None:
    project = PROJECT["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["web"]]
    inside = [name for name in named if name.startswith(("textual", "shtab"))]
    assert len(inside) == 3
    assert all(",<" in requirement for requirement in inside)
