r"""Densities named by what stands in their brackets: p(x) beside p(z), q(z|x), p(x, z).

One that the document defines stands for what it is defined by; its *key* is the name with the bracket, ``q(z|x)``.
Others are read by the definition of conditional densities, p(x|z) = p(x, z)/p(z), with one undetermined function for
each set of variables. What follows for all such functions follows for densities; what does not may still be true of
them, since a joint and its marginals hang together. So such lines are confirmed, and never refuted.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any, Final

import sympy as sp

from symrep.claim import FunctionSpec
from symrep.distribution import Generic
from symrep.notation import Density
from symrep.reading.latex.environment import Definition, Environment
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import INDICES, name_of, plain_name
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import GREEK
from symrep.symbols import DomainSymbol, Undetermined, _function_class

__all__ = [
    "LETTERS",
    "MARK",
    "bracket_of",
    "has_joint",
    "joint",
    "key_of",
    "keyed",
    "law_by_key",
    "marginal",
    "parameters_of",
    "variable_of_key",
    "varied",
]

#: letters that name different densities by what stands in the bracket
LETTERS: Final = frozenset("p q P Q pi rho".split())
#: what is in the names of the undetermined functions that stand for densities
MARK: Final = "__of__"

Bracket = tuple[tuple[Tree, ...], tuple[Tree, ...]]


def bracket_of(t: Tree) -> Bracket | None:
    """What stands before and behind the bar of a density; None where there is something else in the bracket."""
    if t.head not in ("app", "density", "P") or t.parts[:1] == () or (t.head != "P" and len(t.parts) < 2):
        return None
    inside = t.parts[1:] if t.head != "P" else t.parts
    if len(inside) == 1 and inside[0].head == "|" and len(inside[0].parts) == 2:
        left, right = inside[0].parts
        return _flat((left,)), _flat((right,))
    if any(p.head in ("|", "mark", "rel") for p in inside):
        return None
    return _flat(inside), ()


def _flat(parts: tuple[Tree, ...]) -> tuple[Tree, ...]:
    out: list[Tree] = []
    for p in parts:
        out += p.parts if p.head in ("list", "and") else (p,)
    return tuple(out)


def key_of(name: str, left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """``q(z|x)``."""
    return f"{name}({','.join(left)}{'|' if right else ''}{','.join(right)})"


def parameters_of(t: Tree) -> tuple[str, tuple[str, ...]] | None:
    """The key and the parameters of a conditional density that could be defined here: q(z|x) of distinct bare names."""
    if t.head != "app" or t.parts[0].head != "name" or name_of(t.parts[0]).partition("_")[0] not in LETTERS:
        return None
    found = bracket_of(t)
    if found is None or not found[1]:
        return None
    left, right = (tuple(map(_label, part)) for part in found)
    if not all((*left, *right)) or len({*left, *right}) < len(left) + len(right):
        return None
    return key_of(name_of(t.parts[0]), left, right), left


def keyed(environment: Environment, name: str, t: Tree) -> tuple[str, Definition | None] | None:
    """The definition of a density by its bracket: the same names, or other arguments under the same condition."""
    found = bracket_of(t)
    if found is None:
        return None
    left, right = (tuple(map(_label, part)) for part in found)
    exact = key_of(name, left, right)
    if exact in environment.definitions:
        return exact, environment.definitions[exact]
    plain = key_of(name, tuple(x.rstrip("'") for x in left), tuple(x.rstrip("'") for x in right))
    told = any(x.endswith("'") and (x in environment.letters or x in environment.definitions) for x in left)
    if plain in environment.definitions and all(left) and not _crossed(left, right) and not told:
        return exact, environment.definitions[plain]  # p(x') of p(x)
    if (of := _numbered(environment, name, found[0], right)) is not None:  # p(x_i | μ) of p(x | μ)
        return exact, of
    if len(left) == len(right) == 1 and (swapped := _swapped(environment, name, left[0], right[0])) is not None:
        return exact, swapped
    if not all(right) or any(left):  # a bare name in the bracket names another density
        return None
    tail = f"|{','.join(right)})" if right else ")"
    fits = [k for k in environment.definitions if k.startswith(f"{name}(") and k.endswith(tail)]
    fits = [k for k in fits if right or "|" not in k]
    fits = [k for k in fits if len(environment.definitions[k].parameters) == len(left)]
    return (fits[0], environment.definitions[fits[0]]) if len(fits) == 1 else None


def _label(p: Tree) -> str:
    """The name in a bracket; of σ² that of σ, behind a bar."""
    square = p.head == "^" and p.parts[1].head == "num" and p.parts[1].value == 2
    return name_of(p.parts[0]) if square else name_of(p)


def _numbered(environment: Environment, name: str, left: tuple[Tree, ...], right: tuple[str, ...]) -> Definition | None:
    """The definition of p(x | μ), where x_i with an index stands in the place of x."""
    if len(left) != 1 or left[0].head != "name" or [name_of(p) in INDICES for p in left[0].parts] != [True]:
        return None  # p(x_0) and p(x_T) may be others
    found = environment.definitions.get(key_of(name, (plain_name(left[0].text).partition("_")[0],), right))
    return found if found is not None and len(found.parameters) == 1 else None


def _crossed(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Are there x and x' at both sides of the bar?"""
    return bool({x.rstrip("'") for x in left} & {x.rstrip("'") for x in right})


