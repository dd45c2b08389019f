"""Families on the whole line, by location and scale: entries only, no logic."""

from __future__ import annotations

from sympy import (
    Abs,
    EulerGamma,
    S,
    atan,
    beta,
    betainc_regularized,
    cosh,
    erf,
    exp,
    gamma,
    log,
    lowergamma,
    pi,
    polygamma,
    sign,
    sqrt,
    tan,
)

from symrep.distributions.continuous.words import (
    JULIA,
    PROOFS,
    SCIPY,
    STAN,
    STANDARD_NORMAL,
    UNIT_EXPONENTIAL,
    Phi_inverse,
    e,
    e_1,
    e_2,
    eps,
    eps_1,
    eps_2,
    g,
    located,
    split,
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
    Reals,
)
from symrep.symbols import (
    positive,
    real,
)

mu, m, mu_2, m_2 = real("mu m mu_2 m_2")
sigma, s, nu, kappa, be, c, sigma_2, s_2 = positive("sigma s nu kappa beta c sigma_2 s_2")

# fmt: off
Normal = Family(
    name="Normal", variable=x, support=Reals, latex=r"\mathcal{N}", latex_squared=(sigma,),
    parameters={mu: real_line(role="location"), sigma: positive_line(role="standard deviation")},
    density=exp(-((x - mu) ** 2) / (2 * sigma**2)) / sqrt(2 * pi * sigma**2),
    cdf=(1 + erf((x - mu) / (sqrt(2) * sigma))) / 2, quantile=mu + sigma * Phi_inverse(u),
    mean=mu, variance=sigma**2, entropy=log(2 * pi * S.Exp1 * sigma**2) / 2, mode=mu, statistics=(x, x**2),
    kl=(KullbackLeibler("Normal", (mu_2, sigma_2), log(sigma_2 / sigma)
                        + (sigma**2 + (mu - mu_2) ** 2) / (2 * sigma_2**2) - S.Half),),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, mu + sigma * eps),),
    scipy=SciPy("norm", loc=mu, scale=sigma), torch=Torch("Normal", loc=mu, scale=sigma),
    numpyro=NumPyro("Normal", loc=mu, scale=sigma), source=SCIPY + "norm; divergence: " + PROOFS + "norm-kl",
)

Laplace = Family(
    name="Laplace", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale")},
    density=exp(-Abs(x - m) / s) / (2 * s), cdf=S.Half + sign(x - m) * (1 - exp(-Abs(x - m) / s)) / 2,
    quantile=m - s * sign(u - S.Half) * log(1 - 2 * Abs(u - S.Half)),
    mean=m, variance=2 * s**2, entropy=1 + log(2 * s), mode=m,
    kl=(KullbackLeibler("Laplace", (m_2, s_2), log(s_2 / s)
                        + (s * exp(-Abs(m - m_2) / s) + Abs(m - m_2)) / s_2 - 1),),
    pathwise=(Pathwise(eps, ("Laplace", (S.Zero, S.One)), m + s * eps),
              Pathwise((e_1, e_2), (UNIT_EXPONENTIAL, UNIT_EXPONENTIAL), m + s * (e_1 - e_2))),
    scipy=SciPy("laplace", loc=m, scale=s), torch=Torch("Laplace", loc=m, scale=s),
    numpyro=NumPyro("Laplace", loc=m, scale=s), source=SCIPY + "laplace; divergence: " + JULIA + "laplace.jl",
)

Logistic = Family(
    name="Logistic", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale")},
    density=exp(-(x - m) / s) / (s * (1 + exp(-(x - m) / s)) ** 2), cdf=1 / (1 + exp(-(x - m) / s)),
    quantile=m + s * log(u / (1 - u)), mean=m, variance=pi**2 * s**2 / 3, entropy=log(s) + 2, mode=m,
    pathwise=(Pathwise(eps, ("Logistic", (S.Zero, S.One)), m + s * eps),),
    scipy=SciPy("logistic", loc=m, scale=s), numpyro=NumPyro("Logistic", loc=m, scale=s),
    source=SCIPY + "logistic; entropy: Netica help, LogisticDist",
)

