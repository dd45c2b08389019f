"""What is declared of integrals: what follows from it and what does not, for the kernel and for the auditor.

Each false claim is one that a checker would accept which took a hypothesis for more than it says.
"""

from __future__ import annotations

from typing import Any

import pytest

from symrep.audit.check import check
from symrep.audit.data import Bad
from symrep.claim import Assumed, Claim, Context, FunctionSpec
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove, replay
from symrep.kernel.fail import NotProved
from symrep.term import ONE, PI, ZERO, Term, add, div, fn, mul, neg, num, power, sub, sym
from symrep.verdict import Reason

LINE = (("inf", -1), ("inf", 1))
x, z, w, phi, theta, u = map(sym, ("x", "z", "w", "phi", "theta", "u"))
SYMBOLS = {"x": "real", "phi": "real", "theta": "real", "u": "unit"}
FUNCTIONS = {
    "q": FunctionSpec(density=True, positive=True, arity=3, smooth=1),
    "r": FunctionSpec(density=True, positive=True, arity=3),
    "p": FunctionSpec(density=True, positive=True, arity=2, smooth=1),
    "n": FunctionSpec(density=True, arity=2),
    "f": FunctionSpec(),
    "h": FunctionSpec(smooth=1, arity=2),
}


def q(at: Term) -> Term:
    return ("app", "q", (0, 0, 0), (at, x, phi))


def p(at: Term) -> Term:
    return ("app", "p", (0, 0), (at, theta))


def f(at: Term) -> Term:
    return ("app", "f", (0,), (at,))


def integral(body: Term, name: str = "z", low: Term = LINE[0], high: Term = LINE[1]) -> Term:
    return ("integral", body, (name, low, high))


def mean(body: Term, density: Term | None = None) -> Term:
    return ("expect", body, ("law", (("z", *LINE),), density or q(z)))


def log(t: Term) -> Term:
    return fn("log", t)


LOG_RATIO = Assumed(integral(mul(sub(log(p(z)), log(q(z))), q(z))))
MASS = Assumed(integral(q(z)), "phi")
CAUCHY = div(ONE, mul(PI, add(ONE, power(z, num(2)))))


def claim(kind: str, assumed: tuple[Assumed, ...], given: tuple[Term, ...] = (), **data: Any) -> Claim:
    return Claim(kind, data, Context(SYMBOLS, FUNCTIONS, given, assumed))


def linearity(lhs: Term, rhs: Term, *assumed: Assumed) -> Claim:
    step = {"theorem": "linearity", "lhs": lhs, "rhs": rhs, "masses": []}
    return claim("rewrite", assumed, before=lhs, after=rhs, rewrites=[step])


def interchange(node: Term, by: str, body: Term, *assumed: Assumed) -> Claim:
    lhs = ("diff", node, by)
    step = {"theorem": "interchange", "lhs": lhs, "rhs": body}
    return claim("rewrite", assumed, before=lhs, after=body, rewrites=[step])


def defined(t: Term, *assumed: Assumed) -> Claim:
    return claim("defined", assumed, term=t)


VANISHING = ("app", "n", (0, 0), (z, x))
NODE = integral(mul(sub(z, x), f(z), q(z)))


def share(k: Term) -> Term:
    """p/(p + q)^k."""
    return div(p(z), power(add(p(z), q(z)), k))


#: p/(p + q) − p/(p + q)², in one fraction
other = div(mul(p(z), sub(add(p(z), q(z)), ONE)), power(add(p(z), q(z)), num(2)))
SHARE, TWICE, OTHER = (integral(mul(t, q(z))) for t in (share(ONE), share(num(2)), other))

