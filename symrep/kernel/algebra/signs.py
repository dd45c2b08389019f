"""Domains made of contexts, and signs proved on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from symrep.claim import Context
from symrep.kernel.algebra.domain import Domain, kind_box
from symrep.kernel.algebra.field import Box, Elem, Gen
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import rational_root
from symrep.term import MINUS_ONE, ONE, Term, add, contains, div, free_symbols, mul, neg, num, sub, sym

__all__ = ["OPS", "Domain", "assume", "assume_condition", "bind", "domain", "flat", "integral", "prove_sign"]
__all__ += ["undeclared"]

#: relation to 0 -> the signs it allows
OPS: Mapping[str, frozenset[int]] = {
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
}
BINDERS = (
    *("integral", "expect", "sum", "product", "det", "jacobian", "limit", "push", "kl", "vector"),
    *("sample_mean", "expect_sample", "expect_each", "diff"),
)
NEGATED: Mapping[str, str] = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}


def domain(ctx: Context, extra: Mapping[str, tuple[Term, Term]] = {}) -> Domain:
    """The points a context admits; ``extra`` adds variables that range over open intervals (and then no relation given
    about a symbol of the same name is meant)."""
    given = [r for r in ctx.given if not (free_symbols(r[2]) | free_symbols(r[3])) & set(extra)]
    if extra:
        ctx = Context({n: k for n, k in ctx.symbols.items() if n not in extra}, ctx.functions, tuple(given))
    dom = Domain(ctx, {n: kind_box(k) for n, k in ctx.symbols.items()}, names=frozenset((*ctx.symbols, *extra)))
    for _, op, a, b in given:
        dom = assume(dom, sub(a, b), op)
    if extra:
        dom = bind(dom, tuple((x, lo, hi, False) for x, (lo, hi) in extra.items()))
    return dom


def bind(dom: Domain, boxes: tuple[tuple[str, Term, Term, bool], ...], *, eliminate: bool = True) -> Domain:
    """Enter a binder: (name, low, high, integer) each. When the ends are not proved to be in order, nothing
    is assumed of the variable; a sum from lo to lo − 1 has no summand to say anything of."""
    new = dict(dom.boxes)
    for x, _, _, integer in boxes:
        new[x] = Box(integer=integer)
    out = dom.change(
        boxes=new,
        principal=False,
        # a fact about an integral would have to be read inside every integral, itself included
        facts=tuple(f for f in dom.facts if not contains(f[0], BINDERS)),
        thin=dom.thin or any(contains(f[0], BINDERS) for f in dom.facts),
        names=dom.names | {b[0] for b in boxes},
        fibre=frozenset(b[0] for b in boxes if not b[3]),
        depth=dom.depth + 1,
    )
    for x, lo, hi, integer in boxes:
        finite = lo[0] != "inf" and hi[0] != "inf"
        if lo == ("inf", 1) or hi == ("inf", -1) or (finite and not _in_order(dom, lo, hi, integer)):
            continue
        if lo[0] != "inf":
            out = assume(out, sub(sym(x), lo), ">=" if integer else ">", prefer=x, eliminate=eliminate)
        if hi[0] != "inf":
            out = assume(out, sub(hi, sym(x)), ">=" if integer else ">", prefer=x, eliminate=eliminate)
    return out.change(history=(*dom.history, ("bind", boxes)))


def _in_order(dom: Domain, lo: Term, hi: Term, integer: bool) -> bool:
    if proved_sign(sub(hi, lo), ">=", dom):
        return True
    return integer and integral(dom, lo) and integral(dom, hi) and proved_sign(add(hi, neg(lo), ONE), ">=", dom)


def integral(dom: Domain, t: Term) -> bool:
    """Is t known to be an integer on the domain? Integer symbols, added and multiplied."""
    if t[0] == "num":
        return bool(t[2] == 1)
    if t[0] == "sym":
        box = dom.boxes.get(t[1])
        return t[1] not in dom.subst and box is not None and box.integer
    if t[0] == "index":
        return "integer" in dom.ctx.symbols.get(t[1], "")
    return t[0] in ("add", "mul") and all(integral(dom, c) for c in t[1:])


def flat(dom: Domain) -> Domain:
    """The same points described without substitutions: boxes and facts only."""
    if not dom.subst:
        return dom
    boxes = {n: kind_box(k) for n, k in dom.ctx.symbols.items()}
    out = Domain(dom.ctx, boxes, names=dom.names, principal=dom.principal)
    for step in dom.history:
        if step[0] == "bind":
            out = bind(out, step[1], eliminate=False)
        else:
            out = assume(out, step[2], step[1], eliminate=False)
    if dom.inside != out.inside or dom.everywhere:
        out = out.change(inside=dom.inside, everywhere=dom.everywhere)
    return out


def assume(dom: Domain, t: Term, op: str, *, prefer: str | None = None, eliminate: bool = True) -> Domain:
    """The part of the domain where ``t op 0``: a tighter box, a substitution, or a fact."""
    out = _at_a_glance(dom, t, op, eliminate)
    if out is None:
        out = _assume(dom, t, op, prefer, eliminate)
    return out if out is dom else out.change(history=(*dom.history, ("given", op, t)))


def _at_a_glance(dom: Domain, t: Term, op: str, eliminate: bool) -> Domain | None:
    """The same for c·x + d, with numbers c and d and a real symbol x that was not substituted, and, where nothing is to
    be substituted, for the difference of two such symbols; None for all else."""
    parts = _linear(t)
    if parts is None or op == "==" or any(x in dom.subst or x not in dom.boxes for x in parts if x):
        return None
    names = [x for x in parts if x]
    boxes = [dom.boxes[x] for x in names]
    if not names or not all(b.real for b in boxes):
        return None
    if len(names) == 2 and not eliminate and not any(b.integer for b in boxes) and _apart(*boxes) is None:
        return dom.change(facts=(*dom.facts, (t, OPS[op])))
    if len(names) != 1 or op == "!=":
        return None
    c, d, (box,) = parts[names[0]], parts.get("", Fraction(0)), boxes
    bound, lower = -d / c, (op[0] == ">") == (c > 0)
    open_end = len(op) == 1
    if lower:
        if box.lo is not None and (bound < box.lo or (bound == box.lo and (box.lo_open or not open_end))):
            return dom
        tighter = replace(box, lo=bound, lo_open=open_end)
    else:
        if box.hi is not None and (bound > box.hi or (bound == box.hi and (box.hi_open or not open_end))):
            return dom
        tighter = replace(box, hi=bound, hi_open=open_end)
    lo, hi = tighter.lo, tighter.hi
    if lo is not None and hi is not None and lo >= hi:
        return None  # a point or nothing is left
    return dom.with_box(names[0], tighter)


def _linear(t: Term) -> dict[str, Fraction] | None:
    """Symbol -> coefficient ("" for what stands alone) of a sum of at most three multiples of symbols and numbers."""
    out: dict[str, Fraction] = {}
    terms = t[1:] if t[0] == "add" else (t,)
    if len(terms) > 3:
        return None
    for s in terms:
        c = Fraction(1)
        if s[0] == "mul" and len(s) == 3 and s[1][0] == "num":
            c, s = Fraction(s[1][1], s[1][2]), s[2]
        if s[0] == "num":
            c, x = c * Fraction(s[1], s[2]), ""
        elif s[0] == "sym":
            x = s[1]
        else:
            return None
        if x in out or (x and not c):
            return None
        out[x] = c
    return out


def _apart(a: Box, b: Box) -> int | None:
    """Is all of one interval on one side of all of the other? They may touch."""
    if a.lo is not None and b.hi is not None and a.lo >= b.hi:
        return 1
    return -1 if a.hi is not None and b.lo is not None and a.hi <= b.lo else None


def _assume(dom: Domain, t: Term, op: str, prefer: str | None, eliminate: bool) -> Domain:
    from symrep.kernel.algebra.engine import engine

    known = OPS[op]
    eng = engine(dom)
    if (between := _between(dom, t, op)) is not None:
        for u, o in between:
            dom = _assume(dom, u, o, prefer, eliminate)
        return dom

    def known_sign() -> frozenset[int]:
        return eng.sign(eng.norm(t))

    def boxed() -> Domain | None:
        a = eng.norm(t)
        return _tighter_box(dom, eng.field.used(a.num, a.den), a, op)

    try:
        s, off_null_set, _ = eng.run(lambda: eng.quietly(known_sign))
        fact = dom.change(facts=(*dom.facts, (t, known)), thin=dom.thin or op == "==")
        if off_null_set:
            return fact
        if not s & known:
            return fact.change(empty=True)
        if s <= known:
            return dom
        out, _, _ = eng.run(lambda: eng.quietly(boxed))
        if out is None and eliminate and op != "!=":
            out, _, _ = eng.run(lambda: eng.quietly(lambda: _solve(dom, t, op, prefer)))
        return fact if out is None else out
    except NotProved:
        return dom.change(thin=True)  # what it says, or where it is defined, may be a null set


def _between(dom: Domain, t: Term, op: str) -> list[tuple[Term, str]] | None:
    """Two relations that say the same: |p| < c as −c < p < c, and (x − a)(x − b) < 0 as a < x < b, a < b rational."""
    from symrep.kernel.algebra.engine import engine
    from symrep.kernel.algebra.writing import poly_term
    from symrep.kernel.ground import fraction

    if op in ("==", "!="):
        return None
    eng = engine(dom)

    def look() -> list[tuple[Term, str]] | None:
        f, a = eng.field, eng.norm(t)
        if not any(g.kind == "abs" for g in f.used(a.num)) and int(a.num.total_degree()) != 2:
            return None
        up = eng.sign_poly(a.den)
        if up not in ({1}, {-1}):
            return None
        p = a.num if (1 in up) == (op[0] == "<") else -a.num  # p < 0 or p <= 0 is meant
        weak = "<" + op[1:]
        for g in f.used(p):
            parts = f.coefficients(p, g.index)
            if g.kind == "abs" and set(parts) <= {0, 1} and eng.sign_poly(parts[1]) == {1}:
                rest, q = parts.get(0, f.zero_poly), g.args[0].num
                return [(poly_term(eng, rest + s * parts[1] * q, raw=True), weak) for s in (1, -1)]
        used = f.used(p)
        if len(used) != 1 or used[0].kind != "sym" or used[0].root != 1 or int(p.total_degree()) != 2:
            return None
        g, parts = used[0], f.coefficients(p, used[0].index)
        c2, c1, c0 = (fraction(parts[k].leading_coefficient()) if k in parts else Fraction(0) for k in (2, 1, 0))
        root = rational_root(c1 * c1 - 4 * c2 * c0)
        if c2 <= 0 or not root:
            return None
        ends = (-c1 - root) / (2 * c2), (-c1 + root) / (2 * c2)
        return [(sub(num(ends[0]), g.base), weak), (sub(g.base, num(ends[1])), weak)]

    try:
        found, off_null_set, _ = eng.run(lambda: eng.quietly(look))
    except NotProved:
        return None
    return None if off_null_set else found


def _tighter_box(dom: Domain, used: list[Gen], a: Elem, op: str) -> Domain | None:
    """A relation between one symbol and a number: c·x + d op 0."""
    from symrep.kernel.ground import fraction

    if len(used) != 1 or used[0].kind != "sym" or used[0].root != 1 or not a.den.is_constant():
        return None
    gen = used[0]
    if a.num.total_degree() != 1 or not gen.real:
        return None
    c, d = Fraction(0), Fraction(0)
    for mono, k in a.num.terms():
        if any(mono):
            c = fraction(k)
        else:
            d = fraction(k)
    c, d = c / fraction(a.den.leading_coefficient()), d / fraction(a.den.leading_coefficient())
    name, bound, box = gen.base[1], -d / c, gen.box
    if op == "!=":
        return dom.with_box(name, replace(box, nonzero=True)) if bound == 0 else None
    if op == "==":
        return None
    lower = (op in (">", ">=")) == (c > 0)
    open_end = op in (">", "<")
    if lower and (box.lo is None or bound > box.lo or (bound == box.lo and open_end)):
        return dom.with_box(name, replace(box, lo=bound, lo_open=open_end))
    if not lower and (box.hi is None or bound < box.hi or (bound == box.hi and open_end)):
        return dom.with_box(name, replace(box, hi=bound, hi_open=open_end))
    return dom


def _solve(dom: Domain, t: Term, op: str, prefer: str | None) -> Domain | None:
    """T = (c·s + r)/d with the signs of c and d known: s = (±w − r)/c, w > 0 (w ≥ 0, w = 0)."""
    from symrep.kernel.algebra.engine import engine
    from symrep.kernel.algebra.writing import to_term

    eng = engine(dom)
    f = eng.field
    a = eng.norm(t)
    best: tuple[tuple[bool, bool, bool, str], Gen, Elem, Elem, int] | None = None
    used = f.used(a.num, a.den)
    kinds = ("sym", "const", "prime", "exp") if op == "==" else ("sym", "const", "prime")
    if any(g.kind not in kinds or g.root != 1 or not g.real for g in f.used(a.num)):
        return None
    sign_den = eng.sign_poly(a.den)
    if len(sign_den - {0}) != 1:
        return None
    for g in used:
        if g.kind != "sym" or g.root != 1 or g.box.integer or not g.real or int(a.num.degrees()[g.index]) != 1:
            continue
        if any(h is not g and g.free & h.free for h in used) or g in f.used(a.den):
            continue
        parts = f.coefficients(a.num, g.index)
        c, r = parts[1], parts.get(0, f.zero_poly)
        sign_c = eng.sign_poly(c)
        if 0 in sign_c or (len(sign_c) != 1 and op != "=="):
            continue
        bounded = g.box.lo is not None or g.box.hi is not None or g.box.nonzero
        rank = (g.base[1] != prefer, bounded, not c.is_constant(), g.base[1])
        if best is None or rank < best[0]:
            turn = next(iter(sign_den - {0}))
            best = (rank, g, Elem(c, f.one_poly), Elem(r, f.one_poly), turn)
    if best is None:
        return None
    _, g, c, r, turn = best
    original = dom.back.get(g.base[1], sym(g.base[1]))
    whole = add(mul(to_term(eng, c), original), to_term(eng, r))
    return _substituted(
        dom, g, to_term(eng, c, raw=True), to_term(eng, r, raw=True), whole, turn if op[0] != "<" else -turn, op
    )


def _substituted(dom: Domain, g: Gen, c: Term, r: Term, whole: Term, toward: int, op: str) -> Domain:
    """Name := (toward·w − r)/c, in the symbols the domain runs over; ``whole`` is c·name + r in the author's."""
    name, box = g.base[1], g.box
    w = dom.fresh()
    if op == "==":
        value = div(neg(r), c)
        new_boxes = {k: v for k, v in dom.boxes.items() if k != name}
        out = dom.change(boxes=new_boxes, subst={**dom.subst, name: value})
    else:
        inside = {k: v for k, v in dom.boxes.items() if k != name}
        inside[w] = Box(lo=Fraction(0), lo_open=op in (">", "<"))
        value = div(sub(sym(w) if toward > 0 else neg(sym(w)), r), c)
        back = {**dom.back, w: whole if toward > 0 else mul(MINUS_ONE, whole)}
        out = dom.change(boxes=inside, subst={**dom.subst, name: value}, back=back)
    if box.lo is not None:
        out = assume(out, sub(sym(name), num(box.lo)), ">" if box.lo_open else ">=", eliminate=False)
    if box.hi is not None:
        out = assume(out, sub(num(box.hi), sym(name)), ">" if box.hi_open else ">=", eliminate=False)
    if box.nonzero:
        out = assume(out, sym(name), "!=", eliminate=False)
    return out


