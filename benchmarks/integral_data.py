"""Writes ``data/integrals.json``: the true identities of ``integral_rows`` and false relatives of each.

Every true one is confirmed at two points with mpmath (30 digits; fewer for iterated ones and derivatives), every
relative differs there. What does not confirm is named and left out. Run: ``python benchmarks/integral_data.py``.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import mpmath as mp
import sympy as sp

sys.path.insert(0, str(Path(__file__).parent))
from integral_numbers import evaluate
from integral_rows import Row, gaussian, positive, several, shapes

ROWS = (*gaussian.ROWS, *positive.ROWS, *shapes.ROWS, *several.ROWS)
OUT = Path(__file__).parent / "data" / "integrals.json"
KINDS = {"r": "real", "p": "positive", "u": "unit", "n": "positive integer", "o": "nonzero", "m": "negative"}
DEFAULT = {
    "r": ("-0.61803", "1.31607", "0.41421", "-1.77245"),
    "p": ("0.70711", "1.64493", "1.20206", "0.57722"),
    "u": ("0.31831", "0.72134"),
    "n": ("3", "2"),
    "o": ("-0.61803", "1.31607"),
    "m": ("-0.70711", "-1.64493"),
}
ASSUME = {"real": {"real": True}, "positive": {"positive": True}, "unit": {"positive": True}, "negative": {"negative": True},
          "positive integer": {"integer": True, "positive": True}, "nonzero": {"real": True, "nonzero": True}}  # fmt: skip
RELATIVES = 4


def symbols_of(row: Row) -> dict[str, str]:
    return {n: KINDS[k] for n, k in (p.split(":") for p in row.parameters.split())}


def points_of(row: Row) -> list[dict[str, str]]:
    names = [p.split(":") for p in row.parameters.split()]
    if row.points:
        return [dict(zip([n for n, _ in names], p, strict=True)) for p in row.points]
    out = []
    for turn in (0, 1):
        used: dict[str, int] = {}
        here = {}
        for n, k in names:
            i = used.get(k, turn)
            here[n] = DEFAULT[k][i % len(DEFAULT[k])]
            used[k] = i + 1
        out.append(here)
    return out if names else out[:1]


def parsed(text: str, kinds: dict[str, str]) -> Any:
    """Text of our own rows as SymPy's expression, integrals as they stand."""
    names: dict[str, Any] = {n: sp.Symbol(n, **ASSUME[k]) for n, k in kinds.items()}
    for n in ("x", "y", "r", "v", "theta"):
        names.setdefault(n, sp.Symbol(n, real=True))
    return sp.parse_expr(text, local_dict=names)  # our own text


def values(
    lhs: Any, rhs: Any, kinds: dict[str, str], points: list[dict[str, str]], digits: int
) -> list[tuple[Any, Any]]:
    out = []
    with mp.workdps(digits):
        for p in points:
            at = {
                sp.Symbol(n, **ASSUME[kinds[n]]): mp.mpf(v) if kinds[n] != "positive integer" else int(v)
                for n, v in p.items()
            }
            out.append((evaluate(lhs, at), evaluate(rhs, at)))
    return out


def apart(a: Any, b: Any) -> Any:
    size = max(abs(a), abs(b), mp.mpf(10) ** -3)
    return abs(a - b) / size


def digits_of(lhs: Any, rhs: Any) -> int:
    both = [lhs, rhs]
    iterated = any(i.function.has(sp.Integral) or len(i.limits) > 1 for e in both for i in e.atoms(sp.Integral))
    return 15 if iterated else 30


def mutants(e: Any, rng: random.Random, parameters: list[Any]) -> Any:
    """One small mistake somewhere: a number, a sign, an exponent, a symbol, a limit."""
    bound = {v for i in e.atoms(sp.Integral) for v in i.variables}
    places = [n for n in sp.preorder_traversal(e) if isinstance(n, (sp.Number, sp.Pow, sp.Add, sp.Symbol, sp.exp))]
    places = [n for n in places if n not in bound and n not in (sp.oo, -sp.oo)]
    if not places:
        return None
    n = rng.choice(places)
    if n.is_Number:
        new = rng.choice([2 * n, -n, n + 1, n / 2])
    elif isinstance(n, sp.Pow):
        new = rng.choice([n.base ** (2 * n.exp), n.base ** (-n.exp), n.base ** (n.exp + 1), n.base])
    elif isinstance(n, sp.Add):
        drop = rng.choice(n.args)
        new = rng.choice([n - drop, n - 2 * drop])
    elif isinstance(n, sp.exp):
        new = rng.choice([sp.exp(2 * n.args[0]), sp.exp(n.args[0] / 2)])
    else:
        others = [p for p in parameters if p != n]
        new = rng.choice([2 * n, n**2, n + 1, *others])
    try:
        return e.xreplace({n: new})
    except Exception:
        return None


