r"""Bijections of several variables: one text for symbols at small dimensions and for numpy at any.

The functions of a :class:`Several` are written over a namespace ``xp`` that has ``exp``, ``log``, ``sqrt``, ``tanh``,
``abs``, and over lists of coordinates. With symbols they give expressions, of which the laws can be proved; with arrays
(one a coordinate) they compute. Matrices are lists of their lower triangle, row by row: those are the coordinates in
which a Jacobian determinant of symmetric or triangular matrices is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from types import SimpleNamespace
from typing import Any, Final, final

import sympy as sp

from symrep.errors import BadInput, ConditionFails, NotApplicable
from symrep.symbols import DomainSymbol, as_expr, function
from symrep.transforms.bijection import as_bijection
from symrep.verdict import Reason

__all__ = ["SEVERAL", "ManyToOne", "Map", "Several", "chain", "det", "elementwise", "solved"]

#: every transform of several variables that was declared, by name; the refused ones too
SEVERAL: Final[dict[str, Several | ManyToOne]] = {}

#: (xp, coordinates, n, parameters) -> coordinates, or one number
Body = Callable[[Any, list[Any], int, Mapping[str, Any]], Any]

SYMBOLIC: Final = SimpleNamespace(exp=sp.exp, log=sp.log, sqrt=sp.sqrt, tanh=sp.tanh, abs=sp.Abs)


@final
@dataclass(frozen=True)
class Several:
    """One transform of the catalogue in several variables, for every size n.

    Attributes:
        name: what it is called.
        forward, inverse: coordinates to coordinates; ``inverse=None`` where there is no closed form.
        log_abs_det: log|det J|, one number.
        coordinates: n -> how many coordinates, default n.
        parameters: n -> name -> kind of a symbol, ``"functions of k"`` or ``"permutation"``.
        domain, image: expressions of the coordinates that are positive there, exactly; default all of ℝ^d.
        conditions: what has to be positive everywhere for the map to be a bijection, each with summands it is the sum
            of, the first positive and the others not negative.
        given: what is assumed to be positive of the parameters.
        start: any real coordinates -> a point of the domain, for trials.
        symbolic: the sizes at which its laws are put with symbols.
        no_inverse: why there is no closed form.
        source: where it was checked against.
    """

    name: str
    forward: Body
    inverse: Body | None
    log_abs_det: Body
    coordinates: Callable[[int], int] = lambda n: n
    parameters: Callable[[int], Mapping[str, str]] = lambda n: {}
    domain: Body = lambda xp, x, n, p: []
    image: Body = lambda xp, y, n, p: []
    conditions: Body = lambda xp, x, n, p: []
    given: Body = lambda xp, x, n, p: []
    start: Body = lambda xp, x, n, p: x
    symbolic: tuple[int, ...] = (1, 2, 3)
    no_inverse: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        SEVERAL.setdefault(self.name, self)

    def __hash__(self) -> int:
        return hash(self.name)

    def at(self, n: int, parameters: Mapping[str, Any] | None = None) -> Map:
        """The bijection of one size; parameters left out are symbols of their own names.

        Raises:
            BadInput: a size below 1, or a parameter it has not.
        """
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise BadInput(self.name, "a size n >= 1", repr(n)[:40])
        kinds = self.parameters(n)
        unknown = sorted(set(parameters or {}) - set(kinds))
        if unknown:
            raise BadInput(self.name, f"parameters {', '.join(kinds) or '(none)'}", ", ".join(unknown))
        p = {**symbols(kinds), **(parameters or {})}
        back = self.inverse

        def bound(body: Body) -> Callable[[Any, list[Any]], Any]:
            return lambda xp, x: body(xp, x, n, p)

        return Map(
            name=f"{self.name}[{n}]",
            size=self.coordinates(n),
            forward=bound(self.forward),
            backward=None if back is None else bound(back),
            log_det=bound(self.log_abs_det),
            no_inverse=self.no_inverse,
            parameters=p,
        )


def symbols(kinds: Mapping[str, str]) -> dict[str, Any]:
    """A symbol, an undetermined function or a rotation of the places, for each parameter."""
    out: dict[str, Any] = {}
    for name, kind in kinds.items():
        if kind.startswith("functions of "):
            out[name] = function(name, smooth=1, arity=int(kind.removeprefix("functions of ")))
        elif kind.startswith("permutation of "):
            n = int(kind.removeprefix("permutation of "))
            out[name] = tuple((i + 1) % n for i in range(n))
        else:
            out[name] = DomainSymbol(name, kind)
    return out


@final
@dataclass(frozen=True)
class Map:
    """A bijection of one size. Called with expressions, one a coordinate, it gives expressions; with an array, whose
    last axis are the coordinates, it computes.
    """

    name: str
    size: int
    forward: Callable[[Any, list[Any]], list[Any]]
    backward: Callable[[Any, list[Any]], list[Any]] | None
    log_det: Callable[[Any, list[Any]], Any]
    no_inverse: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def __call__(self, x: Any) -> Any:
        return self._run(self.forward, x)

    def log_abs_det(self, x: Any) -> Any:
        return self._run(self.log_det, x)

    def _run(self, body: Callable[[Any, list[Any]], Any], x: Any) -> Any:
        if isinstance(x, (tuple, list, sp.Tuple)):
            if len(x) != self.size:
                raise BadInput(self.name, f"{self.size} coordinates", f"{len(x)}")
            out = body(SYMBOLIC, [as_expr(v) for v in x])
            return tuple(map(as_expr, out)) if isinstance(out, (list, tuple)) else as_expr(out)
        import numpy as np

        x = np.asarray(x)
        if x.ndim == 0 or x.shape[-1] != self.size:
            raise BadInput(self.name, f"an array with {self.size} coordinates on its last axis", f"shape {x.shape}")
        out = body(np, list(np.moveaxis(x, -1, 0)))
        shape = x.shape[:-1]
        if isinstance(out, (list, tuple)):
            return np.stack([np.broadcast_to(v, shape) for v in out], axis=-1)
        return np.broadcast_to(out, shape)

    @property
    def inverse(self) -> Map:
        """The inverse; its log|det J| is minus that of the map at the inverse point.

        Raises:
            NotApplicable: it has no closed form.
        """
        back = self.backward
        if back is None:
            raise NotApplicable(f"{self.name}, inverse", "a closed form", self.no_inverse, "its numbers: solve for x")
        forward, log_det = self.forward, self.log_det
        name = self.name.removesuffix(".inverse") if self.name.endswith(".inverse") else f"{self.name}.inverse"
        return Map(name, self.size, back, forward, lambda xp, y: -log_det(xp, back(xp, y)), "", self.parameters)

    def __rshift__(self, other: Map) -> Map:
        return chain(self, other)


def chain(*maps: Map) -> Map:
    """The maps one after the other, first to last; log|det J| is the sum along the way.

    Raises:
        BadInput: none, or sizes that differ.
    """
    sizes = {m.size for m in maps}
    if len(sizes) != 1:
        raise BadInput("chain", "maps of one size", ", ".join(map(str, sorted(sizes))) or "none")

    def forward(xp: Any, x: list[Any]) -> list[Any]:
        for m in maps:
            x = m.forward(xp, x)
        return x

    def backward(xp: Any, y: list[Any]) -> list[Any]:
        for m in reversed(maps):
            assert_closed(m)
            y = m.backward(xp, y)  # type: ignore[misc]
        return y

    def log_det(xp: Any, x: list[Any]) -> Any:
        out: Any = 0
        for m in maps:
            out = out + m.log_det(xp, x)
            x = m.forward(xp, x)
        return out

    closed = all(m.backward is not None for m in maps)
    why = "; ".join(m.no_inverse for m in maps if m.no_inverse)
    name = " >> ".join(m.name for m in maps)
    return Map(name, sizes.pop(), forward, backward if closed else None, log_det, why)


def assert_closed(m: Map) -> None:
    if m.backward is None:
        raise NotApplicable(f"{m.name}, inverse", "a closed form", m.no_inverse)


def elementwise(t: Any, n: int) -> Map:
    """A transform of one variable on each of n coordinates."""
    one = as_bijection(t)
    back = one.inverse

    def each(what: Callable[[Any], Any]) -> Callable[[Any, list[Any]], list[Any]]:
        return lambda xp, x: [what(v) for v in x]

    return Map(
        f"{one} on each",
        n,
        each(one),
        each(back),
        lambda xp, x: sum((one.log_abs_det(v) for v in x), start=0),
    )


@final
@dataclass(frozen=True)
class ManyToOne:
    """A map of several variables without an inverse: that and its log|det J| are refused.

    Attributes:
        witness: (xp, parameters) -> two different points with one image.
    """

    name: str
    size: int
    forward: Body
    witness: Callable[[Any, Mapping[str, Any]], tuple[list[Any], list[Any]]]
    why: str
    instead: str
    parameters: Callable[[int], Mapping[str, str]] = lambda n: {}
    source: str = ""

    def __post_init__(self) -> None:
        SEVERAL.setdefault(self.name, self)

    def __hash__(self) -> int:
        return hash(self.name)

    def refusal(self, what: str) -> ConditionFails:
        code = Reason.DOES_NOT_APPLY.value
        return ConditionFails(f"{self.name}, {what}", "an injective map", self.why, self.instead, code=code)

    def at(self, n: int, parameters: Mapping[str, Any] | None = None) -> Map:
        raise self.refusal("as a bijection")

    def log_abs_det(self, x: Any) -> Any:
        raise self.refusal("log|det J|")

    @property
    def inverse(self) -> Any:
        raise self.refusal("inverse")


# --- what bodies are written with ---------------------------------------------------------------------------------


def det(rows: Sequence[Sequence[Any]]) -> Any:
    """Leibniz' formula, for the small matrices of symbols; 1 for the empty matrix."""
    n = len(rows)
    out: Any = 0
    for p in permutations(range(n)):
        odd = sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n)) % 2
        term: Any = -1 if odd else 1
        for i in range(n):
            term = term * rows[i][p[i]]
        out = out + term
    return out


def solved(rows: Sequence[Sequence[Any]], right: Sequence[Any]) -> list[Any]:
    """Cramer's rule."""
    n = len(rows)
    whole = det(rows)
    return [det([[right[i] if j == k else rows[i][j] for j in range(n)] for i in range(n)]) / whole for k in range(n)]


def lower(x: Sequence[Any], n: int) -> list[list[Any]]:
    """The lower triangle of a list, row by row, zeros above."""
    it: Iterator[Any] = iter(x)
    return [[next(it) if j <= i else 0 for j in range(n)] for i in range(n)]


def listed(rows: Sequence[Sequence[Any]]) -> list[Any]:
    """The lower triangle as a list."""
    return [rows[i][j] for i in range(len(rows)) for j in range(i + 1)]


def symmetric(x: Sequence[Any], n: int) -> list[list[Any]]:
    half = lower(x, n)
    return [[half[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)]


def minors(rows: Sequence[Sequence[Any]]) -> list[Any]:
    """The leading principal minors: all positive exactly when a symmetric matrix is positive definite."""
    return [det([row[:k] for row in rows[:k]]) for k in range(1, len(rows) + 1)]
