r"""Two estimators of one gradient, both unbiased, and their variances; what back-propagation differentiates."""

from sympy import Integral, log, oo

from symrep import (
    D,
    E,
    Var,
    algebra,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    gt,
    lemma,
    monte_carlo,
    positive,
    positive_integer,
    real,
    reparameterise,
    sample_mean,
    score_function,
    transform,
)
from symrep.distributions import Normal

z, mu, eps, theta = real("z mu epsilon theta")
sigma = positive("sigma")
n = positive_integer("n")

p = Normal(mu, sigma)
q = Normal(0, 1)
f = function("f", smooth=1, growth=2)

TRICK = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4"
SCORE = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.2"
GRAPHS = "Schulman, Heess, Weber & Abbeel, Gradient Estimation Using Stochastic Computation Graphs, NIPS 2015"
SAMPLES = "TensorFlow Probability, tfp.monte_carlo.expectation, on samples that are not reparameterized"
HERE = "worked out here for $f(z) = z^2$"


@derivation(source=TRICK)
def law_of_the_path():
    r"""$\mu + \sigma\epsilon$ with $\epsilon \sim \mathcal{N}(0, 1)$ has the law $\mathcal{N}(\mu, \sigma^2)$, so
    expectations may be taken over the noise."""
    yield E(f(z), (z, p))
    yield E(f(mu + sigma * eps), (eps, q)), reparameterise(eps, mu + sigma * eps)


@derivation(source=TRICK)
def pathwise_estimate_is_unbiased():
    r"""The average of $\partial_\mu f(\mu + \sigma\epsilon_i)$ over $n$ independent draws is an unbiased estimate of
    $\partial_\mu \mathbb{E}[f(z)]$."""
    path = mu + sigma * eps
    yield E(sample_mean(D(f(path), mu), (eps, q), n))
    yield E(D(f(path), mu), (eps, q)), monte_carlo
    yield D(E(f(path), (eps, q)), mu), differentiate_under_integral(mu)
    yield D(E(f(z), (z, p)), mu), lemma(law_of_the_path)


@derivation(source=SCORE)
def score_function_gradient():
    r"""$\partial_\mu \mathbb{E}[f(z)] = \mathbb{E}[f(z)\,(z - \mu)/\sigma^2]$."""
    yield D(E(f(z), (z, p)), mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)


law = conditional_law("q", parameters=theta, positive=True, smooth=1)
g = function("g", smooth=0)


@derivation(source=SCORE, given=(dominated(g(z), (z, law), by=theta),))
def score_function_gradient_of_any_law():
    r"""Any law with a positive density that is smooth in its parameter, and any continuous $g$ for which one may
    differentiate under the integral sign: since $\partial_\theta q_\theta = q_\theta\,\partial_\theta\log q_\theta$,
    $\partial_\theta\mathbb{E}[g(z)] = \mathbb{E}[g(z)\,\partial_\theta\log q_\theta(z)]$."""
    q = density(law)(z)
    yield D(E(g(z), (z, law)), theta)
    yield D(Integral(g(z) * q, (z, -oo, oo)), theta), definition
    yield Integral(g(z) * D(q, theta), (z, -oo, oo)), differentiate_under_integral(theta)
    yield E(g(z) * D(log(q), theta), (z, law)), definition


@derivation(source=SCORE)
def score_function_estimate_is_unbiased():
    r"""The average of $f(z_i)\,(z_i - \mu)/\sigma^2$ over $n$ independent draws from $\mathcal{N}(\mu, \sigma^2)$ is an
    unbiased estimate of the same gradient."""
    yield E(sample_mean(f(z) * (z - mu) / sigma**2, (z, p), n))
    yield E(f(z) * (z - mu) / sigma**2, (z, p)), monte_carlo
    yield D(E(f(z), (z, p)), mu), lemma(score_function_gradient)


# --- how noisy they are, for f(z) = z^2 ---------------------------------------------------------------------------


