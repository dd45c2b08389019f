"""Densities of what is made of a random variable are claims. Wrong ones, and what must not be decided, come first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(preload=PRELOAD) as pool:
        yield pool


LOG = "Let $X \\sim \\mathcal{N}(m, s^2)$ and $Y = e^X$.%s\n\n$$f_Y(y) = %s$$\n"
LOGNORMAL = r"\frac{1}{y s\sqrt{2\pi}} \exp\left(-\frac{(\log y - m)^2}{2 s^2}\right)"
NO_JACOBIAN = r"\frac{1}{s\sqrt{2\pi}} \exp\left(-\frac{(\log y - m)^2}{2 s^2}\right)"
SQUARE = "Let $Z \\sim \\mathcal{N}(0, 1)$ and $W = Z^2$. For $w > 0$ %s\n$$f_W(w) = %s$$\n"
UNIFORM = "Let $U$ be uniform on $(0, 1)$ and $T = %s$ with $\\lambda > 0$. Then\n$$f_T(t) = %s$$\n"
SCALED = "Let $Z \\sim \\mathcal{N}(0, 1)$, $\\sigma > 0$ and $s = \\mu + \\sigma Z$. Then $p_S(s) = %s$.\n"
ROOT = "Let $T \\sim \\mathrm{Exp}(\\lambda)$ and $V = \\sqrt{T}$.\n\nThen $$\\log f_V(v) = %s$$ for $v > 0$.\n"
LOGIT = "Let $Z \\sim \\mathcal{N}(m, s^2)$ and $X = \\frac{1}{1 + e^{-Z}}$. For $0 < x < 1$\n$$p_X(x) = %s$$\n"
ANEW = (
    "## One\n\nLet $X \\sim \\mathcal{N}(0, 1)$ and $Y = e^X$.\n\n"
    "## Two\n\nLet $X \\sim \\mathrm{Exp}(1)$ and $Y = 2X$.\n"
    "$$f_Y(y) = %s$$"
)
PLAIN = "Let $z \\sim \\mathcal{N}(0, 1)$ and $x = \\mu + \\sigma z$ with $\\sigma > 0$.%s Then $$%s$$\n"
BACK = (
    "Let $x \\sim \\mathcal{N}(\\mu, \\sigma^2)$ and $y = (x-\\mu)/\\sigma$, so $x = \\sigma y + \\mu$. Then\n"
    "$$p(y) = p(x) \\left|\\frac{dx}{dy}\\right| = %s$$\n"
)
TOLD = "Let $p(z) = \\mathcal{N}(z; 0, 1)$ and $x = e^z$. Then $$\\log p(x) = %s$$\n"

TEXTS = [
    # the factor is lost, inverted, doubled; a branch is lost; a sign, an end
    (LOG % ("", NO_JACOBIAN), "refuted"),
    (LOG % ("", "y" + NO_JACOBIAN), "refuted"),
    (LOG % ("", LOGNORMAL.replace("y s", "y^2 s")), "refuted"),
    (LOG % ("", LOGNORMAL.replace("- m", "+ m")), "refuted"),
    (LOG % ("", "f_X(\\log y)"), "refuted"),
    (LOG % ("", "f_X(e^y) e^y"), "refuted"),
    (SQUARE % ("we have", r"\frac{1}{2\sqrt{2\pi w}} e^{-w/2}"), "refuted"),
    (SQUARE % ("we have", r"\frac{1}{\sqrt{2\pi}} e^{-w/2}"), "refuted"),
    (UNIFORM % (r"-\lambda \log U", r"\lambda e^{-\lambda t}"), "refuted"),
    (UNIFORM % (r"-\frac{1}{\lambda} \log U", r"-\lambda e^{-\lambda t}"), "refuted"),
    (SCALED % r"\frac{1}{\sqrt{2\pi}} e^{-(s-\mu)^2/(2\sigma^2)}", "refuted"),
    (ROOT % r"\log(\lambda v) - \lambda v^2", "refuted"),
    (LOGIT % r"\frac{1}{s\sqrt{2\pi}} \exp\left(-\frac{(\log\frac{x}{1-x} - m)^2}{2 s^2}\right)", "refuted"),
    # by their brackets: the factor upside down, of the other sign, lost
    (PLAIN % ("", r"p(x) = p(z) \left|\frac{dx}{dz}\right|"), "refuted"),
    (PLAIN % ("", r"p(x) = \frac{1}{\sqrt{2\pi}} e^{-(x-\mu)^2/(2\sigma^2)}"), "refuted"),
    (PLAIN % ("", r"p(x) = \frac{1}{\sqrt{2\pi}\sigma} e^{-(x-\mu)^2/\sigma^2}"), "refuted"),
    (TOLD % r"\log p(z) + z", "refuted"),
    (TOLD % r"\log p(z)", "refuted"),
    # p is what is aimed at, and not the law of x; the names hang together, and are not spelled out
    (PLAIN % (" The model is $q(x)$.", r"p(x) = \frac{1}{2} e^{-|x|}"), "definition"),
    (PLAIN % (" Let $p(x) = \\frac{1}{2} e^{-|x|}$.", r"p(x) = \frac{1}{4} e^{-|x|}"), "refuted"),
    (r"Let $z \sim p(z)$, $x = f(z)$, $f$ invertible. Then $p(x) = p(z) \left|\frac{dz}{dx}\right|$.", "not_checked"),
    # what the words say of X, or of Y, besides
    (LOG % (" We condition $X$ on being positive.", LOGNORMAL), "undecided"),
    (LOG % (" Here $X$ is truncated to $(0, 1)$.", LOGNORMAL), "undecided"),
    ("Let $X \\sim \\mathcal{N}(0, 1)$, let $b > 0$ be a random variable, and $Y = bX$. Then\n"
     "$$f_Y(y) = \\frac{1}{b\\sqrt{2\\pi}} e^{-y^2/(2b^2)}$$", "definition"),
    ("Let $X \\sim \\mathcal{N}(0, 1)$ and $Y = 2X$ if a coin shows heads. Then\n"
     "$$f_Y(y) = \\frac{1}{2\\sqrt{2\\pi}} e^{-y^2/8}$$", "undecided"),
    # two letters: the density of the model, and the one of the data
    (LOG % (" The data have another density $q_Y$.", NO_JACOBIAN), "definition"),
    # of two variables, of one whose law nobody told, of a map nobody inverts
    ("Let $X \\sim \\mathcal{N}(0, 1)$, $Z \\sim \\mathcal{N}(0, 1)$, $Y = X + Z$. $$f_Y(y) = e^y$$", "definition"),
    ("Let $Y = X^2$. $$f_Y(y) = e^{-y}$$", "definition"),
    ("Let $X \\sim \\mathrm{Poisson}(3)$ and $Y = 2X$. $$f_Y(y) = e^{-y}$$", "definition"),
    # anew
    (ANEW % "\\frac{1}{2} e^{-y/2}", "proved"),
    (ANEW % "e^{-y/2}", "refuted"),
    # right
    (PLAIN % ("", r"p(x) = p(z) \left|\frac{dz}{dx}\right|"), "proved"),
    (PLAIN % ("", r"p(x) = \frac{1}{\sqrt{2\pi}\sigma} e^{-(x-\mu)^2/(2\sigma^2)}"), "proved"),
    (PLAIN % ("", r"p(x) = \frac{p(z)}{\sigma}"), "proved"),
    (PLAIN % ("", r"p(x) = \mathcal{N}(x; \mu, \sigma^2)"), "proved"),
    (TOLD % r"\log p(z) - z", "proved"),
    (TOLD % r"\log p(z) - \log\left|\frac{dx}{dz}\right|", "proved"),
    (LOG % ("", LOGNORMAL), "proved"),
    (LOG % ("", r"\frac{f_X(\log y)}{y}"), "proved"),
    (LOG % ("", r"f_X(\log y) \left|\frac{d \log y}{dy}\right|"), "proved"),
    (SQUARE % ("we have", r"\frac{1}{\sqrt{2\pi w}} e^{-w/2}"), "proved"),
    ("$Z$ is standard normal with density $\\varphi$, and $V = Z^2$. For $v > 0$,\n$$p_V(v) = "
     "\\frac{\\varphi(\\sqrt v) + \\varphi(-\\sqrt v)}{2\\sqrt v}$$", "proved"),
    ("$Z$ is standard normal with density $\\varphi$, and $V = Z^2$. For $v > 0$,\n$$p_V(v) = "
     "\\frac{\\varphi(\\sqrt v)}{2\\sqrt v}$$", "refuted"),
    (SQUARE % ("we have", r"\frac{f_Z(\sqrt w) + f_Z(-\sqrt w)}{2 \sqrt w}"), "proved"),
    (UNIFORM % (r"-\frac{1}{\lambda} \log U", r"\lambda e^{-\lambda t}"), "proved"),
    (SCALED % r"\frac{1}{\sigma\sqrt{2\pi}} e^{-(s-\mu)^2/(2\sigma^2)}", "proved"),
    (ROOT % r"\log(2\lambda v) - \lambda v^2", "proved"),
    (LOGIT % r"\frac{1}{x(1-x) s\sqrt{2\pi}} \exp\left(-\frac{(\log\frac{x}{1-x} - m)^2}{2 s^2}\right)", "proved"),
]  # fmt: skip

ROWS = [
    (BACK % r"\frac{1}{\sqrt{2\pi}} e^{-y^2/2}", ["proved", "proved", "proved"]),
    (BACK % r"\frac{1}{\sqrt{2\pi}\sigma} e^{-y^2/2}", ["proved", "proved", "refuted"]),
    (BACK.replace("dx}{dy", "dy}{dx") % r"\frac{1}{\sqrt{2\pi}} e^{-y^2/2}", ["proved", "refuted", "proved"]),
]


@pytest.mark.parametrize(("text", "statuses"), ROWS, ids=range(len(ROWS)))
def test_each_row_of_a_change_of_variables(text: str, statuses: list[str], workers: Workers) -> None:
    steps = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    assert [s["status"] for s in steps] == statuses


@pytest.mark.parametrize(("text", "status"), TEXTS, ids=range(len(TEXTS)))
def test_a_density_of_an_image(text: str, status: str, workers: Workers) -> None:
    steps = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    assert [s["status"] for s in steps if "f_X(x)" not in s["lhs"]] == ([] if status == "definition" else [status])


MENDED = [
    (LOG % ("", NO_JACOBIAN), "y"),
    (SQUARE % ("we have", r"\frac{1}{2\sqrt{2\pi w}} e^{-w/2}"), "2"),
    (SCALED % r"\frac{1}{\sqrt{2\pi}} e^{-(s-\mu)^2/(2\sigma^2)}", r"\sigma"),
]


@pytest.mark.parametrize(("text", "lost"), MENDED, ids=range(len(MENDED)))
def test_what_was_lost_is_put_back(text: str, lost: str, workers: Workers) -> None:
    (step,) = check(Source("a.md", text.encode()), 8.0, 1, workers).steps
    fix = step["fix"]
    assert lost in fix["latex"] and step["diagnosis"]["corrected_status"] == "proved"


MADE = "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$ and $Z = %s$ with $\\sigma > 0$.%s $Z \\sim %s$.\n"
LAWS = [
    (MADE % (r"\frac{X-\mu}{\sigma}", " Then", r"\mathcal{N}(0, \sigma^2)"), ["refuted"]),
    (MADE % (r"\frac{X-\mu}{\sigma^2}", " Hence", r"\mathcal{N}(0, 1)"), ["refuted"]),
    (MADE % ("2X", " Thus", r"\mathcal{N}(2\mu, 2\sigma^2)"), ["refuted"]),
    (MADE % ("e^X", " So", r"\mathcal{N}(\mu, \sigma^2)"), ["refuted"]),
    # told, and not claimed: of another Z, or nothing leads to it
    (MADE % ("2X", " Now let", r"\mathcal{N}(0, 1)"), []),
    (MADE % ("2X", "\n\n## Another\n\nThen", r"\mathcal{N}(0, 1)"), []),
    (MADE % ("2X", " We draw", r"\mathcal{N}(0, 1)"), []),
    (MADE % ("2X", " Then we sample", r"\mathcal{N}(0, 1)"), ["undecided"]),
    (MADE % ("2X", " Assume that", r"\mathcal{N}(0, 1)"), []),
    # X is not what it was said to be
    (MADE % (r"\frac{X-\mu}{\sigma}", " We truncate $X$ at zero. Then", r"\mathcal{N}(0, 1)"), ["undecided"]),
    # two lines that agree with one another are wrong both, and the law of X is not blamed
    (MADE[:-3] % (r"\frac{X-\mu}{\sigma}", " Then", r"\mathcal{N}(0, \sigma^2)")
     + "$, so that $E[Z^2] = \\sigma^2$.\n", ["refuted", "refuted"]),
    (MADE % (r"\frac{X-\mu}{\sigma}", " Then", r"\mathcal{N}(0, 1)"), ["proved"]),
    (MADE % ("2X", " Thus", r"\mathcal{N}(2\mu, 4\sigma^2)"), ["proved"]),
    (MADE % ("e^X", " So", r"\mathrm{LogNormal}(\mu, \sigma^2)"), ["proved"]),
    ("Let $U \\sim \\mathrm{Uniform}(0, 1)$ and $T = -\\log U$. Then $T \\sim \\mathrm{Exp}(1)$.", ["proved"]),
    ("Let $U \\sim \\mathrm{Uniform}(0, 1)$ and $T = -\\log U$. Then $T \\sim \\mathrm{Exp}(2)$.", ["refuted"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "statuses"), LAWS, ids=range(len(LAWS)))
def test_a_law_that_follows(text: str, statuses: list[str], workers: Workers) -> None:
    steps = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    assert [s["status"] for s in steps] == statuses


#: of partial derivatives the inverse function theorem says something else
POLAR = "We write $x = r \\cos\\theta$, $y = r\\sin\\theta$. Then $%s$."
PARTIAL = [
    r"\frac{\partial \theta}{\partial x} = -\frac{1}{r \sin\theta}",
    r"\frac{\partial r}{\partial x} = \frac{1}{\cos\theta}",
    r"\frac{\partial x}{\partial r} = \frac{1}{\partial r/\partial x}",
]


@pytest.mark.parametrize("line", PARTIAL, ids=range(len(PARTIAL)))
def test_a_partial_derivative_is_not_turned_round(line: str, workers: Workers) -> None:
    steps = check(Source("a.md", (POLAR % line).encode()), 8.0, 1, workers, fix=False).steps
    assert not [s for s in steps if s["status"] in ("proved", "supported")]
