r"""Rules for derivatives of integrals and expectations by a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.errors import BadInput, ConditionFails, NotApplicable
from symrep.notation import Derivative_, EachExpectation, Expectation
from symrep.rules.base import Applied, nodes, pointwise_derivative, rewrite, swap, the_node
from symrep.rules.draws import differentiated
from symrep.rules.pieces import cut
from symrep.symbols import as_expr
from symrep.translate import to_term
from symrep.verdict import Reason

__all__ = ["differentiate_under_integral", "leibniz", "score_function"]


def _target(rule: str, before: Any, theta: Any) -> list[Any]:
    if not isinstance(theta, sp.Symbol):
        raise BadInput(rule, "the parameter, a symbol", str(theta), f"{rule}(theta)")
    return the_node(
        rule,
        before,
        Derivative_,
        lambda d: d.variable == theta and isinstance(d.body, (Expectation, EachExpectation, sp.Integral, sp.Sum)),
        f"D(E(…), {theta})",
    )


def _constants_taken_in(line: Any, theta: Any) -> tuple[Any, list[dict[str, Any]]]:
    """The line with D(c E[h]) as D(E[c h]) for constants c, and the steps that lead there."""
    table, steps = [], []
    for d in nodes(line, Derivative_, lambda d: d.variable == theta and isinstance(d.body, sp.Mul)):
        means = [a for a in d.body.args if isinstance(a, Expectation)]
        c = d.body / means[0] if len(means) == 1 else theta
        if theta in c.free_symbols or nodes(c, (Expectation, sp.Integral, sp.Sum)) or c.has(*means[0].variables):
            continue
        inside = Expectation(c * means[0].body, *means[0].args[1:])
        table.append((d, Derivative_(inside, theta)))
        steps.append({**rewrite("linearity", inside, d.body), "masses": [], "backward": True})
    return swap(line, table), steps


def _counted_law_is_free(rule: str, e: Expectation, theta: Any) -> None:
    """As the kernel says of integrals: the derivative must not pass by a pmf that depends on θ."""
    if e.law.discrete() and theta in e.law.free_symbols:
        raise ConditionFails(
            rule,
            f"a law free of {theta}",
            f"{e.law}: the derivative does not act on the body alone",
            f"score_function({theta})",
            code=Reason.LAW_MOVES.value,
        )


@final
@dataclass(frozen=True)
class differentiate_under_integral(Rule):
    r"""$\partial_\theta E[h(\theta,x)] = E[\partial_\theta h(\theta,x)]$, and back.

    The obligations are the seven hypotheses of the theorem that rests on dominated convergence. On a neighbourhood N
    of $\theta$: h(θ,·) is measurable; h(θ₀,·) integrable; ∂h(θ₀,·) measurable; |∂_θ h(θ,x)| ≤ b(x) for θ ∈ N and almost
    every x; b integrable; θ ↦ h(θ,x) differentiable on N for almost every x; the measure free of θ. For kinks the
    Lipschitz form is used: h(·,x) locally Lipschitz on N with an integrable constant, differentiable at θ₀ off a null
    set. A dominating b is searched for and printed. Jumps that move with θ refute the step, and the term that is
    missing is supplied (:class:`leibniz`).

    Over any number of independent coordinates the body has to be $\log(c \sum_k e^{h(z_k)})$: its derivative is a
    weighted mean of the $\partial h(z_k)$, and the hypotheses are those for h and one coordinate.

    Raises:
        NotApplicable: no derivative of an expectation (nor an expectation of a derivative) by that parameter.

    Source: Mathlib, ``hasDerivAt_integral_of_dominated_loc_of_deriv_le`` and ``…_loc_of_lip``, in
    Mathlib/Analysis/Calculus/ParametricIntegral.lean; for gradient estimates P. L'Ecuyer, A Unified View of the IPA,
    SF, and LR Gradient Estimation Techniques, Management Science 36 (1990), doi:10.1287/mnsc.36.11.1364.
    """

    parameter: Any
    name: ClassVar[str] = "differentiate under the integral"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        theta = as_expr(self.parameter)
        line, first = _constants_taken_in(before, theta)
        try:
            found = _target("differentiate_under_integral", line, theta)
        except NotApplicable:
            inside = nodes(before, Expectation, lambda e: isinstance(e.body, Derivative_) and e.body.variable == theta)
            kept = set(nodes(hint, Expectation)) if isinstance(hint, sp.Basic) else set()
            inside = [e for e in inside if e not in kept]
            if not inside:
                raise
            return self._pull_out(before, inside, theta)
        table, rewrites = [], first
        for node in found:
            inner = node.body
            if isinstance(inner, EachExpectation):
                image, step = differentiated(self.name, inner, theta)
                table.append((node, image))
                rewrites.append(step)
                continue
            if isinstance(inner, Expectation):
                result: Any = Expectation(Derivative_(inner.body, theta), *inner.args[1:])
                _counted_law_is_free(self.name, inner, theta)
            elif isinstance(inner, sp.Sum):
                result = sp.Sum(Derivative_(inner.function, theta), *inner.limits)
            else:
                result = sp.Integral(Derivative_(inner.function, theta), *inner.limits)
            table.append((node, result))
            rewrites.append(rewrite("interchange", node, result))
        return Applied(swap(line, table), tuple(rewrites))

    def _pull_out(self, before: Any, inside: list[Any], theta: Any) -> Applied:
        table, rewrites = [], []
        for e in inside:
            outer = Derivative_(Expectation(e.body.body, *e.args[1:]), theta)
            table.append((e, outer))
            rewrites.append({**rewrite("interchange", outer, e), "backward": True})
        return Applied(swap(before, table), tuple(rewrites))

    def supply(self, before: Any) -> Any:
        """The right next line when the interchange is not allowed: with the boundary terms."""
        return leibniz(self.parameter)


@final
@dataclass(frozen=True)
class leibniz(Rule):
    r"""$\partial_\theta \int_a^b g\,dx = \int_a^b \partial_\theta g\,dx + g(b)\,b' - g(a)\,a'$, for jumps too.

    An integrand with jumps or kinks, or with a support that moves, is cut into smooth pieces; each moving cut
    $c(\theta)$ contributes $-[g]_{c}\,c'(\theta)$ with $[g]_c$ the jump from left to right. Obligations on every piece:
    the integrand is smooth and equal to the body there; its derivative is dominated after the piece has been
    straightened to a fixed interval; one-sided limits at moving ends exist; it vanishes at infinity on an
    unbounded piece.

    Raises:
        NotApplicable: no derivative of an expectation or integral by that parameter, or the cuts cannot be found.

    Source: Wikipedia, "Leibniz integral rule" (limits that depend on the parameter); for integrands with jumps W. Lee,
    H. Yu & H. Yang, Reparameterization Gradient for Non-differentiable Models, arXiv:1806.00176.
    """

    parameter: Any
    name: ClassVar[str] = "Leibniz rule"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        theta = as_expr(self.parameter)
        table, rewrites = [], []
        for node in _target("leibniz", before, theta):
            inner = node.body
            if isinstance(inner, sp.Sum) or (isinstance(inner, Expectation) and inner.law.discrete()):
                instead = f"score_function({theta}), differentiate_under_integral({theta})"
                raise NotApplicable(self.name, "an integral: a sum has no ends that move", str(inner)[:80], instead)
            if isinstance(inner, Expectation):
                if len(inner.variables) != 1:
                    raise NotApplicable(self.name, "an expectation over one variable", str(inner)[:80])
                (x,), support = inner.variables, inner.law.support()[0]
                low, high = as_expr(support.low), as_expr(support.high)
                density = inner.law.density_at(x)
                body = inner.body
            else:
                x, low, high = inner.limits[0]
                density, body = sp.S.One, inner.function
            pieces = cut(body * density, x, low, high)
            if pieces is None:
                raise NotApplicable(self.name, "cuts whose place and order are known", str(body)[:80])
            boundary = sp.S.Zero
            for a, b, g in pieces:
                if b.has(theta):
                    boundary += _at(g, x, b, "-") * sp.diff(b, theta)
                if a.has(theta):
                    boundary -= _at(g, x, a, "+") * sp.diff(a, theta)
            interior = pointwise_derivative(body, theta) * density + body * sp.diff(density, theta)
            data: dict[str, Any] = {"interior": interior}
            if isinstance(inner, Expectation):
                score = sp.simplify(sp.diff(sp.log(density), theta)) if density.has(theta) else sp.S.Zero
                w = pointwise_derivative(body, theta) + (body * sp.expand_log(score) if score != 0 else 0)
                data["per_density"] = w
                remaining: Any = Expectation(w, *inner.args[1:]) if w != 0 else sp.S.Zero
            else:
                remaining = sp.Integral(interior, (x, low, high)) if interior != 0 else sp.S.Zero
            result = remaining + boundary
            table.append((node, result))
            rewrites.append(
                rewrite(
                    "leibniz",
                    node,
                    result,
                    pieces=[{"lo": to_term(a), "hi": to_term(b), "integrand": to_term(g)} for a, b, g in pieces],
                    **data,
                )
            )
        return Applied(swap(before, table), tuple(rewrites))


def _as_stated(line: Any, inner: Expectation, scores: tuple[Any, ...], own: Any) -> Any:
    """The form of the score in which the line states it: then no other is looked for, which may take a minute."""
    if not isinstance(line, sp.Basic):
        return None
    return next((s for s in scores if line.has(Expectation(inner.body * s + own, *inner.args[1:]))), None)


def _at(g: Any, x: Any, end: Any, side: str) -> Any:
    direct = g.subs(x, end)
    if not direct.has(sp.nan, sp.zoo, sp.oo):
        return direct
    return sp.limit(g, x, end, side)


@final
@dataclass(frozen=True)
class score_function(Rule):
    r"""$\partial_\theta E_p[f] = E_p[f\,\partial_\theta \log p + \partial_\theta f]$, the log-derivative rule.

    No smoothness of f in x is needed and no reparameterisation: it holds for discrete laws, too, term by term.
    Obligations: the support does not depend on θ (else the boundary term is missing and the step is refuted),
    $S\,p = \partial_\theta p$ for the score S, and the hypotheses of :class:`differentiate_under_integral` for f·p.

    Raises:
        NotApplicable: no derivative of an expectation by that parameter.

    Source: S. Mohamed, M. Rosca, M. Figurnov & A. Mnih, Monte Carlo Gradient Estimation in Machine Learning,
    JMLR 21 (2020), arXiv:1906.10652; with the term for f TensorFlow Probability, ``tfp.monte_carlo.expectation``.
    """

    parameter: Any
    name: ClassVar[str] = "score function"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        theta = as_expr(self.parameter)
        table, rewrites = [], []
        for node in _target("score_function", before, theta):
            inner = node.body
            if not isinstance(inner, Expectation):
                raise NotApplicable(self.name, "an expectation", str(inner)[:80])
            density = inner.law.weight_at(*inner.variables)
            raw = sp.diff(sp.expand_log(sp.log(density), force=True), theta)
            own = pointwise_derivative(inner.body, theta)
            score = _as_stated(hint, inner, (raw, sp.diff(sp.expand_log(sp.log(density)), theta)), own)
            score = sp.simplify(raw) if score is None else score
            if score.has(sp.Piecewise) and not raw.has(sp.Piecewise):
                score = raw  # a sign, which simplify spells out
            result = Expectation(inner.body * score + own, *inner.args[1:])
            table.append((node, result))
            theorem = {"theorem": "interchange"} if inner.law.discrete() else {"theorem": "score", "score": score}
            rewrites.append(rewrite(lhs=node, rhs=result, **theorem))
        return Applied(swap(before, table), tuple(rewrites))

    def supply(self, before: Any) -> Any:
        """The right next line when the support moves: with the boundary terms."""
        return leibniz(self.parameter)
