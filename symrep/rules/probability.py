r"""Rules about expectations: closed forms, Monte Carlo estimates, independent products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, final

import sympy as sp

from symrep.conditional import Shown
from symrep.derivation import Rule
from symrep.distribution import Distribution, Independent, Law
from symrep.errors import BadInput, NotApplicable
from symrep.kernel.theorems.instance import replace as put_in
from symrep.notation import Density, Divergence, EachExpectation, Expectation, ExpectedSampleMean
from symrep.rules.base import NO_CLOSED_FORM, Applied, fresh_name, nodes, rewrite, swap, the_node
from symrep.rules.counting import closed_sum, mass_steps, one_index
from symrep.rules.draws import coordinatewise
from symrep.rules.integrate import parts_of, value_of
from symrep.rules.iterated import is_iterated, iterated
from symrep.rules.limiting import limit_values
from symrep.rules.oracle import simplified
from symrep.rules.repeated import as_product, one_by_one, spelled
from symrep.symbols import Undetermined, as_expr
from symrep.term import substitute
from symrep.translate import to_term
from symrep.verdict import Reason

__all__ = ["change_of_measure", "evaluate", "independence", "monte_carlo", "value_inside", "value_of_integral"]


@final
@dataclass(frozen=True)
class evaluate(Rule):
    r"""An expectation, variance, integral, sum or limit in closed form; of nested ones the inner first.

    An antiderivative is proposed piece by piece and checked by differentiation and by its limits at the ends, or a row
    of the kernel's table matches (Γ and B integrals, the normal characteristic function). Obligations: the integrand
    is absolutely integrable; the antiderivative is continuous inside each piece. An expectation under a discrete law is
    a sum, and evaluated by the kernel's table of sums, by telescoping, or written out. A limit is what the kernel's own
    analysis makes of it, for every value of the parameters. Several independent variables are taken one after the other
    (:class:`fubini`): then the integral over all of them has to converge absolutely. One over independent coordinates
    is taken apart first, as by :class:`independence`.

    Raises:
        NotApplicable: nothing to evaluate, or no closed form found.
    """

    name: ClassVar[str] = "evaluate"

    def latex(self) -> str:
        return r"\text{evaluate}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        expanded, apart = one_by_one(spelled(before), hint)
        steps_before = [*apart]
        if expanded.has(sp.Limit):
            return _limits(expanded, given, tuple(steps_before))
        stays = set(nodes(hint, EachExpectation)) if isinstance(hint, sp.Basic) else set()
        for node in [e for e in nodes(expanded, EachExpectation) if e not in stays]:
            image, step = coordinatewise(self.name, node)
            expanded = swap(expanded, [(node, image)])
            steps_before.append(step)
        if is_iterated(expanded):
            return _iterated(expanded, hint, given, tuple(steps_before))
        if steps_before and not nodes(expanded, _VALUED):
            return Applied(expanded, tuple(steps_before))
        instead = "definition, which unfolds a density, before it" if expanded.has(Density) else ""
        needs = "an expectation, integral or sum over one variable, or over independent ones"
        found = the_node(self.name, expanded, _VALUED, _one_dimensional, needs, instead)
        found = list(dict.fromkeys(n for e in found for n in _inside_sums(e)))
        table, rewrites, left = list[Any](), steps_before, list[Any]()
        kept = set(nodes(hint, _VALUED)) if isinstance(hint, sp.Basic) else set()
        found = [n for n in found if n not in kept] or found  # what the stated line still has is left alone
        for node in sorted(found, key=lambda n: isinstance(n, sp.Sum)):
            if one_index(node):
                try:
                    value, steps = _summed(node, given)
                except NotApplicable:
                    if (table or steps_before) and isinstance(node, sp.Sum):  # of a line with integrals, a sum may stay
                        continue
                    raise
                table.append((node, value))
                rewrites += steps
                continue
            integral = value_of_integral(node, given)
            if integral is None and node.has(Undetermined):  # it stays; others may have a value
                left.append(node)
                continue
            if integral is None:
                raise _no_closed_form(node)
            table.append((node, integral[0]))
            rewrites.append(integral[1])
        if left and not table and not steps_before:
            raise _no_closed_form(left[0])
        return Applied(swap(expanded, table), tuple(rewrites))


def _limits(line: Any, given: tuple[Any, ...], steps: tuple[Any, ...]) -> Applied:
    """All limits: the kernel compares no lines that have any. What stands inside them first."""
    taken = {n: to_term(n) for n in nodes(line, sp.Limit)}
    for node in dict.fromkeys(e for n in taken for e in nodes(n, _VALUED)):
        found = value_inside(node, given) if _one_dimensional(node) else None
        if found is None or found[1] is None:
            raise _no_closed_form(node)
        steps += (found[1],)
        taken = {n: put_in(t, found[1]["lhs"], found[1]["rhs"])[0] for n, t in taken.items()}
    line, more = limit_values(line, taken, given)
    return Applied(line, (*steps, *more))


def _no_closed_form(node: Any) -> NotApplicable:
    return NotApplicable(
        "evaluate", "an integral with a closed form symrep finds", str(node)[:120], code=NO_CLOSED_FORM
    )


def value_of_integral(node: Any, given: tuple[Any, ...] = ()) -> tuple[Any, dict[str, Any]] | None:
    """The value of an integral or expectation over one variable, and its theorem; None if none is found."""
    plain, back = _plain_scales(node)
    if isinstance(plain, Expectation):
        (x,), support = plain.variables, plain.law.support()[0]
        low, high = as_expr(support.low), as_expr(support.high)
        t = _log_expanded(_unfold_density(plain.body), x) * plain.law.density_at(x)
    else:
        x, low, high = plain.limits[0]
        t = _spelled(plain.function)
    if any(p.has(x) and p.limits[-1][2].free_symbols for p in t.atoms(sp.Product)):
        return None  # no antiderivative is looked for of a product with as many factors as a symbol says
    parts = parts_of(t, x, low, high, given=given)
    if parts is None:
        return None
    value = simplified(value_of(parts)).xreplace(back) if parts else sp.S.Zero
    terms = {s.name: to_term(scale) for s, scale in back.items()}
    return value, rewrite("value", node, value, parts=[_put_back(p, terms) if terms else p for p, _ in parts])


def _plain_scales(node: Any) -> tuple[Any, dict[Any, Any]]:
    """An expectation or a law, with a positive symbol for what it needs to be positive and SymPy does not see to be, as
    √(1 − ρ²)."""
    law = node.law if isinstance(node, Expectation) else node
    if not isinstance(law, Distribution):
        return node, {}
    scales = [v for v, op, _ in law.obligations() if op == ">" and v in law.args and not (v.is_Atom or v.is_positive)]
    table = {v: sp.Symbol(fresh_name(f"scale_{n}", node), positive=True) for n, v in enumerate(scales)}
    return node.xreplace(table), {s: value for value, s in table.items()}


def _put_back(data: Any, terms: Mapping[str, Any]) -> Any:
    """In the data of a theorem: terms among names, lists and objects."""
    if isinstance(data, tuple) and data and isinstance(data[0], str):
        return substitute(data, terms)
    if isinstance(data, Mapping):
        return {k: _put_back(v, terms) for k, v in data.items()}
    return [_put_back(v, terms) for v in data] if isinstance(data, (list, tuple)) else data


def value_inside(node: Any, given: tuple[Any, ...] = ()) -> tuple[Any, Mapping[str, Any] | None] | None:
    """The value of a sum as well, by one theorem, or by none where a short range is written out."""
    if not one_index(node):
        return value_of_integral(node, given)
    try:
        value, steps = _summed(node, given)
    except NotApplicable:
        return None
    if len(steps) == 2 and steps[0]["theorem"] == "identity" and steps[0]["rhs"] == steps[1]["lhs"]:
        steps = ({**steps[1], "lhs": steps[0]["lhs"]},)
    if len(steps) > 1 or any(s["theorem"] != "sum_value" for s in steps):
        return None
    return value, steps[0] if steps else None


def _iterated(expanded: Any, hint: Any, given: tuple[Any, ...], apart: tuple[Any, ...]) -> Applied:
    """The inner ones first, until as many are left as the stated line has."""

    def count(e: Any) -> int:
        return sum(isinstance(s, _VALUED) for s in sp.preorder_traversal(e))

    wanted = count(hint) if isinstance(hint, sp.Basic) else 0
    result, steps = iterated(expanded, lambda node: value_inside(node, given), lambda e: count(e) <= wanted)
    if result == expanded:
        raise _no_closed_form(expanded)
    return Applied(result, (*apart, *steps))


_VALUED: Final = (Expectation, sp.Integral, sp.Sum)


def _inside_sums(e: Any) -> list[Any]:
    """The expectations and integrals inside a sum, which come first; the node itself if it holds none."""
    if not isinstance(e, sp.Sum):
        return [e]
    return nodes(e.function, (Expectation, sp.Integral), _one_dimensional) or [e]


def _summed(node: Any, given: tuple[Any, ...]) -> tuple[Any, Any]:
    body = _unfold_density(node.body if isinstance(node, Expectation) else node.function)
    x = node.variables[0] if isinstance(node, Expectation) else node.limits[0][0]
    for form in dict.fromkeys((body, _log_expanded(body, x))):
        found = closed_sum(node, form, given)
        if found is not None:
            return simplified(found[0]), found[1]
    raise NotApplicable("evaluate", "a sum with a closed form symrep finds", str(node)[:120], code=NO_CLOSED_FORM)


def _one_dimensional(e: Any) -> bool:
    if isinstance(e, Expectation):
        return len(e.variables) == 1 and not hasattr(e.law, "images")
    if isinstance(e, sp.Sum):
        return one_index(e)
    return len(e.limits) == 1 and len(e.limits[0]) == 3


def _unfold_density(body: Any) -> Any:
    return body.replace(
        lambda e: isinstance(e, Density) and not hasattr(e.law, "images"), lambda e: e.law.weight_at(*e.points)
    )


def _spelled(body: Any) -> Any:
    """With the formula of every density, zero outside its support."""
    return body.replace(lambda e: isinstance(e, Density) and not hasattr(e.law, "images"), lambda e: e.formula())


def _log_expanded(body: Any, x: Any) -> Any:
    """Split logarithms of products so that the integrand becomes a sum; the kernel checks the result."""
    if not body.has(sp.log):
        return body
    return sp.expand(sp.expand_log(body, force=True))


@final
@dataclass(frozen=True)
class change_of_measure(Rule):
    r"""$E_p[f] = E_q[f\,p/q]$: an expectation under another law on the same interval (importance weights).

    Rewrites the expectations over one variable that the stated line no longer has. Obligations: the two laws live on
    the same interval and q > 0 there; a law that nobody spelled out has to be declared positive.

    Raises:
        NotApplicable: no expectation under another law on the interval of q.
    """

    law: Any
    name: ClassVar[str] = "change of measure"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        q = self.law
        if not isinstance(q, Law) or not (hasattr(q, "family") or isinstance(q, Shown)):
            raise BadInput("change_of_measure", "the new law, a member of a family or undetermined", str(q)[:80])
        others = nodes(before, Expectation, lambda e: _one_dimensional(e) and e.law != q)
        if others and all(e.law.support() != q.support() for e in others):
            (own,), (new,) = others[0].law.support(), q.support()
            needs = f"a law that lives where {others[0].law} does, on ({own.low}, {own.high})"
            got = f"{q} on ({new.low}, {new.high})"
            raise NotApplicable("change_of_measure", needs, got, code=Reason.SUPPORT_WRONG.value)
        found = the_node(
            "change_of_measure",
            before,
            Expectation,
            lambda e: _one_dimensional(e) and e.law != q and e.law.support() == q.support(),
            f"an expectation under another law on the support of {q}",
        )
        kept = set(nodes(hint, Expectation)) if isinstance(hint, sp.Basic) else set()
        table, rewrites = [], []
        for node in [n for n in found if n not in kept] or found:
            (x,), support = node.variables, node.law.support()[0]
            p_x = node.law.density_at(x)
            weight = simplified(p_x / q.density_at(x))
            result = Expectation(node.body * weight, sp.Tuple(x), q)
            plain = sp.Integral(node.body * p_x, (x, as_expr(support.low), as_expr(support.high)))
            table.append((node, result))
            rewrites += [
                rewrite("expectation", node, plain),
                {**rewrite("expectation", result, plain), "backward": True},
            ]
        return Applied(swap(before, table), tuple(rewrites))


@final
@dataclass(frozen=True)
class monte_carlo(Rule):
    r"""$E\left[\frac1n\sum_{i\le n} f(x_i)\right] = E[f(x)]$ for independent draws: the estimate is unbiased.

    Obligations: E|f| < ∞; the law has mass one; n ≥ 1.

    Raises:
        NotApplicable: no expectation of a sample mean in the line.
    """

    name: ClassVar[str] = "unbiased estimate"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        found = the_node(
            self.name, before, ExpectedSampleMean, lambda _: True, "the expectation of a sample mean, E(sample_mean(…))"
        )
        table, rewrites = [], list[Any]()
        for node in found:
            mean = node.args[0]
            result = Expectation(mean.body, *mean.args[1:3])
            if mean.law.discrete():
                table.append((node, result))
                steps = mass_steps(mean.law, mean.variables[0], given)
                if steps is None:
                    raise NotApplicable(self.name, "a law whose mass is known to be one", str(mean.law))
                rewrites += steps
                continue
            mass = _mass(mean.law, mean.variables[0])
            table.append((node, result))
            rewrites.append(rewrite("unbiased", node, result, mass=mass))
        return Applied(swap(before, table), tuple(rewrites))


def _mass(law: Any, variable: Any) -> list[Any]:
    """The parts that show a one-dimensional law to have mass one, in the variable its term is written in."""
    base = law.base if hasattr(law, "images") else law
    x = law.variables[0] if hasattr(law, "images") else variable
    support = base.support()[0]
    parts = parts_of(base.density_at(x), x, as_expr(support.low), as_expr(support.high))
    if parts is None or len(base.support()) != 1:
        raise NotApplicable("unbiased estimate", "a one-dimensional law whose mass is known to be one", str(law))
    return [p for p, _ in parts]


@final
@dataclass(frozen=True)
class independence(Rule):
    r"""$\mathrm{KL}\left(\prod_j p_j \,\middle\|\, \prod_j q_j\right) = \sum_j \mathrm{KL}(p_j\|q_j)$, and
    $E[g(x)\,h(y)] = E[g]\,E[h]$ for independent x and y.

    The expectation over independent coordinates, ``E(…, (z, Independent(law, (i, 1, n))))``, of a polynomial in
    functions of single coordinates, sums over any number of them among it, becomes one of expectations over one
    variable; where two indices meet in a double sum, the term is taken apart. A product over a range of coordinates,
    $E\prod_k b_k(z_k)$, or the exponential of a sum over one, becomes the product of the means, a power where
    they are the same; a factor whose coordinate stands elsewhere, too, is taken out of it.

    Obligations: each factor has mass one; each $E_{p_j}|\log p_j/q_j| < \infty$; the supports agree. For an
    expectation over coordinates: the functions are integrable, and every index is one of the product's. For one of a
    product of functions of single variables: it converges absolutely over all variables together.

    Raises:
        NotApplicable: no divergence between products, no expectation over one, and none of a product in the line.

    Source: The Book of Statistical Proofs, proof P116 (additivity for independent distributions); as a chain rule for
    finite measures Mathlib, ``InformationTheory.klDiv_compProd_eq_add``.
    """

    name: ClassVar[str] = "independence"

    def latex(self) -> str:
        return r"\text{independence}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        each = nodes(before, EachExpectation)
        if each:
            kept = set(nodes(hint, EachExpectation)) if isinstance(hint, sp.Basic) else set()
            done = [(e, *coordinatewise(self.name, e)) for e in [e for e in each if e not in kept] or each]
            return Applied(swap(before, [(e, new) for e, new, _ in done]), tuple(step for _, _, step in done))
        products = [(n, p) for n in nodes(before, Expectation) if (p := as_product(n)) is not None]
        if products:
            steps = tuple(step for _, (_, more) in products for step in more)
            return Applied(swap(before, [(n, p[0]) for n, p in products]), steps)
        found = the_node(
            self.name,
            before,
            Divergence,
            lambda d: isinstance(d.args[0], Independent) and isinstance(d.args[1], Independent),
            "KL between two products Independent(…), an expectation over one, or one of a product of functions",
        )
        table, rewrites = [], []
        for node in found:
            p, q = node.args
            result = sp.Sum(Divergence(p.law, q.law), tuple(p.limits))
            table.append((node, result))
            rewrites.append(
                rewrite(
                    "kl_product", node, result, mass_p=_named(p.law, p.limits[0]), mass_q=_named(q.law, q.limits[0])
                )
            )
        return Applied(swap(before, table), tuple(rewrites))


def _named(law: Any, index: Any) -> list[Any]:
    """Mass parts written in the very variable name the product's term uses."""
    from symrep.distribution import fresh_variable

    x = fresh_variable("x", law.free_symbols | {index})
    plain, back = _plain_scales(law)
    support = plain.support()[0]
    parts = parts_of(plain.density_at(x), x, as_expr(support.low), as_expr(support.high))
    if parts is None:
        raise NotApplicable("independence", "factors whose mass is known to be one", str(law))
    terms = {s.name: to_term(scale) for s, scale in back.items()}
    return [_put_back(p, terms) if terms else p for p, _ in parts]
