"""Null sets that no symbol can be solved for are cells of their own too: {x² = 2}, {eˣ = 2}, a circle."""

from __future__ import annotations

import pytest

from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signing import Condition, InFibre
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.term import ONE, fn, mul, sub, sym
from symrep.verifying.items import Item, read

R, RR = {"x": "real"}, {"x": "real", "y": "real"}

#: right off a null set only: the kernel may say so, never more
FALSE = [
    ("sign(x**2 - 2)**2", "1", R),
    ("sign(x**5 - x - 1)**2", "1", R),
    ("sign(exp(x) - 2)**2", "1", R),
    ("sign(x**2 + y**2 - 3)**2", "1", RR),
    ("Heaviside(x**2 - 2, 0)", "Heaviside(x**2 - 2, 1)", R),
    ("Max(x**3, 2)", "Piecewise((x**3, x**3 > 2), (2, x**3 < 2), (3, True))", R),
    ("(1 - sign(x**2 + y**2 - 3)**2)*(1 - sign(x - y)**2)", "0", RR),
    ("(1 - sign(x**2 - 2)**2)*(1 - sign(x**2*y - 3)**2)", "0", RR),
    ("(1 - sign(x**2 - 2)**2)*x", "0", R),
    ("Abs(x**2 - 2)*(1 - sign(x**2 - 2)**2)", "1 - sign(x**2 - 2)**2", R),
    ("sign(x**2 - 2)*sign(x**3 - 3)", "sign((x**2 - 2)*(x**3 - 3)) + 1 - sign(x**2 - 2)**2", R),
    ("Piecewise((x**2, Eq(x**2, 2)), (0, True))", "0", R),
    (
        "Piecewise((1/2, x**2 > 2*y**2), (0, x**2 < 2*y**2), (x**2 - 2*y**2, True))*sign(x)**2",
        "(Heaviside(x**2 - 2*y**2)/2 + (x**2 - 2*y**2)*Heaviside(2*y**2 - x**2))*(Heaviside(x, 0) + Heaviside(-x, 0))",
        RR,
    ),
    (
        "Piecewise((0, x**2 > 2*y**2), (0, x**2 < 2*y**2), (1, True))*((x**2 - 2*y**2)*z**2 - 1)",
        "0",
        RR | {"z": "real"},
    ),
    ("Piecewise((x, x > exp(y)), (exp(y), x < exp(y)), (2*exp(y), True))", "Max(x, exp(y))", RR),
    ("Piecewise((1, x > exp(y)), (0, x < exp(y)), (x - exp(y), True))", "Heaviside(x - exp(y))", RR),
    ("sign(x*exp(y) - 2)**2", "1", RR),
    ("Piecewise((1, x*exp(y) > z), (0, x*exp(y) < z), (z, True))", "Heaviside(x*exp(y) - z)", RR | {"z": "real"}),
    ("Piecewise((x**3, Eq(x**2, 2)), (2*x, True))", "2*x + 1 - sign(x**2 - 2)**2", R),
]

#: the same without a value on one side, or on a part of the null set
HALF = [
    ("(x**2 - 2)/(x**2 - 2)", "1", R),
    ("exp(log((x**2 - 2)**2))", "(x**2 - 2)**2", R),
    ("Abs(x**2 - 2)**(-1)*Abs(x**2 - 2)", "1", R),
]

TRUE = [
    ("sign(x**2 - 2)*Abs(x**2 - 2)", "x**2 - 2", R),
    ("sign(x**5 - x - 1)*Abs(x**5 - x - 1)", "x**5 - x - 1", R),
    ("sign(exp(x) - 2)*Abs(exp(x) - 2)", "exp(x) - 2", R),
    ("Heaviside(x**2 + y**2 - 3) + Heaviside(3 - x**2 - y**2)", "1", RR),
    ("Max(x**3, 2)", "Piecewise((x**3, x**3 > 2), (2, True))", R),
    ("Max(x**2, 2*y**2)", "(x**2 + 2*y**2 + Abs(x**2 - 2*y**2))/2", RR),
    ("sign(x**2 - 2)*sign(x**3 - 3)", "sign((x**2 - 2)*(x**3 - 3))", R),
    ("sign(x**2 - 2)**3", "sign(x**2 - 2)", R),
    ("Piecewise((x, x > exp(y)), (exp(y), x < exp(y)), (x**2*exp(-y), True))", "Max(x, exp(y))", RR),
    (
        "Piecewise((1, x*exp(y) > z), (0, x*exp(y) < z), (exp(y)*x/z/2, True))",
        "Heaviside(x*exp(y) - z)",
        RR | {"z": "positive"},
    ),
    (
        "Piecewise((y**(a - 1)*exp(-m*a), log(y) < m), (y**(-a - 1)*exp(m*a), True))",
        "exp(-a*Abs(log(y) - m))/y",
        {"a": "positive", "y": "positive", "m": "real"},
    ),
]


def _everywhere(lhs: str, rhs: str, symbols: dict[str, str]) -> bool:
    try:
        return not prove(read(Item("it", lhs, rhs, symbols, ())).claim).almost_everywhere
    except NotProved:
        return False


@pytest.mark.parametrize(("lhs", "rhs", "symbols"), [*FALSE, *HALF], ids=[f"{r[0]} = {r[1]}" for r in [*FALSE, *HALF]])
def test_not_proved_everywhere(lhs: str, rhs: str, symbols: dict[str, str]) -> None:
    assert not _everywhere(lhs, rhs, symbols)


@pytest.mark.parametrize(("lhs", "rhs", "symbols"), TRUE, ids=[f"{r[0]} = {r[1]}" for r in TRUE])
def test_proved_everywhere(lhs: str, rhs: str, symbols: dict[str, str]) -> None:
    assert _everywhere(lhs, rhs, symbols)


def test_two_null_sets_of_one_spelling_are_two() -> None:
    """X = π and x = a symbol called pi."""
    x = sym("x")
    flips = [fn("sign", sub(x, p)) for p in (("const", "pi"), sym("pi"))]
    found = prove_equal(mul(*flips, *flips), ONE, Context({"x": "real", "pi": "real"}, {}, ()))
    assert found.almost_everywhere and len(found.conditions) == 2


def test_a_condition_in_a_fibre_stands_for_none_outside() -> None:
    inside, outside = InFibre("x - a != 0"), Condition("x - a != 0")
    inside.term = outside.term = sub(sym("x"), sym("a"))
    assert inside != outside and len({inside, outside}) == 2
    again = Condition("x - a != 0")
    again.term = outside.term
    assert again == outside and len({again, outside}) == 1
