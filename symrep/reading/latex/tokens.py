r"""From LaTeX to tokens with exact places. Comments and spacing end here; ``\text`` is one token.

Kinds: ``cmd`` (``\alpha``), ``let`` (one letter), ``num``, ``{``, ``}``, ``^``, ``_``, ``'``, ``op`` (any other sign),
``nl`` (a line break), ``text``, ``begin``, ``end``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple, NoReturn, final

from symrep.reading.latex.results import Unread

__all__ = ["MAX_CHARACTERS", "MAX_TOKENS", "Token", "tokens"]

MAX_CHARACTERS: Final = 40_000
MAX_TOKENS: Final = 4_000
MAX_DIGITS: Final = 200

_TOKEN: Final = re.compile(
    r"(?P<space>(?:\s|%[^\n]*(?:\n|$))+)"
    r"|(?P<cmd>\\[A-Za-z]+\*?)"
    r"|(?P<nl>\\\\\*?(?:\s*\[\s*-?[0-9.]+\s*[a-z]{2}\s*\])?)"
    r"|(?P<sign>\\[^A-Za-z])"
    r"|(?P<num>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<let>[A-Za-z])"
    r"|(?P<one>.)",
    re.DOTALL,
)
_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)
#: their argument is prose, or says nothing about the meaning
_TEXTS: Final = frozenset(
    "\\text \\mbox \\textrm \\textit \\textbf \\textnormal \\textsf \\texttt \\hbox \\intertext \\textup".split()
)
_DROPPED_WITH_ARGUMENT: Final = frozenset(
    "\\label \\tag \\tag* \\ref \\eqref \\cite \\citep \\citet \\hspace \\hspace* \\vspace \\vspace* \\mspace \\color "
    "\\phantom \\hphantom \\vphantom \\cref \\autoref \\htmlClass \\cssId \\class \\footnote \\hypertarget".split()
)
_DROPPED: Final = frozenset(
    "\\nonumber \\notag \\displaystyle \\textstyle \\scriptstyle \\scriptscriptstyle \\limits \\nolimits \\hfill "
    "\\hline \\mathstrut \\strut \\allowbreak \\nobreak \\break \\newline \\relax \\normalsize \\small \\large \\Large "
    "\\noindent \\thinspace \\negthinspace \\medspace \\thickspace \\enspace \\negmedspace \\smallskip \\medskip "
    "\\bigskip \\qedhere \\qed \\mathpunct \\nobreakspace "
    "\\centering \\protect \\bf \\rm \\cal \\it \\sf \\ensuremath \\smash".split()
)
#: their first argument is dropped, the second is what is meant
_SECOND: Final = frozenset(("\\textcolor", "\\colorbox", "\\href", "\\htmlId"))
_SPACES: Final = frozenset(("\\,", "\\;", "\\:", "\\!", "\\ ", "\\\n", "\\/", "\\-", "\\>", "~", "\u00a0", "$"))

_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩϑϕϖϱϵɛ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho varsigma sigma tau upsilon "
        "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega vartheta phi varpi varrho "
        "epsilon varepsilon".split(),
        strict=True,
    )
)
_SIGNS: Final = {
    **dict.fromkeys("−–‐‑", "-"),
    "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "∝": "\\propto", "∼": "\\sim", "∑": "\\sum", "∏": "\\prod",
    "∫": "\\int", "∂": "\\partial", "∇": "\\nabla", "∞": "\\infty", "±": "\\pm", "∓": "\\mp", "×": "\\times",
    "÷": "\\div", "·": "\\cdot", "⋅": "\\cdot", "∙": "\\cdot", "∗": "*", "√": "\\sqrt", "∈": "\\in", "∉": "\\notin",
    "→": "\\to", "⇒": "\\Rightarrow", "⇔": "\\Leftrightarrow", "↦": "\\mapsto", "≡": "\\equiv", "≔": "\\coloneqq",
    "∣": "\\mid", "∥": "\\|", "‖": "\\|", "…": "\\dots", "⋯": "\\cdots", "∀": "\\forall", "∃": "\\exists",
    "∩": "\\cap", "∪": "\\cup", "⊂": "\\subset", "⊆": "\\subseteq", "∘": "\\circ", "⊙": "\\odot", "⊗": "\\otimes",
    "⟨": "\\langle", "⟩": "\\rangle", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil",
    "∴": "\\therefore", "ℓ": "\\ell", "′": "'", "’": "'", "″": "''", "⊤": "\\top", "≜": "\\triangleq", "≪": "\\ll",
    "≫": "\\gg", "∧": "\\wedge", "∨": "\\vee", "¬": "\\neg", "∖": "\\setminus", "★": "\\star", "⋆": "\\star",
    "∬": "\\iint", "∭": "\\iiint", "ı": "\\imath", "ȷ": "\\jmath",
}  # fmt: skip
_BLACKBOARD: Final = {
    "ℝ": "R",
    "𝔼": "E",
    "ℙ": "P",
    "ℕ": "N",
    "ℤ": "Z",
    "ℚ": "Q",
    "ℂ": "C",
    "𝕍": "V",
    "𝔻": "D",
    "𝟙": "1",
}
_ABOVE: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni", strict=True))
_BELOW: Final = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖₜₓ", "0123456789+-nijktx", strict=True))
_ACCENTS: Final = {"\u0302": "\\hat", "\u0304": "\\bar", "\u0305": "\\bar", "\u0303": "\\tilde", "\u0307": "\\dot"}


#: what stands behind the \\_ of log\\_prob
_WORD: Final = re.compile(r"[A-Za-z]{2}")


@final
class Token(NamedTuple):
    """``text`` is what it says, in LaTeX's own spelling; ``[start, end)`` where it stands in the document."""

    kind: str
    text: str
    start: int
    end: int


