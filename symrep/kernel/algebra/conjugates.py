"""Irreducible factors that are powers of one another all the same, because a generator has a square that is known.

A + B·r and A − B·r, r² = R, have the product N = A² − B²R: of the two one is kept. (1 − cos a)(1 + cos a) = sin² a, and
one of them alone is twice the square of cos or sin of a/2. √(A + W) with A² − W² = n² is √((A + n)/2) ± √((A − n)/2).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.field import Elem, Gen
from symrep.kernel.algebra.polysign import sign_product
from symrep.kernel.ground import Poly, rational_root

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["Factors", "denested", "paired", "square_root"]

#: polynomial as text -> (polynomial, exponent)
Factors = dict[str, tuple[Poly, Fraction]]

HALF = Fraction(1, 2)
MAX_TERMS = 24
MAX_STEPS = 12


def _put(out: Factors, p: Poly, e: Fraction) -> None:
    key = p.str()
    total = e + (out[key][1] if key in out else 0)
    out.pop(key, None)
    if total:
        out[key] = p, total


def paired(eng: Engine, factors: Factors, *, log: bool) -> tuple[Factors, list[tuple[Elem, Fraction]]]:
    """The factors after the rules for cosines, and further elements to be raised to powers; ``log`` says that the
    exponents are coefficients of logarithms. Integer powers need no half angles."""
    out = dict(factors)
    for index, (name, q, sin) in list(eng.angles.items()):
        cos = eng.field.gens[index]
        up, down = cos.poly + 1, cos.poly - 1
        k, m = (out.get(p.str(), (p, Fraction(0)))[1] for p in (up, down))
        if not k and not m:
            continue
        if k == m:
            out.pop(up.str())
            out.pop(down.str())
            _put(out, sin.poly, 2 * k)
        elif (log or k.denominator > 1 or m.denominator > 1) and cos.real:
            eng.refine(name, 2 * q)
    return _conjugated(eng, out)


def _conjugated(eng: Engine, factors: Factors) -> tuple[Factors, list[tuple[Elem, Fraction]]]:
    """Each A + B·r that is not the one kept of its pair as N over the other."""
    out: Factors = {}
    norms: list[tuple[Elem, Fraction]] = []
    todo = list(factors.values())
    steps = 0
    while todo:
        p, e = todo.pop()
        steps += 1
        other = _other(eng, p) if steps < MAX_STEPS else None
        if other is None:
            _put(out, p, e)
            continue
        q, n = other
        norms.append((n, e))
        content, parts = eng.field.factor(q)
        norms.append((eng.field.constant(abs(content)), -e))
        todo += [(part, -e * k) for part, k in parts]
    return out, norms


def _other(eng: Engine, p: Poly) -> tuple[Poly, Elem] | None:
    """(q, N) with |p|·|q| = |N|, N without zeros, when q is the one to keep."""
    f = eng.field
    if len(p) < 2 or len(p) > MAX_TERMS:
        return None
    degrees = p.degrees()
    for index, order, value in f.relations:
        g = f.gens[index]
        if order != 2 or int(degrees[index]) != 1 or g.kind not in ("root", "prime", "sym", "const") or not g.real:
            continue
        parts = f.coefficients(p, index)
        a: Poly = parts.get(0, f.zero_poly)
        b: Poly = parts[1]
        if a == 0 or len(b) * len(b) * len(value) > 200:
            continue
        q = a - b * g.poly
        own = f.text(f.orient(Elem(p, f.one_poly))[1])
        turned = f.text(f.orient(Elem(q, f.one_poly))[1])
        if own <= turned:
            continue
        n = f.reduce(a * a - b * b * value)
        if n == 0 or len(n) > len(p) + 1 or 0 in eng.sign_poly(n):
            continue
        return q, Elem(n, f.one_poly)
    return None


def denested(eng: Engine, p: Poly) -> Elem | None:
    """√p for p = A + B·g ≥ 0, g² known: √((A + n)/2) + sign(B·g)·√((A − n)/2) where n² = A² − B²g², n ≥ 0, A ≥ 0.

    Both sides are ≥ 0, and the square of the right one is A + sign(B·g)·√(A² − n²) = A + B·g.
    """
    f = eng.field
    if len(p) < 2 or len(p) > MAX_TERMS:
        return None
    degrees = p.degrees()
    for index, order, value in f.relations:
        g = f.gens[index]
        if order != 2 or int(degrees[index]) != 1 or g.kind not in ("root", "prime", "sin") or not g.real:
            continue
        parts = f.coefficients(p, index)
        a: Poly = parts.get(0, f.zero_poly)
        b: Poly = parts[1]
        if a == 0 or not eng.sign_poly(a) <= {0, 1}:
            continue
        n = _root_of_square(eng, f.reduce(a * a - b * b * value))
        if n is None:
            continue
        turn = sign_product([eng.sign_poly(b), eng.sign_poly(g.poly)])
        if len(turn) != 1:
            _note(eng, b, g)
            return None
        whole = Elem(a, f.one_poly)
        first, second = (eng.abs_power(f.scale(s, HALF), HALF) for s in (f.add(whole, n), f.sub(whole, n)))
        return f.add(first, f.scale(second, next(iter(turn))))
    return None


def square_root(eng: Engine, p: Poly) -> Elem | None:
    """S with p = s², when s needs no root that p does not have."""
    f = eng.field
    before = len(f.gens)
    root = denested(eng, p)
    if root is None or len(f.gens) > before or not set(_names(eng, root)) <= set(_names(eng, Elem(p, f.one_poly))):
        return None
    return root


def _names(eng: Engine, a: Elem) -> list[str]:
    return [g.name for g in eng.field.used(a.num, a.den)]


def _note(eng: Engine, b: Poly, g: Gen) -> None:
    for p in (b, g.poly):
        if len(eng.sign_poly(p)) > 1:
            for q, _ in eng.field.factor(p)[1]:
                if len(eng.sign_poly(q)) > 1:
                    eng.note_split(q)


def _root_of_square(eng: Engine, n: Poly) -> Elem | None:
    """|m| for n = m², m of known sign."""
    f = eng.field
    if n == 0:
        return f.zero
    content, factors = f.factor(n)
    square = rational_root(content)
    if not square or any(k % 2 for _, k in factors):
        return None
    root = f.constant(square)
    for q, k in factors:
        sign = eng.sign_poly(q)
        if not (sign <= {0, 1} or sign <= {0, -1}):
            eng.note_split(q)
            return None
        size = q if sign <= {0, 1} else -q
        root = f.mul(root, f.power(Elem(size, f.one_poly), k // 2))
    return root
