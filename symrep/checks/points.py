"""Exact rational points of a context's domain, the ones a person would try first, then hard ones.

Order: pretty values (σ = 2, y = 1, μ = 1/2; distinct symbols get distinct values), mild random ones, points beside and
between the breakpoints of the terms, then wide ones (10^-3 to 10^3, near the ends of (0, 1), larger integers).
Everything is a function of the seed and the sorted names; no hash seed enters.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from flint import acb

from symrep.checks.breaks import arguments
from symrep.checks.curves import onto
from symrep.checks.draws import FEW, counts
from symrep.checks.evaluate import Compiler, Report, as_ball, precision
from symrep.checks.exact import COMPARE, rational
from symrep.checks.faults import Unevaluable
from symrep.claim import Context
from symrep.clock import now
from symrep.term import Term, add, children, free_symbols, neg, num, sub, walk

__all__ = ["INTEGERS", "Point", "branch_arguments", "in_domain", "points", "real_value"]

Point = dict[str, Fraction]
F = Fraction

_VARIABLES = ("y", "x", "z", "t", "u", "v", "w", "eps", "epsilon")
_PRETTY: Mapping[str, tuple[Fraction, ...]] = {
    "variable": (F(1), F(3, 4), F(-2, 3), F(5, 2), F(-7, 5), F(7, 3)),
    "real": (F(1, 2), F(-1, 3), F(5, 4), F(-8, 5), F(11, 6), F(-9, 7)),
    "positive": (F(2), F(3, 2), F(5, 3), F(1, 2), F(7, 4), F(12, 5), F(7, 9)),
    "unit": (F(1, 3), F(3, 5), F(1, 4), F(5, 7), F(4, 9)),
    "integer": (F(3), F(2), F(5), F(4), F(7), F(6)),
}
#: an equation that no point was found for so often in a row is let go
GIVEN_UP = 6
INTEGERS = ("integer", "positive integer", "nonnegative integer")


def _allowed(kind: str, v: Fraction) -> bool:
    if kind in INTEGERS and v.denominator != 1:
        return False
    if kind in ("positive", "positive integer"):
        return v > 0
    if kind in ("nonnegative", "nonnegative integer"):
        return v >= 0
    if kind == "negative":
        return v < 0
    if kind == "nonzero":
        return v != 0
    return 0 < v < 1 if kind == "unit" else True


def _tidy(v: float) -> Fraction:
    """A rational near v with three significant digits and no pattern."""
    if v == 0:
        return F(0)
    scale = 1
    while abs(v) * scale < 100:
        scale *= 10
    return F(round(v * scale), scale + (1 if scale > 1 else 0)) if scale > 1 else F(round(v * 7), 7)


def _compiler(point: Mapping[str, Fraction]) -> Compiler:
    return Compiler({k: as_ball(v) for k, v in point.items()}, now() + 2, Report(), point)


def real_value(t: Term, point: Mapping[str, Fraction]) -> acb | None:
    """The value at the point, at the current precision; None when there is none or it is not real."""
    try:
        z = _compiler(point).number(t)
    except (Unevaluable, ZeroDivisionError, OverflowError, ValueError):
        return None
    return z if z.is_finite() and z.imag.is_zero() else None


def in_domain(point: Mapping[str, Fraction], context: Context) -> bool:
    """Do the kinds and the given relations hold, provably, at the point (relations about other symbols aside)?"""
    if not all(_allowed(context.symbols[k], v) for k, v in point.items() if k in context.symbols):
        return False
    known = {*point, *(k.split("[")[0] for k in point if "[" in k)}
    with precision(192):
        for rel in context.given:
            if free_symbols(rel) <= known:
                a, b = rational(rel[2], point), rational(rel[3], point)
                if a is not None and b is not None:
                    if not COMPARE[rel[1]](a, b):
                        return False
                    continue
                try:
                    if _compiler(point).condition(rel, frozenset())({}, False) is not True:
                        return False
                except (Unevaluable, ZeroDivisionError):
                    return False
    return True


def _indexed(t: Term, hidden: frozenset[str] = frozenset()) -> Iterator[Term]:
    """The indexed values in ``t`` that are not coordinates of an expectation over them."""
    if t[0] == "index" and t[1] not in hidden:
        yield t
    inside = hidden | {t[2]} if t[0] == "expect_each" else hidden
    for s in children(t):
        yield from _indexed(s, inside)


class _Source:
    def __init__(self, terms: Sequence[Term], context: Context, seed: int) -> None:
        self.context, self.terms = context, terms
        self.rng = random.Random(seed)
        #: equations no point was found for, and how often it was tried
        self.stuck: dict[Term, int] = {}
        names: set[str] = set()
        for t in terms:
            names |= free_symbols(t)
        for _ in range(3):  # relations tie further symbols to the ones that occur
            for rel in context.given:
                if free_symbols(rel) & names:
                    names |= free_symbols(rel)
        self.bases = {s[1] for t in terms for s in walk(t) if s[0] == "index"}
        self.names = sorted(n for n in names if n not in self.bases)
        self.known = all(n in context.symbols for n in {*self.names, *self.bases})
        self.kinds = dict(context.symbols)
        self.few: dict[str, int] = {}
        for t in terms:
            self.few.update({n: min(k, self.few.get(n, FEW)) for n, k in counts(t).items()})
        self.bounds = {n: self._bounds(n) for n in self.names}
        self.index_keys = self._index_keys()

    def _index_keys(self) -> list[tuple[str, str]]:
        """(key, base) of every indexed value a term may ask for."""
        keys: dict[tuple[str, str], None] = {}
        free = set(self.names)
        for t in self.terms:
            for s in _indexed(t):
                if all(a[0] in ("sym", "num") and (a[0] == "num" or a[1] in free) for a in s[2:]):
                    keys[(f"{s[1]}[{','.join(str(a[1]) for a in s[2:])}]", s[1])] = None
                elif len(s) == 3:
                    keys.update({(f"{s[1]}[{k}]", s[1]): None for k in range(13)})
                elif len(s) == 4:
                    keys.update({(f"{s[1]}[{k},{p}]", s[1]): None for k in range(1, 7) for p in range(1, 7)})
        numeric = {b for k, b in keys if k.split("[")[1][:-1].isdigit()}
        return [(k, b) for k, b in sorted(keys) if k.split("[")[1][:-1].isdigit() or b not in numeric]

    def _bounds(self, name: str) -> tuple[Fraction | None, Fraction | None]:
        lo: Fraction | None = None
        hi: Fraction | None = None
        for _, op, a, b in self.context.given:
            if b == ("sym", name):
                a, b, op = b, a, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
            v = rational(b, {})
            if a != ("sym", name) or v is None:
                continue
            if op in (">", ">="):
                lo = v if lo is None else max(lo, v)
            elif op in ("<", "<="):
                hi = v if hi is None else min(hi, v)
        return lo, hi

    # --- single values --------------------------------------------------------------------------------------------

    def table(self, name: str, kind: str) -> str:
        """The row of pretty values for a symbol."""
        table = {"nonnegative": "positive", "negative": "positive"}.get(kind, kind)
        table = "integer" if kind in INTEGERS else "real" if kind in ("complex", "nonzero") else table
        if table == "real" and name.split("_")[0].rstrip("0123456789") in _VARIABLES:
            return "variable"
        return table

    def degenerate(self) -> Iterator[Point | None]:
        """Pretty points at which a variable of differentiation is 0: there domination fails if anywhere."""
        base = self.whole(0, "pretty")
        for n in sorted({s[2] for t in self.terms for s in walk(t) if s[0] == "diff"}):
            if base is not None and n in base and self.context.symbols.get(n) == "real":
                at = {**base, n: Fraction(0)}
                yield at if in_domain(at, self.context) else None

    def pretty(self, name: str, kind: str, rank: int, turn: int) -> Fraction:
        """The pretty value of the rank-th symbol of its row."""
        table = self.table(name, kind)
        row = _PRETTY[table]
        v = row[(rank + turn) % len(row)]
        if kind == "negative" or (table in ("variable", "real") and turn % 2 == 1):
            v = -v
        return v

    def random(self, kind: str, wide: bool) -> Fraction:
        r = self.rng
        if kind in INTEGERS:
            v = F(r.randint(1, 60) if wide and r.random() < 0.5 else r.randint(1, 9))
            if kind == "nonnegative integer" and r.random() < 0.1:
                return F(0)
            return -v if kind == "integer" and r.random() < 0.5 else v
        if kind == "unit":
            if wide and r.random() < 0.6:
                e = _tidy(10 ** -r.uniform(1, 6))
                return e if r.random() < 0.5 else 1 - e
            return F(r.randint(20, 970), 991)
        size = _tidy(10 ** (r.uniform(-3, 3) if wide else r.uniform(-0.7, 0.7)))
        return -size if kind == "negative" or (kind in ("real", "nonzero", "complex") and r.random() < 0.5) else size

    def fitted(self, name: str, v: Fraction) -> Fraction:
        """Move a value into the constant bounds its relations give."""
        lo, hi = self.bounds.get(name, (None, None))
        if (lo is None or v > lo) and (hi is None or v < hi):
            return v
        whole = self.kinds.get(name) in INTEGERS
        if lo is not None and hi is not None:
            if whole:
                return F(self.rng.randint(int(lo), int(hi))) if int(lo) <= int(hi) else v
            return lo + (hi - lo) * F(self.rng.randint(3, 988), 991)
        if lo is not None:
            return lo + (F(int(abs(v)) + 1) if whole else abs(v))
        return hi - (F(int(abs(v)) + 1) if whole else abs(v)) if hi is not None else v

    # --- points ---------------------------------------------------------------------------------------------------

    def finish(self, point: Point) -> Point | None:
        """Fit, repair and check a point; None when the relations cannot be met."""
        for n in self.names:
            point[n] = self.fitted(n, point[n])
        for _, op, a, b in self.context.given:
            if op == "==":
                for s, e in ((a, b), (b, a)):
                    if (
                        s[0] == "sym"
                        and s[1] in point
                        and s[1] not in free_symbols(e)
                        and free_symbols(e) <= point.keys()
                    ):
                        v = rational(e, point)
                        if v is not None:
                            point[s[1]] = v
                            break
                else:
                    point = self.moved(sub(a, b), point)
            elif op != "!=" and a[0] == b[0] == "sym" and a[1] in point and b[1] in point:
                u, v = point[a[1]], point[b[1]]
                if (u > v) == (op in ("<", "<=")) and u != v:
                    point[a[1]], point[b[1]] = v, u
        return point if in_domain(point, self.context) else None

    def moved(self, gap: Term, point: Point) -> Point:
        """The point, moved to where an equation holds that is not solved for a symbol."""
        names = [n for n in self.names if n in free_symbols(gap) and self.kinds[n] not in (*INTEGERS, "complex")]
        if not names or rational(gap, point) in (None, F(0)) or self.stuck.get(gap, 0) > GIVEN_UP:
            return point
        alone = replace(self.context, given=())
        found = onto(gap, point, names, lambda p: in_domain(p, alone), self.rng)
        self.stuck[gap] = 0 if found else self.stuck.get(gap, 0) + 1
        return found or point

    def whole(self, turn: int, mode: str) -> Point | None:
        for _ in range(12):
            ranks: dict[str, int] = {}
            point: Point = {}
            for n in self.names:
                kind = self.kinds[n]
                if n in self.few and kind in INTEGERS:
                    point[n] = (
                        F(1 + (turn + 1) % self.few[n]) if mode == "pretty" else F(self.rng.randint(1, self.few[n]))
                    )
                elif mode == "pretty":
                    row = self.table(n, kind)
                    rank = ranks.get(row, 0)
                    ranks[row] = rank + 1
                    point[n] = self.pretty(n, kind, rank, turn)
                else:
                    point[n] = self.random(kind, mode == "wide" and self.rng.random() < 0.7)
            done = self.finish(point)
            if done is not None:
                return done
            mode = "mild" if mode == "pretty" else mode
        return None

    def indexed(self, point: Point) -> Point:
        out = dict(point)
        for i, (key, base) in enumerate(self.index_keys):
            v = self.random(self.kinds[base], False)
            out[key] = v + (F(i, 997) if self.kinds[base] not in (*INTEGERS, "unit") else 0)
            if not _allowed(self.kinds[base], out[key]):
                out[key] = v
        return out

    # --- breakpoints ----------------------------------------------------------------------------------------------

    def targeted(self, base: Point) -> Iterator[Point]:
        """Points that differ from ``base`` in one symbol, beside and between the breakpoints in it."""
        args: list[Term] = [sub(r[2], r[3]) for r in self.context.given if r[0] == "rel"]  # the domain's edges
        for t in self.terms:
            args += [g for g in arguments(t, roots=True) if g not in args]
            for g in arguments(t, floors=True):
                for k in (-1, 0, 1, 2) if ("fn", "floor", g) in walk(t) or ("fn", "ceiling", g) in walk(t) else ():
                    args.append(add(g, neg(num(k))))
        for name in self.names:
            if self.kinds[name] in INTEGERS:
                continue
            roots: set[Fraction] = set()
            for g in args[:40]:
                if name in free_symbols(g):
                    roots |= set(self._zeros(g, name, base))
            line = sorted(roots)[:24]
            cells = [(a + b) / 2 for a, b in pairwise(line)]
            beside = [r + s * max(F(1), abs(r)) * d for r in line for d in (F(1, 7), F(1, 2**13)) for s in (1, -1)]
            for v in [*cells, *beside]:
                p = {**base, name: v}
                if v not in roots and in_domain(p, self.context):
                    yield p

    def _zeros(self, g: Term, name: str, base: Point) -> list[Fraction]:
        lo, hi = self.bounds[name]
        ladder = [F(0)] + [s * F(10) ** k * m for k in range(-4, 4) for m in (1, 3) for s in (1, -1)]
        ladder += [F(k, 16) for k in range(-64, 65)]
        if lo is not None and hi is not None:
            ladder += [lo + (hi - lo) * F(k, 32) for k in range(33)]
        with precision(128):
            comp = _compiler({k: v for k, v in base.items() if k != name})
            try:
                part = comp.build(g, frozenset((name,)))
            except (Unevaluable, ZeroDivisionError):
                return []

            def sign(v: Fraction) -> int | None:
                z = part if isinstance(part, acb) else part({name: as_ball(v)}, False)
                if not z.is_finite() or not z.imag.is_zero():
                    return None
                return 1 if bool(z.real > 0) else -1 if bool(z.real < 0) else 0 if z.is_zero() else None

            out: list[Fraction] = []
            known = [(v, s) for v in sorted(set(ladder)) if (s := sign(v)) is not None]
            out += [v for v, s in known if s == 0]
            for (p, s), (q, r) in pairwise(known):
                if s * r >= 0:
                    continue
                for _ in range(48):
                    m = (p + q) / 2
                    v = sign(m)
                    if v is None or v == 0:
                        p = q = m
                        break
                    p, q = (m, q) if v == s else (p, m)
                out.append(_simplest(p, q))
        return out


def _simplest(p: Fraction, q: Fraction) -> Fraction:
    """A rational in [p, q] with a small denominator when there is one."""
    m = (p + q) / 2
    for d in (10, 1000, 100_000):
        c = m.limit_denominator(d)
        if p <= c <= q:
            return c
    return m


def _integral_values(point: Mapping[str, Fraction]) -> tuple[tuple[str, Fraction], ...]:
    return tuple(sorted(point.items()))


def points(
    terms: Sequence[Term], context: Context, seed: int = 0, limit: int = 120, *, targets: bool = True
) -> Iterator[Point]:
    """Distinct points of the domain, at most ``limit``; none when a free symbol has no declared kind.

    Args:
        targets: also some near what the terms are cut at, which take their time to find.
    """
    src = _Source(terms, context, seed)
    if not src.known:
        return
    seen: set[tuple[tuple[str, Fraction], ...]] = set()
    said_of_families = any(s[0] == "index" for r in context.given for s in walk(r))

    def fresh(p: Point | None) -> bool:
        if p is None or (key := _integral_values(p)) in seen:
            return False
        seen.add(key)
        return True

    def stream() -> Iterator[Point | None]:
        for turn in range(3):
            yield src.whole(turn, "pretty")
            if turn == 0:
                yield from src.degenerate()
        for turn in range(6):
            yield src.whole(turn, "mild")
        bases = [p for turn in range(2 if targets else 0) if (p := src.whole(turn, "pretty")) is not None]
        for p in bases:
            for i, q in enumerate(src.targeted(p)):
                if i >= 40:
                    break
                yield q
        for turn in range(4 * limit):
            yield src.whole(turn, "wide" if turn % 3 else "mild")

    count = 0
    for p in stream():
        if p is None or not fresh(p):
            continue
        p = src.indexed(p)
        if said_of_families and not in_domain(p, context):
            continue
        yield p
        count += 1
        if count >= limit or not src.names:
            return


def branch_arguments(terms: Sequence[Term]) -> list[Term]:
    """All break arguments of the terms."""
    out: list[Term] = []
    for t in terms:
        out += [g for g in arguments(t) if g not in out]
    return out
