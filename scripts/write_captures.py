"""Record the captures of `tests/captures/` again: `python scripts/write_captures.py`.

The tests replay them. They come from virtual phones, in this process, at a fixed time; record them
again when a probe asks something new, and look at the difference before you commit it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from diagnose.capture import read_capture, write_capture
from diagnose.catalog import load_probes
from diagnose.evaluation import record
from diagnose.examination import examine
from diagnose.plan import make_plan, read_plan
from diagnose.privacy import EVERYTHING_READ
from diagnose.simulator.phone import build_phone, phone_names

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "captures"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FAULTY = ("galaxy-s23+battery-worn+camera-missing", "xiaomi-13+storage-eol+baseband-dead")


def main() -> None:
    """Write a capture and its outcomes for every phone and for some faults."""
    probes = load_probes()
    plan = make_plan(read_plan("thorough"), probes, refusal=EVERYTHING_READ.refusal)
    for name in (*phone_names(), *FAULTY):
        phone, *faults = name.split("+")
        made = record(build_phone(phone, faults, now=NOW), plan, NOW)
        folder = FOLDER / name.replace("+", "_")
        path = write_capture(made.header, made.recorded, folder)
        outcomes = {r.probe: r.outcome.value for r in examine(read_capture(path), probes).results}
        (folder / "outcomes.json").write_text(json.dumps(outcomes, indent=1) + "\n", "utf-8")
        print(folder.name, path.stat().st_size)  # noqa: T201 - a script


if __name__ == "__main__":
    main()
