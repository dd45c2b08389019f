"""Derivatives of integrals: the score, the interchange, the Leibniz rule."""

from __future__ import annotations

from typing import Any

from instances import BELL, HALF_LINE, LINE, PLACE, false, grad, t, true
from kernel_terms import T, context
from theorem_terms import integral, law, mean, normal, uniform, whole

from symrep.claim import FunctionSpec
from symrep.term import Term, add, neg, sub

# --- score ------------------------------------------------------------------------------------------------------------


def score(name: str, f: Any, its: Term, theta: str, rhs: Any, s: Any, ctx: Any, good: bool = False) -> None:
    claim = whole("score", grad(mean(f, its), theta), mean(rhs, its), ctx, score=t(s))
    (true if good else false)(f"score: {name}", claim)


POSITIVE = context("theta positive")
score(
    "a normal law",
    "x**2",
    normal("x", "mu", "sigma"),
    "mu",
    "x**2*(x - mu)/sigma**2",
    "(x - mu)/sigma**2",
    context(PLACE),
    good=True,
)
score("the support moves, −1/2 for 1/2", "x", uniform("x", "0", "theta"), "theta", "-x/theta", "-1/theta", POSITIVE)
score(
    "Pareto in its least value, 4.5 for 1.5",
    "x",
    law("3*m**3/x**4", ("x", "m", "oo")),
    "m",
    "3*x/m",
    "3/m",
    context("m positive"),
)
score(
    "another score", "x**2", normal("x", "mu", "sigma"), "mu", "x**2*(x - mu)/sigma", "(x - mu)/sigma", context(PLACE)
)
score(
    "the loss moves too",
    "mu*x",
    normal("x", "mu", "sigma"),
    "mu",
    "mu*x*(x - mu)/sigma**2",
    "(x - mu)/sigma**2",
    context(PLACE),
)
score(
    "no mean",
    "x",
    law("1/(pi*(1 + (x - m)**2))", ("x", *LINE)),
    "m",
    "x*2*(x - m)/(1 + (x - m)**2)",
    "2*(x - m)/(1 + (x - m)**2)",
    context("m real"),
)
score(
    "a loss nobody declared",
    "f(x)",
    normal("x", "mu", "sigma"),
    "mu",
    "f(x)*(x - mu)/sigma**2",
    "(x - mu)/sigma**2",
    context(PLACE),
)
score(
    "a loss without growth",
    "f(x)",
    normal("x", "mu", "sigma"),
    "mu",
    "f(x)*(x - mu)/sigma**2",
    "(x - mu)/sigma**2",
    context(PLACE, f=FunctionSpec(smooth=1)),
)
score(
    "a loss that jumps where the parameter is",
    "heaviside(x - mu)",
    normal("x", "mu", "sigma"),
    "mu",
    "heaviside(x - mu)*(x - mu)/sigma**2",
    "(x - mu)/sigma**2",
    context(PLACE),
)
score(
    "a loss that outgrows the tails",
    "exp(x**2)",
    normal("x", "mu", "sigma"),
    "mu",
    "exp(x**2)*(x - mu)/sigma**2",
    "(x - mu)/sigma**2",
    context(PLACE),
)
score(
    "a rate that may be 0",
    "x",
    law("theta*exp(-theta*x)", ("x", *HALF_LINE)),
    "theta",
    "x*(1/theta - x)",
    "1/theta - x",
    context("theta nonnegative"),
)


# --- interchange ------------------------------------------------------------------------------------------------------


def swap(
    name: str, body: Any, its: Term | tuple[Any, ...], theta: str, slope: Any, ctx: Any, good: bool = False
) -> None:
    if its[0] == "law":
        node, result = mean(body, its), mean(slope, its)
    else:
        node, result = integral(body, its), integral(slope, its)
    (true if good else false)(f"interchange: {name}", whole("interchange", grad(node, theta), result, ctx))


