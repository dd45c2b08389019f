"""Images of laws, reparameterised expectations, substituted integrals."""

from __future__ import annotations

from typing import Any

from instances import GROWS, HALF_LINE, LINE, PLACE, false, t, true
from kernel_terms import T, context
from theorem_terms import branch, integral, law, mean, normal, push, uniform, whole

from symrep.claim import FunctionSpec
from symrep.term import Term

# --- images -----------------------------------------------------------------------------------------------------------


def image(name: str, its: Term, h: Any, rhs: Any, ctx: Any, *branches: dict[str, Any], good: bool = False) -> None:
    claim = whole("pushforward", push(its, [h], ["y"]), t(rhs), ctx, target="t", branches=list(branches))
    (true if good else false)(f"pushforward: {name}", claim)


RIGHT, LEFT = branch(0, "oo", 0, "oo", "sqrt(t)"), branch("-oo", 0, 0, "oo", "-sqrt(t)")
SQUARE = "exp(-y/2)/sqrt(2*pi*y)"
UNIT = law("exp(-x)", ("x", *HALF_LINE))
image("a square", normal(), "x**2", SQUARE, context("y positive"), LEFT, RIGHT, good=True)
image(
    "a decreasing map",
    uniform(),
    "-log(x)",
    "exp(-y)",
    context("y positive"),
    branch(0, 1, 0, "oo", "exp(-t)"),
    good=True,
)
image("a branch left out, mass ½", normal(), "x**2", SQUARE + "/2", context("y positive"), RIGHT)
image("a branch counted twice", normal(), "x**2", SQUARE, context("y positive"), RIGHT, RIGHT)
image(
    "one branch over the whole line",
    normal(),
    "x**2",
    SQUARE + "/2",
    context("y positive"),
    branch(*LINE, 0, "oo", "sqrt(t)"),
)
image(
    "no Jacobian",
    normal(),
    "exp(x)",
    "exp(-log(y)**2/2)/sqrt(2*pi)",
    context("y positive"),
    branch(*LINE, 0, "oo", "log(t)"),
)
image(
    "an inverted Jacobian", normal(), "2*x", "2*exp(-y**2/8)/sqrt(2*pi)", context("y real"), branch(*LINE, *LINE, "t/2")
)
image("no absolute value", uniform(), "-log(x)", "-exp(-y)", context("y positive"), branch(0, 1, 0, "oo", "exp(-t)"))
image("an image too large", uniform(), "x**2", "1/(2*sqrt(y))", context("y positive"), branch(0, 1, 0, "oo", "sqrt(t)"))
image("an image forgotten", uniform(), "x**2", "1/(2*sqrt(y))", context("y positive"), branch(0, 1, 0, 1, "sqrt(t)"))
image("ends exchanged", uniform(), "-x", "1", context("y real"), branch(0, 1, 0, -1, "-t"))
image("another inverse", normal(), "2*x", "exp(-y**2/2)/sqrt(2*pi)", context("y real"), branch(*LINE, *LINE, "t"))
image(
    "the inverse of another branch",
    UNIT,
    "x**2",
    "exp(sqrt(y))/(2*sqrt(y))",
    context("y positive"),
    branch(*HALF_LINE, *HALF_LINE, "-sqrt(t)"),
)
image(
    "a map that turns back",
    normal(),
    "sin(x)",
    "exp(-asin(y)**2/2)/sqrt(2*pi*(1 - y**2))",
    context("y unit"),
    branch(*LINE, -1, 1, "asin(t)"),
)
image("a map that stands still", normal(), "0*x + 1", 0, context("y real"), branch(*LINE, 1, 1, "t"))
image(
    "a map with a pole",
    normal(),
    "1/x",
    "exp(-1/(2*y**2))/(sqrt(2*pi)*y**2)",
    context("y real"),
    branch(*LINE, *LINE, "1/t"),
)
image(
    "a map that jumps",
    normal(),
    "x + sign(x)",
    "exp(-(y - 1)**2/2)/sqrt(2*pi)",
    context("y positive"),
    branch(*LINE, *LINE, "t - sign(t)"),
)
image(
    "the density at an end of the image", UNIT, "x", 1, context("y real", "y == 0"), branch(*HALF_LINE, *HALF_LINE, "t")
)
for n, given in enumerate(("sign(y)**2 < 1/2", "y >= 0,y <= 0", "heaviside(y)*heaviside(-y) > 0")):
    image(
        f"the density at an end of the image, given in disguise {n}",
        UNIT,
        "x",
        1,
        context("y real", given),
        branch(*HALF_LINE, *HALF_LINE, "t"),
    )
