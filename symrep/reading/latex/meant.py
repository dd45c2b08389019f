"""What the modules that give meaning call of one another."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.reading.latex.scope import Scope
from symrep.reading.latex.trees import Tree

__all__ = ["Meaning"]


class Meaning:
    """The scope, and the ways to read a tree in it."""

    def __init__(self, scope: Scope) -> None:
        self.sc = scope

    def number(self, tree: Tree) -> Any:
        """A tree as a finite number."""
        raise NotImplementedError

    def value(self, tree: Tree) -> Any:
        """A tree as a number, an infinity or a matrix."""
        raise NotImplementedError

    def condition(self, tree: Tree) -> Any:
        """A tree as a SymPy Boolean."""
        raise NotImplementedError

    def law(self, tree: Tree) -> Any:
        """A tree as a law."""
        raise NotImplementedError

    def finite(self, tree: Tree, value: Any) -> Any:
        """The value, if it is a number and not an infinity."""
        if value in (sp.oo, -sp.oo):
            self.sc.fail(tree, "a number", "infinity, which is one only as a limit")
        if not isinstance(value, sp.Expr):
            self.sc.fail(tree, "a number", type(value).__name__)
        return value
