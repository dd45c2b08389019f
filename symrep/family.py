"""Families of laws as data, and their members. One :class:`Family` is one entry of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, final

import sympy as sp
from sympy import Basic
from sympy.core.symbol import Str

from symrep.entry import Domain, Fact, Integers, KullbackLeibler, NumPyro, Pathwise, SciPy, Torch
from symrep.errors import BadInput, NotApplicable
from symrep.law import Interval, Law, ToTerm
from symrep.symbols import as_expr, kind_of, unit
from symrep.term import Term, neg, num, substitute, sym

__all__ = ["FAMILIES", "FORMULAS", "LEVEL", "Distribution", "Family", "collecting", "sum_term"]

FAMILIES: Final[dict[str, Family]] = {}
_collected: dict[str, Family] | None = None

#: the symbol quantiles are written in: a probability
LEVEL: Final = unit("u")
#: fields that hold one formula, and whether it may contain the variable
FORMULAS: Final[Mapping[str, bool]] = {
    "density": True,
    "pmf": True,
    "cdf": True,
    "quantile": False,
    "mean": False,
    "variance": False,
    "entropy": False,
    "mode": False,
}


@contextmanager
def collecting() -> Iterator[dict[str, Family]]:
    """The families made meanwhile, by name. They may take names that are taken: for a file that is looked at."""
    global _collected
    before, _collected = _collected, {}
    try:
        yield _collected
    finally:
        _collected = before


@final
@dataclass(frozen=True)
class Family:
    r"""A family of laws on an interval or on integers.

    Attributes:
        name: what it is called; also the Python name in :mod:`symrep.distributions`.
        variable: the symbol the formulas are written in.
        support: an open interval, or :class:`Integers`; its ends may depend on parameters.
        parameters: symbol -> domain, in the order they are passed.
        density: the density on the support, with respect to Lebesgue measure.
        pmf: for integers: the probability of ``variable``, instead of ``density``.
        cdf: on the support.
        quantile: in the symbol ``u``, ``unit("u")``.
        mean, variance, entropy, mode: in the parameters (entropy in nats).
        conditions: formula -> the relation (or several) under which it is right: ``{"mean": alpha > 1}``.
        score: parameter -> ∂ log density; what is not stated is derived.
        statistics: sufficient statistics, functions of the variable.
        kl: closed Kullback-Leibler divergences from this family to others.
        pathwise: ways to write it as a map of noise.
        facts: convolutions and transformations.
        latex: how it is printed, default its name upright.
        latex_squared: parameters printed as their squares, as in N(μ, σ²).
        constraints: relations between parameters, e.g. a < b.
        scipy, torch, numpyro: the law in other libraries, to compare with.
        note: a sentence for the reader: a trap, a convention, "biased".
        source: where the entry was checked against.

    Raises:
        BadInput: a name that is taken, a formula with foreign symbols, both or none of density and pmf …
    """

    name: str
    variable: Any
    support: Interval | Integers
    parameters: Mapping[Any, Domain]
    density: Any = None
    pmf: Any = None
    cdf: Any = None
    quantile: Any = None
    mean: Any = None
    variance: Any = None
    entropy: Any = None
    mode: Any = None
    conditions: Mapping[str, Any] = field(default_factory=dict)
    score: Mapping[Any, Any] = field(default_factory=dict)
    statistics: tuple[Any, ...] = ()
    kl: tuple[KullbackLeibler, ...] = ()
    pathwise: tuple[Pathwise, ...] = ()
    facts: tuple[Fact, ...] = ()
    latex: str = ""
    latex_squared: tuple[Any, ...] = ()
    constraints: tuple[Any, ...] = ()
    scipy: SciPy | None = None
    torch: Torch | None = None
    numpyro: NumPyro | None = None
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        for complaint in _complaints(self):
            raise complaint
        if _collected is not None:
            _collected[self.name] = self
            FAMILIES[self.name] = self
            return
        known = FAMILIES.get(self.name)
        if known is not None and (known.weight != self.weight or known.support != self.support):
            raise BadInput(f"family {self.name}", "a name of its own", "a name already taken by another family")
        FAMILIES[self.name] = self

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def discrete(self) -> bool:
        return isinstance(self.support, Integers)

    @property
    def weight(self) -> Any:
        """The density, or the pmf."""
        return self.pmf if self.discrete else self.density

    def given(self, formula: str = "") -> tuple[Any, ...]:
        """The constraints, and the conditions a formula stands under."""
        own = self.conditions.get(formula, ())
        return (*self.constraints, *(own if isinstance(own, (tuple, list)) else (own,)))

    @property
    def ways(self) -> tuple[Pathwise, ...]:
        """The maps of noise that are stated, and the inverse CDF where there is a quantile."""
        if self.quantile is None or any(p.path == self.quantile for p in self.pathwise) or self.discrete:
            return self.pathwise
        return (*self.pathwise, Pathwise(LEVEL, ("Uniform", (sp.S.Zero, sp.S.One)), self.quantile, "inverse CDF"))

    def __call__(self, *values: Any, **named: Any) -> Distribution:
        """The member with these parameters, by position, by name, or by what they are where that is one of a kind
        (``Gamma(alpha, rate=2)``).

        Raises:
            BadInput: a parameter missing, unknown, of another kind (a scale for a rate), or known to lie outside its
                domain.
        """
        order = list(self.parameters)
        got: dict[Any, Any] = dict(zip(order, values, strict=False))
        if len(values) > len(order):
            raise BadInput(self.name, f"parameters {self._words()}", f"{len(values)} values")
        for name, value in named.items():
            s = self._named(name)
            if s in got:
                raise BadInput(self.name, "each parameter once", f"{s} twice")
            got[s] = value
        missing = [str(s) for s in order if s not in got]
        if missing:
            raise BadInput(self.name, f"parameters {self._words()}", f"none for {', '.join(missing)}")
        args = [as_expr(got[s]) for s in order]
        for s, v in zip(order, args, strict=True):
            if _outside(self.parameters[s].kind, v):
                domain = f"{s} in its domain ({_domain(s, self.parameters[s])})"
                raise BadInput(f"{self.name}({s}=…)", domain, str(v))
        for c in self.constraints:
            if c.subs(dict(zip(order, args, strict=True)), simultaneous=True) is sp.false:
                raise BadInput(self.name, f"{c}", ", ".join(map(str, args)))
        return Distribution(Str(self.name), *args)

    def _words(self) -> str:
        return ", ".join(f"{s} ({d.role})" if d.role else str(s) for s, d in self.parameters.items())

    def _named(self, name: str) -> Any:
        """The parameter of a name, or of a role if only one has it."""
        for s in self.parameters:
            if str(s) == name:
                return s
        role = name.replace("_", " ")
        fitting = [s for s, d in self.parameters.items() if d.role == role]
        if len(fitting) == 1:
            return fitting[0]
        for s, d in self.parameters.items():
            how = _CONVERTED.get((role, d.role))
            if how:
                written = d.role.replace(" ", "_")
                raise BadInput(
                    f"{self.name}({name}=…)", f"{s}, a {d.role}", f"a {role}", f"{self.name}(…, {written}={how})"
                )
        raise BadInput(self.name, f"parameters {self._words()}", name)


#: (what was passed, what is needed) -> how one is made of the other
_CONVERTED: Final[Mapping[tuple[str, str], str]] = {
    ("scale", "rate"): "1/scale",
    ("rate", "scale"): "1/rate",
    ("variance", "standard deviation"): "sqrt(variance)",
    ("standard deviation", "variance"): "standard_deviation**2",
    ("precision", "standard deviation"): "1/sqrt(precision)",
    ("precision", "variance"): "1/precision",
    ("variance", "precision"): "1/variance",
    ("standard deviation", "precision"): "1/standard_deviation**2",
    ("std", "variance"): "std**2",
    ("odds", "probability"): "odds/(1 + odds)",
    ("probability", "odds"): "probability/(1 - probability)",
}


def _domain(s: Any, d: Domain) -> str:
    words = {
        "positive": f"{s} > 0",
        "nonnegative": f"{s} >= 0",
        "unit": f"0 < {s} < 1",
        "real": "a finite real number",
        "integer": "an integer",
        "positive integer": "1, 2, 3, …",
        "nonnegative integer": "0, 1, 2, …",
        "negative": f"{s} < 0",
        "nonzero": f"{s} != 0",
    }
    return f"{d.kind}: {words.get(d.kind, d.kind)}" + (f", a {d.role}" if d.role else "")


def _complaints(f: Family) -> Iterator[BadInput]:
    """What is wrong with the form of an entry. Whether it is true is for the laws to say."""
    what = f"family {f.name}"
    if not isinstance(f.name, str) or not f.name.isidentifier():
        yield BadInput("family", "a name of letters, digits and underscores", repr(f.name)[:60])
    if not isinstance(f.support, (Interval, Integers)):
        yield BadInput(what, "support=Interval(low, high) or Integers(low, high)", str(f.support)[:60])
    for s, d in f.parameters.items():
        if not isinstance(s, sp.Symbol) or not isinstance(d, Domain):
            yield BadInput(what, "parameters={symbol: domain}", f"{s}: {type(d).__name__}"[:60], "positive_line()")
        if s.name == f.variable.name:
            yield BadInput(what, "a variable that is no parameter", s.name)
    if (f.density is None) == (f.pmf is None) or (f.pmf is None) == f.discrete:
        yield BadInput(what, "density= on an interval, or pmf= on Integers", "both, none, or the other one")
    own = set(f.parameters)
    for name, value, allowed in _formulas(f, own):
        try:
            extra = as_expr(value).free_symbols - allowed
        except BadInput as e:
            yield BadInput(f"{what}, {name}", e.needed, e.got)
            continue
        if extra:
            needed = f"a {name} in {'the variable and ' if f.variable in allowed else ''}the parameters only"
            alike = sorted(str(e) for e in extra if str(e) in {str(s) for s in allowed})
            got = f"also {sorted(map(str, extra))}"
            yield BadInput(
                what, needed, got, f"the entry's own {', '.join(alike)}: its domain differs" if alike else ""
            )
    for name in f.conditions:
        if name not in FORMULAS:
            yield BadInput(f"{what}, conditions", f"a formula out of: {', '.join(FORMULAS)}", repr(name)[:60])
    for name in f.score:
        if name not in f.parameters:
            yield BadInput(f"{what}, score", "one of its parameters", str(name)[:60])


def _formulas(f: Family, own: set[Any]) -> Iterator[tuple[str, Any, set[Any]]]:
    """Every formula of an entry: its name, itself, and the symbols it may contain."""
    with_variable = own | {f.variable}
    for name, in_variable in FORMULAS.items():
        if getattr(f, name) is not None:
            yield name, getattr(f, name), own | {LEVEL} if name == "quantile" else with_variable if in_variable else own
    for end in (f.support.low, f.support.high):
        yield "support", end, own
    for s, value in f.score.items():
        yield f"score of {s}", value, with_variable
    for value in f.statistics:
        yield "statistic", value, with_variable
    for k in f.kl:
        yield f"divergence from {k.other}", k.value, own | set(k.parameters)
    for p in f.pathwise:
        yield "path", p.path, own | set(p.noises)
        for _, values in p.bases:
            for v in values:
                yield "law of the noise", v, own
    for library in ("scipy", "torch", "numpyro"):
        if getattr(f, library) is not None:
            for v in getattr(f, library).arguments.values():
                yield f"{library} argument", v, own


def _outside(kind: str, v: Any) -> bool:
    """True only if ``v`` is known to violate ``kind``."""
    if not isinstance(v, sp.Expr) or v is sp.nan or v.is_extended_real is False or v.is_infinite:
        return True
    if any(kind_of(x) == "complex" for x in v.atoms(sp.Symbol)):
        return True
    if kind in ("positive", "positive integer", "unit") and v.is_positive is False:
        return True
    if kind in ("nonnegative", "nonnegative integer") and v.is_negative:
        return True
    if (kind == "negative" and v.is_negative is False) or (kind == "nonzero" and v.is_zero):
        return True
    if kind == "unit" and v.is_number and bool(v >= 1):
        return True
    return bool(kind.endswith("integer") and v.is_integer is False)


def sum_term(law: Law, body: Term, index: Any, go: ToTerm) -> Term:
    """Σ body · pmf over the integers of a discrete law of one variable; over all of them in two halves, as a sum of
    them that converges absolutely may be taken."""
    (over,) = law.ranges()
    t, name, low, high = ("mul", body, go(law.weight_at(index))), index.name, go(over.low), go(over.high)
    if low != ("inf", -1):
        return ("sum", t, (name, low, high))
    zero, one = num(0), num(1)
    if high[0] != "inf":  # counted down from the upper end
        return ("sum", substitute(t, {name: ("add", high, neg(sym(name)))}), (name, zero, ("inf", 1)))
    back = substitute(t, {name: neg(sym(name))})
    return ("add", ("sum", t, (name, zero, high)), ("sum", back, (name, one, high)))


def _above_zero(relation: Any) -> tuple[Any, str]:
    """An expression, and whether the relation says that it is > 0 or >= 0."""
    if isinstance(relation, (sp.Ne, sp.Eq)):
        square = (relation.lhs - relation.rhs) ** 2
        return (square, ">") if isinstance(relation, sp.Ne) else (-square, ">=")
    return relation.gts - relation.lts, ">" if isinstance(relation, (sp.Gt, sp.Lt)) else ">="


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

    def _needs_density(self) -> None:
        if self.family.discrete:
            raise NotApplicable(
                "law",
                "a law with a density",
                f"{self}, which has a pmf",
                "a rule for laws with a pmf: definition, evaluate, linearity, score_function",
            )

    def discrete(self) -> bool:
        return self.family.discrete

    def ranges(self) -> tuple[Interval | Integers, ...]:
        s = self.family.support
        return (type(s)(self.fill(s.low), self.fill(s.high)),)

    def support(self) -> tuple[Interval, ...]:
        self._needs_density()
        s = self.family.support
        return (Interval(self.fill(s.low), self.fill(s.high)),)

    def density_at(self, *points: Any) -> Any:
        self._needs_density()
        return self.weight_at(points[0])

    def weight_at(self, *points: Any) -> Any:
        """The density, or the pmf, at a point."""
        family = self.family
        table = dict(zip(family.parameters, self.values, strict=True)) | {family.variable: points[0]}
        return as_expr(family.weight).subs(table, simultaneous=True)

    def expect_term(self, body: Any, variables: tuple[Any, ...], go: ToTerm) -> Term:
        if not self.family.discrete:
            return super().expect_term(body, variables, go)
        return sum_term(self, go(body), variables[0], go)

    def obligations(self) -> tuple[tuple[Any, str, Any], ...]:
        """What must hold of the parameters: (expression, relation to 0, what for)."""
        out: list[tuple[Any, str, Any]] = []
        for s, v in zip(self.family.parameters, self.values, strict=True):
            kind = self.family.parameters[s].kind
            if kind in ("positive", "unit", "positive integer"):
                out.append((v, ">", f"{s} > 0 in {self.family.name}"))
            if kind in ("nonnegative", "nonnegative integer"):
                out.append((v, ">=", f"{s} >= 0 in {self.family.name}"))
            if kind == "unit":
                out.append((1 - v, ">", f"{s} < 1 in {self.family.name}"))
        table = dict(zip(self.family.parameters, self.values, strict=True))
        for c in self.family.constraints:
            c = c.subs(table, simultaneous=True)
            if c is sp.false:
                out.append((sp.S.NegativeOne, ">", f"the constraints of {self.family.name}"))
            elif c is not sp.true:
                out.append((*_above_zero(c), f"{c} in {self.family.name}"))
        return tuple(out)

    def pathwise(self) -> tuple[tuple[Any, Distribution, Any], ...]:
        """(noise symbol, base law, path) for each way with one noise of a fixed law, the inverse CDF among them."""
        return tuple(
            (p.noise, FAMILIES[p.bases[0][0]](*p.bases[0][1]), self.fill(p.path))
            for p in self.family.ways
            if len(p.noises) == 1 and p.fixed and not p.given
        )
