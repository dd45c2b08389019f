"""Conditions in words, for messages only: nothing is decided here."""

from __future__ import annotations

from fractions import Fraction

from symrep.kernel.algebra.domain import Domain
from symrep.kernel.algebra.normal import polynomial_in, simplify
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ZERO, Term, div, free_symbols, mul, neg

__all__ = ["negative", "spoken"]


def spoken(t: Term, tight: bool = False) -> str:
    """A term in Python's spelling; ``tight`` where it stands in a product."""
    head = t[0]
    if head == "num":
        text = str(Fraction(t[1], t[2]))
        return f"({text})" if tight and (t[1] < 0 or t[2] != 1) else text
    if head in ("sym", "const"):
        return str(t[1])
    if head == "add":
        out = spoken(t[1])
        for c in t[2:]:
            part = spoken(c)
            out += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
        return f"({out})" if tight else out
    if head == "mul":
        if t[1] == MINUS_ONE and len(t) > 2:
            inner = f"-{spoken(mul(*t[2:]), True)}"
            return f"({inner})" if tight else inner
        return "*".join(spoken(c, True) for c in t[1:])
    if head == "pow":
        return f"{spoken(t[1], True)}**{spoken(t[2], True)}"
    if head == "fn":
        return f"{t[1]}({', '.join(map(spoken, t[2:]))})"
    return "…"


def negative(t: Term, dom: Domain) -> str:
    """``t < 0``, solved for a symbol where that is easy."""
    try:
        for s in sorted(free_symbols(t)):
            cs = polynomial_in(t, s, dom)
            if cs is not None and len(cs) == 2 and cs[1][0] == "num":
                bound = simplify(neg(div(cs[0], cs[1])) if cs[0] != ZERO else ZERO, dom)
                return f"{s} {'<' if cs[1][1] > 0 else '>'} {spoken(bound)}"
    except NotProved:
        pass
    return f"{spoken(t)} < 0"
