r"""Gumbel-max and binary Concrete laws with slips, two for each derivation of the gallery."""

from sympy import Eq, Integral, Piecewise, Product, Rational, Sum, exp, gamma, log, oo

from symrep import (
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    approx,
    chain_rule,
    change_of_variables,
    definition,
    delta,
    density,
    derivation,
    det,
    evaluate,
    independence,
    indexed,
    indicator,
    jacobian,
    lemma,
    nonnegative_integer,
    positive,
    positive_integer,
    pushforward,
    real,
    score_function,
    triangular,
    unit,
)
from symrep.distributions import Bernoulli, BinaryConcrete, Gumbel, Logistic, Uniform

y, p, v, theta = unit("y p v theta")
x, z, g, h = real("x z g h")
up = positive("z_1")
a, b, lam = positive("alpha beta lambda")
k = nonnegative_integer("k")
i, m, n = positive_integer("i m n")
weight = indexed("alpha", "positive")
others = Sum(weight[i], (i, 2, n))
WRONG = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
X = Logistic(0, 1)
Y = pushforward(X, x, 1 / (1 + exp(-(log(a) + x) / lam)))


@derivation(expected=WRONG)
def gumbel_max_with_the_ratio_turned_round():
    r"""The larger $\alpha$, the likelier the first."""
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1)))
    yield b / (a + b), evaluate


@derivation(expected=WRONG)
def gumbel_max_by_a_softmax_of_the_weights():
    r"""The logarithms of $\alpha$ and $\beta$ are perturbed, not $\alpha$ and $\beta$."""
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1)))
    yield exp(a) / (exp(a) + exp(b)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def concrete_density_with_the_temperature_inverted():
    r"""Solved for the noise the logit is multiplied by $\lambda$."""
    back = (log(y) - log(1 - y)) / lam - log(a)
    yield density(Y)(y)
    yield density(X)(back) / (lam * y * (1 - y)), change_of_variables(inverse=back)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def concrete_density_without_the_square():
    r"""The denominator is squared: for $n$ classes it has the power $n$."""
    back = lam * (log(y) - log(1 - y)) - log(a)
    yield density(Y)(y)
    yield density(X)(back) * lam / (y * (1 - y)), change_of_variables(inverse=back)
    yield lam * a * (y * (1 - y)) ** (-lam - 1) / (a * y ** (-lam) + (1 - y) ** (-lam)), definition(X)


@derivation(expected=WRONG)
def discrete_moment_squared():
    r"""$k^2 = k$, not $p^2$ on average."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield Rational(9, 100), evaluate


@derivation(expected=WRONG)
def discrete_moment_as_the_variance():
    r"""The variance is $p(1 - p)$."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield Rational(21, 100), evaluate


@derivation(expected=WRONG)
def relaxed_moment_as_the_discrete_one():
    r"""The relaxation is biased."""
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1)))
    yield Rational(3, 10), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def relaxed_moment_is_not_even_near():
    r"""$0.207$ is not within a twentieth of $0.3$."""
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1)))
    yield Rational(15, 8) - Rational(63, 32) * log(Rational(7, 3)), evaluate
    yield approx(Rational(3, 10), Rational(1, 20)), algebra


@derivation(expected=WRONG)
def discrete_gradient_with_the_score_of_one_outcome():
    r"""The score is $k/p - (1 - k)/(1 - p)$."""
    yield D(E(k**2, (k, Bernoulli(p))), p)
    yield E(k**2 * (k - p) / p, (k, Bernoulli(p))), score_function(p)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def discrete_gradient_of_the_square():
    r"""The derivative of $p$ is $1$, not $2p$."""
    yield D(E(k**2, (k, Bernoulli(p))), p)
    yield E(k**2 * (k - p) / (p * (1 - p)), (k, Bernoulli(p))), score_function(p)
    yield 2 * p, evaluate


@derivation(expected=WRONG)
def other_below_with_the_ratio_turned_round():
    r"""The larger $\beta$, the likelier the other is above."""
    yield E(indicator(log(b) + h < log(a) + g), (h, Gumbel(0, 1)))
    yield exp(-a / b * exp(-g)), evaluate


@derivation(expected=WRONG)
def other_below_with_the_noise_turned_round():
    r"""A Gumbel distribution function is $e^{-e^{-t}}$, which rises."""
    yield E(indicator(log(b) + h < log(a) + g), (h, Gumbel(0, 1)))
    yield exp(-b / a * exp(g)), evaluate


@derivation(expected=WRONG)
def gumbel_max_by_the_smaller_one():
    r"""The first is the larger one where the other is below it."""
    yield E(E(indicator(log(b) + h > log(a) + g), (h, Gumbel(0, 1))), (g, Gumbel(0, 1)))
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1))), evaluate


