"""How lecture notes and blogs put it: families and sequences by a formula, reasons beside a row, cases in passing.

Right lines must not be called wrong; the wrong line of the same shape must.
"""

# ruff: noqa: E501

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source, open_document
from symrep.reading.latex import read, sexp
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def statuses(text: str, workers: Workers, name: str = "a.md") -> list[str]:
    found = check(Source(name, text.encode()), 5.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


def tree(source: str) -> str:
    return sexp(read(source).statements[0].sides[0].tree)


FAMILIES = r"""
Let $\hat{p}_i = \frac{c_i}{N}$ be the fraction of reads. We define

$$R_i = 10^9 \times \frac{c_i}{N l_i}.$$

Then

$$\begin{align*}T_i &= 10^{6} \frac{R_i }{\sum_{j=1}^G R_j} \\ &= R_i \left[\frac{10^6 }{10^NINE \sum_{j=1}^G \frac{\hat{p}_j}{l_j} } \right] \end{align*}$$
"""
SEQUENCE = r"""
Define $$d_n = \log \left(\frac{n!e^n}{n^{n + 1/2}}\right)$$ Then

$$d_n - d_{n + 1} = (n + 1/2)\log\left(\frac{n + 1}{n}\right) SIGN 1$$
"""
REASON = r"""
We have

$$\begin{align*} \lambda &= - \sum_{i=1}^n \sum_{k=1}^K \gamma_{i,k} \\ &= -n && \text{because } \sum_{k=1}^K \gamma_{i,k} = 1\end{align*}$$
"""
#: (right text, what becomes of it), with the wrong one of the same shape
PAIRS = [
    (FAMILIES.replace("NINE", "9"), FAMILIES.replace("NINE", "8")),
    (SEQUENCE.replace("SIGN", "-"), SEQUENCE.replace("SIGN", "+")),
    (
        r"The standard error is $$\sqrt{\frac{15^2}{36} + \frac{20^2}{49}} = \sqrt{6.25 + 8.16}$$",
        r"The standard error is $$\sqrt{\frac{15^2}{36} + \frac{20^2}{49}} = \sqrt{6.25 + 8.66}$$",
    ),
    (
        r"There are $$\frac{52!}{(13!)^4} = 5.36\times 10^{28}$$",
        r"There are $$\frac{52!}{(13!)^4} = 5.63\times 10^{28}$$",
    ),
    (
        r"In the sum of squares, $$(a+b)^2 = a^2 + 2ab + b^2 \quad \text{since } (a+b)^2 = (a+b)(a+b)$$",
        r"In the sum of squares, $$(a+b)^2 = a^2 + ab + b^2 \quad \text{since } (a+b)^2 = (a+b)(a+b)$$",
    ),
    (
        r"Let $n_t = n - n_h$. You might never see a trial where $n_h = n_t$ exactly.",
        r"Let $n_t = n - n_h$. $$n_t^2 = n^2 - n n_h + n_h^2$$",
    ),
    (
        r"The transformations are $$f(z) = \frac{az + b}{c z + d}$$ with $ad - bc \not= 0$.",
        r"For all numbers $$ab \ge \frac{a^2 + b^2}{2}.$$",
    ),
]
NOT_WRONG = [
    REASON,
    r"We see 6 heads. The estimate is $$\theta = \frac{n_\text{heads}}{n_\text{heads} + n_\text{tails}} = 0.6$$",
    "If $B_1, \\ldots, B_n$ form a partition, then for any event $A$:\n\n$$P(A) = \\sum_{i=1}^{n} P(A \\mid B_i) \\cdot P(B_i)$$",
    r"Assume that for healthy patients ($H=0$) the outcomes are coupled. Derive the probability that the patient is ill ($H=1$).",
    r"If $i \in A$, we have $x_i = 1$.",
    "Let $$g(z) = \\frac{z}{2}.$$\n\nThere is a function $g$ such that $g(z)^2 = z + 1$.\n\nThen $g(z)^2 = z + 1$.",
    "Consider $$f(z) = \\frac{z - 1}{z + 1}.$$\n\nLet $f: D \\to D$ be a map with $f(0) = 0$. Then $|f(z)| \\leq |z|$.",
    r"This is possible if $$\binom{n}{k} 2^{1 - \binom{k}{2}} < 1.$$ We colour edges.",
    "The metric tensor raises indices: $a^\\mu = g^{\\mu\\nu}a_\\nu$, and $\\Gamma_{\\mu\\nu}^{\\alpha} = 0$.",
    r"The stopped process $X^T = (X^T_t)$ is a martingale for all stopping times $T$.",
    r"For $A \subseteq S$ let $H^A$ be the first visit. If we start in $A$, then $H^A = 0$.",
]


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_right_lines_stand_and_wrong_ones_of_their_shape_do_not(right: str, wrong: str, workers: Workers) -> None:
    assert "refuted" not in statuses(right, workers)
    assert "refuted" in statuses(wrong, workers)


@pytest.mark.parametrize("text", NOT_WRONG)
def test_what_is_said_of_a_case_is_not_called_wrong(text: str, workers: Workers) -> None:
    assert "refuted" not in statuses(text, workers)


def test_a_reason_that_holds_anyway_excuses_nothing(workers: Workers) -> None:
    text = r"$$(a+b)^2 = a^2 + b^2 \quad \text{since } 2 + 2 = 4$$"
    assert statuses(text, workers) == ["refuted"]
    assert "proved" not in statuses(REASON, workers)


EVENTS = [
    (r"P(A \mid B) = \frac{P(A \cap B)}{P(B)}", "proved"),
    (r"P(A \cap B \cap C) = P(A) \cdot P(B \mid A) \cdot P(C \mid A \cap B)", "proved"),
    (r"P(A \cap B \cap C) = P(A) \cdot P(B \mid A) \cdot P(C \mid A)", ""),
    (r"P(A \mid B) = \frac{P(A \cap B)}{P(A)}", ""),
    (r"P(A \cup B) = P(A) + P(B)", ""),
]


@pytest.mark.parametrize(("line", "status"), EVENTS)
def test_probabilities_of_events_by_their_letters(line: str, status: str, workers: Workers) -> None:
    (found,) = statuses(f"$${line}$$", workers)
    assert found == status or (not status and found not in ("proved", "supported"))


TREES = [
    (r"\frac{\text{d}}{\text{d}x} x^2", "(D (^ x 2) x)"),
    (r"\int_0^1 f(x) \text{d} x", "(int (app f x) x 0 1)"),
    (r"\int_0^1 f(x) \mathrm{d} x", "(int (app f x) x 0 1)"),
    (r"p_\text{d}(x)", "(app p_d x)"),
    (r"2 \text{d}", "(* 2 d)"),
    (r"p(x \lvert z)", "(app p (| x z))"),
    (r"p(x \rvert z)", "(app p (| x z))"),
    (r"\lvert x \rvert", "(abs x)"),
    (r"(\lvert x - y \rvert)", "(abs (- x y))"),
    (r"E[\lvert X \rvert \lvert Y]", "(E (| (abs X) Y))"),
    (r"\mathrm{KL}(q(t \lvert x) \lVert p(t \lvert x))", "(KL (app q (| t x)) (app p (| t x)))"),
    (r"f(x)\rvert_{x=0}", "(at (app f x) (= x 0))"),
    (r"\mathbb{P}(\{X=x\})", "(P (= X x))"),
    (r"\mathbb{P}(\{X=x, Y=y\})", "(P (and (= X x) (= Y y)))"),
    (r"\mathbb{P}(\{X=x\} \cap \{Y=y\})", "(P (and (= X x) (= Y y)))"),
    (r"\mathbb{P}(\{X=x \mid Y=y\})", "(P (| (= X x) (= Y y)))"),
    (r"\mathbb{P}(\{1,2\})", "(P (set (list 1 2)))"),
]


@pytest.mark.parametrize(("source", "wanted"), TREES)
def test_bars_braces_and_upright_letters(source: str, wanted: str) -> None:
    assert tree(source) == wanted


def test_words_that_go_on_are_no_factor() -> None:
    side = read(r"\frac{\text{Number of outcomes in } A}{N}").statements[0].sides[0]
    assert side.expr is None


def test_double_dollars_in_a_line_of_words_are_no_display() -> None:
    document = open_document(Source("a.md", b"Plug this into $$x = 1$$ , and\n\n$$y = 2$$\n\nso that $$z = 3$$\nholds"))
    assert [f.display for f in document.formulas] == [False, True, True]
    document = open_document(Source("a.tex", b"Plug this into $$x = 1$$ and go on"))
    assert [f.display for f in document.formulas] == [True]


def test_long_entries_of_matrices_are_not_multiplied_out(workers: Workers) -> None:
    rows = [r"Let $\mathbf{A}_0 = \mathbf{K} + \sigma^2 \mathbf{I}$."]
    rows += [
        rf"Let $\mathbf{{A}}_{k} = (\mathbf{{K}} + \mathbf{{A}}_{k - 1}^{{-1}} \mathbf{{W}})^{{-1}}$."
        for k in range(1, 4)
    ]
    rows += [r"$$\mathbf{a}^T \mathbf{A}_3^{-1} \mathbf{a} = \mathbf{b}^T \mathbf{A}_3 \mathbf{b}$$"]
    start = time.monotonic()
    check(Source("a.md", "\n\n".join(rows).encode()), 2.0, 1, workers, fix=False)
    assert time.monotonic() - start < 90


#: what is taken out of an expectation may be random itself
TAKEN_OUT = [
    r"Let $\theta$ be a random parameter. Then $$\mathbb{E}[\theta f(X)] = \theta\, \mathbb{E}[f(X)].$$",
    r"The weights $w_i$ are random. Then $$\mathbb{E}[w_i x] = w_i\, \mathbb{E}[x].$$",
    r"With random coefficients $b$ and $c$, $$\mathbb{E}[b X + c] = b\, \mathbb{E}[X] + c.$$",
    r"$$\mathbb{E}[x + \epsilon] = \mathbb{E}[x] + \epsilon$$",
    r"$$\mathbb{E}[\bar{X} + X] = \bar{X} + \mathbb{E}[X]$$",
    r"$$\mathbb{E}[\hat{y} f(X)] = \hat{y}\, \mathbb{E}[f(X)]$$",
    r"$$\mathbb{E}[\mu X] = \mu\, \mathbb{E}[X]$$ with the prior $\mu \sim \mathcal{N}(0, 1)$.",
    r"$$\mathbb{E}[f(x) g(x)] = \mathbb{E}[f(x)]\, \mathbb{E}[g(x)]$$",
    r"$$\mathbb{V}[c g(x)] = c\, \mathbb{V}[g(x)]$$",
    r"$$\mathbb{E}[x f(x)] = x\, \mathbb{E}[f(x)]$$",
]
LINEAR = [
    r"$$\mathbb{E}[f(x) - c \cdot (g(x) - B)] = \mathbb{E}[f(x)] - c\mathbb{E}[g(x)] + cB$$",
    r"$$\mathbb{V}[f(x) - c g(x)] = \mathbb{V}[f(x)] - 2c \text{Cov}(f(x), g(x)) + c^2 \mathbb{V}[g(x)]$$",
    r"$$\mathbb{E}[a X + b] = a\, \mathbb{E}[X] + b$$",
]


@pytest.mark.parametrize("text", TAKEN_OUT)
def test_what_may_be_random_does_not_leave_an_expectation(text: str, workers: Workers) -> None:
    assert not {"proved", "supported"} & set(statuses(text, workers))


@pytest.mark.parametrize("text", LINEAR)
def test_expectations_of_functions_are_linear(text: str, workers: Workers) -> None:
    assert statuses(text, workers) == ["proved"]


VALUES = [
    (r"P(B=b \mid A=a) = P(A=a,B=b)/P(A=a)", "proved"),
    (r"P(A=a) = \sum_v P(A=a, B=v)", "proved"),
    (r"p(E=x) = \sum_z p(Z=z, E=x)", "proved"),
    (r"P(H=1 \mid D=1) = \frac{P(D=1 \mid H=1) P(H=1)}{P(D=1)}", "proved"),
    (r"P(D=1) = P(D=1, H=0) + P(D=1,H=1)", ""),
    (r"P(D=1) = P(D=1 \mid H=1) P(D=1)", ""),
    (r"P(H=1 \mid D=1) = \frac{P(D=1 \mid H=1) P(D=1)}{P(H=1)}", ""),
    (r"P(A=a) = \sum_v P(A=a \mid B=v)", ""),
]


@pytest.mark.parametrize(("line", "status"), VALUES)
def test_probabilities_of_values(line: str, status: str, workers: Workers) -> None:
    (found,) = statuses(f"$${line}$$", workers)
    assert found == status or (not status and found not in ("proved", "supported"))


MACROS = [
    (r"\P(A) = 1", "(P A)"),
    (r"\Pr{A \mid B}", "(P (| A B))"),
    (r"\Var{X + Y}", "(Var (+ X Y))"),
    (r"\E{X}^2", "(^ (E X) 2)"),
    (r"\int_0^1 f(x) \d x", "(int (app f x) x 0 1)"),
    (r"\frac{\d}{\d x} x^2", "(D (^ x 2) x)"),
]


@pytest.mark.parametrize(("source", "wanted"), MACROS)
def test_macros_that_another_file_defines(source: str, wanted: str) -> None:
    assert tree(source) == wanted


def test_a_laplacian_is_no_factor() -> None:
    assert read(r"\Delta \frac{1}{x}").statements[0].sides[0].expr is None


def test_a_function_at_one_of_its_variables_is_not_told_anew(workers: Workers) -> None:
    text = r"""Let $l(\theta) = \log p(x ; \theta)$. The bound is

$$F(q, \theta) = \mathbb{E}_{z \sim q}\left[\log \frac{p(x,z; \theta)}{q(z)} \right].$$

The function touches the likelihood,

$$F(q_t, \theta_t) = l(\theta_t)$$

and falsely $F$ is the likelihood,

$$F(q_t, \theta) = l(\theta)$$
"""
    assert not {"proved", "supported"} & set(statuses(text, workers))
    assert statuses("Let $f(x) = x^2 + 1$. Then\n\n$$f(x_0) = x_0^2 + 2$$", workers) == ["refuted"]


def test_networks_by_their_parameters_are_functions() -> None:
    assert tree(r"z_2 + m_\theta(\mathbf{z}_1)") == "(+ z_2 (app m_theta z_1))"
    assert tree(r"\sigma_\theta(x - 1)") == "(* sigma_theta (- x 1))"


MATRICES = [
    (r"(A B)^{-1} = B^{-1} A^{-1}", "supported"),
    (r"(\mathbf{A} + \mathbf{I})^{-1} (\mathbf{A} + \mathbf{I}) \mathbf{y} = \mathbf{y}", "supported"),
    (r"(A B)^{-1} = A^{-1} B^{-1}", "refuted"),
    (r"(A + B)^{-1} = A^{-1} + B^{-1}", "refuted"),
    (r"\mathbf{X} (\mathbf{X}^\top \mathbf{X})^{-1} \mathbf{X}^\top \mathbf{y} = \mathbf{y}", ""),  # of square X alone
    (r"(X^\top X)^{-1} = X^{-1} (X^\top)^{-1}", ""),
]


@pytest.mark.parametrize(("line", "status"), MATRICES)
def test_inverses_of_sums_and_products(line: str, status: str, workers: Workers) -> None:
    (found,) = statuses(f"For matrices $A$ and $B$, and the design matrix $X$, $${line}$$", workers)
    assert found == status or (not status and found not in ("proved", "supported"))


def test_the_density_of_what_is_made_of_z_is_not_that_of_z(workers: Workers) -> None:
    text = r"""Let $z \sim \text{Unif}(0, 1)$ and scale it, $z' = f(z) = 3z$. We have $p(z) = 1$.

$$p(z') = p(\tfrac13 z') \cdot \frac13$$"""
    assert "refuted" not in statuses(text, workers)
    text = r"Let $q(x) = \frac{1}{\sqrt{2\pi}} e^{-x^2/2}$. Then $$q(x') = \frac{1}{\sqrt{2\pi}} e^{-x'^2}.$$"
    assert statuses(text, workers) == ["refuted"]


DEPENDENT = [
    r"$$\int_0^1 u x \,dx = \frac{u}{2}$$",
    r"$$\int u x p(x) dx = u \int x p(x) dx$$",
    r"$$\mathbb{E}_{p(x)}[x u] = u\, \mathbb{E}_{p(x)}[x]$$",
    r"$$\mathbb{E}_{x \sim p}[x u] = u\, \mathbb{E}_{x \sim p}[x]$$",
]


@pytest.mark.parametrize("line", DEPENDENT)
def test_what_is_said_to_depend_on_a_variable_is_no_constant_beside_it(line: str, workers: Workers) -> None:
    for words in ("The label $u$ depends on $x$.", "Here $u$ varies with $x$.", "Where $u$ is a function of $x$:"):
        assert not {"proved", "supported"} & set(statuses(f"{words}\n\n{line}", workers))


def test_importance_weights(workers: Workers) -> None:
    right = r"$$\mathbb{E}_{x\sim p}[f(x)] = \mathbb{E}_{x\sim q}\left[f(x) \frac{p(x)}{q(x)}\right]$$"
    assert statuses(right, workers) == ["proved"]
    for wrong in (right.replace(r"\frac{p(x)}{q(x)}", r"\frac{q(x)}{p(x)}"), right.replace(r"\frac{p(x)}{q(x)}", "")):
        assert not {"proved", "supported"} & set(statuses(wrong, workers))
