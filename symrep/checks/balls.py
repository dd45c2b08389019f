"""Refutation at exact points, and agreement there.

A refutation is rigorous: two balls that exclude each other at a point of the domain (and, for undetermined functions,
at an instance that truly belongs to the declared class). Where a value rests on an estimate (a tail, a numerical
derivative), a gap of 10^6 times the error is required at two points, and the evidence says so. Points on a breakpoint
decide nothing when equality is almost everywhere; a point where a side has no value decides nothing ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from symrep.checks.compare import Outcome, Pair, compare, decimals, is_heavy, relate
from symrep.checks.evaluate import evaluate_complex
from symrep.checks.faults import OutOfTime
from symrep.checks.generic import why_unsupportable
from symrep.checks.instances import Instance, families
from symrep.checks.points import Point, branch_arguments, on_breakpoint, points, sign_at
from symrep.claim import Claim, Context
from symrep.kernel.signs import domain, prove_sign
from symrep.term import ZERO, Term, free_symbols, walk
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["SEED", "agreement", "refute", "value"]

SEED: Final = 20_240_229

_LIGHT: Final = (64, 256, 1024)
_HEAVY: Final = (128, 256)
Functions = Mapping[str, Instance]


def _sides(claim: Claim) -> tuple[Term, str, Term] | None:
    data = claim.data
    if claim.kind == "equal":
        return data["lhs"], "==", data["rhs"]
    if claim.kind == "relation":
        return data["lhs"], data["op"], data["rhs"]
    if claim.kind == "sign":
        return data["expr"], data["op"], ZERO
    return None


def _used(claim: Claim, terms: tuple[Term, ...]) -> list[dict[str, Instance]]:
    names = {s[1] for t in terms for s in walk(t) if s[0] == "app"}
    specs = {n: s for n, s in claim.context.functions.items() if n in names}
    for s in list(specs.values()):  # an inverse pair is chosen together
        if s.inverse is not None and s.inverse in claim.context.functions:
            specs[s.inverse] = claim.context.functions[s.inverse]
    for n, s in claim.context.functions.items():
        if s.inverse in specs:
            specs[n] = s
    return families(specs) if names <= specs.keys() else []


def _trials(claim: Claim, lhs: Term, rhs: Term, limit: int) -> Iterator[tuple[Point, dict[str, Instance]]]:
    """Points off the breakpoints, each with one choice of instances; the first points with all choices."""
    choices = _used(claim, (lhs, rhs))
    if not choices:
        return
    breaks = branch_arguments((lhs, rhs)) if claim.data.get("almost_everywhere", True) else []
    for i, p in enumerate(points((lhs, rhs), claim.context, SEED, limit)):
        if breaks and on_breakpoint(breaks, p):
            continue
        for j in range(len(choices) if i < 2 else 1):
            yield p, choices[(i + j) % len(choices)]


def _witness(p: Point, functions: Functions, pair: Pair) -> Witness:
    return Witness(
        {k: str(v) for k, v in sorted(p.items())},
        decimals(pair.lhs, pair.gap) if pair.lhs is not None else "",
        decimals(pair.rhs, pair.gap) if pair.rhs is not None else "",
        {k: f.name for k, f in sorted(functions.items())},
    )


def _at(w: Witness) -> str:
    spots = [f"{k} = {v}" for k, v in w.point.items()] + [f"{k}(t) = {v}" for k, v in w.functions.items()]
    return ", ".join(spots) or "no free symbols"


def _pruned(claim: Claim, p: Point) -> Point:
    """The point without values of an indexed parameter that lie beyond every integer in it."""
    top = max((int(v) for k, v in p.items() if v.denominator == 1 and "[" not in k), default=12)
    keys = {k: k.split("[")[1][:-1] for k in p if "[" in k}
    return {k: v for k, v in p.items() if not (k in keys and keys[k].isdigit() and not 1 <= int(keys[k]) <= top)}


def _refuted(claim: Claim, op: str, p: Point, functions: Functions, pair: Pair, tried: int, confirmed: int) -> Verdict:
    w = _witness(_pruned(claim, p), functions, pair)
    rigorous = pair.report.rigorous
    how = f"the two sides differ at {pair.prec} bits" if op == "==" else f"the relation {op} fails at {pair.prec} bits"
    if not rigorous:
        how += f"; the error is estimated, not proved, and {confirmed} evaluations agree"
    data = {
        "rigorous": rigorous,
        "bits": pair.prec,
        "relative_gap": pair.gap,
        "tried": tried,
        "confirmed": confirmed,
        "seed": SEED,
        "notes": sorted(pair.report.notes),
    }
    method = "quadrature" if pair.report.quadrature else "balls"
    reason = Reason.UNEQUAL if op == "==" else Reason.RELATION_FAILS
    message = f"at {_at(w)} the left side is {w.lhs}, the right side {w.rhs}"
    return Verdict(Status.REFUTED, reason, message, (Evidence(method, how, data),), w)


def refute(claim: Claim, deadline: float) -> Verdict | None:
    """A REFUTED verdict with a witness, or None when no point refutes (which proves nothing).

    ``claim.data`` may hold ``almost_everywhere`` (default True: points on breakpoints are skipped) and
    ``principal_branches`` (default True: a value that is not real is a value; False: such points are skipped).
    """
    sides = _sides(claim)
    if sides is None:
        return None
    lhs, op, rhs = sides
    heavy = is_heavy(lhs, rhs)
    real = op != "==" or not claim.data.get("principal_branches", True)
    apart: list[tuple[Point, Functions, Pair]] = []
    tried, alike = 0, 0
    try:
        for p, functions in _trials(claim, lhs, rhs, 24 if heavy else 120):
            tried += 1
            precs = _HEAVY if heavy else _LIGHT
            wanted = 24 if heavy else 900 if tried <= 6 else 200
            pair = compare(lhs, rhs, p, functions, deadline, precs=precs, wanted=wanted, real=real)
            if op != "==":
                if pair.lhs is None or pair.rhs is None or relate(op, pair.lhs, pair.rhs) is not False:
                    continue
                if pair.report.rigorous:
                    return _refuted(claim, op, p, functions, pair, tried, 1)
                if pair.outcome is Outcome.APART:
                    apart.append((p, functions, pair))
            elif pair.outcome is Outcome.DIFFERENT:
                return _refuted(claim, op, p, functions, pair, tried, 1)
            elif pair.outcome is Outcome.APART:
                apart.append((p, functions, pair))
            alike += pair.outcome is Outcome.AGREE
            if heavy and not apart and alike >= 8:
                return None
            if apart and (len(apart) >= 2 or _confirmed(lhs, rhs, *apart[0], deadline)):
                return _refuted(claim, op, *apart[0], tried, 2)
    except OutOfTime:
        return None
    return None


def _confirmed(lhs: Term, rhs: Term, p: Point, functions: Functions, pair: Pair, deadline: float) -> bool:
    """Without anything to vary, or where a variable of differentiation is 0: the gap once more at another precision."""
    if (p or functions) and not any(v == 0 for v in p.values()):
        return False
    again = compare(lhs, rhs, p, functions, deadline, precs=(2 * pair.prec + 64,), wanted=26)
    same = again.lhs is not None and again.rhs is not None and pair.lhs is not None and pair.rhs is not None
    return again.outcome is Outcome.APART and same and abs(again.gap - pair.gap) < 1e-3 * pair.gap


def agreement(claim: Claim, deadline: float) -> Evidence | None:
    """Numeric agreement at many points, on both sides of the breakpoints; None when there are too few or any is in
    doubt.
    """
    sides = _sides(claim)
    if sides is None:
        return None
    lhs, op, rhs = sides
    names = free_symbols(lhs) | free_symbols(rhs)
    if any(claim.context.symbols.get(n) == "complex" for n in names):
        return None  # real points say too little about a complex symbol
    if not claim.data.get("evidence_only", False) and why_unsupportable(lhs, op, rhs, claim.context):
        return None
    heavy = is_heavy(lhs, rhs)
    enough, limit = (6, 24) if heavy else (20, 90)
    if not names:
        enough = min(enough, len(_used(claim, (lhs, rhs))))
        if enough == 0:
            return None
    wanted = (24 if heavy else 100) if op == "==" else 0
    good, doubtful, half, notes, worst, top, used = 0, 0, 0, set[str](), 10**6, 0, False
    needed = enough + (0 if heavy else 40)
    visited: list[Point] = []
    try:
        for p, functions in _trials(claim, lhs, rhs, limit):
            precs = _HEAVY if heavy else (256, 1024)
            pair = compare(lhs, rhs, p, functions, deadline, precs=precs, wanted=wanted, real=True)
            if pair.outcome in (Outcome.DIFFERENT, Outcome.APART) and op == "==":
                return None
            used = used or pair.report.quadrature
            if op != "==" and pair.lhs is not None and pair.rhs is not None:
                holds = relate(op, pair.lhs, pair.rhs)
                if holds is False:
                    return None
                good, doubtful = good + (holds is True), doubtful + (holds is None)
                visited.append(p)
            elif pair.outcome is Outcome.AGREE:
                if heavy and not _sizeable(pair):
                    continue
                good, worst = good + 1, min(worst, pair.bits)
                visited.append(p)
                top = max(top, pair.prec)
            elif pair.outcome is Outcome.HALF:
                half += 1
            elif pair.outcome is Outcome.OPEN:
                doubtful += 1
            notes |= pair.report.notes
            if good >= needed:
                break
    except OutOfTime:
        if not heavy and good < enough:
            return None
    if good < enough or doubtful > good // 4 or half > good // 4:
        return None
    if not _every_branch(claim.context, (lhs, rhs), visited):
        return None
    method = "quadrature" if used else "balls"
    plural = "point" if good == 1 else "points"
    says = (
        f"{good} {plural}, agreement to {worst} bits" if op == "==" else f"{good} {plural}, the relation holds at each"
    )
    if notes:
        says += "; errors estimated, not proved"
    data = {
        "points": good,
        "bits": top,
        "agreeing_bits": worst,
        "worst_relative_difference": f"2^-{worst}",
        "rigorous": not notes,
        "notes": sorted(notes),
        "undecided_points": doubtful,
        "half_defined_points": half,
        "seed": SEED,
    }
    return Evidence(method, says, data)


def _sizeable(pair: Pair) -> bool:
    """Is there something to agree about? Two integrals that are both next to nothing say little."""
    return any(z is not None and abs(z).lower() > 1e-6 for z in (pair.lhs, pair.rhs))


def _every_branch(context: Context, sides: tuple[Term, Term], visited: list[Point]) -> bool:
    """Did the points see both signs of everything a branch hangs on, unless it provably has one sign only?"""
    for a in branch_arguments(sides):
        seen = {sign_at(a, p) for p in visited}
        if not {-1, 1} <= seen and not any(prove_sign(a, op, domain(context)) for op in (">=", "<=")):
            return False
    return True


def value(t: Term, point: Mapping[str, Fraction], functions: Functions | None = None, prec: int = 128) -> str:
    """The value of a term as a decimal enclosure.

    Raises:
        Unevaluable: it has none.
    """
    return decimals(evaluate_complex(t, point, functions or {}, prec))
