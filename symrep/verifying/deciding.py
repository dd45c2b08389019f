"""What is known of one identity, within its budget: closed forms by the judge, integrals by proposals first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from symrep.claim import Claim
from symrep.clock import now
from symrep.errors import BadInput
from symrep.judge.deciding import Limits, ask_kernel, compared, decide, first_look
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import replace as put_in
from symrep.running.worker import WorkerError, call
from symrep.term import ONE, ZERO, Term, add, contains, free_symbols, map_children, mul, sym, walk
from symrep.verdict import Evidence, Reason, Status, Verdict
from symrep.verifying.divergent import against_divergence
from symrep.wire import from_json

__all__ = ["consistent", "limits_within", "verdict_of"]

_MEMORY: Final = 2000
_BINDERS: Final = frozenset(("integral", "sum", "product", "limit"))
_PROPOSE: Final = 8.0
_LITTLE_KNOWN: Final = (
    "no value of the integrals or sums was found in closed form, and of their numbers too few are known, or they agree "
    "only roughly"
)


def limits_within(seconds: float) -> Limits:
    """The judge's budgets, cut so that one claim takes no longer than ``seconds``."""
    return Limits(
        kernel=0.3 * seconds,
        first=min(2.5, 0.15 * seconds),
        refute=min(3.0, 0.15 * seconds),
        agree=min(4.0, 0.2 * seconds),
        memory=_MEMORY,
    )


def _left(limits: Limits, deadline: float) -> Limits:
    """The same budgets, none longer than what is left."""
    left = max(0.05, deadline - now())
    return replace(
        limits,
        kernel=min(limits.kernel, left),
        first=min(limits.first, left),
        refute=min(limits.refute, left),
        agree=min(limits.agree, left),
    )


def consistent(claim: Claim, seconds: float) -> bool:
    """Can the hypotheses hold? True also when that was not found out. Of a closed form everything is asked at once, and
    remembered."""
    if closed_form(claim):
        known = first_look(claim, limits_within(seconds))
        if known is not None:
            return known
    if not claim.context.given:
        return True
    try:
        answer: Any = call("verify.consistent", {"context": claim.context.to_json()}, min(2.0, seconds), _MEMORY)
    except (WorkerError, BadInput):
        return True
    return bool(answer["consistent"])


def verdict_of(
    claim: Claim, seconds: float, also: Callable[[float], Verdict | None] | None = None, search: float = _PROPOSE
) -> Verdict:
    """What is known of an identity after at most about so many seconds. Hypotheses are taken to be consistent.

    ``also`` may know of a proof; it is asked where no value of an integral is found at once. At most ``search`` seconds
    go to SymPy's algorithms for an integral.
    """
    limits = limits_within(seconds)
    if closed_form(claim):
        return _at_every_point(claim, decide(claim, limits), limits)
    deadline = now() + seconds
    verdict = _with_binders(claim, limits, deadline, also, search)
    if not _on_null_sets(claim, verdict):
        return verdict
    return _at_every_point(_one_box(claim, limits), verdict, _left(limits, deadline))


def closed_form(claim: Claim) -> bool:
    return not any(contains(claim.data[k], _BINDERS) for k in ("lhs", "rhs"))


def _at_every_point(claim: Claim, verdict: Verdict, limits: Limits) -> Verdict:
    """An identity is about every point: one that was proved off some null sets may fail on them."""
    if verdict.status is not Status.PROVED or not verdict.almost_everywhere:
        return verdict
    return _off_null_sets(verdict, compared(claim, limits).refutation)


def _off_null_sets(verdict: Verdict, refutation: Verdict | None) -> Verdict:
    if refutation is None:
        facts = [f.removeprefix("where ") for e in verdict.evidence for f in e.says.split("; ")]
        where = "; ".join(dict.fromkeys(facts))
        return replace(verdict, message=f"proved by the kernel almost everywhere, where {where}")
    return replace(
        refutation,
        message=f"{refutation.message}; almost everywhere the sides are equal",
        evidence=(*refutation.evidence, *verdict.evidence),
    )


def _binds(t: Term) -> bool:
    return t[0] in _BINDERS


def _converging(t: Term) -> bool:
    """A node that need not have a value."""
    return t[0] == "integral" or (t[0] in ("sum", "product") and any(e[0] == "inf" for e in t[2][1:]))


