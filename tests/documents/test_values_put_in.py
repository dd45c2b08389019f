"""Values of integrals under derivatives: what holds at a point only is not put in."""

from __future__ import annotations

import sympy as sp

from symrep import D, positive, real
from symrep.checking.ends import with_integrals

x, theta = real("x"), positive("theta")
line = D(sp.log(sp.Integral(sp.exp(-theta * x), (x, 0, sp.oo))), theta)


def test_a_value_given_for_the_parameter_puts_nothing_under_its_derivative() -> None:
    assert with_integrals(line, sp.S.Zero, (sp.Eq(theta, 1),), 5.0) is None


def test_a_value_for_all_parameters_is_put_in() -> None:
    found = with_integrals(line, -1 / theta, (), 5.0)
    assert found is not None and not found[0].has(sp.Integral)
