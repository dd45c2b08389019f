r"""Values of sums over k from parts: j = k − offset runs from ``start`` s (a whole number) on; c, x, y, a, b free of k.

| part | summand, over j ≥ s | value for s = 0 | if |
|---|---|---|---|
| ``telescoping`` | T(k+1) − T(k) | T(end) − T(lo) | |
| ``geometric`` | c j^(m) x^j | c m! x^m (1−x)^(−m−1) | −1 < x < 1 |
| ``exponential`` | c j^(m) x^j/j! | c x^m e^x | |
| ``negative_binomial`` | c j^(m) x^j Γ(a+j)/(Γ(a) j!) | c x^m Γ(a+m)/Γ(a) (1−x)^(−a−m) | a > 0, −1 < x < 1 |
| ``logarithm`` | c x^j/j, s ≥ 1 | −c log(1−x) from s = 1 | −1 ≤ x < 1 |
| ``cosh``, ``cos`` | c (±1)^j x^(2j)/(2j)! | c cosh x, c cos x | |
| ``sinh``, ``sin`` | c (±1)^j x^(2j+1)/(2j+1)! | c sinh x, c sin x | |
| ``atanh``, ``atan`` | c (±1)^j x^(2j+1)/(2j+1) | c atanh x, c atan x | −1 < x < 1; −1 ≤ x ≤ 1 |
| ``power`` | c (j+a)^(−p), s = 0 | c (−1)^p ψ^(p−1)(a)/(p−1)! | p ≥ 2, a > 0 |
| ``zeta`` | c (j+a)^(−p), s = 0 | c ζ(p, a), ``s`` being p | real p > 1, a > 0 |
| ``alternating`` | c (−1)^j (j+a)^(−p), s = 0 | even j less odd j | p ≥ 1, a > 0 |
| ``rational`` | Σ c_i/(j+a_i), s = 0 | −Σ c_i ψ(a_i) | Σ c_i = 0, a_i > 0 |
| ``gauss`` | c j^(m) Γ(a+j)Γ(b+j)/(Γ(d+j) j!), s = 0 | c B(a+m, e) Γ(b+m)/Γ(d−b), e = d−a−b−m | a, b, e > 0 |
| ``binomial`` | c j^(m) C(n,j) x^j y^(n−j), to j = n | c n^(m) x^m (x+y)^(n−m) | n ≥ 0 |
| ``vandermonde`` | c j^(m) C(a,j) C(b,n−j), s = 0, to n | c n^(m) a^(m)/(a+b)^(m) C(a+b,n) | a, b, n, a+b−m ≥ 0 |
| ``chu_vandermonde`` | c j^(m) C(n,j) Γ(a+j)Γ(b+n−j), s = 0, to n | c n^(m) B(a+m, b) Γ(a+b+n) | a, b > 0 |

j^(m) = j(j−1)…(j−m+1). The terms with j < s are subtracted. Each series converges, so that the sum of the parts does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import factorial, perm
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    HALF,
    MINUS,
    ONE,
    TWO,
    ZERO,
    No,
    Term,
    add,
    div,
    fn,
    free,
    mul,
    neg,
    num,
    power,
    sub,
    substitute,
    sym,
)
from symrep.audit.instance import Data
from symrep.audit.normal import need_same, same_everywhere
from symrep.audit.regular import proved, whole
from symrep.audit.summing import Range, at_every_index, range_of, telescoped

__all__ = ["sum_value"]

MAX_ORDER: Final = 60
#: summand and value
Part = tuple[Term, Term]


def sum_value(i: Data, ctx: Ctx) -> None:
    """A sum in closed form, as the sum of known ones."""
    body, where = range_of(i.term("lhs"), ctx, "sum")
    summands, values = [], []
    for p in i.subs("parts"):
        part = PARTS.get(p.name("kind"))
        if part is None:
            raise No(f"no sum is known by the name {p.name('kind')}", covered=False)
        summand, value = part(p, where, ctx)
        summands.append(summand)
        values.append(value)
    at_every_index(body, add(*summands), where, ctx, "the parts do not add up to the summand")
    need_same(i.term("rhs"), add(*values), ctx, "the sum is another one")


# --- reading ----------------------------------------------------------------------------------------------------------


def _constants(p: Data, where: Range, keys: str) -> list[Term]:
    out = [p.term(k) for k in keys.split()]
    if any(where[0] in free(t) for t in out):
        raise No("a constant of a lemma depends on the index")
    return out


def _count(p: Data, key: str, least: int = 0) -> int:
    t = p.term(key)
    if t[0] != "num" or t[2] != 1 or not least <= t[1] <= MAX_ORDER:
        raise No(f"{key} is a whole number from {least} to {MAX_ORDER}")
    return int(t[1])


def _from(p: Data, where: Range, ctx: Ctx, least: int = 0) -> tuple[Term, int]:
    """The index counted from the offset, and the number it starts with."""
    (offset,), s = _constants(p, where, "offset"), _count(p, "start", least)
    if not whole(offset, ctx) or not same_everywhere(where[1], add(offset, num(s)), ctx):
        raise No("a sum does not start where its lemma says")
    return sub(sym(where[0]), offset), s


def _infinite(where: Range) -> None:
    if where[2] != ("inf", 1):
        raise No("a lemma about series is used of a finite sum")


def _holds(t: Term, op: str, ctx: Ctx) -> None:
    if not proved(t, op, ctx):
        raise No("a condition of a lemma about a sum is not established")


def _inside(x: Term, ctx: Ctx, low: str = ">", high: str = ">") -> None:
    _holds(add(ONE, x), low, ctx)
    _holds(sub(ONE, x), high, ctx)


def _falling(t: Term, m: int) -> Term:
    return mul(*(sub(t, num(r)) for r in range(m)))


def _raised(x: Term, n: int) -> Term:
    """x^n with x^0 = 1, at x = 0 too."""
    return power(x, n) if n else ONE


def _without_first(item: Callable[[int], Term], whole_sum: Term, s: int, least: int = 0) -> Term:
    return sub(whole_sum, add(*(item(r) for r in range(least, s))))


# --- power series -----------------------------------------------------------------------------------------------------


def _geometric(p: Data, where: Range, ctx: Ctx) -> Part:
    _infinite(where)
    c, x = _constants(p, where, "c x")
    (j, s), m = _from(p, where, ctx), _count(p, "m")
    _inside(x, ctx)
    whole_sum = mul(num(factorial(m)), _raised(x, m), power(sub(ONE, x), -m - 1))
    value = _without_first(lambda r: mul(num(perm(r, m)), _raised(x, r)), whole_sum, s, m)
    return mul(c, _falling(j, m), ("pow", x, j)), mul(c, value)


def _exponential(p: Data, where: Range, ctx: Ctx) -> Part:
    _infinite(where)
    c, x = _constants(p, where, "c x")
    (j, s), m = _from(p, where, ctx), _count(p, "m")

    def item(r: int) -> Term:
        return mul(num(perm(r, m), factorial(r)), _raised(x, r))

    value = _without_first(item, mul(_raised(x, m), fn("exp", x)), s, m)
    return mul(c, _falling(j, m), ("pow", x, j), power(fn("factorial", j), -1)), mul(c, value)


def _negative_binomial(p: Data, where: Range, ctx: Ctx) -> Part:
    _infinite(where)
    c, x, a = _constants(p, where, "c x a")
    (j, s), m = _from(p, where, ctx), _count(p, "m")
    _inside(x, ctx)
    _holds(a, ">", ctx)

    def pochhammer(r: int) -> Term:
        return mul(*(add(a, num(q)) for q in range(r)))

    def item(r: int) -> Term:
        return mul(num(perm(r, m), factorial(r)), pochhammer(r), _raised(x, r))

    whole_sum = mul(_raised(x, m), pochhammer(m), ("pow", sub(ONE, x), sub(num(-m), a)))
    gammas = div(fn("gamma", add(a, j)), mul(fn("gamma", a), fn("factorial", j)))
    return mul(c, _falling(j, m), ("pow", x, j), gammas), mul(c, _without_first(item, whole_sum, s, m))


def _logarithm(p: Data, where: Range, ctx: Ctx) -> Part:
    _infinite(where)
    c, x = _constants(p, where, "c x")
    j, s = _from(p, where, ctx, 1)
    _inside(x, ctx, ">=", ">")
    value = _without_first(lambda r: mul(num(1, r), power(x, r)), neg(fn("log", sub(ONE, x))), s, 1)
    return mul(c, ("pow", x, j), power(j, -1)), mul(c, value)


def _odd_or_even(name: str, turn: int, odd: int, over_factorial: bool) -> Callable[[Data, Range, Ctx], Part]:
    """Σ (±1)^j x^(2j+odd)/(2j+odd)!, or without the factorial."""

    def part(p: Data, where: Range, ctx: Ctx) -> Part:
        _infinite(where)
        c, x = _constants(p, where, "c x")
        j, s = _from(p, where, ctx)
        n = add(mul(TWO, j), num(odd))
        if not over_factorial:
            edge = ">" if turn > 0 else ">="
            _inside(x, ctx, edge, edge)

        def item(r: int) -> Term:
            below = factorial(2 * r + odd) if over_factorial else 2 * r + odd
            return mul(num(turn**r, below), _raised(x, 2 * r + odd))

        below = fn("factorial", n) if over_factorial else n
        signs = [("pow", MINUS, j)] if turn < 0 else []
        return mul(c, *signs, ("pow", x, n), power(below, -1)), mul(c, _without_first(item, fn(name, x), s))

    return part


# --- reciprocal powers ------------------------------------------------------------------------------------------------


def _at_zero(p: Data, where: Range, ctx: Ctx) -> Term:
    _infinite(where)
    j, s = _from(p, where, ctx)
    if s:
        raise No("a lemma is about sums from 0 on")
    return j


def _hurwitz(p: int, a: Term) -> Term:
    """Σ_{j ≥ 0} (j + a)^(−p), p ≥ 2."""
    return mul(num((-1) ** p, factorial(p - 1)), fn("polygamma", num(p - 1), a))


def _power(p: Data, where: Range, ctx: Ctx) -> Part:
    j, order = _at_zero(p, where, ctx), _count(p, "p", 2)
    c, a = _constants(p, where, "c a")
    _holds(a, ">", ctx)
    return mul(c, power(add(j, a), -order)), mul(c, _hurwitz(order, a))


def _zeta(p: Data, where: Range, ctx: Ctx) -> Part:
    """Hurwitz's series, any real order above 1 (DLMF 25.11.1)."""
    j = _at_zero(p, where, ctx)
    c, order, a = _constants(p, where, "c s a")
    _holds(sub(order, ONE), ">", ctx)
    _holds(a, ">", ctx)
    return mul(c, power(add(j, a), neg(order))), mul(c, fn("zeta", order, a))


