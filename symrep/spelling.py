"""Terms as text, in the syntax that ``symrep verify`` and SymPy read; binders as calls."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Final

from symrep.term import Term

__all__ = ["spell"]

_CONSTANTS: Final = {"pi": "pi", "e": "E", "euler_gamma": "EulerGamma", "catalan": "Catalan", "i": "I"}
_FUNCTIONS: Final = {"abs": "Abs", "min": "Min", "max": "Max", "heaviside": "Heaviside"}


def spell(t: Term) -> str:
    """The term as text."""
    return _spelled(t, 0)


def _spelled(t: object, tight: int) -> str:
    """``tight``: 0 in a sum, 1 in a product, 2 in a power."""
    if not isinstance(t, tuple):
        return str(t)
    head = t[0] if t and isinstance(t[0], str) else ""
    if head == "num":
        s = str(F(t[1], t[2]))
        return f"({s})" if (tight == 2 and not s.isdigit()) or (tight == 1 and s[0] == "-") else s
    if head == "sym":
        return str(t[1])
    if head == "const":
        return _CONSTANTS.get(t[1], str(t[1]))
    if head == "inf":
        s = "oo" if t[1] > 0 else "-oo"
        return f"({s})" if tight and s[0] == "-" else s
    if head == "index":
        return f"{t[1]}[{', '.join(_spelled(c, 0) for c in t[2:])}]"
    if head == "add":
        s = _spelled(t[1], 0)
        for c in t[2:]:
            p = _spelled(c, 0)
            s += f" - {p[1:]}" if p[0] == "-" else f" + {p}"
        return f"({s})" if tight else s
    if head == "mul":
        return _product(t, tight)
    if head == "pow":
        return _power(t, tight)
    if head == "rel" and len(t) == 4:
        return f"{_spelled(t[2], 1)} {t[1]} {_spelled(t[3], 1)}"
    if head == "fn":
        name = _FUNCTIONS.get(t[1], str(t[1]))
        return f"{name}({', '.join(_spelled(c, 0) for c in t[2:])})"
    if head == "app":
        orders = t[2]
        mark = "'" * orders[0] if len(orders) == 1 else f"_{list(orders)}" if any(orders) else ""
        return f"{t[1]}{mark}({', '.join(_spelled(c, 0) for c in t[3])})"
    return f"{head}({', '.join(_spelled(c, 0) for c in (t[1:] if head else t))})"


def _power(t: Term, tight: int) -> str:
    if t[2] == ("num", 1, 2):
        return f"sqrt({_spelled(t[1], 0)})"
    if t[2] == ("num", -1, 1):
        s = f"1/{_spelled(t[1], 2)}"
        return f"({s})" if tight else s
    s = f"{_spelled(t[1], 2)}**{_spelled(t[2], 2)}"
    return f"({s})" if tight == 2 else s


def _product(t: Term, tight: int) -> str:
    front, parts = F(1), [c for c in t[1:] if c[0] != "num"]
    for c in t[1:]:
        front = front * F(c[1], c[2]) if c[0] == "num" else front
    above = [_spelled(c, 1) for c in parts if not _inverse(c)]
    below = [_spelled(c[1], 2) for c in parts if _inverse(c)]
    if abs(front.numerator) != 1 or not above:
        above = [str(abs(front.numerator)), *above]
    if front.denominator != 1:
        below = [str(front.denominator), *below]
    s = "*".join(above) + (f"/{below[0]}" if len(below) == 1 else f"/({'*'.join(below)})" if below else "")
    s = f"-{s}" if front < 0 else s
    return f"({s})" if tight == 2 or (tight == 1 and s[0] == "-") else s


def _inverse(t: Term) -> bool:
    return t[0] == "pow" and t[2] == ("num", -1, 1)
