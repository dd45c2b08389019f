"""Matrices in lines: the Jacobian of a map, and determinants that are printed as matrices and stand for numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Any, final

import sympy as sp

from symrep.errors import BadInput
from symrep.notation import D, Derivative_, Notation
from symrep.symbols import as_expr
from symrep.term import ZERO, Term, num

__all__ = ["LARGEST", "Determinant_", "det", "jacobian", "minor_expansion"]

#: determinants of more rows are not expanded
LARGEST = 5


@final
class Determinant_(Notation):
    """The determinant of a matrix of literal size, inert; args = (number of rows, entries row by row)."""

    def _sympystr(self, printer: Any) -> str:
        rows = ", ".join(f"[{', '.join(map(printer.doprint, r))}]" for r in self.rows())
        return f"det([{rows}])"

    def rows(self) -> list[list[Any]]:
        n = int(self.args[0])
        return [list(self.args[1 + n * i : 1 + n * (i + 1)]) for i in range(n)]

    def jacobian_of(self) -> tuple[list[Any], list[Any]] | None:
        """(maps, variables) if this is the determinant of a Jacobian that is not carried out yet."""
        rows = self.rows()
        if not all(isinstance(e, Derivative_) for row in rows for e in row):
            return None
        maps, by = [row[0].body for row in rows], [e.variable for e in rows[0]]
        same = all(
            e.body == f and e.variable == v
            for f, row in zip(maps, rows, strict=True)
            for v, e in zip(by, row, strict=True)
        )
        return (maps, by) if same and len(rows) > 1 else None

    def matrix(self) -> Any:
        return sp.Matrix(self.rows())

    def expanded(self) -> Any:
        """The same number as a sum of products."""
        out = sp.S.Zero
        for sign, entries in minor_expansion(self.rows()):
            out += sp.Mul(sp.Integer(sign), *entries)
        return out

    def _eval_derivative(self, s: Any) -> Any:
        return sp.diff(self.expanded(), s)

    def to_term(self, go: Any) -> Term:
        """Leibniz' formula, without the products in which an entry is 0: what a determinant is, by definition."""
        products: list[Term] = []
        for sign, entries in minor_expansion(self.rows()):
            factors = [go(e) for e in entries if e != 1]
            products.append(("mul", num(sign), *factors) if factors else num(sign))
        if not products:
            return ZERO
        return products[0] if len(products) == 1 else ("add", *products)


def minor_expansion(rows: list[list[Any]]) -> list[tuple[int, list[Any]]]:
    """(sign, entries) of every product in Leibniz' formula none of whose entries is 0."""
    n = len(rows)
    out = []
    for p in permutations(range(n)):
        entries = [rows[i][p[i]] for i in range(n)]
        if any(e == 0 for e in entries):
            continue
        odd = sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n)) % 2
        out.append((-1 if odd else 1, entries))
    return out


def det(matrix: Any) -> Determinant_:
    """The determinant of a square matrix of literal size, kept as it is written.

    Raises:
        BadInput: no square matrix, or one of more than 5 rows.
    """
    m = sp.Matrix(matrix) if isinstance(matrix, (list, tuple)) else matrix
    if not isinstance(m, sp.MatrixBase) or m.rows != m.cols or not 1 <= m.rows <= LARGEST:
        got = f"{m.rows} × {m.cols}" if isinstance(m, sp.MatrixBase) else str(matrix)[:60]
        raise BadInput("det", f"a square matrix of at most {LARGEST} rows", got, "det([[a, b], [c, d]])")
    return Determinant_(sp.Integer(m.rows), *map(as_expr, m))


def jacobian(maps: Iterable[Any], variables: Iterable[Any]) -> Any:
    """The matrix of the partial derivatives of the maps by the variables, not carried out."""
    by = list(variables)
    return sp.Matrix([[D(f, v) for v in by] for f in maps])
