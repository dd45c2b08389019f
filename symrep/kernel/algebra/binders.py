"""Nodes that bind variables, derivatives that cannot be carried out, and piecewise terms: opaque generators, equal
when the pieces they are made of are equal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from symrep.kernel.algebra import signs, steps, sums
from symrep.kernel.algebra.atoms import make_gen
from symrep.kernel.algebra.calculus import derivative, has_kinks
from symrep.kernel.algebra.domain import Domain, open_domain
from symrep.kernel.algebra.field import Box, Elem
from symrep.kernel.algebra.gens import LINE
from symrep.kernel.algebra.signing import Condition, InFibre
from symrep.kernel.algebra.strict import each_box, each_engine
from symrep.kernel.algebra.sumsigns import sum_box
from symrep.kernel.algebra.writing import poly_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly
from symrep.term import Term, _rename_bound, free_symbols, fresh, map_children, sub, sym, walk
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["decide", "known_opaque", "node", "opaque", "renamed", "signs_in", "sub_engine", "term_of_poly", "within"]

LAWS = ("law", "iprod")
_NUMBERS = ("integral", "expect", "sum", "product", "det", "push", "kl", "sample_mean", "expect_sample", "expect_each")
#: what is no number has a place among the arguments of a function, where it is told by its coordinates alone
_OPAQUE = (*_NUMBERS, "vector")


def term_of_poly(eng: Engine, p: Poly) -> Term:
    return poly_term(eng, p)


def node(eng: Engine, t: Term) -> Elem:
    """The normal form of a node that is neither arithmetic nor a function."""
    head = t[0]
    if head == "piecewise":
        return _piecewise(eng, t)
    if head == "diff":
        return _diff(eng, t)
    if head in _OPAQUE:
        if head in ("expect", "integral") and eng.linear is not None and (parts := _linear(eng, t)) is not None:
            return parts
        if head == "sum" and (apart := sums.finite_sum(eng, t)) is not None:
            return apart
        if head == "product" and (whole := sums.finite_product(eng, t)) is not None:
            return whole
        return opaque(eng, t)
    raise NotProved(f"{head} is not a number", Reason.NOTHING_APPLIED)


# --- opaque nodes ---------------------------------------------------------------------------------------------------


def bound_boxes(t: Term) -> list[tuple[str, Term, Term, bool]]:
    """(name, lo, hi, integer) for what the top node binds."""
    head = t[0]
    if head == "integral":
        return [(x, a, b, False) for x, a, b in t[2:]]
    if head in ("sum", "product", "det", "vector"):
        return [(x, a, b, True) for x, a, b in t[2:]]
    law = {"expect": 2, "sample_mean": 2, "push": 1}.get(head)
    if law is not None:
        return bound_boxes(t[law])
    if head == "law":
        return [(x, a, b, False) for x, a, b in t[1]]
    if head == "iprod":
        return [(t[1], t[2], t[3], True)]
    return []


class _Shape:
    """A node taken apart: its skeleton, and the terms in it with the engine of the domain each lives on."""

    def __init__(self, eng: Engine, t: Term) -> None:
        self.pieces: list[tuple[Engine, Term]] = []
        self.skeleton = self._visit(eng, t)

    def _visit(self, eng: Engine, t: Term) -> Term:
        if t[0] == "expect_each":
            return (t[0], self._place(each_engine(eng, t[2]), t[1]), t[2], self._place(eng, t[3]))
        t = renamed(eng.dom, t)
        boxes = bound_boxes(t)
        inside = sub_engine(eng, tuple(boxes)) if boxes else eng

        def outer(s: Term) -> Term:
            return self._place(eng, s)

        def inner(s: Term) -> Term:
            return self._place(inside, s)

        return map_children(t, outer, inner)

    def _place(self, eng: Engine, s: Term) -> Term:
        if s[0] in LAWS or s[0] == "sample_mean":
            return self._visit(eng, s)
        if s[0] == "inf":
            return s
        self.pieces.append((eng, s))
        return sym(f"#{len(self.pieces) - 1}")


def renamed(dom: Domain, t: Term) -> Term:
    """The node with the names its place gives to what it binds."""
    old = [b[0] for b in bound_boxes(t)]
    new = [bound_name(dom, i, t) for i in range(len(old))]
    if old == new:
        return t
    if set(old) & set(new) or len(set(old)) < len(old):
        if len(set(old)) < len(old):
            raise NotProved("a variable is bound twice", Reason.NOTHING_APPLIED)
        taken = {*old, *new, *free_symbols(t)}
        for i, x in enumerate(old):
            old[i] = fresh("_t", taken)
            taken.add(old[i])
            t = _rename(t, x, old[i])
    for x, y in zip(old, new, strict=True):
        t = _rename(t, x, y)
    return t


def _rename(t: Term, old: str, new: str) -> Term:
    return _rename_law(t, old, new) if t[0] == "law" else _rename_bound(t, old, new)


def _rename_law(t: Term, old: str, new: str) -> Term:
    whole: Term = _rename_bound(("expect", ("num", 1, 1), t), old, new)
    return whole[2]


def bound_name(dom: Domain, i: int, t: Term) -> str:
    taken = {*dom.boxes, *dom.ctx.symbols, *free_symbols(t)}
    name = f"_b{dom.depth}_{i}"
    while name in taken:
        name += "_"
    return name


def sub_engine(eng: Engine, boxes: tuple[tuple[str, Term, Term, bool], ...]) -> Engine:
    """The engine inside a binder."""
    from symrep.kernel.algebra.engine import engine

    key = ("bind", boxes)
    if key not in eng.inner:
        eng.inner[key] = engine(signs.bind(eng.dom, boxes).change(inside=True))
    return eng.inner[key]


def within(eng: Engine, other: Engine, job: Callable[[], Any]) -> Any:
    """Run a job on the engine of another domain; what it had to assume is inherited. That a part has no value there
    says nothing of the whole here: a branch of a piecewise term matters on its own domain only."""
    if other is eng:
        return job()
    try:
        out, off_null_set, conditions = other.run(lambda: other.quietly(job))
    except NotProved as e:
        if not e.undefined:
            raise
        raise NotProved(e.message, e.reason, e.definite) from e
    if other.dom.everywhere and (off_null_set or conditions):
        raise NotProved("this holds off a null set only, which is not enough here", Reason.DOES_NOT_APPLY)
    conditions = tuple(c.without_pole() if isinstance(c, Condition) else c for c in conditions)
    if other.dom.depth > eng.dom.depth:
        conditions = tuple(str(c) for c in conditions if not isinstance(c, InFibre))
        off_null_set = bool(conditions)
    eng.inherit(off_null_set, conditions)
    return out


def _text(eng: Engine, other: Engine, t: Term) -> str:
    """The canonical text of a term on another engine's domain."""

    def job() -> str:
        return other.field.text(other.norm(t))

    text: str = within(eng, other, job)
    return text


