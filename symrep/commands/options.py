"""Options several commands share, and how one finds scripts."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

import click

from symrep.errors import BadInput

__all__ = ["Script", "as_json", "cores", "find", "jobs", "store", "timeout"]

#: where scripts are looked for when no path is given
DEFAULT: Final = "derivations"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _positive(_ctx: click.Context, option: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value < 1e7:
        raise BadInput(
            f"--{option.name}", "a positive number", f"{value:g}", f"--{option.name} {option.default or 4:g}"
        )
    return value


as_json: Final[Decorator] = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output, everything else on standard error."
)
jobs: Final[Decorator] = click.option(
    "--jobs", "-j", type=int, metavar="N", callback=_positive, help="How many run at a time. [default: every core]"
)


def store(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--store PATH`` and ``--no-store``. Which store is used is settled before the command begins."""

    @functools.wraps(command)
    def with_store(*args: Any, store_path: str | None, no_store: bool, **rest: Any) -> Any:
        from symrep.running.remember import chosen

        if no_store and store_path is not None:
            raise BadInput("--no-store", "no --store beside it", store_path[:120])
        chosen(store_path, use=not no_store)
        return command(*args, **rest)

    where = click.option(
        "--store",
        "store_path",
        metavar="PATH",
        help="Where verdicts are kept. [default: $SYMREP_STORE, or symrep/verdicts.sqlite in the cache folder]",
    )
    off = click.option("--no-store", is_flag=True, help="Compute everything; keep nothing.")
    return where(off(with_store))


def timeout(default: float, what: str) -> Decorator:
    return click.option(
        "--timeout", type=float, default=default, show_default=True, metavar="SECONDS", callback=_positive, help=what
    )


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@final
@dataclass(frozen=True)
class Script:
    """A script: the file, how messages name it, and the name its output goes by (with folders, without ``.py``)."""

    path: Path
    shown: str
    label: str


def find(command: str, given: Sequence[str]) -> list[Script]:
    """Every script of the paths, sorted by path; ``derivations/`` when none is given.

    Raises:
        BadInput: no such path, no Python file, or nothing in it.
    """
    where: dict[Path, Path] = {}  # script -> the folder its name is told from
    for text in given or (DEFAULT,):
        path = Path(text)
        if path.is_dir():
            found = sorted(_scripts(path))
            if not found:
                raise BadInput(command, "a folder with scripts (*.py) in it", text)
            for file in found:
                where.setdefault(_absolute(file), _absolute(path).parent)
        elif path.is_file() and path.suffix == ".py":
            where.setdefault(_absolute(path), _absolute(path).parent)
        elif path.exists():
            raise BadInput(command, "a Python script (*.py) or a folder of them", text, f"{command} {DEFAULT}")
        else:
            raise BadInput(command, "a path that exists", text, f"{command} PATH, with a script or a folder of them")
    here = Path.cwd()
    shown = {p: _shown(p, here, root) for p, root in where.items()}
    labels = _labels(sorted(where), shown)
    return [Script(p, shown[p], labels[p]) for p in sorted(where)]


def _absolute(path: Path) -> Path:
    """Without ``..`` and links of the folders above, so that one file has one name."""
    return path.resolve()


def _scripts(folder: Path) -> Iterable[Path]:
    for file in folder.rglob("*.py"):
        inside = file.relative_to(folder).parts
        if file.is_file() and not any(part.startswith(("_", ".")) for part in inside):
            yield file


def _shown(path: Path, here: Path, root: Path) -> str:
    base = here if path.is_relative_to(here) else root
    return path.relative_to(base).as_posix()


def _labels(paths: Sequence[Path], shown: dict[Path, str]) -> dict[Path, str]:
    """``derivations/topic/post.py`` is called ``topic/post``; a second one of a name gets a number."""
    taken: set[str] = set()
    out = {}
    for path in paths:
        base = shown[path].removeprefix(f"{DEFAULT}/").removesuffix(".py")
        label, n = base, 1
        while label.casefold() in taken:
            n += 1
            label = f"{base}-{n}"
        taken.add(label.casefold())
        out[path] = label
    return out
