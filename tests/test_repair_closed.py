"""Corrections of closed forms beside integrals, sums and limits; of matrices; twins."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from symrep.claim import Claim
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.repair.confused import twins
from symrep.repair.entrywise import is_entrywise, written
from symrep.symbols import real
from symrep.term import num
from symrep.verifying.items import Item, read
from symrep.verifying.values import known_value
from symrep.verifying.worker_side import diagnose_in_worker

GAUSS = "exp(-x**2/(2*s**2))/(s*sqrt(2*pi))"

#: the symbols, the side with the slip, the other side, the right side as it was
SLIPS = [
    ({"a": "positive"}, "digamma(a + 1)", "Integral(log(x)*x**(a - 1)*exp(-x)/gamma(a), (x, 0, oo))", "digamma(a)"),
    ({"n": "positive integer"}, "n*2**n", "Sum(k*binomial(n, k), (k, 0, n))", "n*2**(n - 1)"),
    ({"t": "real"}, "exp(-t)", "Limit((1 + t/x)**x, x, oo)", "exp(t)"),
    ({"s": "positive", "c": "real"}, "erf(c/(s*sqrt(2)))/2", f"Integral(Heaviside(x - c)*{GAUSS}, (x, -oo, oo))",
     "erfc(c/(s*sqrt(2)))/2"),
    ({"x": "positive"}, "sqrt(2/(pi*x))*cos(x)", "besselj(1/2, x)", "sqrt(2/(pi*x))*sin(x)"),
    ({"t": "real", "u": "real"}, "Matrix([[cos(t + u), -sin(t + u)], [-sin(t + u), cos(t + u)]])",
     "Matrix([[cos(t), -sin(t)], [sin(t), cos(t)]])*Matrix([[cos(u), -sin(u)], [sin(u), cos(u)]])",
     "Matrix([[cos(t + u), -sin(t + u)], [sin(t + u), cos(t + u)]])"),
]  # fmt: skip


def _claim(symbols: dict[str, str], lhs: str, rhs: str) -> Claim:
    return read(Item("it", lhs, rhs, symbols, ())).claim


@pytest.mark.parametrize(("symbols", "bad", "other", "right"), SLIPS, ids=[r[1][:40] for r in SLIPS])
def test_the_original_is_among_the_repairs(symbols: dict[str, str], bad: str, other: str, right: str) -> None:
    found = diagnose_in_worker({"claim": _claim(symbols, other, bad).to_json(), "seconds": 10.0})
    assert found is not None
    for r in found["repairs"]:
        assert r["status"] in ("proved", "supported")
    texts = [r["text"] for r in found["repairs"] if r["side"] == "rhs"]
    terms = [_claim(symbols, t, right) for t in texts]  # each is read as what verify reads
    assert any(_equal(c) for c in terms)


def _equal(claim: Claim) -> bool:
    try:
        return prove(claim).certificate is not None
    except NotProved:
        return False


def test_no_value_that_the_kernel_does_not_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = _claim({"a": "positive"}, "Integral(exp(-a*x), (x, 0, oo))", "a")
    side, value = known_value(claim, 5.0) or ("", num(0))
    assert side == "lhs" and _equal(
        Claim("equal", {"lhs": value, "rhs": ("pow", ("sym", "a"), num(-1))}, claim.context)
    )
    node = claim.data["lhs"]

    def lying(payload: Any) -> list[dict[str, Any]]:
        step = {"theorem": "value", "lhs": node, "rhs": num(7), "parts": []}
        return [{"data": {"before": node, "after": num(7), "rewrites": [step]}, "symbols": {}}]

    monkeypatch.setattr("symrep.verifying.integrals.propose_in_worker", lying)
    assert known_value(claim, 5.0) is None


def test_a_value_of_both_sides_or_none_is_not_asked_for() -> None:
    both = _claim({"a": "positive"}, "Integral(exp(-a*x), (x, 0, oo))", "Integral(exp(-2*a*x), (x, 0, oo))")
    assert known_value(both, 5.0) is None
    assert known_value(_claim({"a": "positive"}, "a", "2*a"), 5.0) is None


def test_matrices_are_told_from_sums() -> None:
    a, b = (real(f"entry_1_{k}") for k in (1, 2))
    x = real("x")
    assert is_entrywise(a * x + b, b * x)
    assert written(a * x + b, a * x, b)[0] == "Matrix([[x, 1]])"  # type: ignore[index]
    assert not is_entrywise(a * x + b + 1, b * x)
    assert not is_entrywise(a * x**2, sp.Integer(0) * a + b**2)
    assert not is_entrywise(x, x)
    assert written(a * b, a, b) is None


def test_twins() -> None:
    x, y = real("x y")
    assert twins(sp.sin(x)) == [sp.cos(x)]
    assert twins(sp.Max(x, y)) == [sp.Min(x, y)]
    assert twins(x + y) == [] == twins(sp.exp(x))
