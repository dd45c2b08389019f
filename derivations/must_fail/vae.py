r"""The reconstruction term with slips."""

from sympy import Product, Sum, exp, log, pi, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    definition,
    density,
    derivation,
    indexed,
    integer,
    positive,
    positive_integer,
)
from symrep.distributions import Normal

s = positive("s")
m, pixel = indexed("m"), indexed("x")
i, n = integer("i"), positive_integer("n")
errors = Sum((pixel[i] - m[i]) ** 2, (i, 1, n))
spelled = Product(exp(-((pixel[i] - m[i]) ** 2) / (2 * s**2)) / sqrt(2 * pi * s**2), (i, 1, n))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def likelihood_with_one_constant_for_all_pixels():
    r"""Each of the $n$ densities has its constant."""
    yield log(Product(density(Normal(m[i], s))(pixel[i]), (i, 1, n)))
    yield log(spelled), definition
    yield -log(2 * pi * s**2) / 2 - errors / (2 * s**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def likelihood_without_the_half():
    r"""The exponent is half of the squared error over the variance."""
    yield log(Product(density(Normal(m[i], s))(pixel[i]), (i, 1, n)))
    yield -n * log(2 * pi * s**2) / 2 - errors / s**2, definition
