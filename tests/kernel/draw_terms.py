"""True and false instances of the theorems about expectations over coordinates, for the kernel and for the auditor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Abs, Sum, exp, log, oo

from symrep import (
    D,
    E,
    Independent,
    conditional_law,
    dominated,
    function,
    indexed,
    integrable,
    positive,
    positive_integer,
    real,
)
from symrep.claim import Claim
from symrep.distributions import Cauchy, Normal
from symrep.notation import EachExpectation
from symrep.rules.draws import mass_of
from symrep.term import Term, mul, num
from symrep.translate import context_of, to_term
from symrep.wire import from_json

i, j, k, l, m, n = positive_integer("i j k l m n")  # noqa: E741
z, mu, A, u = map(indexed, ("z", "mu", "A", "u"))
s = indexed("s", "positive")
y, theta, c = real("y theta c")
sigma = positive("sigma")
f, g = function("f", smooth=0, growth=2), function("g", smooth=0, growth=2)
rough = function("r", smooth=0)
h = function("h", smooth=1, arity=2)
N, heavy = Normal(0, 1), Cauchy(0, 1)
noise = conditional_law("q", positive=True, smooth=0)

TRUE: dict[str, Claim] = {}
FALSE: dict[str, Claim] = {}
TRUE_BOUNDS: dict[str, Claim] = {}
FALSE_BOUNDS: dict[str, Claim] = {}


def each(body: Any, law: Any = N, size: Any = n) -> EachExpectation:
    made: EachExpectation = E(body, (z, Independent(law, (i, 1, size))))
    return made


def mean(body: Any, law: Any = N) -> Any:
    return E(body, (y, law))


def theorem(name: str, lhs: Any, rhs: Any, *given: Any, **data: Any) -> Claim:
    plain = {key: v if isinstance(v, list) else to_term(v) for key, v in data.items()}
    said = [v for v in data.values() if not isinstance(v, list)]
    left, right = to_term(lhs), to_term(rhs)
    step = {"theorem": name, "lhs": left, "rhs": right, **plain}
    return Claim("rewrite", {"before": left, "after": right, "rewrites": [step]}, context_of((lhs, rhs, *said), given))


def _mass(node: EachExpectation) -> list[Any]:
    from symrep.rules.base import rewrite

    made: list[Any] = rewrite("", y, y, mass=mass_of("", node))["mass"]
    return made


def independent(name: str, true: bool, lhs: EachExpectation, rhs: Any, *given: Any) -> Claim:
    claim = theorem("independent", lhs, rhs, *given, mass=_mass(lhs))
    (TRUE if true else FALSE)[f"independent: {name}"] = claim
    return claim


def total(body: Any, index: Any = k, size: Any = n) -> Any:
    return Sum(body, (index, 1, size))


# --- independent coordinates ----------------------------------------------------------------------------------------

PAIRS = each(total(total(A[k, l] * z[k] * z[l]), l))
TRACE, ALL = total(A[k, k]), total(total(A[k, l]), l)
SECOND, FIRST = mean(y**2), mean(y) ** 2

independent("a sum", True, each(total(u[k] * z[k])), mean(y) * total(u[k]))
independent("a double sum", True, PAIRS, SECOND * TRACE + FIRST * (ALL - TRACE))
independent("a square", True, each(total(f(z[k])) ** 2), n * mean(f(y) ** 2) + (n**2 - n) * mean(f(y)) ** 2)
independent("a law for each", True, each(total(z[k]), Normal(mu[i], s[i])), total(mean(y, Normal(mu[k], s[k]))))
independent("the first", True, each(f(z[1]) * c), c * mean(f(y)))
independent("no coordinate", True, each(c), c)
independent("two that differ", True, each(f(z[1]) * g(z[2])), mean(f(y)) * mean(g(y)), n >= 2)
independent(
    "one and a sum", True, each(f(z[1]) * total(g(z[k]))), mean(f(y) * g(y)) + (n - 1) * mean(f(y)) * mean(g(y))
)
independent(
    "with a declared law", True, each(total(f(z[k])), noise), n * mean(f(y), noise), integrable(f(y), (y, noise))
)

independent("the diagonal left out", False, PAIRS, FIRST * ALL)
independent("the diagonal twice", False, PAIRS, SECOND * TRACE + FIRST * ALL)
independent("the diagonal alone", False, each(total(total(f(z[k]) * g(z[l])), l)), n * mean(f(y) * g(y)))
independent("as if one coordinate", False, each(total(f(z[k])) ** 2), n**2 * mean(f(y) ** 2))
independent("a sum one short", False, each(total(u[k] * f(z[k]))), mean(f(y)) * total(u[k], k, n - 1))
independent("a coordinate too many", False, each(total(f(z[k]), k, n + 1)), (n + 1) * mean(f(y)))
independent("a coordinate there may not be", False, each(f(z[2])), mean(f(y)))
independent("before the first", False, each(total(f(z[k - 1]))), n * mean(f(y)))
independent("two that may be one", False, each(f(z[1]) * g(z[n])), mean(f(y)) * mean(g(y)))
independent("two that may be one, as one", False, each(f(z[1]) * g(z[n])), mean(f(y) * g(y)))
independent(
    "another's law", False, each(total(f(z[k]), k), Normal(mu[i], s[i])), total(mean(f(y), Normal(mu[1], s[k])))
)
independent("no mean", False, each(total(z[k]), heavy), 0 * y)
independent("no mean, as itself", False, each(total(z[k]), heavy), n * mean(y, heavy))
independent("no growth declared", False, each(total(rough(z[k]))), n * mean(rough(y)))
independent("no polynomial", False, each(exp(total(z[k]))), exp(n * mean(y)))
independent("a quotient", False, each(z[1] / total(exp(z[k]))), mean(y) / (n * mean(exp(y))))
independent("the modulus of a sum", False, each(Abs(total(z[k]))), n * mean(Abs(y)))
independent("an infinite sum", False, each(Sum(z[k] / 2**k, (k, 1, oo))), 0 * y)
independent("a range that may be turned round", False, each(total(z[k], k, m - n), N, m - n), (m - n) * mean(y))
independent("what is known of a coordinate", False, each(z[1]), mean(Abs(y)), z[1] > 0)
independent("not declared integrable", False, each(total(f(z[k])), noise), n * mean(f(y), noise))
FALSE["independent: twice the mass"] = _twice = independent("", True, each(f(z[1]) + c), mean(f(y)) + c)
del TRUE["independent: "]


def _altered(claim: Claim, old: Term, new: Term) -> Claim:
    def go(t: Any) -> Any:
        if t == old:
            return new
        if isinstance(t, (tuple, list)):
            return type(t)(map(go, t))
        return {key: go(v) for key, v in t.items()} if isinstance(t, dict) else t

    return replace(claim, data=go(claim.data))


def _density(t: Term) -> Term:
    law: Term = t[3][4]
    return law


_law = _density(from_json(_twice.data["before"]))
FALSE["independent: twice the mass"] = _altered(_twice, _law, ("law", _law[1], mul(num(2), _law[2])))
_kinds = TRUE["independent: a sum"]
FALSE["independent: coordinates declared positive"] = replace(
    _kinds, context=replace(_kinds.context, symbols={**_kinds.context.symbols, "z": "positive"})
)
FALSE["independent: a law that depends on the coordinates"] = _altered(
    _twice, _law, ("law", _law[1], mul(_law[2], ("pow", ("index", "z", ("num", 1, 1)), ("num", 0, 1))))
)

# --- the derivative of the logarithm of a sum -----------------------------------------------------------------------

LSE = log(total(exp(h(z[k], theta))) / n)
KNOWN = dominated(h(y, theta), (y, noise), by=theta)


def derivative(name: str, true: bool, body: Any, rhs: Any, *given: Any, part: Any = None, law: Any = noise) -> None:
    claim = theorem(
        "interchange_each", D(each(body, law), theta), rhs, *given, part=h(z[k], theta) if part is None else part
    )
    (TRUE if true else FALSE)[f"interchange_each: {name}"] = claim


derivative("log of a mean", True, LSE, each(D(LSE, theta), noise), KNOWN)
derivative(
    "log of a sum", True, log(total(exp(h(z[k], theta)))), each(D(log(total(exp(h(z[k], theta)))), theta), noise), KNOWN
)
derivative(
    "carried out",
    True,
    LSE,
    each(total(exp(h(z[k], theta)) * h(z[k], theta).diff(theta)) / total(exp(h(z[l], theta)), l), noise),
    KNOWN,
)
derivative("nothing declared", False, LSE, each(D(LSE, theta), noise))
derivative("integrable is not enough", False, LSE, each(D(LSE, theta), noise), integrable(h(y, theta), (y, noise)))
derivative("by another parameter", False, LSE, each(D(LSE, theta), noise), dominated(h(y, theta + c), (y, noise), by=c))
derivative("without the weights", False, LSE, each(total(h(z[k], theta).diff(theta)) / n, noise), KNOWN)
derivative(
    "the weights of one", False, LSE, each(total(exp(h(z[k], theta)) * h(z[k], theta).diff(theta)) / n, noise), KNOWN
)
derivative("another part", False, LSE, each(D(LSE, theta), noise), KNOWN, part=2 * h(z[k], theta))
derivative("a part of another coordinate", False, LSE, each(D(LSE, theta), noise), KNOWN, part=h(z[1], theta))
derivative(
    "a law that moves",
    False,
    LSE,
    each(D(LSE, theta), Normal(theta, 1)),
    law=Normal(theta, 1),
)
_moving = log(total(exp(h(z[k], theta))) * exp(theta))
derivative("a factor that moves", False, _moving, each(D(_moving, theta), noise), KNOWN)
_short = log(total(exp(h(z[k], theta)), k, n - 1))
derivative("a sum of some of them", False, _short, each(D(_short, theta), noise), KNOWN)
_own = total(exp(h(z[k], theta)))
derivative("no logarithm", False, _own, each(D(_own, theta), noise), KNOWN)
derivative("a multiple that may be negative", False, log(c * _own), each(D(log(c * _own), theta), noise), KNOWN)

# --- Jensen's inequality --------------------------------------------------------------------------------------------

MEAN = total(exp(z[k])) / n
t = real("t")


def jensen(name: str, true: bool, phi: Any, inner: Any, op: str, *given: Any, **more: Any) -> Claim:
    law, low, high = more.pop("law", N), more.pop("low", 0), more.pop("high", oo)
    node = each(inner, law)
    lhs, rhs = each(phi.subs(t, inner), law), phi.subs(t, node)
    step: dict[str, Any] = {"theorem": "jensen_each", "lhs": to_term(lhs), "rhs": to_term(rhs), "variable": "t"}
    step |= {"phi": to_term(phi), "low": to_term(low + 0 * y), "high": to_term(high), "inner": to_term(inner)}
    data = {"before": to_term(lhs), "after": to_term(rhs), "op": op, "bound": {**step, "mass": _mass(node), **more}}
    claim = Claim("bound", data, context_of((lhs, rhs), given))
    if true:
        TRUE_BOUNDS[f"coordinates: {name}"] = claim
    else:
        FALSE_BOUNDS[f"coordinates: {name}"] = claim
    return claim


_first = jensen("log of a mean", True, log(t), MEAN, "<=")
jensen("a square", True, t**2, total(z[k]), ">=", low=-oo)
jensen("a declared law", True, log(t), total(exp(f(z[k]))) / n, "<=", integrable(f(y), (y, noise)),
       integrable(exp(f(y)), (y, noise)), law=noise)  # fmt: skip
jensen("the wrong way", False, log(t), MEAN, ">=")
jensen("a square, the wrong way", False, t**2, total(z[k]), "<=", low=-oo)
jensen("neither convex nor concave", False, t**3, total(z[k]), ">=", low=-oo)
jensen("a mean that may be negative", False, log(t), total(z[k]) / n, "<=")
jensen("no mean", False, t**2, total(z[k]), ">=", low=-oo, law=heavy)
jensen(
    "nothing declared of the mean",
    False,
    log(t),
    total(exp(f(z[k]))) / n,
    "<=",
    integrable(f(y), (y, noise)),
    law=noise,
)
jensen("nothing declared of the logarithm", False, log(t), total(exp(f(z[k]))) / n, "<=",
       integrable(exp(f(y)), (y, noise)), law=noise)  # fmt: skip
_law = _density(from_json(_first.data["before"]))
FALSE_BOUNDS["coordinates: twice the mass"] = _altered(_first, _law, ("law", _law[1], mul(num(2), _law[2])))
