"""Formula lines with their meanings worked out by hand: all of them, and spans on every node."""

from __future__ import annotations

import random

import pytest
from latex_table import LINES, UNREAD

from symrep.reading.latex import Environment, Macro, Tree, Unread, macros_in, parse, read, sexp, walk


def reading_of(tex: str) -> str:
    try:
        return sexp(parse(tex))
    except Unread:
        return UNREAD


def test_there_are_enough() -> None:
    assert len(LINES) >= 150
    assert len({tex for tex, _ in LINES}) == len(LINES)


@pytest.mark.parametrize(("tex", "meaning"), LINES)
def test_line(tex: str, meaning: str) -> None:
    assert reading_of(tex) == meaning


@pytest.mark.parametrize("tex", [tex for tex, meaning in LINES if meaning != UNREAD])
def test_every_node_stands_inside_its_parent(tex: str) -> None:
    tree = parse(tex, offset=1000)
    assert 1000 <= tree.start <= tree.end <= 1000 + len(tex)
    for t in walk(tree):
        for p in t.parts:
            assert t.start <= p.start <= p.end <= t.end, (sexp(t), sexp(p))


@pytest.mark.parametrize(
    ("tex", "head", "text"),
    [
        (r"x + \frac{a}{b}", "/", r"\frac{a}{b}"),
        (r"f(x)^2", "app", "f(x)"),
        (r"2\log\sigma_1", "name", r"\sigma_1"),
        (r"\mathbb{E}_{x \sim p}[x] + 1", "E", r"\mathbb{E}_{x \sim p}[x]"),
        (r"\left(\bar{x}\right)", "name", r"\left(\bar{x}\right)"),
        (r"a \int_0^1 f(x)\,dx", "int", r"\int_0^1 f(x)\,dx"),
        ("σ² + 1", "^", "σ²"),
    ],
)
def test_spans_are_exact(tex: str, head: str, text: str) -> None:
    found = [tex[t.start : t.end] for t in walk(parse(tex)) if t.head == head]
    assert text in found


def test_rows_are_joined_where_they_go_on_and_split_where_they_do_not() -> None:
    tex = r"""\begin{aligned} f(x) &= a \\[4pt] &\quad + b \\ &= c % a comment with \\ in it
      \\ g(x) &= \left( a \right. \\ &\left. + b \right), \quad h(x) = 1 \end{aligned}"""
    reading = read(tex)
    assert [len(r.statements) for r in reading.rows] == [1, 1, 2]
    assert [s.inherits for s in reading.statements] == [False, True, False, False]
    assert sexp(reading.statements[0].sides[1].tree or Tree("", 0, 0)) == "(+ a b)"
    assert sexp(reading.statements[2].sides[1].tree or Tree("", 0, 0)) == "(+ a b)"


def test_one_bad_side_does_not_hide_the_others() -> None:
    (s,) = read(r"x = \frac{1} = 2 + ").statements
    assert [bool(side.unread) for side in s.sides] == [False, True, True]


def test_macros_are_read_and_expanded_with_the_call_as_their_span() -> None:
    text = r"""\newcommand{\E}{\mathbb{E}} \newcommand{\N}[2]{\mathcal{N}(#1, #2)} \def\half{\frac12}
      \DeclareMathOperator{\Var}{Var} \newcommand{\norm}[2][2]{\|#2\|_{#1}} \newcommand{\R}{\mathbb{R}}"""
    environment = macros_in(text)
    assert environment.macros[r"\N"] == Macro(2, r"\mathcal{N}(#1, #2)")
    tex = r"\half \E[x] + \norm[1]{y} + \N{0}{1}"
    tree = parse(r"\half \E[x] + \norm[1]{y}", environment)
    assert sexp(tree) == "(+ (* (/ 1 2) (E x)) (norm1 y))"
    assert sexp(parse(r"z \sim \N{0}{1}", environment)) == "(~ z (dist N 0 1))"
    assert {tex[t.start : t.end] for t in walk(tree) if t.head == "/"} == {r"\half"}
    with pytest.raises(Unread) as e:
        parse(r"\a", Environment().with_macro(r"\a", 0, r"\a\a"))
    assert e.value.code == "size"


SCRAPS = r"""
    x y f g p E P d i n e 1 2 0.5 ( ) [ ] { } \{ \} | \| \left( \right) \left| \right| \left. \right. ^ _ ' ! + - *
    / = < \le \sim , ; : . & \\ \frac \sqrt \sum \prod \int \lim \log \exp \mathbb{E} \mathcal{N} \mathrm{KL}
    \mathrm{d} \partial \nabla \sigma \mu \Gamma \hat \mathbf{x} \mid \dots \infty \quad \text{if} \text{Var}
    \begin{cases} \end{cases} \binom \max \implies \cdot \Big| \overset{d}{=} \circ T _{i=1} ^n ^{-1} ^{(i)} dx
    exp( \over \underset{x}{\max} $ % # ~
""".split()


@pytest.mark.parametrize("seed", range(4))
def test_scraps_of_formulas_end_in_errors_with_places(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(150):
        tex = "".join(draw.choice(SCRAPS) + draw.choice(["", " "]) for _ in range(draw.choice([3, 8, 20, 40])))
        reading = read(tex, offset=7)
        for s in reading.statements:
            for side in (*s.sides, *s.conditions):
                assert (side.expr is None) == (bool(side.unread) or side.tree is None), tex
                for u in side.unread:
                    assert 7 <= u.start <= u.end <= 7 + len(tex), tex


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 10_000 + "x" + "}" * 10_000,
        "{" * 3_000,
        "(" * 3_000,
        r"\frac{1}{" * 1_000 + "x" + "}" * 1_000,
        "x+" * 500_000,
        r"\sum " * 3_000,
        r"\log " * 3_000,
        "x" + "^{x" * 1_000 + "}" * 1_000,
        "|" * 3_000,
        r"\int " * 3_000,
        r"\left(" * 3_000,
        "a/" * 1_900 + "b",
        "f(" * 1_300,
        r"\begin{cases}" * 1_500,
        r"\text{a" * 1_000,
        "=" * 3_000,
        "x!" * 3 + "!" * 3_000,
        "f" + "'" * 3_000,
        r"\log x " * 40 + "(",
        "1/2 f(" * 12,
        "\x00\x01",
        "😀",
        r"\newcommand",
        "$",
        "",
        "&&&",
        r"\\\\\\",
    ],
)
def test_hostile_input_ends_in_an_error_or_a_reading(tex: str) -> None:
    import time

    start = time.process_time()
    reading = read(tex)
    assert time.process_time() - start < 1
    for u in reading.unread:
        assert u.needed and u.code
