"""The error function and its kin."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import known_gen, make_gen, sign_box
from symrep.kernel.algebra.field import Box, Elem
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE"]


def erf(eng: Engine, a: Elem) -> Elem:
    """Odd, in (−1, 1); erf(erfinv t) = t."""
    f = eng.field
    if a.num == 0:
        return f.zero
    used = f.used(a.num, a.den)
    turn, b = f.orient(a)
    if len(used) == 1 and used[0].kind == "erfinv" and b.den.is_one() and b.num == used[0].poly:
        return f.scale(used[0].args[0], turn)
    same = known_gen(eng, "erf", ("fn", "erf"), [b])
    if same is None:
        s, one, zero = eng.sign(b), Fraction(1), Fraction(0)
        box = Box(-one, one)
        if s <= {0, 1}:
            box = Box(zero, one, 0 not in s)
        elif s <= {0, -1}:
            box = Box(-one, zero, True, 0 not in s)
        same = make_gen(eng, f"erf({f.text(b)})", "erf", fn("erf", to_term(eng, b)), (b,), box)
    return f.scale(f.from_gen(same), turn)


def erfc(eng: Engine, a: Elem) -> Elem:
    return eng.field.sub(eng.field.one, erf(eng, a))


def erfinv(eng: Engine, a: Elem) -> Elem:
    """Odd, on (−1, 1); erfinv(erf t) = t."""
    f = eng.field
    up, down = f.add(f.one, a), f.sub(f.one, a)
    if not (eng.real(a) and eng.sign(up) <= {1} and eng.sign(down) <= {1}):
        raise NotProved(f"erfinv of something not known in (−1, 1): {eng.show(a)}", Reason.DOMAIN)
    if a.num == 0:
        return f.zero
    used = f.used(a.num, a.den)
    turn, b = f.orient(a)
    if len(used) == 1 and used[0].kind == "erf" and b.den.is_one() and b.num == used[0].poly:
        return f.scale(used[0].args[0], turn)
    same = known_gen(eng, "erfinv", ("fn", "erfinv"), [b])
    if same is None:
        same = make_gen(eng, f"erfinv({f.text(b)})", "erfinv", fn("erfinv", to_term(eng, b)), (b,), Box())
    return f.scale(f.from_gen(same), turn)


def erfi(eng: Engine, a: Elem) -> Elem:
    """Odd, with the sign of its argument."""
    f = eng.field
    if a.num == 0:
        return f.zero
    turn, b = f.orient(a)
    same = known_gen(eng, "erfi", ("fn", "erfi"), [b])
    if same is None:
        box = sign_box(eng.sign(b)) if eng.real(b) else Box()
        same = make_gen(eng, f"erfi({f.text(b)})", "erfi", fn("erfi", to_term(eng, b)), (b,), box)
    return f.scale(f.from_gen(same), turn)


TABLE: dict[str, Callable[..., Elem]] = {
    "erfi": erfi,
    "erf": erf,
    "erfc": erfc,
    "erfinv": erfinv,
}
