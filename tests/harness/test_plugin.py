"""The pytest plugin as its users run it: in a process of its own, on virtual phones."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest
from junitparser import JUnitXml

pytest_plugins = ["pytester"]

WORN = "virtual:galaxy-s23+battery-worn"
SMALL = """
name = "small"
title = { en = "Small", zh = "小" }
probes = ["battery.*", "identity.device", "display.hinge", "system.version"]
required = ["identity.device"]
"""


@pytest.fixture
def small(pytester: pytest.Pytester) -> Path:
    """A plan of a few probes."""
    path = pytester.path / "small.toml"
    path.write_text(SMALL, "utf-8")
    return path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "no:randomly", *arguments, timeout=120)


def outcomes(result: pytest.RunResult) -> dict[str, str]:
    """The outcome of each test by its id (`-v`)."""
    found = re.findall(r"^diagnose::(\S.*?\]) (\w+)", result.stdout.str(), re.MULTILINE)
    return dict(found)


def test_every_probe_is_a_test_of_each_phone(pytester: pytest.Pytester, small: Path) -> None:
    devices = ("--diagnose-device", "virtual:pixel-9", "--diagnose-device", WORN)
    result = run(pytester, *devices, "--diagnose-plan", str(small), "-v", "--junitxml=j.xml")
    output = outcomes(result)
    assert output["battery.state[virtual:pixel-9]"] == "PASSED"
    assert output["battery.health[virtual:pixel-9]"] == "PASSED"
    assert output[f"battery.health[{WORN}]"] == "FAILED"
    assert output["display.hinge[virtual:pixel-9]"] == "SKIPPED"
    assert output["run.verdict[virtual:pixel-9]"] == "PASSED"
    assert output[f"run.verdict[{WORN}]"] == "FAILED"
    assert result.ret == 1
    text = result.stdout.str()
    assert "battery.health.soh" in text or "battery.health" in text
    assert "limit:" in text
    assert "dumpsys" in text, "the evidence"
    assert re.search(rf"^1  {re.escape(WORN.removeprefix('virtual:'))}$", text, re.MULTILINE)
    junit = JUnitXml.fromfile(str(pytester.path / "j.xml"))
    assert sum(suite.failures for suite in junit) == list(output.values()).count("FAILED")
    names = [(case.classname, case.name) for suite in junit for case in suite]
    assert len(set(names)) == len(names) == len(output)


@pytest.mark.slow
def test_choosing_and_last_failed_work_as_ever(pytester: pytest.Pytester, small: Path) -> None:
    words = ("--diagnose-device", WORN, "--diagnose-plan", str(small), "-v")
    assert set(outcomes(run(pytester, *words, "-k", "health"))) == {f"battery.health[{WORN}]"}
    assert set(outcomes(run(pytester, *words, "-m", "diagnose(area='identity')"))) == {
        f"identity.device[{WORN}]"
    }
    first = outcomes(run(pytester, *words))
    failed = {name for name, outcome in first.items() if outcome == "FAILED"}
    assert set(outcomes(run(pytester, *words, "--lf"))) == failed
    assert len(outcomes(run(pytester, *words, "-x"))) < len(first)


@pytest.mark.slow
def test_attention_warns_and_fails_when_strict(pytester: pytest.Pytester, small: Path) -> None:
    small.write_text(SMALL.replace("battery.*", "integrity.*"), "utf-8")
    phone = ("--diagnose-device", "virtual:pixel-9+bootloader-unlocked", "-v", "-k", "bootloader")
    words = (*phone, "--diagnose-plan", str(small))
    relaxed = run(pytester, *words)
    assert relaxed.ret == 0
    assert "NeedsAttention" in relaxed.stdout.str()
    assert run(pytester, *words, "--diagnose-strict").ret == 1


@pytest.mark.slow
@pytest.mark.parametrize("phone", ["virtual:pixel-9+unauthorized", "nobody-here", "virtual:nope"])
def test_a_phone_that_cannot_be_examined_is_errors_never_green(
    pytester: pytest.Pytester, small: Path, phone: str
) -> None:
    result = run(pytester, "--diagnose-device", phone, "--diagnose-plan", str(small), "-v")
    assert result.ret == 1
    assert set(outcomes(result).values()) == {"ERROR"}


@pytest.mark.slow
def test_a_lost_phone_is_an_error(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--diagnose-device", "virtual:pixel-9+drops-after:40", "-v")
    assert result.ret == 1
    assert outcomes(result)["run.verdict[virtual:pixel-9+drops-after:40]"] == "ERROR"


@pytest.mark.slow
def test_evidence_is_gathered_once_also_by_four_workers_over_eight_phones(
    pytester: pytest.Pytester, small: Path
) -> None:
    names = ("pixel-9", "pixel-3", "galaxy-s23", "xiaomi-13")
    devices = [word for n in (*names, *names) for word in ("--diagnose-device", f"virtual:{n}")]
    for spread in ("load", "worksteal"):
        out = pytester.path / spread
        result = run(
            pytester,
            *(*devices, "--diagnose-plan", str(small), "--diagnose-out", str(out)),
            *("-n", "4", "--dist", spread, "-v", "-p", "xdist"),
        )
        assert result.ret == 0, result.stdout.str()[-3000:]
        captures = sorted(out.rglob("capture.jsonl"))
        assert len(captures) == 8
        for capture in captures:
            assert {"report.json", "report.html"} <= {p.name for p in capture.parent.iterdir()}
        told = r"\[(gw\d)\].*?(?:PASSED|FAILED) diagnose::\S+\[(\S+)\]"
        workers = re.findall(told, result.stdout.str())
        by_phone: dict[str, set[str]] = {}
        for worker, phone in workers:
            by_phone.setdefault(phone, set()).add(worker)
        assert len(by_phone) == 8
        assert all(len(used) == 1 for used in by_phone.values()), by_phone


@pytest.mark.slow
def test_rerun_tools_and_html_reports_work_beside_it(
    pytester: pytest.Pytester, small: Path
) -> None:
    result = run(
        pytester,
        *("--diagnose-device", WORN, "--diagnose-plan", str(small), "-v"),
        *("--reruns", "1", "--html", "r.html", "--self-contained-html"),
    )
    assert "RERUN" in result.stdout.str()
    assert "battery.health" in (pytester.path / "r.html").read_text("utf-8")


@pytest.mark.slow
def test_the_fixtures_of_users_tests(pytester: pytest.Pytester, small: Path) -> None:
    pytester.makepyfile(
        """
        import pytest
        from diagnose import api

        def test_report(diagnose_report, device):
            assert api.exit_status(diagnose_report) == 0
            assert device.startswith("127.0.0.1:")

        @pytest.mark.virtual_phone("galaxy-s23")
        def test_faults_come_and_go(virtual_phone):
            probes = ["battery.health"]
            assert api.exit_status(api.run(virtual_phone, probes=probes)) == 0
            virtual_phone.inject("battery-worn")
            assert api.exit_status(api.run(virtual_phone, probes=probes)) == 1
            virtual_phone.remove("battery-worn")
            assert api.exit_status(api.run(virtual_phone, probes=probes)) == 0
            virtual_phone.inject("unauthorized")
            with pytest.raises(api.DiagnoseError, match="unauthorized"):
                api.run(virtual_phone, probes=probes)
            virtual_phone.remove("unauthorized")
            virtual_phone.unplug()
            virtual_phone.replug()
            assert api.exit_status(api.run(virtual_phone, probes=probes)) == 0

        def test_the_servers_are_others(adb_server):
            assert adb_server.port != 5037
        """
    )
    words = ("--diagnose-device", "virtual:pixel-9", "--diagnose-plan", str(small))
    run(pytester, *words, "-m", "not diagnose").assert_outcomes(passed=3, deselected=10)
    run(pytester).assert_outcomes(passed=2, skipped=1)


@pytest.mark.slow
def test_captures_are_judged_again(pytester: pytest.Pytester, small: Path) -> None:
    kept = pytester.path / "kept"
    words = ("--diagnose-device", WORN, "--diagnose-plan", str(small))
    run(pytester, *words, "--diagnose-out", str(kept))
    judge = ("--diagnose-captures", str(kept), "-v")
    missing = run(pytester, *judge)
    assert missing.ret == 1
    assert "--update-golden" in missing.stdout.str()
    assert run(pytester, *judge, "--update-golden").ret == 0
    assert run(pytester, *judge).ret == 0
    (golden,) = kept.rglob("golden.json")
    content = json.loads(golden.read_text("utf-8"))
    content["summary"]["outcome"] = "pass"
    golden.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    changed = run(pytester, *judge)
    assert changed.ret == 1
    assert '+  "outcome": "fail"' in changed.stdout.str()


def test_it_costs_nothing_where_it_is_not_used(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    code = "import sys, pytest; pytest.main(['-q', '--collect-only']); print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=pytester.path, capture_output=True, text=True, check=True
    ).stdout
    ours = {name for name in ended.split() if name.startswith("diagnose")}
    assert ours == {"diagnose", "diagnose.harness", "diagnose.harness.plugin"}


@pytest.mark.slow
def test_collecting_phones_costs_less_than_collecting_twice(pytester: pytest.Pytester) -> None:
    """Interleaved, so that a busy machine slows both."""
    pytester.makepyfile("def test_nothing(): pass")
    plain, phones = [], []
    for _ in range(3):
        plain.append(_seconds(pytester.path))
        phones.append(_seconds(pytester.path, "--diagnose-device", "virtual:pixel-9"))
    ratio = median(phones) / median(plain)
    assert ratio <= 3, "the goal is 2; what is above 3 is no noise"


def _seconds(where: Path, *more: str) -> float:
    began = time.perf_counter()
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", *more]
    subprocess.run(words, cwd=where, capture_output=True, check=True)
    return time.perf_counter() - began


@pytest.mark.slow
def test_a_recorded_folder_is_judged_again(pytester: pytest.Pytester) -> None:
    kept = pytester.path / "captures"
    phones = ("--simulated", "pixel-9", "--simulated", "galaxy-s23+battery-worn")
    words = (sys.executable, "-m", "diagnose", "capture", "record", str(kept), "--scale", "0.05")
    subprocess.run([*words, *phones, "--plan", "ci"], check=True, capture_output=True)
    assert sorted(p.name for p in kept.iterdir()) == ["galaxy-s23+battery-worn", "pixel-9"]
    run(pytester, "--diagnose-captures", str(kept)).assert_outcomes(passed=2)


def test_a_device_of_the_users_own_is_his(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_own="""
        import pytest

        @pytest.mark.parametrize("device", ["his"])
        def test_parameter(device):
            assert device == "his"
        """,
        test_fixture="""
        import pytest

        @pytest.fixture
        def device():
            return "his"

        def test_fixture(device):
            assert device == "his"
        """,
    )
    run(pytester).assert_outcomes(passed=2)