def _same(eng: Engine, a: _Shape, b: _Shape) -> bool:
    if a.skeleton != b.skeleton or len(a.pieces) != len(b.pieces):
        return False
    for (e1, s), (e2, t) in zip(a.pieces, b.pieces, strict=True):
        if e1 is not e2:
            return False

        def alike(e: Engine = e1, s: Term = s, t: Term = t) -> bool:
            return steps.equal_by_cases(e, s, t)

        if s != t and not within(eng, e1, alike):
            return False
    return True


def known_opaque(eng: Engine, t: Term, shape: _Shape | None = None) -> Elem | None:
    """The generator of a node that is known to be equal, if there is one."""
    shape = shape or _Shape(eng, t)
    for gen, other in eng.opaque:
        if _same(eng, shape, other):
            return eng.field.from_gen(gen)
    return None


def opaque(eng: Engine, t: Term) -> Elem:
    shape = _Shape(eng, t)
    if (same := known_opaque(eng, t, shape)) is not None:
        return same
    texts = [_text(eng, e, s) for e, s in shape.pieces]
    if t[0] in ("expect", "integral", "sum") and shape.skeleton[1] == sym("#0") and _vanishes(eng, *shape.pieces[0]):
        return eng.field.zero
    name = f"{shape.skeleton!r}{texts}"
    known = eng.field.by_name.get(name)
    if known is None:
        real = _is_real(eng, t)
        look = partial(sum_box, eng, shape.pieces[0][0], t, shape.pieces[0][1]) if t[0] == "sum" and real else None
        look = partial(_box, eng, t) if t[0] in ("integral", "expect") else look
        look = partial(each_box, eng, t) if t[0] == "expect_each" else look
        known = make_gen(eng, name, t[0], t, (), Box(real=real), analytic=False, free=_free(eng, t), find=look)
    eng.opaque.append((known, shape))
    return eng.field.from_gen(known)


