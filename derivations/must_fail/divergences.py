"""Divergences and entropies with one slip each: a factor, a sign, the arguments exchanged, rate for scale."""

from sympy import E as e
from sympy import EulerGamma, Rational, Sum, beta, digamma, exp, gamma, log, pi

from symrep import (
    KL,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    integer,
    positive,
    positive_integer,
    real,
)
from symrep.distributions import Beta, Cauchy, Exponential, Gamma, Gumbel, Laplace, LogNormal, Normal, Weibull

z, mu, m = real("z mu m")
sigma, s, lam, a, b, c, d, k, x, delta, alpha = positive("sigma s lambda a b c d k x Delta alpha")
half = Rational(1, 2)
WRONG = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)


@derivation(expected=WRONG)
def normal_laws_with_the_logarithm_turned_round():
    r"""$\log(s/\sigma)$, not $\log(\sigma/s)$."""
    yield KL(Normal(mu, sigma), Normal(m, s))
    yield log(sigma / s) + (sigma**2 + (mu - m) ** 2) / (2 * s**2) - half, evaluate


@derivation(expected=WRONG)
def normal_laws_with_the_other_variance():
    r"""The second law's variance stands in the denominator."""
    yield KL(Normal(mu, sigma), Normal(m, s))
    yield log(s / sigma) + (sigma**2 + (mu - m) ** 2) / (2 * sigma**2) - half, evaluate


@derivation(expected=WRONG)
def exponential_laws_exchanged():
    r"""$\mathrm{KL}(p\|q)$ is not $\mathrm{KL}(q\|p)$."""
    yield KL(Exponential(lam), Exponential(b))
    yield log(b / lam) + lam / b - 1, evaluate


@derivation(expected=WRONG)
def exponential_laws_without_the_constant():
    r"""The divergence is 0 for equal rates."""
    yield KL(Exponential(lam), Exponential(b))
    yield log(lam / b) + b / lam, evaluate


@derivation(expected=WRONG)
def gamma_laws_with_scales():
    r"""$b$ and $d$ are rates: with scales the last term would be $a(b - d)/d$."""
    yield KL(Gamma(a, b), Gamma(c, d))
    yield (a - c) * digamma(a) - log(gamma(a)) + log(gamma(c)) + c * log(d / b) + a * (b - d) / d, evaluate


@derivation(expected=WRONG)
def gamma_laws_with_the_digamma_of_the_other():
    r"""$\psi(a)$ belongs to the first law."""
    yield KL(Gamma(a, b), Gamma(c, d))
    yield (a - c) * digamma(c) - log(gamma(a)) + log(gamma(c)) + c * log(b / d) + a * (d - b) / b, evaluate


@derivation(expected=WRONG)
def beta_laws_with_the_normalisers_exchanged():
    r"""$\log B(c,d) - \log B(a,b)$."""
    yield KL(Beta(a, b), Beta(c, d))
    yield (
        log(beta(a, b) / beta(c, d)) + (a - c) * digamma(a) + (b - d) * digamma(b) + (c - a + d - b) * digamma(a + b),
        evaluate,
    )


@derivation(expected=WRONG)
def beta_laws_without_the_sum():
    r"""$\psi(a + b)$ is missing."""
    yield KL(Beta(a, b), Beta(c, d))
    yield log(beta(c, d) / beta(a, b)) + (a - c) * digamma(a) + (b - d) * digamma(b), evaluate


@derivation(expected=WRONG)
def laplace_laws_without_the_exponential():
    r"""For small distances $\mathbb{E}|x - \Delta|$ is not $\sigma + \Delta$."""
    yield KL(Laplace(0, sigma), Laplace(delta, s))
    yield log(s / sigma) + (sigma + delta) / s - 1, evaluate


@derivation(expected=WRONG)
def laplace_laws_with_the_other_scale():
    r"""The exponential holds the first law's scale."""
    yield KL(Laplace(0, sigma), Laplace(delta, s))
    yield log(s / sigma) + (sigma * exp(-delta / s) + delta) / s - 1, evaluate


@derivation(expected=WRONG)
def cauchy_laws_with_a_factor_two():
    r"""$4\sigma s$, not $2\sigma s$."""
    yield KL(Cauchy(mu, sigma), Cauchy(m, s))
    yield log(((sigma + s) ** 2 + (mu - m) ** 2) / (2 * sigma * s)), evaluate


@derivation(expected=WRONG)
def cauchy_laws_with_squares_apart():
    r"""$(\sigma + s)^2$, not $\sigma^2 + s^2$."""
    yield KL(Cauchy(mu, sigma), Cauchy(m, s))
    yield log((sigma**2 + s**2 + (mu - m) ** 2) / (2 * sigma * s)), evaluate


@derivation(expected=WRONG)
def weibull_from_gamma_without_eulers_constant():
    r"""$\mathbb{E}[\log x] = \log\lambda - \gamma/k$."""
    yield KL(Weibull(k, lam), Gamma(a, b))
    yield -a * log(lam) + log(k) + b * lam * gamma(1 + 1 / k) - 1 - a * log(b) + log(gamma(a)), evaluate


@derivation(expected=WRONG)
def weibull_from_gamma_with_the_scale():
    r"""$b$ is a rate: the mean is multiplied by it."""
    yield KL(Weibull(k, lam), Gamma(a, b))
    rest = EulerGamma * a / k - a * log(lam) + log(k) - EulerGamma - 1 + log(gamma(a))
    yield rest + lam * gamma(1 + 1 / k) / b + a * log(b), evaluate


@derivation(expected=WRONG)
def normal_entropy_without_e():
    r"""$\frac12\log(2\pi e\sigma^2)$."""
    yield -E(log(density(Normal(mu, sigma))(z)), (z, Normal(mu, sigma)))
    yield half * log(2 * pi * sigma**2), evaluate


