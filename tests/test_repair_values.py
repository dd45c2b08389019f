"""Values of candidates by batches are the values of the trees they stand for, and cheap algebra changes none."""

from __future__ import annotations

from functools import partial
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from sympy import (
    Abs,
    Heaviside,
    Integral,
    Max,
    Piecewise,
    Rational,
    Sum,
    beta,
    exp,
    gamma,
    log,
    oo,
    pi,
    polygamma,
    sqrt,
)

from symrep.repair.along import Opaque, Symbolic, along
from symrep.repair.factored import TooLarge, factored, fraction
from symrep.repair.places import Place, places, put
from symrep.repair.sheets import sheets
from symrep.repair.special import special
from symrep.repair.trials import agreeing, agreeing_everywhere, everywhere, symbols_of, usual
from symrep.symbols import positive, positive_integer, real
from symrep.translate import context_of

x, mu = real("x mu")
s, a, b, w = positive("s a b w")
n = positive_integer("n")

LINES = [
    exp(-((x - mu) ** 2) / (2 * s**2)) / (sqrt(2 * pi) * s),
    log(1 + exp(x - mu)) * Abs(x) + Max(x, mu),
    Piecewise((x**2 / s, x > mu), (mu * s, True)),
    gamma(a + 1) * beta(a, b) / polygamma(1, b),
    (x - mu) ** 3 * s**x,
    sqrt(x**2) + log(x - mu),
]
SUMMED = [
    Integral(exp(-x / s) * x**2 / s, (x, 0, oo)) + a,
    a * Sum(w * exp(-w) * s**n / gamma(n), (n, 1, oo)),
]


def _sheet(e: Any) -> Any:
    return sheets(e, e + 1, context_of([e], ()))[-1]


def _row(t: Any, node: Any, sheet: Any) -> Any:
    with np.errstate(all="ignore"):
        return np.broadcast_to(t.row(sheet, sheet.value(node)), (1, *sheet.shape))


def _tried(line: Any) -> list[tuple[Any, Any, Any]]:
    sheet = _sheet(line)
    out = []
    for p in places(line, sheet, sheet.value(line)):
        for t in usual(p, symbols_of(line)):
            out.append((sheet, p, t))
    return out


@pytest.mark.parametrize("line", [*LINES, *SUMMED], ids=str)
def test_a_batch_has_the_values_of_the_trees(line: Any) -> None:
    tried = _tried(line)
    assert len(tried) > 20
    compared = 0
    for sheet, p, t in tried[:: 1 if line in LINES else 5]:
        row = along(sheet, line, p.path, partial(_row, t, p.node))
        tree = sheet.value(put(line, p.path, t.make()))
        both = np.isfinite(row[0]) & np.isfinite(tree)
        compared += int(both.sum())
        assert np.allclose(row[0][both], tree[both], rtol=1e-6, atol=1e-9), (p.node, t.make())
    assert compared > 100


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        (LINES[0], lambda e: e.subs(s, 2 * s)),
        (LINES[2], lambda e: Piecewise((x**2 / s**2, x > mu), (mu * s, True))),
        (SUMMED[0], lambda e: Integral(exp(-x / s) * x**2 / s**2, (x, 0, oo)) + a),
    ],
)
def test_only_what_mends_a_line_agrees(line: Any, slip: Any) -> None:
    """Of all candidates exactly those agree whose trees have the values of the right line."""
    bad = slip(line)
    sheet = _sheet(bad)
    target = sheet.value(line)
    for p in places(bad, sheet, target):
        trials = usual(p, symbols_of(bad))
        good = {id(t) for t in agreeing(bad, p, trials, sheet, target)}
        for t in trials:
            tree = put(bad, p.path, t.make())
            assert (id(t) in good) == sheet.same(sheet.value(tree), target), tree
    swaps = everywhere(bad, line, sheet)
    good = {id(swap) for swap in agreeing_everywhere(bad, swaps, sheet, target)}
    for swap in swaps:
        tree = bad.subs(list(zip(swap.old, swap.new, strict=True)), simultaneous=True)
        assert (id(swap) in good) == sheet.same(sheet.value(tree), target), tree


def test_a_wrong_candidate_does_not_agree() -> None:
    sheet = _sheet(LINES[0])
    target = sheet.value(LINES[0]) * (1 + 1e-6)
    p = Place((), LINES[0], None)
    assert not list(agreeing(LINES[0], p, usual(p, [s]), sheet, target))


def test_where_values_do_not_tell() -> None:
    step = Integral(exp(-Abs(x - mu)), (x, -oo, oo))
    with pytest.raises(Symbolic):  # another argument of |·| moves the point at which the integrand has to be cut
        along(_sheet(step), step, (0, 0, 1, 0), lambda at: at.value(x)[None])
    double = log(Integral(exp(-x * w), (x, 0, 1), (w, 0, 1)))
    with pytest.raises(Opaque):
        along(_sheet(double), double, (0, 0), lambda at: at.value(x)[None])


@pytest.mark.parametrize(
    ("kind", "args", "value"),
    [
        (sp.polygamma, (1.0, 2.5), mpmath.polygamma(1, 2.5)),
        (sp.besseli, (0.5, 1.5), mpmath.besseli(0.5, 1.5)),
        (sp.gamma, (-0.5,), mpmath.gamma(-0.5)),
        (sp.harmonic, (3.0,), mpmath.harmonic(3)),
        (sp.RisingFactorial, (0.5, 3.0), mpmath.rf(0.5, 3)),
        (sp.FallingFactorial, (4.5, 2.0), mpmath.ff(4.5, 2)),
        (sp.uppergamma, (1.5, 2.0), mpmath.gammainc(1.5, 2)),
        (sp.zeta, (2.5,), mpmath.zeta(2.5)),
    ],
)
def test_special_functions(kind: Any, args: tuple[float, ...], value: Any) -> None:
    got = special(kind, [np.array([v, v]) for v in args])
    assert got.shape == (2,)
    assert np.allclose(got, float(value), rtol=1e-12)


@pytest.mark.parametrize(("kind", "at"), [(sp.gamma, 0.0), (sp.zeta, 1.0), (sp.erf, np.nan), (sp.gamma, 1e9)])
def test_no_value_where_there_is_none(kind: Any, at: float) -> None:
    assert np.isnan(special(kind, [np.array([at])])).all()


FORMS = [
    x**2 / 2 - (x - mu) ** 2 / (2 * s**2),
    sqrt(s) * x + s,
    exp(2 * x) - exp(x),
    1 / x + 1 / a - sqrt(2) * pi,
    (x**2 - 1) / (x - 1) / 3,
    (a * x - a * mu) / (s**2 * (x - mu) ** 2),
    s ** (a - 1) - 3 * s**a + log(2) * Heaviside(x),
    Rational(2, 3) * x - mu / 2,
]


@pytest.mark.parametrize("e", FORMS, ids=str)
def test_cheap_forms_are_equal(e: Any) -> None:
    at = {x: Rational(7, 3), mu: Rational(-5, 4), s: Rational(3, 7), a: Rational(11, 5)}
    for form in (factored(e), fraction(e)):
        assert abs(sp.N((form - e).subs(at), 40)) < 1e-30, form
    assert factored(x**2 - mu**2) == (x - mu) * (x + mu)
    assert factored(x - x + sp.S.Zero) == 0


def test_what_would_fill_the_memory_is_left_alone() -> None:
    for e in ((x + mu) ** 100, sp.Add(*sp.symbols("t:30")), (x + mu + s + a) ** 40):
        with pytest.raises(TooLarge):
            factored(e)
