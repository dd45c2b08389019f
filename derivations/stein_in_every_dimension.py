r"""Stein's lemma, Bonnet's and Price's theorems in every dimension, $x \sim \mathcal{N}(\mu, \Sigma)$ in
$\mathbb{R}^d$.

The vector is $x = \mu + A\epsilon$ with $\epsilon_1, \dots, \epsilon_d$ independent and standard normal, for any $d$
and any $d \times d$ matrix $A$, so that $\Sigma = AA^\top$ is any positive semidefinite matrix. $f$ and its first
derivatives, $h$ and its first two, grow at most quadratically."""

from sympy import Rational, Sum

from symrep import (
    D,
    E,
    Independent,
    algebra,
    chain_rule,
    derivation,
    differentiate_under_integral,
    indexed,
    integration_by_parts,
    linearity,
    partial,
    positive_integer,
    real,
    vector,
    vector_function,
)
from symrep.distributions import Normal

i, j, k, l, m, d = positive_integer("i j k l m d")
t = real("t")
mu, v, eps, A, B = map(indexed, ("mu", "v", "epsilon", "A", "B"))
f = vector_function("f", smooth=1, growth=2)
h = vector_function("h", smooth=2, growth=2)
half = Rational(1, 2)

x = vector(mu[k] + Sum(A[k, l] * eps[l], (l, 1, d)), (k, 1, d))

STEIN = "Wikipedia, Stein's lemma, section Multidimensional"
REZENDE = (
    "Rezende, Mohamed & Wierstra, Stochastic Backpropagation and Approximate Inference in Deep Generative Models, "
    "ICML 2014, arXiv:1401.4082, section 3.1"
)
PARTS = "worked out here: integration by parts along one coordinate of the noise"


def mean(body):
    r"""The expectation over all coordinates of the noise."""
    return E(body, (eps, Independent(Normal(0, 1), (m, 1, d))))


def over(body, *indices):
    r"""The sum over these indices, the last one outermost."""
    return Sum(body, *((n, 1, d) for n in indices))


def Sigma(p, q):
    r"""The covariance."""
    return over(A[p, j] * A[q, j], j)


# --- Stein --------------------------------------------------------------------------------------------------------


@derivation(source=PARTS, given=(j <= d,))
def one_coordinate_of_the_noise():
    r"""With the other coordinates held fixed, $\mathbb{E}[\epsilon_j f(x)] = \sum_k A_{kj}\,\mathbb{E}[\partial_k
    f(x)]$: $\epsilon_j$ moves all coordinates of $x$."""
    yield mean(eps[j] * f(x))
    yield mean(over(A[k, j] * partial(f(x), k), k)), integration_by_parts(along=eps[j])
    yield over(A[k, j] * mean(partial(f(x), k)), k), linearity


@derivation(source=STEIN)
def stein():
    r"""$\mathbb{E}[(x - \mu)\,f(x)] = \Sigma\,\mathbb{E}[\nabla f(x)]$, here the coordinate $i$ of it, with
    $\Sigma_{ik} = \sum_j A_{ij}A_{kj}$."""
    yield mean(over(A[i, j] * eps[j], j) * f(x))
    yield over(A[i, j] * mean(eps[j] * f(x)), j), linearity
    yield over(A[i, j] * mean(over(A[k, j] * partial(f(x), k), k)), j), integration_by_parts(along=eps[j])
    yield over(A[i, j] * over(A[k, j] * mean(partial(f(x), k)), k), j), linearity
    yield over(Sigma(i, k) * mean(partial(f(x), k)), k), algebra


@derivation(source=STEIN, given=(i <= d,))
def stein_for_independent_coordinates():
    r"""For $z_m \sim \mathcal{N}(\mu_m, \sigma_m^2)$, independent, $\mathbb{E}[(z_i - \mu_i)\,f(z)] = \sigma_i^2\,
    \mathbb{E}[\partial_i f(z)]$."""
    z, sigma = indexed("z"), indexed("sigma", "positive")
    at = vector(z[k], (k, 1, d))
    law = Independent(Normal(mu[m], sigma[m]), (m, 1, d))
    yield E((z[i] - mu[i]) * f(at), (z, law))
    yield sigma[i] ** 2 * E((z[i] - mu[i]) / sigma[i] ** 2 * f(at), (z, law)), linearity
    yield sigma[i] ** 2 * E(partial(f(at), i), (z, law)), integration_by_parts(along=z[i])


# --- Bonnet -------------------------------------------------------------------------------------------------------


@derivation(source=REZENDE)
def bonnet():
    r"""$\nabla_\mu\,\mathbb{E}[f(x)] = \mathbb{E}[\nabla f(x)]$: for every direction $v$ the derivative along $\mu +
    tv$ is $v^\top\mathbb{E}[\nabla f(x)]$."""
    at = vector(mu[k] + t * v[k] + over(A[k, l] * eps[l], l), (k, 1, d))
    yield D(mean(f(at)), t)
    yield mean(D(f(at), t)), differentiate_under_integral(t)
    yield mean(over(v[k] * partial(f(at), k), k)), chain_rule
    yield over(v[k] * mean(partial(f(at), k)), k), linearity


# --- Price --------------------------------------------------------------------------------------------------------


def C(p, q):
    r"""A path of matrices through $A$, in the direction $B$."""
    return A[p, q] + t * B[p, q]


@derivation(source=REZENDE)
def price():
    r"""$\nabla_\Sigma\,\mathbb{E}[h(x)] = \frac12\,\mathbb{E}[\nabla^2 h(x)]$: along every path $\Sigma(t) = C(t)\,
    C(t)^\top$, $C(t) = A + tB$, the derivative is $\frac12\,\mathrm{tr}(\Sigma'(t)\,\mathbb{E}[\nabla^2 h(x)])$. Every
    symmetric direction is one of these where $A$ is invertible. The Hessian is symmetric, for $h$ is $C^2$."""
    at = vector(mu[k] + over(C(k, l) * eps[l], l), (k, 1, d))
    moved = over(C(i, j) * C(k, j), j)
    yield D(mean(h(at)), t)
    yield mean(D(h(at), t)), differentiate_under_integral(t)
    yield mean(over(over(B[i, j] * eps[j], j) * partial(h(at), i), i)), chain_rule
    yield over(B[i, j] * mean(eps[j] * partial(h(at), i)), j, i), linearity
    yield over(B[i, j] * mean(over(C(k, j) * partial(h(at), k, i), k)), j, i), integration_by_parts(along=eps[j])
    yield over(B[i, j] * over(C(k, j) * mean(partial(h(at), k, i)), k), j, i), linearity
    yield half * over(over(B[i, j] * C(k, j) + C(i, j) * B[k, j], j) * mean(partial(h(at), i, k)), k, i), algebra
    yield half * over(D(moved, t) * mean(partial(h(at), i, k)), k, i), chain_rule
