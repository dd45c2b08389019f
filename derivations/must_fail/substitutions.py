"""Substitution in integrals."""

from sympy import Integral, Rational, exp, oo

from symrep import Expected, Reason, Status, derivation, positive, real, substitution

x, t = real("x t")
a, r = positive("a r")


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def limits_not_changed():
    r"""With $x = a t$ the interval $(0, 1)$ becomes $(0, 1/a)$; the old limits were kept."""
    yield Integral(exp(-(x**2)), (x, 0, 1))
    yield Integral(a * exp(-((a * t) ** 2)), (t, 0, 1)), substitution(x, a * t, t)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def differential_not_changed():
    r"""$dx = a\,dt$; the factor is missing."""
    yield Integral(exp(-(x**2)), (x, 0, 1))
    yield Integral(exp(-((a * t) ** 2)), (t, 0, 1 / a)), substitution(x, a * t, t)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def reciprocal_without_its_square():
    r"""$x = 1/t$ has $|dx| = dt/t^2$; the factor is $1/t$ here."""
    yield Integral(exp(-x) / x, (x, 1, oo))
    yield Integral(exp(-1 / t), (t, 0, 1)), substitution(x, 1 / t, t)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def stated_range_is_another():
    r"""$t \mapsto t^2$ takes $(0, 4)$ onto $(0, 16)$, not onto $(0, 4)$."""
    yield Integral(exp(-x), (x, 0, 4))
    yield Integral(2 * t * exp(-(t**2)), (t, 0, 4)), substitution(x, t**2, t, low=0, high=4)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def parameter_captured():
    r"""The integrand holds a parameter $t$ already; the new variable of the same name swallows it."""
    yield Integral(exp(-x) * t, (x, 0, 1))
    yield Integral(2 * t * exp(-2 * t), (t, 0, Rational(1, 2))), substitution(x, 2 * t, t)
