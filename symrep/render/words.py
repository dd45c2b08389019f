"""What the renderers say about a report, in words: shared by paper, page and terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from symrep.render.plain import plain, readable, typeset
from symrep.render.text import chunks
from symrep.report import DerivationReport, StepReport
from symrep.verdict import Status

_INITIALS: Final = frozenset("kl elbo vae iid cdf pdf mgf".split())

__all__ = [
    "Formula",
    "Sentence",
    "bounds",
    "capital",
    "findings",
    "heading",
    "in_words",
    "labels",
    "local",
    "off_by",
    "outcome",
    "reason",
    "said",
    "sentence",
    "sides",
    "text_of",
    "title",
    "trusts",
    "witness_point",
]


def in_words(name: str) -> str:
    """``gaussian_kl`` as gaussian KL."""
    return " ".join(w.upper() if w in _INITIALS else w for w in name.split("_") if w)


def title(path: str) -> str:
    """A script's name in words."""
    words = in_words(Path(path).stem.replace("-", "_")) or Path(path).name
    return words[:1].upper() + words[1:]


def heading(report: DerivationReport) -> str:
    """The derivation's name in words."""
    words = in_words(report.name)
    return words[:1].upper() + words[1:]


def reason(s: StepReport) -> str:
    """Why a line follows: a lemma's name in words, everything else as it is called."""
    return f"lemma: {in_words(s.reason[6:])}" if re.fullmatch(r"lemma \w+", s.reason) else s.reason


def outcome(report: DerivationReport) -> str:
    """The status, and for a must-fail derivation whether it failed as it should."""
    if report.met is None:
        return report.status.name
    return f"{report.status.name}, {'as it should be' if report.met else 'which is not what was expected'}"


def local(text: str, path: str) -> str:
    """Text without the folder the script lies in: reports say the same wherever they were made."""
    folder = str(Path(path).parent)
    return text if folder in (".", "") else text.replace(folder.rstrip("/") + "/", "")


@final
@dataclass(frozen=True)
class Formula:
    """A formula inside a sentence, typeset and as plain text; without ``tex`` there is only the text."""

    tex: str
    text: str


Sentence = tuple[str | Formula, ...]

_OFF: Final = re.compile(
    r"(?P<before>.* term is missing), (?P<f>.+)|(?P<lead>.*\b(?:factor|term)) (?P<g>.+?)(?P<after> is missing)?"
)
_INTERNAL: Final = re.compile(r"Derivative_|[Dd]ensity\(|Distribution\(|Pushforward\(|Expectation\(|\bE\[")
_NOTHING: Final = ("off by a factor", "off by a term", "the two sides differ")


def findings(d: Mapping[str, str], message: str) -> list[Sentence]:
    """A diagnosis in sentences that say nothing twice, and nothing the message says."""
    text = d.get("text", "").strip().rstrip(".")
    kind, tex = off_by(d)
    out: list[Sentence] = []
    told = "the sign is wrong" in text
    for clause in re.split(r"; (?!.* has$)", text) if text and text != message.strip().rstrip(".") else ():
        m = _OFF.fullmatch(clause) if kind and not told else None
        if m:
            told = True
            out.append(_offset(m, kind, tex))
        elif _INTERNAL.search(clause):
            continue
        elif clause.lower() not in _NOTHING or not (kind or d.get("corrected_latex")):
            out.append((*_clause(clause), "."))
    if kind and not told:
        out.insert(0, (f"off by the {kind} ", Formula(tex, plain(tex)), "."))
    return [(capital(s[0]), *s[1:]) if isinstance(s[0], str) else s for s in out]


def _offset(m: re.Match[str], kind: str, tex: str) -> Sentence:
    text = plain(tex) if _INTERNAL.search(m[0]) else readable(m["f"] or m["g"])
    if m["before"]:
        return (m["before"] + ", ", Formula(tex, text), ".")
    if not m["after"]:
        return (m["lead"] + " ", Formula(tex, text), ".")
    if tex.startswith("-") and len(list(chunks(tex[1:]))) == 1:  # stated = right + term: what is missing is -term
        return (m["lead"] + " ", Formula(tex[1:], text), m["after"] + ".")
    return (f"off by the {kind} ", Formula(tex, plain(tex)), ".")


def _clause(clause: str) -> Sentence:
    """A clause, with those of its formulas typeset that can be read."""
    m = re.fullmatch(r"(the two agree only where )(.+)", clause)
    if m:
        where = [_formula(w) for w in m[2].split(" or ")]
        return (m[1], *(p for i, w in enumerate(where) for p in ((" or ", w) if i else (w,))))
    m = re.fullmatch(r"(it is right with )(.+)( in place of )(.+)", clause)
    if m:
        return (m[1], _formula(m[2]), m[3], _formula(m[4]))
    m = re.fullmatch(r"(.+)( does not have the law \w+; )(.+)( has)", clause)
    if m:
        return (_formula(m[1]), m[2], _formula(m[3]), m[4])
    return (readable(clause),)


def _formula(text: str) -> Formula:
    return Formula(typeset(text.replace(" = ", " == ")) or "", readable(text))


_BOUND: Final = re.compile(r"dominated by (.+?) for all (\w+) near any value")


