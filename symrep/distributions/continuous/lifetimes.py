"""Weibull, log-logistic, Burr and other lifetimes on the half line: entries only, no logic."""

from __future__ import annotations

from sympy import (
    Abs,
    EulerGamma,
    S,
    beta,
    exp,
    expint,
    gamma,
    log,
    pi,
    polygamma,
    sin,
    sqrt,
)

from symrep.distributions.continuous.words import (
    JULIA,
    SCIPY,
    STAN,
    STANDARD_NORMAL,
    UNIFORM01,
    UNIT_EXPONENTIAL,
    Phi,
    Phi_inverse,
    e,
    eps,
    split,
    u,
    x,
)
from symrep.entry import (
    Fact,
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
    PositiveReals,
)
from symrep.symbols import (
    positive,
    real,
)

lam, k, a, be, al, b, eta, c, d, s, sigma, m_p = positive("lam k a beta alpha b eta c d s sigma m")
k_2, lam_2, alpha_2, beta_2, sigma_2 = positive("k_2 lam_2 alpha_2 beta_2 sigma_2")
mu, mu_2 = real("mu mu_2")

# fmt: off
Weibull = Family(
    name="Weibull", variable=x, support=PositiveReals,
    parameters={k: positive_line(role="shape"), lam: positive_line(role="scale")},
    density=(k / lam) * (x / lam) ** (k - 1) * exp(-((x / lam) ** k)), cdf=1 - exp(-((x / lam) ** k)),
    quantile=lam * (-log(1 - u)) ** (1 / k), mean=lam * gamma(1 + 1 / k),
    variance=lam**2 * (gamma(1 + 2 / k) - gamma(1 + 1 / k) ** 2), mode=lam * ((k - 1) / k) ** (1 / k),
    conditions={"mode": k > 1}, entropy=EulerGamma * (1 - 1 / k) + log(lam / k) + 1,
    kl=(KullbackLeibler("Weibull", (k_2, lam_2), log(k / k_2) + k_2 * log(lam_2 / lam) - (k - k_2) * EulerGamma / k
                        + (lam / lam_2) ** k_2 * gamma(1 + k_2 / k) - 1),
        KullbackLeibler("Gamma", (alpha_2, beta_2), log(k / (lam * beta_2) ** alpha_2) + log(gamma(alpha_2))
                        + EulerGamma * (alpha_2 / k - 1) + lam * beta_2 * gamma(1 + 1 / k) - 1)),
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, lam * e ** (1 / k)),
              Pathwise(u, UNIFORM01, lam * (-log(1 - u)) ** (1 / k))),
    scipy=SciPy("weibull_min", c=k, scale=lam), torch=Torch("Weibull", scale=lam, concentration=k),
    numpyro=NumPyro("Weibull", scale=lam, concentration=k),
    source=STAN + "Weibull distribution; moments, entropy: " + SCIPY + "weibull_min; KL to a Gamma: NumPyro, kl.py",
)

ExponentiatedWeibull = Family(
    name="ExponentiatedWeibull", variable=x, support=PositiveReals,
    parameters={a: positive_line(role="shape"), k: positive_line(role="shape"), lam: positive_line(role="scale")},
    density=a * k / lam * (x / lam) ** (k - 1) * exp(-((x / lam) ** k)) * (1 - exp(-((x / lam) ** k))) ** (a - 1),
    cdf=(1 - exp(-((x / lam) ** k))) ** a, quantile=lam * (-log(1 - u ** (1 / a))) ** (1 / k),
    scipy=SciPy("exponweib", a=a, c=k, scale=lam), source=SCIPY + "exponweib",
)

Gompertz = Family(
    name="Gompertz", variable=x, support=PositiveReals,
    parameters={b: positive_line(role="rate"), eta: positive_line(role="shape")},
    density=b * eta * exp(eta + b * x - eta * exp(b * x)), cdf=1 - exp(-eta * (exp(b * x) - 1)),
    quantile=log(1 - log(1 - u) / eta) / b, mean=exp(eta) * expint(1, eta) / b, mode=-log(eta) / b,
    conditions={"mode": eta < 1}, entropy=1 - log(b * eta) - exp(eta) * expint(1, eta),
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, log(1 + e / eta) / b),), scipy=SciPy("gompertz", c=eta, scale=1 / b),
    source=SCIPY + "gompertz",
)

