"""Known functions, by SymPy's name for them, of typeset arguments."""

from __future__ import annotations

from typing import Any, Final

from symrep import typeset as ts
from symrep.typeset import Piece

__all__ = ["function_name", "general_determinant", "general_jacobian", "latex_function", "of_vector", "one", "squared"]
__all__ += ["undetermined", "vector_of"]

_OPERATORS: Final = {
    **{n: "\\" + n for n in "sin cos tan cot sec csc sinh cosh tanh coth".split()},
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "Max": r"\max",
    "Min": r"\min",
    "acot": r"\operatorname{arccot}",
    "asec": r"\operatorname{arcsec}",
    "acsc": r"\operatorname{arccsc}",
    "arg": r"\arg",
    "re": r"\operatorname{Re}",
    "im": r"\operatorname{Im}",
    **{
        n: rf"\operatorname{{{n}}}"
        for n in "erf erfc erfi sign asinh acosh atanh acoth asech acsch atan2 sinc frac Ei Si Ci Shi Chi li".split()
    },
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
    "dirichlet_eta": r"\eta",
}
_SUBSCRIPTED: Final = {
    "besseli": "I",
    "besselj": "J",
    "besselk": "K",
    "bessely": "Y",
    "polylog": r"\operatorname{Li}",
    "expint": "E",
    "hermite": "H",
    "hermite_prob": r"\mathit{He}",
    "legendre": "P",
    "laguerre": "L",
    "chebyshevt": "T",
    "chebyshevu": "U",
    "bernoulli": "B",
    "euler": "E",
    "fibonacci": "F",
    "catalan": "C",
    "bell": "B",
    "jn": "j",
    "yn": "y",
}
#: order, parameters above, argument
_WITH_PARAMETERS: Final = {"assoc_laguerre": "L", "gegenbauer": "C", "jacobi": "P"}
_INVERSE: Final = {"erfinv": r"\operatorname{erf}", "erfcinv": r"\operatorname{erfc}"}
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
        head = f"{_SUBSCRIPTED[name]}_{{{ts.flat(args[0]).tex}}}"
        return ts.operator(head, *args[1:]) if len(args) > 1 else Piece(head)
    if name in _WITH_PARAMETERS and len(args) > 2:
        above = ts.join(map(ts.flat, args[1:-1]))
        return ts.operator(f"{_WITH_PARAMETERS[name]}_{{{ts.flat(args[0]).tex}}}^{{({above})}}", args[-1])
    if name in _FENCES:
        left, right = _FENCES[name]
        return Piece(rf"\left{left}{args[0].tex}\right{right}")
    if name == "loggamma":
        return ts.logarithm(ts.apply(r"\Gamma", *args))
    if name == "polygamma":
        if args[0].tex in ("0", "1", "2"):
            return ts.apply(r"\psi" + "'" * int(args[0].tex), args[1])
        return ts.apply(rf"\psi^{{({args[0].tex})}}", args[1])
    if name in ("factorial", "factorial2"):
        marks = "!" if name == "factorial" else "!!"
        return Piece((args[0] if args[0].level == ts.ATOM else ts.bracketed(args[0])).tex + marks, ts.FUNC)
    if name == "binomial":
        return Piece(rf"\binom{{{args[0].tex}}}{{{args[1].tex}}}", ts.FUNC)
    if name in _INVERSE:
        return ts.operator(_INVERSE[name] + "^{-1}", *args)
    return _rarer(name, args)


