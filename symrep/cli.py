"""The command line. Heavy imports stand inside the commands, so that ``symrep --version`` answers at once."""

from __future__ import annotations

import click

from symrep import __version__

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="symrep")
def main() -> None:
    """Check probability derivations, and typeset what survived."""
