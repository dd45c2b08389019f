"""A side that is an integral or a sum which has no value at a point where the other side is a number.

An identity is about the points at which both sides have a value, up to null sets. Where one of them diverges on an
open set of parameters, and the other is a number there, it is false: ∫_1^∞ a x^(1−a) dx = a/(a − 2) at a = 3/2. That
the integral diverges at the point is the kernel's word (its integrand there is asymptotic to a constant times something
that is not integrable); that it does so around the point is looked at beside it, and only keeps what happens on a null
set from counting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Final

from symrep.checks.points import in_domain, points
from symrep.claim import Claim, Context
from symrep.judge.deciding import Limits, ask_kernel, compared
from symrep.kernel.fail import NotProved
from symrep.term import ONE, Term, add, free_symbols, substitute, walk
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["against_divergence"]

_POINTS: Final = 14
_BINDERS: Final = frozenset(("integral", "sum", "product", "limit"))


def against_divergence(claim: Claim, limits: Limits) -> Verdict | None:
    """A refutation by a point at which one side diverges and the other is a number, or None."""
    for here, other in (("lhs", "rhs"), ("rhs", "lhs")):
        if any(s[0] in _BINDERS for s in walk(claim.data[other])):
            continue
        for node in _summands(claim.data[here]):
            found = _at_some_point(claim, node, here, claim.data[other], limits)
            if found is not None:
                return found
    return None


def _summands(t: Term) -> Iterator[Term]:
    """Integrals over one variable and infinite sums without which ``t`` has no value: in sums, products and powers."""
    if t[0] in ("add", "mul", "pow"):
        for s in t[1:]:
            yield from _summands(s)
    elif t[0] in ("integral", "sum") and len(t) == 3:
        endless = any(e[0] == "inf" for e in t[2][1:])
        if (t[0] == "integral" or endless) and not any(s[0] in _BINDERS for s in walk(t[1])):
            yield t


def _at_some_point(claim: Claim, node: Term, here: str, other: Term, limits: Limits) -> Verdict | None:
    ctx = claim.context
    names = free_symbols(claim.data["lhs"]) | free_symbols(claim.data["rhs"])
    if any(s[0] in ("app", "index", "diff") for t in (node, other) for s in walk(t)) or not names <= set(ctx.symbols):
        return None
    for point in islice(points((node, other), ctx, limit=_POINTS, targets=False), _POINTS):
        at = {k: v for k, v in point.items() if k in names}
        if len(at) < len(names) or not in_domain(point, ctx) or not _diverges(node, at, limits):
            continue
        beside = _moved(point, ctx)
        if not in_domain(beside, ctx) or not _diverges(node, {k: beside[k] for k in at}, limits):
            continue
        value = _number(other, at, limits)
        if value is not None and _number(other, {k: beside[k] for k in at}, limits) is not None:
            return _refuted(node, here, at, value, _only_where(node, ctx, limits))
    return None


def _moved(point: Mapping[str, Fraction], ctx: Context) -> dict[str, Fraction]:
    """Another point not far off, with short numbers, integers where they were."""
    whole = {k for k, kind in ctx.symbols.items() if "integer" in kind}
    numbers = enumerate(sorted(point.items()), start=8)
    return {k: v if k in whole else v * Fraction(n + 1, n) if v else Fraction(1, n) for n, (k, v) in numbers}


def _put(t: Term, at: Mapping[str, Fraction]) -> Term:
    return substitute(t, {k: ("num", v.numerator, v.denominator) for k, v in at.items()})


def _diverges(node: Term, at: Mapping[str, Fraction], limits: Limits) -> bool:
    """The kernel's word, for a definite integral or sum without parameters."""
    question = Claim("defined", {"term": _put(node, at)}, Context({}))
    answer = ask_kernel(question, replace(limits, kernel=min(limits.kernel, 0.5)))
    return isinstance(answer, NotProved) and answer.definite and answer.reason is Reason.NOT_INTEGRABLE


def _number(other: Term, at: Mapping[str, Fraction], limits: Limits) -> str | None:
    """The other side's value, if it is a number: it is compared with one that is larger by 1."""
    value = _put(other, at)
    claim = Claim("equal", {"lhs": value, "rhs": add(value, ONE)}, Context({}))
    found = compared(claim, replace(limits, refute=min(limits.refute, 0.5), agree=0.1)).refutation
    return None if found is None or found.witness is None else found.witness.lhs


def _only_where(node: Term, ctx: Context, limits: Limits) -> str:
    """For which parameters the kernel says that it converges, in words; nothing if it does not."""
    answer = ask_kernel(Claim("defined", {"term": node}, ctx), replace(limits, kernel=min(limits.kernel, 0.5)))
    return f"; {answer}" if isinstance(answer, NotProved) and "only if" in str(answer) else ""


def _refuted(node: Term, here: str, at: Mapping[str, Fraction], value: str, only: str) -> Verdict:
    left, right = ("diverges", value) if here == "lhs" else (value, "diverges")
    what = "integral" if node[0] == "integral" else "sum"
    side, back = ("left", "right") if here == "lhs" else ("right", "left")
    where = ", ".join(f"{k} = {v}" for k, v in sorted(at.items()))
    words = f"{f'at {where} ' if at else ''}the {what} on the {side} diverges, and the {back} side is {value}{only}"
    evidence = Evidence("kernel", f"the {what} diverges at the point, and beside it", {"rigorous": True})
    point = {k: str(v) for k, v in sorted(at.items())}
    return Verdict(Status.REFUTED, Reason.NOT_INTEGRABLE, words, (evidence,), Witness(point, left, right))
