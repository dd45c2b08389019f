"""Laws as pragmas spell them, ``Normal(mu, sigma)`` as in scripts, in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Final

import sympy as sp

from symrep.checking.facts import GREEK
from symrep.checking.model import Chain
from symrep.checking.names import latex_name
from symrep.checking.scope import Let
from symrep.distribution import Distribution
from symrep.reading.documents import Document, Formula
from symrep.reading.latex.depends import names
from symrep.reading.latex.scope import name_of

__all__ = ["bounds_of", "is_density", "kinds_of", "law_latex", "needs_of", "told_beside"]

_CALL: Final = re.compile(r"([A-Za-z]\w{0,30})\s{0,3}\((.{0,200})\)", re.DOTALL)
_WORD: Final = re.compile(r"(?<![\\A-Za-z])([A-Za-z]{2,12})(?![A-Za-z(])")
#: … \\quad \\text{where} \\quad
_WHERE: Final = re.compile(r"\\(?:text|mbox|textrm)\s*\{\s*(?:where|with)\s*\}(?:\s|\\q?quad|\\[,;:! ]){0,9}\Z")
_LETTERS: Final = frozenset(GREEK.values())


def is_density(document: Document, name: str) -> bool:
    """Is a p or q of which a law is told a density: are expectations taken under it, or is it applied?"""
    if name.partition("_")[0] not in ("p", "q"):
        return False
    letter = re.escape(latex_name(name))
    used = re.compile(rf"_\s*\{{?\s*{letter}(?![A-Za-z])|(?<![A-Za-z\\]){letter}\s*\(|KL[^$]*{letter}")
    return any(used.search(f.body.text) for f in document.formulas)


def bounds_of(law: Any) -> list[Any]:
    """What a law needs of several of its parameters together: a < b of the uniform law on (a, b); a ≤ b, if whole."""
    out = []
    for value, op, _ in law.obligations() if hasattr(law, "obligations") else ():
        if op == ">" and len(value.free_symbols) > 1 and not value.is_positive:
            out.append(sp.StrictGreaterThan(value, 0, evaluate=False))
        elif op == ">=" and len(value.free_symbols) > 1 and not value.is_nonnegative:
            out.append(sp.GreaterThan(value, 0, evaluate=False))
    return out


def kinds_of(law: Any) -> list[tuple[str, str]]:
    """Names and kinds of the parameters of a law that are bare symbols: as they were taken, or as the law needs them,
    λ > 0 of the exponential one."""
    needs: dict[Any, set[str]] = {}
    for value, op, _ in law.obligations() if hasattr(law, "obligations") else ():
        if value.is_Symbol and op == ">":
            needs.setdefault(value, set()).add("positive")
        elif (1 - value).is_Symbol and op == ">":
            needs.setdefault(1 - value, set()).add("below one")
    whole = _whole(law)
    out = []
    for s in sorted(getattr(law, "free_symbols", ()), key=str):
        kind = getattr(s, "kind", "real")
        kind = whole.get(s, kind) if kind == "real" else kind
        if kind == "real" and "positive" in needs.get(s, ()):
            kind = "unit" if len(needs[s]) == 2 else "positive"
        out += [(s.name, kind)] if kind != "real" else []
    return out


def needs_of(law: Any) -> list[tuple[str, str]]:
    """The bare parameters of a law that have to be positive for it to be one, whatever was said of them."""
    told = law.obligations() if hasattr(law, "obligations") else ()
    return [(value.name, "positive") for value, op, _ in told if value.is_Symbol and op == ">"]


def _whole(law: Any) -> dict[Any, str]:
    """The parameters that a family takes whole, as those of the discrete uniform one, where they are bare symbols."""
    if not isinstance(law, Distribution):
        return {}
    domains = law.family.parameters.values()
    values = law.args[-len(domains) :] if domains else ()
    both = zip(values, domains, strict=True)
    return {v: d.kind for v, d in both if getattr(v, "is_Symbol", False) and "integer" in d.kind}


def law_latex(text: str) -> str | None:
    r"""LaTeX of a law: ``Normal(mu, sigma)`` is ``\mathcal{N}(\mu, (\sigma)^2)``, for scripts give the deviation."""
    if text.startswith("\\"):
        return text
    m = _CALL.fullmatch(text.strip())
    if m is None:
        return None
    name, inside = m[1], _WORD.sub(lambda w: rf"\{w[1]}" if w[1] in _LETTERS else w[1], m[2])
    if name == "Normal" and inside.count(",") == 1:
        mean, deviation = inside.split(",")
        return rf"\mathcal{{N}}({mean.strip()}, ({deviation.strip()})^2)"
    return rf"\text{{{name}}}({inside})"


def told_beside(chain: Chain, f: Formula, known: Collection[str]) -> Iterator[Let]:
    r"""The law of a variable that has none yet, told beside what is said of it: ``E(Y) \text{ where } Y \sim …``."""
    text = f.body.text
    for c in chain.conditions:
        tree = c.tree
        if tree is None or tree.head != "rel" or tree.text != "~" or tree.parts[0].head != "name":
            continue
        name, line = name_of(tree.parts[0]), text[tree.start : tree.end]
        if name and name not in known and _WHERE.search(text[max(0, tree.start - 80) : tree.start]):
            at, to = f.body.source(tree.start, tree.end)
            law = text[tree.parts[1].start : tree.end]
            yield Let("law", name, (), law, frozenset(names(tree.parts[1])), at, to, " ".join(line.split()))
