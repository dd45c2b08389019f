"""What ``symrep: …`` in a comment asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, final

from symrep.checking.facts import Fact, plain_name
from symrep.claim import KINDS
from symrep.errors import BadInput
from symrep.reading.documents import Pragma, Source

__all__ = ["Directives", "read_pragmas"]

_WHAT: Final = "pragma"
_WORDS: Final = "assume, function, random, variable, ignore next, skip, end-skip"
_TRAIT: Final = re.compile(r"(increasing|decreasing|density)|(smooth|growth)\s{0,3}=?\s{0,3}([0-9])")
_CALL: Final = re.compile(r"([A-Za-z]\w{0,30})\s{0,3}\((.{0,200})\)", re.DOTALL)
_RELATION: Final = re.compile(r"<=|>=|!=|==|[<>=≤≥≠]|\\(?:le|ge|ne|leq|geq|neq|in|leqslant|geqslant)(?![A-Za-z])|∈")


@final
@dataclass
class Directives:
    """What the pragmas of a document say.

    Attributes:
        skipped: stretches of the file that are not read.
        ignored: offsets after which the next step is not judged.
        errors: pragmas that say nothing that is understood.
    """

    facts: list[Fact] = field(default_factory=list)
    skipped: list[tuple[int, int]] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)
    errors: list[BadInput] = field(default_factory=list)

    def skips(self, start: int) -> bool:
        return any(a <= start < b for a, b in self.skipped)


def read_pragmas(pragmas: Iterable[Pragma], source: Source) -> Directives:
    """All of them; one that cannot be understood is an error with its place, and the others count."""
    out = Directives()
    open_: Pragma | None = None
    for pragma in pragmas:
        line, column = source.position(pragma.start)
        where = f"{source.path}:{line}:{column}"
        for text in _directives(pragma.text):
            word, _, rest = text.partition(" ")
            rest = rest.strip()
            try:
                if word == "skip" and not rest:
                    if open_ is not None:
                        raise BadInput(_WHAT, "an end-skip before the next skip", "skip", "<!-- symrep: end-skip -->")
                    open_ = pragma
                elif word == "end-skip" and not rest:
                    if open_ is None:
                        raise BadInput(_WHAT, "a skip before it", "end-skip", "<!-- symrep: skip -->")
                    out.skipped.append((open_.start, pragma.end))
                    open_ = None
                elif word == "ignore" and rest == "next":
                    out.ignored.append(pragma.start)
                else:
                    out.facts += _facts(word, rest, pragma)
            except BadInput as e:
                out.errors.append(BadInput(e.what, e.needed, e.got, e.instead, where))
    if open_ is not None:
        line, column = source.position(open_.start)
        where = f"{source.path}:{line}:{column}"
        out.errors.append(BadInput(_WHAT, "an end-skip", "a skip to the end", "<!-- symrep: end-skip -->", where))
        out.skipped.append((open_.start, len(source.text)))
    return out


def _directives(text: str) -> list[str]:
    """The directives of one comment, one a line or separated by semicolons."""
    return [" ".join(p.split()) for p in re.split(r"[;\n]", text) if p.strip()] or [""]


def _facts(word: str, rest: str, pragma: Pragma) -> list[Fact]:
    makers = {"assume": _assume, "function": _function, "random": _random, "variable": _variable}
    maker = makers.get(word)
    if maker is None:
        raise BadInput(_WHAT, f"one of {_WORDS}", repr(f"{word} {rest}".strip())[:60], "assume sigma > 0")
    if not rest:
        raise BadInput(_WHAT, f"something after {word}", "nothing", _EXAMPLES[word])
    return [
        Fact(f.what, f.name, f.value, f.traits, f"symrep: {word} {rest}", pragma.start, pragma.end, True)
        for f in maker(rest)
    ]


_EXAMPLES: Final = {
    "assume": "assume sigma > 0, n positive integer",
    "function": "function f, g",
    "random": "random X ~ Normal(mu, sigma)",
    "variable": "variable e",
}


def _parts(text: str) -> list[str]:
    """Separated by commas that stand in no brackets."""
    out, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(c, 0)
        if c == "," and depth == 0:
            out.append(text[start:i].strip())
            start = i + 1
    return [*out, text[start:].strip()]


def _named(text: str, word: str) -> str:
    name = plain_name(text)
    if name is None:
        raise BadInput(_WHAT, "a name", repr(text)[:60], _EXAMPLES[word])
    return name


def _assume(rest: str) -> list[Fact]:
    out: list[Fact] = []
    waiting: list[str] = []  # names before the one that says of what kind they are: a, b positive
    for part in _parts(rest):
        if _RELATION.search(part):
            if waiting:
                raise BadInput(_WHAT, "a kind or a relation", repr(waiting[0])[:60], _EXAMPLES["assume"])
            out.append(Fact("relation", "", part))
            continue
        name, _, kind = part.partition(" ")
        kind = kind.strip().removeprefix("is ").removeprefix("a ").removeprefix("an ").strip()
        if not kind:
            waiting.append(_named(name, "assume"))
            continue
        if kind not in KINDS:
            got = repr(part)[:60]
            raise BadInput(_WHAT, f"a relation, or a kind out of: {', '.join(KINDS)}", got, _EXAMPLES["assume"])
        out += [Fact("kind", n, kind) for n in (*waiting, _named(name, "assume"))]
        waiting = []
    if waiting:
        raise BadInput(_WHAT, "a kind or a relation", repr(waiting[0])[:60], _EXAMPLES["assume"])
    return out


def _function(rest: str) -> list[Fact]:
    out = []
    for part in _parts(rest):
        head, bracket, inside = part.partition("(")
        if not bracket:
            head, *words = part.split()
            inside = " ".join(words)
        name = _named(head, "function")
        traits: list[tuple[str, int | str]] = []
        for word in re.split(r"\s*,\s*", inside.strip().rstrip(")").strip()):
            if not word:
                continue
            m = _TRAIT.fullmatch(word)
            if m is None:
                needed = "increasing, decreasing, density, smooth=K or growth=K"
                raise BadInput(_WHAT, needed, repr(word)[:60], "function f (smooth=1, growth=2)")
            if m[1] == "density":
                traits.append(("density", 1))
            else:
                traits.append(("monotone", m[1]) if m[1] else (m[2], int(m[3])))
        out.append(Fact("function", name, traits=tuple(traits)))
    return out


def _random(rest: str) -> list[Fact]:
    left, tilde, law = re.sub(r"\\sim\b", "~", rest).partition("~")
    if not tilde or not law.strip():
        raise BadInput(_WHAT, "NAME ~ LAW", repr(rest)[:60], _EXAMPLES["random"])
    law = law.strip()
    if not law.startswith(("\\", "$")) and _CALL.fullmatch(law) is None:
        raise BadInput(_WHAT, "a family and its parameters", repr(law)[:60], _EXAMPLES["random"])
    return [Fact("law", _named(n, "random"), law.strip("$").strip()) for n in _parts(left)]


def _variable(rest: str) -> list[Fact]:
    return [Fact("variable", _named(n, "variable")) for n in _parts(rest)]
