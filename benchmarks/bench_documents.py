"""Slips planted in documents, one at a time: found at their line, blamed once, mended so that the document holds again?

``python benchmarks/bench_documents.py [FILE-PART]``; one line for each slip, and the counts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from symrep.checking.files import check  # noqa: E402
from symrep.reading.documents import Source  # noqa: E402
from symrep.running.worker import PRELOAD, Workers  # noqa: E402
from tests.documents.slips import SLIPS  # noqa: E402

DATA = ROOT / "tests" / "documents" / "data"
SECONDS = 10.0


def main(part: str) -> None:
    found = once = mended = total = 0
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as workers:
        for name, right, wrong in SLIPS:
            if part not in name:
                continue
            total += 1
            begin = time.monotonic()
            data = (DATA / name).read_bytes().replace(right.encode(), wrong.encode())
            line = 1 + data[: data.index(wrong.encode())].count(b"\n")
            c = check(Source(name, data), SECONDS, 2, workers)
            bad = [s for s in c.steps if s["status"] == "refuted"]
            here = [s for s in bad if s["line"] <= line <= s["end_line"]]
            fixes = [s["fix"] for s in bad if s["fix"] is not None]
            edits = sorted({(f["start"], f["end"], f.get("text", f["latex"])) for f in fixes})
            after = check(Source(name, c.source.edited(edits)), SECONDS, 2, workers, fix=False) if edits else c
            well = bool(edits) and not any(s["status"] == "refuted" for s in after.steps)
            found, once, mended = found + bool(here), once + (len(bad) == 1 and bool(here)), mended + well
            marks = "".join(m if ok else "-" for m, ok in zip("FOM", (here, len(bad) == 1, well), strict=True))
            shown = "; ".join(s["diagnosis"]["corrected_latex"] for s in bad if s["diagnosis"])
            print(
                f"{marks} {time.monotonic() - begin:6.1f} s  {name}:{line}  {wrong[:50]}  ->  {shown[:80]}", flush=True
            )
    print(f"{total} slips: {found} found at their line, {once} blamed once, {mended} mended")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
