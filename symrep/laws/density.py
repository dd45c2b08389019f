"""The density (or pmf) is one: not negative on the support, of total mass one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, Final

import sympy as sp

from symrep.clock import now
from symrep.family import Family
from symrep.laws.by_map import ideas
from symrep.laws.by_mass import mass_by_cdf, mass_by_steps
from symrep.laws.claims import either_side, equation, fresh, or_standardised, point, relation, total, where_in
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import factor, library
from symrep.laws.numbers import Point, points, value, values
from symrep.laws.slips import edits
from symrep.rules.pieces import cut
from symrep.rules.solving import known_sign
from symrep.symbols import DomainSymbol, as_expr
from symrep.translate import context_of
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["at_least_zero", "end_value", "inside", "on_pieces", "word"]

#: seconds for each guess at what a wrong mass comes from
_WORDS: Final = 4.0


def word(family: Family) -> str:
    return "pmf" if family.discrete else "density"


@family_law("nonnegative", "the density is at least zero on its support", rank=10)
def nonnegative(family: Family) -> Iterator[Question]:
    z = point(family)
    weight = as_expr(family.weight).subs(family.variable, z)
    pieces = on_pieces(family, weight, z)
    for (place, part, here), (case, known) in product(pieces, either_side(family.given())):
        inner = at_least_zero(part, z, (*known, *here))

        def found(seconds: float, inner: Question = inner) -> Verdict:
            bad = _negative_or_unreal(family)
            return bad if bad is not None else inner.decide(seconds)

        yield Question(f"{word(family)} >= 0 on {place}{case}", found, stated=word(family))


def at_least_zero(part: Any, z: Any, given: tuple[Any, ...]) -> Question:
    """``part >= 0`` for z where the relations hold. It is asked again in other words: for z > a of a + w or a (1 + w)
    where w > 0, since the sign of log(z/a) is seen so; and of a function of z - m, for all real numbers.
    """
    inner = relation("", sp.Ge(part, 0, evaluate=False), given)
    again = [
        relation("", sp.Ge(as_expr(new), 0, evaluate=False), told) for new, told in _in_other_words(part, z, given)
    ]
    if not again:
        return inner

    def found(seconds: float) -> Verdict:
        verdict = inner.decide(seconds / 2)
        for question in again if verdict.status is Status.UNDECIDED else ():
            second = question.decide(seconds / 2)
            if second.status is Status.PROVED:
                return second
        return verdict

    return replace(inner, decide=found)


def _in_other_words(part: Any, z: Any, given: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Formulas and the relations where they have to be at least zero; each by itself would do."""
    lower = [r for r in given if isinstance(r, sp.StrictGreaterThan) and r.lhs == z and not r.rhs.has(z)]
    if len(lower) == 1:
        a, w = lower[0].rhs, DomainSymbol(f"{z.name}_above", "positive")
        place = a * (1 + w) if a.is_positive else a + w
        yield part.subs(z, place), tuple(r.subs(z, place) for r in given if r is not lower[0])
    for m in sorted(part.free_symbols - {z}, key=str) if part.has(sp.sin, sp.cos) else ():
        t = DomainSymbol(f"{z.name}_from_{m.name}", "real")
        shifted = part.subs(z, m + t)
        if m.is_extended_real and not m.is_integer and not shifted.has(m):
            yield shifted, tuple(r for r in given if not r.has(z) and not r.has(m))


def on_pieces(family: Family, formula: Any, z: Any) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """A formula in z piece by piece, where it has pieces: the place in words, the formula, the relations."""
    formula, whole = as_expr(formula), where_in(family, z)
    rough = any(p.base.has(sp.Abs) and not p.exp.is_Integer for p in formula.atoms(sp.Pow))  # 0**k at the kink
    if (formula.has(sp.Piecewise) or rough) and not family.discrete:
        low, high = as_expr(family.support.low), as_expr(family.support.high)
        sign = known_sign(context_of([formula, low, high, *family.parameters], family.given()))
        pieces = cut(formula, z, low, high, sign)
        if pieces is not None and len(pieces) > 1:
            for a, b, smooth in pieces:
                here = [r for r in (z > a if a != -sp.oo else None, z < b if b != sp.oo else None) if r is not None]
                yield f"({a}, {b})", smooth, tuple(r for r in here if r is not sp.true)
            return
    yield "the support", formula, whole


