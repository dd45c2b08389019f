r"""Products over independent draws with slips: two for each derivation of the gallery."""

from sympy import Integral, Product, Rational, Sum, exp, oo

from symrep import (
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    conditional_law,
    definition,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    indicator,
    integrable,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    unit,
)
from symrep.distributions import Exponential, Gamma, Normal, Poisson, Uniform

SECOND = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
THIRD = Expected(Status.REFUTED, Reason.UNEQUAL, line=3)

i, k, n = positive_integer("i k n")
m, t, y = real("m t y")
a, lam, g = positive("alpha lambda g")
p = unit("p")
q = nonnegative_integer("q")

draw, place = map(indexed, ("x", "mu"))
wait, scale, shape, rate = (indexed(name, "positive") for name in ("w", "sigma", "alpha", "lambda"))
share = indexed("u", "unit")
law = conditional_law("p", smooth=0, positive=True)
other = conditional_law("q", smooth=0, positive=True)
sample = (draw, Independent(law, (i, 1, n)))


ratio = Product(density(other)(draw[k]) / density(law)(draw[k]), (k, 1, n))
known = integrable(exp(t * y), (y, law))
normals = (draw, Independent(Normal(0, 1), (i, 1, n)))
clocks = (wait, Independent(Exponential(lam), (i, 1, n)))


@derivation(given=(known,), expected=SECOND)
def generating_function_of_a_sum_as_of_one():
    r"""There are $n$ draws, not one that counts $n$ times."""
    yield E(exp(t * Sum(draw[k], (k, 1, n))), sample)
    yield E(exp(t * y), (y, law)) ** (n + 1), independence


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def generating_function_that_may_be_infinite():
    r"""That of one draw has to be finite."""
    yield E(exp(t * Sum(draw[k], (k, 1, n))), sample)
    yield E(exp(t * y), (y, law)) ** n, independence


@derivation(given=(known, integrable(y * exp(t * y), (y, law))), expected=SECOND)
def tilted_sum_apart():
    r"""The draw in the sum is one of those in the exponential."""
    yield E(Sum(draw[i], (i, 1, n)) * exp(t * Sum(draw[k], (k, 1, n))), sample)
    yield n * E(y, (y, law)) * E(exp(t * y), (y, law)) ** n, independence


@derivation(given=(known, integrable(y * exp(t * y), (y, law))), expected=SECOND)
def tilted_sum_counted_again():
    r"""The factor that is taken out is none of the others."""
    yield E(Sum(draw[i], (i, 1, n)) * exp(t * Sum(draw[k], (k, 1, n))), sample)
    yield n * E(y * exp(t * y), (y, law)) * E(exp(t * y), (y, law)) ** n, independence


@derivation(given=(t < lam,), expected=SECOND)
def erlang_one_short():
    r"""$n$ factors."""
    yield E(exp(t * Sum(wait[k], (k, 1, n))), clocks)
    yield (lam / (lam - t)) ** (n - 1), evaluate


@derivation(given=(t < lam,), expected=THIRD)
def erlang_by_the_rate():
    r"""The shapes add up, not the rates."""
    yield E(exp(t * Sum(wait[k], (k, 1, n))), clocks)
    yield (lam / (lam - t)) ** n, evaluate
    yield E(exp(t * g), (g, Exponential(n * lam))), evaluate


@derivation(given=(t < lam,), expected=SECOND)
def one_gamma_with_the_sign_turned_round():
    r"""$\mathbb{E}\,e^{tg}$ rises with $t$."""
    yield E(exp(t * g), (g, Gamma(a, lam)))
    yield (lam / (lam - t)) ** (-a), evaluate


@derivation(given=(t < lam,), expected=SECOND)
def one_gamma_by_the_scale():
    r"""$\lambda$ is a rate."""
    yield E(exp(t * g), (g, Gamma(a, lam)))
    yield (1 - t * lam) ** (-a), evaluate


@derivation(given=(t < lam,), expected=SECOND)
def gammas_with_the_shape_of_one():
    r"""Each has its own shape."""
    yield E(exp(t * Sum(wait[k], (k, 1, n))), (wait, Independent(Gamma(shape[i], lam), (i, 1, n))))
    yield (lam / (lam - t)) ** (n * shape[1]), evaluate


@derivation(given=(t < lam,), expected=THIRD)
def gammas_with_the_shapes_multiplied():
    r"""The shapes add up."""
    yield E(exp(t * Sum(wait[k], (k, 1, n))), (wait, Independent(Gamma(shape[i], lam), (i, 1, n))))
    yield Product((lam / (lam - t)) ** shape[k], (k, 1, n)), evaluate
    yield (lam / (lam - t)) ** Product(shape[k], (k, 1, n)), algebra


@derivation(given=(t < Rational(1, 2),), expected=SECOND)
def chi_squared_without_the_half():
    r"""Each square has the power $-\frac12$."""
    yield E(exp(t * Sum(draw[k] ** 2, (k, 1, n))), normals)
    yield (1 - 2 * t) ** (-n), evaluate


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_INTEGRABLE, line=1))
def chi_squared_for_every_t():
    r"""For $t \ge \frac12$ there is no such mean."""
    yield E(exp(t * Sum(draw[k] ** 2, (k, 1, n))), normals)
    yield (1 - 2 * t) ** (-Rational(1, 2) * n), evaluate


