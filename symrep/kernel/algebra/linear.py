"""Sums taken apart: coefficients free of some variables, times products of generators that involve them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from symrep.kernel.algebra.writing import to_term
from symrep.term import ONE, Term

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["split_sum"]


def split_sum(eng: Engine, t: Term, names: Iterable[str]) -> list[tuple[Term, Term]]:
    """T = Σ coefficient·part, coefficients free of the names."""
    f = eng.field
    a = eng.norm(t)
    wanted = _solved(eng, frozenset(names))
    inside = f.one_poly
    _, factors = f.factor(a.den)
    for p, k in factors:
        if f.free(p) & wanted:
            inside = inside * p**k
    outside = a.den / inside
    groups: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    dependent = [bool(g.free & wanted) for g in f.gens] + [False] * (f.size - len(f.gens))
    for mono, c in a.num.terms():
        part = tuple(int(e) if d else 0 for e, d in zip(mono, dependent, strict=True))
        rest = tuple(0 if d else int(e) for e, d in zip(mono, dependent, strict=True))
        groups.setdefault(part, {})[rest] = c
    out = []
    for part, terms in groups.items():
        coefficient = f.make(f.ctx.from_dict(terms), outside)
        if any(part) or not inside.is_constant():
            piece = to_term(eng, f.make(f.ctx.from_dict({part: 1}), inside))
        else:
            piece = ONE
        out.append((to_term(eng, coefficient), piece))
    return sorted(out, key=lambda cp: str(cp[1]))


def _solved(eng: Engine, names: frozenset[str]) -> frozenset[str]:
    """The names, and the auxiliary symbols that stand for something that involves them."""
    from symrep.term import free_symbols

    more = {w for w, t in eng.dom.back.items() if free_symbols(t) & names}
    return names | more
