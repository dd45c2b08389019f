r"""A second reading: what follows for all densities, from what expectations, entropies and probabilities are.

Where the first reading does not know a law, E[g(X)] is here the functional of g(x) p(x), H(X) that of −p(x) log p(x),
KL[P‖Q] that of p(x) log(p(x)/q(x)), p(x|y) the quotient p(x, y)/p(y), Var and Cov differences of expectations, and sums
and integrals over spaces are the functionals of ``functionals``. The densities f_X(x), p(x) and Pr(X = x) are one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sympy as sp

from symrep.errors import SymrepError
from symrep.reading.latex.ellipses import spelled_out
from symrep.reading.latex.environment import Environment
from symrep.reading.latex.events import of_events
from symrep.reading.latex.formal_maps import derivative, inverse, of_map, point_of_map
from symrep.reading.latex.formal_words import (
    CAPITALS,
    MAIN,
    Formal,
    is_density,
    key,
    variables_below,
    whole,
)
from symrep.reading.latex.functionals import Dens, Opaque, Over, TooMuch, closed, normal
from symrep.reading.latex.habits import assumed_kinds, index_bases, names_in
from symrep.reading.latex.information import divergence, entropy, information, points_of, values_of
from symrep.reading.latex.joints import LETTERS, bracket_of, key_of
from symrep.reading.latex.scope import Scope, name_of
from symrep.reading.latex.spaces import integral, series
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.unnamed import may_be_random
from symrep.symbols import Undetermined

__all__ = ["formal_sides"]

_FAILS: Final = (
    SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, TooMuch,
)  # fmt: skip
_OPERATORS: Final = frozenset(("E", "Var", "Std", "Cov", "Corr", "H", "KL", "P"))
_OF_EVENTS: Final = frozenset(("cup", "cap", "setminus"))
_TRANSFORMS: Final = frozenset(("F", "M", "varphi", "phi"))
_MATRICES: Final = frozenset(("T", "inv", "tr", "det", "vec", "matrix", "norm"))


class FormalSense(Formal):
    """Meanings with expectations and their like as functionals."""

    def value(self, tree: Tree) -> Any:
        special = _FORMAL.get(tree.head)
        if special is None:
            return super().value(tree)
        with self.sc.errors_of(tree):
            found = special(self, tree)
        return super().value(tree) if found is None else found


def formal_sides(left: Tree, right: Tree, environment: Environment) -> tuple[Any, Any, bool] | None:
    """Both sides with a number for each functional, to be compared; None where this reading does not apply.

    The third says whether they rest on the convergence of sums or integrals of something spelled out.
    """
    left, right = spelled_out(left), spelled_out(right)
    trees = [left, right]
    if not any(_speaks(t) for tree in trees for t in walk(tree)):
        return None
    scope = Scope(environment, index_bases(trees), assumed_kinds(trees, environment), names_in(trees))
    columns = {"Cov"} if "vectors" in environment.told else set()  # of random vectors it is a matrix
    if any(t.head in _MATRICES or t.head in columns for tree in trees for t in walk(tree)):
        return None
    sense = FormalSense(scope, trees)
    try:
        (a, b), spelled = _normal(sense, left, right)
        points = sense.points and bool(sense.letters) and "S" not in sense.ways
        mixed = {"S", "I"} <= sense.ways or (points and "discrete" not in environment.told)
        return None if mixed else (*closed(a, b), spelled)
    except _FAILS:
        return None


def _normal(sense: Formal, left: Tree, right: Tree) -> Any:
    sides = sense.number(left), sense.number(right)
    return normal(*sides, mass=not sense.defined)


def _speaks(t: Tree) -> bool:
    if t.head == "app" and t.parts[0].head == "name":
        base, _, below = t.parts[0].text.partition("_")
        events = base in ("P", "Pr") and any(n.head in _OF_EVENTS for n in walk(t))
        return is_density(t) or events or (base in _TRANSFORMS and bool(variables_below(below)))
    return t.head in _OPERATORS or t.head in ("below", "sum", "int")


# --- densities ----------------------------------------------------------------------------------------------------


def application(m: Formal, t: Tree) -> Any:
    """p(x), f_X(x), p(x|y), F_X(x), I(X, Y), P(A ∪ B); None for other functions."""
    f = t.parts[0]
    if f.head in ("inverse", "prime") and len(t.parts) == 2:
        return inverse(m, t, f) if f.head == "inverse" else _moments(m, t, f.parts[0], int(f.text or "1"))
    if f.head != "name":
        return None
    base, _, below = f.text.partition("_")
    m.defined = m.defined or name_of(f) in m.sc.environment.definitions
    if base in ("p", "P", "Pr") and not below and (found := of_events(t)) is not None:
        return found
    if base == "I" and not below and len(t.parts) > 2:
        return information(m, t)
    if base == "F" and (who := variables_below(below)) and len(who) == len(t.parts) - 1:
        return _below_point(",".join(map(key, who)), tuple(m.number(p) for p in t.parts[1:]))
    if (transform := _moments(m, t, f, 0)) is not None:
        return transform
    which = m.letter(f)
    found = bracket_of(t) or (values_of(t) if which and not below else None)
    if not which or found is None:
        return None
    left, right = found
    if who := variables_below(below):
        if right or len(who) != len(left):
            return None
        if len(who) == 1 and (mapped := of_map(m, who[0], m.number(left[0]))) is not None:
            return mapped
        return Dens(which, {key(n): m.number(p) for n, p in zip(who, left, strict=True)})
    _undefined(m, t, f, left, right)
    joint = _named(m, t, (*left, *right))
    together = Dens(which, joint)
    return together / Dens(which, _named(m, t, right)) if right else together


def _below_point(who: str, at: tuple[Any, ...]) -> Any:
    """F_X at a point; at F_X^{-1}(y) it is y."""
    if len(at) == 1 and isinstance(at[0], Opaque) and str(at[0].args[0]) == f"inverse of F_{who}":
        return at[0].args[1].args[0]
    return Opaque(f"F_{who}", at)


def _moments(m: Formal, t: Tree, f: Tree, order: int) -> Any:
    """M_X(t) = E[exp(tX)], φ_X(t) = E[exp(itX)] and their derivatives; None for other names."""
    base, _, below = f.text.partition("_")
    who = variables_below(below)
    if f.head != "name" or base not in ("M", "varphi", "phi") or len(who) != 1 or len(t.parts) != 2 or order > 8:
        return None
    m.defined = m.defined or name_of(f) in m.sc.environment.definitions
    unit, at = (sp.S.One if base == "M" else sp.I), m.number(t.parts[1])
    variable = Tree("name", f.start, f.end, who[0])
    return _mean(m, t, (variable,), (), lambda r, mean: mean((unit * r[0]) ** order * sp.exp(unit * at * r[0])))


def _named(m: Formal, t: Tree, parts: tuple[Tree, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for p in parts:
        name = name_of(p)
        if p.head == "rel" and p.text == "=" and len(p.parts) == 2:  # p(x = 1), Pr(X = x)
            name, p = name_of(p.parts[0]), p.parts[1]
        if not name or key(name) in out:
            m.sc.fail(t, "a density of names", "another bracket")
        out[key(name)] = m.number(p)
    return out


def _undefined(m: Formal, t: Tree, f: Tree, left: tuple[Tree, ...], right: tuple[Tree, ...]) -> None:
    """What a document defines without saying that it is a density need not be one."""
    name = name_of(f)
    environment = m.sc.environment
    key = key_of(name, tuple(map(name_of, left)), tuple(map(name_of, right)))
    if (name in environment.definitions or key in environment.definitions) and not (
        name in environment.densities or key in environment.densities
    ):
        m.sc.fail(t, "a density", f"the function {name}, which is defined")
    if environment.is_symbol(name):
        m.sc.fail(t, "a density", f"{name}, which is a number")


# --- expectations -------------------------------------------------------------------------------------------------


def _conditioned(t: Tree) -> tuple[Tree, tuple[Tree, ...]]:
    """What the expectation is of, and what it is given."""
    if t.head == "|" and len(t.parts) == 2:
        right = t.parts[1]
        return t.parts[0], right.parts if right.head in ("list", "and") else (right,)
    return t, ()


def _mean(m: Formal, t: Tree, bodies: tuple[Tree, ...], given: tuple[Tree, ...], use: Any) -> Any:
    """``use(read, mean)`` of the bodies with what is random in them bound."""
    names = _random(m, bodies)
    environment = m.sc.environment
    others = {
        n for n, spec in environment.functions.items() if spec.density and n.partition("_")[0] in LETTERS - {MAIN}
    }
    if "q" in m.letters or others or {"P", "Q"} <= environment.densities.keys():
        m.sc.fail(t, "the law below the expectation", "two densities, and none below", "ambiguous")
    if m.families:
        if given:
            m.sc.fail(t, "an expectation without a condition", "one of a family of variables")
        return _chance(m, t, bodies, names, use)
    held = {name_of(g.parts[0]) if g.head == "rel" else name_of(g) for g in given}
    names = [n for n in names if n not in held]
    if not names:
        m.sc.fail(t, "what is random here", "nothing")
    table = {n: m.fresh() for n in names}
    with m.sc.binding(table):
        read = [m.number(b) for b in bodies]
    conditions = _named(m, t, given)
    inside = {s.name for r in read for s in r.free_symbols - set(table.values()) if hasattr(s, "name")}
    if doubtful := sorted(n for n in inside - held if may_be_random(m, n, table)):
        m.sc.fail(t, f"whether {doubtful[0]} is a number", "what may be random", "ambiguous")
    points = {key(n): x for n, x in table.items()}
    if points.keys() & conditions.keys() or len(points) < len(table):
        m.sc.fail(t, "different variables", "one by two names, or given itself")
    weight = Dens(MAIN, {**points, **conditions})
    if conditions:
        weight /= Dens(MAIN, conditions)
    return use(read, lambda body: whole(body * weight, points))


def _random(m: Formal, bodies: tuple[Tree, ...]) -> list[str]:
    """What is random in bodies, or in what their names stand for: Y, or the X of Y = g(X).

    Raises:
        Unread: a capital letter that may be random or not.
    """
    environment = m.sc.environment
    out: list[str] = []
    for t in (t for body in bodies for t in walk(body) if t.head == "name"):
        name = name_of(t)
        definition = environment.definitions.get(name)
        if definition is not None and not definition.parameters:
            inner = sorted(s.name for s in definition.body.free_symbols if s.name.partition("_")[0] in CAPITALS)
            out += [n for n in inner if n not in out]
        elif name in environment.random or (name.partition("_")[0] in CAPITALS and not environment.is_function(name)):
            if (
                environment.is_symbol(name)
                or name in environment.matrices
                or any(name_of(p) in m.sc.bound for p in t.parts)
            ):
                if not m.families:
                    m.sc.fail(t, "a random variable", f"{name}, which is declared, or one of a family", "ambiguous")
                continue
            out += [name] if name not in out else []
        elif (
            name[:1].isupper() and name not in m.sc.bound and not environment.is_symbol(name) and not _called(bodies, t)
        ):
            m.sc.fail(t, f"whether {name} is random", "a capital letter", "ambiguous", f"variable {name} in a pragma")
    return out


def _called(bodies: tuple[Tree, ...], name: Tree) -> bool:
    """Is it the name of a function, an operator's subscript?"""
    return any(
        t.head in ("app", "density", "inverse", "prime") and t.parts[0] is name for body in bodies for t in walk(body)
    )


