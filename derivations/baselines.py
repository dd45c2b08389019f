r"""Baselines and control variates for the score-function estimate: unbiased whatever they are, and which is best; the
other draws as a baseline, and conditional means."""

from sympy import Eq, Integral, Sum, log, oo

from symrep import (
    D,
    E,
    Independent,
    Var,
    algebra,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    ge,
    hypothesis,
    independence,
    indexed,
    integrable,
    jensen,
    linearity,
    positive,
    positive_integer,
    real,
    score_function,
)
from symrep.distributions import Normal

z, z1, z2, x, mu, m, b, c, theta = real("z z_1 z_2 x mu m b c theta")
sigma, s = positive("sigma s")
f = function("f", smooth=1, growth=2)
p = Normal(mu, sigma)
score = (z - mu) / sigma**2

SURVEY = (
    "Mohamed, Rosca, Figurnov & Mnih, Monte Carlo Gradient Estimation in Machine Learning, JMLR 21 (2020), "
    "arXiv:1906.10652, section 7.4"
)
HERE = "worked out here for $f(z) = z^2$"


@derivation(source=SURVEY)
def baseline_keeps_the_mean():
    r"""Subtracting a constant $b$ from $f$ does not change the mean of the estimate, since the score has mean zero."""
    yield E((f(z) - b) * score, (z, p))
    yield E(f(z) * score, (z, p)) - b * E(score, (z, p)), linearity
    yield E(f(z) * score, (z, p)), evaluate
    yield D(E(f(z), (z, p)), mu), score_function(mu)


# any law with a density that is smooth in its parameter, and any continuous function

law = conditional_law("q", parameters=theta, positive=True, smooth=1)
any_g = function("g", smooth=0)
score_of_law = D(log(density(law)(z)), theta)
gradient = E(any_g(z) * score_of_law, (z, law))


@derivation(source=SURVEY, given=(dominated(1, (z, law), by=theta), dominated(any_g(z), (z, law), by=theta)))
def baseline_keeps_the_mean_under_any_law():
    r"""The same for every law and every continuous $g$ for which one may differentiate under the integral sign: with
    the score $s = \partial_\theta\log q_\theta$, $\mathbb{E}[(g - b)\,s] = \partial_\theta\mathbb{E}[g]$."""
    yield E((any_g(z) - b) * score_of_law, (z, law))
    yield gradient - b * E(score_of_law, (z, law)), linearity
    yield gradient - b * Integral(D(density(law)(z), theta), (z, -oo, oo)), definition
    yield gradient - b * D(Integral(density(law)(z), (z, -oo, oo)), theta), differentiate_under_integral(theta)
    yield gradient - b * D(1, theta), evaluate
    yield gradient, chain_rule
    yield D(E(any_g(z), (z, law)), theta), score_function(theta)


squares = (score_of_law**2, any_g(z) * score_of_law**2, any_g(z) ** 2 * score_of_law**2)
second_moments = tuple(integrable(h, (z, law)) for h in squares)
of_scores, of_both, of_products = (E(h, (z, law)) for h in squares)


@derivation(source=SURVEY, given=(*second_moments, of_scores > 0))
def best_baseline():
    r"""Since the mean does not depend on $b$, the variance of $(g - b)\,s$ is least where its second moment is, at
    $b^* = \mathbb{E}[g s^2]/\mathbb{E}[s^2]$, for every law and every $g$ for which these means exist."""
    yield E(((any_g(z) - b) * score_of_law) ** 2, (z, law))
    yield of_products - 2 * b * of_both + b**2 * of_scores, linearity
    yield of_scores * (b - of_both / of_scores) ** 2 + of_products - of_both**2 / of_scores, algebra
    yield ge(of_products - of_both**2 / of_scores), algebra


@derivation(source=HERE)
def best_baseline_for_the_square():
    r"""For $f(z) = z^2$ it is $\mu^2 + 3\sigma^2$, more than the mean of $f$, $\mu^2 + \sigma^2$."""
    yield E(z**2 * score**2, (z, p)) / E(score**2, (z, p))
    yield (mu**2 / sigma**2 + 3) / (1 / sigma**2), evaluate
    yield mu**2 + 3 * sigma**2, algebra


