"""Named functions: exp, log and what is made of them; |·|, sign, max; the others stand in modules of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symrep.kernel.algebra import complexes, parity, trig
from symrep.kernel.algebra.atoms import known_gen, make_gen, written
from symrep.kernel.algebra.field import Box, Elem, Gen
from symrep.kernel.algebra.numbers import range_of
from symrep.kernel.algebra.special import bessel, counting, digammas, gammas, incomplete, lambert, zetas
from symrep.kernel.algebra.special import erf as special
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly, arb_bounds, flint, fraction, rational
from symrep.term import Term, fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["apply", "exp", "pieces"]

_POSITIVE = Box(lo=Fraction(0))


def apply(eng: Engine, name: str, raw: tuple[Term, ...]) -> Elem:
    """The normal form of a named function of terms."""
    args = [eng.norm(t) for t in raw]
    if name not in _ALL:
        raise NotProved(f"nothing is known of {name}", Reason.NOTHING_APPLIED)
    return _ALL[name](eng, *args)


# --- exp ------------------------------------------------------------------------------------------------------------


def pieces(eng: Engine, a: Elem) -> list[tuple[Fraction, Elem]]:
    """A as Σ c·piece with rational c: by monomials when the denominator is one, else whole."""
    f = eng.field
    if len(a.den) > 1:
        return [(Fraction(1), a)]
    if len(a.num) == 1:
        lead = a.num.leading_coefficient()
        return [(fraction(lead), a if lead == 1 else Elem(a.num / lead, a.den))]
    out = []
    for mono, c in a.num.terms():
        out.append((fraction(c), f.make(f.ctx.from_dict({mono: rational(1)}), a.den)))
    return out


def exp(eng: Engine, a: Elem) -> Elem:
    """Exp of an element: rational multiples of logarithms become powers, the rest powers of a basis."""
    f = eng.field
    if a.num == 0:
        return f.one
    if (both := complexes.turned(eng, a)) is not None:
        rest, angle = both
        sin, cos = trig.sin_cos(eng, angle)
        return f.mul(exp(eng, rest), f.add(cos, f.mul(complexes.imaginary_unit(eng), sin)))
    out = f.one
    mixed = len(a.den) > 1 or any(len(p.den) > 1 for p, _ in eng.exp_pieces)
    if mixed and (found := _combination(eng, a)) is not None:
        return found
    for c, piece in pieces(eng, a):
        log = _sole_log(eng, piece)
        if log is not None:
            out = f.mul(out, eng.abs_power(log.args[0], c))
            continue
        if (power := lambert.exp_of(eng, piece, c)) is not None:
            out = f.mul(out, power)
            continue
        if mixed and (found := _combination(eng, f.scale(piece, c))) is not None:
            out = f.mul(out, found)
            continue
        out = f.mul(out, _exp_power(eng, piece, c))
    return out


def _sole_log(eng: Engine, piece: Elem) -> Gen | None:
    if not piece.den.is_one() or piece.num.total_degree() != 1:
        return None
    used = eng.field.used(piece.num)
    return used[0] if len(used) == 1 and used[0].kind == "log" else None


def _exp_power(eng: Engine, piece: Elem, c: Fraction) -> Elem:
    """exp(piece)**c through the generator exp(piece/q)."""
    f = eng.field
    if len(piece.den) > 1:
        s, piece = f.orient(piece)
        c = c * s
    name = f"exp({f.text(piece)})"
    gen = f.by_name.get(name)
    q = eng.root_for(name, c.denominator, made=gen is not None)
    if gen is None:
        base = written(eng, piece, "exp")
        gen = make_gen(eng, name, "exp", base, (piece,), _POSITIVE, root=q, find=lambda: _exp_box(eng.sign(piece)))
        eng.exp_pieces.append((piece, gen))
    return f.from_gen(gen, int(c * q))


def _exp_box(signs: frozenset[int]) -> Box:
    if signs <= {0, 1}:
        return Box(lo=Fraction(1), lo_open=0 not in signs)
    if signs <= {0, -1}:
        return Box(lo=Fraction(0), hi=Fraction(1), hi_open=0 not in signs)
    return _POSITIVE


def _combination(eng: Engine, a: Elem) -> Elem | None:
    """exp(a) when a is a rational combination of arguments and logarithms that occur already."""
    f = eng.field
    basis: list[tuple[Elem, Gen]] = [*eng.exp_pieces, *((f.from_gen(g), g) for g in eng.log_gens)]
    if not basis or len(basis) > 60:
        return None
    common = a.den
    for b, _ in basis:
        common = common * (b.den / common.gcd(b.den))
    if len(common) > 500:
        return None
    columns = [dict(_scaled(eng, b, common)) for b, _ in basis]
    target = dict(_scaled(eng, a, common))
    rows = sorted(set(target).union(*columns))
    if len(rows) > 2000:
        return None
    width = len(columns) + 1
    entries = [col.get(m, 0) for m in rows for col in (*columns, target)]
    reduced, rank = flint.fmpq_mat(len(rows), width, entries).rref()
    solution = [Fraction(0)] * len(columns)
    for r in range(int(rank)):
        lead = next(j for j in range(width) if reduced[r, j] != 0)
        if lead == width - 1:
            return None
        solution[lead] = fraction(reduced[r, width - 1])
    out = f.one
    for c, (piece, gen) in zip(solution, basis, strict=True):
        if c:
            out = f.mul(out, eng.abs_power(gen.args[0], c) if gen.kind == "log" else _exp_power(eng, piece, c))
    return out


def _scaled(eng: Engine, a: Elem, common: Poly) -> list[tuple[tuple[int, ...], Any]]:
    p = eng.field.reduce(a.num * (common / a.den))
    return [(tuple(map(int, m)), c) for m, c in p.terms()]


# --- log, |·|, sign, max, min, Heaviside ------------------------------------------------------------------------------


def log(eng: Engine, a: Elem) -> Elem:
    s = eng.sign(a)
    if s == {-1} and eng.dom.principal and eng.real(a):
        return complexes.log_negative(eng, eng.log_abs(a))
    if not s <= {1} and not (eng.dom.inside and s <= {0, 1} and eng.except_in_fibre(a)):
        eng.note_unknown(a)
        words = f"the argument of a logarithm is not known positive: {eng.show(a)}"
        raise NotProved(words, Reason.DOMAIN, undefined=s == {0})
    return eng.log_abs(a)


def absolute(eng: Engine, a: Elem) -> Elem:
    if not eng.real(a):
        return complexes.modulus(eng, a)
    s = eng.sign(a)
    if s <= {0, 1}:
        return a
    if s <= {0, -1}:
        return eng.field.neg(a)
    return eng.abs_power(a, Fraction(1))


def sign(eng: Engine, a: Elem) -> Elem:
    """Sign a = |a|/a off the zeros of a."""
    f, s = eng.field, eng.sign(a)
    if len(s) == 1:
        return f.constant(next(iter(s)))
    if not eng.real(a):
        raise NotProved("the sign of a complex number", Reason.DOMAIN)
    eng.note_unknown(a)
    if 0 not in s or all(eng.null(p) for p, _ in f.factor(a.num)[1]):
        eng.require_nonzero(a, "the argument of sign")
        return f.mul(absolute(eng, a), f.make(a.den, a.num))
    turn, b = f.orient(a)
    same = known_gen(eng, "sign", ("fn", "sign"), [b])
    if same is None:
        box = Box(Fraction(-1), Fraction(1), False, False)
        same = make_gen(eng, f"sign({f.text(b)})", "sign", fn("sign", to_term(eng, b)), (b,), box, analytic=False)
    return f.scale(f.from_gen(same), turn)


def heaviside(eng: Engine, a: Elem) -> Elem:
    return eng.field.scale(eng.field.add(eng.field.one, sign(eng, a)), Fraction(1, 2))


def maximum(eng: Engine, *args: Elem) -> Elem:
    """max(a, b) = (a + b + |a − b|)/2."""
    f, out = eng.field, args[0]
    for b in args[1:]:
        if not eng.real(out) or not eng.real(b):
            raise NotProved("an extremum of complex numbers", Reason.DOMAIN)
        out = f.scale(f.add(f.add(out, b), absolute(eng, f.sub(out, b))), Fraction(1, 2))
    return out


def minimum(eng: Engine, *args: Elem) -> Elem:
    f = eng.field
    return f.neg(maximum(eng, *(f.neg(a) for a in args)))


def floor(eng: Engine, a: Elem) -> Elem:
    """⌊n + b⌋ = n + ⌊b⌋ for an integer n; ⌊b⌋ = m where m ≤ b < m + 1 is known, for a small m or where b begins."""
    f = eng.field
    if not eng.real(a):
        raise NotProved("floor of a complex number", Reason.DOMAIN)
    n, b = parity.integer_part(eng, a)
    if (value := f.value(b)) is not None:
        return f.add(n, f.constant(value.numerator // value.denominator))
    for m in _steps_at(eng, b) if f.value(n) is not None else (0, -1):
        low = f.sub(b, f.constant(m))
        if eng.sign(low) <= {0, 1} and eng.sign(f.sub(low, f.one)) <= {-1}:
            return f.add(n, f.constant(m))
    _note_steps(eng, b)
    same = known_gen(eng, "floor", ("fn", "floor"), [b])
    if same is None:
        base = fn("floor", to_term(eng, b))
        same = make_gen(eng, f"floor({f.text(b)})", "floor", base, (b,), Box(integer=True), analytic=False)
    return f.add(n, f.from_gen(same))


def _steps_at(eng: Engine, b: Elem) -> Iterator[int]:
    """Values ⌊b⌋ may have."""
    yield from _SMALL
    bounds = arb_bounds(around) if (around := range_of(eng, b)) is not None else None
    if bounds is not None:
        low = bounds[0].__floor__()
        yield from (m for m in (low, low + 1) if m not in _SMALL)


def _note_steps(eng: Engine, b: Elem) -> None:
    """Few steps in reach are cases."""
    bounds = arb_bounds(around) if (around := range_of(eng, b)) is not None else None
    if bounds is not None and bounds[1] - bounds[0] < MAX_STEPS:
        for m in range(bounds[0].__ceil__(), bounds[1].__floor__() + 1):
            eng.note_unknown(eng.field.sub(b, eng.field.constant(m)))


def ceiling(eng: Engine, a: Elem) -> Elem:
    return eng.field.neg(floor(eng, eng.field.neg(a)))


_SMALL = (0, -1, 1, -2, 2)
MAX_STEPS = 4


# --- hyperbolic -------------------------------------------------------------------------------------------------------


def sinh(eng: Engine, a: Elem) -> Elem:
    f, e = eng.field, exp(eng, a)
    return f.scale(f.sub(e, f.make(e.den, e.num)), Fraction(1, 2))


def cosh(eng: Engine, a: Elem) -> Elem:
    f, e = eng.field, exp(eng, a)
    return f.scale(f.add(e, f.make(e.den, e.num)), Fraction(1, 2))


def tanh(eng: Engine, a: Elem) -> Elem:
    f = eng.field
    if not eng.real(a):
        raise NotProved("tanh of a complex number", Reason.DOMAIN)
    e = f.power(exp(eng, a), 2)
    return f.make(e.num - e.den, e.num + e.den)


def _root_of_square(eng: Engine, a: Elem, plus: int) -> Elem:
    f = eng.field
    return eng.pow(f.add(f.mul(a, a), f.constant(plus)), f.constant(Fraction(1, 2)))


def asinh(eng: Engine, a: Elem) -> Elem:
    """log(a + √(a² + 1))."""
    f = eng.field
    if not eng.real(a):
        raise NotProved("asinh of a complex number", Reason.DOMAIN)
    turn, b = f.orient(a)
    return f.scale(eng.log_abs(f.add(b, _root_of_square(eng, b, 1))), turn)


def acosh(eng: Engine, a: Elem) -> Elem:
    """log(a + √(a² − 1)) for a ≥ 1."""
    if not eng.sign(eng.field.sub(a, eng.field.one)) <= {0, 1}:
        raise NotProved(f"acosh of something not known ≥ 1: {eng.show(a)}", Reason.DOMAIN)
    return eng.log_abs(eng.field.add(a, _root_of_square(eng, a, -1)))


def atanh(eng: Engine, a: Elem) -> Elem:
    """½ log((1 + a)/(1 − a)) for −1 < a < 1."""
    f = eng.field
    up, down = f.add(f.one, a), f.sub(f.one, a)
    if not (eng.sign(up) <= {1} and eng.sign(down) <= {1}):
        raise NotProved(f"atanh of something not known in (−1, 1): {eng.show(a)}", Reason.DOMAIN)
    return f.scale(f.sub(eng.log_abs(up), eng.log_abs(down)), Fraction(1, 2))


TABLE: dict[str, Callable[..., Elem]] = {
    "exp": exp,
    "log": log,
    "abs": absolute,
    "sign": sign,
    "heaviside": heaviside,
    "max": maximum,
    "min": minimum,
    "floor": floor,
    "ceiling": ceiling,
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "asinh": asinh,
    "acosh": acosh,
    "atanh": atanh,
}
#: of two modules that know a name, the one that stands first
_ALL: dict[str, Callable[..., Elem]] = {}
for _module in (special, gammas, digammas, counting, trig, incomplete, bessel, zetas, lambert):
    _ALL = {**_module.TABLE, **_ALL}
_ALL = {**_ALL, **TABLE}
