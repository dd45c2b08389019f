r"""Gradients through a binary variable: what straight-through leaves out, antithetic noise, surrogates with a path.

$b$ is 1 with probability $p = \sigma(\phi) = 1/(1 + e^{-\phi})$, or just $p$; $f(0)$, $f(1)$ are any two numbers."""

from sympy import Integral, Rational, exp, log, oo

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    indicator,
    lemma,
    linearity,
    nonnegative_integer,
    positive,
    real,
    reparameterise,
    score_function,
    split_at,
    substitution,
    unit,
)
from symrep.distributions import Bernoulli, Logistic, Normal, Uniform

phi, z, mu, eps, t = real("phi z mu epsilon t")
sigma = positive("sigma")
u, p = unit("u p")
k = nonnegative_integer("k")
f = function("f", smooth=1)
s = 1 / (1 + exp(-phi))


def at(b):
    """$f(b)$ for a $b$ that is 0 or 1."""
    return f(0) + (f(1) - f(0)) * b


BENGIO = "Bengio, Léonard & Courville, Estimating or Propagating Gradients Through Stochastic Neurons, arXiv:1308.3432"
ARM = "Yin & Zhou, ARM: Augment-REINFORCE-Merge Gradient for Stochastic Binary Networks, arXiv:1807.11143"
REBAR = "Tucker, Mnih, Maddison, Lawson & Sohl-Dickstein, REBAR, NIPS 2017, arXiv:1703.07370"
VOID = "Grathwohl, Choi, Wu, Roeder & Duvenaud, Backpropagation through the Void, arXiv:1711.00123"
noise = Uniform(0, 1)


# --- straight through ---------------------------------------------------------------------------------------------


@derivation(source=BENGIO)
def gradient_by_the_probability():
    r"""$\partial_p\,\mathbb{E}[f(b)] = f(1) - f(0)$."""
    yield D(E(f(k), (k, Bernoulli(p))), p)
    yield E(f(k) * (k - p) / (p * (1 - p)), (k, Bernoulli(p))), score_function(p)
    yield f(1) - f(0), evaluate


@derivation(source=BENGIO)
def straight_through():
    r"""Straight-through takes $\partial_p b = 1$: the mean of $f'(b)$, which is $(1 - p)f'(0) + p f'(1)$ and not $f(1)
    - f(0)$. Both are the same for a straight line $f$."""
    yield E(f(t).diff(t).subs(t, k), (k, Bernoulli(p)))
    yield (1 - p) * f(t).diff(t).subs(t, 0) + p * f(t).diff(t).subs(t, 1), evaluate


c1, c2, c3 = real("c_1 c_2 c_3")


@derivation(source=BENGIO)
def bias_of_straight_through():
    r"""For $f(t) = c_0 + c_1t + c_2t^2 + c_3t^3$ the bias is $c_2(2p - 1) + c_3(3p - 1)$: none for straight lines, none
    for parabolas at $p = \frac12$, and in general there is."""
    yield E(c1 + 2 * c2 * k + 3 * c3 * k**2, (k, Bernoulli(p))) - (c1 + c2 + c3)
    yield c1 + 2 * c2 * p + 3 * c3 * p - (c1 + c2 + c3), evaluate
    yield c2 * (2 * p - 1) + c3 * (3 * p - 1), algebra


# --- antithetic noise ---------------------------------------------------------------------------------------------


@derivation(source=ARM)
def gradient_by_the_logit():
    r"""With $p = \sigma(\phi)$ the gradient is $(f(1) - f(0))\,\sigma(\phi)(1 - \sigma(\phi))$."""
    yield D(E(f(k), (k, Bernoulli(s))), phi)
    yield D((1 - s) * f(0) + s * f(1), phi), evaluate
    yield (f(1) - f(0)) * s * (1 - s), chain_rule


half = Rational(1, 2)


def two_values(t):
    r"""The means of $f(\mathbf{1}\{u > 1 - t\})$ and $f(\mathbf{1}\{u < t\})$, times $u - \frac12$."""
    return (E(at(b) * (u - half), (u, noise)) for b in (indicator(u > 1 - t), indicator(u < t)))


@derivation(source=ARM)
def antithetic_pair_by_the_probability():
    r"""With $u$ uniform, $\mathbf{1}\{u < p\}$ and $\mathbf{1}\{u > 1 - p\}$ both have the law of $b$; the difference
    of their values of $f$, times $u - \frac12$, has the mean $(f(1) - f(0))\,p(1 - p)$."""
    one, other = two_values(p)
    yield one - other
    yield (f(1) - f(0)) * p * (1 - p), evaluate