def _with_binders(
    claim: Claim, limits: Limits, deadline: float, also: Callable[[float], Verdict | None] | None, search: float
) -> Verdict:
    answer = ask_kernel(claim, replace(limits, kernel=limits.first))
    if isinstance(answer, Verdict):
        if _converge((claim.data["lhs"], claim.data["rhs"]), claim, limits):
            return answer
        answer = NotProved("the sides have one normal form, but that they have a value is not proved", Reason.DOMAIN)
        answer_known = True
    else:
        answer_known = False
        if answer.definite:
            return Verdict(Status.REFUTED, answer.reason, str(answer), (Evidence("kernel", str(answer)),))
    if any(s[0] == "limit" for k in ("lhs", "rhs") for s in walk(claim.data[k])):
        return _with_limits(claim, limits, deadline)
    if not answer_known and _has_integral(claim):
        proved = _by_proposals("verify.propose", claim, limits, deadline, quick=True)
        proved = proved or (also(deadline - now()) if also is not None else None)
        if proved is not None:
            return proved
    boxed = _one_box(claim, limits)
    if not answer_known and _has_sum(claim):
        first = compared(boxed, _left(limits, deadline), guard=True)
        if first.refutation is not None:
            return first.refutation
        proved = _by_proposals("verify.sums", claim, limits, deadline)
        if proved is not None:
            return proved
    numbers = compared(boxed, _left(limits, deadline))
    if numbers.refutation is not None:
        return numbers.refutation
    diverging = None if answer_known else against_divergence(claim, _left(limits, deadline))
    if diverging is not None:
        return diverging
    if not answer_known and _has_integral(claim):
        proved = _by_proposals("verify.propose", claim, limits, deadline, longest=search)
        if proved is not None:
            return proved
    tried = Evidence("kernel", f"not proved: {answer}")
    agreed = numbers.agreement
    if agreed is None:
        words = f"neither proved nor refuted: {_LITTLE_KNOWN}"
        nodes = tuple(n for k in ("lhs", "rhs") for n in walk(claim.data[k]) if n[0] == "integral")
        why = _convergence(nodes, claim, limits)
        if why is not None and why.reason is Reason.NOT_INTEGRABLE:
            return Verdict(Status.UNDECIDED, why.reason, f"{words}; and {why.message}", (tried,))
        return Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, words, (tried,))
    missing = _without_value(claim, agreed, limits)
    if missing is not None:
        words = f"{agreed.says}; but {missing}"
        return Verdict(Status.UNDECIDED, Reason.NOT_INTEGRABLE, words, (agreed, tried))
    return Verdict(Status.SUPPORTED, Reason.HOLDS, agreed.says, (agreed, tried))


def _with_limits(claim: Claim, limits: Limits, deadline: float) -> Verdict:
    """By the values of the limits, which the kernel proves; a claim they contradict is refuted with their witness."""
    seconds = min(_PROPOSE, 0.5 * (deadline - now()))
    words = "neither proved nor refuted: the value of a limit is not known"
    open_ = Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, words, (Evidence("kernel", words),))
    try:
        answer: Any = call("verify.limits", {"claim": claim.to_json(), "seconds": seconds}, max(0.1, seconds), _MEMORY)
    except (WorkerError, BadInput):
        return open_
    if answer is None:
        return open_
    if "infinite" in answer:
        return _against_infinity(claim, int(answer["infinite"]), from_json(answer["other"]), limits, deadline) or open_
    rewrite = Claim("rewrite", answer["data"], claim.context)
    proved = ask_kernel(rewrite, _left(limits, deadline))
    if isinstance(proved, Verdict) and not _nothing_left(rewrite, limits):
        return open_
    if isinstance(proved, Verdict) and not _on_null_sets(claim, proved):
        return proved
    plain = Claim("equal", {**claim.data, **{k: from_json(answer[k]) for k in ("lhs", "rhs")}}, claim.context)
    known = Claim("rewrite", {**answer["data"], "after": plain.data["lhs"]}, claim.context)
    value = ask_kernel(known, _left(limits, deadline))
    if isinstance(value, Verdict) and not (value.almost_everywhere and _everywhere(claim)):
        numbers = compared(plain, _left(limits, deadline))
        if numbers.refutation is not None:
            return _off_null_sets(proved, numbers.refutation) if isinstance(proved, Verdict) else numbers.refutation
    return proved if isinstance(proved, Verdict) else open_


