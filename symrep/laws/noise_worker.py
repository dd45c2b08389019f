"""The search behind :mod:`symrep.laws.by_map`, in a worker: a substitution by a map of noise, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim, Context
from symrep.distribution import Interval
from symrep.errors import SymrepError
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance, replace
from symrep.kernel.theorems.table import THEOREMS
from symrep.rules.branches import branches_of
from symrep.rules.integrands import tidied
from symrep.rules.integrate import parts_of, value_of
from symrep.symbols import DomainSymbol
from symrep.term import Term, contains, free_symbols, fresh
from symrep.translate import from_term, to_term
from symrep.verifying.integrals import values_of
from symrep.wire import from_json

__all__ = ["by_map_in_worker", "parts_in_worker"]

#: processor seconds for one integral's value: what is there is found soon
_SEARCH: Final = 0.5
_FAILS: Final = (SymrepError, NotProved, ArithmeticError, AttributeError, LookupError, NotImplementedError,
                 RecursionError, TypeError, ValueError)  # fmt: skip


def by_map_in_worker(payload: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """``{"before", "after", "node", "factor", "density", "maps", "context"}`` in; out
    come rewrites that prove before = after, or None.
    """
    context = Context.from_json(payload["context"])
    before, after, node = (from_json(payload[k]) for k in ("before", "after", "node"))
    for m in payload["maps"]:
        for step in _quietly(payload, m, node, context):
            t, _ = replace(before, step["lhs"], step["rhs"])
            try:
                rewrites = [step, *values_of(t, context, True, _SEARCH)]
                for r in rewrites[1:]:
                    t, _ = replace(t, r["lhs"], r["rhs"])
                if contains(t, ("integral",)):
                    continue
                prove(Claim("rewrite", {"before": before, "after": after, "rewrites": rewrites}, context))
            except _FAILS:
                continue
            return rewrites
    return None


def parts_in_worker(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """``{"integrand", "variable", "low", "high", "context"}`` in, ``{"parts", "value"}`` or None out."""
    context = Context.from_json(payload["context"])
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in context.symbols.items()}
    t, low, high = (from_term(from_json(payload[k]), names) for k in ("integrand", "low", "high"))
    parts = parts_of(t, names[payload["variable"]], low, high, quick=True)
    return {"parts": [p for p, _ in parts], "value": to_term(value_of(parts))} if parts else None


def _quietly(
    payload: Mapping[str, Any], m: Mapping[str, Any], node: Term, context: Context
) -> Iterator[dict[str, Any]]:
    try:
        yield from _substitutions(payload, m, node, context)
    except _FAILS:
        return


def _substitutions(
    payload: Mapping[str, Any], m: Mapping[str, Any], node: Term, context: Context
) -> Iterator[dict[str, Any]]:
    """The integral in the noise, plainly written and simplified: whatever the kernel takes for the same."""
    x, lo, hi = node[2]
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in context.symbols.items()}
    names[x], names[m["variable"]] = DomainSymbol(x, "real"), DomainSymbol(m["variable"], m["kind"])

    def read(t: Any) -> Any:
        return from_term(from_json(t), names)

    e, v = names[m["variable"]], names[x]
    path, low, high, factor = (read(m[k]) if k in m else read(payload[k]) for k in ("path", "low", "high", "factor"))
    taken = {*context.symbols, *free_symbols(node), x, e.name}
    y, target = DomainSymbol(fresh("y", taken), "real"), DomainSymbol(fresh("s", taken), "real")
    inverses = [read(b).xreplace({v: y}) for b in m["inverses"]]
    known = tuple(_given(context, names))
    onto = Interval(read(lo), read(hi))
    branches = branches_of(
        "substitution", path, e, Interval(low, high), y, None, relations=known, also=tuple(inverses), onto=onto
    )
    if len(branches) != 1:
        return
    (b,) = branches
    rest = read(m["weight"]) if m["weight"] is not None else None
    if rest is None:
        factor, rest = factor * read(payload["density"]), sp.diff(path, e) * (1 if b.increasing else -1)
    head = {
        "theorem": "substitution",
        "lhs": node,
        "variable": e.name,
        "path": to_term(path),
        "low": to_term(low),
        "high": to_term(high),
        "target": target.name,
        "branches": [b.data(y, target)],
    }
    seen = set()
    new = _undone(factor.xreplace({v: path}))
    for tidy in (partial(tidied, u=e), _simplified):
        body = to_term(tidy(new) * rest)
        if body in seen:
            continue
        seen.add(body)
        step = {**head, "rhs": ("integral", body, (e.name, head["low"], head["high"]))}
        THEOREMS["substitution"](Instance(step), context)
        yield step


def _undone(t: Any) -> Any:
    """With inverse functions of real numbers undone that SymPy leaves, since for complex ones they need not be."""
    return t.replace(lambda f: isinstance(f, sp.asinh) and isinstance(f.args[0], sp.sinh), lambda f: f.args[0].args[0])


def _simplified(t: Any) -> Any:
    return sp.expand_log(sp.simplify(t))


def _given(context: Context, names: dict[str, Any]) -> Iterator[Any]:
    """The given relations in SymPy's words."""
    kinds = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "!=": sp.Ne, "==": sp.Eq}
    for r in context.given:
        if r[0] == "rel":
            found = kinds[r[1]](from_term(r[2], names), from_term(r[3], names))
            if found not in (sp.true, sp.false):
                yield found
