"""sin and cos by addition formulas over a basis of angles; the inverse functions by parity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symrep.kernel.algebra import complexes, parity
from symrep.kernel.algebra.atoms import known_gen, make_gen
from symrep.kernel.algebra.field import SIZES, Box, Elem, too_large
from symrep.kernel.algebra.numbers import range_of
from symrep.kernel.algebra.polysign import Signs
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import arb_bounds
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE"]

Pair = tuple[Elem, Elem]
HALF = Fraction(1, 2)
WAVE = Box(Fraction(-1), Fraction(1), False, False)
#: parts of a half turn whose sines and cosines are made of square roots here
SPECIAL = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24)


def sin_cos(eng: Engine, a: Elem) -> Pair:
    """(sin a, cos a)."""
    from symrep.kernel.algebra.functions import pieces

    f = eng.field
    out: Pair = (f.zero, f.one)
    if a.num == 0:
        return out
    parts = pieces(eng, a)
    if len(parts) > 6:
        raise too_large("an angle with many terms")
    for c, piece in parts:
        out = _join(eng, out, _multiple(eng, piece, c))
    return out


def _join(eng: Engine, p: Pair, q: Pair) -> Pair:
    f = eng.field
    (s, c), (t, d) = p, q
    return f.add(f.mul(s, d), f.mul(c, t)), f.sub(f.mul(c, d), f.mul(s, t))


def _times(eng: Engine, p: Pair, n: int) -> Pair:
    f = eng.field
    if n < 0:
        s, c = _times(eng, p, -n)
        return f.neg(s), c
    if n > 40:
        raise too_large("a large multiple of an angle")
    out: Pair = (f.zero, f.one)
    for _ in range(n):
        out = _join(eng, out, p)
    return out


def _multiple(eng: Engine, piece: Elem, c: Fraction) -> Pair:
    """Sin and cos of c·piece."""
    f = eng.field
    used = f.used(piece.num, piece.den)
    if len(used) == 1 and piece.den.is_one() and piece.num == used[0].poly ** used[0].root:
        gen = used[0]
        if gen.kind == "const" and gen.base[1] == "pi" and c.denominator in SPECIAL:
            return _special_angle(eng, c)
        if gen.kind == "atan" and c.denominator == 1:
            t = gen.args[0]
            hyp = eng.abs_power(f.add(f.one, f.mul(t, t)), -HALF)
            return _times(eng, (f.mul(t, hyp), hyp), int(c))
        if gen.kind == "asin" and c.denominator == 1:
            t = gen.args[0]
            return _times(eng, (t, eng.abs_power(f.sub(f.one, f.mul(t, t)), HALF)), int(c))
    if (both := complexes.turned(eng, piece)) is not None and both[0].num == 0:
        from symrep.kernel.algebra.functions import cosh, sinh

        size = f.scale(both[1], c)
        return f.mul(complexes.imaginary_unit(eng), sinh(eng, size)), cosh(eng, size)
    half_turns = _half_turns(eng, piece)
    if half_turns is not None and c.denominator == 1:
        return f.zero, parity.parity(eng, f.scale(half_turns, c))
    turn, piece = f.orient(piece)
    name = f"angle({f.text(piece)})"
    q = eng.root_for(name, c.denominator, made=any(n == name for n, _, _ in eng.angles.values()))
    own = name if q == 1 else f"{name}/{q}"
    cos = f.by_name.get("cos" + own)
    sin = f.by_name.get("sin" + own)
    if cos is None or sin is None:
        part = f.scale(piece, Fraction(1, q))
        inside = to_term(eng, part)
        turns = None if half_turns is None or q != 2 else parity.parity(eng, f.scale(half_turns, turn))
        found: list[tuple[Box, Box]] = []

        def box(k: int) -> Box:
            if not found:
                found.append(boxes(eng, part))
            return found[0][k]

        cos = make_gen(eng, "cos" + own, "cos", fn("cos", inside), (part,), WAVE, find=lambda: box(0))
        sin = make_gen(eng, "sin" + own, "sin", fn("sin", inside), (part,), WAVE, find=lambda: box(1))
        f.relate(sin, 2, f.one_poly - cos.poly**2)
        eng.angles[cos.index] = name, q, sin
        if turns is not None:
            f.relate(cos, 2, f.scale(f.add(f.one, turns), HALF).num)
    return _times(eng, (f.from_gen(sin), f.from_gen(cos)), turn * int(c * q))


def _half_turns(eng: Engine, piece: Elem) -> Elem | None:
    """The integer n with piece = nπ, symbols being in it."""
    pi = eng.field.by_name.get("pi()")
    if pi is None or not piece.num.degrees()[pi.index]:
        return None
    n = eng.field.make(piece.num, piece.den * pi.poly**pi.root)
    return n if parity.is_integer(eng, n) else None


def boxes(eng: Engine, a: Elem) -> tuple[Box, Box]:
    """Where cos and sin lie: in [−1, 1], on one side of 0 and off its ends as far as the angle is known to stay between
    multiples of π/2."""
    f = eng.field
    used = f.used(a.num, a.den)
    bounded = any(g.box.lo is not None or g.box.hi is not None for g in used)
    if not eng.real(a) or SIZES[-1] - len(f.gens) < 3 or len(used) > 6 or not (bounded or eng.known_facts()):
        return WAVE, WAVE
    cos_box, sin_box = _by_quarters(eng, a)
    around = range_of(eng, a)
    if around is not None and around.rad() < 1:
        return _tighter(cos_box, around.cos()), _tighter(sin_box, around.sin())
    return cos_box, sin_box


def _by_quarters(eng: Engine, a: Elem) -> tuple[Box, Box]:
    from symrep.kernel.algebra.atoms import constant

    f, one, zero = eng.field, Fraction(1), Fraction(0)
    quarter = f.scale(constant(eng, "pi"), HALF)

    def beyond(k: int, s: int) -> Signs:
        return eng.sign(f.scale(f.sub(a, f.scale(quarter, k)), s))

    low = _last(lambda k: beyond(k, 1), 1)
    if low is None:
        return WAVE, WAVE
    high = _last(lambda k: beyond(k, -1), -1)
    if high is None or not 0 < high[0] - low[0] <= 4:
        return WAVE, WAVE
    first, last = low[0] + low[1], high[0] - high[1]

    def reached(k: int) -> bool:
        """May the angle be k quarters of a turn, modulo four?"""
        return any(q % 4 == k % 4 for q in range(first, last + 1))

    def box(zero_at: int) -> Box:
        """Of a wave that rises through 0 after so many quarters."""
        lo, hi = -one, one
        for k in (zero_at, zero_at + 2):
            start = low[0] - (low[0] - k) % 4
            if high[0] <= start + 2:
                lo, hi = (zero, one) if k == zero_at else (-one, zero)
        edges = {zero: reached(zero_at) or reached(zero_at + 2), one: reached(zero_at + 1), -one: reached(zero_at - 1)}
        return Box(lo, hi, not edges[lo], not edges[hi])

    return box(-1), box(0)


def _tighter(box: Box, ball: Any) -> Box:
    """The box, cut to what is in the ball too."""
    bounds = arb_bounds(ball)
    if bounds is None or box.lo is None or box.hi is None:
        return box
    lo, hi = bounds
    if lo > box.lo:
        box = replace(box, lo=lo, lo_open=False)
    return replace(box, hi=hi, hi_open=False) if box.hi is not None and hi < box.hi else box


def _last(sign: Callable[[int], Signs], step: int) -> tuple[int, bool] | None:
    """The last k in the direction of ``step`` at which the sign is known not to be negative, and whether it is positive
    there."""
    found: tuple[int, bool] | None = None
    for k in range(-8 * step, 9 * step, step):
        s = sign(k)
        if not s <= {0, 1}:
            break
        found = k, s <= {1}
    return found


def _special_angle(eng: Engine, c: Fraction) -> Pair:
    """Sin and cos of cπ: multiples of 1/4, 1/6 and 1/5, and their halves by cos(a/2) = √((1 + cos a)/2)."""
    f = eng.field
    quarter, rest = divmod(c, HALF)
    s, k = _first_quarter(eng, rest)
    for _ in range(int(quarter) % 4):
        s, k = k, f.neg(s)
    return s, k


def _first_quarter(eng: Engine, c: Fraction) -> Pair:
    f = eng.field

    def root(n: int) -> Elem:
        return eng.abs_power(f.constant(n), HALF)

    if c == 0:
        return f.zero, f.one
    if c == Fraction(1, 4):
        return f.scale(root(2), HALF), f.scale(root(2), HALF)
    if c in (Fraction(1, 6), Fraction(1, 3)):
        pair = f.constant(HALF), f.scale(root(3), HALF)
        return pair if c == Fraction(1, 6) else pair[::-1]
    if c in (Fraction(1, 5), Fraction(2, 5)):
        cos = f.scale(f.add(root(5), f.constant(1 if c == Fraction(1, 5) else -1)), Fraction(1, 4))
        return eng.abs_power(f.sub(f.one, f.mul(cos, cos)), HALF), cos
    _, double = _special_angle(eng, 2 * c)
    cos, sin = (eng.abs_power(f.scale(e, HALF), HALF) for e in (f.add(f.one, double), f.sub(f.one, double)))
    return sin, cos


def sin(eng: Engine, a: Elem) -> Elem:
    return sin_cos(eng, a)[0]


def cos(eng: Engine, a: Elem) -> Elem:
    return sin_cos(eng, a)[1]


def tan(eng: Engine, a: Elem) -> Elem:
    s, c = sin_cos(eng, a)
    return eng.field.mul(s, eng.pow(c, eng.field.constant(-1)))


def _odd(eng: Engine, name: str, a: Elem, box: Box) -> Elem:
    f = eng.field
    turn, b = f.orient(a)
    same = known_gen(eng, name, ("fn", name), [b])
    if same is None:
        sign = eng.sign(b)
        lo, hi = box.lo, box.hi
        if sign <= {0, 1}:
            box = Box(Fraction(0), hi, 0 not in sign, box.hi_open)
        elif sign <= {0, -1}:
            box = Box(lo, Fraction(0), box.lo_open, 0 not in sign)
        same = make_gen(eng, f"{name}({f.text(b)})", name, fn(name, to_term(eng, b)), (b,), box)
    return f.scale(f.from_gen(same), turn)


def atan(eng: Engine, a: Elem) -> Elem:
    """Odd, in (−π/2, π/2); atan(±1) = ±π/4, atan(√3^±1) exactly."""
    from symrep.kernel.algebra.atoms import constant

    if not eng.real(a):
        raise NotProved("atan of a complex number", Reason.DOMAIN)
    if (angle := _exact(eng, a, "atan")) is not None:
        return angle
    f, s = eng.field, eng.sign(a)
    if s <= {1} or s <= {-1}:
        for g in f.gens:
            # atan t + atan 1/t = ±π/2, the sign that of t
            side = f.value(f.mul(g.args[0], a)) if g.kind == "atan" else None
            if side in (1, -1):
                quarter = f.scale(constant(eng, "pi"), Fraction(max(s), 2))
                return f.sub(quarter, f.scale(f.from_gen(g), side))
    return _odd(eng, "atan", a, Box(Fraction(-158, 100), Fraction(158, 100)))


def _exact(eng: Engine, a: Elem, name: str) -> Elem | None:
    """The multiple of π whose tangent or sine a is, for the usual constants."""
    from symrep.kernel.algebra.atoms import constant

    f = eng.field
    if f.free(a.num, a.den) or len(f.used(a.num, a.den)) > 1:
        return None
    for c in ("0", "1/6", "1/4", "1/3", "1/2"):
        for s in (1, -1):
            angle = Fraction(c) * s
            if name == "atan" and angle in (HALF, -HALF):
                continue
            sine, cosine = _special_angle(eng, angle)
            value = sine if name == "asin" else f.mul(sine, f.make(cosine.den, cosine.num))
            if f.sub(value, a).num == 0:
                return f.scale(constant(eng, "pi"), angle)
    return None


def asin(eng: Engine, a: Elem) -> Elem:
    """Odd; defined for −1 ≤ a ≤ 1, which is proved."""
    f = eng.field
    up, down = f.add(f.one, a), f.sub(f.one, a)
    if not (eng.sign(up) <= {0, 1} and eng.sign(down) <= {0, 1}):
        raise NotProved(f"asin or acos of something not known in [−1, 1]: {eng.show(a)}", Reason.DOMAIN)
    if (angle := _exact(eng, a, "asin")) is not None:
        return angle
    return _odd(eng, "asin", a, Box(Fraction(-158, 100), Fraction(158, 100)))


def acos(eng: Engine, a: Elem) -> Elem:
    """π/2 − asin a."""
    from symrep.kernel.algebra.atoms import constant

    f = eng.field
    return f.sub(f.scale(constant(eng, "pi"), HALF), asin(eng, a))


TABLE: dict[str, Callable[..., Elem]] = {
    "sin": sin,
    "cos": cos,
    "tan": tan,
    "asin": asin,
    "acos": acos,
    "atan": atan,
}
