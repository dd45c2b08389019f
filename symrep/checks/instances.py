"""Concrete members of a declared class of functions, to try a claim about an undetermined function on.

A refutation by an instance is only as true as the instance's membership, so each entry of the tables below states the
largest class it lies in: ``growth`` is the smallest k with |f^(j)(t)| ≤ C (1+|t|)^k for *every* j (None: no power
does), ``smooth`` the order of continuous differentiability (None: not even continuous everywhere; a large number:
infinitely often).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, final

from symrep.checks.derive import derive
from symrep.checks.faults import Unevaluable
from symrep.checks.vector_instances import chains, members
from symrep.claim import Assumed, Context, FunctionSpec
from symrep.kernel.algebra.normal import simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.analysis.integrability import dominated, integrable
from symrep.kernel.fail import NotProved
from symrep.term import (
    ONE,
    PI,
    Term,
    add,
    contains,
    div,
    fn,
    map_children,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    substitute,
    sym,
)

__all__ = ["Instance", "families", "instantiate", "within"]

_T: Final = sym("t")
_INF: Final = 10**6


@final
@dataclass(frozen=True)
class Instance:
    """One concrete function: how a witness names it, its parameters, its body as a term in them."""

    name: str
    params: tuple[str, ...]
    body: Term
    smooth: int = _INF
    growth: int | None = None
    monotone: str | None = None
    inverse: Term | None = None

    def derivative(self, orders: tuple[int, ...]) -> Term:
        """The body differentiated ``orders[i]`` times in parameter i."""
        if sum(orders) > self.smooth:
            raise Unevaluable(f"{self.name} is not differentiable {sum(orders)} times")
        out = self.body
        for p, k in zip(self.params, orders, strict=True):
            for _ in range(k):
                out = derive(out, p)
        return out

    def at(self, orders: tuple[int, ...], args: tuple[Term, ...]) -> Term:
        if len(args) != len(self.params):
            raise Unevaluable(f"{self.name} takes {len(self.params)} arguments")
        fresh = {p: sym(f"{p}#") for p in self.params}
        body = substitute(self.derivative(orders), fresh)
        return substitute(body, {f"{p}#": a for p, a in zip(self.params, args, strict=True)})


def instantiate(t: Term, functions: Mapping[str, Instance]) -> Term:
    """``t`` with every undetermined function replaced by its instance."""
    if not functions or not contains(t, ("app",)):
        return t

    def go(s: Term) -> Term:
        s = map_children(s, go, go)
        if s[0] == "app":
            if s[1] not in functions:
                raise Unevaluable(f"no instance of {s[1]}")
            return functions[s[1]].at(s[2], s[3])
        return s

    return go(t)


def _sq(t: Term) -> Term:
    return power(t, num(2))


_E: Final = fn("exp", neg(_sq(_T)))


def _plain(name: str, body: Term, growth: int | None, smooth: int = _INF) -> Instance:
    return Instance(name, ("t",), body, smooth, growth)


#: every smooth entry has all derivatives within its growth bound; |t|^(3/2)-like functions are left out on purpose
_SMOOTH: Final = (
    _plain("sin(t) + t/3", add(fn("sin", _T), mul(num(1, 3), _T)), 1),
    _plain("cos(2*t) + 1/5", add(fn("cos", mul(num(2), _T)), num(1, 5)), 0),
    _plain("t^2 - t/2 + 2", add(_sq(_T), mul(num(-1, 2), _T), num(2)), 2),
    _plain("t^3 + t^2/2 + 3", add(power(_T, num(3)), mul(num(1, 2), _sq(_T)), num(3)), 3),
    _plain("exp(-t^2) + 1/7", add(_E, num(1, 7)), 0),
    _plain("1/(1 + t^2) + sin(t)/2", add(power(add(ONE, _sq(_T)), num(-1)), mul(num(1, 2), fn("sin", _T))), 0),
    _plain("log(1 + t^2) + t", add(fn("log", add(ONE, _sq(_T))), _T), 1),
    _plain("tanh(t) + 2", add(fn("tanh", _T), num(2)), 0),
    _plain("exp(t/2)", fn("exp", mul(num(1, 2), _T)), None),
)

_NINTH: Final = mul(num(1, 9), add(_T, num(4)))

#: |t|^2 t^(odd) pieces: C^k exactly
_ROUGH: Final = (
    _plain("heaviside(t)", fn("heaviside", _T), 0, -1),
    # continuous and no more: not the integral of its derivative, which is 0 almost everywhere
    _plain("Cantor's function of t, 0 before 0 and 1 after 1", fn("cantor", _T), 0, 0),
    _plain("Cantor's function of (t + 4)/9, 0 before -4 and 1 after 5", fn("cantor", _NINTH), 0, 0),
    _plain("abs(t)", fn("abs", _T), 1, 0),
    _plain("heaviside(t - 1/3) + sin(t)", add(fn("heaviside", sub(_T, num(1, 3))), fn("sin", _T)), 0, -1),
    _plain("abs(t)*t", mul(fn("abs", _T), _T), 2, 1),
)


def _mono(name: str, body: Term, inverse: Term | None, growth: int | None) -> Instance:
    return Instance(name, ("t",), body, _INF, growth, "increasing", inverse)


# t^3/3 + t = y is solved by t = 2 sinh(asinh(3y/2)/3), since sinh(3u) = 3 sinh(u) + 4 sinh(u)^3
_CUBIC: Final = add(mul(num(1, 3), power(_T, num(3))), _T)
_CUBIC_INVERSE: Final = mul(num(2), fn("sinh", mul(num(1, 3), fn("asinh", mul(num(3, 2), _T)))))
_SINH: Final = fn("sinh", _T)
_ASINH: Final = fn("asinh", _T)

_MONOTONE: Final = (
    _mono("2*t + 1", add(mul(num(2), _T), ONE), mul(num(1, 2), sub(_T, ONE)), 1),
    _mono("(t - 1)/2", mul(num(1, 2), sub(_T, ONE)), add(mul(num(2), _T), ONE), 1),
    _mono("t^3/3 + t", _CUBIC, _CUBIC_INVERSE, 3),
    _mono("sinh(t)", _SINH, _ASINH, None),
    _mono("asinh(t)", _ASINH, _SINH, 1),
    _mono("2*sinh(asinh(3*t/2)/3)", _CUBIC_INVERSE, _CUBIC, 1),
    _mono("exp(t)", fn("exp", _T), None, None),
    _mono("atan(t)", fn("atan", _T), None, 0),
    # strictly increasing, and flat at 1/2
    _mono("(t - 1/2)^3 + 3/7", add(power(sub(_T, num(1, 2)), num(3)), num(3, 7)), None, 3),
)


def _density(name: str, body: Term, smooth: int = _INF) -> Instance:
    return Instance(name, ("t",), body, smooth, 0)


def _logistic() -> Term:
    u = mul(num(5, 4), sub(_T, num(1, 2)))
    return mul(num(5, 16), power(fn("cosh", mul(num(1, 2), u)), num(-2)))


_DENSITIES: Final = (
    _density(
        "exp(-(t - 3/10)^2/(2*(6/5)^2))/(6/5*sqrt(2*pi))",
        div(fn("exp", mul(num(-25, 72), _sq(sub(_T, num(3, 10))))), mul(num(6, 5), sqrt(mul(num(2), PI)))),
    ),
    _density("(5/16)/cosh(5*(t - 1/2)/8)^2", _logistic()),
    _density("exp(-abs(t + 1/4)/2)/4", mul(num(1, 4), fn("exp", mul(num(-1, 2), fn("abs", add(_T, num(1, 4)))))), 0),
)


def _fits(f: Instance, spec: FunctionSpec) -> bool:
    """Is ``f`` in the declared class?"""
    if spec.smooth is not None and f.smooth < spec.smooth:
        return False
    if spec.growth is not None and (f.growth is None or f.growth > spec.growth):
        return False
    return spec.monotone is None or f.monotone is not None


def _mirrored(f: Instance) -> Instance:
    """The map t ↦ −f(t): as smooth, as large, and falling where f rises; its inverse is y ↦ f⁻¹(−y)."""
    t = f.params[0]
    inverse = None if f.inverse is None else substitute(f.inverse, {t: neg(sym(t))})
    return Instance(f"-({f.name})", f.params, neg(f.body), f.smooth, f.growth, "decreasing", inverse)


def _members(spec: FunctionSpec) -> list[Instance]:
    """Members of the class, in the order they are to be tried; empty when none of the tables fits."""
    if spec.arity != 1:
        return _several(spec)
    if spec.positive and not spec.density:
        return []
    if spec.density:
        return [f for f in _DENSITIES if _fits(f, spec)] if spec.monotone is None else []
    if spec.monotone is not None or spec.inverse is not None:
        pool = [f for f in _MONOTONE if spec.inverse is None or f.inverse is not None]
        if spec.monotone == "decreasing":
            pool = [_mirrored(f) for f in pool]
        return [f for f in pool if _fits(f, spec)]
    return [f for f in (*_SMOOTH, *(_ROUGH if spec.smooth is None or spec.smooth <= 1 else ())) if _fits(f, spec)]


def _conditional(arity: int) -> list[Instance]:
    """Densities in the first argument whose place depends on the others: all derivatives of these are bounded. Whole
    numbers keep the exponentials in them apart."""
    ps = tuple(f"t{i + 1}" for i in range(arity))
    out = []
    for k in (1, 2):
        shifts = [((-1) ** (i + k)) * (k if i == 1 else 1) for i in range(arity - 1)]
        place = add(num(2 - k), *(mul(num(c), sym(p)) for c, p in zip(shifts, ps[1:], strict=True)))
        body = mul(sqrt(div(num(k), PI)), fn("exp", mul(num(-k), _sq(sub(sym(ps[0]), place)))))
        mean = " + ".join((str(2 - k), *(f"({c})*{p}" for c, p in zip(shifts, ps[1:], strict=True))))
        out.append(Instance(f"sqrt({k}/pi)*exp(-{k}*(t1 - ({mean}))^2)", ps, body, _INF, 0))
    return out


def _monotone_in_the_first(arity: int) -> list[Instance]:
    """Functions that rise from −∞ to ∞ in their first argument, and their inverses in it."""
    t, *ps = (sym(f"t{i + 1}") for i in range(arity))
    names = tuple(f"t{i + 1}" for i in range(arity))
    total = add(*(mul(num(i + 1), p) for i, p in enumerate(ps)))
    text = " + ".join(f"{i + 1}*{n}" if i else n for i, n in enumerate(names[1:]))
    wave, scale = fn("sin", total), fn("exp", mul(num(1, 3), total))
    up, half = mul(sub(t, num(1, 2)), scale), add(div(t, scale), num(1, 2))
    twice, back = sub(mul(num(2), t), wave), mul(num(1, 2), add(t, wave))
    sinh, asinh = fn("sinh", add(t, total)), sub(fn("asinh", t), total)
    rows = (
        (f"2*t1 - sin({text})", twice, back, 1),
        (f"(t1 + sin({text}))/2", back, twice, 1),
        (f"(t1 - 1/2)*exp(({text})/3)", up, half, None),
        (f"t1/exp(({text})/3) + 1/2", half, up, None),
        (f"sinh(t1 + {text})", sinh, asinh, None),
        (f"asinh(t1) - ({text})", asinh, sinh, 1),
    )
    return [Instance(name, names, body, _INF, growth, "increasing", undone) for name, body, undone, growth in rows]


def _rising(like: Instance) -> Sequence[Instance]:
    """The table of increasing functions that take as many arguments."""
    n = len(like.params)
    return _MONOTONE if n == 1 else _monotone_in_the_first(n)


def _several(spec: FunctionSpec) -> list[Instance]:
    if spec.density and not (spec.monotone or spec.inverse):
        return [f for f in _conditional(spec.arity) if _fits(f, spec)]
    if spec.density or spec.positive:
        return []
    if spec.monotone or spec.inverse:
        rising = _monotone_in_the_first(spec.arity)
        return [f for f in (map(_mirrored, rising) if spec.monotone == "decreasing" else rising) if _fits(f, spec)]
    ps = tuple(f"t{i + 1}" for i in range(spec.arity))
    ts = [sym(p) for p in ps]
    mixed = add(*(mul(num(i + 2, 3), t) for i, t in enumerate(ts)))
    pool = [
        Instance("sin(" + " + ".join(f"{i + 2}*{p}/3" for i, p in enumerate(ps)) + ")", ps, fn("sin", mixed), _INF, 0),
        Instance(
            "2 + cos(t1)*" + "*".join(ps[1:]), ps, add(num(2), mul(fn("cos", ts[0]), *ts[1:])), _INF, spec.arity - 1
        ),
        Instance("t1 + t1*" + "*".join(ps[1:]), ps, add(ts[0], mul(*ts)), _INF, spec.arity),
    ]
    return [f for f in pool if _fits(f, spec)]


def families(specs: Mapping[str, FunctionSpec], limit: int = 9) -> list[dict[str, Instance]]:
    """Choices of one instance for each declared function, inverses matched; ``[{}]`` when nothing is declared.

    Different functions get different members, and round i starts each table i places further on.
    """
    if any(s.vector for s in specs.values()):
        return _with_vectors(specs, limit)
    names = sorted(specs)
    if any(s.recursion is not None for s in specs.values()):
        return []  # one function, not any of a class
    led = {specs[n].inverse: n for n in names if specs[n].inverse in specs}
    followers: dict[str, str] = {}
    for n in names:
        partner = specs[n].inverse
        if partner in specs and partner is not None and n not in followers and partner not in followers.values():
            followers[partner] = n
    leaders = [n for n in names if n not in followers]
    tables = {n: _members(_joint(specs, n, followers)) for n in leaders}
    if any(not tables[n] for n in leaders):
        return [] if names else [{}]
    rounds = max((len(v) for v in tables.values()), default=0) if led or names else 1
    out = []
    for i in range(min(max(rounds, 1), limit)):
        choice = {n: tables[n][(i + j) % len(tables[n])] for j, n in enumerate(leaders)}
        for follower, leader in followers.items():
            f = choice[leader]
            if f.inverse is None:
                break
            inverse = Instance(_name_of_inverse(f), f.params, f.inverse, f.smooth, None, f.monotone, f.body)
            if not _inverse_fits(inverse, specs[follower]):
                break
            choice[follower] = inverse
        else:
            out.append(choice)
    return out


def _with_vectors(specs: Mapping[str, FunctionSpec], limit: int) -> list[dict[str, Any]]:
    """The same, with functions of vectors and their partial derivatives, which are chosen together."""
    chosen = families({n: s for n, s in specs.items() if not s.vector}, limit)
    chain = chains(specs)
    tables = {base: members(specs[base]) for base, _ in chain.values()}
    if not chosen or not all(tables.values()):
        return []
    out = []
    for i in range(max(len(chosen), *map(len, tables.values()))):
        choice: dict[str, Any] = dict(chosen[i % len(chosen)])
        for n, (base, times) in chain.items():
            f = tables[base][(i + sorted(tables).index(base)) % len(tables[base])]
            choice[n] = replace(f, arity=f.arity + times, times=times)
        out.append(choice)
    return out[:limit]


def _name_of_inverse(f: Instance) -> str:
    """A formula if the tables have one: as it stands, or for a falling f taken at −t."""
    t = f.params[0]
    for g in _rising(f):
        if g.body == f.inverse:
            return g.name
        if substitute(g.body, {t: neg(sym(t))}) == f.inverse:
            return re.sub(rf"\b{t}\b", f"(-{t})", g.name)
    return f"inverse of {f.name}"


def _joint(specs: Mapping[str, FunctionSpec], n: str, followers: Mapping[str, str]) -> FunctionSpec:
    """What is declared of ``n``, and that it is invertible when another function is declared its inverse."""
    s = specs[n]
    partner = next((f for f, leader in followers.items() if leader == n), None)
    if partner is None:
        return s
    monotone = s.monotone or specs[partner].monotone
    return replace(s, monotone=monotone, inverse=s.inverse or partner)


def _inverse_fits(f: Instance, spec: FunctionSpec) -> bool:
    """The growth of an inverse is known only where it stands in the table itself."""
    if spec.monotone is not None and spec.monotone != f.monotone:
        return False
    if spec.growth is None:
        return True
    known = next((g.growth for g in _rising(f) if g.body == f.body), None)
    return known is not None and known <= spec.growth


def within(context: Context, choices: list[dict[str, Instance]]) -> list[dict[str, Instance]]:
    """Choices under which the kernel shows that what is declared of integrals is true, the first two of them: a claim
    says nothing of others, and to look takes time."""
    if not context.assumed:
        return choices
    out: list[dict[str, Instance]] = []
    for c in choices:
        if all(_true_of(instantiate(a.of, c), a.parameter, _kinds(a, context)) for a in context.assumed):
            out.append(c)
        if len(out) == 2:
            break
    return out


def _kinds(one: Assumed, context: Context) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((n, context.symbols[n]) for n in one.free()))


@lru_cache(maxsize=256)
def _true_of(of: Term, parameter: str | None, kinds: tuple[tuple[str, str], ...]) -> bool:
    ctx, box = Context(dict(kinds)), of[2:]
    try:
        body = simplify(of[1], domain(ctx, {x: (lo, hi) for x, lo, hi in box}))
        if parameter is None:
            integrable(body, box, ctx)
        else:
            dominated(body, box, parameter, ctx)
    except NotProved:
        return False
    return True
