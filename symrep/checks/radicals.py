"""Closed forms that may be zeros: radicals as far as square roots and pure powers go, and functions undone.

What is proposed here is untrusted: whoever uses it proves that it is a zero, or has no use for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from flint import fmpq, fmpq_poly

from symrep.checks.evaluate import precision
from symrep.checks.exact import rational
from symrep.checks.points import real_value
from symrep.term import (
    ONE,
    PI,
    ZERO,
    Term,
    add,
    div,
    fn,
    free_symbols,
    map_children,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    sym,
    walk,
)

__all__ = ["solutions"]

F = Fraction
_DEPTH: Final = 4
_DEGREE: Final = 12
_BITS: Final = 192


def solutions(g: Term, x: str, depth: int = _DEPTH) -> list[Term]:
    """Closed forms that may be zeros of a term with no other symbols: proposals."""
    if depth == 0:
        return []
    g = _one_exponential(g)
    coefficients = _polynomial(g, x)
    if coefficients is not None:
        return _roots(coefficients)
    for u in sorted({s for s in walk(g) if _kernel_of(s, x)}, key=repr):
        outer = _with_symbol(g, u, "_u")
        if x in free_symbols(outer):
            continue
        out: list[Term] = []
        for k in solutions(outer, "_u", depth - 1):
            for inner in _undone(u, k, x):
                out += [v for v in solutions(inner, x, depth - 1) if v not in out]
        return out
    return []


def _one_exponential(t: Term) -> Term:
    """Exponentials of multiples as powers: exp(2x) is a power of exp x."""
    t = map_children(t, _one_exponential, _one_exponential)
    if t[0] != "fn" or t[1] != "exp" or t[2][0] != "mul" or len(t[2]) < 3:
        return t
    n, *rest = t[2][1:]
    if n[0] != "num" or n[2] != 1 or n[1] < 2:
        return t
    return power(fn("exp", rest[0] if len(rest) == 1 else ("mul", *rest)), n)


def _kernel_of(s: Term, x: str) -> bool:
    """A function of the symbol that can be undone."""
    if x not in free_symbols(s):
        return False
    if s[0] == "fn":
        return s[1] in _INVERSES
    return bool(s[0] == "pow" and not (s[2][0] == "num" and s[2][2] == 1 and s[2][1] > 0) and _one_free(s, x))


def _one_free(s: Term, x: str) -> bool:
    return (x in free_symbols(s[1])) != (x in free_symbols(s[2]))


def _with_symbol(g: Term, u: Term, name: str) -> Term:
    def go(s: Term) -> Term:
        return sym(name) if s == u else map_children(s, go, go)

    return go(g)


#: function -> equations v = … that u = f(v) = k may come from
_INVERSES: Final[Mapping[str, Callable[[Term], tuple[Term, ...]]]] = {
    "exp": lambda k: (fn("log", k),),
    "log": lambda k: (fn("exp", k),),
    "sin": lambda k: (fn("asin", k), sub(PI, fn("asin", k))),
    "cos": lambda k: (fn("acos", k), neg(fn("acos", k))),
    "tan": lambda k: (fn("atan", k), add(fn("atan", k), PI)),
    "asin": lambda k: (fn("sin", k),),
    "acos": lambda k: (fn("cos", k),),
    "atan": lambda k: (fn("tan", k),),
    "sinh": lambda k: (fn("asinh", k),),
    "cosh": lambda k: (fn("acosh", k), neg(fn("acosh", k))),
    "tanh": lambda k: (fn("atanh", k),),
    "asinh": lambda k: (fn("sinh", k),),
    "atanh": lambda k: (fn("tanh", k),),
}


def _undone(u: Term, k: Term, x: str) -> list[Term]:
    """Terms whose zeros in x are among those of u − k."""
    k = _tidied(k)
    if u[0] == "fn":
        return [sub(u[2], _tidied_function(v)) for v in _INVERSES[u[1]](k)]
    if x in free_symbols(u[1]):  # v**q = k
        return [sub(u[1], _rooted(k, div(ONE, u[2])))]
    return [sub(u[2], div(fn("log", k), fn("log", u[1])))]  # c**v = k


def _rooted(k: Term, e: Term) -> Term:
    v, q = rational(k, {}), rational(e, {})
    if v is not None and q is not None and q.denominator == 1 and abs(q) < 32 and (v or q > 0):
        return num(v ** int(q))
    return power(k, num(q) if q is not None else e)


def _tidied(t: Term) -> Term:
    v = rational(t, {})
    return t if v is None else num(v)


_KNOWN: Final[Mapping[tuple[str, Fraction], Term]] = {
    ("exp", F(0)): ONE,
    ("exp", F(1)): ("const", "e"),
    ("log", F(1)): ZERO,
    ("asin", F(0)): ZERO,
    ("atan", F(0)): ZERO,
    ("asinh", F(0)): ZERO,
    ("acos", F(0)): div(PI, num(2)),
    ("acos", F(1)): ZERO,
}


def _tidied_function(t: Term) -> Term:
    """The values that everybody writes otherwise: e, π/2, 0."""
    if t[0] in ("add", "mul"):
        parts = [p for c in t[1:] if (p := _tidied_function(c)) != (ZERO if t[0] == "add" else ONE)]
        return (ZERO if t[0] == "add" else ONE) if not parts else parts[0] if len(parts) == 1 else (t[0], *parts)
    v = rational(t[2], {}) if t[0] == "fn" and len(t) == 3 else None
    return t if v is None else _KNOWN.get((t[1], v), t)


def _polynomial(g: Term, x: str) -> list[Term] | None:
    """Coefficients free of x, by rising powers; None if it is none, or of too high a degree."""
    if x not in free_symbols(g):
        return [g]
    if g == sym(x):
        return [ZERO, ONE]
    if g[0] in ("add", "mul"):
        out: list[Term] | None = None
        for c in g[1:]:
            p = _polynomial(c, x)
            if p is None:
                return None
            out = p if out is None else _sum(out, p) if g[0] == "add" else _product(out, p)
            if len(out) > _DEGREE + 1:
                return None
        return out
    if g[0] == "pow" and g[2][0] == "num" and g[2][2] == 1 and 0 < g[2][1] <= _DEGREE:
        base = _polynomial(g[1], x)
        if base is None or (len(base) - 1) * g[2][1] > _DEGREE:
            return None
        out = base
        for _ in range(g[2][1] - 1):
            out = _product(out, base)
        return out
    return None


def _plus(a: Term, b: Term) -> Term:
    return b if a == ZERO else a if b == ZERO else _tidied(add(a, b))


def _times(a: Term, b: Term) -> Term:
    if ZERO in (a, b):
        return ZERO
    return b if a == ONE else a if b == ONE else _tidied(mul(a, b))


def _sum(a: list[Term], b: list[Term]) -> list[Term]:
    n = max(len(a), len(b))
    return [_plus(*(p[i] if i < len(p) else ZERO for p in (a, b))) for i in range(n)]


def _product(a: list[Term], b: list[Term]) -> list[Term]:
    out = [ZERO] * (len(a) + len(b) - 1)
    for i, s in enumerate(a):
        for j, t in enumerate(b):
            out[i + j] = _plus(out[i + j], _times(s, t))
    return out


def _roots(coefficients: list[Term]) -> list[Term]:
    while len(coefficients) > 1 and coefficients[-1] == ZERO:
        coefficients = coefficients[:-1]
    if len(coefficients) == 1:
        return []
    numbers = [rational(c, {}) for c in coefficients]
    known = [fmpq(v.numerator, v.denominator) for v in numbers if v is not None]
    if len(known) == len(numbers):
        _, factors = fmpq_poly(known).numer().factor()
        return [r for q, _ in factors for r in _radicals([num(int(c)) for c in q.coeffs()])]
    return _radicals(coefficients)


def _radicals(c: list[Term]) -> list[Term]:
    """Zeros of a polynomial of degree 1 or 2, in x^n alone, or in x^n and x^2n."""
    n = len(c) - 1
    if n == 1:
        return [_ratio(neg(c[0]), c[1])]
    inside = [i for i in range(1, n) if c[i] != ZERO]
    if not inside:
        return list(_nth(_ratio(neg(c[0]), c[n]), n))
    if n == 2:
        return _quadratic(c)
    if n % 2 == 0 and inside == [n // 2]:
        return [r for v in _quadratic([c[0], c[n // 2], c[n]]) for r in _nth(v, n // 2)]
    return []


def _ratio(a: Term, b: Term) -> Term:
    q = rational(b, {})
    return _scaled(a, 1 / q) if q else _tidied(div(a, b))


def _scaled(t: Term, q: Fraction) -> Term:
    """q·t, the factor as far inside as it goes."""
    v = rational(t, {})
    if v is not None:
        return num(q * v)
    if t[0] == "add":
        parts = [p for c in t[1:] if (p := _scaled(c, q)) != ZERO]
        return parts[0] if len(parts) == 1 else ("add", *parts)
    if t[0] == "mul":
        for c in t[1:]:
            if (v := rational(c, {})) is not None:
                q *= v
        rest = [c for c in t[1:] if rational(c, {}) is None]
        return _scaled(rest[0], q) if len(rest) == 1 else (*t[:1], num(q), *rest) if q != 1 else ("mul", *rest)
    return t if q == 1 else mul(num(q), t)


def _nth(v: Term, n: int) -> Iterator[Term]:
    """The real n-th roots of v."""
    with precision(_BITS):
        z = real_value(v, {})
    if z is None or z.contains(0):
        return
    if z.real > 0:
        root = _square_root(v) if n == 2 else power(v, num(F(1, n)))
        yield root
        if n % 2 == 0:
            yield _scaled(root, F(-1))
    elif n % 2:
        yield neg(power(_scaled(v, F(-1)), num(F(1, n))))


def _square_root(v: Term) -> Term:
    q = rational(v, {})
    if q is None:
        return sqrt(v)
    whole, square = _square_part(q)
    return num(whole) if square == 1 else _scaled(sqrt(num(square)), whole)


def _quadratic(c: list[Term]) -> list[Term]:
    e, b, a = (rational(t, {}) for t in c)
    if e is None or b is None or a is None:
        inner = sub(mul(c[1], c[1]), mul(num(4), c[0], c[2]))
        return [_ratio(add(_scaled(c[1], F(-1)), root), _tidied(mul(num(2), c[2]))) for root in _nth(inner, 2)]
    inside = b * b - 4 * a * e
    if inside <= 0:
        return []
    whole, square = _square_part(inside)
    middle, size = -b / (2 * a), abs(whole / (2 * a))
    roots = [_scaled(sqrt(num(square)), s) for s in (size, -size)]
    return roots if middle == 0 else [add(num(middle), r) for r in roots]


def _square_part(v: Fraction) -> tuple[Fraction, int]:
    """(r, n) with v = r²·n, n as free of squares as trial division by small numbers sees."""
    n, r = v.numerator * v.denominator, F(1, v.denominator)
    for p in range(2, 1000):
        while n % (p * p) == 0:
            n, r = n // (p * p), r * p
    return r, n
