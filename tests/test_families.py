"""Every closed form in a family's entry against quadrature of its density."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
import sympy as sp

import symrep.distributions
from symrep.distribution import FAMILIES, Family

NAMES = sorted(n for n in symrep.distributions.__all__ if not FAMILIES[n].discrete)
#: where the density underflows so fast that its formula must not be evaluated further out
CLIP = {"Gumbel": (-20, 200)}
CUTS = (-50, -10, -3, -1, 0, 0.05, 0.5, 1, 3, 10, 50, 200)
WITHOUT_MOMENTS = {"Cauchy", "Pareto", "StudentT"}


def at(family: Family, part: tuple[float, ...]) -> tuple[list[Any], Callable[[Any], Callable[..., Any]]]:
    """Parameters inside their typical ranges, and how to make a function of (x, *parameters) from a formula."""
    values = [
        d.typical[0] + (d.typical[1] - d.typical[0]) * mpmath.mpf(q)
        for d, q in zip(family.parameters.values(), part, strict=False)
    ]
    plain = {s: sp.Dummy() for s in (family.variable, *family.parameters)}
    return values, lambda e: sp.lambdify(list(plain.values()), sp.sympify(e).xreplace(plain), modules="mpmath")


@pytest.mark.parametrize("part", [(0.141592653, 0.618033989, 0.302585093), (0.718281828, 0.236067977, 0.912931183)])
@pytest.mark.parametrize("name", NAMES)
def test_entry(name: str, part: tuple[float, ...]) -> None:
    family = FAMILIES[name]
    values, function = at(family, part)

    def value(e: Any) -> Any:
        e = sp.sympify(e)
        return mpmath.mpf(str(e).replace("oo", "inf")) if e.is_infinite else function(e)(1, *values)

    low, high = value(family.support.low), value(family.support.high)
    low, high = max(low, CLIP.get(name, (low,))[0]), min(high, CLIP.get(name, (0, high))[1])
    f = function(family.density)

    def integral(g: Callable[[Any], Any], upto: Any = high) -> Any:
        return mpmath.quad(g, sorted({low, upto, *(mpmath.mpf(c) for c in (*CUTS, *values) if low < c < upto)}))

    def p(x: Any) -> Any:
        return f(x, *values)

    def surprise(x: Any) -> Any:
        y = p(x)
        return -y * mpmath.log(y) if y else y

    def same(a: Any, b: Any) -> bool:
        return bool(abs(a - b) <= 1e-6 * (1 + abs(b)))  # a density may be unbounded at an end of its support

    assert same(integral(p), 1)
    if family.mean is not None:
        mean = value(family.mean)
        assert same(integral(lambda x: x * p(x)), mean)
        assert same(integral(lambda x: (x - mean) ** 2 * p(x)), value(family.variance))
    else:
        assert name in WITHOUT_MOMENTS
    if family.entropy is not None:
        assert same(integral(surprise), value(family.entropy))
    if family.cdf is not None:
        for q in (0.3713, 1.7321):
            x = low + (high - low) * q / 2 if name == "Uniform" else mpmath.mpf(q) + max(low, 0)
            assert same(integral(p, x), function(family.cdf)(x, *values))
        for way in family.pathwise:
            base = FAMILIES[way.base[0]]
            fixed = dict(zip(base.parameters, way.base[1], strict=True))
            for q in (sp.Rational(3, 8), sp.Rational(7, 8)):  # the law of an increasing path: F(path(q)) = F_noise(q)
                start = sp.N(base.cdf.xreplace(fixed | {base.variable: q}))
                assert same(function(family.cdf)(value(way.path.xreplace({way.noise: q})), *values), mpmath.mpf(start))


def test_sources() -> None:
    assert all(FAMILIES[name].source for name in NAMES)
