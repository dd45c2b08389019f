"""Special functions: false relatives and unconditioned laws first, then what should be proved, and what numbers say."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from special_tables import CONDITIONED, UNCONDITIONED

from symrep import clock
from symrep.checks.balls import refute
from symrep.checks.evaluate import Unevaluable, evaluate_complex, precision
from symrep.checks.points import points
from symrep.claim import Claim, Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.engine import engine
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain
from symrep.kernel.fail import NotProved
from symrep.reading import Reader

TABLE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "special_identities.json").read_text("utf-8"))


def claim(lhs: str, rhs: str, symbols: dict[str, str], given: list[str]) -> Claim:
    reader = Reader(symbols)
    relations = tuple(r for g in given for r in reader.given(g, "given"))
    data = {"lhs": reader.expression(lhs, "lhs"), "rhs": reader.expression(rhs, "rhs")}
    return Claim("equal", data, Context(symbols, {}, relations))


def of(entry: dict[str, Any]) -> Claim:
    return claim(entry["lhs"], entry["rhs"], entry["symbols"], entry["given"])


def row(lhs: str, rhs: str, symbols: str, given: str) -> Claim:
    kinds = {n: k.replace("_", " ") for n, k in (s.split(":") for s in symbols.split())}
    return claim(lhs, rhs, kinds, [g.strip() for g in given.split(";") if g.strip()])


def proved(c: Claim) -> bool:
    try:
        prove_equal(c.data["lhs"], c.data["rhs"], c.context)
    except NotProved:
        return False
    return True


FALSE = [e for e in TABLE if not e["truth"]]
TRUE = [e for e in TABLE if e["truth"]]


def test_false_relatives_are_refused() -> None:
    assert not [(e["lhs"], e["rhs"]) for e in FALSE if proved(of(e))]


def test_laws_without_their_conditions_are_refused() -> None:
    assert not [r for r in UNCONDITIONED if proved(row(*r))]


def test_false_relatives_are_refuted_with_a_witness() -> None:
    missed = [(e["lhs"], e["rhs"]) for e in FALSE if refute(of(e), clock.now() + 20) is None]
    assert not missed


def test_true_ones_are_proved() -> None:
    assert not [(e["lhs"], e["rhs"]) for e in TRUE if not proved(of(e))]
    assert not [r for r in CONDITIONED if not proved(row(*r))]


def test_numbers_agree_with_the_proofs() -> None:
    """The evaluation of a function and the kernel's laws of it are two pieces of code."""
    apart, seen = [], 0
    for e in TRUE:
        c = of(e)
        terms = (c.data["lhs"], c.data["rhs"])
        for p in islice(points(terms, c.context), 3):
            try:
                left, right = (evaluate_complex(t, p, {}, 128) for t in terms)
            except Unevaluable:
                continue
            seen += 1
            if not left.overlaps(right):
                apart.append((e["lhs"], e["rhs"], p))
    assert not apart
    assert seen > 2 * len(TRUE)


def test_a_wronskian_used_again_still_leaves_out_the_zeros_of_its_divisor() -> None:
    reader = Reader({"x": "positive"})
    eng = engine(domain(Context({"x": "positive"})))
    for text in ("besselj(0, x)+besselj(1, x)+bessely(0, x)+bessely(1, x)", "bessely(2, x)"):
        t = reader.expression(text, "lhs")
        _, off_null_set, conditions = eng.run(lambda t=t: eng.quietly(lambda: eng.norm(t)))  # type: ignore[misc]
        assert off_null_set
        assert conditions


SMOOTH = [
    "uppergamma(7/3, x)", "lowergamma(7/3, x)", "expint(7/3, x)", "polylog(5/2, x/9)", "zeta(7/3, x)",
    "besselj(7/3, x)", "bessely(7/3, x)", "besseli(7/3, x)", "besselk(7/3, x)", "betainc(3/4, 7/3, 0, x/9)",
    "betainc_regularized(3/4, 7/3, x/9, 1)", "erfi(x)", "Ei(x)", "Si(x)", "Ci(x)", "Shi(x)", "Chi(x)", "LambertW(x)",
]  # fmt: skip


@pytest.mark.parametrize("text", SMOOTH)
def test_derivatives_are_limits_of_quotients(text: str) -> None:
    ctx = Context({"x": "positive"})
    t = Reader({"x": "positive"}).expression(text, "lhs")
    slope = derivative(t, "x", ctx)
    at, step = Fraction(13, 11), Fraction(1, 2**60)
    there, up, down = (evaluate_complex(s, {"x": v}, {}, 300) for s, v in ((slope, at), (t, at + step), (t, at - step)))
    with precision(300):
        assert abs(there - (up - down) * 2**59) < 1e-30
