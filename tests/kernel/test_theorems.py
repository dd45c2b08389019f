"""Right instances of every theorem, their certificates read back from JSON, altered certificates, and garbage."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import mpmath
import pytest
from determinant_terms import TRUE as DETERMINANTS
from draw_terms import TRUE as DRAWS
from kernel_terms import T, context
from sum_terms import TRUE as SUMS
from test_marginal import TRUE as RANGES
from theorem_terms import branch, equal, integral, law, mean, normal, push, rewrite, step, total, uniform, whole
from through_terms import TRUE as THROUGH
from vector_terms import TRUE as VECTORS

from symrep.claim import Claim, FunctionSpec
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove, replay
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.table import THEOREMS
from symrep.term import Term, add, mul, num, substitute, sym
from symrep.wire import from_json

LINE = ("-oo", "oo")
BELL = {"lo": ("inf", -1), "hi": ("inf", 1), "antiderivative": T("erf(x/sqrt(2))/2")}
MASS = [{"kind": "ftc", "integrand": normal()[2], "pieces": [BELL]}]
PATH = {"base": normal("e"), "target": "t", "branches": [branch(*LINE, *LINE, "(t - mu)/sigma")]}
ROOTS = [branch("-oo", 0, 0, "oo", "-sqrt(t)"), branch(0, "oo", 0, "oo", "sqrt(t)")]
SQUARE = "exp(-y/2)/sqrt(2*pi*y) if y > 0 else 0"
MONOTONE = {
    "h": FunctionSpec(smooth=1, monotone="increasing", inverse="g"),
    "g": FunctionSpec(smooth=1, monotone="increasing", inverse="h"),
}
SMOOTH = {"f": FunctionSpec(smooth=1, growth=2)}
POSITION = "mu real, sigma positive"


def factor(mean_of: Any, spread: Any) -> Term:
    bell = T("exp(-(x - m)**2/(2*s**2))/(s*sqrt(2*pi))")

    return ("law", (("x", ("inf", -1), ("inf", 1)),), substitute(bell, {"m": mean_of, "s": spread}))


def part(kind: str, **data: Any) -> list[dict[str, Any]]:
    return [{"kind": kind, **{k: v if k == "pieces" else T(v) for k, v in data.items()}}]


def pieces(*ps: tuple[Any, Any, Any]) -> list[dict[str, Term]]:
    return [{"lo": T(lo), "hi": T(hi), "antiderivative": T(f)} for lo, hi, f in ps]


def products() -> Claim:
    j = sym("j")
    p, q = factor(("index", "m", j), ("index", "s", j)), factor(num(0), num(1))
    ratio = add(("fn", "log", p[2]), mul(num(-1), ("fn", "log", q[2])))
    bell = T("erf(x/sqrt(2))/2")
    at_p = part("ftc", integrand="1", pieces=[])
    at_p[0]["integrand"] = p[2]

    shifted = mul(add(sym("x"), mul(num(-1), ("index", "m", j))), ("pow", ("index", "s", j), num(-1)))
    at_p[0]["pieces"] = [
        {"lo": ("inf", -1), "hi": ("inf", 1), "antiderivative": substitute(bell, {"x": shifted})},
    ]
    at_q = [{"kind": "ftc", "integrand": q[2], "pieces": [BELL]}]
    return whole(
        "kl_product",
        ("kl", ("iprod", "j", num(1), sym("d"), p), ("iprod", "j", num(1), sym("d"), q)),
        ("sum", ("expect", ratio, p), ("j", num(1), sym("d"))),
        context("m real, s positive, j positive integer, d positive integer"),
        mass_p=at_p,
        mass_q=at_q,
    )


def by_lemma() -> Claim:
    its = context("a real, b real, c positive")
    proved = equal("(a + b)**2*c", "a**2*c + 2*a*b*c + b**2*c", its)
    values = {"a": T("x"), "b": T("2*y"), "c": T("x**2 + 1")}

    left, right = substitute(proved.data["lhs"], values), substitute(proved.data["rhs"], values)
    data = {"context": its.to_json(), "steps": [[proved.to_json()]], "values": values}
    return rewrite(left, right, context("x real, y real"), step("lemma", left, right, **data))


TRUE: dict[str, Claim] = {
    "fubini": whole(
        "fubini",
        mean(mean("x**2*y + c", normal("y", "mu", "sigma")), normal("x")),
        mean(mean("x**2*y + c", normal("x")), normal("y", "mu", "sigma")),
        context("mu real, sigma positive, c real"),
    ),
    "identity": rewrite(
        integral("log(exp(x)*y)", ("x", 0, 1)),
        integral("x + log(y)", ("x", 0, 1)),
        context("x real, y positive"),
        step("identity", "log(exp(x)*y)", "x + log(y)"),
    ),
    "pushforward": whole(
        "pushforward",
        push(normal(), ["mu + sigma*x"], ["y"]),
        "exp(-(y - mu)**2/(2*sigma**2))/(sigma*sqrt(2*pi))",
        context("mu real, sigma positive, y real"),
        target="t",
        branches=[branch(*LINE, *LINE, "(t - mu)/sigma")],
    ),
    "pushforward, decreasing": whole(
        "pushforward",
        push(uniform(), ["-log(x)"], ["y"]),
        "exp(-y)",
        context("y positive"),
        target="t",
        branches=[branch(0, 1, 0, "oo", "exp(-t)")],
    ),
    "pushforward, two branches": whole(
        "pushforward", push(normal(), ["x**2"], ["y"]), SQUARE, context("y real"), target="t", branches=ROOTS
    ),
    "pushforward, declared inverse": whole(
        "pushforward",
        push(normal(), ["h(x)"], ["y"]),
        "exp(-g(y)**2/2)/sqrt(2*pi)*g_(y)",
        context("y real", **MONOTONE),
        target="t",
        branches=[branch(*LINE, *LINE, "g(t)")],
    ),
    "pushforward, two variables": whole(
        "pushforward",
        push(law("exp(-x - z)", ("x", 0, "oo"), ("z", 0, "oo")), ["x/z", "z"], ["y", "w"]),
        "exp(-y*w - w)*w",
        context("y positive, w positive"),
        targets=["s", "t"],
        low=[num(0), num(0)],
        high=[("inf", 1), ("inf", 1)],
        inverses=[T("s*t"), T("t")],
    ),
    "reparameterise": whole(
        "reparameterise",
        mean("f(x)", normal("x", "mu", "sigma")),
        mean("f(mu + sigma*e)", normal("e")),
        context(POSITION, **SMOOTH),
        path=T("mu + sigma*e"),
        **PATH,
    ),
    "reparameterise, a derivative inside": whole(
        "reparameterise",
        mean("diff(mu*x**2, mu)", normal("x", "mu", "sigma")),
        mean("(mu + sigma*e)**2", normal("e")),
        context(POSITION),
        path=T("mu + sigma*e"),
        **PATH,
    ),
    "substitution": whole(
        "substitution",
        integral("f(x)", ("x", 0, 1)),
        integral("f(exp(-t))*exp(-t)", ("t", 0, "oo")),
        context("", **SMOOTH),
        variable="t",
        path=T("exp(-t)"),
        low=num(0),
        high=("inf", 1),
        target="s",
        branches=[branch(0, "oo", 0, 1, "-log(s)")],
    ),
    "interchange": whole(
        "interchange",
        ("diff", mean("f(mu + sigma*e)", normal("e")), "sigma"),
        mean("e*f_(mu + sigma*e)", normal("e")),
        context(POSITION, **SMOOTH),
    ),
    "interchange, a kink": whole(
        "interchange",
        ("diff", mean("abs(mu + sigma*e)", normal("e")), "mu"),
        mean("sign(mu + sigma*e)", normal("e")),
        context(POSITION),
    ),
    "score": whole(
        "score",
        ("diff", mean("f(x)", normal("x", "mu", "sigma")), "mu"),
        mean("f(x)*(x - mu)/sigma**2", normal("x", "mu", "sigma")),
        context(POSITION, **SMOOTH),
        score=T("(x - mu)/sigma**2"),
    ),
    "leibniz": whole(
        "leibniz",
        ("diff", integral("x*theta", ("x", 0, "theta")), "theta"),
        add(integral("x", ("x", 0, "theta")), T("theta**2")),
        context("theta positive"),
        interior=T("x"),
        pieces=[{"lo": num(0), "hi": T("theta"), "integrand": T("x*theta")}],
    ),
    "leibniz, a jump that moves": whole(
        "leibniz",
        ("diff", mean("1 if x > theta else 0", normal()), "theta"),
        "-exp(-theta**2/2)/sqrt(2*pi)",
        context("theta real"),
        interior=num(0),
        pieces=[
            {"lo": ("inf", -1), "hi": T("theta"), "integrand": num(0)},
            {"lo": T("theta"), "hi": ("inf", 1), "integrand": normal()[2]},
        ],
    ),
    "by_parts": whole(
        "by_parts",
        mean("x*f(x)", normal()),
        mean("f_(x)", normal()),
        context("", **SMOOTH),
        u=T("f(x)"),
        v=mul(num(-1), normal()[2]),
        per_density=T("f_(x)"),
    ),
    "value": whole(
        "value",
        integral("1/(1 + x**2)", ("x", "-oo", "oo")),
        "pi",
        context(""),
        parts=part("ftc", integrand="1/(1 + x**2)", pieces=pieces((*LINE, "atan(x)"))),
    ),
    "value, two pieces": whole(
        "value",
        integral("abs(x)", ("x", -1, 2)),
        num(5, 2),
        context(""),
        parts=part("ftc", integrand="abs(x)", pieces=pieces((-1, 0, "-x**2/2"), (0, 2, "x**2/2"))),
    ),
    "value, gamma": whole(
        "value",
        integral("3*x**(a - 1)*exp(-b*x)", ("x", 0, "oo")),
        "3*gamma(a)/b**a",
        context("a positive, b positive"),
        parts=part("gamma", c="3", a="a", b="b"),
    ),
    "value, beta": whole(
        "value",
        integral("x**(a - 1)*(1 - x)**2", ("x", 0, 1)),
        "beta(a, 3)",
        context("a positive"),
        parts=part("beta", c="1", a="a", b="3"),
    ),
    "value, cosine": whole(
        "value",
        mean("cos(omega*x)", normal("x", "mu", "sigma")),
        "cos(omega*mu)*exp(-omega**2*sigma**2/2)",
        context("omega real, mu real, sigma positive"),
        parts=part("gaussian_cos", c="1", omega="omega", phi="0", m="mu", s="sigma"),
    ),
    "value, sine": whole(
        "value",
        mean("sin(x)", normal("x", "mu", "sigma")),
        "sin(mu)*exp(-sigma**2/2)",
        context(POSITION),
        parts=part("gaussian_sin", c="1", omega="1", phi="0", m="mu", s="sigma"),
    ),
    "value, declared density": whole(
        "value",
        integral("q(x)", ("x", *LINE)),
        1,
        context("", q=FunctionSpec(density=True)),
        parts=[{"kind": "mass", "function": "q"}],
    ),
    "inside": rewrite(
        ("integral", integral("exp(-a*y)", ("y", 0, "x")), ("x", T(0), T("c"))),
        integral("(1 - exp(-a*x))/a", ("x", 0, "c")),
        context("a positive, c positive"),
        {
            **step(
                "inside",
                ("integral", integral("exp(-a*y)", ("y", 0, "x")), ("x", T(0), T("c"))),
                integral("(1 - exp(-a*x))/a", ("x", 0, "c")),
            ),
            "step": {
                "theorem": "value",
                "lhs": integral("exp(-a*y)", ("y", 0, "x")),
                "rhs": T("(1 - exp(-a*x))/a"),
                "parts": [
                    {
                        "kind": "ftc",
                        "integrand": T("exp(-a*y)"),
                        "pieces": [{"lo": T(0), "hi": T("x"), "antiderivative": T("-exp(-a*y)/a")}],
                    }
                ],
            },
        },
    ),
    "linearity": whole(
        "linearity",
        mean("a*x**2 + 3", normal()),
        add(mul(sym("a"), mean("x**2", normal())), num(3)),
        context("a real"),
        masses=[{"law": normal(), "parts": MASS}],
    ),
    "linearity, an integral": whole(
        "linearity",
        integral("a*x**2 + b*x", ("x", 0, 1)),
        add(mul(sym("a"), integral("x**2", ("x", 0, 1))), mul(sym("b"), integral("x", ("x", 0, 1)))),
        context("a real, b real"),
        masses=[],
    ),
    "expectation": whole(
        "expectation",
        mean("f(x)", normal()),
        integral("f(x)*exp(-x**2/2)/sqrt(2*pi)", ("x", *LINE)),
        context("", **SMOOTH),
    ),
    "unbiased": whole(
        "unbiased",
        ("expect_sample", ("sample_mean", T("f(x)"), normal(), sym("n"))),
        mean("f(x)", normal()),
        context("n positive integer", **SMOOTH),
        mass=MASS,
    ),
    "kl_product": products(),
    "hypothesis": rewrite(
        total("a*i", ("i", 1, "n")),
        total("b**2*i", ("i", 1, "n")),
        context("a real, b real, i integer, n positive integer", "a == b**2"),
        step("hypothesis", "a", "b**2"),
    ),
    "lemma": by_lemma(),
    "two steps": rewrite(
        ("diff", mean("f(x)", normal("x", "mu", "sigma")), "mu"),
        mean("f_(mu + sigma*e)", normal("e")),
        context(POSITION, **SMOOTH),
        step(
            "reparameterise",
            mean("f(x)", normal("x", "mu", "sigma")),
            mean("f(mu + sigma*e)", normal("e")),
            path=T("mu + sigma*e"),
            **PATH,
        ),
        step(
            "interchange",
            ("diff", mean("f(mu + sigma*e)", normal("e")), "mu"),
            mean("f_(mu + sigma*e)", normal("e")),
        ),
    ),
}


def test_every_theorem_has_an_instance() -> None:
    claims = (*RANGES.values(), *DETERMINANTS.values(), *DRAWS.values(), *VECTORS.values(), *THROUGH.values())
    used = {step["theorem"] for claim in claims for step in claim.data.get("rewrites", ())}
    assert set(THEOREMS) <= used | {name.split(",")[0] for name in (*TRUE, *SUMS)}


@pytest.mark.parametrize("name", TRUE)
def test_is_proved_and_replayed(name: str) -> None:
    verdict = prove(TRUE[name])
    assert verdict.certificate is not None
    written = json.dumps(dict(verdict.certificate.data))
    again = replay(json.loads(written))
    assert again.certificate is not None
    assert json.dumps(dict(again.certificate.data)) == written
    assert again.evidence == verdict.evidence
    assert again.almost_everywhere == verdict.almost_everywhere


# --- altered certificates -------------------------------------------------------------------------------------------


class Unknown(Exception):
    """This evaluation does not reach the term."""


FUNCTIONS = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "abs": abs,
    "sign": mpmath.sign,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "gamma": mpmath.gamma,
    "beta": mpmath.beta,
    "erf": mpmath.erf,
    "atan": mpmath.atan,
}
#: what the undetermined functions are here: f = sin t + t/3
DERIVATIVES = (lambda t: mpmath.sin(t) + t / 3, lambda t: mpmath.cos(t) + mpmath.mpf(1) / 3, lambda t: -mpmath.sin(t))
VALUES = {"real": (0.731, -1.37), "positive": (0.83, 1.62), "positive integer": (2, 3), "integer": (2, 3)}


def holds(c: Term, at: dict[Any, Any]) -> bool:
    if c[0] == "true":
        return True
    d = value_of(c[2], at) - value_of(c[3], at)
    return bool({"<": d < 0, ">": d > 0, "<=": d <= 0, ">=": d >= 0}[c[1]])


def value_of(t: Term, at: dict[Any, Any]) -> Any:
    """A number for a term, by quadrature and differences; nothing here is shared with the kernel."""
    head = t[0]
    if head == "num":
        return mpmath.mpf(t[1]) / t[2]
    if head == "sym":
        return at[t[1]]
    if head == "const":
        return {"pi": mpmath.pi, "e": mpmath.e}[t[1]]
    if head == "inf":
        return t[1] * mpmath.inf
    if head in ("add", "mul"):
        return (mpmath.fsum if head == "add" else mpmath.fprod)([value_of(c, at) for c in t[1:]])
    if head == "pow":
        return mpmath.power(value_of(t[1], at), value_of(t[2], at))
    if head == "fn" and t[1] in FUNCTIONS:
        return FUNCTIONS[t[1]](*(value_of(c, at) for c in t[2:]))
    if head == "app" and t[1] == "f" and sum(t[2]) < 3:
        return DERIVATIVES[sum(t[2])](value_of(t[3][0], at))
    if head == "piecewise":
        return next((value_of(v, at) for c, v in t[1:] if holds(c, at)), mpmath.nan)
    if head == "diff":
        return mpmath.diff(lambda v: value_of(t[1], {**at, t[2]: v}), at[t[2]], h=mpmath.mpf("1e-5"))
    if head in ("integral", "expect"):
        ((x, lo, hi),) = t[2:] if head == "integral" else t[2][1]
        body = t[1] if head == "integral" else mul(t[1], t[2][2])
        a, b = value_of(lo, at), value_of(hi, at)
        cuts = [v for v in sorted({-3, -1, 0, 1, 2, 4, *(v for v in at.values() if abs(v) < 5)}) if a < v < b]
        return mpmath.quad(lambda v: value_of(body, {**at, x: v}), [a, *cuts, b])
    if head == "expect_sample" and t[1][0] == "sample_mean":
        return value_of(("expect", *t[1][1:3]), at)
    if head == "sum":
        ((i, lo, hi),) = t[2:]
        whole_numbers = range(int(value_of(lo, at)), int(value_of(hi, at)) + 1)
        return mpmath.fsum(value_of(t[1], {**at, i: mpmath.mpf(k)}) for k in whole_numbers)
    raise Unknown(head)


def is_true(claim: Claim) -> bool:
    """As far as two points can tell."""
    for i in (0, 1):
        at = {
            n: mpmath.mpf(VALUES[k][i]) + (0 if "int" in k else len(n) / 64) for n, k in claim.context.symbols.items()
        }
        left, right = (value_of(from_json(claim.data[k]), at) for k in ("before", "after"))
        if not abs(left - right) < 1e-5 * (1 + abs(left)):
            return False
    return True


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of whole numbers: numerators, denominators, directions of infinity, orders of derivatives."""
    if isinstance(data, dict):
        for k, v in data.items():
            yield from leaves(v, (*path, k))
    elif isinstance(data, list):
        for i, v in enumerate(data):
            yield from leaves(v, (*path, i))
    elif isinstance(data, int):
        yield path


