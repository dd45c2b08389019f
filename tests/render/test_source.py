"""Lines in the author's order, parentheses included; and what is printed is what was judged."""

import ast
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from symrep.derivation import Line
from symrep.printing import latex
from symrep.render.let import let_latex
from symrep.render.source import line_latex

from .latex_value import Ambiguous, clean, value
from .scripts import load, yields

LINES = [
    ("mu + sigma*eps", r"\mu+\sigma\epsilon"),
    ("sigma*y + mu", r"\sigma y+\mu"),
    ("1*sigma/sqrt(2*pi*sigma**2)*exp(-(g(y)-mu)**2/(2*sigma**2))",
     r"\frac{1\cdot \sigma}{\sqrt{2\pi\sigma^2}}\exp\left(-\frac{(g(y)-\mu)^2}{2\sigma^2}\right)"),
    ("1/(sqrt(2*pi)*sigma)*exp(-(x-mu)**2/(2*sigma**2))",
     r"\frac{1}{\sqrt{2\pi}\,\sigma}\exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)"),
    ("-y**2/2", r"-\frac{y^2}{2}"),
    ("(-y)**2/2", r"\frac{(-y)^2}{2}"),
    ("Rational(1, 2)*x", r"\frac{1}{2}x"),
    ("x**-1", "x^{-1}"),
    ("sigma**Rational(1, 2)", r"\sqrt{\sigma}"),
    ("x-(y-z)", "x-(y-z)"),
    ("x-y-z", "x-y-z"),
    ("(x*y)/(z*m)", r"\frac{xy}{zm}"),
    ("x*y/z*m", r"\frac{xy}{z}m"),
    ("2*(-3)*x", "2(-3)x"),
    ("x*-y", "x(-y)"),
    ("(x+y)*(z-m)", "(x+y)(z-m)"),
    ("-(x+y)*z", "-(x+y)z"),
    ("x-(-y)", "x-(-y)"),
    ("(x**2)**y", "(x^2)^y"),
    ("x**y**2", "x^{y^2}"),
    ("log(sigma)*x", r"\log(\sigma)x"),
    ("x*log(sigma)", r"x\log\sigma"),
    ("log(x+y)", r"\log(x+y)"),
    ("log(sigma)**2", r"(\log\sigma)^2"),
    ("abs(y-x)", r"\left|y-x\right|"),
    ("density(Y)(y)", "f_Y(y)"),
    ("density(X)(g(y))*sigma", r"f_X(g(y))\sigma"),
    ("density(Normal(0, 1))(y)", r"\mathcal{N}(y\mid 0,1)"),
    ("density(Normal(mu + sigma*y, 1))(y)", r"\mathcal{N}(y\mid \mu+\sigma y,1)"),
    ("D(E(f(z), (z, Normal(mu, sigma))), mu)",
     r"\frac{\partial}{\partial\mu}\mathbb{E}_{z\sim\mathcal{N}(\mu,\sigma^2)}\left[f(z)\right]"),
    ("E(D(f(path), mu), (eps, Normal(0, 1)))",
     r"\mathbb{E}_{\epsilon\sim\mathcal{N}(0,1)}\left[\frac{\partial}{\partial\mu}f(\mu+\sigma\epsilon)\right]"),
    ("E(f(path).diff(mu), (eps, Normal(0, 1)))",
     r"\mathbb{E}_{\epsilon\sim\mathcal{N}(0,1)}\left[f'(\mu+\sigma\epsilon)\right]"),
    ("E(f(y), (y, Y))", r"\mathbb{E}_{y\sim f_Y}\left[f(y)\right]"),
    ("E(x*y, (x, X), (y, Uniform(0, 1)))",
     r"\mathbb{E}_{x\sim\mathcal{N}(\mu,\sigma^2),\,y\sim\mathcal{U}(0,1)}\left[xy\right]"),
    ("Var(f(z)*z, (z, X))", r"\operatorname{Var}_{z\sim\mathcal{N}(\mu,\sigma^2)}\left[f(z)z\right]"),
    ("KL(X, Normal(m, s))",
     r"\mathrm{KL}\left(\mathcal{N}(\mu,\sigma^2)\,\middle\|\,\mathcal{N}(m,s^2)\right)"),
    ("f(T(eps, mu, sigma))*h(z)", r"f(T(\epsilon,\mu,\sigma))h(z)"),
    ("twice(x)", "2x"),
    ("indicator(x > 0)*exp(-x)", r"\mathbf{1}\{x>0\}e^{-x}"),
    ("Piecewise((x, x > 0), (0, True))", r"\begin{cases}x & \text{if }x>0\\ 0 & \text{otherwise}\end{cases}"),
    ("Sum(mu**n, (n, 1, 3))*x", r"\left(\sum_{n=1}^{3}\mu^n\right)x"),
    ("Integral(f(x)*exp(-x), (x, 0, oo))", r"\int_{0}^{\infty}f(x)e^{-x}\,dx"),
    ("D(f(mu)*mu, mu)*sigma", r"\left(\frac{d}{d\mu}(f(\mu)\mu)\right)\sigma"),
    ("exp(1)*x", "ex"),
    ("E(x*y, ((x, y), joint(X, X)))",
     r"\mathbb{E}_{x\sim\mathcal{N}(\mu,\sigma^2),\,y\sim\mathcal{N}(\mu,\sigma^2)}\left[xy\right]"),
    ("x/(y/(z/m))", r"\frac{x}{y/(z/m)}"),
    ("log(sigma/s)*x", r"\log\left(\frac{\sigma}{s}\right)x"),
    ("D(E(z, (z, X)), mu)**2",
     r"\left(\frac{\partial}{\partial\mu}\mathbb{E}_{z\sim\mathcal{N}(\mu,\sigma^2)}\left[z\right]\right)^2"),
    ("exp(-y**2/2)/sqrt(2*pi)", r"\frac{\exp\left(-\frac{y^2}{2}\right)}{\sqrt{2\pi}}"),
    ("exp(-(x - mu)**2/(2*sigma**2))/(sqrt(2*pi)*sigma)",
     r"\frac{\exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)}{\sqrt{2\pi}\,\sigma}"),
    ("x/2*exp(-y**2/2)/sigma", r"\frac{(x/2)\exp\left(-\frac{y^2}{2}\right)}{\sigma}"),
    ("exp(-x)/sigma", r"\frac{e^{-x}}{\sigma}"),
    ("exp(exp(-y**2/2)/sigma)", r"\exp\left(\frac{\exp\left(-\frac{y^2}{2}\right)}{\sigma}\right)"),
    ("D(g(y), y)", "g'(y)"),
    ("density(Normal(0, 1))(y/sigma)/m", r"\frac{\mathcal{N}(y/\sigma\mid 0,1)}{m}"),
    ("D(f(y), y, y)*D(h(x), x)", "f''(y)h'(x)"),
    ("D(f(y)*y, y)", r"\frac{d}{dy}(f(y)y)"),
    ("D(f(y*x), y)", r"\frac{\partial}{\partial y}f(yx)"),
    ("phi(x) + f_X(x)", r"\phi(x)+f_X(x)"),
    ("f_Y(y)*psi(y)", r"f_Y(y)\psi(y)"),
    ("E(sample_mean(f(z)*(z - mu)/sigma**2, (z, X), n))",
     r"\mathbb{E}_{z_{1},\dots,z_{n}\sim\mathcal{N}(\mu,\sigma^2)}\left[\frac{1}{n}\sum_{i=1}^{n}\frac{f(z_{i})(z_{i}-\mu)}{\sigma^2}\right]"),
    ("sample_mean(f(path)*eps, (eps, Normal(0, 1)), n)",
     r"\frac{1}{n}\sum_{i=1}^{n}f(\mu+\sigma\epsilon_{i})\epsilon_{i}"),
    ("E(sample_mean(D(f(path), mu), (eps, Normal(0, 1)), 1))",
     r"\mathbb{E}_{\epsilon\sim\mathcal{N}(0,1)}\left[\frac{\partial}{\partial\mu}f(\mu+\sigma\epsilon)\right]"),
    ("f(path).diff(sigma)", r"f'(\mu+\sigma\epsilon)\epsilon"),
]  # fmt: skip


