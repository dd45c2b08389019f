"""Families of distributions as data, and the laws one builds from them.

A :class:`Family` is one declarative entry. Calling it with parameters gives a :class:`Distribution`. A
:class:`Pushforward` is the image of a law under a map, a :class:`Joint` an independent product, and a
:class:`Generic` law has an undetermined density. All are SymPy objects, so that lines can contain them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp
from sympy import Basic, Tuple
from sympy.core.symbol import Str

from symrep.claim import FunctionSpec
from symrep.errors import BadInput, NotApplicable
from symrep.law import Interval, Law, PositiveReals, Reals, ToTerm, UnitInterval, check_bound, fresh_variable
from symrep.symbols import _function_class, as_expr, kind_of
from symrep.term import Term

__all__ = [
    "FAMILIES",
    "Distribution",
    "Domain",
    "Family",
    "Generic",
    "Independent",
    "Interval",
    "Joint",
    "Law",
    "Pathwise",
    "PositiveReals",
    "Pushforward",
    "Reals",
    "ToTerm",
    "UnitInterval",
    "check_bound",
    "check_image",
    "continuous_law",
    "fresh_variable",
    "joint",
    "positive_line",
    "pushforward",
    "real_line",
    "unit_interval",
]


@final
@dataclass(frozen=True)
class Domain:
    """A parameter's domain (a kind of symbol) and a typical range to test on."""

    kind: str
    typical: tuple[float, float] = (0.5, 2.0)


def real_line(typical: tuple[float, float] = (-2.0, 2.0)) -> Domain:
    return Domain("real", typical)


def positive_line(typical: tuple[float, float] = (0.5, 3.0)) -> Domain:
    return Domain("positive", typical)


def unit_interval(typical: tuple[float, float] = (0.1, 0.9)) -> Domain:
    return Domain("unit", typical)


@final
@dataclass(frozen=True)
class Pathwise:
    """x = path(noise, θ) with noise of a law free of θ. ``base`` names a family and its fixed parameters."""

    noise: Any
    base: tuple[str, tuple[Any, ...]]
    path: Any


FAMILIES: Final[dict[str, Family]] = {}


