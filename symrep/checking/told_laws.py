r"""Samples and conditional laws, taken into what is known: x_1, …, x_n ∼ law, X | Y = y ∼ law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from symrep.distribution import Law
from symrep.notation import E, indicator
from symrep.reading.latex import Environment
from symrep.reading.latex.environment import Sample
from symrep.symbols import DomainSymbol

__all__ = ["VECTOR", "as_stated", "of_squares", "plain", "with_given", "with_sample"]

#: that the names of a sample are the coordinates of a vector
VECTOR = "vector"
Value = Callable[[str, Environment], Any]


def with_sample(env: Environment, let: Any, value: Value) -> Environment:
    """The parameters are n, and the mean and the variance where no law is told."""
    size, *moments = let.parameters
    vector = moments == [VECTOR]
    moments = [] if vector else moments
    law = value(let.body, env) if let.body else None
    mean, variance = (value(x, env) for x in moments) if moments else (None, None)
    if not (isinstance(law, Law) and law.arity() == 1) and (mean is None or variance is None):
        return env
    kind = env.symbols.get(size, "positive integer")
    count = DomainSymbol(size, kind if "integer" in kind else "positive integer")
    sample = Sample(law if isinstance(law, Law) else None, count, mean, variance, vector)
    return replace(env.with_indexed(let.name), samples={**env.samples, let.name: sample})


def with_given(env: Environment, let: Any, value: Value) -> Environment:
    """The parameters are what is given: names, or ``Y = y``."""
    law = value(let.body, env)
    if not isinstance(law, Law) or law.arity() != 1:
        return env
    names, table = [], {}
    for p in let.parameters:
        name, _, at = p.partition("=")
        names.append(name)
        met = next((s for s in law.free_symbols if getattr(s, "name", "") == at), None) if at else None
        if met is not None:
            table[met] = DomainSymbol(name, getattr(met, "kind", "real"))
    law = law.xreplace(table) if table else law
    return replace(env, conditionals={**env.conditionals, let.name: (tuple(names), law)})


def plain(let: Any, parameters: list[Any], body: Any) -> Any:
    """The body of f(x_1, x_2) as a function of its parameters, where x is a family elsewhere."""
    named = dict(zip(let.parameters, parameters, strict=True))
    met = body.atoms(sp.Indexed) if isinstance(body, sp.Basic) else ()
    table = {i: named[n] for i in met if len(i.indices) == 1 and (n := f"{i.base.label}_{i.indices[0]}") in named}
    return body.xreplace(table) if table else body


def of_squares(let: Any, parameters: list[Any], body: Any) -> Any:
    """The body of ℓ(μ, σ²) as a function of σ²."""
    named = {p.removesuffix("^2"): s for p, s in zip(let.parameters, parameters, strict=True) if p.endswith("^2")}
    table = {s: sp.sqrt(named[s.name]) for s in body.free_symbols if getattr(s, "name", "") in named}
    return body.subs(table, simultaneous=True) if table else body


def as_stated(env: Environment, let: Any) -> Environment:
    """F is the density of the law of X, F its distribution function, in the formula that states what they are."""
    law, ((x,), name) = env.random.get(let.body), (let.parameters, let.name)
    if not isinstance(law, Law):
        return env
    left = {k: v for k, v in env.definitions.items() if k != name and not k.startswith(f"{name}(")}
    env = replace(env, definitions=left, functions={k: v for k, v in env.functions.items() if k != name})
    if let.given != "F":
        return env.with_density(name, law)
    at = DomainSymbol(x, env.symbols.get(x, env.default))
    t = DomainSymbol("t" if x != "t" else "u", "real")
    return env.with_definition(name, [at], E(indicator(t <= at), (t, law)))
