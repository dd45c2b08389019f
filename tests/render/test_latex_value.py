"""Test the test: the reader must refuse what can be read in two ways."""

import pytest

from .latex_value import Ambiguous, value

AT = {"x": 2.0, "y": 3.0, r"\sigma": 5.0}


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("-x^2", -4),
        ("(-x)^2", 4),
        (r"\frac{x}{y}y", 2),
        (r"x-(y-\sigma)", 4),
        (r"2\cdot 3", 6),
        (r"\log x-x", -1.30685282),
    ],
)
def test_reads(tex: str, expected: float) -> None:
    assert abs(value(tex, AT) - expected) < 1e-6


@pytest.mark.parametrize(
    "tex",
    ["1/2x", r"\log x y", "x+-y", "x^y^2", "2 3", r"2\frac{1}{2}", r"\log(x)^2", "x^23y)", "(x", r"\frac{x}{y}^2"],
)
def test_refuses(tex: str) -> None:
    with pytest.raises(Ambiguous):
        value(tex, AT)
