"""Reports as one static page: no script, no network. Formulas are MathML where it can be made, and the LaTeX to paste
into a paper is there beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Final, final

from symrep.render.latex import fragment
from symrep.render.mathml import formula
from symrep.render.text import parts
from symrep.render.words import (
    Sentence,
    bounds,
    capital,
    findings,
    heading,
    labels,
    local,
    outcome,
    reason,
    said,
    sentence,
    sides,
    trusts,
    witness_point,
)
from symrep.report import DerivationReport, StepReport
from symrep.verdict import Status

__all__ = ["Section", "assembled", "page", "section"]

_CSS: Final = """
:root { --ink: #1c1f23; --soft: #5d6670; --line: #dfe3e8; --paper: #fff; --wash: #f6f7f9;
  --proved: #0a6b3d; --supported: #0b5596; --admitted: #7d5a00; --undecided: #96500a; --refuted: #ac1717; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ea; --soft: #9aa4ae; --line: #363c44; --paper: #16191d;
  --wash: #1f242a; --proved: #5cc891; --supported: #74b3f0; --admitted: #d9b04c; --undecided: #e89b52;
  --refuted: #ff7b72; } }
* { box-sizing: border-box; }
body { color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; max-width: 62rem;
  margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.75rem 0 .4rem; }
h2 .status { float: right; } p { margin: .4rem 0; } .soft, small { color: var(--soft); }
a { color: inherit; text-underline-offset: 2px; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; } td, th { text-align: left; vertical-align: top;
  padding: .4rem .6rem; border-bottom: 1px solid var(--line); } th { color: var(--soft); font-weight: 500;
  font-size: .85rem; } td.n { text-align: right; color: var(--soft); font-variant-numeric: tabular-nums; }
code { font: .84rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
.status { font-size: .78rem; letter-spacing: .04em; font-weight: 600; white-space: nowrap; }
.proved { color: var(--proved); } .supported { color: var(--supported); } .admitted { color: var(--admitted); }
.undecided { color: var(--undecided); } .refuted { color: var(--refuted); }
.why { font-size: .88rem; color: var(--soft); } .box { border-left: 3px solid var(--refuted); background: var(--wash);
  padding: .5rem .8rem; margin: .5rem 0 .2rem; font-size: .92rem; color: var(--ink); } .box p { margin: .2rem 0; }
.lines td.rel { width: 1.6rem; padding-right: 0; } .lines td.reason { width: 15rem; font-size: .88rem; }
.wide { overflow-x: auto; } caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); } math { font-size: 1.08em; } math[display="block"] { text-align: left; width: max-content; }
.box math { math-style: normal; } details { font-size: .88rem; color: var(--soft); }
summary { cursor: pointer; } pre { background: var(--wash); padding: .6rem .8rem; overflow-x: auto; color: var(--ink);
  font: .8rem/1.45 ui-monospace, monospace; } .lines td { vertical-align: baseline; }
