"""What verifying does in processes that can be killed: SymPy's proposals, and diagnoses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim, Context
from symrep.errors import BadInput, SymrepError
from symrep.kernel.fail import NotProved
from symrep.kernel.instance import Instance, replace
from symrep.kernel.integrals import evaluate
from symrep.kernel.signs import domain
from symrep.rules.integrate import antiderivative, parts_of
from symrep.rules.pieces import cut
from symrep.symbols import DomainSymbol
from symrep.term import ZERO, Term, free_symbols, sub, walk
from symrep.translate import from_term, to_term
from symrep.verifying.powers import power_substitution
from symrep.verifying.solving import value_step
from symrep.verifying.waves import wave_parts
from symrep.wire import from_json

__all__ = ["consistent_in_worker", "diagnose_in_worker", "propose_in_worker"]

_FAILS: Final = (
    SymrepError,
    NotProved,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


#: seconds for the search of one integral's value
_SEARCH: Final = 4.0


def consistent_in_worker(payload: Mapping[str, Any]) -> dict[str, bool]:
    """``{"context": …}`` in, ``{"consistent": bool}`` out; false if the kernel proves a contradiction."""
    try:
        return {"consistent": not domain(Context.from_json(payload["context"])).empty}
    except NotProved:
        return {"consistent": True}


# --- values of integrals ------------------------------------------------------------------------------------------


def propose_in_worker(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``{"claim": …}`` in, a list of ``{"data", "symbols"}`` out.

    ``data`` is a ``rewrite`` that proves the claim if the kernel accepts it, ``symbols`` the domains of bound variables
    on which inner integrals depend.
    """
    data = payload["claim"]
    lhs, rhs = from_json(data["data"]["lhs"]), from_json(data["data"]["rhs"])
    context = Context.from_json(data["context"])
    both = _has_integral(lhs) and _has_integral(rhs)
    before, after = (sub(lhs, rhs), ZERO) if both else (lhs, rhs) if _has_integral(lhs) else (rhs, lhs)
    rewrites = _rewrites(before, context)
    if not rewrites:
        return []
    bound = {x: _kind(lo, hi) for s in walk(before) if s[0] == "integral" for x, lo, hi in s[2:]}
    inside = {n for r in rewrites for n in free_symbols(r["lhs"]) if n in bound and n not in context.symbols}
    data = {"before": before, "after": after, "rewrites": rewrites}
    return [{"data": data, "symbols": {n: bound[n] for n in sorted(inside)}}]


def _has_integral(t: Term) -> bool:
    return any(s[0] == "integral" for s in walk(t))


def _rewrites(t: Term, context: Context) -> list[dict[str, Any]]:
    """A value for each integral, the inner ones first; those that were found when the next is out of reach."""
    out: list[dict[str, Any]] = []
    while True:
        found = None
        for node, inner in _innermost(t, context):
            found = _value(node, inner)
            if found is not None:
                break
        if found is None:
            return out
        out += found
        for step in found:
            t, _ = replace(t, step["lhs"], step["rhs"])


def _innermost(t: Term, context: Context) -> Iterator[tuple[Term, Context]]:
    """Integrals without an integral inside, each with the domains of what is bound around it."""
    for s in walk(t):
        if s[0] == "integral" and len(s) == 3 and not _has_integral(s[1]):
            kinds = {x: _kind(lo, hi) for o in walk(t) if o[0] == "integral" for x, lo, hi in o[2:]}
            around = {x: kinds[x] for x in free_symbols(s) if x in kinds and x not in context.symbols}
            yield s, Context({**context.symbols, **around}, context.functions, context.given)


def _kind(lo: Term, hi: Term) -> str:
    if lo[0] == "num" and lo[1] >= 0:
        return "unit" if (lo, hi) == (("num", 0, 1), ("num", 1, 1)) else "positive"
    return "negative" if hi[0] == "num" and hi[1] <= 0 else "real"


def _narrowed(context: Context) -> dict[str, str]:
    """The kinds, with what the hypotheses say of single signs: SymPy finds more for positive numbers."""
    out = dict(context.symbols)
    for _, op, a, b in context.given:
        if b[0] == "sym":
            a, b, op = b, a, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
        if a[0] != "sym" or b[0] != "num" or out.get(a[1]) not in ("real", "nonzero", "nonnegative"):
            continue
        if op in (">", ">=") and (b[1] > 0 or (b[1] == 0 and op == ">")):
            out[a[1]] = "positive"
        elif op in ("<", "<=") and (b[1] < 0 or (b[1] == 0 and op == "<")):
            out[a[1]] = "negative"
    return out


