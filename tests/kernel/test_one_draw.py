"""Draws one after the other, and one draw more: false instances are refused by both checkers, true ones accepted."""

from __future__ import annotations

from typing import Any

import pytest
from draw_terms import N, _altered, _density, _mass, each, f, heavy, mu, y, z
from sympy import Eq, Sum, exp, log, oo
from test_draws import audited, refused

from symrep import (
    E,
    Independent,
    integration_by_parts,
    nonnegative,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
)
from symrep.claim import Claim
from symrep.distributions import Normal
from symrep.kernel.certificate import prove
from symrep.rules.base import rewrite
from symrep.term import mul, num
from symrep.translate import context_of, to_term
from symrep.wire import from_json

i, k, j, n = positive_integer("i k j n")
few = nonnegative_integer("n")
c, d, b = nonnegative("c"), positive("c"), real("b")
t = real("t")

TRUE: dict[str, Claim] = {}
FALSE: dict[str, Claim] = {}


def total(body: Any, index: Any = j, size: Any = n) -> Any:
    return Sum(body, (index, 1, size))


# --- one draw after the other -----------------------------------------------------------------------------------------

S = total(exp(z[j]))


def share(others: Any) -> Any:
    return exp(y) / (exp(y) + others)


def stein(others: Any) -> dict[str, Any]:
    """E[y u] = E[u'] for the share u of one draw's weight."""
    u = share(others)
    got = integration_by_parts(u=u).apply(E(y * u, (y, N)), None, ()).rewrites[0]
    return dict(got)


def identity(lhs: Any, rhs: Any) -> dict[str, Any]:
    return rewrite("identity", lhs, rhs)


def mean(body: Any, law: Any = N) -> Any:
    return E(body, (y, law))


def draw(
    name: str, true: bool, lhs: Any, rhs: Any, *given: Any, step: Any = None, others: Any = c, whole: Any = S,
    law: Any = N, size: Any = n, variable: Any = y,
) -> Claim:  # fmt: skip
    left, right = each(lhs, law, size), each(rhs, law, size)
    used = stein(others) if step is None else step
    data = {"variable": variable.name, "others": others.name, "total": to_term(whole), "step": used}
    made = {"theorem": "each_draw", "lhs": to_term(left), "rhs": to_term(right), **data}
    body = {"before": to_term(left), "after": to_term(right), "rewrites": [made]}
    claim = Claim("rewrite", body, context_of((left, right, whole, others, mean(share(others))), given))
    (TRUE if true else FALSE)[f"each_draw: {name}"] = claim
    return claim


BEFORE, AFTER = total(z[k] * exp(z[k]) / S, k), total((S - exp(z[k])) * exp(z[k]) / S**2, k)

draw("the others may be none", True, BEFORE, AFTER)
draw("two draws at least", True, BEFORE, AFTER, n >= 2, others=d)
draw("an identity", True, total(exp(z[k]) / S, k), total(1 - (S - exp(z[k])) / S, k),
     step=identity(mean(share(c)), mean(1 - c / (exp(y) + c))))  # fmt: skip

draw("there may be no other draw", False, BEFORE, AFTER, others=d)
draw("the total for the others", False, BEFORE, total(exp(z[k]) / S, k))
draw("a draw counted twice", False, BEFORE, total((S + exp(z[k])) * exp(z[k]) / S**2, k))
draw("the weight of another draw", False, BEFORE, total((S - exp(z[1])) * exp(z[k]) / S**2, k))
draw("a factor lost", False, BEFORE, total(exp(z[k]) ** 2 / S**2, k))
draw("the other side alone", False, AFTER, BEFORE)
draw("a total of some draws", False, BEFORE, AFTER, whole=total(exp(z[j]), size=n - 1))
draw("a total of something else", False, BEFORE, AFTER, whole=total(exp(2 * z[j])))
draw("fewer terms", False, total(z[k] * exp(z[k]) / S, k, n - 1), total((S - exp(z[k])) * exp(z[k]) / S**2, k, n - 1),
     n >= 2)  # fmt: skip
draw("a total that may be negative", False, total(z[k], k), total(z[k] * (1 + 0 * S), k), whole=total(z[j]),
     step=identity(mean(y + c), mean(c + y)))  # fmt: skip
draw("others of any sign", False, BEFORE, AFTER, others=b)
draw("something known of the others", False, BEFORE, AFTER, c < 1)
draw("a step that is false", False, total(exp(z[k]) / S, k), total((S - exp(z[k])) / S, k),
     step=identity(mean(share(c)), mean(c / (exp(y) + c))))  # fmt: skip
