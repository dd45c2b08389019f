"""A lemma that only points support says nothing of the points it may have missed."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symrep import Session, Status, algebra, derivation, lemma, real

x, theta = real("x theta")
#: the golden ratio, which the kernel does not recognise in this form
ROOT = sp.cbrt(2 + sp.sqrt(5))


@derivation
def supported() -> Iterator[object]:
    yield sp.sign(x) ** 2 * ROOT
    yield (1 + sp.sqrt(5)) / 2, algebra


@derivation
def at_a_compound_value() -> Iterator[object]:
    yield sp.sign(theta**2 + sp.Abs(theta)) ** 2 * ROOT
    yield (1 + sp.sqrt(5)) / 2, lemma(supported, {x: theta**2 + sp.Abs(theta)})


@derivation
def at_another_symbol() -> Iterator[object]:
    yield sp.sign(theta) ** 2 * ROOT
    yield (1 + sp.sqrt(5)) / 2, lemma(supported, {x: theta})


def test_only_symbols_go_into_what_points_support() -> None:
    session = Session()
    assert session.judge(supported).status is Status.SUPPORTED
    assert session.judge(at_a_compound_value).status is Status.UNDECIDED
    assert session.judge(at_another_symbol).status is Status.SUPPORTED
