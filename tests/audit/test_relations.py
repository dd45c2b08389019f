"""Relations between inverse functions, signs of waves off (0, π), and what follows from what is given; and the false
claims beside them, which kernel and auditor refuse."""

from __future__ import annotations

import json

import pytest

from symrep.audit.check import check
from symrep.claim import Claim, Context
from symrep.kernel.certificate import SCHEMA
from symrep.reading import Reader


def status(lhs: str, op: str, rhs: str, symbols: str, given: str) -> str:
    kinds = dict(s.rsplit(" ", 1) for s in symbols.split(", "))
    reader = Reader(kinds)
    ctx = Context(kinds, {}, tuple(r for g in given.split(";") if g for r in reader.given(g, "given")))
    sides = {"lhs": reader.expression(lhs, "lhs"), "rhs": reader.expression(rhs, "rhs")}
    claim = Claim("equal", sides, ctx) if op == "==" else Claim("relation", {**sides, "op": op}, ctx)
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status


FALSE = [
    # another constant, another sign, a pole or an end of the domain in between
    ("2*atan(exp(x))", "==", "atan(sinh(x))", "x real", ""),
    ("2*atan(exp(x)) - pi/2", "==", "-atan(sinh(x))", "x real", ""),
    ("2*atan(tanh(x/2))", "==", "asin(tanh(x)) + pi", "x real", ""),
    ("atan(x) + atan(1/x)", "==", "pi/2", "x real", ""),
    ("atan(x) + atan(1/x)", "==", "pi/2", "x nonzero", ""),
    ("atan(x) + atan(1/x)", "==", "pi/2", "x negative", ""),
    ("atan(a) - atan(b)", "==", "atan((a - b)/(1 + a*b))", "a real, b real", ""),
    ("atan(a) - atan(b)", "==", "atan((a - b)/(1 + a*b))", "a real, b positive", ""),
    ("atan(a) + atan(b)", "==", "atan((a + b)/(1 - a*b))", "a positive, b positive", "a*b > 1"),
    ("2*asin(x)", "==", "asin(2*x*sqrt(1 - x**2))", "x real", "x > -1; x < 1"),
    ("2*asin(sqrt(p))", "==", "acos(2*p - 1)", "p unit", ""),
    ("atan(x/sqrt(1 - x**2))", "==", "acos(x)", "x real", "x > -1; x < 1"),
    ("asin(x)", "==", "atan(x/sqrt(1 - x**2))", "x real", ""),
    # cases that cannot be prove nothing of those that can, nor does a context in which nothing can
    ("Abs(r - 1)*sqrt(1 - r**2)", "==", "(r - 1)*sqrt(1 - r**2)", "r real", "r**2 < 1"),
    ("Abs(r - 1)*sqrt(1 - r**2)", "==", "(1 - r)*sqrt(1 - r**2)", "r real", "r**2 < 4"),
    ("Abs(r)", "==", "r", "r real", "r**2 > 1"),
    ("Abs(r)", "==", "5", "r real", "r > 1; r < 0"),
    ("Abs(r - 2)", "==", "5", "r real", "r**2 < -1"),
    # a relation between integrals says nothing of others
    (
        "Abs(Integral(exp(-x**2)*b, (x, 0, 1)))",
        "==",
        "Integral(exp(-x**2)*b, (x, 0, 1))",
        "b real",
        "Integral(exp(-x**2)*b, (x, 0, 2)) > 0",
    ),
    (
        "Abs(Integral(sin(x*b), (x, 0, b)))",
        "==",
        "Integral(sin(x*b), (x, 0, b))",
        "b positive",
        "Integral(sin(x*b), (x, 0, b)) > -1",
    ),
    # waves
    ("sqrt(1 - cos(th)**2)", "==", "-sin(th)", "th real", "th > pi; th < 3*pi"),
    ("sqrt(1 - cos(th)**2)", "==", "sin(th)", "th real", "th > pi; th < 2*pi"),
    ("Abs(sin(th))", "==", "-sin(th)", "th real", "th > 3; th < 6"),
    ("Abs(sin(th))", "==", "-sin(th)", "th real", "th > 4; th < 7"),
    ("sqrt(1 - sin(th)**2)", "==", "-cos(th)", "th real", "th > pi/2; th < 2*pi"),
    ("sqrt(1 - sin(th)**2)", "==", "cos(th)", "th real", "th > -3*pi/2; th < -pi/2"),
    ("Abs(cos(2*th))", "==", "cos(2*th)", "th real", "th > 0; th < pi/2"),
    ("Abs(cos(2*th))", "==", "-cos(2*th)", "th real", "th > 0; th < pi/4"),
    ("Abs(cos(2*th))", "==", "cos(2*th)", "th real", "th > pi/4; th < 3*pi/4"),
    ("Abs(cos(4*th))", "==", "cos(4*th)", "th real", "th > 0; th < pi/4"),
    ("Abs(cos(3*th))", "==", "cos(3*th)", "th real", "th > 0; th < 3/5"),
    ("Abs(cos(3*th))", "==", "cos(3*th)", "th real", "th > 1/2; th < 1"),
    ("cos(th)", ">", "9/10", "th real", "th > 0; th < 1/2"),
    ("cos(th)", "<", "9/10", "th real", "th > 0; th < 1"),
    ("cos(th)", "<", "1", "th real", "th >= 0; th < 1"),
    ("cos(th)", ">", "-9/10", "th real", "th > 0; th < 4"),
    # whole parts
    ("floor(2*u)*(floor(2*u) - 1)", "==", "0", "u real", "u > 0; u < 3/2"),
    ("floor(2*u)", "==", "1", "u unit", ""),
    ("floor(2*u)*(floor(2*u) - 1)", "==", "0", "u real", "u >= 0; u <= 1"),
    ("floor(u)", "==", "-1", "u real", "u >= -1; u < 1"),
    # what is given
    ("Abs(1 - x)", "==", "1 - x", "x real", "Abs(x) > 1"),
    ("Abs(1 - x**2)", "==", "1 - x**2", "x real", "Abs(x) < 2"),
    ("Abs(1 - x)", "==", "x - 1", "x real", "Abs(x) < 1"),
    ("a", ">", "b", "a positive, b positive", "sqrt(a) < sqrt(b)"),
    ("a", ">", "b", "a positive, b positive", "sqrt(a) > sqrt(b)/2"),
    ("a", ">", "b", "a positive, b positive", "sqrt(a) > -sqrt(b)"),
    ("a", ">", "b", "a real, b real", "a**2 > b**2"),
    ("erf(b)", ">", "erf(a)", "a real, b real", "a > b"),
    ("erf(b)", ">", "erf(a)", "a real, b real", "a <= b"),
    ("erf(b) + erf(a)", ">", "0", "a real, b real", "a < b"),
    ("atan(b)", ">", "2*atan(a)", "a real, b real", "a < b"),
    ("erf(b)", ">", "atan(a)", "a real, b real", "a < b"),
]

