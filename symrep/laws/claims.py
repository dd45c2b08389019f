"""Questions out of equations, relations and steps: SymPy in, a question for the judge out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim
from symrep.derivation import Line
from symrep.errors import BadInput, SymrepError
from symrep.family import LEVEL, Family
from symrep.judge import Limits, decide, judge_line
from symrep.judge.deciding import ask_kernel
from symrep.judge.parts import StepVerdict
from symrep.kernel.fail import NotProved
from symrep.laws.law import Hint, Question
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.term import contains
from symrep.translate import context_of, to_term
from symrep.verdict import Evidence, Reason, Status, Verdict
from symrep.verifying.deciding import limits_within, verdict_of

__all__ = [
    "agreement_in",
    "ambient",
    "either_side",
    "equation",
    "existing",
    "fresh",
    "held",
    "log_of",
    "log_weight",
    "open_verdict",
    "or_standardised",
    "point",
    "refuted",
    "relation",
    "slope",
    "standardised",
    "step",
    "times",
    "total",
    "where",
    "where_in",
]

#: what may prove an equation, within so many seconds
Idea = Callable[[Claim, float], Verdict | None]

#: the text of a claim -> the longest time it was given, and what was found
_FOUND: Final[dict[str, tuple[float, Verdict]]] = {}

#: and the same of steps: the lines, the reason, the relations
_STEPS: Final[dict[tuple[Any, ...], tuple[float, Verdict]]] = {}

#: seconds for SymPy's algorithms on one integral, and once they failed on so many with the same symbols
_PATIENT: Final = 8.0
_IMPATIENT: Final = 1.5
_TRIES: Final = 2
#: by their symbols, the integrals whose value was looked for in vain
_IN_VAIN: Final[Counter[tuple[tuple[str, str], ...]]] = Counter()

_OPS: Final = {sp.StrictLessThan: "<", sp.LessThan: "<=", sp.StrictGreaterThan: ">", sp.GreaterThan: ">="}


def open_verdict(words: str, reason: Reason = Reason.NOTHING_APPLIED) -> Verdict:
    return Verdict(Status.UNDECIDED, reason, words, (Evidence("laws", words),))


def refuted(words: str, reason: Reason = Reason.UNEQUAL) -> Verdict:
    """A refutation by something that was computed exactly and is said in words."""
    return Verdict(Status.REFUTED, reason, words, (Evidence("laws", words),))


def total(family: Family, weight: Any) -> Any:
    """∫ or Σ of a function of the variable over the support."""
    s = family.support
    if family.discrete and s.low == -sp.oo and s.high == sp.oo:  # in two halves
        k, w = family.variable, as_expr(weight)
        return sp.Sum(w, (k, 0, sp.oo)) + sp.Sum(w.subs(k, -k), (k, 1, sp.oo))
    kind = sp.Sum if family.discrete else sp.Integral
    return kind(as_expr(weight), (family.variable, as_expr(s.low), as_expr(s.high)))


def times(body: Any, weight: Any) -> Any:
    """The product, term by term where the weight is a Bessel function: what the score divides by is cancelled then, and
    numbers of it are found a hundred times sooner.
    """
    body, weight = as_expr(body), as_expr(weight)
    if not weight.has(sp.besseli, sp.besselj, sp.besselk, sp.bessely):
        return body * weight
    return sp.Add(*(t * weight for t in sp.Add.make_args(sp.expand_mul(body, deep=False))))


def standardised(family: Family, body: Any) -> Any:
    """The integral of a function of the variable over the support after x = location + scale t; None where the roles
    and the support do not suggest one, or nothing becomes simpler.
    """
    if family.discrete:
        return None
    roles = {d.role: s for s, d in reversed(list(family.parameters.items()))}
    scale = next((roles[r] for r in ("scale", "standard deviation") if r in roles), None)
    scale = 1 / roles["rate"] if scale is None and "rate" in roles else scale
    centre = roles.get("location", sp.S.Zero)
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    ends = [e if e in (sp.oo, -sp.oo) else sp.simplify((e - centre) / (scale or 1)) for e in (low, high)]
    if (scale is None and centre == 0) or any(e.free_symbols for e in ends):
        return None
    kind = "positive" if ends[0].is_nonnegative else "real"
    t, scale = fresh("t", kind, family), sp.S.One if scale is None else scale
    new = sp.expand_log(sp.simplify(as_expr(body).subs(family.variable, centre + scale * t) * scale))
    return sp.Integral(new, (t, *ends))


def log_of(weight: Any) -> Any:
    """The logarithm, taken apart where that is right for all values in the domains."""
    return sp.expand_log(sp.log(weight))


def log_weight(family: Family, weight: Any = None) -> Any:
    """The logarithm of the density or pmf, or of another weight on the support, taken apart where that is right there:
    log(x**2) is 2*log(x) if the support is on one side of zero.
    """
    x, z = family.variable, point(family)
    weight = as_expr(family.weight if weight is None else weight)
    if kind_of(z) in (kind_of(x), "real"):
        return log_of(weight)
    return log_of(weight.xreplace({x: z})).xreplace({z: x})


def slope(f: Any, by: Any) -> Any:
    """The derivative off the jumps of signs and steps in it: for claims that hold almost everywhere."""
    return sp.diff(f, by).replace(sp.DiracDelta, lambda *_: sp.S.Zero)


def fresh(name: str, kind: str, family: Family, *more: Any) -> Any:
    """A symbol that is none of the family's."""
    taken = {s.name for s in (*family.parameters, family.variable, LEVEL)} | {s.name for s in more}
    while name in taken:
        name += "_"
    return DomainSymbol(name, kind)