def _chance(m: Formal, t: Tree, bodies: tuple[Tree, ...], names: list[str], use: Any) -> Any:
    """The mean where there are families X_i: of functions of chance, of which only linearity is used."""
    omega = m.fresh()
    m.chance.append(omega)
    try:
        with m.sc.binding({n: Opaque(n, (omega,)) for n in names}):
            read = [m.number(b) for b in bodies]
    finally:
        m.chance.pop()
    if not any(omega in r.free_symbols for r in read):
        m.sc.fail(t, "what is random here", "nothing")
    return use(read, lambda body: Over(body, (omega,), [(sp.Symbol("P"), sp.S.Zero, sp.S.Zero)]))


def name(m: Formal, t: Tree) -> Any:
    """X_i of a family, under an expectation: a function of the index and of chance."""
    base = name_of(t).partition("_")[0]
    if not m.chance or base not in CAPITALS or len(t.parts) != 1:
        return None
    return Opaque(base, (m.number(t.parts[0]), m.chance[-1]))


def expectation(m: Formal, t: Tree) -> Any:
    below, body = t.parts[:-1], t.parts[-1]
    what, given = _conditioned(body)
    if len(below) == 1 and below[0].head == "app" and is_density(below[0]) and not given:
        return _under(m, t, below[0], what)
    if len(below) == 1 and not given and (law := _drawn_from(m, below[0])) is not None:
        return _under(m, t, law, what)
    if below and not (len(below) == 1 and not given and _random(m, (what,)) == [name_of(below[0])]):
        return None
    return _mean(m, t, (what,), given, lambda read, mean: mean(read[0]))


