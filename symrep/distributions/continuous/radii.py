"""Absolute values and lengths of normal vectors, and what is made of them: entries only, no logic."""

from __future__ import annotations

from sympy import (
    Abs,
    Eq,
    EulerGamma,
    Rational,
    S,
    atan,
    besseli,
    erf,
    erfc,
    erfinv,
    exp,
    gamma,
    log,
    lowergamma,
    oo,
    pi,
    polygamma,
    sqrt,
    tan,
)

from symrep.distributions.continuous.words import (
    JULIA,
    SCIPY,
    STANDARD_NORMAL,
    UNIFORM01,
    Phi_inverse,
    e,
    eps,
    eps_1,
    eps_2,
    eps_3,
    g,
    u,
    v,
    x,
)
from symrep.entry import (
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
    positive,
    real,
)

sigma, s, k, m_p, om, nu, lam, c = positive("sigma s k m Omega nu lam c")
sigma_2, s_2, m_2, om_2, c_2 = positive("sigma_2 s_2 m_2 Omega_2 c_2")
mu, mu_2 = real("mu mu_2")

# fmt: off
HalfNormal = Family(
    name="HalfNormal", variable=x, support=PositiveReals, parameters={sigma: positive_line(role="scale")},
    density=sqrt(2 / pi) / sigma * exp(-(x**2) / (2 * sigma**2)), cdf=erf(x / (sqrt(2) * sigma)),
    quantile=sigma * sqrt(2) * erfinv(u), mean=sigma * sqrt(2 / pi), variance=sigma**2 * (1 - 2 / pi), mode=0,
    entropy=log(pi * sigma**2 / 2) / 2 + S.Half, statistics=(x**2,),
    kl=(KullbackLeibler("HalfNormal", (sigma_2,), log(sigma_2 / sigma) + sigma**2 / (2 * sigma_2**2) - S.Half),),
    pathwise=(Pathwise(e, ("HalfNormal", (S.One,)), sigma * e), Pathwise(eps, STANDARD_NORMAL, sigma * Abs(eps))),
    scipy=SciPy("halfnorm", scale=sigma), torch=Torch("HalfNormal", scale=sigma),
    numpyro=NumPyro("HalfNormal", scale=sigma),
    note="sigma is the scale, the standard deviation of the normal it comes from, not its own",
    source=SCIPY + "halfnorm",
)

HalfCauchy = Family(
    name="HalfCauchy", variable=x, support=PositiveReals, parameters={s: positive_line(role="scale")},
    density=2 * s / (pi * (s**2 + x**2)), cdf=2 * atan(x / s) / pi, quantile=s * tan(pi * u / 2), mode=0,
    entropy=log(2 * pi * s), kl=(KullbackLeibler("HalfCauchy", (s_2,), log((s + s_2) ** 2 / (4 * s * s_2))),),
    pathwise=(Pathwise(eps, ("Cauchy", (S.Zero, S.One)), s * Abs(eps)),),
    scipy=SciPy("halfcauchy", scale=s), torch=Torch("HalfCauchy", scale=s), numpyro=NumPyro("HalfCauchy", scale=s),
    source=SCIPY + "halfcauchy",
)

Rayleigh = Family(
    name="Rayleigh", variable=x, support=PositiveReals, parameters={sigma: positive_line(role="scale")},
    density=x / sigma**2 * exp(-(x**2) / (2 * sigma**2)), cdf=1 - exp(-(x**2) / (2 * sigma**2)),
    quantile=sigma * sqrt(-2 * log(1 - u)), mean=sigma * sqrt(pi / 2), variance=(4 - pi) * sigma**2 / 2, mode=sigma,
    entropy=1 + log(sigma / sqrt(2)) + EulerGamma / 2, statistics=(x**2,),
    kl=(KullbackLeibler("Rayleigh", (sigma_2,), 2 * log(sigma_2 / sigma) + sigma**2 / sigma_2**2 - 1),),
    pathwise=(Pathwise(e, ("Rayleigh", (S.One,)), sigma * e),
              Pathwise(u, UNIFORM01, sigma * sqrt(-2 * log(1 - u))),
              Pathwise((eps_1, eps_2), (STANDARD_NORMAL, STANDARD_NORMAL), sigma * sqrt(eps_1**2 + eps_2**2))),
    scipy=SciPy("rayleigh", scale=sigma), source=SCIPY + "rayleigh",
)

