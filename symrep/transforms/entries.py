"""Transforms of one variable: entries only, no logic. A new one is one entry here, or anywhere else."""

from __future__ import annotations

from typing import Any

from sympy import Abs, LambertW, Piecewise, S, asinh, atanh, cosh, exp, log, oo, sign, sinh, sqrt, tanh

from symrep.distribution import Domain, positive_line, real_line
from symrep.law import Interval, PositiveReals, Reals, UnitInterval
from symrep.symbols import nonzero, positive, real, unit
from symrep.transforms.bijection import Entry, NotInjective

x, y = real("x y")
t, z = positive("t z")  # variables of maps on, or onto, the positive numbers
u = unit("u")
a, s = real("a s")
b, p, c = nonzero("b p c")
tau, delta = positive("tau delta")

TORCH = "torch.distributions.transforms, "
TFP = "tfp.bijectors, "
NONZERO = Domain("nonzero", (-2.0, 2.0))


def _softplus(v: Any) -> Any:
    return log(1 + exp(v))


Affine = Entry(
    "Affine", x, a + b * x, y, (y - a) / b, log(Abs(b)), Reals, Reals,
    direction=b, parameters={a: real_line(), b: NONZERO}, source=TORCH + "AffineTransform",
)  # fmt: skip

Exp = Entry("Exp", x, exp(x), z, log(z), x, Reals, PositiveReals, source=TORCH + "ExpTransform")

Log = Entry("Log", t, log(t), y, exp(y), -log(t), PositiveReals, Reals, source=TORCH + "ExpTransform, inverted")

Expm1 = Entry("Expm1", x, exp(x) - 1, y, log(1 + y), x, Reals, Interval(S.NegativeOne, oo), source=TFP + "Expm1")

Log1p = Entry(
    "Log1p", x, log(1 + x), y, exp(y) - 1, -log(1 + x), Interval(S.NegativeOne, oo), Reals,
    source=TFP + "Expm1, inverted",
)  # fmt: skip

Power = Entry(
    "Power", t, t**p, z, z ** (1 / p), log(Abs(p)) + (p - 1) * log(t), PositiveReals, PositiveReals,
    direction=p, parameters={p: NONZERO}, source=TORCH + "PowerTransform",
)  # fmt: skip

# both ways, each with the side on which 1 + c x > 0
ENDS = Interval(Piecewise((-1 / c, c > 0), (-oo, True)), Piecewise((oo, c > 0), (-1 / c, True)))

BoxCox = Entry(
    "BoxCox", t, (t**c - 1) / c, y, (1 + c * y) ** (1 / c), (c - 1) * log(t), PositiveReals, ENDS,
    parameters={c: NONZERO}, source="SciPy documentation, scipy.special.inv_boxcox",
)  # fmt: skip

InverseBoxCox = Entry(
    "InverseBoxCox", x, (1 + c * x) ** (1 / c), z, (z**c - 1) / c, (1 / c - 1) * log(1 + c * x), ENDS, PositiveReals,
    parameters={c: NONZERO}, source="SciPy documentation, scipy.special.inv_boxcox",
)  # fmt: skip

Sigmoid = Entry(
    "Sigmoid", x, 1 / (1 + exp(-x)), u, log(u / (1 - u)), -_softplus(-x) - _softplus(x), Reals, UnitInterval,
    source=TORCH + "SigmoidTransform",
)  # fmt: skip

Logit = Entry(
    "Logit", u, log(u / (1 - u)), y, 1 / (1 + exp(-y)), -log(u) - log(1 - u), UnitInterval, Reals,
    source=TORCH + "SigmoidTransform, inverted",
)  # fmt: skip

Tanh = Entry(
    "Tanh", x, tanh(x), y, atanh(y), 2 * (log(2) - x - _softplus(-2 * x)), Reals, Interval(S.NegativeOne, S.One),
    source=TORCH + "TanhTransform",
)  # fmt: skip

Softplus = Entry(
    "Softplus", x, _softplus(x), z, log(exp(z) - 1), -_softplus(-x), Reals, PositiveReals,
    source=TORCH + "SoftplusTransform",
)  # fmt: skip

Softsign = Entry(
    "Softsign", x, x / (1 + Abs(x)), y, y / (1 - Abs(y)), -2 * log(1 + Abs(x)), Reals, Interval(S.NegativeOne, S.One),
    kinks=(S.Zero,), source="derived: T' = (1 + |x|)^(-2)",
)  # fmt: skip

LeakyReLU = Entry(
    "LeakyReLU", x, Piecewise((x, x > 0), (tau * x, True)), y, Piecewise((y, y > 0), (y / tau, True)),
    Piecewise((0, x > 0), (log(tau), True)), Reals, Reals,
    parameters={tau: positive_line()}, kinks=(S.Zero,), source="derived: T' = 1 or tau",
)  # fmt: skip

Reciprocal = Entry(
    "Reciprocal", t, 1 / t, z, 1 / z, -2 * log(t), PositiveReals, PositiveReals, direction=S.NegativeOne,
    source=TORCH + "PowerTransform, exponent -1",
)  # fmt: skip

Square = Entry(
    "Square", t, t**2, z, sqrt(z), log(2 * t), PositiveReals, PositiveReals,
    source=TORCH + "PowerTransform, exponent 2",
)  # fmt: skip

SinhArcsinh = Entry(
    "SinhArcsinh", x, sinh((asinh(x) + s) * tau), y, sinh(asinh(y) / tau - s),
    log(cosh((asinh(x) + s) * tau)) + log(tau) - log(1 + x**2) / 2, Reals, Reals,
    parameters={s: real_line(), tau: positive_line()}, source=TFP + "SinhArcsinh",
)  # fmt: skip

LambertWTail = Entry(
    "LambertWTail", x, x * exp(delta * x**2 / 2), y, sign(y) * sqrt(LambertW(delta * y**2) / delta),
    delta * x**2 / 2 + log(1 + delta * x**2), Reals, Reals,
    parameters={delta: positive_line()}, source="derived: T' = (1 + delta x^2) exp(delta x^2/2)",
)  # fmt: skip

AbsoluteValue = NotInjective(
    "AbsoluteValue", x, Abs(x), Reals, PositiveReals, witness=(S.NegativeOne, S.One),
    why="abs is two-to-one: x and -x have one image, and each carries its own density",
    instead="LOTUS for an expectation, or the piecewise change of variables: change_of_variables(inverse=(-y, y))",
    source=TORCH + "AbsTransform",
)  # fmt: skip
