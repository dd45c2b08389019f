"""Decide ``benchmarks/data/closed_forms.json`` by ``symrep verify`` and, a sample, by SymPy's ``simplify``, in one run.

    python benchmarks/closed_forms/run.py [--every N] [--simplify N]

The table says what became of true and false ones, class by class, and how long they took. Both are timed in the same
process, one identity after the other, by the wall time of its call: read the ratio.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import sympy as sp

from symrep.running.worker import WorkerError, call, default
from symrep.symbols import DomainSymbol
from symrep.translate import from_term
from symrep.verifying import Item, Result, verify_item
from symrep.verifying.items import read

DATA = Path(__file__).resolve().parent.parent / "data" / "closed_forms.json"
SIMPLIFY_SECONDS = 10.0


def decided(row: dict[str, Any]) -> tuple[Result, float]:
    item = Item(row["id"], row["lhs"], row["rhs"], row["symbols"], tuple(row["given"]))
    start = time.perf_counter()
    return verify_item(item, diagnose=False), time.perf_counter() - start


def simplified(row: dict[str, Any]) -> tuple[bool, float] | None:
    """Does ``simplify`` turn the difference into 0, in a worker that is killed after ten seconds?"""
    claim = read(Item(row["id"], row["lhs"], row["rhs"], row["symbols"], tuple(row["given"]))).claim
    names = {n: DomainSymbol(n, k) for n, k in claim.context.symbols.items()}
    try:
        sp.sympify(from_term(claim.data["lhs"], names))
    except (TypeError, ValueError):
        return None
    payload = {"lhs": claim.data["lhs"], "rhs": claim.data["rhs"], "context": claim.context.to_json()}
    start = time.perf_counter()
    try:
        answer = call("sympy.zero", payload, SIMPLIFY_SECONDS)
    except WorkerError:
        return False, time.perf_counter() - start
    return bool(answer.get("zero")), time.perf_counter() - start


def spread(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    row = sorted(seconds)
    median, late = 1e3 * statistics.median(row), 1e3 * row[int(0.9 * len(row))]
    return f"median {median:.1f} ms, p90 {late:.1f} ms, max {row[-1]:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--every", type=int, default=1, help="take one in N")
    parser.add_argument("--simplify", type=int, default=40, help="how many true ones simplify is asked")
    options = parser.parse_args()
    rows = [r for r in json.loads(DATA.read_text()) if zlib.crc32(r["id"].encode()) % options.every == 0]
    default().start()
    decided(rows[0])
    table: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    times: dict[bool, list[float]] = {True: [], False: []}
    bad: list[str] = []
    for row in rows:
        result, seconds = decided(row)
        v = result.verdict
        word = v.status.name.lower() + (" a.e." if v.almost_everywhere else "")
        table[row["class"], row["truth"]][word] += 1
        times[row["truth"]].append(seconds)
        if (v.status.name in ("PROVED", "SUPPORTED")) != row["truth"]:
            bad.append(
                f"{'true' if row['truth'] else 'false'} but {word}: {row['id']}: {row['lhs']} = {row['rhs']}"[:200]
            )
    for (group, truth), counts in sorted(table.items(), key=str):
        print(f"{group:12} {'true ' if truth else 'false'} {dict(counts)}")
    for truth in (True, False):
        total = sum((c for (_, t), c in table.items() if t is truth), Counter[str]())
        print(f"{'all':12} {'true ' if truth else 'false'} {dict(total)}  {spread(times[truth])}")
    print("\n".join(bad))
    true = [r for r in rows if r["truth"]]
    sample = true[:: max(1, len(true) // options.simplify)]
    both = [(decided(r)[1], s) for r in sample if (s := simplified(r)) is not None]
    ours, theirs = [a for a, _ in both], [t for _, (_, t) in both]
    print(f"simplify on {len(both)}: {sum(ok for _, (ok, _) in both)} decided, {spread(theirs)}; symrep {spread(ours)}")
    ratio = statistics.median(t / a for a, t in zip(ours, theirs, strict=True))
    medians = statistics.median(theirs) / statistics.median(ours)
    print(f"ratio: median {ratio:.0f}, of medians {medians:.0f}")


if __name__ == "__main__":
    sys.exit(main())