def _drawn_from(m: Formal, below: Tree) -> Tree | None:
    """The density in E_{z ~ p}, E_{z ~ q(z | x)}, where p goes by its letter alone."""
    if below.head != "rel" or below.text != "~" or len(below.parts) != 2 or below.parts[0].head != "name":
        return None
    who, where = below.parts
    if where.head == "name" and m.letter(where):
        return Tree("app", where.start, where.end, parts=(where, who))
    found = bracket_of(where) if where.head == "app" and is_density(where) else None
    return where if found is not None and [name_of(p) for p in found[0]] == [name_of(who)] else None


def _under(m: Formal, t: Tree, law: Tree, body: Tree) -> Any:
    """E_{p(x)}[…], E_{q(z|x)}[…]: against a density."""
    found = bracket_of(law)
    if found is None or not all(map(name_of, found[0])):
        return None
    table = {name_of(p): m.fresh() for p in found[0]}
    with m.sc.binding(table):
        product = m.number(body) * m.number(law)
    return whole(product, table)


def angle(m: Formal, t: Tree) -> Any:
    """⟨f(x)⟩_{p(x)}."""
    if t.parts[0].head != "inner" or len(t.parts[0].parts) != 1 or not is_density(t.parts[1]):
        return None
    return _under(m, t, t.parts[1], t.parts[0].parts[0])


