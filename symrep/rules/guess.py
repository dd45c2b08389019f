"""Guesses from numbers, to steer a proposal. Never evidence: the kernel checks what is built on them."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import sympy as sp

from symrep.checks.evaluate import evaluate_complex
from symrep.checks.faults import OutOfTime, Unevaluable
from symrep.clock import now
from symrep.errors import BadInput
from symrep.symbols import as_expr, kind_of
from symrep.translate import to_term

__all__ = ["EVERYWHERE", "guess_sign", "guess_value", "sample", "seem_equal", "tends_to"]

#: places in an interval, from one end to the other
EVERYWHERE = tuple(sp.Rational(p, q) for p, q in ((1, 41), (2, 13), (5, 9), (19, 9), (37, 5), (53, 1)))
#: of the numbers put in
_DIGITS = 40
#: of balls, the second where the first leaves them wider than SHARP, of the value; and seconds for each
_BITS = (160, 640)
_SHARP = 1e-15
_SECONDS = 1.0
#: how often a point is drawn anew until the relations hold
TRIES = 40


def sample(symbols: set[Any], seed: int, given: tuple[Any, ...] = ()) -> dict[Any, Any]:
    """Exact values inside each symbol's domain at which the relations hold, if such are found soon."""
    everything = symbols.union(*(as_expr(r).free_symbols for r in given))
    for k in range(TRIES if given else 1):
        table = _sample(everything, seed + 1000 * k, shuffled=k > 0)
        if all(as_expr(r).subs(table) != sp.false for r in given):
            return table
    return _sample(symbols, seed)


def _sample(symbols: set[Any], seed: int, shuffled: bool = False) -> dict[Any, Any]:
    """Increasing with the name, so that a < b comes out right, or in another order."""
    rng = random.Random(seed)
    table: dict[Any, Any] = {}
    bump = sp.Rational(rng.randint(11, 29), 17)
    order = sorted(symbols, key=lambda s: s.name)
    if shuffled:
        rng.shuffle(order)
    for k, s in enumerate(order):
        bump += sp.Rational(rng.randint(3, 14), 17) if k else 0
        kind = kind_of(s)
        if kind in ("real", "nonzero", "complex"):
            table[s] = bump - sp.Rational(rng.randint(0, 2), 1) if k == 0 else bump
        elif kind == "negative":
            table[s] = -bump
        elif kind == "unit":
            table[s] = sp.Rational(rng.randint(2, 15), 17)
        elif kind.endswith("integer"):
            table[s] = sp.Integer(rng.randint(1, 6))
        else:
            table[s] = bump
    return table


def _inside(a: Any, b: Any, w: Any) -> Any:
    if a.is_infinite and b.is_infinite:
        return sp.log(w)
    if b.is_infinite:
        return a + w
    if a.is_infinite:
        return b - w
    return a + (b - a) * w / (1 + w)


def guess_value(expr: Any, x: Any, a: Any, b: Any, seed: int = 1, given: tuple[Any, ...] = (), w: Any = None) -> Any:
    """``expr`` at some parameters and some x in (a, b), as a float, or None; small w: near a, large: near b."""
    return _values((expr,), x, a, b, seed, given, w)[0]


def seem_equal(one: Any, other: Any, x: Any, a: Any, b: Any, given: tuple[Any, ...] = ()) -> bool:
    """Do the two have the same value at some x in (a, b)? Each is computed by itself: a difference that is zero would
    cost SymPy ever more digits, at every sum inside it."""
    for seed in (1, 2, 3):
        v, w = _values((one, other), x, a, b, seed, given)
        if v is None or w is None or abs(v - w) > 1e-12 * (1 + abs(w)):
            return False
    return True


def _values(
    exprs: tuple[Any, ...], x: Any, a: Any, b: Any, seed: int, given: tuple[Any, ...], w: Any = None
) -> list[complex | None]:
    """The values of all of them at one place."""
    exprs, at = _place(exprs, x, a, b, seed, given, w)
    return [_value(e, at) for e in exprs]


