r"""Cantor's function, continued by 0 to the left and 1 to the right: continuous, rising from 0 to 1, with a derivative
that is 0 almost everywhere. It is what a claim about all continuous functions is tried on.

As a term it is ``("fn", "cantor", t)``, a name of the checks alone: nobody else reads or writes it, the kernel least of
all. With it go its integral from 0, :math:`C(x) = \int_{-\infty}^x c`, and its derivative, which has a value (0) in the
gaps only. All three are monotone or constant, so that values at the two ends of a ball enclose those inside.

c(x) = c(3x)/2 on [0, 1/3], 1/2 on [1/3, 2/3] and 1/2 + c(3x − 2)/2 on [2/3, 1]; so C(x) = C(3x)/6, then
1/12 + (x − 1/3)/2, then 1/4 + (x − 2/3)/2 + C(3x − 2)/6.

No quadrature resolves it: :func:`settled` puts in what an integral of it is where that is plain, ∫ k c(au + b) du =
k (C(ah + b) − C(al + b))/a over (l, h) and ∫ k c'(au + b) du = 0, and gives up everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from flint import acb, arb, ctx, fmpq

from symrep.checks.derive import OPAQUE, carried_out, derive
from symrep.checks.exact import rational
from symrep.checks.faults import Unevaluable
from symrep.claim import Context
from symrep.kernel.algebra.normal import simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.fail import NotProved
from symrep.term import ONE, ZERO, Term, add, div, fn, free_symbols, map_children, mul, num, sub, substitute, walk

__all__ = ["CANTOR", "is_cantor", "settled"]

_NAMES: Final = ("cantor", "cantor_total", "cantor_slope")
_HALF: Final = Fraction(1, 2)
_THIRD: Final = Fraction(1, 3)
#: arguments beyond it are told by their side
_FAR: Final = 4


# --- values -------------------------------------------------------------------------------------------------------


def _value(x: Fraction) -> tuple[Fraction, Fraction]:
    """c(x) between two numbers, 2^−n apart or equal."""
    if x <= 0 or x >= 1:
        return (Fraction(0), Fraction(0)) if x <= 0 else (Fraction(1), Fraction(1))
    out, weight = Fraction(0), _HALF
    for _ in range(ctx.prec + 16):
        x *= 3
        if 1 <= x <= 2:
            return out + weight, out + weight
        if x > 2:
            out, x = out + weight, x - 2
        weight /= 2
    return out, out + 2 * weight


def _total(x: Fraction) -> tuple[Fraction, Fraction]:
    """C(x) between two numbers."""
    if x <= 0:
        return Fraction(0), Fraction(0)
    if x >= 1:
        return x - _HALF, x - _HALF
    out, scale = Fraction(0), Fraction(1)
    for _ in range(ctx.prec + 16):
        if x <= _THIRD:
            x *= 3
        elif x <= 2 * _THIRD:
            out += scale * (Fraction(1, 12) + (x - _THIRD) / 2)
            return out, out
        else:
            out += scale * (Fraction(1, 4) + (x - 2 * _THIRD) / 2)
            x = 3 * x - 2
        scale /= 6
    return out, out + scale  # C ≤ 1/2 on [0, 1]


def _slope(lo: Fraction, hi: Fraction) -> bool:
    """Do both lie in one gap?"""
    for _ in range(ctx.prec):
        if hi < 0 or lo > 1 or (3 * lo > 1 and 3 * hi < 2):
            return True
        if lo > 0 and 3 * hi < 1:
            lo, hi = 3 * lo, 3 * hi
        elif 3 * lo > 2 and hi < 1:
            lo, hi = 3 * lo - 2, 3 * hi - 2
        else:
            return False
    return False


def _rational(x: arb) -> Fraction:
    man, exp = x.man_exp()
    n, e = int(man), int(exp)
    return Fraction(n << e) if e >= 0 else Fraction(n, 1 << -e)


def _ends(z: acb) -> tuple[Fraction, Fraction] | None:
    """The ends of a real ball, those far out moved in to where nothing changes any more."""
    if not z.is_finite() or not z.imag.is_zero():
        return None
    far = arb(_FAR)
    lo, hi = z.real.lower(), z.real.upper()
    return _rational(lo.max(-far).mid()), _rational(hi.max(-far).mid())


def _between(lo: Fraction, hi: Fraction) -> acb:
    low, high = (arb(fmpq(v.numerator, v.denominator)) for v in (lo, hi))
    return acb(low.union(high))


def _monotone(f: Callable[[Fraction], tuple[Fraction, Fraction]]) -> Callable[[acb, bool], acb]:
    def g(z: acb, analytic: bool) -> acb:
        ends = None if analytic else _ends(z)
        return acb("nan") if ends is None else _between(f(ends[0])[0], f(ends[1])[1])

    return g


def _flat(z: acb, analytic: bool) -> acb:
    ends = None if analytic else _ends(z)
    return acb(0) if ends is not None and _slope(*ends) else acb("nan")


#: name -> value on a ball; not-a-number off the real axis, and where the derivative is not known to exist
CANTOR: Final[Mapping[str, Callable[[acb, bool], acb]]] = {
    "cantor": _monotone(_value),
    "cantor_total": _monotone(_total),
    "cantor_slope": _flat,
}


# --- integrals ----------------------------------------------------------------------------------------------------


def is_cantor(t: Term) -> bool:
    """Does Cantor's function, its integral or its derivative occur?"""
    return any(s[0] == "fn" and s[1] in _NAMES for s in walk(t))


