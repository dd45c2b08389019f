r"""Images of random variables in the formal reading: Pr(g(X) = y), F_X(g^{-1}(y)) and their derivatives."""

from __future__ import annotations

from typing import Any

from symrep.reading.latex.formal_words import CAPITALS, MAIN, Formal, key, variables_below
from symrep.reading.latex.functionals import Dens, Opaque, by_chain_rule
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import Undetermined

__all__ = ["derivative", "inverse", "of_map", "point_of_map"]


def inverse(m: Formal, t: Tree, f: Tree) -> Any:
    """F_X^{-1}(y), g^{-1}(y) of a g that is declared to be monotone."""
    base, _, below = f.parts[0].text.partition("_")
    y = (m.number(t.parts[1]),)
    if base == "F" and len(who := variables_below(below)) == 1:
        return Opaque(f"inverse of F_{key(who[0])}", y)
    g = name_of(f.parts[0])
    return Opaque(f"inverse of {g}", y) if _one_to_one(m, g) else None


def _one_to_one(m: Formal, g: str) -> bool:
    spec = m.sc.environment.functions.get(g)
    return g in m.sc.environment.invertible or (spec is not None and bool(spec.monotone))


def of_map(m: Formal, who: str, y: Any) -> Any:
    """Pr(Y = y) of the discrete variable Y = g(X), g one-to-one, as Pr(X = g^{-1}(y)); None for other variables."""
    definition = m.sc.environment.definitions.get(who)
    if definition is None or definition.parameters or "discrete" not in m.sc.environment.told:
        return None
    g = definition.body
    if not isinstance(g, Undetermined) or len(g.args) != 1 or any(g.orders) or not g.args[0].is_Symbol:
        return None
    inner = g.args[0].name
    if not _one_to_one(m, g.symbol) or inner.partition("_")[0] not in CAPITALS:
        return None
    return Dens(MAIN, {key(inner): Opaque(f"inverse of {g.symbol}", (y,))})


def point_of_map(m: Formal, p: Tree) -> Any:
    """Pr(g(X) = y), and Pr(Y = y) where Y = g(X), of discrete variables; None for others."""
    if p.head != "rel" or p.text != "=" or len(p.parts) != 2 or "discrete" not in m.sc.environment.told:
        return None
    who, y = p.parts
    if who.head == "name":
        return of_map(m, name_of(who), m.number(y))
    if who.head != "app" or len(who.parts) != 2 or not _one_to_one(m, name_of(who.parts[0])):
        return None
    inner = name_of(who.parts[1])
    if inner.partition("_")[0] not in CAPITALS:
        return None
    return Dens(MAIN, {key(inner): Opaque(f"inverse of {name_of(who.parts[0])}", (m.number(y),))})


def derivative(m: Formal, t: Tree) -> Any:
    """d/dy of distribution functions and inverses by the chain rule, F_X' = f_X of continuous variables; None for
    what has none of these in it.

    Raises:
        Unread: something else that is only formal stands there too.
    """
    if len(t.parts) != 2 or not name_of(t.parts[1]) or not any(_maps(n) for n in walk(t.parts[0])):
        return None
    body, y = m.number(t.parts[0]), m.number(t.parts[1])
    found = by_chain_rule(body, y, "continuous" in m.sc.environment.told) if y.is_Symbol else None
    if found is None:
        m.sc.fail(t, "sums, products and functions", t.head)
    return found


def _maps(t: Tree) -> bool:
    """Is it F_X(…) or an inverse?"""
    f = t.parts[0] if t.head == "app" else t
    return t.head == "app" and (f.head == "inverse" or (f.head == "name" and f.text.startswith("F_")))
