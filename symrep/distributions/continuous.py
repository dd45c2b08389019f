"""Continuous families: entries only, no logic."""

from __future__ import annotations

from sympy import Abs, EulerGamma, Rational, S, atan, beta, erf, exp, gamma, log, oo, pi, polygamma, sign, sqrt, tan

from symrep.distribution import Family, Interval, Pathwise, PositiveReals, Reals, UnitInterval, positive_line, real_line
from symrep.symbols import positive, real, unit

x = real("x")
eps = real("eps")
e = positive("e")
u = unit("u")
mu, m, a, b = real("mu m a b")
sigma, s, lam, alpha, k, theta, nu, x_m = positive("sigma s lam alpha k theta nu x_m")
p, q = positive("alpha beta")

STANDARD_NORMAL = ("Normal", (S.Zero, S.One))
UNIFORM01 = ("Uniform", (S.Zero, S.One))
SCIPY = "SciPy documentation, tutorial/stats/continuous_"
PROOFS = "The Book of Statistical Proofs, statproofbook.github.io/P/"
STAN = "Stan Functions Reference, "

Normal = Family(
    name="Normal",
    variable=x,
    support=Reals,
    parameters={mu: real_line(), sigma: positive_line()},
    density=exp(-((x - mu) ** 2) / (2 * sigma**2)) / sqrt(2 * pi * sigma**2),
    cdf=(1 + erf((x - mu) / (sqrt(2) * sigma))) / 2,
    mean=mu,
    variance=sigma**2,
    entropy=log(2 * pi * S.Exp1 * sigma**2) / 2,
    latex=r"\mathcal{N}",
    latex_squared=(sigma,),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, mu + sigma * eps),),
    source=SCIPY + "norm",
)

Uniform = Family(
    name="Uniform",
    variable=x,
    support=Interval(a, b),
    parameters={a: real_line((-1.0, 0.0)), b: real_line((0.5, 2.0))},
    density=1 / (b - a),
    cdf=(x - a) / (b - a),
    mean=(a + b) / 2,
    variance=(b - a) ** 2 / 12,
    entropy=log(b - a),
    latex=r"\mathcal{U}",
    pathwise=(Pathwise(u, UNIFORM01, a + (b - a) * u),),
    constraints=(a < b,),
    source=SCIPY + "uniform",
)

Exponential = Family(
    name="Exponential",
    variable=x,
    support=PositiveReals,
    parameters={lam: positive_line()},
    density=lam * exp(-lam * x),
    cdf=1 - exp(-lam * x),
    mean=1 / lam,
    variance=1 / lam**2,
    entropy=1 - log(lam),
    latex=r"\mathrm{Exp}",
    pathwise=(Pathwise(e, ("Exponential", (S.One,)), e / lam), Pathwise(u, UNIFORM01, -log(1 - u) / lam)),
    source=SCIPY + "expon",
)

Laplace = Family(
    name="Laplace",
    variable=x,
    support=Reals,
    parameters={m: real_line(), s: positive_line()},
    density=exp(-Abs(x - m) / s) / (2 * s),
    cdf=Rational(1, 2) + sign(x - m) * (1 - exp(-Abs(x - m) / s)) / 2,
    mean=m,
    variance=2 * s**2,
    entropy=1 + log(2 * s),
    pathwise=(Pathwise(eps, ("Laplace", (S.Zero, S.One)), m + s * eps),),
    source=SCIPY + "laplace",
)

Logistic = Family(
    name="Logistic",
    variable=x,
    support=Reals,
    parameters={m: real_line(), s: positive_line()},
    density=exp(-(x - m) / s) / (s * (1 + exp(-(x - m) / s)) ** 2),
    cdf=1 / (1 + exp(-(x - m) / s)),
    mean=m,
    variance=pi**2 * s**2 / 3,
    entropy=log(s) + 2,
    pathwise=(
        Pathwise(eps, ("Logistic", (S.Zero, S.One)), m + s * eps),
        Pathwise(u, UNIFORM01, m + s * log(u / (1 - u))),
    ),
    source=SCIPY + "logistic; entropy: Netica help, LogisticDist",
)

Cauchy = Family(
    name="Cauchy",
    variable=x,
    support=Reals,
    parameters={m: real_line(), s: positive_line()},
    density=s / (pi * (s**2 + (x - m) ** 2)),
    cdf=Rational(1, 2) + atan((x - m) / s) / pi,
    entropy=log(4 * pi * s),
    pathwise=(
        Pathwise(eps, ("Cauchy", (S.Zero, S.One)), m + s * eps),
        Pathwise(u, UNIFORM01, m + s * tan(pi * (u - Rational(1, 2)))),
    ),
    source=SCIPY + "cauchy",
)

Gumbel = Family(
    name="Gumbel",
    variable=x,
    support=Reals,
    parameters={m: real_line(), s: positive_line()},
    density=exp(-(x - m) / s - exp(-(x - m) / s)) / s,
    cdf=exp(-exp(-(x - m) / s)),
    mean=m + EulerGamma * s,
    variance=pi**2 * s**2 / 6,
    entropy=log(s) + EulerGamma + 1,
    pathwise=(
        Pathwise(eps, ("Gumbel", (S.Zero, S.One)), m + s * eps),
        Pathwise(u, UNIFORM01, m - s * log(-log(u))),
    ),
    source=SCIPY + "gumbel_r; entropy: stdlib, dists/gumbel/entropy",
)

