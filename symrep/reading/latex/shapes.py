r"""Tokens in the shape the parser wants: fences with their sizes, relations with what stands above them, signs of one
meaning under one name.

Added kinds: ``open``, ``close`` (``(``, ``[``, ``\{``, ``\lfloor`` …; text ``.`` for ``\left.``), ``left|`` and
``right|`` (a bar that says which it is; text ``|`` or ``||``), ``bar``, ``dbar``, ``mid``, ``rel``, ``quad``.
"""

from __future__ import annotations

from typing import Final

from symrep.reading.latex.results import Unread
from symrep.reading.latex.tokens import Token

__all__ = ["CLOSERS", "shaped"]

_SIZES: Final = frozenset(f"\\{b}{s}" for b in ("big", "Big", "bigg", "Bigg") for s in ("", "l", "r", "m"))
_CLASSES: Final = frozenset("\\mathop \\mathrel \\mathbin \\mathord \\mathopen \\mathclose \\mathinner".split())
_BARS: Final = {"|": "bar", "\\vert": "bar", "\\|": "dbar", "\\Vert": "dbar", "\\parallel": "dbar", "\\mid": "mid"}
_SIDED: Final = {
    "\\lvert": ("left|", "|"), "\\rvert": ("right|", "|"), "\\lVert": ("left|", "||"), "\\rVert": ("right|", "||"),
}  # fmt: skip
_OF_ONE: Final = frozenset("\\Pr \\P \\E \\V \\Var \\var \\Cov \\cov \\Prob".split())
_BARE_BARS: Final = frozenset(("\\lvert", "\\rvert", "\\lVert", "\\rVert"))
_OPENERS: Final = {
    "(": "(", "[": "[", "\\{": "\\{", "\\lbrace": "\\{", "\\lbrack": "[", "\\langle": "\\langle",
    "\\lfloor": "\\lfloor", "\\lceil": "\\lceil", "\\lgroup": "(",
}  # fmt: skip
_CLOSERS: Final = {
    ")": ")", "]": "]", "\\}": "\\}", "\\rbrace": "\\}", "\\rbrack": "]", "\\rangle": "\\rangle",
    "\\rfloor": "\\rfloor", "\\rceil": "\\rceil", "\\rgroup": ")",
}  # fmt: skip
CLOSERS: Final = {
    "(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle", "\\lfloor": "\\rfloor", "\\lceil": "\\rceil",
}  # fmt: skip
RELATIONS: Final = {
    "=": "=", "<": "<", ">": ">", "\\eq": "=", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "\\leqq": "<=",
    "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "\\geqq": ">=", "\\lt": "<", "\\gt": ">", "\\ne": "!=",
    "\\neq": "!=", "\\approx": "approx", "\\simeq": "approx", "\\cong": "approx", "\\thickapprox": "approx",
    "\\propto": "propto", "\\varpropto": "propto", "\\sim": "~", "\\thicksim": "~", "\\coloneqq": ":=",
    "\\coloneq": ":=", "\\eqqcolon": "=:", "\\triangleq": ":=", "\\doteq": ":=", "\\equiv": "equiv", "\\in": "in",
    "\\notin": "notin", "\\subset": "subset", "\\subseteq": "subset", "\\to": "->", "\\rightarrow": "->",
    "\\longrightarrow": "->", "\\leftarrow": "<-", "\\gets": "<-", "\\mapsto": "maps-to", "\\rArr": "maps-to",
    "\\Rightarrow": "=>", "\\implies": "=>", "\\Longrightarrow": "=>", "\\iff": "<=>", "\\Leftrightarrow": "<=>",
    "\\Longleftrightarrow": "<=>", "\\leftrightarrow": "<=>", "\\ll": "<<", "\\gg": ">>", "\\lesssim": "lesssim",
    "\\gtrsim": "gtrsim", "\\perp": "indep", "\\preceq": "preceq", "\\succeq": "succeq", "\\prec": "prec",
    "\\succ": "succ", "\\models": "models", "\\Longleftarrow": "<==", "\\Leftarrow": "<==", "\\asymp": "asymp",
}  # fmt: skip
_TWO: Final = {
    (":", "="): ":=", ("=", ":"): "=:", ("<", "="): "<=", (">", "="): ">=", ("=", "="): "=",
    ("-", ">"): "->", ("=", ">"): "=>", ("\\colon", "="): ":=", ("\\not", "="): "!=", ("\\not", "\\in"): "notin",
}  # fmt: skip
_SAME: Final = {
    "\\cdot": ("op", "*"), "\\times": ("op", "*"), "\\ast": ("op", "*"), "\\cdotp": ("op", "*"), "\\div": ("op", "/"),
    "\\slash": ("op", "/"), "\\colon": ("op", ":"), "\\lt": ("rel", "<"), "\\gt": ("rel", ">"),
    "\\prime": ("'", "'"), "\\ldots": ("cmd", "\\dots"), "\\cdots": ("cmd", "\\dots"), "\\dotsc": ("cmd", "\\dots"),
    "\\dotsb": ("cmd", "\\dots"), "\\vdots": ("cmd", "\\dots"), "\\ddots": ("cmd", "\\dots"),
    "\\dotsm": ("cmd", "\\dots"), "\\lbrace": ("open", "\\{"), "\\quad": ("quad", ""), "\\qquad": ("quad", ""),
    "\\dfrac": ("cmd", "\\frac"), "\\tfrac": ("cmd", "\\frac"), "\\cfrac": ("cmd", "\\frac"),
    "\\dbinom": ("cmd", "\\binom"), "\\tbinom": ("cmd", "\\binom"), "\\varepsilon": ("cmd", "\\epsilon"),
    "\\varphi": ("cmd", "\\phi"), "\\vartheta": ("cmd", "\\theta"), "\\varrho": ("cmd", "\\rho"),
    "\\widehat": ("cmd", "\\hat"), "\\widetilde": ("cmd", "\\tilde"), "\\overline": ("cmd", "\\bar"),
    "\\operatorname*": ("cmd", "\\operatorname"), "\\mathit": ("cmd", "\\mathrm"), "\\mathsf": ("cmd", "\\mathrm"),
    "\\mathtt": ("cmd", "\\mathrm"), "\\boldsymbol": ("cmd", "\\mathbf"), "\\bm": ("cmd", "\\mathbf"),
    "\\pmb": ("cmd", "\\mathbf"), "\\symbf": ("cmd", "\\mathbf"), "\\mathscr": ("cmd", "\\mathcal"),
    "\\mathds": ("cmd", "\\mathbb"), "\\Bbb": ("cmd", "\\mathbb"), "\\intercal": ("cmd", "\\top"),
    "\\infin": ("cmd", "\\infty"), "\\ln": ("cmd", "\\log"), "\\tr": ("cmd", "\\tr"), "\\bmod": ("cmd", "\\mod"),
}  # fmt: skip


