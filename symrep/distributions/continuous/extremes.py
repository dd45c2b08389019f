"""Pareto's and the extreme-value families, some with a support that moves: entries only, no logic."""

from __future__ import annotations

from sympy import (
    EulerGamma,
    Ne,
    S,
    exp,
    gamma,
    log,
    oo,
)

from symrep.distributions.continuous.words import (
    JULIA,
    SCIPY,
    UNIFORM01,
    UNIT_EXPONENTIAL,
    e,
    g,
    u,
    x,
)
from symrep.entry import (
    Domain,
    KullbackLeibler,
    NumPyro,
    Pathwise,
    SciPy,
    Torch,
    positive_line,
    real_line,
)
from symrep.family import Family
from symrep.law import (
    Interval,
    PositiveReals,
)
from symrep.symbols import (
    negative,
    positive,
    real,
)

x_m, al, lam, sigma, s, xi, th, hi, lo = positive("x_m alpha lam sigma s xi theta high low")
xm_2, alpha_2, lam_2 = positive("x_m2 alpha_2 lam_2")
mu, m = real("mu m")
nxi = negative("xi")

# fmt: off
Pareto = Family(
    name="Pareto", variable=x, support=Interval(x_m, oo),
    parameters={x_m: positive_line(role="scale"), al: positive_line((2.5, 4.0), "shape")},
    density=al * x_m**al / x ** (al + 1), cdf=1 - (x_m / x) ** al, quantile=x_m * (1 - u) ** (-1 / al),
    mean=al * x_m / (al - 1), variance=x_m**2 * al / ((al - 1) ** 2 * (al - 2)), mode=x_m,
    conditions={"mean": al > 1, "variance": al > 2}, entropy=log(x_m / al) + 1 + 1 / al,
    kl=(KullbackLeibler("Pareto", (xm_2, alpha_2), log(al / alpha_2) + alpha_2 * log(x_m / xm_2) + alpha_2 / al - 1,
                        (x_m >= xm_2,)),),
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, x_m * exp(e / al)), Pathwise(u, UNIFORM01, x_m * (1 - u) ** (-1 / al))),
    scipy=SciPy("pareto", b=al, scale=x_m), torch=Torch("Pareto", scale=x_m, alpha=al),
    numpyro=NumPyro("Pareto", scale=x_m, alpha=al), source=SCIPY + "pareto",
)

Lomax = Family(
    name="Lomax", variable=x, support=PositiveReals,
    parameters={al: positive_line((2.2, 4.0), "shape"), lam: positive_line(role="scale")},
    density=al / lam * (1 + x / lam) ** (-al - 1), cdf=1 - (1 + x / lam) ** (-al),
    quantile=lam * ((1 - u) ** (-1 / al) - 1), mean=lam / (al - 1), variance=lam**2 * al / ((al - 1) ** 2 * (al - 2)),
    mode=0, conditions={"mean": al > 1, "variance": al > 2}, entropy=log(lam / al) + 1 + 1 / al,
    pathwise=(Pathwise((e, g), (UNIT_EXPONENTIAL, ("Gamma", (al, S.One))), lam * e / g),),
    scipy=SciPy("lomax", c=al, scale=lam), source=SCIPY + "lomax",
)

BoundedPareto = Family(
    name="BoundedPareto", variable=x, support=Interval(lo, hi),
    parameters={lo: positive_line((0.5, 1.0), "bound"), hi: positive_line((2.0, 5.0), "bound"),
                al: positive_line((1.1, 1.9), "shape")},
    constraints=(lo < hi,), density=al * lo**al * x ** (-al - 1) / (1 - (lo / hi) ** al),
    cdf=(1 - (lo / x) ** al) / (1 - (lo / hi) ** al), quantile=lo * (1 - u * (1 - (lo / hi) ** al)) ** (-1 / al),
    mean=lo**al / (1 - (lo / hi) ** al) * al / (al - 1) * (lo ** (1 - al) - hi ** (1 - al)), mode=lo,
    conditions={"mean": Ne(al, 1)}, scipy=SciPy("truncpareto", b=al, c=hi / lo, scale=lo), source=SCIPY + "truncpareto",
)

GeneralizedPareto = Family(
    name="GeneralizedPareto", variable=x, support=Interval(mu, oo),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                xi: positive_line((0.1, 0.4), "shape")},
    density=(1 + xi * (x - mu) / sigma) ** (-1 / xi - 1) / sigma, cdf=1 - (1 + xi * (x - mu) / sigma) ** (-1 / xi),
    quantile=mu + sigma * ((1 - u) ** (-xi) - 1) / xi, mean=mu + sigma / (1 - xi),
    variance=sigma**2 / ((1 - xi) ** 2 * (1 - 2 * xi)), conditions={"mean": xi < 1, "variance": xi < S.Half}, mode=mu,
    entropy=log(sigma) + xi + 1, pathwise=(Pathwise(e, UNIT_EXPONENTIAL, mu + sigma * (exp(xi * e) - 1) / xi),),
    scipy=SciPy("genpareto", c=xi, loc=mu, scale=sigma), source=SCIPY + "genpareto; " + JULIA + "generalizedpareto.jl",
    note="the shape xi = 0 is mu plus an Exponential, xi < 0 is GeneralizedParetoBounded",
)