def altered(data: Any, path: tuple[Any, ...], by: int) -> Any:
    out = json.loads(json.dumps(data))
    at = out
    for k in path[:-1]:
        at = at[k]
    at[path[-1]] += by
    return out


#: each of many alterations takes long here
SLOW = ("interchange", "kl_product", "leibniz, a jump that moves")
#: numerically out of reach for ``value_of``; of these any alteration of a line itself has to be refused
OUT_OF_REACH = ("pushforward", "kl_product", "hypothesis", "value, declared density")


@pytest.mark.parametrize("name", TRUE)
def test_altered_certificates_are_refused_unless_true(name: str) -> None:
    data = json.loads(json.dumps(TRUE[name].data))
    places = list(leaves(data))
    rng = random.Random(name)
    for path in rng.sample(places, min(len(places), 8 if name in SLOW else 16)):
        for by in (1, -2):
            changed = Claim("rewrite", altered(data, path, by), TRUE[name].context)
            try:
                prove(changed)
            except (NotProved, BadInput):
                continue
            if all(from_json(changed.data[k]) == from_json(data[k]) for k in ("before", "after")):
                continue  # another proof of the same line
            assert not name.startswith(OUT_OF_REACH), (path, by)
            assert is_true(changed), (path, by)


# --- garbage --------------------------------------------------------------------------------------------------------


