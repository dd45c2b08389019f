r"""The list of Kingma & Welling: every family as a differentiable map of parameter-free noise.

Of the 22 names, those of the first two kinds are bijections of one variable and are shown here. The compositions of
several variables (Gamma as a sum, Beta, $\chi^2$, F, Student's t) are in ``sums_and_ratios.py``. Four traps of the
list: the noise of the inverse distribution function is uniform on $(0, 1)$ for each coordinate, not "$U(0, I)$"; an
Erlang law has no elementary quantile beyond order 1 and belongs to the compositions; a Dirichlet vector is Gamma
variables *normalised*, not a weighted sum; a Gamma law is a sum of exponentials for whole shapes only, and location
and scale reach neither Student's degrees of freedom nor the relative mode of a triangular law, which takes the quantile
with its two branches. One name stands elsewhere: elliptical laws, of one and two variables, in ``elliptical.py``.

$f$ is any bounded continuous function; the expectations of these determine a law."""

from sympy import Integral, Piecewise, Rational, exp, log, pi, sqrt, tan

from symrep import (
    E,
    definition,
    density,
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

x, y, z, eps, mu, m, a, b = real("x y z epsilon mu m a b")
s, sigma, lam, k, nu, alpha, eta, c, d, w, x_m = positive("s sigma lambda k nu alpha eta c d w x_m")
u, v, q = unit("u v q")
U = Uniform(0, 1)
f = function("f", smooth=0, growth=0)
half = Rational(1, 2)

LIST = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4"
TRIANGULAR = "Wikipedia, Triangular distribution, section Generating random variates"


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


@derivation(source=LIST)
def triangular():
    r"""$a + su$ with triangular noise $u$ on $(0, 1)$ whose mode $q$ is the relative one, $(\text{mode} - a)/s$: a
    gradient by $q$ is out of reach of this map."""
    path = a + s * y
    yield E(f(x), (x, Triangular(a, a + q * s, a + s)))
    yield E(f(path), (y, Triangular(0, q, 1))), reparameterise(y, path, base=Triangular(0, q, 1))


@derivation(source=TRIANGULAR)
def triangular_by_its_quantile():
    r"""$\sqrt{qu}$ below the mode, where $u < q$, and $1 - \sqrt{(1 - q)(1 - u)}$ above: two branches that meet at the
    mode, each mapped by itself. This map moves $q$, too."""
    below, above = sqrt(q * u), 1 - sqrt((1 - q) * (1 - u))
    rest = Integral(f(above.subs(u, v)), (v, q, 1))
    left, right = Integral(f(y) * 2 * y / q, (y, 0, q)), Integral(f(y) * 2 * (1 - y) / (1 - q), (y, q, 1))
    yield E(f(Piecewise((below, u < q), (above, True))), (u, U))
    yield Integral(f(Piecewise((below, u < q), (above, True))), (u, 0, 1)), definition
    yield Integral(f(below.subs(u, w)), (w, 0, q)) + rest, split_at(q)
    yield left + rest, substitution(w, y**2 / q, y, low=0, high=q)
    yield left + right, substitution(v, 1 - (1 - y) ** 2 / (1 - q), y, low=q, high=1)
    yield Integral(f(y) * density(Triangular(0, q, 1))(y), (y, 0, 1)), split_at(q)
    yield E(f(y), (y, Triangular(0, q, 1))), definition


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
