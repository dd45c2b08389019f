r"""The largest and the smallest of $n$ independent draws, by induction on $n$.

The first $n + 1$ are all at most $r$ where the first $n$ are and the next one is, and it is independent of them: the
recursions say so, and the last section shows that step itself, for laws with which the largest of $n$ is known."""

from sympy import Integral, exp, log, oo

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    density,
    derivation,
    evaluate,
    indicator,
    induction,
    positive,
    positive_integer,
    real,
    recursive,
    unit,
)
from symrep.distributions import Beta, Exponential, Gumbel, Uniform

r, y, m = real("r y m")
w, c, lam, p, q = unit("w"), *positive("c lambda p q")
u, v = unit("u v")
n = positive_integer("n")

HERE = "worked out here"

largest = recursive(
    "F", (n, r), (1, exp(-exp(-r))), lambda F: Integral(F(n, r) * exp(-y - exp(-y)), (y, -oo, r))
)  # fmt: skip
smallest = recursive("S", (n, r), (1, exp(-r)), lambda S: Integral(S(n, r) * exp(-y), (y, r, oo)))


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
