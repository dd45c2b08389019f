r"""Families of laws as they are called in print: ``\mathcal{N}(0,1)``, ``N(x\mid\mu,\sigma^2)``, ``\chi^2_k``."""

from __future__ import annotations

from typing import Any

from symrep.reading.latex.arguments import Items, arguments, bracket_follows
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.scripts import Scripts, inside
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import family, registered

__all__ = ["family_at"]

_ARITY = {
    "Normal": 2,
    "Uniform": 2,
    "Gamma": 2,
    "Beta": 2,
    "Exponential": 1,
    "Laplace": 2,
    "Bernoulli": 1,
    "Poisson": 1,
}


def family_at(p: Parsing, base: Any, s: Scripts) -> Tree | None:
    """A family with its parameters, or its density at a point; None if the name is no family here."""
    text, style, start = base.text, base.style, base.start
    if text == "chi" and style == "" and s.sort == "power" and s.above is not None:
        return _chi(p, start, s)
    uniform = text in ("U", "Uniform", "Unif") and style in ("cal", "rm") and bracket_follows(p, "[")
    if not (bracket_follows(p, "(") or uniform) or s.sort or s.primes:
        return None
    name = _family(p, text, style)
    if name is None or (s.below is not None and name != "Normal"):
        return None
    items = [] if p.peek(1).kind == "close" else arguments(p)
    if not items:
        p.i += 2
    density = any(sep in ("|", ";", ":") for sep, _ in items)
    if style == "":
        p.guess(start, p.last, f"the law {name}", f"{text} of such arguments", "family")
    if name in _ARITY and not density and len(items) == _ARITY[name] + 1:
        density = True
        p.guess(start, p.last, f"the density of {name}", "the point first, then the parameters", "density")
    return Tree("distpdf" if density else "dist", start, p.last, text, parts=_flat(p, items))


def _family(p: Parsing, text: str, style: str) -> str | None:
    """The family that a name in such a style is, before such a bracket."""
    if style == "":
        commas, bars = _separators(p, p.fence_end(p.i))
        return family(text) if text in ("N", "U") and (commas == 1 or bars) else None
    if style == "bf":
        return family(text) if text in ("N", "U") else None
    if style == "cal":
        return family(text) if text in ("N", "U") else registered(text, style)
    if style == "rm" and text not in ("gamma", "beta"):
        if len(text) > 1 or text in ("N", "U"):
            return family(text) or registered(text, style)
        commas, bars = _separators(p, p.fence_end(p.i))
        return registered(text, style) if commas or bars else None
    return None


def _flat(p: Parsing, items: Items) -> tuple[Tree, ...]:
    return tuple(tree for _, tree in items)


def _separators(p: Parsing, end: int) -> tuple[int, bool]:
    depth = commas = 0
    bars = False
    for t in p.row[p.i : end]:
        if t.kind in ("open", "{", "begin"):
            depth += 1
        elif t.kind in ("close", "}", "end"):
            depth -= 1
        elif depth == 1:
            commas += t.kind == "op" and t.text == ","
            bars = bars or t.kind in ("bar", "mid") or (t.kind == "op" and t.text == ";")
    return commas, bars


def _chi(p: Parsing, start: int, s: Scripts) -> Tree | None:
    r"""``\chi^2_k``, ``\chi^2(k)``."""
    if s.above is None or [t.text for t in p.row[s.above[0] : s.above[1]]] != ["2"]:
        return None
    if s.below is not None:
        return Tree("dist", start, s.end, "chi2", parts=(inside(p, s.below),))
    if bracket_follows(p, "("):
        items = arguments(p)
        density = any(sep in ("|", ";", ":") for sep, _ in items)
        return Tree("distpdf" if density else "dist", start, p.last, "chi2", parts=_flat(p, items))
    return None
