r"""The Kullback–Leibler divergence of Dirichlet laws, by breaking a stick: of what is left of it, the fraction $v_k$ is
broken off, $x_k = v_k \prod_{l < k} (1 - v_l)$.

For $x \sim \mathrm{Dirichlet}(\alpha_1, \dots, \alpha_K)$ the fractions are independent, $v_k \sim
\mathrm{Beta}(\alpha_k, s_k)$ with $s_k = \alpha_{k+1} + \dots + \alpha_K$, and $v \mapsto x$ is a bijection, so the
divergence is that of the laws of the fractions. The closed form is shown for three components; as a sum of divergences
of Beta laws it is for every number."""

from sympy import Sum, beta, digamma, gamma, log

from symrep import (
    KL,
    D,
    E,
    Independent,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    integer,
    lemma,
    positive,
    positive_integer,
    unit,
)
from symrep.distributions import Beta

a, b, c, d = positive("a b c d")
a1, a2, a3, b1, b2, b3 = positive("alpha_1 alpha_2 alpha_3 beta_1 beta_2 beta_3")
v1, v2 = unit("v_1 v_2")
k, K = integer("k"), positive_integer("K")
alphas, betas, s, t = (indexed(name, "positive") for name in ("alpha", "beta", "s", "t"))

DIRICHLET = "The Book of Statistical Proofs, proof P294"
STICK = "the chain rule for divergences, worked out here for the fractions of a stick"

first, second = (a1, a2, a3), (b1, b2, b3)
x = (v1, (1 - v1) * v2, (1 - v1) * (1 - v2))


def log_density(alpha, x):
    r"""$\log\Gamma(\sum_i \alpha_i) - \sum_i \log\Gamma(\alpha_i) + \sum_i (\alpha_i - 1)\log x_i$."""
    terms = sum((e - 1) * log(y) for e, y in zip(alpha, x, strict=True))
    return log(gamma(sum(alpha))) - sum(log(gamma(e)) for e in alpha) + terms


closed_form = (
    log(gamma(a1 + a2 + a3)) - log(gamma(a1)) - log(gamma(a2)) - log(gamma(a3))
    - log(gamma(b1 + b2 + b3)) + log(gamma(b1)) + log(gamma(b2)) + log(gamma(b3))
    + (a1 - b1) * (digamma(a1) - digamma(a1 + a2 + a3))
    + (a2 - b2) * (digamma(a2) - digamma(a1 + a2 + a3))
    + (a3 - b3) * (digamma(a3) - digamma(a1 + a2 + a3))
)  # fmt: skip


@derivation(source=STICK)
def density_of_three_components():
    r"""At $x = (v_1, (1 - v_1)v_2)$ the density of the fractions over the Jacobian determinant $1 - v_1$ is the
    Dirichlet density $\Gamma(\alpha_1 + \alpha_2 + \alpha_3) \prod_i x_i^{\alpha_i - 1}/\Gamma(\alpha_i)$."""
    fractions = density(Beta(a1, a2 + a3))(v1) * density(Beta(a2, a3))(v2)
    yield fractions / (D(x[0], v1) * D(x[1], v2) - D(x[0], v2) * D(x[1], v1))
    yield fractions / (1 - v1), chain_rule
    yield (
        v1 ** (a1 - 1) * (1 - v1) ** (a2 + a3 - 1) / beta(a1, a2 + a3)
        * v2 ** (a2 - 1) * (1 - v2) ** (a3 - 1) / beta(a2, a3) / (1 - v1),
        definition,
    )  # fmt: skip
    yield (
        gamma(a1 + a2 + a3) / (gamma(a1) * gamma(a2) * gamma(a3))
        * x[0] ** (a1 - 1) * x[1] ** (a2 - 1) * x[2] ** (a3 - 1),
        algebra,
    )  # fmt: skip


@derivation(source=DIRICHLET)
def dirichlet_laws_of_three_components():
    r"""For three components, by $\mathbb{E}[\log x_i] = \psi(\alpha_i) - \psi(\alpha_0)$ with $\alpha_0 = \alpha_1 +
    \alpha_2 + \alpha_3$."""
    ratio = log_density(first, x) - log_density(second, x)
    yield E(E(ratio, (v2, Beta(a2, a3))), (v1, Beta(a1, a2 + a3)))
    yield closed_form, evaluate


@derivation(source=STICK)
def dirichlet_laws_of_three_components_by_their_fractions():
    r"""The same as the divergences of the two fractions added up."""
    yield KL(Beta(a1, a2 + a3), Beta(b1, b2 + b3)) + KL(Beta(a2, a3), Beta(b2, b3))
    yield closed_form, evaluate


def of_beta_laws(a, b, c, d):
    r"""The divergence of $\mathrm{Beta}(a, b)$ from $\mathrm{Beta}(c, d)$."""
    means = (a - c) * digamma(a) + (b - d) * digamma(b) + (c - a + d - b) * digamma(a + b)
    return log(beta(c, d) / beta(a, b)) + means


@derivation(source=DIRICHLET)
def dirichlet_laws_of_two_components():
    r"""Two components are a Beta law."""
    yield KL(Beta(a, b), Beta(c, d))
    yield of_beta_laws(a, b, c, d), evaluate


@derivation(source=STICK, given=(K >= 2,))
def dirichlet_laws_as_sums_over_their_fractions():
    r"""For every number $K$ of components the divergence is the sum of those of the $K - 1$ fractions, where $s_k =
    \alpha_{k+1} + \dots + \alpha_K$ and $t_k = \beta_{k+1} + \dots + \beta_K$."""
    p, q = Beta(alphas[k], s[k]), Beta(betas[k], t[k])
    each = lemma(dirichlet_laws_of_two_components, {a: alphas[k], b: s[k], c: betas[k], d: t[k]})
    yield KL(Independent(p, (k, 1, K - 1)), Independent(q, (k, 1, K - 1)))
    yield Sum(KL(p, q), (k, 1, K - 1)), independence
    yield Sum(of_beta_laws(alphas[k], s[k], betas[k], t[k]), (k, 1, K - 1)), each
