"""The white list: what a name means, and how many arguments it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.expansions import EXPANSIONS
from symrep.term import FUNCTIONS as ARITIES
from symrep.term import MINUS_ONE, ONE, Term, add, div, fn, mul, num, power, sqrt

__all__ = ["BINDERS", "CONDITIONS", "CONSTANTS", "FUNCTIONS", "NOT_READ", "UNREAD_CONSTANTS", "is_known"]

CONSTANTS: Final[Mapping[str, Term]] = {
    "pi": ("const", "pi"),
    "E": ("const", "e"),
    "I": ("const", "i"),
    "EulerGamma": ("const", "euler_gamma"),
    "Catalan": ("const", "catalan"),
    "GoldenRatio": mul(num(1, 2), add(ONE, sqrt(num(5)))),
    "oo": ("inf", 1),
}

#: how many arguments, the most of them, and the term they make (None: terms do not say it)
Entry = tuple[int, int, Callable[..., Term | None]]


def _plain(name: str, arguments: int = 1) -> Entry:
    return arguments, arguments, lambda *ts: fn(name, *ts)


def _over(top: str | None, bottom: str) -> Entry:
    return 1, 1, lambda t: div(fn(top, t) if top else ONE, fn(bottom, t))


def _extreme(name: str) -> Entry:
    def build(*ts: Term) -> Term:
        """Few arguments at a time, as terms have it."""
        row = list(ts)
        while len(row) > 6:
            row = [*row[6:], fn(name, *row[:6])]
        return fn(name, *row) if len(row) > 1 else row[0]

    return 1, 60, build


def _logarithm(t: Term, base: Term | None = None) -> Term:
    return fn("log", t) if base is None else div(fn("log", t), fn("log", base))


def _polygamma(n: Term, t: Term) -> Term:
    return fn("digamma", t) if n == ("num", 0, 1) else fn("polygamma", n, t)


def _plain_ones() -> dict[str, Entry]:
    """The names SymPy and terms share."""
    same = (
        "exp sign sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc erfi erfinv gamma loggamma "
        "digamma floor ceiling factorial factorial2 beta binomial lowergamma uppergamma betainc betainc_regularized "
        "besselj bessely besseli besselk polylog dirichlet_eta expint re im conjugate arg"
    ).split()
    return {name: _plain(name, ARITIES[name][0]) for name in same}


FUNCTIONS: Final[Mapping[str, Entry]] = {
    **_plain_ones(),
    **EXPANSIONS,
    "E1": (1, 1, lambda t: fn("expint", ONE, t)),
    "Ei": _plain("ei"),
    "Si": _plain("si"),
    "Ci": _plain("ci"),
    "Shi": _plain("shi"),
    "Chi": _plain("chi"),
    "rf": EXPANSIONS["RisingFactorial"],
    "ff": EXPANSIONS["FallingFactorial"],
    "Abs": _plain("abs"),
    "abs": _plain("abs"),
    "polygamma": (2, 2, _polygamma),
    "trigamma": (1, 1, lambda t: fn("polygamma", ONE, t)),
    "log": (1, 2, _logarithm),
    "ln": (1, 2, _logarithm),
    "sqrt": (1, 1, sqrt),
    "cbrt": (1, 1, lambda t: power(t, num(1, 3))),
    "root": (2, 2, lambda t, n: power(t, power(n, MINUS_ONE))),
    "Pow": (2, 2, power),
    "Add": (1, 200, add),
    "Mul": (1, 200, mul),
    "Min": _extreme("min"),
    "Max": _extreme("max"),
    "sec": _over(None, "cos"),
    "csc": _over(None, "sin"),
    "cot": _over("cos", "sin"),
    "sech": _over(None, "cosh"),
    "csch": _over(None, "sinh"),
    "coth": _over("cosh", "sinh"),
}

#: read by rules of their own: variables, conditions, literal numbers
BINDERS: Final = frozenset(
    "Integral Sum Product Limit limit Derivative Piecewise Heaviside Rational Integer Float S".split()
)

#: relation of two arguments, or connective
CONDITIONS: Final[Mapping[str, str]] = {
    "Eq": "==",
    "Ne": "!=",
    "Lt": "<",
    "Le": "<=",
    "Gt": ">",
    "Ge": ">=",
    "And": "and",
    "Or": "or",
    "Not": "not",
}

#: SymPy's names that have a meaning, and none in terms
NOT_READ: Final = frozenset(
    "hankel1 hankel2 hn1 hn2 airyai airybi airyaiprime airybiprime lerchphi stieltjes riemann_xi Li fresnels fresnelc "
    "hyper meijerg appellf1 elliptic_k elliptic_e elliptic_f elliptic_pi assoc_legendre genocchi tribonacci partition "
    "mathieuc mathieus DiracDelta LeviCivita SingularityFunction Matrix Determinant Transpose Trace "
    "Inverse Function Lambda Subs Order O Interval Union Contains ITE Xor Implies Indexed IndexedBase exp_polar "
    "principal_branch marcumq Identity".split()
)

#: what a name without arguments means in SymPy, and what symrep does not read
UNREAD_CONSTANTS: Final = frozenset("TribonacciConstant zoo nan S".split())


def is_known(name: str) -> bool:
    return name in FUNCTIONS or name in BINDERS or name in CONDITIONS or name in NOT_READ
