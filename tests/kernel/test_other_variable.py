"""Convergence seen in another variable, over a part of a range, and integrals of which only the ends move.

S(·, p) maps the line onto itself, w is a density, n one of which nothing else is known. Every claim is put to the
kernel and to the auditor.
"""

from __future__ import annotations

from typing import Any

import pytest

from symrep.audit.check import check
from symrep.claim import Assumed, Claim, Context, FunctionSpec
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, fn, mul, neg, num, power, sym

LOW, HIGH = ("inf", -1), ("inf", 1)
x, e, p, r, m = map(sym, ("x", "e", "p", "r", "m"))
SYMBOLS = {"p": "real", "r": "real", "m": "nonnegative"}


def functions(way: str = "increasing", smooth: int | None = 2) -> dict[str, FunctionSpec]:
    return {
        "S": FunctionSpec(smooth=smooth, monotone=way, inverse="T", arity=2),
        "T": FunctionSpec(smooth=smooth, monotone=way, inverse="S", arity=2),
        "w": FunctionSpec(density=True, smooth=0),
        "n": FunctionSpec(density=True),
        "f": FunctionSpec(smooth=0),
        "h": FunctionSpec(smooth=0),
        "k": FunctionSpec(smooth=0),
    }


def S(a: Term, b: Term = p, *orders: int) -> Term:
    return ("app", "S", orders or (0, 0), (a, b))


def T(a: Term, b: Term = p, *orders: int) -> Term:
    return ("app", "T", orders or (0, 0), (a, b))


def f(at: Term, name: str = "f") -> Term:
    return ("app", name, (0,), (at,))


def w(at: Term) -> Term:
    return f(at, "w")


def integral(body: Term, low: Term = LOW, high: Term = HIGH, name: str = "x") -> Term:
    return ("integral", body, (name, low, high))


def defined(t: Term, *assumed: Assumed, way: str = "increasing", smooth: int | None = 2) -> Claim:
    return Claim("defined", {"term": t}, Context(SYMBOLS, functions(way, smooth), (), assumed))


def rewritten(theorem: str, lhs: Term, rhs: Term, *assumed: Assumed, **data: Any) -> Claim:
    step = {"theorem": theorem, "lhs": lhs, "rhs": rhs, **data}
    ctx = Context(SYMBOLS, functions(), (), assumed)
    return Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [step]}, ctx)


def leibniz(body: Term, low: Term, high: Term, rhs: Term, by: str = "p") -> Claim:
    """∂ ∫ body by a parameter of which the body is free."""
    piece = {"lo": low, "hi": high, "integrand": body}
    return rewritten("leibniz", ("diff", integral(body, low, high), by), rhs, interior=ZERO, pieces=[piece])


IMAGE = mul(w(S(x)), S(x, p, 1, 0))
ALONG = Assumed(integral(mul(f(T(e)), w(e)), name="e"))
HALF = Assumed(integral(mul(f(x), w(x)), ZERO))
WHOLE = Assumed(integral(mul(f(x), w(x))))
SQUARE = power(p, num(2))
PLAIN = Assumed(integral(f(x, "k")))
BOTH = Assumed(integral(mul(add(f(T(e)), f(T(e), "h")), w(e)), name="e"))  # nothing is said of the two alone
PAIR = mul(add(f(x), f(x, "h")), IMAGE)
MASS_ONE: dict[str, Any] = {"masses": []}