swap("a smooth path", "sin(mu + sigma*x)", normal(), "mu", "cos(mu + sigma*x)", context(PLACE), good=True)
swap("a kink", "abs(mu + sigma*x)", normal(), "mu", "sign(mu + sigma*x)", context(PLACE), good=True)
swap("a step, 0 for φ(θ/σ)/σ", "heaviside(mu + sigma*x)", normal(), "mu", 0, context(PLACE))
swap("a step as a case distinction", "1 if mu + sigma*x > 0 else 0", normal(), "mu", 0, context(PLACE))
swap("the second derivative of a kink", "sign(mu + sigma*x)", normal(), "mu", 0, context(PLACE))
swap("the second derivative of a kink in the scale", "sign(mu + sigma*x)*x", normal(), "sigma", 0, context(PLACE))
swap(
    "curvature of the Laplace law at its cusp, 0 for 1/b²",
    "sign(x - m)*exp(-abs(x))/2",
    ("x", *LINE),
    "m",
    0,
    context("m real"),
)
swap("an index drawn by a uniform", "a if u < p else b", uniform("u"), "p", 0, context("a real, b real, p unit"))
swap(
    "not dominated at 0: 0 for 1",
    "theta**3*exp(-theta**2*x)",
    ("x", *HALF_LINE),
    "theta",
    "(3*theta**2 - 2*theta**4*x)*exp(-theta**2*x)",
    context("theta real"),
)
swap("the law moves", "x**2", normal("x", "mu", "sigma"), "mu", 0, context(PLACE))
swap("the range moves", "x/theta", ("x", 0, "theta"), "theta", "-x/theta**2", POSITIVE)
swap("no mean on the path", "m + tan(pi*(u - 1/2))", uniform("u"), "m", 1, context("m real"))
swap(
    "the derivative is not integrable",
    "sin(theta*x)/(1 + x**2)",
    ("x", *LINE),
    "theta",
    "x*cos(theta*x)/(1 + x**2)",
    context("theta real"),
)
swap("a loss nobody declared", "f(mu + sigma*x)", normal(), "mu", "f_(mu + sigma*x)", context(PLACE))
swap(
    "a loss only continuous",
    "f(mu + sigma*x)",
    normal(),
    "mu",
    "f_(mu + sigma*x)",
    context(PLACE, f=FunctionSpec(smooth=0, growth=2)),
)
swap("a kink on more than a null set", "abs(mu)", normal(), "mu", "sign(mu)", context("mu real"))
swap("a kink for every x", "abs(mu*x)", normal(), "mu", "x*sign(mu*x)", context("mu real"))
swap(
    "an edge of the domain",
    "theta**(3/2)*x**2",
    normal(),
    "theta",
    "3*theta**(1/2)*x**2/2",
    context("theta nonnegative"),
)
swap("another derivative", "(mu + sigma*x)**2", normal(), "sigma", "2*(mu + sigma*x)", context(PLACE))
swap(
    "a root at a moving point",
    "sqrt(abs(x - theta))",
    ("x", 0, 1),
    "theta",
    "-sign(x - theta)/(2*sqrt(abs(x - theta)))",
    context("theta unit"),
)
swap("a whole part", "floor(mu + x)", normal(), "mu", 0, context("mu real"))
swap(
    "two steps that meet",
    "heaviside(x - theta)*heaviside(x - abs(theta))*exp(-x**2)",
    ("x", *LINE),
    "theta",
    0,
    context("theta real"),
)


# --- Leibniz ----------------------------------------------------------------------------------------------------------


def leibniz(
    name: str,
    lhs: Term,
    theta: str,
    rhs: Any,
    interior: Any,
    ctx: Any,
    *pieces: tuple[Any, Any, Any],
    good: bool = False,
) -> None:
    data = [{"lo": t(a), "hi": t(b), "integrand": t(g)} for a, b, g in pieces]
    claim = whole("leibniz", grad(lhs, theta), t(rhs), ctx, interior=t(interior), pieces=data)
    (true if good else false)(f"leibniz: {name}", claim)


