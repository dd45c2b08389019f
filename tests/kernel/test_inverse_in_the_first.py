"""Functions of several arguments with a declared inverse in the first one: what follows from that and what does not.

h = S(·, p) maps the line onto itself with inverse T(·, p), both C¹; so ∂_2 T = −∂_2 S/∂_1 S at (T(y, p), p).
Every claim is put to the kernel and to the auditor.
"""

from __future__ import annotations

from typing import Any

import pytest

from symrep.audit.check import check
from symrep.claim import Claim, Context, FunctionSpec
from symrep.kernel.analysis.limits import limit
from symrep.kernel.certificate import SCHEMA, prove, replay
from symrep.kernel.fail import NotProved
from symrep.term import ZERO, Term, add, div, mul, neg, num, power, sym

LINE = (("inf", -1), ("inf", 1))
y, z, p, r, e = map(sym, ("y", "z", "p", "r", "e"))
SYMBOLS = dict.fromkeys(("y", "z", "p", "r"), "real")


def pair(way: str = "increasing", smooth: int | None = 2, **more: Any) -> dict[str, FunctionSpec]:
    return {
        "S": FunctionSpec(smooth=smooth, monotone=way, inverse="T", arity=2),
        "T": FunctionSpec(smooth=smooth, monotone=way, inverse="S", arity=2),
        "w": FunctionSpec(density=True, positive=True, smooth=1),
        **more,
    }


def S(a: Term, b: Term, *orders: int) -> Term:
    return ("app", "S", orders or (0, 0), (a, b))


def T(a: Term, b: Term, *orders: int) -> Term:
    return ("app", "T", orders or (0, 0), (a, b))


def w(at: Term) -> Term:
    return ("app", "w", (0,), (at,))


def equal(lhs: Term, rhs: Term, functions: dict[str, FunctionSpec] | None = None) -> Claim:
    return Claim("equal", {"lhs": lhs, "rhs": rhs}, Context(SYMBOLS, functions or pair()))


def sign(of: Term, op: str, functions: dict[str, FunctionSpec] | None = None) -> Claim:
    return Claim("relation", {"lhs": of, "op": op, "rhs": ZERO}, Context(SYMBOLS, functions or pair()))


def image(inverse: Term, rhs: Term, path: Term | None = None, way: str = "increasing") -> Claim:
    """The density of T(e, p) at z when e has the density w."""
    law = ("law", (("e", *LINE),), w(e))
    push: Term = ("push", law, (path or T(e, p),), (z,))
    branch = dict(zip(("x_lo", "x_hi", "y_lo", "y_hi", "inverse"), (*LINE, *LINE, inverse), strict=True))
    step = {"theorem": "pushforward", "lhs": push, "rhs": rhs, "target": "t", "branches": [branch]}
    return Claim("rewrite", {"before": push, "after": rhs, "rewrites": [step]}, Context(SYMBOLS, pair(way)))


AT = (T(y, p), p)
SLOPE = neg(div(S(*AT, 0, 1), S(*AT, 1, 0)))
t = sym("t")
ALONE = {"T": FunctionSpec(smooth=2, monotone="increasing", inverse="S")}
IN_BETWEEN = mul(w(S(z, p)), S(z, p, 1, 0))

