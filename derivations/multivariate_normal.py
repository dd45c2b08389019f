r"""Multivariate normal laws in every dimension: quadratic forms and the Kullback–Leibler divergence.

A matrix is given by its entries. The law $\mathcal{N}(m, \Sigma)$ with $\Sigma = LL^\top$ is that of $z = m +
L\epsilon$ with independent standard normal $\epsilon_1, \dots, \epsilon_d$; expectations under it are expectations over
these. Nothing is multiplied out at one dimension: what is used of $\epsilon$ is $\mathbb{E}[\epsilon_k] = 0$,
$\mathbb{E}[\epsilon_k^2] = 1$, and independence."""

from sympy import Sum, log, pi

from symrep import E, Independent, algebra, derivation, evaluate, indexed, positive, positive_integer
from symrep.distributions import Normal

i, j, k, d = positive_integer("i j k d")
m, b, L, A, P = map(indexed, ("m", "b", "L", "A", "P"))
eps = indexed("epsilon")
noise = Independent(Normal(0, 1), (k, 1, d))
Delta1, Delta2 = positive("Delta_1 Delta_2")

COOKBOOK = "Petersen & Pedersen, The Matrix Cookbook, version of 15 November 2012, section 6.2.2"
GAUSSIANS = "mr-easy.github.io/2020-04-16-kl-divergence-between-2-gaussian-distributions"


def z(i):
    r"""A coordinate of $m + L\epsilon$."""
    return m[i] + Sum(L[i, k] * eps[k], (k, 1, d))


def form(M, u):
    r"""$u^\top M u$."""
    return Sum(M[i, j] * u(i) * u(j), (i, 1, d), (j, 1, d))


@derivation(source=COOKBOOK)
def mean_of_a_quadratic_form():
    r"""$\mathbb{E}[\epsilon^\top A\,\epsilon] = \operatorname{tr} A$ for standard normal $\epsilon$, in every
    dimension."""
    yield E(form(A, lambda i: eps[i]), (eps, noise))
    yield Sum(A[i, i], (i, 1, d)), evaluate


@derivation(source=COOKBOOK)
def mean_of_a_quadratic_form_of_any_normal_law():
    r"""$\mathbb{E}[z^\top A z] = \operatorname{tr}(A\Sigma) + m^\top A m$ for $z \sim \mathcal{N}(m, \Sigma)$, in every
    dimension."""
    covariance = Sum(L[i, k] * L[j, k], (k, 1, d))
    yield E(form(A, z), (eps, noise))
    yield Sum(A[i, j] * covariance, (i, 1, d), (j, 1, d)) + form(A, lambda i: m[i]), evaluate


@derivation(source=GAUSSIANS)
def divergence_of_normal_laws_in_every_dimension():
    r"""$\mathrm{KL}(\mathcal{N}(m, \Sigma_1) \,\|\, \mathcal{N}(b, \Sigma_2)) = \frac12\left[\operatorname{tr}(
    \Sigma_2^{-1}\Sigma_1) + (m - b)^\top \Sigma_2^{-1} (m - b) - d + \log\frac{\Delta_2}{\Delta_1}\right]$ in every
    dimension, with $\Sigma_1 = LL^\top$, $P = \Sigma_2^{-1}$ and the determinants $\Delta_1$, $\Delta_2$. At the sample
    $z = m + L\epsilon$ the first density is $(2\pi)^{-d/2}\Delta_1^{-1/2}e^{-|\epsilon|^2/2}$, for there $(z - m)^\top
    \Sigma_1^{-1}(z - m) = |\epsilon|^2$."""
    log_p = -d * log(2 * pi) / 2 - log(Delta1) / 2 - Sum(eps[k] ** 2, (k, 1, d)) / 2
    log_q = -d * log(2 * pi) / 2 - log(Delta2) / 2 - form(P, lambda i: z(i) - b[i]) / 2
    covariance = Sum(L[i, k] * L[j, k], (k, 1, d))
    trace = Sum(P[i, j] * covariance, (i, 1, d), (j, 1, d))
    distance = form(P, lambda i: m[i] - b[i])
    yield E(log_p - log_q, (eps, noise))
    yield (trace + distance - d + log(Delta2) - log(Delta1)) / 2, evaluate
    yield (trace + distance - d + log(Delta2 / Delta1)) / 2, algebra
