"""How far a sum reaches where the index stands behind it; the logarithm of a factorial."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.reading.latex import Environment, read


def meaning(text: str) -> Any:
    statements = read(text, Environment()).statements
    return statements[0].sides[0].expr if statements else None


SAME = [
    (r"\sum_{i=1}^n y_i a + (1 - y_i) b", r"\sum_{i=1}^n (y_i a + (1 - y_i) b)"),
    (r"-\sum_{i=1}^n y_i \log z_i + (1 - y_i) \log(1 - z_i)", r"-\sum_{i=1}^n (y_i \log z_i + (1 - y_i)\log(1 - z_i))"),
    (r"\sum_{k=1}^n k + 1", r"(\sum_{k=1}^n k) + 1"),
    (r"\sum_{i=1}^n x_i - \mu", r"(\sum_{i=1}^n x_i) - \mu"),
    (r"\sum_{i=1}^n x_i + \sum_{i=1}^n y_i", r"(\sum_{i=1}^n x_i) + (\sum_{i=1}^n y_i)"),
    (r"\sum_{k=1}^n a_k + k", r"(\sum_{k=1}^n a_k) + k"),
    (
        r"\sum_{k=0}^\infty k a^k - \mathbb{E}_{k\sim\mathrm{Poisson}(a)}[f(k)]",
        r"(\sum_{k=0}^\infty k a^k) - \mathbb{E}_{k\sim\mathrm{Poisson}(a)}[f(k)]",
    ),
    (r"\log (x - 1)!", r"\log((x - 1)!)"),
    (r"\Gamma(x)! ", r"(\Gamma(x))!"),
]


@pytest.mark.parametrize(("text", "meant"), SAME)
def test_a_sum_reaches_as_far_as_its_index(text: str, meant: str) -> None:
    assert meaning(text) is not None
    assert meaning(text) == meaning(meant)


@pytest.mark.parametrize("text", [r"\sum_{i=1}^n x_i^2 - 2 a x_i + b", r"\sum_{i=1}^n a_i + b_i + c + d"])
def test_where_it_ends_is_not_guessed(text: str) -> None:
    assert meaning(text) is None


def test_an_index_that_also_stands_outside_is_left_alone() -> None:
    assert meaning(r"x_i + \sum_{i=1}^n a_i - x_i") == meaning(r"x_i + (\sum_{i=1}^n a_i) - x_i")
