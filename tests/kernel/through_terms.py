"""True and false instances of the chain rule through integrals, for the kernel and for the auditor."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Sum, exp, log, sqrt

from symrep import D, E, conditional_law, density, dominated, function, integrable, positive_integer, real
from symrep.claim import Claim
from symrep.distributions import Normal
from symrep.rules.base import rewrite
from symrep.rules.through import _under
from symrep.translate import context_of, to_term

x, y, z = real("x y z")
k, n = positive_integer("k n")
f = function("f", smooth=1, growth=2)
prior = conditional_law("p", smooth=0)
likelihood = density(conditional_law("k", parameters=x, positive=True, smooth=1))(y)
N = Normal(0, 1)

M = E(likelihood, (x, prior))
P = E(f(y + z), (z, N))
Q = E(exp(y * z), (z, N))
TOLD = (dominated(likelihood, (x, prior), by=y),)
TRUE: dict[str, Claim] = {}
FALSE: dict[str, Claim] = {}


def case(name: str, true: bool, lhs: Any, rhs: Any, *given: Any, under: tuple[Any, ...] = (M,)) -> None:
    step = rewrite("through", lhs, rhs, steps=[_under(m, y) for m in under])
    claim = Claim(
        "rewrite",
        {"before": to_term(lhs), "after": to_term(rhs), "rewrites": [step]},
        context_of((lhs, rhs, *under), given),
    )
    (TRUE if true else FALSE)[f"through: {name}"] = claim


case("a logarithm", True, D(log(M), y), D(M, y) / M, *TOLD, M > 0)
case("a sum", True, D(P + Q, y), D(P, y) + D(Q, y), under=(P, Q))
case("a product with x", True, D(y * P, y), P + y * D(P, y), under=(P,))
case("a quotient", True, D(P / Q, y), D(P, y) / Q - P * D(Q, y) / Q**2, under=(P, Q))
case("a number beside", True, D(P * E(f(z), (z, N)), y), D(P, y) * E(f(z), (z, N)), under=(P,))

case("a logarithm of what may be negative", False, D(log(P), y), D(P, y) / P, under=(P,))
case("a logarithm of what may be 0", False, D(log(M), y), D(M, y) / M, *TOLD)
case("a logarithm of what is at least 0", False, D(log(P), y), D(P, y) / P, P >= 0, under=(P,))
case("a root at 0", False, D(sqrt(P), y), D(P, y) / (2 * sqrt(P)), P >= 0, under=(P,))
case("a factor lost", False, D(log(M), y), D(M, y), *TOLD, M > 0)
case("not dominated", False, D(log(M), y), D(M, y) / M, integrable(likelihood, (x, prior)), M > 0)
case("a kink", False, D(Abs(P), y), D(P, y), under=(P,))
case("the product rule forgotten", False, D(P * Q, y), D(P, y) * D(Q, y), under=(P, Q))
case("the factor beside not differentiated", False, D(y * P, y), y * D(P, y), under=(P,))
case("a term without a step", False, D(P + Q, y), D(P, y), under=(P,))
moving = E(f(z), (z, Normal(y, 1)))
case("a law that moves", False, D(moving**2, y), 2 * moving * D(moving, y), under=(moving,))
each = E(f(y + k * z), (z, N))
case("bound around it", False, D(Sum(each, (k, 1, n)), y), Sum(1, (k, 1, n)) * D(each, y), under=(each,))
