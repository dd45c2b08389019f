"""Proposing the monotone branches of a map, their images and their inverses. Untrusted; the kernel checks them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, final

import sympy as sp

from symrep.distribution import Interval
from symrep.errors import BadInput, ConditionFails, NotApplicable
from symrep.kernel.analysis.limits import limit
from symrep.kernel.fail import NotProved
from symrep.rules.base import pointwise_derivative
from symrep.rules.guess import guess_sign, sample, seem_equal, tends_to
from symrep.rules.invert import invert, zeros
from symrep.rules.oracle import find_limit
from symrep.rules.pieces import breakpoints
from symrep.symbols import Undetermined, as_expr
from symrep.transforms.transformed import Transformed
from symrep.translate import context_of, to_term
from symrep.verdict import Reason

__all__ = ["Branch", "branches_of", "end_value", "stated_branches"]


@final
@dataclass(frozen=True)
class Branch:
    """h maps (x_lo, x_hi) monotonically onto (y_lo, y_hi); ``inverse`` is an expression in y."""

    x_lo: Any
    x_hi: Any
    y_lo: Any
    y_hi: Any
    inverse: Any
    increasing: bool

    def data(self, y: Any, target: Any) -> dict[str, Any]:
        """As the kernel reads it, the inverse written in the symbol ``target``."""
        return {
            "x_lo": to_term(self.x_lo),
            "x_hi": to_term(self.x_hi),
            "y_lo": to_term(self.y_lo),
            "y_hi": to_term(self.y_hi),
            "inverse": to_term(self.inverse.subs(y, target)),
        }

    def jacobian(self, y: Any) -> Any:
        """|d inverse / dy|, the sign resolved."""
        d = pointwise_derivative(self.inverse, y)
        return d if self.increasing else -d

    def where(self, y: Any) -> Any:
        conds = []
        if self.y_lo.is_finite is not False:
            conds.append(y > self.y_lo)
        if self.y_hi.is_finite is not False:
            conds.append(y < self.y_hi)
        return sp.And(*conds)


def branches_of(
    rule: str,
    h: Any,
    x: Any,
    support: Interval,
    y: Any,
    inverses: tuple[Any, ...] | None,
    *,
    relations: tuple[Any, ...] = (),
    also: tuple[Any, ...] = (),
    onto: Interval | None = None,
) -> list[Branch]:
    """The monotone branches of h on the support.

    ``relations`` hold between parameters, ``also`` are more candidates for an inverse, and ``onto`` is what h should
    lead onto: all of them help to find what is proposed, and none of them is believed.

    Raises:
        ConditionFails: more branches than inverses were given (BRANCH_MISSING).
        NotApplicable: the map is constant, or no inverse was given and none was found.
    """
    if not h.has(x):
        raise NotApplicable(rule, f"a map that depends on {x}", str(h))
    edges = _edges(h, x, support)
    given = list(inverses) if inverses is not None else None
    if given is not None and len(given) < len(edges) - 1:
        raise ConditionFails(
            rule,
            f"one inverse for each of the {len(edges) - 1} monotone branches of {h}",
            f"{len(given)}: {', '.join(map(str, given))}",
            f"inverse=({', '.join(str(g) for g in invert(h, x, y))})",
            code=Reason.BRANCH_MISSING.value,
        )
    candidates = [*also, *invert(h, x, y)]
    out: list[Branch] = []
    for a, b in pairwise(edges):
        sign = guess_sign(pointwise_derivative(h, x), x, a, b, relations) or _declared_sign(h)
        if sign == 0:
            raise NotApplicable(rule, "a map that is strictly monotone on each branch", f"{h} on ({a}, {b})")
        own = _choose(candidates, h, x, y, a, b, relations)
        g = own
        if given is not None:
            g = _choose(given, h, x, y, a, b, relations) or (given[len(out)] if len(given) == len(edges) - 1 else None)
        if g is None:
            raise NotApplicable(
                rule,
                f"an inverse of {h} on ({a}, {b})",
                "none given, none found",
                "inverse=…, the solution for the old variable",
            )
        first, last = (None, None) if onto is None else (onto.low, onto.high) if sign > 0 else (onto.high, onto.low)
        outer = first is not None and a == edges[0] and tends_to(h, x, a, b, "+", first, relations)
        ya = first if outer else end_value(h, x, a, "+", b)
        outer = last is not None and b == edges[-1] and tends_to(h, x, a, b, "-", last, relations)
        yb = last if outer else end_value(h, x, b, "-", a)
        if ya is None or yb is None:
            raise NotApplicable(rule, "a map whose limits at the ends of the support are known", str(h))
        lo, hi = (ya, yb) if sign > 0 else (yb, ya)
        out.append(Branch(a, b, lo, hi, g, sign > 0))
    return out


def stated_branches(law: Any, y: Any) -> list[Branch]:
    """The branches of a map whose chain of transforms is known; empty for other laws, or if its direction is not known.
    Like everything here it is checked by the kernel, not believed.
    """
    if not isinstance(law, Transformed) or law.map.increasing is None:
        return []
    t, up = law.map, law.map.increasing
    cuts = (t.domain.low, *t.kinks, t.domain.high)
    ends = (t.image.low, t.image.high)
    images = (ends[0 if up else 1], *(t(k) for k in t.kinks), ends[1 if up else 0])
    pairs = zip(pairwise(cuts), pairwise(images), strict=True)
    return [
        Branch(a, b, *((c, d) if up else (d, c)), t.backward.subs(t.image_variable, y), up) for (a, b), (c, d) in pairs
    ]


def _declared_sign(h: Any) -> int:
    if isinstance(h, Undetermined) and not any(h.orders):
        return {"increasing": 1, "decreasing": -1}.get(h.spec.monotone or "", 0)
    return 0


def _edges(h: Any, x: Any, support: Interval) -> list[Any]:
    """Ends of the support and, between them, the critical points of h."""
    low, high = as_expr(support.low), as_expr(support.high)
    if isinstance(h, Undetermined) and h.spec.monotone and not any(h.orders):
        return [low, high]
    points = list(breakpoints(h, x, low, high) or [])
    if h.has(sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise):
        return [low, *points, high]
    table = sample((h.free_symbols | low.free_symbols | high.free_symbols) - {x}, 3)
    slope, below = sp.together(pointwise_derivative(h, x)).as_numer_denom()
    poles = [d for d in (sp.together(h).as_numer_denom()[1], below) if d.has(x)]
    for z in [*zeros(sp.factor(slope), x), *(z for d in poles for z in zeros(d, x))]:
        try:
            at, lo, hi = (complex(v.subs(table).evalf(15)) if v.is_finite is not False else v for v in (z, low, high))
        except (TypeError, ValueError):
            continue
        if not isinstance(at, complex) or abs(at.imag) > 1e-12:
            continue
        if (not isinstance(lo, complex) or at.real > lo.real) and (not isinstance(hi, complex) or at.real < hi.real):
            points.append(z)
    numeric = {p: float(p.subs(table).evalf(15)) for p in dict.fromkeys(points)}
    return [low, *sorted(numeric, key=lambda p: numeric[p]), high]


def _choose(candidates: list[Any], h: Any, x: Any, y: Any, a: Any, b: Any, relations: tuple[Any, ...] = ()) -> Any:
    """The candidate g with g(h(x)) = x for some x in (a, b), by numbers."""
    for g in candidates:
        if seem_equal(g.subs(y, h), x, x, a, b, relations):
            return g
    for g in candidates:  # an undetermined inverse has no numbers
        if isinstance(h, Undetermined) and isinstance(g, Undetermined) and h.spec.inverse == g.symbol:
            return g
    return None


def end_value(h: Any, x: Any, end: Any, side: str, other: Any) -> Any:
    """The limit of h at an end of an interval, as it is proposed; None if none is found. ``other`` is the other end."""
    if isinstance(h, Undetermined) and h.spec.inverse and not any(h.orders) and h.args[0] == x:
        if not as_expr(end).is_infinite:
            return h.subs(x, end)
        up = (h.spec.monotone == "increasing") == (end is sp.oo)
        return sp.oo if up else -sp.oo
    value = _known_limit(h, x, end, side, other)
    if value is None:
        value = find_limit(h, x, end, side)
    if value is None:
        return None
    if value.has(sp.oo, -sp.oo) and value not in (sp.oo, -sp.oo):
        big = sp.Dummy("big", positive=True)
        sign = guess_sign(value.xreplace({sp.oo: big, -sp.oo: -big}), x, sp.S.Zero, sp.S.One)
        return sp.oo if sign > 0 else -sp.oo if sign < 0 else None
    return sp.factor_terms(value) if value.is_finite is not False else value


def _known_limit(h: Any, x: Any, end: Any, side: str, other: Any) -> Any:
    """The limit if it is a number or infinite and the kernel knows it, which takes milliseconds; else None."""
    ends = (end, other) if side == "+" else (other, end)
    try:
        at, low, high = (to_term(as_expr(e)) for e in (end, *ends))
        value = limit(to_term(h), x.name, at, side, context_of([h, x, *map(as_expr, ends)]), (low, high))
    except (BadInput, NotProved):
        return None
    if value[0] == "num":
        return sp.Rational(value[1], value[2])
    return (sp.oo if value[1] > 0 else -sp.oo) if value[0] == "inf" else None
