"""The store this process uses, if any, and what workers were asked before.

Which one is told by the environment variable ``SYMREP_STORE``, a path, so that the processes of a run share it; without
it there is none. The command line sets it (:func:`chosen`): a program that imports symrep writes nothing on its own.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from symrep.running.faults import TimedOut, timed_out
from symrep.running.registry import SETTLED
from symrep.running.standing import Standing, note, watching

__all__ = ["OFF", "VARIABLE", "asked", "chosen", "current", "default_path", "flush"]

VARIABLE: Final = "SYMREP_STORE"
OFF: Final = "off"

#: answers that say no more than that a limit was met inside
_NOT_LASTING: Final = ("error", "budget-spent")

_lock: Final = threading.Lock()
#: the path this process was told, and its store; stores of other paths or of a parent process are not kept
_now: tuple[str, Any] = ("", None)


def default_path() -> Path | None:
    """Where verdicts are kept unless somebody says otherwise; None where there is no home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        try:
            home = Path.home()
        except RuntimeError:
            return None
        base = str(home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache")
    return Path(base) / "symrep" / "verdicts.sqlite"


def chosen(path: str | None, use: bool = True) -> None:
    """Decide for this process and those it starts: no store, the one at ``path``, the environment's, the usual."""
    told = os.environ.get(VARIABLE, "")
    if not use:
        os.environ[VARIABLE] = OFF
    elif path is not None:
        os.environ[VARIABLE] = os.path.abspath(path)
    elif not told:
        usual = default_path()
        os.environ[VARIABLE] = OFF if usual is None else str(usual)


def current() -> Any:
    """The :class:`~symrep.running.store.Store` in use, or None; None also, once reported, if it is unusable."""
    global _now
    told = os.environ.get(VARIABLE, "")
    with _lock:
        path, store = _now
        if store is not None and store.pid != os.getpid():
            store.forget()
            path, store = "", None
        if path != told:
            store = _opened(told)
            _now = (told, store)
        return store if store is not None and store.usable else None


def _opened(told: str) -> Any:
    if told.casefold() in ("", "0", OFF, "no", "none", "false"):
        return None
    from symrep.running.checker import checker
    from symrep.running.store import Store, say

    who = checker()
    if who is None:
        say("the sources of symrep cannot be told apart, or changed just now; nothing is stored")
        return None
    store = Store(Path(told), who)
    if not store.usable:
        os.environ[VARIABLE] = OFF  # said once; processes started from here need not say it again
    else:
        atexit.register(store.close)
    return store


def flush() -> None:
    """Write what waits to be written, before a process ends that runs no exit handlers."""
    with _lock:
        _, store = _now
    if store is not None and store.pid == os.getpid():
        store.flush()


def asked(
    function: str,
    payload: Any,
    seconds: float,
    memory_mb: int,
    call: Callable[[str, Any, float, int], Any],
) -> Any:
    """``call(function, payload, seconds, memory_mb)``, answered from the store if it is known.

    What took ``cost`` seconds is the answer wherever that would not have met a limit; what a limit ended is the answer
    for just these limits, and only if the worker had its share of the processor. Accidents are not kept.
    """
    store = current() if function in SETTLED else None
    if store is None:
        return call(function, payload, seconds, memory_mb)
    share = SETTLED[function]
    untimed = {k: v for k, v in payload.items() if k != "seconds"} if isinstance(payload, Mapping) else payload
    settled = {"ask": function, "payload": untimed, "memory": memory_mb}
    known = store.get(settled)
    if known is not None and known["cost"] <= share * seconds:
        return known["value"]
    limited = {"ask": function, "payload": payload, "memory": memory_mb, "seconds": seconds}
    known = store.get(limited)
    if known is not None:
        note(Standing.CUT)
        if "value" not in known:
            raise timed_out(function, f"{seconds:g} s")
        return known["value"]
    with watching() as seen:
        try:
            value = call(function, payload, seconds, memory_mb)
        except TimedOut:
            if seen.worst is Standing.CUT:
                store.put(limited, {"timed_out": True}, later=True)
            raise
        if _met_a_limit(value):
            note(Standing.CUT)
            return value
    if seen.worst is Standing.SETTLED and seen.seconds <= share * seconds:
        store.put(settled, {"cost": round(seen.seconds, 4), "value": value}, later=True)
    elif seen.worst is Standing.CUT:
        store.put(limited, {"value": value}, later=True)
    return value


def _met_a_limit(value: Any) -> bool:
    """Does an answer, or a part of one, say no more than that?"""
    if not isinstance(value, Mapping):
        return False
    parts = (value, *(v for v in value.values() if isinstance(v, Mapping)))
    return any(p.get("reason") in _NOT_LASTING and not p.get("proved") for p in parts)
