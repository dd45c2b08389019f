r"""Gumbel-max is exact, its relaxations are not: the densities of Concrete laws, and how biased they are; the noise
that goes with a given outcome."""

from sympy import Eq, Integral, Piecewise, Product, Rational, Sum, exp, factorial, gamma, log, oo

from symrep import (
    D,
    E,
    Independent,
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
    negative,
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
up, down = positive("z_1"), negative("z_0")
a, b, lam = positive("alpha beta lambda")
k = nonnegative_integer("k")
i, m, n = positive_integer("i m n")
weight, noise = indexed("alpha", "positive"), indexed("h")
others = Sum(weight[i], (i, 2, n))

REBAR = "Tucker, Mnih, Maddison, Lawson & Sohl-Dickstein, REBAR, NIPS 2017, arXiv:1703.07370"
CONCRETE = "Maddison, Mnih & Teh, The Concrete Distribution, arXiv:1611.00712"
HERE = "worked out here"
G = Gumbel(0, 1)
others_noise, all_noise = Independent(G, (i, 2, n)), Independent(G, (i, 1, n))
X = Logistic(0, 1)
Y = pushforward(X, x, 1 / (1 + exp(-(log(a) + x) / lam)))


@derivation(source=CONCRETE)
def the_other_stays_below():
    r"""With Gumbel noise $h$, $\log\beta + h$ stays below $\log\alpha + g$ with probability
    $e^{-(\beta/\alpha)e^{-g}}$."""
    yield E(indicator(log(b) + h < log(a) + g), (h, G))
    yield exp(-b / a * exp(-g)), evaluate


@derivation(source=CONCRETE)
def mean_of_that_probability():
    r"""Averaged over Gumbel noise $g$ that is $\alpha/(\alpha + \beta)$."""
    yield E(exp(-b / a * exp(-g)), (g, G))
    yield a / (a + b), evaluate


@derivation(source=CONCRETE)
def gumbel_max():
    r"""With independent Gumbel noise $g$, $h$ the first of $\log\alpha + g$ and $\log\beta + h$ is the larger one with
    probability $\alpha/(\alpha + \beta)$."""
    yield E(E(indicator(log(b) + h < log(a) + g), (h, G)), (g, G))
    yield E(exp(-b / a * exp(-g)), (g, G)), lemma(the_other_stays_below)
    yield a / (a + b), lemma(mean_of_that_probability)


@derivation(source=CONCRETE, given=(n >= 2,))
def gumbel_max_for_n_classes():
    r"""With independent Gumbel noise $g, h_2, \dots, h_n$ the first of $\log\alpha_1 + g$ and $\log\alpha_i + h_i$ is
    the largest with probability $\alpha_1/(\alpha_1 + \dots + \alpha_n)$, for every $n \ge 2$: given $g$ the others
    stay below with the product of the probabilities for each, in which the weights add up."""
    yield E(
        E(Product(indicator(log(weight[i]) + noise[i] < log(weight[1]) + g), (i, 2, n)), (noise, others_noise)), (g, G)
    )
    yield E(Product(E(indicator(log(weight[i]) + h < log(weight[1]) + g), (h, G)), (i, 2, n)), (g, G)), independence
    yield (
        E(Product(exp(-weight[i] / weight[1] * exp(-g)), (i, 2, n)), (g, G)),
        lemma(the_other_stays_below, {a: weight[1], b: weight[i]}),
    )
    yield E(exp(-others / weight[1] * exp(-g)), (g, G)), algebra
    yield weight[1] / (weight[1] + others), lemma(mean_of_that_probability, {a: weight[1], b: others})


@derivation(source=CONCRETE, given=(m >= 2, m <= n - 1))
def gumbel_max_for_any_class():
    r"""The same for any class $m$ between the first and the last of $n$, whose noise is $g$; $h_m$ is not used."""
    before, after = Sum(weight[i], (i, 1, m - 1)), Sum(weight[i], (i, m + 1, n))

    def below(body):
        return Product(body, (i, 1, m - 1)) * Product(body, (i, m + 1, n))

    def stays(value):
        return indicator(log(weight[i]) + value < log(weight[m]) + g)

    yield E(E(below(stays(noise[i])), (noise, all_noise)), (g, G))
    yield E(below(E(stays(h), (h, G))), (g, G)), independence
    yield (
        E(below(exp(-weight[i] / weight[m] * exp(-g))), (g, G)),
        lemma(the_other_stays_below, {a: weight[m], b: weight[i]}),
    )
    yield E(exp(-(exp(-g) / weight[m] * (before + after))), (g, G)), algebra
    yield weight[m] / (weight[m] + before + after), lemma(mean_of_that_probability, {a: weight[m], b: before + after})


@derivation(source=CONCRETE)
def binary_concrete_density():
    r"""Logistic noise through a sigmoid of temperature $\lambda$ has the binary Concrete density."""
    back = lam * (log(y) - log(1 - y)) - log(a)
    yield density(Y)(y)
    yield density(X)(back) * lam / (y * (1 - y)), change_of_variables(inverse=back)
    yield lam * a * (y * (1 - y)) ** (-lam - 1) / (a * y ** (-lam) + (1 - y) ** (-lam)) ** 2, definition(X)
    yield density(BinaryConcrete(a, lam))(y), definition


# --- n classes ----------------------------------------------------------------------------------------------------

row, j, d = positive_integer("i j d")
u, w, t = positive("u w t")
place, share, below = indexed("x"), indexed("x", "positive"), indexed("c")
mass = Sum(weight[i] * share[i] ** (-lam), (i, 1, n))
powers = Product(weight[i] * share[i] ** (-lam - 1), (i, 1, n))


@derivation(source=CONCRETE)
def unnormalised_share():
    r"""With Gumbel noise $g$ the number $u = e^{(\log\alpha + g)/\lambda}$ has the density $\lambda\alpha\,
    u^{-\lambda-1}e^{-\alpha u^{-\lambda}}$; the $n$ of them divided by their sum $w$ are the relaxed classes $x$."""
    back = lam * log(u) - log(a)
    yield density(pushforward(G, g, exp((log(a) + g) / lam)))(u)
    yield density(G)(back) * lam / u, change_of_variables(inverse=back)
    yield lam * a * u ** (-lam - 1) * exp(-a * u ** (-lam)), definition


@derivation(source=CONCRETE)
def determinant_of_the_sum():
    r"""The sum $w = u_1 + \dots + u_n$ takes the place of $u_n$: the matrix of derivatives has ones on its diagonal and
    zeros above it, whatever stands below (ones in the last row), and its determinant is 1 for every $n$."""
    yield det(Piecewise((1, Eq(row, j)), (below[row, j], j < row), (0, True)), row, j, n)
    yield Product(1, (row, 1, n)), triangular("above")
    yield 1, algebra


@derivation(source=CONCRETE)
def determinant_of_the_shares():
    r"""With the sum held fixed $u_i = w x_i$ for the other $d = n - 1$ coordinates, which has the determinant
    $w^{n-1}$."""
    yield det(jacobian(w * place[row], place, row, d))
    yield det(w * delta(row, j), row, j, d), chain_rule
    yield w**d, triangular("above")


@derivation(source=CONCRETE)
def density_of_the_shares_and_their_sum():
    r"""So the shares $x$ and the sum $w$ have the density $w^{n-1}\prod_i p_i(w x_i)$, by the change of variables in
    $n$ variables with these determinants, which is taken from the books (``concrete.py`` carries it out for two and
    three classes); the powers of $w$ are collected."""
    yield (
        w ** (n - 1)
        * Product(
            lam * weight[i] * (w * share[i]) ** (-lam - 1) * exp(-weight[i] * (w * share[i]) ** (-lam)), (i, 1, n)
        )
    )
    yield lam**n * powers * w ** (-n * lam - 1) * exp(-(w ** (-lam)) * mass), algebra


@derivation(source=CONCRETE)
def integral_over_the_sum():
    r"""$\int_0^\infty w^{-n\lambda-1}e^{-t w^{-\lambda}}\,dw = \frac{\Gamma(n)}{\lambda t^n}$."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n) / (lam * t**n), evaluate


@derivation(source=CONCRETE)
def concrete_density_for_n_classes():
    r"""That density, integrated over the sum, is for every number $n$ of classes the Concrete density
    $(n-1)!\,\lambda^{n-1}\prod_i \alpha_i x_i^{-\lambda-1} \big/ \left(\sum_i \alpha_i x_i^{-\lambda}\right)^n$ of the
    shares on the simplex."""
    yield lam**n * powers * Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * mass), (w, 0, oo))
    yield lam**n * powers * gamma(n) / (lam * mass**n), lemma(integral_over_the_sum, {t: mass})
    yield factorial(n - 1) * lam ** (n - 1) * powers / mass**n, algebra


# --- how biased it is ---------------------------------------------------------------------------------------------


@derivation(source=HERE)
def the_discrete_moment():
    r"""A Bernoulli variable is its own square."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield Rational(3, 10), evaluate


@derivation(source=HERE)
def the_relaxed_moment():
    r"""At temperature 1 and odds $3/7$ the relaxed square has another mean: $0.206$, not $0.300$."""
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1)))
    yield Rational(15, 8) - Rational(63, 32) * log(Rational(7, 3)), evaluate
    yield approx(Rational(206, 1000), Rational(1, 200)), algebra


