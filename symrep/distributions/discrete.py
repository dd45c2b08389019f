"""Discrete families: entries only, no logic. No unbiased pathwise gradient exists for any of them."""

from __future__ import annotations

from sympy import (
    Abs,
    Piecewise,
    Rational,
    S,
    besseli,
    beta,
    binomial,
    exp,
    factorial,
    floor,
    gamma,
    log,
    oo,
    sqrt,
    tanh,
    uppergamma,
    zeta,
)

from symrep.distribution import (
    Family,
    Integers,
    KullbackLeibler,
    SciPy,
    Torch,
    integers,
    nonnegative_integers,
    positive_integers,
    positive_line,
    unit_interval,
)
from symrep.symbols import integer, nonnegative_integer, positive, positive_integer, unit

k = nonnegative_integer("k")
j = positive_integer("k")
i = integer("k")
p, p_2, pi_0 = unit("p p_2 pi_0")
lam, lam_2, r, s, alpha, b, a, theta, mu_1, mu_2 = positive("lambda lambda_2 r s alpha beta a theta mu_1 mu_2")
n, size = positive_integer("n N")
marked, drawn = nonnegative_integer("K n")
low, high = integer("a b")

SCIPY = "SciPy documentation, scipy.stats."
PROOFS = "The Book of Statistical Proofs, statproofbook.github.io/P/"
NIELSEN = "F. Nielsen, franknielsen.github.io/blog/KLPoissonGeometricDistributions"
LOG_ODDS = log(p / p_2), log((1 - p) / (1 - p_2))

Bernoulli = Family(
    name="Bernoulli",
    variable=k,
    support=Integers(0, 1),
    parameters={p: unit_interval(role="probability")},
    pmf=p**k * (1 - p) ** (1 - k),
    cdf=(1 - p) ** (1 - k),
    mean=p,
    variance=p * (1 - p),
    entropy=-p * log(p) - (1 - p) * log(1 - p),
    mode=Piecewise((S.Zero, p < Rational(1, 2)), (S.One, True)),
    statistics=(k,),
    kl=(KullbackLeibler("Bernoulli", (p_2,), p * LOG_ODDS[0] + (1 - p) * LOG_ODDS[1]),),
    scipy=SciPy("bernoulli", p=p),
    torch=Torch("Bernoulli", probs=p),
    source=SCIPY + "bernoulli; divergence: " + PROOFS + "bin-kl with n = 1",
)

Rademacher = Family(
    name="Rademacher",
    variable=i,
    support=Integers(-1, 1),
    parameters={},
    pmf=Abs(i) / 2,
    mean=S.Zero,
    variance=S.One,
    note="k = 0 has probability 0: 2 B - 1 with B a Bernoulli(1/2)",
    source="Wikipedia, Rademacher distribution",
)

DiscreteUniform = Family(
    name="DiscreteUniform",
    variable=i,
    support=Integers(low, high),
    parameters={low: integers((-3, 2), role="bound"), high: integers((3, 9), role="bound")},
    pmf=1 / (high - low + 1),
    cdf=(i - low + 1) / (high - low + 1),
    mean=(low + high) / 2,
    variance=((high - low + 1) ** 2 - 1) / 12,
    entropy=log(high - low + 1),
    constraints=(low <= high,),
    scipy=SciPy("randint", low=low, high=high + 1),
    note="both ends included; SciPy's randint leaves out its upper end",
    source=SCIPY + "randint",
)

Binomial = Family(
    name="Binomial",
    variable=k,
    support=Integers(0, n),
    parameters={n: positive_integers((2, 9), role="count"), p: unit_interval(role="probability")},
    pmf=binomial(n, k) * p**k * (1 - p) ** (n - k),
    mean=n * p,
    variance=n * p * (1 - p),
    statistics=(k,),
    kl=(KullbackLeibler("Binomial", (n, p_2), n * (p * LOG_ODDS[0] + (1 - p) * LOG_ODDS[1])),),
    scipy=SciPy("binom", n=n, p=p),
    torch=Torch("Binomial", total_count=n, probs=p),
    source=SCIPY + "binom; divergence: " + PROOFS + "bin-kl",
)

Poisson = Family(
    name="Poisson",
    variable=k,
    support=Integers(0, oo),
    parameters={lam: positive_line(role="mean")},
    pmf=lam**k * exp(-lam) / factorial(k),
    cdf=uppergamma(k + 1, lam) / gamma(k + 1),
    mean=lam,
    variance=lam,
    mode=floor(lam),
    statistics=(k,),
    kl=(KullbackLeibler("Poisson", (lam_2,), lam * log(lam / lam_2) - lam + lam_2),),
    scipy=SciPy("poisson", mu=lam),
    torch=Torch("Poisson", rate=lam),
    source=SCIPY + "poisson; divergence: " + NIELSEN,
)

