"""Trees that say matrices, read as grids of terms, and the scalars made of them.

Whether a tree is a matrix is seen from its text alone: symbols are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NoReturn, final

from symrep.reading import matrices
from symrep.reading.matrices import LARGEST, LARGEST_SQUARE, Grid, TooBig
from symrep.reading.trees import Tree
from symrep.term import MINUS_ONE, ONE, ZERO, Term, mul, power

__all__ = ["MATRICES", "SCALARS", "Grids"]

_TURNED: Final = ("Transpose", "transpose", "Inverse")
#: calls that are matrices, and calls of matrices that are numbers
MATRICES: Final = frozenset(("Matrix", "ImmutableMatrix", "eye", "Identity", "zeros", "ones", "diag", *_TURNED))
SCALARS: Final = frozenset("Determinant det Det Trace trace tr".split())
_WORDS: Final = re.compile("|".join((*sorted(MATRICES), r"\.\s*T", r"\.\s*transpose", r"\.\s*inv")))
_DETERMINANT: Final = frozenset("Determinant det Det".split())


@final
class Grids:
    """Reads matrices inside one text.

    Args:
        number: reads a tree as a number.
        fail: raises a located error: the tree, what is needed, what is there, what to write instead.
        text: what is read; where no word of it makes a matrix, nothing is one.
    """

    def __init__(self, number: Callable[[Tree], Term], fail: Callable[..., NoReturn], text: str) -> None:
        self.none = _WORDS.search(text) is None
        self._number = number
        self._fail = fail
        self._known: dict[int, tuple[Tree, bool]] = {}

    def holds(self, tree: Tree) -> bool:
        """Is the tree a matrix?"""
        if self.none or tree.head in ("name", "number"):
            return False
        hit = self._known.get(id(tree))
        if hit is None:
            hit = tree, self._holds(tree)
            self._known[id(tree)] = hit
        return hit[1]

    def _holds(self, tree: Tree) -> bool:
        if tree.head == "call":
            return tree.text in MATRICES
        if tree.head == "attribute":
            return tree.text in ("T", "transpose", "inv")
        if tree.head in ("bracket", "+", "*", "neg", "inverse"):
            return any(map(self.holds, tree.parts))
        return tree.head == "**" and self.holds(tree.parts[0])

    def grid(self, tree: Tree) -> Grid:
        """The entries of a matrix."""
        try:
            return self._grid(tree)
        except TooBig:
            self._fail(
                tree, f"at most {LARGEST} rows ({LARGEST_SQUARE} to invert) and short entries", "a larger matrix"
            )

    def _grid(self, tree: Tree) -> Grid:
        if not self.holds(tree):
            self._fail(tree, "a matrix", "a number", "Matrix([[a, b], [c, d]])")
        head, parts = tree.head, tree.parts
        if head == "bracket":
            return self._grid(parts[0])
        if head == "neg":
            return matrices.scaled(MINUS_ONE, self._grid(parts[0]))
        if head == "inverse":
            self._fail(tree, "a number to divide by", "a matrix", "A*B**-1")
        if head == "attribute":
            inner = self._grid(parts[0])
            return matrices.inverse(self._square(tree, inner)) if tree.text == "inv" else matrices.transpose(inner)
        if head == "call":
            return self._called(tree)
        if head == "**":
            return self._power(tree)
        return self._sum(tree) if head == "+" else self._product(tree)

    def scalar(self, tree: Tree) -> Term:
        """A determinant, a trace or an entry."""
        try:
            if tree.head == "item":
                return self._item(tree)
            if len(tree.parts) != 1:
                self._fail(tree, f"1 argument for {tree.text}", str(len(tree.parts)))
            inner = self._square(tree, self._grid(tree.parts[0]))
            return matrices.determinant(inner) if tree.text in _DETERMINANT else matrices.trace(inner)
        except TooBig:
            self._fail(tree, f"at most {LARGEST_SQUARE} rows and short entries", "a larger matrix")

    # --- pieces ---------------------------------------------------------------------------------------------------

    def _square(self, tree: Tree, grid: Grid) -> Grid:
        if len(grid) != len(grid[0]):
            self._fail(tree, "a square matrix", f"{len(grid)} by {len(grid[0])}")
        return grid

    def _size(self, tree: Tree) -> int:
        t = self._number(tree)
        if t[0] != "num" or t[2] != 1 or not 1 <= t[1] <= LARGEST:
            self._fail(tree, f"a size from 1 to {LARGEST}, as a number")
        return int(t[1])

    def _called(self, tree: Tree) -> Grid:
        name, parts = tree.text, tree.parts
        if name in _TURNED:
            if len(parts) != 1:
                self._fail(tree, f"1 argument for {name}", str(len(parts)))
            inner = self._grid(parts[0])
            return matrices.inverse(self._square(tree, inner)) if name == "Inverse" else matrices.transpose(inner)
        if name == "diag":
            if not 1 <= len(parts) <= LARGEST:
                self._fail(tree, f"1 to {LARGEST} numbers for diag", str(len(parts)))
            return matrices.diagonal(tuple(map(self._number, parts)))
        if name in ("eye", "Identity", "zeros", "ones"):
            most = 1 if name in ("eye", "Identity") else 2
            if not 1 <= len(parts) <= most:
                self._fail(tree, f"{'a size' if most == 1 else 'one or two sizes'} for {name}", str(len(parts)))
            sizes = [self._size(p) for p in parts]
            if most == 1:
                return matrices.identity(sizes[0])
            return matrices.filled(sizes[0], sizes[-1], ZERO if name == "zeros" else ONE)
        return self._written(tree)

    def _written(self, tree: Tree) -> Grid:
        """``Matrix([[a, b], [c, d]])``, ``Matrix([a, b])`` (a column), ``Matrix(2, 2, [a, b, c, d])``."""
        parts = tree.parts
        if len(parts) == 3 and parts[2].head == "list":
            rows, columns = self._size(parts[0]), self._size(parts[1])
            if len(parts[2].parts) != rows * columns:
                self._fail(tree, f"{rows * columns} entries", str(len(parts[2].parts)))
            flat = tuple(map(self._number, parts[2].parts))
            return tuple(flat[i * columns : (i + 1) * columns] for i in range(rows))
        if len(parts) != 1 or parts[0].head != "list" or not 1 <= len(parts[0].parts) <= LARGEST:
            self._fail(tree, f"rows of a matrix, 1 to {LARGEST} of them", "", "Matrix([[a, b], [c, d]])")
        rows_ = [p.parts if p.head == "list" else (p,) for p in parts[0].parts]
        if len({len(r) for r in rows_}) != 1 or not 1 <= len(rows_[0]) <= LARGEST:
            self._fail(tree, f"rows of one length, 1 to {LARGEST}", "others")
        return tuple(tuple(map(self._number, r)) for r in rows_)

    def _power(self, tree: Tree) -> Grid:
        base = self._square(tree, self._grid(tree.parts[0]))
        e = self._number(tree.parts[1])
        if e[0] != "num" or e[2] != 1 or abs(e[1]) > LARGEST:
            self._fail(tree, f"an integer power of a matrix, at most {LARGEST}")
        return matrices.power_of(base, int(e[1]))

    def _sum(self, tree: Tree) -> Grid:
        out = self._grid(tree.parts[0])
        for p in tree.parts[1:]:
            found = matrices.added(out, self._grid(p))
            if found is None:
                self._fail(tree, "matrices of one shape in a sum", "others")
            out = found
        return out

    def _product(self, tree: Tree) -> Grid:
        factor: list[Term] = []
        out: Grid | None = None
        for p in tree.parts:
            if not self.holds(p):
                if p.head == "inverse":
                    factor.append(power(self._number(p.parts[0]), MINUS_ONE))
                else:
                    factor.append(self._number(p))
                continue
            inner = self._grid(p)
            found = inner if out is None else matrices.times(out, inner)
            if found is None:
                self._fail(tree, "as many columns as rows in a product of matrices", "other shapes")
            out = found
        if out is None:
            self._fail(tree, "a matrix", "a number")
        return matrices.scaled(mul(*factor), out) if factor else out

    def _item(self, tree: Tree) -> Term:
        if not self.holds(tree.parts[0]):
            self._fail(tree, "indices after a matrix only", "a number", "round brackets")
        grid = self._grid(tree.parts[0])
        places = [self._number(p) for p in tree.parts[1:]]
        if len(places) not in (1, 2) or any(p[0] != "num" or p[2] != 1 for p in places):
            self._fail(tree, "one or two indices, as numbers", "", "M[0, 1]")
        at = [int(p[1]) for p in places]
        flat = len(at) == 1
        sizes = [len(grid) * len(grid[0])] if flat else [len(grid), len(grid[0])]
        if any(not -n <= i < n for i, n in zip(at, sizes, strict=True)):
            self._fail(tree, f"indices inside {len(grid)} by {len(grid[0])}", str(at))
        if flat:
            row, column = divmod(at[0] % sizes[0], len(grid[0]))
            return grid[row][column]
        return grid[at[0]][at[1]]
