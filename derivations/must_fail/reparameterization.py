"""The gradients of ``reparameterization.py`` with slips: two for each of its derivations."""

from sympy import cos, exp, sin

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
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
p, q = Normal(mu, sigma), Normal(0, 1)
path = mu + sigma * eps
f, rough = function("f", smooth=1, growth=2), function("f", smooth=0, growth=2)
WRONG = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)


@derivation(expected=WRONG)
def path_by_the_mean_with_the_scale():
    r"""$\partial_\mu f(\mu + \sigma\epsilon) = f'$, without a factor $\sigma$."""
    yield E(D(f(path), mu), (eps, q))
    yield E(sigma * f(path).diff(mu), (eps, q)), chain_rule


@derivation(expected=WRONG)
def path_by_the_mean_with_a_minus_sign():
    r"""The sample moves with the mean."""
    yield D(E(f(path), (eps, q)), mu)
    yield E(-D(f(path), mu), (eps, q)), differentiate_under_integral(mu)


@derivation(expected=WRONG)
def path_by_the_deviation_without_the_noise():
    r"""$\partial_\sigma f(\mu + \sigma\epsilon) = f'\,\epsilon$."""
    yield E(D(f(path), sigma), (eps, q))
    yield E(f(path).diff(mu), (eps, q)), chain_rule


@derivation(expected=WRONG)
def path_by_the_deviation_from_the_variance():
    r"""The path of $\sigma$ is $\mu + \sigma\epsilon$, not $\mu + \sigma^2\epsilon$."""
    yield D(E(f(z), (z, p)), sigma)
    yield D(E(f(mu + sigma**2 * eps), (eps, q)), sigma), reparameterise(eps, path)


@derivation(expected=WRONG)
def score_form_without_the_square():
    r"""The score by the mean is $(z - \mu)/\sigma^2$."""
    yield D(E(rough(z), (z, p)), mu)
    yield E(rough(z) * (z - mu) / sigma, (z, p)), score_function(mu)


@derivation(expected=WRONG)
def score_form_with_the_mean_left_in():
    r"""The score is centred."""
    yield D(E(rough(z), (z, p)), mu)
    yield E(rough(z) * z / sigma**2, (z, p)), score_function(mu)


@derivation(expected=WRONG)
def square_along_the_path_without_the_two():
    r"""$\partial_\mu(\mu + \sigma\epsilon)^2 = 2(\mu + \sigma\epsilon)$."""
    yield E(D(path**2, mu), (eps, q))
    yield E(path, (eps, q)), chain_rule


@derivation(expected=WRONG)
def square_along_the_path_with_the_noise_left():
    r"""The noise has mean zero."""
    yield E(2 * path, (eps, q))
    yield 2 * mu + 2 * sigma, evaluate


@derivation(expected=WRONG)
def square_by_the_score_with_half_of_it():
    r"""The mean of $z^2(z - \mu)/\sigma^2$ is $2\mu$."""
    yield E(z**2 * (z - mu) / sigma**2, (z, p))
    yield mu, evaluate


@derivation(expected=WRONG)
def square_by_the_score_with_the_deviation():
    r"""The third moment about the mean is zero."""
    yield E(z**2 * (z - mu) / sigma**2, (z, p))
    yield 2 * mu + sigma, evaluate


@derivation(expected=WRONG)
def square_in_closed_form_without_the_variance():
    r"""$\mathbb{E}[z^2] = \mu^2 + \sigma^2$."""
    yield E(z**2, (z, p))
    yield mu**2, evaluate


@derivation(expected=WRONG)
def square_in_closed_form_with_the_variance_left():
    r"""The variance does not move with the mean."""
    yield D(mu**2 + sigma**2, mu)
    yield 2 * mu + 2 * sigma, chain_rule


@derivation(expected=WRONG)
def square_by_sigma_without_the_noise():
    r"""$\partial_\sigma(\mu + \sigma\epsilon)^2 = 2(\mu + \sigma\epsilon)\,\epsilon$."""
    yield E(D(path**2, sigma), (eps, q))
    yield E(2 * path, (eps, q)), chain_rule


@derivation(expected=WRONG)
def square_by_sigma_with_the_mean():
    r"""$\mathbb{E}[\epsilon] = 0$ and $\mathbb{E}[\epsilon^2] = 1$."""
    yield E(2 * path * eps, (eps, q))
    yield 2 * mu + 2 * sigma, evaluate


@derivation(expected=WRONG)
def square_by_the_score_of_sigma_without_its_minus_one():
    r"""The score of $\sigma$ is $\frac{(z - \mu)^2}{\sigma^3} - \frac1\sigma$."""
    yield D(E(z**2, (z, p)), sigma)
    yield E(z**2 * (z - mu) ** 2 / sigma**3, (z, p)), score_function(sigma)


