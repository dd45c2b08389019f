"""The derivations of a script, found without running it."""

from __future__ import annotations

import ast

__all__ = ["decorated", "syntax_error"]


def syntax_error(text: str) -> str:
    """``LINE: script: …`` if it is not Python, else nothing."""
    try:
        ast.parse(text)
    except SyntaxError as e:
        return f"{e.lineno or 1}: script: valid Python; got {e.msg}"
    except (ValueError, RecursionError) as e:
        return f"1: script: valid Python; got {e}"
    return ""


def decorated(text: str) -> list[ast.FunctionDef]:
    """The functions that bear ``@derivation``; none if it is not Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [n for n in tree.body if isinstance(n, ast.FunctionDef) and any(map(_says, n.decorator_list))]


def _says(decorator: ast.expr) -> bool:
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (isinstance(name, ast.Name) and name.id == "derivation") or (
        isinstance(name, ast.Attribute) and name.attr == "derivation"
    )
