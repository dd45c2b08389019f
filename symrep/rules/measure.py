r"""Rules about images of laws: change of variables, reparameterisation, substitution in an integral."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.distribution import Distribution, Interval, Law, PositiveReals, Pushforward, Reals, UnitInterval
from symrep.errors import BadInput, ConditionFails, NotApplicable
from symrep.family import LEVEL
from symrep.notation import Density, Expectation, support_condition
from symrep.rules.base import Applied, Guard, fresh_name, nodes, rewrite, swap, the_node
from symrep.rules.branches import Branch, branches_of, end_value, stated_branches
from symrep.rules.ranges import shifted, sums_over
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.translate import to_term
from symrep.verdict import Reason

__all__ = ["change_of_variables", "reparameterise", "substitution"]


def _range_of(y: Any) -> Interval:
    """What a point's symbol was declared to range over: the image, unless the author says otherwise."""
    kind = kind_of(y)
    if kind in ("positive", "nonnegative"):
        return PositiveReals
    if kind == "negative":
        return Interval(-sp.oo, sp.S.Zero)
    return UnitInterval if kind == "unit" else Reals


def _as_tuple(v: Any) -> tuple[Any, ...] | None:
    if v is None:
        return None
    return tuple(map(as_expr, v)) if isinstance(v, (tuple, list, sp.Tuple)) else (as_expr(v),)


@final
@dataclass(frozen=True)
class change_of_variables(Rule):
    r"""The density of an image: $f_Y(y) = \sum_i f_X(g_i(y))\,|g_i'(y)|\,1\{y \in h(I_i)\}$.

    Rewrites every ``density(pushforward(X, x, h))(y)`` in the line. Obligations, all checked from the terms:

    * the branches $I_i$ partition the support of X up to end points (one branch for a monotone h);
    * h is continuously differentiable on each branch and h' keeps one strict sign there;
    * the image of each branch is computed anew from the limits of h at its ends (a decreasing h swaps them);
    * $g_i(h(x)) = x$ on the branch and $h(g_i(y)) = y$ on its image.

    In several variables h has to be a bijection of open boxes, the Jacobian determinant non-zero, and
    $f_Y(y) = f_X(g(y))\,|\det Dg(y)|$; give ``inverse=(g_1, …, g_n)`` and ``image=((lo, hi), …)``.

    Args:
        inverse: the inverse written in the point's own symbol; a tuple, one entry a branch, for a map that is not
            injective. Found by itself when it is simple, or the law is a ``transformed(…)`` one.
        image: in several variables the image box; default what the point's symbols were declared to range over.

    Raises:
        NotApplicable: no image density in the line; no inverse given or found.
        ConditionFails: branches are missing.

    Source: The Book of Statistical Proofs, proofs P185 (increasing maps), P188 (decreasing maps) and P254 (several
    variables); Mathlib, ``MeasureTheory.lintegral_image_eq_lintegral_abs_deriv_mul``.
    """

    inverse: Any = None
    image: Any = None
    name: ClassVar[str] = "change of variables"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        found = the_node(
            self.name,
            before,
            Density,
            lambda d: isinstance(d.law, Pushforward),
            "the density of an image, density(pushforward(X, x, h))(y)",
        )
        table, rewrites, guards, mentions = [], [], [], []
        for node in found:
            law = node.law
            new, step, more = self._several(node) if law.base.arity() > 1 else self._single(node)
            table.append((node, new))
            rewrites.append(step)
            guards += more
            mentions += list(_as_tuple(self.inverse) or ())
        return Applied(swap(before, table), tuple(rewrites), tuple(guards), mentions=tuple(mentions))

    def _single(self, node: Density) -> tuple[Any, dict[str, Any], list[Guard]]:
        law: Any = node.law
        (x,), (h,), (y,) = law.variables, law.images, node.points
        if not isinstance(y, sp.Symbol):
            y_sym: Any = DomainSymbol(fresh_name("y", node), "real")
            if self.inverse is not None:
                raise BadInput(
                    self.name, "the density at a symbol when an inverse is given", str(y), f"density(Y)({y_sym})"
                )
        else:
            y_sym = y
        support = law.base.support()[0]
        known = stated_branches(law, y_sym) if self.inverse is None else []
        found = known or branches_of(self.name, h, x, support, y_sym, _as_tuple(self.inverse))
        pieces = []
        for b in found:
            value = Density(law.base, b.inverse) * b.jacobian(y_sym)
            where = b.where(y_sym)
            pieces.append(value if where is sp.true else sp.Piecewise((value, where), (0, True)))
        result = sp.Add(*pieces)
        if y is not y_sym:
            result = result.subs(y_sym, y)
        target = DomainSymbol(fresh_name("t", node, *(b.inverse for b in found)), "real")
        step = rewrite("pushforward", node, result, target=target.name, branches=[b.data(y_sym, target) for b in found])
        return result, step, _inverse_guards(h, x, y_sym, found)

    def _several(self, node: Density) -> tuple[Any, dict[str, Any], list[Guard]]:
        law: Any = node.law
        inverses = _as_tuple(self.inverse)
        xs, hs, ys = law.variables, law.images, node.points
        if len(xs) != len(hs):
            raise ConditionFails(
                self.name,
                f"as many coordinates as variables ({len(xs)})",
                f"{len(hs)}: the map is not injective, or its image has no density",
                code=Reason.DOES_NOT_APPLY.value,
            )
        if inverses is None or len(inverses) != len(xs) or not all(isinstance(y, sp.Symbol) for y in ys):
            raise NotApplicable(self.name, f"inverse=(…) with {len(xs)} entries in the symbols {ys}", str(self.inverse))
        box = [Interval(*map(as_expr, b)) for b in self.image] if self.image else [_range_of(y) for y in ys]
        det = sp.Matrix(inverses).jacobian(sp.Matrix(ys)).det()
        value = Density(law.base, *inverses) * sp.Abs(sp.simplify(det))
        conds = []
        for y, i in zip(ys, box, strict=True):
            conds += [y > i.low] if i.low is not -sp.oo else []
            conds += [y < i.high] if i.high is not sp.oo else []
        where = sp.And(*conds)
        result = value if where is sp.true else sp.Piecewise((value, where), (0, True))
        targets = [DomainSymbol(fresh_name(f"t{k}", node), "real") for k in range(len(ys))]
        ren = dict(zip(ys, targets, strict=True))
        step = rewrite(
            "pushforward",
            node,
            result,
            targets=[t.name for t in targets],
            inverses=[to_term(g.subs(ren, simultaneous=True)) for g in inverses],
            low=[to_term(i.low) for i in box],
            high=[to_term(i.high) for i in box],
        )
        back = dict(zip(xs, inverses, strict=True))
        guards = [
            Guard(f"h(g({y})) = {y}", h.subs(back, simultaneous=True), y, Reason.INVERSE_WRONG, tuple(conds))
            for y, h in zip(ys, hs, strict=True)
        ]
        into = dict(zip(ys, hs, strict=True))
        inside = support_condition(law.base.support(), xs)
        where = tuple(inside.args) if isinstance(inside, sp.And) else (inside,)
        guards += [
            Guard(f"g(h({x})) = {x}", g.subs(into, simultaneous=True), x, Reason.INVERSE_WRONG, where)
            for x, g in zip(xs, inverses, strict=True)
        ]
        return result, step, guards


