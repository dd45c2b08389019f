"""Tables as Markdown, and what was measured: version, commit, libraries."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import symrep

__all__ = ["about", "markdown", "milliseconds", "percent", "quantile", "slope", "write"]


def markdown(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "|".join("---" for _ in heads) + "|"]
    lines += ["| " + " | ".join(str(c).replace("|", "∣") for c in row) + " |" for row in rows]
    return "\n".join(lines)


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "–"


def milliseconds(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{1000 * seconds:.1f}" if seconds < 0.1 else f"{1000 * seconds:.0f}"


def quantile(values: Sequence[float], q: float) -> float | None:
    """The smallest value that is not below a share q of them."""
    if not values:
        return None
    row = sorted(values)
    return row[min(len(row) - 1, int(q * len(row)))]


def slope(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """The exponent b of y ≈ a·x^b by least squares in logarithms."""
    from math import log

    pairs = [(log(x), log(y)) for x, y in zip(xs, ys, strict=True) if x > 0 and y > 0]
    if len(pairs) < 3 or len({x for x, _ in pairs}) < 2:
        return None
    fit = statistics.linear_regression([x for x, _ in pairs], [y for _, y in pairs])
    return fit.slope


@cache
def about() -> dict[str, Any]:
    """Versions, and the commit if this is a checkout (``+`` if the package is edited)."""
    versions = {}
    for name in ("sympy", "python-flint", "mpmath"):
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    here = Path(symrep.__file__).resolve().parents[1]

    def git(*words: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", "-C", str(here), *words], capture_output=True, text=True, timeout=20, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.strip()

    commit = git("rev-parse", "--short=12", "HEAD")
    if commit and git("status", "--porcelain", "--", "symrep"):
        commit += "+"
    return {"symrep": symrep.__version__, "commit": commit, "python": platform.python_version(), "libraries": versions}


def write(stem: Path, data: Any, text: str) -> None:
    """STEM.json and STEM.md."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(".json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    stem.with_suffix(".md").write_text(text.rstrip() + "\n", "utf-8")
