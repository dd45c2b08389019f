r"""Is ∫ |h| finite, and may ∫ h(θ, x) dx be differentiated in θ under the integral sign?

*One variable.* h is bounded on compact subintervals (:mod:`symrep.audit.regular`), and at each end |h| ≤ C Σ m_i with
every size m_i integrable there (:mod:`symrep.audit.ends`); if not on the whole interval then on the pieces between
points at which something in h vanishes.

*Several variables.* |h| ≤ C Σ_j Π_i b_ij(x_i), and by Tonelli every b_ij integrable over its interval is enough.
Bounds: |Σ a|^p ≤ C Σ |a|^p; bounded functions; declared growth; e^Q with a quadratic Q whose form is negative
definite is at most e^(−λ|x|² + linear part), λ > 0 its smallest eigenvalue in absolute value.

*Differentiation* for every θ of an open set. Let h(·, x) be locally Lipschitz for every x, D its formal derivative,
and N a compact neighbourhood of θ. Off a null set of values D is the derivative, so that with |D(θ', x)| ≤ b(x) on N,
b integrable, difference quotients are at most b(x). If, at θ, the arguments of |·|, max, min vanish for a null set of
x only, the quotients tend to D(θ, x) for almost every x, and dominated convergence gives d/dθ ∫ h = ∫ D.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, ZERO, No, Term, div, free, has, neg, rebuild, sub, walk
from symrep.audit.declared import rest_of, speaks_of_declarations
from symrep.audit.derive import breakpoints, derivative
from symrep.audit.ends import End
from symrep.audit.glue import glued_steps
from symrep.audit.normal import coefficients, simplify
from symrep.audit.regular import BOUNDED, CONTINUOUS, LIPSCHITZ, Interior, defined
from symrep.audit.signs import compare, nonzero, null_zeros
from symrep.audit.split import products
from symrep.audit.straight import other_variables

__all__ = ["converges_at", "differentiable", "integrable", "open_domain", "ordered", "unfolded"]

Bindings = Sequence[tuple[str, Term, Term]]
_OPEN: Final = frozenset({"real", "positive", "negative", "nonzero", "unit"})


def ordered(lo: Term, hi: Term, ctx: Ctx) -> bool:
    """Is lo < hi proved, of ends of an interval?"""
    if lo == ("inf", 1) or hi == ("inf", -1):
        return False
    return lo[0] == "inf" or hi[0] == "inf" or compare(lo, "<", hi, ctx)


def _interval(lo: Term, hi: Term, ctx: Ctx) -> None:
    for end in (lo, hi):
        if end[0] != "inf":
            defined(end, ctx)
    if not ordered(lo, hi, ctx):
        raise No("the ends of an interval of integration are not known to be in order")


def unfolded(t: Term, ctx: Ctx, bindings: Bindings) -> Term:
    """Derivatives carried out, except under inner binders.

    The points where the formula is not the derivative are shown to be a null set.

    Raises:
        No: they are not, or a derivative is not known.
    """
    names = [b[0] for b in bindings]
    inside = ctx.inside({x: (lo, hi) for x, lo, hi in bindings})

    def go(s: Term) -> Term:
        s = rebuild(s, go, lambda c: c)
        if s[0] != "diff":
            return s
        for a, what in breakpoints(s[1], s[2]):
            if s[2] in free(a) and (what == "steps" or not null_zeros(a, names, inside)):
                raise No("an integrand may not be differentiable on more than a null set")
        return derivative(s[1], s[2], inside)

    return go(t)


# --- one variable ---------------------------------------------------------------------------------------------------


def converges_at(t: Term, x: str, interval: tuple[Term, Term], at: int, ctx: Ctx, theta: str | None) -> None:
    """Raises No unless |t| is integrable near one end, uniformly in θ if there is one."""
    failed = No("an integral is not known to converge at an end")
    for order in (3, 7):
        try:
            end = End(ctx, x, interval, at, theta, order)
            sizes = end.expand(t).sizes
        except No as no:
            failed = no
            continue
        scale = end.e.scale
        if not end.infinite:  # dx = s^(−2) ds
            sizes = tuple(scale.times(m, end.inverse_square) for m in sizes)
        if all(scale.integrable(m) for m in sizes):
            return
    raise failed


def _pieces(
    run: Callable[[Term, Term], None], t: Term, x: str, lo: Term, hi: Term, ctx: Ctx, theta: str | None, depth: int = 2
) -> None:
    """``run`` on the interval, or else on both sides of a point where something in t vanishes."""
    try:
        run(lo, hi)
        return
    except No as no:
        if depth == 0:
            raise
        failed = no
    for c in _vanishing(t, x, lo, hi, ctx, theta):
        try:
            _pieces(run, t, x, lo, c, ctx, theta, depth - 1)
            _pieces(run, t, x, c, hi, ctx, theta, depth - 1)
            return
        except No:
            continue
    raise failed


def _arguments(t: Term) -> Iterable[Term]:
    for s in walk(t):
        if s[0] == "pow":
            yield s[1]
        elif s[0] == "fn" and s[1] in ("abs", "log", "sign", "heaviside"):
            yield s[2]
        elif s[0] == "fn" and s[1] in ("min", "max"):
            yield from (sub(a, b) for i, a in enumerate(s[2:]) for b in s[3 + i :])
        elif s[0] == "rel":
            yield sub(s[2], s[3])


def _vanishing(t: Term, x: str, lo: Term, hi: Term, ctx: Ctx, theta: str | None) -> list[Term]:
    out: list[Term] = []
    inside = ctx.inside({x: (lo, hi)})
    for a in dict.fromkeys(_arguments(t)):
        if x not in free(a) or (theta and theta in free(a)):
            continue
        cs = coefficients(a, x, inside)
        if cs is None or len(cs) != 2 or not nonzero(cs[1], ctx):
            continue
        root = simplify(neg(div(cs[0], cs[1])), ctx)
        if ordered(lo, root, ctx) and ordered(root, hi, ctx) and root not in out:
            out.append(root)
    return out


def _one(t: Term, x: str, lo: Term, hi: Term, ctx: Ctx, theta: str | None) -> None:
    def run(a: Term, b: Term) -> None:
        _interval(a, b, ctx)
        inside = ctx.inside({x: (a, b)})
        Interior(inside, {x, theta} if theta else {x}).need(t, BOUNDED)
        for at in (0, 1):
            converges_at(t, x, (a, b), at, ctx, theta)

    _pieces(run, t, x, lo, hi, ctx, theta)


# --- any number of variables ----------------------------------------------------------------------------------------


def _box(bindings: Bindings, ctx: Ctx) -> dict[str, tuple[Term, Term]]:
    box = {x: (lo, hi) for x, lo, hi in bindings}
    if len(box) != len(bindings) or not box:
        raise No("the variables of an integral are not different")
    for lo, hi in box.values():
        if (free(lo) | free(hi)) & set(box):
            raise No("a limit of integration depends on another variable of integration")
        _interval(lo, hi, ctx)
    return box


def _absolutely(
    t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Ctx, theta: str | None, straight: bool = False
) -> None:
    if t == ZERO:
        return
    try:
        _as_a_whole(t, box, ctx, theta, straight)
    except No:
        if theta is not None or len(box) != 1 or not speaks_of_declarations(t, ctx) or not _beside_jumps(t, box, ctx):
            raise


def _as_a_whole(t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Ctx, theta: str | None, straight: bool) -> None:
    found = rest_of(t, [(x, lo, hi) for x, (lo, hi) in box.items()], ctx, theta, part=True)
    if found is not None:
        try:
            if found.parts:
                _somewhere(found.term(), box, ctx, theta, straight)
            return
        except No:
            pass
    _somewhere(t, box, ctx, theta, straight)


def _beside_jumps(t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Ctx) -> bool:
    """Before and after a value at which a condition in t begins or ceases to hold: each part by what is declared."""
    ((x, (lo, hi)),) = box.items()
    for c in _vanishing(t, x, lo, hi, ctx, None) if has(t, "rel") else ():
        try:
            for part in ({x: (lo, c)}, {x: (c, hi)}):
                _absolutely(simplify(t, ctx.inside(part).quiet()), part, ctx, None, straight=True)
            return True
        except No:
            continue
    return False


def _somewhere(t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Ctx, theta: str | None, straight: bool) -> None:
    try:
        _shown(t, box, ctx, theta)
    except No:
        if len(box) != 1 or theta is not None or straight or not _elsewhere(t, box, ctx):
            raise


def _elsewhere(t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Ctx) -> bool:
    """In another variable, without looking for a further one there."""
    ((x, (lo, hi)),) = box.items()
    for other, (u, first, last) in other_variables(t, (x, lo, hi), ctx):
        try:
            _absolutely(other, {u: (first, last)}, ctx, None, straight=True)
            return True
        except No:
            continue
    return False


def _shown(t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Ctx, theta: str | None) -> None:
    """Without what is declared."""
    if len(box) == 1:
        ((x, (lo, hi)),) = box.items()
        _one(t, x, lo, hi, ctx, theta)
        return
    Interior(ctx.inside(box), {*box, theta} if theta else set(box)).need(t, BOUNDED)
    wider, bound = products(t, box, ctx, theta)
    for product in bound:
        for x, (lo, hi) in box.items():
            _one(product.get(x, ONE), x, lo, hi, wider, theta)


def integrable(t: Term, bindings: Bindings, ctx: Ctx) -> None:
    """Raises No unless ∫ |t| < ∞ over the box is established for every value of the parameters."""
    box = _box(bindings, ctx)
    t = unfolded(t, ctx, bindings)
    if has(t, "product"):  # of positive factors the exponential of a sum
        t = simplify(t, ctx.inside(box).quiet())
    _absolutely(t, box, ctx, None)


def open_domain(theta: str, ctx: Ctx) -> None:
    """Raises No unless θ ranges over an open set, whatever the values of the other parameters."""
    kind = ctx.kind_of(theta)
    if kind not in _OPEN or any(b.name == theta for b in ctx.bound):
        raise No(f"{theta} does not range over an open set")
    for r in (*ctx.given, *ctx.facts):
        if theta not in free(r):
            continue
        if r[0] != "rel" or r[1] not in ("<", ">", "!="):
            raise No(f"a hypothesis on {theta} does not describe an open set")
        Interior(ctx, {theta}).need(sub(r[2], r[3]), CONTINUOUS)


def differentiable(t: Term, bindings: Bindings, theta: str, ctx: Ctx) -> Term:
    """D with d/dθ ∫ t = ∫ D over the box, at every θ of its domain; raises No unless that is established."""
    box = _box(bindings, ctx)
    if theta in box or any(theta in free(e) for lohi in box.values() for e in lohi):
        raise No(f"the range of integration depends on {theta}")
    open_domain(theta, ctx)
    t = unfolded(t, ctx, bindings)
    inside = ctx.inside(box)
    glued = glued_steps(t, box, theta, ctx)

    def lipschitz(where: Mapping[str, tuple[Term, Term]]) -> None:
        here = ctx.inside(where)
        regular = Interior(here, {theta}, glued)
        regular.need(t, LIPSCHITZ)
        for a in dict.fromkeys(regular.kinks):
            if not null_zeros(a, list(where), here):
                raise No("an integrand may have a kink in the parameter on more than a null set")

    if len(box) == 1:
        ((x, (lo, hi)),) = box.items()
        _pieces(lambda a, b: lipschitz({x: (a, b)}), t, x, lo, hi, ctx, theta)
    else:
        lipschitz(box)
    _absolutely(t, box, ctx, None)
    slope = derivative(t, theta, inside)
    _absolutely(slope, box, ctx, theta)
    return slope
