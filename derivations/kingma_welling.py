r"""The list of Kingma & Welling: every family as a differentiable map of parameter-free noise.

Of the 22 names, those of the first two kinds are bijections of one variable and are shown here. The compositions of
several variables (Gamma as a sum, Beta, $\chi^2$, F, Student's t) are in ``sums_and_ratios.py``. Four traps of the
list: the noise of the inverse distribution function is uniform on $(0, 1)$ for each coordinate, not "$U(0, I)$"; an
Erlang law has no elementary quantile beyond order 1 and belongs to the compositions; a Dirichlet vector is Gamma
variables *normalised*, not a weighted sum; a Gamma law is a sum of exponentials for whole shapes only, and location
and scale reach neither Student's degrees of freedom nor the relative mode of a triangular law. Two names are missing:
an elliptical law is one of several variables, and the quantile of a triangular law has two branches that meet at the
mode.

$f$ is any bounded continuous function; the expectations of these determine a law."""

from sympy import Rational, exp, log, pi, sqrt, tan

from symrep import E, derivation, function, positive, real, reparameterise, unit
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
    Uniform,
    Weibull,
)

x, z, eps, mu, m, a, b = real("x z epsilon mu m a b")
s, sigma, lam, k, nu, alpha, eta, c, d, w, x_m = positive("s sigma lambda k nu alpha eta c d w x_m")
u = unit("u")
U = Uniform(0, 1)
f = function("f", smooth=0, growth=0)
half = Rational(1, 2)

LIST = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4"


# --- 1. inverse distribution functions ----------------------------------------------------------------------------


@derivation(source=LIST)
def exponential():
    r"""$F^{-1}(u) = -\log(1 - u)/\lambda$."""
    path = -log(1 - u) / lam
    yield E(f(w), (w, Exponential(lam)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def cauchy():
    r"""$F^{-1}(u) = m + s\tan(\pi(u - \frac12))$."""
    path = m + s * tan(pi * (u - half))
    yield E(f(x), (x, Cauchy(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def logistic():
    r"""$F^{-1}(u) = m + s\log\frac{u}{1-u}$."""
    path = m + s * log(u / (1 - u))
    yield E(f(x), (x, Logistic(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def rayleigh():
    r"""$F^{-1}(u) = \sigma\sqrt{-2\log(1 - u)}$."""
    path = sigma * sqrt(-2 * log(1 - u))
    yield E(f(w), (w, Rayleigh(sigma)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def pareto():
    r"""$F^{-1}(u) = x_m(1 - u)^{-1/\alpha}$; the support begins at $x_m$, which moves with the parameter, and so
    does the path."""
    path = x_m * (1 - u) ** (-1 / alpha)
    yield E(f(w), (w, Pareto(x_m, alpha)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def weibull():
    r"""$F^{-1}(u) = \lambda(-\log(1 - u))^{1/k}$."""
    path = lam * (-log(1 - u)) ** (1 / k)
    yield E(f(w), (w, Weibull(k, lam)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST, given=(c < d,))
def reciprocal():
    r"""$F^{-1}(u) = c\,(d/c)^u$ for the density $\propto 1/x$ on $(c, d)$."""
    path = c * (d / c) ** u
    yield E(f(w), (w, Reciprocal(c, d)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def gompertz():
    r"""$F^{-1}(u) = \frac1k\log\left(1 - \frac{\log(1-u)}{\eta}\right)$."""
    path = log(1 - log(1 - u) / eta) / k
    yield E(f(w), (w, Gompertz(k, eta)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def gumbel():
    r"""$F^{-1}(u) = m - s\log(-\log u)$."""
    path = m - s * log(-log(u))
    yield E(f(x), (x, Gumbel(m, s)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


# --- 2. location and scale ----------------------------------------------------------------------------------------


@derivation(source=LIST)
def laplace():
    r"""$m + s\epsilon$ with standard Laplace noise."""
    path = m + s * eps
    yield E(f(x), (x, Laplace(m, s)))
    yield E(f(path), (eps, Laplace(0, 1))), reparameterise(eps, path, base=Laplace(0, 1))


@derivation(source=LIST)
def student():
    r"""$\mu + \sigma\epsilon$ with Student noise of the same $\nu$: a gradient by $\nu$ is out of reach of this map."""
    path = mu + sigma * eps
    yield E(f(x), (x, StudentT(nu, mu, sigma)))
    yield E(f(path), (eps, StudentT(nu, 0, 1))), reparameterise(eps, path, base=StudentT(nu, 0, 1))


@derivation(source=LIST)
def logistic_by_scale():
    r"""$m + s\epsilon$ with standard logistic noise."""
    path = m + s * eps
    yield E(f(x), (x, Logistic(m, s)))
    yield E(f(path), (eps, Logistic(0, 1))), reparameterise(eps, path, base=Logistic(0, 1))


@derivation(source=LIST, given=(a < b,))
def uniform():
    r"""$a + (b - a)u$."""
    path = a + (b - a) * u
    yield E(f(x), (x, Uniform(a, b)))
    yield E(f(path), (u, U)), reparameterise(u, path, base=U)


@derivation(source=LIST)
def normal():
    r"""$\mu + \sigma\epsilon$."""
    path = mu + sigma * eps
    yield E(f(x), (x, Normal(mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


# --- 3. composition, of one variable ------------------------------------------------------------------------------


@derivation(source=LIST)
def lognormal():
    r"""$e^{\mu + \sigma\epsilon}$, the exponential of a normal variable."""
    path = exp(mu + sigma * eps)
    yield E(f(w), (w, LogNormal(mu, sigma)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))


@derivation(source=LIST)
def chi_squared_of_order_one():
    r"""$\epsilon^2$: two branches, and no parameter left to differentiate by."""
    path = eps**2
    yield E(f(w), (w, ChiSquared(1)))
    yield E(f(path), (eps, Normal(0, 1))), reparameterise(eps, path, base=Normal(0, 1))
