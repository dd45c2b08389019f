"""A substitution u = x^p that turns e^(−c x^p) into e^(−c u), for Weibull's and generalised Gamma's integrals."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.symbols import DomainSymbol
from symrep.term import Term
from symrep.translate import to_term

__all__ = ["power_substitution"]

_HALF_LINE = (("num", 0, 1), ("inf", 1))


def power_substitution(node: Term, t: Any, x: Any, taken: set[str]) -> tuple[dict[str, Any], Any, Any] | None:
    """The data of a ``substitution`` theorem about ∫_0^∞ t dx, the new integrand and its variable; or None."""
    if node[2][1:] != _HALF_LINE:
        return None
    p = _exponent(t, x)
    if p is None:
        return None
    u, y = (DomainSymbol(_fresh(base, taken), "positive") for base in ("u", "v"))
    path = u ** (1 / p)
    plain = sp.expand_power_base(sp.powdenest(t.subs(x, path)))
    new = sp.powsimp(sp.expand(sp.powdenest(plain) * sp.diff(path, u)))
    zero, infinity = _HALF_LINE
    branch = {"x_lo": zero, "x_hi": infinity, "y_lo": zero, "y_hi": infinity, "inverse": to_term(y**p)}
    data = {
        "theorem": "substitution",
        "lhs": node,
        "rhs": ("integral", to_term(new), (u.name, zero, infinity)),
        "variable": u.name,
        "path": to_term(path),
        "low": zero,
        "high": infinity,
        "target": y.name,
        "branches": [branch],
    }
    return data, new, u


def _exponent(t: Any, x: Any) -> Any:
    """The p of the one e^(−c x^p) in the integrand, p > 0 and not 1."""
    found = set()
    for e in t.atoms(sp.exp):
        _, moving = sp.expand_power_base(e.args[0]).as_independent(x, as_Add=False)
        base, p = moving.as_base_exp()
        if e.has(x):
            found.add(p if base == x and not p.has(x) else None)
    p = found.pop() if len(found) == 1 else None
    return p if p is not None and p.is_positive and p != 1 else None


def _fresh(base: str, taken: set[str]) -> str:
    n = 1
    while f"{base}_{n}" in taken:
        n += 1
    taken.add(f"{base}_{n}")
    return f"{base}_{n}"