@derivation(source=HERE)
def the_discrete_gradient():
    r"""The gradient that the relaxation is to estimate: of $\mathbb{E}[k^2]$ in $p$ it is 1."""
    yield D(E(k**2, (k, Bernoulli(p))), p)
    yield E(k**2 * (k - p) / (p * (1 - p)), (k, Bernoulli(p))), score_function(p)
    yield 1, evaluate


# --- the noise that goes with an outcome --------------------------------------------------------------------------

relaxed = Logistic(log(theta / (1 - theta)), 1)
given_one = pushforward(Uniform(0, 1), v, log(theta / (1 - theta)) + log((1 - theta + theta * v) / (theta * (1 - v))))
given_zero = pushforward(
    Uniform(0, 1), v, log(theta / (1 - theta)) + log((1 - theta) * v / (1 - (1 - theta) * v))
)  # fmt: skip


@derivation(source=REBAR)
def probability_of_one():
    r"""The relaxed variable $z = \log\frac{\theta}{1-\theta} + \log\frac{u}{1-u}$ is positive with probability
    $\theta$."""
    yield E(indicator(z > 0), (z, relaxed))
    yield theta, evaluate


@derivation(source=REBAR)
def noise_given_one():
    r"""With $u = 1 - \theta + \theta v$, $v$ uniform, the relaxed variable has the law it has given that it is
    positive: its density divided by $\theta$."""
    back = (1 / (1 + exp(log(theta / (1 - theta)) - up)) - (1 - theta)) / theta
    yield density(given_one)(up)
    yield back.diff(up), change_of_variables(inverse=back)
    yield density(relaxed)(up) / theta, algebra


@derivation(source=REBAR)
def noise_given_zero():
    r"""With $u = (1 - \theta)v$ it has the law it has given that it is negative."""
    back = 1 / (1 + exp(log(theta / (1 - theta)) - down)) / (1 - theta)
    yield density(given_zero)(down)
    yield back.diff(down), change_of_variables(inverse=back)
    yield density(relaxed)(down) / (1 - theta), algebra
