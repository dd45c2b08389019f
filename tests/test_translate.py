"""SymPy and back: every construct both ways, everything else refused, no text ever read."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import (
    Abs,
    And,
    Derivative,
    Dummy,
    Eq,
    Heaviside,
    Integral,
    Max,
    Min,
    Ne,
    Not,
    Or,
    Piecewise,
    Product,
    Rational,
    Sum,
    Symbol,
    beta,
    binomial,
    ceiling,
    exp,
    factorial,
    floor,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sign,
    sqrt,
)

from symrep import BadInput, D, E, function, indexed, integer, positive, positive_integer, real
from symrep.distributions import Normal
from symrep.symbols import DomainSymbol
from symrep.translate import context_of, from_term, to_condition, to_term

x, y, z, a, b = real("x y z a b")
s = positive("s")
n, j = positive_integer("n j")
f, h = function("f", smooth=2), function("h", smooth=2, arity=2)
means = indexed("means")
FUNCTIONS = "exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc erfinv".split()


# --- must fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        "x**2",
        "__import__('os').getcwd()",
        sp.nan,
        sp.zoo,
        x + sp.zoo,
        sp.DiracDelta(x),
        sp.Heaviside(x, 0),
        sp.Lambda(x, x),
        sp.Matrix([[1]]),
        sp.MatrixSymbol("A", 2, 2),
        sp.Interval(0, 1),
        sp.Subs(Derivative(sp.Function("q")(x), x), x, 1),
        sp.Function("q")(x),
        sp.Order(x),
        sp.airyai(x),
        sp.hermite(n, x),
        sp.LambertW(x, -1),
        Integral(x, x),
        Integral(x, (x, 1)),
        Derivative(f(x), (x, n)),
        x > 0,
        sp.true,
        Piecewise((x, sp.Contains(x, sp.Interval(0, 1))), (0, True)),
    ],
    ids=lambda v: str(v)[:30],
)
def test_what_is_not_read(bad: Any) -> None:
    with pytest.raises((BadInput, sp.SympifyError)):
        to_term(bad)


def test_a_delta_is_told_what_to_write() -> None:
    with pytest.raises(BadInput, match="leibniz"):
        to_term(sp.diff(Heaviside(x), x))
    with pytest.raises(BadInput, match="divides by zero"):
        to_term(sp.zoo)


@pytest.mark.parametrize("bad", [x, "x > 0", Symbol("p"), sp.Xor(x > 0, y > 0), 1])
def test_what_is_no_condition(bad: Any) -> None:
    with pytest.raises(BadInput, match="a relation"):
        to_condition(bad)


@pytest.mark.parametrize(
    ("exprs", "match"),
    [
        ([x, positive("x")], "one domain for one name"),
        ([x + positive("y"), y], "one domain for one name"),
        ([f(x), function("f")(y)], "one declaration"),
        ([x, Symbol("x", real=True)], "one symbol for one name"),
        ([Dummy("x", real=True) - Dummy("x", real=True)], "one symbol for one name"),
        ([positive("z") + E(z, (z, Normal(0, 1)))], "one domain"),
        ([Symbol("n", even=True)], "a domain out of"),
    ],
    ids=lambda v: str(v)[:30],
)
def test_one_name_means_one_thing(exprs: Any, match: str) -> None:
    with pytest.raises(BadInput, match=match):
        context_of(exprs)


def test_given_relations() -> None:
    assert context_of([x], [x < y, sp.true, True, s > 0]).given == (("rel", "<", ("sym", "x"), ("sym", "y")),)
    assert len(context_of([x], [And(x < y, y < z)]).given) == 2
    for bad in ([s < 0], [False], [sp.false], ["x < y"], [x], [Or(x < y, y < x)]):
        with pytest.raises(BadInput):
            context_of([x], bad)


def test_no_text_reaches_sympy(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("parsed")

    monkeypatch.setattr("sympy.parsing.sympy_parser.parse_expr", forbidden)
    monkeypatch.setattr("sympy.parsing.sympy_parser.eval_expr", forbidden)
    expr = Sum(means[j] * x**j, (j, 1, n)) + Piecewise((f(x), x > 0), (log(2), True))
    names = {v.name: v for v in (x, n, j)} | {"means": means}
    assert from_term(to_term(expr), names, {"f": f}) == expr


@pytest.mark.parametrize(
    "bad", [("fn", "q", ("num", 1, 1)), ("lambda", 1), ("app", "g", (0,), (("num", 1, 1),)), ("kl", 1, 2), ("push",)]
)
def test_terms_sympy_cannot_hold(bad: Any) -> None:
    with pytest.raises((BadInput, KeyError)):
        from_term(bad)


# --- both ways ----------------------------------------------------------------------------------------------------

ROUND = [
    x + y * 2 - Rational(3, 7),
    x**y / s,
    sqrt(s) + s ** Rational(-2, 3),
    pi + sp.E + sp.EulerGamma + sp.I,
    *(getattr(sp, name)(x) for name in FUNCTIONS),
    Abs(x) + sign(y) + Heaviside(x - 1),
    floor(x) - ceiling(y),
    gamma(s) * loggamma(s) * factorial(n),
    beta(s, 1 + s) + binomial(n, j),
    polygamma(0, s) + polygamma(2, s),
    Max(0, x, y) + Min(x, 1),
    Piecewise((x, And(x > 0, x <= 1)), (y, Or(x < -1, Ne(y, 2))), (0, True)),
    Piecewise((x, Not(And(x > 0, y > 0))), (1, True)),
    Piecewise((1, Eq(x, y)), (0, True)),
    f(x) + f(2 * x).diff(x) + h(x, y).diff(y),
    Derivative(sp.sin(x), x, evaluate=False),
    Integral(exp(-(x**2)), (x, -oo, oo)),
    Integral(x * y, (x, 0, 1), (y, 0, s)),
    Sum(means[j] ** 2, (j, 1, n)),
    Product(s**j, (j, 1, n)),
]


@pytest.mark.parametrize("expr", ROUND, ids=lambda v: str(v)[:40])
def test_there_and_back(expr: Any) -> None:
    names = {v.name: v for v in (x, y, s, n, j)} | {"means": means}
    term = to_term(expr)
    again = from_term(term, names, {"f": f, "h": h})
    assert again == expr or sp.simplify(again.doit() - expr.doit()) == 0
    assert to_term(again) == term


def test_unknown_names_are_real() -> None:
    assert from_term(("sym", "q")) == DomainSymbol("q", "real")
    assert from_term(("num", 2, 4)) == Rational(1, 2)
    assert from_term(to_term(E(z, (z, Normal(0, 1))))).has(Integral)


def test_own_notation() -> None:
    assert to_term(D(x**2, x)) == ("diff", ("pow", ("sym", "x"), ("num", 2, 1)), "x")
    assert to_term(E(z, (z, Normal(a, s))))[0] == "expect"
    assert to_term(sp.Float("0.5")) == ("num", 1, 2)
    context = context_of([f(x), means[j], integer("k")], [x < y])
    assert context.symbols == {
        "x": "real",
        "y": "real",
        "means": "real",
        "j": "positive integer",
        "k": "integer",
    }
    assert context.functions["f"].smooth == 2
    assert b.kind == "real"