def _against_infinity(claim: Claim, sign: int, other: Term, limits: Limits, deadline: float) -> Verdict | None:
    """One side is a limit that is ±∞ whatever the values of the symbols: a point at which the other one is a number."""
    if any(_binds(s) for s in walk(other)):
        return None
    names = sorted(n for n in free_symbols(claim.data["lhs"]) | free_symbols(claim.data["rhs"]))
    here = add(other, *(mul(ZERO, sym(n)) for n in names))
    number = replace(claim, data={**claim.data, "lhs": here, "rhs": add(here, ONE)})
    found = compared(number, _left(limits, deadline)).refutation
    if found is None or found.witness is None:
        return None
    infinite, value = "oo" if sign > 0 else "-oo", found.witness.lhs
    left = other != claim.data["lhs"]
    sides = (infinite, value) if left else (value, infinite)
    at = ", ".join(f"{k} = {v}" for k, v in found.witness.point.items())
    words = f"{f'at {at} ' if at else ''}the left side is {sides[0]}, the right side {sides[1]}"
    evidence = Evidence("kernel", f"the limit is {infinite} for all values of the symbols", {"rigorous": True})
    return Verdict(
        Status.REFUTED, Reason.UNEQUAL, words, (evidence,), replace(found.witness, lhs=sides[0], rhs=sides[1])
    )


def _without_value(claim: Claim, agreed: Evidence, limits: Limits) -> str | None:
    """Few points agree where there is an integral: that there is a value at all others is a question of its own. What
    is not known about that, or None.
    """
    nodes = [s for k in ("lhs", "rhs") for s in walk(claim.data[k]) if _converging(s)]
    if not any(free_symbols(s) for s in nodes):
        return None
    integrals = tuple(s for s in nodes if s[0] == "integral")
    answer = _convergence(integrals, claim, limits)
    if answer is not None and answer.reason is Reason.NOT_INTEGRABLE:
        return answer.message
    if answer is None and not agreed.data.get("half_defined_points", 0) and not agreed.data.get("undecided_points", 0):
        return None
    return "it is not known that the integrals and sums converge for all values of the symbols"


def _has_integral(claim: Claim) -> bool:
    return any(s[0] == "integral" for k in ("lhs", "rhs") for s in walk(claim.data[k]))


def _has_sum(claim: Claim) -> bool:
    return any(s[0] in ("sum", "product") for k in ("lhs", "rhs") for s in walk(claim.data[k]))


def _by_proposals(
    name: str, claim: Claim, limits: Limits, deadline: float, quick: bool = False, longest: float = _PROPOSE
) -> Verdict | None:
    """What a worker proposes, checked by the kernel; ``quick`` is what needs no help of SymPy's."""
    # a third of what is left is kept for the kernel and for numbers
    seconds = min(longest, (0.25 if quick else 0.6) * (deadline - now()))
    if seconds < 0.1:
        return None
    payload = {"claim": claim.to_json(), "seconds": seconds, "quick": quick}
    try:
        proposals = call(name, payload, seconds, _MEMORY)
    except (WorkerError, BadInput):
        return None
    for proposal in proposals:
        context = replace(claim.context, symbols={**claim.context.symbols, **proposal["symbols"]})
        rewrite = Claim("rewrite", proposal["data"], context)
        answer = ask_kernel(rewrite, _left(limits, deadline))
        if isinstance(answer, Verdict) and _nothing_left(rewrite, limits):
            refuted = _by_value(rewrite, claim, limits, deadline) if _on_null_sets(claim, answer) else None
            return answer if refuted is None else _off_null_sets(answer, refuted)
        if (quick or name == "verify.sums") and not isinstance(answer, Verdict):
            refuted = _by_value(rewrite, claim, limits, deadline)
            if refuted is not None:
                return refuted
    return None


def _everywhere(claim: Claim) -> bool:
    """Is the claim about every point?"""
    return not claim.data.get("almost_everywhere", True)


def _on_null_sets(claim: Claim, proved: Verdict) -> bool:
    """May an identity about every point fail on the null sets that its proof leaves out?"""
    return proved.almost_everywhere and _everywhere(claim)


