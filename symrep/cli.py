"""The command line. Every command lives in a module of its own, imported when it is called, so that
``symrep --version`` answers at once. Whatever goes wrong is one line on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final, NoReturn, final

import click

from symrep import __version__
from symrep.errors import SymrepError

__all__ = ["CRASH", "INTERRUPTED", "main"]

#: usage or crash
CRASH: Final = 2
INTERRUPTED: Final = 130

#: command -> module with a ``command`` in it, and its line in the help
_COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "run": ("symrep.commands.run", "Judge derivation scripts; write LaTeX, certificates and a report."),
    "check": ("symrep.commands.check", "Check Markdown, TeX and notebooks; --fix corrects them."),
    "verify": ("symrep.commands.verify", "Verify identities: of a file, or one."),
    "laws": ("symrep.commands.laws", "Judge families of distributions by the laws of probability."),
    "new": ("symrep.commands.new", "Write a file to start from: a family."),
    "list": ("symrep.commands.listing", "Show derivations, families or rules."),
    "replay": ("symrep.commands.replay", "Check certificates again, with kernel and auditor."),
    "store": ("symrep.commands.store", "Look after the verdicts that are kept."),
}


@final
class _Group(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


def _guarded(call: Callable[[], Any]) -> int:
    """The exit code of a call; an error becomes its line on standard error."""
    try:
        code = call()
        sys.stdout.flush()
    except SymrepError as e:
        return _complain(str(e))
    except click.UsageError as e:
        where = e.ctx.command_path if e.ctx is not None else "symrep"
        return _complain(f"{e.format_message().rstrip('.')}; {where} --help says more", where)
    except click.ClickException as e:
        return _complain(e.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away; nothing is left to be flushed at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CRASH
    except MemoryError:
        return _complain("out of memory")
    except OSError as e:
        return _complain(f"{e.filename or 'system'}: {e.strerror or e}")
    except Exception as e:
        return _complain(f"internal error, please report it: {type(e).__name__}: {str(e)[:300]}")
    return code if isinstance(code, int) else 0


def _complain(message: str, where: str = "symrep") -> int:
    text = " ".join(message.split())
    click.echo(text if text.startswith(where) else f"{where}: {text}", err=True)
    return CRASH


@click.group(cls=_Group, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="symrep")
def _group() -> None:
    """Check probability derivations, and typeset what survived."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The program. Ends with the exit code of the contract."""
    sys.exit(_guarded(lambda: _group.main(arguments, prog_name="symrep", standalone_mode=False)))
