"""Cost against size: families of identities that grow, the engine beside ``simplify``.

    python benchmarks/bench_size.py [--family NAME …] [--largest N] [--limit SECONDS] [--rounds N] [--out STEM]

Each family is one identity written for 1, 2, 4 … symbols, terms or nested functions, and a false relative of it. A
method that ran into the limit is not asked for larger ones. The exponent is the b of time ≈ a·size^b, by least squares
in logarithms over the sizes that were decided; below some milliseconds it is the constant that is measured. A time is
the least of ``--rounds`` tries (3).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchlib.asking import OURS, ask, payload, worker
from benchlib.corpus import Identity, identity
from benchlib.tables import about, markdown, milliseconds, slope, write

Sides = tuple[dict[str, str], str, str, str]
METHODS = (OURS, "kernel", "simplify")


@dataclass(frozen=True)
class Family:
    """``make(n)`` gives symbols, left side, right side and a right side that is false."""

    what: str
    grows: str
    sizes: tuple[int, ...]
    make: Callable[[int], Sides]


def _names(n: int, kind: str) -> dict[str, str]:
    return {f"x{i}": kind for i in range(1, n + 1)}


def _gaussians(n: int) -> Sides:
    lhs = "*".join(f"exp(-(x{i} - m)**2/(2*s**2))/(s*sqrt(2*pi))" for i in range(1, n + 1))
    squares = " + ".join(f"(x{i} - m)**2" for i in range(1, n + 1))
    rhs = f"(2*pi)**({-n}/2)*s**{-n}"
    symbols = {**_names(n, "real"), "m": "real", "s": "positive"}
    return symbols, lhs, f"({rhs})*exp(-({squares})/(2*s**2))", f"({rhs})*exp(-({squares})/s**2)"


def _square(n: int) -> Sides:
    squares = [f"x{i}**2" for i in range(1, n + 1)]
    mixed = [f"2*x{i}*x{k}" for i in range(1, n + 1) for k in range(i + 1, n + 1)]
    lhs = f"({' + '.join(_names(n, 'real'))})**2"
    return _names(n, "real"), lhs, " + ".join([*squares, *mixed]), " + ".join([*squares, *mixed[1:], "x1**2"])


def _logs(n: int) -> Sides:
    names = list(_names(n, "positive"))
    lhs = f"log({'*'.join(f'{x}**{i + 1}' for i, x in enumerate(names))})"
    terms = [f"{i + 1}*log({x})" for i, x in enumerate(names)]
    return _names(n, "positive"), lhs, " + ".join(terms), " + ".join([*terms, f"log({names[0]})"])


def _telescope(n: int) -> Sides:
    lhs = " + ".join(f"1/((x + {k})*(x + {k + 1}))" for k in range(1, n + 1))
    return {"x": "positive"}, lhs, f"1/(x + 1) - 1/(x + {n + 1})", f"1/(x + 1) - 1/(x + {n + 2})"


def _mixture(n: int) -> Sides:
    """Log of a sum of exponentials, the largest taken out by hand."""
    lhs = f"log({' + '.join(f'exp({k}*x)' for k in range(n + 1))})"
    rest = " + ".join(f"exp(-{k}*x)" for k in range(n + 1))
    return {"x": "real"}, lhs, f"{n}*x + log({rest})", f"{n + 1}*x + log({rest})"


def _softplus(n: int) -> Sides:
    def nested(t: str) -> str:
        for _ in range(n):
            t = f"log(1 + exp({t}))"
        return t

    return {"x": "real"}, nested("log(1 + exp(x))"), nested("x + log(1 + exp(-x))"), nested("x + log(1 + exp(x))")


def _tanh(n: int) -> Sides:
    lhs, rhs = "x", "x"
    for _ in range(n):
        lhs, rhs = f"tanh({lhs})", f"(1 - 2/(1 + exp(2*({rhs}))))"
    return {"x": "real"}, lhs, rhs, rhs.replace("exp(2*(x))", "exp(x)")


def _signs(n: int) -> Sides:
    """Every symbol may have either sign: 2^n cases, if they are taken apart."""
    lhs = " + ".join(f"Abs(x{i})" for i in range(1, n + 1))
    parts = [f"Max(x{i}, -x{i})" for i in range(1, n + 1)]
    return _names(n, "real"), lhs, " + ".join(parts), " + ".join([*parts[1:], "x1"])


def _gamma(n: int) -> Sides:
    rising = "*".join(f"(a + {k})" for k in range(n))
    return {"a": "positive"}, f"gamma(a + {n})/gamma(a)", rising, f"({rising})*(a + {n})/a"


_DOUBLING = (1, 2, 4, 8, 16, 32)
FAMILIES: dict[str, Family] = {
    "gaussians": Family("product of Gaussian densities", "symbols", _DOUBLING, _gaussians),
    "square": Family("square of a sum", "symbols", (2, 4, 8, 16, 32), _square),
    "logs": Family("log of a product", "symbols", _DOUBLING, _logs),
    "signs": Family("sum of |x| as maxima", "symbols of either sign", (1, 2, 3, 4, 6, 8), _signs),
    "telescope": Family("telescoping sum of fractions", "terms", _DOUBLING, _telescope),
    "mixture": Family("log-sum-exp", "terms", _DOUBLING, _mixture),
    "gamma": Family("Γ(a + n)/Γ(a)", "factors", _DOUBLING, _gamma),
    "softplus": Family("softplus in softplus", "nested functions", (1, 2, 3, 4, 6, 8), _softplus),
    "tanh": Family("tanh in tanh by exp", "nested functions", (1, 2, 3, 4, 6), _tanh),
}


def made(name: str, n: int) -> tuple[Identity, Identity]:
    """The true one and the false one of a size."""
    symbols, lhs, rhs, wrong = FAMILIES[name].make(n)
    common = {"symbols": symbols, "lhs": lhs}
    return (
        identity({"id": f"{name}-{n}", "truth": True, **common, "rhs": rhs}),
        identity({"id": f"{name}-{n}-false", "truth": False, **common, "rhs": wrong}),
    )


def measure(name: str, largest: int | None, limit: float, rounds: int, workers: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for each size, with what each method said and took, for the true one and the false one."""
    rows: list[dict[str, Any]] = []
    over: set[tuple[str, bool]] = set()
    for n in FAMILIES[name].sizes:
        if largest is not None and n > largest:
            break
        row: dict[str, Any] = {"size": n}
        for i in made(name, n):
            for m in METHODS:
                if (m, i.truth) in over:
                    continue
                tries = [ask(workers[m], payload(i, m, limit), limit)]
                while len(tries) < rounds and tries[-1]["answer"] not in ("time-out", "error"):
                    tries.append(ask(workers[m], payload(i, m, limit), limit))
                found = min(tries, key=lambda a: a["seconds"] or 0.0)
                if found["answer"] in ("time-out", "error"):
                    over.add((m, i.truth))
                row[f"{m}, {'true' if i.truth else 'false'}"] = {k: found[k] for k in ("answer", "seconds")}
        rows.append(row)
        print(f"{name} {n}", end="\r", file=sys.stderr, flush=True)
    return rows


