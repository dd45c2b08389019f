r"""What the field's habits say of names nobody declared: σ > 0, n in \sum_{i=1}^n a positive integer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from symrep.law import index_kind
from symrep.reading.latex.environment import Environment
from symrep.reading.latex.joints import bracket_of, key_of
from symrep.reading.latex.scope import name_of, plain_name
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.words import GREEK, family, registered

__all__ = ["assumed_kinds", "generic_laws", "index_bases", "integrated_in", "names_in", "priors"]

_SCALES: Final = frozenset(("sigma", "tau", "sigmahat", "sigmatilde"))
#: names that may be an index
_INDEX: Final = frozenset("i j k l m n t s r".split())


def names_in(trees: Iterable[Tree]) -> frozenset[str]:
    """Every name in the trees."""
    return frozenset(name_of(t) for tree in trees for t in walk(tree) if t.head in ("name", "vec"))


def integrated_in(trees: Iterable[Tree]) -> frozenset[str]:
    """Names that are integrated over."""
    return frozenset(name_of(t.parts[1]) for tree in trees for t in walk(tree) if t.head == "int") - {""}


def index_bases(trees: Iterable[Tree]) -> frozenset[str]:
    """Names with a subscript that a sum or product around them runs over."""
    out: set[str] = set()

    def go(tree: Tree, bound: frozenset[str]) -> None:
        if tree.head in ("sum", "prod"):
            i = _index_of(tree)
            bound = bound | {i} if i else bound
        if tree.head in ("name", "vec"):
            if any(name_of(t) in bound for p in tree.parts for t in walk(p)):
                out.add(plain_name(tree.text).split("_")[0])
            return
        if tree.head == "sup" and any(name_of(t) in bound for p in tree.parts[1:] for t in walk(p)):
            out.add(name_of(tree.parts[0]))
        for p in tree.parts:
            go(p, bound)

    for tree in trees:
        go(tree, frozenset())
    return frozenset(out)


def _index_of(tree: Tree) -> str:
    first = tree.parts[0]
    if first.head == "rel":
        first = first.parts[0]
    return name_of(first) if first.head == "name" and len(tree.parts) > 1 else ""


def generic_laws(trees: Iterable[Tree], environment: Environment) -> frozenset[str]:
    """Densities nobody spelled out that may be read as those of some law: p and q of one variable each, or one f_X.

    p(x) beside p(z) are two densities, p(x|z) is linked to both, and p_θ depends on θ: such are not among them.
    """
    seen: dict[str, set[str]] = {}
    conditions: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    derived = False
    for tree in trees:
        for t in walk(tree):
            derived = derived or t.head in ("D", "grad")
            for law in t.parts[1:] if t.head == "rel" and t.text == "~" else t.parts if t.head == "KL" else ():
                if law.head == "name" and name_of(law).split("_")[0] in ("p", "q"):
                    seen.setdefault(name_of(law), set())
            if t.head not in ("app", "density"):
                continue
            f = t.parts[0]
            name = name_of(f)
            head = name.split("_")[0]
            if f.head != "name" or head not in ("p", "q", "f") or (head == "f" and not name[2:3].isupper()):
                continue
            one = len(t.parts) == 2 and t.parts[1].head not in ("|", "mark", "list")
            given = _condition_of(t)
            if given is not None:
                conditions.setdefault(name, set()).add(given)
                continue
            seen.setdefault(name, set()).add(name_of(t.parts[1]) if one else "")
    for name, of in seen.items():  # p(X) beside p(x): one density, at a random variable and at a number
        seen[name] = {x for x in of if not (len(x) == 1 and x.isupper() and x.lower() in of)}
    named = {n for n in seen if n.startswith("f_")}
    out = set()
    bound = _bound(trees) | {x for of in seen.values() for x in of} if conditions else set()
    for name, pairs in conditions.items():
        varied = bound | {x for cs in conditions.values() for x, _ in cs}
        rights = {right for _, right in pairs}
        free = name not in seen and len(pairs) == 1 and not any(n in varied for right in rights for n in right)
        free = free and not environment.is_function(name)
        if free and not environment.is_symbol(name) and not derived and ("", ("",)) not in pairs:
            out |= {key_of(name, ("",), right) for right in rights}
    linked = _linked(trees, set(conditions))
    if linked:
        out.clear()  # beside p(x, z) a q(z|x) is read as that is, by its bracket
    own = {t.text for tree in trees for t in walk(tree) if t.head == "name"}
    for name, of in seen.items():
        if name in conditions or (linked and name not in named):
            continue
        if environment.is_function(name) or environment.is_symbol(name) or name[2:] in environment.random:
            continue
        below = name[2:]
        if below in GREEK and (derived or below in own):
            continue
        if (name in named and len(named) == 1) or (name not in named and len(of) <= 1 and "" not in of):
            out.add(name)
    return frozenset(out)


def _linked(trees: Iterable[Tree], besides: set[str]) -> bool:
    """Are there logarithms of densities of several variables, of other letters than some, or before the bar?"""
    for log in (t for tree in trees for t in walk(tree) if t.head in ("call", "log", "KL")):
        for t in walk(log):
            inside = bracket_of(t) if t.head in ("app", "density") else None
            if inside is None or len(inside[0]) + len(inside[1]) < 2:
                continue
            name = name_of(t.parts[0])
            if len(inside[0]) > 1 or (name not in besides and name[:1] in ("p", "P")):
                return True
            if name[:1] in ("p", "P") and len(besides) > 1:
                return True
    return False


def priors(trees: Iterable[Tree]) -> dict[tuple[str, str], str]:
    """Densities without a parameter, p(z), that are marginals of one with a parameter beside them: p_θ(x|z), p_θ(x, z).

    Not where the formula speaks of p_θ(z), too: then they are two.
    """
    found: dict[str, set[str]] = {}
    single: dict[str, set[str]] = {}
    for t in (t for tree in trees for t in walk(tree)):
        inside = bracket_of(t) if t.head in ("app", "density") else None
        name = name_of(t.parts[0]) if inside is not None else ""
        letter, _, below = name.partition("_")
        if inside is None or letter not in ("p", "P") or (below and below not in GREEK):
            continue
        of = [name_of(x) for x in (*inside[0], *inside[1])]
        if len(of) == 1:
            single.setdefault(name, set()).add(of[0])
        elif len(of) == 2 and below:
            found.setdefault(name, set()).update(of)
    out = {}
    for name, both in found.items() if len(found) == 1 else ():
        letter = name.partition("_")[0]
        out.update({(letter, x): name for x in single.get(letter, set()) & both - single.get(name, set())})
    return out


def _bound(trees: Iterable[Tree]) -> set[str]:
    """Names over which something is integrated, summed or averaged."""
    out: set[str] = set()
    for tree in trees:
        for t in walk(tree):
            if t.head == "rel" and t.parts:
                out |= {name_of(p) for p in (t.parts[0].parts if t.parts[0].head == "list" else t.parts[:1])}
            elif t.head == "int" and len(t.parts) > 1:
                out.add(name_of(t.parts[1]))
            elif t.head in ("sum", "prod", "lim") and t.parts:
                out.add(name_of(t.parts[0]))
            elif t.head in ("E", "Var", "Cov", "P"):
                out |= {name_of(p) for p in t.parts[:-1]}
    return out - {""}


def _condition_of(t: Tree) -> tuple[str, tuple[str, ...]] | None:
    """The variable and the condition of q(z|x); empty names where it is of something else; None without a bar."""
    found = bracket_of(t)
    if found is None or not found[1]:
        return None
    left, right = (tuple(name_of(p) for p in part) for part in found)
    return (left[0], right) if len(left) == 1 and all((*left, *right)) else ("", ("",))


def assumed_kinds(trees: Iterable[Tree], environment: Environment | None = None) -> dict[str, tuple[str, str]]:
    """Name -> (kind, why)."""
    out: dict[str, tuple[str, str]] = {}
    met = list(trees)
    for name, law in environment.random.items() if environment is not None else ():
        if law.arity() == 1 and law.discrete():
            kind = index_kind(law.ranges()[0].low)
            out.update(
                {n: (kind, f"a value of {name}") for tree in met for t in walk(tree) if (n := _value_of(t, name))}
            )
    for n in names_in(met):
        if n.split("_")[0] in _SCALES:
            out[n.split("_")[0]] = ("positive", "a scale")
    for tree in met:
        for t in walk(tree):
            if t.head in ("sum", "prod") and len(t.parts) == 4:
                high, low = name_of(t.parts[2]), t.parts[1]
                beyond = t.parts[2].head in ("+", "-") and len(t.parts[2].parts) == 2  # to T - 1
                if beyond and t.parts[2].parts[1].head == "num":
                    high = name_of(t.parts[2].parts[0])
                if high and low.head == "num" and low.value in (0, 1):
                    kind = "positive integer" if low.value == 1 or beyond else "nonnegative integer"
                    out.setdefault(high, (kind, "the end of a sum or product"))
                if name_of(t.parts[0]):
                    out.setdefault(name_of(t.parts[0]), ("integer", "an index"))
            elif t.head in ("!", "!!") and (below := name_of(t.parts[0])):
                indexed = t.parts[0].head == "name" and bool(t.parts[0].parts)  # each of the x_i
                out.setdefault(
                    below.partition("_")[0] if indexed else below, ("nonnegative integer", "under a factorial")
                )
            elif t.head == "binom":
                for p in t.parts:
                    if name_of(p):
                        out.setdefault(name_of(p), ("nonnegative integer", "in a binomial coefficient"))
            elif t.head in ("dist", "distpdf"):
                _parameters(t, out)
    return out


def _value_of(t: Tree, random: str) -> str:
    """The k of K = k, K ≤ k, p_K(k), f_K(k); empty for other trees."""
    if t.head == "rel" and len(t.parts) == 2 and name_of(t.parts[0]) == random:
        return name_of(t.parts[1])
    if t.head == "app" and len(t.parts) == 2 and name_of(t.parts[0]) in (f"p_{random}", f"f_{random}", f"F_{random}"):
        return name_of(t.parts[1])
    return ""


def _parameters(t: Tree, out: dict[str, tuple[str, str]]) -> None:
    """Parameters of a family lie in their domains."""
    from symrep.distribution import FAMILIES

    name = "ChiSquared" if t.text == "chi2" else family(t.text) or registered(t.text)
    entry = FAMILIES.get(name or "")
    if entry is None:
        return
    given = t.parts[1:] if t.head == "distpdf" else t.parts
    if len(given) != len(entry.parameters):
        return
    for p, (s, domain) in zip(given, entry.parameters.items(), strict=True):
        squared = s in entry.latex_squared
        inner = p.parts[0] if squared and p.head == "^" else p
        n = name_of(inner)
        if n and domain.kind != "real":
            out.setdefault(n, (domain.kind, f"a parameter of {entry.name}"))
