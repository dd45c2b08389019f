"""Reports in a terminal: a table of derivations, and beneath it what is wrong. Colour is the console's business."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from symrep.render.plain import plain
from symrep.render.words import findings, labels, local, said, sentence, sides, text_of, trusts, witness_point
from symrep.report import DerivationReport, StepReport
from symrep.verdict import Status

__all__ = ["show"]

_STYLE: Final = {
    Status.PROVED: "green",
    Status.SUPPORTED: "cyan",
    Status.ADMITTED: "yellow",
    Status.UNDECIDED: "yellow",
    Status.REFUTED: "bold red",
}
_WIDE: Final = 110  # columns from which the first broken line has a column of its own


def show(reports: Sequence[DerivationReport], console: Console, *, details: bool = True) -> None:
    """Print the table, what is broken (unless it was meant to break), and a summary.

    ``Console`` decides on width and colour, and honours NO_COLOR; pass ``Console(stderr=True)`` to keep standard output
    free.
    """
    table = Table(box=None, pad_edge=False, header_style="dim")
    wide = console.width >= _WIDE
    table.add_column("derivation", no_wrap=True, overflow="ellipsis")
    rows = [_cells(r) for r in reports]
    others = [max((len(cells[i]) for cells, _ in rows), default=0) for i in (1, 3)]
    room = max(console.width - sum(others) - 14, 16)  # what names may take of the line
    table.add_column("status", no_wrap=True)
    table.add_column("lines", justify="right", no_wrap=True)
    table.add_column("time", justify="right", no_wrap=True)
    if wide:
        table.add_column("first broken", no_wrap=True, overflow="ellipsis")
    script = ""
    for r, (cells, where) in zip(reports, rows, strict=True):
        if r.path != script:
            script = r.path
            table.add_row(Text(Path(script).name, style="dim"))
        if isinstance(cells[0], Text) and not wide:
            cells[0].truncate(room, overflow="ellipsis")
        table.add_row(*cells, *([where] if wide else []))
        if where and not wide and not r.met:
            table.add_row(Text(f"    {where}", style="dim"))
    console.print(table)
    if details:
        for r in reports:
            if (r.met is None and r.status < Status.SUPPORTED) or r.met is False:
                _details(r, console)
    console.print(_summary(reports))


def _cells(r: DerivationReport) -> tuple[tuple[Text | str, ...], Text]:
    name = Text(f"  {r.name}", overflow="ellipsis")
    shown = r.status.name + (" a.e." if any(s.almost_everywhere for s in r.steps) and r.status > Status.REFUTED else "")
    status = Text(shown, style=_STYLE[r.status] if r.met is None else "green" if r.met else "bold red")
    if r.met is not None:
        status.append(" as expected" if r.met else " unexpected")
    broken = r.first_broken
    where = f"line {broken.number}: {broken.code}" if broken else "script broke" if r.error else ""
    return (name, status, str(len(r.steps)), f"{r.seconds:.1f}s"), Text(where)


def _details(r: DerivationReport, console: Console) -> None:
    broken = r.first_broken
    console.print()
    at = broken.lineno if broken else r.lineno
    console.print(Text.assemble((r.name, "bold"), f"  {Path(r.path).name}:{at}"))
    if r.met is False and r.expected is not None:
        e = r.expected
        _say(console, f"Expected {e['status']} ({e['reason']}) at line {e['line']}", "bold red")
    if broken is not None:
        _step(replace(broken, message=local(broken.message, r.path)), console)
    elif r.status is Status.ADMITTED:
        for s in r.steps:
            if s.status is Status.ADMITTED:
                _say(console, f"Line {s.number} is admitted: {'; '.join(trusts(s))}", _STYLE[s.status])
    if r.error:
        _say(console, sentence(local(r.error, r.path)), "yellow")


def _step(s: StepReport, console: Console) -> None:
    _say(console, f"Line {s.number} is {s.status.name.lower()}: {said(s)}".removesuffix(": "), _STYLE[s.status])
    line = plain(s.latex)
    _say(console, f"{s.op} {line}   [{s.reason}]" if s.reason else line, "")
    w = s.witness
    if w:
        point = witness_point(w)
        _say(console, f"At {point}:" if point else "Everywhere:", "")
        before, here = sides(w)
        one, other = labels(w)
        _say(console, f"  {one:<11}  {before}", "")
        _say(console, f"  {other:<11}  {here}", "")
    d = s.diagnosis
    if d:
        for found in findings(d, s.message):
            _say(console, text_of(found), "")
        if d.get("corrected_latex"):
            judged = f" ({d['corrected_status'].lower()})" if d.get("corrected_status") else ""
            _say(console, f"It should read{judged}: {plain(d['corrected_latex'])}", "green")


def _say(console: Console, text: str, style: str) -> None:
    console.print(Padding(Text(text, style=style, overflow="fold"), (0, 0, 0, 2), expand=False))


def _summary(reports: Sequence[DerivationReport]) -> Text:
    out = Text(f"\n{len(reports)} derivation{'' if len(reports) == 1 else 's'}")
    plain = [r for r in reports if r.met is None]
    sep = ": "
    for status in reversed(Status):
        n = sum(r.status is status for r in plain)
        if n:
            out.append(sep)
            out.append(f"{n} {status.name.lower()}", style=_STYLE[status])
            sep = ", "
    failed = [r for r in reports if r.met is not None]
    if failed:
        bad = sum(not r.met for r in failed)
        out.append(f"{sep}{len(failed) - bad} of {len(failed)} must-fail failed as they should")
    return out
