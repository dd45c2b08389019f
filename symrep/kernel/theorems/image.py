r"""The density of the image of a law: the change-of-variables theorem, every condition checked.

One dimension: branches I_i = (a_i, b_i) partition the support up to end points. On each h is C¹ with h' of one
strict sign, so h maps I_i bijectively onto the open interval between its one-sided limits; g_i is its inverse there.
Then (on each branch Mathlib's ``lintegral_image_eq_lintegral_abs_deriv_mul``; images of branches summed)

    f_Y(y) = Σ_i 1{y ∈ h(I_i)} f_X(g_i(y)) |g_i'(y)|.

Several dimensions: h a C¹ bijection of open boxes with inverse g and det Dg ≠ 0: f_Y(y) = f_X(g(y)) |det Dg(y)|.
"""

from __future__ import annotations

from itertools import permutations

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.limits import continuous, limit
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.recording import equal
from symrep.term import ZERO, Term, add, fn, free_symbols, mul, neg, num, sub, substitute, sym
from symrep.verdict import Reason

__all__ = ["Branch", "image_density", "image_density_nd", "in_order", "same_end"]

_ROUGH = frozenset(("abs", "sign", "heaviside", "floor", "ceiling", "min", "max", "factorial", "binomial"))

Branch = tuple[Term, Term, Term, Term]  # x_lo, x_hi, y_lo, y_hi


def same_end(a: Term, b: Term, ctx: Context) -> bool:
    """Whether two interval ends are proved equal."""
    if a[0] == "inf" or b[0] == "inf":
        return a == b
    try:
        return not prove_equal(a, b, ctx).almost_everywhere
    except NotProved:
        return False


def in_order(a: Term, b: Term, ctx: Context) -> bool:
    """Whether a < b is proved of two interval ends."""
    if a == ("inf", 1) or b == ("inf", -1):
        return False
    return a[0] == "inf" or b[0] == "inf" or prove_sign(sub(b, a), ">", domain(ctx))


def image_density(
    law: Term, h: Term, branches: tuple[Instance, ...], t: str, ctx: Context
) -> tuple[Term, list[Branch]]:
    """The image density at the symbol ``t`` as a term, with the verified branches.

    Raises:
        NotProved: INVERSE_WRONG, NOT_MONOTONE, SUPPORT_WRONG, BRANCH_MISSING, or something not established.
    """
    ((x, lo, hi),) = law[1]
    if t in free_symbols(law) | free_symbols(h) or t in ctx.symbols:
        raise NotProved("the target variable has to be fresh", Reason.ERROR)
    edges = [lo]
    pieces: list[Term] = []
    seen: list[Branch] = []
    for b in branches:
        x_lo, x_hi, y_lo, y_hi, g = (b.term(k) for k in ("x_lo", "x_hi", "y_lo", "y_hi", "inverse"))
        if x in free_symbols(g) or any({x, t} & free_symbols(e) for e in (x_lo, x_hi, y_lo, y_hi)):
            raise NotProved("the inverse or an end of a branch depends on the variable of the law", Reason.ERROR)
        if not same_end(edges[-1], x_lo, ctx):
            raise NotProved("the branches leave a gap in the support", Reason.BRANCH_MISSING)
        if not in_order(x_lo, x_hi, ctx):
            raise NotProved("the ends of the branches are not known to be in order", Reason.BRANCH_MISSING)
        edges.append(x_hi)
        increasing = _branch(x, h, x_lo, x_hi, y_lo, y_hi, g, t, ctx)
        dg = derivative(g, t, ctx)
        value = mul(substitute(law[2], {x: g}), dg if increasing else neg(dg))
        pieces.append(_on(t, y_lo, y_hi, value))
        seen.append((x_lo, x_hi, y_lo, y_hi))
    if not branches or not same_end(edges[-1], hi, ctx):
        raise NotProved("the branches do not cover the support", Reason.BRANCH_MISSING)
    return add(*pieces), seen