def _inverse_guards(h: Any, x: Any, y: Any, found: list[Branch]) -> list[Guard]:
    out = []
    for b in found:
        where = b.where(y)
        relations = () if where is sp.true else tuple(where.args) if isinstance(where, sp.And) else (where,)
        if where is sp.false:
            continue
        out.append(
            Guard(f"h(g({y})) = {y} for g = {b.inverse}", h.subs(x, b.inverse), y, Reason.INVERSE_WRONG, relations)
        )
    return out


@final
@dataclass(frozen=True)
class reparameterise(Rule):
    r"""$E_{x\sim p}[f(x)] = E_{\varepsilon\sim q}[f(g(\varepsilon))]$ when g pushes q onto p (LOTUS).

    Rewrites every expectation in the line that is not over the noise already, or if all are, those that the stated line
    no longer has (symmetries: $-\varepsilon$, $1 - u$). Obligation: the density of
    $g_\theta(\varepsilon)$, computed by change of variables with all *its* obligations, is the density of the law,
    support included.

    Args:
        noise: the symbol for the noise.
        path: $g_\theta(\varepsilon)$.
        base: the noise's law; default the one the family's entry states.

    Raises:
        NotApplicable: no expectation to rewrite, no known base, or a path that is not monotone in the noise.

    Source: Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4.
    """

    noise: Any
    path: Any
    base: Law | None = None
    name: ClassVar[str] = "reparameterise"

    def latex(self) -> str:
        return r"\text{reparameterise}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        noise, path = as_expr(self.noise), as_expr(self.path)
        if not isinstance(noise, sp.Symbol) or not path.has(noise):
            raise BadInput(self.name, "a path that depends on the noise symbol", f"{path} in {noise}")
        _no_discrete_path(self.name, before)
        found = the_node(
            self.name,
            before,
            Expectation,
            lambda e: isinstance(e.law, Distribution) and not e.law.discrete() and len(e.variables) == 1,
            "an expectation under a one-dimensional family",
        )
        # an expectation that the author leaves as it is, is none of those the path is for; nor one over the noise,
        # unless both lines are over that alone: then the path is one of its symmetries, such as -epsilon
        kept = nodes(hint, Expectation) if isinstance(hint, sp.Basic) else []
        others = [e for e in found if noise not in e.variables]
        changed, new = [e for e in found if e not in kept] or found, [k for k in kept if k not in found] or kept
        if not others and not any(e.law == k.law and noise in k.variables for e in changed for k in new):
            needs = "a line with an expectation under a one-dimensional family, over another variable than the noise"
            raise NotApplicable(self.name, needs, str(before)[:120])
        found = [e for e in others if e not in kept] or others or changed
        if any(noise in e.free_symbols for e in found):
            raise BadInput(self.name, "a noise symbol that does not occur in the line", str(noise), "another name")
        table, rewrites, guards = [], [], []
        for node in found:
            base = self.base or self._base(node.law)
            (x,) = node.variables
            result = Expectation(node.body.subs(x, path), sp.Tuple(noise), base)
            support = base.support()[0]
            y = DomainSymbol(fresh_name("t", node, path), "real")
            onto = node.law.support()[0]
            also = _by_distribution_functions(node.law, base, y)
            relations = (*given, *_constraints(node.law))
            found_branches = branches_of(
                self.name, path, noise, support, y, None, relations=relations, also=also, onto=onto
            )
            table.append((node, result))
            rewrites.append(
                rewrite(
                    "reparameterise",
                    node,
                    result,
                    base=base.law_term((noise.name,), to_term),
                    path=path,
                    target=y.name,
                    branches=[b.data(y, y) for b in found_branches],
                )
            )
            image = sp.Add(
                *(
                    v if (w := b.where(y)) is sp.true else sp.Piecewise((v, w), (0, True))
                    for b in found_branches
                    for v in [Density(base, b.inverse) * b.jacobian(y)]
                )
            )
            right = self._right(node.law, base)
            guards.append(
                Guard(
                    f"the density of {path} is that of {node.law.family.name}",
                    image,
                    Density(node.law, y),
                    Reason.NOT_PUSHFORWARD,
                    tuple(r for b in found_branches if (r := b.jacobian(y) > 0) not in (sp.true, sp.false)),
                    instead=f"the path {right}" if right is not None else "",
                )
            )
        return Applied(swap(before, table), tuple(rewrites), tuple(guards), mentions=(path,))

    def _base(self, law: Any) -> Law:
        stated = law.pathwise()
        for noise, base, expr in stated:
            if sp.expand(expr.subs(noise, self.noise) - self.path) == 0:
                return base
        if not stated:
            raise NotApplicable(
                self.name, "the noise's law, since the family's entry states no path", str(law), "base=Normal(0, 1)"
            )
        return stated[0][1]

    def _right(self, law: Any, base: Law) -> Any:
        for noise, b, expr in law.pathwise():
            if b == base:
                return expr.subs(noise, self.noise)
        return None


