r"""``a_1 + … + a_n`` and ``a_1 \cdots a_n`` as the sums and products they stand for.

The first term and the last are laid over one another: where they differ the first has a number and the last, everywhere
the same, what the index runs to. A second term has to be what the index makes of it. Whatever does not fit stays an
ellipsis, which nobody can read.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from symrep.reading.latex.trees import Tree, sexp, walk

__all__ = ["spelled_out"]

_HEADS: Final = {"+": "sum", "*": "prod"}
_INDICES: Final = ("i", "j", "k", "l", "m")


def spelled_out(tree: Tree) -> Tree:
    """The tree with its ellipses as sums and products."""
    if not any(_dots(t) for t in walk(tree)):
        return tree
    tree = replace(tree, parts=tuple(spelled_out(p) for p in tree.parts))
    if tree.head not in _HEADS or sum(_dots(p) for p in tree.parts) != 1:
        return tree
    parts = tree.parts
    at = next(i for i, p in enumerate(parts) if _dots(p))
    if at not in (1, 2) or len(parts) != at + 2:
        return tree
    used = {t.text.partition("_")[0] for t in walk(tree) if t.head == "name"} | _below(tree)
    index = next((i for i in _INDICES if i not in used), "")
    found = _laid_over(parts[0], parts[-1], index) if index else None
    if found is None:
        return tree
    low, high, body = found
    if at == 2 and sexp(_at(body, index, low + 1)) != sexp(_plain(parts[1])):
        return tree
    if at == 1 and parts[0].head == "num":
        return tree  # 1 + … + n^2: of the squares, or of all?
    name = Tree("name", tree.start, tree.start, index)
    one = Tree("num", tree.start, tree.start, str(low), Fraction(low))
    return Tree(_HEADS[tree.head], tree.start, tree.end, parts=(name, one, high, body))


def _dots(t: Tree) -> bool:
    return t.head == "name" and t.text == "..."


def _below(tree: Tree) -> set[str]:
    return {t.text.partition("_")[2].strip("{}") for t in walk(tree) if t.head == "name" and "_" in t.text}


def _laid_over(first: Tree, last: Tree, index: str) -> tuple[int, Tree, Tree] | None:
    """The number in the first term, what stands there in the last, and the term with the index in their place."""
    met: list[tuple[int, Tree]] = []

    def go(a: Tree, b: Tree) -> Tree | None:
        a, b = _plain(a), _plain(b)
        if sexp(a) == sexp(b):
            return a
        if a.head == "num" and b.head in ("name", "+", "-", "*") and a.value.denominator == 1:
            met.append((int(a.value), b))
            return Tree("name", a.start, a.end, index)
        if a.head == b.head == "name" and (below := _subscripts(a, b)) is not None:
            number, high = below
            met.append((number, high))
            inner = Tree("name", a.start, a.end, index)
            return Tree("name", a.start, a.end, f"{a.text.partition('_')[0]}_{index}", parts=(inner,))
        if a.head != b.head or a.text != b.text or len(a.parts) != len(b.parts) or not a.parts:
            return None
        parts = [go(x, y) for x, y in zip(a.parts, b.parts, strict=True)]
        return None if any(p is None for p in parts) else replace(a, parts=tuple(p for p in parts if p is not None))

    body = go(first, last)
    if body is None or not met or len({(n, sexp(h)) for n, h in met}) != 1 or met[0][0] not in (0, 1):
        return None
    return met[0][0], met[0][1], body


def _plain(t: Tree) -> Tree:
    return replace(t, text="") if t.text == "bracket" else t


def _subscripts(a: Tree, b: Tree) -> tuple[int, Tree] | None:
    """The 1 of x_1 and the n of x_n."""
    if a.text.partition("_")[0] != b.text.partition("_")[0] or len(a.parts) != 1 or len(b.parts) != 1:
        return None
    low = a.parts[0]
    return (int(low.value), b.parts[0]) if low.head == "num" and low.value.denominator == 1 else None


def _at(body: Tree, index: str, value: int) -> Tree:
    """The term with a number for the index."""
    if body.head == "name" and body.text == index:
        return Tree("num", body.start, body.end, str(value), Fraction(value))
    if body.head == "name" and len(body.parts) == 1 and body.parts[0].text == index:
        one = Tree("num", body.start, body.end, str(value), Fraction(value))
        return replace(body, text=f"{body.text.partition('_')[0]}_{value}", parts=(one,))
    return replace(body, parts=tuple(_at(p, index, value) for p in body.parts))
