r"""Kullback–Leibler divergences and differential entropies in closed form. A differential entropy may be negative."""

from sympy import Abs, EulerGamma, Rational, Sum, beta, digamma, exp, gamma, log, pi
from sympy import E as e

from symrep import (
    KL,
    E,
    Independent,
    algebra,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    integer,
    lemma,
    positive,
    positive_integer,
    real,
)
from symrep.distributions import Beta, Cauchy, Exponential, Gamma, Gumbel, Laplace, LogNormal, Normal, Weibull

z, mu, m = real("z mu m")
sigma, s, lam, a, b, c, d, k, x, alpha = positive("sigma s lambda a b c d k x alpha")
half = Rational(1, 2)
j, n = integer("j"), positive_integer("n")
mu_, m_, sigma_, s_ = indexed("mu"), indexed("m"), indexed("sigma", "positive"), indexed("s", "positive")

PROOFS = "The Book of Statistical Proofs"
HERE = "worked out here"
RENYI = "Gil, Alajaji & Linder, Rényi Divergence Measures for Commonly Used Univariate Continuous Distributions"


# --- divergences --------------------------------------------------------------------------------------------------


@derivation(source=f"{PROOFS}, proof P193")
def normal_laws():
    r"""For two normal laws the divergence is $\log\frac{s}{\sigma} + \frac{\sigma^2 + (\mu - m)^2}{2s^2} - \frac12$."""
    yield KL(Normal(mu, sigma), Normal(m, s))
    yield log(s / sigma) + (sigma**2 + (mu - m) ** 2) / (2 * s**2) - half, evaluate


@derivation(source=f"{PROOFS}, proofs P116 and P193")
def normal_laws_in_n_dimensions():
    r"""Two normal laws in $n$ dimensions with diagonal covariances, that is, with independent coordinates: the
    divergences of the coordinates add up, whatever $n$ is."""
    p, q = Normal(mu_[j], sigma_[j]), Normal(m_[j], s_[j])
    each = lemma(normal_laws, {mu: mu_[j], sigma: sigma_[j], m: m_[j], s: s_[j]})
    yield KL(Independent(p, (j, 1, n)), Independent(q, (j, 1, n)))
    yield Sum(KL(p, q), (j, 1, n)), independence
    yield (
        Sum(log(s_[j] / sigma_[j]) + (sigma_[j] ** 2 + (mu_[j] - m_[j]) ** 2) / (2 * s_[j] ** 2) - half, (j, 1, n)),
        each,
    )


@derivation(source=HERE)
def exponential_laws():
    r"""Rates $\lambda$ and $b$: the ratio of the rates is all that matters."""
    yield KL(Exponential(lam), Exponential(b))
    yield log(lam / b) + b / lam - 1, evaluate


@derivation(source=f"{PROOFS}, proof P93")
def gamma_laws():
    r"""Shapes $a, c$ and rates $b, d$: besides $\log\Gamma$ the digamma function $\psi = (\log\Gamma)'$ appears, as
    $\mathbb{E}[\log x] = \psi(a) - \log b$."""
    yield KL(Gamma(a, b), Gamma(c, d))
    yield (a - c) * digamma(a) - log(gamma(a)) + log(gamma(c)) + c * log(b / d) + a * (d - b) / b, evaluate


@derivation(source=HERE)
def beta_laws():
    r"""For two Beta laws, by $\mathbb{E}[\log x] = \psi(a) - \psi(a + b)$."""
    yield KL(Beta(a, b), Beta(c, d))
    yield (
        log(beta(c, d) / beta(a, b))
        + (a - c) * digamma(a) + (b - d) * digamma(b) + (c - a + d - b) * digamma(a + b),
        evaluate,
    )  # fmt: skip


@derivation(source=HERE)
def laplace_laws():
    r"""For Laplace laws at any distance, by cases of which centre lies to the left."""
    yield KL(Laplace(mu, sigma), Laplace(m, s))
    yield log(s / sigma) + (sigma * exp(-Abs(mu - m) / sigma) + Abs(mu - m)) / s - 1, evaluate


