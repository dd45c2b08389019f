"""Largest and smallest draws with slips: two for each derivation of the gallery."""

from sympy import Integral, Product, Sum, exp, log, oo

from symrep import (
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    chain_rule,
    conditional_law,
    density,
    derivation,
    evaluate,
    function,
    independence,
    indexed,
    indicator,
    induction,
    leibniz,
    positive,
    positive_integer,
    real,
    recursive,
    split_at,
    unit,
)
from symrep.distributions import Beta, Exponential, Gumbel, Uniform

r, y, m = real("r y m")
w, c, lam, p, q = unit("w"), *positive("c lambda p q")
u, v = unit("u v")
n = positive_integer("n")
U = Uniform(0, 1)
SECOND = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)

uniforms = recursive("F", (n, r), (1, r), lambda F: F(n, r) * r)
largest = recursive("F", (n, r), (1, exp(-exp(-r))), lambda F: Integral(F(n, r) * exp(-y - exp(-y)), (y, -oo, r)))
smallest = recursive("S", (n, r), (1, exp(-r)), lambda S: Integral(S(n, r) * exp(-y), (y, r, oo)))


@derivation(expected=SECOND)
def one_of_two_uniforms():
    r"""Both have to be."""
    yield E(E(indicator(u <= w) * indicator(v <= w), (u, U)), (v, U))
    yield E(indicator(v <= w), (v, U)), evaluate


@derivation(expected=SECOND)
def either_of_two_uniforms():
    r"""$2w - w^2$ is the probability that one of them is."""
    yield E(E(indicator(u <= w) * indicator(v <= w), (u, U)), (v, U))
    yield 2 * w - w**2, evaluate


@derivation(expected=SECOND)
def largest_of_n_uniforms_one_short():
    r"""$n$ factors."""
    yield uniforms(n, r)
    yield r ** (n - 1), induction(n)


@derivation(expected=SECOND)
def largest_of_n_uniforms_added():
    r"""Independent chances are multiplied."""
    yield uniforms(n, r)
    yield n * r, induction(n)


@derivation(expected=SECOND)
def density_of_the_largest_without_the_number():
    r"""Any of the $n$ may be the largest."""
    yield D(w**n, w)
    yield w ** (n - 1), chain_rule


@derivation(expected=SECOND)
def density_of_the_largest_with_arguments_exchanged():
    r"""$\mathrm{Beta}(1, n)$ is the law of the smallest."""
    yield D(w**n, w)
    yield density(Beta(1, n))(w), chain_rule


@derivation(expected=SECOND)
def mean_of_the_smallest():
    r"""$\frac{1}{n+1}$ is that of the smallest."""
    yield E(u, (u, Beta(n, 1)))
    yield 1 / (n + 1), evaluate


@derivation(expected=SECOND)
def mean_of_the_largest_one_short():
    r"""$n$ points cut the interval into $n + 1$ parts."""
    yield E(u, (u, Beta(n, 1)))
    yield (n - 1) / n, evaluate


@derivation(expected=SECOND)
def largest_of_n_gumbels_one_short():
    r"""$n$ factors."""
    yield largest(n, r)
    yield exp(-(n + 1) * exp(-r)), induction(n, step=evaluate)


@derivation(expected=SECOND)
def largest_of_n_gumbels_with_the_number_in_the_wrong_place():
    r"""$n$ multiplies $e^{-r}$; it does not multiply $r$."""
    yield largest(n, r)
    yield exp(-exp(-n * r)), induction(n, step=evaluate)


@derivation(expected=SECOND)
def largest_gumbel_moved_to_the_left():
    r"""The largest of many lies to the right."""
    yield D(exp(-n * exp(-r)), r)
    yield density(Gumbel(-log(n), 1))(r), chain_rule


@derivation(expected=SECOND)
def largest_gumbel_without_the_number():
    r"""The inner derivative brings $n e^{-r}$."""
    yield D(exp(-n * exp(-r)), r)
    yield exp(-r - n * exp(-r)), chain_rule


@derivation(expected=SECOND)
def smallest_of_n_exponentials_that_grows():
    r"""The smallest of more is smaller: the rates add up."""
    yield smallest(n, r)
    yield exp(-r / n), induction(n, step=evaluate)


