"""Calls answered from the store: the same answer, or none; limits that were met are not taken for the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from symrep.running import remember, standing, worker
from symrep.running.standing import Standing, cut, note, processor, timed, watching


class Asker:
    """Asks a function that leaves a mark each time it is really called."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "marks"
        self.store = folder / "store" / "v.sqlite"

    def __call__(self, value: Any, seconds: float = 20.0, memory: int = 2000, **more: Any) -> Any:
        return worker.call("probe.counted", {"file": str(self.file), "value": value, **more}, seconds, memory)

    @property
    def times(self) -> int:
        return len(self.file.read_bytes()) if self.file.exists() else 0


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asker]:
    asker = Asker(tmp_path)
    monkeypatch.setenv(remember.VARIABLE, str(asker.store))
    yield asker
    store = remember.current()
    if store is not None:
        store.close()


def test_a_second_call_is_answered_from_the_store(ask: Asker) -> None:
    value = [1, {"b": 0.5, "a": None}]
    assert [ask(value) for _ in range(3)] == [value] * 3
    assert ask.times == 1
    assert list(ask(value)[1]) == ["b", "a"]


def test_what_differs_is_asked_again(ask: Asker) -> None:
    ask(1)
    ask(2)
    ask(1, memory=1500)
    ask(1, more=True)
    assert ask.times == 4
    assert [ask(1), ask(2)] == [1, 2]
    assert ask.times == 4


def test_without_a_store_nothing_is_kept(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("off", "", "0"):
        monkeypatch.setenv(remember.VARIABLE, told)
        ask(1)
    assert ask.times == 3
    assert not ask.store.exists()


def test_functions_that_are_not_listed_are_not_kept(ask: Asker) -> None:
    pids = {worker.call("probe.identity", None, 20.0)["pid"] for _ in range(2)}
    worker.call("probe.echo", 1, 20.0)
    store = remember.current()
    assert store is not None
    assert pids
    assert list(store.rows()) == []


def test_a_touched_row_is_asked_again(ask: Asker, capsys: pytest.CaptureFixture[str]) -> None:
    ask("no")
    remember.flush()
    db = sqlite3.connect(ask.store)
    with db:
        assert db.execute("UPDATE verdicts SET answer = replace(answer, '\"no\"', '\"ok\"')").rowcount == 1
    db.close()
    assert ask("no") == "no"
    assert ask.times == 2
    assert "not what was written" in capsys.readouterr().err


def test_less_time_than_it_cost_is_another_question(ask: Asker) -> None:
    ask(1, busy=0.5)
    assert ask(1, busy=0.5, seconds=10.0) == 1
    assert ask.times == 1
    with pytest.raises(worker.TimedOut):
        ask(1, busy=0.5, seconds=0.2)
    assert ask(1, busy=0.5) == 1


@pytest.mark.parametrize(("fair", "times"), [(Standing.CUT, 1), (Standing.STARVED, 2)])
def test_a_limit_is_kept_for_itself_only_and_only_if_it_was_fair(
    ask: Asker, monkeypatch: pytest.MonkeyPatch, fair: Standing, times: int
) -> None:
    ask(0)  # the worker is there
    monkeypatch.setattr(worker, "cut", lambda *_: fair)
    for _ in range(2):
        with pytest.raises(worker.TimedOut), watching() as seen:
            ask(1, busy=1.5, seconds=0.5)
        assert seen.worst is fair
    assert ask.times == 1 + times
    assert ask(1, busy=1.5) == 1
    assert ask.times == 2 + times


def test_answers_that_only_tell_of_a_limit_are_not_kept(ask: Asker) -> None:
    for reason in ("error", "budget-spent"):
        for _ in range(2):
            with watching() as seen:
                ask({"proved": False, "reason": reason})
                ask({"kernel": {"proved": False, "reason": reason}})
            assert seen.worst is Standing.CUT
    assert ask.times == 8


def test_accidents_are_not_kept(ask: Asker) -> None:
    for _ in range(2):
        with pytest.raises(worker.RemoteError):
            ask(1, busy="long")
    assert ask.times == 2
    store = remember.current()
    assert store is not None
    assert list(store.rows()) == []


def test_watches_see_what_is_noted_inside_them() -> None:
    with watching() as outer:
        with watching() as inner:
            note(Standing.CUT)
        with watching() as other:
            pass
    with watching() as above, watching(quiet=True) as quiet:
        note(Standing.CUT)
    assert (above.worst, quiet.worst) == (Standing.SETTLED, Standing.CUT)
    note(Standing.STARVED)
    assert (outer.worst, inner.worst, other.worst) == (Standing.CUT, Standing.CUT, Standing.SETTLED)


def test_what_took_its_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "processor", lambda: (1, 1))
    with watching() as seen:
        with timed(60.0):
            pass
        assert seen.worst is Standing.SETTLED
        with pytest.raises(ZeroDivisionError), timed(0.0):
            raise ZeroDivisionError
        assert seen.worst is Standing.CUT


def test_who_waited_longer_than_he_ran_was_starved() -> None:
    assert cut((5, 5), (10, 9)) is Standing.CUT
    assert cut((5, 5), (10, 11)) is Standing.STARVED
    assert cut(None, (1, 1)) is Standing.STARVED
    assert cut((1, 1), processor(2**22 + 1)) is Standing.STARVED


def test_where_the_store_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert remember.default_path() == tmp_path / "symrep" / "verdicts.sqlite"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    usual = remember.default_path()
    assert usual is not None
    assert usual.is_relative_to(tmp_path / "home")

    def told(environment: str, path: str | None, use: bool) -> str:
        monkeypatch.setenv(remember.VARIABLE, environment)
        remember.chosen(path, use)
        import os

        return os.environ[remember.VARIABLE]

    assert told("", None, True) == str(usual)
    assert told("off", None, True) == "off"
    assert told("/a/b", None, True) == "/a/b"
    assert told("off", "/c/d", True) == "/c/d"
    assert told("/a/b", None, False) == "off"
