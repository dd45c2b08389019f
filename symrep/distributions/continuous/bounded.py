"""Families on a bounded interval and on the circle: entries only, no logic."""

from __future__ import annotations

from sympy import (
    Eq,
    EulerGamma,
    Ne,
    Piecewise,
    Rational,
    S,
    asin,
    atan,
    besseli,
    beta,
    betainc_regularized,
    cos,
    exp,
    log,
    pi,
    polygamma,
    sin,
    sqrt,
    tan,
)

from symrep.distributions.continuous.words import (
    JULIA,
    PROOFS,
    SCIPY,
    STANDARD_NORMAL,
    UNIFORM01,
    UNIT_EXPONENTIAL,
    Phi,
    Phi_inverse,
    bell,
    e,
    eps,
    g_1,
    g_2,
    located,
    split,
    t,
    u,
    u_1,
    u_2,
    u_3,
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
    unit_interval,
)
from symrep.family import Family
from symrep.law import (
    Interval,
    UnitInterval,
)
from symrep.symbols import (
    positive,
    real,
    unit,
)

a, b, left, m, h, mu, a_2, b_2 = real("a b l m h mu a_2 b_2")
al, be, sigma, lam, theta, kappa, c, r, s = positive("alpha beta sigma lam theta kappa c r s")
alpha_2, beta_2, sigma_2, kappa_2 = positive("alpha_2 beta_2 sigma_2 kappa_2")
mu_2 = real("mu_2")
share = unit("mu")
low, high, top = positive("a b b")
k_a, k_b = positive("a b")
p, p_2, rho = unit("lam lam_2 rho")

# fmt: off
Uniform = Family(
    name="Uniform", variable=x, support=Interval(a, b), latex=r"\mathcal{U}",
    parameters={a: real_line((-1.0, 0.0), "bound"), b: real_line((0.5, 2.0), "bound")}, constraints=(a < b,),
    density=1 / (b - a), cdf=(x - a) / (b - a), quantile=a + (b - a) * u, mean=(a + b) / 2, variance=(b - a) ** 2 / 12,
    entropy=log(b - a), pathwise=(Pathwise(u, UNIFORM01, a + (b - a) * u),),
    kl=(KullbackLeibler("Uniform", (a_2, b_2), log((b_2 - a_2) / (b - a)), (a_2 <= a, b <= b_2)),),
    scipy=SciPy("uniform", loc=a, scale=b - a), torch=Torch("Uniform", low=a, high=b),
    numpyro=NumPyro("Uniform", low=a, high=b), source=SCIPY + "uniform; divergence: " + PROOFS + "cuni-kl",
)

Beta = Family(
    name="Beta", variable=x, support=UnitInterval,
    parameters={al: positive_line(role="shape"), be: positive_line(role="shape")},
    density=x ** (al - 1) * (1 - x) ** (be - 1) / beta(al, be), cdf=betainc_regularized(al, be, 0, x),
    mean=al / (al + be), variance=al * be / ((al + be) ** 2 * (al + be + 1)), mode=(al - 1) / (al + be - 2),
    conditions={"mode": (al > 1, be > 1)}, statistics=(log(x), log(1 - x)),
    entropy=log(beta(al, be)) + (1 - al) * polygamma(0, al) + (1 - be) * polygamma(0, be)
    + (al + be - 2) * polygamma(0, al + be),
    kl=(KullbackLeibler("Beta", (alpha_2, beta_2), log(beta(alpha_2, beta_2) / beta(al, be))
                        + (al - alpha_2) * polygamma(0, al) + (be - beta_2) * polygamma(0, be)
                        + (alpha_2 - al + beta_2 - be) * polygamma(0, al + be)),),
    pathwise=(Pathwise((g_1, g_2), (("Gamma", (al, S.One)), ("Gamma", (be, S.One))), g_1 / (g_1 + g_2)),),
    facts=(Fact(((u, ("Beta", (al, be))),), 1 - u, ("Beta", (be, al)), "mirror"),),
    scipy=SciPy("beta", a=al, b=be), torch=Torch("Beta", concentration1=al, concentration0=be),
    numpyro=NumPyro("Beta", concentration1=al, concentration0=be),
    source=PROOFS + "beta-mean, beta-var, beta-mode; divergence: " + JULIA + "beta.jl",
)

