r"""Formulas of the field that were misread once: what they must not mean comes with what they do.

``E X^2`` is no product with Euler's or any other number, ``\mathbb{E}(X - \mu)^2`` no square of a mean,
``\mathbb{V}\mathrm{ar}`` no variance of a·r; ``p(x; \lambda)`` is the density that was defined by that bracket.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from symrep.distributions import Exponential, Gamma, LogNormal, Normal, Pareto, Weibull
from symrep.notation import D, E, Var
from symrep.reading.latex import Environment, read
from symrep.symbols import positive, positive_integer, real

mu, p, t, c = real("mu p t c")
sigma = positive("sigma")
X = real("X")
LAW = Normal(mu, sigma)
KNOWN = Environment().with_symbol("mu", "real").with_symbol("sigma", "positive").with_random("X", LAW)


def mean(body: Any) -> Any:
    return E(body, (X, LAW))


#: LaTeX, what it must not be, what it is
MEANT = [
    (r"E X^2", real("E") * X**2, mean(X**2)),
    (r"E e^{tX}", real("E") * sp.exp(t * X), mean(sp.exp(t * X))),
    (r"E X(X-1)", real("E") * X * (X - 1), mean(X * (X - 1))),
    (r"E|X|", real("E") * abs(X), mean(abs(X))),
    (r"E[X]^2", mean(X**2), mean(X) ** 2),
    (r"E(X)^2", mean(X**2), mean(X) ** 2),
    (r"\mathbb{E}(X-\mu)^2", mean(X - mu) ** 2, mean((X - mu) ** 2)),
    (r"E\left(X-\mu\right)^4", mean(X - mu) ** 4, mean((X - mu) ** 4)),
    (r"E[X-\mu]^2", mean((X - mu) ** 2), mean(X - mu) ** 2),
    (r"\mathbb{E}(X-\mu)(X+\mu)", mean(X - mu) * (X + mu), mean((X - mu) * (X + mu))),
    (r"\mathbb{E}(X-\mu)(1-p)", mean((X - mu) * (1 - p)), mean(X - mu) * (1 - p)),
    (r"E((X+1)^2) - E(X+1)^2", 0, mean((X + 1) ** 2) - mean(X + 1) ** 2),
    (r"E(-1)^X", mean(-1) ** X, mean((-1) ** X)),
    (r"\mathbb{V}\mathrm{ar}[2X]", Var(2 * X * real("ar"), (X, LAW)), Var(2 * X, (X, LAW))),
    (r"\mathbb{V}\text{ar}(2X)", Var(2 * X * real("ar"), (X, LAW)), Var(2 * X, (X, LAW))),
    (r"\mathbb{V}ar(2X)", Var(2 * X * real("ar"), (X, LAW)), Var(2 * X, (X, LAW))),
    (r"E c", mean(c), real("E") * c),  # nothing random: a product
]


@pytest.mark.parametrize(("latex", "wrong", "right"), MEANT, ids=[m[0] for m in MEANT])
def test_what_is_averaged(latex: str, wrong: Any, right: Any) -> None:
    reading = read(latex, KNOWN)
    assert not reading.unread, reading.unread
    ((expr,),) = ([s.expr for s in st.sides] for st in reading.statements)
    assert expr != wrong
    assert sp.expand(expr - right) == 0 or expr == right


a, b, k = positive("a b k")

#: a law, what the document says of parameters, what it is
GIVEN = [
    (r"\mathrm{Exp}(a)", {}, Exponential(a)),
    (r"\mathrm{Exp}(a)", {("Exponential", "a"): "scale"}, Exponential(1 / a)),
    (r"\mathrm{Exp}(a)", {("Exponential", "b"): "scale"}, Exponential(a)),
    (r"\mathrm{Gamma}(a, b)", {("Gamma", "*"): "scale"}, Gamma(a, 1 / b)),
    (r"\mathrm{Gamma}(a, b)", {("Gamma", "a"): "shape", ("Gamma", "b"): "rate"}, Gamma(a, b)),
    (r"\mathrm{Gamma}(a, b)", {("Gamma", "b"): ""}, None),
    (r"\mathrm{LogNormal}(\mu, \sigma^2)", {}, LogNormal(mu, sigma)),
    (r"\mathrm{LogNormal}(\mu, \sigma)", {}, LogNormal(mu, sigma)),
    (r"\mathrm{Weibull}(k, a)", {}, Weibull(k, a)),
    (r"\mathrm{Weibull}(a, k)", {}, Weibull(k, a)),
    (r"\mathrm{Weibull}(a, b)", {("Weibull", "a"): "scale"}, Weibull(b, a)),
    (r"\mathrm{Pareto}(a, x_m)", {}, Pareto(positive("x_m"), a)),
]


@pytest.mark.parametrize(("latex", "told", "law"), GIVEN, ids=range(len(GIVEN)))
def test_laws_by_what_is_told_of_their_parameters(latex: str, told: dict[tuple[str, str], str], law: Any) -> None:
    symbols = {"mu": "real", "sigma": "positive", **dict.fromkeys(("a", "b", "k", "x_m"), "positive")}
    reading = read(rf"X \sim {latex}", Environment(symbols=symbols, parametrised=told))
    if law is None:
        assert [u.code for u in reading.unread] == ["ambiguous"]
    else:
        assert not reading.unread, reading.unread
        assert reading.statements[0].sides[1].expr == law


def test_a_density_with_its_parameters_behind_a_semicolon() -> None:
    x, lam = real("x"), positive("lambda")
    env = Environment().with_symbol("lambda", "positive")
    env = env.with_definition("p(x,lambda)", (x, lam), lam * sp.exp(-lam * x))
    for latex, value in (
        (r"p(x; \lambda)", lam * sp.exp(-lam * x)),
        (r"p(0; \lambda)", lam),
        (r"p(x; 2)", 2 * sp.exp(-2 * x)),
    ):
        reading = read(latex, env)
        assert not reading.unread, reading.unread
        assert reading.statements[0].sides[0].expr == value
    assert read(r"p(x; \mu, \lambda)", env).unread  # another bracket: another density


x, y, s = positive("x y s")
n = positive_integer("n")
WORDS = Environment(symbols={"x": "positive", "y": "positive", "s": "positive", "n": "positive integer", "mu": "real"})
WORDS = WORDS.with_random("X", LAW)

#: LaTeX, a code, what it is, what it is with the guess of that code taken the other way
TURNED = [
    (r"\log 2 s", "argument", sp.log(2 * s), s * sp.log(2)),
    (r"\log n!\, x^n", "argument", sp.log(sp.factorial(n)) * x**n, sp.log(sp.factorial(n) * x**n)),
    (r"\cos\mu x", "argument", sp.cos(mu * x), x * sp.cos(mu)),
    (r"1/2s", "slash", 1 / (2 * s), s / 2),
    (r"E(X-\mu)^2", "power", mean((X - mu) ** 2), mean(X - mu) ** 2),
    (r"E(X)^2", "power", mean(X) ** 2, mean(X**2)),
    (r"E X y", "scope", mean(X * y), mean(X) * y),
    (r"\frac{d}{dx} x\log x", "scope", D(x * sp.log(x), x), None),
    (r"\log(2 s)", "argument", sp.log(2 * s), sp.log(2 * s)),
    (r"E[X]^2", "power", mean(X) ** 2, mean(X) ** 2),
]


@pytest.mark.parametrize(("latex", "code", "first", "other"), TURNED, ids=[t[0] for t in TURNED])
def test_guesses_taken_the_other_way(latex: str, code: str, first: Any, other: Any) -> None:
    for env, value in ((WORDS, first), (replace(WORDS, turned=frozenset((code,))), other)):
        reading = read(latex, env)
        if value is None:
            assert reading.unread
            continue
        assert not reading.unread, reading.unread
        expr = reading.statements[0].sides[0].expr
        assert expr == value or sp.expand(expr - value) == 0


def test_numbers_side_by_side() -> None:
    for latex, value in (
        (r"1\,000", 1000),
        (r"2\,500\,000", 2_500_000),
        (r"10\,000 x", 10_000 * x),
        (r"x^23", 3 * x**2),
    ):
        reading = read(latex, WORDS)
        assert not reading.unread, reading.unread
        assert reading.statements[0].sides[0].expr == value
    for latex in (r"2\ 3", r"0\,123", r"1\,00", r"2\,3456"):  # no products, and no other number
        assert [u.code for u in read(latex, WORDS).unread] == ["ambiguous"], latex


def test_a_number_before_one_letter_in_brackets() -> None:
    for latex in (r"s(x) + 1", r"2 s(x)", r"\frac{y}{s(x)}"):  # neither s x nor a function of x
        assert [u.code for u in read(latex, WORDS).unread] == ["ambiguous"], latex
    for latex, value in ((r"s(x + y)", s * (x + y)), (r"(s)(x)", s * x), (r"s(2)", 2 * s)):
        reading = read(latex, WORDS)
        assert not reading.unread, reading.unread
        assert sp.expand(reading.statements[0].sides[0].expr - value) == 0


def test_a_function_under_a_condition() -> None:
    env = WORDS.with_definition("f", (x, s), s * sp.exp(-s * x))
    for latex, value in ((r"f(x \mid s)", s * sp.exp(-s * x)), (r"f(0|s)", s)):
        reading = read(latex, env)
        assert not reading.unread, reading.unread
        assert reading.statements[0].sides[0].expr == value
    assert read(r"f(s | x)", env).unread  # what x is where s was is another density
    assert read(r"f(x | y)", env).unread


def test_a_square_of_a_mean_beside_the_mean_of_a_square_at_the_other_side() -> None:
    reading = read(r"E[(X-c)^2] = E(X-c)^2 + \sigma^2", KNOWN)
    left, right = (side.expr for side in reading.statements[0].sides)
    assert left == mean((X - c) ** 2)
    assert right == mean(X - c) ** 2 + sigma**2
