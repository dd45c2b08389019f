"""The density of an image of independent noises as an expression: an inverse in one noise, integrals over the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from symrep.entry import Pathwise
from symrep.family import FAMILIES, Distribution, Family
from symrep.laws.claims import fresh
from symrep.rules.guess import EVERYWHERE, guess_value
from symrep.rules.invert import invert
from symrep.symbols import DomainSymbol, as_expr

__all__ = ["Noise", "base_law", "image_density", "noise_in", "support_of"]

#: a symbol and its law, ``("Normal", (0, 1))``
Noise = tuple[Any, tuple[str, tuple[Any, ...]]]


def base_law(base: tuple[str, tuple[Any, ...]]) -> Distribution:
    """The member a base names.

    Raises:
        KeyError: no family is called so.
    """
    name, values = base
    return FAMILIES[name](*values)


def support_of(law: Distribution) -> tuple[Any, Any]:
    s = law.family.support
    return law.fill(s.low), law.fill(s.high)


def noise_in(way: Pathwise, family: Family) -> tuple[Any, Any]:
    """A noise symbol that ranges over the base's support and no more, and the path in it."""
    low, high = support_of(base_law(way.bases[0]))
    kind = "unit" if (low, high) == (0, 1) else "positive" if low.is_nonnegative else "real"
    e = fresh("e", kind, family)
    return e, as_expr(way.path).subs(way.noises[0], e)


def image_density(noises: Sequence[Noise], path: Any, t: Any) -> Any:
    """The density at ``t`` of ``path`` by the rule for changes of variables, or None where no inverse is found.

    The path is inverted in one noise e for the others fixed; then p(t) = ∫ q(e(t, …)) |∂_t e| ∏ q_i over the others,
    with an indicator where e(t, …) may leave the support of its noise. Untrusted in this: it is claimed to equal the
    stated density, and that claim is judged.
    """
    path = as_expr(path)
    for i, (e, base) in enumerate(noises):
        found = _solved(path, e, t)
        law = base_law(base)
        if found is None or not _all_found(found, path, e, t, *support_of(law)):
            continue
        out = sp.S.Zero
        for back in found:
            slope = sp.diff(back, t)
            out += law.weight_at(back) * sp.Abs(slope) * _indicator(back, *support_of(law)) * _real(back)
        for n, other in (row for k, row in enumerate(noises) if k != i):
            q = base_law(other)
            low, high = support_of(q)
            v = DomainSymbol(f"{n.name}_", _kind(low, high))
            out = _integrated(out.subs(n, v) * q.weight_at(v), v, low, high)
        return out
    return None


def _kind(low: Any, high: Any) -> str:
    if (low, high) == (0, 1):
        return "unit"
    return "positive" if low.is_nonnegative else "negative" if high.is_nonpositive else "real"


def _solved(path: Any, e: Any, t: Any) -> list[Any] | None:
    """Candidates for all e with path = t."""
    y = sp.Dummy("y", real=True)
    try:
        found = invert(path, e, y)
    except (ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError):
        return None
    if not found:
        return None
    return [b.subs(y, t) for b in found]


def _all_found(found: list[Any], path: Any, e: Any, t: Any, low: Any, high: Any) -> bool:
    """Is every value of the noise tried one of the inverses at its image (not if a branch is missing), and does every
    inverse lead back, wherever the others are (not for ±r with |e| = r where r may be negative)?
    """
    bottom = sp.S.Zero if t.is_positive else -sp.oo
    for seed, w in enumerate(EVERYWHERE, start=1):
        for back in found:
            gap = guess_value(path.subs(e, back) - t, t, bottom, sp.oo, seed, (), w)
            if gap is not None and abs(gap) > 1e-9:
                return False
        gaps = [guess_value(back.subs(t, path) - e, e, low, high, seed, (), w) for back in found]
        if not any(g is not None and abs(g) < 1e-9 for g in gaps):
            return False
    return True


def _indicator(back: Any, low: Any, high: Any) -> Any:
    """1 where the inverse lies in the support of its noise. Nothing where that is always so."""
    out = sp.S.One
    for gap in ((back - low) if low != -sp.oo else None, (high - back) if high != sp.oo else None):
        if gap is not None and not gap.is_positive:
            out *= sp.Heaviside(gap)
    return out


def _real(back: Any) -> Any:
    """1 where the inverse is a real number, as far as its roots tell."""
    roots = [p for p in back.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q == 2 and p.base.is_nonnegative is None]
    return sp.Mul(*(sp.Heaviside(p.base) for p in roots))


def _integrated(body: Any, v: Any, low: Any, high: Any) -> Any:
    """∫ over v, over the part where the indicators hold if that is seen to be an interval from one end."""
    for h in [h for h in body.atoms(sp.Heaviside) if h.has(v)]:
        gap = h.args[0]
        slope = sp.diff(gap, v)
        roots = invert(gap, v, sp.S.Zero)
        if len(roots) == 2 and roots[0] == -roots[1] and sp.diff(gap, v, 2).is_negative:
            far = max(roots, key=lambda r: not r.could_extract_minus_sign())
            if low == -sp.oo and high == sp.oo:  # where the ends are real, too
                inside = far**2
                body = body.subs(h, 1) * (1 if inside.is_positive else sp.Heaviside(inside))
                low, high = -far, far
            continue
        if len(roots) != 1:
            continue
        if (slope.is_positive and low == -sp.oo) or (slope.is_positive and (roots[0] - low).is_nonnegative):
            body, low = body.subs(h, 1), roots[0]
        elif (slope.is_negative and high == sp.oo) or (slope.is_negative and (high - roots[0]).is_nonnegative):
            body, high = body.subs(h, 1), roots[0]
    outside, inside = sp.powsimp(body).as_independent(v, as_Add=False)
    return outside * sp.Integral(inside, (v, low, high))
