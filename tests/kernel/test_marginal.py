"""Densities of one function of several variables, narrowed and split ranges: false ones first, both checkers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kernel_terms import T, context
from theorem_terms import branch, integral, law, push, whole

from symrep.audit.check import check
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.term import Term, add
from symrep.verdict import Status

TRUE: dict[str, Claim] = {}
FALSE: dict[str, Claim] = {}

SQUARE = law("1", ("x", 0, 1), ("y", 0, 1))
WAITING = law("exp(-x)*exp(-y)", ("x", 0, "oo"), ("y", 0, "oo"))
PLANE = law("exp(-x**2/2 - y**2/2)/(2*pi)", ("x", "-oo", "oo"), ("y", "-oo", "oo"))
SIGNED = law("(3*exp(-x) - 4*exp(-2*x))*exp(-y)", ("x", 0, "oo"), ("y", 0, "oo"))


def cell(low: Any, high: Any, *branches: dict[str, Term]) -> dict[str, Any]:
    return {"low": T(low), "high": T(high), "branches": list(branches)}


def marginal(the_law: Term, h: str, rhs: Any, *cells: dict[str, Any], point: Any = "w", kind: str = "real") -> Claim:
    lhs = push(the_law, [h], [point])
    right = rhs if isinstance(rhs, tuple) else T(rhs)
    return whole("marginal", lhs, right, context(f"w {kind}"), changed="y", target="t", cells=list(cells))


SUM = cell(0, "oo", branch(0, "oo", "x", "oo", "t - x"))
BESIDE = "exp(-x)*exp(-(w - x)) if w > x else 0"
TRUE["x + y, exponential"] = marginal(WAITING, "x + y", integral(BESIDE, ("x", 0, "oo")), SUM)
FALSE["the image forgotten: the integral of exp(-w) over x is infinite"] = marginal(
    WAITING, "x + y", integral("exp(-x)*exp(-(w - x))", ("x", 0, "oo")), SUM
)
FALSE["the inverse of x - y"] = marginal(
    WAITING, "x - y", integral(BESIDE, ("x", 0, "oo")), cell(0, "oo", branch(0, "oo", "x", "oo", "t - x"))
)
FALSE["a Jacobian factor lost: 2y"] = marginal(
    WAITING, "x + 2*y", integral("exp(-x)*exp(-(w - x)/2) if w > x else 0", ("x", 0, "oo")),
    cell(0, "oo", branch(0, "oo", "x", "oo", "(t - x)/2")),
)  # fmt: skip
FALSE["half of the range of x"] = marginal(
    PLANE, "x + y", integral("exp(-x**2/2 - (w-x)**2/2)/(2*pi)", ("x", 0, "oo")),
    cell(0, "oo", branch("-oo", "oo", "-oo", "oo", "t - x")),
)  # fmt: skip
FALSE["cells that leave a gap"] = marginal(
    PLANE, "x + y",
    add(*(integral("exp(-x**2/2 - (w-x)**2/2)/(2*pi)", ("x", a, b)) for a, b in (("-oo", 0), (1, "oo")))),
    *(cell(a, b, branch("-oo", "oo", "-oo", "oo", "t - x")) for a, b in (("-oo", 0), (1, "oo"))),
)  # fmt: skip
FALSE["one branch of y**2"] = marginal(
    PLANE, "x + y**2", integral("exp(-x**2/2 - (w-x)/2)/(2*pi)/(2*sqrt(w-x)) if w > x else 0", ("x", "-oo", "oo")),
    cell("-oo", "oo", branch(0, "oo", "x", "oo", "sqrt(t - x)")),
)  # fmt: skip
FALSE["a map that turns with x, |x| forgotten"] = marginal(
    PLANE, "x*y", integral("exp(-x**2/2 - (w/x)**2/2)/(2*pi)/x", ("x", "-oo", "oo")),
    cell("-oo", "oo", branch("-oo", "oo", "-oo", "oo", "t/x")),
)  # fmt: skip
TRUE["a map that turns with x, in cells"] = marginal(
    PLANE, "x*y",
    add(
        integral("-exp(-x**2/2 - (w/x)**2/2)/(2*pi)/x", ("x", "-oo", 0)),
        integral("exp(-x**2/2 - (w/x)**2/2)/(2*pi)/x", ("x", 0, "oo")),
    ),
    *(cell(a, b, branch("-oo", "oo", "-oo", "oo", "t/x")) for a, b in (("-oo", 0), (0, "oo"))),
)  # fmt: skip
FALSE["a density that is negative somewhere"] = marginal(
    SIGNED, "x + y", integral("(3*exp(-x) - 4*exp(-2*x))*exp(-(w-x)) if w > x else 0", ("x", 0, "oo")), SUM
)
FALSE["at a number: a density has no value there"] = marginal(
    SQUARE, "x + y", integral("1 if 1 > x else 0", ("x", 0, 1)),
    cell(0, 1, branch(0, 1, "x", "x + 1", "t - x")), point=1,
)  # fmt: skip
FALSE["at the variable that is integrated over"] = marginal(
    PLANE, "x + y", integral("exp(-x**2/2)/(2*pi)", ("x", "-oo", "oo")),
    cell("-oo", "oo", branch("-oo", "oo", "-oo", "oo", "t - x")), point="x",
)  # fmt: skip
FALSE["at a symbol that stands for integers only"] = marginal(
    WAITING, "x + y", integral(BESIDE, ("x", 0, "oo")), SUM, kind="integer"
)


def one(theorem: str, lhs: Any, rhs: Any, kind: str = "r positive", **data: Any) -> Claim:
    return whole(theorem, lhs, rhs, context(kind), **data)


CUT = integral("1 if x < r else 0", ("x", 0, "oo"))
TRUE["where the integrand is not 0"] = one("restrict", CUT, integral("1", ("x", 0, "r")))
FALSE["a range too small"] = one("restrict", CUT, integral("1", ("x", 0, "r/2")))
FALSE["a range that leads out"] = one("restrict", CUT, integral("1 if x < r else 0", ("x", -1, "r")))
FALSE["another integrand"] = one("restrict", CUT, integral("x", ("x", 0, "r")))
FALSE["a range turned round"] = one("restrict", CUT, integral("1", ("x", "r", 0)))
FALSE["ends in an unknown order"] = one("restrict", CUT, integral("1", ("x", 0, "r")), "r real")

BELL = integral("exp(-x**2)", ("x", "-oo", "oo"))


def halves(lo: Any, c1: Any, c2: Any, hi: Any, body: str = "exp(-x**2)") -> Term:
    return add(integral(body, ("x", lo, c1)), integral(body, ("x", c2, hi)))


TRUE["a range in two"] = one("split_integral", BELL, halves("-oo", "r", "r", "oo"), at=T("r"))
FALSE["a range with a gap"] = one("split_integral", BELL, halves("-oo", "r", "r + 1", "oo"), at=T("r"))
FALSE["at the variable itself"] = one("split_integral", BELL, halves("-oo", "x", "x", "oo"), at=T("x"))
FALSE["outside the range, and the integral there diverges"] = one(
    "split_integral", integral("1/x**2", ("x", 1, 2)), halves(1, "-r", "-r", 2, "1/x**2"), at=T("-r")
)
FALSE["an integral that does not converge"] = one(
    "split_integral", integral("1/x", ("x", -1, 1)), halves(-1, 0, 0, 1, "1/x"), at=T(0)
)


@pytest.mark.parametrize("name", FALSE)
def test_false_instances_are_refused_by_both(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])
    answer = check({"schema": SCHEMA, "claim": json.loads(json.dumps(FALSE[name].to_json()))})
    assert answer.status != "ok", answer


@pytest.mark.parametrize("name", TRUE)
def test_true_instances_are_accepted_by_both(name: str) -> None:
    assert prove(TRUE[name]).status is Status.PROVED
    answer = check({"schema": SCHEMA, "claim": json.loads(json.dumps(TRUE[name].to_json()))})
    assert answer.status == "ok", answer
