r"""What follows for all densities and all events: lines that do not, then lines that do."""

# ruff: noqa: E501

from __future__ import annotations

import time

import pytest
import sympy as sp

from symrep.claim import FunctionSpec
from symrep.reading.latex import Environment
from symrep.reading.latex.formal import formal_sides
from symrep.reading.latex.statements import parse
from symrep.symbols import DomainSymbol

#: what holds for some only, or for none
WRONG = [
    # independence
    r"\mathrm{E}(XY) = \mathrm{E}(X) \mathrm{E}(Y)",
    r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)",
    r"\mathrm{H}(X, Y) = \mathrm{H}(X) + \mathrm{H}(Y)",
    r"p(x, y) = p(x) \, p(y)",
    r"\mathrm{E}(X|Y) = \mathrm{E}(X)",
    r"\mathrm{Pr}(A \cap B) = \mathrm{Pr}(A) \mathrm{Pr}(B)",
    r"\mathrm{Var}\left( \sum_{i=1}^n X_i \right) = \sum_{i=1}^n \mathrm{Var}(X_i)",
    # a power, a quotient, a logarithm does not pass
    r"\mathrm{E}(X^2) = \mathrm{E}(X)^2",
    r"\mathrm{E}(1/X) = 1 / \mathrm{E}(X)",
    r"\mathrm{E}(\log X) = \log \mathrm{E}(X)",
    r"\mathrm{E}(g(X)) = g(\mathrm{E}(X))",
    r"\left( \sum_{x \in \mathcal{X}} x \, p(x) \right)^2 = \sum_{x \in \mathcal{X}} x^2 \, p(x)^2",
    r"\log \sum_{x \in \mathcal{X}} p(x, y) = \sum_{x \in \mathcal{X}} \log p(x, y)",
    # constants
    r"\mathrm{E}(aX) = \mathrm{E}(X)",
    r"\mathrm{E}(X + a) = \mathrm{E}(X)",
    r"\mathrm{Var}(aX) = a \mathrm{Var}(X)",
    r"\mathrm{Var}(X) = \mathrm{E}(X^2) + \mathrm{E}(X)^2",
    r"\mathrm{Cov}(X, Y) = \mathrm{E}(XY)",
    r"\mathrm{E}\left( \sum_{i=1}^n (X_i + a) \right) = \sum_{i=1}^n \mathrm{E}(X_i) + a",
    # the wrong variable, the wrong density, the wrong way round
    r"\sum_{x \in \mathcal{X}} p(x, y) = p(x)",
    r"\sum_{y \in \mathcal{Y}} x \, p(x, y) = \mathrm{E}(X)",
    r"\mathrm{E}(X) = \sum_{x \in \mathcal{X}} x \, f_Y(x)",
    r"\mathrm{E}(X) = \sum_{x \in \mathcal{X}} x \, q(x)",
    r"\mathrm{E}[\mathrm{E}(X|Y)] = \mathrm{E}(Y)",
    r"\mathrm{Var}(X) = \mathrm{E}[\mathrm{Var}(X|Y)]",
    r"p(x|y) = \frac{p(x, y)}{p(x)}",
    r"p(x|y) = p(y|x)",
    r"\mathrm{H}(X|Y) = \mathrm{H}(X, Y) - \mathrm{H}(X)",
    r"\mathrm{H}(X) = \sum_{x \in \mathcal{X}} p(x) \log p(x)",
    r"\mathrm{H}(X) = - \ln(2) \sum_{x \in \mathcal{X}} p(x) \log_2 p(x)",
    r"\mathrm{H}(X) = - \sum_{x \in \mathcal{X}} p(x) \log_a p(x) + \log_b 1",
    r"\mathrm{I}(X, Y) = \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} p(x, y) \log \frac{p(x, y)}{p(x) \, p(x)}",
    r"\mathrm{KL}[P||Q] = \mathrm{KL}[Q||P]",
    r"\mathrm{KL}[P||Q] = \sum_{x \in \mathcal{X}} q(x) \log \frac{p(x)}{q(x)}",
    r"\mathrm{KL}[P||Q] = \sum_{x \in \mathcal{X}} p(x) \log \frac{q(x)}{p(x)}",
    r"\mathrm{E}_{q(x)}[\log p(x)] = \mathrm{E}_{p(x)}[\log p(x)]",
    r"\left\langle \log q(x) \right\rangle_{p(x)} = \left\langle \log p(x) \right\rangle_{q(x)}",
    # not the whole space, or not the same
    r"\sum_{x \in A} p(x) = 1",
    r"\int_0^\infty f_X(x) \, \mathrm{d}x = 1",
    r"\mathrm{E}(X) = \int_0^\infty x \, f_X(x) \, \mathrm{d}x",
    r"\sum_{x \in A} x \, p(x) = \sum_{x \in B} x \, p(x)",
    r"\sum_{x \in \mathcal{X}} x \, p(x) = \int_{\mathcal{X}} x \, p(x) \, \mathrm{d}x",
    r"\sum_{i=1}^n \mathrm{E}(X) = \mathrm{E}(X)",
    # bound in an inner sum and in an outer one
    r"\sum_{x \in \mathcal{X}} \log \sum_{y \in A} y \, p(x, y) = \sum_{x \in \mathcal{X}} \log \sum_{y \in A} y \, p(y, y)",
    r"\int_0^\infty \int_0^z f_X(z) \, \mathrm{d}x \, \mathrm{d}z = \int_0^z \int_0^\infty f_X(z) \, \mathrm{d}z \, \mathrm{d}x",
    # events
    r"\mathrm{Pr}(A \cup B) = \mathrm{Pr}(A) + \mathrm{Pr}(B)",
    r"p(A \setminus B) = p(A) - p(B)",
    r"\mathrm{Pr}(A|B) = \frac{\mathrm{Pr}(A \cap B)}{\mathrm{Pr}(A)}",
    r"\mathrm{Pr}(\overline{A}) = \mathrm{Pr}(A)",
    r"\mathrm{Pr}(A|\overline{B}) = 1 - \mathrm{Pr}(A|B)",
    r"p(A \cup B \cup C) = p(A) + p(B) + p(C) - p(A \cap B) - p(A \cap C) - p(B \cap C)",
    r"\mathrm{Pr}(X > x) = F_X(x)",
    r"\mathrm{Pr}(X < x) = F_X(x)",
    r"F_X(x) = \sum_{\substack{t \in \mathcal{X} \\ t < x}} f_X(t)",
    r"F_X(x) = \sum_{t \in \mathcal{X}} f_X(t)",
    r"F_X(x) = \int_x^\infty f_X(t) \, \mathrm{d}t",
    r"F_X(x) = \int_{-\infty}^x f_Y(t) \, \mathrm{d}t",
    r"\mathrm{Pr}(g(X) \leq y) = F_X(g^{-1}(y))",
    r"F_X(F_Y^{-1}(y)) = y",
    # a density is no probability
    r"f_X(x) = \mathrm{Pr}(X = x)",
    r"\int_{\mathcal{X}} x f_X(x) \, \mathrm{d}x = \int_{\mathcal{X}} x \, \mathrm{Pr}(X = x) \, \mathrm{d}x",
    # one for each value of an index
    r"\sum_{i=1}^n \int_{\mathcal{X}} x f_{X_i}(x) \, \mathrm{d}x = n \int_{\mathcal{X}} x f_{X_i}(x) \, \mathrm{d}x",
    r"\sum_{i=1}^n x_{2i} = n x_{2i}",
    r"\sum_{i=1}^n \mathrm{E}(X_i) = n \mathrm{E}(X_i)",
    r"\sum_{i=1}^n \mathrm{E}(X_i) = n \mathrm{E}(X_1)",
    # what is random and what is not
    r"\mathrm{E}(X + S) = \mathrm{E}(X) + S",
    r"\mathrm{E}(X) = M_X'(1)",
    r"\mathrm{E}(X) = \varphi_X'(0)",
    # what is spelled out and may diverge is not taken apart
    r"\int_1^\infty \left( \frac{1}{x} - \frac{1}{x+1} \right) \mathrm{d}x = \int_1^\infty \frac{1}{x} \, \mathrm{d}x - \int_1^\infty \frac{1}{x+1} \, \mathrm{d}x",
    r"\sum_{k=1}^\infty (a_k - a_{k+1}) = \sum_{k=1}^\infty a_k - \sum_{k=1}^\infty a_{k+1}",
    r"\int_0^\infty \int_0^\infty \frac{x-y}{(x+y)^3} \, \mathrm{d}x \, \mathrm{d}y = \int_0^\infty \int_0^\infty \frac{x-y}{(x+y)^3} \, \mathrm{d}y \, \mathrm{d}x",
    r"\int_{\mathbb{R}} e^{tx} e^{-bx} \, \mathrm{d}x = \int_{\mathbb{R}} e^{-(b+t)x} \, \mathrm{d}x",
    r"\int_0^\infty x^{a-1} e^{-bx} \, \mathrm{d}x = \int_0^\infty x^{a} e^{-bx} \, \mathrm{d}x",
    r"\int_0^\infty x e^{-bx} \, \mathrm{d}x = x \int_0^\infty e^{-bx} \, \mathrm{d}x",
    r"\int_0^\infty x e^{-bx} \, \mathrm{d}x = \int_0^1 x e^{-bx} \, \mathrm{d}x",
    r"M_X(t) = \mathrm{E}\left( e^{-tX} \right)",
    r"M_Y(t) = \mathrm{E}\left( e^{tX} \right)",
]

