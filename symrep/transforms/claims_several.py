r"""What must hold of a transform of several variables: as claims with symbols at small sizes.

The determinant is Leibniz' sum of products of derivatives, which whoever judges takes himself; that
$e^{2\log|\det J|} = \det(\partial T_i/\partial x_j)^2$ says all there is to say of a logarithm of an absolute value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sympy as sp

from symrep.claim import Claim
from symrep.notation import D
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.transforms.claims import Statement, equality, ordering
from symrep.transforms.several import SYMBOLIC, ManyToOne, Map, Several, det, symbols

__all__ = ["statements_of_several"]


def statements_of_several(t: Several | ManyToOne) -> Iterator[Statement]:
    """Every law of the transform, at each size its entry names."""
    if isinstance(t, ManyToOne):
        yield _not_injective(t)
        return
    for n in t.symbolic:
        yield from _of_size(t, n, t.at(n))


def _variables(name: str, count: int) -> list[Any]:
    return [DomainSymbol(f"{name}_{i + 1}", "real") for i in range(count)]


def _of_size(t: Several, n: int, m: Map) -> Iterator[Statement]:
    p, case = m.parameters, f"n = {n}"
    x, y = _variables("x", m.size), _variables("y", m.size)

    def put(body: Any, at: Sequence[Any]) -> list[Any]:
        return [as_expr(e) for e in body(SYMBOLIC, list(at), n, p)]

    given = put(t.given, x)
    inside = tuple(e > 0 for e in (*given, *put(t.domain, x)) if not e.is_positive)
    onto = tuple(e > 0 for e in (*given, *put(t.image, y)) if not e.is_positive)
    ahead = m(x)
    if t.inverse is not None:
        there = put(t.inverse, ahead)
        yield Statement("inverse after forward", case, tuple(map(equality, there, x, [inside] * m.size)))
        back = put(t.inverse, y)
        undone = tuple(map(equality, m(back), y, [onto] * m.size))
        yield Statement("forward after inverse", case, undone)
    rows = [[D(f, v) for v in x] for f in ahead]
    square = equality(sp.exp(2 * as_expr(m.log_abs_det(x))), as_expr(det(rows)) ** 2, inside)
    log_det = as_expr(m.log_abs_det(x))
    real = () if _plainly_real(log_det) else (equality(sp.im(log_det, evaluate=False), sp.S.Zero, inside),)
    yield Statement("log det", case, (square, *real))
    needed: list[Claim] = []
    for value, summands in t.conditions(SYMBOLIC, list(x), n, p):
        first, *others = map(as_expr, summands)
        needed += [equality(as_expr(value), sp.Add(first, *others), inside), ordering(first, ">", sp.S.Zero, inside)]
        needed += [ordering(e, ">=", sp.S.Zero, inside) for e in others]
    if needed:
        yield Statement("bijective", case, tuple(needed))
    into = [ordering(e, ">", sp.S.Zero, inside) for e in put(t.image, ahead)]
    if t.inverse is not None:
        home = [ordering(e, ">", sp.S.Zero, onto) for e in put(t.domain, back)]
        values = [equality(sp.im(e, evaluate=False), sp.S.Zero, onto) for e in back]
        yield Statement("image", case, (*into, *home, *values, *undone))
    elif into:
        yield Statement("image", case, tuple(into))


def _plainly_real(e: Any) -> bool:
    """Real wherever it has a value, by its form: sums, products, whole powers and entire functions of real symbols, and
    logarithms of absolute values of such. For anything else that it is real is a claim.
    """
    if isinstance(e, (sp.Symbol, sp.Rational)):
        return isinstance(e, sp.Rational) or kind_of(e) != "complex"
    if isinstance(e, (sp.Add, sp.Mul, sp.exp, sp.tanh, sp.Abs)):
        return all(map(_plainly_real, e.args))
    if isinstance(e, sp.Pow):
        return bool(e.exp.is_Integer) and _plainly_real(e.base)
    if isinstance(e, sp.log):
        (inner,) = e.args
        return (isinstance(inner, sp.Abs) and _plainly_real(inner)) or (
            inner.is_Add and all(a == 1 or (isinstance(a, sp.exp) and _plainly_real(a)) for a in inner.args)
        )
    return False


def _not_injective(t: ManyToOne) -> Statement:
    p = symbols(t.parameters(t.size))
    a, b = ([as_expr(v) for v in point] for point in t.witness(SYMBOLIC, p))
    images = (t.forward(SYMBOLIC, list(point), t.size, p) for point in (a, b))
    same = tuple(equality(as_expr(f), as_expr(g), ()) for f, g in zip(*images, strict=True))
    distance = sum(((u - v) ** 2 for u, v in zip(a, b, strict=True)), start=sp.S.Zero)
    return Statement("not injective", "", (*same, ordering(distance, ">", sp.S.Zero, ())))
