r"""The reparameterization trick for the normal law, and the same gradients by the score function and in closed form."""

from sympy import cos, exp, sin

from symrep import (
    D,
    E,
    chain_rule,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    integration_by_parts,
    positive,
    real,
    reparameterise,
    score_function,
)
from symrep.distributions import Normal

z, mu, eps = real("z mu epsilon")
sigma = positive("sigma")

p = Normal(mu, sigma)
q = Normal(0, 1)
f = function("f", smooth=1, growth=2)

TRICK = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4"
SCORE = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.2"
HERE = "worked out here"


@derivation(source=TRICK)
def gradient_by_the_mean():
    r"""Reparameterization, for every $f$ that is continuously differentiable and, with its derivative, of at most
    quadratic growth: $\partial_\mu \mathbb{E}_{z \sim \mathcal{N}(\mu, \sigma^2)}[f(z)] =
    \mathbb{E}_{\epsilon \sim \mathcal{N}(0, 1)}[f'(\mu + \sigma\epsilon)]$."""
    path = mu + sigma * eps
    yield D(E(f(z), (z, p)), mu)
    yield D(E(f(path), (eps, q)), mu), reparameterise(eps, path)
    yield E(D(f(path), mu), (eps, q)), differentiate_under_integral(mu)
    yield E(f(path).diff(mu), (eps, q)), chain_rule


@derivation(source=TRICK)
def gradient_by_the_standard_deviation():
    r"""The same for $\sigma$: $\partial_\sigma \mathbb{E}_{z \sim \mathcal{N}(\mu, \sigma^2)}[f(z)] =
    \mathbb{E}_{\epsilon \sim \mathcal{N}(0, 1)}[f'(\mu + \sigma\epsilon)\,\epsilon]$."""
    path = mu + sigma * eps
    yield D(E(f(z), (z, p)), sigma)
    yield D(E(f(path), (eps, q)), sigma), reparameterise(eps, path)
    yield E(D(f(path), sigma), (eps, q)), differentiate_under_integral(sigma)
    yield E(f(path).diff(sigma), (eps, q)), chain_rule


@derivation(source=SCORE)
def score_function_form():
    r"""No reparameterization is needed: $\partial_\mu \mathbb{E}_{z \sim \mathcal{N}(\mu, \sigma^2)}[f(z)] =
    \mathbb{E}[f(z)\,(z - \mu)/\sigma^2]$, where $(z - \mu)/\sigma^2 = \partial_\mu \log p(z)$. No derivative of
    $f$ occurs, and none need exist."""
    f = function("f", smooth=0, growth=2)
    yield D(E(f(z), (z, p)), mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)


# --- f(z) = z^2 ---------------------------------------------------------------------------------------------------


@derivation(source=HERE)
def square_pathwise():
    r"""$f(z) = z^2$ along the path: the gradient by $\mu$ is $2\mu$."""
    path = mu + sigma * eps
    yield D(E(z**2, (z, p)), mu)
    yield D(E((mu + sigma * eps) ** 2, (eps, q)), mu), reparameterise(eps, path)
    yield E(D((mu + sigma * eps) ** 2, mu), (eps, q)), differentiate_under_integral(mu)
    yield E(2 * (mu + sigma * eps), (eps, q)), chain_rule
    yield 2 * mu, evaluate


@derivation(source=HERE)
def square_score_function():
    r"""$f(z) = z^2$ by the score function: again $2\mu$."""
    yield D(E(z**2, (z, p)), mu)
    yield E(z**2 * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield 2 * mu, evaluate


@derivation(source=HERE)
def square_closed_form():
    r"""$f(z) = z^2$ with the expectation carried out before it is differentiated: again $2\mu$."""
    yield D(E(z**2, (z, p)), mu)
    yield D(mu**2 + sigma**2, mu), evaluate
    yield 2 * mu, chain_rule


@derivation(source=HERE)
def square_pathwise_by_sigma():
    r"""$f(z) = z^2$ along the path, by $\sigma$: the gradient is $2\sigma$."""
    path = mu + sigma * eps
    yield D(E(z**2, (z, p)), sigma)
    yield D(E((mu + sigma * eps) ** 2, (eps, q)), sigma), reparameterise(eps, path)
    yield E(D((mu + sigma * eps) ** 2, sigma), (eps, q)), differentiate_under_integral(sigma)
    yield E(2 * (mu + sigma * eps) * eps, (eps, q)), chain_rule
    yield 2 * sigma, evaluate


@derivation(source=HERE)
def square_score_function_by_sigma():
    r"""$f(z) = z^2$ by the score function of $\sigma$: again $2\sigma$."""
    yield D(E(z**2, (z, p)), sigma)
    yield E(z**2 * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, p)), score_function(sigma)
    yield 2 * sigma, evaluate


