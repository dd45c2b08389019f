"""Known functions, by SymPy's name for them, of typeset arguments."""

from __future__ import annotations

from typing import Final

from symrep import typeset as ts
from symrep.typeset import Piece

__all__ = ["latex_function"]

_OPERATORS: Final = {
    **{n: "\\" + n for n in "sin cos tan cot sec csc sinh cosh tanh coth".split()},
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "Max": r"\max",
    "Min": r"\min",
    **{n: rf"\operatorname{{{n}}}" for n in "erf erfc erfi sign asinh acosh atanh sinc Ei Si Ci".split()},
}
_NAMED: Final = {
    "gamma": r"\Gamma",
    "beta": r"\mathrm{B}",
    "digamma": r"\psi",
    "Heaviside": "H",
    "DiracDelta": r"\delta",
    "zeta": r"\zeta",
    "LambertW": "W",
    "uppergamma": r"\Gamma",
    "lowergamma": r"\gamma",
}
_SUBSCRIPTED: Final = {
    "besseli": "I",
    "besselj": "J",
    "besselk": "K",
    "bessely": "Y",
    "polylog": r"\operatorname{Li}",
}
_FENCES: Final = {"Abs": ("|", "|"), "floor": (r"\lfloor ", r"\rfloor "), "ceiling": (r"\lceil ", r"\rceil ")}


def latex_function(name: str, args: tuple[Piece, ...]) -> Piece | None:
    """A known function of typeset arguments; None if the name is not known."""
    if name == "exp":
        return ts.exponential(args[0])
    if name == "log":
        if len(args) == 2:
            return ts.fraction(ts.logarithm(args[0]), ts.logarithm(args[1]))
        return ts.logarithm(args[0])
    if name in _OPERATORS:
        return ts.operator(_OPERATORS[name], *args)
    if name in _NAMED:
        return ts.apply(_NAMED[name], *args)
    if name in _SUBSCRIPTED:
        return ts.operator(f"{_SUBSCRIPTED[name]}_{{{args[0].tex}}}", *args[1:])
    if name in _FENCES:
        left, right = _FENCES[name]
        return Piece(rf"\left{left}{args[0].tex}\right{right}")
    if name == "loggamma":
        return ts.logarithm(ts.apply(r"\Gamma", *args))
    if name == "polygamma":
        if args[0].tex in ("0", "1", "2"):
            return ts.apply(r"\psi" + "'" * int(args[0].tex), args[1])
        return ts.apply(rf"\psi^{{({args[0].tex})}}", args[1])
    if name == "factorial":
        return Piece((args[0] if args[0].level == ts.ATOM else ts.bracketed(args[0])).tex + "!", ts.FUNC)
    if name == "binomial":
        return Piece(rf"\binom{{{args[0].tex}}}{{{args[1].tex}}}", ts.FUNC)
    if name == "erfinv":
        return ts.operator(r"\operatorname{erf}^{-1}", *args)
    return None