LogLogistic = Family(
    name="LogLogistic", variable=x, support=PositiveReals,
    parameters={al: positive_line(role="scale"), be: positive_line((2.2, 5.0), "shape")},
    density=be / al * (x / al) ** (be - 1) / (1 + (x / al) ** be) ** 2, cdf=1 / (1 + (x / al) ** (-be)),
    quantile=al * (u / (1 - u)) ** (1 / be), mean=al * (pi / be) / sin(pi / be),
    variance=al**2 * (2 * pi / be / sin(2 * pi / be) - (pi / be / sin(pi / be)) ** 2),
    mode=al * ((be - 1) / (be + 1)) ** (1 / be), conditions={"mean": be > 1, "variance": be > 2, "mode": be > 1},
    entropy=log(al / be) + 2, facts=(Fact(((eps, ("Logistic", (mu, s))),), exp(eps), ("LogLogistic", (exp(mu), 1 / s)),
                                          "exponential of a Logistic"),),
    scipy=SciPy("fisk", c=be, scale=al), source=SCIPY + "fisk",
)

BurrXII = Family(
    name="BurrXII", variable=x, support=PositiveReals,
    parameters={c: positive_line((1.5, 3.0), "shape"), d: positive_line((1.5, 3.0), "shape"),
                s: positive_line(role="scale")},
    density=c * d / s * (x / s) ** (c - 1) * (1 + (x / s) ** c) ** (-d - 1), cdf=1 - (1 + (x / s) ** c) ** (-d),
    quantile=s * ((1 - u) ** (-1 / d) - 1) ** (1 / c), mean=s * d * beta(d - 1 / c, 1 + 1 / c),
    variance=s**2 * (d * beta(d - 2 / c, 1 + 2 / c) - d**2 * beta(d - 1 / c, 1 + 1 / c) ** 2),
    mode=s * ((c - 1) / (c * d + 1)) ** (1 / c), conditions={"mean": c * d > 1, "variance": c * d > 2, "mode": c > 1},
    entropy=log(s / (c * d)) + (1 - 1 / c) * (EulerGamma + polygamma(0, d)) + 1 + 1 / d,
    scipy=SciPy("burr12", c=c, d=d, scale=s), source=SCIPY + "burr12 (whose quantile has the wrong sign of 1/c)",
)

Dagum = Family(
    name="Dagum", variable=x, support=PositiveReals,
    parameters={c: positive_line((2.2, 4.0), "shape"), d: positive_line(role="shape"), s: positive_line(role="scale")},
    density=c * d / s * (x / s) ** (-c - 1) * (1 + (x / s) ** (-c)) ** (-d - 1), cdf=(1 + (x / s) ** (-c)) ** (-d),
    quantile=s * (u ** (-1 / d) - 1) ** (-1 / c), mean=s * d * beta(d + 1 / c, 1 - 1 / c),
    variance=s**2 * (d * beta(d + 2 / c, 1 - 2 / c) - d**2 * beta(d + 1 / c, 1 - 1 / c) ** 2),
    mode=s * ((c * d - 1) / (c + 1)) ** (1 / c), conditions={"mean": c > 1, "variance": c > 2, "mode": c * d > 1},
    entropy=log(s / (c * d)) + (1 + 1 / c) * (EulerGamma + polygamma(0, d)) + 1 + 1 / d,
    scipy=SciPy("burr", c=c, d=d, scale=s), source=SCIPY + "burr",
)

LogNormal = Family(
    name="LogNormal", variable=x, support=PositiveReals,
    parameters={mu: real_line(), sigma: positive_line((0.3, 1.0), "shape")},
    density=exp(-((log(x) - mu) ** 2) / (2 * sigma**2)) / (x * sigma * sqrt(2 * pi)), cdf=Phi((log(x) - mu) / sigma),
    quantile=exp(mu + sigma * Phi_inverse(u)), mean=exp(mu + sigma**2 / 2),
    variance=(exp(sigma**2) - 1) * exp(2 * mu + sigma**2), entropy=mu + S.Half + log(sigma * sqrt(2 * pi)),
    mode=exp(mu - sigma**2), statistics=(log(x), log(x) ** 2),
    kl=(KullbackLeibler("LogNormal", (mu_2, sigma_2), log(sigma_2 / sigma)
                        + (sigma**2 + (mu - mu_2) ** 2) / (2 * sigma_2**2) - S.Half),
        KullbackLeibler("Gamma", (alpha_2, beta_2), log(gamma(alpha_2)) - alpha_2 * (log(beta_2) + mu)
                        + beta_2 * exp(mu + sigma**2 / 2) - S.Half - log(sigma * sqrt(2 * pi)))),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, exp(mu + sigma * eps)),),
    scipy=SciPy("lognorm", s=sigma, scale=exp(mu)), torch=Torch("LogNormal", loc=mu, scale=sigma),
    numpyro=NumPyro("LogNormal", loc=mu, scale=sigma),
    note="mu and sigma are those of the logarithm", source=SCIPY + "lognorm, with scale exp(mu)",
)

