"""What relations between a few names and numbers say: conditions, bounds, moments that are told; no claims."""

from __future__ import annotations

from typing import Any, Final

from symrep.checking.model import Place
from symrep.checking.names import free_names
from symrep.reading.latex import Side, walk
from symrep.reading.latex.unnamed import product_of

__all__ = ["ORDER", "bounding", "constraint", "imaged", "joined", "moment_told", "unread_order", "valued"]

ORDER: Final = ("<", "<=", ">", ">=", "!=")


def moment_told(left: Place, right: Place) -> bool:
    """Is it said what a moment is of which no law tells: with Cov(X, U) = 0, where Var(ε) = σ²?"""
    free = getattr(left.parsed.expr, "free_symbols", ())
    unnamed = any(product_of(s) is not None for s in free)
    simple = right.tree is not None and (valued(right.tree) or right.tree.head == "name")
    return unnamed and simple and left.tree is not None and left.tree.head in ("E", "Var", "Cov")


def imaged(head: Any, target: Place, word: str) -> str:
    r"""Why *with f(z) = \tilde z* defines no constant function: it says where a point goes; empty for other sayings."""
    t = target.tree
    if head is None or not head.parameters or word != "with" or t is None or t.head != "name":
        return ""
    return (
        ""
        if free_names(target) & set(head.parameters)
        else "it says where a function that is not defined takes a point"
    )


def valued(t: Any) -> bool:
    """Is it a number: 1, -1, 1/2?"""
    if t is None:
        return False
    t = t.parts[0] if t.head == "neg" else t
    return t.head == "num" or (t.head == "/" and all(p.head == "num" for p in t.parts))


_POLYNOMIAL: Final = frozenset(("name", "num", "indexed", "+", "-", "*", "/", "^", "neg"))


def constraint(places: list[Place]) -> bool:
    """May it be a condition, such as x² + y² = 1?"""
    left, right = places[0].tree, places[1].tree
    if (
        left is None
        or right is None
        or not (right.head == "num" or (right.head == "neg" and right.parts[0].head == "num"))
    ):
        return False
    return bool(free_names(places[0])) and all(t.head in _POLYNOMIAL for t in walk(left))


def bounding(left: Place, op: str, right: Place) -> bool:
    """Is it a bound of a name by a number, as in 0 < x = a/b < 1?"""
    trees = (left.tree, right.tree)
    if op not in ORDER or any(t is None for t in trees):
        return False
    a, b = ("neg" if t.head == "neg" and t.parts[0].head == "num" else t.head for t in trees)
    return (a, b) in (("name", "num"), ("num", "name"), ("name", "neg"), ("neg", "name"))


def unread_order(side: Side) -> bool:
    """Is it a condition y > max Y, x in {1, 3, 4}, of which one side is not read?"""
    if side.expr is not None or side.tree is None or side.tree.head != "rel":
        return False
    ops = set(side.tree.text.split())
    return bool(ops & set(ORDER)) or ("in" in ops and side.tree.parts[-1].head == "set")


def joined(ops: list[str]) -> str:
    """The relation that follows from several in a row; empty if none does."""
    rest = {o for o in ops if o != "="}
    if not rest:
        return "="
    if len(rest) == 1:
        return rest.pop() if ops.count("!=") < 2 else ""
    if rest in ({"<", "<="}, {">", ">="}):
        return "<" if "<" in rest else ">"
    return ""
