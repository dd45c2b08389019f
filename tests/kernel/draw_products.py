"""Products over independent coordinates: true and false instances, added to the tables of ``draw_terms``."""

from __future__ import annotations

from typing import Any

from draw_terms import (
    E,
    N,
    Normal,
    Sum,
    c,
    each,
    f,
    g,
    h,
    heavy,
    i,
    independent,
    k,
    l,
    m,
    mean,
    mu,
    n,
    noise,
    rough,
    theta,
    total,
    y,
    z,
)
from draw_terms import s as scale
from sympy import Product, exp, oo

from symrep import indicator, integrable, positive_integer, real

a, b = positive_integer("a b")
w = real("w")


def over(body: Any, index: Any = k, low: Any = 1, high: Any = n) -> Any:
    return Product(body, (index, low, high))


F, G = mean(f(y)), mean(g(y))
INSIDE = (a <= n,)

# --- true -----------------------------------------------------------------------------------------------------------

independent("a product", True, each(over(f(z[k]))), F**n)
independent("a product, as one", True, each(over(f(z[k]))), over(F))
independent("a product of indicators", True, each(over(indicator(z[k] <= c))), mean(indicator(y <= c)) ** n)
independent("a product and a factor", True, each(c * over(f(z[k]))), c * F**n)
independent("a product with factors", True, each(over(mu[k] * f(z[k]))), over(mu[k] * F))
independent(
    "a product, a law for each", True, each(over(f(z[k])), Normal(mu[i], scale[i])),
    over(mean(f(y), Normal(mu[k], scale[k]))),
)  # fmt: skip
independent("all but the first", True, each(f(z[1]) * over(g(z[k]), k, 2)), F * G ** (n - 1))
independent("from the second on", True, each(over(g(z[k]), k, 2)), G ** (n - 1))
independent("two products", True, each(over(f(z[k])) * over(g(z[l]), l)), mean(f(y) * g(y)) ** n)
independent("a square of a product", True, each(over(f(z[k])) ** 2), mean(f(y) ** 2) ** n)
independent("two halves", True, each(over(f(z[k]), k, 1, m) * over(g(z[l]), l, m + 1, m + a)), F**m * G**a, m + a <= n)
independent("one taken out", True, each(over(f(z[k])) * g(z[a])), F ** (n - 1) * mean(f(y) * g(y)), *INSIDE)
independent("a product and a sum", True, each(over(f(z[k])) * total(g(z[l]), l)), n * F ** (n - 1) * mean(f(y) * g(y)))
independent("a sum of products", True, each(total(over(f(z[k]), k, 1, m), m)), total(F**m, m))
independent("a product and a constant", True, each(over(f(z[k])) + c), F**n + c)
independent(
    "a product with a declared law", True, each(over(f(z[k])), noise), mean(f(y), noise) ** n,
    integrable(f(y), (y, noise)),
)  # fmt: skip
independent("the index has the coordinate's name for the law", True, each(over(f(z[i]), i)), F**n)

independent("indicators under a declared law", True, each(over(indicator(z[k] <= c)), noise),
            mean(indicator(y <= c), noise) ** n)  # fmt: skip
independent("the exponential of a sum", True, each(exp(c * total(z[k]))), mean(exp(c * y)) ** n)
independent(
    "the exponential of a difference", True, each(exp(c * (total(z[k]) - n))), mean(exp(c * y)) ** n * exp(-c * n)
)
independent(
    "the exponential of a sum, and a sum", True, each(exp(c * total(z[k])) * total(z[l], l)),
    n * mean(exp(c * y)) ** (n - 1) * mean(y * exp(c * y)),
)  # fmt: skip
independent("an exponential of two", True, each(exp(z[1] + z[2])), mean(exp(y)) ** 2, n >= 2)

# --- false ----------------------------------------------------------------------------------------------------------

