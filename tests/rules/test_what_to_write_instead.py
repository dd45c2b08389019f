"""Messages for whoever wrote a line that cannot be judged, or that rests on a condition which fails: they say which,
and what to write instead."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import I, exp, oo, pi, sqrt

from rules.judging import LIMITS, outcome, step
from symrep import (
    BadInput,
    D,
    E,
    Reason,
    ScriptError,
    Status,
    algebra,
    approx,
    change_of_measure,
    change_of_variables,
    density,
    derivation,
    nonnegative,
    nonnegative_integer,
    positive,
    pushforward,
    real,
)
from symrep.derivation import Line
from symrep.distributions import Bernoulli, Exponential, Normal, Uniform
from symrep.judge import judge_first
from symrep.render.words import said
from symrep.report import StepReport
from symrep.translate import to_term

x, y, s, p = real("x y s p")
a, b = positive("a b")
s0 = nonnegative("s_0")
k = nonnegative_integer("k")


def first(line: Any) -> Any:
    return judge_first(Line(sp.sympify(line), "=", None, 1), (), LIMITS)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (E(x, (x, Normal(y, s))), 's is declared real: write positive("s")'),
        (E(x, (x, Normal(y, s0))), 's_0 is declared nonnegative: write positive("s_0")'),
        (E(x, (x, Normal(y, a - b))), "write given=(a - b > 0,)"),
        (E(x, (x, Normal(y, sqrt(1 - s**2)))), "write given=(1 - s**2 > 0,)"),
        (E(k, (k, Bernoulli(p))), 'p is declared real: write unit("p")'),
        (E(x, (x, Uniform(a, b))), "write given=(-a + b > 0,)"),
    ],
)
def test_a_parameter_out_of_its_domain(line: Any, words: str) -> None:
    v = first(line)
    assert (v.status, v.reason) == (Status.REFUTED, Reason.DOMAIN)
    assert words in v.message
    assert words in said(report(v))  # although the values at the witness, 0 and 0, occur in it


def report(v: Any) -> StepReport:
    witness = None if v.witness is None else v.witness.to_json()
    return StepReport(2, 2, "=", "", "", "", v.status, str(v.reason), v.message, (), witness)


def test_a_proposal_that_does_not_cover_the_law() -> None:
    for law in (Uniform(-1, 1), Exponential(1)):
        z = a if law == Exponential(1) else x
        line = E(z**2 * density(Normal(0, 1))(z) / density(law)(z), (z, law))
        v = step(E(x**2, (x, Normal(0, 1))), line, change_of_measure(law))
        assert (v.status, v.reason) == (Status.REFUTED, Reason.SUPPORT_WRONG)
        assert "a law that lives where Normal(0, 1) does" in v.message
    # a function that vanishes where the proposal is 0 is another matter: nothing is refuted for its support
    half = sp.Piecewise((x, x > 0), (0, True))
    right = E(a * density(Normal(0, 1))(a) / density(Exponential(1))(a), (a, Exponential(1)))
    assert outcome(E(half, (x, Normal(0, 1))), right, change_of_measure(Exponential(1)))[0] is not Status.REFUTED


def test_the_distance_of_what_is_only_near() -> None:
    v = step(pi, approx(sp.Float("3.2")), algebra)
    assert (v.status, v.message) == (Status.REFUTED, "the two are further apart than is allowed")
    assert v.witness is not None
    assert v.witness.of


def test_an_inverse_that_is_none_says_so_beside_its_values() -> None:
    before = density(pushforward(Normal(0, 1), x, exp(x)))(a)
    v = step(before, density(Normal(0, 1))(sp.log(2 * a)) / a, change_of_variables(inverse=sp.log(2 * a)))
    assert v.reason is Reason.INVERSE_WRONG
    assert said(report(v)).startswith("H(g(a)) = a for g = log(2*a) fails") or "fails" in said(report(v))


def test_complex_integrands() -> None:
    assert "real and imaginary parts" in first(E(exp(I * y * x), (x, Normal(0, 1)))).message


def test_a_derivative_at_a_point() -> None:
    with pytest.raises(BadInput, match=r"carried out first \(chain_rule\)"):
        D(x**2, x).subs(x, 1)


def test_functions_nobody_declared() -> None:
    with pytest.raises(BadInput, match=r'h = function\("h", smooth=1, growth=2\)'):
        to_term(sp.Function("h")(x))


def test_hypotheses_that_cannot_hold_together() -> None:
    v = step(x, x + 1, algebra, given=(x > 1, x < 0))
    assert v.status is Status.UNDECIDED
    assert "can all that is given hold at one point?" in v.message


@pytest.mark.parametrize("infinite", [oo, -oo])
def test_infinity_is_no_line(infinite: Any) -> None:
    @derivation
    def it() -> Any:
        yield infinite
        yield infinite, algebra

    with pytest.raises(ScriptError, match="a number"):
        list(it.lines())
