"""Workers, hostile cases first: nothing a call does may outlive its limit or reach its caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from symrep import clock
from symrep.errors import BadInput, SymrepError
from symrep.running import worker
from symrep.running.registry import FUNCTIONS, JUDGES, STREAMS
from symrep.running.worker import RemoteError, TimedOut, WorkerDied, Workers


def gone(pid: int, within: float = 5.0) -> bool:
    """The process is no more; a zombie counts as still there."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def children_of(pid: int) -> list[int]:
    out = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            out.append(int(entry.parent.name))
    return out


HANGS = [
    pytest.param("probe.sleep", 60, id="sleeps"),
    pytest.param("probe.power", {"base": 10, "exponent": 10**9}, id="inside-a-C-call"),
]


@pytest.mark.parametrize(("function", "payload"), HANGS)
def test_a_hang_is_killed_in_time(workers: Workers, function: str, payload: object) -> None:
    before = workers.call("probe.identity", None, 60)
    start, work = time.monotonic(), clock.now()
    with pytest.raises(TimedOut) as caught:
        workers.call(function, payload, 0.5)
    assert time.monotonic() - start >= 0.5
    assert clock.now() - work < 1.0  # without what was spent waiting for a turn on the processor
    assert caught.value.what == function
    assert "0.5 s" in str(caught.value)
    assert gone(before["pid"])
    assert workers.call("probe.echo", "alive", 60) == "alive"


def test_a_memory_bomb_is_a_typed_error(workers: Workers) -> None:
    with pytest.raises(RemoteError) as caught:
        workers.call("probe.allocate", 4000, 60, memory_mb=300)
    assert caught.value.type == "MemoryError"
    assert workers.call("probe.echo", 1, 60) == 1


def test_the_memory_limit_is_that_of_the_call(workers: Workers) -> None:
    for _ in range(2):
        assert workers.call("probe.allocate", 200, 60, memory_mb=1000) == 200
        with pytest.raises(RemoteError):
            workers.call("probe.allocate", 200, 60, memory_mb=150)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_worker_that_dies_in_a_call(workers: Workers, how: int) -> None:
    with pytest.raises(WorkerDied):
        workers.call("probe.kill", int(how), 60)
    assert workers.call("probe.echo", 1, 60) == 1


def test_a_worker_killed_while_idle() -> None:
    with Workers(1, preload=()) as pool:
        os.kill(pool.call("probe.identity", None, 60)["pid"], signal.SIGKILL)
        with pytest.raises(WorkerDied):
            pool.call("probe.echo", 1, 60)
        assert pool.call("probe.echo", 1, 60) == 1


def test_the_nursery_killed() -> None:
    with Workers(1, preload=()) as pool:
        first = pool.call("probe.identity", None, 60)
        os.kill(first["parent"], signal.SIGKILL)
        if sys.platform == "linux":
            with pytest.raises(WorkerDied):
                pool.call("probe.sleep", 5, 60)
        second = pool.call("probe.identity", None, 60)
        assert second["parent"] != first["parent"]


def test_an_error_comes_back_as_words(workers: Workers) -> None:
    with pytest.raises(RemoteError) as caught:
        workers.call("probe.fail", "no such thing", 60)
    assert (caught.value.type, caught.value.message) == ("ValueError", "no such thing")
    assert isinstance(caught.value, SymrepError)
    assert "probe.fail" in str(caught.value)


def test_an_answer_json_cannot_say(workers: Workers) -> None:
    with pytest.raises(RemoteError) as caught:
        workers.call("probe.unspeakable", None, 60)
    assert caught.value.type == "TypeError"


def test_a_payload_json_cannot_say(workers: Workers) -> None:
    with pytest.raises(TypeError):
        workers.call("probe.echo", object(), 60)
    assert workers.call("probe.echo", 1, 60) == 1


@pytest.mark.parametrize("name", ["os:system", "probe.nothing", "script", "", "symrep.running.probes:echo"])
def test_only_listed_functions(workers: Workers, name: str) -> None:
    with pytest.raises(BadInput, match="a function out of"):
        workers.call(name, "true", 60)


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan")])
def test_no_call_without_a_limit(workers: Workers, seconds: float) -> None:
    with pytest.raises(ValueError, match="positive and finite"):
        workers.call("probe.echo", 1, seconds)


@pytest.mark.parametrize(
    "payload",
    [None, True, 1, -(10**30), 0.1, "σ\n\x00\u2028\ud800", [], {}, [[1, [2, {"a": None}]]], "x" * 3_000_000],
    ids=lambda p: repr(p)[:20],
)
def test_data_survives_the_journey(workers: Workers, payload: object) -> None:
    assert workers.call("probe.echo", payload, 60) == payload


def test_many_quick_calls(workers: Workers) -> None:
    assert [workers.call("probe.echo", i, 60) for i in range(1000)] == list(range(1000))


def test_a_worker_is_used_again(workers: Workers) -> None:
    assert workers.call("probe.identity", None, 60)["pid"] == workers.call("probe.identity", None, 60)["pid"]


def test_the_same_call_gives_the_same_answer() -> None:
    seen = set()
    for _ in range(2):
        with Workers(1, preload=()) as pool:
            for _ in range(2):
                told = pool.call("probe.identity", None, 60)
                seen.add((told["random"], told["hash"]))
    assert len(seen) == 1


