"""Special functions at a point where they are smooth, and at infinity: Taylor's theorem and classical expansions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from symrep.kernel.fail import NotProved
from symrep.kernel.germs import Expansion, Scale, exact
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, fn, mul, neg, num, power, sqrt, sub

if TYPE_CHECKING:
    from symrep.kernel.growth import Germs

__all__ = ["SLOPE", "at_infinity", "erfinv_at_one", "taylor"]

TWO: Final[Term] = num(2)
HALF: Final[Term] = num(1, 2)

#: derivative of a function at a constant point, for Taylor's theorem
SLOPE: Final[Mapping[str, Callable[[Term], Term]]] = {
    "sin": lambda c: fn("cos", c),
    "cos": lambda c: neg(fn("sin", c)),
    "atan": lambda c: power(add(ONE, mul(c, c)), MINUS_ONE),
    "asinh": lambda c: power(add(ONE, mul(c, c)), num(-1, 2)),
    "erf": lambda c: mul(TWO, power(PI, num(-1, 2)), fn("exp", neg(mul(c, c)))),
    "erfc": lambda c: mul(num(-2), power(PI, num(-1, 2)), fn("exp", neg(mul(c, c)))),
    "asin": lambda c: power(sub(ONE, mul(c, c)), num(-1, 2)),
    "acos": lambda c: neg(power(sub(ONE, mul(c, c)), num(-1, 2))),
    "gamma": lambda c: mul(fn("gamma", c), fn("digamma", c)),
    "loggamma": lambda c: fn("digamma", c),
    "digamma": lambda c: fn("polygamma", ONE, c),
    "erfinv": lambda c: mul(HALF, sqrt(PI), fn("exp", power(fn("erfinv", c), TWO))),
}
#: where the constant point must lie for that: (offset, sign) as in kernel.regular
SMOOTH_AT: Final[Mapping[str, tuple[tuple[Term, str], ...]]] = {
    **dict.fromkeys(("gamma", "loggamma", "digamma"), ((ZERO, ">"),)),
    **dict.fromkeys(("asin", "acos", "erfinv"), ((ONE, ">"), (MINUS_ONE, "<"))),
}


def taylor(s: Scale, name: str, c: Term, delta: Expansion) -> Expansion | None:
    """f(c+δ) = f(c) + f'(c)δ + O(δ²), f being C² near c (c ranges over a compact set of such points)."""
    if not all(s.holds(s.plus(c, off), op) for off, op in SMOOTH_AT.get(name, ())):
        return None
    value, slope = s.apply(name, c), s.canon(SLOPE[name](c))
    if name in ("sin", "cos"):
        quarter = s.canon(mul(TWO, c, power(PI, MINUS_ONE)))
        if quarter[0] == "num" and quarter[2] == 1:
            k = quarter[1] % 4
            sine, cosine = (0, 1, 0, -1)[k], (1, 0, -1, 0)[k]
            value, slope = (num(sine), num(cosine)) if name == "sin" else (num(cosine), num(-sine))
    squares = tuple(s.mono_power(m, TWO) for m in delta.monos())
    return s.sum([exact(value), s.scaled(delta, slope), Expansion((), squares)])


def erfinv_at_one(germs: Germs, a: Term, side: int) -> Expansion | None:
    """Erfinv where its argument a → side = ±1 from inside (−1, 1).

    With w = 1 − |a| → 0+ and L = −log w, y = |erfinv a| solves erfc y = w. For y ≥ 1, erfc y lies between e^(−y²)/(4y)
    and e^(−y²)/y, so L = y² + log y + O(1), hence log L = 2 log y + O(1) and y² = L − (log L)/2 + O(1).
    """
    s = germs.scale
    large = neg(fn("log", sub(ONE, mul(num(side), a))))  # there is none if w is not proved positive
    bounded = s.upper(exact(ONE))
    square = s.sum([germs.expand(large), s.scaled(germs.expand(fn("log", large)), num(-1, 2)), bounded])
    found = s.lead(square)
    if found is None or s.sign(found[0]) != 1 or s.trend(found[1]) != 1:
        return None
    c, m, delta = found
    root = s.product(exact(s.power(c, HALF), s.mono_power(m, HALF)), s.series(delta, [HALF, num(-1, 8)]))
    return s.scaled(root, num(side))


def at_infinity(germs: Germs, name: str, a: Term, direction: int) -> Expansion | None:
    """The function where a → direction·∞."""
    s = germs.scale
    if name == "atan":
        # atan a = ±π/2 - 1/a + O(|a|^-3)
        inverse = germs.expand(power(a, MINUS_ONE))
        cubes = [s.mono_power(m, num(3)) for m in inverse.monos()]
        half_pi = s.canon(mul(num(direction, 2), PI))
        return s.sum([exact(half_pi), s.scaled(inverse, MINUS_ONE), Expansion((), tuple(cubes))])
    if name in ("erf", "erfc"):
        # erfc y = exp(-y²)/(y√π) · (1 + O(y^-2)) for y → +∞
        y = a if direction == 1 else neg(a)
        inverse = germs.expand(power(y, MINUS_ONE))
        try:
            gauss = germs.exp_term(neg(mul(y, y)))
            series = s.sum([exact(ONE), Expansion((), tuple(s.mono_power(m, TWO) for m in inverse.monos()))])
            tail = s.product(s.product(gauss, inverse), s.scaled(series, s.canon(power(PI, num(-1, 2)))))
        except NotProved:
            tail = s.upper(inverse)  # 0 ≤ erfc y ≤ 1/y
        if name == "erfc":
            return tail if direction == 1 else s.sum([exact(TWO), s.scaled(tail, MINUS_ONE)])
        return s.sum([exact(num(direction)), s.scaled(tail, num(-direction))])
    if name in ("gamma", "loggamma") and direction == 1:
        # log Γ(a) = (a − ½) log a − a + ½ log 2π + r, 0 < r < 1/(12a) for a > 0 (DLMF 5.11.1, 5.11(ii))
        if name == "gamma":
            return germs.exp_term(fn("loggamma", a))
        body = add(mul(sub(a, HALF), fn("log", a)), neg(a), mul(HALF, fn("log", mul(TWO, PI))))
        return s.sum([germs.expand(body), s.upper(germs.expand(power(a, MINUS_ONE)))])
    if name == "digamma" and direction == 1:
        # ψ(a) = log a − r, 0 < r < 1/a for a > 0 (DLMF 5.11.2)
        return s.sum([germs.expand(fn("log", a)), s.upper(germs.expand(power(a, MINUS_ONE)))])
    if name == "asinh":
        y = a if direction == 1 else neg(a)
        return s.scaled(germs.expand(fn("log", add(y, sqrt(add(mul(y, y), ONE))))), num(direction))
    return None
