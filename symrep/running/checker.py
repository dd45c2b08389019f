"""Who answers: the sources of this package, its libraries and Python, as one digest.

Two processes with the same digest give the same answers to the same questions. Whoever edits a file of the package, or
installs another SymPy, is another checker, and nothing the old one said is taken for an answer of the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, final

__all__ = ["LIBRARIES", "Checker", "checker"]

#: what can have a say in a verdict, or in how a line is written; None stands for one that is not installed
LIBRARIES: Final = ("python-flint", "sympy", "mpmath", "numpy", "scipy", "gmpy2", "latexify-py", "dill")

_PACKAGE: Final = Path(__file__).resolve().parents[1]
#: settings of SymPy and mpmath that are read from the environment
_SETTINGS: Final = ("SYMPY_", "MPMATH_")

#: path inside the package -> size, and when it was changed
State = dict[str, tuple[int, int]]


@final
@dataclass(frozen=True)
class Checker:
    """``digest`` stands for all that is said in ``about``."""

    digest: str
    about: dict[str, Any]
    folder: Path
    state: State

    def unchanged(self) -> bool:
        """Are the sources still those the digest was made of? If not, who knows which of them an answer came from."""
        return _state(self.folder) == self.state


@cache
def checker() -> Checker | None:
    """This process's checker, None if it cannot be told: no sources, or they changed while they were being loaded."""
    return describe(_PACKAGE, sys.modules["symrep"]._STARTED)


def describe(folder: Path, started: int) -> Checker | None:
    """The checker whose sources are in ``folder``; ``started`` (ns) is when the first of them was loaded."""
    state = _state(folder)
    if not state or max(changed for _, changed in state.values()) >= started:
        return None
    about = {
        "sources": _digest_of_files(folder, state),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "python": [sys.implementation.name, platform.python_version(), sys.flags.optimize],
        "machine": [sys.platform, platform.machine()],
        "settings": {k: v for k, v in sorted(os.environ.items()) if k.startswith(_SETTINGS)},
    }
    if _state(folder) != state:
        return None
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
    return Checker(digest, about, folder, state)


def _state(folder: Path) -> State:
    """Every source file. When it was changed is told by the system, not by the file: copying cannot set it back."""
    out: State = {}
    todo = [("", str(folder))]
    while todo:
        prefix, place = todo.pop()
        try:
            with os.scandir(place) as entries:
                for e in entries:
                    if e.is_dir():
                        if not e.name.startswith((".", "__pycache__")):
                            todo.append((f"{prefix}{e.name}/", e.path))
                    elif e.name.endswith(".py"):
                        s = e.stat()
                        out[prefix + e.name] = (s.st_size, max(s.st_ctime_ns, s.st_mtime_ns))
        except OSError:
            return {}
    return out


def _digest_of_files(folder: Path, state: State) -> str:
    out = hashlib.sha256()
    for name in sorted(state):
        content = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        out.update(f"{name}\0{content}\n".encode())
    return out.hexdigest()


def _version(name: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None
