"""What one sees while scripts run: a bar where there is a terminal, else a plain line for every derivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, final

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from symrep.commands.decorated import decorated
from symrep.commands.options import Script

__all__ = ["Watch"]


@final
class Watch:
    """Told of every event of a run; writes to standard error only."""

    def __init__(self, scripts: Sequence[Script], console: Console) -> None:
        self._shown = {str(s.path): s.shown for s in scripts}
        self._done = 0
        self._total = 0
        self._bar: Progress | None = None
        self._now: dict[str, str] = {}
        if console.is_terminal:
            self._total = sum(len(decorated(s.path.read_text("utf-8", errors="replace"))) for s in scripts)
            self._bar = Progress(
                SpinnerColumn(),
                BarColumn(20),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
                console=console,
                transient=True,
            )
            self._task = self._bar.add_task("starting", total=self._total)

    def __enter__(self) -> Watch:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, event: Mapping[str, Any]) -> None:
        path, kind, name = str(event["path"]), event.get("event"), str(event.get("name") or "")
        if kind == "derivation-start":
            self._now[path] = name
        elif kind == "line":
            self._now[path] = f"{name}, line {event['step']['number']}"
        elif kind == "derivation-end":
            self._ended(path, name, _verdict(event["report"]), event["report"]["seconds"])
        elif kind == "broken":
            self._ended(path, name, str(event["outcome"]).replace("-", " "), None)
        if self._bar is not None:
            description = escape(next(reversed(self._now.values()), ""))
            self._bar.update(
                self._task, completed=self._done, total=max(self._total, self._done), description=description
            )

    def _ended(self, path: str, name: str, what: str, seconds: float | None) -> None:
        self._now.pop(path, None)
        self._done += bool(name)
        if self._bar is None:
            time = "" if seconds is None else f"  {seconds:.1f}s"
            click.echo(f"{self._shown.get(path, path)}{f'  {name}' if name else ''}  {what}{time}", err=True)


def _verdict(report: Mapping[str, Any]) -> str:
    status = str(report["status"]).upper()
    met = report.get("met")
    return status if met is None else f"{status} {'as expected' if met else 'unexpected'}"
