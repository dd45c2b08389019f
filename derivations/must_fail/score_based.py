"""Diffusion in continuous time with slips: two for each derivation of the gallery."""

from sympy import Integral, exp, log, oo, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    linearity,
    positive,
    real,
    unit,
)
from symrep.distributions import Normal

x, y, t, x0, m, m1, m2 = real("x y t x_0 m m_1 m_2")
alpha, sigma, s = positive("alpha sigma s")
w = unit("w")
A, S, V, B = (function(n, smooth=1) for n in ("A", "S", "V", "B"))
f, g = function("f", smooth=1, arity=2), function("g", smooth=0)
f1, f2 = function("f_1", smooth=1, arity=3), function("f_2", smooth=1, arity=3)
p, P = function("p", smooth=2, arity=2), function("p", smooth=2, arity=3)
SECOND, THIRD, FOURTH = (Expected(Status.REFUTED, Reason.UNEQUAL, line=n) for n in (2, 3, 4))
beta = B(t).diff(t)
total = alpha**2 * s**2 + sigma**2


@derivation(given=(V(t) > 0,), expected=SECOND)
def linear_kernel_without_the_half():
    r"""Half of the squared noise multiplies the second derivative."""
    q = density(Normal(x0 * exp(A(t)), sqrt(exp(2 * A(t)) * V(t))))(x)
    yield D(q, t)
    yield -D(A(t).diff(t) * x * q, x) + exp(2 * A(t)) * V(t).diff(t) * D(q, x, x), chain_rule


@derivation(given=(V(t) > 0,), expected=SECOND)
def linear_kernel_with_the_drift_outside():
    r"""The drift is differentiated, too: it depends on $x$."""
    q = density(Normal(x0 * exp(A(t)), sqrt(exp(2 * A(t)) * V(t))))(x)
    yield D(q, t)
    yield -A(t).diff(t) * x * D(q, x) + exp(2 * A(t)) * V(t).diff(t) / 2 * D(q, x, x), chain_rule


@derivation(expected=THIRD)
def vp_variance_that_decays_at_half_the_rate():
    r"""The mean decays with $\beta/2$, the variance with $\beta$."""
    yield D(1 - exp(-B(t)), t)
    yield beta * exp(-B(t)), chain_rule
    yield -beta / 2 * (1 - exp(-B(t))) + beta, algebra


@derivation(expected=SECOND)
def vp_variance_with_the_sign_of_the_exponent():
    r"""$\frac{d}{dt}(1 - e^{-B}) = \beta e^{-B}$."""
    yield D(1 - exp(-B(t)), t)
    yield -beta * exp(-B(t)), chain_rule


def _vp():
    return density(Normal(x0 * exp(-B(t) / 2), sqrt(1 - exp(-B(t)))))(x)


@derivation(given=(B(t) > 0,), expected=SECOND)
def vp_kernel_with_the_drift_of_another_schedule():
    r"""The drift is $-\frac12\beta x$."""
    yield D(_vp(), t)
    yield -D(-beta * x * _vp(), x) + beta / 2 * D(_vp(), x, x), chain_rule


@derivation(given=(B(t) > 0,), expected=SECOND)
def vp_kernel_with_the_noise_of_the_sub_vp_equation():
    r"""The noise of VP is $\sqrt{\beta}$."""
    yield D(_vp(), t)
    yield -D(-beta * x / 2 * _vp(), x) + beta * (1 - exp(-2 * B(t))) / 2 * D(_vp(), x, x), chain_rule


@derivation(expected=THIRD)
def sub_vp_variance_with_the_noise_of_vp():
    r"""The noise of sub-VP is smaller."""
    yield D((1 - exp(-B(t))) ** 2, t)
    yield 2 * beta * exp(-B(t)) * (1 - exp(-B(t))), chain_rule
    yield -beta * (1 - exp(-B(t))) ** 2 + beta, algebra


@derivation(expected=THIRD)
def sub_vp_variance_with_one_integral_of_the_schedule():
    r"""$1 - e^{-2B}$, with the integral of $\beta$ twice."""
    yield D((1 - exp(-B(t))) ** 2, t)
    yield 2 * beta * exp(-B(t)) * (1 - exp(-B(t))), chain_rule
    yield -beta * (1 - exp(-B(t))) ** 2 + beta * (1 - exp(-B(t))), algebra


@derivation(given=(B(t) > 0,), expected=SECOND)
def sub_vp_kernel_with_the_variance_of_vp():
    r"""The variance is $(1 - e^{-B})^2$."""
    yield D(_vp(), t)
    yield -D(-beta * x / 2 * _vp(), x) + beta * (1 - exp(-2 * B(t))) / 2 * D(_vp(), x, x), chain_rule


@derivation(given=(B(t) > 0,), expected=SECOND)
def sub_vp_kernel_with_the_sign_of_the_drift():
    r"""The drift leads back to $0$."""
    q = density(Normal(x0 * exp(-B(t) / 2), 1 - exp(-B(t))))(x)
    yield D(q, t)
    yield -D(beta * x / 2 * q, x) + beta * (1 - exp(-2 * B(t))) / 2 * D(q, x, x), chain_rule