def settled(t: Term) -> Term:
    """The term with integrals of Cantor's function carried out, and derivatives by a parameter of what came of them.

    Raises:
        Unevaluable: it stands under an integral sign, or in a mean, of another kind.
    """
    if not is_cantor(t):
        return t
    t = map_children(t, settled, settled)
    head = t[0]
    if not is_cantor(t):
        return t
    if head == "diff" and t[1][0] not in OPAQUE:
        done = carried_out(t)
        plain = done is not None and not done[1]  # with other breakpoints it is left to whoever looks after them
        return settled(done[0]) if plain and done else t
    elif head in ("integral", "expect"):
        body, boxes = (t[1], t[2:]) if head == "integral" else (mul(t[1], t[2][2]), t[2][1])
        if len(boxes) == 1:
            return _integral(body, boxes[0])
    elif head not in OPAQUE:
        return t
    raise Unevaluable("a mean of Cantor's function that is not plain")


def _integral(body: Term, box: Term) -> Term:
    u = box[0]
    if body[0] == "add":
        return add(*(_integral(s, box) for s in body[1:]))
    factors = _factors(body)
    known = [f for f in factors if u not in free_symbols(f)]
    rest = [f for f in factors if u in free_symbols(f)]
    if len(rest) == 1 and rest[0][0] == "add":
        return mul(*known, _integral(rest[0], box))
    if not any(is_cantor(f) for f in rest):
        return mul(*known, ("integral", mul(*rest), box)) if rest else mul(*known, sub(box[2], box[1]))
    if len(rest) != 1 or rest[0][0] != "fn" or rest[0][1] not in _NAMES[::2]:
        raise Unevaluable("a mean of Cantor's function times another")
    name, inner = rest[0][1:]
    a = derive(inner, u)
    if u in free_symbols(a) or not _upwards(*box[1:]):
        raise Unevaluable("a mean of Cantor's function at a place that is not linear, or over no plain interval")
    if name == "cantor_slope":
        return mul(*known, div(ZERO, a))  # 0 almost everywhere, if a is not 0
    low, high = (fn("cantor_total", substitute(inner, {u: end})) for end in box[1:])
    return mul(*known, div(sub(high, low), a))


def _upwards(lo: Term, hi: Term) -> bool:
    """Is it a bounded interval whose length is a positive number?"""
    if lo[0] == "inf" or hi[0] == "inf":
        return False
    length = sub(hi, lo)
    try:
        length = simplify(length, domain(Context(dict.fromkeys(free_symbols(length), "real"))))
    except NotProved:
        return False
    value = rational(length, {})
    return value is not None and value > 0


def _factors(t: Term) -> list[Term]:
    if t[0] == "mul":
        return [f for s in t[1:] for f in _factors(s)]
    return [] if t == ONE else [num(0)] if t == ZERO else [t]
