"""Limits of terms at the ends of an interval, and continuity between them."""

from __future__ import annotations

from dataclasses import replace

from symrep.claim import Context
from symrep.kernel.analysis.growth import Germs
from symrep.kernel.analysis.regular import CONTINUOUS, SMOOTH, Regular
from symrep.kernel.fail import NotProved
from symrep.term import Term, free_symbols
from symrep.verdict import Reason

__all__ = ["continuous", "limit", "localise"]


def localise(ctx: Context, names: frozenset[str]) -> Context:
    """The context without what it says of free symbols that a binder shadows."""
    spoken = any(free_symbols(g) & names for g in ctx.given) or any(a.free() & names for a in ctx.assumed)
    if not names & set(ctx.symbols) and not spoken:
        return ctx
    return replace(
        ctx,
        symbols={k: v for k, v in ctx.symbols.items() if k not in names},
        given=tuple(g for g in ctx.given if not free_symbols(g) & names),
        assumed=tuple(a for a in ctx.assumed if not a.free() & names),
    )


def limit(t: Term, x: str, end: Term, side: str, ctx: Context, interval: tuple[Term, Term]) -> Term:
    """The limit of t as x → end from inside ``interval``, for every value of the parameters.

    Args:
        t: the term.
        x: the variable.
        end: a finite term, approached from ``side`` ("+" from above, "-" from below), or ``("inf", ±1)``.
        side: ignored at an infinite end.
        ctx: hypotheses on the parameters.
        interval: where x ranges.

    Returns:
        The limit as a term in the parameters, or ``("inf", ±1)``.

    Raises:
        NotProved: the limit is not known, or depends on a case distinction in the parameters.
    """
    if end[0] != "inf" and side not in ("+", "-"):
        raise NotProved("a limit at a finite point needs a side")
    if x in free_symbols(end):
        raise NotProved("the point of a limit depends on its variable")
    ctx = localise(ctx, frozenset((x,)))
    onto = _monotone(t, x, end, side, ctx, interval)
    if onto is not None:
        return onto
    germs = Germs(ctx, x, end, 1 if side == "+" else -1, {x: interval})
    a = germs.expand(t)
    scale = germs.scale
    at = scale.split_constant(a)
    if at is not None:
        return at[0]
    found = scale.lead(a)
    if found is not None and scale.trend(found[1]) == 1:
        direction = scale.sign(found[0])
        if direction:
            return ("inf", direction)
    raise NotProved(f"the limit at the end of the interval is not known ({x} to {_name(end)})", Reason.NOTHING_APPLIED)


def _monotone(t: Term, x: str, end: Term, side: str, ctx: Context, interval: tuple[Term, Term]) -> Term | None:
    """f(u) for a strictly monotone f of the line onto itself (so continuous): declared by naming its inverse."""
    if t[0] != "app" or any(t[2]) or x not in free_symbols(t):
        return None
    spec = ctx.functions.get(t[1])
    if spec is None or spec.monotone not in ("increasing", "decreasing") or spec.arity != len(t[3]):
        return None
    if any(x in free_symbols(a) for a in t[3][1:]):
        return None
    if spec.inverse is None and not any(f.inverse == t[1] and f.monotone for f in ctx.functions.values()):
        return None
    inner = limit(t[3][0], x, end, side, ctx, interval)
    if inner[0] == "inf":
        return ("inf", inner[1] if spec.monotone == "increasing" else -inner[1])
    return ("app", t[1], t[2], (inner, *t[3][1:]))


def _name(end: Term) -> str:
    return ("-" if end[1] < 0 else "") + "infinity" if end[0] == "inf" else "the end point"


def continuous(t: Term, x: str, lo: Term, hi: Term, ctx: Context, smooth: bool = True) -> None:
    """Proves that t is C¹ (or only continuous) in x on (lo, hi), every parameter fixed at any allowed value.

    Raises:
        NotProved: with ``Reason.JUMP`` if a step may occur, ``Reason.DOMAIN`` if t may be undefined somewhere.
    """
    ctx = localise(ctx, frozenset((x,)))
    Regular(ctx, {x: (lo, hi)}, {x}).check(t, SMOOTH if smooth else CONTINUOUS)
