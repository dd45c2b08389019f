"""Expectations over coordinates: false instances of their theorems are refused by both checkers, true ones accepted;
when they converge; when two of them are equal."""

from __future__ import annotations

import json
from typing import Any

import draw_products  # noqa: F401 -- adds to the tables
import pytest
from draw_terms import (
    FALSE,
    FALSE_BOUNDS,
    MEAN,
    TRUE,
    TRUE_BOUNDS,
    A,
    N,
    c,
    each,
    exp,
    f,
    g,
    h,
    heavy,
    k,
    l,
    log,
    n,
    noise,
    theta,
    total,
    y,
    z,
)
from sympy import Abs, Heaviside

from symrep import E, Independent, indexed, integrable, positive_integer
from symrep.audit.check import check
from symrep.audit.data import Bad
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove, replay
from symrep.kernel.fail import NotProved
from symrep.term import free_symbols, substitute, sym
from symrep.translate import context_of, to_term
from symrep.wire import from_json

BAD = {**FALSE, **FALSE_BOUNDS}
GOOD = {**TRUE, **TRUE_BOUNDS}


def audited(claim: Claim) -> str:
    try:
        return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status
    except Bad:
        return "malformed"


def refused(claim: Claim) -> bool:
    try:
        prove(claim)
    except (NotProved, BadInput):
        return True
    return False


@pytest.mark.parametrize("name", BAD)
def test_the_kernel_refuses(name: str) -> None:
    assert refused(BAD[name])


@pytest.mark.parametrize("name", BAD)
def test_the_auditor_refuses(name: str) -> None:
    assert audited(BAD[name]) != "ok"


@pytest.mark.parametrize("name", GOOD)
def test_both_accept(name: str) -> None:
    verdict = prove(GOOD[name])
    assert not verdict.almost_everywhere
    assert verdict.certificate is not None
    replay(json.loads(json.dumps(verdict.certificate.data)))
    assert audited(GOOD[name]) == "ok"


# --- convergence ----------------------------------------------------------------------------------------------------

KNOWN = integrable(f(y), (y, noise))
CONVERGENT = {
    "a polynomial": (each(total(z[k] ** 2 * c)), ()),
    "a double sum": (each(total(total(A[k, l] * z[k] * f(z[l])), l)), ()),
    "log of a mean": (each(log(total(exp(f(z[k]))) / n), noise), (KNOWN,)),
    "weights": (each(total(exp(f(z[k])) * z[k]) / total(exp(f(z[l])), l)), ()),
    "squared weights": (each(total(exp(2 * f(z[k])) * f(z[k])) / total(exp(f(z[l])), l) ** 2), ()),
    "log of weights too heavy for a mean": (each(log(total(exp(z[k] ** 4)))), ()),
}
DIVERGENT = {
    "no mean": (each(total(z[k]), heavy), ()),
    "no mean in one term": (each(total(total(z[k] * exp(-(z[l] ** 2))), l), heavy), ()),
    "nothing declared": (each(log(total(exp(f(z[k]))) / n), noise), ()),
    "log of what has none": (each(log(total(exp(z[k]))), heavy), ()),
    "weights too heavy": (each(total(exp(f(z[k]) + z[k] ** 4) * z[k]) / total(exp(f(z[l])), l)), ()),
    "a sum that may vanish": (each(total(z[k] * z[k]) / total(z[l], l)), ()),
    "a coordinate there may not be": (each(f(z[n + 1])), ()),
    "a kernel of its own": (each(exp(exp(total(z[k])))), ()),
}


def defined(node: Any, given: tuple[Any, ...]) -> Claim:
    return Claim("defined", {"term": to_term(node)}, context_of((node,), given))


@pytest.mark.parametrize("name", DIVERGENT)
def test_what_does_not_converge(name: str) -> None:
    claim = defined(*DIVERGENT[name])
    assert refused(claim) and audited(claim) != "ok"


