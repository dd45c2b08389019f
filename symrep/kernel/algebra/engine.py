"""From terms to normal forms: the core (symbols, sums, products, powers); functions and binders stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import Any, TypeVar

from symrep.kernel.algebra import atoms, binders, complexes, functions, intpow
from symrep.kernel.algebra.comparing import equivalents
from symrep.kernel.algebra.conjugates import paired, square_root
from symrep.kernel.algebra.domain import Domain, spelled
from symrep.kernel.algebra.field import SIZES, Box, Elem, Field, FieldFull, Gen, too_large
from symrep.kernel.algebra.signing import Condition, Signing
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import BITS, Poly, arb_bounds, balls_of, flint
from symrep.term import Term, subterms, sym
from symrep.verdict import Reason

__all__ = ["Engine", "Refine", "engine"]

T = TypeVar("T")
MAX_RESTARTS = 40
MAX_NUMBER_BITS = 4_000
MAX_CLIMB = 200
#: terms that are generators, more or less
_GENERATING = frozenset(("sym", "const", "fn", "pow"))


class Refine(Exception):
    """A finer root of a generator is needed; start again with the hint taken."""


class Engine(Signing):
    """The normal forms of one domain.

    ``conditions`` collects what had to hold off a null set only (then ``almost_everywhere``); ``splits`` the
    polynomials whose unknown sign stood in the way, as terms.
    """

    def __init__(self, dom: Domain) -> None:
        self.dom = dom
        self.hints: dict[str, int] = {}
        self.tier = 0
        self.linear: Callable[[Term, list[tuple[Term, Term]]], bool] | None = None
        self.inner: dict[Any, Engine] = {}
        self.running = False
        self.reset()

    def reset(self) -> None:
        self.field = Field(SIZES[self.tier])
        self.cache: dict[Term, tuple[Elem, bool, tuple[str, ...]]] = {}
        self.sign_cache = {}
        self.facts = []
        self.facts_ready = False
        self.busy = set()
        self.conditions = {}
        self.almost_everywhere = False
        self.splits = {}
        self.exp_pieces: list[tuple[Elem, Gen]] = []
        #: index of a cosine -> its angle's name, which part of the angle it is of, and the sine
        self.angles: dict[int, tuple[str, int, Gen]] = {}
        self.log_gens: list[Gen] = []
        self.classes: list[tuple[str, Elem]] = []
        self.derived: dict[str, tuple[Elem, bool, tuple[str, ...]]] = {}
        self.opaque: list[tuple[Gen, Any]] = []
        self.opaque_diffs: list[tuple[Gen, Term]] = []
        self.depth = 0
        self.effort = 0

    def run(self, job: Callable[[], T]) -> T:
        """Do the job, starting again whenever finer generators turn out to be needed."""
        if self.running:
            return job()
        self.running = True
        try:
            return self._run(job)
        finally:
            self.running = False

    def _run(self, job: Callable[[], T]) -> T:
        for _ in range(MAX_RESTARTS):
            try:
                return job()
            except Refine:
                self.reset()
            except FieldFull:
                self.tier += 1
                if self.tier >= len(SIZES):
                    self.tier = 0
                    self.reset()
                    raise too_large("too many generators") from None
                self.reset()
            except RecursionError:
                self.reset()
                raise too_large("an expression nested too deeply") from None
            except (OverflowError, ValueError) as e:
                self.reset()
                raise too_large(f"arithmetic went out of range ({e})") from None
        raise too_large("too many refinements")

    def refine(self, name: str, root: int) -> None:
        """Start again with a finer root of what goes by the name."""
        self._hint(name, root)
        raise Refine

    def root_for(self, name: str, denominator: int, *, made: bool) -> int:
        """The root to take of what goes by the name, so that the power 1/denominator is there; nothing has to start
        again when no generator was ``made`` of it yet."""
        if self.hints.get(name, 1) % denominator:
            self._hint(name, denominator)
            if made:
                raise Refine
        return self.hints.get(name, 1)

    def _hint(self, name: str, root: int) -> None:
        old = self.hints.get(name, 1)
        new = old * root // gcd(old, root)
        if new > 720:
            raise too_large("roots of a high order")
        self.hints[name] = new

    def foresee(self, *terms: Term) -> None:
        """Note the roots of π and of symbols that stand in the terms, and about how many generators there will be, so
        that it need not be found out by starting again."""
        found = [s for t in terms for s in subterms(t) if s[0] in _GENERATING]
        for s in found:
            if s[0] == "pow" and s[2][0] == "num" and 1 < s[2][2] <= 6:
                self._foresee_root(s[1], s[2][2])
        if len(found) <= SIZES[0] or self.tier:
            return
        seen = {s for s in found if s[0] != "pow" or s[2][0] != "num" or s[2][2] > 1}
        waves = [s for s in seen if s[0] == "fn" and s[1] in ("sin", "cos", "tan")]
        if len(seen) + len(waves) > SIZES[0]:
            self.tier = 1
            self.reset()

    def _foresee_root(self, base: Term, q: int) -> None:
        if base[0] == "mul":
            for part in base[1:]:
                self._foresee_root(part, q)
        elif base == ("const", "pi"):
            self._hint("pi()", q)
        elif base[0] == "sym" and base[1] not in self.dom.subst:
            box = self.dom.boxes.get(base[1])
            if box is not None and not box.integer and box.signs() <= {0, 1}:
                self._hint(spelled(base[1]), q)

    def extreme(self, name: str, k: int) -> int:
        """The largest k ever asked under this name; start again when it grows, so that one choice serves all."""
        old = self.hints.setdefault(name, k)
        if k <= old:
            return old
        if k > old + MAX_CLIMB:
            raise too_large("arguments far apart")
        self.hints[name] = k
        raise Refine

    def learn(self, a: Elem, known: frozenset[int]) -> None:
        """The sign of a lies in the set: proved elsewhere, and used like a hypothesis."""
        self.known_facts()
        p = a.num * a.den
        if all(p != q for q, _ in self.facts):
            self.facts.append((p, known))
            self.sign_cache.clear()

    # --- terms ----------------------------------------------------------------------------------------------------

    def norm(self, t: Term) -> Elem:
        """The normal form of a term on the domain."""
        head = t[0]
        if head == "num":  # nothing is left out
            if max(t[1].bit_length(), t[2].bit_length()) > MAX_NUMBER_BITS:
                raise too_large("a number with very many digits")
            return self.field.ratio(t[1], t[2])
        hit = self.cache.get(t)
        if hit is None:
            saved = self.almost_everywhere, self.conditions
            self.almost_everywhere, self.conditions = False, {}
            try:
                elem = self._norm(t, head)
                hit = elem, self.almost_everywhere, tuple(self.conditions)
            finally:
                self.almost_everywhere, self.conditions = saved
            self.cache[t] = hit
        elem, off_null_set, conditions = hit
        if off_null_set or conditions:
            self.inherit(off_null_set, conditions)
        return elem

    def quietly(self, job: Callable[[], T]) -> tuple[T, bool, tuple[str, ...]]:
        """The result, whether it holds off a null set only, and the conditions; the engine's own record stays."""
        saved = self.almost_everywhere, self.conditions
        self.almost_everywhere, self.conditions = False, {}
        try:
            out = job()
            return out, self.almost_everywhere, tuple(self.conditions)
        finally:
            self.almost_everywhere, self.conditions = saved

    def aside(self, job: Callable[[], T]) -> T:
        """A job about what need not be evaluated to have the whole: a branch, an item of a sum that may be empty. Where
        it has no value the whole may have one all the same."""
        try:
            out, off_null_set, conditions = self.quietly(job)
        except NotProved as e:
            if not e.undefined:
                raise
            raise NotProved(e.message, e.reason, e.definite) from e
        self.inherit(off_null_set, (c.without_pole() if isinstance(c, Condition) else c for c in conditions))
        return out

    def inherit(self, off_null_set: bool, conditions: Iterable[str]) -> None:
        self.almost_everywhere = self.almost_everywhere or off_null_set
        for c in conditions:
            if isinstance(c, Condition) and c.pole:
                self.conditions.pop(c, None)  # the one that says more is kept
            self.conditions.setdefault(c)

    def _norm(self, t: Term, head: str) -> Elem:
        f = self.field
        if head == "sym":
            return self.symbol(t[1])
        if head == "mul":
            out = self.norm(t[1]) if len(t) > 1 else f.one
            for c in t[2:]:
                out = f.mul(out, self.norm(c))
            return out
        if head == "add":
            out = self.norm(t[1]) if len(t) > 1 else f.zero
            for c in t[2:]:
                out = f.add(out, self.norm(c))
            return out
        if head == "pow":
            return self.pow(self.norm(t[1]), self.norm(t[2]))
        if head == "fn":
            return functions.apply(self, t[1], t[2:])
        if head == "const":
            return atoms.constant(self, t[1])
        if head == "app":
            return atoms.undetermined(self, t)
        if head == "index":
            return atoms.indexed(self, t)
        if head == "inf":
            raise NotProved("∞ is not a number", Reason.DOMAIN)
        return binders.node(self, t)

    def symbol(self, name: str) -> Elem:
        dom = self.dom
        if name in dom.subst:
            return self.norm(dom.subst[name])
        box = dom.boxes.get(name)
        if box is None:
            raise NotProved(f"{name} has no domain", Reason.NOT_DECLARED)
        return self.rooted(spelled(name), "sym", sym(name), frozenset((name,)), box)

    def rooted(self, name: str, kind: str, base: Term, free: frozenset[str], box: Box) -> Elem:
        """A generator standing for base**(1/q), q as the hints say; its q-th power is the element wanted."""
        gen = self.field.by_name.get(name)
        q = self.hints.get(name, 1)
        if gen is None:
            gen = Gen(name, kind, base, free, root=q, box=root_box(box, q))
            self.field.add_gen(gen)
        return self.field.from_gen(gen, q)

    def note_split(self, p: Poly) -> None:
        """The sign of p is not known and would help."""
        used = self.field.used(p)
        if len(used) == 1 and used[0].kind == "intpow":
            p = next(q for q, _ in self.field.factor(used[0].args[0].num)[1])
        for same in equivalents(self, p) if any(g.args for g in self.field.used(p)) else ():
            factors = [q for part in same for q, _ in self.field.factor(part)[1] if len(self.sign_poly(q)) > 1]
            if len(factors) == 1:
                p = factors[0]
                break
        self.splits[self.poly_term(p)] = None

    def poly_term(self, p: Poly) -> Term:
        return binders.term_of_poly(self, p)

    def norm_poly(self, p: Poly) -> Poly:
        size = None if self.real(Elem(p, self.field.one_poly)) else complexes.norm_poly(self, p)
        return p if size is None else size

    def note_unknown(self, a: Elem) -> None:
        for part in a:
            if not part.is_constant():
                for p, _ in self.field.factor(part)[1]:
                    if len(self.sign_poly(p)) > 1 and all(g.real for g in self.field.used(p)):
                        self.note_split(p)

    # --- powers ---------------------------------------------------------------------------------------------------

    def inverse(self, a: Elem) -> Elem:
        self.require_nonzero(a)
        return self.field.make(a.den, a.num)

    def pow(self, b: Elem, e: Elem) -> Elem:
        """b**e, principal branch where it is real."""
        value = self.field.value(e)
        if value is not None and value.denominator == 1:
            n = int(value)
            if n < 0 or b.num == 0 == n:  # else b**0 is an empty product
                self.require_nonzero(b, "the base of a power", pole=n < 0)
            return self.field.power(b, n)
        if b.num == 0:
            if self.sign(e) <= {1} and self.real(e):
                return self.field.zero
            raise NotProved("0 to a power that is not known positive", Reason.DOMAIN)
        if value is None and not (self.real(b) and self.sign(b) <= {1}) and intpow.integer_elem(self, e):
            return intpow.integer_power(self, b, e)
        if not self.real(b):
            raise NotProved("a power of a complex number", Reason.DOMAIN)
        s = self.sign(b)
        if value is not None:
            if -1 in s and not (s == {-1} and self.dom.principal):
                self.note_unknown(b)
                raise NotProved(
                    f"the base of a fractional power is not known nonnegative: {self.show(b)}", Reason.DOMAIN
                )
            if value < 0:
                self.require_nonzero(b, "the base of a power", pole=True)
            size = self.abs_power(b, value)
            return complexes.at_negative(self, size, value) if s == {-1} else size
        if s != {1}:
            self.note_unknown(b)
            raise NotProved(f"the base of a power is not known positive: {self.show(b)}", Reason.DOMAIN)
        return functions.exp(self, self.field.mul(e, self.log_abs(b)))

    def factors(
        self, a: Elem, c: Fraction, *, log: bool = False
    ) -> tuple[Fraction, list[tuple[Poly, Fraction]], list[tuple[Elem, Fraction]]]:
        """|a|**c as |content|**c times powers of irreducible polynomials and of further elements."""
        f = self.field
        content, parts = f.factor(a.num)
        content, out = abs(content), [(p, c if k == 1 else c * k) for p, k in parts]
        if a.den is not f.one_poly:
            below, parts = f.factor(a.den)
            content = content / abs(below) if below not in (1, -1) else content
            out += [(p, -c * k) for p, k in parts]
        if not self.angles and not f.relations:
            return content, out, []
        factors, more = paired(self, {p.str(): (p, e) for p, e in out}, log=log)
        return content, list(factors.values()), more

    def abs_power(self, a: Elem, c: Fraction) -> Elem:
        """|a|**c for rational c; the caller answers for a ≠ 0 when c < 0."""
        f = self.field
        content, factors, more = self.factors(a, c)
        out = atoms.rational_power(self, content, c)
        for p, e in factors:
            out = f.mul(out, atoms.factor_power(self, p, e))
        for b, e in more:
            out = f.mul(out, self.abs_power(b, e))
        return out

    def log_abs(self, a: Elem) -> Elem:
        """log|a| as a sum over the irreducible factors; the caller answers for a ≠ 0."""
        f = self.field
        content, factors, more = self.factors(a, Fraction(1), log=True)
        out = atoms.log_rational(self, content)
        for p, e in factors:
            root = square_root(self, p) if f.relations else None
            one = atoms.log_factor(self, p) if root is None else f.scale(self.log_abs(root), 2)
            out = f.add(out, f.scale(one, e))
        for b, e in more:
            out = f.add(out, f.scale(self.log_abs(b), e))
        return out

    def show(self, a: Elem) -> str:
        return self.field.text(a)


def root_box(box: Box, q: int) -> Box:
    """A box that contains x**(1/q) for x in the box."""
    return box if q == 1 else _root_box(box, q)


@lru_cache(maxsize=256)
def _root_box(box: Box, q: int) -> Box:
    def approx(v: Fraction, up: bool) -> tuple[Fraction, bool]:
        if v in (0, 1):
            return v, True
        with balls_of(BITS):
            bounds = arb_bounds(flint.arb(flint.fmpq(v.numerator, v.denominator)).root(q))
        if bounds is None:
            raise too_large("a root of a bound")
        return (bounds[1] if up else bounds[0]), False

    lo, lo_open = (Fraction(0), False) if box.lo is None or box.lo < 0 else (box.lo, box.lo_open)
    low, exact_lo = approx(lo, False)
    if box.hi is None:
        return Box(low, None, lo_open and exact_lo)
    high, exact_hi = approx(box.hi, True)
    return Box(low, high, lo_open and exact_lo, box.hi_open and exact_hi, nonzero=box.nonzero)


def engine(dom: Domain) -> Engine:
    """The engine of a domain, made once."""
    if dom.engine is None:
        dom.engine = Engine(dom)
    out: Engine = dom.engine
    return out
