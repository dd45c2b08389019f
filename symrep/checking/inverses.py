r"""Inverses that are spelled out: with f(z) = e^s z + t said, f^{-1}(x) = (x − t) e^{-s} claims that f of it is x."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symrep.checking.model import Link, Place
from symrep.checking.scope import Let
from symrep.reading.latex import Environment, Side
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree

__all__ = ["inverse_let", "through_the_function"]


def _inverse_of(tree: Tree | None) -> tuple[str, str]:
    """The f and the x of f^{-1}(x); empty for other sides."""
    if tree is None or tree.head != "app" or len(tree.parts) != 2 or tree.parts[0].head != "inverse":
        return "", ""
    return name_of(tree.parts[0].parts[0]), name_of(tree.parts[1])


def inverse_let(left: Place, right: Place, environment: Environment) -> Let | None:
    """What f^{-1}(x) = … defines, of a function that has no inverse yet."""
    name, x = _inverse_of(left.tree)
    if not name or not x or right.tree is None or _inverse_of(right.tree)[0] or name in environment.inverses:
        return None
    line = " ".join(f"{left.latex.strip()} = {right.latex.strip()}".split())
    return Let("function", f"{name}inverse", (x,), right.latex, frozenset(), left.at, right.to, line)


def through_the_function(link: Link) -> None:
    """Make the claim one about the function itself, in every reading in which that is spelled out."""
    name, _ = _inverse_of(link.left.tree)
    if not name or link.op != "=" or len(link.left.variants) != len(link.right.variants):
        return
    lefts: list[tuple[Environment, Side]] = []
    rights: list[tuple[Environment, Side]] = []
    for (env, a), (_, b) in zip(link.left.variants, link.right.variants, strict=True):
        x, value = _argument(env, name, b.expr)
        if x is None or a.tree is None:
            return
        lefts.append((env, replace(a, expr=x, unread=())))
        rights.append((env, replace(b, expr=value)))
    shown: dict[str, Any] = {"at": link.left.at, "to": link.left.to}
    link.left = replace(link.left, variants=[(e, _at_argument(e, s, link)) for e, s in lefts], **shown)
    link.right = replace(link.right, variants=rights)
    link.before, link.plain = [], False


def _argument(env: Environment, name: str, expr: Any) -> tuple[Any, Any]:
    """A mark that the function is known, and its value at an expression."""
    definition = env.definitions.get(name)
    if definition is None or len(definition.parameters) != 1 or expr is None:
        return None, None
    (p,) = definition.parameters
    return p, definition.body.subs(p, expr)


def _at_argument(env: Environment, side: Side, link: Link) -> Side:
    """The side x of f(…) = x, as the right side spells that name."""
    from symrep.symbols import DomainSymbol

    _, x = _inverse_of(link.left.tree)
    for _, right in link.right.variants:
        found = next((s for s in getattr(right.expr, "free_symbols", ()) if getattr(s, "name", "") == x), None)
        if found is not None:
            return replace(side, expr=found)
    return replace(side, expr=DomainSymbol(x, env.symbols.get(x, env.default)))