def shaped(row: list[Token]) -> list[Token]:
    r"""The tokens, shaped.

    Raises:
        Unread: ``\left`` without a fence.
    """
    variants = _variants(row)
    row = _in_brackets(_upright_d(row))
    sided: list[int] = []
    out: list[Token] = []
    i = 0
    while i < len(row):
        token = row[i]
        text = token.text
        if text in ("\\left", "\\right", "\\middle") or text in _SIZES:
            i = _fence(row, i, out)
            continue
        if text in ("\\overset", "\\stackrel", "\\underset") and (after := _stacked(row, i, out)):
            i = after
            continue
        if text == "\\substack" and i + 1 < len(row) and row[i + 1].kind == "{":  # conditions below one another
            end = _braced(row, i + 1)[1]
            row[i + 1 : end] = [Token("op", ",", t.start, t.end) if t.kind == "nl" else t for t in row[i + 1 : end]]
            i += 1
            continue
        if token.kind == "num" and _grouped(row, i):  # 1{,}000
            token = Token("num", text + row[i + 4].text, token.start, row[i + 4].end)
            row[i + 4] = token
            i += 4
            continue
        if text in _CLASSES and i + 1 < len(row) and row[i + 1].kind == "{":
            end = _braced(row, i + 1)[1]
            if end:
                row[i:end] = [*row[i + 2 : end - 1]]
                continue
        pair = (text, row[i + 1].text) if i + 1 < len(row) else ("", "")
        if pair in _TWO and row[i + 1].start <= token.end + 1:
            out.append(Token("rel", _TWO[pair], token.start, row[i + 1].end))
            i += 2
            continue
        if text in _BARE_BARS:
            sided.append(len(out))
        out.append(token if text in variants else _one(token))
        i += 1
    return _conditions(out, sided) if sided else out


