"""What the code looks like from afar: sizes, importers, names that occur twice.

    python scripts/figures_of_the_code.py [FOLDER]

`__init__.py` files without code are left out. FOLDER holds `rnn_tui` and is this one if not given.
"""

import ast
import statistics
import sys
from collections import Counter
from pathlib import Path

import grimp

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
FLAT = 20
"""More modules than these in one folder are said by name."""


def modules(root: Path) -> dict[str, ast.Module]:
    """Return the syntax tree of every module with code, by its dotted name."""
    trees = {}
    for path in sorted((root / "rnn_tui").rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name != "__init__.py" or any(not isinstance(n, ast.Expr) for n in tree.body):
            trees[name] = tree
    return trees


def lengths(trees: dict[str, ast.Module]) -> list[int]:
    """Lines of every function."""
    nodes = (node for tree in trees.values() for node in ast.walk(tree))
    return sorted((n.end_lineno or 0) - n.lineno + 1 for n in nodes if isinstance(n, FUNCTION))


def main(root: Path) -> None:
    """Print the table."""
    trees = modules(root)
    sys.path.insert(0, str(root))
    graph = grimp.build_graph("rnn_tui", cache_dir=None)
    importers = {name: graph.find_modules_that_directly_import(name) for name in trees}
    lines = [len((root / p).read_text(encoding="utf-8").splitlines()) for p in paths(root)]
    of_functions = lengths(trees)
    folders = Counter(name.rpartition(".")[0] for name in trees)
    files = Counter(name.rpartition(".")[2] for name in trees)
    p95 = of_functions[int(0.95 * len(of_functions))]
    rows = {
        "modules": len(trees),
        "lines": sum(lines),
        "functions": len(of_functions),
        "lines of a function: median, p95, longest": (
            f"{statistics.median(of_functions):.0f}, {p95}, {of_functions[-1]}"
        ),
        "modules that one other imports": sum(len(who) == 1 for who in importers.values()),
        "file names that occur twice or more": sum(count > 1 for count in files.values()),
        f"folders of more than {FLAT} modules": ", ".join(
            f"{folder} {count}" for folder, count in folders.items() if count > FLAT
        )
        or "none",
        "circles of imports between folders": len(graph.nominate_cycle_breakers("rnn_tui")),
    }
    for what, figure in rows.items():
        print(f"| {what} | {figure} |")


def paths(root: Path) -> list[Path]:
    """Every file of the package."""
    return [path.relative_to(root) for path in sorted((root / "rnn_tui").rglob("*.py"))]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve())
