r"""Expectations, variances, probabilities, entropies, divergences: of what, under which law."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.notation import KL, E, Var, indicator
from symrep.reading.latex.averages import averaged
from symrep.reading.latex.by_density import divergence_by_densities, entropy_by_density, moment_by_density
from symrep.reading.latex.given import conditional_moment, conditional_probability, hierarchical_moment
from symrep.reading.latex.joints import LETTERS, bracket_of, joint, law_by_key, varied
from symrep.reading.latex.laws import density_or_pmf, generic, known_law
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.random_vectors import vector_covariance, vector_expectation
from symrep.reading.latex.samples import sample_moment
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.unnamed import (
    behind,
    chance_behind,
    random_names,
    unnamed_covariance,
    unnamed_expectation,
    unnamed_variance,
)
from symrep.reading.latex.whose import argument_of, variable_of
from symrep.symbols import DomainSymbol

__all__ = [
    "angle",
    "correlation",
    "covariance",
    "deviation",
    "divergence",
    "entropy",
    "expectation",
    "probability",
    "variance",
]

Bindings = list[tuple[str, Any]]
_NOISES: Final = frozenset("epsilon varepsilon eps xi eta".split())
_REALS: Final = ("real", "positive", "nonnegative")


def _bindings(m: Meaning, t: Tree, below: tuple[Tree, ...], body: tuple[Tree, ...]) -> Bindings:
    """Which variables are drawn from which laws.

    Raises:
        Unread: a law the document does not spell out, or several random variables whose joint law it does not.
    """
    out: Bindings = []
    for b in below:
        out += _binding(m, t, b, body)
    if below:
        return out
    random = m.sc.environment.random
    met: list[str] = []
    for tree in body:
        for n in walk(tree):
            name = name_of(n) if n.head in ("name", "vec") else ""
            if name in random and name not in met and name not in m.sc.bound:
                met.append(name)
    if not met:  # P(Y ≤ y), where Y = -log U
        met += sorted(_behind(m, body))
    if not met and (small := _in_small(m, t, body)) is not None:
        return [small]
    if not met:
        told = next((name_of(n) for tree in body for n in walk(tree) if n.head == "name" and n.text[:1].isupper()), "")
        m.sc.fail(
            t,
            f"the law of {told or 'what is random here'}",
            "none",
            "undefined",
            f"{told or 'X'} \\sim \\mathcal{{N}}(…)",
        )
    met += [
        n for tree in body for x in walk(tree) if x.head == "name" for n in chance_behind(m, name_of(x)) if n not in met
    ]
    if len(met) > 1:
        m.sc.fail(t, f"the joint law of {' and '.join(met)}", "their laws one by one", "undefined")
    return [(met[0], random[met[0]])]


def _behind(m: Meaning, body: tuple[Tree, ...]) -> set[str]:
    """The random variables of which what is defined is a function, and of nothing else that might be random."""
    return {x for tree in body for n in walk(tree) if n.head == "name" for x in behind(m, name_of(n))}


def _in_small(m: Meaning, t: Tree, body: tuple[Tree, ...]) -> tuple[str, Any] | None:
    """E[ln p(x)] of the random variable X: the small letter, where its capital has a law and nothing else is random."""
    environment = m.sc.environment
    names = {name_of(n) for tree in body for n in walk(tree) if n.head == "name"} - m.sc.bound.keys()
    found = sorted(n for n in names if n[:1].islower() and n[:1].upper() + n[1:] in environment.random)
    if len(found) != 1 or environment.is_symbol(found[0]) or environment.is_function(found[0]):
        return None
    capital = found[0][:1].upper() + found[0][1:]
    m.sc.guess(t, f"{found[0]} is {capital}", "nothing else in the bracket is random", "variable")
    return found[0], environment.random[capital]


def _binding(m: Meaning, t: Tree, b: Tree, body: tuple[Tree, ...]) -> Bindings:
    if b.head == "rel" and b.text in ("~", "~iid") and len(b.parts) == 2:
        who, where = b.parts
        people = who.parts if who.head == "list" else (who,)
        name = name_of(people[0])
        if len(people) > 1 or not name:
            m.sc.fail(b, "one variable with its law", "several, or none")
        found = known_law(m, where)
        if found is None and where.head in ("app", "name") and name in m.sc.environment.random:
            found = m.sc.environment.random[name]
            m.sc.guess(b, f"the law of {name} stated before", "its density is not spelled out", "law")
        return [(name, found if found is not None else m.law(where))]
    if b.head in ("app", "density"):
        inside = bracket_of(b)
        if inside is not None and inside[1] and len(inside[0]) == 1 and name_of(inside[0][0]):
            return [(name_of(inside[0][0]), m.law(b))]
        return [(variable_of(m, b, b, body), m.law(b))]
    if b.head == "dist":
        return [(argument_of(m, t, b, body), m.law(b))]
    name = name_of(b)
    environment = m.sc.environment
    if name not in environment.densities and name not in m.sc.generic and name not in environment.random:
        found = law_by_key(environment, b)
        if found is not None:
            return [(variable_of(m, t, b, body), found)]
    if name in environment.densities:
        return [(variable_of(m, t, b, body), environment.densities[name])]
    if name in m.sc.generic:
        return [(variable_of(m, t, b, body), generic(m, b))]
    if name in environment.random:
        return [(name, environment.random[name])]
    if len(made := behind(m, name)) == 1:  # E_x, x = μ + σε
        return [(made[0], environment.random[made[0]])]
    m.sc.fail(b, f"the law {name or 'meant here'}", "none", "undefined", f"{name or 'x'} \\sim …")


def _under(m: Meaning, t: Tree, bindings: Bindings, read: Any) -> Any:
    """``read`` with the variables bound; what it gives, and the pairs (variable, law)."""
    pairs = []
    table = {}
    for name, law in bindings:
        if "_" in name and name.partition("_")[0] in m.sc.bases:
            m.sc.fail(t, "an expectation over one variable", f"{name}, of a family with indices")
        x = m.sc.drawn(name, law) if law.arity() == 1 else None
        if x is None:
            m.sc.fail(t, "a law of one variable", str(law)[:40])
        table[name] = x
        pairs.append((x, law))
    with m.sc.binding(table):
        return read(), pairs


def _split(t: Tree, count: int = 1) -> tuple[tuple[Tree, ...], tuple[Tree, ...]]:
    return t.parts[:-count], t.parts[-count:]


#: moments by means
_MEAN: Final[Any] = lambda read, mean: mean(read[0])  # noqa: E731
_VARIANCE: Final[Any] = lambda read, mean: mean(read[0] ** 2) - mean(read[0]) ** 2  # noqa: E731
_COVARIANCE: Final[Any] = lambda read, mean: mean(read[0] * read[1]) - mean(read[0]) * mean(read[1])  # noqa: E731


def _told(m: Meaning, t: Tree, bodies: tuple[Tree, ...], use: Any) -> Any:
    """A moment over a sample, or over variables whose laws are told one given the other; None for others."""
    for way in (sample_moment, hierarchical_moment, moment_by_density):
        if (found := way(m, t, bodies, use)) is not None:
            return found
    return None


def _conditional(m: Meaning, t: Tree, below: tuple[Tree, ...], bodies: tuple[Tree, ...], use: Any) -> Any:
    if below:
        m.sc.fail(t, "a moment with a condition, or with a law below", "both")
    return conditional_moment(m, t, bodies, use)


def expectation(m: Meaning, t: Tree) -> Any:
    below, body = _split(t)
    if body[0].head == "|":
        return _conditional(m, t, below, body, _MEAN)
    if len(below) == 1 and (path := _by_path(m, t, below[0], body[0])) is not None:
        return expectation(m, path)
    if len(below) == 1 and (found := by_density(m, t, below[0], body[0])) is not None:
        return found
    if not below and (found := vector_expectation(m, t, body[0])) is not None:
        return found
    if not below and (found := _told(m, t, body, _MEAN)) is not None:
        return found
    if not below and _unnamed(m, body) and (found := unnamed_expectation(m, t, body[0])) is not None:
        return found
    bindings = _bindings(m, t, below, body)
    inside, pairs = _under(m, t, bindings, lambda: m.number(body[0]))
    with m.sc.errors_of(t):
        return E(inside, *pairs)


def _by_path(m: Meaning, t: Tree, below: Tree, body: Tree) -> Tree | None:
    """E over x of a law of which only the name is known, x = g(ε) being said: that over ε."""
    if below.head != "rel" or below.text not in ("~", "~iid") or len(below.parts) != 2:
        return None
    who, where = below.parts
    definition = m.sc.environment.definitions.get(name_of(who))
    if (
        definition is None
        or definition.parameters
        or where.head not in ("app", "name")
        or known_law(m, where) is not None
    ):
        return None
    noises = [s.name for s in definition.body.free_symbols if getattr(s, "name", "").partition("_")[0] in _NOISES]
    if len(noises) != 1 or name_of(where.parts[0] if where.parts else where).partition("_")[0] not in LETTERS:
        return None
    m.sc.guess(t, f"over {noises[0]}, of which {name_of(who)} is a function", "its law is only named", "law")
    return Tree("E", t.start, t.end, t.text, parts=(Tree("name", below.start, below.end, noises[0]), body))


def _unnamed(m: Meaning, bodies: tuple[Tree, ...]) -> bool:
    """Is there something random of which the law is not told, or are there several?"""
    names = random_names(m, bodies)
    return bool(names) and (len(names) > 1 or names[0] not in m.sc.environment.random)


def by_density(m: Meaning, t: Tree, below: Tree, body: Tree) -> Any:
    """E as an integral over the line, where the density is an expression or only a name with a bracket; else None."""
    who, where = (below.parts[0], below.parts[1]) if below.head == "rel" and len(below.parts) == 2 else (None, below)
    if where.head == "name" and who is not None and name_of(who) and varied(m, name_of(where)):
        where = Tree("app", where.start, where.end, parts=(where, who))  # x ~ p_θ, differentiated by θ
    if where.head not in ("app", "density") or (who is not None and below.text != "~"):
        return None
    inside = bracket_of(where)
    name = name_of(where.parts[0])
    if inside is None or len(inside[0]) != 1 or name.partition("_")[0] not in LETTERS:
        return None
    x = name_of(inside[0][0])
    if not x or (who is not None and name_of(who) != x) or known_law(m, where) is not None:
        return None
    if who is not None and x in m.sc.environment.random and not inside[1] and not varied(m, name):
        return None
    v = DomainSymbol(x, m.sc.kind(x)) if m.sc.kind(x) in _REALS else None
    if v is None:
        return None
    with m.sc.binding({x: v}):
        weight, value = m.number(where), m.number(body)
    m.sc.guess(t, "the integral against the density", "its law is known by its density alone", "density")
    return averaged(weight, value, v)


def angle(m: Meaning, t: Tree) -> Any:
    """⟨f(x)⟩_{p(x)}: the expectation under what stands below."""
    inner, below = t.parts
    if inner.head != "inner" or len(inner.parts) != 1:
        m.sc.fail(t, "a number", "a bracket with a subscript")
    m.sc.guess(t, "an expectation", "an angle bracket with a law below", "expectation")
    return expectation(m, Tree("E", t.start, t.end, parts=(below, inner.parts[0])))


def variance(m: Meaning, t: Tree) -> Any:
    below, body = _split(t)
    if body[0].head == "|":
        return _conditional(m, t, below, body, _VARIANCE)
    if not below and (found := _told(m, t, body, _VARIANCE)) is not None:
        return found
    if not below and _unnamed(m, body) and (found := unnamed_variance(m, t, body[0])) is not None:
        return found
    inside, pairs = _under(m, t, _bindings(m, t, below, body), lambda: m.number(body[0]))
    with m.sc.errors_of(t):
        return Var(inside, *pairs)


def deviation(m: Meaning, t: Tree) -> Any:
    return sp.sqrt(variance(m, t))


def covariance(m: Meaning, t: Tree) -> Any:
    """Cov(a, b) = E[ab] − E[a] E[b]."""
    if len(t.parts) < 2:
        m.sc.fail(t, "two things for a covariance", "one", "syntax")
    below, body = _split(t, 2)
    if body[1].head == "|":
        return _conditional(m, t, below, body, _COVARIANCE)
    if not below and (found := _told(m, t, body, _COVARIANCE)) is not None:
        return found
    if not below and (found := vector_covariance(m, t, body)) is not None:
        return found
    if not below and _unnamed(m, body) and (found := unnamed_covariance(m, t, body)) is not None:
        return found
    bindings = _bindings(m, t, below, body)
    (a, b), pairs = _under(m, t, bindings, lambda: (m.number(body[0]), m.number(body[1])))
    with m.sc.errors_of(t):
        return E(a * b, *pairs) - E(a, *pairs) * E(b, *pairs)


def correlation(m: Meaning, t: Tree) -> Any:
    """Cov(a, b) over both deviations."""
    below, body = _split(t, 2)
    both = [deviation(m, Tree("Std", t.start, t.end, parts=(*below, b))) for b in body]
    return covariance(m, t) / sp.Mul(*both)


def probability(m: Meaning, t: Tree) -> Any:
    """P(event) = E[1{event}]."""
    below, body = _split(t)
    if not below and _events(t):
        return joint(m, t, "P")
    if not below and body[0].head == "|" and (found := conditional_probability(m, t, body[0])) is not None:
        return found
    if body[0].head not in ("rel", "and", "or") or any(p.head == "|" for p in body):
        m.sc.fail(t, "the probability of a relation", "another event")
    if not below and body[0].head == "rel":
        event = Tree("indicator", t.start, t.end, parts=body)
        if (found := moment_by_density(m, t, (event,), _MEAN)) is not None:
            return found
    bindings = _bindings(m, t, below, body)
    if (point := _point(m, bindings, body[0])) is not None:
        value = m.number(point)
        if value.is_integer:
            return density_or_pmf(m, t, bindings[0][1], (value,))
    event, pairs = _under(m, t, bindings, lambda: m.condition(body[0]))
    with m.sc.errors_of(t):
        return E(indicator(event), *pairs)


def _events(t: Tree) -> bool:
    """P(A), P(A, B), P(A | B) of events by their names."""
    found = bracket_of(t)
    return found is not None and all(p.head == "name" and p.text[:1].isupper() for p in (*found[0], *found[1]))


def _point(m: Meaning, bindings: Bindings, event: Tree) -> Tree | None:
    """The k of K = k, for a variable with a law on the integers."""
    if len(bindings) != 1 or event.head != "rel" or event.text != "=" or len(event.parts) != 2:
        return None
    name, law = bindings[0]
    k = event.parts[1]
    if not law.discrete() or law.arity() != 1 or name_of(event.parts[0]) != name:
        return None
    return None if any(name_of(x) == name for x in walk(k)) else k


def entropy(m: Meaning, t: Tree) -> Any:
    """H = −E[log density]."""
    if len(t.parts) != 1:
        m.sc.fail(t, "the entropy of one law", "several")
    if not m.sc.bases_of_logs and (found := entropy_by_density(m, t, t.parts[0])) is not None:
        return found
    law = m.law(t.parts[0])
    x = m.sc.drawn(m.sc.fresh("x"), law)
    bases = {b.text or str(b.value) for b in m.sc.bases_of_logs}
    if len(bases) > 1:
        m.sc.fail(t, "one base of logarithms beside an entropy", f"{len(bases)} bases", "ambiguous")
    unit = sp.log(m.number(m.sc.bases_of_logs[0])) if bases else sp.S.One
    m.sc.guess(t, "the entropy, in the unit of the logarithms" if bases else "in nats", "H of a law", "entropy")
    with m.sc.errors_of(t):
        return -E(sp.log(density_or_pmf(m, t, law, (x,))), (x, law)) / unit


def divergence(m: Meaning, t: Tree) -> Any:
    if len(t.parts) == 2 and (found := divergence_by_densities(m, t)) is not None:
        return found
    p, q = (m.law(part) for part in t.parts)
    with m.sc.errors_of(t):
        return KL(p, q)
