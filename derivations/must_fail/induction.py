r"""Inductions with slips: the base, the step, the index, the parameters, a factor. Right is ``forward_marginal`` in
``diffusion.py``."""

from sympy import Integral, Product, Sum, oo, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    density,
    derivation,
    evaluate,
    indexed,
    induction,
    integer,
    nonnegative_integer,
    positive_integer,
    real,
    recursive,
)
from symrep.distributions import Normal

x, y, x0 = real("x y x_0")
t, s = positive_integer("t"), integer("s")
n = nonnegative_integer("n")
alpha, a = indexed("alpha", "unit"), indexed("a")
WRONG = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)


def normal(mean, variance):
    return density(Normal(mean, sqrt(variance)))(x)


def chain(first, then):
    """The density of x after t steps from x_0: the first one, and how a step leads from y to x."""
    return recursive("q", (t, x, x0), (1, first), lambda q: Integral(q(t, y, x0) * then, (y, -oo, oo)))


def claim(bar):
    return normal(sqrt(bar) * x0, 1 - bar)


FIRST = normal(sqrt(alpha[1]) * x0, 1 - alpha[1])
STEP = normal(sqrt(alpha[t + 1]) * y, 1 - alpha[t + 1])
q = chain(FIRST, STEP)
q_wide = chain(normal(sqrt(alpha[1]) * x0, 1), STEP)
q_late = chain(FIRST, normal(sqrt(alpha[t]) * y, 1 - alpha[t]))
q_far = chain(FIRST, normal(alpha[t + 1] * y, 1 - alpha[t + 1]))
total = recursive("S", (n,), (0, 0), lambda total: total(n) + a[n + 1])


@derivation(expected=WRONG)
def another_beginning():
    r"""The step is right, but the first law has the variance 1."""
    yield q_wide(t, x, x0)
    yield claim(Product(alpha[s], (s, 1, t))), induction(t, step=evaluate)


@derivation(expected=WRONG)
def a_factor_twice():
    r"""The product holds $\alpha_1$ once."""
    yield q(t, x, x0)
    yield claim(Product(alpha[s], (s, 1, t)) * alpha[1]), induction(t, step=evaluate)


@derivation(expected=WRONG)
def a_product_one_too_long():
    r"""After $t$ steps there are $t$ factors."""
    yield q(t, x, x0)
    yield claim(Product(alpha[s], (s, 1, t + 1))), induction(t, step=evaluate)


@derivation(expected=WRONG)
def the_last_step_alone():
    r"""$\bar\alpha_t$ is not $\alpha_t$."""
    yield q(t, x, x0)
    yield claim(alpha[t]), induction(t, step=evaluate)


@derivation(expected=WRONG)
def a_step_with_the_parameter_before():
    r"""The step to $t + 1$ has the parameter $\alpha_{t+1}$."""
    yield q_late(t, x, x0)
    yield claim(Product(alpha[s], (s, 1, t))), induction(t, step=evaluate)


@derivation(expected=WRONG)
def a_step_that_goes_too_far():
    r"""The mean is scaled by $\sqrt{\alpha}$, not by $\alpha$: else the variance is another."""
    yield q_far(t, x, x0)
    yield claim(Product(alpha[s], (s, 1, t))), induction(t, step=evaluate)


@derivation(expected=WRONG)
def equal_parameters():
    r"""$\alpha_1^t$ is the product only if all factors are equal."""
    yield q(t, x, x0)
    yield claim(alpha[1] ** t), induction(t, step=evaluate)


@derivation(expected=WRONG)
def the_standard_deviation_for_the_variance():
    r"""$1 - \bar\alpha_t$ is the variance."""
    bar = Product(alpha[s], (s, 1, t))
    yield q(t, x, x0)
    yield density(Normal(sqrt(bar) * x0, 1 - bar))(x), induction(t, step=evaluate)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def a_closed_form_without_a_reason():
    r"""No algebra shows what a recursion comes to."""
    yield q(t, x, x0)
    yield claim(Product(alpha[s], (s, 1, t))), algebra


@derivation(expected=WRONG)
def a_sum_that_begins_too_early():
    r"""$S_0 = 0$ and $S_{n+1} = S_n + a_{n+1}$ begin with $a_1$."""
    yield total(n)
    yield Sum(a[s], (s, 0, n)), induction(n)


@derivation(expected=WRONG)
def a_sum_that_ends_too_early():
    r"""$S_n$ ends with $a_n$."""
    yield total(n)
    yield Sum(a[s], (s, 1, n - 1)), induction(n)