def test_lines(tmp_path: Path) -> None:
    module = load(tmp_path, yields(*(e for e, _ in LINES)))
    for line, (text, expected) in zip(module.it.lines(), LINES, strict=True):
        assert line_latex(line) == expected, text


def test_the_value_decides(tmp_path: Path) -> None:
    """A tree that computes something else than what was yielded is not printed."""
    line = next(load(tmp_path, yields("sigma*y + mu")).it.lines())
    other = replace(line, expr=line.expr + 1)
    assert line_latex(line) == r"\sigma y+\mu"
    assert line_latex(other) == latex(other.expr) != r"\sigma y+\mu"


def test_the_right_assignment(tmp_path: Path) -> None:
    body = "a = y + x\nb = a*2\na = x - y"
    lines = list(load(tmp_path, yields("a", "b", before=body)).it.lines())
    assert [line_latex(line) for line in lines] == ["x-y", "2x+2y"], "b was made of another a: its value is shown"


def test_another_functions_assignment_is_not_ours(tmp_path: Path) -> None:
    module = load(tmp_path, "w = y + x\n\n\ndef other():\n    w = x - y\n    return w\n" + yields("w*2"))
    assert line_latex(next(module.it.lines())) == r"(y+x)\cdot 2"


def test_a_function_that_makes_a_law_is_no_family(tmp_path: Path) -> None:
    """What it is called with are not the parameters of the law."""
    text = "def kernel(start, left):\n    return Normal(start + 1, left / 2)\n\n\n" + yields(
        "density(kernel(x, sigma))(y)"
    )
    assert (
        line_latex(next(load(tmp_path, text).it.lines()))
        == r"\mathcal{N}\left(y\mid x+1,\left(\frac{\sigma}{2}\right)^2\right)"
    )


