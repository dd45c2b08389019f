"""Names that are said anew: numbers that are functions, functions of a section or an item, bars, densities in prose."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.checking.files import check
from symrep.checking.surveying import Surveyor
from symrep.reading.documents import Source, open_document
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as found:
        yield found


def read(text: str, name: str = "post.md") -> list[tuple[str, str]]:
    """How the sides of the claims are read, the last of their readings."""
    survey = Surveyor(open_document(Source(name, text.encode()))).run()
    return [(str(n.left.variants[-1][1].expr), str(n.right.variants[-1][1].expr)) for n in survey.links if not n.solve]


def readings(text: str) -> list[list[str]]:
    """The readings of the left sides."""
    survey = Surveyor(open_document(Source("post.md", text.encode()))).run()
    return [[str(v.expr) for _, v in n.left.variants] for n in survey.links]


def flagged(text: str, workers: Workers, name: str = "post.md") -> list[str]:
    found = check(Source(name, text.encode()), 5.0, 2, workers, fix=False)
    assert not found.errors
    return [" ".join(s["rhs"].split()) for s in found.steps if s["status"] == "refuted"]


SIGMOID = r"""Let $X \sim N(\mu, \sigma^2)$ with $\sigma > 0$.

The gate is $\pi = \sigma(\theta) = \frac{1}{1+e^{-\theta}}$ with $\sigma'(\theta) = \sigma(\theta)(1-\sigma(\theta))$
and $\pi(1-\pi) = \sigma'(\theta)$. As before $Var(X) = \sigma^2$.
"""
SCHEDULE = r"""Let $\beta > 0$ and $\alpha = 1 - \beta$.

With $\beta(t) = \beta_0 + (\beta_1-\beta_0)t$ we have
$\int_0^t \beta(s)\,ds = \beta_0 t + \frac{(\beta_1-\beta_0)t^2}{2}$.
"""
ODDS = r"""A family $p(x;\eta) = h(x)\exp(\eta x - A(\eta))$. Here $p=\frac{e^\eta}{1+e^\eta}$, so that
$$ \frac{e^{-\eta}}{(1+e^{-\eta})^2} = p(1-p). $$
"""
ITEMS = r"""The generators:
\begin{itemize}
\item KL: $f(u) = u\log u$ has $f'(u) = 1+\log u$.
\item Pearson: $f(u) = (u-1)^2$, $f'(u) = 2(u-1)$.
\item[Hellinger] $f(u) = (\sqrt u-1)^2$, $f'(u) = 1-\frac{1}{\sqrt u}$ for $u>0$.
\end{itemize}
"""
PROBLEMS = r"""\textbf{Problem 1.} Let $U$ be uniform on $(0,1)$ and $Y = -\log U$. Then
\[ P(Y\le y) = P(U\ge e^{-y}). \]
So $f_Y(y) = e^{-y}$ for $y > 0$.

\textbf{Problem 2.} Let $X\sim N(0,1)$ and $Y=X^2$. For $y>0$ we have $f_Y(y) = \frac{1}{\sqrt{2\pi y}}\,e^{-y/2}$.

