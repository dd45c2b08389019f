"""Claims that are meant of some values only: equations to be solved, what a function is asked to be."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Expr, Integral, Sum

from symrep.checking.cues import Cue
from symrep.checking.meeting import undetermined
from symrep.checking.model import Chain, Link, Place
from symrep.checking.names import head_of, uses
from symrep.checking.scope import Scope
from symrep.notation import Binder, Derivative_
from symrep.reading.latex.joints import has_joint
from symrep.reading.latex.scope import name_of
from symrep.symbols import Undetermined

__all__ = ["asked", "conditions_of", "slope", "solved"]


def solved(chains: list[Chain], cue: Cue) -> str:
    """Are the rows of a formula equations that are solved, one after the other?"""
    roles = {c.role for c in chains}
    if any(s.op in ("=>", "<=>") for c in chains for s in c.signs) or {"premise", "consequence"} <= roles:
        return "it stands beside an arrow"
    zero = any(p.latex.strip(" .,;&\n") == "0" for c in chains for p in c.places)
    return f"the text speaks of it: {cue.solve}" if len(chains) > 1 and cue.solve and zero else ""


def slope(place: Place) -> bool:
    """Is it f'(x), df/dx and nothing else?"""
    t = place.tree
    return t is not None and (t.head in ("D", "grad") or (t.head == "app" and t.parts[0].head == "prime"))


def property_of(left: Place, right: Place) -> bool:
    """Do both sides only apply a function nobody defined, as in f(-x) = f(x)?"""
    sides = [p.parsed.expr for p in (left, right)]
    if not all(isinstance(e, Expr) and e.has(Undetermined) for e in sides):
        return False
    if any(has_joint(undetermined(e)) for e in sides):
        return False  # of densities more is known than of functions
    return not any(e.has(Binder, Derivative_, Integral, Sum) for e in sides)


def unknown(place: Place) -> bool:
    e = place.parsed.expr
    return isinstance(e, Expr) and bool(e.has(Undetermined))


def total(left: Place, right: Place, scope: Scope) -> bool:
    """Is it Σ q_i = 1, of a family of numbers nobody defined and nothing else?"""
    t = left.tree
    if t is None or t.head != "sum" or right.tree is None or right.tree.head != "num":
        return False
    name = name_of(t.parts[-1]) if t.parts[-1].parts else ""
    known = {x.name.partition("_")[0] for x in scope.lets}
    return bool(name) and name.partition("_")[0] not in known


def becomes(left: Place, right: Place, alone: bool) -> bool:
    """Is it P = PR/(P + R) + Q, a name and an expression with that name: an equation for it, or its next value?"""
    head = head_of(left)
    return alone and head is not None and not head.parameters and head.name in uses(right)


def asked(left: Place, op: str, right: Place, alone: bool, cue: Cue, scope: Scope) -> str:
    """Why a claim asks something of what is not defined, rather than says what follows; empty if it does not."""
    tree = left.tree
    if (
        op == "="
        and tree is not None
        and (tree.head, tree.text) == ("name", "e")
        and not scope.environment.is_symbol("e")
    ):
        known = getattr(right.parsed.expr, "free_symbols", None)
        return "it may say what e is; Euler's number stands elsewhere" if known else ""
    if op != "=" and any(unknown(p) for p in (left, right)):
        return "an order between values of a function that is not defined"
    if op == "=" and alone and cue.says != "claim" and total(left, right, scope):
        return "numbers that nobody defined are to sum to a number"
    if op == "=" and becomes(left, right, alone):
        return "a name and an expression with that name: an equation for it, or what it becomes"
    return "it says something of a function that is not defined" if alone and property_of(left, right) else ""


def conditions_of(link: Link) -> list[Any]:
    """What the row says its claim is for: ``if x > 0``, ``with a = b = 1``."""
    found = [r for side in link.conditions for r in sp.And.make_args(side.expr if side.expr is not None else sp.true)]
    return [r for r in found if isinstance(r, sp.core.relational.Relational)]
