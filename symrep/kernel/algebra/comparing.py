"""Signs carried over by monotone functions: exp and log, and the odd ones, whose sign is that of their argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.field import Elem, Gen
from symrep.kernel.algebra.polysign import ANY, Signs, flip
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly, fraction, rational

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["CARRYING", "carried_sign", "equivalents"]

ODD = ("erf", "erfinv", "atan", "asin")
INVERSE = ("atan", "asin")
#: only where one of these occurs is there anything to carry over
CARRYING = frozenset((*ODD, "exp", "log"))
HALF = Fraction(1, 2)


def carried_sign(eng: Engine, p: Poly) -> Signs:
    """The sign of p, as far as a term of the same sign has one that is known."""
    out = ANY
    try:
        for q in equivalents(eng, p):
            out = out & eng.sign(q)
            if len(out) == 1:
                break
        return out & _against_pi(eng, p)
    except NotProved:
        return out


def equivalents(eng: Engine, p: Poly) -> Iterator[Elem]:
    """Elements that have the sign of p everywhere: exp(p) − 1 where p holds logarithms, the logarithm of a quotient for
    a difference of positive products with exponentials, the argument of an odd increasing function, and a − b for
    f(a) − f(b)."""
    f = eng.field
    used = f.used(p)
    if len(used) == 1 and used[0].kind in ODD and p.total_degree() == 1 and len(p) == 1:
        turn = 1 if p.leading_coefficient() > 0 else -1
        yield f.scale(used[0].args[0], turn)
    if len(p) == 2:
        yield from _two_terms(eng, p, used)
    logs = [g for g in used if g.kind == "log"]
    if logs and len(p) <= 8 and all(int(p.degrees()[g.index]) == 1 for g in logs):
        with suppress(NotProved):
            yield _exponential(eng, p)


def _two_terms(eng: Engine, p: Poly, used: list[Gen]) -> Iterator[Elem]:
    f = eng.field
    (m1, c1), (m2, c2) = ((tuple(map(int, m)), fraction(c)) for m, c in p.terms())
    if (c1 > 0) == (c2 > 0):
        return
    kinds = {g.kind for g in used}
    if len(used) == 2 and len(kinds) == 1 and kinds <= {*ODD, "log"} and sum(m1) == sum(m2) == 1 and c1 == -c2:
        a, b = (next(g for g in used if m[g.index]).args[0] for m in ((m1, m2) if c1 > 0 else (m2, m1)))
        if "log" not in kinds:
            yield f.sub(a, b)
        return
    if "exp" in kinds and all(eng.sign_poly(g.poly) <= {1} for g in used):
        up, down = ((m1, c1), (m2, -c2)) if c1 > 0 else ((m2, c2), (m1, -c1))
        sides = []
        for m, c in (up, down):
            sides.append(eng.log_abs(Elem(f.ctx.from_dict({m: rational(c)}), f.one_poly)))
        yield f.sub(*sides)


def _exponential(eng: Engine, p: Poly) -> Elem:
    """exp(p) − 1 times the size of its denominator."""
    from symrep.kernel.algebra.functions import exp

    f = eng.field
    e = exp(eng, Elem(p, f.one_poly))
    turn = eng.sign_poly(e.den)
    if turn not in ({1}, {-1}):
        raise NotProved("a denominator of unknown sign")
    return f.scale(Elem(f.reduce(e.num - e.den), f.one_poly), next(iter(turn)))


def _against_pi(eng: Engine, p: Poly) -> Signs:
    """The sign of c·f(a) + d·π, f = atan or asin: by the range of f, else a is compared with tan or sin of −dπ/c."""
    if len(p) != 2:
        return ANY
    from symrep.kernel.algebra.atoms import constant
    from symrep.kernel.algebra.trig import sin_cos

    f = eng.field
    used = f.used(p)
    inverse = [g for g in used if g.kind in INVERSE]
    if len(used) != 2 or len(inverse) != 1 or p.total_degree() != 1:
        return ANY
    (g,) = inverse
    other = next(h for h in used if h is not g)
    if other.name != "pi()" or other.root != 1:
        return ANY
    by = {i: fraction(c) for m, c in p.terms() for i, e in enumerate(m) if e}
    c, t = by[g.index], -by[other.index] / by[g.index]
    s: Signs
    if abs(t) > HALF or (abs(t) == HALF and g.kind == "atan"):
        s = frozenset({-1 if t > 0 else 1})
    else:
        sin, cos = sin_cos(eng, f.scale(constant(eng, "pi"), t))
        edge = sin if g.kind == "asin" else f.mul(sin, f.make(cos.den, cos.num))
        s = eng.sign(f.sub(g.args[0], edge))
    return s if c > 0 else flip(s)
