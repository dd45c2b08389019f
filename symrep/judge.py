"""The judge: every step becomes claims, every claim goes through the checks, the weakest verdict decides.

The kernel proves or names a condition that is false; balls and quadrature refute, at exact points; agreement of many
points supports; sampling and SymPy add weight. Every check runs in a process that is killed when its budget is spent.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, final

import sympy as sp

from symrep.checks.remote import evidence_from_json, refutation_from_json
from symrep.claim import Claim, Context
from symrep.derivation import Admitted, LemmaUse, Line, Rule
from symrep.distribution import Distribution
from symrep.errors import BadInput, ConditionFails, NotApplicable, RuleError, SymrepError
from symrep.kernel.certificate import verdict_from_json
from symrep.kernel.fail import NotProved
from symrep.notation import Divergence
from symrep.rules.base import NO_CLOSED_FORM, Applied, Guard
from symrep.running.worker import RemoteError, TimedOut, WorkerDied, call
from symrep.symbols import as_expr, kind_of
from symrep.term import Term, contains
from symrep.translate import context_of, to_term
from symrep.verdict import Diagnosis, Evidence, Reason, Status, Verdict, Witness, weakest

__all__ = ["Limits", "PartVerdict", "Proven", "StepVerdict", "decide", "judge_first", "judge_line"]


@final
@dataclass(frozen=True)
class Limits:
    """Budgets, in seconds a check and MB a worker."""

    kernel: float = 20.0
    #: what the kernel gets before numbers have had a look
    first: float = 2.5
    refute: float = 3.0
    agree: float = 3.0
    sample: float = 3.0
    memory: int = 2000
    #: for a line the kernel proved, which numbers only guard
    guard: float = 1.2


@final
@dataclass(frozen=True)
class PartVerdict:
    """One thing a step rests on, with what became of it."""

    what: str
    verdict: Verdict
    claim: Claim | None = None


@final
@dataclass(frozen=True)
class StepVerdict:
    """A step and its parts; ``result`` is what the rule computed, None when it computed nothing."""

    status: Status
    reason: Reason
    message: str
    parts: tuple[PartVerdict, ...] = ()
    witness: Witness | None = None
    diagnosis: Diagnosis | None = None
    hypotheses: tuple[str, ...] = ()
    almost_everywhere: bool = False
    result: Any = None
    seconds: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict)


@final
@dataclass(frozen=True)
class Proven:
    """A judged derivation, as another may use it."""

    status: Status
    first: Any
    last: Any
    equality: bool
    context: Context
    steps: tuple[tuple[Mapping[str, Any], ...], ...]
    hypotheses: tuple[str, ...] = ()


_BROKEN: Final = (TimedOut, WorkerDied, RemoteError)


def _ask(name: str, claim: Claim, seconds: float, memory: int) -> Any:
    payload = {"claim": claim.to_json(), "seconds": max(0.2, seconds - 0.3)}
    return call(name, payload, seconds, memory)


def _kernel(claim: Claim, limits: Limits) -> Verdict | NotProved:
    try:
        return verdict_from_json(claim, _ask("kernel.prove", claim, limits.kernel, limits.memory))
    except NotProved as e:
        return e
    except TimedOut:
        return NotProved(f"the kernel's {limits.kernel:g} s were spent", Reason.TIMEOUT)
    except (WorkerDied, RemoteError, BadInput) as e:
        return NotProved(f"the kernel broke off: {e}", Reason.ERROR)


def _refuted(claim: Claim, limits: Limits) -> Verdict | None:
    try:
        answer = _ask("balls.refute", claim, limits.refute, limits.memory)
    except (*_BROKEN, BadInput):
        return None
    return refutation_from_json(answer) if answer else None


def _agreement(claim: Claim, limits: Limits) -> Evidence | None:
    try:
        answer = _ask("balls.agreement", claim, limits.agree, limits.memory)
    except (*_BROKEN, BadInput):
        return None
    return evidence_from_json(answer) if answer else None


def _alarm(claim: Claim, limits: Limits) -> Evidence | None:
    try:
        answer = _ask("sampling.alarm", claim, limits.sample, limits.memory)
    except (*_BROKEN, BadInput):
        return None
    return evidence_from_json(answer) if answer else None


def _oracle(claim: Claim, limits: Limits) -> Evidence | None:
    if claim.kind != "equal" or contains(claim.data["lhs"], ("app",)):
        return None
    payload = {"lhs": claim.data["lhs"], "rhs": claim.data["rhs"], "context": claim.context.to_json()}
    try:
        answer = call("sympy.zero", payload, limits.refute, limits.memory)
    except (*_BROKEN, BadInput):
        return None
    return Evidence("sympy", "simplify turns the difference into 0") if answer.get("zero") else None


def _linear(claim: Claim) -> Claim:
    """The claim that two sides are equal by linearity of the expectation."""
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    step = {"theorem": "linearity", "lhs": lhs, "rhs": rhs, "masses": []}
    return Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [step]}, claim.context)


def _regrouped(claim: Claim, limits: Limits) -> Verdict | None:
    """A line that differs by pulling constants out of expectations, as one does on paper."""
    answer = _kernel(_linear(claim), replace(limits, kernel=limits.first))
    return answer if isinstance(answer, Verdict) else None


def _kernel_again(claim: Claim, limits: Limits, first: NotProved) -> Verdict | NotProved:
    """With the whole budget, when the first try ran out of its own."""
    return _kernel(claim, limits) if first.reason is Reason.TIMEOUT and limits.kernel > limits.first else first


def decide(claim: Claim, limits: Limits = Limits(), *, prove: bool = True, regroup: bool = False) -> Verdict:
    """What is known of a claim of kind ``equal`` or ``relation`` (others: kernel only)."""
    numeric = claim.kind in ("equal", "relation")
    answer: Verdict | NotProved = NotProved("not tried")
    if prove:
        answer = _kernel(claim, replace(limits, kernel=limits.first) if numeric else limits)
        if isinstance(answer, Verdict):
            return answer
        if answer.definite:
            return Verdict(Status.REFUTED, answer.reason, str(answer), (Evidence("kernel", str(answer)),))
        if not numeric:
            return Verdict(Status.UNDECIDED, answer.reason, str(answer), (Evidence("kernel", f"not proved: {answer}"),))
    refutation = _refuted(claim, limits)
    if refutation is not None:
        return refutation
    if prove and isinstance(answer, NotProved):
        regrouped = _regrouped(claim, limits) if regroup else None
        answer = regrouped or _kernel_again(claim, limits, answer)
        if isinstance(answer, Verdict):
            return answer
    tried = [Evidence("kernel", f"not proved: {answer}")]
    agreed = _agreement(claim, limits)
    if agreed is None:
        return Verdict(
            Status.UNDECIDED,
            Reason.NOTHING_APPLIED,
            "neither proved nor refuted, and too few points could be evaluated",
            tuple(tried),
        )
    evidence = [agreed]
    if contains(claim.data["lhs"], ("expect", "push")) or contains(claim.data["rhs"], ("expect", "push")):
        alarm = _alarm(claim, limits)
        if alarm is not None:
            evidence.append(alarm)
            if alarm.data.get("alarm"):
                return Verdict(
                    Status.UNDECIDED, Reason.CONTRADICTION, f"a sampling alarm: {alarm.says}", tuple(evidence)
                )
    else:
        oracle = _oracle(claim, limits)
        if oracle is not None:
            evidence.append(oracle)
    return Verdict(Status.SUPPORTED, Reason.HOLDS, agreed.says, (*evidence, *tried))


#: theorems that are equations between numbers, which numbers can support; the others rest on conditions they cannot see
_EQUATIONS: Final = frozenset({"value", "pushforward", "reparameterise", "substitution", "by_parts"})


# --- claims of a step ---------------------------------------------------------------------------------------------


def _laws(expr: Any) -> list[Distribution]:
    return sorted(expr.atoms(Distribution), key=sp.default_sort_key)


def _equal(before: Any, after: Any, context: Context) -> Claim:
    return Claim("equal", {"lhs": to_term(before), "rhs": to_term(after)}, context)


def _has_integrals(t: Term) -> bool:
    return contains(t, ("expect", "integral", "expect_sample"))


def judge_first(line: Line, given: tuple[Any, ...], limits: Limits) -> StepVerdict:
    """The first line claims only to be defined: its laws have parameters in their domains, its integrals converge."""
    start = time.monotonic()
    context = context_of([line.expr], given)
    parts = _conditions(line.expr, context, limits)
    if not parts:  # nothing that could fail to exist: the kernel says so too
        claim = Claim("defined", {"term": to_term(line.expr)}, context)
        parts = [PartVerdict("the line is defined", decide(claim, limits), claim)]
    return _sum_up(tuple(parts), start, None)


def _conditions(expr: Any, context: Context, limits: Limits) -> list[PartVerdict]:
    """Parameters in their domains; expectations and integrals that converge."""
    parts = []
    for law in _laws(expr):
        for value, op, what in law.obligations():
            if value.is_positive or (op == ">=" and value.is_nonnegative):
                continue  # declared so
            claim = Claim("relation", {"lhs": to_term(value), "op": op, "rhs": ("num", 0, 1)}, context)
            verdict = decide(claim, limits)
            if verdict.status is Status.REFUTED:
                verdict = replace(verdict, reason=Reason.DOMAIN, message=f"{what} fails: {verdict.message}")
            parts.append(PartVerdict(what, verdict, claim))
    for node in sorted(expr.atoms(Divergence), key=sp.default_sort_key):
        parts += _absolutely_continuous(node, context, limits)
    term = to_term(expr)
    if _has_integrals(term):
        claim = Claim("defined", {"term": term}, context)
        verdict = decide(claim, limits)
        parts.append(PartVerdict("the integrals converge absolutely", verdict, claim))
    return parts


def _absolutely_continuous(node: Any, context: Context, limits: Limits) -> list[PartVerdict]:
    """KL(p ‖ q) is finite only if p's support lies in q's."""
    p, q = (getattr(law, "law", law) for law in node.args)
    parts = []
    for a, b in zip(p.support(), q.support(), strict=True):
        for inner, outer, op in ((a.low, b.low, ">="), (a.high, b.high, "<=")):
            if inner == outer or as_expr(outer).is_infinite:
                continue
            what = "the first law's support lies in the second's"
            if as_expr(inner).is_infinite:
                verdict = Verdict(
                    Status.REFUTED, Reason.DOMAIN, f"{what}: fails, it is unbounded", (Evidence("rule", what),)
                )
                parts.append(PartVerdict(what, verdict))
                continue
            claim = Claim("relation", {"lhs": to_term(inner), "op": op, "rhs": to_term(outer)}, context)
            verdict = decide(claim, limits)
            if verdict.status is Status.REFUTED:
                verdict = replace(verdict, reason=Reason.DOMAIN, message=f"{what}: fails. {verdict.message}")
            parts.append(PartVerdict(what, verdict, claim))
    return parts


def judge_line(
    before: Line, line: Line, given: tuple[Any, ...], limits: Limits, lemmas: Mapping[str, Proven] | None = None
) -> StepVerdict:
    """Judge one step: the line before, the line stated, the reason given."""
    start = time.monotonic()
    if isinstance(line.reason, Admitted):
        context = context_of([before.expr, line.expr], given)
        numbers = _numbers(before.expr, line, context, limits)
        if numbers is not None and numbers.verdict.status is Status.REFUTED:
            return _sum_up((numbers,), start, None)
        verdict = Verdict(Status.ADMITTED, Reason.ADMITTED, f"admitted: {line.reason.why}")
        return _sum_up((PartVerdict("admitted", verdict), *([numbers] if numbers else [])), start, None)
    try:
        applied = (
            _use_lemma(before, line.reason, lemmas or {})
            if isinstance(line.reason, LemmaUse)
            else line.reason.apply(before.expr, line.expr, given)  # type: ignore[union-attr]
        )
    except SymrepError as e:
        turned = _read_backwards(before, line, given) if isinstance(e, NotApplicable) else None
        if turned is None:
            return _refused(before, line, given, limits, e, start)
        return _judge_backwards(before, line, turned, given, limits, start)
    context = context_of([before.expr, line.expr, applied.result, *applied.mentions], given)
    parts: list[PartVerdict] = []
    if isinstance(line.reason, LemmaUse) and not applied.rewrites:
        parts.append(_lemma_part(line.reason, lemmas or {}))
        parts += _lemma_domains(line.reason, context, limits)
    if applied.rewrites or (applied.result != before.expr and not isinstance(line.reason, LemmaUse)):
        parts.append(_rule_part(before, line, applied, context, limits))
    stated = _stated(applied.result, line, context, limits)
    parts.append(stated)
    parts += _conditions(line.expr, context, limits)
    proved = all(p.verdict.status is Status.PROVED for p in parts)
    budget = replace(limits, refute=limits.guard, agree=limits.guard) if proved else limits
    numbers = _numbers(before.expr, line, context, budget)
    if numbers is not None:
        parts.append(numbers)
    return _sum_up(tuple(parts), start, applied.result)


def _read_backwards(before: Line, line: Line, given: tuple[Any, ...]) -> Applied | None:
    """An equality may be read from right to left: the rule then leads from the stated line to the one before."""
    if line.op != "=" or not isinstance(line.reason, Rule):
        return None
    try:
        applied: Applied = line.reason.apply(line.expr, before.expr, given)
    except SymrepError:
        return None
    return None if applied.result == line.expr else applied


def _judge_backwards(
    before: Line, line: Line, applied: Applied, given: tuple[Any, ...], limits: Limits, start: float
) -> StepVerdict:
    context = context_of([before.expr, line.expr, applied.result, *applied.mentions], given)
    swapped = replace(before, reason=line.reason, op="=")
    parts = [_stated(applied.result, swapped, context, limits), _rule_part(line, swapped, applied, context, limits)]
    parts += _conditions(line.expr, context, limits)
    numbers = _numbers(before.expr, line, context, limits)
    if numbers is not None:
        parts.append(numbers)
    return _sum_up(tuple(parts), start, None)


def _rule_part(before: Line, line: Line, applied: Applied, context: Context, limits: Limits) -> PartVerdict:
    """The theorem behind the rule; when the kernel cannot establish it, its guards and then plain numbers speak."""
    if applied.rewrites:
        data = {"before": to_term(before.expr), "after": to_term(applied.result), "rewrites": list(applied.rewrites)}
        claim = Claim("rewrite", data, context)
    else:
        claim = _equal(before.expr, applied.result, context)
    what = f"the rule: {getattr(line.reason, 'name', 'lemma')}"
    answer = _kernel(claim, limits)
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
    verdict = decide(_equal(before.expr, applied.result, context), limits, prove=False)
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
        at = Context(symbols, {**extra.functions, **context.functions}, (*context.given, *relations))
        verdict = _refuted(_equal(g.lhs, g.rhs, at), limits)
        if verdict is not None:
            message = f"{g.what} fails. {verdict.message}" + (f". Right would be {g.instead}" if g.instead else "")
            return replace(verdict, reason=g.reason, message=message)
    return None


def _stated(result: Any, line: Line, context: Context, limits: Limits) -> PartVerdict:
    """The line as stated against the line as computed."""
    claim = _line_claim(result, line, context)
    regroup = line.op == "=" and contains(claim.data["lhs"], ("expect",))
    verdict = decide(claim, limits, prove=line.op != "~", regroup=regroup)
    if verdict.certificate is not None and verdict.certificate.data["claim"]["kind"] == "rewrite":
        claim = _linear(claim)
    if verdict.status is Status.REFUTED and verdict.witness is not None and "piecewise" in str(claim.data):
        zero = [s.strip("0.") in ("", "-") for s in (verdict.witness.lhs, verdict.witness.rhs)]
        if zero[0] != zero[1]:
            side = "right line vanishes" if zero[0] else "stated line vanishes"
            verdict = replace(
                verdict,
                reason=Reason.SUPPORT_WRONG,
                message=f"the supports differ: the {side} there. {verdict.message}",
            )
    return PartVerdict("the line as stated", verdict, claim)


def _line_claim(left: Any, line: Line, context: Context) -> Claim:
    if line.op == "=":
        return _equal(left, line.expr, context)
    if line.op == "~":
        gap = sp.Abs(left - line.expr, evaluate=False)
        data = {"lhs": to_term(gap), "op": "<=", "rhs": to_term(line.tolerance * sp.Abs(line.expr, evaluate=False))}
        return Claim("relation", data, context)
    return Claim("relation", {"lhs": to_term(left), "op": line.op, "rhs": to_term(line.expr)}, context)


def _numbers(before: Any, line: Line, context: Context, limits: Limits) -> PartVerdict | None:
    """The line before against the line stated, by numbers alone: refutation wins over everything."""
    try:
        claim = _line_claim(before, line, context)
    except BadInput:
        return None
    refutation = _refuted(claim, limits)
    if refutation is not None:
        return PartVerdict("numbers", refutation, claim)
    agreed = _agreement(claim, limits)
    if agreed is None:
        return None
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
            parts += _conditions(before.expr, context, limits)
    return _sum_up(tuple(parts), start, None)


# --- lemmas -------------------------------------------------------------------------------------------------------


def _use_lemma(before: Line, use: LemmaUse, lemmas: Mapping[str, Proven]) -> Applied:
    known = lemmas.get(use.derivation.name)
    if known is None or known.first is None:
        raise NotApplicable("lemma", "a derivation that could be judged", use.derivation.name)
    if not known.equality:
        raise NotApplicable("lemma", "a derivation of an equality", use.derivation.name)
    values = dict(use.values)
    lhs, rhs = (e.subs(values, simultaneous=True) for e in (known.first, known.last))
    backward = False
    result = before.expr.xreplace({lhs: rhs})
    if result == before.expr:
        result, backward = before.expr.xreplace({rhs: lhs}), True
    if result == before.expr:
        raise NotApplicable("lemma", f"a line that contains {lhs}", str(before.expr)[:120])
    rewrites: tuple[Mapping[str, Any], ...] = ()
    if known.status is Status.PROVED:
        instance = {
            "theorem": "lemma",
            "lhs": to_term(lhs),
            "rhs": to_term(rhs),
            "context": known.context.to_json(),
            "steps": [list(s) for s in known.steps],
            "values": {k.name: to_term(v) for k, v in values.items()},
        }
        rewrites = ({**instance, "backward": True} if backward else instance,)
    return Applied(result, rewrites, mentions=(lhs, rhs))


def _lemma_part(use: LemmaUse, lemmas: Mapping[str, Proven]) -> PartVerdict:
    """A lemma that is less than proved passes its status on."""
    known = lemmas[use.derivation.name]
    message = f"rests on {use.derivation.name}, which is {known.status.name}"
    reason = Reason.HOLDS if known.status > Status.UNDECIDED else Reason.NOTHING_APPLIED
    if known.status is Status.REFUTED:
        reason = Reason.UNEQUAL
    evidence = (Evidence("lemma", message, {"name": use.derivation.name}),)
    return PartVerdict("the lemma", Verdict(known.status, reason, message, evidence, hypotheses=known.hypotheses))


_SIGNS: Final = {"positive": ">", "nonnegative": ">=", "negative": "<", "nonzero": "!="}


def _lemma_domains(use: LemmaUse, context: Context, limits: Limits) -> list[PartVerdict]:
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
    return parts


#: a condition left open, and the reason to give when numbers then refute the line that rests on it
_CONDITIONS: Final[Mapping[Reason, Reason]] = {
    **{
        r: r
        for r in (
            Reason.DOMAIN,
            Reason.NOT_DOMINATED,
            Reason.JUMP,
            Reason.SUPPORT_MOVES,
            Reason.SUPPORT_WRONG,
            Reason.INVERSE_WRONG,
            Reason.BRANCH_MISSING,
            Reason.NOT_PUSHFORWARD,
            Reason.BOUNDARY_TERM,
        )
    },
    Reason.NOT_INTEGRABLE: Reason.NOT_DOMINATED,
}


# --- summing up ---------------------------------------------------------------------------------------------------


def _sum_up(parts: tuple[PartVerdict, ...], start: float, result: Any) -> StepVerdict:
    seconds = time.monotonic() - start
    ruling = [p for p in parts if p.what != "numbers"]
    numbers = next((p for p in parts if p.what == "numbers"), None)
    status = weakest(p.verdict.status for p in ruling) if ruling else Status.UNDECIDED
    almost = any(p.verdict.almost_everywhere for p in ruling)
    hypotheses = tuple(dict.fromkeys(h for p in ruling for h in p.verdict.hypotheses))
    deciding = next((p for p in ruling if p.verdict.status is status), parts[0])
    if numbers is not None and numbers.verdict.status is Status.REFUTED:
        if status is Status.PROVED:
            message = f"the checks disagree; please report this. Numbers say: {numbers.verdict.message}"
            return StepVerdict(
                Status.UNDECIDED,
                Reason.CONTRADICTION,
                message,
                parts,
                numbers.verdict.witness,
                result=result,
                seconds=seconds,
            )
        if status is not Status.REFUTED:
            known = deciding.verdict.reason if status is Status.UNDECIDED else Reason.HOLDS
            deciding = numbers
            status = Status.REFUTED
            if known in _CONDITIONS:  # the condition that could not be established is the one that fails
                why = replace(numbers.verdict, reason=_CONDITIONS[known])
                deciding = replace(numbers, verdict=why)
    verdict = deciding.verdict
    witness = verdict.witness
    if status is Status.REFUTED and witness is None:
        witness = next((p.verdict.witness for p in parts if p.verdict.witness is not None), None)
    return StepVerdict(
        status,
        verdict.reason,
        verdict.message,
        parts,
        witness,
        hypotheses=hypotheses,
        almost_everywhere=almost,
        result=result,
        seconds=seconds,
    )
