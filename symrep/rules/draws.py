"""Expectations over any number of independent coordinates: what they are made of, and what the kernel is told of it."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.errors import NotApplicable
from symrep.law import fresh_variable
from symrep.notation import EachExpectation, Expectation
from symrep.rules.base import fresh_name, rewrite
from symrep.rules.integrate import parts_of
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.vectors import Vector

__all__ = ["coordinatewise", "coordinatewise_value", "differentiated", "mass_of"]

#: powers of sums are multiplied out up to this one
_LARGEST = 4


def mass_of(rule: str, node: EachExpectation) -> list[Any]:
    """The parts that show each law to have mass one, in the variable its term is written in."""
    law, x = node.product.law, node.variable
    support = law.support()[0]
    parts = parts_of(law.density_at(x), x, as_expr(support.low), as_expr(support.high))
    if parts is None:
        raise NotApplicable(rule, "laws whose mass is known to be one", str(law))
    return [p for p, _ in parts]


def coordinatewise(rule: str, node: EachExpectation) -> tuple[Any, dict[str, Any]]:
    """E of a polynomial in functions of single coordinates, by expectations over one variable, and the theorem. There
    may be products over indices of such functions in it.

    Raises:
        NotApplicable: the body is something else.
    """
    result = _Opened(rule, node).value(node.body)
    return result, rewrite("independent", node, result, mass=mass_of(rule, node))


def coordinatewise_value(node: EachExpectation) -> Any:
    """The same, without the theorem.

    Raises:
        NotApplicable: the body is something else.
    """
    return _Opened("independence", node).value(node.body)


def differentiated(rule: str, node: EachExpectation, theta: Any) -> tuple[Any, dict[str, Any]]:
    """E ∂_θ log(c Σ_k s_k) for ∂_θ E log(c Σ_k s_k), and the theorem.

    Raises:
        NotApplicable: the body is no logarithm of a sum over the coordinates.
    """
    from symrep.notation import Derivative_

    result = node.with_body(Derivative_(node.body, theta))
    if node.body.atoms(Vector):
        return result, rewrite("interchange_vector", Derivative_(node, theta), result)
    sums = [f for f in sp.Mul.make_args(node.body.args[0]) if isinstance(f, sp.Sum)] if node.body.func is sp.log else []
    if len(sums) != 1:
        needed = "the logarithm of a sum over the coordinates"
        raise NotApplicable(rule, needed, str(node.body)[:80], "independence, and the derivative of each expectation")
    part = sp.expand_log(sp.log(sums[0].function), force=True)
    return result, rewrite("interchange_each", Derivative_(node, theta), result, part=part)


class _Opened:
    """Opens sums and products, as the theorem ``independent`` does."""

    def __init__(self, rule: str, node: EachExpectation) -> None:
        self.rule, self.node, self.family = rule, node, node.family
        self.ranges: dict[Any, tuple[Any, Any]] = {}

    def indices(self, t: Any) -> list[Any]:
        """The indices of the family's coordinates that are not bound inside, in order."""
        out: dict[Any, None] = {}

        def go(e: Any, bound: frozenset[Any]) -> None:
            if isinstance(e, sp.Indexed) and e.base == self.family:
                if not e.indices[0].free_symbols & bound:
                    out[e.indices[0]] = None
                return
            own = bound | set(getattr(e, "bound_symbols", ()))
            for a in sorted(e.args, key=sp.default_sort_key) if isinstance(e, (sp.Add, sp.Mul)) else e.args:
                if isinstance(a, sp.Basic):
                    go(a, frozenset(own))

        go(t, frozenset())
        return list(out)

    def moves(self, t: Any) -> bool:
        return any(isinstance(e, sp.Indexed) and e.base == self.family for e in sp.preorder_traversal(t))

    def single(self, t: Any) -> Any:
        """The index of the one coordinate it is a function of, or None."""
        found = {e.indices[0] for e in sp.preorder_traversal(t) if isinstance(e, sp.Indexed) and e.base == self.family}
        free = self.indices(t)
        return free[0] if len(found) == len(free) == 1 else None

    def value(self, t: Any) -> Any:
        if not self.moves(t):
            return t
        if isinstance(t, sp.Add):
            return sp.Add(*(self.value(a) for a in t.args))
        return self._by_factors(sp.Mul.make_args(t))

    def _exponentials(self, a: Any) -> list[Any] | None:
        """The factors of exp a, a sum: exp(c Σ_k s_k) = Π_k exp(c s_k)."""
        if not isinstance(a, sp.Add):
            still, moving = (
                sp.Mul(*(f for f in sp.Mul.make_args(a) if not self.moves(f))),
                [f for f in sp.Mul.make_args(a) if self.moves(f)],
            )
            if len(moving) == 1 and isinstance(moving[0], sp.Sum) and len(moving[0].limits) == 1:
                k, low, high = moving[0].limits[0]
                j = DomainSymbol(fresh_name(k.name, still, low, high), kind_of(k)) if still.has(k) else k
                return [sp.Product(sp.exp(still * moving[0].function.subs(k, j)), (j, low, high))]
            a = sp.expand_mul(a)
        return [sp.exp(b) for b in a.args] if isinstance(a, sp.Add) else None

    def _by_factors(self, factors: Any) -> Any:
        free = sp.Mul(*(f for f in factors if not self.moves(f)))
        moving = [f for f in factors if self.moves(f)]
        for place, f in enumerate(moving):
            if self.single(f) is None and not isinstance(f, sp.Product):
                return free * self._open(f, moving[:place] + moving[place + 1 :])
        groups: dict[Any, Any] = {}
        products = [f for f in moving if self.single(f) is None]
        for f in moving:
            if (a := self.single(f)) is not None:
                groups[a] = groups.get(a, sp.S.One) * f
        whole = [self._over(limits, body, groups) for limits, body in self._products(products)]
        return free * sp.Mul(*(self._one(a, f) for a, f in groups.items()), *whole)

    def _products(self, products: list[Any]) -> list[tuple[Any, Any]]:
        """(index, first, last) and factor of each product, those over the same range in one."""
        out: dict[Any, tuple[Any, Any]] = {}
        for f in products:
            k, low, high = f.limits[-1]
            if len(f.limits) > 1 or self.single(f.function) != k:
                raise NotApplicable(self.rule, "products of functions of one coordinate each", str(f)[:80])
            j, body = out.get((low, high), (k, sp.S.One))
            out[low, high] = j, body * f.function.subs(k, j)
        return [((j, low, high), body) for (low, high), (j, body) in out.items()]

    def _over(self, limits: tuple[Any, Any, Any], body: Any, groups: dict[Any, Any]) -> Any:
        """The product of the means without the factors at indices of the groups, which are put there."""
        j, low, high = limits
        apart = [a for a in groups if self._in_range(a, low, high)]
        for a in apart:
            groups[a] *= body.subs(j, a)
        still = sp.Mul(*(f for f in sp.Mul.make_args(body) if not self.moves(f)))
        mean = still * self._one(j, sp.Mul(*(f for f in sp.Mul.make_args(body) if self.moves(f))))
        if not mean.has(j):
            return mean ** (high - low + 1 - len(apart))
        if len(apart) > 1:
            raise NotApplicable(self.rule, "one factor of a product at an index of its own", str(body)[:80])
        ranges = [(low, apart[0] - 1), (apart[0] + 1, high)] if apart else [(low, high)]
        return sp.Mul(*(sp.Product(mean, (j, *ends)) for ends in ranges))

    def _in_range(self, a: Any, low: Any, high: Any) -> bool:
        first, last = self.ranges.get(a, (a, a))
        return not ((low - last).is_positive or (first - high).is_positive)

    def _one(self, a: Any, f: Any) -> Any:
        law, (i, _, _) = self.node.product.law, self.node.product.limits
        taken = f.free_symbols | law.free_symbols | {self.family.label, i}
        y = DomainSymbol(fresh_variable(f"{self.family.label}_", taken).name, kind_of(self.family))
        return Expectation(f.xreplace({self.family[a]: y}), sp.Tuple(y), law.subs(i, a))

    def _open(self, f: Any, rest: list[Any]) -> Any:
        if isinstance(f, sp.Add):
            return sp.Add(*(self.value(a * sp.Mul(*rest)) for a in f.args))
        if isinstance(f, sp.exp) and (parts := self._exponentials(f.exp)) is not None:
            return self._by_factors([*parts, *(g for r in rest for g in sp.Mul.make_args(r))])
        if isinstance(f, sp.Pow) and f.exp.is_Integer and 1 < f.exp <= _LARGEST:
            if isinstance(f.base, sp.Sum):
                return self._sum(f.base, [*[f.base] * (int(f.exp) - 1), *rest])
            if isinstance(f.base, sp.Product):
                return self._by_factors([*[f.base] * int(f.exp), *rest])
            return self.value(sp.expand_mul(sp.expand(f)) * sp.Mul(*rest))
        if isinstance(f, sp.Sum) and len(f.limits) > 1:
            inner = sp.Sum(f.function, *f.limits[:-1])
            return self._sum(sp.Sum(inner, f.limits[-1]), rest)
        if isinstance(f, sp.Sum):
            return self._sum(f, rest)
        raise NotApplicable(
            self.rule, f"a polynomial in functions of single coordinates of {self.family.label}", str(f)[:80]
        )

    def _sum(self, f: Any, rest: list[Any]) -> Any:
        k, low, high = f.limits[-1]
        function = f.function if len(f.limits) == 1 else sp.Sum(f.function, *f.limits[:-1])
        others = sp.Mul(*rest)
        j = DomainSymbol(fresh_name(k.name, others, low, high), kind_of(k)) if others.has(k) else k
        body = function.subs(k, j)
        whole = sp.Mul(body, *rest)
        meeting = [a for a in self.indices(whole) if not a.has(j) and self._may_be(a, low, high)]
        self.ranges[j] = low, high
        value = self.value(whole)
        out = sp.Sum(value, (j, low, high))
        for a in meeting:
            out += self.value(sp.Mul(body.subs(j, a), *rest)) - value.subs(j, a)
        return out

    def _may_be(self, a: Any, low: Any, high: Any) -> bool:
        return not ((low - a).is_positive or (a - high).is_positive)
