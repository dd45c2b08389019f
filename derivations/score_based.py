r"""Diffusion in continuous time: the kernels of the VP, sub-VP and VE equations, reversal, probability flow, Tweedie.

The density $p$ of $dx = f(x, t)\,dt + g(t)\,dw$ obeys the Fokker–Planck equation
$\partial_t p = -\nabla\cdot(f p) + \frac12 g^2\Delta p$; that two processes have the same densities is shown by the
equality of the right sides. $\beta = B'$, so that $B(t) = \int_0^t \beta$; all coordinates are independent, and one
is shown unless two are needed to tell a divergence from a derivative."""

from sympy import Integral, exp, log, oo, sqrt

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    lemma,
    linearity,
    positive,
    real,
    unit,
)
from symrep.distributions import Normal

x, y, t, x0, m, m1, m2 = real("x y t x_0 m m_1 m_2")
alpha, sigma, s = positive("alpha sigma s")
w = unit("w")
A, S, V, B = (function(n, smooth=1) for n in ("A", "S", "V", "B"))
f, g = function("f", smooth=1, arity=2), function("g", smooth=0)
f1, f2 = function("f_1", smooth=1, arity=3), function("f_2", smooth=1, arity=3)
p, P = function("p", smooth=2, arity=2), function("p", smooth=2, arity=3)

SONG = "Song, Sohl-Dickstein, Kingma, Kumar, Ermon & Poole, Score-Based Generative Modeling through Stochastic "
SONG += "Differential Equations, ICLR 2021, arXiv:2011.13456"
EFRON = "Efron, Tweedie's Formula and Selection Bias, Journal of the American Statistical Association 106 (2011)"


# --- kernels ------------------------------------------------------------------------------------------------------


@derivation(source="worked out here from the moment equations", given=(V(t) > 0,))
def kernel_of_a_linear_equation():
    r"""For $dx = a x\,dt + g\,dw$ with $a = A'$ the moment equations $m' = a m$, $v' = 2 a v + g^2$ are solved by
    $m = x_0 e^{A}$ and $v = e^{2A} V$ with $V' = e^{-2A}g^2$. Then $\mathcal{N}(m, v)$ solves the Fokker–Planck
    equation; with $A(0) = V(0) = 0$ it starts in $x_0$."""
    q = density(Normal(x0 * exp(A(t)), sqrt(exp(2 * A(t)) * V(t))))(x)
    yield D(q, t)
    yield -D(A(t).diff(t) * x * q, x) + exp(2 * A(t)) * V(t).diff(t) / 2 * D(q, x, x), chain_rule


@derivation(source=SONG)
def moments_of_the_variance_preserving_equation():
    r"""$v = 1 - e^{-B}$ solves $v' = -\beta v + \beta$, the variance's equation for $dx = -\frac12\beta x\,dt +
    \sqrt{\beta}\,dw$."""
    yield D(1 - exp(-B(t)), t)
    yield B(t).diff(t) * exp(-B(t)), chain_rule
    yield -B(t).diff(t) * (1 - exp(-B(t))) + B(t).diff(t), algebra


@derivation(source=SONG, given=(B(t) > 0,))
def variance_preserving_kernel():
    r"""VP: $dx = -\frac12\beta x\,dt + \sqrt{\beta}\,dw$ has the kernel
    $\mathcal{N}(x_0 e^{-B/2}, 1 - e^{-B})$."""
    q, beta = density(Normal(x0 * exp(-B(t) / 2), sqrt(1 - exp(-B(t)))))(x), B(t).diff(t)
    yield D(q, t)
    yield -D(-beta * x / 2 * q, x) + beta / 2 * D(q, x, x), chain_rule


@derivation(source=SONG)
def moments_of_the_sub_variance_preserving_equation():
    r"""$v = (1 - e^{-B})^2$ solves $v' = -\beta v + \beta(1 - e^{-2B})$."""
    yield D((1 - exp(-B(t))) ** 2, t)
    yield 2 * B(t).diff(t) * exp(-B(t)) * (1 - exp(-B(t))), chain_rule
    yield -B(t).diff(t) * (1 - exp(-B(t))) ** 2 + B(t).diff(t) * (1 - exp(-2 * B(t))), algebra