def point(family: Family) -> Any:
    """A symbol for a point of the support: its kind is the narrowest that SymPy and symrep both know."""
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    if family.discrete:
        kind = "positive integer" if low.is_positive else "nonnegative integer" if low.is_nonnegative else "integer"
    elif (low, high) == (0, 1):
        kind = "unit"
    else:
        kind = "positive" if low.is_nonnegative else "negative" if high.is_nonpositive else "real"
    return fresh("z", kind, family)


def where_in(family: Family, z: Any) -> tuple[Any, ...]:
    """The relations that put ``z`` into the support, without those its kind says already."""
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    out = []
    closed = family.discrete
    if low != -sp.oo:
        out.append(z >= low if closed else z > low)
    if high != sp.oo:
        out.append(z <= high if closed else z < high)
    said = {z > 0} if kind_of(z) in ("positive", "unit") else set()
    if kind_of(z) == "unit":
        said.add(z < 1)
    return tuple(r for r in out if r not in said and r is not sp.true)


def either_side(given: Iterable[Any]) -> list[tuple[str, tuple[Any, ...]]]:
    """The given relations in two cases, below and above a value that is left out, and the case in words: no sign can be
    had across it. One case where no value is left out.
    """
    known = tuple(given)
    holes = [r for r in known if isinstance(r, sp.Ne)]
    if not holes:
        return [("", known)]
    rest = tuple(r for r in known if r is not holes[0])
    a, b = holes[0].lhs, holes[0].rhs
    return [(f" for {r}{words}", (*more, r)) for r in (a < b, a > b) for words, more in either_side(rest)]


def where(conditions: Iterable[Any]) -> str:
    """Conditions that a law has found itself, for the words of a claim."""
    told = " and ".join(map(str, conditions))
    return f", where {told}" if told else ""


def ambient(given: Iterable[Any]) -> tuple[Any, ...]:
    """The relations that SymPy does not see to hold from the domains."""
    return tuple(r for r in given if r is not sp.true and r is not True)


def held(given: Iterable[Any]) -> tuple[dict[Any, Any], tuple[Any, ...]]:
    """What the given equations say symbols are, put into one another, and the other relations with that put in."""
    table: dict[Any, Any] = {}
    rest = []
    for r in ambient(given):
        r = r.subs(table)
        if isinstance(r, sp.Eq) and r.lhs.is_Symbol and not r.rhs.has(r.lhs):
            table = {s: as_expr(v).subs(r.lhs, r.rhs) for s, v in table.items()} | {r.lhs: r.rhs}
        else:
            rest.append(r)
    return table, ambient(as_expr(r).subs(table) if hasattr(r, "subs") else r for r in rest)