\textbf{Problem 3.} If $X$ has density $f_X(x)=\frac{1}{\pi(1+x^2)}$, then $Y = 1/X$ has density
\[
f_Y(y) = f_X(1/y)\cdot\frac{1}{y^2} = \frac{1}{\pi(1+y^2)} .
\]
"""


def test_a_number_that_is_a_function_too(workers: Workers) -> None:
    assert flagged(SIGMOID.replace(r"(1-\sigma(\theta))$", r"(1+\sigma(\theta))$"), workers) == [
        r"\sigma(\theta)(1+\sigma(\theta))"
    ]
    assert flagged(SIGMOID, workers) == []
    assert ("D(1/(1 + exp(-theta)), theta)", "(1 - 1/(1 + exp(-theta)))/(1 + exp(-theta))") in read(SIGMOID)
    assert flagged(SCHEDULE.replace("t^2}{2}", "t^2}{3}"), workers) == [r"\beta_0 t + \frac{(\beta_1-\beta_0)t^2}{3}"]
    assert flagged(SCHEDULE, workers) == []


def test_a_density_that_is_a_number_too(workers: Workers) -> None:
    assert flagged(ODDS.replace("p(1-p)", "p(1+p)"), workers) == ["p(1+p)"]
    assert flagged(ODDS, workers) == []
    assert read(ODDS)[-1][1] == "(1 - exp(eta)/(exp(eta) + 1))*exp(eta)/(exp(eta) + 1)"


def test_an_item_with_a_name_defines_its_function(workers: Workers) -> None:
    assert flagged(ITEMS.replace("2(u-1)", "2(u+1)"), workers, "a.tex") == ["2(u+1)"]
    assert flagged(ITEMS, workers, "a.tex") == []


def test_problems_have_variables_of_their_own(workers: Workers) -> None:
    assert flagged(PROBLEMS.replace(r"{\pi(1+y^2)} .", r"{\pi(1+y)^2} ."), workers, "a.tex") == [
        r"\frac{1}{\pi(1+y)^2}"
    ]
    assert flagged(PROBLEMS, workers, "a.tex") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"$F(w) = 1-e^{-w}$ and the median $m = \log 2$ satisfies $F(m) = \frac12$.", "1/2"),
        (r"$F(w) = 1-e^{-w}$ and the median $m = \log 3$ satisfies $F(m) = \frac12$.", "2/3"),
        (r"$d(p\|r) = p - r^2$ has $\frac{\partial}{\partial p} d(p\|r) = 1$.", "D(p - r**2, p)"),
        (r"With $\mathrm{KL} = m^2 + 1$ we get $\mathrm{KL} - 1 = m^2$.", "m**2"),
        (r"Put $z = m - b \log(1 - 2|u|)$. Then $e^{z} = e^{m}(1-2|u|)^{-b}$.", "exp(-b*log(1 - 2*Abs(u)) + m)"),
        (r"For $x = s u + t$ we have $u = (x-t)/s$. For $x = e^u$ we get $x^2 = e^{2u}$.", "exp(2*u)"),
    ],
)
def test_what_names_stand_for(text: str, left: str) -> None:
    assert left in readings(text)[-1]


def test_the_entropy_of_a_multiple_is_no_map() -> None:
    (link,) = (
        Surveyor(open_document(Source("a.md", rb"Let $X\sim N(0, 1)$. Then $h(cX) = h(X) + \log|c|$."))).run().links
    )
    assert link.left.parsed.unread
    (link,) = Surveyor(open_document(Source("a.md", rb"Let $X\sim N(0, 1)$. Then $E[h(cX)] = 1$."))).run().links
    assert str(link.left.parsed.expr) == "E(h(X*c), (X, Normal(0, 1)))"


def test_laws_told_one_after_the_other() -> None:
    text = "If $X$ is standard normal, $E[X^2] = 1$.\n\nNow let $X$ be uniform on $(0, 1)$. Then $E[X^2] = 1/3$.\n"
    assert [a for a, _ in read(text.replace("If $X$ is", "Let $X$ be"))] == [
        "E(X**2, (X, Normal(0, 1)))",
        "E(X**2, (X, Uniform(0, 1)))",
    ]


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        (r"\mathbb{E}[X \mid |Y|]", "(E (| X (abs Y)))"),
        (r"\mathbb{E}[|X| | Y]", "(E (| (abs X) Y))"),
        (r"p(x|z)", "(app p (| x z))"),
        (r"\log(1 - 2|u|)", "(log (- 1 (* 2 (abs u))))"),
        (r"D_{KL}(p\|q)", "(KL p q)"),
        (r"f(\|x\|)", "(app f (norm x))"),
    ],
)
def test_bars_in_brackets(source: str, tree: str) -> None:
    from symrep.reading.latex import parse, sexp

    assert sexp(parse(source)) == tree


CASES = r"""Let $X$ and $Y$ be random variables, and $\sigma > 0$.

$$ f_Y(y) = e^{-y} $$

$$ f_Y(y) = 0 \quad \text{for} \quad y \notin [0,1] $$

$$ \mathrm{Corr}(X,Y) = \frac{\mathrm{Cov}(X,Y)}{\sqrt{\mathrm{Var}(X)} \sqrt{\mathrm{Var}(Y)}} $$

$$ p(A \vee B) = p(A) + p(B) - p(A \wedge B) $$

