"""Random edits of an identity's term trees and hypotheses, the way people and programs go wrong.

An edit says nothing about truth: many are harmless (a factor moved), most are not, and some are false on half of the
domain only, which are the ones worth making. ``mutate`` is a function of its arguments and the random generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from benchlib.corpus import claim_of
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.term import free_symbols, substitute
from symrep.term import num as exact

__all__ = ["MAX_NODES", "mutate", "places", "put", "size"]

Term = tuple[Any, ...]
Path = tuple[int, ...]
Random = random.Random

#: larger mutants are not made
MAX_NODES = 160

_CONDITIONS = ("rel", "and", "or", "not", "true")


def num(p: int, q: int = 1) -> Term:
    return ("num", p, q)


_ONE, _MINUS, _TWO, _HALF = num(1), num(-1), num(2), num(1, 2)


# --- places -------------------------------------------------------------------------------------------------------


def _slots(t: Term) -> Iterator[Path]:
    head = t[0]
    if head in ("add", "mul", "and", "or", "not", "pow"):
        yield from ((i,) for i in range(1, len(t)))
    elif head in ("fn", "rel"):
        yield from ((i,) for i in range(2, len(t)))
    elif head == "piecewise":
        for i in range(1, len(t)):
            yield (i, 0)
            yield (i, 1)
    elif head in ("integral", "sum", "product"):
        yield (1,)
        for i in range(2, len(t)):
            yield (i, 1)
            yield (i, 2)
    elif head == "diff":
        yield (1,)


def at(t: Term, path: Path) -> Term:
    for i in path:
        t = t[i]
    return t


def put(t: Term, path: Path, new: Term) -> Term:
    if not path:
        return new
    i = path[0]
    return (*t[:i], put(t[i], path[1:], new), *t[i + 1 :])


def places(t: Term, bound: tuple[str, ...] = ()) -> Iterator[tuple[Path, Term, tuple[str, ...]]]:
    """Every place: its path, what stands there, and the names bound around it."""
    yield (), t, bound
    for slot in _slots(t):
        inner = bound
        if t[0] in ("integral", "sum", "product") and slot == (1,):
            inner = (*bound, *(b[0] for b in t[2:]))
        for path, s, names in places(at(t, slot), inner):
            yield (*slot, *path), s, names


def size(t: Term) -> int:
    return 1 + sum(size(at(t, s)) for s in _slots(t))


# --- edits of a place ---------------------------------------------------------------------------------------------

_KIN = [
    "sin cos tan sinh cosh tanh exp".split(),
    "asin acos atan asinh acosh atanh".split(),
    "log abs exp".split(),
    "gamma loggamma digamma factorial".split(),
    "erf erfc tanh".split(),
    "floor ceiling".split(),
    "sign heaviside abs".split(),
    "min max".split(),
    "besseli besselj besselk bessely".split(),
]


def _small(rng: Random) -> Term:
    return rng.choice(
        [
            _ONE,
            _TWO,
            num(3),
            _MINUS,
            _HALF,
            num(1, 3),
            num(3, 2),
            num(-2),
            num(4),
            num(rng.randint(2, 12), rng.randint(1, 9)),
        ]
    )


def _leaf(rng: Random, names: list[str]) -> Term:
    roll = rng.random()
    if names and roll < 0.65:
        return ("sym", rng.choice(names))
    return ("const", rng.choice(["pi", "pi", "e"])) if roll < 0.75 else _plain(_small(rng))


def _plain(n: Term) -> Term:
    """The number in lowest terms."""
    return exact(n[1], n[2])


def _number(t: Term, rng: Random) -> Term:
    v = Fraction(t[1], t[2])
    options = [
        v + 1,
        v - 1,
        -v,
        2 * v,
        v / 2,
        v * v,
        Fraction(0),
        Fraction(rng.randint(-9, 9), rng.randint(1, 9)),
        v + v / 100,
    ]
    if v:
        options.append(1 / v)
    w = rng.choice(options)
    return num(w.numerator, w.denominator)


def _row(t: Term, rng: Random, names: list[str]) -> Term:
    """A sum or product: drop, double, turn, insert, exchange, the other operator."""
    head, parts = t[0], list(t[1:])
    i = rng.randrange(len(parts))
    roll = rng.randrange(7)
    if roll == 0 and len(parts) > 1:
        del parts[i]
    elif roll == 1:
        parts.append(parts[i])
    elif roll == 2:
        parts[i] = ("mul", _MINUS, parts[i]) if head == "add" else ("pow", parts[i], _MINUS)
    elif roll == 3:
        parts.insert(i, _leaf(rng, names))
    elif roll == 4:
        return ("mul" if head == "add" else "add", *parts)
    elif roll == 5:
        parts[i] = ("mul", _plain(_small(rng)), parts[i]) if head == "add" else ("pow", parts[i], _plain(_small(rng)))
    else:
        k = rng.randrange(len(parts))
        parts[i] = (("mul" if head == "add" else "add"), parts[i], parts[k])
    return parts[0] if len(parts) == 1 else (head, *parts)


def _power(t: Term, rng: Random) -> Term:
    b, e = t[1], t[2]
    return rng.choice(
        [
            b,
            ("pow", b, ("add", e, _ONE)),
            ("pow", b, ("mul", _MINUS, e)),
            ("pow", b, ("mul", _HALF, e)),
            ("pow", b, ("mul", _TWO, e)),
            ("pow", e, b),
            ("mul", b, e),
            ("pow", ("fn", "abs", b), e),
            ("pow", ("mul", _MINUS, b), e),
        ]
    )


def _function(t: Term, rng: Random) -> Term:
    if rng.random() < 0.25:
        return t[2]
    if len(t) > 3 and rng.random() < 0.5:
        return (*t[:2], *reversed(t[2:]))
    kin = [n for row in _KIN if t[1] in row for n in row if n != t[1]]
    return ("fn", rng.choice(kin), *t[2:]) if kin else t


def _wrapped(t: Term, rng: Random, names: list[str]) -> Term:
    """Around any place: what is harmless for some values and not for others."""

    def f(name: str, *ts: Term) -> Term:
        return ("fn", name, *ts)

    c = _plain(_small(rng))
    other = _leaf(rng, names)
    turned = ("mul", _MINUS, t)
    return rng.choice(
        [
            f("abs", t),
            f("abs", t),
            ("pow", ("pow", t, _TWO), _HALF),
            ("pow", ("pow", t, _HALF), _TWO),
            f("exp", f("log", t)),
            f("log", f("exp", t)),
            f("log", f("abs", f("exp", t))),
            ("mul", f("sign", t), t),
            ("mul", f("sign", other), t),
            ("mul", f("sign", t), f("abs", t)),
            ("mul", f("heaviside", t), t),
            f("max", t, num(0)),
            f("min", t, c),
            f("max", t, other),
            f("tan", f("atan", t)),
            f("atan", f("tan", t)),
            f("asin", f("sin", t)),
            f("tanh", f("atanh", t)),
            f("sinh", f("asinh", t)),
            turned,
            ("pow", t, _MINUS),
            ("pow", t, _TWO),
            ("pow", t, _HALF),
            f("floor", t),
            ("add", t, c),
            ("mul", t, c),
            ("add", t, other),
            ("mul", t, other),
            ("mul", t, ("pow", other, _MINUS)),
            ("piecewise", (("rel", rng.choice("< <= > >=".split()), t, num(0)), turned), (("true",), t)),
            ("piecewise", (("rel", rng.choice("< >".split()), other, c), t), (("true",), turned)),
            ("piecewise", (("rel", "==", t, other), other), (("true",), t)),
            ("mul", ("pow", f("abs", t), _HALF), ("pow", f("abs", t), _HALF)),
            ("add", f("floor", t), f("ceiling", turned), t),
            ("add", t, ("pow", num(10), num(-rng.choice((6, 12, 20))))),
        ]
    )


def _relation(t: Term, rng: Random) -> Term:
    _, op, a, b = t
    return rng.choice(
        [
            ("rel", {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}[op], a, b),
            ("rel", op, b, a),
            ("rel", op, a, ("add", b, _ONE)),
            ("rel", op, a, ("mul", _TWO, b)),
            ("rel", op, ("mul", _MINUS, a), b),
        ]
    )


def _limits(t: Term, rng: Random) -> Term:
    i = rng.randrange(2, len(t))
    x, low, high = t[i]
    finite_low = num(0) if low[0] == "inf" else ("add", low, _ONE)
    finite_high = _plain(num(rng.randint(1, 5))) if high[0] == "inf" else ("add", high, _ONE)
    turned = [(x, low, finite_high), (x, finite_low, high), (x, low, ("inf", 1))]
    if low[0] != "inf" and high[0] != "inf":
        turned += [(x, high, low), (x, low, ("mul", _TWO, high))]
    return (*t[:i], rng.choice(turned), *t[i + 1 :])


def _cases(t: Term, rng: Random) -> Term:
    rows = list(t[1:])
    if len(rows) < 2:
        return t
    i, k = rng.sample(range(len(rows)), 2)
    roll = rng.randrange(3)
    if roll == 0:
        rows[i], rows[k] = (rows[i][0], rows[k][1]), (rows[k][0], rows[i][1])
    elif roll == 1:
        rows[i], rows[k] = rows[k], rows[i]
    else:
        del rows[i]
    return ("piecewise", *rows)


def _by_head(t: Term, rng: Random, names: list[str]) -> Term:
    head = t[0]
    if head == "num":
        return _number(t, rng)
    if head == "sym":
        return rng.choice([_leaf(rng, names), ("mul", _MINUS, t), ("pow", t, _TWO), ("add", t, _ONE), ("mul", _TWO, t)])
    if head == "const":
        return _leaf(rng, names)
    if head in ("add", "mul"):
        return _row(t, rng, names)
    if head == "pow":
        return _power(t, rng)
    if head == "fn":
        return _function(t, rng)
    if head == "rel":
        return _relation(t, rng)
    if head in ("and", "or"):
        return ("or" if head == "and" else "and", *t[1:])
    if head == "piecewise":
        return _cases(t, rng)
    if head in ("integral", "sum", "product"):
        return _limits(t, rng)
    return t


# --- edits of a claim ---------------------------------------------------------------------------------------------

_WIDER = {
    "positive": ["nonnegative", "nonzero", "real", "real", "negative"],
    "nonnegative": ["real", "positive"],
    "negative": ["nonzero", "real", "positive"],
    "nonzero": ["real", "positive"],
    "real": ["positive", "negative", "nonzero"],
    "unit": ["positive", "real"],
    "integer": ["real", "nonnegative integer"],
    "positive integer": ["positive", "nonnegative integer", "integer", "real"],
    "nonnegative integer": ["integer", "nonnegative", "positive integer"],
}


def _exchanged(t: Term, a: str, b: str) -> Term:
    return substitute(t, {a: ("sym", b), b: ("sym", a)})


def _both(lhs: Term, rhs: Term, rng: Random, names: list[str]) -> tuple[Term, Term]:
    """The same thing done to both sides: what was true mostly stays so, and there is more to edit."""
    roll = rng.randrange(7)
    if names and roll < 3:
        x = rng.choice(names)
        s: Term = ("sym", x)
        new = rng.choice(
            [
                ("pow", s, _TWO),
                ("pow", s, _HALF),
                ("pow", s, _MINUS),
                ("mul", _MINUS, s),
                ("mul", _plain(_small(rng)), s),
                ("mul", s, _leaf(rng, names)),
                ("add", s, _leaf(rng, names)),
                ("fn", "abs", s),
                ("fn", "exp", s),
            ]
        )
        return substitute(lhs, {x: new}), substitute(rhs, {x: new})
    wrap: Callable[[Term], Term] = rng.choice(
        [
            lambda t: ("pow", t, _TWO),
            lambda t: ("fn", "abs", t),
            lambda t: ("fn", "exp", t),
            lambda t: ("fn", "log", ("fn", "abs", t)),
            lambda t: ("mul", t, ("sym", names[0])) if names else t,
            lambda t: ("pow", t, _MINUS),
            lambda t: ("pow", ("fn", "abs", t), _HALF),
            lambda t: ("add", t, ("const", "pi")),
        ]
    )
    return wrap(lhs), wrap(rhs)


def _edited(sides: list[Term], symbols: Mapping[str, str], rng: Random) -> list[Term]:
    side = rng.randrange(2)
    spots = [(p, s, b) for p, s, b in places(sides[side]) if s[0] != "inf"]
    path, s, bound = rng.choice(spots)
    names = sorted({*symbols, *bound})
    roll = rng.random()
    if s[0] in _CONDITIONS or roll < 0.6:
        new = _by_head(s, rng, names)
    elif roll < 0.9:
        new = _wrapped(s, rng, names)
    else:  # something that stands elsewhere
        there = sides[rng.randrange(2)]
        fits = [q for _, q, b in places(there) if q[0] not in (*_CONDITIONS, "inf") and free_symbols(q) <= {*names}]
        new = rng.choice(fits) if fits else s
    out = list(sides)
    out[side] = put(sides[side], path, new)
    return out


def mutate(claim: Claim, rng: Random) -> Claim | None:
    """The claim after one edit or a few, or ``None`` if it came out as it was, too large, or with a derivative by
    something that is no symbol.
    """
    try:
        return _mutated(claim, rng)
    except BadInput:
        return None


def _mutated(claim: Claim, rng: Random) -> Claim | None:
    sides = [claim.data["lhs"], claim.data["rhs"]]
    symbols, given = dict(claim.context.symbols), list(claim.context.given)
    names = sorted(symbols)
    if rng.random() < 0.4:
        sides = list(_both(sides[0], sides[1], rng, names))
    for _ in range(rng.choices((1, 2, 3), (70, 22, 8))[0]):
        roll = rng.random()
        if names and roll < 0.12:
            n = rng.choice(names)
            symbols[n] = rng.choice(_WIDER.get(symbols[n], [symbols[n]]))
        elif given and roll < 0.2:
            del given[rng.randrange(len(given))]
        elif len(names) > 1 and roll < 0.27:
            a, b = rng.sample(names, 2)
            k = rng.randrange(2)
            sides[k] = _exchanged(sides[k], a, b)
        else:
            sides = _edited(sides, symbols, rng)
    if sum(map(size, sides)) > MAX_NODES:
        return None
    used = frozenset[str]().union(*map(free_symbols, (*sides, *given)))
    out = claim_of(sides[0], sides[1], {n: k for n, k in symbols.items() if n in used}, given)
    return None if out == claim else out
