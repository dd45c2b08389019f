"""From trees to symrep's expressions. Whatever has no expression is Unread where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sympy as sp

from symrep.reading.latex import applied, binders, conditions, laws, moments, vectors
from symrep.reading.latex.depends import mentions
from symrep.reading.latex.differentiated import by_of
from symrep.reading.latex.entries import determinant, inverted, matrix_power, small, upper_index
from symrep.reading.latex.lengths import length_of_sample
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.samples import mean_of_sample
from symrep.reading.latex.scope import name_of, plain_name
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.values import KNOWN, TooLarge, power, product

__all__ = ["Sense"]


class Sense(Meaning):
    """The meanings of the trees of one formula."""

    def number(self, tree: Tree) -> Any:
        value = self.value(tree)
        if isinstance(value, sp.Expr) and value not in (sp.nan, sp.zoo, sp.oo, -sp.oo):
            return value
        if isinstance(value, sp.MatrixBase):
            self.sc.fail(tree, "a number", "a matrix")
        if value in (sp.oo, -sp.oo):
            self.sc.fail(tree, "a number", "infinity, which is one only as a limit")
        if value in (sp.nan, sp.zoo):
            self.sc.fail(tree, "a denominator other than 0", "division by zero")
        self.sc.fail(tree, "a number", type(value).__name__)

    def value(self, tree: Tree) -> Any:
        """A number, an infinity or a matrix."""
        found = _HANDLERS.get(tree.head)
        if found is None:
            needed, got = _REASONS.get(tree.head, ("a number", tree.head))
            self.sc.fail(tree, needed, got)
        with self.sc.errors_of(tree):
            try:
                return found(self, tree)
            except TooLarge:
                self.sc.fail(tree, "a number with fewer digits", "a very long one", "size")

    def side(self, tree: Tree) -> Any:
        """A side of a statement: a number, a law, a condition, several of them."""
        if tree.head in ("dist", "density"):
            return laws.law(self, tree)
        if tree.head in ("rel", "and", "or"):
            return self.condition(tree)
        if tree.head == "list":
            return tuple(self.side(p) for p in tree.parts)
        if tree.head == "name" and tree.text in self.sc.environment.densities:
            return self.sc.environment.densities[tree.text]
        value = self.value(tree)
        if value in (sp.nan, sp.zoo):
            self.sc.fail(tree, "a denominator other than 0", "division by zero")
        return value

    def condition(self, tree: Tree) -> Any:
        return conditions.condition(self, tree)

    def law(self, tree: Tree) -> Any:
        return laws.law(self, tree)


# --- arithmetic ---------------------------------------------------------------------------------------------------


def _num(m: Meaning, t: Tree) -> Any:
    return sp.Rational(t.value.numerator, t.value.denominator)


def _matrices(values: list[Any]) -> bool:
    return any(isinstance(v, sp.MatrixBase) for v in values)


def _add(m: Meaning, t: Tree) -> Any:
    values = [m.value(p) for p in t.parts]
    if _matrices(values):
        if not all(isinstance(v, sp.MatrixBase) for v in values):
            m.sc.fail(t, "matrices of one shape", "a number beside a matrix")
        out = values[0]
        for v in values[1:]:
            out = out + v
        return out
    return sp.Add(*(m.finite(p, v) for p, v in zip(t.parts, values, strict=True)))


def _minus(m: Meaning, t: Tree) -> Any:
    a, b = (m.value(p) for p in t.parts)
    if _matrices([a, b]):
        return a - b
    return m.finite(t.parts[0], a) - m.finite(t.parts[1], b)


def _neg(m: Meaning, t: Tree) -> Any:
    return -m.value(t.parts[0])


def _mul(m: Meaning, t: Tree) -> Any:
    _scoped(m, t)
    values = [m.value(p) for p in t.parts]
    if _matrices(values):
        out = values[0]
        for v in values[1:]:
            out = out * v
        return out[0, 0] if isinstance(out, sp.MatrixBase) and out.shape == (1, 1) else out
    return product([m.finite(p, v) for p, v in zip(t.parts, values, strict=True)])


def _scoped(m: Meaning, t: Tree) -> None:
    """A derivative beside factors it may or may not reach: refused when that makes a difference."""
    for i, p in enumerate(t.parts[:-1]):
        if names := by_of(p):
            for rest in t.parts[i + 1 :]:
                if mentions(rest, names):
                    m.sc.fail(t, "brackets around what is differentiated", "a product beside a derivative", "ambiguous")


def _div(m: Meaning, t: Tree) -> Any:
    top, bottom = m.value(t.parts[0]), m.number(t.parts[1])
    if bottom == 0:
        m.sc.fail(t, "a denominator other than 0", "division by zero")
    if isinstance(top, sp.MatrixBase):
        return top / bottom
    return product([m.finite(t.parts[0], top), power(bottom, sp.S.NegativeOne)])


def _pow(m: Meaning, t: Tree) -> Any:
    upper_index(m, t)
    base = m.value(t.parts[0])
    exponent = m.number(t.parts[1])
    if isinstance(base, sp.MatrixBase):
        return matrix_power(m, t, base, exponent)
    base = m.finite(t.parts[0], base)
    if base == 0 and not exponent.is_positive:
        m.sc.fail(t, "a base other than 0", "0 to a power that may be 0 or negative")
    return power(base, exponent)


def _root(m: Meaning, t: Tree) -> Any:
    base, degree = (m.number(p) for p in t.parts)
    if degree != 2 and not base.is_nonnegative and not (isinstance(degree, sp.Integer) and degree % 2 == 0):
        m.sc.fail(t, "a root of what is not negative", "real or principal root", "ambiguous", "a kind for the symbols")
    return power(base, 1 / degree)


def _call(m: Meaning, t: Tree) -> Any:
    entry = KNOWN.get(t.text)
    if entry is None:
        m.sc.fail(t, "a function symrep knows", t.text)
    least, most, build = entry
    parts = t.parts[0].parts if len(t.parts) == 1 and t.parts[0].head == "list" else t.parts
    if t.text in ("max", "min") and len(parts) == 1:
        m.sc.fail(t, f"what the {t.text} is over, or several numbers", "one", "undefined")
    if not least <= len(parts) <= most:
        m.sc.fail(t, f"{least} argument{'s' if least > 1 else ''} for {t.text}", str(len(parts)), "syntax")
    values = [m.number(p) for p in parts]
    if t.text in ("log", "ln") and len(values) == 1 and isinstance(values[0], sp.exp) and not values[0].has(sp.I):
        return values[0].args[0]  # log L where log L(θ) = … is how L was defined
    return build(*values)


def _factorial(m: Meaning, t: Tree) -> Any:
    return KNOWN["factorial" if t.head == "!" else "factorial2"][2](m.number(t.parts[0]))


def _binomial(m: Meaning, t: Tree) -> Any:
    return KNOWN["binomial"][2](*(m.number(p) for p in t.parts))


def _abs(m: Meaning, t: Tree) -> Any:
    value = m.value(t.parts[0])
    if isinstance(value, sp.MatrixBase):
        return determinant(small(m, t, value))
    return KNOWN["abs"][2](m.finite(t.parts[0], value))


# --- names --------------------------------------------------------------------------------------------------------


def _name(m: Meaning, t: Tree) -> Any:
    sc, text = m.sc, t.text
    name = name_of(t)
    if name in sc.bound and not t.parts:
        return sc.bound[name]
    environment = sc.environment
    if not environment.is_symbol(name):
        if text == "oo":
            return sp.oo
        if text == "pi":
            return sp.pi
        if text == "e":
            return sp.E
        if name == "gamma" and "euler" in environment.told and "gamma" not in environment.definitions:
            sc.guess(t, "Euler's constant", "the text calls γ so", "kind")
            return sp.EulerGamma
        if text == "...":
            sc.fail(t, "every term written out, or a sum", "an ellipsis")
        if text == "cdot":
            sc.fail(t, "what stands in the place", "a dot", "undefined")
        if text in ("const", "constant"):
            sc.fail(t, "the constant, written out", text, "undefined")
        if text == "emptyset" or "^" in text:
            sc.fail(t, "a number", f"the set {text}")
        if text == "i":
            return _imaginary(m, t)
    definition = environment.definitions.get(name)
    if definition is not None and not definition.parameters:
        sc.spell(name, t)
        return sc.stands_for(definition.body)
    if environment.is_function(name) and name not in environment.called:
        sc.fail(t, f"an argument for {name}", "none", "undefined")
    if (
        name in environment.square
        and name not in environment.matrices
        and (found := vectors.vector(m, t, name)) is not None
    ):
        return found
    if name in environment.matrices | environment.square or ("'" in name and environment.is_function(name.rstrip("'"))):
        sc.fail(t, f"the entries of {name}", "a matrix nobody spelled out")
    random = bool(environment.size) and vectors.random_vector(m, name) and not t.parts[1:]
    matrix = not environment.is_symbol(name) and (random or name in m.sc.columns or _matrix_name(m, name))
    if matrix and (found := vectors.vector(m, t, name)) is not None:
        return found
    if not environment.is_symbol(name) and _matrix_name(m, name):
        instead = f"variable {name} in a pragma, if it is a number"
        sc.fail(
            t, f"whether {name} is a number or a matrix, entry by entry", "a name for matrices", "undefined", instead
        )
    if name.split("_")[0] == "delta" and len(t.parts) == 2 and not environment.is_symbol(name):
        sc.fail(t, "a name other than δ with two indices, or Kronecker's δ by cases", t.text, "ambiguous")
    if not environment.is_symbol(name) and (mean := mean_of_sample(m, t, name)) is not None:
        return mean
    sc.spell(name, t)
    if t.parts and plain_name(text).split("_")[0] in sc.bases:
        base = plain_name(text).split("_")[0]
        indices = tuple(m.number(p) for p in t.parts)
        member = sc.member(base, name_of(t.parts[0])) if len(t.parts) == 1 else None
        return sc.indexed(base, indices, t) if member is None else member
    return sc.symbol(name, t)


def _matrix_name(m: Meaning, name: str) -> bool:
    """Σ, or any capital letter beside transposes and determinants."""
    if name.split("_")[0] == "Sigma" or name in ("I_n", "I_p", "I_d", "I_k", "I_m"):  # Σ, identity matrices
        return True
    return m.sc.matrixlike and name[:1].isupper() and name not in m.sc.environment.random


def _imaginary(m: Meaning, t: Tree) -> Any:
    """I is an index where one is bound, a symbol where one is declared; else the imaginary unit, if anything."""
    if "i" in m.sc.index_letters:
        return m.sc.symbol("i", t)
    m.sc.guess(t, "the imaginary unit", "no index i in the formula", "imaginary")
    return sp.I


def _vec(m: Meaning, t: Tree) -> Any:
    name = name_of(t)
    definition = m.sc.environment.definitions.get(name)
    if definition is not None and not definition.parameters:
        return m.sc.stands_for(definition.body)
    if m.sc.environment.is_symbol(name):
        return _name(m, t)
    if name in m.sc.bound:
        return m.sc.bound[name]
    if (found := vectors.vector(m, t, name)) is not None:
        return found
    m.sc.fail(
        t, f"the components of {name}", "a vector or matrix set in bold", "unsupported", f"variable {name} in a pragma"
    )


def _labelled(m: Meaning, t: Tree) -> Any:
    name = name_of(t)
    if not name:
        m.sc.fail(t, "a name with a plain label", t.head)
    definition = m.sc.environment.definitions.get(name)
    if definition is not None and not definition.parameters:
        return m.sc.stands_for(definition.body)
    base = t.parts[0]
    drawn = name_of(base) in (*m.sc.environment.random, *m.sc.bound) and not m.sc.environment.is_symbol(name)
    if t.head in ("plus", "minus") and drawn:
        m.sc.guess(t, f"the {'positive' if t.head == 'plus' else 'negative'} part", "a sign above a variable", "power")
        x = m.number(base)
        return sp.Max(x if t.head == "plus" else -x, 0)
    if base.head == "vec":
        _vec(m, base)
    if t.head == "sup" and name_of(base) in m.sc.bases:
        m.sc.spell(name_of(base), t)
        return m.sc.indexed(name_of(base), tuple(m.number(p) for p in t.parts[1:]), t)
    m.sc.spell(name, t)
    return m.sc.symbol(name, t)


# --- matrices -----------------------------------------------------------------------------------------------------


def _matrix(m: Meaning, t: Tree) -> Any:
    if len(t.parts) * len(t.parts[0].parts) > 64:
        m.sc.fail(t, "a smaller matrix", "more than 64 entries", "size")
    return sp.ImmutableMatrix([[m.number(c) for c in row.parts] for row in t.parts])


def _as_matrix(m: Meaning, t: Tree, what: str) -> Any:
    value = m.value(t)
    if not isinstance(value, sp.MatrixBase):
        m.sc.fail(t, f"a matrix for {what}, entry by entry", "a name or a number")
    return value


def _transpose(m: Meaning, t: Tree) -> Any:
    return _as_matrix(m, t.parts[0], "the transpose").T


def _inverse(m: Meaning, t: Tree) -> Any:
    a = _as_matrix(m, t.parts[0], "the inverse")
    if a.shape[0] != a.shape[1] or a.shape[0] > 3:
        m.sc.fail(t, "a square matrix of size up to 3", f"{a.shape[0]} by {a.shape[1]}")
    return inverted(small(m, t, a))


def _det(m: Meaning, t: Tree) -> Any:
    return determinant(small(m, t, _as_matrix(m, t.parts[0], "the determinant")))


def _trace(m: Meaning, t: Tree) -> Any:
    inner = m.value(t.parts[0])
    if m.sc.environment.size and not isinstance(inner, sp.MatrixBase) and any(n.head == "T" for n in walk(t.parts[0])):
        return inner  # of X^T A Y, a number
    return _as_matrix(m, t.parts[0], "the trace").trace()


def _norm(m: Meaning, t: Tree) -> Any:
    if (length := length_of_sample(m, t)) is not None:
        return length
    a = _as_matrix(m, t.parts[0], "the norm")
    if 1 not in a.shape:
        m.sc.fail(t, "the norm of a vector", "that of a matrix")
    entries = list(a)
    if t.head == "norm1":
        return sp.Add(*(sp.Abs(x) for x in entries))
    if t.head == "normoo":
        return sp.Max(*(sp.Abs(x) for x in entries))
    return sp.sqrt(sp.Add(*(x**2 for x in entries)))


def _inner(m: Meaning, t: Tree) -> Any:
    if len(t.parts) != 2:
        m.sc.fail(t, "two vectors in an inner product", str(len(t.parts)))
    a, b = (_as_matrix(m, p, "the inner product") for p in t.parts)
    return (a.T * b)[0, 0] if a.shape == b.shape and a.shape[1] == 1 else m.sc.fail(t, "two vectors", "others")


def _hadamard(m: Meaning, t: Tree) -> Any:
    values = [_as_matrix(m, p, "the product entry by entry") for p in t.parts]
    out = values[0]
    for v in values[1:]:
        out = out.multiply_elementwise(v)
    return out


_HANDLERS: Final[Mapping[str, Callable[[Any, Tree], Any]]] = {
    "num": _num,
    "name": _name,
    "vec": _vec,
    "sup": _labelled,
    "star": _labelled,
    "ring": _labelled,
    "plus": _labelled,
    "minus": _labelled,
    "dagger": _labelled,
    "+": _add,
    "-": _minus,
    "neg": _neg,
    "*": _mul,
    "/": _div,
    "^": _pow,
    "root": _root,
    "call": _call,
    "!": _factorial,
    "!!": _factorial,
    "binom": _binomial,
    "abs": _abs,
    "matrix": _matrix,
    "T": _transpose,
    "inv": _inverse,
    "det": _det,
    "tr": _trace,
    "inner": _inner,
    "hadamard": _hadamard,
    "norm": _norm,
    "norm1": _norm,
    "norm2": _norm,
    "normoo": _norm,
    "app": applied.application,
    "prime": applied.primed,
    "D": binders.derivative,
    "grad": binders.gradient,
    "int": binders.integral,
    "sum": binders.series,
    "prod": binders.series,
    "lim": binders.limit,
    "at": binders.evaluated,
    "cases": conditions.cases,
    "indicator": conditions.indicator,
    "below": moments.angle,
    "E": moments.expectation,
    "Var": moments.variance,
    "Std": moments.deviation,
    "Cov": moments.covariance,
    "Corr": moments.correlation,
    "P": moments.probability,
    "H": moments.entropy,
    "KL": moments.divergence,
    "distpdf": laws.density,
}
_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "pm": ("one sign", "±"),
    "d": ("a differential under an integral or in a derivative", "a differential alone"),
    "compose": ("a function with its argument", "a composition of functions"),
    "kron": ("products of numbers", "a product of tensors"),
    "oplus": ("sums of numbers", "a direct sum"),
    "cup": ("a number", "a set"),
    "cap": ("a number", "a set"),
    "setminus": ("a number", "a set"),
    "argmin": ("a number", "a minimiser"),
    "argmax": ("a number", "a maximiser"),
    "max": ("the maximum of numbers", "a maximum over a set"),
    "min": ("the minimum of numbers", "a minimum over a set"),
    "supremum": ("a number", "a supremum"),
    "infimum": ("a number", "an infimum"),
    "list": ("one number", "several"),
    "set": ("a number", "a set"),
    "interval": ("a number", "an interval"),
    "dist": ("a number", "a law"),
    "norm_in": ("the norm of a vector", "another norm"),
    "rel": ("a number", "a relation"),
    "density": ("a number", "a law"),
}
