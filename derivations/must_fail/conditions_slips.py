r"""Boundary terms, jumps and scores with slips: the derivations of ``conditions.py`` once more, each with an error in
what they add to the row of ``must_fail/conditions.py``."""

from sympy import Heaviside, Integral, Piecewise, Rational, exp, oo, sign, sin, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    leibniz,
    nonzero,
    positive,
    real,
    reparameterise,
    score_function,
    substitution,
    unit,
)
from symrep.distributions import Cauchy, Exponential, Laplace, Normal, Pareto, Uniform

mu, m, x, z, c, s, eps, e1, e2, F1, F2 = real("mu m x z c s epsilon epsilon_1 epsilon_2 F_1 F_2")
sigma, theta, x_m, a, b, d, w, lam, delta = positive("sigma theta x_m a b d w lambda Delta")
u, p = unit("u p")
t = nonzero("t")
WRONG = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)


@derivation(expected=WRONG)
def uniform_law_with_the_end_counted_twice():
    r"""The density at the end is $1/\theta$, so the boundary term is $1$."""
    U = Uniform(0, theta)
    yield D(E(x, (x, U)), theta)
    yield 2 + E(-x / theta, (x, U)), leibniz(theta)


@derivation(expected=WRONG)
def pareto_law_with_the_sign_of_the_end():
    r"""A lower end that moves up takes away."""
    P = Pareto(x_m, 3)
    yield D(E(x, (x, P)), x_m)
    yield E(3 * x / x_m, (x, P)) + 3, leibniz(x_m)


