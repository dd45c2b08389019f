r"""The Concrete densities of two and three classes with slips: the derivations of ``concrete.py``, each with an error
in one line."""

from sympy import Integral, exp, gamma, log, oo

from symrep import (
    D,
    Expected,
    Reason,
    Status,
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
from symrep.distributions import Frechet, Gumbel

a, a1, a2, a3, lam = positive("alpha alpha_1 alpha_2 alpha_3 lambda")
u, u1, u2, u3, w, t = positive("u u_1 u_2 u_3 w t")
x, v1, v2 = unit("x v_1 v_2")
g, n = real("g"), positive_integer("n")
G = Gumbel(0, 1)


def law(alpha):
    return Frechet(lam, alpha ** (1 / lam), 0)


def of_one(alpha, u):
    return lam * alpha * u ** (-lam - 1) * exp(-alpha * u ** (-lam))


def wrong(line, reason=Reason.UNEQUAL):
    return Expected(Status.REFUTED, reason, line=line)


@derivation(expected=wrong(2))
def one_class_without_its_jacobian():
    r"""$|dg/du| = \lambda/u$."""
    back = lam * log(u) - log(a)
    yield density(pushforward(G, g, exp((log(a) + g) / lam)))(u)
    yield density(G)(back) / u, change_of_variables(inverse=back)


@derivation(expected=wrong(3))
def one_class_with_the_weight_as_its_scale():
    r"""The scale is $\alpha^{1/\lambda}$."""
    back = lam * log(u) - log(a)
    yield density(pushforward(G, g, exp((log(a) + g) / lam)))(u)
    yield density(G)(back) * lam / u, change_of_variables(inverse=back)
    yield density(Frechet(lam, a, 0))(u), definition


@derivation(expected=wrong(2))
def integral_over_the_sum_with_a_factorial():
    r"""$\Gamma(n) = (n - 1)!$."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n + 1) / (lam * t**n), evaluate


@derivation(expected=wrong(2))
def integral_over_the_sum_with_one_power_less():
    r"""One $t$ for each class."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n) / (lam * t ** (n - 1)), evaluate


odds = (1 - x) / x


@derivation(expected=wrong(2))
def two_classes_with_the_jacobian_at_one():
    r"""$u_2 = w(1 - x)/x$ has the derivative $-w/x^2$."""
    yield density(pushforward(joint(law(a1), law(a2)), (w, u), w / (w + u)))(x)
    yield Integral(density(law(a1))(w) * density(law(a2))(w * odds) * w / x, (w, 0, oo)), marginalise(u)


x1, x2, x3 = v1, (1 - v1) * v2, (1 - v1) * (1 - v2)
mass = a1 * x1 ** (-lam) + a2 * x2 ** (-lam) + a3 * x3 ** (-lam)
powers = a1 * a2 * a3 * (x1 * x2 * x3) ** (-lam - 1)
laws = joint(law(a1), law(a2), law(a3))
total = u1 + u2 + u3
Y = pushforward(laws, (u1, u2, u3), (u1 / total, u2 / (u2 + u3), total))


@derivation(expected=wrong(2))
def three_classes_with_one_power_of_the_sum():
    r"""Two shares are free: the determinant holds $w^2$."""
    back = (w * x1, w * x2, w * x3)
    yield density(Y)(v1, v2, w)
    yield density(laws)(*back) * w * (1 - v1), change_of_variables(inverse=back)


@derivation(expected=wrong(2, Reason.INVERSE_WRONG))
def three_classes_with_shares_for_fractions():
    r"""What is left of the stick after the first is $1 - v_1$."""
    back = (w * v1, w * v2, w * (1 - v1 - v2))
    yield density(Y)(v1, v2, w)
    yield density(laws)(*back) * w**2, change_of_variables(inverse=back)


@derivation(source="as in ``concrete.py``")
def integral_over_the_sum():
    r"""The lemma."""
    yield Integral(w ** (-n * lam - 1) * exp(-(w ** (-lam)) * t), (w, 0, oo))
    yield gamma(n) / (lam * t**n), evaluate


@derivation(expected=wrong(2))
def two_classes_without_the_square():
    r"""The sum stands to the power of the number of classes."""
    both = a1 + a2 * odds ** (-lam)
    outside = lam**2 * a1 * a2 * odds ** (-lam - 1) / x**2
    yield outside * Integral(w ** (-2 * lam - 1) * exp(-(w ** (-lam)) * both), (w, 0, oo))
    yield outside * gamma(2) / (lam * both), lemma(integral_over_the_sum, {n: 2, t: both})


whole = lam**3 * powers * (1 - v1) / (D(x1, v1) * D(x2, v2) - D(x1, v2) * D(x2, v1))


@derivation(expected=wrong(2))
def three_classes_by_the_integral_for_two():
    r"""$n = 3$."""
    yield whole * Integral(w ** (-3 * lam - 1) * exp(-(w ** (-lam)) * mass), (w, 0, oo))
    yield whole * gamma(2) / (lam * mass**2), lemma(integral_over_the_sum, {n: 3, t: mass})


@derivation(expected=wrong(2))
def three_classes_without_their_area():
    r"""$D = 1 - v_1$ is divided out."""
    yield whole * gamma(3) / (lam * mass**3)
    yield lam**3 * powers * (1 - v1) * gamma(3) / (lam * mass**3), chain_rule


@derivation(expected=wrong(2))
def three_classes_with_the_factorial_of_three():
    r"""$(n - 1)! = 2$."""
    yield lam**3 * powers * gamma(3) / (lam * mass**3)
    yield 6 * lam**2 * powers / mass**3, algebra
