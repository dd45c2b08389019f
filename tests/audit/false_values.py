"""Partial integration, values of integrals, linearity, samples, divergences, and what holds by definition."""

from __future__ import annotations

from typing import Any

from instances import BELL, CAUCHY, FALSE, GROWS, HALF_LINE, LINE, MASS, PLACE, TRUE, false, ftc, grad, part, t, true
from kernel_terms import T, context
from theorem_terms import integral, law, mean, normal, uniform, whole

from symrep.claim import FunctionSpec
from symrep.term import ONE, Term, add, fn, mul, neg, num, sub, sym


def value(name: str, lhs: Term, rhs: Any, ctx: Any, *parts: dict[str, Any], true: bool = False) -> None:
    (TRUE if true else FALSE)[f"value: {name}"] = whole("value", lhs, rhs, ctx, parts=list(parts))


# --- by parts ---------------------------------------------------------------------------------------------------------


def parts(name: str, lhs: Term, rhs: Any, u: Any, v: Any, ctx: Any, good: bool = False, **data: Any) -> None:
    claim = whole("by_parts", lhs, t(rhs), ctx, u=t(u), v=t(v), **data)
    (true if good else false)(f"by_parts: {name}", claim)


parts(
    "a logarithm", integral("log(x)", ("x", 0, 1)), integral("-1", ("x", 0, 1)), "log(x)", "x", context(""), good=True
)
parts(
    "the boundary term left out",
    integral("x*exp(x)", ("x", 0, 1)),
    neg(integral("exp(x)", ("x", 0, 1))),
    "x",
    "exp(x)",
    context(""),
)
parts(
    "the boundary term of the other sign",
    integral("x*exp(x)", ("x", 0, 1)),
    add(T("-exp(1)"), neg(integral("exp(x)", ("x", 0, 1)))),
    "x",
    "exp(x)",
    context(""),
)
parts(
    "the sign of the remaining integral",
    integral("log(x)", ("x", 0, 1)),
    integral("1", ("x", 0, 1)),
    "log(x)",
    "x",
    context(""),
)
parts("a jump", integral("2*x*heaviside(x)", ("x", -1, 1)), 1, "heaviside(x)", "x**2 + 3", context(""))
parts(
    "a jump in the other factor",
    integral("1", ("x", -1, 1)),
    add(T("6"), neg(integral("0", ("x", -1, 1)))),
    "1",
    "x + 2*sign(x)",
    context(""),
)
parts("an infinite boundary term", integral("1", ("x", *HALF_LINE)), 0, "1", "x", context(""))
parts("a boundary term without a limit", integral("cos(x)", ("x", *HALF_LINE)), 0, "1", "sin(x)", context(""))
parts(
    "the remaining integral diverges",
    integral("cos(x)/x**2", ("x", 1, "oo")),
    add(neg(T("sin(1)")), neg(integral("-2*sin(x)/x**3", ("x", 0, "oo")))),
    "x**(-2)",
    "sin(x)",
    context(""),
)
parts(
    "factors of another integrand",
    integral("x**2", ("x", 0, 1)),
    add(ONE, neg(integral("x**3", ("x", 0, 1)))),
    "x",
    "x**2/2",
    context(""),
)
parts(
    "Stein's identity without growth",
    mean("x*f(x)", normal()),
    mean("f_(x)", normal()),
    "f(x)",
    neg(T(BELL)),
    context("", f=FunctionSpec(smooth=1)),
    per_density=T("f_(x)"),
)
parts(
    "a wrong factor of the density",
    mean("x*f(x)", normal()),
    mean("2*f_(x)", normal()),
    "f(x)",
    neg(T(BELL)),
    GROWS,
    per_density=T("2*f_(x)"),
)


# --- values -----------------------------------------------------------------------------------------------------------