def test_what_cannot_be_followed_is_printed_by_value(tmp_path: Path) -> None:
    lines = ["sum([y, x])", "(lambda t: t + y)(x)", "[x + y for _ in [1]][0]", "(y if True else x) + x", "f(*[y])"]
    module = load(tmp_path, yields("x", *lines))
    for line in list(module.it.lines())[1:]:
        assert line_latex(line) == latex(line.expr)


def test_without_source() -> None:
    x, y = sp.symbols("x y", real=True)
    assert line_latex(Line(y + x, "=", None, 1)) == "x+y"


def test_relations_are_unwrapped(tmp_path: Path) -> None:
    lines = list(load(tmp_path, yields("x", "le(y + x)", "approx(y*2)")).it.lines())
    assert [line_latex(line) for line in lines] == ["x", "y+x", r"y\cdot 2"]


def test_let(tmp_path: Path) -> None:
    module = load(
        tmp_path, yields("density(Y)(y)", "density(X)(T(y, mu, sigma))*h(z)", "E(f(path), (eps, Normal(0, 1)))")
    )
    assert let_latex(module.it.lines(), module.it.path) == (
        r"X\sim\mathcal{N}(\mu,\sigma^2)",
        r"Y=\frac{X-\mu}{\sigma}",
        r"T(\epsilon, \mu, \sigma) = \mu + \sigma \epsilon",
        r"h(x)=\frac{x-\mu}{\sigma}",
    )


def test_let_leaves_out_what_is_not_to_be_seen(tmp_path: Path) -> None:
    module = load(tmp_path, yields("E(f(x), (x, X))", "E(f(z), (z, U))", before="U = Uniform(0, 1)"))
    assert let_latex(module.it.lines()) == ()


def test_let_of_an_unnamed_base_and_of_a_step(tmp_path: Path) -> None:
    before = "W = pushforward(Normal(0, 1), z, exp(z))\nZ = continuous_law('Z')"
    module = load(tmp_path, yields("density(W)(y)", "density(Z)(y)*Heaviside(x)", before=before))
    assert let_latex(module.it.lines()) == (
        r"W=e^z,\quad z\sim\mathcal{N}(0,1)",
        r"Z\sim f_Z",
        r"H(t)=\mathbf{1}\{t>0\},\quad H(0)=\tfrac{1}{2}",
    )


