"""Claims that agree at every point one is likely to try and are false all the same: points must not support them."""

from __future__ import annotations

import pytest
import sympy as sp

from symrep import E, clock, function, nonnegative, positive, positive_integer, real
from symrep.checks.balls import agreement
from symrep.checks.generic import why_unsupportable
from symrep.claim import Claim
from symrep.distributions import Normal
from symrep.translate import context_of, to_term

x, mu, z = real("x mu z")
q = nonnegative("q")
s = positive("s")
n = positive_integer("n")
f = function("f", smooth=1, growth=2)
X = Normal(mu, s)

TRAPS = {
    "zero to a power": ("==", 0**q, 0),
    "beyond the precision": ("==", sp.exp(-(10**9) * (1 + x**2)) + x, x),
    "saturated": ("==", sp.tanh(10**6 + s), 1),
    "a step far out": ("==", sp.floor(n / 1000), 0),
    "one integer": ("==", sp.Piecewise((1, sp.Eq(n, 3)), (0, True)), 0),
    "an interval on which an equality holds": ("==", sp.Piecewise((1, sp.Eq(sp.floor(x), 0)), (0, True)), 0),
    "a spike": ("==", sp.Max(0, 1 - 10**9 * sp.Abs(x - sp.Rational(1, 3))), 0),
    "off by less than quadrature sees": ("==", E(z**2, (z, X)) * (1 + sp.Rational(1, 10**14)), E(z**2, (z, X))),
    "two integrals next to nothing": ("==", E(sp.cos(100 * z), (z, Normal(0, s + 1))), 0),
    "an order that fails far out": ("<=", sp.exp(q / 100), 1 + q),
    "an order that fails at the edge": (">", q, 0),
    "all functions of a class": ("==", E(f(z), (z, X)), E(f(mu + s * z), (z, Normal(0, 1)))),
}


def claim_of(op: str, lhs: object, rhs: object) -> Claim:
    data = {"lhs": to_term(lhs), "rhs": to_term(rhs)}
    context = context_of([sp.sympify(lhs), sp.sympify(rhs)])
    return Claim("equal", data, context) if op == "==" else Claim("relation", {**data, "op": op}, context)


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
def test_points_support_no_trap(trap: tuple[str, object, object]) -> None:
    assert agreement(claim_of(*trap), clock.now() + 10) is None


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (sp.atan(s) + sp.atan(1 / s), sp.pi / 2),
        (E(sp.tanh(z) ** 2, (z, X)), 1 - E(1 / sp.cosh(z) ** 2, (z, X))),
        (sp.Abs(x) * sp.sign(x), x),
    ],
)
def test_points_support_generic_truths(lhs: object, rhs: object) -> None:
    claim = claim_of("==", lhs, rhs)
    assert why_unsupportable(claim.data["lhs"], "==", claim.data["rhs"], claim.context) == ""
    assert agreement(claim, clock.now() + 20) is not None
