"""A function's docstring says what to do; of what begins with no verb ruff's D401 knows a part."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1] / "rnn_tui"
NO_VERB = {
    "A", "An", "How", "If", "Its", "That", "The", "What", "When", "Where", "Whether", "Which",
    "Who", "Why",
}  # fmt: skip


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that are no properties: those say what they are."""
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f for f in found if "property" not in {ast.unparse(d) for d in f.decorator_list}]


def test_they_begin_with_a_verb() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{function.name}: {doc.splitlines()[0]}"
        for file in sorted(ROOT.rglob("*.py"))
        for function in functions(ast.parse(file.read_text("utf-8")))
        if (doc := ast.get_docstring(function)) and doc.split(" ")[0] in NO_VERB
    ]
    assert not wrong, "\n".join(wrong)
