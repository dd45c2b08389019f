"""One step: the line before, the line stated, the reason given; what follows from what."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.assumptions import relations_in
from symrep.claim import Claim, Context
from symrep.derivation import Admitted, LemmaUse, Line, Rule
from symrep.errors import BadInput, ConditionFails, NotApplicable, RuleError, SymrepError
from symrep.judge.conditions import conditions
from symrep.judge.deciding import Limits, ask_kernel, compared, decide, linear_claim, refuted
from symrep.judge.lemmas import lemma_domains, lemma_part, use_lemma
from symrep.judge.limiting import by_limits
from symrep.judge.parts import PartVerdict, Proven, StepVerdict, sum_up
from symrep.rules.base import NO_CLOSED_FORM, Applied, Guard
from symrep.rules.probability import evaluate
from symrep.term import contains
from symrep.translate import context_of, to_term
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = ["judge_first", "judge_line"]


#: theorems that are equations between numbers, which numbers can support; the others rest on conditions they cannot see
_EQUATIONS: Final = frozenset({"value", "pushforward", "reparameterise", "substitution", "by_parts"})


#: the relations a line may be stated in when a rule computed that it is ≤ or ≥
_FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {"<=": ("<=", "<"), ">=": (">=", ">")}


def _name(line: Line) -> str:
    return str(getattr(line.reason, "name", "lemma"))


def equal_claim(before: Any, after: Any, context: Context) -> Claim:
    return Claim("equal", {"lhs": to_term(before), "rhs": to_term(after)}, context)


def judge_first(line: Line, given: tuple[Any, ...], limits: Limits) -> StepVerdict:
    """The first line claims only to be defined: its laws have parameters in their domains, its integrals converge."""
    start = time.monotonic()
    context = context_of([line.expr], given)
    parts = conditions(line.expr, context, limits)
    if not parts:  # nothing that could fail to exist: the kernel says so too
        claim = Claim("defined", {"term": to_term(line.expr)}, context)
        parts = [PartVerdict("the line is defined", decide(claim, limits), claim)]
    return sum_up(tuple(parts), start, None)


def judge_line(
    before: Line, line: Line, given: tuple[Any, ...], limits: Limits, lemmas: Mapping[str, Proven] | None = None
) -> StepVerdict:
    """Judge one step: the line before, the line stated, the reason given."""
    start = time.monotonic()
    if isinstance(line.reason, Admitted):
        context = context_of([before.expr, line.expr], given)
        numbers = _numbers(before.expr, line, context, limits)
        if numbers is not None and numbers.verdict.status is Status.REFUTED:
            return sum_up((numbers,), start, None)
        verdict = Verdict(Status.ADMITTED, Reason.ADMITTED, f"admitted: {line.reason.why}")
        return sum_up((PartVerdict("admitted", verdict), *([numbers] if numbers else [])), start, None)
    try:
        applied = (
            use_lemma(before, line.reason, lemmas or {})
            if isinstance(line.reason, LemmaUse)
            else line.reason.apply(before.expr, line.expr, relations_in(given))  # type: ignore[union-attr]
        )
    except SymrepError as e:
        turned = _read_backwards(before, line, given) if isinstance(e, NotApplicable) else None
        if turned is None:
            return _refused(before, line, given, limits, e, start)
        return _judge_backwards(before, line, turned, given, limits, start)
    if applied.op != "=" and line.op not in _FOLLOWS[applied.op]:
        word = {"<=": "le", ">=": "ge"}[applied.op]
        needs = f"a line for which the one before is {applied.op} to it, as follows here"
        no = NotApplicable(_name(line), needs, line.op, f"{word}(…)")
        return _refused(before, line, given, limits, no, start)
    context = context_of([before.expr, line.expr, applied.result, *applied.mentions], given)
    parts: list[PartVerdict] = []
    if isinstance(line.reason, LemmaUse) and not applied.rewrites:
        parts.append(lemma_part(line.reason, lemmas or {}))
        parts += lemma_domains(line.reason, context, limits)
    if applied.bound is not None:
        claim = Claim("bound", applied.bound, context)
        parts.append(PartVerdict(f"the rule: {_name(line)}", decide(claim, limits), claim))
    elif applied.rewrites or (applied.result != before.expr and not isinstance(line.reason, LemmaUse)):
        parts.append(_rule_part(before, line, applied, context, limits))
    masses = tuple(m for r in applied.rewrites for m in r.get("masses", ()))
    claim = _line_claim(applied.result, line, context)
    if line.op == "=" and any(contains(claim.data[k], ("limit",)) for k in ("lhs", "rhs")):
        parts += by_limits(claim, limits)
    else:
        stated = _stated(applied.result, line, context, limits, masses)
        met = _met(applied.result, line, given, limits) if stated.verdict.status is not Status.PROVED else None
        parts += met or [_if_it_follows(stated, applied, line, parts)]
    refuted_as_stated = [p for p in parts if p.what == "the line as stated" and p.verdict.status is Status.REFUTED]
    settled = len(refuted_as_stated) == 1 and all(
        p.verdict.status is Status.PROVED for p in parts if p is not refuted_as_stated[0]
    )
    parts += conditions(line.expr, context, limits)
    if settled:  # the line before is proved to be the computed one: its own numbers say no more
        return sum_up(tuple(parts), start, applied.result)
    proved = all(p.verdict.status is Status.PROVED for p in parts)
    numbers = _numbers(before.expr, line, context, limits, guard=proved)
    if numbers is not None:
        parts.append(numbers)
    return sum_up(tuple(parts), start, applied.result)


def _read_backwards(before: Line, line: Line, given: tuple[Any, ...]) -> Applied | None:
    """An equality may be read from right to left: the rule then leads from the stated line to the one before."""
    if line.op != "=" or not isinstance(line.reason, Rule):
        return None
    try:
        applied: Applied = line.reason.apply(line.expr, before.expr, relations_in(given))
    except SymrepError:
        return None
    return None if applied.result == line.expr or applied.op != "=" else applied


def _met(result: Any, line: Line, given: tuple[Any, ...], limits: Limits) -> list[PartVerdict] | None:
    """The rule applied to both lines: what is computed from the line before equals what is computed from the one
    stated, as when both have a value in closed form. None unless all of that is proved."""
    if line.op != "=" or not isinstance(line.reason, evaluate):
        return None
    try:
        turned: Applied = line.reason.apply(line.expr, result, relations_in(given))
    except SymrepError:
        return None
    if turned.op != "=" or turned.result == line.expr or not turned.rewrites:
        return None
    context = context_of([result, line.expr, turned.result, *turned.mentions], given)
    end = replace(line, expr=turned.result)
    stated = _stated(result, end, context, limits, tuple(m for r in turned.rewrites for m in r.get("masses", ())))
    if stated.verdict.status is not Status.PROVED:
        return None
    rule = _rule_part(line, end, turned, context, limits)
    if rule.verdict.status is not Status.PROVED:
        return None
    return [stated, replace(rule, what=rule.what.replace("the rule:", "the rule, read backwards:", 1))]


def _judge_backwards(
    before: Line, line: Line, applied: Applied, given: tuple[Any, ...], limits: Limits, start: float
) -> StepVerdict:
    context = context_of([before.expr, line.expr, applied.result, *applied.mentions], given)
    masses = tuple(m for r in applied.rewrites for m in r.get("masses", ()))
    parts = [_stated(before.expr, replace(line, expr=applied.result), context, limits, masses)]
    rule = _rule_part(line, replace(before, reason=line.reason, op="="), applied, context, limits)
    parts.append(replace(rule, what=rule.what.replace("the rule:", "the rule, read backwards:", 1)))
    parts += conditions(line.expr, context, limits)
    proved = all(p.verdict.status is Status.PROVED for p in parts)
    numbers = _numbers(before.expr, line, context, limits, guard=proved)
    if numbers is not None:
        parts.append(numbers)
    return sum_up(tuple(parts), start, None)


def _rule_part(before: Line, line: Line, applied: Applied, context: Context, limits: Limits) -> PartVerdict:
    """The theorem behind the rule; when the kernel cannot establish it, its guards and then plain numbers speak."""
    if applied.rewrites:
        data = {"before": to_term(before.expr), "after": to_term(applied.result), "rewrites": list(applied.rewrites)}
        claim = Claim("rewrite", data, context)
    else:
        claim = equal_claim(before.expr, applied.result, context)
    what = f"the rule: {getattr(line.reason, 'name', 'lemma')}"
    answer = ask_kernel(claim, limits)
    if isinstance(answer, Verdict):
        return PartVerdict(what, answer, claim)
    guarded = _guards(applied.guards, context, limits)
    if guarded is not None:
        return PartVerdict(what, guarded, claim)
    said = Evidence("kernel", f"not established: {answer}")
    if answer.definite:
        return PartVerdict(what, Verdict(Status.REFUTED, answer.reason, str(answer), (said,)), claim)
    undecided = Verdict(Status.UNDECIDED, answer.reason, str(answer), (said,))
    if context.functions or not all(r["theorem"] in _EQUATIONS for r in applied.rewrites):
        return PartVerdict(what, undecided, claim)  # numbers say nothing of a condition, nor of all functions
    verdict = decide(equal_claim(before.expr, applied.result, context), limits, prove=False)
    if verdict.status is Status.SUPPORTED:
        message = f"numbers agree; not established: {answer}"
        return PartVerdict(what, replace(verdict, message=message, evidence=(*verdict.evidence, said)))
    if verdict.status is Status.REFUTED:
        reason = answer.reason if answer.reason not in (Reason.NOTHING_APPLIED, Reason.ERROR) else verdict.reason
        return PartVerdict(what, replace(verdict, reason=reason, message=f"{answer}; {verdict.message}"))
    return PartVerdict(what, undecided, claim)


def _guards(guards: tuple[Guard, ...], context: Context, limits: Limits) -> Verdict | None:
    for g in guards:
        extra = context_of([g.lhs, g.rhs, *g.given], ())
        symbols = {**extra.symbols, **context.symbols}
        relations = context_of([], [r for r in g.given if r is not sp.true]).given
        functions = {**extra.functions, **context.functions}
        at = Context(symbols, functions, (*context.given, *relations), context.assumed)
        verdict = refuted(equal_claim(g.lhs, g.rhs, at), limits)
        if verdict is not None:
            message = f"{g.what} fails. {verdict.message}" + (f". Right would be {g.instead}" if g.instead else "")
            witness = replace(verdict.witness, of=g.what) if verdict.witness else None
            return replace(verdict, reason=g.reason, message=message, witness=witness)
    return None


def _stated(result: Any, line: Line, context: Context, limits: Limits, masses: tuple[Any, ...] = ()) -> PartVerdict:
    """The line as stated against the line as computed."""
    claim = _line_claim(result, line, context)
    regroup = masses if line.op == "=" and contains(claim.data["lhs"], ("expect", "integral", "sum")) else None
    verdict = decide(claim, limits, prove=line.op != "~", regroup=regroup)
    if verdict.certificate is not None and verdict.certificate.data["claim"]["kind"] == "rewrite":
        claim = linear_claim(claim, masses)
    if verdict.status is Status.REFUTED and verdict.witness is not None and "piecewise" in str(claim.data):
        zero = [s.strip("0.") in ("", "-") for s in (verdict.witness.lhs, verdict.witness.rhs)]
        if zero[0] != zero[1]:
            side = "right line vanishes" if zero[0] else "stated line vanishes"
            verdict = replace(
                verdict,
                reason=Reason.SUPPORT_WRONG,
                message=f"the supports differ: the {side} there. {verdict.message}",
            )
    return PartVerdict("the line as stated", _said_of_tolerance(verdict, line), claim)


def _said_of_tolerance(verdict: Verdict, line: Line) -> Verdict:
    """Of a line that is near the one before, a witness shows how far apart they are, and how far they may be."""
    if line.op != "~" or verdict.witness is None:
        return verdict
    message = "the two are further apart than is allowed"
    return replace(
        verdict, message=message, witness=replace(verdict.witness, of="the distance is within the tolerance")
    )


def _if_it_follows(stated: PartVerdict, applied: Applied, line: Line, rule: list[PartVerdict]) -> PartVerdict:
    """A line that differs from the computed one is refuted by that only if the computed one stands for the line before:
    a bound may be weaker than the one stated, and a rule that was not established may have computed anything."""
    verdict = stated.verdict
    if verdict.status is not Status.REFUTED:
        return stated
    if applied.op != "=":
        gives = f"{_name(line)} gives only {applied.op} {str(applied.result)[:200]}, from which this does not follow"
    elif any(p.verdict.status < Status.SUPPORTED for p in rule):
        gives = f"{_name(line)} was not established, and would give {str(applied.result)[:200]}"
    else:
        return stated
    return replace(stated, verdict=Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, gives, verdict.evidence))


def _line_claim(left: Any, line: Line, context: Context) -> Claim:
    if line.op == "=":
        return equal_claim(left, line.expr, context)
    if line.op == "~":
        gap = sp.Abs(left - line.expr, evaluate=False)
        data = {"lhs": to_term(gap), "op": "<=", "rhs": to_term(line.tolerance * sp.Abs(line.expr, evaluate=False))}
        return Claim("relation", data, context)
    return Claim("relation", {"lhs": to_term(left), "op": line.op, "rhs": to_term(line.expr)}, context)


def _numbers(before: Any, line: Line, context: Context, limits: Limits, *, guard: bool = False) -> PartVerdict | None:
    """The line before against the line stated, by numbers alone: refutation wins over everything."""
    try:
        claim = _line_claim(before, line, context)
    except BadInput:
        return None
    found = compared(claim, limits, guard=guard)
    if found.refutation is not None:
        return PartVerdict("numbers", _said_of_tolerance(found.refutation, line), claim)
    if found.agreement is None:
        return None
    agreed = found.agreement
    return PartVerdict("numbers", Verdict(Status.SUPPORTED, Reason.HOLDS, agreed.says, (agreed,)), claim)


def _refused(
    before: Line, line: Line, given: tuple[Any, ...], limits: Limits, e: SymrepError, start: float
) -> StepVerdict:
    """A rule that would not apply: a failed condition refutes; otherwise only numbers can."""
    message = str(e)
    if isinstance(e, ConditionFails):
        reason = Reason(e.code) if e.code else Reason.DOES_NOT_APPLY
        parts: list[PartVerdict] = [
            PartVerdict("the rule's conditions", Verdict(Status.REFUTED, reason, message, (Evidence("rule", message),)))
        ]
    else:
        reason = Reason.DOES_NOT_APPLY if isinstance(e, RuleError) else Reason.ERROR
        if isinstance(e, NotApplicable) and e.code in {r.value for r in Reason}:
            reason = Reason(e.code)
        parts = [PartVerdict("the rule", Verdict(Status.UNDECIDED, reason, message, (Evidence("rule", message),)))]
    try:
        context = context_of([before.expr, line.expr], given)
        numbers = _numbers(before.expr, line, context, limits)
    except BadInput:
        numbers = None
    if numbers is not None:
        parts.append(numbers)
        if getattr(e, "code", "") == NO_CLOSED_FORM and numbers.verdict.status is Status.SUPPORTED:
            # nothing was found in closed form; quadrature is the independent computation then
            parts = [PartVerdict("the value, by quadrature", numbers.verdict, numbers.claim)]
            parts += conditions(before.expr, context, limits)
            parts += conditions(line.expr, context, limits)
    return sum_up(tuple(parts), start, None)
