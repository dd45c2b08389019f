"""Families of distributions as data, and the laws one builds from them.

A :class:`Family` is one declarative entry. Calling it with parameters gives a :class:`Distribution`. A
:class:`Pushforward` is the image of a law under a map, a :class:`Joint` an independent product, and a
:class:`Generic` law has an undetermined density. All are SymPy objects, so that lines can contain them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, final

import sympy as sp
from sympy import Basic, Tuple
from sympy.core.symbol import Str

from symrep.claim import FunctionSpec
from symrep.conditional import Conditional, Normalised, conditional_law, normalised_law
from symrep.entry import (
    Counterpart,
    Domain,
    Fact,
    Integers,
    KullbackLeibler,
    NumPyro,
    Pathwise,
    SciPy,
    Torch,
    integers,
    nonnegative_integers,
    nonnegative_line,
    positive_integers,
    positive_line,
    real_line,
    unit_interval,
)
from symrep.errors import BadInput, NotApplicable
from symrep.family import FAMILIES, Distribution, Family, sum_term
from symrep.law import Interval, Law, PositiveReals, Reals, ToTerm, UnitInterval, check_bound, fresh_variable
from symrep.spherical import Spherical
from symrep.symbols import _function_class, as_expr, kind_of
from symrep.term import Term

__all__ = [
    "FAMILIES",
    "Conditional",
    "Counterpart",
    "Distribution",
    "Domain",
    "Fact",
    "Family",
    "Generic",
    "Independent",
    "Integers",
    "Interval",
    "Joint",
    "KullbackLeibler",
    "Law",
    "Normalised",
    "NumPyro",
    "Pathwise",
    "PositiveReals",
    "Pushforward",
    "Reals",
    "SciPy",
    "ToTerm",
    "Torch",
    "UnitInterval",
    "check_bound",
    "check_image",
    "conditional_law",
    "continuous_law",
    "fresh_variable",
    "integers",
    "joint",
    "nonnegative_integers",
    "nonnegative_line",
    "normalised_law",
    "positive_integers",
    "positive_line",
    "pushforward",
    "real_line",
    "unit_interval",
]


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

    def ranges(self) -> tuple[Interval | Integers, ...]:
        return tuple(law.ranges()[0] for law in self.args)

    def discrete(self) -> bool:
        return all(law.discrete() for law in self.args)

    def weight_at(self, *points: Any) -> Any:
        return sp.Mul(*(law.weight_at(p) for law, p in zip(self.args, points, strict=True)))

    def expect_term(self, body: Any, variables: tuple[Any, ...], go: ToTerm) -> Term:
        """Sums over the discrete coordinates, of an expectation over the others."""
        pairs = list(zip(self.args, variables, strict=True))
        counted = [(law, v) for law, v in pairs if law.discrete()]
        if not counted:
            return super().expect_term(body, variables, go)
        rest = [(law, v) for law, v in pairs if not law.discrete()]
        inner: Term
        if rest:
            base = rest[0][0] if len(rest) == 1 else Joint(*(law for law, _ in rest))
            inner = base.expect_term(body, tuple(v for _, v in rest), go)
        else:
            inner = go(body)
        for law, v in reversed(counted):
            inner = sum_term(law, inner, v, go)
        return inner

    def density_at(self, *points: Any) -> Any:
        return sp.Mul(*(law.density_at(p) for law, p in zip(self.args, points, strict=True)))


def joint(*laws: Law) -> Joint:
    """The law of independent coordinates with the given one-dimensional laws."""
    if len(laws) < 2 or any(not isinstance(x, (Distribution, Generic, Conditional)) for x in laws):
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

    def discrete(self) -> bool:
        return self.base.discrete()

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

    ``pushforward(X, x, h)`` in one dimension; ``pushforward(joint(X1, X2), (x1, x2), (h1, h2))`` in several. The image
    of an image is the image under both maps, one after the other.

    Raises:
        BadInput: the numbers of variables and coordinates differ, or a variable is declared too narrow.
    """
    if isinstance(law, Pushforward):
        return _pushed_on(law, variables, images)
    if not isinstance(law, (Distribution, Generic, Joint, Conditional, Spherical)):
        raise BadInput("pushforward", "a law with a density", type(law).__name__)
    vs = tuple(variables) if isinstance(variables, (tuple, list, Tuple)) else (variables,)
    ims = tuple(images) if isinstance(images, (tuple, list, Tuple)) else (images,)
    if len(vs) != law.arity():
        raise BadInput("pushforward", f"{law.arity()} variables for {law}", f"{len(vs)}")
    check_bound(vs, law, "pushforward")
    return Pushforward(law, Tuple(*vs), Tuple(*map(as_expr, ims)))


def _pushed_on(law: Pushforward, variables: Any, images: Any) -> Pushforward:
    vs = tuple(variables) if isinstance(variables, (tuple, list, Tuple)) else (variables,)
    ims = tuple(images) if isinstance(images, (tuple, list, Tuple)) else (images,)
    if len(vs) != law.arity():
        raise BadInput("pushforward", f"{law.arity()} variables for {law}", f"{len(vs)}")
    check_image(vs, law, "pushforward")
    table = dict(zip(vs, law.images, strict=True))
    both = [as_expr(im).subs(table, simultaneous=True) for im in ims]
    clash = {s for im in ims for s in as_expr(im).free_symbols - set(vs)} & set(law.variables)
    if clash:
        raise BadInput("pushforward", f"a map free of the variables of {law}", ", ".join(sorted(map(str, clash))))
    return Pushforward(law.base, Tuple(*law.variables), Tuple(*both))


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
