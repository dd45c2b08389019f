"""The theorems about determinants of any size: false instances are refused, true ones are proved; equal matrices."""

from __future__ import annotations

from typing import Any

import pytest
from determinant_terms import FALSE, TRUE, A, B, L, c, i, j, k, m, n, s, u, w, x, z
from sympy import Abs, Eq, Piecewise, Product, Sum

from symrep import delta, det, jacobian
from symrep.checks.balls import compare_sides
from symrep.claim import Claim
from symrep.clock import now
from symrep.errors import BadInput
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.term import free_symbols, substitute, sym
from symrep.translate import context_of, to_term
from symrep.wire import from_json


@pytest.mark.parametrize("name", FALSE)
def test_the_kernel_refuses(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])


@pytest.mark.parametrize("name", TRUE)
def test_the_kernel_proves(name: str) -> None:
    assert not prove(TRUE[name]).almost_everywhere


def equal(left: Any, right: Any, *given: Any) -> Claim:
    return Claim("equal", {"lhs": to_term(left), "rhs": to_term(right)}, context_of((left, right), given))


SAME = [
    (det(u[i] * w[j], i, j, n), det(w[j] * u[i], i, j, n)),
    (det(u[i] * w[j], i, j, n), det(u[k] * w[i], k, i, n)),
    (det(delta(i, j) + (u[i] + w[i]) * s[j], i, j, n), det(u[i] * s[j] + w[i] * s[j] + delta(i, j), i, j, n)),
    (det(Sum(A[i, k] * B[k, j], (k, 1, m)), i, j, n), det(Sum(B[k, j] * A[i, k], (k, 1, m)), i, j, n)),
]
OTHER = [
    ("rows for columns, which takes a theorem", det(A[i, j], i, j, n), det(A[j, i], i, j, n), False),
    ("equal off the diagonal only", det(u[i] * w[j], i, j, n), det(u[i] * w[j] + delta(i, j), i, j, n), True),
    (
        "equal on the diagonal only",
        det(L[i, j], i, j, n),
        det(Piecewise((L[i, j], Eq(i, j)), (0, True)), i, j, n),
        True,
    ),
    ("another size", det(delta(i, j) * 2, i, j, n), det(delta(i, j) * 2, i, j, m), True),
    ("the index of a row as a number outside", det(delta(i, j) * i, i, j, n), i, True),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_matrices_with_equal_entries_have_one_determinant(left: Any, right: Any) -> None:
    assert not prove(equal(left, right)).almost_everywhere
    assert compare_sides(equal(left, right), now() + 5).refutation is None


@pytest.mark.parametrize(("what", "left", "right", "refuted"), OTHER, ids=[o[0] for o in OTHER])
def test_other_matrices_have_another(what: str, left: Any, right: Any, refuted: bool) -> None:
    claim = equal(left, right)
    with pytest.raises(NotProved):
        prove(claim)
    assert (compare_sides(claim, now() + 5).refutation is not None) is refuted


def test_a_determinant_is_not_differentiated_and_not_said_to_be_defined_by_every_entry() -> None:
    d = det(delta(i, j) + x * u[i] * w[j], i, j, n)
    with pytest.raises(NotProved):
        prove(equal(d.diff(x), Sum(u[i] * w[i], (i, 1, n))))
    with pytest.raises(NotProved):
        prove(Claim("defined", {"term": to_term(det(1 / u[i] + w[j], i, j, n)), "summands": ["yes"]}, context_of((d,))))


def test_what_is_put_in_is_not_captured_by_an_index() -> None:
    term = to_term(det(delta(i, j) + c * u[j], i, j, n))
    put = substitute(term, {"c": sym("i")})
    assert "i" in free_symbols(put)
    assert {b[0] for b in put[2:]}.isdisjoint({"i"})
    assert det(delta(i, j) + c * u[j], i, j, n).subs(c, i).free_symbols >= {i}


@pytest.mark.parametrize(
    "broken",
    [
        ["det", ["num", 1, 1], ["i", ["num", 1, 1], ["sym", "n"]]],
        ["det", ["num", 1, 1], ["i", ["num", 0, 1], ["sym", "n"]], ["j", ["num", 1, 1], ["sym", "n"]]],
        ["det", ["num", 1, 1], ["i", ["num", 1, 1], ["sym", "n"]], ["i", ["num", 1, 1], ["sym", "n"]]],
        ["det", ["num", 1, 1], ["i", ["num", 1, 1], ["sym", "n"]], ["j", ["num", 1, 1], ["sym", "m"]]],
    ],
)
def test_broken_shapes_are_refused(broken: Any) -> None:
    with pytest.raises(BadInput):
        from_json(broken)


def test_the_size_is_a_positive_integer() -> None:
    bad = TRUE["rank_one: of the identity"]
    for kind in ("real", "integer", "nonnegative integer"):
        ctx = type(bad.context)({**bad.context.symbols, "n": kind}, bad.context.functions, bad.context.given)
        with pytest.raises(NotProved):
            prove(Claim(bad.kind, bad.data, ctx))


MAPS = {name: claim for name, claim in (TRUE | FALSE).items() if name.startswith("jacobian")}
#: the others differ from the truth nowhere, or in their entries and not in the determinant
REFUTED = (
    "without the identity",
    "without the inner derivative",
    "the value for the slope",
    "a square without the two",
)


@pytest.mark.parametrize("name", [n for n in MAPS if n in TRUE or any(r in n for r in REFUTED)])
def test_numbers_say_the_same_of_the_jacobian(name: str) -> None:
    (one,) = MAPS[name].data["rewrites"]
    claim = Claim("equal", {"lhs": one["lhs"], "rhs": one["rhs"]}, MAPS[name].context)
    assert (compare_sides(claim, now() + 8).refutation is not None) is (name in FALSE)


def test_nothing_is_put_in_that_a_derivative_would_see() -> None:
    term = to_term(det(jacobian(c * z[i] + x, z, i, n)))
    assert substitute(term, {"c": sym("x")}) != term
    with pytest.raises(BadInput, match="coordinates"):
        substitute(term, {"c": to_term(z[1])})
    with pytest.raises(BadInput, match="coordinates"):
        det(jacobian(c * z[i] + x, z, i, n)).subs(x, z[2])


def test_no_theorem_is_used_inside_a_map_that_is_to_be_differentiated() -> None:
    # |z_1| = z_1 where z_1 > 0 … and the derivatives agree there, but not at the end of what is given
    before, after = det(jacobian(Abs(z[i]) + x, z, i, n)), det(jacobian(z[i] + x, z, i, n))
    step = {"theorem": "identity", "lhs": to_term(Abs(z[i])), "rhs": to_term(z[i])}
    data = {"before": to_term(before), "after": to_term(after), "rewrites": [step]}
    with pytest.raises(NotProved):
        prove(Claim("rewrite", data, context_of((before, after, Abs(z[i])), (z[i] >= 0,))))


def test_coordinates_that_are_confined_are_not_moved() -> None:
    good = TRUE["jacobian: identity"]
    for kind in ("positive", "nonnegative", "unit", "integer", "complex"):
        ctx = type(good.context)({**good.context.symbols, "z": kind}, good.context.functions, good.context.given)
        with pytest.raises(NotProved):
            prove(Claim(good.kind, good.data, ctx))


@pytest.mark.parametrize("wrong", [(z[i], z, i), (z[i], x, i, n), (z[i], z, x, n), (z[i], z, i, x), (z[i], z, n, n)])
def test_what_is_no_map_of_coordinates_is_refused(wrong: tuple[Any, ...]) -> None:
    with pytest.raises(BadInput, match="jacobian"):
        jacobian(*wrong)


def test_the_empty_part_of_a_product_is_not_the_whole() -> None:
    with pytest.raises(NotProved):
        prove(equal(det(delta(i, j) * s[i], i, j, n), Product(s[i], (i, 1, n - 1))))
