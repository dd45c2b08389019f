"""Transforms of several variables: entries only. Constraints, matrices, flows, and maps that have no inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import factorial
from typing import Any

from symrep.transforms.several import ManyToOne, Several, det, listed, lower, minors, solved, symmetric

STAN = "Stan Reference Manual, Constraint Transforms, "
TFP = "tfp.bijectors, "
FLOWS = "Rezende & Mohamed, arXiv:1505.05770, "

P = Mapping[str, Any]


def vec(p: P, name: str, n: int) -> list[Any]:
    return [p[f"{name}_{i + 1}"] for i in range(n)]


def mat(p: P, name: str, n: int) -> list[list[Any]]:
    return [[p.get(f"{name}_{i + 1}_{j + 1}", 0) for j in range(n)] for i in range(n)]


def named(name: str, n: int, kind: str = "real", first: str = "") -> dict[str, str]:
    return {f"{name}_{i + 1}": (first if first and i == 0 else kind) for i in range(n)}


def total(terms: Sequence[Any]) -> Any:
    return sum(terms[1:], start=terms[0]) if terms else 0


def dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    return total([s * t for s, t in zip(a, b, strict=True)])


def softplus(xp: Any, v: Any) -> Any:
    return xp.log(1 + xp.exp(v))


def triangle(n: int) -> int:
    return n * (n + 1) // 2


# --- constraints --------------------------------------------------------------------------------------------------


def _ordered(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    y = [x[0]]
    for v in x[1:]:
        y.append(y[-1] + xp.exp(v))
    return y


Ordered = Several(
    "Ordered", _ordered,
    lambda xp, y, n, p: [y[0], *(xp.log(b - a) for a, b in pairwise(y))],
    lambda xp, x, n, p: total(x[1:]),
    image=lambda xp, y, n, p: [b - a for a, b in pairwise(y)],
    source=STAN + "ordered vector",
)  # fmt: skip


def _sticks(xp: Any, x: list[Any], n: int) -> list[tuple[Any, Any]]:
    """The share that is broken off, and what was left before, at each step."""
    out, left = [], 1
    for k, v in enumerate(x, 1):
        z = 1 / (1 + (n + 1 - k) * xp.exp(-v))
        out.append((z, left))
        left = left * (1 - z)
    return out


def _sticks_back(xp: Any, y: list[Any], n: int, p: P) -> list[Any]:
    out, left = [], 1
    for k, v in enumerate(y, 1):
        out.append(xp.log(v / (left - v)) + xp.log(n + 1 - k))
        left = left - v
    return out


# the first n of n + 1 shares; the last is what is left
StickBreaking = Several(
    "StickBreaking", lambda xp, x, n, p: [z * left for z, left in _sticks(xp, x, n)], _sticks_back,
    lambda xp, x, n, p: total([xp.log(z) + xp.log(1 - z) + xp.log(left) for z, left in _sticks(xp, x, n)]),
    image=lambda xp, y, n, p: [*y, 1 - total(y)], source=STAN + "unit simplex",
)  # fmt: skip

# --- matrices -----------------------------------------------------------------------------------------------------


def _diagonal(x: list[Any], n: int) -> list[Any]:
    half = lower(x, n)
    return [half[i][i] for i in range(n)]


def _outer(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    half = lower(x, n)
    return [dot(half[i][: j + 1], half[j][: j + 1]) for i in range(n) for j in range(i + 1)]


def _cholesky(xp: Any, y: list[Any], n: int, p: P) -> list[Any]:
    whole, out = lower(y, n), [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = whole[i][j] - dot(out[i][:j], out[j][:j])
            out[i][j] = xp.sqrt(rest) if i == j else rest / out[j][j]
    return listed(out)


def _triangular_inverse(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    half, out = lower(x, n), [[0] * n for _ in range(n)]
    for j in range(n):
        for i in range(j, n):
            rest = (1 if i == j else 0) - dot(half[i][j:i], [out[k][j] for k in range(j, i)])
            out[i][j] = rest / half[i][i]
    return listed(out)


def _symmetric_inverse(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    whole = symmetric(x, n)
    columns = [solved(whole, [1 if i == k else 0 for i in range(n)]) for k in range(n)]
    return [columns[j][i] for i in range(n) for j in range(i + 1)]


def _positive_diagonal(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    half = lower(x, n)
    return listed([[xp.exp(v) if i == j else v for j, v in enumerate(row)] for i, row in enumerate(half)])


def _on_diagonal(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    return _diagonal(x, n)


def _definite(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    return minors(symmetric(x, n))


CholeskyOuterProduct = Several(
    "CholeskyOuterProduct", _outer, _cholesky,
    lambda xp, x, n, p: n * xp.log(2) + total([(n - i) * xp.log(d) for i, d in enumerate(_diagonal(x, n))]),
    coordinates=triangle, domain=_on_diagonal, image=_definite, start=_positive_diagonal, symbolic=(1, 2),
    source=TFP + "CholeskyOuterProduct; log det: Bijectors.jl, pd.jl",
)  # fmt: skip

TriangularInverse = Several(
    "TriangularInverse", _triangular_inverse, _triangular_inverse,
    lambda xp, x, n, p: -(n + 1) * total([xp.log(d) for d in _diagonal(x, n)]),
    coordinates=triangle, domain=_on_diagonal, image=_on_diagonal, start=_positive_diagonal, symbolic=(1, 2),
    source=TFP + "MatrixInverseTriL",
)  # fmt: skip

SPDInverse = Several(
    "SPDInverse", _symmetric_inverse, _symmetric_inverse,
    lambda xp, x, n, p: -(n + 1) * xp.log(det(symmetric(x, n))),
    coordinates=triangle, domain=_definite, image=_definite,
    start=lambda xp, x, n, p: _outer(xp, _positive_diagonal(xp, x, n, p), n, p), symbolic=(1, 2),
    source="derived; the factor that leads from the Wishart to the inverse Wishart density",
)  # fmt: skip

# --- flows --------------------------------------------------------------------------------------------------------


def _planar_u(xp: Any, n: int, p: P) -> list[Any]:
    """U with wᵀu brought above −1."""
    w, u = vec(p, "w", n), vec(p, "u", n)
    scale = (-1 + softplus(xp, dot(w, u)) - dot(w, u)) / dot(w, w)
    return [a + scale * b for a, b in zip(u, w, strict=True)]


def _planar_slope(xp: Any, x: list[Any], n: int, p: P) -> Any:
    w = vec(p, "w", n)
    return 1 + dot(w, _planar_u(xp, n, p)) * (1 - xp.tanh(dot(w, x) + p["b"]) ** 2)


def _planar_summands(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    """The slope as a mean of softplus(wᵀu) and 1, with weights 1 − tanh² and tanh²."""
    h = xp.tanh(dot(vec(p, "w", n), x) + p["b"])
    return [(1 - h**2) * softplus(xp, dot(vec(p, "w", n), vec(p, "u", n))), h**2]


Planar = Several(
    "Planar",
    lambda xp, x, n, p: [
        v + u * xp.tanh(dot(vec(p, "w", n), x) + p["b"]) for v, u in zip(x, _planar_u(xp, n, p), strict=True)
    ],
    None,
    lambda xp, x, n, p: xp.log(xp.abs(_planar_slope(xp, x, n, p))),
    parameters=lambda n: {**named("w", n, first="nonzero"), **named("u", n), "b": "real"},
    conditions=lambda xp, x, n, p: [(_planar_slope(xp, x, n, p), _planar_summands(xp, x, n, p))],
    no_inverse="t + (w·u) tanh(t + b) = w·y has no closed solution t = w·x, only one, since the left side increases",
    source=FLOWS + "section 4.1 and appendix A.1",
)  # fmt: skip


def _radial(xp: Any, x: list[Any], n: int, p: P) -> tuple[list[Any], Any, Any]:
    """X − centre, its length r, and β > −α."""
    apart = [v - c for v, c in zip(x, vec(p, "c", n), strict=True)]
    beta = -p["alpha"] + softplus(xp, p["beta"])
    return apart, xp.sqrt(dot(apart, apart)), beta


def _radial_forward(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    apart, r, beta = _radial(xp, x, n, p)
    return [v + beta / (p["alpha"] + r) * d for v, d in zip(x, apart, strict=True)]


def _radial_inverse(xp: Any, y: list[Any], n: int, p: P) -> list[Any]:
    apart, s, beta = _radial(xp, y, n, p)
    b = s - p["alpha"] - beta
    r = (b + xp.sqrt(b**2 + 4 * p["alpha"] * s)) / 2
    return [c + d / (1 + beta / (p["alpha"] + r)) for c, d in zip(vec(p, "c", n), apart, strict=True)]


def _radial_factors(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    _, r, beta = _radial(xp, x, n, p)
    h = 1 / (p["alpha"] + r)
    return [1 + beta * h, 1 + beta * h - beta * h**2 * r]


def _radial_forms(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    """The two factors, with softplus(β) for α + β and no difference left."""
    _, r, _ = _radial(xp, x, n, p)
    top, whole = softplus(xp, p["beta"]), p["alpha"] + r
    return [[(r + top) / whole], [(r**2 + 2 * p["alpha"] * r + p["alpha"] * top) / whole**2]]


def _radial_log(xp: Any, x: list[Any], n: int, p: P) -> Any:
    around, along = _radial_factors(xp, x, n, p)
    return (n - 1) * xp.log(around) + xp.log(along)


Radial = Several(
    "Radial", _radial_forward, _radial_inverse, _radial_log,
    parameters=lambda n: {**named("c", n), "alpha": "positive", "beta": "real"},
    conditions=lambda xp, x, n, p: list(
        zip(_radial_factors(xp, x, n, p), _radial_forms(xp, x, n, p), strict=True)
    ),
    symbolic=(1,), source=FLOWS + "section 4.1 and appendix A.2",
)  # fmt: skip


def _halves(x: list[Any]) -> tuple[list[Any], list[Any]]:
    k = (len(x) + 1) // 2
    return x[:k], x[k:]


def _coupling(sign: int) -> Any:
    def body(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
        kept, moved = _halves(x)
        out = []
        for i, v in enumerate(moved, 1):
            s, t = p[f"s_{i}"](*kept), p[f"t_{i}"](*kept)
            out.append(v * xp.exp(s) + t if sign > 0 else (v - t) * xp.exp(-s))
        return [*kept, *out]

    return body


def _coupling_kinds(n: int) -> dict[str, str]:
    k = (n + 1) // 2
    return {f"{name}_{i + 1}": f"functions of {k}" for i in range(n - k) for name in ("s", "t")}


RealNVP = Several(
    "RealNVP", _coupling(1), _coupling(-1),
    lambda xp, x, n, p: total([p[f"s_{i + 1}"](*_halves(x)[0]) for i in range(n // 2)]),
    parameters=_coupling_kinds, symbolic=(2, 3),
    source="Dinh, Sohl-Dickstein & Bengio, arXiv:1605.08803 (not looked up)",
)  # fmt: skip

PIXELS = 2


def _pixels(x: list[Any], n: int) -> list[list[Any]]:
    return [x[k * n : (k + 1) * n] for k in range(PIXELS)]


# one W for the n channels of each of PIXELS pixels
Glow = Several(
    "Glow",
    lambda xp, x, n, p: [dot(row, pixel) for pixel in _pixels(x, n) for row in mat(p, "w", n)],
    lambda xp, y, n, p: [v for pixel in _pixels(y, n) for v in solved(mat(p, "w", n), pixel)],
    lambda xp, x, n, p: PIXELS * xp.log(xp.abs(det(mat(p, "w", n)))),
    coordinates=lambda n: PIXELS * n,
    parameters=lambda n: {
        f"w_{i + 1}_{j + 1}": "nonzero" if n == 1 else "real" for i in range(n) for j in range(n)
    },
    given=lambda xp, x, n, p: [det(mat(p, "w", n)) ** 2],
    symbolic=(1, 2), source="Kingma & Dhariwal, arXiv:1807.03039 (not looked up)",
)  # fmt: skip


def _reflected(v: list[Any], x: list[Any]) -> list[Any]:
    """Householder's reflection, its own inverse and transpose."""
    scale = 2 * dot(v, x) / dot(v, v)
    return [a - scale * b for a, b in zip(x, v, strict=True)]


