"""Expectations over any number of independent draws with slips, two for each derivation of the gallery on them."""

from sympy import Sum, exp, log

from symrep import (
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    chain_rule,
    conditional_law,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    ge,
    independence,
    indexed,
    jensen,
    le,
    positive,
    positive_integer,
    real,
)
from symrep.distributions import Cauchy, Normal

i, j, k, d, n, K = positive_integer("i j k d n K")
m, b, L, A, P, eps, z = map(indexed, ("m", "b", "L", "A", "P", "epsilon", "z"))
e, x, mu, phi = real("e x mu phi")
sigma, Delta1, Delta2 = positive("sigma Delta_1 Delta_2")
f = function("f", smooth=1, growth=2)
q = Normal(0, 1)
p = Normal(mu, sigma)
noise = Independent(q, (k, 1, d))
draws = Independent(p, (i, 1, n))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def quadratic_form_with_every_entry():
    r"""Off the diagonal the products have mean zero: only the trace is left."""
    yield E(Sum(A[i, j] * eps[i] * eps[j], (i, 1, d), (j, 1, d)), (eps, noise))
    yield Sum(A[i, j], (i, 1, d), (j, 1, d)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def quadratic_form_of_the_means_alone():
    r"""$\mathbb{E}[z_i z_j]$ is not $\mathbb{E}[z_i]\,\mathbb{E}[z_j]$ where $i = j$."""
    yield E(Sum(A[i, j] * z[i] * z[j], (i, 1, n), (j, 1, n)), (z, draws))
    yield E(e, (e, p)) ** 2 * Sum(A[i, j], (i, 1, n), (j, 1, n)), independence


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def quadratic_form_without_the_mean():
    r"""$m^\top A m$ is left out."""
    at = [m[r] + Sum(L[r, k] * eps[k], (k, 1, d)) for r in (i, j)]
    yield E(Sum(A[i, j] * at[0] * at[1], (i, 1, d), (j, 1, d)), (eps, noise))
    yield Sum(A[i, j] * Sum(L[i, k] * L[j, k], (k, 1, d)), (i, 1, d), (j, 1, d)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def quadratic_form_with_the_wrong_factor():
    r"""The covariance is $LL^\top$, with the rows of $L$: not $L^\top L$."""
    at = [m[r] + Sum(L[r, k] * eps[k], (k, 1, d)) for r in (i, j)]
    yield E(Sum(A[i, j] * at[0] * at[1], (i, 1, d), (j, 1, d)), (eps, noise))
    yield (
        Sum(A[i, j] * (m[i] * m[j] + Sum(L[k, i] * L[k, j], (k, 1, d))), (i, 1, d), (j, 1, d)),
        evaluate,
    )


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_without_the_dimension():
    r"""$\mathbb{E}|\epsilon|^2 = d$."""
    squares = Sum(eps[k] ** 2, (k, 1, d))
    yield E(Sum(P[i, i] * eps[i] ** 2, (i, 1, d)) / 2 - squares / 2 + (log(Delta2) - log(Delta1)) / 2, (eps, noise))
    yield (Sum(P[i, i], (i, 1, d)) - 1 + log(Delta2) - log(Delta1)) / 2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_with_the_determinants_exchanged():
    r"""$\log\Delta_2 - \log\Delta_1$, the second over the first."""
    distance = Sum(P[i, j] * (m[i] - b[i]) * (m[j] - b[j]), (i, 1, d), (j, 1, d))
    yield (distance - d + log(Delta2) - log(Delta1)) / 2
    yield (distance - d + log(Delta1 / Delta2)) / 2, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def bound_above_the_evidence():
    r"""The logarithm is concave: its mean lies below."""
    mean = Sum(exp(z[i]), (i, 1, n)) / n
    yield E(log(mean), (z, draws))
    yield ge(log(E(mean, (z, draws)))), jensen(log)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def bound_with_the_sum_for_the_mean():
    r"""The weights are averaged, not added up."""
    mean = Sum(exp(z[i]), (i, 1, n)) / n
    yield E(log(mean), (z, draws))
    yield le(log(E(mean, (z, draws)))), jensen(log)
    yield log(n * E(exp(e), (e, p))), independence


rho = conditional_law("rho", smooth=0)
ell = function("ell", smooth=1, arity=2)
bound = log(Sum(exp(ell(eps[k], phi)), (k, 1, K)) / K)
over = (eps, Independent(rho, (k, 1, K)))
declared = (dominated(ell(e, phi), (e, rho), by=phi),)


@derivation(given=declared, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def gradient_without_the_weights():
    r"""The gradients of the $\log w_k$ are weighed by $w_k/\sum_j w_j$, not by $1/K$."""
    yield D(E(bound, over), phi)
    yield E(D(bound, phi), over), differentiate_under_integral(phi)
    yield E(Sum(ell(eps[k], phi).diff(phi), (k, 1, K)) / K, over), chain_rule


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def gradient_with_nothing_declared():
    r"""Nothing is known of the weights of one sample."""
    yield D(E(bound, over), phi)
    yield E(D(bound, phi), over), differentiate_under_integral(phi)


@derivation(given=(n >= 2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leave_one_out_with_itself_among_the_others():
    r"""With $f(z_i)$ itself in the baseline a part $1/n$ of the gradient is lost."""
    baseline = Sum(z[j], (j, 1, n)) / n
    yield E(Sum((z[i] - baseline) * (z[i] - mu), (i, 1, n)), (z, draws)) / n
    yield E(e * (e - mu), (e, p)) - E(e, (e, p)) * E(e - mu, (e, p)), independence


@derivation(given=(n >= 2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leave_one_out_divided_by_all():
    r"""There are $n - 1$ others."""
    others = (Sum(z[j], (j, 1, n)) - z[i]) / n
    yield E(Sum(others * z[i], (i, 1, n)), (z, draws)) / n
    yield E(e, (e, p)) ** 2, independence


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=2))
def mean_of_heavy_tails():
    r"""A sum of Cauchy variables has no mean."""
    yield E(Sum(z[i], (i, 1, n)), (z, Independent(Cauchy(0, 1), (i, 1, n))))
    yield n * E(e, (e, Cauchy(0, 1))), independence


@derivation(expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=1))
def draw_there_may_not_be():
    r"""With one draw there is no second."""
    yield E(f(z[2]), (z, draws))
    yield E(f(e), (e, p)), independence
