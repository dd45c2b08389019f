"""Special functions at a point where they are smooth, and at infinity: Taylor's theorem and classical expansions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from symrep.kernel.analysis.germs import Expansion, Scale, exact
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, fn, free_symbols, mul, neg, num, power, sqrt, sub

if TYPE_CHECKING:
    from symrep.kernel.analysis.growth import Germs

__all__ = ["INCOMPLETE", "SLOPE", "at_infinity", "erfinv_at_one", "incomplete", "taylor"]

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


# --- incomplete Gamma and Beta functions ------------------------------------------------------------------------------

INCOMPLETE: Final = frozenset("lowergamma uppergamma betainc betainc_regularized".split())


def incomplete(germs: Germs, t: Term) -> Expansion | None:
    """γ(a, z), Γ(a, z), B(a, b, 0, z) and I(a, b, 0, z) for orders proved positive and free of the variable, z at an
    end of its range or inside it. All constants are uniform for orders in a compact set:

        γ(a, z) = z^a (1/a + O(z)) for z → 0+ and Γ(a, z) = z^(a−1) e^(−z) (1 + O(1/z)) for z → ∞ (DLMF 8.7.1, 8.11.2);
        B(a, b, 0, z) = z^a (1/a + O(z)) for z → 0+ (DLMF 8.17.7), and B(a, b) − B(b, a, 0, 1 − z) for z → 1−.
    """
    s, name = germs.scale, t[1]
    orders, z = (t[2:3], t[3]) if len(t) == 4 else (t[2:4], t[5])
    if any(germs.x in free_symbols(o) or not s.holds(o, ">") for o in orders) or (len(t) == 6 and t[4] != ZERO):
        return None
    if any(germs.expand(o).err for o in orders):  # an order that jumps with the parameter
        return None
    if len(orders) == 1:
        return _incomplete_gamma(germs, name, orders[0], z)
    return _incomplete_beta(germs, name, orders[0], orders[1], z)


def _head(germs: Germs, a: Term, z: Term) -> Expansion:
    """z^a (1/a + O(z))."""
    s = germs.scale
    rest = s.sum([exact(s.canon(power(a, MINUS_ONE))), s.upper(germs.expand(z))])
    return s.product(germs.expand(power(z, a)), rest)


def _rises(germs: Germs, z: Term) -> bool:
    """Is z > 0 near the end, by its leading term?"""
    found = germs.scale.lead(germs.expand(z))
    return found is not None and germs.scale.sign(found[0]) == 1


def _near(s: Scale, value: Term, slope: Term, delta: Expansion) -> Expansion:
    squares = tuple(s.mono_power(m, TWO) for m in delta.monos())
    return s.sum([exact(s.canon(value)), s.scaled(delta, s.canon(slope)), Expansion((), squares)])


def _incomplete_gamma(germs: Germs, name: str, a: Term, z: Term) -> Expansion | None:
    s = germs.scale
    whole, sign = exact(s.apply("gamma", a)), 1 if name == "lowergamma" else -1
    at = s.split_constant(germs.expand(z))
    if at is not None and s.holds(at[0], ">"):
        slope = mul(num(sign), power(at[0], sub(a, ONE)), fn("exp", neg(at[0])))
        return _near(s, fn(name, a, at[0]), slope, at[1])
    if not _rises(germs, z) or (at is not None and at[0] != ZERO):
        return None
    if at is not None:
        part, other = _head(germs, a, z), "uppergamma"
    else:
        found = s.lead(germs.expand(z))
        if found is None or s.trend(found[1]) != 1:
            return None
        inverse = s.upper(germs.expand(power(z, MINUS_ONE)))
        try:
            decay = s.product(germs.exp_term(neg(z)), germs.expand(power(z, sub(a, ONE))))
            part = s.product(decay, s.sum([exact(ONE), inverse]))
        except NotProved:
            part = inverse  # Γ(a, z) ≤ C/z
        other = "lowergamma"
    return part if name != other else s.sum([whole, s.scaled(part, MINUS_ONE)])


def _incomplete_beta(germs: Germs, name: str, a: Term, b: Term, z: Term) -> Expansion | None:
    s = germs.scale
    at, left = s.split_constant(germs.expand(z)), sub(ONE, z)
    if at is None:
        return None
    if s.holds(at[0], ">") and s.holds(sub(ONE, at[0]), ">"):
        slope = mul(power(at[0], sub(a, ONE)), power(sub(ONE, at[0]), sub(b, ONE)))
        out = _near(s, fn("betainc", a, b, ZERO, at[0]), slope, at[1])
    elif at[0] == ZERO and _rises(germs, z):
        out = _head(germs, a, z)
    elif at[0] == ONE and _rises(germs, left):
        out = s.sum([exact(s.apply("beta", a, b)), s.scaled(_head(germs, b, left), MINUS_ONE)])
    else:
        return None
    return out if name == "betainc" else s.product(out, exact(s.canon(power(fn("beta", a, b), MINUS_ONE))))
