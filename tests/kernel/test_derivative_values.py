"""A derivative has a value only where its body has one: the rules forget what is free of the variable."""

from __future__ import annotations

import pytest

from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.verifying.items import Item, read


def proved(lhs: str, rhs: str, given: tuple[str, ...] = (), **symbols: str) -> bool:
    kinds = {n: k.replace("_", " ") for n, k in symbols.items()}
    try:
        prove(read(Item("x", lhs, rhs, kinds, given)).claim)
    except NotProved:
        return False
    return True


@pytest.mark.parametrize(
    ("body", "k"),
    [
        ("1/(k - k)", "positive"),
        ("log(k - k)", "positive"),
        ("loggamma(1 - k)", "positive integer"),
        ("gamma(-k)", "positive integer"),
        ("asin(k + 2)", "positive"),
        ("acosh(k - 2)", "unit"),
        ("erfinv(k + 2)", "unit"),
        ("0*log(k - k)", "positive"),
        ("Piecewise((1, k < 0))", "positive"),
        ("lowergamma(-k, x)*0", "positive integer"),
    ],
)
def test_a_term_without_a_value_is_not_dropped(body: str, k: str) -> None:
    assert not proved(f"Derivative(x + {body}, x)", "1", x="real", k=k)
    assert not proved(f"Derivative({body}, x)", "0", x="positive", k=k)
    assert not proved(f"Derivative(Heaviside(x)*({body}), x)", "0", x="positive", k=k)


def test_what_a_step_swallows_has_a_value() -> None:
    assert not proved("Derivative(floor(asin(x**2 + 2)), x)", "0", x="real")
    assert not proved("Derivative(gamma(-3*Heaviside(x)), x)", "0", x="positive")


def test_a_derivative_keeps_the_domain_of_its_body() -> None:
    assert not proved("Derivative(lowergamma(-k, x), x)", "x**(-k - 1)*exp(-x)", x="positive", k="positive_integer")
    assert not proved("Derivative(acosh(x), x)", "1/sqrt(x**2 - 1)", ("x < -1",), x="real")


def test_derivatives_that_have_a_value() -> None:
    assert proved("Derivative(acosh(x), x)", "1/sqrt(x**2 - 1)", ("x > 1",), x="real")
    assert proved("Derivative(x + log(k), x)", "1", x="real", k="positive")
    assert proved("Derivative(x + loggamma(k), x)", "1", x="real", k="positive_integer")
    assert proved("Derivative(Abs(x)*asin(k), x)", "sign(x)*asin(k)", x="real", k="unit")
    assert proved("Derivative(lowergamma(k, x), x)", "x**(k - 1)*exp(-x)", x="positive", k="positive")