value("a logarithm", integral("log(x)", ("x", 0, 1)), -1, context(""), ftc("log(x)", (0, 1, "x*log(x) - x")), true=True)
value(
    "a hidden jump",
    integral("-1/(1 + x**2)", ("x", -1, 1)),
    "pi/2",
    context(""),
    ftc("-1/(1 + x**2)", (-1, 1, "atan(1/x)")),
)
value("a hidden jump of a tangent", integral("1", ("x", 0, "pi")), 0, context(""), ftc("1", (0, "pi", "atan(tan(x))")))
value("a jump written out", integral("1", ("x", -1, 1)), 4, context(""), ftc("1", (-1, 1, "x + sign(x)")))
value("a jump by cases", integral("1", ("x", -1, 1)), 3, context(""), ftc("1", (-1, 1, "x + 1 if x > 0 else x")))
value("a jump at a corner", integral("1", ("x", -1, 1)), 4, context(""), ftc("1", (-1, 1, "x + abs(x)/x")))
value("through a double pole", integral("x**(-2)", ("x", -1, 1)), -2, context(""), ftc("x**(-2)", (-1, 1, "-1/x")))
value("through a simple pole", integral("1/x", ("x", -1, 1)), 0, context(""), ftc("1/x", (-1, 1, "log(abs(x))")))
value(
    "up to a simple pole from both sides",
    integral("1/x", ("x", -1, 1)),
    0,
    context(""),
    ftc("1/x", (-1, 0, "log(-x)"), (0, 1, "log(x)")),
)
value(
    "a principal value at infinity",
    integral("x/(1 + x**2)", ("x", *LINE)),
    0,
    context(""),
    ftc("x/(1 + x**2)", (*LINE, "log(1 + x**2)/2")),
)
value(
    "conditionally convergent",
    integral("(x*cos(x) - sin(x))/x**2", ("x", 1, "oo")),
    "-sin(1)",
    context(""),
    ftc("(x*cos(x) - sin(x))/x**2", (1, "oo", "sin(x)/x")),
)
value("no limit", integral("cos(x)", ("x", *HALF_LINE)), 0, context(""), ftc("cos(x)", (*HALF_LINE, "sin(x)")))
value("no mean", mean("x", CAUCHY), 0, context(""), ftc("x/(pi*(1 + x**2))", (*LINE, "log(1 + x**2)/(2*pi)")))
value("another derivative", integral("x**2", ("x", 0, 1)), "1/2", context(""), ftc("x**2", (0, 1, "x**2/2")))
value("another integrand", integral("x**3", ("x", 0, 1)), "1/3", context(""), ftc("x**2", (0, 1, "x**3/3")))
value("ends in the wrong order", integral("1", ("x", 1, 0)), 1, context(""), ftc("1", (1, 0, "-x")))
value(
    "ends of unknown order",
    integral("1", ("x", "a", "b")),
    "b - a",
    context("a real, b real"),
    ftc("1", ("a", "b", "x")),
)
value("a gap", integral("1", ("x", 0, 3)), 2, context(""), ftc("1", (0, 1, "x"), (2, 3, "x")))
value("an overlap", integral("1", ("x", 0, 2)), 3, context(""), ftc("1", (0, 2, "x"), (1, 2, "x")))
value("no pieces", integral("1", ("x", 0, 1)), 0, context(""), ftc("1"))
value("no parts", integral("1", ("x", 0, 1)), 0, context(""))
value(
    "a rate of unknown sign",
    integral("exp(-a*x)", ("x", *HALF_LINE)),
    "1/a",
    context("a real"),
    ftc("exp(-a*x)", (*HALF_LINE, "-exp(-a*x)/a")),
)
value(
    "a root of something negative",
    integral("sqrt(x)", ("x", -1, 1)),
    "2/3",
    context(""),
    ftc("sqrt(x)", (-1, 1, "2*x**(3/2)/3")),
)
value("a kink with one branch", integral("abs(x)", ("x", -1, 1)), 0, context(""), ftc("abs(x)", (-1, 1, "x**2/2")))
value(
    "a divergent power",
    integral("x**(a - 1)", ("x", 0, 1)),
    "1/a",
    context("a nonzero"),
    ftc("x**(a - 1)", (0, 1, "x**a/a")),
)
value(
    "Γ",
    integral("x**(a - 1)*exp(-b*x)", ("x", *HALF_LINE)),
    "gamma(a)/b**a",
    context("a positive, b positive"),
    part("gamma", c="1", a="a", b="b"),
    true=True,
)
value(
    "Γ at negative numbers",
    integral("x**(a - 1)*exp(-b*x)", ("x", *HALF_LINE)),
    "gamma(a)/b**a",
    context("a negative, b positive"),
    part("gamma", c="1", a="a", b="b"),
)
value(
    "Γ with a rate of unknown sign",
    integral("x**(a - 1)*exp(-b*x)", ("x", *HALF_LINE)),
    "gamma(a)/b**a",
    context("a positive, b real"),
    part("gamma", c="1", a="a", b="b"),
)
value(
    "Γ over the unit interval",
    integral("x**(a - 1)*exp(-b*x)", ("x", 0, 1)),
    "gamma(a)/b**a",
    context("a positive, b positive"),
    part("gamma", c="1", a="a", b="b"),
)
value(
    "Γ with a rate for a scale",
    integral("x**(a - 1)*exp(-b*x)", ("x", *HALF_LINE)),
    "gamma(a)*b**a",
    context("a positive, b positive"),
    part("gamma", c="1", a="a", b="b"),
)
value(
    "Γ with a constant that varies",
    integral("x*exp(-x)", ("x", *HALF_LINE)),
    "x",
    context("x positive"),
    part("gamma", c="x", a="1", b="1"),
)
value(
    "B at 0",
    integral("x**(a - 1)*(1 - x)**(b - 1)", ("x", 0, 1)),
    "beta(a, b)",
    context("a nonnegative, b positive"),
    part("beta", c="1", a="a", b="b"),
)
value(
    "B over the half-line",
    integral("x**(a - 1)*(1 - x)**(b - 1)", ("x", *HALF_LINE)),
    "beta(a, b)",
    context("a positive, b positive"),
    part("beta", c="1", a="a", b="b"),
)
value(
    "a wave damped by half of it",
    mean("cos(w*x)", normal("x", "mu", "sigma")),
    "cos(w*mu)*exp(-w**2*sigma**2/4)",
    context(PLACE + ", w real"),
    part("gaussian_cos", c="1", omega="w", phi="0", m="mu", s="sigma"),
)
value(
    "a wave and a scale of unknown sign",
    mean("cos(x)", normal("x", "0", "s")),
    "exp(-s**2/2)",
    context("s nonzero"),
    part("gaussian_cos", c="1", omega="1", phi="0", m="0", s="s"),
)
value(
    "a wave without its phase",
    mean("sin(x + a)", normal()),
    0,
    context("a real"),
    part("gaussian_sin", c="1", omega="1", phi="a", m="0", s="1"),
)
value(
    "mass of what is no density",
    integral("q(x)", ("x", *LINE)),
    1,
    context("", q=FunctionSpec(smooth=1)),
    {"kind": "mass", "function": "q"},
)
value(
    "mass of half a density",
    integral("q(x)", ("x", *HALF_LINE)),
    1,
    context("", q=FunctionSpec(density=True)),
    {"kind": "mass", "function": "q"},
)
value("a lemma nobody stated", integral("1", ("x", 0, 1)), 2, context(""), part("twice", c="1"))


