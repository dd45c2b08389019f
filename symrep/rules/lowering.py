"""Powers times a wave or an error function times e^(quadratic): by parts until the power is gone. Untrusted."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

__all__ = ["lowered"]

MAX_POWER: Final = 8


def lowered(t: Any, x: Any) -> tuple[Any, Any] | None:
    r"""(F, r) with t = F' + r and no power of x beside a wave or an error function in r; or None.

    With q = ax² + bx + c, xⁿ w e^q = (xⁿ⁻¹ w e^q)'/(2a) − (xⁿ⁻¹ w)' e^q/(2a) − b xⁿ⁻¹ w e^q/(2a).
    """
    rest, edge = sp.expand(sp.powsimp(sp.expand(t), combine="exp")), sp.S.Zero
    for _ in range(4 * MAX_POWER):
        terms = sp.Add.make_args(sp.expand(sp.powsimp(rest, combine="exp")))
        terms = tuple(sp.powsimp(s, combine="exp") for s in terms)
        high = next((s for s in terms if s.has(sp.sin, sp.cos, sp.erf) and _degree(s, x) > 0), None)
        if high is None:
            return (edge, sp.Add(*terms)) if edge != 0 else None
        found = _once(high, x)
        if found is None:
            return None
        f, remaining = found
        edge, rest = edge + f, sp.Add(*terms) - high + remaining
    return None


def _degree(term: Any, x: Any) -> int:
    power = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.is_polynomial(x)))
    return int(sp.degree(power, x)) if power.has(x) else 0


def _once(term: Any, x: Any) -> tuple[Any, Any] | None:
    power, waves, q = sp.S.One, [], sp.S.Zero
    for f in sp.Mul.make_args(term):
        if f.is_polynomial(x):
            power *= f
        elif isinstance(f, sp.exp):
            q += f.args[0]
        elif isinstance(f, (sp.sin, sp.cos, sp.erf)) or (f.is_Pow and isinstance(f.base, sp.erf) and f.exp.is_Integer):
            waves.append(f)
        else:
            return None
    if len(waves) != 1 or not q.is_polynomial(x) or not 1 <= sp.degree(power, x) <= MAX_POWER:
        return None
    exponent = sp.Poly(sp.expand(q), x)
    if exponent.degree() != 2:
        return None
    a, b = exponent.coeff_monomial(x**2), exponent.coeff_monomial(x)
    lower = sp.cancel(power / x) * waves[0] / (2 * a)
    return lower * sp.exp(q), -sp.expand(sp.diff(lower, x) + b * lower) * sp.exp(q)
