"""Values of integrals for one identity, proposed in a worker: one rewrite after the other, the kernel asked each time.

An integral inside another one is evaluated under the hypotheses its place gives (``inside``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from symrep.claim import Claim, Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.theorems.instance import Instance, replace
from symrep.kernel.theorems.summation import in_range
from symrep.kernel.theorems.table import THEOREMS
from symrep.kernel.theorems.under import between
from symrep.rules.solving import FAILS, value_step
from symrep.summing.sums import sums_in_worker
from symrep.symbols import DomainSymbol
from symrep.term import ZERO, Term, add, free_symbols, fresh, map_children, mul, num, sub, substitute, sym, walk
from symrep.translate import from_term
from symrep.wire import from_json

__all__ = ["propose_in_worker", "values_of"]

#: processor seconds for the search of one integral's value
SEARCH: Final = 3.0
Around = tuple[Term, ...]


def propose_in_worker(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``{"claim": …, "quick": bool}`` in, a list of ``{"data", "symbols"}`` out.

    ``data`` is a ``rewrite`` that proves the claim if the kernel accepts it; ``quick`` does not ask SymPy.
    """
    data = payload["claim"]
    claim = Claim("equal", {k: from_json(data["data"][k]) for k in ("lhs", "rhs")}, Context.from_json(data["context"]))
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    both = _has_integral(lhs) and _has_integral(rhs)
    before, after = (sub(lhs, rhs), ZERO) if both else (lhs, rhs) if _has_integral(lhs) else (rhs, lhs)
    rewrites = values_of(before, claim.context, bool(payload.get("quick")))
    whole = {"data": {"before": before, "after": after, "rewrites": rewrites}, "symbols": {}}
    if any(r["theorem"] == "unit_steps" for r in rewrites):
        return [*_with_sums(whole, claim.context), whole]
    return [whole] if rewrites else []


def _with_sums(whole: dict[str, Any], context: Context) -> list[dict[str, Any]]:
    """The same with values for the sums that integrals became."""
    data = whole["data"]
    term = data["before"]
    for step in data["rewrites"]:
        term, _ = replace(term, step["lhs"], step["rhs"])
    claim = Claim("equal", {"lhs": term, "rhs": data["after"]}, context).to_json()
    more = [p for p in sums_in_worker({"claim": claim}) if p["data"]["before"] == term and not p["symbols"]]
    return [{**p, "data": {**p["data"], "before": data["before"],
                           "rewrites": [*data["rewrites"], *p["data"]["rewrites"]]}} for p in more]  # fmt: skip


def _has_integral(t: Term) -> bool:
    return any(s[0] == "integral" for s in walk(t))


def values_of(t: Term, context: Context, quick: bool, search: float = SEARCH) -> list[dict[str, Any]]:
    """A value for each integral, the inner ones first; those that were found when the next is out of reach.

    ``search`` is what may be spent on one, in seconds of the processor.
    """
    out: list[dict[str, Any]] = []
    given_up: set[Term] = set()
    while True:
        found = None
        for node, around in _innermost(t, ()):
            if node in given_up:
                continue
            inner = context
            for e in around:
                v, lo, hi = e[2]
                inner = between(v, lo, hi, inner)
            found = _value(node, inner, quick, search)
            if found is not None and found["rhs"] != node:
                break
            given_up.add(node)
            found = None
        if found is None:
            found = next((d for d in map(_under, _derivatives(t)) if d is not None and d["lhs"] not in given_up), None)
            if found is None:
                return out
            given_up.add(found["lhs"])
            if not _accepted(found, context):
                continue
            out.append(found)
            t, _ = replace(t, found["lhs"], found["rhs"])
            continue
        for e in reversed(around):
            body, _ = replace(e[1], found["lhs"], found["rhs"])
            found = {"theorem": "inside", "lhs": e, "rhs": ("integral", body, e[2]), "step": found}
        out.append(found)
        t, _ = replace(t, found["lhs"], found["rhs"])