Gamma = Family(
    name="Gamma",
    variable=x,
    support=PositiveReals,
    parameters={p: positive_line(), q: positive_line()},
    density=q**p * x ** (p - 1) * exp(-q * x) / gamma(p),
    mean=p / q,
    variance=p / q**2,
    entropy=p - log(q) + log(gamma(p)) + (1 - p) * polygamma(0, p),
    source=STAN + "gamma distribution; moments and entropy: " + SCIPY + "gamma, with scale 1/beta",
)

Beta = Family(
    name="Beta",
    variable=x,
    support=UnitInterval,
    parameters={p: positive_line(), q: positive_line()},
    density=x ** (p - 1) * (1 - x) ** (q - 1) / beta(p, q),
    mean=p / (p + q),
    variance=p * q / ((p + q) ** 2 * (p + q + 1)),
    source=PROOFS + "beta-var",
)

ChiSquared = Family(
    name="ChiSquared",
    variable=x,
    support=PositiveReals,
    parameters={k: positive_line()},
    density=x ** (k / 2 - 1) * exp(-x / 2) / (2 ** (k / 2) * gamma(k / 2)),
    mean=k,
    variance=2 * k,
    latex=r"\chi^2",
    source=SCIPY + "chi2",
)

LogNormal = Family(
    name="LogNormal",
    variable=x,
    support=PositiveReals,
    parameters={mu: real_line(), sigma: positive_line((0.3, 1.0))},
    density=exp(-((log(x) - mu) ** 2) / (2 * sigma**2)) / (x * sigma * sqrt(2 * pi)),
    mean=exp(mu + sigma**2 / 2),
    variance=(exp(sigma**2) - 1) * exp(2 * mu + sigma**2),
    entropy=mu + Rational(1, 2) + log(sigma * sqrt(2 * pi)),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, exp(mu + sigma * eps)),),
    source=SCIPY + "lognorm, with scale exp(mu)",
)

Rayleigh = Family(
    name="Rayleigh",
    variable=x,
    support=PositiveReals,
    parameters={sigma: positive_line()},
    density=x / sigma**2 * exp(-(x**2) / (2 * sigma**2)),
    cdf=1 - exp(-(x**2) / (2 * sigma**2)),
    mean=sigma * sqrt(pi / 2),
    variance=(4 - pi) * sigma**2 / 2,
    pathwise=(
        Pathwise(e, ("Rayleigh", (S.One,)), sigma * e),
        Pathwise(u, UNIFORM01, sigma * sqrt(-2 * log(1 - u))),
    ),
    source=SCIPY + "rayleigh",
)

Weibull = Family(
    name="Weibull",
    variable=x,
    support=PositiveReals,
    parameters={k: positive_line(), lam: positive_line()},
    density=(k / lam) * (x / lam) ** (k - 1) * exp(-((x / lam) ** k)),
    cdf=1 - exp(-((x / lam) ** k)),
    mean=lam * gamma(1 + 1 / k),
    variance=lam**2 * (gamma(1 + 2 / k) - gamma(1 + 1 / k) ** 2),
    pathwise=(
        Pathwise(e, ("Exponential", (S.One,)), lam * e ** (1 / k)),
        Pathwise(u, UNIFORM01, lam * (-log(1 - u)) ** (1 / k)),
    ),
    source=STAN + "Weibull distribution; moments: " + SCIPY + "weibull_min",
)

Pareto = Family(
    name="Pareto",
    variable=x,
    support=Interval(x_m, oo),
    parameters={x_m: positive_line(), alpha: positive_line((1.5, 4.0))},
    density=alpha * x_m**alpha / x ** (alpha + 1),
    cdf=1 - (x_m / x) ** alpha,
    pathwise=(
        Pathwise(e, ("Exponential", (S.One,)), x_m * exp(e / alpha)),
        Pathwise(u, UNIFORM01, x_m * (1 - u) ** (-1 / alpha)),
    ),
    source=SCIPY + "pareto",
)

HalfNormal = Family(
    name="HalfNormal",
    variable=x,
    support=PositiveReals,
    parameters={sigma: positive_line()},
    density=sqrt(2 / pi) / sigma * exp(-(x**2) / (2 * sigma**2)),
    cdf=erf(x / (sqrt(2) * sigma)),
    mean=sigma * sqrt(2 / pi),
    variance=sigma**2 * (1 - 2 / pi),
    pathwise=(Pathwise(e, ("HalfNormal", (S.One,)), sigma * e),),
    source=SCIPY + "halfnorm",
)

StudentT = Family(
    name="StudentT",
    variable=x,
    support=Reals,
    parameters={nu: positive_line((2.5, 8.0)), mu: real_line(), sigma: positive_line()},
    density=gamma((nu + 1) / 2)
    / (gamma(nu / 2) * sqrt(nu * pi) * sigma)
    * (1 + ((x - mu) / sigma) ** 2 / nu) ** (-(nu + 1) / 2),
    latex="t",
    source=STAN + "Student-t distribution",
)
