"""Pareto's and the extreme-value families, some with a support that moves: entries only, no logic."""

from __future__ import annotations

from sympy import (
    EulerGamma,
    Ne,
    Piecewise,
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
    nonzero,
    positive,
    real,
)

x_m, al, lam, sigma, s, xi, th, hi, lo = positive("x_m alpha lam sigma s xi theta high low")
xm_2, alpha_2, lam_2 = positive("x_m2 alpha_2 lam_2")
mu, m = real("mu m")
shape = nonzero("xi")

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
    name="GeneralizedPareto", variable=x,
    support=Interval(mu, Piecewise((oo, shape > 0), (mu - sigma / shape, True))),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                shape: Domain("nonzero", (-0.6, -0.2), "shape")},
    density=(1 + shape * (x - mu) / sigma) ** (-1 / shape - 1) / sigma,
    cdf=1 - (1 + shape * (x - mu) / sigma) ** (-1 / shape), quantile=mu + sigma * ((1 - u) ** (-shape) - 1) / shape,
    mean=mu + sigma / (1 - shape), variance=sigma**2 / ((1 - shape) ** 2 * (1 - 2 * shape)), mode=mu,
    conditions={"mean": shape < 1, "variance": shape < S.Half, "mode": shape > -1}, entropy=log(sigma) + shape + 1,
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, mu + sigma * (exp(shape * e) - 1) / shape),),
    scipy=SciPy("genpareto", c=shape, loc=mu, scale=sigma),
    source=SCIPY + "genpareto; " + JULIA + "generalizedpareto.jl",
    note="shape 0 is mu plus an Exponential; the upper end of the support is mu - sigma/xi for xi < 0",
)

GEV = Family(
    name="GEV", variable=x,
    support=Interval(Piecewise((mu - sigma / shape, shape > 0), (-oo, True)),
                     Piecewise((oo, shape > 0), (mu - sigma / shape, True))),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                shape: Domain("nonzero", (0.1, 0.4), "shape")},
    density=(1 + shape * (x - mu) / sigma) ** (-1 / shape - 1)
    * exp(-((1 + shape * (x - mu) / sigma) ** (-1 / shape))) / sigma,
    cdf=exp(-((1 + shape * (x - mu) / sigma) ** (-1 / shape))),
    quantile=mu + sigma * ((-log(u)) ** (-shape) - 1) / shape,
    mean=mu + sigma * (gamma(1 - shape) - 1) / shape, mode=mu + sigma * ((1 + shape) ** (-shape) - 1) / shape,
    variance=sigma**2 * (gamma(1 - 2 * shape) - gamma(1 - shape) ** 2) / shape**2,
    conditions={"mean": shape < 1, "variance": shape < S.Half, "mode": shape > -1},
    entropy=log(sigma) + EulerGamma * (1 + shape) + 1,
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, mu + sigma * (e ** (-shape) - 1) / shape),),
    scipy=SciPy("genextreme", c=-shape, loc=mu, scale=sigma), source=JULIA + "generalizedextremevalue.jl",
    note="SciPy's shape c is -xi; shape 0 is Gumbel",
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
