"""Documents checked in processes of their own: what hangs is killed, said, and passed over."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.errors import BadInput
from symrep.reading.documents import Source
from symrep.running.worker import MEMORY_MB, RemoteError, TimedOut, WorkerDied, Workers

__all__ = ["Checked", "check"]

Json = dict[str, Any]
_STARTS: Final = 12
_STALL: Final = 30.0
_JUDGED: Final = ("proved", "supported", "refuted")
_UNFINISHED: Final = "judged as it was read at first; whether it is meant so was not looked into: the check did not end"


@final
@dataclass
class Checked:
    """A document with its steps, as in ``symrep.check/1``; ``errors``: pragmas nobody understood, and accidents."""

    source: Source
    steps: list[Json] = field(default_factory=list)
    definitions: list[Json] = field(default_factory=list)
    not_checked: list[Json] = field(default_factory=list)
    guesses: list[Json] = field(default_factory=list)
    assumed: list[Json] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def to_json(self) -> Json:
        out: Json = {
            "path": self.source.path,
            "steps": self.steps,
            "definitions": self.definitions,
            "not_checked": self.not_checked,
        }
        if self.errors:
            out["errors"] = self.errors
        return out


def check(
    source: Source,
    seconds: float,
    jobs: int,
    workers: Workers,
    fix: bool = True,
    on_step: Callable[[Json], None] = lambda _: None,
) -> Checked:
    """Check one document.

    Raises:
        BadInput: it is none: a broken notebook, a file of another kind.
    """
    run = _Run(source, seconds, jobs, fix, on_step)
    for _ in range(_STARTS):
        if run.once(workers):
            break
    else:
        run.out.errors.append(f"{source.path}: given up after {_STARTS} starts")
    return run.finished()


@final
class _Run:
    """A document from its first start to its end."""

    def __init__(self, source: Source, seconds: float, jobs: int, fix: bool, on_step: Callable[[Json], None]) -> None:
        self.out = Checked(source)
        self._seconds, self._jobs, self._fix, self._on_step = seconds, jobs, fix, on_step
        self._passed: dict[str, str] = {}
        self._spent: list[int] = []
        self._begun: list[int] = []
        self._formula: int | None = None
        self._steps: dict[int, Json] = {}
        self._surveyed = self._settled = False

    def once(self, workers: Workers) -> bool:
        """Check all but what hung; true when there is nothing more to do.

        What was judged before is judged again (the store may answer): how claims are meant is looked at together.
        """
        self._begun, self._formula, self._surveyed = [], None, False
        payload = {
            "path": self.out.source.path,
            "data": base64.b64encode(self.out.source.data).decode("ascii"),
            "seconds": self._seconds,
            "jobs": self._jobs,
            "passed": self._passed,
            "spent": self._spent,
            "fix": self._fix,
        }
        stall = _STALL + 6 * self._seconds
        try:
            workers.stream("document", payload, self._receive, stall, 2 * MEMORY_MB)
        except TimedOut:
            return self._broke(f"nothing happened for {stall:g} s")
        except WorkerDied:
            return self._broke("the process that read it was killed, or aborted")
        except RemoteError as e:
            if e.type == "BadInput":
                raise BadInput("symrep check", e.message, where=self.out.source.path) from e
            return self._broke(f"{e.type}: {e.message[:200]}")
        return True

    def _receive(self, event: Json) -> None:
        kind = event["event"]
        if kind == "formula":
            self._formula = event["number"]
        elif kind == "survey":
            self._surveyed, self._formula = True, None
            self.out.definitions = event["definitions"]
            self.out.not_checked = event["not_checked"]
            self.out.guesses, self.out.assumed = event["guesses"], event["assumed"]
            self.out.errors = list(event["errors"])
            wrong = {i: s for i, s in self._steps.items() if s["status"] == "refuted"}  # before a correction hung
            self._steps = dict(enumerate(event["steps"])) | wrong
        elif kind == "begin":
            self._begun.append(event["chain"])
        elif kind == "end":
            self._begun.remove(event["chain"])
        elif kind == "settled":
            self._settled = True
        elif kind == "step":
            self._steps[event["number"]] = event["step"]
            self._on_step(event["step"])

    def _broke(self, why: str) -> bool:
        """Note what was under way; true when nothing is to be gained by another start."""
        if not self._surveyed:
            if self._formula is None or str(self._formula) in self._passed:
                self.out.errors.append(f"{self.out.source.path}: {why}")
                return True
            self._passed[str(self._formula)] = f"not read: {why}"
            return False
        if not self._begun:
            self.out.errors.append(f"{self.out.source.path}: {why}")
            return True
        self._spent += self._begun
        return False

    def finished(self) -> Checked:
        if not self._settled:  # as they were read at first, which is not all there is to them
            self._steps = {i: _open(s) if s["status"] in _JUDGED else s for i, s in self._steps.items()}
        places = {i: (s["line"], s["column"]) for i, s in self._steps.items()}
        last = [i for i, s in self._steps.items() if s["reading"] == ""]  # of definitions, among the claims
        order = sorted(self._steps.keys() - set(last))
        for i in sorted(last):
            order.insert(next((k for k, j in enumerate(order) if places[j] > places[i]), len(order)), i)
        self.out.steps = [self._steps[i] for i in order]
        return self.out


def _open(step: Json) -> Json:
    nothing: Json = {"witness": None, "diagnosis": None, "fix": None, "hypotheses": []}
    return {**step, **nothing, "status": "undecided", "reason": "budget-spent", "message": _UNFINISHED}
