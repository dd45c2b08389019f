r"""A law pushed through a chain of transforms: density, distribution function and quantile follow from the chain.

``transformed(Normal(0, 1), Affine(mu, sigma), Exp)`` is the image of a law under a map, as ``pushforward(…)`` is, and
in derivations it is nothing else: its density is that of the image, whatever the entries of the chain say. What they
add are proposals, checked where they are used: the inverse, the branches, the image.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, final

import sympy as sp
from sympy import Tuple
from sympy.core.basic import Atom

from symrep.distribution import Distribution, Domain, Family, Generic, Law, Pathwise, Pushforward, check_bound
from symrep.errors import BadInput, NotApplicable
from symrep.family import LEVEL
from symrep.law import Interval, UnitInterval
from symrep.notation import E
from symrep.symbols import as_expr, real
from symrep.transforms.bijection import Bijection, compose

__all__ = ["Transformed", "cdf_of", "transformed"]


@final
class _Chain(Atom):
    """A bijection as a leaf of a SymPy tree: the variables it is written in are nobody's symbols."""

    __slots__ = ("map",)
    map: Bijection

    def __new__(cls, chain: Bijection) -> _Chain:
        out: _Chain = Atom.__new__(cls)
        out.map = chain
        return out

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.map,)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.map,)

    @property
    def free_symbols(self) -> set[Any]:
        return self.map.free_symbols

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return _Chain(self.map.subs({old: new})) if old in self.map.free_symbols else self

    def _xreplace(self, rule: Any) -> tuple[Any, bool]:
        table = {k: v for k, v in rule.items() if k in self.map.free_symbols}
        return (_Chain(self.map.subs(table)), True) if table else (self, False)

    def _sympystr(self, printer: Any) -> str:
        return str(self.map)


@final
class Transformed(Pushforward):
    """The image of a law under a bijection that is known; args (law, (variable), (image), chain)."""

    def _sympystr(self, printer: Any) -> str:
        return f"transformed({printer.doprint(self.base)}, {', '.join(map(str, self.map.parts))})"

    @property
    def map(self) -> Bijection:
        """The chain as one bijection on the support of the base."""
        found: Bijection = self.args[3].map
        return found

    @property
    def free_symbols(self) -> set[Any]:
        return super().free_symbols | self.args[3].free_symbols

    def _eval_subs(self, old: Any, new: Any) -> Any:
        plain = super()._eval_subs(old, new)
        return Transformed(*plain.args, self.args[3].subs(old, new))

    def support(self) -> tuple[Interval, ...]:
        return (self.map.image,)

    def _inverse(self, y: Any) -> tuple[Any, Any]:
        back = self.map.inverse
        return back(as_expr(y)), back.log_abs_det(as_expr(y))

    def density_at(self, *points: Any) -> Any:
        """The density's formula on the image, as the chain has it: f_X(T⁻¹(y)) exp(log|det J of T⁻¹|)."""
        x, log_det = self._inverse(points[0])
        return self.base.density_at(x) * sp.exp(log_det)

    def _of_base(self, what: str, value: Any) -> Any:
        base = self.base
        if not isinstance(base, Distribution) or getattr(base.family, what) is None:
            raise NotApplicable(f"{what} of {self}", f"a law whose {what} is stated", str(base))
        formula = base.fill(getattr(base.family, what))
        return formula.subs(base.family.variable if what == "cdf" else LEVEL, value)

    def _direction(self, what: str) -> bool:
        up = self.map.increasing
        if up is None:
            raise BadInput(
                f"{what} of {self}", "to know whether the map increases", f"the sign of {self.map.direction}"
            )
        return up

    def cdf_at(self, y: Any) -> Any:
        """P(T(X) ≤ y) on the image: F(T⁻¹(y)), or 1 − F(T⁻¹(y)) for a decreasing map.

        Raises:
            NotApplicable: the base states no cdf.
            BadInput: the direction of the map is not known.
        """
        below = self._of_base("cdf", self._inverse(y)[0])
        return below if self._direction("cdf") else 1 - below

    def quantile_at(self, u: Any) -> Any:
        """The quantile: T(Q(u)), or T(Q(1 − u)) for a decreasing map.

        Raises:
            NotApplicable: the base states no quantile.
            BadInput: the direction of the map is not known.
        """
        u = as_expr(u)
        return self.map(self._of_base("quantile", u if self._direction("quantile") else 1 - u))

    def entropy(self) -> Any:
        """The entropy of T(X): that of X, and E log|det J_T(X)|.

        Raises:
            NotApplicable: the base states no entropy.
        """
        base, x = self.base, self.variables[0]
        if not isinstance(base, Distribution) or base.family.entropy is None:
            raise NotApplicable(f"entropy of {self}", "a law whose entropy is stated", str(base))
        return base.fill(base.family.entropy) + E(self.map.log_abs_det(x), (x, base))

    def sample(self, n: int, seed: int = 0) -> Any:
        """Draws of T(X), as a numpy array: draws of X, and every map of the chain after the other.

        Raises:
            BadInput: parameters that are no numbers, or a base that cannot be drawn here.
        """
        import numpy as np

        from symrep.transforms.drawing import draws

        if not isinstance(self.base, Distribution):
            raise BadInput(f"draws of {self}", "a base that is a member of a family", str(self.base))
        return self.map(draws(self.base.family, list(self.base.values), np.random.default_rng(seed), n))

    def paths(self) -> tuple[tuple[Any, Law, Any], ...]:
        """(noise, its law, path) for each way the base is written as a map of noise, the base itself first."""
        x = self.variables[0]
        own = [(x, self.base, self.images[0])]
        stated = self.base.pathwise() if isinstance(self.base, Distribution) else ()
        return (*own, *((noise, law, self.map(as_expr(path))) for noise, law, path in stated))

    def family(self, name: str, parameters: Mapping[Any, Domain], **facts: Any) -> Family:
        """An entry of the catalogue for this law: the same laws are asked of it as of any other.

        Args:
            name: of the new family.
            parameters: symbol -> domain, for the symbols in this law.
            facts: further fields of :class:`symrep.Family` (``mean=``, ``latex=`` …).

        Raises:
            BadInput: a symbol without a domain, or a base that is no member of a family.
        """
        if not isinstance(self.base, Distribution):
            raise BadInput(f"family {name}", "a base that is a member of a family", str(self.base))
        y = self.map.image_variable
        known: dict[str, Any] = {}
        if self.base.family.cdf is not None:
            known["cdf"] = self.cdf_at(y)
        if self.base.family.quantile is not None:
            known["quantile"] = self.quantile_at(LEVEL)
        ways = (Pathwise(self.variables[0], (self.base.family.name, self.base.values), self.images[0]),)
        stated = {"source": f"derived: {self}", "pathwise": ways, **known, **facts}
        return Family(
            name=name, variable=y, support=self.map.image, parameters=parameters, density=self.density_at(y), **stated
        )