def inside(family: Family, at: Point, count: int = 7) -> list[Fraction]:
    """A few points of the support at these parameters, in order."""
    low, high = (end_value(e, at) for e in (family.support.low, family.support.high))
    if math.isnan(low) or math.isnan(high) or low > high:
        return []
    if family.discrete:
        start = int(low) if math.isfinite(low) else min(-3, int(high) - count) if math.isfinite(high) else -3
        return [Fraction(n) for n in range(start, int(min(high, start + count + 1)) + 1)]
    spots = [(n + 0.31 + 0.17 * math.sin(n)) / count for n in range(count)]
    if math.isfinite(low) and math.isfinite(high):
        return [Fraction(low + (high - low) * q).limit_denominator(99991) for q in spots]
    if math.isfinite(low):
        return [Fraction(low + q / (1 - q)).limit_denominator(99991) for q in spots]
    if math.isfinite(high):
        return [Fraction(high - (1 - q) / q).limit_denominator(99991) for q in spots]
    return [Fraction(math.tan(3.0 * (q - 0.5))).limit_denominator(99991) for q in spots]


def end_value(e: Any, at: Point) -> float:
    e = as_expr(e)
    return math.inf if e == sp.oo else -math.inf if e == -sp.oo else value(e, at)


def _negative_or_unreal(family: Family) -> Verdict | None:
    """A rigorous refutation at a point of the support: a value below zero, or none that is real."""
    from flint import acb

    from symrep.checks.evaluate import evaluate_complex
    from symrep.checks.faults import OutOfTime, Unevaluable
    from symrep.translate import to_term

    weight = to_term(as_expr(family.weight))
    for at in points(family, 3, family.given()):
        for x in inside(family, at):
            spot = {**at, family.variable.name: x}
            try:
                z: acb = evaluate_complex(weight, spot, {}, 120)
            except (Unevaluable, OutOfTime, ArithmeticError, ValueError, RecursionError):
                continue
            shown = {k: str(v) for k, v in sorted(spot.items())}
            place = ", ".join(f"{k} = {v}" for k, v in shown.items())
            if not z.imag.contains(0):
                words = f"at {place} the {word(family)} is not a real number: is the support right?"
            elif bool(z.real < 0):
                words = f"at {place} the {word(family)} is negative: a sign, or the support?"
            else:
                continue
            witness = Witness(shown, z.str(12), "0", of=f"{word(family)} >= 0")
            return Verdict(Status.REFUTED, Reason.RELATION_FAILS, words, (Evidence("balls", words),), witness)
    return None


@family_law("mass", "the density integrates (the pmf sums) to one", rank=11)
def mass(family: Family) -> Iterator[Question]:
    whole = total(family, family.weight)
    given = family.given()
    question = equation("", whole, sp.S.One, given, **ideas(family, sp.S.One))
    inner = or_standardised(question, family, family.weight, sp.S.One, given)

    def found(seconds: float) -> Verdict:
        known = mass_by_cdf(family, seconds / 3)
        if known is not None:
            return known
        verdict = inner.decide(seconds)
        if verdict.status in (Status.PROVED, Status.REFUTED):
            return verdict
        if verdict.status is Status.UNDECIDED and family.discrete:
            return mass_by_steps(family, seconds) or verdict
        return _too_much(family) or verdict

    what = f"the {word(family)} {'sums' if family.discrete else 'integrates'} to 1"
    yield Question(what, found, claim=inner.claim, hint=lambda v: _mass_words(family, given), stated=word(family))


#: how near to an infinite or singular end a part of the mass is taken
_REACHES: Final = (Fraction(1, 10), Fraction(1, 1000), Fraction(1, 10**6))


def _too_much(family: Family) -> Verdict | None:
    """A part of a nonnegative density that is more than one already: so is the whole, which may be infinite."""
    if family.discrete:
        return None
    for at in points(family, 2, family.given()):
        low, high = (end_value(e, at) for e in (family.support.low, family.support.high))
        spots = inside(family, at)
        if not spots or any(not value(family.density, {**at, family.variable.name: x}) >= 0 for x in spots):
            continue
        for reach in _REACHES:
            a = Fraction(low).limit_denominator(10**9) + reach if math.isfinite(low) else Fraction(-1 / reach)
            b = Fraction(high).limit_denominator(10**9) - reach if math.isfinite(high) else Fraction(1 / reach)
            if a >= b:
                continue
            part = sp.Integral(family.density, (family.variable, sp.Rational(a), sp.Rational(b)))
            got = value(part, at, 2.0)
            if got > 1 + 1e-6:
                place = ", ".join(f"{k} = {v}" for k, v in sorted(at.items()))
                words = f"at {place} the density integrates to {got:.6g} over ({a}, {b}) alone"
                witness = Witness({k: str(v) for k, v in sorted(at.items())}, f"{got:.9g}", "1", of="mass of a part")
                return Verdict(Status.REFUTED, Reason.UNEQUAL, words, (Evidence("quadrature", words),), witness)
    return None