def test_let_of_densities_under_other_names(tmp_path: Path) -> None:
    module = load(tmp_path, yields("phi(x)*f_X(x)", "psi(x)", "phi(x)"))
    assert let_latex(module.it.lines(), module.it.path) == (
        r"\phi(t)=\mathcal{N}(t\mid 0,1)",
        r"X\sim\mathcal{N}(\mu,\sigma^2)",
        r"Y=\frac{X-\mu}{\sigma}",
        r"\psi(t)=f_Y(t)",
    )


def test_let_says_nothing_of_a_density_under_its_own_name(tmp_path: Path) -> None:
    """p(t) = p(t) tells a reader nothing; under another letter it has to be said."""
    head = "\n\nfrom symrep.conditional import conditional_law\nlaw = conditional_law('p')\np = density(law)\nr = p\n"
    module = load(tmp_path, head + yields("p(x)", "r(x)"))
    assert let_latex(module.it.lines(), module.it.path) == ("r(t)=p(t)",)


NAMES: dict[str, Any] = {
    **{k: sp.Symbol(k, real=True) for k in ("x", "y", "mu")},
    "sigma": sp.Symbol("sigma", positive=True),
    **{k: getattr(sp, k) for k in ("exp", "log", "sqrt", "Rational", "pi")},
}
AT = {"x": 0.7310585, "y": 1.914213, r"\mu": 0.3819660, r"\sigma": 1.6180339, r"\pi": 3.14159265358979}
PLAIN = {k.lstrip("\\"): complex(v) for k, v in AT.items()}


def _text(r: random.Random, depth: int) -> tuple[str, Any]:
    """A random Python expression and its number, worked out beside the interpreter."""
    if depth == 0 or r.random() < 0.1:
        name = r.choice(["x", "y", "mu", "sigma", "pi"])
        if r.random() < 0.3:
            k = r.randint(0, 9)
            return str(k), complex(k)
        return name, PLAIN[name]
    k = r.randint(0, 9)
    a, va = _text(r, depth - 1)
    b, vb = _text(r, depth - 1)
    if k <= 1:
        return f"(({a}) + ({b}))", va + vb
    if k == 2:
        return f"(({a}) - ({b}))", va - vb
    if k <= 4:
        return f"(({a}) * ({b}))", va * vb
    if k == 5:
        return f"(({a}) / ({b}))", va / vb
    if k == 6:
        return f"(-({a}))", -va
    if k == 7:
        p = r.choice([2, 3, -1])
        return f"(({a}) ** ({p}))", va**p
    name = r.choice(["exp", "log", "sqrt"])
    run = {"exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt}[name]
    return f"{name}({a})", complex(run(sp.sympify(clean(va))).evalf(20))


def test_random_trees_keep_their_meaning() -> None:
    """1,500 trees: the number worked out beside them is the number read from the LaTeX alone."""
    r = random.Random(7)
    done = plain = 0
    while done < 1500:
        try:
            text, want = _text(r, 4)
            size = abs(want)
        except (ZeroDivisionError, OverflowError, ValueError, TypeError):
            continue
        if not 1e-9 < size < 1e9 or want.imag != 0:
            continue
        try:
            expr = sp.sympify(eval(text, dict(NAMES)))
        except ZeroDivisionError:
            continue
        if expr.has(sp.zoo, sp.nan, sp.oo, sp.I):
            continue
        line = Line(expr, "=", None, 1, None, ast.parse(text, mode="eval").body, NAMES)
        tex = line_latex(line)
        try:
            got = value(tex, {**AT, "e": 2.718281828459045})
        except Ambiguous as why:
            pytest.fail(f"{why}: {tex} for {text}")
        assert abs(got - want) <= 1e-6 * (1 + abs(want)), (text, tex, got, want)
        done += 1
        plain += tex == latex(expr)
    assert plain < done / 2, "most lines should not be what SymPy's value prints as"
