r"""Special functions by their letter: ``\Gamma(x)``, ``\psi(x)``, ``B(a,b)``, ``I_0(x)``, ``E_1(x)``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from symrep.reading.latex.arguments import arguments, assembled, bracket_follows
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node
from symrep.reading.latex.scripts import Scripts, inside, label
from symrep.reading.latex.trees import Tree

__all__ = ["special"]

_BESSEL: Final = {"I": "besseli", "J": "besselj", "K": "besselk", "Y": "bessely"}


def special(p: Parsing, base: Any, s: Scripts) -> Tree | None:
    """A special function, if the letter, its subscript and the number of arguments are one's; else None."""
    if not bracket_follows(p, "(") or base.style not in ("", "rm") or s.marks or s.sort in ("T", "-T", "-1", "word"):
        return None
    commas = _commas(p)
    if base.text == "zeta" and (s.primes or _defined_here(p)):
        return None
    if base.text == "Gamma" and s.below is None and commas < 2:
        return _known(p, base, s, "gamma" if commas == 0 else "uppergamma", "")
    if base.text == "gamma" and s.below is None and commas == 1:
        return _known(p, base, s, "lowergamma", "the lower incomplete gamma function, γ of two arguments")
    if base.text == "B" and s.below is None and commas == 1:
        return _known(p, base, s, "beta", "" if base.style == "rm" else "the beta function, B of two arguments")
    if base.text == "zeta" and s.below is None and commas == 0 and "zeta" not in p.bare:
        return _known(p, base, s, "zeta", "the zeta function, ζ before a bracket")
    if base.text == "psi" and s.below is None and commas == 0 and "psi" not in p.bare and _digamma(p):
        return _psi(p, base, s)
    if s.below is None or s.primes or s.sort == "label":
        return None
    if (
        base.text in _BESSEL
        and commas == 0
        and base.style == ""
        and not label(p.row[s.below[0] : s.below[1]]).isupper()
    ):
        why = f"a Bessel function, {base.text} with a subscript"
        return _with(p, base, s, _BESSEL[base.text], why)
    if base.text == "I" and commas == 1:
        return _with(p, base, s, "betainc_regularized", "the regularised incomplete beta function")
    if base.text == "E" and commas == 0 and base.style == "" and _digits(p, s):
        return _with(p, base, s, "expint", "the exponential integral, E with a number below")
    return None


def _commas(p: Parsing) -> int:
    """Commas in the bracket itself, not in brackets inside it."""
    depth = count = 0
    for t in p.row[p.i : p.fence_end(p.i)]:
        if t.kind in ("open", "{", "begin"):
            depth += 1
        elif t.kind in ("close", "}", "end"):
            depth -= 1
        count += depth == 1 and t.kind == "op" and t.text in (",", ";")
    return count


def _defined_here(p: Parsing) -> bool:
    """Is it ``name(u) =`` at the beginning, of one letter?"""
    end = p.fence_end(p.i)
    inside_ = p.row[p.i + 1 : end]
    after = p.row[end + 1] if end + 1 < len(p.row) else None
    return (
        p.i <= 2
        and len(inside_) == 1
        and inside_[0].kind in ("let", "cmd")
        and (after is None or after.kind in ("rel", "end"))
    )


def _digits(p: Parsing, s: Scripts) -> bool:
    return s.below is not None and label(p.row[s.below[0] : s.below[1]]).isdigit()


def _digamma(p: Parsing) -> bool:
    """Γ or B stands in the formula too, or the document speaks of the digamma function."""
    if "digamma" in p.environment.told:
        return True
    three = zip(p.row, p.row[1:], p.row[2:], strict=False)
    return any(t.text == "\\Gamma" for t in p.row) or any(
        a.text == "\\mathrm" and b.kind == "{" and c.text == "B" for a, b, c in three
    )


def _known(p: Parsing, base: Any, s: Scripts, name: str, why: str) -> Tree:
    from symrep.reading.latex.calls import call

    if why:
        p.guess(base.start, base.end, why, "nobody declared it", "function")
    return call(p, name, base, s)


def _with(p: Parsing, base: Any, s: Scripts, name: str, why: str) -> Tree | None:
    """A function whose subscript is an argument."""
    if s.below is None:
        return None
    p.guess(base.start, s.end, why, "nobody declared it", "function")
    first = inside(p, s.below)
    power = inside(p, s.above) if s.sort == "power" and s.above is not None else None
    items = assembled(arguments(p))
    out = node("call", base.start, p.last, first, *items, text=name)
    return out if power is None else node("^", base.start, p.last, out, power)


def _psi(p: Parsing, base: Any, s: Scripts) -> Tree | None:
    """The digamma function and its derivatives, beside Γ or B."""
    order = s.primes
    if s.sort == "label" and s.above is not None:
        word = label(p.row[s.above[0] + 1 : s.above[1] - 1])
        if not word.isdigit():
            return None
        order = int(word[:3])
    if not order and s.sort != "label":
        return _known(p, base, s, "digamma", "the digamma function, ψ beside Γ or told")
    p.guess(
        base.start,
        base.end,
        "a derivative of the digamma function, ψ beside Γ or told",
        "nobody declared it",
        "function",
    )
    n = Tree("num", base.start, base.end, str(order), Fraction(order))
    items = assembled(arguments(p))
    return node("call", base.start, p.last, n, *items, text="polygamma")
