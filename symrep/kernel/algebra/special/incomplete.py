"""Incomplete gamma and beta functions modulo integer shifts, and the exponential integrals made of them.

γ(s, x) + Γ(s, x) = Γ(s) is DLMF 8.2.3, the reflection of the incomplete beta function 8.17.4; the recurrences are
integrations by parts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, known_gen, make_gen
from symrep.kernel.algebra.field import Box, Elem, too_large
from symrep.kernel.algebra.special.shifts import MAX_SHIFT, shift_class
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE"]

HALF = Fraction(1, 2)


def _positive(eng: Engine, a: Elem, what: str) -> None:
    if not (eng.real(a) and eng.sign(a) <= {1}):
        if eng.real(a):
            eng.note_unknown(a)
        raise NotProved(f"{what} is not known positive: {eng.show(a)}", Reason.DOMAIN)


def _exp(eng: Engine, a: Elem) -> Elem:
    from symrep.kernel.algebra.functions import exp

    return exp(eng, a)


# --- Γ(s, x) --------------------------------------------------------------------------------------------------------


def upper(eng: Engine, s: Elem, x: Elem) -> Elem:
    """Γ(s + 1, x) = s Γ(s, x) + x^s e^(−x) for x > 0; elementary, erfc or Γ(0, x) for 2s an integer."""
    from symrep.kernel.algebra.special.gammas import gamma

    f, value = eng.field, eng.field.value(s)
    if x.num == 0:
        if not eng.sign(s) <= {1}:
            raise NotProved("Γ(s, 0) of an s that is not known positive", Reason.DOMAIN)
        return gamma(eng, s)
    if not eng.real(s):
        raise NotProved("an incomplete gamma function of complex order", Reason.DOMAIN)
    if value is not None and value.denominator == 1 and value > 0:
        return _raised(eng, _exp(eng, f.neg(x)), f.one, x, int(value) - 1)
    _positive(eng, x, "the argument of an incomplete gamma function")
    if value is not None and value.denominator == 2:
        from symrep.kernel.algebra.special.erf import erfc

        root = eng.abs_power(constant(eng, "pi"), HALF)
        base = f.mul(root, erfc(eng, eng.abs_power(x, HALF)))
        return _raised(eng, base, f.constant(HALF), x, int(value - HALF))
    r, k = shift_class(eng, "uppergamma", s)
    low = 0
    if value is None or value.denominator != 1:
        low = -eng.extreme(f"uppergamma({f.text(r)},{f.text(x)})", -k)
    b = f.add(r, f.constant(low))
    same = known_gen(eng, "uppergamma", ("fn", "uppergamma"), [b, x])
    if same is None:
        base_term = fn("uppergamma", to_term(eng, b), to_term(eng, x))
        same = make_gen(
            eng, f"uppergamma({f.text(b)},{f.text(x)})", "uppergamma", base_term, (b, x), Box(lo=Fraction(0))
        )
    return _raised(eng, f.from_gen(same), b, x, k - low)


def _raised(eng: Engine, value: Elem, s: Elem, x: Elem, k: int) -> Elem:
    """Γ(s + k, x) from Γ(s, x); for k < 0 the caller answers for s − 1, …, s + k ≠ 0."""
    f = eng.field
    if abs(k) > MAX_SHIFT:
        raise too_large("incomplete gamma functions of orders far apart")
    kernel = _exp(eng, f.neg(x))
    at = s
    for _ in range(abs(k)):
        if k > 0:
            value = f.add(f.mul(at, value), f.mul(_power(eng, x, at), kernel))
            at = f.add(at, f.one)
        else:
            at = f.sub(at, f.one)
            value = f.mul(f.sub(value, f.mul(_power(eng, x, at), kernel)), f.make(at.den, at.num))
    return value


def _power(eng: Engine, x: Elem, s: Elem) -> Elem:
    return eng.pow(x, s)


def lower(eng: Engine, s: Elem, x: Elem) -> Elem:
    """Γ(s) − Γ(s, x), 0 at x = 0."""
    from symrep.kernel.algebra.special.gammas import gamma

    f = eng.field
    if x.num == 0:
        if not eng.sign(s) <= {1}:
            raise NotProved("γ(s, 0) of an s that is not known positive", Reason.DOMAIN)
        return f.zero
    out = f.sub(gamma(eng, s), upper(eng, s, x))
    if eng.sign(s) <= {1} and eng.sign(x) <= {1}:
        eng.learn(out, frozenset({1}))
    return out


def expint(eng: Engine, p: Elem, x: Elem) -> Elem:
    """E_p(x) = x^(p−1) Γ(1 − p, x); 1/(p − 1) at 0 for p > 1."""
    f = eng.field
    if x.num == 0:
        above = f.sub(p, f.one)
        if not eng.sign(above) <= {1}:
            raise NotProved("E_p(0) of a p that is not known above 1", Reason.DOMAIN)
        return f.make(above.den, above.num)
    down = f.sub(f.one, p)
    tail = upper(eng, down, x)
    return f.mul(eng.pow(x, f.neg(down)), tail)


# --- Ei and its kin -------------------------------------------------------------------------------------------------


def _known_sign(eng: Engine, x: Elem, what: str) -> int:
    if eng.real(x):
        for s in (1, -1):
            if eng.sign(x) <= {s}:
                return s
        eng.note_unknown(x)
    raise NotProved(f"{what} at an argument whose sign is not known: {eng.show(x)}", Reason.DOMAIN)


def ei(eng: Engine, x: Elem) -> Elem:
    """Ei(−x) = −Γ(0, x) for x > 0."""
    f = eng.field
    if _known_sign(eng, x, "Ei") < 0:
        return f.neg(upper(eng, f.zero, f.neg(x)))
    return _opaque(eng, "ei", x, Box())


def _opaque(eng: Engine, name: str, x: Elem, box: Box) -> Elem:
    f = eng.field
    same = known_gen(eng, name, ("fn", name), [x])
    if same is None:
        same = make_gen(eng, f"{name}({f.text(x)})", name, fn(name, to_term(eng, x)), (x,), box)
    return f.from_gen(same)


def si(eng: Engine, x: Elem) -> Elem:
    """Odd; positive for x > 0."""
    f = eng.field
    if x.num == 0:
        return f.zero
    turn, b = f.orient(x)
    s = eng.sign(b) if eng.real(b) else frozenset({-1, 0, 1})
    box = Box(lo=Fraction(0)) if s <= {1} else Box(hi=Fraction(0)) if s <= {-1} else Box()
    return f.scale(_opaque(eng, "si", b, box), turn)


def ci(eng: Engine, x: Elem) -> Elem:
    _positive(eng, x, "the argument of Ci")
    return _opaque(eng, "ci", x, Box())


def shi(eng: Engine, x: Elem) -> Elem:
    """Odd; (Ei x + E₁ x)/2 for x > 0."""
    f = eng.field
    if x.num == 0:
        return f.zero
    s = _known_sign(eng, x, "Shi")
    y = f.scale(x, s)
    return f.scale(f.add(ei(eng, y), upper(eng, f.zero, y)), Fraction(s, 2))


def chi(eng: Engine, x: Elem) -> Elem:
    """(Ei x − E₁ x)/2 for x > 0."""
    f = eng.field
    _positive(eng, x, "the argument of Chi")
    return f.scale(f.sub(ei(eng, x), upper(eng, f.zero, x)), HALF)


# --- incomplete beta ------------------------------------------------------------------------------------------------


def betainc(eng: Engine, a: Elem, b: Elem, low: Elem, high: Elem) -> Elem:
    """B_high(a, b) − B_low(a, b)."""
    return eng.field.sub(_from_zero(eng, a, b, high), _from_zero(eng, a, b, low))


def betainc_regularized(eng: Engine, a: Elem, b: Elem, low: Elem, high: Elem) -> Elem:
    from symrep.kernel.algebra.special.gammas import beta

    whole = beta(eng, a, b)
    return eng.field.mul(betainc(eng, a, b, low, high), eng.field.make(whole.den, whole.num))


def _from_zero(eng: Engine, a: Elem, b: Elem, x: Elem) -> Elem:
    """B_x(a, b) = ∫₀ˣ t^(a−1) (1 − t)^(b−1) dt for a, b > 0 and 0 ≤ x ≤ 1."""
    from symrep.kernel.algebra.special.gammas import beta

    f = eng.field
    _positive(eng, a, "a parameter of an incomplete beta function")
    _positive(eng, b, "a parameter of an incomplete beta function")
    if x.num == 0:
        return f.zero
    rest = f.sub(f.one, x)
    if rest.num == 0:
        return beta(eng, a, b)
    _positive(eng, x, "the argument of an incomplete beta function")
    _positive(eng, rest, "one minus the argument of an incomplete beta function")
    for first, second, at, turned in ((a, b, x, False), (b, a, rest, True)):
        n = f.value(second)
        if n is not None and n.denominator == 1:
            if n > MAX_SHIFT:
                raise too_large("an incomplete beta function of a large parameter")
            # Σ C(n − 1, j) (−1)^j x^(a+j)/(a + j)
            out = f.zero
            for j in range(int(n)):
                up = f.add(first, f.constant(j))
                step = f.mul(eng.pow(at, up), f.make(up.den, up.num))
                out = f.add(out, f.scale(step, (-1) ** j * comb(int(n) - 1, j)))
            return f.sub(beta(eng, a, b), out) if turned else out
    return _shifted_beta(eng, a, b, x)


def _shifted_beta(eng: Engine, a: Elem, b: Elem, x: Elem) -> Elem:
    """Through one B_x(r, t) for all parameters that differ by integers, or one B_{1−x}(t, r)."""
    from symrep.kernel.algebra.special.gammas import beta
    from symrep.kernel.algebra.trig import asin

    f = eng.field
    if f.value(a) == HALF and f.value(b) == HALF:
        return f.scale(asin(eng, eng.abs_power(x, HALF)), 2)
    rest = f.sub(f.one, x)
    (r, j), (t, k) = _lowest(eng, a), _lowest(eng, b)
    mirrored = known_gen(eng, "incbeta", ("fn", "betainc"), [t, r, rest])
    if mirrored is not None:
        value = f.sub(beta(eng, r, t), f.from_gen(mirrored))
    elif f.value(r) == HALF and f.value(t) == HALF:
        value = f.scale(asin(eng, eng.abs_power(x, HALF)), 2)
    else:
        same = known_gen(eng, "incbeta", ("fn", "betainc"), [r, t, x])
        if same is None:
            base = fn("betainc", to_term(eng, r), to_term(eng, t), ("num", 0, 1), to_term(eng, x))
            name = f"incbeta({f.text(r)},{f.text(t)},{f.text(x)})"
            same = make_gen(eng, name, "incbeta", base, (r, t, x), Box(lo=Fraction(0)))
        value = f.from_gen(same)
    if j + k > MAX_SHIFT:
        raise too_large("incomplete beta functions of parameters far apart")
    # (a + b) B_x(a + 1, b) = a B_x(a, b) − x^a (1 − x)^b;  (a + b) B_x(a, b + 1) = b B_x(a, b) + x^a (1 − x)^b
    for side, count in ((-1, j), (1, k)):
        for _ in range(count):
            kernel = f.mul(eng.pow(x, r), eng.pow(rest, t))
            whole = f.add(r, t)
            value = f.add(f.mul(r if side < 0 else t, value), f.scale(kernel, side))
            value = f.mul(value, f.make(whole.den, whole.num))
            r, t = (f.add(r, f.one), t) if side < 0 else (r, f.add(t, f.one))
    return value


def _lowest(eng: Engine, a: Elem) -> tuple[Elem, int]:
    """(r, k) with a = r + k, r > 0 and k ≥ 0: the lowest asked of its class."""
    f = eng.field
    r, k = shift_class(eng, "incbeta", a)
    if k >= 0 and eng.sign(r) <= {1}:
        low = min(0, -eng.extreme(f"incbeta({f.text(r)})", 0))
    else:
        low = -eng.extreme(f"incbeta({f.text(r)})", -k)
    return f.add(r, f.constant(low)), k - low


TABLE: dict[str, Callable[..., Elem]] = {
    "uppergamma": upper,
    "lowergamma": lower,
    "expint": expint,
    "ei": ei,
    "si": si,
    "ci": ci,
    "shi": shi,
    "chi": chi,
    "betainc": betainc,
    "betainc_regularized": betainc_regularized,
}
