"""Lines about another law than the one a variable has: *the density of a normal distribution is f_X(x) = …*."""

from __future__ import annotations

import re
from typing import Any, Final

import sympy as sp

from symrep.checking.cues import sentence_before
from symrep.checking.model import Place
from symrep.notation import Expectation, Variance
from symrep.reading.documents import Document
from symrep.reading.latex.scope import name_of

__all__ = ["law_unmentioned", "of_another_law"]

_FAMILIES: Final = {
    "normal": "Normal",
    "gaussian": "Normal",
    "log-normal": "LogNormal",
    "lognormal": "LogNormal",
    "exponential": "Exponential",
    "gamma": "Gamma",
    "beta": "Beta",
    "chi-squared": "ChiSquared",
    "chi-square": "ChiSquared",
    "uniform": "Uniform",
    "cauchy": "Cauchy",
    "laplace": "Laplace",
    "logistic": "Logistic",
    "poisson": "Poisson",
    "binomial": "Binomial",
    "weibull": "Weibull",
    "pareto": "Pareto",
}
_SAID: Final = re.compile(
    r"\b(?:density|distribution|mass|generating)\s+functions?\s+of\s+(?:the|a|an)\s+(?P<standard>standard\s+)?"
    rf"(?P<family>{'|'.join(sorted(_FAMILIES, key=len, reverse=True))})\s+(?:distribution|law|variable)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"\[([^\[\]]{0,200})\]\([^()\s]{0,200}\)")
_HEADS: Final = ("f", "p", "F", "M")


def of_another_law(document: Document, place: Place, random: Any) -> str:
    """Why f_X(x) = … says nothing of X: the sentence before it speaks of another family than that of X, or of a
    standard law; empty where it does not."""
    tree = place.tree
    if tree is None or tree.head != "app" or len(tree.parts) != 2:
        return ""
    head, _, variable = name_of(tree.parts[0]).partition("_")
    law = random.get(variable)
    family = getattr(getattr(law, "family", None), "name", "")
    if head not in _HEADS or not family:
        return ""
    found = list(_SAID.finditer(_LINK.sub(r"\1", sentence_before(document, place.formula))))
    if not found:
        return ""
    said = found[-1]
    if _FAMILIES[said["family"].lower()] == family and not said["standard"]:
        return ""
    what = " ".join(said["family"].lower().split())
    return f"the text speaks of the {what} distribution here, and {variable} has a law of its own"


def law_unmentioned(lhs: Any, rhs: Any) -> bool:
    """Do the sides speak of means, and of numbers, but of no parameter of the law that the means are taken under?

    *For a Gamma factor with shape a and rate b we have E[τ] = a/b*, where τ was told to have another law before.
    """
    parameters: set[str] = set()
    spoken = [_spoken(side, parameters) for side in (lhs, rhs)]
    return bool(parameters) and all(spoken) and not parameters & (spoken[0] | spoken[1])


def _spoken(expr: Any, parameters: set[str]) -> set[str]:
    """The names in an expression outside its laws; those in its laws are added to ``parameters``."""
    if isinstance(expr, (Expectation, Variance)):
        parameters |= {s.name for s in expr.law.free_symbols if hasattr(s, "name")}
        return _spoken(expr.body, parameters) - {v.name for v in expr.variables}
    if isinstance(expr, sp.Symbol):
        return {expr.name}
    return set().union(*(_spoken(a, parameters) for a in getattr(expr, "args", ())))
