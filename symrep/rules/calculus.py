r"""Rules of the differential and integral calculus: the chain rule and integration by parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.determinant import GeneralDeterminant, JacobianDeterminant
from symrep.errors import BadInput, NotApplicable
from symrep.notation import Density, Derivative_, Expectation
from symrep.rules.base import Applied, fresh_name, nodes, pointwise_derivative, rewrite, swap, the_node, unfolded
from symrep.rules.integrate import antiderivative
from symrep.rules.oracle import find_limit
from symrep.rules.ranges import split_sum
from symrep.rules.through import through_integrals
from symrep.rules.vectors import by_parts_along
from symrep.symbols import DomainSymbol, as_expr

__all__ = ["chain_rule", "integration_by_parts", "split_at"]


@final
@dataclass(frozen=True)
class chain_rule(Rule):
    r"""$\frac{d}{d\theta} f(g(\theta)) = f'(g(\theta))\,g'(\theta)$: carries out derivatives of functions of a point.

    Also the product and sum rules, and through integrals: $\frac{d}{d\theta} f(M) = f'(M)\,\frac{dM}{d\theta}$ for an
    expectation or integral M that may be differentiated under its sign, as in the derivative of $\log\int h$.
    Obligations: the function is declared differentiable. Derivatives hold off the null set of kinks; a derivative of an
    expectation itself is not touched (that takes :class:`differentiate_under_integral`).

    Raises:
        NotApplicable: nothing to carry out.
    """

    name: ClassVar[str] = "chain rule"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if before.has(JacobianDeterminant):
            return self._entries(before, hint)
        before, steps = through_integrals(before)
        result = unfolded(before)
        # the derivative of a named density stays as it is here: the kernel knows the formula
        idle = not steps and not before.has(sp.Derivative) and result == before
        if idle and not nodes(before, Derivative_, _of_a_density):
            raise NotApplicable(self.name, "a derivative D(f(g), θ) that can be carried out", str(before)[:80])
        return Applied(result, tuple(steps))

    def _entries(self, before: Any, hint: Any) -> Applied:
        """The Jacobian's entries for any number of coordinates; their columns are named as the author names them."""
        table, steps = [], []
        stated = hint.atoms(GeneralDeterminant) if isinstance(hint, sp.Basic) else ()
        for node in nodes(before, JacobianDeterminant):
            i, n = node.index, node.size
            named = [e.indices[1] for e in sorted(stated, key=sp.default_sort_key) if e.indices[0] == i]
            taken = (node, *node.component.atoms(sp.Symbol))
            j = named[0] if named else DomainSymbol(fresh_name("j", *taken), "positive integer")
            if j in node.component.atoms(sp.Symbol):
                raise BadInput(self.name, "a column index that does not occur in the map", str(j))
            result = GeneralDeterminant(node.entries(j), i, j, n)
            table.append((node, result))
            steps.append(rewrite("jacobian", node, result))
        return Applied(unfolded(swap(before, table)), tuple(steps))


def _of_a_density(e: Derivative_) -> bool:
    """Whether what is differentiated is a density at a point, which is a function of that point and its parameters."""
    body = e.body
    while isinstance(body, Derivative_):
        body = body.body
    return isinstance(body, Density) and not hasattr(body.law, "images")


@final
@dataclass(frozen=True)
class split_at(Rule):
    r"""$\int_a^b f = \int_a^c f + \int_c^b f$ for $a \le c \le b$; $\sum_{k=a}^b = \sum_{k=a}^c + \sum_{k=c+1}^b$.

    Splits the integrals over one variable and the sums over one index that the stated line no longer has.
    (``definition`` writes an expectation as one.) Obligations: c lies in the range, for a sum it and the ends are
    integers with $a - 1 \le c \le b$; an integral converges absolutely.

    Raises:
        NotApplicable: no integral over one variable that does not begin or end there, and no sum over one index.
    """

    place: Any
    name: ClassVar[str] = "split the range"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        c = as_expr(self.place)
        found = the_node(
            "split_at",
            before,
            (sp.Integral, sp.Sum),
            lambda e: _one_range(e) and not (isinstance(e, sp.Integral) and c in e.limits[0][1:]),
            f"an integral that does not begin or end at {c}, or a sum",
        )
        kept = set(nodes(hint, (sp.Integral, sp.Sum))) if isinstance(hint, sp.Basic) else set()
        table, rewrites = [], []
        for node in [n for n in found if n not in kept] or found:
            if isinstance(node, sp.Sum):
                result, step = split_sum(node, c)
                table.append((node, result))
                rewrites.append(step)
                continue
            x, low, high = node.limits[0]
            if c.has(x):
                raise BadInput("split_at", f"a place free of {x}", str(c))
            result = sp.Integral(node.function, (x, low, c)) + sp.Integral(node.function, (x, c, high))
            table.append((node, result))
            rewrites.append(rewrite("split_integral", node, result, at=c))
        return Applied(swap(before, table), tuple(rewrites))


