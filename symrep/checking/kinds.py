r"""Kinds of symbols from formulas that say nothing else: ``\sigma > 0``, ``0 < p < 1``, ``n \in \mathbb{N}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from symrep.checking.facts import Fact, plain_name
from symrep.reading.documents import Document

__all__ = ["behind", "counts", "drawn", "kinds_in", "merged", "said_in_formulas", "smooth_in", "torn", "variable_e"]

_SPACE: Final = re.compile(r"\\[,;:!> ]|\\(?:quad|qquad|left|right|displaystyle)(?![A-Za-z])|~|\s+")
_OPS: Final = (
    (re.compile(r"\\(?:geqslant|geq|ge)(?![A-Za-z])|≥|>="), " ≥ "),
    (re.compile(r"\\(?:leqslant|leq|le)(?![A-Za-z])|≤|<="), " ≤ "),
    (re.compile(r"\\(?:neq|ne)(?![A-Za-z])|≠"), " ≠ "),
    (re.compile(r"\\gt(?![A-Za-z])|(?<![-=])>(?!=)"), " > "),
    (re.compile(r"\\lt(?![A-Za-z])|<(?![-=])"), " < "),
    (re.compile(r"\\in(?![A-Za-z])|∈"), " ∈ "),
)
_REALS: Final = r"(?:\\mathbb\s?\{?\s?R\s?\}?|\\R(?![A-Za-z])|\\Reals|ℝ|\\mathbf\s?\{R\})"
_NATURALS: Final = r"(?:\\mathbb\s?\{?\s?N\s?\}?|\\N(?![A-Za-z])|ℕ)"
_INTEGERS: Final = r"(?:\\mathbb\s?\{?\s?Z\s?\}?|\\Z(?![A-Za-z])|ℤ)"
_INFTY: Final = r"\+?(?:\\infty|∞)"
_SETS: Final = tuple(
    (re.compile(p), kind)
    for p, kind in (
        (rf"{_REALS}", "real"),
        (rf"{_REALS}\s?(?:[\^_]\s?\{{?\s?(?:\+|> ?0|\+\+)\s?\}}?)|\(\s?0\s?,\s?{_INFTY}\s?\)", "positive"),
        (rf"{_REALS}\s?_\s?\{{\s?≥\s?0\s?\}}|\[\s?0\s?,\s?{_INFTY}\s?\)", "nonnegative"),
        (rf"\(\s?-\s?{_INFTY}\s?,\s?0\s?\)", "negative"),
        (rf"{_REALS}\s?\\(?:setminus|backslash)\s?\\\{{\s?0\s?\\\}}", "nonzero"),
        (rf"{_NATURALS}(?:\s?[\^_]\s?\{{?\s?(?:\+|> ?0|\\ast|\*)\s?\}}?)?", "positive integer"),
        (rf"{_INTEGERS}\s?[\^_]\s?\{{?\s?(?:\+|> ?0)\s?\}}?", "positive integer"),
        (rf"{_NATURALS}\s?_\s?\{{?\s?0\s?\}}?|{_INTEGERS}\s?_\s?\{{\s?≥\s?0\s?\}}", "nonnegative integer"),
        (rf"{_INTEGERS}", "integer"),
        (r"\(\s?0\s?,\s?1\s?\)", "unit"),
        (r"\\\{\s?1\s?,(?:\s?[23]\s?,){0,2}\s?\\[lcd]?dots\s?(?:,\s?\w\s?)?\\\}", "positive integer"),
        (r"\\\{\s?0\s?,(?:\s?[12]\s?,){0,2}\s?\\[lcd]?dots\s?(?:,\s?\w\s?)?\\\}", "nonnegative integer"),
    )
)  # fmt: skip
_SIMPLE: Final = re.compile(r"(?P<names>[^<>≤≥≠∈=]{1,120}?) (?P<op>[<>≤≥≠]) 0")
_TURNED: Final = re.compile(r"0 (?P<op>[<>≤≥]) (?P<names>[^<>≤≥≠∈=]{1,120}?)")
_UNIT: Final = re.compile(r"0 < (?P<names>[^<>≤≥≠∈=]{1,60}?) < 1|1 > (?P<other>[^<>≤≥≠∈=]{1,60}?) > 0")
_MEMBER: Final = re.compile(r"(?P<names>[^<>≤≥≠∈=]{1,120}?) ∈ (?P<set>.{1,80})")
_SMOOTH: Final = re.compile(
    r"(?P<name>[^<>≤≥≠∈=]{1,20}?) ∈ \\?(?:mathcal\s?\{?\s?)?C\s?\}?\s?\^\s?\{?\s?(?P<k>[0-9]|\\infty)\s?\}?.{0,40}"
)
_FLIP: Final = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_BY_OP: Final = {">": "positive", "≥": "nonnegative", "<": "negative", "≠": "nonzero"}
_LONGEST: Final = 160
_COUNTED: Final = re.compile(
    r"(?P<x>\\?[A-Za-z]+)_(?:1|\{1\})\s?,(?:\s|\\[,;]){0,3}(?:\\[lc]?dots[cmb]?|…|\.{3})\s?,(?:\s|\\[,;]){0,3}(?P=x)_\{?(?P<n>[A-Za-z])\b\}?"
)

#: what two kinds that are both said of a symbol come to
_BOTH: Final[Mapping[frozenset[str], str]] = {
    frozenset(("positive", "integer")): "positive integer",
    frozenset(("positive", "nonnegative integer")): "positive integer",
    frozenset(("nonzero", "nonnegative integer")): "positive integer",
    frozenset(("nonnegative", "integer")): "nonnegative integer",
    frozenset(("nonnegative", "nonzero")): "positive",
    frozenset(("nonnegative", "positive")): "positive",
    frozenset(("nonzero", "positive")): "positive",
    frozenset(("nonzero", "negative")): "negative",
    frozenset(("positive", "unit")): "unit",
    frozenset(("nonnegative", "unit")): "unit",
    frozenset(("nonzero", "unit")): "unit",
    frozenset(("positive", "positive integer")): "positive integer",
    frozenset(("nonnegative", "positive integer")): "positive integer",
    frozenset(("integer", "positive integer")): "positive integer",
    frozenset(("integer", "nonnegative integer")): "nonnegative integer",
    frozenset(("nonnegative", "nonnegative integer")): "nonnegative integer",
    frozenset(("nonnegative integer", "positive integer")): "positive integer",
}


def kinds_in(latex: str) -> list[tuple[str, str]]:
    """Names and kinds, if a formula says just that."""
    if len(latex) > _LONGEST:
        return []
    text = " ".join(_SPACE.sub(" ", latex.strip().rstrip(".,;")).split())
    for pattern, sign in _OPS:
        text = pattern.sub(sign, text)
    text = " ".join(text.split()).strip()
    m = _UNIT.fullmatch(text)
    if m is not None:
        return _named(m["names"] or m["other"], "unit")
    m = _SIMPLE.fullmatch(text)
    if m is not None:
        return _named(m["names"], _BY_OP.get(m["op"], ""))
    m = _TURNED.fullmatch(text)
    if m is not None:
        return _named(m["names"], _BY_OP.get(_FLIP[m["op"]], ""))
    m = _MEMBER.fullmatch(text)
    if m is not None:
        kind = next((k for p, k in _SETS if p.fullmatch(m["set"].strip())), "")
        return _named(m["names"], kind)
    return []


def smooth_in(latex: str) -> tuple[str, int] | None:
    r"""``f \in C^1(\mathbb{R})``: the name, and how smooth."""
    text = " ".join(_SPACE.sub(" ", latex.strip()[:_LONGEST]).split())
    for pattern, sign in _OPS:
        text = pattern.sub(sign, text)
    m = _SMOOTH.fullmatch(" ".join(text.split()))
    name = plain_name(m["name"]) if m is not None else None
    if m is None or name is None:
        return None
    return name, 8 if m["k"] == r"\infty" else int(m["k"])


def _named(text: str, kind: str) -> list[tuple[str, str]]:
    names = [plain_name(p) for p in text.split(",")]
    return [(n, kind) for n in names if n is not None] if kind and all(names) else []


def said_in_formulas(document: Document, skips: Iterable[int] = ()) -> list[Fact]:
    """Facts of formulas that say nothing but a kind."""
    passed = set(skips)
    out = []
    for k, f in enumerate(document.formulas):
        if k in passed:
            continue
        latex = f.body.text
        said = " ".join(latex.split())
        found = kinds_in(latex) or (behind(latex) if f.display else [])
        out += [Fact("kind", name, kind, (), said, f.start, f.end) for name, kind in found]
        smooth = smooth_in(latex)
        if smooth is not None:
            out.append(Fact("function", smooth[0], "", (("smooth", smooth[1]),), said, f.start, f.end))
    return out


def behind(latex: str) -> list[tuple[str, str]]:
    r"""``k(x, y) = …, \qquad s, \ell > 0``: that several letters are positive, which are no arguments at the left."""
    head, _, tail = latex.strip().rpartition("quad")
    found = kinds_in(tail) if head and "," in tail.strip(" .,;\n") else []
    left = head.partition("=")[0]
    return [] if any(k != "positive" or n in re.findall(r"[A-Za-z]+", left) for n, k in found) else found


def counts(document: Document) -> Iterator[str]:
    r"""The n of X_1, \dots, X_n: how many there are, one at least."""
    for f in document.formulas:
        for m in _COUNTED.finditer(f.body.text):
            yield m["n"]


_ERROR: Final = re.compile(r"\s*e\s*(?::=|=|\\coloneqq|\\triangleq|\\equiv|\\sim)(?!\s*(?:2\.7|\\lim|\\sum|\\exp))")
_EXPONENTIAL: Final = re.compile(r"(?<![A-Za-z\\])e\s*\^\s*(?!\{?\s*[0-9]\s*\}?)")


def variable_e(document: Document) -> bool:
    """Does the document say what e is, *let e = y − ŷ*, and write no exponential with it?"""
    bodies = [f.body.text for f in document.formulas]
    return any(_ERROR.match(b) for b in bodies) and not any(_EXPONENTIAL.search(b) for b in bodies)


_AVERAGED: Final = re.compile(
    r"(?:\\mathbb\s?\{?\s?E\s?\}?|\\(?:E|Var)(?![A-Za-z])|\\(?:mathrm|operatorname|text)\s?\{(?:E|Var)\}|(?<![A-Za-z\\])E)"
    r"\s?(?:\\left\s?)?[\[(](?P<of>[^=\])]{1,60})"
)


def drawn(document: Document) -> frozenset[str]:
    """Capital letters of which means are taken: random variables, and no numbers, even where X ≥ 0 is said."""
    found = (m["of"] for f in document.formulas for m in _AVERAGED.finditer(f.body.text))
    return frozenset(c for of in found for c in re.findall(r"(?<![A-Za-z\\])[XYZUVW](?![A-Za-z_(])", of))


def merged(facts: Iterable[Fact]) -> tuple[dict[str, str], dict[str, list[Fact]]]:
    """The kind of each name, and the facts it rests on; a name of which contradictory things are said has none.

    What a pragma says goes before everything else.
    """
    kinds: dict[str, str] = {}
    behind: dict[str, list[Fact]] = {}
    torn: set[str] = set()
    facts = [f for f in facts if f.what == "kind"]
    declared = {f.name for f in facts if f.declared}
    for f in facts:
        if f.name in declared and not f.declared:
            continue
        known = kinds.get(f.name)
        if known is None or known == f.value or known == "real":
            kinds[f.name] = f.value
        elif f.value != "real":
            both = _BOTH.get(frozenset((known, f.value)))
            if both is None:
                torn.add(f.name)
            else:
                kinds[f.name] = both
        behind.setdefault(f.name, []).append(f)
    for name in torn:
        kinds[name] = "real"
    return kinds, behind


def torn(name: str, kinds: Mapping[str, str], behind: Mapping[str, list[Fact]]) -> bool:
    """Are contradictory things said of a name, in different places?"""
    return kinds.get(name) == "real" and any(f.value != "real" for f in behind.get(name, ()))