@derivation(expected=WRONG)
def gumbel_max_by_the_shares_squared():
    r"""The weights themselves are normalised."""
    yield E(E(indicator(log(b) + h < log(a) + g), (h, Gumbel(0, 1))), (g, Gumbel(0, 1)))
    yield a**2 / (a**2 + b**2), evaluate


@derivation(given=(n >= 2,), expected=WRONG)
def the_others_with_the_weights_turned_round():
    r"""The condition on a bound variable stays inside the expectation, also within a product."""
    yield Product(E(indicator(log(weight[i]) + h < log(weight[1]) + g), (h, Gumbel(0, 1))), (i, 2, n))
    yield Product(exp(-weight[1] / weight[i] * exp(-g)), (i, 2, n)), evaluate


@derivation
def gumbel_max():
    r"""The two classes of the gallery."""
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1)))
    yield a / (a + b), evaluate


@derivation(given=(n >= 2,), expected=WRONG)
def the_others_with_the_first():
    r"""The first is not compared with itself."""
    yield Product(exp(-weight[i] / weight[1] * exp(-g)), (i, 2, n))
    yield exp(-Sum(weight[i], (i, 1, n)) / weight[1] * exp(-g)), algebra


@derivation(given=(n >= 2,), expected=WRONG)
def the_others_multiplied():
    r"""In the exponent the weights add up."""
    yield Product(exp(-weight[i] / weight[1] * exp(-g)), (i, 2, n))
    yield exp(-Product(weight[i] / weight[1], (i, 2, n)) * exp(-g)), algebra


@derivation(given=(n >= 2,), expected=WRONG)
def gumbel_max_without_the_first():
    r"""The first weight stands in the denominator, too."""
    yield E(exp(-others / weight[1] * exp(-g)), (g, Gumbel(0, 1)))
    yield weight[1] / others, lemma(gumbel_max, {a: weight[1], b: others})


@derivation(expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=2))
def gumbel_max_with_nobody_else():
    r"""For $n = 1$ there are no others, and the lemma is about positive weights."""
    yield E(exp(-others / weight[1] * exp(-g)), (g, Gumbel(0, 1)))
    yield weight[1] / (weight[1] + others), lemma(gumbel_max, {a: weight[1], b: others})


relaxed = Logistic(log(theta / (1 - theta)), 1)
given_one = pushforward(Uniform(0, 1), v, log(theta / (1 - theta)) + log((1 - theta + theta * v) / (theta * (1 - v))))
plain = pushforward(Uniform(0, 1), v, log(theta / (1 - theta)) + log(v / (1 - v)))


@derivation(expected=WRONG)
def probability_of_the_other_outcome():
    r"""Positive stands for one."""
    yield E(indicator(z > 0), (z, relaxed))
    yield 1 - theta, evaluate


