"""Entries with one planted mistake each: some law refutes them, and which one is known beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sympy import Abs, LambertW, Piecewise, S, exp, log, oo, sinh, sqrt

from symrep.law import Interval, PositiveReals, Reals
from symrep.laws.bijections import findings
from symrep.transforms import TRANSFORMS, Entry, NotInjective
from symrep.transforms import entries as e
from symrep.verdict import Status

from .verdicts import laws_of

x, y, t, z, u = e.x, e.y, e.t, e.z, e.u


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    known = dict(TRANSFORMS)
    yield
    TRANSFORMS.clear()
    TRANSFORMS.update(known)


#: what is wrong -> the entry it is wrong with, what is changed, the laws that must refute it
PLANTED: dict[str, tuple[Entry, dict[str, Any], set[str]]] = {
    "sign of the log det: that of the inverse": (e.Exp, {"log_abs_det": -x}, {"log det"}),
    "a lost factor": (e.Affine, {"log_abs_det": S.Zero}, {"log det"}),
    "log b for log|b|": (e.Affine, {"log_abs_det": log(e.b)}, {"log det"}),
    "a logarithm that is not real": (e.Reciprocal, {"log_abs_det": -2 * log(-t)}, {"log det"}),
    "a lost log 2": (e.Tanh, {"log_abs_det": 2 * (-x - log(1 + exp(-2 * x)))}, {"log det"}),
    "a lost log tau": (e.SinhArcsinh, {"log_abs_det": e.SinhArcsinh.log_abs_det - log(e.tau)}, {"log det"}),
    "the log det at -x": (e.Softplus, {"log_abs_det": -log(1 + exp(x))}, {"log det"}),
    "one logarithm for two": (e.Softsign, {"log_abs_det": -log(1 + Abs(x))}, {"log det"}),
    "the other piece's slope": (
        e.LeakyReLU, {"log_abs_det": Piecewise((log(e.tau), x > 0), (0, True))}, {"log det"}
    ),
    "Box-Cox exponent c for c - 1": (e.BoxCox, {"log_abs_det": e.c * log(t)}, {"log det"}),
    "inverse Box-Cox exponent 1/c for 1/c - 1": (
        e.InverseBoxCox, {"log_abs_det": log(1 + e.c * x) / e.c}, {"log det"}
    ),
    "the inverse of the other branch": (e.Square, {"inverse": -sqrt(z)}, {"inverse after forward", "image"}),
    "the sign lost in the inverse": (
        e.LambertWTail,
        {"inverse": sqrt(LambertW(e.delta * y**2) / e.delta)},
        {"inverse after forward", "forward after inverse"},
    ),
    "a shift added for one taken off": (
        e.SinhArcsinh,
        {"inverse": sinh(log(y + sqrt(1 + y**2)) / e.tau + e.s)},
        {"inverse after forward", "forward after inverse"},
    ),
    "a power with p < 0 said to increase": (e.Power, {"direction": S.One}, {"direction"}),
    "the reciprocal said to increase": (e.Reciprocal, {"direction": S.One}, {"direction"}),
    "an affine map said to increase": (e.Affine, {"direction": S.One}, {"direction"}),
    "the square on the whole line": (
        e.Square,
        {"variable": x, "forward": x**2, "log_abs_det": log(2 * Abs(x)), "domain": Reals},
        {"inverse after forward", "direction"},
    ),
    "the image for c > 0 whatever c is": (e.BoxCox, {"image": Interval(-1 / e.c, oo)}, {"image"}),
    "exp onto the whole line": (e.Exp, {"image_variable": y, "inverse": log(y), "image": Reals}, {"image"}),
    "sigmoid onto (0, 2)": (
        e.Sigmoid,
        {"image_variable": z, "inverse": log(z / (1 - z)), "image": Interval(S.Zero, S(2))},
        {"image"},
    ),
    "tanh onto (∞, ∞)": (e.Tanh, {"image": Interval(oo, oo)}, {"image"}),
    "log on (0, -∞)": (e.Log, {"domain": Interval(S.Zero, -oo)}, {"domain"}),
    "no direction": (e.Exp, {"direction": S.Zero}, {"direction"}),
    "tanh onto (0, 1)": (e.Tanh, {"image": Interval(S.Zero, S.One)}, {"image"}),
    "softsign onto (-2, 2)": (e.Softsign, {"image": Interval(-S(2), S(2))}, {"image"}),
}  # fmt: skip


@pytest.mark.parametrize("words", PLANTED)
def test_planted(words: str) -> None:
    entry, change, expected = PLANTED[words]
    found = laws_of(replace(entry, name=f"{entry.name}_wrong", **change))
    refuted = {law for law, status in found.items() if status is Status.REFUTED}
    assert expected <= refuted
    if set(change) != {"direction"} and words != "a logarithm that is not real":  # not needed there
        assert found["change of variables"] is not Status.PROVED


def test_ends_not_swapped() -> None:
    """1 - t maps (0, ∞) onto (-∞, 1); the ends mapped in their old order give (1, ∞)."""
    wrong = Entry("Flip", t, 1 - t, y, 1 - y, S.Zero, PositiveReals, Interval(S.One, oo), direction=S.NegativeOne)
    found = laws_of(wrong)
    assert found["image"] is Status.REFUTED
    assert found["change of variables"] is not Status.PROVED
    swapped = Entry("Flop", t, 1 - t, y, 1 - y, S.Zero, PositiveReals, Interval(S.One, -oo), direction=S.NegativeOne)
    assert laws_of(swapped)["image"] is Status.REFUTED
    right = Entry("Flup", t, 1 - t, y, 1 - y, S.Zero, PositiveReals, Interval(-oo, S.One), direction=S.NegativeOne)
    assert set(laws_of(right).values()) == {Status.PROVED}


def test_not_monotone() -> None:
    found = laws_of(Entry("Cubic", x, x**3 - x, y, y ** (S.One / 3), log(Abs(3 * x**2 - 1)), Reals, Reals))
    assert found["direction"] is Status.REFUTED


def test_a_jump_is_no_kink() -> None:
    """Increasing on both sides of 0 and yet not monotone: it starts again lower."""
    saw = Piecewise((x - 1, x > 0), (x, True))
    found = laws_of(Entry("Saw", x, saw, y, saw.subs(x, y), S.Zero, Reals, Reals, kinks=(S.Zero,)))
    assert found["direction"] is not Status.PROVED
    assert Status.REFUTED in found.values()


def test_a_refusal_without_reason() -> None:
    """X³ is injective: points that do not have one image do not excuse the refusal."""
    cube = NotInjective("Cube", x, x**3, Reals, Reals, (-S.One, S.One), "it is not", "something")
    assert laws_of(cube) == {"not injective": Status.REFUTED}
    same = NotInjective("Cube1", x, x**3, Reals, Reals, (S.One, S.One), "it is not", "something")
    assert laws_of(same)["not injective"] is not Status.PROVED


def test_a_turned_sign_is_named() -> None:
    """Not only that it is wrong: the formula of the inverse is told from any other wrong one."""
    turned = replace(e.Exp, name="Turned", log_abs_det=-x)
    messages = [f.message for f in findings(turned, laws=["log det"])]
    assert ["the sign is the wrong way round" in m for m in messages] == [True]
    other = replace(e.Exp, name="Other", log_abs_det=2 * x)
    messages = [f.message for f in findings(other, laws=["log det"])]
    assert ["the sign is the wrong way round" in m for m in messages] == [False]
