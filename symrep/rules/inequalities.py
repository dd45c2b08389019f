r"""Inequalities as steps: Jensen, Gibbs, tangents of convex functions, monotonicity, Cauchy–Schwarz.

Each computes a line that is ≤ or ≥ the line before; the line stated must point the same way (``le``, ``lt`` after ≤).
A function counts as convex on an interval where it is twice continuously differentiable with $\varphi'' \ge 0$.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, final

import sympy as sp

from symrep.derivation import Rule
from symrep.distribution import Independent, Interval, PositiveReals, Reals
from symrep.errors import BadInput, NotApplicable
from symrep.notation import Divergence, EachExpectation, Expectation
from symrep.rules.base import Applied, fresh_name, nodes, rewrite, swap, the_node
from symrep.rules.draws import mass_of
from symrep.rules.guess import guess_sign
from symrep.rules.integrate import parts_of
from symrep.symbols import DomainSymbol, as_expr
from symrep.translate import to_term

__all__ = ["cauchy_schwarz", "gibbs", "jensen", "monotonicity", "more_draws", "tangent_line"]

_TURNED: Final = {"<=": ">=", ">=": "<="}
#: what the points are moved by at which a second derivative is looked at
_SHIFTS: Final = (0, 1, sp.Rational(-5, 2), 4)


@final
@dataclass(frozen=True)
class _Convex:
    """φ written in a symbol of its own, on an interval, with the way it bends (">=": convex)."""

    variable: Any
    body: Any
    interval: Interval
    op: str
    at: Callable[[Any], Any] = field(compare=False, repr=False)

    def data(self) -> dict[str, Any]:
        return {
            "variable": self.variable.name,
            "phi": self.body,
            "low": as_expr(self.interval.low),
            "high": as_expr(self.interval.high),
        }


def _convex(rule: str, phi: Any, on: Any, line: Any) -> _Convex:
    if not callable(phi):
        raise BadInput(rule, "the convex or concave function", str(phi)[:40], f"{rule}(log) or {rule}(lambda t: t**2)")
    t = DomainSymbol(fresh_name("t", line), "real")
    body = as_expr(phi(t))
    if not body.has(t):
        raise BadInput(rule, "a function of its argument", str(body))
    if on is not None and not isinstance(on, Interval):
        raise BadInput(rule, "an open interval", str(on), "on=PositiveReals")
    half = any(
        isinstance(e, (sp.log, sp.loggamma)) or (isinstance(e, sp.Pow) and e.base == t and e.exp.is_integer is not True)
        for e in sp.preorder_traversal(body)
    ) or any(isinstance(e, sp.Pow) and e.base == t and e.exp.is_negative for e in sp.preorder_traversal(body))
    interval = on if on is not None else PositiveReals if half else Reals
    bend = sp.diff(body, t, 2)
    low, high = as_expr(interval.low), as_expr(interval.high)
    ways = {guess_sign(bend.subs(t, t + k), t, low - k, high - k) for k in _SHIFTS}
    way = ways.pop() if len(ways) == 1 else 0
    if way == 0:
        raise NotApplicable(rule, f"a function convex or concave on {interval}", f"second derivative {bend}", "on=…")
    return _Convex(t, body, interval, ">=" if way > 0 else "<=", phi)


def _factor(rule: str, line: Any, node: Any, given: tuple[Any, ...]) -> tuple[Any, str]:
    """(k, how k·a stands to k·b when a ≥ b) where the line is k·node + rest, k and the rest free of the node."""
    mark = sp.Dummy(real=True)
    marked = sp.expand(line.xreplace({node: mark}))
    k = marked.coeff(mark, 1)
    if (marked - k * mark).has(mark) or k.has(mark) or k == 0:
        raise NotApplicable(rule, "a line in which the term stands as it is or multiplied", str(line)[:80])
    signed = k.xreplace(
        {r.gts: sp.Dummy(positive=True) for r in given if isinstance(r, sp.StrictGreaterThan) and r.lts == 0}
    )
    if signed.is_nonnegative:
        return k, ">="
    if signed.is_nonpositive:
        return k, "<="
    raise NotApplicable(rule, "a factor whose sign is known", str(k))


def _bounded(
    rule: str,
    before: Any,
    node: Any,
    image: Any,
    step: dict[str, Any],
    op: str,
    *,
    left: bool,
    given: tuple[Any, ...],
) -> Applied:
    """``node`` replaced by ``image``; ``op`` says how the theorem's left side stands to its right one, ``left`` whether
    the node is the left side; ``given`` may say that a factor is positive."""
    k, keeps = _factor(rule, before, node, given)
    found = op if left else _TURNED[op]
    found = found if keeps == ">=" else _TURNED[found]
    result = swap(before, [(node, image)])
    lines = {"before": to_term(before), "after": to_term(result), "op": found}
    return Applied(result, op=found, bound={**lines, "bound": step, "factor": to_term(k if left else -k)})


def _mass(rule: str, law: Any, x: Any) -> list[Any]:
    support = law.support()[0]
    parts = parts_of(law.density_at(x), x, as_expr(support.low), as_expr(support.high))
    if parts is None:
        raise NotApplicable(rule, "a law whose mass is known to be one", str(law))
    return [p for p, _ in parts]


def _single(e: Any) -> bool:
    return isinstance(e, Expectation) and len(e.variables) == 1 and not hasattr(e.law, "images")


def _law(e: Expectation) -> Any:
    return e.law.law_term((e.variables[0].name,), to_term)


def _argument(phi: _Convex, body: Any) -> Any:
    """G with φ(g) = body, or None."""
    hole = sp.Wild("w")
    found = body.match(phi.at(hole))
    g = None if found is None else found.get(hole)
    return g if g is not None and sp.simplify(phi.at(g) - body) == 0 else None


@final
@dataclass(frozen=True)
class jensen(Rule):
    r"""Jensen's inequality: $E[\varphi(g)] \ge \varphi(E[g])$ for convex $\varphi$, $\le$ for concave $\varphi$.

    Used in either direction, on a term of the line or on a multiple of it. Obligations: $\varphi$ is twice continuously
    differentiable on the interval with a second derivative of one sign; g takes its values there; the density is
    nonnegative of mass one; $E|g|$ and $E|\varphi(g)|$ are finite.

    Args:
        phi: the function, e.g. ``log`` or ``lambda t: t**2``.
        on: the interval it is used on; default all numbers, or the positive ones for logarithms and powers.

    Raises:
        NotApplicable: no $E[\varphi(g)]$ and no $\varphi(E[g])$ in the line.

    Source: Mathlib, ``ConvexOn.map_integral_le``, in Mathlib/Analysis/Convex/Integral.lean.
    """

    phi: Any = field(repr=False)  # a lambda shows its address
    on: Any = None
    name: ClassVar[str] = "Jensen's inequality"

    def latex(self) -> str:
        return r"\text{Jensen's inequality}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        phi = _convex("jensen", self.phi, self.on, before)
        for e in _all(before, _single):
            outer = phi.at(e)
            if before.has(outer):
                image = Expectation(phi.at(e.body), *e.args[1:])
                return self._apply(phi, before, image, outer, e, node=outer, given=given)
        for e in nodes(before, Expectation, _single):
            g = _argument(phi, e.body)
            if g is not None:
                mean = Expectation(g, *e.args[1:])
                return self._apply(phi, before, e, phi.at(mean), mean, node=e, given=given)
        for each in _all(before, lambda e: isinstance(e, EachExpectation)):
            outer, g = phi.at(each), _argument(phi, each.body)
            if before.has(outer):
                return self._each(phi, before, each.with_body(phi.at(each.body)), outer, each, node=outer, given=given)
            if g is not None:
                mean = each.with_body(g)
                return self._each(phi, before, each, phi.at(mean), mean, node=each, given=given)
        raise NotApplicable("jensen", f"an expectation of {phi.body}, or that of an expectation", str(before)[:80])

    def _each(
        self, phi: _Convex, before: Any, lhs: Any, rhs: Any, mean: Any, node: Any, given: tuple[Any, ...]
    ) -> Applied:
        step = rewrite("jensen_each", lhs, rhs, inner=mean.body, mass=mass_of("jensen", mean), **phi.data())
        return _bounded(
            "jensen", before, node, rhs if node == lhs else lhs, step, phi.op, left=node == lhs, given=given
        )

    def _apply(
        self, phi: _Convex, before: Any, lhs: Any, rhs: Any, mean: Any, node: Any, given: tuple[Any, ...]
    ) -> Applied:
        x = mean.variables[0]
        step = rewrite(
            "jensen", lhs, rhs, inner=mean.body, law=_law(mean), mass=_mass("jensen", mean.law, x), **phi.data()
        )
        return _bounded(
            "jensen", before, node, rhs if node == lhs else lhs, step, phi.op, left=node == lhs, given=given
        )


@final
@dataclass(frozen=True)
class more_draws(Rule):
    r"""$E[\varphi(\bar g_n)] \ge E[\varphi(\bar g_{n+1})]$ for convex $\varphi$, else $\le$: one draw more.

    $\bar g_n$ is the mean of $g(x_i)$ over $n \ge 1$ independent draws of one law. The mean of $n + 1$ numbers is the
    mean of the means of all but one of them, so Jensen's inequality for the choice of the one that is left out gives
    the claim, since all choices have one law. Obligations: as for :class:`jensen`, and the same law for all draws.

    Raises:
        NotApplicable: no $E[\varphi(\bar g)]$ over draws of one law in the line.

    For the logarithm it says that the bound of Burda, Grosse & Salakhutdinov, arXiv:1509.00519, rises with the number
    of draws; the argument is worked out here.
    """

    phi: Any = field(repr=False)  # a lambda shows its address
    on: Any = None
    name: ClassVar[str] = "one draw more"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        phi = _convex("more_draws", self.phi, self.on, before)
        for e in nodes(before, EachExpectation):
            mean, (i, low, high) = _argument(phi, e.body), e.product.limits
            sums = [] if mean is None else nodes(mean, sp.Sum, lambda s: len(s.limits) == 1)
            if len(sums) != 1 or e.product.law.has(i) or tuple(sums[0].limits[0][1:]) != (low, high):
                continue
            k, g = sums[0].limits[0][0], sums[0].function
            count = high - low + 2
            body = phi.at(sp.Sum(g, (k, low, high + 1)) / count)
            more = EachExpectation(body, e.family, Independent(e.product.law, (i, low, high + 1)))
            step = rewrite("more_draws", e, more, summand=g, index=k.name, mass=mass_of("more_draws", e), **phi.data())
            return _bounded("more_draws", before, e, more, step, phi.op, left=True, given=given)
        raise NotApplicable(
            "more_draws", f"an expectation of {phi.body} of a mean over draws of one law", str(before)[:80]
        )


@final
@dataclass(frozen=True)
class gibbs(Rule):
    r"""Gibbs' inequality: $\mathrm{KL}(p \,\|\, q) \ge 0$.

    Obligations: p and q are densities of mass one on the same support, q positive there, and the divergence is finite.

    Raises:
        NotApplicable: no divergence in the line.

    Source: The Book of Statistical Proofs, proofs P117 and P164.
    """

    name: ClassVar[str] = "Gibbs' inequality"

    def latex(self) -> str:
        return r"\text{Gibbs' inequality}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        node = the_node("gibbs", before, Divergence, _plain, "a divergence KL(p, q)")[0]
        p, q = node.args
        expectation = node.expectation()
        x = expectation.variables[0]
        laws = {"p": p.law_term((x.name,), to_term), "q": q.law_term((x.name,), to_term)}
        masses = {"mass_p": _mass("gibbs", p, x), "mass_q": _mass("gibbs", q, x)}
        step = rewrite("gibbs", node, sp.S.Zero, **laws, **masses)
        return _bounded("gibbs", before, node, sp.S.Zero, step, ">=", left=True, given=given)


@final
@dataclass(frozen=True)
class tangent_line(Rule):
    r"""A convex function lies above its tangent, $\varphi(a) \ge \varphi(b) + \varphi'(b)(a - b)$; a concave one below.

    ``tangent_line(log, at=1)`` is $\log a \le a - 1$. Inside an expectation it is used for every value, and then the
    expectations are compared. Obligations: as for :class:`jensen`, a and b in the interval.

    Raises:
        NotApplicable: no $\varphi(a)$ in the line.
    """

    phi: Any = field(repr=False)  # a lambda shows its address
    at: Any
    on: Any = None
    name: ClassVar[str] = "tangent line"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        phi, b = _convex("tangent_line", self.phi, self.on, before), as_expr(self.at)
        slope = sp.diff(phi.body, phi.variable).subs(phi.variable, b)
        for e in _all(before, lambda e: isinstance(e, Expectation)):
            if not _single(e) or _argument(phi, e.body) is None:
                continue
            a = _argument(phi, e.body)
            line = phi.at(b) + slope * (a - b)
            inner = rewrite("tangent", e.body, line, point=a, at=b, **phi.data())
            image = Expectation(line, *e.args[1:])
            low, high = (e, image) if phi.op == "<=" else (image, e)
            step = rewrite("monotone", low, high, law=_law(e), below=low.body, above=high.body, pointwise=inner)
            return _bounded("tangent_line", before, e, image, step, "<=", left=phi.op == "<=", given=given)
        outside = before.replace(lambda e: isinstance(e, Expectation), lambda e: sp.Dummy())
        for s in sorted(outside.atoms(sp.Function) | outside.atoms(sp.Pow), key=sp.default_sort_key):
            a = _argument(phi, s)
            if a is not None:
                line = phi.at(b) + slope * (a - b)
                step = rewrite("tangent", s, line, point=a, at=b, **phi.data())
                return _bounded("tangent_line", before, s, line, step, phi.op, left=True, given=given)
        raise NotApplicable("tangent_line", f"a value of {phi.body}", str(before)[:80])


@final
@dataclass(frozen=True)
class monotonicity(Rule):
    r"""$E[f] \le E[g]$ where $f \le g$ on the support.

    ``monotonicity(above=g)`` puts g for the integrand of the line's expectation, ``below=…`` a smaller one.
    Obligations: the order holds everywhere on the support; the density is nonnegative; both expectations are finite.

    Raises:
        NotApplicable: no expectation over one variable in the line.
    """

    above: Any = None
    below: Any = None
    name: ClassVar[str] = "monotonicity"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if (self.above is None) == (self.below is None):
            raise BadInput("monotonicity", "one of above=… and below=…", "both or none", "monotonicity(above=1 + x**2)")
        e = the_node("monotonicity", before, Expectation, _single, "an expectation over one variable")[0]
        other = Expectation(as_expr(self.above if self.below is None else self.below), *e.args[1:])
        low, high = (e, other) if self.below is None else (other, e)
        step = rewrite("monotone", low, high, law=_law(e), below=low.body, above=high.body)
        return _bounded("monotonicity", before, e, other, step, "<=", left=low == e, given=given)


@final
@dataclass(frozen=True)
class cauchy_schwarz(Rule):
    r"""The Cauchy–Schwarz inequality: $E[fg]^2 \le E[f^2]\,E[g^2]$.

    Obligations: the density is nonnegative and both second moments are finite.

    Raises:
        NotApplicable: no squared expectation of f·g in the line.
    """

    first: Any
    second: Any
    name: ClassVar[str] = "Cauchy–Schwarz"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        f, g = as_expr(self.first), as_expr(self.second)
        for e in _all(before, _single):
            node = e**2
            if not before.has(node) or sp.expand(e.body - f * g) != 0:
                continue
            image = sp.Mul(*(Expectation(h**2, *e.args[1:]) for h in (f, g)))
            step = rewrite("cauchy_schwarz", node, image, law=_law(e), first=f, second=g)
            return _bounded("cauchy_schwarz", before, node, image, step, "<=", left=True, given=given)
        raise NotApplicable("cauchy_schwarz", f"the square of the expectation of {f * g}", str(before)[:80])


def _all(line: Any, test: Callable[[Any], bool]) -> list[Any]:
    return [e for e in sp.preorder_traversal(line) if test(e)]


def _plain(d: Divergence) -> bool:
    return not any(hasattr(p, "limits") or hasattr(p, "images") for p in d.args) and len(d.args[0].support()) == 1
