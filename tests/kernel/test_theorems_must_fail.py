"""False claims built to slip through a theorem of the kernel. None may be proved, whatever the reason given."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_terms import T, context
from theorem_terms import branch, equal, integral, law, mean, normal, push, rewrite, step, total, uniform, whole

from symrep.claim import Claim, Context, FunctionSpec
from symrep.errors import BadInput
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.term import Term, mul, num, power, substitute, sym

FALSE: dict[str, Claim] = {}


def false(name: str, claim: Claim) -> None:
    assert name not in FALSE
    FALSE[name] = claim


def lemma(lhs: Any, rhs: Any, its: Context, values: dict[str, Any], ctx: Context) -> Claim:
    """``lhs = rhs``, proved under ``its``, used with ``values`` put in wherever they stand, capture or not."""
    proved = equal(lhs, rhs, its)
    put = {k: T(v) for k, v in values.items()}

    def blunt(t: Term) -> Term:
        try:
            return substitute(t, put)
        except BadInput:  # what a forger would write
            return ("diff", substitute(t[1], put), put.get(t[2], sym(t[2]))[1])

    left, right = blunt(proved.data["lhs"]), blunt(proved.data["rhs"])
    data = {"context": its.to_json(), "steps": [[proved.to_json()]], "values": put}
    return rewrite(left, right, ctx, step("lemma", left, right, **data))


# --- binders --------------------------------------------------------------------------------------------------------

# E|x| = √(2/π) for a standard normal, E x = 0: x ranges over the line there, whatever it is declared to be
false(
    "declared positive, bound over the line by a law",
    rewrite(mean("abs(x)", normal()), mean("x", normal()), context("x positive"), step("identity", "abs(x)", "x")),
)
# E|x| again, the law inside another head
false(
    "declared positive, bound over the line by a sample",
    rewrite(
        ("expect_sample", ("sample_mean", T("abs(x)"), normal(), sym("n"))),
        ("expect_sample", ("sample_mean", T("x"), normal(), sym("n"))),
        context("x positive, n positive integer"),
        step("identity", "abs(x)", "x"),
    ),
)
# the density of |X| at −1 is 0, that of X is not
false(
    "declared positive, bound over the line by an image",
    rewrite(
        push(normal(), ["abs(x)"], [-1]),
        push(normal(), ["x"], [-1]),
        context("x positive"),
        step("identity", "abs(x)", "x"),
    ),
)
# between 1 and −1 there are negative numbers, in whatever direction one goes
false(
    "declared positive, bound from 1 to −1",
    rewrite(
        integral("abs(x)", ("x", 1, -1)),
        integral("x", ("x", 1, -1)),
        context("x positive"),
        step("identity", "abs(x)", "x"),
    ),
)
# the product over −1, 0, 1 contains sign(0)² = 0
false(
    "almost every real index",
    rewrite(
        total("sign(i)**2", ("i", -1, 1), head="product"),
        1,
        context("i real"),
        step("identity", "sign(i)**2", 1),
    ),
)
# x_1 is a parameter, not a function of the x that is integrated
false(
    "a bound name that is also a family",
    equal(
        integral(("index", "x", num(1)), ("x", 0, 1)),
        integral("x", ("x", 0, 1)),
        context("x real"),
    ),
)

# ∫₀¹ e^(−x²) = 0.747, ∫₀¹ e^(−x²/3) = 0.903, and so on: what an integrand is must not depend on which root of it was
# taken as the unit of the normal form
for one, other in (
    ("exp(-x**2)", "exp(-x**2/3)"),
    ("cos(x)", "cos(x/2)"),
    ("sin(x)", "sin(x/3)"),
    ("x", "x**(1/3)"),
    ("2**x", "2**(x/3)"),
    ("sqrt(1 + x)", "(1 + x)**(1/4)"),
    ("sqrt(2)*x", "2**(1/4)*x"),
    ("f(exp(x))", "f(exp(x/2))"),
):
    here = context("", f=FunctionSpec(smooth=1))
    false(f"∫ {one} = ∫ {other}", equal(integral(one, ("x", 0, 1)), integral(other, ("x", 0, 1)), here))
    false(f"∫ {other} = ∫ {one}", equal(integral(other, ("x", 0, 1)), integral(one, ("x", 0, 1)), here))
# E 2(εσ + μ) is 2μ times the mass of the density, which is not the same for e^(−ε²/2) and e^(−ε²/6)
false(
    "the same expectation under two densities",
    equal(
        mean("2*e*sigma + 2*mu", law("exp(-e**2/2)", ("e", "-oo", "oo"))),
        mean("2*e*sigma + 2*mu", law("exp(-e**2/6)", ("e", "-oo", "oo"))),
        context("mu real, sigma positive"),
    ),
)
# ∫₀¹ (b − a) = b − a is not ½, whatever the variable of integration is called
false(
    "a variable of integration named like an auxiliary one",
    whole(
        "identity",
        integral("b - a", ("_w0", 0, 1)),
        integral("_w0", ("_w0", 0, 1)),
        context("a real, b real", "a < b"),
    ),
)
false(
    "a variable of integration named like an auxiliary one, integrated",
    whole(
        "value",
        integral("b - a", ("_w0", 0, 1)),
        num(1, 2),
        context("a real, b real", "a < b"),
        parts=[
            {
                "kind": "ftc",
                "integrand": T("b - a"),
                "pieces": [{"lo": num(0), "hi": num(1), "antiderivative": T("_w0**2/2")}],
            }
        ],
    ),
)
# e^(x² − xy − y²) grows beyond all bounds, whatever is said of a symbol nobody declared
false(
    "a hypothesis on a symbol that the bound introduces",
    Claim(
        "defined",
        {"term": integral("exp(-(x**2 + x*y + y**2))*exp(2*x**2)", ("x", "-oo", "oo"), ("y", "-oo", "oo"))},
        context("", "lambda_0 > 5"),
    ),
)

# --- derivatives and what is put in under them ------------------------------------------------------------------------

# E ∂_θ(θ x²) = E x² = μ² + θ² for x ~ N(μ, θ²); putting x = μ + θε in before differentiating adds 2θ²
false(
    "a path that depends on the parameter of an inner derivative",
    whole(
        "reparameterise",
        mean("diff(theta*x**2, theta)", normal("x", "mu", "theta")),
        mean("(mu + theta*e)**2 + 2*theta*(mu + theta*e)*e", normal("e")),
        context("mu real, theta positive"),
        base=normal("e"),
        path=T("mu + theta*e"),
        target="t",
        branches=[branch("-oo", "oo", "-oo", "oo", "(t - mu)/theta")],
    ),
)
# |x| has no derivative at 0, and 0 is among the allowed values
false(
    "an identity on a closed set, used under a derivative",
    rewrite("diff(abs(x), x)", 1, context("x nonnegative"), step("identity", "abs(x)", "x")),
)
false(
    "an identity on a closed set given by a hypothesis, used under a derivative",
    rewrite("diff(abs(x), x)", 1, context("x real", "x >= 0"), step("identity", "abs(x)", "x")),
)
false(
    "an identity on a closed set of two variables, used under a derivative",
    rewrite("diff(abs(x - y), x)", 1, context("x real, y real", "y <= x"), step("identity", "abs(x - y)", "x - y")),
)
# the derivative of E|θ|x² in θ does not exist at 0
false(
    "linearity on a closed set, used under a derivative",
    whole(
        "linearity",
        ("diff", mean("abs(theta)*x**2", normal()), "theta"),
        ("diff", mean("theta*x**2", normal()), "theta"),
        context("theta real", "theta >= 0"),
        masses=[],
    ),
)

# --- images -----------------------------------------------------------------------------------------------------------

# on 1 < y < 5 the image of U(0, 1) under the identity has density 0
false(
    "branches that go beyond the support and come back",
    whole(
        "pushforward",
        push(uniform(), ["x"], ["y"]),
        "(1 if y < 5 else 0) if y > 0 else 0",
        context("y real"),
        target="t",
        branches=[branch(0, 5, 0, 5, "t"), branch(5, 1, 5, 1, "t")],
    ),
)
false(
    "branches that go to infinity and come back",
    whole(
        "pushforward",
        push(uniform(), ["x"], ["y"]),
        "1 if y > 0 else 0",
        context("y real"),
        target="t",
        branches=[branch(0, "oo", 0, "oo", "t"), branch("oo", 1, "oo", 1, "t")],
    ),
)
# a density that would be negative for x < 0: the x of the inverse is not the x of the law
false(
    "an inverse that names the variable of the law",
    whole(
        "pushforward",
        push(law("exp(-x)", ("x", 0, "oo")), ["x**2"], ["y"]),
        "exp(-sqrt(y)*sign(x))*sign(x)/(2*sqrt(y))",
        context("y positive, x real"),
        target="t",
        branches=[branch(0, "oo", 0, "oo", "sqrt(t)*sign(x)")],
    ),
)
false(
    "an inverse in the plane that names a variable of the law",
    whole(
        "pushforward",
        push(law("exp(-x-z)", ("x", 0, "oo"), ("z", 0, "oo")), ["x**2", "z"], ["y", "w"]),
        "exp(-sqrt(y)*sign(x) - w)*sign(x)/(2*sqrt(y))",
        context("y positive, w positive, x real"),
        targets=["s", "t"],
        low=[num(0), num(0)],
        high=[("inf", 1), ("inf", 1)],
        inverses=[T("sqrt(s)*sign(x)"), T("t")],
    ),
)
# the same law and map with one branch give 1/√(2π) at 0: a density is not claimed at ends of branches
false(
    "the density at a point where two branches meet",
    whole(
        "pushforward",
        push(normal(), ["x"], [0]),
        0,
        context(""),
        target="t",
        branches=[branch("-oo", 0, "-oo", 0, "t"), branch(0, "oo", 0, "oo", "t")],
    ),
)
# as before, said of the y a hypothesis makes 0
false(
    "the density at a point that is given to be where two branches meet",
    whole(
        "pushforward",
        push(normal(), ["x"], ["y"]),
        0,
        context("y real", "y == 0"),
        target="t",
        branches=[branch("-oo", 0, "-oo", 0, "t"), branch(0, "oo", 0, "oo", "t")],
    ),
)
# there are two numbers to take the density at and one map
false(
    "more points than maps",
    whole(
        "pushforward",
        push(normal(), ["x"], ["y", "z"]),
        "exp(-y**2/2)/sqrt(2*pi)",
        context("y real, z real"),
        target="t",
        branches=[branch("-oo", "oo", "-oo", "oo", "t")],
    ),
)

# --- integrals --------------------------------------------------------------------------------------------------------

# ∫₀¹ x t dx = t/2, not ∫₀¹ t² dt = 1/3
false(
    "a substitution whose new variable occurs in the integrand",
    whole(
        "substitution",
        integral("x*t", ("x", 0, 1)),
        integral("t*t", ("t", 0, 1)),
        context("t real"),
        variable="t",
        path=T("t"),
        low=num(0),
        high=num(1),
        target="s",
        branches=[branch(0, 1, 0, 1, "s")],
    ),
)
# Σ 1 diverges
false("an infinite sum is defined", Claim("defined", {"term": total(1, ("i", 1, "oo"))}, context("i integer")))
false(
    "an infinite product is defined",
    Claim("defined", {"term": total(2, ("i", 1, "oo"), head="product")}, context("i integer")),
)
# KL of Cauchy from normal is infinite
CAUCHY = law("1/(pi*(1 + x**2))", ("x", "-oo", "oo"))
false(
    "an infinite divergence is defined",
    Claim(
        "defined",
        {"term": ("kl", ("iprod", "j", num(1), sym("n"), CAUCHY), ("iprod", "j", num(1), sym("n"), normal()))},
        context("j integer, n positive integer"),
    ),
)
# half a draw has no mean
HALF_A_DRAW: Term = ("expect_sample", ("sample_mean", T("x"), normal(), num(1, 2)))
MASS = {"lo": ("inf", -1), "hi": ("inf", 1), "antiderivative": T("erf(x/sqrt(2))/2")}
false(
    "half a draw",
    whole(
        "unbiased",
        HALF_A_DRAW,
        mean("x", normal()),
        context(""),
        mass=[{"kind": "ftc", "integrand": normal()[2], "pieces": [MASS]}],
    ),
)

# --- lemmas -----------------------------------------------------------------------------------------------------------

MU_1: Term = ("index", "mu", num(1))
# μ₁ may be negative here, whatever is put in for "mu"
false(
    "an indexed parameter whose name is given a value",
    lemma(power(mul(MU_1, MU_1), num(1, 2)), MU_1, context("mu positive"), {"mu": 1}, context("mu real")),
)
# a hypothesis on the symbol μ says nothing of μ₁
false(
    "an indexed parameter whose namesake is positive",
    lemma(power(mul(MU_1, MU_1), num(1, 2)), MU_1, context("mu positive"), {}, context("mu real", "mu > 0")),
)
# d/dx (a x) = a where a is free of x; d/dx x² = 2x
AX = ("diff(a*x, x)", "a", context("a real, x real"))
false("a value that depends on the variable of a derivative", lemma(*AX, {"a": "x"}, context("x real")))
false("two variables of a derivative made one", lemma(*AX, {"a": "y", "x": "y"}, context("y real")))
# sign(n)² = 0 at n = 0, and the integers are a null set
SQUARE = ("sign(x)**2", 1, context("x real"))
false("almost every real number, used of an integer", lemma(*SQUARE, {"x": "n"}, context("n integer")))
false("almost every real number, used of zero", lemma(*SQUARE, {}, context("x real", "x == 0")))
false("almost every real number, used of zero in disguise", lemma(*SQUARE, {}, context("x real", "x >= 0,x <= 0")))
false(
    "almost every pair, used on the diagonal",
    lemma("sign(x - y)**2", 1, context("x real, y real"), {}, context("x real, y real", "x == y")),
)


@pytest.mark.parametrize("name", FALSE)
def test_is_not_proved(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])


def test_linearity_says_that_it_holds_almost_everywhere() -> None:
    # at μ = 0 the left side is 0 and the right side is not
    claim = whole(
        "linearity",
        mean("sign(mu)**2*x**2", normal()),
        mean("x**2", normal()),
        context("mu real"),
        masses=[],
    )
    assert prove(claim).almost_everywhere


def test_pushforward_says_that_it_holds_almost_everywhere() -> None:
    # at y = 0 the density is not determined by the theorem
    claim = whole(
        "pushforward",
        push(normal(), ["x"], ["y"]),
        "(exp(-y**2/2)/sqrt(2*pi) if y < 0 else 0) + (exp(-y**2/2)/sqrt(2*pi) if y > 0 else 0)",
        context("y real"),
        target="t",
        branches=[branch("-oo", 0, "-oo", 0, "t"), branch(0, "oo", 0, "oo", "t")],
    )
    assert prove(claim).almost_everywhere
