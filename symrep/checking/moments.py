r"""Lines about moments of random variables nobody gave a law, tried on normal ones: Var(aX) = a Var(X) is false then.

As with densities, only lines that could not be meant of special variables are tried: moments on both sides, of the same
one or two variables, with no other names than constants by their letters; and one that holds where the two variables
are independent is left alone, unless both sides speak of the mean of the product of the two.
"""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.reading.latex.joints import MARK
from symrep.reading.latex.unnamed import product_of

__all__ = ["moments_of_normals"]

_CONSTANTS: Final = frozenset("a b c d k".split())
#: these may be the mean
_CENTRES: Final = frozenset(("mu", "theta"))
#: means and deviations of the two variables, and their correlation
_MEANS: Final = (sp.Rational(2, 3), sp.Rational(-3, 4))
_DEVIATIONS: Final = (sp.Rational(3, 2), sp.Rational(4, 5))
_CORRELATION: Final = sp.Rational(1, 3)
_HIGHEST: Final = 6


def moments_of_normals(
    lhs: Any, rhs: Any, independent: bool, constants: frozenset[str] = frozenset()
) -> tuple[Any, Any] | None:
    """The sides with the moments of normal variables; None where the line is no such. ``constants`` may be any."""
    told = [{s: p for s in e.free_symbols if (p := product_of(s)) is not None} for e in (lhs, rhs)]
    names = [{n.name for _, random in t.values() for n in random} for t in told]
    others = {s.name for e, t in zip((lhs, rhs), told, strict=True) for s in e.free_symbols - t.keys()}
    if not names[0] or names[0] != names[1] or len(names[0]) > 2 or not others <= _CONSTANTS | _CENTRES | constants:
        return None
    if any(MARK in getattr(f, "symbol", "") for e in (lhs, rhs) for f in e.atoms(sp.Function)):
        return None
    order = sorted(names[0])
    special = independent
    if all(any(len(random) > 1 for _, random in t.values()) for t in told):
        independent = False
    values = {}
    for s, (product, _) in {**told[0], **told[1]}.items():
        value = _moment(product, order, sp.S.Zero if independent else _CORRELATION)
        if value is None:
            return None
        values[s] = value
    if special:
        values |= {s: _MEANS[0] for e in (lhs, rhs) for s in e.free_symbols if s.name in _CENTRES}
    return lhs.xreplace(values), rhs.xreplace(values)


def _moment(product: Any, order: list[str], r: Any) -> Any:
    """E of a product of powers of the two variables; None for anything else."""
    powers = dict.fromkeys(order, 0)
    for f in sp.Mul.make_args(product):
        base, power = f.as_base_exp()
        if getattr(base, "name", "") not in powers or not power.is_Integer or not 0 < power <= _HIGHEST:
            return None
        powers[base.name] += int(power)
    u, v = sp.symbols("u v")
    first = _MEANS[0] + _DEVIATIONS[0] * u
    second = _MEANS[1] + _DEVIATIONS[1] * (r * u + sp.sqrt(1 - r**2) * v)
    counts = [powers[n] for n in order] + [0]
    out = sp.S.Zero
    for (i, j), c in sp.Poly(sp.expand(first ** counts[0] * second ** counts[1]), u, v).terms():
        if i % 2 == 0 and j % 2 == 0:  # E[u^i] = (i − 1)!!
            out += c * sp.factorial2(max(i - 1, 1)) * sp.factorial2(max(j - 1, 1))
    return out