GeneralizedParetoBounded = Family(
    name="GeneralizedParetoBounded", variable=x, support=Interval(mu, mu - sigma / nxi),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                nxi: Domain("negative", (-0.8, -0.2), "shape")},
    density=(1 + nxi * (x - mu) / sigma) ** (-1 / nxi - 1) / sigma, cdf=1 - (1 + nxi * (x - mu) / sigma) ** (-1 / nxi),
    quantile=mu + sigma * ((1 - u) ** (-nxi) - 1) / nxi, mean=mu + sigma / (1 - nxi),
    variance=sigma**2 / ((1 - nxi) ** 2 * (1 - 2 * nxi)), mode=mu, conditions={"mode": nxi > -1},
    entropy=log(sigma) + nxi + 1, pathwise=(Pathwise(e, UNIT_EXPONENTIAL, mu + sigma * (exp(nxi * e) - 1) / nxi),),
    scipy=SciPy("genpareto", c=nxi, loc=mu, scale=sigma), source=SCIPY + "genpareto; " + JULIA + "generalizedpareto.jl",
    note="the generalized Pareto law with a negative shape: its support ends at mu - sigma/xi",
)

GEV = Family(
    name="GEV", variable=x, support=Interval(mu - sigma / xi, oo),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                xi: positive_line((0.1, 0.4), "shape")},
    density=(1 + xi * (x - mu) / sigma) ** (-1 / xi - 1) * exp(-((1 + xi * (x - mu) / sigma) ** (-1 / xi))) / sigma,
    cdf=exp(-((1 + xi * (x - mu) / sigma) ** (-1 / xi))), quantile=mu + sigma * ((-log(u)) ** (-xi) - 1) / xi,
    mean=mu + sigma * (gamma(1 - xi) - 1) / xi, variance=sigma**2 * (gamma(1 - 2 * xi) - gamma(1 - xi) ** 2) / xi**2,
    mode=mu + sigma * ((1 + xi) ** (-xi) - 1) / xi, conditions={"mean": xi < 1, "variance": xi < S.Half},
    entropy=log(sigma) + EulerGamma * (1 + xi) + 1,
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, mu + sigma * (e ** (-xi) - 1) / xi),),
    scipy=SciPy("genextreme", c=-xi, loc=mu, scale=sigma), source=JULIA + "generalizedextremevalue.jl",
    note="SciPy's shape c is -xi; the shape xi = 0 is Gumbel, xi < 0 is GEVBounded",
)

GEVBounded = Family(
    name="GEVBounded", variable=x, support=Interval(-oo, mu - sigma / nxi),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                nxi: Domain("negative", (-0.6, -0.1), "shape")},
    density=(1 + nxi * (x - mu) / sigma) ** (-1 / nxi - 1) * exp(-((1 + nxi * (x - mu) / sigma) ** (-1 / nxi))) / sigma,
    cdf=exp(-((1 + nxi * (x - mu) / sigma) ** (-1 / nxi))), quantile=mu + sigma * ((-log(u)) ** (-nxi) - 1) / nxi,
    mean=mu + sigma * (gamma(1 - nxi) - 1) / nxi,
    variance=sigma**2 * (gamma(1 - 2 * nxi) - gamma(1 - nxi) ** 2) / nxi**2,
    mode=mu + sigma * ((1 + nxi) ** (-nxi) - 1) / nxi, conditions={"mode": nxi > -1},
    entropy=log(sigma) + EulerGamma * (1 + nxi) + 1,
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, mu + sigma * (e ** (-nxi) - 1) / nxi),),
    scipy=SciPy("genextreme", c=-nxi, loc=mu, scale=sigma), source=JULIA + "generalizedextremevalue.jl",
    note="the generalized extreme value law with a negative shape: its support ends at mu - sigma/xi",
)

Frechet = Family(
    name="Frechet", variable=x, support=Interval(m, oo),
    parameters={al: positive_line((2.2, 4.0), "shape"), s: positive_line(role="scale"), m: real_line(role="location")},
    density=al / s * ((x - m) / s) ** (-1 - al) * exp(-(((x - m) / s) ** (-al))), cdf=exp(-(((x - m) / s) ** (-al))),
    quantile=m + s * (-log(u)) ** (-1 / al), mean=m + s * gamma(1 - 1 / al),
    variance=s**2 * (gamma(1 - 2 / al) - gamma(1 - 1 / al) ** 2), mode=m + s * (al / (1 + al)) ** (1 / al),
    conditions={"mean": al > 1, "variance": al > 2}, entropy=1 + EulerGamma * (1 + 1 / al) + log(s / al),
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, m + s * e ** (-1 / al)),),
    scipy=SciPy("invweibull", c=al, loc=m, scale=s), source=JULIA + "frechet.jl; " + SCIPY + "invweibull",
)

ReversedWeibull = Family(
    name="ReversedWeibull", variable=x, support=Interval(-oo, m),
    parameters={al: positive_line(role="shape"), s: positive_line(role="scale"), m: real_line(role="location")},
    density=al / s * ((m - x) / s) ** (al - 1) * exp(-(((m - x) / s) ** al)), cdf=exp(-(((m - x) / s) ** al)),
    quantile=m - s * (-log(u)) ** (1 / al), mean=m - s * gamma(1 + 1 / al),
    variance=s**2 * (gamma(1 + 2 / al) - gamma(1 + 1 / al) ** 2), mode=m - s * ((al - 1) / al) ** (1 / al),
    conditions={"mode": al > 1}, entropy=EulerGamma * (1 - 1 / al) + log(s / al) + 1,
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, m - s * e ** (1 / al)),),
    scipy=SciPy("weibull_max", c=al, loc=m, scale=s), source=SCIPY + "weibull_max",
)
