"""Certificates: a claim and the instances of the theorems it rests on, checked once more.

The answer is ``ok``, ``fails`` (a condition is not established), or ``not covered`` (no means here to judge it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

from symrep.audit.constancy import same_by_constancy
from symrep.audit.context import Ctx
from symrep.audit.coordinates import absolutely
from symrep.audit.data import (
    ONE,
    Bad,
    No,
    Term,
    binding,
    children,
    free,
    fresh,
    has,
    mul,
    rebuild,
    sub,
    substitute,
    sym,
    walk,
)
from symrep.audit.decoding import read
from symrep.audit.induction import induction
from symrep.audit.inequalities import bound, sides
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable, open_domain
from symrep.audit.limits import neighbours_fit, under_a_limit
from symrep.audit.named_values import same_for_all_values
from symrep.audit.normal import need_same
from symrep.audit.one_draw import each_draw
from symrep.audit.recursions import recursive
from symrep.audit.reuse import lemma
from symrep.audit.signs import holds
from symrep.audit.summability import summable, terms_defined
from symrep.audit.summing import among
from symrep.audit.theorems import THEOREMS, log_ratio

__all__ = ["SCHEMAS", "Answer", "check"]

SCHEMAS: Final = frozenset({"symrep.certificate/1"})


@final
@dataclass(frozen=True)
class Answer:
    """Whether a certificate holds."""

    status: str
    reason: str = ""
    almost_everywhere: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"status": self.status, "reason": self.reason, "almost_everywhere": self.almost_everywhere}


def check(certificate: Any) -> Answer:
    """Judge a certificate read from JSON.

    Raises:
        Bad: it is no certificate.
    """
    if not isinstance(certificate, Mapping) or certificate.get("schema") not in SCHEMAS:
        raise Bad("a certificate says which schema it follows")
    try:
        notes = _claim(Data(certificate).sub("claim"))
    except No as e:
        return Answer("fails" if e.covered else "not covered", str(e))
    except RecursionError:
        return Answer("not covered", "nested too deeply")
    except (ArithmeticError, MemoryError) as e:
        return Answer("not covered", f"too large ({type(e).__name__})")
    except (AttributeError, LookupError, TypeError, ValueError) as e:
        raise Bad(f"a claim that can be read ({type(e).__name__}: {str(e)[:60]})") from e
    return Answer("ok", "; ".join(notes), bool(notes))


def _claim(claim: Data) -> list[str]:
    """The null sets left out.

    Raises:
        No: the claim is not established.
    """
    kind, data, ctx = claim.name("kind"), claim.sub("data"), Ctx.read(claim.raw.get("context", {}))
    if kind not in _KINDS:
        raise No(f"no claim is of the kind {kind:.40}", covered=False)
    terms = _terms(kind, data)
    if any(has(t, "diff") for t in terms) and any(r[1] == "==" for r in ctx.given):
        raise No("an equality that is given holds at a point: nothing is differentiated under it")
    for d in ctx.declared:
        if not d.free() <= frozenset(ctx.kinds):
            raise No("a declaration speaks of what has no domain")
    _binders_fit([*terms, *(("integral", d.body, *d.box) for d in ctx.declared)], ctx)
    _KINDS[kind](data, ctx)
    return ctx.notes


def _terms(kind: str, data: Data) -> list[Term]:
    pair, lines = ("lhs", "rhs"), ("before", "after")
    keys = {"equal": pair, "relation": pair, "defined": ("term",), "rewrite": lines, "bound": lines}
    out = [data.term(k) for k in keys[kind]]
    if kind == "bound":
        out += sides(data.sub("bound"))
    if kind in ("rewrite", "defined") and data.has("rewrites"):
        for step in data.subs("rewrites"):
            out += [step.term(k) for k in ("lhs", "rhs", "base") if k != "base" or step.has(k)]
    return out


# --- what is bound ----------------------------------------------------------------------------------------------------


def _binders_fit(terms: list[Term], ctx: Ctx) -> None:
    """No bound variable is spoken of by a hypothesis, names a family, or leaves the domain declared for its name."""
    spoken = frozenset().union(*map(free, ctx.given), *(d.free() for d in ctx.declared))
    nodes = [s for t in terms for s in walk(t)]
    families = {s[1] for s in nodes if s[0] == "index"}
    vectors = any(s[0] == "vector" for s in nodes)
    for s in nodes:
        if s[0] == "expect_each":
            _coordinates_fit(s, spoken, ctx)
        if vectors and any(c[0] == "vector" for c in (s[3][:-1] if s[0] == "app" else children(s))):
            raise No("a vector where a number has to be")
        bs = binding(s)
        names = {b[0] for b in bs}
        if len(names) < len(bs):
            raise No("a name is bound twice by one binder")
        if names & families:
            raise No("the name of indexed parameters is bound")
        if names & spoken:
            raise No("a hypothesis speaks of a bound variable")
        for x, lo, hi in bs:
            kind = ctx.kinds.get(x)
            if kind is None:
                continue
            fits = (
                neighbours_fit(kind, s[2][1], s[2][2], ctx)
                if s[0] == "limit"
                else _index_fits(kind, lo, ctx)
                if s[0] in ("sum", "product", "det", "jacobian", "iprod", "vector")
                else _range_fits(kind, lo, hi, ctx)
            )
            if not fits:
                raise No(f"{x} is declared {kind} and bound over a wider range")


def _coordinates_fit(s: Term, spoken: frozenset[str], ctx: Ctx) -> None:
    """Of the coordinates nothing is said but their kind, and no law leads out of that."""
    x, (_, i, low, high, law) = s[2], s[3]
    kind = ctx.kinds.get(x)
    if x in spoken or kind is None or "inf" in (low[0], high[0]) or law[0] != "law" or len(law[1]) != 1:
        raise No("coordinates of which a hypothesis speaks, or that have no kind, or no law each")
    y, lo, hi = law[1][0]
    if x in free(s[3]) or len({x, i, y}) < 3 or (kind != "real" and i in free(lo) | free(hi)):
        raise No("the laws of coordinates depend on them")
    if not _range_fits(kind, lo, hi, ctx):
        raise No(f"the coordinates {x} are declared {kind} and range further")


def _index_fits(kind: str, lo: Term, ctx: Ctx) -> bool:
    if kind == "integer":
        return True
    least = {"positive integer": 1, "nonnegative integer": 0}.get(kind)
    if least is None or lo[0] == "inf":
        return False
    if lo[0] == "num":
        return bool(lo[1] >= least * lo[2])
    return bool(holds(sub(lo, ("num", least, 1)), ">=", ctx))


def _range_fits(kind: str, lo: Term, hi: Term, ctx: Ctx) -> bool:
    ends = (lo, hi)
    if kind == "real":
        return True
    if kind == "unit":
        within = "inf" not in (lo[0], hi[0]) and all(
            holds(e, ">=", ctx) and holds(sub(e, ONE), "<=", ctx) for e in ends
        )
        return ends == (("num", 0, 1), ("num", 1, 1)) or within
    if kind in ("positive", "nonnegative"):
        return all(holds(e, ">=", ctx) for e in ends)
    return kind == "negative" and all(holds(e, "<=", ctx) for e in ends)


# --- claims -----------------------------------------------------------------------------------------------------------


def _equal(data: Data, ctx: Ctx) -> None:
    try:
        need_same(data.term("lhs"), data.term("rhs"), ctx)
    except No as e:
        try:
            need_same(data.term("lhs"), data.term("rhs"), replace(ctx, principal=True, memory={}))
        except No:
            sides = data.term("lhs"), data.term("rhs")
            if not same_by_constancy(*sides, ctx) and not same_for_all_values(*sides, ctx):
                raise e from None


def _relation(data: Data, ctx: Ctx) -> None:
    op = data.name("op")
    if op not in ("<", "<=", ">", ">=", "!="):
        raise No(f"no relation {op:.10} is judged", covered=False)
    if not holds(sub(data.term("lhs"), data.term("rhs")), op, ctx):
        raise No("the sign of the difference is not established")


#: what these theorems replace has a value
_CONVERGENT: Final = frozenset(("value", "sum_value", "inside", "fubini", "limit", "independent"))
_LIMITS: Final = ("expect", "expect_each", "integral", "limit", "inf", "kl", "push", "sample_mean", "expect_sample")


def _defined(data: Data, ctx: Ctx) -> None:
    """Every integral, expectation, infinite sum and divergence of the term converges absolutely; with ``summands`` the
    terms of finite sums are numbers, too. ``rewrites`` are values of limits and of integrals inside and around each
    other, which so converge, or Fubini's theorem, under which the inner ones do almost everywhere, or independence, by
    which those over coordinates do everywhere; what they leave is looked at."""
    term = data.term("term")
    for step in data.subs("rewrites") if data.has("rewrites") else ():
        if step.name("theorem") not in _CONVERGENT or step.has("backward"):
            raise No("convergence follows from values of integrals only")
        if step.name("theorem") == "independent" and not _plain_coordinates(step.term("lhs")):
            raise No("whether everything under the expectation has a value is not judged", covered=False)
        if step.name("theorem") == "sum_value" and step.term("lhs")[2][2] == ("inf", 1):
            summable(step.term("lhs"), ctx)
        term = _apply(step, term, ctx)
    _coordinates_finite(term, ctx)
    for s in walk(term):
        if s[0] in ("expect", "sample_mean"):
            integrable(mul(s[1], s[2][2]), s[2][1], ctx)
        elif s[0] == "integral":
            integrable(s[1], s[2:], ctx)
        elif s[0] == "kl":
            _, p, q = s
            if p[0] != "iprod" or q[0] != "iprod" or p[1:4] != q[1:4] or "inf" in (p[2][0], p[3][0]):
                raise No("a divergence of something else than finite products over one index")
            ratio, law = log_ratio(p[4], q[4])
            integrable(mul(ratio, law[2]), law[1], ctx)
        elif s[0] == "det" and data.has("summands"):
            raise No("whether every entry of a matrix is a number is not judged", covered=False)
        elif s[0] == "limit":
            raise No("whether a limit exists is not judged before its value is put in", covered=False)
        elif s[0] == "sum" and len(s) == 3 and s[2][2] == ("inf", 1):
            summable(s, ctx)
        elif s[0] == "sum" and len(s) == 3 and s[2][2][0] != "inf":
            if data.has("summands"):
                terms_defined(s, ctx)
        elif s[0] in ("sum", "product") and any(e[0] == "inf" for e in s[2][1:]):
            raise No(f"whether an infinite {s[0]} converges is not judged", covered=False)


def _plain_coordinates(t: Term) -> bool:
    """An expectation over coordinates in whose body and density nothing has to converge."""
    return t[0] == "expect_each" and not has(t[1], *_LIMITS) and not has(t[3][4][2], *_LIMITS)


def _coordinates_finite(t: Term, ctx: Ctx) -> None:
    """Every expectation over coordinates, under a finite sum for each of its indices."""
    if not has(t, "expect_each"):
        return
    if t[0] == "expect_each":
        absolutely(t, t[1], ctx)
    if t[0] == "sum" and "inf" not in (t[2][1][0], t[2][2][0]):
        k, lo, hi = t[2]
        j = fresh(ctx.known() | free(t) | {b[0] for s in walk(t) for b in binding(s)}, k)
        _coordinates_finite(substitute(t[1], {k: sym(j)}), among((j, lo, hi), ctx))
        return
    for c in children(t):
        _coordinates_finite(c, ctx)


def _rewrite(data: Data, ctx: Ctx) -> None:
    """``after`` is ``before`` with one side of each theorem put in for the other."""
    term = data.term("before")
    for step in data.subs("rewrites"):
        term = _apply(step, term, ctx)
    need_same(term, data.term("after"), ctx, "the line after is another")


def _apply(step: Data, term: Term, ctx: Ctx) -> Term:
    """The line after one theorem."""
    name = step.name("theorem")
    if name == "lemma":
        lemma(step, ctx, _claim)
    elif name == "induction":
        induction(step, ctx, _apply, _binders_fit)
    elif name == "recursive":
        recursive(step, ctx, _apply, _binders_fit)
    elif name == "each_draw":
        each_draw(step, ctx, _apply, _binders_fit)
    elif name in THEOREMS:
        THEOREMS[name](step, ctx)
    else:
        raise No(f"no theorem is called {name:.40}", covered=False)
    old, new = step.term("lhs"), step.term("rhs")
    if name == "hypothesis" and has(term, "diff"):
        raise No("an equality that is given is not used under a derivative")
    if step.has("backward"):
        old, new = new, old
    _holds_near_by(step, old, term, ctx)
    if ctx.notes and under_a_limit(term, old):
        raise No("what holds almost everywhere is not put in under a limit")
    if not any(s == old for s in _occurrences(term)):
        raise No("what the theorem speaks of does not occur in the line")
    return _put(term, old, new)


def _occurrences(t: Term) -> list[Term]:
    out: list[Term] = []

    def go(s: Term) -> Term:
        out.append(s)
        return s if s[0] == "jacobian" else rebuild(s, go, go)

    go(t)
    return out


def _put(t: Term, old: Term, new: Term) -> Term:
    if t[0] == "jacobian" and t != old:  # what is equal need not have equal derivatives
        return t
    return new if t == old else rebuild(t, lambda s: _put(s, old, new), lambda s: _put(s, old, new))


def _holds_near_by(step: Data, old: Term, term: Term, ctx: Ctx) -> None:
    """Under a derivative an equality has to hold on an open set of values of its variable, for continuous functions."""
    around: set[str] = set()

    def go(s: Term, over: frozenset[str], bound: frozenset[str]) -> None:
        if s == old:
            around.update(over)
            return
        own = frozenset(b[0] for b in binding(s))
        wider = over | ({s[2]} - bound if s[0] == "diff" else set())

        def outside(c: Term) -> Term:
            go(c, wider, bound)
            return c

        def inside(c: Term) -> Term:
            go(c, wider - own, bound | own)
            return c

        rebuild(s, outside, inside)

    go(term, frozenset(), frozenset())
    for x in sorted(around):
        open_domain(x, ctx)
    if around:
        used = {s[1] for k in ("lhs", "rhs") for s in walk(step.term(k)) if s[0] == "app"}
        if any(f not in ctx.functions or ctx.functions[f].smooth is None for f in used):
            raise No("a function under the derivative is not declared continuous")


_KINDS: Final[Mapping[str, Callable[[Data, Ctx], None]]] = {
    "bound": bound,
    "equal": _equal,
    "relation": _relation,
    "defined": _defined,
    "rewrite": _rewrite,
}
_ = read
