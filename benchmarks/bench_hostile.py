"""``symrep check`` on hostile files: does it end, with an exit code of the contract, in words?

``python benchmarks/bench_hostile.py [HOW MANY] [FIRST]``: a process for each file, killed after LIMIT seconds.
One line for each that does not end well or takes long, and the counts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.documents.hostile import hostile  # noqa: E402

LIMIT = 240.0
LONG = 60.0


def one(number: int, folder: Path) -> tuple[str, float]:
    """What is wrong with a run, if anything, and how long it took."""
    name, data = hostile(number)
    path = folder / f"{number}-{name}"
    path.write_bytes(data)
    begin = time.monotonic()
    command = [sys.executable, "-m", "symrep", "check", "--timeout", "2", "--jobs", "1", "--no-store", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT, cwd=ROOT, check=False)
    except subprocess.TimeoutExpired:
        return "does not end", LIMIT
    seconds = time.monotonic() - begin
    said = done.stdout + done.stderr
    if done.returncode not in (0, 1, 2):
        return f"exit code {done.returncode}", seconds
    if b"Traceback" in said or b"Error:" in done.stderr:
        return f"a traceback: {said[-200:]!r}", seconds
    if any(b in done.stdout for b in (b"\x00", b"\x1b", "\u202e".encode())):
        return "control characters", seconds
    if done.returncode == 2 and not done.stderr.strip():
        return "exit code 2 without a word", seconds
    return "", seconds


def main(count: int, first: int) -> None:
    bad, slowest = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            wrong, seconds = one(number, Path(folder))
            bad, slowest = bad + bool(wrong), max(slowest, seconds)
            if wrong or seconds > LONG:
                print(f"{number} ({hostile(number)[0]}): {wrong or 'long'}, {seconds:.1f} s", flush=True)
    print(f"{count} files: {count - bad} end well, {bad} do not; the slowest took {slowest:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
