"""Baselines and control variates with slips."""

from sympy import Eq, log

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    Var,
    algebra,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    ge,
    hypothesis,
    integrable,
    jensen,
    le,
    linearity,
    positive,
    real,
    score_function,
)
from symrep.distributions import Normal

z, z1, z2, x, mu, m, b, c, theta = real("z z_1 z_2 x mu m b c theta")
sigma, s = positive("sigma s")
f = function("f", smooth=1, growth=2)
p = Normal(mu, sigma)
score = (z - mu) / sigma**2


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def baseline_with_a_mean():
    r"""The score has mean 0, not 1."""
    yield E((f(z) - b) * score, (z, p))
    yield E(f(z) * score, (z, p)) - b, linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def baseline_outside_the_score():
    r"""The baseline is multiplied by the score."""
    yield E((f(z) - b) * score, (z, p))
    yield E(f(z) * score - b, (z, p)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def best_baseline_is_not_the_mean():
    r"""$\mathbb{E}[f s^2]/\mathbb{E}[s^2]$ is not $\mathbb{E}[f]$."""
    yield E(z**2 * score**2, (z, p)) / E(score**2, (z, p))
    yield mu**2 + sigma**2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def best_baseline_with_one_score():
    r"""The derivative of $(f - b)^2 s^2$ is $-2(f - b)s^2$."""
    yield D(E((f(z) - b) ** 2 * score**2, (z, p)), b)
    yield E(-2 * (f(z) - b) * score, (z, p)), differentiate_under_integral(b)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def variance_without_the_squared_mean():
    r"""$\mathrm{Var} = \mathbb{E}[g^2] - \mathbb{E}[g]^2$, and $\mathbb{E}[g] = 2\mu$."""
    yield Var((z**2 - b) * score, (z, p))
    yield (b - mu**2 - 3 * sigma**2) ** 2 / sigma**2 + 12 * mu**2 + 6 * sigma**2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def variance_below_its_minimum():
    r"""At $b = \mu^2 + 3\sigma^2$ the bound is attained, so a larger one fails."""
    yield (b - mu**2 - 3 * sigma**2) ** 2 / sigma**2 + 8 * mu**2 + 6 * sigma**2
    yield ge(9 * mu**2 + 6 * sigma**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def control_variate_with_the_sign():
    r"""The best coefficient is $+2\mu$."""
    yield Var(z**2 - c * (z - mu), (z, p))
    yield sigma**2 * (c + 2 * mu) ** 2 + 2 * sigma**4, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def control_variate_without_what_is_left():
    r"""No linear control variate removes $2\sigma^4$."""
    yield Var(z**2 - c * (z - mu), (z, p))
    yield sigma**2 * (c - 2 * mu) ** 2, evaluate


other = (z1**2 - z2**2) * (z1 - mu) / sigma**2


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leave_one_out_without_the_variance():
    r"""The mean of $f(z_2)$ is $\mu^2 + \sigma^2$."""
    yield E(E(other, (z2, p)), (z1, p))
    yield E((z1**2 - mu**2) * (z1 - mu) / sigma**2 + mu, (z1, p)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leave_none_out():
    r"""A baseline that contains the draw itself takes half of the gradient away."""
    yield E(E((z1**2 - (z1**2 + z2**2) / 2) * (z1 - mu) / sigma**2, (z2, p)), (z1, p))
    yield 2 * mu, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leave_one_out_with_the_term_that_is_gone():
    r"""$\mu^4$ is taken away as often as it is added."""
    yield E(E(other**2, (z2, p)), (z1, p))
    yield mu**4 / sigma**2 + 16 * mu**2 + 12 * sigma**2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leave_one_out_with_one_draw_twice():
    r"""With $z_2 = z_1$ nothing would be left: the draws are independent."""
    yield E(E(other**2, (z2, p)), (z1, p))
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def rao_blackwell_the_other_way():
    r"""A conditional mean never has the larger variance."""
    yield E((z - m) ** 2 + sigma**2, (z, Normal(m, s)))
    yield s**2 + sigma**2, evaluate
    yield le(s**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def rao_blackwell_without_the_noise():
    r"""The variance of $x$ is that of its conditional mean and the mean of its conditional variance."""
    yield E(E((x - m) ** 2, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E((z - m) ** 2, (z, Normal(m, s))), evaluate


# --- control variates for any function ----------------------------------------------------------------------------

g, h = function("g", smooth=0), function("h", smooth=0)
q = conditional_law("q")
moments = tuple(integrable(body, (z, q)) for body in (g(z), h(z), g(z) ** 2, h(z) ** 2, g(z) * h(z)))


def mean(body):
    return E(body, (z, q))


variance_of_g = mean(g(z) ** 2) - mean(g(z)) ** 2
variance_of_h = mean(h(z) ** 2) - mean(h(z)) ** 2
covariance = mean(g(z) * h(z)) - mean(g(z)) * mean(h(z))


@derivation(given=moments, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def control_variate_not_centred():
    r"""The mean of $h$ has to be added again."""
    yield mean(g(z) - c * h(z))
    yield mean(g(z)) - c, linearity


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def control_variate_without_moments():
    r"""Nobody says that there are any means."""
    yield mean(g(z) - c * h(z)) + c * mean(h(z))
    yield mean(g(z)), linearity


@derivation(given=moments, expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def control_variate_that_may_be_constant():
    r"""Without $\mathrm{Var}(h) > 0$ there is no quotient."""
    yield variance_of_g - 2 * c * covariance + c**2 * variance_of_h
    yield variance_of_h * (c - covariance / variance_of_h) ** 2 + variance_of_g - covariance**2 / variance_of_h, algebra


@derivation(given=(*moments, variance_of_h > 0), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def control_variate_with_the_wrong_sign():
    r"""The best factor is $+\mathrm{Cov}/\mathrm{Var}$ for $g - c\,h$."""
    yield variance_of_g - 2 * c * covariance + c**2 * variance_of_h
    yield variance_of_h * (c + covariance / variance_of_h) ** 2 + variance_of_g - covariance**2 / variance_of_h, algebra


@derivation(given=(*moments, variance_of_h > 0), expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def variance_left_with_the_correlation_itself():
    r"""$1 - \rho^2$ is left, not $1 - \mathrm{Cov}^2/\mathrm{Var}(h)$."""
    yield variance_of_g - covariance**2 / variance_of_h
    yield (1 - covariance**2 / variance_of_h) * variance_of_g, algebra


@derivation(given=(*moments, variance_of_h > 0), expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def variance_left_and_more():
    r"""Less than the whole variance is left."""
    yield variance_of_h * (c - covariance / variance_of_h) ** 2 + variance_of_g - covariance**2 / variance_of_h
    yield ge(variance_of_g), algebra


law = conditional_law("q", parameters=theta, positive=True, smooth=1)
any_g = function("g", smooth=0)
score_of_law = D(log(density(law)(z)), theta)
MAY_DIFFER = (dominated(1, (z, law), by=theta), dominated(any_g(z), (z, law), by=theta))
SQUARES = (score_of_law**2, any_g(z) * score_of_law**2, any_g(z) ** 2 * score_of_law**2)
SECOND_MOMENTS = tuple(integrable(h, (z, law)) for h in SQUARES)


@derivation(given=MAY_DIFFER, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def baseline_under_any_law_with_the_sign():
    r"""$(g - b)s = gs - bs$."""
    yield E((any_g(z) - b) * score_of_law, (z, law))
    yield E(any_g(z) * score_of_law, (z, law)) + b * E(score_of_law**2, (z, law)), linearity


@derivation(given=MAY_DIFFER, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def gradient_under_any_law_with_the_sign():
    r"""The score comes with a plus."""
    yield E(any_g(z) * score_of_law, (z, law))
    yield -D(E(any_g(z), (z, law)), theta), score_function(theta)


@derivation(given=SECOND_MOMENTS, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def best_baseline_with_half_the_middle():
    r"""$(g - b)^2 = g^2 - 2bg + b^2$."""
    of_scores, of_both, of_products = (E(h, (z, law)) for h in SQUARES)
    yield E(((any_g(z) - b) * score_of_law) ** 2, (z, law))
    yield of_products - b * of_both + b**2 * of_scores, linearity


@derivation(given=SECOND_MOMENTS, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def best_baseline_with_its_square_forgotten():
    r"""$(g - b)^2 = g^2 - 2bg + b^2$."""
    of_scores, of_both, of_products = (E(h, (z, law)) for h in SQUARES)
    yield E(((any_g(z) - b) * score_of_law) ** 2, (z, law))
    yield of_products - 2 * b * of_both + b * of_scores, linearity


# --- two control variates -----------------------------------------------------------------------------------------

h1, h2 = (function(f"h_{n}", smooth=0, growth=1)(z) for n in (1, 2))
c1, c2, b1, b2, s12 = real("c_1 c_2 beta_1 beta_2 Sigma_12")
s11, s22 = positive("Sigma_11 Sigma_22")
determinant = s11 * s22 - s12**2


@derivation(given=(determinant > 0,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def coefficients_one_by_one():
    r"""Control variates that are correlated share the work: $c_1 = \beta_1/\Sigma_{11}$ does not solve the
    equations."""
    yield s11 * (b1 / s11) + s12 * (b2 / s22)
    yield b1, algebra


@derivation(given=(determinant > 0,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def inverse_with_the_wrong_sign():
    r"""The entries beside the diagonal change their signs in the inverse of a matrix."""
    yield s11 * (s22 * b1 + s12 * b2) / determinant + s12 * (s11 * b2 + s12 * b1) / determinant
    yield b1, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def covariance_of_the_pair_forgotten():
    r"""$(c_1h_1 + c_2h_2)^2$ has a term in the middle."""
    yield E((c1 * h1 + c2 * h2) ** 2, (z, p))
    yield c1**2 * E(h1**2, (z, p)) + c2**2 * E(h2**2, (z, p)), linearity


@derivation(given=(determinant > 0,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def square_completed_with_half_the_middle():
    r"""$\Sigma_{11}(d_1 + \frac{\Sigma_{12}}{\Sigma_{11}}d_2)^2$ holds the middle term twice."""
    yield s11 * c1**2 + 2 * s12 * c1 * c2 + s22 * c2**2
    yield s11 * (c1 + s12 / (2 * s11) * c2) ** 2 + determinant / s11 * c2**2, algebra


# --- conditional means --------------------------------------------------------------------------------------------

any_law = conditional_law("q")
T, of_kappa = function("T", smooth=0)(x), function("m", smooth=0)(function("kappa", smooth=0)(x))


def mean_of(t):
    return E(t, (x, any_law))


exist = tuple(integrable(b, (x, any_law)) for b in (T, of_kappa, T**2, of_kappa**2, T * of_kappa))
same_mean, tower = Eq(mean_of(T), mean_of(of_kappa)), Eq(mean_of(T * of_kappa), mean_of(of_kappa**2))


@derivation(given=(*exist, same_mean), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def a_function_that_is_no_conditional_mean():
    """That the means agree is not enough: the rest has to be orthogonal to the conditional mean."""
    yield 2 * mean_of(T * of_kappa) - mean_of(of_kappa**2)
    yield mean_of(of_kappa**2), hypothesis(tower)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def product_with_the_conditional_mean_once():
    r"""$(h_1 - h_2)^2 = h_1^2 - 2h_1h_2 + h_2^2$."""
    yield E(h1**2, (z, p))
    yield E((h1 - h2) ** 2, (z, p)) + E(h1 * h2, (z, p)) - E(h2**2, (z, p)), linearity


@derivation(given=exist, expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def rao_blackwell_the_wrong_way():
    """A mean square lies above the square of the mean, not below."""
    yield mean_of((T - of_kappa) ** 2)
    yield le(mean_of(T - of_kappa) ** 2), jensen(lambda t: t**2)