def _vanishes(eng: Engine, other: Engine, t: Term) -> bool:
    """Is the integrand or summand 0?"""
    zero: bool = within(eng, other, lambda: other.norm(t).num == 0)
    return zero


def _box(eng: Engine, t: Term) -> Box:
    """The integral of what is above 0 on an open box that is not empty is above 0, if it has a value at all."""
    t = renamed(eng.dom, t)
    boxes = tuple(bound_boxes(t))
    for _, lo, hi, _ in boxes:
        if lo == ("inf", 1) or hi == ("inf", -1):
            return LINE
        if lo[0] != "inf" and hi[0] != "inf" and eng.sign(eng.norm(sub(hi, lo))) != {1}:
            return LINE
    inside = sub_engine(eng, boxes)
    seen = set[int]({1})
    for factor in (t[1], t[2][2]) if t[0] == "expect" else (t[1],):
        seen = {a * b for a in seen for b in signs_in(eng, inside, factor)}
    return Box(lo=Fraction(0), lo_open=0 not in seen) if -1 not in seen else LINE


def signs_in(eng: Engine, inside: Engine, factor: Term) -> frozenset[int]:
    def job() -> frozenset[int]:
        a = inside.norm(factor)
        return frozenset(inside.sign(a)) if inside.real(a) else frozenset({-1, 0, 1})

    out: frozenset[int] = within(eng, inside, job)
    return out


def _is_real(eng: Engine, t: Term) -> bool:
    if any(s == ("const", "i") for s in walk(t)):
        return False
    return all(eng.dom.boxes[s].real for s in _free(eng, t) if s in eng.dom.boxes)


def _free(eng: Engine, t: Term) -> frozenset[str]:
    out: frozenset[str] = frozenset()
    for s in free_symbols(t):
        out |= _free(eng, eng.dom.subst[s]) if s in eng.dom.subst else {s}
    return out


def _linear(eng: Engine, t: Term) -> Elem | None:
    """∫ Σ c·h = Σ c·∫ h, when the caller vouches for each integral."""
    from symrep.kernel.algebra.linear import split_sum

    t = renamed(eng.dom, t)
    boxes = tuple(bound_boxes(t))
    inside = sub_engine(eng, boxes)
    parts = within(eng, inside, lambda: split_sum(inside, t[1], [b[0] for b in boxes]))
    if eng.linear is None or not eng.linear(t, parts):
        return None
    out = eng.field.zero
    for c, h in parts:
        out = eng.field.add(out, eng.field.mul(eng.norm(c), opaque(eng, (t[0], h, *t[2:]))))
    return out


# --- derivatives ----------------------------------------------------------------------------------------------------


def _diff(eng: Engine, t: Term) -> Elem:
    """Carried out when it can be; else opaque, keyed by the body on an open set of values of the variable."""
    from symrep.kernel.algebra.engine import engine

    _, body, x = t
    own = eng.dom.boxes.get(x)
    if own is not None and own.integer:
        raise NotProved(f"a derivative in {x}, which is an integer", Reason.DOMAIN)
    try:
        done = derivative(body, x, eng.dom.ctx)
    except NotProved:
        done = None
    if done is not None:
        if has_kinks(body, x):
            steps.leave_out_breakpoints(eng, body, x)
        eng.norm(body)  # rules of differentiation forget what is free of x, and that it may have no value
        return eng.aside(lambda: eng.norm(done))  # Si' is 1 at 0, where sin(x)/x has no value
    key = ("open", x)
    if key not in eng.inner:
        eng.inner[key] = engine(open_domain(eng.dom, x))
    inner = eng.inner[key]

    def look() -> tuple[str, list[bool]]:
        own = inner.norm(body)
        same = [inner.field.sub(inner.norm(o), own).num == 0 for g, o in eng.opaque_diffs if g.base[2] == x]
        return inner.field.text(own), same

    (text, same), off_null_set, _ = inner.run(lambda: inner.quietly(look))
    if off_null_set:
        raise NotProved(f"the body of d/d{x} is known off a null set only", Reason.DOES_NOT_APPLY)
    if True in same:
        return eng.field.from_gen([g for g, _ in eng.opaque_diffs if g.base[2] == x][same.index(True)])
    name = f"d/d{x}({text})"
    gen = eng.field.by_name.get(name)
    if gen is None:
        gen = make_gen(eng, name, "diff", t, (), Box(real=_is_real(eng, t)), analytic=False, free=_free(eng, t))
    eng.opaque_diffs.append((gen, body))
    return eng.field.from_gen(gen)


