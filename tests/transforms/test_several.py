"""Transforms of several variables: planted mistakes, refusals, laws with symbols and with numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sympy as sp
from rules.judging import outcome
from sympy import exp, log

from symrep import (
    BadInput,
    ConditionFails,
    NotApplicable,
    change_of_variables,
    density,
    joint,
    positive,
    pushforward,
    real,
)
from symrep.distributions import Normal
from symrep.laws.bijections import all_transforms, findings
from symrep.transforms import (
    SEVERAL,
    CholeskyOuterProduct,
    Exp,
    Glow,
    LinearFlow,
    LowRankLinear,
    ManyToOne,
    Map,
    Ordered,
    Permutation,
    Planar,
    Radial,
    RealNVP,
    Several,
    Softmax,
    Softplus,
    SPDInverse,
    StickBreaking,
    Sylvester,
    TriangularInverse,
    chain,
    elementwise,
)
from symrep.transforms import flows as f
from symrep.transforms.trials import random_parameters, trial
from symrep.verdict import Status


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    known = dict(SEVERAL)
    yield
    SEVERAL.clear()
    SEVERAL.update(known)


def refuted(t: Several | ManyToOne) -> set[str]:
    return {x.law for x in findings(t) if x.status is Status.REFUTED}


def late_remainder(xp: Any, x: list[Any], n: int, p: Any) -> Any:
    """Every stick with what is left after it, for what was left before."""
    return f.total([xp.log(z) + xp.log(1 - z) + xp.log(left * (1 - z)) for z, left in f._sticks(xp, x, n)])


def raw_slope(xp: Any, x: list[Any], n: int, p: Any) -> Any:
    w = f.vec(p, "w", n)
    return 1 + f.dot(w, f.vec(p, "u", n)) * (1 - xp.tanh(f.dot(w, x) + p["b"]) ** 2)


def raw_planar(xp: Any, x: list[Any], n: int, p: Any) -> list[Any]:
    h = xp.tanh(f.dot(f.vec(p, "w", n), x) + p["b"])
    return [v + u * h for v, u in zip(x, f.vec(p, "u", n), strict=True)]


# --- must fail ----------------------------------------------------------------------------------------------------

PLANTED: dict[str, tuple[Several, dict[str, Any], str]] = {
    "Cholesky: n - i for n - i + 1": (
        CholeskyOuterProduct,
        {
            "log_abs_det": lambda xp, x, n, p: (
                n * xp.log(2) + f.total([(n - i - 1) * xp.log(d) for i, d in enumerate(f._diagonal(x, n))])
            )
        },
        "log det",
    ),
    "Cholesky: i for n - i + 1": (
        CholeskyOuterProduct,
        {
            "log_abs_det": lambda xp, x, n, p: (
                n * xp.log(2) + f.total([(i + 1) * xp.log(d) for i, d in enumerate(f._diagonal(x, n))])
            )
        },
        "log det",
    ),
    "Cholesky: no log 2": (
        CholeskyOuterProduct,
        {"log_abs_det": lambda xp, x, n, p: f.total([(n - i) * xp.log(d) for i, d in enumerate(f._diagonal(x, n))])},
        "log det",
    ),
    "triangular inverse: n for n + 1": (
        TriangularInverse,
        {"log_abs_det": lambda xp, x, n, p: -n * f.total([xp.log(d) for d in f._diagonal(x, n)])},
        "log det",
    ),
    "SPD inverse: the sign": (
        SPDInverse,
        {"log_abs_det": lambda xp, x, n, p: (n + 1) * xp.log(f.det(f.symmetric(x, n)))},
        "log det",
    ),
    "SPD inverse: all n² entries counted": (
        SPDInverse,
        {"log_abs_det": lambda xp, x, n, p: -2 * n * xp.log(f.det(f.symmetric(x, n)))},
        "log det",
    ),
    "ordered: from the first coordinate": (Ordered, {"log_abs_det": lambda xp, x, n, p: f.total(x)}, "log det"),
    "triangular inverse: a logarithm that is not real": (
        TriangularInverse,
        {"log_abs_det": lambda xp, x, n, p: -(n + 1) * f.total([xp.log(-d) for d in f._diagonal(x, n)])},
        "log det",
    ),
    "ordered: image without the order": (Ordered, {"image": lambda xp, y, n, p: []}, "image"),
    "ordered: onto positive vectors": (Ordered, {"image": lambda xp, y, n, p: [y[0], *np.diff(y)]}, "image"),
    "stick-breaking: index off by one": (StickBreaking, {"log_abs_det": late_remainder}, "log det"),
    "stick-breaking: the inverse's offset": (
        StickBreaking,
        {
            "inverse": lambda xp, y, n, p: [
                v - xp.log(n + 1 - k) + xp.log(n + 2 - k) for k, v in enumerate(f._sticks_back(xp, y, n, p), 1)
            ]
        },
        "inverse after forward",
    ),
    "planar: without the condition": (
        Planar,
        {
            "forward": raw_planar,
            "log_abs_det": lambda xp, x, n, p: xp.log(xp.abs(raw_slope(xp, x, n, p))),
            "conditions": lambda xp, x, n, p: [(raw_slope(xp, x, n, p), [raw_slope(xp, x, n, p)])],
        },
        "bijective",
    ),
    "planar: u for the corrected u": (
        Planar,
        {"log_abs_det": lambda xp, x, n, p: xp.log(xp.abs(raw_slope(xp, x, n, p)))},
        "log det",
    ),
    "radial: d for d - 1": (
        Radial,
        {
            "log_abs_det": lambda xp, x, n, p: (
                n * xp.log(f._radial_factors(xp, x, n, p)[0]) + xp.log(f._radial_factors(xp, x, n, p)[1])
            )
        },
        "log det",
    ),
    "coupling: the other half's scale": (
        RealNVP,
        {"log_abs_det": lambda xp, x, n, p: -f.total([p[f"s_{i + 1}"](*f._halves(x)[0]) for i in range(n // 2)])},
        "log det",
    ),
    "1 x 1: one pixel": (
        Glow,
        {"log_abs_det": lambda xp, x, n, p: xp.log(xp.abs(f.det(f.mat(p, "w", n))))},
        "log det",
    ),
    "Sylvester: a lost derivative": (
        Sylvester,
        {
            "log_abs_det": lambda xp, x, n, p: f.total(
                [xp.log(1 + p[f"r_{i + 1}_{i + 1}"] * p[f"s_{i + 1}_{i + 1}"]) for i in range(n)]
            )
        },
        "log det",
    ),
    "continuous: the trace without n": (LinearFlow, {"log_abs_det": lambda xp, x, n, p: p["a"] * p["T"]}, "log det"),
    "permutation: its own inverse": (
        Permutation,
        {"inverse": lambda xp, y, n, p: [y[i] for i in p["places"]]},
        "inverse after forward",
    ),
}


@pytest.mark.parametrize("words", PLANTED)
def test_planted(words: str) -> None:
    entry, change, law = PLANTED[words]
    assert law in refuted(replace(entry, name=f"{entry.name}_wrong", **change))


@pytest.mark.parametrize("words", [w for w, (_, change, _) in PLANTED.items() if "log_abs_det" in change])
def test_planted_numbers(words: str) -> None:
    """The trial with numbers sees by itself what the kernel sees with symbols."""
    entry, change, _ = PLANTED[words]
    wrong = replace(entry, name=f"{entry.name}_wrong", **change)
    found = [trial(wrong, 3, seed) for seed in range(6)]
    if words.startswith("planar: without"):
        assert min(t.least for t in found) < 0
    else:
        assert not min(t.log_det for t in found) < 1e-3


def test_refused() -> None:
    for t, words in ((Softmax, "forgets a constant"), (LowRankLinear, "whole lines to one point")):
        for ask in (lambda t=t: t.log_abs_det([0, 0]), lambda t=t: t.inverse, lambda t=t: t.at(2)):
            with pytest.raises(ConditionFails, match=words):
                ask()
    wrong = replace(Softmax, name="Softmax_wrong", witness=lambda xp, p: ([0, 0], [1, 2]))
    assert refuted(wrong) == {"not injective"}


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Ordered.at(0), BadInput, "a size"),
        (lambda: Ordered.at(True), BadInput, "a size"),
        (lambda: Planar.at(2, {"v": 1}), BadInput, "v"),
        (lambda: Ordered.at(3)([1, 2]), BadInput, "3 coordinates"),
        (lambda: Ordered.at(3)(np.zeros((4, 2))), BadInput, "3 coordinates"),
        (lambda: Planar.at(2).inverse, NotApplicable, "no closed solution"),
        (lambda: chain(Ordered.at(2), Planar.at(2)).inverse, NotApplicable, "no closed solution"),
        (lambda: chain(), BadInput, "none"),
        (lambda: Ordered.at(2) >> Ordered.at(3), BadInput, "one size"),
    ],
)
def test_bad_input(make: Any, error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        make()


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SEVERAL))
def test_laws(name: str) -> None:
    t = SEVERAL[name]
    found = list(findings(t))
    with_numbers = [x for x in found if x.verdict.evidence[0].method == "numpy"]
    with_symbols = [x for x in found if x not in with_numbers]
    least = Status.SUPPORTED if t is Radial else Status.PROVED
    assert all(x.status >= least for x in with_symbols), [(x.what, x.message) for x in with_symbols]
    if isinstance(t, Several):
        assert [x.status for x in with_numbers] == [Status.SUPPORTED]
        assert {x.law for x in found} >= {"log det"} | ({"image"} if t.inverse else {"bijective"})


def test_every_transform_is_listed() -> None:
    assert set(SEVERAL) <= set(all_transforms())
    assert all(t.source for t in all_transforms().values())


def test_chains_with_numbers() -> None:
    rng = np.random.default_rng(5)
    flow = RealNVP.at(4, random_parameters(RealNVP.parameters(4), rng))
    turn = Permutation.at(4, {"places": (2, 3, 0, 1)})
    whole = flow >> turn >> flow >> elementwise(Softplus, 4) >> Ordered.at(4)
    x = rng.normal(size=(7, 4))
    y = whole(x)
    assert np.allclose(whole.inverse(y), x, atol=1e-9)
    assert np.allclose(whole.inverse.log_abs_det(y), -whole.log_abs_det(x), atol=1e-9)
    step = 1e-30
    jacobian = np.stack([np.imag(whole(x + 1j * step * np.eye(4)[k])) / step for k in range(4)], axis=-1)
    assert np.allclose(np.linalg.slogdet(jacobian)[1], whole.log_abs_det(x), atol=1e-10)


def test_chains_with_symbols() -> None:
    x1, x2 = real("x_1 x_2")
    both = Ordered.at(2) >> elementwise(Exp, 2)
    assert both([x1, x2]) == (exp(x1), exp(x1 + exp(x2)))
    assert sp.simplify(both.log_abs_det([x1, x2]) - (2 * x1 + x2 + exp(x2))) == 0
    t1, t2 = positive("t_1 t_2")
    assert both.inverse([t1, t2]) == (log(t1), log(log(t2) - log(t1)))


def test_coupling_in_a_derivation() -> None:
    """Two independent normals through a coupling layer: the density, with its Jacobian, for every s and t."""
    x1, x2, y1, y2 = real("x_1 x_2 y_1 y_2")
    flow: Map = RealNVP.at(2)
    law = pushforward(joint(Normal(0, 1), Normal(0, 1)), (x1, x2), flow([x1, x2]))
    back, s = flow.inverse([y1, y2]), flow.parameters["s_1"]
    right = density(Normal(0, 1))(y1) * density(Normal(0, 1))(back[1]) * exp(-s(y1))
    rule = change_of_variables(inverse=back)
    assert outcome(density(law)(y1, y2), right, rule)[0] is Status.PROVED
    assert outcome(density(law)(y1, y2), right * exp(2 * s(y1)), rule)[0] is Status.REFUTED


def test_a_flow_that_has_no_closed_form() -> None:
    """The statement behind a continuous flow, dz/dt = f(z): log|det J| = ∫ tr ∂f dt, by Runge and Kutta."""
    a = np.random.default_rng(2).normal(size=(3, 3))

    def field(z: Any) -> Any:
        return np.tanh(z @ a.T)

    def trace(z: Any) -> Any:
        return (1 - np.tanh(z @ a.T) ** 2) @ np.diag(a)

    def flow(z: Any, steps: int = 200, time: float = 1.0) -> tuple[Any, Any]:
        h, log_det = time / steps, 0.0
        for _ in range(steps):
            k1 = field(z)
            k2 = field(z + h / 2 * k1)
            k3 = field(z + h / 2 * k2)
            k4 = field(z + h * k3)
            log_det = log_det + h / 6 * (
                trace(z) + 2 * trace(z + h / 2 * k1) + 2 * trace(z + h / 2 * k2) + trace(z + h * k3)
            )
            z = z + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return z, log_det

    z = np.random.default_rng(3).normal(size=(5, 3))
    step = 1e-30
    jacobian = np.stack([np.imag(flow(z + 1j * step * np.eye(3)[k])[0]) / step for k in range(3)], axis=-1)
    assert np.allclose(np.linalg.slogdet(jacobian)[1], flow(z)[1], atol=1e-8)
    assert np.allclose(flow(flow(z)[0], time=-1.0)[0], z, atol=1e-8)
