"""The kernel against what one would use instead, `simplify(lhs - rhs) == 0`: side by side, in one run, as ratios.

    python benchmarks/bench_kernel.py [--rounds N]
    python benchmarks/bench_kernel.py --corpus FILE … [--sample N] [--alone]

Identities of this field, each true; every one is decided by both in turn, several times over, and the medians are
compared. With ``--corpus``: the true closed forms of these files, read from text and proved once each, `simplify`
beside it on the same terms (or not at all, with ``--alone``), both in time of the processor, which suffers less than
the clock from what else a machine does. Machines are noisy: read the ratios, not the milliseconds.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import sympy as sp
from rich.console import Console
from rich.table import Table

from symrep import positive, real, unit
from symrep.claim import Claim
from symrep.distributions import Gumbel, Laplace, Logistic, LogNormal, Normal
from symrep.errors import BadInput
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.translate import context_of, to_term
from symrep.verifying.items import Item, read

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchlib.corpus import files, identities, spread
from benchlib.peer_child import _sides
from benchlib.tables import quantile

#: seconds `simplify` may take
LIMIT = 20
BINDERS = ("Integral(", "Sum(", "Product(", "imit(")

x, y, mu, nu = real("x y mu nu")
s, t, a = positive("s t a")
u = unit("u")
exp, log, sqrt, pi = sp.exp, sp.log, sp.sqrt, sp.pi


def density(law: object, at: object) -> object:
    return law.density_at(at)  # type: ignore[attr-defined]


IDENTITIES = {
    "standardisation": (density(Normal(mu, s), mu + s * y) * s, exp(-(y**2) / 2) / sqrt(2 * pi)),
    "log-normal from normal": (density(Normal(mu, s), log(a)) / a, density(LogNormal(mu, s), a)),
    "logistic is symmetric": (density(Logistic(mu, s), mu + x), density(Logistic(mu, s), mu - x)),
    "logistic as sech": (density(Logistic(0, 1), x), 1 / (4 * sp.cosh(x / 2) ** 2)),
    "Gumbel standardised": (density(Gumbel(mu, s), mu + s * x) * s, exp(-x - exp(-x))),
    "Laplace standardised": (density(Laplace(mu, s), mu + s * x) * s, exp(-sp.Abs(x)) / 2),
    "softplus": (log(1 + exp(x)), x + log(1 + exp(-x))),
    "sigmoid derivative": (
        sp.diff(1 / (1 + exp(-x)), x),
        1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x))),
    ),
    "log det of tanh": (log(1 - sp.tanh(x) ** 2), 2 * (log(2) - x - log(1 + exp(-2 * x)))),
    "product of normals": (
        density(Normal(mu, s), x) * density(Normal(nu, t), x),
        density(Normal(nu, sqrt(s**2 + t**2)), mu)
        * density(Normal((mu * t**2 + nu * s**2) / (s**2 + t**2), s * t / sqrt(s**2 + t**2)), x),
    ),
    "KL of normals": (
        log(t / s) + (s**2 + (mu - nu) ** 2) / (2 * t**2) - sp.Rational(1, 2),
        -(log(s**2 / t**2) + 1 - s**2 / t**2 - (mu - nu) ** 2 / t**2) / 2,
    ),
    "logit inverts sigmoid": (log((1 / (1 + exp(-x))) / (1 - 1 / (1 + exp(-x)))), x),
    "inverse-cdf of Weibull": (1 - exp(-((s * (-log(1 - u)) ** (1 / a) / s) ** a)), u),
    "gamma recurrence": (sp.gamma(a + 2) / sp.gamma(a), a * (a + 1)),
}


def median(job: Callable[[], bool], rounds: int) -> tuple[float, bool]:
    times, decided = [], False
    for _ in range(rounds):
        start = time.perf_counter()
        decided = job()
        times.append(time.perf_counter() - start)
    return statistics.median(times), decided


def by_kernel(lhs: object, rhs: object) -> bool:
    claim = Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context_of([lhs, rhs]))
    try:
        prove(claim)
    except NotProved:
        return False
    return True


def by_simplify(lhs: object, rhs: object) -> bool:
    sp.core.cache.clear_cache()
    return bool(sp.simplify(lhs - rhs) == 0)  # type: ignore[operator]


# --- a corpus -----------------------------------------------------------------------------------------------------


class Spent(Exception):
    """``LIMIT`` seconds."""


def spent(*_: object) -> None:
    raise Spent


def read_and_proved(entry: dict[str, Any]) -> tuple[float, Claim | None]:
    item = Item(entry["id"], entry["lhs"], entry["rhs"], entry.get("symbols", {}), tuple(entry.get("given", ())))
    start = time.process_time()
    try:
        claim: Claim | None = read(item).claim
        prove(claim)  # type: ignore[arg-type]
    except (NotProved, BadInput):
        claim = None
    return time.process_time() - start, claim


def simplified(claim: Claim) -> float:
    """Seconds of the processor, at most about ``LIMIT``."""
    payload = {"lhs": claim.data["lhs"], "rhs": claim.data["rhs"], "symbols": claim.context.symbols}
    lhs, rhs = _sides({**payload, "given": claim.context.given})
    sp.core.cache.clear_cache()
    start = time.process_time()
    signal.alarm(LIMIT)
    with suppress(Spent, ArithmeticError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError):
        sp.simplify((lhs - rhs).doit())
    signal.alarm(0)
    return time.process_time() - start


def corpus(paths: list[str], sample: int, alone: bool) -> None:
    """Ours, theirs, and the ratios over identities."""
    closed = [i for i in identities(files(paths), True) if i.claim and not any(w in str(i.entry) for w in BINDERS)]
    rows = spread(closed, sample or None)
    signal.signal(signal.SIGALRM, spent)
    for i in rows[:5]:
        read_and_proved(i.entry)
    found = []
    for i in rows:
        ours, claim = read_and_proved(i.entry)
        if claim is not None:
            found.append((ours, 0.0 if alone else simplified(claim)))
    ours, theirs = zip(*found, strict=True)
    for name, times in (("read and proved", ours), *((("simplify", theirs),) if not alone else ())):
        print(
            f"{name}: median {1000 * statistics.median(times):.2f} ms, mean {1000 * statistics.mean(times):.2f} ms, "
            f"p90 {1000 * (quantile(times, 0.9) or 0):.2f} ms"
        )
    print(f"proved {len(found)} of {len(rows)}", end="\n" if alone else "; ")
    if not alone:
        print(f"median ratio {statistics.median(b / a for a, b in found):.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="the kernel beside simplify")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", action="append", default=[], help="identities with a truth; repeatable")
    parser.add_argument("--sample", type=int, default=100, help="about so many of them (default 100; 0: all)")
    parser.add_argument("--alone", action="store_true", help="without simplify")
    options = parser.parse_known_args()[0]
    if options.corpus:
        corpus(options.corpus, options.sample, options.alone)
        return
    rounds = options.rounds
    table = Table("identity", "kernel", "simplify", "ratio", box=None)
    ratios = []
    decided = {"kernel": 0, "simplify": 0}
    for name, (lhs, rhs) in IDENTITIES.items():
        ours, proved = median(lambda lhs=lhs, rhs=rhs: by_kernel(lhs, rhs), rounds)  # type: ignore[misc]
        theirs, zero = median(lambda lhs=lhs, rhs=rhs: by_simplify(lhs, rhs), rounds)  # type: ignore[misc]
        decided["kernel"] += proved
        decided["simplify"] += zero
        ratios.append(theirs / ours)
        table.add_row(
            name,
            f"{1000 * ours:.1f} ms{'' if proved else ' (no)'}",
            f"{1000 * theirs:.0f} ms{'' if zero else ' (no)'}",
            f"{theirs / ours:.0f}",
        )
    console = Console()
    console.print(table)
    console.print(
        f"decided: kernel {decided['kernel']}, simplify {decided['simplify']} of {len(IDENTITIES)}; "
        f"median ratio {statistics.median(ratios):.0f}"
    )


if __name__ == "__main__":
    main()
