"""The little language of lessons: what may stand in an expression, found before any run.

Python's parser reads it, and only the nodes named here are let through: numbers, names, quoted
characters, indices, arithmetic, comparisons, and/or/not, and calls of known functions. There are
no attributes, no loops and no assignments, so nothing can be reached but what is measured.
"""

import ast
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rnn_tui.lessons.functions import FUNCTIONS, READS_TEXT
from rnn_tui.lessons.values import ExpressionError
from rnn_tui.slips import near

LONGEST, MOST_NODES = 300, 120
"""Characters, and parts of an expression: no line of a lesson comes near them."""
LONGEST_TEXT = 60
"""Characters in quotes."""

_ALLOWED = (
    ast.Expression, ast.Constant, ast.Name, ast.Load, ast.Subscript, ast.Tuple, ast.Call,
    ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.UnaryOp, ast.USub, ast.UAdd,
    ast.Not, ast.BoolOp, ast.And, ast.Or, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt,
    ast.GtE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that can be worked out."""

    source: str
    body: ast.expr
    names: tuple[str, ...]
    """The measured names in it."""

    def require(self, known: Collection[str]) -> None:
        """Refuse names that are not measured."""
        for name in self.names:
            if name not in known:
                hint = near(name, known) or f"there are {', '.join(sorted(known))}"
                raise ExpressionError(f"{self.source}: there is no {name}; {hint}")


@lru_cache(1024)
def parse(source: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: It is none, or more than the language has.
    """
    source = source.replace("\n", " ").strip()
    if len(source) > LONGEST:
        raise ExpressionError(f"{source[:30]}…: longer than {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)  # 1[2] and the like
            tree = ast.parse(source, mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"{source}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{source}: it cannot be read") from error
    nodes = list(ast.walk(tree))
    if len(nodes) > MOST_NODES:
        raise ExpressionError(f"{source[:30]}…: too many parts; divide it")
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        if why := _refused(node, called):
            raise ExpressionError(f"{source}: {why}")
    names = [node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in called]
    return Expression(source, tree.body, tuple(dict.fromkeys(names)))


def _refused(node: ast.AST, called: Collection[int]) -> str:
    """Return why a node may not stand in an expression; empty where it may."""
    if not isinstance(node, _ALLOWED):
        return f"no place for {_kind(node)} in an expression"
    match node:
        case ast.Constant(value=bool()):
            return ""
        case ast.Constant(value=str() as text):
            return "" if len(text) <= LONGEST_TEXT else f"at most {LONGEST_TEXT} characters"
        case ast.Constant(value=int() | float()):
            return ""
        case ast.Constant():
            return f"no place for {node.value!r} in an expression"
        case ast.Call(func=ast.Name(id=name)):
            return _refused_call(node, name)
        case ast.Call():
            return "only functions that have a name can be called"
        case ast.Name(id=name) if name in (*FUNCTIONS, READS_TEXT) and id(node) not in called:
            return f"{name} is a function: {name}(…)"
    return ""


def _refused_call(node: ast.Call, name: str) -> str:
    if name != READS_TEXT and name not in FUNCTIONS:
        known = (*FUNCTIONS, READS_TEXT)
        hint = near(name, known) or f"there are {', '.join(sorted(known))}"
        return f"there is no function {name}; {hint}"
    if node.keywords:
        return f"{name} takes no named values"
    many = name in ("min", "max") and len(node.args) > 1
    return "" if len(node.args) == 1 or many else f"{name} takes one value"


def _kind(node: ast.AST) -> str:
    words = {"Attribute": "a dot", "Lambda": "lambda", "Slice": "a colon", "IfExp": "if"}
    name = type(node).__name__
    return words.get(name, name.lower())
