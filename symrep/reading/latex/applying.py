r"""A name before a bracket: a function of what is inside, or a factor? Declared, known, or guessed."""

from __future__ import annotations

from typing import Final

from symrep.reading.latex.arguments import inside_of
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.scripts import Scripts
from symrep.reading.latex.tokens import Token

__all__ = ["SURE", "applies"]

SURE: Final = frozenset("f g h F G H Phi".split())
#: of networks, below a name: m_θ(x)
_PARAMETERS: Final = frozenset("theta phi psi vartheta varphi".split())
_FUNCTIONS: Final = SURE | frozenset("Psi L J ell Q S R T".split())
_DENSITIES: Final = frozenset("p q rho P Q".split())
_EITHER: Final = frozenset("sigma phi psi varphi eta zeta kappa Lambda omega u v r s T S M K Lambda".split())
_VARIABLES: Final = frozenset(
    "x y z t u v w s theta phi epsilon \\theta \\phi \\epsilon \\omega X Y Z \\eta \\tau".split()
)


def applies(p: Parsing, name: str, s: Scripts, style: str) -> bool:
    """Whether the bracket that opens here holds arguments of ``name``.

    Raises:
        Unread: both readings are as likely.
    """
    first, end = inside_of(p)
    row = p.row[first:end]
    environment = p.environment
    start = p.peek().start
    base = name.split("_")[0]
    top = _top(row)
    if (
        name == "pi" and p.i >= 2 and p.row[p.i - 2].kind == "num" and _sum_alone(row)
    ):  # 2π(1 − r²), beside densities π(x)
        return False
    if name in environment.called:  # a number, too: p(1 - p)
        return not any(_says(t, base) for t in row) and not (base in _DENSITIES and _sum_alone(row))
    if environment.is_function(name):
        return True
    if environment.is_function(base) and not environment.is_symbol(name):
        if name != base and base in p.bare and _sum_alone(row):
            p.guess(start, p.peek().end, f"{name} times the bracket", f"{name} stands alone elsewhere", "product")
            return False
        return True
    if (
        base in _DENSITIES
        and environment.is_symbol(name)
        and s.sort == ""
        and row
        and (_bar_inside(_top(row)) or _one_name(row) or any(t.kind == "op" and t.text == "," for t in _top(row)))
    ):
        p.guess(start, p.peek().end, f"{name} is a density here", "one variable in the bracket", "application")
        return True
    if (
        environment.is_symbol(name)
        or ("_" in name and base in environment.indexed and environment.is_symbol(base))
        or name in environment.matrices | environment.square
        or (base in ("Sigma", "Lambda") and s.sort == "-1")
    ):
        letter = _one_letter(top) and len(top) == len(row) and not any(_says(t, base) for t in top)
        if letter and not s.primes and environment.is_symbol(name) and not _alone(p, end):
            _undecided(p, name)  # σ(x) of a number σ
        return bool(s.primes) and letter
    if not row:
        p.fail(p.peek(1), "something in the brackets", "nothing")
    if base == "pi" and "_" in name and len(top) == 1 and top[0].kind in ("let", "cmd"):
        p.guess(start, p.peek().end, f"{name} is a density here", "π with a subscript", "application")
        return True
    if s.primes:
        return True
    if s.sort == "-1":
        return _inverse(p, base, top)
    if any((t.text in (",", ";") and t.kind == "op") or t.kind in ("mid", "dbar") for t in top) or _bar_inside(top):
        return True
    if style in ("word", "text", "rm", "op"):
        return True
    if any(t.kind == "rel" for t in top):
        return True
    if base == "psi" and base not in p.bare:
        p.guess(start, p.peek().end, f"{name} is a function here", "ψ before a bracket", "application")
        return True
    if base == "phi" and name == base and base not in p.bare and "phi" in environment.told and s.sort == "":
        p.guess(start, p.peek().end, f"{name} is a function here", "the document speaks of Φ and φ", "application")
        return True
    summed = any(t.text in ("+", "-") and t.kind == "op" for t in top)
    own = any(_says(t, base) for t in row)
    if name in environment.letters and summed and s.sort in ("", "power"):
        p.guess(
            start, p.peek().end, f"{name} times the bracket", f"the document says which number {name} is", "product"
        )
        return False
    why = "as the field writes it"
    if _alone(p, end) and _one_letter(top) and not own and name not in p.plain and base not in ("e", "i", "pi"):
        p.guess(start, p.peek().end, f"{name} is a function here", "nothing else stands at this side", "application")
        return True
    accented = ")" in base and base.rstrip(")").rpartition("(")[2] in SURE  # the F of \\bar F
    if base in SURE or accented or (base in _FUNCTIONS and base not in p.bare) or style == "cal":
        p.guess(start, p.peek().end, f"{name} is a function here", why, "application")
        return True
    if base in _DENSITIES and not own and (s.sort != "power") and not (summed and _numeric(top)):
        if summed and base in p.bare:
            _undecided(p, name)
        p.guess(start, p.peek().end, f"{name} is a density or function here", why, "application")
        return True
    if (
        name.partition("_")[2] in _PARAMETERS
        and s.sort == ""
        and not summed
        and top[:1]
        and top[0].kind in ("let", "cmd")
    ):
        p.guess(start, p.peek().end, f"{name} is a function here", "a parameter below", "application")
        return True
    letter = _one_letter(top) and len(top) == len(row)
    if not own and base in p.bare and (letter or _variable(top)):
        _undecided(p, name)
    if own or base in p.bare or (s.sort == "power" and len(top) > 1):
        p.guess(start, p.peek().end, f"{name} times the bracket", f"{name} stands alone elsewhere", "product")
        return False
    if summed:
        if base in ("sigma", "tau") and s.sort == "power" and "_" not in name:
            p.guess(p.peek().start, p.peek().end, f"{name} times the bracket", "the power of a scale", "product")
            return False
        if base in _EITHER and not _numeric(top):
            _undecided(p, name)
        p.guess(start, p.peek().end, f"{name} times the bracket", "a sum in the bracket", "product")
        return False
    if (letter and not (base == "pi" and p.peek(-2).kind == "num")) or _variable(top):
        p.guess(start, p.peek().end, f"{name} is a function here", "one variable in the bracket", "application")
        return True
    if len(top) == 1 and top[0].kind == "num" and base not in _EITHER:
        _undecided(p, name)
    if base in _EITHER or ("_" in name and base not in p.bare and base in ("f", "g", "h", "epsilon", "mu")):
        p.guess(start, p.peek().end, f"{name} is a function here", why, "application")
        return True
    if base[:1].isupper() and base not in p.bare:
        if "_" in name:
            _undecided(p, name)
        if len(base) == 1 and base not in ("N", "M", "K"):
            p.guess(
                start, p.peek().end, f"{name} is a function here", "a capital letter before a bracket", "application"
            )
            return True
    p.guess(start, p.peek().end, f"{name} times the bracket", why, "product")
    return False


