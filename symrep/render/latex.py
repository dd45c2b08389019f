r"""Reports as LaTeX: one document per script, or the bare ``align*`` of a derivation to paste into a paper.

A document needs amsmath, amssymb, geometry, graphicx and xcolor; a fragment needs amsmath. Lines below PROVED are
marked. A refuted line is related by ≠ to the line before, and what is wrong with it stands beneath.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from symrep.render.rows import rows
from symrep.render.text import escape, prose, width
from symrep.render.words import (
    Sentence,
    bounds,
    capital,
    findings,
    heading,
    labels,
    local,
    outcome,
    said,
    sides,
    title,
    trusts,
)
from symrep.report import DerivationReport, StepReport
from symrep.typeset import symbol
from symrep.verdict import Status

__all__ = ["document", "fragment"]

_PREAMBLE: Final = r"""\documentclass[11pt,a4paper]{article}
\usepackage[utf8]{inputenc}
\IfFileExists{lmodern.sty}{\usepackage[T1]{fontenc}\usepackage{lmodern}}{}
\usepackage[margin=2.2cm]{geometry}
\usepackage{amsmath,amssymb}
\usepackage{graphicx}
\usepackage{xcolor}
\definecolor{proved}{RGB}{0,110,60}
\definecolor{supported}{RGB}{0,85,150}
\definecolor{admitted}{RGB}{130,90,0}
\definecolor{undecided}{RGB}{150,75,0}
\definecolor{refuted}{RGB}{175,20,20}
\setlength{\parindent}{0pt}
% long formulas of a list move to the next line rather than into the margin
\setlength{\emergencystretch}{8em}
\setlength{\parskip}{4pt plus 1pt}
\setlength{\fboxsep}{6pt}
\setlength{\abovedisplayskip}{6pt plus 2pt minus 2pt}
\setlength{\jot}{5pt}
\raggedbottom
\allowdisplaybreaks
% a new page unless so much room is left on this one
\newcommand{\fitted}[2]{\setbox0=\hbox{$\displaystyle #2$}\ifdim\wd0>#1\linewidth
  \resizebox{#1\linewidth}{!}{\usebox0}\else\usebox0\fi}
\newcommand{\room}[1]{\par\penalty-100\begingroup\dimen0=\pagegoal\advance\dimen0 by-\pagetotal
  \dimen2=#1\relax\ifdim\dimen2>\dimen0 \break\fi\endgroup}
"""
_OP: Final = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "~": r"\approx"}
_MARK: Final = {Status.SUPPORTED: r"\dagger", Status.ADMITTED: r"\ddagger", Status.UNDECIDED: "?"}
_LINE: Final = 82.0  # letters in a line of the document
_REASON: Final = 0.85  # a letter of a reason in letters of a formula
_SIDE: Final = 19.0  # letters that reasons may take where lines are long
_INDENT: Final = 4.0  # of rows after the first


def document(script_path: str, reports: Sequence[DerivationReport]) -> str:
    """A standalone pdflatex document with every derivation of one script. The same reports give the same bytes."""
    name = escape(title(script_path))
    body = "\n".join(_section(r) for r in reports) or "No derivation in this script.\n"
    return f"{_PREAMBLE}\\begin{{document}}\n{{\\Large\\bfseries {name}}}\\par\n{body}\n\\end{{document}}\n"


def fragment(report: DerivationReport) -> str:
    r"""The ``align*`` alone. Lines below PROVED carry a mark; nothing says more about them than that."""
    return _align(report, paper=False)


def _breakable(text: str) -> str:
    """Long paths and addresses may break after a slash."""
    return re.sub(r"\S{30,}", lambda m: m.group().replace("/", r"/\allowbreak{}"), text)


# --- a derivation -------------------------------------------------------------------------------------------------


def _section(r: DerivationReport) -> str:
    r = replace(r, steps=tuple(replace(s, message=local(s.message, r.path)) for s in r.steps))
    tag = rf"\hfill{{\normalsize\mdseries\color{{{r.status.name.lower()}}}\textsc{{{escape(outcome(r).lower())}}}}}"
    head = []
    if r.theorem:
        head.append(prose(r.theorem.strip()))
    if r.source:
        head.append(rf"{{\small\sloppy\textit{{Source:}} {_breakable(prose(r.source))}\par}}")
    head.extend(_formulas("Let", r.extra.get("let", ())))
    head.extend(_formulas("Given", r.hypotheses))
    out = [rf"\room{{{_height(r)}pt}}", rf"\subsection*{{{escape(heading(r))}{tag}}}"]
    # nothing breaks before a display: no \par at the end of the paragraph that leads to one
    out.append("\\par\\nopagebreak\n".join(head) + ("" if r.steps else r"\par"))
    if r.steps:
        out.append(_align(r, paper=True))
    out.extend(_dominated(s) for s in r.steps)
    out.extend(_note(s) for s in r.steps if s.status not in (Status.PROVED, Status.REFUTED))
    out = [part for part in out if part]
    if r.error:
        out.append(rf"{{\color{{undecided}}\textbf{{The script broke here.}} {escape(local(r.error, r.path))}}}\par")
    return "\n".join(out) + "\n"


def _height(r: DerivationReport) -> int:
    """Roughly how high the heading, the text and the lines are; of long derivations only the beginning."""
    tall = sum(34 if re.search(r"\\(frac|sum|prod|int|begin)", s.latex) else 19 for s in r.steps)
    text = 14 * (len(r.theorem) // 85 + 1 + bool(r.source) + (len(" ".join(r.hypotheses)) // 150 + 1))
    return 60 + text + (tall if tall < 330 else 150)


#: a comma, and a place where a line may end however short it is: what follows may be too long for the rest of it
_NEXT: Final = ",\\hfil\\penalty0\\hfilneg\n\\ "


def _formulas(label: str, formulas: Iterable[str]) -> list[str]:
    items = [_block(f) if width(f) > 0.45 * _LINE else f"${f}$" for f in formulas]
    return [rf"\textit{{{label}}} " + _NEXT.join(items) + "."] if items else []


def _block(tex: str, room: float = _LINE) -> str:
    """A formula in running text, over several rows if it is too wide for a line."""
    if width(tex) <= 0.8 * room:
        return rf"$\displaystyle {tex}$"
    share = room / _LINE - 0.02
    found = rows(tex, room)
    if len(found) == 1:
        return rf"\fitted{{{share:.2f}}}{{{found[0]}}}"
    inside = r" \\ &\quad{}".join(rf"\fitted{{{share - 0.03:.2f}}}{{{row}}}" for row in found)
    return rf"$\begin{{aligned}}[b]&{inside}\end{{aligned}}$"


def _say(s: Sentence, large: bool = False, fit: bool = False) -> str:
    """A sentence with its formulas typeset; ``fit``: wide ones get a line of their own where they need one."""
    style = r"\displaystyle " if large else ""

    def formula(tex: str) -> str:
        if (fit or large) and width(tex) > (0.45 if fit else 0.8) * _LINE:
            return rf"\hfil\penalty0\hfilneg {_block(tex)}"
        return f"${style}{tex}$"

    return "".join(escape(p) if isinstance(p, str) else formula(p.tex) if p.tex else escape(p.text) for p in s)


def _dominated(s: StepReport) -> str:
    """What an interchange rests on, in small print."""
    found = "; ".join(_say(b, fit=True) for b in bounds(s)) if s.status is not Status.REFUTED else ""
    return rf"{{\footnotesize\sloppy\color{{black!75}}Line {s.number}: {found}.\par}}" if found else ""


def _align(r: DerivationReport, paper: bool) -> str:
    """Rows; the first line stands to the left of the second if there is room, else on a row of its own."""
    if not r.steps:
        return ""
    first, rest = r.steps[0], r.steps[1:]
    reasons = max((_REASON * _beside(s) for s in rest), default=0.0)
    left = width(first.latex)
    narrow = paper and max(width(s.latex) for s in r.steps) > _LINE - reasons - 8.0
    if narrow:
        reasons = min(reasons, _SIDE)
    room = max(_LINE - reasons - 8.0, 36.0)
    alone = not rest or left > 0.3 * room or first.status is not Status.PROVED
    out = ""
    if alone:
        out += _row("&", first, room, paper, "", narrow) + (" \\\\\n" if rest else "")
    for k, s in enumerate(rest):
        if alone:
            start = f"{_sign(s, paper)}{{}}&"
        else:
            start = f"{first.latex if k == 0 else ''}&{_sign(s, paper)}"
        out += _row(start, s, room if alone else room - left, paper, s.reason_latex, narrow)
        last = k == len(rest) - 1
        out += "" if last else " \\\\\n"
        if paper and s.status is Status.REFUTED and not last:
            out += rf"\intertext{{{_refutation(s)}}}" + "\n"
    out = "\\begin{align*}\n" + out + "\n\\end{align*}"
    if paper and r.steps[-1].status is Status.REFUTED:
        out += "\n" + _refutation(r.steps[-1]) + r"\par"
    return out


def _beside(s: StepReport) -> float:
    """How wide what stands at the right of a line is, in letters of its own."""
    return width(s.reason_latex) + 7 * s.almost_everywhere + 9 * (s.status is Status.REFUTED)


def _sign(s: StepReport, paper: bool) -> str:
    op = _OP[s.op]
    if s.status is Status.REFUTED:
        no = r"\neq" if s.op == "=" else rf"\not{op}"
        return rf"\mathrel{{\color{{refuted}}{no}}}" if paper else f"{no} "
    if s.status is Status.UNDECIDED:
        return rf"\overset{{?}}{{{op}}}"
    return op + (" " if op.startswith("\\") else "")


def _row(start: str, s: StepReport, room: float, paper: bool, reason: str, narrow: bool) -> str:
    """One line of the derivation, over several rows if it is too wide; the reason stands at the first of them, over
    several rows too if it is ``narrow`` there."""
    found = rows(s.latex, room)
    if paper:
        found = [_fitted(row, room - (_INDENT if k else 0.0)) for k, row in enumerate(found)]
    mark = _MARK.get(s.status, "")
    where = r"\text{ (a.e.)}" if s.almost_everywhere and s.number > 1 else ""
    if s.status is Status.REFUTED and paper:
        where += r"\text{\color{refuted}refuted}" if not reason else r"\text{, \color{refuted}refuted}"
    if paper and (reason or where or mark):
        side = _words(reason) + _words(where) + (f"$^{{{mark}}}$" if mark else "")
        wraps = narrow and _REASON * _beside(s) > _SIDE
        box = rf"\parbox[t]{{{_SIDE / _LINE:.2f}\linewidth}}{{\raggedright" if wraps else r"\text{"
        side = rf" && {box}\small {side}}}"
    else:
        side = f"{{{reason}{where}}}^{{{mark}}}" if mark else reason + where
        side = f" && {side}" if side else ""
    return start + found[0] + side + "".join(r" \\" + f"\n&\\qquad{row}" for row in found[1:])


def _words(tex: str) -> str:
    """A reason as the text it is: formulas in it stay formulas."""
    m = re.fullmatch(r"\\text\{([^{}$\\]*)\}", tex)
    return m[1] if m else re.sub(r"^\\text\{(.*)\}$", r"\1", tex) if r"\color" in tex else f"${tex}$" if tex else ""


def _fitted(row: str, room: float) -> str:
    """A row that cannot be cut any further is made smaller if it is too wide: LaTeX measures it, for here widths are
    estimates."""
    if width(row) <= 0.8 * room:
        return row
    return rf"\fitted{{{(room - 1.0) / _LINE:.2f}}}{{{row}}}"


def _note(s: StepReport) -> str:
    words = {
        Status.SUPPORTED: "is supported, not proved",
        Status.ADMITTED: "is admitted without a check",
        Status.UNDECIDED: "is undecided",
    }[s.status]
    mark = _MARK[s.status]
    why = "; ".join(trusts(s))
    said = f": {escape(why)}" if why else ""
    color = s.status.name.lower()
    return rf"{{\footnotesize\color{{{color}}}$^{{{mark}}}$\,Line {s.number} {words}{said}.\par}}"


def _refutation(s: StepReport) -> str:
    r"""The box: what is wrong, where one sees it, by how much, and what it should be."""
    out = [rf"\textbf{{Line {s.number} is refuted.}} {escape(said(s))}"]
    w = s.witness
    if w:
        point = [f"${symbol(k).tex}={_rational(v)}$" for k, v in w.get("point", {}).items()]
        point += [f"${symbol(k).tex}(t)=\\texttt{{{escape(v)}}}$" for k, v in w.get("functions", {}).items()]
        before, here = map(escape, sides(w))
        one, other = labels(w)
        at = f"At {', '.join(point)} {'' if w.get('of') else 'the '}" if point else "" if w.get("of") else "The "
        out.append(capital(f"{at}{one} is {before}, {other} is {here}."))
    d = s.diagnosis
    if d:
        out.extend(_say(found, large=True) for found in findings(d, s.message))
        if d.get("corrected_latex"):
            status = d.get("corrected_status", "")
            judged = f" ({escape(status.lower())})" if status else ""
            out.append(rf"It should read{judged}:\\[2pt] \hspace*{{2em}}{_block(d['corrected_latex'], 0.93 * _LINE)}")
    inside = "\n".join(t for t in out if t)
    return rf"\fcolorbox{{refuted}}{{refuted!4}}{{\parbox{{0.95\linewidth}}{{\small\sloppy {inside}}}}}"


def _rational(value: str) -> str:
    """An exact rational as a formula: -7/3 built up."""
    top, slash, bottom = value.partition("/")
    if not slash:
        return value if value.lstrip("-").replace(".", "").isdigit() else rf"\text{{{escape(value)}}}"
    sign, top = ("-", top[1:]) if top.startswith("-") else ("", top)
    return rf"{sign}\frac{{{escape(top)}}}{{{escape(bottom)}}}"