def cdf_of(law: Distribution) -> Bijection:
    """The distribution function of a law as a transform onto (0, 1); its ``inverse`` is the quantile.

    Raises:
        NotApplicable: the law's entry does not state both.
    """
    if not isinstance(law, Distribution) or law.family.discrete:
        raise BadInput("cdf_of", "a member of a family with a density", str(law)[:60])
    family = law.family
    if family.cdf is None or family.quantile is None:
        raise NotApplicable("cdf_of", "a law whose cdf and quantile are stated", str(law))
    table = dict(zip(family.parameters, law.values, strict=True))
    entry = Bijection(
        name=f"Cdf[{family.name}]",
        variable=family.variable,
        forward=as_expr(family.cdf),
        image_variable=LEVEL,
        backward=as_expr(family.quantile),
        log_det=sp.log(family.density),
        domain=Interval(family.support.low, family.support.high),
        image=UnitInterval,
        direction=sp.S.One,
        kinks=_kinks(as_expr(family.cdf) + as_expr(family.density), family.variable),
        needs=tuple((s, d.kind, str(s)) for s, d in family.parameters.items()),
    )
    return entry.subs(table)


def _kinks(formula: Any, x: Any) -> tuple[Any, ...]:
    """Where the arguments of |·| and sign vanish, if they are linear in x and there is only one such point."""
    inner = {e.args[0] for e in formula.atoms(sp.Abs, sp.sign) if e.has(x)}
    points = {sp.simplify(x - e / e.diff(x)) for e in inner if not e.diff(x).has(x) and e.diff(x) != 0}
    return tuple(points) if len(points) == 1 else ()


def transformed(law: Law, *maps: Any, variable: Any = None) -> Transformed:
    """The law of T(X) for X with the given law and T the transforms one after the other, first to last.

    Args:
        law: a law with a density; of a transformed one the chain goes on.
        maps: transforms of :mod:`symrep.transforms`.
        variable: the symbol for X in print, default ``real("x")``.

    Raises:
        ConditionFails: a map that is not injective.
        BadInput: a law without a density, no map, or a chain whose maps do not fit together or onto the support.
    """
    if isinstance(law, Transformed):
        maps, law = (*law.map.parts, *maps), law.base
    if not isinstance(law, (Distribution, Generic)):
        raise BadInput("transformed", "a law of one variable with a density", type(law).__name__)
    chain = compose(*maps, domain=law.support()[0])
    x = real("x") if variable is None else variable
    check_bound((x,), law, "transformed")
    if x in chain.free_symbols:
        raise BadInput("transformed", f"a variable that is no parameter of {chain}", str(x), 'variable=real("…")')
    return Transformed(law, Tuple(x), Tuple(chain(x)), _Chain(chain))
