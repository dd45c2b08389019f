r"""Lines a naive reader gets wrong, each with the wrong reading it must not have, then the right one or none at all.

The wrong readings are those of ready-made parsers and of quick guesses: primes dropped, ``p(z|x)`` read as p, ``\log``
to base ten, powers where there are labels, zeros where a dependence is not spelled out.
"""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from symrep.claim import FunctionSpec
from symrep.distributions import Exponential, Normal
from symrep.notation import D, E, Var, density, indicator
from symrep.reading.latex import Environment, Guess, Reading, Unread, parse, read, sexp
from symrep.rules.base import unfolded
from symrep.symbols import function, integer, positive, positive_integer, real

x, y, z, mu, a, b = real("x y z mu a b")
sigma = positive("sigma")
f = function("f")
KNOWN = (
    Environment()
    .with_symbol("mu", "real")
    .with_symbol("sigma", "positive")
    .with_function("f", FunctionSpec())
    .with_function("h", FunctionSpec(smooth=2, arity=2))
    .with_random("X", Normal(mu, sigma))
)


def sides(tex: str, environment: Environment = KNOWN) -> list[Any]:
    reading = read(tex, environment)
    assert not reading.unread, reading.unread
    return [s.expr for st in reading.statements for s in st.sides]


def meaning(tex: str, environment: Environment = KNOWN) -> Any:
    (only,) = sides(tex, environment)
    return only


def code(tex: str, environment: Environment = KNOWN) -> str:
    unread = read(tex, environment).unread
    return unread[0].code if unread else ""


def test_derivatives_by_the_place_of_an_argument() -> None:
    h = function("h", smooth=2, arity=2)
    at = {x: h(a, y)}
    assert meaning(r"\partial_{2}h(x,y)") == h(x, y).diff(y)
    assert meaning(r"\partial_1 h(h(a, y), y)") == h(x, y).diff(x).subs(at)
    assert meaning(r"\partial_{2}h(h(a,y),y)") == h(x, y).diff(y).subs(at)  # not along the path
    assert meaning(r"\partial_{2}h(x,y) \mu") == mu * h(x, y).diff(y)