def variance(m: Formal, t: Tree) -> Any:
    if len(t.parts) != 1:
        return None
    what, given = _conditioned(t.parts[0])
    return _mean(m, t, (what,), given, lambda read, mean: mean(read[0] ** 2) - mean(read[0]) ** 2)


def deviation(m: Formal, t: Tree) -> Any:
    v = variance(m, t)
    return None if v is None else sp.sqrt(v)


def covariance(m: Formal, t: Tree) -> Any:
    if len(t.parts) != 2:
        return None
    b, given = _conditioned(t.parts[1])
    return _mean(m, t, (t.parts[0], b), given, lambda r, mean: mean(r[0] * r[1]) - mean(r[0]) * mean(r[1]))


def correlation(m: Formal, t: Tree) -> Any:
    """Cov(X, Y) over both deviations."""
    cov = covariance(m, t)
    if cov is None:
        return None
    return cov / sp.Mul(*(deviation(m, Tree("Std", p.start, p.end, parts=(p,))) for p in t.parts))


def probability(m: Formal, t: Tree) -> Any:
    """Pr(X = x), Pr(X ≤ x), Pr(A ∪ B)."""
    if (found := of_events(t)) is not None:
        return found
    bracket = bracket_of(t) or points_of(t)
    if bracket is None or len(t.parts) != 1:
        return None
    parts = (*bracket[0], *bracket[1])
    if len(parts) == 1 and parts[0].head == "rel" and len(parts[0].parts) == 2 and parts[0].text in ("<=", ">"):
        who, x = parts[0].parts
        below = _at_most(m, who, m.number(x))
        return below if below is None or parts[0].text == "<=" else 1 - below
    if len(parts) == 1 and (mapped := point_of_map(m, parts[0])) is not None:
        m.points = True
        return mapped
    if not all(p.head == "rel" and p.text == "=" and _random_letter(p.parts[0]) for p in parts):
        return None
    m.points = True
    laws = [m.sc.environment.random.get(name_of(p.parts[0])) for p in parts]
    if "I" in m.ways or any(law is not None and not law.discrete() for law in laws):
        m.sc.fail(t, "a discrete variable", "the probability of one value of another")
    whole = Dens(MAIN, _named(m, t, parts))
    return whole / Dens(MAIN, _named(m, t, bracket[1])) if bracket[1] else whole


