"""The families symrep knows, one entry each, in the files of this package. A file's families are found, not listed."""

from symrep.distributions import discrete, multivariate, relaxed
from symrep.distributions.continuous import MODULES as CONTINUOUS
from symrep.family import Family
from symrep.multivariate.entry import MultivariateFamily

MODULES = (*CONTINUOUS, discrete, relaxed)

globals().update((name, f) for module in MODULES for name, f in vars(module).items() if isinstance(f, Family))

globals().update((name, f) for name, f in vars(multivariate).items() if isinstance(f, MultivariateFamily))
Concrete = relaxed.Concrete

__all__ = sorted(name for name, f in globals().items() if isinstance(f, Family))


def __getattr__(name: str) -> Family:
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