#: what must not be read, and what sort of trouble it is
UNREAD = [
    # two readings, none likelier
    ("1/2 x", "ambiguous"),
    (r"\log x / y", "ambiguous"),
    (r"\log(x)^2", "ambiguous"),
    (r"\log{\left(x\right)}^{2}", "ambiguous"),
    (r"a / b c", "ambiguous"),
    (r"\frac{d}{dx} f(x) f(x)", "ambiguous"),
    (r"\frac{d}{dx} x^2 \cdot \frac{dx}{d\mu}", "ambiguous"),  # the rule of the chain
    (r"\frac{d}{dx} x^2 \cdot e^x", "ambiguous"),
    (r"\frac{d}{dx} \log(x) \, x", "ambiguous"),  # the derivative of a logarithm, times x, in this field
    (r"\frac{d}{dx} (x - 1) (x + 1)", "ambiguous"),
    (r"\frac{d}{dx} x / (1 + x)", "ambiguous"),
    (r"\partial_x x e^x", "ambiguous"),
    (r"\prod_{i=1}^n x_i y", "ambiguous"),
    (r"\prod_{i=1}^n x_i / 2", "ambiguous"),
    (r"\sqrt[3]{x}", "ambiguous"),
    (r"\mathcal{N}(0, \sigma)", "ambiguous"),
    (r"\int x\,dx", "ambiguous"),
    ("sigma + nu", "ambiguous"),
    ("total + 1", "ambiguous"),
    (r"(1-x)^T + T", "ambiguous"),
    (r"\log^{-1}(x)", "ambiguous"),
    ("C_n^k", "ambiguous"),
    (r"\delta(x - y)", "ambiguous"),
    (r"\Delta x", "ambiguous"),
    ("1,000", "ambiguous"),
    (r"\log x y", "ambiguous"),
    (r"f^{(n)}(x)", "ambiguous"),
    (r"\sum_{j=1}^n \delta_{ij} x_j", "ambiguous"),
    # the place of an argument that is not there, or of no function of several
    (r"\partial_{2} f(x)", "unsupported"),
    (r"\partial_{1} f(x)", "unsupported"),
    (r"\partial_{0} h(x, y)", "unsupported"),
    (r"\partial_{3} h(x, y)", "unsupported"),
    (r"\partial_{1/2} h(x, y)", "unsupported"),
    (r"\partial_1 (x y)", "unsupported"),
    # nobody said what it is
    (r"\mathbb{E}[y]", "undefined"),
    (r"\mathbb{E}[X^T Y]", "unsupported"),
    (r"\mathbb{E}_{z \sim p_\theta(z)}[f(z)]", ""),
    (r"\frac{dy}{dx}", "undefined"),
    (r"\frac{\partial \mathcal{L}}{\partial \mu}", "undefined"),
    (r"\nabla f(x)", "undefined"),
    (r"h^{-1}(x)", "undefined"),
    (r"\sum_i x_i + n", "undefined"),  # as many as n?
    (r"\sum_i i x_i", "undefined"),
    (r"f_Y(y) - f_Z(y)", "undefined"),
    (r"f_{x+y}(z)", "undefined"),
    (r"f_{\sqrt{x}}(z)", "undefined"),
    (r"p(x, x) - p(z)", "unsupported"),
    (r"p(2x) - p(z)", "undefined"),
    (r"p(x_1, \dots, x_n)", "unsupported"),
    (r"\mathrm{KL}(r \,\|\, s)", "undefined"),
    (r"f + 1", "undefined"),
    (r"|\Sigma|", "undefined"),
    (r"\mathcal{N}(\mu, \Sigma)", "undefined"),  # not a normal law on the line with standard deviation √Σ
    (r"A^{-1} x + \operatorname{tr}(A)", "undefined"),
    # a sum over what is not seen to depend on the index is no multiple of it
    (r"\sum_{i=1}^n f_i(x)", "unsupported"),
    (r"\sum_{i=1}^n f^{(i)}(x)", "ambiguous"),
    (r"\sum_{k=1}^n x_{2k}", "ambiguous"),
    (r"\sum_{k=1}^n x_{\text{max},k}", "ambiguous"),
    # understood, and no expression for it
    (r"f(z|x)", "unsupported"),
    (r"\mathbf{x}^\top \mathbf{x}", "unsupported"),
    (r"x^\top x", "unsupported"),
    (r"\|x\|", "unsupported"),
    (r"1 + 4 + \dots + n^2", "unsupported"),  # not the sum of all numbers up to n²
    (r"\arg\max_x f(x)", "unsupported"),
    (r"\max_x f(x)", "unsupported"),
    (r"a \pm b", "unsupported"),
    (r"dx", "unsupported"),
    (r"\mathbb{E}[X \mid Y]", "unsupported"),
    (r"\operatorname{Bork}", ""),
    (r"\bork x", "unsupported"),
    (r"\oint f(x)\,dx", "unsupported"),
    (r"\sum_{i \in S} x_i", "undefined"),
    (r"x \odot y", "unsupported"),
    (r"x = 1 \text{ or } x = 2", "unsupported"),  # two alternatives are not two claims
    (r"\text{for } x > 0", "unsupported"),
    # no formula
    (r"x + ", "syntax"),
    (r"(x", "syntax"),
    (r"\frac{x}", "syntax"),
    (r"x^2^3", "syntax"),
    (r"\left( x", "syntax"),
    (r"|x", "syntax"),
    (r"\int f(x)", "syntax"),
    (r"= ", "syntax"),
    (r"x = ", "syntax"),
    (r"\sum_{i=1}^n", "syntax"),
    # division by nothing, numbers nobody can write down
    (r"\frac{1}{0}", "unsupported"),
    (r"10^{10^{10}}", "size"),
    (r"1000000000!", "size"),
    (r"E[(X + Y)^{99999999}]", "size"),
    (r"\mathrm{Var}(X_1 + X_2 + X_3 + X_4 + X_5 + X_6 + X_7 + X_8 + X_9 + X_{10} + X_{11})", "size"),
    # densities without anything in them
    (r"p(|)", "syntax"),
    (r"P()", "syntax"),
    (r"m^{\bar{n}}", "ambiguous"),
    (r"x^{\overline}", "syntax"),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "sort"), [u for u in UNREAD if u[1]])
