"""Skewed families and mixtures on the whole line: entries only, no logic."""

from __future__ import annotations

from sympy import (
    Abs,
    EulerGamma,
    Rational,
    S,
    asinh,
    besselk,
    cosh,
    erfc,
    erfinv,
    exp,
    log,
    pi,
    sinh,
    sqrt,
)

from symrep.distributions.continuous.words import (
    JULIA,
    PROOFS,
    SCIPY,
    STANDARD_NORMAL,
    UNIT_EXPONENTIAL,
    Phi,
    Phi_inverse,
    bell,
    e,
    eps,
    eps_1,
    eps_2,
    located,
    u,
    v,
    x,
)
from symrep.entry import (
    Pathwise,
    SciPy,
    positive_line,
    real_line,
    unit_interval,
)
from symrep.family import Family
from symrep.law import (
    Reals,
)
from symrep.symbols import (
    positive,
    real,
    unit,
)

mu, mu_2, skew, tilt = real("mu mu_2 a alpha")
sigma, lam, c, sigma_2 = positive("sigma lam c sigma_2")
w = unit("w")

# fmt: off
Moyal = Family(
    name="Moyal", variable=x, support=Reals,
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale")},
    density=exp(-((x - mu) / sigma + exp(-(x - mu) / sigma)) / 2) / (sigma * sqrt(2 * pi)),
    cdf=erfc(exp(-(x - mu) / (2 * sigma)) / sqrt(2)), quantile=mu - 2 * sigma * log(sqrt(2) * erfinv(1 - u)),
    mean=mu + sigma * (log(2) + EulerGamma), variance=pi**2 * sigma**2 / 2, mode=mu,
    entropy=log(sigma) + (1 + EulerGamma + log(4 * pi)) / 2,
    pathwise=(located("Moyal", 0, 1, loc=mu, scale=sigma), Pathwise(eps, STANDARD_NORMAL, mu - sigma * log(eps**2))),
    scipy=SciPy("moyal", loc=mu, scale=sigma), source="SciPy documentation, scipy.stats.moyal",
)

SkewNormal = Family(
    name="SkewNormal", variable=x, support=Reals,
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"), tilt: real_line(role="shape")},
    density=2 / sigma * bell((x - mu) / sigma) * Phi(tilt * (x - mu) / sigma),
    mean=mu + sigma * sqrt(2 / pi) * tilt / sqrt(1 + tilt**2),
    variance=sigma**2 * (1 - 2 * tilt**2 / (pi * (1 + tilt**2))),
    pathwise=(Pathwise((eps_1, eps_2), (STANDARD_NORMAL, STANDARD_NORMAL),
                       mu + sigma * (tilt * Abs(eps_1) + eps_2) / sqrt(1 + tilt**2)),),
    scipy=SciPy("skewnorm", a=tilt, loc=mu, scale=sigma), source=JULIA + "skewnormal.jl",
)

JohnsonSU = Family(
    name="JohnsonSU", variable=x, support=Reals,
    parameters={skew: real_line(role="shape"), c: positive_line((1.0, 3.0), "shape"), mu: real_line(role="location"),
                sigma: positive_line(role="scale")},
    density=c / sqrt((x - mu) ** 2 + sigma**2) * bell(skew + c * asinh((x - mu) / sigma)),
    cdf=Phi(skew + c * asinh((x - mu) / sigma)), quantile=mu + sigma * sinh((Phi_inverse(u) - skew) / c),
    mean=mu - sigma * exp(1 / (2 * c**2)) * sinh(skew / c),
    variance=sigma**2 / 2 * (exp(c**-2) - 1) * (exp(c**-2) * cosh(2 * skew / c) + 1),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, mu + sigma * sinh((eps - skew) / c)),),
    scipy=SciPy("johnsonsu", a=skew, b=c, loc=mu, scale=sigma), source=JULIA + "johnsonsu.jl; " + SCIPY + "johnsonsu",
)