def _on(t: str, lo: Term, hi: Term, value: Term) -> Term:
    conds = []
    if lo[0] != "inf":
        conds.append(("rel", ">", sym(t), lo))
    if hi[0] != "inf":
        conds.append(("rel", "<", sym(t), hi))
    if not conds:
        return value
    where = conds[0] if len(conds) == 1 else ("and", *conds)
    return ("piecewise", (where, value), (("true",), ZERO))


def _branch(x: str, h: Term, x_lo: Term, x_hi: Term, y_lo: Term, y_hi: Term, g: Term, t: str, ctx: Context) -> bool:
    """Check one branch; True if h increases on it."""
    declared = _declared_inverse(x, h, g, t, ctx)
    if declared is not None and (x_lo, x_hi, y_lo, y_hi) == (("inf", -1), ("inf", 1), ("inf", -1), ("inf", 1)):
        return declared
    dom = domain(ctx, {x: (x_lo, x_hi)})
    dh = derivative(h, x, ctx)
    if prove_sign(dh, ">", dom):
        increasing = True
    elif prove_sign(dh, "<", dom):
        increasing = False
    else:
        raise NotProved("the derivative of the map is not known to keep one sign on the branch", Reason.NOT_MONOTONE)
    continuous(h, x, x_lo, x_hi, ctx)
    ends = (x_lo, x_hi) if increasing else (x_hi, x_lo)
    for end, y_end, side in zip(ends, (y_lo, y_hi), ("+", "-") if increasing else ("-", "+"), strict=True):
        got = limit(h, x, end, side, ctx, (x_lo, x_hi))
        if not same_end(got, y_end, ctx):
            raise NotProved("the image of the support is not the stated interval", Reason.SUPPORT_WRONG)
    # h is a bijection of the branch onto (y_lo, y_hi); g∘h = id there makes g its inverse on all of the image
    try:
        equal(substitute(g, {t: h}), sym(x), ctx, {x: (x_lo, x_hi)})
    except NotProved as first:
        try:
            equal(substitute(h, {x: g}), sym(t), ctx, {t: (y_lo, y_hi)})
        except NotProved:
            raise NotProved(f"the inverse does not undo the map ({first})", Reason.INVERSE_WRONG) from first
        at = domain(ctx, {t: (y_lo, y_hi)})
        if (x_lo[0] != "inf" and not prove_sign(sub(g, x_lo), ">", at)) or (
            x_hi[0] != "inf" and not prove_sign(sub(x_hi, g), ">", at)
        ):
            raise NotProved("the inverse is not known to lead back into the branch", Reason.INVERSE_WRONG) from first
    else:
        equal(substitute(h, {x: g}), sym(t), ctx, {t: (y_lo, y_hi)})
    return increasing


def _declared_inverse(x: str, h: Term, g: Term, t: str, ctx: Context) -> bool | None:
    """For undetermined h with declared inverse g, in the first of their arguments: whether h increases; None if that is
    not the situation."""
    if h[0] != "app" or any(h[2]) or h[3][0] != sym(x) or any(x in free_symbols(a) for a in h[3][1:]):
        return None
    spec = ctx.functions.get(h[1])
    if spec is None or spec.inverse is None or spec.monotone is None:
        words = f'{h[1]}, g = inverse(function("{h[1]}", smooth=1, increasing=True), "g")'
        raise NotProved(f"{h[1]} has no declared inverse: write {words}", Reason.NOT_DECLARED)
    own = ctx.functions.get(spec.inverse)
    if spec.arity != len(h[3]) or own is None or own.arity != spec.arity:
        raise NotProved(f"{h[1]} takes {spec.arity} arguments, as its inverse does", Reason.DOES_NOT_APPLY)
    if g != ("app", spec.inverse, h[2], (sym(t), *h[3][1:])):
        raise NotProved(f"the inverse of {h[1]} was declared to be {spec.inverse}", Reason.INVERSE_WRONG)
    return spec.monotone == "increasing"


def determinant(rows: list[list[Term]]) -> Term:
    """Leibniz' formula; dimensions here are small."""
    n = len(rows)
    if n > 4:
        raise NotProved("determinants beyond 4 × 4 are not expanded", Reason.TIMEOUT)
    out = []
    for p in permutations(range(n)):
        odd = sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n)) % 2
        out.append(mul(num(-1 if odd else 1), *(rows[i][p[i]] for i in range(n))))
    return add(*out)


