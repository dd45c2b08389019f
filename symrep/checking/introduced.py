"""Words that introduce a name again, or say that it may be any number: *for all real x*, *let X be …*, *here f is*."""

from __future__ import annotations

import re
from typing import Final

from symrep.reading.documents import SLOT

__all__ = ["BARE", "HERE", "REALS", "SIGNED", "SIGNS", "WIDE"]

_I: Final = re.IGNORECASE
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
#: a name that is introduced again: with words that say what it may be, and without
WIDE: Final = re.compile(
    rf"\b(?:for|with|let|take|consider|of|given|where|now|fix|suppose"
    rf"|assume)\b[^.;!?{_F[1:-1]}]{{0,50}}?\b(?:real|nonzero|"
    rf"non-zero|arbitrary|complex|any number|every number|all numbers|signs?|negative)\b[^.;!?{_F[1:-1]}]{{0,30}}?"
    rf"(?P<of>{_F}(?:[\s~]?(?:,|and|or)?[\s~]?{_F}){{0,3}})"
    rf"|(?P<be>{_F}(?:[\s~]?(?:,|and|or)?[\s~]?{_F}){{0,3}})[\s~](?:be|is|are|being|as)[\s~](?:now |again "
    rf"|any |an? |all )*"
    r"(?:\w+ )?(?:arbitrary|any|real|nonzero|non-zero|complex|general|unrestricted|unknown|free)\b"
    rf"|(?P<both>{_F})[\s~]?,?\s?(?:negative ones included|(?:of either|of any|of both|with either) signs?"
    rf"|positive or negative|"
    r"(?:also|even|including) (?:for )?negative|which may be negative|may be negative|whatsoever|arbitrary|whatever)",
    _I,
)
BARE: Final = re.compile(
    rf"\b(?:for|of)[\s~](?:all|every|any|each|arbitrary"
    rf"|general)[\s~](?:[\w-]+[\s~]){{0,4}}?(?P<of>{_F}(?:[\s~]?(?:,|and)?[\s~]?{_F}){{0,3}})"
    rf"|\b(?:let|suppose|assume|consider|take)\b(?:\s[\w-]+){{0,4}}?\s(?P<let>{_F})\s(?:be|have|has|denote"
    rf"|denotes|follow|follows|stand)\b",
    _I,
)
#: here f is the density of …
HERE: Final = re.compile(
    rf"\b(?:here|now|below|this time|hereafter|henceforth|in (?:this|the present|what follows)"
    rf"(?: section| part)?|from (?:now|here) on)"
    rf"\b[^.;]{{0,30}}?(?P<of>{_F})\s(?:is|are|denotes?|stands|will|means|has|instead)\b"
    rf"|\b(?:redefin\w+|re-defin\w+|replac\w+|overwrit\w+|chang\w+|swap\w*)\s(?P<anew>{_F})|\bnew\s(?P<new>{_F})", _I
)  # fmt: skip
SIGNED: Final = re.compile(
    rf"(?P<of>{_F})[^.;{_F[1:-1]}]{{0,40}}?\b(?:(?:either|any|both) signs?|positive or negative|(?:may|can"
    rf"|could|might|need) "
    rf"(?:also |well |not )?(?:be (?:negative|positive)|have (?:any|either) sign)\b|takes? negative|(?:be|is"
    rf"|are|equals?|either)[\s~](?P<one>{_F})[\s~]or[\s~](?P<two>{_F}))",
    _I,
)
SIGNS: Final = re.compile(
    r"\s*(?P<of>\\?[A-Za-z]+(?:_\w)?)\s*(?:\\in(?![a-z])\s*\\\{\s*(?:\\pm|-\s*1|\+?\s*1\s*,\s*-)"
    r"|=\s*\\pm\s*1\s*[.,]?\Z)"
)
REALS: Final = re.compile(
    r"\\in(?![a-z]).*(?:\\mathbb\s?\{?\s?R\s?\}?|\\R(?![A-Za-z])|ℝ)\s*[.,]?\s*\Z|\\n(?:e|eq)\s*0\s*\Z|∈\s*ℝ\s*\Z",
    re.DOTALL,
)
