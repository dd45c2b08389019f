"""Symbols as atoms: the interval a symbol ranges over, from its kind, its binder and what is given of it alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, NONNEGATIVE, POSITIVE, Atom, Interval
from symrep.audit.context import Bound, Ctx
from symrep.audit.data import ONE as ONE_TERM
from symrep.audit.data import No, Term, add, free, sub, walk
from symrep.audit.sums import number

__all__ = ["algebra", "in_order", "kind_range", "outer_of", "symbol_atom"]

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)


def algebra(ctx: Ctx) -> Algebra:
    """The normal forms of a context, made once."""
    found = ctx.memory.get("algebra")
    if found is None:
        found = ctx.memory["algebra"] = Algebra(ctx)
    out: Algebra = found
    return out


def kind_range(kind: str) -> Interval:
    return {
        "positive": POSITIVE,
        "nonnegative": NONNEGATIVE,
        "negative": (None, True, ZERO, True),
        "positive integer": (ONE, False, None, True),
        "nonnegative integer": NONNEGATIVE,
        "unit": (ZERO, True, ONE, True),
    }.get(kind, LINE)


def outer_of(ctx: Ctx, b: Bound) -> Ctx:
    """The context around the binder of b."""
    key = ("outer", b)
    if key not in ctx.memory:
        ctx.memory[key] = replace(ctx, bound=ctx.bound[: ctx.bound.index(b)], fibre=frozenset(), notes=[], memory={})
    out: Ctx = ctx.memory[key]
    return out


def in_order(ctx: Ctx, b: Bound) -> bool:
    """Are the ends of a binder known to be in order? Else nothing is assumed of the variable."""
    if b.lo[0] == "inf" or b.hi[0] == "inf":
        return b.lo != ("inf", 1) and b.hi != ("inf", -1)
    if b.lo[0] == b.hi[0] == "num":
        return Fraction(b.lo[1], b.lo[2]) <= Fraction(b.hi[1], b.hi[2])
    from symrep.audit.signs import sign

    length = add(sub(b.hi, b.lo), ONE_TERM) if b.integer else sub(b.hi, b.lo)  # there may be no integer at all
    return sign(length, outer_of(ctx, b)) <= {0, 1}


def _end(ctx: Ctx, b: Bound, t: Term, low: bool) -> Fraction | None:
    """A number not above (not below) the end."""
    if t[0] == "num":
        return Fraction(t[1], t[2])
    if t[0] == "inf":
        return None
    from symrep.audit.signs import sign

    s = sign(t, outer_of(ctx, b))
    return ZERO if s <= ({0, 1} if low else {0, -1}) else None


def _bound_range(ctx: Ctx, b: Bound) -> Interval:
    if not in_order(ctx, b):
        return LINE
    lo, hi = _end(ctx, b, b.lo, True), _end(ctx, b, b.hi, False)
    if lo is not None and hi is not None and lo >= hi:
        return LINE  # nothing in between
    return (lo, not b.integer, hi, not b.integer)


def symbol_atom(alg: Algebra, name: str) -> Atom:
    """The atom of a symbol.

    Raises:
        No: the symbol has no domain.
    """
    key = ("sym", name)
    if key in alg.known:
        return alg.known[key]
    bound = next((b for b in reversed(alg.ctx.bound) if b.name == name), None)
    kind = alg.ctx.kinds.get(name)
    if bound is None and kind is None:
        raise No(f"{name} has no domain")
    interval = kind_range(kind or "") if bound is None else _bound_range(alg.ctx, bound)
    out = alg.atom(
        key,
        lambda i: Atom(
            i,
            "sym",
            ("sym", name),
            free=frozenset((name,)),
            range=interval,
            nonzero=bound is None and kind == "nonzero",
            real=bound is not None or kind != "complex",
        ),
    )
    if out.real:
        for r in (*alg.ctx.given, *alg.ctx.facts):
            if free(r) == {name} and all(s[0] in ("rel", "num", "sym", "add", "mul") for s in walk(r)):
                _tighten(alg, out, r)
    return out


def _tighten(alg: Algebra, a: Atom, r: Term) -> None:
    s = alg.norm(sub(r[2], r[3]))
    parts = sums.parts_in(s, a.index)
    c, d = number(parts.get(1, {})), number(parts.get(0, {}))
    if set(parts) - {0, 1} or not c or d is None:
        return
    at, op = -d / c, r[1]
    if op == "!=":
        a.nonzero = a.nonzero or at == 0
        return
    if op == "==":
        return
    if c < 0:
        op = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[op]
    lo, lo_open, hi, hi_open = a.range
    strict = op in ("<", ">")
    if op[0] == ">" and (lo is None or at > lo or (at == lo and strict)):
        lo, lo_open = at, strict
    if op[0] == "<" and (hi is None or at < hi or (at == hi and strict)):
        hi, hi_open = at, strict
    if lo is not None and hi is not None and lo > hi:
        return
    a.range = (lo, lo_open, hi, hi_open)
    alg.signs.clear()