RIGHT = [
    r"\mathrm{E}(aX + b) = a \mathrm{E}(X) + b",
    r"\mathrm{E}(X) = \sum_{x \in \mathcal{X}} x \cdot \mathrm{Pr}(X = x)",
    r"\mathrm{E}[g(X)] = \int_{\mathcal{X}} g(x) f_X(x) \, \mathrm{d}x",
    r"\mathrm{E}(X + Y) = \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} (x + y) \cdot f_{X,Y}(x, y)",
    r"\sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} (x + y) f_{X,Y}(x, y) = \sum_{x \in \mathcal{X}} x f_X(x) + \sum_{y \in \mathcal{Y}} y f_Y(y)",
    r"\int_{\mathcal{X}} \int_{\mathcal{Y}} x \, p(x, y) \, \mathrm{d}y \, \mathrm{d}x = \mathrm{E}(X)",
    r"\mathrm{E}(X) = \mathrm{E}[\mathrm{E}(X|Y)]",
    r"\mathrm{Var}(X) = \mathrm{E}[\mathrm{Var}(X|Y)] + \mathrm{Var}[\mathrm{E}(X|Y)]",
    r"\mathrm{Cov}(X, Y) = \mathrm{E}(XY) - \mathrm{E}(X) \mathrm{E}(Y)",
    r"\mathrm{Var}(aX + bY) = a^2 \mathrm{Var}(X) + b^2 \mathrm{Var}(Y) + 2ab \, \mathrm{Cov}(X, Y)",
    r"\mathrm{Var}\left( \sum_{i=1}^n a_i X_i \right) = \sum_{i=1}^n \sum_{j=1}^n a_i a_j \mathrm{Cov}(X_i, X_j)",
    r"\mathrm{E}\left( \sum_{i=1}^n (X_i + a) \right) = \sum_{i=1}^n \mathrm{E}(X_i) + n a",
    r"\left( \sum_{x \in \mathcal{X}} x \, p(x) \right)^2 = \sum_{x \in \mathcal{X}} x \, p(x) \, \mathrm{E}(X)",
    r"\sum_{x \in \mathcal{X}} p(x|y) = 1",
    r"p(x|y) = \frac{p(y|x) \, p(x)}{p(y)}",
    r"\mathrm{H}(X) = - \sum_{x \in \mathcal{X}} p(x) \log_b p(x)",
    r"\mathrm{H}(X|Y) = \mathrm{H}(X, Y) - \mathrm{H}(Y)",
    r"\mathrm{H}(X|Y) = - \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} p(x, y) \log p(x|y)",
    r"\mathrm{I}(X, Y) = \mathrm{H}(X) - \mathrm{H}(X|Y)",
    r"\mathrm{I}(X, Y) = \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} p(x, y) \log \frac{p(x, y)}{p(x) \, p(y)}",
    r"\mathrm{KL}[P||Q] = \int_{\mathcal{X}} p(x) \log \frac{p(x)}{q(x)} \, \mathrm{d}x",
    r"\mathrm{KL}[P||Q] = \mathrm{H}(P, Q) - \mathrm{H}(P)",
    r"\left\langle \ln \frac{p(x)}{q(x)} \right\rangle_{p(x)} = \left\langle \ln p(x) \right\rangle_{p(x)} - \left\langle \ln q(x) \right\rangle_{p(x)}",
    r"\sum_{x \in A} p(x) (1 - q(x)/p(x)) = \sum_{x \in A} p(x) - \sum_{x \in A} q(x)",
    r"p(A \cup B) = p(A) + p(B \setminus [A \cap B])",
    r"p(A \cup B) = p(A) + p(B) - p(A \cap B)",
    r"\mathrm{Pr}(A|B) = \frac{\mathrm{Pr}(B|A) \mathrm{Pr}(A)}{\mathrm{Pr}(B)}",
    r"\mathrm{Pr}(\overline{A}) = 1 - \mathrm{Pr}(A)",
    r"\mathrm{Pr}(A) = \mathrm{Pr}(A|B) \mathrm{Pr}(B) + \mathrm{Pr}(A|\overline{B}) \mathrm{Pr}(\overline{B})",
    r"\mathrm{Pr}(\emptyset) = 0",
    r"\mathrm{Pr}(X > x) = 1 - F_X(x)",
    r"F_X(x) = \sum_{\substack{t \in \mathcal{X} \\ t \leq x}} f_X(t)",
    r"\int_{-\infty}^x f_X(t) \, \mathrm{d}t = F_X(x)",
    r"F_X(b) - F_X(a) = \int_a^b f_X(x) \, \mathrm{d}x",
    r"\int_{-\infty}^b f_X(z) \, \mathrm{d}z + \int_b^x f_X(z) \, \mathrm{d}z = F_X(x)",
    r"\int_0^\infty (1 - F_X(x)) \, \mathrm{d}x = \int_0^\infty \mathrm{Pr}(X > x) \, \mathrm{d}x",
    r"\mathrm{Pr}(F_X(X) \leq y) = \mathrm{Pr}(X \leq F_X^{-1}(y))",
    r"F_X(F_X^{-1}(y)) = y",
    r"\mathrm{E}(X) = M_X'(0)",
    r"\mathrm{E}(X^2) = M_X''(0)",
    r"M_X(t) = \mathrm{E}\left( e^{tX} \right)",
    r"\varphi_Y(t) = \mathrm{E}\left( \exp(i t Y) \right)",
    r"2 \int_0^\infty x^{a-1} e^{tx} e^{-bx} \, \mathrm{d}x = \int_0^\infty 2 x^{a-1} e^{-(b-t)x} \, \mathrm{d}x",
    r"\int_{\mathbb{R}} \frac{c^a}{\Gamma(a)} x^{a-1} e^{-x} \, \mathrm{d}x = \frac{c^a}{\Gamma(a)} \int_{\mathbb{R}} x^{a-1} e^{-x} \, \mathrm{d}x",
    r"\int_0^\infty \int_0^z f_X(z) \, \mathrm{d}x \, \mathrm{d}z = \int_0^\infty z f_X(z) \, \mathrm{d}z",
]  # fmt: skip


