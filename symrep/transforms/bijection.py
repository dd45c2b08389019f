r"""Bijections of intervals as data: forward, inverse, log|det J|, domain, image, direction; composition and inversion.

A :class:`Entry` is one transform of the catalogue with its parameters; calling it gives a :class:`Bijection`. What can
be derived is: of the inverse $\log|\det J_{T^{-1}}|(y) = -\log|\det J_T|(T^{-1}(y))$, of a composition
$\log|\det J_{U \circ T}|(x) = \log|\det J_T|(x) + \log|\det J_U|(T(x))$. Whether an entry is right is for the laws to
say (:mod:`symrep.transforms.claims`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, final

import sympy as sp

from symrep.distribution import Domain
from symrep.errors import BadInput, ConditionFails
from symrep.family import _outside
from symrep.law import Interval
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.verdict import Reason

__all__ = ["TRANSFORMS", "Bijection", "Entry", "NotInjective", "as_bijection", "compose"]

#: every transform of one variable that was declared, by name; the refused ones too
TRANSFORMS: Final[dict[str, Entry | NotInjective]] = {}


@final
@dataclass(frozen=True)
class Entry:
    """One transform of the catalogue.

    Attributes:
        name: what it is called.
        variable: the symbol of the domain, in which ``forward`` and ``log_abs_det`` are written.
        forward: T(x).
        image_variable: the symbol of the image, in which ``inverse`` is written.
        inverse: T⁻¹(y).
        log_abs_det: log|T'(x)|.
        domain, image: open intervals; their ends may depend on parameters.
        direction: an expression whose sign is that of T', such as the slope of an affine map; 1 and −1 for what always
            increases, or decreases.
        parameters: symbol -> domain, in the order they are passed.
        kinks: points inside the domain, in order, where T is continuous but its formula changes (that of |x| at 0).
        source: where the entry was checked against.

    Raises:
        BadInput: a formula with foreign symbols, or a name that is taken.
    """

    name: str
    variable: Any
    forward: Any
    image_variable: Any
    inverse: Any
    log_abs_det: Any
    domain: Interval
    image: Interval
    direction: Any = sp.S.One
    parameters: Mapping[Any, Domain] = field(default_factory=dict)
    kinks: tuple[Any, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        own = set(self.parameters)
        ends = sum((as_expr(e) for i in (self.domain, self.image) for e in (i.low, i.high)), sp.S.Zero)
        for words, value, allowed in (
            ("forward", self.forward, own | {self.variable}),
            ("log_abs_det", self.log_abs_det, own | {self.variable}),
            ("inverse", self.inverse, own | {self.image_variable}),
            ("direction", self.direction, own),
            ("domain or image", ends, own),
        ):
            extra = as_expr(value).free_symbols - allowed
            if extra:
                needed = f"a {words} in {', '.join(sorted(map(str, allowed))) or 'numbers'} only"
                raise BadInput(f"transform {self.name}", needed, f"also {', '.join(sorted(map(str, extra)))}")
        _register(self)

    def __hash__(self) -> int:
        return hash(self.name)

    def __call__(self, *values: Any, **named: Any) -> Bijection:
        """The bijection with these parameters, by position or by name.

        Raises:
            BadInput: a parameter missing, unknown, twice, or known to lie outside its domain.
        """
        order = list(self.parameters)
        by_name = {str(s): s for s in order}
        words = ", ".join(f"{s} ({self.parameters[s].kind})" for s in order) or "no parameters"
        if len(values) > len(order) or set(named) - set(by_name):
            unknown = ", ".join(sorted(set(named) - set(by_name))) or f"{len(values)} values"
            raise BadInput(self.name, words, unknown)
        got = dict(zip(order, values, strict=False))
        twice = [n for n in named if by_name[n] in got]
        got |= {by_name[n]: v for n, v in named.items()}
        missing = [str(s) for s in order if s not in got]
        if missing or twice:
            raise BadInput(
                self.name, f"{words}, each once", f"none for {missing[0]}" if missing else f"{twice[0]} twice"
            )
        table = {s: as_expr(got[s]) for s in order}
        for s, v in table.items():
            if _outside(self.parameters[s].kind, v):
                raise BadInput(f"{self.name}({s}=…)", f"{s} in its domain ({self.parameters[s].kind})", str(v))
        return self.at(table)

    def at(self, table: Mapping[Any, Any]) -> Bijection:
        """The bijection with expressions put in for the parameters; the variables give way to symbols in them."""
        return Bijection(
            name=self.name,
            variable=self.variable,
            forward=as_expr(self.forward),
            image_variable=self.image_variable,
            backward=as_expr(self.inverse),
            log_det=as_expr(self.log_abs_det),
            domain=self.domain,
            image=self.image,
            direction=as_expr(self.direction),
            kinks=tuple(map(as_expr, self.kinks)),
            needs=tuple((s, d.kind, str(s)) for s, d in self.parameters.items()),
        ).subs(table)

    def __rshift__(self, other: Any) -> Bijection:
        return compose(self, other)

    @property
    def inverse_map(self) -> Bijection:
        """The inverse of a transform without parameters: ``Exp.inverse_map`` is the logarithm."""
        return self().inverse


def _renamed(s: Any, taken: set[str]) -> Any:
    name, n = s.name, 1
    while name in taken:
        name, n = f"{s.name}_{n}", n + 1
    return s if name == s.name else DomainSymbol(name, kind_of(s))


def _register(entry: Entry | NotInjective) -> None:
    known = TRANSFORMS.get(entry.name)
    if known is not None and known.forward != entry.forward:
        raise BadInput(f"transform {entry.name}", "a name of its own", "a name already taken by another transform")
    TRANSFORMS[entry.name] = entry


@final
@dataclass(frozen=True)
class Bijection:
    """A strictly monotone map of one open interval onto another.

    Called with an expression or a number it is T; with a numpy array it computes. ``T.inverse`` is T⁻¹ as a bijection,
    ``T.log_abs_det(x)`` is log|T'(x)|, and ``T >> U`` is U∘T.

    Attributes:
        direction: its sign is that of T'.
        needs: what must hold of the parameters: (value, kind of domain, name).
        obligations: what a composition rests on and nobody has proved yet: (expression, what for), each to be ≥ 0.
        parts: the maps it is composed of, first to last; itself if it is not a composition.
    """

    name: str
    variable: Any
    forward: Any
    image_variable: Any
    backward: Any
    log_det: Any
    domain: Interval
    image: Interval
    direction: Any
    kinks: tuple[Any, ...] = ()
    needs: tuple[tuple[Any, str, str], ...] = ()
    obligations: tuple[tuple[Any, str], ...] = ()
    chain: tuple[Bijection, ...] = ()

    def __str__(self) -> str:
        if self.chain:
            return " >> ".join(map(str, self.chain))
        plain = self.name.removesuffix(".inverse")
        values = f"({', '.join(str(v) for v, _, _ in self.needs)})" if self.needs else ""
        return f"{plain}{values}{self.name[len(plain) :]}"

    @property
    def parts(self) -> tuple[Bijection, ...]:
        return self.chain or (self,)

    def __call__(self, x: Any) -> Any:
        if _symbolic(x):
            return self.forward.subs(self.variable, as_expr(x))
        return _computed(self, "forward", x)

    def log_abs_det(self, x: Any) -> Any:
        """log|T'(x)|: an expression for an expression, numbers for numbers."""
        if _symbolic(x):
            return self.log_det.subs(self.variable, as_expr(x))
        return _computed(self, "log_det", x)

    @property
    def increasing(self) -> bool | None:
        """Whether T increases (True) or decreases (False), as far as SymPy sees it from the parameters."""
        if self.direction.is_positive:
            return True
        return False if self.direction.is_negative else None

    @property
    def inverse(self) -> Bijection:
        if self.chain:
            return compose(*(p.inverse for p in reversed(self.chain)))
        name = self.name[: -len(".inverse")] if self.name.endswith(".inverse") else f"{self.name}.inverse"
        return Bijection(
            name=name,
            variable=self.image_variable,
            forward=self.backward,
            image_variable=self.variable,
            backward=self.forward,
            log_det=-self.log_det.subs(self.variable, self.backward),
            domain=self.image,
            image=self.domain,
            direction=self.direction,
            kinks=_ordered(self, map(self, self.kinks)),
            needs=self.needs,
            obligations=self.obligations,
        )

    def __rshift__(self, other: Any) -> Bijection:
        return compose(self, other)

    def subs(self, table: Mapping[Any, Any]) -> Bijection:
        """The same map with expressions put in for symbols in its parameters; the variables give way to them."""
        if self.chain:
            return compose(*(p.subs(table) for p in self.chain))
        own = {self.variable, self.image_variable}
        table = {k: as_expr(v) for k, v in table.items() if k not in own}
        taken = {s.name for v in table.values() for s in v.free_symbols}
        x, y = (_renamed(s, taken) for s in (self.variable, self.image_variable))
        whole = {**table, self.variable: x, self.image_variable: y}

        def put(e: Any) -> Any:
            return as_expr(e).subs(whole, simultaneous=True)

        return Bijection(
            name=self.name,
            variable=x,
            forward=put(self.forward),
            image_variable=y,
            backward=put(self.backward),
            log_det=put(self.log_det),
            domain=Interval(put(self.domain.low), put(self.domain.high)),
            image=Interval(put(self.image.low), put(self.image.high)),
            direction=put(self.direction),
            kinks=tuple(map(put, self.kinks)),
            needs=tuple((put(v), kind, name) for v, kind, name in self.needs),
            obligations=tuple((put(v), what) for v, what in self.obligations),
        )

    @property
    def free_symbols(self) -> set[Any]:
        ends = (self.domain.low, self.domain.high, self.image.low, self.image.high)
        found = {s for e in (self.forward, self.backward, self.log_det, *ends) for s in as_expr(e).free_symbols}
        return found - {self.variable, self.image_variable}

    def on(self, domain: Interval) -> Bijection:
        """The same map on a smaller interval; its image is computed anew, and a decreasing map swaps the ends.

        Raises:
            BadInput: the interval is known to reach beyond the domain, or the direction is not known.
        """
        if domain == self.domain:
            return self
        obligations = list(self.obligations)
        for gap, what in _inside(domain, self.domain):
            if gap.is_negative:
                raise BadInput(str(self), f"values in its domain ({self.domain.low}, {self.domain.high})", what)
            if not gap.is_nonnegative:
                obligations.append((gap, f"{what}, in the domain of {self}"))
        image = self.image
        changed = [new != old for new, old in ((domain.low, self.domain.low), (domain.high, self.domain.high))]
        if any(changed):
            up = self.increasing
            if up is None:
                raise BadInput(
                    str(self),
                    "to know whether it increases, for the image of an interval",
                    f"the sign of {self.direction}",
                )
            ends = [
                self(end) if new else (self.image.low if (side == 0) == up else self.image.high)
                for side, (end, new) in enumerate(zip((domain.low, domain.high), changed, strict=True))
            ]
            image = Interval(*(ends if up else reversed(ends)))
        return Bijection(
            **{**{f: getattr(self, f) for f in self.__dataclass_fields__}, "domain": domain, "image": image}
            | {"obligations": tuple(obligations)}
        )