@derivation(source=HERE)
def score_function_variance():
    r"""For $f(z) = z^2$ one draw of the score-function estimate has variance $\mu^4/\sigma^2 + 14\mu^2 + 15\sigma^2$.
    If $\mu \neq 0$ it grows without bound as $\sigma \to 0$, although there is hardly any noise left then."""
    s = z**2 * (z - mu) / sigma**2
    yield Var(s, (z, p))
    yield E(s**2, (z, p)) - E(s, (z, p)) ** 2, definition
    yield mu**4 / sigma**2 + 18 * mu**2 + 15 * sigma**2 - (2 * mu) ** 2, evaluate
    yield mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma**2, algebra


@derivation(source=HERE)
def pathwise_variance():
    r"""One draw of the pathwise estimate, $2(\mu + \sigma\epsilon)$, has the variance $4\sigma^2$."""
    r = 2 * (mu + sigma * eps)
    yield Var(r, (eps, q))
    yield E(r**2, (eps, q)) - E(r, (eps, q)) ** 2, definition
    yield 4 * mu**2 + 4 * sigma**2 - (2 * mu) ** 2, evaluate
    yield 4 * sigma**2, algebra


@derivation(source=HERE)
def pathwise_is_less_noisy():
    r"""For $f(z) = z^2$ the pathwise estimate has the smaller variance, whatever $\mu$ and $\sigma$ are."""
    yield Var(z**2 * (z - mu) / sigma**2, (z, p)) - Var(2 * (mu + sigma * eps), (eps, q))
    yield mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma**2 - 4 * sigma**2, evaluate
    yield mu**4 / sigma**2 + 14 * mu**2 + 11 * sigma**2, algebra
    yield gt(0), algebra


# --- what back-propagation differentiates -------------------------------------------------------------------------


@transform(eps="epsilon")
def loss(mu, sigma, eps):
    return f(mu + sigma * eps)


@derivation(source=GRAPHS)
def backpropagation_of_one_sample():
    r"""A network draws one $\epsilon$, computes the loss $f(\mu + \sigma\epsilon)$, and back-propagation
    differentiates it: the result is the Monte Carlo estimate with $n = 1$, and its mean is the gradient of the expected
    loss."""
    yield E(D(loss(mu, sigma, eps), mu), (eps, q))
    yield D(E(loss(mu, sigma, eps), (eps, q)), mu), differentiate_under_integral(mu)
    yield D(E(f(z), (z, p)), mu), lemma(law_of_the_path)


@derivation(source=SAMPLES)
def without_reparameterisation():
    r"""Differentiating the loss at a sample that was drawn without reparameterization cuts the path from $\mu$ to the
    loss: for fixed $z$, $\partial_\mu f(z) = 0$. What is missing from the gradient is the score-function term, that is,
    all of it."""
    yield D(E(f(z), (z, p)), mu) - E(D(f(z), mu), (z, p))
    yield E(f(z) * (z - mu) / sigma**2, (z, p)) - E(D(f(z), mu), (z, p)), score_function(mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, p)), chain_rule


@derivation(source=SAMPLES)
def loss_that_depends_on_the_parameter():
    r"""When the loss $f(\mu, z)$ contains $\mu$ itself, the derivative at a fixed sample keeps the first term of
    $\partial_\mu \mathbb{E}[f(\mu, z)] = \mathbb{E}[\partial_\mu f(\mu, z)] +
    \mathbb{E}[f(\mu, z)\,\partial_\mu \log p(z)]$ and loses the second."""
    f = function("f", smooth=1, growth=2, arity=2)
    yield D(E(f(mu, z), (z, p)), mu)
    yield E(D(f(mu, z), mu), (z, p)) + E(f(mu, z) * (z - mu) / sigma**2, (z, p)), score_function(mu)


@derivation(source=HERE)
def missing_term_of_the_square():
    r"""For $f(z) = z^2$ the missing term is the whole gradient, $2\mu$."""
    yield D(E(z**2, (z, p)), mu) - E(D(z**2, mu), (z, p))
    yield E(z**2 * (z - mu) / sigma**2, (z, p)) - E(D(z**2, mu), (z, p)), score_function(mu)
    yield E(z**2 * (z - mu) / sigma**2, (z, p)), chain_rule
    yield 2 * mu, evaluate
