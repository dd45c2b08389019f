"""Expectations over a few independent coordinates: exact moments, quadrature, and when agreement says something."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest
from sympy import Abs, Max, Product, Sum, binomial, cos, exp, log

from symrep import D, E, Independent, function, indexed, positive, positive_integer, real
from symrep.checks.balls import compare_sides
from symrep.checks.draws import counts
from symrep.checks.evaluate import Report, evaluate
from symrep.checks.faults import Unevaluable
from symrep.checks.sizes import settled
from symrep.claim import Claim
from symrep.clock import now
from symrep.distributions import Cauchy, Exponential, Normal, Pareto
from symrep.translate import context_of, to_term
from symrep.verdict import Status

i, j, k, n, m = positive_integer("i j k n m")
z, y, mus = indexed("z"), indexed("y"), indexed("mu")
z1, mu = real("z_1 mu")
sigma, lam = positive("sigma lambda")
f = function("f", smooth=1, growth=2)
p = Normal(mu, sigma)
many, waits = Independent(p, (i, 1, n)), Independent(Exponential(lam), (i, 1, n))
AT = {"mu": F(1, 2), "sigma": F(2), "lambda": F(3, 2), **{f"mu[{k}]": F(k, 3) for k in range(1, 7)}}
total, square = Sum(z[i], (i, 1, n)), Sum(z[i] ** 2, (i, 1, n))

WRONG: tuple[tuple[str, Any, Any], ...] = (
    ("the square of a sum without its cross terms", E(total**2, (z, many)), n * E(z1**2, (z1, p))),
    ("the biased variance", E(Sum((z[i] - Sum(z[j], (j, 1, n)) / n) ** 2, (i, 1, n)) / n, (z, many)), sigma**2),
    ("a product as a sum", E(Product(z[i], (i, 1, n)), (z, many)), n * mu),
    ("the last coordinate is the first for n = 1", E(z[1] * z[n], (z, many)), E(z1, (z1, p)) ** 2),
    ("a coordinate beyond them is no draw", E(z[n + 1] * z[1], (z, many)), E(z1, (z1, p)) ** 2),
    ("every pair takes the squares along", E(Sum(z[i] * z[j], (j, 1, i), (i, 1, n)), (z, many)),
     n * (n + 1) / 2 * E(z1, (z1, p)) ** 2),
    ("the mean of a reciprocal", E(1 / total, (z, waits)), lam / n),
    ("a ratio of means", E(Sum(z[i] * exp(z[i]), (i, 1, n)) / Sum(exp(z[j]), (j, 1, n)), (z, many)),
     E(z1 * exp(z1), (z1, p)) / E(exp(z1), (z1, p))),
    ("the logarithm of a mean", E(log(Sum(exp(z[k]), (k, 1, n)) / n), (z, many)), mu),
    ("laws that differ", E(total, (z, Independent(Normal(mus[i], sigma), (i, 1, n)))), n * mus[1]),
    ("the derivative does not see the law", D(E(square, (z, many)), mu), 0 * mu),
    ("an undetermined function", E(Sum(f(z[i]), (i, 1, n)) ** 2, (z, many)), n**2 * E(f(z1), (z1, p)) ** 2),
)  # fmt: skip

RIGHT: tuple[tuple[str, Any, Any], ...] = (
    ("the square of a sum", E(total**2, (z, many)), n * sigma**2 + n**2 * mu**2),
    ("a product", E(Product(z[i], (i, 1, n)), (z, many)), mu**n),
    ("weights", E(Sum(i * z[i], (i, 1, n)), (z, many)), n * (n + 1) / 2 * mu),
    ("laws that differ", E(total, (z, Independent(Normal(mus[i], sigma), (i, 1, n)))), Sum(mus[i], (i, 1, n))),
    ("an exponential of the sum", E(exp(-total), (z, waits)), (lam / (lam + 1)) ** n),
    ("the derivative", D(E(square, (z, many)), mu), 2 * n * mu),
)


def claim(lhs: Any, rhs: Any) -> Claim:
    return Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context_of([lhs, rhs]))


@pytest.mark.parametrize(("why", "lhs", "rhs"), WRONG, ids=[w[0] for w in WRONG])
def test_a_wrong_line_is_refuted_by_a_number_of_coordinates(why: str, lhs: Any, rhs: Any) -> None:
    found = compare_sides(claim(lhs, rhs), now() + 30).refutation
    assert found is not None, why
    assert found.status is Status.REFUTED
    assert found.witness is not None
    assert not any(name.startswith("z") for name in found.witness.point)  # what is drawn is no part of the point
    if "n" in found.witness.point:
        assert 1 <= int(found.witness.point["n"]) <= 5


@pytest.mark.parametrize(("why", "lhs", "rhs"), RIGHT, ids=[r[0] for r in RIGHT])
def test_a_right_line_is_supported(why: str, lhs: Any, rhs: Any) -> None:
    found = compare_sides(claim(lhs, rhs), now() + 30)
    assert found.refutation is None
    assert found.agreement is not None, why


@pytest.mark.parametrize(
    ("t", "value"),
    [
        (E(total**4, (z, many)), {1: F(865, 16), 2: F(241)}),
        (E(1 / total, (z, waits)), {2: F(3, 2), 3: F(3, 4)}),
        (E(Max(z[1], z[n]), (z, waits)), {1: F(2, 3)}),
        (E(z[n + 1], (z, many)), {1: F(0), 3: F(0)}),
        (E(total, (z, Independent(Normal(mus[i], sigma), (i, 2, n)))), {1: F(0), 2: F(2, 3), 4: F(3)}),
    ],
)
def test_values(t: Any, value: dict[int, F]) -> None:
    for size, right in value.items():
        report = Report()
        got = evaluate(to_term(t), {**AT, "n": F(size)}, {}, 128, now() + 20, report)
        assert abs(float(got.mid()) - float(right)) < 1e-8
        # an estimated error has to be an honest one: a refutation needs a gap of 10^6 times it
        assert abs(float(got.mid()) - float(right)) <= float(got.rad()) * 1e3 + 1e-12


@pytest.mark.parametrize(
    ("why", "t", "size"),
    [
        ("no mean", E(total, (z, Independent(Cauchy(mu, sigma), (i, 1, n)))), 2),
        ("no second moment", E(total**2, (z, Independent(Pareto(1, F(3, 2)), (i, 1, n)))), 3),
        ("no reciprocal moment", E(1 / total, (z, Independent(Normal(0, 1), (i, 1, n)))), 2),
        ("a tail no grid sees the end of", E(log(1 + total**2), (z, Independent(Cauchy(0, 1), (i, 1, n)))), 2),
        ("kinks are not for tensor rules", E(Abs(total), (z, many)), 2),
        ("too many at once", E(log(Sum(exp(z[k]), (k, 1, n))), (z, many)), 5),
        ("too many", E(total, (z, many)), 60),
        ("one family inside another", E(E(total * Sum(y[k], (k, 1, n)), (y, many)), (z, many)), 2),
    ],
)
def test_what_has_no_value_or_is_out_of_reach(why: str, t: Any, size: int) -> None:
    with pytest.raises(Unevaluable):
        evaluate(to_term(t), {**AT, "n": F(size)}, {}, 128, now() + 20)


def test_few_numbers_of_coordinates_do_not_support_a_polynomial_that_vanishes_at_them() -> None:
    share = E(z[1] / total, (z, waits))
    found = compare_sides(claim(share, 1 / n + (n - 1) * (n - 2) * (n - 3)), now() + 30)
    assert found.refutation is None
    assert found.agreement is None
    lhs, rhs = to_term(E(total**2, (z, many))), to_term(n * sigma**2 + n**2 * mu**2)
    assert not settled(lhs, rhs, [{"n": F(1)}, {"n": F(2)}])
    assert not settled(lhs, rhs, [{"n": F(2)}] * 9)
    assert settled(lhs, rhs, [{"n": F(s)} for s in (1, 2, 4)])
    assert settled(to_term(mu), to_term(mu), [])


def test_how_many_coordinates_are_asked_for() -> None:
    assert counts(to_term(E(total**2, (z, many)))) == {"n": 5}
    assert counts(to_term(E(exp(total), (z, many)))) == {"n": 3}
    assert counts(to_term(E(z[1] / z[n], (z, many)))) == {"n": 5}
    assert counts(to_term(E(log(z[1] + z[n]), (z, waits)))) == {"n": 3}
    assert counts(to_term(E(Sum(exp(z[k]), (k, 1, n)), (z, Independent(p, (i, 1, n + m)))))) == {"n": 5, "m": 5}
    assert counts(to_term(mu + n)) == {}


ROOTS = (n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5)
HIDING: tuple[tuple[str, Any], ...] = (
    ("a product of a number of factors", Product(n - k, (k, 1, 5))),
    ("a product of what does not move", Product(ROOTS, (k, 1, n))),
    ("a product of all", Product(n - k, (k, 1, n - 1)) * ROOTS),
    ("a sum of a high degree", Sum((k - 1) * (k - 2) * (k - 3) * (k - 4) * (k - 5), (k, 1, n))),
    ("a binomial coefficient", binomial(n, 6)),
    ("a function", exp(ROOTS) - 1),
    ("a wave", cos(ROOTS) - 1),
    ("an exponent", sigma**ROOTS - 1),
    ("an exponential of its own", (ROOTS + 1) ** n - 1),
    ("five exponentials", 2**n - 5 * 3**n + 10 * 4**n - 10 * 5**n + 5 * 6**n - 7**n),
    ("a parameter of the law", E(z1, (z1, Normal(ROOTS, sigma)))),
    ("a parameter of each law", E(total, (z, Independent(Normal((i - 1) * (i - 2) * (i - 3) * (i - 4) * (i - 5), sigma),
                                                        (i, 1, n))))),
    ("an index", E(z[ROOTS + 1] - z[1], (z, many))),
    ("a body", E(ROOTS * z[1], (z, many))),
)  # fmt: skip


@pytest.mark.parametrize(("why", "more"), HIDING, ids=[h[0] for h in HIDING])
def test_what_vanishes_at_few_coordinates_supports_nothing(why: str, more: Any) -> None:
    """Each of these is 0 for one to five coordinates, or at some of them, and makes a wrong line of a right one."""
    found = compare_sides(claim(E(total, (z, many)), n * mu + more), now() + 20)
    assert found.agreement is None, why
