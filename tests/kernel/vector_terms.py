"""True and false instances of the theorems about functions of vectors, for the kernel and for the auditor."""

from __future__ import annotations

from typing import Any

from draw_terms import A, c, each, heavy, i, k, l, m, mean, mu, n, s, sigma, theta, total, u, y, z
from sympy import Abs, Integral, Sum, exp, oo, sign

from symrep import D, function, nonnegative, partial, vector, vector_function
from symrep.claim import Claim
from symrep.distributions import Exponential, Laplace, Normal, StudentT, Uniform
from symrep.term import Term
from symrep.translate import context_of, to_term

f = vector_function("f", smooth=2, growth=2)
rough = vector_function("r", smooth=0, growth=1)
wild = vector_function("w", smooth=1)
g = vector_function("g", smooth=1, growth=1, arity=2)
plain = function("p", smooth=1, growth=1)
three = vector_function("q", smooth=0, growth=1, arity=3)

TRUE: dict[str, Claim] = {}
FALSE: dict[str, Claim] = {}


def rewrite(name: str, true: bool, theorem: str, lhs: Any, rhs: Any, *given: Any, **data: Any) -> None:
    put = {key: v if isinstance(v, str) else to_term(v) for key, v in data.items()}
    said = [v for v in data.values() if not isinstance(v, str)]
    left, right = to_term(lhs), to_term(rhs)
    step = {"theorem": theorem, "lhs": left, "rhs": right, **put}
    context = context_of((lhs, rhs, *said), given)
    context = type(context)(
        {key: v for key, v in context.symbols.items() if key != "t"}, context.functions, context.given
    )
    claim = Claim("rewrite", {"before": left, "after": right, "rewrites": [step]}, context)
    (TRUE if true else FALSE)[f"{theorem}: {name}"] = claim


def equal(name: str, true: bool, lhs: Any, rhs: Any, *given: Any) -> None:
    claim = Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context_of((lhs, rhs), given))
    (TRUE if true else FALSE)[f"equal: {name}"] = claim


def defined(name: str, true: bool, term: Any, *given: Any) -> None:
    claim = Claim("defined", {"term": to_term(term)}, context_of((term,), given))
    (TRUE if true else FALSE)[f"defined: {name}"] = claim


# the coordinates are x = mu + A z with independent z
x = vector(mu[k] + Sum(A[k, l] * z[l], (l, 1, n)), (k, 1, n))
own = vector(z[k], (k, 1, n))

# --- convergence ----------------------------------------------------------------------------------------------------

defined("of bounded growth", True, each(f(x)))
defined("times a polynomial", True, each(z[1] ** 3 * partial(f(x), 1, 1) + total(z[m] * u[m], m)))
defined("under a sum", True, total(u[m] * each(z[m] * f(own)), m))
defined("a moment there is", True, each(f(own), StudentT(5, 0, 1)))
defined("no moment", False, each(f(own), heavy))
defined("a moment too few", False, each(z[1] * f(own), StudentT(2, 0, 1)))
defined("no growth declared", False, each(wild(own)))
defined("an exponential", False, each(exp(z[1]) * f(own)))
defined("an exponential in a coordinate", False, each(f(vector(exp(z[k]), (k, 1, n)))))
defined("a quotient in a coordinate", False, each(f(vector(1 / z[k], (k, 1, n)))))
defined("a coordinate there may not be", False, each(f(vector(z[k + 1], (k, 1, n)))))
defined("a coordinate too many", False, each(z[n + 1] * f(own)))
defined("an index that may be no coordinate", False, each(z[m] * f(own)))
defined("an index under too long a sum", False, total(u[m] * each(z[m] * f(own)), m, n + 1))
defined("a number that may not be", False, each(f(x) / c))

single = vector(y * u[k], (k, 1, n))
defined("under a law of one variable", False, mean(f(single)))
defined("an integral", False, Integral(f(single), (y, 0, 1)) + Integral(f(single), (y, 0, oo)))
defined("a square that has no moment", False, each(f(own) ** 2, StudentT(3, 0, 1)))

# --- linearity ------------------------------------------------------------------------------------------------------

