"""How posts and appendices of the field put it: E_q beside q_φ(z|x), densities of what is defined, control variates;
and wrong lines that say it just so."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

TOLD = (
    "Let $q(z) = \\mathcal{N}(z; \\mu, \\sigma^2)$ with $\\sigma > 0$ and $p(z) = \\mathcal{N}(z; 0, 1)$. Then"
    " $E_q[%s] = %s$."
)
BY_NAME = (
    "Let $p = \\mathcal{N}(m, s^2)$ and $q = \\mathcal{N}(n, t^2)$ be normal with $s, t > 0$.\n$$\\int p(x) \\log"
    " \\frac{p(x)}{q(x)} dx"
    " = E_p\\left[\\log \\frac{t}{s} - \\frac{(x - m)^2}{2 s^2} + \\frac{(x - n)^2}{%s}\\right]$$\n"
)
BELOW = (
    "$q_\\phi(z|x)$ is the encoder.\n$$E_q[\\log p(x|z)] - KL(q_\\phi(z|x) \\| p(z)) ="
    " E_q[\\log p(x|z) + \\log p(z) %s \\log q_\\phi(z|x)]$$\n"
)
ENTROPY = "$$E_{q(z|x)}[\\log p(x, z) - \\log q(z|x)] = E_{q(z|x)}[\\log p(x, z)] %s H(q(z|x))$$\n"
TWO = "The densities are $q_1(z|x)$ and $q_2(z|x)$.\n$$E_q[\\log p(z)] = \\int q_1(z|x) \\log p(z) dz$$\n"
ITSELF = (
    "%s $x \\sim \\mathcal{N}(\\mu, \\sigma^2)$ the score is $\\frac{\\partial}{\\partial\\mu} \\log p(x) ="
    " \\frac{x - \\mu}{%s}$.\n"
)
PUSHED = (
    "Let $z \\sim \\mathcal{N}(\\mu, \\sigma^2)$ and $x = e^z$. Then\n$$p_X(x) = \\frac{1}{%s\\sigma\\sqrt{2\\pi}}"
    " e^{-\\frac{(\\log x - \\mu)^2}{2\\sigma^2}}$$\n"
)
ROOT = (
    "If $X \\sim \\text{Exp}(1)$ and $Y = b X^{1/a}$ with $a, b > 0$ then\n$$f_Y(y) = %s"
    " \\left(\\frac{y}{b}\\right)^{a-1} e^{-(y/b)^a}$$\n"
)
SQUARE = "Let $Z \\sim N(0,1)$ and $W = Z^2$. Then $f_W(w) = \\frac{1}{%s\\sqrt{2\\pi w}} e^{-w/2}$.\n"
SQUASHED = (
    "Let $u \\sim \\mathcal{N}(\\mu, \\sigma^2)$ and $a = \\tanh(u)$. The log density of the action is"
    " $\\log \\pi(a) = \\log p(u) %s \\log(1 - \\tanh^2(u))$.\n"
)
CONTROL = (
    "For any constant $\\beta$ put $Z = Y - \\beta(C - \\nu)$, where $\\nu = E[C]$. Then\n"
    "$$\\operatorname{Var}(Z) = \\operatorname{Var}(Y) - %s\\beta \\operatorname{Cov}(Y, C) + \\beta^2"
    " \\operatorname{Var}(C)$$\n"
)
BEST = CONTROL.replace("For any constant $\\beta$ put", "Put").replace(
    "where", "where $\\beta$ is the best coefficient and"
)
SCALE = (
    "Let $s_2 = s_1$. For the scale, define for $t > 0$\n$$g(t) = \\log t + \\frac{1}{2t^2}.$$\nHere $t = s_2/s_1$."
    " We find\n"
    "$$g''(t) = -\\frac{1}{t^2} + \\frac{3}{t^%s}.$$\n"
)
GUMBEL = (
    "Let $g = \\mu - \\log(-\\log U)$ with $U \\sim \\text{Uniform}(0, 1)$. For the standard Gumbel, $\\mu ="
    " 0$.\n\n## Facts\n\n"
    "With the %s, $E[e^{-g}] = 1$.\n"
)
NOISE = (
    "Write $x = \\mu + \\sigma\\epsilon$ with $\\epsilon \\sim \\mathcal{N}(0, 1)$. Take $f(x) = x^2$.%s Then"
    " $E[f(x)] = \\mu^2 + %s$.\n"
)
AFTER = (
    "# One\n\nWith $x \\sim \\mathcal{N}(0, \\sigma^2)$, $E[x^2] = \\sigma^2$.\n\n# Two\n\n$$E[\\cos(kx)] ="
    " e^{-\\frac12 k^2 %s}\\cos(k\\mu)$$\nfor $x \\sim \\mathcal{N}(\\mu, \\sigma^2)$.\n"
)
START = (
    "Here $x_t = a x_0 + b \\epsilon$ with $a, b > 0$ and $\\epsilon \\sim \\mathcal{N}(0, 1)$. Solving for the start:"
    " $x_0 = \\frac{1}{a}(x_t %s b \\epsilon)$.\n"
)
RAY = (
    "Let $r = |z - c|$. Along a ray, where $z - c = r > 0$,\n$$\\frac{d}{dr}\\left(r + \\frac{\\beta r}{a +"
    " r}\\right) ="
    " 1 + \\frac{%s\\beta}{(a + r)^2}$$\nThis is the case with $c = z$.\n"
)
BAYES = "Let $\\mu \\sim N(0, \\tau^2)$ and $y \\mid \\mu \\sim N(c\\mu, \\sigma^2)$. Then $%s = %s$.\n"
COUNTS = (
    "Let $k \\mid \\theta \\sim \\mathrm{Bin}(n, \\theta)$"
    " and $\\theta \\sim \\mathrm{Beta}(a, b)$. Then $E[\\theta \\mid k] = %s$.\n"
)
OWN_LETTER = "$q(z|x)$ is the encoder. With functions $f$ and $g$,\n$$E_q[f g] = %s$$\n"
SINH = (
    "If $z \\sim \\mathcal{N}(0, 1)$ then $E[z] = 0$.\n\nLet $f(z) = \\sinh(\\delta z)$ with $\\delta > 0$. Then\n"
    "$$f'(z) = \\delta\\cosh(\\delta z) = %s\\sqrt{1 + f(z)^2}.$$\n"
)
LATENT = "The model has a%s $z$.\n\nLet $q = \\mathcal{N}(m, s^2)$ with $s > 0$. Then $E_q[z^2] = m^2 + %s$.\n"
KALMAN = (
    "Let $x \\sim N(m, P)$ and $y \\mid x \\sim N(h x, R)$, where $R > 0$ and $P > 0$. The posterior is normal, with\n"
    "$$E[x \\mid y] = m + K (y - %sm),$$\nwhere the gain is\n$$K = \\frac{P h}{h^2 P + R}.$$\n"
)

TEXTS = [
    (SINH % "\\delta", "proved"),
    (SINH % "", "refuted"),
    (LATENT % (" latent", "s^2"), "proved"),
    (LATENT % (" latent", "s"), "refuted"),
    (LATENT % (" number", "s^2"), "undecided"),
    (KALMAN % "h ", "proved"),
    (KALMAN % "", "refuted"),
    (BAYES % ("E[\\mu \\mid y]", "\\frac{c \\tau^2 y}{c^2 \\tau^2 + \\sigma^2}"), "proved"),
    (BAYES % ("E[\\mu \\mid y]", "\\frac{\\tau^2 y}{c^2 \\tau^2 + \\sigma^2}"), "refuted"),
    (BAYES % ("\\operatorname{Var}(\\mu \\mid y)", "\\frac{\\sigma^2\\tau^2}{c^2\\tau^2 + \\sigma^2}"), "proved"),
    (BAYES % ("\\operatorname{Var}(\\mu \\mid y)", "\\frac{\\sigma\\tau}{c^2\\tau^2 + \\sigma^2}"), "refuted"),
    (BAYES.replace("Then", "Here $\\sigma$ depends on $\\mu$. Then") % ("E[\\mu \\mid y]", "0"), "undecided"),
    (COUNTS % "\\frac{a + k}{a + b + n}", "proved"),
    (COUNTS % "\\frac{a + k}{a + b}", "refuted"),
    (OWN_LETTER % "f g", "not_checked"),
    (TOLD % ("(z - \\mu)^2", "\\sigma^2"), "proved"),
    (TOLD.replace("Then", "Let $w$ depend on $z$. Then") % ("w z", "w \\mu"), "undecided"),
    (TOLD % ("w z", "w \\mu"), "proved"),
    (TOLD % ("(z - \\mu)^2", "\\sigma"), "refuted"),
    (TOLD % ("\\mu z", "\\mu^2"), "proved"),
    (BY_NAME % "2 t^2", "proved"),
    (BY_NAME % "2 s^2", "refuted"),
    (BELOW % "-", "proved"),
    (BELOW % "+", "refuted"),
    (BELOW.replace("encoder", "encoder. Now let $q$ be the aggregate") % "-", "undecided"),
    (ENTROPY % "+", "proved"),
    (ENTROPY % "-", "refuted"),
    (TWO, "undecided"),
    (ITSELF % ("For", "\\sigma^2"), "proved"),
    (ITSELF % ("For", "2\\sigma^2"), "refuted"),
    (ITSELF % ("The target is $p(x)$. For proposals", "\\sigma^2"), "undecided"),
    (PUSHED % "x", "proved"),
    (PUSHED % "", "refuted"),
    (ROOT % "\\frac{a}{b}", "proved"),
    (ROOT % "a", "refuted"),
    (SQUARE % "", "proved"),
    (SQUARE % "2", "refuted"),
    (SQUASHED % "-", "undecided"),
    (SQUASHED % "+", "undecided"),
    (CONTROL % "2", "proved"),
    (CONTROL % "", "refuted"),
    (BEST % "", "undecided"),
    (CONTROL.replace("For any constant", "With a random") % "2", "undecided"),
    (SCALE % "4", "proved"),
    (SCALE % "3", "refuted"),
    (GUMBEL % "standard Gumbel", "undecided"),
    (GUMBEL % "shifted Gumbel", "refuted"),
    (NOISE % (" The gradient by $\\mu$ is sought.", "\\sigma^2"), "proved"),
    (NOISE % (" The gradient by $\\mu$ is sought.", "\\sigma"), "refuted"),
    (NOISE % (" The value of $\\mu$ is random.", "\\sigma^2"), "not_checked"),
    (AFTER % "\\sigma^2", "proved"),
    (AFTER % "\\sigma", "refuted"),
    (START % "-", "proved"),
    (START % "+", "refuted"),
    # what else is random is given, too
    (
        "Let $s > 0$ be random, $\\theta \\sim \\mathcal{N}(0, 1)$ and "
        "$y \\mid \\theta \\sim \\mathcal{N}(\\theta, s^2)$. Then "
        "$E[\\theta \\mid y] = \\frac{y}{1 + s^2}$.",
        "not_checked",
    ),
    (
        "Let $m \\sim \\mathcal{N}(0, 1)$, $\\theta \\sim \\mathcal{N}(m, 1)$ and "
        "$y \\mid \\theta \\sim \\mathcal{N}(\\theta, 1)$. "
        "Then $E[\\theta \\mid y] = \\frac{m + y}{2}$.",
        "not_checked",
    ),
    (
        "Let $q(z \\mid x)$ be the encoder and $q_0$ the prior. Then $E_q[z] = E_{q(z \\mid x)}[z]$, with $q = q_0$.",
        "undecided",
    ),
    (RAY % "a", "proved"),
    (RAY % "", "refuted"),
]


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as found:
        yield found


@pytest.mark.parametrize(("text", "status"), TEXTS)
def test_posts(text: str, status: str, workers: Workers) -> None:
    found = check(Source("post.md", text.encode()), 5.0, 2, workers, fix=False)
    last = found.steps[-1]["status"] if found.steps else "none"
    assert ("proved" if last == "supported" else last) == status
