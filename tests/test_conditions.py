"""The conditions of a gradient, row by row: the number that comes out when one is dropped, and the right one.

The values are those of the list the rows are taken from; the right ones are computed here a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import mpmath as mp
import pytest
import sympy as sp

from symrep.derivation import Derivation
from symrep.session import derivations_of, load

FOLDER = Path(__file__).parents[1] / "derivations"


def named(*scripts: str) -> dict[str, Derivation]:
    return {d.name: d for s in scripts for d in derivations_of(load(FOLDER / f"{s}.py"))}


WRONG = named("must_fail/conditions")
RIGHT = named("conditions", "without_smoothness", "stein", "relaxations")
AT = {"sigma": 0.7, "theta": 0.4, "mu": 0.4, "v": 0.49, "b": 1.3, "Delta": 0.6, "F_1": 2.5, "F_2": -0.5}


def last(d: Derivation, number: int = 0) -> Any:
    """A line's value, the last one's unless its number is given."""
    expr = [*d.lines()][number - 1].expr
    expr = expr.replace(lambda e: type(e).__name__ == "Density", lambda e: e.formula())
    return mp.mpf(str(sp.N(expr.subs({s: sp.Float(AT[s.name], 20) for s in expr.free_symbols}), 20)))


def slope(f: Callable[[Any], Any], at: Any) -> Any:
    return mp.diff(f, mp.mpf(at))


def laplace_mean_of_sign(m: Any) -> Any:
    b = mp.mpf(AT["b"])
    return mp.quad(lambda z: mp.sign(z - m) * mp.exp(-abs(z) / b) / (2 * b) / b, [-60, 0, m, 60])


def relaxed_square(u: Any) -> Any:
    """Of the sigmoid of the log odds of 3/10 and logistic noise."""
    odds = u / (1 - u) * 3 / 7
    return (odds / (1 + odds)) ** 2 if u < 1 else mp.mpf(1)


#: wrong derivation, its number, right derivation, the right number by other means
ROWS = [
    ("uniform_law_by_the_score", -0.5, "uniform_law_with_its_moving_end", slope(lambda t: t / 2, 0.4)),
    ("pareto_law_by_the_score", 4.5, "pareto_law_with_its_moving_end", slope(lambda m: 3 * m / 2, 1.2)),
    ("step_by_its_derivative", 0, "step_pathwise", slope(lambda m: mp.ncdf(m / mp.mpf("0.7")), 0.4)),
    ("laplace_information_by_curvature", 0, "laplace_score_with_its_jump", -slope(laplace_mean_of_sign, 0.6)),
    (
        "price_with_the_classical_second_derivative",
        0,
        "price_at_a_kink",
        slope(lambda v: mp.quad(lambda z: abs(z) * mp.npdf(z, 0.4, mp.sqrt(v)), [-9, 0, 9]), 0.49),
    ),
    ("price_with_two_free_entries", 0.5, "price_for_a_symmetric_covariance", 1),
    ("mixture_weight_by_its_path", 0, "mixture_weight_with_its_jump", slope(lambda p: 2.5 * p - 0.5 * (1 - p), 0.3)),
    ("mixture_weight_by_its_path", 0, "mixture_weight_in_closed_form", 3),
    ("relaxed_for_discrete", mp.quad(relaxed_square, [0, 0.1, 0.9, 1]), "the_discrete_moment", 0.3),
]


@pytest.mark.parametrize(("wrong", "bad", "right", "good"), ROWS, ids=[r[2] for r in ROWS])
def test_rows(wrong: str, bad: float, right: str, good: Any) -> None:
    assert mp.almosteq(last(WRONG[wrong]), bad, abs_eps=1e-8)
    assert mp.almosteq(last(RIGHT[right]), good, 1e-6)
    assert abs(mp.mpf(bad) - good) > 0.05


def test_the_slope_at_a_point_that_nothing_dominates() -> None:
    assert last(RIGHT["slope_where_nothing_dominates"]) == 1

    def h(t: Any) -> Any:
        return mp.quad(lambda x: t**3 * mp.exp(-(t**2) * x), [0, 10, 100, mp.inf])

    assert mp.almosteq((h(mp.mpf("0.1")) - h(mp.mpf("-0.1"))) / mp.mpf("0.2"), 1, 1e-6)


def test_the_mean_of_a_weighted_score_is_not_zero() -> None:
    """z_1 - φ is half of the difference d of the two draws and something symmetric that is independent of it."""
    f = mp.mpf(2)
    mean = mp.quad(lambda d: d / 2 / (1 + mp.exp(f * d)) * mp.npdf(d, 0, mp.sqrt(2)), [-12, -3, 0, 3, 12])
    assert mp.almosteq(mean, -0.240012, 1e-5)


def test_every_row_is_there() -> None:
    assert len(WRONG) == 13