def test_not_read_and_why(tex: str, sort: str) -> None:
    reading = read(tex, KNOWN)
    assert reading.unread, [s.expr for st in reading.statements for s in st.sides]
    trouble = reading.unread[0]
    assert trouble.code == sort, trouble
    assert trouble.needed and 0 <= trouble.start <= trouble.end <= len(tex)


#: a line, wrong readings of it, the right one
TREES = [
    ("p(z|x)", ["p", "(* p z)"], "(app p (| z x))"),
    (r"\mathbb{E}[X]", ["(* E mathbb X)", "(* E X)"], "(E X)"),
    ("x = y = z", ["(= (= x y) z)"], "(= x y z)"),
    ("f'(x)", ["(app f x)", "(* f' x)"], "(app (prime f) x)"),
    (r"\mu(1-\mu)", ["(app mu (- 1 mu))"], "(* mu (- 1 mu))"),
    (r"\sigma(x)", ["(* sigma x)"], "(app sigma x)"),
    (r"p^k(1-p)^{n-k}", ["(^ (app p (- 1 p)) k)"], "(* (^ p k) (^ (- 1 p) (- n k)))"),
    ("f^{-1}(x)", ["(/ 1 (app f x))", "(^ f (neg 1))"], "(app (inverse f) x)"),
    ("x^{(i)}", ["(^ x i)"], "(sup x i)"),
    ("x^*", ["(^ x *)"], "(star x)"),
    (r"x^{\text{new}}", ["(^ x (* n e w))"], "(sup x new)"),
    ("E^2(X)", ["(E (^ X 2))", "(app (^ E 2) X)"], "(^ (E X) 2)"),
    (r"\sin^2 x", ["(sin (^ x 2))"], "(^ (sin x) 2)"),
    (r"\log p(x) f(x)", ["(log (* (app p x) (app f x)))"], "(* (log (app p x)) (app f x))"),
    (r"\frac12 x", ["(/ 12 x)", "(/ 1 (* 2 x))"], "(* (/ 1 2) x)"),
    ("x^23", ["(^ x 23)"], "(* (^ x 2) 3)"),
    (r"1/2\sigma^2", ["(* (/ 1 2) (^ sigma 2))"], "(/ 1 (* 2 (^ sigma 2)))"),
    (r"\frac{d}{2}", ["(D 2 d)"], "(/ d 2)"),
    (r"\frac{d}{dx} x^2", ["(* (/ d (* d x)) (^ x 2))"], "(D (^ x 2) x)"),
    ("e^{-x}", ["(^ e (neg x))"], "(exp (neg x))"),
    (r"\exp -\frac{x}{2} + 1", ["(exp (+ (neg (/ x 2)) 1))"], "(+ (exp (neg (/ x 2))) 1)"),
    (r"\sum_{i=1}^n x_i + 1", ["(sum i 1 n (+ x_i 1))"], "(+ (sum i 1 n x_i) 1)"),
    (r"-x^2", ["(^ (neg x) 2)"], "(neg (^ x 2))"),
    ("n!(n-1)", ["(! (* n (- n 1)))"], "(* (! n) (- n 1))"),
    (r"|x||y|", ["(abs (* x (abs y)))", "(norm x)"], "(* (abs x) (abs y))"),
    (r"\int_0^1 x + 1 dx", ["(+ (int x x 0 1) 1)"], "(int (+ x 1) x 0 1)"),
    (r"x \approx y", ["(= x y)"], "(approx x y)"),
    (r"x \propto y", ["(= x y)"], "(propto x y)"),
    (r"I_0(\kappa)", ["(* I_0 kappa)"], "(besseli 0 kappa)"),
    (r"\gamma(a, x)", ["(* gamma (list a x))"], "(lowergamma a x)"),
    (r"V^{-1}(y - x)", ["(app (inverse V) (- y x))"], "(* (^ V (neg 1)) (- y x))"),
    (r"\sum_{i=1}^n -2 x_i", ["(- (sum i 1 n) (* 2 x_i))"], "(sum i 1 n (neg (* 2 x_i)))"),
    (r"\mathrm{t}(n-1)", ["(* t (- n 1))"], "(app t (- n 1))"),
    (r"\log {n \choose k}", [], "(log (binom n k))"),
    (r"H_0: \mu = 0", ["(= (* H_0 mu) 0)"], "(= mu 0)"),
    ("P(X = 1, Y = 0)", ["(P (= X 1) (= Y 0))"], "(P (and (= X 1) (= Y 0)))"),
    (r"\pi(b-a)", ["(app pi (- b a))"], "(* pi (- b a))"),
    (r"\log \sigma^2", ["(^ (log sigma) 2)"], "(log (^ sigma 2))"),
    (r"\mathbb{E} X Y", ["(* (E X) Y)"], "(E (* X Y))"),
    (r"a \cdot -b", ["(- a b)"], "(* a (neg b))"),
    (r"\text{the usual loss} + 1", ["1"], "(+ theusualloss 1)"),
    ("total + 1", ["(+ (* t o t a l) 1)"], "unread"),
    (r"q(z)\log\frac{q(z)}{p(z)}dz", ["(* q z log)"], None),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "wrong", "right"), TREES)
