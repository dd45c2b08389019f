"""Limits as lines of derivations: wrong values, limits that do not exist, variables that cannot go where the limit is;
for the kernel and for the auditor."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy as sp
from sympy import Abs, Heaviside, Integral, Limit, Rational, atan, exp, log, oo, pi, sign, sin, sqrt

from rules.judging import LIMITS, outcome
from symrep import (
    E,
    Reason,
    Status,
    algebra,
    evaluate,
    linearity,
    negative,
    nonnegative,
    nonzero,
    positive,
    positive_integer,
    real,
    unit,
)
from symrep.audit.check import check
from symrep.claim import Claim
from symrep.derivation import Line
from symrep.distributions import Exponential
from symrep.judge import judge_first
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.translate import context_of, to_term

x, t, c = real("x t c")
a, tau, nu, y = positive("a tau nu y")
z0, below, h = nonnegative("z_0"), negative("w"), nonzero("h")
p = unit("p")
n = positive_integer("n")
STUDENT = (1 + x**2 / nu) ** (-(nu + 1) / 2)
MASS = Integral(a * x ** (a - 1), (x, 0, 1))

WRONG = [
    (Limit(1 / (1 + exp(-a / tau)), tau, 0), Rational(1, 2)),
    (Limit(1 / (1 + exp(-c / tau)), tau, oo), 1),
    (Limit(STUDENT, nu, oo), exp(-(x**2))),
    (Limit((1 - p / n) ** n, n, oo), exp(p)),
    (Limit((exp(x + tau) - exp(x)) / tau, tau, 0), exp(2 * x)),
    (Limit(MASS, a, oo), 0),
    (Limit(tau * log(tau), tau, 0), 1),
    (Limit(atan(a / tau), tau, 0), -pi / 2),
    (Limit(p**2, p, 1, "-"), 2),
]
OPEN = [
    (Limit(1 / tau, tau, 0), 5),  # infinite
    (Limit(1 / tau, tau, 0), oo),  # nor is infinity a number
    (Limit(sign(t), t, 0, "+-"), 1),
    (Limit(sin(t), t, oo), 0),
    (Limit((-1) ** n, n, oo), 1),
    (Limit(Heaviside(t), t, 0, "+-"), Rational(1, 2)),
    (Limit(atan(x / tau), tau, 0), pi / 2),
    (Limit(tau, tau, -1), -1),  # no positive number lies there
    (Limit(tau, tau, c), c),
    (Limit(tau, tau, 0, "-"), 0),
    (Limit(tau, tau, 0, "+-"), 0),
    (Limit(z0, z0, 0, "-"), 0),
    (Limit(sqrt(tau**2), tau, -oo), -oo),
    (Limit(below, below, 0), 0),
    (Limit(exp(-below), below, oo), 0),
    (Limit(p, p, 1), 1),
    (Limit(p, p, 0, "-"), 0),
    (Limit(p, p, 2, "-"), 2),
    (Limit(1 / p, p, oo), 0),
    (Limit(n * x, n, 3), 3 * x),
    (Limit(1 / n, n, -oo), 0),
]
RIGHT = [
    (Limit(1 / (1 + exp(-a / tau)), tau, 0), 1),
    (Limit(1 / (1 + exp(-c / tau)), tau, oo), Rational(1, 2)),
    (Limit(STUDENT, nu, oo), exp(-(x**2) / 2)),
    (Limit((1 - p / n) ** n, n, oo), exp(-p)),
    (Limit((exp(x + tau) - exp(x)) / tau, tau, 0) + x, exp(x) + x),
    (Limit(MASS, a, oo), 1),
    (Limit(tau * log(tau), tau, 0), 0),
    (Limit(p**2, p, 1, "-"), 1),
    (Limit(Abs(h) / h, h, 0, "-"), -1),
    (Limit(below**2, below, 0, "-"), 0),
    (Limit(exp(below), below, -oo), 0),
    (Limit(z0 + 1, z0, 0), 1),
    (Limit(tau, tau, a, "+-"), a),
]


@pytest.mark.parametrize(("line", "value"), WRONG)
def test_wrong_values_are_refuted(line: Any, value: Any) -> None:
    assert outcome(line, value, evaluate) == (Status.REFUTED, Reason.UNEQUAL)


@pytest.mark.parametrize(("line", "value"), OPEN)
def test_what_is_no_limit_is_not_believed(line: Any, value: Any) -> None:
    assert judge_first(Line(line, "=", None, 1), (), LIMITS).status is Status.UNDECIDED
    assert outcome(line, value, evaluate)[0] is Status.UNDECIDED


@pytest.mark.parametrize(("line", "value"), RIGHT)
def test_right_ones_are_proved(line: Any, value: Any) -> None:
    assert judge_first(Line(line, "=", None, 1), (), LIMITS).status is Status.PROVED
    assert outcome(line, value, evaluate) == (Status.PROVED, Reason.HOLDS)


def test_a_limit_does_not_go_under_an_integral() -> None:
    inside = Integral(Limit(a * x ** (a - 1), a, oo), (x, 0, 1))
    for reason in (evaluate, algebra, linearity):
        assert outcome(Limit(MASS, a, oo), inside, reason)[0] is Status.UNDECIDED


def test_the_mean_inside_comes_first() -> None:
    before, line = Limit(E(y, (y, Exponential(1 + tau))), tau, 0), Limit(1 / (1 + tau), tau, 0)
    assert outcome(before, line, evaluate)[0] is Status.PROVED
    assert outcome(before, Limit(1 / (2 + tau), tau, 0), evaluate)[0] is Status.REFUTED
    assert outcome(line, 1, evaluate)[0] is Status.PROVED


def test_limits_are_compared_by_their_values() -> None:
    before = Limit((1 - p / n) ** n, n, oo)
    assert outcome(before, Limit(exp(n * log(1 - p / n)), n, oo), algebra)[0] is Status.PROVED
    assert outcome(before, Limit(exp(-n * log(1 - p / n)), n, oo), algebra)[0] is Status.REFUTED
    assert outcome(exp(-p), before, evaluate)[0] is Status.PROVED


# --- the two checkers, on the place alone -----------------------------------------------------------------------------


def _both(node: Any, value: Any, above: Any, under: Any) -> tuple[str, str]:
    step = {"theorem": "limit", "lhs": to_term(node), "rhs": to_term(sp.sympify(value)), "above": above, "below": under}
    claim = Claim("defined", {"term": to_term(node), "rewrites": [step]}, context_of([node]))
    try:
        kernel = prove(claim).status.name
    except NotProved as e:
        kernel = e.reason.name
    auditor = check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status
    return kernel, auditor


ONE, BACK = to_term(sp.Integer(1)), to_term(sp.Integer(-1))
PLACES = [
    (tau, 0, "+", True), (tau, 0, "-", False), (tau, 0, "+-", False), (tau, 1, "+-", True), (tau, -1, "+", False),
    (z0, 0, "+", True), (z0, 0, "-", False), (below, 0, "-", True), (below, 0, "+", False), (below, -1, "+-", True),
    (p, 0, "+", True), (p, 0, "-", False), (p, 1, "-", True), (p, 1, "+", False), (p, 2, "-", False),
    (h, 0, "+-", True), (t, 0, "+-", True), (n, 1, "+", False), (tau, x, "+", False), (tau, a, "+-", True),
]  # fmt: skip


@pytest.mark.parametrize(("v", "end", "side", "fits"), PLACES)
def test_where_a_variable_can_go(v: Any, end: Any, side: str, fits: bool) -> None:
    kernel, auditor = _both(
        Limit(v + 1, v, end, side), end + 1, to_term(sp.sympify(end + 1)), to_term(sp.sympify(end - 1))
    )
    assert (kernel == "PROVED", auditor == "ok") == (fits, fits)


@pytest.mark.parametrize(
    ("v", "end", "fits"),
    [(tau, oo, True), (tau, -oo, False), (n, oo, True), (n, -oo, False), (below, -oo, True), (below, oo, False),
     (p, oo, False), (z0, oo, True), (h, -oo, True)],
)  # fmt: skip
def test_who_can_grow(v: Any, end: Any, fits: bool) -> None:
    node = Limit(1 / v, v, end)
    kernel, auditor = _both(node, 0, BACK, ONE)
    assert (kernel == "PROVED", auditor == "ok") == (fits, fits)