def assume_condition(dom: Domain, cond: Term) -> Domain:
    """The part of the domain where a condition holds; what cannot be used is left out (a larger domain is safe)."""
    if cond[0] == "rel":
        return assume(dom, sub(cond[2], cond[3]), cond[1], eliminate=False)
    if cond[0] == "and":
        for c in cond[1:]:
            dom = assume_condition(dom, c)
        return dom
    if cond[0] == "not":
        inner = cond[1]
        if inner[0] == "rel":
            return assume_condition(dom, ("rel", NEGATED[inner[1]], inner[2], inner[3]))
        if inner[0] == "not":
            return assume_condition(dom, inner[1])
        if inner[0] == "or":
            return assume_condition(dom, ("and", *(("not", c) for c in inner[1:])))
    return dom


def prove_sign(t: Term, op: str, dom: Domain) -> bool:
    """True if and only if ``t op 0`` is proved everywhere on the domain; False means "don't know"."""
    return not undeclared(dom, t) and proved_sign(t, op, dom)


def undeclared(dom: Domain, *ts: Term) -> frozenset[str]:
    """Free symbols the domain was not made for (auxiliary ones among them)."""
    return frozenset().union(*map(free_symbols, ts)) - dom.names


def proved_sign(t: Term, op: str, dom: Domain) -> bool:
    """The same for terms the kernel made itself."""
    from symrep.kernel.algebra.engine import engine

    eng = engine(dom)
    try:
        s, off_null_set, _ = eng.run(lambda: eng.quietly(lambda: eng.sign(eng.norm(t))))
    except NotProved:
        return False
    return not off_null_set and s <= OPS[op]