def _swapped(environment: Environment, name: str, left: str, right: str) -> Definition | None:
    """q(x | x') by the definition of q(x' | x): a proposal, of names that differ in a mark only."""
    found = environment.definitions.get(key_of(name, (right,), (left,)))
    if found is None or not left or left.rstrip("'").partition("_")[0] != right.rstrip("'").partition("_")[0]:
        return None
    named = {s.name: s for s in found.body.free_symbols if getattr(s, "name", "") in (left, right)}
    if len(named) < 2 or len(found.parameters) != 1:
        return None
    table = {named[left]: named[right], named[right]: named[left]}
    return Definition((named[left],), found.body.subs(table, simultaneous=True))


def law_by_key(environment: Environment, t: Tree) -> Any:
    """The law of a density by its bracket, or by its name alone where there is one of that name; or None."""
    name = name_of(t.parts[0]) if t.head in ("app", "density") else name_of(t)
    found = bracket_of(t) if t.head in ("app", "density") else None
    if found is not None:
        left, right = (tuple(name_of(p) for p in part) for part in found)
        return environment.densities.get(key_of(name, left, right))
    fits = [k for k in environment.densities if k.startswith(f"{name}(")]
    return environment.densities[fits[0]] if name and len(fits) == 1 else None


def variable_of_key(environment: Environment, t: Tree) -> str:
    """The only variable of the only density that a name alone may stand for: the z of q(z), q(z|x); or empty."""
    name = name_of(t)
    fits = [k for k in environment.densities if k.startswith(f"{name}(")]
    left = fits[0][len(name) + 1 : -1].partition("|")[0] if name and len(fits) == 1 else ""
    return "" if "," in left else left


def varied(m: Meaning, name: str) -> bool:
    """Is it p_θ of which nobody said more than that it is a density, where something is differentiated by θ?"""
    letter, _, below = name.partition("_")
    environment = m.sc.environment
    if letter not in LETTERS or below not in m.sc.varied or name in environment.densities:
        return False
    spec = environment.functions.get(name)
    return (spec is None or spec.density) and not any(
        k == name or k.startswith(f"{name}(") for k in environment.definitions
    )


# --- nobody defined them ------------------------------------------------------------------------------------------


def joint(m: Meaning, t: Tree, name: str) -> Any:
    """p(x | z) as p(x, z)/p(z), p(x, z) as an undetermined function of x and z.

    Raises:
        Unread: what is in the bracket are not names.
    """
    found = bracket_of(t)
    if found is None or not name.replace("_", "").isalnum():
        m.sc.fail(t, "a density of names", "another bracket", "undefined", f"{name or 'p'}(x) = … before this")
    left, right = found
    head = name.partition("_")[0]
    if len(left) == 1 and not right and (of := m.sc.priors.get((name, name_of(left[0])))):
        m.sc.guess(t, f"the marginal density of {of}", "it stands beside that, without its parameter", "density")
        name = of
    if right and _crossed(*(tuple(name_of(p) for p in part) for part in found)):
        return _kernel(m, t, name, (*left, *right))
    whole = _joint_of(m, t, name, (*left, *right))
    m.sc.guess(t, f"densities of what stands in the brackets of {head}", "nobody spelled it out", "density")
    if not right:
        return whole
    return whole / _joint_of(m, t, name, right)


