r"""In which order a probabilist writes the terms of a sum and the factors of a product."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep import notation as nt
from symrep.symbols import Undetermined

__all__ = ["products", "rank", "sums"]

_NOISE: Final = frozenset({"eps", "epsilon", "varepsilon", "xi", "zeta", "eta"})
_GREEK: Final = frozenset(
    "alpha beta gamma delta theta iota kappa lambda lam mu nu pi rho sigma tau upsilon phi chi psi omega".split()
)
_BESIDE: Final = (
    *(nt.Binder, nt.EachExpectation, nt.Derivative_, nt.ExpectedSampleMean, nt.Divergence),
    *(sp.Integral, sp.Sum, sp.Product, sp.Piecewise, sp.Derivative),
)
_HALF: Final = sp.Rational(1, 2)


def _symbol_rank(s: Any) -> int:
    """Parameters (Greek), then variables (Latin), then noise."""
    stem = str(s).split("_")[0].rstrip("0123456789'")
    return 2 if stem in _NOISE else 0 if stem in _GREEK else 1


def rank(e: Any) -> int:
    return max((_symbol_rank(s) for s in e.free_symbols), default=0)


def _split(e: Any) -> tuple[bool, Any]:
    """(has a minus sign in front, the rest)."""
    if e.is_Rational or e.is_Float:
        return bool(e < 0), abs(e)
    if isinstance(e, sp.Mul):
        c = e.args[0]
        if (c.is_Rational or c.is_Float) and c < 0:
            return True, sp.Mul(-c, *e.args[1:], evaluate=False) if c != -1 else sp.Mul(*e.args[1:], evaluate=False)
    if e is sp.S.NegativeInfinity:
        return True, sp.S.Infinity
    return False, e


def sums(e: Any) -> list[tuple[bool, Any]]:
    """The terms of a sum as (minus, term): positive ones first, parameters before variables before noise."""
    terms = [_split(t) for t in e.args] if isinstance(e, sp.Add) else [_split(e)]
    free = e.free_symbols
    if len(free) == 1 and e.is_polynomial(*free):
        (x,) = free
        terms.sort(key=lambda t: (-int(sp.degree(t[1], x)) if t[1].free_symbols else 0, sp.default_sort_key(t[1])))
        lead = next((i for i, t in enumerate(terms) if not t[0]), 0)
        return [terms[lead], *terms[:lead], *terms[lead + 1 :]]
    plain = all(_is_plain(t) for _, t in terms)

    def key(t: tuple[bool, Any]) -> tuple[Any, ...]:
        minus, term = t
        constant = not term.free_symbols
        place = 0 if not constant else (1 if plain else -1)
        return (minus, place, rank(term), len(term.free_symbols), sp.default_sort_key(term))

    return sorted(terms, key=key)


def _is_plain(term: Any) -> bool:
    """A number, or a product of powers of symbols: k/2 - 1 and not 1 + exp(-x)."""
    return all(
        not isinstance(n, (sp.Function, sp.Add, nt.Notation, sp.Integral, sp.Sum)) for n in sp.preorder_traversal(term)
    )


def _outside(f: Any) -> bool:
    """Whether a factor stands beside the fraction rather than in its numerator."""
    if isinstance(f, sp.exp):
        a = f.args[0]
        return any(isinstance(n, sp.Pow) for n in sp.preorder_traversal(a)) or any(
            isinstance(n, sp.Rational) and n.q != 1 for n in sp.preorder_traversal(a)
        )
    return isinstance(
        f,
        (
            nt.Binder,
            nt.EachExpectation,
            nt.Derivative_,
            nt.ExpectedSampleMean,
            nt.Divergence,
            sp.Integral,
            sp.Sum,
            sp.Product,
            sp.Piecewise,
            sp.Derivative,
        ),
    )


def _factor_key(f: Any, late: bool = False) -> tuple[Any, ...]:
    """``late`` puts noise behind functions: f'(μ + σε)ε, as everybody writes it."""
    base = f.base if isinstance(f, sp.Pow) else f
    kind: float
    if f.is_number and not isinstance(f, sp.Function):
        kind = 0 if f.is_Rational else 1 if f.is_Pow and f.base.is_Integer else 2
    elif base.is_Symbol or isinstance(base, sp.Indexed):
        kind = 6.5 if late and rank(base) == 2 else 3
    elif isinstance(base, sp.Add):
        kind = 4
    elif isinstance(base, sp.exp):
        kind = 5
    elif isinstance(base, sp.log):
        kind = 7
    elif isinstance(base, (nt.Binder, nt.Derivative_, sp.Sum, sp.Integral, sp.Derivative)):
        kind = 8
    else:
        kind = 6
    return (kind, rank(base) if kind == 3 else 0, sp.default_sort_key(f))


def products(e: Any) -> tuple[bool, list[Any], list[Any], list[Any]]:
    """(minus, numerator, denominator, factors beside the fraction) of a product or power.

    √2/2 becomes 1/√2, and roots of numbers in the denominator become one root: 1/√(2π).
    """
    minus, e = _split(e)
    coefficient = sp.S.One
    top: list[Any] = []
    bottom: list[Any] = []
    after: list[Any] = []
    for f in sp.Mul.make_args(e):
        if f.is_Rational:
            coefficient *= f
            continue
        b, x = (f.base, f.exp) if isinstance(f, sp.Pow) else (f, sp.S.One)
        if isinstance(f, sp.Pow) and b is not sp.S.Exp1 and all(_split(t)[0] for t in sp.Add.make_args(x)):
            bottom.append(sp.Pow(b, -x, evaluate=False) if x != -1 else b)
        else:
            (after if _outside(f) else top).append(f)
    p, q = coefficient.p, coefficient.q
    for f in [t for t in top if isinstance(t, sp.Pow) and t.base.is_Integer and t.exp == _HALF]:
        if q % int(f.base) == 0:
            top.remove(f)
            bottom.append(f)
            q //= int(f.base)
    bottom = _one_root(bottom)
    top = _one_root(top)
    if not bottom and q == 1:
        top, after = [*top, *after], []
    if p != 1 or not (top or after or bottom or q != 1):
        top.insert(0, sp.Integer(p))
    if q != 1:
        bottom.insert(0, sp.Integer(q))
    late = any(isinstance(f, Undetermined) for f in top)
    return (
        minus,
        sorted(top, key=lambda f: _factor_key(f, late)),
        sorted(bottom, key=_factor_key),
        sorted(after, key=_factor_key),
    )


def _one_root(factors: list[Any]) -> list[Any]:
    roots = [f for f in factors if isinstance(f, sp.Pow) and f.exp == _HALF and f.base.is_positive]
    if len(roots) < 2:
        return factors
    inside = sp.Mul(*(f.base for f in roots), evaluate=False)
    return [*(f for f in factors if f not in roots), sp.Pow(inside, _HALF, evaluate=False)]
