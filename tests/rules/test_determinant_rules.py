"""The determinant lemma, Sylvester's identity, triangular matrices, Jacobians, a hypothesis: wrong uses, then right."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Eq, Integral, Matrix, Ne, Piecewise, Product, Sum, eye, sin

from rules.judging import applied, kernel, outcome
from symrep import (
    BadInput,
    D,
    NotApplicable,
    Status,
    chain_rule,
    delta,
    det,
    determinant_lemma,
    function,
    hypothesis,
    indexed,
    jacobian,
    linearity,
    nonzero,
    positive_integer,
    real,
    sylvester,
    triangular,
)

i, j, k, l, n, m = positive_integer("i j k l n m")  # noqa: E741
u, w, s, z, A, B, L = map(indexed, ("u", "w", "s", "z", "A", "B", "L"))
x, y, b, c = real("x y b c")
r = nonzero("r")
h = function("h", smooth=1)
ONE = det(delta(i, j) + u[i] * w[j], i, j, n)
DOT = Sum(u[i] * w[i], (i, 1, n))


@pytest.mark.parametrize(
    ("line", "rule", "error"),
    [
        (x**2, determinant_lemma, NotApplicable),
        (x**2, sylvester(A[i, k], B[k, j], (k, m)), NotApplicable),
        (x**2, triangular, NotApplicable),
        (det(A[i, j], i, j, n), determinant_lemma, NotApplicable),
        (det(delta(i, j) + u[i] * w[j] + w[i] * u[j], i, j, n), determinant_lemma, NotApplicable),
        (ONE, sylvester(A[i, k], B[k, j]), BadInput),
        (ONE, triangular("beside"), BadInput),
        (det(eye(2)), determinant_lemma((x, y), (x,)), BadInput),
        (det(eye(2)), sylvester(Matrix([[x, y]]), Matrix([[x, y]])), BadInput),
        (x**2, hypothesis(Eq(y, 1)), NotApplicable),
        (x**2, hypothesis(x > 0), BadInput),
    ],
    ids=str,
)
def test_misuse_is_refused(line: Any, rule: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        applied(line, rule)


@pytest.mark.parametrize(
    ("before", "line", "rule", "given"),
    [
        (ONE, DOT, determinant_lemma, ()),
        (ONE, 1 + Sum(u[i] ** 2, (i, 1, n)), determinant_lemma, ()),
        # 0^(n-1) is not what the determinant of u wᵀ is at n = 1
        (det(c * delta(i, j) + u[i] * w[j], i, j, n), c ** (n - 1) * (c + DOT), determinant_lemma, ()),
        (det(eye(2) + Matrix([x, y]) * Matrix([[b, c]])), 1 + x * c + y * b, determinant_lemma((x, y), (b, c)), ()),
        (det(eye(2) + Matrix([x, y]) * Matrix([[b, c]])), 1 + x * b + y * c, determinant_lemma((x, y), (c, b)), ()),
        (ONE, Product(1 + u[i] * w[i], (i, 1, n)), triangular, ()),
        (det(jacobian(z[i] ** 2, z, i, n)), det(2 * z[i], i, j, n), chain_rule, ()),
        (x**2, y**2, hypothesis(Eq(x, y)), ()),
        (D(x, x), D(y, x), hypothesis(Eq(x, y)), (Eq(x, y),)),
        (Integral(x + 1, (x, 0, 1)), Integral(x, (x, 0, 1)), linearity, ()),
    ],
)
def test_wrong_lines_are_not_proved(before: Any, line: Any, rule: Any, given: tuple[Any, ...]) -> None:
    assert outcome(before, line, rule, given)[0] in (Status.REFUTED, Status.UNDECIDED)


@pytest.mark.parametrize(
    ("before", "line", "rule", "given"),
    [
        (ONE, 1 + DOT, determinant_lemma, ()),
        (ONE, 1 + DOT, determinant_lemma(u[i], w[j]), ()),
        (2 * ONE - 1, 1 + 2 * DOT, determinant_lemma, ()),
        (det(delta(i, j) * r - 2 * w[j] * u[i], i, j, n), r ** (n - 1) * (r - 2 * DOT), determinant_lemma, ()),
        (det(c * delta(i, j) + u[i] * w[j], i, j, n), c ** (n - 1) * (c + DOT), determinant_lemma, (Ne(c, 0),)),
        (det(eye(2) + Matrix([x, y]) * Matrix([[b, c]])), 1 + x * b + y * c, determinant_lemma((x, y), (b, c)), ()),
        (
            det(3 * eye(2) + Matrix([x, y]) * Matrix([[b, c]])),
            3 * (3 + x * b + y * c),
            determinant_lemma((x, y), (b, c)),
            (),
        ),
        (
            det(eye(2) + Matrix([x, y]) * Matrix([[b, c]])),
            1 + x * b + y * c,
            sylvester(Matrix([x, y]), Matrix([[b, c]])),
            (),
        ),
        (
            det(Piecewise((s[i], Eq(i, j)), (L[i, j], j > i), (0, True)), i, j, n),
            Product(s[i], (i, 1, n)),
            triangular("below"),
            (),
        ),
        (det(jacobian(sin(z[i]), z, i, n)), det(delta(i, j) * sin(z[i]).diff(z[i]), i, j, n), chain_rule, ()),
        (x**2, y**2, hypothesis(Eq(x, y)), (Eq(x, y),)),
        (x**2, y**2, hypothesis(Eq(x, y)), (Eq(y, x),)),
        (Integral(c * h(x) + x, (x, 0, 1)), c * Integral(h(x), (x, 0, 1)) + Integral(x, (x, 0, 1)), linearity, ()),
    ],
)
def test_right_lines_are_proved(before: Any, line: Any, rule: Any, given: tuple[Any, ...]) -> None:
    assert kernel(before, line, rule, given) == "proved"
