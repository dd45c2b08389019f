"""Cold start and warm store: what a process costs, and a whole corpus with an empty store and with a full one.

    python benchmarks/bench_start.py [--corpus FILE] [--jobs N] [--rounds N] [--out STEM]

Everything is a process of its own, timed from outside. Rounds are interleaved, so that noise falls on all alike; what
is shown is the median, as a multiple of starting Python.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchlib.corpus import DATA, files
from benchlib.tables import about, markdown, milliseconds, write

_SYMREP = [sys.executable, "-m", "symrep"]


def _timed(command: Sequence[str]) -> tuple[float, str]:
    """Seconds and standard output; symrep's exit code 1 means that something was refuted."""
    clock = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    seconds = time.perf_counter() - clock
    if done.returncode not in (0, 1, 3):
        raise RuntimeError(f"{' '.join(command)[:200]}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return seconds, done.stdout


def _statuses(text: str) -> list[tuple[Any, str]]:
    return [(r["id"], r["status"]) for r in json.loads(text)["results"]]


def measure(corpus: Sequence[Path], jobs: int | None, rounds: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {}
    same = True
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "corpus.json"
        entries = [e for p in corpus for e in json.loads(p.read_text("utf-8"))]
        whole.write_text(json.dumps(entries), "utf-8")
        verify = [*_SYMREP, "verify", str(whole), "--json", "--no-diagnose", *(["--jobs", str(jobs)] if jobs else [])]
        single = [*_SYMREP, "verify", "log(1 + exp(x))", "x + log(1 + exp(-x))"]
        for n in range(rounds):
            store = ["--store", str(Path(folder) / f"store-{n}.sqlite")]
            answers = {}
            for name, command in {
                "start Python": [sys.executable, "-c", "pass"],
                "start Python, import sympy": [sys.executable, "-c", "import sympy"],
                "symrep --version": [*_SYMREP, "--version"],
                "one identity, nothing stored": [*single, *store],
                "one identity, from the store": [*single, *store],
                f"{len(entries)} identities, nothing stored": [*verify, *store],
                f"{len(entries)} identities, from the store": [*verify, *store],
            }.items():
                seconds, answers[name] = _timed(command)
                times.setdefault(name, []).append(seconds)
            cold, warm = list(answers.values())[-2:]
            same = same and _statuses(cold) == _statuses(warm)
    rows = [{"what": k, "seconds": statistics.median(v), "all": v} for k, v in times.items()]
    return {**about(), "corpus": [p.name for p in corpus], "jobs": jobs, "rows": rows, "same statuses": same}


def report(found: dict[str, Any]) -> str:
    rows, base = found["rows"], found["rows"][0]["seconds"]
    lines = [[r["what"], milliseconds(r["seconds"]), f"{r['seconds'] / base:.1f}"] for r in rows]
    cold, warm = rows[-2]["seconds"], rows[-1]["seconds"]
    words = f"From the store the whole costs 1/{cold / warm:.1f} of what it costs without."
    words += "" if found["same statuses"] else " THE STATUSES DIFFER: the store is broken."
    head = f"{', '.join(found['corpus'])}; symrep {found['symrep']}, commit {found['commit']}; "
    head += f"{len(rows[0]['all'])} rounds."
    table = markdown(["process", "ms", "times starting Python"], lines)
    return "\n".join(["# Cold start and warm store", "", head, "", table, "", words, ""])


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="cold start and warm store")
    parser.add_argument("--corpus", action="append", default=[], help="identities; default: the starter set")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="write STEM.json and STEM.md")
    options, _ = parser.parse_known_args(argv)
    found = measure(files(options.corpus or [str(DATA / "starter.json")]), options.jobs, options.rounds)
    print(report(found))
    if options.out:
        write(options.out, found, report(found))
    return 0 if found["same statuses"] else 1


if __name__ == "__main__":
    sys.exit(main())