def _derivatives(t: Term) -> list[Term]:
    """Derivatives of integrals over one variable, with no integral further inside, by a variable bound nowhere."""
    nodes = [s for s in walk(t) if s[0] == "diff" and s[1][0] == "integral" and len(s[1]) == 3]
    bound = {b[0] for s in walk(t) if s[0] == "integral" for b in s[2:]}
    return [s for s in nodes if not _has_integral(s[1][1]) and s[2] not in bound]


def _under(node: Term) -> dict[str, Any] | None:
    """The data of the theorem that takes a derivative under the integral sign, moving ends included."""
    _, (_, body, (x, lo, hi)), theta = node
    inner = Context(dict.fromkeys(free_symbols(body), "real"))
    try:
        slope = derivative(body, theta, inner)
        if theta not in free_symbols(lo) | free_symbols(hi):
            return {"theorem": "interchange", "lhs": node, "rhs": ("integral", slope, (x, lo, hi))}
        edges = [
            mul(num(sign), substitute(body, {x: end}), derivative(end, theta, inner))
            for sign, end in ((1, hi), (-1, lo))
            if end[0] != "inf" and theta in free_symbols(end)
        ]
    except FAILS:
        return None
    moving = [] if slope == ZERO else [("integral", slope, (x, lo, hi))]
    pieces = [{"lo": lo, "hi": hi, "integrand": body}]
    return {"theorem": "leibniz", "lhs": node, "rhs": add(*moving, *edges), "interior": slope, "pieces": pieces}


def _accepted(step: dict[str, Any], context: Context) -> bool:
    try:
        THEOREMS[step["theorem"]](Instance(step), context)
    except FAILS:
        return False
    return True


def _innermost(t: Term, around: Around) -> Iterator[tuple[Term, Around]]:
    """Integrals without an integral inside, each with those around it, the outermost first."""
    if t[0] == "integral" and len(t) == 3:
        if _has_integral(t[1]):
            yield from _innermost(t[1], (*around, t))
        else:
            yield t, around
        return
    if t[0] in ("sum", "product", "integral", "law", "expect", "push"):
        return
    parts: list[Term] = []

    def note(s: Term) -> Term:
        parts.append(s)
        return s

    map_children(t, note, note)
    for s in parts:
        yield from _innermost(s, around)


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


def _value(node: Term, context: Context, quick: bool, search: float = SEARCH) -> dict[str, Any] | None:
    """The data of a ``value`` theorem about an integral over one variable, or None."""
    x, lo, hi = node[2]
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in _narrowed(context).items()}
    names[x] = DomainSymbol(x, _kind(lo, hi))
    if x in free_symbols(lo) | free_symbols(hi):
        return None
    try:
        t, low, high = (from_term(s, names) for s in (node[1], lo, hi))
    except FAILS:
        return None
    found: dict[str, Any] | None = value_step(node, context, t, names[x], low, high, search, quick)
    return found or _by_unit_steps(node, context, quick)


def _by_unit_steps(node: Term, context: Context, quick: bool) -> dict[str, Any] | None:
    """An integral of what is rounded, from an integer on, as the sum of those between neighbouring integers."""
    t, (x, lo, hi) = node[1], node[2]
    rounded = any(s[0] == "fn" and s[1] in ("floor", "ceiling") and x in free_symbols(s) for s in walk(t))
    if not rounded or lo[0] == "inf" or hi == ("inf", -1):
        return None
    taken = {x, *context.symbols, *free_symbols(node), *(b[0] for s in walk(t) if s[0] == "integral" for b in s[2:])}
    k = fresh("k", taken)
    last: Term = hi if hi[0] == "inf" else sub(hi, num(1))
    try:
        inner = in_range(context, k, lo, last)
        found = _value(("integral", t, (x, sym(k), add(sym(k), num(1)))), inner, quick) if k not in taken else None
    except FAILS:
        return None
    if found is None or found["theorem"] != "value":
        return None
    total = ("sum", found["rhs"], (k, lo, last))
    step = {"theorem": "unit_steps", "lhs": node, "rhs": total, "index": k, "parts": found["parts"]}
    return step if _accepted(step, context) else None
