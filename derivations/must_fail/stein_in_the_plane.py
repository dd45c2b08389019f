r"""Stein's lemma, Bonnet's and Price's theorems in the plane with slips: two for each derivation of the gallery."""

from sympy import Rational, sqrt

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
    linearity,
    positive,
    real,
)
from symrep.distributions import Normal

x1, x2, e1, e2, mu1, mu2 = real("x_1 x_2 epsilon_1 epsilon_2 mu_1 mu_2")
s, t, b, cov = real("s t L_21 Sigma_12")
a, c = positive("L_11 L_22")
var1, var2 = positive("Sigma_11 Sigma_22")
f = function("f", smooth=1, growth=2, arity=2)
h = function("h", smooth=2, growth=2, arity=2)

noise = Normal(0, 1)
half = Rational(1, 2)
z = (mu1 + a * e1, mu2 + b * e1 + c * e2)
along_first, along_second = (s + a * e1, t + b * e1), (s, t + c * e2)
w = sqrt(var2 - cov**2 / var1)
y = (mu1 + sqrt(var1) * e1, mu2 + cov / sqrt(var1) * e1 + w * e2)


def wrong(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


def partial(g, point, *order):
    r"""A derivative of a function of two variables at a point."""
    at = {x1: point[0], x2: point[1]}
    return (g(x1, x2).diff(*order) if order else g(x1, x2)).subs(at, simultaneous=True)


def mean(body):
    r"""The expectation over both coordinates of the noise."""
    return E(body, (e1, noise), (e2, noise))


@derivation(expected=wrong(3))
def second_variable_left_out():
    r"""$\epsilon_1$ moves both variables."""
    at = along_first
    yield E(e1 * f(*at), (e1, noise))
    yield E(D(f(*at), e1), (e1, noise)), integration_by_parts(u=f(*at))
    yield E(a * partial(f, at, x1), (e1, noise)), chain_rule


@derivation(expected=wrong(2))
def parts_with_the_sign():
    r"""The minus of the parts and that of the density's slope cancel."""
    at = along_first
    yield E(e1 * f(*at), (e1, noise))
    yield -E(D(f(*at), e1), (e1, noise)), integration_by_parts(u=f(*at))


@derivation(expected=wrong(3))
def slope_by_the_first_variable():
    r"""$\epsilon_2$ moves the second one."""
    at = along_second
    yield E(e2 * f(*at), (e2, noise))
    yield E(D(f(*at), e2), (e2, noise)), integration_by_parts(u=f(*at))
    yield E(c * partial(f, at, x1), (e2, noise)), chain_rule


@derivation(expected=wrong(3))
def factor_of_the_chain_lost():
    r"""$L_{22}$."""
    at = along_second
    yield E(e2 * f(*at), (e2, noise))
    yield E(D(f(*at), e2), (e2, noise)), integration_by_parts(u=f(*at))
    yield E(partial(f, at, x2), (e2, noise)), chain_rule


@derivation(expected=wrong(2))
def slope_in_the_second_variable_lost():
    r"""Both terms have a mean."""
    yield mean(a * partial(f, z, x1) + b * partial(f, z, x2))
    yield a * mean(partial(f, z, x1)), linearity


@derivation(expected=wrong(2))
def slopes_with_the_entries_exchanged():
    r"""$L_{11}$ goes with the first variable, $L_{21}$ with the second."""
    yield mean(a * partial(f, z, x1) + b * partial(f, z, x2))
    yield b * mean(partial(f, z, x1)) + a * mean(partial(f, z, x2)), linearity


@derivation(expected=wrong(2))
def slope_with_the_other_scale():
    r"""$L_{22}$, not $L_{11}$."""
    yield mean(c * partial(f, z, x2))
    yield a * mean(partial(f, z, x2)), linearity


@derivation(expected=wrong(2))
def slope_without_its_scale():
    r"""$L_{22}$ is no 1."""
    yield mean(c * partial(f, z, x2))
    yield mean(partial(f, z, x2)), linearity


@derivation(expected=wrong(2))
def stein_with_the_variance_alone():
    r"""$\Sigma_{11}\mathbb{E}[\partial_1 f]$ is not all: for $f = x_2$ it would be 0."""
    yield mean((z[0] - mu1) * z[1])
    yield 0, evaluate


@derivation(expected=wrong(2))
def stein_with_the_factor_for_the_covariance():
    r"""$\Sigma_{12} = L_{11}L_{21}$, not $L_{21}$."""
    yield mean((z[0] - mu1) * z[1])
    yield b, evaluate


@derivation(expected=wrong(2))
def stein_without_the_noise_of_the_first():
    r"""$\Sigma_{22} = L_{21}^2 + L_{22}^2$."""
    yield mean((z[1] - mu2) * z[1])
    yield c**2, evaluate


@derivation(expected=wrong(2))
def stein_with_a_term_for_a_mean():
    r"""$(b\epsilon_1 + c\epsilon_2)f$ has two terms."""
    yield mean((z[1] - mu2) * f(*z))
    yield b * mean(e1 * f(*z)) - c * mean(e2 * f(*z)), linearity


@derivation(expected=wrong(3))
def bonnet_by_the_other_variable():
    r"""$\mu_2$ moves $z_2$."""
    yield D(mean(f(*z)), mu2)
    yield mean(D(f(*z), mu2)), differentiate_under_integral(mu2)
    yield mean(partial(f, z, x1)), chain_rule


@derivation(expected=wrong(3))
def bonnet_with_the_scale():
    r"""The mean moves $z_2$ with the slope 1, not $L_{22}$."""
    yield D(mean(f(*z)), mu2)
    yield mean(D(f(*z), mu2)), differentiate_under_integral(mu2)
    yield c * mean(partial(f, z, x2)), chain_rule


@derivation(expected=wrong(3))
def mixed_derivative_for_the_second():
    r"""$L_{11}$ goes with $\partial_1\partial_2 h$, $L_{21}$ with $\partial_2^2 h$."""
    at = along_first
    yield E(e1 * partial(h, at, x2), (e1, noise))
    yield E(D(partial(h, at, x2), e1), (e1, noise)), integration_by_parts(u=partial(h, at, x2))
    yield E((a + b) * partial(h, at, x1, x2), (e1, noise)), chain_rule


@derivation(expected=wrong(3))
def mixed_derivative_twice():
    r"""Each variable counts once."""
    at = along_first
    yield E(e1 * partial(h, at, x2), (e1, noise))
    yield E(D(partial(h, at, x2), e1), (e1, noise)), integration_by_parts(u=partial(h, at, x2))
    yield E(2 * a * partial(h, at, x1, x2) + b * partial(h, at, x2, x2), (e1, noise)), chain_rule


@derivation(expected=wrong(3))
def second_derivative_with_the_square():
    r"""The chain rule is used once."""
    at = along_second
    yield E(e2 * partial(h, at, x2), (e2, noise))
    yield E(D(partial(h, at, x2), e2), (e2, noise)), integration_by_parts(u=partial(h, at, x2))
    yield E(c**2 * partial(h, at, x2, x2), (e2, noise)), chain_rule


@derivation(expected=wrong(3))
def mixed_derivative_for_the_last():
    r"""$\epsilon_2$ moves the second variable alone."""
    at = along_second
    yield E(e2 * partial(h, at, x2), (e2, noise))
    yield E(D(partial(h, at, x2), e2), (e2, noise)), integration_by_parts(u=partial(h, at, x2))
    yield E(c * partial(h, at, x1, x2), (e2, noise)), chain_rule


@derivation(expected=wrong(2))
def curvature_in_the_second_variable_lost():
    r"""Both terms have a mean."""
    yield mean(a * partial(h, z, x1, x2) + b * partial(h, z, x2, x2))
    yield a * mean(partial(h, z, x1, x2)), linearity


@derivation(expected=wrong(2))
def curvatures_with_the_entries_exchanged():
    r"""$L_{11}$ goes with the mixed derivative."""
    yield mean(a * partial(h, z, x1, x2) + b * partial(h, z, x2, x2))
    yield b * mean(partial(h, z, x1, x2)) + a * mean(partial(h, z, x2, x2)), linearity


@derivation(expected=wrong(2))
def curvature_of_the_other_variable():
    r"""$\partial_2^2 h$, not $\partial_1^2 h$."""
    yield mean(c * partial(h, z, x2, x2))
    yield c * mean(partial(h, z, x1, x1)), linearity


@derivation(expected=wrong(2))
def curvature_with_the_sign():
    r"""No sign changes."""
    yield mean(c * partial(h, z, x2, x2))
    yield -c * mean(partial(h, z, x2, x2)), linearity


@derivation(given=(cov**2 < var1 * var2,), expected=wrong(2))
def price_with_the_half_off_the_diagonal():
    r"""$\Sigma_{12}$ and $\Sigma_{21}$ move together: 1 for $h = x_1x_2$, not $\frac12$."""
    yield D(mean(y[0] * y[1]), cov)
    yield half, evaluate


@derivation(given=(cov**2 < var1 * var2,), expected=wrong(3))
def price_without_the_last_entry():
    r"""With $L_{21}$ moves $L_{22} = \sqrt{\Sigma_{22} - \Sigma_{12}^2/\Sigma_{11}}$."""
    yield D(mean(h(*y)), cov)
    yield mean(D(h(*y), cov)), differentiate_under_integral(cov)
    yield mean(partial(h, y, x2) * e1 / sqrt(var1)), chain_rule


@derivation(given=(cov**2 < var1 * var2,), expected=wrong(2))
def price_for_a_variance_without_the_half():
    r"""1 for $h = x_2^2$, not 2."""
    yield D(mean(y[1] ** 2), var2)
    yield 2, evaluate


@derivation(given=(cov**2 < var1 * var2,), expected=wrong(3))
def price_for_a_variance_by_the_standard_deviation():
    r"""$\partial L_{22}/\partial\Sigma_{22} = 1/(2L_{22})$."""
    yield D(mean(h(*y)), var2)
    yield mean(D(h(*y), var2)), differentiate_under_integral(var2)
    yield mean(partial(h, y, x2) * e2), chain_rule
