"""Orders that stand in the words of a document, no formulas: *for x < 0*, *if a ≥ 1*. They hold in their sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, final

from symrep.reading.documents import SLOT, Document

__all__ = ["Worded", "worded"]

_SENTENCE: Final = re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]*|\n(?!\s*\n)[^.;!?\n]*)*")
_NAME: Final = r"(?:[A-Za-z]|alpha|beta|gamma|delta|epsilon|lambda|mu|nu|rho|sigma|tau|theta)"
_ORDER: Final = re.compile(
    rf"\b(?P<cue>if|for|when|whenever|where|with|provided(?:\sthat)?|assum(?:e|ing)|suppos(?:e|ing)|as long as|and)\s"
    rf"(?:all\s|any\s|every\s)?(?P<x>{_NAME})\s?(?P<op><=|>=|<|>|≤|≥)\s?(?P<value>-?[0-9]+(?:\.[0-9]+)?)(?![\w.]*[<>≤≥])"
    r"(?!\w)",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|unless|except|whether|even|only)\s(?:that\s)?(?:if\s|for\s|when\s)?\Z", re.IGNORECASE
)
_OPS: Final = {"<=": r"\le", ">=": r"\ge", "≤": r"\le", "≥": r"\ge", "<": "<", ">": ">"}
_MOST: Final = 3000


@final
@dataclass(frozen=True)
class Worded:
    """``latex`` holds from ``at`` to ``until``; or, said right behind it, of the formula number ``of`` alone."""

    latex: str
    at: int
    until: int
    of: int = -1


def worded(document: Document) -> list[Worded]:
    """What the words say, in their order; of two that are said of one name each holds up to the next."""
    out: list[Worded] = []
    words = document.words
    for m in _SENTENCE.finditer(words.text):
        if m.end() - m.start() > _MOST:
            continue
        sentence = re.sub(r"[~\s]", " ", m.group())
        found = [
            k
            for k in _ORDER.finditer(sentence)
            if not _DENIED.search(sentence[: k.start("x")].removesuffix(k["cue"] + " "))
        ]
        behind = [_behind(sentence, k) for k in found]
        for i, k in enumerate(found):
            x = k["x"] if len(k["x"]) == 1 else "\\" + k["x"].lower()
            latex = f"{x} {_OPS[k['op']]} {k['value']}"
            if behind[i] >= 0:
                out.append(Worded(latex, -1, -1, ord(sentence[behind[i]]) - SLOT))
                continue
            after = [
                n.start() if b < 0 else b
                for n, b in zip(found[i + 1 :], behind[i + 1 :], strict=True)
                if n["x"] == k["x"]
            ]
            stop = m.start() + after[0] if after else m.end()
            at = words.source(m.start() + k.start("x"), m.start() + k.start("x") + 1)[0]
            out.append(Worded(latex, at, words.ends[stop - 1]))
    return out


def _behind(sentence: str, k: re.Match[str]) -> int:
    """Where the formula stands right behind which an order is said; -1: nowhere."""
    before = sentence[: k.start()].rstrip(" ,")
    return len(before) - 1 if before and ord(before[-1]) >= SLOT and k["cue"].lower() != "and" else -1
