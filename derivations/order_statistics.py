r"""The largest and the smallest of $n$ independent draws from any law with a density, and from some in particular.

All of $x_1, \dots, x_n$ are at most $r$ where each of them is: the indicator of that is a product over the draws, and
its mean the product of the means. For some laws the same is shown by induction on $n$: the first $n + 1$ are all at
most $r$ where the first $n$ are and the next one is. The last section shows that step itself, for laws with which the
largest of $n$ is known."""

from sympy import Integral, Product, Sum, exp, log, oo

from symrep import (
    D,
    E,
    Independent,
    algebra,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    evaluate,
    function,
    independence,
    indexed,
    indicator,
    induction,
    leibniz,
    lemma,
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
i, k, n = positive_integer("i k n")

HERE = "worked out here"
BOOK = "bou.lt, Order statistics"

largest = recursive(
    "F", (n, r), (1, exp(-exp(-r))), lambda F: Integral(F(n, r) * exp(-y - exp(-y)), (y, -oo, r))
)  # fmt: skip
smallest = recursive("S", (n, r), (1, exp(-r)), lambda S: Integral(S(n, r) * exp(-y), (y, r, oo)))


x, z = real("x z")
law = conditional_law("rho", smooth=0)
draw, place, share = indexed("x"), indexed("m"), indexed("u", "unit")
wait, rate = indexed("p", "positive"), indexed("lambda", "positive")
draws = (draw, Independent(law, (i, 1, n)))
below = E(indicator(z <= r), (z, law))
F = function("F", smooth=1)


@derivation(source=BOOK)
def distribution_function():
    r"""The probability that a draw is at most $r$ is the integral of its density up to there."""
    yield below
    yield Integral(indicator(z <= r) * density(law)(z), (z, -oo, oo)), definition
    yield (
        Integral(indicator(z <= r) * density(law)(z), (z, -oo, r))
        + Integral(indicator(z <= r) * density(law)(z), (z, r, oo)),
        split_at(r),
    )
    yield Integral(density(law)(z), (z, -oo, r)), algebra


@derivation(source=BOOK)
def its_derivative():
    r"""Its derivative is the density, wherever that is continuous."""
    yield D(below, r)
    yield density(law)(r), leibniz(r)


@derivation(source=BOOK)
def largest_of_n():
    r"""All of $n$ independent draws are at most $r$ with the probability $F(r)^n$, for any law with a density, every
    $n$ and every $r$."""
    yield E(Product(indicator(draw[k] <= r), (k, 1, n)), draws)
    yield below**n, independence
    yield Integral(density(law)(z), (z, -oo, r)) ** n, lemma(distribution_function)


@derivation(source=BOOK)
def what_exceeds():
    r"""It exceeds $r$ with the probability that is left."""
    yield E(indicator(z > r), (z, law))
    yield Integral(indicator(z > r) * density(law)(z), (z, -oo, oo)), definition
    yield (
        Integral(indicator(z > r) * density(law)(z), (z, -oo, r))
        + Integral(indicator(z > r) * density(law)(z), (z, r, oo)),
        split_at(r),
    )
    yield Integral(density(law)(z), (z, r, oo)), algebra
    yield Integral(density(law)(z), (z, -oo, oo)) - Integral(density(law)(z), (z, -oo, r)), split_at(r)
    yield 1 - Integral(density(law)(z), (z, -oo, r)), evaluate


@derivation(source=BOOK)
def smallest_of_n():
    r"""All of them exceed $r$ with the probability $(1 - F(r))^n$."""
    yield E(Product(indicator(draw[k] > r), (k, 1, n)), draws)
    yield E(indicator(z > r), (z, law)) ** n, independence
    yield (1 - Integral(density(law)(z), (z, -oo, r))) ** n, lemma(what_exceeds)


@derivation(source=BOOK, given=(F(r) > 0,))
def density_of_the_largest():
    r"""So, where $F > 0$ is continuously differentiable, the largest of $n$ has the density $nF(r)^{n-1}F'(r)$."""
    yield D(F(r) ** n, r)
    yield n * F(r) ** (n - 1) * F(r).diff(r), chain_rule


@derivation(source=BOOK, given=(F(r) < 1,))
def density_of_the_smallest():
    r"""The smallest has the density $n(1 - F(r))^{n-1}F'(r)$ where $F < 1$, the derivative of $1 - (1 - F(r))^n$."""
    yield D(1 - (1 - F(r)) ** n, r)
    yield n * (1 - F(r)) ** (n - 1) * F(r).diff(r), chain_rule


@derivation(source=HERE)
def largest_of_different_gumbels():
    r"""Each may have a law of its own: of Gumbel variables moved by $m_1, \dots, m_n$ the largest has the law of one
    that is moved by $\log\sum_i e^{m_i}$."""
    yield E(Product(indicator(draw[k] <= r), (k, 1, n)), (draw, Independent(Gumbel(place[i], 1), (i, 1, n))))
    yield Product(exp(-exp(place[k] - r)), (k, 1, n)), evaluate
    yield exp(-exp(log(Sum(exp(place[k]), (k, 1, n))) - r)), algebra


@derivation(source=HERE)
def first_of_n_clocks():
    r"""Exponential clocks with the rates $\lambda_1, \dots, \lambda_n$ are all still running at time $c$ with the
    probability $e^{-c\sum_i\lambda_i}$: the first to ring is exponential, with the sum of the rates."""
    yield E(Product(indicator(wait[k] > c), (k, 1, n)), (wait, Independent(Exponential(rate[i]), (i, 1, n))))
    yield Product(exp(-rate[k] * c), (k, 1, n)), evaluate
    yield exp(-c * Sum(rate[k], (k, 1, n))), algebra


@derivation(source=HERE)
def largest_of_n_uniforms_at_once():
    r"""$n$ independent uniform numbers are all at most $w$ with the probability $w^n$."""
    yield E(Product(indicator(share[k] <= w), (k, 1, n)), (share, Independent(Uniform(0, 1), (i, 1, n))))
    yield w**n, evaluate


# --- by induction -------------------------------------------------------------------------------------------------


@derivation(source=HERE)
def larger_of_two_uniforms():
    r"""Two independent uniform numbers are both at most $w$ with probability $w^2$."""
    U = Uniform(0, 1)
    yield E(E(indicator(u <= w) * indicator(v <= w), (u, U)), (v, U))
    yield E(w * indicator(v <= w), (v, U)), evaluate
    yield w**2, evaluate


uniforms = recursive("F", (n, r), (1, r), lambda F: F(n, r) * r)


@derivation(source=HERE)
def largest_of_n_uniforms():
    r"""By induction on $n$: the next one is at most $r$, $0 < r < 1$, with probability $r$, so $F_1(r) = r$ and
    $F_{n+1}(r) = F_n(r)\,r$: all $n$ are with probability $r^n$."""
    yield uniforms(n, r)
    yield r**n, induction(n)


@derivation(source=HERE)
def density_of_the_largest_uniform():
    r"""With the distribution function $w^n$ the largest of $n$ uniform numbers has the law $\mathrm{Beta}(n, 1)$."""
    yield D(w**n, w)
    yield n * w ** (n - 1), chain_rule
    yield density(Beta(n, 1))(w), algebra


@derivation(source=HERE)
def mean_of_the_largest_uniform():
    r"""Its mean is $\frac{n}{n + 1}$."""
    yield E(u, (u, Beta(n, 1)))
    yield n / (n + 1), evaluate


@derivation(source=HERE)
def largest_of_n_gumbels():
    r"""By induction on $n$: with $F_1(r) = e^{-e^{-r}}$ and $F_{n+1}(r) = \int_{-\infty}^r F_n(r)\,e^{-y-e^{-y}}\,dy$
    the largest of $n$ independent Gumbel variables is at most $r$ with the probability $F_n(r) = e^{-n e^{-r}}$."""
    yield largest(n, r)
    yield exp(-n * exp(-r)), induction(n, step=evaluate)


@derivation(source=HERE)
def density_of_the_largest_gumbel():
    r"""That is the distribution function of a Gumbel law moved by $\log n$: maxima of Gumbel variables are Gumbel."""
    yield D(exp(-n * exp(-r)), r)
    yield n * exp(-r - n * exp(-r)), chain_rule
    yield density(Gumbel(log(n), 1))(r), algebra


@derivation(source=HERE)
def smallest_of_n_exponentials():
    r"""By induction on $n$: with $S_1(r) = e^{-r}$ and $S_{n+1}(r) = \int_r^\infty S_n(r)\,e^{-y}\,dy$, for $r > 0$,
    the smallest of $n$ independent exponential variables of rate one exceeds $r$ with the probability $e^{-nr}$."""
    yield smallest(n, r)
    yield exp(-n * r), induction(n, step=evaluate)


@derivation(source=HERE)
def density_of_the_smallest_exponential():
    r"""With rates $\lambda$ it exceeds $c$ with the probability $e^{-n\lambda c}$, and it is exponential with the rate
    $n\lambda$."""
    yield -D(exp(-n * lam * c), c)
    yield n * lam * exp(-n * lam * c), chain_rule
    yield density(Exponential(n * lam))(c), algebra


# --- one draw more ------------------------------------------------------------------------------------------------


@derivation(source=HERE)
def one_uniform_more():
    r"""The largest of $n$ uniform numbers, $u \sim \mathrm{Beta}(n, 1)$, and the next, $v$, are both at most $w$ with
    the product of the two probabilities, $F_{n+1}(w) = F_n(w)\,F_1(w)$."""
    first, next_one = Beta(n, 1), Uniform(0, 1)
    yield E(E(indicator(u <= w) * indicator(v <= w), (u, first)), (v, next_one))
    yield E(w**n * indicator(v <= w), (v, next_one)), evaluate
    yield w**n * w, evaluate
    yield w ** (n + 1), algebra


@derivation(source=HERE)
def one_gumbel_more():
    r"""The largest of $n$ Gumbel variables has the law $\mathrm{Gumbel}(\log n, 1)$; with one more it is
    $\mathrm{Gumbel}(\log(n + 1), 1)$."""
    first, next_one = Gumbel(log(n), 1), Gumbel(0, 1)
    yield E(E(indicator(m <= r), (m, first)) * indicator(y <= r), (y, next_one))
    yield E(exp(-n * exp(-r)) * indicator(y <= r), (y, next_one)), evaluate
    yield exp(-n * exp(-r)) * exp(-exp(-r)), evaluate
    yield exp(-(n + 1) * exp(-r)), algebra


@derivation(source=HERE)
def one_exponential_more():
    r"""The smallest of $n$ exponential variables of rate one has the rate $n$; it and the next one both exceed $c$ with
    the probability $e^{-(n+1)c}$."""
    first, next_one = Exponential(n), Exponential(1)
    yield E(E(indicator(p > c) * indicator(q > c), (p, first)), (q, next_one))
    yield E(exp(-n * c) * indicator(q > c), (q, next_one)), evaluate
    yield exp(-n * c) * exp(-c), evaluate
    yield exp(-(n + 1) * c), algebra
