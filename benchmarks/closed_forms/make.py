"""Write ``benchmarks/data/closed_forms.json``: true closed forms of this field and false relatives of them.

    python benchmarks/closed_forms/make.py

True ones come from ``families.py`` and ``table.txt`` and count only if mpmath finds both sides equal to 35 digits at
many points of their domain. False ones are single edits of their texts that mpmath tells apart, and near misses: a bump
on a sliver, a wrong value at one point, one wrong branch.
"""

from __future__ import annotations

import json
import random
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sympy as sp

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import families  # noqa: E402
from numbers_of import differs, points  # noqa: E402

from symrep.errors import SymrepError  # noqa: E402
from symrep.symbols import DomainSymbol  # noqa: E402
from symrep.verifying.items import Item, read  # noqa: E402

KINDS = {
    **dict.fromkeys("v w x y z mu m m1 m2 e1 th ph".split(), "real"),
    **dict.fromkeys("r s t a b c k lam tau sig s1 s2 al be".split(), "positive"),
    **dict.fromkeys("p q u rho0 A1 A2".split(), "unit"),
    "n": "positive integer",
    "j": "integer",
}
TOKEN = re.compile(r"[A-Za-z_]\w*|\d+|\*\*|[-+*/(),<>=]+|\s+")
SWAPS = {
    "sin": "cos",
    "cos": "sin",
    "sinh": "cosh",
    "cosh": "sinh",
    "Max": "Min",
    "Min": "Max",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "log": "exp",
    "sqrt": "exp",
    "erf": "erfc",
    "digamma": "loggamma",
    "Abs": "",
    "sign": "Abs",
    "floor": "ceiling",
}


def _item(
    name: str, group: str, symbols: dict[str, str], given: list[str], lhs: str, rhs: str, truth: bool
) -> dict[str, Any]:
    return {"id": name, "class": group, "symbols": symbols, "given": given, "lhs": lhs, "rhs": rhs, "truth": truth}


def _claim(item: dict[str, Any]) -> Any:
    return read(Item(item["id"], item["lhs"], item["rhs"], item["symbols"], tuple(item["given"]))).claim


def _names(*texts: str) -> list[str]:
    return sorted({w for t in texts for w in re.findall(r"(?<![\w.])([A-Za-z_]\w*)(?!\w*\()", t)} & {*KINDS})


