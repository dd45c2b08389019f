r"""Thirteen conditions, each dropped once: the reason is named at the line where it happens, and the last line is the
wrong number that comes of it. What is right stands in ``conditions.py``, ``without_smoothness.py``,
``wild_function.py`` and ``relaxations.py``.

Two of the wrong numbers do not stand in a line of their own. That a continuous function need not be the integral of
its derivative is claimed and refuted for all continuous functions at once: the witness is Cantor's function, with the 0
and with what is right. And $\mathbb{E}|f'| = \infty$ for $x^2\sin(x^{-2})$ is no number: the kernel proves that the
mean diverges; how fast it does is derived in ``wild_function.py``."""

from sympy import Abs, Integral, Piecewise, Rational, cos, exp, log, oo, sign, sin, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    definition,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    indicator,
    integration_by_parts,
    leibniz,
    nonnegative_integer,
    positive,
    real,
    score_function,
    unit,
)
from symrep.distributions import Bernoulli, BinaryConcrete, Cauchy, Exponential, Laplace, Normal, Pareto, Uniform

mu, m, x, z, t, eps, e1, e2, c, z1, z2, F1, F2 = real("mu m x z t epsilon epsilon_1 epsilon_2 c z_1 z_2 F_1 F_2")
sigma, theta, x_m, a, b, d, v, w, lam, delta, phi = positive("sigma theta x_m a b d v w lambda Delta phi")
u, p, y = unit("u p y")
k = nonnegative_integer("k")
N01 = Normal(0, 1)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def uniform_law_by_the_score():
    r"""The support of $\mathcal{U}(0, \theta)$ moves with $\theta$: $-\frac12$ instead of $\frac12$. The boundary
    term $1$ is missing."""
    U = Uniform(0, theta)
    yield D(E(x, (x, U)), theta)
    yield E(-x / theta, (x, U)), score_function(theta)
    yield -Rational(1, 2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def pareto_law_by_the_score():
    r"""A Pareto law begins at $x_m$: $\frac92$ instead of $\frac32$. The boundary term $-3$ is missing."""
    P = Pareto(x_m, 3)
    yield D(E(x, (x, P)), x_m)
    yield E(3 * x / x_m, (x, P)), score_function(x_m)
    yield Rational(9, 2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.JUMP, line=2))
def step_by_its_derivative():
    r"""$\mathbf{1}\{\theta + \sigma\epsilon > 0\}$ is not continuous: $0$ instead of
    $\varphi(\theta/\sigma)/\sigma$."""
    path = theta + sigma * eps
    yield D(E(indicator(path > 0), (eps, N01)), theta)
    yield E(D(indicator(path > 0), theta), (eps, N01)), differentiate_under_integral(theta)
    yield E(0, (eps, N01)), chain_rule
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_DECLARED, line=2))
def continuity_for_absolute_continuity():
    r"""A continuous function need not be the integral of its derivative: Cantor's grows from 0 to 1 although its
    derivative is $0$ almost everywhere. Nothing but continuity is said of $f$, and it may be Cantor's: $0$ instead of
    $f(y + 1) - f(y)$, which is $1 - f(y)$ for $0 < y < 1$, $\frac12$ at $y = \frac13$."""
    f = function("f", smooth=0, growth=0)
    yield D(E(f(y + u), (u, Uniform(0, 1))), y)
    yield E(D(f(y + u), y), (u, Uniform(0, 1))), differentiate_under_integral(y)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=2))
def derivative_without_a_mean():
    r"""$\mathbb{E}|f'(w)| = \infty$ for $f(w) = w^2\sin(w^{-2})$, so $\mathbb{E}[\lambda f(w)]$ is not
    $\mathbb{E}[f'(w)]$ under an exponential law."""
    f = w**2 * sin(1 / w**2)
    yield E(lam * f, (w, Exponential(lam)))
    yield E(2 * w * sin(w**-2) - 2 / w * cos(w**-2), (w, Exponential(lam))), integration_by_parts(u=f)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_DOMINATED, line=2))
