"""``read``: a formula with all its meanings, its guesses, and what is unread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, final

import sympy as sp

from symrep.law import Law
from symrep.reading.latex.below import with_laws_below
from symrep.reading.latex.ellipses import spelled_out
from symrep.reading.latex.environment import Environment
from symrep.reading.latex.habits import assumed_kinds, generic_laws, index_bases, integrated_in, names_in, priors
from symrep.reading.latex.joints import parameters_of
from symrep.reading.latex.meaning import Sense
from symrep.reading.latex.results import Reading, Row, Side, Statement, Unread
from symrep.reading.latex.scope import Scope, name_of
from symrep.reading.latex.semicolons import with_parameters
from symrep.reading.latex.statements import ParsedSide, ParsedStatement, statements
from symrep.reading.latex.trees import Tree, walk

__all__ = ["Defined", "defines", "read"]

_NOTHING = Environment()
#: heads beside which a capital letter may well be a matrix
_MATRICES = frozenset("T inv tr det vec hadamard kron norm norm1 norm2 matrix".split())


@final
@dataclass(frozen=True)
class Defined:
    """What a left side could define: a symbol, or a function of distinct bare names.

    A parameter that is the square of a name, as in ℓ(μ, σ²), is spelled ``sigma^2``. ``logarithm``: it is the logarithm
    of the name that stands at the left.
    """

    name: str
    parameters: tuple[str, ...] = ()
    logarithm: bool = False


def defines(tree: Tree | None) -> Defined | None:
    """The name a side could define, or None: a bare name, or f(x, …) of distinct bare names, or its logarithm."""
    if tree is None:
        return None
    name = name_of(tree)
    if name and tree.text not in ("oo", "...", "pi", "e"):
        return Defined(name)
    if tree.head in ("call", "log", "ln") and tree.text in ("log", "ln", "") and len(tree.parts) == 1:
        inner = defines(tree.parts[0])
        return None if inner is None or inner.logarithm or not inner.parameters else replace(inner, logarithm=True)
    if (conditional := parameters_of(tree)) is not None:
        return Defined(*conditional)
    if tree.head == "app" and tree.parts[0].head == "name":
        parts = [q for p in tree.parts[1:] for q in _flat(p) if q.head != "mark"]
        parameters = tuple(_parameter(p) for p in parts)
        if all(parameters) and len({p.partition("^")[0] for p in parameters}) == len(parameters):
            return Defined(name_of(tree.parts[0]), parameters)
    return None


def _flat(tree: Tree) -> tuple[Tree, ...]:
    """What stands between commas, bars and semicolons: f(x | μ, σ)."""
    return tuple(q for p in tree.parts for q in _flat(p)) if tree.head in ("list", "|") else (tree,)


def _parameter(tree: Tree) -> str:
    """A bare name, or the square of one."""
    if tree.head == "name":
        return name_of(tree)
    square = tree.head == "^" and tree.parts[0].head == "name" and tree.parts[1].head == "num"
    return f"{name_of(tree.parts[0])}^2" if square and tree.parts[1].value == 2 and name_of(tree.parts[0]) else ""


def read(source: str, environment: Environment = _NOTHING, offset: int = 0) -> Reading:
    """The meaning of a formula in the light of what its document has said.

    Args:
        source: what stands between the dollars or inside the environment.
        environment: definitions in force.
        offset: where the source begins in its document; all positions are the document's.
    """
    try:
        parsed = statements(source, environment, offset)
    except Unread as trouble:
        end = offset + len(source)
        side = Side(offset, end, None, None, (trouble,))
        return Reading(source, (Row(offset, end, (Statement(offset, end, (side,)),)),))
    parsed = with_laws_below(with_parameters(parsed, environment), environment)
    sides = [s for row in parsed for st in row for s in (*st.sides, *st.conditions)]
    trees = [spelled_out(s.tree) for s in sides if s.tree is not None]
    scope = _scope(trees, environment, source, offset)
    sense = Sense(scope)
    rows = tuple(_row(r, sense) for r in parsed if r)
    return Reading(source, rows, dict(scope.spelled), scope.bases - environment.indexed, dict(scope.kinds))


def _scope(trees: list[Tree], environment: Environment, source: str, offset: int) -> Scope:
    taken = names_in(trees)
    scope = Scope(environment, index_bases(trees), assumed_kinds(trees, environment), taken, source, offset)
    scope.varied = frozenset(name_of(v) for tree in trees for t in walk(tree) for v in _varied(t))
    scope.matrixlike = any(t.head in _MATRICES for tree in trees for t in walk(tree))
    scope.columns = frozenset(
        name_of(x) for tree in trees for t in walk(tree) if t.head == "T" for x in walk(t) if x.text[:1].islower()
    )
    scope.bases_of_logs = [b for tree in trees for t in walk(tree) if (b := _base_of_log(t)) is not None]
    scope.generic = generic_laws(trees, environment)
    scope.priors = priors(trees)
    scope.averaged = frozenset(n for tree in trees for t in walk(tree) for n in _averaged(t))
    scope.integrated |= integrated_in(trees)
    scope.generic -= {name for name, _ in scope.priors}
    for t in (t for tree in trees for t in walk(tree)):
        if t.head in ("app", "density") and len(t.parts) == 2 and t.parts[1].head == "name":
            scope.points.setdefault(name_of(t.parts[0]), set()).add(name_of(t.parts[1]))
    letters: set[str] = set()
    for tree in trees:
        for t in walk(tree):
            if t.head in ("sum", "prod") and len(t.parts) > 1:
                first = t.parts[0].parts[0] if t.parts[0].head == "rel" else t.parts[0]
                letters.add(name_of(first))
            if t.head in ("name", "vec"):
                letters.update(name_of(p) for p in t.parts)
            if t.head in ("rel", "|") and t.parts[0].head == "name":
                letters.add(name_of(t.parts[0]))
    scope.indices = frozenset(letters)
    return scope


def _varied(t: Tree) -> tuple[Tree, ...]:
    """What a derivative or a gradient is by."""
    return t.parts[1:] if t.head == "D" else t.parts[:-1] if t.head == "grad" else ()


def _averaged(t: Tree) -> list[str]:
    """The capital letters that have a mean, a variance or a covariance to themselves: what is random."""
    if t.head not in ("E", "Var", "Cov", "Std"):
        return []
    return [p.text for p in t.parts if p.head == "name" and len(p.text) == 1 and p.text.isupper()]


def _base_of_log(t: Tree) -> Tree | None:
    """The b of log_b x, which is (log x)/(log b)."""
    if t.head != "/" or any(p.head != "call" or p.text != "log" for p in t.parts):
        return None
    top, bottom = t.parts
    return bottom.parts[0] if top.start < bottom.start < bottom.end <= top.end else None


def _row(row: list[ParsedStatement], sense: Sense) -> Row:
    found = tuple(_statement(s, sense) for s in row)
    return Row(found[0].start, found[-1].end, found)


def _statement(s: ParsedStatement, sense: Sense) -> Statement:
    conditions = tuple(_condition(c, sense) for c in s.conditions)
    sides = []
    for i, side in enumerate(s.sides):
        law = i > 0 and s.relations[i - 1].op.startswith("~")
        sides.append(_side(side, sense, law))
    if len(sides) == 2 and s.relations[0].op in ("~", "~iid"):
        _drawn(s.sides[0].tree, sides[1].expr, sense)
    inherits = bool(s.relations) and s.sides[0].tree is None and s.sides[0].unread is None
    return Statement(s.start, s.end, tuple(sides), s.relations, conditions, inherits, s.role)


def _drawn(who: Tree | None, law: Any, sense: Sense) -> None:
    """A random variable the formula itself introduces, for what stands behind it."""
    name = name_of(who) if who is not None else ""
    if name and isinstance(law, Law) and name not in sense.sc.environment.random:
        sense.sc.environment = sense.sc.environment.with_random(name, law)


def _condition(side: ParsedSide, sense: Sense) -> Side:
    r"""What a statement is said for: a relation, or ``x \sim P``, which introduces x."""
    tree = side.tree
    if tree is None or tree.head != "rel" or tree.text not in ("~", "~iid") or len(tree.parts) != 2:
        return _side(side, sense, condition=True)
    law = _side(ParsedSide(side.start, side.end, tree.parts[1], None, side.guesses), sense, law=True)
    _drawn(tree.parts[0], law.expr, sense)
    return replace(law, tree=tree, expr=None if law.expr is None else sp.true)


def _side(side: ParsedSide, sense: Sense, law: bool = False, condition: bool = False) -> Side:
    if side.unread is not None:
        return Side(side.start, side.end, None, None, (side.unread,), side.guesses)
    if side.tree is None:
        return Side(side.start, side.end, None)
    sense.sc.guesses = {}
    tree = spelled_out(side.tree)
    if tree is not side.tree:
        sense.sc.guess(tree, "what the ellipsis leaves out", "the first term and the last", "ellipsis")
    trouble: Unread | None = None
    expr: Any = None
    try:
        with sense.sc.errors_of(side.tree):
            expr = sense.law(tree) if law else sense.condition(tree) if condition else sense.side(tree)
    except Unread as u:
        trouble = u if u.start or u.end else replace(u, start=side.start, end=side.end)
    except RecursionError:
        trouble = Unread("formula", "a simpler formula", "one too deep", code="size", start=side.start, end=side.end)
    guesses = tuple(dict.fromkeys((*side.guesses, *sense.sc.guesses)))
    return Side(side.start, side.end, side.tree, expr, (trouble,) if trouble is not None else (), guesses)
