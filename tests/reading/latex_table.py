r"""Formula lines as papers, posts and proofs write them, with the meaning each has as an s-expression.

``latex_lines.txt`` was written by hand before the parser had seen any of its lines; a line, then its meaning, indented.
``unread`` where no reader could tell.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["LINES", "UNREAD", "read_lines"]

UNREAD = "unread"


def read_lines(path: Path) -> list[tuple[str, str]]:
    rows = [r for r in path.read_text("utf-8").splitlines() if r and not r.startswith("# ")]
    return list(zip(rows[::2], (r.strip() for r in rows[1::2]), strict=True))


LINES = read_lines(Path(__file__).with_name("latex_lines.txt"))
