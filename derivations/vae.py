r"""The two terms of a variational auto-encoder with a Gaussian encoder: the divergence and the reconstruction."""

from sympy import Product, Rational, Sum, exp, log, pi, sqrt

from symrep import (
    KL,
    D,
    E,
    Independent,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    independence,
    indexed,
    integer,
    lemma,
    positive,
    positive_integer,
    real,
    reparameterise,
)
from symrep.distributions import Normal

z, x, mu, eps = real("z x mu epsilon")
sigma, s = positive("sigma s")
half = Rational(1, 2)

q = Normal(mu, sigma)
prior = Normal(0, 1)

APPENDIX = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, appendix B"
EXAMPLE = (
    "worked out here; the term is in Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, "
    "section 3, equation (10)"
)


@derivation(source=APPENDIX)
def gaussian_kl():
    r"""The divergence of the encoder's law from the prior: $\mathrm{KL}(\mathcal{N}(\mu, \sigma^2) \,\|\,
    \mathcal{N}(0, 1)) = -\tfrac12 (1 + \log\sigma^2 - \mu^2 - \sigma^2)$."""
    yield KL(q, prior)
    yield E(log(density(q)(z)) - log(density(prior)(z)), (z, q)), definition
    yield E(-log(sigma**2) / 2 - (z - mu) ** 2 / (2 * sigma**2) + z**2 / 2, (z, q)), algebra
    yield -log(sigma**2) / 2 - half + (mu**2 + sigma**2) / 2, evaluate
    yield -half * (1 + log(sigma**2) - mu**2 - sigma**2), algebra


mu_, sigma_, m, pixel = indexed("mu"), indexed("sigma", "positive"), indexed("m"), indexed("x")
i, j = integer("i j")
d, n = positive_integer("d n")


@derivation(source=APPENDIX)
def gaussian_kl_in_d_dimensions():
    r"""With independent coordinates the divergences add up: $-\tfrac12 \sum_{j=1}^d (1 + \log\sigma_j^2 - \mu_j^2 -
    \sigma_j^2)$."""
    yield KL(Independent(Normal(mu_[j], sigma_[j]), (j, 1, d)), Independent(prior, (j, 1, d)))
    yield Sum(KL(Normal(mu_[j], sigma_[j]), prior), (j, 1, d)), independence
    each = lemma(gaussian_kl, {mu: mu_[j], sigma: sigma_[j]})
    yield Sum(-half * (1 + log(sigma_[j] ** 2) - mu_[j] ** 2 - sigma_[j] ** 2), (j, 1, d)), each
    yield -half * Sum(1 + log(sigma_[j] ** 2) - mu_[j] ** 2 - sigma_[j] ** 2, (j, 1, d)), algebra


@derivation(source=EXAMPLE)
def gaussian_log_likelihood():
    r"""The reconstruction term of $n$ independent pixels $x_i$ with means $m_i$ and a common variance: the squared
    error, up to a constant."""
    yield log(Product(density(Normal(m[i], s))(pixel[i]), (i, 1, n)))
    yield log(Product(exp(-((pixel[i] - m[i]) ** 2) / (2 * s**2)) / sqrt(2 * pi * s**2), (i, 1, n))), definition
    yield -n * log(2 * pi * s**2) / 2 - Sum((pixel[i] - m[i]) ** 2, (i, 1, n)) / (2 * s**2), algebra


@derivation(source=EXAMPLE)
def reconstruction_gradient():
    r"""The gradient of the reconstruction term for a decoder $a$ with Gaussian noise, $x \mid z \sim \mathcal{N}(a(z),
    s^2)$: the error of the reconstruction times the decoder's derivative, averaged over the noise."""
    a = function("a", smooth=1, growth=1)
    path = mu + sigma * eps
    yield D(E(-log(2 * pi * s**2) / 2 - (x - a(z)) ** 2 / (2 * s**2), (z, q)), mu)
    yield D(E(-log(2 * pi * s**2) / 2 - (x - a(path)) ** 2 / (2 * s**2), (eps, prior)), mu), reparameterise(eps, path)
    yield (
        E(D(-log(2 * pi * s**2) / 2 - (x - a(path)) ** 2 / (2 * s**2), mu), (eps, prior)),
        differentiate_under_integral(mu),
    )
    yield E((x - a(path)) / s**2 * a(path).diff(mu), (eps, prior)), chain_rule
