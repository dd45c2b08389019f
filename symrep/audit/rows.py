r"""A table of definite integrals. Each row holds for parameters with what is said to be positive positive; c = 1.

| row | interval | integrand | value |
|---|---|---|---|
| ``mellin_exp`` | (0, ∞) | x^(a−1) (log x)^k e^(−b x^p) | ∂_a^k [Γ(a/p) b^(−a/p)/|p|] |
| ``mellin_rational`` | (0, ∞) | x^(a−1) (log x)^k w^(−q) (log w)^m | (−1)^m ∂_a^k ∂_q^m [B(a/p, q−a/p) b^(−a/p)/|p|] |
| ``mellin_beta`` | (0, 1) | x^(a−1) (log x)^k (1−x^p)^(q−1) (log(1−x^p))^m | ∂_a^k ∂_q^m [B(a/p, q)/p] |
| ``mellin_psi`` | (0, 1) | x^(a−1) (log x)^k/(1−x^p), k ≥ 1 | −ψ^(k)(a/p)/p^(k+1) |
| ``sine_powers`` | (0, π/2) | sin^(a−1) cos^(q−1) (log sin)^k (log cos)^m | ∂_a^k ∂_q^m [B(a/2, q/2)/2] |
| ``gaussian_cos/sin`` | ℝ | cos(ωx+φ) n(x; m, s) | cos(ωm+φ) e^(−ω²s²/2) |
| ``gamma_cos/sin`` | (0, ∞) | x^(a−1) e^(−bx) cos(ωx+φ) | Γ(a) (b²+ω²)^(−a/2) cos(a atan(ω/b)+φ) |
| ``cauchy_cos/sin`` | ℝ | cos(ωx+φ)/(1+((x−m)/s)²) | π s e^(−s abs(ω)) cos(ωm+φ) |
| ``cauchy_log`` | ℝ | log((x−a)² + b²)/(1+((x−m)/s)²), b > 0 | π s log((a−m)² + (b+s)²) |
| ``gaussian_erf`` | ℝ | erf(α+βx) n(x; m, s) | erf((α+βm)/√(1+2β²s²)) |
| ``half_erf`` | (0, ∞) | erf(βx) e^(−ax²) | atan(β/√a)/√(πa) |
| ``frullani`` | (0, ∞) | (e^(−ax) − e^(−bx))/x | log(b/a) |
| ``sine_over`` | (0, ∞) | e^(−ax) sin(ωx)/x | atan(ω/a) |
| ``bridge`` | (0, ∞) | x^(n−1/2) e^(−a/x−bx) | see below |

w = 1 + b x^p; n(x; m, s) is the normal density. ``bridge``: (−∂_b)^n [√(π/b) e^(−2√(ab))] for n ≥ 0, (−∂_a)^(−1−n)
[√(π/a) e^(−2√(ab))] for n < 0. All converge absolutely. Derivatives in the exponents bring down logarithms; they pass
under the integral since x^ε dominates every power of log x, for each compact set of parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    HALF,
    MINUS,
    ONE,
    PI,
    TWO,
    ZERO,
    Bad,
    No,
    Term,
    add,
    div,
    fn,
    free,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    substitute,
    sym,
)
from symrep.audit.derive import derivative
from symrep.audit.images import same_end
from symrep.audit.instance import Data
from symrep.audit.regular import defined, proved

__all__ = ["ROWS", "row_instance"]

MAX_ORDER: Final = 6
LINE: Final = (("inf", -1), ("inf", 1))
HALF_LINE: Final = (ZERO, ("inf", 1))

Values = Mapping[str, Term]
Orders = Mapping[str, int]


@final
@dataclass(frozen=True)
class Row:
    """``names`` of the parameters, ``orders`` with the least each may be, ``nonzero`` and ``positive`` conditions."""

    over: tuple[Term, Term]
    names: str
    positive: Callable[[Values], list[Term]]
    integrand: Callable[[Values, Orders, Term], Term]
    value: Callable[[Values, Orders], Term]
    orders: Mapping[str, int] | None = None
    nonzero: str = ""


def row_instance(row: Row, p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> tuple[Term, Term]:
    """(c·integrand, c·value) of an instance; raises No unless every condition is established."""
    if not (same_end(lo, row.over[0], ctx) and same_end(hi, row.over[1], ctx)):
        raise No("a lemma is about another interval")
    c = p.term("c")
    values = {k: p.term(k) for k in row.names.split()}
    if any(x in free(t) for t in (c, *values.values())):
        raise No("a constant of a lemma depends on the variable of integration")
    for t in values.values():
        defined(t, ctx)
    orders = {}
    for k, least in (row.orders or {}).items():
        n = p.raw.get(k, 0)
        if type(n) is not int:
            raise Bad(f"{k!r} is a whole number")
        if not least <= n <= MAX_ORDER:
            raise No(f"a lemma is about {k} from {least} to {MAX_ORDER}")
        orders[k] = n
    for k in row.nonzero.split():
        if not (proved(values[k], ">", ctx) or proved(values[k], "<", ctx)):
            raise No(f"the sign of {k} is not known")
    for t in row.positive(values):
        if not proved(t, ">", ctx):
            raise No("a condition of a lemma is not established")
    return mul(c, row.integrand(values, orders, sym(x))), mul(c, row.value(values, orders))


# --- derivatives of a value in its parameters -------------------------------------------------------------------------


def _derived(f: Callable[[Term, Term], Term], at: tuple[Term, Term], times: tuple[int, int]) -> Term:
    """∂₁^k ∂₂^m f, both variables positive, at a place."""
    names = ("first~", "second~")
    if set(names) & (free(f(*at)) | free(at[0]) | free(at[1])):
        raise No("a reserved name occurs in a lemma")
    ctx = Ctx(dict.fromkeys(names, "positive"))
    t = f(sym(names[0]), sym(names[1]))
    for name, n in zip(names, times, strict=True):
        for _ in range(n):
            t = derivative(t, name, ctx)
    return substitute(t, dict(zip(names, at, strict=True)))


def _logs(t: Term, k: int) -> Term:
    return power(fn("log", t), k) if k else ONE


def _beta(a: Term, b: Term) -> Term:
    return div(mul(fn("gamma", a), fn("gamma", b)), fn("gamma", add(a, b)))


# --- powers -----------------------------------------------------------------------------------------------------------


def _exp_integrand(v: Values, n: Orders, x: Term) -> Term:
    return mul(("pow", x, sub(v["a"], ONE)), _logs(x, n["k"]), fn("exp", neg(mul(v["b"], ("pow", x, v["p"])))))


def _exp_value(v: Values, n: Orders) -> Term:
    def f(a: Term, _: Term) -> Term:
        return mul(fn("gamma", div(a, v["p"])), ("pow", v["b"], neg(div(a, v["p"]))), _over_size(v["p"]))

    return _derived(f, (v["a"], ONE), (n["k"], 0))


def _over_size(p: Term) -> Term:
    return power(fn("abs", p), -1)


def _rational_integrand(v: Values, n: Orders, x: Term) -> Term:
    base = add(ONE, mul(v["b"], ("pow", x, v["p"])))
    return mul(("pow", x, sub(v["a"], ONE)), _logs(x, n["k"]), ("pow", base, neg(v["q"])), _logs(base, n["m"]))


def _rational_value(v: Values, n: Orders) -> Term:
    def f(a: Term, q: Term) -> Term:
        s = div(a, v["p"])
        gammas = div(mul(fn("gamma", s), fn("gamma", sub(q, s))), fn("gamma", q))
        return mul(gammas, ("pow", v["b"], neg(s)), _over_size(v["p"]))

    return mul(num((-1) ** n["m"]), _derived(f, (v["a"], v["q"]), (n["k"], n["m"])))


def _beta_integrand(v: Values, n: Orders, x: Term) -> Term:
    base = sub(ONE, ("pow", x, v["p"]))
    return mul(("pow", x, sub(v["a"], ONE)), _logs(x, n["k"]), ("pow", base, sub(v["q"], ONE)), _logs(base, n["m"]))


def _beta_value(v: Values, n: Orders) -> Term:
    def f(a: Term, q: Term) -> Term:
        return div(_beta(div(a, v["p"]), q), v["p"])

    return _derived(f, (v["a"], v["q"]), (n["k"], n["m"]))


def _psi_integrand(v: Values, n: Orders, x: Term) -> Term:
    return mul(("pow", x, sub(v["a"], ONE)), _logs(x, n["k"]), power(sub(ONE, ("pow", x, v["p"])), -1))


def _psi_value(v: Values, n: Orders) -> Term:
    k = n["k"]
    return neg(mul(fn("polygamma", num(k), div(v["a"], v["p"])), power(v["p"], -k - 1)))


def _sine_integrand(v: Values, n: Orders, x: Term) -> Term:
    s, c = fn("sin", x), fn("cos", x)
    return mul(("pow", s, sub(v["a"], ONE)), ("pow", c, sub(v["q"], ONE)), _logs(s, n["k"]), _logs(c, n["m"]))


def _sine_value(v: Values, n: Orders) -> Term:
    def f(a: Term, q: Term) -> Term:
        return mul(HALF, _beta(mul(HALF, a), mul(HALF, q)))

    return _derived(f, (v["a"], v["q"]), (n["k"], n["m"]))


# --- waves ------------------------------------------------------------------------------------------------------------


def _normal(v: Values, x: Term) -> Term:
    z = div(sub(x, v["m"]), v["s"])
    return mul(fn("exp", neg(mul(HALF, power(z, 2)))), power(mul(v["s"], sqrt(mul(TWO, PI))), -1))


def _angle(v: Values, x: Term) -> Term:
    return add(mul(v["omega"], x), v["phi"])


def _gaussian(wave: str) -> Row:
    return Row(
        LINE,
        "omega phi m s",
        lambda v: [v["s"]],
        lambda v, n, x: mul(fn(wave, _angle(v, x)), _normal(v, x)),
        lambda v, n: mul(fn(wave, _angle(v, v["m"])), fn("exp", neg(mul(HALF, power(mul(v["omega"], v["s"]), 2))))),
    )


def _gamma_value(v: Values, wave: str) -> Term:
    a, b, omega, phi = v["a"], v["b"], v["omega"], v["phi"]
    size = add(power(b, 2), power(omega, 2))
    if a[0] == "num" and a[2] == 1 and a[1] <= 12:  # e^(iφ) (n−1)! (b + iω)^n/(b² + ω²)^n, multiplied out
        re, im, f = fn("cos", phi), fn("sin", phi), 1
        for k in range(a[1]):
            re, im = sub(mul(re, b), mul(im, omega)), add(mul(re, omega), mul(im, b))
            f *= max(k, 1)
        return mul(num(f), re if wave == "cos" else im, power(size, -a[1]))
    turn = add(mul(a, fn("atan", div(omega, b))), phi)
    return mul(fn("gamma", a), ("pow", size, neg(mul(HALF, a))), fn(wave, turn))


def _gamma(wave: str) -> Row:
    return Row(
        HALF_LINE,
        "a b omega phi",
        lambda v: [v["a"], v["b"]],
        lambda v, n, x: mul(("pow", x, sub(v["a"], ONE)), fn("exp", neg(mul(v["b"], x))), fn(wave, _angle(v, x))),
        lambda v, n: _gamma_value(v, wave),
    )


def _cauchy(wave: str) -> Row:
    return Row(
        LINE,
        "omega phi m s",
        lambda v: [v["s"]],
        lambda v, n, x: mul(fn(wave, _angle(v, x)), power(add(ONE, power(div(sub(x, v["m"]), v["s"]), 2)), -1)),
        lambda v, n: mul(PI, v["s"], fn("exp", neg(mul(v["s"], fn("abs", v["omega"])))), fn(wave, _angle(v, v["m"]))),
    )


def _bridge_value(v: Values, n: Orders) -> Term:
    k = n["n"]

    def f(a: Term, b: Term) -> Term:
        return mul(sqrt(div(PI, b if k >= 0 else a)), fn("exp", neg(mul(TWO, sqrt(a), sqrt(b)))))

    times = (0, k) if k >= 0 else (-1 - k, 0)
    return mul(num((-1) ** sum(times)), _derived(f, (v["a"], v["b"]), times))


_EXPONENTS: Final = {"k": 0, "m": 0}

ROWS: Final[Mapping[str, Row]] = {
    "mellin_exp": Row(
        HALF_LINE, "a b p", lambda v: [v["b"], div(v["a"], v["p"])], _exp_integrand, _exp_value, {"k": 0}, "p"
    ),
    "mellin_rational": Row(
        HALF_LINE,
        "a b p q",
        lambda v: [v["b"], div(v["a"], v["p"]), sub(v["q"], div(v["a"], v["p"]))],
        _rational_integrand,
        _rational_value,
        _EXPONENTS,
        "p",
    ),
    "mellin_beta": Row(
        (ZERO, ONE), "a p q", lambda v: [v["a"], v["p"], v["q"]], _beta_integrand, _beta_value, _EXPONENTS
    ),
    "mellin_psi": Row((ZERO, ONE), "a p", lambda v: [v["a"], v["p"]], _psi_integrand, _psi_value, {"k": 1}),
    "sine_powers": Row(
        (ZERO, mul(HALF, PI)), "a q", lambda v: [v["a"], v["q"]], _sine_integrand, _sine_value, _EXPONENTS
    ),
    "gaussian_cos": _gaussian("cos"),
    "gaussian_sin": _gaussian("sin"),
    "gamma_cos": _gamma("cos"),
    "gamma_sin": _gamma("sin"),
    "cauchy_cos": _cauchy("cos"),
    "cauchy_sin": _cauchy("sin"),
    "cauchy_log": Row(
        LINE,
        "a b m s",
        lambda v: [v["s"], v["b"]],
        lambda v, n, x: mul(
            fn("log", add(power(sub(x, v["a"]), 2), power(v["b"], 2))),
            power(add(ONE, power(div(sub(x, v["m"]), v["s"]), 2)), -1),
        ),
        lambda v, n: mul(PI, v["s"], fn("log", add(power(sub(v["m"], v["a"]), 2), power(add(v["s"], v["b"]), 2)))),
    ),
    "gaussian_erf": Row(
        LINE,
        "alpha beta m s",
        lambda v: [v["s"]],
        lambda v, n, x: mul(fn("erf", add(v["alpha"], mul(v["beta"], x))), _normal(v, x)),
        lambda v, n: fn(
            "erf",
            mul(
                add(v["alpha"], mul(v["beta"], v["m"])),
                ("pow", add(ONE, mul(TWO, power(mul(v["beta"], v["s"]), 2))), num(-1, 2)),
            ),
        ),
    ),
    "half_erf": Row(
        HALF_LINE,
        "a beta",
        lambda v: [v["a"]],
        lambda v, n, x: mul(fn("erf", mul(v["beta"], x)), fn("exp", neg(mul(v["a"], power(x, 2))))),
        lambda v, n: mul(fn("atan", div(v["beta"], sqrt(v["a"]))), power(sqrt(mul(PI, v["a"])), -1)),
    ),
    "frullani": Row(
        HALF_LINE,
        "a b",
        lambda v: [v["a"], v["b"]],
        lambda v, n, x: div(sub(fn("exp", neg(mul(v["a"], x))), fn("exp", neg(mul(v["b"], x)))), x),
        lambda v, n: fn("log", div(v["b"], v["a"])),
    ),
    "sine_over": Row(
        HALF_LINE,
        "a omega",
        lambda v: [v["a"]],
        lambda v, n, x: mul(fn("exp", neg(mul(v["a"], x))), fn("sin", mul(v["omega"], x)), power(x, MINUS)),
        lambda v, n: fn("atan", div(v["omega"], v["a"])),
    ),
    "bridge": Row(
        HALF_LINE,
        "a b",
        lambda v: [v["a"], v["b"]],
        lambda v, n, x: mul(("pow", x, num(2 * n["n"] - 1, 2)), fn("exp", neg(add(div(v["a"], x), mul(v["b"], x))))),
        _bridge_value,
        {"n": -5},
    ),
}
