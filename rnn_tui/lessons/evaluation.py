"""Working out an expression: the tree is walked once, and every table has a run's size."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.functions import FUNCTIONS, READS_TEXT, numbers_of
from rnn_tui.lessons.values import ExpressionError, Table, Value, made, told


class Names(Protocol):
    """What is measured."""

    def value(self, name: str) -> Value:
        """Return what is measured under a name."""

    def after(self, text: str) -> Value:
        """Return what the network expects after a text."""


class Numbers:
    """Nothing measured: what a learner types in is numbers alone."""

    def value(self, name: str) -> Value:
        """Refuse any name."""
        raise ExpressionError(f"{name} is no number")

    def after(self, text: str) -> Value:
        """Refuse to ask the network: that would be the answer."""
        raise ExpressionError("a number, please")


_ARITHMETIC: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: np.power,
}
_COMPARISONS: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def evaluate(expression: Expression, names: Names) -> Value:
    """Work an expression out.

    Raises:
        ExpressionError: It asks for something that is not there.
    """
    try:
        return _Walk(names).visit(expression.body)
    except ExpressionError as error:
        raise ExpressionError(f"{expression.source}: {error}") from None


class _Walk:
    def __init__(self, names: Names) -> None:
        self.names = names

    def visit(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool() | str() as constant):
                return constant
            case ast.Constant(value=int() | float() as number):
                return _float(number)
            case ast.Name(id=name):
                return self.names.value(name)
            case ast.Subscript(value=table, slice=keys):
                return self.part(self.visit(table), keys)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(name, [self.visit(argument) for argument in arguments])
            case ast.UnaryOp(op=op, operand=operand):
                return self.unary(op, self.visit(operand))
            case ast.BinOp(left=left, op=op, right=right):
                return _joined(_ARITHMETIC[type(op)], self.visit(left), self.visit(right))
            case ast.BoolOp(op=op, values=values):
                truths = (_truth(self.visit(value)) for value in values)
                return all(truths) if isinstance(op, ast.And) else any(truths)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self.compare(left, ops, others)
        raise ExpressionError("a place is named in [ ] only")

    def part(self, table: Value, keys: ast.expr) -> Value:
        """Return a part of a table."""
        if not isinstance(table, Table):
            raise ExpressionError(f"{told(table)} has no places")
        named = keys.elts if isinstance(keys, ast.Tuple) else [keys]
        return table.at(tuple(self.visit(key) for key in named))

    def call(self, name: str, values: list[Value]) -> Value:
        """Call a function."""
        if name != READS_TEXT:
            return FUNCTIONS[name](*values)
        if not isinstance(values[0], str):
            raise ExpressionError(f'{READS_TEXT} takes a text in quotes, as {READS_TEXT}("hel")')
        return self.names.after(values[0])

    def unary(self, op: ast.unaryop, value: Value) -> Value:
        """Return not, minus or plus of a value."""
        if isinstance(op, ast.Not):
            return not _truth(value)
        return _joined(operator.mul, -1.0 if isinstance(op, ast.USub) else 1.0, value)

    def compare(self, left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> Value:
        """Compare values, each with the next."""
        values = [self.visit(node) for node in (left, *others)]
        found = [
            _compared(_COMPARISONS[type(op)], *pair)
            for op, *pair in zip(ops, values[:-1], values[1:], strict=True)
        ]
        return found[0] if len(found) == 1 else all(map(_truth, found))


def _compared(compare: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    if isinstance(left, str) and isinstance(right, str) and compare in (operator.eq, operator.ne):
        return bool(compare(left, right))
    return _joined(compare, left, right)


def _joined(operation: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    """Join two values, number by number; a single number goes with every one of a table."""
    a, b = (numbers_of(value).astype(np.float64) for value in (left, right))
    if a.ndim and b.ndim and a.shape != b.shape:
        raise ExpressionError(f"{told(left)} does not go with {told(right)}")
    axes = next((value.axes for value in (left, right) if isinstance(value, Table)), ())
    with np.errstate(all="ignore"):
        return made(operation(a, b), axes)


def _truth(value: Value) -> bool:
    if not isinstance(value, bool):
        raise ExpressionError(f"{told(value)} is neither true nor false")
    return value


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        raise ExpressionError("a number is too large") from None
