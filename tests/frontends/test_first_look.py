"""One round trip for a closed form: what it brings is what the checks would say one by one."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.claim import Claim
from symrep.judge import deciding
from symrep.judge.deciding import Limits, decide, first_look
from symrep.judge.first import first_in_worker
from symrep.verdict import Status
from symrep.verifying.items import Item, read

LIMITS = Limits()


def claim(lhs: str, rhs: str, *given: str) -> Claim:
    return read(Item("", lhs, rhs, {"x": "real", "s": "positive"}, given)).claim


@pytest.mark.parametrize(
    ("lhs", "rhs", "status"),
    [
        ("log(1 + exp(x))", "x", Status.REFUTED),
        ("sign(x)**2", "1", Status.REFUTED),
        ("log(1 + exp(x))", "x + log(1 + exp(-x))", Status.PROVED),
        ("x/x", "1", Status.PROVED),
    ],
)
def test_nothing_is_asked_again(monkeypatch: pytest.MonkeyPatch, lhs: str, rhs: str, status: Status):
    asked: list[str] = []
    call = deciding.call

    def counting(name: str, *args: Any, **more: Any) -> Any:
        asked.append(name)
        return call(name, *args, **more)

    monkeypatch.setattr(deciding, "call", counting)
    monkeypatch.setattr(deciding, "_ANSWERS", type(deciding._ANSWERS)())
    one = claim(lhs, rhs)
    assert first_look(one, LIMITS) is True
    found = decide(one, LIMITS)
    if found.status is Status.PROVED and found.almost_everywhere:
        found = deciding.compared(one, LIMITS).refutation or found
    assert found.status is status and asked == ["judge.first"]


def test_a_contradiction_is_found_and_nothing_else_is_claimed():
    out = first_in_worker({"claim": claim("x", "x", "x > 1", "x < 0").to_json(), "seconds": 5.0})
    assert out == {"consistent": False, "kernel": None, "numbers": None}


def test_the_answers_are_those_of_the_checks():
    one = claim("sqrt(x**2)", "x")
    together = first_in_worker({"claim": one.to_json(), "seconds": 20.0})
    alone = deciding._ask("kernel.prove", one, 10.0, 2000)
    assert together["kernel"] == alone and together["numbers"]["refutation"] is not None


def test_numbers_without_time_are_left_to_a_call_of_their_own():
    out = first_in_worker({"claim": claim("sqrt(x**2)", "x").to_json(), "seconds": 1e-6})
    assert out["numbers"] is None and out["kernel"]["proved"] is False
