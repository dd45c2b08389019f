"""Signs: what must be found, and what must not be believed."""

from __future__ import annotations

import json

import pytest
from identity_terms import context, read

from symrep.audit.context import Ctx
from symrep.audit.signs import holds
from symrep.kernel.algebra.signs import assume, domain, prove_sign
from symrep.term import num, sym

# term, relation to 0, symbols, hypotheses
TRUE = [
    ("1 + x**2", ">", "x:real", ""),
    ("x**2 - 2*x*y + y**2", ">=", "x:real y:real", ""),
    ("x**2 + x*y + y**2 + 1", ">", "x:real y:real", ""),
    ("1 - u", ">", "u:unit", ""),
    ("u - u**2", ">", "u:unit", ""),
    ("1 - u*v", ">", "u:unit v:unit", ""),
    ("b - a", ">", "a:real b:real", "a < b"),
    ("(b - a)*s", ">", "a:real b:real s:positive", "a < b"),
    ("b**2 - a**2", ">", "a:positive b:positive", "a < b"),
    ("1 - exp(-x)", ">", "x:positive", ""),
    ("exp(x) - 1 ", "<", "x:negative", ""),
    ("x + sqrt(x**2 + 1)", ">", "x:real", ""),
    ("log(1 + exp(x))", ">", "x:real", ""),
    ("log(u)", "<", "u:unit", ""),
    ("1 - erf(x)", ">", "x:real", ""),
    ("erf(x)", ">", "x:positive", ""),
    ("gamma(a + 1)", ">", "a:positive", ""),
    ("k", "!=", "k:nonzero", ""),
    ("k**2", ">", "k:nonzero", ""),
    ("1 - r**2", ">", "r:real", "r >= -19/20, r <= 19/20"),
    ("sin(t)", ">", "t:real", "t >= 1/10, t <= 3"),
    ("pi - 3", ">", "", ""),
    ("sqrt(2) + sqrt(3) - pi", ">", "", ""),
    ("n", ">", "n:positive_integer", ""),
    ("n - k + 1", ">", "n:nonnegative_integer k:nonnegative_integer", "k <= n"),
    ("x**3 - x - 1", ">", "x:real", "x > 2"),
    ("1/(1 + exp(-x))", ">", "x:real", ""),
    ("1 - 1/(1 + exp(-x))", ">", "x:real", ""),
    ("1 - tanh(x)**2", ">", "x:real", ""),
    ("1 - (1 - u)**(1/b)", ">", "u:unit b:positive", ""),
    ("x*y", ">", "x:real y:real", "x*y > 0"),
]
FALSE = [
    ("x", ">", "x:real", ""),
    ("x", ">", "x:nonnegative", ""),
    ("x**2", ">", "x:real", ""),
    ("x**2 - 2*x*y + y**2", ">", "x:real y:real", ""),
    ("1 - x**2", ">", "x:real", "x >= -1, x <= 1"),
    ("x**3 - x - 1", ">", "x:real", "x > 1"),
    ("x**2 - 2*x + 9999/10000", ">=", "x:real", ""),
    ("k", ">", "k:nonzero", ""),
    ("sin(t)", ">", "t:real", "t >= 1/10, t <= 4"),
    ("sqrt(x**2 - 1)", ">=", "x:real", ""),
    ("log(x)", ">", "x:positive", ""),
    ("a*b", ">", "a:real b:real", "a < b"),
    ("b**2 - a**2", ">", "a:real b:real", "a < b"),
    ("gamma(x)", ">", "x:real", ""),
    ("z**2", ">=", "z:complex", ""),
    ("exp(z)", ">", "z:complex", ""),
    ("x/x", ">", "x:real", ""),
    ("2*pi - 44/7", ">", "", ""),
    ("n - 2", ">=", "n:positive_integer", ""),
]


def test_signs_that_hold_are_proved():
    missed = [r for r in TRUE if not prove_sign(read(r[0]), r[1], domain(context(r[2], r[3])))]
    assert not missed


def test_signs_that_fail_are_not():
    wrong = [r for r in FALSE if prove_sign(read(r[0]), r[1], domain(context(r[2], r[3])))]
    assert not wrong


