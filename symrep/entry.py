"""What an entry of the catalogue is written with: domains, supports, maps, divergences, names elsewhere. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.errors import BadInput
from symrep.law import Integers
from symrep.symbols import as_expr

__all__ = [
    "LIBRARIES",
    "ROLES",
    "Counterpart",
    "Domain",
    "Fact",
    "Integers",
    "KullbackLeibler",
    "NumPyro",
    "Pathwise",
    "SciPy",
    "Torch",
    "integers",
    "nonnegative_integers",
    "nonnegative_line",
    "positive_integers",
    "positive_line",
    "real_line",
    "unit_interval",
]

#: what a parameter can be declared to be. Location, scale, rate, standard deviation and variance are claims about the
#: law, and the law ``roles`` checks them; the others are words for the reader.
ROLES: Final = (
    "location",
    "scale",
    "rate",
    "standard deviation",
    "variance",
    "precision",
    "shape",
    "degrees of freedom",
    "probability",
    "odds",
    "bound",
    "count",
    "mean",
    "temperature",
    "concentration",
)


@final
@dataclass(frozen=True)
class Domain:
    """A parameter's domain (a kind of symbol), a typical range to test on, and what the parameter is, one of ROLES."""

    kind: str
    typical: tuple[float, float] = (0.5, 2.0)
    role: str = ""

    def __post_init__(self) -> None:
        if self.role and self.role not in ROLES:
            raise BadInput("role", f"one of: {', '.join(ROLES)}", repr(self.role)[:60])
        if len(self.typical) != 2 or not self.typical[0] < self.typical[1]:
            raise BadInput("typical", "a range (low, high) with low < high", repr(self.typical)[:60])


def real_line(typical: tuple[float, float] = (-2.0, 2.0), role: str = "") -> Domain:
    return Domain("real", typical, role)


def positive_line(typical: tuple[float, float] = (0.5, 3.0), role: str = "") -> Domain:
    return Domain("positive", typical, role)


def nonnegative_line(typical: tuple[float, float] = (0.5, 3.0), role: str = "") -> Domain:
    return Domain("nonnegative", typical, role)


def unit_interval(typical: tuple[float, float] = (0.1, 0.9), role: str = "") -> Domain:
    return Domain("unit", typical, role)


def integers(typical: tuple[float, float] = (-4, 4), role: str = "") -> Domain:
    return Domain("integer", typical, role)


def positive_integers(typical: tuple[float, float] = (1, 6), role: str = "") -> Domain:
    return Domain("positive integer", typical, role)


def nonnegative_integers(typical: tuple[float, float] = (0, 6), role: str = "") -> Domain:
    return Domain("nonnegative integer", typical, role)


@final
@dataclass(frozen=True)
class Pathwise:
    """x = path(noise, θ).

    Attributes:
        noise: the symbol of the noise, or a tuple of symbols of independent noises.
        base: the law of the noise, a family's name and its parameters ``("Normal", (0, 1))``; a tuple of those for a
            tuple of noises. They may depend on parameters (ν in ε/√(V/ν), V ~ χ²_ν): then the map reparameterises only
            the others.
        path: the map.
        kind: ``"inverse CDF"``, ``"location-scale"`` or ``"composition"``; empty: seen from the map.
        given: relations under which the map is right (an integer shape …).
    """

    noise: Any
    base: tuple[Any, ...]
    path: Any
    kind: str = ""
    given: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in ("", "inverse CDF", "location-scale", "composition"):
            raise BadInput("pathwise", "kind= inverse CDF, location-scale or composition", repr(self.kind)[:60])
        if len(self.bases) != len(self.noises):
            raise BadInput("pathwise", "one base law for each noise", f"{len(self.bases)} for {len(self.noises)}")

    @property
    def noises(self) -> tuple[Any, ...]:
        return tuple(self.noise) if isinstance(self.noise, (tuple, list)) else (self.noise,)

    @property
    def bases(self) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        return (self.base,) if isinstance(self.base[0], str) else tuple(self.base)

    @property
    def fixed(self) -> bool:
        """Is the law of the noise free of parameters?"""
        return not any(as_expr(v).free_symbols for _, values in self.bases for v in values)

    def kind_or_seen(self) -> str:
        if self.kind:
            return self.kind
        if len(self.noises) == 1:
            ((name, values),) = self.bases
            if name == "Uniform" and tuple(values) == (0, 1) and as_expr(self.path).diff(self.noise, 2) != 0:
                return "inverse CDF"
            if as_expr(self.path).diff(self.noise, 2) == 0:
                return "location-scale"
        return "composition"


@final
@dataclass(frozen=True)
class KullbackLeibler:
    """The divergence KL(this ‖ other) in closed form.

    Attributes:
        other: the name of the other law's family, its own included.
        parameters: symbols for the other law's parameters, in its order, none of them a parameter of this family.
        value: the divergence, in both sets of parameters.
        given: relations under which it is right and finite.
    """

    other: str
    parameters: tuple[Any, ...]
    value: Any
    given: tuple[Any, ...] = ()


@final
@dataclass(frozen=True)
class Fact:
    """A convolution or transformation: the image of independent noises is a law of some family.

    ``Fact(((x1, ("Gamma", (a1, beta))), (x2, ("Gamma", (a2, beta)))), x1 + x2, ("Gamma", (a1 + a2, beta)))``.
    """

    noises: tuple[tuple[Any, tuple[str, tuple[Any, ...]]], ...]
    image: Any
    law: tuple[str, tuple[Any, ...]]
    says: str = ""
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, init=False)
class Counterpart:
    """The same law in another library: its name there, and its arguments in terms of our parameters."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def __init__(self, name: str, /, **arguments: Any) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "arguments", {k: as_expr(v) for k, v in arguments.items()})


@final
class SciPy(Counterpart):
    """``SciPy("gamma", a=alpha, scale=1/beta)``: ``scipy.stats.gamma(a=alpha, scale=1/beta)``."""


@final
class Torch(Counterpart):
    """``Torch("Gamma", concentration=alpha, rate=beta)``: the class of that name in ``torch.distributions``."""


@final
class NumPyro(Counterpart):
    """``NumPyro("Gamma", concentration=alpha, rate=beta)``: the class of that name in ``numpyro.distributions``."""


#: field of an entry -> the library it speaks of
LIBRARIES: Final = {"scipy": SciPy, "torch": Torch, "numpyro": NumPyro}
