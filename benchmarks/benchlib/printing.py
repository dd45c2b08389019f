"""Terms as text that other systems read: written from the tree, node by node."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symrep.claim import Claim

__all__ = ["entry_of", "python"]

Term = tuple[Any, ...]

_NAMES = {
    "abs": "Abs",
    "heaviside": "Heaviside",
    "min": "Min",
    "max": "Max",
    "lambertw": "LambertW",
    **{n: n.capitalize() for n in "ei si ci shi chi".split()},
}
_CONSTANTS = {"pi": "pi", "e": "E", "euler_gamma": "EulerGamma", "catalan": "Catalan", "i": "I"}


def _joined(parts: Iterable[str], by: str) -> str:
    return by.join(parts)


def python(t: Term) -> str:
    """In the syntax of ``symrep verify``; brackets wherever there could be a doubt."""
    head = t[0]
    if head == "num":
        text = str(t[1]) if t[2] == 1 else f"{t[1]}/{t[2]}"
        return f"({text})" if t[1] < 0 or t[2] != 1 else text
    if head == "sym":
        return str(t[1])
    if head == "const":
        return _CONSTANTS[t[1]]
    if head == "inf":
        return "oo" if t[1] > 0 else "-oo"
    if head == "add":
        return "(" + _joined(map(python, t[1:]), " + ") + ")"
    if head == "mul":
        return "(" + _joined(map(python, t[1:]), "*") + ")"
    if head == "pow":
        return f"({python(t[1])})**({python(t[2])})"
    if head == "fn":
        return f"{_NAMES.get(t[1], t[1])}({_joined(map(python, t[2:]), ', ')})"
    if head == "piecewise":
        return "Piecewise(" + _joined((f"({python(v)}, {python(c)})" for c, v in t[1:]), ", ") + ")"
    if head == "diff":
        return f"Derivative({python(t[1])}, {t[2]})"
    if head in ("integral", "sum", "product"):
        limits = _joined((f"({x}, {python(a)}, {python(b)})" for x, a, b in t[2:]), ", ")
        return f"{head.capitalize()}({python(t[1])}, {limits})"
    if head == "rel":
        if t[1] in ("==", "!="):
            return f"{'Eq' if t[1] == '==' else 'Ne'}({python(t[2])}, {python(t[3])})"
        return f"({python(t[2])} {t[1]} {python(t[3])})"
    if head in ("and", "or"):
        return f"{head.capitalize()}({_joined(map(python, t[1:]), ', ')})"
    if head == "not":
        return f"Not({python(t[1])})"
    if head == "true":
        return "True"
    raise ValueError(f"no text for {head}")


def entry_of(name: str, claim: Claim) -> dict[str, Any]:
    """A claim as an entry of a file for ``symrep verify``."""
    given = [f"{python(a)} {op} {python(b)}" for _, op, a, b in claim.context.given]
    data, symbols = claim.data, dict(claim.context.symbols)
    return {"id": name, "symbols": symbols, "given": given, "lhs": python(data["lhs"]), "rhs": python(data["rhs"])}
