"""Worker side of ``mutants.py``: makes mutant k, finds out by mpmath whether it is false, and asks the checkers."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from benchlib.corpus import identities
from benchlib.edits import mutate
from benchlib.points import ALIKE, DIFFERENT, ONE_SIDED, UNDEFINED, around, compare, draw, magnitude
from benchlib.printing import entry_of
from benchlib.values import binds
from symrep.claim import Claim
from symrep.errors import SymrepError
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import replace as put_in
from symrep.running.registry import FUNCTIONS, resolve
from symrep.term import add, canonical_json, walk
from symrep.wire import from_json

__all__ = ["CHECKERS", "CONTROLS", "FALSE", "UNDETERMINED", "UNEXAMINED", "one"]

#: what a mutant is: false at some point beyond doubt; alike at every point tried; a value on one side only; no values
FALSE, UNDETERMINED, HALF, NOWHERE = "false", "undetermined", "one-sided", "undefined"
#: false at a point, and alike at all points near it; the proof says that it holds almost everywhere only
LEFT_OUT = "false only where the proof says nothing"
#: it was not proved, and nobody asked what it is
UNEXAMINED = "not proved, not examined"
#: a script that lets the first of these checkers pass is broken
CONTROLS = ("always-accept", "always-reject")

#: points a mutant gets, and what it gets when the kernel accepts it
_POINTS, _MORE = 6, 30

#: digits at which an accusation must stand, besides those of the largest number on the way: rounding hides numbers for
#: good, as in log(exp(exp(-300))), and cosh(x)**2 - sinh(x)**2 at x = 8000 is lost in 7000 digits
_BEYOND_DOUBT = 2000


@cache
def _bases(paths: tuple[str, ...]) -> tuple[list[tuple[str, Claim]], list[tuple[str, Claim]]]:
    """The true identities: closed forms, and those with integrals or sums."""
    plain: list[tuple[str, Claim]] = []
    bound: list[tuple[str, Claim]] = []
    for i in identities(map(Path, paths), truth=True):
        if i.claim is not None:
            (bound if any(binds(i.claim.data[k]) for k in ("lhs", "rhs")) else plain).append((i.id, i.claim))
    return plain, bound


def mutant(payload: Mapping[str, Any]) -> tuple[str, Claim]:
    """(the identity it comes from, the mutant): a function of the files, the seed and the number."""
    rng = random.Random(f"{payload['seed']}:{payload['k']}")
    plain, bound = _bases(tuple(payload["corpus"]))
    rows = bound if bound and (not plain or rng.random() < payload["binders"]) else plain
    while True:
        name, base = rng.choice(rows)
        found = mutate(base, rng)
        if found is not None:
            return name, found


def _alike_around(claim: Claim, point: Mapping[str, Any], seed: str) -> bool:
    """Do the sides agree at every point near this one? Then they differ on a null set at most, as far as is seen."""
    near = around(claim.context.symbols, claim.context.given, point, seed)
    sides = claim.data["lhs"], claim.data["rhs"]
    return bool(near) and all(compare(*sides, p, 40)[0] == ALIKE for p in near)


def _at_points(
    claim: Claim, seed: str, count: int, digits: int, wide: bool = False, again: int | None = None, almost: bool = False
) -> tuple[str, dict[str, Any] | None]:
    """What the mutant is, and a point where it is false; ``again``: the gap must stand at so many digits too;
    ``almost``: and near the point, since it is said to hold almost everywhere only.
    """
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    seen, left = [], None
    for p in draw(claim.context.symbols, claim.context.given, seed, count, wide):
        what, a, b = compare(lhs, rhs, p, digits)
        if what == DIFFERENT and again:
            what, a, b = compare(lhs, rhs, p, again + 4 * magnitude(p, lhs, rhs))
        witness = {"point": {n: str(v) for n, v in p.items()}, "lhs": a, "rhs": b}
        if what == DIFFERENT and almost and _alike_around(claim, p, seed):
            left = witness
        elif what == DIFFERENT:
            return FALSE, witness
        seen.append(what)
        if not p:
            break
    if left is not None:
        return LEFT_OUT, left
    if seen.count(ALIKE) >= min(3, len(seen)) and ALIKE in seen:
        return UNDETERMINED, None
    return (HALF if ONE_SIDED in seen else NOWHERE if UNDEFINED in seen or not seen else UNDETERMINED), None


# --- checkers -----------------------------------------------------------------------------------------------------


def _proves(claim: Claim) -> bool:
    try:
        prove(claim)
    except (NotProved, SymrepError):
        return False
    return True


def _kernel(claim: Claim) -> bool:
    """Every proof the engine could find, unguarded by balls. With integrals and sums: what the kernel does alone, then
    what the engine's proposers propose and the kernel checks; and in each case that everything converges.
    """
    sides = (claim.data["lhs"], claim.data["rhs"])
    if not any(map(binds, sides)):
        return _proves(claim)
    if _proves(claim) and _converge(sides, claim):
        return True
    return any(map(_checks, _proposed(claim)))


def _almost_everywhere(claim: Claim) -> bool:
    try:
        return prove(claim).almost_everywhere
    except (NotProved, SymrepError):
        return False


def _converge(terms: Iterable[Any], claim: Claim) -> bool:
    nodes = [
        s
        for t in terms
        for s in walk(t)
        if s[0] == "integral" or (s[0] in ("sum", "product") and any(e[0] == "inf" for e in s[2][1:]))
    ]
    return not nodes or _proves(Claim("defined", {"term": add(*nodes)}, claim.context))


def _proposed(claim: Claim) -> Iterator[Claim]:
    for name in ("verify.sums", "verify.propose"):
        try:
            found = resolve(name, FUNCTIONS)({"claim": claim.to_json(), "seconds": 3.0})
        except (SymrepError, NotProved, ArithmeticError, LookupError, TypeError, ValueError):
            continue
        for p in json.loads(json.dumps(found)):
            symbols = {**claim.context.symbols, **p["symbols"]}
            yield Claim("rewrite", p["data"], replace(claim.context, symbols=symbols))


def _checks(rewrite: Claim) -> bool:
    """The kernel accepts it, and what is left when the values were put in converges."""
    if not _proves(rewrite):
        return False
    term = from_json(rewrite.data["before"])
    for step in rewrite.data["rewrites"]:
        term, _ = put_in(term, from_json(step["lhs"]), from_json(step["rhs"]))
    return _converge((term, from_json(rewrite.data["after"])), rewrite)


def _engine(claim: Claim) -> bool:
    """All of ``symrep verify`` but reading and diagnosis; slow."""
    from symrep.verdict import Status
    from symrep.verifying import verdict_of

    return verdict_of(claim, 5.0).status is Status.PROVED


#: says "proved". The last two are controls: a script that lets the first of them pass is broken
CHECKERS: dict[str, Callable[[Claim], bool]] = {
    "kernel": _kernel,
    "engine": _engine,
    CONTROLS[0]: lambda claim: True,
    CONTROLS[1]: lambda claim: False,
}


def one(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """``{"k", "seed", "corpus", "binders", "examine", "checkers", "judged"}`` in; who accepts the mutant, and what it
    is: at once for every ``examine``-th, for the others only if somebody who is judged accepts it."""
    if payload["k"] is None:  # read the files, which takes longer than a mutant may
        _bases(tuple(payload["corpus"]))
        return
    name, claim = mutant(payload)
    text = canonical_json([claim.data["lhs"], claim.data["rhs"], claim.context.to_json()])
    first = {"hash": hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}
    known = payload["k"] % payload["examine"] == 0
    clock = time.perf_counter()
    what, witness = _looked_at(claim, payload) if known else (UNEXAMINED, None)
    yield {**first, "class": what, "oracle_seconds": time.perf_counter() - clock}
    accepted, seconds = {}, {}
    for checker in payload["checkers"] if known else payload["judged"]:
        clock = time.perf_counter()
        accepted[checker] = CHECKERS[checker](claim)
        seconds[checker] = time.perf_counter() - clock
    real = any(accepted[c] for c in payload["judged"])
    accepted = {c: accepted.get(c, c == CONTROLS[0]) for c in payload["checkers"]}
    out: dict[str, Any] = {"accepted": accepted, "seconds": seconds}
    clock = time.perf_counter()
    if real and not known:
        what, witness = _looked_at(claim, payload)
        out["class"] = what
    bound = any(binds(claim.data[k]) for k in ("lhs", "rhs"))
    how = {} if bound or not real else {"again": _BEYOND_DOUBT, "almost": _almost_everywhere(claim)}
    if real and not bound and what == FALSE:
        seed = f"{payload['seed']}:{payload['k']}:points"
        what, witness = _at_points(claim, seed, _POINTS, 40, **how)
        out["class"] = what
    if real and what != FALSE:  # a second, harder look before it counts as equivalent
        seed = f"{payload['seed']}:{payload['k']}:more"
        harder, found = _at_points(claim, seed, 8 if bound else _MORE, 80, wide=True, **how)
        if harder in (FALSE, LEFT_OUT):
            out["class"], witness = harder, found
    out["seconds"]["second look"] = time.perf_counter() - clock
    if real and out.get("class", what) != UNDETERMINED:
        out["mutant"] = {**entry_of(f"{name}#{payload['k']}", claim), "witness": witness}
    elif not real and what == UNDETERMINED:
        out["open"] = entry_of(f"{name}#{payload['k']}", claim)
    yield out


def _looked_at(claim: Claim, payload: Mapping[str, Any]) -> tuple[str, dict[str, Any] | None]:
    return _at_points(claim, f"{payload['seed']}:{payload['k']}:points", _POINTS, 40)
