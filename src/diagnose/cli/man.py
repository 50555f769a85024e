"""`diagnose man`: the manual page, made from the same help as `--help`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from diagnose import __version__

_FILES = (
    ("DIAGNOSE_CONFIG", "Where settings and the station's secret are kept."),
    ("DIAGNOSE_DATA, DIAGNOSE_CASEBOOK", "Where the record of repair cases is kept."),
    ("DIAGNOSE_LEASES", "Where it is noted which run holds which phone."),
    ("ANDROID_SERIAL", "The phone, where none is named."),
    ("ADB_SERVER_SOCKET, ANDROID_ADB_SERVER_PORT", "Where the adb server listens."),
)
_STATUSES = (
    ("0", "Complete, no fault."),
    ("1", "A probe failed or a fault was concluded."),
    ("2", "The command line asks for something that does not exist."),
    ("3", "A profile, plan, probe or capture is not valid."),
    ("4", "No such phone, not authorized, or lost before anything was read."),
    ("5", "Incomplete: lost, cancelled, or what was demanded could not be read."),
    ("6", "The casebook stays busy: nothing was recorded."),
    ("130", "Interrupted."),
)


@click.command("man")
def command() -> None:
    """Print the manual page (roff).

    For man: diagnose man > ~/.local/share/man/man1/diagnose.1
    """
    from diagnose.cli import cli

    click.echo("\n".join(_page(cli)))


def _page(root: click.Group) -> Iterator[str]:
    context = click.Context(root, info_name="diagnose")
    yield f'.TH DIAGNOSE 1 "" "diagnose {__version__}" "User Commands"'
    yield from (".SH NAME", r"diagnose \- probe a phone and judge it")
    yield from (".SH SYNOPSIS", r".B diagnose", r"COMMAND [OPTIONS] [ARGUMENTS]")
    yield from (".SH DESCRIPTION", *_paragraphs(root.help or ""))
    yield ".SH COMMANDS"
    yield from _commands(root, context)
    yield ".SH EXIT STATUS"
    yield from _list(_STATUSES)
    yield ".SH ENVIRONMENT"
    yield from _list(_FILES)


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)
        else:
            yield from _one(command, inner)


def _one(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f'.SS "{_escaped(usage)}"'
    yield from _paragraphs(command.help or "")
    records = (parameter.get_help_record(context) for parameter in command.params)
    yield from _list(record for record in records if record)


def _list(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, text in records:
        yield from (".TP", f".B {_escaped(term)}", _escaped(text) or r"\&")


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        yield from (".PP", _escaped(" ".join(paragraph.replace("\b", "").split())))


def _escaped(text: str) -> str:
    line = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    line = "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in line)
    return rf"\&{line}" if line.startswith((".", "'")) else line