image(
    "an increasing map with an unknown sign",
    normal(),
    "a*x",
    "exp(-y**2/(2*a**2))/(a*sqrt(2*pi))",
    context("a nonzero, y real"),
    branch(*LINE, *LINE, "t/a"),
)
MONOTONE = FunctionSpec(smooth=1, monotone="decreasing", inverse="g")
image(
    "a decreasing map declared, the sign left out",
    normal(),
    "h(x)",
    "exp(-g(y)**2/2)/sqrt(2*pi)*g_(y)",
    context("y real", h=MONOTONE, g=FunctionSpec(smooth=1, monotone="decreasing", inverse="h")),
    branch(*LINE, *LINE, "g(t)"),
)
image(
    "an inverse of nothing declared",
    normal(),
    "h(x)",
    "exp(-g(y)**2/2)/sqrt(2*pi)*g_(y)",
    context("y real", h=FunctionSpec(smooth=1), g=FunctionSpec(smooth=1)),
    branch(*LINE, *LINE, "g(t)"),
)


def plane(
    name: str, its: Term, maps: list[Any], rhs: Any, ctx: Any, box: Any, inverses: list[Any], good: bool = False
) -> None:
    claim = whole(
        "pushforward",
        push(its, maps, ["y", "w"]),
        t(rhs),
        ctx,
        targets=["r", "s"],
        low=[T(b[0]) for b in box],
        high=[T(b[1]) for b in box],
        inverses=[T(g) for g in inverses],
    )
    (true if good else false)(f"pushforward in the plane: {name}", claim)


QUADRANT = law("exp(-x - z)", ("x", *HALF_LINE), ("z", *HALF_LINE))
PAIR = law("exp(-x**2/2 - z**2/2)/(2*pi)", ("x", *LINE), ("z", *LINE))
OVER = ["s*r", "s"]
QUARTER = [HALF_LINE, HALF_LINE]
WHOLE = [LINE, LINE]
ABOVE = context("y positive, w positive")
plane("a quotient", QUADRANT, ["x/z", "z"], "exp(-y*w - w)*w", ABOVE, QUARTER, OVER, good=True)
plane(
    "exchanged coordinates",
    PAIR,
    ["z", "x"],
    "exp(-y**2/2 - w**2/2)/(2*pi)",
    context("y real, w real"),
    WHOLE,
    ["s", "r"],
    good=True,
)
plane("no determinant", QUADRANT, ["x/z", "z"], "exp(-y*w - w)", ABOVE, QUARTER, OVER)
plane(
    "no absolute value of the determinant",
    PAIR,
    ["z", "x"],
    "-exp(-y**2/2 - w**2/2)/(2*pi)",
    context("y real, w real"),
    WHOLE,
    ["s", "r"],
)
plane(
    "an image too large",
    QUADRANT,
    ["x/z", "z"],
    "exp(-y*w - w)*w",
    context("y real, w positive"),
    [LINE, HALF_LINE],
    OVER,
)
plane("an image too small", QUADRANT, ["x + z", "z"], "exp(-y)", ABOVE, QUARTER, ["r - s", "s"])
plane(
    "a determinant that vanishes",
    PAIR,
    ["x**3", "z"],
    "exp(-y**(2/3)/2 - w**2/2)/(2*pi)",
    ABOVE,
    QUARTER,
    ["r**(1/3)", "s"],
)
plane(
    "a division by 0",
    PAIR,
    ["x/z", "z"],
    "exp(-(y*w)**2/2 - w**2/2)*abs(w)/(2*pi)",
    context("y real, w real"),
    WHOLE,
    OVER,
)
plane(
    "two maps that are one",
    PAIR,
    ["x", "x"],
    "exp(-y**2/2 - w**2/2)/(2*pi)",
    context("y real, w real"),
    WHOLE,
    ["r", "s"],
)
plane(
    "absolute values",
    PAIR,
    ["abs(x)", "z"],
    "exp(-y**2/2 - w**2/2)/(2*pi)",
    context("y positive, w real"),
    [HALF_LINE, LINE],
    ["r", "s"],
)


# --- reparameterisation -----------------------------------------------------------------------------------------------


def path(
    name: str,
    body: Any,
    its: Term,
    base: Term,
    g: Any,
    rhs: Any,
    ctx: Any,
    *branches: dict[str, Any],
    good: bool = False,
) -> None:
    claim = whole(
        "reparameterise",
        mean(body, its),
        mean(rhs, base),
        ctx,
        base=base,
        path=t(g),
        target="t",
        branches=list(branches),
    )
    (true if good else false)(f"reparameterise: {name}", claim)


