"""Exponential, Gamma, Beta-prime and their kin on the half line: entries only, no logic."""

from __future__ import annotations

from sympy import (
    Eq,
    EulerGamma,
    S,
    beta,
    betainc_regularized,
    exp,
    expint,
    gamma,
    log,
    lowergamma,
    polygamma,
    uppergamma,
)

from symrep.distributions.continuous.words import (
    JULIA,
    PROOFS,
    SCIPY,
    STAN,
    STANDARD_NORMAL,
    UNIFORM01,
    UNIT_EXPONENTIAL,
    e,
    e_1,
    e_2,
    eps,
    eps_1,
    eps_2,
    eps_3,
    g,
    g_1,
    g_2,
    u,
    u_1,
    u_2,
    u_3,
    v,
    v_1,
    v_2,
    x,
)
from symrep.entry import (
    Fact,
    KullbackLeibler,
    NumPyro,
    Pathwise,
    SciPy,
    Torch,
    positive_integers,
    positive_line,
    unit_interval,
)
from symrep.family import Family
from symrep.law import (
    PositiveReals,
)
from symrep.symbols import (
    positive,
    positive_integer,
    unit,
)

al, be, lam, k, nu, theta, s, a, d, p, d_1, d_2 = positive("alpha beta lam k nu theta s a d p d_1 d_2")
alpha_2, beta_2, lam_2, k_2, theta_2 = positive("alpha_2 beta_2 lam_2 k_2 theta_2")
n = positive_integer("k")
w = unit("w")

# fmt: off
Exponential = Family(
    name="Exponential", variable=x, support=PositiveReals, latex=r"\mathrm{Exp}",
    parameters={lam: positive_line(role="rate")}, density=lam * exp(-lam * x), cdf=1 - exp(-lam * x),
    quantile=-log(1 - u) / lam, mean=1 / lam, variance=1 / lam**2, entropy=1 - log(lam), mode=0, statistics=(x,),
    kl=(KullbackLeibler("Exponential", (lam_2,), log(lam / lam_2) + lam_2 / lam - 1),
        KullbackLeibler("Gamma", (alpha_2, beta_2), log(lam * gamma(alpha_2) / beta_2**alpha_2)
                        + (alpha_2 - 1) * (EulerGamma + log(lam)) + beta_2 / lam - 1)),
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, e / lam), Pathwise(u, UNIFORM01, -log(1 - u) / lam)),
    facts=(Fact(((e_1, ("Exponential", (lam,))), (e_2, ("Exponential", (lam,)))), e_1 + e_2, ("Erlang", (2, lam)),
                "sum"),),
    scipy=SciPy("expon", scale=1 / lam), torch=Torch("Exponential", rate=lam), numpyro=NumPyro("Exponential", rate=lam),
    source=SCIPY + "expon; divergence: " + PROOFS + "gam-kl, with shape 1",
)

Gamma = Family(
    name="Gamma", variable=x, support=PositiveReals,
    parameters={al: positive_line(role="shape"), be: positive_line(role="rate")},
    density=be**al * x ** (al - 1) * exp(-be * x) / gamma(al), cdf=lowergamma(al, be * x) / gamma(al),
    mean=al / be, variance=al / be**2, entropy=al - log(be) + log(gamma(al)) + (1 - al) * polygamma(0, al),
    mode=(al - 1) / be, conditions={"mode": al > 1}, statistics=(log(x), x),
    kl=(KullbackLeibler("Gamma", (alpha_2, beta_2), alpha_2 * log(be / beta_2) + log(gamma(alpha_2) / gamma(al))
                        + (al - alpha_2) * polygamma(0, al) + al * (beta_2 / be - 1)),),
    pathwise=(Pathwise(g, ("Gamma", (al, S.One)), g / be),
              Pathwise((e_1, e_2), (UNIT_EXPONENTIAL,) * 2, (e_1 + e_2) / be, "composition", (Eq(al, 2),))),
    facts=(Fact(((g_1, ("Gamma", (al, be))), (g_2, ("Gamma", (alpha_2, be)))), g_1 + g_2, ("Gamma", (al + alpha_2, be)),
                "sum, one rate"),
           Fact(((g_1, ("Gamma", (al, be))), (g_2, ("Gamma", (alpha_2, be)))), g_1 / (g_1 + g_2),
                ("Beta", (al, alpha_2)), "share"),
           Fact(((g_1, ("Gamma", (al, be))), (g_2, ("Gamma", (alpha_2, be)))), g_1 / g_2,
                ("BetaPrime", (al, alpha_2)), "ratio")),
    scipy=SciPy("gamma", a=al, scale=1 / be), torch=Torch("Gamma", concentration=al, rate=be),
    numpyro=NumPyro("Gamma", concentration=al, rate=be),
    note="a sum of exponentials only for an integer shape (see Erlang); the shape is reparameterised implicitly",
    source=STAN + "gamma distribution; moments and entropy: " + SCIPY + "gamma, with scale 1/beta; divergence: "
    + PROOFS + "gam-kl",
)