TRUE = {
    "declared": defined(mean(sub(log(p(z)), log(q(z)))), LOG_RATIO),
    "declared, in another variable": defined(integral(mul(sub(log(p(w)), log(q(w))), q(w)), "w"), LOG_RATIO),
    "a multiple, and a constant": defined(mean(add(mul(theta, log(p(z))), neg(mul(theta, log(q(z)))), x)), LOG_RATIO),
    "of one logarithm": defined(mean(log(div(q(z), p(z)))), LOG_RATIO),
    "a mass": defined(integral(q(z))),
    "what is dominated is integrable": defined(integral(("diff", q(z), "phi")), MASS),
    "an integral of what is positive": claim("relation", (), lhs=integral(mul(p(z), q(z))), op=">", rhs=ZERO),
    "of what is not negative": claim(
        "relation", (), lhs=integral(mul(("app", "n", (0, 0), (z, x)), p(z))), op=">=", rhs=ZERO
    ),
    "a sum of which the whole is declared": linearity(
        add(mean(sub(log(p(z)), log(q(z)))), mean(log(div(q(z), p(z))))), ZERO, LOG_RATIO
    ),
    "a mass is one": linearity(mean(x), x),
    "coefficients that may vanish": defined(
        mean(mul(sub(z, x), f(z))), Assumed(integral(mul(theta, sub(z, x), f(z), q(z)))), Assumed(NODE)
    ),
    "integrands that cancel only together": linearity(
        sub(mean(share(ONE)), mean(share(num(2)))), mean(other), *map(Assumed, (SHARE, TWICE, OTHER))
    ),
    "under the integral sign": interchange(integral(q(z)), "phi", integral(("diff", q(z), "phi")), MASS),
}

FALSE: dict[str, tuple[Claim, Reason]] = {
    "nothing declared": (defined(mean(sub(log(p(z)), log(q(z))))), Reason.NOT_DECLARED),
    "a term of a sum": (defined(mean(log(p(z))), LOG_RATIO), Reason.NOT_DECLARED),
    "under another law": (defined(mean(sub(log(p(z)), log(q(z))), p(z)), LOG_RATIO), Reason.NOT_DECLARED),
    "a factor that moves": (defined(mean(mul(z, sub(log(p(z)), log(q(z))))), LOG_RATIO), Reason.NOT_DECLARED),
    "at another point": (
        defined(integral(mul(sub(log(p(add(z, ONE))), log(q(z))), q(z))), LOG_RATIO),
        Reason.NOT_DECLARED,
    ),
    "for another parameter": (
        defined(mean(sub(log(p(z)), log(("app", "q", (0, 0, 0), (z, x, theta))))), LOG_RATIO),
        Reason.NOT_DECLARED,
    ),
    "over a wider range": (
        defined(integral(f(z)), Assumed(integral(f(z), "z", ZERO, ONE))),
        Reason.NOT_DECLARED,
    ),
    "no density": (defined(integral(f(z))), Reason.NOT_DECLARED),
    "a density in its second argument": (defined(integral(("app", "p", (0, 0), (theta, z)))), Reason.NOT_DECLARED),
    "a density at an argument that moves, too": (
        defined(integral(("app", "p", (0, 0), (z, z)))),
        Reason.NOT_DECLARED,
    ),
    "a density shifted by its own variable": (linearity(integral(p(mul(num(2), z))), ONE), Reason.NOT_DECLARED),
    "half of a mass": (defined(integral(power(q(z), num(2)))), Reason.NOT_DECLARED),
    "integrable is not dominated": (
        interchange(integral(q(z)), "phi", integral(("diff", q(z), "phi")), Assumed(integral(q(z)))),
        Reason.NOT_DECLARED,
    ),
    "dominated in another parameter": (
        interchange(integral(q(z)), "phi", integral(("diff", q(z), "phi")), Assumed(integral(q(z)), "x")),
        Reason.NOT_DECLARED,
    ),
    "dominated, but not smooth": (
        interchange(
            integral(("app", "r", (0, 0, 0), (z, x, phi))),
            "phi",
            integral(("app", "r", (0, 0, 1), (z, x, phi))),
            Assumed(integral(("app", "r", (0, 0, 0), (z, x, phi))), "phi"),
        ),
        Reason.NOT_DECLARED,
    ),
    "the law moves": (
        interchange(mean(log(p(z))), "phi", ZERO, Assumed(integral(mul(log(p(z)), q(z))), "phi")),
        Reason.LAW_MOVES,
    ),
    "a sum of which neither is declared": (
        linearity(mean(sub(log(p(z)), log(q(z)))), sub(mean(log(p(z))), mean(log(q(z)))), LOG_RATIO),
        Reason.NOT_DECLARED,
    ),
    "integrands that do not cancel": (
        linearity(sub(mean(share(ONE)), mean(other)), mean(share(num(2))), *map(Assumed, (SHARE, OTHER))),
        Reason.NOT_DECLARED,
    ),
    "integrands over other ranges": (
        linearity(
            integral(f(z), "z", ZERO, ONE),
            integral(f(z), "z", ZERO, num(2)),
            Assumed(integral(f(z), "z", ZERO, ONE)),
            Assumed(integral(f(z), "z", ZERO, num(2))),
        ),
        Reason.NOTHING_APPLIED,
    ),
    "a weight where the law's density may vanish": (
        claim(
            "rewrite",
            (Assumed(integral(f(z))),),
            before=mean(div(f(z), VANISHING), VANISHING),
            after=integral(f(z)),
            rewrites=[
                {
                    "theorem": "expectation",
                    "lhs": mean(div(f(z), VANISHING), VANISHING),
                    "rhs": integral(f(z)),
                }
            ],
        ),
        Reason.DOMAIN,
    ),
    "integrable where a density may vanish": (
        defined(mean(div(f(z), VANISHING), VANISHING), Assumed(integral(f(z)))),
        Reason.NOT_DECLARED,
    ),
    "a mass of two": (linearity(mean(x), mul(num(2), x)), Reason.NOTHING_APPLIED),
    "what no density meets": (
        defined(mean(div(ONE, q(z))), Assumed(integral(mul(div(ONE, q(z)), q(z))))),
        Reason.NOT_INTEGRABLE,
    ),
    "a variable that is bound and spoken of": (
        defined(integral(f(x), "x"), Assumed(integral(mul(f(x), q(z))))),
        Reason.DOMAIN,
    ),
    "an integral over nothing is not positive": (
        claim("relation", (), lhs=integral(p(z), "z", x, x), op=">", rhs=ZERO),
        Reason.NOTHING_APPLIED,
    ),
    "a density that may vanish": (
        claim("relation", (), lhs=("app", "n", (0, 0), (x, theta)), op=">", rhs=ZERO),
        Reason.NOTHING_APPLIED,
    ),
}


