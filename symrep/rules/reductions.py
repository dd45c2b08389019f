"""Definite integrals taken apart until the kernel's table or an antiderivative has each part. Untrusted search.

A solver proposes parts for an integral, asks whether the kernel accepts them, and goes on to the next idea otherwise:
the table term by term with antiderivatives for the rest; kinks cut; substitutions that make exponentials of
exponentials, of logarithms, of shifted or bounded ranges into integrals over (0, ∞) or (0, 1); the line cut in halves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Final, final

import sympy as sp

from symrep.rules.factors import prepared
from symrep.rules.integrands import (
    at_ends,
    bell_shaped,
    both_ways,
    by_antiderivative,
    centre,
    collected,
    common_rate,
    end_values,
    exponential_in,
    flips,
    frullani,
    known_of_ends,
    log_squared,
    put_in,
    tidied,
)
from symrep.rules.oracle import find_antiderivative
from symrep.rules.pieces import SignOf, cut
from symrep.rules.primitives import divided, opened, primitive
from symrep.rules.rows import cauchy_wave, row_of
from symrep.symbols import DomainSymbol
from symrep.term import Term
from symrep.translate import to_term

__all__ = ["Solver"]

Part = dict[str, Any]
Parts = list[Part]
MAX_DEPTH: Final = 4
_KINKED: Final = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise, sp.floor, sp.ceiling)


@final
class Solver:
    """``accepts(t, x, low, high, parts)`` is the kernel's word; no search after ``until``,
    in seconds of this process: what is found does not hang on how busy the machine is."""

    def __init__(
        self,
        accepts: Callable[[Any, Any, Any, Any, Parts], bool],
        taken: set[str],
        until: float,
        slow: float = 2.0,
        sign: SignOf | None = None,
    ) -> None:
        self.sign = sign
        self.accepts = accepts
        self.taken = taken
        self.until = until
        self.slow = slow
        #: positive symbols that stand for differences, with what is known of them
        self.gaps: dict[str, tuple[Term, ...]] = {}

    def fresh(self, kind: str) -> Any:
        return DomainSymbol(self._name("u"), kind)

    def _name(self, base: str) -> str:
        n = 1
        while f"{base}_{n}" in self.taken:
            n += 1
        self.taken.add(f"{base}_{n}")
        return f"{base}_{n}"

    def solve(self, t: Any, x: Any, low: Any, high: Any, depth: int = 0) -> Parts | None:
        """Accepted parts, or None."""
        if t == 0:
            return []
        if depth > MAX_DEPTH:
            return None
        for idea in self._ideas(t, x, low, high, depth):
            if time.process_time() > self.until:
                return None
            if idea is not None and self.accepts(t, x, low, high, idea):
                return idea
        return None

    # --- ideas, in order ------------------------------------------------------------------------------------------

    def _ideas(self, t: Any, x: Any, low: Any, high: Any, depth: int) -> Iterator[Parts | None]:
        if t.has(*_KINKED) and any(k.has(x) for k in t.atoms(*_KINKED)):
            yield self._kinks(t, x, low, high, depth)
            return
        yield from self._table(t, x, low, high)
        line = (low, high) == (-sp.oo, sp.oo)
        if not line or not bell_shaped(t, x):
            yield from self._maps(t, x, low, high, depth)
            if line:
                yield from self._halves(t, x, depth)
        else:
            yield from self._halves(t, x, depth)
        if depth <= 1:
            yield from self._slow(t, x, low, high)

    def _table(self, t: Any, x: Any, low: Any, high: Any) -> Iterator[Parts | None]:
        bell = bell_shaped(t, x)
        whole = divided(t, x) if bell or (low == 0 and t.has(sp.log)) else primitive(t, x)
        if whole is not None:
            yield [by_antiderivative(t, x, low, high, whole)]
        if t.has(sp.sin, sp.cos) and (low, high) != (0, sp.pi / 2):
            from sympy.simplify.fu import TR8

            t = TR8(sp.expand_mul(t))
        form = prepared(t, x)
        rest, parts = sp.S.Zero, []
        pair = frullani(form, x) if (low, high) == (0, sp.oo) else None
        if pair is not None:
            yield [pair]
        for term in sp.Add.make_args(collected(opened(form, x), x)):
            row = row_of(term, x, low, high)
            if row is None and (low, high) == (-sp.oo, sp.oo) and term.has(sp.sin, sp.cos, sp.log):
                row = cauchy_wave(term, x)
            if row is None:
                rest += term
            else:
                parts.append(row)
        if rest == 0:
            yield parts
            return
        f = primitive(rest, x)
        if f is not None:
            yield [*parts, by_antiderivative(rest, x, low, high, f)]
        if bell and (low, high) == (-sp.oo, sp.oo) and form.has(sp.sin, sp.cos, sp.erf):
            yield self._by_parts(opened(form, x), x)

    def _kinks(self, t: Any, x: Any, low: Any, high: Any, depth: int) -> Parts | None:
        pieces = cut(t, x, low, high, self.sign)
        if pieces is None:
            return None
        out = []
        for a, b, smooth in pieces:
            parts = self.solve(smooth, x, a, b, depth + 1)
            if parts is None:
                return None
            out.append({"lo": to_term(a), "hi": to_term(b), "parts": parts})
        return [{"kind": "pieces", "integrand": to_term(t), "pieces": out}]

    def _change(self, t: Any, x: Any, low: Any, high: Any, depth: int, name: str, kind: str, phi: Any, data: Part,
                ends: tuple[Any, Any]) -> Parts | None:  # fmt: skip
        u = self.fresh(kind)
        path = phi(u)
        new = tidied(t.subs(x, path) * sp.diff(path, u) * data.pop("turn", 1), u)
        parts = self.solve(new, u, *ends, depth + 1)
        if parts is None:
            return None
        extra = {k: to_term(v) for k, v in data.items()}
        edges = {"low": to_term(ends[0]), "high": to_term(ends[1])}
        return [
            {
                "kind": "change",
                "integrand": to_term(t),
                "map": name,
                "variable": u.name,
                **edges,
                **extra,
                "parts": parts,
            }
        ]

    def _affine(self, t: Any, x: Any, low: Any, high: Any, depth: int, shift: Any, scale: Any, kind: str,
                ends: tuple[Any, Any]) -> Parts | None:  # fmt: skip
        turn = -1 if scale.could_extract_minus_sign() else 1
        data = {"shift": shift, "scale": scale, "turn": turn}
        return self._change(t, x, low, high, depth, "affine", kind, lambda u: shift + scale * u, data, ends)

    def _maps(self, t: Any, x: Any, low: Any, high: Any, depth: int) -> Iterator[Parts | None]:
        if (low, high) == (-sp.oo, sp.oo):
            if t.has(sp.asinh):
                ends = (-sp.oo, sp.oo)
                yield self._sinh(t, x, depth, ends)
            if exponential_in(t, x):
                yield self._change(t, x, low, high, depth, "log", "positive", sp.log, {}, (sp.S.Zero, sp.oo))
            middle = centre(t, x)
            if middle is not None and middle != 0:
                yield self._affine(t, x, low, high, depth, middle, sp.S.One, "real", (-sp.oo, sp.oo))
        elif (low, high) in ((-sp.pi, sp.pi), (0, 2 * sp.pi)) and t.has(sp.cos):
            yield self._circle(t, x, low, high, depth)
        elif (low, high) == (0, sp.oo):
            p = both_ways(t, x)
            if p is not None:
                data, ends = {"exponent": 1 / p}, (sp.S.Zero, sp.oo)
                yield self._change(t, x, low, high, depth, "power", "positive", lambda u: u ** (1 / p), data, ends)
            if log_squared(t, x):
                yield self._change(t, x, low, high, depth, "exp", "real", sp.exp, {}, (-sp.oo, sp.oo))
            if exponential_in(t, x):
                rate = common_rate(t, x)
                if rate is not None:
                    yield self._affine(t, x, low, high, depth, sp.S.Zero, 1 / rate, "positive", (sp.S.Zero, sp.oo))
                yield self._towards_infinity(t, x)
                yield self._affine(t, x, low, high, depth, sp.S.Zero, sp.S.NegativeOne, "negative", (-sp.oo, sp.S.Zero))
        elif (low, high) == (-sp.oo, 0) and exponential_in(t, x):
            yield self._change(t, x, low, high, depth, "log", "unit", sp.log, {}, (sp.S.Zero, sp.S.One))
            yield self._affine(t, x, low, high, depth, sp.S.Zero, sp.S.NegativeOne, "positive", (sp.S.Zero, sp.oo))
        elif (low, high) == (0, 1):
            yield from self._unit(t, x, depth)
        elif low.is_positive and log_squared(t, x):
            top = sp.oo if high == sp.oo else sp.log(high)
            yield self._change(t, x, low, high, depth, "exp", "real", sp.exp, {}, (sp.log(low), top))
        elif low == -sp.oo:
            if low != 0 or not exponential_in(t, x):
                yield self._affine(t, x, low, high, depth, high, sp.S.NegativeOne, "positive", (sp.S.Zero, sp.oo))
        elif high == sp.oo and low != 0:
            yield self._affine(t, x, low, high, depth, low, sp.S.One, "positive", (sp.S.Zero, sp.oo))
        elif low == 0 and log_squared(t, x) and high.is_positive:
            yield self._change(t, x, low, high, depth, "exp", "real", sp.exp, {}, (-sp.oo, sp.log(high)))
        elif low.is_finite is not False and high.is_finite is not False and not t.is_polynomial(x):
            yield self._to_unit(t, x, low, high, depth)

    def _geometric(self, t: Any, x: Any) -> Parts | None:
        """Log x against 1/(1 + x^p) = (1 − x^p)/(1 − x^2p); log(1 + x^p)/x by parts to that."""
        term = prepared(t, x)
        logs = [g for g in term.atoms(sp.log) if g.has(x) and g.args[0] != x]
        parts = []
        if len(logs) == 1 and not sp.cancel(term * x / logs[0]).has(x):
            edge = sp.cancel(term * x / logs[0]) * sp.log(x) * logs[0]
            parts = [by_antiderivative(sp.diff(edge, x), x, sp.S.Zero, sp.S.One, edge)]
            term = sp.cancel(-sp.cancel(term * x / logs[0]) * sp.diff(logs[0], x)) * sp.log(x)
        if not term.has(sp.log(x)):
            return None

        def split(e: Any) -> Any:
            power = e.base - 1
            return (1 - power) / (1 - sp.powdenest(power**2)) if sp.expand(power / x).subs(x, 1) == 1 else e

        term = term.replace(lambda e: e.is_Pow and e.exp == -1 and e.base.is_Add and len(e.base.args) == 2, split)
        for piece in sp.Add.make_args(opened(term, x)):
            row = row_of(piece, x, sp.S.Zero, sp.S.One)
            if row is None:
                return None
            parts.append(row)
        return parts

    def _towards_infinity(self, t: Any, x: Any) -> Parts | None:
        """x·g by parts, with the antiderivative of g that vanishes at ∞."""
        g = sp.cancel(t / x)
        f = divided(g, x)
        if f is None or sp.diff(t / x, x) == 0:
            return None
        top = f.xreplace({e: sp.S.Zero for e in f.atoms(sp.exp) if (e.args[0] / x).is_negative})
        rest = sp.together(sp.simplify(f - top))
        if top.has(x):
            return None
        h = primitive(-rest, x)
        if h is None:
            return None
        edge = x * rest
        low, high = sp.S.Zero, sp.oo
        return [by_antiderivative(sp.diff(edge, x), x, low, high, edge), by_antiderivative(-rest, x, low, high, h)]

    def _to_unit(self, t: Any, x: Any, low: Any, high: Any, depth: int) -> Parts | None:
        """X = low + gap·u, the gap a positive symbol of its own as long as the search goes on."""
        gap = DomainSymbol(self._name("gap"), "positive")
        u = self.fresh("unit")
        new = tidied(at_ends(t, x, low, high, gap, u) * gap, u)
        self.gaps[gap.name] = known_of_ends(end_values(low, high, gap))
        try:
            parts = self.solve(new, u, sp.S.Zero, sp.S.One, depth + 1)
        finally:
            del self.gaps[gap.name]
        if parts is None:
            return None
        scale = to_term(sp.expand(high - low))
        head = {"kind": "change", "integrand": to_term(t), "map": "affine", "variable": u.name, "shift": to_term(low)}
        ends = {"scale": scale, "low": to_term(sp.S.Zero), "high": to_term(sp.S.One)}
        return [{**head, **ends, "parts": put_in(parts, gap.name, scale)}]

    def _unit(self, t: Any, x: Any, depth: int) -> Iterator[Parts | None]:
        low, high = sp.S.Zero, sp.S.One
        yield self._geometric(t, x)
        if any(e.has(sp.log) and e.has(x) for e in t.atoms(sp.exp)):
            line = (-sp.oo, sp.oo)
            yield self._logit(t, x, depth, line)
        flip = t.subs(x, 1 - x)
        if t.has(sp.log) and depth < MAX_DEPTH and sp.count_ops(prepared(flip, x)) < 60 and flips(t, x):
            yield self._affine(t, x, low, high, depth, sp.S.One, sp.S.NegativeOne, "unit", (low, high))
        if t.has(sp.log) and not t.has(sp.exp):
            yield self._change(t, x, low, high, depth, "exp", "negative", sp.exp, {}, (-sp.oo, sp.S.Zero))

    def _sinh(self, t: Any, x: Any, depth: int, line: tuple[Any, Any]) -> Parts | None:
        u = self.fresh("real")
        inside = t.subs(sp.asinh(x), u).subs(x**2 + 1, sp.cosh(u) ** 2).subs(x, sp.sinh(u)) * sp.cosh(u)
        parts = self.solve(sp.powsimp(inside), u, *line, depth + 1)
        if parts is None:
            return None
        ends = {"low": to_term(line[0]), "high": to_term(line[1])}
        return [{"kind": "change", "integrand": to_term(t), "map": "sinh", "variable": u.name, **ends, "parts": parts}]

    def _circle(self, t: Any, x: Any, low: Any, high: Any, depth: int) -> Parts | None:
        """A period cut in its middle, one half turned round: cos x is the same there."""
        middle = (low + high) / 2
        if low != 0:  # (−π, 0) turned by x = −u, then (0, π)
            halves = ((low, middle, sp.S.Zero), (middle, high, None))
        else:  # (0, π), then (π, 2π) turned by x = 2π − u
            halves = ((low, middle, None), (middle, high, high))
        pieces = []
        for a, b, shift in halves:
            ends = (sp.S.Zero, sp.pi)
            if shift is None:
                parts = self.solve(t, x, a, b, depth + 1)
            else:
                parts = self._affine(t, x, a, b, depth + 1, shift, sp.S.NegativeOne, "positive", ends)
            if parts is None:
                return None
            pieces.append({"lo": to_term(a), "hi": to_term(b), "parts": parts})
        return [{"kind": "pieces", "integrand": to_term(t), "pieces": pieces}]

    def _logit(self, t: Any, x: Any, depth: int, line: tuple[Any, Any]) -> Parts | None:
        u = self.fresh("real")
        ell, one = sp.Dummy("l", real=True), sp.Dummy("o", positive=True)
        split = t.replace(sp.log, lambda a: sp.expand_log(sp.log(sp.factor(a)), force=True))
        split = split.subs(1 - x, one).subs(sp.log(x), -ell).subs(sp.log(one), -u - ell)
        split = split.replace(sp.exp, lambda a: sp.exp(sp.expand(a)))
        low = sp.exp(-u)
        new = sp.expand(split.subs(one, low / (1 + low)).subs(x, 1 / (1 + low)), power_base=False, power_exp=False)
        new = sp.powsimp(sp.simplify(new.subs(ell, sp.log(1 + low)) * low / (1 + low) ** 2), combine="exp")
        parts = self.solve(new, u, *line, depth + 1)
        if parts is None:
            return None
        ends = {"low": to_term(line[0]), "high": to_term(line[1])}
        return [{"kind": "change", "integrand": to_term(t), "map": "logit", "variable": u.name, **ends, "parts": parts}]

    def _halves(self, t: Any, x: Any, depth: int) -> Iterator[Parts | None]:
        u = DomainSymbol(x.name, "positive")
        pieces = []
        for a, b, new in (
            (sp.S.Zero, sp.oo, tidied(t.subs(x, u), u)),
            (-sp.oo, sp.S.Zero, None),
        ):
            if new is not None:
                parts = self.solve(new, u, a, b, depth + 2)
            else:
                parts = self._affine(t, x, a, b, depth + 1, sp.S.Zero, sp.S.NegativeOne, "positive", (sp.S.Zero, sp.oo))
            if parts is None:
                return
            pieces.append({"lo": to_term(a), "hi": to_term(b), "parts": parts})
        yield [{"kind": "pieces", "integrand": to_term(t), "pieces": pieces[::-1]}]

    def _slow(self, t: Any, x: Any, low: Any, high: Any) -> Iterator[Parts | None]:
        left = self.until - time.process_time()
        if not self.slow or left < 0.2 or sp.count_ops(t) > 80:
            return
        f = find_antiderivative(t, x, min(self.slow, left))
        if f is not None:
            yield [by_antiderivative(t, x, low, high, f)]

    def _by_parts(self, t: Any, x: Any) -> Parts | None:
        """Powers times a wave or error function times e^(quadratic) over the line: by parts until the power is gone."""
        from symrep.rules.lowering import lowered

        found = lowered(t, x)
        if found is None:
            return None
        edge, rest = found
        parts = [by_antiderivative(sp.diff(edge, x), x, -sp.oo, sp.oo, edge)] if edge != 0 else []
        left = sp.S.Zero
        for term in sp.Add.make_args(collected(rest, x)):
            row = row_of(term, x, -sp.oo, sp.oo)
            if row is None:
                left += term
            else:
                parts.append(row)
        if left != 0:
            f = primitive(left, x)
            if f is None:
                return None
            parts.append(by_antiderivative(left, x, -sp.oo, sp.oo, f))
        return parts


# --- what an integrand looks like ---------------------------------------------------------------------------------
