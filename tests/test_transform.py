"""One function used three ways: traced, typeset, run on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy import exp, log, sqrt

from symrep import BadInput, real, transform

a = real("a")


@transform(eps="epsilon")
def g(eps: Any, mu: Any, sigma: Any) -> Any:
    return mu + sigma * eps


@transform
def softplus(x: Any) -> Any:
    return log(1 + exp(x))


@transform
def shifted(x: Any) -> Any:
    return x + a


@transform
def loop(x: Any) -> Any:
    for _ in range(3):
        x = x * 2
    return x


@transform
def text(x: Any) -> Any:
    return "x"


@transform
def condition(x: Any) -> Any:
    return x > 0


# --- must fail ----------------------------------------------------------------------------------------------------


def test_refusals() -> None:
    x, y, z = real("x y z")
    with pytest.raises(BadInput, match="names of its parameters"):
        transform(foo="bar")(lambda x: x)
    for args in ((), (x,), (x, y, z, x)):
        with pytest.raises(BadInput, match="arguments"):
            g(*args)
    for f in (text, condition):
        with pytest.raises(BadInput, match="to return an expression"):
            f(x)
    with pytest.raises(BadInput, match="from outside"):
        shifted(np.array([1.0]))
    with pytest.raises(BadInput):
        g("x", y, z)
    with pytest.raises(BadInput, match="latexify can print"):
        loop.latex()


# --- right --------------------------------------------------------------------------------------------------------


def test_traced() -> None:
    x, mu = real("x mu")
    assert g(x, mu, 2) == mu + 2 * x
    symbols, expr = g.trace()
    assert expr == symbols[1] + symbols[2] * symbols[0]
    assert loop(x) == 8 * x
    assert shifted(x) == x + a


def test_run() -> None:
    noise = np.linspace(-2, 2, 7)
    assert np.allclose(g(noise, 1.5, 0.5), 1.5 + 0.5 * noise)
    assert np.allclose(softplus(noise), np.log1p(np.exp(noise)))
    assert softplus(0.0) == pytest.approx(float(log(2)))
    assert np.allclose(transform(lambda x: sqrt(x))(np.array([4.0])), 2)


def test_typeset_as_written() -> None:
    assert g.latex().replace(r"\cdot ", "").endswith(r"= \mu + \sigma \epsilon")
    assert g.__name__ == g.name == "g"
    assert isinstance(g(sp.Integer(1), 2, 3), sp.Expr)
