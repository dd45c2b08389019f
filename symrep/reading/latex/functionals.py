r"""Sums and integrals over spaces nobody spelled out, Σ_{x ∈ 𝒳} and ∫_𝒳 … dx, as the linear functionals they are.

What is used of them: they are linear; they may be exchanged with one another (where they converge absolutely); a
density loses the variable it is summed over, Σ_x p(x, y) = p(y), Σ_x p(x) = 1, over the whole space only; a finite sum
of what is free of its index is its length times that. Two expressions that agree in this way agree for all densities.
Those that do not may still be equal (of independent variables, say): nothing is refuted by this.

Sums and integrals of what is spelled out need not converge: those are not taken apart, only constant factors come
before them, and what rests on them is said to.
"""

from __future__ import annotations

from itertools import permutations
from math import factorial, prod
from typing import Any, Final, final

import sympy as sp

from symrep.reading.latex.joints import MARK
from symrep.symbols import DomainSymbol, Undetermined

__all__ = ["Dens", "Opaque", "Over", "TooMuch", "by_chain_rule", "closed", "normal"]

_MOST_TERMS: Final = 120
_MOST_BOUND: Final = 5
_HIGHEST: Final = 4
_LARGE: Final = 600
_FAR: Final = 10**6
#: orders of bound variables that are tried in all
_ORDERS: Final = 3000
#: how kinds of functionals over something spelled out begin
_SPELLED: Final = "of"


class TooMuch(Exception):
    """An expression with more terms than are worth it."""


@final
class Dens(sp.Expr):
    """The density ``letter`` of the variables ``keys`` at points: ``Dens(p, (x, y), (a, b))``. Positive."""

    is_commutative = True
    is_positive = True
    is_real = True
    is_number = False

    def __new__(cls, letter: str, points: dict[str, Any]) -> Dens:
        keys = sorted(points)
        names = sp.Tuple(*(sp.Symbol(k) for k in (letter, *keys)))
        return cls._make(names, sp.Tuple(*(points[k] for k in keys)))

    @classmethod
    def _make(cls, names: Any, at: Any) -> Dens:
        made: Dens = sp.Expr.__new__(cls, names, at)
        return made

    @property
    def func(self) -> Any:
        return type(self)._make

    @property
    def letter(self) -> str:
        return str(self.args[0].args[0])

    @property
    def points(self) -> dict[str, Any]:
        return {str(k): a for k, a in zip(self.args[0].args[1:], self.args[1].args, strict=True)}

    @property
    def free_symbols(self) -> set[Any]:
        return set(self.args[1].free_symbols)


@final
class Opaque(sp.Expr):
    """A real function of which only its name is known: F_X, a random variable of a family X_i."""

    is_commutative = True
    is_real = True
    is_number = False

    def __new__(cls, name: Any, at: Any) -> Opaque:
        made: Opaque = sp.Expr.__new__(cls, sp.Symbol(name) if isinstance(name, str) else name, sp.Tuple(*at))
        return made

    @property
    def free_symbols(self) -> set[Any]:
        return set(self.args[1].free_symbols)


@final
class Over(sp.Expr):
    """The functional ``kind`` over variables of a body: ``kinds`` are ``(what, low, high)``, one for each variable.

    ``W``: over the whole space; ``P``: a mean, of mass one; ``S``, ``I``: a sum or an integral from low to high;
    others: over a set that goes by that name.
    """

    is_commutative = True
    is_real = True
    is_number = False

    def __new__(cls, body: Any, variables: Any, kinds: Any) -> Over:
        made: Over = sp.Expr.__new__(cls, body, sp.Tuple(*variables), sp.Tuple(*(sp.Tuple(*k) for k in kinds)))
        return made

    @property
    def free_symbols(self) -> set[Any]:
        return set(self.args[0].free_symbols - set(self.args[1].args)) | set(_limits(self.args[2]))


def _limits(kinds: Any) -> set[Any]:
    out: set[Any] = set()
    for k in kinds.args:
        for limit in k.args[1:]:
            out |= limit.free_symbols
    return out


def by_chain_rule(e: Any, y: Any, continuous: bool) -> Any:
    """The derivative of sums and products of distribution functions and functions of one variable by ``y``; None where
    there is something else in them. ``continuous``: F_X has the derivative f_X."""
    if y not in e.free_symbols:
        return sp.S.Zero
    if isinstance(e, Opaque) and len(e.args[1].args) == 1:
        (at,) = e.args[1].args
        inner = by_chain_rule(at, y, continuous)
        name = str(e.args[0])
        if inner is None or not name.startswith(("F_", "inverse of ")) or (name.startswith("F_") and not continuous):
            return None
        slope = Dens("p", {name[2:]: at}) if name.startswith("F_") else Opaque(f"slope of {name}", (at,))
        return slope * inner
    if e.is_Symbol:
        return sp.S.One
    if e.is_Add or e.is_Mul:
        parts = [by_chain_rule(a, y, continuous) for a in e.args]
        if any(p is None for p in parts):
            return None
        if e.is_Add:
            return sp.Add(*parts)
        return sp.Add(*(sp.Mul(*(p if i == j else a for j, a in enumerate(e.args))) for i, p in enumerate(parts)))
    return None