def _upright_d(row: list[Token]) -> list[Token]:
    r"""``\text{d}x``, ``\frac{\text{d}}{\text{d}t}``: as with ``\mathrm``; so are ``\d x``, ``\P``, if nobody says what
    these are."""
    out: list[Token] = []
    integrals = any(t.text in ("\\int", "\\iint", "\\frac", "\\dfrac", "\\oint") for t in row)
    for i, t in enumerate(row):
        below = (i and row[i - 1].kind in "^_") or (i > 1 and row[i - 1].kind == "{" and row[i - 2].kind in "^_")
        after = row[i + 1] if i + 1 < len(row) else t
        if t.text == "\\P":
            out += [Token("cmd", "\\mathbb", t.start, t.end), Token("let", "P", t.start, t.end)]
            continue
        upright = (t.kind == "text" and t.text == "d") or (t.text == "\\d" and integrals)
        if not upright or below or not (after.kind in ("let", "cmd", "}", "^") or after.text == "("):
            out.append(t)
        else:
            out += [Token("cmd", "\\mathrm", t.start, t.end), Token("let", "d", t.start, t.end)]
    return out


def _in_brackets(row: list[Token]) -> list[Token]:
    r"""``\Pr{A}``, ``\Var{X}``, as macros of one argument: the braces stand for brackets."""
    out = list(row)
    for i, t in enumerate(row[:-1]):
        if t.text in _OF_ONE and row[i + 1].kind == "{":
            depth = 0
            for j in range(i + 1, len(row)):
                depth += (row[j].kind == "{") - (row[j].kind == "}")
                if depth == 0:
                    out[i + 1] = Token("op", "[", row[i + 1].start, row[i + 1].end)
                    out[j] = Token("op", "]", row[j].start, row[j].end)
                    break
    return out


def _conditions(row: list[Token], sided: list[int]) -> list[Token]:
    r"""A bare ``\lvert`` or ``\rvert`` without its partner in the bracket is the bar of a condition, ``p(x \lvert z)``,
    two of them those of a divergence."""
    alone: list[int] = []
    levels: list[list[int]] = [[]]
    for k, t in enumerate(row):
        if t.kind in ("open", "{"):
            levels.append([])
        elif t.kind in ("close", "}"):
            if len(levels) > 1:
                alone += levels.pop()
        elif t.kind == "left|":
            levels[-1].append(k)
        elif t.kind == "right|":
            mine = levels[-1]
            if mine and row[mine[-1]].kind == "left|" and row[mine[-1]].text == t.text:
                mine.pop()
            else:
                mine.append(k)
    for k in {*alone, *(j for level in levels[1:] for j in level)} & set(sided):
        if k + 1 < len(row) and row[k + 1].kind in ("_", "^"):
            continue  # f(x) \rvert_{x = 0}
        t = row[k]
        row[k] = Token("mid" if t.text == "|" else "dbar", t.text, t.start, t.end)
    return row


def _grouped(row: list[Token], i: int) -> bool:
    """Digits, {,} and three digits more."""
    texts = [t.text for t in row[i + 1 : i + 4]]
    return texts == ["{", ",", "}"] and i + 4 < len(row) and row[i + 4].kind == "num" and len(row[i + 4].text) == 3


def _variants(row: list[Token]) -> frozenset[str]:
    r"""\varphi is \phi, unless both occur: then they are two."""
    met = {t.text for t in row if t.kind == "cmd"}
    return frozenset(f"\\var{n}" for n in ("phi", "epsilon", "theta", "rho") if {f"\\{n}", f"\\var{n}"} <= met)