Erlang = Family(
    name="Erlang", variable=x, support=PositiveReals,
    parameters={n: positive_integers((1, 5), "shape"), lam: positive_line(role="rate")},
    density=lam**n * x ** (n - 1) * exp(-lam * x) / gamma(n), cdf=lowergamma(n, lam * x) / gamma(n),
    mean=n / lam, variance=n / lam**2, entropy=n - log(lam) + log(gamma(n)) + (1 - n) * polygamma(0, n),
    mode=(n - 1) / lam, statistics=(log(x), x),
    kl=(KullbackLeibler("Gamma", (alpha_2, beta_2), alpha_2 * log(lam / beta_2) + log(gamma(alpha_2) / gamma(n))
                        + (n - alpha_2) * polygamma(0, n) + n * (beta_2 / lam - 1)),),
    pathwise=(
        Pathwise(u_1, UNIFORM01, -log(u_1) / lam, "composition", (Eq(n, 1),)),
        Pathwise((u_1, u_2), (UNIFORM01,) * 2, -(log(u_1) + log(u_2)) / lam, "composition", (Eq(n, 2),)),
        Pathwise((u_1, u_2, u_3), (UNIFORM01,) * 3, -(log(u_1) + log(u_2) + log(u_3)) / lam, "composition",
                 (Eq(n, 3),)),
        Pathwise(g, ("Gamma", (n, S.One)), g / lam)),
    scipy=SciPy("erlang", a=n, scale=1 / lam),
    note="no elementary inverse CDF for k >= 2 (k = 2 needs the branch -1 of Lambert's W): a sum of k exponentials",
    source=SCIPY + "erlang, and gamma",
)

ChiSquared = Family(
    name="ChiSquared", variable=x, support=PositiveReals, latex=r"\chi^2",
    parameters={k: positive_line((0.5, 6.0), "degrees of freedom")},
    density=x ** (k / 2 - 1) * exp(-x / 2) / (2 ** (k / 2) * gamma(k / 2)),
    cdf=lowergamma(k / 2, x / 2) / gamma(k / 2), mean=k, variance=2 * k, mode=k - 2, conditions={"mode": k > 2},
    entropy=k / 2 + log(2 * gamma(k / 2)) + (1 - k / 2) * polygamma(0, k / 2), statistics=(log(x),),
    kl=(KullbackLeibler("ChiSquared", (k_2,), log(gamma(k_2 / 2) / gamma(k / 2))
                        + (k - k_2) / 2 * polygamma(0, k / 2)),),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, eps**2, "composition", (Eq(k, 1),)),
              Pathwise((eps_1, eps_2), (STANDARD_NORMAL,) * 2, eps_1**2 + eps_2**2, "composition", (Eq(k, 2),)),
              Pathwise((eps_1, eps_2, eps_3), (STANDARD_NORMAL,) * 3, eps_1**2 + eps_2**2 + eps_3**2, "composition",
                       (Eq(k, 3),))),
    facts=(Fact(((v_1, ("ChiSquared", (k,))), (v_2, ("ChiSquared", (k_2,)))), v_1 + v_2, ("ChiSquared", (k + k_2,)),
                "sum"),),
    scipy=SciPy("chi2", df=k), torch=Torch("Chi2", df=k), numpyro=NumPyro("Chi2", df=k), source=SCIPY + "chi2",
)