# --- piecewise ------------------------------------------------------------------------------------------------------


def decide(eng: Engine, c: Term) -> bool | None:
    """Is the condition proved to hold (True) or to fail (False) on the whole domain?"""
    head = c[0]
    if head == "true":
        return True
    if head == "not":
        inner = decide(eng, c[1])
        return None if inner is None else not inner
    if head in ("and", "or"):
        stop: bool = head == "or"
        answers = [decide(eng, s) for s in c[1:]]
        if stop in answers:
            return stop
        undecided = None in answers
        return None if undecided else not stop
    if head != "rel":
        raise NotProved(f"{head} is not a condition", Reason.NOTHING_APPLIED)
    _, op, a, b = c
    diff = eng.field.sub(eng.norm(a), eng.norm(b))
    if not eng.real(diff):
        raise NotProved("an order between complex numbers", Reason.DOMAIN)
    s, good = eng.sign(diff), signs.OPS[op]
    if s <= good:
        return True
    if not s & good:
        return False
    eng.note_unknown(diff)
    return None


def _piecewise(eng: Engine, t: Term) -> Elem:
    """The branch that is proved to apply; undecided ones become indicators over opaque generators."""
    live: list[tuple[Term, Term]] = []
    for cond, value in t[1:]:
        answer = eng.aside(lambda cond=cond: decide(eng, cond))  # type: ignore[misc]
        if answer is False:
            continue
        live.append((cond, value))
        if answer is True:
            break
    if live and eng.aside(lambda: decide(eng, live[0][0])) is True:
        return eng.norm(live[0][1])
    if eng.dom.inside and (by_steps := eng.aside(lambda: steps.piecewise(eng, live))) is not None:
        return by_steps
    return eng.aside(lambda: _undecided(eng, live))


def _undecided(eng: Engine, live: list[tuple[Term, Term]]) -> Elem:
    """An opaque generator keyed by the conditions and by each value on the part of the domain where it counts."""
    from symrep.kernel.algebra.engine import engine

    dom = eng.dom
    texts: list[str] = []
    done = False
    for cond, value in live:
        inner_dom = signs.assume_condition(dom, cond)
        inner = engine(inner_dom)
        texts.append(_condition_text(eng, cond))
        texts.append(_text(eng, inner, value))
        if _holds(eng, dom, cond):
            done = True
            break
        dom = signs.assume_condition(dom, ("not", cond))
    if not done:
        raise NotProved("a piecewise term may be undefined: no last case that always holds", Reason.DOMAIN)
    name = f"piecewise({texts})"
    gen = eng.field.by_name.get(name)
    if gen is None:
        node: Term = ("piecewise", *live)
        gen = make_gen(
            eng, name, "piecewise", node, (), Box(real=_is_real(eng, node)), analytic=False, free=_free(eng, node)
        )
    return eng.field.from_gen(gen)


def _holds(eng: Engine, dom: Domain, cond: Term) -> bool:
    from symrep.kernel.algebra.engine import engine

    if cond == ("true",):
        return True
    if dom is eng.dom:
        return decide(eng, cond) is True
    inner = engine(dom)
    return inner.run(lambda: decide(inner, cond)) is True


def _condition_text(eng: Engine, c: Term) -> str:
    """The condition up to positive factors."""
    if c[0] == "rel":
        f = eng.field
        _, op, a, b = c
        diff = f.sub(eng.norm(a), eng.norm(b))
        if diff.num == 0:
            return f"0 {op} 0"
        content, factors = f.factor(diff.num * diff.den)
        s = 1 if content > 0 else -1
        kept = []
        for p, k in factors:
            sign = eng.sign_poly(p)
            if sign == {1} or (k % 2 == 0 and 0 not in sign):
                continue
            if sign == {-1}:
                s = -s
                continue
            turn, q = f.orient(Elem(p, f.one_poly))
            s *= turn if k % 2 else 1
            kept.append(f"{f.text(q)}^{1 if k % 2 else 2}")
        if s < 0:
            op = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
        return f"{'*'.join(sorted(kept)) or '1'} {op} 0"
    return f"{c[0]}({', '.join(_condition_text(eng, s) for s in c[1:])})"
