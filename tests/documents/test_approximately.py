r"""Numbers that are said to be about something: right to the last digit shown. Wrong ones come first."""

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


WRONG = [
    (r"\pi \approx 3.15", "3.14"),
    (r"\sqrt{2} \approx 1.5", "1.4"),
    (r"\frac12\log(2\pi e) \approx 1.4198", "1.4189"),
    (r"-\log 2 \approx 0.69", "-0.69"),
    (r"0.1234 \approx 0.13", "0.12"),
    (r"\log 3 = \log 2 + \log 1.5 \simeq 1.11", "1.10"),
    (r"\int_0^1 x^2 \, dx \approx 0.35", "0.33"),
]


@pytest.mark.parametrize(("text", "right"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_number_is_refuted_and_mended(text: str, right: str, workers: Workers) -> None:
    c = check(Source("a.md", f"We have ${text}$.".encode()), 8.0, 1, workers)
    (bad,) = [s for s in c.steps if s["status"] == "refuted"]
    assert bad["fix"]["latex"] == right and bad["relation"] == "approx"
    start, end = bad["fix"]["start"], bad["fix"]["end"]
    new = c.source.edited([(start, end, right)])
    assert all(s["status"] in ("proved", "supported") for s in check(Source("a.md", new), 8.0, 1, workers).steps)


@pytest.mark.parametrize(
    "text",
    [
        r"\pi \approx 3.14", r"e \approx 2.71", r"e \approx 2.72", r"\sqrt{2} \approx 1.414", r"0.1234 \approx 0.12",
        r"-\log 2 \approx -0.69", r"\frac{1}{\sqrt{2\pi}} \approx 0.4", r"0.12 \approx 0.1234",
    ],
)  # fmt: skip
def test_what_is_rounded_or_cut_off_is_right(text: str, workers: Workers) -> None:
    (step,) = check(Source("a.md", f"We have ${text}$.".encode()), 8.0, 1, workers).steps
    assert step["status"] == "proved"


@pytest.mark.parametrize(
    "text",
    [r"x \approx 0.5", r"1000 \approx 1024", r"f(x) \approx 0.1", r"\pi \approx \frac{22}{7}", r"\log 8 \approx 3.0"],
)
def test_of_others_nothing_is_said(text: str, workers: Workers) -> None:
    c = check(Source("a.md", f"We have ${text}$.".encode()), 8.0, 1, workers)
    assert all(s["status"] == "not_checked" for s in c.steps)