def tokens(source: str, offset: int = 0) -> list[Token]:
    """The tokens of a formula.

    Raises:
        Unread: far too much text, a character that stands for nothing here, or an open brace that is needed closed.
    """
    if len(source) > MAX_CHARACTERS:
        raise Unread(
            "formula", f"at most {MAX_CHARACTERS} characters", f"{len(source)}", code="size",
            start=offset, end=offset + len(source),
        )  # fmt: skip
    lexer = _Lexer(source, offset)
    lexer.run(0, len(source))
    return lexer.out


@final
class _Lexer:
    def __init__(self, source: str, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.out: list[Token] = []

    def put(self, kind: str, text: str, start: int, end: int) -> None:
        if len(self.out) >= MAX_TOKENS:
            self.fail("size", f"at most {MAX_TOKENS} signs", "more", start, end)
        self.out.append(Token(kind, text, start + self.offset, end + self.offset))

    def fail(self, code: str, needed: str, got: str, start: int, end: int) -> NoReturn:
        raise Unread("formula", needed, got, code=code, start=start + self.offset, end=end + self.offset)

    def run(self, place: int, stop: int) -> None:
        """The tokens of a stretch; what takes an argument takes it here."""
        while place < stop:
            m = _TOKEN.match(self.source, place)
            if m is None:  # cannot be: the last alternative takes anything
                return
            start, place = place, min(m.end(), stop)
            kind, text = str(m.lastgroup), self.source[start:place]
            if kind == "space":
                continue
            if kind == "cmd":
                place = self.command(text, start, place)
            elif kind == "sign":
                if text == "\\_" and not _WORD.match(self.source, place):  # as Markdown wants it in a line
                    self.put("_", "_", start, place)
                elif text not in _SPACES:
                    self.put("cmd", text, start, place)
            elif kind == "num":
                if len(text) > MAX_DIGITS:
                    self.fail("size", f"at most {MAX_DIGITS} digits", "more", start, place)
                self.put("num", text, start, place)
            elif kind in ("let", "nl"):
                self.put(kind, text, start, place)
            else:
                place = self.sign(text, start, place)

    def command(self, text: str, start: int, place: int) -> int:
        if text.endswith("*") and text not in ("\\tag*", "\\hspace*", "\\vspace*", "\\operatorname*"):
            text, place = text[:-1], place - 1
        if text in ("\\begin", "\\end"):
            inside, after = self.group(place, text)
            self.put(text[1:], self.source[inside:after].strip().rstrip("*"), start, after + 1)
            return after + 1
        if text in _TEXTS:
            inside, after = self.group(place, text)
            self.text(inside, after, start)
            return after + 1
        if text in _DROPPED_WITH_ARGUMENT:
            return self.group(place, text)[1] + 1 if self.brace(place) >= 0 else place
        if text in _SECOND:
            return self.group(place, text)[1] + 1
        if text not in _DROPPED:
            self.put("cmd", text, start, place)
        return place

    def brace(self, place: int) -> int:
        """Where the brace stands that opens next, or −1."""
        while place < len(self.source) and self.source[place].isspace():
            place += 1
        return place if self.source.startswith("{", place) else -1

    def group(self, place: int, what: str) -> tuple[int, int]:
        """The inside of the braces that follow, as they stand."""
        opening = self.brace(place)
        if opening < 0:
            self.fail("syntax", f"{{…}} after {what}", "none", place, place)
        depth = 0
        for m in _BRACES.finditer(self.source, opening):
            depth += {"{": 1, "}": -1}.get(m.group(), 0)
            if depth == 0:
                return opening + 1, m.start()
        self.fail("syntax", f"the closing brace of {what}", "none", opening, len(self.source))

    def text(self, inside: int, after: int, start: int) -> None:
        """Prose, with formulas in dollars read as such."""
        for i, part in enumerate(self.source[inside:after].split("$")):
            end = inside + len(part)
            if i % 2:
                self.run(inside, end)
            elif part.strip():
                self.put("text", " ".join(part.split()), inside if i else start, end + 1)
            inside = end + 1

    def sign(self, text: str, start: int, place: int) -> int:
        if text in _SPACES:
            return place
        if text in "{}^_'":
            self.put(text, text, start, place)
        elif text in _GREEK:
            self.put("cmd", "\\" + _GREEK[text], start, place)
        elif text in _SIGNS:
            sign = _SIGNS[text]
            if sign[0] == "'":
                for _ in sign:
                    self.put("'", "'", start, place)
            else:
                self.put("cmd" if sign[0] == "\\" else "op", sign, start, place)
        elif text in _BLACKBOARD:
            self.put("cmd", "\\mathbb", start, place)
            self.put("let" if _BLACKBOARD[text].isalpha() else "num", _BLACKBOARD[text], start, place)
        elif text in _ABOVE or text in _BELOW:
            return self.scripts(start)
        elif text in _ACCENTS:
            self.accent(_ACCENTS[text], start, place)
        elif text.isascii() and text.isprintable():
            self.put("op", text, start, place)
        else:
            return self.letter(text, start, place)
        return place

    def scripts(self, start: int) -> int:
        """Digits set high or low by Unicode."""
        table = _ABOVE if self.source[start] in _ABOVE else _BELOW
        self.put("^" if table is _ABOVE else "_", "^" if table is _ABOVE else "_", start, start + 1)
        self.put("{", "{", start, start)
        place = start
        while place < len(self.source) and self.source[place] in table:
            c = table[self.source[place]]
            self.put("num" if c.isdigit() else "let" if c.isalpha() else "op", c, place, place + 1)
            place += 1
        self.put("}", "}", place, place)
        return place

    def accent(self, accent: str, start: int, place: int) -> None:
        if not self.out or self.out[-1].kind not in ("let", "cmd"):
            self.fail("syntax", "a letter under an accent", "none", start, place)
        letter = self.out.pop()
        self.out.append(Token("cmd", accent, letter.start, place + self.offset))
        self.out.append(letter)

    def letter(self, text: str, start: int, place: int) -> int:
        """A letter of one of Unicode's mathematical alphabets, or a ready-made accented one."""
        plain = unicodedata.normalize("NFKC", text)
        if len(plain) == 1 and plain in _GREEK:
            self.put("cmd", "\\" + _GREEK[plain], start, place)
        elif len(plain) == 1 and plain.isascii() and plain.isalnum():
            self.put("let" if plain.isalpha() else "num", plain, start, place)
        else:
            parts = unicodedata.normalize("NFD", text)
            if len(parts) != 2 or parts[1] not in _ACCENTS or not (parts[0].isascii() or parts[0] in _GREEK):
                self.fail("syntax", "mathematics", repr(text), start, place)
            base = "\\" + _GREEK[parts[0]] if parts[0] in _GREEK else parts[0]
            self.put("cmd", _ACCENTS[parts[1]], start, place)
            self.put("cmd" if base[0] == "\\" else "let", base, start, place)
        return place
