"""Budgets are counted in seconds at work: what must not be left out first, then what is."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from symrep import clock
from symrep.running.worker import TimedOut, Workers


@pytest.fixture
def crowded() -> Iterator[Workers]:
    """Workers that share one processor."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        with Workers(3, preload=()) as pool:
            with ThreadPoolExecutor(3) as threads:  # all three there, on that processor
                list(threads.map(lambda _: pool.call("probe.sleep", 0.2, 60), range(3)))
            yield pool
    finally:
        os.sched_setaffinity(0, before)


linux = pytest.mark.skipif(clock.processor() is None, reason="the system does not tell who waits for the processor")


def test_sleep_is_not_waiting_for_a_turn() -> None:
    start, wall, waited = clock.now(), time.monotonic(), clock._waited()
    time.sleep(0.3)
    passed, waited = time.monotonic() - wall, clock._waited() - waited  # a busy machine lets it wait after its sleep
    assert clock.now() - start > passed - waited - 0.05


def test_whatever_is_waited_the_clock_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_waited", lambda: 10 * time.monotonic())
    start, wall = clock.now(), time.monotonic()
    time.sleep(0.2)
    assert clock.now() - start >= (1 - clock.FORGIVEN) * (time.monotonic() - wall) - 0.02


def test_a_wait_of_another_is_left_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_waited", lambda: 0.0)
    start, wall = clock.now(), time.monotonic()
    time.sleep(0.2)
    clock.forgive(wall, 0.1)
    assert 0.08 <= clock.now() - start <= time.monotonic() - wall - 0.09


@linux
def test_work_beyond_the_budget_is_ended_on_a_crowded_machine_too(crowded: Workers) -> None:
    start = time.monotonic()
    with pytest.raises(TimedOut):
        crowded.call("probe.work", 60.0, 0.4)
    assert time.monotonic() - start < 0.4 / (1 - clock.FORGIVEN) + 1


@linux
def test_work_within_the_budget_is_done_on_a_crowded_machine(crowded: Workers) -> None:
    start = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: crowded.call("probe.work", 0.5, 0.8), range(3)))
    assert found == [0.5, 0.5, 0.5]
    assert time.monotonic() - start > 1.4  # by the wall each took longer than its budget


@linux
def test_who_waits_for_a_worker_is_forgiven_its_waits(crowded: Workers) -> None:
    def asked(_: int) -> tuple[float, float]:
        start, wall = clock.now(), time.monotonic()
        crowded.call("probe.work", 0.5, 5.0)
        return clock.now() - start, time.monotonic() - wall

    with ThreadPoolExecutor(3) as pool:
        for mine, wall in pool.map(asked, range(3)):
            assert mine < wall - 0.3