def test_structure(tex: str, wrong: list[str], right: str | None) -> None:
    try:
        got = sexp(parse(tex))
    except Unread:
        got = "unread"
    assert got not in wrong
    if right is not None:
        assert got == right


def test_logarithms_are_natural() -> None:
    assert meaning(r"\log e") == 1


def test_the_second_parameter_of_a_normal_law_is_its_variance() -> None:
    assert meaning(r"\mathcal{N}(\mu, \sigma^2)") == Normal(mu, sigma)
    assert meaning(r"\mathcal{N}(0, 2)") == Normal(0, sp.sqrt(2))


def test_a_derivative_by_the_variance_is_not_the_second_one() -> None:
    got = meaning(r"\frac{\partial}{\partial\sigma^2} \log \sigma^2")
    assert got.doit() != 0
    assert got == D(sp.log(sigma**2), sigma) / (2 * sigma)
    assert meaning(r"\frac{\partial^2}{\partial\sigma^2} \log \sigma") == D(sp.log(sigma), sigma, sigma)


WHOLE = [
    (r"\frac{\partial}{\partial\mu} \frac12 (\mu^2 + \sigma^2)", mu),
    (r"\frac{\partial}{\partial\mu} \frac{1}{2\sigma^2} (x - \mu)^2 - \mu", (mu - x) / sigma**2 - mu),
    (r"\frac{d}{dx} x e^x", sp.exp(x) + x * sp.exp(x)),
    (r"\frac{d}{dx} (1 + x)^2 e^x", (1 + x) * (3 + x) * sp.exp(x)),
    (r"\nabla_\mu \frac12 (\mu - x)^2", mu - x),
]


@pytest.mark.parametrize(("tex", "value"), WHOLE)
def test_a_derivative_reaches_over_a_product_and_says_so(tex: str, value: Any) -> None:
    """Not 0 · (μ² + σ²): nobody differentiates a half."""
    assert sp.simplify(unfolded(meaning(tex)) - value) == 0
    assert [g.code for g in read(tex, KNOWN).guesses] == ["scope"]


def test_square_brackets_end_what_is_differentiated() -> None:
    assert sp.simplify(unfolded(meaning(r"\frac{d}{dx} [x^2] x")) - 2 * x**2) == 0


