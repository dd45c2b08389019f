"""Killable workers: run a listed function in another process, within a time and a memory that are enforced.

A time-out here is a SIGKILL, not a signal handler: it ends ``10**10**8`` as surely as ``sleep``. A worker that was
killed is replaced by a fork of a process that has SymPy in memory already, in milliseconds.

>>> from symrep.running import worker
>>> worker.call("probe.echo", [1, 2], seconds=10)
[1, 2]
"""

from __future__ import annotations

import atexit
import json
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, final

from symrep.clock import FORGIVEN, Processor, forgive
from symrep.running import child, remember
from symrep.running.faults import RemoteError, TimedOut, WorkerDied, WorkerError, died, timed_out
from symrep.running.registry import FUNCTIONS, LIGHT, SETTLED, STREAMS, locate
from symrep.running.standing import Standing, cut, note, processor

__all__ = ["RemoteError", "TimedOut", "WorkerDied", "WorkerError", "Workers"]
__all__ += ["call", "close", "default", "light", "start"]

PRELOAD: Final = ("sympy", "flint", "symrep.judge.steps", "symrep.judge.first", "symrep.verifying.integrals")
#: what the workers of LIGHT functions have in memory
FEW: Final = ("flint", "symrep.judge.first", "symrep.checks.balls")
MEMORY_MB: Final = 2000
#: a worker that has answered this many calls is replaced, so that caches do not grow for ever
CALLS_PER_WORKER: Final = 5000

_START_SECONDS: Final = 120.0
#: a deadline that moves by less is over
_WORTH_WAITING: Final = 0.002
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_BOOT: Final = (
    "import sys; root = sys.argv.pop(1); root in sys.path or sys.path.append(root); "
    "from symrep.running.child import main; main()"
)
#: one thread and one hash seed: a worker's answer depends on what it was asked, and on nothing else
_ENVIRONMENT: Final = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


class _Gone(Exception):
    """The other end of a connection is closed."""