TRUE = [
    ("2*atan(exp(x)) - pi/2", "==", "atan(sinh(x))", "x real", ""),
    ("2*atan(exp(x)) - pi/2", "==", "asin(tanh(x))", "x real", ""),
    ("2*atan(tanh(x/2))", "==", "atan(sinh(x))", "x real", ""),
    ("atan(x) + atan(1/x)", "==", "-pi/2", "x negative", ""),
    ("atan(a) - atan(b)", "==", "atan((a - b)/(1 + a*b))", "a positive, b positive", ""),
    ("2*asin(sqrt(p))", "==", "acos(1 - 2*p)", "p unit", ""),
    ("atan(x/sqrt(1 - x**2))", "==", "asin(x)", "x real", "x > -1; x < 1"),
    ("sqrt(1 - cos(th)**2)", "==", "-sin(th)", "th real", "th > pi; th < 2*pi"),
    ("Abs(sin(th))", "==", "-sin(th)", "th real", "th > 4; th < 6"),
    ("sqrt(1 - sin(th)**2)", "==", "-cos(th)", "th real", "th > pi/2; th < 3*pi/2"),
    ("Abs(cos(2*th))", "==", "cos(2*th)", "th real", "th > 0; th < pi/4"),
    ("Abs(cos(2*th))", "==", "-cos(2*th)", "th real", "th > pi/4; th < 3*pi/4"),
    ("Abs(cos(3*th))", "==", "cos(3*th)", "th real", "th > 0; th < 1/2"),
    ("cos(th)", ">", "7/8", "th real", "th > 0; th < 1/2"),
    ("floor(2*u)*(floor(2*u) - 1)", "==", "0", "u unit", ""),
    ("floor(u)", "==", "-1", "u real", "u >= -1; u < 0"),
    ("sqrt((1 - x**2)**2)", "==", "1 - x**2", "x real", "Abs(x) < 1"),
    ("a", ">", "b", "a positive, b positive", "sqrt(a) > sqrt(b)"),
    ("erf(b)", ">", "erf(a)", "a real, b real", "a < b"),
    ("erf(b) + erf(a)", ">", "0", "a real, b real", "a > -b"),
    ("Abs(r - 1)*sqrt(1 - r**2)", "==", "(1 - r)*sqrt(1 - r**2)", "r real", "r**2 < 1"),
    (
        "Abs(Integral(exp(-x**2)*b, (x, 0, 1)))",
        "==",
        "Integral(exp(-x**2)*b, (x, 0, 1))",
        "b real",
        "Integral(exp(-x**2)*b, (x, 0, 1)) > 0",
    ),
]


@pytest.mark.parametrize(("lhs", "op", "rhs", "symbols", "given"), FALSE)
def test_false(lhs: str, op: str, rhs: str, symbols: str, given: str) -> None:
    assert status(lhs, op, rhs, symbols, given) != "ok"


@pytest.mark.parametrize(("lhs", "op", "rhs", "symbols", "given"), TRUE)
def test_true(lhs: str, op: str, rhs: str, symbols: str, given: str) -> None:
    assert status(lhs, op, rhs, symbols, given) == "ok"
