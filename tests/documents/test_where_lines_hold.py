"""Where lines are meant: cases that follow one another, conditions with a side nobody reads, supports of discrete laws,
sums that are not empty, integrals that converge. Slips in them are found, what is not read settles nothing."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

GOOD = ("proved", "supported")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as pool:
        yield pool


def statuses(text: str, workers: Workers) -> list[str]:
    found: list[dict[str, Any]] = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    return [s["status"] for s in found]


CASES = r"""
Let $c > 0$ and $h(x) = |x - c|$. First, if $x < c$, we have

$$
\begin{split}
\sqrt{(x-c)^2} &= c - x \; .
\end{split}
$$

Second, if $x > c$, we have

$$
\begin{split}
\sqrt{(x-c)^2} &= x - c \; .
\end{split}
$$
"""
UNREAD = r"""
If $y$ is beyond the largest value, then

$$ F(y) = 1, \quad \text{if} \quad y > \mathrm{max}(\mathcal{Y}) \; . $$

If it is below the smallest, then

$$ F(y) = 0, \quad \text{if} \quad y < \mathrm{min}(\mathcal{Y}) \; . $$
"""
DISCRETE = r"""
Let $X$ follow a discrete uniform distribution, $X \sim \mathcal{U}(a, b)$. Then

$$ f_X(x) = \frac{1}{b-a+1} \quad \text{where} \quad x \in \left\lbrace a, a+1, \ldots, b-1, b \right\rbrace \; . $$

With $n = b - a + 1$ that is

$$ f_X(x) = \frac{1}{n} \; . $$
"""
COUNTED = r"""
Let $n$ and $m$ be positive integers, $0 < p < 1$ and $0 < q < 1$. Then

$$ \sum_{i=0}^{n-m} {n-m \choose i} q^{i} (1-p)^{n-m-i} = \left( q + 1 - p \right)^{n-m} $$

and

$$ \sum_{k=m}^{n} {n-m \choose k-m} q^{k} (1-p)^{n-k} = q^m \left( q + 1 - p \right)^{n-m} $$

and

$$ \frac{n!}{m! \, (n-m)!} = \binom{n}{n-m} \; . $$
"""
INCOMPLETE = r"""
The lower incomplete gamma function is

$$ \gamma(s,x) = \int_0^x t^{s-1} \exp(-t) \, \mathrm{d}t \; . $$
"""
FUNCTION = r"""
Let $X \sim \mathrm{Gam}(a, b)$. Note that $Y$ is a function of $X$

$$ Y = g(X) = b X $$

with the inverse function

$$ X = g^{-1}(Y) = \frac{1}{b} Y \; . $$
"""
ROOT = r"""
If we define $z = x^2$, then $x = \sqrt{z}$.
"""
BESIDE = r"""
The integral is the mean of a logarithm, where $\psi$ is the digamma function:

$$ \mathrm{E}(\ln Y) \quad \text{where} \quad Y \sim \mathrm{Gam}(a+1,b) $$

which is given by

$$ \mathrm{E}(\ln Y) = \psi(a+1) - \ln(b) \; . $$
"""
NOTHING = r"""
Let $X \sim \mathcal{U}(a, b)$. If $a \leq x \leq b$, then