def _cell(row: dict[str, Any], key: str) -> str:
    if key not in row:
        return "–"
    a = row[key]
    good = "equal" if key.endswith("true") else "different"
    note = "" if a["answer"] == good else f" ({a['answer']})"
    return f"{milliseconds(a['seconds'])}{note}"


def _times(rows: list[dict[str, Any]], key: str) -> tuple[list[float], list[float]]:
    fine = [(r["size"], r[key]["seconds"]) for r in rows if key in r and r[key]["answer"] in ("equal", "different")]
    return [float(n) for n, _ in fine], [t for _, t in fine]


def report(found: dict[str, list[dict[str, Any]]]) -> str:
    keys = (f"{OURS}, true", f"{OURS}, false", "kernel, true", "simplify, true")
    names = ("engine, true", "engine, false", "kernel, true", "`simplify`, true")
    text = []
    growth = []
    for name, rows in found.items():
        f = FAMILIES[name]
        lines = []
        for r in rows:
            a, b = r.get(f"{OURS}, true"), r.get("simplify, true")
            done = a and b and a["seconds"] and b["seconds"] and b["answer"] != "error"
            ratio = f"{'>' if b['answer'] == 'time-out' else ''}{b['seconds'] / a['seconds']:.2g}" if done else "–"
            cells = [_cell(r, k) for k in keys]
            lines.append([r["size"], *cells, ratio])
        text += [
            f"### {f.what} ({f.grows})",
            "",
            markdown(["size", *(f"{n}: ms" for n in names), "simplify / engine"], lines),
            "",
        ]
        exponents = [slope(*_times(rows, k)) for k in keys]
        growth.append([f.what, f.grows, *("–" if e is None else f"{e:.2f}" for e in exponents)])
    return "\n".join(["## Growth exponents", "", markdown(["family", "grows in", *names], growth), "", *text])


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="cost against size")
    parser.add_argument("--family", action="append", default=[], choices=list(FAMILIES), help="only these; repeatable")
    parser.add_argument("--largest", type=int, help="no larger sizes")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for one item (default 10)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="write STEM.json and STEM.md")
    options, _ = parser.parse_known_args(argv)
    workers = {m: worker(m) for m in METHODS}
    try:
        first = made("square", 2)[0]
        for m in METHODS:
            ask(workers[m], payload(first, m, 60.0), 60.0)
        found = {
            n: measure(n, options.largest, options.limit, options.rounds, workers) for n in options.family or FAMILIES
        }
    finally:
        for w in workers.values():
            w.close()
    data = {**about(), "limit": options.limit, "families": found}
    text = f"# Cost against size\n\nsymrep {data['symrep']}, commit {data['commit']}; limit {options.limit:g} s.\n\n"
    text += report(found)
    print(text)
    if options.out:
        write(options.out, data, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
