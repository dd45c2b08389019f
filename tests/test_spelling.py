"""Terms as text: read back they are the same term."""

from __future__ import annotations

import pytest

from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal
from symrep.reading import Reader
from symrep.spelling import spell

KINDS = {"x": "positive", "y": "positive", "n": "positive integer"}

TEXTS = [
    "x**3 - x - 1",
    "-(x + y)*(x - y)",
    "x/y**2 - 2/(3*x*y)",
    "1/(x + y)",
    "-x**2",
    "(-2)**n",
    "2**(-n)",
    "x**(y**2)",
    "(x**y)**2",
    "1/2*sqrt(x)*exp(-x**2/2)",
    "(x/y)**(1/3)",
    "-1/x",
    "x - (y - 1)",
    "x/(y/2)",
    "Abs(x - y)*sign(x - y)",
    "pi*E - EulerGamma",
    "Max(x, y) + Min(x, 2)",
]


@pytest.mark.parametrize("text", TEXTS)
def test_read_back_it_is_the_same(text: str) -> None:
    reader = Reader(KINDS)
    t = reader.expression(text, "test")
    again = reader.expression(spell(t), "test")
    prove_equal(t, again, Context(KINDS, {}, ()))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (("add", ("num", -1, 1), ("mul", ("num", -1, 1), ("sym", "x"))), "-1 - x"),
        (("mul", ("num", 3, 2), ("pow", ("sym", "x"), ("num", -1, 1))), "3/(2*x)"),
        (("app", "f", (1,), (("sym", "x"),)), "f'(x)"),
        (("app", "f", (0, 1), (("sym", "x"), ("sym", "y"))), "f_[0, 1](x, y)"),
        (("index", "z", ("add", ("sym", "i"), ("num", 1, 1))), "z[i + 1]"),
        (("rel", "<", ("sym", "x"), ("inf", 1)), "x < oo"),
    ],
)
def test_spelled(term: object, text: str) -> None:
    assert spell(term) == text  # type: ignore[arg-type]
