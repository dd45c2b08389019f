r"""Formula lines read: the share read rightly, unread, silently wrong.

    python benchmarks/bench_reading.py [LINES.json | LINES.txt …] [--show]

A JSON file holds [{"id", "latex", "expected"}, …], expected an s-expression; a text file a line and, indented, its
meaning. Without a file the lines of the tests are read. A line is right when its s-expression is the expected one
(``density`` and ``app`` are one: behind ~ stands a law either way), unread when the parser refuses it, else wrong.
``meaning`` counts the sides that have an expression, with nothing but the line itself known.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from symrep.reading.latex import Unread, parse, read, sexp

HERE = Path(__file__).resolve().parent.parent
UNREAD = "unread"


def lines(path: Path) -> list[tuple[str, str]]:
    if path.suffix == ".json":
        return [(row["latex"], row["expected"]) for row in json.loads(path.read_text("utf-8"))]
    rows = [r for r in path.read_text("utf-8").splitlines() if r and not r.startswith("# ")]
    return list(zip(rows[::2], (r.strip() for r in rows[1::2]), strict=True))


def plain(meaning: str) -> str:
    return meaning.replace("(density ", "(app ")


def judge(tex: str, meaning: str) -> tuple[str, str]:
    try:
        got = sexp(parse(tex))
    except Unread as e:
        return ("right" if meaning == UNREAD else UNREAD), str(e)
    return ("right" if plain(got) == plain(meaning) else "wrong"), got


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[HERE / "tests" / "reading" / "latex_lines.txt"])
    parser.add_argument("--show", action="store_true", help="print what is not right")
    options = parser.parse_args()
    for path in options.files:
        count = dict.fromkeys(("right", UNREAD, "wrong"), 0)
        sides = meant = 0
        start = time.process_time()
        rows = lines(path)
        for tex, meaning in rows:
            what, got = judge(tex, meaning)
            count[what] += 1
            if options.show and what != "right":
                print(f"{what}: {tex}\n   expected {meaning}\n   got      {got}")
            for statement in read(tex).statements:
                sides += sum(s.tree is not None or bool(s.unread) for s in statement.sides)
                meant += sum(s.expr is not None for s in statement.sides)
        n = max(len(rows), 1)
        shares = ", ".join(f"{k} {v} ({100 * v / n:.1f} %)" for k, v in count.items())
        print(f"{path.name}: {len(rows)} lines: {shares}; {meant} of {sides} sides have a meaning by themselves; "
              f"{1000 * (time.process_time() - start) / n:.0f} ms a line")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
