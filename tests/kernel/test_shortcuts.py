"""The short ways to factors and signs say what the long ways say, and no more than is true."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symrep.claim import Context
from symrep.errors import BadInput
from symrep.kernel.algebra.domain import Domain, kind_box
from symrep.kernel.algebra.engine import Engine
from symrep.kernel.algebra.field import Box, Field, Gen, _plainly
from symrep.kernel.algebra.polysign import univariate_sign
from symrep.kernel.algebra.signs import OPS, _assume, _at_a_glance
from symrep.kernel.ground import fraction, rational
from symrep.term import add, fn, free_symbols, mul, num, sub, sym, walk
from symrep.term import subterms as listed
from symrep.wire import from_json

KINDS = {"positive": (1, 2), "negative": (-1, -3), "nonnegative": (0, 1), "real": (-1, 0, 2), "nonzero": (-2, 1)}


def _field(*boxes: Box) -> Field:
    f = Field()
    for i, box in enumerate(boxes):
        f.add_gen(Gen(f"x{i}", "sym", sym(f"x{i}"), frozenset((f"x{i}",)), box=box))
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


def test_plain_factors_are_flints_and_products_have_none() -> None:
    f = _field(Box(), Box(), Box())
    x, y, z = f.polys[:3]
    for p in (x**2 - y**2, x**2 + 2 * x * y + y**2, (x * y + 1) * (x + z), (x + y * z) * (y + z), x**2 * (y**2 - 1)):
        assert _plainly(p) is None
    third = rational(Fraction(1, 3))
    for p in (
        2 * x + 4 * y,
        -x * y + third,
        third * x * y**2 - third * x**2 * y,
        x**2 * y - 4 * z**2,
        6 * x * z - 3 * x * y,
    ):
        plain = _plainly(p)
        assert plain is not None
        content, factors = p.factor()
        whole = fraction(content)
        for q, k in factors:
            whole = whole * (-1) ** int(k) if q.leading_coefficient() < 0 else whole
        assert plain[0] == whole
        signed = [(-q if q.leading_coefficient() < 0 else q, int(k)) for q, k in factors]
        assert sorted((q.str(), k) for q, k in plain[1]) == sorted((q.str(), k) for q, k in signed)


def test_coefficients_are_what_the_terms_say() -> None:
    f = _field(Box(), Box(), Box())
    x, y, z = f.polys[:3]
    for p in (
        f.zero_poly,
        f.one_poly,
        x * y + 1,
        x**2 * y - 3 * x + z,
        2 * x**2 + y * x**2,
        x**3 - x * z,
        x**5 * y + x**2,
    ):
        for i, g in enumerate((x, y, z)):
            parts = f.coefficients(p, i)
            assert all(c and not c.degrees()[i] for c in parts.values())
            whole = f.zero_poly
            for e, c in parts.items():
                whole = whole + c * g**e
            assert whole == p
            assert list(parts) == sorted(parts)


def _domain(**kinds: str) -> Domain:
    return Domain(Context(kinds), {n: kind_box(k) for n, k in kinds.items()}, names=frozenset(kinds))


def _said(dom: Domain) -> tuple[object, ...]:
    return dom.boxes, dom.facts, dom.empty, dom.thin, dom.subst


@pytest.mark.parametrize(("kind", "op"), list(product(("unit", "integer", *KINDS), OPS)))
@pytest.mark.parametrize("bound", [-1, 0, Fraction(1, 2), 1])
def test_a_bound_at_a_glance_is_the_bound_of_the_long_way(kind: str, op: str, bound: Fraction) -> None:
    x = sym("x")
    for t in (sub(x, num(bound)), sub(num(bound), x), add(mul(num(-2), x), num(bound)), x):
        dom = _domain(x=kind)
        short = _at_a_glance(dom, t, op, True)
        if short is not None:
            assert _said(short) == _said(_assume(dom, t, op, None, True))


def test_what_is_seen_at_a_glance() -> None:
    """A bound that is new is taken, one that is known changes nothing, and what would leave nothing is not seen."""
    dom, x, y = _domain(x="positive", y="real"), sym("x"), sym("y")
    assert _at_a_glance(dom, add(x, num(1)), ">", True) is dom
    assert _at_a_glance(dom, add(x, num(1)), "<", True) is None
    assert _at_a_glance(dom, sub(x, y), "==", False) is None
    assert _at_a_glance(dom, sub(x, mul(y, y)), ">", False) is None
    assert _at_a_glance(dom, sub(x, y), ">", True) is None  # it is solved for one of them
    tighter = _at_a_glance(dom, sub(x, num(3)), "<=", True)
    assert tighter is not None
    assert tighter.boxes["x"] == Box(Fraction(0), Fraction(3), True, False)
    fact = _at_a_glance(dom, sub(x, y), ">", False)
    assert fact is not None
    assert fact.facts == ((sub(x, y), frozenset({1})),)
    assert _at_a_glance(_domain(x="positive", y="negative"), sub(x, y), "<", False) is None


def test_a_box_is_looked_for_once_and_nothing_is_known_meanwhile() -> None:
    asked: list[Box] = []

    def find() -> Box:
        asked.append(gen.box)
        return Box(lo=Fraction(0))

    gen = Gen("g", "log", ("num", 1, 1), frozenset(), find=find)
    assert gen.endless()
    assert gen.signs() == {1}
    assert gen.box == Box(lo=Fraction(0))
    assert asked == [Box()]


def test_boxes_found_late_say_what_the_domain_says() -> None:
    x, u = sym("x"), sym("u")
    for t, signs in (
        (fn("log", x), {-1, 0, 1}),
        (fn("log", u), {-1}),
        (fn("log", add(num(1), x)), {1}),
        (sub(fn("exp", u), num(1)), {1}),
        (sub(fn("exp", sub(u, num(1))), num(1)), {-1}),
        (sub(fn("exp", sub(x, num(1))), num(1)), {-1, 0, 1}),
        (fn("sin", mul(("const", "pi"), u)), {1}),
        (fn("cos", mul(("const", "pi"), u)), {-1, 0, 1}),
    ):
        eng = Engine(_domain(x="positive", u="unit"))
        assert eng.sign(eng.norm(t)) == signs, t


def test_subterms_are_those_of_a_walk() -> None:
    x = sym("x")
    law = ("law", (("y", num(0), x),), fn("exp", sym("y")))
    for t in (
        ("expect", mul(sym("y"), x), law),
        ("piecewise", (("rel", "<", x, num(0)), num(1)), (("true",), fn("abs", x))),
        ("integral", ("pow", sym("y"), x), ("y", num(0), num(1))),
        ("app", "f", (0, 1), (x, sym("z"))),
    ):
        assert sorted(map(repr, listed(t))) == sorted(map(repr, walk(t)))


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


def test_terms_are_looked_at_once_and_no_others_pass() -> None:
    with pytest.raises(BadInput):
        from_json(("sym", 1))
    made = from_json(["add", ["sym", "x"], ["num", 2, 4]])
    assert made == ("add", ("sym", "x"), ("num", 1, 2))
    assert from_json(made) is made
    inside = ["sym", "x"]
    mixed = ("fn", "exp", inside)
    assert from_json(mixed) == ("fn", "exp", ("sym", "x"))
    inside[1] = 1  # type: ignore[call-overload]
    with pytest.raises(BadInput):
        from_json(mixed)