@derivation(expected=SECOND)
def smallest_of_n_exponentials_as_the_largest():
    r"""$(1 - e^{-r})^n$ belongs to the largest."""
    yield smallest(n, r)
    yield 1 - (1 - exp(-r)) ** n, induction(n, step=evaluate)


@derivation(expected=SECOND)
def smallest_exponential_with_the_sign():
    r"""A density is minus the derivative of the survival function."""
    yield D(exp(-n * lam * c), c)
    yield density(Exponential(n * lam))(c), chain_rule


@derivation(expected=SECOND)
def smallest_exponential_with_the_rate_divided():
    r"""Rates add up."""
    yield -D(exp(-n * lam * c), c)
    yield density(Exponential(lam / n))(c), chain_rule


# --- one draw more ------------------------------------------------------------------------------------------------


@derivation(expected=SECOND)
def one_uniform_more_added():
    r"""Both have to be below: probabilities are multiplied."""
    yield E(E(indicator(u <= w) * indicator(v <= w), (u, Beta(n, 1))), (v, U))
    yield E(w**n + indicator(v <= w), (v, U)), evaluate


@derivation(expected=SECOND)
def one_uniform_more_with_the_law_of_the_smallest():
    r"""The largest of $n$ has the law $\mathrm{Beta}(n, 1)$, the smallest $\mathrm{Beta}(1, n)$."""
    yield E(indicator(u <= w), (u, Beta(1, n)))
    yield w**n, evaluate


@derivation(expected=SECOND)
def one_gumbel_more_at_half_the_place():
    r"""The next one is not moved."""
    yield E(indicator(m <= r), (m, Gumbel(log(n), 1))) * E(indicator(y <= r), (y, Gumbel(0, 1)))
    yield exp(-2 * n * exp(-r)), evaluate


@derivation(expected=SECOND)
def one_gumbel_more_moved_by_n():
    r"""The largest of $n$ is moved by $\log n$."""
    yield E(indicator(m <= r), (m, Gumbel(n, 1)))
    yield exp(-n * exp(-r)), evaluate


@derivation(expected=SECOND)
def one_exponential_more_by_the_mean():
    r"""The rate of the smallest is $n$, its mean $1/n$."""
    yield E(indicator(p > c), (p, Exponential(n)))
    yield exp(-c / n), evaluate


@derivation(expected=SECOND)
def one_exponential_more_below():
    r"""Both exceed $c$; $(1 - e^{-nc})(1 - e^{-c})$ is the probability that neither does."""
    yield E(E(indicator(p > c) * indicator(q > c), (p, Exponential(n))), (q, Exponential(1)))
    yield E((1 - exp(-n * c)) * indicator(q < c), (q, Exponential(1))), evaluate


# --- any law ------------------------------------------------------------------------------------------------------

i, k = positive_integer("i k")
z = real("z")
law = conditional_law("rho", smooth=0)
draw, place, share = indexed("x"), indexed("m"), indexed("u", "unit")
wait, rate = indexed("p", "positive"), indexed("lambda", "positive")
draws = (draw, Independent(law, (i, 1, n)))
below = E(indicator(z <= r), (z, law))
F = function("F", smooth=1)


@derivation(expected=SECOND)
def distribution_function_from_the_other_end():
    r"""What is left of $r$ counts."""
    yield below
    yield Integral(density(law)(z), (z, r, oo)), evaluate


@derivation(expected=SECOND)
def distribution_function_of_the_whole_line():
    r"""A part of the line has less than mass one."""
    yield below
    yield 1, evaluate


@derivation(expected=SECOND)
def what_exceeds_as_what_does_not():
    r"""What is left of $r$ does not exceed it."""
    yield E(indicator(z > r), (z, law))
    yield Integral(density(law)(z), (z, -oo, r)), evaluate


@derivation(expected=SECOND)
def what_exceeds_with_the_mass_of_two():
    r"""The whole mass is one."""
    yield Integral(density(law)(z), (z, r, oo))
    yield 2 - Integral(density(law)(z), (z, -oo, r)), split_at(r)


@derivation(expected=SECOND)
def its_derivative_with_the_sign_turned_round():
    r"""It rises."""
    yield D(below, r)
    yield -density(law)(r), leibniz(r)


