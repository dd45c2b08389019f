"""One job after the other in a process of its own, which is killed when its time or memory is spent.

What crosses the border is JSON. A job is a generator function, named ``"module:function"``, from a payload to
messages; each message has to come within the limit. That is a limit on the process's own time (a profiling timer, whose
signal ends it, C call or not), so that a busy machine changes nothing; waiting is allowed for longer.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["Broken", "Killable", "TimeUp"]

_CONTEXT = multiprocessing.get_context("spawn")
#: a message may take so many times its limit on the clock
_PATIENCE = 12.0
_HERE = str(Path(__file__).resolve().parents[1])


class TimeUp(Exception):
    """No message within the limit; the process has been killed."""


class Broken(Exception):
    """The job raised, or the process died."""


def _serve(connection: Any, place: str, memory_mb: int, preload: Sequence[str]) -> None:
    os.environ.pop("SYMREP_STORE", None)  # nothing here may be answered from a store of verdicts
    if _HERE not in sys.path:
        sys.path.insert(0, _HERE)
    if memory_mb:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]  # left alone: what the job starts may need more
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, hard))
    for name in preload:
        with suppress(ImportError):
            importlib.import_module(name)
    module, _, function = place.partition(":")
    job = getattr(importlib.import_module(module), function)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    connection.send_bytes(b'{"ready": true}')
    while True:
        try:
            payload, seconds = json.loads(connection.recv_bytes())
        except EOFError:
            return
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            for message in job(payload):
                connection.send_bytes(json.dumps({"message": message}).encode())
                signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send_bytes(b'{"end": true}')
        except (Exception, RecursionError, MemoryError) as e:
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send_bytes(json.dumps({"error": f"{type(e).__name__}: {str(e)[:200]}"}).encode())


class Killable:
    """The process starts when it is needed and again after it was killed."""

    def __init__(self, place: str, memory_mb: int = 2000, preload: Sequence[str] = (), first: Any = None) -> None:
        """``first``: what the job is given, with patience, whenever the process has been started."""
        self._place, self._memory, self._preload, self._first = place, memory_mb, tuple(preload), first
        self._process: Any = None
        self._connection: Any = None
        #: how often it was started
        self.starts = 0

    def start(self) -> None:
        if self._process is not None:
            return
        self._connection, theirs = _CONTEXT.Pipe()
        arguments = (theirs, self._place, self._memory, self._preload)
        self._process = _CONTEXT.Process(target=_serve, args=arguments, daemon=False)
        self._process.start()
        theirs.close()
        self.starts += 1
        try:
            self._receive(300.0)
        except EOFError as e:
            self.close()
            raise Broken(f"{self._place} did not start") from e
        if self._first is not None:
            list(self.call(self._first, 120.0))

    def _receive(self, seconds: float) -> dict[str, Any]:
        if not self._connection.poll(seconds):
            self._process.kill()
            self.close()
            raise TimeUp
        out: dict[str, Any] = json.loads(self._connection.recv_bytes())
        return out

    def call(self, payload: Any, seconds: float) -> Iterator[Any]:
        """The messages of the job, each after at most ``seconds`` of the process's time, and ``_PATIENCE`` times that.

        Raises:
            TimeUp: one did not come.
            Broken: the job raised, or the process died.
        """
        self.start()
        try:
            self._connection.send_bytes(json.dumps([payload, seconds]).encode())
            while True:
                answer = self._receive(_PATIENCE * seconds)
                if "end" in answer:
                    return
                if "error" in answer:
                    raise Broken(answer["error"])
                yield answer["message"]
        except (EOFError, OSError) as e:
            if self.close() == -signal.SIGPROF:
                raise TimeUp from e
            raise Broken("the process died") from e

    def close(self) -> int | None:
        """The exit code, if it ended by itself within a second."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(OSError):
            self._connection.close()
        process.join(1)
        code: int | None = process.exitcode
        process.kill()
        process.join(5)
        return code
