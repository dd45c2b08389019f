r"""$f(w) = w^2\sin(w^{-2})$, $f(0) = 0$: differentiable everywhere, bounded near 0, and yet $\mathbb{E}|f'(w)| =
\infty$ for a $w$ with a density that does not vanish at 0. Gradients of $\mathbb{E}[f]$ are there all the same.

$f'(w) = 2w\sin(w^{-2}) - \frac2w\cos(w^{-2})$. The wrong use of it stands in ``must_fail/conditions.py``."""

from sympy import Abs, Integral, Limit, Rational, cos, log, sin

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    definition,
    derivation,
    evaluate,
    ge,
    leibniz,
    monotonicity,
    positive,
    substitution,
    unit,
)
from symrep.distributions import Uniform

w = positive("w")
m, u, delta = unit("m u delta")

HERE = "worked out here"


def f(x):
    return x**2 * sin(x**-2)


slope = 2 * w * sin(w**-2) - 2 / w * cos(w**-2)
#: an antiderivative of what is left of |f'| when waves that are dominated are taken at their worst
below = log(w) - w**2 * (1 + sin(2 / w**2)) / 4


@derivation(source=HERE)
def mean_of_the_derivative_is_infinite():
    r"""For $w$ uniform on $(\delta, 1)$: $\mathbb{E}|f'(w)| \ge (\log\frac1\delta - \frac12)/(1 - \delta)$, which grows
    beyond every bound as $\delta \to 0$. First $|f'| \ge -f'\cos(w^{-2})$, as $|\cos| \le 1$, and
    $2\cos^2 t = 1 + \cos 2t$; what oscillates is the derivative of something bounded, up to a bounded function."""
    law = Uniform(delta, 1)
    doubled = (1 + cos(2 / w**2)) / w - w * sin(2 / w**2)
    damped = (1 + cos(2 / w**2)) / w - w * (1 + sin(2 / w**2)) / 2
    yield E(Abs(slope), (w, law))
    yield ge(E(-slope * cos(w**-2), (w, law))), monotonicity(below=-slope * cos(w**-2))
    yield E(doubled, (w, law)), algebra
    yield ge(E(damped, (w, law))), monotonicity(below=damped)
    yield E(D(below, w), (w, law)), chain_rule
    yield Integral(D(below, w), (w, delta, 1)) / (1 - delta), definition
    yield (below.subs(w, 1) - below.subs(w, delta)) / (1 - delta), evaluate
    yield ge((-log(delta) - (1 + sin(2)) / 4) / (1 - delta)), algebra
    yield ge((-log(delta) - Rational(1, 2)) / (1 - delta)), algebra


@derivation(source=HERE)
def bound_that_grows():
    r"""The bound $(\log\frac1\delta - \frac12)/(1 - \delta)$ tends to $\infty$ as $\delta \to 0$: one over it tends to
    0."""
    yield Limit((1 - delta) / (-log(delta) - Rational(1, 2)), delta, 0)
    yield 0, evaluate


@derivation(source="the Leibniz integral rule with limits that move; worked out here")
def gradient_of_the_mean():
    r"""With $u$ uniform on $(0, 1)$ the mean of $f(m + u)$ has the derivative $f(m + 1) - f(m)$ for every
    $m \in (0, 1)$: no $f'$ is asked for."""
    yield D(E(f(m + u), (u, Uniform(0, 1))), m)
    yield D(Integral(f(m + u), (u, 0, 1)), m), definition
    yield D(Integral(f(w), (w, m, m + 1)), m), substitution(u, w - m, w)
    yield f(m + 1) - f(m), leibniz(m)


@derivation(source=HERE)
def gradient_where_the_derivative_has_no_mean():
    r"""The derivative $f(m + 1) - f(m)$ tends to $\sin 1$ as $m \to 0$, where $\mathbb{E}|f'(m + u)|$ becomes
    infinite."""
    yield Limit(f(m + 1) - f(m), m, 0)
    yield sin(1), evaluate
