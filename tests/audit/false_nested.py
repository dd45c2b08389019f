"""Values put in under an integral sign."""

from __future__ import annotations

from typing import Any

from instances import false, ftc, t, true
from kernel_terms import T, context
from theorem_terms import integral, whole

INNER = integral("exp(-a*y)", ("y", 0, "x"))
VALUE = "(1 - exp(-a*x))/a"
STEP = {
    "theorem": "value",
    "lhs": INNER,
    "rhs": T(VALUE),
    "parts": [ftc("exp(-a*y)", (0, "x", "-exp(-a*y)/a"))],
}


def under(name: str, lo: Any, hi: Any, ctx: str, rhs: Any = VALUE, step: Any = None, good: bool = False) -> None:
    lhs = integral(INNER, ("x", lo, hi))
    claim = whole("inside", lhs, integral(t(rhs), ("x", lo, hi)), context(ctx), step=step or STEP)
    (true if good else false)(f"inside: {name}", claim)


under("from 0 on", 0, "c", "a positive, c positive", good=True)
under("the inner range reversed", -1, "c", "a positive, c positive")
under("the range reversed", "c", 0, "a positive, c positive")
under("a range of unknown direction", "b", "c", "a positive, b real, c positive")
under("another value", 0, "c", "a positive, c positive", rhs="(1 - exp(-a*x))/a**2")
under("a rate of unknown sign over the half-line", 0, "oo", "a real")
under("a variable that means something else outside", 0, "c", "a positive, c positive, x real", good=True)
under("a variable that is negative outside", 0, "c", "a positive, c positive, x negative")
under("an identity for positive x", -1, 1, "a positive", step={"theorem": "identity", "lhs": INNER, "rhs": T(VALUE)})


SQUARE = (("x", 0, 1), ("y", 0, 1))


def nested(body: str, *ranges: Any) -> Any:
    """The first range outside."""
    out: Any = T(body)
    for r in reversed(ranges):
        out = integral(out, r)
    return out


def both_orders(name: str, body: str, lhs: Any, rhs: Any, good: bool = False) -> None:
    claim = whole("fubini", nested(body, *lhs), nested(body, *rhs), context("a real"))
    (true if good else false)(f"fubini: {name}", claim)


both_orders("a square", "exp(a*x)*(x + y)", SQUARE, SQUARE[::-1], good=True)
both_orders("only conditionally convergent", "(x - y)/(x + y)**3", SQUARE, SQUARE[::-1])
both_orders("ends exchanged", "x*y**2", SQUARE, (("y", 1, 0), ("x", 0, 1)))
both_orders("a triangle", "x*y", (("x", 0, 1), ("y", 0, "x")), (("y", 0, "x"), ("x", 0, 1)))