@derivation(expected=WRONG)
def probability_without_the_odds():
    r"""The location is $\log(\theta/(1-\theta))$, not 0."""
    yield E(indicator(z > 0), (z, relaxed))
    yield Rational(1, 2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def noise_without_the_probability():
    r"""Given the outcome, the density is divided by its probability."""
    back = (1 / (1 + exp(log(theta / (1 - theta)) - up)) - (1 - theta)) / theta
    yield density(given_one)(up)
    yield back.diff(up), change_of_variables(inverse=back)
    yield density(relaxed)(up), algebra


@derivation(expected=WRONG)
def noise_that_does_not_know_the_outcome():
    r"""Uniform noise on all of $(0, 1)$ may give the other outcome."""
    yield density(plain)(up)
    yield density(relaxed)(up) / theta, change_of_variables(inverse=1 / (1 + exp(log(theta / (1 - theta)) - up)))


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def noise_for_the_other_outcome():
    r"""The inverse for $u = (1 - \theta)v$."""
    back = 1 / (1 + exp(log(theta / (1 - theta)) - up)) / (1 - theta)
    yield density(given_one)(up)
    yield back.diff(up), change_of_variables(inverse=back)


# --- n classes ----------------------------------------------------------------------------------------------------

row, j, d = positive_integer("i j d")
u, w, t = positive("u w t")
place, share, below = indexed("x"), indexed("x", "positive"), indexed("c")
mass = Sum(weight[i] * share[i] ** (-lam), (i, 1, n))
powers = Product(weight[i] * share[i] ** (-lam - 1), (i, 1, n))
joint = w ** (n - 1) * Product(
    lam * weight[i] * (w * share[i]) ** (-lam - 1) * exp(-weight[i] * (w * share[i]) ** (-lam)), (i, 1, n)
)


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def share_with_the_temperature_inverted():
    r"""$g = \lambda\log u - \log\alpha$."""
    back = log(u) / lam - log(a)
    yield density(pushforward(Gumbel(0, 1), g, exp((log(a) + g) / lam)))(u)
    yield density(Gumbel(0, 1))(back) / (lam * u), change_of_variables(inverse=back)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def share_with_the_weight_in_the_power():
    r"""$e^{-g} = \alpha u^{-\lambda}$."""
    back = lam * log(u) - log(a)
    yield density(pushforward(Gumbel(0, 1), g, exp((log(a) + g) / lam)))(u)
    yield density(Gumbel(0, 1))(back) * lam / u, change_of_variables(inverse=back)
    yield lam * a * u ** (-lam - 1) * exp(-((a * u) ** (-lam))), definition


@derivation(expected=WRONG)
def ones_on_the_diagonal_added_up():
    r"""The diagonal is multiplied."""
    yield det(Piecewise((1, Eq(row, j)), (below[row, j], j < row), (0, True)), row, j, n)
    yield n, triangular("above")


@derivation(expected=WRONG)
def ones_on_the_diagonal_with_the_number_of_classes():
    r"""A product of ones is 1."""
    yield Product(1, (row, 1, n))
    yield n, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def shares_with_one_scale_for_all():
    r"""Each of the $d$ coordinates is scaled."""
    yield det(jacobian(w * place[row], place, row, d))
    yield det(w * delta(row, j), row, j, d), chain_rule
    yield w, triangular("above")


@derivation(expected=WRONG)
def shares_scaled_the_wrong_way():
    r"""$u_i = w x_i$."""
    yield det(jacobian(w * place[row], place, row, d))
    yield det(delta(row, j) / w, row, j, d), chain_rule


@derivation(expected=WRONG)
def sum_to_the_power_of_one_class():
    r"""Each class brings $w^{-\lambda-1}$."""
    yield joint
    yield lam**n * powers * w ** (n - lam - 2) * exp(-(w ** (-lam)) * mass), algebra


@derivation(expected=WRONG)
def temperature_counted_once():
    r"""Each class brings $\lambda$."""
    yield joint
    yield lam * powers * w ** (-n * lam - 1) * exp(-(w ** (-lam)) * mass), algebra


@derivation(expected=WRONG)
def integral_with_the_next_factorial():
    r"""$\Gamma(n) = (n - 1)!$."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n + 1) / (lam * t**n), evaluate


@derivation(expected=WRONG)
def integral_without_the_temperature():
    r"""$dv = -\lambda w^{-\lambda-1}dw$ for $v = w^{-\lambda}$."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n) / t**n, evaluate


@derivation(expected=WRONG)
def concrete_density_for_n_classes_without_the_power():
    r"""The denominator has the power $n$."""
    yield lam**n * powers * gamma(n) / (lam * mass**n)
    yield gamma(n) * lam ** (n - 1) * powers / mass, algebra


@derivation(expected=WRONG)
def concrete_density_for_n_classes_with_one_temperature_more():
    r"""$\lambda^{n-1}$."""
    yield lam**n * powers * gamma(n) / (lam * mass**n)
    yield gamma(n) * lam**n * powers / mass**n, algebra


rest = Independent(Gumbel(0, 1), (i, 2, n))
every = Independent(Gumbel(0, 1), (i, 1, n))
noise = indexed("h")
all_below = Product(indicator(log(weight[i]) + noise[i] < log(weight[1]) + g), (i, 2, n))


@derivation(given=(n >= 2,), expected=WRONG)
def gumbel_max_with_one_other():
    r"""There are $n - 1$ others, each with a factor of its own."""
    yield E(all_below, (noise, rest))
    yield E(indicator(log(weight[2]) + h < log(weight[1]) + g), (h, Gumbel(0, 1))), independence


@derivation(given=(n >= 2,), expected=WRONG)
def gumbel_max_with_the_others_as_one():
    r"""The weights differ: no power of one factor."""
    yield E(all_below, (noise, rest))
    yield E(indicator(log(weight[2]) + h < log(weight[1]) + g), (h, Gumbel(0, 1))) ** (n - 1), independence


@derivation(given=(m >= 2, m <= n - 1), expected=WRONG)
def gumbel_max_for_any_class_without_those_after():
    r"""The classes after $m$ have to stay below, too."""
    below = indicator(log(weight[i]) + noise[i] < log(weight[m]) + g)
    value = exp(-weight[i] / weight[m] * exp(-g))
    yield E(
        Product(below, (i, 1, m - 1)) * Product(below, (i, m + 1, n)), (noise, Independent(Gumbel(0, 1), (i, 1, n)))
    )
    yield Product(value, (i, 1, m - 1)), evaluate


@derivation(given=(m >= 2, m <= n - 1), expected=WRONG)
def gumbel_max_for_any_class_with_itself():
    r"""The class $m$ is not compared with itself."""
    below = indicator(log(weight[i]) + noise[i] < log(weight[m]) + g)
    value = exp(-weight[i] / weight[m] * exp(-g))
    yield E(
        Product(below, (i, 1, m - 1)) * Product(below, (i, m + 1, n)), (noise, Independent(Gumbel(0, 1), (i, 1, n)))
    )
    yield Product(value, (i, 1, n)), evaluate