def test_the_slope_of_a_function_at_a_parameter_it_contains() -> None:
    """f(x) = μx: f'(μ) = μ, not d(μ²)/dμ = 2μ."""
    environment = KNOWN.with_definition("f", (x,), mu * x)
    got = meaning(r"f'(\mu)", environment)
    assert sp.simplify(got - mu) == 0


def test_definitions_stand_for_what_they_say() -> None:
    environment = KNOWN.with_definition("g", (y,), sigma * y + mu)
    assert meaning(r"g(y) - \mu", environment) == sigma * y
    assert meaning(r"g(2)", environment) == 2 * sigma + mu


def test_a_definition_is_not_captured_by_a_bound_variable() -> None:
    """C = x + 1 outside; ∫_{-1}^1 c dt is 2(x + 1) whatever the integral calls its variable."""
    environment = KNOWN.with_symbol("x", "positive").with_definition("c", (), positive("x") + 1)
    t = real("t")
    assert meaning(r"\int_{-1}^1 c\,dt", environment) == sp.Integral(positive("x") + 1, (t, -1, 1))
    inside = meaning(r"\int_{-1}^1 c\,dx", environment)
    (limits,) = inside.limits
    assert limits[0] in inside.function.free_symbols  # the author integrates the x in c, under another symbol
    assert limits[0] != positive("x")


def test_an_index_reaches_labels_and_subscripts() -> None:
    """Σ_i of what depends on i only through x_i or x^{(i)} is no multiple of n."""
    n, i = positive_integer("n"), integer("i")
    for tex in (r"\sum_{i=1}^n x_i", r"\sum_{i=1}^n x^{(i)}"):
        got = meaning(tex)
        assert isinstance(got, sp.Sum)
        assert got.function.has(i) and got.limits[0][2] == n


def test_several_subscripts_are_several_indices() -> None:
    i, j = integer("i"), integer("j")
    got = meaning(r"\sum_{i=1}^2 \sum_{j=1}^2 y_{ij}")
    assert got.function.args[1:] == (i, j)
    zero = meaning(r"\sum_{j=1}^2 \alpha_{0j}")
    assert zero.function.args[1:] == (0, j)


def test_the_same_letter_is_one_family_through_the_formula() -> None:
    first, second = sides(r"\sum_{i=1}^2 x_i = x_1 + x_2")
    assert sp.expand(first.doit() - second) == 0


def test_a_script_letter_is_not_the_plain_one_beside_it() -> None:
    assert meaning(r"\mathcal{L} - L") != 0
    assert meaning(r"\mathcal{L} - \mathcal{L}") == 0


def test_e_and_i_may_be_the_documents_own() -> None:
    assert meaning("e + 1", KNOWN.with_symbol("e", "real")) == real("e") + 1
    assert meaning("i + 1", KNOWN.with_symbol("i", "integer")) == integer("i") + 1
    assert meaning(r"e^{i\pi}") == -1


def test_random_variables_and_their_laws() -> None:
    X = real("X")
    assert meaning(r"\mathbb{E}[X^2]") == E(X**2, (X, Normal(mu, sigma)))
    assert meaning(r"\mathrm{Var}(X)") == Var(X, (X, Normal(mu, sigma)))
    assert meaning("f_X(x)") == density(Normal(mu, sigma))(x)
    assert meaning(r"P(X \le x)") == E(indicator(x >= X), (X, Normal(mu, sigma)))
    both = KNOWN.with_random("Y", Normal(0, 1))
    mean = meaning("E[XY]", both)  # nothing says that they are independent: not E[X] E[Y], only some number
    assert mean.is_Symbol and mean not in (meaning("E[X]", both), meaning("E[X^2 Y]", both), meaning("E[XZ]", both))
    assert meaning("E[Y X]", both) == mean and meaning("E[2XY + Y]", both) == 2 * mean + E(
        real("Y"), (real("Y"), Normal(0, 1))
    )