draw("a step that is given", False, total(exp(z[k]) / S, k), total((S - exp(z[k])) / S, k),
     Eq(mean(share(c)), mean(c / (exp(y) + c))),
     step=rewrite("hypothesis", mean(share(c)), mean(c / (exp(y) + c))))  # fmt: skip
draw("a step under another law", False, total(exp(z[k]) / S, k), total(1 - (S - exp(z[k])) / S, k),
     step=identity(mean(share(c), Normal(0, 2)), mean(1 - c / (exp(y) + c), Normal(0, 2))))  # fmt: skip
draw("a step about no mean", False, total(exp(z[k]) / S, k), total(1 - (S - exp(z[k])) / S, k),
     step=identity(share(c), 1 - c / (exp(y) + c)))  # fmt: skip
draw("a law for each", False, BEFORE, AFTER, law=Normal(mu[i], 1))
draw("no mean", False, total(z[k], k), total(z[k] * 1, k), law=heavy, whole=total(exp(z[j])),
     step=identity(mean(y, heavy), mean(y, heavy)))  # fmt: skip
draw("the draw itself for the others", False, BEFORE, AFTER, others=c, variable=c)
draw("a step about all draws", False, total(exp(z[k]) / S, k), total(1 - (S - exp(z[k])) / S, k),
     step=identity(mean(share(c) + z[1]), mean(1 - c / (exp(y) + c) + z[1])))  # fmt: skip

# --- one draw more ----------------------------------------------------------------------------------------------------


def more(
    name: str, true: bool, phi: Any, g: Any, op: str, *given: Any, low: Any = 0, law: Any = N, m: Any = n, by: int = 1,
    count: Any = None,
) -> Claim:  # fmt: skip
    def side(size: Any, of: Any) -> Any:
        return E(phi.subs(t, total(g, j, size) / of), (z, Independent(law, (i, 1, size))))

    lhs, rhs = side(m, m), side(m + by, m + by if count is None else count)
    step = {"theorem": "more_draws", "lhs": to_term(lhs), "rhs": to_term(rhs), "variable": "t", "index": "j"}
    step |= {"phi": to_term(phi), "low": to_term(low + 0 * y), "high": to_term(oo), "summand": to_term(g)}
    data = {"before": to_term(lhs), "after": to_term(rhs), "op": op, "bound": {**step, "mass": _mass(lhs)}}
    claim = Claim("bound", data, context_of((lhs, rhs), given))
    (TRUE if true else FALSE)[f"more_draws: {name}"] = claim
    return claim


_first = more("log", True, log(t), exp(z[j]), "<=")
more("a square", True, t**2, f(z[j]), ">=", low=-oo)
more("minus a square", True, -(t**2), z[j], "<=", low=-oo)

more("log, the wrong way", False, log(t), exp(z[j]), ">=")
more("a square, the wrong way", False, t**2, z[j], "<=", low=-oo)
more("one draw less", False, log(t), exp(z[j]), "<=", n >= 2, by=-1)
more("as many", False, log(t), exp(z[j]), "<=", by=0)
more("a sum for the mean", False, log(t), exp(z[j]), ">=", count=1)
more("divided by one too few", False, t**2, z[j], ">=", low=-oo, count=n)
more("neither convex nor concave", False, t**3, z[j], ">=", low=-oo)
more("a mean that may be negative", False, log(t), z[j], "<=")
more("a law for each", False, log(t), exp(z[j]), "<=", law=Normal(mu[i], 1))
more("no second moment", False, t**2, z[j], ">=", low=-oo, law=heavy)
more("no draw at all", False, t**2, z[j], ">=", low=-oo, m=few)
more("a function of the first draw", False, log(t), exp(z[1]), "<=")
_law = _density(from_json(_first.data["before"]))
FALSE["more_draws: twice the mass"] = _altered(_first, _law, ("law", _law[1], mul(num(2), _law[2])))


@pytest.mark.parametrize("name", FALSE)
def test_the_kernel_refuses_it(name: str) -> None:
    assert refused(FALSE[name])


@pytest.mark.parametrize("name", FALSE)
def test_the_auditor_refuses_it(name: str) -> None:
    assert audited(FALSE[name]) != "ok"


@pytest.mark.parametrize("name", TRUE)
def test_both_accept_it(name: str) -> None:
    assert not prove(TRUE[name]).almost_everywhere
    assert audited(TRUE[name]) == "ok"
