"""Refutation at exact points, and agreement there: one pass over the points does both.

A refutation is rigorous: two balls that exclude each other at a point of the domain (and, for undetermined functions,
at an instance that truly belongs to the declared class). Where a value rests on an estimate (a tail, a numerical
derivative), a gap of 10^6 times the error is required at two points, and the evidence says so. Points on a breakpoint
decide nothing when equality is almost everywhere; a point where a side has no value decides nothing ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import Final, final

from symrep.checks.closed import closed_points
from symrep.checks.compare import Outcome, Pair, compare, decimals, is_heavy, relate
from symrep.checks.evaluate import evaluate_complex
from symrep.checks.faults import OutOfTime, effort
from symrep.checks.generic import integer_derivative, why_unsupportable
from symrep.checks.hard import complex_sides, hard_points, standard_points
from symrep.checks.instances import Instance, families, within
from symrep.checks.logs import logs_apart
from symrep.checks.nulls import Breaks
from symrep.checks.points import Point, points
from symrep.checks.tally import Tally
from symrep.claim import Claim, Context
from symrep.clock import now
from symrep.term import ZERO, Term, contains, free_symbols, walk
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["SEED", "Comparison", "agreement", "compare_sides", "refute", "value"]

SEED: Final = 20_240_229

_LIGHT: Final = (64, 256, 1024)
_HEAVY: Final = (128, 256)
#: points that agree after which a guard is content, light and heavy
_GUARD: Final = (20, 3)
#: and the evaluations it may take: about a second of an idle machine, and the same number on a busy one
_EFFORT: Final = 80_000
#: points that agree after which a search among heavy ones is given up
_ALIKE: Final = 8
Functions = Mapping[str, Instance]


@final
@dataclass(frozen=True)
class Comparison:
    """What one pass over the points found: a refutation, or agreement that means something, or neither."""

    refutation: Verdict | None
    agreement: Evidence | None
    points: int


@final
@dataclass(frozen=True)
class _Trial:
    """One point, one choice of instances, and the sides to compare there."""

    lhs: Term
    rhs: Term
    point: Point
    functions: Functions
    imaginary: Point
    ordinary: bool = True
    #: values that were put in as terms, as text
    closed: Mapping[str, str] = field(default_factory=dict)


def _sides(claim: Claim) -> tuple[Term, str, Term] | None:
    data = claim.data
    if claim.kind == "equal":
        return data["lhs"], "==", data["rhs"]
    if claim.kind == "relation":
        return data["lhs"], data["op"], data["rhs"]
    if claim.kind == "sign":
        return data["expr"], data["op"], ZERO
    return None


def _about_functions(claim: Claim, lhs: Term, rhs: Term) -> tuple[Context, tuple[Term, ...]]:
    """The context without the relations about undetermined functions, and those of them that concern the two sides.

    Such a relation says something of a function only once an instance has been chosen: points are drawn without it,
    and those count at which it holds for the instance. One about a symbol that is bound in a side, or not there, may be
    meant for all its values: no points then.
    """
    split = [(r, contains(r, ("app",))) for r in claim.context.given]
    if not any(about for _, about in split):
        return claim.context, ()
    plain = replace(claim.context, given=tuple(r for r, about in split if not about))
    here = _names(lhs) | _names(rhs)
    return plain, tuple(r for r, about in split if about and _names(r) & here)


def _names(t: Term) -> frozenset[str]:
    return free_symbols(t) | {s[1] for s in walk(t) if s[0] == "app"}


def _bound(*terms: Term) -> frozenset[str]:
    """The names that some binder in the terms binds."""
    out: set[str] = set()
    for s in (s for t in terms for s in walk(t)):
        if s[0] in ("integral", "sum", "product", "limit", "det", "vector"):
            out |= {b[0] for b in s[2:]}
        elif s[0] == "law":
            out |= {b[0] for b in s[1]}
        elif s[0] in ("iprod", "jacobian"):
            out.add(s[1] if s[0] == "iprod" else s[2][0])
    return frozenset(out)


def _hold(relations: tuple[Term, ...], t: _Trial) -> bool:
    """Do they hold, provably, at the point for these instances?"""
    for _, op, a, b in relations:
        pair = compare(a, b, t.point, t.functions, now() + 2, precs=(192,), real=True)
        if pair.lhs is None or pair.rhs is None or not pair.report.rigorous:
            return False
        if relate(op, pair.lhs, pair.rhs) is not True:
            return False
    return True


def _used(claim: Claim, terms: tuple[Term, ...]) -> list[dict[str, Instance]]:
    names = {s[1] for t in (*terms, *(a.of for a in claim.context.assumed)) for s in walk(t) if s[0] == "app"}
    specs = {n: s for n, s in claim.context.functions.items() if n in names}
    for s in list(specs.values()):  # an inverse pair is chosen together
        if s.inverse is not None and s.inverse in claim.context.functions:
            specs[s.inverse] = claim.context.functions[s.inverse]
    for n, s in claim.context.functions.items():
        if s.inverse in specs:
            specs[n] = s
    if any(s.vector for s in specs.values()):  # so are a function of a vector and its partial derivatives
        specs |= {n: s for n, s in claim.context.functions.items() if s.vector}
    return within(claim.context, families(specs)) if names <= specs.keys() else []


def _trials(claim: Claim, lhs: Term, rhs: Term, limit: int, *, hard: bool) -> Iterator[_Trial]:
    """Points off the breakpoints, each with one choice of instances; the first points with all choices."""
    context, relations = _about_functions(claim, lhs, rhs)
    free = free_symbols(lhs) | free_symbols(rhs)
    if any(not free_symbols(r) <= free or free_symbols(r) & _bound(lhs, rhs) for r in relations):
        return
    said = (lhs, rhs, *(side for r in relations for side in r[2:]))
    found = _drawn(claim, context, said, limit, hard=hard)
    yield from (t for t in found if _hold(relations, t)) if relations else found


def _drawn(claim: Claim, context: Context, said: tuple[Term, ...], limit: int, *, hard: bool) -> Iterator[_Trial]:
    lhs, rhs = said[:2]
    choices = _used(claim, said)
    if not choices:
        return
    for sides, real, imaginary in complex_sides(lhs, rhs, context) if hard else ():
        p = next(points(sides, context, SEED, 1), None)
        if p is not None:
            yield _Trial(*sides, {**p, **real}, choices[0], imaginary, False)
    everywhere = not claim.data.get("almost_everywhere", True)
    breaks = [Breaks((lhs, rhs), c, context) for c in choices]
    if claim.kind == "relation" and claim.data["op"] != "==":
        for p in standard_points(said, context, SEED):
            if everywhere or not breaks[0].null(p):
                yield _Trial(lhs, rhs, p, choices[0], {}, False)
    ordinary = points(said, context, SEED, limit)
    more = hard_points(said, context, SEED) if hard else iter(())
    for i, (p, usual) in enumerate(chain(((p, True) for p in ordinary), ((p, False) for p in more))):
        for j in range(len(choices) if i < 2 or not usual else 1):
            k = (i + j) % len(choices)
            if everywhere or not breaks[k].null(p):
                yield _Trial(lhs, rhs, p, choices[k], {}, usual)
    base = next(points(said, context, SEED, 1), None) if hard and everywhere else None
    for closed, at in closed_points(lhs, rhs, context, base) if base is not None else ():
        yield _Trial(*closed, {}, choices[0], {}, False, at)


def _witness(t: _Trial, point: Point, pair: Pair) -> Witness:
    return Witness(
        dict(t.closed) or {k: _written(v, t.imaginary.get(k)) for k, v in sorted(point.items())},
        decimals(pair.lhs, pair.gap) if pair.lhs is not None else "",
        decimals(pair.rhs, pair.gap) if pair.rhs is not None else "",
        {k: f.name for k, f in sorted(t.functions.items())},
    )


def _written(re: Fraction, im: Fraction | None) -> str:
    if im is None:
        return str(re)
    unit = f"{im}*I"
    return unit if not re else f"{re} {'-' if im < 0 else '+'} {unit.lstrip('-')}"


def _at(w: Witness) -> str:
    spots = [f"{k} = {v}" for k, v in w.point.items()] + [f"{k}(t) = {v}" for k, v in w.functions.items()]
    return f"at {', '.join(spots)} " if spots else ""


def _pruned(claim: Claim, p: Point) -> Point:
    """The point without values of an indexed parameter that lie beyond every integer in it."""
    top = max((int(v) for k, v in p.items() if v.denominator == 1 and "[" not in k), default=12)
    keys = {k: k.split("[")[1][:-1] for k in p if "[" in k}
    beyond = {k for k, at in keys.items() if any(n.isdigit() and not 1 <= int(n) <= top for n in at.split(","))}
    return {k: v for k, v in p.items() if k not in beyond}


def _refuted(claim: Claim, op: str, t: _Trial, pair: Pair, tried: int, confirmed: int) -> Verdict:
    w = _witness(t, _pruned(claim, t.point), pair)
    rigorous = pair.report.rigorous
    how = f"the two sides differ at {pair.prec} bits" if op == "==" else f"the relation {op} fails at {pair.prec} bits"
    message = f"{_at(w)}the left side is {w.lhs}, the right side {w.rhs}"
    if not rigorous:
        how += f"; the error is estimated, not proved, and {confirmed} evaluations agree"
        message += " (by quadrature: the error is estimated, not proved)"
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
    return Verdict(Status.REFUTED, reason, message, (Evidence(method, how, data),), w)


def _supportable(claim: Claim, lhs: Term, op: str, rhs: Term) -> bool:
    names = free_symbols(lhs) | free_symbols(rhs)
    if any(claim.context.symbols.get(n) == "complex" for n in names):
        return False  # no points say enough about a complex symbol
    return bool(claim.data.get("evidence_only", False)) or not why_unsupportable(lhs, op, rhs, claim.context)


def compare_sides(claim: Claim, deadline: float, *, guard: bool = False) -> Comparison:
    """Compare the two sides of a claim at point after point, until one refutes or there have been enough.

    ``claim.data`` may hold ``almost_everywhere`` (default True: points on breakpoints are skipped) and
    ``principal_branches`` (default True: a value that is not real is a value; False: such points are skipped).

    Args:
        guard: the claim is proved already; a few points will do.
    """
    with effort(_EFFORT if guard else None):
        return _compared(logs_apart(claim), deadline, guard)


def _compared(claim: Claim, deadline: float, guard: bool) -> Comparison:
    sides = _sides(claim)
    if sides is None:
        return Comparison(None, None, 0)
    lhs, op, rhs = sides
    if integer_derivative(lhs, rhs, claim.context) is not None:
        return Comparison(None, None, 0)
    heavy = is_heavy(lhs, rhs)
    real = op != "==" or not claim.data.get("principal_branches", True)
    apart: list[tuple[_Trial, Pair]] = []
    tally = Tally(claim.context, lhs, op, rhs, SEED, supportable=_supportable(claim, lhs, op, rhs), guard=guard)
    if not free_symbols(lhs) | free_symbols(rhs):
        tally.enough = min(tally.enough, len(_used(claim, (lhs, rhs))))
    tried, alike, enough = 0, 0, _enough(claim, (lhs, rhs), heavy, guard)
    try:
        for t in _trials(claim, lhs, rhs, 24 if heavy else 120, hard=not heavy and not guard):
            tried += 1
            precs = _HEAVY if heavy else _LIGHT
            wanted = 24 if heavy else 900 if tried <= 6 else 200
            pair = compare(t.lhs, t.rhs, t.point, t.functions, deadline, precs=precs, wanted=wanted, real=real)
            if t.ordinary:
                tally.take(t.point, pair)
            if op != "==":
                holds = None if pair.lhs is None or pair.rhs is None else relate(op, pair.lhs, pair.rhs)
                alike += holds is True
                if holds is False and pair.report.rigorous:
                    return Comparison(_refuted(claim, op, t, pair, tried, 1), None, tried)
                if holds is False and pair.outcome is Outcome.APART:
                    apart.append((t, pair))
            elif pair.outcome is Outcome.DIFFERENT:
                return Comparison(_refuted(claim, op, t, pair, tried, 1), None, tried)
            elif pair.outcome is Outcome.APART:
                apart.append((t, pair))
            alike += op == "==" and pair.outcome is Outcome.AGREE
            if apart and (len(apart) >= 2 or _confirmed(*apart[0], deadline)):
                return Comparison(_refuted(claim, op, *apart[0], tried, 2), None, tried)
            if not apart and alike >= enough and tally.content():
                break
    except OutOfTime:
        pass
    return Comparison(None, tally.evidence(), tried)


def _enough(claim: Claim, sides: tuple[Term, Term], heavy: bool, guard: bool) -> int:
    """Points that agree after which the search ends; not before each instance had its turn at two points, if functions
    may be rough: most of them are smooth."""
    if guard or not heavy:
        return _GUARD[heavy] if guard else 10**9
    choices = _used(claim, sides)
    return max(_ALIKE, 2 * len(choices) if any(_rough(f) for c in choices for f in c.values()) else 0)


def _rough(f: object) -> bool:
    return isinstance(f, Instance) and f.smooth < 1


def _confirmed(t: _Trial, pair: Pair, deadline: float) -> bool:
    """Without anything to vary, or where a variable of differentiation is 0: the gap once more at another precision."""
    p = t.point
    if (p or t.functions) and not any(v == 0 for v in p.values()):
        return False
    again = compare(t.lhs, t.rhs, p, t.functions, deadline, precs=(2 * pair.prec + 64,), wanted=26)
    same = again.lhs is not None and again.rhs is not None and pair.lhs is not None and pair.rhs is not None
    return again.outcome is Outcome.APART and same and abs(again.gap - pair.gap) < 1e-3 * pair.gap


def refute(claim: Claim, deadline: float) -> Verdict | None:
    """A REFUTED verdict with a witness, or None when no point refutes (which proves nothing)."""
    return compare_sides(claim, deadline).refutation


def agreement(claim: Claim, deadline: float) -> Evidence | None:
    """Numeric agreement at many points, on both sides of the breakpoints; None when there are too few or any is in
    doubt.
    """
    return compare_sides(claim, deadline).agreement


def value(t: Term, point: Mapping[str, Fraction], functions: Functions | None = None, prec: int = 128) -> str:
    """The value of a term as a decimal enclosure.

    Raises:
        Unevaluable: it has none.
    """
    return decimals(evaluate_complex(t, point, functions or {}, prec))
