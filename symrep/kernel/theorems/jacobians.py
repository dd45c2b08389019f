r"""The Jacobian determinant of a map with components f_i in the coordinates z_1, …, z_n, for every n.

``jacobian``: det[∂f_i/∂z_j] with the derivatives carried out. A derivative by z_j is a sum of terms c·δ_aj, one for
each place where z_a stands, and of terms free of δ: Σ_{k=1}^n c_k δ_kj = c_j, since 1 ≤ j ≤ n.

Only terms that are differentiable wherever they have a value are differentiated: sums, products, powers, the functions
below and undetermined functions declared smooth.
"""

from __future__ import annotations

from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.recording import equal
from symrep.term import ONE, ZERO, Term, add, free_symbols, fresh, mul, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["jacobian"]
#: c·δ_aj as (c, a), and c alone as (c, None)
Parts = list[tuple[Term, Term | None]]
#: differentiable on the line
_SMOOTH: Final = frozenset(("exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf"))


def jacobian(i: Instance, ctx: Context) -> Facts:
    """det[∂f_i/∂z_j] = det[a_ij] with the derivatives taken; the right side is the determinant of the entries."""
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if lhs[0] != "jacobian" or rhs[0] != "det":
        raise NotProved("needs a Jacobian determinant on the left and its entries on the right", Reason.DOES_NOT_APPLY)
    _, f, (row, lo, n), z = lhs
    col = fresh(
        row, {row, z, *free_symbols(f), *free_symbols(n), *ctx.symbols, *(b for s in walk(f) for b in _bound(s))}
    )
    literal = n[0] == "num" and n[2] == 1 and n[1] >= 1
    if not literal and not (n[0] == "sym" and ctx.symbols.get(n[1]) == "positive integer"):
        raise NotProved("the number of coordinates has to be a positive integer", Reason.DOMAIN)
    if lo != ONE or row in free_symbols(n) or z in free_symbols(n):
        raise NotProved("the components of a map are counted from 1", Reason.ERROR)
    if ctx.symbols.get(z) != "real":
        raise NotProved(f"the coordinates {z} have to be any real numbers", Reason.DOMAIN)
    if any(r[1] == "==" and z in free_symbols(r) for r in ctx.given):
        raise NotProved(f"an equation given about {z} holds at a point only", Reason.DOMAIN)
    entry = _total(_parts(f, z, col, n, ctx), col)
    equal(rhs, ("det", entry, (row, ONE, n), (col, ONE, n)), ctx)
    return ("the derivatives of the components by the coordinates",)


def _bound(s: Term) -> tuple[str, ...]:
    return tuple(b[0] for b in s[2:]) if s[0] in ("sum", "product", "integral", "limit", "det", "vector") else ()


def _total(parts: Parts, col: str) -> Term:
    def delta(a: Term) -> Term:
        return ("piecewise", (("rel", "==", a, sym(col)), ONE), (("true",), ZERO))

    return add(*(c if a is None else mul(c, delta(a)) for c, a in parts))


def _involves(t: Term, z: str) -> bool:
    return any((s[0] == "index" and s[1] == z) or (s[0] == "jacobian" and s[3] == z) for s in walk(t))


def _parts(t: Term, z: str, col: str, n: Term, ctx: Context) -> Parts:
    if not _involves(t, z):
        return []
    head = t[0]
    if head == "index":
        if len(t) != 3 or any(_involves(c, z) for c in t[2:]):
            raise NotProved("a coordinate has one index, which is no coordinate", Reason.DOES_NOT_APPLY)
        return [(ONE, t[2])]
    if head == "add":
        return [p for c in t[1:] for p in _parts(c, z, col, n, ctx)]
    if head == "mul":
        out: Parts = []
        for k, factor in enumerate(t[1:], 1):
            others = (*t[1:k], *t[k + 1 :])
            out += [(mul(*others, c), a) for c, a in _parts(factor, z, col, n, ctx)]
        return out
    if head == "sum" and len(t) == 3:
        return _under_a_sum(t, z, col, n, ctx)
    return _chain(t, z, col, n, ctx)


def _under_a_sum(t: Term, z: str, col: str, n: Term, ctx: Context) -> Parts:
    _, body, (k, lo, hi) = t
    if _involves(lo, z) or _involves(hi, z) or "inf" in (lo[0], hi[0]):
        raise NotProved("the ends of a sum depend on a coordinate", Reason.DOES_NOT_APPLY)
    out: Parts = []
    for c, a in _parts(body, z, col, n, ctx):
        if a == sym(k):
            if (lo, hi) != (ONE, n):
                raise NotProved("a sum over some of the coordinates only", Reason.DOES_NOT_APPLY)
            out.append((substitute(c, {k: sym(col)}), None))
        elif a is not None and k in free_symbols(a):
            raise NotProved("the index of a coordinate moves with that of a sum", Reason.DOES_NOT_APPLY)
        else:
            out.append((("sum", c, t[2]), a))
    return out


def _chain(t: Term, z: str, col: str, n: Term, ctx: Context) -> Parts:
    """Of a function of things that involve coordinates."""
    head = t[0]
    if head == "pow" and not _involves(t[2], z):
        _differentiable_power(t, ctx)
        inner: tuple[Term, ...] = (t[1],)
    elif head == "fn" and t[1] in _SMOOTH:
        inner = t[2:]
    elif head == "app":
        inner = t[3]
    else:
        raise NotProved(f"{t[1] if head == 'fn' else head} of coordinates is not differentiated", Reason.DOES_NOT_APPLY)
    taken = {z, col, *free_symbols(t), *ctx.symbols}
    names = []
    for _ in inner:
        names.append(fresh("_x", taken))
        taken.add(names[-1])
    wide = Context({**ctx.symbols, **dict.fromkeys(names, "real")}, ctx.functions, ctx.given)
    xs = tuple(map(sym, names))
    plain: Term = ("pow", *xs, t[2]) if head == "pow" else (*t[:2], *xs) if head == "fn" else (*t[:3], xs)
    back = dict(zip(names, inner, strict=True))
    out: Parts = []
    for x, c in back.items():
        slope = substitute(derivative(plain, x, wide), back)
        out += [(mul(slope, d), a) for d, a in _parts(c, z, col, n, ctx)]
    return out


def _differentiable_power(t: Term, ctx: Context) -> None:
    """B^e is differentiable in b: for a whole e ≥ 0, for a whole e where b ≠ 0, else where b > 0."""
    e = t[2]
    whole = e[0] == "num" and e[2] == 1
    if whole and e[1] >= 0:
        return
    if not prove_sign(t[1], "!=" if whole else ">", domain(ctx)):
        raise NotProved("a power may have no derivative where its base vanishes", Reason.DOMAIN)
