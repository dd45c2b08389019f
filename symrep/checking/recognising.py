"""Densities that are the known ones: f(x) = λ e^{-λx} is that of an exponential X, in the section that says so.

A reading, and noted as one: the formula has to agree with the family's density, parameter by parameter, at points of
its support to thirty digits. The law holds to the next heading, and only for an X of which no law was told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any, Final

import sympy as sp

from symrep.checking.scope import Let, Scope
from symrep.distribution import FAMILIES
from symrep.errors import SymrepError
from symrep.notation import Density
from symrep.reading.documents import Document
from symrep.symbols import DomainSymbol

__all__ = ["law_of", "same_law", "told_by_density"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_CONTINUOUS: Final = (
    "Exponential Rayleigh Normal Laplace Weibull Pareto Cauchy Logistic Gumbel LogNormal Gamma Beta Kumaraswamy"
).split()
_COUNTS: Final = ("Bernoulli", "Poisson", "Geometric", "GeometricTrials")
#: where densities are compared: parameters below one, arguments on both sides of it
_PARAMETERS: Final = (sp.Rational(37, 101), sp.Rational(61, 89), sp.Rational(53, 71))
_POINTS: Final = tuple(sp.Rational(n, 97) for n in (-211, -45, 13, 31, 67, 89, 128, 301))
_DIGITS: Final = 30
_LETTERS: Final = ("f", "p")
_REACH: Final = 200
_DENSITY: Final = re.compile(r"\b(?:densit|pdf\b|p\.d\.f|distribut|law\b)", re.IGNORECASE)
#: E[…] somewhere, Var(…) or P(…) at the beginning
_MOMENT: Final = re.compile(
    r"(?:\\mathbb\s*\{?\s*E|\\(?:operatorname|mathrm|mathsf|text)\s*\{E|\\E{1,2}(?![A-Za-z])|(?<![A-Za-z\\])E\s*(?:\\\w+)?[\[({])"
    r"|\A\s*(?:\\(?:operatorname|mathrm|mathbb|text)\s*\{)?(?:Var|Pr|P)\b"
)


def told_by_density(let: Let, scope: Scope, document: Document) -> Let | None:
    """The law of X that a definition f(x) = … tells; None where it is no density known here, where X has a law, or
    where the document speaks of a q(x) as well, for E[x] may be under either."""
    name = let.name.partition("(")[0]
    if let.what != "function" or let.until >= 0 or not let.parameters or not let.parameters[0][:1].islower():
        return None
    x = let.parameters[0]
    capital = x[:1].upper() + x[1:]
    if name.partition("_")[0] not in _LETTERS or name.partition("_")[2] not in ("", capital):
        return None
    known = scope.environment
    other = re.compile(
        rf"(?<![A-Za-z\\])[qr]\s*(?:_(?:\\?[A-Za-z]+|\{{[^{{}}]*\}}))?\s*\(\s*{re.escape(x)}(?![A-Za-z])"
    )
    if any(other.search(f.body.text) for f in document.formulas):
        return None
    if len(x) > 1 or capital in known.random or known.is_function(capital) or scope.symbol(capital) is not None:
        return None
    definition = next((d for k, d in known.definitions.items() if k == let.name or k.startswith(f"{name}({x}")), None)
    if definition is None or not definition.parameters or len(let.parameters) > 3:
        return None
    until = min((h for h in scope.headings if h >= let.end), default=1 << 60)
    about = re.compile(rf"(?<![A-Za-z\\])[{x}{capital}](?![A-Za-z])")
    reached = (f.body.text for f in document.formulas if let.start <= f.start < until)
    if not any(_MOMENT.search(text) and about.search(text) for text in reached):
        return None
    law = law_of(definition.body, definition.parameters[0])
    before = document.source.text[max(0, let.start - _REACH) : let.start]
    if law is None or (not law.free_symbols and name == "f" and _DENSITY.search(before) is None):
        return None  # f(x) = 2x, f(x) = e^{-x}: any function
    line = f"{capital} has the density {' '.join(let.line.split())}"
    return Let("law", capital, (), let.body, let.mentions - {x}, let.start, let.end, line, until, law)


def law_of(body: Any, x: Any) -> Any:
    """The law of a family whose density, or probabilities, are an expression in x; or None."""
    if isinstance(body, Density):
        return body.law if body.args[1:] == (x,) and body.law.arity() == 1 else None
    import symrep.distributions  # noqa: F401 — fills the registry

    free = sorted(getattr(body, "free_symbols", frozenset()) - {x}, key=str)
    if not isinstance(body, sp.Expr) or len(free) > 2 or not all(isinstance(s, DomainSymbol) for s in free):
        return None
    if x not in body.free_symbols or body.has(sp.Integral, sp.Sum, sp.Product):
        return None
    table = dict(zip(free, _PARAMETERS, strict=False))
    for names, points in ((_CONTINUOUS, _POINTS), (_COUNTS, tuple(map(sp.Integer, range(4))))):
        mine = [_value(body, table, x, p) for p in points]
        for name in names:
            for law in _laws(name, free):
                if _same(law, mine, table, points):
                    return law
    return None


def same_law(law: Any, body: Any, x: Any) -> bool:
    """Are the values of an expression in x those of a law's density, or its probabilities, as far as numbers tell?"""
    free = sorted((body.free_symbols | law.free_symbols) - {x}, key=str)
    if len(free) > len(_PARAMETERS) or not all(isinstance(s, DomainSymbol) for s in free):
        return False
    table = dict(zip(free, _PARAMETERS, strict=False))
    points = tuple(map(sp.Integer, range(4))) if law.discrete() else _POINTS
    return _same(law, [_value(body, table, x, p) for p in points], table, points)


def _laws(name: str, free: Sequence[Any]) -> Iterator[Any]:
    """Members of a family by the free symbols, each of them once; what is left is 0, 1 or 2."""
    arity = len(FAMILIES[name].parameters)
    if arity < len(free):
        return
    fixed = (sp.S.Zero, sp.S.One, sp.Integer(2))
    for rest in [()] if arity == len(free) else [(c,) for c in fixed] if arity == len(free) + 1 else []:
        for values in permutations((*free, *rest)):
            try:
                yield FAMILIES[name](*values)
            except _FAILS:
                continue
    if arity == 2 and not free:
        for a in fixed:
            for b in fixed[1:]:
                try:
                    yield FAMILIES[name](a, b)
                except _FAILS:
                    continue


def _same(law: Any, mine: Sequence[Any], table: dict[Any, Any], points: Sequence[Any]) -> bool:
    """Does the law have these densities wherever it has any, and at three points at least?"""
    try:
        symbol = sp.Symbol("x_at", real=True)
        density = (law.weight_at if law.discrete() else law.density_at)(symbol)
        (values,) = law.ranges()
        met = 0
        for value, p in zip(mine, points, strict=True):
            low, high = (e.subs(table) for e in (values.low, values.high))
            if not (low < p < high or (law.discrete() and low <= p <= high)):
                continue
            theirs = _value(density, table, symbol, p)
            if value is None or theirs is None or abs(value - theirs) > abs(theirs) * sp.Float(10) ** (5 - _DIGITS):
                return False
            met += 1
        return met >= (2 if law.family.name == "Bernoulli" else 3)
    except _FAILS:
        return False


def _value(body: Any, table: dict[Any, Any], x: Any, point: Any) -> Any:
    try:
        out = body.subs(table).subs(x, point).evalf(_DIGITS)
        return out if out.is_real and out.is_finite and out.is_Number else None
    except _FAILS:
        return None
