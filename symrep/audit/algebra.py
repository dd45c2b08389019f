"""Normal forms: terms as generalised polynomials over atoms, with the laws of powers, exp, log and |·| built in.

Every rewriting is an identity at all points of the context where the term is defined; where a null set had to be left
out, that is noted. A difference that becomes the empty sum is therefore zero; one that does not may still be.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symrep.audit import sums
from symrep.audit.arithmetic import Arithmetic
from symrep.audit.atoms import ANY, LINE, NONNEGATIVE, POSITIVE, Atom, Signs, Unknown
from symrep.audit.context import Ctx
from symrep.audit.data import PI, No, Term, fn, num
from symrep.audit.factors import prime_factors
from symrep.audit.sums import Mono, Sum, constant, monomial, plus, scaled

__all__ = ["Algebra"]


class Algebra(Arithmetic):
    """The normal forms of one context."""

    def __init__(self, ctx: Ctx) -> None:
        super().__init__()
        self.ctx = ctx
        self.hints = ctx.hints
        self.cache: dict[Term, tuple[Sum, tuple[str, ...]]] = {}
        self.notes: dict[str, None] = {}
        self.splits: dict[Term, None] = {}
        self.signs: dict[Any, Signs] = {}
        self.busy: set[Any] = set()
        self.facts: list[tuple[Sum, Signs]] | None = None
        self.met = False  # an integral or the like, of which relations may be given
        self.is_thin: bool | None = None
        self.vanishing = False
        self.work = 0

    def pi(self) -> Sum:
        return self.norm(PI)

    def atom_index_of_pi(self) -> int:
        ((m, _),) = self.pi().items()
        return m[0][0]

    def symbol_atom(self, name: str) -> Atom:
        from symrep.audit.names import symbol_atom

        return symbol_atom(self, name)

    # --- powers -----------------------------------------------------------------------------------------------------

    def inverse(self, s: Sum, what: str = "a denominator") -> Sum:
        return self.power(s, -1, what)

    def power(self, s: Sum, n: int, what: str = "a denominator") -> Sum:
        if n > 0:
            return self.whole_power(s, n)
        self.need_nonzero(s, what)
        if n == 0:
            return dict(sums.ONE)
        c, atoms, ps = self.factor(s)
        out = self.settle({tuple(sorted((a.index, sums.exponent(e * n)) for a, e in atoms)): c**n})
        for p, k in ps:
            out = self.mul(out, self.whole_power(p, k * n))
        return out

    def abs_power(self, s: Sum, e: Fraction) -> Sum:
        """|s|**e; the caller answers for s ≠ 0 when e < 0."""
        c, atoms, ps = self.factor(s)
        out = self.rational_power(abs(c), e)
        for a, k in atoms:
            out = self.mul(out, self.atom_power(a, e * k))
        for p, k in ps:
            out = self.mul(out, self.poly_power(p, e * k))
        return out

    def rational_power(self, c: Fraction, e: Fraction) -> Sum:
        if e.denominator == 1:
            if abs(e) * (c.numerator.bit_length() + c.denominator.bit_length()) > 100_000:
                raise No("a large power")
            return constant(c ** int(e))
        out = dict(sums.ONE)
        for n, turn in ((c.numerator, 1), (c.denominator, -1)):
            for p, k in prime_factors(n):
                out = self.mul(out, self.settle(monomial(self.prime(p).index, k * turn * e)))
        return out

    def atom_power(self, a: Atom, e: Fraction) -> Sum:
        """|atom|**e."""
        if not a.real:
            raise No("the size of something complex")
        if a.kind == "turn":  # ±1
            return dict(sums.ONE)
        s = a.signs()
        even = e.denominator == 1 and e.numerator % 2 == 0
        if even or s <= {0, 1} or a.kind == "abs":
            return self.settle(monomial(a.index, e))
        if a.kind == "base":
            return self.poly_power(a.args[0], e)
        if s <= {0, -1}:
            if e.denominator == 1:
                return scaled(self.settle(monomial(a.index, e)), -1 if int(e) % 2 else 1)
            minus: Sum = {((a.index, 1),): Fraction(-1)}
            atom = self.atom(
                ("base", sums.key(minus)),
                lambda i: Atom(
                    i, "base", (), args=(minus,), free=a.free, range=NONNEGATIVE, nonzero=0 not in s, smooth=a.smooth
                ),
            )
            return self.settle(monomial(atom.index, e))
        p = monomial(a.index)
        self.wish(p)
        return self.settle(monomial(self.modulus(p).index, e))

    def poly_power(self, p: Sum, e: Fraction) -> Sum:
        """|p|**e for an irreducible polynomial."""
        if not self.real(p):
            raise No("the size of something complex")
        s = self.sign_poly(p)
        if e.denominator == 1:
            if e.numerator % 2 == 0 or s <= {0, 1}:
                return self.whole_power(p, int(e))
            if s <= {0, -1}:
                return self.whole_power(scaled(p, -1), int(e))
        if len(s - {0}) == 1:
            return self.settle(monomial(self.base(p)[0].index, e))
        self.wish(p)
        return self.settle(monomial(self.modulus(p).index, e))

    def log_abs(self, s: Sum) -> Sum:
        """log|s|; the caller answers for s ≠ 0."""
        c, atoms, ps = self.factor(s)
        out: Sum = {}
        for n, turn in ((abs(c).numerator, 1), (abs(c).denominator, -1)):
            for prime, k in prime_factors(n):
                out = plus(out, scaled(self.log_atom(self.prime(prime)), k * turn))
        for a, e in atoms:
            out = plus(out, scaled(self.log_atom(a), Fraction(e)))
        for p, k in ps:
            if not self.real(p):
                raise No("a logarithm of something complex")
            out = plus(out, scaled(self.log_atom(self.base(p)[0]), k))
        return out

    def log_atom(self, a: Atom) -> Sum:
        """log|atom|."""
        if not a.real:
            raise No("a logarithm of something complex")
        if a.kind == "exp":
            return a.args[0]
        if a.kind == "abs" or (a.kind == "base" and len(a.args[0]) == 1):
            return self.log_abs(a.args[0])
        if a.kind in ("sign", "turn"):
            return {}
        if a.kind == "lambertw" and 0 not in self.sign(a.args[0]):  # W eᵂ = z
            return sums.minus(self.log_abs(a.args[0]), monomial(a.index))
        arg = a.args[0] if a.kind == "base" else monomial(a.index)

        def make(i: int) -> Atom:
            s = self.sign_poly(arg) if len(arg) > 1 else a.signs()
            interval = LINE
            smooth = s in ({1}, {-1}) or (a.kind == "sym" and len(s - {0}) == 1)
            if len(s - {0}) == 1:
                size = self.sign(sums.minus(scaled(arg, next(iter(s - {0}))), sums.ONE))
                interval = POSITIVE if size <= {1} else NONNEGATIVE if size <= {0, 1} else LINE
                if size <= {0, -1}:
                    interval = (None, True, Fraction(0), 0 not in size)
            return Atom(i, "log", (), args=(arg,), data=a.index, free=a.free, range=interval, smooth=smooth)

        return monomial(self.atom(("log", a.index), make).index)

    def exp(self, s: Sum) -> Sum:
        """exp(s): multiples of logarithms become powers."""
        out = dict(sums.ONE)
        for m, c in self.canon(s).items():
            out = self.mul(out, self._exp_of(m, c))
        return out

    def _exp_of(self, m: Mono, c: Fraction) -> Sum:
        if len(m) == 1 and m[0][1] == 1 and self.atoms[m[0][0]].kind == "log":
            log = self.atoms[m[0][0]]
            return self.atom_power(self.atoms[log.data], c)
        if len(m) == 1 and m[0][1] == 1 and self.atoms[m[0][0]].kind == "lambertw":
            w = self.atoms[m[0][0]]
            if 0 not in self.sign(w.args[0]):  # exp W(z) = z/W(z)
                return self.abs_power(self.mul(w.args[0], self.whole_power(monomial(w.index), -1)), c)
        kinds = {self.atoms[a].kind: e for a, e in m}
        if kinds.get("i") == 1 and all(self.atoms[a].real or self.atoms[a].kind == "i" for a, _ in m):
            from symrep.audit.circular import sin_cos

            angle: Mono = tuple(p for p in m if self.atoms[p[0]].kind != "i")
            sin, cos = sin_cos(self, {angle: c})
            return plus(cos, self.mul(sin, self.norm(("const", "i"))))
        piece: Sum = {m: Fraction(1)}

        def make(i: int) -> Atom:
            real = self.real(piece)
            interval = POSITIVE if real else LINE
            s = self.sign(piece) if real else ANY
            one = Fraction(1)
            if s <= {0, 1}:
                interval = (one, 0 not in s, None, True)
            elif s <= {0, -1}:
                interval = (Fraction(0), True, one, 0 not in s)
            return Atom(i, "exp", (), args=(piece,), free=self.free(piece), range=interval, nonzero=True, real=real)

        return monomial(self.atom(("exp", m), make).index, c)

    # --- conditions -------------------------------------------------------------------------------------------------

    def vanishes(self, n: Sum) -> bool:
        from symrep.audit.vanishing import vanishes

        return vanishes(self, n)

    def wish(self, p: Sum) -> None:
        """The sign of p would help; that of an odd or increasing function of something is that of something else."""
        if len(p) == 1 and len(next(iter(p))) == 1 and next(iter(p))[0][1] == 1:
            atom = self.atoms[next(iter(p))[0][0]]
            if atom.kind in ("erf", "erfi", "erfinv", "atan", "asin", "si"):
                self.wish(atom.args[0])
                return
            if atom.kind == "log" and self.sign(atom.args[0]) <= {1}:
                self.wish_factors(sums.minus(atom.args[0], sums.ONE))
                return
        if self.real(p):
            self.splits[self.term(p)] = None

    def wish_factors(self, s: Sum) -> None:
        if s and self.real(s):
            _, atoms, ps = self.factor(s)
            for a, _ in atoms:
                arg = a.args[0] if a.kind in ("base", "abs") else monomial(a.index)
                if len(self.sign(arg)) > 1:
                    self.wish(arg)
            for p, _ in ps:
                if len(self.sign_poly(p)) > 1:
                    self.wish(p)

    def zeros(self, s: Sum) -> list[Sum]:
        """The factors of s that may vanish."""
        _, atoms, ps = self.factor(s)
        out = [p for p, _ in ps if 0 in self.sign_poly(p) and not self.never_zero(p)]
        for a, e in atoms:
            if a.kind in ("i", "exp"):
                continue
            arg = a.args[0] if a.kind in ("base", "abs") else monomial(a.index)
            if e > 0 and 0 in a.signs() and 0 in self.sign(arg):
                out.append(arg)
        return out

    def never_zero(self, p: Sum) -> bool:
        """Is a complex number not 0 because |p|² is not?"""
        if self.real(p):
            return False
        from symrep.audit.lambert import square_of_size

        try:
            return 0 not in self.sign(square_of_size(self, p))
        except No:
            return False

    def need_nonzero(self, s: Sum, what: str = "a denominator") -> None:
        """Prove s ≠ 0, or leave a null set out."""
        if 0 not in self.sign(s):
            return
        for p in self.zeros(s):
            if not self.null(p):
                self.wish(p)
                raise Unknown(f"{what} may vanish: {self.text(p)}")
            self.leave_out(p)

    def leave_out(self, p: Sum) -> None:
        """The zeros of p, a null set, are not spoken about."""
        if not self.null_in(p, self.ctx.fibre):
            self.notes[f"{self.text(p)} != 0"] = None

    def null_in(self, p: Sum, names: frozenset[str]) -> bool:
        """Are the zeros null in the named variables, for every value of the others? So they are for a polynomial in
        one of them with a coefficient that vanishes nowhere, or on such a null set of the rest."""
        if not p or not names:
            return False
        p, _ = self.together(p)
        for x in self.of(p):
            if x.kind != "sym" or x.term[1] not in names or not self._only_here(p, x):
                continue
            for c in sums.parts_in(p, x.index).values():
                if 0 not in self.sign(c) or self.null_in(c, names - x.free):
                    return True
        return False

    def _only_here(self, p: Sum, x: Atom) -> bool:
        return all(a is x or not (a.free & x.free) for a in self.of(p)) and all(
            isinstance(e, int) and e >= 0 for m in p for a, e in m if a == x.index
        )

    def null(self, p: Sum) -> bool:
        """Is the zero set of p proved to be a null set of the context?"""
        from symrep.audit.numeric import off_zero_somewhere, thin

        if not p or thin(self):
            return False
        p, _ = self.together(p)
        if not p:
            return False
        for x in self.of(p):
            if x.kind != "sym" or "integer" in (self.ctx.kind_of(x.term[1]) or "integer") or not self._only_here(p, x):
                continue
            for c in sums.parts_in(p, x.index).values():
                if 0 not in self.sign(c) or self.null(c):
                    return True
        if self.ctx.facts or self.ctx.given:
            return False
        return off_zero_somewhere(self, p)

    # --- signs (proved in their own module) -------------------------------------------------------------------------

    def sign(self, s: Sum) -> Signs:
        from symrep.audit.signing import sign

        return sign(self, s)

    def sign_poly(self, p: Sum) -> Signs:
        from symrep.audit.signing import sign

        return sign(self, p)

    # --- terms ------------------------------------------------------------------------------------------------------

    def norm(self, t: Term) -> Sum:
        """The normal form of a term."""
        hit = self.cache.get(t)
        if hit is None:
            saved, self.notes = self.notes, {}
            try:
                from symrep.audit.reading import read_term

                hit = read_term(self, t), tuple(self.notes)
            finally:
                self.notes = saved
            self.cache[t] = hit
        self.notes.update(dict.fromkeys(hit[1]))
        return hit[0]

    def learn(self, s: Sum, known: Signs) -> None:
        """Remember what was proved of the sign of a sum."""
        from symrep.audit.signing import learn

        learn(self, s, known)

    def quietly(self, job: Callable[[], Any]) -> tuple[Any, dict[str, None]]:
        """The answer, and the notes taken on the way, which are taken back."""
        saved, self.notes = self.notes, {}
        try:
            return job(), self.notes
        finally:
            self.notes = saved

    def atom_term(self, a: Atom) -> Term:
        if a.kind in ("base", "abs", "log", "exp"):
            inside = self.term(a.args[0])
            if a.kind == "base":
                return inside
            if a.kind == "log" and not self.sign(a.args[0]) <= {0, 1}:
                inside = fn("abs", inside)
            return fn(a.kind, inside)
        return a.term

    def term(self, s: Sum) -> Term:
        """The sum written as a term."""
        out = []
        for m, c in sorted(s.items(), key=lambda mc: tuple((a, float(e)) for a, e in mc[0])):
            factors: list[Term] = [num(c)] if c != 1 or not m else []
            exponent: list[Term] = []
            for a, e in m:
                atom = self.atoms[a]
                if atom.kind == "exp":
                    exponent.append(self.term(scaled(atom.args[0], Fraction(e))))
                    continue
                t = self.atom_term(atom)
                factors.append(t if e == 1 else ("pow", t, num(Fraction(e))))
            if exponent:
                factors.append(fn("exp", exponent[0] if len(exponent) == 1 else ("add", *exponent)))
            out.append(factors[0] if len(factors) == 1 else ("mul", *factors))
        return out[0] if len(out) == 1 else ("add", *out) if out else num(0)

    def text(self, s: Sum) -> str:
        from symrep.audit.writing import text

        return text(self.term(s))
