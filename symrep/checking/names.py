"""Names in sides, as expressions spell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

from symrep.checking.facts import GREEK
from symrep.checking.model import Place
from symrep.reading.latex import Environment, defines, name_of, walk

__all__ = ["Head", "free_names", "head_of", "latex_name", "logarithm_of", "name_of_tree", "names_of", "primed", "uses"]


@final
@dataclass(frozen=True)
class Head:
    """What a side could define: a name, and the parameters if it is a function."""

    name: str
    parameters: tuple[str, ...] = ()
    logarithm: bool = False


def head_of(place: Place, environment: Environment | None = None) -> Head | None:
    """A bare name, or a function of distinct bare names; e, where the document declares it."""
    if place.tree is None:
        return None
    found = defines(place.tree)
    bare = found is None and place.tree.head == "name" and name_of_tree(place.tree) == "e"
    if bare and environment is not None and environment.is_symbol("e"):
        return Head("e")
    return None if found is None else Head(found.name, tuple(found.parameters), found.logarithm)


def name_of_tree(tree: Any) -> str:
    return str(name_of(tree) or "")


def names_of(place: Place) -> list[str]:
    """The names in a list of names; empty if it is something else."""
    t = place.tree
    if t is None:
        return []
    parts = t.parts if t.head == "list" else (t,)
    return [name_of_tree(p) for p in parts if p.head == "name"]


def free_names(place: Place) -> frozenset[str]:
    """The names a side is about: an index that is summed over is none; every name, where the side is not read."""
    free = getattr(place.parsed.expr, "free_symbols", None)
    if free is None:
        return uses(place)
    return frozenset(s.name for s in free if hasattr(s, "name"))


def primed(place: Place) -> bool:
    """Is it F': a function without its argument?"""
    t = place.tree
    return t is not None and t.head == "name" and t.text.endswith("'") and t.text.rstrip("'") in ("F", "G", "H")


def logarithm_of(place: Place) -> str:
    """The Y of log Y."""
    t = place.tree
    if t is None or t.head not in ("call", "log") or t.text not in ("log", "ln", "") or len(t.parts) != 1:
        return ""
    return name_of_tree(t.parts[0]) if t.parts[0].head == "name" else ""


def uses(place: Place) -> frozenset[str]:
    """Every name in a side."""
    if place.tree is None:
        return frozenset()
    heads = ("name", "vec", "indexed", "sup", "star", "ring", "plus", "minus", "dagger")
    return frozenset(n for t in walk(place.tree) if t.head in heads and (n := name_of_tree(t)))


def latex_name(name: str) -> str:
    """LaTeX of a name as scripts spell it."""
    base, _, below = name.partition("_")
    head = rf"\{base}" if base in GREEK.values() else base
    return f"{head}_{{{below}}}" if below else head