@final
@dataclass(frozen=True)
class Family:
    r"""A family of laws on an interval, by its density.

    Attributes:
        name: what it is called; also the Python name in :mod:`symrep.distributions`.
        variable: the symbol the formulas are written in.
        support: an open interval whose ends may depend on parameters.
        parameters: symbol -> domain, in the order they are passed.
        density: the density on the support, with respect to Lebesgue measure.
        latex: how it is printed, default its name upright.
        latex_squared: parameters printed as their squares, as in N(μ, σ²).
        pathwise: ways to write it as a map of noise.
        constraints: relations between parameters, e.g. a < b.
        source: where the entry was checked against.
    """

    name: str
    variable: Any
    support: Interval
    parameters: Mapping[Any, Domain]
    density: Any
    cdf: Any = None
    quantile: Any = None
    mean: Any = None
    variance: Any = None
    entropy: Any = None
    latex: str = ""
    latex_squared: tuple[Any, ...] = ()
    pathwise: tuple[Pathwise, ...] = ()
    constraints: tuple[Any, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        known = FAMILIES.get(self.name)
        if known is not None and (known.density != self.density or known.support != self.support):
            raise BadInput(f"family {self.name}", "a name of its own", "a name already taken by another family")
        extra = as_expr(self.density).free_symbols - {self.variable, *self.parameters}
        if extra:
            raise BadInput(
                f"family {self.name}",
                "a density in the variable and the parameters only",
                f"also {sorted(map(str, extra))}",
            )
        FAMILIES[self.name] = self

    def __hash__(self) -> int:
        return hash(self.name)

    def __call__(self, *values: Any, **named: Any) -> Distribution:
        """The member with these parameters.

        Raises:
            BadInput: a parameter missing, unknown, or known to lie outside its domain.
        """
        order = list(self.parameters)
        by_name = {str(s): s for s in order}
        got: dict[Any, Any] = dict(zip(order, values, strict=False))
        twice = sorted(str(s) for s in got if str(s) in named)
        if twice:
            raise BadInput(self.name, "each parameter once", f"{', '.join(twice)} twice")
        unknown = sorted(set(named) - set(by_name))
        if unknown or len(values) > len(order):
            raise BadInput(self.name, f"parameters {', '.join(by_name)}", ", ".join(unknown) or f"{len(values)} values")
        got |= {by_name[k]: v for k, v in named.items()}
        missing = [str(s) for s in order if s not in got]
        if missing:
            raise BadInput(self.name, f"parameters {', '.join(by_name)}", f"none for {', '.join(missing)}")
        args = [as_expr(got[s]) for s in order]
        for s, v in zip(order, args, strict=True):
            if _outside(self.parameters[s].kind, v):
                raise BadInput(f"{self.name}({s}=…)", f"{s} in its domain ({self.parameters[s].kind})", str(v))
        for c in self.constraints:
            if c.subs(dict(zip(order, args, strict=True)), simultaneous=True) is sp.false:
                raise BadInput(self.name, f"{c}", ", ".join(map(str, args)))
        return Distribution(Str(self.name), *args)


def _outside(kind: str, v: Any) -> bool:
    """True only if ``v`` is known to violate ``kind``."""
    if not isinstance(v, sp.Expr) or v is sp.nan or v.is_extended_real is False or v.is_infinite:
        return True
    if any(kind_of(x) == "complex" for x in v.atoms(sp.Symbol)):
        return True
    if kind in ("positive", "positive integer", "unit") and v.is_positive is False:
        return True
    if kind == "nonnegative" and v.is_negative:
        return True
    if kind == "unit" and v.is_number and bool(v >= 1):
        return True
    return bool(kind.endswith("integer") and v.is_integer is False)


@final
class Distribution(Law):
    """A member of a family."""

    def _sympystr(self, printer: Any) -> str:
        return f"{self.args[0].name}({', '.join(map(printer.doprint, self.args[1:]))})"

    def __new__(cls, family: Any, *values: Any) -> Distribution:
        name = family if isinstance(family, Str) else Str(str(family))
        return Basic.__new__(cls, name, *values)

    @property
    def family(self) -> Family:
        return FAMILIES[self.args[0].name]

    @property
    def values(self) -> tuple[Any, ...]:
        return tuple(self.args[1:])

    def fill(self, expr: Any) -> Any:
        """A formula of the family's entry with this member's parameters put in."""
        return as_expr(expr).subs(dict(zip(self.family.parameters, self.values, strict=True)), simultaneous=True)

    def support(self) -> tuple[Interval, ...]:
        s = self.family.support
        return (Interval(self.fill(s.low), self.fill(s.high)),)

    def density_at(self, *points: Any) -> Any:
        family = self.family
        table = dict(zip(family.parameters, self.values, strict=True)) | {family.variable: points[0]}
        return family.density.subs(table, simultaneous=True)

    def obligations(self) -> tuple[tuple[Any, str, Any], ...]:
        """What must hold of the parameters: (expression, relation to 0, what for)."""
        out: list[tuple[Any, str, Any]] = []
        for s, v in zip(self.family.parameters, self.values, strict=True):
            kind = self.family.parameters[s].kind
            if kind in ("positive", "unit", "positive integer"):
                out.append((v, ">", f"{s} > 0 in {self.family.name}"))
            if kind == "unit":
                out.append((1 - v, ">", f"{s} < 1 in {self.family.name}"))
        table = dict(zip(self.family.parameters, self.values, strict=True))
        for c in self.family.constraints:
            c = c.subs(table, simultaneous=True)
            if c is sp.false:
                out.append((sp.S.NegativeOne, ">", f"the constraints of {self.family.name}"))
            elif c is not sp.true:
                out.append(
                    (c.gts - c.lts, ">" if isinstance(c, (sp.Gt, sp.Lt)) else ">=", f"{c} in {self.family.name}")
                )
        return tuple(out)

    def pathwise(self) -> tuple[tuple[Any, Distribution, Any], ...]:
        """(noise symbol, base law, path) for each way the entry states."""
        return tuple((p.noise, FAMILIES[p.base[0]](*p.base[1]), self.fill(p.path)) for p in self.family.pathwise)


@final
class Generic(Law):
    """A law on ℝ with an undetermined density f_X."""

    def _sympystr(self, printer: Any) -> str:
        return str(self.args[0].name)

    def __new__(cls, name: Any) -> Generic:
        return Basic.__new__(cls, name if isinstance(name, Str) else Str(str(name)))

    @property
    def declared_functions(self) -> dict[str, FunctionSpec]:
        return {f"f_{self.args[0].name}": FunctionSpec(density=True)}

    def support(self) -> tuple[Interval, ...]:
        return (Reals,)

    def density_at(self, *points: Any) -> Any:
        return _function_class(f"f_{self.args[0].name}", FunctionSpec(density=True), (0,))(points[0])


def continuous_law(name: str) -> Generic:
    """Some law on ℝ with a density, called f_name; nothing else is assumed of it."""
    if not name.isidentifier():
        raise BadInput("continuous_law", "a name of letters, digits and underscores", repr(name))
    return Generic(name)


@final
class Joint(Law):
    """Independent laws side by side."""

    def _sympystr(self, printer: Any) -> str:
        return f"joint({', '.join(map(printer.doprint, self.args))})"

    def arity(self) -> int:
        return len(self.args)

    def support(self) -> tuple[Interval, ...]:
        return tuple(law.support()[0] for law in self.args)

    def density_at(self, *points: Any) -> Any:
        return sp.Mul(*(law.density_at(p) for law, p in zip(self.args, points, strict=True)))


def joint(*laws: Law) -> Joint:
    """The law of independent coordinates with the given one-dimensional laws."""
    if len(laws) < 2 or any(not isinstance(x, (Distribution, Generic)) for x in laws):
        raise BadInput("joint", "two or more one-dimensional laws", ", ".join(map(str, laws)))
    return Joint(*laws)


@final
class Independent(Law):
    """∏_j P_j over an index: ``Independent(Normal(mu[j], sigma[j]), (j, 1, d))``."""

    def __new__(cls, law: Law, limits: Any) -> Independent:
        j, lo, hi = limits
        return Basic.__new__(cls, law, Tuple(j, as_expr(lo), as_expr(hi)))

    @property
    def law(self) -> Law:
        return self.args[0]

    @property
    def limits(self) -> Any:
        return self.args[1]

    def iprod_term(self, go: ToTerm) -> Term:
        j, lo, hi = self.limits
        x = fresh_variable("x", self.law.free_symbols | {j})
        return ("iprod", j.name, go(lo), go(hi), self.law.law_term((x.name,), go))


@final
class Pushforward(Law):
    """The law of h(x) when x has the given law: args (law, variables, images)."""

    def _sympystr(self, printer: Any) -> str:
        vs, ims = (printer.doprint(t[0] if len(t) == 1 else t) for t in self.args[1:3])
        return f"pushforward({printer.doprint(self.args[0])}, {vs}, {ims})"

    @property
    def base(self) -> Law:
        return self.args[0]

    @property
    def variables(self) -> tuple[Any, ...]:
        return tuple(self.args[1])

    @property
    def images(self) -> tuple[Any, ...]:
        return tuple(self.args[2])

    @property
    def free_symbols(self) -> set[Any]:
        own: set[Any] = set()
        for im in self.images:
            own |= im.free_symbols
        return (own - set(self.variables)) | self.base.free_symbols

    def arity(self) -> int:
        return len(self.images)

    def push_term(self, points: tuple[Any, ...], go: ToTerm) -> Term:
        names = tuple(v.name for v in self.variables)
        return ("push", self.base.law_term(names, go), tuple(map(go, self.images)), tuple(map(go, points)))

    def _eval_subs(self, old: Any, new: Any) -> Any:
        vs, new = self.variables, as_expr(new)
        base = self.base.subs(old, new)
        if old.free_symbols & set(vs):  # bound here
            return Pushforward(base, *self.args[1:])
        images: tuple[Any, ...] = self.images
        clash = new.free_symbols & set(vs)
        if clash and any(im.subs(old, new) != im for im in images):
            taken = self.free_symbols | new.free_symbols | set(vs)
            table: dict[Any, Any] = {}
            for v in sorted(clash, key=sp.default_sort_key):
                table[v] = fresh_variable(v.name, taken | set(table.values()))
            images = tuple(im.xreplace(table) for im in images)
            vs = tuple(table.get(v, v) for v in vs)
        return Pushforward(base, Tuple(*vs), Tuple(*(im.subs(old, new) for im in images)))

    def support(self) -> tuple[Interval, ...]:
        raise self._unknown()

    def density_at(self, *points: Any) -> Any:
        raise self._unknown()

    def _unknown(self) -> NotApplicable:
        return NotApplicable(
            "law", "a law whose density is known", f"the image {self}", "the expectation under the law it comes from"
        )


def pushforward(law: Law, variables: Any, images: Any) -> Pushforward:
    """The law of ``images`` when ``variables`` have ``law``.

    ``pushforward(X, x, h)`` in one dimension; ``pushforward(joint(X1, X2), (x1, x2), (h1, h2))`` in several.

    Raises:
        BadInput: the numbers of variables and coordinates differ, or a variable is declared too narrow.
    """
    if not isinstance(law, (Distribution, Generic, Joint)):
        raise BadInput("pushforward", "a law with a density", type(law).__name__)
    vs = tuple(variables) if isinstance(variables, (tuple, list, Tuple)) else (variables,)
    ims = tuple(images) if isinstance(images, (tuple, list, Tuple)) else (images,)
    if len(vs) != law.arity():
        raise BadInput("pushforward", f"{law.arity()} variables for {law}", f"{len(vs)}")
    check_bound(vs, law, "pushforward")
    return Pushforward(law, Tuple(*vs), Tuple(*map(as_expr, ims)))


_FITS: Final[Mapping[str, Callable[[Any], bool | None]]] = {
    "real": lambda im: True,
    "positive": lambda im: im.is_positive,
    "nonnegative": lambda im: im.is_nonnegative,
    "negative": lambda im: im.is_negative,
}


def check_image(variables: tuple[Any, ...], law: Pushforward, what: str) -> None:
    """A variable bound by an image law must be free to range over the image."""
    if len(set(variables)) != len(variables):
        raise BadInput(what, "different variables", ", ".join(map(str, variables)))
    for v, image in zip(variables, law.images, strict=True):
        if not isinstance(v, sp.Symbol):
            raise BadInput(what, "a symbol as the variable", str(v))
        fits = _FITS.get(kind_of(v))
        if fits is None or not fits(image):
            raise BadInput(
                what,
                f"a variable that may range over all values of {image}",
                f"{v}, declared {kind_of(v)}",
                f'real("{v}")',
            )
