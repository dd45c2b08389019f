"""Dirichlet laws with slips, two for each derivation of the gallery."""

from sympy import Sum, beta, digamma, log, loggamma

from symrep import (
    KL,
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    integer,
    positive,
    positive_integer,
    unit,
)
from symrep.distributions import Beta, Gamma

a, b, c, d = positive("a b c d")
a1, a2, a3, b1, b2, b3 = positive("alpha_1 alpha_2 alpha_3 beta_1 beta_2 beta_3")
v1, v2 = unit("v_1 v_2")
k, K = integer("k"), positive_integer("K")
alphas, betas, s, t = (indexed(name, "positive") for name in ("alpha", "beta", "s", "t"))
whole = a1 + a2 + a3
divergence = (
    loggamma(whole) - loggamma(a1) - loggamma(a2) - loggamma(a3)
    - loggamma(b1 + b2 + b3) + loggamma(b1) + loggamma(b2) + loggamma(b3)
    + (a1 - b1) * (digamma(a1) - digamma(whole)) + (a2 - b2) * (digamma(a2) - digamma(whole))
)  # fmt: skip
fractions = KL(Beta(a1, a2 + a3), Beta(b1, b2 + b3)) + KL(Beta(a2, a3), Beta(b2, b3))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def density_with_another_jacobian():
    r"""What is left after the first fraction is $1 - v_1$."""
    yield 1 / (D(v1, v1) * D((1 - v1) * v2, v2) - D(v1, v2) * D((1 - v1) * v2, v1))
    yield 1 / v1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def density_with_the_fractions_exchanged():
    r"""The first fraction is $\mathrm{Beta}(\alpha_1, \alpha_2 + \alpha_3)$."""
    yield density(Beta(a1, a2 + a3))(v1)
    yield v1 ** (a1 - 1) * (1 - v1) ** (a2 - 1) / beta(a1, a2), definition


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def mean_of_the_logarithm_without_the_total():
    r"""$\mathbb{E}[\log x_2] = \psi(\alpha_2) - \psi(\alpha_0)$."""
    yield E(E(log((1 - v1) * v2), (v2, Beta(a2, a3))), (v1, Beta(a1, a2 + a3)))
    yield digamma(a2) - digamma(a2 + a3), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def mean_of_the_logarithm_under_the_other_law():
    r"""What is left has the law $\mathrm{Beta}(\alpha_2 + \alpha_3, \alpha_1)$."""
    yield E(E(log((1 - v1) * (1 - v2)), (v2, Beta(a2, a3))), (v1, Beta(a1, a2 + a3)))
    yield digamma(a3) - digamma(a1), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_with_a_component_lost():
    r"""There are three components."""
    yield fractions
    yield divergence, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_with_means_under_the_second_law():
    r"""The means of the logarithms are under the first law."""
    yield fractions
    yield divergence + (a3 - b3) * (digamma(b3) - digamma(b1 + b2 + b3)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def beta_laws_with_the_constants_exchanged():
    r"""$\log B(c, d)/B(a, b)$."""
    yield KL(Beta(a, b), Beta(c, d))
    yield (
        log(beta(a, b) / beta(c, d))
        + (a - c) * digamma(a) + (b - d) * digamma(b) + (c - a + d - b) * digamma(a + b),
        evaluate,
    )  # fmt: skip


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=1))
def beta_law_from_a_gamma_law():
    r"""A Gamma law reaches beyond the unit interval."""
    yield KL(Gamma(a, b), Beta(c, d))
    yield KL(Gamma(a, b), Beta(c, d)), algebra


@derivation(given=(K >= 2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def sum_over_one_fraction_too_many():
    r"""The last component takes what is left: $K - 1$ fractions."""
    p, q = Beta(alphas[k], s[k]), Beta(betas[k], t[k])
    yield KL(Independent(p, (k, 1, K - 1)), Independent(q, (k, 1, K - 1)))
    yield Sum(KL(p, q), (k, 1, K)), independence


@derivation(given=(K >= 2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def product_with_the_laws_exchanged():
    r"""A divergence is not symmetric."""
    p, q = Beta(alphas[k], s[k]), Beta(betas[k], t[k])
    yield KL(Independent(p, (k, 1, K - 1)), Independent(q, (k, 1, K - 1)))
    yield Sum(KL(q, p), (k, 1, K - 1)), independence
