r"""Integrals whose value is a function of its own: incomplete Γ and B, Bessel functions."""

from __future__ import annotations

from typing import Final

from symrep.kernel.theorems.lemmas.row import HALF_LINE, Data, Lemma
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, div, fn, mul, neg, num, power, sqrt, sub

__all__ = ["NAMED"]

HALF: Final[Term] = num(1, 2)
TWO: Final[Term] = num(2)
INFINITY: Final[Term] = ("inf", 1)


def _gamma_integrand(d: Data, x: Term) -> Term:
    return mul(power(x, sub(d["a"], ONE)), fn("exp", mul(MINUS_ONE, d["b"], power(x, d["p"]))))


def _incomplete(name: str, d: Data) -> Term:
    s = div(d["a"], d["p"])
    at = mul(d["b"], power(d["h"], d["p"]))
    return div(mul(fn(name, s, at), power(d["b"], neg(s))), d["p"])


def _beta_integrand(d: Data, x: Term) -> Term:
    return mul(power(x, sub(d["a"], ONE)), power(sub(ONE, x), sub(d["q"], ONE)))


def _bessel_integrand(d: Data, x: Term) -> Term:
    wave = (fn("cos", mul(num(d.orders["n"]), x)),) if d.orders["n"] else ()
    return mul(fn("exp", mul(d["kappa"], fn("cos", x))), *wave)


def _generalised_inverse(d: Data, x: Term) -> Term:
    up = sub(mul(MINUS_ONE, d["b"], power(x, MINUS_ONE)), mul(d["w"], x))
    return mul(power(x, sub(d["a"], ONE)), fn("exp", up))


NAMED: Final = (
    Lemma(
        name="lower_gamma",
        statement="∫_0^h x^(a−1) e^(−b x^p) dx = γ(a/p, b h^p) b^(−a/p)/p",
        needs="a, b, p and h > 0",
        source="DLMF §8.2(i) with t = b x^p",
        over=lambda d: (ZERO, d["h"]),
        terms=("a", "b", "p", "h"),
        positive=lambda d: (d["a"], d["b"], d["p"], d["h"]),
        integrand=_gamma_integrand,
        value=lambda d: _incomplete("lowergamma", d),
    ),
    Lemma(
        name="upper_gamma",
        statement="∫_h^∞ x^(a−1) e^(−b x^p) dx = Γ(a/p, b h^p) b^(−a/p)/p",
        needs="b, p and h > 0",
        source="DLMF §8.2(i) with t = b x^p",
        over=lambda d: (d["h"], INFINITY),
        terms=("a", "b", "p", "h"),
        positive=lambda d: (d["b"], d["p"], d["h"]),
        integrand=_gamma_integrand,
        value=lambda d: _incomplete("uppergamma", d),
    ),
    Lemma(
        name="incomplete_beta",
        statement="∫_g^h x^(a−1) (1 − x)^(q−1) dx = B(a, q; g, h)",
        needs="a > 0, q > 0, 0 < g < h < 1",
        source="DLMF §8.17(i)",
        over=lambda d: (d["g"], d["h"]),
        terms=("a", "q", "g", "h"),
        positive=lambda d: (d["a"], d["q"], d["g"], sub(d["h"], d["g"]), sub(ONE, d["h"])),
        integrand=_beta_integrand,
        value=lambda d: fn("betainc", d["a"], d["q"], d["g"], d["h"]),
    ),
    Lemma(
        name="lower_beta",
        statement="∫_0^h x^(a−1) (1 − x)^(q−1) dx = B(a, q; 0, h)",
        needs="a > 0, q > 0, 0 < h < 1",
        source="DLMF §8.17(i)",
        over=lambda d: (ZERO, d["h"]),
        terms=("a", "q", "h"),
        positive=lambda d: (d["a"], d["q"], d["h"], sub(ONE, d["h"])),
        integrand=_beta_integrand,
        value=lambda d: fn("betainc", d["a"], d["q"], ZERO, d["h"]),
    ),
    Lemma(
        name="bessel_i",
        statement="∫_0^π e^(κ cos x) cos(nx) dx = π I_n(κ), n whole",
        needs="n ≥ 0",
        source="DLMF 10.32.3",
        over=(ZERO, PI),
        terms=("kappa",),
        orders=(("n", 0),),
        positive=lambda d: (),
        integrand=_bessel_integrand,
        value=lambda d: mul(PI, fn("besseli", num(d.orders["n"]), d["kappa"])),
    ),
    Lemma(
        name="bessel_k",
        statement="∫_0^∞ x^(a−1) e^(−b/x − wx) dx = 2 (b/w)^(a/2) K_a(2√b√w)",
        needs="b > 0 and w > 0",
        source="DLMF §10.32(i) with t = wx",
        over=HALF_LINE,
        terms=("a", "b", "w"),
        positive=lambda d: (d["b"], d["w"]),
        integrand=_generalised_inverse,
        value=lambda d: mul(
            TWO,
            power(div(d["b"], d["w"]), mul(HALF, d["a"])),
            fn("besselk", d["a"], mul(TWO, sqrt(d["b"]), sqrt(d["w"]))),
        ),
    ),
)
