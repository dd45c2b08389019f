r"""Conditional moments whose laws are told: X | λ ~ Poisson(λ), then E[X | λ], and with λ ~ Gamma(α, β) Var(X).

E[f(X, Y) | Y = y] is the mean of f(X, y) under the law of X given Y = y; E[f(X, Y)] that of E[f(X, Y) | Y] under the
law of Y. What is given has to be what the law of X was told for, by name; nothing is said of other conditions. Of
X = ρY + √(1 − ρ²) Z it is the mean over Z, where Y and Z are told to be independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import sympy as sp

from symrep.notation import E, indicator
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.posterior import posterior
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk

__all__ = ["BAYES", "conditional_moment", "conditional_probability", "hierarchical_moment"]

Use = Callable[[list[Any], Callable[[Any], Any]], Any]
_MOMENTS: Final = frozenset("E Var Cov Corr Std P H".split())
_NOISES: Final = frozenset("epsilon varepsilon eps xi eta".split())
_DEEPEST: Final = 4
#: why a moment is over a parameter given what was seen
BAYES: Final = "by Bayes' rule, of the laws that are told"


def told(m: Meaning, name: str) -> tuple[tuple[str, ...], Any] | None:
    """What is given, and the law of X then; of X ~ Poisson(λ) where λ is random itself, λ is given."""
    environment = m.sc.environment
    if name in environment.conditionals:
        return environment.conditionals[name]
    law = environment.random.get(name)
    if law is None or law.arity() != 1:
        return None
    of = m.sc.free_names(law) & (environment.random.keys() | environment.conditionals.keys()) - {name}
    return (tuple(sorted(of)), law) if of else None


def conditional_moment(m: Meaning, t: Tree, parts: Sequence[Tree], use: Use) -> Any:
    """A moment of the parts, of which the last has the condition: E[a | b], Cov(a, b | c).

    Raises:
        Unread: no law of what is random is told for what is given.
    """
    last, condition = parts[-1].parts
    bodies = (*parts[:-1], last)
    values = _given(m, t, condition)
    names = [n for n in _random(m, bodies) if n not in values]
    known = told(m, names[0]) if len(names) == 1 else None
    if known is None or set(known[0]) != set(values):
        found = _by_definition(m, t, bodies, values, use)
        found = found if found is not None else _by_bayes(m, t, bodies, names, values, use)
        if found is None:
            m.sc.fail(t, f"the law of {' and '.join(names) or 'what is random'} given {', '.join(values)}", "none")
        return found
    (name,) = names
    with m.sc.binding(values):
        law = m.sc.stands_for(known[1])
        x = m.sc.drawn(name, law)
        with m.sc.binding({name: x}):
            read = [m.number(b) for b in bodies]
    m.sc.guess(t, f"under the law of {name} given {', '.join(values)}", "the text says so", "law")
    with m.sc.errors_of(t):
        return use(read, lambda body: E(body, (x, law)) if body.has(x) else body)


def _given(m: Meaning, t: Tree, condition: Tree) -> dict[str, Any]:
    """Names that are given, with their values: y of Y = y, else a symbol of that name.

    Raises:
        Unread: another condition.
    """
    out: dict[str, Any] = {}
    for part in condition.parts if condition.head in ("list", "and") else (condition,):
        equal = part.head == "rel" and part.text == "=" and len(part.parts) == 2
        name = name_of(part.parts[0] if equal else part)
        if not name or name in out or (part.parts and not equal and part.head != "name"):
            m.sc.fail(t, "a condition on variables by their names", part.text or part.head)
        out[name] = m.number(part.parts[1]) if equal else m.sc.symbol(name, part)
    return out


def _random(m: Meaning, trees: Iterable[Tree]) -> list[str]:
    """Names of what is random in trees; of a moment inside only what it is given."""
    random = m.sc.environment.random.keys() | m.sc.environment.conditionals.keys()
    out: dict[str, None] = {}

    def go(t: Tree) -> None:
        if t.head in _MOMENTS:
            if t.parts and t.parts[-1].head == "|":
                condition = t.parts[-1].parts[1]
                for part in condition.parts if condition.head in ("list", "and") else (condition,):
                    go(part.parts[1] if part.head == "rel" and len(part.parts) == 2 else part)
            return
        if t.head == "name" and (name := name_of(t)) in random and name not in m.sc.bound:
            out.setdefault(name)
        for p in t.parts:
            go(p)

    for t in trees:
        go(t)
    return list(out)


def hierarchical_moment(m: Meaning, t: Tree, bodies: tuple[Tree, ...], use: Use) -> Any:
    """A moment over X and what its law was told for, inner laws first; None where no law is told so.

    Raises:
        Unread: what is given has no law, or several things are random beside one another.
    """
    names = _random(m, bodies)
    inner = any(n.head in _MOMENTS and n.parts and n.parts[-1].head == "|" for b in bodies for n in walk(b))
    if not names or not (inner or any(told(m, n) for n in names)):
        return None
    if not inner and not any(told(m, n) for n in names):
        return None
    chain = _chain(m, t, names)
    if chain is None:
        return None
    drawn: list[tuple[Any, Any]] = []
    table: dict[str, Any] = {}
    for name, law in chain:  # what is given first
        with m.sc.binding(table):
            own = m.sc.stands_for(law)
        x = m.sc.drawn(name, own)
        drawn.append((x, own))
        table[name] = x
    with m.sc.binding(table):
        read = [m.number(b) for b in bodies]
    m.sc.guess(t, f"over {', '.join(table)}, one given the other", "their laws are told so", "law")

    def mean(body: Any) -> Any:
        for x, law in reversed(drawn):
            if body.has(x):
                body = E(body, (x, law))
        return body

    with m.sc.errors_of(t):
        return use(read, mean)


def _chain(m: Meaning, t: Tree, names: list[str]) -> list[tuple[str, Any]] | None:
    """The names with their laws, each after the one it is given; None where they form no chain."""
    todo, laws = list(names), dict[str, tuple[tuple[str, ...], Any]]()
    while todo:
        name = todo.pop()
        if name in laws:
            continue
        found = told(m, name)
        law = m.sc.environment.random.get(name)
        if found is None and (law is None or law.arity() != 1):
            if names == [name]:
                return None
            m.sc.fail(t, f"the law of {name}", "none", "undefined", f"{name} \\sim …")
        laws[name] = found if found is not None else ((), law)
        todo += laws[name][0]
    if len(laws) > _DEEPEST:
        return None
    out: list[tuple[str, Any]] = []
    while len(out) < len(laws):
        ready = [n for n in laws if n not in dict(out) and set(laws[n][0]) <= dict(out).keys()]
        if len(ready) != 1 or set(laws[ready[0]][0]) != ({out[-1][0]} if out else set()):
            return None
        out.append((ready[0], laws[ready[0]][1]))
    return out


def _by_definition(m: Meaning, t: Tree, bodies: tuple[Tree, ...], values: dict[str, Any], use: Use) -> Any:
    """What is defined by random things, some of them given: the mean over the others, independent of those; or None."""
    environment = m.sc.environment
    read = [m.number(b) for b in bodies]
    symbols = {s.name: s for e in read for s in e.free_symbols if isinstance(s, sp.Symbol)}
    random = [n for n in symbols if n in environment.random and n not in values]
    if len(random) != 1 or told(m, random[0]) is not None or not values.keys() & symbols.keys():
        return None
    (name,) = random
    noise = name.partition("_")[0] in _NOISES
    for other in values.keys() & symbols.keys():
        together = any({name, other} <= g for g in environment.independent)
        if not together and not (noise and other not in environment.random and "_" in other):
            return None
    if any(n in environment.conditionals for n in values) or values.keys() - symbols.keys():
        return None
    law = environment.random[name]
    x = m.sc.drawn(name, law) if law.arity() == 1 else None
    if x is None:
        return None
    table = {symbols[n]: v for n, v in values.items() if n in symbols} | {symbols[name]: x}
    read = [e.xreplace(table) for e in read]
    m.sc.guess(t, f"the mean over {name}, independent of {', '.join(values)}", "the text says so", "independence")
    with m.sc.errors_of(t):
        return use(read, lambda body: E(body, (x, law)) if body.has(x) else body)


def _by_bayes(m: Meaning, t: Tree, bodies: tuple[Tree, ...], names: list[str], values: dict[str, Any], use: Use) -> Any:
    """A moment of a random parameter given what was told to depend on it, the two being conjugate; else None."""
    if len(names) != 1 or len(values) != 1 or told(m, names[0]) is not None:
        return None
    (name,), ((seen, value),) = names, values.items()
    prior, known = m.sc.environment.random.get(name), told(m, seen)
    if prior is None or known is None or known[0] != (name,):
        return None
    others = (m.sc.free_names(prior) | m.sc.free_names(known[1])) - {name}
    if any(n in m.sc.environment.random or f"random {n}" in m.sc.environment.told for n in others):
        return None  # then it is what is known of θ given them, too
    parameter = next((s for s in known[1].free_symbols if getattr(s, "name", "") == name), None)
    law = None if parameter is None else posterior(prior, known[1], parameter, value)
    if law is None:
        return None
    x = m.sc.drawn(name, law)
    with m.sc.binding({name: x}):
        read = [m.number(b) for b in bodies]
    m.sc.guess(t, f"over {name} given {seen}, one given the other", BAYES, "law")
    with m.sc.errors_of(t):
        return use(read, lambda body: E(body, (x, law)) if body.has(x) else body)


def conditional_probability(m: Meaning, t: Tree, body: Tree) -> Any:
    """P(A | B) = P(A and B)/P(B) of events of one variable; P(A | Y = y) under the law of X given Y = y; else None."""
    event, condition = body.parts
    equal = [p for p in walk(condition) if p.head == "rel" and p.text == "="]
    if equal or condition.head != "rel":

        def read(e: Tree) -> Any:
            return indicator(m.condition(e))

        return _probability_given(m, t, event, condition, read)
    names = list(dict.fromkeys((*_random(m, (event,)), *_random(m, (condition,)))))
    if len(names) != 1 or told(m, names[0]) is not None or names[0] in m.sc.environment.conditionals:
        return None
    law = m.sc.environment.random[names[0]]
    if law.arity() != 1:
        return None
    x = m.sc.drawn(names[0], law)
    with m.sc.binding({names[0]: x}):
        a, b = m.condition(event), m.condition(condition)
    m.sc.guess(t, "P of both over P of the condition", "a bar between two events", "probability")
    with m.sc.errors_of(t):
        return E(indicator(sp.And(a, b)), (x, law)) / E(indicator(b), (x, law))


def _probability_given(m: Meaning, t: Tree, event: Tree, condition: Tree, read: Callable[[Tree], Any]) -> Any:
    values = _given(m, t, condition)
    names = [n for n in _random(m, (event,)) if n not in values]
    known = told(m, names[0]) if len(names) == 1 else None
    if known is None or set(known[0]) != set(values):
        return None
    with m.sc.binding(values):
        law = m.sc.stands_for(known[1])
        x = m.sc.drawn(names[0], law)
        with m.sc.binding({names[0]: x}):
            inside = read(event)
    m.sc.guess(t, f"under the law of {names[0]} given {', '.join(values)}", "the text says so", "law")
    with m.sc.errors_of(t):
        return E(inside, (x, law))
