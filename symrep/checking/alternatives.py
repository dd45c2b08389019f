"""The other ways in which a claim may be meant: each takes back one guess of the survey, and reads its sides again.

What a name stands for (another definition of the document, none, no number), whether it is a function or a factor,
whether it is whole; by which parameters a law is given, to which base logarithms are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, final

import sympy as sp

from symrep.checking.model import Link, Place
from symrep.checking.names import latex_name, uses
from symrep.checking.scope import Let, Scope
from symrep.checking.variants import read_again
from symrep.distribution import FAMILIES, Distribution
from symrep.errors import SymrepError
from symrep.reading.latex import Environment, Side

__all__ = [
    "FAILS",
    "Alternative",
    "alternatives",
    "closure",
    "convention",
    "forgetting",
    "same_guess",
    "with_changed",
    "without",
]

FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_WHOLE: Final = frozenset("n m k K N M j l".split())
_OTHER_LETS: Final = 4
_BITS: Final = re.compile(r"\bbits?\b|\bbase\s*\W{0,3}2\b|\\log_\{?2|\bshannons?\b|\bbinary\b", re.IGNORECASE)
_TENS: Final = re.compile(r"\bdecibels?\b|\bdB\b|\bbase\s*\W{0,3}10\b|\\log_\{?10")
_CALLED: Final = re.compile(r"(\\?[A-Za-z]+(?:_(?:\w|\{\w{1,12}\}))?)'{0,2}\s*(?:\\left|\\[bB]igl?)?\(")
#: what a law is given by elsewhere, by the roles of its parameters in the registry
_SCALES: Final = frozenset(("theta", "s", "tau", "vartheta"))
_SWAPPED: Final = "its parameters in the other order"
_SHAPES: Final = frozenset(("k", "c", "kappa"))
_WORDS: Final = {"the scale": r"\bscale\b", "the rate": r"\b(?:rate|precision|inverse scale)\b"}
#: guesses of how far something reaches, and what is supposed when they are taken back
_TURNED: Final = {
    "slash": "what stands behind a slash ends with its first factor, or reaches on",
    "argument": "the argument of a function without brackets ends elsewhere",
    "scope": "a moment or a derivative without brackets ends with the first factor",
    "power": "the power belongs inside, or outside, the brackets of the expectation",
}
_GIVEN: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "rate": ("the scale", lambda v: 1 / v),
    "scale": ("the rate", lambda v: 1 / v),
    "standard deviation": ("the standard deviation, not the variance", lambda v: v**2),
}


@final
@dataclass(frozen=True)
class Alternative:
    """A claim as it is read otherwise; ``said``: what is supposed then. ``law``: the family, where that is what the
    guess was about; ``lets``: the definitions that are taken instead; ``likely``: letters or words speak for it."""

    link: Link
    said: str
    law: str = ""
    lets: tuple[Let, ...] = ()
    likely: bool = True


def alternatives(
    link: Link, text: str, others: Sequence[Let], said: Sequence[Let], words: str
) -> Iterator[Alternative]:
    """The other readings of a claim, the likeliest first. ``text``: its formula; ``others``: what the document says
    anywhere that names of it stand for; ``said``: what refuted claims before it say; ``words``: the document."""
    scope = link.scope
    if not isinstance(scope, Scope) or link.left.formula != link.right.formula:
        return
    names = closure(scope, uses(link.left) | uses(link.right))
    yield from _defined(link, text, scope, names, [*said, *others])
    if len(said) > 1:
        yield _read(link, text, _with_all(scope, said), " and ".join(x.line for x in said[-3:]), tuple(said))
    if passing := [x for x in scope.lets if x.until >= 0 and x.what == "symbol" and x.name in names]:
        without = _scope(scope, [x for x in scope.lets if x not in passing])
        yield _read(link, text, without, f"{' and '.join(x.line for x in passing)} does not hold here")
    yield from _applied(link, text, scope)
    for code in sorted({g.code for p in (link.left, link.right) for g in p.parsed.guesses} & _TURNED.keys()):
        base = replace(scope.base, turned=scope.base.turned | {code})
        yield _read(link, text, _scope(scope, scope.lets, base), _TURNED[code])
    if whole := sorted(n for n in names & _WHOLE if scope.base.symbols.get(n, "real") == "real"):
        base = replace(scope.base, symbols={**scope.base.symbols, **dict.fromkeys(whole, "positive integer")})
        yield _read(link, text, _scope(scope, scope.lets, base), f"{', '.join(whole)} is a whole number")
    env = scope.base  # what the words say of a law's parameters is no guess
    told = {name for (name, _), role in env.parametrised.items() if role} | {f for f in env.families.values() if f}
    for family in sorted(_families(link) - told):
        for given, change in convention(family):
            if (changed := _changed(link, family, change)) is not None:
                likely = any(_likely(law, given, words) for p in (link.left, link.right) for law in _laws(p))
                yield Alternative(changed, f"{family} is given by {given}", family, likely=likely)
    for pattern, base_of in ((_BITS, 2), (_TENS, 10)):
        if pattern.search(words) and (changed := _logarithms(link, base_of)) is not None:
            yield Alternative(changed, f"logarithms are to base {base_of}", "log")


def forgetting(link: Link, text: str, lets: Sequence[Let]) -> Alternative:
    """A claim as it is read where some definitions are not known."""
    scope = link.scope or Scope(Environment())
    return _read(link, text, _scope(scope, [x for x in scope.lets if x not in lets]), "")


def without(
    link: Link,
    text: str,
    lets: Sequence[Let] | None,
    kinds: dict[str, str],
    symmetric: bool | None = None,
    independent: bool = True,
    logarithm: int = 0,
) -> Link:
    r"""A claim as it is read with these definitions only, with names of these kinds, with ``\log`` to that base."""
    scope = link.scope or Scope(Environment())
    lets = scope.lets if lets is None else lets
    base = replace(scope.base, symbols={**scope.base.symbols, **kinds})
    base = base if symmetric is None else replace(base, symmetric=symmetric)
    base = base if independent else replace(base, independent=())
    base = base.with_macro(r"\log", 0, rf"\operatorname{{log}}_{{{logarithm}}}") if logarithm else base
    return _read(link, text, _scope(scope, lets, base), "").link


def closure(scope: Scope, names: Iterable[str]) -> frozenset[str]:
    """Names, and those by which they are defined."""
    out: set[str] = set()
    todo = set(names)
    while todo:
        name = todo.pop()
        out.add(name)
        for let in scope.lets:
            of, _, below = name.partition("_")
            own = let.what == "law" or (let.what == "symbol" and of in ("f", "p", "q"))  # f_X, and f_Y of Y = g(X)
            if let.name == name or (own and below.lower() == let.name.lower()):
                todo |= (let.mentions | {let.name}) - out
    return frozenset(out)


def _scope(scope: Scope, lets: Sequence[Let], base: Environment | None = None) -> Scope:
    out = Scope(scope.base if base is None else base)
    out.lets = list(lets)
    out.seen, out.headings, out.breaks, out.items = scope.seen, scope.headings, scope.breaks, scope.items
    out.paragraphs = scope.paragraphs
    out.rebase(out.base)
    return out


def _read(link: Link, text: str, scope: Scope, said: str, lets: tuple[Let, ...] = ()) -> Alternative:
    """The claim as it is read in another scope."""
    places: dict[int, Place] = {}

    def copy(p: Place) -> Place:
        return places.setdefault(id(p), replace(p, variants=[]))

    again = replace(link, left=copy(link.left), right=copy(link.right), before=[], scope=scope, values=[], cases=[])
    read_again(text, [again], scope, [])
    return Alternative(again, said, lets=lets)


# --- what names stand for -----------------------------------------------------------------------------------------


def _kind(let: Let) -> str:
    return "function" if let.what in ("function", "inverse") else let.what


def _defined(
    link: Link, text: str, scope: Scope, names: frozenset[str], others: Sequence[Let]
) -> Iterator[Alternative]:
    """With another definition of one of the names, the nearest before it first."""
    found = [
        x
        for x in others
        if x.what in ("function", "symbol", "law") and x.name in names and x not in scope.lets and x.end <= link.left.at
    ]
    found.sort(key=lambda x: -x.start)
    for let in found[:_OTHER_LETS]:
        yield _read(link, text, _with_all(scope, [let]), let.line, (let,))


def _with_all(scope: Scope, lets: Sequence[Let]) -> Scope:
    """The scope in which definitions hold instead of those that were in force."""
    base, kept = scope.base, list(scope.lets)
    for let in lets:
        whose = scope.density_of(let.name)
        kept = [
            x for x in kept if (x.name != let.name or _kind(x) != _kind(let)) and (x.what != "law" or x.name != whose)
        ]
        if let.what == "function" and not scope.environment.is_function(let.name):  # a number so far
            base = replace(base.with_function(let.name), called=base.called | {let.name})
    return _scope(scope, [*kept, *lets], base)


def _applied(link: Link, text: str, scope: Scope) -> Iterator[Alternative]:
    """With a name before a bracket as a function where it was a factor, and the other way round."""
    low, high = min(link.left.start, link.right.start), max(link.left.end, link.right.end)
    found = {m[1] for m in _CALLED.finditer(text, low, high)}
    for latex in sorted(found):
        name = next((n for n in uses(link.left) | uses(link.right) if latex_name(n) == latex or n == latex), None)
        if name is None or name in ("E", "P", "d"):
            continue
        env = scope.environment
        if not env.is_function(name) and name not in env.called:
            base = replace(scope.base.with_function(name), called=scope.base.called | {name})
            yield _read(link, text, _scope(scope, scope.lets, base), f"{latex} is a function")
        elif name in env.functions or name in env.definitions:
            functions = {k: v for k, v in scope.base.functions.items() if k != name}
            symbols = {**scope.base.symbols, name: scope.base.symbols.get(name, "real")}
            base = replace(scope.base, functions=functions, symbols=symbols, called=scope.base.called - {name})
            lets = [x for x in scope.lets if x.name != name or _kind(x) != "function"]
            yield _read(link, text, _scope(scope, lets, base), f"{latex} is a factor")


# --- conventions --------------------------------------------------------------------------------------------------


def convention(family: str) -> list[tuple[str, Callable[[Distribution], Distribution]]]:
    """What else a law of the family may be given by, with the law that is meant then."""
    out = []
    parameters = list(FAMILIES[family].parameters.values()) if family in FAMILIES else []
    for k, domain in enumerate(parameters):
        if domain.role in _GIVEN:
            said, change = _GIVEN[domain.role]
            out.append((said, _changer(k - len(parameters), change)))
    if family == "LogNormal":
        out.append(("the variance of the logarithm", _changer(-1, sp.sqrt)))
    if family == "Geometric":
        out.append(("the number of trials", lambda law: FAMILIES["GeometricTrials"](law.args[-1])))
    if len(parameters) == 2 and {"shape"} & {d.role for d in parameters}:
        out.append((_SWAPPED, _swapped))
    if family in ("Geometric", "NegativeBinomial"):
        out.append(("the probability of the other outcome", _changer(-1, lambda v: 1 - v)))
    return out


def _likely(law: Distribution, said: str, words: str) -> bool:
    """Do the letters of a law or the words of the document speak for another convention?"""
    last = law.args[-1]
    if said.startswith("the standard"):  # N(m, s), and no square
        return not last.is_Symbol
    if said == _SWAPPED:
        return getattr(last, "name", "") in _SHAPES or re.search(r"\bscale\b[^.]{0,40}\bshape\b", words) is not None
    if said == "the number of trials":
        return True
    if said.startswith("the variance"):
        return isinstance(last, sp.Pow)
    name = getattr(last, "name", "").partition("_")[0]
    pattern = _WORDS.get(said)
    return (said == "the scale" and name in _SCALES) or (
        pattern is not None and re.search(pattern, words, re.IGNORECASE) is not None
    )


def _swapped(law: Distribution) -> Distribution:
    out: Distribution = law.func(*law.args[:-2], law.args[-1], law.args[-2])
    return out


def _changer(k: int, change: Callable[[Any], Any]) -> Callable[[Distribution], Distribution]:
    def changed(law: Distribution) -> Distribution:
        args = list(law.args)
        args[k] = change(args[k])
        out: Distribution = law.func(*args)
        return out

    return changed


def _families(link: Link) -> set[str]:
    return {e.family.name for p in (link.left, link.right) for e in _laws(p)}


def _laws(p: Place) -> Iterator[Distribution]:
    for _, side in p.variants:
        if isinstance(side.expr, sp.Basic):
            yield from (e for e in sp.preorder_traversal(side.expr) if isinstance(e, Distribution))


def same_guess(link: Link, alternative: Alternative) -> Link | None:
    """Another claim under the same supposition, a convention; None if it does not speak of it."""
    if alternative.law == "log":
        return _logarithms(link, int(alternative.said.rpartition(" ")[2]))
    if not alternative.law or alternative.law not in _families(link):
        return None
    change = next((c for said, c in convention(alternative.law) if alternative.said.endswith(f"given by {said}")), None)
    return None if change is None else _changed(link, alternative.law, change)


def _changed(link: Link, family: str, change: Callable[[Distribution], Distribution]) -> Link | None:
    def one(e: Any) -> bool:
        return isinstance(e, Distribution) and e.family.name == family

    return with_changed(link, lambda e: e.replace(one, change))


def _logarithms(link: Link, base: int) -> Link | None:
    return with_changed(link, lambda e: e.replace(lambda x: isinstance(x, sp.log), lambda x: x / sp.log(base)))


def with_changed(link: Link, change: Callable[[Any], Any]) -> Link | None:
    """The claim with its sides changed; None where nothing changes."""

    def other(p: Place) -> Place:
        return replace(p, variants=[(env, _side(side)) for env, side in p.variants])

    def _side(side: Side) -> Side:
        return replace(side, expr=change(side.expr)) if isinstance(side.expr, sp.Basic) else side

    try:
        out = replace(link, left=other(link.left), right=other(link.right), before=[])
    except FAILS:
        return None
    both = ((link.left, out.left), (link.right, out.right))
    same = all(x[1].expr == y[1].expr for p, q in both for x, y in zip(p.variants, q.variants, strict=True))
    return None if same else out
