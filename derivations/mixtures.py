r"""Mixtures and posteriors: a parameter of one law that is drawn from another, averaged out or inferred."""

from sympy import Integral, Min, Rational, Sum, exp, factorial, gamma, log, oo, pi, sqrt

from symrep import (
    KL,
    E,
    algebra,
    definition,
    density,
    derivation,
    evaluate,
    function,
    nonnegative_integer,
    normalised_law,
    pmf,
    positive,
    real,
    unit,
)
from symrep.distributions import Exponential, Gamma, NegativeBinomial, Normal, Poisson, StudentT

x, y, m, m1, m2, theta, rho = real("x y m m_1 m_2 theta rho")
a, b, lam, nu, r, s, sigma, w = positive("a b lambda nu r s sigma w")
p, v = unit("p v")
k = nonnegative_integer("k")
mu, t = positive("mu t")
target, proposal = function("pi", smooth=0), function("q", smooth=0, arity=2)

HERE = "worked out here"
TOTAL = "The Book of Statistical Proofs, proof P292, for these laws"
MUTUAL = "The Book of Statistical Proofs, proof P476, for standard normal variables"


@derivation(source=HERE)
def negative_binomial_as_a_mixture():
    r"""Counts $k \mid \lambda \sim \mathrm{Poisson}(\lambda)$ with a rate drawn from $\mathrm{Gamma}(r,
    \tfrac{p}{1-p})$ have a negative binomial law."""
    yield E(pmf(Poisson(lam))(k), (lam, Gamma(r, p / (1 - p))))
    yield (
        Integral(
            lam**k * exp(-lam) / factorial(k)
            * (p / (1 - p)) ** r / gamma(r) * lam ** (r - 1) * exp(-p / (1 - p) * lam),
            (lam, 0, oo),
        ),
        definition,
    )  # fmt: skip
    yield gamma(r + k) / (factorial(k) * gamma(r)) * p**r * (1 - p) ** k, evaluate
    yield pmf(NegativeBinomial(r, p))(k), definition


@derivation(source=TOTAL)
def variance_of_a_mixture_of_counts():
    r"""Counts with a random rate vary more than a Poisson law: $\operatorname{Var}k =
    \mathbb{E}[\lambda] + \operatorname{Var}[\lambda] = \frac{a}{b} + \frac{a}{b^2}$ for $\lambda \sim
    \mathrm{Gamma}(a, b)$."""
    rate = Gamma(a, b)
    yield E(E(k**2, (k, Poisson(lam))), (lam, rate)) - E(E(k, (k, Poisson(lam))), (lam, rate)) ** 2
    yield E(lam + lam**2, (lam, rate)) - E(lam, (lam, rate)) ** 2, evaluate
    yield a / b + a / b**2, evaluate


@derivation(source=HERE)
def student_as_a_mixture_of_normals():
    r"""A normal law with a random precision $w \sim \mathrm{Gamma}(\tfrac\nu2, \tfrac\nu2)$ is Student's law with
    $\nu$ degrees of freedom."""
    yield E(density(Normal(0, 1 / sqrt(w)))(x), (w, Gamma(nu / 2, nu / 2)))
    yield (
        Integral(
            sqrt(w) / sqrt(2 * pi) * exp(-w * x**2 / 2)
            * (nu / 2) ** (nu / 2) / gamma(nu / 2) * w ** (nu / 2 - 1) * exp(-nu * w / 2),
            (w, 0, oo),
        ),
        definition,
    )  # fmt: skip
    yield gamma((nu + 1) / 2) / (sqrt(nu * pi) * gamma(nu / 2)) * (1 + x**2 / nu) ** (-(nu + 1) / 2), evaluate
    yield density(StudentT(nu, 0, 1))(x), definition


