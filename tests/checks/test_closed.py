"""Where lines fail that are right at every rational point: at closed forms, exactly, and nowhere else."""

from __future__ import annotations

import pytest
import sympy as sp

from symrep.checks.balls import compare_sides
from symrep.checks.closed import closed_points, solutions
from symrep.claim import Claim, Context
from symrep.clock import now
from symrep.verdict import Status, Verdict
from symrep.verifying.items import Item, read

R, P, U = {"x": "real"}, {"x": "positive"}, {"x": "unit"}
RR = {"x": "real", "y": "real"}

#: false at a point without a rational coordinate: the sides, the symbols, what is given, a coordinate of the witness
FALSE = [
    ("sign(x**2 - 2)**2", "1", R, (), "sqrt(2)"),
    ("sign(x**2 - x - 1)**2", "1", R, (), "1/2 + sqrt(5)/2"),
    ("sign(x**3 - 2)**2", "1", R, (), "2**(1/3)"),
    ("sign(x**3 + 2)**2", "1", R, (), "-2**(1/3)"),
    ("sign((x**2 - 3)*(x**3 - x - 1))**2", "1", R, (), "sqrt(3)"),
    ("sign(sqrt(2) - x)**2", "1", R, (), "sqrt(2)"),
    ("sign(x - pi)**2", "1", R, (), "pi"),
    ("sign(exp(x) - 2)**2", "1", R, (), "log(2)"),
    ("sign(log(x) - 1)**2", "1", P, (), "E"),
    ("sign(sin(x))**2", "1", P, (), "pi"),
    ("sign(sqrt(x) - sqrt(2) - 1)**2", "1", P, (), "(sqrt(2) + 1)**2"),
    ("sign(x**2 + y**2 - 3)**2", "1", RR, (), "sqrt(39)/4"),
    ("sign(x**2 - 2*y**2)**2", "1", {"x": "positive", "y": "positive"}, (), "3*sqrt(2)/2"),
    ("Heaviside(x**2 - 2, 0)", "Heaviside(x**2 - 2, 1)", R, (), "sqrt(2)"),
    ("Piecewise((1, x**2 > 2), (0, True))", "Heaviside(x**2 - 2)", R, (), "sqrt(2)"),
    ("Max(x**3, 2)", "Piecewise((x**3, x**3 > 2), (2, x**3 < 2), (3, True))", R, (), "2**(1/3)"),
    ("Piecewise((1, Eq(x**2, 2)), (0, True))", "0", R, ("x < 0",), "-sqrt(2)"),
    ("sign(Abs(x) - sqrt(2))**2", "1", R, ("x < 1",), "-sqrt(2)"),
    ("floor(x**2) + ceiling(-x**2)", "sign(x**2 - 2)**2 - 1", R, ("x > 1",), "sqrt(2)"),
]

#: never to be refuted: true where it counts, out of the domain, or without a value on one side
NEVER = [
    ("Heaviside(x**2 - 2) + Heaviside(2 - x**2)", "1", R, ()),
    ("sign(x**2 - 2)*Abs(x**2 - 2)", "x**2 - 2", R, ()),
    ("(x**2 - 2)/(x**2 - 2)", "1", R, ()),
    ("Max(x**3, 2)", "Piecewise((x**3, x**3 > 2), (2, True))", R, ()),
    ("sign(x**2 - 2)**2", "1", U, ()),
    ("sign(x**2 - 2)**2", "1", R, ("x > 3/2",)),
    ("sign(x**2 - 2)**2", "1", R, ("x**2 > 2",)),
    ("sign(x**2 - 2)**2", "1", R, ("x != sqrt(2)", "x != -sqrt(2)")),
    ("sign(x + sqrt(2))**2", "1", P, ()),
    ("sign(exp(x) + 2)**2", "1", R, ()),
    ("sign(x**2 - 2)**2", "1", {"x": "integer"}, ()),
    ("sign(sin(pi*x) - 2)**2", "1", R, ()),
    ("log(Abs(x**2 - 2))*sign(x**2 - 2)**2", "log(Abs(x**2 - 2))", R, ()),
]


def _claim(lhs: str, rhs: str, symbols: dict[str, str], given: tuple[str, ...]) -> Claim:
    return read(Item("it", lhs, rhs, symbols, given)).claim


def _at(claim: Claim) -> Verdict | None:
    return compare_sides(claim, now() + 60).refutation


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given", "where"), FALSE, ids=[f"{r[0]} {r[3]}" for r in FALSE])
def test_refuted_at_a_closed_form(
    lhs: str, rhs: str, symbols: dict[str, str], given: tuple[str, ...], where: str
) -> None:
    claim = _claim(lhs, rhs, symbols, given)
    found = _at(claim)
    assert found is not None and found.status is Status.REFUTED and found.witness is not None
    assert where in found.witness.point.values()
    assert found.evidence[0].data["rigorous"] is True
    # and independently: by SymPy, exactly
    names = {n: sp.Symbol(n, real=True) for n in symbols}
    at = {names[n]: sp.sympify(v) for n, v in found.witness.point.items()}
    left, right = (sp.sympify(s, locals=names).subs(at) for s in (lhs, rhs))
    assert sp.N(sp.nsimplify(left) - sp.nsimplify(right), 30) != 0


@pytest.mark.parametrize(("lhs", "rhs", "symbols", "given"), NEVER, ids=[f"{r[0]} {r[3]}" for r in NEVER])
def test_not_refuted(lhs: str, rhs: str, symbols: dict[str, str], given: tuple[str, ...]) -> None:
    assert _at(_claim(lhs, rhs, symbols, given)) is None


def test_lines_of_derivations_are_not_about_single_points() -> None:
    claim = _claim("sign(x**2 - 2)**2", "1", R, ())
    line = Claim("equal", {k: claim.data[k] for k in ("lhs", "rhs")}, claim.context)
    assert _at(line) is None


def test_solutions_are_zeros() -> None:
    """Proposals only, but useful ones: each has to be a zero, or it is thrown away where it is used."""
    x = sp.Symbol("x", real=True)
    for text in ("x**2 - 2", "exp(2*x) - 3*exp(x) + 2", "log(x) + 1", "x**4 - 5*x**2 + 5", "cos(x)", "2**x - 3"):
        assert solutions(_claim(text, "0", R, ()).data["lhs"], "x")
        claim = _claim(f"sign({text})**2", "1", R, ())
        spots = list(closed_points(claim.data["lhs"], claim.data["rhs"], Context(R), {}))
        assert spots
        for _, p in spots:
            assert abs(sp.N(sp.sympify(text, locals={"x": x}).subs(x, sp.sympify(p["x"])), 30)) < 1e-25
