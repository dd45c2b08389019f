"""The theorems about sums: what has to be refused, what is proved, and certificates that were altered."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import mpmath
import pytest
from sum_terms import FALSE, TRUE

from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.certificate import prove, replay
from symrep.kernel.fail import NotProved
from symrep.term import Term
from symrep.wire import from_json


@pytest.mark.parametrize("name", FALSE)
def test_is_refused(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])


@pytest.mark.parametrize("name", TRUE)
def test_is_proved_and_replayed(name: str) -> None:
    verdict = prove(TRUE[name])
    assert verdict.certificate is not None and not verdict.almost_everywhere
    again = replay(json.loads(json.dumps(dict(verdict.certificate.data))))
    assert again.evidence == verdict.evidence


# --- altered certificates -------------------------------------------------------------------------------------------

FUNCTIONS = {
    "exp": mpmath.exp, "log": mpmath.log, "cos": mpmath.cos, "sin": mpmath.sin, "cosh": mpmath.cosh, "abs": abs,
    "sinh": mpmath.sinh, "atan": mpmath.atan, "atanh": mpmath.atanh, "gamma": mpmath.gamma, "digamma": mpmath.digamma,
    "factorial": mpmath.factorial, "binomial": mpmath.binomial, "polygamma": lambda m, z: mpmath.psi(int(m), z),
}  # fmt: skip
CONSTANTS = {"pi": mpmath.pi, "e": mpmath.e, "euler_gamma": mpmath.euler}
AT = {"n": 3, "m": 2, "z": 2, "u": 0.37, "x": 0.61, "y": -1.3, "a": 0.83, "r": 1.7, "w": 0.4}


def value_of(t: Term, at: dict[str, Any]) -> Any:
    """A number for a term; nothing here is shared with the kernel."""
    head = t[0]
    if head == "num":
        return mpmath.mpf(t[1]) / t[2]
    if head == "sym":
        return mpmath.mpf(at[t[1]])
    if head == "const":
        return +CONSTANTS[t[1]]
    if head in ("add", "mul"):
        return (mpmath.fsum if head == "add" else mpmath.fprod)([value_of(c, at) for c in t[1:]])
    if head == "pow":
        return mpmath.power(value_of(t[1], at), value_of(t[2], at))
    if head == "fn":
        return FUNCTIONS[t[1]](*(value_of(c, at) for c in t[2:]))
    k, lo, hi = t[2]
    if head == "limit":
        # from a point next to it
        way = hi[1] or (-1 if lo == ("inf", 1) else 1)
        beside = mpmath.mpf(10) ** 12 * -way if lo[0] == "inf" else value_of(lo, at) + way * mpmath.mpf(10) ** -12
        return value_of(t[1], {**at, k: beside})
    low = int(value_of(lo, at))
    if hi == ("inf", 1):
        out = mpmath.nsum if head == "sum" else mpmath.nprod
        return out(lambda i: value_of(t[1], {**at, k: int(i)}), [low, mpmath.inf])
    items = [value_of(t[1], {**at, k: i}) for i in range(low, int(value_of(hi, at)) + 1)]
    return mpmath.fsum(items) if head == "sum" else mpmath.fprod(items)


def is_true(claim: Claim) -> bool:
    left, right = (value_of(from_json(claim.data[k]), AT) for k in ("before", "after"))
    return bool(abs(left - right) < 1e-9 * (1 + abs(left)))


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for k, v in items:
        yield from leaves(v, (*path, k))
    if isinstance(data, int) and not isinstance(data, bool):
        yield path


def altered(data: Any, path: tuple[Any, ...], by: int) -> Any:
    out = json.loads(json.dumps(data))
    at = out
    for k in path[:-1]:
        at = at[k]
    at[path[-1]] += by
    return out


@pytest.mark.parametrize("name", TRUE)
def test_altered_certificates_are_refused_unless_true(name: str) -> None:
    data = json.loads(json.dumps(TRUE[name].data))
    places = list(leaves(data))
    rng = random.Random(name)
    for path in rng.sample(places, min(len(places), 14)):
        for by in (1, -2):
            changed = Claim("rewrite", altered(data, path, by), TRUE[name].context)
            try:
                prove(changed)
            except (NotProved, BadInput):
                continue
            same = all(from_json(changed.data[k]) == from_json(data[k]) for k in ("before", "after"))
            assert same or is_true(changed), (path, by)
