r"""Entropies H(X), H(X|Y), mutual information, divergences KL[P‖Q], as functionals of densities."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.reading.latex.formal_words import CAPITALS, MAIN, Formal, is_density, key, whole
from symrep.reading.latex.functionals import Dens
from symrep.reading.latex.joints import bracket_of
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, sexp, walk

__all__ = ["divergence", "entropy", "information", "points_of", "values_of"]


def points_of(t: Tree) -> tuple[tuple[Tree, ...], tuple[Tree, ...]]:
    """What stands before and behind the bar of Pr(X = x, Y = y | Z = z)."""

    def flat(part: Tree) -> tuple[Tree, ...]:
        return part.parts if part.head in ("list", "and") else (part,)

    inside = t.parts[0]
    if inside.head == "|" and len(inside.parts) == 2:
        return flat(inside.parts[0]), flat(inside.parts[1])
    return flat(inside), ()


def values_of(t: Tree) -> tuple[tuple[Tree, ...], tuple[Tree, ...]] | None:
    """What stands before and behind the bar of p(X = x, y | Z = 1): names, some with values; None for other things."""
    inside = t.parts[1:]
    if len(inside) != 1 and any(p.head == "|" for p in inside):
        return None
    left, right = points_of(Tree("P", t.start, t.end, parts=inside)) if len(inside) == 1 else (inside, ())
    parts = (*left, *right)
    equal = all(p.head == "name" or (p.head == "rel" and p.text == "=" and len(p.parts) == 2) for p in parts)
    return (left, right) if equal and any(p.head == "rel" for p in parts) else None


def _unit(m: Formal) -> Any:
    """The logarithm of the base in which the logarithms of both sides are."""
    bases = {}
    for tree in m.trees:
        for t in walk(tree):
            if t.head == "/" and all(p.head == "call" and p.text == "log" for p in t.parts):
                top, bottom = t.parts
                if top.start < bottom.start < bottom.end <= top.end:
                    bases[sexp(bottom.parts[0])] = bottom.parts[0]
    if len(bases) > 1:
        m.sc.fail(m.trees[0], "one base of logarithms", f"{len(bases)} bases", "ambiguous")
    return sp.log(m.number(next(iter(bases.values())))) if bases else sp.S.One


def entropy(m: Formal, t: Tree) -> Any:
    """H(X), H(X, Y), H(X | Y) of random variables."""
    if len(t.parts) == 1 and t.parts[0].head == "|":
        left, right = points_of(t)
    else:
        left, right = tuple(q for p in t.parts for q in (p.parts if p.head == "list" else (p,))), ()
    if len(left) == 1 and not right and (which := _density_in(m, left[0])):
        points = _common(m)
        return -whole(Dens(which, points) * sp.log(Dens(which, points)), points) / _unit(m)
    if len(right) == 1 and (found := _at_a_value(m, left, right[0])) is not None:
        return found
    names, given = [name_of(p) for p in left], [name_of(p) for p in right]
    if not given and 0 < len(names) <= 2 and set(names) <= {"P", "Q"}:
        return _cross(m, names[0], names[-1])
    if not all(n.partition("_")[0] in CAPITALS for n in (*names, *given)) or len({*names, *given}) < len(names + given):
        return None
    together = _uncertainty(m, [*names, *given])
    return together - _uncertainty(m, given) if given else together


def _density_in(m: Formal, t: Tree) -> str:
    """The f of h[f], h[f(x)], H[p], a density by its letter; empty for others."""
    f = t.parts[0] if t.head == "app" else t
    if t.head == "app" and (len(t.parts) != 2 or not name_of(t.parts[1])):
        return ""
    if f.head != "name" or f.parts or not f.text.isalpha():
        return ""
    return f.text if f.text in m.named or f.text in ("p", "q") else ""


def _at_a_value(m: Formal, left: tuple[Tree, ...], given: Tree) -> Any:
    """H(X | Y = y), the entropy of p(x|y) at one y."""
    names = [name_of(p) for p in left]
    if given.head != "rel" or given.text != "=" or len(given.parts) != 2:
        return None
    who = name_of(given.parts[0])
    if not all(n.partition("_")[0] in CAPITALS for n in (who, *names)) or len({who, *names}) <= len(names):
        return None
    y = m.number(given.parts[1])
    points = {key(n): m.fresh() for n in names}
    p = Dens(MAIN, {**points, key(who): y}) / Dens(MAIN, {key(who): y})
    return -whole(p * sp.log(p), points) / _unit(m)


def _uncertainty(m: Formal, names: list[str]) -> Any:
    points = {key(n): m.fresh() for n in names}
    p = Dens(MAIN, points)
    return -whole(p * sp.log(p), points) / _unit(m)


def information(m: Formal, t: Tree) -> Any:
    """I(X, Y) = H(X) + H(Y) − H(X, Y)."""
    names = [name_of(p) for p in t.parts[1:] if p.head != "mark"]
    if len(names) != 2 or not all(n.partition("_")[0] in CAPITALS for n in names) or names[0] == names[1]:
        return None
    x, y = names
    return _uncertainty(m, [x]) + _uncertainty(m, [y]) - _uncertainty(m, [x, y])


def divergence(m: Formal, t: Tree) -> Any:
    """KL[P‖Q] of the laws whose densities are p and q, of the variable they have on the other side."""
    letters = [name_of(p) for p in t.parts]
    if sorted(letters) != ["P", "Q"]:
        letters = [_density_in(m, p) for p in t.parts]
        if not all(letters) or letters[0] == letters[1]:
            return None
    points = _common(m)
    p, q = (Dens(x.lower(), points) for x in letters)
    return whole(p * sp.log(p / q), points) / _unit(m)


def _cross(m: Formal, p: str, q: str) -> Any:
    """H(P, Q), and H(P) as H(P, P)."""
    points = _common(m)
    return -whole(Dens(p.lower(), points) * sp.log(Dens(q.lower(), points)), points) / _unit(m)


def _common(m: Formal) -> dict[str, Any]:
    """The variables of which the densities of a claim are, bound."""
    seen = {
        tuple(map(name_of, found[0]))
        for tree in m.trees
        for n in walk(tree)
        if (is_density(n) or (n.head == "app" and m.letter(n.parts[0])))
        and (found := bracket_of(n)) is not None
        and not found[1]
        and all(map(name_of, found[0]))
    }
    names = seen.pop() if len(seen) == 1 else ("x",)
    return {key(n): m.fresh() for n in names}
