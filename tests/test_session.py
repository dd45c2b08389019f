"""Sessions: scripts that do not import, lines that break, lemmas, admitted lines, reports that never vary."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scripting import BEFORE, chain, script, write

from symrep import BadInput, Reason, ScriptError, Status
from symrep.report import DerivationReport
from symrep.session import Session, derivations_of, load

REFUTED, UNDECIDED, ADMITTED, SUPPORTED, PROVED = Status


def reports(folder: Path, body: str) -> dict[str, DerivationReport]:
    session = Session()
    return {d.name: session.judge(d) for d in derivations_of(script(folder, body))}


# --- scripts that do not import -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line", "match"),
    [
        ("def (:\n", 1, "valid Python"),
        ("x = 1\nraise RuntimeError('no')\n", 2, "RuntimeError: no"),
        ("\n\nimport nowhere_at_all\n", 3, "ModuleNotFoundError"),
        ("Normal(0, -1)\n", 1, "sigma"),
    ],
    ids="syntax raise import own".split(),
)
def test_scripts_that_do_not_import(tmp_path: Path, body: str, line: int, match: str) -> None:
    head = "from symrep.distributions import Normal\n"
    path = write(tmp_path, "", head + body)
    with pytest.raises(ScriptError, match=match) as e:
        load(path)
    assert e.value.where == f"{path}:{line + 1}"


def test_no_script() -> None:
    with pytest.raises(BadInput, match="a script that exists"):
        load("/nowhere/at/all.py")


# --- derivations that break ---------------------------------------------------------------------------------------


def test_what_was_reached_is_judged(tmp_path: Path) -> None:
    body = (
        chain("x", "x + 1 - 1, algebra", "(x**2)/x, algebra", "x*2/2, algebra", "1/0, algebra", name="fifth")
        + chain("x", name="one")
        + chain("oo", "oo, algebra", name="infinite")
        + chain("x", "E(x), algebra", name="bad_input")
        + chain("real('q') - real('q') + x", "x, algebra", "positive('x'), algebra", name="two_meanings")
        + chain("log(real('q')**2+1)", "log(1+real('q')**2) + 0*w, algebra", name="fine")
        + chain("nan", "nan, algebra", name="nothing")
    )
    r = reports(tmp_path, body)
    fifth = r["fifth"]
    assert [s.status for s in fifth.steps][:2] == [PROVED, PROVED]
    assert len(fifth.steps) == 4
    assert f":{BEFORE + 7}: " in fifth.error and "ZeroDivisionError" in fifth.error
    assert fifth.status <= UNDECIDED
    assert "at least two lines" in r["one"].error and r["one"].status is UNDECIDED
    assert r["infinite"].status <= UNDECIDED
    assert r["bad_input"].error and r["bad_input"].status is UNDECIDED
    assert r["two_meanings"].status <= UNDECIDED
    assert r["fine"].status is PROVED
    assert r["nothing"].status <= UNDECIDED


def test_a_rule_that_breaks_decides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from symrep.rules import algebra

    def broken(*_: Any) -> Any:
        raise RecursionError("too deep")

    monkeypatch.setattr(algebra, "apply", broken)
    r = reports(tmp_path, chain("x", "x, algebra"))["it"]
    assert r.steps[1].status is UNDECIDED
    assert r.steps[1].code == Reason.ERROR.value
    assert "RecursionError" in r.steps[1].message


# --- lemmas and admitted lines ------------------------------------------------------------------------------------

LEMMAS = (
    chain("(x + 1)**2", "x**2 + 2*x + 1, algebra", name="good")
    + chain("f(x)", "f(x) + 1 - 1, admit('as is well known')", name="admitted")
    + chain("f(x)", "f(x) + 1, admit('wrongly')", name="false")
    + chain("f(x)**2", "2*f(x), algebra", name="refuted")
    + chain("x", "le(x + 1), algebra", name="bound")
    + chain("sqrt(w**2)*f(w)", "w*f(w), algebra", name="for_positive")
    + chain("f(x)", "f(x) + x - x, admit('a word')", "exp(log(f(x)**2 + 1)) - f(x)**2 - 1 + f(x), algebra", name="late")
    + chain("y*(a + 1)**2", "y*(a**2 + 2*a + 1), lemma(good, {x: a})", name="uses_good")
    + chain("y*(x + 1)**2", "y*(x**2 + 2*x + 1), good", name="uses_good_plainly")
    + chain("y*(x**2 + 2*x + 1)", "y*(x + 1)**2, good", name="backwards")
    + chain("2*f(y)**2", "4*f(y), lemma(refuted, {x: y})", name="uses_refuted")
    + chain("x", "x + 1, lemma(bound)", name="uses_bound")
    + chain("x*(y + 1)**2", "x*(y**2 + 2*y + 1), good", name="no_match")
    + chain("x", "x, lemma(me)", name="me")
    + "@derivation\ndef ping():\n    yield (x + 1)**2\n    yield x**2 + 2*x + 1, pong\n"
    + "@derivation\ndef pong():\n    yield (x + 1)**2\n    yield x**2 + 2*x + 1, ping\n"
)


def test_lemmas(tmp_path: Path) -> None:
    r = reports(tmp_path, LEMMAS)
    assert r["good"].status is PROVED
    assert r["admitted"].status <= ADMITTED
    assert any("as is well known" in h for h in r["admitted"].hypotheses)
    assert r["false"].status is REFUTED
    assert r["late"].status <= ADMITTED
    for name in ("uses_good", "uses_good_plainly", "backwards"):
        assert r[name].status is PROVED, r[name].first_broken
    assert r["uses_refuted"].status is REFUTED
    for name in ("uses_bound", "no_match", "me", "ping", "pong"):
        assert r[name].status <= UNDECIDED, name
    assert "does not rest on itself" in r["me"].steps[1].message
    assert r["refuted"].status is REFUTED


def test_what_a_lemma_assumes_travels(tmp_path: Path) -> None:
    body = (
        chain("f(x)*2", "f(x) + f(x)*1, admit('because')", name="base")
        + "g = function('g')\n"
        + chain("g(x)", "g(-x), admit('g is even')", name="even")
        + chain("y*g(a)", "y*g(-a), lemma(even, {x: a})", name="uses")
        + chain("Abs(a - b)", "b - a, algebra", decorator="@derivation(given=[a < b])", name="ordered")
        + chain("Abs(a - b)", "b - a, ordered", name="unordered")
        + chain("sqrt(w**2) + x", "w + x, algebra", name="pos")
    )
    r = reports(tmp_path, body)
    assert r["even"].status in (ADMITTED, REFUTED)
    assert r["uses"].status <= ADMITTED
    assert any("g is even" in h for h in r["uses"].hypotheses)
    assert r["ordered"].status is PROVED
    assert "a<b" in r["ordered"].hypotheses[-1].replace(" ", "")
    assert r["unordered"].status in (REFUTED, UNDECIDED)
    assert any("w > 0" in h for h in r["pos"].hypotheses)


def test_values_outside_a_lemma_s_domain(tmp_path: Path) -> None:
    body = chain("sqrt(w**2)", "w, admit('positive')", name="root")
    body += chain("Abs(x)", "x, lemma(root, {w: x})", name="everywhere")
    body += (
        "@derivation\ndef plain():\n    m = Symbol('m', positive=True)\n    yield sqrt(m**2)\n    yield m, algebra\n"
    )
    r = reports(tmp_path, body)
    assert r["everywhere"].status in (REFUTED, UNDECIDED)
    assert r["plain"].status is PROVED
    assert "m > 0" in r["plain"].hypotheses


def test_no_lemma_puts_a_value_under_a_derivative(tmp_path: Path) -> None:
    body = chain("D(f(a), mu)", "Integer(0), chain_rule", name="constant")
    body += chain("D(f(mu), mu)", "Integer(0), lemma(constant, {a: mu})", name="captured")
    r = reports(tmp_path, body)
    assert r["constant"].status is PROVED
    assert r["captured"].status in (REFUTED, UNDECIDED)
    assert r["captured"].steps[1].code != Reason.CONTRADICTION.value


# --- reports ------------------------------------------------------------------------------------------------------

PROGRAM = """
import json, sys
from symrep.session import Session, derivations_of, load
session = Session()
def plain(v):
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items() if k != "seconds"}
    return [plain(x) for x in v] if isinstance(v, list) else v
