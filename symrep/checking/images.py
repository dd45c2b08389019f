r"""Densities of what is made of a random variable: with X ~ N(m, s²) and Y = e^X, f_Y is known before anybody says it.

f_Y(y) = … is then a claim, and no definition. What it is compared with is found by the rule for a change of variables,
and proved by the kernel, each time anew; where it is not found, f_Y is what the document says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, final

import sympy as sp

from symrep import rules
from symrep.derivation import Line
from symrep.distribution import Law, Pushforward, pushforward
from symrep.errors import SymrepError
from symrep.judge import judge_line
from symrep.notation import Binder, Density
from symrep.reading.latex import Environment, Tree, walk
from symrep.reading.latex.joints import key_of
from symrep.reading.latex.scope import name_of
from symrep.symbols import DomainSymbol, Undetermined
from symrep.verdict import Status
from symrep.verifying.deciding import limits_within

__all__ = [
    "Spelled",
    "densities_in",
    "image_law",
    "letters_of",
    "one_letter",
    "spelled_images",
    "variable_of",
    "written",
]

_FAILS: Final = (
    SymrepError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
#: what a density of Y may be called
DENSITIES: Final = ("f", "p", "q")
#: and by its bracket
BRACKETED: Final = ("p", "q")
_NAMED: Final = re.compile(r"(?<![A-Za-z\\])(?P<letter>[fpq])\s*_\s*\{?\s*\\?(?P<of>[A-Za-z]+)")
_BRACKETED: Final = re.compile(
    r"(?<![A-Za-z\\])(?P<letter>[pq](?:\s*_\s*(?:\{[^{}]{1,20}\}|\\?[A-Za-z]+))?)\s*(?:\\left)?\(\s*\\?(?P<of>[A-Za-z]+)\s*(?:\\right)?"
    r"(?=[|;,)]|\\mid|\\vert)"
)
_MOST: Final = 60
_CASES: Final = (sp.Piecewise, sp.Heaviside)


@final
@dataclass(frozen=True)
class Spelled:
    """Both sides with the densities of images written out, where that holds, and what was done."""

    lhs: Any
    rhs: Any
    where: tuple[Any, ...]
    notes: tuple[str, ...]


def variable_of(density: str, symbols: Iterable[str]) -> str | None:
    """The name in f_Y or p(y), among those of defined symbols: Y, or y."""
    known = set(symbols)
    if density.endswith(")"):
        of = density.partition("(")[2].removesuffix(")")
        return of if of in known else None
    head, _, tail = density.partition("_")
    if head not in DENSITIES or not tail:
        return None
    return next((n for n in (tail, tail.lower(), tail[:1].upper() + tail[1:]) if n in known), None)


def densities_in(tree: Tree) -> Iterator[str]:
    """The names f_Y and p(y) in a tree, of densities of what may be made of a random variable."""
    for t in walk(tree):
        if t.head == "name" and t.text.partition("_")[0] in DENSITIES and "_" in t.text:
            yield t.text.replace("{", "").replace("}", "")
        elif t.head == "app" and len(t.parts) == 2 and t.parts[1].head == "name" and not t.parts[1].parts:
            letter = name_of(t.parts[0])
            if letter in BRACKETED:
                yield key_of(letter, (name_of(t.parts[1]),), ())


def letters_of(bodies: Iterable[str]) -> dict[str, set[str]]:
    """The letters by which densities of Y go in a document: by ``_y`` those of f_Y, by ``(y`` those of p(y)."""
    letters: dict[str, set[str]] = {}
    for text in bodies:
        for pattern, mark in ((_NAMED, "_"), (_BRACKETED, "(")):
            for m in pattern.finditer(text):
                letters.setdefault(mark + m["of"].lower(), set()).add("".join(m["letter"].split()))
    return letters


def one_letter(names: Iterable[str], letters: Mapping[str, set[str]]) -> set[str]:
    """Those of the names whose variable has densities by one letter: p_Y may be what q_Y is to be like."""

    def key(name: str) -> str:
        return f"({name.partition('(')[2].removesuffix(')')}" if name.endswith(")") else f"_{name.partition('_')[2]}"

    return {n for n in names if len(letters.get(key(n).lower(), ())) == 1}


def _law_of(name: str, density: str, closed: Environment) -> Any:
    """The law of a variable: it was told, or its density is spelled out by the letter of another, p(x) for p(y)."""
    if name in closed.random:
        return closed.random[name]
    letter = density.partition("(")[0].partition("_")[0]
    keys = [key_of(letter, (name,), ())] if density.endswith(")") else [f"{letter}_{name}", f"{letter}_{name.upper()}"]
    return next((closed.densities[k] for k in keys if k in closed.densities), None)


def image_law(name: str, density: str, closed: Environment) -> Law | None:
    """The law of what a name stands for, whose density is asked for by another name: of one random variable that has a
    density; None if it is made of anything else."""
    definition = closed.definitions.get(name)
    if definition is None or definition.parameters or not isinstance(definition.body, sp.Expr):
        return None
    body = definition.body
    if body.has(Undetermined, Binder, Density, sp.Integral, sp.Sum, sp.Product, sp.Limit):
        return None
    if body.count_ops() > _MOST or not all(isinstance(s, DomainSymbol) for s in body.free_symbols):
        return None
    drawn = [s for s in body.free_symbols if _law_of(s.name, density, closed) is not None]
    if len(drawn) != 1:
        return None
    law = _law_of(drawn[0].name, density, closed)
    if not isinstance(law, Law) or law.discrete() or law.arity() != 1 or isinstance(law, Pushforward):
        return None
    others = {s.name for s in body.free_symbols | law.free_symbols} - {drawn[0].name}
    if drawn[0].name in {s.name for s in law.free_symbols} or others & set(closed.random):
        return None
    if any(f"random {n}" in closed.told for n in others):
        return None
    try:
        x = DomainSymbol(drawn[0].name, "real")
        law = pushforward(law, x, body.xreplace({drawn[0]: x}))
        return law if _spelled(law, DomainSymbol(_free("t", law), "real")) is not None else None
    except _FAILS:
        return None


@lru_cache(maxsize=256)
def _spelled(law: Pushforward, point: Any) -> Any:
    """The density at a point by the change of variables; None where the rule does not find it."""
    try:
        return rules.change_of_variables().apply(Density(law, point), None, ()).result
    except _FAILS:
        return None


@lru_cache(maxsize=256)
def _proved(law: Pushforward, point: Any, given: tuple[Any, ...], seconds: float) -> Any:
    """The same, where the kernel proves it."""
    found = _spelled(law, point)
    if found is None:
        return None
    lines = Line(Density(law, point), "=", None, 1), Line(found, "=", rules.change_of_variables(), 2)
    try:
        step = judge_line(*lines, given, limits_within(seconds))
    except _FAILS:
        return None
    return found if step.status is Status.PROVED else None


def spelled_images(lhs: Any, rhs: Any, given: tuple[Any, ...], seconds: float) -> Spelled | str | None:
    """Both sides without densities of images; None if they have none, a text if one cannot be written out."""
    nodes = [d for d in _nodes(lhs, rhs) if isinstance(d.law, Pushforward)]
    if not nodes:
        return None
    cases = any(s.has(*_CASES) for s in (lhs, rhs))
    table: dict[Any, Any] = {}
    where: dict[Any, None] = {}
    notes: dict[str, None] = {}
    for node in dict.fromkeys(nodes):
        law, (at,) = node.law, node.points
        t = DomainSymbol(_free("t", node), "real")
        found = _proved(law, t, given, seconds)
        if found is None:
            return f"the density of {_map(law)} was not found, or what it needs is not known"
        value, conditions = _on_its_image(found)
        if cases or value is None:
            table[node] = found.subs(t, at)
        else:
            table[node] = value.subs(t, at)
            where.update((c.subs(t, at), None) for c in conditions)
        notes[f"the density of {_map(law)}, by the change of variables"] = None
    if any(c is sp.false for c in where):
        return "at no point of the image"
    kept = tuple(c for c in where if c is not sp.true)
    said = (f"meant on the support, where {c}" for c in kept)
    return Spelled(lhs.xreplace(table), rhs.xreplace(table), kept, (*notes, *said))


def formula_of(node: Any) -> Any:
    """A density of a law at a point as a formula, as far as it is one; for proposals, which are judged."""
    law, (at, *more) = node.law, node.points
    if not isinstance(law, Pushforward):
        return law.density_at(at, *more)
    t = DomainSymbol(_free("t", node), "real")
    found = _spelled(law, t)
    value = None if found is None else _on_its_image(found)[0]
    return node if value is None else written(value.subs(t, at))


def written(expr: Any) -> Any:
    """An expression with its densities as formulas, as far as they are; for proposals."""

    def go(e: Any) -> Any:
        try:
            return formula_of(e)
        except _FAILS:
            return e

    return expr.replace(lambda e: isinstance(e, Density), go)


def _on_its_image(found: Any) -> tuple[Any, tuple[Any, ...]]:
    """The value of a density on the image, and where that is; no value where it is another here than there."""
    values: dict[Any, list[Any]] = {}
    for piece in sp.Add.make_args(found):
        if isinstance(piece, sp.Piecewise):
            if len(piece.args) != 2 or piece.args[1] != (0, True):
                return None, ()
            value, condition = piece.args[0]
        else:
            value, condition = piece, sp.true
        values.setdefault(condition, []).append(value)
    if len(values) == 1:
        ((condition, parts),) = values.items()
        return sp.Add(*parts), tuple(sp.And.make_args(condition))
    return None, ()


def images_at(expr: Any) -> set[str]:
    """The names at which densities of images stand in it."""
    found = (d for d in _nodes(expr) if isinstance(d.law, Pushforward))
    return {str(s) for d in found for p in d.points for s in p.free_symbols}


def _nodes(*sides: Any) -> Iterator[Any]:
    for side in sides:
        if isinstance(side, sp.Expr):
            yield from (e for e in sp.preorder_traversal(side) if isinstance(e, Density))


def _map(law: Pushforward) -> str:
    return str(law.images[0])


def _free(name: str, e: Any) -> str:
    taken = {s.name for s in e.free_symbols} | {str(v) for v in getattr(e, "variables", ())}
    while name in taken:
        name += "_"
    return name