Maxwell = Family(
    name="Maxwell", variable=x, support=PositiveReals, parameters={sigma: positive_line(role="scale")},
    density=sqrt(2 / pi) * x**2 * exp(-(x**2) / (2 * sigma**2)) / sigma**3,
    cdf=erf(x / (sqrt(2) * sigma)) - sqrt(2 / pi) * x / sigma * exp(-(x**2) / (2 * sigma**2)),
    mean=2 * sigma * sqrt(2 / pi), variance=sigma**2 * (3 * pi - 8) / pi, mode=sqrt(2) * sigma, statistics=(x**2,),
    entropy=log(sigma * sqrt(2 * pi)) + EulerGamma - S.Half,
    kl=(KullbackLeibler("Maxwell", (sigma_2,), 3 * log(sigma_2 / sigma) + 3 * (sigma**2 / sigma_2**2 - 1) / 2),),
    pathwise=(Pathwise((eps_1, eps_2, eps_3), (STANDARD_NORMAL,) * 3, sigma * sqrt(eps_1**2 + eps_2**2 + eps_3**2)),),
    scipy=SciPy("maxwell", scale=sigma), source=SCIPY + "maxwell",
)

Chi = Family(
    name="Chi", variable=x, support=PositiveReals, parameters={k: positive_line((0.8, 6.0), "degrees of freedom")},
    density=x ** (k - 1) * exp(-(x**2) / 2) / (2 ** (k / 2 - 1) * gamma(k / 2)),
    cdf=lowergamma(k / 2, x**2 / 2) / gamma(k / 2), mean=sqrt(2) * gamma((k + 1) / 2) / gamma(k / 2),
    variance=k - 2 * (gamma((k + 1) / 2) / gamma(k / 2)) ** 2, mode=sqrt(k - 1), conditions={"mode": k > 1},
    entropy=log(gamma(k / 2)) + (k - log(2) - (k - 1) * polygamma(0, k / 2)) / 2, statistics=(log(x),),
    pathwise=(Pathwise(v, ("ChiSquared", (k,)), sqrt(v)),), scipy=SciPy("chi", df=k), source=SCIPY + "chi",
)

Nakagami = Family(
    name="Nakagami", variable=x, support=PositiveReals,
    parameters={m_p: positive_line((0.6, 3.0), "shape"), om: positive_line()},
    density=2 * m_p**m_p / (gamma(m_p) * om**m_p) * x ** (2 * m_p - 1) * exp(-m_p * x**2 / om),
    cdf=lowergamma(m_p, m_p * x**2 / om) / gamma(m_p), mean=gamma(m_p + S.Half) / gamma(m_p) * sqrt(om / m_p),
    variance=om * (1 - (gamma(m_p + S.Half) / gamma(m_p)) ** 2 / m_p), mode=sqrt((2 * m_p - 1) * om / (2 * m_p)),
    conditions={"mode": m_p > S.Half}, statistics=(log(x), x**2),
    entropy=m_p + log(gamma(m_p)) + (S.Half - m_p) * polygamma(0, m_p) - log(2) + log(om / m_p) / 2,
    kl=(KullbackLeibler("Nakagami", (m_2, om_2), m_2 * log(m_p * om_2 / (m_2 * om)) + log(gamma(m_2) / gamma(m_p))
                        + (m_p - m_2) * polygamma(0, m_p) + m_2 * om / om_2 - m_p),),
    pathwise=(Pathwise(g, ("Gamma", (m_p, S.One)), sqrt(om * g / m_p)),),
    scipy=SciPy("nakagami", nu=m_p, scale=sqrt(om)), source=SCIPY + "nakagami",
)

