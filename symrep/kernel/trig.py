"""sin and cos by addition formulas over a basis of angles; the inverse functions by parity."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.atoms import known_gen, make_gen
from symrep.kernel.fail import NotProved
from symrep.kernel.field import Box, Elem, too_large
from symrep.kernel.writing import to_term
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.engine import Engine

__all__ = ["TABLE"]

Pair = tuple[Elem, Elem]
HALF = Fraction(1, 2)


def sin_cos(eng: Engine, a: Elem) -> Pair:
    """(sin a, cos a)."""
    from symrep.kernel.functions import pieces

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
        if gen.kind == "const" and gen.base[1] == "pi" and 12 % c.denominator == 0 and c.denominator != 12:
            return _special_angle(eng, c)
        if gen.kind == "atan" and c.denominator == 1:
            t = gen.args[0]
            hyp = eng.abs_power(f.add(f.one, f.mul(t, t)), -HALF)
            return _times(eng, (f.mul(t, hyp), hyp), int(c))
        if gen.kind == "asin" and c.denominator == 1:
            t = gen.args[0]
            return _times(eng, (t, eng.abs_power(f.sub(f.one, f.mul(t, t)), HALF)), int(c))
    turn, piece = f.orient(piece)
    name = f"angle({f.text(piece)})"
    q = eng.hints.get(name, 1)
    if q % c.denominator:
        eng.refine(name, c.denominator)
    own = name if q == 1 else f"{name}/{q}"
    cos = f.by_name.get("cos" + own)
    sin = f.by_name.get("sin" + own)
    if cos is None or sin is None:
        part = f.scale(piece, Fraction(1, q))
        inside = to_term(eng, part)
        cos_box, sin_box = _boxes(eng, part)
        cos = make_gen(eng, "cos" + own, "cos", fn("cos", inside), (part,), cos_box)
        sin = make_gen(eng, "sin" + own, "sin", fn("sin", inside), (part,), sin_box)
        f.relate(sin, 2, f.one_poly - cos.poly**2)
    return _times(eng, (f.from_gen(sin), f.from_gen(cos)), turn * int(c * q))


def _boxes(eng: Engine, a: Elem) -> tuple[Box, Box]:
    """Where cos and sin lie: in [−1, 1]; sin > 0 between 0 and π, cos > 0 between −π/2 and π/2."""
    from symrep.kernel.atoms import constant

    f, one = eng.field, Fraction(1)
    whole = Box(-one, one, False, False)
    cos_box = sin_box = whole
    if not eng.real(a) or (f.size - len(f.gens) < 3):
        return cos_box, sin_box
    if len(f.used(a.num, a.den)) > 6:
        return cos_box, sin_box
    pi = constant(eng, "pi")
    if eng.sign(a) <= {1} and eng.sign(f.sub(pi, a)) <= {1}:
        sin_box = Box(Fraction(0), one, True, False)
    elif eng.sign(a) <= {-1} and eng.sign(f.add(pi, a)) <= {1}:
        sin_box = Box(-one, Fraction(0), False, True)
    half = f.scale(pi, HALF)
    if eng.sign(f.sub(half, a)) <= {1} and eng.sign(f.add(half, a)) <= {1}:
        cos_box = Box(Fraction(0), one, True, False)
    if 0 not in sin_box.signs():  # then cos a is not ±1
        cos_box = Box(cos_box.lo, one, True, True)
    if 0 not in cos_box.signs():
        sin_box = Box(sin_box.lo, sin_box.hi, True, True)
    return cos_box, sin_box


def _special_angle(eng: Engine, c: Fraction) -> Pair:
    """Sin and cos of cπ for c a multiple of 1/4 or 1/6."""
    f = eng.field
    quarter, rest = divmod(c, HALF)
    root2 = eng.abs_power(f.constant(2), HALF)
    root3 = eng.abs_power(f.constant(3), HALF)
    table = {
        Fraction(0): (f.zero, f.one),
        Fraction(1, 4): (f.scale(root2, HALF), f.scale(root2, HALF)),
        Fraction(1, 6): (f.constant(HALF), f.scale(root3, HALF)),
        Fraction(1, 3): (f.scale(root3, HALF), f.constant(HALF)),
    }
    s, k = table[rest]
    for _ in range(int(quarter) % 4):
        s, k = k, f.neg(s)
    return s, k


def sin(eng: Engine, a: Elem) -> Elem:
    return sin_cos(eng, a)[0]


def cos(eng: Engine, a: Elem) -> Elem:
    return sin_cos(eng, a)[1]


def tan(eng: Engine, a: Elem) -> Elem:
    s, c = sin_cos(eng, a)
    return eng.field.mul(s, eng.inverse(c))


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
    from symrep.kernel.atoms import constant

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
    from symrep.kernel.atoms import constant

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
    from symrep.kernel.atoms import constant

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
