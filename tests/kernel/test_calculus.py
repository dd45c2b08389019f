"""Derivatives of terms."""

from __future__ import annotations

import pytest
from identity_terms import context, proof, read

from symrep.claim import Context, FunctionSpec
from symrep.kernel.algebra.calculus import derivative, unfold
from symrep.kernel.fail import NotProved
from symrep.term import ZERO, contains, fn, mul, sym
from symrep.verdict import Reason

# term, derivative in x, symbols, hypotheses
TABLE = [
    ("x**3", "3*x**2", "x:real", ""),
    ("x**a", "a*x**(a-1)", "x:positive a:real", ""),
    ("a**x", "a**x*log(a)", "x:real a:positive", ""),
    ("x**x", "x**x*(1 + log(x))", "x:positive", ""),
    ("exp(-x**2/2)", "-x*exp(-x**2/2)", "x:real", ""),
    ("log(1 + exp(x))", "1/(1 + exp(-x))", "x:real", ""),
    ("Abs(x)", "sign(x)", "x:real", ""),
    ("Max(x, 0)", "Heaviside(x)", "x:real", ""),
    ("Max(x, x, y)", "Heaviside(x - y)", "x:real y:real", ""),
    ("sin(2*x)", "2*cos(x)**2 - 2*sin(x)**2", "x:real", ""),
    ("tan(x)", "1 + tan(x)**2", "x:real", ""),
    ("atan(x/s)", "s/(s**2 + x**2)", "x:real s:positive", ""),
    ("asin(x)", "1/sqrt(1 - x**2)", "x:unit", ""),
    ("asinh(x)", "1/sqrt(1 + x**2)", "x:real", ""),
    ("atanh(x)", "1/(1 - x**2)", "x:unit", ""),
    ("acosh(x)", "1/sqrt(x**2 - 1)", "x:real", "x > 1"),
    ("tanh(x)", "1/cosh(x)**2", "x:real", ""),
    ("erf(x)", "2*exp(-x**2)/sqrt(pi)", "x:real", ""),
    ("gamma(x)", "gamma(x)*digamma(x)", "x:positive", ""),
    ("loggamma(x + 1)", "digamma(x) + 1/x", "x:positive", ""),
    ("digamma(x)", "polygamma(1, x)", "x:positive", ""),
    ("log(beta(x, a))", "digamma(x) - digamma(x + a)", "x:positive a:positive", ""),
    ("Piecewise((x**2, x > 0), (0, True))", "2*x*Heaviside(x)", "x:real", ""),
]


def test_the_table():
    for text, wanted, symbols, given in TABLE:
        ctx = context(symbols, given)
        assert proof(derivative(read(text), "x", ctx), wanted, ctx), text


def test_wrong_derivatives_are_refused():
    for text, wanted, symbols, given in TABLE:
        ctx = context(symbols, given)
        assert not proof(derivative(read(text), "x", ctx), f"({wanted}) + x/10**4", ctx), text


def test_what_does_not_depend_is_constant():
    assert derivative(read("Integral(exp(-t**2), (t, 0, 1))"), "x", context("x:real")) == ZERO


def test_an_integral_needs_a_theorem():
    with pytest.raises(NotProved) as e:
        derivative(read("Integral(exp(-x*t**2), (t, 0, 1))"), "x", context("x:positive"))
    assert e.value.reason is Reason.DOES_NOT_APPLY


def test_smoothness_must_be_declared():
    f = ("app", "f", (0,), (sym("x"),))
    with pytest.raises(NotProved) as e:
        derivative(f, "x", Context({"x": "real"}, {"f": FunctionSpec()}))
    assert e.value.reason is Reason.NOT_DECLARED
    assert 'function("f", smooth=1)' in e.value.message
    once = Context({"x": "real"}, {"f": FunctionSpec(smooth=1)})
    assert derivative(f, "x", once) == ("app", "f", (1,), (sym("x"),))
    with pytest.raises(NotProved):
        derivative(derivative(f, "x", once), "x", once)


def test_unfold_leaves_what_it_cannot_do():
    ctx = context("x:positive")
    inner = ("diff", read("Integral(exp(-x*t**2), (t, 0, 1))"), "x")
    t = mul(inner, ("diff", fn("exp", sym("x")), "x"))
    out = unfold(t, ctx)
    assert out == mul(inner, fn("exp", sym("x")))
    assert contains(out, ["diff"])


def test_no_derivative_in_an_integer():
    assert proof(("diff", read("x**2"), "n"), "0", context("x:real n:integer")) is None
