"""Functions that misbehave on purpose, so that the workers can be tested on them (and ``symrep`` on a new machine)."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def echo(payload: Any) -> Any:
    return payload


def identity(_payload: Any) -> dict[str, Any]:
    """Facts about the process a call runs in."""
    return {"pid": os.getpid(), "parent": os.getppid(), "random": random.random(), "hash": hash("symrep")}


def sleep(payload: float) -> float:
    time.sleep(payload)
    return payload


def work(payload: float) -> float:
    """Keep the processor busy for so many seconds of its own time."""
    end = time.process_time() + payload
    while time.process_time() < end:
        pass
    return payload


def power(payload: Mapping[str, int]) -> int:
    """One long call into C, during which no signal handler of Python's runs."""
    return len(bin(payload["base"] ** payload["exponent"]))


def allocate(payload: int) -> int:
    """Allocate ``payload`` megabytes, a megabyte at a time."""
    return len([bytearray(1 << 20) for _ in range(payload)])


def fail(payload: str) -> None:
    raise ValueError(payload)


def kill(payload: int) -> None:
    os.kill(os.getpid(), payload)
    time.sleep(60)


def unspeakable(_payload: Any) -> object:
    """A result JSON has no word for."""
    return object()


def nested(payload: Any) -> Any:
    """A worker that asks a worker of its own."""
    from symrep.running import worker

    return worker.call("probe.echo", payload, 10)


def counted(payload: Mapping[str, Any]) -> Any:
    """``payload["value"]``, leaving a mark in the file ``payload["file"]`` each time it is asked."""
    with Path(payload["file"]).open("ab", buffering=0) as file:
        file.write(b".")
    if payload.get("busy"):
        work(payload["busy"])
    return payload["value"]


def judge_script(path: str, on_event: Callable[[dict[str, Any]], None], options: Mapping[str, Any]) -> None:
    """A judge of scripts written in a toy language, one word a line, for testing the runner of scripts.

    ``derivation NAME`` begins one, and the one before it ends; ``NAME!`` is run even if it is to be skipped. ``line``,
    ``print WORD``, ``sleep S``, ``power``, ``allocate MB``, ``fail``, ``kill`` and ``nested`` do what they say.
    """
    open_name = ""
    skipping = False
    skip = set(options.get("skip", ()))

    def end() -> None:
        if open_name and not skipping:
            on_event({"event": "derivation-end", "name": open_name, "report": {"status": "proved"}})

    for number, text in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        word, _, rest = text.strip().partition(" ")
        if word == "derivation":
            end()
            open_name, skipping = rest, rest in skip and not rest.endswith("!")
            if not skipping:
                on_event({"event": "derivation-start", "name": rest, "line": number})
        elif skipping or not word:
            continue
        elif word == "line":
            on_event({"event": "line", "name": open_name, "line": number})
        elif word == "print":
            os.write(1, f"{rest}\n".encode())
        elif word == "sleep":
            time.sleep(float(rest))
        elif word == "power":
            power({"base": 10, "exponent": 10**9})
        elif word == "allocate":
            allocate(int(rest))
        elif word == "kill":
            kill(signal.SIGKILL)
        elif word == "nested":
            on_event({"event": "line", "name": open_name, "line": number, "answer": nested(rest)})
        elif word == "fail":
            raise ValueError(f"line {number}")
    end()