Levy = Family(
    name="Levy", variable=x, support=Interval(mu, oo),
    parameters={mu: real_line(role="location"), c: positive_line(role="scale")},
    density=sqrt(c / (2 * pi)) * exp(-c / (2 * (x - mu))) / (x - mu) ** Rational(3, 2),
    cdf=erfc(sqrt(c / (2 * (x - mu)))), quantile=mu + c / Phi_inverse(1 - u / 2) ** 2,
    mode=mu + c / 3, entropy=(1 + 3 * EulerGamma + log(16 * pi * c**2)) / 2,
    kl=(KullbackLeibler("Levy", (mu_2, c_2), (log(c / c_2) + c_2 / c - 1) / 2, (Eq(mu_2, mu),)),),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, mu + c / eps**2),),
    scipy=SciPy("levy", loc=mu, scale=c), source=JULIA + "levy.jl; " + SCIPY + "levy",
)

FoldedNormal = Family(
    name="FoldedNormal", variable=x, support=PositiveReals,
    parameters={mu: real_line(), sigma: positive_line()},
    density=(exp(-((x - mu) ** 2) / (2 * sigma**2)) + exp(-((x + mu) ** 2) / (2 * sigma**2))) / sqrt(2 * pi * sigma**2),
    cdf=(erf((x + mu) / (sqrt(2) * sigma)) + erf((x - mu) / (sqrt(2) * sigma))) / 2,
    mean=sigma * sqrt(2 / pi) * exp(-(mu**2) / (2 * sigma**2)) + mu * erf(mu / (sqrt(2) * sigma)),
    variance=mu**2 + sigma**2
    - (sigma * sqrt(2 / pi) * exp(-(mu**2) / (2 * sigma**2)) + mu * erf(mu / (sqrt(2) * sigma))) ** 2,
    pathwise=(Pathwise(eps, STANDARD_NORMAL, Abs(mu + sigma * eps)),),
    scipy=SciPy("foldnorm", c=Abs(mu) / sigma, scale=sigma), source=SCIPY + "foldnorm",
)

Rice = Family(
    name="Rice", variable=x, support=PositiveReals, parameters={nu: positive_line(), sigma: positive_line()},
    density=x / sigma**2 * exp(-(x**2 + nu**2) / (2 * sigma**2)) * besseli(0, x * nu / sigma**2),
    mean=sigma * sqrt(pi / 2) * exp(-(nu**2) / (4 * sigma**2)) * ((1 + nu**2 / (2 * sigma**2))
        * besseli(0, nu**2 / (4 * sigma**2)) + nu**2 / (2 * sigma**2) * besseli(1, nu**2 / (4 * sigma**2))),
    variance=2 * sigma**2 + nu**2 - pi * sigma**2 / 2 * exp(-(nu**2) / (2 * sigma**2)) * ((1 + nu**2 / (2 * sigma**2))
        * besseli(0, nu**2 / (4 * sigma**2)) + nu**2 / (2 * sigma**2) * besseli(1, nu**2 / (4 * sigma**2))) ** 2,
    pathwise=(Pathwise((eps_1, eps_2), (STANDARD_NORMAL, STANDARD_NORMAL),
                       sqrt((nu + sigma * eps_1) ** 2 + (sigma * eps_2) ** 2)),),
    scipy=SciPy("rice", b=nu / sigma, scale=sigma), source=SCIPY + "rice; moments: " + JULIA + "rician.jl",
)

NoncentralChiSquared = Family(
    name="NoncentralChiSquared", variable=x, support=PositiveReals,
    parameters={k: positive_line((1.0, 5.0), "degrees of freedom"), lam: positive_line()},
    density=exp(-(x + lam) / 2) / 2 * (x / lam) ** (k / 4 - S.Half) * besseli(k / 2 - 1, sqrt(lam * x)),
    mean=k + lam, variance=2 * (k + 2 * lam),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, (eps + sqrt(lam)) ** 2, "composition", (Eq(k, 1),)),
              Pathwise((eps, v), (STANDARD_NORMAL, ("ChiSquared", (k - 1,))), (eps + sqrt(lam)) ** 2 + v, "composition",
                       (k > 1,))),
    scipy=SciPy("ncx2", df=k, nc=lam), source=SCIPY + "ncx2",
)
