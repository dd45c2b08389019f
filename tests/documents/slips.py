"""Mistakes to be planted in the documents beside this file, one at a time; data only."""

# ruff: noqa: E501

from __future__ import annotations

__all__ = ["SLIPS"]

#: file, what is right in it, the slip that is put there
SLIPS: list[tuple[str, str, str]] = [
    ("post.md", r"\frac{1}{\sqrt{2\pi}} \exp\left(-\frac{y^2}{2}\right)", r"\frac{1}{\sqrt{2\pi}} \exp\left(-\frac{y^2}{2\sigma^2}\right)"),
    ("post.md", r"\frac{\sigma}{\sqrt{2\pi\sigma^2}}", r"\frac{1}{\sqrt{2\pi\sigma^2}}"),
    ("post.md", r"$g'(y) = \sigma$", r"$g'(y) = \frac{1}{\sigma}$"),
    ("post.md", r"-\frac{1}{2}\log(2\pi) - \frac{y^2}{2}", r"-\log(2\pi) - \frac{y^2}{2}"),
    ("post.md", r"x = g(y) = \mu + \sigma y", r"x = g(y) = \mu - \sigma y"),
    ("sigmoid.md", r"s(x)(1 - s(x))", r"s(x)(1 + s(x))"),
    ("sigmoid.md", r"&= s(-x)", r"&= -s(x)"),
    ("sigmoid.md", r"\\(t(x) - t(-x) = x\\)", r"\\(t(x) - t(-x) = -x\\)"),
    ("appendix.tex", r"&= \sigma^2 + \mu^2.", r"&= \sigma^2 - \mu^2."),
    ("appendix.tex", r"= \frac{1}{\lambda}.", r"= \frac{1}{\lambda^2}."),
    ("appendix.tex", r"\frac12\left(\log\frac{\sigma_2^2}{\sigma_1^2}", r"\frac12\left(\log\frac{\sigma_1^2}{\sigma_2^2}"),
    ("hazard.ipynb", r"F'(t) = \\lambda e^{-\\lambda t}", r"F'(t) = \\lambda e^{\\lambda t}"),
    ("hazard.ipynb", r"&= \\lambda\n", r"&= \\lambda^2\n"),
    ("elbo.tex", r"- \mu^2 - \sigma^2\right)", r"- \mu^2 + \sigma^2\right)"),
    ("diffusion.md", r"= 1 - ab", r"= 1 + ab"),
    ("gumbel.md", r"e^{-e^{\log(-\log u)}} = e^{\log u}", r"e^{-e^{\log(-\log u)}} = e^{-\log u}"),
    ("score.tex", r"= \frac{x - \mu}{\sigma^2}.", r"= \frac{x - \mu}{\sigma}."),
    ("score.tex", r"-\frac{1}{\sigma^2}, %", r"\frac{1}{\sigma^2}, %"),
    ("entropy.md", r"= 1 - \log\lambda", r"= 1 + \log\lambda"),
    ("binomial.md", r"= np$$", r"= n^2p$$"),
    ("cases.md", r"\frac{x + |x|}{2}", r"\frac{x - |x|}{2}"),
    ("quoted.md", r"\frac{1}{(e^{x/2} + e^{-x/2})^2}", r"\frac{1}{(e^{x/2} - e^{-x/2})^2}"),
    ("windows.txt", r"= 2\log a", r"= \log a"),
    ("windows.txt", r"a^2 + 2a + 1", r"a^2 + a + 1"),
    ("logs.md", r"\log x - \log y$", r"\frac{\log x}{\log y}$"),
    ("weibull.ipynb", r"\\frac{k}{\\lambda} \\left", r"\\frac{\\lambda}{k} \\left"),
    ("posterior.md", r"= \frac{1}{\tau_0 + n\tau}", r"= \frac{1}{\tau_0 + \tau}"),
    ("vae.md", r"- \log\sigma - \frac{\epsilon^2}{2}", r"- \log\sigma - \frac{\epsilon^2}{2\sigma^2}"),
    ("vae.md", r"= 2\mu.", r"= 2\mu\sigma."),
    ("vae.md", r"\frac{n(n+1)}{2}", r"\frac{n(n-1)}{2}"),
    ("indicator.md", r"= \frac{1}{\sqrt{2\pi}} e^{-\mu^2/2}.", r"= \mathbb{E}_{\epsilon}\left[\frac{\partial}{\partial\mu} H(\mu + \epsilon)\right]."),
]  # fmt: skip
