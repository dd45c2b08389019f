"""Powers times a wave times a normal density: by parts until only the wave is left, which the kernel's table knows."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.rules.integrate import parts_of
from symrep.translate import to_term

__all__ = ["wave_parts"]

MAX_POWER: Final = 8


def wave_parts(t: Any, x: Any) -> list[dict[str, Any]] | None:
    r"""Parts of ∫ Σ xⁿ cos(ωx+φ) e^{ax²+bx+c} dx over the line, or None. Proposals: the kernel checks them.

    With q = ax² + bx + c, xⁿ w e^q = (xⁿ⁻¹ w e^q)'/(2a) − (xⁿ⁻¹ w)' e^q/(2a) − b xⁿ⁻¹ w e^q/(2a).
    """
    rest, parts = sp.expand(sp.powsimp(sp.expand(t), combine="exp")), []
    edge = sp.S.Zero
    for _ in range(4 * MAX_POWER):
        terms = sp.Add.make_args(sp.expand(rest))
        high = next((s for s in terms if sp.degree(_power(s, x), x) > 0), None)
        if high is None:
            break
        found = _by_parts(high, x)
        if found is None:
            return None
        f, remaining = found
        edge, rest = edge + f, rest - high + remaining
    else:
        return None
    if edge == 0:
        return None
    ends = {"lo": ("inf", -1), "hi": ("inf", 1), "antiderivative": to_term(edge)}
    parts.append({"kind": "ftc", "integrand": to_term(sp.diff(edge, x)), "pieces": [ends]})
    for term in sp.Add.make_args(sp.expand(rest)):
        more = parts_of(term, x, -sp.oo, sp.oo)
        if more is None:
            return None
        parts += [p for p, _ in more]
    return parts


def _power(term: Any, x: Any) -> Any:
    return sp.Mul(*(f for f in sp.Mul.make_args(term) if f.is_polynomial(x)))


def _by_parts(term: Any, x: Any) -> tuple[Any, Any] | None:
    power, waves, q = _power(term, x), [], sp.S.Zero
    for f in sp.Mul.make_args(term):
        if f.is_polynomial(x):
            continue
        if isinstance(f, sp.exp):
            q += f.args[0]
        elif isinstance(f, (sp.sin, sp.cos)):
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
