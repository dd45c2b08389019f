"""``symrep run``: judge scripts in processes of their own, write what came of it, and say so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from symrep.commands import options
from symrep.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from symrep.commands.options import Script
    from symrep.commands.outcome import Outcome
    from symrep.commands.pieces import Piece
    from symrep.commands.progress import Watch

__all__ = ["command"]


@click.command("run")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.jobs
@options.timeout(120.0, "How long a script may go without finishing a line before it is killed.")
@click.option("--strict", is_flag=True, help="Exit with 3 when anything is undecided, admitted or not checked.")
@click.option("--output", default="build", show_default=True, metavar="DIR", help="Where the results go.")
@options.store
@options.as_json
def command(paths: Sequence[str], jobs: int | None, timeout: float, strict: bool, output: str, as_json: bool) -> int:
    """Judge derivation scripts (files or folders; default: derivations/).

    Verified LaTeX goes to DIR/latex, certificates to DIR/certificates, and a report to DIR/report.html and .json.

    Exit codes: 0 everything is proved or supported, and what must fail failed as expected; 1 something is refuted;
    2 a script broke, or was called wrongly; 3 with --strict, something is undecided, admitted or not checked.
    """
    from rich.console import Console

    from symrep.commands.outcome import exit_code
    from symrep.commands.output import write
    from symrep.commands.progress import Watch

    scripts = options.find("symrep run", paths)
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise BadInput("--output", "a folder", f"the file {output}")
    progress = Console(stderr=True)
    with _terminated_like_interrupted(), Watch(scripts, progress) as watch:
        pieces = _pieces(scripts, jobs or options.cores(), timeout, watch)
    outcomes = [p.outcome for p in pieces]
    code = exit_code(outcomes, strict)
    said = write(pieces, folder, code)
    _show(outcomes, folder, progress if as_json else Console())
    if as_json:
        click.echo(said, nl=False)
    return code


def _pieces(scripts: Sequence[Script], jobs: int, timeout: float, watch: Watch) -> list[Piece]:
    """What came of every script, in their order: from the store, or run now, and stored as soon as it is there."""
    from symrep.commands.remembered_scripts import Asked, told

    asked = {str(s.path): Asked(s, timeout) for s in scripts}
    pieces: dict[str, Piece] = {}
    for s in scripts:
        found = asked[str(s.path)].known()
        if found is not None:
            pieces[str(s.path)] = found
            for event in told(s, found):
                watch(event)
    rest = [path for path in asked if path not in pieces]
    if rest:
        from symrep.running.scripts import run_scripts

        one_at_a_time = threading.Lock()

        def ended(result: dict[str, Any]) -> None:
            with one_at_a_time:
                pieces[result["path"]] = asked[result["path"]].ended(result)

        run_scripts(rest, jobs, timeout, watch, on_result=ended)
    return [pieces[str(s.path)] for s in scripts]


def _show(outcomes: Sequence[Outcome], folder: Path, console: Console) -> None:
    from symrep.render.terminal import show

    reports = [r for o in outcomes for r in o.reports]
    for some in ([r for r in reports if r.met is None], [r for r in reports if r.met is not None]):
        if some:
            show(some, console)
            console.print()
    for o in outcomes:
        if o.error:
            _say(console, f"broke: {o.error}", "bold red")
        elif o.not_checked:
            _say(console, f"not checked: {o.script.shown}: no derivation in it", "yellow")
    latex = f"LaTeX in {folder / 'latex'}, " if any(o.reports for o in outcomes) else ""
    _say(console, f"{latex}report in {folder / 'report.html'}", "")


def _say(console: Console, text: str, style: str) -> None:
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """A SIGTERM ends the children as an interrupt does."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
