r"""Integrals against densities nobody spelled out, as numbers of which nothing is known but that equal ones are equal.

Such an integral, E_q[log p(x, z)], has no value to compare, and nobody said that it exists. A line in which each stands
for one number follows, where they exist, from what is said of numbers.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.claim import FunctionSpec
from symrep.notation import Binder, Derivative_
from symrep.reading.latex.joints import MARK
from symrep.rules.base import unfolded
from symrep.symbols import DomainSymbol, Undetermined, _function_class

__all__ = ["closed_means", "differentiated"]

_KNOWN: Final[dict[str, Any]] = {}


def closed_means(*sides: Any) -> tuple[Any, ...]:
    """The sides with every such integral as a function of what is free in it."""
    return tuple(s.replace(_is_mean, _named) if s.has(sp.Integral) else s for s in sides)


def differentiated(*sides: Any) -> tuple[Any, ...]:
    """The sides with the derivatives of densities carried out, those of integrals but for; densities as smooth ones."""

    def smooth(e: Any) -> Any:
        spec = replace(e.spec, smooth=max(e.spec.smooth or 0, 2))
        return _function_class(e.symbol, spec, e.orders)(*e.args)

    def one(side: Any) -> Any:
        side = side.replace(lambda e: isinstance(e, Undetermined) and MARK in e.symbol, smooth)
        return side.replace(lambda e: isinstance(e, Derivative_) and not e.has(sp.Integral, sp.Sum, Binder), unfolded)

    return tuple(one(s) for s in sides)


def _name(what: Any, said: str) -> str:
    """A name for a mean; two that only print alike have two."""
    name = f"mean_{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    while _KNOWN.setdefault(name, what) != what:
        name += "x"
    return name


def _is_mean(e: Any) -> bool:
    return isinstance(e, sp.Integral) and any(MARK in f.symbol for f in e.atoms(Undetermined))


def _named(e: Any) -> Any:
    body, (v, *ends) = e.function, e.limits[0]
    if len(e.limits) != 1 or not all(isinstance(s, sp.Symbol) for s in e.free_symbols):
        return e
    bound = DomainSymbol("bound__", v.kind if isinstance(v, DomainSymbol) else "real")
    constant, inside = body.as_independent(v, as_Add=False)
    said = f"{inside.xreplace({v: bound})} over {v.kind if isinstance(v, DomainSymbol) else ends}, {ends}"
    free = sorted(inside.free_symbols - {v}, key=sp.default_sort_key)
    name = _name((inside.xreplace({v: bound}), tuple(ends)), said)
    if not free:
        return constant * DomainSymbol(name, "real")
    return constant * _function_class(name, FunctionSpec(arity=len(free)), (0,) * len(free))(*free)
