r"""Names that are numbers and functions both: ``\sigma > 0`` and ``\sigma(\theta) = …``, p(x; η) and ``p = …``.

Where a formula says what such a name is as the other of the two, it is applied to what is in brackets from there on,
and stays the number it was without them. π that is said to be something may be a name, and nothing with it is wrong.
"""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.bare import numbers_in
from symrep.checking.facts import Fact
from symrep.checking.model import Link
from symrep.checking.names import name_of_tree
from symrep.checking.telling import differ
from symrep.law import Law
from symrep.reading.documents import Document
from symrep.reading.latex import Environment, Reading, Side, Statement, name_of, walk
from symrep.reading.latex.joints import LETTERS

__all__ = ["both_in", "letters_taken", "named_pi", "renamed"]

_NAME: Final = r"\\?[A-Za-z]+(?:_(?:\w|\{\w{1,12}\}))?"
_CALLED: Final = re.compile(
    rf"\s*(?P<f>{_NAME})(?:\s|\\[,;! ])*(?:\\left|\\[bB]igl?)?\(\s*(?P<x>{_NAME})\s*(?:\\right|\\[bB]igr?)?\)[\s.,;]*"
)
_NEVER: Final = frozenset(("e", "i", "d", "pi", "E", "P"))
_POLICY: Final = re.compile(
    r"(?:\A|[,;]|\\\\|\\q?quad)\s*&?\s*\\pi(?:_\\?[A-Za-z]+)?\s*\(\s*\\?[A-Za-z]+\s*(?:[,|]|\\mid)?[^()=]{0,20}\)\s*&?\s*:?="
)
_PI: Final = "it says what π is: a name here, and not the number?"


def both_in(reading: Reading, text: str, environment: Environment) -> frozenset[str]:
    """The names that a formula uses as the other of the two."""
    found = set(numbers_in(text, environment))
    for statement in (st for row in reading.rows for st in row.statements):
        ops = [s.op for s in statement.relations]
        if not ops or any(o not in ("=", ":=") for o in ops) or statement.inherits:
            continue
        for k, side in enumerate(statement.sides[:-1]):
            name = _function(side, text, environment)
            if name and all(differ(side.expr, other.expr) for other in statement.sides if other is not side):
                found.add(name)  # λ(t) = λ e^{-t}: no product, which would not be that
                continue
            name = _number(side, statement, environment)
            if name and not any(name in _names(other) for other in statement.sides if other is not side):
                argument = _argument(side)
                if not argument or any(argument in _names(other) for other in statement.sides[k + 1 :]):
                    found.add(name)
    return frozenset(found)


def _function(side: Side, text: str, environment: Environment) -> str:
    """The σ of a side σ(θ) that is a number so far."""
    t = side.tree
    if t is None or t.head != "*" or len(t.parts) != 2 or any(x.head != "name" for x in t.parts):
        return ""
    if _CALLED.fullmatch(text[side.start : side.end]) is None:
        return ""
    name = name_of(t.parts[0])
    return name if environment.is_symbol(name) and name not in _NEVER and name != name_of(t.parts[1]) else ""


def _number(side: Side, statement: Statement, environment: Environment) -> str:
    """The p of a side p that is a density so far, where it is said to be a number."""
    name = name_of(side.tree) if side.tree is not None and side.tree.head == "name" else ""
    if name.partition("_")[0] not in LETTERS or name in environment.densities or not environment.is_function(name):
        return ""
    others = [s for s in statement.sides if s is not side]
    if any(isinstance(s.expr, Law) or s.tree is None or s.tree.head in ("name", "dist") for s in others):
        return ""
    return name if any(not s.unread for s in others) else ""


def _argument(side: Side) -> str:
    t = side.tree
    return name_of(t.parts[1]) or "" if t is not None and t.head == "*" else ""


def _names(side: Side) -> set[str]:
    return set() if side.tree is None else {name_of(t) for t in walk(side.tree) if t.head in ("name", "vec")}


def letters_taken(document: Document) -> list[Fact]:
    """That π is a function, a policy, where a formula says what π(a) is."""
    policy = next((f for f in document.formulas if _POLICY.search(f.body.text)), None)
    return [] if policy is None else [Fact("function", "pi", said="π(…) = …", start=policy.start, end=policy.end)]


def named_pi(links: list[Link]) -> bool:
    r"""Does one of the claims say what π is: ``\pi = \sigma(\theta)``?"""
    return any(_says_pi(a, b) for n in links if n.op == "=" for a, b in ((n.left, n.right), (n.right, n.left)))


def _says_pi(a: object, b: object) -> bool:
    tree, other = getattr(a, "tree", None), getattr(b, "tree", None)
    if tree is None or other is None or name_of_tree(tree) != "pi":
        return False
    return any(t.head == "name" and name_of_tree(t) not in ("pi", "e", "i", "oo") for t in walk(other))


def renamed(links: list[Link]) -> None:
    """What speaks of π where it is a name: neither right nor wrong."""
    for n in links:
        if not n.solve and any(
            t.head == "name" and name_of_tree(t) == "pi"
            for p in (n.left, n.right)
            if p.tree is not None
            for t in walk(p.tree)
        ):
            n.solve = _PI
