"""Reports in a terminal: a table of derivations, and beneath it what is wrong. Colour is the console's business."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
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
_RIGHT: Final = (2, 3)  # columns of numbers
_GAP: Final = "  "
_WIDE: Final = 110  # columns from which the first broken line has a column of its own


def show(reports: Sequence[DerivationReport], console: Console, *, details: bool = True) -> None:
    """Print the table, what is broken (unless it was meant to break), and a summary.

    ``Console`` decides on width and colour, and honours NO_COLOR; pass ``Console(stderr=True)`` to keep standard output
    free.
    """
    console.print(_table(reports, console.width), no_wrap=True, overflow="ellipsis", crop=False)
    if details:
        for r in reports:
            if (r.met is None and r.status < Status.SUPPORTED) or r.met is False:
                _details(r, console)
    console.print(_summary(reports))


def _table(reports: Sequence[DerivationReport], width: int) -> Text:
    """Lines that fit the width; one text of them all, since Rich takes its time over every cell of a table."""
    wide = width >= _WIDE
    rows = [_cells(r) for r in reports]
    heads = [Text(h, "dim") for h in ("derivation", "status", "lines", "time", *(["first broken"] if wide else []))]
    sizes = [max(c.cell_len for c in column) for column in zip(heads, *rows, strict=False)]
    for i, least in ((4, 20), (0, 16)) if wide else ((0, 16),):
        sizes[i] = max(min(sizes[i], width - sum(sizes[:i] + sizes[i + 1 :]) - len(_GAP) * (len(sizes) - 1)), least)
    lines, script = [_line(heads, sizes)], ""
    for r, cells in zip(reports, rows, strict=True):
        if r.path != script:
            script = r.path
            lines.append(Text(Path(script).name, "dim"))
        lines.append(_line(cells[: len(heads)], sizes))
        if cells[4] and not wide and not r.met:
            lines.append(Text(f"    {cells[4]}", "dim"))
    return Text("\n").join(lines)


def _line(cells: Sequence[Text], sizes: Sequence[int]) -> Text:
    out = Text()
    for i, (cell, size) in enumerate(zip(cells, sizes, strict=True)):
        if cell.cell_len > size:
            cell.truncate(size, overflow="ellipsis")
        space = " " * (size - cell.cell_len)
        out.append(_GAP if i else "")
        out.append(space if i in _RIGHT else "")
        out.append_text(cell)
        out.append("" if i in _RIGHT else space)
    out.rstrip()
    return out


def _cells(r: DerivationReport) -> tuple[Text, ...]:
    """Name, status, number of lines, time, and what broke first."""
    shown = r.status.name + (" a.e." if any(s.almost_everywhere for s in r.steps) and r.status > Status.REFUTED else "")
    met = r.met
    status = Text(shown, _STYLE[r.status] if met is None else "green" if met else "bold red")
    if met is not None:
        status.append(" as expected" if met else " unexpected")
    broken = r.first_broken
    where = f"line {broken.number}: {broken.code}" if broken else "script broke" if r.error else ""
    return Text(f"  {r.name}"), status, Text(str(len(r.steps))), Text(f"{r.seconds:.1f}s"), Text(where)


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
