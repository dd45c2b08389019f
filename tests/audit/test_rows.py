"""The auditor's table of integrals: every row against quadrature, and instances that miss a condition."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
from kernel_terms import T, context
from numbers_of_terms import number
from theorem_terms import integral

from symrep.audit import rows
from symrep.audit.context import Ctx
from symrep.audit.data import ONE, No, mul, sym
from symrep.audit.instance import Data
from symrep.audit.rows import ROWS, row_instance
from symrep.audit.theorems import THEOREMS

#: parameters that may be negative, beside those that must not
ANY_SIGN = {"omega", "phi", "m", "alpha", "beta"}


def _values(name: str, rng: random.Random) -> dict[str, Any]:
    out = {}
    for k in ROWS[name].names.split():
        out[k] = mpmath.mpf(rng.randint(60, 190)) / 101
        if (k in ANY_SIGN and not (k == "m" and name.startswith("mellin"))) and rng.random() < 0.5:
            out[k] = -out[k]
    if name == "mellin_rational":
        out["q"] = out["a"] / out["p"] + mpmath.mpf(rng.randint(60, 150)) / 101
    return out


def _orders(name: str, rng: random.Random) -> dict[str, int]:
    return {k: rng.randint(least, max(least, 2)) for k, least in (ROWS[name].orders or {}).items()}


CASES = [(name, seed) for name in sorted(ROWS) if name not in ("cauchy_cos", "cauchy_sin") for seed in range(3)]


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_row_against_quadrature(name: str, seed: int) -> None:
    rng = random.Random(f"{name} {seed}")
    row = ROWS[name]
    at, orders = _values(name, rng), _orders(name, rng)
    if name == "gamma_cos" and seed == 2:
        at["a"] = mpmath.mpf(3)
    terms = {k: sym(k) for k in at}
    if "a" in at and at["a"] == 3:
        terms["a"] = T(3)
    if seed == 1 and "p" in row.nonzero:
        at["p"], at["a"] = -at["p"], -at["a"]
    lo, hi = (number(e, {}) for e in row.over)
    with mpmath.workdps(25):
        body = row.integrand(terms, orders, sym("x"))
        cuts = [c for c in (-8, -3, -1, 0, 1, 3, 8, 20) if lo < c < hi]
        got = mpmath.quad(lambda v: number(body, {**at, "x": v}), [lo, *cuts, hi], maxdegree=9)
        wanted = number(row.value(terms, orders), at)
    assert abs(got - wanted) < 1e-9 * (1 + abs(wanted)), (at, orders, got, wanted)


@pytest.mark.parametrize("wave", ["cos", "sin"])
def test_cauchy_waves_along_two_rays(wave: str) -> None:
    # too slow along the line; along the rays at 45° and 135° there is no pole in between, and e^(iωz) decays
    omega, phi, m, s = mpmath.mpf("1.3"), mpmath.mpf("0.4"), mpmath.mpf("-0.7"), mpmath.mpf("0.9")

    def f(z: Any) -> Any:
        return mpmath.exp(1j * (omega * (m + s * z) + phi)) / (1 + z**2)

    turn = mpmath.exp(1j * mpmath.pi / 4)
    points = [0, 1, 3, 10, 40, 80]
    whole = s * mpmath.quad(lambda v: f(v * turn) * turn + f(-v / turn) / turn, points)
    value = ROWS[f"cauchy_{wave}"].value({k: sym(k) for k in ("omega", "phi", "m", "s")}, {})
    wanted = number(value, {"omega": omega, "phi": phi, "m": m, "s": s})
    assert abs((whole.real if wave == "cos" else whole.imag) - wanted) < 1e-10


UNMET = [
    ("mellin_exp", "a b p", "a positive, b positive, p real", {}),
    ("mellin_exp", "a b p", "a real, b positive, p positive", {}),
    ("mellin_exp", "a b p", "a positive, b nonnegative, p positive", {}),
    ("mellin_exp", "a b p", "a positive, b positive, p negative", {}),
    ("mellin_exp", "a b p", "a positive, b positive, p positive", {"k": 7}),
    ("mellin_exp", "a b p", "a positive, b positive, p positive", {"k": -1}),
    ("mellin_rational", "a b p q", "a positive, b positive, p positive, q positive", {}),
    ("mellin_beta", "a p q", "a positive, p positive, q real", {}),
    ("mellin_beta", "a p q", "a positive, p negative, q positive", {}),
    ("mellin_psi", "a p", "a positive, p positive", {}),
    ("mellin_psi", "a p", "a real, p positive", {"k": 1}),
    ("sine_powers", "a q", "a real, q positive", {}),
    ("gaussian_cos", "omega phi m s", "omega real, phi real, m real, s nonzero", {}),
    ("gamma_cos", "a b omega phi", "a positive, b nonnegative, omega real, phi real", {}),
    ("gamma_sin", "a b omega phi", "a real, b positive, omega real, phi real", {}),
    ("cauchy_cos", "omega phi m s", "omega real, phi real, m real, s nonzero", {}),
    ("cauchy_log", "a b m s", "a real, b nonnegative, m real, s positive", {}),
    ("cauchy_log", "a b m s", "a real, b positive, m real, s nonzero", {}),
    ("gaussian_erf", "alpha beta m s", "alpha real, beta complex, m real, s positive", {}),
    ("half_erf", "a beta", "a nonnegative, beta real", {}),
    ("frullani", "a b", "a positive, b nonnegative", {}),
    ("sine_over", "a omega", "a nonnegative, omega real", {}),
    ("bridge", "a b", "a nonnegative, b positive", {"n": 0}),
    ("bridge", "a b", "a positive, b positive", {"n": -6}),
]


def _instance(name: str, names: str, symbols: str, orders: dict[str, int], c: str = "1") -> Any:
    ctx = Ctx.read(context(symbols).to_json())
    data = Data({"kind": name, "c": T(c), **{k: T(k) for k in names.split()}, **orders})
    return row_instance(ROWS[name], data, "x", *ROWS[name].over, ctx)


@pytest.mark.parametrize(("name", "names", "symbols", "orders"), UNMET)
def test_a_condition_is_missed(name: str, names: str, symbols: str, orders: dict[str, int]) -> None:
    with pytest.raises(No):
        _instance(name, names, symbols, orders)


def test_constants_are_constant_and_the_interval_is_the_rows() -> None:
    good = ("mellin_exp", "a b p", "a positive, b positive, p positive", {})
    _instance(*good)
    with pytest.raises(No):
        _instance(*good, c="x")
    ctx = Ctx.read(context("a positive, b positive, p positive").to_json())
    data = Data({"kind": "mellin_exp", "c": T(1), "a": T("a"), "b": T("b"), "p": T("p")})
    with pytest.raises(No):
        row_instance(ROWS["mellin_exp"], data, "x", T(0), T(1), ctx)


# --- pieces, substitutions, what is left ------------------------------------------------------------------------------


def _value(lhs: Any, rhs: Any, symbols: str, *parts: dict[str, Any]) -> None:
    right = rhs if isinstance(rhs, tuple) else T(rhs)
    THEOREMS["value"](Data({"lhs": lhs, "rhs": right, "parts": list(parts)}), Ctx.read(context(symbols).to_json()))


def _exp(**terms: Any) -> dict[str, Any]:
    return {"kind": "mellin_exp", **{k: T(v) for k, v in terms.items()}}


def _change(name: str, integrand: str, low: Any, high: Any, *parts: dict[str, Any], **terms: Any) -> dict[str, Any]:
    data = {k: T(v) for k, v in terms.items()}
    return {
        "kind": "change",
        "map": name,
        "integrand": T(integrand),
        "variable": "u",
        "low": T(low),
        "high": T(high),
        "parts": list(parts),
        **data,
    }


def _pieces(integrand: str, *pieces: tuple[Any, Any, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "kind": "pieces",
        "integrand": T(integrand),
        "pieces": [{"lo": T(a), "hi": T(b), "parts": parts} for a, b, parts in pieces],
    }


def _ftc(integrand: str, lo: Any, hi: Any, big: str) -> dict[str, Any]:
    piece = {"lo": T(lo), "hi": T(hi), "antiderivative": T(big)}
    return {"kind": "ftc", "integrand": T(integrand), "pieces": [piece]}


LAPLACE = "exp(-abs(x))"
LEFT = _change("affine", LAPLACE, 0, "oo", _exp(c=1, a=1, b=1, p=1), shift=0, scale=-1)
RIGHT = _exp(c=1, a=1, b=1, p=1)


def test_values_by_pieces_and_substitutions() -> None:
    _value(integral(LAPLACE, ("x", "-oo", "oo")), 2, "", _pieces(LAPLACE, ("-oo", 0, [LEFT]), (0, "oo", [RIGHT])))
    shifted = _change("affine", "(x - a)*exp(-x)", 0, "oo", _exp(c="exp(-a)", a=2, b=1, p=1), shift="a", scale=1)
    _value(integral("(x - a)*exp(-x)", ("x", "a", "oo")), "exp(-a)", "a real", shifted)
    log = _change("exp", "1/(x*(1 + log(x)**2))", "-oo", "oo", _ftc("1/(1 + u**2)", "-oo", "oo", "atan(u)"))
    _value(integral("1/(x*(1 + log(x)**2))", ("x", 0, "oo")), "pi", "", log)
    left = {"kind": "left", "integrand": T("exp(-x**4)")}
    _value(integral("exp(-x**4)", ("x", 0, 1)), integral("exp(-x**4)", ("x", 0, 1)), "", left)


FALSE_VALUES = [
    ("a gap", integral(LAPLACE, ("x", "-oo", "oo")), 2, "",
     _pieces(LAPLACE, ("-oo", 0, [LEFT]), (1, "oo", [RIGHT]))),
    ("one side", integral(LAPLACE, ("x", "-oo", "oo")), 1, "", _pieces(LAPLACE, (0, "oo", [RIGHT]))),
    ("no pieces", integral("1", ("x", 0, 1)), 0, "", _pieces("1")),
    ("a scale of the wrong sign", integral("exp(x)", ("x", "-oo", 0)), 1, "",
     _change("affine", "exp(x)", 0, "oo", RIGHT, shift=0, scale=1)),
    ("a scale of unknown sign", integral("exp(-x**2)", ("x", "-oo", "oo")), "sqrt(pi)", "s real",
     _change("affine", "exp(-x**2)", "-oo", "oo", shift=0, scale="s")),
    ("no Jacobian", integral("exp(-x/2)", ("x", 0, "oo")), 1, "",
     _change("affine", "exp(-x/2)", 0, "oo", RIGHT, shift=0, scale=2)),
    ("too short", integral("exp(-x)", ("x", 0, "oo")), "1 - exp(-1)", "",
     _change("affine", "exp(-x)", 0, 1, _ftc("exp(-u)", 0, 1, "-exp(-u)"), shift=0, scale=1)),
    ("a variable that occurs", integral("u*exp(-x)", ("x", 0, "oo")), 1, "u real",
     _change("affine", "u*exp(-x)", 0, "oo", _exp(c=1, a=2, b=1, p=1), shift=0, scale=1)),
    ("a power over the line", integral("x**2", ("x", 0, 1)), "2/3", "",
     _change("power", "x**2", -1, 1, _ftc("2*abs(u)*u**4", -1, 1, "abs(u)**6/3"), exponent=2)),
    ("left though it diverges", integral("1/x", ("x", 0, 1)), integral("1/x", ("x", 0, 1)), "",
     {"kind": "left", "integrand": T("1/x")}),
    ("a map nobody stated", integral("x", ("x", 0, 1)), "1/2", "", _change("twice", "x", 0, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lhs", "rhs", "symbols", "part"), [row[1:] for row in FALSE_VALUES], ids=[r[0] for r in FALSE_VALUES]
)
def test_false_values(lhs: Any, rhs: Any, symbols: str, part: dict[str, Any]) -> None:
    with pytest.raises(No):
        _value(lhs, rhs, symbols, part)


def test_a_parameter_may_not_be_called_like_what_a_row_is_differentiated_in() -> None:
    with pytest.raises(No):
        rows._derived(lambda a, _: mul(a, sym("first~")), (ONE, ONE), (1, 0))
