"""Equality of terms on a context, by normal form and by cases over the signs that stood in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, free, has, num, sub, substitute
from symrep.audit.nodes import split
from symrep.audit.signing import BINDERS, OPS
from symrep.audit.signs import sign, with_algebra
from symrep.audit.sums import Sum, number

__all__ = ["coefficients", "need_same", "same", "same_everywhere", "simplify", "split_linear"]

MAX_DEPTH: Final = 6
MAX_CELLS: Final = 80


def same(a: Term, b: Term, ctx: Ctx, depth: int = MAX_DEPTH) -> bool:
    """Is a = b proved on the context? Null sets of the integration variables are forgiven, others noted in ``ctx``."""
    try:
        need_same(a, b, ctx, depth=depth)
    except No:
        return False
    return True


def same_everywhere(a: Term, b: Term, ctx: Ctx) -> bool:
    """Is a = b proved at every point, with nothing left out?"""
    if a == b:
        return True
    quiet = replace(ctx, fibre=frozenset(), notes=[], memory={} if ctx.fibre else ctx.memory)
    return same(a, b, quiet) and not quiet.notes


def need_same(a: Term, b: Term, ctx: Ctx, why: str = "", depth: int = MAX_DEPTH) -> None:
    """The same, raising :class:`No`."""
    missing = (free(a) | free(b)) - ctx.known()
    if missing:
        raise No(f"no domain is known for {', '.join(sorted(missing))}")
    notes: dict[str, None] = {}
    try:
        _cell(a, b, ctx, depth, notes, [0])
    except No as e:
        if not _by_equations(a, b, ctx, depth):
            raise No(f"{why}: {e}" if why else str(e), covered=e.covered) from e
        notes.clear()
    ctx.notes.extend(n for n in notes if n not in ctx.notes)


def _by_equations(a: Term, b: Term, ctx: Ctx, depth: int) -> bool:
    """Is a = b shown, with nothing left out, where an equation among the facts is put in for a symbol it determines?"""
    for r in ctx.facts:
        if r[0] != "rel" or r[1] != "==" or has(r, *BINDERS):
            continue
        try:
            _on_border(a, b, sub(r[2], r[3]), ctx, max(depth, 1), {}, [0])
        except No:
            continue
        return True
    return False


def _cell(a: Term, b: Term, ctx: Ctx, depth: int, notes: dict[str, None], cells: list[int]) -> None:
    cells[0] += 1
    if cells[0] > MAX_CELLS:
        raise No("too many cases")
    wishes: list[Term] = []
    of_vectors = any(spec.vector for spec in ctx.functions.values())

    def job(alg: Algebra) -> dict[str, None]:
        alg.splits = {}
        try:
            difference, taken = alg.quietly(lambda: sums.minus(alg.norm(a), alg.norm(b)))
            if alg.is_zero(difference):
                return taken
            # beside functions of vectors that takes long and says nothing: their nodes are compared part by part
            if not of_vectors and alg.real(difference) and alg.sign(difference) == {0}:
                return taken
            _wish_for_sizes(alg, difference)
        finally:
            wishes[:] = list(alg.splits)
        raise No(f"the difference is not seen to vanish: {alg.text(difference)}")

    try:
        notes.update(with_algebra(ctx, job))
        return
    except No:
        if depth == 0 or not wishes:
            raise
    _split(a, b, wishes[0], ctx, depth, notes, cells)


def _wish_for_sizes(alg: Algebra, s: Sum) -> None:
    """What absolute values and signs in a difference are of; they may have been met before, without a wish."""
    todo, seen = [s], set()
    while todo:
        for atom in alg.of(todo.pop()):
            if atom.index in seen:
                continue
            seen.add(atom.index)
            if atom.kind in ("abs", "sign"):
                alg.wish(atom.args[0])
            todo += atom.args


def _split(a: Term, b: Term, at: Term, ctx: Ctx, depth: int, notes: dict[str, None], cells: list[int]) -> None:
    signs = sign(at, ctx)
    if len(signs) == 1:
        raise No("a sign that is known does not help")
    empty = 0
    for op, s in ((">", 1), ("<", -1)):
        if s not in signs:
            empty += 1
            continue
        cell = ctx.assume(at, op, num(0))
        try:
            _cell(a, b, cell, depth - 1, notes, cells)
        except No:
            empty += 1
            if empty == 2 or not impossible(cell):
                raise
    if 0 not in signs:
        return

    def border(alg: Algebra) -> tuple[bool, bool, str]:
        s, _ = alg.quietly(lambda: alg.norm(at))
        return alg.null_in(s, ctx.fibre), alg.null(s), alg.text(s)

    forgiven, null, text = with_algebra(ctx, border)
    if forgiven:
        return
    try:
        trial: dict[str, None] = {}
        _on_border(a, b, at, ctx, depth, trial, cells)
        notes.update(trial)
    except No:
        if not null:
            raise
        notes[f"{text} != 0"] = None


def impossible(ctx: Ctx) -> bool:
    """Is a relation of the context proved not to hold? Then the rest of the context has no point at which it does."""
    relations = (r for r in (*ctx.given, *ctx.facts) if r[0] == "rel" and not has(r, *BINDERS))
    return any(not sign(sub(r[2], r[3]), ctx) & OPS[r[1]] for r in relations)


def _on_border(a: Term, b: Term, at: Term, ctx: Ctx, depth: int, notes: dict[str, None], cells: list[int]) -> None:
    """Where a sign changes: a symbol is solved for."""
    put, new = _border(at, ctx)
    # "off a null set" means nothing new on a null set: only what holds at every point of the border counts
    taken: dict[str, None] = {}
    _cell(substitute(a, put), substitute(b, put), new, depth - 1, taken, cells)
    if taken:
        raise No("on the border between two cases something else is left out")


def _border(at: Term, ctx: Ctx) -> tuple[dict[str, Term], Ctx]:
    """What to put in for a symbol where the term vanishes, and the context there.

    Raises:
        No: the term cannot be solved for a symbol.
    """

    def solve(alg: Algebra) -> tuple[str, Term, list[Term]] | None:
        s, taken = alg.quietly(lambda: alg.norm(at))
        if taken:
            return None
        for x in alg.of(s):
            parts = sums.parts_in(s, x.index)
            c = number(parts.get(1, {}))
            if x.kind != "sym" or set(parts) - {0, 1} or not c or not alg._only_here(s, x):
                continue
            value = alg.term(sums.scaled(parts.get(0, {}), -1 / c))
            lo, lo_open, hi, hi_open = x.range
            facts: list[Term] = []
            if lo is not None:
                facts.append(("rel", ">" if lo_open else ">=", value, num(lo)))
            if hi is not None:
                facts.append(("rel", "<" if hi_open else "<=", value, num(hi)))
            if x.nonzero:
                facts.append(("rel", "!=", value, num(0)))
            return x.term[1], value, facts
        return None

    found = with_algebra(ctx, solve)
    if found is None:
        raise No("the border between two cases cannot be solved for a symbol")
    x, value, facts = found
    put = {x: value}
    if any(b.name == x or x in free(b.lo) | free(b.hi) for b in ctx.bound):
        raise No("the border between two cases is in a bound variable")
    new = replace(
        ctx,
        given=tuple(substitute(r, put) for r in ctx.given),
        facts=(*(substitute(r, put) for r in ctx.facts), *(f for f in facts if free(f))),
        notes=[],
        memory={},
    )
    return put, new


def simplify(t: Term, ctx: Ctx) -> Term:
    """A term equal to t at every point, short if possible."""

    def job(alg: Algebra) -> Term:
        found, notes = alg.quietly(lambda: alg.canon(alg.norm(t)))
        return t if notes else alg.term(found)

    try:
        out: Term = with_algebra(replace(ctx, fibre=frozenset(), memory={}) if ctx.fibre else ctx, job)
        return out
    except No:
        return t


def coefficients(t: Term, x: str, ctx: Ctx) -> list[Term] | None:
    """c₀, …, cₙ free of x with t = Σ cₖ xᵏ at every point; None when that is not seen."""

    def job(alg: Algebra) -> list[Term] | None:
        found, notes = alg.quietly(lambda: alg.canon(alg.norm(t)))
        if notes:
            return None
        atom = alg.symbol_atom(x)
        if any(a is not atom and x in a.free for a in alg.of(found)):
            return None
        parts = sums.parts_in(found, atom.index)
        if any(not isinstance(e, int) or e < 0 for e in parts):
            return None
        return [alg.term(parts.get(k, {})) for k in range(int(max(parts, default=0)) + 1)]

    try:
        plain = replace(ctx, fibre=frozenset(), memory={}) if ctx.fibre else ctx
        out: list[Term] | None = with_algebra(plain, job)
        return out
    except No:
        return None


def split_linear(t: Term, names: Iterable[str], ctx: Ctx) -> list[tuple[Term, Term]]:
    """T as Σ coefficient · part, coefficients free of the names; null sets left out are noted.

    Raises:
        No: t has no normal form here.
    """
    wanted = tuple(names)
    out: list[tuple[Term, Term]] = with_algebra(ctx, lambda alg: split(t, wanted, ctx))
    return out