def equal(line: str, environment: Environment | None = None) -> bool:
    tree = parse(line, environment or Environment())
    sides = formal_sides(tree.parts[0], tree.parts[1], environment or Environment())
    return sides is not None and sp.simplify(sides[0] - sides[1]) == 0


@pytest.mark.parametrize("line", WRONG)
def test_what_holds_for_some_only_does_not_follow(line: str) -> None:
    assert not equal(line)


@pytest.mark.parametrize("line", RIGHT)
def test_what_follows_for_all(line: str) -> None:
    assert equal(line)


def test_a_function_that_is_defined_is_no_density() -> None:
    x = DomainSymbol("x", "real")
    line = r"\sum_{x \in \mathcal{X}} q(x) = 1"
    assert equal(line)
    assert not equal(line, Environment().with_definition("q(x)", [x], 2 * x))
    assert not equal(line, Environment().with_definition("q", [x], 2 * x))


def test_a_defined_density_is_not_taken_to_have_mass_one() -> None:
    x = DomainSymbol("x", "real")
    line = r"\int_{-\infty}^{\infty} f_X(x) \, \mathrm{d}x = 1"
    assert equal(line)
    assert not equal(line, Environment().with_definition("f_X", [x], sp.exp(-(x**2))))


def test_of_several_laws_an_expectation_has_to_say_which() -> None:
    line = r"\mathrm{E}(X) = \sum_{x \in \mathcal{X}} x \, p(x)"
    assert equal(line)
    assert not equal(line, Environment().with_function("q", FunctionSpec(density=True)))
    x = DomainSymbol("x", "real")
    assert not equal(r"f_X(x) = f_X(x) + f_X'(x)")
    assert not equal(r"\mathrm{E}(g(X)) = \mathrm{E}(g'(X))", Environment().with_symbol(x.name, "real"))


