"""Chains with slips: two for each derivation of the gallery."""

from sympy import Integral, Limit, exp, factorial, oo, pi, sqrt

from symrep import (
    E,
    Expected,
    Reason,
    Status,
    algebra,
    definition,
    density,
    derivation,
    evaluate,
    ge,
    induction,
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
SECOND = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
THIRD = Expected(Status.REFUTED, Reason.UNEQUAL, line=3)

variance = recursive("V", (n, rho, s), (1, s**2), lambda V: rho**2 * V(n, rho, s) + s**2)
descent = recursive("M", (n, eta, x), (1, (1 - eta) * x), lambda M: (1 - eta) * M(n, eta, x))
waiting = recursive(
    "f", (n, r, lam), (1, lam * exp(-lam * r)),
    lambda f: Integral(f(n, w, lam) * lam * exp(-lam * (r - w)), (w, 0, r)),
)  # fmt: skip


@derivation(expected=SECOND)
def an_autoregression_one_step_further():
    r"""$n + 1$ terms of the geometric series after $n$ steps."""
    yield variance(n, rho, s)
    yield s**2 * (1 - rho ** (2 * n + 2)) / (1 - rho**2), induction(n)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def an_autoregression_above_its_end():
    r"""It comes from below."""
    yield variance(n, rho, s)
    yield s**2 * (1 - rho ** (2 * n)) / (1 - rho**2), induction(n)
    yield ge(s**2 / (1 - rho**2)), algebra


@derivation(expected=SECOND)
def an_end_without_the_square():
    r"""The variances are multiplied by $\rho^2$."""
    yield Limit(s**2 * (1 - rho ** (2 * n)) / (1 - rho**2), n, oo)
    yield s**2 / (1 - rho), evaluate


@derivation(expected=SECOND)
def an_end_without_memory():
    r"""What came before does not go away at once."""
    yield Limit(s**2 * (1 - rho ** (2 * n)) / (1 - rho**2), n, oo)
    yield s**2, evaluate


@derivation(expected=SECOND)
def descent_that_is_late():
    r"""$n - 1$ steps."""
    yield descent(n, eta, x)
    yield (1 - eta) ** (n - 1) * x, induction(n)


@derivation(expected=SECOND)
def descent_uphill():
    r"""The gradient is subtracted."""
    yield descent(n, eta, x)
    yield (1 + eta) ** n * x, induction(n)


@derivation(expected=SECOND)
def a_sum_with_one_draw_too_many():
    r"""$r^n/n!$ belongs to $n + 1$ draws."""
    yield waiting(n, r, lam)
    yield lam**n * r**n * exp(-lam * r) / factorial(n), induction(n, step=evaluate)


@derivation(expected=THIRD)
def a_sum_of_another_shape():
    r"""The shape is $n$."""
    yield waiting(n, r, lam)
    yield lam**n * r ** (n - 1) * exp(-lam * r) / factorial(n - 1), induction(n, step=evaluate)
    yield density(Gamma(n + 1, lam))(r), algebra


@derivation(expected=SECOND)
def a_step_with_the_variance_for_its_root():
    r"""The standard deviation of the step is $\sqrt{1 - \rho^2}$."""
    yield E(density(step)(y), (x, N))
    yield Integral(density(Normal(rho * x, 1 - rho**2))(y) * density(N)(x), (x, -oo, oo)), definition


@derivation(expected=THIRD)
def a_step_that_spreads():
    r"""That is the law if the noise is not scaled down."""
    yield E(density(step)(y), (x, N))
    yield Integral(density(step)(y) * density(N)(x), (x, -oo, oo)), definition
    yield density(Normal(0, sqrt(1 + rho**2)))(y), evaluate


@derivation(expected=SECOND)
def balance_of_the_wrong_sign():
    r"""Neighbours are positively correlated."""
    yield density(N)(x) * density(step)(y)
    yield exp(-(x**2 + 2 * rho * x * y + y**2) / (2 * (1 - rho**2))) / (2 * pi * sqrt(1 - rho**2)), definition


@derivation(expected=THIRD)
def balance_without_turning_round():
    r"""Back from $y$ the step starts at $y$."""
    yield density(N)(x) * density(step)(y)
    yield exp(-(x**2 - 2 * rho * x * y + y**2) / (2 * (1 - rho**2))) / (2 * pi * sqrt(1 - rho**2)), definition
    yield density(N)(y) * density(step)(y), algebra