independent("one power too few", False, each(over(f(z[k]))), F ** (n - 1))
independent("one power too many", False, each(over(f(z[k]), k, 2)), F**n)
independent("no power", False, each(over(f(z[k]))), F)
independent("a sum for a product", False, each(over(f(z[k]))), n * F)
independent("the mean inside", False, each(over(f(z[k]))), f(mean(y)) ** n)
independent("a product too long", False, each(over(f(z[k]), k, 1, n + 1)), F ** (n + 1))
independent("a product from before the first", False, each(over(f(z[k]), k, 0, n)), F ** (n + 1))
independent("a product of another length", False, each(over(f(z[k]), k, 1, m)), F**m)
independent("a product of shifted coordinates", False, each(over(f(z[k + 1]))), F**n)
independent("a product shifted, inside the range", False, each(over(f(z[k + 1]), k, 1, n - 1)), F**n, n >= 2)
independent("a range turned round", False, each(over(f(z[k]), k, 1, n - m)), F ** (n - m))
independent("an infinite product", False, each(over(f(z[k]), k, 1, oo)), 0 * y)
independent("an infinite product of its means", False, each(over(f(z[k]), k, 1, oo)), over(F, k, 1, oo))
independent("ends that are no integers", False, each(over(f(z[k]), k, theta, n)), F ** (n - theta + 1), theta >= 1)
independent("a rest that shares a coordinate", False, each(over(f(z[k])) * g(z[1])), F**n * G)
independent("a rest that may share one", False, each(over(f(z[k]), k, 1, m) * g(z[a])), F**m * G, m <= n, a <= n)
independent(
    "a rest that may share one, as if it did", False, each(over(f(z[k]), k, 1, m) * g(z[a])),
    F ** (m - 1) * mean(f(y) * g(y)), m <= n, a <= n,
)  # fmt: skip
independent("a sum that shares coordinates", False, each(over(f(z[k])) * total(g(z[l]), l)), n * F**n * G)
independent("two products apart", False, each(over(f(z[k])) * over(g(z[l]), l)), F**n * G**n)
independent("a square apart", False, each(over(f(z[k])) ** 2), F ** (2 * n))
independent(
    "two products that overlap", False, each(over(f(z[k]), k, 1, m) * over(g(z[l]), l, m, n)),
    F**m * G ** (n - m + 1), m <= n,
)  # fmt: skip
independent("two in one factor", False, each(over(h(z[k], z[1]))), mean(E(h(y, w), (w, N))) ** n)
independent("two indices in one factor", False, each(over(h(z[k], z[n - k + 1]))), mean(E(h(y, w), (w, N))) ** n)
independent("the same coordinate each time", False, each(over(f(z[1]))), F**n)
independent("an index bound twice", False, each(over(over(f(z[k])))), F**n)
independent("an index bound twice, as it reads", False, each(over(over(f(z[k])))), F ** (2 * n))
independent("a double product", False, each(over(over(h(z[k], z[l]), k), l)), mean(E(h(y, w), (w, N))) ** (n**2))
independent("no mean of a factor", False, each(over(z[k]), heavy), 0 * y)
independent("no mean of a factor, as itself", False, each(over(z[k]), heavy), mean(y, heavy) ** n)
independent("no mean of one factor", False, each(over(z[k] ** mu[k])), over(mean(y ** mu[k])))
independent("no growth of a factor", False, each(over(rough(z[k]))), mean(rough(y)) ** n)
independent("integrable on one side only", False, each(over(z[k] * indicator(z[k] <= c)), noise),
            mean(y * indicator(y <= c), noise) ** n)  # fmt: skip
independent("indicators, the other way", False, each(over(indicator(z[k] <= c)), noise),
            mean(indicator(y > c), noise) ** n)  # fmt: skip
independent("a factor not declared integrable", False, each(over(f(z[k])), noise), mean(f(y), noise) ** n)
independent(
    "integrable alone, not together", False, each(over(f(z[k])) ** 2, noise), mean(f(y) ** 2, noise) ** n,
    integrable(f(y), (y, noise)),
)  # fmt: skip
independent(
    "the first law for all", False, each(over(f(z[k])), Normal(mu[i], scale[i])),
    mean(f(y), Normal(mu[1], scale[1])) ** n,
)  # fmt: skip
independent("the law of another", False, each(over(f(z[k])), Normal(mu[i], 1)), over(mean(f(y), Normal(mu[k + 1], 1))))
independent(
    "the law's own index left over", False, each(over(f(z[k])), Normal(mu[i], 1)), over(mean(f(y), Normal(mu[i], 1)))
)
independent("a factor left out", False, each(over(mu[k] * f(z[k]))), F**n)
independent("a factor of its own once", False, each(over(c * f(z[k]))), c * F**n)
independent("a power of the whole", False, each(over(f(z[k])) ** -1), F ** (-n))
independent("a function of a product", False, each(exp(over(f(z[k])))), exp(F**n))
independent("a product of sums", False, each(over(Sum(z[l], (l, 1, k)))), over(k * mean(y)))
# the parameter θ named as the index of the product
independent("an index captures a name", False, each(k * over(f(z[k]))), over(k * F))
independent("an index captures a name inside", False, each(over(f(z[k] + l), l)), over(mean(f(y + l)), l), k <= n)
# y₁ is a name the variable of the mean might be given
_own = positive_integer("y_1")
independent("a variable captured", False, each(Sum(f(z[1]) * _own, (_own, 1, 3))), 6 * mean(f(y), Normal(1, 1)))
independent(
    "a variable captured in a factor", False, each(over(Sum(exp(-(z[k] ** 2) * _own), (_own, 1, 3)))),
    Sum(exp(-(_own**3)), (_own, 1, 3)) ** n,
)  # fmt: skip
independent("none, where the range is empty", False, each(over(f(z[k]), k, 1, 0)), F)
independent("all, where the range may be empty", False, each(over(f(z[k]), k, 2, n)), G * F ** (n - 2))

# --- exponentials ---------------------------------------------------------------------------------------------------

independent("the exponential of the mean", False, each(exp(c * total(z[k]))), exp(c * n * mean(y)))
independent("an exponential, one short", False, each(exp(c * total(z[k]))), mean(exp(c * y)) ** (n - 1))
independent("an exponential, once", False, each(exp(c * total(z[k]))), mean(exp(c * n * y)))
independent("an exponential whose law has none", False, each(exp(c * total(z[k])), heavy), mean(exp(c * y), heavy) ** n)
independent("the exponential of a square", False, each(exp(total(z[k]) ** 2 / 9)), mean(exp(y**2 / 9)) ** n)
independent("the exponential of a double sum", False, each(exp(total(total(z[k] * z[l], k), l) / 9)),
            mean(exp(y**2 / 9)) ** (n**2))  # fmt: skip
independent("the exponential of a sum too long", False, each(exp(total(z[k], k, n + 1))), mean(exp(y)) ** (n + 1))
independent("an exponential, its factor captured", False, each(exp(k * total(z[k]))), over(mean(exp(k * y))))
independent("an exponential of two that may be one", False, each(exp(z[1] + z[n])), mean(exp(y)) ** 2)
