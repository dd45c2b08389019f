"""``symrep verify``: nothing false passes, nothing true is refuted, and one bad item costs nobody but itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import symrep as package
from symrep.errors import BadInput
from symrep.kernel.certificate import replay
from symrep.running import worker
from symrep.verdict import Status
from symrep.verifying import Item, load, verify_item

from .scripts import symrep

#: what a shell starts in the background ignores interrupts, and so does what that starts
LISTEN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


def item(lhs: str, rhs: str, given: list[str] | None = None, **symbols: str) -> dict[str, Any]:
    kinds = {k: v.replace("_", " ") for k, v in symbols.items()}
    return {"id": f"{lhs} = {rhs}", "symbols": kinds, "given": given or [], "lhs": lhs, "rhs": rhs, "extra": [None]}


FALSE = [
    item("sqrt(x**2)", "x", x="real"),
    item("log(x**2)", "2*log(x)", x="real"),
    item("exp(-y**2/(2*s**2))/sqrt(2*pi)", "exp(-y**2/2)/sqrt(2*pi)", y="real", s="positive"),
    item("Heaviside(x)", "Heaviside(x - 1/1000000)", x="real"),
    item("Abs(x)", "x", ["x > -1"], x="real"),
    item("log(p)", "log(1 - p)", p="unit"),
    item("exp(x)", "exp(x)*(1 + 1/10**30)", x="real"),
    item("asin(sin(x))", "x", x="real"),
    item("gamma(n)", "factorial(n)", n="positive_integer"),
    item("Integral(exp(-x**2), (x, -oo, oo))", "sqrt(pi)/2"),
    item("Integral(exp(-x**2/(2*s**2)), (x, -oo, oo))", "s*sqrt(pi)", s="positive"),
    item("Integral((x + y)**2*exp(-x**2/2)*exp(-y**2/2)/(2*pi), (x, -oo, oo), (y, -oo, oo))", "1"),
    item("Sum(k, (k, 1, n))", "n**2/2", n="positive_integer"),
    item("Sum(p*(1 - p)**k, (k, 1, oo))", "1", p="unit"),
]

#: none of these has a value, so nothing may be said of them, or one side has none
MEANINGLESS = [
    item("Integral(1/x, (x, 0, 1))", "Integral(1/x, (x, 0, 1))"),
    item("Integral(1/x, (x, -1, 1))", "0"),
    item("Integral(x, (x, -oo, oo))", "0"),
    item("Integral(1/x**2, (x, -1, 1))", "-2"),
    item("Integral(exp(x), (x, 0, oo))", "Integral(exp(x), (x, 0, oo))"),
    item("Sum(k, (k, 1, oo))", "-1/12"),
    item("Sum(1/k, (k, 1, oo))", "Sum(1/k, (k, 1, oo))"),
    item("1/(x - x)", "1/(x - x)", x="real"),
    item("1/(1 - 1)", "1/(1 - 1)"),
    item("log(x - x)", "log(x - x)", x="real"),
    item("gamma(-1)", "gamma(-1)"),
    item("Integral(x**a, (x, 0, 1))", "1/(a + 1)", a="real"),
    item("Integral(1/x, (x, a, b))", "log(b/a)", ["a < b"], a="real", b="real"),
    item("Integral(exp(-a*x), (x, 0, oo))", "1/a", a="real"),
    item("Sum(x**k, (k, 0, oo))", "1/(1 - x)", x="real"),
    item("Sum(x**k, (k, 0, oo))", "1/(1 - x)", x="positive"),
]

TRUE = [
    item("exp(2*log(s))", "s**2", s="positive"),
    item("sqrt(x**2)", "Abs(x)", x="real"),
    item("Piecewise((x, x >= 0), (-x, True))", "Abs(x)", x="real"),
    item("log(x**2)", "2*log(x)", ["x > 0"], x="real"),
    item("atanh(x)", "log((1 + x)/(1 - x))/2", ["-1 < x", "x < 1"], x="real"),
    item("beta(beta, 1)", "1/beta", beta="positive"),
    item("Integral(x*exp(-x), (x, 0, oo))", "1", x="real"),
    item("Integral(exp(-x**2/(2*s**2)), (x, -oo, oo))", "s*sqrt(2*pi)", ["s > 0"], s="real"),
    item("s", "Integral(sqrt(2)*exp(-x**2/2)*Abs(x)*s/2/sqrt(pi), (x, -oo, oo))*sqrt(pi/2)", s="positive"),
    item("Integral(x, (x, 0, s))", "Integral(s*t, (t, 0, 1))*s", s="positive"),
    item("Integral(lam*exp(-lam*x), (x, 0, oo))", "1", lam="positive"),
    item("Integral(x**2*exp(-x**2/2)*cos(t*x), (x, -oo, oo))", "sqrt(2*pi)*(1 - t**2)*exp(-t**2/2)", t="real"),
    item("Integral(k*x**k*exp(-x**k), (x, 0, oo))", "gamma(1 + 1/k)", k="positive"),
    item("Integral((x + y)**2*exp(-x**2/2 - y**2/2), (x, -oo, oo), (y, -oo, oo))", "4*pi"),
]

BAD = [
    (item("x + foo", "x", x="real"), "lhs:5"),
    (item("x", "sin()", x="real"), "rhs:1"),
    (item("x", "x.y", x="real"), "rhs:2"),
    (item("10**10**10", "1"), "lhs:3"),
    (item("__import__('os').abort()", "1"), "lhs:12"),
    (item("(" * 9_000, "1"), "lhs:"),
    (item("x" * 1_000_000, "1"), "lhs"),
    (item("x", "x", x="odd"), "symbols"),
    (item("x", "x", ["x"], x="real"), "given[0]"),
    (item("x", "x", ["x > 0", "x < y"], x="real"), "given[1]:5"),
    (item("x", "x", ["x > 1", "x < 0"], x="real"), "given"),
    (item("x", "x", ["x < 0"], x="positive"), "given"),
    ({"id": "nothing"}, "lhs"),
    ({"id": "no text", "lhs": 1, "rhs": "1"}, "lhs"),
    ({"id": "odd given", "lhs": "1", "rhs": "1", "given": "x"}, "given"),
    ({"id": "odd symbols", "lhs": "1", "rhs": "1", "symbols": ["x"]}, "symbols"),
    (17, ""),
]


def results(data: list[Any], **kw: Any) -> list[Any]:
    return [verify_item(i, **{"diagnose": False, **kw}) for i in load(json.dumps(data), "test")]


def verify(tmp_path: Path, data: Any, *options: str) -> tuple[int, Any, str]:
    (tmp_path / "identities.json").write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    done = symrep(tmp_path, "verify", "identities.json", "--json", *options)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr


# --- what must not pass -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", FALSE, ids=lambda i: i["id"][:40])
def test_what_is_false_is_refuted(one: dict[str, Any]) -> None:
    (r,) = results([one])
    assert r.verdict.status is Status.REFUTED, r.verdict.message
    assert r.verdict.witness is not None


@pytest.mark.parametrize("one", MEANINGLESS, ids=lambda i: i["id"][:40])
def test_what_has_no_value_is_not_confirmed(one: dict[str, Any]) -> None:
    (r,) = results([one], seconds=8)
    assert r.verdict.status <= Status.UNDECIDED, r.verdict.message


@pytest.mark.parametrize(("one", "where"), BAD, ids=lambda i: str(i)[:30])
def test_bad_input_is_located_and_decides_nothing(one: Any, where: str) -> None:
    (r,) = results([one])
    assert isinstance(r.error, BadInput)
    assert r.error.where.startswith(where)
    assert r.verdict.status is Status.UNDECIDED
    assert r.to_json()["error"]["type"] == "BadInput"


@pytest.mark.parametrize("text", ["airyai(x)", "hermite(x, x)", "Integral(x, x)"])
def test_what_is_not_read_is_undecided(text: str) -> None:
    (r,) = results([item(text, text, x="real")])
    assert r.verdict.status is Status.UNDECIDED
    assert r.error is None
    assert "not read" in r.verdict.message


@pytest.mark.parametrize("text", ["", "{}", "[", '"x"', "nonsense", "[" * 100_000, "\x00", "[1e999999999]x"])
def test_a_file_that_is_no_array(tmp_path: Path, text: str) -> None:
    code, said, error = verify(tmp_path, text)
    assert (code, said) == (2, None)
    assert error.count("\n") == 1
    assert "JSON array" in error


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nowhere.json",),
        (".",),
        ("a", "b", "c"),
        ("nowhere.json", "--given", "x > 0"),
        ("x", "x", "--symbol", "x"),
        ("x", "x", "--symbol", "x: odd"),
        ("x", "x", "--symbol", ": real"),
        ("x", "x", "--symbol", "x: real", "--symbol", "x: positive"),
        ("x", "x", "--given", "x"),
        ("x", "x +"),
        ("x", "__import__('os')"),
        ("x", "x", "--timeout", "0"),
        ("x", "x", "--jobs", "-1"),
        ("x", "x", "--given", "x > 1", "--given", "x < 0"),
    ],
)
def test_wrong_calls(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = symrep(tmp_path, "verify", *arguments)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout


# --- true ones ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", TRUE, ids=lambda i: i["id"][:40])
def test_what_is_true_is_proved_and_its_certificate_replays(one: dict[str, Any]) -> None:
    (r,) = results([one])
    assert r.verdict.status is Status.PROVED, r.verdict.message
    assert replay(json.loads(json.dumps(r.to_json()["certificate"]))).status is Status.PROVED


# --- the contract -------------------------------------------------------------------------------------------------

GOOD, WRONG = TRUE[0], FALSE[0]
OPEN = item("airyai(s)", "airyai(s)", s="positive")


@pytest.mark.parametrize(
    ("data", "strict", "code"),
    [
        ([GOOD, WRONG], False, 1),
        ([OPEN, WRONG], True, 1),
        ([OPEN], True, 3),
        ([OPEN], False, 0),
        ([GOOD], True, 0),
        ([], True, 0),
        ([GOOD, BAD[0][0]], False, 2),
        ([WRONG, BAD[0][0]], True, 2),
    ],
)
def test_exit_codes(tmp_path: Path, data: list[Any], strict: bool, code: int) -> None:
    got, said, _ = verify(tmp_path, data, *(["--strict"] if strict else []))
    assert got == code
    assert said["schema"] == "symrep.verify/1"
    assert said["summary"]["exit_code"] == code
    assert [r["id"] for r in said["results"]] == [i["id"] for i in data]
    for r in said["results"]:
        assert {"id", "status", "witness", "diagnosis", "evidence", "seconds"} <= r.keys()
        assert r["status"] in {"proved", "supported", "undecided", "refuted"}
        assert (r["status"] == "refuted") == (r["witness"] is not None)


def test_one_document_and_the_same_twice_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    data = [*FALSE[:4], *TRUE[:4], OPEN, BAD[0][0]]

    def run(jobs: str) -> Any:
        _, said, _ = verify(tmp_path, data, "--jobs", jobs, "--no-diagnose")
        said["summary"]["seconds"] = 0
        for r in said["results"]:
            r["seconds"] = 0
        return said

    assert run("1") == run("3")


def test_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from symrep.cli import main; main()", "verify", "-", "--json"]
    done = subprocess.run(command, input=json.dumps([GOOD]), capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["results"][0]["status"] == "proved"


def test_a_refutation_is_explained(tmp_path: Path) -> None:
    lhs, rhs = "exp(-y**2/(2*sigma**2))/sqrt(2*pi)", "exp(-y**2/2)/sqrt(2*pi)"
    done = symrep(tmp_path, "verify", rhs, lhs, "--symbol", "sigma: positive", "--symbol", "y: real")
    assert done.returncode == 1
    for word in ("REFUTED", "sigma = 2, y = 1", "0.2419", "0.3520", r"-\frac{y^2}{2}"):
        assert word in done.stdout


def test_what_nobody_declared_is_real_and_this_is_said(tmp_path: Path) -> None:
    done = symrep(tmp_path, "verify", "x + y", "y + x", "--symbol", "x: positive")
    assert done.returncode == 0
    assert "y is taken to be real" in done.stdout
    assert "x is taken" not in done.stdout


# --- one of many --------------------------------------------------------------------------------------------------


def test_an_identity_that_hangs_costs_its_budget_and_nothing_else() -> None:
    heavy = item("(x + y + z + 1)**400", "(x + y + z + 1)**399*(x + y + z + 1)", x="real", y="real", z="real")
    start = time.monotonic()
    slow, fine = results([heavy, GOOD], seconds=3)
    assert time.monotonic() - start < 12
    assert slow.verdict.status is not Status.REFUTED
    assert fine.verdict.status is Status.PROVED


def test_an_item_that_breaks_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from symrep.verifying import verifier

    def breaks(*_: Any) -> Any:
        raise KeyError("broken")

    monkeypatch.setattr(verifier, "verdict_of", breaks)
    broken = verify_item(Item("1", "x", "x", {"x": "real"}))
    assert broken.verdict.status is Status.UNDECIDED
    assert broken.error is not None
    assert "KeyError" in str(broken.error)
    monkeypatch.undo()
    assert verify_item(Item("1", "x", "x", {"x": "real"})).verdict.status is Status.PROVED


def test_workers_that_die_leave_it_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(function: str, *_: Any, **__: Any) -> Any:
        raise worker.WorkerDied(function, "a worker that lives to answer")

    for module in ("symrep.judge.deciding", "symrep.verifying.deciding"):
        monkeypatch.setattr(f"{module}.call", dies)
    r = verify_item(Item("1", "x + 17/13", "17/13 + x", {"x": "real"}), diagnose=False)
    assert r.verdict.status is Status.UNDECIDED


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_ends_it(tmp_path: Path) -> None:
    # each one different, so that nothing is answered from memory, and many, so that it is still at it
    many = [{**FALSE[-3], "id": str(k), "lhs": f"({FALSE[-3]['lhs']}) + {k}"} for k in range(4000)]
    (tmp_path / "a.json").write_text(json.dumps(many), "utf-8")
    command = [sys.executable, "-c", f"{LISTEN}; from symrep.cli import main; main()", "verify", "a.json"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    _, error = running.communicate(timeout=20)
    assert running.returncode == 130
    assert b"Traceback" not in error


# --- in Python ----------------------------------------------------------------------------------------------------


def test_from_python() -> None:
    assert package.verify("sqrt(x**2)", "Abs(x)").status is Status.PROVED
    assert package.verify("sqrt(x**2)", "x", "x >= 0").status is Status.PROVED
    assert package.verify("log(x*y)", "log(x) + log(y)", symbols={"x": "positive", "y": "positive"}).certificate
    s, x = package.positive("s"), package.real("x")
    assert package.verify(sp.sqrt(s**2 * x**2), s * sp.Abs(x)).status is Status.PROVED
    assert package.verify(sp.sqrt(x**2), x, [x > 1]).status is Status.PROVED
    wrong = package.verify(sp.sqrt(x**2), x, diagnose=True)
    assert wrong.status is Status.REFUTED
    assert wrong.diagnosis is not None


@pytest.mark.parametrize(
    ("lhs", "rhs", "given"),
    [("x", "y +", ()), ("x", sp.Symbol("x"), ()), (object(), 1, ()), ("x", "x", ("x < 0", "x > 0")), ("f(x)", "1", ())],
)
def test_bad_input_from_python(lhs: Any, rhs: Any, given: Any) -> None:
    with pytest.raises(BadInput):
        package.verify(lhs, rhs, given)