.lines td.n, .lines td.rel { width: 1.9rem; }
"""


@final
@dataclass(frozen=True)
class Section:
    """A derivation on the page, but for what depends on the others: the anchor it gets, and where its link leads."""

    anchor: str  # the one it would like
    key: str  # what a link to its certificates is found by: "script.py::name"
    row: str  # its row of the table, after the anchor
    head: str  # its text, after the anchor and up to the link
    tail: str  # and after that


def page(reports: Sequence[DerivationReport], certificates: Mapping[str, str] | None = None) -> str:
    """One page for all reports. ``certificates`` maps ``"script.py::name"`` to a relative link."""
    return assembled([section(r) for r in reports], [r.status for r in reports], certificates or {})


def assembled(sections: Sequence[Section], statuses: Sequence[Status], links: Mapping[str, str]) -> str:
    """The page of sections that are there already."""
    anchors = [escape(a) for a in _anchors(sections)]
    rows = "\n".join(f'<tr><td><a href="#{a}{s.row}' for s, a in zip(sections, anchors, strict=True))
    details = "\n".join(
        f'<h2 id="{a}{s.head}{_link(links.get(s.key))}{s.tail}' for s, a in zip(sections, anchors, strict=True)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>symrep report</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f'<h1>symrep report</h1>\n<p class="soft">{escape(_summary(statuses))}</p>\n'
        '<div class="wide"><table>\n<thead><tr><th scope="col">derivation</th><th scope="col">script</th>'
        '<th scope="col">status</th>'
        '<th scope="col">first broken line</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>\n"
        f"{details}\n</body>\n</html>\n"
    )


def section(r: DerivationReport) -> Section:
    head, tail = _details(r)
    return Section(f"{Path(r.path).stem}-{r.name}", f"{Path(r.path).name}::{r.name}", _row(r), head, tail)


def _anchors(sections: Sequence[Section]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for s in sections:
        seen[s.anchor] = seen.get(s.anchor, 0) + 1
        out.append(s.anchor if seen[s.anchor] == 1 else f"{s.anchor}-{seen[s.anchor]}")
    return out


def _link(link: str | None) -> str:
    return f' · <a href="{escape(link)}">certificates</a>' if link else ""


def _summary(statuses: Sequence[Status]) -> str:
    counts = [(s, statuses.count(s)) for s in reversed(Status)]
    said = ", ".join(f"{n} {s.name.lower()}" for s, n in counts if n)
    many = "derivation" if len(statuses) == 1 else "derivations"
    return f"{len(statuses)} {many}: {said}" if said else "no derivations"


def _status(status: Status, text: str = "", good: bool | None = None) -> str:
    style = status.name.lower() if good is None else "proved" if good else "refuted"
    return f'<span class="status {style}">{escape(text or status.name)}</span>'


def _row(r: DerivationReport) -> str:
    broken = r.first_broken
    where = f"{broken.number}: {broken.code}" if broken else "the script broke" if r.error else ""
    return (
        f'">{escape(heading(r))}</a></td><td>{escape(Path(r.path).name)}</td>'
        f"<td>{_status(r.status, outcome(r), r.met)}</td><td>{escape(where)}</td></tr>"
    )


def _details(r: DerivationReport) -> tuple[str, str]:
    """What stands before and after the link to the certificates; the anchor is put in front."""
    script = Path(r.path).name
    r = replace(r, steps=tuple(replace(s, message=local(s.message, r.path)) for s in r.steps))
    out = [f'">{_status(r.status, outcome(r), r.met)}{escape(heading(r))}</h2>']
    if r.theorem:
        out.append(f"<p>{_prose(r.theorem)}</p>")
    facts = [escape(f"{script}:{r.lineno}"), *([f"source: {_prose(r.source)}"] if r.source else [])]
    head = "\n".join([*out, f'<p class="why">{" · ".join(facts)}'])
    out = ["</p>"]
    for label, items in (("Let", r.extra.get("let", ())), ("Given", r.hypotheses)):
        if items:
            out.append(f'<p class="why">{label} {", ".join(map(formula, items))}</p>')
    if r.steps:
        lines = "\n".join(_line(s) for s in r.steps)
        out.append(f'<div class="wide"><table class="lines"><caption>Lines of {escape(heading(r))}</caption>')
        out.append(f"<tbody>\n{lines}\n</tbody></table></div>")
        out.append(f"<details><summary>LaTeX</summary><pre>{escape(fragment(r))}</pre></details>")
    if r.error:
        out.append(f'<div class="box"><p>The script broke here. {escape(sentence(local(r.error, r.path)))}</p></div>')
    return head, "\n".join(out)


_OP: Final = {"=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "~": "≈"}


_NOT: Final = {"=": "≠", "<=": "≰", ">=": "≱", "<": "≮", ">": "≯", "~": "≉"}


def _line(s: StepReport) -> str:
    op = "" if s.number == 1 else (_NOT if s.status is Status.REFUTED else _OP)[s.op]
    notes = [f'<div class="why">{capital(_say(found))}.</div>' for found in bounds(s) if s.status is not Status.REFUTED]
    if s.status is Status.REFUTED:
        notes.append(_refutation(s))
    elif s.status is not Status.PROVED:
        notes.extend(f'<div class="why">{escape(t)}</div>' for t in trusts(s))
    where = " (a.e.)" if s.almost_everywhere else ""
    return (
        f'<tr><td class="n">{s.number}</td><td class="rel">{escape(op)}</td><td>{formula(s.latex, True)}'
        f'{"".join(notes)}</td><td class="reason">{escape(reason(s) + where)}</td><td>{_status(s.status)}</td></tr>'
    )


def _prose(text: str) -> str:
    """A docstring's text with its formulas typeset."""
    return "".join(formula(p) if maths else escape(p) for p, maths in parts(text))


def _say(s: Sentence) -> str:
    """A sentence with its formulas typeset."""
    return "".join(escape(p) if isinstance(p, str) else formula(p.tex) if p.tex else escape(p.text) for p in s)


def _refutation(s: StepReport) -> str:
    out = [f"<p>{escape(said(s))}</p>"] if said(s) else []
    if s.witness:
        point = witness_point(s.witness)
        at = f"At {escape(point)}: " if point else ""
        before, here = map(escape, sides(s.witness))
        one, other = labels(s.witness)
        out.append(f"<p>{at}{one} {before}, {other} {here}.</p>")
    d = s.diagnosis
    if d:
        out.extend(f"<p>{_say(found)}</p>" for found in findings(d, s.message))
        if d.get("corrected_latex"):
            status = d.get("corrected_status", "")
            judged = f" ({escape(status.lower())})" if status else ""
            out.append(f"<p>It should read{judged}: {formula(d['corrected_latex'])}</p>")
    return f'<div class="box">{"".join(out)}</div>'
