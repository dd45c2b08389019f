"""What is random by the bracket it stands in, and what laws take their letters for; wrong lines first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def statuses(text: str, workers: Workers) -> list[str]:
    found = check(Source("a.md", text.encode()), 5.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


WEIGHTS = (
    "The weights are $r(x) = \\frac{p(x)}{q(x)}$.\n\n$$ \\int \\frac{p(x)^2}{q(x)}\\,dx = \\mathbb{E}_%s[r(X)%s] $$\n"
)
#: K is random because it has a covariance
STEERED = (
    "Consider $$\\mathrm{Var}(Y - c(K - a)) = \\mathrm{Var}(Y) - %s\\,\\mathrm{Cov}(Y, K) + c^2\\,\\mathrm{Var}(K).$$\n"
)
FACTOR = "We find $\\log q(t) = E[\\log p(x|t)] + \\text{const}$, so $q(t) = N(m, v^2)$.\n\n$$ \\mathbb{E}_{q(t)}[(t-a)^2] = (m-a)^2 + %s $$\n"
TAIL = "Let $T$ be exponentially distributed with rate $r$ and $c > 0$.\n\n$$ \\frac{\\int_c^\\infty t\\,r e^{-rt}\\,dt}{P(T > c)} = %s $$\n"
CIRCLE = "Let $0 < a < b$ and $N = \\frac{a}{b-a}$. Since $N = a T$ we have $T = N/a = \\frac{1}{b-a}$.\n\nSo $S = T - \\frac1b = %s$.\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (WEIGHTS % ("q", ""), {"refuted"}),
        (WEIGHTS % ("q", "^2"), {"undecided", "proved"}),
        (WEIGHTS % ("p", ""), {"undecided", "proved"}),
        (STEERED % "c", {"refuted"}),
        (STEERED % "2c", {"proved"}),
        (FACTOR % "v", {"refuted"}),
        (FACTOR % "v^2", {"proved"}),
        (TAIL % "c + r", {"refuted"}),
        (TAIL % r"c + \frac1r", {"proved"}),
    ],
)
def test_moments(text: str, wanted: set[str], workers: Workers) -> None:
    assert statuses(text, workers)[-1] in wanted


@pytest.mark.parametrize(
    ("denominator", "said", "wanted"),
    [
        ("Z", "with", {"undecided", "refuted"}),
        ("X", "despite", {"undecided"}),
        ("X", "with", {"proved"}),
    ],
)
def test_what_is_told_of_moments(denominator: str, said: str, wanted: set[str], workers: Workers) -> None:
    text = (
        f"All this is {said} $\\mathrm{{Cov}}(X, U) = 0$ in mind. Then we get\n\n$$ \\frac{{\\mathrm{{Cov}}(X, bX + cZ + U)}}"
        f"{{\\mathrm{{Var}}(X)}} = b + c\\frac{{\\mathrm{{Cov}}(X, Z)}}{{\\mathrm{{Var}}({denominator})}} $$\n"
    )
    assert statuses(text, workers)[-1] in wanted


def test_what_speaks_of_correlation_may_still_be_wrong(workers: Workers) -> None:
    text = "Let $r$ be the correlation.\n\n$$ \\mathrm{Var}(Y - aX) = \\mathrm{Var}(Y) + a^2\\mathrm{Var}(X) - %s\\mathrm{Cov}(X, Y) $$\n"
    assert statuses(text % "a", workers) == ["refuted"]
    assert statuses(text % "2a", workers) == ["proved"]
    assert statuses(text.replace("correlation", "correlation: X and Y are uncorrelated") % "a", workers) != ["refuted"]


PRIOR = "Let $t \\sim \\mathrm{Gamma}(a, b)$.\n\nWe have $E[%s t] = %s$.\n"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (("a", "a/b"), ["refuted"]),
        (("c", "c b/a"), ["refuted"]),
        (("c", "c a/b"), ["proved"]),
        (("c", "c d/e"), ["not_checked"]),  # of another Gamma, perhaps
    ],
)
def test_means_under_a_law_nobody_mentions(line: tuple[str, str], wanted: list[str], workers: Workers) -> None:
    assert statuses(PRIOR % line, workers) == wanted


def test_what_is_claimed_of_a_name_is_no_reason_to_call_lines_wrong(workers: Workers) -> None:
    assert statuses(CIRCLE % r"\frac{a}{b(b-a)}", workers)[-1] == "undecided"
    assert statuses(CIRCLE % r"\frac{b}{a(b-a)}", workers)[-1] != "proved"
