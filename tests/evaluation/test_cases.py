"""Cases of others: what they may expect, how a wrong report is told, and how a bad file is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.commandline import diagnose_here
from tests.run.capture_import.dumpstates import report

from diagnose.errors import PlanInvalid
from diagnose.evaluation.cases import Tried, tried
from diagnose.knowledge.plans import read_plan
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOT = """
schema = 1
title = "Battery far too hot"
[said]
"dumpsys battery" = '''
Current Battery Service state:
  AC powered: true
  status: 4
  health: 3
  present: true
  level: 75
  scale: 100
  voltage: 4100
  temperature: 680
  technology: Li-ion
'''
[expect]
attention = ["battery.state"]
quiet = ["battery.forced"]
values = { "battery.state.level" = 75 }
"""


def judged(path: Path, words: str) -> Tried:
    path.write_text(words)
    probes = bundled_probes()
    return tried(path, make_plan(read_plan("thorough"), probes), probes, NOW)


def test_a_case_whose_report_is_as_expected_has_nothing_wrong(tmp_path: Path) -> None:
    done = judged(tmp_path / "hot.toml", HOT)
    assert (done.name, done.expected, done.wrong, done.false_alarms) == ("hot", 3, (), ())


@pytest.mark.parametrize(
    ("expects", "wrong"),
    [
        ('quiet = ["battery.state"]', "expected to be quiet"),
        ('attention = ["battery.forced"]', "expected attention"),
        ('fail = ["battery.forced"]', "expected fail"),
        ('causes = ["camera.none-found"]', "camera.none-found: not named"),
        ('values = { "battery.state.level" = 76 }', "75, expected 76"),
        ('never = ["hot"]', "was said"),
    ],
)
def test_every_expectation_can_be_missed(tmp_path: Path, expects: str, wrong: str) -> None:
    words = HOT[: HOT.index("[expect]")] + f"[expect]\n{expects}\n"
    done = judged(tmp_path / "hot.toml", words)
    assert any(wrong in one for one in done.wrong) or expects.startswith("never")


@pytest.mark.parametrize("line", ["", 'evidence = "gone.zip"'])
def test_a_case_without_evidence_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(PlanInvalid, match="no evidence"):
        judged(tmp_path / "a.toml", f'title = "x"\n{line}\n[expect]\n')


def test_a_name_that_nothing_carries_is_an_error(tmp_path: Path) -> None:
    words = HOT.replace('quiet = ["battery.forced"]', 'quiet = ["nfc.none"]')
    with pytest.raises(PlanInvalid, match=r"no probe is called nfc\.none"):
        judged(tmp_path / "hot.toml", words)


def test_a_fail_that_nobody_expects_is_a_false_alarm(tmp_path: Path) -> None:
    words = HOT[: HOT.index("[expect]")] + "[expect]\n"
    done = judged(tmp_path / "hot.toml", words)
    assert set(done.false_alarms) <= {"battery.state", "charging.state"}


def test_a_bug_report_is_evidence(tmp_path: Path) -> None:
    (tmp_path / "bugreport.txt").write_text(report(services={"battery": "  level: 33\n"}))
    words = (
        'title = "x"\nevidence = "bugreport.txt"\n[expect]\n'
        'values = { "battery.state.level" = 33 }\n'
    )
    assert judged(tmp_path / "a.toml", words).wrong == ()


@pytest.mark.parametrize(
    "words", ["", "title = 3", "title = 'x'", "[expect]\nodd = 1", "schema = 2\ntitle='x'", "\x00"]
)
def test_a_file_that_is_no_case_is_one_plain_error(tmp_path: Path, words: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        judged(tmp_path / "a.toml", words)
    assert "a.toml" in refused.value.message


def test_evaluate_counts_cases_and_ends_with_one_where_one_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "hot.toml").write_text(HOT)
    ended = diagnose_here("evaluate", "--only", "outside", "--cases", tmp_path, "--json")
    cases = ended.json["outside"]["cases"]
    assert (ended.status, cases["met"], cases["expectations"]) == (0, 3, 3)
    (tmp_path / "hot.toml").write_text(HOT.replace("= 75 }", "= 76 }"))
    ended = diagnose_here("evaluate", "--only", "outside", "--cases", tmp_path)
    assert ended.status == 1
    assert "expected 76" in ended.out
