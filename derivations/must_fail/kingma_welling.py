"""Paths that do not lead to the law: two for each row of the list of Kingma & Welling."""

from sympy import Integral, Piecewise, Rational, exp, log, pi, sqrt, tan

from symrep import (
    E,
    Expected,
    Reason,
    Status,
    definition,
    derivation,
    function,
    positive,
    real,
    reparameterise,
    split_at,
    substitution,
    unit,
)
from symrep.distributions import (
    Cauchy,
    ChiSquared,
    Exponential,
    Gompertz,
    Gumbel,
    Laplace,
    Logistic,
    LogNormal,
    Normal,
    Pareto,
    Rayleigh,
    Reciprocal,
    StudentT,
    Triangular,
    Uniform,
    Weibull,
)

x, y, eps, mu, m, a, b = real("x y epsilon mu m a b")
s, sigma, lam, k, nu, alpha, eta, c, d, w, x_m = positive("s sigma lambda k nu alpha eta c d w x_m")
u, q = unit("u q")
U = Uniform(0, 1)
f = function("f", smooth=1, growth=0)
half = Rational(1, 2)
WRONG = Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2)


@derivation(expected=WRONG)
def exponential_with_the_sign():
    r"""The logarithm of a number below 1 is negative."""
    path = log(1 - u) / lam
    yield E(f(w), (w, Exponential(lam)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def exponential_with_the_scale():
    r"""$\lambda$ is a rate."""
    path = -lam * log(1 - u)
    yield E(f(w), (w, Exponential(lam)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def cauchy_not_centred():
    r"""This is half of a Cauchy law."""
    path = m + s * tan(pi * u / 2)
    yield E(f(x), (x, Cauchy(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def cauchy_without_pi():
    r"""The angle runs from $-\pi/2$ to $\pi/2$."""
    path = m + s * tan(u - half)
    yield E(f(x), (x, Cauchy(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def logistic_without_the_odds():
    r"""The odds $u/(1-u)$ are needed."""
    path = m + s * log(u)
    yield E(f(x), (x, Logistic(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def logistic_with_the_scale_inverted():
    r"""$s$ is a scale."""
    path = m + log(u / (1 - u)) / s
    yield E(f(x), (x, Logistic(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def rayleigh_without_two():
    r"""The factor 2 is missing."""
    path = sigma * sqrt(-log(1 - u))
    yield E(f(w), (w, Rayleigh(sigma)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def rayleigh_without_the_root():
    r"""This is exponential."""
    path = -2 * sigma * log(1 - u)
    yield E(f(w), (w, Rayleigh(sigma)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def pareto_with_the_power_inverted():
    r"""The exponent is $-1/\alpha$."""
    path = x_m * (1 - u) ** (-alpha)
    yield E(f(w), (w, Pareto(x_m, alpha)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def pareto_with_the_sign_of_the_power():
    r"""This runs below $x_m$."""
    path = x_m * (1 - u) ** (1 / alpha)
    yield E(f(w), (w, Pareto(x_m, alpha)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def weibull_with_the_power_inverted():
    r"""The exponent is $1/k$."""
    path = lam * (-log(1 - u)) ** k
    yield E(f(w), (w, Weibull(k, lam)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def weibull_with_the_scale_inside():
    r"""$\lambda$ is a scale."""
    path = (-lam * log(1 - u)) ** (1 / k)
    yield E(f(w), (w, Weibull(k, lam)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG, given=(c < d,))
def reciprocal_as_if_uniform():
    r"""This is uniform."""
    path = c + (d - c) * u
    yield E(f(w), (w, Reciprocal(c, d)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG, given=(c < d,))
def reciprocal_turned_round():
    r"""This runs below $c$."""
    path = c * (c / d) ** u
    yield E(f(w), (w, Reciprocal(c, d)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def gompertz_without_eta():
    r"""$\eta$ is missing."""
    path = log(1 - log(1 - u)) / k
    yield E(f(w), (w, Gompertz(k, eta)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def gompertz_with_the_rate_inverted():
    r"""$k$ is a rate."""
    path = k * log(1 - log(1 - u) / eta)
    yield E(f(w), (w, Gompertz(k, eta)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def gumbel_of_the_minimum():
    r"""This is the law of minima."""
    path = m + s * log(-log(u))
    yield E(f(x), (x, Gumbel(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def gumbel_with_one_logarithm():
    r"""Two logarithms are needed."""
    path = m - s * log(u)
    yield E(f(x), (x, Gumbel(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def laplace_with_the_scale_squared():
    r"""$s$, not $s^2$."""
    path = m + s**2 * eps
    yield E(f(x), (x, Laplace(m, s)))
    yield E(f(path), (eps, Laplace(0, 1))), reparameterise(eps, path, base=Laplace(0, 1))


@derivation(expected=WRONG)
def laplace_with_normal_noise():
    r"""The noise has to be Laplace."""
    path = m + s * eps
    yield E(f(x), (x, Laplace(m, s)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def student_with_normal_noise():
    r"""The noise has heavier tails."""
    path = mu + sigma * eps
    yield E(f(x), (x, StudentT(nu, mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def student_with_other_degrees():
    r"""The degrees of freedom do not scale."""
    path = mu + sigma * eps
    yield E(f(x), (x, StudentT(nu, mu, sigma)))
    yield E(f(path), (eps, StudentT(nu + 1, 0, 1))), reparameterise(eps, path, base=StudentT(nu + 1, 0, 1))


@derivation(expected=WRONG)
def logistic_with_the_location_scaled():
    r"""The location is added after scaling."""
    path = s * (m + eps)
    yield E(f(x), (x, Logistic(m, s)))
    yield E(f(path), (eps, Logistic(0, 1))), reparameterise(eps, path, base=Logistic(0, 1))


@derivation(expected=WRONG)
def logistic_with_normal_noise():
    r"""The noise has to be logistic."""
    path = m + s * eps
    yield E(f(x), (x, Logistic(m, s)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG, given=(a < b,))
def uniform_without_the_width():
    r"""The width is $b - a$."""
    path = a + b * u
    yield E(f(x), (x, Uniform(a, b)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG, given=(a < b,))
def uniform_with_the_ends_mixed():
    r"""This runs beyond $b$."""
    path = b + (b - a) * u
    yield E(f(x), (x, Uniform(a, b)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(expected=WRONG)
def normal_with_the_variance():
    r"""The standard deviation is wanted."""
    path = mu + sigma**2 * eps
    yield E(f(x), (x, Normal(mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def normal_with_the_location_scaled():
    r"""The location is added after scaling."""
    path = sigma * (mu + eps)
    yield E(f(x), (x, Normal(mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def lognormal_with_the_variance():
    r"""The standard deviation is wanted."""
    path = exp(mu + sigma**2 * eps)
    yield E(f(w), (w, LogNormal(mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def lognormal_without_the_spread():
    r"""$\sigma$ is lost."""
    path = exp(mu + eps)
    yield E(f(w), (w, LogNormal(mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def chi_squared_of_half():
    r"""This is a Gamma variable with rate 1."""
    path = eps**2 / 2
    yield E(f(w), (w, ChiSquared(1)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def chi_squared_of_two_degrees():
    r"""One square has one degree of freedom."""
    path = eps**2
    yield E(f(w), (w, ChiSquared(2)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(expected=WRONG)
def triangular_with_the_mode_itself():
    r"""The noise has the relative mode."""
    path = a + s * y
    yield E(f(x), (x, Triangular(a, a + q**2 * s, a + s)))
    yield E(f(path), (y, Triangular(0, q, 1))), reparameterise(y, path, base=Triangular(0, q, 1))


@derivation(expected=WRONG)
def triangular_scaled_from_its_upper_end():
    r"""$a + sy$ begins at $a$."""
    path = a - s * y
    yield E(f(x), (x, Triangular(a, a + q * s, a + s)))
    yield E(f(path), (y, Triangular(0, q, 1))), reparameterise(y, path, base=Triangular(0, q, 1))


below, above = sqrt(q * u), 1 - sqrt((1 - q) * (1 - u))
quantile = Piecewise((below, u < q), (above, True))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def triangular_with_one_branch():
    r"""Below the mode lies only the part $q$ of the noise."""
    yield E(f(quantile), (u, U))
    yield Integral(f(quantile), (u, 0, 1)), definition
    yield Integral(f(below), (u, 0, q)) + Integral(f(below), (u, q, 1)), split_at(q)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def triangular_without_the_slope():
    r"""$du = (2y/q)\,dy$."""
    yield Integral(f(below), (u, 0, q))
    yield Integral(f(y) * y / q, (y, 0, q)), substitution(u, y**2 / q, y, low=0, high=q)
