"""Classical polynomials and numbers of a literal integer order, written out in powers of their argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from math import comb, factorial
from typing import Final

from symrep.term import ONE, ZERO, Term, add, mul, num, power

__all__ = ["POLYNOMIALS"]

MOST: Final = 30
#: fewest arguments, most, builder; None of a builder: the order is no literal number
Entry = tuple[int, int, Callable[..., Term | None]]
Coefficients = tuple[Fraction, ...]


def _order(t: Term) -> int | None:
    return int(t[1]) if t[0] == "num" and t[2] == 1 and 0 <= t[1] <= MOST else None


def _written(cs: Coefficients, x: Term) -> Term:
    """Σ c_k x^k."""
    out = []
    for k, c in enumerate(cs):
        if c:
            parts = ([num(c)] if c != 1 or k == 0 else []) + ([x] if k == 1 else [power(x, num(k))] if k else [])
            out.append(mul(*parts))
    return add(*out) if out else ZERO


def _combined(p: Coefficients, q: Coefficients, a: Fraction, b: Fraction) -> Coefficients:
    """a·x·p + b·q."""
    size = max(len(p) + 1, len(q))
    shifted = (Fraction(0), *p)
    return tuple(a * (shifted[k] if k < len(shifted) else 0) + b * (q[k] if k < len(q) else 0) for k in range(size))


def _plus(p: Coefficients, q: Coefficients) -> Coefficients:
    size = max(len(p), len(q))
    return tuple((p[k] if k < len(p) else Fraction(0)) + (q[k] if k < len(q) else Fraction(0)) for k in range(size))


One: Final[Coefficients] = (Fraction(1),)
Step = Callable[[int], tuple[Fraction, Fraction, Fraction]]


def _recurrent(first: Coefficients, step: Step) -> Callable[[int], Coefficients]:
    """p_{n+1} = (a x + c) p_n + b p_{n−1} with (a, c, b) = step(n), p_0 = 1, p_1 = first."""

    @cache
    def at(n: int) -> Coefficients:
        if n < 2:
            return first if n else One
        a, c, b = step(n - 1)
        p, q = at(n - 1), at(n - 2)
        return _plus(_combined(p, q, a, b), tuple(c * v for v in p))

    return at


def _f(p: int, q: int = 1) -> Fraction:
    return Fraction(p, q)


_HERMITE: Final = _recurrent((_f(0), _f(2)), lambda n: (_f(2), _f(0), _f(-2 * n)))
_HERMITE_PROB: Final = _recurrent((_f(0), _f(1)), lambda n: (_f(1), _f(0), _f(-n)))
_LEGENDRE: Final = _recurrent((_f(0), _f(1)), lambda n: (_f(2 * n + 1, n + 1), _f(0), _f(-n, n + 1)))
_CHEBYSHEV_T: Final = _recurrent((_f(0), _f(1)), lambda n: (_f(2), _f(0), _f(-1)))
_CHEBYSHEV_U: Final = _recurrent((_f(0), _f(2)), lambda n: (_f(2), _f(0), _f(-1)))
_LAGUERRE: Final = _recurrent((_f(1), _f(-1)), lambda n: (_f(-1, n + 1), _f(2 * n + 1, n + 1), _f(-n, n + 1)))


def _of(at: Callable[[int], Coefficients]) -> Entry:
    def build(n: Term, x: Term) -> Term | None:
        k = _order(n)
        return None if k is None else _written(at(k), x)

    return 2, 2, build


@cache
def _bernoulli_number(n: int) -> Fraction:
    """B_n with B_1 = −½."""
    if n == 0:
        return Fraction(1)
    return -sum((comb(n + 1, k) * _bernoulli_number(k) for k in range(n)), Fraction(0)) / (n + 1)


def _bernoulli(n: Term, x: Term = ONE) -> Term | None:
    """B_n(x); without an argument B_n(1), so that B_1 = ½ as SymPy has it."""
    k = _order(n)
    if k is None:
        return None
    return _written(tuple(comb(k, j) * _bernoulli_number(k - j) for j in range(k + 1)), x)


def _euler_polynomial(n: int) -> Coefficients:
    """E_n(x) from E_n(x) + E_n(x + 1) = 2xⁿ: E_n(x) = xⁿ − ½ Σ_{k<n} C(n, k) E_k(x)."""
    rows: list[Coefficients] = []
    for m in range(n + 1):
        row = [Fraction(0)] * m + [Fraction(1)]
        for k in range(m):
            for j, c in enumerate(rows[k]):
                row[j] -= Fraction(comb(m, k), 2) * c
        rows.append(tuple(row))
    return rows[n]


def _euler(n: Term, x: Term | None = None) -> Term | None:
    """E_n(x); without an argument the number E_n = 2ⁿ E_n(½)."""
    k = _order(n)
    if k is None:
        return None
    cs = _euler_polynomial(k)
    if x is not None:
        return _written(cs, x)
    return num(2**k * sum((c * Fraction(1, 2**j) for j, c in enumerate(cs)), Fraction(0)))


def _to(x: Term, k: int) -> list[Term]:
    """The factor x^k, none for k = 0."""
    return [power(x, num(k))] if k else []


def _rising(a: Term, shift: int, k: int) -> list[Term]:
    """The factors a + shift, …, a + shift + k − 1."""
    return [add(a, num(shift + j)) for j in range(k)]


def _assoc_laguerre(n: Term, a: Term, x: Term) -> Term | None:
    """Σ_j (−x)^j/j! · (a+j+1)…(a+n)/(n−j)!."""
    k = _order(n)
    if k is None:
        return None
    out = []
    for j in range(k + 1):
        c = num(Fraction((-1) ** j, factorial(j) * factorial(k - j)))
        out.append(mul(c, *_rising(a, j + 1, k - j), *_to(x, j)))
    return add(*out)


def _gegenbauer(n: Term, a: Term, x: Term) -> Term | None:
    """Σ_j (−1)^j a(a+1)…(a+n−j−1)/(j!(n−2j)!) (2x)^(n−2j)."""
    k = _order(n)
    if k is None:
        return None
    out = []
    for j in range(k // 2 + 1):
        c = num(Fraction((-1) ** j * 2 ** (k - 2 * j), factorial(j) * factorial(k - 2 * j)))
        out.append(mul(c, *_rising(a, 0, k - j), *_to(x, k - 2 * j)))
    return add(*out)


def _jacobi(n: Term, a: Term, b: Term, x: Term) -> Term | None:
    """Σ_j C(n, j) (a+b+n+1)_j (a+j+1)_{n−j}/n! ((x−1)/2)^j."""
    k = _order(n)
    if k is None:
        return None
    half = mul(num(1, 2), add(x, num(-1)))
    out = []
    for j in range(k + 1):
        c = num(Fraction(comb(k, j), factorial(k)))
        out.append(mul(c, *_rising(add(a, b), k + 1, j), *_rising(a, j + 1, k - j), *_to(half, j)))
    return add(*out)


POLYNOMIALS: Final[Mapping[str, Entry]] = {
    "hermite": _of(_HERMITE),
    "hermite_prob": _of(_HERMITE_PROB),
    "legendre": _of(_LEGENDRE),
    "chebyshevt": _of(_CHEBYSHEV_T),
    "chebyshevu": _of(_CHEBYSHEV_U),
    "laguerre": _of(_LAGUERRE),
    "assoc_laguerre": (3, 3, _assoc_laguerre),
    "gegenbauer": (3, 3, _gegenbauer),
    "jacobi": (4, 4, _jacobi),
    "bernoulli": (1, 2, _bernoulli),
    "euler": (1, 2, _euler),
}
