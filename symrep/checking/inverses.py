r"""Inverses that are spelled out: with f(z) = e^s z + t said, f^{-1}(x) = (x − t) e^{-s} claims that f of it is x.

Or that it leads back from f(z) to z: that is all it says where f does not reach every number, as distribution functions
do not, F(t) = 1/2 + arctan(t)/π, F^{-1}(u) = tan(π(u − 1/2)).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symrep.checking.model import Chain, Link, Place
from symrep.checking.scope import Let, Scope
from symrep.checking.settling import Settled
from symrep.reading.latex import Environment, Side
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree

__all__ = ["inverse_let", "only_told", "through_the_function"]


def _inverse_of(tree: Tree | None) -> tuple[str, str]:
    """The f and the x of f^{-1}(x); empty for other sides."""
    if tree is None or tree.head != "app" or len(tree.parts) != 2 or tree.parts[0].head != "inverse":
        return "", ""
    return name_of(tree.parts[0].parts[0]), name_of(tree.parts[1])


def inverse_let(left: Place, right: Place, scope: Scope) -> Let | None:
    """What f^{-1}(x) = … defines, of a function that has no inverse yet, or had one in another section."""
    name, x = _inverse_of(left.tree)
    if not name or not x or right.tree is None or _inverse_of(right.tree)[0]:
        return None
    old = scope.function(f"{name}inverse")
    if name in scope.environment.inverses and (old is None or not scope.parted(old, left.at) or _spelled(name, scope)):
        return None
    line = " ".join(f"{left.latex.strip()} = {right.latex.strip()}".split())
    return Let("function", f"{name}inverse", (x,), right.latex, frozenset(), left.at, right.to, line)


def only_told(chain: Chain, settled: Settled, scope: Scope) -> None:
    """Take g^{-1}(y) = … for what it is where nobody spelled g out: it says what the inverse is, and claims nothing."""
    for k, i, op, _ in list(settled.pairs):
        left, right = chain.places[k], chain.places[i]
        name, _ = _inverse_of(left.tree)
        if op == "=" and name and not _spelled(name, scope) and inverse_let(left, right, scope) is not None:
            settled.pairs = [p for p in settled.pairs if p[0] != k]
            settled.defined.add(k)


def _spelled(name: str, scope: Scope) -> bool:
    """Is a function spelled out, or the density of one variable whose law is known?"""
    env = scope.environment
    return name in env.definitions or name in env.densities or scope.density_of(f"f{name[1:]}") is not None


def through_the_function(link: Link) -> None:
    """Make the claim one about the function itself, in every reading in which that is spelled out."""
    name, _ = _inverse_of(link.left.tree)
    if not name or link.op != "=" or len(link.left.variants) != len(link.right.variants):
        return
    lefts: list[tuple[Environment, Side]] = []
    rights: list[tuple[Environment, Side]] = []
    back: list[tuple[Environment, Any, Any]] = []
    for (env, a), (_, b) in zip(link.left.variants, link.right.variants, strict=True):
        p, value = _argument(env, name, b.expr)
        if p is None or a.tree is None:
            return
        lefts.append((env, replace(a, expr=p, unread=())))
        rights.append((env, replace(b, expr=value)))
        if not env.size and (there := _back(env, name, b.expr, link)) is not None:
            back.append((env, p, there))
    shown: dict[str, Any] = {"at": link.left.at, "to": link.left.to}
    if back:  # sin(π − arcsin u) is u as well
        lefts, rights = _supposed(name, lefts), _supposed(name, rights)
    at = [(e, _at_argument(e, s, link)) for e, s in lefts]
    mine, theirs = lefts[0][1], rights[0][1]
    at += [(e, replace(mine, expr=p)) for e, p, _ in back]
    link.left = replace(link.left, variants=at, **shown)
    link.right = replace(link.right, variants=[*rights, *((e, replace(theirs, expr=x)) for e, _, x in back)])
    link.before, link.plain, link.inverse = [], False, bool(back)


def _supposed(name: str, sides: list[tuple[Environment, Side]]) -> list[tuple[Environment, Side]]:
    """Sides that are compared under the supposition that the function takes each value once."""
    out = []
    for env, side in sides:
        spec = env.functions.get(name)
        once = (spec is not None and spec.monotone is not None) or name in env.invertible
        out.append((env if once else replace(env, supposed=(*env.supposed, f"{name} takes each value once")), side))
    return out


def _back(env: Environment, name: str, expr: Any, link: Link) -> Any:
    """What is said to be the inverse, at the value of the function: its parameter, if it is one; None if there is
    nothing to put it into."""
    definition, (_, x) = env.definitions[name], _inverse_of(link.left.tree)
    there = [s for s in getattr(expr, "free_symbols", ()) if getattr(s, "name", "") == x]
    if len(there) != 1 or definition.parameters[0] in expr.free_symbols - {there[0]}:
        return None
    return expr.subs(there[0], definition.body)


def _argument(env: Environment, name: str, expr: Any) -> tuple[Any, Any]:
    """A mark that the function is known, and its value at an expression."""
    definition = env.definitions.get(name)
    if definition is None or len(definition.parameters) != 1 or expr is None:
        return None, None
    (p,) = definition.parameters
    return p, definition.body.subs(p, expr)


def _at_argument(env: Environment, side: Side, link: Link) -> Side:
    """The side x of f(…) = x, as the right side spells that name; what it stands for, where that is put in."""
    from symrep.symbols import DomainSymbol

    _, x = _inverse_of(link.left.tree)
    if (known := env.definitions.get(x)) is not None and not known.parameters:
        return replace(side, expr=known.body)
    for _, right in link.right.variants:
        found = next((s for s in getattr(right.expr, "free_symbols", ()) if getattr(s, "name", "") == x), None)
        if found is not None:
            return replace(side, expr=found)
    return replace(side, expr=DomainSymbol(x, env.symbols.get(x, env.default)))