def _one(token: Token) -> Token:
    kind, text = token.kind, token.text
    if kind not in ("cmd", "op"):
        return token
    if text in _SAME:
        kind, text = _SAME[text]
    elif text in _OPENERS:
        kind, text = "open", _OPENERS[text]
    elif text in _CLOSERS:
        kind, text = "close", _CLOSERS[text]
    elif text in _SIDED:
        kind, text = _SIDED[text]
    elif text in _BARS:
        kind = _BARS[text]
    elif text in RELATIONS:
        kind, text = "rel", RELATIONS[text]
    return Token(kind, text, token.start, token.end)


def _fence(row: list[Token], i: int, out: list[Token]) -> int:
    token = row[i]
    side = "l" if token.text == "\\left" else "r" if token.text == "\\right" else token.text[-1:]
    if i + 1 >= len(row):
        raise Unread(
            "fence", f"a bracket after {token.text}", "nothing", code="syntax", start=token.start, end=token.end
        )
    nxt = _one(row[i + 1])
    start, end = token.start, nxt.end
    if nxt.text in (".", "/"):
        kind = {"\\left": "open", "\\right": "close"}.get(token.text, "op")
        if kind != "op" or nxt.text == "/":
            out.append(Token(kind if nxt.text == "." else "op", nxt.text, start, end))
        return i + 2
    if nxt.text == "<" or nxt.text == ">":
        nxt = Token("open", "\\langle", start, end) if nxt.text == "<" else Token("close", "\\rangle", start, end)
    if nxt.kind in ("bar", "dbar"):
        text = "|" if nxt.kind == "bar" else "||"
        if token.text == "\\middle" or side == "m":
            out.append(Token("mid" if text == "|" else "dbar", text, start, end))
        elif side in ("l", "r"):
            out.append(Token("left|" if side == "l" else "right|", text, start, end))
        else:
            out.append(Token(nxt.kind, nxt.text, start, end))
        return i + 2
    if token.text in ("\\left", "\\right") and nxt.kind not in ("open", "close", "left|", "right|"):
        raise Unread("fence", f"a bracket after {token.text}", nxt.text, code="syntax", start=start, end=end)
    out.append(nxt._replace(start=start))
    return i + 2


def _braced(row: list[Token], i: int) -> tuple[list[Token], int]:
    """The tokens of the argument at ``i``, and where it ends; the end is 0 when there is none."""
    if i >= len(row):
        return [], 0
    if row[i].kind != "{":
        return [row[i]], i + 1
    depth = 0
    for j in range(i, min(i + 60, len(row))):
        depth += {"{": 1, "}": -1}.get(row[j].kind, 0)
        if depth == 0:
            return row[i + 1 : j], j + 1
    return [], 0


def _stacked(row: list[Token], i: int, out: list[Token]) -> int:
    r"""``\overset{note}{=}``: one relation. 0 when the base is none."""
    note, after = _braced(row, i + 1)
    base, end = _braced(row, after) if after else ([], 0)
    if not end:
        return 0
    inner = shaped(base) if 0 < len(base) <= 2 else []
    if len(inner) != 1 or inner[0].kind != "rel":
        return 0
    op, said = inner[0].text, "".join(t.text for t in note).strip()
    word = said.replace(".", "").replace("\\", "").replace("mathrm", "").replace("text", "").strip("{} ").lower()
    if op == "~" and word:
        op = "~iid" if word in ("iid", "ind", "iidsim") else "~"
    elif op == "=" and word in ("def", "define", "defn", "triangle", "bigtriangleup", "definition"):
        op = ":="
    elif op == "=" and word in ("d", "!", "?", "as", "law", "mathcald", "set", "mathcal{d"):
        op = "=" + {"as": "as", "!": "!", "?": "?"}.get(word, "d")
    elif op == "->" and word:
        op = "->" + word[:1]
    out.append(Token("rel", op, row[i].start, row[end - 1].end))
    return end
