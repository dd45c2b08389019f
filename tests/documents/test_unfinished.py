"""A check that did not end says nothing of what it had only read at first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symrep.checking import files
from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import RemoteError, TimedOut, WorkerDied

Event = dict[str, Any]


def step(status: str) -> Event:
    return {
        "status": status, "reason": "holds", "message": "", "line": 1, "column": 1, "reading": "(= a a)",
        "witness": None, "diagnosis": None, "fix": None, "hypotheses": [],
    }  # fmt: skip


def survey(n: int) -> Event:
    nothing: list[Any] = []
    parts = ("definitions", "not_checked", "guesses", "assumed", "errors")
    return {"event": "survey", **dict.fromkeys(parts, nothing), "steps": [step("undecided") for _ in range(n)]}


class Starts:
    """Workers whose answers are known: lists of events, and how each start ends."""

    def __init__(self, *starts: tuple[list[Event], Exception | None]) -> None:
        self.starts, self.payloads = list(starts), list[Any]()

    def stream(self, job: str, payload: Any, receive: Callable[[Event], None], *limits: Any) -> None:
        self.payloads.append(payload)
        events, end = self.starts.pop(0)
        for e in events:
            receive(e)
        if end is not None:
            raise end


def chain(c: int, *steps: tuple[int, str]) -> list[Event]:
    told = [{"event": "step", "number": i, "step": step(status)} for i, status in steps]
    return [{"event": "begin", "chain": c}, *told, {"event": "end", "chain": c}]


def statuses(*starts: tuple[list[Event], Exception | None]) -> list[str]:
    workers: Any = Starts(*starts)
    found = check(Source("a.md", b""), 1.0, 1, workers)
    assert not workers.starts
    return [s["status"] for s in found.steps]


SLOW = TimedOut("document", "an answer", "none")
DIED = WorkerDied("document", "an answer", "none")
ACCIDENT = RemoteError("document", "a call that returns", "NameError: x", type="NameError", message="x")
JUDGED = [survey(2), *chain(0, (0, "proved")), *chain(1, (1, "refuted"))]
SETTLED = [*JUDGED, {"event": "settled"}]
HUNG = [survey(2), *chain(0, (0, "proved")), {"event": "begin", "chain": 1}]


@pytest.mark.parametrize("end", [SLOW, DIED, ACCIDENT])
def test_what_was_read_at_first_does_not_stand(end: Exception) -> None:
    assert statuses((JUDGED, end)) == ["undecided", "undecided"]


def test_what_was_settled_stands() -> None:
    assert statuses((SETTLED, None)) == ["proved", "refuted"]
    assert statuses((JUDGED, None)) == ["undecided", "undecided"]


def test_what_was_judged_before_something_hung_is_judged_again() -> None:
    again = [survey(2), *chain(0, (0, "undecided")), {"event": "settled"}]
    workers: Any = Starts((HUNG, SLOW), (again, None))
    assert [s["status"] for s in check(Source("a.md", b""), 1.0, 1, workers).steps] == ["undecided", "undecided"]
    assert workers.payloads[1]["spent"] == [1]
    assert "done" not in workers.payloads[1]


def test_a_chain_that_hung_is_not_right_up_to_there() -> None:
    hung = [survey(2), {"event": "begin", "chain": 0}, {"event": "step", "number": 0, "step": step("proved")}]
    assert statuses((hung, SLOW), ([survey(2), {"event": "settled"}], None)) == ["undecided"] * 2


def test_starts_come_to_an_end() -> None:
    found = [(HUNG, SLOW)] * files._STARTS
    assert statuses(*found) == ["undecided", "undecided"]
