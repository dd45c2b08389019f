"""``symrep list``: what there is, without judging any of it. Scripts are read, not run."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from symrep.commands import options

__all__ = ["command"]

_SCHEMA: Final = "symrep.list/1"
#: the time-out symrep laws has unless it is told another
LAWS_SECONDS: Final = 10.0


@click.command("list")
@click.argument("paths", nargs=-1, metavar="[PATH | families | transforms | rules]...")
@options.store
@options.as_json
def command(paths: Sequence[str], as_json: bool) -> int:
    """Show the derivations of scripts (default: derivations/), or what there is to write them with.

    symrep list families: the laws symrep knows. symrep list transforms: bijections to push them through. symrep list
    rules: the reasons one may give.
    """
    if tuple(paths) in _TOPICS and not Path(paths[0]).exists():
        (topic,) = paths
        found, code = {"families": _families, "transforms": _transforms, "rules": _rules}[topic](), 0
    else:
        topic = "derivations"
        found, code = _derivations(paths)
    if as_json:
        click.echo(json.dumps({"schema": _SCHEMA, topic: found}, indent=1, ensure_ascii=False))
    elif topic == "families":
        _table(found)
    else:
        for entry in found:
            _show(entry)
    return code


_TOPICS: Final = (("families",), ("rules",), ("transforms",))


def _show(entry: dict[str, Any]) -> None:
    must = "  (must fail)" if entry.get("must_fail") else ""
    name = entry.get("call", entry["name"])
    click.echo(f"{click.style(name, bold=True)}{must}  {entry.get('at', '')}".rstrip())
    for key in ("says", "density", "source"):
        if entry.get(key):
            click.echo(f"    {'source: ' if key == 'source' else ''}{entry[key]}")


def first_sentence(text: str) -> str:
    """Up to a full stop that ends a sentence, on one line."""
    flat = " ".join(text.split())
    found = re.match(r".*?[.!?](?= [A-Z$(]|$)", flat)
    return found.group() if found else flat


# --- derivations --------------------------------------------------------------------------------------------------


def _derivations(paths: Sequence[str]) -> tuple[list[dict[str, Any]], int]:
    from symrep.commands.decorated import decorated, syntax_error

    out: list[dict[str, Any]] = []
    code = 0
    for script in options.find("symrep list", paths):
        text = script.path.read_text("utf-8", errors="replace")
        error = syntax_error(text)
        if error:
            click.echo(f"{script.shown}:{error}", err=True)
            code = 2
        for node in decorated(text):
            keywords = {
                k.arg: k.value for d in node.decorator_list if isinstance(d, ast.Call) for k in d.keywords if k.arg
            }
            line = min(d.lineno for d in node.decorator_list)
            out.append(
                {
                    "name": node.name,
                    "at": f"{script.shown}:{line}",
                    "path": script.shown,
                    "line": line,
                    "says": first_sentence(ast.get_docstring(node) or ""),
                    "source": _text(keywords.get("source")),
                    "must_fail": "expected" in keywords,
                }
            )
    return out, code


def _text(node: ast.expr | None) -> str:
    if node is None:
        return ""
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)


# --- what to write them with ----------------------------------------------------------------------------------------


def _families() -> list[dict[str, Any]]:
    from symrep.laws.catalogue import load_all, where
    from symrep.laws.remembered import known
    from symrep.multivariate.entry import MultivariateFamily

    families, complaints = load_all()
    for complaint in complaints:
        click.echo(str(complaint), err=True)
    out = []
    for f in families:
        parameters = {str(s): d.kind for s, d in f.parameters.items()}
        low, high = where(f)
        place = f"{low} ({high})" if isinstance(f, MultivariateFamily) else f"({low}, {high})"
        if f.discrete and not isinstance(f, MultivariateFamily):
            place = f"{{{low}, …, {high}}}"
        found = known(f, (), LAWS_SECONDS)
        out.append(
            {
                "name": f"{f.name}({', '.join(parameters)})",
                "parameters": parameters,
                "support": [low, high],
                "says": f"on {place}, " + ", ".join(f"{k} {v}" for k, v in parameters.items()),
                "density": str(f.log_density if isinstance(f, MultivariateFamily) else f.weight),
                "has": _has(f),
                "status": found["status"] if found else "not judged",
                "source": f.source,
            }
        )
    return out


_FIELDS: Final = ("cdf", "quantile", "mean", "variance", "entropy", "mode", "score", "statistics", "kl", "pathwise")
_LIBRARIES: Final = ("scipy", "torch", "numpyro")


def _has(family: Any) -> list[str]:
    """What an entry states beyond its density."""
    return [name for name in (*_FIELDS, "facts", *_LIBRARIES) if getattr(family, name, None) not in (None, (), {})]


def _table(found: Sequence[dict[str, Any]]) -> None:
    """One line a family: what it has, and how its laws stand as far as they were judged already."""
    width = max((len(e["name"]) for e in found), default=0)
    place = max((len(", ".join(e["support"])) for e in found), default=0)
    head = "".join(f" {name[:4]:<4}" for name in (*_FIELDS, "facts", *_LIBRARIES))
    click.echo(f"{'family':<{width}}  {'support':<{place}} {head}  laws")
    for e in found:
        marks = "".join(f" {'x' if n in e['has'] else '.':<4}" for n in (*_FIELDS, "facts", *_LIBRARIES))
        click.echo(f"{e['name']:<{width}}  {', '.join(e['support']):<{place}} {marks}  {e['status']}")
    judged = sum(e["status"] != "not judged" for e in found)
    click.echo(f"{len(found)} families, {judged} judged; symrep laws judges them, --json says more", err=True)


def _transforms() -> list[dict[str, Any]]:
    from symrep.laws.bijections import all_transforms, described_transform

    out = []
    for name, t in all_transforms().items():
        head = described_transform(t)
        forward = getattr(t, "forward", None)
        says = f"{t.variable} -> {forward}" if hasattr(t, "variable") else "in several variables"
        domain = f" on ({', '.join(head['support'])})" if any(head["support"]) else ""
        refused = f"; no bijection: {head['note']}" if head["note"] else ""
        call = f"{name}({', '.join(head['parameters'])})" if head["parameters"] else name
        out.append({"name": name, "call": call, "says": f"{says}{domain}{refused}", "source": head["source"]})
    return out


def _parameters(rule: Any) -> list[str]:
    """A rule's options as one writes them; those that may be left out with ``=…``."""
    required = inspect.Parameter.empty
    return [p.name if p.default is required else f"{p.name}=…" for p in inspect.signature(rule).parameters.values()]


def _rules() -> list[dict[str, Any]]:
    from symrep import rules

    out = []
    for name in sorted(rules.__all__):
        text = inspect.getdoc(getattr(rules, name)) or ""
        identity, _, rest = text.partition("\n\n")
        source = re.search(r"^Source: (.*)", rest, re.DOTALL | re.MULTILINE)
        out.append(
            {
                "name": name,
                "call": f"{name}({', '.join(_parameters(getattr(rules, name)))})",
                "says": " ".join(identity.split()),
                "source": " ".join(source.group(1).partition("\n\n")[0].split()) if source else "",
            }
        )
    return out