UP_TO = integral("x*theta", ("x", 0, "theta"))
leibniz(
    "a moving limit",
    UP_TO,
    "theta",
    add(integral("x", ("x", 0, "theta")), T("theta**2")),
    "x",
    POSITIVE,
    (0, "theta", "x*theta"),
    good=True,
)
ROOT = integral("sqrt(theta - x)", ("x", 0, "theta"))
leibniz(
    "a boundary term left out", UP_TO, "theta", integral("x", ("x", 0, "theta")), "x", POSITIVE, (0, "theta", "x*theta")
)
leibniz(
    "a boundary term of the other sign",
    UP_TO,
    "theta",
    sub(integral("x", ("x", 0, "theta")), T("theta**2")),
    "x",
    POSITIVE,
    (0, "theta", "x*theta"),
)
leibniz(
    "the speed of the limit left out",
    integral("x", ("x", 0, "2*theta")),
    "theta",
    "2*theta",
    0,
    POSITIVE,
    (0, "2*theta", "x"),
)
leibniz(
    "a lower limit counted as an upper one",
    integral("exp(-x)", ("x", "theta", "oo")),
    "theta",
    "exp(-theta)",
    0,
    POSITIVE,
    ("theta", "oo", "exp(-x)"),
)
leibniz(
    "another interior",
    UP_TO,
    "theta",
    add(integral("x**2", ("x", 0, "theta")), T("theta**2")),
    "x**2",
    POSITIVE,
    (0, "theta", "x*theta"),
)
leibniz(
    "a gap between the pieces",
    integral("x*theta", ("x", 0, 3)),
    "theta",
    integral("x", ("x", 0, 3)),
    "x",
    POSITIVE,
    (0, 1, "x*theta"),
    (2, 3, "x*theta"),
)
leibniz(
    "pieces that do not reach the end",
    UP_TO,
    "theta",
    add(integral("x", ("x", 0, "theta")), T("theta**2/2")),
    "x",
    POSITIVE,
    (0, "theta/2", "x*theta"),
)
leibniz(
    "a jump inside a piece",
    mean("1 if x > theta else 0", normal()),
    "theta",
    0,
    0,
    context("theta real"),
    (*LINE, "exp(-x**2/2)/sqrt(2*pi)*(1 if x > theta else 0)"),
)
leibniz(
    "the height of the jump halved",
    mean("sign(x - theta)", normal()),
    "theta",
    "-exp(-theta**2/2)/sqrt(2*pi)",
    0,
    context("theta real"),
    ("-oo", "theta", neg(T(BELL))),
    ("theta", "oo", BELL),
)
leibniz(
    "a piece that is not the integrand",
    mean("1 if x > theta else 0", normal()),
    "theta",
    0,
    0,
    context("theta real"),
    ("-oo", "theta", BELL),
    ("theta", "oo", BELL),
)
leibniz(
    "unbounded at the moving end",
    integral("1/sqrt(theta - x)", ("x", 0, "theta")),
    "theta",
    integral("-(theta - x)**(-3/2)/2", ("x", 0, "theta")),
    "-(theta - x)**(-3/2)/2",
    POSITIVE,
    (0, "theta", "1/sqrt(theta - x)"),
)
leibniz(
    "not dominated at the fixed end",
    integral("x**(theta - 2)", ("x", 0, "theta")),
    "theta",
    add(integral("x**(theta - 2)*log(x)", ("x", 0, "theta")), T("theta**(theta - 2)")),
    "x**(theta - 2)*log(x)",
    POSITIVE,
    (0, "theta", "x**(theta - 2)"),
)
leibniz(
    "an edge of the domain",
    UP_TO,
    "theta",
    add(integral("x", ("x", 0, "theta")), T("theta**2")),
    "x",
    context("theta nonnegative"),
    (0, "theta", "x*theta"),
)
leibniz(
    "pieces in no order",
    integral("x*theta", ("x", 0, 1)),
    "theta",
    integral("x", ("x", 0, 1)),
    "x",
    context("theta real"),
    (0, "theta", "x*theta"),
    ("theta", 1, "x*theta"),
)
leibniz(
    "a limit with a kink",
    integral("1", ("x", -1, "abs(theta)")),
    "theta",
    "sign(theta)",
    0,
    context("theta real"),
    (-1, "abs(theta)", 1),
)