def work(row: Row) -> tuple[str, str, list[dict[str, Any]]]:
    """(name, complaint, entries); an entry that takes a minute of the processor is left out."""
    try:
        signal.setitimer(signal.ITIMER_PROF, 60)
        return (row.name, *entries_of(row))
    except Exception as err:
        return row.name, f"{row.name}: {type(err).__name__}: {err}"[:160], []
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def entries_of(row: Row) -> tuple[str, list[dict[str, Any]]]:
    deadline = time.process_time() + 30
    kinds, points = symbols_of(row), points_of(row)
    lhs, rhs = parsed(row.lhs, kinds), parsed(row.rhs, kinds)
    derivative = lhs.has(sp.Derivative)
    digits = digits_of(lhs, rhs)
    tolerance = mp.mpf(10) ** (-7 if derivative or digits < 30 else -12)
    try:
        gaps = [apart(a, b) for a, b in values(lhs, rhs, kinds, points, digits)]
    except Exception as err:
        return f"{row.name}: {type(err).__name__}: {err}"[:160], []
    if max(gaps) > tolerance:
        return f"{row.name}: off by {mp.nstr(max(gaps), 5)}", []
    bound = {str(v): "real" for e in (lhs, rhs) for i in e.atoms(sp.Integral) for v in i.variables}
    entry = {"id": row.name, "family": "integral", "kind": "int", "truth": True, "symbols": {**bound, **kinds},
             "given": list(row.given), "lhs": str(lhs), "rhs": str(rhs)}  # fmt: skip
    out = [entry]
    rng = random.Random(row.name)
    parameters = [sp.Symbol(n, **ASSUME[k]) for n, k in kinds.items()]
    seen = {(lhs, rhs)}
    for _ in range(40):
        if len(out) > RELATIVES or time.process_time() > deadline:
            break
        left, right = (
            (mutants(lhs, rng, parameters), rhs) if rng.random() < 0.5 else (lhs, mutants(rhs, rng, parameters))
        )
        if (
            left is None
            or right is None
            or (left, right) in seen
            or left.has(sp.nan, sp.zoo)
            or right.has(sp.nan, sp.zoo)
        ):
            continue
        if not left.has(sp.Integral) and not right.has(sp.Integral):
            continue
        seen.add((left, right))
        try:
            found = values(left, right, kinds, points, 15)
        except Exception:
            continue
        if all(
            mp.isfinite(a) and mp.isfinite(b) and mp.im(a) == 0 == mp.im(b) and abs(a) < 1e8 for a, b in found
        ) and all(apart(a, b) > mp.mpf(10) ** -4 for a, b in found):
            out.append({**entry, "id": f"{row.name}~{len(out)}", "truth": False, "parent": row.name,
                        "lhs": str(left), "rhs": str(right)})  # fmt: skip
    return "", out


def _late(*_: Any) -> None:
    raise TimeoutError


def write(entries: list[dict[str, Any]], wanted: set[str]) -> None:
    """The file with these entries in place of those of the same rows."""
    order = {r.name: i for i, r in enumerate(ROWS)}
    known = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else []
    entries = entries + [e for e in known if e.get("parent", e["id"]) not in wanted]
    entries = [e for e in entries if e.get("parent", e["id"]) in order]
    entries.sort(key=lambda e: (order[e.get("parent", e["id"])], not e["truth"], e["id"]))
    OUT.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(e, ensure_ascii=False) for e in entries)
    OUT.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main() -> None:
    signal.signal(signal.SIGPROF, _late)
    wanted = set(sys.argv[1:])
    rows = [r for r in ROWS if not wanted or r.name in wanted]
    entries: list[dict[str, Any]] = []
    done: set[str] = set()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for name, complaint, found in pool.imap(work, rows):
            if complaint:
                print(complaint, flush=True)
            entries += found
            done.add(name)
            if len(done) % 20 == 0 or len(done) == len(rows):
                write(entries, done)
    true = sum(e["truth"] for e in entries)
    print(f"{true} true, {len(entries) - true} false")


if __name__ == "__main__":
    main()
