"""Inverses that are spelled out: wrong ones are refuted, right ones hold where the function has its values."""

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


def status(text: str, workers: Workers, side: str) -> str:
    """What became of the line whose right side ends in these letters."""
    found = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False)
    assert not found.errors
    (step,) = [s for s in found.steps if s["rhs"].strip().endswith(side) and s["lhs"].startswith("F^")]
    return str(step["status"])


PARETO = (
    "The distribution function is $F(t) = 1 - t^{-a}$ for $t > 1$, where $a > 0$.\n\nIts inverse is $F^{-1}(v) = %s$.\n"
)
LOGISTIC = "Let $F(t) = \\frac{1}{1+e^{-t}}$.\n\nThen $F^{-1}(v) = %s$.\n"
SECANT = "Let $F(t) = \\frac{1}{2} + \\frac{1}{\\pi}\\arctan t$.\n\nThen $F^{-1}(v) = %s$.\n"
SINE = "Let $F(t) = \\sin t$.\n\nThen $F^{-1}(v) = %s$.\n"
SQUARE = "Let $t$ be a real number and $F(t) = t^2$.\n\nThen $F^{-1}(v) = %s$.\n"
LAPLACE = (
    "For $t \\ge 0$ let $F(t) = \\int_0^t 2 e^{-2r}\\,dr$. Set $v = F(t)$ and solve:\n\n$$ t = F^{-1}(v) = %s $$\n"
)


@pytest.mark.parametrize(
    ("text", "side", "wanted"),
    [
        # right at no point: another power, another shift, another sign
        (PARETO, "(1-v)^{1/a}", {"refuted"}),
        (LOGISTIC, r"\ln\frac{1-v}{v}", {"refuted"}),
        (SECANT, r"\tan(\pi v - \tfrac12)", {"refuted"}),
        (LAPLACE, r"-\ln(1-v)", {"refuted"}),
        (LAPLACE, r"-\tfrac12\ln(1+v)", {"refuted", "undecided"}),
        # another branch: F of it is v, but it does not lead back
        (SINE, r"\pi - \arcsin v", {"undecided", "refuted"}),
        (SQUARE, r"-\sqrt{v}", {"undecided", "refuted"}),
        (SQUARE.replace("a real", "a positive"), r"\sqrt{v}", {"proved", "supported"}),
        # right for values of F, wrong elsewhere
        (SECANT, r"\tan(\pi(v - \tfrac12))", {"proved", "supported", "undecided"}),
        (LAPLACE, r"-\tfrac12\ln(1-v)", {"proved", "supported"}),
        (PARETO, "(1-v)^{-1/a}", {"proved", "supported"}),
        (LOGISTIC, r"\ln\frac{v}{1-v}", {"proved", "supported"}),
    ],
)
def test_an_inverse_is_one_where_its_function_has_values(
    text: str, side: str, wanted: set[str], workers: Workers
) -> None:
    assert status(text % side, workers, side) in wanted


def test_a_correction_at_the_end_of_a_definition_ends_no_check(workers: Workers) -> None:
    text = "With $r(z)=\\sqrt z$ we have $r(z)=z^2$, $r'(z)=2z$ and $r(z)\\,r'(z)=2z^3$.\n"
    found = check(Source("a.md", text.encode()), 8.0, 1, workers)
    assert not found.errors
    assert "refuted" in [s["status"] for s in found.steps]
