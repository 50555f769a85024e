"""`diagnose devices`: what is plugged in, its state, and what to do about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import adb_server_option, json_option, lang_option

if TYPE_CHECKING:
    from diagnose.discovery.faces import Device
    from diagnose.discovery.watch import Change
    from diagnose.model.text import Text


@click.command("devices")
@click.option("--watch", "watching", is_flag=True, help="Keep running and show every change.")
@adb_server_option
@json_option
@lang_option
def command(watching: bool, adb_server: str | None, as_json: bool, lang: str) -> int:
    """List what is plugged in, in any state, and what to do about it.

    Reads what each device says of itself; opens and claims nothing.
    """
    from diagnose.discovery.phones import list_devices
    from diagnose.discovery.watch import changes
    from diagnose.transports.adb.server import address_of

    server = address_of(adb_server) if adb_server else None
    if not watching:
        devices = list_devices(server)
        _show(devices, lang, as_json=as_json)
        return 0 if any(device.ready for device in devices) else 4
    for change in changes(server):
        _show_change(change, lang, as_json=as_json)
        sys.stdout.flush()
    return 0


def _show(devices: tuple[Device, ...], lang: str, *, as_json: bool) -> None:
    from diagnose.discovery.choosing import HOW_TO_ATTACH, NOTHING_ATTACHED

    if as_json:
        print_json({"devices": [_as_json(device, lang) for device in devices]})
        return
    if not devices:
        colon = "：" if lang == "zh-CN" else ": "
        click.echo(f"{_in(NOTHING_ATTACHED, lang)}{colon}{_in(HOW_TO_ATTACH, lang)}")
    for device in devices:
        _print(device, lang)


def _show_change(change: Change, lang: str, *, as_json: bool) -> None:
    """One line of JSON a change, or the phone with what happened to it."""
    if as_json:
        import json

        line = {"event": change.kind, "device": _as_json(change.device, lang)}
        click.echo(json.dumps(line, ensure_ascii=False))
        return
    _print(change.device, lang, sign={"arrived": "+ ", "left": "- ", "changed": "~ "}[change.kind])


def _print(device: Device, lang: str, *, sign: str = "") -> None:
    from diagnose.discovery.choosing import RUN_TELLS_MORE, may_be_examined
    from diagnose.ladder.state import words_for
    from diagnose.text import printable

    words = words_for(device.state)
    name = printable(f"{device.serial}  {device.state.value}  {device.model}", 100)
    place = f"{device.connection} {device.usb_path}".strip()
    click.echo(f"{sign}{name}  ({printable(place, 40)})")
    if sign == "- ":
        return
    if not device.ready:
        click.echo(f"    {_in(words.title, lang)}")
    click.echo(f"    {_in(device.advice, lang)}")
    if may_be_examined(device) and not device.ready:
        click.echo(f"    {_in(RUN_TELLS_MORE, lang)}")


def _as_json(device: Device, lang: str) -> dict[str, Any]:
    from diagnose.ladder.state import words_for

    words = words_for(device.state)
    return {
        "serial": device.serial,
        "state": device.state.value,
        "ready": device.ready,
        "model": device.model,
        "product": device.product,
        "connection": device.connection,
        "usb_path": device.usb_path,
        "advice": _in(device.advice, lang),
        "rung": device.rung.value,
        "title": _in(words.title, lang),
        "alive": _in(words.alive, lang),
        "not_alive": _in(words.not_alive, lang),
        "faces": [
            {"channel": face.channel.value, "state": face.state.value, "name": face.way.name}
            for face in device.faces
        ],
    }


def _in(text: Text, lang: str) -> str:
    return text.zh or text.en if lang == "zh-CN" else text.en
