"""The catalogs hold what the program says, and each translation has what its template has."""

import ast
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "rnn_tui" / "language"
FILES = sorted(FOLDER.glob("*.po"))
IN_BRACES = re.compile(r"\{([\w.]+)\}")
GLUED = re.compile(r"\}(?:[은는이가을를과와]|으로|로|이나|나)(?![가-힣])")
"""A particle whose form depends on what is before it, which is not known; `{time}가지` is none."""


@pytest.fixture(scope="module")
def tool() -> Any:
    spec = importlib.util.spec_from_file_location("tool", ROOT / "scripts" / "make_languages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    with request.param.open("rb") as file:
        return read_po(file, locale=request.param.stem)


def test_there_is_korean() -> None:
    assert "ko" in [file.stem for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_compiled_is_what_is_written(file: Path, tool: Any) -> None:
    assert file.with_suffix(".mo").read_bytes() == tool.compiled(file), "make languages"


def test_nothing_is_missing_and_nothing_is_too_much(catalog: Catalog, tool: Any) -> None:
    wanted = {message.id for message in tool.templates() if message.id}
    assert {message.id for message in catalog if message.id} == wanted, "make languages"
    assert [message.id for message in catalog if message.id and not message.string] == []
    assert not catalog.obsolete


def test_a_translation_has_fields_of_its_template_alone(catalog: Catalog) -> None:
    for message in catalog:
        fields, said = (IN_BRACES.findall(text) for text in (message.id, message.string))
        assert set(said) <= set(fields), message.id
        others = (message.id.count("{") - len(fields), message.string.count("{") - len(said))
        assert len({*others}) == 1, message.string  # of equations: h_{t−1}


def test_edges_are_the_same(catalog: Catalog) -> None:
    """Blanks at an edge part it from what stands beside it."""
    for message in filter(lambda message: message.id, catalog):
        edges = ((text[:1].isspace(), text[-1:].isspace()) for text in (message.id, message.string))
        assert next(edges) == next(edges), message.id


def test_no_particle_is_glued_to_a_value() -> None:
    text = (FOLDER / "ko.po").read_text(encoding="utf-8")
    assert re.findall(r"을\(를\)|이\(가\)|은\(는\)|와\(과\)|\(으\)로", text) == []
    with (FOLDER / "ko.po").open("rb") as file:
        korean = read_po(file, locale="ko")
    assert [m.string for m in korean if GLUED.search(m.string)] == []


def test_what_is_said_is_found_by_the_tool() -> None:
    """Babel does not look into f-strings."""
    for file in sorted((ROOT / "rnn_tui").rglob("*.py")):
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(text, ast.JoinedStr):
                calls = (node for node in ast.walk(text) if isinstance(node, ast.Call))
                assert not any(map(_says, calls)), f"{file}, line {text.lineno}"


def _says(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Name) and call.func.id in ("tr", "mark", "phrase")
    return named and any(isinstance(argument, ast.Constant) for argument in call.args)
