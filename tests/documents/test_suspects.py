"""Whom to blame: the line that fails, or the definition it rests on. Where the line is to blame comes first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import Checked, check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def checked(text: str, workers: Workers) -> Checked:
    return check(Source("a.md", text.encode()), 8.0, 1, workers)


def blamed(c: Checked) -> list[tuple[int, str]]:
    return [(s["line"], s["fix"]["latex"] if s["fix"] else "") for s in c.steps if s["status"] == "refuted"]


DEFINED = "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$.\n\n"
MAPPED = "Define $y = h(x) = \\frac{x-\\mu}{\\sigma}$ with $\\sigma > 0$.\n\nThe inverse is $x = g(y) = \\sigma y + \\mu$.\n\n"
DENSITY = "$$ \\frac{1}{\\sqrt{2\\pi}} \\exp(-\\frac{(g(y)-\\mu)^2}{2\\sigma^2}) = \\frac{1}{\\sqrt{2\\pi}} \\exp(-\\frac{y^2}{2}) $$"

#: the lines that are wrong by themselves
LINES = [
    (DEFINED + "The mean is $\\mathrm{E}[X] = -\\mu$.\n\nThe variance is $\\mathrm{Var}(X) = \\sigma^2$.", [3]),
    (DEFINED + "The mean is $\\mathrm{E}[X] = \\mu^2$.\n\nThe variance is $\\mathrm{Var}(X) = 2\\sigma^2$.", [3, 5]),
    (
        DEFINED
        + "$\\mathrm{E}[X^2] = \\mu^2 - \\sigma^2$.\n\n$\\mathrm{E}[X] = \\mu$.\n\n$\\mathrm{Var}(X) = \\sigma^2$.",
        [3],
    ),
    (MAPPED + "Then $g'(y) = \\frac{1}{\\sigma}$.\n\n" + DENSITY, [5]),
    (MAPPED.replace("\\sigma y + \\mu", "\\sigma y - \\mu") + "We use $x = \\sigma y + \\mu$.\n\n" + DENSITY, [3]),
]


@pytest.mark.parametrize(("text", "lines"), LINES, ids=range(len(LINES)))
def test_a_line_is_blamed_for_itself(text: str, lines: list[int], workers: Workers) -> None:
    assert [line for line, _ in blamed(checked(text, workers))] == lines


#: a definition with a slip, what it should say, and lines that rest on it
DEFINITIONS = [
    (MAPPED.replace("x-\\mu", "x+\\mu"), "x-\\mu"),
    (MAPPED.replace("}{\\sigma}", "}{\\sigma^2}"), "}{\\sigma}"),
    (MAPPED.replace("\\frac{x-\\mu}{\\sigma}", "\\frac{x}{\\sigma}"), "\\frac{x - \\mu}{\\sigma}"),
]


@pytest.mark.parametrize(("wrong", "right"), DEFINITIONS, ids=range(len(DEFINITIONS)))
def test_a_definition_is_blamed_where_all_that_rests_on_it_fails(wrong: str, right: str, workers: Workers) -> None:
    c = checked(wrong + "Hence $x = \\sigma y + \\mu$ and $g'(y) = \\sigma$.\n\n" + DENSITY, workers)
    (bad,) = [s for s in c.steps if s["status"] == "refuted"]
    assert bad["line"] == 1
    new = c.source.edited([(bad["fix"]["start"], bad["fix"]["end"], bad["fix"]["latex"])]).decode()
    assert right in new.replace("x-", "x - ") or right in new
    others = [s for s in c.steps if s is not bad]
    assert all(s["status"] == "proved" or "once line 1 is corrected" in s["message"] for s in others)
    assert any(s["status"] == "undecided" for s in others)
    again = checked(new, workers)
    assert {s["status"] for s in again.steps} == {"proved"}
