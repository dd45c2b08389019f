"""The other side of :mod:`symrep.running.worker`: a *nursery* that imports SymPy once, and the workers it forks.

A nursery holds one end of a control socket. A FORK command, with a connection attached, makes it fork a worker that
serves that connection; KILL, with a process id, kills one that it has not yet reaped, so that no other process is ever
hit. When the control socket closes, because its owner is done or was killed, the nursery kills its workers and ends.
Commands have a fixed length; what goes to and from a worker is lines of JSON. No pickle, no text evaluated.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import resource
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from typing import Any, NoReturn, Protocol

from symrep.running.registry import FUNCTIONS, STREAMS, resolve
from symrep.running.standing import watching

__all__ = ["FORK", "KILL", "MAX_MESSAGE", "command", "main", "nursery", "nursery_bred"]

#: no single answer or event is longer than this
MAX_MESSAGE = 64 << 20

#: a command is one letter and a number, padded to this many bytes
COMMAND = 16
FORK = b"F"
KILL = b"K"

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36

#: true in a process that a nursery forked: it has one thread and SymPy in memory, and may fork a nursery of its own
_bred = False


class _Closable(Protocol):
    def close(self) -> None: ...


def command(letter: bytes, number: int = 0) -> bytes:
    return letter + str(number).zfill(COMMAND - 1).encode()


def nursery_bred() -> bool:
    return _bred


# --- nursery ------------------------------------------------------------------------------------------------------


def main() -> NoReturn:
    """``python -c … CONTROL_FD MODULE…``: be a nursery with these modules imported."""
    control = socket.socket(fileno=int(sys.argv[1]))
    nursery(control, sys.argv[2:])


def nursery(control: socket.socket, preload: Sequence[str] = ()) -> NoReturn:
    """Serve ``control`` until it closes. Never returns: the process is the nursery."""
    control.set_inheritable(False)
    keep = control.fileno()
    os.closerange(3, keep)
    os.closerange(keep + 1, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65536))
    with contextlib.suppress(OSError):
        os.dup2(2, 1)  # nothing of ours belongs on the caller's standard output
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner decides what an interrupt means
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)  # what our workers leave behind is ours to reap
    for name in preload:
        with contextlib.suppress(Exception):  # whoever needs it will say so, in words, when it is called
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)  # short calls that make many small objects, few of them in cycles

    wake, waker = socket.socketpair()
    waker.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    living: set[int] = set()
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(wake, selectors.EVENT_READ)
    try:
        while True:
            for key, _ in selector.select():
                if key.fileobj is wake:
                    wake.recv(4096)
                    _reap(living)
                elif not _command(control, living, (selector, wake, waker)):
                    _end(living)
    except OSError:
        _end(living)


def _command(control: socket.socket, living: set[int], mine: Sequence[_Closable]) -> bool:
    """Carry out one command; false when the owner is gone."""
    data, fds, _, _ = socket.recv_fds(control, COMMAND, 1)
    while data and len(data) < COMMAND:
        more = control.recv(COMMAND - len(data))
        data = data + more if more else b""
    if not data:
        return False
    number = int(data[1:])
    if data[:1] == KILL:
        _reap(living)
        if number in living:
            os.kill(number, signal.SIGKILL)
    elif data[:1] == FORK and fds:
        connection = socket.socket(fileno=fds[0])
        sys.stdout.flush()
        sys.stderr.flush()
        us = os.getpid()
        pid = os.fork()
        if pid:
            living.add(pid)
            connection.close()
        else:
            _worker(connection, us, [control, *mine])
    return True


def _reap(living: set[int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            living.discard(pid)


def _end(living: set[int]) -> NoReturn:
    _reap(living)
    for pid in living:
        os.kill(pid, signal.SIGKILL)
    for pid in living:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
    os._exit(0)


def _prctl(option: int, value: int) -> None:
    """Linux only; elsewhere the closing sockets do the same a little later."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


# --- worker -------------------------------------------------------------------------------------------------------


def _worker(connection: socket.socket, nursery_pid: int, not_ours: Sequence[_Closable]) -> NoReturn:
    global _bred
    _bred = True
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != nursery_pid:
            os._exit(1)
        for thing in not_ours:
            thing.close()
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _serve(connection)
    except OSError:
        pass  # the caller hung up
    finally:
        os._exit(0)


def _serve(connection: socket.socket) -> None:
    lock = threading.Lock()

    def send(message: dict[str, Any]) -> None:
        data = json.dumps(message).encode()
        if len(data) > MAX_MESSAGE:
            raise ValueError(f"an answer of {len(data)} bytes is longer than {MAX_MESSAGE}")
        with lock:
            connection.sendall(data + b"\n")

    def emit(event: dict[str, Any]) -> None:
        send({"event": event})

    send({"ready": os.getpid()})
    for text in connection.makefile("rb"):
        request = json.loads(text)
        _limit(request["memory_mb"])
        _reseed()
        try:
            if request["nested"]:
                from symrep.running import worker

                worker.default().start()
            name = request["function"]
            with watching() as seen:
                if name in STREAMS:
                    value = resolve(name, STREAMS)(request["payload"], emit)
                else:
                    value = resolve(name, FUNCTIONS)(request["payload"])
            send({"value": value, "standing": seen.worst})
        except OSError as error:
            if error.filename is None and isinstance(error, ConnectionError):
                raise
            _limit(None)
            send(_describe(error))
        except BaseException as error:  # SystemExit and the like too: a script may do anything
            _limit(None)
            send(_describe(error))
        sys.stdout.flush()
        sys.stderr.flush()


def _describe(error: BaseException) -> dict[str, Any]:
    try:
        message = str(error)
    except Exception:
        message = "(an error that cannot be printed)"
    return {"error": {"type": type(error).__name__, "message": message[:10_000]}}


def _limit(megabytes: int | None) -> None:
    """Cap the address space; ``None`` lifts the cap, so that an error can still be told."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = hard if megabytes is None else megabytes << 20
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _reseed() -> None:
    """The same call gives the same answer, whatever ran before it."""
    random.seed(0)
    for name in ("sympy.core.random", "numpy.random"):
        module = sys.modules.get(name)
        if module is not None:
            module.seed(0)