SinhArcsinh = Family(
    name="SinhArcsinh", variable=x, support=Reals,
    parameters={mu: real_line(role="location"), sigma: positive_line(role="scale"),
                skew: real_line((-1.0, 1.0), "shape"), c: positive_line((0.6, 1.6), "shape")},
    density=bell(sinh(asinh((x - mu) / sigma) / c - skew)) * cosh(asinh((x - mu) / sigma) / c - skew)
    / (c * sqrt(sigma**2 + (x - mu) ** 2)),
    cdf=Phi(sinh(asinh((x - mu) / sigma) / c - skew)),
    quantile=mu + sigma * sinh((asinh(Phi_inverse(u)) + skew) * c),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, mu + sigma * sinh((asinh(eps) + skew) * c)),),
    note="a is the skewness, c the tail weight; without the normalising factor some libraries put to the scale",
    source="TensorFlow Probability, distributions.SinhArcsinh (there with a factor 2/F_0(2))",
)

ExGaussian = Family(
    name="ExGaussian", variable=x, support=Reals,
    parameters={mu: real_line(role="location"), sigma: positive_line((0.5, 2.0), "scale"),
                lam: positive_line((0.5, 2.0), "rate")},
    density=lam / 2 * exp(lam * (2 * mu + lam * sigma**2 - 2 * x) / 2)
    * erfc((mu + lam * sigma**2 - x) / (sqrt(2) * sigma)),
    cdf=Phi((x - mu) / sigma) - exp(lam**2 * sigma**2 / 2 - lam * (x - mu)) * Phi((x - mu) / sigma - lam * sigma),
    mean=mu + 1 / lam, variance=sigma**2 + lam**-2,
    pathwise=(Pathwise((eps, e), (STANDARD_NORMAL, UNIT_EXPONENTIAL), mu + sigma * eps + e / lam),),
    scipy=SciPy("exponnorm", K=1 / (sigma * lam), loc=mu, scale=sigma),
    source=PROOFS + "exg-pdf, exg-mean, exg-var",
)

NormalInverseGaussian = Family(
    name="NormalInverseGaussian", variable=x, support=Reals,
    parameters={c: positive_line((1.5, 3.0), "shape"), skew: real_line((-1.0, 1.0), "shape"),
                mu: real_line(role="location"), sigma: positive_line(role="scale")},
    constraints=(skew < c, -skew < c),
    density=c / (pi * sqrt(sigma**2 + (x - mu) ** 2)) * exp(sqrt(c**2 - skew**2) + skew * (x - mu) / sigma)
    * besselk(1, c * sqrt(1 + ((x - mu) / sigma) ** 2)),
    mean=mu + sigma * skew / sqrt(c**2 - skew**2), variance=sigma**2 * c**2 / (c**2 - skew**2) ** Rational(3, 2),
    pathwise=(Pathwise((eps, v), (STANDARD_NORMAL, ("InverseGaussian", (1 / sqrt(c**2 - skew**2), S.One))),
                       mu + sigma * (skew * v + sqrt(v) * eps)),),
    scipy=SciPy("norminvgauss", a=c, b=skew, loc=mu, scale=sigma), source=SCIPY + "norminvgauss",
)

NormalMixture = Family(
    name="NormalMixture", variable=x, support=Reals,
    parameters={w: unit_interval(role="probability"), mu: real_line((-2.0, 0.0), "location"),
                sigma: positive_line(role="scale"), mu_2: real_line((0.5, 3.0), "location"),
                sigma_2: positive_line(role="scale")},
    density=w * bell((x - mu) / sigma) / sigma + (1 - w) * bell((x - mu_2) / sigma_2) / sigma_2,
    cdf=w * Phi((x - mu) / sigma) + (1 - w) * Phi((x - mu_2) / sigma_2), mean=w * mu + (1 - w) * mu_2,
    variance=w * sigma**2 + (1 - w) * sigma_2**2 + w * (1 - w) * (mu - mu_2) ** 2,
    note="a path through the choice of the component jumps and loses the gradient in w; the implicit one is right",
    source="Distributions.jl, src/mixtures/mixturemodel.jl",
)
