"""False lines that hold wherever one would look are refuted all the same; lines true off a null set are not."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from numeric_terms import refuted

from symrep import E, function, integer, nonnegative, positive, positive_integer, real
from symrep.checks.hard import hard_points
from symrep.checks.nulls import Breaks
from symrep.claim import Claim, Context
from symrep.distributions import Normal
from symrep.notation import D
from symrep.term import ONE, ZERO, Term, add, fn, mul, num, power, sub, sym
from symrep.translate import context_of, to_term
from symrep.verdict import Status

x, y, mu, eps = real("x y mu epsilon")
v, sigma = positive("v sigma")
q = nonnegative("q")
n, m = positive_integer("n m")
j = integer("j")
r = function("r", smooth=1, increasing=True)
r3 = function("r3", smooth=1, growth=3, increasing=True)
fall = function("fall", smooth=1, decreasing=True)
f = function("f", smooth=1, growth=2)
Z = Normal(0, 1)
Q = sp.Rational

FALSE = {
    "a spike": (sp.Max(0, 1 - 10**9 * sp.Abs(x - Q(1, 3))), "==", sp.Integer(0)),
    "a spike at a symbol": (sp.Max(0, 1 - 10**9 * sp.Abs(x - y)), "==", sp.Integer(0)),
    "a spike of a step": (sp.Heaviside(sp.Min(x, Q(1, 10**9) - x)), "==", sp.Integer(0)),
    "0^q": (sp.Pow(0, q), "==", sp.Integer(0)),
    "flat": (sp.sign(r(x).diff(x)), "==", sp.Integer(1)),
    "flat, with growth": (sp.sign(r3(x).diff(x)), "==", sp.Integer(1)),
    "flat and falling": (sp.sign(fall(x).diff(x)), "==", sp.Integer(-1)),
    "strictly increasing": (r(x).diff(x), ">", sp.Integer(0)),
    "floor of n": (sp.floor(n / sp.Integer(1000)), "==", sp.Integer(0)),
    "floor of x": (sp.floor(v / 10**8), "==", sp.Integer(0)),
    "the primes of Euler": ((n**2 + n + 41) * (1 + sp.floor(n / sp.Integer(10**4))), "==", n**2 + n + 41),
    "three": (sp.Piecewise((1, sp.Eq(n, 3)), (0, True)), "==", sp.Integer(0)),
    "fifty-one": (sp.Piecewise((1, sp.Eq(j, 51)), (0, True)), "==", sp.Integer(0)),
    "an equality with an interior": (sp.Piecewise((1, sp.Eq(sp.floor(x), 0)), (0, True)), "==", sp.Integer(0)),
    "tanh far out": (sp.tanh(10**6 + x), "==", sp.Integer(1)),
    "a logistic step": (1 / (1 + sp.exp(-(10**8) * v)) + sp.exp(v), "==", 1 + sp.exp(v)),
    "the exponential wins": (sp.exp(q / 1000), "<=", 1 + q),
    "a far wave": (sp.sin(x) * x, "<=", sp.Integer(10) ** 8),
    "the edge": (q, ">", sp.Integer(0)),
    "the edge of the integers": (n, ">", sp.Integer(1)),
    "tiny": (v, ">", Q(1, 10**15)),
}


def claim(lhs: sp.Expr, op: str, rhs: sp.Expr) -> Claim:
    terms = {"lhs": to_term(lhs), "rhs": to_term(rhs)}
    if op == "==":
        return Claim("equal", terms, context_of([lhs, rhs], ()))
    return Claim("relation", {**terms, "op": op}, context_of([lhs, rhs], ()))


@pytest.mark.parametrize("sides", FALSE.values(), ids=FALSE.keys())
def test_false_is_refuted(sides: tuple[sp.Expr, str, sp.Expr]) -> None:
    verdict = refuted(claim(*sides))
    assert verdict is not None
    assert verdict.status is Status.REFUTED
    assert verdict.evidence[0].data["rigorous"] is True


def test_the_spike_has_an_exact_witness() -> None:
    verdict = refuted(claim(*FALSE["a spike"]))
    assert verdict is not None and verdict.witness is not None
    at = Fraction(verdict.witness.point["x"])
    assert 0 < abs(at - Fraction(1, 3)) < Fraction(1, 10**9)


ALMOST = {
    "the slope of |x|": (sp.Abs(x).diff(x), "==", sp.sign(x)),
    "a square of a sign": (sp.sign(x - n) ** 2, "==", sp.Integer(1)),
    "the sign of an increasing function": (sp.sign(r(x)) ** 2, "==", sp.Integer(1)),
    "steps of an increasing function": (sp.Heaviside(r(x) - r(y)), "==", sp.Heaviside(x - y)),
    "a rectifier": (sp.Max(q, 0), "==", q),
    "roots": (sp.sqrt(q) * sp.sqrt(q), "==", q),
    "powers": (q ** (n + m), "==", q**n * q**m),
    "next to 0": (sp.sqrt(q**2), "==", q),
    "triangles": (sp.Abs(x + y), "<=", sp.Abs(x) + sp.Abs(y)),
    "the exponential": (1 + x, "<=", sp.exp(x)),
    "increasing": (r(x).diff(x), ">=", sp.Integer(0)),
    "floors": (sp.floor(x), "<=", x),
    "integers": (sp.floor(n + Q(1, 2)), "==", n),
}


@pytest.mark.parametrize("sides", ALMOST.values(), ids=ALMOST.keys())
def test_true_is_not_refuted(sides: tuple[sp.Expr, str, sp.Expr]) -> None:
    assert refuted(claim(*sides)) is None


def test_gradients_of_undetermined_functions() -> None:
    mean = E(f(mu + sigma * eps), (eps, Z))
    verdict = refuted(claim(D(mean, sigma), "==", sigma * D(mean, mu)))
    assert verdict is not None
    assert "estimated, not proved" in verdict.message
    assert verdict.witness is not None and verdict.witness.functions


UNIT: Term = ("const", "i")
W, X = sym("w"), sym("x")
COMPLEX = Context({"w": "complex", "x": "real"})


@pytest.mark.parametrize(
    ("lhs", "rhs", "holds"),
    [
        (fn("log", fn("exp", W)), W, False),
        (power(fn("abs", W), num(2)), power(W, num(2)), False),
        (power(power(W, num(2)), num(1, 2)), W, False),
        (fn("exp", fn("log", W)), W, True),
        (power(power(W, num(1, 2)), num(2)), W, True),
        (power(add(W, ONE), num(2)), add(power(W, num(2)), mul(num(2), W), ONE), True),
        (fn("abs", mul(W, X)), mul(fn("abs", W), fn("abs", X)), True),
        (fn("abs", fn("exp", mul(UNIT, X))), ONE, True),
    ],
)
def test_complex(lhs: Term, rhs: Term, holds: bool) -> None:
    verdict = refuted(Claim("equal", {"lhs": lhs, "rhs": rhs}, COMPLEX))
    assert (verdict is None) == holds
    if verdict is not None and lhs == fn("log", fn("exp", W)):
        assert verdict.witness is not None and verdict.witness.point["w"] == "4*I"


def test_hard_points_are_few_distinct_and_in_the_domain() -> None:
    context = Context({"x": "unit", "y": "nonnegative"}, {}, (("rel", "<=", sym("y"), num(5)),))
    t = fn("abs", sub(sym("x"), sym("y")))
    found = [tuple(sorted(p.items())) for p in hard_points((t,), context, 1)]
    assert len(found) == len(set(found)) <= 400
    assert {dict(p)["y"] for p in found} >= {0, 5}
    assert all(0 < dict(p)["x"] < 1 and 0 <= dict(p)["y"] <= 5 for p in found)


def test_zeros_with_an_interior_are_no_null_set() -> None:
    context = Context({"x": "real", "n": "integer"})
    half = {"x": Fraction(1, 2), "n": Fraction(3)}
    assert not Breaks((("rel", "==", fn("floor", X), ZERO),), {}, context).null(half)
    assert not Breaks((fn("sign", fn("max", sub(ZERO, X), ZERO)),), {}, context).null(half)
    assert not Breaks((fn("sign", sub(sym("n"), num(3))),), {}, context).null(half)
    assert Breaks((fn("sign", sub(X, num(1, 2))),), {}, context).null(half)