def derivative_that_nothing_dominates():
    r"""$\int_0^\infty t^3 e^{-t^2x}\,dx = t$: at $t = 0$ the derivative inside is $0$, outside it is $1$."""
    yield D(Integral(t**3 * exp(-(t**2) * x), (x, 0, oo)), t)
    yield Integral(D(t**3 * exp(-(t**2) * x), t), (x, 0, oo)), differentiate_under_integral(t)


@derivation(expected=Expected(Status.REFUTED, Reason.JUMP, line=2))
def laplace_information_by_curvature():
    r"""The score of a Laplace law's location jumps: $0$ instead of $e^{-\Delta/b}/b^2$, which is $1/b^2$ at
    $\Delta = 0$. The jump's $\frac2b f(\Delta)$ is missing."""
    L = Laplace(0, b)
    yield -D(E(sign(z - delta) / b, (z, L)), delta)
    yield -E(D(sign(z - delta) / b, delta), (z, L)), differentiate_under_integral(delta)
    yield -E(0, (z, L)), chain_rule
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def price_with_the_classical_second_derivative():
    r"""The second derivative of $|x|$ is $0$ off the kink and a point mass on it: $0$ instead of
    $1/(\sigma\sqrt{2\pi})$, $\sigma = \sqrt v$."""
    yield D(E(Abs(sqrt(v) * eps), (eps, N01)), v)
    yield E(0, (eps, N01)) / 2, leibniz(v)
    yield 0, evaluate


@derivation(given=(c**2 < a * d,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def price_with_two_free_entries():
    r"""$\nabla_\Sigma\mathbb{E}f = \frac12\mathbb{E}\nabla^2 f$ counts $\Sigma_{12}$ and $\Sigma_{21}$ as two
    variables. For a symmetric $\Sigma$ both move: $\frac12$ instead of $1$ for $f = x_1x_2$."""
    x1 = sqrt(a) * e1
    x2 = c / sqrt(a) * e1 + sqrt(d - c**2 / a) * e2
    yield D(E(x1 * x2, (e1, N01), (e2, N01)), c)
    yield Rational(1, 2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1))
def cauchy_location_by_its_path():
    r"""$\mathbb{E}[m + b\epsilon]$ under a Cauchy law is not defined, and neither is its derivative; the path has the
    derivative $1$."""
    yield D(E(m + b * eps, (eps, Cauchy(0, 1))), m)
    yield E(D(m + b * eps, m), (eps, Cauchy(0, 1))), differentiate_under_integral(m)
    yield E(1, (eps, Cauchy(0, 1))), chain_rule
    yield 1, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.JUMP, line=2))
def mixture_weight_by_its_path():
    r"""A component drawn by $\mathbf{1}\{u < p\}$ is constant in $p$ but for the jump: $0$ instead of
    $F_1 - F_2$."""
    both = Piecewise((F1, u < p), (F2, True))
    yield D(E(both, (u, Uniform(0, 1))), p)
    yield E(D(both, p), (u, Uniform(0, 1))), differentiate_under_integral(p)
    yield E(0, (u, Uniform(0, 1))), chain_rule
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def relaxed_for_discrete():
    r"""A binary Concrete variable of temperature 1 is no Bernoulli variable: its second moment is $0.206$, not
    $0.300$."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1))), definition
    yield Rational(15, 8) - Rational(63, 32) * log(Rational(7, 3)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def score_left_out_of_a_weighted_sum():
    r"""With two importance samples the score stands beside a normalised weight, $w_1/(w_1 + w_2)$ with $w(z) =
    e^{-\varphi z}$ up to a factor ($\mathcal{N}(\varphi, 1)$ for $\mathcal{N}(0, 1)$). Its mean is not zero, and a
    gradient along the path alone is biased by it."""
    q = Normal(phi, 1)
    yield E((z1 - phi) / (1 + exp(phi * (z1 - z2))), (z1, q), (z2, q))
    yield 0, evaluate