InverseGamma = Family(
    name="InverseGamma", variable=x, support=PositiveReals,
    parameters={al: positive_line((2.2, 5.0), "shape"), be: positive_line(role="scale")},
    density=be**al / gamma(al) * x ** (-al - 1) * exp(-be / x), cdf=uppergamma(al, be / x) / gamma(al),
    mean=be / (al - 1), variance=be**2 / ((al - 1) ** 2 * (al - 2)), mode=be / (al + 1),
    conditions={"mean": al > 1, "variance": al > 2}, statistics=(log(x), 1 / x),
    entropy=al + log(be * gamma(al)) - (1 + al) * polygamma(0, al),
    kl=(KullbackLeibler("InverseGamma", (alpha_2, beta_2), alpha_2 * log(be / beta_2) + log(gamma(alpha_2) / gamma(al))
                        + (al - alpha_2) * polygamma(0, al) + al * (beta_2 / be - 1)),),
    pathwise=(Pathwise(g, ("Gamma", (al, S.One)), be / g),),
    facts=(Fact(((g, ("Gamma", (al, be))),), 1 / g, ("InverseGamma", (al, be)), "reciprocal"),),
    scipy=SciPy("invgamma", a=al, scale=be), torch=Torch("InverseGamma", concentration=al, rate=be),
    numpyro=NumPyro("InverseGamma", concentration=al, rate=be), source=SCIPY + "invgamma; divergence: " + JULIA
    + "inversegamma.jl",
)

InverseChiSquared = Family(
    name="InverseChiSquared", variable=x, support=PositiveReals,
    parameters={nu: positive_line((4.5, 9.0), "degrees of freedom"), s: positive_line(role="scale")},
    density=(nu * s / 2) ** (nu / 2) / gamma(nu / 2) * x ** (-nu / 2 - 1) * exp(-nu * s / (2 * x)),
    cdf=uppergamma(nu / 2, nu * s / (2 * x)) / gamma(nu / 2), mean=nu * s / (nu - 2),
    variance=2 * nu**2 * s**2 / ((nu - 2) ** 2 * (nu - 4)), mode=nu * s / (nu + 2),
    conditions={"mean": nu > 2, "variance": nu > 4}, statistics=(log(x), 1 / x),
    entropy=nu / 2 + log(nu * s / 2 * gamma(nu / 2)) - (1 + nu / 2) * polygamma(0, nu / 2),
    pathwise=(Pathwise(v, ("ChiSquared", (nu,)), nu * s / v),), scipy=SciPy("invgamma", a=nu / 2, scale=nu * s / 2),
    note="the scaled one: s is tau squared, and s = 1/nu gives the plain inverse chi-squared",
    source=STAN + "scaled inverse chi-square distribution, with sigma squared = s",
)

F = Family(
    name="F", variable=x, support=PositiveReals,
    parameters={d_1: positive_line((1.0, 6.0), "degrees of freedom"),
                d_2: positive_line((4.5, 9.0), "degrees of freedom")},
    density=(d_1 / d_2) ** (d_1 / 2) * x ** (d_1 / 2 - 1) * (1 + d_1 * x / d_2) ** (-(d_1 + d_2) / 2)
    / beta(d_1 / 2, d_2 / 2),
    cdf=betainc_regularized(d_1 / 2, d_2 / 2, 0, d_1 * x / (d_1 * x + d_2)), mean=d_2 / (d_2 - 2),
    variance=2 * d_2**2 * (d_1 + d_2 - 2) / (d_1 * (d_2 - 2) ** 2 * (d_2 - 4)),
    mode=(d_1 - 2) * d_2 / (d_1 * (d_2 + 2)), conditions={"mean": d_2 > 2, "variance": d_2 > 4, "mode": d_1 > 2},
    entropy=log(d_2 / d_1 * beta(d_1 / 2, d_2 / 2)) + (1 - d_1 / 2) * polygamma(0, d_1 / 2)
    - (1 + d_2 / 2) * polygamma(0, d_2 / 2) + (d_1 + d_2) / 2 * polygamma(0, (d_1 + d_2) / 2),
    pathwise=(Pathwise((v_1, v_2), (("ChiSquared", (d_1,)), ("ChiSquared", (d_2,))), v_1 / d_1 / (v_2 / d_2)),),
    scipy=SciPy("f", dfn=d_1, dfd=d_2), torch=Torch("FisherSnedecor", df1=d_1, df2=d_2), source=SCIPY + "f",
)

