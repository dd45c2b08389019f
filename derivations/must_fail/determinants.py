"""Determinants with slips: two for each derivation of the gallery."""

from sympy import Eq, Matrix, Piecewise, Product, Sum, exp, eye, log

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    delta,
    derivation,
    det,
    determinant_lemma,
    indexed,
    nonzero,
    positive_integer,
    real,
    sylvester,
    triangular,
)

i, j, k, l, n, m = positive_integer("i j k l n m")
u, w, s, A, B, L = map(indexed, ("u", "w", "s", "A", "B", "L"))
c = nonzero("c")
u1, u2, u3, w1, w2, w3 = real("u_1 u_2 u_3 w_1 w_2 w_3")
a11, a12, a21, a22, a31, a32, b11, b12, b13, b21, b22, b23 = real(
    "a_11 a_12 a_21 a_22 a_31 a_32 b_11 b_12 b_13 b_21 b_22 b_23"
)
SECOND, THIRD = (Expected(Status.REFUTED, Reason.UNEQUAL, line=line) for line in (2, 3))


@derivation(expected=SECOND)
def lemma_without_the_one():
    r"""$1 + w^\top u$."""
    yield det(delta(i, j) + u[i] * w[j], i, j, n)
    yield Sum(u[i] * w[i], (i, 1, n)), determinant_lemma


@derivation(expected=SECOND)
def lemma_that_loses_the_last_coordinate():
    r"""The sum has $n$ terms."""
    yield det(delta(i, j) + u[i] * w[j], i, j, n)
    yield 1 + Sum(u[i] * w[i], (i, 1, n - 1)), determinant_lemma


@derivation(expected=SECOND)
def lemma_with_the_power_of_the_dimension():
    r"""One of the $n$ factors $c$ is in the other bracket."""
    yield det(c * delta(i, j) + u[i] * w[j], i, j, n)
    yield c**n * (c + Sum(u[i] * w[i], (i, 1, n))), determinant_lemma


@derivation(expected=SECOND)
def lemma_with_the_multiple_forgotten():
    r"""$c + w^\top u$."""
    yield det(c * delta(i, j) + u[i] * w[j], i, j, n)
    yield c ** (n - 1) * (1 + Sum(u[i] * w[i], (i, 1, n))), determinant_lemma


@derivation(expected=SECOND)
def lemma_in_three_dimensions_with_the_length():
    r"""$w^\top u$, not $u^\top u$."""
    yield det(eye(3) + Matrix([u1, u2, u3]) * Matrix([[w1, w2, w3]]))
    yield 1 + u1**2 + u2**2 + u3**2, algebra


@derivation(expected=SECOND)
def lemma_in_three_dimensions_coordinate_by_coordinate():
    r"""That would be a diagonal matrix."""
    yield det(eye(3) + Matrix([u1, u2, u3]) * Matrix([[w1, w2, w3]]))
    yield (1 + u1 * w1) * (1 + u2 * w2) * (1 + u3 * w3), algebra


def _sylvester():
    return det(delta(i, j) + Sum(A[i, k] * B[k, j], (k, 1, m)), i, j, n)


@derivation(expected=SECOND)
def sylvester_with_a_factor_transposed():
    r"""$BA$, not $BA^\top$."""
    yield _sylvester()
    yield det(delta(k, l) + Sum(B[k, i] * A[l, i], (i, 1, n)), k, l, m), sylvester(A[i, k], B[k, j], (k, m))


@derivation(expected=SECOND)
def sylvester_without_the_identity():
    r"""$I_m + BA$."""
    yield _sylvester()
    yield det(Sum(B[k, i] * A[i, l], (i, 1, n)), k, l, m), sylvester(A[i, k], B[k, j], (k, m))


LEFT, RIGHT = Matrix([[a11, a12], [a21, a22], [a31, a32]]), Matrix([[b11, b12, b13], [b21, b22, b23]])


@derivation(expected=SECOND)
def sylvester_from_three_to_two_with_the_identity_taken_away():
    r"""$I_2 + BA$; for matrices of even size the sign of $BA - I_2$ is no matter, but where it stands is."""
    yield det(eye(3) + LEFT * RIGHT)
    yield det(RIGHT * LEFT - eye(2)), sylvester(LEFT, RIGHT)


@derivation(expected=SECOND)
def sylvester_from_three_to_two_by_the_trace():
    r"""To first order only."""
    yield det(eye(3) + LEFT * RIGHT)
    yield 1 + (RIGHT * LEFT).trace(), sylvester(LEFT, RIGHT)


@derivation(expected=SECOND)
def triangular_from_the_second_row():
    r"""Every entry of the diagonal counts."""
    yield det(Piecewise((s[i], Eq(i, j)), (L[i, j], j < i), (0, True)), i, j, n)
    yield Product(s[i], (i, 2, n)), triangular("above")


@derivation(expected=SECOND)
def triangular_with_the_trace():
    r"""The diagonal is multiplied."""
    yield det(Piecewise((s[i], Eq(i, j)), (L[i, j], j < i), (0, True)), i, j, n)
    yield Sum(s[i], (i, 1, n)), triangular("above")


def _scales():
    return log(det(Piecewise((exp(s[i]), Eq(i, j)), (L[i, j], j < i), (0, True)), i, j, n))


@derivation(expected=THIRD)
def log_scales_with_the_sign():
    r"""The forward map's determinant, not the inverse's."""
    yield _scales()
    yield log(Product(exp(s[i]), (i, 1, n))), triangular("above")
    yield -Sum(s[i], (i, 1, n)), algebra


@derivation(expected=THIRD)
def log_scales_without_the_logarithm():
    r"""$\log e^{s} = s$."""
    yield _scales()
    yield log(Product(exp(s[i]), (i, 1, n))), triangular("above")
    yield Sum(exp(s[i]), (i, 1, n)), algebra
