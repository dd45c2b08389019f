"""Equal for all real values of the undetermined functions: what that shows, and what not; equations among the facts."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.audit.check import _equal
from symrep.audit.context import Ctx, Spec
from symrep.audit.data import ONE, ZERO, No, Term, add, div, fn, mul, num, power, sub, sym
from symrep.audit.instance import Data
from symrep.audit.named_values import same_for_all_values
from symrep.audit.normal import same_everywhere

X, Y = sym("x"), sym("y")
F = Spec(smooth=1)


def f(t: Term, order: int = 0, name: str = "f") -> Term:
    return ("app", name, (order,), (t,))


def positive(t: Term) -> Term:
    return ("rel", ">", t, ZERO)


def where(*given: Term, smooth: int | None = 1) -> Ctx:
    return Ctx({"x": "real", "y": "real"}, {"f": Spec(smooth=smooth), "g": F}, tuple(given))


def least(a: Term, b: Term) -> Term:
    return fn("min", a, b)


FALSE: list[tuple[str, Term, Term, Ctx]] = [
    ("nothing says that f(x) > 0", mul(f(X), least(ONE, div(f(Y), f(X)))), least(f(X), f(Y)), where(positive(f(Y)))),
    ("f may be 1 on more than a null set", div(sub(f(X), ONE), sub(f(X), ONE)), ONE, where()),
    ("f may lie between 1 and 2",
     fn("abs", sub(f(X), ONE)), mul(sub(f(X), ONE), fn("sign", sub(f(X), num(2)))), where()),
    ("what is given under an integral is of another x",
     mul(f(X), least(ONE, div(f(Y), f(X)))), least(f(X), f(Y)),
     where(positive(("integral", fn("abs", f(X)), ("x", ZERO, ONE))), positive(f(Y)))),
    ("f(x) and f(y) are two values", f(X), f(Y), where(positive(f(X)), positive(f(Y)))),
    ("a function and its derivative are two", f(X), f(X, 1), where()),
    ("where |f| has no derivative", ("diff", fn("abs", f(X)), "x"), mul(fn("sign", f(X)), f(X, 1)), where()),
    ("f(1/x) has no value at 0", mul(f(power(X, -1)), num(2)), add(f(power(X, -1)), f(power(X, -1))), where()),
    ("nothing is declared of h", mul(num(2), f(X, 0, "h")), add(f(X, 0, "h"), f(X, 0, "h")), where()),
    ("f is not declared to have a derivative", ("diff", f(X), "x"), f(X, 1), where(smooth=0)),
    ("what drops out of a derivative has no value", ("diff", add(X, div(f(Y), f(Y))), "x"), ONE, where()),
]  # fmt: skip


@pytest.mark.parametrize(("lhs", "rhs", "ctx"), [pytest.param(a, b, c, id=why) for why, a, b, c in FALSE])
def test_it_is_refused(lhs: Term, rhs: Term, ctx: Ctx) -> None:
    assert not same_for_all_values(lhs, rhs, ctx)


def equal(lhs: Term, rhs: Term, ctx: Ctx) -> None:
    data: dict[str, Any] = {"lhs": lhs, "rhs": rhs}
    _equal(Data(data), ctx)


def test_a_ratio_is_accepted_with_the_smaller_one() -> None:
    ctx = where(positive(f(X)), positive(f(Y)))
    equal(mul(f(X), least(ONE, div(f(Y), f(X)))), least(f(X), f(Y)), ctx)


def test_a_derivative_is_carried_out_first() -> None:
    ctx = where(positive(f(X)))
    half = num(1, 2)
    equal(("diff", power(f(X), half), "x"), mul(half, f(X, 1), power(f(X), num(-1, 2))), ctx)
    assert same_for_all_values(("diff", power(f(X), half), "x"), mul(half, f(X, 1), power(f(X), num(-1, 2))), ctx)
    with pytest.raises(No):
        equal(("diff", power(f(X), half), "x"), mul(f(X, 1), power(f(X), num(-1, 2))), ctx)


def test_an_equation_among_the_facts_is_put_in() -> None:
    ctx = where().assume(sub(X, Y), "==", ZERO)
    lhs = fn("abs", sub(X, num(1)))
    assert same_everywhere(mul(X, lhs), mul(Y, fn("abs", sub(Y, num(1)))), ctx)
    assert not same_everywhere(mul(X, lhs), mul(Y, fn("abs", sub(Y, num(2)))), ctx)
    assert not same_everywhere(X, Y, where().assume(sub(mul(X, X), mul(Y, Y)), "==", ZERO))
    assert not same_everywhere(div(sub(X, Y), sub(X, Y)), ONE, ctx)
