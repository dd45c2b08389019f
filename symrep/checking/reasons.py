r"""Reasons beside a row, ``&= -n && \text{because } \sum_k \gamma_k = 1``: equations the row may rest on.

They are claims of their own or were said before; the row is judged without them. Where that makes it wrong, and the
reason is none that holds anyway, nothing is known of the row.
"""

from __future__ import annotations

import re
from typing import Any, Final

import sympy as sp

from symrep.checking.judging import judge
from symrep.checking.model import Link
from symrep.errors import SymrepError
from symrep.reading.latex import read
from symrep.verdict import Status

__all__ = ["for_a_reason"]

_REASON: Final = re.compile(
    r"\\(?:text|mbox|textrm|textit|hbox|intertext)\s*\{[\s(,]*(?:because|since|as|using|by|recall|note|due to|from)\b"
    r"[^{}$]*(?P<inside>\$[^$]*\$)?[^{}$]*\}(?P<after>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ROW: Final = re.compile(r"\\\\(?![A-Za-z])|\\end\s*\{")
_SPACE: Final = re.compile(r"(?:\\[ ,;:!]|\\q?quad(?![A-Za-z])|\s)+")
_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_LONGEST: Final = 400


def for_a_reason(link: Link, body: str, seconds: float) -> str:
    """The equation that is the reason for a line, in the rest of its row, if it says more than what holds anyway."""
    rest = body[link.right.end :]
    end = _ROW.search(rest)
    row = rest[: end.start()] if end is not None else rest
    m = _REASON.search(row[:_LONGEST])
    if m is None:
        return ""
    said = _SPACE.sub(" ", (m["inside"] or "").strip("$") or m["after"]).strip(" &~.,;")
    if "=" not in said or link.scope is None:
        return ""
    return "" if _holds(said, link, seconds) else " ".join(said.split())[:80]


def _holds(said: str, link: Link, seconds: float) -> bool:
    """Is it an equation that holds by itself?"""
    env = link.right.variants[0][0] if link.right.variants else None
    if env is None:
        return False
    try:
        statements = read(said, env).statements
        if len(statements) != 1 or len(statements[0].sides) != 2:
            return False
        a, b = (s.expr for s in statements[0].sides)
        held: Any = isinstance(a, sp.Expr) and isinstance(b, sp.Expr)
        return held and judge(a, "=", b, "", (), seconds).status in (Status.PROVED, Status.SUPPORTED)
    except _FAILS:
        return False
