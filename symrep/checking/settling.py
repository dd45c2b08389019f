"""One chain of relations: which of its sides are being defined, what is assumed, and what is left to be claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, final

from symrep.checking.approximately import NO_BOUND, rounds
from symrep.checking.at_points import valued_at
from symrep.checking.cues import Cue
from symrep.checking.drawn import DRAWN, claimed
from symrep.checking.kinds import kinds_in
from symrep.checking.model import Chain, Place
from symrep.checking.names import (
    Head,
    free_names,
    head_of,
    latex_name,
    logarithm_of,
    name_of_tree,
    names_of,
    primed,
    uses,
)
from symrep.checking.products import met
from symrep.checking.quantiles import quantile
from symrep.checking.samples import take_given
from symrep.checking.sayings import ORDER, bounding, constraint, imaged, joined, moment_told, unread_order, valued
from symrep.checking.scope import Let, Scope
from symrep.checking.squares import deviation
from symrep.checking.stipulated import stipulated
from symrep.reading.latex import walk
from symrep.reading.latex.joints import LETTERS, key_of

__all__ = ["COMPARE", "Settled", "settle"]

COMPARE: Final = ("=", "<", "<=", ">", ">=", "!=")
_DEFINE: Final = (":=", "=:", "triangleq", "equiv")


@final
@dataclass
class Settled:
    """What became of a chain.

    Attributes:
        lets: definitions in it.
        pairs: numbers of places between which something is claimed: (left, right, operator, where the sign is).
        relations: assumed relations, as (LaTeX, from, to) in the body.
        asides: signs that are no claims, with why nothing is checked; (number of the sign, reason).
        special: where a number for a name that was met before ceases to hold.
        solve: why equalities of it may be conditions on a variable and not identities; empty: they are not.
        implicit: the same of single claims, by the number of their left place.
    """

    lets: list[Let] = field(default_factory=list)
    pairs: list[tuple[int, int, str, int]] = field(default_factory=list)
    relations: list[tuple[int, int]] = field(default_factory=list)
    asides: list[tuple[int, str]] = field(default_factory=list)
    solve: str = ""
    implicit: dict[int, str] = field(default_factory=dict)
    special: int = -1
    defined: set[int] = field(default_factory=set)
    random: list[str] = field(default_factory=list)


_ASIDE: Final = {"approx": NO_BOUND, "propto": "equal up to a factor only: the factor is not said"}
_PASSING: Final = ("if", "when", "whenever", "suppose", "unless")
_BAR: Final = re.compile(r"\\(?:mid|given|vert)(?![A-Za-z])|\|")
_VALUE, _SET = "a value of what is random", "it says what a set holds, and nothing of numbers"
_CONDITIONED: Final = "the law of one variable, given another"
_IMPLICIT: Final = "it may say what a name is that was not met before; write of what it is claimed (let x > 0)"
_APART: Final = "the two sides have no name in common: it may say how names hang together rather than follow"
_STIPULATED: Final = "it says where something is looked at"
_ELLIPSIS: Final = "an enumeration, with an ellipsis in it"


def settle(chain: Chain, cue: Cue, scope: Scope, inline: bool, until: int, special: int) -> Settled:
    """Take a chain apart. ``until``: where an assumption of its paragraph ceases to hold; ``special`` as in Settled."""
    out = Settled(special=special)
    ops = [s.op for s in chain.signs]
    about = [i for i, o in enumerate(ops) if o == "approx" and rounds(chain.places[i], chain.places[i + 1])]
    for op, reason in _ASIDE.items():
        out.asides += [(i, reason) for i, o in enumerate(ops) if o == op and i not in about]
    if cue.word == "solve":
        out.solve = cue.solve
    if any(p.tree is not None and p.tree.head == "name" and p.tree.text == "..." for p in chain.places):
        out.solve = _ELLIPSIS
    start = 0
    cuts = [i for i, o in enumerate(ops) if o not in COMPARE]
    if any(ops[i] in ("=>", "<=>") for i in cuts):
        out.solve = "it stands beside an arrow"
    for i in [*cuts, len(ops)]:
        _segment(chain, start, i, cue, scope, inline, until, out)
        if i < len(ops):
            _joint(chain, i, cue, scope, out)
        start = i + 1
    out.pairs += [(i, i + 1, "approx", i) for i in about]
    return out


def _joint(chain: Chain, i: int, cue: Cue, scope: Scope, out: Settled) -> None:
    """A relation that is no comparison."""
    op = chain.signs[i].op
    left, right = chain.places[i], chain.places[i + 1]
    if claimed(chain, i, cue, scope):
        out.pairs.append((i, i + 1, DRAWN, i))
    elif op.startswith("~") and not take_given(chain, i, out):
        if i > 0 and chain.signs[i - 1].op == "=" and _BAR.search(chain.places[i - 1].latex):
            out.asides.append((i, _CONDITIONED))  # X | Y = y ~ law: no law of y
        else:
            _sampled(chain, left, right, scope, out)
    elif op in _DEFINE:
        target, defined = (right, left) if op != "=:" else (left, right)
        head = head_of(defined)
        if head is not None and op != "equiv":
            out.lets.append(_let(head, target, defined))
    elif op == "in":
        out.relations.append((i, i + 1))


def _sampled(chain: Chain, left: Place, right: Place, scope: Scope, out: Settled) -> None:
    """``x ~ law``, ``x ~ p(x)``: a law for each of the names at the left; ``P: X ~ law``: one that is called P."""
    from symrep.distribution import Law

    names = [n for n in names_of(left) if n != "..."]
    if (logged := logarithm_of(left)) and isinstance(right.parsed.expr, Law):  # log Y ~ N(μ, σ²)
        latex = rf"\ln {right.latex.strip()}"
        line = rf"{latex_name(logged)} \sim {latex}"
        out.lets.append(Let("law", logged, (), latex, uses(right), left.at, right.to, line))
        out.random.append(logged)
        return
    if chain.label:  # one of several that a variable may have
        if isinstance(right.parsed.expr, Law) and len(names) == 1:
            variable = names[0][:1].lower() + names[0][1:]
            line = _line(left, "\\sim", right)
            at, to = left.at, right.to
            out.lets.append(Let("label", chain.label, (variable,), right.latex, uses(right), at, to, line))
        return
    for name in names:
        if isinstance(right.parsed.expr, Law):
            out.lets.append(
                Let("law", name, (), right.latex, uses(right), left.at, right.to, _line(left, "\\sim", right))
            )
            out.random.append(name)
        else:
            head = head_of(right)
            out.random.append(name)
            if head is not None and not scope.known_function(head.name):
                line = _line(left, "\\sim", right)
                out.lets.append(Let("density", head.name, (), "", frozenset(), left.at, right.to, line))


def _line(left: Place, sign: str, right: Place) -> str:
    return " ".join(f"{left.latex.strip()} {sign} {right.latex.strip()}".split())


def _let(head: Head, target: Place, defined: Place, until: int = -1) -> Let:
    if not head.parameters and primed(target):  # f = F'
        line = _line(defined, "=", target)
        at, to = min(defined.at, target.at), max(defined.to, target.to)
        body = target.latex.strip().rstrip(".,;") + "(x)"
        return Let("function", head.name, ("x",), body, uses(target), at, to, line, until)
    what = "function" if head.parameters else "symbol"
    line = _line(defined, "=", target)
    at, to = min(defined.at, target.at), max(defined.to, target.to)
    if head.parameters and (f := _inverse_of(target, head)) is not None:
        return Let("inverse", head.name, head.parameters, f, frozenset((f,)), at, to, line)
    body = rf"\exp\left({target.latex.strip().rstrip('.,;')}\right)" if head.logarithm else target.latex
    return Let(what, head.name, head.parameters, body, uses(target), at, to, line, until)


def _inverse_of(place: Place, head: Head) -> str | None:
    """The f of a side f^{-1}(y), y being the parameter."""
    t = place.tree
    if t is None or t.head != "app" or len(t.parts) != 2 or t.parts[0].head != "inverse":
        return None
    f, argument = t.parts[0].parts[0], t.parts[1]
    same = argument.head == "name" and name_of_tree(argument) == head.parameters[0]
    return name_of_tree(f) if f.head == "name" and same and len(head.parameters) == 1 else None


# --- comparisons --------------------------------------------------------------------------------------------------


def _segment(
    chain: Chain, start: int, end: int, cue: Cue, scope: Scope, inline: bool, until: int, out: Settled
) -> None:
    """The places ``start … end`` joined by comparisons."""
    if start >= end:
        return
    ops = [s.op for s in chain.signs[start:end]]
    places = chain.places[start : end + 1]
    if all(o in ORDER for o in ops) and _assumed(places, cue, inline):
        out.relations.append((start, end))
        return
    if cue.says == "assume" and inline and all(o == "=" for o in ops) and len(places) == 2:
        if (head := head_of(places[0])) is None or head.name in uses(
            places[1]
        ):  # if f(x) + g(x) = 1: nothing is claimed
            out.relations.append((start, end))
        else:
            passing = not uses(places[1]) or cue.word in _PASSING
            out.lets.append(_let(head, places[1], places[0], until if passing else -1))
        return
    if inline and stipulated(chain, start, end, cue, scope):
        out.asides += [(i, _STIPULATED) for i in range(start, end)]
        return
    listed = out.solve == _ELLIPSIS or cue.word == "solve"
    if ops == ["="] and inline and cue.word in ("with", "where") and moment_told(*places):
        out.relations.append((start, end))
        return
    if ops == ["="] and (told := _value_told(places, scope, cue, inline) or quantile(places, scope, out.lets)):
        out.asides.append((start, told))
        return
    defining = ops[0] == "=" and not listed and not any(map(unread_order, chain.conditions))
    removed = _heads(chain, start, end, cue, scope, out) if defining else set()
    if ops == ["="] and not removed and cue.says != "claim" and constraint(places):
        out.solve = out.solve or "a polynomial in its variables that is to be a number"
    kept = [i for i in range(start, end + 1) if i not in removed]
    for a, b in pairwise(kept):
        between = [chain.signs[k].op for k in range(a, b)]
        op = joined(between)
        if op and any((t := chain.places[k].tree) is not None and t.head == "set" for k in (a, b)):
            out.asides.append((b - 1, _SET))
        elif op:
            out.pairs.append((a, b, op, b - 1))
    if inline and removed and cue.says in ("let", "assume"):  # with η = −λ < 0
        orders = [p for p in out.pairs if p[2] in ORDER and all(_simple(chain.places[k]) for k in (p[0], p[1]))]
        out.pairs = [p for p in out.pairs if p not in orders]
        out.relations += [(p[0], p[1]) for p in orders]
    out.pairs = [p for p in out.pairs if not bounding(chain.places[p[0]], p[2], chain.places[p[1]])]
    implicit = _implicit(chain, start, scope, cue) if kept and not removed and out.pairs else ""
    root = deviation(chain.places[start], chain.places[start + 1], scope, cue) if implicit == "alone" else None
    if root is not None:
        out.lets.append(root)
    if implicit == "alone":
        out.asides += [(p[3], _IMPLICIT) for p in out.pairs if p[0] == start]
        out.pairs = [p for p in out.pairs if p[0] != start]
    elif implicit:  # an identity, if it is one
        out.implicit[start] = _IMPLICIT
    elif kept and not removed and ops[0] == "=":
        out.implicit.update({p[0]: _APART for p in out.pairs if p[2] == "=" and _apart(chain, p[0], p[1], scope)})


def _assumed(places: list[Place], cue: Cue, inline: bool) -> bool:
    """Is an inequality said of what it speaks of rather than claimed?"""
    if cue.says == "assume" and (inline or cue.word in ("if", "whenever", "provided")):
        return True
    simple = all(_simple(p) for p in places)
    return simple and (inline or len(places) <= 3) and not (cue.says == "claim" and cue.word in _STRONG)


_STRONG: Final = ("then", "so", "hence", "thus", "therefore", "obtain", "get", "follows", "conclude", "shows")


def _simple(place: Place) -> bool:
    """A name, a number, or a sum or multiple of few of them."""
    t = place.tree
    if t is None:
        return False
    if t.head in ("name", "num", "indexed"):
        return True
    if t.head in ("neg", "+", "-", "abs", "*", "/") and len(t.parts) <= 2:
        return all(p.head in ("name", "num", "indexed", "neg") for p in t.parts)
    return bool(kinds_in(place.latex + " > 0"))


def _heads(chain: Chain, start: int, end: int, cue: Cue, scope: Scope, out: Settled) -> set[int]:
    """The places at the beginning that are being defined; their definitions are noted.

    A number for a name that was met before is a special case, and soon over.
    """
    heads: dict[int, Head] = {}
    for i in range(start, end + 1):
        if i > start and chain.signs[i - 1].op != "=":
            break
        head = head_of(chain.places[i], scope.environment)
        if head is None and i == start and _pi(chain.places[i]):
            continue  # π = σ(θ) = 1/(1 + exp(-θ))
        if head is not None and not head.parameters and i < end and _way_back(head.name, chain.places[i + 1], scope):
            out.lets.append(replace(_let(head, chain.places[i + 1], chain.places[i]), what="back"))
        if head is None or not _new(head, chain, i, start, end, cue, scope):
            if head is None or i > start:
                break
            continue
        heads[i] = head
    removed: set[int] = set()
    for i, head in heads.items():
        target = _target(chain, start, end, i, head, heads, scope)
        if target is None:
            continue
        special = not head.parameters and head.name in scope.seen and valued(chain.places[target].tree)
        out.lets.append(_let(head, chain.places[target], chain.places[i], out.special if special else -1))
        removed.add(i)
        out.defined.add(i)
    return removed


def _pi(place: Place) -> bool:
    return place.tree is not None and name_of_tree(place.tree) == "pi"


def _way_back(name: str, target: Place, scope: Scope) -> bool:
    """Is it x = g(y), where y = h(x) was said before?"""
    used = uses(target)
    return name not in used and any(
        x.what == "symbol" and x.name in used and name in x.mentions and x.name != name for x in scope.lets
    )


def _new(head: Head, chain: Chain, i: int, start: int, end: int, cue: Cue, scope: Scope) -> bool:
    """Is a side defined here, rather than something known?"""
    others = set().union(*(uses(chain.places[k]) for k in range(start, end + 1) if k != i))
    if head.logarithm and (head.name in others or scope.known_function(head.name.partition("(")[0])):
        return False
    if head.parameters:
        letter = head.name.partition("(")[0]
        if letter.partition("_")[0] in LETTERS and letter in others:
            return False  # p(x|z) p(z) = p(z|x) p(x) says how densities hang together
        if cue.word == "density" and i == start and scope.another(head.name, chain.places[i].at):
            return True  # if X has density f_X(x) = …: of another X
        image = next((n for n in (head.name, key_of(letter, head.parameters, ())) if scope.imaged(n)), None)
        if image or scope.known_density(head.name):
            return cue.says == "let" and image is not None  # let p_X(x) = …: anew
        if head.name.startswith("F_") and scope.density_of("f" + head.name[1:]) is not None:
            return False
        let = scope.function(head.name)
        if let is not None and let.what == "inverse":
            return True
        other = let is not None and let.parameters != head.parameters and cue.says != "let"
        if other and valued_at(head, chain, i, scope):
            return False  # the median m satisfies F(m) = 1/2
        if let is None and cue.says != "let" and valued_at(head, chain, i, scope):
            return False
        if let is None or cue.says == "let" or len(let.parameters) != len(head.parameters):
            return True
        if scope.parted(let, chain.places[i].at) and i == start and not scope.instance(let, chain.places[i].at):
            return True  # a new section: M(t) of another law
        if let.parameters == head.parameters:
            return i == start and not scope.readable(let)
        if i == start and scope.itemised(let, chain.places[i].at):
            return True  # another item of a list, by another letter
        # p(x) beside p(z) is another density of the same letter; I(p) beside I(μ) = 1/σ² another function
        mine, old = others - set(head.parameters), let.mentions - set(let.parameters)
        return letter.partition("_")[0] in ("p", "q") or (bool(mine | old) and not mine & old)
    if head.name in scope.environment.random and cue.says != "let":
        return i == start and scope.retold(head.name, others, chain.places[i].at)
    if head.name in others:
        return False
    let = scope.symbol(head.name)
    if let is None:
        return not scope.related(head.name, others)
    if cue.says == "let" and cue.word not in ("where", "with", "recall"):
        return True
    if i == start and scope.parted(let, chain.places[i].at) and (cue.word == "with" or not others & let.mentions):
        return True  # another section begins with what its x, its η is
    if let.until >= 0 and others and not let.mentions:
        return True  # at c = 1 the risk is 1; it is least for c = a/b
    if {n for n in others if not met(n, scope.seen)} - set(head.parameters):
        return True  # names nobody has met before: not what it was
    fresh = others - let.mentions - {n for x in scope.lets for n in x.mentions}
    return bool(fresh) and not (others & let.mentions)


def _value_told(places: list[Place], scope: Scope, cue: Cue, inline: bool) -> str:
    """Why an equation says what a name is rather than something of it: F(m) = 1/2 of a new m, p = 1/2 of a random p."""
    head = head_of(places[0])
    if head is None or head.logarithm or not valued(places[1].tree) or cue.says == "let":
        return imaged(head, places[1], cue.word) if inline else ""
    if not head.parameters:
        return _VALUE if inline and head.name in scope.environment.random else ""
    let = scope.function(head.name)
    if let is None or len(head.parameters) != 1 or head.name[:1] not in "FGHS" or let.parameters == head.parameters:
        return ""
    name = head.parameters[0]
    known = name in let.mentions or scope.symbol(name) is not None
    return "" if known or not let.mentions & set(let.parameters) else _IMPLICIT


def _target(chain: Chain, start: int, end: int, i: int, head: Head, heads: dict[int, Head], scope: Scope) -> int | None:
    """The side by which a head is defined: the nearest at its right that says something else, without new names."""
    sides = [k for k in range(i + 1, end + 1) if all(s.op == "=" for s in chain.signs[i:k])]
    able = [k for k in sides if head.name not in uses(chain.places[k]) and chain.places[k].tree is not None]
    plain = [k for k in able if k not in heads]
    if head.parameters:
        plain = [k for k in plain if not _foreign(chain.places[k], head, scope)] or plain
    if plain:  # a product over data is no handy definition where its logarithm follows
        handy = [k for k in plain if not any(t.head in ("prod", "lim") for t in walk(chain.places[k].tree))]
        return handy[0] if handy else plain[0]
    return able[-1] if able else None


def _foreign(place: Place, head: Head, scope: Scope) -> bool:
    """Does a side speak of a variable that depends on the parameters, as x does on y in f_X(x)|dx/dy|?"""
    used = uses(place) - set(head.parameters)
    return any(scope.symbol(n) is not None or scope.related(n, head.parameters) for n in used)


def _implicit(chain: Chain, start: int, scope: Scope, cue: Cue) -> str:
    """Does the first side say what one name is without being that name: a power, a multiple, a logarithm of it?

    ``alone``: it does; ``among``: it holds a name that was not met before, among others; empty: it does not.
    """
    left, right = chain.places[start], chain.places[start + 1]
    if left.tree is None or chain.signs[start].op != "=":
        return ""
    mine, theirs = free_names(left), free_names(right)
    variables = {n for n in mine if n not in theirs and not scope.known_function(n)}
    if len(variables) != 1:
        return ""
    name = variables.pop()
    if scope.symbol(name) is not None or scope.related(name, theirs):
        return ""
    if any(t.head in _APPLIED for t in walk(left.tree)):
        return ""  # of a function that is known
    if mine == {name} and left.tree.head in ("^", "/", "*", "neg", "call", "indexed"):
        return "alone"
    if any(t.head in _OPERATORS for t in walk(left.tree)):
        return ""  # a derivative, a moment, a divergence says nothing of what its parameters are
    return "among" if not met(name, scope.seen) and cue.says != "claim" else ""


def _apart(chain: Chain, a: int, b: int, scope: Scope) -> bool:
    """Are the sides expressions in different names, none of which the document has defined?"""
    sides = [chain.places[a], chain.places[b]]
    names = [free_names(p) for p in sides]
    if not all(names) or names[0] & names[1]:
        return False
    heads = {t.head for p in sides if p.tree is not None for t in walk(p.tree)}
    return not heads & (_OPERATORS | _APPLIED) and not any(scope.symbol(n) for n in names[0] | names[1])


_APPLIED: Final = frozenset(("app", "prime", "density", "distpdf", "dist"))
_OPERATORS: Final = frozenset(("D", "grad", "int", "sum", "prod", "lim", "E", "Var", "Cov", "H", "KL", "P"))
