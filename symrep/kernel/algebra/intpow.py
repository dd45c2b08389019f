"""b**e for an integer exponent that varies: no branch is involved, so the base may be negative, zero or complex.

With e an integer at every point of the domain, b**e is a product of powers of the irreducible factors of b:

* p > 0: exp(e·log p);
* p < 0: (−1)^e · exp(e·log|p|), (−1)^e by ``parity``;
* p = exp(a): exp(e·a), a complex or not;
* else an opaque power p^m for each product m of integer symbols in e. Where p may vanish p^m is kept for m ≥ 0 only
  (and 0^0 = 1), m as small as its sign allows, so that p^(m+1) = p·p^m and p^m are told apart by a factor p.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import known_gen, log_factor, log_rational, make_gen
from symrep.kernel.algebra.field import Box, Elem
from symrep.kernel.algebra.parity import is_integer, parity
from symrep.kernel.algebra.writing import poly_term, to_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly, fraction
from symrep.term import power
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["integer_elem", "integer_power"]

MAX_LOWER = 12


def integer_elem(eng: Engine, e: Elem) -> bool:
    """Is e a polynomial with integer coefficients in symbols that are integers?"""
    return is_integer(eng, e) and all(g.kind in ("sym", "index") for g in eng.field.used(e.num))


def integer_power(eng: Engine, b: Elem, e: Elem) -> Elem:
    """b**e; ``e`` is a polynomial with integer coefficients in integer symbols, not constant, and b is not 0."""
    f, out = eng.field, eng.field.one
    if not b.den.is_one():
        eng.require_nonzero(b, "the base of a power")
    for part, s in ((b.num, 1), (b.den, -1)):
        content, factors = f.factor(part)
        if content < 0:
            out = f.mul(out, parity(eng, e))
        if abs(content) != 1:
            out = f.mul(out, _exp(eng, f.mul(e, f.scale(log_rational(eng, abs(content)), s))))
        for p, k in factors:
            out = f.mul(out, _factor(eng, p, f.scale(e, s * k)))
    return out


def _exp(eng: Engine, a: Elem) -> Elem:
    from symrep.kernel.algebra.functions import exp

    return exp(eng, a)


def _factor(eng: Engine, p: Poly, e: Elem) -> Elem:
    f = eng.field
    used = f.used(p)
    gen = used[0] if len(used) == 1 and p == used[0].poly else None
    if gen is not None and gen.kind == "exp" and gen.root == 1:
        return _exp(eng, f.mul(e, gen.args[0]))
    if gen is not None and gen.kind == "parity":
        return parity(eng, f.mul(e, gen.args[0]))
    if gen is not None and gen.kind == "i":
        raise NotProved("a power of i", Reason.NOTHING_APPLIED)
    s = eng.sign_poly(p)
    if s <= {1} or s <= {-1}:
        size = _exp(eng, f.mul(e, log_factor(eng, p)))
        return size if s <= {1} else f.mul(size, parity(eng, e))
    if 0 in s and (parts := _upward(eng, e)) is not None:
        out = f.one
        for m, c in parts:
            out = f.mul(out, f.power(_opaque(eng, p, m), c) if f.value(m) is None else f.power(_elem(eng, p), c))
        return out
    eng.require_nonzero(Elem(p, f.one_poly), "the base of a power")
    out, rest = f.one, f.zero
    for mono, c in e.num.terms():
        if not any(mono):
            rest = f.constant(fraction(c))
            continue
        m = Elem(f.ctx.from_dict({tuple(mono): 1}), f.one_poly)
        out = f.mul(out, f.power(_opaque(eng, p, m, nonzero=True), int(fraction(c))))
    whole = f.value(rest)
    return f.mul(out, f.power(_elem(eng, p), int(whole or 0)))


def _elem(eng: Engine, p: Poly) -> Elem:
    return Elem(p, eng.field.one_poly)


def _upward(eng: Engine, e: Elem) -> list[tuple[Elem, int]] | None:
    """E = Σ c·m with every c > 0 and every m ≥ 0, the constant among them as (1, c); None if e may be negative."""
    f = eng.field
    parts: list[tuple[Elem, int]] = []
    constant = 0
    for mono, c in e.num.terms():
        k = int(fraction(c))
        if not any(mono):
            constant += k
            continue
        m, low = _lowest(eng, Elem(f.ctx.from_dict({tuple(mono): 1}), f.one_poly))
        if k < 0 or low is None:
            parts = []
            break
        parts.append((m, k))
        constant += k * low
    if parts and constant >= 0:
        return [*parts, (f.one, constant)]
    m, low = _lowest(eng, e)
    return None if low is None else [(m, 1), (f.one, low)]


def _lowest(eng: Engine, e: Elem) -> tuple[Elem, int | None]:
    """(e − j, j) with e − j ≥ 0 and j as large as its sign shows; j is None if e ≥ 0 is not known."""
    f = eng.field
    if not eng.sign(e) <= {0, 1}:
        return e, None
    j = 0
    while j < MAX_LOWER and eng.sign(lower := f.sub(e, f.constant(j + 1))) <= {0, 1}:
        j += 1
        last = lower
    return (last, j) if j else (e, 0)


def _opaque(eng: Engine, p: Poly, m: Elem, *, nonzero: bool = False) -> Elem:
    f = eng.field
    base = _elem(eng, p)
    same = known_gen(eng, "intpow", ("pow",), [base, m])
    if same is None:
        nonzero = nonzero or 0 not in eng.sign_poly(p)
        low = Fraction(0) if eng.sign_poly(p) <= {0, 1} else None
        box = Box(lo=low, lo_open=nonzero, nonzero=nonzero)
        name = f"intpow({f.text(base)}, {f.text(m)})"
        term = power(poly_term(eng, p), to_term(eng, m))
        same = make_gen(eng, name, "intpow", term, (base, m), box, analytic=False)
    return f.from_gen(same)
