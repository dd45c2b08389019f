"""How often a single slip is mended as it was, without saying which side is wrong.

    python benchmarks/bench_repair.py IDENTITIES.json [--every N] [--start K]

IDENTITIES.json is in the format of `symrep verify`, with ``truth``, and ``parent`` naming the true identity that a
false one was made from. An original counts when the mutated side comes back as the same SymPy tree, or as one that is
equal to it after expansion; every repair is judged in any case, so one that is not the original is another right line.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import sympy as sp
from rich.console import Console
from rich.table import Table

from symrep.judge import Limits
from symrep.repair.diagnosis import identity_repairs
from symrep.repair.judging import Bench
from symrep.symbols import DomainSymbol
from symrep.translate import context_of, from_term
from symrep.verifying.items import Item, read

SECONDS = 30.0
RELATIONS = {
    "<": sp.StrictLessThan,
    "<=": sp.LessThan,
    ">": sp.StrictGreaterThan,
    ">=": sp.GreaterThan,
    "==": sp.Equality,
    "!=": sp.Unequality,
}


def sides(entry: dict[str, Any]) -> tuple[Any, Any, tuple[Any, ...]]:
    claim = read(Item(entry["id"], entry["lhs"], entry["rhs"], entry["symbols"], tuple(entry["given"]))).claim
    names = {n: DomainSymbol(n, k) for n, k in {**entry["symbols"], **claim.context.symbols}.items()}
    given = tuple(RELATIONS[op](from_term(a, names), from_term(b, names)) for _, op, a, b in claim.context.given)
    return from_term(claim.data["lhs"], names), from_term(claim.data["rhs"], names), given


def same(a: Any, b: Any) -> bool:
    return bool(a == b or sp.expand(a) == sp.expand(b))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--start", type=int, default=0, metavar="K")
    args = parser.parse_args()
    entries = {e["id"]: e for e in json.loads(args.file.read_text("utf-8"))}
    wrong = [e for e in entries.values() if not e["truth"] and e.get("parent") in entries]
    count: Counter[str] = Counter()
    seconds = []
    for entry in wrong[args.start :: args.every]:
        lhs, rhs, given = sides(entry)
        true_lhs, true_rhs, _ = sides(entries[entry["parent"]])
        side, original = ("lhs", true_lhs) if same(rhs, true_rhs) else ("rhs", true_rhs)
        start = time.process_time()
        found = identity_repairs(lhs, rhs, Bench(context_of([lhs, rhs], given), Limits(), SECONDS))
        seconds.append(time.process_time() - start)
        ranks = [i for i, r in enumerate(found) if r.side == side and same(r.expr, original)]
        count["mutants"] += 1
        count["some repair"] += any(r.edit is not None for r in found)
        count["the original among them"] += bool(ranks)
        count["the original first"] += ranks[:1] == [0]
    table = Table("", "of", str(count["mutants"]))
    for what in ("some repair", "the original among them", "the original first"):
        table.add_row(what, str(count[what]), f"{100 * count[what] / max(1, count['mutants']):.1f} %")
    console = Console()
    console.print(table)
    if seconds:
        console.print(
            f"CPU seconds a mutant, judging apart: median {statistics.median(seconds):.2f}, most {max(seconds):.2f}"
        )


if __name__ == "__main__":
    main()