def _random_letter(t: Tree) -> bool:
    """Is it a capital letter, which is random before an equality in a probability?"""
    base = name_of(t).partition("_")[0]
    return len(base) == 1 and base.isupper()


def _at_most(m: Formal, who: Tree, x: Any) -> Any:
    """Pr(X ≤ x); Pr(g(X) ≤ x) as Pr(X ≤ g^{-1}(x)) where g is declared to be increasing."""
    name = name_of(who)
    definition = m.sc.environment.definitions.get(name)
    if definition is not None and isinstance(definition.body, Undetermined):  # Y = g(X)
        g, inner = definition.body, definition.body.args[0]
        if len(g.args) != 1 or any(g.orders) or g.spec.monotone != "increasing" or not inner.is_Symbol:
            return None
        return _below_point(key(inner.name), (Opaque(f"inverse of {g.symbol}", (x,)),))
    if name.partition("_")[0] in CAPITALS and definition is None:
        return _below_point(key(name), (x,))
    if who.head != "app" or len(who.parts) != 2 or name_of(who.parts[1]).partition("_")[0] not in CAPITALS:
        return None
    f, variable = who.parts[0], key(name_of(who.parts[1]))
    spec = m.sc.environment.functions.get(name_of(f))
    itself = f.text.startswith("F_") and variables_below(f.text[2:]) == (name_of(who.parts[1]),)
    if itself or (spec is not None and spec.monotone == "increasing"):
        inverse = f"inverse of F_{variable}" if itself else f"inverse of {name_of(f)}"
        return _below_point(variable, (Opaque(inverse, (x,)),))
    return None


def _refused(m: Formal, t: Tree) -> Any:
    """A derivative, a limit, a maximum of what is only formal is not looked into."""
    if any(_speaks(n) for n in walk(t)):
        m.sc.fail(t, "sums, products and functions", t.head)
    return None


def _derivative(m: Formal, t: Tree) -> Any:
    found = derivative(m, t)
    return _refused(m, t) if found is None else found


_FORMAL: Final[Mapping[str, Callable[[Any, Tree], Any]]] = {
    "app": application,
    "name": name,
    "E": expectation,
    "below": angle,
    "Var": variance,
    "Std": deviation,
    "Cov": covariance,
    "Corr": correlation,
    "P": probability,
    "H": entropy,
    "KL": divergence,
    "sum": series,
    "int": integral,
    "D": _derivative,
    "grad": _refused,
    "lim": _refused,
    "at": _refused,
    "prod": _refused,
}