@derivation(source=ARM)
def augment_reinforce_merge():
    r"""So $\partial_\phi\,\mathbb{E}[f(b)] = \mathbb{E}[(f(\mathbf{1}\{u > \sigma(-\phi)\}) - f(\mathbf{1}\{u <
    \sigma(\phi)\}))(u - \frac12)]$, with $f(\mathbf{1}\{\cdot\})$ written as $f(0) + (f(1) - f(0))\,
    \mathbf{1}\{\cdot\}$: two values of $f$, no derivative of it, and no bias."""
    one, other = two_values(s)
    yield one - other
    yield (f(1) - f(0)) * s * (1 - s), lemma(antithetic_pair_by_the_probability, {p: s})
    yield D(E(f(k), (k, Bernoulli(s))), phi), lemma(gradient_by_the_logit)


# --- control variates with a path ---------------------------------------------------------------------------------

q = Normal(mu, sigma)
base = Normal(0, 1)
path = mu + sigma * eps
black_box = function("g", smooth=0, growth=2)
surrogate = function("c", smooth=1, growth=2)
score = (z - mu) / sigma**2


@derivation(source=VOID)
def lax():
    r"""A surrogate $c$ of $g$ whose gradient is known, taken off by its score and put back by its path: unbiased for
    every $c$, and $g$ is only evaluated."""
    rest = E((black_box(z) - surrogate(z)) * score, (z, q))
    yield D(E(black_box(z), (z, q)), mu)
    yield E(black_box(z) * score, (z, q)), score_function(mu)
    yield rest + E(surrogate(z) * score, (z, q)), linearity
    yield rest + D(E(surrogate(z), (z, q)), mu), score_function(mu)
    yield rest + D(E(surrogate(path), (eps, base)), mu), reparameterise(eps, path)
    yield rest + E(D(surrogate(path), mu), (eps, base)), differentiate_under_integral(mu)
    yield rest + E(surrogate(path).diff(mu), (eps, base)), chain_rule


theta, v = unit("theta v")
c = function("c", smooth=0, growth=2)
location = log(theta / (1 - theta))
relaxed = Logistic(location, 1)
given_one = location + log((1 - theta + theta * v) / (theta * (1 - v)))
given_zero = location + log((1 - theta) * v / (1 - (1 - theta) * v))


@derivation(source=REBAR)
def conditional_means_add_up():
    r"""The relaxed variable $z = \log\frac{\theta}{1 - \theta} + \log\frac{u}{1 - u}$ is positive where $u > 1 -
    \theta$. With $u = 1 - \theta + \theta v$ there, $u = (1 - \theta)v$ elsewhere, $v$ uniform, $\mathbb{E}[c(z)] =
    \theta\, \mathbb{E}[c(z) \mid b = 1] + (1 - \theta)\,\mathbb{E}[c(z) \mid b = 0]$, each along a path of its own."""
    body, negative_part = c(z) * density(relaxed)(z), Integral(c(z) * density(relaxed)(z), (z, -oo, 0))
    one, zero = Integral(c(given_one), (v, 0, 1)), Integral(c(given_zero), (v, 0, 1))
    yield E(c(z), (z, relaxed))
    yield Integral(body, (z, -oo, oo)), definition
    yield Integral(body, (z, 0, oo)) + negative_part, split_at(0)
    yield theta * one + negative_part, substitution(z, given_one, v)
    yield theta * one + (1 - theta) * zero, substitution(z, given_zero, v)


C0, C1 = (function(f"C_{n}", smooth=1)(p) for n in (0, 1))
given_b = k * C1 + (1 - k) * C0


@derivation(source=VOID)
def relax():
    r"""RELAX. The surrogate $c(z)$ of a relaxed variable $z$ with $b = \mathbf{1}\{z > 0\}$ has the conditional means
    $C_b(p) = \mathbb{E}[c(z) \mid b]$, as above, so that $\mathbb{E}[c(z)] =
    p\,C_1 + (1 - p)\,C_0$. The mean of $(f(b) - C_b)\,\partial_p\log P(b) + \partial_p c(z) - \partial_p C_b$ is the
    gradient, for every $c$."""
    yield (
        E((f(k) - given_b) * (k - p) / (p * (1 - p)), (k, Bernoulli(p)))
        + D(p * C1 + (1 - p) * C0, p)
        - E(k * C1.diff(p) + (1 - k) * C0.diff(p), (k, Bernoulli(p)))
    )
    yield f(1) - C1 - f(0) + C0 + D(p * C1 + (1 - p) * C0, p) - (p * C1.diff(p) + (1 - p) * C0.diff(p)), evaluate
    yield f(1) - f(0), chain_rule
