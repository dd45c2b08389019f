r"""$w^2\sin(w^{-2})$ with slips: the derivations of ``wild_function.py`` once more, each with an error in one line."""

from sympy import Abs, Integral, Limit, Rational, cos, log, sin

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
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
slope = 2 * w * sin(w**-2) - 2 / w * cos(w**-2)
law = Uniform(delta, 1)


def f(x):
    return x**2 * sin(x**-2)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def bound_without_the_cosine():
    r"""$|f'|$ is not above $-f'$ times $2$: $|\cos| \le 1$ is what is used."""
    yield E(Abs(slope), (w, law))
    yield ge(E(-2 * slope * cos(w**-2), (w, law))), monotonicity(below=-2 * slope * cos(w**-2))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def doubled_angle_without_its_one():
    r"""$2\cos^2 t = 1 + \cos 2t$: it is the $1$ that diverges."""
    yield E(-slope * cos(w**-2), (w, law))
    yield E(cos(2 / w**2) / w - w * sin(2 / w**2), (w, law)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def bound_that_stays():
    r"""One over a bound that grows tends to 0, not to the number that is taken off."""
    yield Limit((1 - delta) / (-log(delta) - Rational(1, 2)), delta, 0)
    yield -2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def bound_without_its_logarithm():
    r"""Without the logarithm nothing grows."""
    yield Limit((1 - delta) / (-delta * log(delta) - Rational(1, 2)), delta, 0)
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def gradient_with_the_ends_exchanged():
    r"""The upper end gives, the lower end takes."""
    yield D(E(f(m + u), (u, Uniform(0, 1))), m)
    yield D(Integral(f(m + u), (u, 0, 1)), m), definition
    yield D(Integral(f(w), (w, m, m + 1)), m), substitution(u, w - m, w)
    yield f(m) - f(m + 1), leibniz(m)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def gradient_over_half_of_the_interval():
    r"""$u$ in $(0, 1)$ is $w$ in $(m, m + 1)$."""
    yield D(E(f(m + u), (u, Uniform(0, 1))), m)
    yield D(Integral(f(m + u), (u, 0, 1)), m), definition
    yield D(Integral(f(w), (w, m, 1)), m), substitution(u, w - m, w)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def gradient_by_a_derivative_at_the_origin():
    r"""$f'(0) = 0$, yet the mean grows at the rate $\sin 1$."""
    yield Limit(f(m + 1) - f(m), m, 0)
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def gradient_with_half_the_sine():
    r"""$f(1) = \sin 1$."""
    yield Limit(f(m + 1) - f(m), m, 0)
    yield sin(1) / 2, evaluate
