"""Judge derivation scripts in processes of their own, several at a time, and survive whatever a script does.

A judge emits events, plain dicts: ``derivation-start`` and ``derivation-end`` (both with ``name``, which no two
derivations of a script share), ``line``, ``error``, and whatever else it likes to tell. A script that emits nothing for
too long is killed; what it had said is kept, the derivation it was in is reported as out of time, and the script is
started again without the ones that are done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from symrep.errors import BadInput
from symrep.running.registry import JUDGES, locate
from symrep.running.standing import watching
from symrep.running.worker import MEMORY_MB, PRELOAD, RemoteError, TimedOut, WorkerDied, WorkerError, Workers

__all__ = ["run_scripts"]

Event = dict[str, Any]

#: a script that has to be started more often than this is given up
_MAX_STARTS: Final = 200


def run_scripts(
    paths: Iterable[str | Path],
    jobs: int = 1,
    timeout: float = 60.0,
    on_event: Callable[[Event], None] | None = None,
    options: Mapping[str, Any] | None = None,
    judge: str = "judge",
    memory_mb: int = 2 * MEMORY_MB,
    on_result: Callable[[Event], None] | None = None,
) -> list[Event]:
    """Judge every script.

    Args:
        paths: the scripts; one that is named twice is run once.
        jobs: how many run at the same time.
        timeout: the longest a script may go without an event, in seconds.
        on_event: told of every event as it comes, with ``path`` added; never called by two threads at once.
        options: plain data handed to the judge, which finds ``skip``, the names of derivations to pass over, in it.
        judge: a name out of :data:`symrep.running.registry.JUDGES`.
        memory_mb: cap on the address space of a script.
        on_result: told of every script's result as soon as it is there; then it is looked at what the script rests on.

    Returns:
        One dict for each script, sorted by path: ``path``, ``derivations`` (in the order of the file; each with
        ``name``, ``outcome``, ``events``, and ``report``, what came with its end), ``events`` (those outside any
        derivation), ``error``, ``standing`` (the worst of what it asked, see :mod:`symrep.running.standing`) and
        ``alone``, whether it was seen to depend on nothing but its own text. An ``outcome`` is ``"done"``,
        ``"timed-out"``, ``"died"``, or ``"error"`` with the ``error`` beside it and the ``seconds`` it was at it;
        ``error`` is ``None`` or ``{"type", "message"}``.
    """
    locate(judge, JUDGES)
    if jobs < 1:
        raise BadInput("--jobs", "a positive number", str(jobs))
    todo = sorted({str(p) for p in paths})
    lock = threading.Lock()

    def tell(event: Event) -> None:
        if on_event is not None:
            with lock:
                on_event(event)

    def run_one(run: _Run) -> Event:
        result = run.to_end(workers)
        if on_result is not None:
            on_result(result)
        return result

    if not todo:
        return []
    count = min(jobs, len(todo))
    with Workers(count, PRELOAD) as workers, ThreadPoolExecutor(count) as pool:
        look = on_result is not None
        runs = [_Run(path, judge, dict(options or {}), timeout, memory_mb, tell, look) for path in todo]
        try:
            return list(pool.map(run_one, runs))
        except BaseException:
            workers.close()  # an interrupt ends the scripts that are running, and so the threads that wait for them
            pool.shutdown(wait=False, cancel_futures=True)
            raise


class _Run:
    """One script, from its first start to its end."""

    def __init__(
        self,
        path: str,
        judge: str,
        options: dict[str, Any],
        timeout: float,
        memory_mb: int,
        tell: Callable[[Event], None],
        look: bool,
    ) -> None:
        self._path = path
        self._judge = judge
        self._options = options
        self._timeout = timeout
        self._memory_mb = memory_mb
        self._tell = tell
        self._look = look
        self._alone = False
        self._derivations: list[Event] = []
        self._outside: list[Event] = []
        self._open: Event | None = None
        self._since = 0.0
        self._error: Event | None = None

    def to_end(self, workers: Workers) -> Event:
        with watching() as seen:
            for _ in range(_MAX_STARTS):
                if self._once(workers):
                    break
            else:
                self._error = {"type": "TooManyStarts", "message": f"the script was started {_MAX_STARTS} times"}
        return {
            "path": self._path,
            "derivations": self._derivations,
            "events": self._outside,
            "error": self._error,
            "standing": int(seen.worst),
            "alone": self._alone,
        }

    def _once(self, workers: Workers) -> bool:
        """Run what is left; true when there is nothing more to run."""
        skip = [*self._options.get("skip", ()), *(d["name"] for d in self._derivations)]
        options = {**self._options, "skip": skip}
        payload = {"path": self._path, "judge": self._judge, "options": options, "look": self._look}
        try:
            self._alone = workers.stream("script", payload, self._receive, self._timeout, self._memory_mb)
        except TimedOut:
            return self._broke("timed-out", "TimedOut", f"nothing happened for {self._timeout:g} s")
        except WorkerDied:
            return self._broke("died", "WorkerDied", "the process that ran it was killed, or aborted")
        except RemoteError as error:
            return self._broke("error", error.type, error.message)
        except WorkerError as error:
            return self._broke("error", type(error).__name__, str(error))
        if self._open is not None:
            return self._broke("error", "Unfinished", "the judge stopped in the middle of it")
        return True

    def _receive(self, event: Event) -> None:
        kind = event.get("event")
        if kind == "derivation-start":
            self._open = {"name": event["name"], "outcome": "done", "events": [], "report": None, "error": None}
            self._since = time.monotonic()
            self._derivations.append(self._open)
        (self._outside if self._open is None else self._open["events"]).append(event)
        if kind == "derivation-end" and self._open is not None:
            self._open["report"] = event.get("report")
            self._open = None
        self._tell({**event, "path": self._path})

    def _broke(self, outcome: str, kind: str, message: str) -> bool:
        """Record a mishap where it happened; false when the rest of the script is still worth a start."""
        error = {"type": kind, "message": message}
        broken, self._open = self._open, None
        if broken is None:
            self._error = error
        else:
            broken["outcome"], broken["error"] = outcome, error
            broken["seconds"] = round(time.monotonic() - self._since, 3)
        name = broken["name"] if broken is not None else None
        self._tell({"event": "broken", "path": self._path, "name": name, "outcome": outcome, "error": error})
        if sum(d["name"] == name for d in self._derivations) > 1:
            message = f"{name} was begun again although it was to be skipped: is the name used twice?"
            self._error = {"type": "BegunTwice", "message": message}
            return True
        return broken is None
