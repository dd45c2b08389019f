r"""Gradients where a condition of the usual rule fails, done right: with the term that is missing, or by another rule.

Each derivation is the other half of one in ``must_fail/conditions.py``, where the condition is dropped and the wrong
number comes out. More halves stand elsewhere: the step function and $|x|$ in ``without_smoothness.py``, $x^2\sin
x^{-2}$ in ``wild_function.py``, the relaxed Bernoulli variable in ``relaxations.py``."""

from sympy import Heaviside, Integral, Piecewise, Rational, exp, oo, sign, sin, sqrt

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
    leibniz,
    nonzero,
    positive,
    real,
    reparameterise,
    score_function,
    substitution,
    unit,
)
from symrep.distributions import Cauchy, Exponential, Laplace, Normal, Pareto, Uniform

mu, m, x, z, c, s, eps, e1, e2, F1, F2 = real("mu m x z c s epsilon epsilon_1 epsilon_2 F_1 F_2")
sigma, theta, x_m, a, b, d, w, lam, delta = positive("sigma theta x_m a b d w lambda Delta")
u, p = unit("u p")
t = nonzero("t")

LEIBNIZ = "the Leibniz integral rule with limits that move; worked out here"
SCORE = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.2"
SURVEY = "Mohamed, Rosca, Figurnov & Mnih, Monte Carlo Gradient Estimation in Machine Learning, arXiv:1906.10652"
HERE = "worked out here"


@derivation(source=LEIBNIZ)
def uniform_law_with_its_moving_end():
    r"""The mean of $\mathcal{U}(0, \theta)$ has the derivative $\frac12$: the score's part, $-\frac12$, and the value
    at the end that moves, $1$."""
    U = Uniform(0, theta)
    yield D(E(x, (x, U)), theta)
    yield 1 + E(-x / theta, (x, U)), leibniz(theta)
    yield 1 - Rational(1, 2), evaluate
    yield Rational(1, 2), algebra


@derivation(source=LEIBNIZ)
def pareto_law_with_its_moving_end():
    r"""The mean of a Pareto law with $\alpha = 3$ grows with $x_m$ at the rate $\frac32$: the score's part,
    $\frac92$, and the boundary term of the lower end, $-3$."""
    P = Pareto(x_m, 3)
    yield D(E(x, (x, P)), x_m)
    yield E(3 * x / x_m, (x, P)) - 3, leibniz(x_m)
    yield Rational(9, 2) - 3, evaluate
    yield Rational(3, 2), algebra


@derivation(source=SCORE)
def score_of_a_function_that_is_only_continuous():
    r"""For a continuous $f$ of bounded growth, differentiable or not, the score function gives the gradient. A
    function such as Cantor's, with a classical derivative that vanishes almost everywhere, is one of them."""
    f = function("f", smooth=0, growth=2)
    yield D(E(f(z), (z, Normal(mu, sigma))), mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, Normal(mu, sigma))), score_function(mu)


@derivation(source=SCORE)
def score_of_a_wild_function():
    r"""For $f(z) = z^2\sin(z^{-2})$ on $z > 0$, zero elsewhere, $\mathbb{E}|f'(z)|$ is infinite, but $f$ itself is
    bounded by 1, and the gradient is there."""
    f = Piecewise((z**2 * sin(1 / z**2), z > 0), (0, True))
    yield D(E(f, (z, Normal(mu, sigma))), mu)
    yield E(f * (z - mu) / sigma**2, (z, Normal(mu, sigma))), score_function(mu)


@derivation(source=HERE)
def slope_where_nothing_dominates():
    r"""$h(t) = \int_0^\infty t^3 e^{-t^2x}\,dx$ vanishes at $t = 0$, and its difference quotient there is $1$ for
    every $t \ne 0$, so that $h'(0) = 1$."""
    yield (Integral(t**3 * exp(-(t**2) * x), (x, 0, oo)) - 0) / t
    yield (t - 0) / t, evaluate
    yield 1, algebra


@derivation(source=HERE)
def laplace_information():
    r"""The Fisher information of a Laplace law's location is the mean square of the score, $1/b^2$."""
    L = Laplace(m, b)
    yield E((sign(z - m) / b) ** 2, (z, L))
    yield 1 / b**2, evaluate