@derivation(source=SONG, given=(B(t) > 0,))
def sub_variance_preserving_kernel():
    r"""sub-VP: $dx = -\frac12\beta x\,dt + \sqrt{\beta(1 - e^{-2B})}\,dw$ has the kernel
    $\mathcal{N}(x_0 e^{-B/2}, (1 - e^{-B})^2)$: the *standard deviation* is VP's variance."""
    q, beta = density(Normal(x0 * exp(-B(t) / 2), 1 - exp(-B(t))))(x), B(t).diff(t)
    yield D(q, t)
    yield -D(-beta * x / 2 * q, x) + beta * (1 - exp(-2 * B(t))) / 2 * D(q, x, x), chain_rule


@derivation(source=SONG, given=(S(t) > s**2,))
def variance_exploding_kernel():
    r"""VE: with $S(t) = \sigma^2(t)$ and $S(0) = s^2$, $dx = \sqrt{S'}\,dw$ has the kernel
    $\mathcal{N}(x_0, S(t) - s^2)$."""
    q = density(Normal(x0, sqrt(S(t) - s**2)))(x)
    yield D(q, t)
    yield S(t).diff(t) / 2 * D(q, x, x), chain_rule


@derivation(source=SONG)
def score_of_the_kernel():
    r"""What denoising score matching learns: at $x = \alpha x_0 + \sigma\epsilon$ the kernel's score is
    $-\epsilon/\sigma$."""
    eps = (x - alpha * x0) / sigma
    yield D(log(density(Normal(alpha * x0, sigma))(x)), x)
    yield -(x - alpha * x0) / sigma**2, chain_rule
    yield -eps / sigma, algebra


# --- probability flow, reversal -----------------------------------------------------------------------------------


@derivation(source=SONG, given=(p(x, t) > 0,))
def probability_flow():
    r"""The right side of the Fokker–Planck equation is that of the continuity equation of the ordinary differential
    equation $dx = \left[f - \frac12 g^2\,\partial_x\log p\right]dt$."""
    q, drift = p(x, t), f(x, t)
    yield -D(drift * q, x) + g(t) ** 2 / 2 * D(q, x, x)
    yield -D((drift - g(t) ** 2 / 2 * D(log(q), x)) * q, x), chain_rule


@derivation(source=SONG, given=(P(x, y, t) > 0,))
def probability_flow_in_the_plane():
    r"""The same in the plane: $dx = \left[f - \frac12 g^2\nabla\log p\right]dt$."""
    q, at = P(x, y, t), (x, y, t)
    yield -D(f1(*at) * q, x) - D(f2(*at) * q, y) + g(t) ** 2 / 2 * (D(q, x, x) + D(q, y, y))
    yield (
        -D((f1(*at) - g(t) ** 2 / 2 * D(log(q), x)) * q, x) - D((f2(*at) - g(t) ** 2 / 2 * D(log(q), y)) * q, y),
        chain_rule,
    )


@derivation(source=SONG, given=(p(x, t) > 0,))
def reverse_equation():
    r"""Run backwards, in $\tau = T - t$, the densities obey $\partial_\tau p = -\partial_t p$. That is the
    Fokker–Planck equation of the drift $-f + g^2\,\partial_x\log p$ and the same noise: the reverse equation is
    $dx = \left[f - g^2\,\partial_x\log p\right]dt + g\,d\bar w$."""
    q, drift = p(x, t), f(x, t)
    yield -(-D(drift * q, x) + g(t) ** 2 / 2 * D(q, x, x))
    yield -D((-drift + g(t) ** 2 * D(log(q), x)) * q, x) + g(t) ** 2 / 2 * D(q, x, x), chain_rule


