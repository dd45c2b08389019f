"""Kullback-Leibler divergences: against their integral, at least zero, and zero for equal laws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from symrep.derivation import Line
from symrep.entry import KullbackLeibler
from symrep.errors import SymrepError
from symrep.family import FAMILIES, Family
from symrep.judge import Limits, judge_line
from symrep.laws.claims import ambient, equation, log_weight, open_verdict, refuted, relation, total
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import named, same, slips
from symrep.laws.numbers import Point, values
from symrep.notation import KL
from symrep.rules import gibbs
from symrep.symbols import as_expr
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__: list[str] = []


@family_law("divergence", "closed divergences are E[log p/q], not negative, and zero for equal laws", rank=60)
def divergence(family: Family) -> Iterator[Question]:
    for k in family.kl:
        name = f"KL({family.name} || {k.other})"
        other = FAMILIES.get(k.other)
        if other is None or other.discrete != family.discrete or len(k.parameters) != len(other.parameters):
            yield Question(name, _unknown(k, other), stated="kl")
            continue
        yield from _one(family, other, k, name)


def _unknown(k: KullbackLeibler, other: Family | None) -> Any:
    words = (
        f"no family is called {k.other}"
        if other is None
        else f"{k.other} has the parameters {', '.join(map(str, other.parameters))}, and is of the same sort"
    )
    return lambda _: open_verdict(words, Reason.NOT_DECLARED)


def _filled(other: Family, k: KullbackLeibler, e: Any) -> Any:
    return as_expr(e).subs(dict(zip(other.parameters, k.parameters, strict=True)), simultaneous=True)


def _one(family: Family, other: Family, k: KullbackLeibler, name: str) -> Iterator[Question]:
    q = _filled(other, k, other.weight).subs(_filled(other, k, other.variable), family.variable)
    q = q.subs(other.variable, family.variable)
    constraints = tuple(c.subs(dict(zip(other.parameters, k.parameters, strict=True))) for c in other.constraints)
    given = (*family.given(), *constraints, *k.given)
    value = as_expr(k.value)
    ends = [(as_expr(family.support.low), _filled(other, k, other.support.low), 1)]
    ends.append((as_expr(family.support.high), _filled(other, k, other.support.high), -1))
    for mine, theirs, way in ends:
        if mine != theirs and ((mine - theirs) * way).is_negative:
            verdict = refuted(f"{family.name} has mass where {k.other} has none: the divergence is infinite")
            yield Question(f"{name} is finite", lambda _, v=verdict: v, stated="kl")  # type: ignore[misc]
            return
    integral = total(family, family.weight * (log_weight(family) - log_weight(family, q)))
    hint = _hint(family, other, k, q, integral)
    main = equation(f"{name} = E[log p/q]", integral, value, given, hint=hint, stated="kl")
    yield main
    sign = relation("", sp.Ge(value, 0, evaluate=False), given)

    def at_least_zero(seconds: float) -> Verdict:
        verdict = sign.decide(seconds)
        if verdict.status is Status.UNDECIDED:
            proved = _by_gibbs(family, other, k, given, seconds)
            if proved is not None:
                return proved
        if verdict.status is Status.UNDECIDED and main.decide(seconds).status is Status.PROVED:
            words = "Gibbs' inequality, for it is proved to be E[log p/q]; both laws have mass one by the law mass"
            return Verdict(Status.SUPPORTED, Reason.HOLDS, words, (Evidence("laws", words), *verdict.evidence))
        return verdict

    yield Question(f"{name} >= 0", at_least_zero, hint=hint, stated="kl")
    if other is family:
        equal = value.subs(dict(zip(k.parameters, family.parameters, strict=True)), simultaneous=True)
        yield equation(f"{name} = 0 for equal laws", equal, sp.S.Zero, family.given(), hint=hint, stated="kl")


def _by_gibbs(
    family: Family, other: Family, k: KullbackLeibler, given: tuple[Any, ...], seconds: float
) -> Verdict | None:
    """Gibbs' inequality for the two members, if the kernel accepts all of its conditions."""
    if family.discrete or other.discrete:
        return None
    limits = Limits(kernel=seconds / 2, first=min(2.5, seconds / 4), refute=seconds / 4)
    try:
        lhs = KL(family(*family.parameters), other(*k.parameters))
        lines = (Line(lhs, "=", None, 0), Line(sp.S.Zero, ">=", gibbs(), 0))
        step = judge_line(*lines, ambient(given), limits)
    except SymrepError:
        return None
    return step.parts[0].verdict if step.status is Status.PROVED else None


def _hint(family: Family, other: Family, k: KullbackLeibler, q: Any, integral: Any) -> Any:
    def words(_: Verdict) -> str:
        at = _points(family, other, k)
        truth, stated = values(integral, at, 5.0), values(k.value, at)
        exchanged = f"the arguments are exchanged: this is KL({k.other} || {family.name}), the divergence the other way"
        if other is family:
            pairs = dict(zip(k.parameters, family.parameters, strict=True))
            turn = pairs | {v: s for s, v in pairs.items()}
            if same(values(as_expr(k.value).subs(turn, simultaneous=True), at), truth):
                return exchanged
        back = sp.Integral if not family.discrete else sp.Sum
        ends = (_filled(other, k, other.support.low), _filled(other, k, other.support.high))
        turned = back(q * (log_weight(family, q) - log_weight(family)), (family.variable, *ends))
        if same(values(turned, at, 4.0), stated):
            return exchanged
        value = as_expr(k.value)
        for fixed, said in slips(value, family):
            if same(values(fixed, at), truth):
                return said
        for s in k.parameters:
            if s.is_positive:
                for fixed, said in ((1 / s, f"1/{s} should stand for {s}"), (s**2, f"{s} stands where {s}**2 should")):
                    if same(values(value.subs(s, fixed), at), truth):
                        return said
        return named(value, truth, at, family, "divergence")

    return words


def _points(family: Family, other: Family, k: KullbackLeibler) -> list[Point]:
    """Parameters of both laws."""
    from symrep.laws.numbers import points

    mine, theirs = points(family, 6), points(other, 9)[3:]
    names = dict(zip((s.name for s in other.parameters), (s.name for s in k.parameters), strict=True))
    return [{**m, **{names[n]: v for n, v in t.items()}} for m, t in zip(mine, theirs, strict=False)]