def _by_value(rewrite: Claim, claim: Claim, limits: Limits, deadline: float) -> Verdict | None:
    """A refutation of the closed form that the kernel proves the integrals to have."""
    value, after = from_json(rewrite.data["before"]), from_json(rewrite.data["after"])
    for step in rewrite.data["rewrites"]:
        value, _ = put_in(value, from_json(step["lhs"]), from_json(step["rhs"]))
    if any(_binds(s) for t in (value, after) for s in walk(t)):
        return None
    data = {**claim.data, "lhs": value, "rhs": after}
    numbers = compared(replace(rewrite, kind="equal", data=data), _left(limits, deadline))
    if numbers.refutation is None:
        return None
    steps = rewrite.data["rewrites"]
    if _pointwise(rewrite, rewrite.data["before"], value, steps, _left(limits, deadline)):
        return _of_the_sides(numbers.refutation, rewrite, claim, _left(limits, deadline))
    # beside the integrals something may jump: their values alone are asked for
    alone = all(
        "backward" not in s and _pointwise(rewrite, s["lhs"], s["rhs"], [s], _left(limits, deadline)) for s in steps
    )
    return _of_the_sides(numbers.refutation, rewrite, claim, _left(limits, deadline)) if alone else None


def _of_the_sides(found: Verdict, rewrite: Claim, claim: Claim, limits: Limits) -> Verdict:
    """The refutation with the numbers of the claim's own sides: what was rewritten may be their difference."""
    before, after = from_json(rewrite.data["before"]), from_json(rewrite.data["after"])
    sides = [claim.data[k] for k in ("lhs", "rhs")]
    if (before, after) == tuple(sides):
        return found
    for step in rewrite.data["rewrites"]:
        sides = [put_in(s, from_json(step["lhs"]), from_json(step["rhs"]))[0] for s in sides]
    if not any(_binds(s) for side in sides for s in walk(side)):
        data = {**claim.data, "lhs": sides[0], "rhs": sides[1]}
        again = compared(replace(rewrite, kind="equal", data=data), limits).refutation
        if again is not None:
            return again
    if found.witness is None:
        return found
    at = ", ".join(f"{k} = {v}" for k, v in found.witness.point.items())
    words = f"{f'at {at} ' if at else ''}the sides come down to {found.witness.lhs} and {found.witness.rhs}"
    return replace(found, message=words, witness=replace(found.witness, of="what the sides come down to"))


def _pointwise(rewrite: Claim, before: Any, after: Any, steps: Any, limits: Limits) -> bool:
    """Do the steps lead from one to the other at every point?"""
    answer = ask_kernel(replace(rewrite, data={"before": before, "after": after, "rewrites": steps}), limits)
    return isinstance(answer, Verdict) and not answer.almost_everywhere


def _nothing_left(rewrite: Claim, limits: Limits) -> bool:
    """Does everything converge that is left when the values were put in?"""
    term = from_json(rewrite.data["before"])
    for step in rewrite.data["rewrites"]:
        term, _ = put_in(term, from_json(step["lhs"]), from_json(step["rhs"]))
    return _converge((term, from_json(rewrite.data["after"])), rewrite, limits)


def _converge(terms: tuple[Term, ...], claim: Claim, limits: Limits) -> bool:
    """Is it proved that every integral and infinite sum in the terms converges?"""
    return _convergence(terms, claim, limits) is None


def _convergence(terms: tuple[Term, ...], claim: Claim, limits: Limits) -> NotProved | None:
    """Why it is not."""
    nodes = [s for t in terms for s in walk(t) if _converging(s)]
    if not nodes:
        return None
    question = Claim("defined", {"term": add(*nodes)}, claim.context)
    answer = ask_kernel(question, replace(limits, kernel=limits.first))
    return answer if isinstance(answer, NotProved) else None


def _one_box(claim: Claim, limits: Limits) -> Claim:
    return replace(claim, data={**claim.data, **{k: _boxed(claim.data[k], claim, limits) for k in ("lhs", "rhs")}})


def _boxed(t: Term, claim: Claim, limits: Limits) -> Term:
    """Integrals inside one another as one over a box, which quadrature does better; only where that is proved to
    converge absolutely: then, by Fubini's theorem, the order does not matter.
    """
    if t[0] != "integral":
        return map_children(t, lambda s: _boxed(s, claim, limits), lambda s: s)
    chain, body = list(t[2:]), t[1]
    while body[0] == "integral":
        chain = [*body[2:], *chain]
        body = body[1]
    names = [b[0] for b in chain]
    fixed = all(not free_symbols(e) & set(names) for b in chain for e in b[1:])
    if len(chain) == 1 or not fixed or len(set(names)) < len(names) or set(names) & set(claim.context.symbols):
        return t
    box = ("integral", body, *chain)
    return box if _converge((box,), claim, limits) else t
