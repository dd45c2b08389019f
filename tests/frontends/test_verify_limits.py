"""Limits in ``symrep verify``: proved by their values, refuted by them, and otherwise left alone."""

from __future__ import annotations

import pytest

from symrep import verify
from symrep.errors import BadInput
from symrep.reading import Reader
from symrep.verdict import Status

KINDS = {"x": "real", "a": "positive", "m": "real"}


def status(lhs: str, rhs: str) -> Status:
    used = {n: k for n, k in KINDS.items() if n in lhs + rhs}
    return verify(lhs, rhs, symbols=used, diagnose=False, timeout=10).status


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Limit(sin(x)/x, x, 0)", "0"),
        ("Limit(Abs(x)/x, x, 0, '-')", "1"),
        ("Limit((1 + a/x)**x, x, oo)", "exp(2*a)"),
        ("Limit(exp(-(x - m)**2), x, m, '+-')", "0"),
        ("Limit(1/x, x, 0)", "0"),
        ("a", "Limit(log(x), x, 0)"),
        ("Limit(gamma(x + a)/(gamma(x)*x**(a - 1)), x, oo)", "1"),
        ("Limit(x**a, x, oo)", "m"),
    ],
)
def test_false_ones_are_refuted(lhs, rhs):
    assert status(lhs, rhs) is Status.REFUTED


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Limit(Abs(x)/x, x, 0, '+-')", "1"),
        ("Limit(sin(x), x, oo)", "0"),
        ("Limit(1/x, x, 0, '+-')", "0"),
        ("Limit(1/x**2, x, 0, '+-')", "0"),
        ("Limit(1/x, x, 0)", "1/m - 1/m + Limit(1/x, x, 0)"),
        ("1 + Limit(1/x, x, 0)", "0"),
        ("Limit(exp(m*x), x, oo)", "0"),
        ("Limit(exp(-m*x), x, oo)", "0"),
        ("Limit(sin(x), x, oo)", "Limit(sin(x), x, oo)"),
    ],
)
def test_what_is_not_known_is_not_said(lhs, rhs):
    assert status(lhs, rhs) is Status.UNDECIDED


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Limit(sin(x)/x, x, 0)", "1"),
        ("limit((1 + a/x)**x, x, oo)", "exp(a)"),
        ("Limit(Heaviside(x), x, 0, '-')", "0"),
        ("Limit(x**2 + a, x, a, '+-')", "a**2 + a"),
        ("Limit(exp(-(x - m)**2), x, -oo) + 1", "Limit(tanh(x), x, oo)"),
    ],
)
def test_true_ones_are_proved(lhs, rhs):
    assert status(lhs, rhs) is Status.PROVED


def test_an_infinite_limit_is_no_number():
    found = verify("Limit(x**a, x, oo)", "m", symbols={"a": "positive", "m": "real"}, diagnose=False)
    assert found.witness is not None and found.witness.lhs == "oo" and set(found.witness.point) == {"a", "m"}


@pytest.mark.parametrize("text", ["Limit(x)", "Limit(x, 0, x)", "Limit(x, x, 0, '*')", "Limit(x, x, 0, 1)", "'+'"])
def test_what_is_no_limit_has_its_place(text):
    with pytest.raises(BadInput) as caught:
        Reader({"x": "real"}).expression(text, "lhs")
    assert str(caught.value.where).startswith("lhs:")


def test_a_bound_variable_is_its_own():
    term = Reader({"x": "real"}).expression("x*Limit(x**2, x, x, '-')", "lhs")
    assert term[2] == ("limit", ("pow", ("sym", "x_1"), ("num", 2, 1)), ("x_1", ("sym", "x"), ("num", -1, 1)))