@derivation(source=HERE)
def posterior_of_a_normal_mean():
    r"""The prior $\theta \sim \mathcal{N}(m, \sigma^2)$ and one observation $x \sim \mathcal{N}(\theta, s^2)$: the
    precisions add up, and the posterior's mean weighs $x$ and $m$ by them."""
    prior, likelihood = density(Normal(m, sigma))(theta), density(Normal(theta, s))(x)
    posterior = normalised_law("posterior", likelihood * prior, theta, given=x, letter="p")
    variance = 1 / (1 / s**2 + 1 / sigma**2)
    yield density(posterior)(theta)
    yield likelihood * prior / Integral(likelihood * prior, (theta, -oo, oo)), definition
    yield likelihood * prior / density(Normal(m, sqrt(s**2 + sigma**2)))(x), evaluate
    yield density(Normal(variance * (x / s**2 + m / sigma**2), sqrt(variance)))(theta), algebra


@derivation(source=HERE)
def posterior_of_a_rate():
    r"""The prior $\mathrm{Gamma}(a, b)$ of a Poisson rate and one count $k$: the posterior is
    $\mathrm{Gamma}(a + k, b + 1)$."""
    joint = pmf(Poisson(lam))(k) * density(Gamma(a, b))(lam)
    evidence = b**a * gamma(a + k) / (gamma(a) * factorial(k) * (b + 1) ** (a + k))
    yield joint / Integral(joint.subs(lam, w), (w, 0, oo))
    yield joint / evidence, evaluate
    yield density(Gamma(a + k, b + 1))(lam), algebra


@derivation(source=HERE)
def responsibility_of_a_component():
    r"""The posterior of the first of two components with a common variance, as the E-step needs it, is a logistic
    function of $x$."""
    first, second = p * density(Normal(m1, sigma))(x), (1 - p) * density(Normal(m2, sigma))(x)
    yield first / (first + second)
    yield 1 / (1 + exp(-(m1 - m2) * (x - (m1 + m2) / 2) / sigma**2 - log(p / (1 - p)))), algebra


@derivation(source="Adan & Resing, Queueing Systems, chapter 4 (the M/M/1 queue)", given=(lam < mu,))
def time_in_a_queue():
    r"""Customers come at the rate $\lambda$ and are served at the rate $\mu > \lambda$. Who finds $k$ others, with
    probability $(1 - \rho)\rho^k$, $\rho = \lambda/\mu$, stays for the sum of $k + 1$ exponential times, with a
    $\mathrm{Gamma}(k + 1, \mu)$ law: the mixture is exponential with the rate $\mu - \lambda$."""
    load = lam / mu
    yield Sum((1 - load) * load**k * density(Gamma(k + 1, mu))(t), (k, 0, oo))
    yield Sum((1 - load) * load**k * mu ** (k + 1) * t**k * exp(-mu * t) / factorial(k), (k, 0, oo)), definition
    yield (1 - load) * mu * exp(-mu * t) * exp(load * mu * t), evaluate
    yield density(Exponential(mu - lam))(t), algebra


@derivation(source=MUTUAL, given=(rho**2 < 1,))
def mutual_information_of_two_normals():
    r"""For standard normal variables with correlation $\rho$, $x \mid y \sim \mathcal{N}(\rho y, 1 - \rho^2)$, and the
    mutual information is $\mathbb{E}_y[\mathrm{KL}(p(x \mid y) \,\|\, p(x))] = -\frac12\log(1 - \rho^2)$."""
    N = Normal(0, 1)
    yield E(KL(Normal(rho * y, sqrt(1 - rho**2)), N), (y, N))
    yield E(-log(1 - rho**2) / 2 + rho**2 * (y**2 - 1) / 2, (y, N)), evaluate
    yield Rational(-1, 2) * log(1 - rho**2), evaluate


@derivation(
    source="Wikipedia, Metropolis–Hastings algorithm",
    given=(target(x) > 0, target(y) > 0, proposal(x, y) > 0, proposal(y, x) > 0),
)
def detailed_balance():
    r"""With the acceptance probability $\min\left(1, \frac{\pi(y)\,q(y, x)}{\pi(x)\,q(x, y)}\right)$ of a move from $x$
    to $y$, proposed with the density $q(x, y)$, the flow from $x$ to $y$ is that from $y$ to $x$."""
    there, back = target(x) * proposal(x, y), target(y) * proposal(y, x)
    yield there * Min(1, back / there)
    yield Min(there, back), algebra
    yield back * Min(1, there / back), algebra
