"""What is found in a document on the way to a report: places, links, steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.checking.scope import Let, Scope
from symrep.reading.latex import Environment, Guess, Side, Sign

__all__ = ["ELSEWHERE", "Chain", "Finding", "Link", "Place", "Survey", "Unchecked"]


#: why a claim is set aside
ELSEWHERE: Final = "it says anew what a name is that another section defined: another thing, or a claim?"


@final
@dataclass
class Place:
    """One side of a statement.

    Attributes:
        formula, row, statement, side: where, by number; ``variants`` re-read them.
        start, end: in the formula's body; ``at``, ``to`` in the file.
        argument: the variable of the function that a density without an argument is compared with.
        variants: environments and the side as read in each, the open one first.
    """

    formula: int
    row: int
    statement: int
    side: int
    start: int
    end: int
    at: int
    to: int
    latex: str
    parsed: Side
    argument: str = ""
    variants: list[tuple[Environment, Side]] = field(default_factory=list)

    @property
    def tree(self) -> Any:
        return self.parsed.tree

    @property
    def read(self) -> bool:
        return self.parsed.expr is not None or any(side.expr is not None for _, side in self.variants)


@final
@dataclass
class Chain:
    """Sides joined by relations, over rows; ``conditions`` of each row; ``role`` as in a statement; ``label``: the P of
    P: X ~ …"""

    places: list[Place]
    signs: list[Sign] = field(default_factory=list)
    conditions: list[Side] = field(default_factory=list)
    role: str = "claim"
    label: str = ""


@final
@dataclass
class Link:
    """A claim: ``left op right``. ``before`` are the places of the chain up to the left one, the first one first.

    ``ignored``: by a pragma. ``solve``: may be an equation to be solved, not an identity. ``relations`` are in force,
    ``passed`` are those of paragraphs before; ``values`` what names are in the sentence (if a = 1). ``general``: of
    what nobody spelled out (``densities``, ``moments``) it speaks as of all of them. ``meant``: what the parameters of
    laws nobody knows are taken to be, should the claim fail elsewhere; ``later``: relations that the rest of the
    sentence speaks of; ``cases``: values of the special case that the paragraph speaks of, ``case_said``: it is
    said to be meant.
    ``met``: the names of the formulas before; ``around``: what stands before it in its formula, in other chains.
    ``inverse``: it says what the inverse of a function is; its readings are two ways to say that, and one may fail.
    ``constants``: names of which the text says *for any constant*. ``scope``: what was known where it stands;
    ``bounds``: between parameters of the laws that were told, a < b.
    ``plain``: what is compared are the sides as they are written, so that a side can be corrected.
    """

    chain: int
    left: Place
    op: str
    right: Place
    sign_at: int
    before: list[Place] = field(default_factory=list)
    conditions: list[Side] = field(default_factory=list)
    ignored: bool = False
    solve: str = ""
    relations: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    general: frozenset[str] = frozenset()
    plain: bool = True
    meant: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    case_said: bool = False
    met: frozenset[str] = frozenset()
    around: list[Place] = field(default_factory=list)
    inverse: bool = False
    scope: Scope | None = None
    constants: frozenset[str] = frozenset()
    bounds: list[Any] = field(default_factory=list)


@final
@dataclass(frozen=True)
class Unchecked:
    """A formula, or part of one, that was not checked, and why."""

    at: int
    to: int
    latex: str
    reason: str
    code: str = ""
    cell: int | None = None
    wanted: bool = False


@final
@dataclass
class Survey:
    """A document, read: what it claims, what it defines, what was not read, what was guessed; ``told``: laws
    that hold for a while only, after *if*."""

    links: list[Link] = field(default_factory=list)
    lets: list[Let] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    guesses: list[tuple[int, int, Guess]] = field(default_factory=list)
    told: list[Let] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)


@final
@dataclass
class Finding:
    """What became of a link: see ``judging``."""

    status: str
    reason: str
    message: str = ""
    witness: dict[str, Any] | None = None
    diagnosis: dict[str, Any] | None = None
    hypotheses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fix: dict[str, Any] | None = None
    seconds: float = 0.0
    variant: int = 0
    given: tuple[Any, ...] = ()
