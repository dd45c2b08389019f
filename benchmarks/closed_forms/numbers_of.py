"""Values of terms by mpmath at many digits, and points of a domain: a second opinion that shares nothing with symrep's
own checks but the reader."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath as mp

from symrep.claim import Context
from symrep.term import Term

__all__ = ["NoValue", "differs", "points", "value"]

DIGITS = 50


class NoValue(Exception):
    """The term has no value at the point."""


def _sign(v: Any) -> Any:
    return v / abs(v) if v != 0 else mp.mpf(0)


def _step(v: Any) -> Any:
    return mp.mpf(1) / 2 if v == 0 else mp.mpf(v > 0)


_FUNCTIONS: dict[str, Any] = {
    "abs": mp.fabs,
    "sign": _sign,
    "heaviside": _step,
    "floor": mp.floor,
    "ceiling": mp.ceil,
    "min": min,
    "max": max,
    "gamma": mp.gamma,
    "factorial": mp.factorial,
    "digamma": mp.digamma,
    "polygamma": lambda n, x: mp.polygamma(int(n), x),
    "log": mp.log,
}
_BEYOND = {"acosh": lambda v: v >= 1, "atanh": lambda v: -1 < v < 1, "asin": lambda v: -1 <= v <= 1}
_COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def value(t: Term, at: Mapping[str, Any]) -> Any:
    """The value at a point, at the working precision of mpmath.

    Raises:
        NoValue: there is none.
    """
    try:
        out = _go(t, at)
    except (ZeroDivisionError, ValueError, TypeError, OverflowError, KeyError) as e:
        raise NoValue(str(e)) from e
    if not mp.isfinite(out):
        raise NoValue("not finite")
    if isinstance(out, mp.mpc) and abs(out.imag) < mp.mpf(10) ** (8 - mp.mp.dps) * abs(out):
        out = out.real
    return out


def _go(t: Term, at: Mapping[str, Any]) -> Any:
    head = t[0]
    if head == "num":
        return mp.mpf(t[1]) / t[2]
    if head == "sym":
        v = at[t[1]]
        return mp.mpf(v.numerator) / v.denominator if isinstance(v, Fraction) else v
    if head == "const":
        return {"pi": +mp.pi, "e": mp.e + 0, "euler_gamma": mp.euler + 0, "i": mp.mpc(0, 1)}[t[1]]
    if head == "add":
        return mp.fsum(_go(c, at) for c in t[1:])
    if head == "mul":
        return mp.fprod(_go(c, at) for c in t[1:])
    if head == "pow":
        b, e = _go(t[1], at), _go(t[2], at)
        if b == 0 and not isinstance(e, mp.mpc) and e <= 0:
            if e == 0:
                return mp.mpf(1)
            raise NoValue("a pole")
        if not isinstance(e, mp.mpc) and e == int(e) and abs(e) < 10**6:
            return b ** int(e)
        return mp.power(b, e)
    if head == "fn":
        args = [_go(a, at) for a in t[2:]]
        if t[1] in _BEYOND and not _BEYOND[t[1]](args[0]):
            raise NoValue("beyond the real domain")
        if t[1] == "log" and args[0] == 0:
            raise NoValue("a pole")
        return (_FUNCTIONS.get(t[1]) or getattr(mp, t[1]))(*args)
    if head == "piecewise":
        for cond, v in t[1:]:
            if holds(cond, at):
                return _go(v, at)
    raise NoValue(head)


def holds(c: Term, at: Mapping[str, Any]) -> bool:
    if c[0] == "true":
        return True
    if c[0] == "rel":
        return bool(_COMPARE[c[1]](_go(c[2], at), _go(c[3], at)))
    if c[0] == "not":
        return not holds(c[1], at)
    return (all if c[0] == "and" else any)(holds(x, at) for x in c[1:])


def _draw(kind: str, rng: random.Random) -> Any:
    size = Fraction(rng.randint(1, 997), 211) if rng.random() < 0.7 else Fraction(rng.randint(1, 997), 7919)
    if kind == "complex":
        return mp.mpc(rng.uniform(-2, 2), rng.uniform(-2, 2))
    if kind == "unit":
        return Fraction(rng.randint(1, 996), 997)
    if "integer" in kind:
        n = rng.randint(1, 9)
        return Fraction(
            n if kind == "positive integer" else rng.randint(0, 9) if kind[0] == "n" else rng.choice((n, -n))
        )
    if kind in ("real", "nonzero"):
        return rng.choice((1, -1)) * size
    return -size if kind == "negative" else size


def points(context: Context, rng: random.Random, number: int) -> list[dict[str, Any]]:
    """Points of the domain, by rejection."""
    out: list[dict[str, Any]] = []
    for _ in range(4000):
        p = {n: _draw(k, rng) for n, k in sorted(context.symbols.items())}
        try:
            if all(holds(r, p) for r in context.given):
                out.append(p)
        except (NoValue, ZeroDivisionError, TypeError, ValueError):
            continue
        if len(out) == number:
            break
    return out


def differs(lhs: Term, rhs: Term, at: Mapping[str, Any]) -> bool | None:
    """Do the two sides differ at the point? None when they have no value there, or are too close to tell. A difference
    has to be there at many more digits too: 1 - F(x) far out in a tail has none left of fifty."""
    for digits in (DIGITS, 20 * DIGITS):
        told = _differs(lhs, rhs, at, digits)
        if not told:
            return told if digits == DIGITS else None
    return True


def _differs(lhs: Term, rhs: Term, at: Mapping[str, Any], digits: int) -> bool | None:
    with mp.workdps(digits):
        try:
            a, b = value(lhs, at), value(rhs, at)
        except NoValue:
            return None
        gap, size = abs(a - b), abs(a) + abs(b)
        if (
            gap <= mp.mpf(10) ** (15 - digits) * max(1, size) and gap <= mp.mpf(10) ** (25 - digits) * size
        ) or gap == 0:
            return False
        if size < mp.mpf(10) ** (15 - digits):
            return False
        return True if gap > mp.mpf(10) ** (-15) * size else None