def _constraints(law: Any) -> tuple[Any, ...]:
    """Relations between the parameters of a member, those not settled by their values."""
    return tuple(c for c in map(law.fill, law.family.constraints) if c not in (sp.true, sp.false))


def _by_distribution_functions(law: Any, base: Any, y: Any) -> tuple[Any, ...]:
    """The rising map from the law to the noise, quantile of the noise at F(y): a candidate for a path's inverse."""
    cdf = getattr(law.family, "cdf", None)
    quantile = base.family.quantile if isinstance(base, Distribution) else None
    if cdf is None or quantile is None:
        return ()
    table = dict(zip(law.family.parameters, law.values, strict=True)) | {law.family.variable: y}
    here = as_expr(cdf).subs(table, simultaneous=True)
    return (base.fill(quantile).subs(LEVEL, here),)


def _no_discrete_path(rule: str, before: Any) -> None:
    """A path onto integers is a step function of the noise: its derivative is 0 wherever it exists."""
    found = nodes(before, Expectation, lambda e: e.law.discrete())
    if found and not nodes(before, Expectation, lambda e: not e.law.discrete()):
        law = found[0].law
        raise ConditionFails(
            rule,
            "a law with a density",
            f"{law} is discrete: no unbiased pathwise gradient exists (a path onto integers is constant between jumps)",
            "score_function(…), or a relaxation (BinaryConcrete, Concrete), which is biased",
            code=Reason.DOES_NOT_APPLY.value,
        )


