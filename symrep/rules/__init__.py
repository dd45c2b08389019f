"""The rules: each computes a line from the one before, independently of what the author states."""

from symrep.rules.algebra import algebra, definition, hypothesis, linearity
from symrep.rules.calculus import chain_rule, integration_by_parts, split_at
from symrep.rules.determinants import determinant_lemma, sylvester, triangular
from symrep.rules.induct import induction
from symrep.rules.inequalities import cauchy_schwarz, gibbs, jensen, monotonicity, more_draws, tangent_line
from symrep.rules.interchange import differentiate_under_integral, leibniz, score_function
from symrep.rules.marginals import marginalise
from symrep.rules.measure import change_of_variables, reparameterise, substitution
from symrep.rules.probability import change_of_measure, evaluate, independence, monte_carlo
from symrep.rules.repeated import fubini

__all__ = [
    "algebra",
    "cauchy_schwarz",
    "chain_rule",
    "change_of_measure",
    "change_of_variables",
    "definition",
    "determinant_lemma",
    "differentiate_under_integral",
    "evaluate",
    "fubini",
    "gibbs",
    "hypothesis",
    "independence",
    "induction",
    "integration_by_parts",
    "jensen",
    "leibniz",
    "linearity",
    "marginalise",
    "monotonicity",
    "monte_carlo",
    "more_draws",
    "reparameterise",
    "score_function",
    "split_at",
    "substitution",
    "sylvester",
    "tangent_line",
    "triangular",
]
