"""The short ways to factors and signs say what the long ways say, and no more than is true."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symrep.claim import Context
from symrep.kernel.domain import Domain, kind_box
from symrep.kernel.engine import Engine
from symrep.kernel.field import Box, Field, Gen
from symrep.kernel.ground import rational
from symrep.kernel.polysign import univariate_sign
from symrep.term import free_symbols, sym

KINDS = {"positive": (1, 2), "negative": (-1, -3), "nonnegative": (0, 1), "real": (-1, 0, 2), "nonzero": (-2, 1)}


def _field(*boxes: Box) -> Field:
    f = Field()
    for i, box in enumerate(boxes):
        f.add_gen(Gen(0, f"x{i}", "sym", sym(f"x{i}"), frozenset((f"x{i}",)), box=box))
    return f


@pytest.mark.parametrize("a", [1, -1, 2, -3, Fraction(1, 2)])
@pytest.mark.parametrize("b", [1, -1, 4, Fraction(-2, 3)])
def test_linear_polynomials_have_flints_factors(a: Fraction, b: Fraction) -> None:
    f = _field(Box(), Box())
    for c in (0, 1, 6):
        p = rational(a) * f.polys[0] + rational(b) * f.polys[1] + c
        content, factors = f.factor(p)
        whole = f.ctx.constant(rational(content))
        for q, k in factors:
            assert q.leading_coefficient() > 0
            whole = whole * q**k
        assert whole == p
        assert [(q, k) for q, k in factors] == [(q if q.leading_coefficient() > 0 else -q, k) for q, k in p.factor()[1]]


@pytest.mark.parametrize(("one", "other"), list(product(KINDS, KINDS)))
def test_the_sign_of_a_monomial_is_what_points_say(one: str, other: str) -> None:
    ctx = Context({"a": one, "b": other})
    dom = Domain(ctx, {"a": kind_box(one), "b": kind_box(other)}, names=frozenset("ab"))
    eng = Engine(dom)
    x, y = (eng.norm(sym(n)).num for n in "ab")
    for c, m, n in product((1, -2), (0, 1, 2, 3), (1, 2)):
        found = eng.sign_poly(c * x**m * y**n)
        values = {c * u**m * v**n for u in KINDS[one] for v in KINDS[other]}
        assert {(v > 0) - (v < 0) for v in values} == set(found)


@pytest.mark.parametrize("zero", [Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)])
@pytest.mark.parametrize("slope", [1, -2])
@pytest.mark.parametrize(("low_open", "high_open"), list(product((True, False), repeat=2)))
def test_a_linear_polynomial_on_an_interval(zero: Fraction, slope: int, low_open: bool, high_open: bool) -> None:
    f = _field(Box(Fraction(0), Fraction(1), low_open, high_open))
    found = univariate_sign(f, slope * (f.polys[0] - rational(zero)))
    points = [Fraction(1, 1000), Fraction(1, 2), Fraction(999, 1000)]
    points += [Fraction(0)] * (not low_open) + [Fraction(1)] * (not high_open)
    true = {(v > 0) - (v < 0) for v in (slope * (x - zero) for x in points)}
    assert true == set(found)


def test_free_symbols_are_not_the_bound_ones() -> None:
    x, y = sym("x"), sym("y")
    inner = ("integral", ("mul", x, y), ("x", ("num", 0, 1), sym("z")))
    assert free_symbols(inner) == {"y", "z"}
    assert free_symbols(("add", inner, x)) == {"x", "y", "z"}
    assert free_symbols(("fn", "exp", ("index", "m", x))) == {"m", "x"}
