"""`diagnose doctor`: whether this computer can reach phones, and what to do where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option, lang_option

if TYPE_CHECKING:
    from diagnose.station.finding import StationFinding

_SYMBOLS = {True: "ok ", False: "BAD", None: "?  "}


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Show the udev rule that lets you open phones.")
@click.option("--install", is_flag=True, help="With --fix: write that rule (needs root).")
@json_option
@lang_option
def command(fix: bool, install: bool, as_json: bool, lang: str) -> int:
    """Check this computer: adb, libusb, udev, ports, versions. Changes nothing by itself."""
    if fix or install:
        return _fix(install=install and fix)
    from diagnose.station.checkup import examine_computer

    findings = examine_computer()
    if as_json:
        print_json({"checks": [_as_json(finding, lang) for finding in findings]})
    for finding in () if as_json else findings:
        hint = f"\n      → {_in(finding.hint, lang)}" if finding.hint and not finding.ok else ""
        click.echo(f"{_SYMBOLS[finding.ok]} {finding.name:<12} {_in(finding.text, lang)}{hint}")
    return 1 if any(finding.ok is False for finding in findings) else 0


def _fix(*, install: bool) -> int:
    """Show the rule, or write it where that was said; what is done is told."""
    from diagnose.station import udev

    if not install:
        click.echo(udev.rules(), nl=False)
        click.echo(f"# to {udev.PLACE}: diagnose doctor --fix --install, as root", err=True)
        return 0
    click.echo(f"written: {udev.install()}\nnow run: {udev.ACTIVATE}")
    return 0


def _as_json(finding: StationFinding, lang: str) -> dict[str, object]:
    return {
        "name": finding.name,
        "ok": finding.ok,
        "said": _in(finding.text, lang),
        "hint": _in(finding.hint, lang) if finding.hint else "",
    }


def _in(text: object, lang: str) -> str:
    from diagnose.cli.speech import translate
    from diagnose.model.text import Text

    assert isinstance(text, Text)  # noqa: S101 - narrowed for the type checker
    return text.zh or translate(text.en) if lang == "zh-CN" else text.en