def test_a_law_may_stand_in_the_formula_itself() -> None:
    Z = real("Z")
    assert sides(r"Z \sim \mathcal{N}(0, 1), \quad \mathbb{E}[Z^2] = 1")[2] == E(Z**2, (Z, Normal(0, 1)))
    assert sides(r"\mathbb{E}[Z^2] = 1 \text{ where } Z \sim \mathcal{N}(0, 1)")[0] == E(Z**2, (Z, Normal(0, 1)))
    assert meaning(r"\mathrm{t}(x \mid 3, 0, 1)", KNOWN.with_symbol("t", "real")).law.family.name == "StudentT"


def test_an_expectation_binds_its_variable() -> None:
    """E_{x ~ N(0,1)}[x] + x: the x outside is another."""
    got = meaning(r"\mathbb{E}_{x \sim \mathcal{N}(0,1)}[x] + x")
    assert got == E(x, (x, Normal(0, 1))) + x


def test_conventions_are_guesses_and_can_be_declined() -> None:
    loose = read(r"\sigma + \lambda", Environment())
    assert any(g.code == "kind" and "sigma" in g.read for g in loose.guesses)
    strict = read(r"\sigma", Environment(conventions=False))
    assert not strict.guesses and strict.statements[0].sides[0].expr == real("sigma")


def test_declarations_beat_habits() -> None:
    assert meaning(r"f(x+1)", Environment().with_symbol("f", "real")) == real("f") * (x + 1)
    assert meaning(r"a(x+1)", Environment().with_function("a")) == function("a")(x + 1)
    assert meaning(r"N(0, 1)", KNOWN) == Normal(0, 1)
    assert meaning(r"N(N-1)", KNOWN) == real("N") * (real("N") - 1)


@pytest.mark.parametrize(
    "tex",
    [r"\mu(1-\mu)", r"\sigma(x)", "E[X]", r"1/2\sigma^2", "x^23", "exp(x)", r"\mathrm{Exp}(\sigma)", r"\log 2\pi"],
)
def test_every_choice_is_recorded_with_its_place(tex: str) -> None:
    guesses = read(tex, Environment().with_random("X", Exponential(1))).guesses
    assert guesses
    for g in guesses:
        assert isinstance(g, Guess) and g.read and g.why and 0 <= g.start < g.end <= len(tex)


def roles(tex: str) -> list[tuple[str, list[str], list[str]]]:
    return [
        (s.role, [str(x.expr) for x in s.sides], [str(c.expr) for c in s.conditions])
        for s in read(tex, KNOWN.with_symbol("x", "real")).statements
    ]


def test_what_is_supposed_is_not_claimed() -> None:
    """X > 0 in ``x > 0 ⟹ f(x) > 0`` is no claim; nor is it one behind ``if``, ``for``, a quad or a comma."""
    condition = [("claim", ["f(x)", "1"], ["x > 0"])]
    for tex in (
        r"f(x) = 1 \quad \text{if } x > 0",
        r"f(x) = 1, \quad x > 0",
        r"f(x) = 1 \quad (x > 0)",
        r"f(x) = 1, x > 0",
        r"\text{For } x > 0, f(x) = 1",
        r"\forall x > 0: f(x) = 1",
    ):
        assert roles(tex) == condition, tex
    assert roles(r"x > 0 \implies f(x) = 1") == [("consequence", ["f(x)", "1"], ["x > 0"])]
    assert [r[0] for r in roles(r"2x = 4 \implies x = 2")] == ["premise", "consequence"]
    assert [r[0] for r in roles(r"2x = 4 \\ \Rightarrow x = 2")] == ["claim", "consequence"]


def test_no_condition_of_a_case_is_lost() -> None:
    tex = r"\begin{cases} 1 & x > 0 \text{ and } x < \sigma \\ 0 & \text{else} \end{cases}"
    assert meaning(tex) == indicator(sp.And(x > 0, x < sigma))


def test_a_row_that_begins_with_its_sign_inherits() -> None:
    reading: Reading = read(r"f(x) &= x^2 \\ &= x \cdot x \\ &\quad + 0", KNOWN)
    first, second = reading.statements
    assert not first.inherits and second.inherits
    assert second.sides[0].tree is None and second.sides[1].expr == x**2
