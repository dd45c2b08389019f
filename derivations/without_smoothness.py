r"""$\mathbb{E}_{p_\theta}[f]$ is differentiable although $f$ is not: the step function, $|x|$ and $\max(x, 0)$."""

from sympy import Abs, Heaviside, Max, erf, exp, pi, sign, sqrt

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    indicator,
    leibniz,
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
f_q = density(q)

JUMPS = "Lee, Yu & Yang, Reparameterization Gradient for Non-differentiable Models, NeurIPS 2018"
SCORE = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.2"
HERE = "worked out here"


# --- the step function --------------------------------------------------------------------------------------------


@derivation(source=HERE)
def step_closed_form():
    r"""The step function $\mathbf{1}\{z > 0\}$ is not even continuous, yet its expectation is a smooth function of
    $\mu$, with derivative $f_q(\mu/\sigma)/\sigma$ where $f_q$ is the standard normal density."""
    yield D(E(indicator(z > 0), (z, p)), mu)
    yield D((1 + erf(mu / (sqrt(2) * sigma))) / 2, mu), evaluate
    yield 1 / (sqrt(2 * pi) * sigma) * exp(-(mu**2) / (2 * sigma**2)), chain_rule
    yield f_q(mu / sigma) / sigma, algebra


@derivation(source=JUMPS)
def step_pathwise():
    r"""Pathwise, the derivative of the integrand is $0$ wherever it exists. The whole gradient comes from the boundary
    term: the jump sits at $\epsilon = -\mu/\sigma$ and moves with $\mu$."""
    path = mu + sigma * eps
    yield D(E(indicator(z > 0), (z, p)), mu)
    yield D(E(indicator(path > 0), (eps, q)), mu), reparameterise(eps, path)
    yield 0 + f_q(-mu / sigma) / sigma, leibniz(mu)
    yield f_q(mu / sigma) / sigma, algebra


@derivation(source=SCORE)
def step_score_function():
    r"""The score function asks nothing of $f$, and needs no boundary term."""
    yield D(E(indicator(z > 0), (z, p)), mu)
    yield E(indicator(z > 0) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield f_q(mu / sigma) / sigma, evaluate


# --- the absolute value -------------------------------------------------------------------------------------------


@derivation(source=HERE)
def absolute_value_closed_form():
    r"""$|z|$ has a kink at $0$; the derivative of its expectation is $\operatorname{erf}(\mu/(\sqrt{2}\,\sigma))$."""
    yield D(E(Abs(z), (z, p)), mu)
    yield D(mu * erf(mu / (sqrt(2) * sigma)) + sigma * sqrt(2 / pi) * exp(-(mu**2) / (2 * sigma**2)), mu), evaluate
    yield erf(mu / (sqrt(2) * sigma)), chain_rule


@derivation(source=HERE)
def absolute_value_pathwise():
    r"""A kink does no harm to the pathwise gradient: $|\mu + \sigma\epsilon|$ is Lipschitz in $\mu$, and
    differentiable for almost every $\epsilon$."""
    path = mu + sigma * eps
    yield D(E(Abs(z), (z, p)), mu)
    yield D(E(Abs(path), (eps, q)), mu), reparameterise(eps, path)
    yield E(D(Abs(path), mu), (eps, q)), differentiate_under_integral(mu)
    yield E(sign(path), (eps, q)), chain_rule
    yield erf(mu / (sqrt(2) * sigma)), evaluate


@derivation(source=SCORE)
def absolute_value_score_function():
    r"""The same gradient by the score function."""
    yield D(E(Abs(z), (z, p)), mu)
    yield E(Abs(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield erf(mu / (sqrt(2) * sigma)), evaluate


@derivation(source=JUMPS)
def absolute_value_second_derivative():
    r"""The derivative of a kink is a jump. Differentiating the pathwise gradient $\mathbb{E}[\operatorname{sign}(\mu +
    \sigma\epsilon)]$ once more, the boundary term appears, and is all there is."""
    path = mu + sigma * eps
    yield D(E(sign(path), (eps, q)), mu)
    yield 0 + 2 * f_q(-mu / sigma) / sigma, leibniz(mu)
    yield 2 * f_q(mu / sigma) / sigma, algebra


@derivation(source=SCORE)
def absolute_value_second_derivative_by_the_score():
    r"""The same second derivative from the score function, which knows nothing of kinks and jumps."""
    yield D(E(Abs(z), (z, p)), mu, mu)
    yield D(E(Abs(z) * (z - mu) / sigma**2, (z, p)), mu), score_function(mu)
    yield D(erf(mu / (sqrt(2) * sigma)), mu), evaluate
    yield 2 * f_q(mu / sigma) / sigma, chain_rule


# --- the rectifier ------------------------------------------------------------------------------------------------


@derivation(source=HERE)
def rectifier_closed_form():
    r"""For $\max(z, 0)$ the derivative of the expectation is the probability that $z$ is positive."""
    yield D(E(Max(z, 0), (z, p)), mu)
    yield D(mu * (1 + erf(mu / (sqrt(2) * sigma))) / 2 + sigma * f_q(mu / sigma), mu), evaluate
    yield (1 + erf(mu / (sqrt(2) * sigma))) / 2, chain_rule


@derivation(source=HERE)
def rectifier_pathwise():
    r"""The pathwise gradient of $\max(z, 0)$, as every network with rectifiers uses it, is right. The kink moves with
    $\mu$ too, but $\max$ is continuous there: the boundary terms from the left and from the right cancel."""
    path = mu + sigma * eps
    yield D(E(Max(z, 0), (z, p)), mu)
    yield D(E(Max(path, 0), (eps, q)), mu), reparameterise(eps, path)
    yield E(Heaviside(path), (eps, q)), leibniz(mu)
    yield (1 + erf(mu / (sqrt(2) * sigma))) / 2, evaluate


@derivation(source=SCORE)
def rectifier_score_function():
    r"""The same gradient by the score function."""
    yield D(E(Max(z, 0), (z, p)), mu)
    yield E(Max(z, 0) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield (1 + erf(mu / (sqrt(2) * sigma))) / 2, evaluate


@derivation(source=JUMPS)
def rectifier_second_derivative():
    r"""Differentiating the pathwise gradient $\mathbb{E}[H(\mu + \sigma\epsilon)]$ once more gives a boundary term
    and nothing else, although the second derivative of $\max(z, 0)$ is $0$ off the kink."""
    path = mu + sigma * eps
    yield D(E(Heaviside(path), (eps, q)), mu)
    yield 0 + f_q(-mu / sigma) / sigma, leibniz(mu)
    yield f_q(mu / sigma) / sigma, algebra