def _value(node: Term, context: Context) -> list[dict[str, Any]] | None:
    """The data of the theorems that lead from an integral over one variable to its value, or None."""
    read = _expressions(node, context)
    if read is None:
        return None
    t, x, low, high = read
    solved = value_step(node, context, t, x, low, high, _SEARCH)
    if solved is not None:
        return [solved]
    direct = None if __import__("os").environ.get("NO_OLD") else _direct(node, context, *read)
    if direct is not None:
        return [direct]
    with suppress(*_FAILS):
        found = power_substitution(node, t, x, {*free_symbols(node), *context.symbols, x.name})
        if found is not None:
            step, new, u = found
            value = _direct(step["rhs"], context, new, u, sp.S.Zero, sp.oo)
            return None if value is None else [step, value]
    return None


def _expressions(node: Term, context: Context) -> tuple[Any, Any, Any, Any] | None:
    """Integrand, variable and limits in SymPy's words."""
    x, lo, hi = node[2]
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in _narrowed(context).items()}
    names[x] = DomainSymbol(x, _kind(lo, hi))
    try:
        return from_term(node[1], names), names[x], from_term(lo, names), from_term(hi, names)
    except _FAILS:
        return None


def _direct(node: Term, context: Context, t: Any, x: Any, low: Any, high: Any) -> dict[str, Any] | None:
    """The data of a ``value`` theorem that the kernel accepts."""
    name, lo, hi = node[2]
    for parts in _parts(t, x, low, high):
        try:
            value = evaluate(node[1], name, lo, hi, tuple(Instance(p) for p in parts), context)
        except _FAILS:
            continue
        return {"theorem": "value", "lhs": node, "rhs": value, "parts": parts}
    return None


def _parts(t: Any, x: Any, low: Any, high: Any) -> Iterator[list[dict[str, Any]]]:
    """Ways to take an integral apart; SymPy's word, which the kernel checks."""
    forms = [t]
    if t.has(sp.log):
        forms.append(sp.expand(sp.expand_log(t, force=True)))
    forms.append(sp.powsimp(sp.expand(t), combine="exp"))
    for form in dict.fromkeys(forms):
        try:
            parts = parts_of(form, x, low, high)
        except _FAILS:
            continue
        if parts is not None:
            yield [p for p, _ in parts]
        try:
            plain = _whole(form, x, low, high)
        except _FAILS:
            continue
        if plain is not None:
            yield plain
    if (low, high) == (-sp.oo, sp.oo) and t.has(sp.sin, sp.cos):
        with suppress(*_FAILS):
            by_parts = wave_parts(t, x)
            if by_parts is not None:
                yield by_parts


def _whole(t: Any, x: Any, low: Any, high: Any) -> list[dict[str, Any]] | None:
    """By antiderivatives alone, their limits left to the kernel."""
    pieces = cut(t, x, low, high)
    if pieces is None:
        return None
    found = [(a, b, antiderivative(f, x)) for a, b, f in pieces]
    if any(f is None for _, _, f in found):
        return None
    rows = [{"lo": to_term(a), "hi": to_term(b), "antiderivative": to_term(f)} for a, b, f in found]
    return [{"kind": "ftc", "integrand": to_term(t), "pieces": rows}]


# --- diagnosis ----------------------------------------------------------------------------------------------------


def diagnose_in_worker(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """``{"claim": …, "seconds": …}`` in, a diagnosis as JSON out, or None: what the right side should be."""
    from symrep.repair import diagnose_identity
    from symrep.verifying.deciding import limits_within

    data = payload["claim"]
    claim = Claim("equal", {k: from_json(data["data"][k]) for k in ("lhs", "rhs")}, Context.from_json(data["context"]))
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in claim.context.symbols.items()}
    relations = {
        "<": sp.StrictLessThan,
        "<=": sp.LessThan,
        ">": sp.StrictGreaterThan,
        ">=": sp.GreaterThan,
        "==": sp.Equality,
        "!=": sp.Unequality,
    }
    try:
        lhs, rhs = (from_term(claim.data[k], names) for k in ("lhs", "rhs"))
        given = tuple(relations[op](from_term(a, names), from_term(b, names)) for _, op, a, b in claim.context.given)
        found = diagnose_identity(lhs, rhs, given, limits_within(float(payload["seconds"])))
    except (*_FAILS, BadInput):
        return None
    return None if found is None else found.to_json()
