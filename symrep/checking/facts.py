"""What a document lets one assume, piece by piece, each with the words that say so and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, final

__all__ = ["GREEK", "Fact", "plain_name"]

#: Greek letters as they may stand in words -> their names
GREEK: Final = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψω", (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi "
        "chi psi omega").split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(), strict=True)),
    "ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "ς": "sigma",
}  # fmt: skip


_VARIANTS: Final = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma"}
_NAME: Final = re.compile(
    r"(?:\\(?:boldsymbol|mathbf|bm|mathrm|mathit|bf|mathcal)\s?\{\\?(?P<styled>[A-Za-z]{1,12})\}|\\(?P<word>[A-Za-z]{1,12})|"
    r"(?P<letter>[A-Za-z])|(?P<bare>[A-Za-z]{2,12}))\s?"
    r"(?:_\s?(?:\{\\?(?:mathrm|text|rm)?\{?(?P<sub>\\?\w{1,10})\}?\}|(?P<one>\\?[A-Za-z0-9]+)))?"
)


@final
@dataclass(frozen=True)
class Fact:
    """One thing that is taken to hold.

    Attributes:
        what: ``kind`` (of a symbol: ``value``), ``relation`` (``value`` is LaTeX), ``function`` (with ``traits``),
            ``matrix``, ``density``, ``law`` (``value`` is LaTeX or a family's call), ``variable`` (a letter is one: e).
        name: of whom it is said; empty for a relation.
        traits: of a function: ``increasing``, ``smooth`` 2 …
        said: the words.
        start, end: where they stand in the file.
        declared: by a pragma, not by prose.
    """

    what: str
    name: str
    value: str = ""
    traits: tuple[tuple[str, int | str], ...] = field(default_factory=tuple)
    said: str = ""
    start: int = 0
    end: int = 0
    declared: bool = False


def plain_name(text: str) -> str | None:
    r"""The name in a formula that is one, as scripts spell it: ``\sigma_1`` and ``σ_1`` are ``sigma_1``; or None."""
    text = text.strip().strip("$").strip()
    for letter, name in GREEK.items():
        text = text.replace(letter, f"\\{name} ")
    text = text.strip()
    m = _NAME.fullmatch(text)
    if m is None:
        return None
    base = (m["word"] or m["letter"] or m["bare"] or m["styled"]).strip()
    base = _VARIANTS.get(base, base)
    below = (m["sub"] or m["one"] or "").strip().lstrip("\\")
    return f"{base}_{below}" if below else base