def _kernel(m: Meaning, t: Tree, name: str, parts: tuple[Tree, ...]) -> Any:
    """q(x' | x), q(x | x'): one function of where to and where from; no joint density of x and x' need have both."""
    values = [_argument(m, p) for p in parts]
    bases = [k.rstrip("'") for k, _ in values]
    label = f"{name}{MARK}{bases[0]}_given_{bases[-1]}"
    if not label.isidentifier() or len(parts) != 2 or not name.replace("_", "").isalnum():
        m.sc.fail(t, "a transition from one place to another", label)
    m.sc.guess(
        t, f"a transition density {name}, whatever the law of where it starts", "a letter and its prime", "density"
    )
    return _function_class(label, FunctionSpec(arity=2), (0, 0))(*(v for _, v in values))


def _joint_of(m: Meaning, t: Tree, name: str, parts: tuple[Tree, ...]) -> Any:
    named: dict[str, Any] = {}
    for p in parts:
        key, value = _argument(m, p)
        if key in named:
            m.sc.fail(p, "different variables", f"{key} twice")
        named[key] = value
    below = name.partition("_")[2]
    if below in GREEK and below not in named:
        named[below] = m.sc.symbol(below, t)
    keys = sorted(named)
    known = _known_joint(m.sc.environment, name, named)
    if known is not None:
        return known
    label = f"{name}{MARK}{'_'.join(keys)}".replace("'", "prime")
    if not label.isidentifier():
        m.sc.fail(t, "a density of names of letters and digits", label)
    return _function_class(label, FunctionSpec(arity=len(keys)), (0,) * len(keys))(*(named[k] for k in keys))


def _known_joint(environment: Environment, name: str, named: dict[str, Any]) -> Any:
    """p(z), or p(x, z) = p(x|z) p(z), by what the document defines; None where it does not."""
    for order in permutations(named) if len(named) <= 3 else ():
        definition = environment.definitions.get(key_of(name, order, ()))
        if definition is not None:
            return _at(definition, named)
    if len(named) == 2:
        for a, b in permutations(named):
            given = environment.definitions.get(key_of(name, (a,), (b,)))
            alone = environment.definitions.get(key_of(name, (b,), ()))
            if given is not None and alone is not None:
                return _at(given, named) * _at(alone, named)
    return None


def _at(definition: Definition, named: dict[str, Any]) -> Any:
    """What a density stands for, with the values of all the names."""
    free = {s: named[s.name] for s in definition.body.free_symbols if getattr(s, "name", "") in named}
    return definition.body.subs({s: v for s, v in free.items() if s != v}, simultaneous=True)


def _argument(m: Meaning, p: Tree) -> tuple[str, Any]:
    """What a variable in the bracket is called, and its value."""
    name = name_of(p)
    if not name or p.head not in ("name", "vec"):
        m.sc.fail(p, "a variable by its name", p.text or p.head, "undefined")
    if p.text == "..." or p.text == "oo":
        m.sc.fail(p, "every variable by its name", p.text)
    if any(name_of(i) in m.sc.bound for i in p.parts):  # x_i under a sum over i
        return plain_name(p.text).partition("_")[0], m.number(p)
    if name in m.sc.bound:
        return name, m.sc.bound[name]
    m.sc.spell(name, p)
    return name, DomainSymbol(name, m.sc.kind(name))


def has_joint(names: Any) -> bool:
    """Is one of these functions a density nobody spelled out?"""
    return any(MARK in n for n in names)


def marginal(body: Any, x: Any) -> Any:
    """∫ p(x, z) dx = p(z), factors without x before it; None for other integrands."""
    inside, outside = sp.S.One, sp.S.One
    for f in sp.Mul.make_args(body):
        if x in f.free_symbols:
            inside *= f
        else:
            outside *= f
    if isinstance(inside, Density) and isinstance(inside.law, Generic) and inside.points == (x,):
        return outside
    if not isinstance(inside, Undetermined) or MARK not in inside.symbol or any(inside.orders):
        return None
    at = [i for i, a in enumerate(inside.args) if a == x]
    name, _, keys = inside.symbol.partition(MARK)
    if len(at) != 1 or keys.count("_") != len(inside.args) - 1:
        return None  # names with subscripts: which is which?
    kept = [(k, a) for k, a in zip(keys.split("_"), inside.args, strict=True) if a != x]
    if not kept:
        return outside
    if all(k in GREEK for k, _ in kept) and name.partition("_")[2] in dict(kept):
        return outside  # a density with a parameter: of mass one
    label = f"{name}{MARK}{'_'.join(k for k, _ in kept)}"
    return outside * _function_class(label, FunctionSpec(arity=len(kept)), (0,) * len(kept))(*(a for _, a in kept))
