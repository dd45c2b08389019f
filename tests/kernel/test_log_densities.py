"""Expectations of log densities: those that need not exist first."""

from __future__ import annotations

import pytest
from kernel_terms import T, box, context

from symrep.claim import FunctionSpec
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.fail import NotProved

A = {
    "a": FunctionSpec(smooth=1, growth=1),
    "b": FunctionSpec(smooth=1, growth=0),
    "c": FunctionSpec(),
    "g": FunctionSpec(smooth=1, growth=4),
}
CTX = context("x real, mu real, s positive, sigma positive, k positive", **A)
NORMAL = "exp(-(z-mu)**2/(2*sigma**2))/(sigma*sqrt(2*pi))"
CAUCHY = "1/(pi*sigma*(1+((z-mu)/sigma)**2))"
LAPLACE = "exp(-abs(z-mu)/sigma)/(2*sigma)"


def normal(mean, scale="s"):
    return f"exp(-(x-{mean})**2/(2*({scale})**2))/sqrt(2*pi*({scale})**2)"


REFUSED = [
    (normal("a(z)"), CAUCHY),
    (normal("z"), CAUCHY),
    (normal("c(z)"), NORMAL),
    (normal("exp(z**2)"), NORMAL),
    (normal("exp(z)"), LAPLACE),
    ("exp(-x*exp(z**2))*exp(z**2)", NORMAL),
    (f"1+exp(exp(z))*{normal('a(z)')}", CAUCHY),
    ("exp(-exp(z**2))+0*z", NORMAL),
    ("((0-1)*(0-exp(exp(a(z)**2))))**k", NORMAL),  # a positive product of factors that are not
    ("z*exp(-a(z)**2)", NORMAL),  # the logarithm of a negative number
]

SHOWN = [
    (normal("a(z)"), NORMAL),
    (normal("g(z)"), NORMAL),
    (normal("g(z)"), LAPLACE),
    (normal("a(z)", "exp(b(z))"), NORMAL),
    (normal("exp(z)"), NORMAL),
    (f"{normal('a(z)')}*exp(-z**2/2)/sqrt(2*pi)*({NORMAL})**(-1)", NORMAL),
    (f"({normal('a(z)')})**k", NORMAL),
    ("exp(-abs(x-a(z))/s)/(2*s)", NORMAL),
    ("exp(-(x-a(z))/s)/(s*(1+exp(-(x-a(z))/s))**2)", NORMAL),
    ("s/(pi*(s**2+(x-a(z))**2))", NORMAL),
    ("s/(pi*(s**2+(x-z)**2))", CAUCHY),
]


@pytest.mark.parametrize(("density", "law"), REFUSED)
def test_refused(density, law):
    with pytest.raises(NotProved):
        integrable(T(f"log({density})*({law})"), box("z -oo oo"), CTX)


@pytest.mark.parametrize(("density", "law"), SHOWN)
def test_shown(density, law):
    assert integrable(T(f"log({density})*({law})"), box("z -oo oo"), CTX)


@pytest.mark.parametrize(
    ("power", "law"), [("x**n", "exp(-x**2/2)"), ("x**n", "exp(-abs(x))"), ("x**(2*n)*exp(-x)", "exp(-x**2)")]
)
def test_symbolic_powers(power, law):
    ctx = context("n nonnegative integer")
    assert integrable(T(f"{power}*{law}"), box("x -oo oo"), ctx)
    for wrong in ("exp(-abs(x)*0)", "1/(1+x**2)"):
        with pytest.raises(NotProved):
            integrable(T(f"x**n*{wrong}"), box("x -oo oo"), ctx)


def test_a_sum_of_squares_with_a_positive_one():
    dom = domain(context("s positive, x real, z real"))
    assert prove_sign(T("s**2+(x-z)**2"), ">", dom)
    assert not prove_sign(T("(x-z)**2"), ">", dom)
    assert not prove_sign(T("s**2-(x-z)**2"), ">=", dom)
    assert not prove_sign(T("x**2+(x-z)**2"), ">", dom)
