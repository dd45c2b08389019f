"""Lambert's W on its principal branch, and the parts of complex numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, known_gen, make_gen
from symrep.kernel.algebra.field import Box, Elem, Gen
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE", "exp_of", "lambertw"]


def lambertw(eng: Engine, a: Elem) -> Elem:
    """W(t eᵗ) = t for t ≥ −1; W is defined (real) for a ≥ −1/e."""
    from symrep.kernel.algebra.functions import exp

    f = eng.field
    if not eng.real(a):
        raise NotProved("W of a complex number", Reason.DOMAIN)
    if a.num == 0:
        return f.zero
    for t in _candidates(eng, a):
        if f.sub(f.mul(t, exp(eng, t)), a).num == 0:
            above = f.add(t, f.one)
            if eng.sign(above) <= {0, 1}:
                return t
            eng.note_unknown(above)
    same = known_gen(eng, "lambertw", ("fn", "lambertw"), [a])
    if same is None:
        signs = eng.sign(a)
        if not signs <= {0, 1}:
            edge = f.add(a, exp(eng, f.constant(-1)))
            if not eng.sign(edge) <= {0, 1}:
                eng.note_unknown(edge)
                raise NotProved(f"the argument of W is not known ≥ −1/e: {eng.show(a)}", Reason.DOMAIN)
            strict = 1 not in signs
            box = Box(Fraction(-1), Fraction(0), False, 0 not in signs) if strict else Box(Fraction(-1), lo_open=False)
            analytic = eng.sign(edge) <= {1}
        else:
            box, analytic = Box(lo=Fraction(0), lo_open=0 not in signs), True
        name = f"lambertw({f.text(a)})"
        same = make_gen(eng, name, "lambertw", fn("lambertw", to_term(eng, a)), (a,), box, analytic=analytic)
    return f.from_gen(same)


def _candidates(eng: Engine, a: Elem) -> Iterator[Elem]:
    """Elements t for which a = t·eᵗ may hold: the sum of the exponents in a; multiples of logarithms in a."""
    f = eng.field
    total = f.zero
    for part, s in ((a.num, 1), (a.den, -1)):
        if len(part) > 50:
            return
        degrees = part.degrees()
        for g in f.used(part):
            if g.kind == "exp" and len({int(m[g.index]) for m in part.monoms()}) == 1:
                total = f.add(total, f.scale(g.args[0], Fraction(s * int(degrees[g.index]), g.root)))
    if total.num != 0:
        yield total
        # a = −1/e has t = −1, and e has t = 1, without a trace of it outside the exponential
    logs = [g for g in f.used(a.num, a.den) if g.kind == "log"]
    for g in logs[:4]:
        t = f.from_gen(g)
        yield t
        yield f.neg(t)
    if logs:
        linear = [f.from_gen(g) for g in logs]
        whole = linear[0]
        for x in linear[1:]:
            whole = f.add(whole, x)
        yield whole
        yield f.neg(whole)


def exp_of(eng: Engine, piece: Elem, c: Fraction) -> Elem | None:
    """exp(c·W(z)) = (z/W)^c off z = 0, when the piece is a W."""
    f = eng.field
    g = sole(eng, piece)
    if g is None or g.kind != "lambertw" or 0 in eng.sign(g.args[0]):
        return None
    return eng.abs_power(f.mul(g.args[0], f.make(f.one_poly, g.poly)), c)


def sole(eng: Engine, piece: Elem) -> Gen | None:
    """The one generator an element is."""
    if not piece.den.is_one() or piece.num.total_degree() != 1:
        return None
    used = eng.field.used(piece.num)
    return used[0] if len(used) == 1 and piece.num == used[0].poly else None


# --- complex numbers ------------------------------------------------------------------------------------------------


def _split(eng: Engine, a: Elem, what: str) -> tuple[Elem, Elem]:
    """(re, im) of an element in which i occurs among real generators."""
    f = eng.field
    if eng.real(a):
        return a, f.zero
    i = f.by_name.get("i()")
    if i is None or any(not g.real and g is not i for g in f.used(a.num, a.den)):
        raise NotProved(f"{what} of a complex number whose parts are not known", Reason.DOMAIN)

    def parts(p: Poly) -> tuple[Poly, Poly]:
        cs = f.coefficients(p, i.index)
        return cs.get(0, f.zero_poly), cs.get(1, f.zero_poly)

    (x, y), (u, v) = parts(a.num), parts(a.den)
    size = Elem(u * u + v * v, f.one_poly)
    eng.require_nonzero(size)
    return f.make(x * u + y * v, size.num), f.make(y * u - x * v, size.num)


def real_part(eng: Engine, a: Elem) -> Elem:
    return _split(eng, a, "the real part")[0]


def imaginary_part(eng: Engine, a: Elem) -> Elem:
    return _split(eng, a, "the imaginary part")[1]


def conjugate(eng: Engine, a: Elem) -> Elem:
    f = eng.field
    x, y = _split(eng, a, "the conjugate")
    return f.sub(x, f.mul(y, constant(eng, "i"))) if y.num != 0 else x


def argument(eng: Engine, a: Elem) -> Elem:
    """0 for a > 0, π for a < 0; atan(y/x) in the right half-plane."""
    from symrep.kernel.algebra.trig import atan

    f = eng.field
    x, y = _split(eng, a, "the argument")
    s = eng.sign(x)
    if y.num == 0 and s <= {-1}:
        return constant(eng, "pi")
    if not s <= {1}:
        eng.note_unknown(x)
        raise NotProved("the argument of a number whose real part has no known sign", Reason.DOMAIN)
    return f.zero if y.num == 0 else atan(eng, f.mul(y, f.make(x.den, x.num)))


TABLE: dict[str, Callable[..., Elem]] = {
    "lambertw": lambertw,
    "re": real_part,
    "im": imaginary_part,
    "conjugate": conjugate,
    "arg": argument,
}
