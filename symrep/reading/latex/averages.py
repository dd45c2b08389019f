r"""Expectations under densities nobody spelled out, taken term by term: E_q[log p(x, z) − log q(z|x)].

An expectation is linear, and the logarithm of a quotient of positive densities is a difference; both are carried out
here, so that the lines of a derivation of an evidence bound, which say nothing else, come out as the same sum of
integrals. They hold where the densities are positive and the single expectations exist.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.reading.latex.joints import MARK, marginal
from symrep.symbols import Undetermined

__all__ = ["averaged", "logs_apart", "of_logarithms"]


def _density(e: Any) -> bool:
    return isinstance(e, Undetermined) and MARK in e.symbol and not any(e.orders)


def logs_apart(expr: Any) -> Any:
    """Logarithms of products and quotients of such densities as sums of logarithms of one each."""

    def apart(e: Any) -> Any:
        factors = sp.Mul.make_args(e.args[0])
        if not any(_density(f.as_base_exp()[0]) for f in factors):
            return e
        out, rest = sp.S.Zero, sp.S.One
        for f in factors:
            base, power = f.as_base_exp()
            if _density(base):
                out += power * sp.log(base)
            else:
                rest *= f
        return out if rest == 1 else out + sp.log(rest)

    return expr.replace(lambda e: isinstance(e, sp.log), apart)


def of_logarithms(body: Any) -> bool:
    """Are there logarithms of such densities, or of quotients of them, in an integrand?"""
    return any(_density(f.as_base_exp()[0]) for e in body.atoms(sp.log) for f in sp.Mul.make_args(e.args[0]))


def averaged(weight: Any, value: Any, v: Any) -> Any:
    """∫ weight · value dv over the values of v, a sum of integrals if the value is one; factors without v before it."""
    low = -sp.oo if v.kind == "real" else sp.S.Zero
    value = logs_apart(value)
    if not any(_density(log.args[0]) for log in value.atoms(sp.log)):
        terms = (value,)
    else:
        terms = sp.Add.make_args(sp.expand(value, log=False, power_base=False, power_exp=False))
    out = []
    for term in terms:
        outside, inside = term.as_independent(v, as_Add=False)
        kept = marginal(weight * inside, v)
        out.append(outside * (sp.Integral(weight * inside, (v, low, sp.oo)) if kept is None else kept))
    return sp.Add(*out)
