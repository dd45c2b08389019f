"""A checked document for people: file:line:column, the formula, the witness, the two values, the fix."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from symrep.checking.files import Checked

__all__ = ["reason", "shown"]

_COLOURS: Final = {
    "refuted": "red",
    "undecided": "yellow",
    "not_checked": "cyan",
    "supported": "green",
    "proved": "green",
    "admitted": "yellow",
}
_SIGNS: Final = {"<=": "≤", ">=": "≥", "!=": "≠"}
#: of a formula; more of it is in the file
_LONGEST: Final = 2000
_NARROWEST: Final = 40
_INDENT: Final = " " * 4
_BALL: Final = re.compile(r"\[?(-?\d+\.?\d*(?:e[+-]?\d+)?)(?: \+/- [^\]]*\])?")


def shown(c: Checked, explain: bool, colour: bool, width: int = 80) -> Iterator[str]:
    """The lines to print, none wider than it has to be; without ``explain`` only what is wrong or open."""

    def styled(text: str, **style: Any) -> str:
        return click.style(text, **style) if colour else text

    for head, shown_head, text in _said(c, explain, styled):
        yield from _wrapped(head, shown_head, text, width)


Said = tuple[str, str, str]


def _said(c: Checked, explain: bool, styled: Any) -> Iterator[Said]:
    """What is said, each as what it begins with, the same in colour, and the rest."""
    path = _safe(c.source.path)

    def first(d: dict[str, Any], word: str, text: str, **style: Any) -> Said:
        where = f"{path}:{d['line']}:{d['column']}:"
        return f"{where} {word}", f"{styled(where, bold=True)} {styled(word, **style)}", text

    if explain:
        for d in c.definitions:
            yield first(d, "defines", f" {_safe(d['name'])}: {_short(d['latex'])}", fg="blue")
        for f in c.assumed:
            what = " ".join(p for p in (f["name"], f["value"]) if p)
            yield first(f, "assumes", f" {_short(what or f['what'])}, from: {_short(f['said'])}", fg="blue")
    for s in c.steps:
        status = s["status"]
        if status not in ("refuted", "undecided", "not_checked") and not explain:
            continue
        yield first(s, status.replace("_", " "), _reason(s), fg=_COLOURS.get(status), bold=status == "refuted")
        if status != "refuted" and not explain:
            continue
        yield _plain(_equation(s))
        if explain:
            yield _plain(f"read as {_safe(s['reading'])}")
            for g in s["guesses"]:
                yield _plain(f"guessed: {_safe(g['read'])}, {_safe(g['why'])}")
        yield from _details(s, styled)
    if explain:
        for u in c.not_checked:
            yield first(u, "not read", f": {_short(u['reason'])}", fg="cyan")
            yield _plain(_short(u["latex"]))


def _plain(text: str) -> Said:
    return _INDENT, _INDENT, text


def _wrapped(head: str, shown_head: str, text: str, width: int) -> Iterator[str]:
    """One line, or several: what it begins with is not broken, nor is any word; further lines stand further right."""
    solid = head.replace(" ", "\xa0")
    inner = _INDENT * (2 if head.startswith(_INDENT) else 1)
    lines = textwrap.wrap(
        solid + text,
        max(_NARROWEST, width),
        subsequent_indent=inner,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for i, line in enumerate(lines):
        yield (shown_head + line[len(solid) :] if i == 0 else line).rstrip()


def _details(s: dict[str, Any], styled: Any) -> Iterator[Said]:
    w = s["witness"]
    if w is not None:
        point = ", ".join(f"{k} = {v}" for k, v in w["point"].items())
        functions = ", ".join(f"{k} = {v}" for k, v in w.get("functions", {}).items())
        at = ", ".join(p for p in (point, functions) if p)
        of = f" (of the condition {w['of']})" if w.get("of") else ""
        left, right = (_safe(_rounded(w[k])) for k in ("lhs", "rhs"))
        yield _plain(f"{'at ' + _safe(at) + ': ' if at else ''}left {left}, right {right}{of}")
    d = s["diagnosis"]
    if d is not None and d["text"]:
        yield _plain(_short(d["text"]))
    for n in s["notes"]:
        yield _plain(_short(n))
    if s["fix"] is not None and d is not None:
        text = f" ({d['corrected_status']}): {_short(d['corrected_latex'])}"
        yield f"{_INDENT}fix", f"{_INDENT}{styled('fix', fg='green', bold=True)}", text


def reason(s: dict[str, Any]) -> str:
    """The message of a step without the witness, which is shown by itself."""
    text, point, _ = _short(s["message"]).partition(" the left side is ")
    if s["witness"] is None or not point:
        return _short(s["message"])
    return "" if text.startswith("at ") else text.rpartition(": at ")[0]


def _rounded(ball: str) -> str:
    """A value for people: the ball without its radius, to ten digits."""
    m = _BALL.fullmatch(ball)
    number, _, exponent = (m.group(1) if m else ball).partition("e")
    whole, dot, digits = number.partition(".")
    kept = digits[: max(1, 10 - len(whole.lstrip("-0")))].rstrip("0") if m and dot else digits
    return whole + (f".{kept}" if kept else "") + (f"e{exponent}" if exponent else "") if m else ball


def _reason(s: dict[str, Any]) -> str:
    status = s["status"]
    if status == "not_checked":
        return f": {_short(s['reason'])}"
    if status == "refuted" and s["message"]:
        said = reason(s)
        return f" ({s['reason']}){': ' if said else ''}{said}"
    return f": {_short(s['message'])}" if status == "undecided" and s["message"] else ""


def _equation(s: dict[str, Any]) -> str:
    return _short(f"{s['lhs']} {_SIGNS.get(s['relation'], s['relation'])} {s['rhs']}")


def _short(text: str) -> str:
    text = _safe(" ".join(text.split()))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _safe(text: str) -> str:
    """What comes from a file must not speak to the terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
