"""By which factor or term a line is off, and where that makes no difference. Cheap algebra, nothing that can hang."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

import sympy as sp

from symrep.distribution import Distribution
from symrep.notation import Binder, Density, Expectation
from symrep.repair.factored import factored, fraction
from symrep.symbols import Undetermined, as_expr

__all__ = ["difference", "harmless", "plain", "quotient", "tidy", "where_zero"]

_SMALL: Final = 120
_HUGE: Final = 1000
_DEGREE: Final = 60
_FAILS: Final = (sp.PolynomialError, ArithmeticError, AttributeError, TypeError, ValueError, NotImplementedError)


def harmless(e: Any) -> bool:
    """No number in it that would fill the memory if it were multiplied out."""
    for s in sp.preorder_traversal(e):
        if isinstance(s, sp.Pow) and s.base.is_number and s.exp.is_number:
            if s.exp.has(sp.Pow) and not s.exp.has(sp.Symbol) and any(p.exp.is_Integer for p in s.exp.atoms(sp.Pow)):
                return False
            if s.exp.is_Rational and abs(s.exp) > _HUGE:
                return False
        if isinstance(s, (sp.factorial, sp.gamma, sp.binomial)) and any(
            a.is_Rational and abs(a) > _HUGE for a in s.args
        ):
            return False
        if isinstance(s, sp.Integer) and abs(int(s)).bit_length() > 4 * _HUGE:
            return False
    return True


def _small(e: Any) -> bool:
    return bool(e.count_ops() <= _SMALL)


def _rational(e: Any) -> Any:
    """Factored over ℚ where that is cheap."""
    if not _small(e) or len(e.free_symbols) > 6 or e.has(Binder, sp.Integral, sp.Sum, sp.Piecewise):
        return e
    if any(
        max(abs(r.p), r.q) > _DEGREE for f in e.atoms(sp.exp, sp.Pow) for r in f.as_base_exp()[1].atoms(sp.Rational)
    ):
        return e  # exp(851x/500) is the 851st power of a generator
    try:
        return factored(e)
    except _FAILS:
        return e


def quotient(a: Any, b: Any) -> Any:
    """a/b with the exponentials combined; equal to it wherever both are defined."""
    factors: dict[Any, Any] = {}
    exponent = sp.S.Zero

    def collect(e: Any, sign: Any) -> None:
        nonlocal exponent
        if isinstance(e, sp.Mul):
            for f in e.args:
                collect(f, sign)
        elif isinstance(e, sp.exp):
            exponent += sign * e.args[0]
        elif isinstance(e, sp.Pow) and isinstance(e.base, (sp.exp, sp.Mul)) and e.exp.is_Integer:
            collect(e.base, sign * e.exp)
        else:
            base, power = e.as_base_exp() if isinstance(e, sp.Pow) else (e, sp.S.One)
            factors[base] = factors.get(base, sp.S.Zero) + sign * power

    collect(a, sp.S.One)
    collect(b, -sp.S.One)
    rest = sp.Mul(*(base**power for base, power in factors.items()))
    if rest.has(sp.Add):
        rest = _rational(rest)
    if exponent == 0:
        return rest
    exponent = sp.expand(exponent) if _small(exponent) else exponent
    forms = [exponent, _rational(exponent)]
    if _small(exponent):
        with suppress(*_FAILS):
            forms.append(fraction(exponent))
    return rest * sp.exp(_shortest(forms))


def _shortest(forms: list[Any]) -> Any:
    return min(forms, key=lambda e: (e.count_ops(), sp.default_sort_key(e)))


def plain(e: Any) -> str:
    """In words of one line: expectations as E[…]."""
    e = as_expr(e)
    marks = {u: sp.Symbol(_primed(u)) for u in e.atoms(Undetermined) if any(u.orders) and len(u.orders) == 1}
    marks |= {d: sp.Symbol(f"{_named(d)}({', '.join(map(str, d.points))})") for d in e.atoms(Density)}
    e = e.xreplace(marks)
    return str(e.xreplace({b: sp.Symbol(f"E[{b.body}]") for b in e.atoms(Expectation)}))


def _primed(u: Any) -> str:
    return f"{u.symbol}{chr(39) * u.orders[0]}({u.args[0]})"


def _named(d: Density) -> str:
    return f"density({d.law.family.name})" if isinstance(d.law, Distribution) else "density"


@lru_cache(maxsize=64)
def difference(a: Any, b: Any) -> Any:
    """Their difference, expanded where that makes it shorter, and factored."""
    out = a - b
    if not _small(out):
        return out
    try:
        wide = sp.expand(out)
    except _FAILS:
        return out
    short = _shortest([out, wide])
    return _shortest([short, _rational(short)])


@lru_cache(maxsize=64)
def tidy(e: Any) -> Any:
    """A shorter form of the same, or the expression itself."""
    if not isinstance(e, sp.Expr) or not _small(e):
        return e
    forms = [e]
    try:
        if isinstance(e, sp.Mul):
            forms.append(quotient(e, sp.S.One))
        elif isinstance(e, sp.Add):
            forms += [sp.expand(e), difference(e, sp.S.Zero)]
    except _FAILS:
        return e
    return _shortest(forms)


def where_zero(e: Any) -> list[str] | None:
    """The zeros of ``e`` in words, one entry a condition; [] if it vanishes nowhere, None if that is not known."""
    if e.is_zero:
        return None
    factors = _rational(e)
    top = [f for f in sp.Mul.make_args(factors) if not f.is_number]
    out: list[str] = []
    for f in top:
        base, power = f.as_base_exp()
        if isinstance(f, sp.exp) or base.is_positive or base.is_negative:
            continue
        if not power.is_positive:
            if power.is_negative and not base.has(Binder, sp.Piecewise):
                continue
            return None
        if isinstance(base, sp.log):
            base = base.args[0] - 1
        said = _zero_of(base)
        if said is None:
            return None
        out += said
    return sorted(set(out))


def _zero_of(base: Any) -> list[str] | None:
    if isinstance(base, sp.Symbol):
        return [f"{base} = 0"]
    if base.has(Binder, sp.Integral, sp.Sum, sp.Piecewise, sp.Heaviside) or not isinstance(base, sp.Add):
        return None
    for s in sorted(base.free_symbols, key=lambda s: (not s.is_positive, s.name)):
        a, b = base.coeff(s, 1), base.coeff(s, 0)
        if a == 0 or a.has(s) or b.has(s) or sp.expand(a * s + b - base) != 0 or not a.is_number:
            continue
        at = -b / a
        if (s.is_positive and at.is_nonpositive) or (s.is_negative and at.is_nonnegative):
            return []
        return [f"{s} = {at}"]
    # a curve is worth naming; "where the difference is 0" says nothing
    return [f"{base} = 0"] if base.count_ops() < 12 and base.is_polynomial() else None
