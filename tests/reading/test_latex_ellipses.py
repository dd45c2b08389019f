r"""``a_1 + … + a_n``: what is no sum over an index stays unread, what is one is that sum."""

from __future__ import annotations

import pytest

from symrep.reading.latex import read

UNREAD = [
    r"1 + 4 + \dots + n^2",
    r"1 + \dots + n^2",  # of the squares, or of all?
    r"1 + \dots + n",
    r"1 + 3 + \dots + n",
    r"x_1 + x_3 + \dots + x_n",
    r"x_1 + \dots + y_n",
    r"a_1 b_1 + \dots + a_n b_m",
    r"x_2 + \dots + x_n",
    r"x_1 + x_2 + x_4 + \dots + x_n",
    r"x_1 + \dots + x_n + y",
    r"1 + x + x^2 + \dots + x^n",
    r"x_1 + \dots + x_1",
    r"x_1 - x_2 + \dots + x_n",
    r"x_n + \dots + x_1",
]

SUMS = {
    r"x_1 + \dots + x_n": r"\sum_{i=1}^n x_i",
    r"x_0 + x_1 + \ldots + x_{n-1}": r"\sum_{i=0}^{n-1} x_i",
    r"\frac{x_1 + \cdots + x_n}{n}": r"\frac{1}{n} \sum_{i=1}^n x_i",
    r"a_1 x_1 + a_2 x_2 + \dots + a_k x_k": r"\sum_{i=1}^k a_i x_i",
    r"i_1 + \dots + i_n": r"\sum_{j=1}^n i_j",
    r"p_1 \cdot \ldots \cdot p_n": r"\prod_{i=1}^n p_i",
    r"x_1^{k_1} \cdots x_n^{k_n}": r"\prod_{i=1}^n x_i^{k_i}",
    r"1 + 2 + \dots + n": r"\sum_{i=1}^n i",
    r"x_1^2 + \dots + x_n^2": r"\sum_{i=1}^n x_i^2",
}


@pytest.mark.parametrize("line", UNREAD)
def test_what_does_not_fit_stays_unread(line: str) -> None:
    (statement,) = read(line).statements
    assert statement.sides[0].expr is None and statement.sides[0].unread


@pytest.mark.parametrize("line", SUMS)
def test_what_fits_is_the_sum(line: str) -> None:
    (statement,) = read(f"{line} = {SUMS[line]}").statements
    left, right = statement.sides
    assert left.expr is not None and left.expr == right.expr
    assert any(g.code == "ellipsis" for g in left.guesses)