@derivation(source=HERE)
def square_closed_form_by_sigma():
    r"""$f(z) = z^2$ in closed form, by $\sigma$: again $2\sigma$."""
    yield D(E(z**2, (z, p)), sigma)
    yield D(mu**2 + sigma**2, sigma), evaluate
    yield 2 * sigma, chain_rule


# --- f(z) = sin z -------------------------------------------------------------------------------------------------


@derivation(source=HERE)
def sine_pathwise():
    r"""$f(z) = \sin z$ along the path: the gradient by $\mu$ is $e^{-\sigma^2/2}\cos\mu$."""
    path = mu + sigma * eps
    yield D(E(sin(z), (z, p)), mu)
    yield D(E(sin(mu + sigma * eps), (eps, q)), mu), reparameterise(eps, path)
    yield E(D(sin(mu + sigma * eps), mu), (eps, q)), differentiate_under_integral(mu)
    yield E(cos(mu + sigma * eps), (eps, q)), chain_rule
    yield exp(-(sigma**2) / 2) * cos(mu), evaluate


@derivation(source=HERE)
def sine_score_function():
    r"""$f(z) = \sin z$ by the score function and one integration by parts: again
    $e^{-\sigma^2/2}\cos\mu$."""
    yield D(E(sin(z), (z, p)), mu)
    yield E(sin(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield E(cos(z), (z, p)), integration_by_parts(u=sin(z))
    yield exp(-(sigma**2) / 2) * cos(mu), evaluate


@derivation(source=HERE)
def sine_closed_form():
    r"""$f(z) = \sin z$ in closed form: again $e^{-\sigma^2/2}\cos\mu$."""
    yield D(E(sin(z), (z, p)), mu)
    yield D(exp(-(sigma**2) / 2) * sin(mu), mu), evaluate
    yield exp(-(sigma**2) / 2) * cos(mu), chain_rule


# --- f(z) = e^z ---------------------------------------------------------------------------------------------------


@derivation(source=HERE)
def exponential_pathwise():
    r"""$f(z) = e^z$ along the path: the gradient by $\mu$ is $e^{\mu + \sigma^2/2}$."""
    path = mu + sigma * eps
    yield D(E(exp(z), (z, p)), mu)
    yield D(E(exp(mu + sigma * eps), (eps, q)), mu), reparameterise(eps, path)
    yield E(D(exp(mu + sigma * eps), mu), (eps, q)), differentiate_under_integral(mu)
    yield E(exp(mu + sigma * eps), (eps, q)), chain_rule
    yield exp(mu + sigma**2 / 2), evaluate


@derivation(source=HERE)
def exponential_score_function():
    r"""$f(z) = e^z$ by the score function: again $e^{\mu + \sigma^2/2}$."""
    yield D(E(exp(z), (z, p)), mu)
    yield E(exp(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield exp(mu + sigma**2 / 2), evaluate


@derivation(source=HERE)
def exponential_closed_form():
    r"""$f(z) = e^z$ in closed form: again $e^{\mu + \sigma^2/2}$."""
    yield D(E(exp(z), (z, p)), mu)
    yield D(exp(mu + sigma**2 / 2), mu), evaluate
    yield exp(mu + sigma**2 / 2), chain_rule


@derivation(source=HERE)
def exponential_pathwise_by_sigma():
    r"""$f(z) = e^z$ along the path, by $\sigma$: the gradient is $\sigma e^{\mu + \sigma^2/2}$."""
    path = mu + sigma * eps
    yield D(E(exp(z), (z, p)), sigma)
    yield D(E(exp(mu + sigma * eps), (eps, q)), sigma), reparameterise(eps, path)
    yield E(D(exp(mu + sigma * eps), sigma), (eps, q)), differentiate_under_integral(sigma)
    yield E(eps * exp(mu + sigma * eps), (eps, q)), chain_rule
    yield sigma * exp(mu + sigma**2 / 2), evaluate