def _sylvester_inner(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    back = _reflected(vec(p, "v", n), x)
    return [xp.tanh(dot(row, back) + b) for row, b in zip(mat(p, "s", n), vec(p, "b", n), strict=True)]


def _sylvester(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    h = _sylvester_inner(xp, x, n, p)
    moved = _reflected(vec(p, "v", n), [dot(row, h) for row in mat(p, "r", n)])
    return [a + b for a, b in zip(x, moved, strict=True)]


def _sylvester_factors(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
    h = _sylvester_inner(xp, x, n, p)
    return [1 + (1 - h[i] ** 2) * p[f"r_{i + 1}_{i + 1}"] * p[f"s_{i + 1}_{i + 1}"] for i in range(n)]


def _upper(name: str, n: int) -> dict[str, str]:
    return {f"{name}_{i + 1}_{j + 1}": "positive" if i == j else "real" for i in range(n) for j in range(i, n)}


# x + Q R tanh(S Qᵀx + b) with R and S upper triangular, Q a reflection
Sylvester = Several(
    "Sylvester", _sylvester, None,
    lambda xp, x, n, p: total([xp.log(f) for f in _sylvester_factors(xp, x, n, p)]),
    parameters=lambda n: {
        **named("v", n, first="nonzero"), **_upper("r", n), **_upper("s", n), **named("b", n)
    },
    conditions=lambda xp, x, n, p: [(f, [f]) for f in _sylvester_factors(xp, x, n, p)], symbolic=(1, 2),
    no_inverse="each coordinate solves an equation like the planar one, the last first",
    source="van den Berg, Hasenclever, Tomczak & Welling, UAI 2018; log det: R package shrinkGPR, sylvester",
)  # fmt: skip


Permutation = Several(
    "Permutation",
    lambda xp, x, n, p: [x[i] for i in p["places"]],
    lambda xp, y, n, p: [y[p["places"].index(i)] for i in range(n)],
    lambda xp, x, n, p: 0 * x[0],
    parameters=lambda n: {"places": f"permutation of {n}"}, source=TFP + "Permute",
)  # fmt: skip


def _linear_flow(sign: int) -> Any:
    def body(xp: Any, x: list[Any], n: int, p: P) -> list[Any]:
        t = sign * p["T"]
        return [
            xp.exp(p["a"] * t) * total([(p["b"] * t) ** k / factorial(k) * x[i + k] for k in range(n - i)])
            for i in range(n)
        ]

    return body


# the time-T map of dz/dt = A z, A = a I + b N with ones above the diagonal in N: ∫ tr A dt = n a T
LinearFlow = Several(
    "LinearFlow", _linear_flow(1), _linear_flow(-1), lambda xp, x, n, p: n * p["a"] * p["T"],
    parameters=lambda n: {"a": "real", "b": "real", "T": "positive"},
    source="Chen, Rubanova, Bettencourt & Duvenaud, arXiv:1806.07366 (not looked up): d log p/dt = -tr df/dz",
)  # fmt: skip

# --- no bijections ------------------------------------------------------------------------------------------------

Softmax = ManyToOne(
    "Softmax", 2, lambda xp, x, n, p: [xp.exp(v) / total([xp.exp(t) for t in x]) for v in x],
    lambda xp, p: ([0, 0], [1, 1]),
    why="softmax forgets a constant: x and x + c have one image, which lies on a simplex of one dimension less",
    instead="StickBreaking, a bijection onto the simplex, or LOTUS for an expectation",
    source="torch.distributions.transforms, SoftmaxTransform",
)  # fmt: skip

LowRankLinear = ManyToOne(
    "LowRankLinear", 2, lambda xp, x, n, p: [dot(vec(p, "w", 2), x), p["k"] * dot(vec(p, "w", 2), x)],
    lambda xp, p: ([p["w_2"], -p["w_1"]], [0, 0]),
    why="a linear map of rank below its number of inputs sends whole lines to one point: det J = 0 everywhere",
    instead="LOTUS; an injective map into a larger space has the area formula, log det(JᵀJ)/2",
    parameters=lambda n: {"w_1": "nonzero", "w_2": "nonzero", "k": "real"},
    source="derived",
)  # fmt: skip
