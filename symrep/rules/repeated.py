r"""Expectations and integrals over several variables: one after the other, and products of independent ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.distribution import Independent, Joint
from symrep.errors import NotApplicable
from symrep.notation import Divergence, Expectation, Variance
from symrep.rules.base import Applied, nodes, rewrite, swap
from symrep.translate import to_term

__all__ = ["all_at_once", "as_product", "fubini", "one_by_one", "spelled"]

_KINDS = (Expectation, sp.Integral)
#: (variable, law or (low, high)), from outside in
Layers = list[tuple[Any, Any]]


@final
@dataclass(frozen=True)
class fubini(Rule):
    r"""$E_{x,y}[f] = E_x[E_y[f]] = E_y[E_x[f]]$: several variables one after the other, in any order, or together.

    For integrals as well. The order is the stated line's; without one, that of the variables as they were written.
    Obligation: the integral over all variables together converges absolutely, by what can be shown or by what is
    declared (:func:`symrep.integrable`).

    Raises:
        NotApplicable: no expectation or integral over several variables in the line.

    Source: Mathlib, ``MeasureTheory.integral_prod``, in Mathlib/MeasureTheory/Integral/Prod.lean.
    """

    name: ClassVar[str] = "Fubini"

    def latex(self) -> str:
        return r"\text{Fubini}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        there = nodes(hint, _KINDS, _several) if isinstance(hint, sp.Basic) else []
        found = [n for n in nodes(before, _KINDS, _several) if n not in there]
        if not found:
            raise NotApplicable(self.name, "an expectation or integral over several variables", str(before)[:120])
        table, rewrites = [], []
        for node in found:
            body, layers = taken_apart(node)
            shape = next((n for n in there if _variables(n) == _variables(node)), None)
            result = _like(shape, body, dict(layers)) if shape is not None else _reordered(node, body, layers)
            table.append((node, result))
            if to_term(node) != to_term(result):
                rewrites.append(rewrite("fubini", node, result))
        return Applied(swap(before, table), tuple(rewrites))


def _several(e: Any) -> bool:
    return len(taken_apart(e)[1]) > 1


def _variables(e: Any) -> frozenset[Any]:
    return frozenset(x for x, _ in taken_apart(e)[1])


def _one(e: Any) -> Layers:
    """The variables of one node, each with its law or range."""
    if isinstance(e, Expectation):
        laws = e.law.args if isinstance(e.law, Joint) else (e.law,)
        return list(zip(e.variables, laws, strict=True)) if len(laws) == len(e.variables) else []
    if any(len(lim) != 3 for lim in e.limits):
        return []
    return [(lim[0], (lim[1], lim[2])) for lim in reversed(e.limits)]


def taken_apart(e: Any) -> tuple[Any, Layers]:
    """The body, factors beside inner integrals included, and the layers around it."""
    layers, beside = list[tuple[Any, Any]](), sp.S.One
    while isinstance(e, _KINDS):
        own = _one(e)
        if not own:
            break
        layers += own
        e = e.body if isinstance(e, Expectation) else e.function
        if isinstance(e, sp.Mul):
            inner = [f for f in e.args if isinstance(f, _KINDS)]
            if len(inner) == 1:
                beside *= sp.Mul(*(f for f in e.args if f is not inner[0]))
                e = inner[0]
    return beside * e, layers


def _wrapped(body: Any, x: Any, around: Any) -> Any:
    if isinstance(around, tuple):
        return sp.Integral(body, (x, *around))
    return Expectation(body, sp.Tuple(x), around)


def nested(body: Any, layers: Layers) -> Any:
    """One after the other; the first layer is outermost."""
    for x, around in reversed(layers):
        body = _wrapped(body, x, around)
    return body


def _like(shape: Any, body: Any, around: dict[Any, Any]) -> Any:
    """The same integral in the order, and with the variables together, in which another one has them."""
    parts = []
    while isinstance(shape, _KINDS):
        own = [x for x, _ in _one(shape)]
        parts.append(own)
        shape = shape.body if isinstance(shape, Expectation) else shape.function
        if isinstance(shape, sp.Mul):
            inner = [f for f in shape.args if isinstance(f, _KINDS)]
            shape = inner[0] if len(inner) == 1 else shape
    for own in reversed(parts):
        laws = [around[x] for x in own]
        if len(own) > 1 and not any(isinstance(law, tuple) for law in laws):
            body = Expectation(body, sp.Tuple(*own), Joint(*laws))
        else:
            body = nested(body, list(zip(own, laws, strict=True)))
    return body


def _reordered(node: Any, body: Any, layers: Layers) -> Any:
    """One after the other as written; where that is how they stand, the outermost goes inside."""
    result = nested(body, layers)
    return nested(body, [*layers[1:], layers[0]]) if result == node else result


def one_by_one(expr: Any, hint: Any = None) -> tuple[Any, tuple[Any, ...]]:
    """Every expectation over several variables that the hint has not, one variable after the other; the theorems."""
    there = nodes(hint, _KINDS, _several) if isinstance(hint, sp.Basic) else []
    table, steps = [], []
    for node in nodes(expr, _KINDS, lambda e: len(_one(e)) > 1 and e not in there):
        result = nested(*taken_apart(node))
        table.append((node, result))
        if to_term(node) != to_term(result):
            steps.append(rewrite("fubini", node, result))
    return swap(expr, table), tuple(steps)


def all_at_once(expr: Any) -> tuple[Any, tuple[Any, ...]]:
    """Every expectation inside another one, and every integral, taken over all variables together; the theorems."""
    table, steps = [], []
    for node in nodes(expr, _KINDS, lambda e: len(_one(e)) < len(taken_apart(e)[1])):
        body, layers = taken_apart(node)
        laws = [law for _, law in layers]
        if len({x for x, _ in layers}) < len(layers):
            continue
        if not any(isinstance(law, tuple) or law.discrete() for law in laws) and _free_of_each_other(layers):
            result = Expectation(body, sp.Tuple(*(x for x, _ in layers)), Joint(*laws))
        elif all(isinstance(law, tuple) for law in laws):
            result = sp.Integral(body, *((x, *law) for x, law in reversed(layers)))
        else:
            continue
        table.append((node, result))
        steps.append(rewrite("fubini", node, result))
    return swap(expr, table), tuple(steps)


def _free_of_each_other(layers: Layers) -> bool:
    names = {x for x, _ in layers}
    return not any(law.free_symbols & names for _, law in layers)


def as_product(node: Any) -> tuple[Any, tuple[Any, ...]] | None:
    r"""$E_{x,y}[f(x)\,g(y)] = E_x[f]\,E_y[g]$, and the theorems that lead there; None if the body does not factor."""
    if len(_one(node)) < 2:
        return None
    body, layers = taken_apart(node)
    if any(isinstance(law, tuple) or law.discrete() for _, law in layers) or not _free_of_each_other(layers):
        return None
    names = {x for x, _ in layers}
    parts = dict.fromkeys(names, sp.S.One)
    beside = sp.S.One
    for f in sp.Mul.make_args(sp.factor_terms(body) if isinstance(body, sp.Add) else body):
        mine = f.free_symbols & names
        if len(mine) > 1:
            return None
        if mine:
            parts[next(iter(mine))] *= f
        else:
            beside *= f
    chain = sp.S.One
    for x, law in reversed(layers):
        chain = _wrapped(parts[x] * chain, x, law)
    chain *= beside
    result = beside * sp.Mul(*(_wrapped(parts[x], x, law) for x, law in layers))
    steps = [] if to_term(node) == to_term(chain) else [rewrite("fubini", node, chain)]
    return result, (*steps, {**rewrite("linearity", chain, result), "masses": []})


def spelled(expr: Any) -> Any:
    """Variances, divergences and images written as the expectations they are."""
    expr = expr.replace(lambda e: isinstance(e, Variance), lambda e: e.moments()[0] - e.moments()[1] ** 2)
    expr = expr.replace(
        lambda e: isinstance(e, Divergence) and not isinstance(e.args[0], Independent), lambda e: e.expectation()
    )
    return expr.replace(lambda e: isinstance(e, Expectation), lambda e: e.pulled_back())
