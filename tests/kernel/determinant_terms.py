"""True and false instances of the theorems about determinants of any size, for the kernel and for the auditor."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Eq, Max, Piecewise, Product, Sum, exp, sqrt, tanh

from symrep import delta, det, function, indexed, jacobian, nonzero, positive, positive_integer, real
from symrep.claim import Claim
from symrep.translate import context_of, to_term

i, j, k, l, n, m, p = positive_integer("i j k l n m p")  # noqa: E741
u, w, s, z, A, B, L = map(indexed, ("u", "w", "s", "z", "A", "B", "L"))
c, x, alpha = nonzero("c"), real("x"), positive("alpha")
h = function("h", smooth=1)

TRUE: dict[str, Claim] = {}
FALSE: dict[str, Claim] = {}


def instance(theorem: str, lhs: Any, rhs: Any, *given: Any, **data: Any) -> Claim:
    plain = {key: v if isinstance(v, str) else to_term(v) for key, v in data.items()}
    left, right = to_term(lhs), to_term(rhs)
    said = [v for v in data.values() if not isinstance(v, str)]
    step = {"theorem": theorem, "lhs": left, "rhs": right, **plain}
    return Claim("rewrite", {"before": left, "after": right, "rewrites": [step]}, context_of((lhs, rhs, *said), given))


def dot(a: Any, b: Any, size: Any = n) -> Any:
    return Sum(a[i] * b[i], (i, 1, size))


# --- the lemma ------------------------------------------------------------------------------------------------------

PLAIN = det(delta(i, j) + u[i] * w[j], i, j, n)
PARTS = {"scale": 1 + 0 * x, "left": u[i], "right": w[j]}
SCALED = det(c * delta(i, j) + u[i] * w[j], i, j, n)


def rank(name: str, true: bool, lhs: Any, rhs: Any, *given: Any, **data: Any) -> None:
    (TRUE if true else FALSE)[f"rank_one: {name}"] = instance("rank_one", lhs, rhs, *given, **{**PARTS, **data})


rank("of the identity", True, PLAIN, 1 + dot(u, w))
rank("of a multiple of it", True, SCALED, c ** (n - 1) * (c + dot(u, w)), scale=c)
rank("of a literal size", True, det(delta(i, j) + u[i] * w[j], i, j, 3), 1 + dot(u, w, 3))
rank(
    "with a function in it",
    True,
    det(delta(i, j) + u[i] * w[j] * h(x), i, j, n),
    1 + dot(u, w) * h(x),
    left=u[i] * h(x),
)
rank("without the one", False, PLAIN, dot(u, w))
rank("with the sign", False, PLAIN, 1 - dot(u, w))
rank("with the sum one short", False, PLAIN, 1 + Sum(u[i] * w[i], (i, 1, n - 1)))
rank("with the sum from 2", False, PLAIN, 1 + Sum(u[i] * w[i], (i, 2, n)))
rank("the squared length for the product", False, PLAIN, 1 + dot(u, u))
rank("the power n", False, SCALED, c**n * (c + dot(u, w)), scale=c)
rank("the power n - 2", False, SCALED, c ** (n - 2) * (c + dot(u, w)), scale=c)
rank("a one for the multiple", False, SCALED, c ** (n - 1) * (1 + dot(u, w)), scale=c)
# with u_i = x for all i, a column that depends on the row is no column at all
rank("a left part of the column", False, det(delta(i, j) + u[j] * w[j], i, j, n), 1 + dot(u, w), left=u[j])
rank("a right part of the row", False, det(delta(i, j) + u[i] * w[i], i, j, n), 1 + dot(u, w), right=w[i])
# diag(w_1, …, w_n) is no multiple of the identity
rank("a multiple of the row", False, det(w[i] * delta(i, j) + u[i] * w[j], i, j, n), 1 + dot(u, w), scale=w[i])
# x may be 0, and 0^(n-1) at n = 1 is another story than for n > 1
rank(
    "a multiple that may vanish",
    False,
    det(x * delta(i, j) + u[i] * w[j], i, j, n),
    x ** (n - 1) * (x + dot(u, w)),
    scale=x,
)
rank("ones everywhere for the identity", False, det(1 + u[i] * w[j], i, j, n), 1 + dot(u, w))
rank("more than rank one", False, det(delta(i, j) + u[i] * w[j] + w[i] * u[j], i, j, n), 1 + dot(u, w))
rank("another size on the right", False, PLAIN, 1 + dot(u, w, m))
rank("no determinant", False, 1 + x, 1 + dot(u, w))
rank("delta shifted by one", False, det(delta(i, j + 1) + u[i] * w[j], i, j, n), 1 + dot(u, w))

# --- Sylvester ------------------------------------------------------------------------------------------------------

AB = det(delta(i, j) + Sum(A[i, k] * B[k, j], (k, 1, m)), i, j, n)
BA = det(delta(k, l) + Sum(B[k, i] * A[i, l], (i, 1, n)), k, l, m)
GIVEN = {"left": A[i, k], "right": B[k, j], "inner": "k", "size": m}


def syl(name: str, true: bool, lhs: Any, rhs: Any, **data: Any) -> None:
    (TRUE if true else FALSE)[f"sylvester: {name}"] = instance("sylvester", lhs, rhs, **{**GIVEN, **data})


syl("for all sizes", True, AB, BA)
syl(
    "with slopes in between",
    True,
    det(delta(i, j) + Sum(A[i, k] * h(s[k]) * B[k, j], (k, 1, m)), i, j, n),
    det(delta(k, l) + Sum(B[k, i] * A[i, l] * h(s[l]), (i, 1, n)), k, l, m),
    left=A[i, k] * h(s[k]),
)
syl("the sizes exchanged", False, AB, det(delta(k, l) + Sum(B[k, i] * A[i, l], (i, 1, m)), k, l, n))
syl("the size of the left side", False, AB, det(delta(k, l) + Sum(B[k, i] * A[i, l], (i, 1, n)), k, l, n))
syl("A transposed", False, AB, det(delta(k, l) + Sum(B[k, i] * A[l, i], (i, 1, n)), k, l, m))
syl("AB once more", False, AB, det(delta(k, l) + Sum(A[k, i] * B[i, l], (i, 1, n)), k, l, m))
syl("without the identity", False, AB, det(Sum(B[k, i] * A[i, l], (i, 1, n)), k, l, m))
syl("no identity on the left", False, det(Sum(A[i, k] * B[k, j], (k, 1, m)), i, j, n), BA)
syl("the identity taken away", False, AB, det(-delta(k, l) + Sum(B[k, i] * A[i, l], (i, 1, n)), k, l, m))
syl("another inner size", False, AB, BA, size=p)
syl("a left part of the column", False, AB, BA, left=A[j, k])
syl("a right part of the row", False, AB, BA, right=B[k, i])
syl("the row for the inner index", False, AB, BA, inner="i")
syl("the inner index already in use", False, det(delta(i, j) + c * Sum(A[i, k] * B[k, j], (k, 1, m)), i, j, n), BA)
syl("the sum one short", False, det(delta(i, j) + Sum(A[i, k] * B[k, j], (k, 1, m - 1)), i, j, n), BA)

# --- triangular -----------------------------------------------------------------------------------------------------

LOWER = det(Piecewise((s[i], Eq(i, j)), (L[i, j], j < i), (0, True)), i, j, n)
UPPER = det(Piecewise((s[i], Eq(i, j)), (L[i, j], j > i), (0, True)), i, j, n)


def tri(name: str, true: bool, lhs: Any, rhs: Any, zero: str = "above") -> None:
    (TRUE if true else FALSE)[f"triangular: {name}"] = instance("triangular", lhs, rhs, zero=zero)


tri("lower", True, LOWER, Product(s[i], (i, 1, n)))
tri("upper", True, UPPER, Product(s[i], (i, 1, n)), "below")
tri("diagonal", True, det(delta(i, j) * s[i], i, j, n), Product(s[i], (i, 1, n)))
tri("diagonal from below", True, det(delta(i, j) * s[i], i, j, n), Product(s[i], (i, 1, n)), "below")
tri("lower, with zeros below", False, LOWER, Product(s[i], (i, 1, n)), "below")
tri("upper, with zeros above", False, UPPER, Product(s[i], (i, 1, n)))
tri("full", False, det(s[i] * u[j], i, j, n), Product(s[i] * u[i], (i, 1, n)))
BESIDE = det(Piecewise((s[i], Eq(i, j)), (0, Eq(j, i + 1)), (L[i, j], True)), i, j, n)
tri("zeros beside the diagonal are not enough", False, BESIDE, Product(s[i], (i, 1, n)))
# for j = i + 2 something stands above the diagonal
FAR = det(Piecewise((s[i], Eq(i, j)), (1, Eq(j, i + 2)), (0, True)), i, j, n)
tri("one entry too many", False, FAR, Product(s[i], (i, 1, n)))
tri("the product from 2", False, LOWER, Product(s[i], (i, 2, n)))
tri("the sum of the diagonal", False, LOWER, Sum(s[i], (i, 1, n)))
tri("neither above nor below", False, LOWER, Product(s[i], (i, 1, n)), "beside")


# --- the Jacobian of a map ------------------------------------------------------------------------------------------

rough = function("rough")
g = function("g", smooth=1, arity=2)
POINT = Sum(w[k] * z[k], (k, 1, n)) + x
SLOPE = h(x).diff(x).subs(x, POINT)
RADIUS = sqrt(Sum(z[k] ** 2, (k, 1, n)))


def jac(name: str, true: bool, component: Any, entry: Any, *given: Any) -> None:
    lhs, rhs = det(jacobian(component, z, i, n)), det(entry, i, j, n)
    (TRUE if true else FALSE)[f"jacobian: {name}"] = instance("jacobian", lhs, rhs, *given)


jac("identity", True, z[i], delta(i, j))
jac("of one coordinate each", True, u[i] * tanh(z[i]) + s[i], delta(i, j) * u[i] * (1 - tanh(z[i]) ** 2))
jac("planar", True, z[i] + u[i] * h(POINT), delta(i, j) + u[i] * w[j] * SLOPE)
jac("a product", True, z[i] * exp(POINT), delta(i, j) * exp(POINT) + z[i] * w[j] * exp(POINT))
jac("squares", True, u[i] * Sum(z[k] ** 2, (k, 1, n)), 2 * u[i] * z[j])
PAIR = {x: z[i], c: POINT}
jac(
    "a function of two things",
    True,
    g(z[i], POINT),
    delta(i, j) * g(x, c).diff(x).subs(PAIR, simultaneous=True) + w[j] * g(x, c).diff(c).subs(PAIR, simultaneous=True),
)
jac("two sums, one in the other", True, Sum(A[i, k] * h(Sum(B[k, l] * z[l], (l, 1, n))), (k, 1, m)),
    Sum(A[i, k] * B[k, j] * h(x).diff(x).subs(x, Sum(B[k, l] * z[l], (l, 1, n))), (k, 1, m)))  # fmt: skip
jac("a radius that may be 0", False, u[i] * RADIUS, u[i] * z[j] / RADIUS)
jac("without the identity", False, z[i] + u[i] * h(POINT), u[i] * w[j] * SLOPE)
jac("without the inner derivative", False, z[i] + u[i] * h(POINT), delta(i, j) + u[i] * SLOPE)
jac("the value for the slope", False, z[i] + u[i] * h(POINT), delta(i, j) + u[i] * w[j] * h(POINT))
# the transposed matrix has the same determinant, but these are not its entries
jac("rows for columns", False, z[i] + u[i] * h(POINT), delta(i, j) + u[j] * w[i] * SLOPE)
jac("the weight of the row", False, z[i] + u[i] * h(POINT), delta(i, j) + u[i] * w[i] * SLOPE)
jac("a square without the two", False, u[i] * Sum(z[k] ** 2, (k, 1, n)), u[i] * z[j])
jac("off the diagonal, too", False, u[i] * tanh(z[i]), u[i] * (1 - tanh(z[i]) ** 2))
jac("a modulus", False, Abs(z[i]), delta(i, j))
jac("a maximum", False, Max(z[i], x), delta(i, j))
jac("a function nobody declared smooth", False, rough(z[i]), delta(i, j))
jac("a sum over other coordinates", False, Sum(w[k] * z[k], (k, 1, m)), w[j])
jac("a sum over all coordinates but the first", False, u[i] * Sum(w[k] * z[k], (k, 2, n)), u[i] * w[j])
jac("a sum over all coordinates but the last", False, u[i] * Sum(w[k] * z[k], (k, 1, n - 1)), u[i] * w[j])
jac("an equality given at a point", False, z[i] + u[i] * h(POINT), delta(i, j) + u[i] * w[j] * SLOPE, Eq(z[1], 3))
jac("a reciprocal that may have a pole", False, 1 / z[i], -delta(i, j) / z[i] ** 2)
jac("a product over the coordinates", False, Product(z[k], (k, 1, n)), 1 + 0 * x)
jac("cases", False, Piecewise((z[i], x > 0), (0, True)), Piecewise((delta(i, j), x > 0), (0, True)))
