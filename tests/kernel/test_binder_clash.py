"""What is assumed of a name outside is not assumed of the same name where it is bound, however deep that is."""

from __future__ import annotations

import pytest
from kernel_terms import context
from theorem_terms import equal, integral

from symrep.claim import Claim, Context
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.term import Term, add, fn, mul, num, sym
from symrep.verdict import Status

STEP = fn("heaviside", add(sym("k"), num(-5)))
INTEGRAL: Term = ("integral", STEP, ("k", num(0), num(1)))
SUM: Term = ("sum", STEP, ("k", num(0), num(1)))
#: k > 5 outside; inside 0 < k < 1, where the step is 0
ABOVE = Context({"k": "real"}, {}, (("rel", ">", sym("k"), num(5)),))

FALSE = {
    "at the top": (INTEGRAL, num(1)),
    "in a sum": (add(num(1), INTEGRAL), num(2)),
    "in a function in a product": (mul(num(2), fn("exp", add(num(1), INTEGRAL))), mul(num(2), fn("exp", num(2)))),
    "bound by a sum": (add(num(1), SUM), num(3)),
}


@pytest.mark.parametrize("name", sorted(FALSE))
def test_a_hypothesis_does_not_reach_a_bound_name(name: str) -> None:
    lhs, rhs = FALSE[name]
    with pytest.raises(NotProved, match="bound here"):
        prove(Claim("equal", {"lhs": lhs, "rhs": rhs}, ABOVE))


def test_the_hypothesis_reaches_what_is_free() -> None:
    assert prove(Claim("equal", {"lhs": STEP, "rhs": num(1)}, ABOVE)).status is Status.PROVED


@pytest.mark.parametrize(
    ("low", "high", "fits"), [("p", 1, True), (0, "p", True), ("p", 2, False), ("p - 1", 1, False)]
)
def test_a_unit_variable_may_run_over_part_of_the_unit_interval(low: object, high: object, fits: int) -> None:
    claim = equal(integral("2*u", ("u", low, high)), integral("u + u", ("u", low, high)), context("u unit, p unit"))
    if fits:
        prove(claim)
    else:
        with pytest.raises(NotProved):
            prove(claim)
