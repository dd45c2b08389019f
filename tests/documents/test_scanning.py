"""Documents are taken apart without a formula missed, invented or misplaced. What must not be read comes first."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest

from symrep.errors import BadInput
from symrep.reading.documents import Document, Source, open_document
from symrep.reading.documents.macros import definition_of


def opened(text: str | bytes, name: str = "a.md") -> Document:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return open_document(Source(name, data))


def bodies(text: str | bytes, name: str = "a.md") -> list[str]:
    d = opened(text, name)
    for f in d.formulas:  # a formula stands where it says
        assert 0 <= f.start < f.end <= len(d.source.text)
        for c, s, e in zip(f.body.text, f.body.starts, f.body.ends, strict=True):
            assert f.start <= s <= e <= f.end
            piece = d.source.text[s:e]
            assert c == piece or "\\" in piece or "\n" in piece or "\r" in piece or c in "\\ "
    return [f.body.text.strip() for f in d.formulas]


# --- what is no formula -------------------------------------------------------------------------------------------

NO_MATHS = [
    "```\n$x = y$\n```",
    "~~~ python\n$$x = y$$\n~~~",
    "- item\n  ```latex\n  $$x = y$$\n  ```",
    "> ```\n> $x = y$\n> ```",
    "text\n\n    $x = y$\n\ntext",
    "`$x = y$`",
    "``a ` $x = y$``",
    "<!-- $x = y$ -->",
    "<!--\n$$\nx = y\n$$\n-->",
    "<pre>\n$x = y$\n</pre>",
    "<code>$x = y$</code>",
    "<script>\n$$x = y$$\n</script>",
    r"\$x = y\$",
    "it costs $5, or $6 with tax",
    "a $ alone and $ another",
    "---\ntitle: $x = y$\n---\n",
    "+++\ntitle = '$x = y$'\n+++\n",
    "{% highlight python %}\n$x = y$\n{% endhighlight %}",
    "{% comment %} $x = y$ {% endcomment %}",
    "$x = y without an end",
    "$$x = y without an end",
    "\\[x = y without an end",
    "an open $x\n\nparagraph$",
    "```\n$x = y$",
]


@pytest.mark.parametrize("text", NO_MATHS)
def test_markdown_that_holds_no_formula(text: str) -> None:
    assert bodies(text) == []


NO_MATHS_TEX = [
    "% $x = y$",
    "\\begin{verbatim}\n$x = y$\n\\end{verbatim}",
    "\\begin{verbatim}\n% \\end{verbatim\n$x = y$\n\\end{verbatim}",
    "\\begin{lstlisting}[language=C]\n$x = y$\n\\end{lstlisting}",
    "\\begin{comment}\n$x = y$\n\\end{comment}",
    r"\verb|$x = y$|",
    r"\verb+$x+ costs \verb!y$!",
    r"\$x = y\$",
    "\\newcommand{\\a}{$x = y$}",
    "\\def\\a#1{$x = y$}",
    "\\documentclass{article}\n$x = y$\n\\begin{document}\nno\n\\end{document}\n$z = y$",
    "\\begin{align} x = y",
    "\\\\[4pt] no formula \\\\(neither)",
    "\\begin{comment}\n$x=y$",
]


@pytest.mark.parametrize("text", NO_MATHS_TEX)
def test_tex_that_holds_no_formula(text: str) -> None:
    assert bodies(text, "a.tex") == []


def test_what_is_unclosed_is_said() -> None:
    for text, name in (("$$x", "a.md"), (r"\[x", "a.md"), ("$x", "a.tex"), (r"\begin{align}x", "a.tex")):
        (left,) = opened(text, name).left_out
        assert "not closed" in left.reason and left.start == 0


def test_files_that_are_taken_in_are_not_followed_and_this_is_said() -> None:
    d = opened("\\input{secret}\n$x = y$ \\include{other}", "a.tex")
    assert [(n.start, n.text) for n in d.left_out] == [(0, r"\input{secret}"), (23, r"\include{other}")]
    assert len(d.formulas) == 1


BROKEN_NOTEBOOKS = [
    b"",
    b"[]",
    b"{}",
    b'{"cells": [',
    b'{"cells": [{"cell_type": "markdown", "source": ["$x',
    b'{"cells": [{"cell_type": "markdown", "source": ["\\q"]}]}',
    b"[" * 5000,
    b'{"cells": }]',
    b"not json",
]


@pytest.mark.parametrize("data", BROKEN_NOTEBOOKS)
def test_a_broken_notebook_is_an_error_and_no_traceback(data: bytes) -> None:
    with pytest.raises(BadInput) as e:
        opened(data, "a.ipynb")
    assert "a.ipynb" in e.value.where


def test_unknown_kinds_and_no_text() -> None:
    with pytest.raises(BadInput):
        opened("x", "a.pdf")
    with pytest.raises(BadInput):
        opened(b"a\0b")
    with pytest.raises(BadInput):
        opened(b"\xff\xfea")


HOSTILE = [
    "$" * 100_000,
    "$$ " * 30_000,
    "\\[" * 50_000,
    "\\begin{align}" * 8_000,
    "`" * 100_000,
    "`" + " ``" * 30_000,
    "> " * 50_000,
    "<!--" * 25_000,
    "<pre>" * 20_000,
    "{% raw " * 15_000,
    "$x$ " * 20_000,
    "```\n" * 25_000,
    "$" + "{" * 100_000,
    "\\newcommand{\\a}{" * 6_000,
    "$a" * 50_000,
    "\n" * 100_000,
    " " * 200_000 + "$x$",
    "$\n" * 50_000,
    "%" * 100_000,
    "\\verb" * 20_000,
    "\\" * 100_001,
    "symrep:" * 10_000,
    "\\intertext{" * 5000,
    "$$" + "\\intertext{" * 1500 + "$$",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["a.md", "a.tex"])
def test_hostile_texts_end_soon(text: str, name: str) -> None:
    begin = time.process_time()
    with suppress(BadInput):  # more formulas than a document may have
        opened(text, name)
    assert time.process_time() - begin < 5.0


# --- what is one --------------------------------------------------------------------------------------------------

MATHS = [
    ("$x = y$", ["x = y"]),
    ("**$x$**, $y$.", ["x", "y"]),
    ("$$x = y$$", ["x = y"]),
    ("$$\nx\n= y\n$$", ["x\n= y"]),
    (r"\(x\) and \[ y \]", ["x", "y"]),
    (
        r"\\(x\\) and \\[ a \\\\ b_{\\{c\\}} \\]",
        ["x", "a \\\\ b_{\\{c\\}}".replace("\\\\{", "\\{").replace("\\\\}", "\\}")],
    ),
    ("```math\nx = y\n\nz\n```", ["x = y\nz"]),
    ("~~~math\nx = y\n~~~", ["x = y"]),
    ("```{math}\nx = y\n```", ["x = y"]),
    ("$`x = y`$", ["x = y"]),
    ("> $$\n> x\n> = y\n> $$\n> then $z$", ["x\n= y", "z"]),
    ("> > $x$", ["x"]),
    ("- item\n\n    $$x = y$$\n", ["x = y"]),
    ("1. item $a$\n\n   more $b$", ["a", "b"]),
    ("$$\nx = y\n\n= z\n$$", ["x = y\n\n= z"]),
    ("$$\n    x = y\n$$", ["x = y"]),
    ("costs $5, and $x$", ["x"]),
    (r"costs \$5, and $x$", ["x"]),
    ("\\begin{equation}\nx\n\\end{equation}", ["x"]),
    ("\\begin{align*}\nx &= y\\\\\n&= z\n\\end{align*}", ["x &= y\\\\\n&= z"]),
    ("$x$ % no comment in words\n$y$", ["x", "y"]),
    ("$$x % a comment $y$\n= y$$", ["x  = y"]),
    ("`code` $x$ ``more ` code``", ["x"]),
    ("$a$\r\n\r\n$$b\r\n= c$$\r\n", ["a", "b\n= c"]),
    (r"$\text{if $x$ holds}$", [r"\text{if $x$ holds}"]),
    ("a `tick without end $x$", ["x"]),
    ("<div>$x$</div>", ["x"]),
    ("$x$$y$", ["x", "y"]),
    ("| $a$ | $b \\mid c$ |", ["a", "b \\mid c"]),
]


@pytest.mark.parametrize(("text", "found"), MATHS)
def test_markdown(text: str, found: list[str]) -> None:
    assert bodies(text) == found


MATHS_TEX = [
    ("$x = y$", ["x = y"]),
    ("$ x = y $", ["x = y"]),
    ("$$x$$ and \\(y\\) and \\[z\\]", ["x", "y", "z"]),
    ("\\begin{align}\n x &= y \\\\[4pt]\n &= z\n\\end{align}", ["x &= y \\\\[4pt]\n &= z"]),
    ("\\[x \\\\[4pt] y\\]", ["x \\\\[4pt] y"]),
    ("\\begin{equation*} x % = y\n = z \\end{equation*}", ["x = z"]),
    ("100\\% of $x$ % $y$\n $z$", ["x", "z"]),
    ("\\begin{document}$x$\\end{document}$y$", ["x"]),
    ("% \\begin{document}\n$x$", ["x"]),
    ("\\begin{gather}a\\\\b\\end{gather}\\begin{multline}c\\\\=d\\end{multline}", ["a\\\\b", "c\\\\=d"]),
    ("\\begin{eqnarray}a&=&b\\end{eqnarray}", ["a&=&b"]),
    ("\\begin{align}a &= b\\\\ \\intertext{and so} &= c\\end{align}", ["a &= b\\\\  &= c"]),
    ("\\begin{equation}\\begin{split}a&=b\\end{split}\\end{equation}", [r"\begin{split}a&=b\end{split}"]),
    ("\\verb|$| $x$", ["x"]),
    ("\\newcommand{\\E}[1]{\\mathbb{E}[#1]} $\\E{x}$", [r"\E{x}"]),
]


@pytest.mark.parametrize(("text", "found"), MATHS_TEX)
def test_tex(text: str, found: list[str]) -> None:
    assert bodies(text, "a.tex") == found


def test_places_with_crlf_byte_order_mark_tabs_and_bytes_that_are_no_text() -> None:
    data = b"\xef\xbb\xbfa\r\n\t\xff \xc3\xa9 $x = y$\r\n"
    d = opened(data)
    (f,) = d.formulas
    assert d.source.position(f.start) == (2, 6)
    assert d.source.text[f.body.starts[0] : f.body.ends[-1]] == "x = y"
    start, end = f.body.source(4, 5)
    assert d.source.edited([(start, end, "z")]) == data.replace(b"y$", b"z$")
    assert d.source.edited([]) == data


def test_a_byte_order_mark_has_no_column() -> None:
    d = opened(b"\xef\xbb\xbf$x$")
    assert d.source.position(d.formulas[0].start) == (1, 1)


def test_utf_16_comes_back_as_it_was() -> None:
    data = "\ufeffé $x$\n".encode("utf-16-le")
    d = opened(data)
    assert d.formulas[0].body.text == "x"
    assert d.source.edited([]) == data


def test_notebook_places_are_those_of_its_json() -> None:
    cells = [
        {"cell_type": "code", "source": ["print('$x = y$')"], "outputs": [{"source": "$no$", "cell_type": "markdown"}]},
        {"cell_type": "markdown", "source": ["# é $a$\n", "$$\\frac{1}{2}\n", "= \\sigma$$ \u00b5"]},
        {"cell_type": "markdown", "source": "one string, $b$"},
        {"cell_type": "raw", "source": "$no$"},
    ]
    for ascii_only in (True, False):
        text = json.dumps(
            {"cells": cells, "nbformat": 4, "metadata": {"cells": "$no$"}}, indent=1, ensure_ascii=ascii_only
        )
        d = opened(text, "a.ipynb")
        assert [f.body.text for f in d.formulas] == ["a", "\\frac{1}{2}\n= \\sigma", "b"]
        assert [f.cell for f in d.formulas] == [1, 1, 2]
        f = d.formulas[1]
        place = f.body.text.index("\\sigma")
        start, end = f.body.source(place, place + 6)
        assert text[start:end] == "\\\\sigma"
        assert d.source.position(start)[0] == 1 + text[:start].count("\n")
        json.loads(d.source.edited([(start, end, "\\\\tau")]))


def test_pragmas_are_found_where_they_stand() -> None:
    text = "<!-- symrep: assume sigma > 0 -->\n$$x % symrep: ignore next\n= y$$ `<!-- symrep: skip -->`"
    assert [p.text for p in opened(text).pragmas] == ["assume sigma > 0", "ignore next"]
    tex = "% symrep: variable e\n\\begin{align}\n% symrep: ignore next\nx &= y % not symrep\n\\end{align}\n"
    tex += "\\verb|% symrep: skip|"
    d = opened(tex, "a.tex")
    assert [p.text for p in d.pragmas] == ["variable e", "ignore next"]
    assert [d.source.position(p.start)[0] for p in d.pragmas] == [1, 3]


DEFINITIONS = [
    (r"\newcommand{\E}{\mathbb{E}}", (r"\E", 0, r"\mathbb{E}", None)),
    (r"\newcommand\E[1]{\mathbb{E}[#1]}", (r"\E", 1, r"\mathbb{E}[#1]", None)),
    (r"\renewcommand*{\E}[2][x]{\mathbb{E}_{#1}[#2]}", (r"\E", 2, r"\mathbb{E}_{#1}[#2]", "x")),
    (r"\DeclareMathOperator{\KL}{KL}", (r"\KL", 0, r"\operatorname{KL}", None)),
    (r"\DeclareMathOperator*{\argmin}{arg\,min}", (r"\argmin", 0, r"\operatorname{arg\,min}", None)),
    (r"\def\E#1{\mathbb{E}\{#1\}}", (r"\E", 1, r"\mathbb{E}\{#1\}", None)),
    (r"\let\eps\epsilon", (r"\eps", 0, r"\epsilon", None)),
]


@pytest.mark.parametrize(("text", "what"), DEFINITIONS)
def test_definitions(text: str, what: tuple[str, int, str, str | None]) -> None:
    d = definition_of(text)
    assert d is not None and (d.name, d.arguments, d.body, d.optional) == what
    assert [x.text for x in opened(text + "\n$x$", "a.tex").definitions] == [text]
    assert [x.text for x in opened(f"$${text}$$\n$x$").definitions] == [text]


@pytest.mark.parametrize(
    "text", [r"\newcommand", r"\newcommand{\E", r"\newcommand{\E}{", r"\def\E#1[#2]{x}", r"\let\a b", ""]
)
def test_what_defines_nothing(text: str) -> None:
    assert definition_of(text) is None
