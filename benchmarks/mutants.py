"""Random mutants of true identities: whatever is false must not come out PROVED.

    python benchmarks/mutants.py --count 1000000 --jobs 2 --state build/mutants.jsonl

Mutant k depends on the seed, on k and on the files alone. It is made by editing term trees and hypotheses
(``benchlib/edits.py``); that it is false is found out by mpmath at 40 and 80 digits (``benchlib/values.py``,
``benchlib/points.py``), which has no code in common with symrep's own numbers. Mutants that agree wherever they were
looked at are "undetermined": mostly harmless edits, and listed apart. What the kernel accepts is looked at again, at
more points and 160 digits, before it passes for equivalent. A proof may say that it holds almost everywhere: a point
where it does not is an accusation if the sides differ at points near it, too (``points.around``), else listed apart.

Of mutants that were not proved nothing has to be known: ``--examine N`` finds out for every N-th what it is, proved or
not, and of the others only for those that were proved. Shares, and the controls, are then those of those examined.

Two controls run through the same script: always-accept, for which everything false must come out as a false accept, and
always-reject, for which nothing may. If either does not, the script is broken and says so. To see it fail:
``--checker always-accept``.

The state is one JSON line for each finished chunk; the same command goes on where it was stopped, and does again what
another kernel was asked about. Exit code 1: a false
mutant was proved, or a control failed.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchlib.corpus import files
from benchlib.killable import Broken, Killable, TimeUp
from benchlib.tables import about, markdown, percent, write

CONTROLS = ("always-accept", "always-reject")
UNEXAMINED = "not proved, not examined"
LEFT_OUT = "false only where the proof says nothing"
_LISTED = ("false accepts", "left out", "accepted, no value")
_KEPT = 3
#: what is judged: the verdicts in a state are good for these files as they are
_JUDGED = ("symrep/kernel", "symrep/term.py", "symrep/claim.py", "benchmarks/benchlib/edits.py")


def kernel() -> str:
    """A digest of the files verdicts depend on."""
    root = Path(__file__).resolve().parents[1]
    paths = [
        p for name in _JUDGED for p in ([root / name] if name.endswith(".py") else sorted((root / name).rglob("*.py")))
    ]
    return hashlib.blake2b(b"".join(p.read_bytes() for p in paths), digest_size=8).hexdigest()


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="random mutants of true identities through the kernel and two controls"
    )
    parser.add_argument("--corpus", action="append", default=[], help="a file of identities with a truth; repeatable")
    parser.add_argument("--count", type=int, default=2000, help="how many mutants (default 2000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--binders", type=float, default=0.01, help="share from identities with integrals or sums")
    parser.add_argument(
        "--checker", action="append", default=[], help="kernel (default), engine, or a control; repeatable"
    )
    parser.add_argument(
        "--limit", type=float, default=5.0, help="seconds of a core for mpmath, and again for the checkers"
    )
    parser.add_argument("--chunk", type=int, default=500)
    parser.add_argument(
        "--examine", type=int, default=1, metavar="N", help="find out what every N-th mutant is, and what is proved"
    )
    parser.add_argument("--minutes", type=float, help="start no new chunk after so long")
    parser.add_argument("--state", type=Path, help="where finished chunks are kept, to go on from")
    parser.add_argument("--out", type=Path, help="write OUT.json and OUT.md")
    return parser.parse_args(argv)


def settings(options: argparse.Namespace) -> dict[str, Any]:
    """What a state file must agree on."""
    return {
        "seed": options.seed,
        "corpus": [str(p) for p in files(options.corpus)],
        "binders": options.binders,
        "judged": options.checker or ["kernel"],
        "checkers": list(dict.fromkeys([*(options.checker or ["kernel"]), *CONTROLS])),
        "chunk": options.chunk,
        "examine": options.examine,
        "limit": options.limit,
    }


def run_chunk(number: int, size: int, how: dict[str, Any], worker: Killable) -> dict[str, Any]:
    """The mutants of one chunk, one after the other; a time-out costs its mutant and no other."""
    counts: collections.Counter[str] = collections.Counter()
    out: dict[str, Any] = {"chunk": number, "size": size, "open": [], **{kind: [] for kind in _LISTED}}
    hashes, spent = [], collections.Counter[str]()
    for k in range(number * how["chunk"], number * how["chunk"] + size):
        payload = {"k": k, **{n: how[n] for n in ("seed", "corpus", "binders", "examine", "checkers", "judged")}}
        what = None
        try:
            for message in worker.call(payload, how["limit"]):
                if "hash" in message:
                    what = message["class"]
                    hashes.append(message["hash"])
                    spent["oracle"] += message["oracle_seconds"]
                    continue
                what = message.get("class", what)
                counts[what] += 1
                spent.update(message["seconds"])
                for checker, accepted in message["accepted"].items():
                    counts[f"{checker} accepts {what}"] += accepted
                if "mutant" in message:
                    kind = {"false": "false accepts", LEFT_OUT: "left out"}.get(what, "accepted, no value")
                    by = [c for c in how["judged"] if message["accepted"][c]]
                    out[kind].append({**message["mutant"], "by": by})
                if "open" in message and len(out["open"]) < _KEPT:
                    out["open"].append(message["open"])
        except TimeUp:
            # it was not proved within the limit: for a checker that is no acceptance, for mpmath no finding
            counts["time-out of mpmath" if what is None else f"time-out of a checker on {what}"] += 1
        except Broken as e:
            counts["broken"] += 1
            print(f"mutant {k}: {e}", file=sys.stderr)
    return {**out, "counts": dict(counts), "seconds": dict(spent), "hashes": hashes}


def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """All chunks that are not in the state yet; returns all of them in order."""
    how, made_by = settings(options), kernel()
    done = _resumed(options.state, how, made_by)
    sizes = {
        c: min(options.chunk, options.count - c * options.chunk) for c in range(-(-options.count // options.chunk))
    }
    todo = [c for c, size in sizes.items() if c not in done or done[c]["size"] < size]
    started, lock, made = time.monotonic(), threading.Lock(), collections.Counter[str]()
    log = options.state.open("a", encoding="utf-8") if options.state else None

    def work() -> None:
        preload = ("symrep.kernel.certificate", *(("sympy",) if how["binders"] else ()))
        worker = Killable("benchlib.mutant_child:one", 3000, preload, {"k": None, "corpus": how["corpus"]})
        try:
            while True:
                with lock:
                    late = options.minutes is not None and time.monotonic() - started > 60 * options.minutes
                    if not todo or late:
                        return
                    number = todo.pop(0)
                chunk = {**run_chunk(number, sizes[number], how, worker), "kernel": made_by}
                with lock:
                    done[number] = chunk
                    if log is not None:
                        log.write(json.dumps(chunk) + "\n")
                        log.flush()
                    made["mutants"] += chunk["size"]
                    made["bad"] += len(chunk["false accepts"])
                    rate = made["mutants"] / (time.monotonic() - started)
                    words = f"{made['mutants']} mutants, {rate:.0f}/s, {made['bad']} false accepts"
                    print(f"{words}, {len(todo)} chunks to go", file=sys.stderr, flush=True)
        finally:
            worker.close()

    threads = [threading.Thread(target=work) for _ in range(max(1, options.jobs))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if log is not None:
        log.close()
    return [done[c] for c in sorted(done) if c in sizes]


def _resumed(state: Path | None, how: dict[str, Any], made_by: str) -> dict[int, dict[str, Any]]:
    if state is None:
        return {}
    head = json.dumps({"settings": how, **about()})
    if not state.exists():
        state.parent.mkdir(parents=True, exist_ok=True)
        state.write_text(head + "\n", "utf-8")
        return {}
    first, *rows = state.read_text("utf-8").splitlines()
    if json.loads(first).get("settings") != how:
        sys.exit(f"{state} belongs to other settings; give another --state")
    out, others = {}, 0
    for row in rows:
        try:
            chunk = json.loads(row)
        except ValueError:  # cut off when it was killed
            continue
        if chunk.get("kernel") == made_by:
            out[chunk["chunk"]] = chunk
        else:
            others += 1
    if others:
        print(f"note: {others} chunks in {state} are another kernel's and are done again", file=sys.stderr)
    return out


def summary(chunks: list[dict[str, Any]], how: dict[str, Any]) -> dict[str, Any]:
    counts: collections.Counter[str] = collections.Counter()
    spent: collections.Counter[str] = collections.Counter()
    for c in chunks:
        counts.update(c["counts"])
        spent.update(c["seconds"])
    false = counts["false"]
    checkers = {
        name: {
            "false accepts": counts[f"{name} accepts false"],
            "undetermined accepted": counts[f"{name} accepts undetermined"],
        }
        for name in how["checkers"]
    }
    classes = {k: v for k, v in sorted(counts.items()) if " accepts " not in k}
    caught = checkers["always-accept"]["false accepts"] == false > 0
    return {
        **about(),
        "settings": {**how, "corpus": [Path(p).name for p in how["corpus"]]},
        "kernel": kernel(),
        "mutants": sum(c["size"] for c in chunks),
        "distinct": len({h for c in chunks for h in c["hashes"]}),
        "classes": classes,
        "checkers": checkers,
        "seconds": {k: round(v, 1) for k, v in sorted(spent.items())},
        "controls hold": caught and checkers["always-reject"]["false accepts"] == 0,
        "false accepts": [m for c in chunks for m in c["false accepts"]],
        "left out": [m for c in chunks for m in c.get("left out", ())][:40],
        "accepted, no value": [m for c in chunks for m in c["accepted, no value"]][:40],
        "undetermined, not proved": [m for c in chunks for m in c["open"]][:40],
    }


def report(found: dict[str, Any]) -> str:
    false, open_ones = found["classes"].get("false", 0), found["classes"].get("undetermined", 0)
    rows = [
        [name, r["false accepts"], percent(r["false accepts"], false), r["undetermined accepted"],
         percent(r["undetermined accepted"], open_ones)]
        for name, r in found["checkers"].items()
    ]  # fmt: skip
    heads = ["checker", "false accepts", "of the false", "undetermined ones proved", "of the undetermined"]
    text = [
        "# Mutants of true identities",
        "",
        f"{found['mutants']} mutants ({found['distinct']} distinct) of {', '.join(found['settings']['corpus'])}, seed "
        f"{found['settings']['seed']}; symrep {found['symrep']}, commit {found['commit']}, kernel {found['kernel']}.",
        *_examined(found),
        "",
        markdown(heads, rows),
        "",
        markdown(["what the mutants are", "number"], [[k, v] for k, v in found["classes"].items()]),
        "",
        "Controls hold." if found["controls hold"] else "A CONTROL FAILED: nothing above means anything.",
        "",
    ]
    for m in found["false accepts"]:
        text += [
            f"FALSE ACCEPT {m['id']}: `{m['lhs']}` = `{m['rhs']}` for {m['symbols']}, {m['given']}; {m['witness']}",
            "",
        ]
    for m in found["left out"]:
        text += [
            f"Proved almost everywhere, and false only on a null set, as far as one can see: {m['id']}: `{m['lhs']}` = "
            f"`{m['rhs']}`; {m['witness']}",
            "",
        ]
    for m in found["accepted, no value"]:
        text += [
            f"Accepted, but a side has no value at the points tried, look: {m['id']}: `{m['lhs']}` = `{m['rhs']}`",
            "",
        ]
    return "\n".join(text)


def _examined(found: dict[str, Any]) -> list[str]:
    every, left = found["settings"]["examine"], found["classes"].get(UNEXAMINED, 0)
    if every == 1:
        return []
    return [
        "",
        f"What a mutant is was found out for every {every}th and for all that were proved, not for the {left} others.",
    ]


def main(argv: list[str] | None = None) -> int:
    options = arguments(argv)
    found = summary(run(options), settings(options))
    print(report(found))
    if options.out:
        write(options.out, found, report(found))
    bad = [c for c in found["settings"]["judged"] if found["checkers"][c]["false accepts"]]
    return 1 if bad or not found["controls hold"] else 0


if __name__ == "__main__":
    sys.exit(main())