def test_maps_of_random_variables() -> None:
    """Only an increasing map keeps the order; a name stands for what it is defined by, and the rest stays random."""
    x = DomainSymbol("X", "real")
    line = r"\mathrm{Pr}(g(X) \leq y) = F_X(g^{-1}(y))"
    assert equal(line, Environment().with_function("g", FunctionSpec(monotone="increasing")))
    assert not equal(line, Environment().with_function("g", FunctionSpec(monotone="decreasing")))
    affine = Environment().with_definition("Y", [], 2 * x + 1)
    assert equal(r"M_Y(t) = e^t M_X(2t)", affine)
    assert not equal(r"M_Y(t) = M_X(2t)", affine)
    assert equal(r"\mathrm{E}(Y) = 2 \mathrm{E}(X) + 1", affine)
    other = Environment().with_definition("Y", [], 2 * DomainSymbol("Z", "real") + 1)
    assert not equal(r"\mathrm{E}(X + Y) = X + \mathrm{E}(Y)", other)
    assert equal(r"\mathrm{E}(X + Y) = \mathrm{E}(X) + 2 \mathrm{E}(Z) + 1", other)


@pytest.mark.parametrize(
    "line",
    [
        r"\mathrm{E}\left( (X + Y + Z + U + V + W)^{40} \right) = 0",
        r"\mathrm{E}(" + " ".join(f"(X + a_{{{i}}})" for i in range(60)) + r") = 0",
        r"\mathrm{Var}\left( " + " + ".join(f"X_{{{i}}} Y_{{{i}}}" for i in range(40)) + r" \right) = 0",
        r"\left( \sum_{i=1}^n \sum_{j=1}^n \sum_{k=1}^n x_i x_j x_k \mathrm{E}(X) \right)^9 = 0",
        r"p(" + r" \cup ".join(f"A_{{{i}}}" for i in range(60)) + r") = 0",
    ],
)
def test_what_is_too_much_is_left_soon(line: str) -> None:
    start = time.monotonic()
    assert not equal(line)
    assert time.monotonic() - start < 15
