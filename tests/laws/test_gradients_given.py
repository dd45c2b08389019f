"""A map of noise that is one for a single value of a parameter has no derivative by it."""

from __future__ import annotations

from symrep.distributions import NoncentralChiSquared
from symrep.laws import judge_family  # noqa: F401  (registers the laws)
from symrep.laws.gradients import gradients
from symrep.laws.judging import laws
from symrep.verdict import Status


def test_no_derivative_by_what_an_equality_holds_fast() -> None:
    (way,) = [w for w in NoncentralChiSquared.pathwise if len(w.noises) == 1]
    assert [str(r) for r in way.given] == ["Eq(k, 1)"]  # or this test says nothing
    asked = [q.what for q in gradients(NoncentralChiSquared)]
    assert not [w for w in asked if "E[d/dk" in w or "dg/dk" in w]
    assert [w for w in asked if "E[d/dlam" in w] and [w for w in asked if "dg/dlam" in w]


def test_by_the_other_parameter_the_map_may_be_differentiated() -> None:
    laws(["gradients"])
    asked = [q for q in gradients(NoncentralChiSquared) if "dg/dlam" in q.what]
    assert [q.decide(10.0).status for q in asked] == [Status.PROVED]
