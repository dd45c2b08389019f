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
    """The right sides of every plain ``name = …`` above a line, the nearest first. Which it was, its value tells."""
    tree = _tree(path)
    found = [
        node
        for node in (ast.walk(tree) if tree is not None else ())
        if isinstance(node, ast.Assign)
        and node.lineno < before
        and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]
    for node in sorted(found, key=lambda n: -n.lineno):
        yield node.value


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