def _alternating(p: Data, where: Range, ctx: Ctx) -> Part:
    """Even and odd j apart: (2i + a)^(−p) = 2^(−p) (i + a/2)^(−p); for p = 1 in pairs 1/(i + a/2) − 1/(i + (a+1)/2)."""
    j, order = _at_zero(p, where, ctx), _count(p, "p", 1)
    c, a = _constants(p, where, "c a")
    _holds(a, ">", ctx)
    even, odd = mul(HALF, a), mul(HALF, add(a, ONE))
    if order == 1:
        difference = sub(fn("digamma", odd), fn("digamma", even))
    else:
        difference = sub(_hurwitz(order, even), _hurwitz(order, odd))
    return mul(c, ("pow", MINUS, j), power(add(j, a), -order)), mul(c, num(1, 2**order), difference)


def _rational(p: Data, where: Range, ctx: Ctx) -> Part:
    j, cs, poles = _at_zero(p, where, ctx), p.terms("cs"), p.terms("as")
    if not cs or len(cs) != len(poles) or any(where[0] in free(t) for t in (*cs, *poles)):
        raise No("a lemma has as many residues as poles, free of the index")
    for a in poles:
        _holds(a, ">", ctx)
    if not same_everywhere(add(*cs), ZERO, ctx):
        raise No("the residues do not add up to 0")
    pairs = [*zip(cs, poles, strict=True)]
    return add(*(div(c, add(j, a)) for c, a in pairs)), neg(add(*(mul(c, fn("digamma", a)) for c, a in pairs)))