Kumaraswamy = Family(
    name="Kumaraswamy", variable=x, support=UnitInterval,
    parameters={k_a: positive_line(role="shape"), k_b: positive_line(role="shape")},
    density=k_a * k_b * x ** (k_a - 1) * (1 - x**k_a) ** (k_b - 1), cdf=1 - (1 - x**k_a) ** k_b,
    quantile=(1 - (1 - u) ** (1 / k_b)) ** (1 / k_a), mean=k_b * beta(1 + 1 / k_a, k_b),
    variance=k_b * beta(1 + 2 / k_a, k_b) - k_b**2 * beta(1 + 1 / k_a, k_b) ** 2,
    mode=((k_a - 1) / (k_a * k_b - 1)) ** (1 / k_a), conditions={"mode": (k_a > 1, k_b > 1)},
    entropy=1 - 1 / k_b + (1 - 1 / k_a) * (polygamma(0, k_b + 1) + EulerGamma) - log(k_a * k_b),
    torch=Torch("Kumaraswamy", concentration1=k_a, concentration0=k_b),
    numpyro=NumPyro("Kumaraswamy", concentration1=k_a, concentration0=k_b), source=JULIA + "kumaraswamy.jl",
)

PowerFunction = Family(
    name="PowerFunction", variable=x, support=Interval(0, theta),
    parameters={al: positive_line(role="shape"), theta: positive_line(role="scale")},
    density=al * x ** (al - 1) / theta**al, cdf=(x / theta) ** al, quantile=theta * u ** (1 / al),
    mean=al * theta / (al + 1), variance=al * theta**2 / ((al + 1) ** 2 * (al + 2)), mode=theta,
    conditions={"mode": al > 1}, entropy=log(theta / al) + 1 - 1 / al,
    pathwise=(Pathwise(e, UNIT_EXPONENTIAL, theta * exp(-e / al)),),
    scipy=SciPy("powerlaw", a=al, scale=theta), source=SCIPY + "powerlaw (its variance there lacks a power)",
)

Arcsine = Family(
    name="Arcsine", variable=x, support=Interval(a, b),
    parameters={a: real_line((-1.0, 0.0), "bound"), b: real_line((0.5, 2.0), "bound")}, constraints=(a < b,),
    density=1 / (pi * sqrt((x - a) * (b - x))), cdf=2 * asin(sqrt((x - a) / (b - a))) / pi,
    quantile=a + (b - a) * sin(pi * u / 2) ** 2, mean=(a + b) / 2, variance=(b - a) ** 2 / 8,
    entropy=log(pi * (b - a) / 4), scipy=SciPy("arcsine", loc=a, scale=b - a), source=SCIPY + "arcsine",
)

Triangular = Family(
    name="Triangular", variable=x, support=Interval(left, h),
    parameters={left: real_line((-2.0, -1.0), "bound"), m: real_line((-0.5, 0.5)), h: real_line((1.0, 3.0), "bound")},
    constraints=(left < m, m < h),
    density=split(x - m, 2 * (x - left) / ((h - left) * (m - left)), 2 * (h - x) / ((h - left) * (h - m))),
    cdf=split(x - m, (x - left) ** 2 / ((h - left) * (m - left)), 1 - (h - x) ** 2 / ((h - left) * (h - m))),
    quantile=split(u - (m - left) / (h - left), left + sqrt(u * (h - left) * (m - left)),
                   h - sqrt((1 - u) * (h - left) * (h - m))),
    mean=(left + m + h) / 3, variance=(left**2 + m**2 + h**2 - left * m - left * h - m * h) / 18, mode=m,
    entropy=S.Half + log((h - left) / 2), scipy=SciPy("triang", c=(m - left) / (h - left), loc=left, scale=h - left),
    pathwise=(Pathwise(t, ("Triangular", (S.Zero, (m - left) / (h - left), S.One)), left + (h - left) * t),),
    note="location-scale moves the ends but not the relative mode (m - l)/(h - l); the inverse CDF moves all three",
    source=SCIPY + "triang",
)

