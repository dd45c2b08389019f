"""One derivation as a reason in another: its instance, its status, the domains of what is put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sympy as sp
from sympy.core.relational import Relational

from symrep.assumptions import Declared
from symrep.claim import Claim, Context
from symrep.derivation import LemmaUse, Line
from symrep.errors import NotApplicable
from symrep.judge.deciding import Limits, decide
from symrep.judge.parts import PartVerdict, Proven
from symrep.notation import EachExpectation, Expectation
from symrep.rules.base import Applied, nodes, rewrite, swap
from symrep.symbols import kind_of
from symrep.translate import to_term
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = ["lemma_domains", "lemma_part", "use_lemma"]


def use_lemma(before: Line, use: LemmaUse, lemmas: Mapping[str, Proven]) -> Applied:
    known = lemmas.get(use.derivation.name)
    if known is None or known.first is None:
        raise NotApplicable("lemma", "a derivation that could be judged", use.derivation.name)
    if not known.equality:
        raise NotApplicable("lemma", "a derivation of an equality", use.derivation.name)
    values = dict(use.values)
    lhs, rhs = (e.subs(values, simultaneous=True) for e in (known.first, known.last))
    if use.others is not None:
        return _for_each_draw(before, use, known, lhs, rhs)
    backward = False
    result = before.expr.xreplace({lhs: rhs})
    if result == before.expr:
        result, backward = before.expr.xreplace({rhs: lhs}), True
    if result == before.expr:
        raise NotApplicable("lemma", f"a line that contains {lhs}", str(before.expr)[:120])
    rewrites: tuple[Mapping[str, Any], ...] = ()
    if known.status is Status.PROVED:
        instance = _instance(use, known, lhs, rhs)
        rewrites = ({**instance, "backward": True} if backward else instance,)
    return Applied(result, rewrites, mentions=(lhs, rhs))


def _instance(use: LemmaUse, known: Proven, lhs: Any, rhs: Any) -> dict[str, Any]:
    return {
        "theorem": "lemma",
        "lhs": to_term(lhs),
        "rhs": to_term(rhs),
        "context": known.context.to_json(),
        "steps": [list(s) for s in known.steps],
        "values": {k.name: to_term(v) for k, v in use.values},
    }


def _for_each_draw(before: Line, use: LemmaUse, known: Proven, lhs: Any, rhs: Any) -> Applied:
    """The lemma for one draw after the other, the others held fixed."""
    c, total = use.others  # type: ignore[misc]
    one = all(isinstance(e, Expectation) and len(e.variables) == 1 for e in (lhs, rhs))
    if not one or lhs.args[1:] != rhs.args[1:]:
        raise NotApplicable("lemma", "a derivation that starts and ends with E under one law", f"{lhs}, {rhs}"[:120])
    (y,), law, (j, low, high) = lhs.variables, lhs.law, total.limits[0]
    table, rewrites = [], list[Mapping[str, Any]]()
    for node in nodes(before.expr, EachExpectation, lambda e: isinstance(e.body, sp.Sum) and e.product.law == law):
        k = node.body.limits[0][0]
        put = {y: node.family[k], c: total - total.function.subs(j, k)}
        new = sp.Sum(rhs.body.subs(put, simultaneous=True), (k, low, high))
        table.append((node, node.with_body(new)))
        if known.status is Status.PROVED:
            data = {"variable": y.name, "others": c.name, "total": total, "step": _instance(use, known, lhs, rhs)}
            rewrites.append(rewrite("each_draw", node, node.with_body(new), **data))
    if not table:
        raise NotApplicable("lemma", f"E of a sum over independent draws of {law}", str(before.expr)[:120])
    return Applied(swap(before.expr, table), tuple(rewrites), mentions=(lhs, rhs, total))


def lemma_part(use: LemmaUse, lemmas: Mapping[str, Proven]) -> PartVerdict:
    """A lemma that is less than proved passes its status on."""
    known = lemmas[use.derivation.name]
    put_in = [v for _, v in use.values]
    generic = all(isinstance(v, (sp.Symbol, sp.Indexed)) for v in put_in) and len(set(put_in)) == len(put_in)
    if known.status is Status.SUPPORTED and not generic:
        why = f"{use.derivation.name} is only SUPPORTED, at generic points: only different symbols may be put in"
        return PartVerdict("the lemma", Verdict(Status.UNDECIDED, Reason.DOMAIN, why, (Evidence("lemma", why),)))
    message = f"rests on {use.derivation.name}, which is {known.status.name}"
    reason = Reason.HOLDS if known.status > Status.UNDECIDED else Reason.NOTHING_APPLIED
    if known.status is Status.REFUTED:
        reason = Reason.UNEQUAL
    evidence = (Evidence("lemma", message, {"name": use.derivation.name}),)
    return PartVerdict("the lemma", Verdict(known.status, reason, message, evidence, hypotheses=known.hypotheses))


_SIGNS: Final = {"positive": ">", "nonnegative": ">=", "negative": "<", "nonzero": "!="}


def lemma_domains(use: LemmaUse, context: Context, limits: Limits) -> list[PartVerdict]:
    """The values put into a lemma lie in the domains of the symbols they replace."""
    parts = []
    for symbol, value in use.values:
        kind, own = kind_of(symbol), kind_of(value) if isinstance(value, sp.Symbol) else ""
        what = f"{value} is {kind}, as the lemma needs of {symbol}"
        open_question = Verdict(Status.UNDECIDED, Reason.DOMAIN, f"not known: {what}")
        if kind == own or (kind == "real" and value.is_extended_real):
            continue
        if kind not in _SIGNS:
            parts.append(PartVerdict(what, open_question))
            continue
        claim = Claim("relation", {"lhs": to_term(value), "op": _SIGNS[kind], "rhs": ("num", 0, 1)}, context)
        verdict = decide(claim, limits)
        if verdict.status is not Status.PROVED:
            verdict = open_question
        parts.append(PartVerdict(what, verdict, claim))
    for relation in use.derivation.given:
        if isinstance(relation, Declared) and relation.to_assumed(to_term) in context.assumed:
            continue  # it is about all values of its symbols, whatever is put in
        here = relation.subs(dict(use.values), simultaneous=True)
        what = f"{here}, which the lemma assumes"
        open_question = Verdict(Status.UNDECIDED, Reason.DOMAIN, f"not known: {what}")
        if here is sp.true:
            continue
        if not isinstance(here, Relational) or here.rel_op == "==":
            parts.append(PartVerdict(what, open_question))
            continue
        data = {"lhs": to_term(here.lhs), "op": here.rel_op, "rhs": to_term(here.rhs)}
        claim = Claim("relation", data, context)
        verdict = decide(claim, limits)
        if verdict.status is not Status.PROVED:
            verdict = open_question
        parts.append(PartVerdict(what, verdict, claim))
    return parts