def _place(
    exprs: tuple[Any, ...], x: Any, a: Any, b: Any, seed: int, given: tuple[Any, ...], w: Any
) -> tuple[tuple[Any, ...], dict[Any, Any]]:
    """The expressions, and values of all that is free in them, x in (a, b)."""
    exprs, a, b = tuple(map(as_expr, exprs)), as_expr(a), as_expr(b)
    free = set[Any]().union(*(e.free_symbols for e in (*exprs, a, b)))
    table = sample(free - {x}, seed, given)
    w = sp.Rational(7 + 5 * seed, 9) if w is None else w
    return exprs, {**table, x: _inside(a.subs(table), b.subs(table), w)}


def _value(expr: Any, at: dict[Any, Any]) -> complex | None:
    value = _by_balls(expr, at)
    return value if value is not None else _by_digits(expr, at)


def _by_balls(expr: Any, at: dict[Any, Any]) -> complex | None:
    """In two precisions at the most; None where balls stay wide, or a function has no value in them."""
    for bits in _BITS:
        z = _ball(expr, at, bits)
        if z is None:
            return None
        value = complex(float(z.real.mid()), float(z.imag.mid()))
        if max(float(z.real.rad()), float(z.imag.rad())) <= _SHARP * (1 + abs(value)):
            return None if value != value else value
    return None


def _ball(expr: Any, at: dict[Any, Any], bits: int) -> Any:
    try:
        term = to_term(expr)
        point = {s.name: Fraction(int(v.p), int(v.q)) for s, v in ((s, _rational(v)) for s, v in at.items())}
    except (BadInput, TypeError, ValueError):
        return None
    if len(point) < len(at):  # two symbols of one name
        return None
    try:
        return evaluate_complex(term, point, {}, bits, now() + _SECONDS)
    except (Unevaluable, OutOfTime, ArithmeticError, ValueError, RecursionError):
        return None


def _rational(v: Any) -> Any:
    return v if v.is_Rational else sp.Rational(str(v.evalf(_DIGITS)))


def _by_digits(expr: Any, at: dict[Any, Any]) -> complex | None:
    """By SymPy, which raises its precision for as long as it takes: only what balls cannot do."""
    whole = {s: v for s, v in at.items() if v.is_Integer}
    rest = {s: v.evalf(_DIGITS) for s, v in at.items() if s not in whole}
    try:  # numbers from the inside out: a rational to the power of a rational would be factored, however long it takes
        value = complex(expr.subs(whole).evalf(20, subs=rest))
    except (TypeError, ValueError):
        return None
    return None if value != value else value


def tends_to(expr: Any, x: Any, a: Any, b: Any, side: str, end: Any, given: tuple[Any, ...] = ()) -> bool:
    """Does the expression seem to tend to ``end`` as x → a ("+") or x → b ("-")?"""
    for seed in (1, 2):
        distances = []
        for digits in (3, 9, 15):
            w = sp.Rational(10) ** (-digits if side == "+" else digits)
            gap = expr if end.is_infinite else expr - end
            v = guess_value(gap, x, a, b, seed, given, w)
            if v is None or abs(v.imag) > 1e-9 * (1 + abs(v.real)):
                return False
            distances.append(v.real * (-1 if end is -sp.oo else 1) if end.is_infinite else -abs(v))
        first, second, third = distances
        if not first < second < third or (end.is_infinite and third - second < (second - first) / 5):  # it levels off
            return False
    return True


def guess_sign(expr: Any, x: Any, a: Any, b: Any, given: tuple[Any, ...] = ()) -> int:
    """+1, −1, or 0 if the sign changes or cannot be computed."""
    signs = set()
    for seed, w in enumerate(EVERYWHERE, start=1):
        (e, *_), at = _place((expr,), x, a, b, seed, given, w)
        signs.add(_sign_by_balls(e, at) or _sign_of(_value(e, at)))
    return signs.pop() if len(signs) == 1 else 0


def _sign_of(v: complex | None) -> int:
    if v is None or abs(v.imag) > 1e-9 * (1 + abs(v.real)) or v.real == 0:
        return 0
    return 1 if v.real > 0 else -1


def _sign_by_balls(expr: Any, at: dict[Any, Any]) -> int:
    """Of a real number, be it too small or too large for a float; 0 if balls do not tell."""
    for bits in _BITS:
        z = _ball(expr, at, bits)
        if z is None:
            return 0
        if z.imag == 0 and not z.real.contains(0):
            return 1 if z.real > 0 else -1
    return 0
