"""ψ and its derivatives modulo whole shifts, by reflection and multiplication, and at rational arguments.

DLMF 5.5.2, 5.5.4, 5.5.9 for ψ, 5.15.5 to 5.15.7 for the others; Gauss's values 5.4.12 to 5.4.19, and 5.15.2, 5.15.3.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, POSITIVE, Interval
from symrep.audit.data import No, fn, num
from symrep.audit.gammas import sine
from symrep.audit.shifts import MAX_SHIFT, multiple, need_positive, opposite, parts, representative, shifted_atom
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["digamma", "polygamma"]

HALF: Final = Fraction(1, 2)


def _climbed(alg: Algebra, value: Sum, b: Sum, k: int, order: int, weight: Fraction) -> Sum:
    """f(b + k) from f(b) when f(z + 1) = f(z) + weight·z^(−order)."""
    for j in range(abs(k)):
        at = plus(b, constant(j if k > 0 else -1 - j))
        step = scaled(alg.power(at, -order), weight if k > 0 else -weight)
        value = plus(value, step)
    return value


def digamma(alg: Algebra, a: Sum) -> Sum:
    """ψ."""
    need_positive(alg, a, "the argument of ψ")
    return _any(alg, 0, a)


def polygamma(alg: Algebra, order: Sum, a: Sum) -> Sum:
    """ψ⁽ᵐ⁾ for a small whole number m."""
    v = number(order)
    if v is None or v.denominator != 1 or not 0 <= v <= 20:
        raise No("polygamma of an order that is not a small whole number")
    need_positive(alg, a, "the argument of ψ⁽ᵐ⁾")
    return _any(alg, int(v), a)


def _any(alg: Algebra, m: int, a: Sum) -> Sum:
    weight = Fraction((-1) ** m * factorial(m))
    v = number(a)
    if v is not None and (known := _rational(alg, m, v, weight)) is not None:
        return known
    n = multiple(alg, a)
    if n > 1:
        out = sums.total(scaled(_any(alg, m, z), Fraction(1, n ** (m + 1))) for z in parts(a, n))
        return plus(out, alg.log_abs(constant(n))) if m == 0 else out
    kind = f"polygamma{m}"
    found = shifted_atom(alg, kind, a)
    if found is None and m <= 6 and (mirrored := opposite(alg, kind, a)) is not None:
        atom, top = mirrored
        b = atom.args[0]
        try:
            turned = plus(scaled(monomial(atom.index), (-1) ** m), _cotangent(alg, b, m))
            return _climbed(alg, turned, minus(sums.ONE, b), top - 1, m + 1, weight)
        except No:
            pass
    if found is None:
        r, _ = representative(alg, a)
        b = r if alg.sign(r) <= {1} else a
        interval: Interval = LINE if m == 0 else POSITIVE if m % 2 else (None, True, Fraction(0), True)
        term = fn("digamma", alg.term(b)) if m == 0 else fn("polygamma", num(m), alg.term(b))
        atom = alg.made(kind, term, (b,), range=interval)
        found = shifted_atom(alg, kind, a) or (atom, 0)
    return _climbed(alg, monomial(found[0].index), found[0].args[0], found[1], m + 1, weight)


def _cotangent(alg: Algebra, b: Sum, m: int) -> Sum:
    """(−d/db)^m of π cot πb; with c = cot πb, dc/db = −π(1 + c²)."""
    s, co = sine(alg, b)
    c = alg.mul(co, alg.inverse(s))
    row = {1: Fraction(1)}
    for _ in range(m):
        new: dict[int, Fraction] = {}
        for j, v in row.items():
            for up in (j - 1, j + 1):
                new[up] = new.get(up, Fraction(0)) + v * j  # −d/db turns the sign of dc/db
        row = new
    out = sums.total(scaled(alg.power(c, j), v) if j else constant(v) for j, v in row.items() if v)
    return alg.mul(out, alg.power(alg.pi(), m + 1))


def _rational(alg: Algebra, m: int, v: Fraction, weight: Fraction) -> Sum | None:
    if v > MAX_SHIFT or v <= 0:
        raise No(f"ψ⁽{m}⁾({v})")
    base = v - v.numerator // v.denominator or Fraction(1)
    value = _gauss(alg, base) if m == 0 else _by_zeta(alg, m, base, weight)
    return None if value is None else _climbed(alg, value, constant(base), int(v - base), m + 1, weight)


def _gauss(alg: Algebra, v: Fraction) -> Sum | None:
    """ψ at 1 and at fractions with denominator 2, 3, 4, 6."""
    three = Fraction(-3, 2)
    logs: dict[int, tuple[Fraction | int, Fraction | int]] = {
        1: (0, 0),
        2: (-2, 0),
        3: (0, three),
        4: (-3, 0),
        6: (-2, three),
    }
    if v.denominator not in logs:
        return None
    out = scaled(alg.norm(("const", "euler_gamma")), -1)
    for c, p in zip(logs[v.denominator], (2, 3), strict=True):
        out = plus(out, scaled(alg.log_abs(constant(p)), c)) if c else out
    if v.denominator > 2:
        s, c_ = sine(alg, constant(v))
        out = minus(out, scaled(alg.mul(alg.pi(), alg.mul(c_, alg.inverse(s))), HALF))
    return out


def _by_zeta(alg: Algebra, m: int, v: Fraction, weight: Fraction) -> Sum | None:
    """ψ⁽ᵐ⁾(1) = −weight·ζ(m + 1), at ½ times 2^(m+1) − 1; ψ′(¼) = π² + 8G, ψ′(¾) = π² − 8G."""
    if v.denominator <= 2:
        from symrep.audit.zetas import zeta_at

        return scaled(zeta_at(alg, Fraction(m + 1)), -weight * (2 ** (m + 1) - 1 if v.denominator == 2 else 1))
    if v.denominator == 4 and m == 1:
        g = scaled(alg.norm(("const", "catalan")), 8 if v == Fraction(1, 4) else -8)
        return plus(alg.power(alg.pi(), 2), g)
    return None