FALSE: dict[str, Claim] = {
    "an image without its Jacobian": defined(integral(w(S(x)))),
    "the Jacobian at another parameter": defined(integral(mul(w(S(x)), S(x, r, 1, 0)))),
    "the derivative by the parameter for the Jacobian": defined(integral(mul(w(S(x)), S(x, p, 0, 1)))),
    "the Jacobian of the inverse": defined(integral(mul(w(S(x)), T(x, p, 1, 0)))),
    "the map in its second argument": defined(integral(mul(w(S(p, x)), S(p, x, 0, 1)))),
    "a map that is only continuous": defined(integral(IMAGE), smooth=0),
    "the image of something undeclared": defined(integral(mul(f(S(x)), S(x, p, 1, 0)))),
    "along the path at another parameter": defined(
        integral(mul(f(x), w(S(x, r)), S(x, r, 1, 0))), Assumed(integral(mul(f(T(e, p)), w(e)), name="e"))
    ),
    "along the path without the Jacobian": defined(integral(mul(f(x), w(S(x)))), ALONG),
    "a larger range than what is declared": defined(integral(mul(f(x), w(x))), HALF),
    "another range than what is declared": defined(integral(mul(f(x), w(x)), num(-1)), HALF),
    "the mass of a part of the line": rewritten("linearity", integral(w(x), ZERO), ONE, **MASS_ONE),
    "the mass of a part of the line, multiplied": rewritten(
        "linearity", integral(add(w(x), mul(p, w(x))), LOW, p), add(ONE, p), **MASS_ONE
    ),
    "a sum taken apart of which only the whole converges": rewritten(
        "linearity",
        integral(PAIR),
        add(integral(mul(f(x), IMAGE)), integral(mul(f(x, "h"), IMAGE))),
        BOTH,
        **MASS_ONE,
    ),
    "and together with something else": rewritten(
        "linearity",
        integral(add(f(x, "k"), PAIR)),
        add(integral(add(f(x, "k"), mul(f(x), IMAGE))), integral(mul(f(x, "h"), IMAGE))),
        BOTH,
        PLAIN,
        **MASS_ONE,
    ),
    "a density that may jump where the range ends": leibniz(f(x, "n"), LOW, p, f(p, "n")),
    "a sign": leibniz(w(x), LOW, p, neg(w(p))),
    "the sign of a lower end": leibniz(w(x), p, HIGH, w(p)),
    "the derivative of the end forgotten": leibniz(w(x), LOW, SQUARE, w(SQUARE)),
    "an end with a kink": leibniz(w(x), LOW, fn("abs", p), mul(fn("sign", p), w(fn("abs", p)))),
    "an integrand that jumps where the range ends": leibniz(fn("heaviside", x), num(-1), p, fn("heaviside", p)),
    "an integral that does not converge": leibniz(ONE, LOW, p, ONE),
    "no derivative at the edge of a domain": leibniz(w(x), LOW, sym("m"), w(m), by="m"),
}
TRUE: dict[str, Claim] = {
    "the image of a density": defined(integral(IMAGE)),
    "the image of a density under a decreasing map": defined(integral(IMAGE), way="decreasing"),
    "a distribution function of it": defined(integral(IMAGE, LOW, r)),
    "a part of a density": defined(integral(w(x), LOW, r)),
    "a part of a density and its mass apart": rewritten(
        "linearity", integral(add(w(x), mul(p, w(x))), LOW, r), mul(add(ONE, p), integral(w(x), LOW, r)), **MASS_ONE
    ),
    "along the path": defined(integral(mul(f(x), IMAGE)), ALONG),
    "along the path, a part of it": defined(integral(mul(f(x), IMAGE), r, HIGH), ALONG),
    "what converges only together stays together": rewritten(
        "linearity",
        integral(add(f(x, "k"), PAIR)),
        add(integral(f(x, "k")), integral(PAIR)),
        BOTH,
        PLAIN,
        **MASS_ONE,
    ),
    "a smaller range than what is declared": defined(integral(mul(f(x), w(x)), ZERO), WHOLE),
    "a smaller range on both sides": defined(integral(mul(f(x), w(x)), ZERO, ONE), WHOLE),
    "an upper end": leibniz(w(x), LOW, SQUARE, mul(num(2), p, w(SQUARE))),
    "a lower end": leibniz(w(x), p, HIGH, mul(MINUS_ONE, w(p))),
    "the end an undetermined function of the parameter": leibniz(w(x), LOW, T(r), mul(w(T(r)), T(r, p, 0, 1))),
}


def second(claim: Claim) -> str:
    return check({"schema": SCHEMA, "claim": claim.to_json()}).status


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name: str) -> None:
    with pytest.raises(NotProved):
        prove(FALSE[name])


@pytest.mark.parametrize("name", FALSE)
def test_not_accepted_by_the_second_checker(name: str) -> None:
    assert second(FALSE[name]) != "ok"


@pytest.mark.parametrize("name", TRUE)
def test_proved_twice(name: str) -> None:
    prove(TRUE[name])
    assert second(TRUE[name]) == "ok"
