"""Rules for expectations over any number of independent coordinates: what they refuse, and what they compute."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Product, Rational, Sum, exp, log

from rules.judging import applied, kernel, outcome, result
from symrep import (
    BadInput,
    D,
    E,
    Independent,
    NotApplicable,
    conditional_law,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    ge,
    independence,
    indexed,
    jensen,
    le,
    lemma,
    more_draws,
    positive_integer,
    real,
)
from symrep.distributions import Normal, Poisson
from symrep.printing import latex
from symrep.verdict import Status

i, j, k, n = positive_integer("i j k n")
z, u, A = map(indexed, ("z", "u", "A"))
y, theta = real("y theta")
N = Normal(0, 1)
f = function("f", smooth=0, growth=2)
h = function("h", smooth=1, arity=2)
q = conditional_law("q", smooth=0)


def each(body: Any, law: Any = N) -> Any:
    return E(body, (z, Independent(law, (i, 1, n))))


def mean(body: Any) -> Any:
    return E(body, (y, N))


# --- must fail ----------------------------------------------------------------------------------------------------


def test_what_is_no_product_of_laws() -> None:
    for law in (N, Independent(Poisson(1), (i, 1, n)), Independent(Normal(z[1], 1), (i, 1, n))):
        with pytest.raises(BadInput):
            E(z[1], (z, law))


@pytest.mark.parametrize(
    "body", [exp(Sum(z[k], (k, 1, n)) ** 2), log(1 + Sum(z[k] ** 2, (k, 1, n))), 1 / (1 + Sum(z[k] ** 2, (k, 1, n)))]
)
def test_what_is_no_polynomial_of_single_coordinates(body: Any) -> None:
    for rule in (independence, evaluate):
        with pytest.raises(NotApplicable, match="polynomial in functions of single coordinates"):
            applied(each(body), rule, n)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (Sum(A[k, j] * z[k] * z[j], (k, 1, n), (j, 1, n)), 0),
        (Sum(A[k, j] * z[k] * z[j], (k, 1, n), (j, 1, n)), Sum(A[k, j], (k, 1, n), (j, 1, n))),
        (Sum(u[k] * z[k] ** 2, (k, 1, n)), n * Sum(u[k], (k, 1, n))),
        (Sum(z[k], (k, 1, n)) ** 2, n**2),
    ],
    ids="no-diagonal whole counted-again square".split(),
)
def test_false_values(body: Any, line: Any) -> None:
    assert kernel(each(body), line, evaluate) != "proved"


PRODUCT = Product(f(z[k]), (k, 1, n))
WRONG_PRODUCTS = {
    "one too few": (PRODUCT, mean(f(y)) ** (n - 1)),
    "once": (PRODUCT, mean(f(y))),
    "n times": (PRODUCT, n * mean(f(y))),
    "the coordinate counted again": (PRODUCT * z[1], mean(f(y)) ** n * mean(y)),
    "the factors of a square apart": (PRODUCT**2, mean(f(y)) ** (2 * n)),
    "the exponential of the mean": (exp(theta * Sum(z[k], (k, 1, n))), 1),
    "as if one coordinate": (exp(theta * Sum(z[k], (k, 1, n))), exp(n**2 * theta**2 / 2)),
}


@pytest.mark.parametrize("name", WRONG_PRODUCTS)
def test_false_products_are_refuted(name: str) -> None:
    body, line = WRONG_PRODUCTS[name]
    rule = evaluate if body.has(exp) else independence
    assert kernel(each(body), line, rule) != "proved"
    assert outcome(each(body), line, rule)[0] is Status.REFUTED


@pytest.mark.parametrize(
    "body",
    [
        Product(f(z[k]), (k, 1, n + 1)),
        Product(f(z[k]), (k, 0, n)),
        Product(f(z[k]), (k, 1, j)),
        Product(f(z[k]), (k, 2, n)) * Product(f(z[k]), (k, 1, n)),
    ],
    ids="beyond before unknown overlapping".split(),
)
def test_products_over_other_coordinates(body: Any) -> None:
    assert kernel(each(body), mean(f(y)) ** n, independence) != "proved"


def test_only_the_logarithm_of_a_sum_is_differentiated() -> None:
    line = D(each(Sum(h(z[k], theta), (k, 1, n))), theta)
    with pytest.raises(NotApplicable, match="logarithm of a sum"):
        applied(line, differentiate_under_integral(theta), line)
    lse = log(Sum(exp(h(z[k], theta)), (k, 1, n)))
    right = each(D(lse, theta), q)
    assert "declared" in kernel(D(each(lse, q), theta), right, differentiate_under_integral(theta))


def test_jensen_points_one_way() -> None:
    line = each(log(Sum(exp(z[k]), (k, 1, n)) / n))
    assert applied(line, jensen(log), le(line)).op == "<="
    assert applied(-line, jensen(log), ge(line)).op == ">="


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        (Sum(A[k, j] * z[k] * z[j], (k, 1, n), (j, 1, n)), evaluate, Sum(A[k, k], (k, 1, n))),
        (Sum(u[k] * z[k] ** 2, (k, 1, n)), evaluate, Sum(u[k], (k, 1, n))),
        (Sum(z[k], (k, 1, n)) ** 2, evaluate, n),
        (f(z[1]), independence, mean(f(y))),
        (z[1] * Sum(z[k], (k, 1, n)), evaluate, 1),
        (PRODUCT, independence, mean(f(y)) ** n),
        (PRODUCT * z[1], independence, mean(y * f(y)) * mean(f(y)) ** (n - 1)),
        (PRODUCT**2, independence, mean(f(y) ** 2) ** n),
        (exp(theta * Sum(z[k], (k, 1, n))), evaluate, exp(n * theta**2 / 2)),
        (Product(1 + u[k] * z[k] ** 2, (k, 1, n)), evaluate, Product(1 + u[k], (k, 1, n))),
        (exp(Sum(z[k], (k, 1, n)) * Rational(1, 2)) * Sum(z[k], (k, 1, n)), evaluate, n * exp(n / 8) / 2),
    ],
    ids="trace squares square one pair product taken-out doubled exponential factors tilted".split(),
)
def test_values(body: Any, rule: Any, line: Any) -> None:
    assert kernel(each(body), line, rule) == "proved"


def test_a_logarithm_of_a_sum_is_differentiated() -> None:
    known = (dominated(h(y, theta), (y, q), by=theta),)
    lse = log(Sum(exp(h(z[k], theta)), (k, 1, n)) / n)
    line = D(each(lse, q), theta)
    assert kernel(line, each(D(lse, theta), q), differentiate_under_integral(theta), known) == "proved"
    assert result(line, differentiate_under_integral(theta)) == each(D(lse, theta), q)


def test_printed() -> None:
    assert latex(each(f(z[1]))) == r"\mathbb{E}_{z_{1},\dots,z_{n}\sim\mathcal{N}(0,1)}\left[f(z_{1})\right]"
    varied = E(z[1], (z, Independent(Normal(u[i], 1), (i, 1, n))))
    assert latex(varied).startswith(r"\mathbb{E}_{z_{i}\sim\mathcal{N}(u_{i},1),\,i=1,\dots,n}")


# --- one draw more, and one after the other -----------------------------------------------------------------------


def mean_of_exp(size: Any) -> Any:
    return E(log(Sum(exp(z[k]), (k, 1, size)) / size), (z, Independent(N, (i, 1, size))))


@pytest.mark.parametrize(
    "line",
    [
        each(log(1 + z[1] ** 2)),
        E(log(Sum(exp(z[k]), (k, 1, n)) / n), (z, Independent(Normal(u[i], 1), (i, 1, n)))),
        log(each(Sum(exp(z[k]), (k, 1, n)) / n)),
        each(log(Sum(exp(z[k]), (k, 1, n - 1)) / n)),
    ],
)
def test_what_has_no_draw_more(line: Any) -> None:
    with pytest.raises(NotApplicable):
        result(line, more_draws(log))


def test_one_draw_more() -> None:
    a = applied(mean_of_exp(n), more_draws(log))
    assert a.op == "<="
    assert a.result == mean_of_exp(n + 1)
    assert applied(each((Sum(z[k], (k, 1, n)) / n) ** 2), more_draws(lambda t: t**2)).op == ">="


@pytest.mark.parametrize("others", [{}, {y: y}, {y: Sum(z[k], (k, 1, n)), theta: Sum(z[k], (k, 1, n))}, y])
def test_what_the_others_are_not(others: Any) -> None:
    @derivation(source="nowhere")
    def one() -> Any:
        """One."""
        yield E(y, (y, N))

    with pytest.raises(BadInput):
        lemma(one, others=others)