@derivation(expected=SECOND)
def normals_with_the_deviations_added():
    r"""Variances add up."""
    yield E(exp(t * Sum(draw[k], (k, 1, n))), normals)
    yield exp(t**2 * n**2 / 2), evaluate


@derivation(expected=THIRD)
def normals_with_the_square_of_the_sum():
    r"""The squares add up."""
    yield E(exp(t * Sum(draw[k], (k, 1, n))), (draw, Independent(Normal(place[i], scale[i]), (i, 1, n))))
    yield Product(exp(t * place[k] + t**2 * scale[k] ** 2 / 2), (k, 1, n)), evaluate
    yield exp(t * Sum(place[k], (k, 1, n)) + t**2 * Sum(scale[k], (k, 1, n)) ** 2 / 2), algebra


@derivation(expected=SECOND)
def binomial_of_failures():
    r"""A success is a number below $p$."""
    yield E(exp(t * Sum(indicator(share[k] < p), (k, 1, n))), (share, Independent(Uniform(0, 1), (i, 1, n))))
    yield (p + (1 - p) * exp(t)) ** n, evaluate


@derivation(expected=SECOND)
def binomial_with_the_mean_inside():
    r"""The mean of an exponential is not that of its exponent."""
    yield E(exp(t * Sum(indicator(share[k] < p), (k, 1, n))), (share, Independent(Uniform(0, 1), (i, 1, n))))
    yield exp(n * p * t), evaluate


@derivation(expected=SECOND)
def one_poisson_without_the_mass():
    r"""At $t = 0$ it is one."""
    yield E(exp(t * q), (q, Poisson(lam)))
    yield exp(lam * exp(t)), evaluate


@derivation(expected=SECOND)
def one_poisson_with_the_mean_inside():
    r"""The mean of an exponential is not that of its exponent."""
    yield E(exp(t * q), (q, Poisson(lam)))
    yield exp(lam * t), evaluate


@derivation(expected=SECOND)
def poissons_with_the_rate_of_one():
    r"""Each has its own rate."""
    yield Product(exp(rate[k] * (exp(t) - 1)), (k, 1, n))
    yield exp(n * rate[1] * (exp(t) - 1)), algebra


@derivation(expected=SECOND)
def poissons_with_the_rates_multiplied():
    r"""The rates add up."""
    yield Product(exp(rate[k] * (exp(t) - 1)), (k, 1, n))
    yield exp(Product(rate[k], (k, 1, n)) * (exp(t) - 1)), algebra


@derivation(expected=SECOND)
def likelihood_ratio_turned_round():
    r"""The density below is that of the draws."""
    yield E(ratio, sample)
    yield E(density(law)(y) / density(other)(y), (y, law)) ** n, independence


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def likelihood_ratio_with_mean_n():
    r"""One to the power $n$."""
    yield E(ratio, sample)
    yield E(density(other)(y) / density(law)(y), (y, law)) ** n, independence
    yield Integral(density(other)(y), (y, -oo, oo)) ** n, definition
    yield n, evaluate


@derivation(given=(integrable(density(other)(y) ** 2 / density(law)(y) ** 2, (y, law)),), expected=SECOND)
def second_moment_as_the_square_of_the_first():
    r"""The two factors of a square have their coordinates in common."""
    yield E(ratio**2, sample)
    yield E(density(other)(y) / density(law)(y), (y, law)) ** (2 * n), independence


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def second_moment_that_may_be_infinite():
    r"""A weight has mean one, whatever its second moment is."""
    yield E(ratio**2, sample)
    yield E(density(other)(y) ** 2 / density(law)(y) ** 2, (y, law)) ** n, independence


@derivation(expected=SECOND)
def shifted_normals_with_the_power_of_one():
    r"""$e^{m^2}$ for each coordinate."""
    yield E(exp(Sum(2 * m * draw[k] - m**2, (k, 1, n))), normals)
    yield exp(m**2), evaluate


@derivation(expected=SECOND)
def shifted_normals_as_if_one_coordinate():
    r"""$n$ coordinates, not one $n$ times."""
    yield E(exp(Sum(2 * m * draw[k] - m**2, (k, 1, n))), normals)
    yield exp(n**2 * m**2), evaluate


@derivation(expected=SECOND)
def weight_without_its_normalisation():
    r"""$e^{\mu x}$ has the mean $e^{\mu^2/2}$."""
    yield E(exp(Sum(place[k] * draw[k], (k, 1, n))), normals)
    yield 1, evaluate


@derivation(expected=SECOND)
def weight_normalised_once():
    r"""Each factor needs its own."""
    yield E(exp(Sum(place[k] * draw[k], (k, 1, n)) - place[1] ** 2 / 2), normals)
    yield 1, evaluate
