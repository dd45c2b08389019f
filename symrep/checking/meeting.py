"""Two sides that are said to be equal, brought to where they can be compared: numbers with numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp

from symrep.distribution import Distribution, Law
from symrep.law import Integers
from symrep.notation import Binder, Density, Derivative_, Divergence, Expectation
from symrep.reading.latex.joints import has_joint
from symrep.symbols import DomainSymbol, Undetermined

__all__ = ["Apart", "Meeting", "convergent", "meet", "narrowed", "natural", "supports", "turning", "undetermined"]

_MOST_TERMS: Final = 6
_ORDERS: Final = (sp.LessThan, sp.StrictLessThan, sp.GreaterThan, sp.StrictGreaterThan)
_BINDERS: Final = (Binder, sp.Integral, sp.Sum, sp.Product, sp.Limit)


@final
class Apart(Exception):
    """The two cannot be compared; says why."""


@final
@dataclass(frozen=True)
class Meeting:
    """What is compared, and what was assumed to get there."""

    lhs: Any
    rhs: Any
    notes: tuple[str, ...] = ()


def meet(left: Any, right: Any, argument: Any) -> list[Meeting]:
    """The comparisons an equality comes to. ``argument``: the name, or the value, at which a law is its density.

    Raises:
        Apart: there are none that symrep could make.
    """
    if isinstance(left, tuple) or isinstance(right, tuple):
        return _tuples(left, right, argument)
    if isinstance(left, sp.MatrixBase) or isinstance(right, sp.MatrixBase):
        return _matrices(left, right)
    notes: tuple[str, ...] = ()
    if isinstance(left, Law) and isinstance(right, Law):
        return _laws(left, right)
    if isinstance(left, Law):
        left, notes = _at_argument(left, right, argument)
    elif isinstance(right, Law):
        right, notes = _at_argument(right, left, argument)
    for side in (left, right):
        if not isinstance(side, sp.Expr):
            if isinstance(side, sp.logic.boolalg.Boolean):
                raise Apart("a relation is not a number")
            raise Apart(f"symrep does not compare {type(side).__name__}")
        if side.has(sp.MatrixSymbol) or getattr(side, "is_Matrix", False):
            raise Apart("matrices of unknown size are not compared")
        if side.has(sp.nan, sp.zoo):
            raise Apart("a side has no value")
    return [Meeting(_undone(left), _undone(right), notes)]


def narrowed(lhs: Any, rhs: Any) -> dict[Any, Any]:
    """Symbols that a law takes to be positive, say, and that are real elsewhere: what the law takes them for."""
    by: dict[str, set[Any]] = {}
    for s in (s for side in (lhs, rhs) for s in getattr(side, "free_symbols", ()) if isinstance(s, DomainSymbol)):
        by.setdefault(s.name, set()).add(s)
    out = {}
    for found in by.values():
        wide, narrow = [s for s in found if s.kind == "real"], [s for s in found if s.kind != "real"]
        if len(wide) == 1 and len(narrow) == 1 and narrow[0].is_extended_real:
            out[wide[0]] = narrow[0]
    return out


def _undone(expr: Any) -> Any:
    """g(h(t)) is t where g and h are declared to be inverse; an integral of 0 beside other things is 0, that of 1/b is
    that of 1, over b."""

    def inverse(e: Any) -> bool:
        return isinstance(e, Undetermined) and isinstance(e.args[0], Undetermined) and _inverse(e, e.args[0])

    expr = expr.replace(inverse, lambda e: e.args[0].args[0]) if expr.has(Undetermined) else expr
    single = [i for i in expr.atoms(sp.Integral) if i != expr and len(i.limits) == 1 and len(i.limits[0]) == 3]
    plain: dict[Any, Any] = {i: sp.S.Zero for i in single if i.function == 0}
    for i in single:
        z, *ends = i.limits[0]
        if i.function.free_symbols and z not in i.function.free_symbols and all(e.is_finite for e in ends):
            plain[i] = i.function * sp.Integral(sp.S.One, (z, *ends))
    return expr.xreplace(plain) if plain else expr


def _inverse(g: Any, h: Any) -> bool:
    return g.spec.inverse == h.symbol and not any((*g.orders, *h.orders))


def _tuples(left: Any, right: Any, argument: Any) -> list[Meeting]:
    if not isinstance(left, tuple) or not isinstance(right, tuple) or len(left) != len(right):
        raise Apart("lists of different lengths")
    return [m for a, b in zip(left, right, strict=True) for m in meet(a, b, argument)]


def _matrices(left: Any, right: Any) -> list[Meeting]:
    if not isinstance(left, sp.MatrixBase) or not isinstance(right, sp.MatrixBase) or left.shape != right.shape:
        raise Apart("a matrix and something else, or of another shape")
    return [Meeting(a, b) for a, b in zip(left, right, strict=True)]


def _laws(left: Any, right: Any) -> list[Meeting]:
    if left.arity() != 1 or right.arity() != 1:
        raise Apart("laws of several variables are not compared")
    taken = {s.name for s in left.free_symbols | right.free_symbols}
    t = DomainSymbol(next(n for n in ("x", "y", "t", "u", "v", "x_0") if n not in taken), "real")
    return [Meeting(Density(left, t), Density(right, t), ("two laws are compared by their densities",))]


def _at_argument(law: Any, other: Any, argument: Any) -> tuple[Any, tuple[str, ...]]:
    """A law where a number should stand is meant as its density; the argument has to be found."""
    if law.arity() != 1 or not isinstance(other, sp.Expr):
        raise Apart("a law and something that is no number")
    free = {s.name: s for s in other.free_symbols}
    if isinstance(argument, sp.Expr):
        point = argument
    elif argument and argument in free:
        point = free[argument]
    else:
        candidates = [s for n, s in sorted(free.items()) if s not in law.free_symbols]
        if len(candidates) != 1:
            raise Apart("a law stands for its density, but its argument is not told")
        point = candidates[0]
    return Density(law, point), (f"the law {law} stands for its density at {point}",)


def undetermined(expr: Any) -> frozenset[str]:
    """Names of the functions in an expression that nobody spelled out; of two inverse ones, the first."""
    out = set()
    for e in sp.preorder_traversal(expr):
        if isinstance(e, Undetermined):
            out.add(min(e.symbol, e.spec.inverse) if e.spec.inverse else e.symbol)
        out.update(getattr(e, "declared_functions", ()))
    return frozenset(out)


# --- where formulas are meant -------------------------------------------------------------------------------------


def natural(*exprs: Any) -> list[Any]:
    """What has to be positive for real logarithms, roots and laws in expressions to mean anything, as relations."""
    out: dict[Any, None] = {}
    for expr in exprs:
        for arg in (*_needed(expr), *_densities(expr), *_lengths(expr)):
            if arg.is_positive or not arg.free_symbols or arg.is_extended_real is False:
                continue
            for factor in sp.Mul.make_args(arg) if _all_symbols(arg) else (arg,):
                if not factor.is_positive and factor.free_symbols:
                    out.setdefault(sp.StrictGreaterThan(factor, 0, evaluate=False))
    return list(out)


def convergent(*exprs: Any) -> list[Any]:
    """Where geometric series in expressions converge: |r| < 1 for Σ r^k, r a symbol."""
    out: dict[Any, None] = {}
    for s in (s for expr in exprs for s in sorted(expr.atoms(sp.Sum), key=sp.default_sort_key)):
        if len(s.limits) != 1 or s.limits[0][2] is not sp.oo:
            continue
        k = s.limits[0][0]
        for p in sorted(s.function.atoms(sp.Pow), key=sp.default_sort_key):
            linear = p.exp.has(k) and sp.diff(p.exp, k).is_positive
            if p.base.is_Symbol and p.base != k and linear and getattr(p.base, "kind", "") != "unit":
                out.setdefault(sp.StrictLessThan(sp.Abs(p.base), 1))
    for i in (i for expr in exprs for i in sorted(expr.atoms(sp.Integral), key=sp.default_sort_key)):
        if len(i.limits) == 1 and len(i.limits[0]) == 3:
            for part in sp.Add.make_args(_terms(i.function, i.limits[0][0])):
                out.update((r, None) for r in _at_ends(part, *i.limits[0]))
    return list(out)


def _terms(f: Any, x: Any) -> Any:
    """An integrand, a factor of it that is a sum of exponentials multiplied out: each term is to converge."""
    sums = [p for p in sp.Mul.make_args(f) if p.is_Add and any(e.has(x) for e in p.atoms(sp.exp))]
    return sp.expand_mul(f) if len(sums) == 1 and len(sums[0].args) <= _MOST_TERMS else f


def _at_ends(f: Any, x: Any, low: Any, high: Any) -> Iterator[Any]:
    """Where ∫ x^(a−1) (1 − x)^(b−1) converges at 0 and 1, ∫ e^(−λx) and ∫ x^(−c−1) at ∞: a, b, λ, c > 0."""
    powers: dict[Any, Any] = {}
    rate = sp.S.Zero
    for p in sp.Mul.make_args(f):
        base, power = p.as_base_exp()
        if base is sp.E or isinstance(p, sp.exp):
            rate += p.args[0] if isinstance(p, sp.exp) else power
        elif base.has(x) and not power.has(x):
            powers[base] = powers.get(base, sp.S.Zero) + power
    for base, power in powers.items():
        at_end = any(e.is_finite and base.is_polynomial(x) and base.subs(x, e) == 0 for e in (low, high))
        if at_end and sp.diff(base, x).is_number and power.free_symbols and not (power + 1).is_positive:
            yield sp.StrictGreaterThan(sp.expand(power + 1), 0, evaluate=False)
    if high is sp.oo and rate == 0 and all(b.is_polynomial(x) or isinstance(b, sp.log) for b in powers):
        degree = sum((sp.degree(b, x) * e for b, e in powers.items() if b.is_polynomial(x)), sp.S.Zero)
        if degree.free_symbols and not (degree + 1).is_negative:  # x^(−α−1) log x
            yield from _sign(sp.expand(-degree - 1))
    slope = sp.diff(sp.expand(rate.subs(sp.Abs(x), x)), x)  # e^(−|x|/b), at both ends alike
    if high is sp.oo and (low is not -sp.oo or rate.has(sp.Abs)) and not slope.has(x):
        yield from _sign(-slope)


def _sign(rate: Any) -> Iterator[Any]:
    """That a rate is positive: of 1/b, or 2b³, that b is."""
    if not rate.free_symbols or rate.is_positive:
        return
    factors = [f.as_base_exp() for f in sp.Mul.make_args(rate) if not f.is_positive]
    if len(factors) == 1 and factors[0][0].is_Symbol and factors[0][1].is_odd:
        rate = factors[0][0]
    yield sp.StrictGreaterThan(rate, 0, evaluate=False)


def turning(lhs: Any, rhs: Any) -> list[tuple[Any, Any]]:
    """The sides with a positive, and with a negative symbol for the expression to which an integral from 0 runs.

    What holds of these holds of the expression, where it is not 0. Empty where no integral, or several such, are there.
    """
    found = set()
    for e in lhs.atoms(sp.Integral) | rhs.atoms(sp.Integral):
        for _, *ends in e.limits:
            if len(ends) == 2 and ends[0] == 0 and not _all_symbols(ends[1]):
                found.add(ends[1])
    if len(found) != 1:
        return []
    (end,) = found
    taken = {s.name for s in lhs.free_symbols | rhs.free_symbols if hasattr(s, "name")}
    name = next(f"c_{n}" for n in range(len(taken) + 1) if f"c_{n}" not in taken)
    up, down = DomainSymbol(name, "positive"), DomainSymbol(name, "negative")
    turned = {
        i.xreplace({end: down}): -sp.Integral(i.function.xreplace({end: down}), (i.limits[0][0], down, 0))
        for i in lhs.atoms(sp.Integral) | rhs.atoms(sp.Integral)
        if len(i.limits) == 1 and i.limits[0][1:] == (0, end)
    }
    return [
        (lhs.xreplace({end: up}), rhs.xreplace({end: up})),
        (lhs.xreplace({end: down}).xreplace(turned), rhs.xreplace({end: down}).xreplace(turned)),
    ]


def supports(lhs: Any, rhs: Any) -> list[Any]:
    """That the points at which laws have their densities or distribution functions are in the laws' supports."""
    out: dict[Any, None] = {}
    if any(side.has(sp.Piecewise) and not side.has(Binder) for side in (lhs, rhs)):
        return []  # who writes cases means the whole line
    for e in (e for side in (lhs, rhs) for e in sp.preorder_traversal(side)):
        points: list[tuple[Any, Any]] = []
        if isinstance(e, Density) and e.law.arity() == 1:
            points.append((e.law, e.points[0]))
        elif isinstance(e, Expectation) and len(e.variables) == 1:
            points += [(e.law, b) for b in _bounds(e.body, e.variables[0])]
            out.update((r, None) for both in e.body.atoms(sp.And) if (r := _between(both, e.variables[0])) is not None)
        for law, x in points:
            if x.free_symbols & law.free_symbols:
                continue
            if law.discrete():
                (values,) = law.ranges()
                if isinstance(x, sp.Symbol) and isinstance(values, Integers) and x.is_integer:
                    ends = ((x >= values.low, values.low), (x <= values.high, values.high))
                    out.update((r, None) for r, end in ends if end.is_finite and r is not sp.true)
                continue
            (i,) = law.support()
            if i.low == 0 and isinstance(x, sp.Add) and all(s.is_Symbol for s in x.args):  # X > s + t
                out.update((sp.StrictGreaterThan(s, 0, evaluate=False), None) for s in x.args if not s.is_positive)
            if not isinstance(x, sp.Symbol):
                continue
            if i.low.is_finite and not (x - i.low).is_positive:
                out.setdefault(sp.StrictGreaterThan(x, i.low, evaluate=False))
            if i.high.is_finite and not (i.high - x).is_positive:
                out.setdefault(sp.StrictLessThan(x, i.high, evaluate=False))
    return list(out)