# --- linearity, samples, divergences ----------------------------------------------------------------------------------

true(
    "linearity: parts",
    whole(
        "linearity",
        mean("a*x**2 + 3", normal()),
        add(mul(sym("a"), mean("x**2", normal())), num(3)),
        context("a real"),
        masses=[{"law": normal(), "parts": [MASS]}],
    ),
)
false(
    "linearity: parts that diverge",
    whole(
        "linearity",
        integral("1/x + exp(-x)", ("x", 0, 1)),
        add(integral("1/x", ("x", 0, 1)), integral("exp(-x)", ("x", 0, 1))),
        context(""),
        masses=[],
    ),
)
false(
    "linearity: a difference of infinities",
    whole(
        "linearity", mean("x - sin(x)", CAUCHY), sub(mean("x", CAUCHY), mean("sin(x)", CAUCHY)), context(""), masses=[]
    ),
)
false(
    "linearity: a mass nobody showed",
    whole("linearity", mean("x + 1", normal()), add(mean("x", normal()), ONE), context(""), masses=[]),
)
HALF_MASS = law("exp(-x**2/2)/(2*sqrt(2*pi))", ("x", *LINE))
false(
    "linearity: half a mass",
    whole(
        "linearity",
        mean("x + 1", HALF_MASS),
        add(mean("x", HALF_MASS), ONE),
        context(""),
        masses=[{"law": HALF_MASS, "parts": [ftc(HALF_MASS[2], (*LINE, "erf(x/sqrt(2))/4"))]}],
    ),
)
false(
    "linearity: another law",
    whole(
        "linearity",
        mean("x + 1", normal()),
        add(mean("x", uniform()), ONE),
        context(""),
        masses=[{"law": normal(), "parts": [MASS]}],
    ),
)
false(
    "linearity: a product taken apart",
    whole("linearity", mean("x*x", normal()), mul(mean("x", normal()), mean("x", normal())), context(""), masses=[]),
)
false(
    "linearity: under a derivative at the edge",
    whole(
        "linearity",
        grad(mean("theta**(3/2)*x**2", normal()), "theta"),
        grad(mul(T("theta**(3/2)"), mean("x**2", normal())), "theta"),
        context("theta nonnegative"),
        masses=[],
    ),
)