@derivation(source=SONG, given=(P(x, y, t) > 0,))
def reverse_equation_in_the_plane():
    r"""The same in the plane: $dx = \left[f - g^2\nabla\log p\right]dt + g\,d\bar w$."""
    q, at = P(x, y, t), (x, y, t)
    noise = g(t) ** 2 / 2 * (D(q, x, x) + D(q, y, y))
    yield -(-D(f1(*at) * q, x) - D(f2(*at) * q, y) + noise)
    yield (
        -D((-f1(*at) + g(t) ** 2 * D(log(q), x)) * q, x) - D((-f2(*at) + g(t) ** 2 * D(log(q), y)) * q, y) + noise,
        chain_rule,
    )


# --- Tweedie ------------------------------------------------------------------------------------------------------

prior = function("p_0", smooth=0, growth=2)
kernel = density(Normal(alpha * x0, sigma))(x)
marginal = Integral(prior(x0) * kernel, (x0, -oo, oo))


@derivation(source=EFRON)
def tweedie_multiplied_out():
    r"""Let $p(x) = \int p_0(x_0)\,\mathcal{N}(x \mid \alpha x_0, \sigma^2)\,dx_0$, for any prior density $p_0$ that is
    continuous and of at most quadratic growth. Then $x\,p + \sigma^2 p' = \alpha\int x_0\,p_0(x_0)\,
    \mathcal{N}(x \mid \alpha x_0, \sigma^2)\,dx_0$."""
    yield x * marginal + sigma**2 * D(marginal, x)
    yield x * marginal + sigma**2 * Integral(D(prior(x0) * kernel, x), (x0, -oo, oo)), differentiate_under_integral(x)
    yield (
        x * marginal + sigma**2 * Integral(prior(x0) * (alpha * x0 - x) / sigma**2 * kernel, (x0, -oo, oo)),
        chain_rule,
    )
    yield alpha * Integral(x0 * prior(x0) * kernel, (x0, -oo, oo)), linearity


@derivation(source=EFRON, given=(marginal > 0,))
def tweedie():
    r"""Tweedie's formula: $\mathbb{E}[x_0 \mid x] = \frac{1}{\alpha}\left(x + \sigma^2\,\nabla\log p(x)\right)$ with
    $\nabla\log p = p'/p$; on the right stands the posterior's mean by Bayes' rule."""
    moment = Integral(x0 * prior(x0) * kernel, (x0, -oo, oo))
    yield (x + sigma**2 * D(marginal, x) / marginal) / alpha
    yield (x * marginal + sigma**2 * D(marginal, x)) / (alpha * marginal), algebra
    yield moment / marginal, lemma(tweedie_multiplied_out)


total = alpha**2 * s**2 + sigma**2


@derivation(source=EFRON)
def tweedie_for_a_normal_prior():
    r"""For the prior $\mathcal{N}(m, s^2)$ the observation has the law $\mathcal{N}(\alpha m, \alpha^2s^2 +
    \sigma^2)$, and the formula gives the known posterior mean."""
    yield (x + sigma**2 * D(log(density(Normal(alpha * m, sqrt(total)))(x)), x)) / alpha
    yield (x - sigma**2 * (x - alpha * m) / total) / alpha, chain_rule
    yield (sigma**2 * m + alpha * s**2 * x) / total, algebra


@derivation(source="worked out here by Bayes' rule")
def posterior_mean_for_a_normal_prior():
    r"""The same from Bayes' rule: $\int x_0\,p(x_0 \mid x)\,dx_0$."""
    X = Normal(m, s)
    yield E(x0 * kernel, (x0, X)) / E(kernel, (x0, X))
    yield (sigma**2 * m + alpha * s**2 * x) / total, evaluate


@derivation(source=EFRON)
def tweedie_for_a_mixture():
    r"""For a mixture of two normal laws the denoiser averages the two posterior means, weighted by how likely each
    component makes $x$."""
    first, second = (density(Normal(alpha * c, sqrt(total)))(x) for c in (m1, m2))
    means = [sigma**2 * c + alpha * s**2 * x for c in (m1, m2)]
    q = w * first + (1 - w) * second
    yield (x + sigma**2 * D(log(q), x)) / alpha
    yield (w * means[0] * first + (1 - w) * means[1] * second) / (total * q), chain_rule