print(json.dumps([plain(session.judge(d).to_json()) for d in derivations_of(load(sys.argv[1]))]))
"""


def test_reports_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    body = chain("(x + a)**2*b", "(x**2 + 2*a*x + a**2)*b, algebra") + chain(
        "(x + y)*(a + b)", "x*a + y*b + x*b, algebra", name="wrong"
    )
    path = write(tmp_path, body)
    outs = set()
    for seed in ("1", "4242"):
        out = tmp_path / f"{seed}.json"
        with out.open("w", encoding="utf-8") as stdout:  # a file: workers that linger keep a pipe open
            env = {**os.environ, "PYTHONHASHSEED": seed}
            subprocess.run([sys.executable, "-c", PROGRAM, str(path)], env=env, stdout=stdout, check=True)
        outs.add(out.read_text(encoding="utf-8"))
    assert len(outs) == 1
    statuses = [r["status"] for r in json.loads(outs.pop())]
    assert statuses == ["proved", "refuted"]


def test_reports_travel_as_json(tmp_path: Path) -> None:
    for r in reports(tmp_path, chain("x + y", "x - y, algebra") + chain("x", "x, algebra", name="right")).values():
        again = DerivationReport.from_json(json.loads(json.dumps(r.to_json())))
        assert json.dumps(again.to_json()) == json.dumps(r.to_json())
        assert again.status is r.status