# --- the normal form ----------------------------------------------------------------------------------------------


class Normaliser:
    """Counts what it binds, so that no two variables are confused."""

    def __init__(self, mass: bool = True) -> None:
        self.count = 0
        self.orders = 0
        #: do densities sum to one? Not what a document calls one and defines.
        self.mass = mass
        #: was there a sum or an integral of something spelled out, over an infinite range?
        self.spelled = False

    def fresh(self, like: Any) -> Any:
        self.count += 1
        return sp.Symbol(f"_v{self.count}", **like.assumptions0)

    def normal(self, e: Any) -> Any:
        if not isinstance(e, sp.Basic) or not e.has(Over, Dens):
            return _expanded(e) if isinstance(e, sp.Expr) and e.count_ops() < _LARGE else e
        if isinstance(e, Over):
            body = self.normal(e.args[0])
            for x, kind in reversed(list(zip(e.args[1].args, e.args[2].args, strict=True))):
                body = self._over(body, x, kind)
            return body
        if isinstance(e, (Dens, Opaque)):
            return e.func(e.args[0], sp.Tuple(*(self.normal(a) for a in e.args[1].args)))
        out = e.func(*(self.normal(a) for a in e.args))
        return _expanded(out) if out.count_ops() < _LARGE else out

    def _over(self, body: Any, x: Any, kind: Any) -> Any:
        if body.count_ops() > _LARGE:
            raise TooMuch
        terms = sp.Add.make_args(_expanded(body))
        if len(terms) > _MOST_TERMS:
            raise TooMuch
        if not body.has(Dens, Opaque, Undetermined) and not _finite(kind):
            self.spelled = True
            return _whole(terms, x, kind)
        return sp.Add(*(self._bind(t, x, kind) for t in terms))

    def _bind(self, term: Any, x: Any, kind: Any) -> Any:
        outside, factors, variables, kinds = sp.S.One, [], [x], [kind]
        for f in sp.Mul.make_args(term):
            base, times = _power(f)
            open_ = isinstance(base, Over) and x in base.free_symbols and x not in _limits(base.args[2])
            if open_ and times and not any(str(k.args[0]).startswith(_SPELLED) for k in base.args[2].args):
                for _ in range(times):
                    table = {v: self.fresh(v) for v in base.args[1].args}
                    factors += sp.Mul.make_args(base.args[0].xreplace(table))
                    variables += table.values()
                    kinds += base.args[2].args
            elif x in f.free_symbols:
                factors.append(f)
            else:
                outside *= f
        found = self.bound(factors, variables, kinds)
        return _expanded(outside * found) if found.is_Add else outside * found

    def bound(self, factors: list[Any], variables: list[Any], kinds: list[Any]) -> Any:
        """The functional over a product, its variables summed out where that is known, in its parts."""
        product = sp.Mul(*factors)
        how = dict(zip(variables, kinds, strict=True))
        again = True
        while again:
            again = False
            for v in list(how):
                got = _without(product, v, how[v], self.mass)
                if got is not None:
                    product, again = got, True
                    del how[v]
        out, rest = sp.S.One, list(how)
        pieces = list(sp.Mul.make_args(product))
        loose = [f for f in pieces if not f.free_symbols & how.keys()]
        out = sp.Mul(*loose)
        pieces = [f for f in pieces if f.free_symbols & how.keys()]
        while rest:
            group, inside = {rest[0]}, []
            grown = True
            while grown:
                grown = False
                for f in list(pieces):
                    if f.free_symbols & group:
                        inside.append(f)
                        pieces.remove(f)
                        group |= f.free_symbols & how.keys()
                        grown = True
            self.orders += factorial(len(group))
            if self.orders > _ORDERS:
                raise TooMuch
            out *= _canonical(sp.Mul(*inside), {v: how[v] for v in rest if v in group})
            rest = [v for v in rest if v not in group]
        return out


def _expanded(e: Any) -> Any:
    """Multiplied out, but not inside functionals, which have a form of their own.

    Raises:
        TooMuch: it would have too many terms.
    """
    if any(_terms(part) > _MOST_TERMS for part in sp.preorder_traversal(e)):
        raise TooMuch
    table = {o: sp.Dummy(real=True) for o in sorted(_outermost(e), key=str)}
    return sp.expand(e.xreplace(table)).xreplace({d: o for o, d in table.items()})


def _terms(e: Any) -> int:
    """About how many terms an expression has once it is multiplied out."""
    if e.is_Add:
        return min(sum(map(_terms, e.args)), _FAR)
    if e.is_Mul:
        return min(prod(map(_terms, e.args)), _FAR)
    if e.is_Pow and e.exp.is_Integer and e.exp > 1:
        inner = _terms(e.base)
        return 1 if inner == 1 else min(inner ** int(min(e.exp, 20)), _FAR)
    return 1


