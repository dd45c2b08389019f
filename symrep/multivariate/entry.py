"""What an entry of a law with a dimension is written with. Data only, in SymPy's matrix expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, final

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixExpr

from symrep.entry import KullbackLeibler, SciPy
from symrep.errors import BadInput
from symrep.symbols import as_expr

if TYPE_CHECKING:
    from symrep.multivariate.law import MultivariateLaw

__all__ = [
    "MULTIVARIATE",
    "MatrixPathwise",
    "MultivariateFamily",
    "Noise",
    "Space",
    "correlation",
    "lower_triangular",
    "matrices",
    "positive",
    "positive_definite",
    "positive_vector",
    "reals",
    "simplex",
    "sphere",
]

#: what a variable or a parameter ranges over
SPACES: Final = (
    "real vector",
    "positive vector",
    "simplex",
    "sphere",
    "counts",
    "one-hot",
    "real matrix",
    "positive definite",
    "lower triangular",
    "correlation",
    "positive",
    "above",
    "positive integer",
)


@final
@dataclass(frozen=True)
class Space:
    """One of SPACES; ``role`` a word for the reader. ``bound`` of "above" is what a number has to exceed for all
    formulas to hold (d − 1 …), ``least`` for there to be a law, the same unless it is said."""

    kind: str
    role: str = ""
    bound: Any = 0
    typical: tuple[float, float] = (0.6, 3.0)
    least: Any = None

    def __post_init__(self) -> None:
        if self.kind not in SPACES:
            raise BadInput("space", f"one of: {', '.join(SPACES)}", repr(self.kind)[:60])


def reals(role: str = "") -> Space:
    return Space("real vector", role)


def matrices(role: str = "") -> Space:
    return Space("real matrix", role)


def positive_vector(role: str = "") -> Space:
    return Space("positive vector", role)


def positive_definite(role: str = "") -> Space:
    return Space("positive definite", role)


def lower_triangular(role: str = "") -> Space:
    return Space("lower triangular", role)


def simplex(role: str = "") -> Space:
    return Space("simplex", role)


def sphere(role: str = "") -> Space:
    return Space("sphere", role)


def correlation(role: str = "") -> Space:
    return Space("correlation", role)


def positive(role: str = "", bound: Any = 0, typical: tuple[float, float] = (0.6, 3.0), least: Any = None) -> Space:
    """A number above ``bound``; above ``least`` where moments do not exist for all of them."""
    return Space("positive" if bound == 0 else "above", role, bound, typical, least)


@final
@dataclass(frozen=True)
class Noise:
    """Independent entries of a vector or matrix.

    Attributes:
        symbol: a matrix symbol, or a symbol for a number.
        kind: "normal", every entry N(0, 1); "spherical", the log density h(‖z‖²), ``parameter`` h; "gamma", entry i
            Gamma(shape_i, 1), ``parameter`` a vector or number; "chi-squared", a number; "bartlett", lower triangular,
            below the diagonal N(0, 1), the square of the i-th entry of the diagonal chi-squared with ``parameter``
            degrees of freedom, written in the index ``row``, which counts from 1.
        parameter: see ``kind``.
    """

    symbol: Any
    kind: str = "normal"
    parameter: Any = None

    def __post_init__(self) -> None:
        if self.kind not in ("normal", "spherical", "gamma", "chi-squared", "bartlett"):
            raise BadInput("noise", "normal, spherical, gamma, chi-squared or bartlett", repr(self.kind)[:60])


@final
@dataclass(frozen=True)
class MatrixPathwise:
    """x = path(noise).

    Attributes:
        noises: what it is a map of.
        path: the map, of the shape of the variable.
        completion: (number, shape): for a map onto the simplex from one more dimension, the number of the noise that is
            independent of x and Gamma(shape, 1); together with it the map is a bijection.
        not_injective: why the map has no log |det J|; empty when it has one.
    """

    noises: tuple[Noise, ...]
    path: Any
    completion: tuple[Any, Any] | None = None
    not_injective: str = ""


MULTIVARIATE: Final[dict[str, MultivariateFamily]] = {}
#: fields that hold a formula
FORMULAS: Final = ("log_density", "mean", "covariance", "variance", "entropy", "mode")


@final
@dataclass(frozen=True)
class MultivariateFamily:
    r"""A family of laws of vectors or matrices.

    Attributes:
        name: what it is called.
        variable: a matrix symbol; vectors are columns.
        space: what it ranges over. Densities are with respect to Lebesgue measure of the entries; of the lower triangle
            of a symmetric matrix, of that without the diagonal of a correlation matrix, of all coordinates but the last
            on the simplex; of the surface measure on the sphere; and the counting measure.
        dimensions: the symbols that are dimensions.
        parameters: symbol -> space.
        log_density: the logarithm of the density or pmf.
        mean, mode: of the shape of the variable.
        covariance: of a vector, a matrix.
        variance: of the entry (row, column) of a matrix, in the indices ROW and COLUMN, counted from 0.
        entropy: in nats.
        kl: closed divergences to members of families named.
        pathwise: maps of noise.
        scipy: the name in scipy.stats with its arguments in our parameters.
        note: a trap, a convention.
        source: where it was confirmed.

    Raises:
        BadInput: a formula with foreign symbols.
    """

    name: str
    variable: Any
    space: Space
    dimensions: tuple[Any, ...]
    parameters: Mapping[Any, Space]
    log_density: Any
    mean: Any = None
    covariance: Any = None
    variance: Any = None
    entropy: Any = None
    mode: Any = None
    conditions: Mapping[str, Any] = field(default_factory=dict)
    kl: tuple[KullbackLeibler, ...] = ()
    pathwise: tuple[MatrixPathwise, ...] = ()
    scipy: SciPy | None = None
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        own = {self.variable, *self.parameters, *self.dimensions, ROW, COLUMN}
        for formula in FORMULAS:
            value = getattr(self, formula)
            extra = set() if value is None else _symbols(value) - own
            if extra:
                needed = f"a {formula} in its variable, parameters and dimensions"
                raise BadInput(f"family {self.name}", needed, f"also {sorted(map(str, extra))}")
        known = MULTIVARIATE.get(self.name)
        if known is not None and known.log_density != self.log_density:
            raise BadInput(f"family {self.name}", "a name of its own", "a name already taken by another family")
        MULTIVARIATE[self.name] = self

    def __hash__(self) -> int:
        return hash(self.name)

    def __call__(self, *values: Any, **named: Any) -> MultivariateLaw:
        """The member with these numbers for parameters, by position, by name or by role; vectors are flat. A dimension
        that no parameter shows is given by name, ``LKJ(2, d=3)``.

        Raises:
            BadInput: a parameter missing, unknown, of the wrong shape, or outside its domain.
        """
        from symrep.multivariate.law import member

        return member(self, values, named)

    @property
    def discrete(self) -> bool:
        return self.space.kind in ("counts", "one-hot")


#: the indices of an entry, from 0; and the number of a row, from 1, in a Bartlett noise
ROW: Final = sp.Symbol("i", integer=True, nonnegative=True)
COLUMN: Final = sp.Symbol("j", integer=True, nonnegative=True)
NUMBER: Final = sp.Symbol("row", integer=True, positive=True)


def _symbols(value: Any) -> set[Any]:
    e = value if isinstance(value, MatrixExpr) else as_expr(value)
    return {s for s in e.free_symbols if isinstance(s, (sp.Symbol, sp.MatrixSymbol))}