@derivation(given=(S(t) > s**2,), expected=SECOND)
def ve_kernel_with_the_squared_noise():
    r"""The squared noise is $S'$ with $S = \sigma^2$, not $S'^2$."""
    q = density(Normal(x0, sqrt(S(t) - s**2)))(x)
    yield D(q, t)
    yield S(t).diff(t) ** 2 / 2 * D(q, x, x), chain_rule


@derivation(given=(S(t) > s**2,), expected=SECOND)
def ve_kernel_without_the_half():
    r"""$\partial_v\mathcal{N}(x_0, v) = \frac12\partial_x^2\mathcal{N}(x_0, v)$."""
    q = density(Normal(x0, sqrt(S(t) - s**2)))(x)
    yield D(q, t)
    yield S(t).diff(t) * D(q, x, x), chain_rule


@derivation(expected=THIRD)
def score_of_the_kernel_without_the_scale():
    r"""The score is $-\epsilon/\sigma$."""
    yield D(log(density(Normal(alpha * x0, sigma))(x)), x)
    yield -(x - alpha * x0) / sigma**2, chain_rule
    yield -(x - alpha * x0) / sigma, algebra


@derivation(expected=SECOND)
def score_of_the_kernel_with_the_sign():
    r"""The score leads back to the mean."""
    yield D(log(density(Normal(alpha * x0, sigma))(x)), x)
    yield (x - alpha * x0) / sigma**2, chain_rule


def _right_side():
    return -D(f(x, t) * p(x, t), x) + g(t) ** 2 / 2 * D(p(x, t), x, x)


def _right_side_in_the_plane():
    q, at = P(x, y, t), (x, y, t)
    return -D(f1(*at) * q, x) - D(f2(*at) * q, y) + g(t) ** 2 / 2 * (D(q, x, x) + D(q, y, y))


@derivation(given=(p(x, t) > 0,), expected=SECOND)
def probability_flow_without_the_half():
    r"""The score has the weight $\frac12 g^2$; $g^2$ is that of the reverse equation."""
    yield _right_side()
    yield -D((f(x, t) - g(t) ** 2 * D(log(p(x, t)), x)) * p(x, t), x), chain_rule


@derivation(given=(p(x, t) > 0,), expected=SECOND)
def probability_flow_with_the_gradient_of_the_density():
    r"""The score is the gradient of the *logarithm*."""
    yield _right_side()
    yield -D((f(x, t) - g(t) ** 2 / 2 * D(p(x, t), x)) * p(x, t), x), chain_rule


@derivation(given=(P(x, y, t) > 0,), expected=SECOND)
def probability_flow_in_the_plane_with_the_sign():
    r"""The score is taken away: the flow leads down the density."""
    q, at = P(x, y, t), (x, y, t)
    yield _right_side_in_the_plane()
    yield (
        -D((f1(*at) + g(t) ** 2 / 2 * D(log(q), x)) * q, x) - D((f2(*at) + g(t) ** 2 / 2 * D(log(q), y)) * q, y),
        chain_rule,
    )


@derivation(given=(P(x, y, t) > 0,), expected=SECOND)
def probability_flow_in_the_plane_with_the_arguments_exchanged():
    r"""Each coordinate has its own partial derivative."""
    q, at = P(x, y, t), (x, y, t)
    yield _right_side_in_the_plane()
    yield (
        -D((f1(*at) - g(t) ** 2 / 2 * D(log(q), y)) * q, x) - D((f2(*at) - g(t) ** 2 / 2 * D(log(q), x)) * q, y),
        chain_rule,
    )


@derivation(given=(p(x, t) > 0,), expected=SECOND)
def reverse_equation_with_half_of_the_score():
    r"""$\frac12 g^2$ is the weight in the flow, which has no noise."""
    q = p(x, t)
    yield -_right_side()
    yield -D((-f(x, t) + g(t) ** 2 / 2 * D(log(q), x)) * q, x) + g(t) ** 2 / 2 * D(q, x, x), chain_rule


@derivation(given=(p(x, t) > 0,), expected=SECOND)
def reverse_equation_without_turning_the_drift():
    r"""Backwards the drift points the other way."""
    q = p(x, t)
    yield -_right_side()
    yield -D((f(x, t) + g(t) ** 2 * D(log(q), x)) * q, x) + g(t) ** 2 / 2 * D(q, x, x), chain_rule


@derivation(given=(P(x, y, t) > 0,), expected=SECOND)
def reverse_equation_in_the_plane_with_the_score_of_one_coordinate():
    r"""Both coordinates are corrected."""
    q, at = P(x, y, t), (x, y, t)
    yield -_right_side_in_the_plane()
    yield (
        -D((-f1(*at) + g(t) ** 2 * D(log(q), x)) * q, x)
        - D(-f2(*at) * q, y)
        + g(t) ** 2 / 2 * (D(q, x, x) + D(q, y, y)),
        chain_rule,
    )