def bounds(step: StepReport) -> list[Sentence]:
    """What the kernel dominated each interchange of limits by."""
    out: list[Sentence] = []
    for part in step.parts:
        for e in part.verdict.get("evidence", ()) if part.status is Status.PROVED else ():
            for m in _BOUND.finditer(str(e.get("says", ""))) if e.get("method") == "kernel" else ():
                shown = [Formula(f, plain(f)) for f in map(_bound, m[1].split(r",\quad "))]
                v = Formula(typeset(m[2]) or "", m[2])
                listed = [p for i, f in enumerate(shown) for p in ((", ", f) if i else (f,))]
                own = re.search(r"\bs_\{\d+\}", m[1])  # a variable of the kernel's
                lead = "on every piece, carried to a fixed interval, " if own else ""
                lead += "the derivative under the integral is dominated by "
                out.append((lead, *listed, " for all ", v, " near any value"))
    return list(dict.fromkeys(out))


def _bound(tex: str) -> str:
    """The kernel's formula for a bound as the house writes it: a tall exponent as exp(…), and 0 times C as 0."""
    tex = tex.replace(r"\mathrm{lam}", r"\lambda").replace(r"\mathrm{kappa}", r"\kappa")
    tex = re.sub(r"C\\,0(?![\d.])", "0", re.sub(r"\{(\\?[A-Za-z]+(?:_\{?\w+\}?)?)\}\^", r"\1^", tex))
    out, rest = "", tex
    while "e^{" in rest:
        before, _, rest = rest.partition("e^{")
        depth, end = 1, 0
        while depth and end < len(rest):
            depth += (rest[end] == "{") - (rest[end] == "}")
            end += 1
        inside, rest = rest[: end - 1], rest[end:]
        out += before + (rf"\exp\left({inside}\right)" if r"\frac" in inside else f"e^{{{inside}}}")
    return out + rest


def text_of(s: Sentence) -> str:
    return "".join(p if isinstance(p, str) else p.text for p in s)


_LETTERS: Final = frozenset(
    "alpha beta gamma delta epsilon eps eta theta kappa lam lambda mu nu xi pi rho sigma tau phi chi psi omega".split()
)


def capital(text: str) -> str:
    """With a capital, unless the first word is a name of the script's."""
    first = re.match(r"[a-z]{2,}(?=[ ,:;.])|a (?!is |and |or |has |may |must |in |=)", text)
    return text if not first or first[0].strip() in _LETTERS else text[0].upper() + text[1:]


_BALL = re.compile(r"\[(\S+) \+/- (\S+)\]")


def labels(witness: Mapping[str, Any]) -> tuple[str, str]:
    """What the two values at the witness are values of."""
    return ("one side", "the other") if witness.get("of") else ("line before", "this line")


def sides(witness: Mapping[str, Any]) -> tuple[str, str]:
    """The two values at the witness: six digits of tight enclosures, unless that hides the difference."""
    full = str(witness["lhs"]), str(witness["rhs"])
    short = _digits(full[0]), _digits(full[1])
    return full if short[0] == short[1] else short


def _digits(text: str) -> str:
    m = _BALL.fullmatch(text.strip())
    try:
        if re.fullmatch(r"-?\d+\.\d{8,}", text):  # exact, written with all its zeros
            return f"{float(text):.6g}"
        if m and float(m[2]) <= 1e-7 * abs(float(m[1])):
            return f"{float(m[1]):.6g}"
    except (ValueError, OverflowError):
        pass
    return text


def said(s: StepReport) -> str:
    """The message, unless the witness says the same with numbers; of a condition, which one it is."""
    if not s.witness or f"left side is {s.witness['lhs']}" not in s.message:
        return sentence(s.message)
    return sentence(s.message.split(". ")[0]) if s.witness.get("of") else ""


def witness_point(witness: Mapping[str, Any]) -> str:
    """``μ = 0, σ = 2, f(t) = sin(t)`` without the Greek."""
    point = [f"{k} = {v}" for k, v in witness.get("point", {}).items()]
    functions = [f"{k}(t) = {v}" for k, v in witness.get("functions", {}).items()]
    return ", ".join([*point, *functions])


def sentence(text: str) -> str:
    """With a capital, and a full stop should it have none."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".!?:…" else text + "."


def trusts(step: StepReport) -> list[str]:
    """What a line that is not proved rests on: one sentence for each part that is not."""
    out: list[str] = []
    for part in step.parts:
        if part.status is Status.PROVED:
            continue
        said = [str(e["says"]) for e in part.verdict.get("evidence", ()) if e.get("says")]
        what = "; ".join(said) or str(part.verdict.get("message", ""))
        out.append(f"{part.what}: {what}" if what else part.what)
    if not out and step.message:
        out.append(step.message)
    return list(dict.fromkeys(out))


def off_by(diagnosis: Mapping[str, str]) -> tuple[str, str]:
    """("factor" or "term", its LaTeX); empty if the diagnosis names neither."""
    for kind in ("factor", "term"):
        if diagnosis.get(f"{kind}_latex"):
            return kind, diagnosis[f"{kind}_latex"]
    return "", ""
