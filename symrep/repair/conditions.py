"""Steps refuted by a condition of their rule: what the rule should have been, and the line it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import sympy as sp

from symrep.assumptions import relations_in
from symrep.clock import now
from symrep.derivation import Line
from symrep.distribution import Distribution, Pushforward
from symrep.errors import SymrepError
from symrep.judge import Limits, StepVerdict, judge_line
from symrep.notation import Binder, Density, Expectation
from symrep.printing import latex
from symrep.repair.judging import within
from symrep.repair.offset import difference, plain, tidy
from symrep.rules.base import nodes, unfolded
from symrep.rules.interchange import differentiate_under_integral, leibniz, score_function
from symrep.rules.invert import invert
from symrep.rules.measure import change_of_variables, reparameterise
from symrep.verdict import Diagnosis, Reason, Status

__all__ = ["by_condition"]

#: (the rule that is right, what to say of it)
Suggestion = tuple[Any, str]

_SECONDS: Final = 3.0


def by_condition(
    before: Line, line: Line, step: StepVerdict, given: tuple[Any, ...], limits: Limits
) -> Diagnosis | None:
    """The diagnosis from another rule, judged with it; None when the refutation is not of that kind."""
    propose = _PROPOSALS.get(step.reason)
    if propose is None or line.reason is None:
        return None
    end = now() + _SECONDS
    for rule, words in propose(before.expr, line.reason):
        if now() > end:
            break
        found = _with(rule, words, before, line, given, limits, end)
        if found is not None:
            return found
    return None


def _with(
    rule: Any, words: str, before: Line, line: Line, given: tuple[Any, ...], limits: Limits, end: float
) -> Diagnosis | None:
    try:
        result = rule.apply(before.expr, None, relations_in(given)).result
    except (SymrepError, ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError):
        return None
    for form in dict.fromkeys((_merged(result), result)):
        left = end - now()
        if left <= 0.2:
            return None
        step = judge_line(before, Line(form, "=", rule, line.lineno), given, within(limits, left))
        if step.status >= Status.SUPPORTED:
            term = _missing(form, line.expr)
            says = words.format(term=plain(term) if term is not None else "")
            return Diagnosis(
                says if term is not None else says.split(" {", 1)[0].rstrip(": "),
                term_latex=latex(term) if term is not None else "",
                corrected_latex=latex(form),
                corrected_status=step.status.name.lower(),
            )
    return None


def _merged(e: Any) -> Any:
    """Tidied, inside expectations too."""
    if isinstance(e, Expectation):
        return e.func(tidy(e.body), *e.args[1:])
    if isinstance(e, (sp.Add, sp.Mul)) and e.has(Binder):
        return e.func(*(_merged(a) for a in e.args))
    return tidy(e)


def _missing(right: Any, stated: Any) -> Any:
    """What is missing in the stated line, expectations under one law taken together; None when nothing or too much."""
    gap = unfolded(right) - unfolded(stated)
    rest, bodies = sp.S.Zero, dict[Any, Any]()
    for t in sp.Add.make_args(gap):
        c, e = t.as_independent(Expectation, as_Add=False)
        if isinstance(e, Expectation) and not c.has(*e.variables):
            bodies[e.args[1:]] = bodies.get(e.args[1:], sp.S.Zero) + c * e.body
        else:
            rest += t
    out = difference(rest, sp.S.Zero)
    for key, body in bodies.items():
        body = difference(body, sp.S.Zero)
        out += sp.S.Zero if body == 0 else Expectation(body, *key)
    return None if out == 0 or out.count_ops() > 60 else out


# --- proposals ----------------------------------------------------------------------------------------------------


def _boundary(before: Any, rule: Any) -> Iterator[Suggestion]:
    supply = getattr(rule, "supply", None)
    if supply is not None:
        yield supply(before), "the pathwise form misses the boundary term {term}"
    parameter = getattr(rule, "parameter", None)
    if parameter is not None and isinstance(rule, (differentiate_under_integral, score_function)):
        yield leibniz(parameter), "the boundary term {term} is missing"


def _score(before: Any, rule: Any) -> Iterator[Suggestion]:
    parameter = getattr(rule, "parameter", None)
    if parameter is not None:
        yield score_function(parameter), "the law depends on " + str(parameter) + ": the score term is missing, {term}"
        yield leibniz(parameter), "the law depends on " + str(parameter) + ": what is missing is {term}"


def _inverse(before: Any, rule: Any) -> Iterator[Suggestion]:
    if not isinstance(rule, change_of_variables):
        return
    for d in nodes(before, Density, lambda d: isinstance(d.law, Pushforward)):
        law: Any = d.law
        if len(law.variables) == 1 and isinstance(d.points[0], sp.Symbol):
            found = invert(law.images[0], law.variables[0], d.points[0])
            said = " and ".join(map(str, found))
            if found:
                yield change_of_variables(image=rule.image), f"the inverse of {law.images[0]} is {said}"
            return


def _branches(before: Any, rule: Any) -> Iterator[Suggestion]:
    for again, _ in _inverse(before, rule):
        yield again, "a branch is missing: every monotone branch of the map contributes"


def _path(before: Any, rule: Any) -> Iterator[Suggestion]:
    if not isinstance(rule, reparameterise):
        return
    for e in nodes(before, Expectation, lambda e: isinstance(e.law, Distribution)):
        for noise, base, path in e.law.pathwise():
            if rule.base is None or rule.base == base:
                path = path.subs(noise, rule.noise)
                yield (
                    reparameterise(rule.noise, path, base),
                    f"{rule.path} does not have the law {e.law.family.name}; {path} has",
                )


_PROPOSALS: Final[Mapping[Reason, Callable[[Any, Any], Iterator[Suggestion]]]] = {
    Reason.JUMP: _boundary,
    Reason.SUPPORT_MOVES: _boundary,
    Reason.BOUNDARY_TERM: _boundary,
    Reason.LAW_MOVES: _score,
    Reason.INVERSE_WRONG: _inverse,
    Reason.NOT_MONOTONE: _branches,
    Reason.BRANCH_MISSING: _branches,
    Reason.NOT_PUSHFORWARD: _path,
}
