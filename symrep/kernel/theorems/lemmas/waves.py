r"""Integrals with a wave, an error function, or one over x.

* ``gamma_cos``/``gamma_sin``: real and imaginary part of Γ(a) (b − iω)^(−a) e^(iφ); b − iω has the argument −atan(ω/b).
* ``cauchy_cos``/``cauchy_sin``: the residue of e^(i|ω|z)/(1 + z²) at i; the sine part over the even weight is 0.
* ``cauchy_log``: log((x−a)² + b²) is twice the real part of log(a − x + ib), analytic above the real line, where the
  Cauchy law of x is the harmonic measure of m + is: the value at that point; the growth is logarithmic.
* ``gaussian_erf``: P(Z ≤ α + βX) for independent Z ~ N(0, ½), X ~ N(m, s²): α + βX − Z ~ N(α + βm, β²s² + ½).
* ``half_erf``: 0 at β = 0, and ∂_β of it is ∫ 2x/√π e^(−(a+β²)x²) dx = 1/(√π(a + β²)).
* ``frullani``: ∫_a^b ∫_0^∞ e^(−tx) dx dt by Tonelli; ``sine_over``: ∫_0^ω ∫_0^∞ e^(−ax) cos(tx) dx dt by Fubini.
* ``bridge``: x = t², then ∫_0^∞ f((√b t − √a/t)²) dt = ∫_0^∞ f(u²) du/√b; x → 1/x exchanges a and b; ∂_b brings down −x
  and ∂_a −1/x, dominated on compact sets of positive a and b.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial
from typing import Final

from symrep.kernel.theorems.lemmas.row import HALF_LINE, LINE, Data, Lemma, nth
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, mul, num, power, sqrt, sub

__all__ = ["WAVES"]

HALF: Final[Term] = num(1, 2)
TWO: Final[Term] = num(2)
#: up to here the wave of a multiple angle is written out
MAX_SPELLED: Final = 12


def _angle(d: Data, x: Term) -> Term:
    return add(mul(d["omega"], x), d["phi"])


def _gamma_wave(name: str) -> tuple[Callable[[Data, Term], Term], Callable[[Data], Term]]:
    def integrand(d: Data, x: Term) -> Term:
        return mul(power(x, sub(d["a"], ONE)), fn("exp", mul(MINUS_ONE, d["b"], x)), fn(name, _angle(d, x)))

    def value(d: Data) -> Term:
        a, b, omega, phi = d["a"], d["b"], d["omega"], d["phi"]
        square = add(mul(b, b), mul(omega, omega))
        if a[0] == "num" and a[2] == 1 and a[1] <= MAX_SPELLED:
            n = a[1]  # (b + iω)^n = re + i·im
            re, im = (_binomial(b, omega, n, odd) for odd in (0, 1))
            c, s = fn("cos", phi), fn("sin", phi)
            part = sub(mul(re, c), mul(im, s)) if name == "cos" else add(mul(re, s), mul(im, c))
            return div(mul(num(factorial(n - 1)), part), power(square, num(n)))
        turn = add(mul(a, fn("atan", div(omega, b))), phi)
        return mul(fn("gamma", a), power(square, mul(num(-1, 2), a)), fn(name, turn))

    return integrand, value


def _binomial(b: Term, omega: Term, n: int, odd: int) -> Term:
    """The real (odd = 0) or imaginary part of (b + iω)^n."""
    parts = [
        mul(num((-1) ** (j // 2) * comb(n, j)), power(b, num(n - j)), power(omega, num(j)))
        for j in range(odd, n + 1, 2)
    ]
    return add(*parts) if parts else ZERO


def _cauchy_wave(name: str) -> tuple[Callable[[Data, Term], Term], Callable[[Data], Term]]:
    def integrand(d: Data, x: Term) -> Term:
        return div(fn(name, _angle(d, x)), add(ONE, power(div(sub(x, d["m"]), d["s"]), TWO)))

    def value(d: Data) -> Term:
        damp = fn("exp", mul(MINUS_ONE, d["s"], fn("abs", d["omega"])))
        return mul(PI, d["s"], damp, fn(name, _angle(d, d["m"])))

    return integrand, value


def _bell(d: Data, x: Term) -> Term:
    up = div(mul(MINUS_ONE, power(sub(x, d["m"]), TWO)), mul(TWO, power(d["s"], TWO)))
    return div(fn("exp", up), mul(d["s"], sqrt(mul(TWO, PI))))


def _gaussian_wave(name: str) -> tuple[Callable[[Data, Term], Term], Callable[[Data], Term]]:
    def integrand(d: Data, x: Term) -> Term:
        return mul(fn(name, _angle(d, x)), _bell(d, x))

    def value(d: Data) -> Term:
        damp = fn("exp", div(mul(MINUS_ONE, power(d["omega"], TWO), power(d["s"], TWO)), TWO))
        return mul(fn(name, _angle(d, d["m"])), damp)

    return integrand, value


def _gaussian_erf_value(d: Data) -> Term:
    spread = sqrt(add(ONE, mul(TWO, power(d["beta"], TWO), power(d["s"], TWO))))
    return fn("erf", div(add(d["alpha"], mul(d["beta"], d["m"])), spread))


def _half_erf_value(d: Data) -> Term:
    return div(fn("atan", div(d["beta"], sqrt(d["a"]))), sqrt(mul(PI, d["a"])))


def _bridge_integrand(d: Data, x: Term) -> Term:
    n = d.orders["n"]
    up = sub(mul(MINUS_ONE, d["a"], power(x, MINUS_ONE)), mul(d["b"], x))
    return mul(power(x, num(Fraction(2 * n - 1, 2))), fn("exp", up))


def _bridge_value(d: Data) -> Term:
    def f(a: Term, b: Term) -> Term:
        scale = sqrt(div(PI, b if n >= 0 else a))
        return mul(scale, fn("exp", mul(num(-2), sqrt(a), sqrt(b))))

    n = d.orders["n"]
    times = n if n >= 0 else -1 - n
    return mul(num((-1) ** times), nth(f, (d["a"], d["b"]), (0, times) if n >= 0 else (times, 0)))


def _wave(
    name: str,
    statement: str,
    needs: str,
    source: str,
    over: tuple[Term, Term],
    terms: tuple[str, ...],
    positive: Callable[[Data], tuple[Term, ...]],
    both: tuple[Callable[[Data, Term], Term], Callable[[Data], Term]],
) -> Lemma:
    return Lemma(name, statement, needs, source, over, terms, positive, *both)


WAVES: Final = (
    *(
        _wave(
            f"gaussian_{w}",
            f"∫_ℝ {w}(ωx + φ) e^(−(x−m)²/(2s²))/(s√(2π)) dx = {w}(ωm + φ) e^(−ω²s²/2)",
            "s > 0",
            "DLMF 7.7.3 at z and −z, added",
            LINE,
            ("omega", "phi", "m", "s"),
            lambda d: (d["s"],),
            _gaussian_wave(w),
        )
        for w in ("cos", "sin")
    ),
    *(
        _wave(
            f"gamma_{w}",
            f"∫_0^∞ x^(a−1) e^(−bx) {w}(ωx + φ) dx = Γ(a) (b² + ω²)^(−a/2) {w}(a atan(ω/b) + φ)",
            "a > 0 and b > 0",
            "DLMF 5.9.1 with μ = 1, z = b − iω",
            HALF_LINE,
            ("a", "b", "omega", "phi"),
            lambda d: (d["a"], d["b"]),
            _gamma_wave(w),
        )
        for w in ("cos", "sin")
    ),
    *(
        _wave(
            f"cauchy_{w}",
            f"∫_ℝ {w}(ωx + φ)/(1 + ((x−m)/s)²) dx = πs e^(−s|ω|) {w}(ωm + φ)",
            "s > 0",
            "residues",
            LINE,
            ("omega", "phi", "m", "s"),
            lambda d: (d["s"],),
            _cauchy_wave(w),
        )
        for w in ("cos", "sin")
    ),
    Lemma(
        name="cauchy_log",
        statement="∫_ℝ log((x−a)² + b²)/(1 + ((x−m)/s)²) dx = πs log((a−m)² + (b+s)²)",
        needs="s > 0 and b > 0",
        source="the mean value property of harmonic functions",
        over=LINE,
        terms=("a", "b", "m", "s"),
        positive=lambda d: (d["s"], d["b"]),
        integrand=lambda d, x: div(
            fn("log", add(power(sub(x, d["a"]), TWO), power(d["b"], TWO))),
            add(ONE, power(div(sub(x, d["m"]), d["s"]), TWO)),
        ),
        value=lambda d: mul(
            PI, d["s"], fn("log", add(power(sub(d["a"], d["m"]), TWO), power(add(d["b"], d["s"]), TWO)))
        ),
    ),
    Lemma(
        name="gaussian_erf",
        statement="∫_ℝ erf(α + βx) e^(−(x−m)²/(2s²))/(s√(2π)) dx = erf((α + βm)/√(1 + 2β²s²))",
        needs="s > 0",
        source="the law of a sum of two independent normal variables",
        over=LINE,
        terms=("alpha", "beta", "m", "s"),
        positive=lambda d: (d["s"],),
        integrand=lambda d, x: mul(fn("erf", add(d["alpha"], mul(d["beta"], x))), _bell(d, x)),
        value=_gaussian_erf_value,
    ),
    Lemma(
        name="half_erf",
        statement="∫_0^∞ erf(βx) e^(−ax²) dx = atan(β/√a)/√(πa)",
        needs="a > 0",
        source="its derivative in β",
        over=HALF_LINE,
        terms=("a", "beta"),
        positive=lambda d: (d["a"],),
        integrand=lambda d, x: mul(fn("erf", mul(d["beta"], x)), fn("exp", mul(MINUS_ONE, d["a"], x, x))),
        value=_half_erf_value,
    ),
    Lemma(
        name="frullani",
        statement="∫_0^∞ (e^(−ax) − e^(−bx))/x dx = log b − log a",
        needs="a > 0 and b > 0",
        source="Tonelli's theorem",
        over=HALF_LINE,
        terms=("a", "b"),
        positive=lambda d: (d["a"], d["b"]),
        integrand=lambda d, x: div(
            sub(fn("exp", mul(MINUS_ONE, d["a"], x)), fn("exp", mul(MINUS_ONE, d["b"], x))),
            x,
        ),
        value=lambda d: sub(fn("log", d["b"]), fn("log", d["a"])),
    ),
    Lemma(
        name="sine_over",
        statement="∫_0^∞ e^(−ax) sin(ωx)/x dx = atan(ω/a)",
        needs="a > 0",
        source="Fubini's theorem",
        over=HALF_LINE,
        terms=("a", "omega"),
        positive=lambda d: (d["a"],),
        integrand=lambda d, x: div(mul(fn("exp", mul(MINUS_ONE, d["a"], x)), fn("sin", mul(d["omega"], x))), x),
        value=lambda d: fn("atan", div(d["omega"], d["a"])),
    ),
    Lemma(
        name="bridge",
        statement="∫_0^∞ x^(n−1/2) e^(−a/x − bx) dx = (−∂_b)^n [√(π/b) e^(−2√a√b)] for n ≥ 0,"
        " (−∂_a)^(−1−n) [√(π/a) e^(−2√a√b)] for n ≤ −1",
        needs="a > 0 and b > 0",
        source="x = t² and the Cauchy–Schlömilch substitution in ∫ e^(−a/t² − bt²) dt",
        over=HALF_LINE,
        terms=("a", "b"),
        orders=(("n", -5),),
        positive=lambda d: (d["a"], d["b"]),
        integrand=_bridge_integrand,
        value=_bridge_value,
    ),
)
