"""Determinants in lines: what they stand for, how they are printed, what is refused."""

import pytest
from sympy import Matrix, eye, symbols

from symrep import BadInput, D, det, function, jacobian, real
from symrep.determinant import Determinant_
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.fail import NotProved
from symrep.printing import latex
from symrep.rules.base import unfolded
from symrep.translate import context_of, to_term

a, b, c, d, x, y = real("a b c d x y")


def proved(left, right):
    ctx = context_of((left, right))
    try:
        return not prove_equal(to_term(left), to_term(right), ctx).almost_everywhere
    except NotProved:
        return False


WRONG = [
    ("the permanent", det([[a, b], [c, d]]), a * d + b * c),
    ("the other diagonal", det([[a, b], [c, d]]), b * c - a * d),
    ("two rows exchanged", det([[c, d], [a, b]]), det([[a, b], [c, d]])),
    ("a factor taken out of one row twice", det([[2 * a, 2 * b], [2 * c, 2 * d]]), 2 * det([[a, b], [c, d]])),
    ("a sum of matrices", det(eye(2) + Matrix([[a, b], [c, d]])), 1 + det([[a, b], [c, d]])),
    ("a product in the wrong place", det(eye(2) + Matrix([a, b]) * Matrix([[c, d]])), 1 + a * d + b * c),
    ("without the one", det(eye(3) + Matrix([a, b, x]) * Matrix([[c, d, y]])), a * c + b * d + x * y),
]


@pytest.mark.parametrize(("what", "left", "right"), WRONG, ids=[w[0] for w in WRONG])
def test_wrong_values_are_not_proved(what, left, right):
    assert not proved(left, right)


RIGHT = [
    (det([[a, b], [c, d]]), a * d - b * c),
    (det([[a, b], [c, d]]), det([[a, c], [b, d]])),
    (det(Matrix([[a, b], [c, d]]) * Matrix([[x, y], [y, a]])), det([[a, b], [c, d]]) * det([[x, y], [y, a]])),
    (det(eye(4) + Matrix([a, b, c, d]) * Matrix([[x, y, a, b]])), 1 + a * x + b * y + c * a + d * b),
    (det([[0, 0], [0, d]]), 0 * a),
    (det([[a]]), a),
    (det(eye(5)), 1 + 0 * a),
]


@pytest.mark.parametrize(("left", "right"), RIGHT)
def test_right_values_are_proved(left, right):
    assert proved(left, right)


def test_the_jacobian_is_kept_until_it_is_carried_out():
    f = function("f", smooth=1)
    line = det(jacobian((x * f(y), y), (x, y)))
    assert isinstance(line, Determinant_) and line.has(type(D(x, y)))
    assert proved(unfolded(line), f(y))
    assert latex(line) == r"\det\frac{\partial(xf(y),\ y)}{\partial(x,y)}"
    assert line.jacobian_of() is not None
    assert det([[D(x, x), D(x, y)], [D(x, x), D(y, y)]]).jacobian_of() is None


def test_a_matrix_is_printed_as_one():
    assert latex(det([[a, b], [c, d]])) == r"\det\begin{pmatrix}a & b\\ c & d\end{pmatrix}"


def test_the_derivative_of_a_determinant_is_that_of_its_value():
    assert proved(unfolded(D(det([[a, b], [c, d]]), a)), d)
    assert not proved(unfolded(D(det([[a, b], [c, d]]), b)), c)


@pytest.mark.parametrize("wrong", [Matrix([[a, b]]), [[]], "a", eye(6), symbols("z")])
def test_what_is_no_small_square_matrix_is_refused(wrong):
    with pytest.raises(BadInput, match="square matrix"):
        det(wrong)