def equation(
    what: str,
    lhs: Any,
    rhs: Any,
    given: Iterable[Any] = (),
    *,
    hint: Hint | None = None,
    derived: bool = False,
    stated: str = "",
    almost_everywhere: bool = False,
    first: Idea | None = None,
    then: Idea | None = None,
    search: float = _PATIENT,
) -> Question:
    """``lhs = rhs`` wherever the given relations hold: proved, supported, or refuted at a point and diagnosed.

    ``first`` may know a proof; ``then`` is asked for one where the value of an integral is not found at once. At most
    ``search`` seconds go to SymPy's algorithms.
    """
    table, rest = held(given)
    lhs, rhs = as_expr(lhs).subs(table), as_expr(rhs).subs(table)
    try:
        known = context_of([lhs, rhs], rest)
        data = {"lhs": to_term(as_expr(lhs)), "rhs": to_term(as_expr(rhs)), "almost_everywhere": almost_everywhere}
        claim = Claim("equal", data, known)
    except BadInput as e:
        words = str(e)
        return Question(what, lambda _: open_verdict(words, Reason.ERROR), derived, None, hint, stated)
    return Question(what, partial(_found, claim, first, then, search), derived, claim, hint, stated)


def _found(claim: Claim, first: Idea | None, then: Idea | None, most: float, seconds: float) -> Verdict:
    """The verdict, remembered: one law asks what another one has asked. With less time nothing more is found, and what
    holds or fails does so whatever the time.
    """
    key = claim.key()
    spent, verdict = _FOUND.get(key, (0.0, None))
    if verdict is not None and (seconds <= spent or verdict.status in (Status.PROVED, Status.REFUTED)):
        return verdict
    found = first(claim, seconds) if first is not None else None
    if found is None:
        about = tuple(sorted(claim.context.symbols.items()))
        search = min(most, _PATIENT if _IN_VAIN[about] < _TRIES else _IMPATIENT)
        found = verdict_of(claim, seconds, None if then is None else partial(then, claim), search)
        integral = any(contains(claim.data[k], ("integral",)) for k in ("lhs", "rhs"))
        if integral and found.status is not Status.PROVED and found.status is not Status.REFUTED:
            _IN_VAIN[about] += 1
    _FOUND[key] = seconds, found
    return found


def or_standardised(question: Question, family: Family, body: Any, value: Any, given: Iterable[Any]) -> Question:
    """The same question, asked again after x = location + scale t if it stays open. Then never more than SUPPORTED."""

    def found(seconds: float) -> Verdict:
        verdict = question.decide(seconds)
        if verdict.status is not Status.UNDECIDED:
            return verdict
        integral = standardised(family, body)
        if integral is None:
            return verdict
        known = agreement_in(verdict)
        if known is not None:  # the numbers are known to agree: what is missing is that there is a value everywhere
            return _convergent(integral, given, known, seconds) or verdict
        second = equation("", integral, value, given, search=0.0).decide(seconds)
        if second.status is Status.PROVED:
            words = f"after x = location + scale*{integral.limits[0][0]}, then proved; the substitution itself is not"
            return Verdict(Status.SUPPORTED, Reason.HOLDS, words, second.evidence)
        return second if second.status in (Status.SUPPORTED, Status.REFUTED) else verdict

    return replace(question, decide=found)


def existing(question: Question, integral: Any, value: Any, given: Iterable[Any], what: str) -> Question:
    """The same question; refuted where the integral is proved to diverge for all parameters: there is no such number.
    Of a value that is stated to be infinite nothing more is asked.
    """
    if as_expr(value).has(sp.oo, -sp.oo, sp.zoo):
        return question

    def found(seconds: float) -> Verdict:
        try:
            claim = Claim("defined", {"term": to_term(integral)}, context_of([integral], held(given)[1]))
        except BadInput:
            return question.decide(seconds)
        answer = ask_kernel(claim, replace(limits_within(seconds), kernel=0.15 * seconds))
        if isinstance(answer, NotProved) and answer.definite and "diverges" in str(answer):
            return refuted(f"the law has no {what}: {answer}", Reason.NOT_INTEGRABLE)
        return question.decide(seconds)

    def hint(verdict: Verdict) -> str:
        named = question.hint is not None and verdict.reason is not Reason.NOT_INTEGRABLE
        return question.hint(verdict) if named and question.hint else ""

    return replace(question, decide=found, hint=hint)


