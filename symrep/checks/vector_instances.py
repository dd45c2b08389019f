r"""Concrete functions of vectors, to try a claim about an undetermined one on: f(p, …, v) = P(p, …)·g(Σ_k v_k/(k + 1)).

Their partial derivatives are P g′ w_k, P g″ w_k w_l, … with w_k = 1/(k + 1): as large as those of g.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from symrep.checks.derive import derive
from symrep.checks.faults import Unevaluable
from symrep.claim import FunctionSpec
from symrep.term import ONE, Term, add, fn, mul, num, power, sub, substitute, sym

__all__ = ["OfVector", "chains", "members"]

_T = sym("t")
#: (name, body in t, the growth of all its derivatives)
_TABLE: tuple[tuple[str, Term, int], ...] = (
    ("t^2 - t/2 + 2", add(power(_T, num(2)), mul(num(-1, 2), _T), num(2)), 2),
    ("3*t/2 - 1", sub(mul(num(3, 2), _T), ONE), 1),
    ("sin(t) + 2", add(fn("sin", _T), num(2)), 0),
)


@final
@dataclass(frozen=True)
class OfVector:
    """One such function, differentiated by so many coordinates, the first arguments."""

    name: str
    body: Term
    arity: int
    times: int = 0

    def at(self, orders: tuple[int, ...], args: tuple[Term, ...]) -> Term:
        if len(args) != self.arity or args[-1][0] != "vector" or orders[-1]:
            raise Unevaluable(f"{self.name} takes a vector")
        _, entry, (k, lo, hi) = args[-1]
        total = ("sum", mul(entry, _weight(sym(k))), (k, lo, hi))
        outer = self.body
        for _ in range(self.times):
            outer = derive(outer, "t")
        by, others = args[: self.times], args[self.times : -1]
        beside = self._beside(orders[self.times : -1], others)
        return mul(beside, *map(_weight, by), substitute(outer, {"t": total}))

    def _beside(self, orders: tuple[int, ...], others: tuple[Term, ...]) -> Term:
        names = [f"p{n}#" for n in range(len(others))]
        out: Term = add(num(2), *(fn("sin", mul(num(n + 1), sym(p))) for n, p in enumerate(names)))
        for p, count in zip(names, orders, strict=True):
            for _ in range(count):
                out = derive(out, p)
        return substitute(out, dict(zip(names, others, strict=True))) if others else ONE


def _weight(k: Term) -> Term:
    return power(add(k, ONE), num(-1))


def chains(specs: Mapping[str, FunctionSpec]) -> dict[str, tuple[str, int]]:
    """Of every function of a vector the one it is a partial derivative of, and of which order."""
    slopes = {s.slope: n for n, s in specs.items() if s.slope in specs and s.slope != n}
    out: dict[str, tuple[str, int]] = {}
    for n, s in specs.items():
        if s.vector:
            base, times = n, 0
            while base in slopes and times < len(specs):
                base, times = slopes[base], times + 1
            out[n] = (base, times)
    return out


def members(spec: FunctionSpec) -> list[OfVector]:
    """Members of the class; the smallest growth that is declared rules out what grows faster."""
    if spec.positive:
        return []
    return [OfVector(name, body, spec.arity) for name, body, g in _TABLE if spec.growth is None or g <= spec.growth]