$$ \int_{-\infty}^{\frac{x-\mu}{\sigma}} e^{-t^2} \, dt = \int_{-\infty}^{0} e^{-t^2} \, dt
+ \int_{0}^{\frac{x-\mu}{\sigma}} e^{-t^2} \, dt $$

With $\mathrm{H}\_\mathrm{bern}(p) = - p \log p$ we have $2 \mathrm{H}_\mathrm{bern}(p) = - 2p \log p$.
"""


def test_what_proofs_write(workers: Workers) -> None:
    wrong = (
        CASES.replace(r"{\mathrm{Var}(X)} \sqrt", r"{\mathrm{Var}(X)} ")
        .replace(r"e^{-t^2} \, dt $$", r"e^{-2t^2} \, dt $$")
        .replace("- 2p", "- 3p")
    )
    assert wrong.count("e^{-2t^2}") == 1
    assert r"- 3p \log p" in flagged(wrong, workers)
    found = check(Source("a.md", wrong.encode()), 5.0, 2, workers, fix=False).steps
    assert [s["status"] for s in found if "Corr" in s["lhs"] or "int" in s["lhs"]] == ["refuted", "refuted"]
    found = check(Source("a.md", CASES.encode()), 5.0, 2, workers, fix=False).steps
    assert [s["status"] for s in found] == ["undecided", *["proved"] * 4]


def test_what_is_said_of_a_density_and_of_nothing_else_is_no_law_of_all(workers: Workers) -> None:
    text = r"Let $X$ be a discrete random variable. $Q_X(0) = 0$." + "\n\n$$Q_X(p) = a + p(b-a+1) - 1$$\n"
    assert flagged(text, workers) == []
    assert flagged(r"$$ \mathrm{E}\left[ z^X \right] = \sum_{x=0}^{\infty} f_X(x) \, z^x $$", workers) == []


DENSITY = r"""Let $X \sim N(0, 1)$ with density $f_X(x) = \frac{1}{\sqrt{2\pi}} e^{-x^2}$.

The entropy is $H(X, Y) = H(X) + H(Y \mid X)$, of course. $H(X \mid Y) = H(X, Y) - H(X)$ is not.

$$ \int_0^1 x^k(1-x)^{n-k}dx = \frac{k!(n-k)!}{(n+1)!} $$

$$ \frac{B(\alpha+s+1,\beta)}{B(\alpha+s,\beta)} = \frac{\alpha+s}{\alpha+\beta+s} $$

