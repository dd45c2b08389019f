"""Generators: constants, radicals, absolute values, logarithms, undetermined functions and their known relations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from symrep.claim import Context
from symrep.kernel.algebra.calculus import inverse_of, slope_of_inverse
from symrep.kernel.algebra.conjugates import denested
from symrep.kernel.algebra.domain import kind_box, spelled
from symrep.kernel.algebra.field import Box, Elem, Gen, elems_polys, too_large
from symrep.kernel.algebra.polysign import Signs
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import BITS, Poly, arb_bounds, balls_of, flint
from symrep.term import Term, fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["constant", "factor_power", "indexed", "log_factor", "log_rational", "make_gen", "rational_power"]
__all__ += ["absolute_value", "known_gen", "step", "undetermined", "written"]


def make_gen(
    eng: Engine,
    name: str,
    kind: str,
    base: Term | Callable[[], Term],
    args: Sequence[Elem],
    box: Box,
    *,
    root: int = 1,
    analytic: bool = True,
    free: frozenset[str] | None = None,
    find: Callable[[], Box] | None = None,
) -> Gen:
    """Install a generator whose free symbols are those of its arguments, unless the search for its sign, which may look
    at hypotheses, has done so meanwhile. ``find`` says a narrower box, and is asked when somebody looks at it."""
    if (known := eng.field.by_name.get(name)) is not None:
        return known
    polys = elems_polys(args)
    own = eng.field.free(*polys) if free is None else free
    if not eng.field.real and not all(g.real for g in eng.field.used(*polys)):
        box, find = Box(real=False), None
    look = None if find is None else _when_asked(eng, find)
    return eng.field.add_gen(Gen(name, kind, base, own, root, tuple(args), box, analytic, look))


def known_gen(eng: Engine, kind: str, head: tuple[object, ...], args: Sequence[Elem]) -> Gen | None:
    """A generator of this kind, with a term of this head, with equal arguments."""
    for g in eng.field.gens:
        alike = g.kind == kind and g.base[: len(head)] == head and len(g.args) == len(args)
        if alike and all(eng.field.sub(a, b).num == 0 for a, b in zip(g.args, args, strict=True)):
            return g
    return None


def _when_asked(eng: Engine, find: Callable[[], Box]) -> Callable[[], Box | None]:
    """A box as it would be found now, found later; None where it rests on what holds off a null set only."""
    field, depth = eng.field, eng.depth

    def look() -> Box | None:
        if eng.field is not field:
            raise NotProved("a generator of an earlier start")
        saved, eng.depth, eng.effort = (eng.depth, eng.effort), depth, 0
        try:
            box, off_null_set, _ = eng.quietly(find)
        except NotProved:
            return None
        finally:
            eng.depth, eng.effort = saved
        return None if off_null_set else box

    return look


def sign_box(s: Signs) -> Box:
    zero = Fraction(0)
    if s <= {1}:
        return Box(lo=zero)
    if s <= {0, 1}:
        return Box(lo=zero, lo_open=False)
    if s <= {-1}:
        return Box(hi=zero)
    if s <= {-1, 0}:
        return Box(hi=zero, hi_open=False)
    return Box(nonzero=0 not in s)


def constant_box(ball: Any) -> Box:
    bounds = arb_bounds(ball)
    if bounds is None:
        raise too_large("a constant without bounds")
    return Box(bounds[0], bounds[1])


def constant(eng: Engine, name: str) -> Elem:
    f = eng.field
    if name == "e":
        from symrep.kernel.algebra.functions import exp

        return exp(eng, f.one)
    if name == "i":
        gen = f.by_name.get("i()")
        if gen is None:
            gen = make_gen(eng, "i()", "i", ("const", "i"), (), Box(real=False))
            f.relate(gen, 2, -f.one_poly)
        return f.from_gen(gen)
    gen = f.by_name.get(name + "()")
    if gen is not None:
        return f.from_gen(gen, gen.root)
    return eng.rooted(name + "()", "const", ("const", name), frozenset(), _number_box(name, 1))


@lru_cache(maxsize=256)
def _number_box(name: str | int, root: int) -> Box:
    """Where a constant, the root of a prime, or (root 0) its logarithm lies."""
    with balls_of(BITS):
        if isinstance(name, int):
            return constant_box(flint.arb(name).log() if root == 0 else flint.arb(name).root(root))
        balls = {"pi": flint.arb.pi, "euler_gamma": flint.arb.const_euler, "catalan": flint.arb.const_catalan}
        return constant_box(balls[name]())


def indexed(eng: Engine, t: Term) -> Elem:
    """mu_j: one real number for each base and value of the index, of the kind of its base."""
    kind = eng.dom.ctx.symbols.get(t[1])
    if kind is None:
        raise NotProved(f"{t[1]} has no domain", Reason.NOT_DECLARED)
    args = [eng.norm(c) for c in t[2:]]
    label = f"index {spelled(t[1])}("
    same = known_gen(eng, "index", t[:2], args)
    name = same.name if same else label + ",".join(eng.field.text(a) for a in args) + ")"
    free = frozenset((t[1],)) | eng.field.free(*elems_polys(args))
    if same is not None:
        return eng.field.from_gen(same, same.root)
    elem = eng.rooted(name, "index", t, free, kind_box(kind))
    eng.field.by_name[name].args = tuple(args)
    return elem


def undetermined(eng: Engine, t: Term) -> Elem:
    """f^(k)(args): opaque, but h(g(t)) = t for declared inverses, and signs from what is declared."""
    _, f, orders, raw = t
    spec = eng.dom.ctx.functions.get(f)
    if spec is None:
        raise NotProved(f"{f} is not declared", Reason.NOT_DECLARED)
    if len(raw) != spec.arity or len(orders) != spec.arity:
        raise NotProved(f"{f} takes {spec.arity} arguments", Reason.DOMAIN)
    if [a[0] == "vector" for a in raw] != [False] * (spec.arity - 1) + [spec.vector] or (spec.vector and orders[-1]):
        raise NotProved(f"the last argument of {f} is {'' if spec.vector else 'no '}vector", Reason.DOMAIN)
    h = inverse_of(f, eng.dom.ctx) if orders == (1,) else None
    if h is not None and min(spec.smooth or 0, eng.dom.ctx.functions[h].smooth or 0) >= 1:
        # one spelling for the derivative of an inverse: g'(t) = 1/h'(g(t))
        return eng.norm(("pow", ("app", h, (1,), (("app", f, (0,), raw),)), ("num", -1, 1)))
    if (slope := slope_of_inverse(t, eng.dom.ctx)) is not None:
        return eng.norm(slope)
    args = [eng.norm(a) for a in raw]
    if spec.vector and (n := _times_differentiated(f, eng.dom.ctx)) > 1:  # mixed derivatives of a C^n function commute
        places = sorted(range(n), key=lambda i: eng.field.text(args[i]))
        raw = (*(raw[i] for i in places), *raw[n:])
        args = [*(args[i] for i in places), *args[n:]]
        t = ("app", f, orders, raw)
    if not any(orders):
        inner = _sole_gen(eng, args[0])
        if inner is not None and inner.kind == "app" and inner.base[2] == orders:
            g = inner.base[1]
            other = eng.dom.ctx.functions[g]
            alike = all(eng.field.sub(a, b).num == 0 for a, b in zip(args[1:], inner.args[1:], strict=True))
            if alike and (spec.inverse == g or other.inverse == f):
                return inner.args[0]
    label = f"app {spelled(f)}{list(orders)}("
    same = known_gen(eng, "app", t[:3], args)
    if same is None:
        name = label + ",".join(eng.field.text(a) for a in args) + ")"
        box = _declared_box(eng, f, orders)
        same = make_gen(eng, name, "app", t, args, box, analytic=False)
    return eng.field.from_gen(same)


def _times_differentiated(f: str, ctx: Context) -> int:
    """N if f is declared the n-th partial derivatives of a function of a vector that is C^n."""
    found, name, smooth = 0, f, ctx.functions[f].smooth or 0
    while found < len(ctx.functions):
        whose = next((g for g, s in sorted(ctx.functions.items()) if s.slope == name and g != name), None)
        if whose is None or ctx.functions[whose].arity + 1 != ctx.functions[name].arity:
            break
        found, name, smooth = found + 1, whose, ctx.functions[whose].smooth or 0
    return found if smooth >= found else 0


def _sole_gen(eng: Engine, a: Elem) -> Gen | None:
    used = eng.field.used(a.num, a.den)
    if len(used) == 1 and a.den.is_one() and a.num == used[0].poly:
        return used[0]
    return None


def _declared_box(eng: Engine, f: str, orders: tuple[int, ...]) -> Box:
    """F ≥ 0 for a density, > 0 where declared; f′ ≥ 0 for an increasing f, f′ ≠ 0 when f and its inverse are C¹; of
    several arguments by the first."""
    functions = eng.dom.ctx.functions
    spec = functions[f]
    if (spec.density or spec.positive) and sum(orders) == 0:
        return Box(lo=Fraction(0), lo_open=spec.positive)
    if orders != (1, *(0,) * (spec.arity - 1)) or spec.monotone is None:
        return Box()
    partner = (
        spec.inverse or inverse_of(f, eng.dom.ctx) or next((g for g in functions if functions[g].inverse == f), None)
    )
    strict = False
    if partner is not None and partner in functions:
        strict = all((functions[n].smooth or 0) >= 1 for n in (f, partner))
    if spec.monotone == "increasing":
        return Box(lo=Fraction(0), lo_open=strict)
    return Box(hi=Fraction(0), hi_open=strict)


# --- powers and logarithms of irreducible pieces --------------------------------------------------------------------


@lru_cache(maxsize=256)
def _prime_factors(n: int) -> tuple[tuple[int, int], ...]:
    if n == 1:
        return ()
    if n.bit_length() > 100:
        raise too_large(f"factoring an integer of {n.bit_length()} bits")
    return tuple((int(p), int(k)) for p, k in flint.fmpz(n).factor())


def rational_power(eng: Engine, c: Fraction, e: Fraction) -> Elem:
    """c**e for rational c > 0, through radicals of primes."""
    f = eng.field
    if c == 1:
        return f.one
    if e.denominator == 1:
        if abs(e) * (c.numerator.bit_length() + c.denominator.bit_length()) > 100_000:
            raise too_large("a large power")
        return f.constant(c ** int(e))
    out = f.one
    for n, s in ((c.numerator, 1), (c.denominator, -1)):
        for p, k in _prime_factors(n):
            out = f.mul(out, _prime_power(eng, p, e * k * s))
    return out


def _prime_power(eng: Engine, p: int, e: Fraction) -> Elem:
    f = eng.field
    whole = e.numerator // e.denominator
    rest = e - whole
    if abs(whole) > 5000:
        raise too_large("a large power")
    out = f.constant(Fraction(p) ** whole)
    if rest:
        name = f"root({p})"
        gen = f.by_name.get(name)
        q = eng.root_for(name, rest.denominator, made=gen is not None)
        if gen is None:
            gen = make_gen(eng, name, "prime", ("num", p, 1), (), _number_box(p, q), root=q)
            f.relate(gen, q, f.ctx.constant(p))
        out = f.mul(out, f.from_gen(gen, int(rest * q)))
    return out


def factor_power(eng: Engine, p: Poly, c: Fraction) -> Elem:
    """|p|**c for an irreducible p; the caller answers for p ≠ 0 when c < 0."""
    f = eng.field
    used = f.used(p)
    if not f.real and any(not g.real for g in used):
        if c.denominator == 1 and int(c) % 2 == 0:
            raise NotProved("the modulus of a complex number", Reason.DOMAIN)
        raise NotProved("a power of a complex number", Reason.DOMAIN)
    gen = used[0] if len(used) == 1 and p == used[0].poly else None
    if gen is not None and gen.kind in ("step", "parity"):
        return f.one
    if c.denominator == 1 and int(c) % 2 == 0:
        return f.power(Elem(p, f.one_poly), int(c))
    if gen is not None and gen.kind == "prime":
        return _prime_power(eng, gen.base[1], c / gen.root)
    if gen is not None and gen.kind == "root":
        return eng.abs_power(gen.args[0], c / gen.root)
    if gen is not None and gen.kind == "abs":
        return factor_power(eng, gen.args[0].num, c)
    s = eng.sign_poly(p)
    if gen is not None and gen.kind in ("sym", "const", "index", "exp") and s <= {0, 1}:
        e = c
        if e.denominator != 1:
            eng.refine(gen.name, gen.root * e.denominator)
        return f.from_gen(gen, int(e))
    if c.denominator == 1:
        if s <= {0, 1}:
            return f.power(Elem(p, f.one_poly), int(c))
        if s <= {0, -1}:
            return f.power(Elem(-p, f.one_poly), int(c))
        if (turn := step(eng, p)) is not None:
            return f.mul(f.power(Elem(p, f.one_poly), int(c)), turn)
        eng.note_split(p)
        return f.power(f.from_gen(absolute_value(eng, p)), int(c))
    return _radical(eng, p, c, s)


def step(eng: Engine, p: Poly) -> Elem | None:
    """Sign p as a generator with square 1: inside an integral, where the zeros of p are null in the variables of
    integration whatever the values of all others. Then |p| = p·sign p, and 1{p > 0} = (1 + sign p)/2 almost everywhere.
    """
    if not eng.dom.inside:
        return None
    f, s = eng.field, eng.sign_poly(p)
    if 0 in s:
        if not eng.null_in_fibre(p, eng.dom.fibre_coordinates()):
            return None
        eng.except_zeros(p)
    turn, arg = f.orient(Elem(p, f.one_poly))
    name = f"step({f.text(arg)})"
    gen = f.by_name.get(name)
    if gen is None:
        box = Box(Fraction(-1), Fraction(1), False, False, nonzero=True)
        gen = make_gen(eng, name, "step", written(eng, arg, "sign"), (arg,), box, analytic=False)
        f.relate(gen, 2, f.one_poly)
    return f.scale(f.from_gen(gen), turn)


def absolute_value(eng: Engine, p: Poly) -> Gen:
    """|p| as a generator a ≥ 0 with a² = p²."""
    f = eng.field
    name = f"abs({f.poly_text(p)})"
    gen = f.by_name.get(name)
    if gen is None:
        arg = Elem(p, f.one_poly)
        box = Box(lo=Fraction(0), lo_open=0 not in eng.sign_poly(p))
        gen = make_gen(eng, name, "abs", written(eng, arg, "abs"), (arg,), box, analytic=False)
        f.relate(gen, 2, p * p)
    return gen


def _radical(eng: Engine, p: Poly, c: Fraction, s: Signs) -> Elem:
    """|p|**c with a generator r ≥ 0, r**q = |p|."""
    f = eng.field
    name = f"root({f.poly_text(p)})"
    gen = f.by_name.get(name)
    q = eng.root_for(name, c.denominator, made=gen is not None)
    if gen is None:
        if s <= {0, 1} or s <= {0, -1}:
            value = p if s <= {0, 1} else -p
            if c.denominator == 2 and (plain := denested(eng, value)) is not None:
                return f.power(plain, c.numerator)
        else:
            eng.note_split(p)
            turn = step(eng, p)
            value = absolute_value(eng, p).poly if turn is None else p * turn.num
        arg = Elem(value, f.one_poly)
        box = Box(lo=Fraction(0), lo_open=0 not in s)
        analytic = len(s) == 1
        gen = make_gen(eng, name, "root", written(eng, arg), (arg,), box, root=q, analytic=analytic)
        f.relate(gen, q, value)
    return f.from_gen(gen, int(c * q))


def log_rational(eng: Engine, c: Fraction) -> Elem:
    """Log c for rational c > 0 as a sum over primes."""
    f, out = eng.field, eng.field.zero
    for n, s in ((c.numerator, 1), (c.denominator, -1)):
        for p, k in _prime_factors(n):
            name = f"log({p})"
            gen = f.by_name.get(name)
            if gen is None:
                arg = f.constant(p)
                gen = make_gen(eng, name, "log", fn("log", ("num", p, 1)), (arg,), _number_box(p, 0))
                eng.log_gens.append(gen)
            out = f.add(out, f.scale(f.from_gen(gen), s * k))
    return out


def log_factor(eng: Engine, p: Poly) -> Elem:
    """log|p| for an irreducible p that does not vanish."""
    f = eng.field
    used = f.used(p)
    if not f.real and any(not g.real for g in used):
        raise NotProved("a logarithm of a complex number", Reason.DOMAIN)
    gen = used[0] if len(used) == 1 and p == used[0].poly else None
    if gen is not None:
        if gen.kind in ("step", "parity"):
            return f.zero
        if gen.kind == "exp":
            return f.scale(gen.args[0], Fraction(1, gen.root))
        if gen.kind == "prime":
            return f.scale(log_rational(eng, Fraction(gen.base[1])), Fraction(1, gen.root))
        if gen.kind == "root":
            return f.scale(eng.log_abs(gen.args[0]), Fraction(1, gen.root))
        if gen.kind == "abs":
            return log_factor(eng, gen.args[0].num)
        if gen.kind == "lambertw" and 0 not in eng.sign(gen.args[0]):
            return f.sub(eng.log_abs(gen.args[0]), f.from_gen(gen))
    root = gen.root if gen is not None else 1
    name = f"log({gen.name if gen is not None else f.poly_text(p)})"
    out = f.by_name.get(name)
    if out is None:
        arg = f.from_gen(gen, root) if gen is not None else Elem(p, f.one_poly)
        s = eng.sign_poly(p)
        base = written(eng, arg, "log") if s <= {0, 1} else written(eng, arg, "log", "abs")

        def find() -> Box:
            return sign_box(eng.sign(f.sub(arg if s <= {0, 1} else f.mul(arg, arg), f.one)))

        out = make_gen(eng, name, "log", base, (arg,), Box(), analytic=len(s - {0}) == 1, find=find)
        eng.log_gens.append(out)
    return f.scale(f.from_gen(out), Fraction(1, root))


def written(eng: Engine, a: Elem, *names: str) -> Callable[[], Term]:
    """The element as a term, inside these functions, once somebody asks for it: most terms are never looked at."""
    field = eng.field

    def write() -> Term:
        from symrep.kernel.algebra.writing import to_term

        if eng.field is not field:
            raise NotProved("a generator of an earlier start")
        out = to_term(eng, a)
        for name in reversed(names):
            out = fn(name, out)
        return out

    return write