def table() -> Iterator[dict[str, Any]]:
    """The rows written by hand."""
    counts: dict[str, int] = {}
    for line in (HERE / "table.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        group, kinds, given, lhs, rhs = (part.strip() for part in line.split("|", 4))
        symbols = {n: KINDS[n] for n in _names(lhs, rhs, given)}
        for pair in filter(None, kinds.split(",")):
            name, kind = pair.split(":")
            symbols[name.strip()] = kind.strip()
        counts[group] = counts.get(group, 0) + 1
        rels = [g.strip() for g in given.split(";") if g.strip()]
        yield _item(f"{group}-{counts[group]}", group, symbols, rels, lhs, rhs, True)


def of_families() -> Iterator[dict[str, Any]]:
    for name, lhs, rhs, given in families.identities():
        names = {s for e in (lhs, rhs, *given) for s in sp.sympify(e).atoms(DomainSymbol)}
        symbols = {s.name: s.kind for s in sorted(names, key=str)}
        rels = [sp.sstr(g) for g in given]
        yield _item(name, "families", symbols, rels, sp.sstr(lhs), sp.sstr(rhs), True)


def verdict(item: dict[str, Any], number: int = 24) -> bool | None:
    """True: equal at many points. False: different at one. None: not known."""
    try:
        claim = _claim(item)
    except SymrepError as e:
        print("unreadable", item["id"], e, file=sys.stderr)
        return None
    rng = random.Random(zlib.crc32(item["id"].encode()))
    seen = 0
    for at in points(claim.context, rng, number):
        told = differs(claim.data["lhs"], claim.data["rhs"], at)
        if told:
            return False
        seen += told is False
    return True if seen >= (5 if claim.context.symbols else 1) else None


def rewritten(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same identity with a side rewritten by SymPy, where that says something new."""
    from symrep.translate import from_term

    claim = _claim(item)
    names = {n: DomainSymbol(n, k) for n, k in claim.context.symbols.items()}
    try:
        left = from_term(claim.data["lhs"], names)
        right = from_term(claim.data["rhs"], names)
    except (SymrepError, TypeError, ValueError):
        return
    ways = (
        sp.expand,
        sp.together,
        lambda e: e.rewrite(sp.exp),
        sp.trigsimp,
        lambda e: sp.expand_log(e),
        sp.factor_terms,
    )
    rng = random.Random(item["id"])
    for which in rng.sample(range(len(ways)), 3):
        try:
            other = ways[which](right)
        except (TypeError, ValueError, AttributeError, NotImplementedError, sp.PolynomialError):
            continue
        text = sp.sstr(other)
        if other != right and len(text) < 400:
            yield {**item, "id": f"{item['id']} ~{which}", "lhs": sp.sstr(left), "rhs": text}
            return


def mutants(item: dict[str, Any], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Single edits of the text of a side."""
    for _ in range(40):
        side = rng.choice(("lhs", "rhs"))
        tokens = TOKEN.findall(item[side])
        if "".join(tokens) != item[side]:
            return
        i = rng.randrange(len(tokens))
        old = tokens[i]
        if old.isdigit():
            new = rng.choice((str(int(old) + 1), str(2 * int(old) + (old == "0"))))
        elif old in SWAPS:
            new = SWAPS[old]
        elif old in item["symbols"]:
            others = [n for n in item["symbols"] if n != old]
            new = rng.choice([*others, f"(2*{old})", f"{old}**2", f"(-{old})", f"({old} + 1)"])
        else:
            continue
        yield {**item, side: "".join([*tokens[:i], new, *tokens[i + 1 :]])}


def near_misses(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """False on a sliver, at one point, in one branch only."""
    names = [
        n for n, k in item["symbols"].items() if k in ("real", "positive") and not any(n in g for g in item["given"])
    ]
    if not names:
        return
    x = names[0]
    rhs = item["rhs"]
    yield "sliver", {**item, "rhs": f"{rhs} + Max(0, 1/20000 - Abs({x} - 13/17))"}
    yield "point", {**item, "rhs": f"{rhs} + Piecewise((1, Eq({x}, 3/7)), (0, True))"}
    yield "branch", {**item, "rhs": f"Piecewise(({rhs}, {x} < 5/3), ({rhs} + 1/1000, True))"}


def main() -> None:
    out: list[dict[str, Any]] = []
    seen: set[tuple[str, str]] = set()
    rejected = []
    originals = [*of_families(), *table()]
    for item in originals:
        told = verdict(item)
        if told is not True:
            rejected.append((item["id"], told))
            continue
        row = [item]
        row += [r for r in rewritten(item) if (r["lhs"], r["rhs"]) not in seen and verdict(r) is True][:1]
        for r in row:
            seen.add((r["lhs"], r["rhs"]))
            out.append(r)
        rng = random.Random(item["id"])
        wrong = 0
        for m in mutants(item, rng):
            if wrong == 2:
                break
            key = (m["lhs"], m["rhs"])
            m = {**m, "id": f"{item['id']} !{wrong}", "truth": False}
            try:
                if key in seen or verdict(m) is not False:
                    continue
            except RecursionError:
                continue
            seen.add(key)
            wrong += 1
            out.append(m)
        if zlib.crc32(item["id"].encode()) % 5 == 0:
            out += [{**n, "id": f"{item['id']} {word}", "truth": False, "near": word} for word, n in near_misses(item)]
    for name, told in rejected:
        print("rejected", name, told, file=sys.stderr)
    path = HERE.parent / "data" / "closed_forms.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(i, ensure_ascii=False) for i in out) + "\n]\n")
    print(len(out), sum(i["truth"] for i in out), "true")


if __name__ == "__main__":
    main()