@derivation(source=LEIBNIZ)
def laplace_score_with_its_jump():
    r"""Under the law at $0$ the score of the location $\Delta$, $\operatorname{sign}(z - \Delta)/b$, jumps by $2/b$
    at $\Delta$, and its mean falls with $\Delta$ at the rate $e^{-\Delta/b}/b^2$: all of it from the jump. As
    $\Delta \to 0$ that is the information $1/b^2$."""
    L = Laplace(0, b)
    yield -D(E(sign(z - delta) / b, (z, L)), delta)
    yield 2 / b * density(L)(delta), leibniz(delta)
    yield exp(-delta / b) / b**2, definition


@derivation(source=HERE, given=(c**2 < a * d,))
def price_for_a_symmetric_covariance():
    r"""With $\Sigma = \begin{pmatrix} a & c \\ c & d \end{pmatrix}$ and its Cholesky factor, $x_1 = \sqrt
    a\,\epsilon_1$ and $x_2 = \frac{c}{\sqrt a}\epsilon_1 + \sqrt{d - c^2/a}\,\epsilon_2$: the derivative of
    $\mathbb{E}[x_1x_2]$ by $c$ is $1$, twice the entry of $\frac12\mathbb{E}\nabla^2 f$, as $c$ stands in $\Sigma$
    twice."""
    x1 = sqrt(a) * e1
    x2 = c / sqrt(a) * e1 + sqrt(d - c**2 / a) * e2
    yield D(E(E(x1 * x2, (e2, Normal(0, 1))), (e1, Normal(0, 1))), c)
    yield D(E(c * e1**2, (e1, Normal(0, 1))), c), evaluate
    yield D(c, c), evaluate
    yield 1, chain_rule


@derivation(source=SCORE)
def cauchy_location_for_a_bounded_function():
    r"""A Cauchy law has no mean, and its location no gradient for $f(z) = z$; for a bounded $f$ with a bounded
    derivative it has one."""
    f = function("f", smooth=1, growth=0)
    path = m + b * eps
    yield D(E(f(z), (z, Cauchy(m, b))), m)
    yield D(E(f(path), (eps, Cauchy(0, 1))), m), reparameterise(eps, path)
    yield E(D(f(path), m), (eps, Cauchy(0, 1))), differentiate_under_integral(m)


@derivation(source=LEIBNIZ)
def mixture_weight_with_its_jump():
    r"""A component drawn by $\mathbf{1}\{u < p\}$ jumps from $F_1 = \mathbb{E}_1 f$ to $F_2 = \mathbb{E}_2 f$ at
    $u = p$; the jump is all of the derivative by $p$."""
    yield D(E(Heaviside(p - u) * F1 + Heaviside(u - p) * F2, (u, Uniform(0, 1))), p)
    yield F1 - F2, leibniz(p)


@derivation(source=HERE)
def mixture_weight_in_closed_form():
    r"""The same from the mean itself, $pF_1 + (1 - p)F_2$."""
    yield D(E(Piecewise((F1, u < p), (F2, True)), (u, Uniform(0, 1))), p)
    yield D(p * F1 + (1 - p) * F2, p), evaluate
    yield F1 - F2, chain_rule


@derivation(source=SURVEY)
def score_alone_has_mean_zero():
    r"""The score of the law that is drawn from has mean zero, as long as nothing multiplies it."""
    yield E((z - mu) / sigma**2, (z, Normal(mu, sigma)))
    yield 0, evaluate


@derivation(source=SCORE)
def exponential_rate_of_a_wild_function():
    r"""$f(w) = w^2\sin(w^{-2})$ under an exponential law: the gradient by the rate needs no $f'$."""
    f = w**2 * sin(1 / w**2)
    yield D(E(f, (w, Exponential(lam))), lam)
    yield E(f * (1 / lam - w), (w, Exponential(lam))), score_function(lam)


@derivation(source=LEIBNIZ)
def a_continuous_function_of_uniform_noise():
    r"""For any continuous $f$, differentiable or not, $\mathbb{E}[f(m + u)]$ with uniform $u$ has the derivative
    $f(m + 1) - f(m)$. For Cantor's function, continued by 0 and 1, it is 1 at $m = 0$ although $f' = 0$ almost
    everywhere: what is missing under the integral is no jump, but the part of $f$ that its derivative does not see."""
    f = function("f", smooth=0)
    yield D(E(f(m + u), (u, Uniform(0, 1))), m)
    yield D(Integral(f(m + u), (u, 0, 1)), m), definition
    yield D(Integral(f(s), (s, m, m + 1)), m), substitution(u, s - m, s)
    yield f(m + 1) - f(m), leibniz(m)
