"""Scripts in processes of their own. They are written in the toy language of ``symrep.running.probes.judge_script``."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from symrep.errors import BadInput
from symrep.running.scripts import run_scripts


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def run(*paths: Path, timeout: float = 60, **rest: Any) -> list[dict[str, Any]]:
    return run_scripts(paths, timeout=timeout, judge="probe", **rest)


def outcomes(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(d["name"], d["outcome"]) for d in result["derivations"]]


@pytest.mark.parametrize("hang", ["sleep 60", "power"])
def test_a_hang_is_killed_and_the_rest_is_run(tmp_path: Path, hang: str) -> None:
    script = write(
        tmp_path, "a.py", "derivation a", "line", "derivation b", "line", "line", hang, "line", "derivation c", "line"
    )
    events: list[dict[str, Any]] = []
    [result] = run(script, timeout=1, on_event=events.append)
    assert outcomes(result) == [("a", "done"), ("b", "timed-out"), ("c", "done")]
    hung = result["derivations"][1]
    assert [e["line"] for e in hung["events"]] == [3, 4, 5], "what it had said is kept"
    assert hung["report"] is None
    assert hung["error"]["type"] == "TimedOut"
    assert result["error"] is None
    starts = [e["name"] for e in events if e["event"] == "derivation-start"]
    assert starts == ["a", "b", "c"], "nothing is judged twice"


@pytest.mark.parametrize(
    ("mishap", "outcome", "kind"),
    [("kill", "died", "WorkerDied"), ("fail", "error", "ValueError"), ("allocate 4000", "error", "MemoryError")],
)
def test_a_mishap_in_a_derivation(tmp_path: Path, mishap: str, outcome: str, kind: str) -> None:
    script = write(tmp_path, "a.py", "derivation a", "line", mishap, "derivation b", "line")
    [result] = run(script, memory_mb=500)
    assert outcomes(result) == [("a", outcome), ("b", "done")]
    assert result["derivations"][0]["error"]["type"] == kind
    assert len(result["derivations"][0]["events"]) == 2


@pytest.mark.parametrize(("mishap", "kind"), [("sleep 60", "TimedOut"), ("kill", "WorkerDied"), ("fail", "ValueError")])
def test_a_mishap_outside_any_derivation(tmp_path: Path, mishap: str, kind: str) -> None:
    script = write(tmp_path, "a.py", mishap, "derivation a", "line")
    [result] = run(script, timeout=0.5)
    assert result["derivations"] == []
    assert result["error"]["type"] == kind


def test_a_judge_that_does_not_skip_is_given_up(tmp_path: Path) -> None:
    script = write(tmp_path, "a.py", "derivation a!", "kill", "derivation b", "line")
    [result] = run(script)
    assert outcomes(result) == [("a!", "died"), ("a!", "died")]
    assert result["error"]["type"] == "BegunTwice"


def test_a_script_that_is_not_there(tmp_path: Path) -> None:
    [result] = run(tmp_path / "nothing.py")
    assert result["error"]["type"] == "FileNotFoundError"


def test_one_bad_script_leaves_the_others_alone(tmp_path: Path) -> None:
    bad = [write(tmp_path, f"bad{i}.py", "derivation x", how) for i, how in enumerate(["kill", "fail", "sleep 60"])]
    good = [write(tmp_path, f"good{i}.py", "derivation x", "line") for i in range(4)]
    results = run(*bad, *good, jobs=3, timeout=1)
    assert [outcomes(r) for r in results[3:]] == [[("x", "done")]] * 4
    assert [r["derivations"][0]["outcome"] for r in results[:3]] == ["died", "error", "timed-out"]


def test_a_script_that_keeps_talking_is_not_out_of_time(tmp_path: Path) -> None:
    script = write(tmp_path, "a.py", "derivation a", *["sleep 0.3", "line"] * 5)
    [result] = run(script, timeout=1)
    assert outcomes(result) == [("a", "done")]


def test_the_order_does_not_depend_on_who_is_first(tmp_path: Path) -> None:
    slow = write(tmp_path, "a.py", "sleep 0.5", "derivation z", "line", "derivation a", "line")
    quick = write(tmp_path, "b.py", "derivation b", "line")
    results = run(quick, slow, quick, jobs=2)
    assert [r["path"] for r in results] == [str(slow), str(quick)]
    assert outcomes(results[0]) == [("z", "done"), ("a", "done")]
    assert results == run(slow, quick, jobs=1)


@pytest.mark.parametrize("jobs", [1, 4])
def test_as_many_run_at_the_same_time_as_there_are_jobs(tmp_path: Path, jobs: int) -> None:
    scripts = [write(tmp_path, f"{i}.py", "derivation a", "sleep 0.5") for i in range(4)]
    running, most = 0, 0

    def on_event(event: dict[str, Any]) -> None:
        nonlocal running, most
        running += {"derivation-start": 1, "derivation-end": -1}[event["event"]]
        most = max(most, running)

    run(*scripts, jobs=jobs, on_event=on_event)
    assert running == 0
    assert most == 1 if jobs == 1 else most > 1


def test_events_come_one_at_a_time_and_name_their_script(tmp_path: Path) -> None:
    scripts = [write(tmp_path, f"{i}.py", "derivation a", *["line"] * 20) for i in range(4)]
    busy = threading.Lock()
    seen: list[dict[str, Any]] = []

    def on_event(event: dict[str, Any]) -> None:
        assert busy.acquire(blocking=False)
        seen.append(event)
        time.sleep(0.0005)
        busy.release()

    run(*scripts, jobs=4, on_event=on_event)
    assert len(seen) == 4 * 22
    assert {e["path"] for e in seen} == {str(s) for s in scripts}


def test_a_script_may_use_workers(tmp_path: Path) -> None:
    [result] = run(write(tmp_path, "a.py", "derivation a", "nested hello"))
    assert result["derivations"][0]["events"][1]["answer"] == "hello"


def test_an_observer_that_fails_is_heard(tmp_path: Path) -> None:
    def on_event(event: dict[str, Any]) -> None:
        raise KeyError("observer")

    with pytest.raises(KeyError, match="observer"):
        run(write(tmp_path, "a.py", "derivation a", "line"), on_event=on_event)


def test_options_skip(tmp_path: Path) -> None:
    script = write(tmp_path, "a.py", "derivation a", "line", "derivation b", "line")
    [result] = run(script, options={"skip": ["a"]})
    assert outcomes(result) == [("b", "done")]


def test_what_a_script_prints_goes_to_standard_error(tmp_path: Path) -> None:
    script = write(tmp_path, "a.py", "print hello", "derivation a", "line")
    code = (
        "import sys; from symrep.running.scripts import run_scripts; "
        "run_scripts([sys.argv[1]], judge='probe'); sys.stdout.write('mine')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == ("mine", "hello\n")


def test_by_hand(tmp_path: Path) -> None:
    script = write(tmp_path, "a.py", "derivation a", "print hello", "line", "derivation b", "line")
    command = [sys.executable, "-m", "symrep.running.script_child", str(script), "--judge", "probe"]
    done = subprocess.run(
        [*command, "--options", '{"skip": ["b"]}'], capture_output=True, text=True, timeout=60, check=True
    )
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert events == ["derivation-start", "line", "derivation-end"]
    assert done.stderr == "hello\n"


@pytest.mark.parametrize(("keys", "match"), [({"judge": "os:system"}, "a function out of"), ({"jobs": 0}, "--jobs")])
def test_bad_options(tmp_path: Path, keys: dict[str, Any], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        run_scripts([tmp_path / "a.py"], **{"judge": "probe", **keys})


def test_nothing_to_do() -> None:
    assert run_scripts([]) == []
