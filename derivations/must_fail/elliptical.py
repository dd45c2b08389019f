r"""Elliptical laws with slips: the derivations of ``elliptical.py``, each with an error in one line."""

from sympy import exp, gamma, oo, pi, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    change_of_variables,
    definition,
    density,
    derivation,
    det,
    differentiate_under_integral,
    dominated,
    function,
    positive,
    pushforward,
    real,
    spherical_law,
)
from symrep.distributions import Normal, StudentT

y, mu, m1, m2, c = real("y mu mu_1 mu_2 c")
e, e1, e2, y1, y2 = real("epsilon epsilon_1 epsilon_2 y_1 y_2")
sigma, a, d, nu = positive("sigma a d nu")
g, f = function("g", smooth=0), function("f", smooth=1)
S1, S2 = spherical_law(g, 1), spherical_law(g, 2)
X, Y = pushforward(S1, e, mu + sigma * e), pushforward(S2, (e1, e2), (m1 + a * e1, m2 + c * e1 + d * e2))
u1, u2 = y1 - m1, y2 - m2
back = (u1 / a, (u2 - c * u1 / a) / d)
covariance = det([[a**2, a * c], [a * c, c**2 + d**2]])
form = (c**2 + d**2) * u1**2 - 2 * a * c * u1 * u2 + a**2 * u2**2


def wrong(line, reason=Reason.UNEQUAL):
    return Expected(Status.REFUTED, reason, line=line)


@derivation(expected=wrong(2))
def on_the_line_without_the_scale():
    r"""The density is divided by $\sigma$."""
    yield density(X)(y)
    yield density(S1)((y - mu) / sigma), change_of_variables


@derivation(expected=wrong(3))
def on_the_line_without_the_square():
    r"""The generator takes the square of the distance."""
    yield density(X)(y)
    yield density(S1)((y - mu) / sigma) / sigma, change_of_variables
    yield g((y - mu) / sigma) / sigma, definition


@derivation(expected=wrong(4))
def in_the_plane_with_the_determinant():
    r"""$|\Sigma|^{-1/2}$: the determinant of $\Sigma$ is the square of that of $L$."""
    yield density(Y)(y1, y2)
    yield density(S2)(*back) / (a * d), change_of_variables(inverse=back)
    yield g(back[0] ** 2 + back[1] ** 2) / (a * d), definition
    yield g(form / covariance) / covariance, algebra


@derivation(expected=wrong(2))
def in_the_plane_with_the_covariance_for_its_inverse():
    r"""The adjugate has the variances exchanged and the sign of the covariance turned."""
    yield g(back[0] ** 2 + back[1] ** 2) / (a * d)
    other = (c**2 + d**2) * u1**2 + 2 * a * c * u1 * u2 + a**2 * u2**2
    yield g(other / covariance) / sqrt(covariance), algebra


@derivation(expected=wrong(2, Reason.INVERSE_WRONG))
def in_the_plane_by_the_transpose():
    r"""$L$ is lower triangular: the first coordinate is solved first."""
    other = ((u1 - c * u2 / d) / a, u2 / d)
    yield density(Y)(y1, y2)
    yield density(S2)(*other) / (a * d), change_of_variables(inverse=other)


@derivation(expected=wrong(3))
def normal_law_with_the_whole_square():
    r"""$e^{-r/2}$, not $e^{-r}$."""
    N = spherical_law(lambda r: exp(-r) / sqrt(2 * pi), 1)
    yield density(pushforward(N, e, mu + sigma * e))(y)
    yield density(N)((y - mu) / sigma) / sigma, change_of_variables
    yield density(Normal(mu, sigma))(y), definition


@derivation(expected=wrong(3))
def normal_law_with_the_constant_of_the_plane():
    r"""$1/(2\pi)$ is the constant of two dimensions."""
    N = spherical_law(lambda r: exp(-r / 2) / (2 * pi), 1)
    yield density(pushforward(N, e, mu + sigma * e))(y)
    yield density(N)((y - mu) / sigma) / sigma, change_of_variables
    yield density(Normal(mu, sigma))(y), definition


@derivation(expected=wrong(3))
def student_law_with_the_power_of_the_plane():
    r"""$(\nu + 1)/2$; $(\nu + 2)/2$ is that of two dimensions."""
    constant = gamma((nu + 1) / 2) / (sqrt(pi * nu) * gamma(nu / 2))
    T = spherical_law(lambda r: constant * (1 + r / nu) ** (-(nu + 2) / 2), 1)
    yield density(pushforward(T, e, mu + sigma * e))(y)
    yield density(T)((y - mu) / sigma) / sigma, change_of_variables
    yield density(StudentT(nu, mu, sigma))(y), definition


@derivation(expected=wrong(3))
def student_law_without_its_degrees():
    r"""$1 + r/\nu$."""
    constant = gamma((nu + 1) / 2) / (sqrt(pi * nu) * gamma(nu / 2))
    T = spherical_law(lambda r: constant * (1 + r) ** (-(nu + 1) / 2), 1)
    yield density(pushforward(T, e, mu + sigma * e))(y)
    yield density(T)((y - mu) / sigma) / sigma, change_of_variables
    yield density(StudentT(nu, mu, sigma))(y), definition


path = mu + sigma * e


@derivation(
    expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2),
    given=(dominated(f(path) * g(e**2), (e, -oo, oo), by=mu),),
)
def gradient_by_the_scale_with_the_hypothesis_of_the_location():
    r"""What dominates the one derivative need not dominate the other."""
    yield D(E(f(path), (e, S1)), sigma)
    yield E(D(f(path), sigma), (e, S1)), differentiate_under_integral(sigma)


@derivation(expected=wrong(3))
def gradient_by_the_location_with_the_scale():
    r"""The path has the slope 1 in $\mu$; shown for a normal generator."""
    h = function("h", smooth=1, growth=2)
    N = spherical_law(lambda r: exp(-r / 2) / sqrt(2 * pi), 1)
    yield D(E(h(path), (e, N)), mu)
    yield E(D(h(path), mu), (e, N)), differentiate_under_integral(mu)
    yield E(sigma * h(path).diff(mu), (e, N)), chain_rule
