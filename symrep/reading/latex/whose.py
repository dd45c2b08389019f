r"""Whose law stands below an expectation: the z of E_q[z²], the X of E_p[f(X)]."""

from __future__ import annotations

from collections.abc import Set

import sympy as sp

from symrep.reading.latex.joints import variable_of_key
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk

__all__ = ["argument_of", "variable_of"]


def argument_of(m: Meaning, t: Tree, law: Tree, body: tuple[Tree, ...], known: Set[str] = frozenset()) -> str:
    """The variable of E[n − x] under Bin(n, p): the only name that is no parameter of the law."""
    taken = {name_of(n) for n in walk(law)}
    met = {name_of(n) for tree in body for n in walk(tree) if n.head in ("name", "vec")} - taken - {""}
    met -= {n for n in met if m.sc.environment.is_function(n)} | m.sc.bound.keys()
    if law.head == "name" and len(over := met & m.sc.points.get(name_of(law), set())) == 1:
        m.sc.guess(t, f"{(one := over.pop())} has the law below", "its density is written at it", "variable")
        return one
    met -= known | _parameters_told(m)
    if len(met) != 1:
        m.sc.fail(t, "the variable that has the law below", f"{len(met)} that could", "ambiguous", "x \\sim … below")
    (name,) = met
    m.sc.guess(t, f"{name} has the law below", "the only name that is no parameter of it", "variable")
    return name


def _parameters_told(m: Meaning) -> set[str]:
    """The names in the laws that were told: no expectation is over one."""
    known = m.sc.environment
    return {n for law in (*known.densities.values(), *known.random.values()) for n in m.sc.free_names(law)}


def variable_of(m: Meaning, t: Tree, b: Tree, body: tuple[Tree, ...]) -> str:
    """The variable of E_q: what q is of, in its subscript or in the body."""
    name = name_of(b.parts[0]) if b.head in ("app", "density") else name_of(b)
    candidates: list[str] = []
    for tree in (b, *body):
        for n in walk(tree):
            if n.head in ("app", "density") and name_of(n.parts[0]) == name and len(n.parts) == 2:
                x = name_of(n.parts[1])
                if x and x not in candidates:
                    candidates.append(x)
    if not candidates and (own := _of_its_key(m, b, body)):  # E_q[z²], where q(z) = N(z; μ, σ²)
        return own
    if not candidates:  # E_q[log p(z)]: whatever else has a density there
        for tree in body:
            for n in walk(tree):
                if n.head == "app" and name_of(n.parts[0]).split("_")[0] in ("p", "q") and len(n.parts) == 2:
                    x = name_of(n.parts[1])
                    candidates += [x] if x and x not in candidates else []
        if len(candidates) == 1:
            m.sc.guess(t, f"{candidates[0]} has the law {name}", "the only variable of a density", "variable")
    if not candidates and (other := _other(m, name, body)):
        m.sc.guess(t, f"{other} has the law {name}", "the only name that is no parameter of it", "variable")
        return other
    if not candidates and (capital := _capital(m, body)):
        m.sc.guess(t, f"{capital} has the law {name}", "the only capital letter in the bracket", "variable")
        return capital
    law = m.sc.environment.densities.get(name)
    if not candidates and law is not None and b.head == "name":  # E_q[z²]
        return argument_of(m, t, b, body, m.sc.free_names(law) | m.sc.environment.symbols.keys())
    if len(candidates) != 1:
        m.sc.fail(
            t, f"the variable that has the law {name}", f"{len(candidates)} that could", "ambiguous", f"x \\sim {name}"
        )
    return candidates[0]


def _of_its_key(m: Meaning, b: Tree, body: tuple[Tree, ...]) -> str:
    """The z by which a density q(z) was told, for an expectation over q of what speaks of z."""
    own = variable_of_key(m.sc.environment, b) if b.head == "name" else ""
    met = {name_of(n) for tree in body for n in walk(tree) if n.head == "name"}
    return own if own in met and own not in m.sc.bound else ""


def _other(m: Meaning, name: str, body: tuple[Tree, ...]) -> str:
    """The z of E_q[z²], q being a law by its name: the only name in the bracket that is no parameter of it."""
    law = m.sc.environment.densities.get(name)
    if law is None or law.arity() != 1 or any(n.head in ("app", "density", "indexed") for b in body for n in walk(b)):
        return ""
    taken = {s.name for s in law.free_symbols if isinstance(s, sp.Symbol)} | m.sc.bound.keys()
    met = {name_of(n) for b in body for n in walk(b) if n.head == "name"} - taken - {"", "pi", "e", "i"}
    return met.pop() if len(met) == 1 and not met & m.sc.environment.definitions.keys() else ""


def _capital(m: Meaning, body: tuple[Tree, ...]) -> str:
    """The X of E_p[f(X)]: the only name of a random variable in the bracket, if nobody said what it is."""
    heads = {id(n.parts[0]) for tree in body for n in walk(tree) if n.head in ("app", "density")}
    names = {name_of(n) for tree in body for n in walk(tree) if n.head == "name" and id(n) not in heads}
    found = [n for n in sorted(names) if n in ("U", "V", "W", "X", "Y", "Z")]
    known = m.sc.environment
    if len(found) != 1 or known.is_function(found[0]) or found[0] in known.definitions or found[0] in m.sc.bound:
        return ""
    return "" if found[0] in known.matrices | known.square else found[0]
