r"""The density of one function of several variables: change one of them, integrate out the others.

Let (x, y) have the density f ≥ 0 on the box I × J, and for every x in I let h(x, ·) be piecewise strictly monotone with
branches g_i(x, ·) onto the intervals K_i(x), as in ``theorems.image``. By Tonelli's theorem T = h(x, y) has the
density

    f_T(t) = ∫_I Σ_i 1{t ∈ K_i(x)} f(x, g_i(x, t)) |∂_t g_i(x, t)| dx    for almost every t.

* ``marginal`` {changed y, target t, cells}: lhs is the image density of one map at a symbol whose domain is open. Each
  cell {low, high, branches} is a part of the range of the one other variable, and they follow each other; with several
  other variables there is one cell, {branches}, the whole box. rhs is the sum of the cells' integrals.
* ``restrict`` {}: ∫_a^b u dx = ∫_c^d v dx for a ≤ c < d ≤ b if u = v on (c, d) and u = 0 on the rest, whether they
  converge or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import check_open
from symrep.kernel.analysis.limits import localise
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import image_density, in_order, same_end
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.under import between
from symrep.term import ZERO, Term, add, free_symbols, substitute
from symrep.verdict import Reason

__all__ = ["marginal", "restrict"]

Ranges = tuple[tuple[str, Term, Term], ...]


def marginal(i: Instance, ctx: Context) -> tuple[str, ...]:
    """See the module.

    Raises:
        NotProved: a condition is not established.
    """
    lhs, y, t = i.term("lhs"), i.name("changed"), i.name("target")
    if lhs[0] != "push" or len(lhs[2]) != 1 or len(lhs[3]) != 1 or lhs[1][0] != "law" or len(lhs[1][1]) < 2:
        raise NotProved("this theorem is about one function of several variables", Reason.DOES_NOT_APPLY)
    _, law, (h,), (point,) = lhs
    box = {b[0]: (b[1], b[2]) for b in law[1]}
    if len(box) != len(law[1]) or y not in box:
        raise NotProved("the variable that is changed has to be one of the law's", Reason.DOES_NOT_APPLY)
    if any(set(box) & free_symbols(e) for ends in box.values() for e in ends):
        raise NotProved("the law has to live on a box", Reason.DOES_NOT_APPLY)
    if point[0] != "sym":
        raise NotProved("a density is given almost everywhere only: it is taken at a symbol", Reason.DOMAIN)
    check_open(point[1], ctx)
    if point[1] in box or t in box:
        raise NotProved("a symbol for a value is also a variable of the law", Reason.ERROR)
    if not all(in_order(lo, hi, ctx) for lo, hi in box.values()):
        raise NotProved("the ends of the ranges are not known to be in order", Reason.SUPPORT_WRONG)
    if not prove_sign(law[2], ">=", domain(ctx, box)):
        raise NotProved("the density is not known to be >= 0", Reason.DOMAIN)
    others = tuple(b for b in law[1] if b[0] != y)
    total = []
    for cell, ranges in _cells(i, others, ctx):
        inner = localise(ctx, frozenset(box))
        for x, lo, hi in ranges:
            inner = between(x, lo, hi, inner)
        value, _ = image_density(("law", ((y, *box[y]),), law[2]), h, cell.subs("branches"), t, inner)
        total.append(("integral", substitute(value, {t: point}), *ranges))
    equal(i.term("rhs"), add(*total), ctx)
    return ("for fixed other variables the map is strictly monotone on each branch",)


def _cells(i: Instance, others: Ranges, ctx: Context) -> Iterator[tuple[Instance, Ranges]]:
    cells = i.subs("cells")
    if not cells or (len(cells) > 1 and len(others) > 1):
        raise NotProved("only the range of a single other variable is cut into cells", Reason.DOES_NOT_APPLY)
    if len(others) > 1:
        yield cells[0], others
        return
    ((x, lo, hi),) = others
    at = lo
    for cell in cells:
        low, high = cell.term("low"), cell.term("high")
        if x in free_symbols(low) | free_symbols(high) or not same_end(at, low, ctx) or not in_order(low, high, ctx):
            raise NotProved("the cells do not follow each other in the range", Reason.BRANCH_MISSING)
        yield cell, ((x, low, high),)
        at = high
    if not same_end(at, hi, ctx):
        raise NotProved("the cells do not cover the range", Reason.BRANCH_MISSING)


def restrict(i: Instance, ctx: Context) -> tuple[str, ...]:
    """See the module.

    Raises:
        NotProved: a condition is not established.
    """
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if any(s[0] != "integral" or len(s) != 3 for s in (lhs, rhs)) or lhs[2][0] != rhs[2][0]:
        raise NotProved("this theorem is about two integrals over one variable", Reason.DOES_NOT_APPLY)
    (x, a, b), (_, c, d) = lhs[2], rhs[2]
    if not in_order(c, d, ctx):
        raise NotProved("the ends of the range are not known to be in order", Reason.DOMAIN)
    equal(lhs[1], rhs[1], ctx, {x: (c, d)})
    for low, high in ((a, c), (d, b)):
        if same_end(low, high, ctx):
            continue
        if not in_order(low, high, ctx):
            raise NotProved("the smaller range may lead out of the larger one", Reason.DOMAIN)
        equal(lhs[1], ZERO, ctx, {x: (low, high)})
    return ("the integrand vanishes outside the smaller range",)
