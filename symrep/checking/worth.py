"""What the LaTeX of a definition stands for, as it is read among others."""

from __future__ import annotations

from typing import Any, Final

from symrep.errors import SymrepError
from symrep.reading.latex import Environment, read

__all__ = ["guarded", "law_of", "value"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def value(latex: str, env: Environment) -> Any:
    """What a LaTeX expression stands for, or None."""
    reading = read(latex, env)
    statements = reading.statements
    if len(statements) != 1 or len(statements[0].sides) != 1:
        return None
    return statements[0].sides[0].expr


def law_of(line: str, env: Environment) -> Any:
    r"""The law in ``x \sim …``, or None."""
    statements = read(line, env).statements
    if len(statements) != 1 or len(statements[0].sides) != 2:
        return None
    return statements[0].sides[1].expr


def guarded(latex: str, env: Environment) -> Any:
    try:
        return value(latex, env)
    except _FAILS:
        return None