@final
@dataclass(frozen=True)
class substitution(Rule):
    r"""$\int_a^b f(x)\,dx = \int_c^d f(\varphi(t))\,|\varphi'(t)|\,dt$ for a bijection $\varphi$ of (c, d) onto (a, b).

    ``substitution(x, phi, t)`` rewrites every integral over x that the stated line no longer has. With
    ``given=[Eq(x, expr)]`` and no integral over x it replaces the symbol x by ``expr``. A density is not a function of
    a point alone, so without an integral, whose measure changes too, substituting into one is refused: that is what
    :class:`change_of_variables` is for. A sum over the index x takes another index, $\varphi(t) = c + t$ or $c - t$.

    Obligations: $\varphi$ is C¹ with derivative of one strict sign and maps (c, d) onto (a, b); for a sum c and the
    ends are integers.

    Raises:
        ConditionFails: a plain substitution into a density.
        NotApplicable: no integral and no sum over x and no such given equality.

    Source: Mathlib, ``MeasureTheory.integral_image_eq_integral_abs_deriv_smul``.
    """

    variable: Any
    value: Any
    new: Any = None
    low: Any = field(default=None)
    high: Any = field(default=None)
    name: ClassVar[str] = "substitution"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        x, phi = as_expr(self.variable), as_expr(self.value)
        integrals = nodes(before, sp.Integral, lambda i: len(i.limits) == 1 and i.limits[0][0] == x)
        if not integrals and any(d.has(x) or isinstance(d.law, Pushforward) for d in nodes(before, Density)):
            raise ConditionFails(
                self.name,
                "an ordinary function: a density picks up the Jacobian factor",
                f"a substitution for {x} in {before}",
                "change_of_variables(inverse=…)",
                code=Reason.DOES_NOT_APPLY.value,
            )
        if integrals:
            kept = set(nodes(hint, sp.Integral)) if isinstance(hint, sp.Basic) else set()
            integrals = [i for i in integrals if i not in kept] or integrals  # what the stated line still has stays
            return self._in_integrals(before, integrals, x, phi)
        sums = sums_over(before, x)
        if sums:
            kept = set(nodes(hint, sp.Sum)) if isinstance(hint, sp.Basic) else set()
            sums = [s for s in sums if s not in kept] or sums
            found = [(s, *shifted(self.name, s, phi, self.new)) for s in sums]
            return Applied(swap(before, [(s, new) for s, new, _ in found]), tuple(step for _, _, step in found))
        for rel in given:
            if isinstance(rel, sp.Eq) and set(rel.args) == {x, phi}:
                step = rewrite("hypothesis", x, phi)
                return Applied(before.subs(x, phi), (step,))
        raise NotApplicable(
            self.name,
            f"an integral or a sum over {x}, or the equality {x} = {phi} among the given relations",
            str(before)[:80],
        )

    def _in_integrals(self, before: Any, integrals: list[Any], x: Any, phi: Any) -> Applied:
        t = self.new
        if not isinstance(t, sp.Symbol) or not phi.has(t):
            raise BadInput(self.name, f"the new variable as third argument, occurring in {phi}", str(t))
        table, rewrites = [], []
        for node in integrals:
            _, a, b = node.limits[0]
            y = DomainSymbol(fresh_name("s", node, phi), "real")
            low, high = self._range(phi, t, a, b)
            branches = branches_of(self.name, phi, t, Interval(low, high), y, None)
            if len(branches) != 1:
                needed = f"a map that is monotone on ({low}, {high})"
                raise ConditionFails(self.name, needed, str(phi), code=Reason.NOT_MONOTONE.value)
            branch = branches[0]
            jac = sp.diff(phi, t) if branch.increasing else -sp.diff(phi, t)
            new = sp.Integral(node.function.subs(x, phi) * jac, (t, low, high))
            table.append((node, new))
            rewrites.append(
                rewrite(
                    "substitution",
                    node,
                    new,
                    variable=t.name,
                    path=phi,
                    low=low,
                    high=high,
                    target=y.name,
                    branches=[branch.data(y, y)],
                )
            )
        return Applied(swap(before, table), tuple(rewrites), mentions=(phi,))

    def _range(self, phi: Any, t: Any, a: Any, b: Any) -> tuple[Any, Any]:
        if self.low is not None and self.high is not None:
            return as_expr(self.low), as_expr(self.high)
        from symrep.rules.invert import invert

        y = sp.Dummy("y", real=True)
        back = invert(phi, t, y)
        if len(back) != 1:
            raise NotApplicable(self.name, "low= and high= for the new variable", str(phi))
        ends = [end_value(back[0], y, a, "+", b), end_value(back[0], y, b, "-", a)]
        if None in ends:
            raise NotApplicable(self.name, "low= and high= for the new variable", str(phi))
        low, high = ends if (ends[1] - ends[0]).is_extended_positive is not False else reversed(ends)
        if low is sp.oo or high is -sp.oo:
            low, high = high, low
        return low, high
