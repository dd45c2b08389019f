"""The only door to PROVED: a claim goes in, a sealed certificate comes out, or :class:`NotProved` is raised.

A certificate is the claim itself with the instance data of the theorems it rests on, as plain JSON. Replaying it means
checking that instance again: there is no search in the kernel, so checking is all it ever does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from symrep.claim import Claim, Context
from symrep.errors import BadInput, shown
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import check_open, integrable, not_false
from symrep.kernel.analysis.oscillating import mean_exists
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.draws import all_converge
from symrep.kernel.theorems.induction import induction
from symrep.kernel.theorems.inequalities import bound
from symrep.kernel.theorems.instance import BINDING, Instance, check_nodes, derivatives_around, replace, under_a_limit
from symrep.kernel.theorems.laws import log_ratio
from symrep.kernel.theorems.one_draw import each_draw
from symrep.kernel.theorems.recording import noted, recording
from symrep.kernel.theorems.recursion import recursive
from symrep.kernel.theorems.reuse import check_lemma
from symrep.kernel.theorems.summability import summable, summands_defined
from symrep.kernel.theorems.table import THEOREMS
from symrep.term import Term, contains, mul, sub, subterms, walk
from symrep.verdict import _SEAL, Certificate, Evidence, Reason, Status, Verdict

__all__ = ["SCHEMA", "prove", "prove_in_worker", "replay", "verdict_from_json"]

SCHEMA: Final = "symrep.certificate/1"

#: what one claim kind established: (facts in words, whether only almost everywhere)
Outcome = tuple[tuple[str, ...], bool]


def _equal(i: Instance, ctx: Context) -> Outcome:
    equal = prove_equal(i.term("lhs"), i.term("rhs"), ctx, pointwise=True)
    return tuple(equal.conditions), equal.almost_everywhere


def _relation(i: Instance, ctx: Context) -> Outcome:
    op = i.name("op")
    if op not in ("<", "<=", ">", ">=", "!="):
        raise NotProved(f"the kernel does not decide the relation {op}", Reason.NOTHING_APPLIED)
    if not prove_sign(sub(i.term("lhs"), i.term("rhs")), op, domain(ctx)):
        raise NotProved("the sign of the difference is not established", Reason.NOTHING_APPLIED)
    return (), False


#: theorems that say of what they replace that it converges absolutely
CONVERGENT = frozenset(("value", "sum_value", "inside", "fubini", "limit", "independent"))
#: what has to converge by itself, an infinite sum by its end
_NESTED = ("integral", "expect", "expect_each", "expect_sample", "sample_mean", "kl", "push", "limit", "inf")


def _written(t: Term) -> tuple[Term, ...]:
    """The body of an expectation over coordinates, and the density of their laws."""
    return (t[1], t[3][4][2]) if t[0] == "expect_each" else (t,)


def _defined(i: Instance, ctx: Context) -> Outcome:
    """Every expectation, integral, infinite sum and divergence in the term converges absolutely. With ``summands`` the
    terms of finite sums have values, too.

    With ``rewrites``, values of limits, repeated integrals and sums: that each has one says that it converges, the
    inner ones for every value of the variables around them; or ``fubini``, by which they converge for almost every
    value; or ``independent``, which says so of expectations over coordinates; what is left is asked about.
    """
    term, facts, almost = i.term("term"), list[str](), False
    for step in i.subs("rewrites") if i.has("rewrites") else ():
        if step.name("theorem") not in CONVERGENT or step.has("backward"):
            raise NotProved("only the value of an integral says that it converges", Reason.DOES_NOT_APPLY)
        if step.name("theorem") == "independent" and contains(("add", *_written(step.term("lhs"))), _NESTED):
            raise NotProved("what stands inside the expectation is not shown to converge", Reason.DOES_NOT_APPLY)
        if step.name("theorem") == "sum_value" and step.term("lhs")[2][2][0] == "inf":
            facts.append(summable(step.term("lhs"), ctx).text)
        term, more, also = _applied(step, term, ctx)
        facts += more
        almost = almost or also
    facts += all_converge(term, ctx) if contains(term, ("expect_each",)) else ()
    for node in walk(term):
        if node[0] == "expect":
            facts.append(mean_exists(mul(node[1], node[2][2]), node[2][1], ctx).text)
        elif node[0] == "integral":
            facts.append(integrable(node[1], node[2:], ctx).text)
        elif node[0] == "sample_mean":
            facts.append(integrable(mul(node[1], node[2][2]), node[2][1], ctx).text)
        elif node[0] == "det" and i.has("summands"):
            raise NotProved("the kernel does not decide whether every entry of a matrix has a value")
        elif node[0] == "limit":
            raise NotProved("the kernel does not decide whether a limit exists before its value is put in")
        elif node[0] == "kl":
            facts.append(_finite_divergence(node, ctx))
        elif node[0] == "sum" and i.has("summands") and len(node) == 3 and node[2][2][0] != "inf":
            summands_defined(node, ctx)
        elif node[0] == "sum" and node[2][2] == ("inf", 1) and len(node) == 3:
            facts.append(summable(node, ctx).text)
        elif node[0] in ("sum", "product") and any(e[0] == "inf" for e in node[2][1:]):
            raise NotProved(f"the kernel does not decide whether an infinite {node[0]} converges")
    return tuple(dict.fromkeys(facts)), almost


def _finite_divergence(node: Term, ctx: Context) -> str:
    _, p, q = node
    if p[0] != "iprod" or q[0] != "iprod" or p[1:4] != q[1:4] or any(e[0] == "inf" for e in p[2:4]):
        raise NotProved("the divergence is not one of finite products over the same index", Reason.DOES_NOT_APPLY)
    ratio, law = log_ratio(p[4], q[4])
    return integrable(mul(ratio, law[2]), law[1], ctx).text


def _holds_around(step: Instance, old: Term, term: Term, ctx: Context) -> None:
    """An equality put in under a derivative has to hold on an open set of values of its variable."""
    around = derivatives_around(term, old)
    for x in sorted(around):
        check_open(x, ctx)
    rough = {n for n, spec in ctx.functions.items() if spec.smooth is None}
    used = {s[1] for k in ("lhs", "rhs") for s in walk(step.term(k)) if s[0] == "app"}
    if around and rough & used:
        words = f"{min(rough & used)} stands under a derivative and is not declared continuous"
        raise NotProved(words, Reason.NOT_DECLARED)


def _applied(step: Instance, term: Term, ctx: Context) -> tuple[Term, tuple[str, ...], bool]:
    """The line after one theorem, its facts, and whether they hold almost everywhere only."""
    name, almost, before = step.name("theorem"), False, noted()
    facts: tuple[str, ...]
    if name == "lemma":
        almost, text = check_lemma(step, step.raw, ctx, lambda c: prove(c).almost_everywhere)
        facts = (text,)
    elif name == "induction":
        facts, almost = induction(step, ctx, _applied)
    elif name == "recursive":
        facts, almost = recursive(step, ctx, _applied)
    elif name == "each_draw":
        facts = each_draw(step, ctx, _applied)
    elif name in THEOREMS:
        facts = THEOREMS[name](step, ctx)
    else:
        raise BadInput("certificate", "a theorem the kernel knows", name)
    lhs, rhs = step.term("lhs"), step.term("rhs")
    if name == "hypothesis" and any(s[0] == "diff" for s in walk(term)):
        raise NotProved("an equality given at a point must not be used under a derivative", Reason.DOMAIN)
    if step.has("backward"):
        lhs, rhs = rhs, lhs
    _holds_around(step, lhs, term, ctx)
    if (almost or noted() > before) and under_a_limit(term, lhs):
        raise NotProved("what holds almost everywhere is not put in under a limit", Reason.DOMAIN)
    term, count = replace(term, lhs, rhs)
    if not count:
        raise NotProved("the theorem's left side does not occur in the line", Reason.DOES_NOT_APPLY)
    return term, facts, almost


def _rewrite(i: Instance, ctx: Context) -> Outcome:
    """``after`` is ``before`` with the left sides of the listed theorems replaced by their right sides."""
    term, facts, almost = i.term("before"), tuple[str, ...](), False
    for step in i.subs("rewrites"):
        term, more, also = _applied(step, term, ctx)
        facts, almost = (*facts, *more), almost or also
    equal = prove_equal(term, i.term("after"), ctx)
    return (*facts, *equal.conditions), equal.almost_everywhere or almost


def _bound(i: Instance, ctx: Context) -> Outcome:
    """``before op after`` by one inequality."""
    return bound(i, ctx), False


_KINDS: Final[Mapping[str, Callable[[Instance, Context], Outcome]]] = {
    "bound": _bound,
    "equal": _equal,
    "relation": _relation,
    "defined": _defined,
    "rewrite": _rewrite,
}


_TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    "bound": ("before", "after"),
    "equal": ("lhs", "rhs"),
    "relation": ("lhs", "rhs"),
    "defined": ("term",),
    "rewrite": ("before", "after"),
}


def _terms_of(kind: str, i: Instance) -> tuple[Term, ...]:
    out = [i.term(k) for k in _TERMS[kind]]
    if kind == "bound":
        step = i.sub("bound")
        out += [step.term(k) for k in ("lhs", "rhs", "law", "p", "q") if k in ("lhs", "rhs") or step.has(k)]
    if kind in ("rewrite", "defined") and i.has("rewrites"):
        for step in i.subs("rewrites"):
            out += [step.term("lhs"), step.term("rhs")]
            out += [step.term(k) for k in ("base",) if step.has(k)]
    return tuple(out)


def prove(claim: Claim) -> Verdict:
    """A PROVED verdict with its certificate.

    Raises:
        NotProved: it is not established, or (``definite``) one of its conditions is false.
        BadInput: the claim is malformed.
    """
    check = _KINDS.get(claim.kind) if isinstance(claim.kind, str) else None
    if check is None:
        raise NotProved(f"the kernel has no claims of kind {shown(claim.kind)}", Reason.NOTHING_APPLIED)
    try:
        facts, almost = _established(claim, check)
    except RecursionError as e:
        raise NotProved("the expression is nested too deeply", Reason.TIMEOUT) from e
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as e:
        raise BadInput("certificate", "a claim the kernel can read", f"{type(e).__name__}: {str(e)[:60]}") from e
    certificate = Certificate({"schema": SCHEMA, "claim": claim.to_json()}, _SEAL)
    return Verdict(
        Status.PROVED,
        Reason.HOLDS,
        "proved by the kernel",
        (Evidence("kernel", "; ".join(facts) or "equal normal forms"),),
        certificate=certificate,
        almost_everywhere=almost,
    )


def _established(claim: Claim, check: Callable[[Instance, Context], Outcome]) -> Outcome:
    instance = Instance(claim.data)
    terms = _terms_of(claim.kind, instance)
    nodes = [s for t in terms for s in subterms(t)]
    heads = {s[0] for s in nodes}
    if "diff" in heads and any(r[1] == "==" for r in claim.context.given):
        raise NotProved("derivatives under a given equality are not taken: it holds at a point only", Reason.DOMAIN)
    declared = claim.context.assumed
    if declared:
        nodes += [s for a in declared for s in subterms(a.of)]
        for one in declared:
            not_false(one, claim.context)
    if declared or not heads.isdisjoint(BINDING):
        check_nodes(nodes, claim.context)
    with recording() as left_out:
        facts, almost = check(instance, claim.context)
    return (*facts, *(f"where {c}" for c in dict.fromkeys(left_out))), almost or bool(left_out)


def replay(data: Mapping[str, Any]) -> Verdict:
    """Check a certificate read from a file.

    Raises:
        BadInput: it is no certificate.
        NotProved: it does not check.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise BadInput("certificate", f"a document with schema {SCHEMA}", shown(data))
    claim = data.get("claim")
    if (
        not isinstance(claim, Mapping)
        or not isinstance(claim.get("kind"), str)
        or not isinstance(claim.get("data"), Mapping)
    ):
        raise BadInput("certificate", "a claim with kind, data and context", shown(claim))
    return prove(Claim(claim["kind"], claim["data"], Context.from_json(claim.get("context", {}))))


