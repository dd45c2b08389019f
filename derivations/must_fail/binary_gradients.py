"""Slips in gradients through a binary variable: biases that are denied, thresholds turned over, control variates that
are not put back."""

from sympy import Integral, Rational, exp, log, oo

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    indicator,
    linearity,
    nonnegative_integer,
    positive,
    real,
    score_function,
    split_at,
    substitution,
    unit,
)
from symrep.distributions import Bernoulli, Logistic, Normal, Uniform

phi, z, mu, eps, t = real("phi z mu epsilon t")
sigma = positive("sigma")
u, p, theta, v = unit("u p theta v")
k = nonnegative_integer("k")
f = function("f", smooth=1)
s = 1 / (1 + exp(-phi))
B = Bernoulli(p)
noise = Uniform(0, 1)
half = Rational(1, 2)


def at(b):
    return f(0) + (f(1) - f(0)) * b


def unequal(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


@derivation(expected=unequal(3))
def gradient_turned_over():
    r"""More probability for 1 means more of $f(1)$."""
    yield D(E(f(k), (k, B)), p)
    yield E(f(k) * (k - p) / (p * (1 - p)), (k, B)), score_function(p)
    yield f(0) - f(1), evaluate


@derivation(expected=unequal(2))
def score_without_its_denominator():
    r"""The score of $p$ is $(k - p)/(p(1 - p))$; without the denominator it is that of the logit."""
    yield D(E(f(k), (k, B)), p)
    yield E(f(k) * (k - p), (k, B)), score_function(p)


@derivation(expected=unequal(2))
def straight_through_is_unbiased():
    r"""A slope is not a difference of two values."""
    yield E(f(t).diff(t).subs(t, k), (k, B))
    yield f(1) - f(0), evaluate


@derivation(expected=unequal(2))
def straight_through_at_the_mean():
    r"""The slope is averaged over the two outcomes, not taken at their mean."""
    yield E(f(t).diff(t).subs(t, k), (k, B))
    yield f(t).diff(t).subs(t, p), evaluate


c1, c2, c3 = real("c_1 c_2 c_3")


@derivation(expected=unequal(3))
def parabolas_without_a_bias():
    r"""Only at $p = \frac12$."""
    yield E(c1 + 2 * c2 * k + 3 * c3 * k**2, (k, B)) - (c1 + c2 + c3)
    yield c1 + 2 * c2 * p + 3 * c3 * p - (c1 + c2 + c3), evaluate
    yield c3 * (3 * p - 1), algebra


@derivation(expected=unequal(2))
def square_of_a_binary_variable():
    r"""$b^2 = b$ has the mean $p$."""
    yield E(c1 + 2 * c2 * k + 3 * c3 * k**2, (k, B))
    yield c1 + 2 * c2 * p + 3 * c3 * p**2, evaluate


@derivation(expected=unequal(3))
def slope_of_the_sigmoid_lost():
    r"""By the logit, not by the probability."""
    yield D(E(f(k), (k, Bernoulli(s))), phi)
    yield D((1 - s) * f(0) + s * f(1), phi), evaluate
    yield f(1) - f(0), chain_rule


@derivation(expected=unequal(2))
def probabilities_exchanged():
    r"""$b = 1$ has the probability $\sigma(\phi)$."""
    yield D(E(f(k), (k, Bernoulli(s))), phi)
    yield D(s * f(0) + (1 - s) * f(1), phi), evaluate


above, below = indicator(u > 1 - p), indicator(u < p)


@derivation(expected=unequal(3))
def same_threshold_on_both_sides():
    r"""$\mathbf{1}\{u > p\}$ is 1 with probability $1 - p$."""
    yield E((at(indicator(u > p)) - at(below)) * (u - half), (u, noise))
    yield (f(1) - f(0)) * (E(indicator(u > p) * (u - half), (u, noise)) - E(below * (u - half), (u, noise))), linearity
    yield (f(1) - f(0)) * p**2, evaluate


@derivation(expected=unequal(3))
def factor_of_two_in_the_pair():
    r"""Each of the pair gives one half of it."""
    yield E((at(above) - at(below)) * (u - half), (u, noise))
    yield (f(1) - f(0)) * (E(above * (u - half), (u, noise)) - E(below * (u - half), (u, noise))), linearity
    yield (f(1) - f(0)) * p * (1 - p) / 2, evaluate


@derivation(expected=unequal(2))
def one_of_the_pair_alone():
    r"""Without its partner there is one half of the gradient."""
    yield (f(1) - f(0)) * E(above * (u - half), (u, noise))
    yield (f(1) - f(0)) * p * (1 - p), evaluate


@derivation(expected=unequal(2))
def noise_that_is_not_centred():
    r"""The weight is $u - \frac12$."""
    yield (f(1) - f(0)) * (E(above * u, (u, noise)) - E(below * u, (u, noise)))
    yield (f(1) - f(0)) * p * (1 - p) / 2, evaluate


q = Normal(mu, sigma)
base = Normal(0, 1)
path = mu + sigma * eps
black_box = function("g", smooth=0, growth=2)
surrogate = function("c", smooth=1, growth=2)
score = (z - mu) / sigma**2
rest = E((black_box(z) - surrogate(z)) * score, (z, q))


@derivation(expected=unequal(3))
def surrogate_that_is_not_put_back():
    r"""What is taken off has a gradient of its own."""
    yield D(E(black_box(z), (z, q)), mu)
    yield E(black_box(z) * score, (z, q)), score_function(mu)
    yield rest, linearity


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def path_of_what_is_only_evaluated():
    r"""$g$ is continuous, and no more is known of it: it has no path derivative."""
    yield D(E(black_box(path), (eps, base)), mu)
    yield E(D(black_box(path), mu), (eps, base)), differentiate_under_integral(mu)


c = function("c", smooth=0, growth=2)
location = log(theta / (1 - theta))
relaxed = Logistic(location, 1)
given_one = location + log((1 - theta + theta * v) / (theta * (1 - v)))
body, negative_part = c(z) * density(relaxed)(z), Integral(c(z) * density(relaxed)(z), (z, -oo, 0))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def weight_of_the_outcome_lost():
    r"""The law given $b = 1$ is the part above 0, divided by its mass."""
    yield E(c(z), (z, relaxed))
    yield Integral(body, (z, -oo, oo)), definition
    yield Integral(body, (z, 0, oo)) + negative_part, split_at(0)
    yield Integral(c(given_one), (v, 0, 1)) + negative_part, substitution(z, given_one, v)


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=4))
def path_of_one_for_the_other_outcome():
    r"""The path given $b = 1$ leads onto the positive numbers."""
    yield E(c(z), (z, relaxed))
    yield Integral(body, (z, -oo, oo)), definition
    yield Integral(body, (z, 0, oo)) + negative_part, split_at(0)
    yield Integral(body, (z, 0, oo)) + (1 - theta) * Integral(c(given_one), (v, 0, 1)), substitution(z, given_one, v)


C0, C1 = (function(f"C_{n}", smooth=1)(p) for n in (0, 1))
given_b = k * C1 + (1 - k) * C0
estimate = E((f(k) - given_b) * (k - p) / (p * (1 - p)), (k, B))
back = E(k * C1.diff(p) + (1 - k) * C0.diff(p), (k, B))


@derivation(expected=unequal(3))
def conditional_part_not_taken_off():
    r"""$C_b$ moves with $p$ as well."""
    yield estimate + D(p * C1 + (1 - p) * C0, p)
    yield f(1) - C1 - f(0) + C0 + D(p * C1 + (1 - p) * C0, p), evaluate
    yield f(1) - f(0), chain_rule


@derivation(expected=unequal(2))
def surrogate_of_the_other_outcome():
    r"""Given $b$ the surrogate of that outcome is subtracted."""
    yield E((f(k) - (1 - k) * C1 - k * C0) * (k - p) / (p * (1 - p)), (k, B))
    yield f(1) - C1 - f(0) + C0, evaluate
