"""Derivatives of special functions of several arguments in the arguments where they are elementary or again special.

For Bessel functions DLMF 10.6.1 and 10.29.1, with K_ν standing for e^(νπi) K_ν there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, mul, neg, num, power, sub

__all__ = ["ORDERED", "UNARY", "slopes"]

HALF: Final[Term] = num(1, 2)


def _lambert(u: Term) -> Term:
    """W′ = e^(−W)/(1 + W)."""
    w = fn("lambertw", u)
    return mul(fn("exp", neg(w)), power(add(ONE, w), MINUS_ONE))


#: the derivative at u of functions of one argument
UNARY: Final[Mapping[str, Callable[[Term], Term]]] = {
    "erfi": lambda u: mul(num(2), power(PI, num(-1, 2)), fn("exp", power(u, num(2)))),
    "ei": lambda u: div(fn("exp", u), u),
    "si": lambda u: div(fn("sin", u), u),
    "ci": lambda u: div(fn("cos", u), u),
    "shi": lambda u: div(fn("sinh", u), u),
    "chi": lambda u: div(fn("cosh", u), u),
    "lambertw": _lambert,
}


def _one_where_defined(t: Term) -> tuple[Term, ...]:
    """The factors t·(1/t), which leave a condition behind; none for a literal number other than 0."""
    return () if t[0] == "num" and t != ZERO else (t, power(t, MINUS_ONE))


def _gamma_kernel(s: Term, x: Term) -> Term:
    return mul(power(x, sub(s, ONE)), fn("exp", neg(x)))


def _lower_kernel(s: Term, x: Term) -> Term:
    """γ(s, x) has poles in s where Γ(s) has."""
    return mul(_gamma_kernel(s, x), *_pole_free(s))


def _pole_free(s: Term) -> tuple[Term, ...]:
    if s[0] == "num" and s[1] > 0:
        return ()
    return fn("gamma", s), power(fn("gamma", s), MINUS_ONE)


def _hurwitz(s: Term, a: Term) -> Term:
    """−s ζ(s + 1, a), s ≠ 1."""
    return neg(
        mul(s, fn("zeta", add(s, ONE), a), *_one_where_defined(sub(s, ONE) if s[0] != "num" else num(s[1] - s[2])))
    )


def _neighbours(name: str, lower: int, upper: int) -> Callable[[Term, Term], Term]:
    """(±C_{ν−1} ± C_{ν+1})/2."""

    def slope(order: Term, z: Term) -> Term:
        below, above = fn(name, sub(order, ONE), z), fn(name, add(order, ONE), z)
        return mul(HALF, add(mul(num(lower), below), mul(num(upper), above)))

    return slope


#: the derivative in the second argument of functions whose first is an order
ORDERED: Final[Mapping[str, Callable[[Term, Term], Term]]] = {
    "lowergamma": _lower_kernel,
    "uppergamma": lambda s, x: neg(_gamma_kernel(s, x)),
    "expint": lambda p, x: neg(fn("expint", sub(p, ONE), x)),
    "polylog": lambda s, z: div(fn("polylog", sub(s, ONE), z), z),
    "zeta": _hurwitz,
    "besselj": _neighbours("besselj", 1, -1),
    "bessely": _neighbours("bessely", 1, -1),
    "besseli": _neighbours("besseli", 1, 1),
    "besselk": _neighbours("besselk", -1, -1),
}


def _beta_kernel(a: Term, b: Term, t: Term) -> Term:
    return mul(power(t, sub(a, ONE)), power(sub(ONE, t), sub(b, ONE)))


def slopes(name: str, args: tuple[Term, ...]) -> dict[int, Term]:
    """Argument -> the partial derivative in it; arguments that are missing have none that is known here."""
    if name in ORDERED and len(args) == 2:
        return {1: ORDERED[name](*args)}
    if name in ("betainc", "betainc_regularized"):
        a, b, low, high = args
        defined: tuple[Term, ...] = (power(fn("beta", a, b), MINUS_ONE),)
        if name == "betainc":
            defined = (*_pole_free(a), *_pole_free(b))
        out = {2: neg(_beta_kernel(a, b, low)), 3: _beta_kernel(a, b, high)}
        return {i: mul(*defined, t) for i, t in out.items() if args[i] != ZERO}
    return {}