def _bounds(body: Any, x: Any) -> list[Any]:
    """What a variable is compared with in an event."""
    orders = sorted((r for r in body.atoms(*_ORDERS) if x in (r.lts, r.gts)), key=sp.default_sort_key)
    return [r.lts if r.gts == x else r.gts for r in orders]


def _between(event: Any, x: Any) -> Any:
    """That a < b, of the event a < X ≤ b; None for others."""
    ends: dict[bool, set[Any]] = {True: set(), False: set()}
    for r in event.args:
        if isinstance(r, _ORDERS) and x in (r.lts, r.gts):
            ends[r.gts == x].add(r.lts if r.gts == x else r.gts)
    low, high = ends[True], ends[False]
    if len(event.args) != 2 or len(low) != 1 or len(high) != 1:
        return None
    (a,), (b,) = low, high
    return None if x in (a.free_symbols | b.free_symbols) or not (b - a).free_symbols else sp.StrictLessThan(a, b)


def _densities(expr: Any) -> Iterator[Any]:
    """Densities nobody spelled out, of variables that are not bound: they are spoken of where they are positive."""
    free = expr.free_symbols
    for e in sp.preorder_traversal(expr):
        if isinstance(e, Undetermined) and has_joint((e.symbol,)) and not any(e.orders) and e.free_symbols <= free:
            yield e


