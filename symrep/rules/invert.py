"""Proposing inverses and zeros. Untrusted: whatever is found here is checked by the kernel."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.symbols import Undetermined, _function_class, as_expr

__all__ = ["invert", "zeros"]


def invert(h: Any, x: Any, y: Any) -> list[Any]:
    """Candidates for x with h(x) = y. Peels h as long as x occurs once, then asks SymPy for polynomials."""
    found: list[Any] = []
    _peel(as_expr(h), x, y, found, 0)
    if found:
        return found
    found = _through_exponential(as_expr(h), x, y)
    if found:
        return found
    return _roots(sp.together(h - y).as_numer_denom()[0], x)


def zeros(a: Any, x: Any) -> list[Any]:
    """Candidates for the zeros of ``a`` in x."""
    return invert(a, x, sp.S.Zero)


def _roots(poly: Any, x: Any) -> list[Any]:
    try:
        p = sp.Poly(sp.expand(poly), x)
    except (sp.PolynomialError, sp.CoercionFailed):
        return []
    if p.degree() < 1 or p.degree() > 2:
        return []
    if p.degree() == 1:
        a, b = p.all_coeffs()
        return [sp.factor_terms(-b / a)]
    a, b, c = p.all_coeffs()
    d = sp.sqrt(sp.factor(b**2 - 4 * a * c))
    return [(-b - d) / (2 * a), (-b + d) / (2 * a)]


def _through_exponential(h: Any, x: Any, y: Any) -> list[Any]:
    """Zeros of h − y when h is a Möbius function of e^x (logistic and softplus-like maps)."""
    z = sp.Dummy("z", positive=True)
    inner = h.args[0] if isinstance(h, sp.log) else h
    target = sp.exp(y) if isinstance(h, sp.log) else y
    out = sp.expand(inner, power_exp=True).subs(sp.exp(x), z).subs(sp.exp(-x), 1 / z)
    if out.has(x) or not out.has(z):
        return []
    numerator = sp.together(out - target).as_numer_denom()[0]
    return [sp.log(root) for root in _roots(numerator, z)] if sp.degree(numerator, z) == 1 else []


def _peel(h: Any, x: Any, y: Any, found: list[Any], depth: int) -> None:
    if depth > 30 or not h.has(x):
        return
    if h == x:
        found.append(y)
        return
    if isinstance(h, (sp.Add, sp.Mul)):
        inner = [a for a in h.args if a.has(x)]
        if len(inner) != 1:
            factored = sp.factor(h) if isinstance(h, sp.Add) else None
            if isinstance(factored, sp.Mul) and factored != h and len([a for a in factored.args if a.has(x)]) == 1:
                _peel(factored, x, y, found, depth + 1)
            elif h.is_rational_function(x):
                found += _roots(sp.together(h - y).as_numer_denom()[0], x)
            elif depth:
                found += _through_exponential(h, x, y)
            return
        rest = h.func(*(a for a in h.args if not a.has(x)))
        _peel(inner[0], x, y - rest if isinstance(h, sp.Add) else y / rest, found, depth + 1)
        return
    if isinstance(h, sp.Pow) and not h.exp.has(x):
        base, e = h.base, h.exp
        if e.is_Rational and e.p % 2 == 0 and not base.is_nonnegative:
            root = y ** (1 / e)
            _peel(base, x, -root, found, depth + 1)
            _peel(base, x, root, found, depth + 1)
        elif e.is_Rational and e.q == 1 and e.p % 2 == 1 and e.p not in (1, -1) and not base.is_nonnegative:
            _peel(base, x, sp.sign(y) * sp.Abs(y) ** (1 / e), found, depth + 1)
        else:
            _peel(base, x, y ** (1 / e), found, depth + 1)
        return
    if isinstance(h, sp.Pow) and not h.base.has(x):
        _peel(h.exp, x, sp.log(y) / sp.log(h.base), found, depth + 1)
        return
    if isinstance(h, sp.Abs):
        _peel(h.args[0], x, -y, found, depth + 1)
        _peel(h.args[0], x, y, found, depth + 1)
        return
    if isinstance(h, Undetermined) and h.spec.inverse and not any(h.orders) and not any(p.has(x) for p in h.args[1:]):
        from symrep.claim import FunctionSpec

        own = h.spec
        spec = FunctionSpec(smooth=own.smooth, monotone=own.monotone, inverse=h.symbol, arity=own.arity)
        back = _function_class(own.inverse, spec, h.orders)(y, *h.args[1:])
        _peel(h.args[0], x, back, found, depth + 1)
        return
    undo = {
        sp.exp: sp.log,
        sp.log: sp.exp,
        sp.sinh: sp.asinh,
        sp.asinh: sp.sinh,
        sp.tanh: sp.atanh,
        sp.atanh: sp.tanh,
        sp.tan: sp.atan,
        sp.atan: sp.tan,
        sp.erf: sp.erfinv,
        sp.erfinv: sp.erf,
    }.get(type(h))
    if undo is not None:
        _peel(h.args[0], x, undo(y), found, depth + 1)