def deep(n: int) -> Any:
    t: Any = ["sym", "x"]
    for _ in range(n):
        t = ["fn", "sin", t]
    return t


GARBAGE: list[Any] = [
    None,
    True,
    1.5,
    "x",
    [],
    {},
    [[]],
    ["num"],
    ["num", 1, 0],
    ["num", 1.0, 1],
    ["num", True, 1],
    ["sym", ""],
    ["sym", ["x"]],
    ["nonsense", 1],
    ["inf", 1],
    ["true"],
    ["rel", "<", ["num", 1, 1], ["num", 2, 1]],
    ["const", "i"],
    ["law", [["x", ["num", 0, 1], ["num", 1, 1]]], ["num", 1, 1]],
    ["law", [], ["num", 1, 1]],
    ["expect", ["sym", "x"], ["sym", "x"]],
    ["expect_sample", ["sym", "n"]],
    ["expect_sample", ["integral", ["sym", "x"], ["x", ["num", 0, 1], ["num", 1, 1]], ["y", ["true"], ["true"]]]],
    ["kl", ["sym", "x"], ["sym", "x"]],
    ["push", ["law", [["x", ["num", 0, 1], ["num", 1, 1]]], ["num", 1, 1]], [], []],
    ["push", ["law", [["x", ["num", 0, 1], ["num", 1, 1]]], ["num", 1, 1]], [["sym", "x"]], []],
    ["integral", ["sym", "x"], ["x", ["num", 0, 1], ["num", 1, 1]], ["x", ["num", 0, 1], ["num", 1, 1]]],
    ["diff", ["integral", ["sym", "x"], ["x", ["num", 0, 1], ["num", 1, 1]], ["z", ["num", 0, 1], ["true"]]], "x"],
    ["sum", ["num", 1, 1], ["i", ["inf", 1], ["inf", -1]]],
    ["app", "f", [0], [["sym", "x"]]],
    ["app", "f", [10**6], [["sym", "x"]]],
    ["app", "f", [0, 0], [["sym", "x"]]],
    ["index", "mu", ["true"]],
    ["pow", ["num", 0, 1], ["num", -1, 1]],
    ["pow", ["sym", "x"], ["num", 10**9, 1]],
    ["pow", ["num", 2, 1], ["num", 10**9, 1]],
    ["num", 10**10_000, 1],
    ["num", 1, 10**10_000],
    ["pow", ["num", 10**10_000, 1], ["num", 10**10_000, 1]],
    ["fn", "gamma", ["num", 10**30, 1]],
    ["fn", "factorial", ["num", 10**9, 1]],
    ["fn", "floor", ["num", 10**300, 7]],
    ["fn", "exp", ["num", 10**30, 1]],
    ["fn", "polygamma", ["num", 10**9, 1], ["sym", "x"]],
    deep(390),
    deep(5000),
    [["steps"]],
    [{"kind": "ftc"}],
    [{"theorem": "nonsense", "lhs": ["num", 1, 1], "rhs": ["num", 1, 1]}],
    {"symbols": [], "functions": {}, "given": []},
    {"symbols": {"x": "nonsense"}},
]


