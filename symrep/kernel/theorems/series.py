r"""Values of sums, from antidifferences and a short table of stated lemmas.

``sum_value`` proves Σ_{k=lo}^{hi} t = Σ_p v_p where t = Σ_p t_p is proved on the integers of the range and each
Σ t_p = v_p is one of the following, j = k − o standing for the index counted from ``offset`` o, and s = lo − o ≥ 0 a
literal: where the sum starts. What is left out below s is subtracted, term by term. j^(m) is the falling factorial
j(j−1)…(j−m+1), m literal; c, x, y, a, b, n are free of k. All series converge absolutely unless it is said.

* ``telescoping``: t_p = T(k+1) − T(k); see ``theorems.summation.telescoping``;

over j ≥ s:

* ``geometric``: c j^(m) x^j, −1 < x < 1: c m! x^m (1−x)^(−m−1);
* ``exponential``: c j^(m) x^j/j!: c x^m e^x, any x;
* ``negative_binomial``: c j^(m) x^j Γ(a+j)/(Γ(a) j!), a > 0, −1 < x < 1: c x^m Γ(a+m)/Γ(a) (1−x)^(−a−m);
* ``logarithm``: c x^j/j, s ≥ 1, −1 ≤ x < 1: −c log(1−x) (at x = −1 not absolutely);
* ``cosh``, ``cos``: c (±1)^j x^(2j)/(2j)!, any real x; ``sinh``, ``sin``: c (±1)^j x^(2j+1)/(2j+1)!;
* ``atanh``: c x^(2j+1)/(2j+1), −1 < x < 1; ``atan``: c (−1)^j x^(2j+1)/(2j+1), −1 ≤ x ≤ 1 (at |x| = 1 not absolutely);

over j ≥ 0, that is s = 0:

* ``power``: c (j+a)^(−p), p ≥ 2 literal, a > 0: c (−1)^p ψ^(p−1)(a)/(p−1)! (DLMF 5.15.1, differentiated);
* ``zeta``: c (j+a)^(−s), s > 1, a > 0: c ζ(s, a) (DLMF 25.11.1), ζ(s) when a = 1;
* ``alternating``: c (−1)^j (j+a)^(−p), p ≥ 1 literal, a > 0: the even and the odd j apart, for p = 1 in pairs
  (then not absolutely);
* ``rational``: Σ_i c_i/(j+a_i) with Σ_i c_i = 0, a_i > 0: −Σ_i c_i ψ(a_i);
* ``gauss``: c j^(m) Γ(a+j) Γ(b+j)/(Γ(d+j) j!), a, b > 0, d − a − b > m:
  c Γ(a+m) Γ(b+m) Γ(d−a−b−m)/(Γ(d−a) Γ(d−b)) (DLMF 15.4.20, at a + m, b + m, d + m);

finite, over s ≤ j ≤ n with n = hi − o an integer, n ≥ 0:

* ``binomial``: c j^(m) C(n,j) x^j y^(n−j): c n^(m) x^m (x+y)^(n−m), the binomial theorem differentiated m times in x;
* ``vandermonde``: c j^(m) C(a,j) C(b,n−j), a, b ≥ 0 integers, a + b ≥ m, s = 0: c a^(m) n^(m)/(a+b)^(m) C(a+b,n),
  Vandermonde's identity, since j^(m) C(a,j) = a^(m) C(a−m,j−m);
* ``chu_vandermonde``: c j^(m) C(n,j) Γ(a+j) Γ(b+n−j), a, b > 0, s = 0: c n^(m) Γ(a+m) Γ(b) Γ(a+b+n)/Γ(a+b+m)
  (DLMF 15.4.24).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import factorial, perm
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.limits import limit
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.summation import Range, in_range, integer_ends, no_gap, read_range, without
from symrep.term import (
    MINUS_ONE,
    ONE,
    ZERO,
    Term,
    add,
    div,
    fn,
    free_symbols,
    mul,
    neg,
    num,
    power,
    sub,
    substitute,
    sym,
)
from symrep.verdict import Reason

__all__ = ["sum_value", "total"]

MAX_ORDER: Final = 60
INFINITY: Final[Term] = ("inf", 1)

#: what one kind of part is: its instance, the range and the context in, (t_p, v_p) out
Lemma = Callable[[Instance, Range, Context], tuple[Term, Term]]


def sum_value(i: Instance, ctx: Context) -> Facts:
    """Σ_{k=lo}^{hi} t in closed form. Data: ``parts``, each with its ``kind`` and what the table above names."""
    body, bounds = read_range(i.term("lhs"), "sum")
    k, lo, hi = bounds
    outer = without(ctx, k)
    integer_ends(outer, lo, hi)
    no_gap(lo, hi, outer)
    summand, value = total(i.subs("parts"), bounds, outer)
    equal(body, summand, in_range(outer, k, lo, hi))
    equal(i.term("rhs"), value, outer)
    return ("the sum of known sums",)


def total(parts: tuple[Instance, ...], bounds: Range, ctx: Context) -> tuple[Term, Term]:
    """Σ t_p and Σ v_p, the conditions of each part checked."""
    summands, values = [], []
    for p in parts:
        lemma = _KINDS.get(p.name("kind"))
        if lemma is None:
            raise NotProved(f"no lemma about sums is called {p.name('kind')}", Reason.NOTHING_APPLIED)
        summand, value = lemma(p, bounds, ctx)
        summands.append(summand)
        values.append(value)
    return (add(*summands), add(*values)) if summands else (ZERO, ZERO)


# --- reading --------------------------------------------------------------------------------------------------------


def _literal(p: Instance, key: str, least: int) -> int:
    t = p.term(key)
    if t[0] != "num" or t[2] != 1 or not least <= t[1] <= MAX_ORDER:
        raise NotProved(f"{key} has to be a whole number from {least} to {MAX_ORDER}", Reason.NOTHING_APPLIED)
    return int(t[1])


def _free(p: Instance, k: str, *keys: str) -> tuple[Term, ...]:
    out = tuple(p.term(key) for key in keys)
    if any(k in free_symbols(t) for t in out):
        raise NotProved(f"a constant of the lemma depends on {k}", Reason.NOTHING_APPLIED)
    return out


def _index(p: Instance, bounds: Range, ctx: Context, *, least: int = 0) -> tuple[Term, int]:
    """J = k − o, and where it starts."""
    k, lo, _ = bounds
    (offset,), start = _free(p, k, "offset"), _literal(p, "start", least)
    if not integer_valued(offset, ctx):
        raise NotProved("the offset is not known to be an integer", Reason.DOMAIN)
    equal(lo, add(offset, num(start)), ctx)
    return sub(sym(k), offset), start


def _infinite(bounds: Range) -> None:
    if bounds[2] != INFINITY:
        raise NotProved("the lemma is about an infinite sum", Reason.DOES_NOT_APPLY)


def _holds(ctx: Context, t: Term, op: str, what: str) -> None:
    if not prove_sign(t, op, domain(ctx)):
        raise NotProved(f"{what} is not known", Reason.DOMAIN)


def _below_one(ctx: Context, x: Term) -> None:
    _holds(ctx, sub(ONE, x), ">", "x < 1")
    _holds(ctx, add(ONE, x), ">", "x > -1")


def to_the(x: Term, n: int) -> Term:
    """x^n, and x^0 = 1 for x = 0 too."""
    return power(x, num(n)) if n else ONE


def nth_power(x: Term, j: Term) -> Term:
    """x^j for an integer j, factor by factor, powers of exponentials as exponentials: equal whatever x is."""
    if x[0] == "mul":
        return mul(*(nth_power(f, j) for f in x[1:]))
    return fn("exp", mul(j, x[2])) if x[:2] == ("fn", "exp") else power(x, j)


def falling(t: Term, m: int) -> Term:
    """t(t−1)…(t−m+1)."""
    return mul(*(sub(t, num(i)) if i else t for i in range(m)))


# --- infinite -------------------------------------------------------------------------------------------------------


def _less(whole: Term, c: Term, first: list[Term]) -> Term:
    return mul(c, add(whole, *(neg(t) for t in first)))


def _geometric(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    (c, x), m = _free(p, bounds[0], "c", "x"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    _below_one(ctx, x)
    whole = mul(num(factorial(m)), to_the(x, m), power(sub(ONE, x), num(-m - 1)))
    first = [mul(num(perm(i, m)), to_the(x, i)) for i in range(s) if i >= m]
    return mul(c, falling(j, m), power(x, j)), _less(whole, c, first)


def _exponential(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    (c, x), m = _free(p, bounds[0], "c", "x"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    first = [mul(num(perm(i, m), factorial(i)), to_the(x, i)) for i in range(s) if i >= m]
    t = mul(c, falling(j, m), nth_power(x, j), power(fn("factorial", j), MINUS_ONE))
    return t, _less(mul(to_the(x, m), fn("exp", x)), c, first)


def _negative_binomial(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    (c, x, a), m = _free(p, bounds[0], "c", "x", "a"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    _below_one(ctx, x)
    _holds(ctx, a, ">", "a > 0")

    def rising(n: Term) -> Term:
        return div(fn("gamma", add(a, n)), fn("gamma", a))

    first = [mul(num(perm(i, m), factorial(i)), to_the(x, i), rising(num(i))) for i in range(s) if i >= m]
    whole = mul(to_the(x, m), rising(num(m)), power(sub(ONE, x), sub(num(-m), a)))
    t = mul(c, falling(j, m), power(x, j), rising(j), power(fn("factorial", j), MINUS_ONE))
    return t, _less(whole, c, first)


def _logarithm(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    c, x = _free(p, bounds[0], "c", "x")
    j, s = _index(p, bounds, ctx, least=1)
    _holds(ctx, sub(ONE, x), ">", "x < 1")
    _holds(ctx, add(ONE, x), ">=", "x >= -1")
    first = [mul(num(1, i), to_the(x, i)) for i in range(1, s)]
    return mul(c, power(x, j), power(j, MINUS_ONE)), _less(neg(fn("log", sub(ONE, x))), c, first)


def _trigonometric(name: str, sign: int, odd: int) -> Lemma:
    def check(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
        _infinite(bounds)
        c, x = _free(p, bounds[0], "c", "x")
        j, s = _index(p, bounds, ctx)
        _holds(ctx, add(ONE, mul(x, x)), ">", "that x is real")
        n = add(mul(num(2), j), num(odd))
        turn = [power(MINUS_ONE, j)] if sign < 0 else []
        first = [mul(num(sign**i, factorial(2 * i + odd)), to_the(x, 2 * i + odd)) for i in range(s)]
        t = mul(c, *turn, power(x, n), power(fn("factorial", n), MINUS_ONE))
        return t, _less(fn(name, x), c, first)

    return check


def _inverse_tangent(name: str, sign: int) -> Lemma:
    def check(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
        _infinite(bounds)
        c, x = _free(p, bounds[0], "c", "x")
        j, s = _index(p, bounds, ctx)
        op = ">" if sign > 0 else ">="
        _holds(ctx, sub(ONE, x), op, "|x| <= 1")
        _holds(ctx, add(ONE, x), op, "|x| <= 1")
        n = add(mul(num(2), j), ONE)
        turn = [power(MINUS_ONE, j)] if sign < 0 else []
        first = [mul(num(sign**i, 2 * i + 1), to_the(x, 2 * i + 1)) for i in range(s)]
        return mul(c, *turn, power(x, n), power(n, MINUS_ONE)), _less(fn(name, x), c, first)

    return check


def _hurwitz(p: int, a: Term) -> Term:
    """Σ_{j≥0} (j+a)^(−p) for p ≥ 2."""
    order = fn("polygamma", num(p - 1), a)
    return mul(num((-1) ** p, factorial(p - 1)), order)


def _power(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    (c, a), order = _free(p, bounds[0], "c", "a"), _literal(p, "p", 2)
    j, s = _index(p, bounds, ctx)
    _only_from_zero(s)
    _holds(ctx, a, ">", "a > 0")
    return mul(c, power(add(j, a), num(-order))), mul(c, _hurwitz(order, a))


def _zeta(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    c, s, a = _free(p, bounds[0], "c", "s", "a")
    j, start = _index(p, bounds, ctx)
    _only_from_zero(start)
    _holds(ctx, a, ">", "a > 0")
    _holds(ctx, sub(s, ONE), ">", "s > 1")
    return mul(c, power(add(j, a), neg(s))), mul(c, fn("zeta", s) if a == ONE else fn("zeta", s, a))


def _alternating(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    (c, a), order = _free(p, bounds[0], "c", "a"), _literal(p, "p", 1)
    j, s = _index(p, bounds, ctx)
    _only_from_zero(s)
    _holds(ctx, a, ">", "a > 0")
    even, odd = mul(num(1, 2), a), mul(num(1, 2), add(a, ONE))
    if order == 1:
        apart = sub(fn("digamma", odd), fn("digamma", even))
    else:
        apart = sub(_hurwitz(order, even), _hurwitz(order, odd))
    t = mul(c, power(MINUS_ONE, j), power(add(j, a), num(-order)))
    return t, mul(c, num(1, 2**order), apart)


def _rational(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    cs, poles = p.terms("cs"), p.terms("as")
    if len(cs) != len(poles) or not cs or any(bounds[0] in free_symbols(t) for t in (*cs, *poles)):
        raise NotProved("needs as many residues as poles, free of the index", Reason.NOTHING_APPLIED)
    j, s = _index(p, bounds, ctx)
    _only_from_zero(s)
    equal(add(*cs), ZERO, ctx)
    for a in poles:
        _holds(ctx, a, ">", "a > 0")
    t = add(*(mul(c, power(add(j, a), MINUS_ONE)) for c, a in zip(cs, poles, strict=True)))
    return t, add(*(mul(MINUS_ONE, c, fn("digamma", a)) for c, a in zip(cs, poles, strict=True)))


def _gauss(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    _infinite(bounds)
    (c, a, b, d), m = _free(p, bounds[0], "c", "a", "b", "d"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    _only_from_zero(s)
    _holds(ctx, a, ">", "a > 0")
    _holds(ctx, b, ">", "b > 0")
    rest = sub(sub(sub(d, a), b), num(m))
    _holds(ctx, rest, ">", f"d - a - b > {m}")
    above = mul(fn("gamma", add(a, j)), fn("gamma", add(b, j)))
    below = mul(fn("gamma", add(d, j)), fn("factorial", j))
    top = mul(fn("gamma", add(a, num(m))), fn("gamma", add(b, num(m))), fn("gamma", rest))
    whole = div(top, mul(fn("gamma", sub(d, a)), fn("gamma", sub(d, b))))
    return mul(c, falling(j, m), div(above, below)), mul(c, whole)


def _only_from_zero(s: int) -> None:
    if s:
        raise NotProved("the lemma is about sums from 0", Reason.DOES_NOT_APPLY)


# --- both, and finite -----------------------------------------------------------------------------------------------


def _telescoping(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    k, lo, hi = bounds
    anti = p.term("antidifference")
    if hi == INFINITY:
        end = limit(anti, k, hi, "-", ctx, (lo, hi))
        if end[0] == "inf":
            raise NotProved("the partial sums are unbounded", Reason.NOT_INTEGRABLE)
    else:
        end = substitute(anti, {k: add(hi, ONE)})
    t = sub(substitute(anti, {k: add(sym(k), ONE)}), anti)
    return t, sub(end, substitute(anti, {k: lo}))


def _length(bounds: Range, offset: Term, ctx: Context) -> Term:
    """N = hi − o ≥ 0."""
    if bounds[2][0] == "inf":
        raise NotProved("the lemma is about a finite sum", Reason.DOES_NOT_APPLY)
    n = sub(bounds[2], offset)
    _holds(ctx, n, ">=", "n >= 0")
    return n


def _binomial(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    (c, x, y), m = _free(p, bounds[0], "c", "x", "y"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    n = _length(bounds, p.term("offset"), ctx)

    def item(i: Term) -> Term:
        return mul(falling(i, m), fn("binomial", n, i), power(x, i), power(y, sub(n, i)))

    whole = mul(falling(n, m), to_the(x, m), power(add(x, y), sub(n, num(m))))
    return mul(c, item(j)), _less(whole, c, [item(num(i)) for i in range(m, s)])


def _vandermonde(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    (c, a, b), m = _free(p, bounds[0], "c", "a", "b"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    _only_from_zero(s)
    n = _length(bounds, p.term("offset"), ctx)
    for top in (a, b):
        if not integer_valued(top, ctx):
            raise NotProved("a number of things to choose from is not known to be an integer", Reason.DOMAIN)
        _holds(ctx, top, ">=", "that there are at least 0 things to choose from")
    every = add(a, b)
    if m:
        _holds(ctx, sub(every, num(m)), ">=", f"a + b >= {m}")
    t = mul(c, falling(j, m), fn("binomial", a, j), fn("binomial", b, sub(n, j)))
    share = [falling(a, m), falling(n, m), power(falling(every, m), MINUS_ONE)] if m else []
    return t, mul(c, *share, fn("binomial", every, n))


def _chu_vandermonde(p: Instance, bounds: Range, ctx: Context) -> tuple[Term, Term]:
    (c, a, b), m = _free(p, bounds[0], "c", "a", "b"), _literal(p, "m", 0)
    j, s = _index(p, bounds, ctx)
    _only_from_zero(s)
    n = _length(bounds, p.term("offset"), ctx)
    _holds(ctx, a, ">", "a > 0")
    _holds(ctx, b, ">", "b > 0")
    t = mul(falling(j, m), fn("binomial", n, j), fn("gamma", add(a, j)), fn("gamma", add(b, sub(n, j))))
    top = mul(fn("gamma", add(a, num(m))), fn("gamma", b), fn("gamma", add(a, b, n)))
    return mul(c, t), mul(c, falling(n, m), div(top, fn("gamma", add(a, b, num(m)))))


_KINDS: Final[Mapping[str, Lemma]] = {
    "telescoping": _telescoping,
    "geometric": _geometric,
    "exponential": _exponential,
    "negative_binomial": _negative_binomial,
    "logarithm": _logarithm,
    "cosh": _trigonometric("cosh", 1, 0),
    "cos": _trigonometric("cos", -1, 0),
    "sinh": _trigonometric("sinh", 1, 1),
    "sin": _trigonometric("sin", -1, 1),
    "atanh": _inverse_tangent("atanh", 1),
    "atan": _inverse_tangent("atan", -1),
    "power": _power,
    "zeta": _zeta,
    "alternating": _alternating,
    "rational": _rational,
    "gauss": _gauss,
    "binomial": _binomial,
    "vandermonde": _vandermonde,
    "chu_vandermonde": _chu_vandermonde,
}
