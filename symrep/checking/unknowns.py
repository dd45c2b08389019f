"""An equation that fails for most values of its names: is it wrong, or a condition on them?

*A ∫ e^{−kx²/2} dx = 1*, *Ax = y*, *e^C = A*: nobody claims that these hold for all values. What is meant as an
identity and is none is one after some slight edit, or works something out (E[…] = …, d/dx … = …); what nothing like it
holds says what its names are. A correction that solves it for one of them is no slight edit. Parameters of
laws that were told are no unknowns; those of functions may be. What both sides say of the same names is an identity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import sympy as sp

from symrep.checking.alternatives import closure
from symrep.checking.holding import names_in
from symrep.checking.meeting import undetermined
from symrep.checking.members import by_members
from symrep.checking.model import Finding, Link, Place
from symrep.checking.names import free_names, head_of, uses
from symrep.checking.noises import IN_LAW
from symrep.checking.normals import WHY as FALSE_OF_NORMALS
from symrep.checking.sayings import valued
from symrep.checking.scope import Scope
from symrep.reading.latex import name_of, walk
from symrep.verdict import Reason

__all__ = ["bounds", "conditions", "slight", "spelled_matrix", "unknown_names", "worked_out"]

#: what is said of matrices of which entries know nothing
_OF_MATRICES: Final = re.compile(
    r"(?i)\b(?:orthogonal|orthonormal|unitary|symmetric|diagonali?[sz]?\w*|idempotent|project(?:ion|or)s?|hermitian|"
    r"eigen\w*|singular values?|SVD|normal equations?|least squares|regression|self-adjoint)\b"
)
_WHY: Final = "it fails for most values of {names}, and nothing like it holds: a condition on them?"
_EQUATION: Final = "a name and an expression with that name: an equation for it"
_MATRICES: Final = "it fails for some matrices; what the text says of them (symmetric, orthogonal …) is not used"
_DATA: Final = "a decimal number for an expression in names: their values may be put in, which are not told in formulas"
_DECIMAL: Final = re.compile(r"-?[0-9]*\.[0-9]+")
_SPELLED: Final = "it fails for some matrices {name}; the one that the text spells out is not put in"
_BOUND: Final = "it fails for some values of names that nothing was said of: a condition on them?"
_TOKEN: Final = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])_(?:\w|\{\w{1,8}\})|\\[A-Za-z]+|[0-9]+|[A-Za-z]|[^\s{}]")
_NUMBER: Final = re.compile(r"off by the factor [-+*/0-9 ().pisqrt]+")
_NAME: Final = re.compile(r"[A-Za-z]|\\(?!frac|sqrt|pi|left|right|cdot|log|exp|,)[A-Za-z]")
#: what works something out
_WORKS: Final = frozenset("D grad int sum prod lim density app tr det norm dot inner".split())
_ARITHMETIC: Final = frozenset("num name indexed + - neg * / ^ root".split())
_MEANS: Final = frozenset("E Var Cov KL H P".split())
_SYMBOL: Final = re.compile(r"[A-Za-z]\w*")
_SHORT: Final = 12
#: an insertion, a replacement of so many characters at most
_INSERTED: Final = 10
_REPLACED: Final = 2
_ALIKE: Final = 0.5


def conditions(
    links: Sequence[Link], findings: Mapping[int, Finding], words: str, fixed: Callable[[Link, Finding], Any]
) -> Iterator[tuple[int, Finding]]:
    """New findings of refuted equations that may be conditions. ``fixed``: (what is replaced, by what) in a correction,
    or None."""
    special = _OF_MATRICES.search(words) is not None
    for i in sorted(findings):
        found, link = findings[i], links[i]
        if found.status != "refuted" or found.reason != Reason.UNEQUAL.value or link.op != "=":
            continue
        if IN_LAW in found.notes:
            continue
        of_densities = found.message.startswith(FALSE_OF_NORMALS)  # whatever their arguments are
        if special and not of_densities and any(env.size for p in (link.left, link.right) for env, _ in p.variants):
            yield i, _undecided(found, _MATRICES)
        elif _for_itself(link):
            yield i, _undecided(found, _EQUATION)
        elif _of_data(link):
            yield i, _undecided(found, _DATA)
        elif (names := unknown_names(link)) and not _alike(link, names) and not worked_out(link, names):
            if _simply_off(link, found):
                continue
            edit = fixed(link, found)
            if edit is None or not slight(*edit):
                yield i, _undecided(found, _WHY.format(names=", ".join(names)))


def unknown_names(link: Link) -> list[str]:
    """The names a claim is about that stand for nothing that was said, sorted."""
    scope = link.scope
    if not isinstance(scope, Scope):
        return []
    known = {let.name for let in scope.lets} | {n for x in scope.lets if x.what == "law" for n in x.mentions}
    for place in (link.left, link.right, *link.before):
        known |= _arguments(place)
    known |= {n for latex in (*link.values, *link.cases) for n in _SYMBOL.findall(latex)}
    known |= {n for side in link.conditions for n in names_in(side.expr)}
    sides = [p.parsed.expr for p in (link.left, link.right)]
    functions = {f for e in sides if isinstance(e, sp.Expr) for f in undetermined(e)} - set(scope.base.functions)
    whole = {s.name for e in sides if isinstance(e, sp.Basic) for s in e.free_symbols if s.is_integer}
    bases = {_base(n) for n in known | whole}
    return sorted(n for n in free_names(link.left) | free_names(link.right) | functions if _base(n) not in bases)


def _base(name: str) -> str:
    """The d of d_i."""
    return name.partition("[")[0].partition("_")[0]


def slight(old: str, new: str) -> bool:
    """Does an edit leave most of what it touches as it is?"""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    same = {t for t in before if _NAME.match(t)} == {t for t in after if _NAME.match(t)}
    if not before or not after or max(len(before), len(after)) <= (_INSERTED if same else _REPLACED):
        return max(len(before), len(after)) <= _INSERTED
    common = Counter(before) & Counter(after)  # dy/dx for dx/dy is slight
    return 2 * common.total() >= _ALIKE * (len(before) + len(after))


def spelled_matrix(links: Sequence[Link], found: Finding) -> str:
    """Why a line that fails for some matrices is not wrong: the text spells one of them out, and it is not put in."""
    point = (found.witness or {}).get("point", {})
    if not any("[" in k for k in point):
        return ""
    spelled = {let.name for link in links if link.scope for let in link.scope.lets if "matrix}" in let.body}
    name = next((n for n in sorted(spelled) if any(k.startswith(f"{n}[") for k in point)), "")
    return _SPELLED.format(name=name) if name else ""


def _alike(link: Link, names: Sequence[str]) -> bool:
    """Are both sides about the same unknowns, by what stands for them? Conditions hang different ones together."""
    if not isinstance(link.scope, Scope):
        return False
    sides = [_behind(link.scope, free_names(p) | uses(p)) for p in (link.left, link.right)]
    unknown = {_base(n) for n in names}
    return sides[0] & unknown == sides[1] & unknown


def _behind(scope: Scope, names: Iterable[str]) -> set[str]:
    """Names without their indices, and those by which they are defined."""
    out, todo = set[str](), {_base(n) for n in names}
    while todo - out:
        new = todo - out
        out |= new
        todo |= {_base(m) for x in scope.lets if _base(x.name) in new for m in x.mentions}
    return out


def worked_out(link: Link, names: Sequence[str] = ()) -> bool:
    """Does the chain begin with something to be worked out, and not say that it is a number, or a new name?"""
    first = (link.before or [link.left])[0]
    if first.tree is None or head_of(first) is not None:
        return False
    if first.tree.head not in _WORKS and not any(t.head in _MEANS for t in walk(first.tree)):
        return False
    if valued(link.right.tree):  # ∫ p = 1, E[s] = 0 are asked for
        return link.right.latex.strip(" .,;") not in ("0", "1")
    met = {n for p in (link.left, *link.before) for n in free_names(p) | uses(p)}
    if isinstance(link.scope, Scope):
        met |= closure(link.scope, met)
    return free_names(link.right) & set(names) <= met


def _for_itself(link: Link) -> bool:
    """Is it p = 1 - p, or a line of a chain with such a one?"""
    first = (link.before or [link.left])[0]
    head = head_of(first)
    places = [*link.before[1:], link.left, link.right]
    if head is None or head.parameters:
        return False
    return any(head.name in uses(p) for p in places if p is not first)


def bounds(links: Sequence[Link], findings: Mapping[int, Finding]) -> Iterator[tuple[int, Finding]]:
    """New findings of refuted orders that say of unknowns that they differ, ad - bc ≠ 0, or that one is bounded."""
    for i, found in sorted(findings.items()):
        if found.status == "refuted" and links[i].op != "=" and _bound(links[i]):
            yield i, _undecided(found, _BOUND)


def _bound(link: Link) -> bool:
    if by_members(link, 0.0):  # orders of members of a sequence
        return True
    unknown, both = unknown_names(link), ((link.left, link.right), (link.right, link.left))
    if link.op == "!=":
        return bool(unknown)
    if any(free_names(one) & set(unknown) - free_names(other) - uses(other) for one, other in both):
        return True
    for one, other in both:
        t = one.tree.parts[0] if one.tree is not None and one.tree.head == "abs" else one.tree
        if t is not None and t.head in ("name", "indexed") and valued(other.tree) and name_of(t) in unknown:
            return True
    return False


def _of_data(link: Link) -> bool:
    """Is it n_h/(n_h + n_t) = 0.6, arithmetic of names that is no number as it stands, and a decimal number?"""
    value = link.left.parsed.expr
    if link.left.tree is None or _DECIMAL.fullmatch(link.right.latex.strip(" .,;{}$")) is None:
        return False
    if not isinstance(value, sp.Expr) or not all(t.head in _ARITHMETIC for t in walk(link.left.tree)):
        return False
    return bool(sp.cancel(value).free_symbols)


def _simply_off(link: Link, found: Finding) -> bool:
    """Is a side off by a sign, a number, a short factor or term of names that both sides have?"""
    off = str((found.diagnosis or {}).get("text", ""))
    if off == "the sign is wrong" or _NUMBER.fullmatch(off) is not None:
        return True
    _, _, by = off.removeprefix("off by the ").partition(" ")
    return 0 < len(by) <= _SHORT and set(_SYMBOL.findall(by)) <= free_names(link.left) & free_names(link.right)


def _arguments(place: Place) -> set[str]:
    """What functions and densities are written of."""
    if place.tree is None:
        return set()
    trees = [t for t in walk(place.tree) if t.head in ("app", "density", "pdf")]
    return {str(name_of(a)) for t in trees for a in t.parts[1:] if a.head == "name"}


def _undecided(found: Finding, message: str) -> Finding:
    return Finding("undecided", Reason.DOMAIN.value, message, notes=found.notes, seconds=found.seconds)
