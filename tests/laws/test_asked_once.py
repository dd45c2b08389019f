"""What is known is not asked again, and no form of a score is looked for that the line states already."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

import symrep.laws.claims as claims
from symrep import D, E, function, real
from symrep.distributions import Normal, TruncatedCauchy
from symrep.laws import judging, refuting
from symrep.laws.claims import agreement_in, open_verdict, or_standardised
from symrep.laws.law import FamilyLaw, Question
from symrep.laws.score import derived_score
from symrep.rules import score_function
from symrep.verdict import Evidence, Reason, Status, Verdict

y = real("y")
AGREED = Evidence(
    "quadrature", "6 points agree", {"agreeing_bits": 40, "undecided_points": 0, "half_defined_points": 0}
)


def _open(*evidence: Evidence) -> Verdict:
    return Verdict(Status.UNDECIDED, Reason.NOT_INTEGRABLE, "open", evidence)


def test_a_score_as_stated_is_not_simplified(monkeypatch: pytest.MonkeyPatch) -> None:
    family = TruncatedCauchy
    s = next(p for p in family.parameters if p.name == "sigma")
    law, f = family(*family.parameters), function("f", smooth=0, growth=0)
    stated = E(f(y) * derived_score(family, s).subs(family.variable, y), (y, law))
    monkeypatch.setattr(sp, "simplify", lambda *a, **k: pytest.fail("simplify takes twenty seconds here"))
    assert score_function(s).apply(D(E(f(y), (y, law)), s), stated, ()).result == stated


def test_another_form_of_a_score_is_still_looked_for() -> None:
    """What is stated is not what counts: a wrong line gets the right one beside it."""
    m, s = Normal.parameters
    law, f = Normal(m, s), function("f", smooth=0, growth=0)
    wrong = E(f(y) * (m - y) / s**2, (y, law))
    result = score_function(m).apply(D(E(f(y), (y, law)), m), wrong, ()).result
    assert result != wrong
    assert sp.simplify(result.args[0] - f(y) * (y - m) / s**2) == 0


def test_where_numbers_agree_no_others_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    x = sp.Integer(1)
    claim = claims.equation("", x, x + 1).claim
    asked: list[Any] = []
    monkeypatch.setattr(judging, "apart", lambda *a: asked.append(a))

    def found(*evidence: Evidence) -> None:
        question = Question("q", lambda _: _open(*evidence), claim=claim)
        law = FamilyLaw("one", "says", lambda _: [question])
        assert [f.status for f in judging.judge_law(law, Normal)] == [Status.UNDECIDED]

    found(AGREED)
    assert not asked
    found()
    assert len(asked) == 1


def test_a_consequence_is_not_diagnosed(monkeypatch: pytest.MonkeyPatch) -> None:
    m, s = Normal.parameters
    wrong = claims.equation("", m + s, m - s)
    for stated, count in (("", 0), ("mean", 1)):
        asked: list[Any] = []
        monkeypatch.setattr(judging, "_diagnosis", lambda *a, asked=asked: asked.append(a))
        question = Question("q", wrong.decide, claim=wrong.claim, stated=stated)
        law = FamilyLaw("one", "says", lambda _, question=question: [question])
        assert [f.status for f in judging.judge_law(law, Normal)] == [Status.REFUTED]
        assert len(asked) == count


def test_points_without_a_value_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    m, s = Normal.parameters
    seen: list[int] = []
    monkeypatch.setattr(refuting, "_pair", lambda *a: seen.append(a[3]))
    assert refuting.apart(claims.equation("", m, s).claim, Normal) is None
    assert len(seen) == 2


def test_one_precision_settles_what_is_not_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    m, s = Normal.parameters
    seen: list[int] = []
    whole = refuting._pair

    def counted(lhs: Any, rhs: Any, at: Any, prec: int, until: float) -> Any:
        seen.append(prec)
        return whole(lhs, rhs, at, prec, until)

    monkeypatch.setattr(refuting, "_pair", counted)
    assert refuting.apart(claims.equation("", (m + s) ** 2, m**2 + 2 * m * s + s**2).claim, Normal) is None
    assert set(seen) == {64}
    found = refuting.apart(claims.equation("", (m + s) ** 2, m**2 + m * s + s**2).claim, Normal)
    assert found is not None and found.status is Status.REFUTED
    assert seen[-2:] == [64, 128]


def _standardised(verdict: Verdict, body: Any) -> Verdict:
    question = Question("q", lambda _: verdict)
    return or_standardised(question, Normal, body, sp.S.One, ()).decide(5.0)


def test_agreement_lacks_only_that_there_is_a_value() -> None:
    m, s = Normal.parameters
    x = Normal.variable
    found = _standardised(_open(AGREED), Normal.density)
    assert found.status is Status.SUPPORTED
    assert "converges is proved after" in found.message
    diverging = sp.exp((x - m) ** 2 / s**2) * Normal.density
    assert _standardised(_open(AGREED), diverging).status is Status.UNDECIDED
    half = Evidence("quadrature", "6 points agree", {**AGREED.data, "half_defined_points": 1})
    assert _standardised(_open(half), Normal.density).status is Status.UNDECIDED


def test_agreement_is_what_points_say() -> None:
    assert agreement_in(_open(AGREED)) is AGREED
    assert agreement_in(open_verdict("no")) is None


def test_a_step_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    m, s = Normal.parameters
    law, f = Normal(m, s), function("f", smooth=0, growth=0)
    count: list[Any] = []
    whole = claims.judge_line

    def counted(*a: Any, **k: Any) -> Any:
        count.append(a)
        return whole(*a, **k)

    monkeypatch.setattr(claims, "judge_line", counted)
    before = D(E(f(y), (y, law)), m)
    for factor, status in ((1, Status.PROVED), (2, Status.REFUTED)):
        after = E(f(y) * factor * (y - m) / s**2, (y, law))
        for _ in range(2):
            assert claims.step("", before, after, score_function(m)).decide(8.0).status is status
    assert len(count) == 2
    # of an f that is declared otherwise it is another question
    g = function("f", smooth=1, growth=0)
    claims.step("", D(E(g(y), (y, law)), m), E(g(y) * (y - m) / s**2, (y, law)), score_function(m)).decide(8.0)
    assert len(count) == 3
