r"""Formulas where nothing is typeset: LaTeX as readable text, and SymPy's text as LaTeX or as readable text.

``exp(y^2 (sigma^2 - 1)/(2 sigma^2))`` rather than ``\exp\left(\frac{y^2(\sigma^2-1)}{2\sigma^2}\right)`` in a terminal.
It is for reading only: nothing is ever computed from it.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from symrep import typeset as ts
from symrep.typeset import Piece
from symrep.typeset_functions import function_name, latex_function

__all__ = ["plain", "readable", "typeset"]

_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|[0-9.]+|\s+|.", re.DOTALL)
_WORDS: Final = {
    r"\infty": "oo",
    r"\partial": "d",
    r"\nabla": "grad",
    r"\dots": "...",
    r"\{": "{",
    r"\}": "}",
    r"\|": "||",
}
_SIGNS: Final = {
    r"\sim": "~",
    r"\mid": "|",
    r"\le": "<=",
    r"\ge": ">=",
    r"\ne": "!=",
    r"\neq": "!=",
    r"\to": "->",
    r"\in": "in",
    r"\approx": "~=",
    "+": "+",
    "=": "=",
    "<": "<",
    ">": ">",
}
_SPACES: Final = frozenset((r"\,", r"\;", r"\ ", r"\!", r"\quad", r"\cdot", "&"))
_SAID: Final = frozenset((r"\mathbb", r"\mathcal", r"\mathrm", r"\mathbf", r"\operatorname", r"\text"))
_SILENT: Final = frozenset((r"\displaystyle", r"\limits", "~"))


def plain(tex: str) -> str:
    """A formula as text: what LaTeX it was made of cannot be had back from it."""
    tokens = [t for t in _TOKEN.findall(tex) if not t.isspace() or t == " "]
    return re.sub(r"\s+", " ", _run(tokens, 0, "")[0]).replace("( ", "(").strip()


def _run(tokens: list[str], i: int, stop: str) -> tuple[str, int]:
    """The text up to ``stop``, and where that is."""
    out = ""
    while i < len(tokens) and tokens[i] != stop:
        text, i = _item(tokens, i, out)
        out = _beside(out, text)
    return out, i + 1


def _beside(left: str, right: str) -> str:
    if not left or not right:
        return left + right
    a, b = left[-1], right[0]
    word = (b.isalnum() or b == "\\") and (a.isalnum() or a in ")]}'")
    apart = word or (a.isdigit() and b == "(") or (a in ")]" and b == "(" and " " in left)
    return left + (" " if apart else "") + right


def _group(tokens: list[str], i: int) -> tuple[str, int]:
    while i < len(tokens) and tokens[i] == " ":
        i += 1
    if i < len(tokens) and tokens[i] == "{":
        return _run(tokens, i + 1, "}")
    return _item(tokens, i, "") if i < len(tokens) else ("", i)


def _closed(text: str) -> str:
    """In parentheses unless it is one thing."""
    return text if re.fullmatch(r"[\w.']+(\^\w+)?|[\w']*\([^()]*\)", text) else f"({text})"


def _is_sum(text: str) -> bool:
    """Whether a + or − stands outside of all brackets."""
    depth = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if depth == 0 and c in "+-" and text[i - 1 : i + 2] == f" {c} ":
            return True
    return False


def _item(tokens: list[str], i: int, before: str) -> tuple[str, int]:
    t = tokens[i]
    if t in (r"\frac", r"\tfrac"):
        top, i = _group(tokens, i + 1)
        bottom, i = _group(tokens, i)
        if re.fullmatch(r"d(\^\d)?", top) and bottom.startswith("d"):
            return f"{top}/{bottom}", i
        top = f"({top})" if _is_sum(top) else top
        return f"{top}/{_closed(bottom)}", i
    if t == r"\sqrt":
        degree = ""
        if i + 1 < len(tokens) and tokens[i + 1] == "[":
            degree, i = _run(tokens, i + 2, "]")
            i -= 1
        inside, i = _group(tokens, i + 1)
        return f"sqrt({inside})" if not degree else f"({inside})^(1/{degree})", i
    if t in ("^", "_"):
        script, i = _group(tokens, i + 1)
        if re.fullmatch(r"\w+", script):
            return t + script, i
        return (f"^({script})" if t == "^" else f"_{{{script}}}"), i
    if t in (r"\left", r"\right", r"\middle"):
        fence = tokens[i + 1] if i + 1 < len(tokens) else ""
        if fence == "|" and t != r"\middle":
            return ("abs(" if t == r"\left" else ")"), i + 2
        return {".": "", r"\|": " || "}.get(fence, _WORDS.get(fence, fence.lstrip("\\"))), i + 2
    if t in _SAID:
        return _word(tokens, i + 1)
    if t in (r"\begin", r"\end"):
        _, i = _group(tokens, i + 1)
        return ("{" if t == r"\begin" else "}"), i
    if t == "-":
        return (" - " if before.strip() and before.rstrip()[-1] not in "([{,=<>~|;" else "-"), i + 1
    if t in _SIGNS:
        return f" {_SIGNS[t]} ", i + 1
    if t == r"\\":
        return "; ", i + 1
    if t == ",":
        return ", ", i + 1
    if t in _SILENT:
        return "", i + 1
    if t == "{":
        return _run(tokens, i + 1, "}")
    if t in _SPACES or t.isspace():
        return " ", i + 1
    return _WORDS.get(t, t.lstrip("\\")), i + 1


def _word(tokens: list[str], i: int) -> tuple[str, int]:
    """Letters that stand for themselves, spaces included."""
    if i >= len(tokens) or tokens[i] != "{":
        return "", i
    end = next((k for k in range(i, len(tokens)) if tokens[k] == "}"), len(tokens))
    return "".join(_WORDS.get(t, t) for t in tokens[i + 1 : end]), end + 1


# --- SymPy's text -------------------------------------------------------------------------------------------------


def readable(text: str) -> str:
    """``y**2*x`` as ``y^2 x``."""
    return text.replace("**", "^").replace("*", " ")


_PRIME: Final = "\u02b9"  # a prime that may stand in a name


def typeset(text: str) -> str | None:
    """LaTeX of a formula as SymPy writes it; None for what it cannot read. Nothing is evaluated."""
    try:
        return _piece(ast.parse(text.strip().replace("'", _PRIME), mode="eval").body).tex
    except (SyntaxError, ValueError, RecursionError, KeyError):
        return None


def _piece(node: ast.expr) -> Piece:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return ts.number(repr(node.value))
    if isinstance(node, ast.Name):
        return ts.atom({"oo": r"\infty", "E": "e"}[node.id]) if node.id in ("oo", "E") else ts.symbol(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return ts.negative(_piece(node.operand))
    if isinstance(node, ast.BinOp):
        return _binary(node, _piece(node.left), _piece(node.right))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        sign = {ast.Lt: "<", ast.LtE: r"\le", ast.Gt: ">", ast.GtE: r"\ge", ast.Eq: "=", ast.NotEq: r"\ne"}
        return ts.relation(_piece(node.left), sign[type(node.ops[0])], _piece(node.comparators[0]))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords and node.args:
        args = tuple(map(_piece, node.args))
        if node.func.id == "sqrt":
            return ts.root(args[0])
        return latex_function(node.func.id, args) or ts.apply(_function(node.func.id), *args)
    raise ValueError(type(node).__name__)


def _function(name: str) -> str:
    stem = name.rstrip(_PRIME)
    if not re.fullmatch(r"[A-Za-z]\w?|f_\w+", stem):  # density(…), Distribution(…): SymPy's own words
        raise ValueError(name)
    return ts.primed(function_name(stem), len(name) - len(stem))


def _binary(node: ast.BinOp, left: Piece, right: Piece) -> Piece:
    if isinstance(node.op, ast.Add):
        return ts.add(left, right)
    if isinstance(node.op, ast.Sub):
        return ts.subtract(left, right)
    if isinstance(node.op, ast.Mult):
        return ts.product((left, right))
    if isinstance(node.op, ast.Div):
        return ts.fraction(left, right)
    if isinstance(node.op, ast.Pow):
        return ts.power(left, right)
    raise ValueError(type(node.op).__name__)
