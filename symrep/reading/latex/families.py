r"""Families of laws as they are called in print: ``\mathcal{N}(0,1)``, ``N(x\mid\mu,\sigma^2)``, ``\chi^2_k``."""

from __future__ import annotations

from symrep.reading.latex.arguments import Items, arguments, bracket_follows
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.scripts import Scripts, inside
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import family

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


def family_at(p: Parsing, base: object, s: Scripts) -> Tree | None:
    """A family with its parameters, or its density at a point; None if the name is no family here."""
    text, style, start = base.text, base.style, base.start  # type: ignore[attr-defined]
    if text == "chi" and style == "" and s.sort == "power" and s.above is not None:
        return _chi(p, start, s)
    if text == "t" and style == "" and s.below is not None and s.sort == "" and p.peek(-99).kind == "x":
        return None
    if not bracket_follows(p, "("):
        return None
    if s.sort or s.primes:
        return None
    name = family(text) if style in ("cal", "rm", "bf") or (style == "" and text in ("N", "U")) else None
    if (
        name is None
        or (style == "cal" and text not in ("N", "U", "B", "G"))
        or (style == "bf" and text not in ("N", "U"))
    ):
        return None
    end = p.fence_end(p.i)
    commas, bars = _separators(p, end)
    if style == "" and (commas != 1 and not bars):
        return None
    if style == "rm" and len(text) == 1 and text not in ("N", "U"):
        return None
    if text in ("gamma", "beta") or (text in ("Gamma", "Beta") and style == ""):
        return None
    if s.below is not None and name != "Normal":
        return None
    items = arguments(p)
    density = any(sep in ("|", ";", ":") for sep, _ in items)
    if style == "":
        p.guess(start, p.last, f"the law {name}", f"{text} of such arguments", "family")
    if name in _ARITY and not density and len(items) == _ARITY[name] + 1:
        density = True
        p.guess(start, p.last, f"the density of {name}", "the point first, then the parameters", "density")
    return Tree("distpdf" if density else "dist", start, p.last, text, parts=_flat(p, items))


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
