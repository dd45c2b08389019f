"""What commands and words of the field mean: functions, operators, families, Greek letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = [
    "ACCENTS", "BARE", "BLACK", "CALLS", "CONDITIONAL", "CONNECTING", "FAMILIES", "GREEK", "LABELS",
    "OPERATORS", "REASONS", "STYLES",    "bare_family", "connects", "family", "registered",
]  # fmt: skip

GREEK: Final = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "ell hbar imath jmath aleph omicron".split()
)
ACCENTS: Final[Mapping[str, str]] = {
    "\\hat": "hat", "\\bar": "bar", "\\tilde": "tilde", "\\dot": "dot", "\\ddot": "ddot", "\\vec": "vec",
    "\\check": "check", "\\breve": "breve", "\\mathring": "ring", "\\underline": "under", "\\acute": "acute",
    "\\overrightarrow": "vec", "\\underbar": "under",
}  # fmt: skip
STYLES: Final = frozenset("\\mathrm \\mathbf \\mathcal \\mathbb \\mathfrak \\operatorname \\mathnormal".split())

#: word -> name of the function in trees
CALLS: Final[Mapping[str, str]] = {
    **{
        n: n
        for n in "exp log sin cos tan cot sec csc sinh cosh tanh coth sech csch asin acos atan asinh acosh atanh erf "
        "erfc erfi erfinv sign arg floor ceil Re Im softplus sigmoid logit relu lgamma digamma trigamma polygamma "
        "expit".split()
    },
    "ln": "log", "sgn": "sign", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
    "Sigmoid": "sigmoid",
    "arccot": "acot", "arcsec": "asec", "arccsc": "acsc", "atan2": "atan2", "acot": "acot", "asec": "asec",
    "acsc": "acsc", "acoth": "acoth", "asech": "asech", "acsch": "acsch", "sinc": "sinc", "frac": "frac", "Ei": "Ei",
    "Si": "Si", "Ci": "Ci", "Shi": "Shi", "Chi": "Chi", "li": "li", "Li": "Li", "ReLU": "relu", "Softplus": "softplus",
    "lg": "lg", "abs": "abs", "sqrt": "sqrt", "logistic": "sigmoid", "sigm": "sigmoid", "Log": "log", "Exp_": "exp",
    "loggamma": "lgamma", "tg": "tan", "th": "tanh", "sh": "sinh", "ch": "cosh",
}  # fmt: skip

#: word -> operator with a reading of its own
OPERATORS: Final[Mapping[str, str]] = {
    "Var": "Var", "var": "Var", "Cov": "Cov", "cov": "Cov", "KL": "KL", "Pr": "P", "Prob": "P", "Corr": "Corr",
    "corr": "Corr", "tr": "tr", "Tr": "tr", "trace": "tr", "Trace": "tr", "det": "det", "Det": "det", "max": "max",
    "min": "min", "sup": "sup_", "inf": "inf_", "argmin": "argmin", "argmax": "argmax", "diag": "diag", "lim": "lim",
    "rank": "rank", "Bias": "Bias", "MSE": "MSE", "Std": "Std", "std": "Std", "sd": "Std", "SD": "Std", "vec": "vec",
    "E": "E", "Ent": "H", "grad": "grad", "limsup": "limsup", "liminf": "liminf", "softmax": "softmax",
    "Skew": "Skew", "skew": "Skew", "Kurt": "Kurt", "kurt": "Kurt", "MI": "MI", "med": "med", "mode": "mode",
    "median": "med", "arg": "arg_", "Cor": "Corr", "cor": "Corr", "erank": "rank", "adj": "adj",
}  # fmt: skip
BLACK: Final[Mapping[str, str]] = {
    "E": "E",
    "V": "Var",
    "P": "P",
    "H": "H",
    "D": "KL",
    "KL": "KL",
    "C": "Cov",
    "I": "1",
}

#: read as words although the backslash is missing
BARE: Final = (
    "arcsin arccos arctan argmax argmin sigmoid softplus sinh cosh tanh exp log sin cos tan max min det erfc erf sqrt "
    "Var Cov Pr KL sgn sign lim trace diag".split()
)
LABELS: Final = frozenset("ELBO MSE MLE MAP NLL RMSE VAE SNR BIC AIC loss const old new obs prior post".split())

#: first words of prose between formulas: a condition follows; a reason; another statement
CONDITIONAL: Final = frozenset(
    "if for where when with whenever forall given provided assuming on as any all every unless such subject".split()
)
REASONS: Final = frozenset(
    "since because by using from due via note recall after before see using, thanks substituting use".split()
)
CONNECTING: Final = frozenset(
    "and or so then hence thus therefore i.e. ie which that is but while also respectively whence namely it we i.e., "
    "consequently finally now next otherwise else implies iff or, and, where, st s.t. let".split()
)

#: how a family is called in print -> its name in the registry
FAMILIES: Final[Mapping[str, str]] = {
    "N": "Normal", "Normal": "Normal", "Norm": "Normal", "Gaussian": "Normal", "normal": "Normal", "U": "Uniform",
    "Uniform": "Uniform", "Unif": "Uniform", "uniform": "Uniform", "Uni": "Uniform", "unif": "Uniform",
    "Exp": "Exponential", "Exponential": "Exponential", "Expo": "Exponential", "Expon": "Exponential",
    "Gamma": "Gamma", "Gam": "Gamma", "Ga": "Gamma", "gamma": "Gamma", "Beta": "Beta", "Bet": "Beta", "Be": "Beta",
    "Laplace": "Laplace", "Lap": "Laplace", "Laplacian": "Laplace", "Logistic": "Logistic", "Cauchy": "Cauchy",
    "Gumbel": "Gumbel", "ChiSquared": "ChiSquared", "LogNormal": "LogNormal", "Lognormal": "LogNormal",
    "LN": "LogNormal", "logN": "LogNormal", "Rayleigh": "Rayleigh", "Weibull": "Weibull", "Wei": "Weibull",
    "Pareto": "Pareto", "HalfNormal": "HalfNormal", "StudentT": "StudentT", "Student": "StudentT",
    "Bernoulli": "Bernoulli", "Bern": "Bernoulli", "Ber": "Bernoulli", "Binomial": "Binomial", "Bin": "Binomial",
    "Binom": "Binomial", "Poisson": "Poisson", "Poiss": "Poisson", "Poi": "Poisson", "Pois": "Poisson",
    "Geometric": "Geometric", "Geom": "Geometric", "Geo": "Geometric", "NegBin": "NegativeBinomial",
    "NB": "NegativeBinomial", "Categorical": "Categorical", "Cat": "Categorical", "Dirichlet": "Dirichlet",
    "Dir": "Dirichlet", "Multinomial": "Multinomial", "Mult": "Multinomial", "Wishart": "Wishart", "Wish": "Wishart",
    "InverseGamma": "InverseGamma", "InvGamma": "InverseGamma", "IG": "InverseGamma", "VonMises": "VonMises",
    "Kumaraswamy": "Kumaraswamy", "Hypergeometric": "Hypergeometric", "DiscreteUniform": "DiscreteUniform",
}  # fmt: skip
#: families by which a one-letter or common word may be meant although it is not upright
_BARE_FAMILIES: Final = frozenset(
    "Normal Uniform Exponential Exp Gamma Beta Laplace Logistic Cauchy Gumbel Bernoulli Bern Binomial Bin Poisson "
    "Pois Poi Geometric Categorical Cat Dirichlet Dir Unif Weibull Rayleigh Pareto LogNormal Lognormal "
    "HalfNormal".split()
)


def connects(text: str) -> bool:
    """Whether prose stands between formulas and is not part of one."""
    words = text.strip(" ,.:;()[]").lower().split()
    return not words or words[0] in CONDITIONAL or words[0] in CONNECTING or words[0] in REASONS


def family(word: str) -> str | None:
    """The registry's name for a family called ``word`` in print."""
    name = FAMILIES.get(word)
    if name is None:
        import symrep.distributions  # noqa: F401 — fills the registry
        from symrep.distribution import FAMILIES as REGISTRY

        name = word if word in REGISTRY else None
    return name


def registered(head: str, style: str = "") -> str | None:
    r"""The registry's name for a family it prints as ``\\mathcal{head}`` or ``\\mathrm{head}``."""
    import symrep.distributions  # noqa: F401 — fills the registry
    from symrep.distribution import FAMILIES as REGISTRY

    looks = {"cal": (rf"\mathcal{{{head}}}",), "rm": (rf"\mathrm{{{head}}}", head)}
    wanted = looks.get(style) or tuple(x for row in looks.values() for x in row)
    found = next((f.name for f in REGISTRY.values() if f.latex in wanted), None)
    return found or (head if style != "cal" and head in REGISTRY and not REGISTRY[head].latex else None)


def bare_family(word: str) -> bool:
    """Whether a word without any command is a family's name."""
    return word in _BARE_FAMILIES
