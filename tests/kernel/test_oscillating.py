"""Waves that are not damped enough have no mean; a plain integral of them may be read as a limit."""

from __future__ import annotations

import pytest
from kernel_terms import T, box, context

from symrep.claim import Claim
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.oscillating import mean_exists
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.verdict import Reason

# body, box, symbols
DIVERGES = [
    ("sin(x)/x", "x 0 oo", ""),
    ("cos(x**2)", "x 0 oo", ""),
    ("cos(x**2)/x", "x 1 oo", ""),
    ("cos(x)/x + cos(x)/x**3 + sin(x)/x**2", "x 1 oo", ""),
    ("cos(x)/x", "x -oo -1", ""),
    ("sin(x+m)/sqrt(x)", "x 1 oo", "m real"),
    ("cos(a*x)/x", "x 1 oo", "a positive"),
    ("cos(1/w)/w", "w 0 1", ""),
    ("(2*w*sin(w**(-2)) - 2/w*cos(w**(-2)))*lam*exp(-lam*w)", "w 0 oo", "lam positive"),
]
#: not shown to converge, and the lemma does not say that they diverge: they may vanish, or it says nothing of them
OPEN = [
    ("cos(x)/x - cos(x)/x", "x 1 oo", ""),
    ("sin(x)/x - 2*sin(x/2)*cos(x/2)/x", "x 1 oo", ""),
    ("sin(x)/x + sin(-x)/x", "x 1 oo", ""),
    ("cos(a*x)/x - 1/x", "x 1 oo", "a real"),
    ("a*cos(x)/x", "x 1 oo", "a real"),
    ("sin(a*x)/x", "x 1 oo", "a real"),
    ("cos(x)/x*exp(-a*x)", "x 1 oo", "a nonnegative"),
    ("cos(x)/(x*log(x))", "x 2 oo", ""),
    ("sin(cos(x))/x", "x 1 oo", ""),
]
CONVERGES = [
    ("cos(x)/x**2", "x 1 oo", ""),
    ("cos(x)*exp(-x)", "x 0 oo", ""),
    ("cos(1/w)", "w 0 1", ""),
    ("sin(x)/x", "x 0 1", ""),
    ("(1-cos(x))/x**2", "x 0 oo", ""),
    ("sin(x)/x - sin(x)/x*(1-exp(-x))", "x 1 oo", ""),
]


def _mean(body: str, where: str, symbols: str) -> NotProved | None:
    try:
        mean_exists(T(body), box(where), context(symbols))
    except NotProved as no:
        return no
    return None


@pytest.mark.parametrize(("body", "where", "symbols"), DIVERGES)
def test_a_mean_that_does_not_exist(body: str, where: str, symbols: str) -> None:
    no = _mean(body, where, symbols)
    assert no is not None and no.definite and no.reason is Reason.NOT_INTEGRABLE
    with pytest.raises(NotProved) as of_integral:  # it may converge without its absolute value
        integrable(T(body), box(where), context(symbols))
    assert not of_integral.value.definite


@pytest.mark.parametrize(("body", "where", "symbols"), OPEN)
def test_what_the_lemma_does_not_say(body: str, where: str, symbols: str) -> None:
    no = _mean(body, where, symbols)
    assert no is None or not no.definite


@pytest.mark.parametrize(("body", "where", "symbols"), CONVERGES)
def test_means_that_exist(body: str, where: str, symbols: str) -> None:
    no = _mean(body, where, symbols)
    assert no is None or not no.definite


def test_only_means_are_refuted() -> None:
    law = ("law", box("x 1 oo"), T("x**(-2)"))
    for node, definite in (
        (("expect", T("x*sin(x)"), law), True),
        (("integral", T("sin(x)/x"), *box("x 1 oo")), False),
    ):
        with pytest.raises(NotProved) as no:
            prove(Claim("defined", {"term": node}, context()))
        assert no.value.definite is definite