@derivation(source=HERE)
def variance_with_a_baseline():
    r"""For $f(z) = z^2$ and any baseline the variance is a square in $b$ about $\mu^2 + 3\sigma^2$; what is left at its
    minimum is $8\mu^2 + 6\sigma^2$, and without a baseline it is $\mu^4/\sigma^2 + 14\mu^2 + 15\sigma^2$."""
    estimate = (z**2 - b) * score
    yield Var(estimate, (z, p))
    yield E(estimate**2, (z, p)) - E(estimate, (z, p)) ** 2, definition
    yield (mu**4 - 2 * b * mu**2 + b**2) / sigma**2 + 18 * mu**2 - 6 * b + 15 * sigma**2 - (2 * mu) ** 2, evaluate
    yield (b - mu**2 - 3 * sigma**2) ** 2 / sigma**2 + 8 * mu**2 + 6 * sigma**2, algebra
    yield ge(8 * mu**2 + 6 * sigma**2), algebra


@derivation(source=SURVEY)
def control_variate():
    r"""With a control variate $c\,(z - \mu)$ of mean zero the variance of the estimate of $\mathbb{E}[z^2]$ is least at
    $c = 2\mu$, the regression coefficient, where it is $2\sigma^4$."""
    estimate = z**2 - c * (z - mu)
    yield Var(estimate, (z, p))
    yield E(estimate**2, (z, p)) - E(estimate, (z, p)) ** 2, definition
    yield (
        mu**4 + 6 * mu**2 * sigma**2 + 3 * sigma**4 - 4 * c * mu * sigma**2 + c**2 * sigma**2 - (mu**2 + sigma**2) ** 2,
        evaluate,
    )
    yield sigma**2 * (c - 2 * mu) ** 2 + 2 * sigma**4, algebra
    yield ge(2 * sigma**4), algebra


# --- control variates for any function under any law --------------------------------------------------------------

h = function("h", smooth=0)
q = conditional_law("q")
means = tuple(integrable(b, (z, q)) for b in (any_g(z), h(z)))
moments = (*means, *(integrable(b, (z, q)) for b in (any_g(z) ** 2, h(z) ** 2, any_g(z) * h(z))))

of_g, of_h = E(any_g(z), (z, q)), E(h(z), (z, q))
of_g_squared, of_h_squared, of_g_h = E(any_g(z) ** 2, (z, q)), E(h(z) ** 2, (z, q)), E(any_g(z) * h(z), (z, q))
variance_of_g, variance_of_h = of_g_squared - of_g**2, of_h_squared - of_h**2
covariance = of_g_h - of_g * of_h


@derivation(source=SURVEY, given=means)
def control_variate_keeps_the_mean():
    r"""For any $g$ and $h$ whose means exist under any law with a density, $g - c\,(h - \mathbb{E}[h])$ has the mean
    of $g$, whatever $c$ is."""
    yield E(any_g(z) - c * h(z), (z, q)) + c * E(h(z), (z, q))
    yield E(any_g(z), (z, q)), linearity


@derivation(source=SURVEY, given=(*moments, variance_of_h > 0))
def best_control_variate():
    r"""The variance is least at $c^* = \mathrm{Cov}(g, h)/\mathrm{Var}(h)$, where $\mathrm{Var}(g) - \mathrm{Cov}(g,
    h)^2/\mathrm{Var}(h)$ is left."""
    yield Var(any_g(z) - c * h(z), (z, q))
    yield E((any_g(z) - c * h(z)) ** 2, (z, q)) - E(any_g(z) - c * h(z), (z, q)) ** 2, definition
    yield of_g_squared - 2 * c * of_g_h + c**2 * of_h_squared - (of_g - c * of_h) ** 2, linearity
    yield variance_of_g - 2 * c * covariance + c**2 * variance_of_h, algebra
    yield variance_of_h * (c - covariance / variance_of_h) ** 2 + variance_of_g - covariance**2 / variance_of_h, algebra
    yield ge(variance_of_g - covariance**2 / variance_of_h), algebra


@derivation(source=SURVEY, given=(*moments, variance_of_g > 0, variance_of_h > 0))
def variance_left_by_the_best_control_variate():
    r"""With $\rho^2 = \mathrm{Cov}(g, h)^2/(\mathrm{Var}(g)\,\mathrm{Var}(h))$ what is left is $(1 - \rho^2)\,
    \mathrm{Var}(g)$."""
    yield variance_of_g - covariance**2 / variance_of_h
    yield (1 - covariance**2 / (variance_of_g * variance_of_h)) * variance_of_g, algebra


