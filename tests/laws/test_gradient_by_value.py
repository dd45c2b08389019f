"""E[b score] as the derivative of the closed E[b]: wrong closed forms, wrong scores and moving ends come first."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Integer, exp, oo

from symrep import Interval, positive, positive_line, real
from symrep.distributions import Exponential, LogNormal, Normal, Pareto, Weibull
from symrep.family import FAMILIES, Family, collecting
from symrep.laws.by_mass import gradient_by_value
from symrep.laws.gradients import gradients
from symrep.laws.score import continuous_parameters, score_of
from symrep.symbols import as_expr
from symrep.verdict import Status, Verdict


def asked(family: Family, s: Any, closed: Any, more: Any = 0) -> Verdict | None:
    x = family.variable
    return gradient_by_value(family, x, score_of(family, s) + more, closed, s, 8, family.given("mean"))


def test_what_is_not_proved() -> None:
    for s in continuous_parameters(Weibull):
        assert asked(Weibull, s, 2 * as_expr(Weibull.mean)) is None
        assert asked(Weibull, s, as_expr(Weibull.mean) + s) is None
        assert asked(Weibull, s, Weibull.mean, more=1) is None
    moving = next(p for p in Pareto.parameters if as_expr(Pareto.support.low).has(p))
    assert asked(Pareto, moving, Pareto.mean) is None


@pytest.mark.parametrize("family", [Exponential, LogNormal, Normal, Weibull], ids=lambda f: f.name)
def test_proved(family: Family) -> None:
    for s in continuous_parameters(family):
        found = asked(family, s, family.mean)
        assert found is not None and found.status is Status.PROVED and found.certificate is not None, s


def test_the_law_asks_so() -> None:
    asked = [q for q in gradients(Weibull) if "x score of" in q.what or "x**2 score of" in q.what]
    assert len(asked) == 4 and all(q.decide(10.0).status is Status.PROVED for q in asked)


def test_what_was_found_for_one_support_is_not_said_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two entries of one name, as when somebody corrects his own in one session."""
    x, lam = real("x"), positive("lambda")

    def entry(low: int) -> Family:
        support = Interval(Integer(low), oo)
        p = lam * exp(-lam * x)
        with collecting():  # as files of entries are read
            return Family(name="Delayed", variable=x, support=support, parameters={lam: positive_line()}, density=p)

    monkeypatch.setattr("symrep.family.FAMILIES", {**FAMILIES})
    for low, proved in ((0, True), (1, False)):
        found = gradient_by_value(entry(low), x, 1 / lam - x, 1 / lam, lam, 8, ())
        assert (found is not None) is proved, low
