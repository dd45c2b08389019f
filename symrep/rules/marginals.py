r"""The density of one function of several independent variables: sums, ratios, products, norms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, ClassVar, Final, final

import sympy as sp

from symrep.derivation import Rule
from symrep.distribution import Joint, Pushforward
from symrep.errors import BadInput, NotApplicable
from symrep.notation import Density
from symrep.rules.base import Applied, fresh_name, rewrite, swap, the_node
from symrep.rules.branches import Branch, branches_of
from symrep.rules.guess import guess_sign
from symrep.rules.invert import zeros
from symrep.symbols import DomainSymbol, as_expr
from symrep.translate import to_term

__all__ = ["marginalise"]

#: (variable, low, high) of each variable that is integrated over
Ranges = tuple[tuple[Any, Any, Any], ...]
_ENDS: Final = ("x_lo", "x_hi", "y_lo", "y_hi", "inverse")


@final
@dataclass(frozen=True)
class marginalise(Rule):
    r"""$f_T(t) = \int \sum_i f(x, g_i(x,t))\,|\partial_t g_i(x,t)|\,\mathbf{1}\{t \in K_i(x)\}\,dx$ for T = h(X, Y).

    ``marginalise(y)`` changes the variable y for t, the other variables fixed, and integrates them out; for h = x + y
    that is the convolution. Rewrites ``density(pushforward(joint(…), (x, y), h))(t)``, with one coordinate.
    Obligations: for fixed other variables y ↦ h is strictly monotone on each branch, with the image and inverse stated;
    the joint density is nonnegative. What is computed is a density: it is determined almost everywhere.

    Args:
        variable: the variable that is changed.
        inverse: h solved for it, in the point's own symbol; a tuple, one entry a branch. Found by itself when simple.

    Raises:
        NotApplicable: no density of one function of several variables in the line, or no inverse found.
    """

    variable: Any
    inverse: Any = None
    name: ClassVar[str] = "marginalise"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        y = as_expr(self.variable)
        found = the_node(
            self.name,
            before,
            Density,
            lambda d: (
                isinstance(d.law, Pushforward)
                and isinstance(d.law.base, Joint)
                and len(d.law.images) == 1
                and y in d.law.variables
            ),
            f"the density of one function of several variables, {y} among them",
        )
        table, rewrites = [], []
        for node in found:
            result, steps = self._one(node, y)
            table.append((node, result))
            rewrites += steps
        return Applied(swap(before, table), tuple(rewrites))

    def _one(self, node: Density, y: Any) -> tuple[Any, list[dict[str, Any]]]:
        law: Any = node.law
        (h,), (t,) = law.images, node.points
        if not isinstance(t, sp.Symbol):
            raise BadInput(self.name, "the density at a symbol", str(t), "density(T)(t)")
        if not h.has(y):
            raise NotApplicable(self.name, f"a map that depends on {y}", str(h))
        own = self.inverse
        own = own if own is None or isinstance(own, (tuple, list, sp.Tuple)) else (own,)
        own = None if own is None else tuple(map(as_expr, own))
        where = dict(zip(law.variables, law.base.support(), strict=True))
        others = tuple((v, as_expr(i.low), as_expr(i.high)) for v, i in where.items() if v != y)
        target = DomainSymbol(fresh_name("t", node, h), "real")
        whole, result, cells, smaller = sp.S.Zero, sp.S.Zero, [], []
        for ranges in _cells(h, y, others):
            branches = _branches(self.name, h, y, where[y], t, own, ranges)
            integral = sp.Integral(sp.Add(*(_term(law, y, b, t) for b in branches)), *ranges)
            edges = {"low": to_term(ranges[0][1]), "high": to_term(ranges[0][2])} if len(ranges) == 1 else {}
            cells.append({**edges, "branches": [b.data(t, target) for b in branches]})
            narrow = _restricted(integral, branches, t) if len(branches) == len(ranges) == 1 else integral
            if narrow != integral:
                smaller.append(rewrite("restrict", integral, narrow))
            whole, result = whole + integral, result + narrow
        step = rewrite("marginal", node, whole, changed=y.name, target=target.name, cells=cells)
        return result, [step, *smaller]


def _cells(h: Any, y: Any, others: Ranges) -> list[Ranges]:
    """The range of a single other variable, cut where the direction of the map in y may turn round."""
    if len(others) != 1:
        return [others]
    ((x, low, high),) = others
    top, bottom = sp.fraction(sp.together(sp.diff(h, y)))
    cuts = {p for e in (top, bottom) for p in zeros(sp.factor(e), x) if p.is_number and p.is_extended_real}
    inside = sorted(p for p in cuts if (p - low).is_extended_positive and (high - p).is_extended_positive)
    edges = [low, *inside, high]
    return [((x, a, b),) for a, b in pairwise(edges)]


def _branches(rule: str, h: Any, y: Any, support: Any, t: Any, own: Any, ranges: Ranges) -> list[Branch]:
    """The branches in y, the other variables declared as narrow as their ranges."""
    kinds = {x: "positive" if a.is_nonnegative else "negative" if b.is_nonpositive else "real" for x, a, b in ranges}
    narrow = {x: DomainSymbol(x.name, kind) for x, kind in kinds.items()}
    back = {v: x for x, v in narrow.items()}
    given = None if own is None else tuple(g.xreplace(narrow) for g in own)
    found = branches_of(rule, h.xreplace(narrow), y, support, t, given)
    return [replace(b, **{k: as_expr(getattr(b, k)).xreplace(back) for k in _ENDS}) for b in found]


def _term(law: Any, y: Any, b: Branch, t: Any) -> Any:
    """One branch's part of the integrand: the joint density there times |∂_t of the inverse|, 0 off the image."""
    value = b.jacobian(t)
    for part, v in zip(law.base.args, law.variables, strict=True):
        value *= Density(part, b.inverse) if v == y else part.density_at(v)
    inside = b.where(t)
    return value if inside is sp.true else sp.Piecewise((value, inside), (sp.S.Zero, True))


def _nearer(root: Any, end: Any, gap: Any) -> Any:
    """The narrower of two ends: the root where it lies inside, ``gap`` above 0; None where nobody knows."""
    if end.is_infinite or gap.is_nonnegative:
        return root
    return end if gap.is_nonpositive else None


def _restricted(integral: Any, branches: list[Branch], t: Any) -> Any:
    """The range narrowed to where the point lies in the image, when each end of the image is passed once."""
    ((x, low, high),), (b,) = integral.limits, branches
    body, passed = integral.function, False
    for end, above in ((b.y_lo, True), (b.y_hi, False)):
        if end.is_infinite or not end.has(x):
            continue
        roots = zeros(end - t, x)
        rising = guess_sign(sp.diff(end, x), x, low, high)
        if len(roots) != 1 or rising == 0:
            return integral
        if (rising > 0) == above:
            high = _nearer(roots[0], high, high - roots[0])
        else:
            low = _nearer(roots[0], low, roots[0] - low)
        if high is None or low is None:
            return integral
        passed = True
    if not passed:
        return integral
    body = body.replace(lambda e: isinstance(e, sp.Piecewise), lambda e: e.args[0].expr)
    plain = body.replace(lambda e: isinstance(e, Density), lambda e: e.law.density_at(*e.points))
    return sp.Integral(plain, (x, low, high))
