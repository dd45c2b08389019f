r"""Plain text inside LaTeX documents, and how wide a formula will be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

__all__ = ["chunks", "escape", "parts", "prose", "width"]

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\textbar{}",
    '"': "''",
}
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
        strict=True,
    )
)
_SYMBOLS: Final = {
    **{c: "\\" + name for c, name in _GREEK.items()},
    "ϵ": r"\epsilon",
    "ϕ": r"\phi",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∫": r"\int",
    "∑": r"\sum",
    "∏": r"\prod",
    "√": r"\surd",
    "∞": r"\infty",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "≡": r"\equiv",
    "∼": r"\sim",
    "∝": r"\propto",
    "→": r"\to",
    "⇒": r"\Rightarrow",
    "↦": r"\mapsto",
    "∈": r"\in",
    "∉": r"\notin",
    "∀": r"\forall",
    "∃": r"\exists",
    "⊂": r"\subset",
    "∪": r"\cup",
    "∩": r"\cap",
    "∧": r"\wedge",
    "∨": r"\vee",
    "±": r"\pm",
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "−": "-",
    "‖": r"\|",
    "′": "'",
    "″": "''",
    "ℝ": r"\mathbb{R}",
    "ℕ": r"\mathbb{N}",
    "ℤ": r"\mathbb{Z}",
    "ℂ": r"\mathbb{C}",
    "𝔼": r"\mathbb{E}",
    "½": r"\frac{1}{2}",
    "¼": r"\frac{1}{4}",
    "∘": r"\circ",
    "ℓ": r"\ell",
    "ᵀ": "^{T}",
    "⊥": r"\perp",
    "∣": r"\mid",
    **{c: f"^{{{d}}}" for c, d in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "0123456789-n", strict=True)},
    **{c: f"_{{{d}}}" for c, d in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₙ", "0123456789ijn", strict=True)},
}
_QUOTES: Final = {"“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "…": r"\dots{}", "\u00a0": "~"}
_LETTERS: Final = frozenset("ßøØæÆœŒłŁåÅıçÇ§¶©£¡¿")
_ACCENTS: Final = frozenset("\u0300\u0301\u0302\u0303\u0308\u030c")  # those every encoding of LaTeX knows
_MATHS: Final = re.compile(r"(?<!\\)\$\$(.+?)\$\$|(?<!\\)\$(.+?)(?<!\\)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)


def escape(text: str) -> str:
    """Plain text as LaTeX prints it; characters pdflatex has no glyph for are named by their code."""
    return "".join(map(_character, text))


def _character(c: str) -> str:
    if c in _SPECIAL:
        return _SPECIAL[c]
    if c in _QUOTES:
        return _QUOTES[c]
    if c in _SYMBOLS:
        return rf"\ensuremath{{{_SYMBOLS[c]}}}"
    if ord(c) < 0x80:
        return c if c.isprintable() or c == "\n" else " "
    parts = unicodedata.normalize("NFD", c)
    if c in _LETTERS or (parts[0].isascii() and len(parts) == 2 and parts[1] in _ACCENTS):
        return c
    return f"[U+{ord(c):04X}]"


def _maths(tex: str) -> str:
    out = "".join(_SYMBOLS[c] + " " if c in _SYMBOLS else c if ord(c) < 128 else "?" for c in tex)
    return re.sub(r"(?<!\\)[%#]", r"\\\g<0>", out).strip()


def parts(text: str) -> Iterator[tuple[str, bool]]:
    r"""Text with $…$ in it, as a docstring has it, cut into (text, False) and (formula, True)."""
    at = 0
    for m in _MATHS.finditer(text):
        yield text[at : m.start()].replace(r"\$", "$"), False
        yield _maths(next(g for g in m.groups() if g is not None)), True
        at = m.end()
    yield text[at:].replace(r"\$", "$"), False


def prose(text: str) -> str:
    """Text with formulas in it: formulas kept, everything else escaped."""
    return "".join(f"${p}$" if maths else escape(p) for p, maths in parts(text))


_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\s+|.", re.DOTALL)
_NONE: Final = frozenset(
    r"\left \right \middle \displaystyle \mathbf \mathcal \mathbb \mathrm \operatorname \text".split()
)
_NAMED: Final = frozenset(r"\log \exp \sin \cos \tan \max \min \arctan \arcsin \arccos \sinh \cosh \tanh".split())


def width(tex: str) -> float:
    """Roughly how wide a displayed formula is, in letters."""
    tokens = [t for t in _TOKEN.findall(tex) if not t.isspace()]
    total, _ = _width(tokens, 0, "")
    return total


def _width(tokens: list[str], i: int, stop: str) -> tuple[float, int]:
    """The width up to ``stop``, and where that is."""
    total = 0.0
    while i < len(tokens) and tokens[i] != stop:
        w, i = _item(tokens, i)
        total += w
    return total, i + 1


def _item(tokens: list[str], i: int) -> tuple[float, int]:
    if i >= len(tokens):
        return 0.0, i
    t = tokens[i]
    if t == "{":
        return _width(tokens, i + 1, "}")
    if t in (r"\frac", r"\tfrac", r"\binom"):
        top, i = _item(tokens, i + 1)
        bottom, i = _item(tokens, i)
        return max(top, bottom) + 0.6, i
    if t in ("^", "_"):
        w, i = _item(tokens, i + 1)
        return 0.7 * w, i
    if t == r"\begin":
        return _environment(tokens, i)
    if t in _NONE:
        return 0.0, i + 1
    if t in (r"\,", r"\;", r"\ ", "&", r"\!"):
        return 0.3, i + 1
    if t in _NAMED:
        return 3.3, i + 1
    if t in ("+", "-", "=", "<", ">", r"\sim", r"\mid", r"\le", r"\ge", r"\cdot"):
        return 2.2, i + 1
    return (1.5 if t in (r"\sum", r"\prod", r"\int") else 0.6 if t in "()[]|,.':" else 1.0), i + 1


def _environment(tokens: list[str], i: int) -> tuple[float, int]:
    """Rows under one another, columns two letters apart."""
    _, i = _item(tokens, i + 1)
    widest = row = 0.0
    while i < len(tokens) and tokens[i] != r"\end":
        if tokens[i] == r"\\":
            widest, row, i = max(widest, row), 0.0, i + 1
        elif tokens[i] == "&":
            row, i = row + 2.0, i + 1
        else:
            w, i = _item(tokens, i)
            row += w
    _, i = _item(tokens, i + 1)
    return max(widest, row) + 2.0, i


def chunks(tex: str) -> Iterator[str]:
    """A formula cut before every + and − that stands in no bracket and no group."""
    depth, start, before = 0, 0, ""
    for m in _TOKEN.finditer(tex):
        t = m.group()
        if t in ("{", "(", "[", r"\left", r"\begin", r"\{"):
            depth += 1
        elif t in ("}", ")", "]", r"\right", r"\end", r"\}"):
            depth -= 1
        elif t in ("+", "-") and depth == 0 and before and before not in ("=", "^", "_", r"\cdot"):
            yield tex[start : m.start()]
            start = m.start()
        if not t.isspace():
            before = t
    yield tex[start:]
