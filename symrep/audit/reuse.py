"""A chain of proved steps used as a lemma: the chain is judged again, then its ends, with values put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symrep.audit.context import Ctx, Declared
from symrep.audit.data import Bad, No, Term, add, free, mul, sub, substitute, walk
from symrep.audit.decoding import read
from symrep.audit.instance import Data
from symrep.audit.integrability import differentiable, integrable
from symrep.audit.names import algebra
from symrep.audit.normal import same_everywhere
from symrep.audit.numeric import thin
from symrep.audit.recursions import made_of
from symrep.audit.signs import holds

__all__ = ["lemma"]

#: judges a claim, returns what it leaves out, raises No
Judge = Callable[[Data], list[str]]


def lemma(step: Data, ctx: Ctx, judge: Judge) -> None:
    """``lhs = rhs`` is an instance of what the chain leads from and to."""
    own = Ctx.read(step.raw.get("context", {}))
    first, last, left_out = _chain(step, own, judge)
    raw = step.raw.get("values", {})
    if not isinstance(raw, Mapping):
        raise Bad("the values of a lemma are an object")
    values = {str(k): read(v) for k, v in raw.items()}
    for term, key in ((first, "lhs"), (last, "rhs")):
        if not same_everywhere(substitute(term, values), step.term(key), ctx):
            raise No("this is no instance of the lemma")
    _allowed(values, (first, last, *own.given), own, ctx, bool(left_out))
    ctx.notes.extend(n for n in left_out if n not in ctx.notes)


def _chain(step: Data, own: Ctx, judge: Judge) -> tuple[Term, Term, list[str]]:
    steps = step.raw.get("steps")
    if not isinstance(steps, (list, tuple)) or not steps or not all(isinstance(s, (list, tuple)) for s in steps):
        raise Bad("a lemma has steps, lists of claims")
    ends: list[Term] = []
    left_out: list[str] = []
    for raw in (claim for one in steps for claim in one):
        claim = Data(raw)
        there = Ctx.read(claim.raw.get("context", {}))
        _under(there, own)
        left_out += judge(claim)
        keys = {"rewrite": ("before", "after"), "equal": ("lhs", "rhs")}.get(claim.name("kind"))
        if keys is None:
            continue
        a, b = (claim.sub("data").term(k) for k in keys)
        if ends and ends[-1] != a and ends[-1] == b:
            a, b = b, a
        if ends and ends[-1] != a:
            raise No("the steps of the lemma do not meet")
        ends += [b] if ends else [a, b]
    if not ends:
        raise No("the lemma has no step")
    return ends[0], ends[-1], left_out


def _under(one: Ctx, whole: Ctx) -> None:
    """A step of the lemma assumes nothing that the lemma does not."""
    agree = all(whole.kinds.get(n) == k for n, k in one.kinds.items())
    agree = agree and all(whole.functions.get(n) == s for n, s in one.functions.items())
    if not agree or not set(one.given) <= set(whole.given) or not set(one.declared) <= set(whole.declared):
        raise No("a step of the lemma assumes more than the lemma, or something else")


def _allowed(values: Mapping[str, Term], terms: tuple[Term, ...], own: Ctx, ctx: Ctx, almost: bool) -> None:
    names = sorted(frozenset().union(*map(free, terms)))
    families = {s[1] for t in terms for s in walk(t) if s[0] == "index"}
    if families & set(values):
        raise No("nothing is put in for indexed parameters")
    targets = [values.get(n, ("sym", n)) for n in names]
    if almost:
        plain = all(t[0] == "sym" and t[1] in ctx.kinds for t in targets) and len(set(targets)) == len(targets)
        if not plain or any(r[1] == "==" for r in ctx.given) or thin(algebra(ctx)):
            raise No("the lemma leaves a null set out: only different free symbols are put in")
    for n, value in zip(names, targets, strict=True):
        kind = own.kinds.get(n)
        if kind is None:
            raise No(f"the lemma says nothing of {n}")
        if n in families:
            ok = ctx.kinds.get(n) == kind
        elif almost and ("integer" in kind or kind == "complex" or "integer" in ctx.kinds[value[1]]):
            ok = ctx.kinds[value[1]] == kind
        else:
            ok = _member(value, kind, ctx)
        if not ok:
            raise No(f"what is put in for {n} is not known to be {kind}")
    for f, spec in own.functions.items():
        if ctx.functions.get(f) != spec:
            raise No(f"{f} is not declared here as in the lemma")
        inner = made_of(spec.recursion) if spec.recursion is not None else frozenset[str]()
        if inner & set(values) or any(ctx.kinds.get(b) != own.kinds.get(b) for b in inner):
            raise No(f"the parameters of {f} are something else here than in the lemma")
    for d in own.declared:
        _still_declared(d, own, ctx)
    for r in own.given:
        if r[1] == "==" or not holds(substitute(sub(r[2], r[3]), values), r[1], ctx):
            raise No("a hypothesis of the lemma is not known to hold")


def _still_declared(d: Declared, own: Ctx, ctx: Ctx) -> None:
    """A declaration of the lemma is one here, of symbols with the same domains, or can be shown for all of them."""
    names = d.free()
    if d in ctx.declared and all(ctx.kinds.get(n) == own.kinds.get(n) for n in names):
        return
    alone = Ctx({n: own.kinds[n] for n in names if n in own.kinds}, own.functions)
    if d.parameter is None:
        integrable(d.body, d.box, alone)
    else:
        differentiable(d.body, d.box, d.parameter, alone)


def _member(value: Term, kind: str, ctx: Ctx) -> bool:
    """Is the value of that kind?"""
    own = ctx.kinds.get(value[1]) if value[0] in ("sym", "index") else None
    if own == kind:
        return True
    if any(ctx.kinds.get(n) in (None, "complex") for n in free(value)):
        return False
    whole = value[0] == "num" and value[2] == 1
    if kind == "integer":
        return whole or own in ("positive integer", "nonnegative integer")
    if kind == "nonnegative integer":
        return own == "positive integer" or (whole and value[1] >= 0)
    if kind == "positive integer":
        return whole and value[1] > 0
    if kind == "unit":
        one: Term = ("num", 1, 1)
        return holds(value, ">", ctx) and holds(sub(one, value), ">", ctx)
    if kind == "real":
        return holds(add(mul(value, value), ("num", 1, 1)), ">", ctx)
    op: Any = {"positive": ">", "nonnegative": ">=", "negative": "<", "nonzero": "!="}.get(kind)
    return kind == "complex" or (op is not None and holds(value, op, ctx))
