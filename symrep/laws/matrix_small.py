"""Laws of vectors and matrices at the smallest dimensions, with symbols: maps of noise, mass, moments, divergences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp

from symrep.errors import SymrepError
from symrep.laws.claims import equation
from symrep.laws.law import Question, family_law
from symrep.laws.matrix_slips import differences, slip
from symrep.multivariate.coordinates import (
    Explicit,
    coordinates_of,
    explicit,
    fill,
    least,
    log_noise,
    noise_entries,
    plain,
)
from symrep.multivariate.entry import COLUMN, MULTIVARIATE, ROW, MatrixPathwise, MultivariateFamily
from symrep.symbols import DomainSymbol, as_expr
from symrep.verdict import Status, Verdict

__all__ = ["Line", "line"]

#: the dimensions at which a map is judged: beyond them the determinants are large
_DIMENSIONS: Final[Mapping[str, tuple[int, ...]]] = {
    "positive definite": (1, 2),
    "real matrix": (1, 2),
    "simplex": (2, 3),
}


@family_law("map of noise", "log p(path) + log |det J| is the log density of the noise", rank=12, of=MultivariateFamily)
def map_of_noise(family: MultivariateFamily) -> Iterator[Question]:
    for path in family.pathwise:
        if path.not_injective:
            continue
        for n in _DIMENSIONS.get(family.space.kind, (1, 2, 3)):
            if n >= least(family) and not (path.completion and n > 2 and _has_powers(path)):
                yield _at_dimension(family, path, n)


def _has_powers(path: MatrixPathwise) -> bool:
    return any(not p.exp.is_Integer for p in path.path.lamda.expr.atoms(sp.Pow))


def _at_dimension(family: MultivariateFamily, path: MatrixPathwise, n: int) -> Question:
    ex = explicit(family, dict.fromkeys(family.dimensions, n))
    free = [e for noise in path.noises for e in noise_entries(noise, ex)]
    value = ex.of(path.path)
    onto = coordinates_of(family.space, value)
    density = ex.of(family.log_density, {family.variable: value})
    if path.completion:  # together with the number that is left the map is a bijection
        rest, shape = (ex.of(c) for c in path.completion)
        onto = [*onto, rest]
        density += (shape - 1) * sp.log(rest) - rest - sp.log(sp.gamma(shape))
    jacobian = sp.factor(sp.Matrix(onto).jacobian(sp.Matrix(free)).det())
    left = plain(density) + sp.log(sp.Abs(jacobian))
    right = plain(sp.Add(*(log_noise(noise, ex) for noise in path.noises)))
    what = f"at {_dims(family, n)}: log p(path) + log |det J| = log density of the noise"

    def hint(_: Verdict) -> str:
        return slip(differences(left, right, ex, family), "the log density or its map")

    return equation(what, left, right, ex.given, hint=hint, stated="log_density, pathwise")


def _dims(family: MultivariateFamily, n: int) -> str:
    return ", ".join(f"{s} = {n}" for s in family.dimensions)


# --- one variable -------------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True)
class Line:
    """A family at the dimension where its space is a line: one variable z between two ends."""

    family: MultivariateFamily
    parameters: Explicit
    z: Any
    low: Any
    high: Any
    counting: bool
    point: Any
    #: the entry that varies, and by how much with z
    entry: tuple[int, int]
    scale: Any = sp.S.One

    def log_density(self) -> Any:
        return plain(self.parameters.of(self.family.log_density, {self.family.variable: self.point}))

    def total(self, body: Any) -> Any:
        """E[body]; on the circle what does not depend on z stands in front."""
        weight = self.scale * sp.exp(self.log_density()).expand(power_exp=True)
        outside = sp.S.One
        if self.family.space.kind == "sphere":
            outside, weight = weight.as_independent(self.z, as_Add=False)
        return outside * (sp.Sum if self.counting else sp.Integral)(body * weight, (self.z, self.low, self.high))

    @property
    def where(self) -> str:
        return _dims(self.family, least(self.family))


def line(family: MultivariateFamily) -> Line:
    """The family at its least dimension.

    Raises:
        NotApplicable: a parameter's space has no coordinates there.
    """
    n = least(family)
    ex = explicit(family, dict.fromkeys(family.dimensions, n))
    kind, name = family.space.kind, "z"
    while name in {s.name for v in ex.values.values() if isinstance(v, sp.Basic) for s in v.free_symbols}:
        name += "_"
    two = sp.ImmutableMatrix
    if kind in ("one-hot", "counts"):
        size = sp.S.One if kind == "one-hot" else ex.values[family.space.bound]
        z = DomainSymbol(name, "nonnegative integer")
        return Line(family, ex, z, sp.S.Zero, size, True, two([z, size - z]), (0, 0))
    kinds = {"positive definite": "positive", "simplex": "unit", "correlation": "unit"}
    symbol = DomainSymbol(name, kinds.get(kind, "real"))
    if kind == "correlation":  # the correlation is 2z − 1
        r = 2 * symbol - 1
        return Line(family, ex, symbol, sp.S.Zero, sp.S.One, False, two([[1, r], [r, 1]]), (0, 1), sp.Integer(2))
    low, high, value, entry = {
        "positive definite": (0, sp.oo, two([[symbol]]), (0, 0)),
        "simplex": (0, 1, two([symbol, 1 - symbol]), (0, 0)),
        "sphere": (-sp.pi, sp.pi, two([sp.cos(symbol), sp.sin(symbol)]), (0, 0)),
    }.get(kind, (-sp.oo, sp.oo, two([[symbol]]), (0, 0)))
    return Line(family, ex, symbol, as_expr(low), as_expr(high), False, value, entry)


def _has_numbers(family: MultivariateFamily) -> bool:
    """Is the density free of undetermined functions?"""
    return not family.log_density.has(sp.core.function.AppliedUndef) and all(
        n.kind != "spherical" for p in family.pathwise for n in p.noises
    )


@family_law("mass on a line", "at the least dimension the density integrates to one", rank=11, of=MultivariateFamily)
def mass(family: MultivariateFamily) -> Iterator[Question]:
    if not _has_numbers(family):
        return
    on = line(family)

    def hint(_: Verdict) -> str:
        whole = on.total(sp.S.One)
        return slip(differences(sp.log(whole), sp.S.Zero, on.parameters, family), "the log density")

    what = f"at {on.where}: the {'pmf sums' if on.counting else 'density integrates'} to 1"
    yield equation(what, on.total(sp.S.One), sp.S.One, on.parameters.given, hint=hint, stated="log_density")


@family_law("moments on a line", "mean, variance and entropy at the least dimension", rank=31, of=MultivariateFamily)
def moments(family: MultivariateFamily) -> Iterator[Question]:
    if not _has_numbers(family):
        return
    on = line(family)
    ex, (i, j) = on.parameters, on.entry
    given, x = ex.given, on.point[i, j]

    def asked(what: str, before: Any, after: Any, stated: str) -> Question:
        def hint(_: Verdict) -> str:
            return slip(differences(before, after, ex, family), f"the {stated}")

        return equation(f"at {on.where}: {what}", before, plain(after), given, hint=hint, stated=stated)

    if family.mean is not None:
        yield asked("mean = E[x]", on.total(x), ex.of(family.mean)[i, j], "mean")
    spread = None
    if family.covariance is not None:
        spread = ex.of(family.covariance)[0, 0]
    elif family.variance is not None:
        spread = ex.of(family.variance, {ROW: i, COLUMN: j})
    if spread is not None:
        stated = "covariance" if family.covariance is not None else "variance"
        yield _variance(on, x, spread, stated, asked)
    if family.entropy is not None:
        log_density = on.log_density()
        yield asked("entropy = -E[log p(x)]", -on.total(log_density), ex.of(family.entropy), "entropy")


def _variance(on: Line, x: Any, spread: Any, stated: str, asked: Any) -> Question:
    """About the mean that is stated only where that is proved to be the mean."""
    honest = asked("variance = E[x**2] - E[x]**2", on.total(x**2) - on.total(x) ** 2, spread, stated)
    if on.family.mean is None:
        return honest
    i, j = on.entry
    centre = plain(on.parameters.of(on.family.mean)[i, j])
    known = asked("", on.total(x), centre, "mean")
    about = asked("variance = E[(x - E[x])**2]", on.total((x - centre) ** 2), spread, stated)

    def found(seconds: float) -> Verdict:
        proved = known.decide(seconds / 2).status is Status.PROVED
        verdict: Verdict = (about if proved else honest).decide(seconds)
        return verdict

    return Question(about.what, found, hint=honest.hint, stated=stated)


@family_law("divergence on a line", "closed divergences at the least dimension", rank=41, of=MultivariateFamily)
def divergence(family: MultivariateFamily) -> Iterator[Question]:
    for k in family.kl:
        other = MULTIVARIATE.get(k.other)
        if other is None:
            continue
        on = line(family)
        second = Explicit(dict(on.parameters.values), on.parameters.given)
        mapped = {}
        for s, (own, space) in zip(k.parameters, other.parameters.items(), strict=True):
            fill(second, s, space)
            mapped[own] = second.values[s]
        try:
            theirs = plain(Explicit({**second.values, **mapped}).of(other.log_density, {other.variable: on.point}))
        except SymrepError:
            continue
        ours = on.log_density()
        value, integral = plain(second.of(k.value)), on.total(ours - theirs)
        names = ", ".join(map(str, k.parameters))

        def hint(_: Verdict, integral: Any = integral, value: Any = value, second: Explicit = second) -> str:
            return slip(differences(integral, value, second, family), "the divergence")

        what = f"at {on.where}: KL({family.name} || {k.other}({names})) = E[log p - log q]"
        yield equation(what, integral, value, second.given, hint=hint, stated="kl")
