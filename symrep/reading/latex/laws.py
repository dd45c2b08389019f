r"""Laws: members of families by their parameters, densities and random variables the document knows."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.distribution import Generic, Independent
from symrep.notation import density as density_of
from symrep.notation import pmf
from symrep.reading.latex.joints import bracket_of, key_of, law_by_key
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.words import family, registered

__all__ = ["density", "density_or_pmf", "generic", "generic_at", "known_law", "law", "member"]

#: families whose second parameter others mean differently
_CONVENTIONS: Final = {
    "Exponential": "rate", "Gamma": "shape and rate", "Weibull": "as in the registry",
    "Geometric": "as in the registry", "NegativeBinomial": "as in the registry", "InverseGamma": "as in the registry",
}  # fmt: skip
#: families whose last parameter is a rate, and a scale or a mean elsewhere
_INVERTED: Final = frozenset(("Exponential", "Gamma", "Erlang"))
#: families that are given by σ here, and by σ² elsewhere
_DEVIATIONS: Final = frozenset(("LogNormal", "LogitNormal", "HalfNormal", "FoldedNormal", "TruncatedNormal"))


def law(m: Meaning, t: Tree) -> Any:
    r"""The law a tree stands for: ``\mathcal{N}(0,1)``, q, q(z), the law of X.

    Raises:
        Unread: the document does not say what law it is.
    """
    if t.head == "dist":
        return member(m, t, t.parts)
    if t.head == "prod" and len(t.parts) == 4:
        return _independent(m, t)
    if t.head == "call" and t.text == "log" and len(t.parts) == 1 and t.parts[0].head == "dist":
        return _logarithmic(m, t)
    found = known_law(m, t)
    if found is None:
        what = name_of(t.parts[0]) if t.head in ("app", "density") and t.parts else name_of(t)
        m.sc.fail(
            t,
            f"the law {what or 'meant here'}, spelled out before",
            "none",
            "undefined",
            f"{what or 'x'} \\sim \\mathcal{{N}}(…)",
        )
    return found


def known_law(m: Meaning, t: Tree) -> Any:
    """The law of a density or a random variable the document knows, or None."""
    environment = m.sc.environment
    if t.head == "dist":
        return member(m, t, t.parts)
    if (found := generic(m, t) or generic_at(m, t)) is not None:
        return found
    if (found := law_by_key(environment, t)) is not None:
        return found
    if t.head in ("app", "density"):
        if any(p.head in ("|", "mark") for p in t.parts[1:]):
            return None
        name = name_of(t.parts[0])
        head, _, below = name.partition("_")
        if name in environment.densities:
            return environment.densities[name]
        if head in ("f", "p") and below:
            return environment.random.get(below) or environment.random.get(below.lower())
        return None
    name = name_of(t)
    if name in environment.densities:
        return environment.densities[name]
    return environment.random.get(name)


def _logarithmic(m: Meaning, t: Tree) -> Any:
    r"""``\ln \mathcal{N}(\mu, \sigma^2)``, the law of what has a normal logarithm.

    Raises:
        Unread: another family behind the logarithm.
    """
    from symrep.distribution import FAMILIES

    normal = member(m, t.parts[0], t.parts[0].parts)
    if normal.family.name != "Normal":
        m.sc.fail(t, "a normal law behind the logarithm", normal.family.name)
    m.sc.guess(t, "the log-normal law", "a logarithm before a normal law", "family")
    with m.sc.errors_of(t):
        return FAMILIES["LogNormal"](*normal.values)


def _independent(m: Meaning, t: Tree) -> Any:
    """∏_j of laws: independent coordinates."""
    index, low, high, inner = t.parts
    name = name_of(index)
    lo, hi = m.number(low), m.value(high)
    j = m.sc.index(name, lo)
    with m.sc.binding({name: j}):
        one = law(m, inner)
    with m.sc.errors_of(t):
        return Independent(one, (j, lo, hi))


def density_or_pmf(m: Meaning, t: Tree, law: Any, points: tuple[Any, ...]) -> Any:
    """The density of a law at a point, or its probability of a whole number."""
    with m.sc.errors_of(t):
        return (pmf(law) if law.discrete() and law.arity() == 1 else density_of(law))(*points)


def generic_at(m: Meaning, t: Tree) -> Any:
    """The law of an undetermined density q(z|x), where the formula knows no other of that letter; else None."""
    found = bracket_of(t)
    if t.head not in ("app", "density") or found is None or len(found[0]) != 1:
        return None
    name, right = name_of(t.parts[0]), tuple(name_of(p) for p in found[1])
    if not right or key_of(name, ("",), right) not in m.sc.generic:
        return None
    m.sc.guess(
        t, f"some law on the line with a density, {name}(·|{','.join(right)})", "nobody spelled it out", "density"
    )
    return Generic(f"{name}_given_{'_'.join(right)}")


def generic(m: Meaning, t: Tree) -> Any:
    """The law of an undetermined density on the line, for a density nobody spelled out; None for others."""
    name = name_of(t.parts[0]) if t.head in ("app", "density") else name_of(t)
    if name not in m.sc.generic:
        return None
    m.sc.guess(t, f"some law on the line with a density, {name}", "nobody spelled it out", "density")
    return Generic(name[2:] if name.startswith("f_") else name)


def member(m: Meaning, t: Tree, parts: tuple[Tree, ...]) -> Any:
    """A member of a family of the registry."""
    import symrep.distributions  # noqa: F401 — fills the registry
    from symrep.distribution import FAMILIES

    name = "ChiSquared" if t.text == "chi2" else family(t.text) or registered(t.text)
    meant = m.sc.environment.families.get(t.text if t.text == "IG" else name or "")
    if meant == "":
        m.sc.fail(t, f"which of two kinds of laws {t.text} is", "the document speaks of both", "ambiguous")
    name = meant or name
    entry = FAMILIES.get(name or "")
    if entry is None:
        m.sc.fail(t, "a family of the registry (symrep list)", t.text)
    if len(parts) != len(entry.parameters):
        m.sc.fail(t, f"{len(entry.parameters)} parameters for {entry.name}", str(len(parts)), "syntax")
    if _exchanged(m, entry.name, parts):
        parts = parts[::-1]
    values = []
    for p, s in zip(parts, entry.parameters, strict=True):
        identity = s in entry.latex_squared and any(n.head == "name" and n.text == "I" for n in walk(p))
        if identity and not m.sc.environment.is_symbol("I"):  # N(0, I), N(0, σ² I)
            m.sc.fail(p, "a variance", "the identity matrix, or a number I", "ambiguous", "variable I in a pragma")
        squared = s in entry.latex_squared or _by_variance(m, entry.name, str(s), p)
        if squared and _bare_scale(p):
            m.sc.fail(
                p, f"the square of {name_of(p)}, or a variance", f"{name_of(p)} alone", "ambiguous", f"{name_of(p)}^2"
            )
        value = m.number(p.parts[0] if squared and _square(p) else p)
        if squared and not _square(p):
            value = sp.sqrt(value)
        values.append(value)
    told = _told(m, entry.name, parts[-1]) if entry.name in _INVERTED else "rate"
    if told == "":
        m.sc.fail(
            t, f"whether {name_of(parts[-1])} is a rate or a scale", "the document says both, or neither", "ambiguous"
        )
    if told == "scale":
        values[-1] = 1 / values[-1]
        m.sc.guess(t, f"{entry.name} by its scale or mean", "the document says so", "parameters")
    elif entry.name in _CONVENTIONS:
        names = ", ".join(str(s) for s in entry.parameters)
        m.sc.guess(t, f"{entry.name} by {names}: {_CONVENTIONS[entry.name]}", "as in the registry", "parameters")
    with m.sc.errors_of(t):
        return entry(*values)


def _told(m: Meaning, family: str, p: Tree) -> str | None:
    """What the document says the last parameter of a law is; None: nothing."""
    told = m.sc.environment.parametrised
    name = "Gamma" if family == "Erlang" else family
    for key in (name_of(p) or "?", "*"):
        if (name, key) in told:
            role = told[name, key]
            return role if role in ("rate", "scale", "") else None
    return None


def _exchanged(m: Meaning, family: str, parts: tuple[Tree, ...]) -> bool:
    """Weibull(λ, k), Pareto(α, x_m): the other order, as the letters or the document say."""
    if len(parts) != 2:
        return False
    first, last = (name_of(p) for p in parts)
    if family == "Weibull":
        told = m.sc.environment.parametrised
        roles = told.get((family, first or "?")), told.get((family, last or "?"))
        turned = roles[0] == "scale" or roles[1] == "shape" if any(roles) else last == "k" or first == "lambda"
    elif family == "Pareto":
        turned = first in ("alpha", "a", "k") and last.startswith(("x_", "m"))
    else:
        return False
    if turned:
        m.sc.guess(parts[0], f"{family} by {first} and {last} in this order", "its letters", "parameters")
    return turned


def _by_variance(m: Meaning, family: str, parameter: str, p: Tree) -> bool:
    """LogNormal(μ, σ²): where the registry has the deviation, its square is written."""
    if family not in _DEVIATIONS or parameter != "sigma" or not _square(p):
        return False
    m.sc.guess(p, f"the square of the {parameter} of {family}", "a square is written", "parameters")
    return True


def _square(p: Tree) -> bool:
    """Is a variance written as the square of a deviation, σ² or (1 − a)²? Deviations are positive."""
    return p.head == "^" and p.parts[1].head == "num" and p.parts[1].value == 2 and p.parts[0].head != "num"


def _bare_scale(p: Tree) -> bool:
    """σ where σ² belongs: is it the deviation or the variance?"""
    name = name_of(p)
    return name.split("_")[0] in ("sigma", "s", "tau", "sigmahat") and p.head in ("name", "sup", "star")


def density(m: Meaning, t: Tree) -> Any:
    """N(x | μ, σ²): the density of the member at the point."""
    point, *parameters = t.parts
    found = member(m, t, tuple(parameters))
    x = m.number(point)
    return density_or_pmf(m, t, found, (x,))
