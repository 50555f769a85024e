"""`diagnose simulate`: virtual phones on the real ADB protocol."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import Number, WholeNumber, json_option, lang_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnose.simulator.phone import Phone
    from diagnose.simulator.wire.daemon import Served


@click.command("simulate")
@click.argument("phones", nargs=-1, metavar="PHONE[+FAULT]…")
@click.option("--list", "listing", is_flag=True, help="Show the phones and faults there are.")
@click.option("--port", type=WholeNumber(0, 65535), default=0, help="TCP port of the first phone.")
@click.option("--scale", type=Number(0, 100), default=1.0, help="Multiply latencies.")
@json_option
@lang_option
def command(
    phones: tuple[str, ...], listing: bool, port: int, scale: float, as_json: bool, lang: str
) -> None:
    """Serve PHONE (with faults) until Ctrl-C, and print what to connect to.

    A fault is the phone's (+battery-worn) or the connection's (+hangs:"dumpsys battery").
    """
    if listing:
        print_json(catalogue(lang)) if as_json else _print_catalogue(lang)
        return
    if not phones:
        raise click.UsageError("name a phone, or use --list to see them")
    _serve(phones, port, scale, as_json=as_json)


def catalogue(lang: str) -> dict[str, Any]:
    """List the phones and faults, as the contract has it."""
    from diagnose.simulator.building import build_phone, phone_names

    built = {name: build_phone(name) for name in phone_names()}
    return {
        "phones": [_about(name, phone) for name, phone in built.items()],
        "faults": _state_faults(built, lang) + _wire_faults(lang) + _appearances(lang),
    }


def _state_faults(built: Mapping[str, Phone], lang: str) -> list[dict[str, Any]]:
    from diagnose.simulator.registry import FAULTS

    return [
        {
            "name": fault.name,
            "kind": "state",
            "title": fault.title.in_language(lang),
            "found_by": list(fault.found_by),
            "causes": list(fault.causes),
            "phones": [name for name, phone in built.items() if fault.fits(phone) is None],
        }
        for fault in sorted(FAULTS.values(), key=lambda fault: fault.name)
    ]


def _wire_faults(lang: str) -> list[dict[str, Any]]:
    from diagnose.simulator.specification import HOSTILE
    from diagnose.simulator.wire.faults import WIRE_FAULT_NAMES

    chinese = lang == "zh-CN"
    wire: list[dict[str, Any]] = [
        {
            "name": name,
            "kind": "wire",
            "title": about.chinese if chinese else about.english,
            "found_by": [],
            "parameter": about.parameter,
        }
        for name, about in WIRE_FAULT_NAMES.items()
    ]
    hostile = "每个字符串都带有攻击内容" if chinese else "every string it says carries an attack"
    wire.append(
        {"name": HOSTILE, "kind": "wire", "title": hostile, "found_by": [], "parameter": None}
    )
    return wire


def _appearances(lang: str) -> list[dict[str, Any]]:
    from diagnose.simulator.appearance import APPEARANCES, FOUND_BY

    return [
        {
            "name": name,
            "kind": "appearance",
            "title": one.title.in_language(lang),
            "found_by": list(FOUND_BY),
            "parameter": None,
        }
        for name, one in APPEARANCES.items()
    ]


def _about(name: str, phone: Any) -> dict[str, Any]:
    from diagnose.simulator.state.identity import SimulatedIdentity

    who = phone[SimulatedIdentity]
    return {
        "name": name,
        "brand": who.brand,
        "model": who.model,
        "marketing_name": who.marketing_name,
        "android": who.release,
        "skin": who.skin.value,
    }


def _print_catalogue(lang: str) -> None:
    listed = catalogue(lang)
    click.echo("手机" if lang == "zh-CN" else "phones")
    for phone in listed["phones"]:
        click.echo(
            f"  {phone['name']:<18} {phone['marketing_name']} (Android {phone['android']}, "
            f"{phone['skin']})"
        )
    for kind, heading in (
        ("state", "faults of the phone"),
        ("wire", "faults of the connection"),
        ("appearance", "instead of its system, outside"),
    ):
        click.echo(f"\n{heading}")
        for fault in listed["faults"]:
            if fault["kind"] == kind:
                colon = f":{fault['parameter'].upper()}" if fault.get("parameter") else ""
                click.echo(f"  +{fault['name'] + colon:<26} {fault['title']}")


def _served(text: str, *, port: int, scale: float) -> Served:
    """What other programs can reach of the phone: adbd, its bootloader, or its modem."""
    from diagnose.errors import UsageError
    from diagnose.simulator.appearance import APPEARANCES
    from diagnose.simulator.fastboot.tcp import FastbootServer
    from diagnose.simulator.serial.pty_port import PtyPort
    from diagnose.simulator.served import serve
    from diagnose.simulator.specification import parse_specification

    order = parse_specification(text)
    if not order.appearance:
        return serve(order, port=port, scale=scale)
    shown = APPEARANCES[order.appearance].show(order.build())
    if shown.loader:
        return FastbootServer(shown.loader, port=port)
    if shown.modem:
        return PtyPort(shown.modem)
    raise UsageError(
        f"{text} shows itself on USB alone, which no other program here can see",
        hint=f"diagnose run --simulated {text}",
    )


def _serve(phones: tuple[str, ...], port: int, scale: float, *, as_json: bool) -> None:
    from diagnose.errors import UsageError
    from diagnose.simulator.wire.daemon import serve_forever

    served = [
        _served(text, port=port + n if port else 0, scale=scale) for n, text in enumerate(phones)
    ]

    def announce() -> None:
        for text, one in zip(phones, served, strict=True):
            name, command = one.reached_by
            if as_json:
                print_json({"phone": text, "serial": name})
            else:
                click.echo(f"{text}: {command}")
        sys.stdout.flush()

    try:
        serve_forever(served, announce)
    except OSError as problem:
        raise UsageError(
            f"cannot serve on port {port}: {problem.strerror}", hint="choose another --port"
        ) from problem
