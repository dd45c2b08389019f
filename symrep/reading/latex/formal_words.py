r"""What the parts of the formal reading share: its state, and how densities are named."""

from __future__ import annotations

import re
from typing import Any, Final

import sympy as sp

from symrep.reading.latex.functionals import Over
from symrep.reading.latex.meaning import Sense
from symrep.reading.latex.scope import Scope, name_of
from symrep.reading.latex.trees import Tree, walk

__all__ = ["CAPITALS", "MAIN", "SPACE", "Formal", "is_density", "key", "letter", "variables_below", "whole"]

#: the density of what is random
MAIN: Final = "p"
SPACE: Final = (sp.Symbol("W"), sp.S.Zero, sp.S.Zero)
CAPITALS: Final = frozenset("X Y Z U V W".split())
_SUBSCRIPT: Final = re.compile(r"(?:\{)?([A-Z](?:_?\w)?)((?:,[A-Z](?:_?\w)?)*)(?:\}|$)")


class Formal(Sense):
    """One claim: what is bound in it, by which letters densities go.

    Attributes:
        ways: whether spaces are summed (S) or integrated (I) over.
        families: are there variables with an index, X_i?
        defined: is something that is called a density or a transform of one defined by the document?
        points: does the probability of one value, Pr(X = x), stand in it?
        chance: what the random variables of families are functions of, innermost last.
    """

    def __init__(self, scope: Scope, trees: list[Tree]) -> None:
        super().__init__(scope)
        self.count = 0
        self.ways: set[str] = set()
        functions = scope.environment.functions
        #: letters that the document calls densities, or that stand in a divergence as such: f, g
        self.named = frozenset(n for n, spec in functions.items() if spec.density) | _in_divergences(trees, scope)
        self.letters = {self.letter(t.parts[0]) for tree in trees for t in walk(tree) if t.head == "app"} - {""}
        self.trees = trees
        self.families = any(
            t.head == "name" and t.parts and name_of(t).partition("_")[0] in CAPITALS
            for tree in trees
            for t in walk(tree)
        )
        self.chance: list[Any] = []
        self.defined = False
        self.points = False

    def letter(self, f: Tree) -> str:
        """The letter of a density: p, q, one the document calls a density; empty for other names."""
        return letter(f) or (f.text if f.head == "name" and f.text in self.named else "")

    def fresh(self, kind: str = "real") -> Any:
        self.count += 1
        return sp.Symbol(f"_b{self.count}", **{kind: True})


def _in_divergences(trees: list[Tree], scope: Scope) -> frozenset[str]:
    """The f and g of KL[f||g], KL[f(x)||g(x)], small letters that the document does not define."""
    out: set[str] = set()
    for t in (t for tree in trees for t in walk(tree) if t.head == "KL"):
        for p in t.parts:
            f = p.parts[0] if p.head == "app" else p
            name = f.text if f.head == "name" else ""
            if name[:1].islower() and name.isalpha() and name not in scope.environment.definitions:
                out.add(name)
    return frozenset(out) if len(out) == 2 else frozenset()


def is_density(t: Tree) -> bool:
    return t.head == "app" and t.parts[0].head == "name" and letter(t.parts[0]) != ""


def letter(f: Tree) -> str:
    """The letter of a density: p, q; f with a capital letter below is p. Empty for other names."""
    base, _, below = f.text.partition("_")
    if base in ("p", "q") and (not below or variables_below(below)):
        return base
    return MAIN if base == "f" and variables_below(below) else ""


def variables_below(below: str) -> tuple[str, ...]:
    """The variables in the subscript of f_{X,Y}; empty where there is something else."""
    m = _SUBSCRIPT.fullmatch(below)
    return () if m is None else tuple(x for x in (m[1], *m[2].split(",")) if x)


def key(name: str) -> str:
    """X of X: a variable and its values go by one name."""
    return name[:1].lower() + name[1:]


def whole(body: Any, points: dict[str, Any]) -> Any:
    """The functional over the spaces of variables."""
    return Over(body, tuple(points.values()), [SPACE] * len(points))
