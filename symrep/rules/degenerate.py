"""Polynomials in the parameters at whose zeros an integral over x has another closed form. Proposals, nothing more.

∫ e^((b−a)x) dx and ∫ x^p dx change their form at b = a and p = −1, ∫ e^(−b²/x − x) dx at b = 0, partial fractions where
two factors of a denominator have a root in common, or one of them a double one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

import sympy as sp

__all__ = ["degenerate"]

_MOST: Final = 6


def degenerate(t: Any, x: Any) -> list[Any]:
    """Irreducible, in the symbols other than x, each once; the first few."""
    out: dict[Any, None] = {}
    for p in _polynomials(sp.powsimp(sp.expand(t), combine="exp"), x):
        if p.is_number or p.has(x) or not p.is_polynomial():
            continue
        for factor, _ in sp.factor_list(p)[1]:
            if factor not in out and -factor not in out:
                out[factor] = None
    return list(out)[:_MOST]


def _polynomials(t: Any, x: Any) -> Iterator[Any]:
    for e in sorted(t.atoms(sp.exp), key=sp.default_sort_key):
        if e.args[0].is_polynomial(x) and e.has(x):
            yield sp.Poly(e.args[0], x).LC()
        elif e.has(x):
            yield from (c / x**-1 for c in sp.Add.make_args(sp.expand(e.args[0])) if not (c * x).has(x))
    for e in sorted(t.atoms(sp.Pow), key=sp.default_sort_key):
        if e.base == x and not e.exp.has(x):
            yield e.exp + 1
    factors: dict[Any, None] = {}
    for e in sorted(t.atoms(sp.Pow), key=sp.default_sort_key):
        if e.exp.is_negative and e.base.has(x) and e.base.is_polynomial(x):
            factors |= dict.fromkeys(f for f in _factors(e.base) if f.has(x))
    for f, g in combinations(factors, 2):
        yield sp.resultant(f, g, x)
    for f in factors:
        if sp.Poly(f, x).degree() > 1:
            yield sp.discriminant(f, x)


def _factors(base: Any) -> list[Any]:
    """Of the numerator: the denominator, if there is one, has the parameters alone."""
    try:
        return [f for f, _ in sp.factor_list(sp.fraction(sp.together(base))[0])[1]]
    except sp.PolynomialError:
        return []
