"""What a script says about its names: the assignments and function bodies behind them, as syntax trees."""

from __future__ import annotations

import ast
import inspect
import linecache
from collections.abc import Iterator
from functools import lru_cache
from types import FunctionType

__all__ = ["assignments", "returned"]


@lru_cache(maxsize=64)
def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _tree(path: str) -> ast.Module | None:
    return _parsed("".join(linecache.getlines(path))) if path else None


def assignments(path: str, name: str, before: int) -> Iterator[ast.expr]:
    """The right sides of every ``name = …`` above a line, the nearest first. Which it was, its value tells."""
    tree = _tree(path)
    found: list[tuple[int, ast.expr]] = []
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Assign) and node.lineno < before:
            found += [(node.lineno, v) for t in node.targets for v in _given(t, node.value, name)]
        if isinstance(node, ast.AnnAssign) and node.lineno < before and node.value is not None:
            found += [(node.lineno, v) for v in _given(node.target, node.value, name)]
    for _, value in sorted(found, key=lambda f: -f[0]):
        yield value


def _given(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """What an assignment gives to a name, through tuples: ``a, b = 1, 2`` and ``a, b = pair``."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    if not isinstance(target, (ast.Tuple, ast.List)) or any(isinstance(t, ast.Starred) for t in target.elts):
        return
    plain = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
    for i, t in enumerate(target.elts):
        one = (
            value.elts[i]
            if plain and isinstance(value, (ast.Tuple, ast.List))
            else ast.Subscript(value, ast.Constant(i))
        )
        yield from _given(t, ast.copy_location(one, value), name)


def returned(func: FunctionType) -> tuple[tuple[str, ...], ast.expr] | None:
    """(parameters, returned expression) of a function that does nothing but return an expression, else None."""
    code = func.__code__
    tree = _tree(code.co_filename)
    plain = inspect.getfullargspec(func)
    if tree is None or plain.varargs or plain.varkw or plain.kwonlyargs:
        return None
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef) or node.name != func.__name__:
            continue
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        body = [s for s in node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
        if first == code.co_firstlineno and len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value:
            return tuple(plain.args), body[0].value
    return None
