"""``symrep new``: a file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from symrep.errors import BadInput

__all__ = ["command"]

FAMILY: Final = '''"""The family {name}: every line is to be filled in or deleted. Judge it: symrep laws {file}."""

from sympy import exp, log, oo, pi, sqrt  # noqa: F401

from symrep import Family, Interval, Pathwise, PositiveReals, Reals, UnitInterval  # noqa: F401
from symrep import positive, positive_line, real, real_line, unit, unit_interval  # noqa: F401

x = real("x")  # the variable: positive("x") or unit("x") where the support allows it
lam = positive("lam")  # the parameters
u = unit("u")  # a probability, for the quantile; also uniform noise

{name} = Family(
    name="{name}",
    variable=x,
    support=PositiveReals,  # Reals, UnitInterval, Interval(a, oo), or Integers(0, n) with pmf= for density=
    parameters={{lam: positive_line(typical=(0.5, 3), role="rate")}},  # role: scale, rate, location, shape …
    density=lam * exp(-lam * x),
    # what follows may be left out; what is stated is judged
    cdf=1 - exp(-lam * x),
    quantile=-log(1 - u) / lam,
    mean=1 / lam,
    variance=1 / lam**2,
    entropy=1 - log(lam),
    mode=0,
    # conditions={{"mean": alpha > 1}},  # where a formula holds
    # constraints=(a < b,),
    pathwise=(Pathwise(u, ("Uniform", (0, 1)), -log(1 - u) / lam),),
    # kl=(KullbackLeibler("{name}", (lam_2,), …),),  scipy=SciPy("expon", scale=1/lam),
    source="",  # where you looked it up
)
'''


@click.group("new")
def command() -> None:
    """Write a file to start from."""


@command.command("family")
@click.argument("name")
@click.option("--output", "-o", metavar="FILE", help="Where to. [default: NAME in lower case, .py]")
def family(name: str, output: str | None) -> int:
    """Write an entry with everything to fill in; it passes the laws as it is: symrep laws FILE."""
    if not name.isidentifier():
        raise BadInput("symrep new family", "a name of letters, digits and underscores", repr(name)[:60])
    path = Path(output or f"{name.lower()}.py")
    _write(path, FAMILY.format(name=name, file=path))
    click.echo(f"wrote {path}; symrep laws {path} judges it")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as e:
        raise BadInput("symrep new", "a file that does not exist yet", str(path), "--output FILE") from e
