"""`diagnose completion`: what a shell needs to complete our commands and options."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for SHELL.

    For bash: diagnose completion bash > ~/.local/share/bash-completion/completions/diagnose
    """
    from click.shell_completion import get_completion_class

    from diagnose.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"this click cannot complete in {shell}")
    completer = kind(cli, {}, "diagnose", "_DIAGNOSE_COMPLETE")
    # `source()` would first look for a bash on this computer; the script is for whoever reads it.
    click.echo(completer.source_template % completer.source_vars())