@final
class _Nursery:
    """The parent's handle on a nursery process."""

    def __init__(self, preload: Sequence[str]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._control = ours
        self._process: subprocess.Popen[bytes] | None = None
        self._pid = 0
        self._lock = threading.Lock()
        #: somebody heard from a worker of it: before, it may be importing, and see nothing of what is asked of it
        self.heard = False
        if child.nursery_bred() and threading.active_count() == 1:
            # this process is itself a worker, with everything imported: a fork is enough
            sys.stdout.flush()
            sys.stderr.flush()
            self._pid = os.fork()
            if self._pid == 0:
                try:
                    child.nursery(theirs)
                finally:
                    os._exit(1)
        else:
            with theirs:
                command = [sys.executable, "-P", "-c", _BOOT, _ROOT, str(theirs.fileno()), *preload]
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    env={**os.environ, **_ENVIRONMENT},
                )
                self._pid = self._process.pid
        theirs.close()

    def fork(self) -> socket.socket:
        """A connection to a new worker."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with theirs, self._lock:
                socket.send_fds(self._control, [child.command(child.FORK)], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise _Gone from error
        return ours

    def kill(self, pid: int) -> None:
        with self._lock, suppress(OSError):
            self._control.sendall(child.command(child.KILL, pid))

    def close(self) -> None:
        """Ends the nursery and all of its workers, and waits until they are gone."""
        self._control.close()
        if self._process is not None:
            try:
                self._process.wait(5 if self.heard else 0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        else:
            deadline = time.monotonic() + (5 if self.heard else 0)
            with suppress(ChildProcessError):
                while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
                    if time.monotonic() > deadline:
                        os.kill(self._pid, signal.SIGKILL)
                    time.sleep(0.005)

    def forget(self) -> None:
        """In a forked copy of the owner: drop our copy of the socket, end nothing."""
        self._control.close()


@final
class _Worker:
    """One connection to one process."""

    def __init__(self, nursery: _Nursery) -> None:
        self.calls = 0
        self._nursery = nursery
        self._socket = nursery.fork()
        self._buffer = bytearray()
        try:
            self.pid: int = self.receive(time.monotonic() + _START_SECONDS)["ready"]
        except BaseException:
            self._socket.close()
            raise
        nursery.heard = True

    def send(self, message: dict[str, Any], deadline: float) -> None:
        data = json.dumps(message).encode() + b"\n"
        self._socket.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise
        except OSError as error:
            raise _Gone from error

    def receive(self, deadline: float) -> dict[str, Any]:
        searched = 0
        while True:
            end = self._buffer.find(b"\n", searched)
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                message: dict[str, Any] = json.loads(line)
                return message
            searched = len(self._buffer)
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            try:
                data = self._socket.recv(1 << 16)
            except TimeoutError:
                raise
            except OSError as error:
                raise _Gone from error
            if not data:
                raise _Gone
            self._buffer += data

    def kill(self) -> None:
        """SIGKILL, and wait until the kernel has closed its end: then it is gone."""
        self._nursery.kill(self.pid)
        self._socket.settimeout(5)
        with suppress(OSError):
            while self._socket.recv(1 << 16):
                pass
        self._socket.close()

    def leave(self) -> None:
        self._socket.close()


def _waited(before: Processor | None, after: Processor | None) -> float:
    """Seconds a process waited for its turn on the processor between two looks."""
    return max(0, after[1] - before[1]) / 1e9 if before is not None and after is not None else 0.0


def _received(worker: _Worker, seconds: float) -> dict[str, Any]:
    """What a worker says next, within ``seconds`` without those it waited for its turn on the processor.

    Raises:
        TimeoutError: it says nothing.
    """
    start, before = time.monotonic(), processor(worker.pid)
    latest = seconds / (1 - FORGIVEN)
    deadline = start + seconds
    while True:
        try:
            return worker.receive(deadline)
        except TimeoutError:
            later = start + min(latest, seconds + _waited(before, processor(worker.pid)))
            if later - deadline < _WORTH_WAITING:
                raise
            deadline = later


@final
class Workers:
    """A pool of workers that start when they are needed. Safe to use from several threads.

    Args:
        size: how many calls run at the same time; further ones wait. Default: the number of cores.
        preload: modules a worker has in memory from its first moment. One that is missing is passed over.
    """

    def __init__(self, size: int | None = None, preload: Sequence[str] = PRELOAD) -> None:
        self._size = size or os.cpu_count() or 1
        self._preload = tuple(preload)
        self._reset()

    def _reset(self) -> None:
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._size)
        self._nursery: _Nursery | None = None
        self._idle: list[_Worker] = []
        self._closed = False

    def start(self) -> None:
        """Begin importing in the background; calls do this themselves, it only saves the first of them a wait."""
        self._get_nursery(None)

    def call(self, function: str, payload: Any, seconds: float, memory_mb: int = MEMORY_MB) -> Any:
        """The value of a listed function at ``payload``, both plain JSON data (tuples arrive as lists).

        Raises:
            TimedOut: no answer within ``seconds`` of :mod:`symrep.clock`, counted from the moment a worker is ready; it
                has been killed.
            RemoteError: the function raised; ``type == "MemoryError"`` when ``memory_mb`` did not suffice.
            WorkerDied: the worker was killed by somebody else, or a library aborted.
            BadInput: no such function is listed.
        """
        locate(function, FUNCTIONS)
        return self._run(function, payload, seconds, memory_mb, None)

    def stream(
        self,
        function: str,
        payload: Any,
        on_event: Callable[[dict[str, Any]], None],
        stall_seconds: float,
        memory_mb: int = 2 * MEMORY_MB,
    ) -> Any:
        """Run a listed streaming function in a worker of its own, which is not used again.

        ``stall_seconds`` is the longest time without an event. What was received before an error has been handed to
        ``on_event``, in the calling thread. Raises as :meth:`call` does.
        """
        locate(function, STREAMS)
        return self._run(function, payload, stall_seconds, memory_mb, on_event)

    def _run(
        self,
        function: str,
        payload: Any,
        seconds: float,
        memory_mb: int,
        on_event: Callable[[dict[str, Any]], None] | None,
    ) -> Any:
        if not (seconds > 0 and math.isfinite(seconds)):
            raise ValueError("seconds must be positive and finite")
        request = {"function": function, "payload": payload, "memory_mb": memory_mb, "nested": on_event is not None}
        if os.getpid() != self._owner:
            self._forget()
        asked = time.monotonic()
        with self._places:
            worker = self._hire(function, fresh=on_event is not None)
            keep = False
            begun, before = time.monotonic(), processor(worker.pid)
            if begun - asked > max(1.0, seconds):  # whoever has a deadline of his own has lost it in the queue
                note(Standing.STARVED)
            try:
                worker.send(request, time.monotonic() + seconds)
                while "event" in (answer := _received(worker, seconds)):
                    if on_event is not None:
                        on_event(answer["event"])
                keep = on_event is None and "value" in answer
                waited = _waited(before, processor(worker.pid))
                took = time.monotonic() - begun
                took -= min(waited, FORGIVEN * took)
                late = on_event is None and took > SETTLED.get(function, 1.0) * seconds
                if late or "error" in answer:
                    note(cut(before, processor(worker.pid)))
                note(Standing(answer.get("standing", 0)), took)
            except TimeoutError as error:
                note(cut(before, processor(worker.pid)))
                raise timed_out(function, f"{seconds:g} s") from error
            except _Gone as error:
                note(Standing.STARVED)
                raise died(function) from error
            finally:
                if on_event is None:
                    forgive(begun, _waited(before, processor(worker.pid)))
                self._dismiss(worker, keep)
        if "value" in answer:
            return answer["value"]
        kind, message = answer["error"]["type"], answer["error"]["message"]
        raise RemoteError(function, "a call that returns", f"{kind}: {message}", type=kind, message=message)

    def _hire(self, function: str, fresh: bool) -> _Worker:
        with self._lock:
            if self._closed:
                raise RuntimeError("these workers are closed")
            if self._idle and not fresh:
                return self._idle.pop()
        dead: _Nursery | None = None
        for _ in range(3):  # a nursery that was killed from outside is replaced
            dead = self._get_nursery(dead)
            with suppress(_Gone, TimeoutError):
                return _Worker(dead)
        raise died(function)

    def _get_nursery(self, dead: _Nursery | None) -> _Nursery:
        """The nursery, a new one if the present one is ``dead``."""
        if os.getpid() != self._owner:
            self._forget()
        with self._lock:
            if dead is not None and self._nursery is dead:
                dead.close()
                self._nursery = None
            if self._closed:  # while somebody was waiting for a worker
                raise RuntimeError("these workers are closed")
            if self._nursery is None:
                self._nursery = _Nursery(self._preload)
            return self._nursery

    def _dismiss(self, worker: _Worker, keep: bool) -> None:
        worker.calls += 1
        if keep and worker.calls < CALLS_PER_WORKER:
            with self._lock:
                if not self._closed:
                    self._idle.append(worker)
                    return
        worker.kill()

    def _forget(self) -> None:
        """This process is a forked copy of the one the workers belong to: leave them to it."""
        for worker in self._idle:
            worker.leave()
        if self._nursery is not None:
            self._nursery.forget()
        self._reset()

    def close(self) -> None:
        """End every worker, busy ones too, and wait until they are gone."""
        if os.getpid() != self._owner:
            self._forget()
        with self._lock:
            self._closed = True
            nursery, self._nursery = self._nursery, None
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.leave()
        if nursery is not None:
            nursery.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


_shared: Final[dict[tuple[str, ...], Workers]] = {}
_shared_lock = threading.Lock()


def _pool(preload: tuple[str, ...]) -> Workers:
    with _shared_lock:
        if preload not in _shared:
            _shared[preload] = pool = Workers(preload=preload)
            atexit.register(pool.close)
        return _shared[preload]


def default() -> Workers:
    """The pool everybody shares; it ends with the process."""
    return _pool(PRELOAD)


def light() -> Workers:
    """The same for LIGHT functions. In a process that is itself a worker, and has SymPy, it is the one above."""
    return default() if child.nursery_bred() else _pool(FEW)


def start(*, sympy: bool = True) -> None:
    """Begin importing in the background what the first calls will need, of LIGHT functions only unless ``sympy``."""
    light().start()
    if sympy:
        default().start()


def close() -> None:
    """End what is running, for good."""
    with _shared_lock:
        pools = list(_shared.values())
    for pool in pools:
        pool.close()


def call(function: str, payload: Any, seconds: float, memory_mb: int = MEMORY_MB) -> Any:
    """:meth:`Workers.call` on a shared pool, unless the store that is in use knows the answer."""
    pool = light() if function in LIGHT else default()
    return remember.asked(function, payload, seconds, memory_mb, pool.call)