def _ordered(t: Bijection, points: Iterable[Any]) -> tuple[Any, ...]:
    """Images of points in order, in order."""
    found = tuple(points)
    return found[::-1] if t.increasing is False else found


def _symbolic(x: Any) -> bool:
    return isinstance(x, (sp.Basic, int))


def _computed(t: Bijection, what: str, x: Any) -> Any:
    from symrep.transforms.numeric import run

    out: Any = 0.0
    for part in t.parts:
        if what == "log_det":
            out = out + run(part.log_det, part.variable, x)
        x = run(part.forward, part.variable, x)
    return out if what == "log_det" else x


def _inside(small: Interval, large: Interval) -> Iterator[tuple[Any, str]]:
    """What must be ≥ 0 for one interval to lie in another, as far as it is not plain."""
    if large.low is not -sp.oo and small.low != large.low:
        yield (-sp.S.One if small.low is -sp.oo else small.low - large.low), f"values down to {small.low}"
    if large.high is not sp.oo and small.high != large.high:
        yield (-sp.S.One if small.high is sp.oo else large.high - small.high), f"values up to {small.high}"


@final
@dataclass(frozen=True)
class NotInjective:
    """A map that has no inverse and so no Jacobian of a bijection: both are refused, with the reason.

    Attributes:
        witness: two different points with the same image, which the laws check: the refusal is justified.
        why, instead: in words.
    """

    name: str
    variable: Any
    forward: Any
    domain: Interval
    image: Interval
    witness: tuple[Any, Any]
    why: str
    instead: str
    source: str = ""

    def __post_init__(self) -> None:
        _register(self)

    def __hash__(self) -> int:
        return hash(self.name)

    def __call__(self, x: Any) -> Any:
        if _symbolic(x):
            return self.forward.subs(self.variable, as_expr(x))
        from symrep.transforms.numeric import run

        return run(self.forward, self.variable, x)

    def refusal(self, what: str) -> ConditionFails:
        return ConditionFails(
            f"{self.name}, {what}", "an injective map", self.why, self.instead, code=Reason.BRANCH_MISSING.value
        )

    def log_abs_det(self, x: Any) -> Any:
        raise self.refusal("log|det J|")

    @property
    def inverse(self) -> Any:
        raise self.refusal("inverse")


