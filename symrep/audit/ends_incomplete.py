r"""Incomplete Gamma and Beta functions of positive orders at the ends of their ranges.

Near 0, term by term from the integrals: γ(a, z) = z^a (1/a − z/(a + 1) + O(z²)), and ∫_0^z t^(a−1) (1 − t)^(b−1) dt =
z^a (1/a + O(z)). For large z, integrating by parts, Γ(a, z) = z^(a−1) e^(−z) (1 + (a − 1)/z + O(z^(−2))). The constants
do not grow while the orders stay between two positive numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symrep.audit.data import MINUS, ONE, ZERO, No, Term, add, div, fn, free, mul, neg, num, power, sub
from symrep.audit.series import Series

if TYPE_CHECKING:
    from symrep.audit.ends import End

__all__ = ["incomplete_beta", "incomplete_gamma"]


def _orders(at: End, t: Term, orders: tuple[Term, ...]) -> None:
    for a in orders:
        if at.x in free(a):
            raise No(f"an order of {t[1]} moves with the variable", covered=False)
        at.expand(a)  # continuous in the parameter, or refused
        if at.e.n.sign(a) != 1:
            raise No(f"an order of {t[1]} is not known to be positive")


def _positive(at: End, t: Term, z: Term) -> None:
    if at.side(z) != 1:
        raise No(f"the argument of {t[1]} is not known to stay in its range")


def _rest(at: End, whole: Term, part: Series) -> Series:
    return at.e.plus(at.expand(whole), at.e.minus(part))


def incomplete_gamma(at: End, t: Term) -> Series:
    a, z = t[2], t[3]
    _orders(at, t, (a,))
    _positive(at, t, z)
    lower = t[1] == "lowergamma"
    argument = at.expand(z)
    near = at.e.near_constant(argument)
    if near is None:
        if at.e.limit(argument) is None:
            raise No(f"the argument of {t[1]} has no known limit")
        over = at.e.power(argument, MINUS, True)
        try:
            decay = at.e.times(at.e.exp(at.e.minus(argument)), at.e.power(argument, sub(a, ONE), False))
            tail = at.e.times(decay, at.e.taylor([ONE, sub(a, ONE)], over))
        except No:
            tail = at.e.magnitude(over)
        return _rest(at, fn("gamma", a), tail) if lower else tail
    c, delta = near
    if c == ZERO:
        series = at.e.taylor([div(ONE, a), neg(div(ONE, add(a, ONE)))], argument)
        head = at.e.times(at.e.power(argument, a, False), series)
        return head if lower else _rest(at, fn("gamma", a), head)
    if at.e.n.sign(c) != 1:
        raise No(f"the argument of {t[1]} may reach 0")
    slope = mul(power(c, sub(a, ONE)), fn("exp", neg(c)), num(1 if lower else -1))
    return at.e.taylor([fn(t[1], a, c), slope], delta) if delta.sizes else at.e.constant(fn(t[1], a, c))


def incomplete_beta(at: End, t: Term) -> Series:
    a, b, low, z = t[2:]
    if low != ZERO:
        raise No(f"{t[1]} from another point than 0", covered=False)
    _orders(at, t, (a, b))
    other = sub(ONE, z)
    _positive(at, t, z)
    _positive(at, t, other)
    near = at.e.near_constant(at.expand(z))
    if near is None:
        raise No(f"the argument of {t[1]} has no known limit")
    c, delta = near
    if c == ZERO:
        out = _start(at, a, z)
    elif c == ONE:
        out = _rest(at, fn("beta", a, b), _start(at, b, other))
    elif at.e.n.sign(c) == 1 and at.e.n.sign(at.e.n.plus(ONE, at.e.n.minus(c))) == 1:
        slope = mul(power(c, sub(a, ONE)), power(sub(ONE, c), sub(b, ONE)))
        value = fn("betainc", a, b, ZERO, c)
        out = at.e.taylor([value, slope], delta) if delta.sizes else at.e.constant(value)
    else:
        raise No(f"the argument of {t[1]} may reach an end of its range")
    return out if t[1] == "betainc" else at.e.scaled(out, div(ONE, fn("beta", a, b)))


def _start(at: End, a: Term, z: Term) -> Series:
    argument = at.expand(z)
    size = at.e.plus(at.e.constant(div(ONE, a)), at.e.magnitude(argument))
    return at.e.times(at.e.power(argument, a, False), size)