def audited(c: Claim) -> Any:
    return check({"schema": SCHEMA, "claim": c.to_json()})


@pytest.mark.parametrize("name", TRUE)
def test_both_accept(name: str) -> None:
    assert not prove(TRUE[name]).almost_everywhere
    answer = audited(TRUE[name])
    assert (answer.status, answer.almost_everywhere) == ("ok", False), answer


@pytest.mark.parametrize("name", FALSE)
def test_both_refuse(name: str) -> None:
    wrong, reason = FALSE[name]
    with pytest.raises(NotProved) as no:
        prove(wrong)
    assert no.value.reason is reason, no.value
    if name != "what no density meets":  # what is declared is not doubted by the auditor
        assert audited(wrong).status != "ok"


@pytest.mark.parametrize(
    ("at", "off_a_point"), [(power(x, num(1, 2)), False), (log(x), False), (power(x, num(-1)), True)]
)
def test_the_mass_of_a_density_at_no_number_is_not_one_everywhere(at: Term, off_a_point: bool) -> None:
    """q(z | √x) is nothing for x < 0, q(z | 1/x) nothing at x = 0."""
    lhs = integral(("app", "p", (0, 0), (z, at)))
    part = {"kind": "mass", "function": "p", "at": [at]}
    step = {"theorem": "value", "lhs": lhs, "rhs": ONE, "parts": [part]}
    c = Claim("rewrite", {"before": lhs, "after": ONE, "rewrites": [step]}, Context(SYMBOLS, FUNCTIONS))
    if off_a_point:
        assert prove(c).almost_everywhere
    else:
        with pytest.raises(NotProved):
            prove(c)
    assert audited(c).status == "fails"