# --- two control variates -----------------------------------------------------------------------------------------

h1, h2 = (function(f"h_{k}", smooth=0)(z) for k in (1, 2))
c1, c2, v, beta1, beta2, Sigma12 = real("c_1 c_2 v beta_1 beta_2 Sigma_12")
Sigma11, Sigma22 = positive("Sigma_11 Sigma_22")
Delta = Sigma11 * Sigma22 - Sigma12**2
best1, best2 = (Sigma22 * beta1 - Sigma12 * beta2) / Delta, (Sigma11 * beta2 - Sigma12 * beta1) / Delta


def cov(s, t):
    return E(s * t, (z, q)) - E(s, (z, q)) * E(t, (z, q))


G = any_g(z)
pairs = (G, h1, h2, G**2, h1**2, h2**2, G * h1, G * h2, h1 * h2)


@derivation(source=SURVEY, given=tuple(integrable(b, (z, q)) for b in pairs))
def variance_with_two_control_variates():
    r"""The variance of $g - c^\top h$ is $v - 2\,c^\top\beta + c^\top\Sigma\,c$ with $v = \mathrm{Var}(g)$, $\beta =
    \mathrm{Cov}(h, g)$ and $\Sigma = \mathrm{Cov}(h, h)$, here for two control variates."""
    estimate = G - c1 * h1 - c2 * h2
    yield Var(estimate, (z, q))
    yield E(estimate**2, (z, q)) - E(estimate, (z, q)) ** 2, definition
    yield (
        E(G**2, (z, q))
        + c1**2 * E(h1**2, (z, q))
        + c2**2 * E(h2**2, (z, q))
        - 2 * c1 * E(G * h1, (z, q))
        - 2 * c2 * E(G * h2, (z, q))
        + 2 * c1 * c2 * E(h1 * h2, (z, q))
        - (E(G, (z, q)) - c1 * E(h1, (z, q)) - c2 * E(h2, (z, q))) ** 2,
        linearity,
    )
    yield (
        cov(G, G)
        - 2 * (c1 * cov(h1, G) + c2 * cov(h2, G))
        + c1**2 * cov(h1, h1)
        + 2 * c1 * c2 * cov(h1, h2)
        + c2**2 * cov(h2, h2),
        algebra,
    )


@derivation(source=SURVEY, given=(Delta > 0,))
def best_pair_of_control_variates():
    r"""It is least at $c^* = \Sigma^{-1}\beta$, written out with $\Delta = \det\Sigma > 0$, where $v -
    \beta^\top\Sigma^{-1}\beta$ is left: what is added is $(c - c^*)^\top\Sigma\,(c - c^*)$, two squares with positive
    weights."""
    d1, d2, left = c1 - best1, c2 - best2, v - (beta1 * best1 + beta2 * best2)
    yield v - 2 * (c1 * beta1 + c2 * beta2) + c1**2 * Sigma11 + 2 * c1 * c2 * Sigma12 + c2**2 * Sigma22
    yield left + Sigma11 * d1**2 + 2 * Sigma12 * d1 * d2 + Sigma22 * d2**2, algebra
    yield left + Sigma11 * (d1 + Sigma12 / Sigma11 * d2) ** 2 + Delta / Sigma11 * d2**2, algebra
    yield ge(left), algebra


# --- the other draws as a baseline, and conditional means ---------------------------------------------------------

TOTAL = "ThmDex, R4783 (the law of total variance)"
RAO_BLACKWELL = "the law of total variance; worked out here for two normal laws"
other = (z1**2 - z2**2) * (z1 - mu) / sigma**2


@derivation(source=HERE)
def leave_one_out_is_unbiased():
    r"""For $f(z) = z^2$ and two draws, $f(z_2)$ is a baseline for $z_1$: it does not depend on $z_1$, and the mean of
    the estimate is still $2\mu$."""
    yield E(E(other, (z2, p)), (z1, p))
    yield E((z1**2 - mu**2 - sigma**2) * (z1 - mu) / sigma**2, (z1, p)), evaluate
    yield 2 * mu, evaluate


