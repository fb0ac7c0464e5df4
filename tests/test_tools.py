"""What lies beside the package and is run by hand still finds what it needs of it."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = [
    file for folder in ("benchmarks", "scripts", "shake") for file in (ROOT / folder).glob("*.py")
]


def wanted(file: Path) -> Iterator[tuple[str, str]]:
    """Module and name of everything that a file takes from the package; those it runs, too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rnn_tui"):
            yield from ((str(node.module), alias.name) for alias in node.names)


@pytest.mark.parametrize("file", TOOLS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_name_is_there(file: Path) -> None:
    for module, name in wanted(file):
        found = import_module(module)
        assert hasattr(found, name) or import_module(f"{module}.{name}"), (module, name)
