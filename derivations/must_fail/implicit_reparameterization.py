"""Slips in implicit reparameterization: signs, quotients turned over, points and arguments confused, Jacobians lost."""

from sympy import Integral, digamma, erf, exp, gamma, log, lowergamma, oo, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    change_of_variables,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    integrable,
    integration_by_parts,
    inverse,
    leibniz,
    positive,
    pushforward,
    real,
    substitution,
    unit,
)
from symrep.distributions import Exponential, Gamma, Normal

x, z, e, theta, eta, mu, m = real("x z epsilon theta eta mu m")
sigma, s, lam, alpha, beta, w, v = positive("sigma s lambda alpha beta w v")
weight = unit("pi")

S, T = inverse(function("S", smooth=2, increasing=True, arity=2), "T")
noise = conditional_law("rho", smooth=1, positive=True)
f = function("f", smooth=1)

path = T(e, theta)
law = pushforward(noise, e, path)
S_z, S_theta = S(z, theta).diff(z), S(z, theta).diff(theta)
q = density(noise)(S(z, theta)) * S_z
along = dominated(f(path), (e, noise), by=theta)


def unequal(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


@derivation(expected=unequal(2))
def sign_of_the_implicit_derivative():
    r"""$\partial_\theta z$ and $\partial_\theta S$ have opposite signs where S increases: the sample has to make up."""
    yield D(path, theta)
    yield S_theta.subs(z, path) / S_z.subs(z, path), chain_rule


@derivation(expected=unequal(2))
def quotient_at_the_noise():
    """The derivatives of S are taken at the sample, not at the noise."""
    yield D(path, theta)
    yield -S_theta.subs(z, e) / S_z.subs(z, e), chain_rule


@derivation(expected=unequal(2))
def sample_at_another_parameter():
    r"""$S(T(\epsilon, \theta), \eta)$ is the noise only for $\eta = \theta$."""
    yield S(path, eta)
    yield e, algebra


@derivation(expected=unequal(2))
def noise_that_moves():
    r"""What is standardized no longer depends on $\theta$: the total derivative is 0, the partial one is not."""
    yield D(S(path, theta), theta)
    yield S_theta.subs(z, path), chain_rule


@derivation(expected=unequal(2))
def jacobian_of_the_path():
    r"""The factor is $\partial_z S$ at $z$, the derivative of the inverse of the path."""
    yield density(law)(z)
    yield density(noise)(S(z, theta)) * path.diff(e).subs(e, z), change_of_variables(inverse=S(z, theta))


@derivation(expected=unequal(2))
def jacobian_by_the_parameter():
    r"""Not $\partial_\theta S$: the parameter is fixed while the variable changes."""
    yield density(law)(z)
    yield density(noise)(S(z, theta)) * S_theta, change_of_variables(inverse=S(z, theta))


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def inverse_at_another_parameter():
    r"""The inverse of $T(\cdot, \theta)$ is $S(\cdot, \theta)$."""
    yield density(law)(z)
    yield density(noise)(S(z, eta)) * S(z, eta).diff(z), change_of_variables(inverse=S(z, eta))


@derivation(given=(along,), expected=unequal(3))
def gradient_without_the_slope():
    r"""The sample moves: $f'(z)$ alone, without $\partial_\theta z$, is the derivative by a shift."""
    yield D(E(f(path), (e, noise)), theta)
    yield E(D(f(path), theta), (e, noise)), differentiate_under_integral(theta)
    yield E(f(z).diff(z).subs(z, path), (e, noise)), chain_rule


@derivation(given=(integrable(f(path), (e, noise)),), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def nobody_said_that_the_path_is_dominated():
    """That the mean of f exists does not let the derivative pass under the integral sign."""
    yield D(E(f(path), (e, noise)), theta)
    yield E(D(f(path), theta), (e, noise)), differentiate_under_integral(theta)


F = Integral(q.subs(z, x), (x, -oo, z))
R = Integral(density(noise)(e), (e, -oo, S(z, theta)))


@derivation(expected=unequal(2))
def distribution_function_of_the_noise_at_the_sample():
    r"""The distribution function of the noise is taken at $S(z, \theta)$, not at $z$."""
    yield F
    yield Integral(density(noise)(e), (e, -oo, z)), substitution(x, T(e, theta), e)


@derivation(expected=unequal(2))
def upper_end_forgotten():
    """The range of the noise ends where the sample is: its whole mass is 1."""
    yield F
    yield Integral(density(noise)(e), (e, -oo, oo)), substitution(x, T(e, theta), e)


@derivation(expected=unequal(2))
def slope_without_the_jacobian():
    r"""$\partial_z F$ is the density of the sample, not that of the noise."""
    yield D(F, z)
    yield density(noise)(S(z, theta)), leibniz(z)


@derivation(expected=unequal(2))
def slope_is_not_the_score():
    r"""$\partial_z F$ is the density itself, not its derivative."""
    yield D(F, z)
    yield q.diff(z), leibniz(z)


@derivation(expected=unequal(2))
def end_that_moves_without_its_speed():
    r"""The end $S(z, \theta)$ moves with the speed $\partial_\theta S$."""
    yield -D(R, theta) / q
    yield -density(noise)(S(z, theta)) / q, leibniz(theta)


@derivation(expected=unequal(2))
def upper_end_with_the_sign_of_the_lower():
    """An upper end that moves up adds to the integral."""
    yield -D(R, theta) / q
    yield density(noise)(S(z, theta)) * S_theta / q, leibniz(theta)


G = function("F", smooth=2, arity=2)(z, theta)
known = (G > 0, G < 1, G.diff(z) > 0)


@derivation(given=known, expected=unequal(2))
def standardizations_confused():
    r"""The quotient is the same for both, the derivative of $\log\frac{F}{1 - F}$ alone is not that of $F$."""
    yield -D(log(G / (1 - G)), theta) / D(log(G / (1 - G)), z)
    yield -D(log(G / (1 - G)), theta) / G.diff(z), chain_rule


@derivation(given=known, expected=unequal(2))
def quotient_turned_over():
    r"""$-\partial_\theta F/\partial_z F$, not $-\partial_z F/\partial_\theta F$."""
    yield -D(log(G / (1 - G)), theta) / D(log(G / (1 - G)), z)
    yield -G.diff(z) / G.diff(theta), chain_rule


# --- laws ---------------------------------------------------------------------------------------------------------


F_1 = (1 + erf((z - mu) / (sqrt(2) * sigma))) / 2
F_2 = (1 + erf((z - m) / (sqrt(2) * s))) / 2


@derivation(expected=unequal(2))
def sign_for_the_normal_law():
    r"""A sample above the mean moves up when $\sigma$ grows, while $F$ falls there."""
    yield D(F_1, sigma) / density(Normal(mu, sigma))(z)
    yield (z - mu) / sigma, chain_rule


@derivation(expected=unequal(2))
def scale_of_the_argument_lost():
    r"""The argument of erf is $(z - \mu)/(\sqrt2\,\sigma)$: without the $\sqrt2$ it is another law."""
    yield -D((1 + erf((z - mu) / sigma)) / 2, sigma) / density(Normal(mu, sigma))(z)
    yield (z - mu) / sigma, chain_rule


@derivation(expected=unequal(2))
def survival_for_distribution():
    r"""$e^{-\lambda w}$ is $1 - F$: its derivative has the other sign."""
    yield -D(exp(-lam * w), lam) / density(Exponential(lam))(w)
    yield -w / lam, chain_rule


@derivation(expected=unequal(2))
def path_at_the_survival_function():
    r"""At $u = F$ the factor is $\log(1 - u)$; with $\log u$ the path runs from the other end."""
    yield -w / lam
    yield log(1 - exp(-lam * w)) / lam**2, algebra


@derivation(expected=unequal(2))
def scale_for_rate():
    r"""$+w/\beta$ would be right for a scale: a larger rate makes the sample smaller."""
    yield -D(lowergamma(alpha, beta * w) / gamma(alpha), beta) / density(Gamma(alpha, beta))(w)
    yield w / beta, chain_rule


@derivation(expected=unequal(2))
def incomplete_gamma_not_regularised():
    r"""$F$ is the regularised function: $\gamma(\alpha, \beta w)$ alone is $\Gamma(\alpha)$ times as large."""
    yield -D(lowergamma(alpha, beta * w), beta) / density(Gamma(alpha, beta))(w)
    yield -w / beta, chain_rule


gamma_density = density(Gamma(alpha, beta))


@derivation(expected=unequal(2))
def score_without_the_digamma():
    r"""The normalising constant $\Gamma(\alpha)$ depends on the shape, too."""
    yield -Integral(D(gamma_density(v), alpha), (v, 0, w)) / gamma_density(w)
    yield -Integral(gamma_density(v) * log(beta * v), (v, 0, w)) / gamma_density(w), chain_rule


@derivation(expected=unequal(2))
def score_over_the_whole_line():
    r"""Over all of $(0, \infty)$ the score has mean zero; up to $w$ it has not."""
    yield -Integral(gamma_density(v) * (log(beta * v) - digamma(alpha)), (v, 0, w)) / gamma_density(w)
    yield -Integral(gamma_density(v) * (log(beta * v) - digamma(alpha)), (v, 0, oo)) / gamma_density(w), algebra


p1, p2 = density(Normal(mu, sigma))(z), density(Normal(m, s))(z)
mixture = weight * p1 + (1 - weight) * p2
F_mixture = weight * F_1 + (1 - weight) * F_2


@derivation(expected=unequal(2))
def velocity_of_the_component_alone():
    """Given its component a sample would move by 1 with the mean; a sample of the mixture moves by the share."""
    yield -D(F_mixture, mu) / mixture
    yield 1, chain_rule


@derivation(expected=unequal(2))
def share_without_its_weight():
    r"""The share of the first component is $\pi\,p_1/q$."""
    yield -D(F_mixture, mu) / mixture
    yield p1 / mixture, chain_rule


@derivation(expected=unequal(2))
def order_of_the_components():
    r"""$F_2 - F_1$: more weight on the first component pulls the sample to it."""
    yield -D(F_mixture, weight) / mixture
    yield (F_1 - F_2) / mixture, chain_rule


@derivation(expected=unequal(2))
def densities_for_distribution_functions():
    r"""$\partial_\pi q$ is the difference of the densities, $\partial_\pi F$ that of the distribution functions."""
    yield -D(F_mixture, weight) / mixture
    yield (p2 - p1) / mixture, chain_rule


g = function("f", smooth=1, growth=2)


@derivation(expected=unequal(2))
def sign_of_the_parts():
    """By parts the sign turns."""
    yield Integral(g(z) * (p1 - p2), (z, -oo, oo))
    by_parts = integration_by_parts(u=g(z), v=F_1 - F_2)
    yield Integral(g(z).diff(z) * (F_1 - F_2), (z, -oo, oo)), by_parts


@derivation(expected=unequal(2))
def weight_of_the_other_component():
    r"""What the one component gains the other loses: $\partial_\pi (1 - \pi) = -1$."""
    yield D(Integral(g(z) * mixture, (z, -oo, oo)), weight)
    yield Integral(g(z) * (p1 + p2), (z, -oo, oo)), differentiate_under_integral(weight)