def test_from_many_threads(workers: Workers) -> None:
    def one(i: int) -> object:
        if i % 10 == 3:
            with pytest.raises(TimedOut):
                workers.call("probe.sleep", 60, 0.05)
            return i
        return workers.call("probe.echo", i, 60)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(80))) == list(range(80))


def test_no_more_at_a_time_than_the_size() -> None:
    with Workers(1, preload=()) as pool, ThreadPoolExecutor(3) as threads:
        start = time.monotonic()
        list(threads.map(lambda _: pool.call("probe.sleep", 0.1, 60), range(3)))
        assert time.monotonic() - start >= 0.3


def test_a_worker_may_ask_a_worker(workers: Workers) -> None:
    assert workers.call("probe.nested", [1, 2], 60) == [1, 2]


def test_close_leaves_no_process() -> None:
    pool = Workers(2, preload=())
    told = pool.call("probe.identity", None, 60)
    pool.call("probe.nested", 1, 60)
    pool.close()
    assert gone(told["pid"])
    assert gone(told["parent"], within=0.1)  # waited for: no zombie is left for a moment even
    with pytest.raises(RuntimeError, match="closed"):
        pool.call("probe.echo", 1, 60)


def asking(
    pool: Workers, function: str, payload: Any, kind: type[BaseException]
) -> tuple[threading.Thread, list[BaseException]]:
    """A thread that waits for an answer, and the errors of that kind it gets."""
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            pool.call(function, payload, 60)
        except kind as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread, caught


def test_what_is_still_importing_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text("import time; time.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    pool = Workers(1, preload=("slow_to_import",))
    thread, caught = asking(pool, "probe.echo", 1, RuntimeError)
    time.sleep(0.5)
    start = time.monotonic()
    pool.close()
    thread.join(30)
    assert time.monotonic() - start < 4
    assert [str(e) for e in caught] == ["these workers are closed"]


def test_close_ends_a_busy_call() -> None:
    pool = Workers(1, preload=())
    pool.call("probe.echo", 1, 60)
    thread, caught = asking(pool, "probe.sleep", 60, WorkerDied)
    time.sleep(0.2)
    pool.close()
    thread.join(5)
    assert not thread.is_alive()
    assert len(caught) == 1


CALLER = """
import sys, threading, time
from symrep.running.worker import Workers
pool = Workers(2, preload=())
told = pool.call("probe.identity", None, 60)
threading.Thread(target=lambda: pool.call("probe.power", {"base": 10, "exponent": 10**9}, 60), daemon=True).start()
time.sleep(0.3)
sys.stdout.write(f"{told['parent']}\\n")
sys.stdout.flush()
time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_workers_die_with_their_caller() -> None:
    caller = subprocess.Popen([sys.executable, "-c", CALLER], stdout=subprocess.PIPE, text=True)
    assert caller.stdout is not None
    nursery = int(caller.stdout.readline())
    workers = children_of(nursery)
    assert workers, "one worker is busy in C"
    caller.kill()
    caller.wait()
    caller.stdout.close()
    assert all(gone(pid) for pid in workers)


def test_exit_is_quick_and_quiet() -> None:
    code = "from symrep.running import worker; import sys; sys.stdout.write(str(worker.call('probe.echo', 5, 60)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "5", "")


def test_from_a_folder_with_names_of_the_standard_library(tmp_path: Path) -> None:
    for name in ("json.py", "socket.py", "random.py", "sympy.py"):
        (tmp_path / name).write_text("raise SystemExit('imported from the current folder')\n", "utf-8")
    code = (
        "import sys; sys.path.pop(0); from symrep.running import worker; "
        "sys.stdout.write(str(worker.call('probe.echo', 5, 60)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "5", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_forked_copy_of_the_caller_leaves_the_workers_alone(workers: Workers) -> None:
    first = workers.call("probe.identity", None, 60)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            told = workers.call("probe.identity", None, 60)
            code = 0 if told["pid"] != first["pid"] else 2
            workers.close()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert workers.call("probe.identity", None, 60)["pid"] == first["pid"]


def test_the_shared_pool() -> None:
    assert worker.call("probe.echo", {"a": 1}, 60) == {"a": 1}
    assert worker.default() is worker.default()
    assert worker.light() is worker.light() is not worker.default()


_CLOSED_FORMS = """
import sys
from symrep.running.registry import FUNCTIONS, LIGHT, resolve
from symrep.verifying.items import Item, read
assert LIGHT <= set(FUNCTIONS)
for lhs, rhs in (("log(1 + exp(x))", "x + log(1 + exp(-x))"), ("exp(x)", "1 + x"), ("abs(x)", "x")):
    claim = read(Item("", lhs, rhs, {"x": "real"}, ("x > -1",))).claim.to_json()
    for name in sorted(LIGHT):
        payload = {"context": claim["context"]} if name == "verify.consistent" else {"claim": claim, "seconds": 5.0}
        assert isinstance(resolve(name, FUNCTIONS)(payload), dict)
print(sorted({"sympy", "mpmath", "scipy", "numpy"} & set(sys.modules)))
"""


def test_light_functions_need_no_sympy() -> None:
    run = subprocess.run([sys.executable, "-c", _CLOSED_FORMS], capture_output=True, text=True, check=True, timeout=120)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("table", [FUNCTIONS, STREAMS, JUDGES], ids=["functions", "streams", "judges"])
def test_the_tables_name_places_in_this_package(table: dict[str, str]) -> None:
    for place in table.values():
        module, _, attribute = place.partition(":")
        assert module.startswith("symrep.")
        assert attribute.isidentifier()
