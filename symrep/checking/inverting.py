"""What a part of an expression would have to be for the whole to have a given value. Cheap algebra, nothing that hangs.

Inverse-value localisation as in :mod:`symrep.repair`, by symbols and not by numbers: the part is a fresh symbol, and
the way from the root to it is undone step by step. What comes out is a proposal; whoever uses it judges it.
"""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.notation import Binder, Expectation
from symrep.repair.offset import difference, harmless, quotient, tidy

__all__ = ["log_of", "needed"]

_MOST: Final = 400


def needed(expr: Any, hole: Any, target: Any) -> Any:
    """The value of ``hole`` for which ``expr`` is ``target``, tidied; None where the way cannot be undone."""
    if target.count_ops() > _MOST or expr.count_ops() > _MOST:
        return None
    while expr != hole:
        inside = [a for a in expr.args if a.has(hole)]
        if len(inside) != 1:
            return None
        part = inside[0]
        rest = [a for a in expr.args if a is not part]
        if isinstance(expr, sp.Add):
            target = difference(target, sp.Add(*rest))
        elif isinstance(expr, sp.Mul):
            target = quotient(target, sp.Mul(*rest))
        elif isinstance(expr, sp.exp):
            target = log_of(target)
        elif isinstance(expr, sp.log):
            target = sp.exp(target)
        elif isinstance(expr, sp.Pow):
            target = _power(expr, part, target)
        elif isinstance(expr, (sp.Integral, sp.Sum, Expectation)) and part is expr.args[0]:
            target = _under(expr, target)
        else:
            return None
        if (
            target is None
            or not isinstance(target, sp.Expr)
            or target.has(sp.nan, sp.zoo)
            or (target.has(sp.oo) and not target.has(sp.Integral, sp.Sum))
            or target.count_ops() > _MOST
        ):
            return None
        expr = part
    if target.has(hole) or target.has(sp.Integral, sp.Sum, Binder) or not harmless(target):
        return None
    return tidy(target)


def _under(expr: Any, target: Any) -> Any:
    """What has to stand under an integral, a sum, an expectation, for it to be another one over the same: the same."""
    same = [f for f in sp.Mul.make_args(target) if type(f) is type(expr) and f.args[1:] == expr.args[1:]]
    if len(same) != 1:
        return None
    bound = {v for t in expr.args[1:] for v in (t.args[:1] if isinstance(t, sp.Tuple) else ())}
    rest = sp.Mul(*(f for f in sp.Mul.make_args(target) if f is not same[0]))
    return None if rest.free_symbols & bound else rest * same[0].args[0]


def _power(expr: Any, part: Any, target: Any) -> Any:
    base, exponent = expr.as_base_exp()
    if part == expr.args[0]:
        if exponent.has(part) or exponent == 0:
            return None
        return _root(target, exponent)
    if base == sp.E:
        return log_of(target)
    below = log_of(base)
    return None if below == 0 else quotient(log_of(target), below)


def _root(target: Any, exponent: Any) -> Any:
    """target^(1/exponent), for numbers taken to be positive."""
    out = sp.S.One
    top = sp.factor_terms(target)
    for f in sp.Mul.make_args(top):
        base, power = f.as_base_exp()
        if f.is_number and f.is_negative:
            return None
        out *= sp.exp(f.args[0] / exponent) if isinstance(f, sp.exp) else base ** (power / exponent)
    return out


def log_of(value: Any) -> Any:
    """The logarithm of a product of powers and exponentials, expanded, for factors taken to be positive."""
    out = sp.S.Zero
    for f in sp.Mul.make_args(sp.factor_terms(value)):
        if isinstance(f, sp.exp):
            out += f.args[0]
            continue
        base, power = f.as_base_exp()
        if base == sp.E:
            out += power
        elif base.is_Integer and base > 1:
            out += power * sp.Add(*(k * sp.log(p) for p, k in sp.factorint(base, limit=1000).items()))
        elif isinstance(base, sp.Mul):
            out += power * sum(log_of(b) for b in base.args)
        else:
            out += power * sp.log(base)
    return sp.expand_mul(out)
