"""What runs a derivation script inside a worker: calls a judge of the table and passes its events on.

Runnable by hand, to look at the events: ``python -m symrep.running.script_child PATH --options '{"skip": []}'``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from symrep.running.alone import Alone, plain_text
from symrep.running.registry import JUDGES, resolve
from symrep.running.remember import VARIABLE, flush

__all__ = ["main", "run"]

Emit = Callable[[dict[str, Any]], None]


def run(payload: Mapping[str, Any], emit: Emit) -> bool:
    """Judge ``payload["path"]`` with ``payload["judge"]``, under ``payload["options"]``.

    Returns:
        Whether what was emitted depends on nothing but the script's text. Only with ``payload["look"]`` is this asked.
    """
    judge, path = resolve(payload["judge"], JUDGES), payload["path"]
    alone = payload.get("look") and os.path.isfile(path) and plain_text(Path(path).read_text("utf-8", errors="replace"))
    look = Alone(path, os.path.dirname(os.environ.get(VARIABLE, ""))) if alone else None
    try:
        judge(path, emit, payload["options"])
    finally:
        flush()  # this process ends without exit handlers
    return look is not None and not look.found()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="symrep.running.script_child", description="events of a script, as JSON lines"
    )
    parser.add_argument("path")
    parser.add_argument("--options", type=json.loads, default={}, metavar="JSON")
    parser.add_argument("--judge", choices=sorted(JUDGES), default="judge")
    given = parser.parse_args(arguments)
    # the events have standard output to themselves; what the script prints goes to standard error
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as events:
        sys.stdout.flush()
        os.dup2(2, 1)

        def emit(event: dict[str, Any]) -> None:
            events.write(json.dumps(event) + "\n")
            events.flush()

        run({"path": given.path, "judge": given.judge, "options": given.options}, emit)


if __name__ == "__main__":
    main()
