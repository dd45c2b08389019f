r"""Induction on an integer, for functions defined by recursion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.errors import BadInput, NotApplicable
from symrep.recursion import before_and_after, lies_in
from symrep.rules.base import Applied, Guard, fresh_name
from symrep.symbols import DomainSymbol, Undetermined, as_expr, kind_of
from symrep.term import Term, map_children, substitute
from symrep.translate import to_term
from symrep.verdict import Reason

__all__ = ["induction"]


@final
@dataclass(frozen=True)
class induction(Rule):
    r"""$q(t, x) = r(t, x)$ for every $t \ge t_0$: it holds at $t_0$, and at $t + 1$ if it does at $t$.

    For a function ``q`` defined by ``recursive``, which stands alone on the line before; the line stated is the claim.
    Obligations: the first value of the recursion is the claim at $t_0$; with the claim put in for q at t, the
    recursion's next value is the claim at $t + 1$; the integrals in both converge, and the claim is real.

    Args:
        variable: t.
        step: the rule, or rules, that lead from the next value to the claim at t + 1; algebra in the end.
        base: the same for the first value.

    Raises:
        NotApplicable: the line before is no function defined by recursion, at t and symbols.

    Source: Mathlib, ``Nat.le_induction``.
    """

    variable: Any
    step: Any = ()
    base: Any = ()
    name: ClassVar[str] = "induction"

    def latex(self) -> str:
        return rf"\text{{induction on }} {sp.latex(self.variable)}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        t = as_expr(self.variable)
        if not isinstance(before, Undetermined) or before.spec.recursion is None or before.args[0] != t:
            raise NotApplicable(
                self.name, f"a function defined by recursion, q({t}, …), on the line before", str(before)
            )
        if any(not isinstance(x, sp.Symbol) for x in before.args) or hint is None:
            raise NotApplicable(self.name, "the function at symbols", str(before))
        arguments, first, after, bare = before_and_after(before)
        for x, a in zip(before.args[1:], arguments[1:], strict=True):
            if not lies_in(x, a):
                raise NotApplicable(
                    self.name, f"{a} a {kind_of(a)} number, as the recursion has it", f"{x}: {kind_of(x)}"
                )
        claim, own = as_expr(hint), dict(zip(arguments, before.args, strict=True))
        start = sp.Integer(before.spec.recursion.start)
        first, after = first.subs(own, simultaneous=True), after.subs(own, simultaneous=True)

        def at(node: Any) -> Any:
            return claim.subs(dict(zip(before.args[1:], node.args[1:], strict=True)), simultaneous=True)

        put_in = after.replace(lambda e: isinstance(e, bare), at)
        base_goal, step_goal = claim.subs(t, start), claim.subs(t, t + 1)
        r, named = before.spec.recursion, {a.name: to_term(x) for a, x in own.items()}
        lines = substitute(r.first, named), _put_in(substitute(r.next, named), before, to_term(claim))
        instance = {
            "theorem": "recursive",
            "lhs": to_term(before),
            "rhs": to_term(claim),
            "first": _theorems(lines[0], first, base_goal, self.base, given),
            "step": _theorems(lines[1], put_in, step_goal, self.step, given),
        }
        guards = (
            Guard(f"the claim at {t} = {start}", first, base_goal, Reason.UNEQUAL),
            Guard(f"the step from {t} to {t} + 1", put_in, step_goal, Reason.UNEQUAL),
        )
        return Applied(claim, (instance,), guards)


def _put_in(t: Term, q: Undetermined, claim: Term) -> Term:
    xs = [x.name for x in q.args[1:]]

    def go(s: Term) -> Term:
        if s[0] == "app":
            return substitute(claim, dict(zip(xs, s[3][1:], strict=True)))
        return map_children(s, go, go)

    return go(t)


def _theorems(term: Term, line: Any, goal: Any, rules: Any, given: tuple[Any, ...]) -> list[dict[str, Any]]:
    """The theorems that the rules make of the line, which as a term of the recursion is ``term``."""
    reasons = rules if isinstance(rules, (tuple, list)) else (rules,)
    names = _names(line, goal)
    back = {s.name: to_term(e) for e, s in names.items()}
    here, there = line.xreplace(names), goal.xreplace(names)
    out: list[dict[str, Any]] = []
    for reason in reasons:
        rule = reason() if isinstance(reason, type) else reason
        if not isinstance(rule, Rule):
            raise BadInput("induction", "rules for the base and the step", str(rule)[:60], "step=evaluate")
        said = substitute(to_term(here), back)
        if said != term:
            out.append({"theorem": "identity", "lhs": term, "rhs": said})
            term = said
        try:
            applied = rule.apply(here, there, given)
        except NotApplicable:
            break  # the kernel says what is missing, and numbers whether the claim is wrong
        for step in applied.rewrites:
            one = _named(step, back)
            term = _replaced(term, one)
            out.append(one)
        here = applied.result
    return out


def _replaced(term: Term, step: Mapping[str, Any]) -> Term:
    old, new = (step["rhs"], step["lhs"]) if step.get("backward") else (step["lhs"], step["rhs"])

    def go(s: Term) -> Term:
        return new if s == old else map_children(s, go, go)

    return go(term)


def _names(*exprs: Any) -> dict[Any, Any]:
    """A symbol of its own for every sum and product up to an index, and for every indexed parameter outside of one."""
    found: list[Any] = []
    for e in exprs:
        for node in sp.preorder_traversal(e):
            whole = isinstance(node, (sp.Product, sp.Sum, sp.Indexed))
            if whole and node not in found and not any(o.has(node) for o in found):
                found.append(node)
    table: dict[Any, Any] = {}
    for node in found:
        kinds = {kind_of(i.base) for i in node.atoms(sp.Indexed)}
        kind = "unit" if kinds == {"unit"} and not isinstance(node, sp.Sum) and _bare(node) else None
        kind = kind or ("positive" if node.is_positive else "real")
        table[node] = DomainSymbol(fresh_name("p", *exprs, *table.values()), kind)
    return table


def _bare(node: Any) -> bool:
    """Is it a parameter itself, or a product of such?"""
    return isinstance(node, sp.Indexed) or isinstance(node.function, sp.Indexed)


def _named(value: Any, names: Mapping[str, Term]) -> Any:
    """The data of a theorem with terms for the symbols that stood for them."""
    if isinstance(value, Mapping):
        return {k: _named(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [_named(v, names) for v in value]
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return substitute(value, names)
    return value
