"""Expectations over independent coordinates, of which there are a few at a point: exact bookkeeping, and quadrature.

The sums over coordinates are written out. A polynomial in functions of single coordinates is then multiplied out, and
what is left are integrals over one variable, each as good as :mod:`symrep.checks.quadrature` makes it. Anything else is
integrated over the two or three coordinates that occur in it together, by the tensor rules, whose errors are estimates.
Nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Final, final

from flint import acb

from symrep.checks import arith
from symrep.checks.derive import OPAQUE, derive
from symrep.checks.faults import Unevaluable, tick
from symrep.term import ONE, ZERO, Term, add, free_symbols, map_children, mul, num, substitute, sym, walk

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["FEW", "counts", "drawn"]

#: coordinates a point asks for at most
FEW: Final = 5
#: and at most where they are integrated over together
TOGETHER: Final = 3
#: products there may be once everything is multiplied out, and the largest power that is
_PRODUCTS: Final = 4000
_POWER: Final = 6

#: a product of functions of single coordinates: the coordinate, and the functions of it
Monomial = tuple[tuple[int, tuple[Term, ...]], ...]


def counts(t: Term) -> dict[str, int]:
    """The names that say how many coordinates there are somewhere in ``t``, and how many a point should ask for at
    most: no more than quadrature can do where a body is no polynomial in functions of single coordinates."""
    out: dict[str, int] = {}
    for s in walk(t):
        if s[0] == "expect_each":
            most = TOGETHER if _entangled(s[1], s[2]) else FEW
            for n in free_symbols(s[3][2]) | free_symbols(s[3][3]):
                out[n] = min(most, out.get(n, FEW))
    return out


def _entangled(body: Term, x: str) -> bool:
    """Is there something but a sum, a product or a power that several coordinates stand in?"""
    for s in walk(body):
        if s[0] in ("add", "mul", "sum", "product", "index") or (
            s[0] == "pow" and s[2][0] == "num" and s[2][1:] > (0, 1)
        ):
            continue
        inside = [u for u in walk(s) if x in free_symbols(u)]
        if any(u[0] in ("sum", "product") for u in inside) or len({u for u in inside if u[0] == "index"}) > 1:
            return True
    return False


def drawn(t: Term, comp: Compiler, free: frozenset[str] = frozenset()) -> acb:
    """The value of ``("expect_each", …)`` in which none of ``free`` occurs.

    Raises:
        Unevaluable: too many coordinates, or an integral that seems not to exist or was not resolved.
    """
    if free & free_symbols(t):
        raise Unevaluable("an expectation over several coordinates inside an integral")
    _, body, x, (_, i, lo, hi, law) = t
    first, last = (arith.integer_of(comp.number(e)) for e in (lo, hi))
    if first is None or last is None or last < first - 1:
        raise Unevaluable("no whole number of coordinates")
    if last - first >= 2 * FEW:
        raise Unevaluable("too many coordinates")
    laws = {k: substitute(law, {i: num(k)}) for k in range(first, last + 1)}
    if any(len(one[1]) != 1 for one in laws.values()):
        raise Unevaluable("coordinates of several variables")
    return _Coordinates(x, laws, comp).value(body)


@final
class _Coordinates:
    def __init__(self, x: str, laws: Mapping[int, Term], comp: Compiler) -> None:
        self.x, self.laws, self.comp = x, laws, comp
        self.known: dict[tuple[Term, Term], acb] = {}

    def value(self, body: Term) -> acb:
        opened = self._open(body, {})
        out, together = acb(0), list[Term]()
        for rest, apart, factor in self._sums(opened):
            tick(self.comp.deadline)
            if rest:
                together.append(mul(*rest, *(f for _, fs in apart for f in fs), factor))
                continue
            out += self._apart(apart) * self.comp.number(factor)
        return out + self._together(add(*together)) if together else out

    # --- sums and products written out ----------------------------------------------------------------------------

    def _open(self, t: Term, at: Mapping[str, Term]) -> Term:
        """``t`` with whole numbers for the indices ``at``, its sums over coordinates written out, and for each
        coordinate a symbol of its own."""
        if t[0] == "index" and t[1] == self.x:
            k = arith.integer_of(self.comp.number(substitute(t[2], at))) if len(t) == 3 else None
            if k is None:
                raise Unevaluable("an index that is no whole number")
            return sym(self._name(k)) if k in self.laws else ZERO
        if self.x not in free_symbols(t):
            return substitute(t, at)
        if t[0] in ("sum", "product"):
            j, lo, hi = t[2]
            ends = [arith.integer_of(self.comp.number(substitute(e, at))) for e in (lo, hi)]
            if ends[0] is None or ends[1] is None or not -1 <= ends[1] - ends[0] < 4 * FEW:
                raise Unevaluable("limits that are no whole numbers close together")
            terms = [self._open(t[1], {**at, j: num(k)}) for k in range(ends[0], ends[1] + 1)]
            return add(*terms) if t[0] == "sum" else mul(*terms)
        if t[0] == "diff" and t[1][0] not in OPAQUE:
            return derive(self._open(t[1], at), t[2])
        if t[0] in ("expect_each", "jacobian", "det", "push", "diff", "expect", "integral", "kl", "expect_sample"):
            raise Unevaluable(f"coordinates under {t[0]}")
        out = map_children(t, lambda s: self._open(s, at), lambda s: self._open(s, at))
        return out[2] if out[0] == "fn" and out[1] in ("min", "max") and len({*out[2:]}) == 1 else out

    def _name(self, k: int) -> str:
        return f"{self.x}#{k}"

    def _coordinates(self, t: Term) -> list[int]:
        names = free_symbols(t)
        return [k for k in self.laws if self._name(k) in names]

    # --- a polynomial in functions of single coordinates ----------------------------------------------------------

    def _sums(self, t: Term) -> list[tuple[tuple[Term, ...], Monomial, Term]]:
        """The products ``t`` is a sum of: functions of several coordinates, functions of one, and a constant."""
        found: dict[tuple[tuple[Term, ...], Monomial], Term] = {}
        for factors in self._products(t):
            rest = tuple(f for f in factors if len(self._coordinates(f)) > 1)
            one: dict[int, list[Term]] = {}
            for f in factors:
                if len(ks := self._coordinates(f)) == 1:
                    one.setdefault(ks[0], []).append(f)
            key = rest, tuple((k, tuple(sorted(fs, key=repr))) for k, fs in sorted(one.items()))
            constant = mul(*(f for f in factors if not self._coordinates(f)))
            found[key] = add(found[key], constant) if key in found else constant
        return [(rest, apart, c) for (rest, apart), c in found.items()]

    def _products(self, t: Term) -> list[tuple[Term, ...]]:
        if len(self._coordinates(t)) < 2:
            return [(t,)]
        if t[0] == "add":
            return self._few([p for s in t[1:] for p in self._products(s)])
        if t[0] == "mul":
            return self._multiplied([self._products(s) for s in t[1:]])
        if t[0] == "pow" and t[2][0] == "num" and t[2][2] == 1 and 1 < t[2][1] <= _POWER:
            return self._multiplied([self._products(t[1])] * t[2][1])
        return [(t,)]

    def _multiplied(self, sums: list[list[tuple[Term, ...]]]) -> list[tuple[Term, ...]]:
        size = 1
        for s in sums:
            size *= len(s)
        if size > _PRODUCTS:
            raise Unevaluable("too many products")
        return [tuple(f for part in ps for f in part) for ps in product(*sums)]

    def _few(self, products: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
        if len(products) > _PRODUCTS:
            raise Unevaluable("too many products")
        return products

    def _apart(self, monomial: Monomial) -> acb:
        """The product of the expectations; of a coordinate that does not occur, its mass."""
        functions = dict(monomial)
        out = acb(1)
        for k in self.laws:
            out *= self._one(k, mul(*functions.get(k, (ONE,))))
        return out

    def _one(self, k: int, f: Term) -> acb:
        """E f under the law of coordinate k."""
        ((y, lo, hi),) = self.laws[k][1]
        key = substitute(f, {self._name(k): sym(y)}), self.laws[k]
        if y in free_symbols(f):
            raise Unevaluable("a name that is bound already")
        if key not in self.known:
            from symrep.checks.quadrature import integral

            self.known[key] = integral(mul(key[0], self.laws[k][2]), ((y, lo, hi),), self.comp)
        return self.known[key]

    # --- several coordinates at once ------------------------------------------------------------------------------

    def _together(self, t: Term) -> acb:
        """E t by quadrature over the coordinates in it; whatever is constant in it has its value by then."""
        from symrep.checks.quadrature import integral

        inside = self._coordinates(t)
        boxes, weight = [], list[Term]()
        for k in inside:
            ((y, lo, hi),) = self.laws[k][1]
            boxes.append((self._name(k), lo, hi))
            weight.append(substitute(self.laws[k][2], {y: sym(self._name(k))}))
        if len(boxes) > 1:
            out = self._over(t, tuple(weight), tuple(boxes))
        else:
            out = integral(mul(t, *weight), tuple(boxes), self.comp)
        for k in self.laws:
            if k not in inside:
                out *= self._one(k, ONE)
        return out

    def _over(self, t: Term, densities: tuple[Term, ...], boxes: tuple[Term, ...]) -> acb:
        from symrep.checks.tensor import tensor

        self.comp.report.quadrature = True
        return tensor(t, boxes, self.comp, densities)
