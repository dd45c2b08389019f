"""Convergence of infinite sums and derivatives taken term by term. What must be refused comes first."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from series_claims import (
    APART,
    NO_ZETA,
    NOT_APART,
    NOT_SUMMABLE,
    NOT_TERMWISE,
    NOT_VALUED,
    SUMMABLE,
    TERMWISE,
    VALUED,
    ZETA,
    binomially,
    convergent,
    f,
    k,
    n,
    poisson,
    termwise,
)
from sympy import Sum, oo

from symrep.claim import Claim
from symrep.kernel.certificate import prove, replay
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.summability import dominated_sum
from symrep.translate import context_of, to_term


@pytest.mark.parametrize(("t", "definite"), NOT_SUMMABLE, ids=str)
def test_not_summable(t: Any, definite: bool) -> None:
    with pytest.raises(NotProved) as caught:
        prove(convergent(t))
    assert caught.value.definite is definite


@pytest.mark.parametrize(("t", "low"), SUMMABLE, ids=str)
def test_summable(t: Any, low: int) -> None:
    assert prove(convergent(t, low))


@pytest.mark.parametrize(("t", "by", "result"), NOT_TERMWISE, ids=str)
def test_not_termwise(t: Any, by: Any, result: Any) -> None:
    with pytest.raises(NotProved):
        prove(termwise(t, by, result))


def test_an_integer_has_no_derivative() -> None:
    with pytest.raises(NotProved, match="range of summation depends on n"):
        prove(termwise(binomially, n, sp.S.Zero, high=n))
    with pytest.raises(NotProved):  # nor is the index a parameter
        prove(termwise(poisson, k, sp.S.Zero))


@pytest.mark.parametrize(("t", "by", "result", "high"), TERMWISE, ids=str)
def test_termwise(t: Any, by: Any, result: Any, high: Any) -> None:
    verdict = prove(termwise(t, by, result, high=high))
    assert not verdict.almost_everywhere
    assert replay(verdict.certificate.data).status is verdict.status


@pytest.mark.parametrize(("claim", "why"), NO_ZETA)
def test_no_zeta(claim: Claim, why: str | None) -> None:
    """Σ k^(−s) = ζ(s) needs s > 1 and the right start."""
    with pytest.raises(NotProved, match=why):
        prove(claim)


@pytest.mark.parametrize("claim", [*NOT_APART, *NOT_VALUED])
def test_refused(claim: Claim) -> None:
    """Σ (a t + b s) = a Σ t + b Σ s only where both converge; a summand without a value."""
    with pytest.raises(NotProved):
        prove(claim)


@pytest.mark.parametrize("claim", [*ZETA, *APART, *VALUED])
def test_accepted(claim: Claim) -> None:
    assert prove(claim)


def test_dominating_bound_is_said() -> None:
    whole = Sum(f(k) * poisson, (k, 0, oo))
    assert "near any value" in dominated_sum(to_term(whole), "lambda", context_of([whole])).text
