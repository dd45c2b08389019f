"""Finite sums of symbolic length: taken apart, constants in front, sums over independent indices as products.

A sum over integers lo ≤ i ≤ hi with finite ends is linear whatever its length, so Σ(a + b) = Σa + Σb and Σ c·a = c·Σa.
Only Σ 1 = hi − lo + 1 asks for more: integer ends, with hi ≥ lo − 1 proved.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from symrep.kernel import binders
from symrep.kernel.fail import NotProved
from symrep.kernel.field import Elem
from symrep.kernel.linear import split_sum
from symrep.term import MINUS_ONE, ONE, Term, _rename_bound, add, free_symbols, fresh, mul, neg

if TYPE_CHECKING:
    from symrep.kernel.engine import Engine

__all__ = ["finite_sum"]

MAX_INDICES = 3
MAX_PARTS = 60

Bindings = tuple[tuple[str, Term, Term], ...]


def finite_sum(eng: Engine, t: Term) -> Elem | None:
    """Σ coefficient · product of sums that cannot be taken apart; None when some part is not defined by itself."""
    if any(end[0] == "inf" for b in t[2:] for end in b[1:]):
        return None
    t = binders.renamed(eng.dom, t)
    bindings: Bindings = t[2:]
    names = frozenset(b[0] for b in bindings)
    inside = binders.sub_engine(eng, tuple((x, lo, hi, True) for x, lo, hi in bindings))
    parts = binders.within(eng, inside, lambda: split_sum(inside, t[1], names))
    if len(parts) > MAX_PARTS:
        return None
    out = eng.field.zero
    for c, part in parts:
        try:
            out = eng.field.add(out, eng.field.mul(eng.norm(c), _monomial(eng, part, bindings)))
        except NotProved:
            return None  # defined on the range of summation only
    return out


def _monomial(eng: Engine, part: Term, bindings: Bindings) -> Elem:
    """Σ of a product: one factor for each set of indices that hang together."""
    names = frozenset(b[0] for b in bindings)
    factors = list(part[1:]) if part[0] == "mul" else [part]
    for i, inner in enumerate(factors):
        if inner[0] == "sum" and not any(names & free_symbols(e) for b in inner[2:] for e in b[1:]):
            return _flattened(eng, factors[:i] + factors[i + 1 :], inner, bindings)
    groups: list[tuple[frozenset[str], list[Term]]] = []
    for factor in factors:
        used, joined, rest = names & free_symbols(factor), [factor], []
        for g, fs in groups:
            if g & used:
                used, joined = used | g, fs + joined
            else:
                rest.append((g, fs))
        groups = [*rest, (used, joined)]
    out = eng.field.one
    for used, fs in groups:
        if used:
            own = tuple(b for b in bindings if b[0] in used)
            out = eng.field.mul(out, _irreducible(eng, mul(*fs), own))
        else:
            out = eng.field.mul(out, eng.norm(mul(*fs)))
    for b in bindings:
        if not any(b[0] in used for used, _ in groups):
            out = eng.field.mul(out, _count(eng, b))
    return out


def _flattened(eng: Engine, outside: list[Term], inner: Term, bindings: Bindings) -> Elem:
    """Σ_i a_i Σ_j b_ij = Σ_ij a_i b_ij when the range of j does not depend on i."""
    taken: set[str] = {*eng.dom.boxes, *eng.dom.ctx.symbols, *(b[0] for b in bindings), *free_symbols(inner)}
    for b in bindings:
        taken |= free_symbols(b[1]) | free_symbols(b[2])
    for factor in outside:
        taken |= free_symbols(factor)
    for x, _, _ in inner[2:]:
        new = fresh("_s", taken)
        taken.add(new)
        inner = _rename_bound(inner, x, new)
    whole: Term = ("sum", mul(*outside, inner[1]), *bindings, *inner[2:])
    flat = finite_sum(eng, whole)
    return binders.opaque(eng, whole) if flat is None else flat


def _irreducible(eng: Engine, body: Term, bindings: Bindings) -> Elem:
    """One generator for a sum however its indices are ordered."""
    orders: list[Any] = list(permutations(bindings)) if len(bindings) <= MAX_INDICES else [bindings]
    whole = [binders.renamed(eng.dom, ("sum", body, *order)) for order in orders]
    for t in whole[1:]:
        if (known := binders.known_opaque(eng, t)) is not None:
            return known
    return binders.opaque(eng, whole[0])


def _count(eng: Engine, binding: tuple[str, Term, Term]) -> Elem:
    """How many integers there are from lo to hi."""
    x, lo, hi = binding
    length = add(hi, neg(lo), ONE)
    if _integer(eng, lo) and _integer(eng, hi):
        value = eng.norm(length)
        if eng.sign(value) <= {0, 1}:
            return value
    return binders.opaque(eng, binders.renamed(eng.dom, ("sum", ONE, (x, lo, hi))))


def _integer(eng: Engine, t: Term) -> bool:
    if t[0] == "num":
        return bool(t[2] == 1)
    if t[0] == "sym":
        if t[1] in eng.dom.subst:
            return False
        box = eng.dom.boxes.get(t[1])
        return box is not None and box.integer
    if t[0] == "index":
        return "integer" in eng.dom.ctx.symbols.get(t[1], "")
    return t == MINUS_ONE or (t[0] in ("add", "mul") and all(_integer(eng, c) for c in t[1:]))
