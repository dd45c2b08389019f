"""Signs of differences of logarithms and exponentials, and of roots: by comparing what they are made of."""

from __future__ import annotations

import pytest
from kernel_terms import T, box, context

from symrep.kernel.algebra.signs import domain, prove_sign


@pytest.mark.parametrize(
    ("symbols", "given", "extra", "term", "op"),
    [
        ("a positive, b positive", "a < b", "", "log(b) - log(a)", "<"),
        ("a positive, b positive", "a <= b", "", "log(b) - log(a)", ">"),
        ("a positive, b positive", "", "", "log(b) - log(a)", ">"),
        ("a positive, b positive", "a < b", "", "2*log(b) - 3*log(a)", ">"),
        ("a real, b real", "a < b", "", "exp(b) - 2*exp(a)", ">"),
        ("a real, b real", "", "", "exp(b) - exp(a)", ">"),
        ("c positive", "", "x log(c) oo", "exp(x) - 2*c", ">"),
        ("c positive", "", "x -oo log(c)", "exp(x) - c", ">"),
        ("c positive", "", "x log(c) oo", "exp(2*x) - c", ">"),
        ("n positive", "n > 2", "", "sqrt(n)*(n - 3)", ">"),
        ("n positive", "n >= 2", "", "sqrt(n)*(n - 2)", ">"),
    ],
)
def test_signs_of_logarithms_exponentials_and_roots_that_do_not_follow(
    symbols: str, given: str, extra: str, term: str, op: str
) -> None:
    box_ = {x: (lo, hi) for x, lo, hi in box(extra)} if extra else {}
    assert not prove_sign(T(term), op, domain(context(symbols, given), box_))


@pytest.mark.parametrize(
    ("symbols", "given", "extra", "term", "op"),
    [
        ("a positive, b positive", "a < b", "", "log(b) - log(a)", ">"),
        ("a positive, b positive", "a < b", "", "log(b/a)", ">"),
        ("a positive, b positive", "a <= b", "", "log(b) - log(a)", ">="),
        ("u unit", "u > 1/2", "", "log(u) - log(1 - u)", ">"),
        ("a real, b real", "a < b", "", "exp(b) - exp(a)", ">"),
        ("c positive", "", "x log(c) oo", "exp(x) - c", ">"),
        ("c positive", "", "x -oo log(c)", "exp(x) - c", "<"),
        ("n positive", "n > 2", "", "sqrt(n)*(n - 2)", ">"),
    ],
)
def test_signs_of_logarithms_exponentials_and_roots(symbols: str, given: str, extra: str, term: str, op: str) -> None:
    box_ = {x: (lo, hi) for x, lo, hi in box(extra)} if extra else {}
    assert prove_sign(T(term), op, domain(context(symbols, given), box_))
