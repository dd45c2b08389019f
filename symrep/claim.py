"""Claims: what is asserted, in which context. Plain data; a claim decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, final

from symrep.errors import BadInput, shown
from symrep.term import RELATIONS, Term, canonical_json, free_symbols, walk
from symrep.wire import from_json

__all__ = ["KINDS", "Assumed", "Claim", "Context", "FunctionSpec", "Recursion"]

#: kinds of symbols, each a box edge pair (low, high, low closed, high closed) and whether it is an integer;
#: ``nonzero`` and ``complex`` are no boxes and have their own entries
KINDS: Final = (
    "real",
    "positive",
    "nonnegative",
    "negative",
    "nonzero",
    "complex",
    "integer",
    "positive integer",
    "nonnegative integer",
    "unit",
)


@final
@dataclass(frozen=True)
class Recursion:
    """f(start, x, …) = ``first``, and f(n + 1, x, …) = ``next`` for every integer n ≥ start.

    ``next`` speaks of f at n only, f(n, y, …). Besides the ``index`` n and the ``arguments`` x, …, real numbers, both
    may speak of indexed parameters, of nothing else. Where they are no real number, f is 0: so there is one such
    function.
    """

    index: str
    arguments: tuple[str, ...]
    start: int
    first: Term
    next: Term

    def to_json(self) -> dict[str, Any]:
        return {k: getattr(self, k) for k in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, data: Any) -> Recursion:
        if not isinstance(data, Mapping) or set(data) != set(cls.__dataclass_fields__):
            raise BadInput("recursion", "index, arguments, start, first and next", shown(data))
        names = data["arguments"]
        if not isinstance(names, (list, tuple)) or any(not isinstance(n, str) for n in (*names, data["index"])):
            raise BadInput("recursion", "names", shown(names))
        if isinstance(data["start"], bool) or not isinstance(data["start"], int):
            raise BadInput("recursion", "an integer to start at", shown(data["start"]))
        return cls(data["index"], tuple(names), data["start"], from_json(data["first"]), from_json(data["next"]))


@final
@dataclass(frozen=True)
class FunctionSpec:
    """What is declared of an undetermined real function; each field is a hypothesis that travels.

    Attributes:
        smooth: f is C^smooth on the line; ``None`` when nothing is declared (not even continuity).
        growth: |f^(k)(t)| ≤ C(1+|t|)^growth for every k ≤ smooth, for some C; ``None`` when nothing is declared.
        monotone: ``"increasing"`` or ``"decreasing"`` (strictly, onto the line when it has an inverse), or ``None``; of
            several arguments in the first one, for all real values of the others.
        inverse: the name of the declared inverse, itself in the context; of several arguments that in the first one,
            f(g(y, p), p) = y.
        density: a probability density on the line, ≥ 0 and of total mass 1, in its first argument, for all real values
            of the others.
        arity: number of arguments.
        recursion: what defines the function, when it is no undetermined one; then nothing else is declared of it.
        positive: the function is above 0 everywhere.
        vector: the last argument is a vector, of any number of coordinates: for each number f is C^smooth in all its
            arguments together, and growth is about derivatives by coordinates, the C the same for others near by.
        slope: the name of its partial derivatives, ∂_k f(a, …, x) = slope(k, a, …, x) for the coordinate k of x.
    """

    smooth: int | None = None
    growth: int | None = None
    monotone: str | None = None
    inverse: str | None = None
    density: bool = False
    arity: int = 1
    recursion: Recursion | None = None
    positive: bool = False
    vector: bool = False
    slope: str | None = None

    def __post_init__(self) -> None:
        def whole(n: object, low: int) -> bool:
            return isinstance(n, int) and not isinstance(n, bool) and n >= low

        for label, fits in (
            ("smooth", self.smooth is None or whole(self.smooth, 0)),
            ("growth", self.growth is None or whole(self.growth, 0)),
            ("monotone", self.monotone in (None, "increasing", "decreasing")),
            ("inverse", self.inverse is None or (isinstance(self.inverse, str) and self.inverse != "")),
            ("density", isinstance(self.density, bool)),
            ("arity", whole(self.arity, 1)),
            ("recursion", self.recursion is None or self._only_recursive()),
            ("positive", isinstance(self.positive, bool)),
            ("vector", isinstance(self.vector, bool) and not (self.vector and self._of_numbers_only())),
            ("slope", self.slope is None or (self.vector and isinstance(self.slope, str) and self.slope != "")),
        ):
            if not fits:
                raise BadInput("function", f"a meaningful {label}", shown(getattr(self, label)))

    def _of_numbers_only(self) -> bool:
        """Does it say what is not said of functions of vectors?"""
        said = (self.monotone, self.inverse, self.recursion)
        return said != (None,) * 3 or self.density

    def _only_recursive(self) -> bool:
        said = (self.smooth, self.growth, self.monotone, self.inverse)
        r = self.recursion
        own = isinstance(r, Recursion) and self.arity == 1 + len(r.arguments)
        return own and said == (None,) * 4 and not self.density and not self.positive

    def to_json(self) -> dict[str, Any]:
        own = ("recursion", "vector", "slope")
        out = {k: getattr(self, k) for k in self.__dataclass_fields__ if k not in own}
        if self.vector:
            return {**out, "vector": True, "slope": self.slope}
        return out if self.recursion is None else {**out, "recursion": self.recursion.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FunctionSpec:
        if not isinstance(data, Mapping):
            raise BadInput("function", "its properties", shown(data))
        extra = set(data) - set(cls.__dataclass_fields__)
        if extra:
            raise BadInput("function", "unknown property", ", ".join(sorted(extra)))
        if data.get("recursion") is None:
            return cls(**data)
        return cls(**{**data, "recursion": Recursion.from_json(data["recursion"])})


@final
@dataclass(frozen=True)
class Assumed:
    """A hypothesis on an integral, ``of`` = ``("integral", h, (x, lo, hi), …)``, for all values that its free symbols
    have in their declared domains, whatever else is given of them.

    Without a ``parameter``: h has a value almost everywhere and ∫|h| < ∞. With a parameter θ moreover: on a
    neighbourhood of every θ, |∂_θ h| is at most one integrable function that does not depend on θ.
    """

    of: Term
    parameter: str | None = None

    def __post_init__(self) -> None:
        if self.of[0] != "integral" or (self.parameter is not None and not isinstance(self.parameter, str)):
            raise BadInput("assumed", "an integral, and the name of a parameter or none", shown(self.of, 80))
        if self.parameter in {b[0] for b in self.of[2:]} or self.parameter == "":
            raise BadInput("assumed", "a parameter that is not integrated over", shown(self.parameter))
        if not any(s[0] == "app" for s in walk(self.of)):
            raise BadInput("assumed", "an integral of an undetermined function: of others convergence is shown", "none")

    def free(self) -> frozenset[str]:
        """The symbols it speaks of."""
        return free_symbols(self.of) | ({self.parameter} if self.parameter else set())

    def to_json(self) -> dict[str, Any]:
        return {"of": self.of, "parameter": self.parameter}

    @classmethod
    def from_json(cls, data: Any) -> Assumed:
        if not isinstance(data, Mapping) or set(data) - {"of", "parameter"} or "of" not in data:
            raise BadInput("assumed", "an integral and a parameter", shown(data))
        return cls(from_json(data["of"]), data.get("parameter"))


@final
@dataclass(frozen=True)
class Context:
    """The hypotheses a claim stands under.

    Attributes:
        symbols: name -> kind (see KINDS). A symbol that is not listed has no domain and nothing can be proved of it.
        functions: undetermined functions by name.
        given: relations, each ``("rel", op, a, b)``.
        assumed: integrals that are declared to converge.
    """

    symbols: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, FunctionSpec] = field(default_factory=dict)
    given: tuple[Term, ...] = ()
    assumed: tuple[Assumed, ...] = ()

    def __post_init__(self) -> None:
        for name, kind in self.symbols.items():
            if not isinstance(name, str) or not name:
                raise BadInput("symbols", "names", shown(name))
            if kind not in KINDS:
                raise BadInput(f"symbol {name}", f"a kind out of: {', '.join(KINDS)}", shown(kind))
        for rel in self.given:
            if rel[0] != "rel" or rel[1] not in RELATIONS:
                raise BadInput("given", f"a relation with one of {' '.join(RELATIONS)}", shown(rel, 80))

    def to_json(self) -> dict[str, Any]:
        return {
            "symbols": dict(sorted(self.symbols.items())),
            "functions": {k: v.to_json() for k, v in sorted(self.functions.items())},
            "given": list(self.given),
            **({"assumed": [a.to_json() for a in self.assumed]} if self.assumed else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Context:
        """Rebuild a context.

        Raises:
            BadInput: it is not one.
        """
        parts = [data.get(k, {}) for k in ("symbols", "functions")] if isinstance(data, Mapping) else [None]
        rows = [data.get(k, []) for k in ("given", "assumed")] if isinstance(data, Mapping) else [None]
        if not all(isinstance(p, Mapping) for p in parts) or not all(isinstance(r, (list, tuple)) for r in rows):
            raise BadInput("context", "symbols, functions, given and assumed", shown(data))
        symbols, functions = parts
        return cls(
            dict(symbols),
            {k: FunctionSpec.from_json(v) for k, v in functions.items()},
            tuple(from_json(r) for r in rows[0]),
            tuple(Assumed.from_json(a) for a in rows[1]),
        )


@final
@dataclass(frozen=True)
class Claim:
    """One thing to be decided.

    ``kind`` names a theorem of the kernel (``"equal"``, ``"relation"``, ``"pushforward"``, ``"interchange"`` …), and
    ``data`` its instance: terms, names and tuples of them, nothing else.
    """

    kind: str
    data: Mapping[str, Any]
    context: Context

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "data": dict(self.data), "context": self.context.to_json()}

    def key(self) -> str:
        return self._key

    @cached_property
    def _key(self) -> str:
        return canonical_json(
            {"kind": self.kind, "data": dict(sorted(self.data.items())), "context": self.context.to_json()}
        )
