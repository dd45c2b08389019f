"""Recursions whose arguments are declared positive, or between 0 and 1: wrong claims, and what leads out of the kind;
for the kernel and for the auditor."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sympy import Abs, Integral, exp, factorial, oo, sqrt

from rules.judging import outcome
from symrep import (
    BadInput,
    Reason,
    Status,
    evaluate,
    induction,
    integer,
    nonnegative,
    positive,
    positive_integer,
    real,
    recursive,
    unit,
)
from symrep.audit.check import check
from symrep.claim import Claim
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.translate import context_of, to_term

r, w, s, lam, v = positive("r w s lambda v")
z0 = nonnegative("z_0")
rho, eta = unit("rho eta")
x, y = real("x y")
n, k = positive_integer("n"), integer("k")

one_more = lam * exp(-lam * (r - w))
erlang = recursive("f", (n, r, lam), (1, lam * exp(-lam * r)), lambda f: Integral(f(n, w, lam) * one_more, (w, 0, r)))
waits = recursive("V", (n, rho, s), (1, s**2), lambda f: rho**2 * f(n, rho, s) + s**2)
steps = recursive("M", (n, eta, x), (1, (1 - eta) * x), lambda f: (1 - eta) * f(n, eta, x))
wide = recursive("W", (n, r), (1, exp(-r)), lambda f: Integral(f(n, y) * exp(-(r - y)), (y, -oo, r)))
upper = recursive("Q", (n, r), (1, 1 + 0 * r), lambda f: Integral(f(n, w) * exp(-w), (w, 0, oo)) + 0 * r)
beyond = recursive("B", (n, eta), (1, 1 + 0 * eta), lambda f: Integral(f(n, w) * exp(-w), (w, 0, oo)))
roots = recursive("R", (n, r), (1, r), lambda f: f(n, r) + sqrt(r**2))
swapped = recursive("S", (n, r, eta), (1, r + eta), lambda f: f(n, eta, r))

density = lam**n * r ** (n - 1) * exp(-lam * r) / factorial(n - 1)
variance = s**2 * (1 - rho ** (2 * n)) / (1 - rho**2)
by = induction(n, step=evaluate)

REFUTED = [
    (erlang(n, r, lam), density * r, by),
    (erlang(n, r, lam), density / lam, by),
    (erlang(n, r, lam), density / n, by),
    (waits(n, rho, s), variance * (1 - rho**2), induction(n)),
    (waits(n, rho, s), s**2 * (1 - rho ** (2 * n + 2)) / (1 - rho**2), induction(n)),
    (steps(n, eta, x), (1 - eta) ** (n - 1) * x, induction(n)),
    (steps(n, eta, x), (1 + eta) ** n * x, induction(n)),
    (roots(n, r), n * r + r, induction(n)),
]
OPEN = [
    (wide(n, r), exp(-r), by),  # integrates over all of the line
    (beyond(n, eta), 1, by),  # over more than (0, 1)
    (roots(n, x), n * x, induction(n)),  # meant for positive numbers
    (roots(n, z0), n * z0, induction(n)),
    (swapped(n, r, eta), r + eta, induction(n)),  # what is positive in the place of what lies below 1
]
PROVED = [
    (erlang(n, r, lam), density, by),
    (erlang(n, s, v), density.subs({r: s, lam: v}, simultaneous=True), by),
    (waits(n, rho, s), variance, induction(n)),
    (waits(n, eta, s), variance.subs(rho, eta), induction(n)),
    (steps(n, eta, x), (1 - eta) ** n * x, induction(n)),
    (roots(n, r), n * r, induction(n)),
    (roots(n, eta), n * eta, induction(n)),
    (upper(n, r), 1, by),
]


@pytest.mark.parametrize(("before", "line", "reason"), REFUTED)
def test_wrong_claims(before: Any, line: Any, reason: Any) -> None:
    assert outcome(before, line, reason) == (Status.REFUTED, Reason.UNEQUAL)


@pytest.mark.parametrize(("before", "line", "reason"), OPEN)
def test_what_leads_out_of_the_kind(before: Any, line: Any, reason: Any) -> None:
    assert outcome(before, line, reason)[0] is not Status.PROVED


@pytest.mark.parametrize(("before", "line", "reason"), PROVED)
def test_right_claims(before: Any, line: Any, reason: Any) -> None:
    assert outcome(before, line, reason) == (Status.PROVED, Reason.HOLDS)


def _both(before: Any, line: Any, reason: Any, **kinds: str) -> tuple[bool, bool]:
    """Do the kernel and the auditor accept the instance, with other kinds declared?"""
    done = reason.apply(before, line, ())
    ctx = context_of([before, line])
    ctx = replace(ctx, symbols={**ctx.symbols, **kinds})
    data = {"before": to_term(before), "after": to_term(line), "rewrites": list(done.rewrites)}
    claim = Claim("rewrite", data, ctx)
    try:
        kernel = prove(claim).status is Status.PROVED
    except NotProved:
        kernel = False
    return kernel, check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status == "ok"


@pytest.mark.parametrize(
    ("kinds", "holds"),
    [({}, True), ({"r": "unit"}, True), ({"r": "real"}, False), ({"r": "negative"}, False), ({"r": "integer"}, False),
     ({"r": "complex"}, False), ({"r": "positive integer"}, False), ({"lambda": "unit"}, True)],
)  # fmt: skip
def test_both_checkers_look_at_the_kinds(kinds: dict[str, str], holds: bool) -> None:
    """∫_0^r over a negative r leads out of the negative numbers, over an r in (0, 1) not out of these."""
    assert _both(erlang(n, r, lam), density, by, **kinds) == (holds, holds)


def test_the_modulus_of_what_is_not_positive() -> None:
    """In the recursion's own terms |x| stays what it is."""
    sizes = recursive("H", (n, x), (1, Abs(x)), lambda f: f(n, x) + Abs(x))
    assert _both(sizes(n, x), n * Abs(x), induction(n)) == (True, True)
    assert _both(sizes(n, x), n * x, induction(n)) == (False, False)
    assert _both(sizes(n, x), n * x, induction(n), x="positive") == (True, True)
    assert _both(sizes(n, x), n * x, induction(n), x="nonzero") == (False, False)


def test_places_out_of_the_kind() -> None:
    assert _both(wide(n, r), exp(-r), by) == (False, False)
    assert _both(swapped(n, r, eta), r + eta, induction(n)) == (False, False)
    assert _both(swapped(n, r, eta), r + eta, induction(n), r="unit") == (True, True)
    assert _both(beyond(n, eta), 1 + 0 * eta, by) == (False, False)


def test_what_an_argument_may_be() -> None:
    with pytest.raises(BadInput, match="symbols for numbers"):
        recursive("f", (n, k), (1, k), lambda f: f(n, k))
    with pytest.raises(BadInput, match=r"rho among the arguments: recursive\('f', \(n, s, rho\)"):
        recursive("f", (n, s), (1, s), lambda f: rho * f(n, s))
