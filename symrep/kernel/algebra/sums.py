"""Finite sums of symbolic length: taken apart, constants in front, sums over independent indices as products.

A sum over integers lo ≤ i ≤ hi with finite ends is linear whatever its length, so Σ(a + b) = Σa + Σb and Σ c·a = c·Σa.
Only Σ 1 = hi − lo + 1 asks for more: integer ends, with hi ≥ lo − 1 proved. A sum or product of known small length is
written out; a finite product of positive factors is exp Σ log, one of the same factor each time a power.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from symrep.kernel.algebra import binders, signs
from symrep.kernel.algebra.field import Elem
from symrep.kernel.algebra.linear import split_sum
from symrep.kernel.fail import NotProved
from symrep.term import ONE, Term, _rename_bound, add, fn, free_symbols, fresh, mul, neg, num, power, substitute

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["finite_product", "finite_sum"]

MAX_INDICES = 3
MAX_WRITTEN = 64
MAX_PARTS = 60

Bindings = tuple[tuple[str, Term, Term], ...]


def finite_sum(eng: Engine, t: Term) -> Elem | None:
    """Σ coefficient · product of sums that cannot be taken apart; None when some part is not defined by itself."""
    if any(end[0] == "inf" for b in t[2:] for end in b[1:]):
        return None
    if (items := _written_out(eng, t)) is not None:
        out = eng.field.zero
        for item in items:
            out = eng.field.add(out, eng.norm(item))
        return out
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
            out = eng.field.add(out, _part(eng, c, part, bindings))
        except NotProved:
            return None  # defined on the range of summation only
    return out


def _part(eng: Engine, c: Term, part: Term, bindings: Bindings) -> Elem:
    """A coefficient times a monomial; where it has no value an empty sum has one."""
    return eng.aside(lambda: eng.field.mul(eng.norm(c), _monomial(eng, part, bindings)))


def _written_out(eng: Engine, t: Term) -> list[Term] | None:
    """The items for lo, …, hi when hi − lo is a known small number; none for hi = lo − 1."""
    if len(t) != 3:
        return None
    x, lo, hi = t[2]
    if not signs.integral(eng.dom, lo):
        return None
    length = eng.field.value(eng.field.sub(eng.norm(hi), eng.norm(lo)))
    if length is None or length.denominator != 1 or not -1 <= length <= MAX_WRITTEN:
        return None
    return [
        substitute(t[1], {x: add(lo, num(i)) if lo[0] != "num" else num(lo[1] + i)}) for i in range(int(length) + 1)
    ]


def finite_product(eng: Engine, t: Term) -> Elem | None:
    """Written out, a power of one factor, or exp Σ log of positive factors; None when it is none of these."""
    if len(t) != 3 or any(end[0] == "inf" for end in t[2][1:]):
        return None
    if (items := _written_out(eng, t)) is not None:
        out = eng.field.one
        for item in items:
            out = eng.field.mul(out, eng.norm(item))
        return out
    x, lo, hi = t[2]
    if not (signs.integral(eng.dom, lo) and signs.integral(eng.dom, hi)):
        return None
    if not eng.sign(eng.norm(add(hi, neg(lo), ONE))) <= {0, 1}:
        return None
    if x not in free_symbols(t[1]):
        try:
            return eng.aside(lambda: eng.norm(power(t[1], add(hi, neg(lo), ONE))))
        except NotProved:
            return None  # defined in a product that is not empty only
    named = binders.renamed(eng.dom, t)
    inside = binders.sub_engine(eng, tuple((x, lo, hi, True) for x, lo, hi in named[2:]))
    if not binders.within(eng, inside, lambda: inside.sign(inside.norm(named[1])) <= {1}):
        return None
    return eng.norm(fn("exp", ("sum", fn("log", t[1]), t[2])))


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
    if signs.integral(eng.dom, lo) and signs.integral(eng.dom, hi):
        value = eng.norm(length)
        if eng.sign(value) <= {0, 1}:
            return value
    return binders.opaque(eng, binders.renamed(eng.dom, ("sum", ONE, (x, lo, hi))))
