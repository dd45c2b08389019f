"""What a worker may run: names, and where the function of that name lives. Nothing else can be called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from symrep.errors import BadInput

__all__ = ["FUNCTIONS", "JUDGES", "LIGHT", "SETTLED", "STREAMS", "locate", "resolve"]

#: ``f(payload) -> json-able``
FUNCTIONS: Final[Mapping[str, str]] = {
    "balls.compare": "symrep.checks.remote:compare_in_worker",
    "sampling.alarm": "symrep.checks.remote:sampling_in_worker",
    "audit.replay": "symrep.commands.audit_worker:audit_in_worker",
    "judge.first": "symrep.judge.first:first_in_worker",
    "kernel.prove": "symrep.kernel.certificate:prove_in_worker",
    "kernel.replay": "symrep.commands.replay_worker:replay_in_worker",
    "laws.by_map": "symrep.laws.noise_worker:by_map_in_worker",
    "laws.parts": "symrep.laws.noise_worker:parts_in_worker",
    "laws.entropy": "symrep.laws.derived:entropy_in_worker",
    "sympy.ask": "symrep.rules.oracle:answer_in_worker",
    "sympy.zero": "symrep.checks.symbolic:zero_in_worker",
    "verify.consistent": "symrep.judge.first:consistent_in_worker",
    "verify.diagnose": "symrep.verifying.worker_side:diagnose_in_worker",
    "verify.propose": "symrep.verifying.integrals:propose_in_worker",
    "verify.limits": "symrep.verifying.limits:limits_in_worker",
    "verify.sums": "symrep.summing.sums:sums_in_worker",
    "probe.allocate": "symrep.running.probes:allocate",
    "probe.counted": "symrep.running.probes:counted",
    "probe.echo": "symrep.running.probes:echo",
    "probe.fail": "symrep.running.probes:fail",
    "probe.identity": "symrep.running.probes:identity",
    "probe.kill": "symrep.running.probes:kill",
    "probe.nested": "symrep.running.probes:nested",
    "probe.power": "symrep.running.probes:power",
    "probe.sleep": "symrep.running.probes:sleep",
    "probe.work": "symrep.running.probes:work",
    "probe.unspeakable": "symrep.running.probes:unspeakable",
}

#: functions whose answers may be stored, since they depend on the payload alone, and the share of its time within which
#: an answer is settled. Below 1 stand those that stop by themselves at ``payload["seconds"]`` or parts of it: what they
#: answered sooner they would have answered with more time, too.
SETTLED: Final[Mapping[str, float]] = {
    "balls.compare": 0.5,
    "sampling.alarm": 0.5,
    "judge.first": 1.0,
    "kernel.prove": 1.0,
    "sympy.ask": 1.0,
    "sympy.zero": 1.0,
    "verify.consistent": 1.0,
    "verify.diagnose": 1.0,
    "verify.propose": 0.5,
    "probe.counted": 1.0,
}

#: functions that need no SymPy: they have workers of their own, which are there long before SymPy is read
LIGHT: Final = frozenset(("judge.first", "kernel.prove", "balls.compare", "verify.consistent"))

#: ``f(payload, emit) -> json-able``, where ``emit`` sends one event (a json-able dict) to the caller at once
STREAMS: Final[Mapping[str, str]] = {
    "document": "symrep.checking.child:run",
    "script": "symrep.running.script_child:run",
}

#: ``judge(path, on_event, options) -> None``: what a script child can run a script with
JUDGES: Final[Mapping[str, str]] = {
    "judge": "symrep.session:judge_script",
    "laws": "symrep.laws.remote:judge_families",
    "probe": "symrep.running.probes:judge_script",
}


def locate(name: str, table: Mapping[str, str]) -> str:
    """The place of a listed function.

    Raises:
        BadInput: the name is not in the table.
    """
    place = table.get(name)
    if place is None:
        raise BadInput("worker", f"a function out of: {', '.join(table)}", repr(name)[:80])
    return place


def resolve(name: str, table: Mapping[str, str]) -> Callable[..., Any]:
    module, _, attribute = locate(name, table).partition(":")
    function: Callable[..., Any] = getattr(import_module(module), attribute)
    return function
