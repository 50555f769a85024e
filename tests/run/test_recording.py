"""What is recorded of a reply: masked, and with its receipt, whichever way it came in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from diagnose.evaluation.trials import record
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import DataClass, Effect, Shell
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.privacy.redactor import Redactor
from diagnose.requests import adb
from diagnose.run.capture import read_capture
from diagnose.run.planning import make_plan
from diagnose.run.recording import masked_again, recorded
from diagnose.simulator.building import build_phone
from diagnose.simulator.transport import SimulatedTransport

SERIAL = "R58M123ABCD"


def redactor() -> Redactor:
    return Redactor([SERIAL], key=b"salt")


def test_both_streams_are_masked_and_counted() -> None:
    reply = Reply("shell:x", ReplyStatus.COMPLETE, stdout=SERIAL.encode(), stderr=SERIAL.encode())
    kept = recorded(reply, Shell("x"), redactor())
    assert SERIAL.encode() not in kept.reply.stdout + kept.reply.stderr
    assert (kept.masked, kept.dropped) == (1, 1), "of standard error only a refusal is kept"


def test_half_an_identity_number_is_dropped() -> None:
    reply = Reply(adb.IMEI.key, ReplyStatus.TRUNCATED, stdout=b"35209900")
    assert recorded(reply, adb.IMEI, redactor()).reply.stdout == b""


def test_the_receipt_names_class_and_effect() -> None:
    reply = Reply(adb.TOUCHES.key, ReplyStatus.COMPLETE)
    kept = recorded(reply, adb.TOUCHES, redactor())
    assert (kept.data_class, kept.effect) == (DataClass.USAGE, Effect.LISTEN)


def test_masking_again_adds_to_the_count() -> None:
    kept = recorded(
        Reply("shell:x", ReplyStatus.COMPLETE, stdout=b"a secret-word"), Shell("x"), redactor()
    )
    again = masked_again(kept, Redactor(["secret-word"], key=b"salt"))
    assert again.masked == 1
    assert b"secret-word" not in again.reply.stdout


def test_an_evaluated_phone_has_the_receipt_of_a_run() -> None:
    probes = load_probes()
    plan = make_plan(read_plan("full"), probes, refusal=EVERYTHING_READ.refusal)
    capture = record(build_phone("pixel-9"), plan, datetime(2026, 3, 1, tzinfo=UTC))
    classes = {one.data_class for one in capture.recorded}
    assert classes == {request.data_class.value for request in plan.all_requests}


def test_a_virtual_phone_that_is_aborted_answers_no_more() -> None:
    transport = SimulatedTransport(build_phone("pixel-9"))
    transport.abort()
    [reply] = transport.perform([adb.BATTERY])
    assert reply.status is ReplyStatus.CANCELLED


def test_the_captures_beside_the_tests_say_what_they_read() -> None:
    folder = Path(__file__).parents[1] / "captures" / "pixel-9"
    by_key = {one.reply.key: one for one in read_capture(folder).recorded}
    for key, request in ((r.key, r) for r in (adb.GETEVENT, adb.GETPROP, adb.BATTERYSTATS)):
        assert by_key[key].data_class == request.data_class.value, json.dumps(key)


def test_times_are_recorded_as_the_capture_file_writes_them() -> None:
    reply = Reply("shell:x", ReplyStatus.COMPLETE, started_ms=12.349, duration_ms=0.26)
    kept = recorded(reply, Shell("x"), redactor()).reply
    assert (kept.started_ms, kept.duration_ms) == (12.3, 0.3)


def test_what_is_kept_is_kept_as_it_was_said_in_whatever_encoding() -> None:
    words = "[ro.product.model]: [A 1]\n"
    for said, kept in (
        (words.encode(), words.encode()),
        (words.encode("utf-16"), words.encode()),
        (words.encode("utf-16-le"), words.encode()),
    ):
        reply = Reply(adb.GETPROP.key, ReplyStatus.COMPLETE, stdout=said, exit_code=0)
        assert recorded(reply, adb.GETPROP, redactor()).reply.stdout == kept
