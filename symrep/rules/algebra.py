r"""Rules that change how a line is written, not what it means: definitions, algebra, linearity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp

from symrep.derivation import Rule
from symrep.distribution import Family, Interval, Law
from symrep.errors import BadInput, NotApplicable
from symrep.notation import Binder, Density, Divergence, EachExpectation, Expectation, Variance
from symrep.rules.base import Applied, nodes, rewrite, swap, the_node
from symrep.rules.counting import counted, mass_steps, summand
from symrep.rules.integrate import parts_of
from symrep.rules.ranges import folded_sums
from symrep.rules.vectors import of_vectors, taken_apart
from symrep.symbols import Undetermined, as_expr

__all__ = ["algebra", "definition", "hypothesis", "linearity"]


@final
@dataclass(frozen=True)
class algebra(Rule):
    """Equal by the laws of arithmetic, exponentials, logarithms and the like; nothing is rewritten.

    The line before is put in normal form and compared with the line stated, inside expectations too (same law, equal
    integrands). Obligations: every denominator, logarithm and root that occurs is defined on the domain.
    """

    name: ClassVar[str] = "algebra"

    def latex(self) -> str:
        return r"\text{algebra}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        return Applied(before)


@final
@dataclass(frozen=True)
class hypothesis(Rule):
    """Uses an equality that the derivation is given: what stands on its left is replaced by what stands on its right.

    ``hypothesis(Eq(a, b))`` wants ``given=(Eq(a, b),)``, either way round. Obligation: it is given, and not used under
    a derivative, for it holds at a point only.

    Raises:
        BadInput: no equality.
        NotApplicable: its left side is not in the line.
    """

    relation: Any
    name: ClassVar[str] = "hypothesis"

    def latex(self) -> str:
        return r"\text{hypothesis}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if not isinstance(self.relation, sp.Equality):
            raise BadInput(self.name, "an equality that is given", str(self.relation)[:80], "hypothesis(Eq(a, b))")
        old, new = self.relation.args
        bound = {s for e in sp.preorder_traversal(before) for s in getattr(e, "bound_symbols", ())}
        bound |= {e.args[1] for e in before.atoms(sp.Limit)}
        caught = sorted((s.name for s in bound & (old.free_symbols | new.free_symbols)), key=str)
        if caught:
            needs, got = "an equality of symbols that are not bound in the line", ", ".join(caught)
            raise NotApplicable(self.name, needs, got, "another name for the bound one")
        result = swap(before, ((old, new),))
        if result == before:
            raise NotApplicable(self.name, f"a line with {old}", str(before)[:80])
        return Applied(result, (rewrite("hypothesis", old, new),))


@final
@dataclass(frozen=True)
class definition(Rule):
    r"""Unfold a definition: a density, $E_p[f] = \int f p$, $\mathrm{Var}f = E[f^2]-E[f]^2$, $\mathrm{KL}(p\|q)$.

    $\mathrm{KL}(p\|q) = E_p[\log p-\log q]$. The law of h(X) is defined by $E[f(Y)] = E[f(h(X))]$. A definition may
    also be folded back.

    Args:
        of: what is unfolded: a law, a family, or one of the words ``KL`` and ``Var``; default everything that can be.

    Raises:
        NotApplicable: neither line contains anything that has a definition to unfold or fold back.
    """

    of: Any = None
    name: ClassVar[str] = "definition"

    def latex(self) -> str:
        return r"\text{definition}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        def unfoldable(e: Any) -> bool:
            if isinstance(e, Density):
                has_formula = not hasattr(e.law, "images")
                return has_formula and self._meant(e.law)
            if isinstance(e, Expectation):
                return hasattr(e.law, "images")
            return isinstance(e, Variance) or (isinstance(e, Divergence) and not hasattr(e.args[0], "limits"))

        kinds = (Density, Divergence, Variance, Expectation)

        def has_one(e: Any) -> bool:
            return bool(nodes(e, kinds, unfoldable)) or any(nodes(b.body, kinds, unfoldable) for b in nodes(e, Binder))

        spelled = self._as_sums(before, hint) or self._as_integrals(before, hint) or self._folded(before, hint)
        spelled = spelled or folded_sums(before, hint)
        if spelled is not None:
            return spelled
        if not has_one(before) and not (isinstance(hint, sp.Basic) and has_one(hint)):  # folding back is one too
            raise NotApplicable(
                self.name,
                "a line with a named density, a KL divergence or a variance to unfold",
                str(before)[:80],
                "algebra, or the rule that explains the step",
            )

        def unfold(e: Any) -> Any:
            if isinstance(e, Variance):
                second, first = e.moments()
                return second - first**2
            if isinstance(e, Divergence) and unfoldable(e):
                return e.expectation()
            if isinstance(e, Expectation):
                return e.pulled_back()
            if isinstance(e, Density) and unfoldable(e):
                return e.formula()
            return e

        return Applied(before.replace(lambda e: isinstance(e, kinds), unfold))

    def _as_sums(self, before: Any, hint: Any) -> Applied | None:
        """E[f] as Σ f·pmf, when the stated line spells a sum out."""
        if not isinstance(hint, sp.Basic) or not hint.has(sp.Sum) or before.has(sp.Sum):
            return None
        kept = set(nodes(hint, Expectation))
        table = []
        for e in nodes(before, Expectation, lambda e: counted(e) and e not in kept):
            t, k, low, high = summand(e)
            table.append((e, sp.Sum(t, (k, low, high))))
        return Applied(swap(before, table)) if table else None

    def _as_integrals(self, before: Any, hint: Any) -> Applied | None:
        """E[f] as ∫ f p, when the stated line spells an integral out."""
        if not isinstance(hint, sp.Basic) or not hint.has(sp.Integral) or before.has(sp.Integral):
            return None
        kept = set(nodes(hint, Expectation))
        table, rewrites = [], []
        for e in nodes(before, Expectation, lambda e: e not in kept and not hasattr(e.law, "images")):
            if e.law.discrete():
                continue
            box = [(x, as_expr(i.low), as_expr(i.high)) for x, i in zip(e.variables, e.law.support(), strict=True)]
            integral = sp.Integral(e.body * e.law.density_at(*e.variables), *box)
            table.append((e, integral))
            rewrites.append(rewrite("expectation", e, integral))
        return Applied(swap(before, table), tuple(rewrites)) if table else None

    def _folded(self, before: Any, hint: Any) -> Applied | None:
        """∫ f as E[f/p], when the stated line has an expectation over that range and the line before none."""
        if not isinstance(hint, sp.Basic) or before.has(Expectation) or not before.has(sp.Integral):
            return None
        left = nodes(before, sp.Integral, lambda i: len(i.limits) == 1 == len(i.limits[0]) - 2)
        table, rewrites = [], []
        for e in nodes(hint, Expectation, lambda e: len(e.variables) == 1 and not hasattr(e.law, "images")):
            support = (sp.S.Zero, sp.S.Zero) if e.law.discrete() else e.law.support()[0]
            ends = (as_expr(support.low), as_expr(support.high)) if isinstance(support, Interval) else support
            node = next((i for i in left if tuple(i.limits[0][1:]) == ends and not _another(i, e)), None)
            if node is not None:
                left.remove(node)
                table.append((node, e))
                rewrites.append({**rewrite("expectation", e, node), "backward": True})
        return Applied(swap(before, table), tuple(rewrites), mentions=(hint,)) if table else None

    def _meant(self, law: Any) -> bool:
        if isinstance(self.of, Law):
            return bool(law == self.of)
        return not isinstance(self.of, Family) or getattr(law, "family", None) is self.of


@final
@dataclass(frozen=True)
class linearity(Rule):
    r"""$E[\sum_k c_k m_k(x)] = \sum_k c_k E[m_k(x)]$, term by term or in the line's groups; of integrals, too.

    Obligations: every expectation in either line converges absolutely, by what can be shown or by what is declared
    (:func:`symrep.integrable`); where $E[1]$ is replaced by 1, the law has mass one.

    Raises:
        NotApplicable: no expectation and no integral in the line.
    """

    name: ClassVar[str] = "linearity"

    def latex(self) -> str:
        return r"\text{linearity}"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Applied:
        if nodes(before, EachExpectation, of_vectors):
            return self._over_coordinates(before, hint)
        found = the_node(self.name, before, (Expectation, sp.Integral), lambda _: True, "an expectation or an integral")
        laws = {node.args[1:]: node for node in found if isinstance(node, Expectation)}
        result = _by_linearity(before)
        mine = nodes(hint, Expectation) if isinstance(hint, sp.Basic) else []
        fewer = 0 < len(mine) < sum(isinstance(n, Expectation) for n in found)
        together = fewer and len({n.args[1:] for n in mine}) >= len(laws)
        if together:
            result = _collected(before)
        if result == before or (isinstance(hint, sp.Basic) and _in_groups(hint, result)):
            raise NotApplicable(
                self.name,
                "the expectation or integral of a sum or of a multiple",
                str(before)[:80],
                "the rule that explains the step",
            )
        stated = {n.args[1:]: n for n in nodes(hint, Expectation)} if isinstance(hint, sp.Basic) else {}
        masses, sums = [], list[Any]()
        for node in {**laws, **stated}.values():
            if len(node.variables) != 1:
                continue
            if counted(node):
                sums += mass_steps(node.law, node.variables[0], given) or ()
                continue
            (x,), support = node.variables, node.law.support() if not hasattr(node.law, "images") else None
            if support is None:
                continue
            parts = parts_of(node.law.density_at(x), x, *map(as_expr, (support[0].low, support[0].high)))
            if parts is not None:
                from symrep.translate import to_term

                masses.append({"law": node.law.law_term((x.name,), to_term), "parts": [p for p, _ in parts]})
        with_masses = result if together else _by_linearity(before, keep=counted)
        steps = [rewrite("linearity", before, with_masses, masses=masses)]
        return Applied(result, (*steps, *(s for s in sums if with_masses != result)))

    def _over_coordinates(self, before: Any, hint: Any) -> Applied:
        """Of functions of vectors, sums over indices among them."""
        result, steps = taken_apart(before)
        if isinstance(hint, sp.Basic) and hint != before and sp.expand(taken_apart(hint)[0] - result) == 0:
            return Applied(hint, (rewrite("linear_each", before, hint),))  # in the groups of the line stated
        if not steps:
            raise NotApplicable(self.name, "the expectation of a sum or of a multiple", str(before)[:80])
        return Applied(result, tuple(steps))


def _another(integral: Any, e: Any) -> bool:
    """Is the integrand seen to be another than that of the expectation, be it by a factor?"""
    x = integral.limits[0][0]
    own = (e.body * e.law.density_at(*e.variables)).xreplace({e.variables[0]: x})
    ratio = sp.powsimp(sp.expand_mul(integral.function) / own)
    return bool(ratio != 1 and (not ratio.has(x) or ratio.has(Undetermined)))


def _by_linearity(line: Any, keep: Callable[[Any], bool] = lambda _: False) -> Any:
    """Every expectation and integral term by term, constants in front of it; E[1] is 1 but where it is kept."""
    table = {}
    for node in nodes(line, (Expectation, sp.Integral)):
        plain = isinstance(node, sp.Integral)
        variables = [limit[0] for limit in node.limits] if plain else node.variables
        out = sp.S.Zero
        for term in sp.Add.make_args(sp.expand(node.function if plain else node.body)):
            const, moving = term.as_independent(*variables, as_Add=False)
            if plain:
                out += const * sp.Integral(moving, *node.limits)
            else:
                out += const if moving == 1 and not keep(node) else const * Expectation(moving, *node.args[1:])
        table[node] = out
    return line.xreplace(table)


def _collected(line: Any) -> Any:
    """Expectations under one law as one expectation, where the line is a sum of multiples of them."""
    groups: dict[Any, Any] = {}
    rest = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(line, deep=False)):
        inside = nodes(term, Expectation)
        factor = term / inside[0] if len(inside) == 1 else None
        if factor is None or factor.has(Expectation):
            rest += term
        else:
            key = inside[0].args[1:]
            groups[key] = groups.get(key, sp.S.Zero) + factor * inside[0].body
    return rest + sp.Add(*(Expectation(body, *key) for key, body in groups.items()))


def _in_groups(hint: Any, apart: Any) -> bool:
    """Does the stated line keep sums under an expectation that are taken apart term by term in the other?"""
    stated = nodes(hint, Expectation)
    several = len({n.args[1:] for n in stated}) < len(stated)
    return several and any(n not in nodes(apart, Expectation) and _by_linearity(n) != n for n in stated)
