"""Bessel functions modulo whole shifts of the order: all of a class by two neighbours (DLMF 10.6.1, 10.29.1)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, POSITIVE, Interval
from symrep.audit.data import No, fn
from symrep.audit.shifts import need_positive, representative
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled
from symrep.audit.whole_powers import is_whole_valued, power_of_whole

__all__ = ["bessel"]

HALF: Final = Fraction(1, 2)
MAX_ORDER: Final = 40
OTHER: Final = {"besseli": "besselk", "besselk": "besseli", "besselj": "bessely", "bessely": "besselj"}
FIRST: Final = ("besselj", "besseli")


def bessel(name: str) -> Callable[[Algebra, Sum, Sum], Sum]:
    return lambda alg, order, z: _value(alg, name, alg.canon(order), alg.canon(z))


def _value(alg: Algebra, name: str, order: Sum, z: Sum) -> Sum:
    v = number(order)
    if not alg.real(order, z) or (v is not None and abs(v) > MAX_ORDER):
        raise No("a Bessel function of something complex, or of a large order")
    whole = v is not None and v.denominator == 1
    if not z:
        if name in FIRST and v == 0:
            return dict(sums.ONE)
        if name in FIRST and (whole or alg.sign(order) <= {1}):
            return {}
        raise No("a Bessel function at 0")
    if v is not None and whole:
        return _whole_order(alg, name, int(v), z)
    if name in FIRST and is_whole_valued(alg, order) and alg.sign(z) <= {-1}:
        return alg.mul(power_of_whole(alg, constant(-1), order), _value(alg, name, order, scaled(z, -1)))
    need_positive(alg, z, "the argument of a Bessel function")
    if v is not None and v.denominator == 2:
        return _half(alg, name, v, z)
    moving = {m: c for m, c in order.items() if m} or order
    if circular.oriented(moving)[0] < 0:
        return _negative(alg, name, scaled(order, -1), z)
    r, k = representative(alg, order)
    return _from_neighbours(alg, name, r, k, z)


def _whole_order(alg: Algebra, name: str, n: int, z: Sum) -> Sum:
    """C_{−n} = (−1)^n C_n for J and Y, C_n for I and K; J_n and I_n have the parity of n."""
    turn = 1
    if n < 0:
        n = -n
        turn = (-1) ** n if name in ("besselj", "bessely") else 1
    if name in FIRST:
        side, z = circular.oriented(z)
        turn *= side**n
    else:
        need_positive(alg, z, "the argument of a Bessel function")
    return scaled(_from_neighbours(alg, name, {}, n, z), turn)


def _negative(alg: Algebra, name: str, order: Sum, z: Sum) -> Sum:
    """At −ν (DLMF 10.27.1 to 10.27.3 for I and K; 10.4.7 and 10.4.8 give those of J and Y by H)."""
    own = _value(alg, name, order, z)
    if name == "besselk":
        return own
    if is_whole_valued(alg, order):
        return own if name == "besseli" else alg.mul(power_of_whole(alg, constant(-1), order), own)
    s, c = circular.sin_cos(alg, alg.mul(alg.pi(), order))
    other = _value(alg, OTHER[name], order, z)
    if name == "besseli":
        return plus(own, scaled(alg.product([s, alg.inverse(alg.pi()), other]), 2))
    if name == "besselj":
        return minus(alg.mul(c, own), alg.mul(s, other))
    return plus(alg.mul(s, other), alg.mul(c, own))


def _half(alg: Algebra, name: str, v: Fraction, z: Sum) -> Sum:
    """Orders −½ and ½ are elementary."""
    if name == "besselk":
        size = alg.abs_power(alg.mul(alg.pi(), alg.inverse(scaled(z, 2))), HALF)
        low = high = alg.mul(size, alg.exp(scaled(z, -1)))
    else:
        size = alg.abs_power(scaled(alg.mul(alg.pi(), z), HALF), -HALF)
        if name == "besseli":
            up, down = alg.exp(z), alg.exp(scaled(z, -1))
            even, odd = scaled(plus(up, down), HALF), scaled(minus(up, down), HALF)
        else:
            odd, even = circular.sin_cos(alg, z)
        low, high = (even, odd) if name != "bessely" else (odd, scaled(even, -1))
        low, high = alg.mul(size, low), alg.mul(size, high)
    return _run(alg, name, constant(-HALF), low, high, int(v + HALF), z)


def _run(alg: Algebra, name: str, r: Sum, low: Sum, high: Sum, k: int, z: Sum) -> Sum:
    """The value of order r + k from those of orders r and r + 1.

    J and Y: C_{ν+1} = (2ν/z) C_ν − C_{ν−1}; I: I_{ν+1} = I_{ν−1} − (2ν/z) I_ν; K: K_{ν+1} = K_{ν−1} + (2ν/z) K_ν.
    """
    if k in (0, 1):
        return high if k else low
    if abs(k) > MAX_ORDER:
        raise No("Bessel functions of orders far apart")
    turn = -1 if name == "besseli" else 1
    back = -1 if name in ("besselj", "bessely") else 1
    two = scaled(alg.inverse(z), 2)
    at = 1
    while at < k:
        step = scaled(alg.product([two, plus(r, constant(at)), high]), turn)
        low, high, at = high, plus(step, scaled(low, back)), at + 1
    at = 0
    while at > k:
        step = scaled(alg.product([two, plus(r, constant(at)), low]), turn)
        low, high, at = scaled(minus(high, step), back), low, at - 1
    return high if k > 0 else low


def _from_neighbours(alg: Algebra, name: str, r: Sum, k: int, z: Sum) -> Sum:
    low = _base(alg, name, r, z)
    return low if k == 0 else _run(alg, name, r, low, _base(alg, name, plus(r, sums.ONE), z, above=r), k, z)


def _known(alg: Algebra, name: str, order: Sum, z: Sum) -> Sum | None:
    for a in alg.atoms:
        if a.kind == name and alg.is_zero(minus(a.args[0], order)) and alg.is_zero(minus(a.args[1], z)):
            return monomial(a.index)
    return None


def _base(alg: Algebra, name: str, order: Sum, z: Sum, above: Sum | None = None) -> Sum:
    found = _known(alg, name, order, z)
    if found is not None:
        return found
    interval: Interval = LINE
    if name == "besseli" and not order:
        interval = (Fraction(1), False, None, True)
    elif alg.sign(z) <= {1} and (name == "besselk" or (name == "besseli" and alg.sign(plus(order, sums.ONE)) <= {1})):
        interval = POSITIVE
    term = fn(name, alg.term(order), alg.term(z))
    out = monomial(alg.made(name, term, (order, z), range=interval).index)
    if above is not None and alg.sign(z) <= {1}:
        _wronskian(alg, name, above, z)
    return out


def _wronskian(alg: Algebra, name: str, r: Sum, z: Sum) -> None:
    """I_r K_{r+1} + I_{r+1} K_r = 1/z (DLMF 10.28.2) and J_{r+1} Y_r − J_r Y_{r+1} = 2/(πz) (DLMF 10.5.2), once all
    four are there: the product of the first kind's upper and the second's lower one is written by the others."""
    first = name if name in FIRST else OTHER[name]
    up = plus(r, sums.ONE)
    own, other = (_known(alg, first, s, z) for s in (r, up))
    low, high = (_known(alg, OTHER[first], s, z) for s in (r, up))
    if own is None or other is None or low is None or high is None:
        return
    right = alg.inverse(z)
    if first == "besselj":
        right = scaled(alg.mul(right, alg.inverse(alg.pi())), 2)
    rest = alg.mul(own, high)
    value = plus(right, rest) if first == "besselj" else minus(right, rest)
    ((a,), (b,)) = sums.used(other), sums.used(low)
    alg.products[a, b] = value