SCALED = branch(*LINE, *LINE, "(t - mu)/sigma")
TARGET = normal("x", "mu", "sigma")
path(
    "location and scale",
    "x**2",
    TARGET,
    normal("e"),
    "mu + sigma*e",
    "(mu + sigma*e)**2",
    context(PLACE),
    SCALED,
    good=True,
)
path(
    "a law of another scale",
    "x**2",
    normal("x", "mu", "sigma**2"),
    normal("e"),
    "mu + sigma*e",
    "(mu + sigma*e)**2",
    context(PLACE),
    SCALED,
)
path(
    "another noise",
    "x**2",
    TARGET,
    law("exp(-abs(e))/2", ("e", *LINE)),
    "mu + sigma*e",
    "(mu + sigma*e)**2",
    context(PLACE),
    SCALED,
)
path("the path not put in", "x**2", TARGET, normal("e"), "mu + sigma*e", "e**2", context(PLACE), SCALED)
path(
    "half of the law",
    "x**2",
    law("exp(-x)", ("x", *HALF_LINE)),
    law("exp(-e)", ("e", 0, 1)),
    "e",
    "e**2",
    context(""),
    branch(0, 1, 0, 1, "t"),
)
path(
    "a path out of the support",
    "x",
    law("exp(-x)", ("x", *HALF_LINE)),
    law("exp(-e)", ("e", "-1", "oo")),
    "e",
    "e",
    context(""),
    branch(-1, "oo", -1, "oo", "t"),
)
path(
    "a modulus for a normal law",
    "x",
    normal(),
    normal("e"),
    "abs(e)",
    "abs(e)",
    context(""),
    branch("-oo", 0, 0, "oo", "-t"),
    branch(0, "oo", 0, "oo", "t"),
)
path(
    "noise that the loss names",
    "e*x",
    TARGET,
    normal("e"),
    "mu + sigma*e",
    "e*(mu + sigma*e)",
    context(PLACE + ", e real"),
    SCALED,
)
path(
    "a scale of unknown sign",
    "x",
    law("exp(-(x - mu)**2/(2*a**2))/(a*sqrt(2*pi))", ("x", *LINE)),
    normal("e"),
    "mu + a*e",
    "mu + a*e",
    context("mu real, a nonzero"),
    branch(*LINE, *LINE, "(t - mu)/a"),
)


# --- substitution -----------------------------------------------------------------------------------------------------


def substituted(
    name: str, lhs: Term, rhs: Term, phi: Any, lo: Any, hi: Any, onto: dict[str, Any], ctx: Any, good: bool = False
) -> None:
    claim = whole(
        "substitution", lhs, rhs, ctx, variable="u", path=t(phi), low=t(lo), high=t(hi), target="s", branches=[onto]
    )
    (true if good else false)(f"substitution: {name}", claim)


substituted(
    "a decreasing map",
    integral("f(x)", ("x", 0, 1)),
    integral("f(exp(-u))*exp(-u)", ("u", *HALF_LINE)),
    "exp(-u)",
    0,
    "oo",
    branch(*HALF_LINE, 0, 1, "-log(s)"),
    GROWS,
    good=True,
)
substituted(
    "no absolute value",
    integral("f(x)", ("x", 0, 1)),
    integral("-f(exp(-u))*exp(-u)", ("u", *HALF_LINE)),
    "exp(-u)",
    0,
    "oo",
    branch(*HALF_LINE, 0, 1, "-log(s)"),
    GROWS,
)
substituted(
    "no Jacobian",
    integral("f(x)", ("x", 0, 1)),
    integral("f(exp(-u))", ("u", *HALF_LINE)),
    "exp(-u)",
    0,
    "oo",
    branch(*HALF_LINE, 0, 1, "-log(s)"),
    GROWS,
)
substituted(
    "other ends",
    integral("f(x)", ("x", 0, 1)),
    integral("f(exp(-u))*exp(-u)", ("u", 0, 5)),
    "exp(-u)",
    0,
    5,
    branch(0, 5, 0, 1, "-log(s)"),
    GROWS,
)
substituted(
    "through a pole",
    integral("exp(-x**2)", ("x", -1, 1)),
    integral("exp(-u**(-2))*u**(-2)", ("u", -1, 1)),
    "1/u",
    -1,
    1,
    branch(-1, 1, -1, 1, "1/s"),
    context(""),
)
substituted(
    "there and back",
    integral("f(x)", ("x", 0, 1)),
    integral("2*f(u**2)*abs(u)", ("u", -1, 1)),
    "u**2",
    -1,
    1,
    branch(-1, 1, 0, 1, "sqrt(s)"),
    GROWS,
)
substituted(
    "the range reversed",
    integral("f(x)", ("x", 1, 0)),
    integral("f(u)", ("u", 0, 1)),
    "u",
    0,
    1,
    branch(0, 1, 0, 1, "s"),
    GROWS,
)
