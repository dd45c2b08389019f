r"""Laws by a letter below an expectation, E_q[…], where the text writes one density of that letter: q_φ(z|x), q(z).

So the field writes E_q beside q_φ(z|x); what is meant is the expectation over z, given x. Where a formula, or the
document before it, has several densities of a letter, none is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from symrep.reading.latex.environment import Environment
from symrep.reading.latex.joints import LETTERS, bracket_of, key_of
from symrep.reading.latex.laws import density_or_pmf
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.results import Reading
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.statements import ParsedSide, ParsedStatement
from symrep.reading.latex.trees import Tree, walk

__all__ = ["OWN", "densities_in", "density_of_itself", "only_of", "with_laws_below", "written_too"]

#: why p(x) is taken for the density of x
OWN = "its law is told, and no other density of it is written"

Rows = list[list[ParsedStatement]]
Densities = Mapping[str, Mapping[str, Tree]]
_MOMENTS = ("E", "Var", "Cov")


def densities_in(trees: Iterable[Tree]) -> dict[str, dict[str, Tree]]:
    """Densities of a name at names, by the name and by what stands in the bracket."""
    out: dict[str, dict[str, Tree]] = {}
    for t in (t for tree in trees for t in walk(tree)):
        if t.head not in ("app", "density") or (name := name_of(t.parts[0])).partition("_")[0] not in LETTERS:
            continue
        found = bracket_of(t)
        left, right = (tuple(map(name_of, part)) for part in found) if found is not None else (("",), ())
        out.setdefault(name, {}).setdefault(key_of(name, left, right), t)
    return out


def only_of(name: str, known: Densities) -> Tree | None:
    """The only density of a name, or of a letter with whatever below it: q_φ(z|x) of q; None if there is no such."""
    of = [t for n, at in known.items() if n == name or n.startswith(f"{name}_") for t in at.values()]
    if len(of) != 1 or (found := bracket_of(of[0])) is None:
        return None
    return of[0] if len(found[0]) == 1 and all(map(name_of, (*found[0], *found[1]))) else None


def written_too(environment: Environment, reading: Reading) -> dict[str, dict[str, Tree]] | None:
    """The densities that were written so far, with those of a formula; None where there is no new one."""
    trees = [s.tree for st in reading.statements for s in st.sides if s.tree is not None]
    out = {name: dict(at) for name, at in environment.written.items()}
    new = False
    for name, at in densities_in(trees).items():
        for key, t in at.items():
            if key not in out.setdefault(name, {}):
                out[name][key], new = t, True
    return out if new else None


def with_laws_below(rows: Rows, environment: Environment) -> Rows:
    """The rows with E_{q(z|x)} for E_q, where densities given something are spoken of."""
    trees = [s.tree for row in rows for st in row for s in st.sides if s.tree is not None]
    if not any(t.head in _MOMENTS and _letter(t) for tree in trees for t in walk(tree)):
        return rows
    here = densities_in(trees)
    return [[replace(st, sides=tuple(_side(s, here, environment) for s in st.sides)) for st in row] for row in rows]


def _letter(t: Tree) -> str:
    below = t.parts[0]
    name = name_of(below) if below.head == "name" and len(t.parts) == (3 if t.head == "Cov" else 2) else ""
    return name if name.partition("_")[0] in LETTERS and name not in ("pi", "rho") else ""


def _side(side: ParsedSide, here: Densities, environment: Environment) -> ParsedSide:
    return side if side.tree is None else replace(side, tree=_rewritten(side.tree, here, environment))


def _rewritten(t: Tree, here: Densities, environment: Environment) -> Tree:
    if not t.parts:
        return t
    parts = tuple(_rewritten(p, here, environment) for p in t.parts)
    name = _letter(t) if t.head in _MOMENTS else ""
    if name and not _known(name, environment):
        meant = only_of(name, here) if any(n == name or n.startswith(f"{name}_") for n in here) else None
        if meant is None and not any(n == name or n.startswith(f"{name}_") for n in here):
            meant = only_of(name, environment.written)
        if meant is not None and _speaks_of(meant, parts[1:]):
            below = parts[0]
            parts = (replace(meant, start=below.start, end=below.end), *parts[1:])
    return replace(t, parts=parts)


def _speaks_of(density: Tree, bodies: tuple[Tree, ...]) -> bool:
    """Do bodies speak of the z of q(z|x), or of nothing but what is given? An f beside it may depend on z."""
    left, right = bracket_of(density) or ((), ())
    if not right:
        return False
    heads = {id(t.parts[0]) for b in bodies for t in walk(b) if t.head in ("app", "density")}
    met = {name_of(t) for b in bodies for t in walk(b) if t.head == "name" and id(t) not in heads}
    return name_of(left[0]) in met or met <= {name_of(p) for p in right}


def _known(name: str, environment: Environment) -> bool:
    """Is it said what law a letter alone stands for?"""
    if name in environment.densities or name in environment.random or name in environment.samples:
        return True
    return any(k.startswith(f"{name}(") for k in environment.densities)


def density_of_itself(m: Meaning, t: Tree, name: str, x: str) -> Any:
    """p(x) of an x with a law of its own: no other density is written at it, and nothing random is in the law; None for
    others."""
    environment, law = m.sc.environment, m.sc.environment.random[x]
    others = {n.partition("_")[0] for n, at in environment.written.items() for key in at if _first(key) == x}
    others |= {n.partition("_")[0] for n, at in m.sc.points.items() if x in at}
    others |= {k.partition("(")[0].partition("_")[0] for k in environment.definitions}
    if others & LETTERS - {name} or environment.is_function(name) or name in environment.densities:
        return None
    if any(k.startswith(f"{name}(") for k in (*environment.definitions, *environment.densities)):
        return None
    if law.arity() != 1 or m.sc.free_names(law) & environment.random.keys():
        return None
    m.sc.guess(t, f"the density of {x}", OWN, "density")
    return density_or_pmf(m, t, law, (m.number(t.parts[1]),))


def _first(key: str) -> str:
    """The x of p(x), p(x|z); empty for several."""
    left = key.partition("(")[2].rstrip(")").partition("|")[0]
    return "" if "," in left else left
