r"""``where \Phi(z_\alpha) = 1 - \alpha``: it says what the quantile is, and nothing of Φ."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.facts import plain_name
from symrep.checking.model import Place
from symrep.checking.scope import Let, Scope

__all__ = ["quantile"]

_SAYS: Final = "it says what the quantile is"

_GREEK: Final = r"\\(?:alpha|beta|delta|gamma|epsilon|varepsilon)"
_OPEN: Final = r"\s*(?:\\left|\\[bB]igl?)?\s*\(\s*"
_LEFT: Final = re.compile(
    rf"\s*&?\s*\\Phi{_OPEN}(?P<z>[a-z]_(?:(?P<a>{_GREEK})|\{{\s*(?P<b>1\s*-\s*)?(?P<c>{_GREEK})\s*(?:/\s*2)?\s*\}}))\s*"
    r"(?:\\right|\\[bB]igr?)?\s*\)\s*&?\s*"
)
#: 1 − α, α/2 …: what α is, in terms of the probability
_RIGHT: Final = re.compile(
    rf"\s*&?\s*(?P<less>1\s*-\s*)?(?:(?P<a>{_GREEK})\s*(?P<half>/\s*2)?|\\[dt]?frac\s*\{{?(?P<b>{_GREEK})\s*\}}?\s*\{{?2\}}?)[\s.,;]*"
)


def quantile(places: list[Place], scope: Scope, lets: list[Let]) -> str:
    """Why an equation is no claim: it tells a quantile that was not met before, and what the level α is by it, which is
    noted. Empty for other equations."""
    left, right = places
    m, n = _LEFT.fullmatch(left.latex), _RIGHT.fullmatch(right.latex)
    if m is None or n is None:
        return ""
    level = (n["a"] or n["b"]).strip()
    name = plain_name(level)
    if name is None or level != (m["a"] or m["c"]).strip() or scope.symbol(name) is not None:
        return ""
    if scope.function("Phi") is not None or scope.symbol(z := plain_name(m["z"]) or "") is not None:
        return ""
    body = rf"\Phi({m['z']})"
    body = rf"1 - {body}" if n["less"] else body
    body = rf"2\left({body}\right)" if n["half"] or n["b"] else body
    line = " ".join(f"{left.latex.strip()} = {right.latex.strip()}".split())
    lets.append(Let("symbol", name, (), body, frozenset({z}), left.at, right.to, line))
    return _SAYS
