r"""Powers of anything real with whole exponents: x^(k+1) = x·x^k, (−1)^(2k) = 1, x^0 = 1 also for x = 0.

b^e = |c|^e (−1)^(e if c < 0) Π f^(k e) for the factors f^k of b. A factor of one strict sign becomes an exponential;
of the others f^M is an atom for each product M of symbols in e = n + Σ c M, which is right where f ≠ 0, and where f =
0 if n ≥ 0 and every c M ≥ 0; a symbol known to be at least L counts as L + (M − L) there. Else f^e is one atom. The
parity of a product of whole numbers is that of its different factors.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, NONNEGATIVE, Atom, Unknown
from symrep.audit.data import MINUS, No
from symrep.audit.sums import Mono, Sum, constant, monomial, scaled

__all__ = ["is_whole_valued", "power_of_whole"]


def is_whole_valued(alg: Algebra, e: Sum) -> bool:
    """Is e an integer combination of products of integer symbols?"""
    for m, c in e.items():
        if c.denominator != 1:
            return False
        for a, k in m:
            atom = alg.atoms[a]
            name = atom.term[1] if atom.kind == "sym" else atom.data if atom.kind == "index" else None
            if name is None or "integer" not in (alg.ctx.kind_of(name) or "") or not isinstance(k, int) or k < 0:
                return False
    return True


def power_of_whole(alg: Algebra, b: Sum, e: Sum) -> Sum:
    """b^e for b ≠ 0 in the algebra, real but for exponentials, and whole e, neither of them a number."""
    c, atoms, polynomials = alg.factor(b)
    out = alg.exp(alg.mul(e, alg.log_abs(constant(abs(c))))) if abs(c) != 1 else dict(sums.ONE)
    if c < 0:
        out = alg.mul(out, _turn(alg, e))
    factors: list[tuple[Sum, sums.Exponent]] = [
        (a.args[0] if a.kind == "base" else monomial(a.index), k) for a, k in atoms
    ]
    for f, k in [*factors, *polynomials]:
        if not alg.real(f):
            raise No("a whole power of something complex", covered=False)
        signs = alg.sign(f)
        if signs <= {1}:
            out = alg.mul(out, alg.exp(alg.mul(scaled(e, Fraction(k)), alg.log_abs(f))))
        elif not isinstance(k, int):
            raise Unknown("a whole power of a root of something that may be negative")
        elif signs <= {-1}:
            up = scaled(e, Fraction(k))
            out = alg.mul(out, alg.mul(_turn(alg, up), alg.exp(alg.mul(up, alg.log_abs(f)))))
        else:
            up, positive = scaled(e, Fraction(k)), f
            if f[max(f, key=lambda m: tuple((a, float(j)) for a, j in m))] < 0:
                out, positive = alg.mul(out, _turn(alg, up)), scaled(f, -1)
            out = alg.mul(out, _opaque(alg, positive, up, alg.sign(positive)))
    return out


def _turn(alg: Algebra, e: Sum) -> Sum:
    """(−1)^e."""
    odd: set[Mono] = set()
    for m, c in e.items():
        if c % 2:
            odd ^= {tuple((a, 1) for a, _ in m)}
    out: Sum = dict(sums.ONE)
    for m in sorted(odd):
        if not m:
            out = scaled(out, -1)
            continue
        whole = {m: Fraction(1)}
        atom = alg.atom(
            ("turn", m),
            lambda i, whole=whole: Atom(  # type: ignore[misc]
                i,
                "turn",
                ("pow", MINUS, alg.term(whole)),
                args=(whole,),
                free=alg.free(whole),
                range=(Fraction(-1), False, Fraction(1), False),
                nonzero=True,
                smooth=False,
            ),
        )
        out = alg.mul(out, monomial(atom.index))
    return out


def _opaque(alg: Algebra, f: Sum, e: Sum, signs: frozenset[int]) -> Sum:
    if 0 in signs and not alg.sign(e) <= {0, 1}:
        alg.need_nonzero(f, "the base of a power")
        signs -= {0}
    low = {m: _least(alg, m) if 0 in signs and c > 0 else 0 for m, c in e.items() if m}
    left = e.get((), Fraction(0)) + sum(c * low[m] for m, c in e.items() if m)
    shifted = [(m, c, sums.minus({m: Fraction(1)}, constant(low[m]))) for m, c in e.items() if m]
    apart = 0 not in signs or (left >= 0 and all(c > 0 and alg.sign(up) <= {0, 1} for _, c, up in shifted))
    if not apart:  # a whole, but for a number in front
        n = e.get((), Fraction(0))
        rest = sums.minus(e, constant(n))
        if n >= 0 and alg.sign(rest) <= {0, 1}:
            return alg.mul(alg.whole_power(f, int(n)), monomial(_atom(alg, f, rest, signs).index))
        return monomial(_atom(alg, f, e, signs).index)
    out = alg.whole_power(f, int(left)) if left else dict(sums.ONE)
    for _, c, up in shifted:
        out = alg.mul(out, monomial(_atom(alg, f, up, signs).index, int(c)))
    return out


def _least(alg: Algebra, m: Mono) -> int:
    """A whole number not above a symbol; 0 if none is known, or for a product of symbols."""
    if len(m) != 1 or m[0][1] != 1:
        return 0
    low = alg.atoms[m[0][0]].range[0]
    return 0 if low is None else max(0, ceil(low))


def _atom(alg: Algebra, f: Sum, e: Sum, signs: frozenset[int]) -> Atom:
    return alg.atom(
        ("ipow", sums.key(f), sums.key(e)),
        lambda i: Atom(
            i,
            "ipow",
            ("pow", alg.term(f), alg.term(e)),
            args=(f, e),
            free=alg.free(f) | alg.free(e),
            range=NONNEGATIVE if signs <= {0, 1} else LINE,
            nonzero=0 not in signs,
            smooth=False,
        ),
    )
