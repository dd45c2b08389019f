"""Which names a tree mentions, as far as its writing shows."""

from __future__ import annotations

from symrep.reading.latex.trees import Tree, walk

__all__ = ["mentions", "names"]


def names(tree: Tree) -> frozenset[str]:
    """Every name in the tree, with the names in its subscript."""
    out: set[str] = set()
    for t in walk(tree):
        if t.head in ("name", "vec"):
            out.add(t.text)
            out.update(t.text.replace("{", "").replace("}", "").split("_")[1:])
    return frozenset(out)


def mentions(tree: Tree, bound: frozenset[str]) -> bool:
    """Whether one of these names occurs, or one with such a subscript."""
    return bool(names(tree) & bound)
