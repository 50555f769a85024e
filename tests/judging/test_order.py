"""What was complained of stands first, and which of two answers counts."""

from __future__ import annotations

from datetime import UTC, datetime

from diagnose.evaluation.trials import record
from diagnose.judging.examination import examine, in_order
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.knowledge.symptoms import probes_for, symptoms_known
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.run.capture import Capture, End, Header, Recorded, Subject
from diagnose.run.planning import make_plan
from diagnose.simulator.building import build_phone

PROBES = load_probes()
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_probes_of_the_complaint_come_first_and_in_its_order() -> None:
    capture = record(build_phone("pixel-9"), make_plan(read_plan("full"), PROBES), NOW)
    results = examine(capture, PROBES).results
    symptoms = symptoms_known(("no-sound", "drains-fast"))
    wanted = [name for name in probes_for(symptoms, PROBES) if name in capture.header.probes]
    assert wanted
    order = [result.probe for result in in_order(results, symptoms, PROBES)]
    first_area = wanted[0].partition(".")[0]
    assert order[0] == wanted[0]
    assert sorted(order) == sorted(result.probe for result in results)
    own = [name for name in order if name.startswith(f"{first_area}.")]
    assert order[: len(own)] == own  # the probes of an area stay together


def test_of_two_replies_to_one_request_the_first_counts() -> None:
    first = Reply("shell:x", ReplyStatus.COMPLETE, stdout=b"first")
    second = Reply("shell:x", ReplyStatus.COMPLETE, stdout=b"second")
    capture = Capture(
        Header(started_at="2026-03-01T00:00:00+00:00", plan="full"),
        (Recorded(first), Recorded(second)),
        Subject(),
        End("complete", "2026-03-01T00:00:01+00:00"),
        "0" * 64,
    )
    assert capture.replies["shell:x"].stdout == b"first"
