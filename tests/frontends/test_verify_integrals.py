"""``symrep verify`` on a slice of ``benchmarks/data/integrals.json``, and on what must not be read into an integral."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from symrep.verdict import Reason, Status
from symrep.verifying import Item, verify_item

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "integrals.json"
ENTRIES = {e["id"]: e for e in json.loads(DATA.read_text(encoding="utf-8"))}
#: one or two of each kind
TRUE = """
    n_gelu_mu n_kl n_price n_logabs ln_entropy ltn_logit e_cos g_kl g_cdf w_kl_gamma par_fisher ll_mean burr_entropy
    wald_var b_loglog b_between u_logitvar tri_gen l_var gu_second la_cfmu t_lsmean
""".split()
FALSE = [f"{name}~{i}" for name in TRUE for i in (1,) if f"{name}~{i}" in ENTRIES]


def of(entry: dict[str, Any]) -> Item:
    return Item(entry["id"], entry["lhs"], entry["rhs"], entry["symbols"], tuple(entry["given"]))


def plain(lhs: str, rhs: str, *given: str, **symbols: str) -> Item:
    return Item("", lhs, rhs, symbols, given, default="real")


def test_there_is_data() -> None:
    assert sum(e["truth"] for e in ENTRIES.values()) >= 250
    assert sum(not e["truth"] for e in ENTRIES.values()) >= 750
    assert set(TRUE) <= set(ENTRIES)


@pytest.mark.parametrize("name", FALSE)
def test_false_ones_are_not_let_through(name: str) -> None:
    assert verify_item(of(ENTRIES[name]), 8.0, diagnose=False).verdict.status in (Status.REFUTED, Status.UNDECIDED)


@pytest.mark.parametrize("name", TRUE)
def test_true_ones_are_proved(name: str) -> None:
    assert verify_item(of(ENTRIES[name])).verdict.status is Status.PROVED


ITERATED = "Integral((x**2 - y**2)/(x**2 + y**2)**2, {}, {})"
FIRST, SECOND = "(x, 0, 1)", "(y, 0, 1)"


@pytest.mark.parametrize(
    ("order", "value", "status"),
    [
        ((SECOND, FIRST), "pi/4", Status.PROVED),
        ((FIRST, SECOND), "-pi/4", Status.PROVED),
        ((FIRST, SECOND), "pi/4", Status.REFUTED),
        ((SECOND, FIRST), "-pi/4", Status.REFUTED),
    ],
)
def test_a_repeated_integral_is_no_integral_over_a_box(order: tuple[str, str], value: str, status: Status) -> None:
    found = verify_item(plain(ITERATED.format(*order), value), diagnose=False).verdict.status
    assert found is status or (status is Status.REFUTED and found is Status.UNDECIDED)


STUDENT = "Integral(x**2*(1 + x**2/nu)**(-(nu + 1)/2), (x, -oo, oo))"
MOMENT = "sqrt(pi)*nu**(3/2)*gamma(nu/2 - 1)/(2*gamma(nu/2 + 1/2))"


def test_what_converges_for_some_parameters_says_for_which() -> None:
    assert verify_item(plain(STUDENT, MOMENT, "nu > 2", nu="positive")).verdict.status is Status.PROVED
    part = verify_item(plain(STUDENT, MOMENT, nu="positive")).verdict
    assert part.status is Status.REFUTED and part.reason is Reason.NOT_INTEGRABLE
    assert "diverges" in part.message and "only if nu > 2" in part.message
    assert part.diagnosis is None  # no edit of the sides is right where one diverges


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Integral(1/x, (x, -1, 1))", "0"),
        ("Integral(x/(1 + x**2), (x, -oo, oo))", "0"),
        ("Integral(sin(x)/x, (x, -oo, oo))", "2*pi"),
        ("Integral(1/x**2, (x, -1, 1))", "-2"),
        ("Integral(exp(t*x)*exp(-x), (x, 0, oo))", "1/(1 - t)"),
        ("Integral(x**(a - 1)*exp(-x), (x, 0, oo))", "gamma(a)"),
        ("Integral(exp(-Abs(x - a)), (x, a, b))", "1 - exp(a - b)"),
    ],
)
def test_what_does_not_converge_is_not_proved(lhs: str, rhs: str) -> None:
    assert verify_item(plain(lhs, rhs), diagnose=False).verdict.status in (Status.REFUTED, Status.UNDECIDED)


@pytest.mark.parametrize(
    ("lhs", "rhs", "wrong"),
    [
        ("Integral(exp(k*cos(x))/(2*pi), (x, 0, 2*pi))", "besseli(0, k)", "besseli(0, k)/2"),
        ("Integral(cos(x)*exp(k*cos(x))/pi, (x, -pi, pi))", "2*besseli(1, k)", "besseli(1, k)"),
        ("Integral(exp(-x**2 - 1/x**2), (x, 0, oo))", "sqrt(pi)*exp(-2)/2", "sqrt(pi)*exp(-1)/2"),
        ("Integral(Abs(x - y)*exp(-x - y), (x, 0, oo), (y, 0, oo))", "1", "2"),
        # the order of the kinks is not known
        ("Integral(exp(-Abs(x - a) - Abs(x - b)), (x, -oo, oo))", "(1 + Abs(a - b))*exp(-Abs(a - b))", "exp(a - b)"),
        ("Integral(Max(x, a), (x, 0, 1))", "Piecewise((a, a > 1), ((1 + a**2)/2, a > 0), (1/2, True))", "a"),
        ("Integral(Heaviside(x - a)*exp(-x), (x, 0, oo))", "exp(-Max(a, 0))", "exp(-a)"),
        ("Integral(Integral(x + y, (y, 0, 1 - x)), (x, 0, 1))", "1/3", "1/2"),
    ],
)
def test_closed_forms_and_others(lhs: str, rhs: str, wrong: str) -> None:
    assert verify_item(plain(lhs, rhs, k="real")).verdict.status is Status.PROVED
    assert verify_item(plain(lhs, wrong, k="real"), diagnose=False).verdict.status is Status.REFUTED


POSITIVE = dict.fromkeys("kst", "positive")


@pytest.mark.parametrize(
    ("lhs", "rhs", "wrong"),
    [
        (
            "Integral(k*exp(-k*x)*s*exp(-s*(t - x)), (x, 0, t))",
            "k*s*(exp(-k*t) - exp(-s*t))/(s - k)",
            "k*s*(exp(-k*t) - exp(-s*t))/(k - s)",
        ),
        ("Integral(1/((x + k)*(x + s)), (x, 0, 1))", "log((k + 1)*s/(k*(s + 1)))/(s - k)", "log(s/k)/(s - k)"),
    ],
)
def test_where_two_parameters_are_equal_one_side_has_no_value(lhs: str, rhs: str, wrong: str) -> None:
    found = verify_item(plain(lhs, rhs, **POSITIVE)).verdict
    assert found.status is Status.PROVED and found.almost_everywhere
    assert "!= 0" in found.message and "where where" not in found.message
    assert verify_item(plain(lhs, wrong, **POSITIVE), diagnose=False).verdict.status is Status.REFUTED


def test_where_two_parameters_are_equal_the_antiderivative_is_another_one() -> None:
    lhs = "Integral(1/((x**2 + k**2)*(x**2 + s**2)), (x, 0, oo))"
    found = verify_item(plain(lhs, "pi/(2*k*s*(k + s))", **POSITIVE)).verdict
    assert found.status is Status.PROVED and not found.almost_everywhere
    assert verify_item(plain(lhs, "pi/(k*s*(k + s))", **POSITIVE), diagnose=False).verdict.status is Status.REFUTED


@pytest.mark.parametrize(
    ("lhs", "rhs", "values"),
    [
        ("Integral(t**n*exp(-t), (t, 0, oo))", "n**n*Integral(s**n*exp(-n*s), (s, 0, oo))", (6, 2)),
        ("n**n*Integral(s**n*exp(-n*s), (s, 0, oo))", "Integral(t**n*exp(-t), (t, 0, oo))", (2, 6)),
        ("Integral(exp(-t) - exp(-2*t), (t, 0, oo))", "Integral(exp(-3*t), (t, 0, oo)) + 1/n", (1 / 2, 2 / 3)),
    ],
)
def test_a_witness_has_the_values_of_the_sides(lhs: str, rhs: str, values: tuple[float, float]) -> None:
    """What is compared may be their difference and 0."""
    found = verify_item(plain(lhs, rhs, n="positive integer"), 10.0, False).verdict
    assert found.witness is not None
    assert found.witness.point["n"] == "3"
    numbers = [float(re.findall(r"[\d.]+", v)[0]) for v in (found.witness.lhs, found.witness.rhs)]
    assert numbers == pytest.approx(values)
