"""One claim of a document, decided: by the judge's checks, and by the rules where something is swapped or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final, final

import sympy as sp

from symrep import rules
from symrep.checking.at_numbers import at_numbers, summing_to_one
from symrep.checking.counted import counted
from symrep.checking.ends import with_integrals, with_values
from symrep.checking.images import spelled_images
from symrep.checking.meeting import Apart, Meeting, convergent, meet, narrowed, natural, supports, turning, undetermined
from symrep.checking.moments import moments_of_normals
from symrep.checking.normals import WHY, with_normals
from symrep.checking.opaque import closed_means, differentiated
from symrep.checking.ordered import ordered
from symrep.checking.reconsidering import at_an_end, members, positive_families, rounded, statistics, with_families
from symrep.checking.valued import MOMENTS, by_values
from symrep.checking.written_out import paths, spelled
from symrep.claim import Claim, Context
from symrep.clock import now
from symrep.derivation import Line
from symrep.errors import SymrepError
from symrep.judge import Limits, StepVerdict, decide, judge_line
from symrep.notation import Density, Derivative_, Expectation, Variance
from symrep.notation import Divergence as Kullback
from symrep.reading.latex.joints import has_joint
from symrep.term import contains
from symrep.translate import context_of, to_term
from symrep.verdict import Reason, Status, Verdict
from symrep.verifying.deciding import consistent, limits_within, verdict_of

__all__ = ["Judged", "agree_soon", "judge", "of_normals"]

_FAILS: Final = (
    SymrepError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
_HEAVY: Final = ("expect", "expect_sample", "expect_each", "kl", "push", "sample_mean")
_OPS: Final = {"=": "==", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "!=": "!="}
Outcome = Verdict | StepVerdict

_HANG_TOGETHER: Final = (
    "it does not follow from what conditional densities and means are; it may from what is known of these (a law, "
    "independence): say it (q(z|x) = …, X ~ …)"
)

_POSITIVE: Final = "meant where the densities are positive"
_MEANS: Final = "meant where what is averaged has a mean"
_SMOOTH: Final = "meant where the densities have the derivatives that are written"
_NOTED: Final = "meant where {} > 0, as its logarithms, roots and parameters need"


@final
@dataclass(frozen=True)
class Judged:
    """A verdict on ``left op right`` and what was assumed for it. ``pairs`` are what was compared in the end.

    ``apart``: why the two cannot be compared at all; then there is no verdict.
    """

    verdict: Outcome | None
    pairs: tuple[Meeting, ...] = ()
    given: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()
    apart: str = ""

    @property
    def status(self) -> Status | None:
        return None if self.verdict is None else self.verdict.status


def judge(left: Any, op: str, right: Any, argument: Any, given: Sequence[Any], seconds: float) -> Judged:
    """What is known of a claim after about so many seconds. Never raises on strange expressions."""
    spelled_out = spelled_images(left, right, tuple(given), seconds)
    if isinstance(spelled_out, str):
        return Judged(None, apart=spelled_out)
    if spelled_out is not None:
        got = judge(spelled_out.lhs, op, spelled_out.rhs, argument, (*given, *spelled_out.where), seconds)
        return replace(got, notes=tuple(dict.fromkeys((*spelled_out.notes, *got.notes))))
    try:
        pairs = meet(left, right, argument)
    except Apart as e:
        return Judged(None, apart=str(e))
    if op != "=" and len(pairs) != 1:
        return Judged(None, apart="an order between lists")
    out: Judged | None = None
    for k, pair in enumerate(pairs):
        if alone := members(pair.lhs, pair.rhs, *(g for g in given if isinstance(g, sp.Basic))):
            pair = pairs[k] = replace(pair, lhs=pair.lhs.xreplace(alone), rhs=pair.rhs.xreplace(alone))
            given = [g.xreplace(alone) for g in given]
        if table := narrowed(pair.lhs, pair.rhs):
            said = sorted(f"{s.name} is {s.kind}, as its law needs" for s in table.values())
            pair = replace(pair, lhs=pair.lhs.xreplace(table), rhs=pair.rhs.xreplace(table), notes=(*pair.notes, *said))
            pairs[k], given = pair, [g.xreplace(table) for g in given]
        got = _reconsidered(pair, op, _one(pair, op, tuple(given), seconds / len(pairs)), seconds / len(pairs))
        if got.verdict is None:
            return got
        if out is None or out.verdict is None or got.verdict.status < out.verdict.status:
            out = got
    if out is None:
        return Judged(None, apart="nothing to compare")
    return replace(
        out, pairs=tuple(pairs), notes=tuple(dict.fromkeys(n for p in pairs for n in (*p.notes, *out.notes)))
    )


def _one(pair: Meeting, op: str, given: tuple[Any, ...], seconds: float) -> Judged:
    lhs, rhs = pair.lhs, pair.rhs
    known = undetermined(lhs) | undetermined(rhs)
    free = undetermined(lhs) ^ undetermined(rhs)
    joint = has_joint(known) or has_joint(getattr(s, "name", "") for s in lhs.free_symbols | rhs.free_symbols)
    told = f"nothing is known of {', '.join(sorted(free))}: the line may say what it is"
    if free and not joint:
        return Judged(None, (pair,), given, apart=told)
    means: tuple[str, ...] = ()
    if joint:
        lhs, rhs = closed_means(lhs, rhs)
        means = (_MEANS,) if (lhs, rhs) != (pair.lhs, pair.rhs) else ()
    lhs, rhs = with_values(lhs, rhs, given, seconds)
    deadline = now() + seconds
    try:
        verdict = _decided(lhs, op, rhs, given, seconds, deadline)
    except _FAILS as e:
        return Judged(None, (pair,), given, apart=f"not compared: {type(e).__name__}: {str(e)[:160]}")
    derived = joint and any(s.has(Derivative_) for s in (pair.lhs, pair.rhs))
    if derived and verdict.status in (Status.UNDECIDED, Status.REFUTED):
        with suppress(*_FAILS):  # what has derivatives that are written
            smooth = closed_means(*differentiated(pair.lhs, pair.rhs))
            again = _decided(smooth[0], op, smooth[1], (*given, *natural(*smooth)), seconds, deadline + seconds / 2)
            if again.status is Status.PROVED:
                return Judged(again, (pair,), given, (*means, _SMOOTH))
    if joint and (verdict.status is Status.REFUTED or verdict.reason is Reason.NOTHING_APPLIED):
        verdict = Verdict(Status.UNDECIDED, Reason.NOT_DECLARED, _HANG_TOGETHER)
    if verdict.status in (Status.PROVED, Status.SUPPORTED):
        return Judged(verdict, (pair,), given, means)
    if verdict.status is Status.REFUTED and op == "=" and (within := [r for r in supports(lhs, rhs) if r not in given]):
        try:
            again = _decided(lhs, op, rhs, (*given, *within), seconds, deadline + seconds / 2)
        except _FAILS:
            again = verdict
        if again.status is not Status.REFUTED and again.reason is not Reason.ERROR:
            notes = tuple(f"meant on the support, where {r}" for r in within)
            return Judged(again, (pair,), (*given, *within), notes)
        if again.status is Status.REFUTED:
            verdict, given = again, (*given, *within)
    diverges = verdict.status is Status.REFUTED and verdict.reason is Reason.NOT_INTEGRABLE
    open_ = diverges or verdict.status is Status.UNDECIDED
    means_too = (spelled(lhs), spelled(rhs)) if diverges and (lhs.has(Expectation) or rhs.has(Expectation)) else ()
    if open_ and (within := [r for r in convergent(lhs, rhs, *means_too) if r not in given]):
        also = [r for r in natural(lhs, rhs) if r not in (*given, *within)] if diverges else []
        for more in ((), tuple(also))[: 1 + bool(also)]:  # ∫_0^x t^(s−1) needs x > 0, too
            with suppress(*_FAILS):
                again = _decided(lhs, op, rhs, (*given, *within, *more), seconds, deadline + seconds / 2)
                refuted = again.status is Status.REFUTED and again.reason is not Reason.NOT_INTEGRABLE and not joint
                if (refuted or again.status in (Status.PROVED, Status.SUPPORTED)) and again.reason is not Reason.ERROR:
                    notes = tuple(f"meant where {r}, where the series or the integral converges" for r in within)
                    notes += tuple(_NOTED.format(r.lhs) for r in more)
                    return Judged(again, (pair,), (*given, *within, *more), notes)
    if verdict.status is Status.UNDECIDED and op == "=":
        valued = with_integrals(lhs, rhs, given, seconds)
        with suppress(*_FAILS):
            again = verdict if valued is None else _decided(valued[0], op, valued[1], given, seconds, deadline)
            if again.status is Status.PROVED or (again.status is Status.REFUTED and again.reason is Reason.UNEQUAL):
                return Judged(again, (pair,), given, ("with the values of its integrals, which are proved",))
    if verdict.status is Status.UNDECIDED and op == "=" and (both := turning(lhs, rhs)):
        with suppress(*_FAILS):  # upwards, and downwards
            ways = [_decided(a, op, b, given, seconds, now() + seconds / 2) for a, b in both]
            if all(w.status is Status.PROVED for w in ways):
                return Judged(ways[0], (pair,), given, ("for integrals upwards, and for such downwards",))
    if verdict.status is Status.UNDECIDED and op == "=" and (cases := ordered(lhs, rhs, given)):
        with suppress(*_FAILS):
            cases_hold = takewhile(
                _proved, (_decided(a, op, b, g, seconds / 2, now() + seconds / 2) for a, b, g in cases)
            )
            if len(all_ways := list(cases_hold)) == len(cases):
                orders = "for integrals upwards, over nothing and downwards, as far as these may be"
                return Judged(all_ways[0], (pair,), given, (orders,))
    if verdict.status in (Status.UNDECIDED, Status.REFUTED) and op == "=" and not joint:
        for way in counted(lhs, rhs, given):
            with suppress(*_FAILS):
                there = _decided(way.lhs, op, way.rhs, way.given, seconds / 2, now() + seconds / 2)
                if there.status is Status.PROVED:
                    return Judged(there, (pair,), (*given, way.relation), (f"meant where {way.relation}",))
                if verdict.status is Status.REFUTED and way.summed:  # at no point where the sum is empty
                    verdict = _decided(lhs, op, rhs, (*given, way.relation), seconds, deadline + seconds / 2)
                    given = (*given, way.relation)
    if verdict.status is Status.UNDECIDED and op == "=" and not joint:
        with suppress(*_FAILS):
            if (few := at_numbers(lhs, rhs, given)) is not None:
                meant = (*few[2], *natural(*few[:2]))
                again = _decided(few[0], op, few[1], meant, seconds, now() + seconds / 2)
                if again.status is Status.REFUTED and again.reason is Reason.UNEQUAL:
                    return Judged(again, (pair,), given, ("at the first indices, with three terms in sums",))
    needed = [r for r in natural(lhs, rhs) if r not in given]
    if needed:
        try:
            again = _decided(lhs, op, rhs, (*given, *needed), max(2.0, seconds / 2), deadline + seconds / 2)
        except _FAILS:
            again = verdict
        plain = [r for r in needed if not has_joint(undetermined(r.lhs)) and not r.lhs.has(Density)]
        notes = tuple(_NOTED.format(r.lhs) for r in plain)
        notes += ((_POSITIVE,) if len(notes) < len(needed) else ()) + means
        if joint and again.status is Status.REFUTED:
            again = verdict
        if again.status is not verdict.status and again.reason is not Reason.ERROR:
            return Judged(again, (pair,), (*given, *needed), notes)
        if verdict.status is Status.REFUTED and again.status is Status.REFUTED:
            return Judged(again, (pair,), (*given, *needed), notes)
    return Judged(verdict, (pair,), given)


def _proved(verdict: Outcome) -> bool:
    return verdict.status is Status.PROVED


def _reconsidered(pair: Meeting, op: str, got: Judged, seconds: float) -> Judged:
    """A refutation, unless what it is of may be meant otherwise."""
    if got.status is not Status.REFUTED:
        return got
    if at_an_end(pair.lhs, pair.rhs):
        return Judged(
            None, (pair,), got.given, apart="the value of a density at the end of its support is a convention"
        )
    if op == "=" and (ends := rounded(pair.lhs, pair.rhs)) is not None and _between(*ends, seconds):
        return Judged(None, (pair,), got.given, apart="a rounded number, right to the digits written, and no equality")
    if op == "=" and (weights := _of_weights(pair, got.given, seconds)):
        return Judged(None, (pair,), got.given, apart=f"it holds where the {weights} sum to 1: say so, if they do")
    if means := statistics(pair.lhs, pair.rhs):
        return Judged(
            None, (pair,), got.given, apart=f"what {', '.join(means)} is: the mean of the family, or a variable?"
        )
    if families := positive_families(pair.lhs, pair.rhs):
        meant = Meeting(with_families(pair.lhs, families), with_families(pair.rhs, families), pair.notes)
        given = (with_families(g, families) for g in got.given)
        kept = tuple(g for g in given if isinstance(g, sp.core.relational.Relational))
        again = _one(meant, op, kept, seconds)
        if again.verdict is not None and again.status is not Status.REFUTED:
            notes = tuple(f"meant where every {n} > 0, as its logarithms need" for n in sorted(families))
            return replace(again, notes=(*again.notes, *notes))
    return got


def _of_weights(pair: Meeting, given: tuple[Any, ...], seconds: float) -> str:
    """The family that has to sum to 1 for a line to hold; empty if there is none."""
    with suppress(*_FAILS):
        few = at_numbers(pair.lhs, pair.rhs, given)
        for left, right, base in summing_to_one(*few[:2]) if few is not None else ():
            found = _decided(left, "=", right, (), seconds / 2, now() + seconds / 2)
            if found.status in (Status.PROVED, Status.SUPPORTED):
                return base
    return ""


def _between(value: Any, low: Any, high: Any, seconds: float) -> bool:
    def below(a: Any, b: Any) -> bool:
        return _decided(a, "<", b, (), seconds / 2, now() + seconds / 2).status in (Status.PROVED, Status.SUPPORTED)

    try:
        return below(low, value) and below(value, high)
    except _FAILS:
        return False


def agree_soon(lhs: Any, rhs: Any, seconds: float = 1.0) -> bool:
    """Do a few numbers agree at once with an equality? For proposals, of which there are many."""
    try:
        claim = Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context_of([lhs, rhs], ()))
        return decide(claim, limits_within(seconds), regroup=()).status in (Status.PROVED, Status.SUPPORTED)
    except _FAILS:
        return False


def of_normals(judged: Judged, seconds: float, constants: frozenset[str] = frozenset()) -> Judged:
    """What is undecided of densities nobody spelled out, refuted if it fails of normal ones; else as it was."""
    if judged.status is not Status.UNDECIDED or len(judged.pairs) != 1:
        return judged
    pair = judged.pairs[0]
    found: Outcome | None = None
    for independent in (True, False):  # a line that is true of independent variables may be said of such
        try:
            sides = moments_of_normals(pair.lhs, pair.rhs, independent, constants)
            sides = sides or with_normals(pair.lhs, pair.rhs, independent)
            if sides is None:
                return judged
            found = _decided(sides[0], "=", sides[1], (), seconds, now() + seconds)
        except _FAILS:
            return judged
        if found.status in (Status.PROVED, Status.SUPPORTED):
            return judged
    if found is None or found.status is not Status.REFUTED or found.reason is not Reason.UNEQUAL:
        return judged
    return replace(
        judged, verdict=Verdict(Status.REFUTED, Reason.UNEQUAL, f"{WHY}: {found.message}", witness=found.witness)
    )


def opposed(given: Sequence[Any]) -> bool:
    """Are there two of these relations that cannot both hold: |r| > 1 and |r| < 1?"""
    orders = [r for r in given if isinstance(r, (sp.StrictGreaterThan, sp.StrictLessThan, sp.GreaterThan, sp.LessThan))]
    for k, one in enumerate(orders):
        for other in orders[:k]:
            both = one.gts - one.lts + other.gts - other.lts
            strict = any(isinstance(r, (sp.StrictGreaterThan, sp.StrictLessThan)) for r in (one, other))
            if both.is_number and (both.is_negative or (strict and both.is_zero)):
                return True
    return False


def _decided(lhs: Any, op: str, rhs: Any, given: tuple[Any, ...], seconds: float, deadline: float) -> Outcome:
    context = context_of([lhs, rhs], given)
    left, right = to_term(lhs), to_term(rhs)
    claim = Claim("equal", {"lhs": left, "rhs": right}, context)
    if opposed(given) or (given and not consistent(claim, min(2.0, seconds))):
        return Verdict(Status.UNDECIDED, Reason.ERROR, "what is assumed here cannot hold together")
    if op != "=":
        claim = Claim("relation", {"lhs": left, "op": _OPS[op], "rhs": right}, context)
        return decide(claim, limits_within(seconds))
    heavy = contains(left, _HEAVY) or contains(right, _HEAVY) or contains(left, ("diff",)) or contains(right, ("diff",))
    if not heavy:
        return verdict_of(Claim("equal", {"lhs": left, "rhs": right}, context), seconds)
    return _by_rules(lhs, rhs, given, context, seconds, deadline)


# --- expectations, derivatives, swaps -----------------------------------------------------------------------------


def _by_rules(lhs: Any, rhs: Any, given: tuple[Any, ...], context: Context, seconds: float, deadline: float) -> Outcome:
    """What the checks say, and every rule that could lead from one side to the other."""
    limits = limits_within(seconds)
    if _one_closed(lhs, rhs):  # a value is found sooner than points are compared; the step compares some, too
        valued = _stepped(lhs, rhs, rules.evaluate(), given, limits)
        if valued is not None and valued.status is Status.PROVED:
            return valued
    claim = Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context)
    best: Outcome = decide(claim, limits, regroup=())
    if best.status is Status.PROVED:
        return best
    for reason in _reasons(lhs, rhs):
        if now() > deadline:
            break
        got = _stepped(lhs, rhs, reason, given, limits)
        if got is None:
            continue
        if got.status is Status.PROVED and best.status is not Status.REFUTED:
            return got
        if got.reason is Reason.NOT_DECLARED and best.status is Status.UNDECIDED:
            return got  # no other rule knows more of the function
        if got.status is Status.REFUTED and best.status is Status.REFUTED:
            # numbers refute the line; the rule knows which of its conditions is to blame
            if got.reason not in (Reason.UNEQUAL, Reason.DOES_NOT_APPLY):
                return replace(got, witness=got.witness or best.witness)
        elif best.status is not Status.REFUTED and (got.status > best.status or _tells_more(got, best)):
            best = got
    if best.status is Status.UNDECIDED and now() < deadline:
        written = spelled(lhs), spelled(rhs)
        if written != (lhs, rhs) and not any(s.has(Expectation) for s in written):
            integrals = Claim("equal", {"lhs": to_term(written[0]), "rhs": to_term(written[1])}, context)
            by_value = verdict_of(integrals, max(2.0, deadline - now()))
            if by_value.status is not Status.UNDECIDED:
                return by_value
    if best.status in (Status.UNDECIDED, Status.SUPPORTED) and any(s.has(*MOMENTS) for s in (lhs, rhs)):
        with suppress(*_FAILS):
            of_both = by_values(lhs, rhs, given, seconds, lambda a, b: _stepped(a, b, rules.evaluate(), given, limits))
            return best if of_both is None else of_both
    return best


_TELLING: Final = frozenset(
    (
        Reason.NOT_DECLARED,
        Reason.NOT_DOMINATED,
        Reason.JUMP,
        Reason.LAW_MOVES,
        Reason.SUPPORT_MOVES,
        Reason.NOT_INTEGRABLE,
    )
)


def _tells_more(got: Outcome, best: Outcome) -> bool:
    return got.status is Status.UNDECIDED and best.status is Status.UNDECIDED and got.reason in _TELLING


def _stepped(lhs: Any, rhs: Any, reason: Any, given: tuple[Any, ...], limits: Limits) -> StepVerdict | None:
    """The step as a line of a script."""
    try:
        step = judge_line(Line(lhs, "=", None, 1), Line(rhs, "=", reason, 2), given, limits)
    except _FAILS:
        return None
    if step.reason is Reason.DOES_NOT_APPLY or step.reason is Reason.ERROR:
        return None
    return replace(step, message=f"{reason.name}: {step.message}")


def _reasons(lhs: Any, rhs: Any) -> Iterator[Any]:
    """Rules whose shape the two sides have."""
    both = (lhs, rhs)
    by = sorted({d.variable for s in both for d in s.atoms(Derivative_)}, key=sp.default_sort_key)
    for theta in by[:2]:
        yield rules.differentiate_under_integral(theta)
        if any(s.has(sp.log) for s in both):
            yield rules.score_function(theta)
        yield rules.leibniz(theta)
    if by:
        yield rules.chain_rule()
    if any(s.has(Kullback, Variance) for s in both):
        yield rules.definition()
    laws = [{(e.variables, e.law) for e in s.atoms(Expectation)} for s in both]
    if laws[0] and laws[1] and laws[0] != laws[1]:
        yield from paths(lhs, rhs)
    if any(laws) and any(s.has(sp.Integral) for s in both):
        yield rules.definition()
    if _one_closed(lhs, rhs):
        yield rules.evaluate()
    if any(laws):
        yield rules.linearity()


def _one_closed(lhs: Any, rhs: Any) -> bool:
    """Is one side a closed form for moments or divergences in the other?"""
    return bool(lhs.has(*MOMENTS) != rhs.has(*MOMENTS))
