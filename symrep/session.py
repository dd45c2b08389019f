"""Running a script: load it, judge its derivations line by line, and tell what happened as it happens."""

from __future__ import annotations

import ast
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.machinery import (
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
)
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NoReturn, final

import sympy as sp

from symrep.claim import Context
from symrep.derivation import Admitted, Derivation, LemmaUse, Line
from symrep.errors import BadInput, ScriptError, SymrepError
from symrep.hints import hint
from symrep.hypotheses import admitted_latex, hypotheses_of
from symrep.judge import Limits, Proven, StepVerdict, judge_first, judge_line
from symrep.printing import latex
from symrep.render.let import let_latex
from symrep.render.source import line_latex
from symrep.render.words import in_words
from symrep.repair import diagnose
from symrep.report import DerivationReport, Part, StepReport
from symrep.translate import context_of
from symrep.verdict import Reason, Status

__all__ = ["Session", "derivations_of", "judge_script", "load"]

Event = Callable[[dict[str, Any]], None]


def load(path: str | Path) -> ModuleType:
    """Import a script by path. It is code its reader chose to run.

    Raises:
        ScriptError: it does not import; says where.
    """
    path = Path(path).resolve()
    if not path.is_file():
        raise BadInput("symrep run", "a script that exists", str(path))
    name = f"symrep_script_{path.stem}_{abs(hash(str(path))) % 10**8}"
    spec = importlib.util.spec_from_file_location(name, path, loader=_Fresh(name, str(path)))
    if spec is None or spec.loader is None:
        raise BadInput("symrep run", "a Python file", str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with _beside(str(path.parent)):
            spec.loader.exec_module(module)
    except ScriptError:
        raise
    except SymrepError as e:
        raise ScriptError(e.what, e.needed, e.got, e.instead, f"{path}:{_line_in(e, path)}") from e
    except SyntaxError as e:
        raise ScriptError("script", "valid Python", str(e.msg), where=f"{path}:{e.lineno or 1}") from e
    except Exception as e:
        raise ScriptError(
            "script",
            "to import without an error",
            f"{type(e).__name__}: {str(e)[:300]}",
            hint(e),
            f"{path}:{_line_in(e, path)}",
        ) from e
    return module


@contextmanager
def _beside(folder: str) -> Iterator[None]:
    """What lies in the script's folder can be imported; its source is read, as the script's own is."""

    def finder(path: str) -> FileFinder:
        if path != folder:
            raise ImportError
        return FileFinder(path, (ExtensionFileLoader, EXTENSION_SUFFIXES), (_Fresh, SOURCE_SUFFIXES))

    sys.path.insert(0, folder)
    sys.path_hooks.insert(0, finder)
    known = sys.path_importer_cache.pop(folder, None)
    try:
        yield
    finally:
        sys.path.remove(folder)
        sys.path_hooks.remove(finder)
        sys.path_importer_cache.pop(folder, None)
        if known is not None:
            sys.path_importer_cache[folder] = known


@final
class _Fresh(SourceFileLoader):
    """Reads the source, never a compiled copy: that is told apart by its time in seconds and its size only."""

    def path_stats(self, path: Any) -> NoReturn:
        raise OSError


def _line_in(e: BaseException, path: Path) -> int:
    tb, at = e.__traceback__, 1
    while tb is not None:
        if tb.tb_frame.f_code.co_filename == str(path):
            at = tb.tb_lineno
        tb = tb.tb_next
    return at


def derivations_of(module: ModuleType) -> list[Derivation]:
    """The derivations a script itself defines, in the order it defines them."""
    own = {id(d): d for d in vars(module).values() if isinstance(d, Derivation) and d.path == module.__file__}
    return sorted(own.values(), key=lambda d: d.lineno)


@final
class Session:
    """Judges derivations and remembers them, so that one may use another as a lemma."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._proven: dict[Derivation, Proven] = {}
        self._under_way: set[Derivation] = set()

    def judge(self, d: Derivation, on_line: Callable[[StepReport], None] = lambda _: None) -> DerivationReport:
        """Judge one derivation; every line that was reached is in the report whatever happens later."""
        start = time.monotonic()
        self._under_way.add(d)
        lines: list[Line] = []
        steps: list[StepReport] = []
        verdicts: list[StepVerdict] = []
        error = ""
        run = d.lines()
        try:
            while True:
                try:
                    line = next(run)
                except StopIteration:
                    break
                verdict = self._one(d, lines, line)
                lines.append(line)
                verdicts.append(verdict)
                step = self._step(d, lines, verdict)
                steps.append(step)
                on_line(step)
        except SymrepError as e:
            error = str(e)
        finally:
            self._under_way.discard(d)
        if not error and len(lines) < 2:
            error = f"{d.path}:{d.lineno}: derivation {d.name}: needs at least two lines; got {len(lines)}"
        if not error:
            try:
                context_of([line.expr for line in lines], d.given)
            except SymrepError as e:  # every two neighbours agree, and yet one name has two meanings
                error = str(replace_where(e, f"{d.path}:{d.lineno}"))
        try:
            hypotheses = self._hypotheses(d, lines)
        except Exception as e:  # a verdict without its hypotheses is none
            hypotheses, error = (), error or f"{d.path}:{d.lineno}: the hypotheses cannot be listed: {e}"
        report = DerivationReport(
            name=d.name,
            path=d.path,
            lineno=d.lineno,
            theorem=d.theorem,
            source=d.source,
            steps=tuple(steps),
            hypotheses=hypotheses,
            expected=_expected(d),
            error=error,
            seconds=time.monotonic() - start,
            extra={"let": list(let_latex(lines, d.path))},
        )
        self._proven[d] = _proven(d, lines, verdicts, report)
        return report

    def _one(self, d: Derivation, before: list[Line], line: Line) -> StepVerdict:
        start = time.monotonic()
        try:
            if not before:
                return judge_first(line, d.given, self.limits)
            # ≈ is not transitive: such a line speaks of the last one that is not approximate itself
            previous = next((b for b in reversed(before) if b.op != "~"), before[0]) if line.op == "~" else before[-1]
            return judge_line(previous, line, d.given, self.limits, self._lemmas(line))
        except SymrepError as e:
            where = e.where or f"{d.path}:{line.lineno}"
            return StepVerdict(
                Status.UNDECIDED, Reason.ERROR, str(replace_where(e, where)), seconds=time.monotonic() - start
            )
        except Exception as e:  # a rule or SymPy broke: this line is undecided, the others stand
            message = f"{d.path}:{line.lineno}: {type(e).__name__}: {str(e)[:300]}"
            return StepVerdict(Status.UNDECIDED, Reason.ERROR, message, seconds=time.monotonic() - start)

    def _lemmas(self, line: Line) -> Mapping[str, Proven]:
        if not isinstance(line.reason, LemmaUse):
            return {}
        used = line.reason.derivation
        if used in self._under_way:
            raise ScriptError("lemma", "a derivation that does not rest on itself", used.name)
        if used not in self._proven:
            self.judge(used)
        return {used.name: self._proven[used]}

    def _step(self, d: Derivation, lines: list[Line], v: StepVerdict) -> StepReport:
        line = lines[-1]
        diagnosis = v.diagnosis
        if v.status is Status.REFUTED and len(lines) > 1:
            diagnosis = _guarded(lambda: diagnose(lines[-2], line, v, d.given, self.limits))
        if diagnosis is not None and diagnosis.corrected_latex == latex(lines[-2].expr):
            diagnosis = replace(diagnosis, corrected_latex="", corrected_status="")  # the line before is no correction
        reason, reason_latex = _reason(line)
        return StepReport(
            number=len(lines),
            lineno=line.lineno,
            op=line.op,
            latex=line_latex(line, d.path),
            reason=reason,
            reason_latex=reason_latex,
            status=v.status,
            code=v.reason.value,
            message=v.message,
            parts=tuple(Part(p.what, p.verdict.to_json(), p.claim.to_json() if p.claim else None) for p in v.parts),
            witness=v.witness.to_json() if v.witness else None,
            diagnosis=diagnosis.to_json() if diagnosis else None,
            hypotheses=v.hypotheses,
            almost_everywhere=v.almost_everywhere,
            seconds=v.seconds,
        )

    def _hypotheses(self, d: Derivation, lines: list[Line]) -> tuple[str, ...]:
        out: list[str] = []
        if lines:
            used = [line.expr for line in lines]
            out += hypotheses_of([*used, *_used_up(lines)], d.given)
        for line in lines:
            if isinstance(line.reason, Admitted):
                out.append(admitted_latex(line.reason.why))
            if isinstance(line.reason, LemmaUse):
                known = self._proven.get(line.reason.derivation)
                out += known.hypotheses if known else ()
        return tuple(dict.fromkeys(out))


def _used_up(lines: list[Line]) -> list[Any]:
    """Symbols the author wrote that evaluation has already used up, as n in sin(πn): their domains were assumed too."""
    present: set[str] = set()
    for line in lines:
        present |= {s.name for s in line.expr.atoms(sp.Symbol)} | {
            str(b.label) for b in line.expr.atoms(sp.IndexedBase)
        }
    found: dict[str, Any] = {}
    for line in lines:
        for node in ast.walk(line.source) if line.source is not None else ():
            value = (line.namespace or {}).get(node.id) if isinstance(node, ast.Name) else None
            if isinstance(value, sp.Expr):
                found |= {s.name: s for s in value.free_symbols if isinstance(s, sp.Symbol)}
    return [s for name, s in sorted(found.items()) if name not in present]


def replace_where(e: SymrepError, where: str) -> SymrepError:
    return type(e)(e.what, e.needed, e.got, e.instead, where, e.code)


def _guarded(make: Callable[[], Any]) -> Any:
    """A diagnosis is a courtesy: when it fails, the verdict stands without it."""
    try:
        return make()
    except Exception:
        return None


def _reason(line: Line) -> tuple[str, str]:
    r = line.reason
    if r is None:
        return "", ""
    if isinstance(r, Admitted):
        return f"admitted: {r.why}", r"\text{admitted}"
    if isinstance(r, LemmaUse):
        return f"lemma {r.derivation.name}", rf"\text{{lemma: {in_words(r.derivation.name)}}}"
    return r.name, r.latex()


def _expected(d: Derivation) -> dict[str, Any] | None:
    e = d.expected
    return None if e is None else {"status": e.status.name.lower(), "reason": e.reason.value, "line": e.line}


_LINKS: Final = ("rewrite", "equal")


def _proven(d: Derivation, lines: list[Line], verdicts: list[StepVerdict], report: DerivationReport) -> Proven:
    steps = []
    for v in verdicts[1:]:
        claims = [p.claim for p in v.parts if p.what != "numbers" and p.claim is not None]
        links = [c for c in claims if c.kind in _LINKS]
        others = [c for c in claims if c.kind not in _LINKS]
        steps.append(tuple(c.to_json() for c in (*links, *others)))
    try:
        context = context_of([line.expr for line in lines], d.given)
    except SymrepError:  # said in the report already; such a derivation is no lemma
        return Proven(report.status, None, None, False, Context(), (), report.hypotheses)
    for v in verdicts:
        for p in v.parts:
            if p.claim is not None:
                symbols = {**p.claim.context.symbols, **context.symbols}
                functions = {**p.claim.context.functions, **context.functions}
                context = replace(context, symbols=symbols, functions=functions)
    return Proven(
        status=report.status,
        first=lines[0].expr if lines else None,
        last=lines[-1].expr if lines else None,
        equality=all(line.op == "=" for line in lines),
        context=context,
        steps=tuple(steps),
        hypotheses=report.hypotheses,
    )


def judge_script(path: str, on_event: Event, options: Mapping[str, Any]) -> None:
    """Judge every derivation of a script; the entry point of a script's own process.

    Events: ``derivation-start`` (name, report: one without lines yet), ``line`` (name, step), ``derivation-end``
    (name, report). ``options["skip"]`` names derivations that are done or hang; ``options["limits"]`` overrides
    :class:`Limits`.
    """
    session = Session(Limits(**dict(options.get("limits", {}))))
    skip = set(options.get("skip", ()))
    only = options.get("only")
    for d in derivations_of(load(path)):
        if d.name in skip or (only and d.name not in only):
            continue
        head = DerivationReport(d.name, d.path, d.lineno, d.theorem, d.source, expected=_expected(d))
        on_event({"event": "derivation-start", "name": d.name, "report": head.to_json()})

        def on_line(step: StepReport, name: str = d.name) -> None:
            on_event({"event": "line", "name": name, "step": step.to_json()})

        report = session.judge(d, on_line)
        on_event({"event": "derivation-end", "name": d.name, "report": report.to_json()})
