"""Arithmetic in words a person can edit: names, numbers, + - * / **, min, max, exp and functions of the book."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {"min": np.minimum, "max": np.maximum, "exp": np.exp}
_LONGEST = 500


class FormulaError(Exception):
    """A formula cannot be read; says why."""


def parsed(text: str, names: set[str], functions: set[str]) -> ast.expr:
    """The formula, once it is known to hold nothing but arithmetic over names that exist.

    Raises:
        FormulaError: it holds something else.
    """
    if len(text) > _LONGEST:
        raise FormulaError(f"the formula is longer than {_LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as problem:
        raise FormulaError("this is not arithmetic") from problem
    _require(tree, names, functions | set(_FUNCTIONS))
    return tree


def _require(node: ast.expr, names: set[str], functions: set[str]) -> None:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            _require(left, names, functions)
            _require(right, names, functions)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _require(operand, names, functions)
        case ast.Constant(value=int() | float()):
            return
        case ast.Name(id=name):
            if name not in names:
                raise FormulaError(f"'{name}' is no name here; known: {', '.join(sorted(names))}")
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            if name not in functions:
                raise FormulaError(f"'{name}' is no function here; known: {', '.join(sorted(functions))}")
            for one in args:
                _require(one, names, functions)
        case _:
            raise FormulaError(f"'{ast.unparse(node)}' is not arithmetic")


def evaluated(node: ast.expr, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
    """The value of a parsed formula; arrays of draws go through as they are."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](evaluated(left, names, functions), evaluated(right, names, functions))
        case ast.UnaryOp(operand=operand):
            return -evaluated(operand, names, functions)
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]
        case ast.Name(id=name):
            return names[name]
        case ast.Call(func=ast.Name(id=name), args=args):
            return ({**_FUNCTIONS, **functions})[name](*(evaluated(one, names, functions) for one in args))
    raise AssertionError(node)  # pragma: no cover


def names_in(node: ast.expr) -> set[str]:
    """The names a formula holds, functions among them."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
