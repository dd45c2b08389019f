"""Points of a domain, and what two sides are there: different beyond doubt, alike, or not to be had.

Drawn wide, log-scaled and without patterns; with unequal values for all symbols and on both sides of 0 where allowed.
A point is exact (rationals); only values are rounded.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import mpmath as mp

from benchlib.values import Undefined, binds, holds, value
from symrep.term import walk

__all__ = ["ALIKE", "DIFFERENT", "ONE_SIDED", "UNCLEAR", "UNDEFINED", "around", "compare", "draw", "magnitude"]

Term = tuple[Any, ...]
Point = dict[str, Any]

DIFFERENT, ALIKE, UNCLEAR, UNDEFINED, ONE_SIDED = "different", "alike", "unclear", "undefined", "one-sided"

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def _rational(t: Term) -> Fraction | None:
    return Fraction(t[1], t[2]) if t[0] == "num" else None


def _bounds(name: str, kind: str, given: Sequence[Term]) -> tuple[Fraction | None, Fraction | None]:
    lo = Fraction(0) if kind in ("positive", "nonnegative", "unit", "nonnegative integer") else None
    lo = Fraction(1) if kind == "positive integer" else lo
    hi = Fraction(0) if kind == "negative" else Fraction(1) if kind == "unit" else None
    for _, op, a, b in given:
        if b == ("sym", name):
            a, b, op = b, a, _TURNED[op]
        v = _rational(b)
        if a != ("sym", name) or v is None:
            continue
        if op in (">", ">="):
            lo = v if lo is None else max(lo, v)
        elif op in ("<", "<="):
            hi = v if hi is None else min(hi, v)
    return lo, hi


def _tidy(x: float, rng: random.Random) -> Fraction:
    q = rng.choice((991, 997, 1009, 1013, 7919))
    p = round(x * q)
    return Fraction(p if p else 1, q) if abs(x) > 1e-2 else Fraction(max(1, round(abs(x) * 10**8)), 10**8 + 7)


def _one(kind: str, lo: Fraction | None, hi: Fraction | None, rng: random.Random, wide: bool) -> Any:
    if "integer" in kind:
        low = -9 if lo is None else int(lo) if lo == int(lo) else int(lo) + 1
        high = low + (30 if wide and rng.random() < 0.4 else 9) if hi is None else int(hi // 1)
        return Fraction(rng.randint(low, max(low, high)))
    if kind == "complex":
        return complex(rng.uniform(-3, 3), rng.uniform(-3, 3))
    if lo is not None and hi is not None:
        if wide and rng.random() < 0.5:
            e = _tidy(10 ** -rng.uniform(0.5, 4), rng) * (hi - lo) / 2
            return lo + e if rng.random() < 0.5 else hi - e
        return lo + (hi - lo) * Fraction(rng.randint(15, 976), 991)
    size = _tidy(10 ** (rng.uniform(-2, 2) if wide else rng.uniform(-0.7, 0.7)), rng)
    if lo is not None:
        return lo + size
    if hi is not None:
        return hi - size
    return size if rng.random() < 0.5 else -size


def _fits(kind: str, v: Any) -> bool:
    """Is the value one of the kind?"""
    if kind == "complex":
        return True
    if "integer" in kind and v != int(v):
        return False
    if kind in ("positive", "positive integer", "unit"):
        return bool(v > 0) and (kind != "unit" or bool(v < 1))
    if kind in ("nonnegative", "nonnegative integer"):
        return bool(v >= 0)
    return {"negative": bool(v < 0), "nonzero": bool(v != 0)}.get(kind, True)


def draw(
    symbols: Mapping[str, str], given: Sequence[Term], seed: str, count: int, wide: bool = False
) -> Iterator[Point]:
    """At most ``count`` points of the domain; the same ones for the same arguments."""
    rng = random.Random(seed)
    bounds = {n: _bounds(n, k, given) for n, k in symbols.items()}
    made, tries = 0, 0
    while made < count and tries < 30 * count:
        tries += 1
        p = {n: _one(symbols[n], *bounds[n], rng, wide or tries % 3 == 0) for n in sorted(symbols)}
        for _, op, a, b in given:  # two symbols in the wrong order change places
            if a[0] == b[0] == "sym" and op not in ("==", "!=") and a[1] in p and b[1] in p:
                u, v = p[a[1]], p[b[1]]
                if u != v and (u > v) == (op in ("<", "<=")):
                    p[a[1]], p[b[1]] = v, u
        try:
            if not all(_fits(symbols[n], v) for n, v in p.items()):  # places were changed
                continue
            if all(holds(g, p) for g in given):
                made += 1
                yield p
        except Undefined:
            continue


def around(symbols: Mapping[str, str], given: Sequence[Term], point: Point, seed: str) -> list[Point]:
    """Sixteen points of the domain about a billionth away from this one in every symbol that is no integer; none where
    there are not so many.
    """
    rng = random.Random(seed)
    found: list[Point] = []
    if "complex" in symbols.values():
        return found
    for _ in range(200):
        p: Point = {}
        for n, v in sorted(point.items()):
            step = 0 if "integer" in symbols[n] else rng.choice((-1, 1)) * rng.randint(1, 10**6)
            p[n] = v + Fraction(step, 10**15) * max(1, abs(v))
        try:
            inside = all(_fits(symbols[n], v) for n, v in p.items()) and all(holds(g, p) for g in given)
        except Undefined:
            continue
        if inside and p not in found:
            found.append(p)
        if len(found) == 16:
            return found
    return []


def _value(t: Term, p: Point, digits: int, grid: int = 0) -> Any:
    try:
        return value(t, p, digits, grid)
    except Undefined:
        return None


def magnitude(p: Point, *terms: Term) -> int:
    """Decimal digits before the point, or zeros behind it, of the largest and smallest values of subterms."""
    most = 0
    for s in {s for t in terms if not binds(t) for s in walk(t)}:
        v = _value(s, p, 40) if s[0] in ("add", "mul", "pow", "fn") else None
        if v is not None and v != 0 and mp.isfinite(v):
            most = max(most, abs(int(mp.log10(abs(v)))))
    return min(most, 50_000)


def compare(lhs: Term, rhs: Term, p: Point, digits: int = 40) -> tuple[str, str, str]:
    """(what they are at the point, value of the left side, value of the right).

    Without integrals and series: both sides at two precisions. They are different if the gap is a thousand times what
    either value moved between the two. With them: on two grids, and the gap must be a millionth at least.
    """
    if binds(lhs) or binds(rhs):
        runs = [(15, 0), (17, 1)]
        alike, need = mp.mpf("1e-9"), mp.mpf("1e-6")
    else:
        runs = [(digits, 0), (2 * digits, 0), (4 * digits, 0)]
        alike = need = mp.mpf(10) ** (8 - digits)
    before: tuple[Any, Any] | None = None
    missing = [0, 0]
    for d, grid in runs:
        a, b = _value(lhs, p, d, grid), _value(rhs, p, d, grid)
        if a is None or b is None:  # perhaps with more digits
            missing[0] += a is None
            missing[1] += b is None
            before = None
            continue
        with mp.workdps(4 * digits):
            size, gap = max(abs(a), abs(b)), abs(a - b)
            if size == 0 or (gap <= alike * size and before is None):
                return ALIKE, "", ""
            if before is not None:
                moved = max(abs(a - before[0]), abs(b - before[1]))
                if gap > need * size and moved < gap / 1000:
                    return DIFFERENT, mp.nstr(a, 15), mp.nstr(b, 15)
        before = (a, b)
    if before is None:
        return (ONE_SIDED if missing[0] != missing[1] else UNDEFINED), "", ""
    with mp.workdps(4 * digits):
        if abs(before[0] - before[1]) <= mp.mpf(10) ** (-digits) * max(abs(before[0]), abs(before[1])):
            return ALIKE, "", ""
    return UNCLEAR, "", ""
