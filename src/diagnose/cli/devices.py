"""`diagnose devices`: what is plugged in, its state, and what to do about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option, lang_option

if TYPE_CHECKING:
    from diagnose.discovery.faces import Device


@click.command("devices")
@click.option("--watch", "watching", is_flag=True, help="Go on and show every change.")
@json_option
@lang_option
def command(watching: bool, as_json: bool, lang: str) -> int:
    """List what is plugged in, its state, and what to do about it."""
    from diagnose.discovery.adb import watch
    from diagnose.discovery.phones import list_devices

    if not watching:
        devices = list_devices()
        _show(devices, lang, as_json=as_json)
        return 0 if any(device.ready for device in devices) else 4
    for devices in watch():
        _show(devices, lang, as_json=as_json)
        sys.stdout.flush()
    return 0


def _show(devices: tuple[Device, ...], lang: str, *, as_json: bool) -> None:
    from diagnose.discovery.choosing import HOW_TO_ATTACH, NOTHING_ATTACHED
    from diagnose.text import printable

    if as_json:
        print_json({"devices": [_as_json(device, lang) for device in devices]})
        return
    if not devices:
        if lang == "zh-CN":
            click.echo(f"{NOTHING_ATTACHED.zh}：{HOW_TO_ATTACH.zh}")
        else:
            click.echo(f"{NOTHING_ATTACHED.en}: {HOW_TO_ATTACH.en}")
    for device in devices:
        name = printable(f"{device.serial}  {device.state.value}  {device.model}", 100)
        advice = device.advice.zh if lang == "zh-CN" else device.advice.en
        click.echo(f"{name}  ({device.connection})\n    {advice}")


def _as_json(device: Device, lang: str) -> dict[str, Any]:
    return {
        "serial": device.serial,
        "state": device.state.value,
        "ready": device.ready,
        "model": device.model,
        "product": device.product,
        "connection": device.connection,
        "usb_path": device.usb_path,
        "advice": device.advice.zh if lang == "zh-CN" else device.advice.en,
    }
