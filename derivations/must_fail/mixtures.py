"""Mixtures and posteriors with slips: two for each derivation of the gallery."""

from sympy import Integral, Min, Sum, exp, factorial, gamma, log, oo, pi, sqrt

from symrep import (
    KL,
    E,
    Expected,
    Reason,
    Status,
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
from symrep.distributions import Exponential, Gamma, Normal, Poisson, StudentT

x, y, m, m1, m2, theta, rho = real("x y m m_1 m_2 theta rho")
a, b, lam, nu, r, s, sigma, w = positive("a b lambda nu r s sigma w")
p = unit("p")
k = nonnegative_integer("k")
mu, t = positive("mu t")
target, proposal = function("pi", smooth=0), function("q", smooth=0, arity=2)
REFUTED, UNEQUAL = Status.REFUTED, Reason.UNEQUAL
FLOWS = (target(x) > 0, target(y) > 0, proposal(x, y) > 0, proposal(y, x) > 0)

drawn = E(pmf(Poisson(lam))(k), (lam, Gamma(r, p / (1 - p))))
counts = E(E(k**2, (k, Poisson(lam))), (lam, Gamma(a, b))) - E(E(k, (k, Poisson(lam))), (lam, Gamma(a, b))) ** 2
student = E(density(Normal(0, 1 / sqrt(w)))(x), (w, Gamma(nu / 2, nu / 2)))


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def counts_with_the_roles_of_the_chances_exchanged():
    r"""The power $k$ belongs to $1 - p$."""
    yield drawn
    yield gamma(r + k) / (factorial(k) * gamma(r)) * p**k * (1 - p) ** r, evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def counts_without_the_factorial():
    r"""The Poisson law has a $k!$ below."""
    yield drawn
    prior = (p / (1 - p)) ** r / gamma(r) * lam ** (r - 1) * exp(-p / (1 - p) * lam)
    yield Integral(lam**k * exp(-lam) * prior, (lam, 0, oo)), definition


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def counts_without_the_variance_of_a_count():
    r"""$\mathbb{E}[k^2 \mid \lambda] = \lambda + \lambda^2$: a given rate leaves the count random."""
    yield counts
    yield E(lam**2, (lam, Gamma(a, b))) - E(lam, (lam, Gamma(a, b))) ** 2, evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def counts_with_a_scale_for_the_rate():
    r"""The variance of $\mathrm{Gamma}(a, b)$ is $a/b^2$."""
    yield counts
    yield E(lam + lam**2, (lam, Gamma(a, b))) - E(lam, (lam, Gamma(a, b))) ** 2, evaluate
    yield a / b + a * b**2, evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def student_with_half_the_degrees_of_freedom():
    r"""The exponent is $-(\nu + 1)/2$."""
    yield student
    yield gamma((nu + 1) / 2) / (sqrt(nu * pi) * gamma(nu / 2)) * (1 + x**2 / nu) ** (-nu / 2), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def student_with_a_variance_for_the_precision():
    r"""It is the precision that has the Gamma law."""
    yield E(density(Normal(0, sqrt(w)))(x), (w, Gamma(nu / 2 + 1, nu / 2)))
    yield density(StudentT(nu, 0, 1))(x), evaluate


def bayes():
    prior, likelihood = density(Normal(m, sigma))(theta), density(Normal(theta, s))(x)
    return normalised_law("posterior", likelihood * prior, theta, given=x, letter="p"), likelihood * prior


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def posterior_without_the_noise_in_the_evidence():
    r"""The observation varies by $s^2 + \sigma^2$."""
    posterior, joint = bayes()
    yield density(posterior)(theta)
    yield joint / Integral(joint, (theta, -oo, oo)), definition
    yield joint / density(Normal(m, sigma))(x), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=4))
def posterior_with_the_weights_exchanged():
    r"""An exact observation, small $s$, draws the mean to $x$."""
    posterior, joint = bayes()
    variance = 1 / (1 / s**2 + 1 / sigma**2)
    yield density(posterior)(theta)
    yield joint / Integral(joint, (theta, -oo, oo)), definition
    yield joint / density(Normal(m, sqrt(s**2 + sigma**2)))(x), evaluate
    yield density(Normal(variance * (x / sigma**2 + m / s**2), sqrt(variance)))(theta), algebra


