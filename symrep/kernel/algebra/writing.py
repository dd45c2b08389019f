"""Normal forms written back as terms."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.field import Elem
from symrep.kernel.ground import Poly, fraction
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, fn, mul, num, power

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["poly_term", "to_term"]


def to_term(eng: Engine, a: Elem, *, raw: bool = False) -> Term:
    """A compact, deterministic term equal to the element; ``raw`` leaves auxiliary symbols standing."""
    if a.num == 0:
        return ZERO
    content, exponents, sums = _split(eng, a)
    factors: list[Term] = []
    below: list[Term] = []
    for g, e in sorted(exponents.items(), key=lambda kv: eng.field.gens[kv[0]].name):
        gen = eng.field.gens[g]
        if gen.kind != "exp":
            (factors if e > 0 else below).append(_gen_power(eng, g, e, raw))
    for _, p, k in sorted((eng.field.poly_text(p), p, k) for p, k in sums):
        term = poly_term(eng, p, raw=raw)
        (factors if k > 0 else below).append(term if k == 1 else power(term, num(k)))
    factors += below
    argument = [
        _scaled(Fraction(e, eng.field.gens[g].root), to_term(eng, eng.field.gens[g].args[0]))
        for g, e in sorted(exponents.items(), key=lambda kv: eng.field.gens[kv[0]].name)
        if eng.field.gens[g].kind == "exp"
    ]
    if argument:
        factors.append(fn("exp", add(*argument)))
    if not factors:
        return num(content)
    if content == 1:
        return mul(*factors)
    if len(factors) == 1 and factors[0][0] == "add" and content == -1:
        return ("mul", MINUS_ONE, factors[0])
    return mul(num(content), *factors)


def _split(eng: Engine, a: Elem) -> tuple[Fraction, dict[int, int], list[tuple[Poly, int]]]:
    """content, exponents of single generators, other irreducible factors."""
    content = Fraction(1)
    exponents: dict[int, int] = {}
    sums: list[tuple[Poly, int]] = []
    for part, s in ((a.num, 1), (a.den, -1)):
        if len(part) > 300:
            sums.append((part, s))
            continue
        c, factors = eng.field.factor(part)
        content *= c**s
        for p, k in factors:
            used = eng.field.used(p)
            if len(used) == 1 and p == used[0].poly:
                exponents[used[0].index] = exponents.get(used[0].index, 0) + s * k
            else:
                sums.append((p, s * k))
    return content, {g: e for g, e in exponents.items() if e}, sums


def _scaled(c: Fraction, t: Term) -> Term:
    if c == 1:
        return t
    if t == ONE:
        return num(c)
    if t[0] == "mul" and t[1][0] == "num":
        c = c * Fraction(t[1][1], t[1][2])
        return mul(*t[2:]) if c == 1 else mul(num(c), *t[2:])
    return mul(num(c), *t[1:]) if t[0] == "mul" else mul(num(c), t)


def _gen_power(eng: Engine, index: int, e: int, raw: bool) -> Term:
    gen = eng.field.gens[index]
    base = gen.base
    if gen.kind == "sym" and not raw:
        base = eng.dom.back.get(gen.base[1], base)
    q = Fraction(e, gen.root)
    return base if q == 1 else power(base, num(q))


def poly_term(eng: Engine, p: Poly, *, raw: bool = False) -> Term:
    """A polynomial as a sum of products, in a fixed order."""
    out = []
    for mono, c in p.terms():
        exps = [(i, int(e)) for i, e in enumerate(mono) if e]
        exps.sort(key=lambda ie: eng.field.gens[ie[0]].name)
        factors = [_gen_power(eng, i, e, raw) for i, e in exps if eng.field.gens[i].kind != "exp"]
        inside = [
            _scaled(Fraction(e, eng.field.gens[i].root), to_term(eng, eng.field.gens[i].args[0]))
            for i, e in exps
            if eng.field.gens[i].kind == "exp"
        ]
        if inside:
            factors.append(fn("exp", add(*inside)))
        out.append((str(factors), _scaled(fraction(c), mul(*factors)) if factors else num(fraction(c))))
    return add(*(t for _, t in sorted(out, key=lambda st: st[0])))
