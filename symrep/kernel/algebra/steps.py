"""Steps: conditions as combinations of signs inside an integral, and the points at which a derivative is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from symrep.kernel.algebra import functions, signs
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.field import Elem, Gen
from symrep.kernel.algebra.writing import poly_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly
from symrep.term import Term, free_symbols, sub, walk
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["breakpoints", "equal_by_cases", "indicator", "leave_out_breakpoints", "piecewise"]

MAX_DEPTH = 3


# --- conditions -----------------------------------------------------------------------------------------------------


def indicator(eng: Engine, c: Term) -> Elem | None:
    """1 where the condition holds, else 0, off a null set of the bound variables; None when there is no such form."""
    f, head = eng.field, c[0]
    if head == "true":
        return f.one
    if head == "not":
        inner = indicator(eng, c[1])
        return None if inner is None else f.sub(f.one, inner)
    if head in ("and", "or"):
        out = f.one
        for part in c[1:]:
            one = indicator(eng, part)
            if one is None:
                return None
            out = f.mul(out, one if head == "and" else f.sub(f.one, one))
        return out if head == "and" else f.sub(f.one, out)
    if head != "rel":
        return None
    _, op, a, b = c
    diff = f.sub(eng.norm(a), eng.norm(b))
    if not eng.real(diff):
        return None
    s, good = eng.sign(diff), signs.OPS[op]
    if s <= good or not s & good:
        return f.one if s <= good else f.zero
    if 0 in s and not eng.except_in_fibre(diff):
        return None
    if op in ("==", "!="):
        return f.zero if op == "==" else f.one
    up = functions.heaviside(eng, diff)
    return up if op[0] == ">" else f.sub(f.one, up)


def piecewise(eng: Engine, live: list[tuple[Term, Term]]) -> Elem | None:
    """Σ value · 1{its condition holds and none before}; None when a value is not defined everywhere, or a condition
    has no such form."""
    f = eng.field
    out, rest = f.zero, f.one
    try:
        for cond, value in live:
            here = indicator(eng, cond)
            if here is None:
                return None
            out = f.add(out, f.mul(f.mul(rest, here), eng.norm(value)))
            rest = f.mul(rest, f.sub(f.one, here))
    except NotProved:
        return None
    return out if rest.num == 0 else None


def equal_by_cases(eng: Engine, s: Term, t: Term, depth: int = 0) -> bool:
    """Are two integrands equal on each side of the zeros of what steps in them, these being null in the bound
    variables? What had to be left out besides is recorded."""
    from symrep.kernel.algebra.engine import engine

    f = eng.field
    difference = f.sub(eng.norm(s), eng.norm(t)).num
    if difference == 0:
        return True
    if depth >= MAX_DEPTH or not eng.dom.inside:
        return False
    names = eng.dom.fibre_coordinates()
    for p in _turning(eng, f.used(difference)):
        if len(eng.sign_poly(p)) == 1 or (0 in eng.sign_poly(p) and not eng.null_in_fibre(p, names)):
            continue
        where = poly_term(eng, p)
        for op in (">", "<"):
            dom = signs.assume(eng.dom, where, op)
            if dom.empty:
                continue
            if dom is eng.dom:
                return False
            side = engine(dom)
            try:
                ok, off, conditions = side.run(
                    lambda side=side: side.quietly(lambda: equal_by_cases(side, s, t, depth + 1))  # type: ignore[misc]
                )
            except NotProved:
                return False
            if not ok:
                return False
            eng.inherit(off, conditions)
        return True
    return False


def _turning(eng: Engine, used: list[Gen]) -> Iterator[Poly]:
    """The arguments of the steps among the generators, and of the conditions of piecewise terms."""
    for g in used:
        if g.kind in ("step", "abs", "sign"):
            yield from (p for p, _ in eng.field.factor(g.args[0].num)[1])
        elif g.kind == "piecewise":
            for cond, _ in g.base[1:]:
                for rel in (c for c in walk(cond) if c[0] == "rel"):
                    diff = eng.field.sub(eng.norm(rel[2]), eng.norm(rel[3]))
                    yield from (p for p, _ in eng.field.factor(diff.num)[1])
        elif g.args:
            yield from _turning(eng, eng.field.used(*(p for a in g.args for p in a)))


# --- breakpoints ----------------------------------------------------------------------------------------------------


def breakpoints(t: Term, x: str) -> Iterator[tuple[Term, str]]:
    """(argument, "kink" | "jump" | "steps"): the derivative of t in x is by formula off the zeros of the arguments, of
    ``"steps"`` off the points where the argument is an integer."""
    if x not in free_symbols(t):
        return
    head = t[0]
    if head == "fn":
        name, args = t[1], t[2:]
        if name == "abs":
            yield args[0], "kink"
        elif name in ("sign", "heaviside"):
            yield args[0], "jump"
        elif name in ("min", "max"):
            for i, a in enumerate(args):
                yield from ((sub(a, b), "kink") for b in args[i + 1 :])
        elif name in ("floor", "ceiling"):
            yield args[0], "steps"
        children: tuple[Term, ...] = args
    elif head == "rel":
        if x in free_symbols(t[2]) | free_symbols(t[3]):
            yield sub(t[2], t[3]), "jump"
        children = t[2:]
    elif head == "piecewise":
        children = tuple(part for pair in t[1:] for part in pair)
    elif head == "app":
        children = t[3]
    else:
        children = (t[1],) if head == "diff" else t[1:] if head in ("add", "mul", "pow", "and", "or", "not") else ()
    for child in children:
        yield from breakpoints(child, x)


def leave_out_breakpoints(eng: Engine, t: Term, x: str) -> None:
    """Record the points at which the formula for dt/dx does not hold: a null set.

    At a zero of u with |u| or max(u, 0) either u' ≠ 0 and the zero is isolated in x, or u' = 0 and the formula holds.
    Where something jumps its zeros have to be null themselves: then u, or u', vanishes on a null set only.

    Raises:
        NotProved: something jumps at points that are not known to form a null set.
    """
    for a, what in dict.fromkeys(breakpoints(t, x)):
        if x not in free_symbols(a):
            continue
        if not _off_fibre_null_set(eng, a, what):
            if what != "kink" and not _vanishes_rarely(eng, a, x, what):
                raise NotProved(f"the jumps in {x} are not known to form a null set", Reason.JUMP)
            eng.almost_everywhere = True
            eng.conditions[f"off the breakpoints in {x}"] = None


def _off_fibre_null_set(eng: Engine, a: Term, what: str) -> bool:
    """Are the zeros of a null in the bound variables whatever the values of all others? Then they are left out."""
    try:
        return what != "steps" and eng.except_in_fibre(eng.norm(a))
    except NotProved:
        return False


def _vanishes_rarely(eng: Engine, a: Term, x: str, what: str) -> bool:
    """Is {a = 0} (a ∈ ℤ) null? It is when a or its derivative in x vanishes on a null set only: where a is constant on
    a set of positive measure its derivative vanishes at almost all of its points."""
    ways = [a] if what == "jump" else []
    with suppress(NotProved):
        ways.append(derivative(a, x, eng.dom.ctx))
    for t in ways:
        try:
            value = eng.norm(t)
        except NotProved:
            continue
        if value.num == 0 and t is not a:
            return True  # constant in x: no jump at all
        if value.num != 0 and all(0 not in eng.sign_poly(p) or eng.null(p) for p, _ in eng.field.factor(value.num)[1]):
            return True
    return False
