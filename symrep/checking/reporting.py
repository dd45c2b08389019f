"""What is said of a document as plain data, in the form of ``symrep.check/1``."""

from __future__ import annotations

from typing import Any

from symrep.checking.model import Finding, Link, Unchecked
from symrep.checking.scope import Let
from symrep.reading.documents import Document
from symrep.reading.documents.mapped import Mapped
from symrep.reading.documents.notebook import escaped
from symrep.reading.latex import Guess, sexp

__all__ = ["definition_json", "guess_json", "step_json", "unchecked_json"]

Json = dict[str, Any]


def _place(document: Document, start: int, end: int, cell: int | None) -> Json:
    line, column = document.source.position(start)
    end_line, end_column = document.source.position(max(start, end))
    out: Json = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
    if cell is not None:
        out["cell"] = cell
    return out


def _cell_at(document: Document, offset: int) -> int | None:
    return next((f.cell for f in document.formulas if f.start <= offset <= f.end), None)


def step_json(link: Link, finding: Finding, document: Document) -> Json:
    """One claim with what became of it. It begins at its left side if that is in the same line as the sign."""
    f = document.formulas[link.right.formula]
    source = document.source
    start = link.sign_at
    if source.position(link.left.at)[0] == source.position(link.sign_at)[0] and link.left.formula == link.right.formula:
        start = link.left.at
    start, end = _shrunk(document, start, link.right.to)
    out = _place(document, start, end, f.cell)
    lhs, rhs = (" ".join(p.latex.split()) for p in (link.left, link.right))
    out |= {
        "lhs": lhs,
        "relation": link.op,
        "rhs": rhs,
        "reading": _reading(link),
        "status": finding.status,
        "reason": finding.reason,
        "message": finding.message,
        "witness": finding.witness,
        "diagnosis": finding.diagnosis,
        "fix": _fix(f.body, finding.fix, f.cell is not None),
        "hypotheses": list(finding.hypotheses),
        "notes": list(finding.notes),
        "guesses": _guesses(link),
        "seconds": round(finding.seconds, 3),
    }
    return out


def _shrunk(document: Document, start: int, end: int) -> tuple[int, int]:
    text = document.source.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _reading(link: Link) -> str:
    sides = [sexp(p.tree) if p.tree is not None else "?" for p in (link.left, link.right)]
    return f"({link.op} {' '.join(sides)})"


def _fix(body: Mapped, fix: Json | None, in_json: bool) -> Json | None:
    """A correction as an edit of the file: characters ``[start, end)`` of it become ``text``; in a notebook that is the
    LaTeX with the escapes of JSON."""
    if fix is None:
        return None
    start, end = body.source(fix["start"], fix["end"])
    latex = fix["latex"]
    if fix["start"] == fix["end"]:
        start = end = body.ends[fix["start"] - 1] if fix["start"] > 0 else start
    before, after = body.text[: fix["start"]], body.text[fix["end"] :]
    if latex[:1].isalpha() and before[-1:].isalpha() and "\\" in before.split()[-1:][0]:
        latex = " " + latex
    if latex and latex[-1:].isalpha() and after[:1].isalpha() and "\\" in latex.split()[-1]:
        latex += " "
    out = {"latex": latex, "start": start, "end": end}
    if in_json:
        out["text"] = escaped(latex)
    return out


def _guesses(link: Link) -> list[Json]:
    """What was guessed of the two sides, each once."""
    found = [_guess(g) for p in (link.left, link.right) for g in p.parsed.guesses]
    return [g for i, g in enumerate(found) if g not in found[:i]]


def _guess(g: Guess) -> Json:
    return {"read": g.read, "why": g.why, "code": g.code}


def guess_json(entry: tuple[int, int, Guess], document: Document) -> Json:
    start, end, g = entry
    out = _place(document, start, end, _cell_at(document, start))
    out |= {"latex": " ".join(document.source.text[start:end].split()), **_guess(g)}
    return out


def definition_json(let: Let, document: Document) -> Json:
    """One definition: what is defined, by what, where."""
    out = _place(document, let.start, let.end, _cell_at(document, let.start))
    out |= {"what": let.what, "name": let.name, "parameters": list(let.parameters), "latex": let.line or let.body}
    return out


def unchecked_json(u: Unchecked, document: Document) -> Json:
    out = _place(document, u.at, u.to, u.cell)
    out |= {"latex": " ".join(u.latex.split()), "reason": u.reason, "code": u.code}
    return out
