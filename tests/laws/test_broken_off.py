"""What was broken off is not tried again, and takes no other question with it."""

from __future__ import annotations

from typing import Any

import pytest

import symrep.distributions as d
from symrep.commands.laws import _broken
from symrep.laws import judge_family
from symrep.laws.claims import either_side
from symrep.laws.remote import PREFIX, judge_families
from symrep.symbols import positive
from symrep.verdict import Status


def told(skip: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The steps that were begun, and the claims that were answered."""
    events: list[dict[str, Any]] = []
    judge_families(f"{PREFIX}Bernoulli", events.append, {"laws": ["mode"], "skip": skip, "seconds": 5.0})
    begun = [e["name"] for e in events if e["event"] == "derivation-start"]
    return begun, [e["finding"]["claim"] for e in events if e["event"] == "line"]


M = "Bernoulli.mode"


def test_steps_have_names_of_their_own() -> None:
    begun, claims = told(())
    assert begun == [f"{M}.0?", f"{M}.0", f"{M}.1?", f"{M}.1", f"{M}.2?", f"{M}.end"]
    assert len(claims) == 2


@pytest.mark.parametrize(
    ("skip", "begun", "answered"),
    [
        ((f"{M}.0?",), [f"{M}.end"], 0),  # it hung while the first question was put: it would again
        ((f"{M}.0?", f"{M}.0"), [f"{M}.1?", f"{M}.1", f"{M}.2?", f"{M}.end"], 1),  # while it was answered
        ((f"{M}.0?", f"{M}.0", f"{M}.1?"), [f"{M}.end"], 0),
        ((f"{M}.0?", f"{M}.0", f"{M}.1?", f"{M}.1", f"{M}.2?", f"{M}.end"), [], 0),
    ],
)
def test_the_rest_goes_on(skip: tuple[str, ...], begun: list[str], answered: int) -> None:
    found = told(skip)
    assert found[0] == begun
    assert len(found[1]) == answered


def test_the_claim_that_was_broken_off_is_named() -> None:
    error = {"type": "TimedOut", "message": "nothing happened for 45 s"}
    d = {"outcome": "timed-out", "error": error, "events": [{"event": "question", "what": "mean = E[x]"}]}
    d["seconds"] = 45.125
    found = _broken("mean", d)
    assert found["seconds"] == 45.125
    assert (found["claim"], found["status"], found["reason"]) == ("mean = E[x]", "undecided", "budget-spent")
    assert "answering it took too long" in found["message"]
    assert "what there is to ask" in _broken("mean", {**d, "events": []})["message"]


def test_two_cases_beside_a_value_left_out() -> None:
    import sympy as sp

    a, b = positive("a b")
    assert either_side((a < 3,)) == [("", (a < 3,))]
    assert [c for c, _ in either_side((sp.Ne(a, 1), a < 3, sp.Ne(b, 2)))] == [
        " for a < 1 for b < 2",
        " for a < 1 for b > 2",
        " for a > 1 for b < 2",
        " for a > 1 for b > 2",
    ]
    assert either_side((sp.Ne(a, 1), a < 3))[0][1] == (a < 3, a < 1)


def test_a_density_with_a_hole_in_its_parameter() -> None:
    found = list(judge_family(d.ContinuousBernoulli, ["nonnegative"], 8.0))
    assert [f.status for f in found] == [Status.PROVED] * 2


def test_a_map_that_is_not_one_to_one_has_another_gradient() -> None:
    """|mu + sigma e|: its derivative is no function of x, so that the implicit gradient is right in the mean only."""
    found = list(judge_family(d.FoldedNormal, ["implicit gradient"], 8.0))
    assert found
    assert all(f.what.startswith("E[") and f.status >= Status.SUPPORTED for f in found)


def test_a_value_that_is_left_out_is_an_obligation() -> None:
    (lam,) = d.ContinuousBernoulli.parameters
    (_, _, hole) = d.ContinuousBernoulli(lam).obligations()
    assert hole[1] == ">"
    assert hole[0].subs(lam, 0.5) == 0 < hole[0].subs(lam, 0.75)
