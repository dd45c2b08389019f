"""Points: in the domain, exact, hard, and the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import pytest

from symrep.checks.nulls import Breaks
from symrep.checks.points import in_domain, points
from symrep.claim import KINDS, Context
from symrep.term import ONE, ZERO, add, fn, mul, num, power, sub, sym

X, Y, S = sym("x"), sym("y"), sym("sigma")


def test_pretty_first() -> None:
    first = next(points((add(S, sym("mu"), Y),), Context({"sigma": "positive", "mu": "real", "y": "real"})))
    assert first == {"sigma": 2, "mu": Fraction(1, 2), "y": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_respected(kind: str) -> None:
    context = Context({"x": kind, "y": kind})
    found = list(points((mul(X, Y),), context, limit=60))
    assert len(found) >= 30
    assert all(in_domain(p, context) for p in found)
    assert all(isinstance(v, Fraction) for p in found for v in p.values())


def test_never_sigma_one_never_equal_parameters_among_the_pretty() -> None:
    context = Context({"sigma": "positive", "tau": "positive", "a": "real", "b": "real"})
    for p in list(points((add(S, sym("tau"), sym("a"), sym("b")),), context))[:3]:
        assert p["sigma"] != 1 and p["tau"] != 1
        assert len(set(p.values())) == len(p)


def test_both_signs_and_wide() -> None:
    xs = [p["x"] for p in points((X,), Context({"x": "real"}))]
    assert any(x < 0 for x in xs[:6]) and any(x > 0 for x in xs[:6])
    assert max(abs(x) for x in xs) > 100 and min(abs(x) for x in xs) < Fraction(1, 50)
    us = [p["x"] for p in points((X,), Context({"x": "unit"}))]
    assert min(us) < Fraction(1, 1000) and max(us) > Fraction(999, 1000)


def test_given_relations_hold() -> None:
    tenth = mul(ONE, power(num(10), num(-1)))
    context = Context(
        {"x": "real", "y": "real", "sigma": "positive"},
        {},
        (("rel", "<", X, Y), ("rel", ">=", X, tenth), ("rel", "<=", S, num(3, 2)), ("rel", "!=", Y, ONE)),
    )
    found = list(points((add(X, Y, S),), context, limit=50))
    assert len(found) >= 30
    for p in found:
        assert Fraction(1, 10) <= p["x"] < p["y"] and p["sigma"] <= Fraction(3, 2)


def test_given_equality_is_solved() -> None:
    context = Context({"x": "unit", "y": "unit"}, {}, (("rel", "==", Y, sub(ONE, X)),))
    found = list(points((X, Y), context, limit=20))
    assert len(found) >= 10
    assert all(p["x"] + p["y"] == 1 for p in found)


def test_slivers_and_both_sides_are_hit() -> None:
    sliver = ("piecewise", (("and", ("rel", ">", X, ONE), ("rel", "<", X, num(10001, 10000))), ZERO), (("true",), ONE))
    xs = [p["x"] for p in points((sliver, fn("abs", sub(X, num(7)))), Context({"x": "real"}))]
    assert any(1 < x < Fraction(10001, 10000) for x in xs)
    assert any(7 < x < Fraction(71, 10) for x in xs) and any(Fraction(69, 10) < x < 7 for x in xs)


def test_nonlinear_breakpoints() -> None:
    xs = [p["x"] for p in points((fn("heaviside", sub(fn("exp", X), num(5))),), Context({"x": "real"}))]
    root = 1.6094379124341003
    assert any(0 < float(x) - root < 1e-3 for x in xs) and any(0 < root - float(x) < 1e-3 for x in xs)


def test_on_breakpoint() -> None:
    breaks = Breaks((fn("abs", sub(X, ONE)),), {}, Context({"x": "real"}))
    assert breaks.null({"x": Fraction(1)})
    assert not breaks.null({"x": Fraction(10**9 + 1, 10**9)})


def test_unknown_symbol_has_no_points() -> None:
    assert list(points((X,), Context())) == []


def test_indexed_values() -> None:
    total = ("sum", ("index", "mu", sym("i")), ("i", ONE, sym("n")))
    p = next(points((total,), Context({"mu": "real", "n": "positive integer"})))
    assert "mu[1]" in p and "mu[3]" in p and len({v for k, v in p.items() if "[" in k}) > 8
    q = next(points((("index", "mu", sym("j")),), Context({"mu": "real", "j": "positive integer"})))
    assert "mu[j]" in q


def test_hash_seed_does_not_matter() -> None:
    code = (
        "from symrep.checks.points import points; from symrep.claim import Context; from symrep.term import *;"
        "c = Context({n: 'real' for n in 'abcdef'});"
        "print([sorted(p.items()) for p in points([fn('abs', add(*map(sym, 'abcdef')))], c, limit=40)])"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outs) == 1