def _lengths(expr: Any) -> Iterator[Any]:
    """An integral from a number to a symbol is meant upwards."""
    for e in expr.atoms(sp.Integral):
        for _, *ends in e.limits:
            if len(ends) == 2 and ends[0].is_finite and _all_symbols(ends[1]) and ends[0].is_number:
                yield ends[1] - ends[0]


def _all_symbols(arg: Any) -> bool:
    return all(f.is_Symbol or (f.is_Pow and f.base.is_Symbol) or f.is_Number for f in sp.Mul.make_args(arg))


def _needed(expr: Any) -> Iterator[Any]:
    """Arguments that have to be positive, outside binders."""
    stack = [expr]
    while stack:
        e = stack.pop()
        if isinstance(e, Distribution):
            yield from (v for v, op, _ in e.obligations() if op == ">")
            continue
        if isinstance(e, _BINDERS):
            if isinstance(e, Binder):
                stack.append(e.law)  # and X > (y/b)^a within
                powers = (p for p in e.body.atoms(sp.Pow) if not p.free_symbols & set(e.variables))
                stack.extend(sorted(powers, key=sp.default_sort_key))
            elif isinstance(e, (sp.Integral, sp.Sum)):  # λ^α before what depends on the variable
                bound = {limit[0] for limit in e.limits}
                stack.extend(f for f in sp.Mul.make_args(e.function) if not f.free_symbols & bound)
            continue
        if isinstance(e, (Derivative_, Density, Divergence)):
            stack.extend(a for a in e.args if isinstance(a, sp.Basic))
            continue
        if isinstance(e, (sp.log, sp.loggamma, sp.gamma)):
            yield e.args[0]
        if isinstance(e, sp.beta):
            yield from e.args[:2]
        if isinstance(e, sp.Pow) and e.exp.is_integer is not True and not e.base.is_number:
            yield e.base
        stack.extend(a for a in getattr(e, "args", ()) if isinstance(a, sp.Basic))
