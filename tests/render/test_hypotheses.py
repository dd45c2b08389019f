"""Nothing that is assumed stays unsaid, and what is bound is not assumed."""

from typing import Any

import pytest
from sympy import Abs, Gt, Sum

from symrep.assumptions import integrable
from symrep.determinant import det, jacobian
from symrep.distribution import Independent, continuous_law
from symrep.distributions.continuous import Normal
from symrep.hypotheses import hypotheses_of
from symrep.notation import KL, D, E, density
from symrep.symbols import function, indexed, integer, inverse, positive, positive_integer, real

x, y, mu = real("x y mu")
sigma = positive("sigma")
j = integer("j")
d = positive_integer("d")
m, s = indexed("mu"), indexed("sigma", "positive")
h, g = inverse(function("h", smooth=1, increasing=True), "g")
a, b = inverse(function("a", smooth=2, growth=1, decreasing=True), "b")
DIMENSION = r"d \in \{1, 2, \dots\}"
X = continuous_law("X")


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (function("f", smooth=0, growth=2)(x),
         (r"x \in \mathbb{R}", r"f \in C^{0}(\mathbb{R})", r"|f(t)| \le C(1+|t|)^{2}")),
        (function("f", smooth=0)(x), (r"x \in \mathbb{R}", r"f \in C^{0}(\mathbb{R})")),
        (function("f", growth=0)(x), (r"x \in \mathbb{R}", r"f \in C^{0}(\mathbb{R})", r"|f(t)| \le C")),
        (function("f")(x), (r"x \in \mathbb{R}", r"f:\mathbb{R}\to\mathbb{R}")),
        (function("phi", decreasing=True)(x),
         (r"x \in \mathbb{R}", r"\phi:\mathbb{R}\to\mathbb{R}", r"\phi \text{ strictly decreasing}")),
        (function("f", smooth=1, growth=2, arity=2)(mu, x),
         (r"\mu \in \mathbb{R}", r"x \in \mathbb{R}", r"f \in C^{1}(\mathbb{R}^{2})",
          r"|\partial^{\alpha}f(t)| \le C(1+\|t\|)^{2},\ |\alpha| \le 1")),
        (g(y), (r"y \in \mathbb{R}", r"h \in C^{1}(\mathbb{R})", r"h \text{ strictly increasing, onto } \mathbb{R}",
                r"h'(t)\ne 0", r"g=h^{-1}")),
        (a(b(y)), (r"y \in \mathbb{R}", r"a \in C^{2}(\mathbb{R})", r"|a^{(k)}(t)| \le C(1+|t|),\ k \le 2",
                r"a \text{ strictly decreasing, onto } \mathbb{R}", r"a'(t)\ne 0", r"b=a^{-1}")),
        (density(X)(x), (r"x \in \mathbb{R}", r"f_X \text{ a probability density on } \mathbb{R}")),
        (KL(Independent(Normal(m[j], s[j]), (j, 1, d)), Independent(Normal(0, 1), (j, 1, d))),
         (DIMENSION, r"\mu_{j} \in \mathbb{R}", r"\sigma_{j} > 0")),
        (Sum(m[j] ** 2, (j, 1, d)), (DIMENSION, r"\mu_{j} \in \mathbb{R}")),
        (Sum(m[j], (j, 1, d)) + m[j] + mu,
         (DIMENSION, r"j \in \mathbb{Z}", r"\mu \in \mathbb{R}", r"\mu_{j} \in \mathbb{R}")),
        (D(E(x, (x, Normal(mu, sigma))), mu), (r"\mu \in \mathbb{R}", r"\sigma > 0")),
    ],
    ids=str,
)  # fmt: skip
def test_hypotheses(expr: Any, expected: tuple[str, ...]) -> None:
    assert hypotheses_of([expr], []) == expected


def test_given_relations_and_their_symbols() -> None:
    assert hypotheses_of([x], [Gt(x, y)]) == (r"x \in \mathbb{R}", r"y \in \mathbb{R}", "x>y")


def test_the_coordinates_of_a_map_are_said_once_and_entries_with_both_indices() -> None:
    i, j, k, n = positive_integer("i j k n")
    z, a = indexed("z"), indexed("A")
    line = det(jacobian(z[i] + Sum(a[i, k] * z[k], (k, 1, n)), z, i, n))
    assert hypotheses_of([line, det(a[i, j], i, j, n)], ()) == (
        r"n \in \{1, 2, \dots\}",
        r"A_{i,k} \in \mathbb{R}",
        r"z_{i} \in \mathbb{R}",
    )


def test_what_is_integrable_has_one_pair_of_bars() -> None:
    for body in (x, Abs(x)):
        (*_, said) = hypotheses_of([], [integrable(body, (x, X))])
        assert said == r"\mathbb{E}_{x\sim f_X}\left[\left|x\right|\right] < \infty"
