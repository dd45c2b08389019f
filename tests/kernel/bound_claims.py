"""Claims by one inequality, true ones and ones built to slip through; put to both checkers."""

from __future__ import annotations

from typing import Any, Final

from kernel_terms import T, context
from theorem_terms import law, mean, normal, uniform

from symrep.claim import Claim, Context, FunctionSpec
from symrep.term import Term, mul, num, power

TRUE: Final[dict[str, Claim]] = {}
#: name -> (claim, why it is false or not shown)
FALSE: Final[dict[str, Claim]] = {}

MASS_NORMAL: Final = [
    {"kind": "ftc", "integrand": normal()[2],
     "pieces": [{"lo": T("-oo"), "hi": T("oo"), "antiderivative": T("erf(x/sqrt(2))/2")}]}
]  # fmt: skip
MASS_UNIFORM: Final = [
    {"kind": "ftc", "integrand": T("1/(1-0)"), "pieces": [{"lo": T(0), "hi": T(1), "antiderivative": T("x")}]}
]
PARETO: Final = law("2/x**3", ("x", 1, "oo"))
MASS_PARETO: Final = [
    {"kind": "ftc", "integrand": T("2/x**3"), "pieces": [{"lo": T(1), "hi": T("oo"), "antiderivative": T("-1/x**2")}]}
]
EXPONENTIAL: Final = law("exp(-x)", ("x", 0, "oo"))
MASS_EXPONENTIAL: Final = [
    {"kind": "ftc", "integrand": T("exp(-x)"),
     "pieces": [{"lo": T(0), "hi": T("oo"), "antiderivative": T("-exp(-x)")}]}
]  # fmt: skip


def _t(x: Any) -> Any:
    if isinstance(x, list):
        return x
    return x if isinstance(x, (tuple, dict)) else T(x)


def bound(
    theorem: str, before: Any, op: str, after: Any, ctx: Context, lhs: Any = None, rhs: Any = None, **data: Any
) -> Claim:
    factor = {"factor": _t(data.pop("factor"))} if "factor" in data else {}
    variable = {"variable": data.pop("variable")} if "variable" in data else {}
    inner = {"theorem": theorem, "lhs": _t(before if lhs is None else lhs), "rhs": _t(after if rhs is None else rhs)}
    inner |= {**variable, **{k: _t(v) for k, v in data.items()}}
    return Claim("bound", {"before": _t(before), "after": _t(after), "op": op, "bound": inner, **factor}, ctx)


def jensen(phi: str, g: str, its_law: Term, mass: list[Any], op: str, **more: Any) -> Claim:
    """E φ(g) op φ(E g), φ in t on (low, high)."""
    from symrep.term import substitute

    ctx = more.pop("ctx", context(""))
    low, high = more.pop("low", "-oo"), more.pop("high", "oo")
    before = more.pop("before", mean(substitute(T(phi), {"t": T(g)}), its_law))
    after = more.pop("after", substitute(T(phi), {"t": mean(g, its_law)}))
    data = {"variable": "t", "phi": phi, "low": low, "high": high, "inner": g, "law": its_law, "mass": mass, **more}
    return bound("jensen", before, op, after, ctx, **data)


# --- Jensen -----------------------------------------------------------------------------------------------------------

