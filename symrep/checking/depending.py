"""Names that depend on what is integrated over: with y = x² said, ∫ y dx is no multiple of y.

As it stands such a line holds for a constant y. Whether it is about one, nobody knows: the x of ∫ p(x|z) p(z) dz is a
value although x = z + ε was said.
"""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.checking.model import Link
from symrep.checking.names import uses
from symrep.notation import Binder, Density
from symrep.reading.latex import name_of, walk

__all__ = ["DEPENDS", "depending", "made_of_one_another", "said_to_depend"]

DEPENDS: Final = (
    "right for a constant, wrong with what was said of its names, one of which depends on what is bound here"
)


def depending(link: Link, *sides: Any) -> bool:
    """Does a name under an integral, a sum or an expectation stand for something with its variable?"""
    lets = {x.name: x.mentions for x in link.scope.lets if x.what == "symbol"} if link.scope is not None else {}
    for a, b in _said(link):
        lets[a] = lets.get(a, frozenset()) | {b}
    for e in (e for side in sides if isinstance(side, sp.Basic) for e in sp.preorder_traversal(side)):
        if isinstance(e, (sp.Integral, sp.Sum, sp.Product)):
            bound = {str(limit[0]) for limit in e.limits}
        elif isinstance(e, Binder):
            bound = {str(v) for v in e.variables}
        else:
            continue
        body = e.args[0]
        for density in body.atoms(Density):
            body = body.xreplace({density: sp.S.One})
        if any(bound & _behind(str(s), lets) for s in body.free_symbols if str(s) not in bound):
            return True
    return False


def _behind(name: str, lets: dict[str, frozenset[str]]) -> set[str]:
    """Everything that a name stands for mentions."""
    out: set[str] = set()
    todo = [name]
    while todo:
        new = lets.get(todo.pop(), frozenset()) - out
        out |= new
        todo += new
    return out


def _said(link: Link) -> list[tuple[str, str]]:
    """Pairs of names of which the words say that the first depends on the second."""
    told = link.scope.environment.told if link.scope is not None else frozenset[str]()
    return [(x.split()[1], x.split()[2]) for x in sorted(told) if x.startswith("depends ")]


def said_to_depend(link: Link) -> bool:
    """Do the words say that one name of a claim depends on another, which is bound in it?"""
    names, bound = uses(link.left) | uses(link.right), set[str]()
    for t in (t for p in (link.left, link.right) if p.tree is not None for t in walk(p.tree)):
        if t.head in ("int", "sum", "E"):
            bound |= {name_of(n) for part in t.parts for n in walk(part) if n.head == "name"}
    return any(a in names and b in bound for a, b in _said(link))


def made_of_one_another(link: Link) -> bool:
    """Is one name of a claim defined by another? Then densities of the two hang together."""
    names = uses(link.left) | uses(link.right)
    lets = () if link.scope is None else link.scope.lets
    return any(x.what in ("symbol", "back") and x.name in names and x.mentions & names for x in lets)
