"""Bessel functions modulo integer shifts of the order: each class of orders stands on two neighbours.

Recurrences: DLMF 10.6.1 (J, Y) and 10.29.1 (I, K); negative orders of I and K: 10.27.1–10.27.3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, make_gen
from symrep.kernel.algebra.field import Box, Elem, too_large
from symrep.kernel.algebra.special.shifts import constant_term, integer_valued, shift_class
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE"]

HALF = Fraction(1, 2)
MAX_ORDER = 40
FIRST_KIND = ("besselj", "besseli")
PARTNER = {"besseli": "besselk", "besselk": "besseli", "besselj": "bessely", "bessely": "besselj"}


def bessel(name: str) -> Callable[[Engine, Elem, Elem], Elem]:
    def go(eng: Engine, order: Elem, z: Elem) -> Elem:
        return _bessel(eng, name, order, z)

    return go


def _bessel(eng: Engine, name: str, order: Elem, z: Elem) -> Elem:
    f, value = eng.field, eng.field.value(order)
    if not (eng.real(order) and eng.real(z)):
        raise NotProved("a Bessel function of complex numbers", Reason.DOMAIN)
    if value is not None and abs(value) > MAX_ORDER:
        raise too_large(f"a Bessel function of order {value}")
    whole = value is not None and value.denominator == 1
    if z.num == 0:
        return _at_zero(eng, name, order, value)
    turn, at = 1, z
    if whole and name in FIRST_KIND:
        turn, at = f.orient(z)
    elif name in FIRST_KIND and eng.sign(z) <= {-1} and integer_valued(eng, order):
        # C_n(−z) = (−1)^n C_n(z), series in z² times z^n
        return f.mul(eng.pow(f.constant(-1), order), _bessel(eng, name, order, f.neg(z)))
    elif not eng.sign(z) <= {1}:
        eng.note_unknown(z)
        raise NotProved(f"the argument of a Bessel function is not known positive: {eng.show(z)}", Reason.DOMAIN)
    if value is not None and whole:
        n = abs(int(value))
        odd = (turn < 0) != (value < 0 and name in ("besselj", "bessely"))
        out = _climbed(eng, name, f.zero, n, at)
        return f.neg(out) if odd and n % 2 else out
    if value is not None and value.denominator == 2:
        return _half(eng, name, value, at)
    if _backward(eng, order):
        return _negative_order(eng, name, f.neg(order), at)
    r, k = shift_class(eng, "bessel", order)
    return _climbed(eng, name, r, k, at)


def _at_zero(eng: Engine, name: str, order: Elem, value: Fraction | None) -> Elem:
    f = eng.field
    if name in FIRST_KIND:
        if value == 0:
            return f.one
        if eng.sign(order) <= {1} or (value is not None and value.denominator == 1):
            return f.zero
    raise NotProved("a Bessel function at 0, where it need not be defined", Reason.DOMAIN)


def _backward(eng: Engine, order: Elem) -> bool:
    """Is the order better written as minus another one?"""
    f = eng.field
    if order.den.is_constant():
        moving = f.sub(order, f.constant(constant_term(order)))
        return (f.orient(moving)[0] if moving.num != 0 else f.orient(order)[0]) < 0
    return f.orient(order)[0] < 0


def _negative_order(eng: Engine, name: str, order: Elem, z: Elem) -> Elem:
    """At −ν (for I and K DLMF 10.27.1–10.27.3): I_{−n} = I_n, J_{−n} = (−1)^n J_n for integers; K_{−ν} = K_ν;
    I_{−ν} = I_ν + (2/π) sin(νπ) K_ν; J_{−ν} = cos(νπ) J_ν − sin(νπ) Y_ν, Y_{−ν} = sin(νπ) J_ν + cos(νπ) Y_ν.
    """
    from symrep.kernel.algebra.trig import sin_cos

    f = eng.field
    own = _bessel(eng, name, order, z)
    if name == "besselk":
        return own
    if integer_valued(eng, order):
        return own if name == "besseli" else f.mul(eng.pow(f.constant(-1), order), own)
    pi = constant(eng, "pi")
    s, c = sin_cos(eng, f.mul(pi, order))
    other = _bessel(eng, PARTNER[name], order, z)
    if name == "besseli":
        return f.add(own, f.scale(f.mul(f.mul(s, f.make(pi.den, pi.num)), other), 2))
    if name == "besselj":
        return f.sub(f.mul(c, own), f.mul(s, other))
    return f.add(f.mul(s, other), f.mul(c, own))


def _half(eng: Engine, name: str, value: Fraction, z: Elem) -> Elem:
    """Orders ±½ are elementary; the others by recurrence."""
    from symrep.kernel.algebra.functions import cosh, exp, sinh
    from symrep.kernel.algebra.trig import sin_cos

    f, pi = eng.field, constant(eng, "pi")
    root = eng.abs_power(f.mul(pi, f.scale(z, HALF)), -HALF)
    if name == "besselk":
        up = f.mul(eng.abs_power(f.mul(pi, f.make(z.den, z.num)), HALF), eng.abs_power(f.constant(2), -HALF))
        low = high = f.mul(up, exp(eng, f.neg(z)))
    elif name == "besseli":
        low, high = f.mul(root, cosh(eng, z)), f.mul(root, sinh(eng, z))
    else:
        s, c = (f.mul(root, w) for w in sin_cos(eng, z))
        low, high = (c, s) if name == "besselj" else (s, f.neg(c))
    return _run(eng, name, f.constant(-HALF), low, high, int(value + HALF), z)


def _climbed(eng: Engine, name: str, r: Elem, k: int, z: Elem) -> Elem:
    """Order r + k from orders r and r + 1."""
    low = _base(eng, name, r, 0, z)
    if k == 0:
        return low
    return _run(eng, name, r, low, _base(eng, name, r, 1, z), k, z)


def _run(eng: Engine, name: str, r: Elem, low: Elem, high: Elem, k: int, z: Elem) -> Elem:
    """The value at order r + k from those at r and r + 1: C_{ν+1} = ±(2ν/z) C_ν ± C_{ν−1} (DLMF 10.6.1, 10.29.1)."""
    f = eng.field
    if k == 0:
        return low
    if k == 1:
        return high
    if abs(k) > MAX_ORDER:
        raise too_large("Bessel functions of orders far apart")
    two = f.scale(eng.inverse(z), 2)
    # C_{ν+1} = middle·(2ν/z) C_ν + outer·C_{ν−1}
    middle = -1 if name == "besseli" else 1
    outer = 1 if name in ("besseli", "besselk") else -1
    for j in range(1, k) if k > 0 else range(0, k, -1):
        order = f.add(r, f.constant(j))
        step = f.scale(f.mul(f.mul(two, order), high if k > 0 else low), middle)
        if k > 0:
            low, high = high, f.add(step, f.scale(low, outer))
        else:  # C_{ν−1} = (C_{ν+1} − middle·(2ν/z) C_ν)/outer
            low, high = f.scale(f.sub(high, step), outer), low
    return high if k > 0 else low


def _base(eng: Engine, name: str, r: Elem, j: int, z: Elem) -> Elem:
    f = eng.field
    order = f.add(r, f.constant(j))
    label = f"{name}({f.text(order)},{f.text(z)})"
    gen = f.by_name.get(label)
    if gen is not None:
        return f.from_gen(gen)
    if j == 1 and label not in eng.derived:
        value, off_null_set, conditions = eng.quietly(lambda: _by_wronskian(eng, name, r, z))
        if value is not None:
            eng.derived[label] = value, off_null_set, conditions
    if label in eng.derived:
        value, off_null_set, conditions = eng.derived[label]
        eng.inherit(off_null_set, conditions)
        return value
    gen = make_gen(
        eng, label, name, fn(name, to_term(eng, order), to_term(eng, z)), (order, z), _box(eng, name, order, z)
    )
    return f.from_gen(gen)


def _box(eng: Engine, name: str, order: Elem, z: Elem) -> Box:
    """K_ν > 0 for z > 0; I_ν > 0 for ν > −1 and z > 0; I₀ ≥ 1."""
    f = eng.field
    if name == "besseli" and order.num == 0:
        return Box(lo=Fraction(1), lo_open=False)
    if eng.sign(z) <= {1} and (name == "besselk" or (name == "besseli" and eng.sign(f.add(order, f.one)) <= {1})):
        return Box(lo=Fraction(0))
    return Box()


def _by_wronskian(eng: Engine, name: str, r: Elem, z: Elem) -> Elem | None:
    """The fourth of I_ν, I_{ν+1}, K_ν, K_{ν+1} from the other three: I_ν K_{ν+1} + I_{ν+1} K_ν = 1/z;
    likewise J_{ν+1} Y_ν − J_ν Y_{ν+1} = 2/(πz), off the zeros of the divisor."""
    f, other = eng.field, PARTNER[name]
    labels = [f"{n}({f.text(f.add(r, f.constant(j)))},{f.text(z)})" for n, j in ((name, 0), (other, 0), (other, 1))]
    if any(label not in f.by_name for label in labels) or not eng.sign(z) <= {1}:
        return None
    own, low, high = (f.from_gen(f.by_name[label]) for label in labels)
    inverse = f.make(z.den, z.num)
    try:
        if name in ("besseli", "besselk"):
            # C_{ν+1} = (1/z − C_ν D_{ν+1})/D_ν
            return f.mul(f.sub(inverse, f.mul(own, high)), eng.inverse(low))
        pi = constant(eng, "pi")
        wronskian = f.scale(f.mul(inverse, f.make(pi.den, pi.num)), 2 if name == "besselj" else -2)
        return f.mul(f.add(wronskian, f.mul(own, high)), eng.inverse(low))
    except NotProved:
        return None


TABLE: dict[str, Callable[..., Elem]] = {name: bessel(name) for name in PARTNER}
