"""Expectations over coordinates as numbers: where their bodies are compared, and what their sign is."""

from __future__ import annotations

from dataclasses import replace

from symrep.audit.atoms import LINE, NONNEGATIVE, POSITIVE, Interval
from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, free

__all__ = ["each_range", "nothing_known"]


def nothing_known(ctx: Ctx, x: str) -> Ctx:
    """Where all values of the coordinates count, and nothing is known of them.

    Raises:
        No: something is.
    """
    if any(x in free(r) for r in (*ctx.given, *ctx.facts)) or any(x in d.free() for d in ctx.declared):
        raise No(f"something is known of {x}, over which an expectation is taken")
    return replace(ctx, fibre=frozenset(), notes=[], memory={})


def each_range(ctx: Ctx, t: Term) -> Interval:
    """Above 0 if the body is for all values of the coordinates, and the densities are on the line."""
    from symrep.audit.signs import sign

    law = t[3][4]
    if law[1][0][1:] != (("inf", -1), ("inf", 1)):
        return LINE
    body = nothing_known(ctx, t[2])
    outer = ctx.quiet().summing(*t[3][1:4])
    inner = outer.inside({law[1][0][0]: law[1][0][1:]}).quiet()
    signs = {a * b for a in sign(t[1], body) for b in sign(law[2], inner)}
    if body.notes or inner.notes or -1 in signs:
        return LINE
    return NONNEGATIVE if 0 in signs else POSITIVE
