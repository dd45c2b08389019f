r"""Chains of random variables, by induction on the number of steps: autoregressions, gradient descent, sums; and a
chain that keeps the normal law."""

from sympy import Integral, Limit, exp, factorial, oo, pi, sqrt

from symrep import (
    E,
    algebra,
    definition,
    density,
    derivation,
    evaluate,
    induction,
    le,
    positive,
    positive_integer,
    real,
    recursive,
    unit,
)
from symrep.distributions import Gamma, Normal

x, y = real("x y")
r, w, s, lam = positive("r w s lambda")
rho, eta = unit("rho eta")
n = positive_integer("n")
N = Normal(0, 1)
step = Normal(rho * x, sqrt(1 - rho**2))

HERE = "worked out here"

variance = recursive("V", (n, rho, s), (1, s**2), lambda V: rho**2 * V(n, rho, s) + s**2)
descent = recursive("M", (n, eta, x), (1, (1 - eta) * x), lambda M: (1 - eta) * M(n, eta, x))
waiting = recursive(
    "f", (n, r, lam), (1, lam * exp(-lam * r)),
    lambda f: Integral(f(n, w, lam) * lam * exp(-lam * (r - w)), (w, 0, r)),
)  # fmt: skip


@derivation(source=HERE)
def variance_of_an_autoregression():
    r"""$x_{n+1} = \rho\,x_n + s\,\epsilon$ from $x_0 = 0$, $0 < \rho < 1$: $V_1 = s^2$ and $V_{n+1} = \rho^2V_n +
    s^2$, so the variance is $s^2\frac{1 - \rho^{2n}}{1 - \rho^2}$ after $n$ steps, and stays below $\frac{s^2}{1 -
    \rho^2}$."""
    yield variance(n, rho, s)
    yield s**2 * (1 - rho ** (2 * n)) / (1 - rho**2), induction(n)
    yield le(s**2 / (1 - rho**2)), algebra


@derivation(source=HERE)
def variance_of_an_autoregression_in_the_end():
    r"""In the end it is $\frac{s^2}{1 - \rho^2}$."""
    yield Limit(s**2 * (1 - rho ** (2 * n)) / (1 - rho**2), n, oo)
    yield s**2 / (1 - rho**2), evaluate


@derivation(source=HERE)
def gradient_descent_on_a_square():
    r"""Gradient descent on $\frac12x^2$ with the learning rate $\eta$, $0 < \eta < 1$, goes from $x$ to $(1 - \eta)^n
    x$ in $n$ steps."""
    yield descent(n, eta, x)
    yield (1 - eta) ** n * x, induction(n)


@derivation(source=HERE)
def sum_of_n_exponentials():
    r"""The sum of $n$ independent waiting times of rate $\lambda$ has the density $\frac{\lambda^n r^{n-1}}{(n-1)!}
    e^{-\lambda r}$, by convolution with one more: Erlang's law, $\mathrm{Gamma}(n, \lambda)$."""
    yield waiting(n, r, lam)
    yield lam**n * r ** (n - 1) * exp(-lam * r) / factorial(n - 1), induction(n, step=evaluate)
    yield density(Gamma(n, lam))(r), algebra


@derivation(source=HERE)
def autoregression_that_keeps_the_normal_law():
    r"""A step $y = \rho x + \sqrt{1 - \rho^2}\,\epsilon$ from $x \sim \mathcal{N}(0, 1)$ leads to $\mathcal{N}(0,
    1)$."""
    yield E(density(step)(y), (x, N))
    yield Integral(density(step)(y) * density(N)(x), (x, -oo, oo)), definition
    yield density(N)(y), evaluate


@derivation(source=HERE)
def balance_of_the_autoregression():
    r"""It is in detailed balance: from $x$ to $y$ goes as much as from $y$ to $x$. So it serves as a proposal whose
    acceptance depends on the likelihood alone."""
    yield density(N)(x) * density(step)(y)
    yield exp(-(x**2 - 2 * rho * x * y + y**2) / (2 * (1 - rho**2))) / (2 * pi * sqrt(1 - rho**2)), definition
    yield density(N)(y) * density(Normal(rho * y, sqrt(1 - rho**2)))(x), algebra
