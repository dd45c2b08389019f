"""Short documents that say one thing and were read as another: what is false in them is never called right.

``@F`` stands before a line that is false to a reader, ``@T`` before one that is true. A false line may be refuted
or left open, a true one proved or left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

_FILE: Final = Path(__file__).with_name("adversary.txt")
_MARK: Final = re.compile(r"(@[FT-](?=[$\\ &^A-Za-z(0-9|{<\-]))")


def _documents() -> list[tuple[str, str]]:
    parts = re.split(r"(?m)^=== ", _FILE.read_text(encoding="utf-8"))[1:]
    return [(head.strip(), text) for head, _, text in (p.partition("\n") for p in parts)]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def _said(text: str, marks: list[tuple[int, str]], workers: Workers, name: str) -> Iterator[tuple[str, str, str]]:
    """(mark, status, claim) of each step; it carries the last mark before its end."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for step in check(Source(name, text.encode()), 5.0, 1, workers, fix=False).steps:
        end = starts[step["end_line"] - 1] + step["end_column"] - 1
        mark = next((m for at, m in reversed(marks) if at < end), "-")
        yield mark, step["status"], f"{step['lhs']} {step['relation']} {step['rhs']}"


@pytest.mark.parametrize(("name", "text"), _documents(), ids=[name for name, _ in _documents()])
def test_what_is_false_is_not_called_right(name: str, text: str, workers: Workers) -> None:
    plain, marks = "", []
    for part in _MARK.split(text):
        if part in ("@F", "@T", "@-"):
            marks.append((len(plain), part[1]))
        else:
            plain += part
    for mark, status, claim in _said(plain, marks, workers, name):
        assert mark != "F" or status not in ("proved", "supported"), claim
        assert mark != "T" or status != "refuted", claim
