"""Identities and signs: the auditor refuses every false one of the kernel's tables, and finds the true ones."""

from __future__ import annotations

import json

import pytest
from identity_tables import FALSE, TRUE
from identity_terms import context, read
from test_signs import FALSE as FALSE_SIGNS
from test_signs import TRUE as TRUE_SIGNS

from symrep.audit.check import Answer, check
from symrep.audit.context import Ctx
from symrep.audit.data import Bad
from symrep.audit.decoding import read as term
from symrep.audit.normal import same
from symrep.audit.signs import holds
from symrep.claim import Claim, Context, FunctionSpec
from symrep.kernel.certificate import SCHEMA
from symrep.term import Term


def audited(kind: str, ctx: Context, **data: object) -> Answer:
    """The answer to a claim that went through JSON."""
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": Claim(kind, data, ctx).to_json()})))


def accepted(row: tuple[str, str, str, str]) -> bool:
    lhs, rhs, symbols, given = row
    return equal(read(lhs), read(rhs), context(symbols, given))


def equal(lhs: Term, rhs: Term, ctx: Context) -> bool:
    """Inside theorems, where roots and logarithms of negative numbers are refused."""
    left, right, data = json.loads(json.dumps([lhs, rhs, ctx.to_json()]))
    try:
        return same(term(left), term(right), Ctx.read(data))
    except Bad:
        return False


def shown(row: tuple[str, ...]) -> str:
    return " ".join(row)[:60]


@pytest.mark.parametrize("row", FALSE, ids=shown)
def test_false_identities_are_refused(row: tuple[str, str, str, str]) -> None:
    assert not accepted(row)


@pytest.mark.parametrize("row", TRUE, ids=shown)
def test_true_identities_are_found(row: tuple[str, str, str, str]) -> None:
    assert accepted(row)


def test_none_of_them_survives_a_small_change() -> None:
    for lhs, rhs, symbols, given in TRUE:
        if rhs != "0":
            assert not accepted((lhs, f"({rhs})*(10001/10000)", symbols, given)), (lhs, rhs)


def sign_holds(row: tuple[str, str, str, str]) -> bool:
    text, op, symbols, given = row
    return holds(term(read(text)), op, Ctx.read(json.loads(json.dumps(context(symbols, given).to_json()))))


@pytest.mark.parametrize("row", FALSE_SIGNS, ids=shown)
def test_false_signs_are_not_believed(row: tuple[str, str, str, str]) -> None:
    assert not sign_holds(row)


@pytest.mark.parametrize("row", TRUE_SIGNS, ids=shown)
def test_true_signs_are_found(row: tuple[str, str, str, str]) -> None:
    assert sign_holds(row)


# --- what holds off a null set ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lhs", "rhs", "given", "off"),
    [
        ("x/x", "1", "", True),
        ("Abs(x)**2", "x**2", "", False),
        ("sign(x)**2", "1", "", True),
        ("Heaviside(x) + Heaviside(-x)", "1", "", False),
        ("Piecewise((x, x > 0), (-x, True))", "Abs(x)", "", False),
        ("Piecewise((x, x > 0), (2, x == 0), (-x, True))", "Abs(x)", "", True),
        ("x/x", "1", "x > 1", False),
    ],
)
def test_null_sets_are_said(lhs: str, rhs: str, given: str, off: bool) -> None:
    got = audited("equal", context("x:real", given), lhs=read(lhs), rhs=read(rhs))
    assert (got.status, got.almost_everywhere) == ("ok", off)


@pytest.mark.parametrize("given", ["x == 0", "x <= 0, x >= 0", "x**2 <= 0", "(-x**2)**(1/2) < 1"])
def test_nothing_is_a_null_set_where_the_hypotheses_may_be_thin(given: str) -> None:
    assert audited("equal", context("x:real", given), lhs=read("sign(x)**2"), rhs=read("1")).status == "fails"


# --- claims of other kinds --------------------------------------------------------------------------------------------

LINE = (("inf", -1), ("inf", 1))
X = ("sym", "x")