def as_bijection(t: Any) -> Bijection:
    """A bijection, or an entry without parameters as one.

    Raises:
        ConditionFails: a map that is not injective.
        BadInput: something else, or an entry whose parameters are missing.
    """
    if isinstance(t, NotInjective):
        raise t.refusal("as a bijection")
    if isinstance(t, Entry):
        return t()
    if isinstance(t, Bijection):
        return t
    raise BadInput(
        "transform", "a transform of symrep.transforms", f"{type(t).__name__}: {t}"[:60], "Affine(mu, sigma)"
    )


def compose(*maps: Any, domain: Interval | None = None) -> Bijection:
    """The maps one after the other, first to last: ``compose(T, U)`` is U∘T; on a smaller domain than the first's if so
    said.

    Raises:
        BadInput: none; or the image of one is known to reach beyond the domain of the next.
        ConditionFails: one of them is not injective.
    """
    parts = [p for m in maps for p in as_bijection(m).parts]
    if not parts:
        raise BadInput("compose", "at least one transform", "none")
    done: list[Bijection] = []
    for p in parts:
        start = done[-1].image if done else domain
        done.append(p if start is None else p.on(start))
    if len(done) == 1:
        return done[0]
    taken = {s.name for p in done for v, _, _ in p.needs for s in as_expr(v).free_symbols}
    x, y = _renamed(done[0].variable, taken), _renamed(done[-1].image_variable, taken)
    forward: Any = x
    log_det: Any = sp.S.Zero
    kinks: set[Any] = set()
    for i, p in enumerate(done):
        kinks |= {_pulled_back(k, done[:i]) for k in p.kinks}
        log_det += p.log_det.subs(p.variable, forward)
        forward = p.forward.subs(p.variable, forward)
    backward: Any = y
    for p in reversed(done):
        backward = p.backward.subs(p.image_variable, backward)
    return Bijection(
        name="compose",
        variable=x,
        forward=forward,
        image_variable=y,
        backward=backward,
        log_det=log_det,
        domain=done[0].domain,
        image=done[-1].image,
        direction=sp.Mul(*(p.direction for p in done)),
        kinks=tuple(sorted(kinks, key=lambda k: (not k.is_number, float(k) if k.is_number else 0.0, str(k)))),
        needs=tuple(dict.fromkeys(n for p in done for n in p.needs)),
        obligations=tuple(dict.fromkeys(o for p in done for o in p.obligations)),
        chain=tuple(done),
    )


def _pulled_back(point: Any, maps: list[Bijection]) -> Any:
    for p in reversed(maps):
        point = p.backward.subs(p.image_variable, point)
    return point
