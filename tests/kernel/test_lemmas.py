"""The table of integrals: what each row must refuse, and that its values are those of quadrature."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import pytest
import sympy as sp
from kernel_terms import T, context

from symrep.claim import Context
from symrep.errors import BadInput
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.integrals import evaluate
from symrep.kernel.theorems.lemmas import LEMMAS, instance
from symrep.kernel.theorems.lemmas.normal_law import gaussian
from symrep.term import substitute
from symrep.translate import from_term

HALF, LINE, UNIT, QUARTER = ("0", "oo"), ("-oo", "oo"), ("0", "1"), ("0", "pi/2")
FREE = context("t real, m real, w real, s positive, lam positive, u unit, v nonzero, e nonnegative")
PLAIN = Context()


def part(kind: str, **data: Any) -> dict[str, Any]:
    names = {"kind", "map", "variable"}
    out: dict[str, Any] = {"kind": kind}
    for k, v in data.items():
        out[k] = v if k in names or not isinstance(v, str) else T(v)
    return out


def read(kind: str, over: tuple[str, str], ctx: Context, **data: Any) -> tuple[Any, Any]:
    p = Instance(part(kind, **data))
    ends = T(over[0]), T(over[1])
    if kind == "gaussian":
        return gaussian(p, "x", *ends, ctx)
    return instance(LEMMAS[kind], p, "x", *ends, ctx)


#: what must fail, first: (row, interval, what is wrong with it, data)
REFUSED: list[tuple[str, tuple[str, str], str, dict[str, Any]]] = [
    ("mellin_exp", HALF, "a/p = 0", {"c": "1", "a": "0", "b": "1", "p": "1"}),
    ("mellin_exp", HALF, "a/p < 0", {"c": "1", "a": "2", "b": "1", "p": "-1"}),
    ("mellin_exp", HALF, "sign of a unknown", {"c": "1", "a": "t", "b": "1", "p": "1"}),
    ("mellin_exp", HALF, "a only nonnegative", {"c": "1", "a": "e", "b": "1", "p": "1"}),
    ("mellin_exp", HALF, "b = 0", {"c": "1", "a": "1", "b": "0", "p": "1"}),
    ("mellin_exp", HALF, "sign of b unknown", {"c": "1", "a": "1", "b": "t", "p": "1"}),
    ("mellin_exp", HALF, "p = 0", {"c": "1", "a": "1", "b": "1", "p": "0"}),
    ("mellin_exp", HALF, "sign of p unknown", {"c": "1", "a": "v", "b": "1", "p": "v"}),
    ("mellin_exp", LINE, "wrong interval", {"c": "1", "a": "1", "b": "1", "p": "1"}),
    ("mellin_exp", UNIT, "wrong interval", {"c": "1", "a": "1", "b": "1", "p": "1"}),
    ("mellin_exp", HALF, "c moves", {"c": "x", "a": "1", "b": "1", "p": "1"}),
    ("mellin_exp", HALF, "a moves", {"c": "1", "a": "x", "b": "1", "p": "1"}),
    ("mellin_exp", HALF, "b moves", {"c": "1", "a": "1", "b": "x", "p": "1"}),
    ("mellin_exp", HALF, "k negative", {"c": "1", "a": "1", "b": "1", "p": "1", "k": -1}),
    ("mellin_exp", HALF, "k too large", {"c": "1", "a": "1", "b": "1", "p": "1", "k": 99}),
    ("mellin_rational", HALF, "a/p = q", {"c": "1", "a": "1", "b": "1", "p": "1", "q": "1"}),
    ("mellin_rational", HALF, "a/p > q", {"c": "1", "a": "3", "b": "1", "p": "2", "q": "1"}),
    ("mellin_rational", HALF, "a = 0", {"c": "1", "a": "0", "b": "1", "p": "1", "q": "1"}),
    ("mellin_rational", HALF, "q − a/p of unknown sign", {"c": "1", "a": "1", "b": "1", "p": "1", "q": "s"}),
    ("mellin_rational", HALF, "b < 0: a pole inside", {"c": "1", "a": "1", "b": "-1", "p": "1", "q": "2"}),
    ("mellin_rational", HALF, "b of unknown sign", {"c": "1", "a": "1", "b": "w", "p": "1", "q": "2"}),
    ("mellin_rational", HALF, "p = 0", {"c": "1", "a": "1", "b": "1", "p": "0", "q": "2"}),
    ("mellin_rational", HALF, "q moves", {"c": "1", "a": "1", "b": "1", "p": "1", "q": "x + 2"}),
    ("mellin_rational", LINE, "wrong interval", {"c": "1", "a": "1", "b": "1", "p": "1", "q": "2"}),
    ("mellin_beta", UNIT, "q = 0", {"c": "1", "a": "1", "p": "1", "q": "0"}),
    ("mellin_beta", UNIT, "q of unknown sign", {"c": "1", "a": "1", "p": "1", "q": "t"}),
    ("mellin_beta", UNIT, "a = 0", {"c": "1", "a": "0", "p": "1", "q": "1"}),
    ("mellin_beta", UNIT, "p < 0", {"c": "1", "a": "1", "p": "-1", "q": "1"}),
    ("mellin_beta", HALF, "wrong interval", {"c": "1", "a": "1", "p": "1", "q": "1"}),
    ("mellin_psi", UNIT, "k = 0 diverges", {"c": "1", "a": "1", "p": "1", "k": 0}),
    ("mellin_psi", UNIT, "a = 0", {"c": "1", "a": "0", "p": "1", "k": 1}),
    ("mellin_psi", UNIT, "p of unknown sign", {"c": "1", "a": "1", "p": "v", "k": 1}),
    ("mellin_psi", HALF, "wrong interval", {"c": "1", "a": "1", "p": "1", "k": 1}),
    ("sine_powers", QUARTER, "a = 0", {"c": "1", "a": "0", "q": "1"}),
    ("sine_powers", QUARTER, "q of unknown sign", {"c": "1", "a": "1", "q": "t"}),
    ("sine_powers", UNIT, "wrong interval", {"c": "1", "a": "1", "q": "1"}),
    ("gaussian_cos", LINE, "s of unknown sign", {"c": "1", "omega": "1", "phi": "0", "m": "0", "s": "t"}),
    ("gaussian_cos", HALF, "wrong interval", {"c": "1", "omega": "1", "phi": "0", "m": "0", "s": "1"}),
    ("gaussian_sin", LINE, "omega moves", {"c": "1", "omega": "x", "phi": "0", "m": "0", "s": "1"}),
    ("gamma_cos", HALF, "b = 0", {"c": "1", "a": "1", "b": "0", "omega": "1", "phi": "0"}),
    ("gamma_cos", HALF, "a of unknown sign", {"c": "1", "a": "t", "b": "1", "omega": "1", "phi": "0"}),
    ("gamma_sin", HALF, "a = 0, though the sine saves it", {"c": "1", "a": "0", "b": "1", "omega": "1", "phi": "0"}),
    ("gamma_sin", LINE, "wrong interval", {"c": "1", "a": "1", "b": "1", "omega": "1", "phi": "0"}),
    ("cauchy_cos", LINE, "s of unknown sign", {"c": "1", "omega": "1", "phi": "0", "m": "0", "s": "v"}),
    ("cauchy_cos", HALF, "wrong interval", {"c": "1", "omega": "1", "phi": "0", "m": "0", "s": "1"}),
    ("cauchy_log", LINE, "b = 0", {"c": "1", "a": "1", "b": "0", "m": "0", "s": "1"}),
    ("cauchy_log", LINE, "b negative", {"c": "1", "a": "1", "b": "-1", "m": "0", "s": "1"}),
    ("cauchy_log", LINE, "s of unknown sign", {"c": "1", "a": "1", "b": "1", "m": "0", "s": "v"}),
    ("cauchy_log", HALF, "wrong interval", {"c": "1", "a": "1", "b": "1", "m": "0", "s": "1"}),
    ("cauchy_log", LINE, "a moves", {"c": "1", "a": "x", "b": "1", "m": "0", "s": "1"}),
    ("cauchy_sin", LINE, "m moves", {"c": "1", "omega": "1", "phi": "0", "m": "x", "s": "1"}),
    ("gaussian_erf", LINE, "s = 0", {"c": "1", "alpha": "0", "beta": "1", "m": "0", "s": "0"}),
    ("gaussian_erf", HALF, "wrong interval", {"c": "1", "alpha": "0", "beta": "1", "m": "0", "s": "1"}),
    ("half_erf", HALF, "a of unknown sign", {"c": "1", "a": "w", "beta": "1"}),
    ("half_erf", LINE, "wrong interval", {"c": "1", "a": "1", "beta": "1"}),
    ("frullani", HALF, "a = 0", {"c": "1", "a": "0", "b": "1"}),
    ("frullani", HALF, "b of unknown sign", {"c": "1", "a": "1", "b": "t"}),
    ("frullani", UNIT, "wrong interval", {"c": "1", "a": "1", "b": "2"}),
    ("sine_over", HALF, "a = 0: not absolutely convergent", {"c": "1", "a": "0", "omega": "1"}),
    ("sine_over", LINE, "wrong interval", {"c": "1", "a": "1", "omega": "1"}),
    ("bridge", HALF, "a = 0", {"c": "1", "a": "0", "b": "1", "n": 0}),
    ("bridge", HALF, "b of unknown sign", {"c": "1", "a": "1", "b": "t", "n": 0}),
    ("bridge", UNIT, "wrong interval", {"c": "1", "a": "1", "b": "1", "n": 0}),
    ("lower_gamma", ("0", "s"), "a of unknown sign", {"c": "1", "a": "t", "b": "1", "p": "1", "h": "s"}),
    ("lower_gamma", ("0", "s"), "b of unknown sign", {"c": "1", "a": "1", "b": "t", "p": "1", "h": "s"}),
    ("lower_gamma", ("0", "s"), "p < 0", {"c": "1", "a": "-1", "b": "1", "p": "-1", "h": "s"}),
    ("lower_gamma", ("0", "t"), "h of unknown sign", {"c": "1", "a": "1", "b": "1", "p": "1", "h": "t"}),
    ("lower_gamma", ("0", "s"), "another end", {"c": "1", "a": "1", "b": "1", "p": "1", "h": "lam"}),
    ("upper_gamma", ("s", "oo"), "b = 0", {"c": "1", "a": "1", "b": "0", "p": "1", "h": "s"}),
    ("upper_gamma", ("s", "oo"), "p of unknown sign", {"c": "1", "a": "1", "b": "1", "p": "v", "h": "s"}),
    ("upper_gamma", HALF, "h = 0 with a < 0", {"c": "1", "a": "-1", "b": "1", "p": "1", "h": "0"}),
    ("incomplete_beta", ("u", "s"), "h may exceed 1", {"c": "1", "a": "1", "q": "1", "g": "u", "h": "s"}),
    ("incomplete_beta", ("1/2", "1/3"), "ends reversed", {"c": "1", "a": "1", "q": "1", "g": "1/2", "h": "1/3"}),
    ("incomplete_beta", ("1/3", "1/2"), "q of unknown sign", {"c": "1", "a": "1", "q": "t", "g": "1/3", "h": "1/2"}),
    ("lower_beta", ("0", "s"), "h may exceed 1", {"c": "1", "a": "1", "q": "1", "h": "s"}),
    ("lower_beta", ("0", "u"), "a = 0", {"c": "1", "a": "0", "q": "1", "h": "u"}),
    ("bessel_i", ("0", "2*pi"), "wrong interval", {"c": "1", "kappa": "1", "n": 0}),
    ("bessel_i", ("0", "pi"), "n negative", {"c": "1", "kappa": "1", "n": -1}),
    ("bessel_k", HALF, "b = 0", {"c": "1", "a": "1", "b": "0", "w": "1"}),
    ("bessel_k", HALF, "w of unknown sign", {"c": "1", "a": "1", "b": "1", "w": "t"}),
    ("bessel_k", LINE, "wrong interval", {"c": "1", "a": "1", "b": "1", "w": "1"}),
    ("gaussian", LINE, "s of unknown sign", {"c": "1", "m": "0", "s": "t", "n": 0}),
    ("gaussian", LINE, "s = 0", {"c": "1", "m": "0", "s": "0", "n": 0}),
    ("gaussian", LINE, "m moves", {"c": "1", "m": "x", "s": "1", "n": 0}),
    ("gaussian", ("t", "m"), "ends of unknown order", {"c": "1", "m": "0", "s": "1", "n": 0}),
    ("gaussian", ("1", "0"), "ends reversed", {"c": "1", "m": "0", "s": "1", "n": 0}),
    ("gaussian", ("x", "oo"), "an end moves", {"c": "1", "m": "0", "s": "1", "n": 0}),
    ("gaussian", LINE, "n negative", {"c": "1", "m": "0", "s": "1", "n": -1}),
    ("gaussian", LINE, "n too large", {"c": "1", "m": "0", "s": "1", "n": 13}),
]


@pytest.mark.parametrize(("kind", "over", "why", "data"), REFUSED, ids=[f"{k}: {w}" for k, _, w, _ in REFUSED])
def test_refused(kind: str, over: tuple[str, str], why: str, data: dict[str, Any]) -> None:
    with pytest.raises(NotProved):
        read(kind, over, FREE, **data)


def test_every_row_is_refused_something() -> None:
    assert {k for k, _, _, _ in REFUSED} >= set(LEMMAS) | {"gaussian"}


@pytest.mark.parametrize("kind", [*LEMMAS, "gaussian"])
def test_complex_parameters_are_refused(kind: str) -> None:
    row = next(d for k, _, _, d in GOOD if k == kind)
    over = next(o for k, o, _, _ in GOOD if k == kind)
    ctx = Context({"q_0": "complex"})
    for name in row:
        if name != "c" and isinstance(row[name], str):
            with pytest.raises(NotProved):
                read(kind, over, ctx, **{**row, name: "q_0"})


@pytest.mark.parametrize("n", ["1", 1.0, True, None])
def test_an_order_is_a_whole_number(n: Any) -> None:
    data = {"c": T("1"), "a": T("1"), "b": T("1"), "p": T("1"), "k": n}
    with pytest.raises(BadInput):
        instance(LEMMAS["mellin_exp"], Instance(data), "x", T("0"), T("oo"), PLAIN)


#: what holds: (row, interval, where quadrature may rest, data)
GOOD: list[tuple[str, tuple[str, str], list[Any], dict[str, Any]]] = [
    ("mellin_exp", HALF, [1, 4], {"c": "3", "a": "5/3", "b": "7/5", "p": "3/2", "k": 0}),
    ("mellin_exp", HALF, [1, 4], {"c": "1", "a": "3/2", "b": "7/5", "p": "2", "k": 1}),
    ("mellin_exp", HALF, [1, 4], {"c": "1", "a": "1", "b": "1", "p": "1", "k": 3}),
    ("mellin_exp", HALF, [1, 4], {"c": "1", "a": "-5/3", "b": "2/5", "p": "-1", "k": 2}),
    ("mellin_rational", HALF, [1, 4], {"c": "1", "a": "3/2", "b": "2/5", "p": "2", "q": "5/3", "k": 0, "m": 0}),
    ("mellin_rational", HALF, [1, 4], {"c": "2", "a": "3/2", "b": "2/5", "p": "2", "q": "5/3", "k": 1, "m": 1}),
    ("mellin_rational", HALF, [1, 4], {"c": "1", "a": "-1", "b": "3", "p": "-1", "q": "2", "k": 2, "m": 0}),
    ("mellin_rational", HALF, [1, 4], {"c": "1", "a": "-4/3", "b": "1/3", "p": "-2", "q": "2", "k": 0, "m": 2}),
    ("mellin_beta", UNIT, [], {"c": "1", "a": "3/2", "p": "2", "q": "5/3", "k": 0, "m": 0}),
    ("mellin_beta", UNIT, [], {"c": "1", "a": "3/2", "p": "2/3", "q": "5/3", "k": 2, "m": 1}),
    ("mellin_psi", UNIT, [], {"c": "1", "a": "3/2", "p": "1", "k": 1}),
    ("mellin_psi", UNIT, [], {"c": "1", "a": "1", "p": "2", "k": 2}),
    ("sine_powers", QUARTER, [1], {"c": "1", "a": "5/3", "q": "7/4", "k": 0, "m": 0}),
    ("sine_powers", QUARTER, [1], {"c": "1", "a": "1", "q": "2", "k": 1, "m": 1}),
    ("gaussian_cos", LINE, [-2, 0, 2], {"c": "1", "omega": "3/4", "phi": "1/3", "m": "2/7", "s": "3/2"}),
    ("gaussian_sin", LINE, [-2, 0, 2], {"c": "1", "omega": "3/4", "phi": "1/3", "m": "2/7", "s": "3/2"}),
    ("gamma_cos", HALF, [1, 4, 9], {"c": "1", "a": "5/3", "b": "7/5", "omega": "-3/4", "phi": "1/3"}),
    ("gamma_sin", HALF, [1, 4, 9], {"c": "1", "a": "5/3", "b": "7/5", "omega": "3/4", "phi": "1/3"}),
    ("gamma_cos", HALF, [1, 4, 9], {"c": "1", "a": "3", "b": "7/5", "omega": "-3/4", "phi": "1/3"}),
    ("gamma_sin", HALF, [1, 4, 9], {"c": "1", "a": "4", "b": "7/5", "omega": "3/4", "phi": "1/3"}),
    ("gamma_sin", HALF, [1, 4, 9], {"c": "1", "a": "1", "b": "7/5", "omega": "3/4", "phi": "0"}),
    ("cauchy_cos", LINE, [], {"c": "1", "omega": "-3/4", "phi": "1/3", "m": "2/7", "s": "3/2"}),
    ("cauchy_log", LINE, [-9, -2, 0, 2, 9], {"c": "1", "a": "-5/3", "b": "3/4", "m": "2/7", "s": "3/2"}),
    ("cauchy_sin", LINE, [], {"c": "1", "omega": "3/4", "phi": "1/3", "m": "2/7", "s": "3/2"}),
    ("gaussian_erf", LINE, [-2, 0, 2], {"c": "1", "alpha": "1/3", "beta": "-3/4", "m": "2/7", "s": "3/2"}),
    ("half_erf", HALF, [1, 4], {"c": "1", "a": "7/5", "beta": "-3/4"}),
    ("frullani", HALF, [1, 9], {"c": "1", "a": "7/5", "b": "3/4"}),
    ("sine_over", HALF, [1, 4, 9], {"c": "1", "a": "7/5", "omega": "-3/4"}),
    ("bridge", HALF, [1, 4], {"c": "1", "a": "7/5", "b": "3/4", "n": 0}),
    ("bridge", HALF, [1, 4], {"c": "1", "a": "7/5", "b": "3/4", "n": 2}),
    ("bridge", HALF, [1, 4], {"c": "1", "a": "7/5", "b": "3/4", "n": -1}),
    ("bridge", HALF, [1, 4], {"c": "1", "a": "7/5", "b": "3/4", "n": -3}),
    ("lower_gamma", ("0", "5/4"), [], {"c": "1", "a": "5/3", "b": "7/5", "p": "3/2", "h": "5/4"}),
    ("upper_gamma", ("5/4", "oo"), [2, 5], {"c": "1", "a": "-5/3", "b": "7/5", "p": "3/2", "h": "5/4"}),
    ("incomplete_beta", ("1/3", "3/4"), [], {"c": "1", "a": "5/3", "q": "7/5", "g": "1/3", "h": "3/4"}),
    ("lower_beta", ("0", "3/4"), [], {"c": "1", "a": "5/3", "q": "7/5", "h": "3/4"}),
    ("bessel_i", ("0", "pi"), [1, 2], {"c": "1", "kappa": "7/5", "n": 0}),
    ("bessel_i", ("0", "pi"), [1, 2], {"c": "1", "kappa": "-7/5", "n": 3}),
    ("bessel_k", HALF, [1, 4], {"c": "1", "a": "-5/3", "b": "7/5", "w": "3/4"}),
    *(("gaussian", LINE, [-2, 0, 2], {"c": "1", "m": "2/7", "s": "3/2", "n": n}) for n in (0, 1, 2, 5)),
    *(("gaussian", ("1/3", "oo"), [2, 5], {"c": "1", "m": "2/7", "s": "3/2", "n": n}) for n in (0, 1, 3)),
    *(("gaussian", ("-oo", "-1/3"), [-4, -2], {"c": "1", "m": "2/7", "s": "3/2", "n": n}) for n in (0, 2)),
    *(("gaussian", ("-1/3", "7/5"), [], {"c": "1", "m": "2/7", "s": "3/2", "n": n}) for n in (0, 1, 4)),
]


def _number(end: str) -> Any:
    return {"oo": mp.inf, "-oo": -mp.inf}.get(end) or mp.mpf(sp.N(sp.sympify(end), 20))


@pytest.mark.parametrize(("kind", "over", "rests", "data"), GOOD, ids=[f"{k} {d}" for k, _, _, d in GOOD])
def test_values_are_those_of_quadrature(
    kind: str, over: tuple[str, str], rests: list[Any], data: dict[str, Any]
) -> None:
    integrand, value = read(kind, over, PLAIN, **data)
    x = sp.Symbol("x", real=True)
    f = sp.lambdify(x, from_term(integrand, {"x": x}), "mpmath")
    lo, hi = (_number(e) for e in over)
    if kind in ("cauchy_cos", "cauchy_sin"):
        omega = abs(sp.Rational(data["omega"]))
        got = mp.quadosc(lambda v: f(v) + f(-v), [0, mp.inf], omega=mp.mpf(omega.p) / omega.q)
    else:
        got = mp.quad(f, [lo, *rests, hi])
    want = mp.mpf(sp.N(from_term(value, {}), 20))
    assert abs(got - want) < mp.mpf(10) ** -9 * max(1, abs(want))


def value(t: str, over: tuple[str, str], parts: list[dict[str, Any]], want: str, ctx: Context) -> None:
    got = evaluate(T(t), "x", T(over[0]), T(over[1]), tuple(map(Instance, parts)), ctx)
    prove_equal(got, substitute(T(want), {"euler_gamma": ("const", "euler_gamma")}), ctx)


EXP = part("mellin_exp", c="1", a="1", b="1", p="4", k=0)
MIRROR = part("change", integrand="exp(-x**4)", map="affine", variable="u_1", shift="0", scale="-1",
              low="0", high="oo", parts=[EXP])  # fmt: skip
LEFT = {"lo": T("-oo"), "hi": T("0"), "parts": [MIRROR]}
RIGHT = {"lo": T("0"), "hi": T("oo"), "parts": [EXP]}
GUMBEL = part("change", integrand="x*exp(-x - exp(-x))", map="log", variable="u_1", low="0", high="oo",
              parts=[part("mellin_exp", c="1", a="-1", b="1", p="-1", k=1)])  # fmt: skip


def test_pieces_and_changes() -> None:
    value("exp(-x**4)", LINE, [part("pieces", integrand="exp(-x**4)", pieces=[LEFT, RIGHT])], "gamma(1/4)/2", PLAIN)
    value("x*exp(-x - exp(-x))", LINE, [GUMBEL], "euler_gamma", PLAIN)


def test_pieces_and_changes_with_other_values() -> None:
    for want in ("gamma(1/4)", "gamma(1/4)/4"):
        with pytest.raises(NotProved):
            value("exp(-x**4)", LINE, [part("pieces", integrand="exp(-x**4)", pieces=[LEFT, RIGHT])], want, PLAIN)
    with pytest.raises(NotProved):
        value("x*exp(-x - exp(-x))", LINE, [GUMBEL], "-euler_gamma", PLAIN)


@pytest.mark.parametrize(
    "pieces",
    [
        [RIGHT],
        [LEFT],
        [RIGHT, LEFT],
        [LEFT, {**RIGHT, "lo": T("1")}],
        [LEFT, LEFT, RIGHT],
        [],
        [{**LEFT, "hi": T("x")}, {**RIGHT, "lo": T("x")}],
    ],
)
def test_pieces_that_are_no_partition(pieces: list[Any]) -> None:
    with pytest.raises(NotProved):
        value("exp(-x**4)", LINE, [part("pieces", integrand="exp(-x**4)", pieces=pieces)], "gamma(1/4)/2", PLAIN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": T("1")},
        {"high": T("1")},
        {"low": T("oo"), "high": T("0")},
        {"low": T("-oo")},
        {"variable": "x"},
        {"variable": "s"},
        {"low": T("u_1")},
        {"map": "exp"},
        {"map": "sinh"},
        {"map": "power", "exponent": T("1")},
        {"map": "affine", "shift": T("0"), "scale": T("1")},
        {"map": "nonsense"},
        {"integrand": T("x*exp(-x - exp(-x)) + exp(-x**2)")},
        {"parts": []},
    ],
)
def test_changes_that_do_not_fit(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotProved):
        value("x*exp(-x - exp(-x))", LINE, [{**GUMBEL, **wrong}], "euler_gamma", FREE)


@pytest.mark.parametrize(
    ("shift", "scale"), [("0", "t"), ("0", "0"), ("x", "1"), ("u_1", "1"), ("0", "u_1"), ("0", "e"), ("1", "1")]
)
def test_affine_maps_that_are_none(shift: str, scale: str) -> None:
    p = part("change", integrand="exp(-x)", map="affine", variable="u_1", shift=shift, scale=scale, low="0", high="oo",
             parts=[part("mellin_exp", c=scale, a="1", b=scale, p="1", k=0)])  # fmt: skip
    with pytest.raises(NotProved):
        value("exp(-x)", HALF, [p], "1", FREE)


@pytest.mark.parametrize("exponent", ["0", "v", "t", "x", "e"])
def test_powers_that_are_no_maps(exponent: str) -> None:
    p = part(
        "change", integrand="exp(-x)", map="power", variable="u_1", exponent=exponent, low="0", high="oo", parts=[]
    )
    with pytest.raises(NotProved):
        value("exp(-x)", HALF, [p], "1", FREE)


def test_maps_of_both_directions() -> None:
    down = part("change", integrand="exp(-1/x)/x**2", map="power", variable="u_1", exponent="-1", low="0", high="oo",
                parts=[part("mellin_exp", c="1", a="1", b="1", p="1", k=0)])  # fmt: skip
    value("exp(-1/x)/x**2", HALF, [down], "1", PLAIN)
    sigmoid = "exp(-(log(x/(1 - x)))**2/2)/(sqrt(2*pi)*x*(1 - x))"
    bell = part("change", integrand=sigmoid, map="logit", variable="u_1", low="-oo", high="oo",
                parts=[part("gaussian", c="1", m="0", s="1", n=0)])  # fmt: skip
    value(sigmoid, UNIT, [bell], "1", PLAIN)


def test_an_integral_left_as_it_is_has_to_converge() -> None:
    with pytest.raises(NotProved):
        evaluate(T("1/(1 + x)"), "x", T("0"), T("oo"), (Instance(part("left", integrand="1/(1 + x)")),), PLAIN)
    left = Instance(part("left", integrand="exp(-x)/(1 + x)"))
    assert evaluate(T("exp(-x)/(1 + x)"), "x", T("0"), T("oo"), (left,), PLAIN)[0] in ("add", "integral")


@pytest.mark.parametrize(
    ("t", "over", "p", "right", "wrong"),
    [
        ("log(x)**2*exp(-x)", HALF, part("mellin_exp", c="1", a="1", b="1", p="1", k=2),
         "euler_gamma**2 + pi**2/6", "euler_gamma**2 - pi**2/6"),
        ("x*log(x)*exp(-lam*x)", HALF, part("mellin_exp", c="1", a="2", b="lam", p="1", k=1),
         "(1 - euler_gamma - log(lam))/lam**2", "(1 - euler_gamma - log(lam))/lam"),
        ("1/(1 + x**2/s**2)", HALF, part("mellin_rational", c="1", a="1", b="s**(-2)", p="2", q="1", k=0, m=0),
         "pi*s/2", "pi*s"),
        ("log(x)*log(1 - x)", UNIT, part("mellin_beta", c="1", a="1", p="1", q="1", k=1, m=1),
         "2 - pi**2/6", "2 + pi**2/6"),
        ("log(x)/(1 - x)", UNIT, part("mellin_psi", c="1", a="1", p="1", k=1), "-pi**2/6", "-pi**2/12"),
        ("exp(-lam*x)*cos(w*x)", HALF, part("gamma_cos", c="1", a="1", b="lam", omega="w", phi="0"),
         "lam/(lam**2 + w**2)", "w/(lam**2 + w**2)"),
        ("x*exp(-(x - t)**2/(2*s**2))/(s*sqrt(2*pi))", ("t", "oo"), part("gaussian", c="1", m="t", s="s", n=1),
         "t/2 + s/sqrt(2*pi)", "t/2 - s/sqrt(2*pi)"),
        ("exp(-s/x - lam*x)/x**(3/2)", HALF, part("bridge", c="1", a="s", b="lam", n=-1),
         "sqrt(pi/s)*exp(-2*sqrt(s*lam))", "sqrt(pi/lam)*exp(-2*sqrt(s*lam))"),
    ],
)  # fmt: skip
def test_closed_forms(t: str, over: tuple[str, str], p: dict[str, Any], right: str, wrong: str) -> None:
    value(t, over, [p], right, FREE)
    with pytest.raises(NotProved):
        value(t, over, [p], wrong, FREE)


@pytest.mark.parametrize("b", ["z_1", "z_2", "z", "u_1"])
def test_a_parameter_may_have_any_name(b: str) -> None:
    ctx = context(f"{b} positive, a positive")
    p = part("mellin_exp", c="1", a="a", b=b, p="1", k=1)
    value(f"x**(a - 1)*log(x)*exp(-{b}*x)", HALF, [p], f"gamma(a)*{b}**(-a)*(digamma(a) - log({b}))", ctx)
    for wrong in ("gamma(a)*a**(-a)*(digamma(a) - log(a) - 1)", f"gamma(a)*{b}**(-a)*digamma(a)"):
        with pytest.raises(NotProved):
            value(f"x**(a - 1)*log(x)*exp(-{b}*x)", HALF, [p], wrong, ctx)


def test_an_instance_must_be_the_integrand() -> None:
    for t in ("exp(-2*x)", "x*exp(-x)", "exp(-x) + exp(-x**2)"):
        with pytest.raises(NotProved):
            value(t, HALF, [part("mellin_exp", c="1", a="1", b="1", p="1", k=0)], "1", PLAIN)