def count():
    return pmf(Poisson(lam))(k) * density(Gamma(a, b))(lam)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def rate_with_the_prior_in_the_evidence():
    r"""One count adds 1 to the rate $b$."""
    yield count() / Integral(count().subs(lam, w), (w, 0, oo))
    yield count() / (gamma(a + k) / (gamma(a) * factorial(k) * b**k)), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def rate_with_the_count_in_the_wrong_place():
    r"""The count adds to the shape."""
    evidence = b**a * gamma(a + k) / (gamma(a) * factorial(k) * (b + 1) ** (a + k))
    yield count() / evidence
    yield density(Gamma(a + 1, b + k))(lam), algebra


def parts():
    return p * density(Normal(m1, sigma))(x), (1 - p) * density(Normal(m2, sigma))(x)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def responsibility_of_the_other_component():
    r"""The sign of the exponent says whose it is."""
    first, second = parts()
    yield first / (first + second)
    yield 1 / (1 + exp((m1 - m2) * (x - (m1 + m2) / 2) / sigma**2 - log(p / (1 - p)))), algebra


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def responsibility_with_the_odds_upside_down():
    r"""A likely component needs less evidence."""
    first, second = parts()
    yield first / (first + second)
    yield 1 / (1 + exp(-(m1 - m2) * (x - (m1 + m2) / 2) / sigma**2 + log(p / (1 - p)))), algebra


def information():
    return E(KL(Normal(rho * y, sqrt(1 - rho**2)), Normal(0, 1)), (y, Normal(0, 1)))


@derivation(given=(rho**2 < 1,), expected=Expected(REFUTED, UNEQUAL, line=2))
def information_without_the_half():
    r"""$\log\sqrt{1 - \rho^2} = \frac12\log(1 - \rho^2)$."""
    yield information()
    yield -log(1 - rho**2), evaluate


@derivation(given=(rho**2 < 1,), expected=Expected(REFUTED, UNEQUAL, line=2))
def information_with_a_squared_deviation():
    r"""The variance of $x$ given $y$ is $1 - \rho^2$, its standard deviation the root of it."""
    yield E(KL(Normal(rho * y, 1 - rho**2), Normal(0, 1)), (y, Normal(0, 1)))
    yield -log(1 - rho**2) / 2, evaluate


@derivation(given=FLOWS, expected=Expected(REFUTED, UNEQUAL, line=2))
def balance_with_the_proposal_upside_down():
    r"""The proposal of the way back stands above."""
    there, back = target(x) * proposal(x, y), target(y) * proposal(y, x)
    yield there * Min(1, target(y) * proposal(x, y) / (target(x) * proposal(y, x)))
    yield Min(there, back), algebra


@derivation(given=FLOWS, expected=Expected(REFUTED, UNEQUAL, line=2))
def balance_without_the_proposal():
    r"""The rule of Metropolis is for proposals with $q(x, y) = q(y, x)$."""
    there, back = target(x) * proposal(x, y), target(y) * proposal(y, x)
    yield there * Min(1, target(y) / target(x))
    yield Min(there, back), algebra


@derivation(given=(lam < mu,), expected=Expected(REFUTED, UNEQUAL, line=2))
def time_in_a_queue_that_is_never_empty():
    r"""Who comes may find nobody: the sum begins at $k = 0$."""
    load = lam / mu
    yield Sum((1 - load) * load**k * mu ** (k + 1) * t**k * exp(-mu * t) / factorial(k), (k, 1, oo))
    yield (1 - load) * mu * exp(-mu * t) * exp(load * mu * t), evaluate


@derivation(given=(lam < mu,), expected=Expected(REFUTED, UNEQUAL, line=2))
def time_in_a_queue_with_the_rates_added():
    r"""The rate is $\mu - \lambda$: the closer the two, the longer one stays."""
    yield (1 - lam / mu) * mu * exp(-mu * t) * exp(lam * t)
    yield density(Exponential(mu + lam))(t), algebra