@derivation(expected=WRONG)
def square_by_the_score_of_sigma_with_the_mean():
    r"""The terms with $\mu$ cancel."""
    yield E(z**2 * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, p))
    yield 2 * sigma + mu**2 / sigma, evaluate


@derivation(expected=WRONG)
def square_in_closed_form_by_the_variance():
    r"""By $\sigma$ the derivative of $\sigma^2$ is $2\sigma$."""
    yield D(mu**2 + sigma**2, sigma)
    yield 1, chain_rule


@derivation(expected=WRONG)
def square_in_closed_form_by_both():
    r"""The mean does not move with $\sigma$."""
    yield D(mu**2 + sigma**2, sigma)
    yield 2 * mu + 2 * sigma, chain_rule


@derivation(expected=WRONG)
def sine_along_the_path_with_a_minus_sign():
    r"""The derivative of the sine is the cosine."""
    yield E(D(sin(path), mu), (eps, q))
    yield E(-cos(path), (eps, q)), chain_rule


@derivation(expected=WRONG)
def sine_along_the_path_without_damping():
    r"""$\mathbb{E}[\cos(\mu + \sigma\epsilon)] = e^{-\sigma^2/2}\cos\mu$."""
    yield E(cos(path), (eps, q))
    yield cos(mu), evaluate


@derivation(expected=WRONG)
def sine_by_parts_with_a_minus_sign():
    r"""By parts the sign turns twice."""
    yield E(sin(z) * (z - mu) / sigma**2, (z, p))
    yield E(-cos(z), (z, p)), integration_by_parts(u=sin(z))


@derivation(expected=WRONG)
def sine_by_parts_with_the_variance():
    r"""The $\sigma^2$ of Stein's lemma cancels that of the score."""
    yield E(sin(z) * (z - mu) / sigma**2, (z, p))
    yield sigma**2 * E(cos(z), (z, p)), integration_by_parts(u=sin(z))


@derivation(expected=WRONG)
def sine_in_closed_form_without_the_half():
    r"""The damping is $e^{-\sigma^2/2}$."""
    yield E(sin(z), (z, p))
    yield exp(-(sigma**2)) * sin(mu), evaluate


@derivation(expected=WRONG)
def sine_in_closed_form_differentiated_twice():
    r"""One derivative is taken."""
    yield D(exp(-(sigma**2) / 2) * sin(mu), mu)
    yield -exp(-(sigma**2) / 2) * sin(mu), chain_rule


@derivation(expected=WRONG)
def exponential_along_the_path_with_the_scale():
    r"""By $\mu$ the inner derivative is 1."""
    yield E(D(exp(path), mu), (eps, q))
    yield E(sigma * exp(path), (eps, q)), chain_rule


@derivation(expected=WRONG)
def exponential_along_the_path_at_the_mean():
    r"""The mean of a log-normal law lies above $e^\mu$."""
    yield E(exp(path), (eps, q))
    yield exp(mu), evaluate


@derivation(expected=WRONG)
def exponential_by_the_score_with_the_variance():
    r"""$\mathbb{E}[e^z(z - \mu)] = \sigma^2e^{\mu + \sigma^2/2}$, over $\sigma^2$."""
    yield E(exp(z) * (z - mu) / sigma**2, (z, p))
    yield sigma**2 * exp(mu + sigma**2 / 2), evaluate


@derivation(expected=WRONG)
def exponential_by_the_score_without_the_half():
    r"""The exponent is $\mu + \frac{\sigma^2}{2}$."""
    yield E(exp(z) * (z - mu) / sigma**2, (z, p))
    yield exp(mu + sigma**2), evaluate


@derivation(expected=WRONG)
def exponential_in_closed_form_with_the_sign_of_the_half():
    r"""The variance raises the mean."""
    yield E(exp(z), (z, p))
    yield exp(mu - sigma**2 / 2), evaluate


@derivation(expected=WRONG)
def exponential_in_closed_form_with_a_factor_sigma():
    r"""That factor comes of the derivative by $\sigma$."""
    yield D(exp(mu + sigma**2 / 2), mu)
    yield sigma * exp(mu + sigma**2 / 2), chain_rule


@derivation(expected=WRONG)
def exponential_by_sigma_without_the_noise():
    r"""By $\sigma$ the inner derivative is $\epsilon$."""
    yield E(D(exp(path), sigma), (eps, q))
    yield E(exp(path), (eps, q)), chain_rule


@derivation(expected=WRONG)
def exponential_by_sigma_without_the_factor():
    r"""$\mathbb{E}[\epsilon\,e^{\sigma\epsilon}] = \sigma e^{\sigma^2/2}$."""
    yield E(eps * exp(path), (eps, q))
    yield exp(mu + sigma**2 / 2), evaluate
