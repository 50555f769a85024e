"""From a capture to a report: its head, its receipt, and what was never asked."""

from __future__ import annotations

from typing import Any

import pytest

from diagnose.errors import Reason
from diagnose.judging.examination import examine, examine_app, is_starting
from diagnose.model.compatibility import Fit
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.report import Report
from diagnose.run.capture import Capture, Clock, End, Header, Recorded, Subject
from diagnose.testing import bundled_probes

PROBES = bundled_probes()
PROPERTIES = {
    "ro.product.brand": "acme",
    "ro.product.model": "A1",
    "ro.build.version.release": "14",
    "ro.build.version.sdk": "34",
    "ro.build.version.security_patch": "2026-01-05",
}


def reply(key: str, text: str, status: ReplyStatus = ReplyStatus.COMPLETE) -> Reply:
    return Reply(key, status, stdout=text.encode(), exit_code=0)


def getprop(**more: str) -> Reply:
    told = PROPERTIES | {name.replace("__", "."): value for name, value in more.items()}
    return reply("shell:getprop", "".join(f"[{key}]: [{value}]\n" for key, value in told.items()))


def captured(*replies: Reply, **header: Any) -> Capture:
    made = Header(started_at="2026-03-01T00:00:00+00:00", plan=header.pop("plan", "full"), **header)
    end = End("complete", "2026-03-01T00:00:09+00:00")
    return Capture(made, tuple(map(Recorded, replies)), Subject("ab12", "a…2"), end, "0" * 64)


def examined(*replies: Reply, **header: Any) -> Report:
    return examine(captured(*(replies or (getprop(),)), **header), PROBES)


@pytest.mark.parametrize(
    ("properties", "starting"),
    [
        ({}, False),
        ({"sys.boot_completed": "1"}, False),
        ({"sys.boot_completed": "0"}, True),
        ({"sys.boot_completed": "", "init.svc.bootanim": "running"}, True),
        ({"init.svc.bootanim": "running"}, True),
        ({"init.svc.bootanim": "stopped"}, False),
        ({"sys.boot_completed": "1", "init.svc.bootanim": "running"}, False),
    ],
)
def test_a_phone_says_itself_that_its_start_is_not_finished(
    properties: dict[str, str], *, starting: bool
) -> None:
    assert is_starting(properties) is starting


def test_every_face_stands_in_the_head_with_its_own_state() -> None:
    faces = (
        {"channel": "adb", "connection": "usb", "state": "device"},
        {"channel": "fastboot", "connection": "usb", "state": "fastboot"},
        {"channel": "usb", "connection": "bus"},
    )
    report = examined(
        getprop(sys__boot_completed="0"), connection="usb", faces=faces, serial="S\x071", port="1-2"
    )
    shown = [
        (a.channel, a.connection, a.state, a.serial, a.port) for a in report.device.attachments
    ]
    assert shown == [
        ("adb", "usb", "starting", "S\ufffd1", "1-2"),
        ("fastboot", "usb", "fastboot", "S\ufffd1", "1-2"),
        ("usb", "bus", "starting", "S\ufffd1", "1-2"),
    ]


def test_an_older_capture_was_attached_over_adb_and_an_import_over_nothing() -> None:
    (face,) = examined(connection="tcp").device.attachments
    assert (face.channel, face.connection, face.state) == ("adb", "tcp", "device")
    assert examined().device.attachments == ()


@pytest.mark.parametrize(
    ("header", "properties", "simulated"),
    [({}, {}, False), ({"simulated": True}, {}, True), ({}, {"ro__kernel__qemu": "1"}, True)],
)
def test_what_is_no_customers_phone_is_marked(
    header: dict[str, Any], properties: dict[str, str], *, simulated: bool
) -> None:
    assert examined(getprop(**properties), **header).device.simulated is simulated


def test_the_head_says_who_the_phone_is() -> None:
    device = examined().device
    assert (device.brand, device.model, device.os, device.os_version) == (
        "acme",
        "A1",
        "Android",
        "14",
    )
    assert (device.security_patch, device.serial_hash, device.serial_masked) == (
        "2026-01-05",
        "ab12",
        "a…2",
    )


def test_the_head_holds_no_more_than_a_head_can() -> None:
    long = {
        "ro__product__brand": "b" * 99,
        "ro__product__model": "m" * 99,
        "ro__product__marketname": "n" * 99,
        "ro__build__version__release": "1" * 60,
        "ro__build__display__id": "d" * 150,
        "ro__build__version__security_patch": "2" * 60,
    }
    device = examined(getprop(**long)).device
    assert [len(device.brand), len(device.model), len(device.marketing_name)] == [60, 60, 60]
    assert [len(device.os_version), len(device.build), len(device.security_patch)] == [40, 100, 20]


@pytest.mark.parametrize(
    "bad",
    [
        reply("shell:getprop", "garbage"),
        reply("shell:getprop", getprop().stdout.decode(), ReplyStatus.TIMEOUT),
        reply("shell:getprop", getprop().stdout.decode(), ReplyStatus.CANCELLED),
    ],
)
def test_properties_that_were_not_read_are_nobodys(bad: Reply) -> None:
    assert examined(bad).device.model == ""


def test_a_plan_keeps_its_title_and_an_unknown_one_its_name() -> None:
    assert examined().plan.title.zh
    other = examined(plan="of-the-shop").plan
    assert (other.name, other.title.en, other.title.zh) == ("of-the-shop", "of-the-shop", "")