Reciprocal = Family(
    name="Reciprocal", variable=x, support=Interval(low, high),
    parameters={low: positive_line((0.3, 1.0), "bound"), high: positive_line((1.5, 4.0), "bound")},
    constraints=(low < high,), density=1 / (x * log(high / low)), cdf=log(x / low) / log(high / low),
    quantile=low * (high / low) ** u, mean=(high - low) / log(high / low),
    variance=(high**2 - low**2) / (2 * log(high / low)) - ((high - low) / log(high / low)) ** 2, mode=low,
    entropy=log(low * high) / 2 + log(log(high / low)),
    pathwise=(Pathwise(u, UNIFORM01, low * exp(u * log(high / low))),),
    scipy=SciPy("loguniform", a=low, b=high), numpyro=NumPyro("LogUniform", low=low, high=high),
    note="also called log-uniform", source=SCIPY + "loguniform",
)

ContinuousBernoulli = Family(
    name="ContinuousBernoulli", variable=x, support=UnitInterval, parameters={p: unit_interval((0.55, 0.9))},
    constraints=(Ne(p, S.Half),), density=log(p / (1 - p)) / (2 * p - 1) * p**x * (1 - p) ** (1 - x),
    cdf=(p**x * (1 - p) ** (1 - x) + p - 1) / (2 * p - 1),
    quantile=log((u * (2 * p - 1) + 1 - p) / (1 - p)) / log(p / (1 - p)), mean=p / (2 * p - 1) - 1 / log(p / (1 - p)),
    variance=1 / log(p / (1 - p)) ** 2 - p * (1 - p) / (2 * p - 1) ** 2, statistics=(x,),
    entropy=log((2 * p - 1) / log(p / (1 - p))) - log(1 - p)
    - (p / (2 * p - 1) - 1 / log(p / (1 - p))) * log(p / (1 - p)),
    kl=(KullbackLeibler("ContinuousBernoulli", (p_2,), log((1 - p) / (1 - p_2))
        + log(log(p / (1 - p)) * (2 * p_2 - 1) / (log(p_2 / (1 - p_2)) * (2 * p - 1)))
        + (p / (2 * p - 1) - 1 / log(p / (1 - p))) * log(p * (1 - p_2) / (p_2 * (1 - p))), (Ne(p_2, S.Half),)),),
    torch=Torch("ContinuousBernoulli", probs=p), note="lam = 1/2 is Uniform(0, 1); lam is not P(x = 1)",
    source="arXiv:1907.06845 (the continuous Bernoulli); PaddlePaddle, distribution.ContinuousBernoulli",
)

BetaProportion = Family(
    name="BetaProportion", variable=x, support=UnitInterval,
    parameters={share: unit_interval((0.2, 0.8)), kappa: positive_line((1.0, 8.0), "concentration")},
    density=x ** (kappa * share - 1) * (1 - x) ** (kappa * (1 - share) - 1) / beta(kappa * share, kappa * (1 - share)),
    cdf=betainc_regularized(kappa * share, kappa * (1 - share), 0, x), mean=share,
    variance=share * (1 - share) / (1 + kappa), mode=(kappa * share - 1) / (kappa - 2),
    conditions={"mode": (kappa * share > 1, kappa * (1 - share) > 1, kappa > 2)},
    scipy=SciPy("beta", a=kappa * share, b=kappa * (1 - share)),
    numpyro=NumPyro("BetaProportion", mean=share, concentration=kappa),
    note="the variance is mu(1 - mu)/(1 + kappa), not over kappa",
    source="Stan Functions Reference, Beta proportion distribution",
)

TruncatedCauchy = Family(
    name="TruncatedCauchy", variable=x, support=Interval(a, b),
    parameters={mu: real_line((-1.0, 1.0), "location"), sigma: positive_line((0.7, 2.0), "scale"),
                a: real_line((-2.0, -1.0), "bound"), b: real_line((0.5, 2.0), "bound")}, constraints=(a < b,),
    density=1 / (sigma * (1 + ((x - mu) / sigma) ** 2) * (atan((b - mu) / sigma) - atan((a - mu) / sigma))),
    cdf=(atan((x - mu) / sigma) - atan((a - mu) / sigma)) / (atan((b - mu) / sigma) - atan((a - mu) / sigma)),
    quantile=mu + sigma * tan(atan((a - mu) / sigma) + u * (atan((b - mu) / sigma) - atan((a - mu) / sigma))),
    source="TensorFlow Probability, distributions.TruncatedCauchy",
)

