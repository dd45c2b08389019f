"""Functions defined by recursion: what neither checker may believe of them, and what both find."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from symrep.audit.check import check
from symrep.claim import Claim, Context, FunctionSpec, Recursion
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.term import ONE, ZERO, Term, add, div, fn, mul, num, power, sqrt, sub, sym
from symrep.verdict import Status

n, x, y, c = map(sym, "nxyc")
NN, NP = "nonnegative integer", "positive integer"
LINE = (("inf", -1), ("inf", 1))


def a(k: Term) -> Term:
    return ("index", "a", k)


def f(*args: Term) -> Term:
    return ("app", "f", (0,) * len(args), args)


def total(lo: int, hi: Term) -> Term:
    return ("sum", a(sym("k")), ("k", num(lo), hi))


def over(body: Term) -> Term:
    return ("integral", body, ("y", *LINE))


def claim(
    r: Recursion, rhs: Term, first: Any = (), step: Any = (), given: tuple[Term, ...] = (), **kinds: str
) -> Claim:
    lhs = f(n, *(x for _ in r.arguments))
    one = {"theorem": "recursive", "lhs": lhs, "rhs": rhs, "first": list(first), "step": list(step)}
    context = Context({"a": "real", "n": NN, "x": "real", **kinds}, {"f": spec(r)}, given)
    return Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [one]}, context)


def spec(r: Recursion) -> FunctionSpec:
    return FunctionSpec(arity=1 + len(r.arguments), recursion=r)


def audited(c: Claim) -> str:
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": c.to_json()}))).status


SUM = Recursion("n", (), 0, ZERO, add(f(n), a(add(n, ONE))))
POWER = Recursion("m", ("z",), 1, sym("z"), mul(f(sym("m"), sym("z")), sym("z")))
NORMAL = mul(fn("exp", mul(num(-1), power(x, num(2)))), power(("const", "pi"), num(-1, 2)))
LATER = replace(SUM, next=add(f(add(n, ONE)), a(n)))
WILD = sub(over(f(n, y)), over(f(n, y)))
SQUARE = Recursion("n", ("x",), 0, power(x, num(2)), add(WILD, f(n, x)))
IMAGINARY = sqrt(sub(num(-1), power(x, num(2))))
SWITCH = mul(f(n), fn("heaviside", sub(ONE, a(n))))

FALSE = {
    "another beginning": claim(SUM, add(total(1, n), ONE)),
    "a term too many": claim(SUM, total(0, n)),
    "a term too few": claim(SUM, total(1, sub(n, ONE))),
    "another factor": claim(SUM, mul(num(2), total(1, n))),
    "no base but in the claim": claim(replace(SUM, first=ONE), total(1, n)),
    "itself one later": claim(LATER, total(1, n)),
    "itself at the start": claim(replace(SUM, next=add(f(ZERO), a(add(n, ONE)))), total(1, n)),
    "a parameter that is no family": claim(replace(SUM, next=add(f(n), c)), mul(n, c), c="real"),
    "the claim's index as a parameter": claim(Recursion("m", (), 0, ZERO, add(f(sym("m")), n)), mul(n, n)),
    "an index that is no integer": claim(SUM, total(1, n), n="real"),
    "an index that may be too small": claim(replace(SUM, start=1, first=a(ONE)), total(1, n)),
    "an argument that is an integer": claim(POWER, power(x, n), n=NP, x="integer"),
    "an argument that is complex": claim(POWER, power(x, n), n=NP, x="complex"),
    "a hypothesis on the argument": claim(
        replace(POWER, first=sym("z"), next=f(sym("m"), sym("z"))), fn("abs", x), n=NP, given=(("rel", ">", x, ZERO),)
    ),
    "a hypothesis on the index": claim(
        replace(SUM, first=ONE, next=f(n)), fn("heaviside", sub(n, num(3))), given=(("rel", ">", n, num(4)),)
    ),
    "integrals that diverge and cancel": claim(SQUARE, power(x, num(2))),
    "values that are not real": claim(Recursion("n", ("x",), 0, IMAGINARY, f(n, x)), IMAGINARY),
    "a pole": claim(Recursion("n", ("x",), 0, div(x, x), f(n, x)), ONE),
    "a pole later on": claim(Recursion("n", ("x",), 0, ONE, mul(f(n, x), div(x, x))), ONE),
    "at another place": claim(Recursion("n", ("x",), 0, x, f(n, add(x, ONE))), add(x, n)),
    "at a number": claim(Recursion("n", ("x",), 0, x, f(n, ZERO)), x),
    "under a sum's index": claim(Recursion("n", ("x",), 0, ZERO, ("sum", f(n, y), ("y", ONE, num(2)))), ZERO),
    "a bound variable in the claim": claim(
        Recursion("n", ("x",), 0, mul(ZERO, x), over(mul(f(n, y), NORMAL))), mul(ZERO, y), y="real"
    ),
    "a family named like the index": claim(replace(SUM, next=add(f(n), ("index", "n", ONE))), total(1, n)),
    "a switch that may be off": claim(Recursion("n", (), 0, ONE, SWITCH), ONE, a="positive"),
    "a function that nobody defined": Claim(
        "rewrite", claim(SUM, total(1, n)).data, Context({"a": "real", "n": NN}, {"f": FunctionSpec()})
    ),
    "the function inside its own claim": claim(SUM, f(n)),
}
TRUE = {
    "a sum": claim(SUM, total(1, n)),
    "powers": claim(POWER, power(x, n), n=NP),
    "a parabola": claim(Recursion("n", (), 0, ZERO, add(f(n), n)), div(mul(n, sub(n, ONE)), num(2))),
    "a product": claim(
        Recursion("n", (), 0, ONE, mul(f(n), a(add(n, ONE)))), ("product", a(sym("k")), ("k", ONE, n)), a="unit"
    ),
    "a switch that is on": claim(Recursion("n", (), 0, ONE, SWITCH), ONE, a="unit"),
}


@pytest.mark.parametrize("c", FALSE.values(), ids=FALSE)
def test_must_not_be_believed(c: Claim) -> None:
    with pytest.raises(NotProved):
        prove(c)
    assert audited(c) != "ok"


@pytest.mark.parametrize("c", list(TRUE.values()), ids=TRUE)
def test_found_by_both(c: Claim) -> None:
    assert prove(c).status is Status.PROVED
    assert audited(c) == "ok"


def test_a_lemma_about_other_parameters() -> None:
    """What holds for parameters in (0, 1) is not used for positive ones, though the line does not speak of them."""
    known = TRUE["a switch that is on"]

    def use(a: str) -> Claim:
        step = {
            "theorem": "lemma",
            "lhs": f(n),
            "rhs": ONE,
            "context": known.context.to_json(),
            "steps": [[known.to_json()]],
            "values": {},
        }
        context = replace(known.context, symbols={**known.context.symbols, "a": a})
        return Claim("rewrite", {"before": f(n), "after": ONE, "rewrites": [step]}, context)

    assert prove(use("unit")).status is Status.PROVED
    assert audited(use("unit")) == "ok"
    with pytest.raises(NotProved):
        prove(use("positive"))
    assert audited(use("positive")) != "ok"


@pytest.mark.parametrize(
    "said",
    [{"smooth": 1}, {"growth": 0, "smooth": 0}, {"density": True}, {"monotone": "increasing"}, {"arity": 2}],
    ids=str,
)
def test_nothing_else_is_declared(said: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        FunctionSpec(**{"arity": 1, "recursion": SUM, **said})


def test_written_and_read() -> None:
    assert FunctionSpec.from_json(json.loads(json.dumps(spec(POWER).to_json()))) == spec(POWER)
    assert "recursion" not in FunctionSpec().to_json()
    with pytest.raises(BadInput):
        FunctionSpec.from_json({"arity": 1, "recursion": {"index": "n"}})