@derivation(expected=SECOND)
def its_derivative_lost():
    r"""The indicator has no slope, its jump moves."""
    yield D(below, r)
    yield 0, leibniz(r)


@derivation(expected=SECOND)
def largest_of_n_one_short():
    r"""$n$ factors."""
    yield E(Product(indicator(draw[k] <= r), (k, 1, n)), draws)
    yield below ** (n - 1), independence


@derivation(expected=SECOND)
def largest_of_n_added():
    r"""Probabilities of independent events are multiplied."""
    yield E(Product(indicator(draw[k] <= r), (k, 1, n)), draws)
    yield n * below, independence


@derivation(expected=SECOND)
def smallest_of_n_by_the_largest():
    r"""That some exceed $r$ is not that all do."""
    yield E(Product(indicator(draw[k] > r), (k, 1, n)), draws)
    yield 1 - below**n, independence


@derivation(expected=SECOND)
def smallest_of_n_below():
    r"""They exceed $r$."""
    yield E(Product(indicator(draw[k] > r), (k, 1, n)), draws)
    yield below**n, independence


@derivation(given=(F(r) > 0,), expected=SECOND)
def density_of_the_largest_without_n():
    r"""Any of the $n$ may be the largest."""
    yield D(F(r) ** n, r)
    yield F(r) ** (n - 1) * F(r).diff(r), chain_rule


@derivation(given=(F(r) > 0,), expected=SECOND)
def density_of_the_largest_with_all_below():
    r"""The others are $n - 1$."""
    yield D(F(r) ** n, r)
    yield n * F(r) ** n * F(r).diff(r), chain_rule


@derivation(given=(F(r) < 1,), expected=SECOND)
def density_of_the_smallest_below_zero():
    r"""$1 - F$ falls, and $1 - (1 - F)^n$ rises."""
    yield D(1 - (1 - F(r)) ** n, r)
    yield -n * (1 - F(r)) ** (n - 1) * F(r).diff(r), chain_rule


@derivation(given=(F(r) < 1,), expected=SECOND)
def density_of_the_smallest_with_the_others_below():
    r"""The others are above."""
    yield D(1 - (1 - F(r)) ** n, r)
    yield n * F(r) ** (n - 1) * F(r).diff(r), chain_rule


@derivation(expected=SECOND)
def different_gumbels_as_the_first():
    r"""Each has its own place."""
    yield E(Product(indicator(draw[k] <= r), (k, 1, n)), (draw, Independent(Gumbel(place[i], 1), (i, 1, n))))
    yield exp(-n * exp(place[1] - r)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def different_gumbels_by_the_sum_of_the_places():
    r"""The exponentials of the places add up."""
    yield E(Product(indicator(draw[k] <= r), (k, 1, n)), (draw, Independent(Gumbel(place[i], 1), (i, 1, n))))
    yield Product(exp(-exp(place[k] - r)), (k, 1, n)), evaluate
    yield exp(-exp(Sum(place[k], (k, 1, n)) - r)), algebra


@derivation(expected=SECOND)
def first_clock_with_the_rate_of_one():
    r"""Each has its own rate."""
    yield E(Product(indicator(wait[k] > c), (k, 1, n)), (wait, Independent(Exponential(rate[i]), (i, 1, n))))
    yield exp(-n * rate[1] * c), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def first_clock_one_short():
    r"""From the first to the last."""
    yield E(Product(indicator(wait[k] > c), (k, 1, n)), (wait, Independent(Exponential(rate[i]), (i, 1, n))))
    yield Product(exp(-rate[k] * c), (k, 1, n)), evaluate
    yield exp(-c * Sum(rate[k], (k, 2, n))), algebra


@derivation(expected=SECOND)
def largest_of_n_uniforms_at_once_one_short():
    r"""$n$ factors."""
    yield E(Product(indicator(share[k] <= w), (k, 1, n)), (share, Independent(U, (i, 1, n))))
    yield w ** (n - 1), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=2))
def largest_of_more_uniforms_than_there_are():
    r"""Of $n$ draws there are no $n + 1$."""
    yield E(Product(indicator(share[k] <= w), (k, 1, n + 1)), (share, Independent(U, (i, 1, n))))
    yield w ** (n + 1), evaluate
