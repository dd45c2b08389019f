"""The laws every family has to obey. One law, or a group of close ones, a file; see :mod:`symrep.laws.law`."""

from symrep.laws.judging import judge_family, judge_law, laws
from symrep.laws.law import LAWS, FamilyLaw, Finding, Question, family_law

__all__ = ["LAWS", "FamilyLaw", "Finding", "Question", "family_law", "judge_family", "judge_law", "laws"]