def spots(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for k, v in items:
        yield from spots(v, (*path, k))


@pytest.mark.parametrize("name", TRUE)
def test_garbage_is_refused_in_words(name: str) -> None:
    certificate = json.loads(json.dumps({"schema": SCHEMA, "claim": TRUE[name].to_json()}))
    rng = random.Random(name)
    places = [p for p in spots(certificate) if len(p) > 1]
    near = [p for p in places if len(p) < 6]
    for path in [*rng.sample(near, min(len(near), 25)), *rng.sample(places, min(len(places), 25))]:
        broken = json.loads(json.dumps(certificate))
        at = broken
        for k in path[:-1]:
            at = at[k]
        if rng.random() < 0.2:
            del at[path[-1]]
        else:
            at[path[-1]] = rng.choice(GARBAGE)
        with suppress(NotProved, BadInput):
            assert replay(broken).certificate is not None


@pytest.mark.parametrize("kind", ["equal", "relation", "defined", "rewrite", "nonsense"])
def test_garbage_as_a_claim(kind: str) -> None:
    for one in GARBAGE:
        for other in ([], ["num", 1, 1], one):
            data = {"lhs": one, "rhs": other, "op": "<", "term": one, "before": one, "after": other, "rewrites": other}
            with suppress(NotProved, BadInput):
                prove(Claim(kind, data, context("x real, n positive integer, mu real")))


@pytest.mark.parametrize("document", [*GARBAGE, {"schema": SCHEMA}, {"schema": SCHEMA, "claim": {"kind": "equal"}}])
def test_garbage_as_a_certificate(document: Any) -> None:
    with pytest.raises((NotProved, BadInput)):
        replay(document)
