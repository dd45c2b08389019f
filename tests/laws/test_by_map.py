"""Integrals over a law rewritten by a map of its noise: what must not pass, then what is proved so."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from symrep.claim import Claim
from symrep.distributions import Bradford, GeneralizedParetoBounded, HalfNormal, JohnsonSU, RaisedCosine
from symrep.family import Family
from symrep.judge.deciding import Limits, ask_kernel
from symrep.laws import by_map as module
from symrep.laws.by_map import by_map, steps_by_map
from symrep.laws.by_mass import gradient_by_value
from symrep.laws.claims import equation, log_of, total
from symrep.laws.score import boundary, score_of
from symrep.symbols import as_expr
from symrep.term import num
from symrep.translate import to_term
from symrep.verdict import Status

SECONDS = 8.0


def _claim(family: Family, factor: Any, value: Any, given: Any = ()) -> Claim:
    claim = equation("", total(family, factor * family.density), value, given or family.given("mean")).claim
    assert claim is not None
    return claim


def _proved(family: Family, factor: Any, value: Any, given: Any = ()) -> bool:
    claim = _claim(family, factor, value, given)
    found = [by_map(family, claim, factor, SECONDS, bent) for bent in (True, False)]
    return any(v is not None and v.status is Status.PROVED for v in found)


def _parameter(family: Family, name: str) -> Any:
    return next(s for s in family.parameters if s.name == name)


# --- must fail ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [lambda m: 2 * m, lambda m: -m, lambda m: m + sp.Rational(1, 10**9)],
                         ids=["factor", "sign", "a little"])  # fmt: skip
@pytest.mark.parametrize("family", [GeneralizedParetoBounded, JohnsonSU, RaisedCosine], ids=lambda f: f.name)
def test_a_wrong_value_has_no_proof(family: Family, wrong: Any) -> None:
    assert not _proved(family, family.variable, wrong(as_expr(family.mean)))


def test_a_factor_that_is_not_the_integrands_is_none() -> None:
    f = GeneralizedParetoBounded
    claim = _claim(f, f.variable, f.mean)
    for factor in (-f.variable, f.variable**2, 1):
        assert by_map(f, claim, factor, SECONDS, bent=True) is None


def test_a_map_of_another_law_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With twice the weight of the noise the substitution is no identity, whatever is claimed."""
    f = GeneralizedParetoBounded
    honest = list(module._maps(f, True))
    twice = [{**m, "weight": ("mul", num(2), m["weight"])} for m in honest if m["weight"] is not None]
    monkeypatch.setattr(module, "_maps", lambda family, bent: iter(twice))
    assert twice
    assert not _proved(f, f.variable, f.mean)
    assert not _proved(f, f.variable, 2 * as_expr(f.mean))


def test_a_map_that_is_not_one_to_one_proves_nothing() -> None:
    """X = σ|ε|: as a substitution it would count every x twice."""
    f = HalfNormal
    claim = _claim(f, f.variable, f.mean)
    assert by_map(f, claim, f.variable, SECONDS, bent=True) is None


def test_the_kernel_has_the_last_word() -> None:
    """Steps that lead to the mean do not lead to another value."""
    f = GeneralizedParetoBounded
    claim = _claim(f, f.variable, f.mean)
    before, after = claim.data["lhs"], claim.data["rhs"]
    steps = steps_by_map(f, before, after, f.variable, claim.context, SECONDS, bent=True)
    assert steps is not None
    for end, right in ((after, True), (to_term(as_expr(f.mean) + 1), False)):
        whole = Claim("rewrite", {"before": before, "after": end, "rewrites": steps}, claim.context)
        assert (getattr(ask_kernel(whole, Limits()), "status", None) is Status.PROVED) is right


def test_a_gradient_by_a_wrong_mean_has_no_proof() -> None:
    f, mu = JohnsonSU, _parameter(JohnsonSU, "mu")
    x, score = f.variable, score_of(f, mu)
    for closed in (2 * as_expr(f.mean), -as_expr(f.mean)):
        assert gradient_by_value(f, x, score, closed, mu, SECONDS, f.given("mean")) is None


# --- proved ---------------------------------------------------------------------------------------------------------


def test_moments_by_the_map() -> None:
    f = GeneralizedParetoBounded
    x, m = f.variable, as_expr(f.mean)
    assert _proved(f, x, m)
    assert _proved(f, (x - m) ** 2, f.variance, (*f.given("mean"), *f.given("variance")))
    assert _proved(f, -log_of(f.density), f.entropy, f.given("entropy"))


def test_scores_by_the_map_and_their_boundary_terms() -> None:
    f = RaisedCosine
    s = _parameter(f, "s")
    edge = boundary(f, s)
    assert edge is not None
    assert _proved(f, score_of(f, s), -edge[0], f.given())
    f = Bradford
    assert _proved(f, f.variable * score_of(f, _parameter(f, "c")), sp.diff(f.mean, _parameter(f, "c")))


def test_a_gradient_by_the_mean_that_the_map_gives() -> None:
    f, mu = JohnsonSU, _parameter(JohnsonSU, "mu")
    found = gradient_by_value(f, f.variable, score_of(f, mu), f.mean, mu, SECONDS, f.given("mean"))
    assert found is not None
    assert found.status is Status.PROVED
