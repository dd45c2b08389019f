"""Which families there are: symrep's own, those of installed packages, those of a file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

from symrep.errors import BadInput, SymrepError
from symrep.family import FAMILIES, Family, collecting
from symrep.laws.bijections import Transformation, all_transforms
from symrep.multivariate.entry import MULTIVARIATE, MultivariateFamily
from symrep.transforms.bijection import TRANSFORMS
from symrep.transforms.several import SEVERAL

__all__ = ["GROUP", "Entry", "chosen", "entries_in", "families_in", "load_all", "where"]

Entry = Family | MultivariateFamily

#: the entry points by which a package adds families: each names a module that makes them when it is imported
GROUP: Final = "symrep.distributions"


def load_all(points: Sequence[EntryPoint] | None = None) -> tuple[list[Entry], list[BadInput]]:
    """Every family by name, those of vectors and matrices last, and what is wrong with packages not imported."""
    import symrep.distributions  # noqa: F401

    complaints = []
    for point in sorted(entry_points(group=GROUP) if points is None else points, key=lambda p: (p.name, p.value)):
        before, several = dict(FAMILIES), dict(MULTIVARIATE)
        try:
            point.load()
        except Exception as e:  # somebody else's package
            FAMILIES.clear()
            FAMILIES.update(before)  # half a package is none
            MULTIVARIATE.clear()
            MULTIVARIATE.update(several)
            said = str(e) if isinstance(e, SymrepError) else f"{type(e).__name__}: {str(e)[:200]}"
            complaints.append(BadInput(f"{GROUP}: {point.name}", f"a module that can be imported: {point.value}", said))
    return [*(FAMILIES[n] for n in sorted(FAMILIES)), *(MULTIVARIATE[n] for n in sorted(MULTIVARIATE))], complaints


def where(family: Entry) -> list[str]:
    """What the variable ranges over, in two words."""
    if isinstance(family, MultivariateFamily):
        return [family.space.kind, ", ".join(map(str, family.dimensions))]
    return [str(family.support.low), str(family.support.high)]


def chosen(names: Sequence[str]) -> tuple[list[Entry], list[BadInput]]:
    """The families of these names, all without any.

    Raises:
        BadInput: no family is called so; names those that sound alike.
    """
    from difflib import get_close_matches

    families, complaints = load_all()
    known = {f.name: f for f in families}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 3, 0.5) or [n for n in known if n.casefold() == name.casefold()]
            hint = f"{' or '.join(near)}; " if near else ""
            needed = "one that symrep list families shows, or a file FILE.py"
            raise BadInput("family", needed, name, f"{hint}symrep list families")
    return ([known[n] for n in dict.fromkeys(names)] if names else families), complaints


def families_in(path: str | Path) -> list[Entry]:
    """The families a file makes when it is run. They may take names of the catalogue; inside the file they are meant.

    Raises:
        BadInput, ScriptError: it does not run, or makes none.
    """
    return entries_in(path)[0]


def entries_in(path: str | Path) -> tuple[list[Entry], list[Transformation]]:
    """The families and transforms a file makes when it is run.

    Raises:
        BadInput, ScriptError: it does not run, or makes neither.
    """
    from symrep.session import load

    load_all()
    before = set(all_transforms()) | {*TRANSFORMS, *SEVERAL}
    known = dict(MULTIVARIATE)
    with collecting() as made:
        load(path)
    transforms: list[Transformation] = [t for n, t in {**TRANSFORMS, **SEVERAL}.items() if n not in before]
    families: list[Entry] = [*made.values(), *(f for n, f in MULTIVARIATE.items() if known.get(n) is not f)]
    if not families and not transforms:
        raise BadInput("symrep laws", "a file with a Family(…) in it", str(path), "symrep new family NAME")
    return families, transforms