def _outermost(e: Any) -> set[Any]:
    return {e} if isinstance(e, Over) else set().union(*(_outermost(a) for a in e.args))


def _power(f: Any) -> tuple[Any, int]:
    """A base and how often it is a factor; 0 where that is no small number."""
    base, exponent = f.as_base_exp()
    return (base, int(exponent)) if exponent.is_Integer and 1 <= exponent <= _HIGHEST else (f, 0)


def _without(product: Any, v: Any, kind: Any, mass: bool) -> Any:
    """The product with one variable summed out, or None where nothing is known of that."""
    what, low, high = kind.args
    if v not in product.free_symbols:
        if str(what) == "P":
            return product
        return product * (high - low + int(str(what) == "S")) if _finite(kind) else None
    held = [f for f in sp.Mul.make_args(product) if v in f.free_symbols]
    if len(held) != 1 or not isinstance(held[0], Dens):
        return None
    points = held[0].points
    mine = [k for k, a in points.items() if v in a.free_symbols]
    if len(mine) != 1 or points[mine[0]] != v:
        return None
    kept = {k: a for k, a in points.items() if k != mine[0]}
    if str(what) == "W" and (mass or kept):
        return product / held[0] * (Dens(held[0].letter, kept) if kept else 1)
    if str(what) in ("I", "S") and not kept and held[0].letter == "p" and (str(what) == "I" or low == -sp.oo):
        top = (sp.S.One if mass else None) if high == sp.oo else Opaque(f"F_{mine[0]}", (high,))
        bottom = sp.S.Zero if low == -sp.oo else Opaque(f"F_{mine[0]}", (low,))
        return None if top is None else product / held[0] * (top - bottom)
    return None


def _finite(kind: Any) -> bool:
    """Is it from one number to another?"""
    what, low, high = kind.args
    return str(what) in ("S", "I") and not {low, high} & {sp.oo, -sp.oo}


def _whole(terms: Any, x: Any, kind: Any) -> Any:
    """The functional over a sum that is not taken apart, with the factors that are free of x in the first term before
    it all."""
    found: dict[Any, Any] = {}
    for t in terms:
        constant, rest = t.as_independent(x, as_Add=False)
        rest = sp.powsimp(rest, combine="exp")
        found[rest] = found.get(rest, 0) + constant
    order = sorted(found, key=str)
    lead = found[order[0]] if not found[order[0]].is_Add and found[order[0]] != 0 else sp.S.One
    body = sp.Add(*(sp.expand(found[r] / lead) * r for r in order))
    what, low, high = kind.args
    return lead * _canonical(body, {x: sp.Tuple(sp.Symbol(f"{_SPELLED} {what}"), low, high)})


def _canonical(body: Any, how: dict[Any, Any]) -> Any:
    """The functional with its variables named by their places, so that equal ones look equal."""
    if len(how) > _MOST_BOUND:
        raise TooMuch
    best: tuple[str, Any] | None = None
    level = _depth(body)  # so that no variable of an inner functional has the name of an outer one
    for order in permutations(how):
        table = {v: sp.Symbol(f"_c{level}_{i}", **v.assumptions0) for i, v in enumerate(order)}
        found = Over(body.xreplace(table), table.values(), [how[v].args for v in order])
        said = str(found)
        if best is None or said < best[0]:
            best = said, found
    return best[1] if best is not None else body


def _depth(e: Any) -> int:
    inner = max((_depth(a) for a in e.args), default=0)
    return inner + isinstance(e, Over)


def normal(*sides: Any, mass: bool = True) -> tuple[tuple[Any, ...], bool]:
    """Expressions with their functionals in normal form; and whether the convergence of something spelled out matters.

    Raises:
        TooMuch: more terms than are worth it.
    """
    n = Normaliser(mass)
    return tuple(n.normal(s) for s in sides), n.spelled


def closed(*sides: Any) -> tuple[Any, ...]:
    """Normal forms with a number for each functional and each density in them, the same wherever it stands."""
    table: dict[Any, Any] = {}
    stack = list(sides)
    while stack:
        part = stack.pop()
        if isinstance(part, (Over, Dens, Opaque)):
            table.setdefault(part)
        else:
            stack += part.args
    for k, part in enumerate(sorted(table, key=str)):
        kind = "positive" if isinstance(part, Dens) else "nonnegative" if _at_least_zero(part) else "real"
        table[part] = DomainSymbol(f"E{MARK}{k}", kind)
    return tuple(s.xreplace(table) for s in sides)


def _at_least_zero(part: Any) -> bool:
    """Is it a sum of what is nowhere negative over a space, a probability?"""
    if isinstance(part, Opaque):
        return str(part.args[0]) == "P" or str(part.args[0]).startswith("F_")
    ways = {str(k.args[0]) for k in part.args[2].args} if isinstance(part, Over) else {""}
    return ways <= {"W", "P", "S"} and bool(part.args[0].is_nonnegative)