@derivation(source=HERE)
def cauchy_laws():
    r"""For two Cauchy laws the divergence is symmetric."""
    yield KL(Cauchy(mu, sigma), Cauchy(m, s))
    yield log(((sigma + s) ** 2 + (mu - m) ** 2) / (4 * sigma * s)), evaluate


@derivation(source=HERE)
def weibull_from_gamma():
    r"""Of a Weibull law (shape $k$, scale $\lambda$) from a Gamma law (shape $a$, rate $b$), for variational
    auto-encoders with Weibull encoders."""
    yield KL(Weibull(k, lam), Gamma(a, b))
    yield (
        EulerGamma * a / k - a * log(lam) + log(k) + b * lam * gamma(1 + 1 / k) - EulerGamma - 1 - a * log(b)
        + log(gamma(a)),
        evaluate,
    )  # fmt: skip


@derivation(source=RENYI, given=(alpha > 1,))
def renyi_divergence_of_normal_laws_with_one_variance():
    r"""The Rényi divergence of order $\alpha$, $\frac{1}{\alpha - 1}\log\mathbb{E}_p[(p/q)^{\alpha - 1}]$, for $\alpha
    > 1$: $\frac{\alpha\,(\mu - m)^2}{2\sigma^2}$, for $\alpha \to 1$ the Kullback–Leibler divergence."""
    ratio = density(Normal(mu, sigma))(z) / density(Normal(m, sigma))(z)
    yield log(E(ratio ** (alpha - 1), (z, Normal(mu, sigma)))) / (alpha - 1)
    yield log(exp(alpha * (alpha - 1) * (mu - m) ** 2 / (2 * sigma**2))) / (alpha - 1), evaluate
    yield alpha * (mu - m) ** 2 / (2 * sigma**2), algebra


# --- entropies ----------------------------------------------------------------------------------------------------


@derivation(source=f"{PROOFS}, proof P101")
def normal_entropy():
    r"""$H = \frac12\log(2\pi e\sigma^2)$, below zero for small $\sigma$."""
    X = Normal(mu, sigma)
    yield -E(log(density(X)(z)), (z, X))
    yield half * log(2 * pi * e * sigma**2), evaluate


@derivation(source=HERE)
def gamma_entropy():
    r"""$H = a - \log b + \log\Gamma(a) + (1 - a)\psi(a)$ for shape $a$ and rate $b$."""
    X = Gamma(a, b)
    yield -E(log(density(X)(x)), (x, X))
    yield a - log(b) + log(gamma(a)) + (1 - a) * digamma(a), evaluate


@derivation(source=HERE)
def laplace_entropy():
    r"""$H = 1 + \log(2s)$."""
    X = Laplace(mu, s)
    yield -E(log(density(X)(z)), (z, X))
    yield 1 + log(2 * s), evaluate


@derivation(source=HERE)
def cauchy_entropy():
    r"""$H = \log(4\pi s)$, though not even a mean exists."""
    X = Cauchy(mu, s)
    yield -E(log(density(X)(z)), (z, X))
    yield log(4 * pi * s), evaluate


@derivation(source=HERE)
def gumbel_entropy():
    r"""$H = \log s + \gamma + 1$ with Euler's constant $\gamma$."""
    X = Gumbel(mu, s)
    yield -E(log(density(X)(z)), (z, X))
    yield log(s) + EulerGamma + 1, evaluate


@derivation(source=HERE)
def weibull_entropy():
    r"""$H = \gamma(1 - 1/k) + \log(\lambda/k) + 1$ for shape $k$ and scale $\lambda$."""
    X = Weibull(k, lam)
    yield -E(log(density(X)(x)), (x, X))
    yield EulerGamma * (1 - 1 / k) + log(lam / k) + 1, evaluate


@derivation(source=HERE)
def lognormal_entropy():
    r"""$H = \mu + \frac12\log(2\pi e\sigma^2)$: that of the normal law and the mean of the log Jacobian,
    $\mathbb{E}[\log e^z] = \mu$."""
    X = LogNormal(mu, sigma)
    yield -E(log(density(X)(x)), (x, X))
    yield mu + half * log(2 * pi * e * sigma**2), evaluate
