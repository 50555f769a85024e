"""The software of a part that dies again and again is named by what it serves."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement


def daemons(*reports: tuple[str, str, int]) -> ProbeResult:
    total = sum(count for _, _, count in reports)
    lines = [f"Drop box contents: {total} entries", ""]
    for tag, process, count in reports:
        for _ in range(count):
            lines.append(f"2026-11-21 10:00:00 {tag} (text, 800 bytes)")
            lines.append(f"    Process: {process}/PID: 1/UID: 1 ...")
    return interpret_probe("stability.daemons", {"dumpsys dropbox": "\n".join(lines) + "\n"})


def test_no_crash_is_read_and_proves_nothing() -> None:
    result = daemons()
    assert (result.outcome, measurement(result, "parts").value) == (Outcome.OBSERVED, 0)


def test_now_and_then_is_no_news() -> None:
    result = daemons(("SYSTEM_TOMBSTONE", "/vendor/bin/hw/rild", 2))
    assert measurement(result, "deaths.radio").outcome is Outcome.PASS


def test_refused() -> None:
    answers = {"dumpsys dropbox": denied("dumpsys dropbox")}
    assert interpret_probe("stability.daemons", answers).outcome is Outcome.NOT_RUN


@pytest.mark.parametrize(
    ("process", "part"),
    [
        ("/vendor/bin/hw/android.hardware.camera.provider@2.4-service_64", "camera"),
        ("/vendor/bin/hw/vendor.vendorx.hardware.touch@1.0-service", "touch"),
        ("/vendor/bin/hw/android.hardware.sensors@2.0-service.multihal", "sensors"),
        ("/vendor/bin/hw/rild", "radio"),
        ("rild", "radio"),
        ("/vendor/bin/ccci_mdinit", "radio"),
        ("/vendor/bin/hw/vendor.huawei.hardware.tp@1.0-service", "touch"),
        ("/vendor/bin/hw/android.hardware.contexthub-service", "sensors"),
        ("com.android.bluetooth", "bluetooth"),
    ],
)
def test_a_daemon_that_dies_again_and_again_is_named_by_what_it_serves(
    process: str, part: str
) -> None:
    result = daemons(("SYSTEM_TOMBSTONE", process, 200), ("SYSTEM_TOMBSTONE_PROTO", process, 200))
    found = measurement(result, f"deaths.{part}")
    assert (found.value, found.outcome) == (200, Outcome.ATTENTION)
    assert process not in result.model_dump_json()


def test_an_app_is_no_parts_own_software_whatever_it_calls_itself() -> None:
    result = daemons(("data_app_native_crash", "com.fancy.camera", 200))
    assert not [m for m in result.measurements if ".deaths." in m.id]