Cauchy = Family(
    name="Cauchy", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale")},
    density=s / (pi * (s**2 + (x - m) ** 2)), cdf=S.Half + atan((x - m) / s) / pi,
    quantile=m + s * tan(pi * (u - S.Half)), entropy=log(4 * pi * s), mode=m,
    kl=(KullbackLeibler("Cauchy", (m_2, s_2), log(((s + s_2) ** 2 + (m - m_2) ** 2) / (4 * s * s_2))),),
    pathwise=(Pathwise(eps, ("Cauchy", (S.Zero, S.One)), m + s * eps),
              Pathwise((eps_1, eps_2), (STANDARD_NORMAL, STANDARD_NORMAL), m + s * eps_1 / eps_2)),
    scipy=SciPy("cauchy", loc=m, scale=s), torch=Torch("Cauchy", loc=m, scale=s),
    numpyro=NumPyro("Cauchy", loc=m, scale=s), source=SCIPY + "cauchy; divergence: arXiv:1905.10965",
)

Gumbel = Family(
    name="Gumbel", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale")},
    density=exp(-(x - m) / s - exp(-(x - m) / s)) / s, cdf=exp(-exp(-(x - m) / s)),
    quantile=m - s * log(-log(u)), mean=m + EulerGamma * s, variance=pi**2 * s**2 / 6,
    entropy=log(s) + EulerGamma + 1, mode=m,
    kl=(KullbackLeibler("Gumbel", (m_2, s_2), log(s_2 / s) + (m - m_2 + EulerGamma * s) / s_2
                        + exp((m_2 - m) / s_2) * gamma(1 + s / s_2) - EulerGamma - 1),),
    pathwise=(Pathwise(eps, ("Gumbel", (S.Zero, S.One)), m + s * eps), Pathwise(e, UNIT_EXPONENTIAL, m - s * log(e))),
    scipy=SciPy("gumbel_r", loc=m, scale=s), torch=Torch("Gumbel", loc=m, scale=s),
    numpyro=NumPyro("Gumbel", loc=m, scale=s), source=SCIPY + "gumbel_r; entropy: stdlib, dists/gumbel/entropy",
)

GumbelMin = Family(
    name="GumbelMin", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale")},
    density=exp((x - m) / s - exp((x - m) / s)) / s, cdf=1 - exp(-exp((x - m) / s)),
    quantile=m + s * log(-log(1 - u)), mean=m - EulerGamma * s, variance=pi**2 * s**2 / 6,
    entropy=log(s) + EulerGamma + 1, mode=m,
    pathwise=(located("GumbelMin", 0, 1, loc=m, scale=s), Pathwise(e, UNIT_EXPONENTIAL, m + s * log(e))),
    scipy=SciPy("gumbel_l", loc=m, scale=s), source=SCIPY + "gumbel_l",
)

StudentT = Family(
    name="StudentT", variable=x, support=Reals, latex="t",
    parameters={nu: positive_line((2.5, 8.0), "degrees of freedom"), mu: real_line(role="location"),
                sigma: positive_line(role="scale")},
    density=gamma((nu + 1) / 2) / (gamma(nu / 2) * sqrt(nu * pi) * sigma)
    * (1 + ((x - mu) / sigma) ** 2 / nu) ** (-(nu + 1) / 2),
    cdf=S.Half + sign(x - mu) / 2 * betainc_regularized(S.Half, nu / 2, 0, (x - mu)**2 / (nu * sigma**2 + (x - mu)**2)),
    mean=mu, variance=sigma**2 * nu / (nu - 2), conditions={"mean": nu > 1, "variance": nu > 2}, mode=mu,
    entropy=(nu + 1) / 2 * (polygamma(0, (nu + 1) / 2) - polygamma(0, nu / 2))
    + log(sqrt(nu) * sigma * beta(nu / 2, S.Half)),
    pathwise=(Pathwise(eps, ("StudentT", (nu, S.Zero, S.One)), mu + sigma * eps),
              Pathwise((eps, v), (STANDARD_NORMAL, ("ChiSquared", (nu,))), mu + sigma * eps / sqrt(v / nu))),
    scipy=SciPy("t", df=nu, loc=mu, scale=sigma), torch=Torch("StudentT", df=nu, loc=mu, scale=sigma),
    numpyro=NumPyro("StudentT", df=nu, loc=mu, scale=sigma),
    note="location and scale are reparameterised by either map, nu by none: it stays in the law of the noise",
    source=STAN + "Student-t distribution; cdf, moments, entropy: " + SCIPY + "t",
)

