"""The engine and every peer that is installed, on the same identities, in one run.

    python benchmarks/bench_peers.py [--corpus FILE] [--sample N] [--method NAME …] [--out STEM]

Methods: SymPy's ``simplify(a - b) == 0`` and ``a.equals(b)``; Math-Verify (``pip install math-verify``); Maxima, giac
and FriCAS with process start (on Debian: ``maxima maxima-share xcas fricas``); e-graph rewriting with rules of our own
(``pip install egglog``); float64 at ten random points; symrep's kernel alone, its balls alone, and ``symrep verify``.
What is not installed is listed as such. Math-Verify gets SymPy trees, not LaTeX: what is compared is how it decides.

Every method runs in a process of its own, with ``--limit`` seconds of a core for an item (engine and programs: on the
clock too, twelve times that), and a cap on memory. All methods are asked about an item one after the other, in turned
order, so that noise falls on all alike. Read ratios, not milliseconds.
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import shutil
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchlib.asking import OURS, ask, payload, worker
from benchlib.corpus import Identity, files, identities, spread
from benchlib.tables import about, markdown, milliseconds, quantile, write


def _module(name: str) -> Callable[[], str | None]:
    return lambda: None if importlib.util.find_spec(name) else f"not installed (pip install {name.replace('_', '-')})"


def _program(name: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(name) else f"not installed ({name} is not on the path)"


#: method -> what it is, and why it cannot run here (None: it can)
METHODS: dict[str, tuple[str, Callable[[], str | None]]] = {
    "simplify": ("`simplify(a-b) == 0`", lambda: None),
    "equals": ("`a.equals(b)`", lambda: None),
    "math-verify": ("Math-Verify", _module("math_verify")),
    "maxima": ("Maxima, with process start", _program("maxima")),
    "giac": ("giac, with process start", _program("giac")),
    "fricas": ("FriCAS, with process start", _program("fricas")),
    "e-graph": ("e-graph rewriting (egglog, own rules)", _module("egglog")),
    "floats": ("float64 at random points", lambda: None),
    "kernel": ("symrep's kernel alone", lambda: None),
    "balls": ("symrep's balls alone", lambda: None),
    OURS: ("**`symrep verify`**", lambda: None),
}


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="symrep and its peers on the same identities")
    parser.add_argument("--corpus", action="append", default=[], help="identities with a truth; default: those shipped")
    parser.add_argument("--sample", type=int, default=100, help="about so many, evenly spread (default 100; 0: all)")
    parser.add_argument("--method", action="append", default=[], choices=list(METHODS), help="only these; repeatable")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for one item (default 10)")
    parser.add_argument("--kind", choices=["all", "closed", "binders"], default="all")
    parser.add_argument("--out", type=Path, help="write STEM.json and STEM.md")
    options, _ = parser.parse_known_args(argv)
    return options


def _binds(i: Identity) -> bool:
    return any(w in i.entry[k] for w in ("Integral(", "Sum(", "Product(") for k in ("lhs", "rhs"))


def measure(rows: Sequence[Identity], methods: Sequence[str], limit: float) -> dict[str, list[dict[str, Any]]]:
    """For each method one ``{"answer", "seconds"}`` for each identity."""
    workers = {m: worker(m) for m in methods}
    found: dict[str, list[dict[str, Any]]] = {m: [] for m in methods}
    try:
        for m in methods:  # imports and first calls are not what is measured here
            ask(workers[m], payload(rows[0], m, limit), 60.0)
        for n, i in enumerate(rows):
            turn = n % len(methods)
            for m in [*methods[turn:], *methods[:turn]]:
                found[m].append(ask(workers[m], payload(i, m, limit), limit))
            print(f"{n + 1}/{len(rows)}", end="\r", file=sys.stderr, flush=True)
    finally:
        for w in workers.values():
            w.close()
    return found


def table(rows: Sequence[Identity], found: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    out = []
    ours = [a["seconds"] for a in found[OURS]] if OURS in found else []
    for m, answers in found.items():
        counts: collections.Counter[tuple[bool, str]] = collections.Counter()
        for i, a in zip(rows, answers, strict=True):
            counts[(i.truth, a["answer"])] += 1
        times = [a["seconds"] for a in answers if a["seconds"] is not None]
        ratios = [a["seconds"] / b for a, b in zip(answers, ours, strict=False) if a["seconds"] and b] if ours else []
        false_accepts = [
            i.id for i, a in zip(rows, answers, strict=True) if not i.truth and a["answer"] in ("equal", "supported")
        ]
        wrong = [i.id for i, a in zip(rows, answers, strict=True) if i.truth and a["answer"] == "different"]
        out.append(
            {
                "method": m,
                "true": sum(i.truth for i in rows),
                "false": sum(not i.truth for i in rows),
                "true equal": counts[(True, "equal")],
                "true supported": counts[(True, "supported")],
                "true called false": len(wrong),
                "false accepts": len(false_accepts),
                "false called false": counts[(False, "different")],
                "time-outs": counts[(True, "time-out")] + counts[(False, "time-out")],
                "errors": counts[(True, "error")] + counts[(False, "error")],
                "unread": counts[(True, "unread")] + counts[(False, "unread")],
                "median seconds": statistics.median(times) if times else None,
                "p90 seconds": quantile(times, 0.9),
                "median ratio": statistics.median(ratios) if ratios else None,
                "p90 ratio": quantile(ratios, 0.9),
                "falsely accepted": false_accepts,
                "wrongly called false": wrong[:50],
            }
        )
    return out


_HEADS = [
    "method", "true ones decided equal", "true ones called false", "false accepts", "false ones called false",
    "time-outs", "not readable", "median ms", "p90 ms", "median ratio to ours",
]  # fmt: skip


def report(title: str, lines: Sequence[dict[str, Any]], missing: dict[str, str]) -> str:
    body = []
    for r in lines:
        equal = f"{r['true equal']} of {r['true']}"
        if r["true supported"]:
            equal += f" (and {r['true supported']} supported)"
        ratio = "–" if r["median ratio"] is None else f"{r['median ratio']:.2g}"
        body.append(
            [METHODS[r["method"]][0], equal, r["true called false"], f"{r['false accepts']} of {r['false']}",
             r["false called false"], r["time-outs"], r["unread"] + r["errors"], milliseconds(r["median seconds"]),
             milliseconds(r["p90 seconds"]), ratio]
        )  # fmt: skip
    body += [[METHODS[m][0], why, *["–"] * 8] for m, why in missing.items()]
    return "\n".join([f"## {title}", "", markdown(_HEADS, body), ""])


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    paths = files(options.corpus)
    rows = identities(paths)
    wanted = options.method or list(METHODS)
    missing = {m: why for m in wanted if (why := METHODS[m][1]()) is not None}
    methods = [m for m in wanted if m not in missing]
    parts = {"Closed forms": [i for i in rows if not _binds(i)], "Integrals and sums": [i for i in rows if _binds(i)]}
    if options.kind != "all":
        del parts["Closed forms" if options.kind == "binders" else "Integrals and sums"]
    total = sum(map(len, parts.values()))
    if options.sample:
        parts = {k: spread(v, -(-options.sample * len(v) // total)) for k, v in parts.items() if v}
    data: dict[str, Any] = {**about(), "corpus": [p.name for p in paths], "limit": options.limit, "missing": missing}
    text = [
        "# Peers side by side",
        "",
        f"{', '.join(data['corpus'])}; symrep {data['symrep']}, commit {data['commit']}; limit {options.limit:g} s. "
        "Ratios are medians over items of (its time / ours), on one machine, in one run.",
        "",
    ]
    for title, part in parts.items():
        if part and methods:
            found = measure(part, methods, options.limit)
            lines = table(part, found)
            data[title] = {"items": len(part), "table": lines, "answers": _answers(part, found)}
            text.append(report(title, lines, missing))
    text += [f"{METHODS[m][0]}: {why}\n" for m, why in missing.items() if not methods]
    print("\n".join(text))
    if options.out:
        write(options.out, data, "\n".join(text))
    return 0


def _answers(rows: Sequence[Identity], found: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, str]]:
    return {i.id: {m: a[n]["answer"] for m, a in found.items()} for n, i in enumerate(rows)}


if __name__ == "__main__":
    sys.exit(main())
