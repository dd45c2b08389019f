"""Γ and log Γ modulo integer shifts, reflection and multiplication; beta, factorial (DLMF 5.5)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial as int_factorial
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, log_rational, make_gen
from symrep.kernel.algebra.field import Box, Elem, Gen, too_large
from symrep.kernel.algebra.special.shifts import MAX_SHIFT, constant_term, moving_content
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.term import Term, fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE", "beta", "factorial", "gamma", "known", "multiple", "opposite", "parts", "positive", "reciprocal"]
__all__ += ["rising", "shifted", "sine"]

HALF = Fraction(1, 2)
#: Γ(a) with a > −BELOW is taken back to positive arguments
BELOW = 4
#: Γ(na) is multiplied out up to this n
MOST_FACTORS = 8


def positive(eng: Engine, a: Elem, name: str) -> None:
    if not (eng.real(a) and eng.sign(a) <= {1}):
        raise NotProved(f"the argument of {name} is not known positive: {eng.show(a)}", Reason.DOMAIN)


def shifted(eng: Engine, kind: str, a: Elem, box: Box, make: Callable[[Elem], Term]) -> tuple[Gen, int]:
    """A generator kind(b) with a = b + k, k an integer, and a, b > 0; with k."""
    found = known(eng, kind, a)
    if found is not None:
        return found
    f, b = eng.field, a
    if a.den.is_constant():
        c = constant_term(a)
        lowest = c.numerator // c.denominator
        candidate = f.sub(a, f.constant(lowest))
        if abs(lowest) <= MAX_SHIFT and eng.sign(candidate) <= {1}:
            b = candidate
    gen = make_gen(eng, f"{kind}({f.text(b)})", kind, lambda: make(b), (b,), box)
    k = f.value(f.sub(a, b))
    return gen, int(k) if k is not None else 0


def known(eng: Engine, kind: str, a: Elem) -> tuple[Gen, int] | None:
    f = eng.field
    for g in f.gens:
        if g.kind == kind:
            k = f.value(f.sub(a, g.args[0]))
            if k is not None and k.denominator == 1 and abs(k) <= MAX_SHIFT:
                return g, int(k)
    return None


def opposite(eng: Engine, kind: str, a: Elem) -> tuple[Gen, int] | None:
    """A generator kind(b) with a + b = m, an integer; with m."""
    f = eng.field
    for g in f.gens:
        if g.kind == kind:
            m = f.value(f.add(a, g.args[0]))
            if m is not None and m.denominator == 1 and 1 <= m <= MAX_SHIFT:
                return g, int(m)
    return None


def multiple(eng: Engine, a: Elem) -> int:
    """The n for which a = n·z + c, z the unit in which arguments of this direction are measured."""
    c, direction = moving_content(eng, a)
    if not c:
        return 1
    key = f"unit({eng.field.text(direction)})"
    unit = eng.hints.setdefault(key, c.denominator)
    if unit % c.denominator and unit * c.denominator <= MOST_FACTORS:
        eng.refine(key, c.denominator)
    n = c * unit
    return int(n) if n.denominator == 1 and n <= MOST_FACTORS else 1


def parts(eng: Engine, a: Elem, n: int) -> list[Elem]:
    """a/n + j/n for 0 ≤ j < n."""
    f = eng.field
    return [f.scale(f.add(a, f.constant(j)), Fraction(1, n)) for j in range(n)]


def sine(eng: Engine, b: Elem) -> tuple[Elem, Elem]:
    """Sin πb, known not to vanish (off a null set), and cos πb.

    Raises:
        NotProved: it may vanish, at integers b.
    """
    from symrep.kernel.algebra.trig import sin_cos

    s, c = sin_cos(eng, eng.field.mul(constant(eng, "pi"), b))
    eng.require_nonzero(s)
    return s, c


# --- Γ --------------------------------------------------------------------------------------------------------------


def gamma(eng: Engine, a: Elem) -> Elem:
    """Γ(b + k) = Γ(b)·b(b+1)…(b+k−1); Γ(nz) by multiplication; Γ(b) Γ(1 − b) = π/sin πb (DLMF 5.5.1, 5.5.3, 5.5.6)."""
    from symrep.kernel.algebra.functions import exp

    f, value = eng.field, eng.field.value(a)
    if value is not None:
        return _gamma_at(eng, value)
    if not (eng.real(a) and eng.sign(a) <= {1}):
        return _below(eng, a)
    n = multiple(eng, a)
    if n > 1:
        out = exp(eng, f.mul(f.sub(a, f.constant(HALF)), log_rational(eng, Fraction(n))))
        out = f.mul(out, eng.abs_power(f.scale(constant(eng, "pi"), 2), Fraction(1 - n, 2)))
        for z in parts(eng, a, n):
            out = f.mul(out, gamma(eng, z))
        return out
    if known(eng, "gamma", a) is None and (other := opposite(eng, "gamma", a)) is not None:
        try:
            return _reflected(eng, *other)
        except NotProved:
            pass  # sin πb may vanish: both stay
    gen, k = shifted(eng, "gamma", a, Box(lo=Fraction(0)), lambda b: fn("gamma", to_term(eng, b)))
    return rising(eng, f.from_gen(gen), gen.args[0], k)


def rising(eng: Engine, value: Elem, b: Elem, k: int) -> Elem:
    """Value·b(b+1)…(b+k−1), or divided by (b−1)…(b+k) for k < 0."""
    f, out = eng.field, value
    for j in range(abs(k)):
        factor = f.add(b, f.constant(j if k > 0 else -1 - j))
        out = f.mul(out, factor if k > 0 else f.make(factor.den, factor.num))
    return out


def _reflected(eng: Engine, g: Gen, m: int) -> Elem:
    """Γ(m − b) = (1 − b)…(m − 1 − b)·π/(sin(πb) Γ(b))."""
    f, b = eng.field, g.args[0]
    s, _ = sine(eng, b)
    low = f.mul(s, f.from_gen(g))
    start = f.sub(f.one, b)
    return rising(eng, f.mul(constant(eng, "pi"), f.make(low.den, low.num)), start, m - 1)


def _below(eng: Engine, a: Elem) -> Elem:
    """Γ(a) = Γ(a + m)/(a(a+1)…(a+m−1)) where a + m > 0, off the poles."""
    f = eng.field
    if eng.real(a):
        for m in range(1, BELOW + 1):
            up = f.add(a, f.constant(m))
            if eng.sign(up) <= {1}:
                for j in range(m):
                    eng.require_nonzero(f.add(a, f.constant(j)), "an argument of Γ, shifted,")
                return rising(eng, gamma(eng, up), up, -m)
    raise NotProved(f"the argument of Γ is not known positive: {eng.show(a)}", Reason.DOMAIN)


def _gamma_at(eng: Engine, v: Fraction) -> Elem:
    """Γ at rational numbers, by Γ at those in (0, ½] and π."""
    f = eng.field
    if v.denominator == 1 and v <= 0:
        raise NotProved(f"Γ has a pole at {v}", Reason.DOMAIN)
    if abs(v) > 200:
        raise too_large(f"Γ({v})")
    if v.denominator == 1:
        return f.constant(int_factorial(int(v) - 1))
    base = v - (v.numerator // v.denominator)
    factor, at = Fraction(1), base
    while at < v:
        factor *= at
        at += 1
    while at > v:
        at -= 1
        factor /= at
    return f.scale(_gamma_fraction(eng, base), factor)


def _gamma_fraction(eng: Engine, v: Fraction) -> Elem:
    """Γ at 0 < v < 1: Γ(1 − v) by reflection, Γ(1/6) by duplication from Γ(1/3)."""
    f, pi = eng.field, constant(eng, "pi")
    if v == HALF:
        return eng.abs_power(pi, HALF)
    if v > HALF:
        low = f.mul(sine(eng, f.constant(1 - v))[0], _gamma_fraction(eng, 1 - v))
        return f.mul(pi, f.make(low.den, low.num))
    if v == Fraction(1, 6):
        # Γ(1/6) Γ(2/3) = 2^(2/3) √π Γ(1/3)
        low = _gamma_fraction(eng, Fraction(2, 3))
        top = f.mul(eng.abs_power(f.constant(2), Fraction(2, 3)), eng.abs_power(pi, HALF))
        return f.mul(f.mul(top, _gamma_fraction(eng, Fraction(1, 3))), f.make(low.den, low.num))
    at = f.constant(v)
    gen, _ = shifted(eng, "gamma", at, Box(lo=Fraction(0)), lambda b: fn("gamma", to_term(eng, b)))
    return f.from_gen(gen)


def loggamma(eng: Engine, a: Elem) -> Elem:
    """Log Γ(a) for a > 0."""
    positive(eng, a, "log Γ")
    return eng.log_abs(gamma(eng, a))


def reciprocal(eng: Engine, a: Elem) -> Elem:
    """1/Γ(a), 0 at the poles of Γ: by 1/Γ(a) = a/Γ(a + 1) from where it is known, else from the highest shift asked."""
    f = eng.field
    for m in range(BELOW + 1):
        up = f.add(a, f.constant(m))
        if eng.real(up) and eng.sign(up) <= {1}:
            value = gamma(eng, up)
            return rising(eng, f.make(value.den, value.num), a, m)
    if not eng.real(a):
        raise NotProved("Γ of a complex number", Reason.DOMAIN)
    from symrep.kernel.algebra.special.shifts import integer_valued, shift_class

    r, k = shift_class(eng, "rgamma", a)
    top = eng.extreme(f"rgamma({f.text(r)})", k)
    if top - k > MAX_SHIFT:
        raise too_large("Γ at arguments far apart")
    at = f.add(r, f.constant(top))
    name = f"rgamma({f.text(at)})"
    gen = f.by_name.get(name)
    if gen is None:
        base = ("pow", fn("gamma", to_term(eng, at)), ("num", -1, 1))
        box = Box(lo=Fraction(0), lo_open=False) if integer_valued(eng, at) else Box()  # 0 at 0, −1, …; else 1/(a − 1)!
        gen = make_gen(eng, name, "rgamma", base, (at,), box)
    return rising(eng, f.from_gen(gen), a, top - k)


# --- what is made of Γ ----------------------------------------------------------------------------------------------


def beta(eng: Engine, a: Elem, b: Elem) -> Elem:
    f = eng.field
    positive(eng, a, "B")
    positive(eng, b, "B")
    low = gamma(eng, f.add(a, b))
    return f.mul(f.mul(gamma(eng, a), gamma(eng, b)), f.make(low.den, low.num))


def factorial(eng: Engine, a: Elem) -> Elem:
    return gamma(eng, eng.field.add(a, eng.field.one))


TABLE: dict[str, Callable[..., Elem]] = {
    "gamma": gamma,
    "loggamma": loggamma,
    "beta": beta,
    "factorial": factorial,
}
