"""The hypotheses a claim stands under, and the points an equality is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, final

from symrep.audit.data import COMPARISONS, Bad, Term, free, walk
from symrep.audit.decoding import read

__all__ = ["KINDS", "Bound", "Ctx", "Declared", "Recursive", "Spec", "opposite"]

KINDS: Final = frozenset(
    {
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
    }
)


def opposite(op: str) -> str:
    return {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}[op]


@final
@dataclass(frozen=True)
class Recursive:
    """f(start, args) = first; f(index + 1, args) = following, for integers index ≥ start."""

    index: str
    arguments: tuple[str, ...]
    start: int
    first: Term
    following: Term

    @classmethod
    def read(cls, data: Any) -> Recursive:
        if not isinstance(data, Mapping) or set(data) != {"index", "arguments", "start", "first", "next"}:
            raise Bad("a recursion has an index, arguments, a start, and two terms")
        names = data["arguments"]
        if not isinstance(names, (list, tuple)) or not all(isinstance(n, str) and n for n in (data["index"], *names)):
            raise Bad("the index and the arguments of a recursion are names")
        if type(data["start"]) is not int:
            raise Bad("a recursion starts at an integer")
        return cls(data["index"], tuple(names), data["start"], read(data["first"]), read(data["next"]))


@final
@dataclass(frozen=True)
class Spec:
    """What is declared of an undetermined real function; the certificate format says what each entry means."""

    smooth: int | None = None
    growth: int | None = None
    monotone: str | None = None
    inverse: str | None = None
    density: bool = False
    arity: int = 1
    recursion: Recursive | None = None
    positive: bool = False
    #: the last argument is a vector; smooth in all arguments together, growth of derivatives by coordinates alone
    vector: bool = False
    #: ∂_k f(p, …, v) is this function of (k, p, …, v)
    slope: str | None = None

    @classmethod
    def read(cls, data: Any) -> Spec:
        if not isinstance(data, Mapping) or not set(data) <= set(cls.__dataclass_fields__):
            raise Bad("an undetermined function has known properties only")
        if data.get("recursion") is not None:
            said = {k: v for k, v in data.items() if k not in ("recursion", "arity") and v not in (None, False)}
            own = Recursive.read(data["recursion"])
            if said or data.get("arity") != 1 + len(own.arguments):
                raise Bad("of a function defined by recursion nothing else is declared")
            return cls(arity=1 + len(own.arguments), recursion=own)
        spec = cls(**data)
        counts = [n for n in (spec.smooth, spec.growth, spec.arity) if n is not None]
        if (
            any(type(n) is not int or n < 0 for n in counts)
            or type(spec.arity) is not int
            or spec.arity < 1
            or spec.monotone not in (None, "increasing", "decreasing")
            or not (spec.inverse is None or (isinstance(spec.inverse, str) and spec.inverse))
            or not isinstance(spec.density, bool)
            or not isinstance(spec.positive, bool)
            or not isinstance(spec.vector, bool)
            or not (spec.slope is None or (spec.vector and isinstance(spec.slope, str) and spec.slope))
            or (spec.vector and (spec.monotone, spec.inverse, spec.density) != (None, None, False))
        ):
            raise Bad("a property of an undetermined function is not meaningful")
        return spec


@final
@dataclass(frozen=True)
class Bound:
    """A bound variable: it ranges over the open interval (lo, hi), or over the integers lo … hi."""

    name: str
    lo: Term
    hi: Term
    integer: bool = False


@final
@dataclass(frozen=True)
class Declared:
    """An integral that is declared to converge absolutely for all values its free symbols have in their domains; with a
    parameter also that the derivative of its integrand is dominated near every value of it."""

    body: Term
    box: tuple[tuple[str, Term, Term], ...]
    parameter: str | None = None

    @classmethod
    def read(cls, data: Any) -> Declared:
        if not isinstance(data, Mapping) or not {"of"} <= set(data) <= {"of", "parameter"}:
            raise Bad("what is declared of an integral is an object with 'of' and 'parameter'")
        of, parameter = read(data["of"]), data.get("parameter")
        if of[0] != "integral" or not (parameter is None or (isinstance(parameter, str) and parameter)):
            raise Bad("an integral is declared, and the name of a parameter")
        names = [b[0] for b in of[2:]]
        if len(set(names)) < len(names) or parameter in names:
            raise Bad("the variables of a declared integral are different, and none is its parameter")
        if not any(s[0] == "app" for s in walk(of)):
            raise Bad("where no undetermined function occurs, nothing of an integral is declared")
        return cls(of[1], tuple(of[2:]), parameter)

    def free(self) -> frozenset[str]:
        own = free(("integral", self.body, *self.box))
        return own if self.parameter is None else own | {self.parameter}


@final
@dataclass(frozen=True)
class Ctx:
    """Where something is to hold.

    Attributes:
        kinds: symbol -> kind; of a symbol that is neither here nor bound nothing is known and nothing provable.
        functions: undetermined functions.
        given: relations that hold.
        declared: integrals that are declared to converge.
        bound: bound variables around, outermost first; they shadow symbols of the same name.
        fibre: names of the bound variables that are integrated over in the innermost integral.
        facts: further relations (case distinctions).
        notes: shared: the null sets left out, in words. Not empty: "almost everywhere".
        memory: per context, for the normal form.
        principal: roots and logarithms of negative numbers have their principal values; else they are refused.
        hints: shared: how finely angles and arguments are to be spelled.
        seen: shared: what was found out about terms on contexts, whole.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, Spec] = field(default_factory=dict)
    given: tuple[Term, ...] = ()
    declared: tuple[Declared, ...] = ()
    bound: tuple[Bound, ...] = ()
    fibre: frozenset[str] = frozenset()
    facts: tuple[Term, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False)
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    principal: bool = False
    hints: dict[Any, int] = field(default_factory=dict, compare=False, repr=False)
    seen: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, data: Any) -> Ctx:
        """From a certificate.

        Raises:
            Bad: malformed.
        """
        if not isinstance(data, Mapping):
            raise Bad("a context is an object")
        kinds, functions, given = data.get("symbols", {}), data.get("functions", {}), data.get("given", [])
        if not isinstance(kinds, Mapping) or not isinstance(functions, Mapping) or not isinstance(given, (list, tuple)):
            raise Bad("a context has symbols, functions and given relations")
        for name, kind in kinds.items():
            if not isinstance(name, str) or not name or not isinstance(kind, str) or kind not in KINDS:
                raise Bad(f"no symbol is of the kind {kind!r:.40}")
        relations = tuple(map(read, given))
        if any(r[0] != "rel" or r[1] not in COMPARISONS for r in relations):
            raise Bad("what is given are relations")
        declared = data.get("assumed", [])
        if not isinstance(declared, (list, tuple)):
            raise Bad("what is declared of integrals is a list")
        specs = {k: Spec.read(v) for k, v in functions.items()}
        return cls(dict(kinds), specs, relations, tuple(map(Declared.read, declared)))

    def _enter(self, new: tuple[Bound, ...], fibre: frozenset[str]) -> Ctx:
        names = {b.name for b in new}
        return replace(
            self,
            kinds={n: k for n, k in self.kinds.items() if n not in names},
            given=tuple(r for r in self.given if not free(r) & names),
            facts=tuple(r for r in self.facts if not free(r) & names),
            declared=tuple(d for d in self.declared if not d.free() & names),
            bound=(*(b for b in self.bound if b.name not in names and not (free(b.lo) | free(b.hi)) & names), *new),
            fibre=fibre,
            principal=False,
            memory={},
        )

    def inside(self, box: Mapping[str, tuple[Term, Term]]) -> Ctx:
        """The same with integration variables, each in its open interval. Null sets in them do not matter there."""
        if not box:
            return self
        return self._enter(tuple(Bound(x, lo, hi) for x, (lo, hi) in box.items()), frozenset(box))

    def summing(self, i: str, lo: Term, hi: Term) -> Ctx:
        """The same with an index that runs over the integers lo … hi."""
        return self._enter((Bound(i, lo, hi, True),), frozenset())

    def assume(self, a: Term, op: str, b: Term) -> Ctx:
        """The part where ``a op b``."""
        return replace(self, facts=(*self.facts, ("rel", op, a, b)), memory={})

    def with_kind(self, name: str, kind: str) -> Ctx:
        """The same with a further symbol (or another kind of it); what was known of the name is forgotten."""
        gone = self.without(name)
        return replace(gone, kinds={**gone.kinds, name: kind}, memory={})

    def without(self, name: str) -> Ctx:
        """The same with nothing said of the name."""
        gone = self._enter((Bound(name, ("inf", -1), ("inf", 1)),), self.fibre - {name})
        return replace(gone, bound=tuple(b for b in gone.bound if b.name != name), memory={})

    def known(self) -> frozenset[str]:
        """The names something may be said of."""
        return frozenset(self.kinds) | {b.name for b in self.bound}

    def kind_of(self, name: str) -> str | None:
        for b in self.bound:
            if b.name == name:
                return "integer" if b.integer else "real"
        return self.kinds.get(name)

    def once(self, what: Any, job: Callable[[Ctx], Any]) -> Any:
        """The job's answer, found out once for each ``what`` and all that is known here; its notes are noted again."""
        own = (frozenset(self.kinds.items()), self.given, self.declared, self.bound, self.fibre, self.facts)
        key = (what, own, self.principal, tuple(sorted(self.hints.items(), key=repr)))
        if key not in self.seen:
            apart = self.quiet()
            answer = job(apart)
            self.seen[key] = (answer, tuple(apart.notes))
        answer, notes = self.seen[key]
        self.notes.extend(n for n in notes if n not in self.notes)
        return answer

    def quiet(self) -> Ctx:
        """The same, with notes of its own."""
        return replace(self, notes=[], memory={})