def _sum_alone(row: list[Token]) -> bool:
    """Is a sum in the bracket, rather than an argument or several?"""
    top = _top(row)
    signs = any(t.text in ("+", "-") and t.kind == "op" for t in top[1:])
    return signs and not any(t.text in (",", ";") or t.kind in ("mid", "bar", "rel") for t in top)


def _alone(p: Parsing, end: int) -> bool:
    """Is the side the name, its scripts and the bracket, and nothing else?"""
    if any(t.kind not in ("op", "quad") or t.text not in ",.;" for t in p.row[end + 1 :]):
        return False
    before = p.row[: p.i]
    return bool(before) and before[0].kind in ("let", "cmd") and (len(before) == 1 or before[1].kind == "_")


def _one_letter(top: list[Token]) -> bool:
    """A letter, maybe with a subscript."""
    if not top or top[0].kind not in ("let", "cmd") or top[0].text.startswith(("\\math", "\\frac", "\\sqrt")):
        return False
    return len(top) == 1 or (top[1].kind == "_" and len(top) <= 3)


def _inverse(p: Parsing, base: str, top: list[Token]) -> bool:
    """h^{-1}(y): the inverse function; V^{-1}(y − μ): a reciprocal or an inverse matrix times the bracket."""
    if base in SURE or base in ("T", "Q"):
        return True
    token = p.peek()
    if base in p.bare or any(t.text in ("+", "-") and t.kind == "op" for t in top):
        p.guess(token.start, token.end, f"{base}^-1 times the bracket", "a sum in the bracket", "product")
        return False
    _undecided(p, base)
    return False


def _undecided(p: Parsing, name: str) -> None:
    token = p.peek()
    p.unread(
        token.start, token.end, f"whether {name} is a function or a factor", f"{name}(…)", "ambiguous",
        f"function {name} or variable {name} in a pragma, or {name}\\cdot(…)",
    )  # fmt: skip


def _top(row: list[Token]) -> list[Token]:
    """The tokens outside inner brackets."""
    out: list[Token] = []
    depth = 0
    for t in row:
        if t.kind in ("open", "{", "begin"):
            depth += 1
        elif t.kind in ("close", "}", "end"):
            depth -= 1
        elif depth == 0:
            out.append(t)
    return out


def _bar_inside(top: list[Token]) -> bool:
    """A single bar between two things: p(x|z)."""
    bars = [i for i, t in enumerate(top) if t.kind == "bar"]
    return len(bars) == 1 and 0 < bars[0] < len(top) - 1


def _numeric(top: list[Token]) -> bool:
    return any(t.kind == "num" for t in top)


def _one_name(row: list[Token]) -> bool:
    """A letter, maybe with a script; not the parameter of a product such as p(n)."""
    return _variable(row) or (len(row) == 1 and row[0].text in _VARIABLES)


def _says(token: Token, base: str) -> bool:
    return token.text == base or token.text == "\\" + base


def _variable(top: list[Token]) -> bool:
    """x_i, x_t: one variable with a script."""
    return bool(top) and top[0].text in _VARIABLES and len(top) > 1 and top[1].kind in ("_", "^", "'")
