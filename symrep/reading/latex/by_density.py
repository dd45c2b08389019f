r"""Moments of an X of which the document tells the density, by cases: *let X have the density f(x) = …*; integrals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import sympy as sp

from symrep.reading.latex.averages import averaged
from symrep.reading.latex.joints import LETTERS, bracket_of, key_of
from symrep.reading.latex.laws import known_law
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol

__all__ = ["divergence_by_densities", "entropy_by_density", "moment_by_density"]

_REALS: Final = ("real", "positive", "nonnegative")


def moment_by_density(m: Meaning, t: Tree, bodies: tuple[Tree, ...], use: Callable[[list[Any], Any], Any]) -> Any:
    """``read`` are the bodies at a value of X; None where no X with a density by cases is all that is random."""
    environment = m.sc.environment
    names = {name_of(n) for b in bodies for n in walk(b) if n.head == "name"} - m.sc.bound.keys()
    told = sorted(names & environment.told_densities.keys())
    if len(told) != 1 or names & environment.random.keys():
        return None
    (name,) = told
    body, x = _density(m, environment.told_densities[name])
    if body is None or any(name in m.sc.free_names(d.body) for k in names if (d := environment.definitions.get(k))):
        return None
    v = DomainSymbol(m.sc.fresh(name.lower()), "real")
    density = body.xreplace({x: v})
    with m.sc.binding({name: v}):
        read = [m.number(b) for b in bodies]
    m.sc.guess(t, f"the integral against the density of {name}", "the text says what it is", "density")
    with m.sc.errors_of(t):
        return use(read, lambda e: sp.Integral(e * density, (v, -sp.oo, sp.oo)) if e.has(v) else e)


def _density(m: Meaning, f: str) -> tuple[Any, Any]:
    """The density and its variable, if it is spelled out by cases and 0 in the last."""
    known = m.sc.environment.definitions
    fits = [known[k] for k in known if k == f or (k.startswith(f"{f}(") and "|" not in k and k != key_of(f, (), ()))]
    if len(fits) != 1 or len(fits[0].parameters) != 1:
        return None, None
    body = m.sc.stands_for(fits[0].body)
    by_cases = isinstance(body, sp.Piecewise) and body.args[-1].cond is sp.true and body.args[-1].expr == 0
    return (body, fits[0].parameters[0]) if by_cases else (None, None)


def entropy_by_density(m: Meaning, t: Tree, of: Tree) -> Any:
    """H(q(z|x)) = −∫ q log q dz of a density by its bracket, which nobody spelled out; or None."""
    inside = bracket_of(of) if of.head in ("app", "density") else None
    if inside is None or len(inside[0]) != 1 or not inside[1] or known_law(m, of) is not None:
        return None
    x = name_of(inside[0][0])
    if name_of(of.parts[0]).partition("_")[0] not in LETTERS or not x or m.sc.kind(x) not in _REALS:
        return None
    v = DomainSymbol(x, m.sc.kind(x))
    with m.sc.binding({x: v}):
        weight = m.number(of)
    m.sc.guess(t, "the integral against the density, in nats", "its law is known by its density alone", "entropy")
    return averaged(weight, -sp.log(weight), v)


def divergence_by_densities(m: Meaning, t: Tree) -> Any:
    """KL(q(z|x) ‖ p(z)) = E_q[log q − log p] of densities by their brackets, which nobody spelled out; or None."""
    brackets = [bracket_of(p) if p.head in ("app", "density") else None for p in t.parts]
    names = [name_of(p.parts[0]) if b is not None else "" for p, b in zip(t.parts, brackets, strict=True)]
    if any(
        b is None or len(b[0]) != 1 or n.partition("_")[0] not in LETTERS for b, n in zip(brackets, names, strict=True)
    ):
        return None
    if any(known_law(m, p) is not None for p in t.parts):
        return None
    over = {name_of(b[0][0]) for b in brackets if b is not None}
    x = over.pop() if len(over) == 1 else ""
    if not x or not any(b is not None and b[1] for b in brackets) or m.sc.kind(x) not in _REALS:
        return None
    v = DomainSymbol(x, m.sc.kind(x))
    with m.sc.binding({x: v}):
        first, second = (m.number(p) for p in t.parts)
    m.sc.guess(t, "the integral against the first density", "its law is known by its density alone", "divergence")
    return averaged(first, sp.log(first) - sp.log(second), v)
