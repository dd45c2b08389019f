r"""Determinants behind normalizing flows: the determinant lemma, Sylvester's identity, triangular matrices.

For every size they are theorems of the kernel, identities of polynomials in the entries; at one size they are shown by
multiplying out."""

from sympy import Eq, Matrix, Piecewise, Product, Sum, exp, eye, log

from symrep import (
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

LEMMA = "Mathlib, Matrix.det_one_add_mul_comm, for matrices of one column and one row"
IDENTITY = "Mathlib, Matrix.det_one_add_mul_comm (the Weinstein–Aronszajn identity)"
TRIANGULAR = "Mathlib, Matrix.det_of_lowerTriangular"


@derivation(source=LEMMA)
def lemma_in_every_dimension():
    r"""$\det(I + uw^\top) = 1 + w^\top u$ for vectors of every length $n$."""
    yield det(delta(i, j) + u[i] * w[j], i, j, n)
    yield 1 + Sum(u[i] * w[i], (i, 1, n)), determinant_lemma


@derivation(source=LEMMA)
def lemma_for_a_multiple_of_the_identity():
    r"""$\det(cI + uw^\top) = c^{n-1}(c + w^\top u)$ for $c \neq 0$ and every $n$."""
    yield det(c * delta(i, j) + u[i] * w[j], i, j, n)
    yield c ** (n - 1) * (c + Sum(u[i] * w[i], (i, 1, n))), determinant_lemma


@derivation(source=LEMMA)
def lemma_in_three_dimensions():
    r"""The lemma multiplied out at $n = 3$."""
    yield det(eye(3) + Matrix([u1, u2, u3]) * Matrix([[w1, w2, w3]]))
    yield 1 + u1 * w1 + u2 * w2 + u3 * w3, algebra


@derivation(source=IDENTITY)
def sylvester_in_every_size():
    r"""$\det(I_n + AB) = \det(I_m + BA)$ for $A$ of $n \times m$ and $B$ of $m \times n$, whatever $n$ and $m$ are."""
    yield det(delta(i, j) + Sum(A[i, k] * B[k, j], (k, 1, m)), i, j, n)
    yield det(delta(k, l) + Sum(B[k, i] * A[i, l], (i, 1, n)), k, l, m), sylvester(A[i, k], B[k, j], (k, m))


@derivation(source=IDENTITY)
def sylvester_from_three_to_two():
    r"""Sylvester's identity multiplied out, from $3 \times 3$ to $2 \times 2$."""
    left, right = Matrix([[a11, a12], [a21, a22], [a31, a32]]), Matrix([[b11, b12, b13], [b21, b22, b23]])
    yield det(eye(3) + left * right)
    yield det(eye(2) + right * left), sylvester(left, right)


@derivation(source=TRIANGULAR)
def triangular_in_every_dimension():
    r"""A lower triangular matrix has the product of its diagonal for its determinant."""
    yield det(Piecewise((s[i], Eq(i, j)), (L[i, j], j < i), (0, True)), i, j, n)
    yield Product(s[i], (i, 1, n)), triangular("above")


@derivation(source=TRIANGULAR)
def triangular_with_log_scales():
    r"""With the diagonal $e^{s_i}$, as in an affine flow, $\log\det = \sum_i s_i$."""
    yield log(det(Piecewise((exp(s[i]), Eq(i, j)), (L[i, j], j < i), (0, True)), i, j, n))
    yield log(Product(exp(s[i]), (i, 1, n))), triangular("above")
    yield Sum(s[i], (i, 1, n)), algebra