TruncatedNormal = Family(
    name="TruncatedNormal", variable=x, support=Interval(a, b),
    parameters={mu: real_line((-1.0, 1.0), "location"), sigma: positive_line((0.7, 2.0), "scale"),
                a: real_line((-2.0, -1.0), "bound"), b: real_line((0.5, 2.0), "bound")},
    constraints=(a < b,), density=bell((x - mu) / sigma) / (sigma * (Phi((b - mu) / sigma) - Phi((a - mu) / sigma))),
    cdf=(Phi((x - mu) / sigma) - Phi((a - mu) / sigma)) / (Phi((b - mu) / sigma) - Phi((a - mu) / sigma)),
    quantile=mu + sigma * Phi_inverse(Phi((a - mu) / sigma) + u * (Phi((b - mu) / sigma) - Phi((a - mu) / sigma))),
    mean=mu + sigma * (bell((a - mu) / sigma) - bell((b - mu) / sigma))
    / (Phi((b - mu) / sigma) - Phi((a - mu) / sigma)),
    variance=sigma**2 * (1 + ((a - mu) / sigma * bell((a - mu) / sigma) - (b - mu) / sigma * bell((b - mu) / sigma))
        / (Phi((b - mu) / sigma) - Phi((a - mu) / sigma)) - ((bell((a - mu) / sigma) - bell((b - mu) / sigma))
        / (Phi((b - mu) / sigma) - Phi((a - mu) / sigma))) ** 2),
    entropy=log(sqrt(2 * pi * S.Exp1) * sigma * (Phi((b - mu) / sigma) - Phi((a - mu) / sigma)))
    + ((a - mu) / sigma * bell((a - mu) / sigma) - (b - mu) / sigma * bell((b - mu) / sigma))
    / (2 * (Phi((b - mu) / sigma) - Phi((a - mu) / sigma))),
    scipy=SciPy("truncnorm", a=(a - mu) / sigma, b=(b - mu) / sigma, loc=mu, scale=sigma), source=SCIPY + "truncnorm",
)

TruncatedExponential = Family(
    name="TruncatedExponential", variable=x, support=Interval(0, top),
    parameters={lam: positive_line(role="rate"), top: positive_line(role="bound")},
    density=lam * exp(-lam * x) / (1 - exp(-lam * top)), cdf=(1 - exp(-lam * x)) / (1 - exp(-lam * top)),
    quantile=-log(1 - u * (1 - exp(-lam * top))) / lam, mean=1 / lam - top / (exp(lam * top) - 1), mode=0,
    variance=lam**-2 - top**2 * exp(lam * top) / (exp(lam * top) - 1) ** 2,
    entropy=log((1 - exp(-lam * top)) / lam) + 1 - lam * top / (exp(lam * top) - 1),
    scipy=SciPy("truncexpon", b=lam * top, scale=1 / lam), source=SCIPY + "truncexpon",
)

