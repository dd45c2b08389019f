"""What the inequality rules compute, which way it points, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Abs, exp, log, sin

from symrep import KL, E, Interval, jensen, positive, real
from symrep.derivation import Rule
from symrep.distributions import LogNormal, Normal
from symrep.errors import BadInput, NotApplicable
from symrep.rules import cauchy_schwarz, gibbs, monotonicity, tangent_line

x, z, mu = real("x z mu")
sigma, w = positive("sigma w")
X = Normal(mu, sigma)
L = LogNormal(mu, sigma)
MEAN = E(exp(z), (z, X))


@pytest.mark.parametrize(
    ("rule", "before", "op", "result"),
    [
        (jensen(exp), MEAN, ">=", exp(E(z, (z, X)))),
        (jensen(exp), exp(E(z, (z, X))), "<=", MEAN),
        (jensen(exp), -2 * MEAN + x, "<=", -2 * exp(E(z, (z, X))) + x),
        (jensen(log), log(E(w, (w, L))), ">=", E(log(w), (w, L))),
        (jensen(lambda t: t**3, on=Interval(0, sp.oo)), E(w**3, (w, L)), ">=", E(w, (w, L)) ** 3),
        (gibbs(), 1 - KL(X, Normal(0, 1)), "<=", sp.S.One),
        (tangent_line(log, at=1), log(w), "<=", w - 1),
        (tangent_line(exp, at=0), 3 - exp(x), "<=", 2 - x),
        (tangent_line(log, at=1), E(log(w), (w, L)), "<=", E(w - 1, (w, L))),
        (monotonicity(above=1 + z**2), E(z, (z, X)), "<=", E(1 + z**2, (z, X))),
        (monotonicity(below=z), E(1 + z**2, (z, X)), ">=", E(z, (z, X))),
        (cauchy_schwarz(z, exp(z)), E(z * exp(z), (z, X)) ** 2, "<=", E(z**2, (z, X)) * E(exp(z) ** 2, (z, X))),
    ],
    ids=str,
)
def test_results_and_their_direction(rule: Rule, before: Any, op: str, result: Any) -> None:
    applied = rule.apply(before, None, ())
    assert applied.op == op and sp.expand(applied.result - result) == 0
    assert applied.bound is not None and applied.bound["op"] == op


@pytest.mark.parametrize(
    ("rule", "before", "words"),
    [
        (jensen(sin), E(sin(z), (z, X)), "convex or concave"),
        (jensen(lambda t: -Abs(t)), E(-Abs(z), (z, X)), "convex or concave"),
        (jensen(exp), E(z**2, (z, X)), "an expectation of"),
        (jensen(exp), x * MEAN, "whose sign is known"),
        (jensen(exp), MEAN**2, "as it is or multiplied"),
        (gibbs(), MEAN, "a divergence"),
        (tangent_line(log, at=1), x, "a value of"),
        (cauchy_schwarz(z, z), E(z**2, (z, X)), "the square"),
    ],
    ids=str,
)
def test_what_they_refuse(rule: Rule, before: Any, words: str) -> None:
    with pytest.raises(NotApplicable, match=words):
        rule.apply(before, None, ())


@pytest.mark.parametrize("rule", [jensen(2), jensen(lambda t: sp.S.One), jensen(exp, on=(0, 1)), monotonicity()])
def test_arguments_are_checked(rule: Rule) -> None:
    with pytest.raises(BadInput):
        rule.apply(MEAN, None, ())
