"""Matrices in lines: the Jacobian of a map, and determinants that are printed as matrices and stand for numbers."""

from __future__ import annotations

from itertools import permutations
from typing import Any, final

import sympy as sp

from symrep.errors import BadInput
from symrep.law import fresh_index
from symrep.notation import D, Derivative_, Notation
from symrep.symbols import as_expr, kind_of
from symrep.term import ONE, ZERO, Term, num

__all__ = [
    "LARGEST",
    "Determinant_",
    "GeneralDeterminant",
    "JacobianDeterminant",
    "delta",
    "det",
    "jacobian",
    "minor_expansion",
]

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


@final
class GeneralDeterminant(Notation):
    """The determinant of the n × n matrix with ``entry`` in row i, column j, for any n; args = (entry, i, j, n)."""

    def _sympystr(self, printer: Any) -> str:
        return f"det({', '.join(map(printer.doprint, self.args))})"

    @property
    def entry(self) -> Any:
        return self.args[0]

    @property
    def indices(self) -> tuple[Any, Any]:
        return self.args[1], self.args[2]

    @property
    def size(self) -> Any:
        return self.args[3]

    @property
    def bound_symbols(self) -> list[Any]:
        return list(self.indices)

    @property
    def free_symbols(self) -> set[Any]:
        return (self.entry.free_symbols - set(self.indices)) | self.size.free_symbols

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        new = as_expr(new)
        i, j = self.indices
        if old in (i, j):
            return self
        entry = self.entry
        if entry.subs(old, new) != entry:  # the indices give way to what is put in
            taken = entry.free_symbols | new.free_symbols | {i, j} | self.size.free_symbols
            for v in (i, j):
                if v in new.free_symbols:
                    other = fresh_index(v.name, 1, taken)
                    taken = taken | {other}
                    entry = entry.xreplace({v: other})
                    i, j = (other if i == v else i), (other if j == v else j)
            entry = entry.subs(old, new)
        return GeneralDeterminant(entry, i, j, self.size.subs(old, new))

    def to_term(self, go: Any) -> Term:
        i, j = self.indices
        n = go(self.size)
        return ("det", go(self.entry), (i.name, ONE, n), (j.name, ONE, n))


@final
class JacobianDeterminant(Notation):
    """det[∂f_i/∂z_j] for n maps f_i of z_1, …, z_n, inert; args = (f_i, i, z, n)."""

    def _sympystr(self, printer: Any) -> str:
        return f"det(jacobian({', '.join(map(printer.doprint, self.args))}))"

    @property
    def component(self) -> Any:
        return self.args[0]

    @property
    def index(self) -> Any:
        return self.args[1]

    @property
    def base(self) -> Any:
        return self.args[2]

    @property
    def size(self) -> Any:
        return self.args[3]

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.index]

    @property
    def free_symbols(self) -> set[Any]:
        return (self.component.free_symbols - {self.index}) | self.base.free_symbols | self.size.free_symbols

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        new = as_expr(new)
        component = self.component.subs(old, new) if old != self.index else self.component
        if component != self.component and new.free_symbols & {self.index, *self.base.free_symbols}:
            raise BadInput(
                "det", f"a value free of {self.index} and of the coordinates {self.base}", f"{new} for {old}"
            )
        return JacobianDeterminant(component, self.index, self.base, self.size.subs(old, new))

    def entries(self, column: Any) -> Any:
        """The entry in row i and the column with this index, derivatives carried out."""
        slope = sp.diff(self.component, self.base[column])

        def collapse(e: Any) -> Any:
            if not isinstance(e, sp.Sum) or len(e.limits) != 1 or e.limits[0][1:] != (1, self.size):
                return e
            k = e.limits[0][0]
            rest, out = sp.S.Zero, sp.S.Zero
            for term in sp.Add.make_args(sp.expand(e.function)):
                marks = [m for m in term.atoms(sp.KroneckerDelta) if set(m.args) == {k, column}]
                if marks and term.coeff(marks[0]) * marks[0] == term:
                    out += term.coeff(marks[0]).subs(k, column)
                else:
                    rest += term
            return out + (sp.Sum(rest, e.limits[0]) if rest != 0 else 0)

        return slope.replace(lambda e: isinstance(e, sp.Sum), collapse)

    def to_term(self, go: Any) -> Term:
        return ("jacobian", go(self.component), (self.index.name, ONE, go(self.size)), str(self.base.label))


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


