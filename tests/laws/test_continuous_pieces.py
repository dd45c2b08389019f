"""Inverses that miss a branch or lead nowhere are not used; densities in pieces are judged piece by piece."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Integral, log, oo, sqrt

import symrep.distributions  # noqa: F401
from symrep import positive, real
from symrep.family import FAMILIES
from symrep.laws.claims import point
from symrep.laws.density import at_least_zero, on_pieces
from symrep.laws.images import _all_found, image_density
from symrep.verdict import Status

e, e_2, t = real("e e_2 t")
s = positive("s")


@pytest.mark.parametrize(
    ("path", "inverses"),
    [
        (e**2, [sqrt(t)]),  # the other branch is missing
        (Abs(e), [t]),
        (e**3 + s, [t - s]),
        (Abs(e) + e_2, [t - e_2, e_2 - t]),  # |e| = t - e_2 has no solution where that is negative
    ],
)
def test_inverses_that_must_not_be_used(path: Any, inverses: list[Any]) -> None:
    assert not _all_found(inverses, path, e, t, -oo, oo)


def test_inverses_that_are_all() -> None:
    y = positive("y")
    assert _all_found([sqrt(y), -sqrt(y)], e**2, e, y, -oo, oo)
    assert _all_found([(t - s) / 2], 2 * e + s, e, t, -oo, oo)


def test_the_noise_that_can_be_solved_for_is_taken() -> None:
    normal = ("Normal", (0, 1))
    image = image_density([(e, normal), (e_2, normal)], s * Abs(e) + e_2, t)
    (integral,) = image.atoms(Integral)
    assert [v.name for v in integral.variables] == ["e_"]


@pytest.mark.parametrize(("name", "count"), [("Triangular", 2), ("IrwinHall3", 3), ("LogLaplace", 2), ("Normal", 1)])
def test_pieces(name: str, count: int) -> None:
    family = FAMILIES[name]
    z = point(family)
    found = list(on_pieces(family, family.density.subs(family.variable, z), z))
    assert len(found) == count
    assert all(not part.has(Abs) for _, part, _ in found)


def test_a_logarithm_above_its_end() -> None:
    """log(z/a) has a sign for z > a: Benini's density; and none it is not proved to have."""
    z, a, b, c = positive("z a b c")
    right, wrong = b / z + 2 * c * log(z / a) / z, b / z - 2 * c * log(z / a) / z
    assert at_least_zero(wrong, z, (z > a,)).decide(5.0).status is Status.REFUTED
    assert at_least_zero(right, z, (z > a / 2,)).decide(5.0).status is Status.REFUTED
    assert at_least_zero(right, z, (z > a,)).decide(5.0).status is Status.PROVED
