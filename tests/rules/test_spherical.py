"""Spherical laws and their images: what is right is proved, what is wrong is not, and nothing is assumed of g."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, exp, pi, sqrt

from symrep import (
    BadInput,
    E,
    Reason,
    Status,
    change_of_variables,
    definition,
    density,
    evaluate,
    function,
    positive,
    pushforward,
    real,
    spherical_law,
)
from symrep.derivation import Line
from symrep.distributions import Normal
from symrep.judge import Limits, StepVerdict, judge_line
from symrep.printing import latex

y, mu, e, e1, e2, y1, y2, r = real("y mu epsilon epsilon_1 epsilon_2 y_1 y_2 r")
sigma, a, b = positive("sigma a b")
g = function("g")
ONE, TWO = spherical_law(g, 1), spherical_law(g, 2)
NORMAL = spherical_law(lambda q: exp(-q / 2) / (2 * pi), 2)


def judged(before: Any, after: Any, reason: Any) -> StepVerdict:
    return judge_line(Line(S(before), "=", None, 1), Line(S(after), "=", reason, 2), (), Limits())


def test_density() -> None:
    assert density(TWO)(y1, y2).doit() == density(TWO)(y1, y2)
    assert TWO.density_at(y1, y2) == g(y1**2 + y2**2)
    assert spherical_law(g, 2) == TWO and hash(spherical_law(g, 2)) == hash(TWO)
    assert "g" in latex(E(e, (e, ONE)))


def test_a_generator_with_a_letter_of_its_own() -> None:
    law = spherical_law(lambda q: exp(-r * q), 1)
    assert law.density_at(y) == exp(-r * y**2) and law.free_symbols == {r}
    assert law.subs(r, 2).density_at(y) == exp(-2 * y**2)


@pytest.mark.parametrize("n", [0, -1, 1.5, True, 7, "2"])
def test_dimensions_that_are_none(n: Any) -> None:
    with pytest.raises(BadInput):
        spherical_law(g, n)


def test_a_scaled_one() -> None:
    image = density(pushforward(TWO, (e1, e2), (a * e1, b * e2)))(y1, y2)
    back = (y1 / a, y2 / b)
    assert judged(image, density(TWO)(*back) / (a * b), change_of_variables(inverse=back)).status is Status.PROVED
    for wrong in (density(TWO)(*back), density(TWO)(*back) / a, density(TWO)(y1 / b, y2 / a) / (a * b)):
        got = judged(image, wrong, change_of_variables(inverse=back))
        assert got.status is Status.REFUTED and got.reason is Reason.UNEQUAL


def test_it_is_no_product() -> None:
    got = judged(density(TWO)(y1, y2), g(y1**2) * g(y2**2), definition())
    assert got.status is Status.REFUTED
    got = judged(density(NORMAL)(y1, y2), density(Normal(0, 1))(y1) * density(Normal(0, 1))(y2), definition())
    assert got.status is Status.PROVED


def test_nothing_says_that_it_has_mass_one() -> None:
    assert judged(E(1, (e, ONE)), 1, evaluate()).status in (Status.UNDECIDED, Status.REFUTED)
    half = spherical_law(lambda q: exp(-q / 2) / sqrt(8 * pi), 1)
    assert judged(E(1, (e, half)), 1, evaluate()).status is Status.REFUTED


def test_nothing_says_that_a_mean_exists() -> None:
    assert judged(E(e, (e, ONE)), 0, evaluate()).status in (Status.UNDECIDED, Status.REFUTED)