def _gauss(p: Data, where: Range, ctx: Ctx) -> Part:
    """Gauss's sum ₂F₁(a+m, b+m; d+m; 1), where it converges (DLMF 15.4.20); j^(m)/j! = 1/(j−m)!."""
    j, m = _at_zero(p, where, ctx), _count(p, "m")
    c, a, b, d = _constants(p, where, "c a b d")
    e = sub(d, add(a, b, num(m)))
    for t in (a, b, e):
        _holds(t, ">", ctx)
    t = div(mul(fn("gamma", add(a, j)), fn("gamma", add(b, j))), mul(fn("gamma", add(d, j)), fn("factorial", j)))
    from_beta = mul(fn("gamma", add(a, num(m))), fn("gamma", e), power(fn("gamma", sub(d, b)), -1))
    value = mul(from_beta, div(fn("gamma", add(b, num(m))), fn("gamma", sub(d, a))))
    return mul(c, _falling(j, m), t), mul(c, value)


# --- finite -----------------------------------------------------------------------------------------------------------


def _telescoping(p: Data, where: Range, ctx: Ctx) -> Part:
    k = where[0]
    big = p.term("antidifference")
    last, first = telescoped(big, where, ctx)
    return sub(substitute(big, {k: add(sym(k), ONE)}), big), sub(last, first)


