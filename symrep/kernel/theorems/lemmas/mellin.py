r"""Integrals of powers against e^(−b x^p), (1 + b x^p)^(−q), (1 − x^p)^(q−1), with logarithms as derivatives.

In each row the integral is, for parameters in the open set where it converges, an analytic function of the exponents:
on a compact set of them |x^(z−1) (log x)^k …| is at most C (x^(z−ε−1) + x^(z+ε−1)) …, which is integrable, so that
∂_z may be taken under the integral as often as one likes; it brings down log x, and ∂_q brings down −log(1 + b x^p) or
log(1 − x^p). The substitution t = b x^p or t = x^p (decreasing where p < 0) leads to the integrals of the sources.
"""

from __future__ import annotations

from typing import Final

from symrep.kernel.theorems.lemmas.row import HALF_LINE, QUARTER, UNIT, Data, Lemma, nth
from symrep.term import MINUS_ONE, ONE, Term, add, div, fn, mul, neg, num, power, sub

__all__ = ["MELLIN"]

HALF: Final[Term] = num(1, 2)
TWO: Final[Term] = num(2)


def _log_power(t: Term, k: int) -> tuple[Term, ...]:
    return (power(fn("log", t), num(k)),) if k else ()


def _exp_value(d: Data) -> Term:
    def f(z: Term) -> Term:
        s = div(z, d["p"])
        return div(mul(fn("gamma", s), power(d["b"], neg(s))), d.size("p"))

    return nth(f, (d["a"],), (d.orders["k"],))


def _exp_integrand(d: Data, x: Term) -> Term:
    decay = fn("exp", mul(MINUS_ONE, d["b"], power(x, d["p"])))
    return mul(power(x, sub(d["a"], ONE)), *_log_power(x, d.orders["k"]), decay)


def _rational_integrand(d: Data, x: Term) -> Term:
    base = add(ONE, mul(d["b"], power(x, d["p"])))
    logs = (*_log_power(x, d.orders["k"]), *_log_power(base, d.orders["m"]))
    return mul(power(x, sub(d["a"], ONE)), power(base, neg(d["q"])), *logs)


def _rational_value(d: Data) -> Term:
    def f(z: Term, q: Term) -> Term:
        s = div(z, d["p"])
        beta = div(mul(fn("gamma", s), fn("gamma", sub(q, s))), fn("gamma", q))
        return div(mul(beta, power(d["b"], neg(s))), d.size("p"))

    m = d.orders["m"]
    return mul(num((-1) ** m), nth(f, (d["a"], d["q"]), (d.orders["k"], m)))


def _beta_integrand(d: Data, x: Term) -> Term:
    base = sub(ONE, power(x, d["p"]))
    logs = (*_log_power(x, d.orders["k"]), *_log_power(base, d.orders["m"]))
    return mul(power(x, sub(d["a"], ONE)), power(base, sub(d["q"], ONE)), *logs)


def _beta_at(s: Term, q: Term) -> Term:
    return div(mul(fn("gamma", s), fn("gamma", q)), fn("gamma", add(s, q)))


def _beta_value(d: Data) -> Term:
    def f(z: Term, q: Term) -> Term:
        return div(_beta_at(div(z, d["p"]), q), d["p"])

    return nth(f, (d["a"], d["q"]), (d.orders["k"], d.orders["m"]))


def _psi_integrand(d: Data, x: Term) -> Term:
    low = sub(ONE, power(x, d["p"]))
    return div(mul(power(x, sub(d["a"], ONE)), *_log_power(x, d.orders["k"])), low)


def _psi_value(d: Data) -> Term:
    k = d.orders["k"]
    return neg(div(fn("polygamma", num(k), div(d["a"], d["p"])), power(d["p"], num(k + 1))))


def _sine_integrand(d: Data, x: Term) -> Term:
    sine, cosine = fn("sin", x), fn("cos", x)
    logs = (*_log_power(sine, d.orders["k"]), *_log_power(cosine, d.orders["m"]))
    return mul(power(sine, sub(d["a"], ONE)), power(cosine, sub(d["q"], ONE)), *logs)


def _sine_value(d: Data) -> Term:
    def f(z: Term, q: Term) -> Term:
        return mul(HALF, _beta_at(mul(HALF, z), mul(HALF, q)))

    return nth(f, (d["a"], d["q"]), (d.orders["k"], d.orders["m"]))


MELLIN: Final = (
    Lemma(
        name="mellin_exp",
        statement="∫_0^∞ x^(a−1) (log x)^k e^(−b x^p) dx = ∂_a^k [Γ(a/p) b^(−a/p)/|p|]",
        needs="b > 0, p ≠ 0 and a/p > 0",
        source="DLMF 5.9.1",
        over=HALF_LINE,
        terms=("a", "b", "p"),
        orders=(("k", 0),),
        signed=("p",),
        positive=lambda d: (d["b"], div(d["a"], d["p"])),
        integrand=_exp_integrand,
        value=_exp_value,
    ),
    Lemma(
        name="mellin_rational",
        statement="∫_0^∞ x^(a−1) (log x)^k (1 + b x^p)^(−q) (log(1 + b x^p))^m dx"
        " = (−1)^m ∂_a^k ∂_q^m [Γ(a/p) Γ(q − a/p) b^(−a/p)/(Γ(q) |p|)]",
        needs="b > 0, p ≠ 0 and 0 < a/p < q",
        source="DLMF 5.12.3",
        over=HALF_LINE,
        terms=("a", "b", "p", "q"),
        orders=(("k", 0), ("m", 0)),
        signed=("p",),
        positive=lambda d: (d["b"], div(d["a"], d["p"]), sub(d["q"], div(d["a"], d["p"]))),
        integrand=_rational_integrand,
        value=_rational_value,
    ),
    Lemma(
        name="mellin_beta",
        statement="∫_0^1 x^(a−1) (log x)^k (1 − x^p)^(q−1) (log(1 − x^p))^m dx = ∂_a^k ∂_q^m [B(a/p, q)/p]",
        needs="a > 0, p > 0 and q > 0",
        source="DLMF 5.12.1",
        over=UNIT,
        terms=("a", "p", "q"),
        orders=(("k", 0), ("m", 0)),
        positive=lambda d: (d["a"], d["p"], d["q"]),
        integrand=_beta_integrand,
        value=_beta_value,
    ),
    Lemma(
        name="mellin_psi",
        statement="∫_0^1 x^(a−1) (log x)^k/(1 − x^p) dx = −ψ^(k)(a/p)/p^(k+1), k ≥ 1",
        needs="a > 0 and p > 0",
        source="DLMF 5.9.16 differentiated k times",
        over=UNIT,
        terms=("a", "p"),
        orders=(("k", 1),),
        positive=lambda d: (d["a"], d["p"]),
        integrand=_psi_integrand,
        value=_psi_value,
    ),
    Lemma(
        name="sine_powers",
        statement="∫_0^(π/2) (sin x)^(a−1) (cos x)^(q−1) (log sin x)^k (log cos x)^m dx = ∂_a^k ∂_q^m [B(a/2, q/2)/2]",
        needs="a > 0 and q > 0",
        source="DLMF 5.12.2",
        over=QUARTER,
        terms=("a", "q"),
        orders=(("k", 0), ("m", 0)),
        positive=lambda d: (d["a"], d["q"]),
        integrand=_sine_integrand,
        value=_sine_value,
    ),
)
