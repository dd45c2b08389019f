"""Signs of differences of increasing functions, and of Chebyshev polynomials of a cosine."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symrep.audit.algebra import Algebra
from symrep.audit.atoms import ANY, Signs
from symrep.audit.data import No
from symrep.audit.sums import Sum, minus, plus, scaled

__all__ = ["increasing", "multiple_angle"]

#: odd, and strictly increasing wherever they are defined
_INCREASING: Final = frozenset({"erf", "atan", "asin", "erfinv"})
_CHEBYSHEV: Final = {2: {2: 2, 0: -1}, 3: {3: 4, 1: -3}, 4: {4: 8, 2: -8, 0: 1}}
_TURNS: Final = (0, 1, -1, 2, -2)


def increasing(alg: Algebra, p: Sum) -> Signs:
    """C (f(u) − f(v)) has the sign of c (u − v), and c (f(u) + f(v)) that of c (u + v)."""
    if len(p) != 2:
        return ANY
    found = []
    for m, c in p.items():
        if len(m) != 1 or m[0][1] != 1 or alg.atoms[m[0][0]].kind not in _INCREASING:
            return ANY
        found.append((alg.atoms[m[0][0]], c))
    (f, c), (g, d) = found
    if f.kind != g.kind or abs(c) != abs(d) or not (alg.real(f.args[0]) and alg.real(g.args[0])):
        return ANY
    return alg.sign(plus(scaled(f.args[0], c), scaled(g.args[0], d)))


def multiple_angle(alg: Algebra, p: Sum) -> Signs:
    """C cos(nθ), written as a polynomial in cos θ, for an angle nθ between two zeros of the cosine."""
    used = alg.of(p)
    if len(used) != 1 or used[0].kind != "cos" or not alg.real(used[0].args[0]):
        return ANY
    cosine = used[0]
    coefficients = {(int(m[0][1]) if m else 0): c for m, c in p.items()}
    n = max(coefficients)
    wanted = _CHEBYSHEV.get(n)
    if wanted is None or any(m and m[0][1] != int(m[0][1]) for m in p):
        return ANY
    c = coefficients[n] / wanted[n]
    if {k: v / c for k, v in coefficients.items()} != wanted:
        return ANY
    try:
        angle, pi = scaled(cosine.args[0], n), alg.pi()
        for k in _TURNS:
            low, high = scaled(pi, k - Fraction(1, 2)), scaled(pi, k + Fraction(1, 2))
            if alg.sign(minus(angle, low)) <= {1} and alg.sign(minus(high, angle)) <= {1}:
                return frozenset({(1 if c > 0 else -1) * (-1) ** (k % 2)})
    except No:
        pass
    return ANY