FIRST = each(partial(f(x), m))
rewrite("a sum", True, "linear_each", each(total(u[m] * partial(f(x), m), m)), total(u[m] * FIRST, m))
rewrite("two terms", True, "linear_each", each(c * f(x) + 2 * z[1]), c * each(f(x)) + 2 * each(z[1]))
rewrite(
    "a double sum",
    True,
    "linear_each",
    each(total(u[i] * total(A[i, m] * z[m], m), i) * f(x)),
    total(u[i] * total(A[i, m] * each(z[m] * f(x)), m), i),
)
rewrite("another coefficient", False, "linear_each", each(total(u[m] * partial(f(x), m), m)), total(u[1] * FIRST, m))
rewrite("a sum one short", False, "linear_each", each(total(u[m] * partial(f(x), m), m)), total(u[m] * FIRST, m, n - 1))
rewrite("a lost term", False, "linear_each", each(c * f(x) + 2 * z[1]), c * each(f(x)))
rewrite("a product", False, "linear_each", each(f(x) * z[1]), each(f(x)) * each(z[1]))
rewrite("a square", False, "linear_each", each(f(x) ** 2), each(f(x)) ** 2)
rewrite("no moment", False, "linear_each", each(f(own) + z[1], heavy), each(f(own), heavy) + each(z[1], heavy))
rewrite("no growth declared", False, "linear_each", each(wild(x) + z[1]), each(wild(x)) + each(z[1]))
rewrite("an infinite sum", False, "linear_each", each(Sum(u[m] * f(x), (m, 1, oo))), Sum(u[m] * each(f(x)), (m, 1, oo)))

# --- derivatives by a parameter -------------------------------------------------------------------------------------

moved = vector(mu[k] + theta * u[k] + Sum(A[k, l] * z[l], (l, 1, n)), (k, 1, n))
SHIFTED = total(u[m] * partial(f(moved), m), m)
scaled = vector(theta**2 * z[k], (k, 1, n))
rewrite("a shift", True, "interchange_vector", D(each(f(moved)), theta), each(total(u[m] * partial(f(moved), m), m)))
rewrite(
    "a scale",
    True,
    "interchange_vector",
    D(each(f(scaled)), theta),
    each(total(2 * theta * z[m] * partial(f(scaled), m), m)),
)
rewrite(
    "a factor",
    True,
    "interchange_vector",
    D(each(exp(theta) * f(scaled)), theta),
    each(exp(theta) * f(scaled) + exp(theta) * total(2 * theta * z[m] * partial(f(scaled), m), m)),
)
WRONG = "interchange_vector"
rewrite(
    "a factor not differentiated",
    False,
    WRONG,
    D(each(theta * f(moved)), theta),
    each(theta * SHIFTED),
)
rewrite("a sum one short", False, WRONG, D(each(f(moved)), theta), each(total(u[m] * partial(f(moved), m), m, n - 1)))
rewrite("the first coordinate alone", False, WRONG, D(each(f(moved)), theta), each(u[1] * partial(f(moved), 1)))
rewrite("a law that moves", False, WRONG, D(each(f(own), Normal(theta, 1)), theta), each(0 * y, Normal(theta, 1)))
rewrite("not smooth", False, WRONG, D(each(rough(moved)), theta), D(each(rough(moved)), theta))
rewrite("no growth", False, WRONG, D(each(wild(moved)), theta), each(total(u[m] * partial(wild(moved), m), m)))
rewrite("no moments", False, WRONG, D(each(f(moved), heavy), theta), each(SHIFTED, heavy))
bent = vector(Abs(theta) * z[k], (k, 1, n))
rewrite(
    "a kink in a coordinate",
    False,
    WRONG,
    D(each(f(bent)), theta),
    each(total(sign(theta) * z[m] * partial(f(bent), m), m)),
)
edge = nonnegative("tau")
rooted = vector(edge * z[k], (k, 1, n))
rewrite(
    "at the edge of its domain", False, WRONG, D(each(f(rooted)), edge), each(total(z[m] * partial(f(rooted), m), m))
)
rewrite("beside the vector", False, WRONG, D(each(g(theta, own)), theta), each(g(theta, own).fdiff(1)))

# --- by parts -------------------------------------------------------------------------------------------------------


def parts(name: str, true: bool, lhs: Any, rhs: Any, factor: Any, *given: Any, at: Any = m, score: Any = y) -> None:
    rewrite(name, true, "parts_each", lhs, rhs, *given, index=at, factor=factor, variable="t", score=score.subs(y, t))


