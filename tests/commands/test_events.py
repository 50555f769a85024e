"""What a run tells while it goes on, and how long its stages took."""

from __future__ import annotations

import json

from tests.commandline import run_virtual


def test_events_are_json_lines_in_the_order_of_a_run() -> None:
    ended = run_virtual("pixel-9", "--plan", "quick", "--json", "--events")
    lines = [json.loads(line) for line in ended.err.splitlines() if line.startswith("{")]
    kinds = [line["event"] for line in lines]
    assert kinds[0] == "planned"
    assert kinds[-1] == "finished"
    assert lines[-1]["outcome"] == ended.json["summary"]["outcome"]
    assert kinds.count("replied") == lines[0]["requests"]
    judged = {line["probe"]: line["outcome"] for line in lines if line["event"] == "judged"}
    assert judged == {one["probe"]: one["outcome"] for one in ended.json["results"]}


def test_timings_name_every_stage() -> None:
    ended = run_virtual("pixel-9", "--plan", "quick", "--timings")
    stages = [line for line in ended.err.splitlines() if line.endswith(" s")]
    assert [" ".join(line.split()[:-2]) for line in stages] == [
        *("ready to ask", "asked", "judged", "delivered")
    ]
