"""Enclosures by mpmath's interval arithmetic: signs of constants, and points where something does not vanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import count, islice
from typing import Any, Final

from mpmath import iv

from symrep.audit.algebra import Algebra
from symrep.audit.atoms import ANY, Atom, Signs
from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, has, sub, walk
from symrep.audit.derive import smooth_enough
from symrep.audit.sums import Sum

__all__ = ["constant_sign", "enclosure", "off_zero_somewhere", "thin"]

PRECISIONS: Final = (80, 300, 1100)
Box = Any


def _rational(c: Fraction) -> Box:
    return iv.mpf(c.numerator) / iv.mpf(c.denominator)


def _finite(b: Box) -> bool:
    return bool(-iv.inf < b.a and b.b < iv.inf)


def enclosure(alg: Algebra, s: Sum, point: Mapping[str, Fraction]) -> Box | None:
    """An interval that contains the value at the point, or None when there is no way to have one."""
    out = iv.mpf(0)
    for m, c in s.items():
        term = _rational(c)
        for a, e in m:
            v = _atom(alg, alg.atoms[a], point)
            if v is None:
                return None
            f = Fraction(e)
            if f.denominator == 1:
                if f < 0 and v.a <= 0 <= v.b:
                    return None
                term = term * v ** int(f)
            elif v.a > 0:
                term = term * iv.exp(_rational(f) * iv.log(v))
            else:
                return None
        out = out + term
    return out if _finite(out) else None


def _atom(alg: Algebra, a: Atom, point: Mapping[str, Fraction]) -> Box | None:
    if a.kind == "sym":
        at = point.get(a.term[1])
        return None if at is None else _rational(at)
    if a.kind == "const":
        return iv.pi if a.data == "pi" else _thirty_digits(a.data)
    if a.kind == "prime":
        return iv.mpf(a.term[1])
    if a.kind not in ("base", "abs", "log", "exp", "sin", "cos", "gamma", "atan"):
        return None
    v = enclosure(alg, a.args[0], point)
    if v is None:
        return None
    if a.kind == "base":
        return v
    if a.kind == "abs":
        return abs(v)
    if a.kind == "log":
        v = abs(v)
        return iv.log(v) if v.a > 0 else None
    if a.kind == "gamma":
        return iv.gamma(v) if v.a > 0 and v.b < 100 else None
    if a.kind == "atan":
        return None
    return {"exp": iv.exp, "sin": iv.sin, "cos": iv.cos}[a.kind](v)


#: γ and Catalan's constant, in units of 10⁻³⁰, rounded down
DIGITS: Final = {
    "euler_gamma": 577215664901532860606512090082,
    "catalan": 915965594177219015054603514932,
}


def _thirty_digits(name: str) -> Box:
    return iv.mpf([DIGITS[name], DIGITS[name] + 1]) / iv.mpf(10) ** 30


def constant_sign(alg: Algebra, s: Sum) -> Signs:
    """The sign of a sum without symbols."""
    return _sign_at(alg, s, {})


def _sign_at(alg: Algebra, s: Sum, point: Mapping[str, Fraction]) -> Signs:
    saved = iv.prec
    try:
        for prec in PRECISIONS:
            iv.prec = prec
            v = enclosure(alg, s, point)
            if v is None:
                return ANY
            if v.a > 0:
                return frozenset({1})
            if v.b < 0:
                return frozenset({-1})
    except (ArithmeticError, ValueError):
        return ANY
    finally:
        iv.prec = saved
    return ANY


def _values(a: Atom) -> list[Fraction]:
    lo, _, hi, _ = a.range
    steps = [Fraction(2, 7), Fraction(5, 3), Fraction(11, 13), Fraction(1, 17), Fraction(31, 5)]
    if lo is not None and hi is not None:
        return [lo + (hi - lo) * Fraction(k, 11) for k in (3, 7, 1, 9, 5)]
    if lo is not None:
        return [lo + s for s in steps]
    if hi is not None:
        return [hi - s for s in steps]
    return [steps[0], -steps[1], steps[2], -steps[3], steps[4]]


def _points(alg: Algebra, names: list[str]) -> Iterator[dict[str, Fraction]]:
    choices = []
    for n in names:
        found = _values(alg.symbol_atom(n))
        if "integer" in (alg.ctx.kind_of(n) or ""):
            found = [Fraction(round(v)) + (1 if alg.symbol_atom(n).range[0] is not None else 0) for v in found]
        choices.append(found)
    for k in count():
        yield {n: c[(k * (i + 2) + i) % len(c)] for i, (n, c) in enumerate(zip(names, choices, strict=True))}


def _admitted(alg: Algebra, point: Mapping[str, Fraction]) -> bool:
    return all(alg.symbol_atom(n).holds(v) for n, v in point.items())


def off_zero_somewhere(alg: Algebra, p: Sum) -> bool:
    """Analytic on a box and different from zero at one of its points: then its zeros are a null set (an analytic
    function that is not identically zero on a connected open set has a zero set of measure zero)."""
    if not _analytic(alg, p):
        return False
    names = sorted(alg.free(p))
    return any(0 not in _sign_at(alg, p, pt) for pt in islice(_points(alg, names), 4) if _admitted(alg, pt))


def _analytic(alg: Algebra, s: Sum) -> bool:
    """Is the sum analytic on the box of its symbols, an open connected set?"""
    for m in s:
        for i, e in m:
            a = alg.atoms[i]
            definite = a.signs() in ({1}, {-1}) or (a.kind == "sym" and len(a.signs() - {0}) == 1)
            if not a.smooth or not a.real or ((e < 0 or Fraction(e).denominator > 1) and not definite):
                return False
            if a.kind == "sym":
                kind = alg.ctx.kind_of(a.term[1]) or "integer"
                if "integer" in kind or kind == "complex" or (a.nonzero and not definite):
                    return False
            elif not all(_analytic(alg, arg) for arg in a.args):
                return False
    return True


def thin(alg: Algebra) -> bool:
    """May the context itself be a null set? Not when one of its points satisfies all relations strictly."""
    if alg.is_thin is not None:
        return alg.is_thin
    ctx = alg.ctx
    relations = (*ctx.given, *ctx.facts)
    alg.is_thin = True
    if any(
        r[1] == "==" or has(r, "integral", "expect", "sum", "product", "det", "jacobian", "limit", "push", "kl", "diff")
        for r in relations
    ):
        return True
    from symrep.audit.signing import OPS

    try:
        found = []
        for r in relations:  # what a relation says, or where it is defined, may be a null set if it has no normal form
            s, notes = alg.quietly(partial(alg.norm, sub(r[2], r[3])))
            if notes or not alg.real(s):
                return True
            found.append((s, OPS[r[1]] - {0}))
        if not any(r[1] in ("<=", ">=") or _may_jump(r, ctx) for r in relations):
            alg.is_thin = False
            return False
        names = sorted(alg.free(*(s for s, _ in found)))
        for pt in islice(_points(alg, names), 400):
            if _admitted(alg, pt) and all(_sign_at(alg, s, pt) <= ok for s, ok in found):
                alg.is_thin = False
                break
    except (No, ArithmeticError):
        pass
    return alg.is_thin


def _may_jump(r: Term, ctx: Ctx) -> bool:
    """Is one side not known to be continuous where it is defined?"""
    for s in walk(r):
        if s[0] in ("rel", "num", "sym", "const", "index", "add", "mul", "pow"):
            continue
        if s[0] == "fn" and s[1] not in ("sign", "heaviside", "floor", "ceiling"):
            continue
        if s[0] != "app" or not smooth_enough(s[1], sum(s[2]), ctx):
            return True
    return False