def test_bound_variables_range_over_their_interval():
    ctx = context("a:real b:real", "a < b")
    dom = domain(ctx, {"x": (sym("a"), sym("b"))})
    assert prove_sign(read("x - a"), ">", dom)
    assert prove_sign(read("b - x"), ">", dom)
    assert not prove_sign(read("x"), ">", dom)
    half = domain(ctx, {"a": (num(0), ("inf", 1))})
    assert prove_sign(read("a"), ">", half)
    assert not prove_sign(read("b - a"), ">", half)


def test_an_interval_not_known_in_order_gives_nothing():
    dom = domain(context("a:real b:real"), {"x": (sym("a"), sym("b"))})
    assert not prove_sign(read("x - a"), ">", dom)


def test_undeclared_symbols_have_no_sign():
    assert not prove_sign(read("q**2 + 1"), ">", domain(context("x:real")))


#: where x**2 = 2*y**2 these are -1, y and -1: nothing follows from a discriminant when the leading coefficient is 0
VANISHING = ["(x**2 - 2*y**2)*z**2 - 1", "(x**2 - 2*y**2)*z**2 + y", "(x**2 - 2*y**2)*(z**2 + z) - 1"]


@pytest.mark.parametrize("text", VANISHING)
def test_a_leading_coefficient_that_vanishes_says_nothing(text: str) -> None:
    ctx = context("x:real y:real z:real")
    circle = read("x**2 - 2*y**2")
    t = read(text)
    thin = assume(domain(ctx), circle, "==")
    assert not prove_sign(t, ">=", thin)
    assert not prove_sign(t, "==", thin)
    given = {**ctx.to_json(), "given": [["rel", "==", circle, ["num", 0, 1]]]}
    audited = Ctx.read(json.loads(json.dumps(given)))
    assert not holds(t, ">=", audited)
    assert not holds(t, "==", audited)


#: |a| against |b·q| decides the sign of a + b|q|; term, relation to 0, symbols, hypotheses
MODULI = [
    ("Abs(x) - x", ">=", "x:real", ""),
    ("Abs(x) + x*cos(y)", ">=", "x:real y:real", ""),
    ("Abs(x*y) - x*y", ">=", "x:real y:real", ""),
    ("1 - Abs(cos(x))", ">=", "x:real", ""),
    ("Abs(sin(x) - cos(y)*x) + sin(x) - cos(y)*x", ">=", "x:real y:real", ""),
    ("sqrt(x**2 + 1) - Abs(x)", ">", "x:real", ""),
    ("x*cos(y) - Abs(x)", "<=", "x:real y:real", ""),
    ("u*Abs(x) - x", "<=", "x:positive u:unit", ""),
]
NOT_MODULI = [
    ("Abs(x) - x", ">", "x:real", ""),
    ("Abs(x) - 2*x", ">=", "x:real", ""),
    ("Abs(x) + x*cos(y)", ">", "x:real y:real", ""),
    ("Abs(x) - x*y", ">=", "x:real y:real", ""),
    ("1 - Abs(cos(x))", ">", "x:real", ""),
    ("1 - 2*Abs(cos(x))", ">=", "x:real", ""),
    ("y*Abs(x) - x*y", ">=", "x:real y:real", ""),
    ("y*Abs(x) - x*y", ">=", "x:real y:negative", ""),
    ("cos(y)*Abs(x) + x", ">=", "x:real y:real", ""),
    ("u*Abs(x) - x", ">=", "x:real u:unit", ""),
    ("x*cos(y) - Abs(x)", "<", "x:real y:real", ""),
    ("Abs(x) - z", ">=", "x:real z:complex", ""),
]


def _audited(row: tuple[str, str, str, str]) -> bool:
    given = json.loads(json.dumps(context(row[2], row[3]).to_json()))
    return holds(read(row[0]), row[1], Ctx.read(given))


@pytest.mark.parametrize("row", MODULI, ids=lambda r: r[0])
def test_moduli_are_compared(row: tuple[str, str, str, str]) -> None:
    assert prove_sign(read(row[0]), row[1], domain(context(row[2], row[3])))
    assert _audited(row)


@pytest.mark.parametrize("row", NOT_MODULI, ids=lambda r: f"{r[0]} {r[1]}")
def test_moduli_are_not_compared_wrongly(row: tuple[str, str, str, str]) -> None:
    assert not prove_sign(read(row[0]), row[1], domain(context(row[2], row[3])))
    assert not _audited(row)
