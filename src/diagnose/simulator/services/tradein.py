"""`tradeinmode getstatus` of Android 16."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.battery import Battery
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.radio import Radio
from diagnose.simulator.state.tradein import SimulatedTradeIn

_PARTS = {1: "original", 2: "replaced"}


@answers("tradeinmode getstatus", "tradeinmode getstatus *")
def getstatus(phone: Phone, words: Words) -> Output:
    """The report, or a refusal once an owner has set the phone up."""
    trade = phone[SimulatedTradeIn]
    if trade.mode == "unknown":
        missing = "inaccessible or not found" if phone[SimulatedIdentity].sdk >= 29 else "not found"
        return refuse(f"/system/bin/sh: {words[0]}: {missing}\n", exit_code=127)
    if trade.mode == "closed":
        return say("Device is not in trade-in mode.\n", exit_code=1)
    report = _report(phone)
    if "--challenge" in words and not trade.locked:
        report["attestation"] = _attestation(phone, words[-1])
    return say(json.dumps(report, indent=2).replace("/", "\\/") + "\n")


def _report(phone: Phone) -> dict[str, object]:
    who, trade = phone[SimulatedIdentity], phone[SimulatedTradeIn]
    locks: dict[str, object] = {"locks": {"factory_reset_protection": trade.locked}}
    if trade.locked:
        return locks
    report: dict[str, object] = {
        "battery": _battery(phone),
        "storage": _storage(trade),
        "launch_level": who.first_sdk,
        **locks,
        "product": {
            "brand": who.brand,
            "device": who.device,
            "manufacturer": who.manufacturer,
            "model": who.model,
            "name": who.product,
        },
        "imeis": _imeis(phone),
        "serial": who.serial,
    }
    if trade.screen_statuses:
        report["screen"] = {"screens": [{"part_status": s} for s in trade.screen_statuses]}
    if trade.hinge_folds:
        report["hinge"] = {
            "hinges": [
                {"num_times_folded": folds, "rated_lifespan": trade.hinge_rated}
                for folds in trade.hinge_folds
            ]
        }
    if trade.moisture is not None:
        report["sensors"] = {"moisture_intrusion": trade.moisture}
    return report


def _imeis(phone: Phone) -> list[str]:
    """What the modem says when Android asks it: nothing where there is none or it is silent."""
    radio = phone[Radio]
    if not (radio.modem_fitted and radio.modem_answers):
        return []
    lost = not any(number.strip("0") for number in radio.imeis)
    return list(radio.imeis if lost else phone[SimulatedTradeIn].imeis)


def _attestation(phone: Phone, challenge: str) -> dict[str, object]:
    """A chain of certificates as Android writes it: base64, a line break after 76 signs."""
    if error := phone[SimulatedTradeIn].attestation_error:
        return {"error": error}
    named = f"{phone[SimulatedIdentity].serial} {challenge}".encode()
    chain = b"".join(
        b"\x30\x82\x02\x40" + hashlib.shake_256(named + bytes([at])).digest(576) for at in range(4)
    )
    return {"certificates": base64.encodebytes(chain).decode()}


def _battery(phone: Phone) -> dict[str, object]:
    battery = phone[Battery]
    fields: dict[str, object] = {"state": battery.health}
    if battery.gauge_dead:
        return fields
    fields |= {"cycle_count": battery.cycles, "state_of_health": battery.state_of_health}
    if battery.part_status in _PARTS:
        fields["part_status"] = _PARTS[battery.part_status]
    if battery.serial:
        fields["serial"] = battery.serial
    for name, day in (
        ("manufacturing_date", battery.manufactured),
        ("first_usage_date", battery.first_used),
    ):
        if day:
            fields[name] = _seconds(day)
    return fields


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _storage(trade: SimulatedTradeIn) -> dict[str, object]:
    fields: dict[str, object] = {"capacity_bytes": str(trade.storage_bytes)}
    if trade.storage_life_left is not None:
        fields["useful_lifetime_remaining"] = trade.storage_life_left
    return fields