def image_density_nd(
    law: Term,
    maps: tuple[Term, ...],
    inverses: tuple[Term, ...],
    box: tuple[tuple[Term, Term], ...],
    ts: tuple[str, ...],
    ctx: Context,
) -> Term:
    """The image density at the symbols ``ts`` for a bijection of open boxes; zero outside ``box``."""
    xs = tuple(b[0] for b in law[1])
    n = len(xs)
    if not (len(maps) == len(inverses) == len(box) == len(ts) == n):
        raise NotProved(
            "as many coordinates as variables are needed; otherwise the image has no density by this theorem",
            Reason.DOES_NOT_APPLY,
        )
    if len(set(xs)) != n or any(set(xs) & free_symbols(e) for e in (*inverses, *(e for b in box for e in b))):
        raise NotProved("the inverse or the image depends on the variables of the law", Reason.ERROR)
    if not all(in_order(lo, hi, ctx) for lo, hi in (*box, *(b[1:] for b in law[1]))):
        raise NotProved("the ends of the ranges are not known to be in order", Reason.SUPPORT_WRONG)
    for m in (*maps, *inverses):
        _smooth(m)
    source = {x: (lo, hi) for x, lo, hi in law[1]}
    target = dict(zip(ts, box, strict=True))
    into = dict(zip(ts, maps, strict=True))
    back = dict(zip(xs, inverses, strict=True))
    for x, g in zip(xs, inverses, strict=True):
        try:
            equal(substitute(g, into), sym(x), ctx, source)
        except NotProved as e:
            raise NotProved(f"the inverse does not undo the map in {x} ({e})", Reason.INVERSE_WRONG) from e
    for t, h in zip(ts, maps, strict=True):
        try:
            equal(substitute(h, back), sym(t), ctx, target)
        except NotProved as e:
            raise NotProved(f"the map does not undo the inverse in {t} ({e})", Reason.INVERSE_WRONG) from e
    _inside(maps, box, domain(ctx, source), "the map leaves the stated image")
    _inside(inverses, tuple(source.values()), domain(ctx, target), "the inverse leaves the support")
    det = determinant([[derivative(g, t, ctx) for t in ts] for g in inverses])
    dom = domain(ctx, target)
    if prove_sign(det, ">", dom):
        size = det
    elif prove_sign(det, "<", dom):
        size = neg(det)
    elif prove_sign(det, "!=", dom):
        size = fn("abs", det)
    else:
        raise NotProved("the Jacobian determinant is not known to vanish nowhere", Reason.NOT_MONOTONE)
    value = mul(substitute(law[2], back), size)
    conds = []
    for t, (lo, hi) in target.items():
        if lo[0] != "inf":
            conds.append(("rel", ">", sym(t), lo))
        if hi[0] != "inf":
            conds.append(("rel", "<", sym(t), hi))
    if not conds:
        return value
    where = conds[0] if len(conds) == 1 else ("and", *conds)
    return ("piecewise", (where, value), (("true",), ZERO))


def _smooth(t: Term) -> None:
    from symrep.term import walk

    for s in walk(t):
        if (
            s[0] == "piecewise"
            or (s[0] == "fn" and s[1] in _ROUGH)
            or s[0] in ("expect", "integral", "sum", "product", "det", "jacobian", "vector")
        ):
            raise NotProved(
                f"{s[1] if s[0] == 'fn' else s[0]} in a map of several variables is not C¹", Reason.NOT_MONOTONE
            )


def _inside(ts: tuple[Term, ...], box: tuple[tuple[Term, Term], ...], dom: object, message: str) -> None:
    for t, (lo, hi) in zip(ts, box, strict=True):
        if (lo[0] != "inf" and not prove_sign(sub(t, lo), ">", dom)) or (  # type: ignore[arg-type]
            hi[0] != "inf" and not prove_sign(sub(hi, t), ">", dom)  # type: ignore[arg-type]
        ):
            raise NotProved(message, Reason.SUPPORT_WRONG)