ZeroTruncatedPoisson = Family(
    name="ZeroTruncatedPoisson",
    variable=j,
    support=Integers(1, oo),
    parameters={lam: positive_line()},
    pmf=lam**j / (factorial(j) * (exp(lam) - 1)),
    mean=lam / (1 - exp(-lam)),
    variance=lam * (1 + lam) / (1 - exp(-lam)) - (lam / (1 - exp(-lam))) ** 2,
    statistics=(j,),
    source="Wikipedia, Zero-truncated Poisson distribution",
)

ZeroInflatedPoisson = Family(
    name="ZeroInflatedPoisson",
    variable=k,
    support=Integers(0, oo),
    parameters={pi_0: unit_interval(role="probability"), lam: positive_line()},
    pmf=Piecewise((pi_0 + (1 - pi_0) * exp(-lam), k < 1), ((1 - pi_0) * lam**k * exp(-lam) / factorial(k), True)),
    mean=(1 - pi_0) * lam,
    variance=(1 - pi_0) * lam * (1 + pi_0 * lam),
    source="Wikipedia, Zero-inflated model",
)

Geometric = Family(
    name="Geometric",
    variable=k,
    support=Integers(0, oo),
    parameters={p: unit_interval(role="probability")},
    pmf=p * (1 - p) ** k,
    cdf=1 - (1 - p) ** (k + 1),
    mean=(1 - p) / p,
    variance=(1 - p) / p**2,
    entropy=(-(1 - p) * log(1 - p) - p * log(p)) / p,
    mode=S.Zero,
    statistics=(k,),
    kl=(KullbackLeibler("Geometric", (p_2,), LOG_ODDS[0] + (1 - p) / p * LOG_ODDS[1]),),
    scipy=SciPy("geom", p=p, loc=-1),
    torch=Torch("Geometric", probs=p),
    note="failures before the first success, from 0; the number of trials, from 1, is GeometricTrials",
    source=SCIPY + "geom, moved by one; divergence: " + NIELSEN,
)

GeometricTrials = Family(
    name="GeometricTrials",
    variable=j,
    support=Integers(1, oo),
    parameters={p: unit_interval(role="probability")},
    pmf=p * (1 - p) ** (j - 1),
    cdf=1 - (1 - p) ** j,
    mean=1 / p,
    variance=(1 - p) / p**2,
    entropy=(-(1 - p) * log(1 - p) - p * log(p)) / p,
    mode=S.One,
    statistics=(j,),
    kl=(KullbackLeibler("GeometricTrials", (p_2,), LOG_ODDS[0] + (1 - p) / p * LOG_ODDS[1]),),
    scipy=SciPy("geom", p=p),
    note="trials up to the first success, from 1; the number of failures, from 0, is Geometric",
    source=SCIPY + "geom",
)

NegativeBinomial = Family(
    name="NegativeBinomial",
    variable=k,
    support=Integers(0, oo),
    parameters={r: positive_line(role="shape"), p: unit_interval(role="probability")},
    pmf=gamma(k + r) / (gamma(r) * factorial(k)) * p**r * (1 - p) ** k,
    mean=r * (1 - p) / p,
    variance=r * (1 - p) / p**2,
    kl=(
        KullbackLeibler(
            "NegativeBinomial",
            (r, p_2),
            r * (LOG_ODDS[0] + (1 - p) / p * LOG_ODDS[1]),
        ),
    ),
    scipy=SciPy("nbinom", n=r, p=p),
    torch=Torch("NegativeBinomial", total_count=r, probs=1 - p),
    note="failures before the r-th success, p the chance of a success; others count successes, or swap p and 1 - p",
    source=SCIPY + "nbinom",
)

GammaPoisson = Family(
    name="GammaPoisson",
    variable=k,
    support=Integers(0, oo),
    parameters={alpha: positive_line(role="shape"), b: positive_line()},
    pmf=gamma(k + alpha) / (gamma(alpha) * factorial(k)) * (b / (1 + b)) ** alpha / (1 + b) ** k,
    mean=alpha / b,
    variance=alpha / b + alpha / b**2,
    scipy=SciPy("nbinom", n=alpha, p=b / (1 + b)),
    note="a Poisson whose mean is Gamma(alpha, rate beta)",
    source=SCIPY + "nbinom, with p = beta/(1 + beta)",
)

