"""Laws with elementary distribution functions, and the identities each of them gives: a generator of closed forms.

For a density f, a distribution function F and an inverse g = F^(-1): f(g(u)) |g'(u)| = 1 on (0, 1), F'(x) = f(x),
F(g(u)) = u, g(F(x)) = x, the score of log f against the quotient, and the implicit gradient -(dF/dtheta)/f against the
explicit one of g at u = F(x). For a location-scale law f(mu + s z) s = f_0(z); for a composition f(T(z)) |T'(z)|.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from symrep import positive, real, unit

__all__ = ["identities"]

x, mu, m, z, y = real("x mu m z y")
r, s, a, b, k, t = positive("r s a b k t")
u, p = unit("u p")
E, L, S, PI = sp.exp, sp.log, sp.sqrt, sp.pi
H = sp.Rational(1, 2)

#: (name, left, right, given)
Row = tuple[str, Any, Any, list[Any]]


@dataclass(frozen=True)
class Law:
    """x: variable of f and F; g a function of u; ``given`` relations between the parameters, ``inside`` those that
    place x in the support."""

    name: str
    x: Any
    f: Any
    F: Any
    g: Any
    theta: tuple[Any, ...] = ()
    given: tuple[Any, ...] = ()
    inside: tuple[Any, ...] = ()


LAWS = (
    Law("exponential", r, s * E(-s * r), 1 - E(-s * r), -L(1 - u) / s, (s,)),
    Law(
        "cauchy",
        x,
        1 / (PI * s * (1 + ((x - mu) / s) ** 2)),
        H + sp.atan((x - mu) / s) / PI,
        mu + s * sp.tan(PI * (u - H)),
        (mu, s),
    ),
    Law(
        "logistic",
        x,
        E(-(x - mu) / s) / (s * (1 + E(-(x - mu) / s)) ** 2),
        1 / (1 + E(-(x - mu) / s)),
        mu + s * L(u / (1 - u)),
        (mu, s),
    ),
    Law(
        "rayleigh",
        r,
        r / s**2 * E(-(r**2) / (2 * s**2)),
        1 - E(-(r**2) / (2 * s**2)),
        s * S(-2 * L(1 - u)),
        (s,),
    ),
    Law(
        "pareto",
        r,
        a * b**a / r ** (a + 1),
        1 - (b / r) ** a,
        b * (1 - u) ** (-1 / a),
        (a, b),
        (),
        (r > b,),
    ),
    Law(
        "weibull",
        r,
        k / s * (r / s) ** (k - 1) * E(-((r / s) ** k)),
        1 - E(-((r / s) ** k)),
        s * (-L(1 - u)) ** (1 / k),
        (k, s),
    ),
    Law("reciprocal", r, 1 / (r * L(b / a)), L(r / a) / L(b / a), a * (b / a) ** u, (a, b), (a < b,), (a < r, r < b)),
    Law(
        "gompertz",
        r,
        b * k * E(k + b * r - k * E(b * r)),
        1 - E(-k * (E(b * r) - 1)),
        L(1 - L(1 - u) / k) / b,
        (b, k),
    ),
    Law(
        "gumbel",
        x,
        E(-(x - mu) / s - E(-(x - mu) / s)) / s,
        E(-E(-(x - mu) / s)),
        mu - s * L(-L(u)),
        (mu, s),
    ),
    Law(
        "laplace",
        x,
        E(-sp.Abs(x - mu) / s) / (2 * s),
        H + sp.sign(x - mu) * (1 - E(-sp.Abs(x - mu) / s)) / 2,
        mu - s * sp.sign(u - H) * L(1 - 2 * sp.Abs(u - H)),
    ),
    Law("uniform", x, 1 / (m - mu), (x - mu) / (m - mu), mu + (m - mu) * u, (mu, m), (mu < m,), (mu < x, x < m)),
    Law("halfcauchy", r, 2 / (PI * s * (1 + r**2 / s**2)), 2 * sp.atan(r / s) / PI, s * sp.tan(PI * u / 2), (s,)),
    Law(
        "kumaraswamy",
        p,
        a * b * p ** (a - 1) * (1 - p**a) ** (b - 1),
        1 - (1 - p**a) ** b,
        (1 - (1 - u) ** (1 / b)) ** (1 / a),
        (a, b),
    ),
    Law(
        "gpd",
        r,
        (1 + k * r / s) ** (-1 / k - 1) / s,
        1 - (1 + k * r / s) ** (-1 / k),
        s * ((1 - u) ** (-k) - 1) / k,
        (k, s),
    ),
    Law(
        "gev",
        x,
        (1 + k * (x - mu) / s) ** (-1 / k - 1) * E(-((1 + k * (x - mu) / s) ** (-1 / k))) / s,
        E(-((1 + k * (x - mu) / s) ** (-1 / k))),
        mu + s * ((-L(u)) ** (-k) - 1) / k,
        (mu, s),
        (),
        (1 + k * (x - mu) / s > 0,),
    ),
    Law(
        "frechet",
        r,
        a / s * (r / s) ** (-1 - a) * E(-((r / s) ** (-a))),
        E(-((r / s) ** (-a))),
        s * (-L(u)) ** (-1 / a),
        (a, s),
    ),
    Law("lomax", r, a / s * (1 + r / s) ** (-a - 1), 1 - (1 + r / s) ** (-a), s * ((1 - u) ** (-1 / a) - 1), (a, s)),
    Law(
        "loglogistic",
        r,
        b / a * (r / a) ** (b - 1) / (1 + (r / a) ** b) ** 2,
        1 / (1 + (r / a) ** (-b)),
        a * (u / (1 - u)) ** (1 / b),
        (a, b),
    ),
    Law(
        "burr",
        r,
        a * k / s * (r / s) ** (a - 1) / (1 + (r / s) ** a) ** (k + 1),
        1 - (1 + (r / s) ** a) ** (-k),
        s * ((1 - u) ** (-1 / k) - 1) ** (1 / a),
        (a, k, s),
    ),
    Law(
        "dagum",
        r,
        a * k / r * (r / s) ** (a * k) / (1 + (r / s) ** a) ** (k + 1),
        (1 + (r / s) ** (-a)) ** (-k),
        s * (u ** (-1 / k) - 1) ** (-1 / a),
        (a, k, s),
    ),
    Law(
        "levy",
        r,
        S(s / (2 * PI)) * E(-s / (2 * r)) / r ** sp.Rational(3, 2),
        sp.erfc(S(s / (2 * r))),
        s / (2 * sp.erfinv(1 - u) ** 2),
        (s,),
    ),
    Law(
        "arcsine",
        x,
        1 / (PI * S((x - mu) * (m - x))),
        2 * sp.asin(S((x - mu) / (m - mu))) / PI,
        mu + (m - mu) * sp.sin(PI * u / 2) ** 2,
        (),
        (mu < m,),
        (mu < x, x < m),
    ),
    Law("hyperbolic secant", x, 1 / (PI * sp.cosh(x)), 2 * sp.atan(E(x)) / PI, L(sp.tan(PI * u / 2))),
    Law(
        "continuous bernoulli",
        p,
        t**p * L(t) / (t - 1),
        (t**p - 1) / (t - 1),
        L(1 + u * (t - 1)) / L(t),
        (t,),
        (t > 1,),
    ),
    Law(
        "triangular left",
        x,
        2 * (x - mu) / ((m - mu) * (y - mu)),
        (x - mu) ** 2 / ((m - mu) * (y - mu)),
        mu + S(u * (m - mu) * (y - mu)),
        (mu,),
        (mu < y, y < m),
        (mu < x, x < y),
    ),
    Law(
        "power",
        p,
        a * p ** (a - 1),
        p**a,
        u ** (1 / a),
        (a,),
    ),
    Law(
        "half logistic",
        r,
        2 * E(-r / s) / (s * (1 + E(-r / s)) ** 2),
        (1 - E(-r / s)) / (1 + E(-r / s)),
        s * L((1 + u) / (1 - u)),
        (s,),
    ),
    Law(
        "exponentiated exponential",
        r,
        a * s * E(-s * r) * (1 - E(-s * r)) ** (a - 1),
        (1 - E(-s * r)) ** a,
        -L(1 - u ** (1 / a)) / s,
        (a, s),
    ),
    Law("inverse rayleigh", r, 2 * s**2 / r**3 * E(-(s**2) / r**2), E(-(s**2) / r**2), s / S(-L(u)), (s,)),
    Law(
        "normal",
        x,
        E(-((x - mu) ** 2) / (2 * s**2)) / (s * S(2 * PI)),
        (1 + sp.erf((x - mu) / (s * S(2)))) / 2,
        mu + s * S(2) * sp.erfinv(2 * u - 1),
        (mu, s),
    ),
    Law(
        "half normal",
        r,
        S(2) / (s * S(PI)) * E(-(r**2) / (2 * s**2)),
        sp.erf(r / (s * S(2))),
        s * S(2) * sp.erfinv(u),
        (s,),
    ),
    Law(
        "log-normal",
        r,
        E(-((L(r) - mu) ** 2) / (2 * s**2)) / (r * s * S(2 * PI)),
        (1 + sp.erf((L(r) - mu) / (s * S(2)))) / 2,
        E(mu + s * S(2) * sp.erfinv(2 * u - 1)),
        (mu, s),
    ),
    Law(
        "moyal",
        x,
        E(-((x - mu) / s + E(-(x - mu) / s)) / 2) / (s * S(2 * PI)),
        sp.erfc(E(-(x - mu) / (2 * s)) / S(2)),
        mu - 2 * s * L(S(2) * sp.erfinv(1 - u)),
        (mu, s),
    ),
)


def _of_law(law: Law) -> Iterator[Row]:
    f, F, g = law.f, law.F, law.g
    given, here = list(law.given), [*law.given, *law.inside]
    piecewise = f.has(sp.Abs)
    slope = sp.diff(g, u)
    if piecewise:
        slope = 2 * s / (1 - 2 * sp.Abs(u - H))
    yield "uniform", f.subs(law.x, g) * slope, sp.S.One, given
    yield "uniform log", L(f.subs(law.x, g)), -L(slope), given
    yield "cdf of quantile", F.subs(law.x, g), u, given
    if not piecewise:
        yield "density of cdf", sp.diff(F, law.x), f, here
        yield "hazard", f / (1 - F), -sp.diff(1 - F, law.x) / (1 - F), here
        yield "score of x", sp.diff(f, law.x) / f, sp.diff(sp.expand_log(L(f)), law.x), here
    yield "quantile of cdf", g.subs(u, F), law.x, here
    for q in law.theta:
        yield f"score of {q}", sp.diff(f, q) / f, sp.diff(sp.expand_log(L(f)), q), here
        yield f"implicit {q}", -sp.diff(F, q) / f, sp.diff(g, q).subs(u, F), here


def _standardised() -> Iterator[Row]:
    """f(mu + s z) s = f_0(z), the density stated in another form."""
    rows: list[tuple[str, Any, Any, list[Any]]] = [
        ("normal", E(-((x - mu) ** 2) / (2 * s**2)) / (s * S(2 * PI)), E(-(z**2) / 2) / S(2 * PI), []),
        ("laplace", E(-sp.Abs(x - mu) / s) / (2 * s), E(-sp.Abs(z)) / 2, []),
        ("cauchy", s / (PI * ((x - mu) ** 2 + s**2)), 1 / (PI * (1 + z**2)), []),
        ("logistic", 1 / (4 * s * sp.cosh((x - mu) / (2 * s)) ** 2), E(-z) / (1 + E(-z)) ** 2, []),
        (
            "student",
            sp.gamma((k + 1) / 2) / (sp.gamma(k / 2) * S(k * PI) * s) * (1 + ((x - mu) / s) ** 2 / k) ** (-(k + 1) / 2),
            sp.gamma((k + 1) / 2) / (sp.gamma(k / 2) * S(k * PI)) * (k / (k + z**2)) ** ((k + 1) / 2),
            [],
        ),
        ("gumbel", E(-(x - mu) / s) * E(-E(-(x - mu) / s)) / s, E(-(z + E(-z))), []),
        ("moyal", E(-((x - mu) / s + E(-(x - mu) / s)) / 2) / (S(2 * PI) * s), E(-z / 2 - E(-z) / 2) / S(2 * PI), []),
        ("sech", 1 / (PI * s * sp.cosh((x - mu) / s)), 2 / (PI * (E(z) + E(-z))), []),
    ]
    for name, f, base, given in rows:
        yield f"{name} standardised", f.subs(x, mu + s * z) * s, base, given
        yield f"{name} scaled", base.subs(z, (x - mu) / s) / s, f, given


def _compositions() -> Iterator[Row]:
    """f_Y(T(z)) |T'(z)| = f_Z(z), and back."""
    phi = E(-(z**2) / 2) / S(2 * PI)
    lognormal = E(-((L(r) - mu) ** 2) / (2 * s**2)) / (r * s * S(2 * PI))
    yield "log-normal", lognormal.subs(r, E(mu + s * z)) * s * E(mu + s * z), phi, []
    yield "log-normal back", phi.subs(z, (L(r) - mu) / s) / (s * r), lognormal, []
    logit = E(-((L(p / (1 - p)) - mu) ** 2) / (2 * s**2)) / (s * S(2 * PI) * p * (1 - p))
    sig = 1 / (1 + E(-(mu + s * z)))
    yield "logit-normal", logit.subs(p, sig) * s * sig * (1 - sig), phi, []
    yield "logit-normal back", phi.subs(z, (L(p / (1 - p)) - mu) / s) / (s * p * (1 - p)), logit, []
    j = (x - mu) / s
    su = a / (s * S(2 * PI) * S(1 + j**2)) * E(-((y + a * sp.asinh(j)) ** 2) / 2)
    yield "johnson su", su.subs(x, mu + s * sp.sinh((z - y) / a)) * s / a * sp.cosh((z - y) / a), phi, []
    yield "johnson su back", phi.subs(z, y + a * sp.asinh(j)) * a / S((x - mu) ** 2 + s**2), su, []
    sas = sp.cosh((sp.asinh(z) + y) * t) * t / S(1 + z**2)
    yield "sinh-arcsinh slope", sp.diff(sp.sinh((sp.asinh(z) + y) * t), z), sas, []
    gam = b**a * r ** (a - 1) * E(-b * r) / sp.gamma(a)
    yield "gamma scaled", gam.subs(r, t / b) / b, t ** (a - 1) * E(-t) / sp.gamma(a), []
    inv = b**a / sp.gamma(a) * r ** (-a - 1) * E(-b / r)
    yield "inverse gamma", gam.subs(r, 1 / r) / r**2, inv, []
    yield (
        "chi from chi-squared",
        r ** (k / 2 - 1) * E(-r / 2) / (2 ** (k / 2) * sp.gamma(k / 2)),
        (2 ** (1 - k / 2) * S(r) ** (k - 1) * E(-(S(r) ** 2) / 2) / sp.gamma(k / 2) / (2 * S(r))),
        [],
    )
    nak = 2 * k**k / (sp.gamma(k) * s**k) * r ** (2 * k - 1) * E(-k * r**2 / s)
    yield "nakagami", gam.subs({a: k, b: k / s}).subs(r, r**2) * 2 * r, nak, []
    bet = p ** (a - 1) * (1 - p) ** (b - 1) / sp.beta(a, b)
    yield (
        "beta prime",
        bet.subs(p, r / (1 + r)) / (1 + r) ** 2,
        (sp.gamma(a + b) / (sp.gamma(a) * sp.gamma(b)) * r ** (a - 1) * (1 + r) ** (-a - b)),
        [],
    )
    yield (
        "F from beta",
        (bet.subs({a: a / 2, b: b / 2}).subs(p, a * r / (a * r + b)) * sp.diff(a * r / (a * r + b), r)),
        S((a * r) ** a * b**b / (a * r + b) ** (a + b)) / (r * sp.beta(a / 2, b / 2)),
        [],
    )
    yield "beta reflected", bet.subs(p, 1 - p), p ** (b - 1) * (1 - p) ** (a - 1) / sp.beta(b, a), []
    yield (
        "chi-squared from normal",
        2 * phi.subs(z, S(r)) / (2 * S(r)),
        (r ** (-H) * E(-r / 2) / (S(2) * sp.gamma(H))),
        [],
    )
    yield "half normal", (phi.subs(z, r / s) + phi.subs(z, -r / s)) / s, S(2) * E(-((r / s) ** 2) / 2) / (s * S(PI)), []
    yield (
        "weibull from exponential",
        E(-((r / s) ** k)) * sp.diff((r / s) ** k, r),
        (k * r ** (k - 1) * s ** (-k) * E(-(r**k) * s ** (-k))),
        [],
    )
    yield "gumbel from exponential", E(-E(-x)) * E(-x), E(-x - E(-x)), []
    maxwell = S(2 / PI) * r**2 * E(-(r**2) / (2 * s**2)) / s**3
    yield "maxwell from gamma", (gam.subs({a: sp.Rational(3, 2), b: 1 / (2 * s**2)}).subs(r, r**2) * 2 * r), maxwell, []


def identities() -> Iterator[Row]:
    """Every identity: name, sides, relations."""
    for law in LAWS:
        for name, lhs, rhs, given in _of_law(law):
            yield f"{law.name} {name}", lhs, rhs, given
    yield from _standardised()
    yield from _compositions()