def test_a_hypothesis_may_not_speak_of_a_bound_variable() -> None:
    t = ("integral", read("exp(-x**2)"), ("x", *LINE))
    assert audited("equal", context("x:real"), lhs=t, rhs=t).status == "ok"
    assert audited("equal", context("x:real", "x > 0"), lhs=t, rhs=t).status == "fails"
    assert audited("equal", context("x:positive"), lhs=t, rhs=t).status == "fails"
    assert audited("equal", context("x:unit"), lhs=t, rhs=t).status == "fails"


def test_capture() -> None:
    """∫ x·y dx over (0, 1) is not ∫ x·x dx, whatever the names are."""
    one = ("integral", read("x*y"), ("x", *map(read, ("0", "1"))))
    other = ("integral", read("x*x"), ("x", *map(read, ("0", "1"))))
    renamed = ("integral", read("t*y"), ("t", *map(read, ("0", "1"))))
    assert audited("equal", context("x:real y:real t:real"), lhs=one, rhs=renamed).status == "ok"
    assert audited("equal", context("x:real y:real t:real"), lhs=one, rhs=other).status == "fails"
    assert (
        audited("equal", context("x:real y:real t:real"), lhs=("integral", X, *renamed[2:]), rhs=other).status
        == "fails"
    )


def test_an_undeclared_name_proves_nothing() -> None:
    assert audited("equal", Context(), lhs=X, rhs=X).status == "fails"
    f = ("app", "f", (0,), (X,))
    assert audited("equal", context("x:real"), lhs=f, rhs=f).status == "fails"
    known = context("x:real", functions={"f": FunctionSpec()})
    assert audited("equal", known, lhs=f, rhs=f).status == "ok"


@pytest.mark.parametrize(
    "certificate",
    [
        None,
        [],
        {},
        {"schema": "symrep.certificate/0", "claim": {}},
        {"schema": SCHEMA},
        {"schema": SCHEMA, "claim": {"kind": "equal", "data": {}, "context": {}}},
        {"schema": SCHEMA, "claim": {"kind": "equal", "data": {"lhs": ["num", 1, 0], "rhs": X}, "context": {}}},
        {"schema": SCHEMA, "claim": {"kind": "equal", "data": {"lhs": ["num", True, 1], "rhs": X}, "context": {}}},
        {
            "schema": SCHEMA,
            "claim": {"kind": "rewrite", "data": {"before": X, "after": X, "rewrites": 3}, "context": {}},
        },
        {
            "schema": SCHEMA,
            "claim": {"kind": "equal", "data": {"lhs": X, "rhs": X}, "context": {"symbols": {"x": "odd"}}},
        },
    ],
)
def test_what_is_no_certificate_is_called_so(certificate: object) -> None:
    with pytest.raises(Bad):
        check(certificate)


def test_no_bomb_goes_off() -> None:
    deep: list[object] = ["sym", "x"]
    for _ in range(5000):
        deep = ["fn", "exp", deep]
    certificate = {"schema": SCHEMA, "claim": {"kind": "equal", "data": {"lhs": deep, "rhs": deep}, "context": {}}}
    assert check(certificate).status == "not covered"
    for text in ("10**10**10", "(1+x)**(10**9)", "2**(10**10)*x", "gamma(10**9)", "cos(10**9*x)"):
        assert audited("equal", context("x:real"), lhs=read(text), rhs=read("0")).status != "ok"


@pytest.mark.parametrize(
    "dropped", ["1/(k-k)", "loggamma(1-k)", "log(-k)", "asin(k+2)", "gamma(-k)", "erfinv(k+2)", "k**(1/2)"]
)
def test_what_drops_out_of_a_derivative_has_a_value(dropped: str) -> None:
    ctx = context("l:real k:positive_integer")
    d = ("diff", read(f"l + {dropped}"), "l")
    assert equal(d, read("1"), ctx) is (dropped == "k**(1/2)")


def _with_i(t: Term) -> Term:
    return ("const", "i") if t == ("sym", "I") else tuple(_with_i(s) if isinstance(s, tuple) else s for s in t)


@pytest.mark.parametrize(("lhs", "rhs"), [("log(-2)", "log(2) + I*pi"), ("(-8)**(1/3)", "1 + I*3**(1/2)")])
def test_principal_values_are_for_claims_about_numbers(lhs: str, rhs: str) -> None:
    right = _with_i(read(rhs))
    assert audited("equal", Context(), lhs=read(lhs), rhs=right).status == "ok"
    assert not equal(read(lhs), right, Context())