Hypergeometric = Family(
    name="Hypergeometric",
    variable=k,
    support=Integers(0, drawn),
    parameters={
        size: positive_integers((20, 30), role="count"),
        marked: nonnegative_integers((3, 9), role="count"),
        drawn: nonnegative_integers((2, 8), role="count"),
    },
    pmf=binomial(marked, k) * binomial(size - marked, drawn - k) / binomial(size, drawn),
    mean=drawn * marked / size,
    variance=drawn * marked * (size - marked) * (size - drawn) / (size**2 * (size - 1)),
    conditions={"variance": size >= 2},
    constraints=(marked <= size, drawn <= size),
    scipy=SciPy("hypergeom", M=size, n=marked, N=drawn),
    note="k of the n drawn are among the K marked of N; the pmf vanishes where k > K or n - k > N - K",
    source=SCIPY + "hypergeom",
)

BetaBinomial = Family(
    name="BetaBinomial",
    variable=k,
    support=Integers(0, n),
    parameters={n: positive_integers((2, 9), role="count"), alpha: positive_line(), b: positive_line()},
    pmf=binomial(n, k) * beta(k + alpha, n - k + b) / beta(alpha, b),
    mean=n * alpha / (alpha + b),
    variance=n * alpha * b * (alpha + b + n) / ((alpha + b) ** 2 * (alpha + b + 1)),
    scipy=SciPy("betabinom", n=n, a=alpha, b=b),
    note="a Binomial whose probability is Beta(alpha, beta)",
    source=SCIPY + "betabinom",
)

Logarithmic = Family(
    name="Logarithmic",
    variable=j,
    support=Integers(1, oo),
    parameters={p: unit_interval(role="shape")},
    pmf=-(p**j) / (j * log(1 - p)),
    mean=-p / ((1 - p) * log(1 - p)),
    variance=-p * (p + log(1 - p)) / ((1 - p) ** 2 * log(1 - p) ** 2),
    mode=S.One,
    statistics=(j,),
    scipy=SciPy("logser", p=p),
    source=SCIPY + "logser",
)

Zeta = Family(
    name="Zeta",
    variable=j,
    support=Integers(1, oo),
    parameters={s: positive_line((3.5, 6.0), role="shape")},
    pmf=j ** (-s) / zeta(s),
    mean=zeta(s - 1) / zeta(s),
    variance=zeta(s - 2) / zeta(s) - (zeta(s - 1) / zeta(s)) ** 2,
    conditions={"mean": s > 2, "variance": s > 3},
    mode=S.One,
    statistics=(log(j),),
    constraints=(s > 1,),
    scipy=SciPy("zipf", a=s),
    source=SCIPY + "zipf",
)

YuleSimon = Family(
    name="YuleSimon",
    variable=j,
    support=Integers(1, oo),
    parameters={alpha: positive_line((2.5, 5.0), role="shape")},
    pmf=alpha * beta(j, alpha + 1),
    cdf=1 - j * beta(j, alpha + 1),
    mean=alpha / (alpha - 1),
    variance=alpha**2 / ((alpha - 1) ** 2 * (alpha - 2)),
    conditions={"mean": alpha > 1, "variance": alpha > 2},
    mode=S.One,
    scipy=SciPy("yulesimon", alpha=alpha),
    source=SCIPY + "yulesimon",
)

DiscreteLaplace = Family(
    name="DiscreteLaplace",
    variable=i,
    support=Integers(-oo, oo),
    parameters={a: positive_line(role="shape")},
    pmf=tanh(a / 2) * exp(-a * Abs(i)),
    mean=S.Zero,
    variance=2 * exp(-a) / (1 - exp(-a)) ** 2,
    mode=S.Zero,
    statistics=(Abs(i),),
    scipy=SciPy("dlaplace", a=a),
    source=SCIPY + "dlaplace",
)

Skellam = Family(
    name="Skellam",
    variable=i,
    support=Integers(-oo, oo),
    parameters={mu_1: positive_line(), mu_2: positive_line()},
    pmf=exp(-mu_1 - mu_2) * (mu_1 / mu_2) ** (i / 2) * besseli(Abs(i), 2 * sqrt(mu_1 * mu_2)),
    mean=mu_1 - mu_2,
    variance=mu_1 + mu_2,
    scipy=SciPy("skellam", mu1=mu_1, mu2=mu_2),
    note="the difference of two independent Poisson variables",
    source="Wikipedia, Skellam distribution; values against " + SCIPY + "skellam",
)
