r"""Densities with a parameter behind a semicolon: p(x, z; θ) beside p(z | x; θ) and p(x; θ) are of one p_θ.

Only where a formula speaks of several densities of one letter, all of them with the same parameter, and the document
has not said which function of x and θ the letter is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symrep.reading.latex.environment import Environment
from symrep.reading.latex.joints import LETTERS
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.statements import ParsedSide, ParsedStatement
from symrep.reading.latex.trees import Tree, sexp, walk
from symrep.reading.latex.words import GREEK

__all__ = ["with_parameters"]

Rows = list[list[ParsedStatement]]
#: how a list says that a semicolon stood before its last item
_MARK: Final = ";"


def with_parameters(rows: Rows, environment: Environment) -> Rows:
    """The rows with p_θ for p(…; θ), where that is what is meant."""
    tails: dict[str, set[str]] = {}
    mains: dict[str, set[str]] = {}
    for tree in (s.tree for row in rows for st in row for s in st.sides if s.tree is not None):
        for t in walk(tree):
            if (found := _parted(t)) is not None:
                name = t.parts[0].text
                tails.setdefault(name, set()).add(found[1].text)
                mains.setdefault(name, set()).add(" ".join(map(sexp, found[0].parts[1:])))
    known = {k.partition("(")[0] for k in (*environment.definitions, *environment.densities, *environment.functions)}
    meant = {n for n, of in tails.items() if len(of) == 1 and of <= GREEK and len(mains[n]) > 1 and n not in known}
    if not meant:
        return rows
    return [[replace(st, sides=tuple(_side(s, meant) for s in st.sides)) for st in row] for row in rows]


def _side(side: ParsedSide, meant: set[str]) -> ParsedSide:
    return side if side.tree is None else replace(side, tree=_rewritten(side.tree, meant))


def _rewritten(t: Tree, meant: set[str]) -> Tree:
    found = _parted(t)
    if found is not None and t.parts[0].text in meant:
        t, parameter = found
        f = t.parts[0]
        below = Tree("name", f.start, f.end, f"{f.text}_{parameter.text}", parts=(parameter,))
        return replace(t, parts=(below, *(_rewritten(p, meant) for p in t.parts[1:])))
    return replace(t, parts=tuple(_rewritten(p, meant) for p in t.parts)) if t.parts else t


def _parted(t: Tree) -> tuple[Tree, Tree] | None:
    """The density without its parameter, and the parameter; None for others."""
    if t.head != "app" or t.parts[0].head != "name" or t.parts[0].text not in LETTERS or t.parts[0].parts:
        return None
    inside = t.parts[1:]
    if len(inside) == 1 and inside[0].head == "|" and len(inside[0].parts) == 2:
        left, right = inside[0].parts
        if right.head != "list" or right.text != _MARK or len(right.parts) < 2 or not _named(right.parts[-1]):
            return None
        kept = right.parts[:-1]
        rest = kept[0] if len(kept) == 1 else replace(right, text="", parts=kept)
        return replace(t, parts=(t.parts[0], replace(inside[0], parts=(left, rest)))), right.parts[-1]
    if (
        len(inside) > 2
        and inside[-2].head == "mark"
        and all(p.head != "mark" for p in inside[:-2])
        and _named(inside[-1])
    ):
        return replace(t, parts=t.parts[:-2]), inside[-1]
    return None


def _named(t: Tree) -> bool:
    return t.head == "name" and bool(name_of(t))
