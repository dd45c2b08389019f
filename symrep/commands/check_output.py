"""A checked document for people: file:line:column, the formula, the witness, the two values, the fix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from symrep.checking.files import Checked

__all__ = ["shown"]

_COLOURS: Final = {
    "refuted": "red",
    "undecided": "yellow",
    "not_checked": "cyan",
    "supported": "green",
    "proved": "green",
    "admitted": "yellow",
}
_SIGNS: Final = {"<=": "≤", ">=": "≥", "!=": "≠"}
_LONGEST: Final = 160


def shown(c: Checked, explain: bool, colour: bool) -> Iterator[str]:
    """The lines to print; without ``explain`` only what is wrong or open."""

    def styled(text: str, **style: Any) -> str:
        return click.style(text, **style) if colour else text

    path = _safe(c.source.path)
    if explain:
        yield from _assumptions(c, path, styled)
    for s in c.steps:
        status = s["status"]
        if status not in ("refuted", "undecided", "not_checked") and not explain:
            continue
        where = styled(f"{path}:{s['line']}:{s['column']}:", bold=True)
        word = styled(status.replace("_", " "), fg=_COLOURS.get(status), bold=status == "refuted")
        yield f"{where} {word}{_reason(s)}"
        if status != "refuted" and not explain:
            continue
        yield f"    {_equation(s)}"
        if explain:
            yield f"    read as {_safe(s['reading'])}"
            for g in s["guesses"]:
                yield f"    guessed: {_safe(g['read'])}, {_safe(g['why'])}"
        yield from _details(s, styled)
    if explain:
        for u in c.not_checked:
            where = styled(f"{path}:{u['line']}:{u['column']}:", bold=True)
            yield f"{where} {styled('not read', fg='cyan')}: {_short(u['reason'])}"
            yield f"    {_short(u['latex'])}"


def _assumptions(c: Checked, path: str, styled: Any) -> Iterator[str]:
    for d in c.definitions:
        where = styled(f"{path}:{d['line']}:{d['column']}:", bold=True)
        yield f"{where} {styled('defines', fg='blue')} {_safe(d['name'])}: {_short(d['latex'])}"
    for f in c.assumed:
        where = styled(f"{path}:{f['line']}:{f['column']}:", bold=True)
        what = " ".join(p for p in (f["name"], f["value"]) if p)
        yield f"{where} {styled('assumes', fg='blue')} {_short(what or f['what'])}, from: {_short(f['said'])}"


def _details(s: dict[str, Any], styled: Any) -> Iterator[str]:
    w = s["witness"]
    if w is not None:
        point = ", ".join(f"{k} = {v}" for k, v in w["point"].items())
        functions = ", ".join(f"{k} = {v}" for k, v in w.get("functions", {}).items())
        at = ", ".join(p for p in (point, functions) if p)
        of = f" (of the condition {w['of']})" if w.get("of") else ""
        yield f"    {'at ' + _safe(at) + ': ' if at else ''}left {_safe(w['lhs'])}, right {_safe(w['rhs'])}{of}"
    d = s["diagnosis"]
    if d is not None and d["text"]:
        yield f"    {_short(d['text'])}"
    for n in s["notes"]:
        yield f"    {_short(n)}"
    if s["fix"] is not None and d is not None:
        yield f"    {styled('fix', fg='green', bold=True)} ({d['corrected_status']}): {_short(d['corrected_latex'])}"


def _reason(s: dict[str, Any]) -> str:
    status = s["status"]
    if status == "not_checked":
        return f": {_short(s['reason'])}"
    if status in ("undecided", "refuted") and s["message"]:
        return f" ({s['reason']}): {_short(s['message'])}" if status == "refuted" else f": {_short(s['message'])}"
    return ""


def _equation(s: dict[str, Any]) -> str:
    return _short(f"{s['lhs']} {_SIGNS.get(s['relation'], s['relation'])} {s['rhs']}")


def _short(text: str) -> str:
    text = _safe(" ".join(text.split()))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _safe(text: str) -> str:
    """What comes from a file must not speak to the terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
