"""Behaviour at ends, regularity, integrability and domination as the auditor sees them, on the tables the kernel is
held to: first what must never be accepted, then what must be. And some of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kernel_terms import T, box, context
from test_growth import CONTINUOUS, LIMITS, NOT_CONTINUOUS
from test_growth import UNKNOWN as NO_LIMIT
from test_integrability import C1, CONVERGES, DIVERGES, DOMINATED, NOT_DOMINATED, UNKNOWN

from symrep.audit.context import Ctx
from symrep.audit.data import No
from symrep.audit.ends import limit
from symrep.audit.integrability import differentiable, integrable
from symrep.audit.normal import same_everywhere
from symrep.audit.regular import CONTINUOUS as AT_LEAST_CONTINUOUS
from symrep.audit.regular import SMOOTH, Interior
from symrep.claim import Context, FunctionSpec

GROWS = FunctionSpec(smooth=1, growth=3)


def seen(ctx: Context) -> Ctx:
    return Ctx.read(json.loads(json.dumps(ctx.to_json())))


# --- ∫ |h| ------------------------------------------------------------------------------------------------------------

MORE_DIVERGE = [
    ("1/(x*log(x)*log(log(x)))", "x 3 oo", "", ""),
    ("exp(-x)*x**(a - 1)", "x 0 oo", "a real", "a > -1"),
    ("x**(-1)*(1 - x)**(-1)", "x 0 1", "", ""),
    ("exp(x)/(1 + exp(x))", "x -oo oo", "", ""),
    ("exp(-x)", "x oo 0", "", ""),
    ("1", "x 1 1", "", ""),
    ("exp(-x)/sin(x)", "x 0 oo", "", ""),
    ("gamma(x)", "x 0 1", "", ""),
    ("digamma(x)", "x 0 1", "", ""),
    ("exp(-x*y)", "x 0 oo; y 0 oo", "", ""),
    ("1/(x**2 + y**2)", "x 0 1; y 0 1", "", ""),
    ("1/(x + y)", "x 0 oo; y 0 oo", "", ""),
    ("exp(-x)", "x 0 oo; y 0 oo", "", ""),
    ("(1 + x**2*y**2)**a*exp(-x**2/2)/(1 + y**2)", "x -oo oo; y -oo oo", "a real", ""),
    ("(1 + x**2*y**2)**(a - 1)*exp(-x**2/2)/(1 + y**2)", "x -oo oo; y -oo oo", "a positive", ""),
    ("exp(-(x + y)**2)", "x -oo oo; y -oo oo", "", ""),
    ("f(x*y)*exp(-x)", "x 0 oo; y 0 oo", "", ""),
    ("1/(1 + sin(x))*exp(-x)", "x 0 oo", "", ""),
    ("log(x)*exp(-x)", "x -1 oo", "", ""),
    ("x**(-1/2)*exp(-x)", "x -1 oo", "", ""),
    ("tan(x)", "x 0 2", "", ""),
    ("diff(f(x), x)*exp(-x)", "x 0 oo", "", ""),
    ("a**x*exp(-x)", "x 0 oo", "a positive", ""),
    ("erfc(-x)", "x 0 oo", "", ""),
    ("cosh(x)*exp(-x)", "x 0 oo", "", ""),
    ("(1 if x > a else 1/x)", "x 0 1", "a real", ""),
    ("(exp(x) if x > a else exp(-x))", "x 0 oo", "a real", ""),
    ("1/abs(x - a)", "x 0 1", "a unit", ""),
    ("exp(-abs(x)*a)", "x -oo oo", "a nonnegative", ""),
]
MORE_CONVERGE = [
    ("1/(x*log(x)**2)", "x 2 oo", "", ""),
    ("exp(-x)*x**(a - 1)", "x 0 oo", "a real", "a > 0"),
    ("exp(-x)/sqrt(abs(x - a))", "x 0 oo", "a positive", ""),
    ("gamma(x)*x", "x 0 1", "", ""),
    ("gamma(x)*exp(-x**2)*x", "x 0 oo", "", ""),
    ("loggamma(x)*exp(-x)", "x 0 oo", "", ""),
    ("digamma(x)*x*exp(-x)", "x 0 oo", "", ""),
    ("a**x*exp(-x**2)", "x -oo oo", "a positive", ""),
    ("erfc(x)", "x 0 oo", "", ""),
    ("x**5*erfc(x)*exp(x**2/2)", "x 0 oo", "", ""),
    ("exp(-abs(x - a)*b)*abs(x)**c", "x -oo oo", "a real, b positive, c positive", ""),
    ("1/(1 + x**2 + y**2)*exp(-abs(x) - abs(y))", "x -oo oo; y -oo oo", "", ""),
    ("exp(-x**2/2 - (y - a*x)**2/2)*y**2", "x -oo oo; y -oo oo", "a real", ""),
    ("max(x, y)*exp(-x - y)", "x 0 oo; y 0 oo", "", ""),
    ("log(1 + exp(x))*exp(-x**2)", "x -oo oo", "", ""),
    ("exp(x - exp(x))", "x -oo oo", "", ""),
    ("1/cosh(x)", "x -oo oo", "", ""),
    ("(exp(-x) if x > a else exp(x))", "x -oo oo", "a real", ""),
]


@pytest.mark.parametrize(("body", "where", "symbols", "given"), [*DIVERGES, *UNKNOWN, *MORE_DIVERGE])
def test_is_not_integrable(body: str, where: str, symbols: str, given: str) -> None:
    with pytest.raises(No):
        integrable(T(body), box(where), seen(context(symbols, given)))


@pytest.mark.parametrize(("body", "where", "symbols", "given"), [*CONVERGES, *MORE_CONVERGE])
def test_is_integrable(body: str, where: str, symbols: str, given: str) -> None:
    integrable(T(body), box(where), seen(context(symbols, given, f=C1)))


# --- d/dθ ∫ h = ∫ ∂_θ h -----------------------------------------------------------------------------------------------

MORE_UNDOMINATED = [
    ("exp(-x*theta)*theta", "x 0 oo", "theta", "theta nonnegative", ""),
    ("exp(-x)*sqrt(theta)", "x 0 oo", "theta", "theta nonnegative", ""),
    ("abs(theta)**3*exp(-theta**2*abs(x))", "x -oo oo", "theta", "theta real", ""),
    ("heaviside(x - theta)*heaviside(x - abs(theta))*exp(-x**2)", "x -oo oo", "theta", "theta real", ""),
    ("heaviside(x - theta)*(x - theta)**2/(x - theta)*exp(-x**2)", "x -oo oo", "theta", "theta real", ""),
    ("x**theta", "x 0 1", "theta", "theta real", "theta > -1/2,theta <= 1"),
    ("max(x, theta)*exp(-x)", "x 0 oo", "theta", "theta integer", ""),
    ("exp(-x)/(theta - 1)", "x 0 oo", "theta", "theta positive", ""),
    ("sign(theta)*exp(-x)", "x 0 oo", "theta", "theta real", ""),
    ("f(theta*x)*exp(-x)", "x 0 oo", "theta", "theta real", ""),
    ("(1 if x**2 > theta else 0)*exp(-x**2)", "x -oo oo", "theta", "theta positive", ""),
    ("(x if x > theta else theta + 1)*exp(-x**2)", "x -oo oo", "theta", "theta real", ""),
    ("exp(-(x - y*theta)**2)", "x -oo oo; y -oo oo", "theta", "theta real", ""),
]
MORE_DOMINATED = [
    ("theta**2*exp(-theta*x)", "x 0 oo", "theta", "theta positive", ""),
    ("max(x, theta)*exp(-abs(x))", "x -oo oo", "theta", "theta real", ""),
    ("(x if x > theta else theta)*exp(-x**2)", "x -oo oo", "theta", "theta real", ""),
    ("gamma(theta + x)*exp(-x**2)", "x 0 oo", "theta", "theta positive", ""),
    ("abs(x - theta)**(3/2)*exp(-abs(x))", "x -oo oo", "theta", "theta real", ""),
    ("erf(theta*x)*exp(-x**2)", "x -oo oo", "theta", "theta real", ""),
    ("f(theta)*exp(-x)", "x 0 oo", "theta", "theta real", ""),
]


@pytest.mark.parametrize(
    ("body", "where", "theta", "symbols", "given"),
    [*(row[:5] for row in NOT_DOMINATED if row[5] != "any"), *MORE_UNDOMINATED],
)
def test_derivative_does_not_pass_inside(body: str, where: str, theta: str, symbols: str, given: str) -> None:
    with pytest.raises(No):
        differentiable(T(body), box(where), theta, seen(context(symbols, given)))


@pytest.mark.parametrize(("body", "where", "thetas", "symbols", "given"), [*DOMINATED, *MORE_DOMINATED])
def test_derivative_passes_inside(body: str, where: str, thetas: str, symbols: str, given: str) -> None:
    for theta in thetas.split():
        differentiable(T(body), box(where), theta, seen(context(symbols, given, f=C1)))


def test_growth_and_smoothness_have_to_be_declared() -> None:
    body, where = T("f(mu + sigma*x)*exp(-x**2)"), box("x -oo oo")
    for spec in (
        None,
        FunctionSpec(),
        FunctionSpec(smooth=0, growth=2),
        FunctionSpec(smooth=1),
        FunctionSpec(growth=1),
    ):
        ctx = context("mu real, sigma positive", **({"f": spec} if spec else {}))
        with pytest.raises(No):
            differentiable(body, where, "mu", seen(ctx))


# --- limits and regularity --------------------------------------------------------------------------------------------


def _place(t: str, end: str, side: str) -> tuple[str, tuple[Any, Any], int]:
    x = "u" if "u" in t and "x" not in t else "x"
    interval = (T("0"), T("1")) if x == "u" else (T("-oo"), T("oo"))
    if end in ("oo", "-oo"):
        return x, interval, int(end == "oo")
    return x, (T(end), interval[1]) if side == "+" else (interval[0], T(end)), int(side == "-")


@pytest.mark.parametrize(("t", "end", "side", "symbols"), NO_LIMIT)
def test_no_limit_is_claimed(t: str, end: str, side: str, symbols: str) -> None:
    x, interval, at = _place(t, end, side)
    with pytest.raises(No):
        limit(T(t), x, interval, at, seen(context(symbols, f=GROWS)))


MORE_LIMITS = [
    ("loggamma(x) - (x - 1/2)*log(x) + x", "oo", "-", "log(2*pi)/2", ""),
    ("gamma(x)*x", "0", "+", "1", ""),
    ("digamma(x)*x", "0", "+", "-1", ""),
    ("digamma(x) - log(x)", "oo", "-", "0", ""),
    ("tanh(a*x)", "oo", "-", "1", "a positive"),
    ("acosh(x) - log(x)", "oo", "-", "log(2)", ""),
    ("(1 + a/x)**x", "oo", "-", "exp(a)", "a real"),
    ("x**(1/x)", "oo", "-", "1", ""),
    ("atan(x)*x - pi*x/2", "oo", "-", "-1", ""),
    ("max(x, a)/x", "oo", "-", "1", "a real"),
    ("erfinv(u)/sqrt(-log(1 - u))", "1", "-", "1", ""),
]


@pytest.mark.parametrize(("t", "end", "side", "value", "symbols"), [*LIMITS, *MORE_LIMITS])
def test_limit(t: str, end: str, side: str, value: str, symbols: str) -> None:
    x, interval, at = _place(t, end, side)
    ctx = seen(context(symbols, f=GROWS))
    got, wanted = limit(T(t), x, interval, at, ctx), T(value)
    assert got == wanted if wanted[0] == "inf" else got[0] != "inf" and same_everywhere(got, wanted, ctx)


@pytest.mark.parametrize(("t", "lo", "hi", "symbols", "smooth"), NOT_CONTINUOUS)
def test_is_not_regular(t: str, lo: str, hi: str, symbols: str, smooth: bool) -> None:
    inside = seen(context(symbols)).inside({"x": (T(lo), T(hi))})
    with pytest.raises(No):
        Interior(inside, {"x"}).need(T(t), SMOOTH if smooth else AT_LEAST_CONTINUOUS)


@pytest.mark.parametrize(("t", "lo", "hi", "symbols", "smooth"), CONTINUOUS)
def test_is_regular(t: str, lo: str, hi: str, symbols: str, smooth: bool) -> None:
    inside = seen(context(symbols, f=FunctionSpec(smooth=1))).inside({"x": (T(lo), T(hi))})
    Interior(inside, {"x"}).need(T(t), SMOOTH if smooth else AT_LEAST_CONTINUOUS)


def test_what_is_said_of_a_name_outside_is_not_believed_inside() -> None:
    with pytest.raises(No):
        integrable(T("1/x"), box("x -1 1"), seen(context("x positive", "x > 0")))
    with pytest.raises(No):
        integrable(T("exp(-x)"), box("x -oo oo"), seen(context("x positive")))


def test_one_sum_says_nothing_of_another_with_the_same_index() -> None:
    def logs(lo: int) -> Any:
        return ("sum", T("log(i)"), ("i", T(lo), T("n")))

    ctx = seen(context("n positive integer")).inside({"x": (T(0), T(1))})
    regular = Interior(ctx, {"x"})
    regular.level(logs(1))
    with pytest.raises(No):
        regular.level(logs(0))
