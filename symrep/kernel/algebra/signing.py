"""What is known of the sign of an element, and off which null sets an identity may fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

from symrep.claim import Context
from symrep.kernel.algebra.comparing import CARRYING, carried_sign, equivalents
from symrep.kernel.algebra.domain import Domain
from symrep.kernel.algebra.field import Elem, Field, Gen
from symrep.kernel.algebra.numbers import enclosure, sample_value, strictly_satisfied
from symrep.kernel.algebra.polysign import (
    ANY,
    NONZERO,
    Signs,
    box_sign,
    conjugate_sign,
    fact_sign,
    flip,
    plain_sign,
    quadratic_sign,
    sign_product,
    univariate_sign,
    whole_power_sign,
)
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly, fraction
from symrep.spelling import spell
from symrep.term import Term, walk
from symrep.verdict import Reason

__all__ = ["Condition", "InFibre", "Signing"]

T = TypeVar("T")
MAX_SIGN_EFFORT = 30
_ONLY = {s: frozenset({s}) for s in (-1, 0, 1)}
MAX_FACTS = 60


class Condition(str):
    """What has to hold, in words: that ``term`` is not 0. ``pole`` says that where it is 0 the value does not exist.

    Two of them are one condition when they say it of the same term, in a fibre or not: a symbol may be spelled like a
    constant, a bound variable like a free one.
    """

    term: Term | None = None
    pole: bool = False

    def __eq__(self, other: object) -> bool:
        same = str.__eq__(self, other)
        if same is not True or not isinstance(other, Condition):
            return same
        return isinstance(self, InFibre) == isinstance(other, InFibre) and self.term == other.term

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def without_pole(self) -> Condition:
        """The same, where a value may exist elsewhere."""
        if not self.pole:
            return self
        out = type(self)(self)
        out.term = self.term
        return out


class InFibre(Condition):
    """A condition that fails on a null set of the bound variables for every value of the others: integrals over them do
    not see it."""


def may_jump(t: Term, ctx: Context) -> bool:
    """Is t not known to be continuous where it is defined?"""
    for s in walk(t):
        if s[0] in ("num", "sym", "const", "index", "add", "mul", "pow"):
            continue
        if s[0] == "fn" and s[1] not in ("sign", "heaviside", "floor", "ceiling", "arg", "factorial2"):
            continue
        spec = ctx.functions.get(s[1]) if s[0] == "app" else None
        if spec is None or spec.smooth is None or sum(s[2]) > spec.smooth:
            return True
    return False


class Signing:
    """The part of an engine that proves signs; the engine supplies normal forms."""

    dom: Domain
    field: Field
    sign_cache: dict[str, Signs]
    facts: list[tuple[Poly, Signs]]
    facts_ready: bool
    busy: set[str]
    conditions: dict[str, None]
    almost_everywhere: bool
    splits: dict[Term, None]
    depth: int
    effort: int

    def norm(self, t: Term) -> Elem:
        raise NotImplementedError

    def log_abs(self, a: Elem) -> Elem:
        raise NotImplementedError

    def quietly(self, job: Callable[[], T]) -> tuple[T, bool, tuple[str, ...]]:
        raise NotImplementedError

    def inherit(self, off_null_set: bool, conditions: Iterable[str]) -> None:
        raise NotImplementedError

    def poly_term(self, p: Poly) -> Term:
        raise NotImplementedError

    def norm_poly(self, p: Poly) -> Poly:
        """|p|² as a real polynomial where p is complex with known parts, else p."""
        raise NotImplementedError

    # --- conditions -----------------------------------------------------------------------------------------------

    def require_nonzero(self, a: Elem, what: str = "a denominator", *, pole: bool = False) -> None:
        """Prove a ≠ 0, at least off a null set; ``pole`` says that there is no value where a = 0."""
        if 0 not in self.sign_poly(a.num) or 0 not in self.sign(a):
            return
        if a.num == 0:
            raise NotProved(f"{what} is zero", Reason.DOMAIN, undefined=pole)
        for q, _ in self.field.factor(a.num)[1]:
            if 0 not in self.sign_poly(q):
                continue
            p = self.norm_poly(q)
            if p is not q and 0 not in self.sign_poly(p):
                continue
            if not self.null(p):
                raise NotProved(f"{what} may vanish: {self.field.poly_text(p)}", Reason.DOMAIN)
            self.except_zeros(p, pole=pole)

    def except_zeros(self, p: Poly, *, pole: bool = False) -> None:
        """Record that the zeros of p, a null set, are left out."""
        term = self.poly_term(p)
        kind = InFibre if self.null_in_fibre(p, self.dom.fibre_coordinates()) else Condition
        condition = kind(f"{spell(term)} != 0")
        condition.term, condition.pole = term, pole
        self.inherit(True, (condition,))

    def except_in_fibre(self, a: Elem) -> bool:
        """Leave out the zeros of a, if they are null in the bound variables whatever the values of all others."""
        names = self.dom.fibre_coordinates()
        zeros = [p for p, _ in self.field.factor(a.num)[1] if 0 in self.sign_poly(p)]
        if a.num == 0 or not all(self.null_in_fibre(p, names) for p in zeros):
            return False
        for p in zeros:
            self.except_zeros(p)
        return True

    def null_in_fibre(self, p: Poly, names: frozenset[str]) -> bool:
        """Are the zeros of p null in the named variables, whatever the values of all others? So they are when p is a
        polynomial in one of them with a coefficient that never vanishes, or whose zeros are null in the rest."""
        if p == 0 or not names:
            return False
        used = self.field.used(p)
        for g in used:
            if g.kind != "sym" or g.base[1] not in names or any(h is not g and g.free & h.free for h in used):
                continue
            for c in self.field.coefficients(p, g.index).values():
                if 0 not in self.sign_poly(c) or self.null_in_fibre(c, names - g.free):
                    return True
        return False

    def null(self, p: Poly) -> bool:
        """Is the zero set of p proved to be a null set? Either p is a polynomial in a symbol with a coefficient that
        does not vanish (off a null set), or p is analytic on a box and not zero at one of its points."""
        if p == 0 or self.is_thin():
            return False
        used = self.field.used(p)
        for g in used:
            if g.kind != "sym" or g.box.integer or any(h is not g and g.free & h.free for h in used):
                continue
            for c in self.field.coefficients(p, g.index).values():
                if 0 not in self.sign_poly(c) or self.null(c):
                    return True
        if self.dom.facts or any(not self.is_analytic(g) for g in used):
            return False
        return sample_value(self, Elem(p, self.field.one_poly))

    def is_thin(self) -> bool:
        """May the domain itself be a null set? Not if some point satisfies all relations strictly, nor if all are
        strict and nothing in them may jump: then they hold on an open set."""
        dom = self.dom
        if dom.thin or any(b.lo is not None and b.lo == b.hi for b in dom.boxes.values()):
            return True
        if not any(0 in known or may_jump(t, dom.ctx) for t, known in dom.facts):
            return False
        try:  # the strict ones too: a point that satisfies the weak ones strictly may lie where they do not hold
            return not strictly_satisfied(self, [(self.norm(t), known - {0}) for t, known in dom.facts])
        except NotProved:
            return True

    def is_analytic(self, g: Gen) -> bool:
        """Is the generator analytic on the whole box of its symbols? A pole inside would cut the box apart, and what
        vanishes on one part need not vanish on another: arctan x + arctan 1/x is ±π/2."""
        if not g.analytic or (g.kind == "sym" and (g.box.integer or not g.real or g.box.nonzero)):
            return False
        used = self.field.used(*(p for a in g.args for p in a))
        if any(0 in self.sign_poly(a.den) for a in g.args) or not all(self.is_analytic(h) for h in used):
            return False
        if any(h.kind == "sym" for h in used) and len(used) == 1 and g.args[0].num == used[0].poly:
            return True  # a symbol: the ends of its box, if they are singular, are not inside
        one = self.field.one
        if g.kind == "log":
            return 0 not in self.sign(g.args[0])
        if g.kind == "asin":
            return all(0 not in self.sign(e) for e in (self.field.add(one, g.args[0]), self.field.sub(one, g.args[0])))
        return True

    def real(self, a: Elem) -> bool:
        return self.field.real or all(g.real for g in self.field.used(a.num, a.den))

    # --- signs ----------------------------------------------------------------------------------------------------

    def sign(self, a: Elem) -> Signs:
        """A set that contains the sign of a at every point of the domain."""
        value = self.field.value(a)
        if value is not None:
            return _ONLY[(value > 0) - (value < 0)]
        out = self.sign_poly(a.num)
        if a.den is not self.field.one_poly:
            out = sign_product([out, self.sign_poly(a.den) - {0}])
        if out == ANY and not self.field.free(a.num, a.den):
            return self.constant_sign(a)
        return out

    def constant_sign(self, a: Elem) -> Signs:
        for prec in (64, 256, 1024):
            ball = enclosure(self, a, {}, prec)
            if ball is None:
                return ANY
            if ball > 0:
                return frozenset({1})
            if ball < 0:
                return frozenset({-1})
        return ANY

    def sign_poly(self, p: Poly) -> Signs:
        if not p:
            return _ONLY[0]
        if len(p) == 1 and p.is_constant():
            return _ONLY[1 if p.leading_coefficient() > 0 else -1]
        if self.depth <= 6 and (sign := plain_sign(self.field, p)) is not None:
            return _ONLY[sign]
        key = p.str()
        if key in self.sign_cache:
            return self.sign_cache[key]
        if not self.field.real and not all(g.real for g in self.field.used(p)):
            return ANY
        if key in self.busy or self.depth > 6:
            return ANY
        self.busy.add(key)
        self.depth += 1
        try:
            out = self._sign_poly(p)
        finally:
            self.busy.discard(key)
            self.depth -= 1
        if out != ANY or self.depth == 0:
            self.sign_cache[key] = out
        return out

    def _sign_poly(self, p: Poly) -> Signs:
        found = box_sign(self.field, p, look=len(p) > 400)
        if len(p) > 400 or len(found) == 1:
            return found
        content, factors = self.field.factor(p)
        signs = [_ONLY[1 if content > 0 else -1]]
        for q, k in factors:
            s = self.sign_factor(q)
            signs.append(s if k % 2 else frozenset(a * a for a in s))
        out = sign_product(signs) & found
        if len(out) > 1 and len(factors) > 1:
            out = out & self._without_steps(p, self.field.used(p)) & fact_sign(self.field, p, self.known_facts())
        return out

    def _without_steps(self, p: Poly, used: list[Gen]) -> Signs:
        """The sign of a + b·q·sign(q) = a + b·|q|, as far as |q| ≥ 0 says it."""
        for g in used:
            if g.kind == "step":
                from symrep.kernel.algebra.atoms import absolute_value

                parts = self.field.coefficients(p, g.index)
                if not set(parts) <= {0, 1}:
                    continue
                q = g.args[0].num
                b, rest = divmod(parts.get(1, self.field.zero_poly), q)
                if b != 0 and rest == 0:
                    size = absolute_value(self, q)  # type: ignore[arg-type]
                    return self.sign_poly(parts.get(0, self.field.zero_poly) + b * size.poly)
        return ANY

    def sign_factor(self, p: Poly) -> Signs:
        f = self.field
        used = f.used(p)
        if not f.real and not all(g.real for g in used):
            return ANY
        out = ANY
        if len(used) == 1 and p == used[0].poly:
            out = used[0].signs()
            if len(out) == 1:
                return out
        if self.depth <= 1:
            self.effort = 0
        self.effort += 1
        for found in self._ways(p, used, {g.kind for g in used}):
            out = out & found
            if len(out) <= 1:
                break
        return out

    def _ways(self, p: Poly, used: list[Gen], kinds: set[str]) -> Iterator[Signs]:
        """What each way to find the sign says, cheap ones first; those that cannot apply are not asked."""
        f, facts, effort = self.field, self.known_facts(), self.effort
        if not any(g.free for g in used):
            yield self.constant_sign(Elem(p, f.one_poly))
        yield box_sign(f, p, used)
        if "step" in kinds:
            yield self._without_steps(p, used)
        if facts:
            yield fact_sign(f, p, facts)
        if len(used) == 1:
            yield univariate_sign(f, p, used)
            yield self._rooted_sign(p, used)
        if kinds == {"log"}:
            yield self._log_sign(p, used)
        if "exp" in kinds and len(p) == 2:
            yield self._exp_sign(p, used)
        if effort <= MAX_SIGN_EFFORT and len(p) <= 40 and self.depth <= 4:
            if f.relations:
                yield conjugate_sign(f, p, self.sign_poly)
            yield quadratic_sign(f, p, self.sign_poly, used)
            if not kinds.isdisjoint(CARRYING):
                yield carried_sign(self, p)  # type: ignore[arg-type]

    def _log_sign(self, p: Poly, used: list[Gen]) -> Signs:
        """Σ c_i log a_i, with whole c_i and a_i > 0, has the sign of Π a_i^c_i − 1."""
        if not used or int(p.total_degree()) != 1 or any(g.kind != "log" or g.root != 1 or not g.args for g in used):
            return ANY
        f = self.field
        up, down = f.one, f.one
        for mono, k in p.terms():
            c = fraction(k)
            g = next((g for g in used if mono[g.index]), None)
            if g is None or c.denominator != 1 or abs(c) > 4:
                return ANY
            s = self.sign(g.args[0])  # the generator is log|a|
            if s not in ({1}, {-1}):
                return ANY
            power = f.power(g.args[0] if s == {1} else f.neg(g.args[0]), abs(int(c)))
            up, down = (f.mul(up, power), down) if c > 0 else (up, f.mul(down, power))
        return self.sign(f.sub(up, down))

    def _exp_sign(self, p: Poly, used: list[Gen]) -> Signs:
        """αM − βN with positive products M, N, an exponential among them, has the sign of log αM − log βN."""
        if len(p) != 2 or all(g.kind != "exp" for g in used) or any(g.signs() != {1} for g in used):
            return ANY
        (first, c), (second, d) = ((mono, fraction(k)) for mono, k in p.terms())
        if c * d > 0:
            return ANY
        f = self.field
        out = self.log_abs(f.constant(abs(c / d)))
        for g in used:
            k = Fraction(int(first[g.index]) - int(second[g.index]), g.root)
            whole = g.args[0] if g.kind == "exp" else self.log_abs(f.from_gen(g, g.root))
            out = f.add(out, f.scale(whole, k))
        s = self.sign(out)
        return s if c > 0 else flip(s)

    def _rooted_sign(self, p: Poly, used: list[Gen]) -> Signs:
        """A root's box is rounded outwards; what holds of the symbol itself is read off its own."""
        if len(used) != 1 or used[0].root == 1 or used[0].kind != "sym":
            return ANY
        return whole_power_sign(self.field, p, self.dom.boxes[used[0].base[1]])

    def known_facts(self) -> list[tuple[Poly, Signs]]:
        """The facts of the domain as polynomials, each also with the factors of known sign divided out."""
        if self.facts_ready:
            return self.facts
        self.facts_ready = True
        splits = dict(self.splits)
        for t, known in self.dom.facts:
            try:
                a, off_null_set, _ = self.quietly(lambda t=t: self.norm(t))  # type: ignore[misc]
                if not off_null_set:
                    self._learn(a, known)
            except NotProved:
                continue
        self.splits = splits
        self.sign_cache.clear()
        return self.facts

    def _learn(self, a: Elem, known: Signs) -> None:
        whole = a.num * a.den
        if whole == 0:
            return
        self._add_fact(whole, known)
        content, factors = self.field.factor(whole)
        rest = [frozenset({1 if content > 0 else -1})]
        unknown = []
        for p, k in factors:
            s = self.sign_poly(p)
            if k % 2 == 0:
                s = frozenset(x * x for x in s)
            if len(s) == 1 and 0 not in s:
                rest.append(s)
            else:
                unknown.append((p, k))
        product = self.field.one_poly
        for p, k in unknown:
            product = product * (p if k % 2 else p * p)
            if 0 not in known:
                self.facts.append((p, NONZERO))
        if unknown:
            known = flip(known) if sign_product(rest) == {-1} else known
            self._add_fact(product, known)

    def _add_fact(self, p: Poly, known: Signs) -> None:
        """P, and what has its sign."""
        self.facts.append((p, known))
        for same in list(equivalents(self, p)):  # type: ignore[arg-type]
            if len(self.facts) < MAX_FACTS and self.sign_poly(same.den) <= {1}:
                self.facts.append((same.num, known))
