"""Scripts on disk for tests: the source of a line is found through its file."""

from __future__ import annotations

import importlib.util
import itertools
import textwrap
from pathlib import Path
from types import ModuleType

_COUNT = itertools.count()

HEAD = """
from sympy import Abs, Heaviside, Integral, Piecewise, Rational, Sum, exp, log, oo, pi, sqrt
from symrep.derivation import Rule, derivation
from symrep.distribution import continuous_law, joint, pushforward
from symrep.distributions.continuous import Exponential, Normal, Uniform
from symrep.notation import KL, D, E, Var, approx, density, indicator, le, sample_mean
from symrep.symbols import function, indexed, positive, positive_integer, real
from symrep.transform import transform

R = Rule()
mu, x, y, z, eps, m = real("mu x y z eps m")
sigma, s, theta = positive("sigma s theta")
n = positive_integer("n")
f = function("f", smooth=2, growth=2)
X = Normal(mu, sigma)
Y = pushforward(X, x, (x - mu) / sigma)
path = mu + sigma*eps
q = Normal(0, 1)
phi = density(q)
f_X, f_Y = density(X), density(Y)
(psi, _), t = (density(Y), 1), 2


@transform
def g(y):
    return mu + sigma*y


@transform(eps="epsilon")
def T(eps, mu, sigma):
    return mu + sigma*eps


def h(x):
    return (x - mu)/sigma


def twice(x):
    y = x
    return 2*y
"""


def load(folder: Path, body: str, head: str = HEAD) -> ModuleType:
    path = folder / f"script_{next(_COUNT)}.py"
    path.write_text(head + textwrap.dedent(body), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def yields(*lines: str, before: str = "") -> str:
    """The text of a derivation called ``it`` with these lines."""
    first, *rest = lines
    setup = "".join(f"    {b}\n" for b in before.splitlines())
    return f"\n\n@derivation\ndef it():\n{setup}    yield {first}\n" + "".join(f"    yield {e}, R\n" for e in rest)
