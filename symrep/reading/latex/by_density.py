r"""Moments of an X of which the document tells the density, by cases: *let X have the density f(x) = …*; integrals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from symrep.reading.latex.joints import key_of
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol

__all__ = ["moment_by_density"]


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
