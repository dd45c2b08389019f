r"""Denoising under any prior: the score of a marginal density, Tweedie's formula, and the velocity of a flow.

The prior has any continuous density $p_0$ on the line, the observation given $x$ any positive density $k$ that is $C^1$
jointly, or a normal one. That one may differentiate under the integral sign is among the hypotheses."""

from sympy import exp, log

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    integrable,
    lemma,
    linearity,
    positive,
    real,
)
from symrep.distributions import Normal

x, y, t = real("x y t")
alpha, sigma = positive("alpha sigma")
prior = conditional_law("p_0", smooth=0)

VINCENT = "Vincent, A Connection Between Score Matching and Denoising Autoencoders, Neural Computation 23 (2011)"
EFRON = "Efron, Tweedie's Formula and Selection Bias, Journal of the American Statistical Association 106 (2011)"
LIPMAN = "Lipman, Chen, Ben-Hamu, Nickel & Le, Flow Matching for Generative Modeling, ICLR 2023, arXiv:2210.02747"


# --- any kernel ---------------------------------------------------------------------------------------------------

kernel = density(conditional_law("k", given=x, positive=True, smooth=1))(y)
marginal = E(kernel, (x, prior))


@derivation(source=VINCENT, given=(dominated(kernel, (x, prior), by=y),))
def slope_of_the_marginal():
    r"""$\partial_y p(y) = \int p_0(x)\,k(y \mid x)\,\partial_y\log k(y \mid x)\,dx$."""
    yield D(marginal, y)
    yield E(D(kernel, y), (x, prior)), differentiate_under_integral(y)
    yield E(D(log(kernel), y) * kernel, (x, prior)), chain_rule


@derivation(source=VINCENT, given=(dominated(kernel, (x, prior), by=y), marginal > 0))
def score_of_the_marginal():
    r"""The score of the marginal density $p(y) = \int p_0(x)\,k(y \mid x)\,dx$ is the mean of the score of the kernel
    under the posterior, $\partial_y\log p(y) = \mathbb{E}[\partial_y\log k(y \mid x) \mid y]$: what denoising score
    matching regresses on has the right mean."""
    yield D(log(marginal), y)
    yield D(marginal, y) / marginal, chain_rule
    yield E(D(log(kernel), y) * kernel, (x, prior)) / marginal, lemma(slope_of_the_marginal)


# --- a normal kernel ----------------------------------------------------------------------------------------------

normal = density(Normal(alpha * x, sigma))(y)
observed = E(normal, (x, prior))


@derivation(source=EFRON, given=(dominated(normal, (x, prior), by=y), integrable(x * normal, (x, prior))))
def tweedie_multiplied_out_for_any_prior():
    r"""$y\,p(y) + \sigma^2\,p'(y) = \alpha\int x\,p_0(x)\,\mathcal{N}(y \mid \alpha x, \sigma^2)\,dx$."""
    yield y * observed + sigma**2 * D(observed, y)
    yield y * observed + sigma**2 * E(D(normal, y), (x, prior)), differentiate_under_integral(y)
    yield y * observed + sigma**2 * E((alpha * x - y) / sigma**2 * normal, (x, prior)), chain_rule
    yield alpha * E(x * normal, (x, prior)), linearity


@derivation(
    source=EFRON,
    given=(dominated(normal, (x, prior), by=y), integrable(x * normal, (x, prior)), observed > 0),
)
def tweedie_for_any_prior():
    r"""For $y \mid x \sim \mathcal{N}(\alpha x, \sigma^2)$ the posterior mean is
    $\mathbb{E}[x \mid y] = \frac1\alpha\left(y + \sigma^2\,\partial_y\log p(y)\right)$."""
    yield (y + sigma**2 * D(log(observed), y)) / alpha
    yield (y + sigma**2 * D(observed, y) / observed) / alpha, chain_rule
    yield (y * observed + sigma**2 * D(observed, y)) / (alpha * observed), algebra
    yield E(x * normal, (x, prior)) / observed, lemma(tweedie_multiplied_out_for_any_prior)


# --- the velocity of a flow ---------------------------------------------------------------------------------------

A, B = function("A", smooth=1), function("B", smooth=1)
moving = density(Normal(A(t) * x, exp(B(t))))(y)
velocity = A(t).diff(t) * x + B(t).diff(t) * (y - A(t) * x)


@derivation(
    source=LIPMAN,
    given=(dominated(moving, (x, prior), by=t), dominated(velocity * moving, (x, prior), by=y)),
)
def marginal_velocity():
    r"""On the paths $y = A(t)\,x + e^{B(t)}\epsilon$ the conditional velocity is $u(y \mid x) = A'x + B'(y - Ax)$, and
    the flow of $u(y) = \mathbb{E}[u(y \mid x) \mid y]$ has the marginal density $p_t$: with $p_t u =
    \int p_0\,u(y \mid x)\,k\,dx$ the continuity equation $\partial_t p_t = -\partial_y(p_t u)$ holds."""
    yield D(E(moving, (x, prior)), t)
    yield E(D(moving, t), (x, prior)), differentiate_under_integral(t)
    yield E(-D(velocity * moving, y), (x, prior)), chain_rule
    yield -E(D(velocity * moving, y), (x, prior)), linearity
    yield -D(E(velocity * moving, (x, prior)), y), differentiate_under_integral(y)