$$ \int_{-\infty}^{a} 0 \, \mathrm{d}z + \int_{a}^{x} \frac{1}{b-a} \, \mathrm{d}z = \frac{1}{b-a} [z]_a^x = \frac{x-a}{b-a} \; . $$
"""


def test_case_ends_with_its_paragraph_though_the_full_stop_is_inside_the_display(workers: Workers) -> None:
    assert statuses(CASES, workers) == ["proved", "proved"]
    for right, wrong in (("&= c - x", "&= x - c"), ("&= x - c", "&= c - x")):
        assert "refuted" in statuses(CASES.replace(right, wrong), workers)


def test_condition_that_is_not_read_makes_no_definition_and_nothing_wrong(workers: Workers) -> None:
    assert not {"refuted", *GOOD} & set(statuses(UNREAD, workers))


def test_discrete_law_is_meant_on_its_support(workers: Workers) -> None:
    assert statuses(DISCRETE, workers) == ["proved", "proved"]
    wrong = DISCRETE.replace(r"\frac{1}{b-a+1} \quad", r"\frac{1}{b-a} \quad").replace("n = b - a + 1", "n = b - a")
    assert statuses(wrong, workers) == ["refuted", "refuted"]


def test_sums_are_meant_where_they_are_not_empty(workers: Workers) -> None:
    assert statuses(COUNTED, workers) == ["proved"] * 3
    wrong = COUNTED.replace("p \\right)^{n-m} $$\n\nand\n\n$$ \\sum", "p \\right)^{n} $$\n\nand\n\n$$ \\sum")
    wrong = wrong.replace("= q^m", "= q^n").replace(r"\binom{n}{n-m}", r"\binom{n}{n-m+1}")
    assert statuses(wrong, workers) == ["refuted"] * 3


def test_integral_from_zero_converges_for_positive_powers(workers: Workers) -> None:
    assert statuses(INCOMPLETE, workers) == ["proved"]
    for right, wrong in (("s-1", "s"), ("exp(-t)", "exp(t)"), ("t^{s-1}", "t^{1-s}")):
        assert not set(GOOD) & set(statuses(INCOMPLETE.replace(right, wrong), workers))


def test_variable_that_is_a_function_of_another_is_no_function(workers: Workers) -> None:
    assert statuses(FUNCTION, workers) == ["proved", "proved"]
    assert set(GOOD).isdisjoint(statuses(FUNCTION.replace(r"\frac{1}{b} Y", "b Y"), workers))


def test_root_that_goes_back_from_a_square_is_not_called_wrong(workers: Workers) -> None:
    assert statuses(ROOT, workers) == ["undecided"]
    for wrong in (r"\sqrt{2z}", r"\sqrt{z} + 1", r"z^2"):
        assert statuses(ROOT.replace(r"\sqrt{z}", wrong), workers) == ["refuted"]


def test_law_that_is_told_beside_a_display_holds_on(workers: Workers) -> None:
    assert set(statuses(BESIDE, workers)) <= set(GOOD)
    for right, wrong in ((r"- \ln(b)", r"+ \ln(b)"), (r"= \psi(a+1)", r"= \psi(a)"), ("Gam}(a+1", "Gam}(a")):
        assert statuses(BESIDE.replace(right, wrong), workers) == ["refuted"]


def test_integral_of_nothing_is_nothing(workers: Workers) -> None:
    assert statuses(NOTHING, workers) == ["proved", "proved"]
    for right, wrong in ((r"{a} 0 \,", r"{a} 1 \,"), (r"\int_{a}^{x}", r"\int_{a}^{b}")):
        assert statuses(NOTHING.replace(right, wrong), workers)[0] not in GOOD


def upto(ends: str, of: str, value: str) -> str:
    return rf"Let $a$ and $b$ be real numbers. Then $$ \int_{{{ends[0]}}}^{{{ends[1]}}} {of} \, \mathrm{{d}}z = {value} \; . $$"


def test_integral_between_two_names_is_looked_at_in_both_directions(workers: Workers) -> None:
    assert statuses(upto("ab", "z", r"\frac{b^2 - a^2}{2}"), workers) == ["proved"]
    assert statuses(upto("ab", "e^{-z}", "e^{-b} - e^{-a}"), workers) == ["refuted"]
    for of, value in (("1", "|b - a|"), ("z^2", r"\frac{|b^3 - a^3|}{3}"), ("z", r"\frac{b^2 - a^2}{3}")):
        assert statuses(upto("ab", of, value), workers)[0] not in GOOD


def test_what_depends_on_the_variable_and_is_not_spelled_out_is_no_constant(workers: Workers) -> None:
    said = r"Let $y$ be a function of $x$. Then $$ \int_0^1 y \, \mathrm{d}x = y \; . $$"
    assert not set(GOOD) & set(statuses(said, workers))
    assert not set(GOOD) & set(statuses(said.replace("y", "Y"), workers))


def test_names_of_ends_that_are_bound_elsewhere_are_left_alone(workers: Workers) -> None:
    said = r"Let $b > 0$. Then $$ \int_0^b \int_x^b \mathrm{d}z \, \mathrm{d}x = \frac{b^2}{3} \; . $$"
    assert not set(GOOD) & set(statuses(said, workers))


def test_what_was_said_to_depend_on_the_variable_is_no_constant(workers: Workers) -> None:
    said = r"Let $y = x^2$. Then $$ \int_0^1 y \, \mathrm{d}x = VALUE \; . $$"
    assert statuses(said.replace("VALUE", "y"), workers)[0] not in GOOD
    assert statuses(said.replace("VALUE", r"\frac{1}{3}"), workers) == ["proved"]


def test_moment_beside_a_density_is_that_of_its_variable(workers: Workers) -> None:
    said = r"The variance of a random variable is $$ \mathrm{Var}(X) = \int_{\mathcal{X}} (x-\mathrm{E}(X))^2 \cdot f_X(x) \, \mathrm{d}x \; . $$"
    assert "refuted" not in statuses(said, workers)
