r"""Rules for determinants: the matrix determinant lemma, Sylvester's identity, triangular matrices.

They act on ``det(entry, i, j, n)`` for every n, and on matrices of literal size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.determinant import Determinant_, GeneralDeterminant, det
from symrep.errors import BadInput, NotApplicable
from symrep.rules.base import Applied, fresh_name, rewrite, swap, the_node
from symrep.symbols import DomainSymbol, as_expr

__all__ = ["determinant_lemma", "sylvester", "triangular"]


def _found(rule: str, before: Any, kind: type) -> list[Any]:
    return the_node(rule, before, kind, lambda _: True, "a determinant, det(entry, i, j, n) or det([[a, b], [c, d]])")


@final
@dataclass(frozen=True)
class determinant_lemma(Rule):
    r"""$\det(cI + uw^\top) = c^{n-1}(c + w^\top u)$, for matrices of every size.

    In ``det(c * delta(i, j) + u_i * w_j, i, j, n)`` the parts are found by themselves. Of a matrix of literal size say
    the two columns, ``determinant_lemma(u, w)``; what is left over on the diagonal is c.

    Obligations: the matrix is $cI + uw^\top$, with u free of the column and w of the row; $c \neq 0$.

    Raises:
        NotApplicable: no determinant in the line, or none of that shape.

    Source: the case of one column of Mathlib's ``Matrix.det_one_add_mul_comm``.
    """

    left: Any = None
    right: Any = None
    name: ClassVar[str] = "determinant lemma"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if self.left is not None and before.has(Determinant_):
            return self._literal(before)
        table, steps = [], []
        for node in _found(self.name, before, GeneralDeterminant):
            (i, j), n = node.indices, node.size
            scale, u, w = self._parts(node)
            total = sp.Sum(u * w.subs(j, i), (i, 1, n))
            result = scale ** (n - 1) * (scale + total)
            table.append((node, result))
            steps.append(rewrite("rank_one", node, result, scale=scale, left=u, right=w))
        return Applied(swap(before, table), tuple(steps))

    def _parts(self, node: GeneralDeterminant) -> tuple[Any, Any, Any]:
        i, j = node.indices
        mark = sp.KroneckerDelta(i, j)
        entry = sp.expand(node.entry)
        scale = sp.factor_terms(entry.coeff(mark))
        rest = sp.factor(sp.expand(entry - scale * mark)) if self.left is None else as_expr(self.left)
        if self.left is not None:
            return scale, rest, as_expr(self.right)
        rows, columns = sp.S.One, sp.S.One
        for f in sp.Mul.make_args(rest):
            if {i, j} <= f.free_symbols or f.has(mark):
                needed = "an entry c*delta(i, j) + u_i*w_j, with factors of the row and of the column apart"
                raise NotApplicable(self.name, needed, str(node.entry)[:80], "determinant_lemma(u_i, w_j)")
            if j in f.free_symbols:
                columns *= f
            else:
                rows *= f
        return scale, rows, columns

    def _literal(self, before: Any) -> Applied:
        u, w = (sp.Matrix(v).reshape(len(v), 1) for v in (self.left, self.right))
        table, steps = [], []
        for node in _found(self.name, before, Determinant_):
            m = node.matrix()
            if m.rows != len(u) or len(u) != len(w):
                raise BadInput(self.name, f"two columns of {m.rows} entries", f"{len(u)} and {len(w)}")
            scale = sp.simplify(m[0, 0] - u[0] * w[0])
            result = scale ** (m.rows - 1) * (scale + (w.T * u)[0, 0])
            table.append((node, result))
            steps.append(rewrite("identity", node, result))
        return Applied(swap(before, table), tuple(steps))


@final
@dataclass(frozen=True)
class sylvester(Rule):
    r"""$\det(I_n + AB) = \det(I_m + BA)$ for A of $n \times m$, B of $m \times n$, for matrices of every size.

    Args:
        left, right: A and B; their entries $a_{ik}$ and $b_{kj}$, in the determinant's own indices i, j, for any n.
        inner: for any n the index k and the size m, ``(k, m)``.

    Obligations: the matrix is $I + AB$.

    Raises:
        NotApplicable: no determinant in the line.

    Source: Mathlib, ``Matrix.det_one_add_mul_comm``, the Weinstein–Aronszajn identity.
    """

    left: Any
    right: Any
    inner: Any = None
    name: ClassVar[str] = "Sylvester's identity"

    def latex(self) -> str:
        return r"\text{Sylvester's identity}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if isinstance(self.left, sp.MatrixBase):
            return self._literal(before)
        if not isinstance(self.inner, tuple) or len(self.inner) != 2:
            raise BadInput(self.name, "the inner index and its size, inner=(k, m)", str(self.inner))
        a, b, k, m = *map(as_expr, (self.left, self.right)), *map(as_expr, self.inner)
        table, steps = [], []
        for node in _found(self.name, before, GeneralDeterminant):
            i, j = node.indices
            new = self._column(hint, k) or DomainSymbol(fresh_name("l", node, a, b, m), "positive integer")
            total = sp.Sum(b.subs(j, i) * a.subs(k, new), (i, 1, node.size))
            result = GeneralDeterminant(sp.KroneckerDelta(k, new) + total, k, new, m)
            table.append((node, result))
            steps.append(rewrite("sylvester", node, result, left=a, right=b, inner=k.name, size=m))
        return Applied(swap(before, table), tuple(steps))

    @staticmethod
    def _column(hint: Any, k: Any) -> Any:
        """The author's name for the column, where the rows are named k."""
        stated = sorted(hint.atoms(GeneralDeterminant), key=sp.default_sort_key) if isinstance(hint, sp.Basic) else []
        return next((e.indices[1] for e in stated if e.indices[0] == k), None)

    def _literal(self, before: Any) -> Applied:
        a, b = self.left, self.right
        if not isinstance(b, sp.MatrixBase) or a.shape != b.shape[::-1]:
            raise BadInput(self.name, "matrices of n × m and m × n", f"{a.shape} and {getattr(b, 'shape', b)}")
        table, steps = [], []
        for node in _found(self.name, before, Determinant_):
            result = det(sp.eye(b.rows) + b * a)
            table.append((node, result))
            steps.append(rewrite("identity", node, result))
        return Applied(swap(before, table), tuple(steps))


@final
@dataclass(frozen=True)
class triangular(Rule):
    r"""$\det = \prod_i a_{ii}$ for a matrix that is zero above its diagonal, or below it.

    Args:
        zero: "above" or "below": where the zeros stand.

    Obligation: the entries there are 0.

    Raises:
        NotApplicable: no determinant for any n in the line (of a literal size, ``algebra`` does).

    Source: Mathlib, ``Matrix.det_of_lowerTriangular`` and ``Matrix.det_of_upperTriangular``.
    """

    zero: str = "above"
    name: ClassVar[str] = "triangular matrix"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if self.zero not in ("above", "below"):
            raise BadInput(self.name, 'zero="above" or zero="below"', repr(self.zero))
        table, steps = [], []
        for node in _found(self.name, before, GeneralDeterminant):
            i, j = node.indices
            result = sp.Product(node.entry.subs(j, i), (i, 1, node.size))
            table.append((node, result))
            steps.append({**rewrite("triangular", node, result), "zero": self.zero})
        return Applied(swap(before, table), tuple(steps))
