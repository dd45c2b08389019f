"""Guesses from numbers, to steer a proposal. Never evidence: the kernel checks what is built on them."""

from __future__ import annotations

import random
from typing import Any

import sympy as sp

from symrep.symbols import as_expr, kind_of

__all__ = ["guess_sign", "guess_value", "sample"]


def sample(symbols: set[Any], seed: int) -> dict[Any, Any]:
    """Exact values inside each symbol's domain, increasing with the name so that a < b comes out right."""
    rng = random.Random(seed)
    table: dict[Any, Any] = {}
    bump = sp.Rational(rng.randint(11, 29), 17)
    for k, s in enumerate(sorted(symbols, key=lambda s: s.name)):
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


def guess_value(expr: Any, x: Any, a: Any, b: Any, seed: int = 1) -> Any:
    """``expr`` at some parameters and some x in (a, b), as a float, or None."""
    expr, a, b = map(as_expr, (expr, a, b))
    table = sample((expr.free_symbols | a.free_symbols | b.free_symbols) - {x}, seed)
    w = sp.Rational(7 + 5 * seed, 9)
    at = _inside(a.subs(table), b.subs(table), w)
    try:
        value = complex(expr.subs(x, at).subs(table).evalf(20))
    except (TypeError, ValueError):
        return None
    return None if value != value else value


def guess_sign(expr: Any, x: Any, a: Any, b: Any) -> int:
    """+1, −1, or 0 if the sign changes or cannot be computed."""
    signs = set()
    for seed in range(1, 7):
        v = guess_value(expr, x, a, b, seed)
        if v is None or abs(v.imag) > 1e-9 * (1 + abs(v.real)) or v.real == 0:
            return 0
        signs.add(1 if v.real > 0 else -1)
    return signs.pop() if len(signs) == 1 else 0