TRUE["E exp x >= exp E x"] = jensen("exp(t)", "x", normal(), MASS_NORMAL, ">=")
FALSE["E exp x <= exp E x: 1.65 against 1"] = jensen("exp(t)", "x", normal(), MASS_NORMAL, "<=")
TRUE["E x**2 >= (E x)**2"] = jensen("t**2", "x", normal(), MASS_NORMAL, ">=")
TRUE["E log x <= log E x on (1, oo)"] = jensen("log(t)", "x", PARETO, MASS_PARETO, "<=", low=0)
FALSE["E log x >= log E x"] = jensen("log(t)", "x", PARETO, MASS_PARETO, ">=", low=0)
TRUE["E 1/(1 + x) >= 1/(1 + E x)"] = jensen("1/(1 + t)", "x", EXPONENTIAL, MASS_EXPONENTIAL, ">=", low=-1)
FALSE["x**3 is not convex on the line"] = jensen("t**3", "x", normal(), MASS_NORMAL, ">=")
TRUE["x**3 is convex on (0, oo)"] = jensen("t**3", "x", uniform(), MASS_UNIFORM, ">=", low=0)
# φ'' = 0 off the kink, and yet E(−|x|) = −0.8 < −|E x| = 0
FALSE["-|x| bends at 0 only"] = jensen("-abs(t)", "x", normal(), MASS_NORMAL, ">=")
FALSE["a step has no second derivative to speak of"] = jensen("heaviside(t - 1)", "x", PARETO, MASS_PARETO, ">=", low=0)
# 1/t is convex on (0, oo) only; x − 3 takes both signs
FALSE["values outside the interval"] = jensen(
    "1/t", "x - 3", PARETO, MASS_PARETO, ">=", low=0, before=mean("1/(x-3)", PARETO)
)
FALSE["the interval holds the pole"] = jensen("1/t", "x", PARETO, MASS_PARETO, ">=", low=-1)
# a Pareto law with tail index 2 has no second moment
FALSE["E x**2 is infinite"] = jensen("t**2", "x", PARETO, MASS_PARETO, ">=")
# half the mass: E 1 = 1/2, and E x**2 = 1/2 · … would compare with another mean
HALF = law("exp(-x)/2", ("x", 0, "oo"))
FALSE["a law of mass 1/2"] = jensen("exp(-t)", "x", HALF, MASS_EXPONENTIAL, ">=", low=0)
# 3 exp(-x) − 4 exp(−2x) has mass one and is negative near 0
SIGNED = law("3*exp(-x) - 4*exp(-2*x)", ("x", 0, "oo"))
MASS_SIGNED = [
    {"kind": "ftc", "integrand": SIGNED[2],
     "pieces": [{"lo": T(0), "hi": T("oo"), "antiderivative": T("-3*exp(-x) + 2*exp(-2*x)")}]}
]  # fmt: skip
FALSE["a density that is negative somewhere"] = jensen("t**2", "x", SIGNED, MASS_SIGNED, ">=", low=0)
# with φ(t) = t²·x the "mean" would be taken inside only in part
FALSE["the function depends on the variable of the law"] = jensen(
    "x*t**2", "x", uniform(), MASS_UNIFORM, ">=", low=0, before=mean("x*x**2", uniform()),
    after=mul(T("x"), power(mean("x", uniform()), num(2))), ctx=context("x real"),
)  # fmt: skip
FALSE["the variable of the function is a symbol with a meaning"] = jensen(
    "exp(t)", "x*t", uniform(), MASS_UNIFORM, ">=", ctx=context("t real")
)
TRUE["with a factor that turns it"] = jensen(
    "exp(t)", "x", normal(), MASS_NORMAL, "<=", before=mul(num(-2), mean("exp(x)", normal())),
    after=mul(num(-2), ("fn", "exp", mean("x", normal()))),
    lhs=mean("exp(x)", normal()), rhs=("fn", "exp", mean("x", normal())), factor=-2,
)  # fmt: skip
FALSE["a factor of unknown sign"] = jensen(
    "exp(t)", "x", normal(), MASS_NORMAL, ">=", before=mul(T("a"), mean("exp(x)", normal())),
    after=mul(T("a"), ("fn", "exp", mean("x", normal()))), lhs=mean("exp(x)", normal()),
    rhs=("fn", "exp", mean("x", normal())), factor="a", ctx=context("a real"),
)  # fmt: skip
FALSE["a factor that is not there"] = jensen(
    "exp(t)", "x", normal(), MASS_NORMAL, ">=", before=mean("exp(x)", normal()),
    after=mul(num(2), ("fn", "exp", mean("x", normal()))), lhs=mean("exp(x)", normal()),
    rhs=("fn", "exp", mean("x", normal())), factor=1,
)  # fmt: skip
FALSE["a declared function need not be convex"] = jensen(
    "f(t)", "x", normal(), MASS_NORMAL, ">=", ctx=context("", f=FunctionSpec(smooth=2, growth=2))
)
FALSE["an inequality for an equality"] = jensen("exp(t)", "x", normal(), MASS_NORMAL, "==")
FALSE["an inequality for a strict one"] = jensen("exp(t)", "x", normal(), MASS_NORMAL, ">")

# --- Gibbs ------------------------------------------------------------------------------------------------------------

NARROW = normal("x", "0", "1/2")
MASS_NARROW = [
    {"kind": "ftc", "integrand": NARROW[2],
     "pieces": [{"lo": T("-oo"), "hi": T("oo"), "antiderivative": T("erf(x*sqrt(2))/2")}]}
]  # fmt: skip
RATIO = T("log(exp(-x**2/2)/sqrt(2*pi)) - log(exp(-(x-(0))**2/(2*(1/2)**2))/((1/2)*sqrt(2*pi)))")


def gibbs(p: Term, q: Term, mass_p: Any, mass_q: Any, op: str, ratio: Any, after: Any = 0) -> Claim:
    data = {"p": p, "q": q, "mass_p": mass_p, "mass_q": mass_q}
    return bound("gibbs", mean(ratio, p), op, after, context(""), **data)