def test_nothing_is_declared_of_what_is_spelled_out() -> None:
    """E|z| < ∞ under a Cauchy law is false, and could prove what is: such a hypothesis is none."""
    of = integral(mul(z, CAUCHY))
    with pytest.raises(BadInput, match="undetermined"):
        Assumed(of)
    true = defined(mean(z, q(z)), Assumed(integral(mul(z, q(z)))))
    data = {"schema": SCHEMA, "claim": true.to_json()}
    assert check(data).status == "ok"
    forged = {**data["claim"], "context": {**data["claim"]["context"], "assumed": [{"of": of, "parameter": None}]}}
    with pytest.raises(Bad, match="undetermined"):
        check({**data, "claim": forged})
    with pytest.raises(BadInput, match="undetermined"):
        replay({**data, "claim": forged})


def lemma(inner: tuple[Assumed, ...], outer: tuple[Assumed, ...], symbols: dict[str, str] = SYMBOLS) -> Claim:
    lhs, rhs = mean(sub(log(p(z)), log(q(z)))), neg(mean(log(div(q(z), p(z)))))
    step = linearity(lhs, rhs, *inner)
    instance = {
        "theorem": "lemma",
        "lhs": lhs,
        "rhs": rhs,
        "context": step.context.to_json(),
        "steps": [[step.to_json()]],
        "values": {},
    }
    data = {"before": lhs, "after": rhs, "rewrites": [instance]}
    return Claim("rewrite", data, Context(symbols, FUNCTIONS, (), outer))


def test_a_lemma_hands_its_hypotheses_on() -> None:
    prove(lemma((LOG_RATIO,), (LOG_RATIO,)))
    assert audited(lemma((LOG_RATIO,), (LOG_RATIO,))).status == "ok"
    for outer, symbols in (((), SYMBOLS), ((MASS,), SYMBOLS), ((LOG_RATIO,), {**SYMBOLS, "theta": "positive"})):
        with pytest.raises(NotProved):
            prove(lemma((LOG_RATIO,), outer, symbols))
        assert audited(lemma((LOG_RATIO,), outer, symbols)).status != "ok"


def test_a_lemma_may_not_leave_out_what_its_steps_assume() -> None:
    wrong = lemma((LOG_RATIO,), (LOG_RATIO,)).to_json()
    wrong["data"]["rewrites"][0]["context"].pop("assumed")
    with pytest.raises(NotProved):
        prove(Claim(wrong["kind"], wrong["data"], Context.from_json(wrong["context"])))
    assert check({"schema": SCHEMA, "claim": wrong}).status != "ok"


@pytest.mark.parametrize(
    "data",
    [
        {"of": ["num", 1, 1]},
        {"of": integral(q(z)), "parameter": ""},
        {"of": integral(q(z)), "parameter": "z"},
        {"of": integral(q(z)), "by": "phi"},
        {"of": integral(q(z)), "parameter": 3},
        [],
    ],
)
def test_malformed_hypotheses_are_bad_input(data: Any) -> None:
    with pytest.raises(BadInput):
        Context.from_json({"symbols": SYMBOLS, "assumed": [data]})


def test_contexts_without_hypotheses_are_written_as_ever() -> None:
    assert "assumed" not in Context(SYMBOLS).to_json()
    one = Context(SYMBOLS, FUNCTIONS, (), (LOG_RATIO, MASS))
    assert Context.from_json(one.to_json()) == one


def test_a_hypothesis_on_what_has_no_domain_is_of_no_use() -> None:
    wrong = Claim("defined", {"term": integral(f(z))}, Context({}, FUNCTIONS, (), (Assumed(integral(mul(u, f(z)))),)))
    with pytest.raises(NotProved):
        prove(wrong)
    assert audited(wrong).status != "ok"
