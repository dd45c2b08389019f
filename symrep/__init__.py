"""symrep: a derivation is a program that states each line, and every line is checked.

Importing this package imports nothing else: a public name is looked up in ``_PUBLIC`` when it is first used, so
``symrep --version`` does not pay for SymPy. To export a name, add it to ``_PUBLIC`` *and* to the imports under
``TYPE_CHECKING`` (``from symrep.module import name as name``); tests/test_project.py holds the two together.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

#: no other file of the package is loaded before this moment
_STARTED: Final = time.time_ns()

#: public name -> module it lives in
_PUBLIC: Final[dict[str, str]] = {
    "real": "symrep.symbols",
    "positive": "symrep.symbols",
    "nonnegative": "symrep.symbols",
    "negative": "symrep.symbols",
    "nonzero": "symrep.symbols",
    "integer": "symrep.symbols",
    "positive_integer": "symrep.symbols",
    "nonnegative_integer": "symrep.symbols",
    "unit": "symrep.symbols",
    "complex_number": "symrep.symbols",
    "indexed": "symrep.symbols",
    "function": "symrep.symbols",
    "inverse": "symrep.symbols",
    "recursive": "symrep.recursion",
    "E": "symrep.notation",
    "D": "symrep.notation",
    "Var": "symrep.notation",
    "KL": "symrep.notation",
    "density": "symrep.notation",
    "pmf": "symrep.notation",
    "sample_mean": "symrep.notation",
    "det": "symrep.determinant",
    "delta": "symrep.determinant",
    "jacobian": "symrep.determinant",
    "vector": "symrep.vectors",
    "vector_function": "symrep.vectors",
    "partial": "symrep.vectors",
    "indicator": "symrep.notation",
    "le": "symrep.notation",
    "ge": "symrep.notation",
    "lt": "symrep.notation",
    "gt": "symrep.notation",
    "approx": "symrep.notation",
    "Family": "symrep.distribution",
    "Interval": "symrep.distribution",
    "Reals": "symrep.distribution",
    "PositiveReals": "symrep.distribution",
    "UnitInterval": "symrep.distribution",
    "Pathwise": "symrep.distribution",
    "real_line": "symrep.distribution",
    "positive_line": "symrep.distribution",
    "unit_interval": "symrep.distribution",
    "Fact": "symrep.entry",
    "Integers": "symrep.entry",
    "KullbackLeibler": "symrep.entry",
    "NumPyro": "symrep.entry",
    "SciPy": "symrep.entry",
    "Torch": "symrep.entry",
    "integers": "symrep.entry",
    "nonnegative_integers": "symrep.entry",
    "nonnegative_line": "symrep.entry",
    "positive_integers": "symrep.entry",
    "pushforward": "symrep.distribution",
    "joint": "symrep.distribution",
    "Independent": "symrep.distribution",
    "conditional_law": "symrep.conditional",
    "continuous_law": "symrep.distribution",
    "dominated": "symrep.assumptions",
    "integrable": "symrep.assumptions",
    "normalised_law": "symrep.conditional",
    "spherical_law": "symrep.spherical",
    "transform": "symrep.transform",
    "derivation": "symrep.derivation",
    "admit": "symrep.derivation",
    "lemma": "symrep.derivation",
    "Expected": "symrep.derivation",
    "algebra": "symrep.rules",
    "tangent_line": "symrep.rules",
    "monotonicity": "symrep.rules",
    "jensen": "symrep.rules",
    "gibbs": "symrep.rules",
    "cauchy_schwarz": "symrep.rules",
    "chain_rule": "symrep.rules",
    "change_of_measure": "symrep.rules",
    "change_of_variables": "symrep.rules",
    "definition": "symrep.rules",
    "determinant_lemma": "symrep.rules",
    "sylvester": "symrep.rules",
    "triangular": "symrep.rules",
    "differentiate_under_integral": "symrep.rules",
    "evaluate": "symrep.rules",
    "fubini": "symrep.rules",
    "hypothesis": "symrep.rules",
    "independence": "symrep.rules",
    "induction": "symrep.rules",
    "integration_by_parts": "symrep.rules",
    "leibniz": "symrep.rules",
    "linearity": "symrep.rules",
    "marginalise": "symrep.rules",
    "monte_carlo": "symrep.rules",
    "more_draws": "symrep.rules",
    "reparameterise": "symrep.rules",
    "score_function": "symrep.rules",
    "split_at": "symrep.rules",
    "substitution": "symrep.rules",
    "Claim": "symrep.claim",
    "Context": "symrep.claim",
    "FunctionSpec": "symrep.claim",
    "Status": "symrep.verdict",
    "Reason": "symrep.verdict",
    "Verdict": "symrep.verdict",
    "Evidence": "symrep.verdict",
    "Witness": "symrep.verdict",
    "Diagnosis": "symrep.verdict",
    "SymrepError": "symrep.errors",
    "BadInput": "symrep.errors",
    "ScriptError": "symrep.errors",
    "RuleError": "symrep.errors",
    "NotApplicable": "symrep.errors",
    "ConditionFails": "symrep.errors",
    "Session": "symrep.session",
    "verify": "symrep.verifying",
}

if TYPE_CHECKING:
    from symrep.assumptions import dominated as dominated
    from symrep.assumptions import integrable as integrable
    from symrep.claim import Claim as Claim
    from symrep.claim import Context as Context
    from symrep.claim import FunctionSpec as FunctionSpec
    from symrep.conditional import conditional_law as conditional_law
    from symrep.conditional import normalised_law as normalised_law
    from symrep.derivation import Expected as Expected
    from symrep.derivation import admit as admit
    from symrep.derivation import derivation as derivation
    from symrep.derivation import lemma as lemma
    from symrep.determinant import delta as delta
    from symrep.determinant import det as det
    from symrep.determinant import jacobian as jacobian
    from symrep.distribution import Family as Family
    from symrep.distribution import Independent as Independent
    from symrep.distribution import Interval as Interval
    from symrep.distribution import Pathwise as Pathwise
    from symrep.distribution import PositiveReals as PositiveReals
    from symrep.distribution import Reals as Reals
    from symrep.distribution import UnitInterval as UnitInterval
    from symrep.distribution import continuous_law as continuous_law
    from symrep.distribution import joint as joint
    from symrep.distribution import positive_line as positive_line
    from symrep.distribution import pushforward as pushforward
    from symrep.distribution import real_line as real_line
    from symrep.distribution import unit_interval as unit_interval
    from symrep.entry import Fact as Fact
    from symrep.entry import Integers as Integers
    from symrep.entry import KullbackLeibler as KullbackLeibler
    from symrep.entry import NumPyro as NumPyro
    from symrep.entry import SciPy as SciPy
    from symrep.entry import Torch as Torch
    from symrep.entry import integers as integers
    from symrep.entry import nonnegative_integers as nonnegative_integers
    from symrep.entry import nonnegative_line as nonnegative_line
    from symrep.entry import positive_integers as positive_integers
    from symrep.errors import BadInput as BadInput
    from symrep.errors import ConditionFails as ConditionFails
    from symrep.errors import NotApplicable as NotApplicable
    from symrep.errors import RuleError as RuleError
    from symrep.errors import ScriptError as ScriptError
    from symrep.errors import SymrepError as SymrepError
    from symrep.notation import KL as KL
    from symrep.notation import D as D
    from symrep.notation import E as E
    from symrep.notation import Var as Var
    from symrep.notation import approx as approx
    from symrep.notation import density as density
    from symrep.notation import ge as ge
    from symrep.notation import gt as gt
    from symrep.notation import indicator as indicator
    from symrep.notation import le as le
    from symrep.notation import lt as lt
    from symrep.notation import pmf as pmf
    from symrep.notation import sample_mean as sample_mean
    from symrep.recursion import recursive as recursive
    from symrep.rules import algebra as algebra
    from symrep.rules import cauchy_schwarz as cauchy_schwarz
    from symrep.rules import chain_rule as chain_rule
    from symrep.rules import change_of_measure as change_of_measure
    from symrep.rules import change_of_variables as change_of_variables
    from symrep.rules import definition as definition
    from symrep.rules import determinant_lemma as determinant_lemma
    from symrep.rules import differentiate_under_integral as differentiate_under_integral
    from symrep.rules import evaluate as evaluate
    from symrep.rules import fubini as fubini
    from symrep.rules import gibbs as gibbs
    from symrep.rules import hypothesis as hypothesis
    from symrep.rules import independence as independence
    from symrep.rules import induction as induction
    from symrep.rules import integration_by_parts as integration_by_parts
    from symrep.rules import jensen as jensen
    from symrep.rules import leibniz as leibniz
    from symrep.rules import linearity as linearity
    from symrep.rules import marginalise as marginalise
    from symrep.rules import monotonicity as monotonicity
    from symrep.rules import monte_carlo as monte_carlo
    from symrep.rules import more_draws as more_draws
    from symrep.rules import reparameterise as reparameterise
    from symrep.rules import score_function as score_function
    from symrep.rules import split_at as split_at
    from symrep.rules import substitution as substitution
    from symrep.rules import sylvester as sylvester
    from symrep.rules import tangent_line as tangent_line
    from symrep.rules import triangular as triangular
    from symrep.session import Session as Session
    from symrep.spherical import spherical_law as spherical_law
    from symrep.symbols import complex_number as complex_number
    from symrep.symbols import function as function
    from symrep.symbols import indexed as indexed
    from symrep.symbols import integer as integer
    from symrep.symbols import inverse as inverse
    from symrep.symbols import negative as negative
    from symrep.symbols import nonnegative as nonnegative
    from symrep.symbols import nonnegative_integer as nonnegative_integer
    from symrep.symbols import nonzero as nonzero
    from symrep.symbols import positive as positive
    from symrep.symbols import positive_integer as positive_integer
    from symrep.symbols import real as real
    from symrep.symbols import unit as unit
    from symrep.transform import transform as transform
    from symrep.vectors import partial as partial
    from symrep.vectors import vector as vector
    from symrep.vectors import vector_function as vector_function
    from symrep.verdict import Diagnosis as Diagnosis
    from symrep.verdict import Evidence as Evidence
    from symrep.verdict import Reason as Reason
    from symrep.verdict import Status as Status
    from symrep.verdict import Verdict as Verdict
    from symrep.verdict import Witness as Witness
    from symrep.verifying import verify as verify
else:
    __all__ = ["__version__", *_PUBLIC]

    def __getattr__(name: str) -> Any:
        module = _PUBLIC.get(name)
        if module is None:
            raise AttributeError(f"module 'symrep' has no attribute {name!r}")
        value = getattr(import_module(module), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PUBLIC})


class _Package(ModuleType):
    """The import system sets ``symrep.derivation`` to the submodule; a public name of that name wins over it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _PUBLIC and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
