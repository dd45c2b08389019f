"""Identities are about every point: what differs on a null set is refuted there, what holds there too is proved."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symrep.kernel.certificate import prove
from symrep.verdict import Status, Verdict
from symrep.verifying import Item, verify, verify_item
from symrep.verifying.items import read

KINDS = {"x": "real", "y": "real", "a": "positive", "s": "positive", "z": "complex", "n": "positive integer"}

#: wrong at one place only: left, right, given, a symbol and its value in the witness
WRONG = [
    ("Heaviside(x, 0)", "Heaviside(x, 1)", [], "x", "0"),
    ("sign(x)**2", "1", [], "x", "0"),
    ("x", "x + Piecewise((1, Eq(x, 3/7)), (0, True))", [], "x", "3/7"),
    ("x", "x + Piecewise((1/10**9, Eq(x, 3/7)), (0, True))", [], "x", "3/7"),
    ("Piecewise((1, x > 1/10), (0, True))", "1", ["x >= 1/10"], "x", "1/10"),
    ("Piecewise((1, Abs(x) < 3/10), (0, True))", "1", ["x >= -3/10", "x < 3/10"], "x", "-3/10"),
    ("Heaviside(exp(x) - 1)", "Heaviside(x, 1)", [], "x", "0"),
    ("Piecewise((1, x**2 < 1), (0, True))", "Heaviside(1 - x)*Heaviside(1 + x)", [], "x", "1"),
    ("exp(-x/s)/s*Heaviside(x)", "Piecewise((exp(-x/s)/s, x >= 0), (0, True))", [], "x", "0"),
    ("ceiling(x)", "floor(x) + 1", [], "x", "1"),
    ("Piecewise((1, x**2 < 2), (0, True))", "Piecewise((1, x**2 <= 2), (0, True))", [], "x", "sqrt(2)"),
    ("Heaviside(exp(x) - 2)", "Heaviside(exp(x) - 2, 1)", [], "x", "log(2)"),
]
#: wrong where two symbols are tied
TIED = [
    ("sign(x - y)**2", "1", []),
    ("Heaviside(x + y)", "Piecewise((1, x + y > 0), (0, True))", []),
    ("Piecewise((1, x > a), (0, True))", "1", ["x >= a"]),
]
#: wrong where x = c and y is not positive, though a branch that does not count there has no value at c
BRANCHES = [
    ("sign(x + 2)**2 + {}", "1 + {}", "Piecewise((1/(x + 2), y > 0), (0, True))"),
    ("sign(x)**2 + {}", "1 + {}", "Piecewise((1/x, y > 0), (0, True))"),
    ("sign(x)**2 + {}", "1 + {}", "Piecewise((log(x**2), y > 0), (0, True))"),
    ("sign(cos(x))**2 + {}", "1 + {}", "Piecewise((tan(x), y > 0), (0, True))"),
]
#: right at every point at which both sides have a value
EVERYWHERE = [
    ("sign(x)*Abs(x)", "x", []),
    ("Heaviside(x)", "(1 + sign(x))/2", []),
    ("sign(x*y)", "sign(x)*sign(y)", []),
    ("sign(x - y)*(x - y)", "Abs(x - y)", []),
    ("x*Heaviside(x)", "Max(x, 0)", []),
    ("1/x + 1", "(1 + x)/x", []),
    ("1/(x - y) + 1/(x + y)", "2*x/(x**2 - y**2)", []),
    ("log(x**2)", "2*log(Abs(x))", []),
    ("tan(x)**2 + 1", "1/cos(x)**2", []),
    ("Piecewise((1, x >= 1/10), (0, True))", "1", ["x >= 1/10"]),
    ("x**n*x", "x**(n + 1)", []),
    ("sign(x**5 - x - 1)*Abs(x**5 - x - 1)", "x**5 - x - 1", []),
]
#: one side has no value somewhere, or what happens on the null set is not known
ALMOST = [
    ("x/x", "1", []),
    ("x**2/x", "x", []),
    ("(z**2 - 1)/(z - 1)", "z + 1", []),
    ("sqrt(x**2)/x", "sign(x)", []),
    ("Piecewise((1, x**5 - x < 1), (0, True))", "Piecewise((1, x**5 - x <= 1), (0, True))", []),
]


def verdict(lhs: str, rhs: str, given: list[str]) -> Verdict:
    return verify_item(Item("", lhs, rhs, KINDS, tuple(given)), diagnose=False).verdict


@pytest.mark.parametrize("row", WRONG, ids=lambda r: r[0])
def test_what_is_wrong_at_a_point_is_refuted_there(row: tuple[Any, ...]):
    lhs, rhs, given, name, value = row
    found = verdict(lhs, rhs, given)
    assert found.status is Status.REFUTED
    assert found.witness is not None and found.witness.point[name] == value


@pytest.mark.parametrize("row", TIED, ids=lambda r: r[0])
def test_what_is_wrong_on_a_line_is_refuted_on_it(row: tuple[Any, ...]):
    found = verdict(*row)
    assert found.status is Status.REFUTED and found.witness is not None
    values = [abs(Fraction(v)) for v in found.witness.point.values()]
    assert len(set(values)) == 1


@pytest.mark.parametrize("row", BRANCHES, ids=lambda r: r[2])
def test_a_pole_of_a_branch_excuses_nothing_elsewhere(row: tuple[str, str, str]):
    lhs, rhs, part = row
    claim = read(Item("", lhs.format(part), rhs.format(part), KINDS)).claim
    assert prove(claim).almost_everywhere


@pytest.mark.parametrize("row", EVERYWHERE, ids=lambda r: r[0])
def test_what_holds_at_the_border_too_is_proved_plainly(row: tuple[Any, ...]):
    found = verdict(*row)
    assert found.status is Status.PROVED and not found.almost_everywhere


@pytest.mark.parametrize("row", ALMOST, ids=lambda r: r[0])
def test_what_is_open_at_the_border_is_said(row: tuple[Any, ...]):
    found = verdict(*row)
    assert found.status is Status.PROVED and found.almost_everywhere and "!= 0" in found.message


def test_a_function_that_is_real_only_is_not_supported_beyond_its_domain() -> None:
    """Symrep gives acosh no value below 1, where SymPy's is complex and differs from the logarithm's below −1."""
    assert verify("acosh(x)", "log(x + sqrt(x**2 - 1))", symbols={"x": "real"}).status < Status.SUPPORTED
    assert verify("acosh(x)", "log(x + sqrt(x**2 - 1))", given="x > 1", symbols={"x": "real"}).status is Status.PROVED


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Derivative(binomial(n, x), x)", "0"),
        ("Derivative(factorial(x), x)", "factorial(x)*digamma(x + 1)"),
        ("Derivative((-1)**x, x)", "0"),
        ("Derivative(x**2, x)", "3*x"),
        ("1 + n*Derivative(cos(pi*x), x)", "2"),
    ],
)
def test_a_derivative_in_an_integer_is_not_refuted_by_a_formula_for_real_numbers(lhs: str, rhs: str) -> None:
    kinds = {"n": "positive integer", "x": "integer"}
    verdict = verify(lhs, rhs, symbols=kinds)
    assert verdict.status is Status.UNDECIDED
    assert "no derivative in the integer x" in verdict.message
    assert verify("Derivative(x**2, x)", "3*x", symbols={"x": "real"}).status is Status.REFUTED
    assert verify("Integral(Derivative(x**2, x), (x, 0, n))", "n", symbols=kinds).status is Status.REFUTED


def test_a_derivative_in_an_integer_is_not_supported() -> None:
    assert verify("Derivative(n**2, n)", "2*n", symbols={"n": "integer"}).status < Status.SUPPORTED
    assert verify("Derivative(x**2, x)", "2*x", symbols={"x": "real"}).status is Status.PROVED


#: the same with integrals, sums, products and limits: their values are proved, what stands beside them jumps
WITH_BINDERS = [
    ("Integral(exp(-t), (t, 0, oo))*sign(x)**2", "1", "x", "0"),
    ("Integral(exp(-t**2/2)/sqrt(2*pi), (t, -oo, oo))", "2 - sign(x - 1)**2", "x", "1"),
    ("Integral(t**(a - 1)*exp(-t), (t, 0, oo))", "gamma(a)*sign(a - 1)**2", "a", "1"),
    ("Heaviside(x)*Integral(2*t, (t, 0, 1))", "Heaviside(x, 1)", "x", "0"),
    ("Sum(x**k/factorial(k), (k, 0, oo))", "exp(x)*sign(x)**2", "x", "0"),
    ("Sum(x**k, (k, 0, 4))", "sign(x)**2*(1 - x**5)/(1 - x)", "x", "0"),
    ("Product(x, (k, 1, n))", "x**n*sign(x - 2)**2", "x", "2"),
    ("Limit(exp(-t) + 1, t, oo)", "sign(x)**2", "x", "0"),
    ("Limit(x*exp(-t) + x, t, oo)", "x*sign(x)**2 + 1 - sign(x)**2", "x", "0"),
]


@pytest.mark.parametrize(("lhs", "rhs", "symbol", "value"), WITH_BINDERS)
def test_beside_an_integral_a_sum_or_a_limit_every_point_counts_too(
    lhs: str, rhs: str, symbol: str, value: str
) -> None:
    verdict = verify(lhs, rhs, symbols={n: k for n, k in KINDS.items() if n in lhs + rhs}, diagnose=False)
    assert verdict.status is Status.REFUTED
    assert verdict.witness is not None
    assert str(verdict.witness.point[symbol]) == value


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Heaviside(x)*Integral(2*t, (t, 0, 1))", "Heaviside(x)"),
        ("sign(x)*Integral(2*t, (t, 0, 1))", "sign(x)"),
        ("Sum(x**k, (k, 0, 4))", "(1 - x**5)/(1 - x)"),
        ("Limit(exp(-t) + sign(x), t, oo)", "sign(x)"),
    ],
)
def test_what_holds_on_the_null_set_is_not_refuted(lhs: str, rhs: str) -> None:
    assert verify(lhs, rhs, symbols={"x": "real"}, diagnose=False).status is Status.PROVED