TRUE["KL of two normal laws >= 0"] = gibbs(normal(), NARROW, MASS_NORMAL, MASS_NARROW, ">=", RATIO)
FALSE["KL <= 0"] = gibbs(normal(), NARROW, MASS_NORMAL, MASS_NARROW, "<=", RATIO)
FALSE["KL >= 1"] = gibbs(normal(), NARROW, MASS_NORMAL, MASS_NARROW, ">=", RATIO, 1)
# q = 2 exp(−x) has mass two: E_p[log p − log q] = −log 2
TWICE = law("2*exp(-x)", ("x", 0, "oo"))
FALSE["the second law has mass two"] = gibbs(
    EXPONENTIAL, TWICE, MASS_EXPONENTIAL, MASS_EXPONENTIAL, ">=", "log(exp(-x)) - log(2*exp(-x))"
)
FALSE["the supports differ"] = gibbs(
    uniform(), EXPONENTIAL, MASS_UNIFORM, MASS_EXPONENTIAL, ">=", "log(1/(1-0)) - log(exp(-x))"
)

# --- tangents ---------------------------------------------------------------------------------------------------------


def tangent(phi: str, a: Any, b: Any, before: Any, op: str, after: Any, ctx: Context, low: Any = "-oo") -> Claim:
    data = {"variable": "t", "phi": phi, "low": low, "high": "oo", "point": a, "at": b}
    return bound("tangent", before, op, after, ctx, **data)


TRUE["log s <= s - 1"] = tangent("log(t)", "s", 1, "log(s)", "<=", "s - 1", context("s positive"), 0)
FALSE["log s >= s - 1"] = tangent("log(t)", "s", 1, "log(s)", ">=", "s - 1", context("s positive"), 0)
FALSE["log s <= s - 2"] = tangent("log(t)", "s", 1, "log(s)", "<=", "s - 2", context("s positive"), 0)
FALSE["the logarithm off its domain"] = tangent("log(t)", "s", 1, "log(s)", "<=", "s - 1", context("s real"), 0)
TRUE["exp y >= 1 + y"] = tangent("exp(t)", "y", 0, "exp(y)", ">=", "1 + y", context("y real"))
FALSE["the tangent at another point"] = tangent("exp(t)", "y", 1, "exp(y)", ">=", "1 + y", context("y real"))
FALSE["the tangent of |t| at 0 from formal derivatives"] = tangent(
    "-abs(t)", "y", 1, "-abs(y)", ">=", "-y", context("y real")
)
FALSE["the sine is not convex"] = tangent("sin(t)", "y", 0, "sin(y)", "<=", "y", context("y real"))

# --- monotone, Cauchy–Schwarz -----------------------------------------------------------------------------------------


def monotone(f: str, g: str, its_law: Term, **more: Any) -> Claim:
    data = {"law": its_law, "below": f, "above": g, **more}
    return bound("monotone", mean(f, its_law), "<=", mean(g, its_law), context(""), **data)


TANGENT = {
    "theorem": "tangent", "variable": "t", "phi": T("log(t)"), "low": T(0), "high": T("oo"), "point": T("x"),
    "at": T(1), "lhs": T("log(x)"), "rhs": T("x - 1"),
}  # fmt: skip
TRUE["E x <= E (x**2 + 1)"] = monotone("x", "x**2 + 1", normal())
FALSE["E x <= E x**2: not everywhere"] = monotone("x", "x**2", normal())
TRUE["E log x <= E (x - 1), by the tangent"] = monotone("log(x)", "x - 1", PARETO, pointwise=TANGENT)
FALSE["E log x <= E (x - 2), by the tangent"] = monotone("log(x)", "x - 2", PARETO, pointwise=TANGENT)
FALSE["E x <= E x**2, infinite"] = monotone("x", "x**2", PARETO)
FALSE["under a signed density"] = monotone("x", "x + 1", SIGNED)


def cauchy(f: str, g: str, its_law: Term, op: str = "<=") -> Claim:
    before = power(mean(mul(T(f), T(g)), its_law), num(2))
    after = mul(*(mean(power(T(h), num(2)), its_law) for h in (f, g)))
    return bound("cauchy_schwarz", before, op, after, context(""), law=its_law, first=f, second=g)


TRUE["Cauchy–Schwarz"] = cauchy("x", "exp(x)", normal())
FALSE["Cauchy–Schwarz turned round"] = cauchy("x", "exp(x)", normal(), ">=")
FALSE["Cauchy–Schwarz under a signed density"] = cauchy("x", "exp(-x)", SIGNED)
FALSE["Cauchy–Schwarz with an infinite moment"] = cauchy("x", "1", PARETO)
