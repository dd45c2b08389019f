"""Matrices of small literal size: grids of terms, multiplied, inverted and reduced to scalars entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Final

from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, children, mul, neg, num, power, sym

__all__ = ["LARGEST", "Grid", "TooBig", "added", "diagonal", "entries", "inverse", "power_of", "scaled", "times"]
__all__ += ["determinant", "filled", "identity", "same", "trace", "transpose"]

#: rows, all of one length
Grid = tuple[tuple[Term, ...], ...]
LARGEST: Final = 8
#: of a square matrix that is inverted or has a determinant
LARGEST_SQUARE: Final = 5
MAX_NODES: Final = 60_000


class TooBig(Exception):
    """More entries, or longer ones, than are worth writing out."""


def _nodes(t: Term) -> int:
    return 1 + sum(_nodes(c) for c in children(t))


def _checked(grid: Grid) -> Grid:
    if sum(_nodes(t) for row in grid for t in row) > MAX_NODES:
        raise TooBig
    return grid


def _sum(ts: Iterable[Term]) -> Term:
    """Without zeros."""
    kept = [t for t in ts if t != ZERO]
    return add(*kept) if kept else ZERO


def _total(t: Term) -> bool:
    """Has t a value everywhere, so that 0·t is 0?"""
    if t[0] in ("num", "sym", "const"):
        return True
    if t[0] == "pow" and not (t[2][0] == "num" and t[2][2] == 1 and t[2][1] > 0):
        return False
    return t[0] in ("add", "mul", "pow") and all(map(_total, t[1:]))


def _product(*ts: Term) -> Term:
    if ZERO in ts and all(map(_total, ts)):
        return ZERO
    kept = [t for t in ts if t != ONE]
    return mul(*kept) if kept else ONE


def filled(rows: int, columns: int, value: Term) -> Grid:
    return tuple((value,) * columns for _ in range(rows))


def identity(n: int) -> Grid:
    return diagonal((ONE,) * n)


def diagonal(ts: tuple[Term, ...]) -> Grid:
    return tuple(tuple(t if i == j else ZERO for j in range(len(ts))) for i, t in enumerate(ts))


def transpose(a: Grid) -> Grid:
    return tuple(zip(*a, strict=True))


def scaled(t: Term, a: Grid) -> Grid:
    return _checked(tuple(tuple(_product(t, x) for x in row) for row in a))


def added(a: Grid, b: Grid) -> Grid | None:
    """None if the shapes differ."""
    if (len(a), len(a[0])) != (len(b), len(b[0])):
        return None
    return tuple(tuple(_sum(p) for p in zip(r, s, strict=True)) for r, s in zip(a, b, strict=True))


def times(a: Grid, b: Grid) -> Grid | None:
    """None if the shapes do not fit."""
    if len(a[0]) != len(b):
        return None
    columns = transpose(b)
    return _checked(tuple(tuple(_sum(_product(x, y) for x, y in zip(r, c, strict=True)) for c in columns) for r in a))


def _minor(a: Grid, i: int, j: int) -> Grid:
    return tuple(row[:j] + row[j + 1 :] for k, row in enumerate(a) if k != i)


def determinant(a: Grid) -> Term:
    """By the first row, zeros left out."""
    if len(a) > LARGEST_SQUARE:
        raise TooBig
    if len(a) == 1:
        return a[0][0]
    parts = []
    for j, x in enumerate(a[0]):
        if x != ZERO:
            part = _product(x, determinant(_minor(a, 0, j)))
            parts.append(part if j % 2 == 0 or part == ZERO else neg(part))
    out = _sum(parts)
    _checked(((out,),))
    return out


def trace(a: Grid) -> Term:
    return _sum(row[i] for i, row in enumerate(a))


def inverse(a: Grid) -> Grid:
    """The adjugate over the determinant."""
    below = power(determinant(a), MINUS_ONE)
    if len(a) == 1:
        return ((below,),)
    out = []
    for i, j in product(range(len(a)), repeat=2):
        cofactor = determinant(_minor(a, j, i))
        out.append(_product(cofactor if (i + j) % 2 == 0 or cofactor == ZERO else neg(cofactor), below))
    return _checked(tuple(tuple(out[i * len(a) : (i + 1) * len(a)]) for i in range(len(a))))


def power_of(a: Grid, n: int) -> Grid:
    out, base = identity(len(a)), inverse(a) if n < 0 else a
    for _ in range(abs(n)):
        step = times(out, base)
        if step is None:
            raise TooBig
        out = step
    return out


def entries(a: Grid, b: Grid) -> list[tuple[int, int, Term, Term]]:
    """(row, column, left, right) of the pairs that are not one and the same number."""
    pairs = [(i, j, a[i][j], b[i][j]) for i, j in product(range(len(a)), range(len(a[0])))]
    return [p for p in pairs if not (p[2] == p[3] and p[2][0] == "num")]


def same(a: Grid, b: Grid, fresh: Callable[[str], str]) -> tuple[Term, Term, Mapping[str, str]]:
    """A = B as one claim between scalars, and the kinds of the symbols it needs: Σ t_ij a_ij = Σ t_ij b_ij for all real
    t_ij. One entry alone needs no weight."""
    rows = entries(a, b)
    if not rows:
        return num(0), num(0), {}
    if len(rows) == 1:
        return rows[0][2], rows[0][3], {}
    names = [fresh(f"entry_{i + 1}_{j + 1}") for i, j, _, _ in rows]
    left = add(*(mul(sym(n), r[2]) for n, r in zip(names, rows, strict=True)))
    right = add(*(mul(sym(n), r[3]) for n, r in zip(names, rows, strict=True)))
    return left, right, dict.fromkeys(names, "real")
