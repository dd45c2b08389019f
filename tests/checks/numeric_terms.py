"""Short words for the tests of this directory."""

from __future__ import annotations

from symrep import clock
from symrep.checks.balls import agreement, refute
from symrep.claim import Claim, Context
from symrep.term import PI, Term, div, fn, mul, num, power, sqrt, sub, sym
from symrep.verdict import Evidence, Verdict

INF, NINF = ("inf", 1), ("inf", -1)
X, Y, MU, SIGMA, EPS = (sym(n) for n in ("x", "y", "mu", "sigma", "eps"))
REAL = Context({"x": "real", "y": "real", "mu": "real", "sigma": "positive", "n": "positive integer"})


def square(t: Term) -> Term:
    return power(t, num(2))


def phi(t: Term) -> Term:
    """The standard normal density."""
    return div(fn("exp", mul(num(-1, 2), square(t))), sqrt(mul(num(2), PI)))


def normal(x: Term, mu: Term, sigma: Term) -> Term:
    return div(phi(div(sub(x, mu), sigma)), sigma)


STANDARD: Term = ("law", (("eps", NINF, INF),), phi(EPS))
GAUSS: Term = ("law", (("x", NINF, INF),), normal(X, MU, SIGMA))


def expect(t: Term, law: Term) -> Term:
    return ("expect", t, law)


def equal(lhs: Term, rhs: Term, context: Context = REAL) -> Claim:
    return Claim("equal", {"lhs": lhs, "rhs": rhs}, context)


def refuted(claim: Claim, seconds: float = 60) -> Verdict | None:
    return refute(claim, clock.now() + seconds)


def agreed(claim: Claim, seconds: float = 60) -> Evidence | None:
    return agreement(claim, clock.now() + seconds)
