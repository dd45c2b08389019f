r"""What is said of all densities, tried on normal ones: p(z|x) = p(x|z) p(x)/p(z) is false already of these.

Lines about densities nobody spelled out are confirmed by the definition of conditional densities and nothing else. One
that does not follow is false in general if it is false of a bivariate normal p(x, z); in a document it may still be
true, of variables that are independent, say. So only lines that say how the densities of two variables hang together
are tried, and only where the text speaks of nothing that could make them special.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import sympy as sp

from symrep.checking.cues import before_in_paragraph
from symrep.checking.facts import plain_name
from symrep.checking.model import Link
from symrep.checking.names import uses
from symrep.reading.documents import SLOT, Document
from symrep.reading.latex import Environment, walk
from symrep.reading.latex.habits import priors
from symrep.reading.latex.joints import LETTERS, MARK, bracket_of
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import GREEK
from symrep.symbols import Undetermined

__all__ = ["WHY", "any_constants", "factorised", "general", "generally", "spoken_generally", "with_normals"]

#: words of a document in which densities may be special ones
_SPECIAL: Final = re.compile(
    r"independen|markov|symmetric|stationar|invarian|exchangeab|detailed balance|\btight\b|"
    r"equality holds|optimal|deterministic|memoryless|conjuga",
    re.IGNORECASE,
)
#: and random variables
_SPECIAL_MOMENTS: Final = re.compile(
    r"independen|(?:un|perfectly |not |no )correlat|zero[- ]mean|mean zero|cent(?:er|re)d|unbiased|\bi\.?i\.?d|"
    r"bernoulli|binary|indicator|idempot|martingale|stationar|constant variance|deterministic",
    re.IGNORECASE,
)
_ANY: Final = re.compile(
    r"\b(?:any|every|all|arbitrary|each)\s(?:(?:real|fixed|scalar|finite)\s)?(?:constants?|numbers?|scalars?|coefficients?)"
    rf"\s(?P<of>[\U{SLOT:08x}-\U000ffffd])",
    re.IGNORECASE,
)
WHY: Final = "it is false already of normal densities and random variables"
#: means, deviations and correlations of the families in turn
_NUMBERS: Final = (
    (sp.Rational(1, 3), sp.Rational(-1, 4), sp.Rational(1), sp.Rational(3, 4), sp.Rational(1, 2)),
    (sp.Rational(-1, 5), sp.Rational(1, 2), sp.Rational(4, 5), sp.Rational(5, 4), sp.Rational(-1, 3)),
    (sp.Rational(1, 7), sp.Rational(2, 3), sp.Rational(6, 5), sp.Rational(2, 3), sp.Rational(1, 4)),
)


def spoken_generally(text: str) -> frozenset[str]:
    """Of what a document may be taken to speak as of all: ``densities``, ``moments``."""
    return frozenset(
        k for k, words in (("densities", _SPECIAL), ("moments", _SPECIAL_MOMENTS)) if not words.search(text)
    )


def generally(document: Document, formula: int, link: Link, known: frozenset[str]) -> frozenset[str]:
    """Of what a line is taken to speak as of all. Of *any constant β* it is said for its paragraph, whatever else the
    document speaks of."""
    if link.op != "=" or link.solve:
        return frozenset()
    any_of_them = link.constants & (uses(link.left) | uses(link.right))
    return known | spoken_generally(before_in_paragraph(document, formula)) if any_of_them else known


def any_constants(document: Document) -> frozenset[str]:
    """The names of which it is said: *for any constant β*."""
    shown = document.formulas
    told = (plain_name(shown[ord(m["of"]) - SLOT].body.text) for m in _ANY.finditer(document.words.text))
    return frozenset(n for n in told if n is not None)


def general(trees: Sequence[Tree | None], environment: Environment) -> str:
    """``moments``, where the sides speak of them; ``densities``: of those of two variables at most, of one at least
    alone or of both together; empty for others.

    Not of any density that the document has spelled out: those it has not hang together with them.
    """
    families: dict[str, set[str]] = {}
    whole = logs = False
    for tree in (t for t in trees if t is not None):
        for t in walk(tree):
            logs = logs or (t.head in ("call", "log") and t.text in ("log", "ln", ""))
            inside = bracket_of(t) if t.head in ("app", "density") else None
            if inside is None or name_of(t.parts[0]).partition("_")[0] not in LETTERS:
                continue
            if any(x.parts and x.head == "name" for x in (*inside[0], *inside[1])) and _summed_over(trees):
                return ""  # events B_i of a family, p(x | z_i): whatever its members have to do with one another
            whole = whole or not inside[1]
            families.setdefault(name_of(t.parts[0]), set()).update(name_of(x) for x in (*inside[0], *inside[1]))
    for (letter, x), of in priors([t for t in trees if t is not None]).items():
        if families.get(letter, set()) <= families.get(of, set()) and x in families.get(of, set()):
            families.pop(letter, None)  # p(z) beside p_θ(x|z)
    told = {k.partition("(")[0] for k in (*environment.definitions, *environment.densities)}
    if told & families.keys():
        return ""
    known = environment.random.keys() | {k for k, d in environment.definitions.items() if not d.parameters}
    if known & {n for of in families.values() for n in of}:
        return ""  # of a = tanh u, or of a u with a law: no densities of any two variables
    letters = [f.partition("_")[0] for f in families]
    if not families:  # moments
        nodes = [t for tree in trees if tree is not None for t in walk(tree)]
        mean = any(t.head in ("E", "Var", "Cov") for t in nodes)
        names = {name_of(t) for t in nodes if t.head == "name"}
        small = any(
            name_of(n) in "xyzuvw" for t in nodes if t.head in ("E", "Var", "Cov") for n in walk(t) if n.head == "name"
        )
        if small:
            return ""  # a small letter may be no random variable
        own = any(t.head == "app" and name_of(t.parts[0]).partition("_")[2] in names - {""} for t in nodes)
        return "moments" if mean and not own else ""  # Var(X) beside f_X(x): the X has that density
    if any(n[:1].isupper() and n.endswith("bar") for of in families.values() for n in of):
        return ""  # an event and what is not in it
    if any(len(of) > 2 or "" in of for of in families.values()) or len(set(letters)) < len(letters):
        return ""
    return "densities" if whole and (len(families) == 1 or (logs and len(families) == 2)) else ""


def _summed_over(trees: Sequence[Tree | None]) -> bool:
    return any(t.head in ("sum", "prod") for tree in trees if tree is not None for t in walk(tree))


def factorised(left: Tree | None, right: Tree | None) -> bool:
    """Does a line say of variables that they are independent: p(x, z) = p(x) p(z), p(x|z) = p(x)?"""
    for one, other in ((left, right), (right, left)):
        inside = bracket_of(one) if one is not None and one.head in ("app", "density") else None
        if inside is None or other is None or len(inside[0]) + len(inside[1]) < 2:
            continue
        factors = other.parts if other.head == "*" else (other,)
        found = [bracket_of(f) if f.head in ("app", "density") else None for f in factors]
        names = {n for f in found if f is not None for n in map(name_of, (*f[0], *f[1]))}
        whole = all(f is not None and len(f[0]) == 1 and not f[1] for f in found)
        if whole and names == {name_of(n) for n in inside[0]}:
            return True
    return False


def with_normals(lhs: Any, rhs: Any, independent: bool = False) -> tuple[Any, Any] | None:
    """The sides with normal densities for those nobody spelled out; None where something else is unknown, too."""
    if any(isinstance(a, Undetermined) and not b.has(Undetermined) for a, b in ((lhs, rhs), (rhs, lhs))):
        return None  # Q_X(p) = a + bp says which one it is, or follows from what is not read
    families: dict[str, list[str]] = {}
    for f in sorted(lhs.atoms(Undetermined) | rhs.atoms(Undetermined), key=sp.default_sort_key):
        at = _keys(f)
        if at is None or any(f.orders):
            return None
        families.setdefault(f.symbol.partition(MARK)[0], []).extend(k for k in at if k not in _parameters(f, at))
    if not families or len(families) > len(_NUMBERS):
        return None
    order = {name: (i, sorted(set(of))) for i, (name, of) in enumerate(sorted(families.items()))}
    if any(len(of) > 2 for _, of in order.values()):
        return None

    def logarithm(e: Any) -> bool:
        return isinstance(e, sp.log) and _keys(e.args[0]) is not None

    def spelled(e: Any) -> Any:
        e = e.replace(logarithm, lambda x: _log(x.args[0], order, independent))
        return e.replace(lambda x: isinstance(x, Undetermined), lambda x: sp.exp(_log(x, order, independent)))

    return spelled(lhs), spelled(rhs)


def _keys(f: Any) -> list[str] | None:
    """The names of the arguments of such a density."""
    if not isinstance(f, Undetermined) or MARK not in f.symbol:
        return None
    keys = f.symbol.partition(MARK)[2].split("_")
    return keys if len(keys) == len(f.args) else None


def _parameters(f: Any, keys: list[str]) -> set[str]:
    below = f.symbol.partition(MARK)[0].partition("_")[2]
    return {k for k in keys if k in GREEK and k == below}


def _log(f: Any, order: dict[str, tuple[int, list[str]]], independent: bool) -> Any:
    """The logarithm of the normal density that stands for f."""
    keys = _keys(f) or []
    i, variables = order[f.symbol.partition(MARK)[0]]
    m1, m2, s1, s2, r = _NUMBERS[i]
    r = sp.S.Zero if independent else r
    shift = sum((a / 5 for k, a in zip(keys, f.args, strict=True) if k in _parameters(f, keys)), sp.S.Zero)
    of = {k: a for k, a in zip(keys, f.args, strict=True) if k in variables}
    standard = {
        k: (a - m - shift) / s
        for k, m, s in zip(variables, (m1, m2), (s1, s2), strict=False)
        if (a := of.get(k)) is not None
    }
    if len(standard) == 1:
        ((k, u),) = standard.items()
        return -(u**2) / 2 - sp.log((s1, s2)[variables.index(k)]) - sp.log(2 * sp.pi) / 2
    u, v = (standard[k] for k in variables)
    square = (u**2 - 2 * r * u * v + v**2) / (1 - r**2)
    return -square / 2 - sp.log(2 * sp.pi * s1 * s2) - sp.log(1 - r**2) / 2
