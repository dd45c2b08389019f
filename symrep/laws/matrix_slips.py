"""By what a formula about a law with a dimension is off, in words: halves of log determinants, lost constants."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import sympy as sp

from symrep.checks.points import in_domain
from symrep.errors import BadInput
from symrep.laws.numbers import value
from symrep.multivariate.coordinates import Explicit
from symrep.multivariate.entry import MultivariateFamily
from symrep.symbols import kind_of
from symrep.translate import context_of

__all__ = ["Feature", "differences", "named_by", "slip"]

#: (values of the difference, {name: values of what it may be a multiple of})
Feature = tuple[list[float], dict[str, list[float]]]
_FACTORS: Final = tuple(Fraction(n, k) for k in (1, 2) for n in (1, -1, 2, -2, 3, -3))
_COUNT: Final = 5


def differences(left: Any, right: Any, ex: Explicit, family: MultivariateFamily) -> Feature:
    """Left − right at a few points, beside the logarithms it may be a multiple of."""
    gap = left - right
    features = {f"log det {s}": sp.log(ex.values[s].det()) for s in family.parameters if _square(s)}
    features |= {f"log {s}": sp.log(ex.values[s]) for s, sp_ in family.parameters.items() if sp_.kind == "positive"}
    features |= {"log(2 pi)": sp.log(2 * sp.pi), "log 2": sp.log(2), "1": sp.S.One}
    symbols = sorted(gap.free_symbols | set().union(*(f.free_symbols for f in features.values())), key=str)
    context = context_of(symbols, ex.given)
    gaps: list[float] = []
    rows: dict[str, list[float]] = {name: [] for name in features}
    rng = np.random.default_rng(7)
    for _ in range(60):
        if len(gaps) >= _COUNT:
            break
        at = {s.name: _number(kind_of(s), rng) for s in symbols}
        if not in_domain(at, context):
            continue
        try:
            got = value(gap, at, 1.0)
        except BadInput:
            break
        if math.isfinite(got):
            gaps.append(got)
            for name, f in features.items():
                rows[name].append(value(f, at, 0.5))
    return gaps, rows


def _square(s: Any) -> bool:
    return isinstance(s, sp.MatrixSymbol) and s.shape[0] == s.shape[1]


def _number(kind: str, rng: np.random.Generator) -> Fraction:
    u = float(rng.random())
    if kind.endswith("integer"):
        return Fraction(2 + int(4 * u))
    if kind == "unit":
        return Fraction(0.05 + 0.9 * u).limit_denominator(997)
    x = math.exp(2.4 * u - 0.9)
    return Fraction(x if kind == "positive" or rng.random() < 0.5 else -x).limit_denominator(997)


def named_by(gaps: Sequence[float], features: dict[str, list[float]]) -> tuple[Fraction, str] | None:
    """(c, name) with gap = c · feature at all points."""
    if len(gaps) < 3:
        return None
    for name, row in features.items():
        for c in _FACTORS:
            if all(abs(g - float(c) * f) < 1e-7 * (1 + abs(g)) for g, f in zip(gaps, row, strict=True)):
                return c, name
    return None


def slip(found: Feature, what: str) -> str:
    """The mistake in words; empty when it is not recognised."""
    gaps, features = found
    if not gaps or all(abs(g) < 1e-9 for g in gaps):
        return ""
    named = named_by(gaps, features)
    if named is None:
        spread = max(gaps) - min(gaps)
        if len(gaps) >= 3 and spread < 1e-9 * (1 + abs(gaps[0])):
            return f"{what} is off by the constant {gaps[0]:.6g}"
        return f"{what} is wrong: by {gaps[0]:.6g} at one point, {gaps[-1]:.6g} at another"
    c, name = named
    times = "" if abs(c) == 1 else f"{abs(c)} "
    words = f"{what} is too {'large' if c > 0 else 'small'} by {times}{name}"
    if "det" in name:
        words += f": a lost log det, or {name[8:]} where its square root is meant" if abs(c) == Fraction(1, 2) else ""
    return words