def _intervals(family: Family) -> Iterator[tuple[Any, Any]]:
    """Other supports one might have meant."""
    ends = [-sp.oo, sp.S.Zero, sp.S.One, sp.oo, *(s for s in family.parameters), *(-s for s in family.parameters)]
    for low in ends:
        for high in ends:
            if low != high and low != sp.oo and high != -sp.oo and (high - low).is_negative is not True:
                yield low, high


def _mass_words(family: Family, given: tuple[Any, ...]) -> str:
    """Which mass there is, and what would make it one."""
    at = points(family, 6, given)
    found = values(total(family, family.weight), at, 6.0)
    kind, verb = word(family), "sums" if family.discrete else "integrates"
    c = factor(found, at, library(family))
    head = f"the {kind} {verb} to {c}" if c is not None else f"the {kind} does not {verb[:-1]} to 1"
    other = _other_support(family, at)
    if other:
        return f"{head}: is the support right? Over {other} it {verb} to 1"
    if c is None:
        guess = _with_jacobian(family, at) or _edited(family, at)
        return f"{head}: {guess or 'is the support right, or a factor missing?'}"
    if not c.free_symbols:
        return f"{head}: is the support right? If it is, the constant is wrong by the factor {c}"
    return f"{head}: the normalising factor is wrong by {c}"


def _with_jacobian(family: Family, at: list[Point]) -> str:
    """The density of a function of x without its derivative: of log x without 1/x, of 1/x without 1/x**2 …"""
    x, until = family.variable, now() + _WORDS
    if not family.discrete and as_expr(family.support.low).is_nonnegative and not _off_one(_of_logarithm(family), at):
        return f"it does with the factor {1 / x}: a Jacobian that was lost?"
    for lost in (1 / x, x, 1 / x**2, sp.exp(x), 1 / (x * (1 - x))) if not family.discrete else ():
        masses = values(total(family, family.weight * lost), at[:3], min(1.5, until - now())) if now() < until else []
        if masses and all(abs(v - 1) < 1e-7 for v in masses):
            return f"it does with the factor {lost}: a Jacobian that was lost?"
    return ""


def _edited(family: Family, at: list[Point]) -> str:
    """The one change of a sign, a constant, an exponent or a factor after which the mass is one."""
    until = now() + _WORDS
    for fixed, words in edits(as_expr(family.weight)):
        if now() > until:
            break
        if not _off_one(total(family, fixed), at[:1], 0.3) and not _off_one(total(family, fixed), at):
            return f"in the {word(family)}, {words}? {_short(fixed)} has mass 1"
    return ""


def _short(e: Any) -> str:
    text = str(e)
    return text if len(text) <= 160 else "with that changed, it"


def _of_logarithm(family: Family) -> Any:
    """∫ p(x)/x dx in log x: of a law with heavy tails that is found where the other is not."""
    t = fresh("t", "real", family)
    ends = (
        sp.log(as_expr(e)) if e not in (0, sp.oo) else (-sp.oo if e == 0 else sp.oo)
        for e in (family.support.low, family.support.high)
    )
    return sp.Integral(as_expr(family.density).subs(family.variable, sp.exp(t)), (t, *ends))


def _off_one(mass: Any, at: list[Point], seconds: float = 1.5) -> bool:
    masses = values(mass, at[:3], seconds)
    return not masses or not all(abs(v - 1) < 1e-7 for v in masses)


def _other_support(family: Family, at: list[Point]) -> str:
    if family.discrete:
        choices = [
            (family.support.low + d, family.support.high + e)
            for d in (-1, 0, 1)
            for e in (-1, 0, 1)
            if (d, e) != (0, 0)
        ]
    else:
        choices = list(_intervals(family))
    make = sp.Sum if family.discrete else sp.Integral
    until = now() + _WORDS
    for low, high in choices:
        if (low, high) == (family.support.low, family.support.high):
            continue
        if now() > until:
            return ""
        got = []
        for p in at[:3]:
            a, b = end_value(low, p), end_value(high, p)
            got.append(value(make(as_expr(family.weight), (family.variable, low, high)), p, 0.4) if a < b else math.nan)
            if not abs(got[-1] - 1) < 1e-7:
                break
        else:
            if got:
                return f"{{{low}, …, {high}}}" if family.discrete else f"({low}, {high})"
    return ""