def sample(name: str, body: Any, its: Term, n: Any, ctx: Any, mass: Any, rhs: Any = None, good: bool = False) -> None:
    claim = whole(
        "unbiased", ("expect_sample", ("sample_mean", t(body), its, t(n))), mean(rhs or body, its), ctx, mass=mass
    )
    (true if good else false)(f"unbiased: {name}", claim)


COUNT = context("n positive integer")
sample("copies", "x**2", normal(), "n", COUNT, [MASS], good=True)
sample("a real number of copies", "x**2", normal(), "n", context("n positive"), [MASS])
sample("perhaps no copy", "x**2", normal(), "n", context("n nonnegative integer"), [MASS])
sample("half a mass", "x**2", HALF_MASS, "n", COUNT, [ftc(HALF_MASS[2], (*LINE, "erf(x/sqrt(2))/4"))])
sample("no mean", "x", CAUCHY, "n", COUNT, [ftc(CAUCHY[2], (*LINE, "atan(x)/pi"))])
sample("another body", "x**2", normal(), "n", COUNT, [MASS], rhs="x**4")


def divergence(
    name: str, p: Term, q: Term, rhs: Any, mass_p: Any, mass_q: Any, good: bool = False, top: Any = "n"
) -> None:
    over = (num(1), t(top))
    lhs = ("kl", ("iprod", "j", *over, p), ("iprod", "j", *over, q))
    claim = whole(
        "kl_product", lhs, rhs, context("n positive integer, j integer, s positive"), mass_p=mass_p, mass_q=mass_q
    )
    (true if good else false)(f"kl_product: {name}", claim)


def of(p: Term, q: Term, top: Any = "n") -> Term:
    return ("sum", ("expect", sub(fn("log", p[2]), fn("log", q[2])), p), ("j", num(1), t(top)))


WIDE = normal("x", "0", "s")
WIDE_MASS = ftc(WIDE[2], (*LINE, "erf(x/(s*sqrt(2)))/2"))
CAUCHY_MASS = ftc(CAUCHY[2], (*LINE, "atan(x)/pi"))
HALVES = ftc(HALF_MASS[2], (*LINE, "erf(x/sqrt(2))/4"))
divergence("two normal laws", normal(), WIDE, of(normal(), WIDE), [MASS], [WIDE_MASS], good=True)
divergence("the laws exchanged", normal(), WIDE, of(WIDE, normal()), [MASS], [WIDE_MASS])
divergence("one factor for all", normal(), WIDE, of(normal(), WIDE)[1], [MASS], [WIDE_MASS])
divergence("half a mass", HALF_MASS, normal(), of(HALF_MASS, normal()), [HALVES], [MASS])
divergence("half a mass in the second", normal(), HALF_MASS, of(normal(), HALF_MASS), [MASS], [HALVES])
divergence("infinite", CAUCHY, normal(), of(CAUCHY, normal()), [CAUCHY_MASS], [MASS])
divergence("no mass shown", normal(), WIDE, of(normal(), WIDE), [], [WIDE_MASS])
divergence(
    "two supports",
    uniform(),
    uniform("x", "0", "2"),
    of(uniform(), uniform("x", "0", "2")),
    [ftc(1, (0, 1, "x"))],
    [ftc("1/2", (0, 2, "x/2"))],
)


# --- by definition ----------------------------------------------------------------------------------------------------

true(
    "expectation: the integral",
    whole("expectation", mean("x", normal()), integral(mul(sym("x"), T(BELL)), ("x", *LINE)), context("")),
)
false("expectation: no density", whole("expectation", mean("x", normal()), integral("x", ("x", *LINE)), context("")))
false(
    "expectation: another range",
    whole("expectation", mean("x", normal()), integral(mul(sym("x"), T(BELL)), ("x", *HALF_LINE)), context("")),
)
true("hypothesis: given", whole("hypothesis", T("a"), T("b"), context("a real, b real", "a == b")))
false("hypothesis: not given", whole("hypothesis", T("a"), T("b"), context("a real, b real", "a >= b")))
false("hypothesis: another one", whole("hypothesis", T("a"), T("2*b"), context("a real, b real", "a == b")))
true("identity: a logarithm", whole("identity", T("log(exp(x)*y)"), T("x + log(y)"), context("x real, y positive")))
false("identity: a root", whole("identity", T("sqrt(x**2)"), T("x"), context("x real")))
false("identity: no logarithm", whole("identity", T("log(x*y)"), T("log(x) + log(y)"), context("x real, y real")))