@derivation(source=HERE)
def leave_one_out_second_moment():
    r"""Its second moment is $16\mu^2 + 12\sigma^2$: the $\mu^4/\sigma^2$ of the estimate without a baseline, which
    grows without bound as $\sigma \to 0$, is gone."""
    second = z1**4 - 2 * z1**2 * (mu**2 + sigma**2) + mu**4 + 6 * mu**2 * sigma**2 + 3 * sigma**4
    yield E(E(other**2, (z2, p)), (z1, p))
    yield E(second * (z1 - mu) ** 2 / sigma**4, (z1, p)), evaluate
    yield 16 * mu**2 + 12 * sigma**2, evaluate


i, j, n = positive_integer("i j n")
draw = indexed("z")
KOOL = "Kool, van Hoof & Welling, Buy 4 REINFORCE Samples, Get a Baseline for Free!, ICLR 2019 workshop"


@derivation(source=KOOL, given=(n >= 2,))
def leave_one_out_is_unbiased_for_any_number_of_draws():
    r"""For any $f$ of bounded growth and any number $n \ge 2$ of independent draws, the mean of $f$ over the others is
    a baseline for each: the average of the $(f(z_i) - \frac{1}{n - 1}\sum_{j \ne i} f(z_j))\,s(z_i)$ with the score
    $s(z) = (z - \mu)/\sigma^2$ has the mean $\partial_\mu\mathbb{E}[f]$."""
    others = (Sum(f(draw[j]), (j, 1, n)) - f(draw[i])) / (n - 1)
    estimate = Sum((f(draw[i]) - others) * (draw[i] - mu), (i, 1, n))
    yield E(estimate, (draw, Independent(p, (i, 1, n)))) / (n * sigma**2)
    yield (E(f(z1) * (z1 - mu), (z1, p)) - E(f(z1), (z1, p)) * E(z1 - mu, (z1, p))) / sigma**2, independence
    yield E(f(z1) * (z1 - mu), (z1, p)) / sigma**2, evaluate
    yield D(E(f(z1), (z1, p)), mu), score_function(mu)


@derivation(source=RAO_BLACKWELL)
def rao_blackwell():
    r"""Let $z \sim \mathcal{N}(m, s^2)$ and $x \mid z \sim \mathcal{N}(z, \sigma^2)$. The estimate $x$ of $m$ has the
    variance $\sigma^2 + s^2$; its conditional mean $\mathbb{E}[x \mid z] = z$ has the same mean and only $s^2$."""
    yield E(E((x - m) ** 2, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E((z - m) ** 2 + sigma**2, (z, Normal(m, s))), evaluate
    yield s**2 + sigma**2, evaluate
    yield ge(s**2), algebra


T, estimate_given = function("T", smooth=0)(x), function("m", smooth=0)(function("kappa", smooth=0)(x))
declared = tuple(integrable(b, (x, q)) for b in (T, estimate_given, T**2, estimate_given**2, T * estimate_given))


mean, mean_given, square_given, product = (
    E(t, (x, q)) for t in (T, estimate_given, estimate_given**2, T * estimate_given)
)
tower = (Eq(mean, mean_given), Eq(product, square_given))


@derivation(source=TOTAL, given=(*declared, *tower))
def rao_blackwell_for_any_law():
    r"""Let $x$ have any density, $\kappa$ any statistic, and $m(\kappa) = \mathbb{E}[T \mid \kappa]$: what is used of
    it is the tower rule, $\mathbb{E}[T\,\varphi(\kappa)] = \mathbb{E}[m(\kappa)\,\varphi(\kappa)]$, for $\varphi = 1$
    and $\varphi = m$. Then $\mathrm{Var}\,T = \mathbb{E}[(T - m)^2] + \mathrm{Var}\,m$, the law of total variance, so
    that $\mathrm{Var}\,\mathbb{E}[T \mid \kappa] \le \mathrm{Var}\,T$: with the same mean, the better estimate."""
    rest = E((T - estimate_given) ** 2, (x, q))
    yield Var(T, (x, q))
    yield E(T**2, (x, q)) - mean**2, definition
    yield rest + 2 * product - square_given - mean**2, linearity
    yield rest + square_given - mean**2, hypothesis(tower[1])
    yield rest + square_given - mean_given**2, hypothesis(tower[0])
    yield rest + Var(estimate_given, (x, q)), definition
    yield ge(E(T - estimate_given, (x, q)) ** 2 + Var(estimate_given, (x, q))), jensen(lambda t: t**2)
    yield ge(Var(estimate_given, (x, q))), algebra
