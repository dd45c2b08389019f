r"""Moments of random variables whose laws nobody tells: E[aX + b], Var(X + Y), Cov(X, Y).

An expectation is linear, and that is all that is used: a body is multiplied out, what is constant comes before it, and
each product of random things has one unknown mean, the same wherever it stands. What follows for all such numbers
follows for moments, where these exist. What does not may still be true (of independent variables, say), so such lines
are confirmed, and never refuted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sympy as sp

from symrep.notation import E
from symrep.reading.latex.joints import MARK
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol

__all__ = [
    "behind",
    "chance_behind",
    "may_be_random",
    "mean_of",
    "product_of",
    "random_names",
    "unnamed_covariance",
    "unnamed_expectation",
    "unnamed_variance",
]

_RANDOM: Final = frozenset("X Y Z U V W".split())
_NOISES: Final = frozenset("epsilon varepsilon eps xi eta zeta".split())
_SMALL: Final = frozenset("x y z u v w".split())
_PARAMETERS: Final = frozenset(
    "alpha beta gamma delta theta kappa lambda mu nu pi rho sigma tau phi psi omega Delta Theta".split()
)
_MOST: Final = 60
_HIGHEST: Final = 12
#: what each mean is of, by its name
_PRODUCTS: Final[dict[str, tuple[Any, frozenset[Any]]]] = {}


def behind(m: Meaning, name: str) -> list[str]:
    """The random variables of which what is defined is a function, and of nothing else that might be random."""
    environment = m.sc.environment
    definition = environment.definitions.get(name)
    if definition is None or definition.parameters:
        return []
    names = m.sc.free_names(definition.body)
    others = names - environment.random.keys() - environment.symbols.keys()
    if others & m.sc.averaged or any(f"random {n}" in environment.told for n in others):
        return []
    if not all(map(_parameter, others)):
        return []
    return sorted(names & environment.random.keys())


def made_of(m: Meaning, name: str) -> list[str]:
    """The random variables without laws, capital letters of which moments are written, that something is defined by."""
    environment = m.sc.environment
    definition = environment.definitions.get(name)
    if definition is None or definition.parameters or name in m.sc.bound:
        return []
    names = {s.name for s in definition.body.free_symbols if isinstance(s, sp.Symbol) and product_of(s) is None}
    random = m.sc.averaged | _averaged_elsewhere(environment)
    found = {n for n in names if n in random and n[:1].isupper() and not environment.is_symbol(n)}
    others = names - found
    if not found or others & (environment.random.keys() | random) or not all(map(_parameter, others)):
        return []
    return sorted(found)


def _averaged_elsewhere(environment: Any) -> frozenset[str]:
    """What is random in the means that something stands for: the C of ν = E[C]."""
    bodies = (d.body for d in environment.definitions.values() if not d.parameters)
    means = (product_of(s) for b in bodies for s in getattr(b, "free_symbols", ()))
    return frozenset(x.name for p in means if p is not None for x in p[1])


def _parameter(name: str) -> bool:
    """Does the field use the letter for a number rather than for something random: μ, σ_1, a, m_0?"""
    base = name.partition("_")[0]
    return base in _PARAMETERS or (len(base) == 1 and base in "abcdfghjklmnpqrst")


def random_names(m: Meaning, body: Iterable[Tree]) -> list[str]:
    """Names of what is random in a body, capital letters such as X and Y_1; empty where matrices are."""
    sc, environment = m.sc, m.sc.environment
    trees = list(body)
    if sc.matrixlike or any(t.head in ("T", "vec", "inv", "det", "tr", "matrix") for b in trees for t in walk(b)):
        return []
    met: list[str] = []
    for n in (n for b in trees for n in walk(b) if n.head == "name"):
        name = name_of(n)
        if name in met or not name:
            continue
        if name in environment.random:
            met.append(name)
        elif made := behind(m, name) or made_of(m, name):  # X = a + bZ: the Z in it
            met += [x for x in made if x not in met]
        elif (
            # an estimator is random
            (name.partition("_")[0] in _RANDOM or name in sc.averaged or n.text.startswith("hat("))
            and not environment.is_function(name)
            and name not in environment.matrices
        ):
            if environment.is_symbol(name) or any(name_of(p) in sc.bound for p in n.parts):
                return []
            if "_" in name and name.partition("_")[0] in sc.bases:  # X_i of a family: its value is no name's
                return []
            met.append(name)
    return met or _small(m, trees)


def _small(m: Meaning, trees: list[Tree]) -> list[str]:
    """The x of E[f(x) + g(x)], where nothing else is random: a small letter of which nothing is said, and which stands
    in functions only."""
    sc, environment, met = m.sc, m.sc.environment, list[str]()
    applied = {id(n) for b in trees for t in walk(b) if t.head == "app" for a in t.parts[1:] for n in walk(a)}
    if any(name_of(n) in _SMALL and id(n) not in applied for b in trees for n in walk(b) if n.head == "name"):
        return []
    for n in (n for b in trees for n in walk(b) if n.head == "name" and not n.parts):
        name = name_of(n)
        if name not in _SMALL or name in met or name in sc.bound:
            continue
        if environment.is_symbol(name) or environment.is_function(name) or name in environment.matrices:
            return []
        if name[:1].upper() + name[1:] in environment.random:  # the x of E[log p(x)] is X then
            return []
        if name in environment.definitions or name in environment.letters:
            return []
        met.append(name)
    return met


def chance_behind(m: Meaning, name: str) -> list[str]:
    """What is random in the definition of a name, where something is of which the law is told."""
    environment = m.sc.environment
    definition = environment.definitions.get(name)
    if definition is None or definition.parameters or name in m.sc.bound:
        return []
    names = sorted(m.sc.free_names(definition.body))
    if not any(n in environment.random for n in names):
        return []
    return [n for n in names if n in environment.random or (n in _RANDOM and not environment.is_symbol(n))]


def may_be_random(m: Meaning, name: str, random: Iterable[str]) -> bool:
    """May what would be taken out of an expectation be random itself: noise by its letter, an estimator, the mean of a
    sample, what the text calls random or tells a law of, what is averaged elsewhere in the line?"""
    environment = m.sc.environment
    base = name.partition("_")[0]
    if name in environment.symbols and name not in environment.random and f"random {name}" not in environment.told:
        return False
    if name.endswith("hat") or base.endswith("hat") or base in _NOISES:
        return True
    if base.endswith("bar") and base.removesuffix("bar").lower() in {x.partition("_")[0].lower() for x in random}:
        return True
    told = any(f"random {n}" in environment.told for n in (name, base))
    return told or name in environment.random or name in m.sc.averaged


def unnamed_expectation(m: Meaning, t: Tree, body: Tree) -> Any:
    """E[body] by linearity; None where a body holds nothing that is random."""
    return _means(m, t, (body,), lambda read, mean: mean(read[0]))


def unnamed_variance(m: Meaning, t: Tree, body: Tree) -> Any:
    """Var = E[b²] − E[b]²."""
    return _means(m, t, (body,), lambda read, mean: mean(read[0] ** 2) - mean(read[0]) ** 2)


def unnamed_covariance(m: Meaning, t: Tree, bodies: tuple[Tree, ...]) -> Any:
    """Cov = E[ab] − E[a] E[b]."""
    return _means(m, t, bodies, lambda read, mean: mean(read[0] * read[1]) - mean(read[0]) * mean(read[1]))


def _means(m: Meaning, t: Tree, bodies: tuple[Tree, ...], use: Any) -> Any:
    names = random_names(m, bodies)
    if not names:
        return None
    table = {n: DomainSymbol(n if n not in m.sc.environment.symbols else m.sc.fresh(n), "real") for n in names}
    with m.sc.binding(table):
        read = [m.number(b) for b in bodies]
    if not all(any(x in r.free_symbols for x in table.values()) for r in read):
        m.sc.fail(t, f"what is random in it, {', '.join(names)}", "something constant")
    for n in sorted({s.name for r in read for s in r.free_symbols - set(table.values()) if hasattr(s, "name")}):
        if may_be_random(m, n, names):
            m.sc.fail(t, f"whether {n} is a number", "the text speaks of it as random", "ambiguous")
    groups = [frozenset(table[n] for n in g & table.keys()) for g in m.sc.environment.independent]
    groups = [g for g in groups if len(g) > 1]
    for g in groups:
        said = " and ".join(sorted(x.name for x in g))
        m.sc.guess(t, f"{said} are independent", "the text says so", "independence")
    laws = {table[n]: m.sc.environment.random[n] for n in names if n in m.sc.environment.random}
    random = frozenset(table.values())
    m.sc.guess(t, f"the moments of {', '.join(names)}, as far as they exist", "linear in what is random", "expectation")
    with m.sc.errors_of(t):
        return use(read, lambda body: mean_of(m, t, body, random, laws, groups))


def mean_of(
    m: Meaning,
    t: Tree,
    body: Any,
    random: frozenset[Any],
    laws: dict[Any, Any],
    independent: Sequence[frozenset[Any]] = (),
) -> Any:
    """The mean of a body, multiplied out: what is constant before it, and a number for each product of random things.
    The mean of a product of functions of independent variables, one of each, is the product of their means.

    Raises:
        Unread: a high power, or more terms than are worth it.
    """
    if any(e.exp.is_Integer and abs(e.exp) > _HIGHEST for e in body.atoms(sp.Pow) if not e.exp.is_Symbol):
        m.sc.fail(t, f"moments up to the order {_HIGHEST}", "a higher power", "size")
    terms = sp.Add.make_args(sp.expand(body))
    if len(terms) > _MOST:
        m.sc.fail(t, "a shorter expectation", f"{len(terms)} terms", "size")
    out: list[Any] = []
    for term in terms:
        constant, rest = sp.S.One, sp.S.One
        for f in sp.Mul.make_args(term):
            if f.free_symbols & random:
                rest *= f
            else:
                constant *= f
        means = [_moment(part, random, laws) for part in _parted(rest, random, independent)] if rest != 1 else []
        out.append(sp.Mul(constant, *means))
    return sp.Add(*out)


def _parted(product: Any, random: frozenset[Any], independent: Sequence[frozenset[Any]]) -> list[Any]:
    """A product, cut into functions of independent variables; all in one where they are not told to be."""
    held = product.free_symbols & random
    if len(held) < 2 or not any(held <= g for g in independent):
        return [product]
    parts: list[tuple[frozenset[Any], Any]] = []
    for f in sp.Mul.make_args(product):
        of, whole = frozenset(f.free_symbols & random), f
        for part in [p for p in parts if p[0] & of]:
            parts.remove(part)
            of, whole = of | part[0], whole * part[1]
        parts.append((of, whole))
    return [p for _, p in parts]


def _moment(product: Any, random: frozenset[Any], laws: dict[Any, Any]) -> Any:
    """The mean of a product of random things: under the law of its variable, if that is told, else a number."""
    held = product.free_symbols & random
    if len(held) == 1:
        (x,) = held
        law = laws.get(x)
        if law is not None and law.arity() == 1:
            kind = DomainSymbol(x.name, "integer") if law.discrete() else x
            return E(product.xreplace({x: kind}), (kind, law))
    said = "".join(c if c.isalnum() else "_" for c in str(product))[:40]
    digest = hashlib.sha256(str(product).encode()).hexdigest()[:10]
    mean = DomainSymbol(f"E{MARK}{said}_{digest}", "real")
    _PRODUCTS[mean.name] = product, held
    return mean


def product_of(mean: Any) -> tuple[Any, frozenset[Any]] | None:
    """Of what such a number is the mean, and what is random in it; None for other symbols."""
    return _PRODUCTS.get(getattr(mean, "name", ""))
