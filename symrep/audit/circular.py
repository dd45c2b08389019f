"""sin, cos and their inverses: addition formulas over angles, usual values, parity."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, Final

from mpmath import ceil, floor, iv

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, Atom, Finer, Interval
from symrep.audit.data import No, fn
from symrep.audit.sums import Mono, Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["acos", "asin", "atan", "cos", "sin", "tan", "usual_angle"]

HALF: Final = Fraction(1, 2)
#: the half-turns that are tried for an angle
_HALF_TURNS: Final = (0, -1, 1, 2, -2, 3)
_FINE: Final = 10**9
UNIT: Final[Interval] = (Fraction(-1), False, Fraction(1), False)
Pair = tuple[Sum, Sum]


def usual_angle(alg: Algebra, c: Fraction) -> Pair:
    """(sin cπ, cos cπ) for multiples of 1/8, 1/10 and 1/12."""
    turns, rest = divmod(c, HALF)
    swapped = rest > Fraction(1, 4)
    s, k = _first_octant(alg, HALF - rest if swapped else rest)
    if swapped:
        s, k = k, s
    for _ in range(int(turns) % 4):
        s, k = k, scaled(s, -1)
    return s, k


def _first_octant(alg: Algebra, c: Fraction) -> Pair:
    two, three, five = (alg.rational_power(Fraction(n), HALF) for n in (2, 3, 5))

    def root(s: Sum, over: int) -> Sum:
        return scaled(alg.abs_power(s, HALF), Fraction(1, over))

    if c == 0:
        return {}, dict(sums.ONE)
    if c == Fraction(1, 4):
        return scaled(two, HALF), scaled(two, HALF)
    if c == Fraction(1, 6):
        return constant(HALF), scaled(three, HALF)
    if c == Fraction(1, 12):
        six = alg.mul(two, three)
        return scaled(minus(six, two), Fraction(1, 4)), scaled(plus(six, two), Fraction(1, 4))
    if c == Fraction(1, 8):
        return root(minus(constant(2), two), 2), root(plus(constant(2), two), 2)
    ten, twice = constant(10), scaled(five, 2)
    if c == Fraction(1, 5):
        return root(minus(ten, twice), 4), scaled(plus(five, sums.ONE), Fraction(1, 4))
    if c == Fraction(1, 10):
        return scaled(minus(five, sums.ONE), Fraction(1, 4)), root(plus(ten, twice), 4)
    raise No("not one of the usual angles")


def _joined(alg: Algebra, p: Pair, q: Pair) -> Pair:
    return (
        plus(alg.mul(p[0], q[1]), alg.mul(p[1], q[0])),
        minus(alg.mul(p[1], q[1]), alg.mul(p[0], q[0])),
    )


def _multiple(alg: Algebra, p: Pair, n: int) -> Pair:
    if abs(n) > 40:
        raise No("a large multiple of an angle")
    out: Pair = ({}, dict(sums.ONE))
    for _ in range(abs(n)):
        out = _joined(alg, out, p)
    return (scaled(out[0], -1), out[1]) if n < 0 else out


def sin_cos(alg: Algebra, s: Sum) -> Pair:
    out: Pair = ({}, dict(sums.ONE))
    s = alg.canon(s)
    if len(s) > 6:
        raise No("an angle of many terms")
    for m, c in s.items():
        out = _joined(alg, out, _piece(alg, m, c))
    return out


def _half_turns(alg: Algebra, m: Mono, c: Fraction) -> Pair | None:
    """Sin kπ = 0 and cos kπ = (−1)^k for whole k, not a number."""
    from symrep.audit.whole_powers import is_whole_valued, power_of_whole

    rest = tuple(p for p in m if alg.atoms[p[0]].kind != "const" or alg.atoms[p[0]].data != "pi")
    if len(rest) != len(m) - 1 or not rest or c.denominator != 1 or dict(m).get(alg.atom_index_of_pi()) != 1:
        return None
    k: Sum = {rest: c}
    return ({}, power_of_whole(alg, constant(-1), k)) if is_whole_valued(alg, k) else None


def _piece(alg: Algebra, m: Mono, c: Fraction) -> Pair:
    if (half := _half_turns(alg, m, c)) is not None:
        return half
    if len(m) == 1 and m[0][1] == 1:
        a = alg.atoms[m[0][0]]
        if a.kind == "const" and a.data == "pi" and c.denominator in (1, 2, 3, 4, 5, 6, 8, 10, 12):
            return usual_angle(alg, c)
        if a.kind in ("atan", "asin") and c.denominator == 1:
            t = a.args[0]
            square = alg.mul(t, t)
            if a.kind == "atan":
                size = alg.abs_power(plus(sums.ONE, square), -HALF)
                return _multiple(alg, (alg.mul(t, size), size), int(c))
            left = minus(sums.ONE, square)
            size = alg.abs_power(left, HALF) if not alg.is_zero(left) else {}
            return _multiple(alg, (t, size), int(c))
    angle = ("angle", alg.term({m: Fraction(1)}))
    fine = alg.hints.get(angle, 1)
    if fine % c.denominator:
        alg.hints[angle] = lcm(fine, c.denominator)
        raise Finer
    part: Sum = {m: Fraction(1, fine)}
    real = alg.real(part)
    sine_range, cosine_range = _ranges(alg, part) if real else (LINE, LINE)
    inside = alg.term(part)
    free = alg.free(part)
    cos_atom = alg.atom(
        ("cos", m, fine),
        lambda i: Atom(i, "cos", fn("cos", inside), args=(part,), free=free, range=cosine_range, real=real),
    )
    sin_atom = alg.atom(
        ("sin", m, fine),
        lambda i: Atom(
            i, "sin", fn("sin", inside), args=(part,), data=cos_atom.index, free=free, range=sine_range, real=real
        ),
    )
    return _multiple(alg, (monomial(sin_atom.index), monomial(cos_atom.index)), int(c * fine))


def _ranges(alg: Algebra, a: Sum) -> tuple[Interval, Interval]:
    """(−1)^k sin > 0 on (kπ, (k+1)π) and (−1)^k cos > 0 on (kπ − π/2, kπ + π/2)."""
    pi = alg.pi()
    zero, one = Fraction(0), Fraction(1)
    sine = cosine = UNIT
    half = scaled(pi, HALF)
    sides: tuple[Interval, Interval] = ((zero, True, one, False), (-one, False, zero, True))
    for k in _HALF_TURNS:
        if _between(alg, a, scaled(pi, k)):
            sine = sides[k % 2]
        if _between(alg, a, minus(scaled(pi, k), half)):
            cosine = sides[k % 2]
    if cosine == UNIT or cosine == sides[0]:
        found = _decreasing(alg, a)
        if found is not None:
            least = zero if cosine == sides[0] else -one
            cosine = (max(found[0], least), True, found[2], found[3])
    if sine[0] == zero or sine[2] == zero:  # then cos is not ±1
        cosine = (cosine[0], True, cosine[2], True)
    if cosine[0] == zero or cosine[2] == zero:
        sine = (sine[0], True, sine[2], True)
    return sine, cosine


def _decreasing(alg: Algebra, a: Sum) -> tuple[Fraction, bool, Fraction, bool] | None:
    """Cos(v) < cos(c x) < cos(u), roughly, for c x in (u, v) within [0, 3], where the cosine decreases."""
    if len(a) != 1:
        return None
    ((m, c),) = a.items()
    if len(m) != 1 or m[0][1] != 1 or alg.atoms[m[0][0]].kind != "sym":
        return None
    lo, _, hi, _ = alg.atoms[m[0][0]].range
    if lo is None or hi is None:
        return None
    u, v = sorted((c * lo, c * hi))
    if not 0 <= u < v <= 3:
        return None
    low, high = _cosine(v)[0], _cosine(u)[1]
    return low, True, min(high, Fraction(1)), high < 1


def _cosine(x: Fraction) -> tuple[Fraction, Fraction]:
    """Numbers below and above cos x."""
    box = iv.cos(iv.mpf(x.numerator) / iv.mpf(x.denominator)) * _FINE
    return Fraction(int(floor(box.a)) - 1, _FINE), Fraction(int(ceil(box.b)) + 1, _FINE)


def _between(alg: Algebra, a: Sum, low: Sum) -> bool:
    """Low < a < low + π."""
    return alg.sign(minus(a, low)) <= {1} and alg.sign(minus(plus(low, alg.pi()), a)) <= {1}


def sin(alg: Algebra, a: Sum) -> Sum:
    return sin_cos(alg, a)[0]


def cos(alg: Algebra, a: Sum) -> Sum:
    return sin_cos(alg, a)[1]


def tan(alg: Algebra, a: Sum) -> Sum:
    s, c = sin_cos(alg, a)
    return alg.mul(s, alg.inverse(c))


def oriented(a: Sum) -> tuple[int, Sum]:
    """±1 and the sum times it, with a positive leading coefficient."""
    lead = max(a, key=lambda m: tuple((i, float(e)) for i, e in m))
    return (1, a) if a[lead] > 0 else (-1, scaled(a, -1))


def odd(alg: Algebra, name: str, a: Sum, interval: Interval, **more: Any) -> Sum:
    """An odd function with the sign of its argument, and values in a symmetric interval."""
    a = alg.canon(a)
    if not a:
        return {}
    turn, b = oriented(a)
    lo, lo_open, hi, hi_open = interval
    s = alg.sign(b)
    if s <= {0, 1}:
        lo, lo_open = Fraction(0), 0 not in s
    elif s <= {0, -1}:
        hi, hi_open = Fraction(0), 0 not in s
    atom = alg.made(name, fn(name, alg.term(b)), (b,), range=(lo, lo_open, hi, hi_open), **more)
    return scaled(monomial(atom.index), turn)


def _usual_inverse(alg: Algebra, a: Sum, name: str) -> Sum | None:
    if alg.free(a):
        return None
    for c in (Fraction(0), Fraction(1, 6), Fraction(1, 4), Fraction(1, 3), HALF):
        for turn in (1, -1):
            s, k = usual_angle(alg, c * turn)
            if name == "atan" and not k:
                continue
            value = s if name == "asin" else alg.mul(s, alg.inverse(k))
            if alg.is_zero(minus(value, a)):
                return scaled(alg.pi(), c * turn)
    return None


def _undone(alg: Algebra, a: Sum, *, tangent: bool) -> Sum | None:
    """The angle in (−π/2, π/2) of which a is the tangent or sine, by angles that are there."""
    half = scaled(alg.pi(), HALF)
    for g in [g for g in alg.of(a) if g.kind in ("sin", "cos")]:
        t = g.args[0]
        for angle in (t, scaled(t, -1), minus(half, t), minus(t, half)):
            if not (alg.sign(minus(half, angle)) <= {1} and alg.sign(plus(half, angle)) <= {1}):
                continue
            s, c = sin_cos(alg, angle)
            if alg.is_zero(minus(alg.mul(a, c) if tangent else a, s)):
                return angle
    return None


BOUND: Final = Fraction(1571, 1000)


def atan(alg: Algebra, a: Sum) -> Sum:
    if not alg.real(a):
        raise No("atan of something complex")
    s = alg.sign(a)
    if s in ({1}, {-1}):  # atan t + atan 1/t = ±π/2
        for g in alg.atoms:
            side = number(alg.canon(alg.mul(g.args[0], a))) if g.kind == "atan" else None
            if side in (1, -1):
                return minus(scaled(alg.pi(), Fraction(max(s), 2)), scaled(monomial(g.index), side))
    if (angle := _undone(alg, a, tangent=True)) is not None:
        return angle
    usual = _usual_inverse(alg, a, "atan")
    return odd(alg, "atan", a, (-BOUND, True, BOUND, True)) if usual is None else usual


def asin(alg: Algebra, a: Sum) -> Sum:
    if not (alg.sign(plus(sums.ONE, a)) <= {0, 1} and alg.sign(minus(sums.ONE, a)) <= {0, 1}):
        raise No("asin or acos of something not known to be in [-1, 1]")
    if (angle := _undone(alg, a, tangent=False)) is not None:
        return angle
    usual = _usual_inverse(alg, a, "asin")
    return odd(alg, "asin", a, (-BOUND, True, BOUND, True)) if usual is None else usual


def acos(alg: Algebra, a: Sum) -> Sum:
    return minus(scaled(alg.pi(), HALF), asin(alg, a))
