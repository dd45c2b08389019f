"""Where an integral changes its form: proposals, and no error of an algorithm gets out."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from symrep.rules.degenerate import degenerate
from symrep.rules.integrate import parts_of
from symrep.symbols import positive, real

x = real("x")
a, b, nu = positive("a b nu")


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ((1 + a * x / b) ** (-a - b), []),  # coefficients that are fractions of parameters
        (((x - a) / b) ** (-nu - 1), []),
        ((1 + (x - a) ** 2 / (nu * b**2)) ** (-(nu + 1) / 2), [a, b, nu]),
        ((1 + sp.log(a) * x) ** (-a), []),
        (1 / ((x + a) * (x + b)), [a - b]),
        (1 / ((x / a + 1) * (x + b)), [a - b]),
        (sp.exp((a - b) * x), [a - b]),
    ],
)
def test_places(body: Any, places: list[Any]) -> None:
    found = degenerate(body, x)
    assert {sp.expand(p) for p in found} <= {s * sp.expand(p) for p in places for s in (1, -1)}
    assert len(found) >= min(len(places), 1) or not places


def test_powers_with_fractions_of_parameters_are_no_error() -> None:
    parts_of(x * (1 + a * x / b) ** (-a - b), x, sp.S.Zero, sp.oo, quick=True)
