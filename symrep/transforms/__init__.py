"""Transforms as composable bijections, and laws pushed through chains of them.

>>> from symrep.transforms import Affine, Exp, transformed
>>> from symrep.distributions import Normal
>>> from symrep import positive, real
>>> mu, sigma = real("mu"), positive("sigma")
>>> T = Affine(mu, sigma) >> Exp
>>> T.inverse.forward
(-mu + log(z))/sigma
>>> transformed(Normal(0, 1), T).support()
(Interval(low=0, high=oo),)
"""

from symrep.transforms.bijection import TRANSFORMS, Bijection, Entry, NotInjective, compose
from symrep.transforms.entries import (
    AbsoluteValue,
    Affine,
    BoxCox,
    Exp,
    Expm1,
    InverseBoxCox,
    LambertWTail,
    LeakyReLU,
    Log,
    Log1p,
    Logit,
    Power,
    Reciprocal,
    Sigmoid,
    SinhArcsinh,
    Softplus,
    Softsign,
    Square,
    Tanh,
)
from symrep.transforms.flows import (
    CholeskyOuterProduct,
    Glow,
    LinearFlow,
    LowRankLinear,
    Ordered,
    Permutation,
    Planar,
    Radial,
    RealNVP,
    Softmax,
    SPDInverse,
    StickBreaking,
    Sylvester,
    TriangularInverse,
)
from symrep.transforms.several import SEVERAL, ManyToOne, Map, Several, chain, elementwise
from symrep.transforms.transformed import Transformed, cdf_of, transformed

__all__ = [
    "SEVERAL",
    "TRANSFORMS",
    "AbsoluteValue",
    "Affine",
    "Bijection",
    "BoxCox",
    "CholeskyOuterProduct",
    "Entry",
    "Exp",
    "Expm1",
    "Glow",
    "InverseBoxCox",
    "LambertWTail",
    "LeakyReLU",
    "LinearFlow",
    "Log",
    "Log1p",
    "Logit",
    "LowRankLinear",
    "ManyToOne",
    "Map",
    "NotInjective",
    "Ordered",
    "Permutation",
    "Planar",
    "Power",
    "Radial",
    "RealNVP",
    "Reciprocal",
    "SPDInverse",
    "Several",
    "Sigmoid",
    "SinhArcsinh",
    "Softmax",
    "Softplus",
    "Softsign",
    "Square",
    "StickBreaking",
    "Sylvester",
    "Tanh",
    "Transformed",
    "TriangularInverse",
    "cdf_of",
    "chain",
    "compose",
    "elementwise",
    "transformed",
]
