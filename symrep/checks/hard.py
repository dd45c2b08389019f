"""Points at which false lines fail that hold wherever one would look: edges, far away, next to 0, between kinks.

They follow the ordinary ones of :mod:`symrep.checks.points` and serve refutation. All are exact, in the domain, and a
function of the terms alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise, product
from typing import Final

from symrep.checks.breaks import arguments, centres, resolved
from symrep.checks.derive import derive
from symrep.checks.exact import rational
from symrep.checks.faults import Unevaluable
from symrep.checks.points import INTEGERS, Point, in_domain, points
from symrep.claim import Context
from symrep.term import Term, add, free_symbols, num, sub, substitute, sym, walk

__all__ = ["complex_sides", "hard_points", "standard_points"]

F = Fraction
_POWERS: Final = (3, 6, 9, 12, 20, 30)
_EDGES: Final = {
    "nonnegative": (F(0),),
    "nonnegative integer": (F(0), F(1)),
    "positive integer": (F(1), F(2)),
    "integer": (F(0), F(1), F(-1)),
}
_STANDARD: Final = {"real": F(0), "complex": F(0), "nonnegative": F(1), "unit": F(1, 2), "negative": F(-1)}
_VARIANTS: Final = 24
_ROOTS: Final = 40
_LIMIT: Final = 400


def hard_points(terms: Sequence[Term], context: Context, seed: int) -> Iterator[Point]:
    """Hard points of the domain, distinct; they start from two of the ordinary points."""
    bases = list(islice(points(terms, context, seed, 2), 2))
    seen: set[tuple[tuple[str, Fraction], ...]] = set()
    names = sorted(n for n in (bases[0] if bases else {}) if n in context.symbols)
    count = 0
    for base in bases[:1] if not names else bases:
        for change in _changes(terms, context, base, names, base is bases[0]):
            p = {**base, **change}
            key = tuple(sorted(p.items()))
            if key in seen or not in_domain(p, context):
                continue
            seen.add(key)
            yield p
            count += 1
            if count >= _LIMIT:
                return


def standard_points(terms: Sequence[Term], context: Context, seed: int) -> Iterator[Point]:
    """Locations 0 and scales 1, if that is in the domain, and beside it, since quadrature finds no digits of a 0.

    What is least or most is often so at the standard law.
    """
    for base in points(terms, context, seed, 1):
        for off in (F(0), F(1, 10)):
            table = {n: _STANDARD.get(context.symbols[n], F(1)) for n in base if n in context.symbols}
            p = {**base, **{n: v + off if v == 0 else v for n, v in table.items()}}
            if p != base and in_domain(p, context):
                yield p


def _changes(
    terms: Sequence[Term], context: Context, base: Point, names: list[str], first: bool
) -> Iterator[dict[str, Fraction]]:
    kinds = context.symbols
    edges = {n: [*_EDGES.get(kinds[n], ()), *_given_edges(context, n)] for n in names}
    for n in names:
        yield from ({n: v} for v in edges[n])
    yield from ({n: v[i] for n, v in edges.items() if len(v) > i} for i in (0, 1))
    for n in names:
        yield from ({n: v} for v in _spikes(terms, n, kinds[n], base))
        yield from ({n: v} for v in _flat_spots(terms, context, n))
    if not first:
        return
    whole = [n for n in names if kinds[n] in INTEGERS]
    for n in whole:
        yield from ({n: F(k)} for k in range(61 if len(whole) == 1 else 13))
        yield from ({n: F(s * 10**k + d)} for k in range(3, 8) for s in (1, -1) for d in (0, 1, -1))
    sizes = [F(10) ** k for k in _POWERS]
    for size in [*sizes, *(1 / s for s in sizes)]:
        for n in names:
            yield from ({n: s * v} for s in (1, -1) for v in (size, 1 - size) if v == size or kinds[n] == "unit")
        if len(names) > 1:
            for s in (1, -1):
                signed = {n: -size if kinds[n] == "negative" else size for n in names if kinds[n] != "unit"}
                yield {n: s * v if kinds[n] in ("real", "nonzero", "integer") else v for n, v in signed.items()}


def _given_edges(context: Context, name: str) -> Iterator[Fraction]:
    """The constants a relation bounds the symbol by, themselves allowed."""
    for _, op, a, b in context.given:
        for s, e in ((a, b), (b, a)):
            if s == sym(name) and op in ("<=", ">=") and (v := rational(e, {})) is not None:
                yield v


def _flat_spots(terms: Sequence[Term], context: Context, name: str) -> Iterator[Fraction]:
    """Where the flat instance of a monotone function is flat, for functions of the bare symbol."""
    for t in terms:
        for s in walk(t):
            if s[0] == "app" and s[3] == (sym(name),) and context.functions[s[1]].monotone is not None:
                yield F(1, 2)
                return


# --- spikes -----------------------------------------------------------------------------------------------------------


def _spikes(terms: Sequence[Term], name: str, kind: str, base: Point) -> Iterator[Fraction]:
    """Zeros of all a switch hangs on, inner switches resolved in each way, and points between and beyond them."""
    roots: set[Fraction] = set()
    for g in _hinges(terms, name):
        for plain in islice(resolved(g), _VARIANTS):
            root = _linear_root(plain, name, base)
            if root is not None:
                roots.add(root)
    line = sorted(roots)[:_ROOTS]
    if kind in INTEGERS:
        yield from (F(int(r // 1) + d) for r in line for d in (0, 1, -1))
        return
    yield from ((a + b) / 2 for a, b in pairwise(line))
    yield from line
    if line:
        yield from (line[0] - 1, line[-1] + 1)


def _hinges(terms: Sequence[Term], name: str) -> list[Term]:
    out: dict[Term, None] = {}
    for t in terms:
        for g in [*arguments(t, name, roots=True), *centres(t, name)]:
            out[g] = None
        for g in arguments(t, name, floors=True):
            if ("fn", "floor", g) in walk(t) or ("fn", "ceiling", g) in walk(t):
                out.update({sub(g, num(k)): None for k in (-1, 0, 1, 2)})
    return list(out)[:_ROOTS]


def _linear_root(t: Term, name: str, base: Point) -> Fraction | None:
    """The zero of a term that is linear in the symbol, its other symbols at their values; exact."""
    try:
        slope = derive(t, name)
    except Unevaluable:
        return None
    at = {**base, name: F(0)}
    a, b = (None, None) if name in free_symbols(slope) else (rational(slope, at), rational(t, at))
    return None if not a or b is None else -b / a


# --- complex symbols --------------------------------------------------------------------------------------------------


def complex_sides(lhs: Term, rhs: Term, context: Context) -> Iterator[tuple[tuple[Term, Term], Point, Point]]:
    """The two sides with values put in for their complex symbols, together with these values: (real, imaginary).

    None when something besides the two sides is said of such a symbol, or a derivative in it is taken.
    """
    names = sorted(n for n in free_symbols(lhs) | free_symbols(rhs) if context.symbols.get(n) == "complex")
    said = {n for rel in context.given for n in free_symbols(rel)}
    bad = {s[2] for t in (lhs, rhs) for s in walk(t) if s[0] == "diff"} | {
        s[1] for t in (lhs, rhs) for s in walk(t) if s[0] == "index"
    }
    if not names or (said | bad) & set(names):
        return
    spots = ((F(0), F(4)), (F(1), F(2)), (F(-2), F(1, 2)), (F(-3, 2), F(-5)), (F(1, 3), F(-1)), (F(-1), F(9)))
    for i, _ in enumerate(spots):
        values = {n: spots[(i + j) % len(spots)] for j, n in enumerate(names)}
        for turned in islice(product((False, True), repeat=len(names)), 2):
            chosen = {n: (v[1], v[0]) if t else v for (n, v), t in zip(values.items(), turned, strict=True)}
            table = {n: add(num(a), ("mul", num(b), ("const", "i"))) for n, (a, b) in chosen.items()}
            sides = substitute(lhs, table), substitute(rhs, table)
            yield sides, {n: a for n, (a, _) in chosen.items()}, {n: b for n, (_, b) in chosen.items()}