def agreement_in(verdict: Verdict) -> Evidence | None:
    """What a verdict says of points at which the two sides agree."""
    return next((e for e in verdict.evidence if e.data.get("agreeing_bits") is not None), None)


def _convergent(integral: Any, given: Iterable[Any], known: Evidence, seconds: float) -> Verdict | None:
    """SUPPORTED by numbers, once an integral is proved to have a value for all parameters; or None."""
    if known.data.get("half_defined_points") or known.data.get("undecided_points"):
        return None
    try:
        claim = Claim("defined", {"term": to_term(integral)}, context_of([integral], held(given)[1]))
    except BadInput:
        return None
    if not isinstance(ask_kernel(claim, replace(limits_within(seconds), kernel=0.15 * seconds)), Verdict):
        return None
    words = f"{known.says}; that it converges is proved after x = location + scale*{integral.limits[0][0]}"
    return Verdict(Status.SUPPORTED, Reason.HOLDS, words, (known,))


def relation(
    what: str, rel: Any, given: Iterable[Any] = (), *, hint: Hint | None = None, stated: str = "", derived: bool = False
) -> Question:
    """A SymPy inequality under the given relations."""

    def found(seconds: float) -> Verdict:
        op = _OPS.get(type(rel))
        if op is None:
            return open_verdict(f"{rel} is no inequality")
        try:
            known = context_of([rel.lhs, rel.rhs], ambient(given))
            data = {"lhs": to_term(rel.lhs), "op": op, "rhs": to_term(rel.rhs)}
            return decide(Claim("relation", data, known), limits_within(seconds))
        except BadInput as e:
            return open_verdict(str(e), Reason.ERROR)

    return Question(what, found, derived, None, hint, stated)


def step(
    what: str,
    before: Any,
    after: Any,
    reason: Any,
    given: Iterable[Any] = (),
    *,
    hint: Hint | None = None,
    stated: str = "",
    derived: bool = False,
) -> Question:
    """A line of a derivation: ``before = after`` by a rule, with all of the rule's conditions."""
    table, rest = held(given)

    def found(seconds: float) -> Verdict:
        lines = (as_expr(before).subs(table), as_expr(after).subs(table))
        key = (*lines, reason, rest)
        spent, verdict = _STEPS.get(key, (0.0, None))
        if verdict is None or (seconds > spent and verdict.status not in (Status.PROVED, Status.REFUTED)):
            verdict = judged(lines, seconds)
            _STEPS[key] = seconds, verdict
        return verdict

    def judged(lines: tuple[Any, Any], seconds: float) -> Verdict:
        # that numbers agree says nothing of all functions, and makes no step better: they get the time to refute
        limits = replace(
            Limits(), kernel=seconds / 2, first=min(2.5, seconds / 4), refute=seconds / 4, agree=seconds / 20
        )
        start = time.monotonic()
        try:
            step = judge_line(Line(lines[0], "=", None, 0), Line(lines[1], "=", reason, 0), rest, limits)
        except SymrepError as e:
            return open_verdict(str(e), Reason.ERROR)
        return _summed(step, time.monotonic() - start)

    return Question(what, found, derived, None, hint, stated)


def _summed(step: StepVerdict, seconds: float) -> Verdict:
    """The part that decides a step, with the status of the whole."""
    parts = [p for p in step.parts if p.verdict.status is step.status]
    if not parts:
        return Verdict(
            min(step.status, Status.SUPPORTED), step.reason, step.message, tuple(step.parts[-1].verdict.evidence)
        )
    part = parts[0]
    return replace(part.verdict, message=step.message or part.verdict.message, hypotheses=step.hypotheses)
