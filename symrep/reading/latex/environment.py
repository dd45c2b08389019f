"""What a document has said so far, by name: the light in which its formulas are read. Immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, final

from symrep.claim import KINDS, FunctionSpec
from symrep.errors import BadInput, shown

__all__ = ["Definition", "Environment", "Macro", "Sample"]

MAX_MACRO: int = 2000


@final
@dataclass(frozen=True)
class Definition:
    """``name(parameters) = body``; without parameters, a defined symbol. The body is a SymPy expression or a law."""

    parameters: tuple[Any, ...]
    body: Any


@final
@dataclass(frozen=True)
class Macro:
    r"""A ``\newcommand``: the number of its arguments, its body, the default of an optional first one."""

    arguments: int
    body: str
    optional: str | None = None


@final
@dataclass(frozen=True)
class Sample:
    """x_1, …, x_n, independent of one law; where that is not told, ``law`` is None and its mean and variance are."""

    law: Any
    size: Any
    mean: Any = None
    variance: Any = None
    #: ε of N(0, I_d) is a vector with these coordinates
    vector: bool = False


@final
@dataclass(frozen=True)
class Environment:
    """Definitions in force. See ``docs/reading.md`` for what each field holds."""

    symbols: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, FunctionSpec] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    random: Mapping[str, Any] = field(default_factory=dict)
    densities: Mapping[str, Any] = field(default_factory=dict)
    inverses: Mapping[str, str] = field(default_factory=dict)
    indexed: frozenset[str] = frozenset()
    #: names that were defined as numbers elsewhere in the document: before a sum in brackets they are factors
    letters: frozenset[str] = frozenset()
    matrices: frozenset[str] = frozenset()
    #: names that are said to be square matrices, and of which nothing else is known
    square: frozenset[str] = frozenset()
    macros: Mapping[str, Macro] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    #: (family, name of a parameter) -> what the parameter is here: rate, scale, shape; ``*`` for every name; empty:
    #: the document says both
    parametrised: Mapping[tuple[str, str], str] = field(default_factory=dict)
    default: str = "real"
    #: functions of which it is told that they are one-to-one
    invertible: frozenset[str] = frozenset()
    #: what the document speaks of: the ``digamma`` function; Euler's constant (``euler``), the normal ``phi``;
    #: ``discrete`` or ``continuous`` random variables only; ``random b``: that b is random
    told: frozenset[str] = frozenset()
    #: names that were integrated over
    integrated: frozenset[str] = frozenset()
    #: densities that were written so far, by their names and by what stands in the bracket
    written: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: sets of random variables that are told to be independent, all of a set together
    independent: tuple[frozenset[str], ...] = ()
    #: samples by their bases, the x of x_1, …, x_n
    samples: Mapping[str, Sample] = field(default_factory=dict)
    #: name of X -> (names of what is given, law of X then), of X | Y ~ …
    conditionals: Mapping[str, tuple[tuple[str, ...], Any]] = field(default_factory=dict)
    #: X -> the name of the function that is said to be its density
    told_densities: Mapping[str, str] = field(default_factory=dict)
    #: index of a sum without limits -> the name of its last value; the first is 1
    ranges: Mapping[str, str] = field(default_factory=dict)
    #: names that are functions before a bracket and numbers without one: σ > 0 and σ(θ) = 1/(1 + exp(-θ))
    called: frozenset[str] = frozenset()
    #: lines of what some names stand for here only because it was claimed of them, not defined
    supposed: tuple[str, ...] = ()
    #: how many dimensions vectors have; 0: they are not read
    size: int = 0
    #: whether matrices by name are symmetric
    symmetric: bool = False
    conventions: bool = True
    #: codes of guesses that are to be taken the other way: ``argument``, ``slash``, ``scope``, ``power``
    turned: frozenset[str] = frozenset()

    def with_symbol(self, name: str, kind: str) -> Environment:
        """``name`` is a variable of that kind.

        Raises:
            BadInput: no such kind.
        """
        if kind not in KINDS:
            raise BadInput(f"symbol {name[:60]}", f"a kind out of: {', '.join(KINDS)}", shown(kind))
        return replace(self, symbols={**self.symbols, name: kind})

    def with_function(self, name: str, spec: FunctionSpec | None = None) -> Environment:
        """``name`` is a function nobody spelled out."""
        return replace(self, functions={**self.functions, name: spec or FunctionSpec()})

    def with_definition(self, name: str, parameters: Iterable[Any], body: Any) -> Environment:
        """``name`` stands for ``body``, a function of the parameters (SymPy symbols) if there are any."""
        return replace(self, definitions={**self.definitions, name: Definition(tuple(parameters), body)})

    def with_random(self, name: str, law: Any) -> Environment:
        """``name`` is a random variable with that law."""
        return replace(self, random={**self.random, name: law})

    def with_density(self, name: str, law: Any) -> Environment:
        """``name`` is the density of that law."""
        return replace(self, densities={**self.densities, name: law})

    def with_inverse(self, name: str, inverse: str) -> Environment:
        """Two functions are each other's inverses."""
        return replace(self, inverses={**self.inverses, name: inverse, inverse: name})

    def with_indexed(self, name: str) -> Environment:
        """Subscripts of ``name`` are indices."""
        return replace(self, indexed=self.indexed | {name})

    def with_matrix(self, name: str) -> Environment:
        """``name`` is a matrix or a vector."""
        return replace(self, matrices=self.matrices | {name})

    def with_family(self, name: str, family: str) -> Environment:
        """What stands as ``name`` is another family of the registry here; an empty one: nobody can tell which."""
        return replace(self, families={**self.families, name: family})

    def with_macro(self, name: str, arguments: int, body: str, optional: str | None = None) -> Environment:
        r"""``name`` (``\E``) is short for ``body``, in which ``#1`` … stand for the arguments.

        Raises:
            BadInput: no macro's name, more than nine arguments, or a body longer than any macro's.
        """
        if not name.startswith("\\") or not (name[1:].isalpha() or len(name) == 2):
            raise BadInput("macro", r"a name like \E", shown(name))
        if not 0 <= arguments <= 9 or len(body) > MAX_MACRO:
            raise BadInput(
                f"macro {name[:60]}", f"at most 9 arguments and {MAX_MACRO} characters", f"{arguments}, {len(body)}"
            )
        return replace(self, macros={**self.macros, name: Macro(arguments, body, optional)})

    def is_function(self, name: str) -> bool:
        """Whether the document calls ``name`` a function."""
        d = self.definitions.get(name)
        if name in self.functions or name in self.densities or name in self.inverses or bool(d and d.parameters):
            return True
        return any(k.startswith(f"{name}(") for k in (*self.definitions, *self.densities) if k.endswith(")"))

    def is_symbol(self, name: str) -> bool:
        """Whether the document calls ``name`` a number."""
        d = self.definitions.get(name)
        return name in self.symbols or bool(d and not d.parameters)
