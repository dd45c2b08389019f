"""What a document declares: kinds, functions, matrices, macros, and the environment that knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from symrep.checking.conventions import conventions, counted
from symrep.checking.facts import Fact
from symrep.checking.implied import matrices_said
from symrep.checking.samples import bars_defined, densities_told
from symrep.checking.spoken import spoken_of
from symrep.checking.standard import applied_to_a_dot
from symrep.claim import FunctionSpec
from symrep.errors import SymrepError
from symrep.reading.documents import Document
from symrep.reading.documents.macros import definition_of
from symrep.reading.latex import Environment

__all__ = ["environment_of", "macros_at", "redefined", "with_symbol"]

_SYMMETRIC: Final = re.compile(
    r"symmetric (?:and )?(?:matri|posit|real)|is symmetric|symmetric[.,;)]|positive[- ](?:semi-?)?definite", re.I
)
#: letters that are functions of their own, whatever *Γ is the gamma function* adds
_SPECIAL: Final = frozenset(("Gamma", "B", "zeta"))
_DISCRETE: Final = re.compile(r"discrete\s+uniform", re.IGNORECASE)
_CONTINUOUS: Final = re.compile(r"(?<!discrete[ \n])\buniform", re.IGNORECASE)


def environment_of(document: Document, facts: Iterable[Fact], kinds: Mapping[str, str]) -> Environment:
    """The environment of a document of which nothing but its declarations was read."""
    facts = list(facts)
    words = document.words.text
    told = spoken_of(document) | bars_defined(document)
    invertible = frozenset(f.name for f in facts if ("invertible", 1) in f.traits)
    env = Environment(symmetric=_SYMMETRIC.search(words) is not None, told=told, invertible=invertible)
    later = {at for at, _ in redefined(document)}
    for text in document.definitions:
        if not text.text or text.starts[0] not in later:
            env = _with_macro(env, definition_of(text.text))
    if _DISCRETE.search(words):
        env = env.with_family("Uniform", "" if _CONTINUOUS.search(words) else "DiscreteUniform")
    for name, family in counted(document).items():
        env = env.with_family(name, family)
    env = replace(env, parametrised=conventions(document, facts))
    for name, kind in kinds.items():
        env = with_symbol(env, name, kind)
    matrices = matrices_said(facts, document, dict(kinds))
    for name, spec in _functions(facts, kinds).items():
        if name not in matrices and (name != "psi" or "digamma" not in told):
            env = env.with_function(name, spec)
    for name in sorted(applied_to_a_dot(document) - set(kinds) - set(matrices)):
        if not env.is_function(name):
            env = env.with_function(name, FunctionSpec())
    return replace(env, square=frozenset(matrices), told_densities=densities_told(document))


def redefined(document: Document) -> list[tuple[int, Any]]:
    """What macros are defined anew, with the offsets from which that holds."""
    known: dict[str, Any] = {}
    out = []
    for text in document.definitions:
        d = definition_of(text.text) if text.text else None
        if d is not None and known.setdefault(d.name, d) != d:
            out.append((text.starts[0], d))
    return out


def macros_at(env: Environment, later: list[tuple[int, Any]], offset: int) -> Environment:
    """The environment with what was defined anew up to an offset; that is taken off the list."""
    while later and later[0][0] <= offset:
        env = _with_macro(env, later.pop(0)[1])
    return env


def _with_macro(env: Environment, d: Any) -> Environment:
    with suppress(SymrepError):
        return env if d is None else env.with_macro(d.name, d.arguments, d.body, d.optional)
    return env


def _functions(facts: Iterable[Fact], kinds: Mapping[str, str]) -> dict[str, FunctionSpec]:
    """What is declared of undetermined functions; a letter that is a variable is none."""
    traits: dict[str, dict[str, Any]] = {}
    for f in facts:
        if f.what not in ("function", "density") or f.name in kinds or (f.name in _SPECIAL and not f.declared):
            continue
        known = traits.setdefault(f.name, {})
        for key, value in (*f.traits, *((("density", 1),) if f.what == "density" else ())):
            known[key] = max(known[key], value) if isinstance(known.get(key), int) else value
    out = {}
    for name, known in traits.items():
        smooth, growth = known.get("smooth"), known.get("growth")
        smooth = 0 if growth is not None and smooth is None else smooth
        out[name] = FunctionSpec(smooth, growth, known.get("monotone"), density=bool(known.get("density")))
    return out


def with_symbol(env: Environment, name: str, kind: str) -> Environment:
    """An environment that knows the kind of one more name, if there is such a kind."""
    with suppress(SymrepError):
        return env.with_symbol(name, kind)
    return env
