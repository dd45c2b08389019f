"""Sums, products and quotients over atoms, and when one of them is zero: the relations atoms satisfy are built in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final

from symrep.audit import sums
from symrep.audit.atoms import LINE, NONNEGATIVE, POSITIVE, Atom, Signs
from symrep.audit.data import No, Term, num
from symrep.audit.factors import factored
from symrep.audit.sums import Exponent, Mono, Sum, constant, joined, monomial, plus, scaled

__all__ = ["MAX_BITS", "Arithmetic"]

MAX_BITS: Final = 4000
MAX_POWER: Final = 60
#: atoms whose negative powers have to be cleared before a sum can be seen to be zero
CLEARED: Final = ("base", "sin")


class Arithmetic:
    """The part of an algebra that knows the relations of its atoms and no functions; signs come from elsewhere."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.known: dict[Any, Atom] = {}
        self.limited: set[int] = set()
        #: products of two atoms that are something else
        self.products: dict[tuple[int, int], Sum] = {}

    def sign_poly(self, p: Sum) -> Signs:
        raise NotImplementedError

    def exp(self, s: Sum) -> Sum:
        raise NotImplementedError

    def vanishes(self, n: Sum) -> bool:
        raise NotImplementedError

    # --- atoms ------------------------------------------------------------------------------------------------------

    def atom(self, key: Any, make: Callable[[int], Atom]) -> Atom:
        found = self.known.get(key)
        if found is None:
            new = make(-1)
            found = self.known.get(key)  # what is asked on the way may have made it
            if found is not None:
                return found
            found, new.index = new, len(self.atoms)
            self.atoms.append(found)
            self.known[key] = found
            if found.kind in ("prime", "base", "abs", "sign", "turn", "i", "sin"):
                self.limited.add(found.index)
        return found

    def of(self, *ss: Sum) -> list[Atom]:
        return [self.atoms[a] for a in sums.used(*ss)]

    def free(self, *ss: Sum) -> frozenset[str]:
        return frozenset().union(*(a.free for a in self.of(*ss)))

    def real(self, *ss: Sum) -> bool:
        return all(a.real for a in self.of(*ss))

    def made(self, kind: str, term: Term, args: tuple[Sum, ...], **more: Any) -> Atom:
        """The atom kind(args), found again when the arguments are known to be equal."""
        exact = (kind, more.get("data"), tuple(map(sums.key, args)))
        if exact in self.known:
            return self.known[exact]
        for a in self.atoms:
            same = a.kind == kind and a.data == more.get("data") and len(a.args) == len(args)
            if same and all(self.is_zero(sums.minus(s, t)) for s, t in zip(a.args, args, strict=True)):
                self.known[exact] = a
                return a
        more.setdefault("real", self.real(*args))
        more.setdefault("free", self.free(*args))
        return self.atom(exact, lambda i: Atom(i, kind, term, args=args, **more))

    def prime(self, p: int) -> Atom:
        return self.atom(
            ("prime", p), lambda i: Atom(i, "prime", num(p), range=(Fraction(p), False, Fraction(p), False))
        )

    def base(self, p: Sum) -> tuple[Atom, int]:
        """(atom, ±1) with ±atom = p, an irreducible polynomial of at least two terms."""
        lead = max(p, key=lambda m: tuple((a, float(e)) for a, e in m))
        own = self.sign_poly(p)
        turn = 1 if own <= {0, 1} else -1 if own <= {0, -1} else 1 if p[lead] > 0 else -1
        q = scaled(p, turn)

        def make(i: int) -> Atom:
            s = frozenset(turn * x for x in own)
            interval = POSITIVE if s <= {1} else NONNEGATIVE if s <= {0, 1} else LINE
            return Atom(
                i, "base", (), args=(q,), free=self.free(q), range=interval, nonzero=0 not in s, real=self.real(q)
            )

        return self.atom(("base", sums.key(q)), make), turn

    def modulus(self, p: Sum) -> Atom:
        """|p| for a polynomial or atom of unknown sign."""
        lead = max(p, key=lambda m: tuple((a, float(e)) for a, e in m))
        q = p if p[lead] > 0 else scaled(p, -1)

        def make(i: int) -> Atom:
            nonzero = 0 not in self.sign_poly(q)
            return Atom(i, "abs", (), args=(q,), free=self.free(q), range=NONNEGATIVE, nonzero=nonzero, smooth=False)

        return self.atom(("abs", sums.key(q)), make)

    # --- arithmetic -------------------------------------------------------------------------------------------------

    def mul(self, a: Sum, b: Sum) -> Sum:
        return self.settle(sums.times_plain(a, b))

    def product(self, ss: Iterable[Sum]) -> Sum:
        out = dict(sums.ONE)
        for s in ss:
            out = self.mul(out, s)
        return out

    def _beyond(self, m: Mono) -> tuple[int, Exponent] | None:
        for a, e in m:
            if a in self.limited:
                kind = self.atoms[a].kind
                if (
                    (kind == "prime" and not 0 <= e < 1)
                    or (kind == "base" and e >= 1)
                    or (kind == "abs" and not 0 <= e < 2)
                    or (kind == "sign" and e > 2)
                    or (kind == "turn" and not 0 <= e < 2)
                    or (kind == "i" and not 0 <= e < 2)
                    or (kind == "sin" and e >= 2)
                ):
                    return a, e
        return None

    def settle(self, s: Sum) -> Sum:
        """Powers of atoms brought into their range by the relation the atom satisfies."""
        if self.products:
            s = self._without_products(s)
        if not self.limited:
            return s
        out: Sum = {}
        for m, c in s.items():
            found = self._beyond(m)
            if found is None:
                total = out.get(m, 0) + c
                if total:
                    out[m] = total
                else:
                    out.pop(m, None)
                continue
            a, e = found
            rest, value = self._reduced(self.atoms[a], e)
            left = joined(tuple(p for p in m if p[0] != a), ((a, rest),) if rest else ())
            out = plus(out, scaled(self.settle(sums.times_plain({left: Fraction(1)}, value)), c))
        return out

    def _without_products(self, s: Sum) -> Sum:
        for (a, b), value in self.products.items():
            holding = [m for m in s if all(any(i == x and e >= 1 for i, e in m) for x in (a, b))]
            for m in holding:
                c = s[m]
                rest: Sum = {joined(m, ((a, -1), (b, -1)) if a < b else ((b, -1), (a, -1))): c}
                s = plus(plus(s, {m: -c}), self._without_products(sums.times_plain(rest, value)))
        return s

    def _reduced(self, a: Atom, e: Exponent) -> tuple[Exponent, Sum]:
        """(f, s) with atom**e = atom**f · s."""
        if a.kind == "prime":
            k = floor(e)
            if abs(k) > MAX_BITS:
                raise No("a large power")
            return sums.exponent(e - k), constant(Fraction(a.term[1]) ** k)
        if a.kind == "base":
            k = floor(e)
            return sums.exponent(e - k), self.whole_power(a.args[0], k)
        if a.kind == "abs":
            k = 2 * floor(Fraction(e) / 2)
            return sums.exponent(e - k), self.whole_power(a.args[0], k)
        if a.kind == "sign":
            return 1 if int(e) % 2 else 2, dict(sums.ONE)
        if a.kind == "turn":
            return floor(e) % 2, dict(sums.ONE)
        if a.kind == "i":
            k = floor(e)
            return k % 2, constant(-1 if k % 4 in (2, 3) else 1)
        k = floor(e) // 2
        cos = monomial(a.data)
        return sums.exponent(e - 2 * k), self.whole_power(sums.minus(sums.ONE, sums.times_plain(cos, cos)), k)

    def whole_power(self, p: Sum, k: int) -> Sum:
        """p**k; for k < 0 the caller answers for p ≠ 0, an irreducible polynomial or an atom."""
        if k == 0:
            return dict(sums.ONE)
        if k < 0:
            if len(p) == 1:
                ((m, c),) = p.items()
                if -k * max(abs(c.numerator), c.denominator).bit_length() > 100_000:
                    raise No("a large power")
                return self.settle({tuple((a, sums.exponent(e * k)) for a, e in m): c**k})
            atom, turn = self.base(p)
            return {((atom.index, k),): Fraction(turn**k)}
        bits = max((max(abs(c.numerator), c.denominator).bit_length() for c in p.values()), default=1) - 1
        if (k > MAX_POWER and len(p) > 1) or k * bits > 100_000:
            raise No("a large power")
        if len(p) == 1:
            ((m, c),) = p.items()
            return self.settle({tuple((a, sums.exponent(e * k)) for a, e in m): c**k})
        out, square = dict(sums.ONE), p
        while k:
            if k & 1:
                out = self.mul(out, square)
            k >>= 1
            if k:
                square = self.mul(square, square)
        return out

    def together(self, s: Sum) -> tuple[Sum, Mono]:
        """(n, d) with s = n·d, no negative power of a polynomial in n."""
        down: Mono = ()
        for _ in range(40):
            lowest: dict[int, int] = {}
            for m in s:
                for a, e in m:
                    if e < 0 and a in self.limited and self.atoms[a].kind in CLEARED:
                        lowest[a] = max(lowest.get(a, 0), ceil(-e))
            if not lowest:
                return s, down
            up: Mono = tuple(sorted(lowest.items()))
            down = joined(down, sums.inverse_mono(up))
            s = self._raised(s, up)
        raise No("denominators do not come to an end")

    def _raised(self, s: Sum, up: Mono) -> Sum:
        return self.settle({joined(m, up): c for m, c in s.items()})

    def is_zero(self, s: Sum) -> bool:
        """Is the sum zero by its normal form?"""
        if not s:
            return True
        n, _ = self.together(self.settle(s) if self.products else s)
        if not n:
            return True
        return self._zero_by_exponents(n) or self.vanishes(n)

    def _zero_by_exponents(self, n: Sum) -> bool:
        """Exponents that are fractions: divide by the exponential of the first, and spell the differences afresh."""
        shared: Sum | None = None
        spelled: list[tuple[Sum, Fraction, Sum]] = []
        fractions = False
        for m, c in n.items():
            rest: list[tuple[int, Exponent]] = []
            up: Sum = {}
            for a, e in m:
                atom = self.atoms[a]
                if atom.kind == "exp" and atom.args[0]:
                    up = plus(up, scaled(atom.args[0], Fraction(e)))
                    fractions = fractions or any(self.atoms[b].kind in CLEARED for b in sums.used(atom.args[0]))
                else:
                    rest.append((a, e))
            spelled.append(({tuple(rest): Fraction(1)}, c, up))
        if not fractions or len(spelled) > 200:
            return False
        shared = spelled[0][2]
        out: Sum = {}
        for rest_sum, c, up in spelled:
            out = plus(out, scaled(self.mul(rest_sum, self.exp(sums.minus(up, shared))), c))
        return not self.together(out)[0]

    def canon(self, s: Sum) -> Sum:
        """One spelling for equal rational expressions in the atoms: over a common denominator, and cancelled."""
        n, down = self.together(s)
        if not n:
            return {}
        for a, e in down:
            p = self.atoms[a].args[0] if self.atoms[a].kind == "base" else None
            if p is None:
                continue
            for _ in range(-int(e)):
                c = sums.content(n)
                q = sums.exact_quotient({joined(m, sums.inverse_mono(c)): v for m, v in n.items()}, p)
                if q is None:
                    break
                n = {joined(m, c): v for m, v in q.items()}
                down = joined(down, ((a, 1),))
        return self.settle({joined(m, down): c for m, c in n.items()})

    def _sines(self, ps: list[tuple[Sum, int]]) -> tuple[list[tuple[Sum, int]], Mono]:
        """(1 − cos)(1 + cos) is sin² (with the signs as they come)."""
        out = list(ps)
        mono: Mono = ()
        for a in self.atoms:
            if a.kind != "sin":
                continue
            up: Sum = {(): Fraction(1), ((a.data, 1),): Fraction(1)}
            down: Sum = {(): Fraction(1), ((a.data, 1),): Fraction(-1)}
            powers = {1: [k for p, k in out if p == up], -1: [k for p, k in out if p == down]}
            k = min((powers[1] or [0])[0], (powers[-1] or [0])[0])
            if k > 0:
                out = [(p, e - k if p in (up, down) else e) for p, e in out]
                out = [(p, e) for p, e in out if e]
                mono = joined(mono, ((a.index, 2 * k),))
        return out, mono

    def factor(self, s: Sum) -> tuple[Fraction, list[tuple[Atom, Exponent]], list[tuple[Sum, int]]]:
        """S = c · Π atomᵉ · Π pᵏ, for s that is not zero."""
        n, down = self.together(s)
        if not n:
            raise No("something that has to be nonzero is zero")
        c, mono, ps = factored(n)
        pieces = []
        for p, k in ps:
            if len(p) == 1:  # an atom by itself
                ((m, v),) = p.items()
                c, mono = c * v**k, joined(mono, tuple((a, e * k) for a, e in m))
            else:
                pieces.append((p, k))
        pieces, sines = self._sines(pieces)
        mono = joined(mono, sines)
        return c, [(self.atoms[a], e) for a, e in joined(mono, down)], pieces
