r"""What a certificate declares of integrals, and what follows from it.

A declaration is about one integrand over one box, for all values its free symbols have in their domains: ∫ |h| < ∞, and
with a parameter also that ∂_θ h is dominated near every θ. What is asked of an integrand t is answered by subtracting
multiples of declared integrands, with factors free of what is integrated over: all terms are eliminated that way, or as
many as go. A
product of declared densities, one in each variable over the line, has an integral of 1 (Tonelli).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import final

from symrep.audit.context import Ctx, Declared
from symrep.audit.data import ONE, ZERO, No, Term, add, div, free, has, mul, rebuild, sub, substitute, sym, walk
from symrep.audit.derive import derivative
from symrep.audit.normal import same, split_linear
from symrep.audit.regular import SMOOTH, Interior
from symrep.audit.signs import nonzero

__all__ = ["Rest", "densities", "merged", "rest_of", "speaks_of_declarations"]

Bindings = Sequence[tuple[str, Term, Term]]
LINE = (("inf", -1), ("inf", 1))
MAX_ROUNDS = 8


@final
@dataclass(frozen=True)
class Rest:
    """What is left of an integrand, term by term, and the mass of the densities that were taken out of it."""

    parts: tuple[tuple[Term, Term], ...]
    mass: Term

    def term(self) -> Term:
        return add(*(mul(c, m) for c, m in self.parts))


def speaks_of_declarations(t: Term, ctx: Ctx) -> bool:
    """May something be declared of an integrand like this?"""
    return bool(ctx.declared) or any(s[0] == "app" and _is_density(s[1], ctx) for s in walk(t))


def _is_density(f: str, ctx: Ctx) -> bool:
    return f in ctx.functions and ctx.functions[f].density


def _density_in(t: Term, ctx: Ctx, names: frozenset[str]) -> str | None:
    """The variable of which t is a declared density, whatever the values of its other arguments."""
    if t[0] != "app" or not _is_density(t[1], ctx) or ctx.functions[t[1]].arity != len(t[3]) or sum(t[2]):
        return None
    first, *others = t[3]
    alone = first[0] == "sym" and first[1] in names and not frozenset().union(*map(free, others)) & names
    return first[1] if alone else None


def densities(t: Term, box: Bindings, ctx: Ctx, part: bool = False) -> bool:
    """Is t a product of densities, one in each variable of a box that is all of space, or ``part`` of it?"""
    names = frozenset(b[0] for b in box)
    factors = t[1:] if t[0] == "mul" else (t,)
    found = [_density_in(f, ctx, names) for f in factors]
    whole = part or all(tuple(b[1:]) == LINE for b in box)
    return whole and len(found) == len(names) and set(found) == names


def _meant(d: Declared, box: Bindings, ctx: Ctx) -> Term | None:
    """The declared integrand in the variables of the box."""
    if len(d.box) != len(box) or not d.free() <= frozenset(ctx.kinds) or d.free() & {b[0] for b in box}:
        return None
    if any(s[0] == "app" and (spec := ctx.functions.get(s[1])) and spec.recursion is not None for s in walk(d.body)):
        return None  # such a function depends on further symbols
    if not all(_holds(a[1:], b[1:]) for a, b in zip(d.box, box, strict=True)):
        return None
    return substitute(d.body, {a[0]: sym(b[0]) for a, b in zip(d.box, box, strict=True)})


def _holds(wide: Sequence[Term], narrow: Sequence[Term]) -> bool:
    """Does one interval hold the other: each of its ends the same, or an infinite one beyond?"""
    return all(a in (b, ("inf", side)) for a, b, side in zip(wide, narrow, (-1, 1), strict=True))


def _rows(box: Bindings, ctx: Ctx, theta: str | None) -> list[Term]:
    """Declared integrands over this box; with a parameter their derivatives."""
    out = []
    inside = ctx.inside({x: (lo, hi) for x, lo, hi in box})
    for d in ctx.declared:
        if theta is not None and d.parameter != theta:
            continue
        t = _meant(d, box, ctx)
        if t is None:
            continue
        if theta is None:
            out.append(t)
        if d.parameter is not None:  # what is dominated is integrable
            try:
                t = _carried_out(t, inside)
                Interior(inside, {d.parameter}).need(t, SMOOTH)
                out.append(derivative(t, d.parameter, inside))
            except No:
                continue
    return out


def _carried_out(t: Term, inside: Ctx) -> Term:
    """With the derivatives of smooth functions in it carried out.

    Raises:
        No: one is of a function that is not known to be smooth.
    """

    def go(s: Term) -> Term:
        s = rebuild(s, go, lambda c: c)
        if s[0] != "diff":
            return s
        Interior(inside, {s[2]}).need(s[1], SMOOTH)
        return derivative(s[1], s[2], inside)

    return go(t)


def rest_of(t: Term, box: Bindings, ctx: Ctx, theta: str | None = None, part: bool = False) -> Rest | None:
    """What remains to be shown of t; None if no declaration is of help.

    With ``part`` convergence is all that is asked: a density over a part of the line is taken out, too, and the mass
    that is told is not the integral.

    Raises:
        No: something has no normal form, or only off a null set.
    """
    if not speaks_of_declarations(t, ctx):
        return None
    rows = _rows(box, ctx, theta)
    apart = (*(b[0] for b in box), *((theta,) if theta else ()))
    quiet = ctx.quiet().inside({x: (lo, hi) for x, lo, hi in box})

    def terms(s: Term) -> dict[Term, Term]:
        found = {m: c for c, m in split_linear(s, apart, quiet)}
        if quiet.notes or any(free(c) & set(apart) for c in found.values()):
            raise No("an integrand is taken apart off a null set only")
        return found

    now, helped, mass = terms(t), False, ZERO
    tables = [terms(r) for r in rows]
    if theta is None:
        for table in (now, *tables):
            for m in [m for m in table if densities(m, box, ctx, part)]:
                c = table.pop(m)
                if table is now:
                    mass, helped = add(mass, c), True
    if not _eliminated(now, tables, terms, ctx):
        return Rest((), mass)
    for _ in range(MAX_ROUNDS):
        shorter = _shorter(now, tables, terms, ctx)
        if shorter is None:
            break
        now, helped = shorter, True
    return Rest(tuple((c, m) for m, c in now.items()), mass) if helped else None


def _eliminated(
    now: dict[Term, Term], tables: Iterable[dict[Term, Term]], terms: Callable[[Term], dict[Term, Term]], ctx: Ctx
) -> dict[Term, Term]:
    """What is left of the terms when those of the declared integrands are eliminated, one after the other."""

    def whole(table: dict[Term, Term]) -> Term:
        return add(*(mul(c, m) for m, c in table.items()))

    def without(table: dict[Term, Term], pivot: Term, row: dict[Term, Term]) -> dict[Term, Term]:
        if pivot not in table:
            return table
        left = terms(sub(whole(table), mul(div(table[pivot], row[pivot]), whole(row))))
        return {m: c for m, c in left.items() if c != ZERO}

    basis: list[tuple[Term, dict[Term, Term]]] = []
    for table in tables:
        for pivot, row in basis:
            table = without(table, pivot, row)
        known = next((m for m in sorted(table, key=str) if nonzero(table[m], ctx)), None)
        if known is not None:
            basis.append((known, table))
    for pivot, row in basis:
        now = without(now, pivot, row)
    return now


def _shorter(
    now: dict[Term, Term], tables: Iterable[dict[Term, Term]], terms: Callable[[Term], dict[Term, Term]], ctx: Ctx
) -> dict[Term, Term] | None:
    """The same minus a multiple of one declared integrand, if fewer terms are left."""
    whole = add(*(mul(c, m) for m, c in now.items())) if now else ZERO
    for table in tables:
        if table and all(now.get(m) == c for m, c in table.items()):  # coefficients may vanish
            return {m: c for m, c in now.items() if m not in table}
        for pivot in (m for m in table if m in now and nonzero(table[m], ctx)):
            factor = div(now[pivot], table[pivot])
            taken = add(*(mul(factor, c, m) for m, c in table.items()))
            left = {m: c for m, c in terms(sub(whole, taken)).items() if c != ZERO}
            if len(left) < len(now):
                return left
    return None


# --- sums of integrals ------------------------------------------------------------------------------------------------


def merged(lhs: Term, rhs: Term, ctx: Ctx, converges: Callable[[Term, Bindings, Ctx], None]) -> bool:
    """Is lhs = rhs because the integrals in their difference, each absolutely convergent, add up to one whose total is
    known? ``converges`` raises No unless an integral does."""
    groups: list[tuple[Bindings, list[Term]]] = []
    rest: list[Term] = []
    for c, node in _summands(sub(lhs, rhs), ONE):
        if node is None:
            rest.append(c)
            continue
        body, box = (mul(node[1], node[2][2]), node[2][1]) if node[0] == "expect" else (node[1], node[2:])
        if free(c) & {b[0] for b in box}:
            return False
        converges(body, box, ctx)
        for ranges, bodies in groups:
            if len(ranges) == len(box) and all(a[1:] == b[1:] for a, b in zip(ranges, box, strict=True)):
                put = {b[0]: sym(a[0]) for a, b in zip(ranges, box, strict=True)}
                if not (free(body) - set(put)) & {a[0] for a in ranges} and not free(c) & {a[0] for a in ranges}:
                    bodies.append(mul(c, substitute(body, put)))
                    break
        else:
            groups.append((box, [mul(c, body)]))
    for box, bodies in groups:
        total = add(*bodies)
        found = rest_of(total, box, Ctx(ctx.kinds, ctx.functions, ctx.given))
        inside = ctx.inside({x: (lo, hi) for x, lo, hi in box})
        if found is None:
            if not same(total, ZERO, inside):
                return False
            continue
        if found.parts and not same(found.term(), ZERO, inside):
            return False
        rest.append(found.mass)
    return same(add(*rest), ZERO, ctx)


def _summands(t: Term, factor: Term) -> list[tuple[Term, Term | None]]:
    """T·factor as a sum of c·(integral) and of what has none at the top."""
    if t[0] == "add":
        return [s for part in t[1:] for s in _summands(part, factor)]
    if t[0] in ("expect", "integral"):
        return [(factor, t)]
    if t[0] == "mul":
        inner = [s for s in t[1:] if s[0] in ("add", "expect", "integral", "mul") and has(s, "expect", "integral")]
        if len(inner) == 1:
            others = list(t[1:])
            others.remove(inner[0])
            return _summands(inner[0], mul(factor, *others) if others else factor)
    return [(mul(factor, t), None)]
