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
from datetime import UTC, datetime
from pathlib import Path

from diagnose.evaluation.trials import record
from diagnose.judging.examination import examine
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.run.capture import FILE_NAME, capture_bytes, read_capture
from diagnose.run.planning import make_plan
from diagnose.simulator.building import build_phone, phone_names

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "captures"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FAULTY = ("galaxy-s23+battery-worn+camera-missing", "xiaomi-13+storage-eol+baseband-dead")


def main(folders: Sequence[str]) -> None:
    """Write the outcomes of captures that were recorded, or record the virtual phones anew."""
    if folders:
        for folder in folders:
            write_outcomes(Path(folder))
        return
    plan = make_plan(read_plan("thorough"), load_probes(), refusal=EVERYTHING_READ.refusal)
    for name in (*phone_names(), *FAULTY):
        phone, *faults = name.split("+")
        made = record(build_phone(phone, faults, now=NOW), plan, NOW)
        target = FOLDER / name.replace("+", "_")
        target.mkdir(parents=True, exist_ok=True)
        (target / FILE_NAME).write_bytes(capture_bytes(made.header, made.recorded))
        write_outcomes(target)


def write_outcomes(folder: Path) -> None:
    """Write beside a capture what the probes say of it now."""
    report = examine(read_capture(folder), load_probes())
    outcomes = {result.probe: result.outcome.value for result in report.results}
    (folder / "outcomes.json").write_text(json.dumps(outcomes, indent=1) + "\n", "utf-8")
    print(folder.name, len(outcomes), "outcomes")  # noqa: T201 - a script


if __name__ == "__main__":
    main(sys.argv[1:])
