"""Terms from JSON, their shape checked before anything looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from symrep.errors import BadInput, shown
from symrep.term import CONSTANTS, FUNCTIONS, RELATIONS, Term, num

__all__ = ["from_json"]

MAX_DEPTH: Final = 400
MAX_NODES: Final = 200_000
#: terms made here not long ago, so that none is looked at twice: they are tuples through and through
_made: Final[dict[int, Term]] = {}
_SMALL: Final = 500
_ROWS: Final = frozenset(("add", "mul", "and", "or"))


def _bad(msg: str, got: Any) -> BadInput:
    return BadInput(
        "term", msg, shown(list(got) if isinstance(got, tuple) else got, 80), "a term as written by symrep itself"
    )


def from_json(data: Any) -> Term:
    """Rebuild a term from JSON lists, checking its shape.

    Raises:
        BadInput: unknown head, wrong number or type of entries, too deep or too large.
    """
    if type(data) is tuple and _made.get(id(data)) is data:
        return data
    budget = [MAX_NODES]

    def name(x: Any) -> str:
        if not isinstance(x, str) or not x or len(x) > 100:
            raise _bad("needs a name", x)
        return x

    def integer(x: Any) -> int:
        if isinstance(x, bool) or not isinstance(x, int):
            raise _bad("needs an integer", x)
        return x

    def seq(x: Any) -> list[Any]:
        if not isinstance(x, (list, tuple)):
            raise _bad("needs a list", x)
        return list(x)

    def bindings(xs: Sequence[Any], d: int) -> tuple[Any, ...]:
        out = []
        for b in xs:
            b = seq(b)
            if len(b) != 3:
                raise _bad("a binding is (name, low, high)", b)
            out.append((name(b[0]), go(b[1], d), go(b[2], d)))
        if not out:
            raise _bad("needs at least one binding", xs)
        return tuple(out)

    def law(x: Any, d: int) -> Term:
        x = seq(x)
        if x and x[0] == "law" and len(x) == 3:
            return ("law", bindings(seq(x[1]), d), go(x[2], d))
        raise _bad("needs a law", x)

    def go(x: Any, d: int) -> Term:
        budget[0] -= 1
        if budget[0] < 0 or d > MAX_DEPTH:
            raise _bad(f"deeper than {MAX_DEPTH} or larger than {MAX_NODES} nodes", "…")
        if type(x) is not list and not isinstance(x, (list, tuple)):
            raise _bad("needs a list", x)
        if not x or not isinstance(x[0], str):
            raise _bad("needs a head", x)
        head, n = x[0], len(x)
        if head == "num" and n == 3:
            p, q = x[1], x[2]
            if type(p) is int and type(q) is int and q == 1:
                return ("num", p, 1)
            p, q = integer(p), integer(q)
            if q <= 0:
                raise _bad("needs a positive denominator", x)
            return num(p, q)
        if head == "sym" and n == 2:
            return ("sym", name(x[1]))
        d += 1
        if head in _ROWS and n >= 2:
            return (head, *[go(c, d) for c in x[1:]])
        if head == "pow" and n == 3:
            return ("pow", go(x[1], d), go(x[2], d))
        if head == "index" and n >= 3:
            return ("index", name(x[1]), *(go(c, d) for c in x[2:]))
        if head == "const" and n == 2 and x[1] in CONSTANTS:
            return ("const", x[1])
        if head == "inf" and n == 2 and x[1] in (1, -1):
            return ("inf", integer(x[1]))
        if head == "not" and n == 2:
            return ("not", go(x[1], d))
        if head == "true" and n == 1:
            return ("true",)
        if head == "rel" and n == 4 and x[1] in RELATIONS:
            return ("rel", x[1], go(x[2], d), go(x[3], d))
        if head == "fn" and n >= 3 and x[1] in FUNCTIONS and (n - 2) in FUNCTIONS[x[1]]:
            return ("fn", x[1], *[go(c, d) for c in x[2:]])
        if head == "app" and n == 4:
            ks, ts = tuple(integer(k) for k in seq(x[2])), tuple(go(c, d) for c in seq(x[3]))
            if len(ks) != len(ts) or not ts or min(ks) < 0:
                raise _bad("needs one order per argument", x[2])
            return ("app", name(x[1]), ks, ts)
        if head == "piecewise" and n >= 2:
            pairs = [seq(p) for p in x[1:]]
            if any(len(p) != 2 for p in pairs):
                raise _bad("needs (condition, value) pairs", x)
            return ("piecewise", *((go(c, d), go(v, d)) for c, v in pairs))
        if head == "diff" and n == 3:
            return ("diff", go(x[1], d), name(x[2]))
        if head == "integral" and n >= 3:
            return ("integral", go(x[1], d), *bindings(x[2:], d))
        if head in ("sum", "product", "vector") and n == 3:
            return (head, go(x[1], d), *bindings(x[2:], d))
        if head == "det" and n == 4:
            out = (head, go(x[1], d), *bindings(x[2:], d))
            (i, low, size), (j, other, columns) = out[2:]
            if i == j or low != num(1) or other != num(1) or size != columns:
                raise _bad("needs two indices that run from 1 to one size", x[2:])
            return out
        if head == "jacobian" and n == 4:
            out = (head, go(x[1], d), *bindings(x[2:3], d), name(x[3]))
            if out[2][1] != num(1):
                raise _bad("needs an index that runs from 1", x[2])
            return out
        if head == "limit" and n == 3:
            out = (head, go(x[1], d), *bindings(x[2:], d))
            if out[2][2] not in (num(1), num(-1), num(0)) or (out[2][1][0] == "inf" and out[2][2] != num(0)):
                raise _bad("needs a side, 1, -1 or 0, and none at infinity", x[2])
            return out
        if head == "law":
            return law(x, d)
        if head == "iprod" and n == 5:
            return ("iprod", name(x[1]), go(x[2], d), go(x[3], d), law(x[4], d))
        if head == "expect" and n == 3:
            return ("expect", go(x[1], d), law(x[2], d))
        if head == "push" and n == 4:
            return ("push", law(x[1], d), tuple(go(c, d) for c in seq(x[2])), tuple(go(c, d) for c in seq(x[3])))
        if head == "kl" and n == 3:
            return ("kl", go(x[1], d), go(x[2], d))
        if head == "sample_mean" and n == 4:
            return ("sample_mean", go(x[1], d), law(x[2], d), go(x[3], d))
        if head == "expect_sample" and n == 2:
            return ("expect_sample", go(x[1], d))
        if head == "expect_each" and n == 4:
            out = (head, go(x[1], d), name(x[2]), go(x[3], d))
            if out[3][0] != "iprod":
                raise _bad("needs an independent product of laws", x[3])
            return out
        raise _bad("unknown head or wrong number of entries", x[:1])

    term = go(data, 0)
    if budget[0] > MAX_NODES - _SMALL:
        if len(_made) >= _SMALL:
            _made.clear()
        _made[id(term)] = term
    return term