FALSE: dict[str, Claim] = {
    "the sign of implicit differentiation": equal(T(y, p, 0, 1), neg(SLOPE)),
    "the quotient turned over": equal(T(y, p, 0, 1), neg(div(S(*AT, 1, 0), S(*AT, 0, 1)))),
    "the quotient at the wrong point": equal(T(y, p, 0, 1), neg(div(S(y, p, 0, 1), S(y, p, 1, 0)))),
    "the slope of the inverse at the wrong point": equal(T(y, p, 1, 0), power(S(y, p, 1, 0), num(-1))),
    "the derivative by the other argument": equal(T(y, p, 1, 0), SLOPE),
    "undone at another parameter": equal(S(T(y, p), r), y),
    "undone in the second argument": equal(S(p, T(y, p)), y),
    "undone with the arguments exchanged": equal(S(T(p, y), p), y),
    "a parameter that is the value itself": equal(S(T(y, p), T(y, p)), y),
    "a derivative undone": equal(S(T(y, p), p, 1, 0), y),
    "the inverse of nothing smooth": equal(T(y, p, 0, 1), SLOPE, pair(smooth=None)),
    "the inverse of something only continuous": equal(T(y, p, 0, 1), SLOPE, pair(smooth=0)),
    "an inverse with fewer arguments": equal(S(("app", "T", (0,), (y,)), p), y, {**pair(), **ALONE}),
    "rising in the second argument": sign(S(y, p, 0, 1), ">"),
    "the inverse rising in the second argument": sign(T(y, p, 0, 1), "!="),
    "a decreasing pair that rises": sign(S(y, p, 1, 0), ">", pair("decreasing")),
    "strictly, though nothing says so": sign(
        S(y, p, 1, 0), ">", {"S": FunctionSpec(smooth=2, monotone="increasing", arity=2)}
    ),
    "the inverse at another parameter": image(S(t, r), mul(w(S(z, r)), S(z, r, 1, 0))),
    "the inverse with its arguments exchanged": image(S(p, t), mul(w(S(p, z)), S(p, z, 0, 1))),
    "no Jacobian": image(S(t, p), w(S(z, p))),
    "the Jacobian of the map": image(S(t, p), mul(w(S(z, p)), T(z, p, 1, 0))),
    "the derivative by the parameter for the Jacobian": image(S(t, p), mul(w(S(z, p)), S(z, p, 0, 1))),
    "a negative density": image(S(t, p), IN_BETWEEN, way="decreasing"),
    "a parameter that moves with the noise": image(S(t, e), IN_BETWEEN, path=T(e, e)),
    "the map in its second argument": image(S(t, p), IN_BETWEEN, path=T(p, e)),
}
TRUE: dict[str, Claim] = {
    "implicit differentiation": equal(T(y, p, 0, 1), SLOPE),
    "the derivative taken": equal(("diff", T(y, p), "p"), SLOPE),
    "the slope of the inverse": equal(T(y, p, 1, 0), power(S(*AT, 1, 0), num(-1))),
    "undone": equal(S(T(y, p), p), y),
    "undone from the other side": equal(T(S(z, p), p), z),
    "undone at equal parameters": equal(S(T(y, add(p, r)), add(r, p)), y),
    "what it is the solution of does not move": equal(("diff", S(T(y, p), p), "p"), ZERO),
    "along a path of both": equal(
        ("diff", T(power(p, num(2)), p), "p"),
        div(add(mul(num(2), p), neg(S(T(power(p, num(2)), p), p, 0, 1))), S(T(power(p, num(2)), p), p, 1, 0)),
    ),
    "a second derivative": equal(("diff", T(y, p, 0, 1), "p"), ("diff", SLOPE, "p")),
    "rising in the first": sign(S(y, p, 1, 0), ">"),
    "so does the inverse": sign(T(y, p, 1, 0), ">"),
    "falling": sign(T(y, p, 1, 0), "<", pair("decreasing")),
    "the density of the image": image(S(t, p), IN_BETWEEN),
    "the density of a falling image": image(S(t, p), neg(IN_BETWEEN), way="decreasing"),
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
    certificate = prove(TRUE[name]).certificate
    assert certificate is not None
    replay(certificate.data)
    assert second(TRUE[name]) == "ok"


def test_onto_the_line_for_a_fixed_parameter_only() -> None:
    """S(z, p) → ∞ as z does; of S(z, z), and of a derivative, nothing is known."""
    ctx = Context(SYMBOLS, pair())
    assert limit(S(z, p), "z", ("inf", 1), "-", ctx, LINE) == ("inf", 1)
    assert limit(S(z, p), "z", ("inf", -1), "+", Context(SYMBOLS, pair("decreasing")), LINE) == ("inf", 1)
    for unknown in (S(z, z), S(z, p, 1, 0), S(p, z)):
        with pytest.raises(NotProved):
            limit(unknown, "z", ("inf", 1), "-", ctx, LINE)


def test_with_the_names_the_other_way_round() -> None:
    """Which of the two is spelled by the other's derivatives depends on their names; what is true does not."""

    def renamed(t: Any) -> Any:
        if isinstance(t, tuple):
            return tuple(map(renamed, t))
        return {"S": "U", "T": "A"}.get(t, t) if isinstance(t, str) else t

    for name, c in {**TRUE, **FALSE}.items():
        if c.kind != "equal":
            continue
        functions = {
            renamed(n): FunctionSpec(s.smooth, s.growth, s.monotone, renamed(s.inverse), s.density, s.arity)
            for n, s in c.context.functions.items()
            if n in ("S", "T")
        }
        other = Claim(c.kind, {k: renamed(v) for k, v in c.data.items()}, Context(SYMBOLS, functions))
        if name in TRUE:
            prove(other)
            assert second(other) == "ok"
        else:
            with pytest.raises(NotProved):
                prove(other)
            assert second(other) != "ok"