def det(matrix: Any, *general: Any) -> Any:
    """The determinant of a square matrix, kept as it is written.

    ``det([[a, b], [c, d]])`` is of a literal size; ``det(entry, i, j, n)`` is that of the n × n matrix with this entry
    in row i, column j, counted from 1, for whatever n; ``det(jacobian(f_i, z, i, n))`` that of the derivatives of n
    maps.

    Raises:
        BadInput: no square matrix, or one of more than 5 rows; indices that are no positive integers or not two; a size
            that is no positive integer.
    """
    if general:
        return _general(as_expr(matrix), general)
    if isinstance(matrix, JacobianDeterminant):
        return matrix
    m = sp.Matrix(matrix) if isinstance(matrix, (list, tuple)) else matrix
    if not isinstance(m, sp.MatrixBase) or m.rows != m.cols or not 1 <= m.rows <= LARGEST:
        got = f"{m.rows} × {m.cols}" if isinstance(m, sp.MatrixBase) else str(matrix)[:60]
        raise BadInput("det", f"a square matrix of at most {LARGEST} rows", got, "det([[a, b], [c, d]])")
    return Determinant_(sp.Integer(m.rows), *map(as_expr, m))


def _general(entry: Any, rest: tuple[Any, ...]) -> GeneralDeterminant:
    how = 'det(delta(i, j) + u[i] * w[j], i, j, n), with i, j, n = positive_integer("i j n")'
    if len(rest) != 3:
        raise BadInput("det", "an entry, two indices and a size", f"{1 + len(rest)} things", how)
    i, j, n = map(as_expr, rest)
    for v in (i, j):
        if not isinstance(v, sp.Symbol) or kind_of(v) != "positive integer":
            raise BadInput("det", "two symbols for positive integers as indices", str(v), how)
    if i == j or {i, j} & n.free_symbols:
        raise BadInput("det", "two different indices, not in the size", f"{i}, {j}, {n}", how)
    if not (n.is_Integer and n > 0) and not (isinstance(n, sp.Symbol) and kind_of(n) == "positive integer"):
        raise BadInput("det", "a positive integer as the size", str(n), how)
    return GeneralDeterminant(entry, i, j, n)


def delta(i: Any, j: Any) -> Any:
    """Kronecker's delta, the entries of the identity matrix: 1 where i = j, else 0."""
    return sp.KroneckerDelta(as_expr(i), as_expr(j))


def jacobian(maps: Any, variables: Any, *general: Any) -> Any:
    """The matrix of the partial derivatives of the maps by the variables, not carried out.

    ``jacobian((f1, f2), (x, y))`` is of a literal size. ``jacobian(f_i, z, i, n)``, with ``z = indexed("z")``, is of
    n maps f_i of the coordinates z[1], …, z[n]; all that can be done with it is to take its determinant.

    Raises:
        BadInput: coordinates that are no ``indexed`` real numbers, an index or a size that is no positive integer.
    """
    if general:
        how = 'jacobian(f_i, z, i, n), with z = indexed("z"), i, n = positive_integer("i n")'
        if len(general) != 2 or not isinstance(variables, sp.IndexedBase) or kind_of(variables) != "real":
            raise BadInput("jacobian", "a component, coordinates, an index and a size", str((variables, *general)), how)
        i, n = map(as_expr, general)
        for v in (i, n):
            if not (v.is_Integer and v > 0 and v is not i) and not (
                isinstance(v, sp.Symbol) and kind_of(v) == "positive integer"
            ):
                raise BadInput("jacobian", "a positive integer as index and as size", str(v), how)
        if i in n.free_symbols:
            raise BadInput("jacobian", "an index that is not the size", str(i), how)
        return JacobianDeterminant(as_expr(maps), i, variables, n)
    by = list(variables)
    return sp.Matrix([[D(f, v) for v in by] for f in maps])