def prove_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Worker entry: ``{"claim": …}`` in; ``{"proved": true, facts …}`` or ``{"proved": false, reason …}`` out."""
    try:
        data = payload["claim"]
        verdict = prove(Claim(data["kind"], data["data"], Context.from_json(data["context"])))
    except NotProved as e:
        return {"proved": False, "reason": e.reason.value, "definite": e.definite, "message": e.message}
    except BadInput as e:
        return {"proved": False, "reason": Reason.ERROR.value, "definite": False, "message": str(e)}
    return {"proved": True, "says": verdict.evidence[0].says, "almost_everywhere": verdict.almost_everywhere}


def verdict_from_json(claim: Claim, answer: Mapping[str, Any]) -> Verdict:
    """What a worker of ours answered by :func:`prove_in_worker`, as a verdict here; raises NotProved likewise."""
    if answer.get("proved") is not True:
        raise NotProved(str(answer["message"]), Reason(answer["reason"]), bool(answer["definite"]))
    return Verdict(
        Status.PROVED,
        Reason.HOLDS,
        "proved by the kernel",
        (Evidence("kernel", str(answer["says"])),),
        certificate=Certificate({"schema": SCHEMA, "claim": claim.to_json()}, _SEAL),
        almost_everywhere=bool(answer["almost_everywhere"]),
    )