LogitNormal = Family(
    name="LogitNormal", variable=x, support=UnitInterval,
    parameters={mu: real_line((-1.0, 1.0)), sigma: positive_line((0.5, 1.5))},
    density=exp(-((log(x / (1 - x)) - mu) ** 2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma * x * (1 - x)),
    cdf=Phi((log(x / (1 - x)) - mu) / sigma), quantile=1 / (1 + exp(-mu - sigma * Phi_inverse(u))),
    statistics=(log(x / (1 - x)), log(x / (1 - x)) ** 2),
    kl=(KullbackLeibler("LogitNormal", (mu_2, sigma_2), log(sigma_2 / sigma)
                        + (sigma**2 + (mu - mu_2) ** 2) / (2 * sigma_2**2) - S.Half),),
    pathwise=(Pathwise(eps, STANDARD_NORMAL, 1 / (1 + exp(-mu - sigma * eps))),),
    note="mean and variance have no closed form", source=JULIA + "logitnormal.jl",
)

Bradford = Family(
    name="Bradford", variable=x, support=UnitInterval, parameters={c: positive_line(role="shape")},
    density=c / (log(1 + c) * (1 + c * x)), cdf=log(1 + c * x) / log(1 + c), quantile=((1 + c) ** u - 1) / c,
    mean=(c - log(1 + c)) / (c * log(1 + c)),
    variance=((c + 2) * log(1 + c) - 2 * c) / (2 * c * log(1 + c) ** 2), mode=0,
    entropy=log(1 + c) / 2 - log(c / log(1 + c)), scipy=SciPy("bradford", c=c), source=SCIPY + "bradford",
)

WignerSemicircle = Family(
    name="WignerSemicircle", variable=x, support=Interval(-r, r), parameters={r: positive_line(role="scale")},
    density=2 * sqrt(r**2 - x**2) / (pi * r**2), cdf=S.Half + x * sqrt(r**2 - x**2) / (pi * r**2) + asin(x / r) / pi,
    mean=0, variance=r**2 / 4, entropy=log(pi * r) - S.Half, mode=0,
    pathwise=(Pathwise((u_1, u_2), (UNIFORM01, UNIFORM01), r * sqrt(u_1) * cos(2 * pi * u_2)),),
    scipy=SciPy("semicircular", scale=r), source=SCIPY + "semicircular; " + JULIA + "semicircle.jl",
)

RaisedCosine = Family(
    name="RaisedCosine", variable=x, support=Interval(mu - s, mu + s),
    parameters={mu: real_line(role="location"), s: positive_line(role="scale")},
    density=(1 + cos(pi * (x - mu) / s)) / (2 * s), cdf=S.Half + (x - mu) / (2 * s) + sin(pi * (x - mu) / s) / (2 * pi),
    mean=mu, variance=s**2 * (Rational(1, 3) - 2 / pi**2), entropy=log(4 * s) - 1, mode=mu,
    pathwise=(located("RaisedCosine", 0, 1, loc=mu, scale=s),), scipy=SciPy("cosine", loc=mu, scale=s / pi),
    source=SCIPY + "cosine; " + JULIA + "cosine.jl",
)

IrwinHall3 = Family(
    name="IrwinHall3", variable=x, support=Interval(0, 3), parameters={},
    density=Piecewise((x**2 / 2, x < 1), ((-2 * x**2 + 6 * x - 3) / 2, x < 2), ((3 - x) ** 2 / 2, True)),
    cdf=Piecewise((x**3 / 6, x < 1), ((-2 * x**3 + 9 * x**2 - 9 * x + 3) / 6, x < 2), (1 - (3 - x) ** 3 / 6, True)),
    mean=Rational(3, 2), variance=Rational(1, 4), mode=Rational(3, 2),
    pathwise=(Pathwise((u_1, u_2, u_3), (UNIFORM01,) * 3, u_1 + u_2 + u_3),), scipy=SciPy("irwinhall", n=3),
    note="the sum of three uniforms; of two it is Triangular(0, 1, 2)",
    source="SciPy documentation, scipy.stats.irwinhall",
)

VonMises = Family(
    name="VonMises", variable=x, support=Interval(mu - pi, mu + pi),
    parameters={mu: real_line(role="location"), kappa: positive_line(role="concentration")},
    density=exp(kappa * cos(x - mu)) / (2 * pi * besseli(0, kappa)), mean=mu, mode=mu,
    entropy=log(2 * pi * besseli(0, kappa)) - kappa * besseli(1, kappa) / besseli(0, kappa),
    statistics=(cos(x), sin(x)),
    kl=(KullbackLeibler("VonMises", (mu_2, kappa_2), log(besseli(0, kappa_2) / besseli(0, kappa))
        + besseli(1, kappa) / besseli(0, kappa) * (kappa - kappa_2), (Eq(mu_2, mu),)),),
    scipy=SciPy("vonmises", kappa=kappa, loc=mu), torch=Torch("VonMises", loc=mu, concentration=kappa),
    numpyro=NumPyro("VonMises", loc=mu, concentration=kappa),
    note="an interval of length 2 pi around mu; the distribution function is a series: the gradient is implicit",
    source=SCIPY + "vonmises; entropy, moments: " + JULIA + "vonmises.jl",
)

WrappedCauchy = Family(
    name="WrappedCauchy", variable=x, support=Interval(mu - pi, mu + pi),
    parameters={mu: real_line(role="location"), rho: unit_interval((0.2, 0.8), "concentration")},
    density=(1 - rho**2) / (2 * pi * (1 + rho**2 - 2 * rho * cos(x - mu))),
    cdf=S.Half + atan((1 + rho) / (1 - rho) * tan((x - mu) / 2)) / pi,
    quantile=mu + 2 * atan((1 - rho) / (1 + rho) * tan(pi * (u - S.Half))), mean=mu, mode=mu,
    entropy=log(2 * pi * (1 - rho**2)), source=SCIPY + "wrapcauchy",
)
