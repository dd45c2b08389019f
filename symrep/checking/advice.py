"""What an author could write so that an undecided line is decided: pragmas by their words, for its names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import sympy as sp

from symrep.checking.meeting import undetermined
from symrep.reading.latex.joints import has_joint
from symrep.symbols import DomainSymbol

__all__ = ["advised"]

_SCRIPT: Final = re.compile(r'write function\("(\w+)", ([^()]*)\)')
_MOST: Final = 3


def advised(message: str, sides: Iterable[Any]) -> str:
    """The message, with what would help: pragmas as documents have them."""
    exprs = [e for e in sides if isinstance(e, sp.Expr)]
    said = _SCRIPT.sub(lambda m: f"write in a comment symrep: function {m[1]} ({m[2]})", message)
    if said != message:
        return said
    more = _help(message, exprs)
    return f"{message}; {more}" if more else message


def _help(message: str, exprs: list[Any]) -> str:
    functions = sorted({f for e in exprs for f in undetermined(e) if not has_joint((f,))})
    if functions and "class" in message:
        named = ", ".join(f"{f} (smooth=1, growth=2)" for f in functions[:_MOST])
        return f"what helps is to say what they are, or in a comment symrep: function {named}"
    free = sorted({s.name for e in exprs for s in e.free_symbols if isinstance(s, DomainSymbol) and s.kind == "real"})
    if not free or has_joint(free):
        return ""
    if "integer" in message:
        return f"if they are whole numbers, say in a comment symrep: assume {free[0]} positive integer"
    if "points" in message or "converge" in message:
        listed = ", ".join(f"{n} > 0" for n in free[:_MOST])
        return f"what is assumed of its names helps, in a comment symrep: assume {listed}, as far as it holds"
    return ""
