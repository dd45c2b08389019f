"""What links one line to the next: inequalities, and what line 1 begins with."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.commands.chain import Chain, chain

A, B, C = (["sym", n] for n in "abc")
CONTEXT = {"symbols": dict.fromkeys("abc", "real")}


def part(what: str, kind: str, **data: Any) -> dict[str, Any]:
    claim = {"kind": kind, "data": data, "context": CONTEXT}
    return {"what": what, "status": "proved", "certificate": {"schema": "s", "claim": claim}}


def read(op: str, stated: str, bound: str, rule: str = "the rule: Jensen's inequality", end: Any = A) -> Chain:
    """A, then op C: the rule says A ``bound`` B, and B ``stated`` C is proved."""
    first = {"number": 1, "op": "=", "status": "proved", "parts": [part("the integrals converge", "defined", term=end)]}
    parts = [
        part(rule, "bound", before=A, after=B, op=bound, bound={}),
        part("the line as stated", "relation", lhs=B, op=stated, rhs=C),
    ]
    second = {"number": 2, "op": op, "status": "proved", "parts": parts}
    return chain({"status": "proved", "steps": [first, second]}, "s")


@pytest.mark.parametrize(
    ("op", "stated", "bound"),
    [
        ("<=", "<=", ">="),
        (">=", ">=", "<="),
        (">", ">", "<="),
        ("=", "=", ">="),
        ("!=", "!=", ">="),
        (">=", "<=", ">="),
        (">", ">=", ">="),
        (">=", ">=", "!="),
    ],
)
def test_of_another_direction(op: str, stated: str, bound: str) -> None:
    assert read(op, stated, bound).wrong


def test_an_inequality_is_not_read_backwards() -> None:
    assert read(">=", ">=", ">=", "the rule, read backwards: Jensen's inequality").wrong


def test_that_begins_elsewhere() -> None:
    """What does not link is handed out as an equation to prove."""
    found = read(">=", ">=", ">=", end=C)
    link = next(c for _, what, c in found.todo if what.startswith("the link"))
    assert link["claim"]["data"] == {"lhs": C, "rhs": A}


@pytest.mark.parametrize("summands", [True, False])
def test_a_sum_in_a_line_is_not_the_line(summands: bool) -> None:
    """That the terms of a sum have values is said of the sum, whatever the line does with it."""
    sum_of = part("every summand is defined", "defined", term=B, **({"summands": True} if summands else {}))
    first = {"number": 1, "op": "=", "status": "proved", "parts": [sum_of]}
    parts = [part("the rule: x", "rewrite", before=A, after=C), part("the line as stated", "equal", lhs=C, rhs=C)]
    second = {"number": 2, "op": "=", "status": "proved", "parts": parts}
    found = chain({"status": "proved", "steps": [first, second]}, "s")
    assert any(what.startswith("the link") for _, what, _ in found.todo) is not summands


@pytest.mark.parametrize(("op", "bound"), [(">=", ">="), ("<=", "<="), (">", ">="), ("<", "<=")])
def test_of_one_direction(op: str, bound: str) -> None:
    found = read(op, op, bound)
    assert not found.wrong
    assert [what for _, what, _ in found.todo if what.startswith("the link")] == []


def both_ends(op: str = "=", *, left: Any = B, right: Any = C, before: Any = A, kind: str = "rewrite") -> Chain:
    """A, then op D: the rule leads from A to B and from D to C, and B = C is proved."""
    first = {"number": 1, "op": "=", "status": "proved", "parts": [part("the integrals converge", "defined", term=A)]}
    data = {"op": ">=", "bound": {}} if kind == "bound" else {}
    parts = [
        part("the rule: evaluate", "rewrite", before=before, after=B),
        part("the line as stated", "equal", lhs=left, rhs=right),
        part("the rule, read backwards: evaluate", kind, before=["sym", "d"], after=C, **data),
    ]
    steps = [first, {"number": 2, "op": op, "status": "proved", "parts": parts}]
    third = [part("the line as stated", "equal", lhs=["sym", "d"], rhs=A)]
    steps.append({"number": 3, "op": "=", "status": "proved", "parts": third})
    return chain({"status": "proved", "steps": steps}, "s")


def links(found: Chain) -> list[tuple[Any, Any]]:
    return [
        (c["claim"]["data"]["lhs"], c["claim"]["data"]["rhs"])
        for _, what, c in found.todo
        if what.startswith("the link")
    ]


def test_read_from_both_ends() -> None:
    found = both_ends()
    assert not found.wrong
    assert links(found) == []  # the next line begins with D, where this one ended


def test_both_ends_have_to_meet() -> None:
    assert links(both_ends(left=A)) == [(B, A)]
    assert links(both_ends(right=A)) == [(A, C)]
    assert links(both_ends(before=C)) == [(A, C)]
    assert both_ends("<=").wrong
    assert both_ends(kind="bound").wrong


def test_two_rules_one_after_the_other() -> None:
    first = {"number": 1, "op": "=", "status": "proved", "parts": [part("the integrals converge", "defined", term=A)]}

    def second(middle: Any) -> Chain:
        parts = [
            part("the rule: algebra", "rewrite", before=A, after=B),
            part("the rule: values of limits", "rewrite", before=middle, after=C),
            part("the line as stated", "equal", lhs=C, rhs=C),
        ]
        return chain(
            {"status": "proved", "steps": [first, {"number": 2, "op": "=", "status": "proved", "parts": parts}]}, "s"
        )

    assert links(second(B)) == []
    assert links(second(A)) == [(B, A)]
