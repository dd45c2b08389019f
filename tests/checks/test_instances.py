"""Instances: each is truly a member of the class it is offered for."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
import sympy as sp
from numeric_terms import INF, NINF

from symrep.checks.evaluate import evaluate
from symrep.checks.faults import Unevaluable
from symrep.checks.instances import _DENSITIES, _MONOTONE, _ROUGH, _SMOOTH, Instance, families, instantiate
from symrep.claim import FunctionSpec
from symrep.term import ONE, Term, add, num, sym

SPOTS = [Fraction(s * n, 7) for n in (1, 3, 10, 40, 200, 1500, 9000) for s in (1, -1)]


def at(t: Term, v: Fraction) -> float:
    return float(evaluate(t, {"t": v}, {}, 256))


@pytest.mark.parametrize("member", [*_SMOOTH, *_ROUGH, *_MONOTONE, *_DENSITIES], ids=lambda m: m.name)
def test_growth_is_obeyed_by_every_derivative(member: Instance) -> None:
    if member.growth is None:
        return
    for k in range(min(4, member.smooth + 1) if member.smooth < 10 else 4):
        body = member.derivative((k,))
        sizes = [abs(at(body, v)) / (1 + abs(float(v))) ** member.growth for v in SPOTS]
        assert max(sizes[6:]) <= 20 * (1 + max(sizes[:6]))


@pytest.mark.parametrize("member", _MONOTONE, ids=lambda m: m.name)
def test_monotone(member: Instance) -> None:
    spots = sorted(v for v in SPOTS if abs(v) < 20)
    values = [at(member.body, v) for v in spots]
    assert all(a < b for a, b in pairwise(values))


@pytest.mark.parametrize("member", [m for m in _MONOTONE if m.inverse], ids=lambda m: m.name)
def test_inverse(member: Instance) -> None:
    inverse = Instance("inverse", ("t",), member.inverse or ())
    both = inverse.at((0,), (member.body,))
    for v in SPOTS[:10]:
        assert evaluate(both, {"t": v}, {}, 256).overlaps(evaluate(sym("t"), {"t": v}, {}, 256))


@pytest.mark.parametrize("member", _DENSITIES, ids=lambda m: m.name)
def test_density(member: Instance) -> None:
    mass = evaluate(("integral", member.body, ("t", NINF, INF)), {}, {}, 256)
    assert mass.contains(1) and float(mass.rad()) < 1e-12
    assert all(at(member.body, v) >= 0 for v in SPOTS if abs(v) < 100)


@pytest.mark.parametrize("smooth", [None, 0, 1, 2])
@pytest.mark.parametrize("growth", [None, 0, 1, 2, 3])
@pytest.mark.parametrize("monotone", [None, "increasing", "decreasing"])
def test_only_members_are_offered(smooth: int | None, growth: int | None, monotone: str | None) -> None:
    choices = families({"f": FunctionSpec(smooth=smooth, growth=growth, monotone=monotone)})
    assert choices
    for choice in choices:
        f = choice["f"]
        assert smooth is None or f.smooth >= smooth
        assert growth is None or (f.growth is not None and f.growth <= growth)
        assert monotone is None or f.monotone == monotone


def test_jumps_only_without_declared_smoothness() -> None:
    rough = {m.name for m in _ROUGH}
    assert rough & {c["f"].name for c in families({"f": FunctionSpec()}, 20)}
    assert not rough & {c["f"].name for c in families({"f": FunctionSpec(smooth=2)}, 20)}


@pytest.mark.parametrize("direction", ["increasing", "decreasing"])
def test_inverses_match(direction: str) -> None:
    specs = {
        "h": FunctionSpec(smooth=1, monotone=direction, inverse="g"),
        "g": FunctionSpec(smooth=1, monotone=direction, inverse="h"),
    }
    choices = families(specs)
    assert choices
    for choice in choices:
        t = instantiate(("app", "h", (0,), (("app", "g", (0,), (sym("t"),)),)), choice)
        for v in SPOTS[:6]:
            assert evaluate(t, {"t": v}, {}, 512).overlaps(evaluate(sym("t"), {"t": v}, {}, 512))


@pytest.mark.parametrize("direction", ["increasing", "decreasing"])
@pytest.mark.parametrize("arity", [2, 3])
def test_inverses_in_the_first_argument_match(direction: str, arity: int) -> None:
    specs = {
        "h": FunctionSpec(smooth=1, monotone=direction, inverse="g", arity=arity),
        "g": FunctionSpec(smooth=1, monotone=direction, inverse="h", arity=arity),
    }
    others = tuple(sym(n) for n in ("a", "b")[: arity - 1])
    plain = (0,) * arity
    choices = families(specs)
    assert len(choices) >= 4
    for choice in choices:
        for f, g in ("hg", "gh"):
            t = instantiate(("app", f, plain, (("app", g, plain, (sym("t"), *others)), *others)), choice)
            for v in SPOTS[:6]:
                here = {"t": v, "a": v + 1, "b": v / 3}
                assert evaluate(t, here, {}, 512).overlaps(evaluate(sym("t"), here, {}, 512))
        slope = choice["h"].derivative((1, *plain[1:]))
        for v in SPOTS[:6]:
            d = float(evaluate(slope, {"t1": v, "t2": -v, "t3": v + 2}, {}, 256))
            assert d > 0 if direction == "increasing" else d < 0


@pytest.mark.parametrize("arity", [1, 2])
def test_a_falling_inverse_is_named_by_its_formula(arity: int) -> None:
    specs = {
        "h": FunctionSpec(smooth=1, monotone="decreasing", inverse="g", arity=arity),
        "g": FunctionSpec(smooth=1, monotone="decreasing", inverse="h", arity=arity),
    }
    for choice in families(specs):
        name = choice["g"].name.replace("^", "**")
        t, p = sp.symbols("t1 t2") if arity == 2 else (sp.Symbol("t"), sp.Integer(0))
        said = sp.sympify(name, locals={"t": t, "t1": t, "t2": p}).subs({t: sp.Rational(7, 5), p: sp.Rational(1, 3)})
        at = {"t": Fraction(7, 5), "t1": Fraction(7, 5), "t2": Fraction(1, 3)}
        value = float(evaluate(choice["g"].body, at, {}, 128))
        assert abs(float(said) - value) < 1e-12 * (1 + abs(value)), name


def test_growth_in_several_arguments_is_obeyed() -> None:
    """The maps whose growth is stated as 1: with all first and second derivatives, along every axis."""
    offered = families({"h": FunctionSpec(smooth=2, growth=1, monotone="increasing", arity=2)})
    assert len(offered) == 3
    for choice in offered:
        for orders in ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2)):
            body = choice["h"].derivative(orders)
            for far in (Fraction(10), Fraction(1000), Fraction(-100000)):
                for here in ({"t1": far, "t2": Fraction(1)}, {"t1": Fraction(1), "t2": far}, {"t1": far, "t2": -far}):
                    assert abs(float(evaluate(body, here, {}, 256))) <= 4 * (1 + abs(float(far)))


def test_too_many_derivatives_are_refused() -> None:
    with pytest.raises(Unevaluable):
        _ROUGH[0].derivative((1,))


def test_several_arguments() -> None:
    choice = families({"f": FunctionSpec(smooth=1, arity=2)})[0]
    t = instantiate(("app", "f", (0, 1), (add(sym("t"), ONE), num(1, 2))), choice)
    evaluate(t, {"t": Fraction(1, 3)}, {}, 64)


def test_names_do_not_capture() -> None:
    f = _SMOOTH[2]
    assert evaluate(f.at((0,), (add(sym("t"), ONE),)), {"t": Fraction(1)}, {}, 64).overlaps(
        evaluate(f.body, {"t": Fraction(2)}, {}, 64)
    )