def _length(p: Data, where: Range, ctx: Ctx) -> Term:
    if where[2][0] == "inf":
        raise No("a lemma about finite sums is used of a series")
    n = sub(where[2], p.term("offset"))
    _holds(n, ">=", ctx)
    return n


def _binomial(p: Data, where: Range, ctx: Ctx) -> Part:
    c, x, y = _constants(p, where, "c x y")
    (j, s), m, n = _from(p, where, ctx), _count(p, "m"), _length(p, where, ctx)
    if m and not proved(sub(n, num(m)), ">=", ctx) and not proved(add(x, y), "!=", ctx):
        raise No("0 to a negative power")

    def item(r: int) -> Term:
        return mul(_falling(num(r), m), fn("binomial", n, num(r)), _raised(x, r), ("pow", y, sub(n, num(r))))

    whole_sum = mul(_falling(n, m), _raised(x, m), ("pow", add(x, y), sub(n, num(m))))
    t = mul(c, _falling(j, m), fn("binomial", n, j), ("pow", x, j), ("pow", y, sub(n, j)))
    return t, mul(c, _without_first(item, whole_sum, s, m))


def _vandermonde(p: Data, where: Range, ctx: Ctx) -> Part:
    """Draws of n from a + b: a share a^(m)/(a+b)^(m) of the ordered m-tuples are of the first kind, by symmetry."""
    c, a, b = _constants(p, where, "c a b")
    (j, s), m, n = _from(p, where, ctx), _count(p, "m"), _length(p, where, ctx)
    if s or not (whole(a, ctx) and whole(b, ctx)):
        raise No("Vandermonde's identity is about whole numbers, from 0 on")
    _holds(a, ">=", ctx)
    _holds(b, ">=", ctx)
    both = add(a, b)
    value = mul(c, fn("binomial", both, n))
    if m:
        _holds(sub(both, num(m)), ">=", ctx)
        value = div(mul(value, _falling(n, m), _falling(a, m)), _falling(both, m))
    return mul(c, _falling(j, m), fn("binomial", a, j), fn("binomial", b, sub(n, j))), value


def _chu_vandermonde(p: Data, where: Range, ctx: Ctx) -> Part:
    """Σ C(n,j) B(a+j, b+n−j) = B(a,b), since the weights of a binomial law add up to 1 under the integral."""
    c, a, b = _constants(p, where, "c a b")
    (j, s), m, n = _from(p, where, ctx), _count(p, "m"), _length(p, where, ctx)
    if s or not whole(n, ctx):
        raise No("the sum is from 0 to a whole number")
    _holds(a, ">", ctx)
    _holds(b, ">", ctx)
    t = mul(_falling(j, m), fn("binomial", n, j), fn("gamma", add(a, j)), fn("gamma", sub(add(b, n), j)))
    shape = add(a, num(m))
    beta = div(mul(fn("gamma", shape), fn("gamma", b)), fn("gamma", add(shape, b)))
    return mul(c, t), mul(c, _falling(n, m), beta, fn("gamma", add(a, b, n)))


PARTS: Final[Mapping[str, Callable[[Data, Range, Ctx], Part]]] = {
    "telescoping": _telescoping,
    "geometric": _geometric,
    "exponential": _exponential,
    "negative_binomial": _negative_binomial,
    "logarithm": _logarithm,
    "cosh": _odd_or_even("cosh", 1, 0, True),
    "cos": _odd_or_even("cos", -1, 0, True),
    "sinh": _odd_or_even("sinh", 1, 1, True),
    "sin": _odd_or_even("sin", -1, 1, True),
    "atanh": _odd_or_even("atanh", 1, 1, False),
    "atan": _odd_or_even("atan", -1, 1, False),
    "power": _power,
    "zeta": _zeta,
    "alternating": _alternating,
    "rational": _rational,
    "gauss": _gauss,
    "binomial": _binomial,
    "vandermonde": _vandermonde,
    "chu_vandermonde": _chu_vandermonde,
}
