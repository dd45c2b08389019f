"""Algebra that holds at σ = 1, for positive numbers, for integers, or almost everywhere, and not otherwise."""

from sympy import Abs, Integer, Max, Rational, cos, exp, floor, gamma, log, pi, sign, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    derivation,
    function,
    nonnegative,
    nonzero,
    positive,
    positive_integer,
    real,
    unit,
)

x, y = real("x y")
sigma, a, b = positive("sigma a b")
p = unit("p")
k = nonzero("k")
q = nonnegative("q")
n = positive_integer("n")
r = function("r", smooth=1, increasing=True)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def right_at_sigma_one():
    r"""$1/\sqrt{2\pi\sigma^2}$ and $1/\sqrt{2\pi\sigma}$ agree at $\sigma = 1$ only."""
    yield 1 / sqrt(2 * pi * sigma**2)
    yield 1 / sqrt(2 * pi * sigma), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def root_of_the_square():
    r"""$\sqrt{x^2} = |x|$, which is $x$ only for $x \ge 0$."""
    yield sqrt(x**2)
    yield x, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def only_for_integers():
    r"""$\cos^2(\pi x) = 1$ for integers only."""
    yield cos(pi * x) ** 2
    yield Integer(1), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def a_tiny_spike():
    r"""The spike at $\frac13$ is $10^{-9}$ wide and nobody's grid meets it."""
    yield Max(0, 1 - 10**9 * Abs(x - Rational(1, 3)))
    yield Integer(0), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def nearly_equal():
    r"""The two sides differ by $10^{-30}$ everywhere."""
    yield exp(x)
    yield exp(x) + Rational(1, 10**30), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def far_tail():
    r"""The two sides are both below $10^{-20}$ at $x = 7$, and still different."""
    yield exp(-(x**2))
    yield exp(-(x**2)) * (1 + x**2 / (1 + x**2) / 1000), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def logarithm_of_a_square():
    r"""$\log k^2 = 2\log|k|$; without the modulus the right side is not real for $k < 0$."""
    yield log(k**2)
    yield 2 * log(k), algebra


@derivation(given=[x * y > 0], expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def logarithm_of_a_product_of_negatives():
    r"""$xy > 0$ allows both factors to be negative; then $\log x + \log y$ is off by $2\pi i$."""
    yield log(x * y)
    yield log(x) + log(y), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def logarithm_of_a_sum():
    r"""$\log(a + b)$ is not $\log a + \log b$."""
    yield log(a + b)
    yield log(a) + log(b), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def exponent_of_a_sum_of_squares():
    r"""The cross term of $(x - y)^2$ is missing."""
    yield exp(-((x - y) ** 2) / (2 * sigma**2))
    yield exp(-(x**2 + y**2) / (2 * sigma**2)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def gamma_off_by_one():
    r"""$\Gamma(a + 1) = a\,\Gamma(a)$, and not $(a + 1)\,\Gamma(a)$."""
    yield gamma(a + 1)
    yield (a + 1) * gamma(a), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def symmetric_about_one_half():
    r"""The binary entropy's two logarithms are swapped: equal at $p = \frac12$ only."""
    yield p * log(p) + (1 - p) * log(1 - p)
    yield p * log(1 - p) + (1 - p) * log(p), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def second_line_right_third_wrong():
    r"""The square is completed rightly and then a half is lost."""
    yield x**2 - 2 * x * y
    yield (x - y) ** 2 - y**2, algebra
    yield (x - y) ** 2 - y**2 / 2, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def power_of_a_power():
    r"""$(x^4)^{1/4} = |x|$."""
    yield (x**4) ** Rational(1, 4)
    yield x, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def zero_to_the_zero():
    r"""$0^q = 0$ for $q > 0$ only: $0^0 = 1$."""
    yield 0**q
    yield Integer(0), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def increasing_but_flat():
    r"""A strictly increasing function may have derivative 0 at a point, as $t^3$ does."""
    yield sign(r(x).diff(x))
    yield Integer(1), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def small_integers_only():
    r"""$\lfloor n/1000\rfloor = 0$ for $n < 1000$."""
    yield floor(n / Integer(1000))
    yield Integer(0), algebra
