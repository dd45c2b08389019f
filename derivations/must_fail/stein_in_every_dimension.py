r"""Stein's lemma, Bonnet's and Price's theorems in every dimension with slips: two for each derivation."""

from sympy import Rational, Sum

from symrep import (
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
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
z, sigma = indexed("z"), indexed("sigma", "positive")
own = vector(z[k], (k, 1, d))
law = Independent(Normal(mu[m], sigma[m]), (m, 1, d))


def wrong(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


def mean(body):
    r"""The expectation over all coordinates of the noise."""
    return E(body, (eps, Independent(Normal(0, 1), (m, 1, d))))


def over(body, *indices):
    r"""The sum over these indices, the last one outermost."""
    return Sum(body, *((n, 1, d) for n in indices))


def C(p, q):
    r"""A path of matrices through $A$, in the direction $B$."""
    return A[p, q] + t * B[p, q]


x = vector(mu[k] + over(A[k, l] * eps[l], l), (k, 1, d))
along = vector(mu[k] + t * v[k] + over(A[k, l] * eps[l], l), (k, 1, d))
at = vector(mu[k] + over(C(k, l) * eps[l], l), (k, 1, d))


@derivation(expected=wrong(2), given=(j <= d,))
def the_matrix_transposed():
    r"""$\epsilon_j$ moves $x_k$ by $A_{kj}$, not by $A_{jk}$."""
    yield mean(eps[j] * f(x))
    yield mean(over(A[j, k] * partial(f(x), k), k)), integration_by_parts(along=eps[j])


@derivation(expected=wrong(2), given=(j <= d,))
def one_coordinate_moved():
    r"""$\epsilon_j$ moves all coordinates, not the one of its number alone."""
    yield mean(eps[j] * f(x))
    yield mean(A[j, j] * partial(f(x), j)), integration_by_parts(along=eps[j])


@derivation(expected=wrong(5))
def covariance_transposed():
    r"""$\Sigma = AA^\top$, not $A^\top A$."""
    yield mean(over(A[i, j] * eps[j], j) * f(x))
    yield over(A[i, j] * mean(eps[j] * f(x)), j), linearity
    yield over(A[i, j] * mean(over(A[k, j] * partial(f(x), k), k)), j), integration_by_parts(along=eps[j])
    yield over(A[i, j] * over(A[k, j] * mean(partial(f(x), k)), k), j), linearity
    yield over(over(A[j, i] * A[j, k], j) * mean(partial(f(x), k)), k), algebra


@derivation(expected=wrong(3))
def a_factor_of_the_covariance_lost():
    r"""Both factors $A$ of $\Sigma$ are needed."""
    yield mean(over(A[i, j] * eps[j], j) * f(x))
    yield over(A[i, j] * mean(eps[j] * f(x)), j), linearity
    yield over(A[i, j] * mean(partial(f(x), j)), j), integration_by_parts(along=eps[j])


@derivation(expected=wrong(2), given=(i <= d,))
def standard_deviation_for_the_variance():
    r"""The score of $\mathcal{N}(\mu_i, \sigma_i^2)$ is $(z_i - \mu_i)/\sigma_i^2$."""
    yield E((z[i] - mu[i]) * f(own), (z, law))
    yield sigma[i] * E((z[i] - mu[i]) / sigma[i] ** 2 * f(own), (z, law)), linearity


@derivation(expected=wrong(3), given=(i <= d, j <= d))
def another_coordinate_differentiated():
    r"""Integration by parts along $z_i$ differentiates by $z_i$."""
    yield E((z[i] - mu[i]) * f(own), (z, law))
    yield sigma[i] ** 2 * E((z[i] - mu[i]) / sigma[i] ** 2 * f(own), (z, law)), linearity
    yield sigma[i] ** 2 * E(partial(f(own), j), (z, law)), integration_by_parts(along=z[i])


@derivation(expected=wrong(3))
def first_coordinate_of_the_direction():
    r"""The derivative along $v$ is $v^\top\nabla f$, all coordinates of it."""
    yield D(mean(f(along)), t)
    yield mean(D(f(along), t)), differentiate_under_integral(t)
    yield mean(v[1] * partial(f(along), 1)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def interchange_before_reparameterising():
    r"""While the law depends on $t$ the derivative does not act on $f$ alone."""
    moving = Independent(Normal(mu[m] + t * v[m], 1), (m, 1, d))
    yield D(E(f(own), (z, moving)), t)
    yield E(D(f(own), t), (z, moving)), differentiate_under_integral(t)


@derivation(expected=wrong(5))
def the_direction_twice():
    r"""$\epsilon_j$ moves $x_k$ by $C_{kj}$, not by $B_{kj}$."""
    yield D(mean(h(at)), t)
    yield mean(D(h(at), t)), differentiate_under_integral(t)
    yield mean(over(over(B[i, j] * eps[j], j) * partial(h(at), i), i)), chain_rule
    yield over(B[i, j] * mean(eps[j] * partial(h(at), i)), j, i), linearity
    yield over(B[i, j] * mean(over(B[k, j] * partial(h(at), k, i), k)), j, i), integration_by_parts(along=eps[j])


@derivation(expected=wrong(7))
def the_half_lost():
    r"""$\Sigma_{ik}$ and $\Sigma_{ki}$ move together: half of the Hessian."""
    yield D(mean(h(at)), t)
    yield mean(D(h(at), t)), differentiate_under_integral(t)
    yield mean(over(over(B[i, j] * eps[j], j) * partial(h(at), i), i)), chain_rule
    yield over(B[i, j] * mean(eps[j] * partial(h(at), i)), j, i), linearity
    yield over(B[i, j] * mean(over(C(k, j) * partial(h(at), k, i), k)), j, i), integration_by_parts(along=eps[j])
    yield over(B[i, j] * over(C(k, j) * mean(partial(h(at), k, i)), k), j, i), linearity
    yield over(over(B[i, j] * C(k, j) + C(i, j) * B[k, j], j) * mean(partial(h(at), i, k)), k, i), algebra


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def no_growth_declared():
    r"""Of a function that may grow like $e^{|x|^2}$ there is no expectation."""
    wild = vector_function("w", smooth=1)
    yield D(mean(wild(along)), t)
    yield mean(D(wild(along), t)), differentiate_under_integral(t)
