"""Checked documents as a SARIF 2.1.0 log, for code review.

Source: OASIS Standard, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, sections 3.13 (sarifLog), 3.14
(run), 3.27 (result), 3.30 (region), 3.55 (fix).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from symrep import __version__
from symrep.commands.check_output import reason

if TYPE_CHECKING:
    from symrep.checking.files import Checked

__all__ = ["log"]

Json = dict[str, Any]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
#: status -> (rule, level, what it means)
_RULES: Final = {
    "refuted": ("refuted", "error", "The two sides differ at a point."),
    "undecided": ("undecided", "warning", "Neither proved nor refuted."),
    "not_checked": ("not-checked", "note", "Not read, or nothing that could be checked."),
}


def log(found: Sequence[Checked]) -> Json:
    """The log of one run over some documents."""
    driver = {
        "name": "symrep",
        "version": __version__,
        "rules": [
            {
                "id": rule,
                "name": rule.title().replace("-", ""),
                "shortDescription": {"text": text},
                "defaultConfiguration": {"level": level},
            }
            for rule, level, text in _RULES.values()
        ],
    }
    results = [_result(c, s) for c in found for s in c.steps if s["status"] in _RULES]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(c)}} for c in found],
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _uri(c: Checked) -> str:
    path = PurePath(c.source.path)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _result(c: Checked, s: Json) -> Json:
    rule, level, _ = _RULES[s["status"]]
    out: Json = {
        "ruleId": rule,
        "ruleIndex": list(_RULES).index(s["status"]),
        "level": level,
        "message": {"text": _message(s)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(c)}, "region": _region(s)}}],
    }
    fix = s["fix"]
    if fix is not None:
        replacement = {
            "deletedRegion": _between(c, fix["start"], fix["end"]),
            "insertedContent": {"text": _text(fix.get("text", fix["latex"]))},
        }
        change = {"artifactLocation": {"uri": _uri(c)}, "replacements": [replacement]}
        words = (s["diagnosis"] or {}).get("corrected_latex", fix["latex"])
        out["fixes"] = [{"description": {"text": _text(f"It should be {words}")}, "artifactChanges": [change]}]
    return out


def _region(s: Json) -> Json:
    return {
        "startLine": s["line"],
        "startColumn": s["column"],
        "endLine": s["end_line"],
        "endColumn": s["end_column"],
    }


def _between(c: Checked, start: int, end: int) -> Json:
    line, column = c.source.position(start)
    end_line, end_column = c.source.position(end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _message(s: Json) -> str:
    parts = [f"{s['lhs']} {s['relation']} {s['rhs']}", reason(s) if s["message"] else s["reason"]]
    w = s["witness"]
    if w is not None:
        point = ", ".join(f"{k} = {v}" for k, v in w["point"].items())
        parts.append(f"at {point or 'every point'} the left side is {w['lhs']}, the right side {w['rhs']}")
    d = s["diagnosis"]
    if d is not None and d["text"]:
        parts.append(d["text"])
    return _text(". ".join(p for p in parts if p))


def _text(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