@derivation(expected=WRONG)
def normal_entropy_without_the_half():
    r"""The square root is in the density."""
    yield -E(log(density(Normal(mu, sigma))(z)), (z, Normal(mu, sigma)))
    yield log(2 * pi * e * sigma**2), evaluate


@derivation(expected=WRONG)
def gamma_entropy_of_the_scale():
    r"""For the rate it is $-\log b$."""
    yield -E(log(density(Gamma(a, b))(x)), (x, Gamma(a, b)))
    yield a + log(b) + log(gamma(a)) + (1 - a) * digamma(a), evaluate


@derivation(expected=WRONG)
def gamma_entropy_with_the_sign_turned():
    r"""$(1 - a)\psi(a)$."""
    yield -E(log(density(Gamma(a, b))(x)), (x, Gamma(a, b)))
    yield a - log(b) + log(gamma(a)) + (a - 1) * digamma(a), evaluate


@derivation(expected=WRONG)
def laplace_entropy_without_two():
    r"""$1 + \log(2s)$."""
    yield -E(log(density(Laplace(mu, s))(z)), (z, Laplace(mu, s)))
    yield 1 + log(s), evaluate


@derivation(expected=WRONG)
def laplace_entropy_without_one():
    r"""$\log(2es)$."""
    yield -E(log(density(Laplace(mu, s))(z)), (z, Laplace(mu, s)))
    yield log(2 * s), evaluate


@derivation(expected=WRONG)
def cauchy_entropy_with_two():
    r"""$\log(4\pi s)$."""
    yield -E(log(density(Cauchy(mu, s))(z)), (z, Cauchy(mu, s)))
    yield log(2 * pi * s), evaluate


@derivation(expected=WRONG)
def cauchy_entropy_of_the_square():
    r"""$s$ enters to the first power."""
    yield -E(log(density(Cauchy(mu, s))(z)), (z, Cauchy(mu, s)))
    yield log(4 * pi * s**2), evaluate


@derivation(expected=WRONG)
def gumbel_entropy_with_the_sign_of_gamma():
    r"""$+\gamma$."""
    yield -E(log(density(Gumbel(mu, s))(z)), (z, Gumbel(mu, s)))
    yield log(s) - EulerGamma + 1, evaluate


@derivation(expected=WRONG)
def gumbel_entropy_with_the_location():
    r"""A location does not change an entropy."""
    yield -E(log(density(Gumbel(mu, s))(z)), (z, Gumbel(mu, s)))
    yield mu + log(s) + EulerGamma + 1, evaluate


@derivation(expected=WRONG)
def weibull_entropy_with_the_product():
    r"""$\log(\lambda/k)$."""
    yield -E(log(density(Weibull(k, lam))(x)), (x, Weibull(k, lam)))
    yield EulerGamma * (1 - 1 / k) + log(lam * k) + 1, evaluate


@derivation(expected=WRONG)
def weibull_entropy_with_one_plus():
    r"""$\gamma(1 - 1/k)$."""
    yield -E(log(density(Weibull(k, lam))(x)), (x, Weibull(k, lam)))
    yield EulerGamma * (1 + 1 / k) + log(lam / k) + 1, evaluate


@derivation(expected=WRONG)
def lognormal_entropy_of_the_normal():
    r"""The Jacobian brings $\mu$."""
    yield -E(log(density(LogNormal(mu, sigma))(x)), (x, LogNormal(mu, sigma)))
    yield half * log(2 * pi * e * sigma**2), evaluate


@derivation(expected=WRONG)
def lognormal_entropy_with_the_sign_of_mu():
    r"""$+\mu$: a wider law has the larger entropy."""
    yield -E(log(density(LogNormal(mu, sigma))(x)), (x, LogNormal(mu, sigma)))
    yield -mu + half * log(2 * pi * e * sigma**2), evaluate


j, n = integer("j"), positive_integer("n")
mu_, m_, sigma_, s_ = indexed("mu"), indexed("m"), indexed("sigma", "positive"), indexed("s", "positive")
first, second = Normal(mu_[j], sigma_[j]), Normal(m_[j], s_[j])


@derivation(expected=WRONG)
def coordinates_one_too_few():
    r"""The coordinates run from 1 to $n$."""
    yield KL(Independent(first, (j, 1, n)), Independent(second, (j, 1, n)))
    yield Sum(KL(first, second), (j, 1, n - 1)), independence


@derivation(expected=WRONG)
def coordinates_with_the_laws_exchanged():
    r"""The divergence is not symmetric, in no coordinate."""
    yield KL(Independent(first, (j, 1, n)), Independent(second, (j, 1, n)))
    yield Sum(KL(second, first), (j, 1, n)), independence


@derivation(given=(alpha > 1,), expected=WRONG)
def renyi_divergence_without_its_order():
    r"""The exponent is $\alpha(\alpha - 1)(\mu - m)^2/(2\sigma^2)$."""
    ratio = density(Normal(mu, sigma))(z) / density(Normal(m, sigma))(z)
    yield log(E(ratio ** (alpha - 1), (z, Normal(mu, sigma)))) / (alpha - 1)
    yield log(exp((alpha - 1) * (mu - m) ** 2 / (2 * sigma**2))) / (alpha - 1), evaluate


@derivation(given=(alpha > 1,), expected=WRONG)
def renyi_divergence_that_is_not_divided():
    r"""The logarithm is divided by $\alpha - 1$."""
    yield log(exp(alpha * (alpha - 1) * (mu - m) ** 2 / (2 * sigma**2))) / (alpha - 1)
    yield alpha / (alpha - 1) * (mu - m) ** 2 / (2 * sigma**2), algebra
