"""The command line. One file a noun, imported only when it is used: `--version` stays quick."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from diagnose import __version__
from diagnose.cli import speech, standard_output
from diagnose.cli.signals import handled_by, interrupt
from diagnose.errors import DiagnoseError, InternalError, Interrupted, OutputError, UsageError

_COMMANDS = {
    "devices": "What is plugged in, its state, and what to do about it.",
    "run": "Probe a phone and judge it.",
    "replay": "The same report from recorded evidence, no phone.",
    "simulate": "Virtual phones on the real ADB protocol.",
    "probes": "The probes: what is asked and what it means.",
    "symptoms": "What customers complain of, and what is tested for it.",
    "faults": "The known causes: evidence for and against, repair.",
    "profiles": "The device database.",
    "capture": "Recorded evidence: import, show, redact.",
    "config": "Shop, engineer, language, casebook: set once.",
    "case": "A repair case: complaint, consent, work, acceptance.",
    "ticket": "A report or a case into a ticket system, exactly once.",
    "report": "Reports: show, render, verify, compare.",
    "schema": "The JSON Schema of what other programs read.",
    "evaluate": "How often the probes are right, measured.",
    "completion": "What a shell needs to complete commands and options.",
    "man": "The manual page.",
    "doctor": "Check this computer: adb, libusb, udev, ports.",
}


class LazyGroup(click.Group):
    """Imports the file of a command when that command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order of a job, not of the alphabet."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"diagnose.cli.{cmd_name}")
        command: click.Command = module.command
        return speech.in_own_words(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any of them."""
        with formatter.section(speech.say("Commands")):
            formatter.write_dl([(name, speech.say(what)) for name, what in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="diagnose")
def cli() -> None:
    """Diagnose a phone over ADB: probes, evidence, and a report its owner can trust.

    Add --debug anywhere to see the traceback of an error.
    """


# Other packages' pydantic plugins have no business in evidence; looking for them costs 10 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> NoReturn:
    """Run the command line and end the process with a status of the contract."""
    # Loading makes many objects and no garbage: looking for some costs 20 ms a run. What runs for
    # long still gets rid of its own.
    gc.set_threshold(500_000, 20, 20)
    output = standard_output.install()
    given = _run()
    if given is None and standard_output.is_settled():
        given = 0  # whoever tries again because of a lost receipt would record it twice
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    status = _without_paper(given, standard_output.what_was_lost(output))
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    # The system frees a process at once; Python would first visit every object (50 ms a run).
    os._exit(status)


def _without_paper(status: int | None, lost: str | None) -> int:
    """A verdict stands whatever becomes of the paper; a mere answer that was lost is an error."""
    if lost is None:
        return status or 0
    _complain(f"cannot write to standard output: {lost}", "make room, then again", debug=False)
    if status is None:
        return OutputError.exit_status
    _complain(f"the verdict stands, and so does the exit status: {status}", "", debug=False)
    return status


def _run() -> int | None:
    """Every error is one plain line with a hint; the traceback only with `--debug`.

    None: it went well, and there was nothing to judge.
    """
    arguments = [word for word in sys.argv[1:] if word != "--debug"]
    debug = len(arguments) != len(sys.argv) - 1
    as_json = "--json" in arguments
    speech.listen(arguments)
    speech.in_own_words(cli)
    try:
        with handled_by(interrupt):
            status = cli.main(args=arguments, prog_name="diagnose", standalone_mode=False)
    except DiagnoseError as problem:
        _complain(problem.message, speech.chosen(problem.hint, problem.hint_zh), debug=debug)
        return _ended(problem, as_json=as_json)
    except click.ClickException as mistake:
        mistake.show()
        return _ended(UsageError(mistake.format_message()), as_json=as_json)
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted", "", debug=debug)
        return _ended(Interrupted("interrupted"), as_json=as_json)
    except Exception as bug:  # noqa: BLE001 - the last line of defence: a line, not a traceback
        _complain(
            f"a bug in diagnose: {type(bug).__name__}: {bug}",
            "please report it with the output of the same command and --debug",
            debug=debug,
        )
        return _ended(InternalError(f"{type(bug).__name__}: {bug}"), as_json=as_json)
    return status if isinstance(status, int) else None


def _ended(problem: DiagnoseError, *, as_json: bool) -> int:
    """Give the exit status of an error; with `--json` the error is a document as well."""
    if as_json:
        from diagnose.cli.json_output import print_json
        from diagnose.jobs.document import document_of_problem

        with suppress(OSError, ValueError):  # nobody reads it
            print_json(document_of_problem(problem).model_dump(mode="json"))
    return problem.exit_status


def _complain(message: str, hint: str, *, debug: bool) -> None:
    from diagnose.text import printable

    if debug:
        import traceback

        traceback.print_exc()
    click.echo(f"diagnose: {printable(message, 1000)}", err=True)
    if hint:
        click.echo(f"  → {printable(hint, 2000)}", err=True)
