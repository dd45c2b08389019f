r"""Substitutions x = φ(u) in an integral: a short list of C¹ bijections of open intervals, each with its derivative.

∫_{φ(c)}^{φ(d)} f(x) dx = ∫_c^d f(φ(u)) φ'(u) du for increasing φ, with −φ' and the ends exchanged for decreasing φ;
both sides converge absolutely or neither does. An instance names the ends (low, high) = (c, d) of u's interval, in
order, and the ends it leads to must be proved equal to those of x.

| map | φ(u) | on | needs |
|---|---|---|---|
| ``affine`` | shift + scale·u | ℝ | scale of proved sign |
| ``power`` | u^r | (0, ∞) | r of proved sign |
| ``exp`` | e^u | ℝ | |
| ``log`` | log u | (0, ∞) | |
| ``logit`` | 1/(1 + e^(−u)) | ℝ | |
| ``sinh`` | sinh u | ℝ | |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import BOUNDED, Regular
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import in_order, same_end
from symrep.kernel.theorems.instance import Instance
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, fn, free_symbols, mul, neg, power, sub, substitute, sym
from symrep.verdict import Reason

__all__ = ["change"]

INFINITY: Final[Term] = ("inf", 1)
MINUS_INFINITY: Final[Term] = ("inf", -1)


@final
@dataclass(frozen=True)
class _Map:
    """φ, φ' > 0 (or < 0), the open interval it is defined on, and the limits of φ at that interval's ends."""

    phi: Callable[[Term], Term]
    slope: Callable[[Term], Term]
    increasing: bool
    whole: tuple[Term, Term]
    limits: tuple[Term, Term]

    def at(self, end: Term, ctx: Context) -> Term:
        """The limit of φ at a point of the closed interval."""
        for mine, limit in zip(self.whole, self.limits, strict=True):
            if end == mine:
                return limit
        if end[0] == "inf":
            raise NotProved("the substitution is not defined that far", Reason.SUPPORT_WRONG)
        if self.whole[0] == ZERO and not prove_sign(end, ">", domain(ctx)):
            raise NotProved("the new variable is not known to stay positive", Reason.DOMAIN)
        return self.phi(end)


def _sigmoid(u: Term) -> Term:
    return power(add(ONE, fn("exp", neg(u))), MINUS_ONE)


_FIXED: Final = {
    "exp": _Map(
        lambda u: fn("exp", u),
        lambda u: fn("exp", u),
        True,
        (MINUS_INFINITY, INFINITY),
        (ZERO, INFINITY),
    ),
    "log": _Map(
        lambda u: fn("log", u),
        lambda u: power(u, MINUS_ONE),
        True,
        (ZERO, INFINITY),
        (MINUS_INFINITY, INFINITY),
    ),
    "logit": _Map(
        _sigmoid,
        lambda u: mul(fn("exp", neg(u)), power(_sigmoid(u), ("num", 2, 1))),
        True,
        (MINUS_INFINITY, INFINITY),
        (ZERO, ONE),
    ),
    "sinh": _Map(
        lambda u: fn("sinh", u),
        lambda u: fn("cosh", u),
        True,
        (MINUS_INFINITY, INFINITY),
        (MINUS_INFINITY, INFINITY),
    ),
}


def _sign(t: Term, what: str, ctx: Context) -> bool:
    Regular(ctx, {}, ()).check(t, BOUNDED)
    if prove_sign(t, ">", domain(ctx)):
        return True
    if prove_sign(t, "<", domain(ctx)):
        return False
    raise NotProved(f"the sign of the {what} of a substitution is not known", Reason.NOT_MONOTONE)


def _read(p: Instance, x: str, u: str, ctx: Context) -> _Map:
    name = p.name("map")
    if name in _FIXED:
        return _FIXED[name]
    if name == "affine":
        shift, scale = p.term("shift"), p.term("scale")
        if {x, u} & (free_symbols(shift) | free_symbols(scale)):
            raise NotProved("a constant of the substitution depends on a variable", Reason.ERROR)
        Regular(ctx, {}, ()).check(shift, BOUNDED)
        up = _sign(scale, "scale", ctx)
        ends = (MINUS_INFINITY, INFINITY)
        return _Map(lambda v: add(shift, mul(scale, v)), lambda v: scale, up, ends, ends if up else ends[::-1])
    if name == "power":
        r = p.term("exponent")
        if {x, u} & free_symbols(r):
            raise NotProved("a constant of the substitution depends on a variable", Reason.ERROR)
        up = _sign(r, "exponent", ctx)
        ends = (ZERO, INFINITY)
        slope: Callable[[Term], Term] = lambda v: mul(r, power(v, sub(r, ONE)))  # noqa: E731
        return _Map(lambda v: power(v, r), slope, up, ends, ends if up else ends[::-1])
    raise NotProved(f"no substitution is called {name}", Reason.NOTHING_APPLIED)


def change(t: Term, x: str, lo: Term, hi: Term, p: Instance, ctx: Context) -> tuple[Term, str, Term, Term]:
    """(new integrand, its variable, low, high) of the substituted integral.

    Raises:
        NotProved: the map does not lead from the stated interval onto (lo, hi).
    """
    u, low, high = p.name("variable"), p.term("low"), p.term("high")
    if u == x or u in free_symbols(t) | free_symbols(lo) | free_symbols(hi) or u in ctx.symbols:
        raise NotProved(f"the new variable {u} already occurs", Reason.ERROR)
    if {x, u} & (free_symbols(low) | free_symbols(high)):
        raise NotProved("an end of the new interval depends on a variable", Reason.ERROR)
    phi = _read(p, x, u, ctx)
    if not in_order(low, high, ctx):
        raise NotProved("the ends of the new interval are not known to be in order", Reason.SUPPORT_WRONG)
    ends = (phi.at(low, ctx), phi.at(high, ctx))
    if not phi.increasing:
        ends = ends[::-1]
    if not (same_end(ends[0], lo, ctx) and same_end(ends[1], hi, ctx)):
        raise NotProved("the substitution does not map onto the range of integration", Reason.SUPPORT_WRONG)
    slope = phi.slope(sym(u)) if phi.increasing else neg(phi.slope(sym(u)))
    return mul(substitute(t, {x: phi.phi(sym(u))}), slope), u, low, high
