"""Nodes: cases, derivatives, sums, and what binds variables: two of these are one when their parts are equal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any, Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, NONNEGATIVE, POSITIVE, Atom, Interval, Unknown
from symrep.audit.context import Ctx
from symrep.audit.coordinate_nodes import each_range, nothing_known
from symrep.audit.data import (
    No,
    Term,
    add,
    binding,
    free,
    has,
    mul,
    neg,
    num,
    rebuild,
    rename_bound,
    substitute,
    sym,
    walk,
)
from symrep.audit.derive import breakpoints, derivative
from symrep.audit.finite_products import finite_product
from symrep.audit.left_out import leave_out
from symrep.audit.names import algebra
from symrep.audit.nests import nest, orders, spelled_alike
from symrep.audit.signing import OPS
from symrep.audit.sums import Sum, monomial, number
from symrep.audit.totals import total_range

__all__ = ["alike", "decided", "is_whole", "node", "split"]

MAX_EXPANDED: Final = 24
MAX_COMPARED: Final = 24
MAX_PARTS: Final = 80
OPAQUE: Final = (
    *("integral", "expect", "sum", "product", "det", "push", "kl", "sample_mean", "expect_sample", "expect_each"),
    "vector",
)
_PLAIN: Final = frozenset("num sym index add mul app vector sum".split())


def node(alg: Algebra, t: Term) -> Sum:
    head = t[0]
    if head == "piecewise":
        return _cases(alg, t)
    if head == "diff":
        return _diff(alg, t)
    if head in ("sum", "product") and (written := _written_out(alg, t)) is not None:
        return written
    if head == "sum" and (apart := _finite_sum(alg, t)) is not None:
        return apart
    if head == "product" and (whole := finite_product(alg, t)) is not None:
        return whole
    if head in OPAQUE:
        return _opaque(alg, t)
    raise No(f"{head} is not a number")


# --- cases ----------------------------------------------------------------------------------------------------------


def decided(alg: Algebra, c: Term) -> bool | None:
    """Does the condition hold (fail) at every point? What would have to be known is wished for."""
    head = c[0]
    if head == "true":
        return True
    if head == "not":
        inner = decided(alg, c[1])
        return None if inner is None else not inner
    if head in ("and", "or"):
        answers = [decided(alg, s) for s in c[1:]]
        stop = head == "or"
        return stop if stop in answers else None if None in answers else not stop
    if head != "rel":
        raise No(f"{head} is not a condition")
    difference = sums.minus(alg.norm(c[2]), alg.norm(c[3]))
    if not alg.real(difference):
        raise No("an order of complex numbers")
    s = frozenset({0}) if alg.is_zero(difference) else alg.sign(difference)
    if s <= OPS[c[1]]:
        return True
    if not s & OPS[c[1]]:
        return False
    alg.wish_factors(difference)
    return None


def _cases(alg: Algebra, t: Term) -> Sum:
    for cond, value in t[1:]:
        answer = decided(alg, cond)
        if answer is None:
            raise Unknown("it is not known which case applies")
        if answer:
            return alg.norm(value)
    raise No("no case applies")


# --- derivatives ----------------------------------------------------------------------------------------------------


def _diff(alg: Algebra, t: Term) -> Sum:
    _, body, x = t
    kind = alg.ctx.kind_of(x)
    if kind is None or "integer" in kind:
        raise No(f"no derivative is taken in {x}")
    if has(body, "limit"):
        raise No("a derivative of a limit, before its value is put in")
    try:
        done = derivative(body, x, alg.ctx)
    except No:
        return _unfinished(alg, t)
    alg.norm(body)  # what is free of x drops out of the derivative, and has to have a value all the same
    for a, what in breakpoints(body, x):
        if x in free(a):
            leave_out(alg, a, x, what)
    return alg.norm(done)


def _unfinished(alg: Algebra, t: Term) -> Sum:
    """d/dx of what cannot be differentiated point by point: equal to another when the bodies agree for all x near by,
    which is asked on the kinds of the symbols alone."""
    _, body, x = t
    open_ctx = _open(alg.ctx, x)
    for term, atom in alg.ctx.memory.setdefault("diffs", []):
        if term[2] == x and (term == t or _everywhere(term[1], body, open_ctx)):
            return monomial(atom.index)
    atom = alg.atom(("diff", t), lambda i: Atom(i, "diff", t, free=free(t), real=_real(alg, t), smooth=False))
    alg.ctx.memory["diffs"].append((t, atom))
    return monomial(atom.index)


def _everywhere(a: Term, b: Term, ctx: Ctx) -> bool:
    from symrep.audit.normal import same_everywhere

    return same_everywhere(a, b, ctx)


def _open(ctx: Ctx, x: str) -> Ctx:
    """The kinds alone, and x in an open set."""
    key = ("open", x)
    if key not in ctx.memory:
        kinds = {n: (ctx.kind_of(n) or "real") for n in ctx.known()}
        if kinds.get(x) in ("nonnegative", "nonzero"):
            kinds[x] = "real"
        ctx.memory[key] = Ctx(kinds, ctx.functions)
    out: Ctx = ctx.memory[key]
    return out


def _real(alg: Algebra, t: Term) -> bool:
    return not has(t, "const") or (
        all(s != ("const", "i") for s in _leaves(t)) and all(alg.ctx.kind_of(n) != "complex" for n in free(t))
    )


def _leaves(t: Term) -> list[Term]:
    return [s for s in walk(t) if s[0] == "const"]


# --- what binds -----------------------------------------------------------------------------------------------------


def _plain(t: Term) -> Term:
    """An expectation is the integral against its density."""
    return ("integral", mul(t[1], t[2][2]), *t[2][1]) if t[0] == "expect" else t


def _opaque(alg: Algebra, t: Term) -> Sum:
    t = _plain(t)
    ctx = alg.ctx
    key = (t[0], t)
    if key in alg.known:
        return monomial(alg.known[key].index)
    same_kind = [a for a in alg.atoms if a.kind == t[0] and a.data == "node"]
    for a in same_kind[:MAX_COMPARED]:
        quiet = ctx.quiet()
        if alike(quiet, t, a.term) or _reordered(quiet, t, a.term):
            alg.notes.update(dict.fromkeys(quiet.notes))
            alg.known[key] = a
            return monomial(a.index)
    if t[0] in ("integral", "sum"):
        quiet = ctx.quiet()
        if _vanishes(quiet, t):
            alg.notes.update(dict.fromkeys(quiet.notes))
            return {}
    quiet = ctx.quiet()
    _check_parts(alg, quiet, t)
    alg.notes.update(dict.fromkeys(quiet.notes))
    real = all(ctx.kind_of(n) != "complex" for n in free(t)) and ("const", "i") not in _leaves(t)
    more: dict[str, Any] = {"data": "node", "free": free(t), "real": real, "smooth": False}
    if real and t[0] == "sum":
        more["find"] = lambda: total_range(t, ctx)
    if real and t[0] == "expect_each":
        more["find"] = lambda: each_range(ctx, t)
    if real and t[0] == "integral":
        more["find"] = lambda: _range(ctx, t)
    atom = alg.atom(key, lambda i: Atom(i, t[0], t, **more))
    return monomial(atom.index)


def _reordered(ctx: Ctx, t: Term, u: Term) -> bool:
    """Is one a finite sum over a box in another order than the other?"""
    if t[0] != "sum":
        return False
    other, many = nest(u), list(orders(nest(t)))
    spelled = spelled_alike(other)
    if any(spelled_alike(o) == spelled for o in many):
        return True
    return sum(1 for _ in orders(other)) == len(many) and any(alike(ctx, o, other) for o in many)


def _range(ctx: Ctx, t: Term) -> Interval:
    """Of an integral with a value: above 0 if its integrand is, on a box that is not empty."""
    from symrep.audit.integrability import ordered
    from symrep.audit.signs import sign

    quiet = ctx.quiet()
    if not all(ordered(lo, hi, quiet) for _, lo, hi in t[2:]):
        return LINE
    inner = _inner(quiet, t).quiet()
    signs = sign(t[1], inner)
    if inner.notes or quiet.notes or -1 in signs:
        return LINE
    return NONNEGATIVE if 0 in signs else POSITIVE


def _check_parts(alg: Algebra, ctx: Ctx, t: Term) -> None:
    """Every part of a node means something where it stands.

    Raises:
        No: it is not known to.
    """
    from symrep.audit.normal import need_same

    missing = free(t) - ctx.known()
    if missing:
        raise No(f"no domain is known for {', '.join(sorted(missing))}")
    if t[0] == "expect_each":
        strict = nothing_known(ctx, t[2])
        strict.once((t[1], "a value"), lambda c: need_same(t[1], t[1], c))
        if strict.notes:
            raise No("the body of an expectation over a family has a value off a null set only")
        return _check_parts(alg, ctx, t[3])
    inner = _inner(ctx, t).quiet() if binding(t) else ctx
    if t[0] == "det":
        for cell, entry in _by_diagonal(inner, t):
            need_same(entry, entry, cell)
    for deep, s in _pieces(t):
        if deep and t[0] == "det":
            continue
        if s[0] in ("law", "iprod", "sample_mean"):
            _check_parts(alg, inner if deep else ctx, s)
        elif s[0] != "inf":
            (inner if deep else ctx).once((s, "a value"), lambda c, s=s: need_same(s, s, c))  # type: ignore[misc]
    if inner is not ctx:
        ctx.notes.extend(n for n in inner.notes if n not in ctx.notes)


def _by_diagonal(inner: Ctx, t: Term) -> list[tuple[Ctx, Term]]:
    """The entries of a matrix on its diagonal, above and below it, each where they stand."""
    _, entry, (i, *_), (j, *_) = t
    sides = [(inner.assume(sym(i), op, sym(j)), entry) for op in ("<", ">")]
    return [(inner, substitute(entry, {j: sym(i)})), *sides]


def _vanishes(ctx: Ctx, t: Term) -> bool:
    from symrep.audit.normal import same
    from symrep.audit.signs import with_algebra

    inner = _inner(ctx, t)
    if t[0] == "sum" and all(s[0] in _PLAIN for s in walk(t[1])):  # signs would say nothing new
        return bool(with_algebra(inner, lambda alg: alg.is_zero(alg.norm(t[1]))))
    return same(t[1], num(0), inner, depth=2)


def _inner(ctx: Ctx, t: Term) -> Ctx:
    bs = binding(t)
    if t[0] in ("sum", "product", "det", "iprod", "vector"):
        for i, lo, hi in bs:
            ctx = ctx.summing(i, lo, hi)
        return ctx
    return ctx.inside({x: (lo, hi) for x, lo, hi in bs})


def alike(ctx: Ctx, t: Term, u: Term, depth: int = 0) -> bool:
    """Are two nodes equal because their parts are?"""
    from symrep.audit.normal import same

    t, u = _plain(t), _plain(u)
    if t == u or spelled_alike(t) == spelled_alike(u):
        return True
    if "inf" in (t[0], u[0]) or depth > 6:
        return False
    structured = (*OPAQUE, "law", "iprod")
    if t[0] not in structured and u[0] not in structured:
        return same(t, u, ctx)
    if t[0] != u[0] or len(t) != len(u):
        numbers = t[0] not in ("law", "iprod") and u[0] not in ("law", "iprod")
        return depth > 0 and numbers and same(t, u, ctx)
    if t[0] == "expect_each":
        if t[2] != u[2]:
            return False
        strict = nothing_known(ctx, t[2])
        return same(t[1], u[1], strict) and not strict.notes and alike(ctx, t[3], u[3], depth + 1)
    bs, cs = binding(t), binding(u)
    if len(bs) != len(cs) or len({b[0] for b in bs}) < len(bs) or len({c[0] for c in cs}) < len(cs):
        return False
    taken = set(free(t) | free(u) | ctx.known() | {b[0] for b in (*bs, *cs)})
    for k in range(len(bs)):
        new = next(f"bound~{n}" for n in count() if f"bound~{n}" not in taken)
        taken.add(new)
        t, u = rename_bound(t, binding(t)[k][0], new), rename_bound(u, binding(u)[k][0], new)
    inner = _inner(ctx, t) if bs else ctx
    if t[0] == "det":
        cells = zip(_by_diagonal(inner, t), _by_diagonal(inner, u), strict=True)
        return alike(ctx, t[2][2], u[2][2], depth + 1) and all(same(a, b, c) for (c, a), (_, b) in cells)
    left, right = _pieces(t), _pieces(u)
    if len(left) != len(right):
        return False
    for (deep, a), (deeper, b) in zip(left, right, strict=True):
        if deep != deeper or not alike(inner if deep else ctx, a, b, depth + 1):
            return False
    return True


def _pieces(t: Term) -> list[tuple[bool, Term]]:
    """The parts outside and inside the scope of the node, each marked."""
    out: list[tuple[bool, Term]] = []

    def outside(s: Term) -> Term:
        out.append((False, s))
        return s

    def inside(s: Term) -> Term:
        out.append((True, s))
        return s

    rebuild(t, outside, inside)
    return out


# --- sums -----------------------------------------------------------------------------------------------------------


def is_whole(t: Term, ctx: Ctx) -> bool:
    """Is the term an integer by its form?"""
    if t[0] == "num":
        return bool(t[2] == 1)
    if t[0] == "sym":
        return "integer" in (ctx.kind_of(t[1]) or "")
    if t[0] == "index":
        return "integer" in ctx.kinds.get(t[1], "")
    return t[0] in ("add", "mul") and all(is_whole(c, ctx) for c in t[1:])


def _written_out(alg: Algebra, t: Term) -> Sum | None:
    """A sum or product of a literal number of terms, that from lo to lo − 1 included."""
    i, lo, hi = t[2]
    if "inf" in (lo[0], hi[0]) or not (is_whole(lo, alg.ctx) and is_whole(hi, alg.ctx)):
        return None
    length = number(sums.minus(alg.norm(hi), alg.norm(lo)))
    if length is None or not -1 <= length < MAX_EXPANDED:
        return None
    start = lo if lo[0] != "num" else num(lo[1])
    items = (substitute(t[1], {i: _later(start, k)}) for k in range(int(length) + 1))
    return (sums.total if t[0] == "sum" else alg.product)(map(alg.norm, items))


def _later(start: Term, k: int) -> Term:
    return num(start[1] + k) if start[0] == "num" else add(start, num(k)) if k else start


def _finite_sum(alg: Algebra, t: Term) -> Sum | None:
    """Taken apart by linearity, constants in front."""
    i, lo, hi = t[2]
    if "inf" in (lo[0], hi[0]):
        return None
    taken = alg.ctx.known() | free(t)
    new = next(f"index~{n}" for n in count() if f"index~{n}" not in taken)
    t = rename_bound(t, i, new)
    parts = split(t[1], (new,), alg.ctx.summing(new, lo, hi), alg)
    if len(parts) > MAX_PARTS:
        return None
    out: Sum = {}
    for c, part in parts:
        try:
            if part == num(1):
                value = _count(alg, lo, hi)
                one = _opaque(alg, ("sum", num(1), (new, lo, hi))) if value is None else value
            else:
                one = _opaque(alg, ("sum", part, (new, lo, hi)))
            out = sums.plus(out, alg.mul(alg.norm(c), one))
        except No:
            return None
    return out


def _count(alg: Algebra, lo: Term, hi: Term) -> Sum | None:
    if not (is_whole(lo, alg.ctx) and is_whole(hi, alg.ctx)):
        return None
    length = alg.norm(add(hi, neg(lo), num(1)))
    return length if alg.sign(length) <= {0, 1} else None


def split(t: Term, names: tuple[str, ...], ctx: Ctx, outer: Algebra | None = None) -> list[tuple[Term, Term]]:
    """T = Σ coefficient · part with coefficients free of the names; what had to be left out is noted."""
    if outer is not None and any(s[0] == "vector" for s in walk(t)):
        apart = replace(ctx, notes=[])
        parts: list[tuple[Term, Term]] = apart.once((t, names, "split"), lambda c: split(t, names, c))
        outer.notes.update(dict.fromkeys(apart.notes))
        return parts
    alg = algebra(ctx)
    found, notes = alg.quietly(lambda: alg.canon(alg.norm(t)))
    if outer is not None:
        outer.notes.update(notes)
    else:
        ctx.notes.extend(n for n in notes if n not in ctx.notes)
    wanted = frozenset(names)
    by_part: dict[sums.Mono, Sum] = {}
    for m, c in found.items():
        moving = tuple((a, e) for a, e in m if alg.atoms[a].free & wanted)
        rest = tuple((a, e) for a, e in m if not alg.atoms[a].free & wanted)
        by_part.setdefault(moving, {})[rest] = c
    return [(alg.term(c), alg.term({m: Fraction(1)})) for m, c in by_part.items()]