def _one_range(e: Any) -> bool:
    return len(e.limits) == 1 and len(e.limits[0]) == 3


@final
@dataclass(frozen=True)
class integration_by_parts(Rule):
    r"""$\int_a^b u\,v' = [u v]_a^b - \int_a^b u' v$; under a normal law this is Stein's lemma.

    In an expectation the integrand is body × density. ``u=f(z)`` takes the rest as v'; ``v=…`` may be given, else it is
    searched for. What remains is written as an expectation again where that is possible. What the stated line still
    has is left alone.

    Over independent coordinates, of a function G of vectors that are polynomials in them, ``along=z[j]`` is
    $E[s(z_j)\,G] = E[\partial G/\partial z_j]$ with the score $s = -p_j'/p_j$ of the law of $z_j$: $s(z) = z$ for
    a standard normal one. Under a sum over j, too.

    Obligations: u and v are continuously differentiable inside; both integrals converge absolutely; the boundary terms
    are computed as limits and are part of the result.

    Raises:
        NotApplicable: no expectation or integral, or no v found.

    Source: Mathlib, ``MeasureTheory.integral_mul_deriv_eq_deriv_mul`` (on the whole line, with limits of u v at both
    ends); Wikipedia, "Stein's lemma".
    """

    u: Any = None
    v: Any = None
    along: Any = None
    name: ClassVar[str] = "integration by parts"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if self.along is not None:
            result, steps = by_parts_along(self.name, before, as_expr(self.along), hint)
            return Applied(result, tuple(steps))
        if self.u is None:
            raise BadInput(self.name, "the factor u, or a coordinate to go along", "neither", "u=f(z), or along=z[j]")
        u = unfolded(self.u)
        found = the_node(
            self.name,
            before,
            (Expectation, sp.Integral),
            lambda e: len(e.variables if isinstance(e, Expectation) else e.limits) == 1,
            "an expectation or integral over one variable",
        )
        kept = set(nodes(hint, (Expectation, sp.Integral))) if isinstance(hint, sp.Basic) else set()
        table, rewrites = [], []
        for node in [n for n in found if n not in kept] or found:
            if isinstance(node, Expectation):
                (x,) = node.variables
                density = node.law.density_at(x)
                body, (low, high) = node.body, (node.law.support()[0].low, node.law.support()[0].high)
                whole = body * density
            else:
                x, low, high = node.limits[0]
                density, whole = sp.S.One, node.function
            whole = unfolded(whole)
            if not u.has(x) or u == 0:
                raise BadInput(self.name, f"a factor u that depends on {x}", str(u))
            rest = sp.simplify(whole / u)
            v = as_expr(self.v) if self.v is not None else self._v(rest, density, x)
            if v is None:
                raise NotApplicable(self.name, "v with v' = integrand / u", f"nothing found for {rest}", "v=…")
            du = pointwise_derivative(u, x)
            edge = _edge(u, v, x, high, "-") - _edge(u, v, x, low, "+")
            data: dict[str, Any] = {"u": u, "v": v}
            if isinstance(node, Expectation):
                w = sp.simplify(-v / density) * du
                remaining: Any = Expectation(w, *node.args[1:])
                data["per_density"] = w
            else:
                remaining = sp.Integral(-du * v, (x, low, high))
            result = edge + remaining
            table.append((node, result))
            rewrites.append(rewrite("by_parts", node, result, **data))
        return Applied(swap(before, table), tuple(rewrites), mentions=(u,))

    def _v(self, rest: Any, density: Any, x: Any) -> Any:
        """V with v' = rest: a multiple of the density if that works (as for a normal law), else an antiderivative."""
        for factor in (density, x * density):
            slope = sp.simplify(sp.diff(factor, x) / density)
            if slope != 0:
                c = sp.simplify(sp.simplify(rest / density) / slope)
                if not c.has(x):
                    return c * factor
        return antiderivative(sp.expand(rest), x)


def _edge(u: Any, v: Any, x: Any, end: Any, side: str) -> Any:
    """Lim u v at an end. An undetermined function of declared growth loses against a normal density."""
    product = u * v
    end = as_expr(end)
    if end.is_infinite:
        from symrep.symbols import Undetermined

        bounded = product.replace(
            lambda e: isinstance(e, Undetermined) and e.spec.growth is not None, lambda e: sp.S.One
        )
        decays = find_limit(bounded * x**8, x, end, side)
        if decays == 0:
            return sp.S.Zero
        if product.atoms(Undetermined):
            raise NotApplicable("integration by parts", f"a declared growth that v beats at {end}", str(product)[:80])
    value = find_limit(product, x, end, side)
    if value is None or value.has(sp.oo, -sp.oo):
        raise NotApplicable("integration by parts", f"a boundary term that has a limit at {end}", str(product)[:80])
    return value