HyperbolicSecant = Family(
    name="HyperbolicSecant", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale")},
    density=1 / (pi * s * cosh((x - m) / s)), cdf=2 * atan(exp((x - m) / s)) / pi,
    quantile=m + s * log(tan(pi * u / 2)), mean=m, variance=pi**2 * s**2 / 4, entropy=log(2 * pi * s), mode=m,
    pathwise=(located("HyperbolicSecant", 0, 1, loc=m, scale=s),
              Pathwise(e, ("HalfCauchy", (S.One,)), m + s * log(e))),
    scipy=SciPy("hypsecant", loc=m, scale=s), source=SCIPY + "hypsecant",
)

AsymmetricLaplace = Family(
    name="AsymmetricLaplace", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale"),
                kappa: positive_line((0.5, 2.0), "shape")},
    density=split(x - m, exp((x - m) / (s * kappa)), exp(-kappa * (x - m) / s)) / (s * (kappa + 1 / kappa)),
    cdf=split(x - m, kappa**2 / (1 + kappa**2) * exp((x - m) / (s * kappa)),
              1 - exp(-kappa * (x - m) / s) / (1 + kappa**2)),
    quantile=split(u - kappa**2 / (1 + kappa**2), m + s * kappa * log(u * (1 + kappa**2) / kappa**2),
                   m - s * log((1 - u) * (1 + kappa**2)) / kappa),
    mean=m + s * (1 / kappa - kappa), variance=s**2 * (kappa**-2 + kappa**2), mode=m,
    entropy=1 + log(s * (kappa + 1 / kappa)),
    pathwise=(Pathwise((e_1, e_2), (UNIT_EXPONENTIAL, UNIT_EXPONENTIAL), m + s * (e_1 / kappa - kappa * e_2)),),
    scipy=SciPy("laplace_asymmetric", kappa=kappa, loc=m, scale=s), source=SCIPY + "laplace_asymmetric",
)

GeneralizedNormal = Family(
    name="GeneralizedNormal", variable=x, support=Reals,
    parameters={mu: real_line(role="location"), s: positive_line(role="scale"), be: positive_line((0.7, 4.0), "shape")},
    density=be / (2 * s * gamma(1 / be)) * exp(-((Abs(x - mu) / s) ** be)),
    cdf=S.Half + sign(x - mu) * lowergamma(1 / be, (Abs(x - mu) / s) ** be) / (2 * gamma(1 / be)),
    mean=mu, variance=s**2 * gamma(3 / be) / gamma(1 / be), entropy=1 / be + log(2 * s * gamma(1 / be) / be), mode=mu,
    pathwise=(Pathwise(eps, ("GeneralizedNormal", (S.Zero, S.One, be)), mu + s * eps),),
    scipy=SciPy("gennorm", beta=be, loc=mu, scale=s), source=SCIPY + "gennorm",
)

GeneralizedLogistic = Family(
    name="GeneralizedLogistic", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale"), c: positive_line(role="shape")},
    density=c * exp(-(x - m) / s) / (s * (1 + exp(-(x - m) / s)) ** (c + 1)), cdf=(1 + exp(-(x - m) / s)) ** (-c),
    quantile=m - s * log(u ** (-1 / c) - 1), mean=m + s * (EulerGamma + polygamma(0, c)),
    variance=s**2 * (pi**2 / 6 + polygamma(1, c)), mode=m + s * log(c),
    entropy=log(s / c) + EulerGamma + polygamma(0, c) + 1 + 1 / c,
    scipy=SciPy("genlogistic", c=c, loc=m, scale=s), source=SCIPY + "genlogistic",
)

LogGamma = Family(
    name="LogGamma", variable=x, support=Reals,
    parameters={m: real_line(role="location"), s: positive_line(role="scale"), c: positive_line(role="shape")},
    density=exp(c * (x - m) / s - exp((x - m) / s)) / (s * gamma(c)),
    cdf=lowergamma(c, exp((x - m) / s)) / gamma(c), mean=m + s * polygamma(0, c), variance=s**2 * polygamma(1, c),
    mode=m + s * log(c), entropy=log(s * gamma(c)) + c - c * polygamma(0, c),
    pathwise=(Pathwise(g, ("Gamma", (c, S.One)), m + s * log(g)),),
    scipy=SciPy("loggamma", c=c, loc=m, scale=s), note="the law of m + s log G, G ~ Gamma(c, 1)",
    source=SCIPY + "loggamma",
)
