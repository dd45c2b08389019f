"""False instances of every theorem, one condition broken in each; and a true sibling of each kind, so that it is the
condition that decides. Both checkers have to refuse the false ones and accept the true ones."""

from __future__ import annotations

from typing import Any

from kernel_terms import T, context
from theorem_terms import law, normal

from symrep.claim import Claim, FunctionSpec
from symrep.term import Term

FALSE: dict[str, Claim] = {}
TRUE: dict[str, Claim] = {}

LINE = ("-oo", "oo")
HALF_LINE = (0, "oo")
PLACE = "mu real, sigma positive"
CAUCHY = law("1/(pi*(1 + x**2))", ("x", *LINE))
SMOOTH = {"f": FunctionSpec(smooth=1, growth=2)}
GROWS = context("", **SMOOTH)
BELL = "exp(-x**2/2)/sqrt(2*pi)"


def t(x: Any) -> Term:
    return x if isinstance(x, tuple) else T(x)


def grad(node: Term, theta: str) -> Term:
    return ("diff", node, theta)


def ftc(integrand: Any, *pieces: tuple[Any, Any, Any]) -> dict[str, Any]:
    return {
        "kind": "ftc",
        "integrand": t(integrand),
        "pieces": [{"lo": t(a), "hi": t(b), "antiderivative": t(f)} for a, b, f in pieces],
    }


def part(kind: str, **data: Any) -> dict[str, Any]:
    return {"kind": kind, **{k: T(v) for k, v in data.items()}}


MASS = ftc(normal()[2], (*LINE, "erf(x/sqrt(2))/2"))


def false(name: str, claim: Claim) -> None:
    assert name not in FALSE
    FALSE[name] = claim


def true(name: str, claim: Claim) -> None:
    assert name not in TRUE
    TRUE[name] = claim