@derivation(expected=WRONG)
def score_of_a_continuous_function_with_the_scale():
    r"""The score holds $\sigma^2$."""
    f = function("f", smooth=0, growth=2)
    yield D(E(f(z), (z, Normal(mu, sigma))), mu)
    yield E(f(z) * (z - mu) / sigma, (z, Normal(mu, sigma))), score_function(mu)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def score_of_a_function_that_may_grow():
    r"""Continuity does not make $\mathbb{E}[f]$ exist."""
    f = function("f", smooth=0)
    yield D(E(f(z), (z, Normal(mu, sigma))), mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, Normal(mu, sigma))), score_function(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def wild_function_by_its_derivative():
    r"""The law moves with $\mu$, so the derivative does not go inside; by the path it would meet
    $\mathbb{E}|f'| = \infty$."""
    f = Piecewise((z**2 * sin(1 / z**2), z > 0), (0, True))
    yield D(E(f, (z, Normal(mu, sigma))), mu)
    yield E(D(f, mu), (z, Normal(mu, sigma))), differentiate_under_integral(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def wild_function_under_a_law_whose_end_moves():
    r"""The score function needs a support that stands still, whatever $f$ is."""
    U = Uniform(0, theta)
    yield D(E(w**2 * sin(1 / w**2), (w, U)), theta)
    yield E(-(w**2) * sin(1 / w**2) / theta, (w, U)), score_function(theta)


@derivation(expected=WRONG)
def slope_of_another_power():
    r"""The integral is $t$, not $t^2$."""
    yield Integral(t**3 * exp(-(t**2) * x), (x, 0, oo)) / t
    yield t, evaluate


@derivation(expected=WRONG)
def slope_with_the_sign_of_t():
    r"""$t^3/t^2 = t$ for negative $t$, too."""
    yield Integral(t**3 * exp(-(t**2) * x), (x, 0, oo)) / t
    yield sign(t), evaluate


@derivation(expected=WRONG)
def laplace_information_as_of_a_normal_law():
    r"""The variance is $2b^2$, the information not its inverse."""
    yield E((sign(z - m) / b) ** 2, (z, Laplace(m, b)))
    yield 1 / (2 * b**2), evaluate


@derivation(expected=WRONG)
def laplace_information_with_the_first_power():
    r"""The score is squared."""
    yield E((sign(z - m) / b) ** 2, (z, Laplace(m, b)))
    yield 1 / b, evaluate


@derivation(expected=WRONG)
def laplace_jump_of_half_the_height():
    r"""From $-1/b$ to $1/b$ it is $2/b$."""
    L = Laplace(0, b)
    yield -D(E(sign(z - delta) / b, (z, L)), delta)
    yield 1 / b * density(L)(delta), leibniz(delta)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def laplace_jump_with_the_density_doubled():
    r"""The density at $\Delta$ is $e^{-\Delta/b}/(2b)$."""
    L = Laplace(0, b)
    yield -D(E(sign(z - delta) / b, (z, L)), delta)
    yield 2 / b * density(L)(delta), leibniz(delta)
    yield 2 * exp(-delta / b) / b**2, definition


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def cauchy_location_with_the_scale():
    r"""The path's derivative by the location is $1$."""
    path = m + b * eps
    yield D(E(exp(-(path**2)), (eps, Cauchy(0, 1))), m)
    yield E(D(exp(-(path**2)), m), (eps, Cauchy(0, 1))), differentiate_under_integral(m)
    yield E(-2 * b * path * exp(-(path**2)), (eps, Cauchy(0, 1))), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def cauchy_location_by_a_normal_path():
    r"""Normal noise does not make a Cauchy variable."""
    f = function("f", smooth=1, growth=0)
    yield D(E(f(z), (z, Cauchy(m, b))), m)
    yield D(E(f(m + b * eps), (eps, Normal(0, 1))), m), reparameterise(eps, m + b * eps, base=Normal(0, 1))


@derivation(expected=WRONG)
def mixture_weight_with_the_jump_turned_round():
    r"""Larger $p$, more of the first component."""
    yield D(E(Heaviside(p - u) * F1 + Heaviside(u - p) * F2, (u, Uniform(0, 1))), p)
    yield F2 - F1, leibniz(p)


@derivation(expected=WRONG)
def mixture_weight_with_half_of_the_jump():
    r"""The first component does not go from $F_1$ to $0$: the second takes its place."""
    yield D(E(Heaviside(p - u) * F1 + Heaviside(u - p) * F2, (u, Uniform(0, 1))), p)
    yield F1, leibniz(p)


@derivation(expected=WRONG)
def mixture_mean_with_the_weights_exchanged():
    r"""$u < p$ has probability $p$."""
    yield E(Piecewise((F1, u < p), (F2, True)), (u, Uniform(0, 1)))
    yield (1 - p) * F1 + p * F2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def mixture_mean_differentiated_as_a_sum():
    r"""The weight of the second component falls."""
    yield D(p * F1 + (1 - p) * F2, p)
    yield F1 + F2, chain_rule


@derivation(expected=WRONG)
def score_alone_with_a_mean():
    r"""The score of the law that is drawn from is centred."""
    yield E((z - mu) / sigma**2, (z, Normal(mu, sigma)))
    yield mu / sigma**2, evaluate


@derivation(expected=WRONG)
def score_of_another_law_has_a_mean():
    r"""Drawn from $\mathcal{N}(0, \sigma^2)$, the score at $\mu$ has the mean $-\mu/\sigma^2$."""
    yield E((z - mu) / sigma**2, (z, Normal(0, sigma)))
    yield 0, evaluate


@derivation(expected=WRONG)
def exponential_rate_with_the_sign():
    r"""Larger rates make smaller variables."""
    yield D(E(w**2, (w, Exponential(lam))), lam)
    yield E(w**2 * (w - 1 / lam), (w, Exponential(lam))), score_function(lam)


@derivation(expected=WRONG)
def exponential_rate_without_its_normalisation():
    r"""The density's factor $\lambda$ contributes $1/\lambda$."""
    f = w**2 * sin(1 / w**2)
    yield D(E(f, (w, Exponential(lam))), lam)
    yield E(-f * w, (w, Exponential(lam))), score_function(lam)


@derivation(expected=WRONG)
def uniform_law_at_half():
    r"""$1 - \frac12$."""
    U = Uniform(0, theta)
    yield 1 + E(-x / theta, (x, U))
    yield Rational(3, 2), evaluate


@derivation(expected=WRONG)
def pareto_mean_of_another_shape():
    r"""At $\alpha = 3$ the mean is $\frac32x_m$."""
    yield E(3 * x / x_m, (x, Pareto(x_m, 3))) - 3
    yield 3, evaluate


@derivation(given=(c**2 < a * d,), expected=WRONG)
def covariance_divided_by_the_variance():
    r"""$\mathbb{E}[x_1x_2] = c$: the factor $\sqrt a$ of $x_1$ cancels."""
    x2 = c / sqrt(a) * e1 + sqrt(d - c**2 / a) * e2
    yield E(E(sqrt(a) * e1 * x2, (e2, Normal(0, 1))), (e1, Normal(0, 1)))
    yield E(c * e1**2 / a, (e1, Normal(0, 1))), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def continuous_function_at_one_end():
    r"""Both ends of the interval move, and the lower one takes away."""
    f = function("f", smooth=0)
    yield D(E(f(m + u), (u, Uniform(0, 1))), m)
    yield D(Integral(f(m + u), (u, 0, 1)), m), definition
    yield D(Integral(f(s), (s, m, m + 1)), m), substitution(u, s - m, s)
    yield f(m + 1) + f(m), leibniz(m)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def continuous_function_on_an_interval_that_stays():
    r"""The interval moves with $m$."""
    f = function("f", smooth=0)
    yield D(E(f(m + u), (u, Uniform(0, 1))), m)
    yield D(Integral(f(m + u), (u, 0, 1)), m), definition
    yield D(Integral(f(s), (s, 0, 1)), m), substitution(u, s - m, s)


@derivation(expected=WRONG)
def continuous_function_as_the_integral_of_its_derivative():
    r"""So it is for an absolutely continuous one; Cantor's function grows by 1 with a derivative that is $0$ almost
    everywhere."""
    f = function("f", smooth=0, growth=0)
    yield f(1) - f(0)
    yield Integral(D(f(s), s), (s, 0, 1)), algebra