@pytest.mark.parametrize("name", CONVERGENT)
def test_what_converges(name: str) -> None:
    claim = defined(*CONVERGENT[name])
    prove(claim)
    assert audited(claim) == "ok"


# --- equality -------------------------------------------------------------------------------------------------------

w = indexed("w")
m = positive_integer("m")
DIFFERENT = {
    "the integrand": (each(total(f(z[k]))), each(total(g(z[k])))),
    "the number": (each(total(f(z[k]))), each(total(f(z[k])), N, n + 1)),
    "the law": (each(f(z[1])), each(f(z[1]), heavy)),
    "the coordinate, which takes a theorem": (each(f(z[1])), each(f(z[n]))),
    "a coordinate and a parameter": (each(f(z[1])), each(f(w[1]))),
    "off a null set": (each(z[1] ** 2 * Abs(z[1]) ** -1 + c), each(Abs(z[1]) + c)),
    "a step": (each(Heaviside(z[1]) ** 2), each(Heaviside(z[1]))),
    "off a null set of a coordinate there may not be": (each(Abs(z[m]) / z[m]), each(2 * Heaviside(z[m]) - 1)),
}
SAME = {
    "multiplied out": (each(total((z[k] + 1) ** 2)), each(total(z[k] ** 2 + 2 * z[k] + 1))),
    "another index": (each(total(f(z[k]))), each(total(f(z[l]), l))),
    "functions of sums": (each(log(MEAN)), each(log(total(exp(z[l]), l)) - log(n))),
}


def equal(left: Any, right: Any, *given: Any) -> Claim:
    return Claim("equal", {"lhs": to_term(left), "rhs": to_term(right)}, context_of((left, right), given))


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_is_not_equal(name: str) -> None:
    claim = equal(*DIFFERENT[name])
    assert refused(claim) and audited(claim) != "ok"


@pytest.mark.parametrize("name", SAME)
def test_what_is_equal(name: str) -> None:
    claim = equal(*SAME[name])
    assert not prove(claim).almost_everywhere
    assert audited(claim) == "ok"


def test_what_is_known_of_a_parameter_is_not_known_of_a_coordinate() -> None:
    claim = equal(each(Abs(z[1])), each(z[1]), z[1] > 0)
    assert refused(claim) and audited(claim) != "ok"
    from sympy import Piecewise

    by_cases = Piecewise((each(Abs(z[1])) - each(z[1]), z[1] > 0), (0, True))
    claim = equal(by_cases, 0 * y)
    assert refused(claim) and audited(claim) != "ok"


def test_coordinates_are_not_captured() -> None:
    term = to_term(each(h(z[1], theta)))
    assert "z" in free_symbols(term)
    for value in (("index", "z", ("num", 1, 1)), ("add", sym("c"), ("index", "z", ("num", 2, 1)))):
        with pytest.raises(BadInput, match="free of the coordinates"):
            substitute(term, {"theta": value})
    assert substitute(term, {"theta": sym("c")}) == to_term(each(h(z[1], c)))
    with pytest.raises(BadInput, match="free of z"):
        each(h(z[1], theta)).subs(theta, z[2])
    assert each(h(z[1], theta)).subs(theta, c) == each(h(z[1], c))


@pytest.mark.parametrize(
    "data",
    [
        ["expect_each", ["num", 1, 1], "z", ["law", [], ["num", 1, 1]]],
        ["expect_each", ["num", 1, 1], "z"],
        ["expect_each", ["num", 1, 1], ["sym", "z"], ["num", 1, 1]],
    ],
)
def test_malformed_terms(data: Any) -> None:
    with pytest.raises(BadInput):
        from_json(data)


def test_what_authors_may_write() -> None:
    for bad in (N, Independent(Independent(N, (k, 1, n)), (l, 1, n))):
        with pytest.raises((BadInput, NotImplementedError)):
            E(z[1], (z, bad))
    positive_family = indexed("p", "positive")
    with pytest.raises(BadInput, match="range over the support"):
        E(positive_family[1], (positive_family, Independent(N, (k, 1, n))))