BetaPrime = Family(
    name="BetaPrime", variable=x, support=PositiveReals,
    parameters={al: positive_line(role="shape"), be: positive_line((2.2, 5.0), "shape")},
    density=x ** (al - 1) * (1 + x) ** (-al - be) / beta(al, be), cdf=betainc_regularized(al, be, 0, x / (1 + x)),
    mean=al / (be - 1), variance=al * (al + be - 1) / ((be - 2) * (be - 1) ** 2), mode=(al - 1) / (be + 1),
    conditions={"mean": be > 1, "variance": be > 2, "mode": al > 1}, statistics=(log(x), log(1 + x)),
    entropy=log(beta(al, be)) + (1 - al) * polygamma(0, al) - (1 + be) * polygamma(0, be)
    + (al + be) * polygamma(0, al + be),
    pathwise=(Pathwise((g_1, g_2), (("Gamma", (al, S.One)), ("Gamma", (be, S.One))), g_1 / g_2),),
    facts=(Fact(((u, ("Beta", (al, be))),), u / (1 - u), ("BetaPrime", (al, be)), "odds of a Beta"),),
    scipy=SciPy("betaprime", a=al, b=be), source=SCIPY + "betaprime",
)

GeneralizedGamma = Family(
    name="GeneralizedGamma", variable=x, support=PositiveReals,
    parameters={a: positive_line(role="scale"), d: positive_line(role="shape"), p: positive_line((0.7, 3.0), "shape")},
    density=p / a**d * x ** (d - 1) * exp(-((x / a) ** p)) / gamma(d / p),
    cdf=lowergamma(d / p, (x / a) ** p) / gamma(d / p), mean=a * gamma((d + 1) / p) / gamma(d / p),
    variance=a**2 * (gamma((d + 2) / p) / gamma(d / p) - (gamma((d + 1) / p) / gamma(d / p)) ** 2),
    entropy=log(a * gamma(d / p) / p) + d / p + (1 - d) / p * polygamma(0, d / p),
    mode=a * ((d - 1) / p) ** (1 / p), conditions={"mode": d > 1},
    pathwise=(Pathwise(g, ("Gamma", (d / p, S.One)), a * g ** (1 / p)),),
    scipy=SciPy("gengamma", a=d / p, c=p, scale=a), source=SCIPY + "gengamma, with a = d/p and c = p",
)

Hypoexponential = Family(
    name="Hypoexponential", variable=x, support=PositiveReals,
    parameters={lam: positive_line((1.5, 3.0), "rate"), lam_2: positive_line((0.4, 1.2), "rate")},
    constraints=(lam > lam_2,), density=lam * lam_2 / (lam - lam_2) * (exp(-lam_2 * x) - exp(-lam * x)),
    cdf=1 - (lam * exp(-lam_2 * x) - lam_2 * exp(-lam * x)) / (lam - lam_2), mean=1 / lam + 1 / lam_2,
    variance=lam**-2 + lam_2**-2, mode=log(lam / lam_2) / (lam - lam_2),
    pathwise=(Pathwise((e_1, e_2), (UNIT_EXPONENTIAL,) * 2, e_1 / lam + e_2 / lam_2),),
    note="the sum of two exponentials of different rates", source="Wolfram Language, HypoexponentialDistribution",
)

Hyperexponential = Family(
    name="Hyperexponential", variable=x, support=PositiveReals,
    parameters={w: unit_interval(role="probability"), lam: positive_line((1.5, 3.0), "rate"),
                lam_2: positive_line((0.4, 1.2), "rate")},
    density=w * lam * exp(-lam * x) + (1 - w) * lam_2 * exp(-lam_2 * x),
    cdf=1 - w * exp(-lam * x) - (1 - w) * exp(-lam_2 * x), mean=w / lam + (1 - w) / lam_2,
    variance=2 * w / lam**2 + 2 * (1 - w) / lam_2**2 - (w / lam + (1 - w) / lam_2) ** 2, mode=0,
    note="no path through the choice of the rate; the implicit gradient is right",
    source="Springer reference entry Hyperexponential distribution, doi:10.1007/1-4020-0611-X_430",
)

Lindley = Family(
    name="Lindley", variable=x, support=PositiveReals, parameters={theta: positive_line(role="shape")},
    density=theta**2 / (1 + theta) * (1 + x) * exp(-theta * x), cdf=1 - (1 + theta * x / (1 + theta)) * exp(-theta * x),
    mean=(theta + 2) / (theta * (theta + 1)), variance=2 / theta**2 - 1 / (1 + theta) ** 2,
    mode=(1 - theta) / theta, conditions={"mode": theta < 1}, statistics=(x,),
    entropy=1 + log(1 + theta) - 2 * log(theta) - exp(theta) * expint(1, theta) / (1 + theta),
    kl=(KullbackLeibler("Lindley", (theta_2,), 2 * log(theta / theta_2) + log((1 + theta_2) / (1 + theta))
                        - (theta + 2) * (theta - theta_2) / (theta * (1 + theta))),),
    source=JULIA + "lindley.jl",
)