Let $Z(\theta) = \int_0^\infty x^{k-1}e^{-\theta x}\,dx$ for $k > 0$.
Then $\frac{d}{d\theta}\log Z(\theta) = -\frac{k}{\theta}$.
"""


def test_densities_entropies_and_where_integrals_converge(workers: Workers) -> None:
    wrong = DENSITY.replace("(n+1)!}", "n!}").replace("+\\beta+s}", "+\\beta}")
    wrong = wrong.replace("= -\\frac{k}", "= \\frac{k}")
    density = r"\frac{1}{\sqrt{2\pi}} e^{-x^2}"
    assert flagged(wrong, workers) == [
        density,
        r"\frac{k!(n-k)!}{n!}",
        r"\frac{\alpha+s}{\alpha+\beta}",
        r"\frac{k}{\theta}",
    ]
    assert flagged(DENSITY, workers) == [density]
    found = check(Source("a.md", DENSITY.encode()), 5.0, 2, workers, fix=False).steps
    assert [s["status"] for s in found if "H" in s["lhs"]] == ["proved", "not_checked"]


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        (r"z \sim q_\phi(\cdot \mid x)", "(~ z (app q_phi (| z x)))"),
        (r"\mathbb{E}_{z \sim q(\cdot)}[z]", "(E (~ z (app q z)) z)"),
        (r"a \cdot (b)", "(* a b)"),
        (r"x\_i", "x_i"),
    ],
)
def test_places_and_underscores(source: str, tree: str) -> None:
    from symrep.reading.latex import parse, sexp

    assert sexp(parse(source)) == tree


def test_an_escaped_underscore_of_a_word_is_no_subscript() -> None:
    from symrep.reading.latex import Unread, parse

    with pytest.raises(Unread):
        parse(r"\mathrm{log\_prob}(x)")


INVERSE = r"""Let $X \sim N(0, 1)$ and $a > 0$. Then $Y = g(X) = a X + b$ has the inverse function
$$ X = g^{-1}(Y) = \frac{Y - b}{a} $$
so that $\frac{\mathrm{d}g^{-1}(y)}{\mathrm{d}y} = \frac{1}{a}$ and
$$ f_Y(y) = f_X(g^{-1}(y)) \frac{\mathrm{d}g^{-1}(y)}{\mathrm{d}y}
= \frac{1}{\sqrt{2\pi}a} \exp\left(-\frac{(y-b)^2}{2a^2}\right) $$
"""


def test_an_inverse_of_random_variables(workers: Workers) -> None:
    assert flagged(INVERSE.replace(r"\frac{1}{a}$", "a$"), workers) == ["a"]
    assert flagged(INVERSE.replace(r"\sqrt{2\pi}a}", r"\sqrt{2\pi}}"), workers) == [
        r"\frac{1}{\sqrt{2\pi}} \exp\left(-\frac{(y-b)^2}{2a^2}\right)"
    ]
    assert r"\frac{Y + b}{a}" in flagged(INVERSE.replace("Y - b", "Y + b"), workers)
    found = check(Source("a.md", INVERSE.encode()), 5.0, 2, workers, fix=False).steps
    assert [s["status"] for s in found] == ["proved"] * 5


def test_what_has_a_mean_is_random_whatever_its_sign(workers: Workers) -> None:
    text = r"Let $X \geq 0$ be discrete." + "\n\n" + r"$$ \mathrm{E}(X) = \sum_{x \in \mathcal{X}} x \cdot f_X(x) $$"
    found = check(Source("a.md", text.encode()), 5.0, 2, workers, fix=False).steps
    assert [s["status"] for s in found] == ["proved"]
    found = check(Source("a.md", text.replace(r"x \cdot", "").encode()), 5.0, 2, workers, fix=False).steps
    assert [s["status"] for s in found] == ["not_checked"]


ANOTHER = r"""\section{Normal laws}
Let $p = \mathcal{N}(\mu_1,\sigma_1^2)$ with $\sigma_1>0$. Then $\mathbb{E}_{x\sim p}[x] = \mu_1$.

\section{Exponential laws}
With a rate $\lambda>0$, that is, $p(x)=SIDE$ on $x>0$, the mean is
$\int_0^\infty x\lambda e^{-\lambda x}\,dx = \frac1\lambda$.
"""


def test_a_density_of_another_section_is_another_density(workers: Workers) -> None:
    # a slip in what the same names say is still one
    slip = r"\frac{1}{\sqrt{2\pi}\sigma_1}e^{-(x-\mu_1)^2/\sigma_1^2}"
    assert flagged(ANOTHER.replace("SIDE", slip), workers, "a.tex") != []
    assert flagged(ANOTHER.replace("SIDE", r"\lambda e^{-\lambda x}"), workers, "a.tex") == []


RESTS = [
    "*Normal.* Let $p = \\mathcal{N}(0,1)$. It has mean zero.\n\n*Exponential.* With the rate one, "
    "$p(x) = e^{-x}$ on $x>0$. Then $$\\mathbb{E}_{x\\sim p}[x] = 0.$$\n",
    "Let $X\\sim\\mathcal{N}(\\mu,\\sigma^2)$ with $\\sigma>0$ and density $f_X$.\n\nThe waiting time of a bus has "
    "$f_X(x) = \\lambda e^{-\\lambda x}$ on $x>0$, $\\lambda>0$. Its mean is\n\n$$E[X] = \\mu.$$\n",
    "# A\n\nLet $p = \\mathcal{N}(0,1)$.\n\n# B\n\nLet $p(x) = e^{-x}$ on $x>0$. Then $$E_{x\\sim p}[x] = 0.$$\n",
]


@pytest.mark.parametrize("text", RESTS, ids=range(len(RESTS)))
def test_what_rests_on_a_definition_that_may_be_over_is_not_proved(text: str, workers: Workers) -> None:
    # false lines, by the law that was told first, came back proved
    found = check(Source("a.md", text.encode()), 8.0, 1, workers)
    assert found.steps[-1]["status"] == "undecided"
    assert "by an earlier definition" in found.steps[-1]["message"]
