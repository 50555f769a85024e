"""One app against mixed native crashes, and what is routine."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, interpret_probe, measurement


def crashes(*reports: tuple[str, str, int]) -> ProbeResult:
    total = sum(count for _, _, count in reports)
    lines = [f"Drop box contents: {total} entries", ""]
    for tag, process, count in reports:
        for _ in range(count):
            lines.append(f"2026-11-21 10:00:00 {tag} (text, 800 bytes)")
            lines.append(f"    Process: {process}/PID: 1/UID: 1 ..." if process else "    Build: x")
    return interpret_probe("stability.crashes", {"dumpsys dropbox": "\n".join(lines) + "\n"})


def test_empty_box_passes() -> None:
    assert crashes().outcome is Outcome.PASS


def test_strict_mode_wtf_and_saved_kernel_logs_are_routine() -> None:
    result = crashes(
        ("system_server_strictmode", "system_server", 400),
        ("system_server_wtf", "system_server", 60),
        ("SYSTEM_LAST_KMSG", "", 9),
        ("SYSTEM_BOOT", "", 9),
        ("data_app_crash", "com.example.a", 4),
    )
    assert result.outcome is Outcome.PASS
    assert measurement(result, "kernel_logs").value == 9


def test_one_app_is_a_software_matter_and_is_not_named() -> None:
    result = crashes(("data_app_crash", "com.secret.app", 8), ("data_app_anr", "com.other", 2))
    assert measurement(result, "pattern").value == "one_app"
    assert result.outcome is Outcome.ATTENTION
    assert "com.secret" not in result.model_dump_json()


@pytest.mark.parametrize(
    "process",
    ["/vendor/bin/hw/android.hardware.security.keymint-service", "media.extractor", "zygote64"],
)
def test_a_program_of_the_system_that_serves_no_part_is_no_app(process: str) -> None:
    assert measurement(crashes(("SYSTEM_TOMBSTONE", process, 30)), "pattern").value == "one_service"


def test_many_programs_crashing_natively_is_another_matter() -> None:
    result = crashes(
        ("data_app_native_crash", "com.a", 2),
        ("data_app_native_crash", "com.b", 2),
        ("system_app_native_crash", "com.c", 2),
    )
    assert measurement(result, "pattern").value == "mixed_native"
    assert result.outcome is Outcome.ATTENTION


def test_many_apps_crashing_in_java_is_observed_only() -> None:
    result = crashes(*[("data_app_crash", f"com.app{at}", 1) for at in range(6)])
    assert measurement(result, "pattern").value == "mixed"
    assert measurement(result, "pattern").outcome is Outcome.OBSERVED


def test_a_crash_kept_in_three_forms_counts_once() -> None:
    result = crashes(
        ("SYSTEM_TOMBSTONE", "", 2),
        ("SYSTEM_TOMBSTONE_PROTO_WITH_HEADERS", "", 2),
        ("data_app_native_crash", "com.a", 2),
    )
    assert measurement(result, "native_crashes").value == 2


def test_system_server_twice_raises_attention() -> None:
    assert crashes(("system_server_crash", "system_server", 1)).outcome is Outcome.PASS
    twice = crashes(("system_server_watchdog", "system_server", 1), ("SYSTEM_RESTART", "", 1))
    assert twice.outcome is Outcome.ATTENTION


@pytest.mark.parametrize("process", ["", "unknown"])
def test_crashes_deep_in_the_system_count_though_no_process_is_named(process: str) -> None:
    result = crashes(("SYSTEM_TOMBSTONE", process, 30), ("data_app_crash", "com.a", 8))
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "pattern").value == "native"
    assert all("One app" not in finding.text.en for finding in result.findings)


def test_some_crashes_without_a_name_are_no_pass() -> None:
    result = crashes(("SYSTEM_TOMBSTONE", "", 7))
    assert measurement(result, "pattern").outcome is Outcome.OBSERVED


def test_one_app_explains_its_own_crashes_only() -> None:
    result = crashes(("data_app_crash", "com.a", 20), ("SYSTEM_TOMBSTONE", "", 3))
    assert measurement(result, "pattern").value == "one_app"
    assert any("3" in f.text.en and "does not explain" in f.text.en for f in result.findings)


def test_a_box_that_was_not_read_whole_does_not_pass() -> None:
    output = "Drop box contents: 40 entries\n\n2026-11-21 10:00:00 SYSTEM_BOOT (text, 8 bytes)\n"
    result = interpret_probe("stability.crashes", {"dumpsys dropbox": output})
    assert result.outcome is Outcome.NOT_RUN


def test_no_drop_box_is_not_run() -> None:
    result = interpret_probe("stability.crashes", {"dumpsys dropbox": absent("dropbox")})
    assert result.outcome is Outcome.NOT_RUN


def test_each_pattern_has_a_sentence_and_an_advice_of_its_own() -> None:
    one = crashes(("data_app_crash", "com.example.a", 9))
    many = crashes(*[("data_app_native_crash", f"com.app{at}", 2) for at in range(3)])
    output = [[f for f in result.findings if "pattern" in f.id] for result in (one, many)]
    (first,), (second,) = output
    assert first.id == second.id == "stability.crashes.pattern.attention"
    assert first.advice != second.advice
    for finding in (first, second):
        assert "_" not in finding.text.en + finding.text.zh, "a customer reads no identifiers"
    assert "memory" in second.text.en
    assert "memory" not in first.text.en