@derivation(given=(P(x, y, t) > 0,), expected=SECOND)
def reverse_equation_in_the_plane_with_the_noise_taken_away():
    r"""The reverse process is as noisy as the forward one: noise is never subtracted."""
    q, at = P(x, y, t), (x, y, t)
    yield -_right_side_in_the_plane()
    yield (
        -D((-f1(*at) + g(t) ** 2 * D(log(q), x)) * q, x)
        - D((-f2(*at) + g(t) ** 2 * D(log(q), y)) * q, y)
        - g(t) ** 2 / 2 * (D(q, x, x) + D(q, y, y)),
        chain_rule,
    )


prior = function("p_0", smooth=0, growth=2)
kernel = density(Normal(alpha * x0, sigma))(x)
marginal = Integral(prior(x0) * kernel, (x0, -oo, oo))


@derivation(expected=FOURTH)
def tweedie_without_alpha():
    r"""The mean of $\alpha x_0$ is $\alpha$ times that of $x_0$."""
    yield x * marginal + sigma**2 * D(marginal, x)
    yield x * marginal + sigma**2 * Integral(D(prior(x0) * kernel, x), (x0, -oo, oo)), differentiate_under_integral(x)
    yield (
        x * marginal + sigma**2 * Integral(prior(x0) * (alpha * x0 - x) / sigma**2 * kernel, (x0, -oo, oo)),
        chain_rule,
    )
    yield Integral(x0 * prior(x0) * kernel, (x0, -oo, oo)), linearity


@derivation(expected=THIRD)
def tweedie_with_the_sign_of_the_score():
    r"""The kernel's score is $(\alpha x_0 - x)/\sigma^2$."""
    yield x * marginal + sigma**2 * D(marginal, x)
    yield x * marginal + sigma**2 * Integral(D(prior(x0) * kernel, x), (x0, -oo, oo)), differentiate_under_integral(x)
    yield (
        x * marginal + sigma**2 * Integral(prior(x0) * (x - alpha * x0) / sigma**2 * kernel, (x0, -oo, oo)),
        chain_rule,
    )


@derivation(given=(marginal > 0,), expected=SECOND)
def tweedie_with_the_derivative_for_the_score():
    r"""$\nabla\log p = p'/p$."""
    yield (x + sigma**2 * D(marginal, x) / marginal) / alpha
    yield (x * marginal + sigma**2 * D(marginal, x)) / alpha, algebra


@derivation(given=(marginal > 0,), expected=SECOND)
def tweedie_divided_by_alpha_in_one_term():
    r"""The whole is divided by $\alpha$."""
    yield (x + sigma**2 * D(marginal, x) / marginal) / alpha
    yield (alpha * x * marginal + sigma**2 * D(marginal, x)) / (alpha * marginal), algebra


@derivation(expected=SECOND)
def tweedie_for_a_normal_prior_with_the_noise_alone():
    r"""The observation's variance is $\alpha^2s^2 + \sigma^2$."""
    yield (x + sigma**2 * D(log(density(Normal(alpha * m, sqrt(total)))(x)), x)) / alpha
    yield (x - (x - alpha * m)) / alpha, chain_rule


@derivation(expected=THIRD)
def tweedie_for_a_normal_prior_with_the_weights_exchanged():
    r"""The noisier the observation, the more the prior's mean counts."""
    yield (x + sigma**2 * D(log(density(Normal(alpha * m, sqrt(total)))(x)), x)) / alpha
    yield (x - sigma**2 * (x - alpha * m) / total) / alpha, chain_rule
    yield (alpha * s**2 * m + sigma**2 * x) / total, algebra


def _bayes():
    X = Normal(m, s)
    return E(x0 * kernel, (x0, X)) / E(kernel, (x0, X))


@derivation(expected=SECOND)
def posterior_mean_that_forgets_the_prior():
    r"""$x/\alpha$ is the estimate without a prior."""
    yield _bayes()
    yield x / alpha, evaluate


@derivation(expected=SECOND)
def posterior_mean_without_alpha():
    r"""The observation counts with $\alpha s^2$."""
    yield _bayes()
    yield (sigma**2 * m + s**2 * x) / total, evaluate


def _mixture():
    first, second = (density(Normal(alpha * c, sqrt(total)))(x) for c in (m1, m2))
    means = [(sigma**2 * c + alpha * s**2 * x) / total for c in (m1, m2)]
    return first, second, means


@derivation(expected=SECOND)
def mixture_with_the_weights_of_the_prior():
    r"""The components are weighted by how likely they are *after* $x$ was seen."""
    first, second, means = _mixture()
    yield (x + sigma**2 * D(log(w * first + (1 - w) * second), x)) / alpha
    yield w * means[0] + (1 - w) * means[1], chain_rule


@derivation(expected=SECOND)
def mixture_with_the_means_exchanged():
    r"""Each density weighs the mean of its own component."""
    first, second, means = _mixture()
    q = w * first + (1 - w) * second
    yield (x + sigma**2 * D(log(q), x)) / alpha
    yield (w * first * means[1] + (1 - w) * second * means[0]) / q, chain_rule
