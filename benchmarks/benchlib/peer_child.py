"""Worker side of ``bench_peers.py``: what each method says of one claim.

A job takes ``{"lhs", "rhs", "symbols", "given"}`` as terms, ``"entry"`` as text for symrep itself, and ``"seconds"``;
it yields one ``{"answer": …}``: equal, different, supported, unknown, unread.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.wire import from_json

__all__ = ["PROGRAMS", "job"]

Payload = Mapping[str, Any]


def _claim(payload: Payload) -> Claim:
    data = {k: from_json(payload[k]) for k in ("lhs", "rhs")}
    return Claim("equal", data, Context(payload["symbols"], {}, tuple(_condition(g) for g in payload["given"])))


def _condition(data: Any) -> Any:
    return (data[0], data[1], from_json(data[2]), from_json(data[3]))


# --- SymPy --------------------------------------------------------------------------------------------------------


def _sides(payload: Payload) -> tuple[Any, Any]:
    """SymPy's trees, by constructors, over symbols with the assumptions SymPy has."""
    import sympy as sp

    from benchlib.dialects import _positive
    from symrep.translate import from_term

    claim = _claim(payload)
    known: dict[str, dict[str, bool]] = {
        "positive": {"positive": True},
        "unit": {"positive": True},
        "nonnegative": {"nonnegative": True},
        "negative": {"negative": True},
        "nonzero": {"real": True, "nonzero": True},
        "complex": {},
        "integer": {"integer": True},
        "positive integer": {"integer": True, "positive": True},
        "nonnegative integer": {"integer": True, "nonnegative": True},
    }
    above = _positive(claim.context.given)
    names: dict[str, Any] = {}
    for n, kind in claim.context.symbols.items():
        words = {"positive": True} if kind == "real" and n in above else known.get(kind, {"real": True})
        names[n] = sp.Symbol(n, **words)
    return from_term(claim.data["lhs"], names), from_term(claim.data["rhs"], names)


def simplify(payload: Payload) -> str:
    import sympy as sp

    a, b = _sides(payload)
    found = sp.simplify((a - b).doit())
    if found == 0:
        return "equal"
    return "different" if found.is_Rational else "unknown"


def equals(payload: Payload) -> str:
    a, b = _sides(payload)
    found = a.doit().equals(b.doit())
    return "equal" if found is True else "different" if found is False else "unknown"


def math_verify(payload: Payload) -> str:
    from math_verify import verify

    a, b = _sides(payload)
    return "equal" if verify(a, b, timeout_seconds=None) else "different"


# --- programs -----------------------------------------------------------------------------------------------------

#: program, arguments with the script's name
PROGRAMS: dict[str, tuple[str, list[str]]] = {
    "maxima": ("maxima", ["--very-quiet", "--batch={0}"]),
    "giac": ("giac", ["{0}"]),
    "fricas": ("fricas", ["-nosman", "-eval", ")read {0}"]),
}


def _program(name: str) -> Callable[[Payload], str]:
    def ask(payload: Payload) -> str:
        from benchlib.dialects import Unread, script

        try:
            text = script(name, _claim(payload))
        except (Unread, KeyError):
            return "unread"
        program, words = PROGRAMS[name]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "claim.input"
            path.write_text(text, "utf-8")
            said = _said([program, *(w.format(path) for w in words)], folder, float(payload["seconds"]))
        if said is None:
            return "time-out"
        return "equal" if "RESULT equal" in (line.strip() for line in said.splitlines()) else "unknown"

    return ask


def _said(command: list[str], folder: str, seconds: float) -> str | None:
    """What a program prints (giac does on standard error), run in a session of its own, which is killed as a whole."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))

    # the parent has a limit of its own on memory, under which these programs do not start
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", start_new_session=True, preexec_fn=limits, env={**os.environ, "HOME": folder},
    )  # fmt: skip
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# --- numbers ------------------------------------------------------------------------------------------------------


def floats(payload: Payload) -> str:
    """float64 at ten random points, relative tolerance 1e-8: what one does in a test."""
    from benchlib.floats import value
    from benchlib.points import draw

    claim = _claim(payload)
    seen = 0
    for p in draw(claim.context.symbols, claim.context.given, "floats", 10):
        a, b = (value(claim.data[k], p) for k in ("lhs", "rhs"))
        if a is None or b is None:
            continue
        seen += 1
        if abs(a - b) > 1e-8 * max(abs(a), abs(b)):
            return "different"
        if not p:
            break
    return "equal" if seen else "unknown"


# --- symrep -------------------------------------------------------------------------------------------------------


def kernel(payload: Payload) -> str:
    from symrep.kernel.certificate import prove
    from symrep.kernel.fail import NotProved

    try:
        prove(_claim(payload))
    except (NotProved, BadInput):
        return "unknown"
    return "equal"


def balls(payload: Payload) -> str:
    from symrep.checks.balls import compare_sides

    found = compare_sides(_claim(payload), time.monotonic() + 0.4 * float(payload["seconds"]))
    return "different" if found.refutation else "supported" if found.agreement else "unknown"


def engine(payload: Payload) -> str:
    from symrep.verdict import Status
    from symrep.verifying import Item, verify_item

    e = payload["entry"]
    item = Item(e["id"], e["lhs"], e["rhs"], e.get("symbols", {}), tuple(e.get("given", ())))
    status = verify_item(item, float(payload["seconds"]), diagnose=False).verdict.status
    return {Status.PROVED: "equal", Status.SUPPORTED: "supported", Status.REFUTED: "different"}.get(status, "unknown")


def egraph(payload: Payload) -> str:
    from benchlib.egraph import equal

    return equal(_claim(payload))


METHODS: dict[str, Callable[[Payload], str]] = {
    "simplify": simplify,
    "equals": equals,
    "math-verify": math_verify,
    **{name: _program(name) for name in PROGRAMS},
    "e-graph": egraph,
    "floats": floats,
    "kernel": kernel,
    "balls": balls,
    "symrep verify": engine,
}


def job(payload: Payload) -> Iterator[dict[str, Any]]:
    """``{"method": …, …}`` in; the answer, and the seconds it took."""
    clear = payload["method"] in ("simplify", "equals", "math-verify")
    if clear:
        from sympy.core.cache import clear_cache

        clear_cache()
    clock = time.perf_counter()
    try:
        answer = METHODS[payload["method"]](payload)
    except (ArithmeticError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError) as e:
        yield {"answer": "error", "seconds": time.perf_counter() - clock, "error": f"{type(e).__name__}: {e}"[:200]}
        return
    except BadInput as e:
        yield {"answer": "unread", "seconds": time.perf_counter() - clock, "error": str(e)[:200]}
        return
    yield {"answer": answer, "seconds": time.perf_counter() - clock}