t = type(y)("t", "real")
SLOPES = each(total(A[k, m] * partial(f(x), k)))
IN = (m <= n,)
own_slope = partial(f(own), m)
parts("a standard normal law", True, each(z[m] * f(x)), SLOPES, f(x), *IN)
parts("the coordinates themselves", True, each(z[m] * f(own)), each(own_slope), f(own), *IN)
parts(
    "beside the coordinate",
    True,
    each(z[m] ** 2 * f(own)),
    each(f(own) + z[m] * own_slope),
    z[m] * f(own),
    *IN,
)
parts(
    "a law for each",
    True,
    each((z[m] - mu[m]) / s[m] ** 2 * f(own), Normal(mu[i], s[i])),
    each(own_slope, Normal(mu[i], s[i])),
    f(own),
    *IN,
    score=(y - mu[m]) / s[m] ** 2,
)
parts(
    "of a slope", True, each(z[m] * partial(f(x), 1)), each(total(A[k, m] * partial(f(x), k, 1))), partial(f(x), 1), *IN
)
parts("an index that may be no coordinate", False, each(z[m] * f(x)), SLOPES, f(x))
parts("a coordinate too many", False, each(z[n + 1] * f(x)), 0 * c + each(0 * c), f(x), at=n + 1)
parts("transposed", False, each(z[m] * f(x)), each(total(A[m, k] * partial(f(x), k))), f(x), *IN)
parts("another coordinate", False, each(z[m] * f(own)), each(partial(f(own), 1)), f(own), *IN)
parts("a sum one short", False, each(z[m] * f(x)), each(total(A[k, m] * partial(f(x), k), k, n - 1)), f(x), *IN)
parts("a lost sign", False, each(z[m] * f(own)), -each(own_slope), f(own), *IN)
parts("the product rule forgotten", False, each(z[m] ** 2 * f(own)), each(z[m] * own_slope), z[m] * f(own), *IN)
wide = Normal(0, sigma)
parts("a score of another law", False, each(z[m] * f(own), wide), each(own_slope, wide), f(own), *IN)
parts(
    "a half line",
    False,
    each(f(own), Exponential(1)),
    each(own_slope, Exponential(1)),
    f(own),
    *IN,
    score=y**0,
)
parts("an interval", False, each(0 * y, Uniform(0, 1)), each(own_slope, Uniform(0, 1)), f(own), *IN, score=0 * y)
bell = Laplace(0, 1)
parts(
    "a kink in the density",
    False,
    each(sign(z[m]) * f(own), bell),
    each(own_slope, bell),
    f(own),
    *IN,
    score=sign(y),
)
parts("not smooth", False, each(z[m] * rough(own)), each(0 * c), rough(own), *IN)
parts("no growth", False, each(z[m] * wild(own)), each(partial(wild(own), m)), wild(own), *IN)
parts("one that may be the other", False, each(z[m] * z[1] * f(own)), each(z[1] * own_slope), z[1] * f(own), *IN)
parts(
    "one that is not the other",
    True,
    each(z[m] * z[1] * f(own)),
    each(z[1] * own_slope),
    z[1] * f(own),
    *IN,
    m >= 2,
)

# --- equality -------------------------------------------------------------------------------------------------------

equal("the order of differentiation", True, partial(f(x), k, m), partial(f(x), m, k))
equal("the chain rule", True, D(f(moved), theta), total(u[m] * partial(f(moved), m), m))
equal(
    "coordinates written otherwise",
    True,
    f(vector((z[k] + 1) ** 2, (k, 1, n))),
    f(vector(z[m] ** 2 + 2 * z[m] + 1, (m, 1, n))),
)
equal("another coordinate", False, partial(f(x), 1), partial(f(x), 2))
equal("arguments that are no coordinates", False, three(k, m, x), three(m, k, x))
equal("another length", False, f(vector(z[k], (k, 1, n))), f(vector(z[k], (k, 1, m))))
equal("from another end", False, f(vector(z[k], (k, 1, n))), f(vector(z[k + 1], (k, 1, n))))
equal("turned round", False, f(vector(z[k], (k, 1, n))), f(vector(z[n + 1 - k], (k, 1, n))))
equal("the chain rule, a slope lost", False, D(f(moved), theta), u[1] * partial(f(moved), 1))
equal("homogeneous", False, f(vector(2 * z[k], (k, 1, n))), 4 * f(own))
equal("additive", False, f(vector(z[k] + u[k], (k, 1, n))), f(own) + f(vector(u[k], (k, 1, n))))


def raw(name: str, lhs: Term, rhs: Term) -> None:
    FALSE[f"equal: {name}"] = Claim("equal", {"lhs": lhs, "rhs": rhs}, context_of((f(own), plain(c), g(c, own))))


v = to_term(own)
raw("a vector as a number", ("add", v, ("num", 1, 1)), ("add", ("num", 1, 1), v))
raw("a function of numbers", ("app", "p", (0,), (v,)), ("app", "p", (0,), (v,)))
raw("a number for a vector", ("app", "f", (0,), (("sym", "c"),)), ("app", "f", (0,), (("sym", "c"),)))
raw("in the wrong place", ("app", "g", (0, 0), (v, v)), ("app", "g", (0, 0), (v, v)))
raw("differentiated by a vector", ("app", "f", (1,), (v,)), ("app", "f", (1,), (v,)))
