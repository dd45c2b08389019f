"""Expectations over coordinates under another expectation: that they converge follows from their independence, if
nothing in their bodies has to converge by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from draw_terms import E, N, _mass, c, each, exp, f, heavy, k, n, noise, z
from sympy import Integral, Product, oo

from symrep import indicator, real
from symrep.audit.check import check
from symrep.claim import Claim
from symrep.distributions import Cauchy, Gumbel, Normal, Uniform
from symrep.errors import BadInput
from symrep.judge import Limits
from symrep.judge.conditions import conditions
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.notation import EachExpectation
from symrep.term import Term, mul, num
from symrep.translate import context_of, to_term

x, w = real("x w")
ZERO = num(0)


def opened(node: EachExpectation, rhs: Any, *given: Any, law: Any = N, body: Term | None = None) -> Claim:
    """That E node over c converges, since the node is rhs; ``body`` for what SymPy would not keep as it is."""
    inner, new = to_term(node), to_term(rhs)
    if body is not None:
        inner = (inner[0], body, *inner[2:])
    step = {"theorem": "independent", "lhs": inner, "rhs": new, "mass": _mass(node)}
    around: Any = to_term(E(c, (c, law)))
    around = (around[0], inner, *around[2:])
    return Claim("defined", {"term": around, "rewrites": [step]}, context_of((node, rhs, c), given))


BELL = each(Product(exp(-(z[k] ** 2)), (k, 1, n)))
RIGHT = E(exp(-(x**2)), (x, N)) ** n
NO_MEAN = to_term(E(w, (w, heavy)))
INFINITE = to_term(Integral(exp(w), (w, 0, oo)))

BAD = {
    "another value": opened(BELL, E(exp(-(x**2)), (x, N)) ** (n - 1)),
    "a factor that has no mean": opened(each(Product(exp(z[k] ** 2), (k, 1, n))), E(exp(x**2), (x, N)) ** n),
    "a mean there is not, times 0": opened(each(c), 0 * c, body=mul(ZERO, NO_MEAN)),
    "an integral there is not, times 0": opened(each(c), 0 * c, body=mul(ZERO, INFINITE)),
    "nothing declared of the factor": opened(each(Product(f(z[k]), (k, 1, n)), noise), E(f(x), (x, noise)) ** n),
    "a value that has no mean": opened(each(c * exp(-z[1])), c * E(exp(-x), (x, N)), law=heavy),
}
# P(every h_k < c), averaged over c
ALL_BELOW = each(Product(indicator(z[k] < c), (k, 1, n)), Gumbel(0, 1))
DOUBLE = each(exp(-c * z[1]))


def judged(node: EachExpectation, law: Any) -> Claim:
    """The claim the judge makes of E node over c."""
    line = E(node, (c, law))
    part = conditions(line, context_of((line,), ()), Limits(kernel=30.0, first=10.0))[-1]
    assert part.claim is not None and part.claim.data["rewrites"][0]["theorem"] == "independent"
    return part.claim


GOOD = {
    "a product": lambda: judged(ALL_BELOW, Gumbel(0, 1)),
    "one coordinate": lambda: judged(DOUBLE, Uniform(0, 1)),
}
DIVERGENT = {
    "one coordinate, too heavy": lambda: judged(DOUBLE, Normal(0, 1)),
    "too heavy on the outside": lambda: judged(each(c * exp(-(z[1] ** 2))), Cauchy(0, 1)),
}


def audited(claim: Claim) -> str:
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(BAD[name])
    assert audited(BAD[name]) != "ok"


@pytest.mark.parametrize("name", GOOD)
def test_accepted(name: str) -> None:
    claim = GOOD[name]()
    prove(claim)
    assert audited(claim) == "ok"


@pytest.mark.parametrize("name", DIVERGENT)
def test_divergent(name: str) -> None:
    claim = DIVERGENT[name]()
    with pytest.raises(NotProved):
        prove(claim)
    assert audited(claim) != "ok"