LogLaplace = Family(
    name="LogLaplace", variable=x, support=PositiveReals,
    parameters={s: positive_line(role="scale"), c: positive_line((2.2, 5.0), "shape")},
    density=split(x - s, c / (2 * s) * (x / s) ** (c - 1), c / (2 * s) * (x / s) ** (-c - 1)),
    cdf=split(x - s, (x / s) ** c / 2, 1 - (x / s) ** (-c) / 2),
    quantile=split(u - S.Half, s * (2 * u) ** (1 / c), s * (2 * (1 - u)) ** (-1 / c)),
    mean=s * c**2 / (c**2 - 1), variance=s**2 * (c**2 / (c**2 - 4) - (c**2 / (c**2 - 1)) ** 2), mode=s,
    conditions={"mean": c > 1, "variance": c > 2, "mode": c > 1}, entropy=log(2 * s / c) + 1,
    pathwise=(Pathwise(eps, ("Laplace", (S.Zero, S.One)), s * exp(eps / c)),),
    scipy=SciPy("loglaplace", c=c, scale=s), source=SCIPY + "loglaplace",
)

InverseGaussian = Family(
    name="InverseGaussian", variable=x, support=PositiveReals,
    parameters={m_p: positive_line(role="mean"), lam: positive_line(role="shape")},
    density=sqrt(lam / (2 * pi * x**3)) * exp(-lam * (x - m_p) ** 2 / (2 * m_p**2 * x)),
    cdf=Phi(sqrt(lam / x) * (x / m_p - 1)) + exp(2 * lam / m_p) * Phi(-sqrt(lam / x) * (x / m_p + 1)),
    mean=m_p, variance=m_p**3 / lam, mode=m_p * (sqrt(1 + 9 * m_p**2 / (4 * lam**2)) - 3 * m_p / (2 * lam)),
    statistics=(x, 1 / x),
    kl=(KullbackLeibler("InverseGaussian", (alpha_2, lam_2), (log(lam / lam_2) + lam_2 / lam - 1
                        + lam_2 * (m_p - alpha_2) ** 2 / (m_p * alpha_2**2)) / 2),),
    scipy=SciPy("invgauss", mu=m_p / lam, scale=lam), numpyro=NumPyro("InverseGaussian", loc=m_p, concentration=lam),
    note="no elementary inverse CDF: the gradient is the implicit one", source=JULIA + "inversegaussian.jl",
)

BirnbaumSaunders = Family(
    name="BirnbaumSaunders", variable=x, support=PositiveReals,
    parameters={c: positive_line(role="shape"), s: positive_line(role="scale")},
    density=(x + s) / (2 * c * sqrt(2 * pi * s * x**3)) * exp(-((x - s) ** 2) / (2 * c**2 * s * x)),
    cdf=Phi((sqrt(x / s) - sqrt(s / x)) / c), mean=s * (1 + c**2 / 2), variance=c**2 * s**2 * (1 + 5 * c**2 / 4),
    quantile=s / 4 * (c * Phi_inverse(u) + sqrt(4 + (c * Phi_inverse(u)) ** 2)) ** 2,
    pathwise=(Pathwise(eps, STANDARD_NORMAL, s / 4 * (c * eps + sqrt(4 + c**2 * eps**2)) ** 2),),
    scipy=SciPy("fatiguelife", c=c, scale=s), source=SCIPY + "fatiguelife",
)

HalfLogistic = Family(
    name="HalfLogistic", variable=x, support=PositiveReals, parameters={s: positive_line(role="scale")},
    density=2 * exp(-x / s) / (s * (1 + exp(-x / s)) ** 2), cdf=(1 - exp(-x / s)) / (1 + exp(-x / s)),
    quantile=s * log((1 + u) / (1 - u)), mean=2 * s * log(2), variance=s**2 * (pi**2 / 3 - 4 * log(2) ** 2), mode=0,
    entropy=2 - log(2) + log(s), pathwise=(Pathwise(eps, ("Logistic", (S.Zero, S.One)), s * Abs(eps)),),
    scipy=SciPy("halflogistic", scale=s), source=SCIPY + "halflogistic",
)