def test_the_receipt_lists_every_command_by_name_with_what_was_kept() -> None:
    replies = (
        Recorded(Reply("shell:b", ReplyStatus.COMPLETE, b"12345", b"678"), "software", "read", 2),
        Recorded(Reply("shell:a", ReplyStatus.TIMEOUT), "hardware", "listen"),
        Recorded(Reply("shell:c", ReplyStatus.COMPLETE), "hardware", "read"),
    )
    base = captured()
    capture = Capture(base.header, replies, base.subject, base.end, base.sha256)
    receipt = examine(capture, PROBES).privacy
    rows = [
        (c.request, c.data_class, c.effect, c.status, c.bytes_kept, c.masked)
        for c in receipt.commands
    ]
    assert rows == [
        ("shell:a", "hardware", "listen", "timeout", 0, 0),
        ("shell:b", "software", "read", "complete", 8, 2),
        ("shell:c", "hardware", "read", "complete", 0, 0),
    ]
    assert receipt.data_classes == ("hardware", "software")


def test_the_evidence_is_named_with_its_clock_and_source() -> None:
    report = examined(source="dump\x1bstate", clock=Clock.NONE)
    assert (report.capture.clock, report.capture.source) == ("none", "dump\ufffdstate")
    assert report.capture.started_at.isoformat() == "2026-03-01T00:00:00+00:00"


def of(report: Report, probe: str) -> Any:
    return next(result for result in report.results if result.probe == probe)


def test_a_probe_that_is_not_loaded_here_is_required_and_was_not_run() -> None:
    result = of(examined(probes=("own.secret", "battery.state")), "own.secret")
    assert (result.required, result.outcome, result.reason) == (
        True,
        Outcome.NOT_RUN,
        Reason.DEPENDENCY,
    )
    assert (result.tier, result.origin, result.area, result.version) == (
        "missing",
        "missing",
        "own",
        0,
    )
    assert "--probe-dir" in result.detail


def test_what_was_refused_is_a_matter_of_permission_and_what_was_lost_of_the_wire() -> None:
    header = {"probes": ("battery.state",), "refused": {"shell:dumpsys battery": "not allowed"}}
    result = of(examined(getprop(), **header), "battery.state")
    assert (result.outcome, result.reason, result.detail) == (
        Outcome.NOT_RUN,
        Reason.PERMISSION,
        "not allowed",
    )
    lost = reply("shell:dumpsys battery", "level: 5", ReplyStatus.LOST)
    result = of(examined(getprop(), lost, probes=("battery.state",)), "battery.state")
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEVICE_LOST)


def test_only_what_the_plan_requires_is_required() -> None:
    report = examined(probes=("battery.state", "cpu.cores"), required=("cpu.cores",))
    assert (of(report, "battery.state").required, of(report, "cpu.cores").required) == (False, True)


def test_a_channel_the_phone_does_not_have_is_named_and_never_a_silence_of_the_phone() -> None:
    probes = ("battery.state", "startup.bootloader")
    report = examined(getprop(), probes=probes, channels=("shell",))
    loader = of(report, "startup.bootloader")
    assert (loader.outcome, loader.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)
    assert loader.detail == "the phone, as it was, has no fastboot"
    assert of(report, "battery.state").detail != loader.detail


def test_the_areas_of_the_results_are_named() -> None:
    report = examined(probes=("battery.state", "own.secret"))
    assert report.area("battery").zh == "电池"
    assert report.area("own").en == "own"


def checks(*replies: Reply, **app: Any) -> dict[str, Fit]:
    found = examine_app(captured(*replies, app={"package": "a.b", "min_sdk": 30, **app}))
    assert found is not None
    return {check.id: check.fit for check in found.checks}


def test_an_app_is_held_against_what_was_read_and_nothing_where_none_was_asked_about() -> None:
    assert examine_app(captured(getprop())) is None
    assert checks(getprop())["min_sdk"] is Fit.FITS
    assert checks(getprop(), min_sdk=35)["min_sdk"] is Fit.MISSES
    assert checks(reply("shell:getprop", "garbage"))["min_sdk"] is Fit.UNKNOWN


FEATURES = "feature:android.hardware.nfc\nfeature:android.hardware.camera\n"


@pytest.mark.parametrize(
    ("features", "fit"),
    [
        (reply("shell:pm list features", FEATURES), Fit.FITS),
        (reply("shell:pm list features", FEATURES.replace("nfc", "usb")), Fit.MISSES),
        (reply("shell:pm list features", FEATURES, ReplyStatus.TRUNCATED), Fit.UNKNOWN),
        (reply("shell:pm list features", "no list"), Fit.UNKNOWN),
    ],
)
def test_a_feature_is_looked_up_in_a_list_that_was_read(features: Reply, fit: Fit) -> None:
    wanted = ["android.hardware.nfc"]
    assert fit in checks(getprop(), features, features=wanted).values()


@pytest.mark.parametrize(
    ("asked", "booted", "fit"),
    [
        ("16384\n", "4096", Fit.MISSES),
        ("4096\n", "16384", Fit.FITS),
        ("no number", "16384", Fit.MISSES),
        ("no number", "4096", Fit.FITS),
    ],
)
def test_the_memory_page_is_what_the_kernel_says_else_what_the_loader_said(
    asked: str, booted: str, fit: Fit
) -> None:
    pages = reply("shell:getconf PAGE_SIZE", asked)
    properties = {
        "ro__boot__hardware__cpu__pagesize": booted,
        "ro__product__cpu__abilist": "arm64-v8a",
    }
    found = checks(getprop(**properties), pages, abis=["arm64-v8a"], native_alignment=4096)
    assert found["page_size"] is fit
