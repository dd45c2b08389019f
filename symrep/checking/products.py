r"""Products and sums up to t: ᾱ_t = ∏_{i=1}^t α_i is α_t ᾱ_{t−1} where ᾱ_{t−1} is spoken of, too.

That is what the definition says of the two, for every t from its first index on, an empty product being 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

__all__ = ["met", "stepwise"]

_UP_TO: Final = re.compile(
    r"\s*\\(?P<op>prod|sum)(?:\\limits)?\s*_\s*\{\s*(?P<i>[a-z])\s*=\s*\d+\s*\}\s*\^\s*(?:\{\s*(?P<u>[a-z])\s*\}|(?P<t>[a-z]))"
    r"\s*(?P<body>[^\s].*?)[\s.,;]*"
)
_MEMBER: Final = re.compile(r"(.+)_[a-z](?:[mp]\d{1,2})?")
_PLAIN: Final = re.compile(r"[^+\-=&]*|(?:\\left)?\([^()]*\)")


def stepwise(let: Any, mentioned: Iterable[str]) -> Any:
    """The definition by the product before it, where that is mentioned and has no definition of its own."""
    base, _, index = let.name.rpartition("_")
    before = f"{let.name}m1"
    m = _UP_TO.fullmatch(let.body) if let.what == "symbol" and base and before in set(mentioned) else None
    if m is None or (m["u"] or m["t"]) != index or _PLAIN.fullmatch(m["body"]) is None:
        return let
    i, name = m["i"], let.line.partition("=")[0].partition(":")[0].strip()
    factor, once = _moved(m["body"], i, index), _moved(name, index, f"{index}-1")
    if factor is None or once is None:
        return let
    body = rf"{factor} \cdot {once}" if m["op"] == "prod" else rf"{factor} + {once}"
    tail = re.compile(rf"_{i}\b")
    mentions = frozenset(tail.sub(f"_{index}", n) for n in let.mentions if n != i) | {before}
    return replace(let, body=body, mentions=mentions)


def met(name: str, seen: Iterable[str]) -> bool:
    """Was a name met before, or one of its family: x_{t-1} after x_t, a_t after a_i?"""
    known = set(seen)
    m = _MEMBER.fullmatch(name)
    return name in known or (m is not None and any((x := _MEMBER.fullmatch(n)) and x[1] == m[1] for n in known))


def _moved(latex: str, old: str, new: str) -> str | None:
    """LaTeX with another index; None where the letter is more than an index in it, or is none."""
    out = re.sub(rf"_\s*(?:\{{\s*{old}\s*\}}|{old}(?![A-Za-z]))", lambda _: f"_{{{new}}}", latex)
    rest = re.sub(r"\\[A-Za-z]+|_\{[^{}]*\}", " ", out)
    return None if out == latex or re.search(rf"(?<![A-Za-z]){old}(?![A-Za-z])", rest) else out
