"""What has to hold for a line to mean anything: integrals converge, parameters lie in their domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim, Context
from symrep.distribution import Distribution
from symrep.errors import NotApplicable, SymrepError
from symrep.judge.deciding import Limits, decide
from symrep.judge.parts import PartVerdict
from symrep.notation import Divergence, EachExpectation, Expectation, Variance
from symrep.rules.base import nodes, swap
from symrep.rules.draws import coordinatewise
from symrep.rules.iterated import innermost, is_iterated, iterated
from symrep.rules.probability import evaluate, value_inside
from symrep.rules.repeated import all_at_once, spelled
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.term import Term, contains, walk
from symrep.translate import from_term, names_in, to_term
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = ["conditions"]


_OPS: Final[Mapping[str, Any]] = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "==": sp.Eq, "!=": sp.Ne}


def _laws(expr: Any) -> list[Distribution]:
    return sorted(expr.atoms(Distribution), key=sp.default_sort_key)


def _has_integrals(t: Term) -> bool:
    return contains(t, ("expect", "integral", "expect_sample", "expect_each")) or any(
        s[0] == "sum" and s[2][2][0] == "inf" for s in walk(t)
    )


def _about(verdict: Verdict, what: str) -> Verdict:
    """The witness is one of a condition, not of the line."""
    return replace(verdict, witness=replace(verdict.witness, of=what)) if verdict.witness else verdict


def conditions(expr: Any, context: Context, limits: Limits) -> list[PartVerdict]:
    """Parameters in their domains; expectations and integrals that converge."""
    parts = []
    for law in _laws(expr):
        obligations = law.obligations()
        for value, op, what in obligations:
            if value.is_positive or (op == ">=" and value.is_nonnegative):
                continue  # declared so
            claim = Claim("relation", {"lhs": to_term(value), "op": op, "rhs": ("num", 0, 1)}, context)
            verdict = decide(claim, limits)
            if verdict.status is Status.REFUTED:
                message = f"the condition {what} fails; {_declare(value, op, obligations)}"
                verdict = _about(replace(verdict, reason=Reason.DOMAIN, message=message), what)
            elif verdict.status is Status.UNDECIDED:
                message = f"the condition {what} is not shown; {_declare(value, op, obligations)}"
                verdict = replace(verdict, message=message)
            parts.append(PartVerdict(what, verdict, claim))
    for node in sorted(expr.atoms(Divergence), key=sp.default_sort_key):
        parts += _absolutely_continuous(node, context, limits)
    term = to_term(expr)
    if expr.has(sp.Limit):
        return [*parts, _limits_exist(expr, term, context, limits)]
    if _has_integrals(term):
        data: dict[str, Any] = {"term": term}
        plain, apart = _apart(spelled(expr))
        if apart or is_iterated(plain):
            left, steps = iterated(plain, value_inside, lambda e: bool(apart) and not is_iterated(e))
            data["rewrites"] = [*apart, *steps]
            for node in innermost(left):
                inner = Claim("defined", {"term": to_term(node)}, context)
                verdict = decide(inner, limits)
                if verdict.status is Status.REFUTED:  # for every value of the variables around it
                    return [*parts, PartVerdict("the inner integral converges", verdict, inner)]
        claim = Claim("defined", data, context)
        verdict = decide(claim, limits)
        if verdict.status is Status.UNDECIDED and not data.get("rewrites"):
            _, together = all_at_once(plain)
            if together:
                over_all = Claim("defined", {"term": term, "rewrites": list(together)}, context)
                answer = decide(over_all, limits)
                if answer.status > verdict.status:
                    claim, verdict = over_all, answer
        parts.append(PartVerdict("the integrals converge absolutely", verdict, claim))
    for node in sorted(expr.atoms(Expectation, Variance), key=sp.default_sort_key):
        if node.law.discrete() and not _has_integrals(to_term(node)):  # a finite sum: every summand has a value
            claim = Claim("defined", {"term": to_term(node), "summands": True}, context)
            parts.append(PartVerdict("every summand is defined", decide(claim, limits), claim))
    return parts


def _apart(expr: Any) -> tuple[Any, list[Any]]:
    """The line with expectations over coordinates under an expectation or an integral opened by their independence, and
    the theorems."""
    table, steps = [], list[Any]()
    for outer in sorted(expr.atoms(Expectation, sp.Integral), key=sp.default_sort_key):
        body = outer.body if isinstance(outer, Expectation) else outer.function
        for node in nodes(body, EachExpectation):
            try:
                value, step = coordinatewise("independence", node)
            except NotApplicable:
                continue
            table.append((node, value))
            steps.append(step)
    return swap(expr, table), steps


def _declare(value: Any, op: str, obligations: tuple[tuple[Any, str, Any], ...]) -> str:
    """What to write so that a parameter is known to lie in its domain."""
    if isinstance(value, DomainSymbol):
        word = "positive" if op == ">" else "nonnegative"
        if value.is_integer:
            word += "_integer"
        elif any(1 - value == other for other, _, _ in obligations):
            word = "unit"
        return f'{value.name} is declared {kind_of(value)}: write {word}("{value.name}")'
    if value.is_Pow and value.exp == sp.Rational(1, 2):
        value = value.base
    return f"write given=({value} {op} 0,), or symbols for which it holds"


def _limits_exist(expr: Any, term: Term, context: Context, limits: Limits) -> PartVerdict:
    """By their values: what stands inside them first, as :class:`evaluate` finds it."""
    what, steps, left = "the limits exist", list[Any](), expr
    names = names_in(expr)
    given = tuple(_OPS[g[1]](from_term(g[2], names), from_term(g[3], names)) for g in context.given if g[0] == "rel")
    try:
        while left.has(sp.Limit):
            applied = evaluate().apply(left, sp.S.Zero, given)
            steps += applied.rewrites
            left = applied.result
    except SymrepError as e:
        said = Evidence("rule", str(e))
        return PartVerdict(what, Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, str(e), (said,)))
    claim = Claim("defined", {"term": term, "rewrites": steps}, context)
    return PartVerdict(what, decide(claim, limits), claim)


def _absolutely_continuous(node: Any, context: Context, limits: Limits) -> list[PartVerdict]:
    """KL(p ‖ q) is finite only if p's support lies in q's."""
    p, q = (getattr(law, "law", law) for law in node.args)
    parts = []
    for a, b in zip(p.ranges(), q.ranges(), strict=True):
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
                verdict = replace(verdict, reason=Reason.DOMAIN, message=f"it is not true that {what}")
                verdict = _about(verdict, what)
            parts.append(PartVerdict(what, verdict, claim))
    return parts