def _rarer(name: str, args: tuple[Piece, ...]) -> Piece | None:
    if name == "E1":
        return ts.operator("E_{1}", *args)
    if name in ("betainc", "betainc_regularized") and len(args) == 4:
        low, high = (ts.flat(a).tex for a in args[2:])
        head = "I" if name == "betainc_regularized" else r"\mathrm{B}"
        return ts.operator(f"{head}_{{{high if low == '0' else f'({low},{high})'}}}", *args[:2])
    if name == "harmonic":
        above = f"^{{({ts.flat(args[1]).tex})}}" if len(args) > 1 else ""
        return Piece(f"H_{{{ts.flat(args[0]).tex}}}{above}", ts.FUNC if above else ts.ATOM)
    if name in ("RisingFactorial", "rf"):
        return Piece(f"{ts.fenced(args[0])}_{{{ts.flat(args[1]).tex}}}", ts.FUNC)
    if name in ("FallingFactorial", "ff"):
        base = args[0] if args[0].level == ts.ATOM else ts.bracketed(args[0])
        return Piece(rf"{base.tex}^{{\underline{{{ts.flat(args[1]).tex}}}}}", ts.FUNC)
    if name == "multigamma":
        return ts.operator(rf"\Gamma_{{{ts.flat(args[1]).tex}}}", args[0])
    if name == "conjugate":
        return Piece(rf"\overline{{{args[0].tex}}}")
    if name == "KroneckerDelta":
        return Piece(rf"\delta_{{{ts.join(map(ts.flat, args))}}}")
    return None


def one(tex: str) -> str:
    """As one group."""
    return tex if len(tex) == 1 else f"{{{tex}}}"


def function_name(name: str) -> str:
    """What a function or a density is called in print."""
    return f"f_{one(ts.symbol(name[2:]).tex)}" if name.startswith("f_") and name[2:] else ts.symbol(name).tex


@ts.forms
def squared(p: Piece) -> Piece:
    r"""p²; of a square root what stands under it, as a variance is written beside a mean: \sqrt{v} gives v."""
    under = _radicand(p.tex)
    return ts.power(p, ts.atom("2")) if under is None else Piece(under, ts.SUM)


def general_determinant(entry: Piece, i: Piece, j: Piece, n: Piece) -> Piece:
    return Piece(rf"\det\left[{entry.tex}\right]_{{{i.tex},{j.tex}\le {n.tex}}}", ts.FUNC)


def general_jacobian(component: Piece, i: Piece, base: Piece, n: Piece) -> Piece:
    j = "j" if i.tex != "j" else "k"
    below = rf"\partial {base.tex}_{j}"
    above = rf"\partial{ts.fenced(component)}"
    return Piece(rf"\det\left[\frac{{{above}}}{{{below}}}\right]_{{{i.tex},{j}\le {n.tex}}}", ts.FUNC)


def undetermined(cls: Any, args: tuple[Piece, ...]) -> Piece:
    """An undetermined function or its derivative, applied."""
    name = function_name(cls.symbol)
    if len(cls.orders) == 1:
        return ts.apply(ts.primed(name, cls.orders[0]), *args)
    marks = "".join(rf"\partial_{{{i}}}" + (f"^{n}" if n > 1 else "") for i, n in enumerate(cls.orders, 1) if n)
    out = ts.apply(name, *args)
    return Piece(marks + out.tex, ts.FRACTION) if marks else out


def vector_of(entry: Piece, k: Piece, lo: Piece, hi: Piece) -> Piece:
    """The coordinates of a vector, with the range of their index."""
    return Piece(rf"{ts.fenced(entry)}_{{{k.tex}={lo.tex}}}^{{{hi.tex}}}", ts.FUNC)


def of_vector(name: str, times: int, args: tuple[Piece, ...]) -> Piece:
    """A function of a vector, or its partial derivative by the coordinates that come first."""
    marks = "".join(rf"\partial_{{{p.tex}}}" for p in args[:times])
    out = ts.apply(function_name(name), *args[times:])
    return Piece(marks + out.tex, ts.FRACTION) if marks else out


def _radicand(tex: str) -> str | None:
    start = r"\sqrt{"
    if not tex.startswith(start):
        return None
    depth = 0
    for i, c in enumerate(tex):
        depth += (c == "{") - (c == "}")
        if depth == 0 and i >= len(start):
            return tex[len(start) : i] if i == len(tex) - 1 else None
    return None
