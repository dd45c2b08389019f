r"""The Concrete density of two and of three classes, from the noise to the density: what ``relaxations.py`` puts
together from its parts for every number of classes.

With Gumbel noise $g$ the numbers $u_i = e^{(\log\alpha_i + g_i)/\lambda}$ have Fréchet laws of shape $\lambda$; divided
by their sum $w$ they are the relaxed classes $x_i$."""

from sympy import Integral, exp, gamma, log, oo

from symrep import (
    D,
    algebra,
    chain_rule,
    change_of_variables,
    definition,
    density,
    derivation,
    evaluate,
    joint,
    lemma,
    marginalise,
    positive,
    positive_integer,
    pushforward,
    real,
    unit,
)
from symrep.distributions import BinaryConcrete, Frechet, Gumbel

a, a1, a2, a3, lam = positive("alpha alpha_1 alpha_2 alpha_3 lambda")
u, u1, u2, u3, w, t = positive("u u_1 u_2 u_3 w t")
x, v1, v2 = unit("x v_1 v_2")
g, n = real("g"), positive_integer("n")

CONCRETE = "Maddison, Mnih & Teh, The Concrete Distribution, arXiv:1611.00712"


def law(alpha):
    return Frechet(lam, alpha ** (1 / lam), 0)


def of_one(alpha, u):
    return lam * alpha * u ** (-lam - 1) * exp(-alpha * u ** (-lam))


@derivation(source=CONCRETE)
def one_class():
    r"""$e^{(\log\alpha + g)/\lambda}$ with Gumbel noise has the Fréchet law of shape $\lambda$ and scale
    $\alpha^{1/\lambda}$."""
    back = lam * log(u) - log(a)
    G = Gumbel(0, 1)
    yield density(pushforward(G, g, exp((log(a) + g) / lam)))(u)
    yield density(G)(back) * lam / u, change_of_variables(inverse=back)
    yield of_one(a, u), definition
    yield density(law(a))(u), definition


@derivation(source=CONCRETE)
def integral_over_the_sum():
    r"""$\int_0^\infty w^{-n\lambda-1}e^{-t w^{-\lambda}}\,dw = \frac{\Gamma(n)}{\lambda t^n}$."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n) / (lam * t**n), evaluate


odds = (1 - x) / x


@derivation(source=CONCRETE)
def two_classes():
    r"""The share $x = u_1/(u_1 + u_2)$ has the density $\lambda\alpha_1\alpha_2\, x^{-\lambda-1}(1 - x)^{-\lambda-1}
    \big/ (\alpha_1x^{-\lambda} + \alpha_2(1 - x)^{-\lambda})^2$: the other variable is changed for $x$, and the first
    integrated out."""
    both = a1 + a2 * odds ** (-lam)
    yield density(pushforward(joint(law(a1), law(a2)), (w, u), w / (w + u)))(x)
    yield Integral(density(law(a1))(w) * density(law(a2))(w * odds) * w / x**2, (w, 0, oo)), marginalise(u)
    yield Integral(of_one(a1, w) * of_one(a2, w * odds) * w / x**2, (w, 0, oo)), definition
    outside = lam**2 * a1 * a2 * odds ** (-lam - 1) / x**2
    yield outside * Integral(w ** (-2 * lam - 1) * exp(-(w ** (-lam)) * both), (w, 0, oo)), algebra
    yield outside * gamma(2) / (lam * both**2), lemma(integral_over_the_sum, {n: 2, t: both})
    yield (
        lam * a1 * a2 * x ** (-lam - 1) * (1 - x) ** (-lam - 1) / (a1 * x ** (-lam) + a2 * (1 - x) ** (-lam)) ** 2,
        algebra,
    )
    yield density(BinaryConcrete(a1 / a2, lam))(x), definition


x1, x2, x3 = v1, (1 - v1) * v2, (1 - v1) * (1 - v2)
mass = a1 * x1 ** (-lam) + a2 * x2 ** (-lam) + a3 * x3 ** (-lam)
powers = a1 * a2 * a3 * (x1 * x2 * x3) ** (-lam - 1)


@derivation(source=CONCRETE)
def three_classes_and_their_sum():
    r"""The simplex is no box; the fractions $v_1 = x_1$ and $v_2 = x_2/(x_2 + x_3)$ of a stick range over one. With the
    sum $w$ they take the place of $u$: $u_i = w x_i$, $x = (v_1, (1 - v_1)v_2, (1 - v_1)(1 - v_2))$, with the
    determinant $w^2(1 - v_1)$."""
    laws = joint(law(a1), law(a2), law(a3))
    total = u1 + u2 + u3
    back = (w * x1, w * x2, w * x3)
    yield density(pushforward(laws, (u1, u2, u3), (u1 / total, u2 / (u2 + u3), total)))(v1, v2, w)
    yield density(laws)(*back) * w**2 * (1 - v1), change_of_variables(inverse=back)
    yield of_one(a1, w * x1) * of_one(a2, w * x2) * of_one(a3, w * x3) * w**2 * (1 - v1), definition
    yield lam**3 * powers * (1 - v1) * w ** (-3 * lam - 1) * exp(-(w ** (-lam)) * mass), algebra


@derivation(source=CONCRETE)
def three_classes():
    r"""The sum is integrated out. $D = 1 - v_1$ is the area element $\partial(x_1, x_2)/\partial(v_1, v_2)$; over it,
    the shares have the density $2!\,\lambda^2\prod_i\alpha_ix_i^{-\lambda-1} \big/ \left(\sum_i
    \alpha_ix_i^{-\lambda}\right)^3$."""
    whole = lam**3 * powers * (1 - v1) / (D(x1, v1) * D(x2, v2) - D(x1, v2) * D(x2, v1))
    yield whole * Integral(w ** (-3 * lam - 1) * exp(-(w ** (-lam)) * mass), (w, 0, oo))
    yield whole * gamma(3) / (lam * mass**3), lemma(integral_over_the_sum, {n: 3, t: mass})
    yield lam**3 * powers * gamma(3) / (lam * mass**3), chain_rule
    yield 2 * lam**2 * powers / mass**3, algebra
