"""Record the captures of `tests/captures/` again: `python scripts/write_captures.py [FOLDER…]`.

The tests replay them. Without a folder the virtual phones are recorded, in this process, at a fixed
time: do so when a probe asks something new. With folders (captures of real phones, put there by
`diagnose run --out`) only what the probes say of them is written. Look at the difference before you
commit it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from diagnose.evaluation.trials import record
from diagnose.jobs.session import header_for, plan_for, reach
from diagnose.jobs.settings import ProbeLoader, RunSettings
from diagnose.jobs.virtual import shown_phone
from diagnose.judging.examination import examine
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Channel
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.run.capture import (
    FILE_NAME,
    Capture,
    Header,
    Recorded,
    Recorder,
    capture_bytes,
    read_capture,
    timestamp,
)
from diagnose.run.plan import Plan
from diagnose.run.planning import make_plan
from diagnose.run.runner import run_plan
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.specification import parse_specification
from diagnose.transports.base import Manner

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "captures"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SALT = b"captures of the tests"
WITHOUT_SYSTEM = (
    "pixel-9+slot-unbootable",
    "galaxy-s23+debugging-off",
    "xiaomi-13+edl",
    "redmi-note-8-pro+silent",
)
FAULTY = ("galaxy-s23+battery-worn+camera-missing", "xiaomi-13+storage-eol+baseband-dead")


def main(folders: Sequence[str]) -> None:
    """Write the outcomes of captures that were recorded, or record the virtual phones anew."""
    if folders:
        for folder in folders:
            write_outcomes(Path(folder))
        return
    plan = _plan("thorough").on({Channel.ADB})
    for name in (*phone_names(), *FAULTY):
        phone, *faults = name.split("+")
        made = record(build_phone(phone, faults, now=NOW), plan, NOW)
        _write(name, made.header, made.recorded)
    for name in WITHOUT_SYSTEM:
        made = without_system(name)
        _write(name, made.header, made.recorded)


def _write(name: str, header: Header, recorded: Sequence[Recorded]) -> None:
    target = FOLDER / name.replace("+", "_")
    target.mkdir(parents=True, exist_ok=True)
    (target / FILE_NAME).write_bytes(capture_bytes(header, recorded))
    write_outcomes(target)


def without_system(name: str) -> Capture:
    """Record a virtual phone that shows itself below its system, over its real transports."""
    refusal = EVERYTHING_READ.refusal
    settings = RunSettings(_plan("no-boot"), ProbeLoader(), SALT, refusal, simulated=True)
    with ExitStack() as stack:
        device = shown_phone(stack, parse_specification(name), 1)
        settings = replace(settings, plan=plan_for(device, settings))
        header = replace(header_for(device, settings), started_at=timestamp(NOW))
        made = run_plan(
            settings.plan,
            reach(device, Manner(refusal)),
            Recorder(header),
            salt=SALT,
            serial=device.serial,
            usb_serial=device.own_serial,
            clock=lambda: NOW,
        )
    timeless = sorted((_timeless(one) for one in made.recorded), key=lambda one: one.reply.key)
    return replace(made, recorded=tuple(timeless))


def _timeless(one: Recorded) -> Recorded:
    return replace(one, reply=replace(one.reply, started_ms=0.0, duration_ms=0.0))


def _plan(name: str) -> Plan:
    return make_plan(read_plan(name), load_probes(), refusal=EVERYTHING_READ.refusal)


def write_outcomes(folder: Path) -> None:
    """Write beside a capture what the probes say of it now."""
    report = examine(read_capture(folder), load_probes())
    outcomes = {result.probe: result.outcome.value for result in report.results}
    (folder / "outcomes.json").write_text(json.dumps(outcomes, indent=1) + "\n", "utf-8")
    print(folder.name, len(outcomes), "outcomes")


if __name__ == "__main__":
    main(sys.argv[1:])
