"""The judge: the weakest part decides, numbers are heard, nothing that breaks becomes ok."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from itertools import product
from typing import Any

import pytest
import sympy as sp
from sympy import Abs, exp, log, sqrt

from symrep import (
    BadInput,
    D,
    E,
    Reason,
    Status,
    admit,
    algebra,
    approx,
    density,
    evaluate,
    function,
    ge,
    gt,
    indexed,
    le,
    lt,
    positive,
    positive_integer,
    real,
)
from symrep.claim import Claim, Context
from symrep.derivation import Line
from symrep.distributions import Cauchy, Normal, Uniform
from symrep.judge import Limits, PartVerdict, StepVerdict, decide, deciding, judge_first, judge_line
from symrep.judge.parts import sum_up
from symrep.judge.wording import plain
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.running.worker import RemoteError, TimedOut, WorkerDied
from symrep.translate import context_of, to_term
from symrep.verdict import Evidence, Verdict, Witness, weakest

REFUTED, UNDECIDED, ADMITTED, SUPPORTED, PROVED = Status
x, y, z, mu = real("x y z mu")
s = positive("s")
ONE = Claim("equal", {"lhs": ("num", 1, 1), "rhs": ("num", 1, 1)}, Context())
BROKEN = [TimedOut("a check", "less time"), WorkerDied("a check", "to live"), RemoteError("a check", "no fault")]


def verdict(status: Status) -> Verdict:
    if status is PROVED:
        return prove(ONE)
    return Verdict(
        status, Reason.UNEQUAL if status is REFUTED else Reason.HOLDS, status.name, (Evidence("test", "so"),)
    )


def judged(
    before: Any, line: Any, reason: Any = algebra, given: tuple[Any, ...] = (), limits: Any = None
) -> StepVerdict:
    op, tolerance = ("=", None) if not hasattr(line, "op") else (line.op, line.tolerance)
    expr = getattr(line, "expr", line)
    rule = reason() if isinstance(reason, type) else reason
    first = Line(sp.sympify(before), "=", None, 1)
    return judge_line(first, Line(sp.sympify(expr), op, rule, 2, tolerance), given, limits or Limits())


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_ANSWERS", OrderedDict())


# --- the lattice --------------------------------------------------------------------------------------------------


def test_the_lattice() -> None:
    assert list(Status) == sorted(Status) == [REFUTED, UNDECIDED, ADMITTED, SUPPORTED, PROVED]
    assert weakest([]) is UNDECIDED
    for a, b in product(Status, repeat=2):
        assert weakest([a, b]) is min(a, b)
        parts = tuple(PartVerdict(f"part {i}", verdict(v)) for i, v in enumerate((a, b)))
        assert sum_up(parts, 0.0, None).status is min(a, b)
    with pytest.raises(TypeError):
        Verdict(PROVED, Reason.HOLDS)


@pytest.mark.parametrize("status", list(Status))
def test_numbers_that_refute_win(status: Status) -> None:
    no = Verdict(REFUTED, Reason.UNEQUAL, "unequal", witness=Witness({"x": "1"}, "0", "1"))
    out = sum_up((PartVerdict("rule", verdict(status)), PartVerdict("numbers", no)), 0.0, None)
    if status is PROVED:
        assert (out.status, out.reason) == (UNDECIDED, Reason.CONTRADICTION)
        assert out.witness is no.witness
    else:
        assert out.status is REFUTED


def test_numbers_that_agree_lift_nothing() -> None:
    for status in Status:
        parts = (PartVerdict("rule", verdict(status)), PartVerdict("numbers", verdict(SUPPORTED)))
        assert sum_up(parts, 0.0, None).status is status


# --- checks that break or disagree --------------------------------------------------------------------------------


def test_a_proof_that_numbers_contradict(monkeypatch: pytest.MonkeyPatch) -> None:
    from symrep.judge import steps

    no = Verdict(REFUTED, Reason.UNEQUAL, "unequal", (Evidence("balls", "so"),), Witness({"x": "1"}, "0", "1"))
    monkeypatch.setattr(steps, "compared", lambda claim, limits, *, guard=False: deciding.Numbers(no, None))
    v = judged((x + y) ** 2, x**2 + 2 * x * y + y**2)
    assert (v.status, v.reason) == (UNDECIDED, Reason.CONTRADICTION)
    assert "disagree" in v.message


@pytest.mark.parametrize("error", BROKEN, ids=lambda e: type(e).__name__)
def test_checks_that_break_are_no_yes(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(deciding, "call", broken)
    v = judged((x + y) ** 2, x**2 + 2 * x * y + y**2)
    assert v.status is UNDECIDED
    assert judged((x + y) ** 2, x**2 + 2 * x * y + y**2, admit("seen")).status is ADMITTED
    assert judge_first(Line(x, "=", None, 1), (), Limits()).status is UNDECIDED
    claim = Claim("equal", {"lhs": ("sym", "x"), "rhs": ("sym", "x")}, Context({"x": "real"}))
    assert decide(claim).status is UNDECIDED


def test_a_kernel_that_answers_nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in ({}, None, {"status": "proved"}, []):
        monkeypatch.setattr(deciding, "_ask", lambda *_, answer=answer: answer)
        status = None
        with contextlib.suppress(KeyError, TypeError, AttributeError, ValueError):  # the session catches these
            status = decide(ONE).status
        assert status in (None, UNDECIDED)


def test_no_time() -> None:
    hard = E(exp(sp.sin(z) ** 2), (z, Normal(mu, s)))
    none = 1e-4  # less than any answer takes
    limits = Limits(kernel=none, first=none, refute=none, agree=none, sample=none, guard=none)
    v = judged(hard, 1 + E(exp(sp.sin(z) ** 2) - 1, (z, Normal(mu, s))), algebra, limits=limits)
    assert v.status is UNDECIDED


def test_not_proved_is_not_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "ask_kernel", lambda claim, limits: NotProved("cannot", Reason.NOTHING_APPLIED))
    claim = Claim("defined", {"term": ("sym", "x")}, Context({"x": "real"}))
    assert decide(claim).status is UNDECIDED
    same = Claim("equal", {"lhs": ("sym", "x"), "rhs": ("sym", "x")}, Context({"x": "real"}))
    assert decide(same).status in (SUPPORTED, UNDECIDED)


# --- lines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line", "status"),
    [
        (x**2 + 1, ge(2 * x), PROVED),
        (x**2 + 1, gt(2 * x), REFUTED),
        (2 * x / (1 + x**2), le(1), PROVED),
        (2 * x / (1 + x**2), lt(1), REFUTED),
        (exp(x), ge(1 + x), None),
        (exp(x), le(1 + x), REFUTED),
        (sp.pi, approx(sp.Rational(314, 100)), SUPPORTED),
        (exp(s), approx(exp(s) * sp.Rational(1001, 1000)), None),
        (exp(s), approx(exp(s) * sp.Rational(102, 100)), REFUTED),
    ],
    ids=str,
)
def test_relations(before: Any, line: Any, status: Status | None) -> None:
    got = judged(before, line).status
    assert got is not REFUTED if status is None else got is status
    if line.op == "~":
        assert got is not PROVED


def test_an_admitted_line() -> None:
    f = function("f", smooth=1, growth=2)
    v = judged(f(x), f(x) + sp.Integer(0) * y, admit("seen"))
    assert v.status is ADMITTED
    assert "seen" in v.message
    assert judged(E(f(z), (z, Normal(0, 1))), f(0), admit("no")).status is REFUTED
    assert judged(sqrt(x**2), x, admit("no")).status is REFUTED
    assert judged(x, le(x - 1), admit("no")).status is REFUTED


@pytest.mark.parametrize(
    "line",
    [
        E(z, (z, Cauchy(0, 1))),
        E(exp(z**2), (z, Normal(0, 1))),
        E(z, (z, Normal(0, mu))),
        density(Normal(0, s - 1))(log(x)),
        sp.Integral(1 / x, (x, -1, 1)),
        E(x, (x, Uniform(mu, y))),
    ],
    ids=lambda v: str(v)[:30],
)
def test_first_lines_that_mean_nothing(line: Any) -> None:
    v = judge_first(Line(line, "=", None, 1), (), Limits())
    assert v.status in (REFUTED, UNDECIDED), v.message


def test_first_lines_that_mean_something() -> None:
    for line in (x**2, log(s), E(z**2, (z, Normal(mu, s))), D(x**2, x), Abs(x)):
        assert judge_first(Line(line, "=", None, 1), (), Limits()).status is PROVED, line
    ordered = judge_first(Line(E(x, (x, Uniform(mu, y))), "=", None, 1), (mu < y,), Limits())
    assert ordered.status is PROVED


def test_bad_input_is_an_error_not_an_answer() -> None:
    with pytest.raises(BadInput):
        judged(x, positive("x"))
    with pytest.raises(BadInput):
        judge_first(Line(sp.nan, "=", None, 1), (), Limits())


def test_closed_forms_that_only_numbers_know() -> None:
    line = E(log(1 + exp(z)), (z, Normal(0, 1)))
    assert judged(line, 0, evaluate).status is REFUTED


def test_a_message_of_the_kernel_shows_no_keys_of_its_generators() -> None:
    """The base is a sum, which the kernel knows by a nested tuple."""
    d, j = positive_integer("d j")
    z = indexed("z")
    total = sp.Sum(z[j] ** 2, (j, 1, d))
    sides = {side: to_term(1 / total) for side in ("lhs", "rhs")}
    answer = deciding.ask_kernel(Claim("equal", sides, context_of([total])), Limits())
    assert isinstance(answer, NotProved)
    assert "the base of a power" in answer.message
    assert "('" not in answer.message
    assert "[1*" not in answer.message


def test_what_the_kernel_says_in_words_stays_as_it_is() -> None:
    no = NotProved("the base of a power may vanish: x + 1", Reason.DOMAIN, definite=True)
    assert plain(no) is no
    keys = NotProved("the base of a power may vanish: [1*('sum', ('sym', '#0'))]", Reason.DOMAIN, definite=True)
    assert plain(keys) == NotProved("the base of a power may vanish", Reason.DOMAIN, definite=True)
    bare = NotProved("[1*('sum', ('sym', '#0'))]")
    assert "('" not in plain(bare).message
